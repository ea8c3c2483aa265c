/* One sheet's XML, row by row. */
#include "format/xlsx.h"

#include <string.h>

#include "format/budget.h"
#include "format/xml.h"

enum { SHEET_ROWS = 1048576, SHEET_COLUMNS = 16384, FAULT_MAX = 32 };

enum cell_type { NUMBER, SHARED, TEXT, BOOLEAN, FAULT, ISO_DATE };

struct span {
	size_t from;
	size_t n;
};

struct reader {
	struct zv_parse *parse;
	const struct zv_sheet_context *context;
	const char *what;
	int64_t row;    /* of the sheet, from 1; 0: before the first */
	int64_t column; /* of the last cell, from 0; -1: none yet */
	enum cell_type type;
	bool is_date;
	bool in_cell;
	bool in_inline; /* <is> */
	bool in_phonetic;
	bool capture;
	struct zv_buf value;  /* the text of the cell as it stands */
	struct zv_buf text;   /* of all cells of the row, as they will be given */
	struct zv_buf number; /* room */
	ZV_VEC(struct span) spans;
	ZV_VEC(struct zv_str) cells;
	int32_t fault_column;
	char fault[FAULT_MAX];
};

static enum zv_code fail_cell(const struct reader *r, const char *msgid, struct zv_err *err)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return zv_fail(err, ZV_E_INVALID, NULL, msgid, r->what, (long long)r->row, (long long)r->column + 1);
#pragma GCC diagnostic pop
}

/* "AB12" gives 27. False when it is no such reference. */
static bool column_of(int64_t *out, const char *reference)
{
	int64_t column = 0;
	const char *p = reference;

	for (; *p >= 'A' && *p <= 'Z' && column <= SHEET_COLUMNS; p++)
		column = column * 26 + (*p - 'A' + 1);
	if (column == 0 || column > SHEET_COLUMNS || !zv_is_digits(zv_str_c(p)))
		return false;
	*out = column - 1;
	return true;
}

static enum zv_code start_row(struct reader *r, const char **attributes, struct zv_err *err)
{
	const char *number = zv_xml_attribute(attributes, "r");
	int64_t row = r->row + 1;

	if (number != NULL && (!zv_str_int(&row, zv_str_c(number)) || row <= r->row || row > SHEET_ROWS))
		return zv_fail(err, ZV_E_INVALID, NULL, N_("%s: row %.20s comes after row %lld; the sheet is damaged."), r->what, number,
			       (long long)r->row);
	r->row = row;
	r->column = -1;
	r->fault_column = -1;
	r->spans.n = 0;
	zv_buf_reset(&r->text);
	return ZV_OK;
}

static enum cell_type type_of(const char *t)
{
	static const struct {
		const char *name;
		enum cell_type type;
	} types[] = {{"s", SHARED}, {"str", TEXT}, {"inlineStr", TEXT}, {"b", BOOLEAN}, {"e", FAULT}, {"d", ISO_DATE}};

	for (size_t i = 0; t != NULL && i < ZV_LEN(types); i++) {
		if (strcmp(types[i].name, t) == 0)
			return types[i].type;
	}
	return NUMBER;
}

static enum zv_code start_cell(struct reader *r, const char **attributes, struct zv_err *err)
{
	const char *reference = NULL;
	const char *type = NULL;
	int64_t column = r->column + 1;
	int64_t style = -1;

	for (size_t i = 0; attributes[i] != NULL; i += 2) {
		if (strcmp(attributes[i], "r") == 0)
			reference = attributes[i + 1];
		else if (strcmp(attributes[i], "t") == 0)
			type = attributes[i + 1];
		else if (strcmp(attributes[i], "s") == 0 && !zv_str_int(&style, zv_str_c(attributes[i + 1])))
			style = -1;
	}
	if (r->row == 0)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("%s: a cell outside any row; the sheet is damaged."), r->what);
	if (reference != NULL && !column_of(&column, reference))
		return zv_fail(err, ZV_E_INVALID, NULL, N_("%s, row %lld: “%.20s” is no cell; the sheet is damaged."), r->what,
			       (long long)r->row, reference);
	if (column <= r->column)
		return fail_cell(r, N_("%s, row %lld, column %lld: its cells are not in order; the sheet is damaged."), err);
	if (column >= ZV_LIMIT_COLUMNS)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("%s, row %lld has more than %d columns."), r->what, (long long)r->row,
			       ZV_LIMIT_COLUMNS);
	r->column = column;
	r->type = type_of(type);
	r->is_date = style >= 0 && style < (int64_t)r->context->styles->is_date.n && r->context->styles->is_date.p[style];
	r->in_cell = true;
	zv_buf_reset(&r->value);
	return ZV_OK;
}

static enum zv_code on_start(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	switch (name[0]) {
	case 'c':
		return name[1] == '\0' ? start_cell(r, attributes, err) : ZV_OK;
	case 'r':
		if (strcmp(name, "row") == 0)
			return start_row(r, attributes, err);
		r->in_phonetic |= strcmp(name, "rPh") == 0;
		return ZV_OK;
	case 'v':
		r->capture = r->in_cell && name[1] == '\0';
		return ZV_OK;
	case 'i':
		r->in_inline |= r->in_cell && strcmp(name, "is") == 0;
		return ZV_OK;
	case 't':
		r->capture = r->in_inline && !r->in_phonetic && name[1] == '\0';
		return ZV_OK;
	default:
		return ZV_OK;
	}
}

