/* What a plan says: amounts, shares that never flatter, and a sentence for every code in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/plan_text.h"
#include "base/tr.h"

static struct zv_arena arena;

static void says(struct zv_str got, const char *want)
{
	if (!zv_str_eq_c(got, want))
		fail_msg("“%.*s”, expected “%s”", ZV_STR_FMT(got), want);
}

static void what_is_not_all_is_never_shown_as_all(void **state)
{
	(void)state;
	says(zv_plan_ppm_text(999999, &arena), "99.99 %");
	says(zv_plan_ppm_text(1000000, &arena), "100.00 %");
	says(zv_plan_ppm_text(0, &arena), "0.00 %");
}

static void the_gap_is_over_what_can_be_decided_and_rounded_up(void **state)
{
	(void)state;
	assert_int_equal(zv_plan_gap_ppm(1100, 1000, 100), 100000);
	assert_int_equal(zv_plan_gap_ppm(1000000000, 999999999, 0), 1);
	assert_int_equal(zv_plan_gap_ppm(1000, 1000, 1000), 0);
	assert_int_equal(zv_plan_gap_ppm(1000, 999, 1000), -1);
}

static void prices_are_of_the_unit_that_people_use(void **state)
{
	(void)state;
	says(zv_plan_price_text(INT64_C(5000000000), ZV_DIM_MASS, &arena), "5,000.00 ₽/kg");
	says(zv_plan_price_text(INT64_C(12500000), ZV_DIM_PIECE, &arena), "12.50 ₽/pcs");
	assert_int_equal(zv_plan_quanta(ZV_DIM_PIECE) * zv_plan_unit_base(ZV_DIM_PIECE), ZV_PLAN_UNIT);
	assert_int_equal(zv_plan_quanta(ZV_DIM_VOLUME) * zv_plan_unit_base(ZV_DIM_VOLUME), ZV_PLAN_UNIT);
}

static void sums_are_said_to_five_figures(void **state)
{
	(void)state;
	says(zv_plan_sum_text(INT64_C(959000001), ZV_DIM_MASS, &arena), "959 kg");
	says(zv_plan_sum_text(INT64_C(719999998), ZV_DIM_MASS, &arena), "720 kg");
	says(zv_plan_sum_text(INT64_C(12286338550), ZV_DIM_MASS, &arena), "12.286 t");
	says(zv_plan_sum_text(185, ZV_DIM_PIECE, &arena), "185 pcs");
	assert_true(zv_plan_sum_text(INT64_MAX, ZV_DIM_PIECE, &arena).n > 0);
}

static void a_pool_that_is_short_says_by_how_much(void **state)
{
	const struct zv_plan_words words = {.code = ZV_STR("MOQ"), .dim = ZV_DIM_MASS, .kind = ZV_PLAN_FIG_QTY, .figure = 15000000, .detail = ZV_STR("200000000"),
					    .maker = ZV_STR("M"), .item = ZV_STR(""), .input = ZV_STR("")};

	(void)state;
	says(zv_plan_why_text(&words, &arena), "M: the pool stands at 185 kg of 200 kg: short by 15 kg");
	says(zv_plan_flip_text(&words, &arena), "if the pool grows by 15 kg");
	says(zv_plan_figure_text(&words, &arena), "15 kg");
}

static void two_changes_are_named_together(void **state)
{
	const struct zv_plan_words words = {.code = ZV_STR("PRICE"), .dim = ZV_DIM_MASS, .kind = ZV_PLAN_FIG_PRICE, .figure = 50000000, .detail = ZV_STR(""),
					    .also = ZV_STR("MOQ"), .also_kind = ZV_PLAN_FIG_QTY, .also_figure = 4000000, .maker = ZV_STR(""), .item = ZV_STR(""),
					    .input = ZV_STR("")};

	(void)state;
	says(zv_plan_flip_text(&words, &arena), "if its ceiling is 50.00 ₽/kg higher, and if the pool grows by 4 kg");
	says(zv_plan_also_text(&words, &arena), "4 kg");
}

static void where_no_maker_is_it_says_what_waits_and_what_is_near(void **state)
{
	struct zv_plan_words words = {.code = ZV_STR("NOMAKER"), .dim = ZV_DIM_MASS, .detail = ZV_STR("3 120000000"), .maker = ZV_STR(""), .item = ZV_STR(""),
				      .input = ZV_STR("acetone")};

	(void)state;
	says(zv_plan_why_text(&words, &arena), "nobody in the registers offers this; what comes nearest is acetone; 3 needs wait for a maker: 120 kg");
	words.detail = words.input = ZV_STR("");
	says(zv_plan_why_text(&words, &arena), "nobody in the registers offers this");
}

static void every_code_has_a_sentence_and_a_heading(void **state)
{
	static const char *const ours[] = {"PROPERTY", "UNIT", "NOPRICE", "NOITEM", "NOQUANTITY", "HELD", "TOOLARGE"};

	(void)state;
	for (int i = 1; i < ZV_PLAN_WHY_COUNT + (int)ZV_LEN(ours); i++) {
		const char *code = i < ZV_PLAN_WHY_COUNT ? zv_plan_why_name((enum zv_plan_why)i) : ours[i - ZV_PLAN_WHY_COUNT];
		const struct zv_plan_words words = {.code = zv_str_c(code), .dim = ZV_DIM_MASS, .kind = ZV_PLAN_FIG_QTY, .figure = 1, .detail = ZV_STR(""),
						    .maker = ZV_STR(""), .item = ZV_STR(""), .input = ZV_STR("")};

		assert_false(zv_str_eq_c(zv_plan_why_text(&words, &arena), code));
		assert_false(zv_str_eq_c(zv_plan_why_title(zv_str_c(code)), code));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_all_is_never_shown_as_all),
		cmocka_unit_test(the_gap_is_over_what_can_be_decided_and_rounded_up),
		cmocka_unit_test(prices_are_of_the_unit_that_people_use),
		cmocka_unit_test(sums_are_said_to_five_figures),
		cmocka_unit_test(a_pool_that_is_short_says_by_how_much),
		cmocka_unit_test(two_changes_are_named_together),
		cmocka_unit_test(where_no_maker_is_it_says_what_waits_and_what_is_near),
		cmocka_unit_test(every_code_has_a_sentence_and_a_heading),
	};
	int failed;

	zv_arena_init(&arena);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	zv_arena_done(&arena);
	return failed;
}
