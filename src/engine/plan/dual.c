/* The prices: evaluates every (offer, period) by itself and moves the prices towards balance. */
#include "engine/plan/dual.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/dual_inner.h"

static const double HOURS_FIRST = 0.05, HOURS_HALF = 50, HOURS_AVERAGE = 0.3;
static const double STEEPEST = 0.1; /* no price moves by more than this part of its need's worth at once */
static const double WORTH = 4; /* first prices that a need is worth at most, and never more than its penalty */
static const double PACE_FIRST = 0.006, PACE_WARM = 2e-5, PACE_LAST = 3e-7; /* parts of the worth of the group's needs that a step aims at */

/* --- groups and threads ------------------------------------------------------------------------------------------------------ */

static void evaluate_group(struct dual_room *room, uint32_t g)
{
	struct plan_dual *dual = room->dual;
	const struct plan_arcs *arcs = dual->arcs;
	double value = 0;

	for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
		dual->now[i] = dual->needs[i].qty;
		value += dual->needs[i].price * dual->needs[i].qty;
	}
	for (uint32_t o = arcs->group_offer[g]; o < arcs->group_offer[g + 1]; o++)
		value += dual_evaluate_offer(room, o);
	dual->groups[g].value = value;
}

/* Roubles per unit above which a need is rather not covered. Where it is far above what a need is worth, it says nothing about how its price should move. */
static double highest_price(const struct plan_dual *dual, uint32_t need)
{
	return (double)dual->arcs->problem->needs[dual->arcs->outer[need]].penalty * DUAL_MICRO;
}

static bool is_highest(const struct plan_dual *dual, uint32_t need)
{
	return dual->needs[need].price >= dual->worth[need] && dual->needs[need].price >= highest_price(dual, need);
}

/* The step of a group: lambda moves by pace x scale / |way|^2 in the metric of relative imbalance times price. */
static void step_group(struct plan_dual *dual, uint32_t g)
{
	const struct plan_arcs *arcs = dual->arcs;
	struct plan_dual_group *group = &dual->groups[g];
	double norm = 0, step;

	for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
		dual->way[i] += DUAL_AVERAGE * (dual->now[i] - dual->way[i]);
		if (dual->needs[i].qty > 0 && !(dual->way[i] > 0 && is_highest(dual, i)))
			norm += dual->worth[i] * dual->way[i] * dual->way[i] / dual->needs[i].qty;
	}
	if (norm <= 0)
		return;
	step = dual->pace * group->scale / norm;
	for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
		struct plan_dual_need *need = &dual->needs[i];

		if (need->qty <= 0)
			continue;
		need->price += dual->worth[i] * fmax(-STEEPEST, fmin(STEEPEST, step * dual->way[i] / need->qty));
		if (is_highest(dual, i))
			need->price = highest_price(dual, i);
	}
}

static void *evaluate_groups(void *argument)
{
	struct dual_room *room = argument;

	for (uint32_t g = room->first; g < room->last; g++)
		evaluate_group(room, g);
	return NULL;
}

static uint32_t pairs_of(const struct plan_dual *dual, bool sites, uint32_t i)
{
	const struct plan_arcs *arcs = dual->arcs;

	return sites ? plan_site_pairs(&dual->sites, arcs, i) : arcs->pair[arcs->group_offer[i + 1]] - arcs->pair[arcs->group_offer[i]];
}

