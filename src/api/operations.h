/* The operations of the API, one line each; they are called by the dispatcher alone. docs/api/openapi.json says what each does. */
#ifndef ZV_API_OPERATIONS_H
#define ZV_API_OPERATIONS_H

#include "api/call.h"

/* registers.c, rows.c, lots.c, needs.c, search.c */
enum zv_code zv_api_health(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_summary(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_registers(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_rows(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_row(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_lots(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_lot(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_near_lots(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_matches(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_why(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_search(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_suggest(struct zv_api_call *call, struct zv_err *err);

#endif
