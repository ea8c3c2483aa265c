/* Fills an order by falling margin; where that splits a need that may not be, branches: it is in whole, or out. */
#include "engine/plan/bound_order.h"

enum { DEPTH_MAX = 8, NODES_MAX = 64 };

/* Pairs of the list that a branch has decided. */
struct decided {
	uint32_t at[DEPTH_MAX];
	bool in[DEPTH_MAX];
	uint32_t n;
};

struct filling {
	const struct bound_option *one;
	const struct bound_pair *pairs;
	const struct plan_arcs *arcs;
	int period;
	int64_t price; /* of the tier and its hours, micro-roubles per unit */
	struct decided decided;
	uint32_t nodes;
	zv_i128 best;  /* of the branches that split nothing */
};

static int64_t rate_of(const struct zv_plan_offer *offer, int64_t hour_price)
{
	zv_i128 rate = (zv_i128)hour_price * offer->hours_uh / ZV_PLAN_UNIT;

	return rate < BOUND_RATE_MAX ? (int64_t)rate : BOUND_RATE_MAX;
}

static bool is_decided(const struct decided *d, uint32_t i)
{
	for (uint32_t k = 0; k < d->n; k++)
		if (d->at[k] == i)
			return true;
	return false;
}

/* What is left of a need after signed flows may come in parts as far as this bound knows. */
static bool is_whole(const struct plan_arcs *arcs, uint32_t need)
{
	const struct zv_plan_need *is = &arcs->problem->needs[arcs->outer[need]];

	return is->single && arcs->qty[need] == is->qty;
}

/* Money before the order's fixed cost, with what is decided in it and the rest by falling margin. *split: the whole need of which only a part is in, or ZV_PLAN_NONE. */
static zv_i128 fill(uint32_t *split, int64_t *filled, const struct filling *f)
{
	const struct bound_option *one = f->one;
	const struct decided *d = &f->decided;
	int64_t b = one->of->tiers[one->tier].b, qty = one->kept;
	zv_i128 saved = 0;

	*split = ZV_PLAN_NONE;
	for (uint32_t k = 0; k < d->n; k++) {
		const struct bound_pair *pair = &f->pairs[d->at[k]];

		saved += d->in[k] ? (zv_i128)(pair->key - f->price) * pair->qty : 0;
		qty += d->in[k] ? pair->qty : 0;
	}
	for (uint32_t i = 0; i < one->of->n && qty < one->cap; i++) {
		const struct plan_pair *pair = &f->arcs->pairs[f->pairs[i].pair];
		int64_t margin = f->pairs[i].key - f->price, room, take = f->pairs[i].qty;

		if (margin <= 0 && qty >= b)
			break;
		if (pair->lo > f->period || pair->hi < f->period || !(pair->tiers >> one->tier & 1) || is_decided(d, i))
			continue;
		room = (margin <= 0 ? b : one->cap) - qty;
		if (take > room) {
			*split = is_whole(f->arcs, pair->need) ? i : ZV_PLAN_NONE;
			take = room;
		}
		saved += (zv_i128)margin * take;
		qty += take;
	}
	*filled = qty;
	return qty >= b && qty <= one->cap ? saved : BOUND_NOTHING;
}

/* The most of the branches that were not finished; those that were are in f->best. */
static zv_i128 branch(struct filling *f)
{
	struct decided *d = &f->decided;
	uint32_t split;
	int64_t filled;
	zv_i128 value = fill(&split, &filled, f), in, out;

	f->nodes++;
	if (value <= f->best)
		return BOUND_NOTHING;
	if (split == ZV_PLAN_NONE) {
		f->best = value;
		return BOUND_NOTHING;
	}
	if (f->nodes >= NODES_MAX || d->n == DEPTH_MAX)
		return value;
	d->at[d->n] = split;
	d->in[d->n++] = true;
	in = branch(f);
	d->in[d->n - 1] = false;
	out = branch(f);
	d->n--;
	return in > out ? in : out;
}

zv_i128 bound_order(zv_i128 *hours, const struct bound_option *one, const struct plan_arcs *arcs, int period, int64_t hour_price)
{
	const struct zv_plan_offer *offer = one->of->offer;
	bool timed = offer->resource != ZV_PLAN_NONE;
	int64_t rate = timed ? rate_of(offer, hour_price) : 0, filled;
	zv_i128 fixed = one->fixed + (timed ? (zv_i128)hour_price * offer->setup_uh : 0) + (zv_i128)rate * one->kept, value, left;
	struct filling f = {.one = one, .pairs = one->of->pairs + one->tier * one->of->stride, .arcs = arcs, .period = period, .best = BOUND_NOTHING};
	uint32_t split;

	f.price = one->of->tiers[one->tier].price + rate;
	value = fill(&split, &filled, &f);
	*hours = timed ? (zv_i128)offer->setup_uh * ZV_PLAN_UNIT + (zv_i128)offer->hours_uh * filled : 0;
	if (split != ZV_PLAN_NONE && value > fixed) {
		left = branch(&f);
		value = left > f.best ? left : f.best;
	}
	return value == BOUND_NOTHING ? BOUND_NOTHING : value - fixed;
}
