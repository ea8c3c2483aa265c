/* Needs by kind, who may serve which kind, and the whole put together. */
#include "app/plan_problem.h"

#include <string.h>

#include "app/plan_problem_inner.h"
#include "app/plan_text.h"
#include "model/control.h"

enum { PERCENT = 100, ASSUMED = 120, UNDATED = 1000 };

/* What lies above the ceiling in the penalty: a need of a higher priority yields to one of a lower priority only where that pays so much more. */
static const int64_t bonus_percent[ZV_PLAN_PRIORITIES + 1] = {0, 300, 100, 50, 20};

int32_t zv_plan_source_quarter(const struct zv_plan_source *source, uint32_t offer, int32_t period)
{
	return source->first_quarter + period + source->problem.offers[offer].lead;
}

void zv_plan_source_close(struct zv_plan_source *source, uint32_t need)
{
	source->own[need].earliest = -1; /* before the first quarter, as if it were overdue */
	source->own[need].due = -1;
}

/* --- kinds of need ------------------------------------------------------------------------------------------------------------ */

/* Offers that are ready in the very quarter in which the need is due, but after its day: the engine does not see days. */
static bool late_in_quarter(const struct zv_lot_need *need, const struct zv_lot_offer *offer)
{
	return need->due != ZV_DATE_NONE && offer->ready != ZV_DATE_NONE && zv_quarter_of(offer->ready) == zv_quarter_of(need->due) &&
	       offer->ready > need->due;
}

static uint32_t kind_of(struct plan_building *b, uint32_t group, size_t at)
{
	const struct zv_lots_group *g = &b->out->groups.p[group];
	const struct zv_lot_need *need = &g->problem.needs[at];
	const struct zv_snap_item *item = &b->s->items[b->s->needs[g->needs[at]].item];
	int late = 0;
	bool added;
	uint32_t product;
	struct zv_str key;

	for (size_t k = 0; k < g->problem.n_offers; k++)
		late += late_in_quarter(need, &g->problem.offers[k]);
	key = zv_arena_strf(b->arena, "%u %u %d %d %d", group, need->spec, (int)need->dim, late, late > 0 ? zv_quarter_of(need->due) : 0);
	product = plan_number(b, "kind", key, b->products.n, &added);
	if (!added)
		return product;
	zv_vec_push(&b->products, ((struct zv_plan_product){.id = item->uid, .freight_rate = plan_freight_rate(item, need->dim)}));
	zv_vec_push(&b->product_sources, ((struct zv_plan_source_product){b->s->needs[g->needs[at]].item, g->needs[at], ZV_PLAN_NONE, need->dim}));
	return product;
}

/* The buyer's permit as the engine sees it: missing when an offer waits for it alone. */
static bool buyer_licensed(const struct zv_plan_source *source, const struct zv_lots_group *g, const struct zv_lot_need *need)
{
	const struct zv_snapshot *s = source->snapshot;
	bool waits = false, served = false;

	for (size_t k = 0; k < g->problem.n_offers; k++) {
		const struct zv_snap_offer *row = &s->offers[g->offers[k]];
		uint8_t verdict = g->problem.verdict[k * g->problem.n_specs + need->spec];
		const struct zv_snap_item *item = &s->items[row->item];

		if (item->control < ZV_CONTROL_PERMIT_CHECK)
			continue;
		served = served || verdict == ZV_LOT_FITS;
		waits = waits || (verdict == ZV_LOT_CONTROLLED && zv_snapshot_permitted(s, row->org, item->regime, source->as_of));
	}
	return served || !waits;
}

/* --- who may serve a kind ------------------------------------------------------------------------------------------------------- */

static bool may_serve(const struct plan_building *b, const struct zv_lots_group *g, size_t k, const struct zv_lot_need *need, bool licensed)
{
	uint8_t verdict = g->problem.verdict[k * g->problem.n_specs + need->spec];
	uint32_t offer = b->offer_of[k];
	bool known;

	if (offer == ZV_PLAN_NONE || g->problem.offers[k].dim != need->dim || late_in_quarter(need, &g->problem.offers[k]))
		return false;
	known = b->products.p[b->offers.p[offer].product].controlled && !(licensed && b->makers.p[b->offers.p[offer].maker].licensed);
	return verdict == ZV_LOT_FITS || (verdict == ZV_LOT_CONTROLLED && known); /* the engine says CONTROLLED itself, and can try it with the permit */
}

