/* Makes a national plan anew every night while a server runs, from the prices of the newest one. */
#ifndef ZV_APP_PLAN_KEEPER_H
#define ZV_APP_PLAN_KEEPER_H

#include "app/writer.h"

struct zv_plan_keeper;

/*
 * Starts a thread with a handle for reading. Once a day, at `hour` (0..23, of the server's clock; below 0: never, and no thread is started) it plans anew when the
 * registers differ from what the newest plan was made from; the writer stores it. Without any plan it makes none: the first one is made by hand. `db_url` must
 * outlive it. *out is NULL with an hour below 0.
 */
ZV_MUST_CHECK enum zv_code zv_plan_keeper_start(struct zv_plan_keeper **out, const char *db_url, struct zv_writer *writer, int64_t hour, struct zv_err *err);

/* Before the writer stops; a plan under way is given up. NULL is allowed. */
void zv_plan_keeper_stop(struct zv_plan_keeper *keeper);

/* One night's work, now: for the thread and for tests. *made false: nothing was new. `stop` as in zv_plan_run_options. */
ZV_MUST_CHECK enum zv_code zv_plan_nightly(bool *made, struct zv_db *db, struct zv_writer *writer, bool (*stop)(void *context), void *context,
					   struct zv_err *err);

#endif
