/* Offers as the engine takes them: prices by volume, sizes, capacity by quarter, and the ways that goods go. */
#include <string.h>

#include "app/plan_problem_inner.h"
#include "app/plan_text.h"
#include "app/terms.h"
#include "model/control.h"
#include "model/freight.h"
#include "model/region.h"

enum { URUB_A_KOP = 10000, TONNES_A_KM = 1000, RATE_KG = 10000, MG_A_RATE = 100, PERCENT = 100 };

uint32_t plan_number(struct plan_building *b, const char *kind, struct zv_str text, size_t next, bool *added)
{
	struct zv_buf key;
	int64_t number;

	zv_buf_init(&key, 0);
	zv_buf_addf(&key, "%s %.*s", kind, ZV_STR_FMT(text));
	*added = !zv_map_get(&number, &b->map, zv_buf_str(&key));
	if (*added) {
		number = (int64_t)next;
		zv_map_put(&b->map, zv_buf_str(&key), number);
	}
	zv_buf_done(&key);
	return (uint32_t)number;
}

bool plan_urub(int64_t *out, struct zv_price price, enum zv_dim dim)
{
	zv_i128 urub;

	if (price.per <= 0 || price.kop < 0)
		return false;
	urub = (zv_i128)price.kop * URUB_A_KOP * zv_plan_unit_base(dim) / price.per;
	*out = (int64_t)urub;
	return urub <= ZV_PLAN_PRICE_MAX;
}

int32_t plan_lead(const struct plan_building *b, const struct zv_lot_offer *offer)
{
	int32_t quarters = offer->ready != ZV_DATE_NONE ? zv_quarter_of(offer->ready) - b->out->first_quarter : 0;

	return quarters < 0 ? 0 : quarters;
}

/* --- places ---------------------------------------------------------------------------------------------------------------- */

uint32_t plan_place(struct plan_building *b, struct zv_str iso)
{
	bool added;
	uint32_t place = plan_number(b, "place", iso, b->places.n, &added);

	if (added)
		zv_vec_push(&b->places, ((struct plan_place){.iso = iso}));
	return place;
}

/* Where an offer leaves from: freight hangs on the class of danger, too, so that is part of the place. */
static uint32_t place_of_offer(struct plan_building *b, const struct zv_snap_offer *offer)
{
	const struct zv_snap_item *item = &b->s->items[offer->item];
	bool paid = zv_terms_delivered(offer->basis), added;
	struct zv_str key = zv_arena_strf(b->arena, "%s %.*s %.*s", paid ? "paid" : "leaves", ZV_STR_FMT(offer->region), ZV_STR_FMT(item->hazard));
	uint32_t place = plan_number(b, "from", key, b->places.n, &added);

	if (added)
		zv_vec_push(&b->places, ((struct plan_place){.iso = offer->region, .hazard = item->hazard, .leaves = true, .paid = paid}));
	return place;
}

/* Roubles for a tonne, which stand where the engine expects kilometres: a product's rate turns them into micro-roubles for its unit. */
static enum zv_code way(double *out, const struct plan_place *from, const struct plan_place *to, struct zv_err *err)
{
	const struct zv_region *a = zv_region_by_iso(zv_regions_builtin(), from->iso);
	const struct zv_region *b = zv_region_by_iso(zv_regions_builtin(), to->iso);
	int64_t kop;
	enum zv_code code;

	*out = 0;
	if (a == NULL || b == NULL || from->paid || to->paid || !from->leaves || to->leaves)
		return ZV_OK;
	code = zv_freight_per_tonne(&kop, zv_freight_builtin(), zv_region_km(a, b), from->hazard, err);
	if (code == ZV_OK)
		*out = (double)kop / TONNES_A_KM;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

int64_t plan_freight_rate(const struct zv_snap_item *item, enum zv_dim dim)
{
	if (dim == ZV_DIM_MASS)
		return RATE_KG;
	return dim == ZV_DIM_VOLUME ? item->density_mg_l / MG_A_RATE : 0;
}

enum zv_code plan_close_places(struct plan_building *b)
{
	struct zv_plan_problem *p = &b->out->problem;
	size_t n = b->places.n;
	struct zv_plan_region *regions = ZV_ARENA_ARRAY(b->arena, struct zv_plan_region, n + 1);
	double *km = ZV_ARENA_ARRAY(b->arena, double, n * n + 1);

	b->out->regions = ZV_ARENA_ARRAY(b->arena, struct zv_str, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct plan_place *place = &b->places.p[i];
		const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), place->iso);

