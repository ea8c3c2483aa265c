/* Builds the arcs: which offers a need keeps, in which periods and tiers. */
#include "engine/plan/arcs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

/* --- groups of products --------------------------------------------------------------------------------------------------- */

static uint32_t root_of(uint32_t *parent, uint32_t product)
{
	while (parent[product] != product) {
		parent[product] = parent[parent[product]];
		product = parent[product];
	}
	return product;
}

static void make_groups(struct plan_arcs *arcs)
{
	const struct zv_plan_problem *p = arcs->problem;
	uint32_t *parent = zv_reallocarray(NULL, (size_t)p->n_products + 1, sizeof(*parent));

	for (uint32_t i = 0; i < p->n_products; i++)
		parent[i] = i;
	for (uint32_t i = 0; i < p->n_substitutes; i++) {
		uint32_t a = root_of(parent, p->substitutes[i].product);
		uint32_t b = root_of(parent, p->substitutes[i].with);

		parent[a > b ? a : b] = a < b ? a : b;
	}
	arcs->group_of = zv_reallocarray(NULL, (size_t)p->n_products + 1, sizeof(*arcs->group_of));
	for (uint32_t i = 0; i < p->n_products; i++)
		arcs->group_of[i] = root_of(parent, i) == i ? arcs->n_groups++ : arcs->group_of[root_of(parent, i)];
	free(parent);
}

/* Numbers 0 .. n - 1 sorted by group, then product, then number: out[n], starts[n_groups + 1]. */
static void sort_by_group(uint32_t *out, uint32_t *starts, const struct plan_arcs *arcs, uint32_t n, uint32_t (*product_of)(const struct zv_plan_problem *, uint32_t))
{
	const struct zv_plan_problem *p = arcs->problem;
	uint32_t *at = zv_calloc((size_t)p->n_products + 2, sizeof(*at));
	uint32_t *count = zv_calloc((size_t)arcs->n_groups + 2, sizeof(*count));
	uint32_t *in_group = zv_calloc((size_t)p->n_products + 2, sizeof(*in_group));

	for (uint32_t i = 0; i < n; i++) {
		in_group[product_of(p, i)]++;
		count[arcs->group_of[product_of(p, i)] + 1]++;
	}
	for (uint32_t g = 0; g < arcs->n_groups; g++)
		count[g + 1] += count[g];
	memcpy(starts, count, ((size_t)arcs->n_groups + 1) * sizeof(*count));
	for (uint32_t i = 0; i < p->n_products; i++) {
		at[i] = count[arcs->group_of[i]];
		count[arcs->group_of[i]] += in_group[i];
	}
	for (uint32_t i = 0; i < n; i++)
		out[at[product_of(p, i)]++] = i;
	free(at);
	free(count);
	free(in_group);
}

static uint32_t product_of_need(const struct zv_plan_problem *problem, uint32_t need)
{
	return problem->needs[need].product;
}

static uint32_t product_of_offer(const struct zv_plan_problem *problem, uint32_t offer)
{
	return problem->offers[offer].product;
}

/* --- tiers ------------------------------------------------------------------------------------------------------------------ */

static void make_tiers(struct plan_arcs *arcs)
{
	const struct zv_plan_problem *p = arcs->problem;

	for (uint32_t k = 0; k < p->n_offers; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];
		zv_i128 fixed = (zv_i128)offer->launch * ZV_PLAN_UNIT;

		for (uint32_t s = 0; s < offer->n_tiers; s++) {
			const struct zv_plan_tier *from = &p->tiers[offer->first_tier + s];
			struct plan_tier *tier = &arcs->tiers[offer->first_tier + s];
			int64_t end = s + 1 < offer->n_tiers ? from[1].from - 1 : offer->max;

			tier->b = s == 0 ? offer->moq : from->from;
			tier->top = end < offer->max ? end : offer->max;
			tier->price = from->price;
			tier->test = from->price - offer->inputs;
			if (offer->incremental && s > 0)
				fixed += (zv_i128)(from[-1].price - from->price) * tier->b;
			tier->fixed = fixed;
			if (offer->incremental && tier->top >= tier->b) {
				zv_i128 extra = fixed - (zv_i128)offer->launch * ZV_PLAN_UNIT;
				int64_t at_b = from->price + (int64_t)(extra / tier->b);
				int64_t at_top = from->price + (int64_t)(extra / tier->top);

				tier->test = (at_b < at_top ? at_b : at_top) - offer->inputs;
			}
		}
	}
}

