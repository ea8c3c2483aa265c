/* Ejection chains: a need too large for any room that is left gets in where others can go elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/chains.h"

enum { NEEDS = 6, OFFERS = 3, PRICE = 1000000, LAUNCH = 1000000, PENALTY = 100000000 };

struct filled {
	struct zv_plan_problem p;
	struct zv_plan_product product;
	struct zv_plan_region region;
	struct zv_plan_maker makers[OFFERS];
	struct zv_plan_offer offers[OFFERS];
	struct zv_plan_tier tiers[OFFERS];
	struct zv_plan_need needs[NEEDS];
	struct zv_str enterprise;
	double km;
	struct plan_arcs *arcs;
	struct plan_place *place;
	struct plan_moves moves;
};

static const char *const ids[] = {"0", "1", "2", "3", "4", "5"};

/* Orders of up to so many units; needs that are whole or not. */
static void filled_open(struct filled *f, const int *tops, const int *sizes, int n, bool single)
{
	struct zv_err err;

	*f = (struct filled){.product = {.id = zv_str_c("1")}, .region = {.id = zv_str_c("1")}, .enterprise = zv_str_c("1")};
	for (uint32_t i = 0; i < OFFERS; i++) {
		f->makers[i] = (struct zv_plan_maker){.id = zv_str_c(ids[i])};
		f->offers[i] = (struct zv_plan_offer){.id = zv_str_c(ids[i]), .maker = i, .resource = ZV_PLAN_NONE, .launch = LAUNCH, .moq = 1,
						      .max = tops[i] * ZV_PLAN_UNIT, .first_tier = i, .n_tiers = 1};
		f->tiers[i] = (struct zv_plan_tier){1, PRICE};
	}
	for (int i = 0; i < n; i++)
		f->needs[i] = (struct zv_plan_need){.id = zv_str_c(ids[i]), .qty = sizes[i] * ZV_PLAN_UNIT, .ceiling = 2 * PRICE, .penalty = PENALTY, .priority = 1,
						    .single = single};
	f->p = (struct zv_plan_problem){.n_periods = 1, .products = &f->product, .n_products = 1, .regions = &f->region, .n_regions = 1, .makers = f->makers,
					.n_makers = OFFERS, .offers = f->offers, .n_offers = OFFERS, .tiers = f->tiers, .n_tiers = OFFERS, .needs = f->needs,
					.n_needs = (uint32_t)n, .enterprises = &f->enterprise, .n_enterprises = 1, .km = &f->km};
	assert_int_equal(zv_plan_problem_check(&f->p, &err), ZV_OK);
	assert_int_equal(plan_arcs_open(&f->arcs, &f->p, &err), ZV_OK);
	plan_arcs_by_need(f->arcs);
	assert_int_equal(plan_place_open(&f->place, f->arcs, &err), ZV_OK);
	for (uint32_t slot = 0; slot < f->arcs->n_slots; slot++)
		plan_set_tier(f->place, slot, 0);
	plan_moves_open(&f->moves, f->place);
}

static void filled_close(struct filled *f)
{
	plan_moves_close(&f->moves);
	plan_place_close(f->place);
	plan_arcs_close(f->arcs);
}

/* The need of a size that is not served yet, to the order with so many units at most. */
static void serve(struct filled *f, int size, int top)
{
	const struct plan_arcs *arcs = f->arcs;

	for (uint32_t slot = 0; slot < arcs->n_slots; slot++)
		for (uint32_t j = arcs->pair[f->place->slots[slot].o]; j < arcs->pair[f->place->slots[slot].o + 1]; j++)
			if (plan_offer_of(f->place, slot)->max == top * ZV_PLAN_UNIT && f->place->left[arcs->pairs[j].need] == size * ZV_PLAN_UNIT) {
				plan_put(f->place, slot, j, size * ZV_PLAN_UNIT);
				return;
			}
	fail_msg("no need of %d for the order of %d", size, top);
}

static bool chain(struct filled *f)
{
	struct plan_chains chains;
	bool better = false;

	plan_chains_open(&chains, &f->moves);
	for (uint32_t g = 0; g < f->arcs->n_groups; g++)
		better |= plan_chain_group(&chains, g);
	plan_chains_close(&chains);
	return better;
}

static int64_t not_covered(const struct filled *f)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < f->arcs->n_needs; i++)
		sum += f->place->left[i];
	return sum / ZV_PLAN_UNIT;
}

static void within_tops(const struct filled *f)
{
	for (uint32_t slot = 0; slot < f->arcs->n_slots; slot++)
		assert_true(f->place->slots[slot].qty <= f->place->slots[slot].top);
}

/* 4 + 3 of 10 and 5 of 11: 7 is served when 4 goes to the 5. */
static void one_need_makes_room(void **state)
{
	static const int tops[OFFERS] = {10, 11, 1}, sizes[] = {4, 3, 5, 7};
	struct filled f;

	(void)state;
	filled_open(&f, tops, sizes, 4, true);
	serve(&f, 4, 10);
	serve(&f, 3, 10);
	serve(&f, 5, 11);
	assert_int_equal(not_covered(&f), 7);
	assert_true(chain(&f));
	assert_int_equal(not_covered(&f), 0);
	within_tops(&f);
	filled_close(&f);
}

/* 6 of 8, 5 of 7 and 3 of 5: with 4 they only fit as 5 + 3, 6 and 4, so that all three have to move. */
static void needs_make_room_one_after_the_other(void **state)
{
	static const int tops[OFFERS] = {8, 7, 5}, sizes[] = {6, 5, 3, 4};
	struct filled f;

	(void)state;
	filled_open(&f, tops, sizes, 4, true);
	serve(&f, 6, 8);
	serve(&f, 5, 7);
	serve(&f, 3, 5);
	assert_int_equal(not_covered(&f), 4);
	assert_true(chain(&f));
	while (chain(&f))
		;
	assert_int_equal(not_covered(&f), 0);
	within_tops(&f);
	filled_close(&f);
}

/* 10 and 11 hold one need of 6 each. */
static void what_does_not_fit_changes_nothing(void **state)
{
	static const int tops[OFFERS] = {10, 11, 1}, sizes[] = {6, 6, 6};
	struct filled f;
	double cost;

	(void)state;
	filled_open(&f, tops, sizes, 3, true);
	serve(&f, 6, 10);
	serve(&f, 6, 11);
	cost = f.place->cost;
	assert_false(chain(&f));
	assert_true(f.place->cost == cost);
	assert_int_equal(not_covered(&f), 6);
	filled_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_need_makes_room),
		cmocka_unit_test(needs_make_room_one_after_the_other),
		cmocka_unit_test(what_does_not_fit_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
