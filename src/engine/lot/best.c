/* The best lot of one maker: price pieces and spans of sizes with the same willing needs, most promising first. */
#include <string.h>

#include "engine/lot/inner.h"

static enum zv_code
open_side(struct lot_side *side, bool *any, struct lot_maker *maker, const struct lot_world *world, struct zv_err *err)
{
	const struct zv_lot_need *need = world->pos[side->pos].need;
	struct zv_price freight = lot_freight(world->problem, maker->index, need->place);
	enum zv_code code = ZV_OK;

	*any = false;
	for (size_t s = 0; s < maker->n_segs && code == ZV_OK; s++) {
		code = lot_seg_opens(&side->opens[s], &maker->segs[s], maker->lattice, need, freight, err);
		*any |= side->opens[s] != LOT_NEVER;
	}
	return code;
}

static enum zv_code first_look(struct lot_maker *maker, struct lot_world *world, struct zv_err *err)
{
	size_t n = 0;
	int64_t *opens;

	for (size_t i = 0; i < world->n_pos; i++)
		n += !world->gone[i] && lot_barred(world->problem, maker->index, world->pos[i].need) == ZV_LOT_FITS;
	maker->sides = ZV_ARENA_ARRAY(world->arena, struct lot_side, n);
	opens = ZV_ARENA_ARRAY(world->arena, int64_t, n * maker->n_segs);
	for (size_t i = 0; i < world->n_pos && n > 0; i++) {
		struct lot_side side = {.pos = i, .opens = opens};
		enum zv_code code;
		bool any;

		if (world->gone[i] || lot_barred(world->problem, maker->index, world->pos[i].need) != ZV_LOT_FITS)
			continue;
		code = open_side(&side, &any, maker, world, err);
		if (code != ZV_OK)
			return code;
		if (!any)
			continue;
		maker->sides[maker->n_sides++] = side;
		opens += maker->n_segs;
	}
	maker->seen = true;
	return ZV_OK;
}

enum zv_code lot_maker_see(struct lot_maker *maker, struct lot_world *world, struct zv_err *err)
{
	size_t n = 0;

	if (!maker->seen)
		return first_look(maker, world, err);
	for (size_t i = 0; i < maker->n_sides; i++) {
		if (!world->gone[maker->sides[i].pos])
			maker->sides[n++] = maker->sides[i];
	}
	maker->n_sides = n;
	return ZV_OK;
}

/* The needs willing at a size, and the span lo..hi of sizes around it at which just these are willing. */
struct span {
	int64_t lo, hi;
	size_t n; /* in world->items */
	int64_t firm, both;
};

static void collect(struct span *span, const struct lot_maker *maker, struct lot_world *world, size_t s, int64_t hi)
{
	*span = (struct span){.lo = maker->segs[s].lo, .hi = hi};
	for (size_t i = 0; i < maker->n_sides; i++) {
		const struct lot_side *side = &maker->sides[i];
		const struct lot_pos *pos = &world->pos[side->pos];

		if (side->opens[s] > hi || pos->firm > hi)
			continue;
		span->lo = side->opens[s] > span->lo ? side->opens[s] : span->lo;
		world->items[span->n] = (struct lot_item){pos->firm, pos->extra};
		world->item_pos[span->n++] = side->pos;
		span->firm += pos->firm;
		span->both += pos->firm + pos->extra;
	}
}

/* Of two sets with the same firm the one with the smallest position in which they differ is the earlier. */
static int cmp_sets(const size_t *a, size_t n_a, const size_t *b, size_t n_b)
{
	for (size_t i = 0; i < n_a && i < n_b; i++) {
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	}
	return 0;
}

static bool
is_better(const struct lot_best *best, const struct lot_maker *maker, const struct lot_pick *pick, struct lot_frac price)
{
	int c;

	if (!best->found || pick->firm != best->firm)
		return !best->found || pick->firm > best->firm;
	c = lot_frac_cmp(price, best->price);
	if (c == 0)
		c = cmp_sets(pick->chosen, pick->n_chosen, best->chosen, best->n_chosen);
	if (c == 0)
		c = (pick->size > best->size) - (pick->size < best->size);
	if (c == 0)
		c = (maker->offer->id > best->maker->offer->id) - (maker->offer->id < best->maker->offer->id);
	return c < 0;
}

