/* A national plan as files: one table as CSV, some or all of them as a workbook; with the rows and figures that the person may see (app/plan_view.h). */
#ifndef ZV_APP_PLAN_FILES_H
#define ZV_APP_PLAN_FILES_H

#include "app/plan_view.h"
#include "base/buf.h"

enum zv_plan_sheet { ZV_PLAN_SHEET_SUMMARY, ZV_PLAN_SHEET_ORDERS, ZV_PLAN_SHEET_FLOWS, ZV_PLAN_SHEET_UNCOVERED, ZV_PLAN_SHEET_UNLOCKS, ZV_PLAN_SHEET_MISSING,
		     ZV_PLAN_SHEETS };

/* Comma, point, amounts of money as exact decimals, quantities in the unit that the row names. *rows: how many were written. ZV_E_LIMIT: too large. */
ZV_MUST_CHECK enum zv_code zv_plan_csv(struct zv_buf *out, int64_t *rows, const struct zv_plan_seeing *seeing, const struct zv_plan_row *plan,
				       enum zv_plan_sheet sheet, struct zv_err *err);

/* Those of `sheets`, in their order. */
ZV_MUST_CHECK enum zv_code zv_plan_xlsx(const char *path, int64_t *rows, const struct zv_plan_seeing *seeing, const struct zv_plan_row *plan,
					const enum zv_plan_sheet *sheets, size_t n, struct zv_err *err);

#endif