		b->out->regions[i] = place->iso;
		regions[i].id = place->iso;
		regions[i].lat = region != NULL ? region->lat_e2 / 100.0 : 0;
		regions[i].lon = region != NULL ? region->lon_e2 / 100.0 : 0;
		for (size_t k = 0; k < n; k++) {
			enum zv_code code = way(&km[i * n + k], place, &b->places.p[k], b->err);

			if (code != ZV_OK)
				return code;
		}
	}
	for (size_t i = 0; i < n; i++) /* the engine may ask either way round */
		for (size_t k = 0; k < n; k++)
			if (b->places.p[i].leaves)
				km[k * n + i] = km[i * n + k];
	p->regions = regions;
	p->n_regions = (uint32_t)n;
	p->km = km;
	return ZV_OK;
}

/* --- prices by volume -------------------------------------------------------------------------------------------------------- */

/* What the needs of a group together bring: how large an order can become, and the highest price that anybody pays. */
struct demand {
	int64_t qty;     /* quanta, tolerances included */
	int64_t ceiling; /* urub; 0: nobody states one */
};

static struct demand demand_of(const struct plan_building *b, const struct zv_lots_group *group, enum zv_dim dim)
{
	struct demand d = {0, 0};
	int64_t scale = zv_plan_quanta(dim);

	for (size_t i = 0; i < group->problem.n_needs; i++) {
		const struct zv_lot_need *need = &group->problem.needs[i];
		int64_t ceiling;

		if (!b->needy[i] || need->dim != dim)
			continue;
		d.qty += (need->firm_base + need->extra_base) * scale;
		if (d.qty > ZV_PLAN_QTY_MAX)
			d.qty = ZV_PLAN_QTY_MAX;
		if (plan_urub(&ceiling, need->ceiling, dim) && ceiling > d.ceiling)
			d.ceiling = ceiling;
	}
	return d;
}

/* A size that the maker makes, in quanta; 0: none that a plan can hold. */
static int64_t size_up(const struct zv_lot_offer *o, int64_t quanta)
{
	int64_t scale = zv_plan_quanta(o->dim), base;
	int64_t at_least = quanta / scale + (quanta % scale != 0);

	return zv_lot_size_up(&base, &o->sizes, at_least > 0 ? at_least : 1) && base <= ZV_PLAN_QTY_MAX / scale ? base * scale : 0;
}

static int64_t size_down(const struct zv_lot_offer *o, int64_t quanta)
{
	int64_t scale = zv_plan_quanta(o->dim), base;

	return zv_lot_size_down(&base, &o->sizes, quanta / scale) && base <= ZV_PLAN_QTY_MAX / scale ? base * scale : 0;
}

static bool push_tier(struct plan_building *b, struct zv_plan_offer *offer, int64_t from, zv_i128 price)
{
	if (price > ZV_PLAN_PRICE_MAX)
		return offer->n_tiers > 0; /* a break that nobody can pay for is no break */
	zv_vec_push(&b->tiers, ((struct zv_plan_tier){.from = from, .price = (int64_t)price}));
	if (offer->n_tiers++ == 0)
		offer->moq = from;
	return true;
}

/* By how many per cent tiers must grow so that as many as there may be reach from first to top. */
static int64_t growth_of(int64_t first, int64_t top)
{
	for (int64_t percent = PERCENT + 2;; percent += 2) {
		zv_i128 at = first;

		for (int s = 1; s < ZV_PLAN_TIERS_MAX && at < top; s++)
			at = at * percent / PERCENT;
		if (at >= top)
			return percent;
	}
}

/*
 * The launch is paid by those who are in the order: its price by volume is fixed / quantity + price, and whoever joins must bear that, not the bare price. So
 * it becomes tiers: at every size that the maker makes or, when these are too many, at sizes that grow by a constant part. Within a tier the price of its
 * beginning holds. Nobody pays more than the highest ceiling, so smaller orders than that allows are left out.
 */
