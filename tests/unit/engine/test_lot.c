/* The lot engine on the demo world: the exact answers of the journeys, and the reasons one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <zveno/lot.h>

#include "demo.h"

static struct zv_lot_result *solve(const struct demo *demo)
{
	struct zv_lot_result *result = NULL;
	struct zv_err err = {0};

	assert_int_equal(zv_lot_solve(&result, &demo->problem, &err), ZV_OK);
	if (zv_lot_check(&demo->problem, result, &err) != ZV_OK)
		fail_msg("%s", err.text);
	return result;
}

static void five_buyers_of_five_regions_fill_200_kg_at_5000(void **state)
{
	static const int64_t shares[] = {50, 30, 15, 70, 35};
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	result = solve(&demo);
	assert_int_equal(result->n_lots, 1);
	assert_int_equal(result->lots[0].size_base, 200 * (int64_t)KG);
	assert_int_equal(result->lots[0].firm_base, 170 * (int64_t)KG);
	assert_int_equal(result->lots[0].extra_base, 30 * (int64_t)KG);
	assert_int_equal(result->lots[0].value_kop, 100000000);
	assert_int_equal(result->lots[0].price.kop * 2, result->lots[0].price.per); /* half a kopeck per mg: 5,000 a kg */
	assert_int_equal(result->lots[0].n_orgs, 5);
	assert_int_equal(result->lots[0].n_regions, 5);
	assert_true(result->lots[0].proved);
	for (int i = 0; i < DEMO_NEEDS; i++)
		assert_int_equal(result->links[i].share_base, shares[i] * KG);
	assert_int_equal(result->n_misses, 0);
	assert_int_equal(result->headline.alone.n, 0);
	assert_int_equal(result->headline.pooled.n, 5);
	assert_int_equal(result->headline.pooled.kop, 100000000);
	assert_int_equal(result->headline.total.base[ZV_DIM_MASS], 170 * (int64_t)KG);
	zv_lot_result_free(result);
}

static void without_the_tolerance_of_the_first_190_of_200_kg_are_reachable(void **state)
{
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	demo.needs[0].extra_base = 0;
	result = solve(&demo);
	assert_int_equal(result->n_lots, 0);
	assert_int_equal(result->n_nears, 1);
	assert_int_equal(result->nears[0].reach_base, 190 * (int64_t)KG);
	assert_false(result->nears[0].below.exists);
	assert_true(result->nears[0].above.exists);
	assert_int_equal(result->nears[0].above.size_base, 200 * (int64_t)KG);
	assert_int_equal(result->nears[0].above.lack_base, 10 * (int64_t)KG);
	assert_int_equal(result->nears[0].above.n_willing, 5);
	assert_int_equal(result->n_misses, 5);
	assert_int_equal(result->misses[2].why, ZV_LOT_MINIMUM);
	assert_int_equal(result->misses[2].have, 190 * (int64_t)KG);
	assert_int_equal(result->misses[2].want, 200 * (int64_t)KG);
	assert_int_equal(result->misses[2].lack, 10 * (int64_t)KG);
	zv_lot_result_free(result);
}

/* Three buyers could each fill a lot of 200 kg, but the maker has 400 kg in all. */
static void those_who_buy_alone_share_the_capacity_too(void **state)
{
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	demo.problem.n_needs = 3;
	for (int i = 0; i < 3; i++)
		demo.needs[i].firm_base = 200 * (int64_t)KG;
	demo.offer.free_base = 400 * (int64_t)KG;
	result = solve(&demo);
	assert_int_equal(result->headline.alone.n, 2);
	assert_int_equal(result->headline.alone.base[ZV_DIM_MASS], 400 * (int64_t)KG);
	assert_int_equal(result->headline.pooled.n, 2);
	zv_lot_result_free(result);
}

static void when_the_third_leaves_15_kg_are_missing(void **state)
{
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	demo.needs[2] = demo.needs[4];
	demo.problem.n_needs = 4;
	result = solve(&demo);
	assert_int_equal(result->n_lots, 0);
	assert_int_equal(result->nears[0].above.lack_base, 15 * (int64_t)KG);
	zv_lot_result_free(result);
}

