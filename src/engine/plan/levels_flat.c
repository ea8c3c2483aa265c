/* The flat problem of a multi-level plan, its orders and its money. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

/* Money that an incremental discount adds to quantity x price of the tier. */
static zv_i128 ladder(const struct zv_plan_problem *p, const struct zv_plan_offer *of, uint32_t tier)
{
	zv_i128 sum = 0;

	for (uint32_t s = 1; s <= tier && of->incremental; s++) {
		const struct zv_plan_tier *at = &p->tiers[of->first_tier + s];

		sum += (zv_i128)(at[-1].price - at->price) * at->from;
	}
	return sum;
}

int64_t plan_order_price(const struct zv_plan_problem *problem, uint32_t offer, int64_t qty)
{
	const struct zv_plan_offer *of = &problem->offers[offer];
	uint32_t tier = plan_tier_at(problem, offer, qty);

	return problem->tiers[of->first_tier + tier].price + (qty > 0 ? (int64_t)(ladder(problem, of, tier) / qty) : 0);
}

static int by_order(const void *a, const void *b)
{
	const struct zv_plan_order *x = a, *y = b;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

struct zv_plan_order *plan_orders_of(size_t *n, const plan_supplies *supplies, const struct zv_plan_problem *problem)
{
	struct zv_plan_order *orders = zv_calloc(supplies->n + 1, sizeof(*orders));
	size_t kept = 0;

	for (size_t i = 0; i < supplies->n; i++)
		orders[i] = (struct zv_plan_order){supplies->p[i].offer, supplies->p[i].period, 0, supplies->p[i].qty};
	if (supplies->n > 0)
		qsort(orders, supplies->n, sizeof(*orders), by_order);
	for (size_t i = 0; i < supplies->n; i++) {
		if (kept > 0 && by_order(&orders[kept - 1], &orders[i]) == 0)
			orders[kept - 1].qty += orders[i].qty;
		else
			orders[kept++] = orders[i];
	}
	for (size_t i = 0; i < kept; i++)
		orders[i].tier = plan_tier_at(problem, orders[i].offer, orders[i].qty);
	*n = kept;
	return orders;
}

static zv_i128 outside(const plan_supplies *supplies, const struct zv_plan_problem *p, const struct zv_plan_order *orders, size_t n)
{
	zv_i128 wanted = 0, had = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t first, end;

		plan_bom_rows(&first, &end, p, p->offers[orders[i].offer].product);
		for (uint32_t b = first; b < end; b++)
			wanted += (zv_i128)p->boms[b].price * plan_input_qty(orders[i].qty, p->boms[b].ppm);
	}
	for (size_t i = 0; i < supplies->n; i++)
		if (supplies->p[i].need == ZV_PLAN_NONE)
			had += (zv_i128)p->boms[supplies->p[i].bom].price * supplies->p[i].qty;
	return wanted - had;
}

struct plan_money plan_money_of(const plan_supplies *supplies, const struct zv_plan_problem *problem)
{
	const struct zv_plan_problem *p = problem;
	struct plan_money money = {0};
	size_t n;
	struct zv_plan_order *orders = plan_orders_of(&n, supplies, p);

	for (size_t i = 0; i < n; i++) {
		const struct zv_plan_offer *of = &p->offers[orders[i].offer];

		money.launches += (zv_i128)of->launch * ZV_PLAN_UNIT;
		money.prices += ladder(p, of, orders[i].tier);
	}
	for (uint32_t i = 0; i < p->n_needs; i++)
		money.penalties += (zv_i128)p->needs[i].penalty * p->needs[i].qty;
	for (size_t i = 0; i < supplies->n; i++) {
		const struct plan_supply *s = &supplies->p[i];
		const struct zv_plan_order key = {.offer = s->offer, .period = s->period};
		const struct zv_plan_order *order = bsearch(&key, orders, n, sizeof(*orders), by_order);
		bool fixed;
		int64_t price = plan_supply_add(&fixed, p, s);

		if (!fixed)
			price += p->tiers[p->offers[s->offer].first_tier + order->tier].price;
		money.prices += (zv_i128)price * s->qty;
		if (s->need != ZV_PLAN_NONE)
			money.penalties -= (zv_i128)p->needs[s->need].penalty * s->qty;
	}
	money.bought = outside(supplies, p, orders, n);
	free(orders);
	return money;
}

/* --- the flat problem ------------------------------------------------------------------------------------------------------------- */

static struct zv_plan_need need_of(const struct zv_plan_problem *p, const struct zv_plan_derived *d, struct zv_arena *arena)
{
	const struct zv_plan_bom *bom = &p->boms[d->bom];
	uint32_t m = p->offers[d->offer].maker;
	struct zv_plan_need need = {.product = bom->input, .region = p->makers[m].region, .enterprise = p->n_enterprises + m, .qty = d->qty, .due = d->due};

	need.id = zv_arena_strf(arena, "%.*s/%d/%.*s", ZV_STR_FMT(p->offers[d->offer].id), d->period + p->first_period, ZV_STR_FMT(p->products[bom->input].id));
	need.ceiling = need.penalty = bom->price > 0 ? bom->price : ZV_PLAN_PRICE_MAX;
	need.licensed = p->makers[m].licensed;
	need.priority = d->priority;
	return need;
}

void zv_plan_flatten(struct zv_plan_problem *flat, struct zv_plan_derived **derived, size_t *n_derived, const struct zv_plan_problem *problem,
		     const struct zv_plan_order *orders, size_t n_orders, struct zv_arena *arena)
{
	ZV_VEC(struct zv_plan_derived) rows = {0};
	struct zv_plan_need *needs;
	struct zv_str *enterprises;

	for (size_t i = 0; i < n_orders; i++) {
		uint32_t first, end;

		plan_bom_rows(&first, &end, problem, problem->offers[orders[i].offer].product);
		for (uint32_t b = first; b < end; b++) {
			int64_t qty = plan_input_qty(orders[i].qty, problem->boms[b].ppm);

			if (qty > 0)
				zv_vec_push(&rows, ((struct zv_plan_derived){.offer = orders[i].offer, .period = orders[i].period, .bom = b,
									     .due = orders[i].period - problem->boms[b].lag, .qty = qty, .priority = ZV_PLAN_PRIORITIES}));
		}
	}
	*flat = *problem;
	flat->n_boms = 0;
	flat->boms = NULL;
	flat->candidates = 0;
	needs = zv_arena_calloc(arena, problem->n_needs + rows.n + 1, sizeof(*needs));
	enterprises = zv_arena_calloc(arena, (size_t)problem->n_enterprises + problem->n_makers + 1, sizeof(*enterprises));
	if (problem->n_needs > 0)
		memcpy(needs, problem->needs, problem->n_needs * sizeof(*needs));
	for (uint32_t i = 0; i < problem->n_enterprises; i++)
		enterprises[i] = problem->enterprises[i];
	for (uint32_t m = 0; m < problem->n_makers; m++)
		enterprises[problem->n_enterprises + m] = problem->makers[m].id;
	for (size_t i = 0; i < rows.n; i++)
		needs[problem->n_needs + i] = need_of(problem, &rows.p[i], arena);
	flat->needs = needs;
	flat->n_needs = problem->n_needs + (uint32_t)rows.n;
	flat->enterprises = enterprises;
	flat->n_enterprises = problem->n_enterprises + problem->n_makers;
	*derived = zv_arena_calloc(arena, rows.n + 1, sizeof(**derived));
	if (rows.n > 0)
		memcpy(*derived, rows.p, rows.n * sizeof(**derived));
	*n_derived = rows.n;
	zv_vec_done(&rows);
}
