/* Graphs for other programs: http://graphml.graphdrawing.org. Data belong to the graph, the node or the edge that is open. */
#ifndef ZV_FORMAT_GRAPHML_WRITE_H
#define ZV_FORMAT_GRAPHML_WRITE_H

#include "base/buf.h"

/* What may be said: "of" is "graph", "node" or "edge", "type" is "string", "int", "long" or "boolean". */
struct zv_graphml_key {
	const char *id, *of, *type;
};

void zv_graphml_begin(struct zv_buf *out, const struct zv_graphml_key *keys, size_t n_keys, struct zv_str id);
void zv_graphml_end(struct zv_buf *out);

void zv_graphml_text(struct zv_buf *out, const char *key, struct zv_str value);
void zv_graphml_int(struct zv_buf *out, const char *key, int64_t value);
void zv_graphml_bool(struct zv_buf *out, const char *key, bool value);

#endif
