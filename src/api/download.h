/* Answers that are files. */
#ifndef ZV_API_DOWNLOAD_H
#define ZV_API_DOWNLOAD_H

#include "api/call.h"

#define ZV_API_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define ZV_API_CSV "text/csv; charset=utf-8; header=present"

/* The answer is this file, to be saved under `name` (ASCII letters, digits, "-", "_", "."). */
void zv_api_download(struct zv_api_call *call, const char *type, struct zv_str name);

/* All bytes of `fd`, which is closed in every case. ZV_E_LIMIT, ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_api_download_fd(struct zv_api_call *call, int fd, const char *type, struct zv_str name, struct zv_err *err);

/*
 * Of an operation with ZV_API_LATER that takes its time: `part` runs on a few threads kept for slow answers, with a handle for reading. ZV_E_BUSY.
 */
ZV_MUST_CHECK enum zv_code zv_api_aside(struct zv_api_call *call, zv_api_run part, struct zv_err *err);

#endif
