/* Export: the rows come from the kind's own reading of its records (app/import.h), the bytes from the format writers. */
#include "app/export.h"

#include <errno.h>
#include <string.h>

#include "app/import.h"
#include "app/import_kind.h"
#include "format/csv_write.h"
#include "format/json_write.h"
#include "format/xlsx_write.h"

enum { COLUMNS_MAX = 64 };

enum zv_code zv_export_format_parse(enum zv_export_format *out, const char *name, struct zv_err *err)
{
	if (strcmp(name, "csv") == 0)
		*out = ZV_EXPORT_CSV;
	else if (strcmp(name, "json") == 0)
		*out = ZV_EXPORT_JSON;
	else if (strcmp(name, "xlsx") == 0)
		*out = ZV_EXPORT_XLSX;
	else
		return zv_fail(err, ZV_E_INVALID, "format", N_("“%s” is no format of export; there are csv, json and xlsx."), name);
	return ZV_OK;
}

enum zv_code zv_export_kind(const char **out, const char *name, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(name);
	const struct zv_import_kind *kind = zv_import_kind_find(name);
	struct zv_buf names;

	if (kind != NULL) {
		*out = kind->name;
		return ZV_OK;
	}
	zv_buf_init(&names, 400);
	for (size_t i = 0; (kind = zv_import_kind_at(i)) != NULL; i++) {
		if (reg != NULL && strcmp(kind->reg, reg->name) == 0 && (kind->unmap != NULL || strcmp(reg->name, "supply") == 0))
			break;
		zv_buf_addf(&names, "%s%s", i > 0 ? ", " : "", kind->name);
	}
	if (kind != NULL)
		*out = kind->name;
	else
		(void)zv_fail(err, ZV_E_INVALID, "kind", N_("There is no kind “%s”. There are: %s."), name, zv_buf_c(&names));
	zv_buf_done(&names);
	return kind != NULL ? ZV_OK : ZV_E_INVALID;
}

struct writing {
	enum zv_export_format format;
	const char *const *keys;
	const char *const *titles;
	size_t n;
	int64_t rows;
	struct zv_out out;
	struct zv_csv_writer csv;
	struct zv_json json;
	struct zv_xlsx *xlsx;
	struct zv_arena arena;
};

static void begin(struct writing *w)
{
	if (w->format == ZV_EXPORT_JSON) {
		zv_json_init(&w->json, &w->out);
		zv_json_array(&w->json);
		return;
	}
	zv_csv_init(&w->csv, &w->out, ',', true);
	for (size_t i = 0; i < w->n; i++)
		zv_csv_text(&w->csv, zv_str_c(w->titles[i]));
	zv_csv_end_row(&w->csv);
}

static void finish(struct writing *w)
{
	if (w->format != ZV_EXPORT_JSON)
		return;
	zv_out_char(&w->out, '\n');
	zv_json_end_array(&w->json);
	zv_out_char(&w->out, '\n');
}

static bool write_text(void *context, const struct zv_str *cells, size_t n)
{
	struct writing *w = context;

	if (w->format == ZV_EXPORT_JSON) {
		zv_out_char(&w->out, '\n');
		zv_json_object(&w->json);
		for (size_t i = 0; i < n; i++)
			zv_json_key_str(&w->json, w->keys[i], cells[i]);
		zv_json_end_object(&w->json);
	} else {
		for (size_t i = 0; i < n; i++)
			zv_csv_text(&w->csv, cells[i]);
		zv_csv_end_row(&w->csv);
	}
	w->rows++;
	return w->out.failed == 0;
}

static bool write_sheet(void *context, const struct zv_str *cells, size_t n)
{
	struct writing *w = context;

	for (size_t i = 0; i < n; i++)
		zv_xlsx_text(w->xlsx, cells[i]);
	zv_xlsx_end_row(w->xlsx);
	w->rows++;
	return true;
}

static enum zv_code open_columns(struct writing *w, const char *kind, struct zv_err *err)
{
	const struct zv_import_kind *k = zv_import_kind_find(kind);

	if (k != NULL && k->unmap == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, "kind",
			       N_("“%s” has no template of its own to export into; “zveno list %s --json” gives its rows."), kind, k->reg);
	zv_arena_init(&w->arena);
	return zv_import_export_columns(&w->keys, &w->titles, &w->n, kind, &w->arena, err);
}

enum zv_code zv_export_text(int64_t *rows, FILE *file, struct zv_db *db, const char *kind, enum zv_export_format format, const char *centre,
			    struct zv_err *err)
{
	struct writing w = {.format = format};
	struct zv_err late;
	enum zv_code code = open_columns(&w, kind, err);
	enum zv_code flushed;

	zv_out_init(&w.out, file, 0);
	if (code == ZV_OK) {
		begin(&w);
		code = zv_import_export_each(db, kind, centre, write_text, &w, err);
	}
	if (code == ZV_OK) {
		finish(&w);
		flushed = zv_out_flush(&w.out, &late);
		if (flushed != ZV_OK && w.out.failed != EPIPE) { /* a reader that has gone (| head) is no failure */
			*err = late;
			code = flushed;
		}
	}
	*rows = w.rows;
	zv_out_done(&w.out);
	zv_arena_done(&w.arena);
	return code;
}

enum zv_code zv_export_xlsx(int64_t *rows, const char *path, struct zv_db *db, const char *kind, const char *centre, struct zv_err *err)
{
	struct writing w = {.format = ZV_EXPORT_XLSX};
	struct zv_xlsx_column columns[COLUMNS_MAX] = {0};
	enum zv_code code = open_columns(&w, kind, err);

	for (size_t i = 0; i < w.n && i < COLUMNS_MAX; i++)
		columns[i] = (struct zv_xlsx_column){.title = w.titles[i], .key = w.keys[i]};
	if (code == ZV_OK)
		code = zv_xlsx_new(&w.xlsx, path, err);
	if (code == ZV_OK)
		code = zv_xlsx_sheet(w.xlsx, "Data", NULL, columns, w.n, err);
	if (code == ZV_OK)
		code = zv_import_export_each(db, kind, centre, write_sheet, &w, err);
	if (code == ZV_OK)
		code = zv_xlsx_close(w.xlsx, err);
	else
		zv_xlsx_cancel(w.xlsx);
	*rows = w.rows;
	zv_arena_done(&w.arena);
	return code;
}
