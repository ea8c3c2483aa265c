/* Losses of small networks, derived by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "engine/chain/loss.h"

enum { A, B, C, D, E, FIRMS };

struct net {
	struct zv_chain_input in;
	uint32_t sector[FIRMS], supplier[16], buyer[16];
	double amount[16], revenue[FIRMS], costs[FIRMS];
	struct zv_chain_type types[16];
};

/* Each firm is of a sector of its own until told otherwise. */
static void begin(struct net *n)
{
	memset(n, 0, sizeof(*n));
	n->in = (struct zv_chain_input){.n_firms = FIRMS, .n_sectors = FIRMS, .sector = n->sector, .supplier = n->supplier, .buyer = n->buyer, .amount = n->amount, .types = n->types};
	for (uint32_t i = 0; i < FIRMS; i++) {
		n->sector[i] = i;
		n->revenue[i] = n->costs[i] = NAN;
	}
}

static void link(struct net *n, uint32_t supplier, uint32_t buyer, double amount, uint8_t kind)
{
	uint32_t l = n->in.n_links++;

	n->supplier[l] = supplier;
	n->buyer[l] = buyer;
	n->amount[l] = amount;
	n->types[n->in.n_types++] = (struct zv_chain_type){n->sector[supplier], n->sector[buyer], kind};
}

struct lost {
	double down[FIRMS], up[FIRMS];
	uint32_t binds[FIRMS]; /* the input sector */
	struct zv_chain_result result;
};

static struct lost lose(const struct net *n, uint32_t firm, double own, double eps)
{
	struct zv_chain_network net;
	struct zv_chain_work *work;
	const struct zv_chain_options options = {.eps = eps};
	struct lost lost;
	struct zv_err err;

	assert_int_equal(zv_chain_network_make(&net, &n->in, &err), ZV_OK);
	work = zv_chain_work_new(&net);
	{
		const struct zv_chain_shock shock = {net.place[firm], own, own};

		assert_int_equal(zv_chain_loss(&lost.result, work, &shock, 1, &options, &err), ZV_OK);
	}
	for (uint32_t i = 0; i < FIRMS; i++) {
		uint32_t slot = zv_chain_loss_binds(work, net.place[i]);

		lost.down[i] = zv_chain_loss_down(work, net.place[i]);
		lost.up[i] = zv_chain_loss_up(work, net.place[i]);
		lost.binds[i] = slot == ZV_CHAIN_NONE ? ZV_CHAIN_NONE : net.slot_input[slot];
	}
	zv_chain_work_free(work);
	zv_chain_network_done(&net);
	return lost;
}

#define SAME(a, b) assert_true(fabs((a) - (b)) < 1e-12)

static void a_chain_stops_to_its_end_and_back_to_its_start(void **state)
{
	struct net n;
	struct lost lost;

	(void)state;
	begin(&n);
	link(&n, A, B, 2, 2);
	link(&n, B, C, 3, 2);
	lost = lose(&n, A, 1, 0);
	SAME(lost.down[B], 1);
	SAME(lost.down[C], 1);
	assert_int_equal(lost.binds[C], B);
	assert_int_equal(lost.binds[A], ZV_CHAIN_NONE);
	SAME(lost.result.down, 1);
	SAME(lost.result.up, 0.4); /* A alone: it buys nothing */
	lost = lose(&n, C, 1, 0);
	SAME(lost.up[A], 1);
	SAME(lost.result.up, 1);
	SAME(lost.result.down, 0); /* C sells nothing */
	lost = lose(&n, A, 0.25, 0);
	SAME(lost.down[C], 0.25);
}

static void a_star_takes_from_each_supplier_its_part(void **state)
{
	struct net n;
	struct lost lost;

	(void)state;
	begin(&n);
	link(&n, A, E, 1, 1);
	link(&n, B, E, 2, 1);
	link(&n, C, E, 3, 1);
	link(&n, D, E, 2, 0); /* negligible, but a purchase */
	lost = lose(&n, C, 1, 0);
	SAME(lost.down[E], 3.0 / 8);
	assert_int_equal(lost.binds[E], ZV_CHAIN_NONE); /* no single sector */
	lost = lose(&n, D, 1, 0);
	SAME(lost.down[E], 0);
	lost = lose(&n, E, 0.5, 0);
	SAME(lost.up[D], 0.5);
}

