/* Branches over the tiers of the orders; whatever price an hour is given in a branch, its value there is a bound of the branch. */
#include "engine/plan/bound_hours.h"

#include <stdlib.h>

#include "engine/plan/sites.h"

enum { LEAVES_MAX = 200, HALVINGS = 20, ORDERS_MAX = 64 };

void bound_hours_done(struct bound_hours *h)
{
	zv_vec_done(&h->options);
	zv_vec_done(&h->first);
	zv_vec_done(&h->rest);
	zv_vec_done(&h->chosen);
}

/* Flows that are signed in the slot: their tiers and cost. False: the tier is not among those that all of them allow. */
static bool add_kept(struct bound_option *one, const struct plan_arcs *arcs, uint32_t slot)
{
	int64_t price = one->of->tiers[one->tier].price;
	bool allowed = true;

	for (uint32_t i = 0; i < arcs->n_kept; i++) {
		const struct plan_signed *kept = &arcs->kept[i];

		if (kept->slot != slot)
			continue;
		one->kept += kept->qty;
		one->fixed += (zv_i128)(kept->add + (kept->tiers & PLAN_FIXED ? 0 : price)) * kept->qty;
		allowed = allowed && kept->tiers >> one->tier & 1;
	}
	return allowed;
}

/* The tiers of an order that can be filled and save something when hours are free: no other is worth its hours. */
static void add_options(struct bound_hours *h, const struct plan_arcs *arcs, const struct bound_offer *of, uint32_t slot)
{
	bool timed = of->offer->resource != ZV_PLAN_NONE;
	int64_t room = timed ? h->capacity - of->offer->setup_uh : 0;

	for (uint32_t t = 0; t < of->offer->n_tiers && room >= 0; t++) {
		const struct plan_tier *tier = &of->tiers[t];
		struct bound_option one = {.of = of, .tier = t, .cap = tier->top, .fixed = tier->fixed};
		bool allowed = arcs->n_kept == 0 || add_kept(&one, arcs, slot);
		zv_i128 hours;

		if (timed && of->offer->hours_uh > 0 && (zv_i128)room * ZV_PLAN_UNIT / of->offer->hours_uh < one.cap)
			one.cap = (int64_t)((zv_i128)room * ZV_PLAN_UNIT / of->offer->hours_uh);
		if (one.cap < tier->b || !allowed)
			continue;
		one.worth = bound_order(&hours, &one, arcs, h->period, 0);
		if (one.worth == BOUND_NOTHING || (one.worth <= 0 && one.kept == 0))
			continue;
		zv_vec_push(&h->options, one);
	}
}

static bool is_must(const struct bound_hours *h, uint32_t k)
{
	return h->options.p[h->first.p[k]].kept > 0;
}

/* Every order at its best tier at an hour's price, the hours paid for; each option's worth stays. */
static zv_i128 value_at(zv_i128 *hours, struct bound_hours *h, const struct plan_arcs *arcs, int64_t hour_price)
{
	zv_i128 sum = h->capacity < 0 ? 0 : (zv_i128)hour_price * h->capacity;

	*hours = 0;
	for (uint32_t k = 0; k + 1 < h->first.n; k++) {
		zv_i128 best = is_must(h, k) ? BOUND_NOTHING : 0, best_hours = 0;

		for (uint32_t o = h->first.p[k]; o < h->first.p[k + 1]; o++) {
			struct bound_option *one = &h->options.p[o];
			zv_i128 used;

			one->worth = bound_order(&used, one, arcs, h->period, hour_price);
			if (one->worth <= best)
				continue;
			best = one->worth;
			best_hours = used;
		}
		sum += best;
		*hours += best_hours;
	}
	return sum;
}

/* No hour is worth more than this. */
static int64_t dearest_hour(const struct bound_hours *h)
{
	zv_i128 most = 0;

	for (size_t o = 0; o < h->options.n; o++) {
		const struct bound_option *one = &h->options.p[o];
		int64_t hours = one->of->offer->hours_uh > 0 ? one->of->offer->hours_uh : 1;
		zv_i128 margin = (zv_i128)one->of->pairs[one->tier * one->of->stride].key - one->of->tiers[one->tier].price, price = margin * ZV_PLAN_UNIT / hours;

		most = price > most ? price : most;
	}
	return most < BOUND_RATE_MAX ? (int64_t)most : BOUND_RATE_MAX;
}

/* All tiers are chosen: the least over the hour's price of what they save. */
static zv_i128 leaf_value(const struct bound_hours *h, const struct plan_arcs *arcs, int64_t top)
{
	int64_t lo = 0, hi = top;
	zv_i128 least = -BOUND_NOTHING;

	for (int i = 0; i < HALVINGS && least > h->best; i++) {
		int64_t price = lo + (hi - lo) / 2;
		zv_i128 value = (zv_i128)price * h->capacity, hours = 0;

		for (uint32_t k = 0; k + 1 < h->first.n; k++) {
			zv_i128 used = 0;

			if (h->chosen.p[k] != UINT32_MAX)
				value += bound_order(&used, &h->options.p[h->chosen.p[k]], arcs, h->period, price);
			hours += used;
		}
		least = value < least ? value : least;
		*(hours > (zv_i128)h->capacity * ZV_PLAN_UNIT ? &lo : &hi) = price;
	}
	return least;
}