/* --- which offers a need keeps ------------------------------------------------------------------------------------------------ */

/* An offer that a need may keep. */
struct candidate {
	int64_t add;
	uint32_t offer;
	bool fixed;
};

struct chosen {
	int64_t key; /* last tier's price + freight */
	struct candidate is;
};

struct choosing {
	struct plan_arcs *arcs;
	const uint32_t *offer_start; /* [n_products + 1] in offers_by */
	const uint32_t *offers_by;   /* by product, then number */
	ZV_VEC(uint32_t) own;        /* offers that may serve the product at hand */
	int64_t *adds;               /* [own x region] */
	uint8_t *known;              /* 0 not yet, 1 added to the tier, 2 the whole price */
	size_t cap;
	ZV_VEC(struct chosen) best;
	ZV_VEC(struct candidate) kept; /* of the need at hand */
};

static void offers_of_product(struct choosing *c, uint32_t product)
{
	const struct zv_plan_problem *p = c->arcs->problem;
	uint32_t lo = 0, hi = p->n_substitutes;

	c->own.n = 0;
	for (uint32_t i = c->offer_start[product]; i < c->offer_start[product + 1]; i++)
		zv_vec_push(&c->own, c->offers_by[i]);
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->substitutes[mid].product < product)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < p->n_substitutes && p->substitutes[lo].product == product; lo++) {
		uint32_t with = p->substitutes[lo].with;

		for (uint32_t i = c->offer_start[with]; i < c->offer_start[with + 1] && with != product; i++)
			zv_vec_push(&c->own, c->offers_by[i]);
	}
	if (c->own.n * p->n_regions > c->cap) {
		c->cap = c->own.n * p->n_regions;
		c->adds = zv_reallocarray(c->adds, c->cap, sizeof(*c->adds));
		c->known = zv_realloc(c->known, c->cap);
	}
	if (c->own.n > 0)
		memset(c->known, 0, c->own.n * p->n_regions);
}

/* Launch periods in which the delivery is in time; false: none. */
static bool periods_of(int32_t *lo, int32_t *hi, const struct zv_plan_problem *p, const struct zv_plan_offer *offer, const struct zv_plan_need *need)
{
	*lo = need->earliest - offer->lead;
	*hi = need->due - offer->lead;
	if (*lo < offer->from)
		*lo = offer->from;
	if (*lo < 0)
		*lo = 0;
	if (*hi > offer->until)
		*hi = offer->until;
	if (*hi > p->n_periods - 1)
		*hi = p->n_periods - 1;
	return *lo <= *hi;
}

static int by_key(const void *a, const void *b)
{
	const struct chosen *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->is.offer < y->is.offer ? -1 : x->is.offer > y->is.offer;
}

static bool worse(const struct chosen *a, const struct chosen *b)
{
	return by_key(a, b) > 0;
}

/* The first `keep` by key, as a heap whose top is the worst. */
static void keep_best(struct choosing *c, struct chosen one, size_t keep)
{
	struct chosen *heap;
	size_t i;

	if (keep == 0 || c->best.n < keep) {
		zv_vec_push(&c->best, one);
		if (c->best.n == keep)
			qsort(c->best.p, c->best.n, sizeof(*c->best.p), by_key);
		return;
	}
	heap = c->best.p;
	if (!worse(&heap[keep - 1], &one))
		return;
	for (i = keep - 1; i > 0 && worse(&heap[i - 1], &one); i--)
		heap[i] = heap[i - 1];
	heap[i] = one;
}

static bool committed(const struct zv_plan_problem *p, uint32_t need, uint32_t offer)
{
	for (uint32_t i = 0; i < p->n_commitments; i++)
		if (p->commitments[i].need == need && p->commitments[i].offer == offer)
			return true;
	return false;
}

