/* The run as rows. The sum of the links of each lot is proved before the commit. */
#include "app/lots_keep.h"

#include "base/hash.h"
#include "base/map.h"
#include "store/batch.h"

void zv_lots_kept_done(struct zv_lots_kept *kept)
{
	zv_vec_done(&kept->lots);
	zv_vec_done(&kept->links);
	zv_vec_done(&kept->misses);
}

/* firm and extra of the links add up to the lot, and so do their costs. */
static enum zv_code prove_sums(const struct zv_lots_kept *kept, struct zv_err *err)
{
	size_t at = 0;

	for (size_t i = 0; i < kept->lots.n; i++) {
		const struct zv_lot_row *lot = &kept->lots.p[i];
		int64_t firm = 0;
		int64_t total = 0;
		int64_t cost = 0;
		bool fits = true;

		for (; at < kept->links.n && kept->links.p[at].lot_id == (int64_t)i; at++) {
			const struct zv_lot_need_row *link = &kept->links.p[at];

			fits = fits && zv_add(&firm, firm, link->firm_base) && zv_add(&total, total, link->firm_base) &&
			       zv_add(&total, total, link->extra_base) && zv_add(&cost, cost, link->cost_kop);
		}
		if (!fits || firm != lot->firm_base || total != lot->qty_base || cost != lot->total_kop)
			return zv_fail(err, ZV_E_BUG, "lot", N_("The parts of a lot do not add up to the lot; nothing was stored."));
	}
	return ZV_OK;
}

/*
 * The address of a lot is that of its offer and item, so that it stays when everything is computed anew: links and tasks go on leading
 * to it. Offers have random names, so it tells nothing. `nth` tells the lots of one offer apart.
 */
static struct zv_str uid_of(const struct zv_lots_lot *lot, int64_t nth, struct zv_arena *arena)
{
	char digest[ZV_DIGEST_HEX];

	zv_digest_hex(digest, zv_arena_strf(arena, "lot %.*s %.*s %" PRId64, ZV_STR_FMT(lot->offer_uid), ZV_STR_FMT(lot->item_uid), nth));
	return zv_arena_strf(arena, "lot_%.26s", digest);
}

static void name_lots(struct zv_lots_kept *kept, const struct zv_lots_lot *lots, struct zv_arena *arena)
{
	struct zv_map seen;

	zv_map_init(&seen);
	for (size_t i = 0; i < kept->lots.n; i++) {
		int64_t nth = 0;

		(void)zv_map_get_int(&nth, &seen, kept->lots.p[i].offer_id);
		zv_map_put_int(&seen, kept->lots.p[i].offer_id, nth + 1);
		kept->lots.p[i].uid = uid_of(&lots[i], nth, arena);
	}
	zv_map_done(&seen);
}

static enum zv_code insert_all(struct zv_lots_result *result, struct zv_db *db, struct zv_lots_kept *kept, struct zv_lot_run_row *run,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lots_lot *lots = result->lots;
	enum zv_code code = zv_lot_run_insert(db, run, arena, err);

	name_lots(kept, lots, arena);
	if (code == ZV_OK)
		code = zv_lot_runs_forget(db, run->id, err);
	for (size_t i = 0; i < kept->lots.n && code == ZV_OK; i++) {
		kept->lots.p[i].run_id = run->id;
		code = zv_lot_insert(db, &kept->lots.p[i], err);
		lots[i].uid = kept->lots.p[i].uid;
	}
	for (size_t i = 0; i < kept->links.n && code == ZV_OK; i++) {
		kept->links.p[i].lot_id = kept->lots.p[kept->links.p[i].lot_id].id;
		code = zv_lot_need_insert(db, &kept->links.p[i], err);
	}
	for (size_t i = 0; i < kept->misses.n && code == ZV_OK; i++) {
		kept->misses.p[i].run_id = run->id;
		code = zv_lot_miss_insert(db, &kept->misses.p[i], err);
	}
	return code;
}

enum zv_code zv_lots_keep(struct zv_lots_result *result, struct zv_db *db, struct zv_lots_kept *kept, const char *actor,
			  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch = {.kind = ZV_STR("lots"), .actor = zv_str_c(actor), .state = 1};
	struct zv_lot_run_row run = {
		.as_of = result->as_of,
		.digest = result->digest,
		.n_needs = result->all.needs,
		.alone_needs = result->alone.needs,
		.alone_kop = result->alone.kop,
		.pooled_needs = result->pooled.needs,
		.pooled_kop = result->pooled.kop,
	};
	enum zv_code code = prove_sums(kept, err);

	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	code = zv_batch_open(&batch, db, arena, err);
	run.batch_id = batch.id;
	if (code == ZV_OK)
		code = insert_all(result, db, kept, &run, arena, err);
	batch.n_new = (int64_t)kept->lots.n;
	if (code == ZV_OK)
		code = zv_batch_close(db, &batch, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	else
		result->run_uid = run.uid;
	return code;
}