static void add_substitutes(struct plan_building *b, uint32_t group, uint32_t first_kind, uint32_t end_kind, const uint32_t *need_of_kind)
{
	const struct zv_lots_group *g = &b->out->groups.p[group];

	for (uint32_t kind = first_kind; kind < end_kind; kind++) {
		const struct zv_plan_source_need *of = &b->need_sources.p[need_of_kind[kind - first_kind]];
		const struct zv_lot_need *need = &g->problem.needs[of->place];
		bool licensed = b->needs.p[need_of_kind[kind - first_kind]].licensed;

		for (size_t k = 0; k < g->problem.n_offers; k++)
			if (may_serve(b, g, k, need, licensed))
				zv_vec_push(&b->substitutes, ((struct zv_plan_substitute){.product = kind, .with = b->offers.p[b->offer_of[k]].product}));
	}
}

/* --- needs -------------------------------------------------------------------------------------------------------------------------- */

static const char *outside_code(const struct zv_lot_need *need)
{
	int64_t most = ZV_PLAN_QTY_MAX / zv_plan_quanta(need->dim);

	return need->firm_base > most || need->extra_base > most ? "TOOLARGE" : NULL;
}

static uint32_t enterprise_of(struct plan_building *b, int32_t org)
{
	struct zv_str uid = org >= 0 ? b->s->orgs[org].uid : ZV_STR("-");
	bool added;
	uint32_t at = plan_number(b, "org", uid, b->enterprises.n, &added);

	if (added)
		zv_vec_push(&b->enterprises, uid);
	return at;
}

static void window_of(struct zv_plan_need *out, const struct plan_building *b, const struct zv_lot_need *need)
{
	int32_t first = b->out->first_quarter;

	out->earliest = need->earliest != ZV_DATE_NONE ? zv_quarter_of(need->earliest) - first : 0;
	out->due = need->due != ZV_DATE_NONE ? zv_quarter_of(need->due) - first : UNDATED;
	if (out->earliest < 0)
		out->earliest = 0;
	if (out->earliest > UNDATED)
		out->earliest = UNDATED;
	if (out->due > UNDATED)
		out->due = UNDATED;
	if (out->due < -UNDATED)
		out->due = -UNDATED;
	if (out->due < out->earliest)
		out->earliest = out->due;
}

static void set_ceiling(struct zv_plan_need *need, int64_t ceiling)
{
	need->ceiling = ceiling;
	need->penalty = ceiling + (int64_t)((zv_i128)ceiling * bonus_percent[need->priority] / PERCENT);
}

static void add_need(struct plan_building *b, uint32_t group, size_t at)
{
	const struct zv_lots_group *g = &b->out->groups.p[group];
	const struct zv_lot_need *need = &g->problem.needs[at];
	const struct zv_snap_need *row = &b->s->needs[g->needs[at]];
	int64_t scale = zv_plan_quanta(need->dim), ceiling = 0;
	struct zv_plan_source_need source = {.row = g->needs[at], .twin = ZV_PLAN_NONE, .group = group, .place = (uint32_t)at, .dim = need->dim};
	struct zv_plan_need out = {
		.id = row->uid,
		.product = kind_of(b, group, at),
		.region = plan_place(b, row->region),
		.enterprise = enterprise_of(b, row->org),
		.qty = need->firm_base * scale,
		.priority = (uint8_t)(row->urgency >= 1 && row->urgency <= ZV_PLAN_PRIORITIES ? row->urgency : ZV_PLAN_PRIORITY_UNSTATED),
		.single = row->whole,
		.licensed = buyer_licensed(b->out, g, need),
	};

	window_of(&out, b, need);
	source.assumed = need->ceiling.per <= 0 || !plan_urub(&ceiling, need->ceiling, need->dim);
	set_ceiling(&out, source.assumed ? 0 : ceiling);
	if (need->extra_base > 0)
		source.twin = (uint32_t)b->needs.n + 1;
	zv_vec_push(&b->needs, out);
	zv_vec_push(&b->need_sources, source);
	b->out->n_firm++;
	if (need->extra_base <= 0)
		return;
	out.id = zv_arena_strf(b->arena, "%.*s+", ZV_STR_FMT(row->uid));
	out.qty = need->extra_base * scale;
	out.penalty = 0;
	out.priority = ZV_PLAN_PRIORITIES;
	out.single = false; /* any part of the tolerance will do */
	source.twin = (uint32_t)b->needs.n - 1;
	source.extra = true;
	zv_vec_push(&b->needs, out);
	zv_vec_push(&b->need_sources, source);
}