/* `signed_too`: the need has signed flows, whose offers stay whatever the others cost. */
static void choose(struct choosing *c, uint32_t inner, bool signed_too)
{
	const struct zv_plan_problem *p = c->arcs->problem;
	uint32_t outer = c->arcs->outer[inner];
	const struct zv_plan_need *need = &p->needs[outer];

	c->best.n = c->kept.n = 0;
	for (size_t o = 0; o < c->own.n; o++) {
		const struct zv_plan_offer *offer = &p->offers[c->own.p[o]];
		const struct plan_tier *last = &c->arcs->tiers[offer->first_tier + offer->n_tiers - 1];
		size_t at = o * p->n_regions + need->region;
		struct chosen one = {.is.offer = c->own.p[o]};
		int32_t lo, hi;

		if (!periods_of(&lo, &hi, p, offer, need))
			continue;
		if (p->products[offer->product].controlled && !(p->makers[offer->maker].licensed && need->licensed))
			continue;
		if (c->known[at] == 0) {
			bool fixed;

			c->adds[at] = zv_plan_freight(&fixed, p, one.is.offer, outer);
			c->known[at] = fixed ? 2 : 1;
		}
		one.is.add = c->adds[at];
		one.is.fixed = c->known[at] == 2;
		one.key = one.is.fixed ? one.is.add - offer->inputs : last->test + one.is.add;
		if (one.key > need->ceiling && !(signed_too && committed(p, outer, one.is.offer)))
			continue;
		if (signed_too && committed(p, outer, one.is.offer))
			zv_vec_push(&c->kept, one.is);
		else
			keep_best(c, one, p->candidates);
	}
	for (size_t i = 0; i < c->best.n; i++)
		zv_vec_push(&c->kept, c->best.p[i].is);
}

/* --- pairs --------------------------------------------------------------------------------------------------------------------- */

static uint16_t tiers_of(const struct plan_arcs *arcs, const struct candidate *one, const struct zv_plan_need *need)
{
	const struct zv_plan_offer *offer = &arcs->problem->offers[one->offer];
	uint16_t mask = 0;

	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		const struct plan_tier *tier = &arcs->tiers[offer->first_tier + s];

		if (tier->b > tier->top || (one->fixed ? one->add - offer->inputs : tier->test + one->add) > need->ceiling)
			continue;
		if (need->single && need->qty > tier->top)
			continue;
		mask |= (uint16_t)(1u << s);
	}
	return mask != 0 && one->fixed ? mask | PLAN_FIXED : mask;
}

static bool fits_hours(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, const struct zv_plan_need *need, int32_t period)
{
	int64_t capacity;

	if (offer->resource == ZV_PLAN_NONE || offer->hours_uh == 0)
		return true;
	capacity = p->capacity_uh[(size_t)offer->resource * (size_t)p->n_periods + (size_t)period] - offer->setup_uh;
	return (zv_i128)offer->hours_uh * (need->single ? need->qty : 1) <= (zv_i128)capacity * ZV_PLAN_UNIT;
}

/* The pair of a need and an offer that it has chosen; false when no tier or period is left (A6). */
static bool make_pair_as(struct plan_pair *pair, const struct plan_arcs *arcs, const struct candidate *one, uint32_t inner, const struct zv_plan_need *need)
{
	const struct zv_plan_problem *p = arcs->problem;
	const struct zv_plan_offer *offer = &p->offers[one->offer];
	int32_t lo, hi;

	if (!periods_of(&lo, &hi, p, offer, need))
		return false;
	while (lo <= hi && !fits_hours(p, offer, need, lo))
		lo++;
	while (lo <= hi && !fits_hours(p, offer, need, hi))
		hi--;
	*pair = (struct plan_pair){one->add, inner, (uint8_t)lo, (uint8_t)hi, tiers_of(arcs, one, need)};
	return lo <= hi && (pair->tiers & ~PLAN_FIXED) != 0;
}

static bool make_pair(struct plan_pair *pair, const struct plan_arcs *arcs, const struct candidate *one, uint32_t inner)
{
	return make_pair_as(pair, arcs, one, inner, &arcs->problem->needs[arcs->outer[inner]]);
}

