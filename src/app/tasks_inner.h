/* Inside the tasks: whose they are, and their sentences. */
#ifndef ZV_APP_TASKS_INNER_H
#define ZV_APP_TASKS_INNER_H

#include "app/tasks.h"
#include "store/task.h"

/* Own tasks, those of the own organisations, and an operator's those of the centre. */
void zv_tasks_owner(struct zv_task_owner *out, const struct zv_who *who);

/* Fills title, href and action of *out (whose other fields are set) from what the row is about, as it is now. */
ZV_MUST_CHECK enum zv_code zv_task_describe(struct zv_task *out, struct zv_db *db, const struct zv_who *who, const struct zv_task_row *row,
					    zv_date as_of, struct zv_arena *arena, struct zv_err *err);

/* True for kinds that a person may close without doing anything else. */
bool zv_task_by_hand(struct zv_str kind);

/* "02.03.2026" or "2026-03-02" in the language of the thread. */
struct zv_str zv_task_date(zv_date date, struct zv_arena *arena);

#endif
