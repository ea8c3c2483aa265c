/* Explanations of the engine as rows: its indices become ids, its figures the units of the registers, and what it cannot see gets our own codes. */
#include <stdlib.h>

#include "app/lots_text.h"
#include "app/plan_keep.h"
#include "app/plan_text.h"
#include "base/mem.h"

enum { QUANTA_A_MILLI = 1000, URUB_A_KOP = 10000, NEAR_LEAST = 5 };

static const int64_t MONEY_A_KOP = INT64_C(10000000000);

struct telling {
	struct zv_plan_kept *kept;
	const struct zv_plan_answer *answer;
	const struct zv_plan_source *source;
	const struct zv_plan_problem *p;
	struct zv_arena *arena;
	struct waiting *waiting; /* by product of the engine */
	struct nearby *offered;  /* items that somebody offers, by OKPD2 code */
	size_t n_offered;
};

/* By kind of need, tolerances apart: what has no maker. */
struct waiting {
	int64_t needs, qty;
	zv_i128 value;
};

struct nearby {
	struct zv_str okpd2;
	int32_t item;
};

static int64_t up(int64_t value, int64_t by)
{
	return value / by + (value % by > 0);
}

static int64_t base_up(int64_t quanta, enum zv_dim dim)
{
	return up(quanta, zv_plan_quanta(dim));
}

static int64_t capped(zv_i128 value)
{
	return value < INT64_MAX ? (int64_t)value : INT64_MAX;
}

static const struct zv_snap_offer *offer_row(const struct telling *t, uint32_t offer)
{
	return &t->source->snapshot->offers[t->source->offers[offer].row];
}

/* --- why ------------------------------------------------------------------------------------------------------------------------ */

static int64_t figure_of(enum zv_plan_figure kind, int64_t figure, enum zv_dim dim)
{
	switch (kind) {
	case ZV_PLAN_FIG_QTY:
		return base_up(figure, dim);
	case ZV_PLAN_FIG_MONEY:
		return up(figure, URUB_A_KOP);
	case ZV_PLAN_FIG_HOURS:
		return up(figure, QUANTA_A_MILLI);
	default:
		return figure;
	}
}

static void take_figures(struct zv_plan_why_row *row, const struct zv_plan_because *because, enum zv_dim dim)
{
	row->kind = (int)because->kind;
	row->figure = figure_of(because->kind, because->figure, dim);
	row->also = ZV_STR("");
	if (because->also == ZV_PLAN_FITS)
		return;
	row->also = zv_str_c(zv_plan_why_name(because->also));
	row->also_kind = (int)because->also_kind;
	row->also_figure = figure_of(because->also_kind, because->also_figure, dim);
}

/* The engine counts quarters; people count days. */
static void say_days(struct zv_plan_why_row *row, const struct telling *t, uint32_t need, int32_t offer_row_at)
{
	const struct zv_snap_offer *offer = &t->source->snapshot->offers[offer_row_at];
	const struct zv_lots_group *g = &t->source->groups.p[t->source->needs[need].group];
	const struct zv_lot_need *n = &g->problem.needs[t->source->needs[need].place];
	zv_date ready = t->source->as_of + (zv_date)(offer->lead_days > 0 && offer->lead_days < 100000 ? offer->lead_days : 0);

	if (n->due == ZV_DATE_NONE || ready <= n->due)
		return;
	row->code = ZV_STR("LEAD");
	row->kind = ZV_PLAN_FIG_DAYS;
	row->figure = ready - n->due;
	row->detail = zv_arena_strf(t->arena, "%d %d", ready, n->due);
}

static struct zv_str property_of(const struct telling *t, uint32_t need, int32_t offer)
{
	const struct zv_lots_why why = {
		.code = ZV_STR("PROPERTY"),
		.required = t->source->snapshot->needs[t->source->needs[need].row].requirements,
		.offered = t->source->snapshot->offers[offer].properties,
	};

	return zv_lots_why_text(&why, t->arena);
}

/* Nobody of the engine's offers may serve the need: the tests of the registers say why. */
static void refine(struct zv_plan_why_row *row, const struct telling *t, uint32_t need)
{
	int32_t offer;
	int64_t late;
	enum zv_lot_why why = zv_plan_source_why(&offer, &late, t->source, need);

	if (why == ZV_LOT_NOOFFER || offer < 0)
		return;
	row->code = why == ZV_LOT_FITS ? ZV_STR("NOPRICE") : zv_str_c(zv_lot_why_name(why)); /* it fits, but no plan can hold its price or size */
	row->kind = 0;
	row->figure = 0;
	row->input_id = 0;
	row->also = ZV_STR("");
	row->also_kind = 0;
	row->also_figure = 0;
	row->verified = false;
	row->period = 0;
	row->tier = 0;
	row->offer_id = t->source->snapshot->offers[offer].id;
	if (why == ZV_LOT_LEAD)
		say_days(row, t, need, offer);
	if (why == ZV_LOT_PROPERTY)
		row->detail = property_of(t, need, offer);
}

