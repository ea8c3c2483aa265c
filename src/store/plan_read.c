/* National plans: reading. */
#include "store/plan.h"

#include "store/read.h"

static struct zv_str text(struct zv_stmt *stmt, int at, struct zv_arena *arena)
{
	return zv_str_dup(arena, zv_col_text(stmt, at));
}

/* A bound statement of one number, all of its rows. */
static enum zv_code rows_of(void **out, size_t *n, struct zv_db *db, const char *sql, int64_t plan_id, size_t size, zv_read_row *read, struct zv_arena *arena,
			    struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	return zv_read_all(out, n, stmt, size, read, arena, err);
}

#define ROWS(out, type, sql, read) rows_of((void **)(out), n, db, sql, plan_id, sizeof(type), read, arena, err)

/* --- heads --------------------------------------------------------------------------------------------------------------------- */

#define PLAN                                                                                                                                    \
	"SELECT id, uid, title, made_by, made_ms, as_of, mode, nightly, from_uid, first_period, n_periods, objective_kop, bound_kop, "          \
	"constant_kop, launches_kop, prices_kop, penalties_kop, iterations, proved, stopped, n_needs, n_covered, n_orders, n_outside, cpu_ms, " \
	"program, problem, digest, options, n_alone, alone_kop FROM plan "

static void read_plan(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_row *)out = (struct zv_plan_row){
		.id = zv_col_int(stmt, 0),
		.uid = text(stmt, 1, arena),
		.title = text(stmt, 2, arena),
		.made_by = text(stmt, 3, arena),
		.made_ms = zv_col_int(stmt, 4),
		.as_of = (zv_date)zv_col_int(stmt, 5),
		.strict = zv_col_int(stmt, 6) == 2,
		.nightly = zv_col_int(stmt, 7) != 0,
		.from_uid = text(stmt, 8, arena),
		.first_period = (int32_t)zv_col_int(stmt, 9),
		.n_periods = (int32_t)zv_col_int(stmt, 10),
		.objective_kop = zv_col_int(stmt, 11),
		.bound_kop = zv_col_int(stmt, 12),
		.constant_kop = zv_col_int(stmt, 13),
		.launches_kop = zv_col_int(stmt, 14),
		.prices_kop = zv_col_int(stmt, 15),
		.penalties_kop = zv_col_int(stmt, 16),
		.iterations = zv_col_int(stmt, 17),
		.proved = zv_col_int(stmt, 18) != 0,
		.stopped = zv_col_int(stmt, 19) != 0,
		.n_needs = zv_col_int(stmt, 20),
		.n_covered = zv_col_int(stmt, 21),
		.n_orders = zv_col_int(stmt, 22),
		.n_outside = zv_col_int(stmt, 23),
		.cpu_ms = zv_col_int(stmt, 24),
		.program = text(stmt, 25, arena),
		.problem = text(stmt, 26, arena),
		.digest = text(stmt, 27, arena),
		.options = text(stmt, 28, arena),
		.n_alone = zv_col_int(stmt, 29),
		.alone_kop = zv_col_int(stmt, 30),
	};
}

enum zv_code zv_plan_by_uid(struct zv_plan_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = PLAN "WHERE uid = $1";
	bool found;
	enum zv_code code = zv_read_by_text(&found, out, db, sql, uid, read_plan, arena, err);

	if (code == ZV_OK && !found)
		return zv_fail(err, ZV_E_NOTFOUND, "plan", N_("There is no plan “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	return code;
}

enum zv_code zv_plan_latest(bool *found, struct zv_plan_row *out, struct zv_db *db, int64_t before, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = PLAN "WHERE id < $1 ORDER BY id DESC LIMIT 1";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, before > 0 ? before : INT64_MAX);
	return zv_read_one(found, out, stmt, read_plan, arena, err);
}

enum zv_code zv_plan_page(struct zv_plan_row **out, size_t *n, struct zv_db *db, int64_t before, int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = PLAN "WHERE id < $1 ORDER BY id DESC LIMIT $2";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, before > 0 ? before : INT64_MAX);
	zv_bind_int(stmt, 2, limit);
	return zv_read_all((void **)out, n, stmt, sizeof(**out), read_plan, arena, err);
}

/* --- parts: all of a plan ---------------------------------------------------------------------------------------------------------- */

