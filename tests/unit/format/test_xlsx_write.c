/* Workbooks we write: read back by our reader, and well-formed by xmllint where it is installed. */
#include "help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "format/formula.h"
#include "format/source.h"
#include "format/xlsx_write.h"
#include "format/zip_read.h"

static char path[] = "/tmp/zveno-test-XXXXXX";

static int setup(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	if (fd >= 0)
		(void)close(fd);
	return fd >= 0 ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	return unlink(path);
}

static void read_file(struct zv_buf *out, const char *sheet)
{
	struct zv_rows_options options = {.sheet = sheet};
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	bool more;

	zv_buf_reset(out);
	if (zv_rows_open(&rows, path, &options, &err) != ZV_OK)
		fail_msg("%s", err.text);
	for (;;) {
		if (zv_rows_next(&more, &row, rows, &err) != ZV_OK)
			fail_msg("%s", err.text);
		if (!more)
			break;
		zv_buf_addf(out, "%lld:", (long long)row.line);
		for (size_t i = 0; i < row.n; i++)
			zv_buf_addf(out, "<%.*s>", ZV_STR_FMT(row.cells[i]));
		zv_buf_add_char(out, '\n');
	}
	zv_rows_close(rows);
}

static void write_template(void)
{
	static const struct zv_str units[] = {ZV_STR_INIT("кг"), ZV_STR_INIT("шт")};
	static const struct zv_str help[] = {ZV_STR_INIT("Как заполнять"), ZV_STR_INIT("Одна строка — одна потребность.")};
	static const struct zv_xlsx_column columns[] = {
		{.title = "Наименование", .key = "title", .width = 40},
		{.title = "Количество", .key = "qty"},
		{.title = "Единица", .key = "unit", .list = units, .n_list = 2},
		{.title = "Срок", .key = "due"},
	};
	struct zv_xlsx *xlsx;
	struct zv_err err;

	assert_int_equal(zv_xlsx_new(&xlsx, path, &err), ZV_OK);
	assert_int_equal(zv_xlsx_sheet(xlsx, "Данные", "Списки", columns, 4, &err), ZV_OK);
	zv_xlsx_text(xlsx, ZV_STR("=HYPERLINK(\"http://x\")"));
	zv_xlsx_number(xlsx, ZV_STR("-0.04"));
	zv_xlsx_fault(xlsx, ZV_STR("пуд"));
	zv_xlsx_date(xlsx, zv_date_from_civil(2026, 9, 30));
	zv_xlsx_end_row(xlsx);
	zv_xlsx_text(xlsx, ZV_STR(""));
	zv_xlsx_number(xlsx, ZV_STR("40702810500000012345"));
	zv_xlsx_text(xlsx, ZV_STR(" <&> \x01 _x0041_ \r\n"));
	zv_xlsx_date(xlsx, ZV_DATE_NONE);
	zv_xlsx_end_row(xlsx);
	assert_int_equal(zv_xlsx_help(xlsx, "Справка", help, 2, &err), ZV_OK);
	assert_int_equal(zv_xlsx_close(xlsx, &err), ZV_OK);
}

static void a_template_is_read_back_cell_by_cell(void **state)
{
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	write_template();
	read_file(&out, NULL);
	assert_string_equal(zv_buf_c(&out), "1:<Наименование><Количество><Единица><Срок>\n2:<title><qty><unit><due>\n"
					    "3:<'=HYPERLINK(\"http://x\")><-0.04><пуд><2026-09-30>\n"
					    "4:<><40702810500000012345>< <&> \x01 _x0041_ \r\n>\n");
	read_file(&out, "Списки");
	assert_string_equal(zv_buf_c(&out), "1:<кг>\n2:<шт>\n");
	read_file(&out, "Справка");
	assert_string_equal(zv_buf_c(&out), "1:<Как заполнять>\n2:<Одна строка — одна потребность.>\n");
	zv_buf_done(&out);
}

/* Every part is XML that another parser accepts. */
static void every_part_is_well_formed_xml(void **state)
{
	struct zv_source source;
	struct zv_zip zip;
	struct zv_err err;
	FILE *file;

	(void)state;
	if (system("command -v xmllint >/dev/null 2>&1") != 0)
		skip();
	write_template();
	file = fopen(path, "rb");
	assert_non_null(file);
	zv_source_init_fd(&source, fileno(file));
	assert_int_equal(zv_zip_open(&zip, &source, &err), ZV_OK);
	for (size_t i = 0; i < zip.n; i++) {
		struct zv_zip_stream *stream;
		FILE *lint = popen("xmllint --noout --nonet -", "w");
		size_t got;
		char block[4096];

		assert_non_null(lint);
		assert_int_equal(zv_zip_stream_open(&stream, &zip, &zip.members[i], &err), ZV_OK);
		do {
			assert_int_equal(zv_stream_read(&got, zv_zip_stream_bytes(stream), block, sizeof(block), &err), ZV_OK);
			assert_int_equal(fwrite(block, 1, got, lint), got);
		} while (got == sizeof(block));
		zv_zip_stream_close(stream);
		if (pclose(lint) != 0)
			fail_msg("%.*s is not well-formed", ZV_STR_FMT(zip.members[i].name));
	}
	zv_zip_close(&zip);
	zv_source_done(&source);
	(void)fclose(file);
}

