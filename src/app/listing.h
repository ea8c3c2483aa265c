/* Registers read back: which columns, and each value as text for people and for machines. */
#ifndef ZV_APP_LISTING_H
#define ZV_APP_LISTING_H

#include "auth/who.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "store/register.h"

enum zv_listing_type { ZV_LISTING_TEXT, ZV_LISTING_NUMBER, ZV_LISTING_BOOL, ZV_LISTING_NULL };

/* One value. Borrowed until the next row. */
struct zv_listing_cell {
	enum zv_listing_type type; /* what `machine` is */
	struct zv_str machine;     /* ISO dates, base units, kopecks, uids of rows referred to */
	struct zv_str human;       /* in the thread's language: "40 kg", "5,500.00 ₽/kg", names of rows referred to */
};

/* Keeps what values need of other rows. One for a listing. */
struct zv_listing {
	struct zv_db *db;
	const struct zv_register *reg;
	const struct zv_who *who; /* set after init: only what this person may see, as he sees it; NULL: everything */
	struct zv_str scheme; /* only codes of this classifier; empty: all rows */
	struct zv_map seen; /* id of a row referred to: its place in `names` */
	struct zv_arena arena;
	struct zv_str (*names)[2]; /* uid, name */
	size_t n_names, cap_names;
	struct zv_arena row; /* texts of the row at hand */
};

/* By register name or plural, or import kind. ZV_E_INVALID names the registers there are. */
ZV_MUST_CHECK enum zv_code zv_listing_init(struct zv_listing *listing, struct zv_db *db, const char *kind, struct zv_err *err);
void zv_listing_done(struct zv_listing *listing);

/* The columns that say most about a row, by number, in order of weight; at most `max`. */
int zv_listing_main_columns(int *out, int max, const struct zv_register *reg);

/*
 * The value of one column of a record, in the arena of the row (zv_listing_next_row empties it). A price is shown to people in
 * its ..._kop column; the ..._per column beside it is for machines.
 */
ZV_MUST_CHECK enum zv_code zv_listing_cell(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_record *record,
					   int column, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_listing_value(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_record *record,
					    int column, const struct zv_value *value, struct zv_err *err);
void zv_listing_next_row(struct zv_listing *listing);

/* "field=value" (equal but for case) or "field~text" (contains), against either text of the value; also uid, source_key, centre. */
struct zv_listing_filter {
	int column;          /* -1: uid, -2: source_key */
	bool contains;
	struct zv_str value; /* folded, in the listing's arena */
};

ZV_MUST_CHECK enum zv_code zv_listing_filter(struct zv_listing_filter *out, struct zv_listing *listing, struct zv_str text,
					     struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_listing_match(bool *out, struct zv_listing *listing, const struct zv_record *record,
					    const struct zv_listing_filter *filters, size_t n, struct zv_err *err);

/*
 * Calls `each` for the records that meet all filters, in the order of ids, until it returns false or `limit` were given out
 * (0: no limit). *more: there was at least one beyond the limit. `each` gets a row whose texts live until it returns.
 */
ZV_MUST_CHECK enum zv_code zv_listing_each(bool *more, struct zv_listing *listing, const struct zv_listing_filter *filters, size_t n,
					   int64_t limit, enum zv_code (*each)(void *context, const struct zv_record *record, struct zv_err *err),
					   void *context, struct zv_err *err);

/* The name by which people know a row: its name, title, or source key. */
struct zv_str zv_listing_name(const struct zv_register *reg, const struct zv_record *record);

/* The register whose uids begin like this one; NULL when there is none. */
const struct zv_register *zv_listing_register_of(struct zv_str uid);

#endif
