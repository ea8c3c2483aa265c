/* Lot after lot until nothing fits, then what is to be said of the rest. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/lot/inner.h"
#include "engine/lot/out.h"
#include "engine/lot/split.h"

static const char *const why_names[ZV_LOT_WHY_COUNT] = {
	"FITS", "NOOFFER", "UNIT",  "CONTROLLED", "PROPERTY", "VALIDITY", "WINDOW",
	"LEAD", "NOPRICE", "PRICE", "CAPACITY",   "MINIMUM",  "STEP",     "SEARCH",
};

const char *zv_lot_why_name(enum zv_lot_why why)
{
	return (unsigned)why < ZV_LOT_WHY_COUNT ? why_names[why] : "UNKNOWN";
}

static int by_bound(const void *x, const void *y)
{
	const struct lot_maker *a = *(const struct lot_maker *const *)x, *b = *(const struct lot_maker *const *)y;

	if (a->bound != b->bound)
		return a->bound > b->bound ? -1 : 1;
	return (a->offer->id > b->offer->id) - (a->offer->id < b->offer->id);
}

/* The best lot of all makers. Those whose bound cannot reach it are not looked at. */
static enum zv_code best_lot(struct lot_best *best, struct lot_world *world, struct lot_maker **order, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	best->found = false;
	qsort(order, world->n_makers, sizeof(*order), by_bound);
	for (size_t i = 0; i < world->n_makers && code == ZV_OK; i++) {
		if (order[i]->bound == 0 || (best->found && order[i]->bound < best->firm))
			break;
		code = lot_maker_best(best, order[i], world, err);
	}
	return code;
}

/* Claims of whole positions, then of the needs inside each, so that a need split in two gets what it got whole. */
static enum zv_code split(struct lot_out *out, const struct lot_best *best, const struct lot_world *world, struct zv_err *err)
{
	const struct zv_lot_problem *problem = world->problem;
	int64_t package = problem->package_base > 0 ? problem->package_base : zv_lot_package(best->maker->offer->dim);
	struct zv_split_claim *claims = zv_calloc(best->n_chosen + 1, sizeof(*claims));
	struct zv_split_share *shares = zv_calloc(best->n_chosen + 1, sizeof(*shares));
	enum zv_code code;

	for (size_t i = 0; i < best->n_chosen; i++) {
		const struct lot_pos *pos = &world->pos[best->chosen[i]];

		claims[i] = (struct zv_split_claim){pos->id, pos->firm, pos->extra, pos->need->priority};
	}
	code = zv_lot_split(shares, claims, best->n_chosen, best->size, package, err);
	for (size_t i = 0; i < best->n_chosen && code == ZV_OK; i++)
		code = lot_out_position(out, world, best->chosen[i], &shares[i], package, err);
	free(shares);
	free(claims);
	return code;
}

static enum zv_code add_lot(struct lot_out *out, const struct lot_best *best, struct lot_world *world, struct zv_err *err)
{
	struct zv_lot lot = {.offer = best->maker->index,
			     .size_base = best->size,
			     .firm_base = best->firm,
			     .extra_base = best->extra,
			     .first_link = out->links.n,
			     .proved = best->proved && best->first,
			     .bound_base = best->firm};
	enum zv_code code = lot_price_out(&lot.price, &lot.value_kop, lot_seg_at(best->maker, best->size), best->size, err);

	for (size_t i = 0; i < world->n_makers; i++) {
		const struct lot_maker *maker = &world->makers[i];

		if (maker->seen && maker->open && maker->bound >= best->firm) {
			lot.proved = false;
			lot.bound_base = maker->bound > lot.bound_base ? maker->bound : lot.bound_base;
		}
	}
	if (code == ZV_OK)
		code = split(out, best, world, err);
	if (code != ZV_OK)
		return code;
	lot.n_links = out->links.n - lot.first_link;
	lot_out_finish(out, &lot, world);
	zv_vec_push(&out->lots, lot);
	return ZV_OK;
}

static void leave(const struct lot_best *best, struct lot_world *world)
{
	struct lot_maker *maker = best->maker;

	for (size_t i = 0; i < best->n_chosen; i++)
		world->gone[best->chosen[i]] = true;
	if (maker->left != INT64_MAX)
		maker->left -= best->size;
	maker->largest = maker->largest < maker->left ? maker->largest : maker->left;
	maker->bound = maker->bound < maker->largest ? maker->bound : maker->largest;
	if (maker->largest < maker->lattice.base)
		maker->bound = 0;
}

static enum zv_code all_lots(struct lot_out *out, struct lot_world *world, struct zv_err *err)
{
	struct lot_maker **order = zv_reallocarray(NULL, world->n_makers + 1, sizeof(struct lot_maker *));
	struct lot_best best = {.chosen = ZV_ARENA_ARRAY(world->arena, size_t, world->n_pos + 1)};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < world->n_makers; i++)
		order[i] = &world->makers[i];
	for (;;) {
		code = best_lot(&best, world, order, err);
		if (code != ZV_OK || !best.found)
			break;
		code = add_lot(out, &best, world, err);
		if (code != ZV_OK)
			break;
		leave(&best, world);
	}
	free(order);
	return code;
}

enum zv_code zv_lot_solve(struct zv_lot_result **out, const struct zv_lot_problem *problem, struct zv_err *err)
{
	struct zv_arena arena;
	struct lot_world world;
	struct lot_out parts = {0};
	enum zv_code code;

	zv_arena_init(&arena);
	code = lot_world_init(&world, problem, &arena, err);
	if (code == ZV_OK)
		code = lot_alone(&parts.headline.alone, &world, err);
	if (code == ZV_OK)
		code = all_lots(&parts, &world, err);
	if (code == ZV_OK)
		code = lot_rest(&parts, &world, err);
	if (code == ZV_OK)
		code = lot_headline(&parts, &world, err);
	if (code == ZV_OK)
		*out = lot_out_take(&parts, world.work.steps);
	lot_out_done(&parts);
	lot_world_done(&world);
	zv_arena_done(&arena);
	return code;
}
