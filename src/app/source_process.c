/*
 * Tables of processes (what goes in and comes out of each, an object a row) and input-output tables (what each industry uses of each product). Both
 * become processes of nobody. One file is read twice: as products for what comes out, as recipes for what goes in.
 */
#include "app/source_process.h"

#include <string.h>

#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/sources.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/utf8.h"
#include "model/unit.h"

enum { DIGITS_MAX = 18, EXPONENT_MAX = 99, TABLE_DECIMALS = 7, NAME_MAX_BYTES = 200 };

/* --- numbers ------------------------------------------------------------------------------------------------------------------------ */

/* INT32_MAX when there is no exponent where one must be. */
static int read_exponent(struct zv_str text)
{
	bool minus = text.n > 0 && text.p[0] == '-';
	int value = 0;
	size_t i = text.n > 0 && (text.p[0] == '-' || text.p[0] == '+') ? 1 : 0;

	if (i == text.n || text.n - i > 2)
		return INT32_MAX;
	for (; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return INT32_MAX;
		value = value * 10 + (text.p[i] - '0');
	}
	return minus ? -value : value;
}

/* "0.14285714285714285", "8.2e-05": digits beyond the eighteenth are dropped. value = *digits / 10^*decimals. */
static bool read_number(int64_t *digits, int *decimals, struct zv_str text)
{
	bool mark = false, any = false;
	int exponent = 0;

	*digits = 0;
	*decimals = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (any && (c == 'e' || c == 'E')) {
			exponent = read_exponent((struct zv_str){text.p + i + 1, text.n - i - 1});
			break;
		}
		if ((c == '.' || c == ',') && !mark) {
			mark = true;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		any = true;
		if (*digits < zv_pow10(DIGITS_MAX - 1)) {
			*digits = *digits * 10 + (c - '0');
			*decimals += mark;
		} else if (!mark) {
			return false;
		}
	}
	if (!any || exponent > EXPONENT_MAX || exponent < -EXPONENT_MAX)
		return false;
	*decimals -= exponent;
	return true;
}

/* digits / 10^decimals * num / den, rounded half to even. */
static bool scale(int64_t *out, int64_t digits, int decimals, int64_t num, int64_t den)
{
	int64_t a = digits;

	for (; decimals < 0 && a != 0; decimals++)
		if (__builtin_mul_overflow(a, 10, &a))
			return false;
	for (; decimals > 0 && num % 10 == 0; decimals--)
		num /= 10;
	for (; decimals > 0 && den <= INT64_MAX / 10; decimals--)
		den *= 10;
	for (; decimals > 0; decimals--) /* far below what is kept */
		a /= 10;
	return zv_muldiv(out, a, num, den);
}

enum zv_code zv_source_rounded(int64_t *out, struct zv_str text, int64_t num, int64_t den, const char *field, struct zv_err *err)
{
	int64_t digits;
	int decimals;

	if (!read_number(&digits, &decimals, text))
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is no amount (column %s): digits with a point."), ZV_STR_FMT(zv_str_first(text, 60)), field);
	if (!scale(out, digits, decimals, num, den))
		return zv_fail(err, ZV_E_LIMIT, field, N_("The amount “%.*s” is too large (column %s)."), ZV_STR_FMT(zv_str_first(text, 60)), field);
	if (*out == 0 && digits != 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The amount “%.*s” is too small to be kept (column %s)."), ZV_STR_FMT(zv_str_first(text, 60)), field);
	return ZV_OK;
}

/* --- names -------------------------------------------------------------------------------------------------------------------------- */

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "ukf:AceticAcid" is acetic acid: without the short prefix, words parted; what has blanks, or is written in capitals, stays. */
struct zv_str zv_source_words(struct zv_str text, struct zv_arena *arena)
{
	ptrdiff_t colon = zv_str_find_char(text, ':');
	struct zv_buf buf;
	struct zv_str out;
	bool camel;

	if (colon > 0 && colon < 8)
		text = zv_str_trim((struct zv_str){text.p + colon + 1, text.n - (size_t)colon - 1});
	zv_buf_init(&buf, 0);
	camel = zv_str_find_char(text, ' ') < 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : ' ';
		bool word = camel && i > 0 && is_upper(c) && is_lower(next);

