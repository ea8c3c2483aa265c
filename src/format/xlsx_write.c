/* Workbooks by libxlsxwriter. Its first error is kept and told at the close, so that callers write cells without checks. */
#include "format/xlsx_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "format/formula.h"

/* libxlsxwriter 1.1.4 forgets one copy of the formula of a list, some 30 bytes; the leak checker shall not blame us. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#define LEAK_OF_LIBRARY_BEGINS() __lsan_disable()
#define LEAK_OF_LIBRARY_ENDS() __lsan_enable()
#else
#define LEAK_OF_LIBRARY_BEGINS() (void)0
#define LEAK_OF_LIBRARY_ENDS() (void)0
#endif

enum {
	NAME_MAX_CHARS = 31,
	CELL_MAX_CHARS = 32767,
	ROWS_MAX = 1048576,
	NUMBER_DIGITS_MAX = 15, /* what a double holds for certain */
	WIDTH_MIN = 8,
	WIDTH_MAX = 60,
	HELP_WIDTH = 100,
};

struct list {
	const struct zv_str *values; /* copied */
	size_t n;
};

struct zv_xlsx {
	char *path;
	char *part; /* what is written until the close */
	lxw_workbook *book;
	lxw_worksheet *sheet; /* the current one */
	lxw_format *head;
	lxw_format *date;
	lxw_format *red;
	lxw_format *wrap;
	char *lists_name;
	ZV_VEC(struct list) lists;
	struct zv_arena arena;
	struct zv_buf cell; /* the text of a cell with its NUL */
	uint32_t row;
	uint16_t column;
	lxw_error failed;
};

static void note(struct zv_xlsx *x, lxw_error error)
{
	if (x->failed == LXW_NO_ERROR)
		x->failed = error;
}

enum zv_code zv_xlsx_new(struct zv_xlsx **out, const char *path, struct zv_err *err)
{
	static const char suffix[] = ".part";
	struct zv_xlsx *x;
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	struct stat st;
	FILE *probe;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) /* a device must not be replaced by a file */
		return zv_fail(err, ZV_E_INVALID, NULL, N_("%s is no file that can be replaced by a workbook."), path);
	x = zv_calloc(1, sizeof(*x));
	x->path = zv_strdup(path);
	x->part = zv_alloc(strlen(path) + sizeof(suffix));
	(void)snprintf(x->part, strlen(path) + sizeof(suffix), "%s%s", path, suffix);
	zv_arena_init(&x->arena);
	zv_buf_init(&x->cell, 0);
	probe = fopen(x->part, "wb"); /* the library would only say so at the end */
	if (probe == NULL) {
		enum zv_code code = zv_fail(err, ZV_E_IO, NULL, N_("%s cannot be written: %s."), path, strerror(errno));

		zv_xlsx_cancel(x);
		return code;
	}
	(void)fclose(probe);
	x->book = workbook_new_opt(x->part, &options);
	x->head = workbook_add_format(x->book);
	format_set_bold(x->head);
	format_set_bg_color(x->head, 0xE7EEF5);
	format_set_text_wrap(x->head);
	format_set_align(x->head, LXW_ALIGN_VERTICAL_TOP);
	x->date = workbook_add_format(x->book);
	format_set_num_format(x->date, "yyyy-mm-dd");
	x->red = workbook_add_format(x->book);
	format_set_bg_color(x->red, 0xF8C9C4);
	format_set_text_wrap(x->red);
	x->wrap = workbook_add_format(x->book);
	format_set_text_wrap(x->wrap);
	*out = x;
	return ZV_OK;
}

static enum zv_code add_sheet(struct zv_xlsx *x, const char *name, struct zv_err *err)
{
	struct zv_str s = zv_str_c(name);

	if (s.n == 0 || zv_utf8_check(s) >= 0 || zv_utf8_count(s) > NAME_MAX_CHARS || strpbrk(name, "[]:*?/\\") != NULL ||
	    name[0] == '\'' || workbook_get_worksheet_by_name(x->book, name) != NULL)
		return zv_fail(err, ZV_E_INVALID, "sheet",
			       N_("“%s” cannot be the name of a sheet: 1 to %d characters without []:*?/\\, and not used before."),
			       name, NAME_MAX_CHARS);
	x->sheet = workbook_add_worksheet(x->book, name);
	x->row = 0;
	x->column = 0;
	return ZV_OK;
}

/* "_x0041_" in a text would be read as an escaped A; libxlsxwriter leaves it so in constant memory. */
static bool looks_escaped(struct zv_str s)
{
	if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
		return false;
	for (size_t i = 2; i < 6; i++) {
		if (!zv_is_digit(s.p[i]) && ((s.p[i] | 0x20) < 'a' || (s.p[i] | 0x20) > 'f'))
			return false;
	}
	return true;
}

