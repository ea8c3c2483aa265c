/* Keeps the lots up to date while a server runs: at once when there are none, else some time after the registers changed. */
#ifndef ZV_APP_LOTS_KEEPER_H
#define ZV_APP_LOTS_KEEPER_H

#include "app/writer.h"

struct zv_lots_keeper;

/*
 * Starts a thread with a handle for reading; what it computes is stored by the writer, and only when it differs from what is kept. `db_url`
 * must outlive it. `every_s`: seconds between two computations while something changes; the least pause is twenty times the last one.
 */
ZV_MUST_CHECK enum zv_code zv_lots_keeper_start(struct zv_lots_keeper **out, const char *db_url, struct zv_writer *writer, int64_t every_s,
						struct zv_err *err);

/* Before the writer stops; a computation that runs is waited for. NULL is allowed. */
void zv_lots_keeper_stop(struct zv_lots_keeper *keeper);

#endif
