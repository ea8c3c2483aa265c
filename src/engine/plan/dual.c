/* The prices: evaluates every (offer, period) by itself and moves the prices towards balance. */
#include "engine/plan/dual.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const double MICRO = 1e-6;

enum { SHIFTS_PER_PAIR = 12 };

static const double AVERAGE = 0.12;      /* weight of the newest solution in the averaged one */
static const double HOURS_FIRST = 0.05, HOURS_HALF = 50, HOURS_AVERAGE = 0.3;
static const double STEEPEST = 0.1; /* no price moves by more than this part of its penalty at once */
static const double PACE_FIRST = 0.006, PACE_WARM = 2e-5, PACE_LAST = 3e-7; /* parts of the penalties of the group that a step aims at */

/* Room of one thread. */
struct room {
	struct plan_dual *dual;
	double *key; /* of the pairs of the offer at hand */
	uint32_t *order;
	struct plan_pair *copy;
	uint32_t first, last; /* groups */
};

/* --- one offer ------------------------------------------------------------------------------------------------------------------ */

static int by_key_desc(const void *a, const void *b, void *keys)
{
	const double *key = keys;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (key[x] != key[y])
		return key[x] > key[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void sort_anew(struct room *room, struct plan_pair *pairs, uint32_t n)
{
	double *key = room->key;

	for (uint32_t j = 0; j < n; j++)
		room->order[j] = j;
	qsort_r(room->order, n, sizeof(*room->order), by_key_desc, key);
	for (uint32_t j = 0; j < n; j++) {
		room->copy[j] = pairs[room->order[j]];
		key[n + j] = key[room->order[j]];
	}
	memcpy(pairs, room->copy, n * sizeof(*pairs));
	memcpy(key, key + n, n * sizeof(*key));
}

/* By falling key. The order of the last time is nearly right. */
static void sort_pairs(struct room *room, struct plan_pair *pairs, uint32_t n)
{
	double *key = room->key;
	uint64_t shifts = 0;

	for (uint32_t j = 1; j < n; j++) {
		double at = key[j];
		struct plan_pair pair = pairs[j];
		uint32_t i = j;

		if (key[j - 1] >= at)
			continue;
		for (; i > 0 && key[i - 1] < at; i--) {
			key[i] = key[i - 1];
			pairs[i] = pairs[i - 1];
		}
		key[i] = at;
		pairs[i] = pair;
		shifts += j - i;
		if (shifts > (uint64_t)SHIFTS_PER_PAIR * n + 64) {
			sort_anew(room, pairs, n);
			return;
		}
	}
}

struct serving {
	const struct plan_dual *dual;
	const struct plan_pair *pairs;
	const double *key;
	uint32_t n;
	int period;
	uint32_t tier;
	double price;  /* of the tier and its hours, per unit */
	double b, cap; /* units */
	double kept;   /* units of signed flows */
};

/* What the slot earns at a tier before its fixed cost; -HUGE_VAL: the tier cannot be filled. *n_used: pairs looked at. */
static double earn(const struct serving *s, uint32_t *n_used)
{
	double earned = 0, qty = s->kept;
	uint32_t j;

	for (j = 0; j < s->n && qty < s->cap; j++) {
		const struct plan_pair *pair = &s->pairs[j];
		double margin = s->key[j] - s->price;
		double take;

		if (margin <= 0 && qty >= s->b)
			break;
		if (pair->lo > s->period || pair->hi < s->period || !(pair->tiers >> s->tier & 1))
			continue;
		take = s->dual->needs[pair->need].qty;
		if (take > s->cap - qty)
			take = s->cap - qty;
		if (margin <= 0 && take > s->b - qty)
			take = s->b - qty;
		earned += margin * take;
		qty += take;
	}
	*n_used = j;
	return qty >= s->b * (1 - 1e-12) && s->kept <= s->cap ? earned : -HUGE_VAL;
}

static double serve(const struct serving *s, uint32_t n_used)
{
	double qty = s->kept;

	for (uint32_t j = 0; j < n_used; j++) {
		const struct plan_pair *pair = &s->pairs[j];
		double margin = s->key[j] - s->price;
		double take;

		if (pair->lo > s->period || pair->hi < s->period || !(pair->tiers >> s->tier & 1))
			continue;
		take = s->dual->needs[pair->need].qty;
		if (take > s->cap - qty)
			take = s->cap - qty;
		if (margin <= 0 && take > s->b - qty)
			take = s->b - qty;
		s->dual->now[pair->need] -= take;
		qty += take;
	}
	return qty;
}

/* The signed flows of a slot: how much, and what they cost at a tier besides the tier's price. */
static double kept_of(double *qty, uint32_t *tiers, const struct plan_arcs *arcs, uint32_t slot)
{
	uint32_t lo = 0, hi = arcs->n_kept;
	double cost = 0;

	*qty = 0;
	*tiers = 0xffff;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (arcs->kept[mid].slot < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < arcs->n_kept && arcs->kept[lo].slot == slot; lo++) {
		const struct plan_signed *kept = &arcs->kept[lo];
		double units = (double)kept->qty * MICRO;

		*qty += units;
		*tiers &= kept->tiers;
		cost += units * (double)kept->add * MICRO;
	}
	return cost;
}

struct offer_room {
	uint32_t o;
	const struct zv_plan_offer *offer;
	const struct plan_tier *tiers;
	uint32_t first; /* pair */
	uint32_t n;
};

/* One slot: its value (at most 0 unless it must be launched), its flows taken from `now`. */
static double evaluate_slot(struct room *room, const struct offer_room *of, uint32_t slot, int period)
{
	struct plan_dual *dual = room->dual;
	const struct zv_plan_problem *p = dual->arcs->problem;
	size_t hour = (size_t)of->offer->resource * (size_t)p->n_periods + (size_t)period;
	bool timed = of->offer->resource != ZV_PLAN_NONE;
	double mu = timed ? dual->mu[hour] : 0;
	double hours = timed ? (double)of->offer->hours_uh * MICRO : 0, setup = timed ? (double)of->offer->setup_uh * MICRO : 0;
	double room_for = timed ? (double)p->capacity_uh[hour] * MICRO - setup : HUGE_VAL;
	struct serving s = {.dual = dual, .pairs = dual->arcs->pairs + of->first, .key = room->key, .n = of->n, .period = period}, best = {0};
	double best_value = 0, kept_cost = 0;
	uint32_t best_used = 0, kept_tiers = 0xffff, best_tier = ZV_PLAN_NONE;
	float *launches = &dual->launches[dual->launch[of->o] + (slot - dual->arcs->slot[of->o]) * of->offer->n_tiers];

	if (dual->arcs->n_kept > 0)
		kept_cost = kept_of(&s.kept, &kept_tiers, dual->arcs, slot);
	if (s.kept > 0)
		best_value = HUGE_VAL;
	for (uint32_t t = 0; t < of->offer->n_tiers && room_for > 0; t++) {
		const struct plan_tier *tier = &of->tiers[t];
		uint32_t used;
		double value;

		s.tier = t;
		s.b = (double)tier->b * MICRO;
		s.cap = (double)tier->top * MICRO;
		if (hours > 0 && s.cap > room_for / hours)
			s.cap = room_for / hours;
		if (s.cap < s.b || !(kept_tiers >> t & 1))
			continue;
		s.price = (double)tier->price * MICRO + mu * hours;
		value = (double)tier->fixed * 1e-12 + mu * setup + s.kept * s.price + kept_cost - earn(&s, &used);
		if (value < best_value) {
			best_value = value;
			best = s;
			best_used = used;
			best_tier = t;
		}
	}
	for (uint32_t t = 0; t < of->offer->n_tiers; t++)
		launches[t] = launches[t] * (float)(1 - AVERAGE) + (t == best_tier ? (float)AVERAGE : 0);
	dual->hours[slot] = 0;
	if (best_tier == ZV_PLAN_NONE)
		return s.kept > 0 ? 0 : best_value;
	dual->hours[slot] = setup + hours * serve(&best, best_used);
	return best_value;
}

/* No order of this offer can earn its launch when even all needs at the lowest price, in every period, do not. */
static bool hopeless(struct room *room, const struct offer_room *of)
{
	const struct plan_dual *dual = room->dual;
	const struct plan_pair *pairs = dual->arcs->pairs + of->first;
	double least = HUGE_VAL, fixed = HUGE_VAL, all = 0;

	for (uint32_t t = 0; t < of->offer->n_tiers; t++) {
		least = fmin(least, (double)of->tiers[t].price * MICRO);
		fixed = fmin(fixed, (double)of->tiers[t].fixed * 1e-12);
	}
	for (uint32_t j = 0; j < of->n; j++) {
		const struct plan_dual_need *need = &dual->needs[pairs[j].need];
		double key = need->price - (double)pairs[j].add * MICRO;

		key += pairs[j].tiers & PLAN_FIXED ? (double)of->tiers[0].price * MICRO : 0;
		room->key[j] = key;
		all += key > least ? (key - least) * need->qty : 0;
	}
	return all <= fixed && dual->arcs->n_kept == 0;
}

static double evaluate_offer(struct room *room, uint32_t o)
{
	struct plan_dual *dual = room->dual;
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_offer *offer = &arcs->problem->offers[arcs->offers[o]];
	struct offer_room of = {o, offer, arcs->tiers + offer->first_tier, arcs->pair[o], arcs->pair[o + 1] - arcs->pair[o]};
	double sum = 0;

	if (of.n == 0)
		return 0;
	if (hopeless(room, &of)) {
		for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
			dual->hours[slot] = 0;
		for (uint32_t i = dual->launch[o]; i < dual->launch[o + 1]; i++)
			dual->launches[i] *= (float)(1 - AVERAGE);
		return 0;
	}
	sort_pairs(room, arcs->pairs + of.first, of.n);
	for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
		sum += evaluate_slot(room, &of, slot, arcs->from[o] + (int)(slot - arcs->slot[o]));
	return sum;
}

/* --- groups and threads ------------------------------------------------------------------------------------------------------ */

static void evaluate_group(struct room *room, uint32_t g)
{
	struct plan_dual *dual = room->dual;
	const struct plan_arcs *arcs = dual->arcs;
	double value = 0;

	for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
		dual->now[i] = dual->needs[i].qty;
		value += dual->needs[i].price * dual->needs[i].qty;
	}
	for (uint32_t o = arcs->group_offer[g]; o < arcs->group_offer[g + 1]; o++)
		value += evaluate_offer(room, o);
	dual->groups[g].value = value;
}

/* The step of a group: lambda moves by pace x scale / |way|^2 in the metric of relative imbalance times price. */
static void step_group(struct plan_dual *dual, uint32_t g)
{
	const struct plan_arcs *arcs = dual->arcs;
	struct plan_dual_group *group = &dual->groups[g];
	double norm = 0, step;

	for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
		dual->way[i] += AVERAGE * (dual->now[i] - dual->way[i]);
		if (dual->needs[i].qty > 0 && !(dual->way[i] > 0 && dual->needs[i].price >= dual->penalty[i]))
			norm += dual->penalty[i] * dual->way[i] * dual->way[i] / dual->needs[i].qty;
	}
	if (norm <= 0)
		return;
	step = dual->pace * group->scale / norm;
	for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
		struct plan_dual_need *need = &dual->needs[i];

		if (need->qty <= 0)
			continue;
		need->price += dual->penalty[i] * fmax(-STEEPEST, fmin(STEEPEST, step * dual->way[i] / need->qty));
		if (need->price > dual->penalty[i])
			need->price = dual->penalty[i];
	}
}

