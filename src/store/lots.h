/* Runs of the lot computation as they are kept: lots, their links to needs with quantities (A6), and why the others are in none. */
#ifndef ZV_STORE_LOTS_H
#define ZV_STORE_LOTS_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

struct zv_lot_run_row {
	int64_t id;
	struct zv_str uid; /* "run_..." */
	int64_t batch_id;
	zv_date as_of;
	struct zv_str digest;
	int64_t n_needs, alone_needs, alone_kop, pooled_needs, pooled_kop;
};

struct zv_lot_row {
	int64_t id; /* centre of the maker in its upper part */
	int64_t centre_id;
	struct zv_str uid; /* "lot_..." */
	int64_t run_id, item_id, offer_id;
	int64_t dim, qty_base, firm_base, total_kop;
	zv_date ready_on;
	bool proved;
};

struct zv_lot_need_row {
	int64_t lot_id, need_id;
	int64_t firm_base, extra_base, cost_kop, freight_kop;
};

struct zv_lot_miss_row {
	int64_t run_id, need_id;
	struct zv_str code;
	int64_t offer_id; /* 0: none */
	int64_t have, want, lack, size_base, price_kop, price_per;
};

/* Each fills id of its row; the run gets its uid (in the arena), a lot brings its own. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_lot_run_insert(struct zv_db *db, struct zv_lot_run_row *run, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_insert(struct zv_db *db, struct zv_lot_row *lot, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_need_insert(struct zv_db *db, const struct zv_lot_need_row *link, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_miss_insert(struct zv_db *db, const struct zv_lot_miss_row *miss, struct zv_err *err);

/* Runs before this one go, with lots, links and misses: they are derived and can be computed again. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_lot_runs_forget(struct zv_db *db, int64_t before_run, struct zv_err *err);

/* All runs go when one of them stands on a row that the batch made, which is about to go. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_lot_runs_forget_batch(struct zv_db *db, int64_t batch_id, struct zv_err *err);

/* ZV_E_NOTFOUND when none was kept. */
ZV_MUST_CHECK enum zv_code zv_lot_run_latest(struct zv_lot_run_row *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* In the order in which they were stored; into the arena. */
ZV_MUST_CHECK enum zv_code zv_lots_of_run(struct zv_lot_row **out, size_t *n, struct zv_db *db, int64_t run_id, struct zv_arena *arena,
					  struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_by_uid(struct zv_lot_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_needs(struct zv_lot_need_row **out, size_t *n, struct zv_db *db, int64_t lot_id, struct zv_arena *arena,
					struct zv_err *err);

/* The link of a need in a run; ZV_E_NOTFOUND when it is in no lot. And why not. */
ZV_MUST_CHECK enum zv_code zv_lot_of_need(struct zv_lot_need_row *out, struct zv_db *db, int64_t run_id, int64_t need_id, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_miss_of_need(struct zv_lot_miss_row *out, struct zv_db *db, int64_t run_id, int64_t need_id,
					       struct zv_arena *arena, struct zv_err *err);

#endif
