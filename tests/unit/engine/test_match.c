/* One need against offers: the answers of the demo world, each condition with both values and the way to close the gap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/match/match.h"

enum { KG = 1000000 };

static struct zv_arena arena;

struct world {
	struct zv_match_need need;
	struct zv_match_offer offers[3]; /* E3, I1, M2 */
	struct zv_match_capacity capacity[2];
	struct zv_match_params params;
};

static struct zv_requirements reqs(const char *text)
{
	struct zv_requirements out = {0};
	struct zv_err err = {0};

	if (zv_requirements_parse(&out, zv_str_c(text), &arena, "requirements", &err) != ZV_OK)
		fail_msg("%s", err.text);
	return out;
}

static void init(struct world *w)
{
	memset(w, 0, sizeof(*w));
	w->params = ZV_MATCH_PARAMS(zv_date_from_civil(2026, 3, 2));
	w->need = (struct zv_match_need){.id = 1, .org = 1, .item = 7, .cas = ZV_STR("123-54-6"), .okpd2 = ZV_STR("20.14.62"), .dim = ZV_DIM_MASS,
					 .firm_base = 40 * KG, .extra_base = 10 * KG, .ceiling = {550000, KG}, .earliest = ZV_DATE_NONE,
					 .due = zv_date_from_civil(2026, 9, 30), .requirements = reqs("purity >= 99.0 %")};
	for (int i = 0; i < 3; i++) {
		w->offers[i] = (struct zv_match_offer){.id = i + 1, .org = 10 + i, .item = 7, .cas = ZV_STR("123-54-6"), .okpd2 = ZV_STR("20.14.62"),
						       .dim = ZV_DIM_MASS, .valid_to = ZV_DATE_NONE, .seen_on = ZV_DATE_NONE, .trust = 500,
						       .delivered = true, .days_to_qualify = -1};
	}
	for (int i = 0; i < 2; i++)
		w->capacity[i] = (struct zv_match_capacity){2026 * 4 + 1 + i, 600 * (int64_t)KG, zv_date_from_civil(2025, 11, 20)};
	w->offers[0].properties = reqs("purity = 99.5 %");
	w->offers[0].ladder = (struct zv_ladder){.form = ZV_LADDER_FIXED, .dim = ZV_DIM_MASS, .fixed_kop = 60000000, .variable = {200000, KG}};
	w->offers[0].sizes = (struct zv_lot_sizes){200 * (int64_t)KG, 50 * (int64_t)KG, 600 * (int64_t)KG};
	w->offers[0].lead_days = 60;
	w->offers[0].capacity = w->capacity;
	w->offers[0].n_capacity = 2;
	w->offers[1].properties = reqs("purity = 98.0 %");
	w->offers[1].sizes = (struct zv_lot_sizes){20 * (int64_t)KG, 20 * (int64_t)KG, 0};
	w->offers[1].lead_days = 45;
	w->offers[2].properties = reqs("purity = 99.3 %");
	w->offers[2].lead_days = 240;
}

static struct zv_match_list rank(const struct world *w)
{
	struct zv_match_list list = {0};
	struct zv_err err = {0};

	if (zv_match_rank(&list, &w->need, w->offers, 3, w->params, &arena, &err) != ZV_OK)
		fail_msg("%s", err.text);
	return list;
}

static const struct zv_match *match_of(const struct zv_match_list *list, size_t offer)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->p[i].offer == offer)
			return &list->p[i];
	}
	fail_msg("offer %zu is not in the answer", offer);
	return NULL;
}

static const struct zv_match_cond *cond_of(const struct zv_match *match, enum zv_match_test test)
{
	for (size_t i = 0; i < match->n_conds; i++) {
		if (match->conds[i].test == test)
			return &match->conds[i];
	}
	fail_msg("no condition %s", zv_match_test_name(test));
	return NULL;
}