static bool fixed_tiers(struct plan_building *b, struct zv_plan_offer *offer, const struct zv_lot_offer *o, int64_t price, const struct demand *d)
{
	zv_i128 fixed = (zv_i128)o->ladder.fixed_kop * URUB_A_KOP * ZV_PLAN_UNIT;
	int64_t margin = d->ceiling > price ? d->ceiling - price : 0;
	zv_i128 least = margin > 0 ? (fixed + margin - 1) / margin : d->qty;
	int64_t first = size_up(o, least < d->qty ? (int64_t)least : d->qty);
	int64_t step = o->sizes.step * zv_plan_quanta(o->dim), top, percent = PERCENT;

	if (first == 0 && (first = size_down(o, ZV_PLAN_QTY_MAX)) == 0)
		return false;
	top = size_down(o, d->qty > first ? d->qty : first);
	if (top < first)
		top = first;
	if ((top - first) / (step > 0 ? step : 1) >= ZV_PLAN_TIERS_MAX)
		percent = growth_of(first, top);
	for (int64_t at = first; at > 0 && at <= top && offer->n_tiers < ZV_PLAN_TIERS_MAX;) {
		if (!push_tier(b, offer, at, fixed / at + price))
			return false;
		at = percent > PERCENT ? (int64_t)((zv_i128)at * percent / PERCENT) + 1 : at + 1;
		if (step == 0 && at > ZV_PLAN_UNIT) /* sizes that people say */
			at = (at + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT * ZV_PLAN_UNIT;
		at = size_up(o, at);
	}
	offer->max = size_down(o, ZV_PLAN_QTY_MAX);
	return offer->n_tiers > 0;
}

static bool break_tiers(struct plan_building *b, struct zv_plan_offer *offer, const struct zv_lot_offer *o)
{
	int64_t scale = zv_plan_quanta(o->dim);
	size_t first = 0;
	int64_t moq;

	if (o->ladder.n_breaks == 0 || o->ladder.breaks[0].from_base > ZV_PLAN_QTY_MAX / scale)
		return false;
	moq = size_up(o, o->ladder.breaks[0].from_base * scale);
	if (moq == 0)
		return false;
	while (first + 1 < o->ladder.n_breaks && o->ladder.breaks[first + 1].from_base <= moq / scale)
		first++;
	for (size_t i = first; i < o->ladder.n_breaks && offer->n_tiers < ZV_PLAN_TIERS_MAX; i++) {
		const struct zv_ladder_break *at = &o->ladder.breaks[i];
		int64_t urub;

		if (at->from_base > ZV_PLAN_QTY_MAX / scale)
			break;
		if (!plan_urub(&urub, at->price, o->dim) || !push_tier(b, offer, i == first ? moq : at->from_base * scale, urub))
			return false;
	}
	offer->max = size_down(o, ZV_PLAN_QTY_MAX);
	return true;
}

/* False: there is no price, or none that a plan can hold. */
static bool make_tiers(struct plan_building *b, struct zv_plan_offer *offer, const struct zv_lot_offer *o, const struct demand *d)
{
	int64_t price;
	int64_t moq;

	offer->first_tier = (uint32_t)b->tiers.n;
	if (o->ladder.form == ZV_LADDER_BREAKS)
		return break_tiers(b, offer, o);
	if (o->ladder.form != ZV_LADDER_FIXED || !plan_urub(&price, o->ladder.variable, o->dim))
		return false;
	if (o->ladder.fixed_kop > 0)
		return fixed_tiers(b, offer, o, price, d);
	moq = size_up(o, 1);
	offer->max = size_down(o, ZV_PLAN_QTY_MAX);
	return moq > 0 && push_tier(b, offer, moq, price);
}

/* --- makers, capacity ----------------------------------------------------------------------------------------------------------- */

static uint32_t maker_of(struct plan_building *b, const struct zv_snap_offer *offer)
{
	const struct zv_snap_item *item = &b->s->items[offer->item];
	struct zv_plan_maker maker = {
		.region = place_of_offer(b, offer),
		.licensed = item->control < ZV_CONTROL_PERMIT_CHECK || zv_snapshot_permitted(b->s, offer->org, item->regime, b->out->as_of),
	};
	struct zv_str key = zv_arena_strf(b->arena, "%d %u %d", offer->org, maker.region, maker.licensed);
	bool added;
	uint32_t at = plan_number(b, "maker", key, b->makers.n, &added);

	maker.id = offer->org >= 0 ? b->s->orgs[offer->org].uid : key;
	if (added)
		zv_vec_push(&b->makers, maker);
	return at;
}

/* Offers of one maker for one item share the capacity that is stated for it. The one that is ready first says to which quarter a period leads. */
static void take_capacity(struct plan_building *b, struct zv_plan_offer *offer, const struct zv_snap_offer *row, int32_t at_row, int32_t lead)
{
	struct zv_str key = zv_arena_strf(b->arena, "%d %d %d", row->org, row->item, (int)row->dim);
	size_t n;
	bool added;

	offer->resource = ZV_PLAN_NONE;
	offer->lead = lead;
	(void)zv_snapshot_capacities(&n, b->s, row->org, row->item);
	if (n == 0)
		return;
	offer->resource = plan_number(b, "capacity", key, b->resources.n, &added);
	offer->hours_uh = ZV_PLAN_UNIT; /* an hour of the engine is one unit */
	if (added)
		zv_vec_push(&b->resources, ((struct plan_resource){at_row, lead, (uint32_t)b->offers.n}));
	else if (b->resources.p[offer->resource].lead > lead)
		b->resources.p[offer->resource].lead = lead;
}

enum zv_code plan_add_offers(struct plan_building *b, uint32_t group)
{
	const struct zv_lots_group *g = &b->out->groups.p[group];

	for (size_t k = 0; k < g->problem.n_offers; k++) {
		const struct zv_lot_offer *o = &g->problem.offers[k];
		const struct zv_snap_offer *row = &b->s->offers[g->offers[k]];
		const struct zv_snap_item *item = &b->s->items[row->item];
		struct demand d = demand_of(b, g, o->dim);
		struct zv_plan_offer offer = {.id = row->uid, .product = (uint32_t)b->products.n};
		size_t n_tiers = b->tiers.n;

		b->offer_of[k] = ZV_PLAN_NONE;
		if (d.qty == 0 || !zv_dim_poolable(o->dim) || !make_tiers(b, &offer, o, &d) || offer.max < offer.moq) {
			b->tiers.n = n_tiers;
			continue;
		}
		offer.maker = maker_of(b, row);
		take_capacity(b, &offer, row, g->offers[k], plan_lead(b, o));
		offer.until = ZV_PLAN_PERIODS_MAX;
		zv_vec_push(&b->products, ((struct zv_plan_product){.id = row->uid, .controlled = item->control >= ZV_CONTROL_PERMIT_CHECK}));
		b->products.p[offer.product].freight_rate = plan_freight_rate(item, o->dim);
		zv_vec_push(&b->product_sources, ((struct zv_plan_source_product){row->item, -1, (uint32_t)b->offers.n, o->dim}));
		b->offer_of[k] = (uint32_t)b->offers.n;
		zv_vec_push(&b->offers, offer);
		zv_vec_push(&b->offer_sources, ((struct zv_plan_source_offer){g->offers[k], group, (uint32_t)k, o->dim}));
	}
	return ZV_OK;
}

/* What is stated for the quarters from `from` to `to`; -1: nothing, so that it does not limit. */
static int64_t stated(const struct plan_building *b, const struct zv_snap_offer *row, int32_t from, int32_t to)
{
	zv_date said;
	int64_t base = zv_terms_free(&said, b->s, row, zv_quarter_first(from), zv_quarter_last(to));
	int64_t scale = zv_plan_quanta(row->dim);

	if (base == INT64_MAX)
		return -1;
	return base <= ZV_PLAN_HOURS_MAX / scale ? base * scale : ZV_PLAN_HOURS_MAX;
}

void plan_close_capacity(struct plan_building *b)
{
	struct zv_plan_problem *p = &b->out->problem;
	size_t n = b->resources.n, periods = (size_t)p->n_periods;
	struct zv_plan_resource *resources = ZV_ARENA_ARRAY(b->arena, struct zv_plan_resource, n + 1);
	int64_t *capacity = ZV_ARENA_ARRAY(b->arena, int64_t, n * periods + 1);

	b->out->resource_offer = ZV_ARENA_ARRAY(b->arena, uint32_t, n + 1);
	b->out->resource_lead = ZV_ARENA_ARRAY(b->arena, int32_t, n + 1);
	for (size_t r = 0; r < n; r++) {
		const struct plan_resource *of = &b->resources.p[r];
		const struct zv_snap_offer *row = &b->s->offers[of->offer_row];

		resources[r] = (struct zv_plan_resource){.id = row->uid, .maker = b->offers.p[of->offer].maker};
		b->out->resource_offer[r] = of->offer;
		b->out->resource_lead[r] = of->lead;
		for (size_t t = 0; t < periods; t++) {
			int32_t quarter = b->out->first_quarter + of->lead + (int32_t)t;
			int64_t free_uh = stated(b, row, t == 0 ? b->out->first_quarter : quarter, quarter);

			capacity[r * periods + t] = free_uh < 0 ? ZV_PLAN_HOURS_MAX : free_uh;
		}
	}
	for (size_t k = 0; k < b->offers.n; k++) {
		struct zv_plan_offer *offer = &b->offers.p[k];
		int32_t lead = offer->resource != ZV_PLAN_NONE ? b->resources.p[offer->resource].lead : offer->lead;

		offer->from = offer->lead - lead; /* the capacity of a quarter is one, whoever of its offers is slower */
		offer->lead = lead;
	}
	p->resources = resources;
	p->n_resources = (uint32_t)n;
	p->capacity_uh = capacity;
}
