/* What is left over: for every offer the nearest lot sizes, for every need the one main reason and its cheapest flip. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/lot/out.h"

/* The sizes from one opening to the next: at all of them the same are willing, so the first one lacks least. */
struct step {
	int64_t size; /* the first */
	int64_t both; /* volume of the willing */
	int64_t lack; /* max(0, size - both) */
	size_t best;  /* the step from here on, in the same piece, that lacks least */
};

struct stairs {
	struct step *steps;
	size_t *first; /* [n_segs + 1] */
	size_t n;
};

struct opening {
	int64_t size, both;
};

static int by_size(const void *x, const void *y)
{
	const struct opening *a = x, *b = y;

	return (a->size > b->size) - (a->size < b->size);
}

static size_t openings(struct opening *out, const struct lot_maker *maker, const struct lot_world *world, size_t s)
{
	size_t n = 0;

	for (size_t i = 0; i < maker->n_sides; i++) {
		const struct lot_pos *pos = &world->pos[maker->sides[i].pos];

		if (maker->sides[i].opens[s] <= maker->largest && pos->firm <= maker->largest)
			out[n++] = (struct opening){maker->sides[i].opens[s], pos->firm + pos->extra};
	}
	qsort(out, n, sizeof(*out), by_size);
	return n;
}

static void build(struct stairs *stairs, const struct lot_maker *maker, const struct lot_world *world)
{
	struct opening *open = zv_reallocarray(NULL, maker->n_sides + 1, sizeof(*open));

	stairs->steps = zv_reallocarray(NULL, maker->n_sides * maker->n_segs + 1, sizeof(*stairs->steps));
	stairs->first = zv_calloc(maker->n_segs + 1, sizeof(*stairs->first));
	for (size_t s = 0; s < maker->n_segs; s++) {
		size_t n = openings(open, maker, world, s), begin = stairs->n;
		int64_t both = 0;

		for (size_t i = 0; i < n; i++) {
			both += open[i].both;
			if (i + 1 < n && open[i + 1].size == open[i].size)
				continue;
			stairs->steps[stairs->n] =
				(struct step){open[i].size, both, both < open[i].size ? open[i].size - both : 0, stairs->n};
			stairs->n++;
		}
		stairs->first[s + 1] = stairs->n;
		for (size_t i = stairs->n; i-- > begin;) {
			if (i + 1 < stairs->n && stairs->steps[stairs->steps[i + 1].best].lack < stairs->steps[i].lack)
				stairs->steps[i].best = stairs->steps[i + 1].best;
		}
	}
	free(open);
}

static void tear_down(struct stairs *stairs)
{
	free(stairs->steps);
	free(stairs->first);
}

/* Where the lack is smallest; the smaller size of equals. */
static const struct step *nearest_step(const struct stairs *stairs)
{
	const struct step *best = NULL;

	for (size_t i = 0; i < stairs->n; i++) {
		const struct step *step = &stairs->steps[i];

		if (best == NULL || step->lack < best->lack || (step->lack == best->lack && step->size < best->size))
			best = step;
	}
	return best;
}

static enum zv_code near_sizes(struct zv_lot_near *near, struct lot_out *out, const struct stairs *stairs,
			       struct lot_maker *maker, struct lot_world *world, struct zv_err *err)
{
	const struct step *step = nearest_step(stairs);
	enum zv_code code = ZV_OK;
	int64_t size;

	*near = (struct zv_lot_near){.offer = maker->index, .reach_base = step != NULL ? step->both : 0};
	if (near->reach_base > maker->largest)
		near->reach_base = maker->largest;
	if (lot_lattice_down(&size, maker->lattice, near->reach_base, 1))
		code = lot_view(&near->below, out, maker, world, size, err);
	if (code == ZV_OK && lot_lattice_up(&size, maker->lattice, near->reach_base + 1, maker->largest))
		code = lot_view(&near->above, out, maker, world, size, err);
	return code;
}

/* One reason; of two the later test, then the smaller lack counts. */
static void offer_reason(struct zv_lot_miss *miss, const struct zv_lot_miss *other)
{
	if (other->why > miss->why || (other->why == miss->why && other->lack < miss->lack)) {
		size_t need = miss->need;

		*miss = *other;
		miss->need = need;
	}
}

static void days(struct zv_lot_miss *miss, zv_date have, zv_date want)
{
	miss->have = have;
	miss->want = want;
	miss->lack = have > want ? (int64_t)have - want : (int64_t)want - have;
}

static void barred_reason(struct zv_lot_miss *miss, const struct lot_world *world, const struct lot_maker *maker,
			  const struct zv_lot_need *need)
{
	const struct zv_lot_problem *problem = world->problem;

	if (miss->why == ZV_LOT_WINDOW && need->due != ZV_DATE_NONE && problem->from != ZV_DATE_NONE &&
	    need->due < problem->from)
		days(miss, need->due, problem->from);
	else if (miss->why == ZV_LOT_WINDOW)
		days(miss, need->earliest, problem->to);
	else if (miss->why == ZV_LOT_LEAD && need->due != ZV_DATE_NONE && maker->offer->ready > need->due)
		days(miss, maker->offer->ready, need->due);
	else if (miss->why == ZV_LOT_LEAD)
		days(miss, maker->offer->ready, problem->to);
}