/* A feeds B and C, both of one sector and both needed by D in the parts 1 : 3; E could take the place of B. */
static void a_diamond_with_a_substitute(void **state)
{
	struct net n;
	struct lost lost;

	(void)state;
	begin(&n);
	n.sector[C] = n.sector[E] = B;
	link(&n, B, D, 1, 2);
	n.in.n_types--; /* stated once by the next */
	link(&n, C, D, 3, 2);
	n.in.n_types--;
	link(&n, E, A, 6, 2);
	n.types[n.in.n_types++] = (struct zv_chain_type){B, D, 2};
	lost = lose(&n, B, 1, 0);
	SAME(lost.down[D], 0.25);
	assert_int_equal(lost.binds[D], B);
	n.in.substitution = true;
	lost = lose(&n, B, 1, 0);
	SAME(lost.down[D], 0.25 * 1 / 9); /* 1 of what is left, 3 + 6 */
	lost = lose(&n, B, 0.5, 0);
	SAME(lost.down[D], 0.125 * 1 / 9.5);
}

static void an_empty_market_replaces_nothing(void **state)
{
	struct net n;

	(void)state;
	begin(&n);
	n.in.substitution = true;
	link(&n, A, B, 1e-9, 2); /* far below 1: the amount is no measure of what is left */
	SAME(lose(&n, A, 1, 0).down[B], 1);
}

/* B = 1/2 + C/2, C = B/2. */
static void a_loop_gives_back_a_part(void **state)
{
	struct net n;
	struct lost lost;

	(void)state;
	begin(&n);
	link(&n, A, B, 1, 1);
	link(&n, C, B, 1, 1);
	link(&n, B, C, 1, 1);
	link(&n, D, C, 1, 1);
	lost = lose(&n, A, 1, 0);
	SAME(lost.down[B], 2.0 / 3);
	SAME(lost.down[C], 1.0 / 3);
	lost = lose(&n, A, 1, 1e-2);
	SAME(lost.down[B], 0.6640625);
	SAME(lost.down[C], 0.328125);
	assert_int_equal(lost.result.rounds, 7);
}

static void revenue_and_costs_make_the_seen_links_a_part(void **state)
{
	struct net n;
	struct lost lost;

	(void)state;
	begin(&n);
	link(&n, A, B, 2, 2);
	link(&n, C, B, 2, 2);
	n.revenue[A] = 10;
	n.costs[B] = 16;
	n.in.revenue = n.revenue;
	n.in.costs = n.costs;
	lost = lose(&n, A, 1, 0);
	SAME(lost.down[B], 4.0 / 16);
	lost = lose(&n, B, 1, 0);
	SAME(lost.up[A], 2.0 / 10);
	SAME(lost.up[C], 1);
}

static void what_is_wrong_is_refused(void **state)
{
	struct zv_chain_network net;
	struct zv_err err;
	struct net n;

	(void)state;
	begin(&n);
	link(&n, A, B, 2, 2);
	n.buyer[0] = FIRMS;
	assert_int_equal(zv_chain_network_make(&net, &n.in, &err), ZV_E_INVALID);
	n.buyer[0] = B;
	n.amount[0] = NAN;
	assert_int_equal(zv_chain_network_make(&net, &n.in, &err), ZV_E_INVALID);
	n.amount[0] = 1e19;
	assert_int_equal(zv_chain_network_make(&net, &n.in, &err), ZV_E_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_stops_to_its_end_and_back_to_its_start),
		cmocka_unit_test(a_star_takes_from_each_supplier_its_part),
		cmocka_unit_test(a_diamond_with_a_substitute),
		cmocka_unit_test(an_empty_market_replaces_nothing),
		cmocka_unit_test(a_loop_gives_back_a_part),
		cmocka_unit_test(revenue_and_costs_make_the_seen_links_a_part),
		cmocka_unit_test(what_is_wrong_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