		if ((unsigned char)c < ' ' || c == '_')
			c = ' ';
		if ((word || c == ' ') && buf.n > 0 && buf.p[buf.n - 1] != ' ')
			zv_buf_add_char(&buf, ' ');
		if (c != ' ')
			zv_buf_add_char(&buf, word ? (char)(c - 'A' + 'a') : c);
	}
	out = zv_str_dup(arena, zv_str_trim(zv_buf_str(&buf)));
	zv_buf_done(&buf);
	return out;
}

/* --- rows ---------------------------------------------------------------------------------------------------------------------------- */

/* What a row says of a process of nobody. */
struct said {
	struct zv_str process, name;
	int64_t base;
	enum zv_dim dim;
};

/* The key is that of the own template, so that a row of one finds what came by the other. */
static enum zv_code plan(struct zv_import *im, const struct said *said, bool output, struct zv_err *err)
{
	struct zv_import_item item = zv_cells_item(ZV_STR(""), said->name, ZV_STR(""), ZV_STR(""));
	struct zv_control_result control;
	struct zv_import_ref ref;
	struct zv_record *record;
	struct zv_str kind = zv_import_setting(im, "kind");
	struct zv_err held;
	enum zv_code code = zv_cells_gate(&control, &held, im, &item, ZV_STR(""), (struct zv_import_ref){0}, err);

	if (code == ZV_OK)
		code = zv_import_item(&ref, im, &item, true, err);
	if (code != ZV_OK)
		return code;
	if (held.code != ZV_OK && control.action == ZV_CONTROL_REFUSE) {
		zv_import_hold(im, &held, false);
		return ZV_OK;
	}
	record = zv_import_plan(im, im->reg, zv_import_digest(im, (struct zv_str[]){ZV_STR(""), said->process, zv_import_item_key(im, &item)}, 3));
	zv_cell_text(im, record, "process", said->process, NAME_MAX_BYTES, "process");
	zv_import_set_ref(im, record, "item_id", ref);
	zv_import_set_int(im, record, "dim", said->dim);
	zv_import_set_int(im, record, output ? "out_base" : "qty_base", said->base);
	if (!output && kind.n > 0)
		zv_cell_word(im, record, "kind", kind, ZV_LIST_INPUT_KINDS, "kind");
	if (!output)
		zv_import_default_int(im, record, "kind", 1, -1);
	return ZV_OK;
}

/* --- tables of processes ------------------------------------------------------------------------------------------------------------- */

enum { PROCESS, DIRECTION, OBJECT, QUANTITY, UNIT, PROCESS_COLUMNS };

static const struct zv_import_column process_columns[] = {
	[PROCESS] = {.key = "process", .ru = "процесс", .en = "Process", .required = true},
	[DIRECTION] = {.key = "direction", .ru = "направление", .en = "Direction", .required = true},
	[OBJECT] = {.key = "object", .ru = "вещество", .en = "Object", .required = true},
	[QUANTITY] = {.key = "quantity", .ru = "количество", .en = "Quantity", .required = true},
	[UNIT] = {.key = "unit", .ru = "единица", .en = "Unit", .required = true},
};

static bool one_of(struct zv_str text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (zv_str_eq_nocase(text, zv_str_c(words[i])))
			return true;
	return false;
}

static enum zv_code map_process(struct zv_import *im, const struct zv_import_row *row, bool output, struct zv_err *err)
{
	static const char *const out[] = {"produce", "output", "out", "выход"}, *const in[] = {"consume", "input", "in", "вход"};
	const struct zv_str *c = row->cells;
	const struct zv_unit *unit;
	struct said said = {.process = zv_source_words(c[PROCESS], row->arena)};
	bool is_out = one_of(c[DIRECTION], out, ZV_LEN(out));
	enum zv_code code;

