/* Plans as files: CSV of one table, workbooks of one or of all. They take their time: not in the threads that answer everybody. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/download.h"
#include "api/operations.h"
#include "api/plans.h"
#include "app/plan_files.h"

enum { PATH_ROOM = 512 };

static enum zv_code write_csv(struct zv_api_call *call, enum zv_plan_sheet sheet, const char *name, struct zv_err *err)
{
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	int64_t rows = 0;
	enum zv_code code = zv_api_plan_open(&seeing, &plan, call, err);

	if (code != ZV_OK)
		return code;
	zv_buf_reset(call->answer->body);
	code = zv_plan_csv(call->answer->body, &rows, &seeing, &plan, sheet, err);
	if (code == ZV_OK)
		zv_api_download(call, ZV_API_CSV, zv_str_c(name));
	call->rows += rows;
	return code;
}

static enum zv_code write_xlsx(struct zv_api_call *call, const enum zv_plan_sheet *sheets, size_t n, const char *name, struct zv_err *err)
{
	const char *dir = getenv("TMPDIR");
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	char path[PATH_ROOM];
	int64_t rows = 0;
	int fd;
	enum zv_code code = zv_api_plan_open(&seeing, &plan, call, err);

	if (code != ZV_OK)
		return code;
	(void)snprintf(path, sizeof(path), "%s/zveno-out-XXXXXX.xlsx", dir != NULL ? dir : "/tmp");
	fd = mkostemps(path, 5, O_CLOEXEC);
	if (fd < 0)
		return zv_fail(err, ZV_E_IO, "", N_("The folder for temporary files does not work: %s."), strerror(errno));
	(void)close(fd);
	code = zv_plan_xlsx(path, &rows, &seeing, &plan, sheets, n, err);
	fd = code == ZV_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	(void)unlink(path);
	if (code == ZV_OK && fd < 0)
		code = zv_fail(err, ZV_E_IO, "", N_("The folder for temporary files does not work: %s."), strerror(errno));
	call->rows += rows;
	return code == ZV_OK ? zv_api_download_fd(call, fd, ZV_API_XLSX, zv_str_c(name), err) : code;
}

static enum zv_code begin(struct zv_api_call *call, zv_api_run part, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	return code == ZV_OK ? zv_api_aside(call, part, err) : code;
}

/* One operation a table and kind of file. */
#define CSV(function, sheet, name) \
	static enum zv_code part_##function(struct zv_api_call *call, struct zv_err *err) \
	{ \
		return write_csv(call, sheet, name, err); \
	} \
	enum zv_code function(struct zv_api_call *call, struct zv_err *err) \
	{ \
		return begin(call, part_##function, err); \
	}

#define XLSX(function, name, ...) \
	static enum zv_code part_##function(struct zv_api_call *call, struct zv_err *err) \
	{ \
		static const enum zv_plan_sheet sheets[] = {__VA_ARGS__}; \
\
		return write_xlsx(call, sheets, ZV_LEN(sheets), name, err); \
	} \
	enum zv_code function(struct zv_api_call *call, struct zv_err *err) \
	{ \
		return begin(call, part_##function, err); \
	}

CSV(zv_api_plan_orders_csv, ZV_PLAN_SHEET_ORDERS, "plan-orders.csv")
CSV(zv_api_plan_flows_csv, ZV_PLAN_SHEET_FLOWS, "plan-flows.csv")
CSV(zv_api_plan_uncovered_csv, ZV_PLAN_SHEET_UNCOVERED, "plan-uncovered.csv")
CSV(zv_api_plan_unlocks_csv, ZV_PLAN_SHEET_UNLOCKS, "plan-unlocks.csv")
CSV(zv_api_plan_missing_csv, ZV_PLAN_SHEET_MISSING, "plan-missing.csv")
XLSX(zv_api_plan_orders_xlsx, "plan-orders.xlsx", ZV_PLAN_SHEET_ORDERS)
XLSX(zv_api_plan_flows_xlsx, "plan-flows.xlsx", ZV_PLAN_SHEET_FLOWS)
XLSX(zv_api_plan_uncovered_xlsx, "plan-uncovered.xlsx", ZV_PLAN_SHEET_UNCOVERED)
XLSX(zv_api_plan_xlsx, "plan.xlsx", ZV_PLAN_SHEET_SUMMARY, ZV_PLAN_SHEET_ORDERS, ZV_PLAN_SHEET_FLOWS, ZV_PLAN_SHEET_UNCOVERED, ZV_PLAN_SHEET_UNLOCKS,
     ZV_PLAN_SHEET_MISSING)
