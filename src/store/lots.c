/* Rows of lot_run, lot, lot_need and lot_miss. */
#include "store/lots.h"

#include "base/rng.h"
#include "base/vec.h"
#include "store/id.h"

/* Numbers in id_counter; never renumber. */
enum { ENTITY_RUN = 101, ENTITY_LOT = 102 };

static struct zv_str new_uid(struct zv_arena *arena, const char *kind)
{
	char uid[ZV_UID_TEXT];

	zv_uid_new(uid, kind);
	return zv_str_dup(arena, zv_str_c(uid));
}

enum zv_code zv_lot_run_insert(struct zv_db *db, struct zv_lot_run_row *run, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO lot_run (id, uid, batch_id, as_of, digest, n_needs, alone_needs, alone_kop, pooled_needs,"
				  " pooled_kop) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&run->id, db, 0, ENTITY_RUN, err);

	if (code != ZV_OK || (code = zv_db_stmt(&stmt, db, sql, err)) != ZV_OK)
		return code;
	run->uid = new_uid(arena, "run");
	zv_bind_int(stmt, 1, run->id);
	zv_bind_text(stmt, 2, run->uid);
	zv_bind_int(stmt, 3, run->batch_id);
	zv_bind_int(stmt, 4, run->as_of);
	zv_bind_text(stmt, 5, run->digest);
	zv_bind_int(stmt, 6, run->n_needs);
	zv_bind_int(stmt, 7, run->alone_needs);
	zv_bind_int(stmt, 8, run->alone_kop);
	zv_bind_int(stmt, 9, run->pooled_needs);
	zv_bind_int(stmt, 10, run->pooled_kop);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_lot_insert(struct zv_db *db, struct zv_lot_row *lot, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO lot (id, centre_id, uid, run_id, item_id, offer_id, dim, qty_base, firm_base, total_kop,"
				  " ready_on, proved) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&lot->id, db, lot->centre_id, ENTITY_LOT, err);

	if (code != ZV_OK || (code = zv_db_stmt(&stmt, db, sql, err)) != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, lot->id);
	zv_bind_int(stmt, 2, lot->centre_id);
	zv_bind_text(stmt, 3, lot->uid);
	zv_bind_int(stmt, 4, lot->run_id);
	zv_bind_int(stmt, 5, lot->item_id);
	zv_bind_int(stmt, 6, lot->offer_id);
	zv_bind_int(stmt, 7, lot->dim);
	zv_bind_int(stmt, 8, lot->qty_base);
	zv_bind_int(stmt, 9, lot->firm_base);
	zv_bind_int(stmt, 10, lot->total_kop);
	zv_bind_int(stmt, 11, lot->ready_on);
	zv_bind_int(stmt, 12, lot->proved);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_lot_need_insert(struct zv_db *db, const struct zv_lot_need_row *link, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO lot_need (lot_id, need_id, firm_base, extra_base, cost_kop, freight_kop)"
				  " VALUES ($1, $2, $3, $4, $5, $6)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, link->lot_id);
	zv_bind_int(stmt, 2, link->need_id);
	zv_bind_int(stmt, 3, link->firm_base);
	zv_bind_int(stmt, 4, link->extra_base);
	zv_bind_int(stmt, 5, link->cost_kop);
	zv_bind_int(stmt, 6, link->freight_kop);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_lot_miss_insert(struct zv_db *db, const struct zv_lot_miss_row *miss, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO lot_miss (run_id, need_id, code, offer_id, have, want, lack, size_base, price_kop, price_per)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, miss->run_id);
	zv_bind_int(stmt, 2, miss->need_id);
	zv_bind_text(stmt, 3, miss->code);
	if (miss->offer_id != 0)
		zv_bind_int(stmt, 4, miss->offer_id);
	else
		zv_bind_null(stmt, 4);
	zv_bind_int(stmt, 5, miss->have);
	zv_bind_int(stmt, 6, miss->want);
	zv_bind_int(stmt, 7, miss->lack);
	zv_bind_int(stmt, 8, miss->size_base);
	zv_bind_int(stmt, 9, miss->price_kop);
	zv_bind_int(stmt, 10, miss->price_per);
	return zv_stmt_run(stmt, err);
}

static enum zv_code run_with_id(struct zv_db *db, const char *sql, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_lot_runs_forget(struct zv_db *db, int64_t before_run, struct zv_err *err)
{
	static const char links[] = "DELETE FROM lot_need WHERE lot_id IN (SELECT id FROM lot WHERE run_id < $1)";
	static const char lots[] = "DELETE FROM lot WHERE run_id < $1";
	static const char misses[] = "DELETE FROM lot_miss WHERE run_id < $1";
	static const char runs[] = "DELETE FROM lot_run WHERE id < $1";
	enum zv_code code = run_with_id(db, links, before_run, err);

	if (code == ZV_OK)
		code = run_with_id(db, lots, before_run, err);
	if (code == ZV_OK)
		code = run_with_id(db, misses, before_run, err);
	return code == ZV_OK ? run_with_id(db, runs, before_run, err) : code;
}

enum zv_code zv_lot_runs_forget_batch(struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	static const char *const uses[] = {
		"SELECT 1 FROM lot_run WHERE batch_id = $1 LIMIT 1",
		"SELECT 1 FROM need n JOIN lot_need l ON l.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT 1 FROM need n JOIN lot_miss m ON m.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT 1 FROM offer o JOIN lot l ON l.offer_id = o.id WHERE o.batch_id = $1 LIMIT 1",
		"SELECT 1 FROM lot_miss m JOIN offer o ON o.id = m.offer_id WHERE o.batch_id = $1 LIMIT 1",
		"SELECT 1 FROM item i JOIN lot l ON l.item_id = i.id WHERE i.batch_id = $1 LIMIT 1",
	};

	for (size_t i = 0; i < ZV_LEN(uses); i++) {
		struct zv_stmt *stmt;
		bool row;
		enum zv_code code = zv_db_stmt(&stmt, db, uses[i], err);

		if (code != ZV_OK)
			return code;
		zv_bind_int(stmt, 1, batch_id);
		code = zv_stmt_step(&row, stmt, err);
		if (code != ZV_OK)
			return code;
		if (!row)
			continue;
		zv_stmt_reset(stmt);
		return zv_lot_runs_forget(db, INT64_MAX, err);
	}
	return ZV_OK;
}

enum zv_code zv_lot_run_latest(struct zv_lot_run_row *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT id, uid, batch_id, as_of, digest, n_needs, alone_needs, alone_kop, pooled_needs, pooled_kop"
				  " FROM lot_run ORDER BY id DESC LIMIT 1";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK || (code = zv_stmt_step(&row, stmt, err)) != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "lots", N_("No lots have been computed yet; run “zveno lots”."));
	*out = (struct zv_lot_run_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.batch_id = zv_col_int(stmt, 2),
		.as_of = (zv_date)zv_col_int(stmt, 3),
		.digest = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.n_needs = zv_col_int(stmt, 5),
		.alone_needs = zv_col_int(stmt, 6),
		.alone_kop = zv_col_int(stmt, 7),
		.pooled_needs = zv_col_int(stmt, 8),
		.pooled_kop = zv_col_int(stmt, 9),
	};
	zv_stmt_reset(stmt);
	return ZV_OK;
}

#define LOT_COLUMNS "id, centre_id, uid, run_id, item_id, offer_id, dim, qty_base, firm_base, total_kop, ready_on, proved"

static struct zv_lot_row lot_of(struct zv_stmt *stmt, struct zv_arena *arena)
{
	return (struct zv_lot_row){
		.id = zv_col_int(stmt, 0),
		.centre_id = zv_col_int(stmt, 1),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.run_id = zv_col_int(stmt, 3),
		.item_id = zv_col_int(stmt, 4),
		.offer_id = zv_col_int(stmt, 5),
		.dim = zv_col_int(stmt, 6),
		.qty_base = zv_col_int(stmt, 7),
		.firm_base = zv_col_int(stmt, 8),
		.total_kop = zv_col_int(stmt, 9),
		.ready_on = (zv_date)zv_col_int(stmt, 10),
		.proved = zv_col_int(stmt, 11) != 0,
	};
}

enum zv_code zv_lots_of_run(struct zv_lot_row **out, size_t *n, struct zv_db *db, int64_t run_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT " LOT_COLUMNS " FROM lot WHERE run_id = $1 ORDER BY firm_base DESC, id";
	ZV_VEC(struct zv_lot_row) rows = {0};
	struct zv_stmt *stmt;
	bool row = true;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, run_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(&rows, lot_of(stmt, arena));
	if (code == ZV_OK) {
		*out = ZV_ARENA_ARRAY(arena, struct zv_lot_row, rows.n);
		for (size_t i = 0; i < rows.n; i++)
			(*out)[i] = rows.p[i];
		*n = rows.n;
	}
	zv_vec_done(&rows);
	return code;
}

enum zv_code zv_lot_by_uid(struct zv_lot_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT " LOT_COLUMNS " FROM lot WHERE uid = $1";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, uid);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "lot", N_("There is no lot “%.*s”; it may belong to an older computation."),
			       ZV_STR_FMT(zv_str_first(uid, 60)));
	*out = lot_of(stmt, arena);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

#define LINK_COLUMNS "lot_id, need_id, firm_base, extra_base, cost_kop, freight_kop"

static struct zv_lot_need_row link_of(struct zv_stmt *stmt)
{
	return (struct zv_lot_need_row){zv_col_int(stmt, 0), zv_col_int(stmt, 1), zv_col_int(stmt, 2),
					zv_col_int(stmt, 3), zv_col_int(stmt, 4), zv_col_int(stmt, 5)};
}

enum zv_code zv_lot_needs(struct zv_lot_need_row **out, size_t *n, struct zv_db *db, int64_t lot_id, struct zv_arena *arena,
			  struct zv_err *err)
{
	static const char sql[] = "SELECT " LINK_COLUMNS " FROM lot_need WHERE lot_id = $1 ORDER BY need_id";
	ZV_VEC(struct zv_lot_need_row) rows = {0};
	struct zv_stmt *stmt;
	bool row = true;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, lot_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(&rows, link_of(stmt));
	if (code == ZV_OK) {
		*out = ZV_ARENA_ARRAY(arena, struct zv_lot_need_row, rows.n);
		for (size_t i = 0; i < rows.n; i++)
			(*out)[i] = rows.p[i];
		*n = rows.n;
	}
	zv_vec_done(&rows);
	return code;
}

enum zv_code zv_lot_of_need(struct zv_lot_need_row *out, struct zv_db *db, int64_t run_id, int64_t need_id, struct zv_err *err)
{
	static const char sql[] = "SELECT n.lot_id, n.need_id, n.firm_base, n.extra_base, n.cost_kop, n.freight_kop"
				  " FROM lot_need n JOIN lot l ON l.id = n.lot_id WHERE n.need_id = $1 AND l.run_id = $2";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, need_id);
	zv_bind_int(stmt, 2, run_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "need", N_("The need is in no lot."));
	*out = link_of(stmt);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_lot_miss_of_need(struct zv_lot_miss_row *out, struct zv_db *db, int64_t run_id, int64_t need_id, struct zv_arena *arena,
				 struct zv_err *err)
{
	static const char sql[] = "SELECT code, offer_id, have, want, lack, size_base, price_kop, price_per FROM lot_miss"
				  " WHERE run_id = $1 AND need_id = $2";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, run_id);
	zv_bind_int(stmt, 2, need_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "need", N_("The need was not part of the last computation of lots."));
	*out = (struct zv_lot_miss_row){
		.run_id = run_id,
		.need_id = need_id,
		.code = zv_str_dup(arena, zv_col_text(stmt, 0)),
		.offer_id = zv_col_int(stmt, 1),
		.have = zv_col_int(stmt, 2),
		.want = zv_col_int(stmt, 3),
		.lack = zv_col_int(stmt, 4),
		.size_base = zv_col_int(stmt, 5),
		.price_kop = zv_col_int(stmt, 6),
		.price_per = zv_col_int(stmt, 7),
	};
	zv_stmt_reset(stmt);
	return ZV_OK;
}
