/* Single failures of all firms, stopped early: the truth lies between the answer and the answer with its bound, for any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "chain_world.h"
#include "engine/chain/all.h"

enum { WORLDS = 400, SEED = 20261124, CREEPING = 20000 };

static void between(double low, double truth, double bound, int world, const char *what)
{
	if (low > truth + 1e-9 || truth > low + bound + 1e-11)
		fail_msg("seed %d, world %d: %s is %.17g, the answer %.17g and its bound %.3g", SEED, world, what, truth, low, bound);
}

/* False when a loop gives back so nearly all that the plain way does not get there. */
static bool truth_of(struct zv_chain_result *out, struct zv_chain_work *work, uint32_t cause)
{
	const struct zv_chain_shock shock = {cause, 1, 1};
	const struct zv_chain_options options = {0};
	struct zv_err err;

	return zv_chain_loss(out, work, &shock, 1, &options, &err) == ZV_OK && out->rounds < CREEPING;
}

static void run(uint32_t *proven, const struct chain_world *w, double cut, int world)
{
	struct zv_chain_network net;
	struct zv_chain_index one[WORLD_FIRMS], two[WORLD_FIRMS];
	struct zv_chain_all_options options = {.cut = cut, .threads = 1};
	struct zv_chain_work *work;
	uint32_t causes[WORLD_FIRMS];
	enum zv_code code;
	struct zv_err err;

	assert_int_equal(zv_chain_network_make(&net, &w->in, &err), ZV_OK);
	for (uint32_t i = 0; i < net.n; i++)
		causes[i] = net.n - 1 - i;
	memset(one, 0, sizeof(one));
	memset(two, 0, sizeof(two));
	code = zv_chain_all(one, &net, causes, net.n, &options, &err);
	if (code == ZV_E_LIMIT) { /* a loop that gives back nearly all */
		zv_chain_network_done(&net);
		return;
	}
	assert_int_equal(code, ZV_OK);
	options.threads = 2;
	assert_int_equal(zv_chain_all(two, &net, causes, net.n, &options, &err), ZV_OK);
	assert_memory_equal(one, two, sizeof(one));
	work = zv_chain_work_new(&net);
	for (uint32_t i = 0; i < net.n; i++) {
		struct zv_chain_result truth;

		if (!truth_of(&truth, work, causes[i]))
			continue;
		if (isnan(one[i].bound)) {
			assert_true(fabs(one[i].index - truth.index) <= fmax(cut, 1e-9));
			continue;
		}
		(*proven)++;
		assert_true(cut <= 0 || one[i].bound <= cut + 1e-12);
		between(one[i].index, truth.index, one[i].bound, world, "the index");
		between(one[i].down, truth.down, one[i].bound, world, "the index downstream");
		between(one[i].up, truth.up, one[i].bound, world, "the index upstream");
	}
	zv_chain_work_free(work);
	zv_chain_network_done(&net);
}

static void the_truth_lies_within_the_bound(void **state)
{
	static const double cuts[] = {1e-1, 1e-2, 1e-4, 0};
	struct chain_world w;
	struct zv_rng rng;
	uint32_t proven = 0;

	(void)state;
	zv_rng_init(&rng, SEED);
	for (int i = 0; i < WORLDS; i++) {
		chain_world_make(&w, &rng, false);
		run(&proven, &w, cuts[i % 4], i);
	}
	assert_true(proven > WORLDS * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_truth_lies_within_the_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
