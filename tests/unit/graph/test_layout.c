/* Places on a circle: on it, apart, the same each time, and with no more crossings than a search over all orders finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "graph/layout.h"

enum { N_MAX = 400, EDGES_MAX = 2000 };

struct graph {
	struct zv_layout_point points[N_MAX];
	struct zv_layout_edge edges[EDGES_MAX];
	int n;
	size_t n_edges;
	struct zv_arena arena;
};

static int setup(void **state)
{
	struct graph *g = calloc(1, sizeof(*g));

	zv_arena_init(&g->arena);
	*state = g;
	return 0;
}

static int teardown(void **state)
{
	struct graph *g = *state;

	zv_arena_done(&g->arena);
	free(g);
	return 0;
}

static void join(struct graph *g, int from, int to)
{
	g->edges[g->n_edges++] = (struct zv_layout_edge){from, to};
}

static void lay(struct graph *g)
{
	zv_layout_circle(g->points, g->n, g->edges, g->n_edges, &g->arena);
}

/* Nodes in the order given. */
static int64_t crossings_as_given(const struct graph *g)
{
	static struct zv_layout_point points[N_MAX];

	for (int i = 0; i < g->n; i++)
		points[i].place = i;
	return zv_layout_crossings(points, g->edges, g->n_edges);
}

static void every_node_has_a_place_of_its_own_on_the_circle(void **state)
{
	struct graph *g = *state;
	bool taken[N_MAX] = {false};

	g->n = 61;
	for (int i = 0; i < 120; i++)
		join(g, i % 61, (i * 7 + 3) % 61);
	lay(g);
	for (int i = 0; i < g->n; i++) {
		int64_t dx = g->points[i].x - ZV_LAYOUT_SPAN / 2;
		int64_t dy = g->points[i].y - ZV_LAYOUT_SPAN / 2;

		assert_in_range(g->points[i].place, 0, g->n - 1);
		assert_false(taken[g->points[i].place]);
		taken[g->points[i].place] = true;
		assert_in_range(g->points[i].x, 0, ZV_LAYOUT_SPAN);
		assert_in_range(g->points[i].y, 0, ZV_LAYOUT_SPAN);
		assert_in_range(dx * dx + dy * dy, 499 * 499, 501 * 501);
	}
}

static void the_sine_is_that_of_the_circle(void **state)
{
	static const struct {
		int64_t angle, x, y;
	} known[] = {
		{0, 0, -1000000}, {90000, 1000000, 0}, {180000, 0, 1000000}, {270000, -1000000, 0}, {30000, 500000, -866025}, {45000, 707107, -707107},
		{210000, -500000, 866025}, {-90000, -1000000, 0}, {360000, 0, -1000000}, {12345678, 962796, 270231},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(known); i++) {
		int64_t x, y;

		zv_layout_on_circle(&x, &y, 1000000, known[i].angle);
		assert_true(llabs(x - known[i].x) <= 50);
		assert_true(llabs(y - known[i].y) <= 50);
	}
}

static void a_ring_given_in_disorder_is_laid_without_crossings(void **state)
{
	static const int order[] = {0, 5, 2, 7, 4, 9, 6, 1, 8, 3};
	struct graph *g = *state;

	g->n = 10;
	for (int i = 0; i < 10; i++)
		join(g, order[i], order[(i + 1) % 10]);
	assert_true(crossings_as_given(g) > 0);
	lay(g);
	assert_int_equal(zv_layout_crossings(g->points, g->edges, g->n_edges), 0);
	assert_int_equal(g->points[0].place, 0);
}

static void nodes_without_edges_stand_together_at_the_end(void **state)
{
	struct graph *g = *state;

	g->n = 9;
	join(g, 0, 4);
	join(g, 4, 8);
	join(g, 8, 2);
	join(g, 3, 3); /* a loop joins nobody */
	lay(g);
	for (int i = 0; i < g->n; i++) {
		bool linked = i == 0 || i == 2 || i == 4 || i == 8;

		assert_true(linked == (g->points[i].place < 4));
	}
}

