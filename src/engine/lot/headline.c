/* Needs that could buy alone against what pooling serves: the difference is why lots exist. */
#include "engine/lot/out.h"

static enum zv_code overflow(struct zv_err *err)
{
	return zv_fail(err, ZV_E_LIMIT, "qty", N_("The sums of the headline do not fit; compute fewer needs at a time."));
}

static bool add(struct zv_lot_sum *sum, int64_t n, enum zv_dim dim, int64_t base)
{
	return zv_add(&sum->n, sum->n, n) && zv_add(&sum->base[dim], sum->base[dim], base);
}

/* The cheapest lot of one maker that this position fills by itself. */
static void alone_at(struct lot_best *best, struct lot_maker *maker, const struct lot_side *side, const struct lot_pos *pos)
{
	for (size_t s = 0; s < maker->n_segs; s++) {
		const struct lot_seg *seg = &maker->segs[s];
		int64_t lo = side->opens[s] > pos->firm ? side->opens[s] : pos->firm;
		int64_t hi = seg->hi < pos->firm + pos->extra ? seg->hi : pos->firm + pos->extra;
		struct lot_frac price;
		int64_t size;

		if (lo > hi || !(seg->fixed > 0 ? lot_lattice_down(&size, maker->lattice, hi, lo) : lot_lattice_up(&size, maker->lattice, lo, hi)))
			continue;
		price = lot_seg_price(seg, size);
		if (!best->found || lot_frac_cmp(price, best->price) < 0)
			*best = (struct lot_best){.found = true, .maker = maker, .size = size, .price = price};
	}
}

enum zv_code lot_alone(struct zv_lot_sum *sum, struct lot_world *world, struct zv_err *err)
{
	struct lot_best *best = ZV_ARENA_ARRAY(world->arena, struct lot_best, world->n_pos + 1);
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < world->n_makers && code == ZV_OK; i++) {
		struct lot_maker *maker = &world->makers[i];

		code = lot_maker_see(maker, world, err);
		for (size_t k = 0; k < maker->n_sides && code == ZV_OK; k++)
			alone_at(&best[maker->sides[k].pos], maker, &maker->sides[k], &world->pos[maker->sides[k].pos]);
	}
	for (size_t i = 0; i < world->n_pos && code == ZV_OK; i++) {
		struct zv_price price;
		int64_t value;

		if (!best[i].found)
			continue;
		code = lot_price_out(&price, &value, lot_seg_at(best[i].maker, best[i].size), best[i].size, err);
		if (code == ZV_OK && (!add(sum, (int64_t)world->pos[i].n, world->pos[i].need->dim, world->pos[i].firm) || !zv_add(&sum->kop, sum->kop, value)))
			code = overflow(err);
	}
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