static void take(struct lot_best *best, struct lot_maker *maker, const struct lot_pick *pick, struct lot_frac price)
{
	best->found = true;
	best->maker = maker;
	best->firm = pick->firm;
	best->extra = pick->extra;
	best->size = pick->size;
	best->price = price;
	best->proved = pick->proved;
	best->first = pick->first;
	best->n_chosen = pick->n_chosen;
	memcpy(best->chosen, pick->chosen, pick->n_chosen * sizeof(*pick->chosen));
}

/* All the willing fit: nothing can be better in this span. */
static void
take_all(struct lot_pick *pick, const struct span *span, const struct lot_seg *seg, struct lot_lattice lattice, int64_t top)
{
	*pick = (struct lot_pick){.found = true, .proved = true, .first = true, .chosen = pick->chosen, .n_chosen = span->n};
	pick->firm = pick->bound = span->firm;
	pick->extra = span->both - span->firm;
	pick->size = top;
	if (seg->fixed == 0 && !lot_lattice_up(&pick->size, lattice, span->firm > span->lo ? span->firm : span->lo, top))
		pick->size = top;
	for (size_t i = 0; i < span->n; i++)
		pick->chosen[i] = i;
}

/* The sizes of one span up to `top`. */
static void try_span(struct lot_best *best, struct lot_pick *pick, struct lot_maker *maker, struct lot_world *world,
		     const struct span *span, const struct lot_seg *seg, int64_t top, int64_t at_least)
{
	struct lot_task task = {.items = world->items, .n = span->n, .lattice = maker->lattice, .lo = span->lo, .hi = top,
				.high = seg->fixed > 0, .at_least = at_least};
	struct lot_frac price;

	pick->chosen = world->chosen;
	if (span->firm <= top)
		take_all(pick, span, seg, maker->lattice, top);
	else
		lot_subset_solve(pick, &task, &world->work);
	maker->open |= !pick->proved || (pick->found && !pick->first);
	if (!pick->found)
		return;
	for (size_t i = 0; i < pick->n_chosen; i++)
		pick->chosen[i] = world->item_pos[pick->chosen[i]];
	price = lot_seg_price(seg, pick->size);
	if (is_better(best, maker, pick, price))
		take(best, maker, pick, price);
}

/* What a lot of up to `most` firm at no less than this size's price cannot beat. */
static bool is_hopeless(const struct lot_best *best, const struct lot_seg *seg, int64_t most, int64_t size)
{
	if (!best->found || most > best->firm)
		return false;
	return most < best->firm || lot_frac_cmp(lot_seg_price(seg, size), best->price) > 0;
}

/* Down from the largest size: there the most are willing and the price is lowest. Returns what no lot of the piece exceeds. */
static int64_t try_seg(struct lot_best *best, struct lot_maker *maker, struct lot_world *world, size_t s)
{
	const struct lot_seg *seg = &maker->segs[s];
	int64_t hi = maker->largest < seg->hi ? maker->largest : seg->hi;
	int64_t own = 0, bound = 0; /* the most firm found here; proved for what was tried */

	while (lot_lattice_down(&hi, maker->lattice, hi, seg->lo)) {
		struct lot_pick pick = {0};
		struct span span;
		int64_t top, most;

		collect(&span, maker, world, s, hi);
		top = span.both < hi ? span.both : hi;
		most = span.firm < top ? span.firm : top;
		if (most <= own)
			break;
		if (is_hopeless(best, seg, most, hi))
			return most > bound ? most : bound;
		if (lot_lattice_down(&top, maker->lattice, top, span.lo)) {
			int64_t at_least = best->found && best->firm > own ? best->firm : own + 1;

			try_span(best, &pick, maker, world, &span, seg, top, at_least);
			own = pick.found ? pick.firm : own;
			bound = pick.bound > bound ? pick.bound : bound;
		}
		if (seg->fixed == 0)
			break;
		/* Sizes above what all the willing reach stay out of reach further down, too. */
		hi = span.both < span.lo - 1 ? span.both : span.lo - 1;
	}
	return bound;
}

enum zv_code lot_maker_best(struct lot_best *best, struct lot_maker *maker, struct lot_world *world, struct zv_err *err)
{
	enum zv_code code = lot_maker_see(maker, world, err);
	int64_t bound = 0;

	if (code != ZV_OK)
		return code;
	world->work.stop = world->work.steps + world->budget;
	maker->open = false;
	for (size_t s = 0; s < maker->n_segs; s++) {
		int64_t here = try_seg(best, maker, world, s);

		bound = here > bound ? here : bound;
	}
	maker->bound = bound < maker->bound ? bound : maker->bound;
	return ZV_OK;
}
