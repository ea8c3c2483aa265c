/* One file of a plan folder: its columns by name, its cells as values, its ids sorted and found again. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/plan_folder_inner.h"
#include "app/plan_number.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { SHOWN = 60, DECIMALS = 6, FAR = 5000 };

void folder_warn(struct folder *f, const char *msgid, ...)
{
	char text[512];
	va_list args;

	if (f->warnings.n >= ZV_PLAN_FOLDER_WARNINGS_MAX)
		return;
	va_start(args, msgid);
	(void)vsnprintf(text, sizeof(text), zv_tr(msgid), args);
	va_end(args);
	zv_vec_push(&f->warnings, zv_str_dup(&f->out->arena, zv_utf8_first(zv_str_c(text), sizeof(text) - 1)));
}

static const char *bare(const char *column)
{
	return *column == '?' ? column + 1 : column;
}

enum zv_code folder_bad(struct folder_table *t, int column, const char *what)
{
	return zv_fail(t->folder->err, ZV_E_INVALID, bare(t->columns[column]), N_("%s, line %lld, column %s: “%.*s” %s."), t->name, (long long)t->csv.line,
		       bare(t->columns[column]), ZV_STR_FMT(zv_utf8_first(folder_cell(t, column), SHOWN)), zv_tr(what));
}

/* --- opening --------------------------------------------------------------------------------------------------------------------------- */

static bool is_known(const struct folder_table *t, struct zv_str name)
{
	for (int i = 0; t->columns[i] != NULL; i++) {
		if (zv_str_eq_c(name, bare(t->columns[i])))
			return true;
	}
	return false;
}

static enum zv_code find_columns(struct folder_table *t)
{
	struct folder *f = t->folder;

	for (int i = 0; t->columns[i] != NULL; i++) {
		t->at[i] = -1;
		for (size_t j = 0; j < t->csv.n_cells; j++) {
			if (!zv_str_eq_c(t->csv.cells[j], bare(t->columns[i])))
				continue;
			if (t->at[i] >= 0)
				return zv_fail(f->err, ZV_E_INVALID, bare(t->columns[i]), N_("%s: the column %s stands twice in the header."), t->name,
					       bare(t->columns[i]));
			t->at[i] = (int)j;
		}
		if (t->at[i] < 0 && *t->columns[i] != '?')
			return zv_fail(f->err, ZV_E_INVALID, t->columns[i], N_("%s: the column %s is missing."), t->name, t->columns[i]);
	}
	for (size_t j = 0; j < t->csv.n_cells; j++) {
		if (!is_known(t, t->csv.cells[j]))
			folder_warn(f, N_("%s: the column “%.*s” is not known and was left out."), t->name, ZV_STR_FMT(zv_utf8_first(t->csv.cells[j], SHOWN)));
	}
	return ZV_OK;
}

static enum zv_code open_table(struct folder_table *t)
{
	struct folder *f = t->folder;
	bool more;
	enum zv_code code;

	zv_csv_plain_init(&t->csv, t->file, t->name);
	code = zv_csv_plain_next(&more, &t->csv, f->err);
	if (code == ZV_OK && !more)
		code = zv_fail(f->err, ZV_E_INVALID, t->name, N_("%s is empty: its first line must name the columns."), t->name);
	t->width = t->csv.n_cells;
	return code == ZV_OK ? find_columns(t) : code;
}

static enum zv_code next_row(bool *more, struct folder_table *t)
{
	enum zv_code code = zv_csv_plain_next(more, &t->csv, t->folder->err);

	if (code != ZV_OK || !*more)
		return code;
	if (t->csv.n_cells != t->width)
		return zv_fail(t->folder->err, ZV_E_INVALID, t->name, N_("%s, line %lld: %zu cells, but the header has %zu."), t->name,
			       (long long)t->csv.line, t->csv.n_cells, t->width);
	if (++t->rows > ZV_PLAN_FOLDER_ROWS_MAX)
		return zv_fail(t->folder->err, ZV_E_LIMIT, t->name, N_("%s: more than %d rows."), t->name, ZV_PLAN_FOLDER_ROWS_MAX);
	return ZV_OK;
}

enum zv_code folder_each(struct folder *f, const struct folder_reader *reader, void *context, bool *there)
{
	struct folder_table t = {.folder = f, .name = reader->name, .columns = reader->columns};
	enum zv_code code;
	bool more = true;