static void read_level(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_plan_level_row *)out = (struct zv_plan_level_row){
		.priority = (int)zv_col_int(stmt, 0),
		.needs = zv_col_int(stmt, 1),
		.covered_needs = zv_col_int(stmt, 2),
		.dim = (int)zv_col_int(stmt, 3),
		.qty_milli = zv_col_int(stmt, 4),
		.covered_milli = zv_col_int(stmt, 5),
		.bound_milli = zv_col_int(stmt, 6),
		.constant_milli = zv_col_int(stmt, 7),
		.breaks = zv_col_int(stmt, 8) != 0,
	};
}

enum zv_code zv_plan_levels(struct zv_plan_level_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT priority, needs, covered_needs, dim, qty_milli, covered_milli, bound_milli, constant_milli, breaks FROM plan_level"
				  " WHERE plan_id = $1 ORDER BY priority";

	return ROWS(out, struct zv_plan_level_row, sql, read_level);
}

static void read_region(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_region_row *)out = (struct zv_plan_region_row){
		.region = text(stmt, 0, arena),
		.needs = zv_col_int(stmt, 1),
		.covered_needs = zv_col_int(stmt, 2),
		.wanted_kop = zv_col_int(stmt, 3),
		.covered_kop = zv_col_int(stmt, 4),
		.bought_kop = zv_col_int(stmt, 5),
		.made_kop = zv_col_int(stmt, 6),
	};
}

enum zv_code zv_plan_regions(struct zv_plan_region_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT region, needs, covered_needs, wanted_kop, covered_kop, bought_kop, made_kop FROM plan_region"
				  " WHERE plan_id = $1 ORDER BY region";

	return ROWS(out, struct zv_plan_region_row, sql, read_region);
}

static void read_order(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_order_row *)out = (struct zv_plan_order_row){
		.n = zv_col_int(stmt, 0),
		.offer_id = zv_col_int(stmt, 1),
		.item_id = zv_col_int(stmt, 2),
		.region = text(stmt, 3, arena),
		.period = (int32_t)zv_col_int(stmt, 4),
		.tier = (int)zv_col_int(stmt, 5),
		.n_tiers = (int)zv_col_int(stmt, 6),
		.dim = (int)zv_col_int(stmt, 7),
		.qty_base = zv_col_int(stmt, 8),
		.extra_base = zv_col_int(stmt, 9),
		.price_urub = zv_col_int(stmt, 10),
		.launch_kop = zv_col_int(stmt, 11),
		.total_kop = zv_col_int(stmt, 12),
		.needs = zv_col_int(stmt, 13),
		.regions = zv_col_int(stmt, 14),
	};
}

enum zv_code zv_plan_orders(struct zv_plan_order_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT n, offer_id, item_id, region, period, tier, n_tiers, dim, qty_base, extra_base, price_urub, launch_kop, total_kop, needs, regions FROM plan_order"
				  " WHERE plan_id = $1 ORDER BY n";

	return ROWS(out, struct zv_plan_order_row, sql, read_order);
}

enum zv_code zv_plan_order_get(struct zv_plan_order_row *out, struct zv_db *db, int64_t plan_id, int64_t n, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT n, offer_id, item_id, region, period, tier, n_tiers, dim, qty_base, extra_base, price_urub, launch_kop, total_kop, needs, regions FROM plan_order"
				  " WHERE plan_id = $1 AND n = $2";
	struct zv_stmt *stmt;
	bool found;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, n);
	code = zv_read_one(&found, out, stmt, read_order, arena, err);
	if (code == ZV_OK && !found)
		return zv_fail(err, ZV_E_NOTFOUND, "order", N_("The plan has no order %" PRId64 "."), n);
	return code;
}

static void read_outside(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_outside_row *)out = (struct zv_plan_outside_row){
		.need_id = zv_col_int(stmt, 0),
		.code = text(stmt, 1, arena),
	};
}

enum zv_code zv_plan_outside(struct zv_plan_outside_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT need_id, code FROM plan_outside"
				  " WHERE plan_id = $1 ORDER BY need_id";

	return ROWS(out, struct zv_plan_outside_row, sql, read_outside);
}

static void read_unlock(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_unlock_row *)out = (struct zv_plan_unlock_row){
		.n = zv_col_int(stmt, 0),
		.offer_id = zv_col_int(stmt, 1),
		.period = (int32_t)zv_col_int(stmt, 2),
		.tier = (int)zv_col_int(stmt, 3),
		.dim = (int)zv_col_int(stmt, 4),
		.pool_base = zv_col_int(stmt, 5),
		.lack_base = zv_col_int(stmt, 6),
		.lack_kop = zv_col_int(stmt, 7),
		.region = text(stmt, 8, arena),
		.extra_base = zv_col_int(stmt, 9),
		.extra_urub = zv_col_int(stmt, 10),
		.moq_base = zv_col_is_null(stmt, 11) ? -1 : zv_col_int(stmt, 11),
		.launch_kop = zv_col_is_null(stmt, 12) ? -1 : zv_col_int(stmt, 12),
		.price_urub = zv_col_is_null(stmt, 13) ? -1 : zv_col_int(stmt, 13),
		.verified = zv_col_int(stmt, 14) != 0,
	};
}