/* Too dear at every size that holds it: the smallest difference, at the end of a piece of the ladder. */
static enum zv_code price_reason(struct zv_lot_miss *miss, const struct lot_world *world, const struct lot_maker *maker,
				 const struct lot_pos *pos, struct zv_err *err)
{
	struct lot_frac least = {0, 1};
	const struct lot_seg *at = NULL;
	enum zv_code code = ZV_OK;

	for (size_t s = 0; s < maker->n_segs && code == ZV_OK; s++) {
		const struct lot_seg *seg = &maker->segs[s];
		struct lot_frac gap;

		if (seg->hi < pos->firm)
			continue;
		code = lot_seg_gap(&gap, seg, seg->hi, pos->need, lot_freight(world->problem, maker->index, pos->need->place),
				   err);
		if (code == ZV_OK && (at == NULL || lot_frac_cmp(gap, least) < 0)) {
			least = gap;
			at = seg;
		}
	}
	if (code != ZV_OK)
		return code;
	miss->why = ZV_LOT_PRICE;
	miss->size_base = at->hi;
	if (!lot_frac_ceil(&miss->lack, least, pos->firm) ||
	    !lot_frac_round(&miss->have, (struct lot_frac){pos->need->ceiling.kop, pos->need->ceiling.per}, pos->firm) ||
	    !zv_add(&miss->want, miss->have, miss->lack))
		return zv_fail(err, ZV_E_LIMIT, "price",
			       N_("What need %" PRId64 " lacks in money does not fit; check its price."), pos->need->id);
	return lot_price_out(&miss->price, &(int64_t){0}, at, at->hi, err);
}

/* `want` goes up to a size that the offer makes. */
static void capacity_reason(struct zv_lot_miss *miss, const struct lot_maker *maker, int64_t want)
{
	const struct zv_ladder *ladder = &maker->offer->ladder;

	if (ladder->form == ZV_LADDER_BREAKS && ladder->breaks[0].from_base > want)
		want = ladder->breaks[0].from_base;
	if (!lot_lattice_up(&want, maker->lattice, want, INT64_MAX))
		want = INT64_MAX;
	miss->why = ZV_LOT_CAPACITY;
	miss->have = maker->largest;
	miss->want = want;
	miss->lack = want > miss->have ? want - miss->have : 0;
}

