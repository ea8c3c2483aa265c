/* Amounts: the demo world, both languages, what is too fine or too large, density and purity. */
#include "base/tr.h"
#include "help.h"
#include "model/quantity.h"

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

static int64_t base_of(const char *text)
{
	struct zv_quantity quantity = {0};
	struct zv_err err = {0};

	if (zv_quantity_parse(&quantity, S(text), &arena, "qty", &err) != ZV_OK)
		fail_msg("%s: %s", text, err.text);
	assert_text(quantity.entered, text);
	return quantity.base;
}

static void assert_refused(const char *text, const char *message)
{
	struct zv_quantity quantity = {.base = 7};
	struct zv_err err = {0};

	assert_int_not_equal(zv_quantity_parse(&quantity, S(text), &arena, "qty", &err), ZV_OK);
	assert_string_equal(err.field, "qty");
	assert_message(err, message);
	assert_int_equal(quantity.base, 7);
}

static void the_needs_of_the_demo_world_are_whole_milligrams(void **state)
{
	(void)state;
	assert_int_equal(base_of("0.04 t"), 40000000);
	assert_int_equal(base_of("0,04 т"), 40000000);
	assert_int_equal(base_of("25 kg"), 25000000);
	assert_int_equal(base_of("15 000 g"), 15000000);
	assert_int_equal(base_of("15 000 г"), 15000000);
	assert_int_equal(base_of("60кг"), 60000000);
	assert_int_equal(base_of("0 kg"), 0);
	assert_int_equal(base_of("1.5 тыс. шт"), 1500);
	assert_int_equal(base_of("2,5 упак"), 2500);
	assert_int_equal(base_of("100 lb"), 45359237);
}

static void number_and_unit_may_stand_in_two_cells(void **state)
{
	struct zv_quantity quantity = {0};
	struct zv_err err = {0};

	(void)state;
	assert_int_equal(zv_quantity_parse_parts(&quantity, S("0,04"), S("т"), &arena, "qty", "unit", &err), ZV_OK);
	assert_int_equal(quantity.base, 40000000);
	assert_int_equal(quantity.dim, ZV_DIM_MASS);
	assert_text(quantity.entered, "0,04 т");
	assert_int_equal(zv_quantity_parse_parts(&quantity, S("1"), S("попугай"), &arena, "qty", "unit", &err), ZV_E_NOTFOUND);
	assert_string_equal(err.field, "unit");
}

static void too_fine_too_large_and_nonsense_name_the_value(void **state)
{
	(void)state;
	assert_refused("0.5 мг", "“0.5” mg is finer than 1 mg");
	assert_refused("0.0000001 kg", "finer than 1 mg");
	assert_refused("0.5 шт", "finer than 1 pcs");
	assert_refused("10000000000 t", "“10000000000” t is too large an amount");
	assert_refused("99999999999999999999 kg", "too large a number");
	assert_refused("-5 kg", "below zero");
	assert_refused("1.2.3 kg", "is not a number");
	assert_refused("1,234.5 kg", "is not a number");
	assert_refused("kg 5", "“kg 5” is not a number");
	assert_refused("5", "unit is missing");
	assert_refused("", "is not a number");
	assert_refused("1 0 kg", "is not a number");
	assert_refused("0.0005 упак", "at most 3 decimals");
}

static const char *formatted(int64_t base, enum zv_dim dim)
{
	static char text[ZV_QUANTITY_TEXT];

	zv_quantity_format(text, base, dim);
	return text;
}

static void amounts_are_shown_in_the_unit_that_reads_best(void **state)
{
	(void)state;
	assert_string_equal(formatted(40000000, ZV_DIM_MASS), "40 kg");
	assert_string_equal(formatted(200000000, ZV_DIM_MASS), "200 kg");
	assert_string_equal(formatted(4000000000, ZV_DIM_MASS), "4 000 kg");
	assert_string_equal(formatted(20000000000, ZV_DIM_MASS), "20 t");
	assert_string_equal(formatted(2500, ZV_DIM_MASS), "2.5 g");
	assert_string_equal(formatted(12, ZV_DIM_MASS), "12 mg");
	assert_string_equal(formatted(0, ZV_DIM_MASS), "0 mg");
	assert_string_equal(formatted(40000000, ZV_DIM_VOLUME), "40 L");
	assert_string_equal(formatted(1500, ZV_DIM_PIECE), "1 500 pcs");
	assert_string_equal(formatted(2500, ZV_DIM_OTHER), "2.5");
	assert_string_equal(formatted(INT64_MAX, ZV_DIM_MASS), "9 223 372 036 854 775 807 mg");
	zv_tr_set_lang("ru");
	assert_string_equal(formatted(40000000, ZV_DIM_MASS), "40 кг");
	assert_string_equal(formatted(2500000, ZV_DIM_MASS), "2,5 кг");
}