static void a_smaller_minimum_does_not_make_a_better_lot(void **state)
{
	const int64_t sizes[] = {190 * (int64_t)KG, 200 * (int64_t)KG};
	struct zv_lot_curve *curve = NULL;
	struct zv_err err = {0};
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	demo.offer.sizes.min = 190 * (int64_t)KG;
	demo.offer.sizes.step = 10 * (int64_t)KG;
	result = solve(&demo);
	assert_int_equal(result->n_lots, 1);
	assert_int_equal(result->lots[0].size_base, 200 * (int64_t)KG);
	assert_int_equal(result->lots[0].value_kop, 100000000);
	assert_int_equal(zv_lot_curve_at(&curve, &demo.problem, 0, sizes, 2, &err), ZV_OK);
	assert_int_equal(curve->n, 2);
	assert_int_equal(curve->points[0].value_kop, 60000000 + 190 * 200000); /* 5,157.89 a kg */
	assert_int_equal(curve->points[0].n_unwilling, 1);
	assert_int_equal(curve->points[0].n_who, 1);
	assert_int_equal(demo.needs[curve->who[curve->points[0].first_who].need].id, 4); /* N4 would leave */
	assert_true(curve->who[curve->points[0].first_who].needed);
	assert_int_equal(curve->points[0].reach_base, 130 * (int64_t)KG);
	assert_int_equal(curve->points[0].lack_base, 60 * (int64_t)KG);
	assert_int_equal(curve->points[0].lack_kop, 1105264); /* 157.8947 x 70, rounded up */
	assert_int_equal(curve->points[1].lack_base, 0);
	zv_lot_curve_free(curve);
	zv_lot_result_free(result);
}

static void the_price_curve_falls_to_4000_and_3000(void **state)
{
	static const int64_t kg[] = {200, 300, 400, 600}, rouble[] = {5000, 4000, 3500, 3000};
	struct zv_lot_curve *curve = NULL;
	struct zv_err err = {0};
	struct demo demo;

	(void)state;
	demo_init(&demo);
	assert_int_equal(zv_lot_curve(&curve, &demo.problem, 0, &err), ZV_OK);
	assert_int_equal(curve->n, 4);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(curve->points[i].size_base, kg[i] * KG);
		assert_true(curve->points[i].price.kop * KG == rouble[i] * 100 * curve->points[i].price.per);
		assert_int_equal(curve->points[i].firm_base, 170 * (int64_t)KG);
		assert_int_equal(curve->points[i].n_willing, 5);
	}
	zv_lot_curve_free(curve);
}

/* One need that has just one fault, and the reason it gets. */
static struct zv_lot_miss only_reason(struct demo *demo)
{
	struct zv_lot_result *result = solve(demo);
	struct zv_lot_miss miss;

	assert_int_equal(result->n_lots, 0);
	miss = result->misses[0];
	zv_lot_result_free(result);
	return miss;
}

static void one_need(struct demo *demo)
{
	demo_init(demo);
	demo->problem.n_needs = 1;
}

static void every_need_left_over_gets_its_reason_with_both_values(void **state)
{
	struct zv_lot_miss miss;
	struct demo demo;

	(void)state;
	one_need(&demo);
	demo.problem.n_offers = 0;
	assert_int_equal(only_reason(&demo).why, ZV_LOT_NOOFFER);

	one_need(&demo);
	demo.needs[0].dim = ZV_DIM_VOLUME;
	assert_int_equal(only_reason(&demo).why, ZV_LOT_UNIT);

	one_need(&demo);
	demo.problem.verdict = (const uint8_t[]){ZV_LOT_CONTROLLED};
	demo.problem.n_specs = 1;
	assert_int_equal(only_reason(&demo).why, ZV_LOT_CONTROLLED);

	one_need(&demo);
	demo.offer.ready = zv_date_from_civil(2026, 10, 28);
	miss = only_reason(&demo);
	assert_int_equal(miss.why, ZV_LOT_LEAD);
	assert_int_equal(miss.lack, 28);

	one_need(&demo);
	demo.problem.from = zv_date_from_civil(2026, 10, 1);
	miss = only_reason(&demo);
	assert_int_equal(miss.why, ZV_LOT_WINDOW);
	assert_int_equal(miss.lack, 1);

	one_need(&demo);
	demo.offer.ladder.form = ZV_LADDER_NONE;
	assert_int_equal(only_reason(&demo).why, ZV_LOT_NOPRICE);

	one_need(&demo);
	demo.needs[0].ceiling.kop = 290000; /* the lowest price, at 600 kg, is 3,000 */
	miss = only_reason(&demo);
	assert_int_equal(miss.why, ZV_LOT_PRICE);
	assert_int_equal(miss.have, 40 * 290000);
	assert_int_equal(miss.want, 40 * 300000);
	assert_int_equal(miss.lack, 40 * 10000);
	assert_int_equal(miss.size_base, 600 * (int64_t)KG);

	one_need(&demo);
	demo.offer.free_base = 150 * (int64_t)KG;
	miss = only_reason(&demo);
	assert_int_equal(miss.why, ZV_LOT_CAPACITY);
	assert_int_equal(miss.have, 150 * (int64_t)KG);
	assert_int_equal(miss.want, 200 * (int64_t)KG);

	one_need(&demo);
	demo.needs[0].firm_base = 205 * (int64_t)KG; /* with 10 more: between 200 and 250 */
	miss = only_reason(&demo);
	assert_int_equal(miss.why, ZV_LOT_MINIMUM);
	assert_int_equal(miss.want, 250 * (int64_t)KG);
	assert_int_equal(miss.lack, 35 * (int64_t)KG);
}

