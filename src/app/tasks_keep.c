/* When the rules are run: never for more than a twentieth of the writer's time. */
#include "app/tasks_keep.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "app/tasks.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"

enum { REST = 20 }; /* times as long as the last refresh took */

struct zv_tasks_keeper {
	struct zv_write write; /* the first member: the piece of work of tick */
	struct zv_writer *writer;
	atomic_bool handed_in;
	_Atomic int64_t next_us; /* not before */
};

struct zv_tasks_keeper *zv_tasks_keeper_new(struct zv_writer *writer)
{
	struct zv_tasks_keeper *keeper = zv_calloc(1, sizeof(*keeper));

	keeper->writer = writer;
	return keeper;
}

void zv_tasks_keeper_free(struct zv_tasks_keeper *keeper)
{
	free(keeper);
}

static bool is_due(struct zv_tasks_keeper *keeper, struct zv_db *db)
{
	struct zv_err err = {0};
	bool stale = false;

	if (zv_tick_us() < atomic_load(&keeper->next_us))
		return false;
	if (zv_tasks_stale(&stale, db, &err) != ZV_OK)
		zv_log_error("tasks", "the tasks are behind: %s", err.text);
	return stale;
}

static enum zv_code refresh(struct zv_tasks_keeper *keeper, struct zv_db *db, struct zv_err *err)
{
	int64_t start = zv_tick_us();
	enum zv_code code = zv_tasks_refresh(db, err);
	int64_t end = zv_tick_us();

	atomic_store(&keeper->next_us, end + (end - start) * REST);
	return code;
}

void zv_tasks_keeper_idle(struct zv_tasks_keeper *keeper, struct zv_db *db)
{
	struct zv_err err = {0};

	if (is_due(keeper, db) && refresh(keeper, db, &err) != ZV_OK)
		zv_log_error("tasks", "the tasks are behind: %s", err.text);
}

static enum zv_code run(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	return refresh((struct zv_tasks_keeper *)write, db, err);
}

static void done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct zv_tasks_keeper *keeper = (struct zv_tasks_keeper *)write;

	if (code != ZV_OK)
		zv_log_error("tasks", "the tasks are behind: %s", err->text);
	atomic_store(&keeper->handed_in, false);
}

void zv_tasks_keeper_tick(struct zv_tasks_keeper *keeper, struct zv_db *db)
{
	if (atomic_load(&keeper->handed_in) || !is_due(keeper, db))
		return;
	keeper->write = (struct zv_write){.run = run, .done = done, .alone = true};
	atomic_store(&keeper->handed_in, true);
	if (!zv_writer_submit(keeper->writer, &keeper->write))
		atomic_store(&keeper->handed_in, false);
}
