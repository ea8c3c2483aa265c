/* One lot size as the needs see it: who is willing, what lacks, and whom a little money would bring in. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/lot/cover.h"
#include "engine/lot/out.h"

/* A position that would join for money. */
struct unwilling {
	size_t pos;
	int64_t id, gap; /* kopecks for all its needs */
	int64_t both;
	bool needed;
};

struct eyes {
	struct lot_item *willing; /* those that fit the size */
	size_t n_willing;
	struct unwilling *unwilling;
	size_t n_unwilling;
	int64_t firm, firm_fit, both_fit, both_unwilling;
};

/* Every need pays for itself, rounded up by itself. */
static enum zv_code
gap_of(int64_t *out, const struct lot_frac *gap, const struct lot_pos *pos, const struct lot_world *world, struct zv_err *err)
{
	*out = 0;
	for (size_t i = 0; i < pos->n; i++) {
		const struct zv_lot_need *need = &world->problem->needs[world->members[pos->first + i]];
		int64_t kop;

		if (!lot_frac_ceil(&kop, *gap, need->firm_base + need->extra_base) || !zv_add(out, *out, kop))
			return zv_fail(err, ZV_E_LIMIT, "price",
				       N_("What need %" PRId64 " lacks in money does not fit; check its price."), need->id);
	}
	return ZV_OK;
}

static enum zv_code look(struct eyes *eyes, struct zv_lot_view *view, const struct lot_maker *maker,
			 const struct lot_world *world, const struct lot_seg *seg, struct zv_err *err)
{
	for (size_t i = 0; i < world->n_pos; i++) {
		const struct lot_pos *pos = &world->pos[i];
		struct lot_frac gap;
		enum zv_code code;

		if (world->gone[i] || lot_barred(world->problem, maker->index, pos->need) != ZV_LOT_FITS)
			continue;
		code = lot_seg_gap(&gap, seg, view->size_base, pos->need,
				   lot_freight(world->problem, maker->index, pos->need->place), err);
		if (code == ZV_OK && gap.num > 0) {
			struct unwilling *u = &eyes->unwilling[eyes->n_unwilling++];

			*u = (struct unwilling){
				.pos = i, .id = pos->id, .both = pos->firm <= view->size_base ? pos->firm + pos->extra : 0};
			code = gap_of(&u->gap, &gap, pos, world, err);
			eyes->both_unwilling += u->both;
			view->n_unwilling += pos->n;
		} else if (code == ZV_OK) {
			view->n_willing += pos->n;
			eyes->firm += pos->firm;
			if (pos->firm <= view->size_base) {
				eyes->willing[eyes->n_willing++] = (struct lot_item){pos->firm, pos->extra};
				eyes->firm_fit += pos->firm;
				eyes->both_fit += pos->firm + pos->extra;
			}
		}
		if (code != ZV_OK)
			return code;
	}
	return ZV_OK;
}

/* The volume of the willing, and when they are too many for the size what a set of them can make of it. */
static void reach(struct zv_lot_view *view, const struct eyes *eyes, struct lot_world *world)
{
	struct lot_task task = {.items = eyes->willing,
				.n = eyes->n_willing,
				.lattice = {view->size_base, 1},
				.lo = view->size_base,
				.hi = view->size_base,
				.at_least = 1};
	struct lot_pick pick = {.chosen = world->chosen};

	view->exact = true;
	view->reach_base = eyes->both_fit;
	if (eyes->firm_fit <= view->size_base || eyes->both_fit < view->size_base)
		return;
	world->work.stop = world->work.steps + world->budget / 16;
	lot_subset_solve(&pick, &task, &world->work);
	view->reach_base = pick.firm + pick.extra;
	if (!pick.found)
		view->exact =
			lot_subset_reach(&view->reach_base, eyes->willing, eyes->n_willing, view->size_base, &world->work);
}

