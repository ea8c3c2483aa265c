/* Controlled substances: what is held, what is refused, what only asks, and ordinary goods left alone. */
#include "base/tr.h"
#include "help.h"
#include "model/control.h"

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
	return 0;
}

static struct zv_control_result by_cas(const char *cas)
{
	struct zv_control_query query = {.cas = S(cas)};
	struct zv_control_result result;

	zv_control_check(&result, zv_controls_builtin(), &query, &arena);
	return result;
}

static struct zv_control_result by_name(const char *name)
{
	struct zv_str names[] = {S(name)};
	struct zv_control_query query = {.names = names, .n_names = 1};
	struct zv_control_result result;

	zv_control_check(&result, zv_controls_builtin(), &query, &arena);
	return result;
}

static struct zv_control_result by_code(const char *code)
{
	struct zv_control_query query = {.okpd2 = S(code)};
	struct zv_control_result result;

	zv_control_check(&result, zv_controls_builtin(), &query, &arena);
	return result;
}

static void each_regime_has_its_action(void **state)
{
	(void)state;
	assert_int_equal(by_cas("107-44-8").action, ZV_CONTROL_REFUSE);
	assert_int_equal(by_cas("111-48-8").action, ZV_CONTROL_REFUSE_WITHOUT_PERMIT);
	assert_int_equal(by_cas("102-71-6").action, ZV_CONTROL_PERMIT_CHECK);
	assert_int_equal(by_cas("108-24-7").action, ZV_CONTROL_REFUSE_WITHOUT_PERMIT);
	assert_int_equal(by_cas("67-64-1").action, ZV_CONTROL_PERMIT_CHECK);
	assert_int_equal(by_cas("123-54-6").action, ZV_CONTROL_NONE);
	assert_int_equal(by_cas("123-54-6").text.n, 0);
	assert_int_equal(by_cas("7719-09-7").n, 2); /* thionyl chloride stands in two lists */
}

static void codes_are_matched_by_prefix(void **state)
{
	(void)state;
	assert_int_equal(by_code("20.51.11.110").action, ZV_CONTROL_REFUSE);
	assert_int_equal(by_code("20.20.11.000").action, ZV_CONTROL_PERMIT_CHECK);
	assert_int_equal(by_code("21.10.51").action, ZV_CONTROL_INFO);
	assert_int_equal(by_code("20.14.62").action, ZV_CONTROL_NONE);
	assert_int_equal(by_code("nonsense").action, ZV_CONTROL_NONE);
}

static void names_are_found_whole_in_part_and_in_another_order(void **state)
{
	struct zv_control_result result;

	(void)state;
	result = by_name("АЦЕТОН");
	assert_true(result.action == ZV_CONTROL_PERMIT_CHECK && result.hits[0].certain);
	result = by_name("Кислота серная");
	assert_true(result.action == ZV_CONTROL_PERMIT_CHECK && result.hits[0].certain);
	result = by_name("Кислота серная техническая, ГОСТ 2184-2013");
	assert_true(result.action == ZV_CONTROL_PERMIT_CHECK && !result.hits[0].certain);
	result = by_name("Sarin");
	assert_int_equal(result.action, ZV_CONTROL_REFUSE);
	result = by_name("Датчик контроля: зарин, другие");
	assert_true(result.action == ZV_CONTROL_PERMIT_CHECK && !result.hits[0].certain);
	result = by_name("Диэтил метилфосфонат");
	assert_true(result.n > 0 && !result.hits[0].certain);
}

static void ordinary_names_are_left_alone(void **state)
{
	static const char *const names[] = {"Ацетилацетон", "Acetylacetone", "Насос", "Мука", "TEA", "Кислота лимонная", "Полиэтилен",
					    "Хлорид натрия", "Картридж VX 200", "Метилпарабен", ""};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(names); i++) {
		if (by_name(names[i]).action != ZV_CONTROL_NONE)
			fail_msg("%s: %s", names[i], text_of(by_name(names[i]).text));
	}
}

static void no_ordinary_substance_of_the_data_is_held_by_its_name(void **state)
{
	struct table table;

	(void)state;
	table_of_data(&table, "substances.csv");
	for (size_t i = 1; i < table.rows; i++) {
		struct zv_str names[] = {cell(&table, i, "name_ru"), cell(&table, i, "name_en")};
		struct zv_control_query query = {.cas = cell(&table, i, "cas"), .names = names, .n_names = 2};
		struct zv_control_result result;

		zv_control_check(&result, zv_controls_builtin(), &query, &arena);
		if (result.action != ZV_CONTROL_NONE)
			fail_msg("%s: %s", text_of(names[0]), text_of(result.text));
	}
	table_done(&table);
}

