/* The fixed point of single failures: the truth lies between the answer and the answer with its bound, whatever else is asked for and by how many threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chain_world.h"
#include "engine/chain/all.h"

enum { WORLDS = 1200, SEED = 20261124, WIDE_WORLDS = 40, WIDE_FIRMS = 400, WIDE_LINKS = 2000, WIDE_SECTORS = 24, WIDE_TYPES = WIDE_SECTORS * WIDE_SECTORS, WIDE_CAUSES = 40, CREEPING = 20000 };

static void between(double low, double truth, double bound, int world, const char *what)
{
	if (low > truth + 1e-11 || truth > low + bound + 1e-11)
		fail_msg("seed %d, world %d: %s is %.17g, the answer %.17g and its bound %.3g", SEED, world, what, truth, low, bound);
}

/* One failure by the plain rounds; false: a loop gives back so nearly all that they do not get there. */
static bool truth_of(struct chain_plain *out, const struct chain_world *w, uint32_t firm)
{
	struct chain_world alone = *w;

	memset(alone.psi_down, 0, sizeof(alone.psi_down));
	memset(alone.psi_up, 0, sizeof(alone.psi_up));
	alone.psi_down[firm] = alone.psi_up[firm] = 1;
	chain_plain_run(out, &alone, 1e-15, CREEPING);
	return out->rounds < CREEPING;
}

static void all_of(struct zv_chain_index *out, const struct zv_chain_network *net, const uint32_t *causes, uint32_t n, double cut, uint32_t threads)
{
	const struct zv_chain_all_options options = {.cut = cut, .threads = threads};
	struct zv_err err;

	memset(out, 0, n * sizeof(*out));
	assert_int_equal(zv_chain_all(out, net, causes, n, &options, &err), ZV_OK);
}

static void run(uint32_t *proven, const struct chain_world *w, double cut, int world)
{
	struct zv_chain_network net;
	struct zv_chain_index one[WORLD_FIRMS], two[WORLD_FIRMS], alone;
	uint32_t causes[WORLD_FIRMS];
	struct zv_err err;

	assert_int_equal(zv_chain_network_make(&net, &w->in, &err), ZV_OK);
	for (uint32_t i = 0; i < net.n; i++)
		causes[i] = net.n - 1 - i;
	all_of(one, &net, causes, net.n, cut, 1);
	all_of(two, &net, causes, net.n, cut, 2);
	assert_memory_equal(one, two, net.n * sizeof(*one));
	for (uint32_t i = 0; i < net.n; i++) {
		struct chain_plain truth;

		all_of(&alone, &net, &causes[i], 1, cut, 1);
		assert_memory_equal(&alone, &one[i], sizeof(alone));
		if (!truth_of(&truth, w, net.order[causes[i]]))
			continue;
		*proven += one[i].bound <= (cut > 0 ? cut : ZV_CHAIN_NEAREST) + 3e-13;
		between(one[i].index, truth.index, one[i].bound, world, "the index");
		between(one[i].down, truth.index_down, one[i].bound, world, "the index downstream");
		between(one[i].up, truth.index_up, one[i].bound, world, "the index upstream");
	}
	zv_chain_network_done(&net);
}

static void the_truth_lies_within_the_bound(void **state)
{
	static const double cuts[] = {1e-1, 1e-2, 1e-4, 0};
	struct chain_world w;
	struct zv_rng rng;
	uint32_t proven = 0, all = 0;

	(void)state;
	zv_rng_init(&rng, SEED);
	for (int i = 0; i < WORLDS; i++) {
		chain_world_make(&w, &rng, false);
		run(&proven, &w, cuts[i % 4], i);
		all += w.in.n_firms;
	}
	print_message("%u of %u answers as near as asked for\n", proven, all);
	assert_true(proven > all * 9 / 10);
}

/* --- networks of hundreds of firms, with many components ------------------------------------------------------------------------------------------ */

struct wide {
	struct zv_chain_input in;
	uint32_t sector[WIDE_FIRMS], supplier[WIDE_LINKS], buyer[WIDE_LINKS];
	double amount[WIDE_LINKS], revenue[WIDE_FIRMS], costs[WIDE_FIRMS];
	struct zv_chain_type types[WIDE_TYPES];
};

