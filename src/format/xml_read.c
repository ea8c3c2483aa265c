/* Walks an XML document: outside records it keeps the path, inside it fills the record. */
#include "format/xml_read.h"

#include <string.h>

#include "format/charset.h"
#include "format/records.h"
#include "format/xml.h"

struct reader {
	struct zv_records records;
	struct zv_parse *parse;
	struct zv_buf text;     /* since the last tag */
	struct zv_buf attribute;
	int record_depth;       /* depth of the record's element */
	bool leaf;              /* no element was inside the one that ends now */
	char encoding[24];
	bool encoding_told;
};

static struct zv_str trim(struct zv_str s)
{
	static const char blanks[] = " \t\r\n";

	while (s.n > 0 && memchr(blanks, s.p[0], sizeof(blanks) - 1) != NULL)
		s = zv_str_from(s, 1);
	while (s.n > 0 && memchr(blanks, s.p[s.n - 1], sizeof(blanks) - 1) != NULL)
		s.n--;
	return s;
}

static enum zv_code take_attributes(struct reader *r, const char **attributes, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; attributes[i] != NULL && code == ZV_OK; i += 2) {
		struct zv_str value = zv_str_c(attributes[i + 1]);

		if (strncmp(attributes[i], "xmlns", 5) == 0)
			continue;
		zv_buf_reset(&r->attribute);
		zv_buf_add_char(&r->attribute, '@');
		zv_buf_add_c(&r->attribute, zv_xml_local(attributes[i]));
		if (zv_records_inside(&r->records))
			code = zv_records_attribute(&r->records, zv_buf_str(&r->attribute), value, err);
		else
			zv_records_outside(&r->records, zv_buf_str(&r->attribute), value);
	}
	return code;
}

static bool is_record(const struct reader *r, int depth, const char *name)
{
	const char *record = r->records.spec->record;

	return record != NULL ? strcmp(name, record) == 0 : depth == 2;
}

/* The declaration has been read by the time of the first element. */
static enum zv_code tell_start(struct reader *r, struct zv_err *err)
{
	enum zv_charset charset;

	if (r->encoding_told)
		return ZV_OK;
	r->encoding_told = true;
	charset = zv_charset_find(r->encoding);
	if (r->encoding[0] != '\0')
		zv_parse_encoding(r->parse, ZV_ENCODING_DECLARED,
				  charset != ZV_CHARSET_UNKNOWN ? zv_charset_name(charset) : r->encoding);
	else
		zv_parse_encoding(r->parse, ZV_ENCODING_ASSUMED, "utf-8");
	return zv_records_header(&r->records, err);
}

static enum zv_code on_start(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct reader *r = arg;
	enum zv_code code = tell_start(r, err);

	if (code != ZV_OK)
		return code;
	zv_buf_reset(&r->text);
	r->leaf = true;
	if (zv_records_inside(&r->records)) {
		code = zv_records_open(&r->records, zv_str_c(name), err);
	} else if (is_record(r, zv_xml_depth(xml), name)) {
		zv_records_begin(&r->records);
		r->record_depth = zv_xml_depth(xml);
	} else {
		zv_records_enter(&r->records, zv_str_c(name));
	}
	return code == ZV_OK ? take_attributes(r, attributes, err) : code;
}

static enum zv_code on_end(void *arg, struct zv_xml *xml, const char *name, struct zv_err *err)
{
	struct reader *r = arg;
	struct zv_str text = trim(zv_buf_str(&r->text));
	bool leaf = r->leaf;
	enum zv_code code = ZV_OK;

	(void)name;
	if (r->text.full)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Line %lld: the text of an element is longer than %d KiB."),
			       (long long)zv_xml_line(xml), ZV_LIMIT_FIELD >> 10);
	if (leaf && zv_records_inside(&r->records))
		code = zv_records_text(&r->records, text, err);
	else if (leaf)
		zv_records_outside(&r->records, ZV_STR(""), text);
	if (code != ZV_OK)
		return code;
	zv_buf_reset(&r->text);
	r->leaf = false;
	if (!zv_records_inside(&r->records)) {
		zv_records_leave(&r->records);
	} else if (zv_xml_depth(xml) == r->record_depth) {
		code = zv_records_end(&r->records, err);
	} else {
		zv_records_close(&r->records);
	}
	return code;
}

static enum zv_code on_text(void *arg, struct zv_xml *xml, struct zv_str text, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	(void)err;
	if (r->leaf)
		zv_buf_add_str(&r->text, text);
	return ZV_OK;
}

enum zv_code zv_xml_read(struct zv_parse *parse, struct zv_err *err)
{
	struct reader r = {.parse = parse};
	struct zv_xml_handlers handlers = {on_start, on_end, on_text, &r};
	enum zv_code code;

	if (parse->options->xml == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL,
			       N_("This is XML, and it is not known how such a document becomes rows here; use CSV or XLSX."));
	zv_records_init(&r.records, parse, parse->options->xml);
	zv_buf_init(&r.text, ZV_LIMIT_FIELD);
	zv_buf_init(&r.attribute, 0);
	code = zv_xml_parse(&parse->source->stream, NULL, &handlers, r.encoding, &parse->info.bytes, err);
	zv_buf_done(&r.attribute);
	zv_buf_done(&r.text);
	zv_records_done(&r.records);
	return code;
}