/* The text as libxlsxwriter wants it: NUL-ended, without NUL inside. */
static const char *c_text(struct zv_xlsx *x, const char *mark, struct zv_str s)
{
	zv_buf_reset(&x->cell);
	zv_buf_add_c(&x->cell, mark);
	for (; s.n > 0; s = zv_str_from(s, 1)) {
		if (looks_escaped(s))
			zv_buf_add_c(&x->cell, "_x005F_");
		else
			zv_buf_add_char(&x->cell, s.p[0] != '\0' ? s.p[0] : ' ');
	}
	return zv_buf_c(&x->cell);
}

static void add_text(struct zv_xlsx *x, struct zv_str s, lxw_format *format)
{
	if (x->row >= ROWS_MAX)
		note(x, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
	else if (s.n >= CELL_MAX_CHARS && zv_utf8_count(s) >= CELL_MAX_CHARS)
		note(x, LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED);
	else if (s.n > 0)
		note(x, worksheet_write_string(x->sheet, x->row, x->column,
					       c_text(x, zv_formula_risky(s) ? "'" : "", s), format));
	else if (format != NULL)
		note(x, worksheet_write_blank(x->sheet, x->row, x->column, format));
	x->column++;
}

void zv_xlsx_text(struct zv_xlsx *x, struct zv_str s)
{
	add_text(x, s, NULL);
}

void zv_xlsx_fault(struct zv_xlsx *x, struct zv_str s)
{
	add_text(x, s, x->red);
}

/* An optional minus, digits, an optional point and digits: few enough for a double to hold them exactly. */
static bool is_short_decimal(struct zv_str s)
{
	int digits = 0;
	bool point = false;

	if (s.n > 0 && s.p[0] == '-')
		s = zv_str_from(s, 1);
	if (s.n == 0 || !zv_is_digit(s.p[0]) || !zv_is_digit(s.p[s.n - 1]))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && !point)
			point = true;
		else if (zv_is_digit(s.p[i]))
			digits += digits > 0 || s.p[i] != '0';
		else
			return false;
	}
	return digits <= NUMBER_DIGITS_MAX;
}

void zv_xlsx_number(struct zv_xlsx *x, struct zv_str decimal)
{
	if (!is_short_decimal(decimal)) {
		add_text(x, decimal, NULL);
		return;
	}
	if (x->row < ROWS_MAX)
		note(x, worksheet_write_number(x->sheet, x->row, x->column, strtod(c_text(x, "", decimal), NULL),
					       NULL));
	else
		note(x, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
	x->column++;
}

void zv_xlsx_date(struct zv_xlsx *x, zv_date date)
{
	lxw_datetime when = {0};

	if (date == ZV_DATE_NONE) {
		x->column++;
		return;
	}
	zv_date_to_civil(&when.year, &when.month, &when.day, date);
	note(x, worksheet_write_datetime(x->sheet, x->row, x->column, &when, x->date));
	x->column++;
}

void zv_xlsx_end_row(struct zv_xlsx *x)
{
	x->row++;
	x->column = 0;
}

/* Copies the values, to be written at the close, and ties them to the cells of a column. */
static void add_list(struct zv_xlsx *x, uint16_t column, uint32_t first_row, const struct zv_xlsx_column *c)
{
	struct zv_str *values = ZV_ARENA_ARRAY(&x->arena, struct zv_str, c->n_list);
	lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
	char name[16];
	char formula[256];

	for (size_t i = 0; i < c->n_list; i++)
		values[i] = zv_str_dup(&x->arena, c->list[i]);
	lxw_col_to_name(name, (lxw_col_t)x->lists.n, 1);
	(void)snprintf(formula, sizeof(formula), "='%s'!%s$1:%s$%zu", x->lists_name, name, name, c->n_list);
	zv_vec_push(&x->lists, ((struct list){values, c->n_list}));
	rule.value_formula = formula;
	LEAK_OF_LIBRARY_BEGINS();
	note(x, worksheet_data_validation_range(x->sheet, first_row, column, ROWS_MAX - 1, column, &rule));
	LEAK_OF_LIBRARY_ENDS();
}

static double width_of(const struct zv_xlsx_column *column)
{
	size_t n = column->width > 0 ? (size_t)column->width : zv_utf8_count(zv_str_c(column->title)) + 2;

	return n < WIDTH_MIN ? WIDTH_MIN : n > WIDTH_MAX ? WIDTH_MAX : (double)n;
}

static bool has_keys(const struct zv_xlsx_column *columns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (columns[i].key != NULL)
			return true;
	}
	return false;
}

