/* Losses of random networks against the plain rounds, and laws that hold for any network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chain_world.h"

enum { WORLDS = 6000, SEED = 20261123, CREEPING = 1000 };

struct run {
	struct zv_chain_network net;
	struct zv_chain_work *work;
	struct zv_chain_result result;
};

static void run(struct run *r, const struct chain_world *w, double eps)
{
	struct zv_chain_shock shocks[WORLD_FIRMS];
	const struct zv_chain_options options = {.eps = eps};
	struct zv_err err;
	uint32_t n = 0;

	assert_int_equal(zv_chain_network_make(&r->net, &w->in, &err), ZV_OK);
	r->work = zv_chain_work_new(&r->net);
	for (uint32_t i = 0; i < w->in.n_firms; i++)
		if (w->psi_down[i] > 0 || w->psi_up[i] > 0)
			shocks[n++] = (struct zv_chain_shock){r->net.place[i], w->psi_down[i], w->psi_up[i]};
	assert_int_equal(zv_chain_loss(&r->result, r->work, shocks, n, &options, &err), ZV_OK);
	/* Twice: what the first run leaves behind must not be felt. */
	assert_int_equal(zv_chain_loss(&r->result, r->work, shocks, n, &options, &err), ZV_OK);
}

static void done(struct run *r)
{
	zv_chain_work_free(r->work);
	zv_chain_network_done(&r->net);
}

static double down(const struct run *r, uint32_t firm)
{
	return zv_chain_loss_down(r->work, r->net.place[firm]);
}

static double up(const struct run *r, uint32_t firm)
{
	return zv_chain_loss_up(r->work, r->net.place[firm]);
}

static void near(double a, double b, double tolerance, int world, const char *what)
{
	if (fabs(a - b) > tolerance)
		fail_msg("seed %d, world %d: %s is %.17g and should be %.17g", SEED, world, what, a, b);
}

static void agrees(const struct run *r, const struct chain_plain *plain, const struct chain_world *w, double tolerance, int world)
{
	for (uint32_t i = 0; i < w->in.n_firms; i++) {
		near(down(r, i), plain->down[i], tolerance, world, "a loss downstream");
		near(up(r, i), plain->up[i], tolerance, world, "a loss upstream");
	}
	near(r->result.index, plain->index, tolerance, world, "the index");
	near(r->result.down, plain->index_down, tolerance, world, "the index downstream");
	near(r->result.up, plain->index_up, tolerance, world, "the index upstream");
}

static void rounds_are_those_of_the_published_index(void **state)
{
	static const double eps[] = {1e-2, 1e-3, 1e-6};
	struct chain_world w;
	struct chain_plain plain;
	struct zv_rng rng;
	struct run r;

	(void)state;
	zv_rng_init(&rng, SEED);
	for (int i = 0; i < WORLDS; i++) {
		double e = eps[i % 3];

		chain_world_make(&w, &rng, i % 2 == 0);
		chain_plain_run(&plain, &w, e, UINT32_MAX);
		run(&r, &w, e);
		if (r.result.rounds != plain.rounds)
			fail_msg("seed %d, world %d: %u rounds instead of %u", SEED, i, r.result.rounds, plain.rounds);
		agrees(&r, &plain, &w, 1e-12, i);
		done(&r);
	}
}

static void the_fixed_point_is_where_the_rounds_lead(void **state)
{
	struct chain_world w;
	struct chain_plain plain;
	struct zv_rng rng;
	struct run r;

	(void)state;
	zv_rng_init(&rng, SEED + 1);
	for (int i = 0; i < WORLDS / 2; i++) {
		chain_world_make(&w, &rng, i % 2 == 0);
		chain_plain_run(&plain, &w, 1e-10, CREEPING + 1);
		if (plain.rounds > CREEPING) /* a loop that gives back nearly all: the plain rounds stop far below it */
			continue;
		run(&r, &w, 0);
		agrees(&r, &plain, &w, 1e-7, i);
		done(&r);
	}
}

/* The slot that binds, reckoned from the losses of its suppliers, is the loss of the firm. */
static void the_binding_slot_is_the_loss_of_its_firm(void **state)
{
	struct chain_world w;
	struct zv_rng rng;
	struct run r;
	uint32_t bound = 0;

	(void)state;
	zv_rng_init(&rng, SEED + 2);
	for (int i = 0; i < WORLDS / 4; i++) {
		chain_world_make(&w, &rng, i % 2 == 0);
		run(&r, &w, 0);
		for (uint32_t f = 0; f < r.net.n; f++) {
			uint32_t slot = zv_chain_loss_binds(r.work, f);
			double sum = 0;

			if (slot == ZV_CHAIN_NONE) {
				near(zv_chain_loss_down(r.work, f), w.psi_down[r.net.order[f]], 0, i, "the loss of a firm that nothing binds");
				continue;
			}
			for (uint32_t s = 0; s < r.net.n; s++)
				for (uint32_t l = r.net.down_start[s]; l < r.net.down_start[s + 1]; l++)
					sum += r.net.down_slot[l] == slot ? r.net.down_part[l] * zv_chain_loss_felt(r.work, s) : 0;
			near(fmin(1, sum), zv_chain_loss_down(r.work, f), 1e-11, i, "the loss in the slot that binds");
			bound++;
		}
		done(&r);
	}
	assert_true(bound > WORLDS / 4);
}

static void a_greater_shock_never_loses_less_and_none_loses_nothing(void **state)
{
	struct chain_world w;
	struct zv_rng rng;
	struct run small, great;

	(void)state;
	zv_rng_init(&rng, SEED + 3);
	for (int i = 0; i < WORLDS / 4; i++) {
		chain_world_make(&w, &rng, i % 2 == 0);
		run(&small, &w, 0);
		for (uint32_t f = 0; f < w.in.n_firms; f++) {
			w.psi_down[f] = fmax(w.psi_down[f], zv_rng_below(&rng, 4) == 0 ? chain_world_share(&rng) : 0);
			w.psi_up[f] = fmax(w.psi_up[f], zv_rng_below(&rng, 4) == 0 ? chain_world_share(&rng) : 0);
		}
		run(&great, &w, 0);
		for (uint32_t f = 0; f < w.in.n_firms; f++) {
			assert_true(down(&great, f) >= down(&small, f) - 1e-11);
			assert_true(up(&great, f) >= up(&small, f) - 1e-11);
			w.psi_down[f] = w.psi_up[f] = 0;
		}
		done(&small);
		done(&great);
		run(&small, &w, 0);
		assert_true(small.result.index == 0 && small.result.n_touched == 0);
		done(&small);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounds_are_those_of_the_published_index),
		cmocka_unit_test(the_fixed_point_is_where_the_rounds_lead),
		cmocka_unit_test(the_binding_slot_is_the_loss_of_its_firm),
		cmocka_unit_test(a_greater_shock_never_loses_less_and_none_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
