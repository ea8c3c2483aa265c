/* Sums, regions, orders and flows of a plan as rows; and the one transaction. */
#include "app/plan_keep.h"

#include <stdlib.h>
#include <string.h>

#include "app/plan_text.h"
#include "base/map.h"
#include "base/mem.h"
#include "engine/plan/alone.h"

enum { NIGHTLY_KEPT = 30, QUANTA_A_MILLI = 1000 };

static const int64_t MONEY_A_KOP = INT64_C(10000000000);

void zv_plan_kept_done(struct zv_plan_kept *kept)
{
	zv_vec_done(&kept->levels);
	zv_vec_done(&kept->regions);
	zv_vec_done(&kept->orders);
	zv_vec_done(&kept->flows);
	zv_vec_done(&kept->whys);
	zv_vec_done(&kept->outside);
	zv_vec_done(&kept->unlocks);
	zv_vec_done(&kept->joiners);
	zv_vec_done(&kept->next_tiers);
	zv_vec_done(&kept->hours);
	zv_vec_done(&kept->missing);
	zv_vec_done(&kept->need_prices);
	zv_vec_done(&kept->capacity_prices);
}

/* Filling: `over` becomes true when a sum does not fit; everything is filled all the same. */
struct filling {
	struct zv_plan_kept *kept;
	const struct zv_plan_answer *answer;
	const struct zv_plan_source *source;
	const struct zv_plan_problem *p;
	struct zv_arena *arena;
	int64_t *covered;   /* quanta by need of the engine */
	struct zv_map places; /* ISO -> row of kept.regions */
	zv_i128 (*money)[4];  /* by row of kept.regions: wanted, covered, bought, made */
	size_t n_money;
	bool over;
};

static int64_t narrow(struct filling *f, zv_i128 value)
{
	if (value <= INT64_MAX && value >= -INT64_MAX)
		return (int64_t)value;
	f->over = true;
	return INT64_MAX;
}

static zv_i128 divided_down(zv_i128 value, int64_t by)
{
	zv_i128 whole = value / by;

	return whole * by > value ? whole - 1 : whole;
}

static int64_t kop_down(struct filling *f, zv_i128 money)
{
	return narrow(f, divided_down(money, MONEY_A_KOP));
}

static int64_t kop_up(struct filling *f, zv_i128 money)
{
	return narrow(f, -divided_down(-money, MONEY_A_KOP));
}

/* --- head and levels ------------------------------------------------------------------------------------------------------------ */

static void fill_head(struct filling *f)
{
	struct zv_plan_row *head = &f->kept->head;
	const struct zv_plan_checked *checked = f->answer->checked;
	const struct zv_plan_result *result = f->answer->result;

	head->as_of = f->source->as_of;
	head->first_period = f->source->first_quarter;
	head->n_periods = f->p->n_periods;
	head->objective_kop = kop_up(f, checked->objective);
	head->bound_kop = kop_down(f, result->bound < checked->objective ? result->bound : checked->objective);
	head->constant_kop = kop_up(f, checked->constant);
	head->launches_kop = kop_up(f, checked->launches);
	head->prices_kop = kop_up(f, checked->prices);
	head->penalties_kop = kop_up(f, checked->penalties);
	head->iterations = result->iterations;
	head->proved = result->proved;
	head->stopped = result->stopped;
	head->n_needs = (int64_t)f->source->n_firm;
	head->n_orders = (int64_t)result->n_orders;
	head->n_outside = (int64_t)f->source->n_outside;
}

/*
 * What each need could have by itself: as it is or, so that the count is never too low, with all of its tolerance, whether the plan allows it or not and at the
 * need's own penalty.
 */
static void fill_alone(struct filling *f)
{
	struct zv_plan_need *whole = ZV_ARENA_ARRAY(f->arena, struct zv_plan_need, f->p->n_needs + 1);
	uint8_t *served = zv_arena_calloc(f->arena, 2, f->p->n_needs + 1), *with = served + f->p->n_needs + 1;
	struct zv_plan_problem p = *f->p;
	struct zv_plan_alone sums;
	zv_i128 value = 0;

	for (uint32_t i = 0; i < p.n_needs; i++) {
		whole[i] = f->p->needs[i];
		if (!f->source->needs[i].extra && f->source->needs[i].twin != ZV_PLAN_NONE)
			whole[i].qty += f->p->needs[f->source->needs[i].twin].qty;
	}
	zv_plan_alone(&sums, served, &p);
	p.needs = whole;
	zv_plan_alone(&sums, with, &p);
	for (uint32_t i = 0; i < p.n_needs; i++) {
		if (f->source->needs[i].extra || !(served[i] || with[i]))
			continue;
		f->kept->head.n_alone++;
		value += (zv_i128)f->p->needs[i].qty * f->p->needs[i].ceiling;
	}
	f->kept->head.alone_kop = kop_down(f, value);
}

