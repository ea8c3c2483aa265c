/* Ladders as pieces with one cost law each, and what a need bears on them. */
#include "engine/lot/inner.h"

static void add(struct lot_maker *maker, int64_t lo, int64_t hi, int64_t fixed, struct zv_price unit)
{
	struct lot_seg seg = {.fixed = fixed, .unit = unit};

	if (lot_lattice_up(&seg.lo, maker->lattice, lo, hi) && lot_lattice_down(&seg.hi, maker->lattice, hi, seg.lo))
		maker->segs[maker->n_segs++] = seg;
}

void lot_segs_make(struct lot_maker *maker, struct zv_arena *arena)
{
	const struct zv_ladder *ladder = &maker->offer->ladder;
	int64_t lo = maker->lattice.base, hi = maker->largest;

	maker->n_segs = 0;
	if (hi < lo)
		return;
	if (ladder->form == ZV_LADDER_FIXED) {
		maker->segs = ZV_ARENA_ARRAY(arena, struct lot_seg, 1);
		add(maker, lo, hi, ladder->fixed_kop, ladder->variable);
	} else if (ladder->form == ZV_LADDER_BREAKS) {
		maker->segs = ZV_ARENA_ARRAY(arena, struct lot_seg, ladder->n_breaks);
		for (size_t i = 0; i < ladder->n_breaks; i++) {
			int64_t from = ladder->breaks[i].from_base;
			int64_t to = i + 1 < ladder->n_breaks ? ladder->breaks[i + 1].from_base - 1 : INT64_MAX;

			add(maker, from > lo ? from : lo, to < hi ? to : hi, 0, ladder->breaks[i].price);
		}
	}
}

struct lot_frac lot_seg_price(const struct lot_seg *seg, int64_t size)
{
	if (seg->fixed == 0)
		return (struct lot_frac){seg->unit.kop, seg->unit.per};
	return (struct lot_frac){(zv_i128)seg->fixed * seg->unit.per + (zv_i128)seg->unit.kop * size,
				 (zv_i128)seg->unit.per * size};
}

const struct lot_seg *lot_seg_at(const struct lot_maker *maker, int64_t size)
{
	for (size_t i = 0; i < maker->n_segs; i++) {
		if (size >= maker->segs[i].lo && size <= maker->segs[i].hi)
			return &maker->segs[i];
	}
	return NULL;
}

/* fixed / Q <= margin, so Q >= fixed / margin. */
enum zv_code lot_seg_opens(int64_t *out, const struct lot_seg *seg, struct lot_lattice lattice, const struct zv_lot_need *need,
			   struct zv_price freight, struct zv_err *err)
{
	struct lot_frac margin;
	zv_i128 product, least;

	*out = seg->lo;
	if (need->ceiling.per == 0)
		return ZV_OK;
	if (!lot_frac_margin(&margin, need->ceiling, seg->unit, freight) ||
	    __builtin_mul_overflow((zv_i128)seg->fixed, margin.den, &product))
		return zv_fail(err, ZV_E_LIMIT, "ceiling",
			       N_("The prices around need %" PRId64 " have too many digits to be compared exactly."), need->id);
	if (margin.num < 0 || (margin.num == 0 && seg->fixed > 0)) {
		*out = LOT_NEVER;
		return ZV_OK;
	}
	if (seg->fixed == 0)
		return ZV_OK;
	least = product / margin.num + (product % margin.num != 0);
	if (least > seg->hi || !lot_lattice_up(out, lattice, least > seg->lo ? (int64_t)least : seg->lo, seg->hi))
		*out = LOT_NEVER;
	return ZV_OK;
}

enum zv_code lot_seg_gap(struct lot_frac *out, const struct lot_seg *seg, int64_t size, const struct zv_lot_need *need,
			 struct zv_price freight, struct zv_err *err)
{
	struct lot_frac margin;
	zv_i128 fixed, spare;

	*out = (struct lot_frac){-1, 1};
	if (need->ceiling.per == 0)
		return ZV_OK;
	if (lot_frac_margin(&margin, need->ceiling, seg->unit, freight)) {
		*out = (struct lot_frac){-margin.num, margin.den};
		if (seg->fixed == 0)
			return ZV_OK;
		if (!__builtin_mul_overflow((zv_i128)seg->fixed, margin.den, &fixed) &&
		    !__builtin_mul_overflow(margin.num, (zv_i128)size, &spare) &&
		    !__builtin_sub_overflow(fixed, spare, &out->num) &&
		    !__builtin_mul_overflow(margin.den, (zv_i128)size, &out->den))
			return ZV_OK;
	}
	return zv_fail(err, ZV_E_LIMIT, "ceiling",
		       N_("The prices around need %" PRId64 " have too many digits to be compared exactly."), need->id);
}

struct zv_price lot_freight(const struct zv_lot_problem *problem, size_t offer, uint32_t place)
{
	if (problem->freight == NULL)
		return (struct zv_price){0, 0};
	return problem->freight[offer * problem->n_places + place];
}

static bool pools(enum zv_dim dim)
{
	return dim != ZV_DIM_NONE && dim != ZV_DIM_OTHER;
}

enum zv_lot_why lot_barred(const struct zv_lot_problem *problem, size_t offer, const struct zv_lot_need *need)
{
	const struct zv_lot_offer *o = &problem->offers[offer];
	uint8_t verdict = problem->verdict != NULL ? problem->verdict[offer * problem->n_specs + need->spec] : ZV_LOT_FITS;

	if (need->dim != o->dim || !pools(need->dim))
		return ZV_LOT_UNIT;
	if (verdict != ZV_LOT_FITS)
		return (enum zv_lot_why)verdict;
	if ((need->due != ZV_DATE_NONE && problem->from != ZV_DATE_NONE && need->due < problem->from) ||
	    (need->earliest != ZV_DATE_NONE && problem->to != ZV_DATE_NONE && need->earliest > problem->to))
		return ZV_LOT_WINDOW;
	if (o->ready != ZV_DATE_NONE &&
	    ((need->due != ZV_DATE_NONE && o->ready > need->due) || (problem->to != ZV_DATE_NONE && o->ready > problem->to)))
		return ZV_LOT_LEAD;
	if (o->ladder.form == ZV_LADDER_NONE || (o->ladder.form == ZV_LADDER_BREAKS && o->ladder.n_breaks == 0))
		return ZV_LOT_NOPRICE;
	return ZV_LOT_FITS;
}

enum zv_code
lot_price_out(struct zv_price *price, int64_t *value_kop, const struct lot_seg *seg, int64_t size, struct zv_err *err)
{
	struct lot_frac exact = lot_seg_price(seg, size);
	struct lot_frac variable = {seg->unit.kop, seg->unit.per};

	/* The value through the variable part: price * size would leave 128 bits sooner. */
	if (!lot_frac_round(value_kop, variable, size) || !zv_add(value_kop, *value_kop, seg->fixed))
		return zv_fail(err, ZV_E_LIMIT, "price",
			       N_("The value of a lot of %" PRId64 " does not fit; check price and quantity."), size);
	if (!lot_frac_price(price, exact))
		*price = (struct zv_price){*value_kop, size};
	return ZV_OK;
}