enum zv_code zv_xlsx_sheet(struct zv_xlsx *x, const char *name, const char *lists, const struct zv_xlsx_column *columns,
			   size_t n, struct zv_err *err)
{
	lxw_row_col_options hidden = {.hidden = LXW_TRUE};
	bool keys = has_keys(columns, n);
	uint32_t first = keys ? 2 : 1;
	enum zv_code code = add_sheet(x, name, err);

	if (code != ZV_OK)
		return code;
	assert(n <= LXW_COL_MAX);
	if (lists != NULL && x->lists_name == NULL)
		x->lists_name = zv_strdup(lists);
	for (size_t i = 0; i < n; i++) {
		note(x, worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, width_of(&columns[i]), NULL));
		if (columns[i].n_list > 0 && x->lists_name != NULL)
			add_list(x, (uint16_t)i, first, &columns[i]);
	}
	for (size_t i = 0; i < n; i++)
		add_text(x, zv_str_c(columns[i].title), x->head);
	zv_xlsx_end_row(x);
	if (keys) {
		note(x, worksheet_set_row_opt(x->sheet, 1, LXW_DEF_ROW_HEIGHT, NULL, &hidden));
		for (size_t i = 0; i < n; i++)
			zv_xlsx_text(x, zv_str_c(columns[i].key));
		zv_xlsx_end_row(x);
	}
	worksheet_freeze_panes(x->sheet, first, 0);
	return ZV_OK;
}

enum zv_code zv_xlsx_help(struct zv_xlsx *x, const char *name, const struct zv_str *lines, size_t n, struct zv_err *err)
{
	enum zv_code code = add_sheet(x, name, err);

	if (code != ZV_OK)
		return code;
	note(x, worksheet_set_column(x->sheet, 0, 0, HELP_WIDTH, NULL));
	for (size_t i = 0; i < n; i++) {
		add_text(x, lines[i], i == 0 ? x->head : x->wrap);
		zv_xlsx_end_row(x);
	}
	return ZV_OK;
}

/* All lists side by side, each in its column. */
static enum zv_code add_lists(struct zv_xlsx *x, struct zv_err *err)
{
	size_t longest = 0;
	enum zv_code code;

	if (x->lists.n == 0)
		return ZV_OK;
	code = add_sheet(x, x->lists_name, err);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < x->lists.n; i++)
		longest = x->lists.p[i].n > longest ? x->lists.p[i].n : longest;
	for (size_t row = 0; row < longest; row++) {
		for (size_t i = 0; i < x->lists.n; i++)
			zv_xlsx_text(x, row < x->lists.p[i].n ? x->lists.p[i].values[row] : ZV_STR(""));
		zv_xlsx_end_row(x);
	}
	return ZV_OK;
}

static enum zv_code error_of(const struct zv_xlsx *x, struct zv_err *err)
{
	switch (x->failed) {
	case LXW_NO_ERROR:
		return ZV_OK;
	case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
	case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
		return zv_fail(err, ZV_E_LIMIT, NULL,
			       N_("A workbook holds at most %d rows a sheet and %d characters a cell; export to CSV."), ROWS_MAX,
			       CELL_MAX_CHARS);
	default:
		return zv_fail(err, ZV_E_IO, NULL, N_("%s cannot be written: %s."), x->path, lxw_strerror(x->failed));
	}
}

enum zv_code zv_xlsx_close(struct zv_xlsx *x, struct zv_err *err)
{
	enum zv_code code = add_lists(x, err);

	if (code == ZV_OK)
		code = error_of(x, err);
	if (code != ZV_OK)
		goto done;
	note(x, workbook_close(x->book)); /* frees the book in any case */
	x->book = NULL;
	code = error_of(x, err);
	if (code == ZV_OK && rename(x->part, x->path) != 0)
		code = zv_fail(err, ZV_E_IO, NULL, N_("%s cannot be written: %s."), x->path, strerror(errno));
done:
	zv_xlsx_cancel(x);
	return code;
}

void zv_xlsx_cancel(struct zv_xlsx *x)
{
	if (x == NULL)
		return;
	if (x->book != NULL)
		lxw_workbook_free(x->book);
	(void)unlink(x->part);
	zv_buf_done(&x->cell);
	zv_arena_done(&x->arena);
	zv_vec_done(&x->lists);
	free(x->lists_name);
	free(x->part);
	free(x->path);
	free(x);
}
