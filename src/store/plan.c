/* National plans: writing. A million rows go through statements that are prepared once. */
#include "store/plan.h"

#include "base/date.h"
#include "store/id.h"

/* One insert: whole numbers in the order of the columns; texts are bound by the caller. */
static enum zv_code bind_row(struct zv_stmt **stmt, struct zv_db *db, const char *sql, const int64_t *numbers, int n, struct zv_err *err)
{
	enum zv_code code = zv_db_stmt(stmt, db, sql, err);

	for (int i = 0; i < n && code == ZV_OK; i++)
		zv_bind_int(*stmt, i + 1, numbers[i]);
	return code;
}

static enum zv_code run_row(struct zv_db *db, const char *sql, const int64_t *numbers, int n, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = bind_row(&stmt, db, sql, numbers, n, err);

	return code == ZV_OK ? zv_stmt_run(stmt, err) : code;
}

#define RUN(sql, ...) run_row(db, sql, (const int64_t[]){__VA_ARGS__}, (int)(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), err)
#define BIND(stmt, sql, ...) bind_row(stmt, db, sql, (const int64_t[]){__VA_ARGS__}, (int)(sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), err)

enum zv_code zv_plan_insert(struct zv_db *db, struct zv_plan_row *row, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] =
		"INSERT INTO plan (id, made_ms, as_of, mode, nightly, first_period, n_periods, objective_kop, bound_kop, constant_kop, launches_kop, prices_kop,"
		" penalties_kop, iterations, proved, stopped, n_needs, n_covered, n_orders, n_outside, cpu_ms, uid, title, made_by, from_uid, program, problem,"
		" digest, options, n_alone, alone_kop) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,"
		" $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)";
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, ZV_CENTRE_NATIONAL, ZV_ID_PLAN, err);

	if (code != ZV_OK)
		return code;
	(void)zv_id_uid(uid, "plan");
	row->uid = zv_str_dup(arena, zv_str_c(uid));
	row->made_ms = zv_now_ms();
	code = BIND(&stmt, sql, row->id, row->made_ms, row->as_of, row->strict ? 2 : 1, row->nightly, row->first_period, row->n_periods, row->objective_kop,
		    row->bound_kop, row->constant_kop, row->launches_kop, row->prices_kop, row->penalties_kop, row->iterations, row->proved, row->stopped,
		    row->n_needs, row->n_covered, row->n_orders, row->n_outside, row->cpu_ms);
	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 22, row->uid);
	zv_bind_text(stmt, 23, row->title);
	zv_bind_text(stmt, 24, row->made_by);
	zv_bind_text(stmt, 25, row->from_uid);
	zv_bind_text(stmt, 26, row->program);
	zv_bind_text(stmt, 27, row->problem);
	zv_bind_text(stmt, 28, row->digest);
	zv_bind_text(stmt, 29, row->options);
	zv_bind_int(stmt, 30, row->n_alone);
	zv_bind_int(stmt, 31, row->alone_kop);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_insert_level(struct zv_db *db, int64_t plan_id, const struct zv_plan_level_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_level (plan_id, priority, needs, covered_needs, dim, qty_milli, covered_milli, bound_milli, constant_milli, breaks)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

	return RUN(sql, plan_id, row->priority, row->needs, row->covered_needs, row->dim, row->qty_milli, row->covered_milli, row->bound_milli,
		   row->constant_milli, row->breaks);
}

