/* Imports of the own templates, alike on every database: what is counted, what is written, what comes out and in again. */
#include "import_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/batches.h"
#include "app/import_kind.h"
#include "app/template.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ZVENO_SEED, or another one each time. */
static uint64_t test_seed(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : (uint64_t)zv_now_ms();
}

/* --- what the store holds, as text ----------------------------------------------------------------------------------- */

struct dump {
	struct zv_buf text;
	const struct zv_register *reg;
};

static bool dump_row(void *context, const struct zv_record *record)
{
	struct dump *dump = context;

	zv_buf_addf(&dump->text, "%s %" PRId64 " %.*s %.*s %" PRId64 " %" PRId64 " %d %d", dump->reg->name, record->id,
		    ZV_STR_FMT(record->uid), ZV_STR_FMT(record->source_key), record->batch_id, record->line, record->said_on,
		    (int)record->status);
	for (int i = 0; i < dump->reg->n_columns; i++) {
		const struct zv_value *v = &record->values[i];

		if (v->null)
			zv_buf_add_c(&dump->text, "|-");
		else
			zv_buf_addf(&dump->text, "|%" PRId64 "%.*s", v->i, ZV_STR_FMT(v->s));
	}
	zv_buf_add_char(&dump->text, '\n');
	return true;
}

/* Every row of every register, with ids and provenance. */
static struct zv_str whole_store(void)
{
	struct dump dump;
	struct zv_str out;
	int n;
	const struct zv_register *const *all = zv_registers(&n);

	zv_buf_init(&dump.text, 0);
	for (int i = 0; i < n; i++) {
		dump.reg = all[i];
		OK(zv_record_each(fx.db, all[i], 0, INT64_MAX, dump_row, &dump, &fx.err));
	}
	out = zv_str_dup(&fx.arena, zv_buf_str(&dump.text));
	zv_buf_done(&dump.text);
	return out;
}

struct lines {
	ZV_VEC(char *) list;
};