void dual_run(struct plan_dual *dual, void *(*job)(void *room), bool sites)
{
	const struct plan_arcs *arcs = dual->arcs;
	uint32_t n = dual->threads > 1 ? (uint32_t)dual->threads : 1, n_parts = sites ? dual->sites.n : arcs->n_groups, longest = 0, keys = 0;
	struct dual_room *rooms = zv_calloc(n, sizeof(*rooms));
	pthread_t *threads = zv_calloc(n, sizeof(*threads));
	bool *runs = zv_calloc(n, sizeof(*runs));
	uint64_t pairs = 0;

	for (uint32_t o = 0; o < arcs->n_offers; o++)
		longest = arcs->pair[o + 1] - arcs->pair[o] > longest ? arcs->pair[o + 1] - arcs->pair[o] : longest;
	for (uint32_t i = 0; sites && i < n_parts; i++)
		keys = pairs_of(dual, true, i) > keys ? pairs_of(dual, true, i) : keys;
	for (uint32_t r = 0, at = 0; r < n; r++) {
		struct dual_room *room = &rooms[r];
		uint64_t until = r + 1 == n ? UINT64_MAX : (uint64_t)arcs->n_pairs * (r + 1) / n;

		room->dual = dual;
		room->key = zv_reallocarray(NULL, (size_t)(sites ? keys : longest) + 1, sizeof(*room->key));
		room->key_copy = zv_reallocarray(NULL, (size_t)longest + 1, sizeof(*room->key_copy));
		room->order = zv_reallocarray(NULL, (size_t)longest + 1, sizeof(*room->order));
		room->copy = zv_reallocarray(NULL, (size_t)longest + 1, sizeof(*room->copy));
		room->first = at;
		for (; at < n_parts && pairs < until; at++)
			pairs += pairs_of(dual, sites, at);
		room->last = at;
	}
	for (uint32_t r = 1; r < n; r++)
		runs[r] = pthread_create(&threads[r], NULL, job, &rooms[r]) == 0;
	job(&rooms[0]);
	for (uint32_t r = 1; r < n; r++) {
		if (runs[r])
			pthread_join(threads[r], NULL);
		else
			job(&rooms[r]);
	}
	for (uint32_t r = 0; r < n; r++) {
		free(rooms[r].key);
		free(rooms[r].key_copy);
		free(rooms[r].order);
		free(rooms[r].copy);
		joint_done(&rooms[r].joint);
	}
	free(rooms);
	free(threads);
	free(runs);
}

/* --- hours ------------------------------------------------------------------------------------------------------------------------ */

/* Hours are dearer where more are used than there are, by a part of their price scale that falls with the iterations. */
static void step_hours(struct plan_dual *dual, const double *used)
{
	const struct zv_plan_problem *p = dual->arcs->problem;
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;
	double step = HOURS_FIRST / (1 + (double)dual->iterations / HOURS_HALF);

	for (size_t i = 0; i < n; i++) {
		double capacity = (double)p->capacity_uh[i] * DUAL_MICRO;
		double way;

		if (capacity <= 0)
			continue;
		dual->mu_way[i] += HOURS_AVERAGE * (used[i] / capacity - 1 - dual->mu_way[i]);
		way = fmax(-1, fmin(1, dual->mu_way[i]));
		dual->mu[i] = fmax(0, dual->mu[i] + step * used[n + i] * way);
	}
}

/* Per (resource, period): hours used; behind them a price scale, roubles per hour. */
static double *hours_used(const struct plan_dual *dual)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;
	double *used = zv_calloc(2 * n + 1, sizeof(*used));

	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		const struct zv_plan_offer *offer = &p->offers[arcs->offers[o]];

		if (offer->resource == ZV_PLAN_NONE)
			continue;
		for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++) {
			size_t at = (size_t)offer->resource * (size_t)p->n_periods + (size_t)arcs->from[o] + (slot - arcs->slot[o]);
			double scale = offer->hours_uh > 0 ? (double)arcs->tiers[offer->first_tier].price / (double)offer->hours_uh : 0;

			used[at] += dual->hours[slot];
			if (scale > used[n + at])
				used[n + at] = scale;
		}
	}
	return used;
}

/* --- the step ---------------------------------------------------------------------------------------------------------------------- */