/* The step at which a size is sold, of one piece; n when none. */
static size_t step_of(const struct stairs *stairs, size_t s, int64_t size)
{
	size_t lo = stairs->first[s], hi = stairs->first[s + 1];

	if (lo == hi || size < stairs->steps[lo].size)
		return stairs->n;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (stairs->steps[mid].size <= size)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

static void minimum_reason(struct zv_lot_miss *miss, const struct lot_maker *maker, int64_t size, int64_t both)
{
	int64_t lack = both < size ? size - both : 0;

	if (miss->why == ZV_LOT_MINIMUM && lack >= miss->lack)
		return;
	*miss = (struct zv_lot_miss){
		.why = ZV_LOT_MINIMUM, .offer = maker->index, .have = both, .want = size, .lack = lack, .size_base = size};
}

/* What the nearest lot lacks at which the position is willing and that holds it. False when capacity keeps it from all of them.
 */
static bool volume_reason(struct zv_lot_miss *miss, const struct stairs *stairs, const struct lot_maker *maker,
			  const struct lot_side *side, const struct lot_pos *pos)
{
	bool any = false;

	for (size_t s = 0; s < maker->n_segs; s++) {
		int64_t hi = maker->segs[s].hi < maker->largest ? maker->segs[s].hi : maker->largest, size;
		size_t at;

		if (side->opens[s] == LOT_NEVER ||
		    !lot_lattice_up(&size, maker->lattice, side->opens[s] > pos->firm ? side->opens[s] : pos->firm, hi))
			continue;
		any = true;
		at = step_of(stairs, s, size);
		minimum_reason(miss, maker, size, stairs->steps[at].both);
		if (at + 1 < stairs->first[s + 1]) {
			const struct step *later = &stairs->steps[stairs->steps[at + 1].best];

			minimum_reason(miss, maker, later->size, later->both);
		}
	}
	return any;
}

static bool is_too_large(int64_t *out, const struct lot_maker *maker, const struct lot_pos *pos)
{
	for (size_t s = 0; s < maker->n_segs; s++) {
		if (maker->segs[s].hi >= pos->firm)
			return false;
	}
	*out = pos->firm;
	return true;
}

/* The smallest size that would hold the position at a price it bears, were the capacity free; false: too dear at all
 * of them. `side` may be NULL: too dear everywhere. */
static bool size_it_bears(int64_t *out, const struct lot_maker *maker, const struct lot_side *side, const struct lot_pos *pos)
{
	for (size_t s = 0; s < maker->n_segs && side != NULL; s++) {
		if (side->opens[s] != LOT_NEVER &&
		    lot_lattice_up(out, maker->lattice, side->opens[s] > pos->firm ? side->opens[s] : pos->firm,
				   maker->segs[s].hi))
			return true;
	}
	return is_too_large(out, maker, pos);
}

/* Enough volume and yet no lot: no set makes up a size, or the search could not tell. */
static void set_reason(struct zv_lot_miss *miss, const struct zv_lot_near *near, const struct lot_maker *maker)
{
	const struct zv_lot_view *view = &near->below;

	if (!view->exists || (near->above.exists && near->above.lack_base < view->lack_base))
		view = &near->above;
	miss->why = maker->open ? ZV_LOT_SEARCH : ZV_LOT_STEP;
	miss->have = view->reach_base;
	miss->want = miss->size_base = view->size_base;
	miss->lack = view->lack_base;
}

static enum zv_code
reason(struct zv_lot_miss *miss, struct lot_world *world, struct lot_maker *maker, const struct lot_side *side, size_t pos_at,
       const struct stairs *stairs, const struct zv_lot_near *near, struct zv_err *err)
{
	const struct lot_pos *pos = &world->pos[pos_at];
	struct zv_lot_miss here = {.offer = maker->index, .why = lot_barred(world->problem, maker->index, pos->need)};
	enum zv_code code = ZV_OK;
	int64_t want;

	if (here.why != ZV_LOT_FITS)
		barred_reason(&here, world, maker, pos->need);
	else if (maker->n_segs == 0)
		capacity_reason(&here, maker, pos->firm);
	else if (side != NULL && volume_reason(&here, stairs, maker, side, pos))
		assert(here.why == ZV_LOT_MINIMUM);
	else if (size_it_bears(&want, maker, side, pos))
		capacity_reason(&here, maker, want);
	else if (miss->why <= ZV_LOT_PRICE)
		code = price_reason(&here, world, maker, pos, err);
	if (code == ZV_OK && here.why == ZV_LOT_MINIMUM && here.lack == 0)
		set_reason(&here, near, maker);
	if (code == ZV_OK)
		offer_reason(miss, &here);
	return code;
}

/* One maker against all that is left. `misses` is by position. */
static enum zv_code
look_at(struct zv_lot_miss *misses, struct lot_out *out, struct lot_maker *maker, struct lot_world *world, struct zv_err *err)
{
	struct stairs stairs = {0};
	struct zv_lot_near near = {0};
	enum zv_code code = lot_maker_see(maker, world, err);
	size_t side = 0;
	bool serves = false;

	if (code != ZV_OK)
		return code;
	build(&stairs, maker, world);
	for (size_t i = 0; i < world->n_pos && !serves; i++)
		serves = !world->gone[i] && lot_barred(world->problem, maker->index, world->pos[i].need) == ZV_LOT_FITS;
	if (serves && maker->largest >= maker->lattice.base)
		code = near_sizes(&near, out, &stairs, maker, world, err);
	if (code == ZV_OK && (near.below.exists || near.above.exists))
		zv_vec_push(&out->nears, near);
	for (size_t i = 0; i < world->n_pos && code == ZV_OK; i++) {
		const struct lot_side *mine =
			side < maker->n_sides && maker->sides[side].pos == i ? &maker->sides[side++] : NULL;

		if (!world->gone[i])
			code = reason(&misses[i], world, maker, mine, i, &stairs, &near, err);
	}
	tear_down(&stairs);
	return code;
}

struct named {
	int64_t id;
	struct zv_lot_miss miss;
};

static int by_need_id(const void *x, const void *y)
{
	const struct named *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

/* The reason of a position holds for each of its needs. By need id. */
static void list(struct lot_out *out, const struct zv_lot_miss *misses, const struct lot_world *world)
{
	struct named *named = zv_calloc(world->problem->n_needs + 1, sizeof(*named));
	size_t n = 0;

	for (size_t i = 0; i < world->n_pos; i++) {
		for (size_t m = 0; m < world->pos[i].n && !world->gone[i]; m++) {
			size_t need = world->members[world->pos[i].first + m];

			named[n] = (struct named){world->problem->needs[need].id, misses[i]};
			named[n++].miss.need = need;
		}
	}
	qsort(named, n, sizeof(*named), by_need_id);
	for (size_t i = 0; i < n; i++)
		zv_vec_push(&out->misses, named[i].miss);
	free(named);
}

enum zv_code lot_rest(struct lot_out *out, struct lot_world *world, struct zv_err *err)
{
	struct zv_lot_miss *misses = zv_calloc(world->n_pos + 1, sizeof(*misses));
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < world->n_pos; i++)
		misses[i] = (struct zv_lot_miss){.why = ZV_LOT_NOOFFER, .offer = ZV_LOT_NONE};
	for (size_t i = 0; i < world->n_makers && code == ZV_OK; i++)
		code = look_at(misses, out, &world->makers[i], world, err);
	if (code == ZV_OK)
		list(out, misses, world);
	free(misses);
	return code;
}
