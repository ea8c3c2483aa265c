/* Registers as pages and programs read them: a page of rows, one row with the origin of every value, counts. Reads only. */
#ifndef ZV_APP_VIEW_RECORD_H
#define ZV_APP_VIEW_RECORD_H

#include "app/listing.h"

/* Changes whenever a batch is added, undone or recounted: what was computed under the same stamp still holds. */
ZV_MUST_CHECK enum zv_code zv_view_stamp(uint64_t *out, struct zv_db *db, struct zv_err *err);

/* The day on which everything is seen, and whether this is the demo world. */
struct zv_view_day {
	zv_date as_of;
	bool demo;
};

ZV_MUST_CHECK enum zv_code zv_view_day(struct zv_view_day *out, struct zv_db *db, struct zv_err *err);

/* "RYA": the code of a centre, in the arena. */
ZV_MUST_CHECK enum zv_code zv_view_centre(struct zv_str *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err);

/* A column that holds one of a few values, and the value asked for. */
struct zv_view_filter {
	int column;
	int64_t value;
};

/* "state", "confirmed": by the words of the column (a yes-or-no column: true, false). ZV_E_INVALID says what there is. */
ZV_MUST_CHECK enum zv_code zv_view_filter(struct zv_view_filter *out, const struct zv_register *reg, struct zv_str name, struct zv_str value,
					  struct zv_err *err);

/* True for registers over which there is full text. */
bool zv_view_is_searched(const struct zv_register *reg);

enum { ZV_VIEW_FILTERS_MAX = 8, ZV_VIEW_PAGE_MAX = 200 };

struct zv_view_query {
	int64_t after_id; /* 0: from the start */
	int limit;        /* 1..ZV_VIEW_PAGE_MAX */
	struct zv_str words; /* full text; then best first and only one page */
	struct zv_view_filter filters[ZV_VIEW_FILTERS_MAX];
	int n_filters;
};

struct zv_view_page {
	const struct zv_record *rows;
	size_t n;
	int64_t next_after; /* 0: this is the end. With filters a page may be short, even empty, and not yet the last. */
};

/* Looks at no more than 20,000 rows. Everything in *out lives in the arena. */
ZV_MUST_CHECK enum zv_code zv_view_page(struct zv_view_page *out, struct zv_db *db, const struct zv_register *reg,
					const struct zv_view_query *query, struct zv_arena *arena, struct zv_err *err);

/* Which file or action a value came from. */
struct zv_view_source {
	struct zv_str batch; /* uid */
	struct zv_str text;  /* the file's name, or the kind of action */
};

ZV_MUST_CHECK enum zv_code zv_view_source(struct zv_view_source *out, struct zv_db *db, int64_t batch_id, struct zv_arena *arena, struct zv_err *err);

#endif
