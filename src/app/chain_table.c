/* Columns by name, cells as values, faults with their place. */
#include "app/chain_table.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "app/chain_number.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { SHOWN = 60 };

void chain_warn(struct chain_reading *r, const char *msgid, ...)
{
	char text[512];
	va_list args;

	if (r->warnings.n >= ZV_CHAIN_WARNINGS_MAX)
		return;
	va_start(args, msgid);
	(void)vsnprintf(text, sizeof(text), zv_tr(msgid), args);
	va_end(args);
	zv_vec_push(&r->warnings, zv_str_dup(&r->out->arena, zv_utf8_first(zv_str_c(text), sizeof(text) - 1)));
}

static const char *bare(const char *column)
{
	return *column == '?' ? column + 1 : column;
}

enum zv_code chain_bad(struct chain_table *t, int column, const char *what)
{
	return zv_fail(t->reading->err, ZV_E_INVALID, bare(t->columns[column]), N_("%s, line %lld, column %s: “%.*s” %s."), t->name, (long long)t->csv.line,
		       bare(t->columns[column]), ZV_STR_FMT(zv_utf8_first(chain_cell(t, column), SHOWN)), zv_tr(what));
}

static bool is_known(const struct chain_table *t, struct zv_str name)
{
	for (int i = 0; t->columns[i] != NULL; i++)
		if (zv_str_eq_c(name, bare(t->columns[i])))
			return true;
	return false;
}

static enum zv_code find_columns(struct chain_table *t)
{
	struct chain_reading *r = t->reading;

	for (int i = 0; t->columns[i] != NULL; i++) {
		t->at[i] = -1;
		for (size_t j = 0; j < t->csv.n_cells; j++) {
			if (!zv_str_eq_c(t->csv.cells[j], bare(t->columns[i])))
				continue;
			if (t->at[i] >= 0)
				return zv_fail(r->err, ZV_E_INVALID, bare(t->columns[i]), N_("%s: the column %s stands twice in the header."), t->name, bare(t->columns[i]));
			t->at[i] = (int)j;
		}
		if (t->at[i] < 0 && *t->columns[i] != '?')
			return zv_fail(r->err, ZV_E_INVALID, t->columns[i], N_("%s: the column %s is missing."), t->name, t->columns[i]);
	}
	for (size_t j = 0; j < t->csv.n_cells; j++)
		if (!is_known(t, t->csv.cells[j]))
			chain_warn(r, N_("%s: the column “%.*s” is not known and was left out."), t->name, ZV_STR_FMT(zv_utf8_first(t->csv.cells[j], SHOWN)));
	return ZV_OK;
}

static enum zv_code read_rows(struct chain_table *t, enum zv_code (*row)(struct chain_table *t, void *context), void *context)
{
	struct chain_reading *r = t->reading;
	size_t width;
	bool more;

	CHAIN_TRY(zv_csv_plain_next(&more, &t->csv, r->err));
	if (!more)
		return zv_fail(r->err, ZV_E_INVALID, t->name, N_("%s is empty: its first line must name the columns."), t->name);
	width = t->csv.n_cells;
	CHAIN_TRY(find_columns(t));
	for (;;) {
		CHAIN_TRY(zv_csv_plain_next(&more, &t->csv, r->err));
		if (!more)
			return ZV_OK;
		if (t->csv.n_cells != width)
			return zv_fail(r->err, ZV_E_INVALID, t->name, N_("%s, line %lld: %zu cells, but the header has %zu."), t->name, (long long)t->csv.line,
				       t->csv.n_cells, width);
		CHAIN_TRY(row(t, context));
	}
}

enum zv_code chain_each(struct chain_reading *r, const char *name, const char *const *columns, enum zv_code (*row)(struct chain_table *t, void *context), void *context)
{
	struct chain_table t = {.reading = r, .name = name, .columns = columns};
	FILE *file = r->open(r->context, name);
	enum zv_code code;

	if (file == NULL)
		return zv_fail(r->err, ZV_E_INVALID, name, N_("The file %s cannot be read: %s."), name, strerror(errno));
	zv_csv_plain_init(&t.csv, file, name);
	code = read_rows(&t, row, context);
	zv_csv_plain_done(&t.csv);
	(void)fclose(file);
	return code;
}

struct zv_str chain_cell(const struct chain_table *t, int column)
{
	return t->at[column] < 0 ? ZV_STR("") : t->csv.cells[t->at[column]];
}

bool chain_has(const struct chain_table *t, int column)
{
	return t->at[column] >= 0;
}

enum zv_code chain_id(struct zv_str *out, struct chain_table *t, int column)
{
	struct zv_str text = chain_cell(t, column);

	if (text.n == 0)
		return chain_bad(t, column, N_("is empty: name it"));
	if (text.n > ZV_CHAIN_ID_MAX)
		return chain_bad(t, column, N_("is too long for a name"));
	*out = text;
	return ZV_OK;
}

enum zv_code chain_amount(double *out, struct chain_table *t, int column, double min)
{
	if (!zv_chain_number(out, chain_cell(t, column)))
		return chain_bad(t, column, N_("is not a number, such as 12.5 or 1/3"));
	if ((*out >= min && *out <= ZV_CHAIN_AMOUNT_MAX && *out >= ZV_CHAIN_AMOUNT_MIN) || (!(min > 0) && !(*out < 0) && !(*out > 0)))
		return ZV_OK;
	return chain_bad(t, column, N_("is outside what this column may hold"));
}

enum zv_code chain_firm(uint32_t *out, struct chain_table *t, int column)
{
	int64_t place;

	if (!zv_map_get(&place, &t->reading->firms, chain_cell(t, column)))
		return chain_bad(t, column, N_("is not in firms.csv"));
	*out = (uint32_t)place;
	return ZV_OK;
}

uint32_t chain_sector(struct chain_reading *r, struct zv_str name)
{
	int64_t place;

	if (zv_map_get(&place, &r->sectors, name))
		return (uint32_t)place;
	place = (int64_t)r->sector_ids.n;
	zv_map_put(&r->sectors, name, place);
	zv_vec_push(&r->sector_ids, zv_str_dup(&r->out->arena, name));
	return (uint32_t)place;
}