static void wide_make(struct wide *w, struct zv_rng *rng)
{
	double sold[WIDE_FIRMS] = {0}, bought[WIDE_FIRMS] = {0};
	uint32_t backwards = (uint32_t)zv_rng_below(rng, 8), step = 1 + (uint32_t)zv_rng_below(rng, 6);

	*w = (struct wide){.in = {.n_firms = WIDE_FIRMS, .n_sectors = WIDE_SECTORS, .n_links = WIDE_FIRMS + (uint32_t)zv_rng_below(rng, WIDE_LINKS - WIDE_FIRMS + 1)}};
	for (uint32_t i = 0; i < WIDE_FIRMS; i++) {
		w->sector[i] = (uint32_t)zv_rng_below(rng, WIDE_SECTORS);
		w->revenue[i] = w->costs[i] = NAN;
	}
	for (uint32_t l = 0; l < w->in.n_links; l++) {
		uint32_t a = (uint32_t)zv_rng_below(rng, WIDE_FIRMS), b = (a + 1 + (uint32_t)zv_rng_below(rng, step * 10)) % WIDE_FIRMS;
		bool back = zv_rng_below(rng, 8) < backwards;

		w->supplier[l] = back ? b : a < b ? a : b;
		w->buyer[l] = back ? a : a < b ? b : a;
		w->amount[l] = 0.01 + chain_world_share(rng) * (zv_rng_below(rng, 10) == 0 ? 100 : 1);
	}
	for (uint32_t k = 0; k < WIDE_TYPES; k++)
		w->types[w->in.n_types++] = (struct zv_chain_type){k % WIDE_SECTORS, k / WIDE_SECTORS, (uint8_t)zv_rng_below(rng, 3)};
	/* Some sell and buy outside as well: the more, the sooner rounds come to rest. */
	for (uint32_t l = 0; l < w->in.n_links; l++) {
		sold[w->supplier[l]] += w->amount[l];
		bought[w->buyer[l]] += w->amount[l];
	}
	for (uint32_t i = 0; i < WIDE_FIRMS; i++) {
		if (sold[i] > 0 && zv_rng_below(rng, 3) == 0)
			w->revenue[i] = sold[i] * (1 + chain_world_share(rng));
		if (bought[i] > 0 && zv_rng_below(rng, 3) == 0)
			w->costs[i] = bought[i] * (1 + chain_world_share(rng));
	}
	w->in.sector = w->sector;
	w->in.supplier = w->supplier;
	w->in.buyer = w->buyer;
	w->in.amount = w->amount;
	w->in.types = w->types;
	w->in.revenue = w->revenue;
	w->in.costs = w->costs;
}

/* Losses of one cause by the published rounds, run on until nothing moves. */
static void wide_one(const struct zv_chain_network *net, uint32_t cause, const struct zv_chain_index *found, int world)
{
	const struct zv_chain_shock shock = {cause, 1, 1};
	const struct zv_chain_options rounds = {.eps = 1e-15}, sweeps = {0};
	struct zv_chain_work *by_rounds = zv_chain_work_new(net), *by_sweeps = zv_chain_work_new(net);
	struct zv_chain_result truth, answer;
	struct zv_err err;

	assert_int_equal(zv_chain_loss(&truth, by_rounds, &shock, 1, &rounds, &err), ZV_OK);
	assert_int_equal(zv_chain_loss(&answer, by_sweeps, &shock, 1, &sweeps, &err), ZV_OK);
	for (uint32_t f = 0; f < net->n && truth.rounds < CREEPING; f++) {
		between(zv_chain_loss_down(by_sweeps, f), zv_chain_loss_down(by_rounds, f), 1e-10, world, "a loss downstream");
		between(zv_chain_loss_up(by_sweeps, f), zv_chain_loss_up(by_rounds, f), 1e-10, world, "a loss upstream");
	}
	if (truth.rounds < CREEPING) {
		between(found->index, truth.index, found->bound, world, "the index");
		between(answer.index, truth.index, answer.bound, world, "the index of one cause");
	}
	zv_chain_work_free(by_sweeps);
	zv_chain_work_free(by_rounds);
}

static void sweeps_lead_where_the_rounds_do(void **state)
{
	static const double cuts[] = {1e-3, 1e-6, 0};
	struct wide *w = malloc(sizeof(*w));
	uint32_t causes[WIDE_CAUSES];
	struct zv_chain_index found[WIDE_CAUSES];
	struct zv_chain_network net;
	struct zv_rng rng;
	struct zv_err err;

	(void)state;
	zv_rng_init(&rng, SEED + 1);
	for (int i = 0; i < WIDE_WORLDS; i++) {
		wide_make(w, &rng);
		assert_int_equal(zv_chain_network_make(&net, &w->in, &err), ZV_OK);
		for (uint32_t k = 0; k < WIDE_CAUSES; k++)
			causes[k] = (uint32_t)zv_rng_below(&rng, net.n);
		all_of(found, &net, causes, WIDE_CAUSES, cuts[i % 3], 2);
		for (uint32_t k = 0; k < WIDE_CAUSES; k += 4)
			wide_one(&net, causes[k], &found[k], i);
		zv_chain_network_done(&net);
	}
	free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_truth_lies_within_the_bound),
		cmocka_unit_test(sweeps_lead_where_the_rounds_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