static void fill_levels(struct filling *f)
{
	zv_i128 qty[ZV_PLAN_PRIORITIES] = {0}, covered[ZV_PLAN_PRIORITIES] = {0}, priceless[ZV_PLAN_PRIORITIES] = {0};
	struct zv_plan_level_row rows[ZV_PLAN_PRIORITIES] = {0};

	for (uint32_t i = 0; i < f->p->n_needs; i++) {
		const struct zv_plan_need *need = &f->p->needs[i];
		int at = need->priority - 1;
		enum zv_dim dim = f->source->needs[i].dim;

		if (f->source->needs[i].extra)
			continue;
		rows[at].dim = rows[at].needs == 0 || rows[at].dim == (int)dim ? (int)dim : 0;
		rows[at].needs++;
		rows[at].covered_needs += f->covered[i] == need->qty;
		f->kept->head.n_covered += f->covered[i] == need->qty;
		qty[at] += need->qty;
		covered[at] += f->covered[i];
		priceless[at] += need->penalty == 0 ? need->qty - f->covered[i] : 0; /* no ceiling could be assumed: nobody offers anything like it */
	}
	for (int at = 0; at < ZV_PLAN_PRIORITIES; at++) {
		const struct zv_plan_level *level = &f->answer->result->levels[at];
		zv_i128 constant = f->answer->checked->levels[at].constant + priceless[at];
		zv_i128 bound = level->bound < qty[at] ? level->bound : qty[at];

		if (rows[at].needs == 0)
			continue;
		rows[at].priority = at + 1;
		rows[at].qty_milli = narrow(f, -divided_down(-qty[at], QUANTA_A_MILLI));
		rows[at].covered_milli = narrow(f, covered[at] / QUANTA_A_MILLI);
		rows[at].constant_milli = narrow(f, constant / QUANTA_A_MILLI);
		rows[at].bound_milli = narrow(f, -divided_down(-(bound > covered[at] ? bound : covered[at]), QUANTA_A_MILLI));
		rows[at].breaks = level->strict_breaks;
		zv_vec_push(&f->kept->levels, rows[at]);
	}
}

/* --- regions ------------------------------------------------------------------------------------------------------------------------ */

static size_t region_row(struct filling *f, struct zv_str iso)
{
	int64_t at;

	if (zv_map_get(&at, &f->places, iso))
		return (size_t)at;
	at = (int64_t)f->kept->regions.n;
	zv_map_put(&f->places, iso, at);
	zv_vec_push(&f->kept->regions, ((struct zv_plan_region_row){.region = zv_str_dup(f->arena, iso)}));
	return (size_t)at;
}

static int region_order(const void *a, const void *b)
{
	const struct zv_plan_region_row *x = a, *y = b;

	return zv_str_cmp(x->region, y->region);
}

static void wanted_by_region(struct filling *f)
{
	f->money = zv_arena_calloc(f->arena, f->p->n_regions + f->p->n_makers + 2, sizeof(*f->money));
	for (uint32_t i = 0; i < f->p->n_needs; i++) {
		const struct zv_plan_need *need = &f->p->needs[i];
		size_t row;

		if (f->source->needs[i].extra)
			continue;
		row = region_row(f, f->source->regions[need->region]);
		f->kept->regions.p[row].needs++;
		f->kept->regions.p[row].covered_needs += f->covered[i] == need->qty;
		f->money[row][0] += (zv_i128)need->qty * need->ceiling;
		f->money[row][1] += (zv_i128)f->covered[i] * need->ceiling;
	}
}

static void close_regions(struct filling *f)
{
	for (size_t i = 0; i < f->kept->regions.n; i++) {
		struct zv_plan_region_row *row = &f->kept->regions.p[i];

		row->wanted_kop = kop_down(f, f->money[i][0]);
		row->covered_kop = kop_down(f, f->money[i][1]);
		row->bought_kop = kop_up(f, f->money[i][2]);
		row->made_kop = kop_up(f, f->money[i][3]);
	}
	if (f->kept->regions.n > 0)
		qsort(f->kept->regions.p, f->kept->regions.n, sizeof(*f->kept->regions.p), region_order);
}

/* --- orders and flows ------------------------------------------------------------------------------------------------------------------ */

int64_t zv_plan_order_number(const struct zv_plan_result *result, uint32_t offer, int32_t period)
{
	size_t lo = 0, hi = result->n_orders;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_order *order = &result->orders[mid];

		if (order->offer < offer || (order->offer == offer && order->period < period))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < result->n_orders && result->orders[lo].offer == offer && result->orders[lo].period == period ? (int64_t)lo + 1 : 0;
}