bool plan_arcs_pair(struct plan_pair *pair, const struct plan_arcs *arcs, uint32_t offer, uint32_t inner, const struct zv_plan_need *as)
{
	const struct zv_plan_problem *p = arcs->problem;
	const struct zv_plan_offer *of = &p->offers[offer];
	struct candidate one = {.offer = offer};
	int64_t key;

	if (p->products[of->product].controlled && !(p->makers[of->maker].licensed && as->licensed))
		return false;
	one.add = zv_plan_freight(&one.fixed, p, offer, arcs->outer[inner]);
	key = one.fixed ? one.add - of->inputs : arcs->tiers[of->first_tier + of->n_tiers - 1].test + one.add;
	if (key > as->ceiling && !committed(p, arcs->outer[inner], offer))
		return false;
	return make_pair_as(pair, arcs, &one, inner, as);
}

/* Every need's pairs counted by offer, or (`to` != NULL) put where their offer's next one belongs. Choosing twice takes less than keeping what was chosen. */
static void each_pair(struct choosing *c, const uint8_t *has_signed, uint32_t *counts, uint32_t *to)
{
	struct plan_arcs *arcs = c->arcs;
	uint32_t product = ZV_PLAN_NONE;

	for (uint32_t i = 0; i < arcs->n_needs; i++) {
		uint32_t of = arcs->problem->needs[arcs->outer[i]].product;

		if (of != product)
			offers_of_product(c, of);
		product = of;
		choose(c, i, has_signed[arcs->outer[i]] != 0);
		for (size_t n = 0; n < c->kept.n; n++) {
			uint32_t place = arcs->place_of[c->kept.p[n].offer];
			struct plan_pair pair;

			if (!make_pair(&pair, arcs, &c->kept.p[n], i))
				continue;
			if (to != NULL)
				arcs->pairs[to[place]++] = pair;
			else
				counts[place]++;
		}
	}
}

static void place_pairs(struct choosing *c, const uint8_t *has_signed)
{
	struct plan_arcs *arcs = c->arcs;
	uint32_t *at = zv_calloc((size_t)arcs->n_offers + 2, sizeof(*at));

	each_pair(c, has_signed, at + 1, NULL);
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		at[o + 1] += at[o];
	arcs->n_pairs = at[arcs->n_offers];
	memcpy(arcs->pair, at, ((size_t)arcs->n_offers + 1) * sizeof(*at));
	arcs->pairs = zv_reallocarray(NULL, (size_t)arcs->n_pairs + 1, sizeof(*arcs->pairs)); /* one more for trials */
	each_pair(c, has_signed, NULL, at);
	free(at);
}

static void choose_all(struct plan_arcs *arcs)
{
	const struct zv_plan_problem *p = arcs->problem;
	uint32_t *start = zv_calloc((size_t)p->n_products + 2, sizeof(*start));
	uint32_t *by = zv_reallocarray(NULL, (size_t)p->n_offers + 1, sizeof(*by));
	uint8_t *has_signed = zv_calloc((size_t)p->n_needs + 1, 1);
	struct choosing c = {.arcs = arcs, .offer_start = start, .offers_by = by};

	for (uint32_t k = 0; k < p->n_offers; k++)
		start[p->offers[k].product + 1]++;
	for (uint32_t i = 0; i < p->n_products; i++)
		start[i + 1] += start[i];
	for (uint32_t k = 0; k < p->n_offers; k++)
		by[start[p->offers[k].product]++] = k;
	for (uint32_t i = p->n_products; i > 0; i--)
		start[i] = start[i - 1];
	start[0] = 0;
	for (uint32_t i = 0; i < p->n_commitments; i++)
		has_signed[p->commitments[i].need] = 1;
	place_pairs(&c, has_signed);
	zv_vec_done(&c.own);
	zv_vec_done(&c.best);
	zv_vec_done(&c.kept);
	free(c.adds);
	free(c.known);
	free(has_signed);
	free(by);
	free(start);
}

/* --- slots and signed flows -------------------------------------------------------------------------------------------------- */

