/* Keeps the tasks that follow from rules up to date while a server runs: soon after a change when that is cheap, and when a day begins. */
#ifndef ZV_APP_TASKS_KEEP_H
#define ZV_APP_TASKS_KEEP_H

#include "app/writer.h"

struct zv_tasks_keeper;

struct zv_tasks_keeper *zv_tasks_keeper_new(struct zv_writer *writer);
void zv_tasks_keeper_free(struct zv_tasks_keeper *keeper); /* after the writer has stopped; NULL is allowed */

/* In the writer's thread while it is idle, outside a transaction, on its handle. */
void zv_tasks_keeper_idle(struct zv_tasks_keeper *keeper, struct zv_db *db);

/* About once a second, in one other thread, with a handle for reading: hands a refresh to the writer when one is due. */
void zv_tasks_keeper_tick(struct zv_tasks_keeper *keeper, struct zv_db *db);

#endif
