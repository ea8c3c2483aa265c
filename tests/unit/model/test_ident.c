/* Numbers of firms and substances: published check values, the demo world and whole registers. */
#include "help.h"
#include "model/ident.h"

typedef enum zv_code (*check_fn)(struct zv_str, const char *, struct zv_err *);

static void assert_all_pass(check_fn check, const char *const *numbers, size_t n)
{
	struct zv_err err = {0};

	for (size_t i = 0; i < n; i++) {
		if (check(S(numbers[i]), "number", &err) != ZV_OK)
			fail_msg("%s: %s", numbers[i], err.text);
	}
}

static void assert_refused(check_fn check, const char *number, const char *message)
{
	struct zv_err err = {0};

	assert_int_equal(check(S(number), "inn", &err), ZV_E_INVALID);
	assert_string_equal(err.field, "inn");
	assert_string_equal(err.text, message);
}

static void made_up_and_demo_inns_pass(void **state)
{
	static const char *const inns[] = {"0000000018", "0000123450", "000012345627", "0000001090", "6299000012", "5599000011",
					   "3899000019", "0299000011", "2199000011",   "1299000013", "3899000026", "5599000029",
					   " 6299000012 "};

	(void)state;
	assert_all_pass(zv_inn_check, inns, ZV_LEN(inns));
}

static void a_wrong_inn_names_the_expected_digit(void **state)
{
	(void)state;
	assert_refused(zv_inn_check, "6299000013", "INN 6299000013: check digit, expected 2");
	assert_refused(zv_inn_check, "0000001091", "INN 0000001091: check digit, expected 0");
	assert_refused(zv_inn_check, "000012345620", "INN 000012345620: check digits, expected 27");
	assert_refused(zv_inn_check, "000012345697", "INN 000012345697: check digits, expected 27");
}

static void every_single_digit_error_in_an_inn_is_found_or_is_a_known_gap(void **state)
{
	char inn[] = "6299000012";
	int missed = 0;

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		for (char d = '0'; d <= '9'; d++) {
			char kept = inn[i];

			inn[i] = d;
			missed += d != kept && zv_inn_check(S(inn), "inn", NULL) == ZV_OK;
			inn[i] = kept;
		}
	}
	/* Modulo 11 modulo 10 makes remainders 0 and 10 alike: a few changes cannot be seen. */
	assert_true(missed <= 3);
}

static void a_number_wrecked_by_a_spreadsheet_says_so(void **state)
{
	(void)state;
	assert_refused(zv_inn_check, "1,6571E+11",
		       "INN 1,6571E+11: wrecked by a spreadsheet: its last digits are gone, take it from the source");
	assert_refused(zv_inn_check, "1.6571E+11",
		       "INN 1.6571E+11: wrecked by a spreadsheet: its last digits are gone, take it from the source");
	assert_refused(zv_inn_check, "1,6571Е+11",
		       "INN 1,6571Е+11: wrecked by a spreadsheet: its last digits are gone, take it from the source");
	assert_refused(zv_ogrn_check, "1,03774E+12",
		       "OGRN 1,03774E+12: wrecked by a spreadsheet: its last digits are gone, take it from the source");
}

static void a_lost_zero_is_proposed_and_not_repaired(void **state)
{
	(void)state;
	assert_refused(zv_inn_check, "299000011", "INN 299000011: 9 digits; a leading zero may be lost: 0299000011?");
	assert_refused(zv_inn_check, "299000012", "INN 299000012: 9 digits, expected 10 or 12");
	assert_refused(zv_inn_check, "00012345627", "INN 00012345627: 11 digits; a leading zero may be lost: 000012345627?");
	assert_refused(zv_inn_check, "12345678", "INN 12345678: 8 digits, expected 10 or 12");
	assert_refused(zv_kpp_check, "23401001", "KPP 23401001: 8 digits; a leading zero may be lost: 023401001?");
}

