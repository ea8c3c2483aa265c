/* Money, prices, ladders and lot sizes. */
#include "base/decimal.h"
#include "base/tr.h"
#include "help.h"
#include "model/ladder.h"
#include "model/money.h"

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

static void sums_are_read_where_they_have_one_meaning(void **state)
{
	static const struct {
		const char *text;
		int64_t kop;
	} sums[] = {
		{"5500", 550000},          {"5 500", 550000},         {"5500 ₽", 550000},           {"5,500.00 руб.", 550000},
		{"5.500,00", 550000},      {"600 000 ₽", 60000000},   {"600000 RUB", 60000000},     {"1,5 млн руб.", 150000000},
		{"600 тыс. руб.", 60000000}, {"0", 0},                {"12,34", 1234},              {"12.3", 1230},
		{"1,234,567", 123456700},  {"1.234.567,89", 123456789}, {"₽5500", 550000},          {"5 500 рублей", 550000},
		{"0.50", 50},              {"12345,60", 1234560},     {"5 500", 550000},       {"100.000000", 10000},
	};
	struct zv_err err = {0};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(sums); i++) {
		int64_t kop = -1;

		if (zv_money_parse(&kop, S(sums[i].text), "price", &err) != ZV_OK)
			fail_msg("%s: %s", sums[i].text, err.text);
		assert_int_equal(kop, sums[i].kop);
	}
}

static void money_is_never_guessed(void **state)
{
	static const struct {
		const char *text, *message;
	} sums[] = {
		{"1.234", "thousands or thousandths"}, {"1,234", "thousands or thousandths"},  {"5,000 ₽", "thousands or thousandths"},
		{"100.000", "thousands or thousandths"}, {"0,125", "finer than a kopeck"},     {"1 234,567", "finer than a kopeck"},
		{"$500", "another currency"},          {"500 EUR", "another currency"},        {"500 евро", "another currency"},
		{"-5", "no sum"},                      {"", "no sum"},                         {"даром", "no sum"},
		{"1.2.3", "no sum"},                   {"1,23,456.00", "no sum"},              {"12 34", "no sum"},
		{"99999999999999999999", "too large"}, {"5.", "no sum"},                       {"1,000.00.00", "no sum"},
		{"9223372036854775807", "too large"},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(sums); i++) {
		struct zv_err err = {0};
		int64_t kop = -1;

		assert_int_not_equal(zv_money_parse(&kop, S(sums[i].text), "price", &err), ZV_OK);
		assert_string_equal(err.field, "price");
		if (strstr(err.text, sums[i].message) == NULL)
			fail_msg("%s: %s", sums[i].text, err.text);
		assert_int_equal(kop, -1);
	}
}

static void money_is_shown_in_both_languages(void **state)
{
	char text[ZV_MONEY_TEXT];

	(void)state;
	zv_money_format(text, 500000);
	assert_string_equal(text, "5,000.00 ₽");
	zv_money_format(text, 100000000);
	assert_string_equal(text, "1,000,000.00 ₽");
	zv_money_decimal(text, 500005);
	assert_string_equal(text, "5000.05");
	zv_tr_set_lang("ru");
	zv_money_format(text, 500000);
	assert_string_equal(text, "5 000,00 ₽");
	zv_money_format(text, -500000);
	assert_string_equal(text, "-5 000,00 ₽");
	zv_money_format(text, INT64_MAX);
	assert_string_equal(text, "92 233 720 368 547 758,07 ₽");
}

static void prices_are_exact_fractions(void **state)
{
	static const char *const texts[] = {"5500 ₽/kg", "5 500,00 руб. за кг", "5,500.00 RUB per kg", "5.50 ₽/g", "5 500 000 ₽/т", "5500", "11000 ₽/2 kg"};
	struct zv_price price = {0};
	enum zv_dim dim = ZV_DIM_NONE;
	struct zv_err err = {0};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(texts); i++) {
		if (zv_price_parse(&price, &dim, S(texts[i]), zv_unit_by_key(S("kg")), "price", &err) != ZV_OK)
			fail_msg("%s: %s", texts[i], err.text);
		assert_int_equal(zv_price_cmp(price, (struct zv_price){550000, 1000000}), 0);
		assert_int_equal(dim, ZV_DIM_MASS);
	}
	assert_int_equal(zv_price_parse(&price, &dim, S("5500"), NULL, "price", &err), ZV_E_INVALID);
	assert_message(err, "for what amount");
	assert_int_equal(zv_price_parse(&price, &dim, S("5,500 ₽/kg"), NULL, "price", &err), ZV_E_INVALID);
	assert_int_equal(zv_price_parse(&price, &dim, S("5500 ₽/0 kg"), NULL, "price", &err), ZV_E_INVALID);
	assert_int_equal(zv_price_parse(&price, &dim, S("5500 ₽/попугай"), NULL, "price", &err), ZV_E_NOTFOUND);
}