static void the_form_echoes_what_it_understood(void **state)
{
	char echo[ZV_QUANTITY_ECHO];

	(void)state;
	zv_quantity_echo(echo, 40000000, ZV_DIM_MASS);
	assert_string_equal(echo, "40 kg = 40 000 000 mg");
	zv_tr_set_lang("ru");
	zv_quantity_echo(echo, base_of("0,04 т"), ZV_DIM_MASS);
	assert_string_equal(echo, "40 кг = 40 000 000 мг");
	zv_quantity_echo(echo, 7, ZV_DIM_PIECE);
	assert_string_equal(echo, "7 шт");
}

static void litres_become_kilograms_only_by_a_stated_density(void **state)
{
	struct zv_err err = {0};
	int64_t out = 7;

	(void)state;
	assert_int_equal(zv_quantity_convert(&out, base_of("40 л"), ZV_DIM_VOLUME, ZV_DIM_MASS, 0, "qty", &err), ZV_E_INVALID);
	assert_string_equal(err.text, "density needed to compare with kilograms");
	assert_int_equal(zv_quantity_convert(&out, 1, ZV_DIM_MASS, ZV_DIM_VOLUME, 0, "qty", &err), ZV_E_INVALID);
	assert_string_equal(err.text, "density needed to compare with litres");
	assert_int_equal(out, 7);
	assert_int_equal(zv_quantity_convert(&out, base_of("40 л"), ZV_DIM_VOLUME, ZV_DIM_MASS, 975000, "qty", &err), ZV_OK);
	assert_int_equal(out, 39000000);
	assert_int_equal(zv_quantity_convert(&out, out, ZV_DIM_MASS, ZV_DIM_VOLUME, 975000, "qty", &err), ZV_OK);
	assert_int_equal(out, 40000000);
	assert_int_equal(zv_quantity_convert(&out, 1500, ZV_DIM_VOLUME, ZV_DIM_MASS, 975001, "qty", &err), ZV_E_INVALID);
	assert_message(err, "no whole number");
	assert_int_equal(zv_quantity_convert(&out, INT64_MAX, ZV_DIM_VOLUME, ZV_DIM_MASS, 2000000, "qty", &err), ZV_E_INVALID);
	assert_message(err, "too large");
	assert_int_equal(zv_quantity_convert(&out, 5, ZV_DIM_MASS, ZV_DIM_PIECE, 975000, "qty", &err), ZV_E_INVALID);
	assert_string_equal(err.text, "no conversion from kg to pcs");
	assert_int_equal(zv_quantity_convert(&out, 5, ZV_DIM_OTHER, ZV_DIM_OTHER, 0, "qty", &err), ZV_E_INVALID);
	assert_message(err, "no conversion");
	assert_int_equal(zv_quantity_convert(&out, 5, ZV_DIM_LENGTH, ZV_DIM_LENGTH, 0, "qty", &err), ZV_OK);
}

static void densities_are_read_in_their_units(void **state)
{
	static const char *const texts[] = {"0.975 g/cm3", "0,975 г/см³", "975 кг/м3", "0.975 kg/L", "0.975 t/m3", "975 г/л", "975000 mg/L"};
	struct zv_err err = {0};
	int64_t out;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(texts); i++) {
		out = 0;
		assert_int_equal(zv_density_parse(&out, S(texts[i]), "density", &err), ZV_OK);
		assert_int_equal(out, 975000);
	}
	assert_int_equal(zv_density_parse(&out, S("0.975"), "density", &err), ZV_E_INVALID);
	assert_int_equal(zv_density_parse(&out, S("0.975 kg/kg"), "density", &err), ZV_E_INVALID);
	assert_int_equal(zv_density_parse(&out, S("0 kg/L"), "density", &err), ZV_E_INVALID);
	assert_int_equal(zv_density_parse(&out, S("99999999999999999 млн т/мкл"), "density", &err), ZV_E_INVALID);
}

static void the_pure_part_is_counted_as_a_share(void **state)
{
	int64_t out = 0;

	(void)state;
	assert_true(zv_quantity_to_pure(&out, 100000000, 850000));
	assert_int_equal(out, 85000000);
	assert_true(zv_quantity_from_pure(&out, 85000000, 850000));
	assert_int_equal(out, 100000000);
	assert_false(zv_quantity_to_pure(&out, 1, 0));
	assert_false(zv_quantity_to_pure(&out, 1, 1000001));
	assert_false(zv_quantity_from_pure(&out, INT64_MAX, 500000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_needs_of_the_demo_world_are_whole_milligrams, set_up, tear_down),
		cmocka_unit_test_setup_teardown(number_and_unit_may_stand_in_two_cells, set_up, tear_down),
		cmocka_unit_test_setup_teardown(too_fine_too_large_and_nonsense_name_the_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(amounts_are_shown_in_the_unit_that_reads_best, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_form_echoes_what_it_understood, set_up, tear_down),
		cmocka_unit_test_setup_teardown(litres_become_kilograms_only_by_a_stated_density, set_up, tear_down),
		cmocka_unit_test_setup_teardown(densities_are_read_in_their_units, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_pure_part_is_counted_as_a_share, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/quantity", tests, NULL, NULL);
}