/* What the launch takes of the money of an order: the price by volume bears it, see plan_offers.c. */
static int64_t launch_in(const struct filling *f, uint32_t offer, int64_t total_kop)
{
	const struct zv_plan_source_offer *of = &f->source->offers[offer];
	const struct zv_ladder *ladder = &f->source->groups.p[of->group].problem.offers[of->place].ladder;
	int64_t fixed = ladder->form == ZV_LADDER_FIXED ? ladder->fixed_kop : 0;

	return fixed < total_kop ? fixed : total_kop;
}

static void add_orders(struct filling *f)
{
	const struct zv_plan_result *result = f->answer->result;
	const struct zv_snapshot *s = f->source->snapshot;

	for (size_t i = 0; i < result->n_orders; i++) {
		const struct zv_plan_order *order = &result->orders[i];
		const struct zv_plan_offer *offer = &f->p->offers[order->offer];
		const struct zv_snap_offer *row = &s->offers[f->source->offers[order->offer].row];
		enum zv_dim dim = f->source->offers[order->offer].dim;
		int64_t price = f->p->tiers[offer->first_tier + order->tier].price;
		zv_i128 money = (zv_i128)price * order->qty;
		int64_t total = kop_up(f, money), launch = launch_in(f, order->offer, total);

		f->kept->head.launches_kop += launch;
		f->kept->head.prices_kop -= launch;
		zv_vec_push(&f->kept->orders, ((struct zv_plan_order_row){
						      .n = (int64_t)i + 1,
						      .offer_id = row->id,
						      .item_id = s->items[row->item].id,
						      .region = zv_str_dup(f->arena, row->region),
						      .period = zv_plan_source_quarter(f->source, order->offer, order->period),
						      .tier = (int)order->tier + 1,
						      .n_tiers = (int)offer->n_tiers,
						      .dim = (int)dim,
						      .qty_base = order->qty / zv_plan_quanta(dim),
						      .price_urub = price,
						      .launch_kop = launch,
						      .total_kop = total,
					      }));
		f->money[region_row(f, row->region)][3] += money;
	}
}

/* A flow with the order that it belongs to: by order, then need, the tolerance behind its need. */
struct placed {
	int64_t order_n;
	uint32_t need;
	int64_t qty;
};

static int by_order(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->order_n != y->order_n)
		return x->order_n < y->order_n ? -1 : 1;
	return x->need < y->need ? -1 : x->need > y->need;
}

static struct placed *placed_of(const struct zv_plan_result *result)
{
	struct placed *rows = zv_reallocarray(NULL, result->n_flows + 1, sizeof(*rows));

	for (size_t i = 0; i < result->n_flows; i++) {
		const struct zv_plan_flow *flow = &result->flows[i];

		rows[i] = (struct placed){zv_plan_order_number(result, flow->offer, flow->period), flow->need, flow->qty};
	}
	if (result->n_flows > 0)
		qsort(rows, result->n_flows, sizeof(*rows), by_order);
	return rows;
}

static void add_flow(struct filling *f, const struct placed *placed)
{
	const struct zv_plan_order *order = &f->answer->result->orders[placed->order_n - 1];
	const struct zv_plan_source_need *of = &f->source->needs[placed->need];
	const struct zv_plan_need *need = &f->p->needs[of->extra ? of->twin : placed->need];
	struct zv_plan_order_row *to = &f->kept->orders.p[placed->order_n - 1];
	struct zv_plan_flow_row *last = f->kept->flows.n > 0 ? &f->kept->flows.p[f->kept->flows.n - 1] : NULL;
	int64_t need_id = f->source->snapshot->needs[of->row].id;
	int64_t base = placed->qty / zv_plan_quanta(of->dim);
	bool fixed;
	int64_t add = zv_plan_freight(&fixed, f->p, order->offer, placed->need);
	int64_t price = fixed ? add : add + to->price_urub;

	f->money[region_row(f, f->source->regions[need->region])][2] += (zv_i128)price * placed->qty;
	to->extra_base += of->extra ? base : 0;
	if (last != NULL && last->order_n == placed->order_n && last->need_id == need_id) {
		last->qty_base += base;
		last->extra_base += of->extra ? base : 0;
		return;
	}
	to->needs++;
	zv_vec_push(&f->kept->flows, ((struct zv_plan_flow_row){
					     .order_n = placed->order_n,
					     .need_id = need_id,
					     .qty_base = base,
					     .extra_base = of->extra ? base : 0,
					     .price_urub = price,
					     .ceiling_urub = need->ceiling,
					     .priority = need->priority,
				     }));
}