static bool part_holds(const char *part, const char *text)
{
	struct zv_source source;
	struct zv_zip zip;
	struct zv_err err;
	struct zv_zip_stream *stream;
	FILE *file = fopen(path, "rb");
	static char content[65536];
	size_t got;
	bool found;

	assert_non_null(file);
	zv_source_init_fd(&source, fileno(file));
	assert_int_equal(zv_zip_open(&zip, &source, &err), ZV_OK);
	assert_non_null(zv_zip_find(&zip, zv_str_c(part)));
	assert_int_equal(zv_zip_stream_open(&stream, &zip, zv_zip_find(&zip, zv_str_c(part)), &err), ZV_OK);
	assert_int_equal(zv_stream_read(&got, zv_zip_stream_bytes(stream), content, sizeof(content), &err), ZV_OK);
	found = zv_str_find((struct zv_str){content, got}, zv_str_c(text)) >= 0;
	zv_zip_stream_close(stream);
	zv_zip_close(&zip);
	zv_source_done(&source);
	(void)fclose(file);
	return found;
}

static void the_template_guides_who_fills_it(void **state)
{
	static const char sheet[] = "xl/worksheets/sheet1.xml";

	(void)state;
	write_template();
	assert_true(part_holds(sheet, "state=\"frozen\""));
	assert_true(part_holds(sheet, "<row r=\"2\" spans=\"1:4\" hidden=\"1\">") || part_holds(sheet, "hidden=\"1\""));
	assert_true(part_holds(sheet, "<formula1>'Списки'!$A$1:$A$2</formula1>"));
	assert_true(part_holds(sheet, "sqref=\"C3:C1048576\""));
	assert_false(part_holds(sheet, "<f>")); /* no formula anywhere */
}

static void random_cells_survive(void **state)
{
	static const char *const pieces[] = {"a", "Б", "<", "&", "\"", "'", "=", "-", "@", " ", "\t", "\n", "\r", "_x0041_", "_", "]]>", "\xf0\x9f\x98\x80",
					     "\x02", "\x1f", "№", "1", "\xef\xbf\xbd"};
	struct zv_rng rng;

	(void)state;
	print_message("seed 77\n");
	zv_rng_init(&rng, 77);
	for (int round = 0; round < 60; round++) {
		struct zv_xlsx_column columns[] = {{.title = "a"}, {.title = "b"}, {.title = "c"}};
		struct zv_buf expected;
		struct zv_buf got;
		struct zv_xlsx *xlsx;
		struct zv_err err;

		zv_buf_init(&expected, 0);
		zv_buf_init(&got, 0);
		assert_int_equal(zv_xlsx_new(&xlsx, path, &err), ZV_OK);
		assert_int_equal(zv_xlsx_sheet(xlsx, "Data", NULL, columns, 3, &err), ZV_OK);
		zv_buf_add_c(&expected, "1:<a><b><c>\n");
		for (int row = 2; row < 30; row++) {
			zv_buf_addf(&expected, "%d:", row);
			for (int c = 0; c < 3; c++) {
				char cell[256] = "x";
				size_t start = zv_rng_below(&rng, 2) == 0 && c < 2 ? 0 : 1;
				struct zv_str s;

				cell[start] = '\0';
				for (uint64_t n = zv_rng_below(&rng, 8); n > 0; n--)
					(void)strcat(cell, pieces[zv_rng_below(&rng, ZV_LEN(pieces))]);
				s = zv_str_c(cell);
				zv_xlsx_text(xlsx, s);
				zv_buf_addf(&expected, "<%s%.*s>", zv_formula_risky(s) ? "'" : "", ZV_STR_FMT(s));
			}
			zv_xlsx_end_row(xlsx);
			zv_buf_add_char(&expected, '\n');
		}
		assert_int_equal(zv_xlsx_close(xlsx, &err), ZV_OK);
		read_file(&got, NULL);
		assert_string_equal(zv_buf_c(&got), zv_buf_c(&expected));
		zv_buf_done(&got);
		zv_buf_done(&expected);
	}
}

static void what_a_workbook_cannot_hold_is_an_error_at_the_close(void **state)
{
	struct zv_xlsx_column column = {.title = "a"};
	static char long_text[40000];
	struct zv_xlsx *xlsx;
	struct zv_err err;

	(void)state;
	memset(long_text, 'x', sizeof(long_text));
	assert_int_equal(zv_xlsx_new(&xlsx, path, &err), ZV_OK);
	assert_int_equal(zv_xlsx_sheet(xlsx, "Data", NULL, &column, 1, &err), ZV_OK);
	zv_xlsx_text(xlsx, (struct zv_str){long_text, sizeof(long_text)});
	assert_int_equal(zv_xlsx_close(xlsx, &err), ZV_E_LIMIT);
	assert_int_equal(zv_xlsx_new(&xlsx, path, &err), ZV_OK);
	assert_int_equal(zv_xlsx_sheet(xlsx, "a/b", NULL, &column, 1, &err), ZV_E_INVALID);
	assert_int_equal(zv_xlsx_sheet(xlsx, "Имя длиннее тридцати одного знака", NULL, &column, 1, &err), ZV_E_INVALID);
	assert_int_equal(zv_xlsx_sheet(xlsx, "Data", NULL, &column, 1, &err), ZV_OK);
	assert_int_equal(zv_xlsx_sheet(xlsx, "data", NULL, &column, 1, &err), ZV_E_INVALID);
	zv_xlsx_cancel(xlsx);
	zv_xlsx_cancel(NULL);
	assert_int_equal(zv_xlsx_new(&xlsx, "/no/such/folder/x.xlsx", &err), ZV_E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_template_is_read_back_cell_by_cell),
		cmocka_unit_test(every_part_is_well_formed_xml),
		cmocka_unit_test(the_template_guides_who_fills_it),
		cmocka_unit_test(random_cells_survive),
		cmocka_unit_test(what_a_workbook_cannot_hold_is_an_error_at_the_close),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
