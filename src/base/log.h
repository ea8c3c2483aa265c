/* The log: one JSON line an event on standard error. */
#ifndef ZV_BASE_LOG_H
#define ZV_BASE_LOG_H

#include "base/err.h"

/* {"t":"...","level":"info","event":"...","text":"..."}; control characters are escaped. `event` is a stable word. */
void zv_log_info(const char *event, const char *format, ...) ZV_PRINTF(2, 3);
void zv_log_error(const char *event, const char *format, ...) ZV_PRINTF(2, 3);

#endif