static void make_slots(struct plan_arcs *arcs, bool all)
{
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		int lo = ZV_PLAN_PERIODS_MAX, hi = -1;

		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			lo = arcs->pairs[j].lo < lo ? arcs->pairs[j].lo : lo;
			hi = arcs->pairs[j].hi > hi ? arcs->pairs[j].hi : hi;
		}
		if (all) {
			const struct zv_plan_offer *offer = &arcs->problem->offers[arcs->offers[o]];

			lo = offer->from > 0 ? offer->from : 0;
			hi = offer->until < arcs->problem->n_periods - 1 ? offer->until : arcs->problem->n_periods - 1;
		}
		arcs->slot[o] = arcs->n_slots;
		arcs->from[o] = (int16_t)lo;
		arcs->n_slots += hi >= lo ? (uint32_t)(hi - lo + 1) : 0;
	}
	arcs->slot[arcs->n_offers] = arcs->n_slots;
}

static int by_slot(const void *a, const void *b)
{
	const struct plan_signed *x = a, *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return x->need < y->need ? -1 : x->need > y->need;
}

static enum zv_code keep_signed(struct plan_arcs *arcs, struct zv_err *err)
{
	const struct zv_plan_problem *p = arcs->problem;

	arcs->kept = zv_calloc((size_t)p->n_commitments + 1, sizeof(*arcs->kept));
	for (uint32_t i = 0; i < p->n_commitments; i++) {
		const struct zv_plan_commitment *c = &p->commitments[i];
		uint32_t o = arcs->place_of[c->offer], need = arcs->inner[c->need], j;

		for (j = arcs->pair[o]; j < arcs->pair[o + 1]; j++)
			if (arcs->pairs[j].need == need && arcs->pairs[j].lo <= c->period && c->period <= arcs->pairs[j].hi)
				break;
		if (j == arcs->pair[o + 1])
			return zv_fail(err, ZV_E_INVALID, "commitments", N_("Need %.*s cannot be served by offer %.*s in period %d: look at its window, price and licences."),
				       ZV_STR_FMT(p->needs[c->need].id), ZV_STR_FMT(p->offers[c->offer].id), c->period + p->first_period);
		arcs->kept[arcs->n_kept++] = (struct plan_signed){arcs->slot[o] + (uint32_t)(c->period - arcs->from[o]), need, o, arcs->pairs[j].tiers,
								  arcs->pairs[j].add, c->qty};
		arcs->qty[need] -= c->qty;
	}
	qsort(arcs->kept, arcs->n_kept, sizeof(*arcs->kept), by_slot);
	return ZV_OK;
}

static enum zv_code open_arcs(struct plan_arcs **out, const struct zv_plan_problem *problem, bool all_slots, struct zv_err *err)
{
	struct plan_arcs *arcs = zv_calloc(1, sizeof(*arcs));
	size_t n_needs = problem->n_needs, n_offers = problem->n_offers;
	uint8_t *served;
	enum zv_code code;