/* --- what comes nearest to an item that nobody offers ------------------------------------------------------------------------------ */

static int by_okpd2(const void *a, const void *b)
{
	const struct nearby *x = a, *y = b;
	int order = zv_str_cmp(x->okpd2, y->okpd2);

	return order != 0 ? order : (x->item > y->item) - (x->item < y->item);
}

static void list_offered(struct telling *t)
{
	const struct zv_snapshot *s = t->source->snapshot;
	bool *seen = zv_calloc(s->n_items + 1, sizeof(*seen));

	t->offered = zv_calloc(s->n_items + 1, sizeof(*t->offered));
	for (uint32_t o = 0; o < t->p->n_offers; o++) {
		int32_t item = s->offers[t->source->offers[o].row].item;

		if (!seen[item] && s->items[item].okpd2.n > 0)
			t->offered[t->n_offered++] = (struct nearby){s->items[item].okpd2, item};
		seen[item] = true;
	}
	if (t->n_offered > 0)
		qsort(t->offered, t->n_offered, sizeof(*t->offered), by_okpd2);
	free(seen);
}

/* Characters of whole levels that two codes share: "20.14.63" and "20.14.61.110" have "20.14". */
static size_t shared_levels(struct zv_str a, struct zv_str b)
{
	size_t n = 0, whole = 0;

	for (; n < a.n && n < b.n && a.p[n] == b.p[n]; n++)
		if (a.p[n] == '.')
			whole = n;
	if ((n == a.n || a.p[n] == '.') && (n == b.n || b.p[n] == '.'))
		whole = n;
	return whole;
}