	t.file = f->open(f->context, t.name);
	*there = t.file != NULL;
	if (t.file == NULL && reader->optional && errno == ENOENT)
		return ZV_OK;
	if (t.file == NULL)
		return zv_fail(f->err, ZV_E_INVALID, t.name, N_("The file %s cannot be read: %s."), t.name, strerror(errno));
	code = open_table(&t);
	while (code == ZV_OK) {
		code = next_row(&more, &t);
		if (code != ZV_OK || !more)
			break;
		code = reader->row(&t, context);
	}
	if (code == ZV_OK && reader->finish != NULL)
		code = reader->finish(&t, context);
	zv_csv_plain_done(&t.csv);
	(void)fclose(t.file);
	return code;
}

/* --- cells ------------------------------------------------------------------------------------------------------------------------------- */

struct zv_str folder_cell(const struct folder_table *t, int column)
{
	return t->at[column] < 0 ? ZV_STR("") : t->csv.cells[t->at[column]];
}

enum zv_code folder_id(struct zv_str *out, struct folder_table *t, int column)
{
	struct zv_str text = folder_cell(t, column);

	if (text.n == 0)
		return folder_bad(t, column, N_("is empty: name it"));
	if (text.n > ZV_PLAN_FOLDER_ID_MAX)
		return folder_bad(t, column, N_("is too long for a name"));
	*out = zv_str_dup(&t->folder->out->arena, text);
	return ZV_OK;
}

enum { LIMIT_DIGITS = 32 };

/* 12500000 millionths as 12.5. */
static const char *limit_text(char out[LIMIT_DIGITS], int64_t value, int decimals)
{
	int64_t unit = decimals > 0 ? ZV_PLAN_UNIT : 1;
	int n;

	if (decimals == 0 || value % unit == 0) {
		(void)snprintf(out, LIMIT_DIGITS, "%lld", (long long)(value / unit));
		return out;
	}
	n = snprintf(out, LIMIT_DIGITS, "%s%lld.%06lld", value < 0 ? "-" : "", (long long)llabs(value / unit), (long long)llabs(value % unit));
	while (n > 0 && out[n - 1] == '0')
		out[--n] = '\0';
	return out;
}

static enum zv_code outside(struct folder_table *t, int column, int64_t min, int64_t max, int decimals)
{
	char least[LIMIT_DIGITS], most[LIMIT_DIGITS];

	return zv_fail(t->folder->err, ZV_E_INVALID, bare(t->columns[column]), N_("%s, line %lld, column %s: “%.*s” is outside what this column may hold, %s … %s."), t->name,
		       (long long)t->csv.line, bare(t->columns[column]), ZV_STR_FMT(zv_utf8_first(folder_cell(t, column), SHOWN)), limit_text(least, min, decimals),
		       limit_text(most, max, decimals));
}

enum zv_code folder_decimal(int64_t *out, struct folder_table *t, int column, int64_t min, int64_t max)
{
	if (!zv_plan_number(out, folder_cell(t, column), DECIMALS))
		return folder_bad(t, column, N_("is not a number, such as 12.5"));
	return *out >= min && *out <= max ? ZV_OK : outside(t, column, min, max, DECIMALS);
}

enum zv_code folder_optional(int64_t *out, struct folder_table *t, int column, int64_t min, int64_t max, int64_t otherwise)
{
	*out = otherwise;
	return folder_cell(t, column).n == 0 ? ZV_OK : folder_decimal(out, t, column, min, max);
}

enum zv_code folder_whole(int64_t *out, struct folder_table *t, int column, int64_t min, int64_t max)
{
	if (!zv_str_int(out, folder_cell(t, column)))
		return folder_bad(t, column, N_("is not a whole number"));
	return *out >= min && *out <= max ? ZV_OK : outside(t, column, min, max, 0);
}

enum zv_code folder_period(int32_t *out, struct folder_table *t, int column)
{
	struct folder *f = t->folder;
	int64_t value;

	TRY(folder_whole(&value, t, column, -FAR, FAR));
	*out = (int32_t)value;
	f->named_min = *out < f->named_min ? *out : f->named_min;
	f->named_max = *out > f->named_max ? *out : f->named_max;
	return ZV_OK;
}

enum zv_code folder_flag(bool *out, struct folder_table *t, int column)
{
	struct zv_str text = folder_cell(t, column);

