/* Which offers a need keeps, and in which periods and tiers, written from the text of the model and not from the solver. */
#include "engine/plan/check_pairs.h"

#include <stdlib.h>

#include "base/mem.h"

static int by_signed(const void *a, const void *b)
{
	const struct zv_plan_commitment *x = *(const struct zv_plan_commitment *const *)a, *y = *(const struct zv_plan_commitment *const *)b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	return x->offer < y->offer ? -1 : x->offer > y->offer;
}

void check_pairs_open(struct check_pairs *pairs, const struct zv_plan_problem *problem)
{
	*pairs = (struct check_pairs){.problem = problem};
	pairs->start = zv_calloc((size_t)problem->n_products + 3, sizeof(*pairs->start));
	pairs->offers = zv_calloc((size_t)problem->n_offers + 1, sizeof(*pairs->offers));
	pairs->is_signed = zv_calloc((size_t)problem->n_commitments + 1, sizeof(*pairs->is_signed));
	for (uint32_t k = 0; k < problem->n_offers; k++)
		pairs->start[problem->offers[k].product + 2]++;
	for (uint32_t p = 0; p < problem->n_products; p++)
		pairs->start[p + 2] += pairs->start[p + 1];
	/* start[p + 1] moves from the first to the last offer of p: then start[p] is the first of p. */
	for (uint32_t k = 0; k < problem->n_offers; k++)
		pairs->offers[pairs->start[problem->offers[k].product + 1]++] = k;
	for (uint32_t i = 0; i < problem->n_commitments; i++)
		pairs->is_signed[i] = &problem->commitments[i];
	qsort(pairs->is_signed, problem->n_commitments, sizeof(*pairs->is_signed), by_signed);
}

void check_pairs_done(struct check_pairs *pairs)
{
	free(pairs->start);
	free(pairs->offers);
	free(pairs->is_signed);
	free(pairs->list);
	*pairs = (struct check_pairs){0};
}

bool check_tier(int64_t *from, int64_t *top, const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, uint32_t s)
{
	const struct zv_plan_tier *tier = &problem->tiers[offer->first_tier + s];

	*from = tier->from > offer->moq ? tier->from : offer->moq;
	*top = s + 1 == offer->n_tiers || tier[1].from > offer->max ? offer->max : tier[1].from - 1;
	return *from <= *top;
}

zv_i128 check_units(const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, uint32_t s, int64_t qty)
{
	const struct zv_plan_tier *tiers = &problem->tiers[offer->first_tier];
	zv_i128 cost = 0;
	int64_t at = 0;

	if (!offer->incremental)
		return (zv_i128)tiers[s].price * qty;
	for (uint32_t i = 0; i < s; i++) {
		cost += (zv_i128)tiers[i].price * (tiers[i + 1].from - at);
		at = tiers[i + 1].from;
	}
	return cost + (zv_i128)tiers[s].price * (qty - at);
}

static zv_i128 floor_div(zv_i128 a, int64_t b)
{
	return a >= 0 ? a / b : -((-a + b - 1) / b);
}

int64_t check_lowest(const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, uint32_t s)
{
	int64_t from, top, at_from, at_top;

	if (!offer->incremental || !check_tier(&from, &top, problem, offer, s))
		return problem->tiers[offer->first_tier + s].price;
	at_from = (int64_t)floor_div(check_units(problem, offer, s, from), from);
	at_top = (int64_t)floor_div(check_units(problem, offer, s, top), top);
	return at_from < at_top ? at_from : at_top;
}

/* A4 with A3 and the horizon. */
static bool in_time(const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, const struct zv_plan_need *need, int32_t period)
{
	return period >= 0 && period < problem->n_periods && period >= offer->from && period <= offer->until && period + offer->lead >= need->earliest &&
	       period + offer->lead <= need->due;
}

