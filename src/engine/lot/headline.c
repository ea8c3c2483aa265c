/* Needs that could buy alone against what pooling serves: the difference is why lots exist. */
#include <stdlib.h>

#include "base/vec.h"
#include "engine/lot/out.h"

static enum zv_code overflow(struct zv_err *err)
{
	return zv_fail(err, ZV_E_LIMIT, "qty", N_("The sums of the headline do not fit; compute fewer needs at a time."));
}

static bool add(struct zv_lot_sum *sum, int64_t n, enum zv_dim dim, int64_t base)
{
	return zv_add(&sum->n, sum->n, n) && zv_add(&sum->base[dim], sum->base[dim], base);
}

/* A lot that one position fills by itself. */
struct lone {
	const struct lot_pos *pos;
	struct lot_maker *maker;
	int64_t size;
	struct lot_frac price;
};

typedef ZV_VEC(struct lone) lones_vec;

/* The cheapest lot of one maker for one position. */
static bool lone_at(struct lone *best, struct lot_maker *maker, const struct lot_side *side, const struct lot_pos *pos)
{
	bool found = false;

	for (size_t s = 0; s < maker->n_segs; s++) {
		const struct lot_seg *seg = &maker->segs[s];
		int64_t lo = side->opens[s] > pos->firm ? side->opens[s] : pos->firm;
		int64_t hi = seg->hi < pos->firm + pos->extra ? seg->hi : pos->firm + pos->extra;
		struct lot_frac price;
		int64_t size;

		if (lo > hi || !(seg->fixed > 0 ? lot_lattice_down(&size, maker->lattice, hi, lo)
						: lot_lattice_up(&size, maker->lattice, lo, hi)))
			continue;
		price = lot_seg_price(seg, size);
		if (!found || lot_frac_cmp(price, best->price) < 0)
			*best = (struct lone){pos, maker, size, price};
		found = true;
	}
	return found;
}

/* As lots are made: the largest first, then the cheapest, then the earliest. */
static int by_turn(const void *a, const void *b)
{
	const struct lone *x = a;
	const struct lone *y = b;
	int order;

	if (x->pos->firm != y->pos->firm)
		return x->pos->firm > y->pos->firm ? -1 : 1;
	order = lot_frac_cmp(x->price, y->price);
	if (order != 0)
		return order;
	if (x->pos->id != y->pos->id)
		return x->pos->id < y->pos->id ? -1 : 1;
	return x->maker->offer->id < y->maker->offer->id ? -1 : 1;
}

/* Deals the capacity out in turns; a position is served by the first maker who has enough left. */
static enum zv_code deal(struct zv_lot_sum *sum, const lones_vec *lones, const struct lot_world *world, struct zv_err *err)
{
	int64_t *left = ZV_ARENA_ARRAY(world->arena, int64_t, world->n_makers + 1);
	bool *served = ZV_ARENA_ARRAY(world->arena, bool, world->n_pos + 1);
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < world->n_makers; i++)
		left[i] = world->makers[i].left;
	for (size_t i = 0; i < lones->n && code == ZV_OK; i++) {
		const struct lone *lone = &lones->p[i];
		size_t maker = (size_t)(lone->maker - world->makers);
		size_t pos = (size_t)(lone->pos - world->pos);
		struct zv_price price;
		int64_t value;

		if (served[pos] || left[maker] < lone->size)
			continue;
		served[pos] = true;
		if (left[maker] != INT64_MAX)
			left[maker] -= lone->size;
		code = lot_price_out(&price, &value, lot_seg_at(lone->maker, lone->size), lone->size, err);
		if (code == ZV_OK && (!add(sum, (int64_t)lone->pos->n, lone->pos->need->dim, lone->pos->firm) ||
				      !zv_add(&sum->kop, sum->kop, value)))
			code = overflow(err);
	}
	return code;
}

enum zv_code lot_alone(struct zv_lot_sum *sum, struct lot_world *world, struct zv_err *err)
{
	lones_vec lones = {0};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < world->n_makers && code == ZV_OK; i++) {
		struct lot_maker *maker = &world->makers[i];

		code = lot_maker_see(maker, world, err);
		for (size_t k = 0; k < maker->n_sides && code == ZV_OK; k++) {
			struct lone lone;

			if (lone_at(&lone, maker, &maker->sides[k], &world->pos[maker->sides[k].pos]))
				zv_vec_push(&lones, lone);
		}
	}
	if (lones.n > 0)
		qsort(lones.p, lones.n, sizeof(*lones.p), by_turn);
	if (code == ZV_OK)
		code = deal(sum, &lones, world, err);
	zv_vec_done(&lones);
	return code;
}

enum zv_code lot_headline(struct lot_out *out, struct lot_world *world, struct zv_err *err)
{
	struct zv_lot_headline *head = &out->headline;

	for (size_t i = 0; i < world->n_pos; i++) {
		const struct lot_pos *pos = &world->pos[i];

		if (!add(&head->total, (int64_t)pos->n, pos->need->dim, pos->firm) ||
		    (world->gone[i] && !add(&head->pooled, (int64_t)pos->n, pos->need->dim, pos->firm)))
			return overflow(err);
	}
	for (size_t i = 0; i < out->lots.n; i++) {
		if (!zv_add(&head->pooled.kop, head->pooled.kop, out->lots.p[i].value_kop))
			return overflow(err);
		head->n_lots_proved += out->lots.p[i].proved;
	}
	head->n_lots = (int64_t)out->lots.n;
	return ZV_OK;
}

static bool merge(struct zv_lot_sum *a, const struct zv_lot_sum *b)
{
	bool fits = zv_add(&a->n, a->n, b->n) && zv_add(&a->kop, a->kop, b->kop);

	for (size_t d = 0; d < ZV_LOT_DIMS && fits; d++)
		fits = zv_add(&a->base[d], a->base[d], b->base[d]);
	return fits;
}

enum zv_code zv_lot_headline_add(struct zv_lot_headline *a, const struct zv_lot_headline *b, struct zv_err *err)
{
	struct zv_lot_headline sum = *a;

	if (!merge(&sum.alone, &b->alone) || !merge(&sum.pooled, &b->pooled) || !merge(&sum.total, &b->total) ||
	    !zv_add(&sum.n_lots, sum.n_lots, b->n_lots) || !zv_add(&sum.n_lots_proved, sum.n_lots_proved, b->n_lots_proved))
		return overflow(err);
	*a = sum;
	return ZV_OK;
}