static void assert_text(struct zv_str got, const char *want)
{
	if (!zv_str_eq_c(got, want))
		fail_msg("“%.*s” should be “%s”", ZV_STR_FMT(got), want);
}

static int set_up(void **state)
{
	(void)state;
	zv_arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	zv_arena_done(&arena);
	return 0;
}

static void the_maker_that_fits_comes_first_with_landed_price_and_day(void **state)
{
	const struct zv_match *match;
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	list = rank(&w);
	assert_int_equal(list.n, 3);
	assert_int_equal(list.n_pass, 1);
	assert_int_equal(list.n_fail, 2);
	match = &list.p[0];
	assert_int_equal(match->offer, 0);
	assert_int_equal(match->state, ZV_MATCH_NOTE);
	assert_int_equal(match->identity, ZV_MATCH_SAME_CAS);
	assert_int_equal(match->ready, zv_date_from_civil(2026, 5, 1));
	assert_int_equal(match->landed.kop * 2, match->landed.per); /* 5,000 a kg */
	assert_int_equal(match->feasible_base, 600 * (int64_t)KG);
	assert_int_equal(match->lot_base, 200 * (int64_t)KG);
	assert_text(cond_of(match, ZV_MATCH_MINIMUM)->text, "in a lot of at least 200 kg");
	assert_int_equal(cond_of(match, ZV_MATCH_MINIMUM)->gap, 150 * (int64_t)KG);
	assert_int_equal(cond_of(match, ZV_MATCH_PRICE)->state, ZV_MATCH_PASS);
	assert_int_equal(cond_of(match, ZV_MATCH_PRICE)->have, 40 * 500000);
	assert_int_equal(cond_of(match, ZV_MATCH_PRICE)->want, 40 * 550000);
	assert_true(match->stale);
	assert_int_equal(match->trust, 250);
	assert_int_equal(cond_of(match, ZV_MATCH_FRESH)->have, 102);
}

static void a_late_maker_fails_with_both_days(void **state)
{
	const struct zv_match_cond *cond;
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	list = rank(&w);
	cond = cond_of(match_of(&list, 2), ZV_MATCH_LEAD);
	assert_int_equal(cond->state, ZV_MATCH_FAIL);
	assert_text(cond->text, "lead 240 days, ready 2026-10-28, needed 2026-09-30 (28 days late)");
	assert_int_equal(cond->have, zv_date_from_civil(2026, 10, 28));
	assert_int_equal(cond->gap, 28);
	assert_int_equal(cond->gap_days, 28);
	assert_true(cond->gap_text.n > 0);
}

static void an_impure_product_fails_with_both_values_and_a_gap(void **state)
{
	const struct zv_match_cond *cond;
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	list = rank(&w);
	cond = cond_of(match_of(&list, 1), ZV_MATCH_REQUIREMENT);
	assert_int_equal(cond->state, ZV_MATCH_FAIL);
	assert_true(zv_str_find(cond->text, ZV_STR("98.0 < 99.0")) >= 0);
	assert_int_equal(cond->have, 98000000);
	assert_int_equal(cond->want, 99000000);
	assert_int_equal(cond->gap, 1000000);
	assert_true(cond->gap_text.n > 0);
	assert_int_equal(cond_of(match_of(&list, 1), ZV_MATCH_PRICE)->state, ZV_MATCH_UNKNOWN);
}

static void what_is_not_known_is_asked_not_failed(void **state)
{
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.offers[0].properties.n = 0;
	list = rank(&w);
	assert_int_equal(list.n_ask, 1);
	assert_int_equal(match_of(&list, 0)->state, ZV_MATCH_UNKNOWN);
	assert_int_equal(cond_of(match_of(&list, 0), ZV_MATCH_REQUIREMENT)->state, ZV_MATCH_UNKNOWN);
	init(&w);
	w.offers[0].delivered = false;
	list = rank(&w);
	assert_int_equal(cond_of(match_of(&list, 0), ZV_MATCH_PRICE)->state, ZV_MATCH_UNKNOWN);
	init(&w);
	w.offers[0].lead_days = -1;
	list = rank(&w);
	assert_int_equal(cond_of(match_of(&list, 0), ZV_MATCH_LEAD)->state, ZV_MATCH_UNKNOWN);
}

