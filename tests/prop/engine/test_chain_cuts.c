/* Cut sets against trying all sets, on small random networks with circles, k of n, alternative recipes and both ways to start. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants these first. */
#include <cmocka.h>

#include "base/rng.h"
#include "engine/chain/cuts.h"

enum { WORLDS = 4000, NODES = 9, RECIPES = 20, GROUPS = 40, MEMBERS = 120, LARGE = 3000 };

struct network {
	struct zv_cuts_input in;
	uint32_t recipe_of[RECIPES], group_of[GROUPS], k[GROUPS], first[GROUPS + 1], member[MEMBERS];
};

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20261122;
}

static void draw(struct network *w, struct zv_rng *rng)
{
	struct zv_cuts_input *in = &w->in;

	memset(w, 0, sizeof(*w));
	*in = (struct zv_cuts_input){.recipe_of = w->recipe_of, .group_of = w->group_of, .k = w->k, .first = w->first, .member = w->member};
	in->n_nodes = 2 + (uint32_t)zv_rng_below(rng, NODES - 1);
	in->target = (uint32_t)zv_rng_below(rng, in->n_nodes);
	in->cold = zv_rng_below(rng, 2) == 1;
	for (uint32_t node = 0; node < in->n_nodes; node++) {
		uint32_t recipes = zv_rng_below(rng, 100) < 40 ? 0 : 1 + (uint32_t)zv_rng_below(rng, 2);

		for (uint32_t r = 0; r < recipes; r++) {
			uint32_t groups = (uint32_t)zv_rng_below(rng, 3);

			w->recipe_of[in->n_recipes] = node;
			for (uint32_t g = 0; g < groups && in->n_groups < GROUPS; g++) {
				uint32_t from = in->n_members;

				for (uint32_t m = 0; m < in->n_nodes && in->n_members < MEMBERS; m++)
					if (zv_rng_below(rng, 100) < 35)
						w->member[in->n_members++] = m;
				w->group_of[in->n_groups] = in->n_recipes;
				w->k[in->n_groups] = in->n_members == from ? (uint32_t)zv_rng_below(rng, 2) : 1 + (uint32_t)zv_rng_below(rng, in->n_members - from);
				w->k[in->n_groups] += zv_rng_below(rng, 20) == 0;
				w->first[++in->n_groups] = in->n_members;
			}
			in->n_recipes++;
		}
	}
}

/* Round by round over all nodes, nothing kept between rounds. */
static bool target_works(const struct zv_cuts_input *in, uint32_t failed)
{
	uint32_t works = in->cold ? 0 : (1u << in->n_nodes) - 1, before;

	do {
		before = works;
		works = 0;
		for (uint32_t node = 0; node < in->n_nodes; node++) {
			bool leaf = true, works_here = false;

			for (uint32_t r = 0; r < in->n_recipes; r++) {
				bool holds = in->recipe_of[r] == node;

				leaf = leaf && in->recipe_of[r] != node;
				for (uint32_t g = 0; g < in->n_groups && holds; g++) {
					uint32_t n = 0;

					for (uint32_t i = in->first[g]; i < in->first[g + 1]; i++)
						n += before >> in->member[i] & 1;
					holds = in->group_of[g] != r || n >= in->k[g];
				}
				works_here = works_here || holds;
			}
			if ((leaf || works_here) && !(failed >> node & 1))
				works |= 1u << node;
		}
	} while (works != before);
	return works >> in->target & 1;
}

static int ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static uint32_t by_trying_all(uint32_t *sets, const struct zv_cuts_input *in, uint32_t order)
{
	uint32_t n = 0;

	for (uint32_t failed = 0; failed < 1u << in->n_nodes; failed++) {
		bool minimal = !target_works(in, failed) && (order == 0 || (uint32_t)__builtin_popcount(failed) <= order);

		for (uint32_t node = 0; node < in->n_nodes && minimal; node++)
			minimal = !(failed >> node & 1) || target_works(in, failed & ~(1u << node));
		if (minimal)
			sets[n++] = failed;
	}
	return n;
}

static void all_sets_are_found_and_no_others(void **state)
{
	static uint32_t here[1 << NODES], found[1 << NODES];
	struct network w;
	struct zv_rng rng;
	uint32_t most = 0, sets = 0;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed_of());
	zv_rng_init(&rng, seed_of());
	for (int n = 0; n < WORLDS; n++) {
		uint32_t order = (uint32_t)zv_rng_below(&rng, 4), expected;
		struct zv_cuts cuts;
		struct zv_err err;

		draw(&w, &rng);
		expected = by_trying_all(here, &w.in, order);
		assert_int_equal(zv_cuts_find(&cuts, &w.in, order, &err), ZV_OK);
		assert_int_equal(cuts.works, target_works(&w.in, 0));
		if (cuts.n != expected)
			fail_msg("network %d, order %u: %u sets, there are %u", n, order, cuts.n, expected);
		for (uint32_t i = 0; i < cuts.n; i++) {
			found[i] = 0;
			for (uint32_t j = cuts.first[i]; j < cuts.first[i + 1]; j++)
				found[i] |= 1u << cuts.node[j];
		}
		qsort(found, cuts.n, sizeof(*found), ascending);
		assert_memory_equal(found, here, cuts.n * sizeof(*here));
		most = expected > most ? expected : most;
		sets += expected;
		zv_cuts_done(&cuts);
	}
	print_message("%d networks, %u sets, %u at most in one\n", WORLDS, sets, most);
	assert_true(most > 8);
}

/* A line of pairs: target needs one of each of LARGE pairs. The pairs are all there is but the target. */
static void thousands_of_nodes_take_no_time(void **state)
{
	uint32_t *group_of = calloc(LARGE, sizeof(*group_of)), *k = calloc(LARGE, sizeof(*k)), *first = calloc(LARGE + 1, sizeof(*first)), *member = calloc(2 * LARGE, sizeof(*member));
	const uint32_t recipe_of[] = {0};
	struct zv_cuts_input in = {.n_nodes = 2 * LARGE + 1, .n_recipes = 1, .n_groups = LARGE, .n_members = 2 * LARGE, .recipe_of = recipe_of, .group_of = group_of, .k = k, .first = first, .member = member};
	struct zv_cuts cuts;
	struct zv_err err;

	(void)state;
	for (uint32_t i = 0; i < LARGE; i++) {
		k[i] = 1;
		first[i + 1] = 2 * (i + 1);
		member[2 * i] = 2 * i + 1;
		member[2 * i + 1] = 2 * i + 2;
	}
	assert_int_equal(zv_cuts_find(&cuts, &in, 1, &err), ZV_OK);
	assert_int_equal(cuts.n, 1);
	zv_cuts_done(&cuts);
	free(group_of);
	free(k);
	free(first);
	free(member);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_sets_are_found_and_no_others),
		cmocka_unit_test(thousands_of_nodes_take_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