bool check_may_flow(const struct zv_plan_problem *problem, const struct check_pair *pair, int32_t period, uint32_t s)
{
	const struct zv_plan_offer *offer = &problem->offers[pair->offer];
	const struct zv_plan_need *need = &problem->needs[pair->need];
	int64_t least = need->single ? need->qty : 1;
	int64_t from, top, room;

	if (!in_time(problem, offer, need, period) || !check_tier(&from, &top, problem, offer, s))
		return false;
	if (pair->add + (pair->fixed ? 0 : check_lowest(problem, offer, s)) > need->ceiling || least > top)
		return false;
	if (offer->resource == ZV_PLAN_NONE)
		return true;
	room = problem->capacity_uh[(size_t)offer->resource * (size_t)problem->n_periods + (size_t)period] - offer->setup_uh;
	return offer->hours_uh == 0 || (zv_i128)offer->hours_uh * least <= (zv_i128)room * ZV_PLAN_UNIT;
}

static bool is_signed(const struct check_pairs *pairs, uint32_t need, uint32_t offer)
{
	const struct zv_plan_commitment key = {.need = need, .offer = offer};
	const struct zv_plan_commitment *at = &key;

	return bsearch(&at, pairs->is_signed, pairs->problem->n_commitments, sizeof(*pairs->is_signed), by_signed) != NULL;
}

static void add_offer(struct check_pairs *pairs, uint32_t need, uint32_t offer, size_t *n_signed)
{
	const struct zv_plan_problem *p = pairs->problem;
	const struct zv_plan_need *to = &p->needs[need];
	const struct zv_plan_offer *of = &p->offers[offer];
	struct check_pair pair = {.need = need, .offer = offer};
	bool kept, fits = false;

	if (p->products[of->product].controlled && (!to->licensed || !p->makers[of->maker].licensed))
		return;
	for (int32_t t = 0; t < p->n_periods && !fits; t++)
		fits = in_time(p, of, to, t);
	if (!fits)
		return;
	pair.add = zv_plan_freight(&pair.fixed, p, offer, need);
	pair.key = pair.add + (pair.fixed ? 0 : check_lowest(p, of, of->n_tiers - 1));
	kept = p->n_commitments > 0 && is_signed(pairs, need, offer);
	if (!kept && pair.key > to->ceiling)
		return;
	if (pairs->n == pairs->cap) {
		pairs->cap = pairs->cap * 2 + 16;
		pairs->list = zv_reallocarray(pairs->list, pairs->cap, sizeof(*pairs->list));
	}
	pairs->list[pairs->n++] = pair;
	if (kept) {
		struct check_pair other = pairs->list[*n_signed];

		pairs->list[*n_signed] = pair;
		pairs->list[pairs->n - 1] = other;
		(*n_signed)++;
	}
}

/* The cheapest first, ties by the offer's number. */
static int by_key(const void *a, const void *b)
{
	const struct check_pair *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->offer < y->offer ? -1 : x->offer > y->offer;
}

static uint32_t first_substitute(const struct zv_plan_problem *p, uint32_t product)
{
	uint32_t lo = 0, hi = p->n_substitutes;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (p->substitutes[mid].product < product)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void check_pairs_of(struct check_pairs *pairs, uint32_t need)
{
	const struct zv_plan_problem *p = pairs->problem;
	uint32_t product = p->needs[need].product;
	size_t n_signed = 0;

	pairs->n = 0;
	for (uint32_t i = pairs->start[product]; i < pairs->start[product + 1]; i++)
		add_offer(pairs, need, pairs->offers[i], &n_signed);
	for (uint32_t q = first_substitute(p, product); q < p->n_substitutes && p->substitutes[q].product == product; q++) {
		uint32_t with = p->substitutes[q].with;

		for (uint32_t i = pairs->start[with]; i < pairs->start[with + 1]; i++)
			add_offer(pairs, need, pairs->offers[i], &n_signed);
	}
	if (p->candidates > 0 && pairs->n - n_signed > p->candidates) {
		qsort(pairs->list + n_signed, pairs->n - n_signed, sizeof(*pairs->list), by_key);
		pairs->n = n_signed + p->candidates;
	}
}
