/* Explanations of a plan, one group of products at a time: what is not covered, why, and what would change it. */
#include "engine/plan/explain.h"

#include <stdlib.h>
#include <string.h>

#include "engine/plan/explain_inner.h"

enum { UNLOCKS = 1000, BISECTS_A_NEED = 20, BISECTS_LEAST = 100000 };

/* --- the state of the plan ----------------------------------------------------------------------------------------------------- */

static void take_plan(struct explain *e)
{
	const struct zv_plan_problem *p = e->problem;
	size_t n_hours = (size_t)p->n_resources * (size_t)p->n_periods;

	e->left = zv_reallocarray(NULL, (size_t)p->n_needs + 1, sizeof(*e->left));
	e->order_at = zv_calloc((size_t)p->n_offers + 2, sizeof(*e->order_at));
	e->spare = zv_reallocarray(NULL, n_hours + 1, sizeof(*e->spare));
	e->lost = zv_calloc((size_t)p->n_needs + 1, 1);
	for (uint32_t i = 0; i < p->n_needs; i++)
		e->left[i] = p->needs[i].qty;
	for (size_t i = 0; i < e->result->n_flows; i++)
		e->left[e->result->flows[i].need] -= e->result->flows[i].qty;
	for (size_t i = 0; i < n_hours; i++)
		e->spare[i] = (zv_i128)p->capacity_uh[i] * ZV_PLAN_UNIT;
	for (size_t i = 0; i < e->result->n_orders; i++) {
		const struct zv_plan_order *order = &e->result->orders[i];
		const struct zv_plan_offer *offer = &p->offers[order->offer];

		e->order_at[order->offer + 1]++;
		if (offer->resource != ZV_PLAN_NONE)
			e->spare[(size_t)offer->resource * (size_t)p->n_periods + (size_t)order->period] -=
				(zv_i128)offer->setup_uh * ZV_PLAN_UNIT + (zv_i128)offer->hours_uh * order->qty;
	}
	for (uint32_t k = 0; k < p->n_offers; k++)
		e->order_at[k + 1] += e->order_at[k];
}

/* --- groups of products that accept one another -------------------------------------------------------------------------------- */

static uint32_t root_of(uint32_t *parent, uint32_t product)
{
	while (parent[product] != product) {
		parent[product] = parent[parent[product]];
		product = parent[product];
	}
	return product;
}

static void make_groups(struct explain *e)
{
	const struct zv_plan_problem *p = e->problem;
	uint32_t *parent = zv_reallocarray(NULL, (size_t)p->n_products + 1, sizeof(*parent));

	e->group_of = zv_reallocarray(NULL, (size_t)p->n_products + 1, sizeof(*e->group_of));
	for (uint32_t i = 0; i < p->n_products; i++)
		parent[i] = i;
	for (uint32_t i = 0; i < p->n_substitutes; i++) {
		uint32_t a = root_of(parent, p->substitutes[i].product), b = root_of(parent, p->substitutes[i].with);

		parent[a > b ? a : b] = a < b ? a : b;
	}
	for (uint32_t i = 0; i < p->n_products; i++)
		e->group_of[i] = root_of(parent, i) == i ? e->n_groups++ : e->group_of[root_of(parent, i)];
	free(parent);
}

struct keyed {
	uint32_t group, product, number;
};

static int by_group(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->product != y->product)
		return x->product < y->product ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Sorts, writes the numbers to a new array and where each group begins to another. */
static uint32_t *by_groups(uint32_t **starts, const struct explain *e, struct keyed *rows, size_t n)
{
	uint32_t *out = zv_reallocarray(NULL, n + 1, sizeof(*out));

	*starts = zv_calloc((size_t)e->n_groups + 2, sizeof(**starts));
	qsort(rows, n, sizeof(*rows), by_group);
	for (size_t i = 0; i < n; i++) {
		out[i] = rows[i].number;
		(*starts)[rows[i].group + 1]++;
	}
	for (uint32_t g = 0; g < e->n_groups; g++)
		(*starts)[g + 1] += (*starts)[g];
	return out;
}

