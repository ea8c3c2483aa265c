/* Finding a measure: by the number of an act as people write it, and by words; and its lines in a pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/measures.h"

static const struct zv_rules_rule start_batch = {
	.id = ZV_STR_INIT("CL_START_BATCH"),
	.title = {ZV_STR_INIT("Возмещение затрат на стартовые партии участникам промышленных кластеров"),
		  ZV_STR_INIT("Reimbursement of start batch purchases to industrial cluster participants")},
	.act_old = ZV_STR_INIT("Постановление № 41 от 28.01.2016"),
	.act_new = ZV_STR_INIT("22-68641-00035-R от 21.08.2024"),
	.beneficiary = {ZV_STR_INIT("участник промышленного кластера, который покупает стартовую партию"), ZV_STR_INIT("cluster participant that buys a start batch")},
};

static const struct zv_rules_rule components = {
	.id = ZV_STR_INIT("FRP_COMP_JOINT"),
	.title = {ZV_STR_INIT("Совместный заём ФРП и регионального фонда «Комплектующие изделия»"), ZV_STR_INIT("Joint federal and regional loan, Components")},
	.act_old = ZV_STR_INIT("Стандарт совместной программы СФ-И-87"),
	.administrator = ZV_STR_INIT("Фонд развития промышленности и региональный фонд"),
};

static int score(const char *text)
{
	return zv_measure_score(&start_batch, zv_str_c(text));
}

static void the_old_number_is_found_however_it_is_written(void **state)
{
	static const char *const ways[] = {"41",     "№41",	  "№ 41",	  "N 41",		 "41 от 28.01.2016", "41 ОТ 28.01.2016", "№ 41 от 28.01.2016 г.",
					   "41от28.01.2016", "41 28012016", "Постановление 41", "ПП РФ № 41", "resolution 41 of 28.01.2016", "Resolution No. 41", "28.01.2016"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(ways); i++)
		if (score(ways[i]) < 500)
			fail_msg("“%s” is not found by the number: %d", ways[i], score(ways[i]));
}

static void the_new_number_is_found_however_it_is_written(void **state)
{
	static const char *const ways[] = {"22-68641-00035-R", "22-68641-00035-r", "22–68641–00035–R", "22 68641 00035 R", "226864100035R", "226864100035", "68641-00035",
					   "00035-R", "22-68641-00035-Р", "22-68641-00035-р", "№ 22-68641-00035-R от 21.08.2024", "22-6864", "решение № 22-68641-00035-R"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(ways); i++)
		if (score(ways[i]) < 500)
			fail_msg("“%s” is not found by the number: %d", ways[i], score(ways[i]));
}

static void another_number_is_not_this_one(void **state)
{
	static const char *const ways[] = {"4", "1", "410", "141", "41 от 28.01.2017", "2016-41", "68642", "00036-R", "8641", "22-68641-00035-X", "№"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(ways); i++)
		if (score(ways[i]) != 0)
			fail_msg("“%s” is found: %d", ways[i], score(ways[i]));
}

static void words_are_found_in_any_form_and_both_languages(void **state)
{
	static const char *const ways[] = {"стартовая партия", "СТАРТОВЫХ ПАРТИЙ", "кластер", "промышленный кластер", "возмещение затрат", "start batch", "reimbursement",
					   "участники кластеров", "стартов", "клас", "cluster participants", "возмещение 41", "№ 41 партии"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(ways); i++)
		if (score(ways[i]) == 0)
			fail_msg("“%s” is not found", ways[i]);
	assert_int_equal(score("кластер ипотека"), 0);
	assert_int_equal(score("ипотека"), 0);
	assert_int_equal(score(""), 0);
	assert_int_equal(score("  "), 0);
}

static void letters_of_a_number_that_are_a_word_are_found_as_one(void **state)
{
	(void)state;
	assert_true(zv_measure_score(&components, ZV_STR("СФ-И-87")) > 0);
	assert_true(zv_measure_score(&components, ZV_STR("сф-и-87")) > 0);
	assert_true(zv_measure_score(&components, ZV_STR("фонд развития промышленности")) > 0);
	assert_int_equal(zv_measure_score(&components, ZV_STR("СФ-И-88")), 0);
}

static void the_id_comes_before_the_number_and_the_number_before_words(void **state)
{
	(void)state;
	assert_true(score("cl_start_batch") > score("№ 41"));
	assert_true(score("№ 41") > score("стартовые партии"));
	assert_true(score("стартовые партии") > score("покупает"));
}

static void any_bytes_are_taken(void **state)
{
	char text[40];

	(void)state;
	for (unsigned seed = 1; seed < 3000; seed++) {
		unsigned x = seed * 2654435761u;
		size_t n = x % sizeof(text);

		for (size_t i = 0; i < n; i++) {
			x = x * 1664525u + 1013904223u;
			text[i] = (char)(x >> 24);
		}
		(void)zv_measure_score(&start_batch, (struct zv_str){text, n});
	}
}

static void the_lines_of_a_measure_end_at_its_own_bracket(void **state)
{
	static const char text[] = "pack p {\n"
				   "  measure A {\n"
				   "    title ru \"a } \\\" { b\" # } not here\n"
				   "    category wages ru \"x\" { at most 70 % }\n"
				   "    rate 0.3 * key_rate + 3 %  when org.atr and \"vat_rate\" = \"\"\n"
				   "  }\n"
				   "  measure B { }\n"
				   "}\n";
	struct zv_rules_rule rule = {.line = 2};
	struct zv_pack pack = {.text = zv_str_c(text)};
	struct zv_measure measure = {.rule = &rule, .pack = &pack};
	struct zv_str found = zv_measure_text(&measure);

	(void)state;
	assert_true(zv_str_starts(found, ZV_STR("measure A {")));
	assert_true(zv_str_ends(found, ZV_STR("\n  }")));
	assert_int_equal(zv_str_find(found, ZV_STR("measure B")), -1);
	assert_true(zv_measure_uses(&measure, ZV_STR("key_rate")));
	assert_true(zv_measure_uses(&measure, ZV_STR("org.atr")));
	assert_false(zv_measure_uses(&measure, ZV_STR("rate_k")));
	assert_false(zv_measure_uses(&measure, ZV_STR("key")));
	assert_false(zv_measure_uses(&measure, ZV_STR("atr")));
	assert_false(zv_measure_uses(&measure, ZV_STR("vat_rate")));
	rule.line = 7;
	assert_true(zv_str_eq_c(zv_measure_text(&measure), "measure B { }"));
}

static void a_window_is_past_open_or_coming(void **state)
{
	(void)state;
	assert_int_equal(zv_measure_phase(100, 200, 99), ZV_MEASURE_COMING);
	assert_int_equal(zv_measure_phase(100, 200, 100), ZV_MEASURE_OPEN);
	assert_int_equal(zv_measure_phase(100, 200, 200), ZV_MEASURE_OPEN);
	assert_int_equal(zv_measure_phase(100, 200, 201), ZV_MEASURE_PAST);
	assert_int_equal(zv_measure_phase(ZV_DATE_NONE, 200, 201), ZV_MEASURE_PAST);
	assert_int_equal(zv_measure_phase(ZV_DATE_NONE, ZV_DATE_NONE, 5), ZV_MEASURE_OPEN);
	assert_int_equal(zv_measure_phase(100, ZV_DATE_NONE, 5000), ZV_MEASURE_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_old_number_is_found_however_it_is_written),
		cmocka_unit_test(the_new_number_is_found_however_it_is_written),
		cmocka_unit_test(another_number_is_not_this_one),
		cmocka_unit_test(words_are_found_in_any_form_and_both_languages),
		cmocka_unit_test(letters_of_a_number_that_are_a_word_are_found_as_one),
		cmocka_unit_test(the_id_comes_before_the_number_and_the_number_before_words),
		cmocka_unit_test(any_bytes_are_taken),
		cmocka_unit_test(the_lines_of_a_measure_end_at_its_own_bracket),
		cmocka_unit_test(a_window_is_past_open_or_coming),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
