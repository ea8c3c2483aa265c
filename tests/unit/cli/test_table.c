/* Tables for people and rows for programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/tr.h"
#include "cli/table.h"

static const struct zv_table_column columns[] = {
	{"name", "Name", ZV_TABLE_TEXT},
	{"hidden", NULL, ZV_TABLE_TEXT},
	{"n", "Count", ZV_TABLE_NUMBER},
};

static char *text;
static size_t length;

static void begin(struct zv_table *table, struct zv_cli *cli, bool json)
{
	*cli = (struct zv_cli){.out = open_memstream(&text, &length), .json = json};
	zv_table_init(table, cli, columns, ZV_LEN(columns));
}

static void row(struct zv_table *table, const char *name, int64_t n)
{
	struct zv_cell cells[] = {zv_table_c(name), zv_table_c("secret"), zv_table_int(n, &table->arena)};

	assert_true(zv_table_row(table, cells));
}

static const char *end(struct zv_table *table, struct zv_cli *cli, const char *none)
{
	struct zv_err err;

	assert_int_equal(zv_table_done(table, none, &err), ZV_OK);
	assert_int_equal(fclose(cli->out), 0);
	return text;
}

static void columns_line_up_by_what_is_seen(void **state)
{
	struct zv_table table;
	struct zv_cli cli;

	(void)state;
	begin(&table, &cli, false);
	row(&table, "АО «Ока»", 5);
	row(&table, "x", 1234567);
	assert_string_equal(end(&table, &cli, NULL), "Name          Count\n"
						     "АО «Ока»          5\n"
						     "x         1,234,567\n");
	free(text);
}

static void a_foreign_text_cannot_move_the_cursor_or_break_the_line(void **state)
{
	struct zv_table table;
	struct zv_cli cli;

	(void)state;
	begin(&table, &cli, false);
	row(&table, "a\x1b[2Jb\nc\xe2\x80\xae" "d", 1);
	assert_string_equal(end(&table, &cli, NULL), "Name       Count\na [2Jb cd      1\n");
	free(text);
}

static void a_long_text_is_cut_with_a_mark(void **state)
{
	struct zv_table table;
	struct zv_cli cli;
	char name[200];

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	begin(&table, &cli, false);
	row(&table, name, 1);
	assert_non_null(strstr(end(&table, &cli, NULL), "xxx…"));
	assert_true(length < 2 * 80);
	free(text);
}

static void json_has_every_column_and_true_numbers(void **state)
{
	struct zv_table table;
	struct zv_cli cli;

	(void)state;
	begin(&table, &cli, true);
	row(&table, "a\"b\n", 1234567);
	assert_string_equal(end(&table, &cli, NULL), "[\n{\"name\":\"a\\\"b\\n\",\"hidden\":\"secret\",\"n\":1234567}\n]\n");
	free(text);
}

static void nothing_found_is_said_in_words_or_as_an_empty_array(void **state)
{
	struct zv_table table;
	struct zv_cli cli;

	(void)state;
	begin(&table, &cli, false);
	assert_string_equal(end(&table, &cli, "Nothing found."), "Nothing found.\n");
	free(text);
	begin(&table, &cli, true);
	assert_string_equal(end(&table, &cli, "Nothing found."), "[\n]\n");
	free(text);
}

static void widths_count_cells_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(zv_text_width(ZV_STR("кг")), 2);
	assert_int_equal(zv_text_width(ZV_STR("e\xcc\x81")), 1);
	assert_int_equal(zv_text_width(ZV_STR("\xe4\xb8\xad")), 2);
	assert_int_equal(zv_text_width(ZV_STR("")), 0);
}

static void numbers_are_grouped_as_the_language_does(void **state)
{
	struct zv_arena arena;

	(void)state;
	zv_arena_init(&arena);
	assert_true(zv_str_eq_c(zv_text_int(-1234567, &arena), "-1,234,567"));
	assert_true(zv_str_eq_c(zv_text_int(100, &arena), "100"));
	zv_tr_set_lang("ru");
	assert_true(zv_str_eq_c(zv_text_int(1000, &arena), "1 000"));
	zv_tr_set_lang("en");
	zv_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_line_up_by_what_is_seen),
		cmocka_unit_test(a_foreign_text_cannot_move_the_cursor_or_break_the_line),
		cmocka_unit_test(a_long_text_is_cut_with_a_mark),
		cmocka_unit_test(json_has_every_column_and_true_numbers),
		cmocka_unit_test(nothing_found_is_said_in_words_or_as_an_empty_array),
		cmocka_unit_test(widths_count_cells_not_bytes),
		cmocka_unit_test(numbers_are_grouped_as_the_language_does),
	};

	return cmocka_run_group_tests_name("unit/cli/table", tests, NULL, NULL);
}