	if (!zv_str_eq_c(text, "0") && !zv_str_eq_c(text, "1"))
		return folder_bad(t, column, N_("is neither 0 nor 1"));
	*out = text.p[0] == '1';
	return ZV_OK;
}

enum zv_code folder_ref(uint32_t *out, struct folder_table *t, int column, const struct folder_ids *ids)
{
	int64_t place;

	if (!zv_map_get(&place, &ids->by_id, folder_cell(t, column)))
		return zv_fail(t->folder->err, ZV_E_INVALID, bare(t->columns[column]), N_("%s, line %lld, column %s: “%.*s” is not in %s."), t->name,
			       (long long)t->csv.line, bare(t->columns[column]), ZV_STR_FMT(zv_utf8_first(folder_cell(t, column), SHOWN)), ids->file);
	*out = (uint32_t)place;
	return ZV_OK;
}

/* --- ids ----------------------------------------------------------------------------------------------------------------------------------- */

static struct zv_str without_zeros(struct zv_str s)
{
	while (s.n > 1 && *s.p == '0')
		s = zv_str_from(s, 1);
	return s;
}

int zv_plan_id_cmp(struct zv_str a, struct zv_str b)
{
	bool number_a = zv_is_digits(a), number_b = zv_is_digits(b);

	if (number_a != number_b)
		return number_a ? -1 : 1;
	if (number_a) {
		struct zv_str x = without_zeros(a), y = without_zeros(b);
		int cmp = x.n != y.n ? (x.n < y.n ? -1 : 1) : zv_str_cmp(x, y);

		if (cmp != 0)
			return cmp;
	}
	return zv_str_cmp(a, b);
}

static const struct zv_str *id_at(const void *rows, size_t i, size_t size)
{
	return (const struct zv_str *)(const void *)((const char *)rows + i * size);
}

struct sorting {
	const void *rows;
	size_t size;
};

static int by_id(const void *a, const void *b, void *context)
{
	const struct sorting *s = context;

	return zv_plan_id_cmp(*id_at(s->rows, *(const uint32_t *)a, s->size), *id_at(s->rows, *(const uint32_t *)b, s->size));
}

/* Row order[i] goes to place i, along the cycles of the permutation, so that no second array is needed. */
static void permute(char *rows, uint32_t *lines, uint32_t *order, size_t n, size_t size)
{
	char *kept = zv_alloc(size);

	for (size_t i = 0; i < n; i++) {
		size_t to = i;
		uint32_t line = lines[i];

		if (order[i] == i)
			continue;
		memcpy(kept, rows + i * size, size);
		while (order[to] != i) {
			size_t from = order[to];

			memcpy(rows + to * size, rows + from * size, size);
			lines[to] = lines[from];
			order[to] = (uint32_t)to;
			to = from;
		}
		memcpy(rows + to * size, kept, size);
		lines[to] = line;
		order[to] = (uint32_t)to;
	}
	free(kept);
}

enum zv_code folder_sort(struct folder_table *t, void *rows, size_t n, size_t size, uint32_t *lines)
{
	struct sorting sorting = {rows, size};
	uint32_t *order;
	size_t i = 1;

	while (i < n && zv_plan_id_cmp(*id_at(rows, i - 1, size), *id_at(rows, i, size)) < 0)
		i++;
	if (i >= n)
		return ZV_OK;
	order = zv_reallocarray(NULL, n, sizeof(*order));
	for (i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	qsort_r(order, n, sizeof(*order), by_id, &sorting);
	permute(rows, lines, order, n, size);
	free(order);
	for (i = 1; i < n; i++) {
		struct zv_str id = *id_at(rows, i, size);

		if (zv_str_eq(*id_at(rows, i - 1, size), id))
			return zv_fail(t->folder->err, ZV_E_INVALID, t->columns[0], N_("%s: %s “%.*s” stands twice, in lines %u and %u."), t->name, t->columns[0],
				       ZV_STR_FMT(zv_utf8_first(id, SHOWN)), lines[i - 1] < lines[i] ? lines[i - 1] : lines[i],
				       lines[i - 1] < lines[i] ? lines[i] : lines[i - 1]);
	}
	return ZV_OK;
}

void folder_index(struct folder_ids *ids, const void *rows, size_t n, size_t size)
{
	for (size_t i = 0; i < n; i++)
		zv_map_put(&ids->by_id, *id_at(rows, i, size), (int64_t)i);
}