static void a_cas_number_beats_everything(void **state)
{
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.offers[0].item = 99;
	w.offers[0].okpd2 = ZV_STR("25.11.23");
	list = rank(&w);
	assert_int_equal(match_of(&list, 0)->identity, ZV_MATCH_SAME_CAS);
	w.offers[0].cas = ZV_STR("67-64-1");
	w.offers[0].item = 7;
	w.offers[0].okpd2 = w.need.okpd2;
	list = rank(&w);
	assert_int_equal(match_of(&list, 0)->identity, ZV_MATCH_STRANGE);
	assert_int_equal(match_of(&list, 0)->state, ZV_MATCH_FAIL);
	w.offers[0].substitute = ZV_MATCH_SUBST_QUALIFIED;
	list = rank(&w);
	assert_int_equal(match_of(&list, 0)->identity, ZV_MATCH_SUBSTITUTE);
	assert_int_equal(match_of(&list, 0)->state, ZV_MATCH_NOTE);
	w.offers[0].substitute = ZV_MATCH_SUBST_PROPOSED;
	w.offers[0].days_to_qualify = 45;
	list = rank(&w);
	assert_int_equal(cond_of(match_of(&list, 0), ZV_MATCH_IDENTITY)->gap_days, 45);
}

static void a_class_alone_is_a_question_and_a_far_one_a_no(void **state)
{
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.offers[0].cas = ZV_STR("");
	w.offers[0].item = 99;
	list = rank(&w);
	assert_int_equal(match_of(&list, 0)->identity, ZV_MATCH_SAME_CLASS);
	assert_int_equal(match_of(&list, 0)->state, ZV_MATCH_UNKNOWN);
	w.offers[0].okpd2 = ZV_STR("20.14.63");
	list = rank(&w);
	assert_int_equal(match_of(&list, 0)->identity, ZV_MATCH_NEAR_CLASS);
	assert_int_equal(match_of(&list, 0)->distance, 1);
	w.offers[0].crosswalk = 5;
	list = rank(&w);
	assert_int_equal(match_of(&list, 0)->identity, ZV_MATCH_STRANGE);
	assert_int_equal(cond_of(match_of(&list, 0), ZV_MATCH_IDENTITY)->gap, 4);
}

static void a_price_above_the_ceiling_fails_by_the_difference(void **state)
{
	const struct zv_match_cond *cond;
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.offers[0].delivered = false;
	w.offers[0].freight = (struct zv_price){60000, KG}; /* 600 a kg on top of 5,000 */
	list = rank(&w);
	cond = cond_of(match_of(&list, 0), ZV_MATCH_PRICE);
	assert_int_equal(cond->state, ZV_MATCH_FAIL);
	assert_int_equal(cond->have, 40 * 560000);
	assert_int_equal(cond->want, 40 * 550000);
	assert_int_equal(cond->gap, 40 * 10000);
}

static void permits_validity_and_units_stand_in_the_way(void **state)
{
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.offers[0].permit = ZV_MATCH_PERMIT_MISSING;
	w.offers[1].valid_to = zv_date_from_civil(2026, 3, 1);
	w.offers[2].dim = ZV_DIM_VOLUME;
	list = rank(&w);
	assert_int_equal(cond_of(match_of(&list, 0), ZV_MATCH_PERMIT)->state, ZV_MATCH_FAIL);
	assert_int_equal(cond_of(match_of(&list, 1), ZV_MATCH_VALIDITY)->state, ZV_MATCH_FAIL);
	assert_int_equal(cond_of(match_of(&list, 1), ZV_MATCH_VALIDITY)->gap, 1);
	assert_int_equal(cond_of(match_of(&list, 2), ZV_MATCH_UNIT)->state, ZV_MATCH_FAIL);
	assert_int_equal(list.n_fail, 3);
}

