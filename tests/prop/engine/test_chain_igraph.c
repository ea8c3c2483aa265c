/*
 * Single cuts against igraph's dominators: where every group is OR, a node alone stops the target when all ways from raw nodes to it lead through that node. igraph (GPL) is in tests only.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants these first. */
#include <cmocka.h>
#include <igraph/igraph.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/chain/cuts.h"

enum { WORLDS = 300, NODES_MAX = 400, DEGREE_MAX = 5 };

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20261122;
}

struct network {
	struct zv_cuts_input in;
	uint32_t recipe_of[NODES_MAX], group_of[NODES_MAX], k[NODES_MAX], first[NODES_MAX + 1], member[NODES_MAX * DEGREE_MAX];
	bool raw[NODES_MAX];
};

/* Mostly forwards, so that ways are long, with some links back. */
static void draw(struct network *w, struct zv_rng *rng)
{
	struct zv_cuts_input *in = &w->in;
	uint32_t n = 2 + (uint32_t)zv_rng_below(rng, NODES_MAX - 1), near = 1 + (uint32_t)zv_rng_below(rng, 20), raw = 10 + (uint32_t)zv_rng_below(rng, 1000);

	memset(w, 0, sizeof(*w));
	*in = (struct zv_cuts_input){.n_nodes = n, .target = n - 1, .cold = true, .recipe_of = w->recipe_of, .group_of = w->group_of, .k = w->k, .first = w->first, .member = w->member};
	for (uint32_t node = 0; node < n; node++) {
		uint32_t degree = zv_rng_below(rng, 2) == 0 ? 1 : 1 + (uint32_t)zv_rng_below(rng, DEGREE_MAX);

		w->raw[node] = node == 0 || zv_rng_below(rng, raw) == 0;
		if (w->raw[node])
			continue;
		for (uint32_t d = 0; d < degree; d++) {
			uint32_t back = 1 + (uint32_t)zv_rng_below(rng, near), from = zv_rng_below(rng, 40) == 0 ? (uint32_t)zv_rng_below(rng, n) : node - (back > node ? node : back);
			bool known = from == node;

			for (uint32_t m = w->first[in->n_groups]; m < in->n_members; m++)
				known = known || w->member[m] == from;
			if (!known)
				w->member[in->n_members++] = from;
		}
		w->recipe_of[in->n_recipes] = node;
		w->group_of[in->n_groups] = in->n_recipes++;
		w->k[in->n_groups++] = 1;
		w->first[in->n_groups] = in->n_members;
	}
}

/* Node n is before all raw nodes. */
static void dominators(bool *out, bool *reached, const struct network *w)
{
	uint32_t n = w->in.n_nodes;
	igraph_vector_int_t edges, parents;
	igraph_t graph;

	igraph_vector_int_init(&edges, 0);
	igraph_vector_int_init(&parents, 0);
	for (uint32_t node = 0; node < n; node++) {
		if (!w->raw[node])
			continue;
		igraph_vector_int_push_back(&edges, (igraph_integer_t)n);
		igraph_vector_int_push_back(&edges, (igraph_integer_t)node);
	}
	for (uint32_t g = 0; g < w->in.n_groups; g++) {
		for (uint32_t m = w->first[g]; m < w->first[g + 1]; m++) {
			igraph_vector_int_push_back(&edges, (igraph_integer_t)w->member[m]);
			igraph_vector_int_push_back(&edges, (igraph_integer_t)w->recipe_of[w->group_of[g]]);
		}
	}
	assert_int_equal(igraph_create(&graph, &edges, (igraph_integer_t)n + 1, IGRAPH_DIRECTED), IGRAPH_SUCCESS);
	assert_int_equal(igraph_dominator_tree(&graph, (igraph_integer_t)n, &parents, NULL, NULL, IGRAPH_OUT), IGRAPH_SUCCESS);
	memset(out, 0, n * sizeof(*out));
	*reached = VECTOR(parents)[w->in.target] >= 0;
	for (igraph_integer_t at = (igraph_integer_t)w->in.target; *reached && at != (igraph_integer_t)n; at = VECTOR(parents)[at])
		out[at] = true;
	igraph_destroy(&graph);
	igraph_vector_int_destroy(&parents);
	igraph_vector_int_destroy(&edges);
}

static void single_cuts_are_the_dominators(void **state)
{
	struct network *w = zv_calloc(1, sizeof(*w));
	bool expected[NODES_MAX], found[NODES_MAX], reached;
	uint32_t several = 0;
	struct zv_rng rng;
	struct zv_err err;

	(void)state;
	zv_rng_init(&rng, seed_of());
	for (int i = 0; i < WORLDS; i++) {
		struct zv_cuts cuts;

		draw(w, &rng);
		dominators(expected, &reached, w);
		assert_int_equal(zv_cuts_find(&cuts, &w->in, 1, &err), ZV_OK);
		assert_int_equal(cuts.works, reached);
		memset(found, 0, sizeof(found));
		for (uint32_t c = 0; c < cuts.n && cuts.works; c++) {
			assert_int_equal(cuts.first[c + 1] - cuts.first[c], 1);
			found[cuts.node[cuts.first[c]]] = true;
		}
		for (uint32_t node = 0; node < w->in.n_nodes; node++)
			if (found[node] != expected[node])
				fail_msg("seed %llu, network %d: node %u stops the target: %d, igraph says %d", (unsigned long long)seed_of(), i, node, found[node], expected[node]);
		several += cuts.works && cuts.n > 2;
		zv_cuts_done(&cuts);
	}
	print_message("%u of %d targets have more than two single cuts\n", several, WORLDS);
	assert_true(several > WORLDS / 10);
	free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(single_cuts_are_the_dominators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
