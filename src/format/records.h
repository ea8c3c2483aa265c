/* From a tree of one record to rows by a zv_record_spec: what the readers of XML and JSON share. */
#ifndef ZV_FORMAT_RECORDS_H
#define ZV_FORMAT_RECORDS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "format/budget.h"
#include "format/parse.h"

struct zv_record_node;
struct zv_record_column;

struct zv_records {
	struct zv_parse *parse;
	const struct zv_record_spec *spec;
	struct zv_arena compiled; /* of the spec */
	struct zv_record_column *columns;
	struct zv_str *list; /* steps of spec->list */
	size_t n_list;
	struct zv_str *cells;
	struct zv_arena arena; /* of the record */
	struct zv_record_node *root;
	struct zv_record_node *at;
	size_t size;     /* bytes of the record, roughly */
	int64_t ordinal; /* of the record */
	struct zv_buf names;         /* of the elements around the place where the reader stands outside records */
	size_t ends[ZV_LIMIT_DEPTH]; /* of each in `names` */
	size_t depth;
	ZV_VEC(struct zv_record_node *) found;
};

/* `spec` must outlive it. */
void zv_records_init(struct zv_records *records, struct zv_parse *parse, const struct zv_record_spec *spec);
void zv_records_done(struct zv_records *records);

/* Gives the columns out as the first row. */
ZV_MUST_CHECK enum zv_code zv_records_header(struct zv_records *records, struct zv_err *err);

/* Outside records: the way down to where the reader stands, and a value there. At most ZV_LIMIT_DEPTH steps. */
void zv_records_enter(struct zv_records *records, struct zv_str name);
void zv_records_leave(struct zv_records *records);
void zv_records_outside(struct zv_records *records, struct zv_str attribute, struct zv_str value); /* attribute "": of the element */

/* A record: begin, then open, text and close in balance, then end, which gives out its rows. */
void zv_records_begin(struct zv_records *records);
ZV_MUST_CHECK enum zv_code zv_records_open(struct zv_records *records, struct zv_str name, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_records_attribute(struct zv_records *records, struct zv_str name, struct zv_str value,
						struct zv_err *err); /* name with its @ */
ZV_MUST_CHECK enum zv_code zv_records_text(struct zv_records *records, struct zv_str text, struct zv_err *err); /* of the open element */
void zv_records_close(struct zv_records *records);
ZV_MUST_CHECK enum zv_code zv_records_end(struct zv_records *records, struct zv_err *err);

/* True between begin and end. */
bool zv_records_inside(const struct zv_records *records);

/* How deep the open element lies in the record; 0: the record itself. */
size_t zv_records_depth(const struct zv_records *records);

#endif
