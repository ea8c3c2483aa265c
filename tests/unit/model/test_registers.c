/* Whole public registers through the checks: how many pass, and why the others are refused. */
#include "help.h"
#include "model/ident.h"
#include "model/name.h"
#include "model/unit.h"

static void a_register_spoilt_by_a_spreadsheet_is_refused_with_its_reasons(void **state)
{
	struct table table;
	size_t pass = 0;
	size_t wrecked = 0;
	size_t zero_lost = 0;
	size_t other = 0;

	(void)state;
	if (!table_of_real(&table, "04_enterprises/eis_participants_tatarstan_a.cp1251.csv.gz", ';', "CP1251"))
		skip();
	for (size_t i = 1; i < table.rows; i++) {
		struct zv_err err = {0};

		if (zv_inn_check(cell(&table, i, "applications.inn"), "inn", &err) == ZV_OK)
			pass++;
		else if (strstr(err.text, "wrecked by a spreadsheet") != NULL)
			wrecked++;
		else if (strstr(err.text, "a leading zero may be lost: 0") != NULL)
			zero_lost++;
		else if (other++ < 5)
			print_message("%s\n", err.text);
	}
	print_message("%zu pass, %zu wrecked, %zu lost a zero, %zu otherwise wrong\n", pass, wrecked, zero_lost, other);
	assert_int_equal(wrecked, 111);
	assert_int_equal(zero_lost, 41);
	assert_int_equal(pass + wrecked + zero_lost + other, table.rows - 1);
	assert_true(other < 30);
	table_done(&table);
}

static void every_inn_of_the_small_contracts_passes(void **state)
{
	struct table table;

	(void)state;
	if (!table_of_real(&table, "05_procurement/mos_portal_contracts.csv", ',', NULL))
		skip();
	for (size_t i = 1; i < table.rows; i++) {
		static const char *const columns[] = {"ИНН заказчика", "ИНН поставщика"};

		for (size_t c = 0; c < ZV_LEN(columns); c++) {
			struct zv_err err = {0};

			if (zv_inn_check(cell(&table, i, columns[c]), "inn", &err) != ZV_OK)
				fail_msg("%s", err.text);
		}
	}
	table_done(&table);
}

static void assert_inventory(const char *file, char separator, size_t at_least)
{
	struct table table;
	size_t pass = 0;

	if (!table_of_real(&table, file, separator, NULL))
		skip();
	for (size_t i = 1; i < table.rows; i++) {
		char cas[ZV_CAS_TEXT];
		struct zv_err err = {0};

		if (zv_cas_from_digits(cas, cell(&table, i, "CASRN"), "cas", &err) != ZV_OK)
			fail_msg("%s", err.text);
		pass++;
	}
	print_message("%s: %zu CAS numbers pass\n", file, pass);
	assert_true(pass >= at_least);
	table_done(&table);
}

static void every_substance_of_two_inventories_passes(void **state)
{
	(void)state;
	assert_inventory("03_chemicals/einecs_2015_cas_int.csv.gz", ',', 100000);
	assert_inventory("03_chemicals/tsca_2016_cas_int_flags.csv.gz", '\t', 67000);
}

static void assert_codes(enum zv_class_scheme scheme, const char *file, char separator, const char *charset, size_t column, size_t at_least)
{
	struct table table;
	size_t pass = 0;
	size_t sections = 0;

	if (!table_of_real(&table, file, separator, charset))
		skip();
	for (size_t i = 0; i < table.rows; i++) {
		struct zv_str text = zv_str_trim(table.cells[i * table.columns + column]);
		char code[ZV_CLASS_TEXT];
		struct zv_err err = {0};

		if (text.n == 0 || !zv_is_digit(text.p[0])) {
			sections++; /* the header and the sections by letters */
			continue;
		}
		if (zv_class_parse(code, scheme, text, "code", &err) != ZV_OK)
			fail_msg("%s", err.text);
		assert_true(zv_class_level(scheme, zv_str_c(code)) > 0);
		if (scheme != ZV_CLASS_HS)
			assert_true(zv_str_eq_c(text, code));
		pass++;
	}
	print_message("%s: %zu codes, %zu sections\n", file, pass, sections);
	assert_true(pass >= at_least && sections < 40);
	table_done(&table);
}

static void every_code_of_the_classifiers_is_read(void **state)
{
	(void)state;
	assert_codes(ZV_CLASS_OKPD2, "02_classifiers/okpd2_fowku_2020.csv.gz", ';', NULL, 3, 19000);
	assert_codes(ZV_CLASS_OKVED2, "02_classifiers/okved2_rosstat_20231201.cp1251.csv.gz", ';', "CP1251", 1, 2800);
	assert_codes(ZV_CLASS_HS, "02_classifiers/hs2022_en.csv.gz", ',', NULL, 1, 6900);
}

/* No name may lose all its letters with its legal form, and nearly all forms must be known. */
static void names_of_the_state_register_keep_their_cores(void **state)
{
	struct table table;
	struct zv_arena arena;
	size_t with_form = 0;

	(void)state;
	if (!table_of_real(&table, "04_enterprises/egrul_2025-11.csv", ',', NULL))
		skip();
	zv_arena_init(&arena);
	for (size_t i = 1; i < table.rows; i++) {
		struct zv_name full;
		struct zv_name brief;

		zv_name_keys(&full, cell(&table, i, "name_full"), &arena);
		assert_true(full.core.n > 0 && full.skeleton.n > 0);
		with_form += full.form.n > 0;
		if (cell(&table, i, "name_short").n == 0)
			continue;
		zv_name_keys(&brief, cell(&table, i, "name_short"), &arena);
		assert_true(brief.core.n > 0);
	}
	print_message("%zu of %zu names with a known legal form\n", with_form, table.rows - 1);
	assert_true(with_form * 10 > (table.rows - 1) * 8);
	zv_arena_done(&arena);
	table_done(&table);
}

static void every_code_of_our_units_is_in_the_recommendation(void **state)
{
	struct table table;
	size_t known = 0;

	(void)state;
	if (!table_of_real(&table, "02_classifiers/unece_rec20.csv", ',', NULL))
		skip();
	for (size_t u = 0; u < zv_unit_count(); u++) {
		struct zv_str code = zv_unit_at(u)->rec20;
		bool there = code.n == 0;

		for (size_t i = 1; !there && i < table.rows; i++)
			there = zv_str_eq(cell(&table, i, "CommonCode"), code);
		if (!there)
			fail_msg("%s is not in Rec. 20", text_of(code));
		known += code.n > 0;
	}
	print_message("%zu codes of Rec. 20\n", known);
	table_done(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_register_spoilt_by_a_spreadsheet_is_refused_with_its_reasons),
		cmocka_unit_test(every_inn_of_the_small_contracts_passes),
		cmocka_unit_test(every_substance_of_two_inventories_passes),
		cmocka_unit_test(every_code_of_the_classifiers_is_read),
		cmocka_unit_test(names_of_the_state_register_keep_their_cores),
		cmocka_unit_test(every_code_of_our_units_is_in_the_recommendation),
	};

	return cmocka_run_group_tests_name("model/registers", tests, NULL, NULL);
}
