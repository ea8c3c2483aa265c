/* Bytes in, rows out, in this process: what the sandboxed child runs, and what the fuzzers run. */
#ifndef ZV_FORMAT_PARSE_H
#define ZV_FORMAT_PARSE_H

#include "format/rows.h"
#include "format/source.h"

/* Where rows go. A failure of either stops the reading and is handed on. `info` comes before the first row and when it changes. */
struct zv_sink {
	enum zv_code (*row)(void *arg, const struct zv_row *row, struct zv_err *err);
	enum zv_code (*info)(void *arg, const struct zv_rows_info *info, struct zv_err *err);
	void *arg;
};

/* What the readers of the formats share. */
struct zv_parse {
	const struct zv_rows_options *options;
	const struct zv_sink *sink;
	struct zv_source *source;
	struct zv_rows_info info;
	bool info_sent;
	int64_t bytes_sent; /* info.bytes when it was sent last */
	int64_t out;        /* bytes of text in all rows given out */
};

/* Reads everything. The type is found by the first bytes when the options leave it open. */
ZV_MUST_CHECK enum zv_code zv_parse(struct zv_source *source, const struct zv_rows_options *options,
				    const struct zv_sink *sink, struct zv_err *err);

/* For the readers: gives a row out after checking the budgets of fields, rows and columns. */
ZV_MUST_CHECK enum zv_code zv_parse_row(struct zv_parse *parse, const struct zv_row *row, struct zv_err *err);

/* For the readers: says how the text is encoded. */
void zv_parse_encoding(struct zv_parse *parse, enum zv_encoding_source source, const char *name);

#endif