static void a_low_concentration_is_excused_where_the_act_says_so(void **state)
{
	struct zv_control_query query = {.cas = S("67-64-1"), .concentration_ppm = 590000};
	struct zv_control_result result;

	(void)state;
	zv_control_check(&result, zv_controls_builtin(), &query, &arena);
	assert_int_equal(result.action, ZV_CONTROL_NONE);
	query.concentration_ppm = 600000;
	zv_control_check(&result, zv_controls_builtin(), &query, &arena);
	assert_int_equal(result.action, ZV_CONTROL_PERMIT_CHECK);
	query = (struct zv_control_query){.cas = S("107-44-8"), .concentration_ppm = 1};
	zv_control_check(&result, zv_controls_builtin(), &query, &arena);
	assert_int_equal(result.action, ZV_CONTROL_REFUSE);
}

static void the_sentence_asks_for_a_permit_and_accuses_nobody(void **state)
{
	(void)state;
	assert_text(by_cas("67-64-1").text, "A permit record is needed for “Acetone” (RU-PREC-III 681-IV-III).");
	assert_non_null(strstr(text_of(by_name("Ацетон-формальдегидная смола").text), "expert"));
	zv_tr_set_lang("ru");
	assert_non_null(strstr(text_of(by_cas("67-64-1").text), "Ацетон"));
}

static void an_operator_loads_rows_of_his_own(void **state)
{
	struct zv_controls *controls = zv_controls_new();
	struct zv_str row[ZV_CONTROL_COLUMNS] = {
		[ZV_CONTROL_KIND] = S("cas"),        [ZV_CONTROL_VALUE] = S("123-54-6"), [ZV_CONTROL_NAME_RU] = S("Ацетилацетон"),
		[ZV_CONTROL_NAME_EN] = S("Acetylacetone"), [ZV_CONTROL_REGIME] = S("OWN"), [ZV_CONTROL_ENTRY] = S("1"),
		[ZV_CONTROL_THRESHOLD] = S(">=10%"), [ZV_CONTROL_ACTION] = S("permit_check"), [ZV_CONTROL_SOURCE] = S("order 1"),
		[ZV_CONTROL_AS_OF] = S("2026-03-02"),
	};
	struct zv_control_query query = {.cas = S("123-54-6")};
	struct zv_control_result result;
	struct zv_err err = {0};

	(void)state;
	assert_int_equal(zv_controls_add_row(controls, row, &err), ZV_OK);
	assert_int_equal(zv_controls_at(controls, 0)->threshold_ppm, 100000);
	zv_control_check(&result, controls, &query, &arena);
	assert_int_equal(result.action, ZV_CONTROL_PERMIT_CHECK);
	row[ZV_CONTROL_VALUE] = S("123-54-7");
	assert_int_equal(zv_controls_add_row(controls, row, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "match_value");
	row[ZV_CONTROL_VALUE] = S("123-54-6");
	row[ZV_CONTROL_ACTION] = S("explode");
	assert_int_equal(zv_controls_add_row(controls, row, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "default_action");
	row[ZV_CONTROL_ACTION] = S("info");
	row[ZV_CONTROL_THRESHOLD] = S("ten");
	assert_int_equal(zv_controls_add_row(controls, row, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "concentration_threshold");
	assert_int_equal(zv_controls_count(controls), 1);
	zv_controls_free(controls);
}

static void scheduled_chemicals_of_the_treaty_sample_are_all_caught(void **state)
{
	struct table table;
	size_t caught = 0;

	(void)state;
	if (!table_of_real(&table, "03_chemicals/cwc_schedules.csv", ',', NULL))
		skip();
	for (size_t i = 1; i < table.rows; i++) {
		for (size_t c = 0; c < table.columns; c++) {
			struct zv_str text = table.cells[i * table.columns + c];

			if (text.n < 7 || text.n > 12 || text.p[text.n - 2] != '-' || !zv_is_digit(text.p[0]))
				continue;
			if (by_cas(text_of(text)).action == ZV_CONTROL_NONE)
				fail_msg("%s is not caught", text_of(text));
			caught++;
		}
	}
	print_message("%zu scheduled chemicals caught\n", caught);
	assert_true(caught > 30);
	table_done(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_regime_has_its_action, set_up, tear_down),
		cmocka_unit_test_setup_teardown(codes_are_matched_by_prefix, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_are_found_whole_in_part_and_in_another_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ordinary_names_are_left_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_ordinary_substance_of_the_data_is_held_by_its_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_low_concentration_is_excused_where_the_act_says_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_sentence_asks_for_a_permit_and_accuses_nobody, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_operator_loads_rows_of_his_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(scheduled_chemicals_of_the_treaty_sample_are_all_caught, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/control", tests, NULL, NULL);
}