struct branching {
	struct bound_hours *h;
	const struct plan_arcs *arcs;
	int64_t top; /* price of an hour */
};

/* The order's options from the best worth to the worst, closed among them as UINT32_MAX; returns how many. */
static uint32_t ranked(uint32_t *out, const struct bound_hours *h, uint32_t k)
{
	uint32_t n = 0;

	for (uint32_t o = h->first.p[k]; o <= h->first.p[k + 1]; o++) {
		bool closed = o == h->first.p[k + 1];
		zv_i128 worth = closed ? 0 : h->options.p[o].worth;
		uint32_t at = n;

		if (closed && is_must(h, k))
			continue;
		for (; at > 0 && (out[at - 1] == UINT32_MAX ? 0 : h->options.p[out[at - 1]].worth) < worth; at--)
			out[at] = out[at - 1];
		out[at] = closed ? UINT32_MAX : o;
		n++;
	}
	return n;
}

/* Orders k and later are open. `bound`: what can be saved at the root's price; `hours`: that the chosen tiers take at least. Returns the highest bound that was left. */
static zv_i128 branch(const struct branching *b, uint32_t k, zv_i128 bound, zv_i128 hours)
{
	struct bound_hours *h = b->h;
	uint32_t order[ZV_PLAN_TIERS_MAX + 1], n;
	zv_i128 left = BOUND_NOTHING;

	if (bound <= h->best || hours > (zv_i128)h->capacity * ZV_PLAN_UNIT)
		return BOUND_NOTHING;
	if (h->leaves >= LEAVES_MAX)
		return bound;
	if (k + 1 == h->first.n) {
		zv_i128 value = leaf_value(h, b->arcs, b->top);

		h->leaves++;
		h->best = value > h->best ? (value < bound ? value : bound) : h->best;
		return BOUND_NOTHING;
	}
	n = ranked(order, h, k);
	for (uint32_t i = 0; i < n; i++) {
		const struct bound_option *one = order[i] == UINT32_MAX ? NULL : &h->options.p[order[i]];
		zv_i128 least = 0, over;

		if (one != NULL) {
			int64_t qty = one->of->tiers[one->tier].b > one->kept ? one->of->tiers[one->tier].b : one->kept;

			least = (zv_i128)one->of->offer->setup_uh * ZV_PLAN_UNIT + (zv_i128)one->of->offer->hours_uh * qty;
		}
		h->chosen.p[k] = order[i];
		over = branch(b, k + 1, bound - (h->rest.p[k] - h->rest.p[k + 1]) + (one == NULL ? 0 : one->worth), hours + least);
		left = over > left ? over : left;
	}
	return left;
}

/* The best over all tiers, shared hours exact up to the halvings; `at` is a good price of an hour. */
static zv_i128 shared_value(struct bound_hours *h, const struct plan_arcs *arcs, int64_t at, int64_t top)
{
	struct branching b = {h, arcs, top};
	uint32_t n = (uint32_t)h->first.n - 1;
	zv_i128 hours, root = value_at(&hours, h, arcs, at), left;

	h->rest.n = h->chosen.n = 0;
	zv_vec_grow(&h->rest, (size_t)n + 1);
	zv_vec_grow(&h->chosen, (size_t)n + 1);
	h->rest.p[n] = 0;
	for (uint32_t k = n; k-- > 0;) {
		zv_i128 best = is_must(h, k) ? BOUND_NOTHING : 0;

		for (uint32_t o = h->first.p[k]; o < h->first.p[k + 1]; o++)
			best = h->options.p[o].worth > best ? h->options.p[o].worth : best;
		h->rest.p[k] = h->rest.p[k + 1] + best;
	}
	h->best = BOUND_NOTHING;
	h->leaves = 0;
	left = branch(&b, 0, root, 0);
	left = left > h->best ? left : h->best;
	return left == BOUND_NOTHING || left > root ? root : left;
}

zv_i128 bound_period(struct bound_hours *h, const struct plan_arcs *arcs, const struct bound_offer *offers, uint32_t n, int period, int64_t hour_price, int64_t capacity)
{
	zv_i128 least, value, hours;
	int64_t lo = 0, hi, best;

	h->period = period;
	h->capacity = capacity;
	h->options.n = h->first.n = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t slot = plan_slot_in(arcs, offers[i].o, period);
		size_t before = h->options.n;

		if (slot == ZV_PLAN_NONE)
			continue;
		add_options(h, arcs, &offers[i], slot);
		if (h->options.n > before)
			zv_vec_push(&h->first, (uint32_t)before);
	}
	zv_vec_push(&h->first, (uint32_t)h->options.n);
	least = value_at(&hours, h, arcs, 0);
	if (capacity < 0 || hours <= (zv_i128)capacity * ZV_PLAN_UNIT)
		return -least;
	best = hour_price;
	least = value_at(&hours, h, arcs, hour_price);
	hi = dearest_hour(h);
	for (int i = 0; i < HALVINGS; i++) {
		int64_t price = lo + (hi - lo) / 2;

		value = value_at(&hours, h, arcs, price);
		if (value < least) {
			least = value;
			best = price;
		}
		*(hours > (zv_i128)capacity * ZV_PLAN_UNIT ? &lo : &hi) = price;
	}
	if (h->first.n - 1 <= ORDERS_MAX) {
		value = shared_value(h, arcs, best, dearest_hour(h));
		least = value < least ? value : least;
	}
	return -least;
}