static void prices_are_compared_beyond_64_bits(void **state)
{
	struct zv_price huge = {INT64_MAX, INT64_MAX - 1};
	struct zv_price just_above = {INT64_MAX - 1, INT64_MAX - 2};

	(void)state;
	assert_true(zv_price_cmp(huge, just_above) < 0);
	assert_true(zv_price_cmp(just_above, huge) > 0);
	assert_int_equal(zv_price_cmp((struct zv_price){1, 3}, (struct zv_price){2, 6}), 0);
}

static void a_price_is_shown_per_kilogram_rounded_half_to_even(void **state)
{
	char text[ZV_PRICE_TEXT];
	struct zv_price price = {0};
	int64_t kop = 0;

	(void)state;
	assert_true(zv_price_add(&price, (struct zv_price){60000000, 190000000}, (struct zv_price){200000, 1000000}));
	zv_price_format(text, price, ZV_DIM_MASS);
	assert_string_equal(text, "5,157.89 ₽/kg");
	zv_price_format_number(text, price, ZV_DIM_MASS);
	assert_string_equal(text, "5,157.89");
	zv_price_decimal(text, price, ZV_DIM_MASS);
	assert_string_equal(text, "5157.89");
	assert_true(zv_price_total(&kop, price, 190000000));
	assert_int_equal(kop, 60000000 + 190 * 200000);
	zv_price_format_exact(text, price, ZV_DIM_MASS);
	assert_string_equal(text, "0.49 ₽/95 mg");
	zv_price_format(text, (struct zv_price){1, 2}, ZV_DIM_PIECE);
	assert_string_equal(text, "0.00 ₽/pcs");
	zv_price_format(text, (struct zv_price){3, 2}, ZV_DIM_PIECE);
	assert_string_equal(text, "0.02 ₽/pcs");
	zv_price_format(text, (struct zv_price){0, 0}, ZV_DIM_MASS);
	assert_string_equal(text, "");
	zv_tr_set_lang("ru");
	zv_price_format(text, price, ZV_DIM_MASS);
	assert_string_equal(text, "5 157,89 ₽/кг");
}

static struct zv_ladder ladder_of(const char *text)
{
	struct zv_ladder ladder = {0};
	struct zv_err err = {0};

	if (zv_ladder_parse(&ladder, S(text), zv_unit_by_key(S("kg")), &arena, "price", &err) != ZV_OK)
		fail_msg("%s: %s", text, err.text);
	return ladder;
}

static const char *price_at(const struct zv_ladder *ladder, int64_t kg)
{
	static char text[ZV_PRICE_TEXT];
	struct zv_price price = {0};

	if (!zv_ladder_price(&price, ladder, kg * 1000000))
		return "none";
	zv_price_format_number(text, price, ladder->dim);
	return text;
}

static void fixed_and_variable_cost_fall_with_the_volume(void **state)
{
	struct zv_ladder ladder = ladder_of("600 000 ₽ + 2 000 ₽/kg");
	int64_t kop = 0;

	(void)state;
	assert_string_equal(price_at(&ladder, 200), "5,000.00");
	assert_string_equal(price_at(&ladder, 190), "5,157.89");
	assert_string_equal(price_at(&ladder, 300), "4,000.00");
	assert_string_equal(price_at(&ladder, 600), "3,000.00");
	assert_true(zv_ladder_cost(&kop, &ladder, 200000000));
	assert_int_equal(kop, 100000000);
	assert_string_equal(price_at(&ladder, 0), "none");
}

