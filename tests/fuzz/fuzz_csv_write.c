/* Any cells written as CSV are read again as the same cells. U+001F ends a cell, U+001E a row. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "format/csv_write.h"
#include "format/formula.h"
#include "format/parse.h"

struct again {
	struct zv_buf text;
};

static enum zv_code on_row(void *arg, const struct zv_row *row, struct zv_err *err)
{
	struct again *again = arg;

	(void)err;
	for (size_t i = 0; i < row->n; i++) {
		zv_buf_add_str(&again->text, zv_formula_plain(row->cells[i]));
		zv_buf_add_char(&again->text, '\x1f');
	}
	zv_buf_add_char(&again->text, '\x1e');
	return ZV_OK;
}

static enum zv_code on_info(void *arg, const struct zv_rows_info *info, struct zv_err *err)
{
	(void)arg;
	(void)info;
	(void)err;
	return ZV_OK;
}

static void write_rows(struct zv_out *out, struct zv_buf *expected, struct zv_str text, char separator)
{
	struct zv_csv_writer csv;
	struct zv_str row;
	struct zv_str cell;

	zv_csv_init(&csv, out, separator, true);
	while (zv_str_split(&row, &text, '\x1e')) {
		while (zv_str_split(&cell, &row, '\x1f')) {
			zv_csv_text(&csv, cell);
			zv_buf_add_str(expected, cell);
			zv_buf_add_char(expected, '\x1f');
		}
		zv_csv_end_row(&csv);
		zv_buf_add_char(expected, '\x1e');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char separators[] = ",;\t";
	struct zv_rows_options options = {.type = ZV_FILE_CSV, .separator = separators[n % 3]};
	struct zv_str text = {(const char *)p, n};
	struct again again;
	struct zv_sink sink = {on_row, on_info, &again};
	struct zv_buf expected;
	struct zv_out out;
	struct zv_source source;
	struct zv_err err;

	if (n == 0 || zv_utf8_check(text) >= 0 || memchr(p, '\0', n) != NULL)
		return 0;
	zv_buf_init(&again.text, 0);
	zv_buf_init(&expected, 0);
	zv_out_init(&out, NULL, 0);
	write_rows(&out, &expected, text, options.separator);
	zv_source_init_mem(&source, zv_out_text(&out));
	ZV_FUZZ_CHECK(zv_parse(&source, &options, &sink, &err) == ZV_OK);
	ZV_FUZZ_CHECK(zv_str_eq(zv_buf_str(&expected), zv_buf_str(&again.text)));
	zv_source_done(&source);
	zv_out_done(&out);
	zv_buf_done(&expected);
	zv_buf_done(&again.text);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("a\x1f" "b\x1e" "1\x1f=2"),
		ZV_STR_INIT("say \"hi\"\x1f two\nlines \x1e\x1e\x1f\x1f"),
		ZV_STR_INIT("'=1\x1fООО «Ромашка»; 5,5\x1e-1\r\n"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\x1e", "\x1f", "\"", "\"\"", "\r\n", "=", "'", ",", ";", "\t", "\xef\xbb\xbf", NULL};