static void volume_that_makes_up_no_size_is_called_so(void **state)
{
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	demo.problem.n_needs = 2; /* 150 + 130 without tolerance: 280 kg, and no set of 200 or 250 */
	demo.needs[0].firm_base = 150 * (int64_t)KG;
	demo.needs[1].firm_base = 130 * (int64_t)KG;
	demo.needs[0].extra_base = demo.needs[1].extra_base = 0;
	result = solve(&demo);
	assert_int_equal(result->n_lots, 0);
	assert_int_equal(result->misses[0].why, ZV_LOT_STEP);
	assert_int_equal(result->nears[0].below.size_base, 250 * (int64_t)KG);
	assert_int_equal(result->nears[0].below.reach_base, 150 * (int64_t)KG);
	assert_int_equal(result->nears[0].below.lack_base, 100 * (int64_t)KG);
	assert_int_equal(result->nears[0].above.size_base, 300 * (int64_t)KG);
	assert_int_equal(result->nears[0].above.lack_base, 20 * (int64_t)KG);
	assert_int_equal(result->misses[0].lack, 20 * (int64_t)KG);
	zv_lot_result_free(result);
}

static void what_is_left_after_a_lot_is_tried_again_on_the_capacity_left(void **state)
{
	struct zv_lot_need needs[10];
	struct demo demo;
	struct zv_lot_result *result;

	(void)state;
	demo_init(&demo);
	demo.offer.sizes = (struct zv_lot_sizes){.min = 100 * (int64_t)KG, .step = 0, .max = 200 * (int64_t)KG};
	demo.offer.free_base = 450 * (int64_t)KG;
	for (int i = 0; i < 10; i++) {
		needs[i] = demo.needs[0];
		needs[i].id = i + 1;
		needs[i].org = i;
		needs[i].firm_base = 50 * (int64_t)KG;
		needs[i].extra_base = 0;
		needs[i].ceiling.per = 0;
	}
	demo.problem.needs = needs;
	demo.problem.n_needs = 10;
	result = solve(&demo);
	assert_int_equal(result->n_lots, 2);
	assert_int_equal(result->lots[0].firm_base, 200 * (int64_t)KG);
	assert_int_equal(result->lots[1].firm_base, 200 * (int64_t)KG);
	assert_int_equal(needs[result->links[0].need].id, 1);
	assert_int_equal(needs[result->links[4].need].id, 5);
	assert_int_equal(result->n_misses, 2);
	assert_int_equal(result->misses[0].why, ZV_LOT_CAPACITY);
	assert_int_equal(result->misses[0].have, 50 * (int64_t)KG);
	zv_lot_result_free(result);
}

static void bad_and_extreme_input_is_an_error(void **state)
{
	struct zv_lot_result *result = NULL;
	struct zv_err err = {0};
	struct demo demo;

	(void)state;
	demo_init(&demo);
	demo.needs[1].firm_base = 0;
	assert_int_equal(zv_lot_solve(&result, &demo.problem, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "qty");
	demo_init(&demo);
	demo.needs[1].firm_base = INT64_MAX;
	assert_int_equal(zv_lot_solve(&result, &demo.problem, &err), ZV_E_LIMIT);
	demo_init(&demo);
	demo.needs[1].id = 1;
	assert_int_equal(zv_lot_solve(&result, &demo.problem, &err), ZV_E_INVALID);
	demo_init(&demo);
	demo.needs[0].ceiling = (struct zv_price){INT64_MAX, INT64_MAX - 1};
	demo.offer.ladder.fixed_kop = INT64_MAX;
	demo.offer.ladder.variable = (struct zv_price){INT64_MAX, INT64_MAX - 2};
	assert_int_equal(zv_lot_solve(&result, &demo.problem, &err), ZV_E_LIMIT);
	demo_init(&demo);
	demo.offer.ladder.fixed_kop = -1;
	assert_int_equal(zv_lot_solve(&result, &demo.problem, &err), ZV_E_INVALID);
	demo_init(&demo);
	demo.problem.verdict = (const uint8_t[]){99};
	demo.problem.n_specs = 1;
	assert_int_equal(zv_lot_solve(&result, &demo.problem, &err), ZV_E_INVALID);
	assert_null(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_buyers_of_five_regions_fill_200_kg_at_5000),
		cmocka_unit_test(without_the_tolerance_of_the_first_190_of_200_kg_are_reachable),
		cmocka_unit_test(those_who_buy_alone_share_the_capacity_too),
		cmocka_unit_test(when_the_third_leaves_15_kg_are_missing),
		cmocka_unit_test(a_smaller_minimum_does_not_make_a_better_lot),
		cmocka_unit_test(the_price_curve_falls_to_4000_and_3000),
		cmocka_unit_test(every_need_left_over_gets_its_reason_with_both_values),
		cmocka_unit_test(volume_that_makes_up_no_size_is_called_so),
		cmocka_unit_test(what_is_left_after_a_lot_is_tried_again_on_the_capacity_left),
		cmocka_unit_test(bad_and_extreme_input_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