	if (c[DIRECTION].n == 0 && c[OBJECT].n == 0) {
		ZV_SOURCE_SKIP(im, "direction", N_("The table names the process and says nothing of it."));
		return ZV_OK;
	}
	if (!is_out && !one_of(c[DIRECTION], in, ZV_LEN(in)))
		return zv_fail(err, ZV_E_INVALID, "direction", N_("“%.*s” is no direction: produce or consume."), ZV_STR_FMT(zv_str_first(c[DIRECTION], 60)));
	if (is_out != output) {
		ZV_SOURCE_SKIP(im, "direction", output ? N_("An input: import the file as recipes, too.") : N_("An output: import the file as products, too."));
		return ZV_OK;
	}
	if (said.process.n == 0)
		return zv_fail(err, ZV_E_INVALID, "process", N_("The cell is empty (column %s). The row says nothing without it."), "process");
	said.name = zv_source_words(c[OBJECT], row->arena);
	code = zv_unit_find(&unit, c[UNIT], "unit", err);
	if (code == ZV_OK)
		code = zv_source_rounded(&said.base, c[QUANTITY], unit->num, unit->den, "quantity", err);
	if (code != ZV_OK)
		return code;
	if (said.base == 0 && output)
		return zv_fail(err, ZV_E_INVALID, "quantity", N_("The amount “%.*s” is zero (column %s). Say how much it is, or leave the cell empty."),
			       ZV_STR_FMT(c[QUANTITY]), "quantity");
	said.dim = unit->dim;
	return plan(im, &said, output, err);
}

static enum zv_code map_process_out(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	return map_process(im, row, true, err);
}

static enum zv_code map_process_in(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	return map_process(im, row, false, err);
}

#define PROFILE(a_name, a_label, a_columns, a_map, ...)                                                         \
	{.name = a_name, .label = a_label, .type = ZV_FILE_CSV, .columns = a_columns,                           \
	 .n_columns = ZV_LEN(a_columns), .map = a_map __VA_ARGS__}

const struct zv_import_profile zv_source_processes_out = PROFILE("processes", N_("table of processes"), process_columns, map_process_out);
const struct zv_import_profile zv_source_processes_in = PROFILE("processes", N_("table of processes"), process_columns, map_process_in);

/* --- input-output tables -------------------------------------------------------------------------------------------------------------- */

enum { ROW, ROW_NAME, COL, COL_NAME, VALUE, IO_COLUMNS };

static const struct zv_import_column io_columns[] = {
	[ROW] = {.key = "row", .aliases = "iotables_row", .required = true},
	[ROW_NAME] = {.key = "row_name", .aliases = "prod_na_lab"},
	[COL] = {.key = "col", .aliases = "iotables_col", .required = true},
	[COL_NAME] = {.key = "col_name"},
	[VALUE] = {.key = "value", .aliases = "values", .required = true},
};

/* What rows the table has had so far: a column is an industry when there is a row of its name. */
struct io_state {
	struct zv_map rows;
	bool open;
};

static void io_done(void *state)
{
	struct io_state *s = state;

	if (s->open)
		zv_map_done(&s->rows);
}

static bool is_output_row(struct zv_str row)
{
	static const char *const names[] = {"output", "total output", "output_bp", "gross output", "выпуск", "валовой выпуск"};

	return one_of(row, names, ZV_LEN(names));
}

static bool is_total(struct zv_str name)
{
	static const char *const starts[] = {"total", "итого", "всего"};
	struct zv_buf folded;
	bool yes = false;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, name);
	for (size_t i = 0; i < ZV_LEN(starts); i++)
		yes = yes || zv_str_starts(zv_buf_str(&folded), zv_str_c(starts[i]));
	zv_buf_done(&folded);
	return yes;
}

/* `--set table=UK-2010` keeps a table apart from others with the same codes. */
static struct zv_str industry(struct zv_import *im, struct zv_str code, struct zv_arena *arena)
{
	struct zv_str table = zv_import_setting(im, "table");

	return table.n == 0 ? code : zv_arena_strf(arena, "%.*s %.*s", ZV_STR_FMT(table), ZV_STR_FMT(code));
}

