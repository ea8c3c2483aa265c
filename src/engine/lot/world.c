/* The problem as the solver sees it: checked, alike needs merged, ladders laid out. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/lot/inner.h"

static enum zv_code check_price(struct zv_price price, const char *field, int64_t id, struct zv_err *err)
{
	if (price.per < 0 || (price.per > 0 && price.kop < 0))
		return zv_fail(err, ZV_E_INVALID, field, N_("The price of record %" PRId64 " is negative."), id);
	return ZV_OK;
}

static enum zv_code
check_need(const struct zv_lot_problem *problem, const struct zv_lot_need *need, int64_t *total, struct zv_err *err)
{
	if (need->firm_base <= 0)
		return zv_fail(err, ZV_E_INVALID, "qty", N_("Need %" PRId64 " has no quantity; it must be above zero."),
			       need->id);
	if (need->extra_base < 0)
		return zv_fail(err, ZV_E_INVALID, "tolerance", N_("The tolerance of need %" PRId64 " is negative."), need->id);
	if ((problem->freight != NULL && need->place >= problem->n_places) ||
	    (problem->verdict != NULL && need->spec >= problem->n_specs))
		return zv_fail(err, ZV_E_INVALID, "need",
			       N_("Need %" PRId64 " points outside the tables of freight or verdicts."), need->id);
	if (!zv_add(total, *total, need->firm_base) || !zv_add(total, *total, need->extra_base))
		return zv_fail(err, ZV_E_LIMIT, "qty",
			       N_("The quantities of the needs are too large to be added up (need %" PRId64 ")."), need->id);
	return check_price(need->ceiling, "ceiling", need->id, err);
}

static enum zv_code check_ladder(const struct zv_lot_offer *offer, struct zv_err *err)
{
	const struct zv_ladder *ladder = &offer->ladder;
	enum zv_code code = ZV_OK;

	if (ladder->form == ZV_LADDER_FIXED) {
		if (ladder->fixed_kop < 0 || ladder->variable.per <= 0)
			return zv_fail(err, ZV_E_INVALID, "price", N_("Offer %" PRId64 " has no usable price."), offer->id);
		code = check_price(ladder->variable, "price", offer->id, err);
	}
	for (size_t i = 0; ladder->form == ZV_LADDER_BREAKS && i < ladder->n_breaks && code == ZV_OK; i++) {
		if (ladder->breaks[i].price.per <= 0 ||
		    (i > 0 && ladder->breaks[i].from_base <= ladder->breaks[i - 1].from_base))
			return zv_fail(err, ZV_E_INVALID, "price",
				       N_("The price ladder of offer %" PRId64 " does not go up step by step."), offer->id);
		code = check_price(ladder->breaks[i].price, "price", offer->id, err);
	}
	return code;
}

static enum zv_code check_offer(const struct zv_lot_offer *offer, struct zv_err *err)
{
	if (offer->sizes.min < 0 || offer->sizes.step < 0 || offer->sizes.max < 0 || offer->free_base < 0)
		return zv_fail(err, ZV_E_INVALID, "min", N_("Offer %" PRId64 " has a negative lot size, step or capacity."),
			       offer->id);
	return check_ladder(offer, err);
}

static enum zv_code check_problem(const struct zv_lot_problem *problem, int64_t *sum, struct zv_err *err)
{
	size_t n_freight, n_verdict;
	int64_t total = 0;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < problem->n_needs && code == ZV_OK; i++)
		code = check_need(problem, &problem->needs[i], &total, err);
	for (size_t i = 0; i < problem->n_offers && code == ZV_OK; i++)
		code = check_offer(&problem->offers[i], err);
	n_freight = problem->freight != NULL ? problem->n_offers * problem->n_places : 0;
	n_verdict = problem->verdict != NULL ? problem->n_offers * problem->n_specs : 0;
	for (size_t i = 0; i < n_freight && code == ZV_OK; i++)
		code = check_price(problem->freight[i], "freight", problem->offers[i / problem->n_places].id, err);
	for (size_t i = 0; i < n_verdict && code == ZV_OK; i++) {
		if (problem->verdict[i] >= ZV_LOT_WHY_COUNT)
			code = zv_fail(err, ZV_E_INVALID, "verdict", N_("Verdict %d is not known."), (int)problem->verdict[i]);
	}
	*sum = total;
	if (code == ZV_OK && (problem->package_base < 0 || problem->work_limit < 0))
		code = zv_fail(err, ZV_E_INVALID, "package", N_("Package and work limit may not be negative."));
	return code;
}

#define CMP(a, b) (((a) > (b)) - ((a) < (b)))

/* 0 when the solver cannot tell the two needs apart. */
static int alike(const struct zv_lot_need *a, const struct zv_lot_need *b)
{
	int c = CMP(a->org, b->org);

	c = c != 0 ? c : CMP(a->item, b->item);
	c = c != 0 ? c : CMP(a->spec, b->spec);
	c = c != 0 ? c : CMP(a->place, b->place);
	c = c != 0 ? c : CMP(a->region, b->region);
	c = c != 0 ? c : CMP(a->priority, b->priority);
	c = c != 0 ? c : CMP(a->dim, b->dim);
	c = c != 0 ? c : CMP(a->earliest, b->earliest);
	c = c != 0 ? c : CMP(a->due, b->due);
	c = c != 0 ? c : CMP(a->ceiling.per == 0, b->ceiling.per == 0);
	if (c != 0 || a->ceiling.per == 0)
		return c;
	return lot_frac_cmp((struct lot_frac){a->ceiling.kop, a->ceiling.per},
			    (struct lot_frac){b->ceiling.kop, b->ceiling.per});
}

