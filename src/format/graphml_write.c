/* GraphML, a directed graph a document. */
#include "format/graphml_write.h"

#include "format/xml_write.h"

void zv_graphml_begin(struct zv_buf *out, const struct zv_graphml_key *keys, size_t n_keys, struct zv_str id)
{
	zv_buf_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
			  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
			  "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
	for (size_t i = 0; i < n_keys; i++)
		zv_buf_addf(out, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", keys[i].id, keys[i].of, keys[i].id, keys[i].type);
	zv_buf_add_c(out, "<graph");
	zv_xml_key(out, "id", id);
	zv_buf_add_c(out, " edgedefault=\"directed\">\n");
}

void zv_graphml_end(struct zv_buf *out)
{
	zv_buf_add_c(out, "</graph>\n</graphml>\n");
}

void zv_graphml_text(struct zv_buf *out, const char *key, struct zv_str value)
{
	zv_buf_addf(out, "<data key=\"%s\">", key);
	zv_xml_text(out, value);
	zv_buf_add_c(out, "</data>");
}

void zv_graphml_int(struct zv_buf *out, const char *key, int64_t value)
{
	zv_buf_addf(out, "<data key=\"%s\">%" PRId64 "</data>", key, value);
}

void zv_graphml_bool(struct zv_buf *out, const char *key, bool value)
{
	zv_graphml_text(out, key, value ? ZV_STR("true") : ZV_STR("false"));
}
