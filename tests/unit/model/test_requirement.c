/* The language of requirements, its verdicts and its words. */
#include "base/tr.h"
#include "help.h"
#include "model/grade.h"
#include "model/requirement.h"

static struct zv_arena arena;

static int set_up(void **state)
{
	(void)state;
	zv_arena_init(&arena);
	zv_tr_set_lang("en");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	zv_arena_done(&arena);
	zv_tr_set_lang("en");
	return 0;
}

static struct zv_requirements parsed(const char *text)
{
	struct zv_requirements list = {0};
	struct zv_err err = {0};

	if (zv_requirements_parse(&list, S(text), &arena, "requirements", &err) != ZV_OK)
		fail_msg("%s: %s", text, err.text);
	return list;
}

static const char *canonical(const char *text)
{
	struct zv_requirements list = parsed(text);
	struct zv_buf out;
	const char *shown;

	zv_buf_init(&out, 0);
	zv_requirements_format(&out, &list);
	shown = text_of(zv_buf_str(&out));
	zv_buf_done(&out);
	return shown;
}

static void statements_get_one_canonical_writing(void **state)
{
	static const char *const pairs[][2] = {
		{"purity >= 99.0 %", "purity >= 99.0 %"},
		{"чистота ≥ 99,0%; массовая доля воды не более 0,1 % мягко 3", "purity >= 99,0 %; water <= 0,1 % soft 3"},
		{"colour in (white,clear)", "colour in (white, clear)"},
		{"цвет из (белый, прозрачный) soft", "colour in (белый, прозрачный) soft"},
		{"viscosity 10..20 мПа·с", "viscosity 10..20 mPa·s"},
		{"viscosity = 10 .. 20 cP", "viscosity 10..20 mPa·s"},
		{"purity >= 99.0", "purity >= 99.0 %"},
		{"grade >= ч.д.а.\nwater < 500 ppm", "grade >= ч.д.а.; water < 500 ppm"},
		{"Марка стали = 12Х18Н10Т", "марка стали = 12Х18Н10Т"},
		{"density >= 0.97 г/см3", "density >= 0.97 g/cm³"},
		{"melting point -20..150 °C", "melting_point -20..150 °C"},
		{"texture = soft", "texture = soft"},
		{" ; ;purity = 99 %;", "purity = 99 %"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(pairs); i++) {
		assert_string_equal(canonical(pairs[i][0]), pairs[i][1]);
		assert_string_equal(canonical(pairs[i][1]), pairs[i][1]);
	}
}

static void what_is_no_statement_is_quoted_and_refused(void **state)
{
	static const char *const texts[] = {"purity", "purity >=", ">= 5", "purity >= white", "x in ()", "x = 20..10", "purity >= 0.1234567",
					    "x >= 5 soft 0", "x >= 5 soft 101", "x = 5 kg..6 g", "x -5..200не менее("};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(texts); i++) {
		struct zv_requirements list = {.n = 7};
		struct zv_err err = {0};

		if (zv_requirements_parse(&list, S(texts[i]), &arena, "req", &err) != ZV_E_INVALID)
			fail_msg("%s was taken", texts[i]);
		assert_string_equal(err.field, "req");
		assert_message(err, texts[i]);
		assert_int_equal(list.n, 7);
	}
}

static struct zv_req_result tested(const char *requirement, const char *properties)
{
	struct zv_requirements wanted = parsed(requirement);
	struct zv_requirements offered = parsed(properties);
	struct zv_req_result result = {0};

	assert_int_equal(wanted.n, 1);
	zv_requirement_test(&result, wanted.p, &offered, &arena);
	return result;
}

static void assert_verdict(const char *requirement, const char *properties, enum zv_req_verdict verdict, const char *text)
{
	struct zv_req_result result = tested(requirement, properties);

	if (result.verdict != verdict)
		fail_msg("%s / %s: %s", requirement, properties, text_of(result.text));
	assert_text(result.text, text);
}

static void a_fail_names_both_values_as_entered(void **state)
{
	(void)state;
	assert_verdict("purity >= 99.0 %", "purity = 98.0 %", ZV_REQ_FAIL, "purity 98.0 < 99.0");
	assert_verdict("water <= 0.1 %", "water = 2000 ppm", ZV_REQ_FAIL, "water 2000 ppm > 0.1 %");
	assert_verdict("viscosity 10..20 mPa·s", "viscosity = 25 cP", ZV_REQ_FAIL, "viscosity 25 > 20");
	assert_verdict("viscosity 10..20 mPa·s", "viscosity = 9 cP", ZV_REQ_FAIL, "viscosity 9 < 10");
	assert_verdict("purity > 99 %", "purity = 99 %", ZV_REQ_FAIL, "purity 99 <= 99");
	assert_verdict("colour in (white, clear)", "colour = red", ZV_REQ_FAIL, "colour red is not in (white, clear)");
	assert_verdict("grade >= ч.д.а.", "grade = техн.", ZV_REQ_FAIL, "grade техн. < ч.д.а.");
	assert_verdict("purity = 99 %", "purity = 98 %", ZV_REQ_FAIL, "purity 98 < 99");
}

