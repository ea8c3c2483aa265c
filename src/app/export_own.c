/* Walks over the rows that the person may see, page by page, and writes those that he sees in full. */
#include "app/export_own.h"

#include "app/import.h"
#include "app/sight.h"
#include "format/csv_write.h"
#include "format/xlsx_write.h"

enum { PAGE = 500, COLUMNS_MAX = 64 };

struct writing {
	struct zv_db *db;
	const struct zv_who *who;
	const struct zv_import_kind *kind;
	const struct zv_register *reg;
	const char *const *keys;
	const char *const *titles;
	size_t n;
	int64_t rows;
	struct zv_out out;
	struct zv_csv_writer csv;
	struct zv_xlsx *xlsx; /* NULL: CSV */
	struct zv_arena columns, page;
	enum zv_code code; /* of take_record, and what it fails with */
	struct zv_err *err;
};

static void write_cells(struct writing *w, const struct zv_str *cells)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->xlsx != NULL)
			zv_xlsx_text(w->xlsx, cells[i]);
		else
			zv_csv_text(&w->csv, cells[i]);
	}
	if (w->xlsx != NULL)
		zv_xlsx_end_row(w->xlsx);
	else
		zv_csv_end_row(&w->csv);
	w->rows++;
}

static enum zv_code write_record(struct writing *w, const struct zv_record *record, struct zv_err *err)
{
	struct zv_str *cells = ZV_ARENA_ARRAY(&w->page, struct zv_str, w->n + 1);
	enum zv_sight sight;
	enum zv_code code = zv_sight_of(&sight, w->db, w->who, w->reg, record, err);

	if (code != ZV_OK || sight != ZV_SIGHT_FULL)
		return code;
	code = w->kind->unmap(cells, w->db, record, &w->page, err);
	if (code == ZV_OK)
		write_cells(w, cells);
	if (code == ZV_OK && w->out.buf.full)
		code = zv_fail(err, ZV_E_LIMIT, "", N_("The export is larger than %zu MiB. “zveno export” writes it at the command line."),
			       w->out.buf.max >> 20);
	return code;
}

/* Of a register whose rows everybody sees in part. */
static bool take_record(void *context, const struct zv_record *record)
{
	struct writing *w = context;

	zv_arena_reset(&w->page);
	w->code = write_record(w, record, w->err);
	return w->code == ZV_OK;
}

static enum zv_code write_open(struct writing *w, struct zv_err *err)
{
	enum zv_code code;

	w->err = err;
	code = zv_record_each(w->db, w->reg, 0, INT64_MAX, take_record, w, err);
	return code == ZV_OK ? w->code : code;
}

static enum zv_code write_id(struct writing *w, int64_t id, struct zv_err *err)
{
	struct zv_record record;
	enum zv_code code = zv_record_by_id(&record, w->db, w->reg, id, &w->page, err);

	return code == ZV_OK ? write_record(w, &record, err) : code;
}

static enum zv_code write_rows(struct writing *w, struct zv_err *err)
{
	int64_t ids[PAGE], after = 0;
	size_t n = PAGE;
	enum zv_code code = ZV_OK;

	if (zv_sight_open(w->who, w->reg))
		return write_open(w, err);
	while (code == ZV_OK && n == PAGE) {
		zv_arena_reset(&w->page);
		code = zv_sight_next(ids, &n, PAGE, w->db, w->who, w->reg, after, err);
		for (size_t i = 0; code == ZV_OK && i < n; i++) {
			code = write_id(w, ids[i], err);
			after = ids[i];
		}
	}
	return code;
}

static enum zv_code open_writing(struct writing *w, struct zv_db *db, const struct zv_who *who, const struct zv_import_kind *kind, struct zv_err *err)
{
	*w = (struct writing){.db = db, .who = who, .kind = kind, .reg = zv_register_find(kind->reg)};
	zv_arena_init(&w->columns);
	zv_arena_init(&w->page);
	if (kind->unmap == NULL || w->reg == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, "kind", N_("“%s” has no template of its own."), kind->name);
	return zv_import_export_columns(&w->keys, &w->titles, &w->n, kind->name, &w->columns, err);
}

static void close_writing(struct writing *w)
{
	zv_arena_done(&w->page);
	zv_arena_done(&w->columns);
}

enum zv_code zv_export_own_csv(struct zv_buf *out, int64_t *rows, struct zv_db *db, const struct zv_who *who, const struct zv_import_kind *kind,
			       struct zv_err *err)
{
	struct writing w;
	enum zv_code code = open_writing(&w, db, who, kind, err);

	zv_out_init(&w.out, NULL, out->max);
	if (code == ZV_OK) {
		zv_csv_init(&w.csv, &w.out, ',', true);
		for (size_t i = 0; i < w.n; i++)
			zv_csv_text(&w.csv, zv_str_c(w.titles[i]));
		zv_csv_end_row(&w.csv);
		code = write_rows(&w, err);
	}
	if (code == ZV_OK)
		zv_buf_add_str(out, zv_out_text(&w.out));
	*rows = w.rows;
	zv_out_done(&w.out);
	close_writing(&w);
	return code;
}

enum zv_code zv_export_own_xlsx(const char *path, int64_t *rows, struct zv_db *db, const struct zv_who *who, const struct zv_import_kind *kind,
				struct zv_err *err)
{
	struct zv_xlsx_column columns[COLUMNS_MAX] = {0};
	struct writing w;
	enum zv_code code = open_writing(&w, db, who, kind, err);

	for (size_t i = 0; code == ZV_OK && i < w.n && i < COLUMNS_MAX; i++)
		columns[i] = (struct zv_xlsx_column){.title = w.titles[i], .key = w.keys[i]};
	if (code == ZV_OK)
		code = zv_xlsx_new(&w.xlsx, path, err);
	if (code == ZV_OK) {
		code = zv_xlsx_sheet(w.xlsx, "Data", NULL, columns, w.n, err);
		if (code == ZV_OK)
			code = write_rows(&w, err);
		if (code == ZV_OK)
			code = zv_xlsx_close(w.xlsx, err);
		else
			zv_xlsx_cancel(w.xlsx);
	}
	*rows = w.rows;
	close_writing(&w);
	return code;
}