enum zv_code zv_plan_unlocks(struct zv_plan_unlock_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT n, offer_id, period, tier, dim, pool_base, lack_base, lack_kop, region, extra_base, extra_urub, moq_base, launch_kop, price_urub, verified FROM plan_unlock"
				  " WHERE plan_id = $1 ORDER BY n";

	return ROWS(out, struct zv_plan_unlock_row, sql, read_unlock);
}

static void read_joiner(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_plan_joiner_row *)out = (struct zv_plan_joiner_row){
		.unlock_n = zv_col_int(stmt, 0),
		.place = zv_col_int(stmt, 1),
		.need_id = zv_col_int(stmt, 2),
		.qty_base = zv_col_int(stmt, 3),
		.raise_urub = zv_col_int(stmt, 4),
	};
}

enum zv_code zv_plan_joiners(struct zv_plan_joiner_row **out, size_t *n, struct zv_db *db, int64_t plan_id, int64_t unlock_n, struct zv_arena *arena,
			     struct zv_err *err)
{
	static const char sql[] = "SELECT unlock_n, place, need_id, qty_base, raise_urub FROM plan_joiner WHERE plan_id = $1"
				  " AND (CAST($2 AS BIGINT) = 0 OR unlock_n = $2) ORDER BY unlock_n, place";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, unlock_n);
	return zv_read_all((void **)out, n, stmt, sizeof(**out), read_joiner, arena, err);
}

static void read_next_tier(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_plan_next_tier_row *)out = (struct zv_plan_next_tier_row){
		.order_n = zv_col_int(stmt, 0),
		.tier = (int)zv_col_int(stmt, 1),
		.lack_base = zv_col_int(stmt, 2),
		.saves_urub = zv_col_int(stmt, 3),
	};
}

enum zv_code zv_plan_next_tiers(struct zv_plan_next_tier_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT order_n, tier, lack_base, saves_urub FROM plan_next_tier"
				  " WHERE plan_id = $1 ORDER BY order_n";

	return ROWS(out, struct zv_plan_next_tier_row, sql, read_next_tier);
}

static void read_hour(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_plan_hour_row *)out = (struct zv_plan_hour_row){
		.n = zv_col_int(stmt, 0),
		.offer_id = zv_col_int(stmt, 1),
		.period = (int32_t)zv_col_int(stmt, 2),
		.dim = (int)zv_col_int(stmt, 3),
		.price_urub = zv_col_int(stmt, 4),
		.used_base = zv_col_int(stmt, 5),
		.of_base = zv_col_int(stmt, 6),
	};
}

enum zv_code zv_plan_hours(struct zv_plan_hour_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT n, offer_id, period, dim, price_urub, used_base, of_base FROM plan_hour"
				  " WHERE plan_id = $1 ORDER BY n";

	return ROWS(out, struct zv_plan_hour_row, sql, read_hour);
}

static void read_missing(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_plan_missing_row *)out = (struct zv_plan_missing_row){
		.n = zv_col_int(stmt, 0),
		.item_id = zv_col_int(stmt, 1),
		.need_id = zv_col_int(stmt, 2),
		.dim = (int)zv_col_int(stmt, 3),
		.needs = zv_col_int(stmt, 4),
		.regions = zv_col_int(stmt, 5),
		.orgs = zv_col_int(stmt, 6),
		.qty_base = zv_col_int(stmt, 7),
		.value_kop = zv_col_int(stmt, 8),
		.moq_base = zv_col_int(stmt, 9),
		.price_urub = zv_col_int(stmt, 10),
		.half_urub = zv_col_int(stmt, 11),
	};
}

enum zv_code zv_plan_missing(struct zv_plan_missing_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT n, item_id, need_id, dim, needs, regions, orgs, qty_base, value_kop, moq_base, price_urub, half_urub FROM plan_missing"
				  " WHERE plan_id = $1 ORDER BY n";

	return ROWS(out, struct zv_plan_missing_row, sql, read_missing);
}