static void sort_needs(struct explain *e)
{
	const struct zv_plan_problem *p = e->problem;
	struct keyed *rows;
	size_t n = 0;

	for (uint32_t i = 0; i < p->n_needs; i++)
		n += e->left[i] > 0;
	rows = zv_reallocarray(NULL, n + 1, sizeof(*rows));
	e->because = zv_arena_calloc(e->arena, n + 1, sizeof(*e->because));
	n = 0;
	for (uint32_t i = 0; i < p->n_needs; i++)
		if (e->left[i] > 0)
			rows[n++] = (struct keyed){e->group_of[p->needs[i].product], p->needs[i].product, i};
	e->needs = by_groups(&e->need_at, e, rows, n);
	free(rows);
}

static void sort_offers(struct explain *e)
{
	const struct zv_plan_problem *p = e->problem;
	struct keyed *rows = zv_reallocarray(NULL, (size_t)p->n_offers + 1, sizeof(*rows));

	e->offer_at = zv_calloc((size_t)p->n_products + 1, sizeof(*e->offer_at));
	e->offer_n = zv_calloc((size_t)p->n_products + 1, sizeof(*e->offer_n));
	e->place_of = zv_reallocarray(NULL, (size_t)p->n_offers + 1, sizeof(*e->place_of));
	for (uint32_t k = 0; k < p->n_offers; k++)
		rows[k] = (struct keyed){e->group_of[p->offers[k].product], p->offers[k].product, k};
	e->offers = by_groups(&e->group_offer, e, rows, p->n_offers);
	for (uint32_t i = 0; i < p->n_offers; i++) {
		e->place_of[e->offers[i]] = i;
		if (e->offer_n[rows[i].product]++ == 0)
			e->offer_at[rows[i].product] = i;
	}
	free(rows);
}

/* --- one group ------------------------------------------------------------------------------------------------------------------ */

static void explain_one(struct explain *e, uint32_t group)
{
	struct explain_group g = {.e = e, .first_need = e->need_at[group], .n_needs = e->need_at[group + 1] - e->need_at[group],
				  .first_offer = e->group_offer[group], .n_offers = e->group_offer[group + 1] - e->group_offer[group]};

	if (g.n_needs == 0)
		return;
	explain_arcs(&g);
	explain_pools(&g);
	explain_answers(&g);
	explain_unlocks_offer(&g);
	zv_vec_done(&g.arcs);
	free(g.arc_at);
	free(g.by_offer);
	free(g.by_offer_at);
	free(g.misses);
	free(g.slot_at);
	free(g.slot_from);
	free(g.slots);
}

static int by_need(const void *a, const void *b)
{
	const struct zv_plan_because *x = a, *y = b;

	return x->need < y->need ? -1 : x->need > y->need;
}

static void explain_all(struct explain *e, struct zv_plan_explained *out)
{
	take_plan(e);
	make_groups(e);
	sort_needs(e);
	sort_offers(e);
	e->tiers = explain_tiers(e->problem);
	explain_shares(e);
	explain_holders(e);
	e->bisects = (int64_t)e->need_at[e->n_groups] * BISECTS_A_NEED + BISECTS_LEAST;
	for (uint32_t g = 0; g < e->n_groups; g++)
		explain_one(e, g);
	qsort(e->because, e->n_because, sizeof(*e->because), by_need);
	out->because = e->because;
	out->n_because = e->n_because;
	explain_unlocks_finish(e, out);
	explain_next_tiers(e, out);
	explain_hours(e, out);
	explain_missing(e, out);
}

static void explain_done(struct explain *e)
{
	free(e->left);
	free(e->lost);
	free(e->order_at);
	free(e->spare);
	free(e->covered);
	zv_vec_done(&e->shares);
	free(e->holders);
	free(e->group_of);
	free(e->need_at);
	free(e->needs);
	free(e->offer_at);
	free(e->offer_n);
	free(e->offers);
	free(e->group_offer);
	free(e->place_of);
	free(e->tiers);
	zv_vec_done(&e->near);
	zv_plan_live_close(e->live);
}

enum zv_code zv_plan_explain(struct zv_plan_explained *out, const struct zv_plan_problem *problem, const struct zv_plan_result *result, size_t unlocks_max,
			     struct zv_arena *arena, struct zv_err *err)
{
	struct explain e = {.problem = problem, .result = result, .arena = arena, .near_max = unlocks_max > 0 ? unlocks_max : UNLOCKS};
	enum zv_code code = zv_plan_live_open(&e.live, problem, result, err);

	if (code != ZV_OK)
		return code;
	memset(out, 0, sizeof(*out));
	explain_all(&e, out);
	explain_done(&e);
	zv_plan_alone(&out->alone, NULL, problem);
	return ZV_OK;
}
