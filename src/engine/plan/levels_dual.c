/* Prices of needs, inputs and hours together: a subgradient averaged over the iterations, with Polyak steps from the best point. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

static const double MICRO = 1e-6;
static const double NO_VALUE = 1e-3, MEASURE = 0.05;
static const double REACH_FIRST = 0.2, REACH_AGAIN = 0.02, REACH_LEAST = 1e-6, REACH_FALL = 0.75;
/* Weight of the newest subgradient, by round: flat problems want long memories, those with large launches short ones. */
static const double WEIGHTS[] = {0.2, 0.5, 0.1, 1};

enum { PATIENCE = 20, TRUST = 120, SHIFTS_PER_PAIR = 12 };

/* The dearest delivered price of each wide need without inputs: what its price is measured by. */
static void set_scales(struct plan_ascent *a)
{
	const struct plan_arcs *arcs = a->wide->arcs;
	const struct zv_plan_problem *p = &a->wide->problem;
	double dearest = 0;

	for (uint32_t i = 0; i < p->n_needs; i++)
		a->scale[i] = 0;
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		const struct zv_plan_offer *offer = &p->offers[arcs->offers[o]];

		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			const struct plan_pair *pair = &arcs->pairs[j];
			uint32_t i = arcs->outer[pair->need];
			double price = (double)plan_price(pair, &arcs->tiers[offer->first_tier]) * MICRO;

			a->scale[i] = fmax(a->scale[i], price + 0.2 * (double)offer->launch * MICRO / ((double)offer->max * MICRO));
		}
	}
	for (uint32_t i = 0; i < p->n_needs; i++) {
		const struct zv_plan_need *need = &p->needs[i];
		double penalty = (double)need->penalty * MICRO;

		if (need->penalty == PLAN_NODE_MAX)
			a->scale[i] = a->scale[i] > 0 ? a->scale[i] : dearest;
		else if (a->scale[i] <= 0 || penalty < a->scale[i])
			a->scale[i] = penalty;
		dearest = fmax(dearest, a->scale[i]);
		a->size[i] = (double)need->qty * MICRO;
	}
}

/* An hour is measured by the price of what is made in it. */
static void set_mu_scales(struct plan_ascent *a)
{
	const struct zv_plan_problem *p = &a->wide->problem;

	for (uint32_t k = 0; k < p->n_offers; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];
		int64_t price = a->wide->arcs->tiers[offer->first_tier].price;

		if (offer->resource == ZV_PLAN_NONE || offer->hours_uh <= 0)
			continue;
		price = price > ZV_PLAN_UNIT ? price : ZV_PLAN_UNIT;
		for (int32_t t = 0; t < p->n_periods; t++) {
			double *scale = &a->mu_scale[(size_t)offer->resource * (size_t)p->n_periods + (size_t)t];

			*scale = fmax(*scale, (double)price / (double)offer->hours_uh);
		}
	}
}

void plan_ascent_init(struct plan_ascent *a, struct plan_wide *wide)
{
	const struct zv_plan_problem *p = &wide->problem;
	size_t n = (size_t)p->n_needs + 1, hours = (size_t)p->n_resources * (size_t)p->n_periods + 1;
	double **by_need[] = {&a->price, &a->best, &a->scale, &a->size, &a->way, &a->now, &a->flow};
	double **by_hour[] = {&a->mu, &a->best_mu, &a->mu_scale, &a->hours, &a->mu_way};
	uint32_t longest = 0;

	*a = (struct plan_ascent){.wide = wide, .best_value = -HUGE_VAL, .reach = REACH_FIRST, .upper = HUGE_VAL};
	for (size_t i = 0; i < sizeof(by_need) / sizeof(*by_need); i++)
		*by_need[i] = zv_calloc(n, sizeof(double));
	for (size_t i = 0; i < sizeof(by_hour) / sizeof(*by_hour); i++)
		*by_hour[i] = zv_calloc(hours, sizeof(double));
	a->order = zv_calloc((size_t)wide->arcs->n_pairs + 1, sizeof(*a->order));
	for (uint32_t o = 0; o < wide->arcs->n_offers; o++) {
		uint32_t first = wide->arcs->pair[o], n_pairs = wide->arcs->pair[o + 1] - first;

		for (uint32_t j = 0; j < n_pairs; j++)
			a->order[first + j] = j;
		longest = n_pairs > longest ? n_pairs : longest;
	}
	a->key = zv_calloc((size_t)longest + 1, sizeof(*a->key));
	set_scales(a);
	set_mu_scales(a);
	/* Every maker is welcome at first; an input is worth nothing until it is short. */
	for (uint32_t i = 0; i < wide->from->n_needs; i++) {
		a->price[i] = a->best[i] = a->scale[i];
		a->nothing += (double)p->needs[i].penalty * MICRO * a->size[i];
	}
}