static enum zv_code on_text(void *arg, struct zv_xml *xml, struct zv_str text, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	(void)err;
	if (r->capture)
		zv_buf_add_str(&r->value, text);
	return ZV_OK;
}

static void add_number(struct reader *r, struct zv_str value)
{
	zv_buf_reset(&r->number);
	zv_number_plain(&r->number, value);
	if (!r->is_date || !zv_number_date(&r->text, zv_buf_str(&r->number), r->context->from_1904))
		zv_buf_add_str(&r->text, zv_buf_str(&r->number));
}

static enum zv_code add_shared(struct reader *r, struct zv_str value, struct zv_err *err)
{
	struct zv_str text;
	int64_t index;

	if (!zv_str_int(&index, value) || index < 0 || index > UINT32_MAX || !zv_shared_get(&text, r->context->shared, (uint32_t)index))
		return fail_cell(r, N_("%s, row %lld, column %lld: refers to a text that the workbook does not have; it is damaged."), err);
	zv_buf_add_str(&r->text, text);
	return ZV_OK;
}

static void note_fault(struct reader *r, struct zv_str value)
{
	size_t n = 0;

	if (r->fault_column >= 0)
		return;
	r->fault_column = (int32_t)r->column;
	for (size_t i = 0; i < value.n && n < FAULT_MAX - 1; i++) {
		if (value.p[i] >= ' ' && value.p[i] < 0x7f)
			r->fault[n++] = value.p[i];
	}
	r->fault[n] = '\0';
}

static enum zv_code add_value(struct reader *r, struct zv_str value, struct zv_err *err)
{
	switch (r->type) {
	case SHARED:
		return add_shared(r, value, err);
	case TEXT:
		if (!zv_xlsx_unescape(&r->text, value))
			return fail_cell(r, N_("%s, row %lld, column %lld: the text holds a zero character."), err);
		return ZV_OK;
	case BOOLEAN:
		zv_buf_add_c(&r->text, zv_str_eq(value, ZV_STR("1")) || zv_str_eq_nocase(value, ZV_STR("true")) ? "TRUE" : "FALSE");
		return ZV_OK;
	case FAULT:
		note_fault(r, value);
		return ZV_OK;
	case ISO_DATE:
		zv_buf_add_str(&r->text, value);
		return ZV_OK;
	default:
		add_number(r, value);
		return ZV_OK;
	}
}

static enum zv_code end_cell(struct reader *r, struct zv_err *err)
{
	size_t from = r->text.n;
	enum zv_code code = ZV_OK;

	r->in_cell = false;
	if (r->value.full)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Row %lld, column %zu: the text is longer than %d KiB."), (long long)r->row,
			       (size_t)r->column + 1, ZV_LIMIT_FIELD >> 10);
	if (r->value.n > 0)
		code = add_value(r, zv_buf_str(&r->value), err);
	if (code != ZV_OK || (r->text.n == from && r->fault_column != r->column))
		return code;
	if (r->text.n > ZV_LIMIT_ROW)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Row %lld is longer than %d MiB."), (long long)r->row, ZV_LIMIT_ROW >> 20);
	while (r->spans.n < (size_t)r->column)
		zv_vec_push(&r->spans, ((struct span){from, 0}));
	zv_vec_push(&r->spans, ((struct span){from, r->text.n - from}));
	return ZV_OK;
}

static enum zv_code end_row(struct reader *r, struct zv_err *err)
{
	struct zv_row row = {.line = r->row, .fault_column = r->fault_column};

	if (r->spans.n == 0)
		return ZV_OK;
	r->cells.n = 0;
	for (size_t i = 0; i < r->spans.n; i++)
		zv_vec_push(&r->cells, ((struct zv_str){r->text.p != NULL ? r->text.p + r->spans.p[i].from : "", r->spans.p[i].n}));
	row.cells = r->cells.p;
	row.n = r->cells.n;
	if (r->fault_column >= 0)
		row.fault = zv_str_c(r->fault);
	r->spans.n = 0;
	return zv_parse_row(r->parse, &row, err);
}

static enum zv_code on_end(void *arg, struct zv_xml *xml, const char *name, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	switch (name[0]) {
	case 'v':
	case 't':
		r->capture = false;
		return ZV_OK;
	case 'c':
		return name[1] == '\0' ? end_cell(r, err) : ZV_OK;
	case 'i':
		if (strcmp(name, "is") == 0)
			r->in_inline = false;
		return ZV_OK;
	case 'r':
		if (strcmp(name, "row") == 0)
			return end_row(r, err);
		if (strcmp(name, "rPh") == 0)
			r->in_phonetic = false;
		return ZV_OK;
	default:
		return ZV_OK;
	}
}

enum zv_code zv_sheet_read(struct zv_parse *parse, struct zv_stream *in, const char *what, const struct zv_sheet_context *context,
			   struct zv_err *err)
{
	struct reader r = {.parse = parse, .context = context, .what = what, .column = -1, .fault_column = -1};
	struct zv_xml_handlers handlers = {on_start, on_end, on_text, &r};
	enum zv_code code;

	zv_buf_init(&r.value, ZV_LIMIT_FIELD);
	zv_buf_init(&r.text, 0);
	zv_buf_init(&r.number, 0);
	code = zv_xml_parse(in, what, &handlers, NULL, &parse->info.bytes, err);
	zv_vec_done(&r.cells);
	zv_vec_done(&r.spans);
	zv_buf_done(&r.number);
	zv_buf_done(&r.text);
	zv_buf_done(&r.value);
	return code;
}