enum zv_code zv_plan_insert_region(struct zv_db *db, int64_t plan_id, const struct zv_plan_region_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_region (plan_id, needs, covered_needs, wanted_kop, covered_kop, bought_kop, made_kop, region)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
	struct zv_stmt *stmt;
	enum zv_code code = BIND(&stmt, sql, plan_id, row->needs, row->covered_needs, row->wanted_kop, row->covered_kop, row->bought_kop, row->made_kop);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 8, row->region);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_insert_order(struct zv_db *db, int64_t plan_id, const struct zv_plan_order_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_order (plan_id, n, offer_id, item_id, period, tier, n_tiers, dim, qty_base, extra_base, price_urub, launch_kop,"
				  " total_kop, needs, regions, region) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
	struct zv_stmt *stmt;
	enum zv_code code = BIND(&stmt, sql, plan_id, row->n, row->offer_id, row->item_id, row->period, row->tier, row->n_tiers, row->dim, row->qty_base,
				 row->extra_base, row->price_urub, row->launch_kop, row->total_kop, row->needs, row->regions);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 16, row->region);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_insert_flow(struct zv_db *db, int64_t plan_id, const struct zv_plan_flow_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_flow (plan_id, order_n, need_id, qty_base, extra_base, price_urub, ceiling_urub, priority)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

	return RUN(sql, plan_id, row->order_n, row->need_id, row->qty_base, row->extra_base, row->price_urub, row->ceiling_urub, row->priority);
}

static void bind_or_null(struct zv_stmt *stmt, int at, int64_t value, int64_t none)
{
	if (value != none)
		zv_bind_int(stmt, at, value);
	else
		zv_bind_null(stmt, at);
}

enum zv_code zv_plan_insert_why(struct zv_db *db, int64_t plan_id, const struct zv_plan_why_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_why (plan_id, need_id, priority, dim, qty_base, value_kop, ceiling_urub, kind, figure, displaced, verified, also_kind,"
				  " also_figure, code, detail, also, offer_id, period, tier, input_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
				  " $14, $15, $16, $17, $18, $19, $20)";
	struct zv_stmt *stmt;
	enum zv_code code = BIND(&stmt, sql, plan_id, row->need_id, row->priority, row->dim, row->qty_base, row->value_kop, row->ceiling_urub, row->kind,
				 row->figure, row->displaced, row->verified, row->also_kind, row->also_figure);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 14, row->code);
	zv_bind_text(stmt, 15, row->detail);
	zv_bind_text(stmt, 16, row->also);
	bind_or_null(stmt, 17, row->offer_id, 0);
	bind_or_null(stmt, 18, row->period, 0);
	bind_or_null(stmt, 19, row->tier, 0);
	bind_or_null(stmt, 20, row->input_id, 0);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_insert_outside(struct zv_db *db, int64_t plan_id, const struct zv_plan_outside_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_outside (plan_id, need_id, code) VALUES ($1, $2, $3)";
	struct zv_stmt *stmt;
	enum zv_code code = BIND(&stmt, sql, plan_id, row->need_id);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 3, row->code);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_insert_unlock(struct zv_db *db, int64_t plan_id, const struct zv_plan_unlock_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_unlock (plan_id, n, offer_id, period, tier, dim, pool_base, lack_base, lack_kop, extra_base, extra_urub, verified,"
				  " region, moq_base, launch_kop, price_urub) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
	struct zv_stmt *stmt;
	enum zv_code code = BIND(&stmt, sql, plan_id, row->n, row->offer_id, row->period, row->tier, row->dim, row->pool_base, row->lack_base, row->lack_kop,
				 row->extra_base, row->extra_urub, row->verified);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 13, row->region);
	bind_or_null(stmt, 14, row->moq_base, -1);
	bind_or_null(stmt, 15, row->launch_kop, -1);
	bind_or_null(stmt, 16, row->price_urub, -1);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_insert_joiner(struct zv_db *db, int64_t plan_id, const struct zv_plan_joiner_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_joiner (plan_id, unlock_n, place, need_id, qty_base, raise_urub) VALUES ($1, $2, $3, $4, $5, $6)";

	return RUN(sql, plan_id, row->unlock_n, row->place, row->need_id, row->qty_base, row->raise_urub);
}

enum zv_code zv_plan_insert_next_tier(struct zv_db *db, int64_t plan_id, const struct zv_plan_next_tier_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_next_tier (plan_id, order_n, tier, lack_base, saves_urub) VALUES ($1, $2, $3, $4, $5)";

	return RUN(sql, plan_id, row->order_n, row->tier, row->lack_base, row->saves_urub);
}

enum zv_code zv_plan_insert_hour(struct zv_db *db, int64_t plan_id, const struct zv_plan_hour_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_hour (plan_id, n, offer_id, period, dim, price_urub, used_base, of_base)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

	return RUN(sql, plan_id, row->n, row->offer_id, row->period, row->dim, row->price_urub, row->used_base, row->of_base);
}

enum zv_code zv_plan_insert_missing(struct zv_db *db, int64_t plan_id, const struct zv_plan_missing_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO plan_missing (plan_id, n, item_id, need_id, dim, needs, regions, orgs, qty_base, value_kop, moq_base, price_urub, half_urub)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

	return RUN(sql, plan_id, row->n, row->item_id, row->need_id, row->dim, row->needs, row->regions, row->orgs, row->qty_base, row->value_kop, row->moq_base,
		   row->price_urub, row->half_urub);
}

enum zv_code zv_plan_put_prices(struct zv_db *db, int64_t plan_id, const struct zv_plan_price_row *needs, size_t n_needs,
				const struct zv_plan_price_row *capacity, size_t n_capacity, struct zv_err *err)
{
	static const char old_needs[] = "DELETE FROM plan_price";
	static const char old_capacity[] = "DELETE FROM plan_capacity_price";
	static const char need[] = "INSERT INTO plan_price (plan_id, need_id, price_urub) VALUES ($1, $2, $3)";
	static const char of_capacity[] = "INSERT INTO plan_capacity_price (plan_id, offer_id, period, price_urub) VALUES ($1, $2, $3, $4)";
	enum zv_code code = run_row(db, old_needs, NULL, 0, err);

	if (code == ZV_OK)
		code = run_row(db, old_capacity, NULL, 0, err);
	for (size_t i = 0; i < n_needs && code == ZV_OK; i++)
		code = RUN(need, plan_id, needs[i].id, needs[i].price_urub);
	for (size_t i = 0; i < n_capacity && code == ZV_OK; i++)
		code = RUN(of_capacity, plan_id, capacity[i].id, capacity[i].period, capacity[i].price_urub);
	return code;
}

enum zv_code zv_plan_rename(struct zv_db *db, int64_t plan_id, struct zv_str title, struct zv_err *err)
{
	static const char sql[] = "UPDATE plan SET title = $2 WHERE id = $1";
	struct zv_stmt *stmt;
	enum zv_code code = BIND(&stmt, sql, plan_id);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 2, title);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_plan_drop(struct zv_db *db, int64_t plan_id, struct zv_err *err)
{
	static const char *const parts[] = {
		"DELETE FROM plan_level WHERE plan_id = $1",     "DELETE FROM plan_region WHERE plan_id = $1",
		"DELETE FROM plan_order WHERE plan_id = $1",     "DELETE FROM plan_flow WHERE plan_id = $1",
		"DELETE FROM plan_why WHERE plan_id = $1",       "DELETE FROM plan_outside WHERE plan_id = $1",
		"DELETE FROM plan_unlock WHERE plan_id = $1",    "DELETE FROM plan_joiner WHERE plan_id = $1",
		"DELETE FROM plan_next_tier WHERE plan_id = $1", "DELETE FROM plan_hour WHERE plan_id = $1",
		"DELETE FROM plan_missing WHERE plan_id = $1",   "DELETE FROM plan_price WHERE plan_id = $1",
		"DELETE FROM plan_capacity_price WHERE plan_id = $1", "DELETE FROM plan WHERE id = $1",
	};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < ZV_LEN(parts) && code == ZV_OK; i++)
		code = RUN(parts[i], plan_id);
	return code;
}

/* The first plan that a query of $1 finds, then the next one, until it finds none: each goes. */
static enum zv_code drop_found(struct zv_db *db, const char *sql, int64_t number, struct zv_err *err)
{
	for (;;) {
		struct zv_stmt *stmt;
		int64_t plan_id;
		bool row;
		enum zv_code code = BIND(&stmt, sql, number);

		if (code == ZV_OK)
			code = zv_stmt_step(&row, stmt, err);
		if (code != ZV_OK || !row)
			return code;
		plan_id = zv_col_int(stmt, 0);
		zv_stmt_reset(stmt);
		code = zv_plan_drop(db, plan_id, err);
		if (code != ZV_OK)
			return code;
	}
}

enum zv_code zv_plan_drop_nightly(struct zv_db *db, int64_t keep, struct zv_err *err)
{
	static const char sql[] = "SELECT id FROM plan WHERE nightly = 1 ORDER BY id DESC LIMIT 1 OFFSET $1";

	return drop_found(db, sql, keep, err);
}

enum zv_code zv_plan_forget_batch(struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	static const char *const uses[] = {
		"SELECT f.plan_id FROM need n JOIN plan_flow f ON f.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT w.plan_id FROM need n JOIN plan_why w ON w.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT w.plan_id FROM need n JOIN plan_outside w ON w.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT j.plan_id FROM need n JOIN plan_joiner j ON j.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT m.plan_id FROM need n JOIN plan_missing m ON m.need_id = n.id WHERE n.batch_id = $1 LIMIT 1",
		"SELECT p.plan_id FROM offer o JOIN plan_order p ON p.offer_id = o.id WHERE o.batch_id = $1 LIMIT 1",
		"SELECT w.plan_id FROM offer o JOIN plan_why w ON w.offer_id = o.id WHERE o.batch_id = $1 LIMIT 1",
		"SELECT u.plan_id FROM offer o JOIN plan_unlock u ON u.offer_id = o.id WHERE o.batch_id = $1 LIMIT 1",
		"SELECT h.plan_id FROM offer o JOIN plan_hour h ON h.offer_id = o.id WHERE o.batch_id = $1 LIMIT 1",
		"SELECT m.plan_id FROM item i JOIN plan_missing m ON m.item_id = i.id WHERE i.batch_id = $1 LIMIT 1",
		"SELECT w.plan_id FROM item i JOIN plan_why w ON w.input_id = i.id WHERE i.batch_id = $1 LIMIT 1",
	};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < ZV_LEN(uses) && code == ZV_OK; i++)
		code = drop_found(db, uses[i], batch_id, err);
	return code;
}