static void read_price(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_plan_price_row *)out = (struct zv_plan_price_row){
		.id = zv_col_int(stmt, 0),
		.period = (int32_t)zv_col_int(stmt, 1),
		.price_urub = zv_col_int(stmt, 2),
	};
}

enum zv_code zv_plan_prices(struct zv_plan_price_row **needs, size_t *n_needs, struct zv_plan_price_row **capacity, size_t *n_capacity, struct zv_db *db,
			    int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char of_needs[] = "SELECT need_id, 0, price_urub FROM plan_price WHERE plan_id = $1 ORDER BY need_id";
	static const char of_capacity[] = "SELECT offer_id, period, price_urub FROM plan_capacity_price WHERE plan_id = $1 ORDER BY offer_id, period";
	enum zv_code code = rows_of((void **)needs, n_needs, db, of_needs, plan_id, sizeof(**needs), read_price, arena, err);

	return code == ZV_OK ? rows_of((void **)capacity, n_capacity, db, of_capacity, plan_id, sizeof(**capacity), read_price, arena, err) : code;
}

/* --- flows --------------------------------------------------------------------------------------------------------------------------- */

#define FLOW                                                                                                                                   \
	"SELECT f.order_n, f.need_id, f.qty_base, f.extra_base, f.price_urub, f.ceiling_urub, f.priority, COALESCE(d.region, '') FROM plan_flow f " \
	"JOIN need d ON d.id = f.need_id WHERE f.plan_id = $1 "

static void read_flow(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_flow_row *)out = (struct zv_plan_flow_row){
		.order_n = zv_col_int(stmt, 0),
		.need_id = zv_col_int(stmt, 1),
		.qty_base = zv_col_int(stmt, 2),
		.extra_base = zv_col_int(stmt, 3),
		.price_urub = zv_col_int(stmt, 4),
		.ceiling_urub = zv_col_int(stmt, 5),
		.priority = (int)zv_col_int(stmt, 6),
		.region = arena != NULL ? text(stmt, 7, arena) : zv_col_text(stmt, 7),
	};
}

enum zv_code zv_plan_flows(struct zv_plan_flow_row **out, size_t *n, struct zv_db *db, const struct zv_plan_flow_query *query, struct zv_arena *arena,
			   struct zv_err *err)
{
	/* A range of the key, so that neither one order nor a page of all is looked for in the whole plan. */
	static const char sql[] = FLOW "AND f.order_n >= $2 AND f.order_n <= $3 AND (f.order_n > $4 OR f.need_id > $5) ORDER BY f.order_n, f.need_id LIMIT $6";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, query->plan_id);
	zv_bind_int(stmt, 2, query->order_n > query->after_order ? query->order_n : query->after_order);
	zv_bind_int(stmt, 3, query->order_n > 0 ? query->order_n : INT64_MAX);
	zv_bind_int(stmt, 4, query->after_order);
	zv_bind_int(stmt, 5, query->after_need);
	zv_bind_int(stmt, 6, query->limit > 0 ? query->limit : INT64_MAX);
	return zv_read_all((void **)out, n, stmt, sizeof(**out), read_flow, arena, err);
}

enum zv_code zv_plan_flows_of_need(struct zv_plan_flow_row **out, size_t *n, struct zv_db *db, int64_t plan_id, int64_t need_id, struct zv_arena *arena,
				   struct zv_err *err)
{
	static const char sql[] = FLOW "AND f.need_id = $2 ORDER BY f.order_n";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, need_id);
	return zv_read_all((void **)out, n, stmt, sizeof(**out), read_flow, arena, err);
}

enum zv_code zv_plan_flows_each(struct zv_db *db, int64_t plan_id, bool (*each)(void *context, const struct zv_plan_flow_row *row), void *context,
				struct zv_err *err)
{
	static const char sql[] = FLOW "ORDER BY f.order_n, f.need_id";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_plan_flow_row flow;

		read_flow(&flow, stmt, NULL);
		if (!each(context, &flow)) {
			zv_stmt_reset(stmt);
			break;
		}
	}
	return code;
}

/* --- reasons --------------------------------------------------------------------------------------------------------------------------- */

#define WHY                                                                                                                                       \
	"SELECT w.need_id, w.code, w.priority, w.dim, w.qty_base, w.value_kop, w.ceiling_urub, w.kind, w.figure, w.offer_id, w.period, w.tier, w.input_id, " \
	"w.displaced, w.verified, w.detail, COALESCE(d.region, ''), w.also, w.also_kind, w.also_figure FROM plan_why w JOIN need d ON d.id = w.need_id WHERE w.plan_id = $1 "

