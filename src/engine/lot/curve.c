/* The price curve of an offer: the same needs seen at several lot sizes. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/lot/out.h"

static int ascending(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

static enum zv_code views(struct zv_lot_curve *curve, struct lot_world *world, struct lot_maker *maker, const int64_t *sizes,
			  size_t n, struct zv_err *err)
{
	struct lot_out out = {0};
	enum zv_code code = ZV_OK;
	int64_t before = 0;

	curve->points = zv_calloc(n + 1, sizeof(*curve->points));
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_lot_view *view = &curve->points[curve->n];
		int64_t size = sizes[i];
		bool made = lot_lattice_up(&size, maker->lattice, sizes[i], maker->largest);

		if (made && size == before)
			continue;
		code = lot_view(view, &out, maker, world, size, err);
		view->exists = view->exists && made;
		before = size;
		curve->n++;
	}
	curve->who = out.who.p;
	curve->n_who = out.who.n;
	out.who.p = NULL;
	lot_out_done(&out);
	return code;
}

static struct lot_maker *maker_of(struct lot_world *world, size_t offer)
{
	for (size_t i = 0; i < world->n_makers; i++) {
		if (world->makers[i].index == offer)
			return &world->makers[i];
	}
	return NULL;
}

/* The sizes worth a look, ascending. Room for n_breaks + 5. */
static size_t landmarks(int64_t *sizes, const struct lot_maker *maker)
{
	const struct zv_ladder *ladder = &maker->offer->ladder;
	int64_t m = maker->lattice.base, more;
	size_t n = 0;

	sizes[n++] = m;
	if (zv_add(&more, m, m / 2 + m % 2))
		sizes[n++] = more;
	if (zv_mul(&more, m, 2))
		sizes[n++] = more;
	if (zv_mul(&more, m, 3))
		sizes[n++] = more;
	for (size_t i = 0; ladder->form == ZV_LADDER_BREAKS && i < ladder->n_breaks; i++)
		sizes[n++] = ladder->breaks[i].from_base;
	if (maker->offer->sizes.max > 0 || maker->offer->free_base != INT64_MAX)
		sizes[n++] = maker->largest;
	qsort(sizes, n, sizeof(*sizes), ascending);
	while (n > 0 && sizes[n - 1] > maker->largest)
		n--;
	if (n > 0 && !lot_lattice_down(&sizes[n - 1], maker->lattice, sizes[n - 1], 1))
		n--;
	return n;
}

static enum zv_code make(struct zv_lot_curve **out, const struct zv_lot_problem *problem, size_t offer, const int64_t *asked,
			 size_t n_asked, struct zv_err *err)
{
	struct zv_lot_curve *curve = zv_calloc(1, sizeof(*curve));
	int64_t *sizes = NULL;
	struct zv_arena arena;
	struct lot_world world;
	enum zv_code code;

	zv_arena_init(&arena);
	code = lot_world_init(&world, problem, &arena, err);
	if (code == ZV_OK && offer >= problem->n_offers)
		code = zv_fail(err, ZV_E_NOTFOUND, "offer", N_("There is no such offer in the problem."));
	if (code == ZV_OK) {
		struct lot_maker *maker = maker_of(&world, offer);

		sizes = zv_calloc(n_asked + maker->offer->ladder.n_breaks + 8, sizeof(*sizes));
		for (size_t i = 0; i < n_asked; i++)
			sizes[i] = asked[i];
		if (asked == NULL)
			n_asked = landmarks(sizes, maker);
		code = views(curve, &world, maker, sizes, n_asked, err);
	}
	lot_world_done(&world);
	zv_arena_done(&arena);
	free(sizes);
	if (code == ZV_OK)
		*out = curve;
	else
		zv_lot_curve_free(curve);
	return code;
}

enum zv_code zv_lot_curve(struct zv_lot_curve **out, const struct zv_lot_problem *problem, size_t offer, struct zv_err *err)
{
	return make(out, problem, offer, NULL, 0, err);
}

enum zv_code zv_lot_curve_at(struct zv_lot_curve **out, const struct zv_lot_problem *problem, size_t offer,
			     const int64_t *sizes, size_t n_sizes, struct zv_err *err)
{
	static const int64_t none[1];

	return make(out, problem, offer, sizes != NULL ? sizes : none, n_sizes, err);
}

void zv_lot_curve_free(struct zv_lot_curve *curve)
{
	if (curve == NULL)
		return;
	free(curve->points);
	free(curve->who);
	free(curve);
}