/* Three alike offers that differ in one thing: who comes first? */
static void the_order_is_price_then_day_then_trust(void **state)
{
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.offers[1] = w.offers[2] = w.offers[0];
	w.offers[1].id = 2;
	w.offers[2].id = 3;
	w.offers[2].trust = 900;
	list = rank(&w);
	assert_int_equal(list.p[0].offer, 2);
	assert_int_equal(list.p[1].offer, 0);
	w.offers[1].lead_days = 59;
	list = rank(&w);
	assert_int_equal(list.p[0].offer, 1);
	w.offers[0].ladder.variable.kop--;
	list = rank(&w);
	assert_int_equal(list.p[0].offer, 0);
	/* A soft failure of weight 3 counts as three per cent. */
	w.need.requirements = reqs("purity >= 99.0 %; water <= 0.1 % soft 3");
	w.offers[0].properties = reqs("purity = 99.5 %; water = 0.2 %");
	w.offers[1].properties = w.offers[2].properties = reqs("purity = 99.5 %; water = 0.05 %");
	list = rank(&w);
	assert_int_equal(list.p[0].offer, 1);
	assert_int_equal(list.p[2].offer, 0);
	assert_int_equal(list.p[2].soft_loss, 3);
	assert_int_equal(list.p[2].state, ZV_MATCH_SOFT);
}

static void free_capacity_is_that_of_the_quarters_until_the_day(void **state)
{
	const struct zv_match_capacity rows[] = {
		{2025 * 4 + 3, 100, 10}, {2026 * 4, 20, 30}, {2026 * 4 + 1, 3, 20}, {2026 * 4 + 3, 500, 5},
	};
	int64_t base;
	zv_date said;

	(void)state;
	assert_true(zv_match_free(&base, &said, rows, 4, zv_date_from_civil(2026, 1, 1), zv_date_from_civil(2026, 4, 1)));
	assert_int_equal(base, 23);
	assert_int_equal(said, 20);
	assert_true(zv_match_free(&base, &said, rows, 4, ZV_DATE_NONE, ZV_DATE_NONE));
	assert_int_equal(base, 623);
	assert_int_equal(said, 5);
	assert_false(zv_match_free(&base, &said, rows, 4, zv_date_from_civil(2027, 1, 1), ZV_DATE_NONE));
}

static void too_little_capacity_names_what_is_missing(void **state)
{
	const struct zv_match_cond *cond;
	struct zv_match_list list;
	struct world w;

	(void)state;
	init(&w);
	w.capacity[0].free_base = 30 * KG;
	w.capacity[1].free_base = 0;
	list = rank(&w);
	cond = cond_of(match_of(&list, 0), ZV_MATCH_QUANTITY);
	assert_int_equal(cond->state, ZV_MATCH_FAIL);
	assert_int_equal(cond->have, 30 * KG);
	assert_int_equal(cond->gap, 10 * KG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_maker_that_fits_comes_first_with_landed_price_and_day),
		cmocka_unit_test(a_late_maker_fails_with_both_days),
		cmocka_unit_test(an_impure_product_fails_with_both_values_and_a_gap),
		cmocka_unit_test(what_is_not_known_is_asked_not_failed),
		cmocka_unit_test(a_cas_number_beats_everything),
		cmocka_unit_test(a_class_alone_is_a_question_and_a_far_one_a_no),
		cmocka_unit_test(a_price_above_the_ceiling_fails_by_the_difference),
		cmocka_unit_test(permits_validity_and_units_stand_in_the_way),
		cmocka_unit_test(the_order_is_price_then_day_then_trust),
		cmocka_unit_test(free_capacity_is_that_of_the_quarters_until_the_day),
		cmocka_unit_test(too_little_capacity_names_what_is_missing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