static void read_why(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_why_row *)out = (struct zv_plan_why_row){
		.need_id = zv_col_int(stmt, 0),
		.code = text(stmt, 1, arena),
		.priority = (int)zv_col_int(stmt, 2),
		.dim = (int)zv_col_int(stmt, 3),
		.qty_base = zv_col_int(stmt, 4),
		.value_kop = zv_col_int(stmt, 5),
		.ceiling_urub = zv_col_int(stmt, 6),
		.kind = (int)zv_col_int(stmt, 7),
		.figure = zv_col_int(stmt, 8),
		.offer_id = zv_col_int(stmt, 9),
		.period = (int32_t)zv_col_int(stmt, 10),
		.tier = (int)zv_col_int(stmt, 11),
		.input_id = zv_col_int(stmt, 12),
		.displaced = (int)zv_col_int(stmt, 13),
		.verified = zv_col_int(stmt, 14) != 0,
		.detail = text(stmt, 15, arena),
		.region = text(stmt, 16, arena),
		.also = text(stmt, 17, arena),
		.also_kind = (int)zv_col_int(stmt, 18),
		.also_figure = zv_col_int(stmt, 19),
	};
}

enum zv_code zv_plan_whys(struct zv_plan_why_row **out, size_t *n, struct zv_db *db, const struct zv_plan_why_query *query, struct zv_arena *arena,
			  struct zv_err *err)
{
	static const char sql[] = WHY "AND w.need_id > $2 AND (CAST($3 AS TEXT) = '' OR w.code = $3) AND (CAST($4 AS TEXT) = '' OR d.region = $4)"
				      " AND (CAST($5 AS BIGINT) = 0 OR w.priority = $5) ORDER BY w.need_id LIMIT $6";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, query->plan_id);
	zv_bind_int(stmt, 2, query->after_need);
	zv_bind_text(stmt, 3, query->code);
	zv_bind_text(stmt, 4, query->region);
	zv_bind_int(stmt, 5, query->priority);
	zv_bind_int(stmt, 6, query->limit > 0 ? query->limit : INT64_MAX);
	return zv_read_all((void **)out, n, stmt, sizeof(**out), read_why, arena, err);
}

enum zv_code zv_plan_why_of_need(bool *found, struct zv_plan_why_row *out, struct zv_db *db, int64_t plan_id, int64_t need_id, struct zv_arena *arena,
				 struct zv_err *err)
{
	static const char sql[] = WHY "AND w.need_id = $2";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, need_id);
	return zv_read_one(found, out, stmt, read_why, arena, err);
}


/* Sums are taken here: what a database answers for one that is too large differs. */
static void add_capped(int64_t *sum, int64_t value)
{
	if (!zv_add(sum, *sum, value))
		*sum = INT64_MAX;
}

static void read_sum(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_plan_why_sum *)out = (struct zv_plan_why_sum){
		.code = text(stmt, 0, arena),
		.dim = (int)zv_col_int(stmt, 1),
		.needs = 1,
		.qty_base = zv_col_int(stmt, 2),
		.value_kop = zv_col_int(stmt, 3),
		.kind = (int)zv_col_int(stmt, 4),
		.cheapest = zv_col_int(stmt, 6) != 0 && zv_col_int(stmt, 4) != 0 ? zv_col_int(stmt, 5) : -1,
	};
}

enum zv_code zv_plan_why_sums(struct zv_plan_why_sum **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT code, dim, qty_base, value_kop, kind, figure, CASE WHEN also = '' THEN verified ELSE 0 END FROM plan_why WHERE plan_id = $1 ORDER BY code, dim, kind DESC, need_id";
	struct zv_plan_why_sum *rows;
	size_t n_rows, kept = 0;
	enum zv_code code = rows_of((void **)&rows, &n_rows, db, sql, plan_id, sizeof(*rows), read_sum, arena, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < n_rows; i++) {
		struct zv_plan_why_sum *sum = &rows[kept > 0 ? kept - 1 : 0];

		if (kept == 0 || !zv_str_eq(sum->code, rows[i].code) || sum->dim != rows[i].dim) {
			rows[kept++] = rows[i];
			continue;
		}
		sum->needs++;
		add_capped(&sum->qty_base, rows[i].qty_base);
		add_capped(&sum->value_kop, rows[i].value_kop);
		if (rows[i].kind == sum->kind && rows[i].cheapest >= 0 && (sum->cheapest < 0 || rows[i].cheapest < sum->cheapest))
			sum->cheapest = rows[i].cheapest;
	}
	*out = rows;
	*n = kept;
	return ZV_OK;
}