/* The dearest fitting offer at its smallest order, delivered; 0: none fits. */
static int64_t dearest_offer(const struct plan_building *b, const struct zv_plan_need *need)
{
	const struct zv_plan_problem *p = &b->out->problem;
	int64_t dearest = 0;
	size_t lo = 0, hi = b->substitutes.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (b->substitutes.p[mid].product < need->product)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < b->substitutes.n && b->substitutes.p[lo].product == need->product; lo++) {
		uint32_t with = b->substitutes.p[lo].with;
		const struct zv_plan_offer *offer = &b->offers.p[b->product_sources.p[with].offer];
		double way = p->km[(size_t)b->makers.p[offer->maker].region * p->n_regions + need->region];
		int64_t price = b->tiers.p[offer->first_tier].price + (int64_t)(way * (double)b->products.p[with].freight_rate);

		if (price > dearest)
			dearest = price;
	}
	return dearest;
}

/*
 * Who states no ceiling is taken to pay what the dearest fitting offer asks at its smallest order, freight included, and a fifth more; where nothing fits, what
 * others of the group state at most. Without any bound one such need could pay for every launch.
 */
static void assume_ceilings(struct plan_building *b)
{
	int64_t *stated = ZV_ARENA_ARRAY(b->arena, int64_t, b->out->groups.n + 1);

	for (size_t i = 0; i < b->needs.n; i++)
		if (b->needs.p[i].ceiling > stated[b->need_sources.p[i].group])
			stated[b->need_sources.p[i].group] = b->needs.p[i].ceiling;
	for (size_t i = 0; i < b->needs.n; i++) {
		struct zv_plan_need *need = &b->needs.p[i];
		int64_t ceiling;

		if (!b->need_sources.p[i].assumed)
			continue;
		ceiling = dearest_offer(b, need);
		ceiling = ceiling > 0 ? (int64_t)((zv_i128)ceiling * ASSUMED / PERCENT) : stated[b->need_sources.p[i].group];
		set_ceiling(need, ceiling < ZV_PLAN_PRICE_MAX ? ceiling : ZV_PLAN_PRICE_MAX);
		if (b->need_sources.p[i].extra)
			need->penalty = 0;
	}
}

