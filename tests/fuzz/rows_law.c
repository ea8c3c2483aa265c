/* Checks that every row a reader gives can be trusted by the callers. */
#include "rows_law.h"

#include <string.h>

#include "base/utf8.h"
#include "format/budget.h"

static enum zv_code on_row(void *arg, const struct zv_row *row, struct zv_err *err)
{
	size_t total = 0;

	(void)arg;
	(void)err;
	ZV_FUZZ_CHECK(row->n <= ZV_LIMIT_COLUMNS);
	ZV_FUZZ_CHECK(row->line >= 0);
	ZV_FUZZ_CHECK(row->fault_column >= -1 && row->fault_column < (int64_t)row->n);
	for (size_t i = 0; i < row->n; i++) {
		struct zv_str cell = row->cells[i];

		ZV_FUZZ_CHECK(cell.n <= ZV_LIMIT_FIELD);
		ZV_FUZZ_CHECK(cell.n == 0 || zv_utf8_check(cell) < 0);
		ZV_FUZZ_CHECK(cell.n == 0 || memchr(cell.p, '\0', cell.n) == NULL);
		total += cell.n;
	}
	ZV_FUZZ_CHECK(total <= ZV_LIMIT_ROW);
	return ZV_OK;
}

static enum zv_code on_info(void *arg, const struct zv_rows_info *info, struct zv_err *err)
{
	(void)arg;
	(void)err;
	ZV_FUZZ_CHECK(memchr(info->encoding, '\0', sizeof(info->encoding)) != NULL);
	ZV_FUZZ_CHECK(memchr(info->sheet, '\0', sizeof(info->sheet)) != NULL);
	ZV_FUZZ_CHECK(zv_utf8_check(zv_str_c(info->encoding)) < 0 && zv_utf8_check(zv_str_c(info->sheet)) < 0);
	return ZV_OK;
}

const struct zv_sink zv_fuzz_sink = {on_row, on_info, NULL};

void zv_fuzz_check_failure(enum zv_code code, const struct zv_err *err)
{
	if (code == ZV_OK)
		return;
	ZV_FUZZ_CHECK(err->code == code && code != ZV_E_BUG);
	ZV_FUZZ_CHECK(err->msgid != NULL && err->text[0] != '\0');
}

bool zv_fuzz_parse(struct zv_str bytes, const struct zv_rows_options *options)
{
	struct zv_source source;
	struct zv_err err = {0};
	enum zv_code code;

	zv_source_init_mem(&source, bytes);
	code = zv_parse(&source, options, &zv_fuzz_sink, &err);
	zv_source_done(&source);
	zv_fuzz_check_failure(code, &err);
	return code == ZV_OK;
}
