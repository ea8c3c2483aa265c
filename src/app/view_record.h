/* Registers as pages and programs read them: a page of rows, one row with the origin of every value, counts. Reads only. */
#ifndef ZV_APP_VIEW_RECORD_H
#define ZV_APP_VIEW_RECORD_H

#include "app/listing.h"
#include "app/sight.h"

/* Changes whenever a batch is added, undone or recounted: what was computed under the same stamp still holds. */
ZV_MUST_CHECK enum zv_code zv_view_stamp(uint64_t *out, struct zv_db *db, struct zv_err *err);

/*
 * Another number after any change that is in the audit trail, so after every change of a register and more. For what is kept from one request to the next:
 * it costs the same however many batches there are.
 */
ZV_MUST_CHECK enum zv_code zv_view_version(uint64_t *out, struct zv_db *db, struct zv_err *err);

/* The day on which everything is seen, and whether this is the demo world. */
struct zv_view_day {
	zv_date as_of;
	bool demo;
};

ZV_MUST_CHECK enum zv_code zv_view_day(struct zv_view_day *out, struct zv_db *db, struct zv_err *err);

/* "RYA": the code of a centre, in the arena. */
ZV_MUST_CHECK enum zv_code zv_view_centre(struct zv_str *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err);

/* A column that holds one of a few values, or refers to another row, and the value asked for. */
struct zv_view_filter {
	int column;
	int64_t value;
	bool ref; /* counts only in rows whose column the person sees */
};

/* "state", "confirmed": by the words of the column (a yes-or-no column: true, false). ZV_E_INVALID says what there is. */
ZV_MUST_CHECK enum zv_code zv_view_filter(struct zv_view_filter *out, const struct zv_register *reg, struct zv_str name, struct zv_str value,
					  struct zv_err *err);

/* True when the register has a column of this name that refers to rows of another register ("org_id"). */
bool zv_view_is_ref(const struct zv_register *reg, struct zv_str name);

/* "org_id", a public id: the rows that refer to it. What the person does not see is referred to by none. */
ZV_MUST_CHECK enum zv_code zv_view_filter_ref(struct zv_view_filter *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
					      struct zv_str name, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

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
	const struct zv_record *rows; /* as this person sees them (app/sight.h) */
	size_t n;
	struct zv_str next; /* public id of the last row looked at; empty: this is the end. With filters a page may be short, even empty, and not the last */
};

/* The row after which the next page begins, by what `next` said. ZV_E_INVALID when the person sees no such row. */
ZV_MUST_CHECK enum zv_code zv_view_after(int64_t *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, struct zv_str next,
					 struct zv_arena *arena, struct zv_err *err);

/*
 * Looks at no more than 20,000 rows that the person may see; others take no part in anything. ZV_E_INVALID for a filter over a column that is
 * hidden from him in any row. Words find needs of others by their item alone. Everything in *out lives in the arena.
 */
ZV_MUST_CHECK enum zv_code zv_view_page(struct zv_view_page *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
					const struct zv_view_query *query, struct zv_arena *arena, struct zv_err *err);

/*
 * Needs that the person may see among at most `scan` from the start, and that the words mean: by their item, or, where he sees all of a need, by
 * its key, title and note too. In the order of ids. For people who do not see all needs: the full text over needs would tell of hidden ones.
 */
ZV_MUST_CHECK enum zv_code zv_view_needs_by_words(struct zv_record **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str words,
						  size_t limit, int64_t scan, struct zv_arena *arena, struct zv_err *err);

/* One row as the person sees it, by public id. */
struct zv_view_row {
	struct zv_record record;
	enum zv_sight sight;
	const struct zv_fact *facts; /* only of what he sees in full */
	size_t n_facts;
};
ZV_MUST_CHECK enum zv_code zv_view_row(struct zv_view_row *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
				       struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* Which file or action a value came from. */
struct zv_view_source {
	struct zv_str batch; /* uid */
	struct zv_str text;  /* the file's name, or the kind of action */
};

ZV_MUST_CHECK enum zv_code zv_view_source(struct zv_view_source *out, struct zv_db *db, int64_t batch_id, struct zv_arena *arena, struct zv_err *err);

#endif