static void remember(struct plan_dual *dual)
{
	const struct plan_arcs *arcs = dual->arcs;
	size_t n = (size_t)arcs->problem->n_resources * (size_t)arcs->problem->n_periods;
	bool all = !dual->fixed_mu && dual->value > dual->best_value;

	if (all) {
		dual->best_value = dual->value;
		memcpy(dual->best_mu, dual->mu, n * sizeof(*dual->mu));
	}
	for (uint32_t g = 0; g < arcs->n_groups; g++) {
		struct plan_dual_group *group = &dual->groups[g];
		bool better = group->value > group->best + 1e-9 * fabs(group->best);

		if (better && dual->fixed_mu)
			dual->best_value += group->value - group->best;
		if (better)
			group->best = group->value;
		if (all || (better && dual->fixed_mu))
			for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++)
				dual->best[i] = dual->needs[i].price;
	}
}

/* All groups together when the hours have their price. */
static double priced_value(const struct plan_dual *dual)
{
	const struct zv_plan_problem *p = dual->arcs->problem;
	double value = 0;

	for (uint32_t g = 0; g < dual->arcs->n_groups; g++)
		value += dual->groups[g].value;
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++)
		value -= dual->mu[i] * (double)p->capacity_uh[i] * DUAL_MICRO;
	return value;
}

void plan_dual_step(struct plan_dual *dual)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;
	double *used;

	dual->pace = dual->first_pace * pow(PACE_LAST / dual->first_pace, fmin(1, (double)dual->iterations / (double)dual->budget));
	if (dual->joint) {
		dual->value = dual_evaluate_joint(dual);
	} else {
		dual_run(dual, evaluate_groups, false);
		dual->value = priced_value(dual);
	}
	remember(dual);
	for (uint32_t g = 0; g < arcs->n_groups; g++)
		step_group(dual, g);
	if (!dual->fixed_mu && !dual->joint && n > 0) {
		used = hours_used(dual);
		step_hours(dual, used);
		free(used);
	}
	dual->iterations++;
}

void plan_dual_fix_hours(struct plan_dual *dual)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;

	memcpy(dual->mu, dual->best_mu, n * sizeof(*dual->mu));
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		dual->needs[i].price = dual->best[i];
	dual->fixed_mu = true;
	dual_run(dual, evaluate_groups, false);
	dual->best_value = 0;
	for (uint32_t g = 0; g < arcs->n_groups; g++) {
		dual->groups[g].best = dual->groups[g].value;
		dual->best_value += dual->groups[g].value;
	}
	for (size_t i = 0; i < n; i++)
		dual->best_value -= dual->mu[i] * (double)p->capacity_uh[i] * DUAL_MICRO;
}

void plan_dual_join(struct plan_dual *dual)
{
	memcpy(dual->mu, dual->best_mu, (size_t)dual->arcs->problem->n_resources * (size_t)dual->arcs->problem->n_periods * sizeof(*dual->mu));
	for (uint32_t i = 0; i < dual->arcs->n_needs; i++)
		dual->needs[i].price = dual->best[i];
	dual->joint = true;
	dual->slot_tier = zv_calloc((size_t)dual->arcs->n_slots + 1, sizeof(*dual->slot_tier));
	dual->slot_qty = zv_calloc((size_t)dual->arcs->n_slots + 1, sizeof(*dual->slot_qty));
	plan_sites_open(&dual->sites, dual->arcs);
	dual->site_value = zv_calloc((size_t)dual->sites.n + 1, sizeof(*dual->site_value));
}

/* --- open and close ------------------------------------------------------------------------------------------------------------- */

/* Prices to begin with: what a full first order would charge, or the penalty where that is less. */
static void first_prices(struct plan_dual *dual)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;

	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		const struct zv_plan_offer *offer = &p->offers[arcs->offers[o]];
		const struct plan_tier *tier = &arcs->tiers[offer->first_tier + offer->n_tiers - 1];
		double share = (double)offer->launch / ((double)tier->top + 1);

		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			const struct plan_pair *pair = &arcs->pairs[j];
			double price = (double)plan_price(pair, tier) * DUAL_MICRO + share;

			if (price < dual->needs[pair->need].price)
				dual->needs[pair->need].price = price;
		}
	}
}