/* --- groups ---------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code add_group(struct plan_building *b, uint32_t group)
{
	const struct zv_lots_group *g = &b->out->groups.p[group];
	uint32_t first_kind = (uint32_t)b->products.n, end_kind;
	size_t first_need = b->needs.n;
	uint32_t *need_of_kind;
	enum zv_code code;

	b->offer_of = ZV_ARENA_ARRAY(b->arena, uint32_t, g->problem.n_offers + 1);
	b->needy = ZV_ARENA_ARRAY(b->arena, bool, g->problem.n_needs + 1);
	for (size_t i = 0; i < g->problem.n_needs; i++) {
		const char *why = outside_code(&g->problem.needs[i]);

		b->needy[i] = why == NULL;
		if (why == NULL)
			add_need(b, group, i);
		else
			zv_vec_push(&b->outside, ((struct zv_plan_source_outside){g->needs[i], why}));
	}
	end_kind = (uint32_t)b->products.n;
	need_of_kind = ZV_ARENA_ARRAY(b->arena, uint32_t, end_kind - first_kind + 1);
	for (size_t i = b->needs.n; i-- > first_need;)
		need_of_kind[b->needs.p[i].product - first_kind] = (uint32_t)i;
	code = plan_add_offers(b, group);
	if (code == ZV_OK)
		add_substitutes(b, group, first_kind, end_kind, need_of_kind);
	return code;
}

static int32_t horizon(const struct plan_building *b)
{
	int32_t last = 0;

	for (size_t i = 0; i < b->needs.n; i++) {
		const struct zv_plan_need *need = &b->needs.p[i];

		if (need->due < UNDATED && need->due > last)
			last = need->due;
		if (need->earliest < UNDATED && need->earliest > last)
			last = need->earliest;
	}
	return (last < ZV_PLAN_QUARTERS_MAX ? last : ZV_PLAN_QUARTERS_MAX - 1) + 1;
}

/* Moves the rows of a vector into the arena. */
#define KEPT(b, vec) kept((b)->arena, (vec).p, (vec).n * sizeof(*(vec).p))

static void *kept(struct zv_arena *arena, const void *rows, size_t size)
{
	void *copy = zv_arena_calloc(arena, 1, size + 1);

	if (size > 0)
		memcpy(copy, rows, size);
	return copy;
}

static void close_all(struct plan_building *b)
{
	struct zv_plan_source *out = b->out;
	struct zv_plan_problem *p = &out->problem;

	out->kinds = KEPT(b, b->products);
	p->products = out->kinds;
	p->n_products = (uint32_t)b->products.n;
	p->makers = KEPT(b, b->makers);
	p->n_makers = (uint32_t)b->makers.n;
	p->offers = KEPT(b, b->offers);
	p->n_offers = (uint32_t)b->offers.n;
	p->tiers = KEPT(b, b->tiers);
	p->n_tiers = (uint32_t)b->tiers.n;
	out->own = KEPT(b, b->needs);
	p->needs = out->own;
	p->n_needs = (uint32_t)b->needs.n;
	p->enterprises = KEPT(b, b->enterprises);
	p->n_enterprises = (uint32_t)b->enterprises.n;
	p->substitutes = KEPT(b, b->substitutes);
	p->n_substitutes = (uint32_t)b->substitutes.n;
	out->needs = KEPT(b, b->need_sources);
	out->offers = KEPT(b, b->offer_sources);
	out->products = KEPT(b, b->product_sources);
	out->outside = KEPT(b, b->outside);
	out->n_outside = b->outside.n;
}

static void done(struct plan_building *b)
{
	zv_map_done(&b->map);
	zv_vec_done(&b->places);
	zv_vec_done(&b->products);
	zv_vec_done(&b->product_sources);
	zv_vec_done(&b->makers);
	zv_vec_done(&b->resources);
	zv_vec_done(&b->offers);
	zv_vec_done(&b->offer_sources);
	zv_vec_done(&b->tiers);
	zv_vec_done(&b->needs);
	zv_vec_done(&b->need_sources);
	zv_vec_done(&b->enterprises);
	zv_vec_done(&b->substitutes);
	zv_vec_done(&b->outside);
}

static void sort_outside(struct plan_building *b)
{
	struct zv_plan_source *out = b->out;

	for (size_t i = 0; i < out->groups.n_outside; i++)
		zv_vec_push(&b->outside, ((struct zv_plan_source_outside){out->groups.outside[i], zv_lots_outside_name(out->groups.outside_why[i])}));
}

enum zv_code zv_plan_source_build(struct zv_plan_source *out, const struct zv_snapshot *snapshot, zv_date as_of, struct zv_err *err)
{
	struct plan_building b = {.out = out, .s = snapshot, .err = err};
	enum zv_code code;

