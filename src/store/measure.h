/* What a new edition of a pack changed for organisations (measure_change), and the addresses of calendars (calendar_link). */
#ifndef ZV_STORE_MEASURE_H
#define ZV_STORE_MEASURE_H

#include "base/arena.h"
#include "store/db/db.h"

struct zv_measure_change_row {
	int64_t id;
	int64_t pack_id, org_id;
	struct zv_str measure;
	int was, now;             /* 0 no, 1 unknown, 2 yes */
	int64_t was_kop, now_kop; /* -1: none */
	int64_t at_ms;
	struct zv_str org_uid, org, pack_uid, pack; /* read along */
};

/* Fills id. All that write: inside a transaction of the caller. */
ZV_MUST_CHECK enum zv_code zv_measure_change_insert(struct zv_db *db, struct zv_measure_change_row *row, struct zv_err *err);

/* How many rows a pack has: 0 until its rerun was kept. */
ZV_MUST_CHECK enum zv_code zv_measure_change_count(int64_t *out, struct zv_db *db, int64_t pack_id, struct zv_err *err);

enum { ZV_MEASURE_OWNERS_MAX = 8 };

/* Whose changes, and which. */
struct zv_measure_change_query {
	int64_t orgs[ZV_MEASURE_OWNERS_MAX], centres[ZV_MEASURE_OWNERS_MAX];
	int n_orgs, n_centres;
	bool everything;
	struct zv_str pack_uid, measure; /* empty: any */
	int64_t before;                  /* ids below; 0: from the newest */
	int limit;
};
ZV_MUST_CHECK enum zv_code zv_measure_change_page(struct zv_measure_change_row **out, size_t *n, struct zv_db *db,
						  const struct zv_measure_change_query *query, struct zv_arena *arena, struct zv_err *err);

/* The newest change of an organisation by a pack, for the sentence of a task; *n how many there are. */
ZV_MUST_CHECK enum zv_code zv_measure_change_of(struct zv_measure_change_row **out, size_t *n, struct zv_db *db, int64_t org_id, struct zv_str pack_uid,
						struct zv_arena *arena, struct zv_err *err);

struct zv_calendar_link {
	struct zv_str hash;
	int64_t account_id;
	int64_t made_ms;
};
/* The only address of the account from now on; fills made_ms. */
ZV_MUST_CHECK enum zv_code zv_calendar_link_put(struct zv_db *db, struct zv_calendar_link *link, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_calendar_link_end(struct zv_db *db, int64_t account_id, struct zv_err *err);
/* *found false: there is none. */
ZV_MUST_CHECK enum zv_code zv_calendar_link_by_hash(bool *found, struct zv_calendar_link *out, struct zv_db *db, struct zv_str hash, struct zv_arena *arena,
						    struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_calendar_link_of(bool *found, struct zv_calendar_link *out, struct zv_db *db, int64_t account_id, struct zv_arena *arena,
					       struct zv_err *err);

#endif