void plan_ascent_done(struct plan_ascent *a)
{
	double *all[] = {a->price, a->best, a->scale, a->size, a->way, a->now, a->flow, a->mu, a->best_mu, a->mu_scale, a->hours, a->mu_way, a->key};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		free(all[i]);
	free(a->order);
	*a = (struct plan_ascent){0};
}

/* --- one evaluation ------------------------------------------------------------------------------------------------------------ */

static int by_key_desc(const void *a, const void *b, void *keys)
{
	const double *key = keys;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (key[x] != key[y])
		return key[x] > key[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

struct filling {
	const struct plan_ascent *ascent;
	uint32_t o;
	int period;
	uint32_t tier;
	double price; /* per unit, inputs and hours with it */
	double b, cap, kept;
};

/* What the order earns at a tier before its fixed cost; with flows, they are put into `flow`. Nothing earned and b not reached: -infinity. */
static double fill(const struct filling *f, double *flow, double *total)
{
	const struct plan_ascent *a = f->ascent;
	const struct plan_arcs *arcs = a->wide->arcs;
	double earned = 0, qty = f->kept;

	for (uint32_t at = arcs->pair[f->o]; at < arcs->pair[f->o + 1] && qty < f->cap; at++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pair[f->o] + a->order[at]];
		double margin = a->key[a->order[at]] - f->price, take;

		if (margin <= 0 && qty >= f->b)
			break;
		if (pair->lo > f->period || pair->hi < f->period || !(pair->tiers >> f->tier & 1))
			continue;
		take = fmin((double)arcs->qty[pair->need] * MICRO, f->cap - qty);
		if (margin <= 0)
			take = fmin(take, f->b - qty);
		earned += margin * take;
		qty += take;
		if (flow != NULL)
			flow[arcs->outer[pair->need]] += take;
	}
	*total = qty;
	return qty >= f->b * (1 - 1e-12) && f->kept <= f->cap ? earned : -HUGE_VAL;
}

static void kept_in(double *qty, double *cost, uint32_t *tiers, const struct plan_arcs *arcs, uint32_t slot)
{
	*qty = *cost = 0;
	*tiers = 0xffff;
	for (uint32_t i = 0; i < arcs->n_kept; i++) {
		if (arcs->kept[i].slot != slot)
			continue;
		*qty += (double)arcs->kept[i].qty * MICRO;
		*cost += (double)arcs->kept[i].qty * MICRO * (double)arcs->kept[i].add * MICRO;
		*tiers &= arcs->kept[i].tiers;
	}
}

static double input_price(const struct plan_ascent *a, uint32_t offer)
{
	const struct plan_wide *wide = a->wide;
	double sum = 0;

	for (uint32_t i = wide->input_start[offer]; i < wide->input_start[offer + 1]; i++)
		sum += a->price[wide->inputs[i].node] * (double)wide->inputs[i].ppm * MICRO;
	return sum;
}

static double evaluate_slot(struct plan_ascent *a, uint32_t o, uint32_t slot, double inputs)
{
	struct plan_wide *wide = a->wide;
	const struct plan_arcs *arcs = wide->arcs;
	const struct zv_plan_offer *offer = &wide->problem.offers[arcs->offers[o]];
	int period = arcs->from[o] + (int)(slot - arcs->slot[o]);
	bool timed = offer->resource != ZV_PLAN_NONE;
	size_t hour = timed ? (size_t)offer->resource * (size_t)wide->problem.n_periods + (size_t)period : 0;
	double per_unit = timed ? (double)offer->hours_uh * MICRO : 0, setup = timed ? (double)offer->setup_uh * MICRO : 0;
	double room = timed ? (double)wide->problem.capacity_uh[hour] * MICRO - setup : HUGE_VAL, mu = timed ? a->mu[hour] : 0;
	struct filling f = {.ascent = a, .o = o, .period = period}, best = {0};
	double kept_cost = 0, best_value = 0, total;
	uint32_t kept_tiers = 0xffff;
	bool found = false;

	if (arcs->n_kept > 0)
		kept_in(&f.kept, &kept_cost, &kept_tiers, arcs, slot);
	if (f.kept > 0)
		best_value = HUGE_VAL;
	for (uint32_t s = 0; s < offer->n_tiers && room >= 0; s++) {
		const struct plan_tier *tier = &arcs->tiers[offer->first_tier + s];
		double value;

		f.tier = s;
		f.b = (double)tier->b * MICRO;
		f.cap = fmin((double)tier->top * MICRO, per_unit > 0 ? room / per_unit : HUGE_VAL);
		if (f.cap < f.b || !(kept_tiers >> s & 1))
			continue;
		f.price = (double)tier->price * MICRO + inputs + mu * per_unit;
		value = (double)tier->fixed * 1e-12 + mu * setup + f.kept * f.price + kept_cost - fill(&f, NULL, &total);
		if (value < best_value) {
			best_value = value;
			best = f;
			found = true;
		}
	}
	if (!found)
		return 0;
	fill(&best, a->flow, &total);
	if (timed)
		a->hours[hour] += setup + per_unit * total;
	for (uint32_t i = wide->input_start[arcs->offers[o]]; i < wide->input_start[arcs->offers[o] + 1]; i++)
		a->now[wide->inputs[i].node] += total * (double)wide->inputs[i].ppm * MICRO;
	return best_value;
}

/* Best first. The order of the last time is nearly right; where it is not, all is sorted anew. */
static void sort_keys(struct plan_ascent *a, uint32_t *order, uint32_t n)
{
	uint64_t shifts = 0;

	for (uint32_t j = 1; j < n; j++) {
		uint32_t at = order[j], i = j;
		double key = a->key[at];

		for (; i > 0 && a->key[order[i - 1]] < key; i--)
			order[i] = order[i - 1];
		order[i] = at;
		shifts += j - i;
		if (shifts > (uint64_t)SHIFTS_PER_PAIR * n + 64) {
			qsort_r(order, n, sizeof(*order), by_key_desc, a->key);
			return;
		}
	}
}

/* Of several tiers the first one's price stands for a whole price: it guides only. */
static void key_pairs(struct plan_ascent *a, uint32_t o)
{
	const struct plan_arcs *arcs = a->wide->arcs;
	const struct zv_plan_offer *offer = &a->wide->problem.offers[arcs->offers[o]];
	double price = (double)arcs->tiers[offer->first_tier].price * MICRO;
	uint32_t first = arcs->pair[o], n = arcs->pair[o + 1] - first;

	for (uint32_t j = 0; j < n; j++) {
		const struct plan_pair *pair = &arcs->pairs[first + j];

		a->key[j] = a->price[arcs->outer[pair->need]] - (double)pair->add * MICRO + (pair->tiers & PLAN_FIXED ? price : 0);
	}
	sort_keys(a, a->order + first, n);
}

/* The value at the prices at hand; `now` becomes the imbalance of each need, `hours` what is used of each hour. */
static double evaluate(struct plan_ascent *a)
{
	const struct plan_wide *wide = a->wide;
	const struct plan_arcs *arcs = wide->arcs;
	const struct zv_plan_problem *p = &wide->problem;
	size_t hours = (size_t)p->n_resources * (size_t)p->n_periods;
	double value = 0;

	for (uint32_t i = 0; i < p->n_needs; i++) {
		a->now[i] = i < wide->from->n_needs ? (double)arcs->qty[arcs->inner[i]] * MICRO : 0;
		a->flow[i] = 0;
		value += a->price[i] * a->now[i];
	}
	memset(a->hours, 0, hours * sizeof(*a->hours));
	for (size_t h = 0; h < hours; h++)
		value -= a->mu[h] * (double)p->capacity_uh[h] * MICRO;
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		double inputs = input_price(a, arcs->offers[o]);

		if (arcs->pair[o] == arcs->pair[o + 1])
			continue;
		key_pairs(a, o);
		for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
			value += evaluate_slot(a, o, slot, inputs);
	}
	for (uint32_t i = wide->from->n_needs; i < p->n_needs; i++) {
		double most = fmax(a->now[i], a->flow[i]);

		a->size[i] = a->iterations == 0 ? fmax(most, 1e-6) : fmax(a->size[i] * 0.99, fmax(most, 1e-6));
	}
	for (uint32_t i = 0; i < p->n_needs; i++)
		a->now[i] -= a->flow[i];
	return value;
}