static int by_likeness(const void *x, const void *y)
{
	const struct zv_lot_need *a = *(const struct zv_lot_need *const *)x, *b = *(const struct zv_lot_need *const *)y;
	int c = alike(a, b);

	return c != 0 ? c : CMP(a->id, b->id);
}

static int by_id(const void *x, const void *y)
{
	const struct lot_pos *a = x, *b = y;

	return CMP(a->id, b->id);
}

static int by_offer_id(const void *x, const void *y)
{
	const struct lot_maker *a = x, *b = y;

	return CMP(a->offer->id, b->offer->id);
}

static enum zv_code merge_needs(struct lot_world *world, struct zv_err *err)
{
	const struct zv_lot_problem *problem = world->problem;
	const struct zv_lot_need **sorted = zv_reallocarray(NULL, problem->n_needs + 1, sizeof(*sorted));
	enum zv_code code = ZV_OK;

	world->pos = ZV_ARENA_ARRAY(world->arena, struct lot_pos, problem->n_needs);
	world->members = ZV_ARENA_ARRAY(world->arena, size_t, problem->n_needs);
	for (size_t i = 0; i < problem->n_needs; i++)
		sorted[i] = &problem->needs[i];
	qsort(sorted, problem->n_needs, sizeof(*sorted), by_likeness);
	for (size_t i = 0; i < problem->n_needs; i++) {
		const struct zv_lot_need *need = sorted[i];
		struct lot_pos *pos;

		if (i == 0 || alike(sorted[i - 1], need) != 0)
			world->pos[world->n_pos++] = (struct lot_pos){.id = need->id, .need = need, .first = i};
		pos = &world->pos[world->n_pos - 1];
		pos->firm += need->firm_base;
		pos->extra += need->extra_base;
		pos->n++;
		world->members[i] = (size_t)(need - problem->needs);
	}
	free(sorted);
	qsort(world->pos, world->n_pos, sizeof(*world->pos), by_id);
	for (size_t i = 1; i < world->n_pos && code == ZV_OK; i++) {
		if (world->pos[i].id == world->pos[i - 1].id)
			code = zv_fail(err, ZV_E_INVALID, "id", N_("Need %" PRId64 " is there twice."), world->pos[i].id);
	}
	return code;
}

/* Without any limit: far more than the needs could fill, so that products with it fit. */
static int64_t far_away(int64_t total, struct lot_lattice lattice)
{
	int64_t most = total > lattice.base ? total : lattice.base, far;

	return zv_mul(&far, most, 16) ? far : INT64_MAX;
}

static enum zv_code lay_out_offers(struct lot_world *world, int64_t total, struct zv_err *err)
{
	const struct zv_lot_problem *problem = world->problem;

	world->makers = ZV_ARENA_ARRAY(world->arena, struct lot_maker, problem->n_offers);
	world->n_makers = problem->n_offers;
	for (size_t i = 0; i < problem->n_offers; i++) {
		const struct zv_lot_offer *offer = &problem->offers[i];
		struct lot_maker *maker = &world->makers[i];
		int64_t step = offer->sizes.step > 0 ? offer->sizes.step : 1;

		*maker = (struct lot_maker){.offer = offer, .index = i, .left = offer->free_base};
		maker->lattice = (struct lot_lattice){offer->sizes.min > 0 ? offer->sizes.min : step, step};
		maker->largest = offer->sizes.max > 0 && offer->sizes.max < maker->left ? offer->sizes.max : maker->left;
		if (maker->largest == INT64_MAX)
			maker->largest = far_away(total, maker->lattice);
		maker->bound = maker->largest < total ? maker->largest : total;
		lot_segs_make(maker, world->arena);
	}
	qsort(world->makers, world->n_makers, sizeof(*world->makers), by_offer_id);
	for (size_t i = 1; i < world->n_makers; i++) {
		if (world->makers[i].offer->id == world->makers[i - 1].offer->id)
			return zv_fail(err, ZV_E_INVALID, "id", N_("Offer %" PRId64 " is there twice."),
				       world->makers[i].offer->id);
	}
	return ZV_OK;
}

enum zv_code
lot_world_init(struct lot_world *world, const struct zv_lot_problem *problem, struct zv_arena *arena, struct zv_err *err)
{
	int64_t total;
	enum zv_code code = check_problem(problem, &total, err);

	*world = (struct lot_world){.problem = problem, .arena = arena};
	if (code == ZV_OK)
		code = merge_needs(world, err);
	if (code == ZV_OK)
		code = lay_out_offers(world, total, err);
	if (code != ZV_OK)
		return code;
	world->budget = problem->work_limit > 0 ? problem->work_limit : ZV_LOT_WORK;
	world->gone = ZV_ARENA_ARRAY(arena, bool, world->n_pos + 1);
	world->items = ZV_ARENA_ARRAY(arena, struct lot_item, world->n_pos + 1);
	world->item_pos = ZV_ARENA_ARRAY(arena, size_t, world->n_pos + 1);
	world->chosen = ZV_ARENA_ARRAY(arena, size_t, world->n_pos + 1);
	return ZV_OK;
}

void lot_world_done(struct lot_world *world)
{
	lot_work_done(&world->work);
}
