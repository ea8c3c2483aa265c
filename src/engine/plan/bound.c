/* Every order by itself at its best tier, filled by falling margin; the orders of one resource also together. Whole quanta, 128-bit money. */
#include "engine/plan/bound.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/bound_hours.h"
#include "engine/plan/sites.h"

struct bounding {
	const struct plan_arcs *arcs;
	const int64_t *need_price, *hour_price;
	struct bound_pair *pairs; /* of all offers of the site */
	struct bound_hours hours;
};

static int by_key_desc(const void *a, const void *b)
{
	const struct bound_pair *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

/* The pairs of an offer at a tier, dearest first. A pair whose price is whole earns that at every tier: its key is moved by the tier's price. */
static void key_pairs(struct bound_pair *out, const struct bounding *b, uint32_t o, int64_t tier_price)
{
	const struct plan_arcs *arcs = b->arcs;
	uint32_t n = 0;

	for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
		const struct plan_pair *pair = &arcs->pairs[j];
		int64_t penalty = arcs->problem->needs[arcs->outer[pair->need]].penalty;
		int64_t value = b->need_price[pair->need] < penalty ? b->need_price[pair->need] : penalty;

		out[n++] = (struct bound_pair){value - pair->add + (pair->tiers & PLAN_FIXED ? tier_price : 0), arcs->qty[pair->need], j};
	}
	qsort(out, n, sizeof(*out), by_key_desc);
}

static bool has_whole_prices(const struct plan_arcs *arcs, uint32_t o)
{
	for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++)
		if (arcs->pairs[j].tiers & PLAN_FIXED)
			return true;
	return false;
}

/* Lists of an offer, one for each tier where the tier changes their order. Returns how many pairs they take. */
static size_t list_offer(struct bound_offer *out, struct bounding *b, uint32_t o, struct bound_pair *room)
{
	const struct plan_arcs *arcs = b->arcs;
	const struct zv_plan_offer *offer = &arcs->problem->offers[arcs->offers[o]];
	size_t n = arcs->pair[o + 1] - arcs->pair[o];
	bool each = has_whole_prices(arcs, o) && offer->n_tiers > 1;

	*out = (struct bound_offer){.o = o, .offer = offer, .tiers = arcs->tiers + offer->first_tier, .n = (uint32_t)n, .pairs = room, .stride = each ? n : 0};
	for (uint32_t t = 0; t < (each ? offer->n_tiers : 1); t++)
		key_pairs(room + t * n, b, o, out->tiers[t].price);
	return each ? n * offer->n_tiers : n;
}

static size_t pairs_of_site(const struct plan_arcs *arcs, const struct plan_sites *sites, uint32_t site)
{
	size_t n = 0;

	for (uint32_t k = sites->list[site].first; k < sites->list[site + 1].first; k++) {
		uint32_t o = sites->place[k], tiers = arcs->problem->offers[arcs->offers[o]].n_tiers;

		n += (size_t)(arcs->pair[o + 1] - arcs->pair[o]) * (has_whole_prices(arcs, o) ? tiers : 1);
	}
	return n;
}

static zv_i128 site_bound(struct bounding *b, const struct plan_sites *sites, uint32_t i)
{
	const struct plan_arcs *arcs = b->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	uint32_t first = sites->list[i].first, n = sites->list[i + 1].first - first, resource = sites->list[i].resource;
	struct bound_offer *offers = zv_calloc((size_t)n + 1, sizeof(*offers));
	size_t used = 0;
	zv_i128 sum = 0;
	uint32_t m = 0;

	for (uint32_t k = 0; k < n; k++)
		if (arcs->pair[sites->place[first + k] + 1] > arcs->pair[sites->place[first + k]])
			used += list_offer(&offers[m++], b, sites->place[first + k], b->pairs + used);
	for (int32_t period = 0; period < p->n_periods; period++) {
		size_t hour = resource == ZV_PLAN_NONE ? 0 : (size_t)resource * (size_t)p->n_periods + (size_t)period;

		sum += bound_period(&b->hours, arcs, offers, m, period, resource == ZV_PLAN_NONE ? 0 : b->hour_price[hour], resource == ZV_PLAN_NONE ? -1 : p->capacity_uh[hour]);
	}
	free(offers);
	return sum;
}

zv_i128 plan_bound(const struct plan_arcs *arcs, const int64_t *need_price, const int64_t *hour_price)
{
	const struct zv_plan_problem *p = arcs->problem;
	struct bounding b = {.arcs = arcs, .need_price = need_price, .hour_price = hour_price};
	struct plan_sites sites;
	size_t most = 0;
	zv_i128 sum = 0;

	for (uint32_t i = 0; i < arcs->n_needs; i++) {
		int64_t penalty = p->needs[arcs->outer[i]].penalty;

		sum += (zv_i128)(need_price[i] < penalty ? need_price[i] : penalty) * arcs->qty[i];
	}
	plan_sites_open(&sites, arcs);
	for (uint32_t i = 0; i < sites.n; i++)
		most = pairs_of_site(arcs, &sites, i) > most ? pairs_of_site(arcs, &sites, i) : most;
	b.pairs = zv_reallocarray(NULL, most + 1, sizeof(*b.pairs));
	for (uint32_t i = 0; i < sites.n; i++)
		sum += site_bound(&b, &sites, i);
	free(b.pairs);
	bound_hours_done(&b.hours);
	plan_sites_done(&sites);
	return sum;
}