	*out = (struct zv_plan_source){.snapshot = snapshot, .as_of = as_of, .first_quarter = zv_quarter_of(as_of)};
	zv_arena_init(&out->arena);
	b.arena = &out->arena;
	zv_map_init(&b.map);
	code = zv_lots_groups_build(&out->groups, snapshot, as_of, -1, err);
	sort_outside(&b);
	for (size_t g = 0; g < out->groups.n && code == ZV_OK; g++)
		code = add_group(&b, (uint32_t)g);
	if (code == ZV_OK)
		code = plan_close_places(&b);
	if (code == ZV_OK) {
		out->problem.n_periods = horizon(&b);
		assume_ceilings(&b);
		plan_close_capacity(&b);
		close_all(&b);
		code = zv_plan_problem_check(&out->problem, err);
	}
	done(&b);
	return code;
}

/* The makers of the offers that may serve a kind: of rows [first, end) of the substitutes. */
static int64_t makers_among(const struct zv_plan_source *source, uint32_t first, uint32_t end)
{
	const struct zv_plan_problem *p = &source->problem;
	int64_t n = 0;

	for (uint32_t i = first; i < end; i++) {
		uint32_t maker = p->offers[source->products[p->substitutes[i].with].offer].maker, k = first;

		while (k < i && p->offers[source->products[p->substitutes[k].with].offer].maker != maker)
			k++;
		n += k == i;
	}
	return n;
}

void zv_plan_source_share(struct zv_plan_source *source, int64_t percent)
{
	const struct zv_plan_problem *p = &source->problem;

	for (uint32_t i = 0, end; i < p->n_substitutes && percent < PERCENT; i = end) {
		uint32_t kind = p->substitutes[i].product;

		for (end = i; end < p->n_substitutes && p->substitutes[end].product == kind;)
			end++;
		if (source->products[kind].dim != ZV_DIM_PIECE && makers_among(source, i, end) * percent >= PERCENT)
			source->kinds[kind].max_share_ppm = (int32_t)(percent * (ZV_PLAN_UNIT / PERCENT));
	}
}

void zv_plan_source_done(struct zv_plan_source *source)
{
	zv_lots_groups_done(&source->groups);
	zv_arena_done(&source->arena);
	*source = (struct zv_plan_source){0};
}

/* --- why nobody may ------------------------------------------------------------------------------------------------------------------- */

static enum zv_lot_why why_not(const struct zv_lots_group *g, size_t k, const struct zv_lot_need *need)
{
	const struct zv_lot_offer *o = &g->problem.offers[k];
	uint8_t verdict = g->problem.verdict[k * g->problem.n_specs + need->spec];

	if (verdict != ZV_LOT_FITS)
		return (enum zv_lot_why)verdict;
	if (o->dim != need->dim)
		return ZV_LOT_UNIT;
	if (need->due != ZV_DATE_NONE && o->ready != ZV_DATE_NONE && o->ready > need->due)
		return ZV_LOT_LEAD;
	return o->ladder.form == ZV_LADDER_NONE ? ZV_LOT_NOPRICE : ZV_LOT_FITS;
}

enum zv_lot_why zv_plan_source_why(int32_t *offer, int64_t *late, const struct zv_plan_source *source, uint32_t need)
{
	const struct zv_plan_source_need *of = &source->needs[need];
	const struct zv_lots_group *g = &source->groups.p[of->group];
	const struct zv_lot_need *n = &g->problem.needs[of->place];
	enum zv_lot_why nearest = ZV_LOT_NOOFFER;

	*offer = -1;
	*late = 0;
	for (size_t k = 0; k < g->problem.n_offers; k++) {
		enum zv_lot_why why = why_not(g, k, n);
		int64_t days = why == ZV_LOT_LEAD ? g->problem.offers[k].ready - n->due : 0;

		if (why == ZV_LOT_FITS)
			return ZV_LOT_FITS;
		if (why == ZV_LOT_NOOFFER || why < nearest || (why == nearest && (why != ZV_LOT_LEAD || days >= *late)))
			continue;
		nearest = why; /* tests come in an order: whoever fails the last one is nearest */
		*offer = g->offers[k];
		*late = days;
	}
	return nearest;
}