static void letters_blanks_and_zeros_are_no_inn(void **state)
{
	(void)state;
	assert_refused(zv_inn_check, "62990000l2", "INN 62990000l2: only digits are allowed");
	assert_refused(zv_inn_check, "6299 000012", "INN 6299 000012: only digits are allowed");
	assert_refused(zv_inn_check, "0000000000", "INN 0000000000: all zeros is nobody's number");
	assert_refused(zv_inn_check, "", "INN is empty; give its digits.");
	assert_refused(zv_inn_check, "6299000012.0", "INN 6299000012.0: only digits are allowed");
}

static void published_ogrns_pass(void **state)
{
	static const char *const ogrns[] = {"1000000000010", "1000000000110", "1037739010891"};
	static const char *const ogrnips[] = {"300000000000015"};

	(void)state;
	assert_all_pass(zv_ogrn_check, ogrns, ZV_LEN(ogrns));
	assert_all_pass(zv_ogrnip_check, ogrnips, ZV_LEN(ogrnips));
	assert_all_pass(zv_ogrn_any_check, ogrns, ZV_LEN(ogrns));
	assert_all_pass(zv_ogrn_any_check, ogrnips, ZV_LEN(ogrnips));
	assert_refused(zv_ogrn_check, "1037739010892", "OGRN 1037739010892: check digit, expected 1");
	assert_refused(zv_ogrnip_check, "300000000000016", "OGRNIP 300000000000016: check digit, expected 5");
	assert_refused(zv_ogrn_check, "300000000000015", "OGRN 300000000000015: 15 digits, expected 13");
}

static void a_kpp_may_have_letters_in_two_places(void **state)
{
	static const char *const kpps[] = {"623401001", "7700AB001", "770001001"};

	(void)state;
	assert_all_pass(zv_kpp_check, kpps, ZV_LEN(kpps));
	assert_refused(zv_kpp_check, "77A001001",
		       "KPP 77A001001: expected 9 characters: 4 digits, 2 digits or Latin capitals, 3 digits");
	assert_refused(zv_kpp_check, "1,77E+08", "KPP 1,77E+08: wrecked by a spreadsheet: its last digits are gone, take it from the source");
}

static void gtins_of_all_lengths_pass(void **state)
{
	static const char *const gtins[] = {"96385074", "036000291452", "4006381333931", "00012345600012"};

	(void)state;
	assert_all_pass(zv_gtin_check, gtins, ZV_LEN(gtins));
	assert_refused(zv_gtin_check, "4006381333932", "GTIN 4006381333932: check digit, expected 1");
}

static void cas_numbers_are_checked(void **state)
{
	static const char *const numbers[] = {"123-54-6", "7732-18-5", "50-00-0", "2387495-99-8"};
	char text[ZV_CAS_TEXT] = "";
	struct zv_err err;

	(void)state;
	assert_all_pass(zv_cas_check, numbers, ZV_LEN(numbers));
	assert_refused(zv_cas_check, "123-54-7", "CAS 123-54-7: check digit, expected 6");
	assert_int_equal(zv_cas_check(S("123546"), "cas", &err), ZV_E_INVALID);
	assert_int_equal(zv_cas_check(S("0123-54-6"), "cas", &err), ZV_E_INVALID);
	assert_int_equal(zv_cas_check(S("1-54-6"), "cas", &err), ZV_E_INVALID);
	assert_int_equal(zv_cas_check(S("-54-6"), "cas", &err), ZV_E_INVALID);
	assert_int_equal(zv_cas_from_digits(text, S("123546"), "cas", &err), ZV_OK);
	assert_string_equal(text, "123-54-6");
	assert_int_equal(zv_cas_from_digits(text, S("123547"), "cas", &err), ZV_E_INVALID);
	assert_string_equal(text, "123-54-6");
	assert_int_equal(zv_cas_from_digits(text, S("1234"), "cas", &err), ZV_E_INVALID);
	assert_true(zv_cas_looks_like(S("123-54-7")));
	assert_false(zv_cas_looks_like(S("2026-09-30")));
	assert_false(zv_cas_looks_like(S("ацетон")));
}