static bool add_line(void *context, const struct zv_str *cells, size_t n)
{
	struct lines *lines = context;
	struct zv_buf line;

	zv_buf_init(&line, 0);
	for (size_t i = 0; i < n; i++)
		zv_buf_addf(&line, "%.*s|", ZV_STR_FMT(cells[i]));
	zv_vec_push(&lines->list, strdup(zv_buf_c(&line)));
	zv_buf_done(&line);
	return true;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What users see of a register, in an order that does not depend on how it came in. */
static struct zv_str seen_of(const char *kind)
{
	struct lines lines = { 0 };
	struct zv_buf text;
	struct zv_str out;

	OK(zv_import_export_each(fx.db, kind, NULL, add_line, &lines, &fx.err));
	qsort(lines.list.p, lines.list.n, sizeof(char *), by_text);
	zv_buf_init(&text, 0);
	for (size_t i = 0; i < lines.list.n; i++) {
		zv_buf_addf(&text, "%s\n", lines.list.p[i]);
		free(lines.list.p[i]);
	}
	zv_vec_done(&lines.list);
	out = zv_str_dup(&fx.arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return out;
}

/* Shows the first lines that differ. */
static void assert_same_text(struct zv_str a, struct zv_str b)
{
	struct zv_str one, other;

	if (zv_str_eq(a, b))
		return;
	while (zv_str_split(&one, &a, '\n') && zv_str_split(&other, &b, '\n') && zv_str_eq(one, other))
		;
	print_error("- %.*s\n+ %.*s\n", ZV_STR_FMT(zv_str_first(one, 450)), ZV_STR_FMT(zv_str_first(other, 450)));
	fail();
}

/* --- files ----------------------------------------------------------------------------------------------------------- */

static void a_file_of_new_rows_is_counted_and_written(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_assert_counts(3, 0, 0, 0, 0, 0);
	assert_true(import_report.applied);
	assert_true(import_report.batch.n > 0);
	import_text("needs", import_needs);
	import_assert_counts(3, 0, 0, 0, 0, 0);
	assert_int_equal(import_count("need"), 3);
	assert_int_equal(import_count("item"), 1);
	assert_int_equal(import_count("org"), 3);
	assert_string_equal(import_report.profile.p, "native");
}

static void quantities_and_prices_are_stored_in_base_units(void **state)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_record need;

	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", import_needs);
	OK(zv_record_by_key(&need, fx.db, reg, 0, ZV_STR("N1"), &fx.arena, &fx.err));
	assert_int_equal(need.values[zv_register_column(reg, "qty_base")].i, 40000000);
	assert_int_equal(need.values[zv_register_column(reg, "tolerance_base")].i, 10000000);
	assert_int_equal(need.values[zv_register_column(reg, "ceiling_kop")].i * 1000000,
			 need.values[zv_register_column(reg, "ceiling_per")].i * 550000);
	assert_int_equal(need.values[zv_register_column(reg, "state")].i, 2);
	OK(zv_record_by_key(&need, fx.db, reg, 0, ZV_STR("N3"), &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(need.values[zv_register_column(reg, "region")].s, "RU-BA"));
	assert_false(need.values[zv_register_column(reg, "tolerance_base")].null);
}

static void the_same_file_again_changes_nothing_and_leaves_no_batch(void **state)
{
	struct zv_str before;

	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", import_needs);
	before = whole_store();
	import_text("needs", import_needs);
	import_assert_counts(0, 0, 3, 0, 0, 0);
	assert_false(import_report.applied);
	assert_int_equal(import_report.batch.n, 0);
	assert_same_text(before, whole_store());
}

static void a_changed_row_is_changed_and_a_row_that_is_gone_stays(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", import_needs);
	import_text("needs", "key,org_inn,item,cas,qty,unit\nN1,6299000012,ацетилацетон,123-54-6,50,kg\n");
	import_assert_counts(0, 1, 0, 0, 0, 0);
	assert_int_equal(import_count("need"), 3);
}

static void an_empty_cell_keeps_what_is_stored(void **state)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_record org;

	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("enterprises", "key,name,inn,phone\nE1,АО «Ока-Полимер»,6299000012,\n");
	import_assert_counts(0, 0, 1, 0, 0, 0);
	OK(zv_record_by_key(&org, fx.db, reg, 0, ZV_STR("E1"), &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(org.values[zv_register_column(reg, "phone")].s, "+7 4912 00-00-01"));
}

static void a_dry_run_says_what_applying_gives_and_writes_nothing(void **state)
{
	struct zv_str before;

	(void)state;
	import_text("enterprises", import_enterprises);
	before = whole_store();
	OK(import_with("needs", import_csv(import_needs), (struct zv_import_options){ .dry_run = true }));
	import_assert_counts(3, 0, 0, 0, 0, 0);
	assert_false(import_report.applied);
	assert_same_text(before, whole_store());
}

static void undo_gives_the_store_back_exactly(void **state)
{
	struct zv_batches_undone undone;
	struct zv_str before;

	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", import_needs);
	before = whole_store();
	import_text("needs", "key,org_inn,item,cas,qty,unit,due\n"
			"N1,6299000012,ацетилацетон,123-54-6,50,kg,2026-10-31\n"
			"N9,6299000012,бензоилацетон,93-91-4,7,kg,2026-10-31\n");
	import_assert_counts(1, 1, 0, 0, 0, 0);
	assert_int_equal(import_count("item"), 2);
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_same_text(before, whole_store());
}

static void a_wrong_check_digit_names_the_number_and_the_digit(void **state)
{
	(void)state;
	import_text("enterprises", "name,inn\nООО «Шилово-Добавка»,6299000013\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
	import_assert_fault(0, 2, "INN 6299000013: check digit, expected 2");
	assert_true(zv_str_eq_c(import_report.faults[0].column, "inn"));
	assert_int_equal(import_count("org"), 0);
}

static void a_number_wrecked_by_a_spreadsheet_is_refused(void **state)
{
	(void)state;
	import_text("enterprises", "name;inn\nООО «Ромашка»;1,6571E+11\nООО «Лютик»;299000011\n");
	import_assert_counts(0, 0, 0, 2, 0, 0);
	import_assert_fault(0, 2, "wrecked by a spreadsheet");
	import_assert_fault(1, 3, "0299000011?");
	assert_int_equal(import_count("org"), 0);
}

static void all_faults_of_a_row_are_told(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", "key,org_inn,item,qty,unit,due,state\nN1,6299000012,каптакс технический,много,kg,завтра,непонятно\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
	if (import_report.n_faults != 3)
		import_print_faults();
	assert_int_equal(import_report.n_faults, 3);
	assert_int_equal(import_count("need"), 0);
	assert_int_equal(import_count("item"), 0);
}

static void a_key_that_comes_twice_names_the_first_line(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", "key,org_inn,item,qty,unit\nN1,6299000012,ацетилацетон,40,kg\nN2,6299000012,ацетилацетон,1,kg\n"
			"N1,5599000011,ацетилацетон,30,kg\n");
	import_assert_counts(2, 0, 0, 1, 0, 0);
	import_assert_fault(0, 4, "line 2");
}

static void a_missing_column_names_file_and_column(void **state)
{
	(void)state;
	assert_int_equal(import_with("needs", import_csv("org_inn,item\n6299000012,ацетон\n"), (struct zv_import_options){ 0 }), ZV_E_INVALID);
	assert_non_null(strstr(fx.err.text, "“qty”"));
	assert_non_null(strstr(fx.err.text, import_path));
}

static void an_unknown_column_is_a_warning(void **state)
{
	(void)state;
	import_text("enterprises", "name,inn,любимый цвет\nАО «Ока-Полимер»,6299000012,синий\n");
	import_assert_counts(1, 0, 0, 0, 0, 0);
	assert_int_equal(import_report.n_warnings, 1);
	import_assert_fault(0, 1, "любимый цвет");
}

static void headers_are_known_in_both_languages_and_in_any_order(void **state)
{
	struct zv_str one, other;

	(void)state;
	import_text("enterprises", "ИНН;Регион;Наименование *;Ключ\n6299000012;Рязанская обл.;АО «Ока-Полимер»;E1\n");
	import_assert_counts(1, 0, 0, 0, 0, 0);
	one = seen_of("enterprises");
	import_text("enterprises", "Key,Name,INN,Region\nE1,АО «Ока-Полимер»,6299000012,RU-RYA\n");
	import_assert_counts(0, 0, 1, 0, 0, 0);
	other = seen_of("enterprises");
	assert_same_text(one, other);
}

static void an_unknown_organisation_says_which_file_comes_first(void **state)
{
	(void)state;
	import_text("needs", import_needs);
	import_assert_counts(0, 0, 0, 3, 0, 0);
	import_assert_fault(0, 2, "Import the file of enterprises first");
	assert_int_equal(import_report.n_groups, 1);
	assert_int_equal(import_report.groups[0].n, 3);
}

static void an_organisation_with_name_and_inn_is_added_as_declared(void **state)
{
	(void)state;
	import_text("needs", "org_inn,org,item,qty,unit\n6299000012,АО «Ока-Полимер»,ацетилацетон,40,kg\n"
			"6299000012,АО «Ока-Полимер»,бензоилацетон,40,kg\n");
	import_assert_counts(2, 0, 0, 0, 0, 0);
	assert_int_equal(import_count("org"), 1);
}

static void the_same_organisation_under_another_key_is_not_doubled(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("enterprises", "key,name,inn\nX-17,Ока-Полимер АО,6299000012\n");
	assert_int_equal(import_count("org"), 3);
	assert_int_equal(import_report.n_new, 0);
}

static void one_item_under_two_keys_is_one(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", import_needs);
	import_text("items", "key,name,cas,synonyms\nACAC,ацетилацетон,123-54-6,2;4-пентандион\n");
	import_text("items", "key,name,cas,synonyms\nACAC,ацетилацетон,123-54-6,пентандион-2\n");
	assert_int_equal(import_count("item"), 1);
	import_text("needs", "key,org_inn,item,qty,unit\nN7,6299000012,Пентандион-2,1,kg\n");
	import_assert_counts(1, 0, 0, 0, 0, 0);
	assert_int_equal(import_count("item"), 1);
}

static void two_rows_about_one_organisation_are_not_both_taken(void **state)
{
	static const char file[] = "key,name,inn,phone\nA,АО «Ока-Полимер»,6299000012,+7 4912 00-00-01\n"
				   "B,АО «Ока-Полимер»,6299000012,+7 4912 00-00-99\n";

	(void)state;
	import_text("enterprises", file);
	import_assert_counts(1, 0, 0, 1, 0, 0);
	import_assert_fault(0, 3, "Line 2");
	import_text("enterprises", file);
	import_assert_counts(0, 0, 1, 1, 0, 0);
	assert_false(import_report.applied);
}

/* --- variants of one content ------------------------------------------------------------------------------------------ */

static void to_1251(struct zv_buf *out, struct zv_str text)
{
	uint32_t c;

	while (zv_utf8_next(&c, &text)) {
		if (c < 0x80)
			zv_buf_add_char(out, (char)c);
		else if (c >= 0x410 && c <= 0x44f)
			zv_buf_add_char(out, (char)(c - 0x410 + 0xc0));
		else if (c == 0xab || c == 0xbb)
			zv_buf_add_char(out, (char)c);
		else
			fail();
	}
}

static void encodings_separators_and_commas_give_equal_stores(void **state)
{
	static const char comma[] = "ключ,наименование,инн,регион,площадка,широта,долгота\n"
				    "E1,АО «Ока-Полимер»,6299000012,Рязанская область,Цех,54.58,39.79\n";
	static const char semicolon[] = "ключ;наименование;инн;регион;площадка;широта;долгота\r\n"
					"E1;АО «Ока-Полимер»;6299000012;Рязанская область;Цех;54,58;39,79\r\n";
	struct zv_buf bytes;
	struct zv_str one;

	(void)state;
	import_text("enterprises", comma);
	import_assert_counts(1, 0, 0, 0, 0, 0);
	one = whole_store();
	import_text("enterprises", semicolon);
	import_assert_counts(0, 0, 1, 0, 0, 0);
	zv_buf_init(&bytes, 0);
	to_1251(&bytes, zv_str_c(semicolon));
	OK(import_with("enterprises", import_file(".csv", zv_buf_str(&bytes)), (struct zv_import_options){ 0 }));
	import_assert_counts(0, 0, 1, 0, 0, 0);
	assert_string_equal(import_report.file.encoding, "windows-1251");
	zv_buf_reset(&bytes);
	zv_buf_add_c(&bytes, "\xef\xbb\xbf");
	zv_buf_add_c(&bytes, semicolon);
	OK(import_with("enterprises", import_file(".csv", zv_buf_str(&bytes)), (struct zv_import_options){ 0 }));
	import_assert_counts(0, 0, 1, 0, 0, 0);
	zv_buf_done(&bytes);
	assert_same_text(one, whole_store());
}

static struct zv_str shuffled_needs(struct zv_rng *rng, int rows)
{
	int order[100];
	struct zv_buf text;
	struct zv_str out;

	for (int i = 0; i < rows; i++)
		order[i] = i;
	for (int i = rows - 1; i > 0 && rng != NULL; i--) {
		int k = (int)zv_rng_below(rng, (uint64_t)i + 1);
		int t = order[i];

		order[i] = order[k];
		order[k] = t;
	}
	zv_buf_init(&text, 0);
	zv_buf_add_c(&text, "org_inn,org,item,cas,qty,unit,due\n");
	for (int i = 0; i < rows; i++) {
		int r = order[i];

		zv_buf_addf(&text, "%s,%s,%s,%s,%d,kg,2026-%02d-15\n", r % 3 == 0 ? "6299000012" : r % 3 == 1 ? "5599000011" : "0299000011",
			    r % 3 == 0 ? "Ока" : r % 3 == 1 ? "Иртыш" : "Агидель", r % 2 == 0 ? "ацетилацетон" : "каптакс",
			    r % 2 == 0 ? "123-54-6" : "149-30-4", r + 1, r / 6 % 12 + 1);
	}
	out = zv_str_dup(&fx.arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return out;
}

static void the_order_of_rows_changes_nothing(void **state)
{
	struct zv_batches_undone undone;
	uint64_t seed = test_seed();
	struct zv_rng rng;
	struct zv_str straight;

	(void)state;
	print_message("seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed);
	OK(import_with("needs", import_file(".csv", shuffled_needs(NULL, 60)), (struct zv_import_options){ 0 }));
	import_assert_counts(60, 0, 0, 0, 0, 0);
	straight = seen_of("needs");
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_int_equal(import_count("need"), 0);
	OK(import_with("needs", import_file(".csv", shuffled_needs(&rng, 60)), (struct zv_import_options){ 0 }));
	import_assert_counts(60, 0, 0, 0, 0, 0);
	assert_same_text(straight, seen_of("needs"));
}

struct csv_out {
	struct zv_buf text;
};

static bool write_line(void *context, const struct zv_str *cells, size_t n)
{
	struct csv_out *out = context;

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			zv_buf_add_char(&out->text, ',');
		zv_buf_add_char(&out->text, '"');
		for (size_t k = 0; k < cells[i].n; k++) {
			if (cells[i].p[k] == '"')
				zv_buf_add_char(&out->text, '"');
			zv_buf_add_char(&out->text, cells[i].p[k]);
		}
		zv_buf_add_char(&out->text, '"');
	}
	zv_buf_add_c(&out->text, "\n");
	return true;
}

/* A file of one kind with cells that people and programs put there by mistake, or on purpose. */
static struct zv_str nasty_file(struct zv_rng *rng, const char *kind)
{
	static const char *const cells[] = {
		"", "", "6299000012", "5599000011", "0299000011", "6299000013", "1,6571E+11", "АО «Ока-Полимер»", "ООО «Иртыш-Синтез»",
		"Ока-Полимер АО", "ацетилацетон", "каптакс", "123-54-6", "149-30-4", "123-54-7", "107-44-8", "зарин", "ацетон", "67-64-1",
		"40", "0,04", "40 кг", "0", "-5", "9223372036854775807", "99999999999999999999", "1e9", "кг", "т", "л", "2026-09-30", "31.02.2026",
		"5500 ₽/кг", "5500", "RU-RYA", "Рязанская область", "Нигде", "purity >= 99 %", "purity >=", "draft", "declared", "held", "да", "нет",
		"=1+1", "'", "\"", "\xe2\x80\xae", "\xc2\xa0", "20.14.62", "99.99.99", "N1", "N2", "N3", "+7 4912 00-00-01", "100 %",
	};
	const struct zv_import_profile *profile = zv_import_kind_find(kind)->profiles[0];
	struct csv_out out;
	struct zv_str row[64], text;

	zv_buf_init(&out.text, 0);
	for (size_t i = 0; i < profile->n_columns; i++)
		row[i] = zv_str_c(profile->columns[i].key);
	(void)write_line(&out, row, profile->n_columns);
	for (int r = 0; r < 30; r++) {
		for (size_t i = 0; i < profile->n_columns; i++) {
			/* most cells are an example of the column, so that many rows are right */
			struct zv_str example = { 0 }, rest = zv_str_c(profile->columns[i].examples);

			if (rest.n > 0)
				(void)zv_str_split(&example, &rest, '|');
			row[i] = zv_rng_below(rng, 100) < 94 ? example : zv_str_c(cells[zv_rng_below(rng, ZV_LEN(cells))]);
			if (strcmp(profile->columns[i].key, "key") == 0)
				row[i] = zv_arena_strf(&fx.arena, "R%d", (int)zv_rng_below(rng, 60));
		}
		(void)write_line(&out, row, profile->n_columns);
	}
	text = zv_str_dup(&fx.arena, zv_buf_str(&out.text));
	zv_buf_done(&out.text);
	return text;
}

static void whatever_a_file_holds_a_dry_run_tells_the_truth_and_a_second_time_changes_nothing(void **state)
{
	static const char *const kinds[] = { "enterprises", "sites", "items", "needs", "offers", "capacity", "substitutes", "permits" };
	uint64_t seed = test_seed();
	struct zv_rng rng;
	int64_t all_new = 0, all_changed = 0;

	(void)state;
	print_message("seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < 24; round++) {
		const char *kind = kinds[round % (int)ZV_LEN(kinds)];
		int64_t fresh, changed, same, error;
		struct zv_str before = whole_store();

		OK(import_with(kind, import_file(".csv", nasty_file(&rng, kind)), (struct zv_import_options){ .dry_run = true }));
		assert_same_text(before, whole_store());
		fresh = import_report.n_new;
		changed = import_report.n_changed;
		same = import_report.n_same;
		error = import_report.n_error;
		OK(import_with(kind, import_path, (struct zv_import_options){ 0 }));
		assert_int_equal(import_report.n_new, fresh);
		assert_int_equal(import_report.n_changed, changed);
		assert_int_equal(import_report.n_same, same);
		assert_int_equal(import_report.n_error, error);
		all_new += fresh;
		all_changed += changed;
		/* a row may name an organisation that a later row has brought along: it comes in the second time */
		for (int again = 0; again < 4; again++) {
			OK(import_with(kind, import_path, (struct zv_import_options){ 0 }));
			if (import_report.n_error == error)
				break;
			error = import_report.n_error;
		}
		before = whole_store();
		OK(import_with(kind, import_path, (struct zv_import_options){ 0 }));
		assert_same_text(before, whole_store());
		assert_int_equal(import_report.n_new, 0);
		assert_int_equal(import_report.n_changed, 0);
	}
	print_message("new %" PRId64 ", changed %" PRId64 "\n", all_new, all_changed);
	assert_true(all_new > 0 && all_changed > 0);
}

/* --- out and in again ------------------------------------------------------------------------------------------------- */

static void assert_round_trip(const char *kind, int64_t rows)
{
	const char *const *keys, *const *titles;
	struct csv_out out;
	struct zv_str before = whole_store();
	size_t n;

	zv_buf_init(&out.text, 0);
	OK(zv_import_export_columns(&keys, &titles, &n, kind, &fx.arena, &fx.err));
	for (size_t i = 0; i < n; i++)
		zv_buf_addf(&out.text, "%s\"%s\"", i > 0 ? "," : "", titles[i]);
	zv_buf_add_c(&out.text, "\n");
	OK(zv_import_export_each(fx.db, kind, NULL, write_line, &out, &fx.err));
	OK(import_with(kind, import_file(".csv", zv_buf_str(&out.text)), (struct zv_import_options){ 0 }));
	zv_buf_done(&out.text);
	if (import_report.n_same != rows || import_report.rows != rows) {
		print_error("%s: %d rows, %d same\n", kind, (int)import_report.rows, (int)import_report.n_same);
		import_print_faults();
	}
	assert_int_equal(import_report.n_same, rows);
	assert_int_equal(import_report.rows, rows);
	assert_same_text(before, whole_store());
}

static const char *const own_kinds[] = { "enterprises", "sites", "items", "substitutes", "permits", "needs",
					 "offers",	"capacity", "controlled", "crosswalks", "clusters", "cluster-events",
					 "cluster-members", "contracts", "deliveries", "org-years", "projects", "project-members",
					 "project-costs", "infra", "residents", "statements", "received", "cluster-counts", "products", "recipes",
					 "recipe-sources" };

/* The examples of every template, in one language, into one store. */
static void import_templates(const char *lang, const char *suffix)
{
	char file[300];
	const char *dir = getenv("TMPDIR");

	for (size_t i = 0; i < ZV_LEN(own_kinds); i++) {
		(void)snprintf(file, sizeof(file), "%s/zveno-template-%d%s", dir != NULL ? dir : "/tmp", (int)getpid(), suffix);
		OK(zv_template_write(own_kinds[i], file, lang, &fx.err));
		OK(import_with(own_kinds[i], file, (struct zv_import_options){ 0 }));
		if (import_report.n_new + import_report.n_same + import_report.n_changed != import_report.rows || import_report.rows == 0 || import_report.n_warnings > 0) {
			print_error("%s %s %s\n", own_kinds[i], lang, suffix);
			import_print_faults();
			fail();
		}
		(void)unlink(file);
	}
}

static void the_examples_of_every_template_import(void **state)
{
	(void)state;
	import_templates("ru", ".xlsx");
	import_templates("ru", ".csv");
	assert_int_equal(import_report.n_new, 0);
	import_templates("en", ".csv");
	import_templates("en", ".xlsx");
}

static void what_is_exported_imports_again_with_nothing_changed(void **state)
{
	(void)state;
	import_templates("ru", ".csv");
	for (size_t i = 0; i < ZV_LEN(own_kinds); i++) {
		int64_t rows = import_count(zv_import_kind_find(own_kinds[i])->reg);

		assert_true(rows > 0);
		assert_round_trip(own_kinds[i], rows);
	}
}

static void the_error_file_gives_the_rows_back_with_reasons(void **state)
{
	char errors[320];
	char text[2000];
	FILE *file;
	size_t n;

	(void)state;
	(void)import_csv("name,inn,phone\nООО «Шилово-Добавка»,6299000013,=1+1\nАО «Ока-Полимер»,6299000012,\n");
	(void)snprintf(errors, sizeof(errors), "%s.errors.csv", import_path);
	OK(import_with("enterprises", import_path, (struct zv_import_options){ .errors_path = errors }));
	import_assert_counts(1, 0, 0, 1, 0, 0);
	file = fopen(errors, "rb");
	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	(void)fclose(file);
	assert_non_null(strstr(text, "Шилово"));
	assert_non_null(strstr(text, "expected 2"));
	assert_non_null(strstr(text, "'=1+1"));
	assert_null(strstr(text, "Ока-Полимер"));
	OK(import_with("enterprises", errors, (struct zv_import_options){ 0 }));
	import_assert_counts(0, 0, 0, 1, 0, 0);
	assert_int_equal(import_report.n_warnings, 0);
	(void)unlink(errors);
	(void)snprintf(errors, sizeof(errors), "%s.errors.xlsx", import_path);
	(void)import_csv("name,inn\nООО «Шилово-Добавка»,6299000013\n");
	OK(import_with("enterprises", import_path, (struct zv_import_options){ .errors_path = errors }));
	OK(import_with("enterprises", errors, (struct zv_import_options){ 0 }));
	import_assert_counts(0, 0, 0, 1, 0, 0);
	assert_int_equal(import_report.n_warnings, 0);
	(void)unlink(errors);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IMPORT_TEST(a_file_of_new_rows_is_counted_and_written),
		IMPORT_TEST(quantities_and_prices_are_stored_in_base_units),
		IMPORT_TEST(the_same_file_again_changes_nothing_and_leaves_no_batch),
		IMPORT_TEST(a_changed_row_is_changed_and_a_row_that_is_gone_stays),
		IMPORT_TEST(an_empty_cell_keeps_what_is_stored),
		IMPORT_TEST(a_dry_run_says_what_applying_gives_and_writes_nothing),
		IMPORT_TEST(undo_gives_the_store_back_exactly),
		IMPORT_TEST(a_wrong_check_digit_names_the_number_and_the_digit),
		IMPORT_TEST(a_number_wrecked_by_a_spreadsheet_is_refused),
		IMPORT_TEST(all_faults_of_a_row_are_told),
		IMPORT_TEST(a_key_that_comes_twice_names_the_first_line),
		IMPORT_TEST(a_missing_column_names_file_and_column),
		IMPORT_TEST(an_unknown_column_is_a_warning),
		IMPORT_TEST(headers_are_known_in_both_languages_and_in_any_order),
		IMPORT_TEST(an_unknown_organisation_says_which_file_comes_first),
		IMPORT_TEST(an_organisation_with_name_and_inn_is_added_as_declared),
		IMPORT_TEST(the_same_organisation_under_another_key_is_not_doubled),
		IMPORT_TEST(one_item_under_two_keys_is_one),
		IMPORT_TEST(encodings_separators_and_commas_give_equal_stores),
		IMPORT_TEST(the_order_of_rows_changes_nothing),
		IMPORT_TEST(the_examples_of_every_template_import),
		IMPORT_TEST(what_is_exported_imports_again_with_nothing_changed),
		IMPORT_TEST(the_error_file_gives_the_rows_back_with_reasons),
		IMPORT_TEST(two_rows_about_one_organisation_are_not_both_taken),
		IMPORT_TEST(whatever_a_file_holds_a_dry_run_tells_the_truth_and_a_second_time_changes_nothing),
	};

	return fixture_run("import", tests, ZV_LEN(tests));
}