struct plan_dual *plan_dual_open(struct plan_arcs *arcs, int32_t threads, int64_t budget)
{
	struct plan_dual *dual = zv_calloc(1, sizeof(*dual));
	const struct zv_plan_problem *p = arcs->problem;
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;
	uint32_t launches = 0;

	*dual = (struct plan_dual){.arcs = arcs, .threads = threads, .budget = budget, .first_pace = PACE_FIRST, .best_value = -HUGE_VAL};
	dual->needs = zv_calloc((size_t)arcs->n_needs + 1, sizeof(*dual->needs));
	dual->best = zv_calloc((size_t)arcs->n_needs + 1, sizeof(double));
	dual->worth = zv_calloc((size_t)arcs->n_needs + 1, sizeof(double));
	dual->way = zv_calloc((size_t)arcs->n_needs + 1, sizeof(double));
	dual->now = zv_calloc((size_t)arcs->n_needs + 1, sizeof(double));
	dual->mu = zv_calloc(n + 1, sizeof(double));
	dual->best_mu = zv_calloc(n + 1, sizeof(double));
	dual->mu_way = zv_calloc(n + 1, sizeof(double));
	dual->hours = zv_calloc((size_t)arcs->n_slots + 1, sizeof(double));
	dual->launch = zv_calloc((size_t)arcs->n_offers + 1, sizeof(*dual->launch));
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		dual->launch[o] = launches;
		launches += (arcs->slot[o + 1] - arcs->slot[o]) * p->offers[arcs->offers[o]].n_tiers;
	}
	dual->launch[arcs->n_offers] = launches;
	dual->launches = zv_calloc((size_t)launches + 1, sizeof(*dual->launches));
	dual->groups = zv_calloc((size_t)arcs->n_groups + 1, sizeof(*dual->groups));
	for (uint32_t i = 0; i < arcs->n_needs; i++) {
		dual->worth[i] = highest_price(dual, i);
		dual->needs[i] = (struct plan_dual_need){dual->worth[i], (double)arcs->qty[i] * DUAL_MICRO};
	}
	first_prices(dual);
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		if (dual->needs[i].price > 0)
			dual->worth[i] = fmin(dual->worth[i], WORTH * dual->needs[i].price);
	for (uint32_t g = 0; g < arcs->n_groups; g++) {
		struct plan_dual_group *group = &dual->groups[g];

		group->best = -HUGE_VAL;
		for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++)
			group->scale += dual->worth[i] * dual->needs[i].qty;
	}
	return dual;
}

void plan_dual_warm(struct plan_dual *dual, const int64_t *need_price, const int64_t *hour_price)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;

	for (uint32_t i = 0; i < arcs->n_needs; i++)
		if (need_price[arcs->outer[i]] != INT64_MIN)
			dual->needs[i].price = fmin(highest_price(dual, i), (double)need_price[arcs->outer[i]] * DUAL_MICRO);
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++)
		if (hour_price != NULL && hour_price[i] >= 0)
			dual->mu[i] = (double)hour_price[i] * DUAL_MICRO;
	dual->first_pace = PACE_WARM;
}

void plan_dual_settle(struct plan_dual *dual)
{
	free(dual->best);
	free(dual->worth);
	free(dual->way);
	free(dual->now);
	free(dual->mu);
	free(dual->best_mu);
	free(dual->mu_way);
	free(dual->hours);
	free(dual->slot_tier);
	free(dual->slot_qty);
	free(dual->site_value);
	plan_sites_done(&dual->sites);
	free(dual->groups);
	*dual = (struct plan_dual){.arcs = dual->arcs, .needs = dual->needs, .launch = dual->launch, .launches = dual->launches, .iterations = dual->iterations};
}

void plan_dual_close(struct plan_dual *dual)
{
	if (dual == NULL)
		return;
	plan_dual_settle(dual);
	free(dual->needs);
	free(dual->launch);
	free(dual->launches);
	free(dual);
}