static void inchikeys_have_their_form(void **state)
{
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_inchikey_check(S("YRKCREAYFQTBPV-UHFFFAOYSA-N"), "key", &err), ZV_OK);
	assert_int_equal(zv_inchikey_check(S("YRKCREAYFQTBPV-UHFFFAOYSA"), "key", &err), ZV_E_INVALID);
	assert_int_equal(zv_inchikey_check(S("yRKCREAYFQTBPV-UHFFFAOYSA-N"), "key", &err), ZV_E_INVALID);
}

static void every_cas_of_the_data_passes_and_none_is_both_ordinary_and_controlled(void **state)
{
	struct table substances;
	struct table controlled;

	(void)state;
	table_of_data(&substances, "substances.csv");
	table_of_data(&controlled, "controlled_substances.csv");
	assert_true(substances.rows > 130 && controlled.rows > 120);
	for (size_t i = 1; i < substances.rows; i++)
		assert_int_equal(zv_cas_check(cell(&substances, i, "cas"), "cas", NULL), ZV_OK);
	for (size_t i = 1; i < controlled.rows; i++) {
		struct zv_str value = cell(&controlled, i, "match_value");

		if (!zv_str_eq_c(cell(&controlled, i, "match_kind"), "cas"))
			continue;
		assert_int_equal(zv_cas_check(value, "cas", NULL), ZV_OK);
		for (size_t j = 1; j < substances.rows; j++)
			assert_false(zv_str_eq(value, cell(&substances, j, "cas")));
	}
	table_done(&substances);
	table_done(&controlled);
}

static void the_register_of_made_up_cas_numbers_is_refused(void **state)
{
	struct table table;
	size_t refused = 0;

	(void)state;
	if (!table_of_real(&table, "03_chemicals/fake_cas_registry.tsv", '\t', NULL))
		skip();
	for (size_t i = 0; i < table.rows; i++) {
		for (size_t c = 0; c < table.columns; c++) {
			struct zv_str text = table.cells[i * table.columns + c];

			if (!zv_cas_looks_like(text))
				continue;
			assert_int_equal(zv_cas_check(text, "cas", NULL), ZV_E_INVALID);
			refused++;
		}
	}
	print_message("%zu made-up CAS numbers refused\n", refused);
	assert_true(refused >= 999);
	table_done(&table);
}

static void every_firm_of_the_state_register_passes(void **state)
{
	struct table table;

	(void)state;
	if (!table_of_real(&table, "04_enterprises/egrul_2025-11.csv", ',', NULL))
		skip();
	for (size_t i = 1; i < table.rows; i++) {
		assert_int_equal(zv_inn_check(cell(&table, i, "inn"), "inn", NULL), ZV_OK);
		assert_int_equal(zv_ogrn_check(cell(&table, i, "ogrn"), "ogrn", NULL), ZV_OK);
		assert_int_equal(zv_kpp_check(cell(&table, i, "kpp"), "kpp", NULL), ZV_OK);
	}
	print_message("%zu firms pass\n", table.rows - 1);
	table_done(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_up_and_demo_inns_pass),
		cmocka_unit_test(a_wrong_inn_names_the_expected_digit),
		cmocka_unit_test(every_single_digit_error_in_an_inn_is_found_or_is_a_known_gap),
		cmocka_unit_test(a_number_wrecked_by_a_spreadsheet_says_so),
		cmocka_unit_test(a_lost_zero_is_proposed_and_not_repaired),
		cmocka_unit_test(letters_blanks_and_zeros_are_no_inn),
		cmocka_unit_test(published_ogrns_pass),
		cmocka_unit_test(a_kpp_may_have_letters_in_two_places),
		cmocka_unit_test(gtins_of_all_lengths_pass),
		cmocka_unit_test(cas_numbers_are_checked),
		cmocka_unit_test(inchikeys_have_their_form),
		cmocka_unit_test(every_cas_of_the_data_passes_and_none_is_both_ordinary_and_controlled),
		cmocka_unit_test(the_register_of_made_up_cas_numbers_is_refused),
		cmocka_unit_test(every_firm_of_the_state_register_passes),
	};

	return cmocka_run_group_tests_name("model/ident", tests, NULL, NULL);
}
