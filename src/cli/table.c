/* Tables for terminals and arrays of objects for programs, from the same rows. */
#include "cli/table.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"

enum { CELL_WIDTH_MAX = 60 };

/* Without a locale: the few ranges that matter for names and units in this field. */
static int code_width(uint32_t c)
{
	if (c == 0 || (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) || c == 0xfeff || c == 0xad)
		return 0;
	if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) || (c >= 0x1f300 && c <= 0x1faff))
		return 2;
	return 1;
}

int zv_text_width(struct zv_str s)
{
	uint32_t c;
	int width = 0;

	while (zv_utf8_next(&c, &s))
		width += code_width(c);
	return width;
}

struct zv_str zv_text_int(int64_t value, struct zv_arena *arena)
{
	char digits[24];
	char out[40];
	size_t n = (size_t)snprintf(digits, sizeof(digits), "%" PRId64, value);
	size_t at = 0;
	size_t first = digits[0] == '-' ? 1 : 0;
	char group = strcmp(zv_tr_lang(), "ru") == 0 ? ' ' : ',';

	for (size_t i = 0; i < n; i++) {
		if (i > first && (n - i) % 3 == 0)
			out[at++] = group;
		out[at++] = digits[i];
	}
	return zv_str_dup(arena, (struct zv_str){out, at});
}

struct zv_cell zv_table_text(struct zv_str s)
{
	return (struct zv_cell){.type = ZV_CELL_TEXT, .human = s, .machine = s};
}

struct zv_cell zv_table_c(const char *s)
{
	return zv_table_text(zv_str_c(s));
}

struct zv_cell zv_table_int(int64_t i, struct zv_arena *arena)
{
	return (struct zv_cell){.type = ZV_CELL_INT, .human = zv_text_int(i, arena), .i = i};
}

struct zv_cell zv_table_null(void)
{
	return (struct zv_cell){.type = ZV_CELL_NULL};
}

void zv_table_init(struct zv_table *table, struct zv_cli *cli, const struct zv_table_column *columns, int n)
{
	*table = (struct zv_table){.columns = columns, .n = n, .cli = cli};
	zv_arena_init(&table->arena);
	zv_out_init(&table->out, cli->out, 0);
	zv_json_init(&table->json, &table->out);
	if (cli->json)
		zv_json_array(&table->json);
}

static void json_cell(struct zv_json *json, const struct zv_cell *cell)
{
	switch (cell->type) {
	case ZV_CELL_TEXT:
		zv_json_str(json, cell->machine.p != NULL ? cell->machine : cell->human);
		break;
	case ZV_CELL_NULL:
		zv_json_null(json);
		break;
	case ZV_CELL_INT:
		zv_json_int(json, cell->i);
		break;
	case ZV_CELL_BOOL:
		zv_json_bool(json, cell->i != 0);
		break;
	case ZV_CELL_RAW:
		zv_json_raw(json, cell->machine);
		break;
	}
}

static bool json_row(struct zv_table *table, const struct zv_cell *cells)
{
	zv_out_char(&table->out, '\n');
	zv_json_object(&table->json);
	for (int i = 0; i < table->n; i++) {
		zv_json_key(&table->json, table->columns[i].name);
		json_cell(&table->json, &cells[i]);
	}
	zv_json_end_object(&table->json);
	return table->out.failed == 0;
}

/* One line, at most `width_max` wide, without control characters: a foreign name must not move the cursor. */
static struct zv_str cell_line(struct zv_table *table, struct zv_str s, int width_max)
{
	struct zv_buf buf;
	struct zv_str out;
	uint32_t c;
	int width = 0;

	zv_buf_init(&buf, 0);
	while (zv_utf8_next(&c, &s)) {
		if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0))
			c = ' ';
		if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			continue;
		width += code_width(c);
		if (width > width_max - 1 && s.n > 0) {
			zv_buf_add_c(&buf, "…");
			break;
		}
		zv_buf_add_utf8(&buf, c);
	}
	out = zv_str_dup(&table->arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

bool zv_table_row(struct zv_table *table, const struct zv_cell *cells)
{
	if (table->cli->json)
		return json_row(table, cells);
	for (int i = 0; i < table->n; i++)
		zv_vec_push(&table->cells, cell_line(table, cells[i].human, i == table->n - 1 ? INT_MAX : CELL_WIDTH_MAX)); /* nothing stands behind the last */
	return true;
}

static void pad(struct zv_table *table, int n)
{
	for (; n > 0; n--)
		zv_out_char(&table->out, ' ');
}

static void print_cell(struct zv_table *table, struct zv_str s, int width, bool right, bool last)
{
	int room = width - zv_text_width(s);

	if (right)
		pad(table, room);
	zv_out_str(&table->out, s);
	if (!right && !last)
		pad(table, room);
}

/* One line of the table; cells NULL: the head. */
static void print_line(struct zv_table *table, const struct zv_str *cells, const int *widths)
{
	int last = 0;
	bool first = true;

	for (int i = 0; i < table->n; i++) {
		if (table->columns[i].label != NULL)
			last = i;
	}
	for (int i = 0; i < table->n; i++) {
		const struct zv_table_column *column = &table->columns[i];
		struct zv_str s;

		if (column->label == NULL)
			continue;
		s = cells != NULL ? cells[i] : zv_str_c(zv_tr(column->label));
		if (!first)
			zv_out_c(&table->out, "  ");
		print_cell(table, s, widths[i], column->kind == ZV_TABLE_NUMBER, i == last);
		first = false;
	}
	zv_out_char(&table->out, '\n');
}

static void print_all(struct zv_table *table)
{
	int widths[ZV_TABLE_COLUMNS_MAX] = {0};
	size_t n = (size_t)table->n;

	for (size_t i = 0; i < n; i++)
		widths[i] = table->columns[i].label != NULL ? zv_text_width(zv_str_c(zv_tr(table->columns[i].label))) : 0;
	for (size_t i = 0; i < table->cells.n; i++) {
		int w = zv_text_width(table->cells.p[i]);

		if (w > widths[i % n])
			widths[i % n] = w;
	}
	print_line(table, NULL, widths);
	for (size_t i = 0; i < table->cells.n; i += n)
		print_line(table, table->cells.p + i, widths);
}

enum zv_code zv_table_done(struct zv_table *table, const char *none, struct zv_err *err)
{
	enum zv_code code;

	if (table->cli->json) {
		zv_out_char(&table->out, '\n');
		zv_json_end_array(&table->json);
		zv_out_char(&table->out, '\n');
	} else if (table->cells.n > 0) {
		print_all(table);
	} else if (none != NULL) {
		zv_out_c(&table->out, none);
		zv_out_char(&table->out, '\n');
	}
	code = zv_out_flush(&table->out, err);
	if (code == ZV_E_IO && table->out.failed == EPIPE)
		code = ZV_OK; /* the reader has seen enough (| head) */
	zv_table_cancel(table);
	return code;
}

void zv_table_cancel(struct zv_table *table)
{
	zv_vec_done(&table->cells);
	zv_arena_done(&table->arena);
	zv_out_done(&table->out);
}