static int by_gap(const void *x, const void *y)
{
	const struct unwilling *a = x, *b = y;

	if (a->needed != b->needed)
		return a->needed ? -1 : 1;
	if (a->gap != b->gap)
		return a->gap < b->gap ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* The cheapest set of the unwilling whose volume closes the lack. */
static void persuade(struct zv_lot_view *view, struct eyes *eyes)
{
	struct lot_cover *cover = zv_calloc(eyes->n_unwilling + 1, sizeof(*cover));
	bool exact;

	for (size_t i = 0; i < eyes->n_unwilling; i++)
		cover[i] = (struct lot_cover){eyes->unwilling[i].gap, eyes->unwilling[i].both, eyes->unwilling[i].id, i, false};
	if (lot_cover(&view->lack_kop, &exact, cover, eyes->n_unwilling, view->lack_base)) {
		view->exact = view->exact && exact;
		for (size_t i = 0; i < eyes->n_unwilling; i++)
			eyes->unwilling[cover[i].at].needed = cover[i].taken;
	}
	free(cover);
}

static enum zv_code list_who(struct lot_out *out, struct zv_lot_view *view, struct eyes *eyes, const struct lot_maker *maker,
			     const struct lot_world *world, const struct lot_seg *seg, struct zv_err *err)
{
	qsort(eyes->unwilling, eyes->n_unwilling, sizeof(*eyes->unwilling), by_gap);
	view->first_who = out->who.n;
	for (size_t i = 0; i < eyes->n_unwilling; i++) {
		const struct lot_pos *pos = &world->pos[eyes->unwilling[i].pos];
		struct lot_frac gap;
		enum zv_code code;

		code = lot_seg_gap(&gap, seg, view->size_base, pos->need,
				   lot_freight(world->problem, maker->index, pos->need->place), err);
		for (size_t m = 0; m < pos->n && code == ZV_OK && view->n_who < ZV_LOT_WHO_MAX; m++) {
			struct zv_lot_who who = {.need = world->members[pos->first + m], .needed = eyes->unwilling[i].needed};
			const struct zv_lot_need *need = &world->problem->needs[who.need];

			if (!lot_frac_ceil(&who.gap_kop, gap, need->firm_base + need->extra_base))
				return zv_fail(err, ZV_E_BUG, "price", N_("A sum fitted before and does not fit now."));
			zv_vec_push(&out->who, who);
			view->n_who++;
		}
		if (code != ZV_OK)
			return code;
		if (view->n_who == ZV_LOT_WHO_MAX)
			break;
	}
	return ZV_OK;
}

enum zv_code lot_view(struct zv_lot_view *view, struct lot_out *out, struct lot_maker *maker, struct lot_world *world,
		      int64_t size, struct zv_err *err)
{
	const struct lot_seg *seg = lot_seg_at(maker, size);
	struct eyes eyes = {0};
	enum zv_code code;
	int64_t all;

	*view = (struct zv_lot_view){.size_base = size};
	if (seg == NULL)
		return ZV_OK;
	view->exists = true;
	eyes.willing = zv_calloc(world->n_pos + 1, sizeof(*eyes.willing));
	eyes.unwilling = zv_calloc(world->n_pos + 1, sizeof(*eyes.unwilling));
	code = lot_price_out(&view->price, &view->value_kop, seg, size, err);
	if (code == ZV_OK)
		code = look(&eyes, view, maker, world, seg, err);
	if (code != ZV_OK)
		goto done;
	view->firm_base = eyes.firm;
	reach(view, &eyes, world);
	view->lack_base = view->reach_base < size ? size - view->reach_base : 0;
	all = eyes.both_fit + eyes.both_unwilling;
	view->rest_base = view->lack_base > 0 && all < size ? size - all : 0;
	if (view->lack_base > 0)
		persuade(view, &eyes);
	code = list_who(out, view, &eyes, maker, world, seg, err);
done:
	free(eyes.unwilling);
	free(eyes.willing);
	return code;
}