static void add_flows(struct filling *f)
{
	struct placed *rows = placed_of(f->answer->result);
	bool *seen = zv_calloc((size_t)f->p->n_regions + 1, sizeof(*seen));

	for (size_t i = 0; i < f->answer->result->n_flows; i++) {
		uint32_t region = f->p->needs[rows[i].need].region;

		if (i == 0 || rows[i - 1].order_n != rows[i].order_n)
			memset(seen, 0, f->p->n_regions * sizeof(*seen));
		add_flow(f, &rows[i]);
		f->kept->orders.p[rows[i].order_n - 1].regions += !seen[region];
		seen[region] = true;
	}
	free(seen);
	free(rows);
}

/* --- the rest ----------------------------------------------------------------------------------------------------------------------------- */

static void add_prices(struct filling *f)
{
	const struct zv_plan_result *result = f->answer->result;
	const struct zv_snapshot *s = f->source->snapshot;

	for (uint32_t i = 0; i < f->p->n_needs; i++)
		if (!f->source->needs[i].extra)
			zv_vec_push(&f->kept->need_prices, ((struct zv_plan_price_row){s->needs[f->source->needs[i].row].id, 0, result->need_price[i]}));
	for (uint32_t r = 0; r < f->p->n_resources; r++) {
		int64_t offer = s->offers[f->source->offers[f->source->resource_offer[r]].row].id;

		for (int32_t t = 0; t < f->p->n_periods; t++) {
			int64_t price = result->resource_price[(size_t)r * (size_t)f->p->n_periods + (size_t)t];
			int32_t quarter = f->source->first_quarter + f->source->resource_lead[r] + t;

			if (price > 0)
				zv_vec_push(&f->kept->capacity_prices, ((struct zv_plan_price_row){offer, quarter, price}));
		}
	}
}

static void add_outside(struct filling *f)
{
	for (size_t i = 0; i < f->source->n_outside; i++)
		zv_vec_push(&f->kept->outside, ((struct zv_plan_outside_row){f->source->snapshot->needs[f->source->outside[i].row].id,
									     zv_str_c(f->source->outside[i].code)}));
}

enum zv_code zv_plan_kept_fill(struct zv_plan_kept *kept, const struct zv_plan_answer *answer, struct zv_arena *arena, struct zv_err *err)
{
	struct filling f = {.kept = kept, .answer = answer, .source = answer->source, .p = &answer->source->problem, .arena = arena};

	zv_map_init(&f.places);
	f.covered = zv_calloc((size_t)f.p->n_needs + 1, sizeof(*f.covered));
	for (size_t i = 0; i < answer->result->n_flows; i++)
		f.covered[answer->result->flows[i].need] += answer->result->flows[i].qty;
	fill_head(&f);
	fill_alone(&f);
	fill_levels(&f);
	wanted_by_region(&f);
	add_orders(&f);
	add_flows(&f);
	close_regions(&f);
	add_outside(&f);
	add_prices(&f);
	zv_plan_kept_explain(kept, answer, arena);
	zv_map_done(&f.places);
	free(f.covered);
	return f.over ? zv_fail(err, ZV_E_LIMIT, "plan", N_("The sums of the plan do not fit: a quantity or price of the registers is far too large.")) : ZV_OK;
}

/* --- storing ---------------------------------------------------------------------------------------------------------------------------------- */

#define STORE(field, insert)                                                                          \
	do {                                                                                          \
		for (size_t i = 0; i < kept->field.n && code == ZV_OK; i++)                           \
			code = insert(db, kept->head.id, &kept->field.p[i], err);                     \
	} while (0)

static enum zv_code store_all(struct zv_plan_kept *kept, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_plan_insert(db, &kept->head, arena, err);

	STORE(levels, zv_plan_insert_level);
	STORE(regions, zv_plan_insert_region);
	STORE(orders, zv_plan_insert_order);
	STORE(flows, zv_plan_insert_flow);
	STORE(whys, zv_plan_insert_why);
	STORE(outside, zv_plan_insert_outside);
	STORE(unlocks, zv_plan_insert_unlock);
	STORE(joiners, zv_plan_insert_joiner);
	STORE(next_tiers, zv_plan_insert_next_tier);
	STORE(hours, zv_plan_insert_hour);
	STORE(missing, zv_plan_insert_missing);
	if (code == ZV_OK)
		code = zv_plan_put_prices(db, kept->head.id, kept->need_prices.p, kept->need_prices.n, kept->capacity_prices.p, kept->capacity_prices.n, err);
	return code == ZV_OK ? zv_plan_drop_nightly(db, NIGHTLY_KEPT, err) : code;
}

enum zv_code zv_plan_keep(struct zv_plan_kept *kept, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = store_all(kept, db, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}
