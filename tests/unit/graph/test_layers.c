/* Layers: arrows lead on, places are apart, the same each time, and what can be drawn without crossings is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "graph/layers.h"

enum { N_MAX = 20000, EDGES_MAX = 100000 };

struct graph {
	struct zv_layers_place places[N_MAX];
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
	zv_layers(g->places, g->n, g->edges, g->n_edges, &g->arena);
}

static int by_place(const void *a, const void *b)
{
	const struct zv_layers_place *p = a, *q = b;

	return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->y > q->y) - (p->y < q->y);
}

static void assert_apart(const struct graph *g)
{
	static struct zv_layers_place sorted[N_MAX];

	memcpy(sorted, g->places, (size_t)g->n * sizeof(*sorted));
	qsort(sorted, (size_t)g->n, sizeof(*sorted), by_place);
	for (int i = 1; i < g->n; i++)
		assert_true(by_place(&sorted[i - 1], &sorted[i]) < 0);
}

/* Of arrows between neighbouring layers. */
static int64_t crossings(const struct graph *g)
{
	int64_t n = 0;

	for (size_t a = 0; a < g->n_edges; a++)
		for (size_t b = 0; b < a; b++) {
			const struct zv_layers_place *af = &g->places[g->edges[a].from], *at = &g->places[g->edges[a].to];
			const struct zv_layers_place *bf = &g->places[g->edges[b].from], *bt = &g->places[g->edges[b].to];

			if (af->layer == bf->layer && at->layer == bt->layer && ((af->y < bf->y && at->y > bt->y) || (af->y > bf->y && at->y < bt->y)))
				n++;
		}
	return n;
}

static void nothing_and_one(void **state)
{
	struct graph *g = *state;

	g->n = 0;
	lay(g);
	g->n = 1;
	lay(g);
	assert_int_equal(g->places[0].x, 0);
	assert_int_equal(g->places[0].y, 0);
	assert_int_equal(g->places[0].layer, 0);
}

static void layers_are_longest_paths(void **state)
{
	struct graph *g = *state;

	/* 0 → 1 → 2 → 3 with a short cut 0 → 3; 4, which nothing leads to, gives to 3. */
	g->n = 5;
	join(g, 0, 1);
	join(g, 1, 2);
	join(g, 2, 3);
	join(g, 0, 3);
	join(g, 4, 3);
	lay(g);
	for (int i = 0; i < 4; i++)
		assert_int_equal(g->places[i].layer, i);
	assert_int_equal(g->places[4].layer, 2);
	assert_int_equal(g->places[3].x, 3 * ZV_LAYERS_GAP);
}

static void a_circle_has_one_arrow_back(void **state)
{
	struct graph *g = *state;
	int back = 0;

	g->n = 6;
	for (int i = 0; i < 6; i++)
		join(g, i, (i + 1) % 6);
	join(g, 3, 3);
	lay(g);
	for (size_t e = 0; e < 6; e++)
		back += g->places[g->edges[e].to].layer <= g->places[g->edges[e].from].layer;
	assert_int_equal(back, 1);
	assert_apart(g);
}

/* Forty chains of ten, the nodes shuffled: nothing needs to cross. */
static void chains_do_not_cross(void **state)
{
	struct graph *g = *state;
	enum { CHAINS = 40, LONG = 10 };
	int name[CHAINS * LONG];
	struct zv_rng rng;

	zv_rng_init(&rng, 7);
	g->n = CHAINS * LONG;
	for (int i = 0; i < g->n; i++) {
		int k = (int)zv_rng_below(&rng, (uint64_t)i + 1);

		name[i] = name[k];
		name[k] = i;
	}
	for (int c = 0; c < CHAINS; c++)
		for (int i = 0; i + 1 < LONG; i++)
			join(g, name[c * LONG + i], name[c * LONG + i + 1]);
	lay(g);
	assert_apart(g);
	assert_int_equal(crossings(g), 0);
}

/* Random graphs without circles: every arrow leads on, and each layer above the first is asked for by an arrow or by what it gives to. */
static void arrows_lead_on(void **state)
{
	struct graph *g = *state;

	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct zv_rng rng;

		zv_rng_init(&rng, seed);
		g->n = 2 + (int)zv_rng_below(&rng, 200);
		g->n_edges = zv_rng_below(&rng, 600);
		for (size_t e = 0; e < g->n_edges; e++) {
			int from = (int)zv_rng_below(&rng, (uint64_t)g->n - 1);

			g->edges[e] = (struct zv_layout_edge){from, from + 1 + (int)zv_rng_below(&rng, (uint64_t)(g->n - 1 - from))};
		}
		lay(g);
		assert_apart(g);
		for (size_t e = 0; e < g->n_edges; e++) {
			assert_true(g->places[g->edges[e].from].layer < g->places[g->edges[e].to].layer);
			assert_true(g->places[g->edges[e].from].x < g->places[g->edges[e].to].x);
		}
	}
}

static void large_with_circles(void **state)
{
	struct graph *g = *state;
	struct zv_layers_place first;
	struct zv_rng rng;

	zv_rng_init(&rng, 3);
	g->n = N_MAX;
	g->n_edges = EDGES_MAX;
	for (size_t e = 0; e < g->n_edges; e++)
		g->edges[e] = (struct zv_layout_edge){(int)zv_rng_below(&rng, N_MAX), (int)zv_rng_below(&rng, N_MAX)};
	lay(g);
	assert_apart(g);
	first = g->places[17];
	lay(g);
	assert_memory_equal(&first, &g->places[17], sizeof(first));
}

/* A chain as long as the graph is no deep recursion. */
static void a_long_chain(void **state)
{
	struct graph *g = *state;

	g->n = N_MAX;
	for (int i = 0; i + 1 < g->n; i++)
		join(g, i, i + 1);
	lay(g);
	assert_int_equal(g->places[g->n - 1].layer, g->n - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_and_one, setup, teardown),
		cmocka_unit_test_setup_teardown(layers_are_longest_paths, setup, teardown),
		cmocka_unit_test_setup_teardown(a_circle_has_one_arrow_back, setup, teardown),
		cmocka_unit_test_setup_teardown(chains_do_not_cross, setup, teardown),
		cmocka_unit_test_setup_teardown(arrows_lead_on, setup, teardown),
		cmocka_unit_test_setup_teardown(large_with_circles, setup, teardown),
		cmocka_unit_test_setup_teardown(a_long_chain, setup, teardown),
	};

	return cmocka_run_group_tests_name("graph/layers", tests, NULL, NULL);
}