/* Fewest crossings over all orders of up to 7 nodes. */
static int64_t fewest(const struct graph *g, struct zv_layout_point *points, int at)
{
	int64_t best = INT64_MAX;

	if (at == g->n)
		return zv_layout_crossings(points, g->edges, g->n_edges);
	for (int i = at; i < g->n; i++) {
		struct zv_layout_point kept = points[at];
		int64_t found;

		points[at].place = points[i].place;
		points[i].place = kept.place;
		found = fewest(g, points, at + 1);
		best = found < best ? found : best;
		points[i].place = points[at].place;
		points[at].place = kept.place;
	}
	return best;
}

static void small_graphs_are_near_the_fewest_crossings_there_can_be(void **state)
{
	struct graph *g = *state;
	int64_t ours = 0, least = 0, given = 0;
	struct zv_rng rng;
	uint64_t seed = 4;

	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < 60; round++) {
		struct zv_layout_point points[7];

		g->n = 7;
		g->n_edges = 0;
		for (int a = 0; a < 7; a++)
			for (int b = 0; b < a; b++)
				if (zv_rng_below(&rng, 100) < 55)
					join(g, a, b);
		lay(g);
		for (int i = 0; i < 7; i++)
			points[i].place = i;
		given += crossings_as_given(g);
		least += fewest(g, points, 1); /* the first may stand still: a circle turns */
		ours += zv_layout_crossings(g->points, g->edges, g->n_edges);
		assert_true(zv_layout_crossings(g->points, g->edges, g->n_edges) <= crossings_as_given(g));
	}
	print_message("crossings: %lld given, %lld laid, %lld at least\n", (long long)given, (long long)ours, (long long)least);
	assert_true(ours >= least);
	assert_true(ours * 100 <= least * 110);
}

static void the_same_graph_gives_the_same_places_whatever_the_order_of_edges(void **state)
{
	static struct zv_layout_point first[N_MAX];
	struct graph *g = *state;

	g->n = 60;
	for (int i = 0; i < 300; i++)
		join(g, i * 13 % 60, i * 29 % 59);
	lay(g);
	memcpy(first, g->points, sizeof(first));
	for (size_t i = 0; i < g->n_edges / 2; i++) {
		struct zv_layout_edge kept = g->edges[i];

		g->edges[i] = g->edges[g->n_edges - 1 - i];
		g->edges[g->n_edges - 1 - i] = kept;
	}
	lay(g);
	assert_memory_equal(first, g->points, sizeof(first));
}

static void no_node_one_node_and_very_many_are_laid_too(void **state)
{
	struct graph *g = *state;

	lay(g);
	g->n = 1;
	lay(g);
	assert_int_equal(g->points[0].y, 0);
	assert_int_equal(g->points[0].x, ZV_LAYOUT_SPAN / 2);
	g->n = N_MAX;
	for (int i = 0; i < EDGES_MAX; i++)
		join(g, i * 17 % N_MAX, i * 31 % N_MAX);
	lay(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_node_has_a_place_of_its_own_on_the_circle, setup, teardown),
		cmocka_unit_test(the_sine_is_that_of_the_circle),
		cmocka_unit_test_setup_teardown(a_ring_given_in_disorder_is_laid_without_crossings, setup, teardown),
		cmocka_unit_test_setup_teardown(nodes_without_edges_stand_together_at_the_end, setup, teardown),
		cmocka_unit_test_setup_teardown(small_graphs_are_near_the_fewest_crossings_there_can_be, setup, teardown),
		cmocka_unit_test_setup_teardown(the_same_graph_gives_the_same_places_whatever_the_order_of_edges, setup, teardown),
		cmocka_unit_test_setup_teardown(no_node_one_node_and_very_many_are_laid_too, setup, teardown),
	};

	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