/* --- the step ------------------------------------------------------------------------------------------------------------------- */

static bool bound_up(const struct plan_ascent *a, uint32_t i)
{
	return a->way[i] > 0 && a->price[i] >= (double)a->wide->problem.needs[i].penalty * MICRO;
}

static void step(struct plan_ascent *a, double aim)
{
	double weight = WEIGHTS[(size_t)a->round % (sizeof(WEIGHTS) / sizeof(*WEIGHTS))];
	const struct zv_plan_problem *p = &a->wide->problem;
	size_t hours = (size_t)p->n_resources * (size_t)p->n_periods;
	double norm = 0, length;

	for (uint32_t i = 0; i < p->n_needs; i++) {
		a->way[i] += weight * (a->now[i] - a->way[i]);
		if (a->size[i] > 0 && !bound_up(a, i) && !(a->way[i] < 0 && a->price[i] <= 0))
			norm += a->scale[i] * a->way[i] * a->way[i] / a->size[i];
	}
	for (size_t h = 0; h < hours; h++) {
		double capacity = (double)p->capacity_uh[h] * MICRO;

		a->mu_way[h] += weight * (a->hours[h] - capacity - a->mu_way[h]);
		if (capacity > 0 && !(a->mu_way[h] < 0 && a->mu[h] <= 0))
			norm += a->mu_scale[h] * a->mu_way[h] * a->mu_way[h] / capacity;
	}
	if (norm <= 0)
		return;
	length = aim / norm;
	for (uint32_t i = 0; i < p->n_needs; i++) {
		double most = (double)p->needs[i].penalty * MICRO;

		if (a->size[i] > 0)
			a->price[i] = fmin(most, fmax(0, a->price[i] + fmax(-0.3, fmin(0.3, length * a->way[i] / a->size[i])) * a->scale[i]));
	}
	for (size_t h = 0; h < hours; h++) {
		double capacity = (double)p->capacity_uh[h] * MICRO;

		if (capacity > 0)
			a->mu[h] = fmax(0, a->mu[h] + fmax(-0.3, fmin(0.3, length * a->mu_way[h] / capacity)) * a->mu_scale[h]);
	}
}