/* Of codes in order, one of the two neighbours shares most. Below a class of four digits nothing is near. */
static int32_t nearest_item(const struct telling *t, struct zv_str okpd2)
{
	size_t lo = 0, hi = t->n_offered, best = NEAR_LEAST - 1;
	int32_t item = -1;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (zv_str_cmp(t->offered[mid].okpd2, okpd2) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (size_t at = lo > 0 ? lo - 1 : 0; at <= lo && at < t->n_offered; at++) {
		size_t shared = shared_levels(t->offered[at].okpd2, okpd2);

		if (shared > best) {
			best = shared;
			item = t->offered[at].item;
		}
	}
	return item;
}

/* The nearest item that somebody offers, and how much waits for a maker: detail is "needs base units". */
static void add_nearest(struct zv_plan_why_row *row, const struct telling *t, uint32_t need)
{
	const struct zv_snapshot *s = t->source->snapshot;
	const struct zv_snap_need *of = &s->needs[t->source->needs[need].row];
	const struct waiting *waiting = &t->waiting[t->p->needs[need].product];
	struct zv_str okpd2 = s->items[of->item].okpd2.n > 0 ? s->items[of->item].okpd2 : of->okpd2;
	int32_t item = okpd2.n > 0 ? nearest_item(t, okpd2) : -1;

	if (item >= 0 && item != of->item)
		row->input_id = s->items[item].id;
	row->detail = zv_arena_strf(t->arena, "%" PRId64 " %" PRId64, waiting->needs, base_up(waiting->qty, t->source->needs[need].dim));
}

static void add_detail(struct zv_plan_why_row *row, const struct telling *t, const struct zv_plan_because *because)
{
	const struct zv_plan_offer *offer = because->offer != ZV_PLAN_NONE ? &t->p->offers[because->offer] : NULL;
	enum zv_dim dim = t->source->needs[because->need].dim;

	if (offer == NULL)
		return;
	if (because->why == ZV_PLAN_MOQ)
		row->detail = zv_arena_strf(t->arena, "%" PRId64, base_up(offer->moq, dim));
	if (because->why == ZV_PLAN_PRICE && because->tier < offer->n_tiers)
		row->detail = zv_arena_strf(t->arena, "%" PRId64, base_up(t->p->tiers[offer->first_tier + because->tier].from, dim));
	if (because->why == ZV_PLAN_CONTROLLED && t->p->makers[offer->maker].licensed)
		row->detail = ZV_STR("buyer");
	if (because->why == ZV_PLAN_CONTROLLED && t->p->needs[because->need].licensed)
		row->detail = ZV_STR("maker");
	if (because->why == ZV_PLAN_LEAD || because->why == ZV_PLAN_VALIDITY) /* an offer waits for a quarter only because it is ready no sooner */
		say_days(row, t, because->need, t->source->offers[because->offer].row);
}

static void add_why(const struct telling *t, const struct zv_plan_because *because)
{
	const struct zv_plan_source_need *of = &t->source->needs[because->need];
	const struct zv_plan_need *need = &t->p->needs[because->need];
	struct zv_plan_why_row row = {
		.need_id = t->source->snapshot->needs[of->row].id,
		.code = zv_str_c(zv_plan_why_name(because->why)),
		.priority = need->priority,
		.dim = (int)of->dim,
		.qty_base = base_up(because->qty, of->dim),
		.value_kop = capped((zv_i128)because->qty * need->ceiling / MONEY_A_KOP),
		.ceiling_urub = need->ceiling,
		.displaced = because->displaced,
		.verified = because->verified,
	};

	if (of->extra || because->qty <= 0)
		return;
	take_figures(&row, because, of->dim);
	if (because->offer != ZV_PLAN_NONE) {
		row.offer_id = offer_row(t, because->offer)->id;
		row.tier = (int)because->tier + 1;
		if (because->period >= 0)
			row.period = zv_plan_source_quarter(t->source, because->offer, because->period);
	}
	if (because->input != ZV_PLAN_NONE && t->source->products[because->input].item != t->source->products[need->product].item)
		row.input_id = t->source->snapshot->items[t->source->products[because->input].item].id;
	add_detail(&row, t, because);
	if (because->why == ZV_PLAN_NOMAKER)
		refine(&row, t, because->need);
	if (zv_str_eq_c(row.code, "NOMAKER"))
		add_nearest(&row, t, because->need);
	zv_vec_push(&t->kept->whys, row);
}

/* --- near a launch ------------------------------------------------------------------------------------------------------------------ */

static void add_joiners(const struct telling *t, const struct zv_plan_unlock *unlock, int64_t n)
{
	size_t first = t->kept->joiners.n;

	for (size_t i = 0; i < unlock->n_joiners; i++) {
		const struct zv_plan_source_need *of = &t->source->needs[unlock->joiners[i]];
		int64_t need_id = t->source->snapshot->needs[of->row].id;
		int64_t base = base_up(t->p->needs[unlock->joiners[i]].qty, of->dim);
		size_t k = first;

		while (k < t->kept->joiners.n && t->kept->joiners.p[k].need_id != need_id)
			k++;
		if (k < t->kept->joiners.n) {
			t->kept->joiners.p[k].qty_base += base; /* a need and its tolerance */
			continue;
		}
		zv_vec_push(&t->kept->joiners, ((struct zv_plan_joiner_row){n, (int64_t)(k - first) + 1, need_id, base, unlock->joiner_raise[i]}));
	}
}

static void add_unlock(const struct telling *t, const struct zv_plan_unlock *unlock)
{
	const struct zv_snap_offer *offer = offer_row(t, unlock->offer);
	enum zv_dim dim = t->source->offers[unlock->offer].dim;
	struct zv_plan_unlock_row row = {
		.n = (int64_t)t->kept->unlocks.n + 1,
		.offer_id = offer->id,
		.period = zv_plan_source_quarter(t->source, unlock->offer, unlock->period),
		.tier = (int)unlock->tier + 1,
		.dim = (int)dim,
		.pool_base = unlock->pool / zv_plan_quanta(dim),
		.lack_base = base_up(unlock->lack_qty, dim),
		.lack_kop = up(unlock->lack_money, URUB_A_KOP),
		.region = unlock->region < t->p->n_regions ? zv_str_dup(t->arena, t->source->regions[unlock->region]) : ZV_STR(""),
		.extra_base = base_up(unlock->extra_qty, dim),
		.extra_urub = unlock->extra_price,
		.moq_base = unlock->moq_today < 0 ? -1 : unlock->moq_today / zv_plan_quanta(dim),
		.launch_kop = unlock->launch_today < 0 ? -1 : unlock->launch_today / URUB_A_KOP,
		.price_urub = unlock->price_today < 0 ? -1 : unlock->price_today,
		.verified = unlock->verified,
	};

	add_joiners(t, unlock, row.n);
	zv_vec_push(&t->kept->unlocks, row);
}

static void add_next_tier(const struct telling *t, const struct zv_plan_next_tier *next)
{
	int64_t n = zv_plan_order_number(t->answer->result, next->offer, next->period);

	if (n > 0)
		zv_vec_push(&t->kept->next_tiers, ((struct zv_plan_next_tier_row){n, (int)next->tier + 1,
										  base_up(next->lack, t->source->offers[next->offer].dim), next->saves}));
}

static void add_hour(const struct telling *t, const struct zv_plan_hour *hour)
{
	uint32_t offer = t->source->resource_offer[hour->resource];
	enum zv_dim dim = t->source->offers[offer].dim;

	if (hour->capacity_uh < ZV_PLAN_HOURS_MAX) /* else nothing is stated, and it does not limit */
		zv_vec_push(&t->kept->hours, ((struct zv_plan_hour_row){
						     .n = (int64_t)t->kept->hours.n + 1,
						     .offer_id = offer_row(t, offer)->id,
						     .period = t->source->first_quarter + t->source->resource_lead[hour->resource] + hour->period,
						     .dim = (int)dim,
						     .price_urub = hour->price,
						     .used_base = hour->used_uh / zv_plan_quanta(dim),
						     .of_base = hour->capacity_uh / zv_plan_quanta(dim),
					     }));
}

/* --- missing makers -------------------------------------------------------------------------------------------------------------------- */

/* An offer could serve it: what lacks is volume, money or room, not a maker. */
static bool has_maker(enum zv_plan_why why)
{
	return why == ZV_PLAN_MOQ || why == ZV_PLAN_LAUNCH || why == ZV_PLAN_CAPACITY || why == ZV_PLAN_SHARE || why == ZV_PLAN_PRIORITY || why == ZV_PLAN_PARCEL ||
	       why == ZV_PLAN_INPUT || why == ZV_PLAN_SEARCH;
}

static struct waiting *waiting_of(const struct telling *t)
{
	struct waiting *waiting = zv_calloc((size_t)t->p->n_products + 1, sizeof(*waiting));
	const struct zv_plan_explained *e = t->answer->explained;

	for (size_t i = 0; i < e->n_because; i++) {
		const struct zv_plan_need *need = &t->p->needs[e->because[i].need];

		if (t->source->needs[e->because[i].need].extra || has_maker(e->because[i].why))
			continue;
		waiting[need->product].needs++;
		waiting[need->product].qty += e->because[i].qty;
		waiting[need->product].value += (zv_i128)e->because[i].qty * need->ceiling;
	}
	return waiting;
}

static void add_missing(const struct telling *t, const struct zv_plan_missing *missing)
{
	const struct zv_plan_source_product *kind = &t->source->products[missing->product];
	const struct waiting *w = &t->waiting[missing->product];
	int64_t moq = missing->moq < w->qty ? missing->moq : w->qty;

	if (kind->need < 0 || w->needs == 0)
		return;
	zv_vec_push(&t->kept->missing, ((struct zv_plan_missing_row){
					       .n = (int64_t)t->kept->missing.n + 1,
					       .item_id = t->source->snapshot->items[kind->item].id,
					       .need_id = t->source->snapshot->needs[kind->need].id,
					       .dim = (int)kind->dim,
					       .needs = w->needs,
					       .regions = missing->regions,
					       .orgs = missing->enterprises,
					       .qty_base = base_up(w->qty, kind->dim),
					       .value_kop = capped(w->value / MONEY_A_KOP),
					       .moq_base = moq / zv_plan_quanta(kind->dim),
					       .price_urub = missing->price,
					       .half_urub = missing->half_price,
				       }));
}

static int by_value(const void *a, const void *b)
{
	const struct zv_plan_missing_row *x = a, *y = b;

	if (x->value_kop != y->value_kop)
		return x->value_kop > y->value_kop ? -1 : 1;
	return x->n < y->n ? -1 : x->n > y->n;
}

static void add_all_missing(const struct telling *t)
{
	struct zv_plan_kept *kept = t->kept;

	for (size_t i = 0; i < t->answer->explained->n_missing; i++)
		add_missing(t, &t->answer->explained->missing[i]);
	if (kept->missing.n > 0)
		qsort(kept->missing.p, kept->missing.n, sizeof(*kept->missing.p), by_value);
	for (size_t i = 0; i < kept->missing.n; i++)
		kept->missing.p[i].n = (int64_t)i + 1;
}

void zv_plan_kept_explain(struct zv_plan_kept *kept, const struct zv_plan_answer *answer, struct zv_arena *arena)
{
	struct telling t = {.kept = kept, .answer = answer, .source = answer->source, .p = &answer->source->problem, .arena = arena};
	const struct zv_plan_explained *e = answer->explained;

	t.waiting = waiting_of(&t);
	list_offered(&t);
	for (size_t i = 0; i < e->n_because; i++)
		add_why(&t, &e->because[i]);
	for (size_t i = 0; i < e->n_unlocks; i++)
		add_unlock(&t, &e->unlocks[i]);
	for (size_t i = 0; i < e->n_next_tiers; i++)
		add_next_tier(&t, &e->next_tiers[i]);
	for (size_t i = 0; i < e->n_hours; i++)
		add_hour(&t, &e->hours[i]);
	add_all_missing(&t);
	free(t.waiting);
	free(t.offered);
}
