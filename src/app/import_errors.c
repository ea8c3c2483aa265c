/* Rows at fault go straight to the writer: memory does not grow with their number. */
#include "app/import_errors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/tr.h"

#define REASONS_TITLE N_("What is wrong")

static enum zv_code open_csv(struct zv_import_errors *errors, struct zv_err *err)
{
	errors->file = fopen(errors->path, "wbe");
	if (errors->file == NULL)
		return zv_fail(err, ZV_E_IO, "errors", N_("%s cannot be written: %s. Choose another place for the rows at fault."),
			       errors->path, strerror(errno));
	zv_out_init(&errors->out, errors->file, 0);
	zv_csv_init(&errors->csv, &errors->out, ',', true);
	for (size_t i = 0; i < errors->n; i++)
		zv_csv_text(&errors->csv, errors->titles[i]);
	zv_csv_text(&errors->csv, zv_str_c(zv_tr(REASONS_TITLE)));
	zv_csv_end_row(&errors->csv);
	return ZV_OK;
}

static enum zv_code open_xlsx(struct zv_import_errors *errors, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_xlsx_column *columns;
	enum zv_code code;

	code = zv_xlsx_new(&errors->xlsx, errors->path, err);
	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	columns = ZV_ARENA_ARRAY(&arena, struct zv_xlsx_column, errors->n + 1);
	for (size_t i = 0; i < errors->n; i++) {
		columns[i].title = zv_str_dup(&arena, errors->titles[i]).p;
		columns[i].key = errors->keys != NULL ? errors->keys[i] : NULL;
	}
	columns[errors->n].title = zv_tr(REASONS_TITLE);
	columns[errors->n].key = errors->keys != NULL ? ZV_IMPORT_REASONS_KEY : NULL;
	columns[errors->n].width = 60;
	code = zv_xlsx_sheet(errors->xlsx, "Data", NULL, columns, errors->n + 1, err);
	zv_arena_done(&arena);
	return code;
}

static bool is_csv(const char *path)
{
	return zv_str_ends(zv_str_c(path), ZV_STR(".csv")) || zv_str_ends(zv_str_c(path), ZV_STR(".CSV"));
}

enum zv_code zv_import_errors_row(struct zv_import_errors *errors, const struct zv_str *cells, size_t n, int at, struct zv_str reasons,
				  struct zv_err *err)
{
	if (errors->path == NULL)
		return ZV_OK;
	if (!errors->open) {
		enum zv_code code = is_csv(errors->path) ? open_csv(errors, err) : open_xlsx(errors, err);

		if (code != ZV_OK)
			return code;
		errors->open = true;
	}
	for (size_t i = 0; i < errors->n; i++) {
		struct zv_str cell = cells != NULL && i < n ? cells[i] : ZV_STR("");

		if (errors->xlsx == NULL)
			zv_csv_text(&errors->csv, cell);
		else if (at >= 0 && i == (size_t)at)
			zv_xlsx_fault(errors->xlsx, cell);
		else
			zv_xlsx_text(errors->xlsx, cell);
	}
	if (errors->xlsx == NULL) {
		zv_csv_text(&errors->csv, reasons);
		zv_csv_end_row(&errors->csv);
	} else {
		zv_xlsx_fault(errors->xlsx, reasons);
		zv_xlsx_end_row(errors->xlsx);
	}
	return ZV_OK;
}

enum zv_code zv_import_errors_close(struct zv_import_errors *errors, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (!errors->open)
		return ZV_OK;
	errors->open = false;
	if (errors->xlsx != NULL) {
		struct zv_xlsx *xlsx = errors->xlsx;

		errors->xlsx = NULL;
		return zv_xlsx_close(xlsx, err);
	}
	code = zv_out_flush(&errors->out, err);
	zv_out_done(&errors->out);
	if (fclose(errors->file) != 0 && code == ZV_OK)
		code = zv_fail(err, ZV_E_IO, "errors", N_("%s cannot be written: %s. Choose another place for the rows at fault."),
			       errors->path, strerror(errno));
	errors->file = NULL;
	return code;
}

void zv_import_errors_cancel(struct zv_import_errors *errors)
{
	if (!errors->open)
		return;
	errors->open = false;
	if (errors->xlsx != NULL) {
		zv_xlsx_cancel(errors->xlsx);
		errors->xlsx = NULL;
		return;
	}
	zv_out_done(&errors->out);
	(void)fclose(errors->file);
	errors->file = NULL;
	(void)remove(errors->path);
}