static void a_ladder_prices_all_units_at_the_step_reached(void **state)
{
	struct zv_ladder ladder = ladder_of("200 kg: 5000; 300 кг: 4000 ₽/кг; 1 t: 3 ₽/g");
	int64_t kop = 7;

	(void)state;
	assert_string_equal(price_at(&ladder, 199), "none");
	assert_string_equal(price_at(&ladder, 200), "5,000.00");
	assert_string_equal(price_at(&ladder, 299), "5,000.00");
	assert_string_equal(price_at(&ladder, 300), "4,000.00");
	assert_string_equal(price_at(&ladder, 5000), "3,000.00");
	assert_false(zv_ladder_cost(&kop, &ladder, 199999999));
	assert_int_equal(kop, 7);
}

static void a_ladder_that_is_no_ladder_is_refused(void **state)
{
	static const char *const texts[] = {"", "200 kg: 5000; 100 kg: 4000", "200 kg: 5000; 200 kg: 4000", "200 kg: 5000; 3 L: 4000",
					    "200 kg: 5000 ₽/L", "5,000", "600000 +", "+ 5", "200: 5"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(texts); i++) {
		struct zv_ladder ladder = {0};
		struct zv_err err = {0};

		assert_int_not_equal(zv_ladder_parse(&ladder, S(texts[i]), zv_unit_by_key(S("kg")), &arena, "price", &err), ZV_OK);
		assert_int_equal(ladder.form, ZV_LADDER_NONE);
	}
}

static void a_formatted_ladder_reads_back(void **state)
{
	static const char *const texts[] = {"600 000 ₽ + 2 000 ₽/kg", "200 kg: 5000; 300 kg: 4000", "5000", "1 ₽/3 kg", "0.5 kg: 7; 10 t: 1 ₽/7 g"};
	static const char *const langs[] = {"en", "ru"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(texts) * 2; i++) {
		struct zv_ladder a;
		struct zv_ladder b;
		struct zv_buf out;

		zv_tr_set_lang(langs[i % 2]);
		a = ladder_of(texts[i / 2]);
		zv_buf_init(&out, 0);
		zv_ladder_format(&out, &a);
		b = ladder_of(zv_buf_c(&out));
		assert_int_equal(a.form, b.form);
		assert_int_equal(a.fixed_kop, b.fixed_kop);
		assert_int_equal(a.variable.kop, b.variable.kop);
		assert_int_equal(a.variable.per, b.variable.per);
		assert_int_equal(a.n_breaks, b.n_breaks);
		for (size_t k = 0; k < a.n_breaks; k++)
			assert_memory_equal(&a.breaks[k], &b.breaks[k], sizeof(a.breaks[k]));
		zv_buf_done(&out);
	}
}

static void lot_sizes_are_found_above_and_below(void **state)
{
	const struct zv_lot_sizes sizes = {.min = 200, .step = 50, .max = 620};
	const struct zv_lot_sizes free_sizes = {0};
	int64_t out = -1;

	(void)state;
	assert_true(zv_lot_size_ok(&sizes, 200) && zv_lot_size_ok(&sizes, 600));
	assert_false(zv_lot_size_ok(&sizes, 210) || zv_lot_size_ok(&sizes, 150) || zv_lot_size_ok(&sizes, 650));
	assert_true(zv_lot_size_up(&out, &sizes, 170) && out == 200);
	assert_true(zv_lot_size_up(&out, &sizes, 201) && out == 250);
	assert_false(zv_lot_size_up(&out, &sizes, 601));
	assert_true(zv_lot_size_down(&out, &sizes, 249) && out == 200);
	assert_true(zv_lot_size_down(&out, &sizes, 5000) && out == 600);
	assert_false(zv_lot_size_down(&out, &sizes, 199));
	assert_true(zv_lot_size_up(&out, &free_sizes, 0) && out == 1);
	assert_true(zv_lot_size_down(&out, &free_sizes, 17) && out == 17);
	assert_false(zv_lot_size_up(&out, &(struct zv_lot_sizes){.step = 50}, INT64_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sums_are_read_where_they_have_one_meaning, set_up, tear_down),
		cmocka_unit_test_setup_teardown(money_is_never_guessed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(money_is_shown_in_both_languages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(prices_are_exact_fractions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(prices_are_compared_beyond_64_bits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_price_is_shown_per_kilogram_rounded_half_to_even, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fixed_and_variable_cost_fall_with_the_volume, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_ladder_prices_all_units_at_the_step_reached, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_ladder_that_is_no_ladder_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_formatted_ladder_reads_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lot_sizes_are_found_above_and_below, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/price", tests, NULL, NULL);
}