/* Amounts are kept to a ten-millionth of the table's unit: a coarser step shows in the inverse of the table of a country. */
static enum zv_code io_amount(struct said *said, struct zv_str value, struct zv_err *err)
{
	said->dim = ZV_DIM_OTHER;
	return zv_source_rounded(&said->base, value, zv_pow10(TABLE_DECIMALS), 1, "value", err);
}

static enum zv_code map_io_out(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct io_state *state = zv_import_state(im);
	const struct zv_str *c = row->cells;
	struct said said = {.process = industry(im, c[COL], row->arena)};
	struct zv_str value = zv_source_plain(c[VALUE]);
	int64_t seen;
	enum zv_code code;

	if (!state->open)
		zv_map_init(&state->rows);
	state->open = true;
	if (!is_output_row(c[ROW])) {
		zv_map_put(&state->rows, c[ROW], row->line);
		ZV_SOURCE_SKIP(im, "row", N_("Not the row of the output: import the file as recipes, too."));
		return ZV_OK;
	}
	if (is_total(c[COL]) || !zv_map_get(&seen, &state->rows, c[COL]) || value.n == 0 || zv_str_eq_c(value, "0")) {
		ZV_SOURCE_SKIP(im, "col", N_("The column is no industry: no row before has its name, or it puts out nothing."));
		return ZV_OK;
	}
	said.name = zv_source_words(c[COL_NAME].n > 0 ? c[COL_NAME] : c[COL], row->arena);
	code = io_amount(&said, value, err);
	return code == ZV_OK ? plan(im, &said, true, err) : code;
}

/* The item that an industry of this table makes; 0: it is none. */
static enum zv_code item_of(int64_t *out, struct zv_import *im, struct zv_str process, struct zv_err *err)
{
	struct io_state *state = zv_import_state(im);
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code;

	if (!state->open)
		zv_map_init(&state->rows);
	state->open = true;
	if (zv_map_get(out, &state->rows, process))
		return ZV_OK;
	code = zv_db_stmt(&stmt, im->db, "SELECT item_id FROM product WHERE org_id IS NULL AND centre_id = $1 AND process = $2 ORDER BY id LIMIT 1", err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, im->centre_id);
	zv_bind_text(stmt, 2, process);
	code = zv_stmt_step(&row, stmt, err);
	*out = code == ZV_OK && row ? zv_col_int(stmt, 0) : 0;
	zv_stmt_reset(stmt);
	if (code == ZV_OK)
		zv_map_put(&state->rows, process, *out);
	return code;
}

static enum zv_code map_io_in(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	const struct zv_register *items = zv_register_find("item");
	struct said said = {.process = industry(im, c[COL], row->arena)};
	struct zv_str value = zv_source_plain(c[VALUE]);
	struct zv_record *item;
	int64_t item_id, maker;
	enum zv_code code = item_of(&item_id, im, industry(im, c[ROW], row->arena), err);

	if (code == ZV_OK)
		code = item_of(&maker, im, said.process, err);
	if (code != ZV_OK)
		return code;
	if (item_id == 0 || maker == 0) {
		ZV_SOURCE_SKIP(im, "row", N_("Row or column is no industry of the table. Its industries come with the file imported as products, which must be first."));
		return ZV_OK;
	}
	if (value.n == 0 || zv_str_eq_c(value, "0")) {
		ZV_SOURCE_SKIP(im, "value", N_("The industry uses nothing of it."));
		return ZV_OK;
	}
	item = zv_arena_alloc(row->arena, sizeof(*item));
	code = zv_record_by_id(item, im->db, items, item_id, row->arena, err);
	if (code == ZV_OK)
		code = io_amount(&said, value, err);
	if (code != ZV_OK)
		return code;
	said.name = item->values[zv_register_column(items, "name")].s;
	return plan(im, &said, false, err);
}

#define IO_STATE , .state_size = sizeof(struct io_state), .state_done = io_done

const struct zv_import_profile zv_source_io_out = PROFILE("input-output", N_("input-output table"), io_columns, map_io_out, IO_STATE);
const struct zv_import_profile zv_source_io_in = PROFILE("input-output", N_("input-output table"), io_columns, map_io_in, IO_STATE);