static void *evaluate_groups(void *argument)
{
	struct room *room = argument;

	for (uint32_t g = room->first; g < room->last; g++)
		evaluate_group(room, g);
	return NULL;
}

static void evaluate(struct plan_dual *dual)
{
	struct plan_arcs *arcs = dual->arcs;
	uint32_t n = dual->threads > 1 ? (uint32_t)dual->threads : 1, longest = 0;
	struct room *rooms = zv_calloc(n, sizeof(*rooms));
	pthread_t *threads = zv_calloc(n, sizeof(*threads));
	bool *runs = zv_calloc(n, sizeof(*runs));

	for (uint32_t o = 0; o < arcs->n_offers; o++)
		if (arcs->pair[o + 1] - arcs->pair[o] > longest)
			longest = arcs->pair[o + 1] - arcs->pair[o];
	for (uint32_t r = 0, g = 0; r < n; r++) {
		struct room *room = &rooms[r];
		uint64_t until = (uint64_t)arcs->n_pairs * (r + 1) / n;

		room->dual = dual;
		room->key = zv_reallocarray(NULL, 2 * (size_t)longest + 2, sizeof(*room->key));
		room->order = zv_reallocarray(NULL, (size_t)longest + 1, sizeof(*room->order));
		room->copy = zv_reallocarray(NULL, (size_t)longest + 1, sizeof(*room->copy));
		room->first = g;
		while (g < arcs->n_groups && (r + 1 == n || arcs->pair[arcs->group_offer[g + 1]] <= until))
			g++;
		room->last = g;
	}
	for (uint32_t r = 1; r < n; r++)
		runs[r] = pthread_create(&threads[r], NULL, evaluate_groups, &rooms[r]) == 0;
	evaluate_groups(&rooms[0]);
	for (uint32_t r = 1; r < n; r++) {
		if (runs[r])
			pthread_join(threads[r], NULL);
		else
			evaluate_groups(&rooms[r]);
	}
	for (uint32_t r = 0; r < n; r++) {
		free(rooms[r].key);
		free(rooms[r].order);
		free(rooms[r].copy);
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
		double capacity = (double)p->capacity_uh[i] * MICRO;
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

void plan_dual_step(struct plan_dual *dual)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;
	double *used;

	dual->pace = dual->first_pace * pow(PACE_LAST / dual->first_pace, fmin(1, (double)dual->iterations / (double)dual->budget));
	evaluate(dual);
	dual->value = 0;
	for (uint32_t g = 0; g < arcs->n_groups; g++)
		dual->value += dual->groups[g].value;
	for (size_t i = 0; i < n; i++)
		dual->value -= dual->mu[i] * (double)p->capacity_uh[i] * MICRO;
	remember(dual);
	for (uint32_t g = 0; g < arcs->n_groups; g++)
		step_group(dual, g);
	if (!dual->fixed_mu && n > 0) {
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
	evaluate(dual);
	dual->best_value = 0;
	for (uint32_t g = 0; g < arcs->n_groups; g++) {
		dual->groups[g].best = dual->groups[g].value;
		dual->best_value += dual->groups[g].value;
	}
	for (size_t i = 0; i < n; i++)
		dual->best_value -= dual->mu[i] * (double)p->capacity_uh[i] * MICRO;
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
			double price = (double)plan_price(pair, tier) * MICRO + share;

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
	dual->penalty = zv_calloc((size_t)arcs->n_needs + 1, sizeof(double));
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
		dual->penalty[i] = (double)p->needs[arcs->outer[i]].penalty * MICRO;
		dual->needs[i] = (struct plan_dual_need){dual->penalty[i], (double)arcs->qty[i] * MICRO};
	}
	first_prices(dual);
	for (uint32_t g = 0; g < arcs->n_groups; g++) {
		struct plan_dual_group *group = &dual->groups[g];

		group->best = -HUGE_VAL;
		for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++)
			group->scale += dual->penalty[i] * dual->needs[i].qty;
	}
	return dual;
}

void plan_dual_warm(struct plan_dual *dual, const int64_t *need_price, const int64_t *hour_price)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;

	for (uint32_t i = 0; i < arcs->n_needs; i++)
		if (need_price[arcs->outer[i]] != INT64_MIN)
			dual->needs[i].price = fmin(dual->penalty[i], (double)need_price[arcs->outer[i]] * MICRO);
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++)
		if (hour_price != NULL && hour_price[i] >= 0)
			dual->mu[i] = (double)hour_price[i] * MICRO;
	dual->first_pace = PACE_WARM;
}

void plan_dual_close(struct plan_dual *dual)
{
	if (dual == NULL)
		return;
	free(dual->needs);
	free(dual->best);
	free(dual->penalty);
	free(dual->way);
	free(dual->now);
	free(dual->mu);
	free(dual->best_mu);
	free(dual->mu_way);
	free(dual->hours);
	free(dual->launch);
	free(dual->launches);
	free(dual->groups);
	free(dual);
}