	*arcs = (struct plan_arcs){.problem = problem, .n_needs = problem->n_needs, .n_offers = problem->n_offers};
	make_groups(arcs);
	arcs->outer = zv_reallocarray(NULL, n_needs + 1, sizeof(*arcs->outer));
	arcs->inner = zv_reallocarray(NULL, n_needs + 1, sizeof(*arcs->inner));
	arcs->qty = zv_reallocarray(NULL, n_needs + 1, sizeof(*arcs->qty));
	arcs->group_need = zv_calloc((size_t)arcs->n_groups + 1, sizeof(*arcs->group_need));
	arcs->group_offer = zv_calloc((size_t)arcs->n_groups + 1, sizeof(*arcs->group_offer));
	arcs->offers = zv_reallocarray(NULL, n_offers + 1, sizeof(*arcs->offers));
	arcs->place_of = zv_reallocarray(NULL, n_offers + 1, sizeof(*arcs->place_of));
	arcs->pair = zv_calloc(n_offers + 1, sizeof(*arcs->pair));
	arcs->slot = zv_calloc(n_offers + 1, sizeof(*arcs->slot));
	arcs->from = zv_calloc(n_offers + 1, sizeof(*arcs->from));
	arcs->tiers = zv_calloc((size_t)problem->n_tiers + 1, sizeof(*arcs->tiers));
	sort_by_group(arcs->outer, arcs->group_need, arcs, problem->n_needs, product_of_need);
	sort_by_group(arcs->offers, arcs->group_offer, arcs, problem->n_offers, product_of_offer);
	for (uint32_t i = 0; i < problem->n_needs; i++) {
		arcs->inner[arcs->outer[i]] = i;
		arcs->qty[i] = problem->needs[arcs->outer[i]].qty;
	}
	for (uint32_t o = 0; o < problem->n_offers; o++)
		arcs->place_of[arcs->offers[o]] = o;
	make_tiers(arcs);
	choose_all(arcs);
	make_slots(arcs, all_slots);
	served = zv_calloc(n_needs + 1, 1);
	for (uint32_t j = 0; j < arcs->n_pairs; j++)
		served[arcs->pairs[j].need] = 1;
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		if (!served[i])
			arcs->constant += (zv_i128)problem->needs[arcs->outer[i]].penalty * arcs->qty[i];
	free(served);
	code = keep_signed(arcs, err);
	if (code != ZV_OK) {
		plan_arcs_close(arcs);
		return code;
	}
	*out = arcs;
	return ZV_OK;
}

enum zv_code plan_arcs_open(struct plan_arcs **out, const struct zv_plan_problem *problem, struct zv_err *err)
{
	return open_arcs(out, problem, false, err);
}

enum zv_code plan_arcs_open_all(struct plan_arcs **out, const struct zv_plan_problem *problem, struct zv_err *err)
{
	return open_arcs(out, problem, true, err);
}

void plan_arcs_close(struct plan_arcs *arcs)
{
	if (arcs == NULL)
		return;
	free(arcs->group_of);
	free(arcs->outer);
	free(arcs->inner);
	free(arcs->qty);
	free(arcs->group_need);
	free(arcs->group_offer);
	free(arcs->offers);
	free(arcs->place_of);
	free(arcs->pair);
	free(arcs->pairs);
	free(arcs->slot);
	free(arcs->from);
	free(arcs->tiers);
	free(arcs->kept);
	free(arcs->need_pair);
	free(arcs->pairs_of);
	free(arcs->places_of);
	free(arcs);
}

static int by_pair_need(const void *a, const void *b)
{
	const struct plan_pair *x = a, *y = b;

	return x->need < y->need ? -1 : x->need > y->need;
}

void plan_arcs_by_need(struct plan_arcs *arcs)
{
	uint32_t *at = zv_calloc((size_t)arcs->n_needs + 2, sizeof(*at));

	for (uint32_t o = 0; o < arcs->n_offers; o++)
		qsort(arcs->pairs + arcs->pair[o], arcs->pair[o + 1] - arcs->pair[o], sizeof(*arcs->pairs), by_pair_need);
	free(arcs->need_pair);
	free(arcs->pairs_of);
	free(arcs->places_of);
	for (uint32_t j = 0; j < arcs->n_pairs; j++)
		at[arcs->pairs[j].need + 1]++;
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		at[i + 1] += at[i];
	arcs->need_pair = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*at));
	memcpy(arcs->need_pair, at, ((size_t)arcs->n_needs + 1) * sizeof(*at));
	arcs->pairs_of = zv_reallocarray(NULL, (size_t)arcs->n_pairs + 1, sizeof(*at));
	arcs->places_of = zv_reallocarray(NULL, (size_t)arcs->n_pairs + 1, sizeof(*at));
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			uint32_t to = at[arcs->pairs[j].need]++;

			arcs->pairs_of[to] = j;
			arcs->places_of[to] = o;
		}
	free(at);
}

size_t plan_arcs_estimate(const struct zv_plan_problem *problem)
{
	size_t pairs = (size_t)problem->n_needs * (problem->candidates > 0 && problem->candidates < 8 ? problem->candidates : 8);

	return pairs * (sizeof(struct plan_pair) + 3 * sizeof(uint32_t)) + (size_t)problem->n_needs * 96 + (size_t)problem->n_offers * 256;
}