static void a_pass_names_both_values_too(void **state)
{
	(void)state;
	assert_verdict("purity >= 99.0 %", "purity = 99.5 %", ZV_REQ_PASS, "purity 99.5 >= 99.0");
	assert_verdict("water <= 0.1 %", "water = 900 ppm", ZV_REQ_PASS, "water 900 ppm <= 0.1 %");
	assert_verdict("water <= 0.1 %", "water <= 0.05 %", ZV_REQ_PASS, "water <= 0.05 <= 0.1");
	assert_verdict("viscosity 10..20 cP", "viscosity = 0.015 Pa·s", ZV_REQ_PASS, "viscosity 0.015 Pa·s in 10..20 mPa·s");
	assert_verdict("colour in (white, clear)", "colour = WHITE", ZV_REQ_PASS, "colour WHITE in (white, clear)");
	assert_verdict("grade >= ч.", "grade = х.ч.", ZV_REQ_PASS, "grade х.ч. >= ч.");
	assert_verdict("density >= 0.97 kg/L", "density = 975 kg/m3", ZV_REQ_PASS, "density 975 kg/m³ >= 0.97 kg/L");
	assert_verdict("viscosity 5..30 cP", "viscosity >= 10 cP; viscosity <= 20 cP", ZV_REQ_PASS, "viscosity <= 20 in 5..30");
}

static void what_is_not_stated_is_unknown_and_not_a_failure(void **state)
{
	(void)state;
	assert_verdict("purity >= 99.0 %", "water = 0.1 %", ZV_REQ_UNKNOWN, "purity is not stated, >= 99.0 % is needed");
	assert_verdict("purity >= 99.0 %", "", ZV_REQ_UNKNOWN, "purity is not stated, >= 99.0 % is needed");
	assert_verdict("purity >= 99.0 %", "purity >= 98 %", ZV_REQ_UNKNOWN, "purity: >= 98 % leaves open whether >= 99.0 % is met");
	assert_verdict("strength >= 5 MPa", "strength = 5 kg", ZV_REQ_UNKNOWN, "strength: 5 kg and >= 5 MPa cannot be compared");
	assert_verdict("colour in (white, clear)", "colour in (white, red)", ZV_REQ_UNKNOWN,
		       "colour: in (white, red) leaves open whether in (white, clear) is met");
}

static void reasons_speak_the_language_of_the_reader(void **state)
{
	(void)state;
	zv_tr_set_lang("ru");
	assert_verdict("purity >= 99.0 %", "чистота = 98.0 %", ZV_REQ_FAIL, "чистота 98.0 < 99.0");
	assert_text(zv_property_label(S("water")), "вода");
	assert_text(zv_property_label(S("своё")), "своё");
}

static void needs_pool_when_one_product_can_meet_both(void **state)
{
	struct zv_requirements a = parsed("purity >= 99 %; water <= 0.1 %");
	struct zv_requirements b = parsed("purity >= 98 %; colour = white");
	struct zv_requirements c = parsed("purity <= 98 %");
	struct zv_requirements soft = parsed("purity <= 98 % soft");
	struct zv_str why = {NULL, 0};

	(void)state;
	assert_true(zv_requirements_compatible(&a, &b, &why, &arena));
	assert_false(zv_requirements_compatible(&a, &c, &why, &arena));
	assert_text(why, "purity: >= 99 % / <= 98 %");
	assert_true(zv_requirements_compatible(&a, &soft, NULL, &arena));
	assert_false(zv_requirements_compatible(&c, &a, NULL, &arena));
}

static void grades_have_their_order(void **state)
{
	static const char *const order[] = {"ос.ч.", "х.ч.", "ч.д.а.", "ч.", "оч.", "техн.", "сырой"};

	(void)state;
	assert_int_equal(zv_grade_count(), ZV_LEN(order));
	for (size_t i = 0; i + 1 < ZV_LEN(order); i++)
		assert_true(zv_grade_find(S(order[i]))->rank > zv_grade_find(S(order[i + 1]))->rank);
	assert_ptr_equal(zv_grade_find(S("ЧДА")), zv_grade_find(S("ч. д. а.")));
	assert_ptr_equal(zv_grade_find(S("p.a.")), zv_grade_find(S("Чистый для анализа")));
	assert_int_equal(zv_grade_find(S("чда"))->purity_min_ppm, 990000);
	assert_null(zv_grade_find(S("хороший")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(statements_get_one_canonical_writing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_statement_is_quoted_and_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_fail_names_both_values_as_entered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pass_names_both_values_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_not_stated_is_unknown_and_not_a_failure, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reasons_speak_the_language_of_the_reader, set_up, tear_down),
		cmocka_unit_test_setup_teardown(needs_pool_when_one_product_can_meet_both, set_up, tear_down),
		cmocka_unit_test_setup_teardown(grades_have_their_order, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/requirement", tests, NULL, NULL);
}