static void go_to_best(struct plan_ascent *a)
{
	const struct zv_plan_problem *p = &a->wide->problem;
	size_t hours = (size_t)p->n_resources * (size_t)p->n_periods;

	memcpy(a->price, a->best, p->n_needs * sizeof(*a->price));
	memcpy(a->mu, a->best_mu, hours * sizeof(*a->mu));
}

void plan_ascent_run(struct plan_ascent *a, int64_t iterations, const struct zv_plan_options *options)
{
	const struct zv_plan_problem *p = &a->wide->problem;
	size_t hours = (size_t)p->n_resources * (size_t)p->n_periods;
	int since = 0, lost = 0;

	for (int64_t n = 0; n < iterations; n++, a->iterations++) {
		double value = evaluate(a), aim, scale;

		scale = fmax(fabs(value), fabs(a->best_value) < HUGE_VAL ? fabs(a->best_value) : 0);
		if (a->best_value < NO_VALUE * a->nothing) /* where nothing is gained yet a part of it is no measure */
			scale = fmax(scale, MEASURE * a->nothing);
		if (value > a->best_value + 1e-9 * scale)
			since = 0;
		else
			since++;
		if (value > a->best_value) {
			a->best_value = value;
			memcpy(a->best, a->price, p->n_needs * sizeof(*a->best));
			memcpy(a->best_mu, a->mu, hours * sizeof(*a->best_mu));
			lost = 0;
		} else if (++lost > TRUST) {
			lost = 0;
			go_to_best(a);
		}
		if (since >= PATIENCE) {
			a->reach *= REACH_FALL;
			since = 0;
		}
		if (a->reach < REACH_LEAST) {
			a->reach = REACH_AGAIN;
			a->round++;
			go_to_best(a);
		}
		aim = a->reach * scale + (a->best_value - value);
		if (a->upper < HUGE_VAL && a->upper > a->best_value)
			aim = fmin(aim, a->upper - value);
		step(a, aim);
		if (options != NULL && options->stop != NULL && n % 16 == 15 && options->stop(options->context))
			break;
	}
	go_to_best(a);
}

static int64_t micro_of(double price, int64_t most)
{
	double micro = nearbyint(price * 1e6);

	return micro <= 0 ? 0 : micro >= (double)most ? most : (int64_t)micro;
}

void plan_ascent_prices(const struct plan_ascent *a, int64_t *need_price, int64_t *hour_price)
{
	const struct zv_plan_problem *p = &a->wide->problem;

	for (uint32_t i = 0; i < p->n_needs; i++)
		need_price[i] = micro_of(a->best[i], p->needs[i].penalty);
	for (size_t h = 0; h < (size_t)p->n_resources * (size_t)p->n_periods; h++)
		hour_price[h] = micro_of(a->best_mu[h], INT64_C(1000000000000000));
}
