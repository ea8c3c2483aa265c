/* A thread that looks once a minute whether the hour has come. */
#include "app/plan_keeper.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/database.h"
#include "app/plan_keep.h"
#include "app/plan_run.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/tr.h"

enum { LOOK_EVERY_S = 60 };

struct zv_plan_keeper {
	const char *db_url;
	struct zv_writer *writer;
	int64_t hour;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	int last_day; /* of the year, on which it was done; -1: not yet */
};

/* --- one night ------------------------------------------------------------------------------------------------------------------- */

struct night {
	struct zv_write write; /* the first member */
	struct zv_writer *writer;
	struct zv_plan_kept *kept;
	struct zv_arena arena;
	bool (*stop)(void *context);
	void *context;
};

static enum zv_code store(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct night *night = (struct night *)write;

	return zv_plan_keep(night->kept, db, &night->arena, err);
}

static enum zv_code hand_in(void *context, struct zv_plan_kept *kept, struct zv_err *err)
{
	struct night *night = context;

	night->kept = kept;
	return zv_writer_wait(night->writer, &night->write, err);
}

static bool stopped(void *context)
{
	const struct night *night = context;

	return night->stop != NULL && night->stop(night->context);
}

enum zv_code zv_plan_nightly(bool *made, struct zv_db *db, struct zv_writer *writer, bool (*stop)(void *context), void *context, struct zv_err *err)
{
	struct night night = {.write = {.run = store, .alone = true}, .writer = writer, .stop = stop, .context = context};
	struct zv_plan_run_options options = {
		.as_of = ZV_DATE_NONE, .nightly = true, .only_new = true, .actor = "server", .store = hand_in, .stop = stopped, .context = &night};
	struct zv_plan_row latest, plan;
	bool found;
	enum zv_code code;

	*made = false;
	zv_arena_init(&night.arena);
	code = zv_plan_latest(&found, &latest, db, 0, &night.arena, err);
	if (code == ZV_OK && found) {
		options.from = latest.uid;
		options.strict = latest.strict;
		code = zv_plan_run(&plan, db, &options, &night.arena, err);
		*made = code == ZV_OK && plan.uid.n > 0;
	}
	zv_arena_done(&night.arena);
	return code;
}

/* --- the thread --------------------------------------------------------------------------------------------------------------------- */

static bool is_stopping(void *of)
{
	struct zv_plan_keeper *keeper = of;
	bool stopping;

	pthread_mutex_lock(&keeper->lock);
	stopping = keeper->stopping;
	pthread_mutex_unlock(&keeper->lock);
	return stopping;
}

/* False: the keeper stops. */
static bool pause_minute(struct zv_plan_keeper *keeper)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += LOOK_EVERY_S;
	pthread_mutex_lock(&keeper->lock);
	while (!keeper->stopping && pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until) == 0)
		;
	pthread_mutex_unlock(&keeper->lock);
	return !is_stopping(keeper);
}

static bool hour_has_come(struct zv_plan_keeper *keeper)
{
	time_t now = time(NULL);
	struct tm tm;

	if (localtime_r(&now, &tm) == NULL || tm.tm_hour != (int)keeper->hour || tm.tm_yday == keeper->last_day)
		return false;
	keeper->last_day = tm.tm_yday;
	return true;
}

static void do_night(struct zv_plan_keeper *keeper)
{
	struct zv_err err = {0};
	struct zv_db *db;
	bool made;
	enum zv_code code = zv_database_open(&db, keeper->db_url, ZV_DATABASE_READ, &err);

	if (code == ZV_OK) {
		code = zv_plan_nightly(&made, db, keeper->writer, is_stopping, keeper, &err);
		zv_database_close(db);
	}
	if (code != ZV_OK && !is_stopping(keeper))
		zv_log_error("plan", "there is no new plan tonight: %s", err.text);
	(void)malloc_trim(0);
}

static void *run(void *of)
{
	struct zv_plan_keeper *keeper = of;

	zv_tr_set_lang("ru"); /* what nobody asked for is kept in the language of the registers */
	while (pause_minute(keeper))
		if (hour_has_come(keeper))
			do_night(keeper);
	return NULL;
}

enum zv_code zv_plan_keeper_start(struct zv_plan_keeper **out, const char *db_url, struct zv_writer *writer, int64_t hour, struct zv_err *err)
{
	struct zv_plan_keeper *keeper;
	int failed;

	*out = NULL;
	if (hour < 0)
		return ZV_OK;
	keeper = zv_calloc(1, sizeof(*keeper));
	keeper->db_url = db_url;
	keeper->writer = writer;
	keeper->hour = hour;
	keeper->last_day = -1;
	(void)pthread_mutex_init(&keeper->lock, NULL);
	(void)pthread_cond_init(&keeper->wake, NULL);
	failed = pthread_create(&keeper->thread, NULL, run, keeper);
	if (failed != 0) {
		free(keeper);
		return zv_fail(err, ZV_E_LIMIT, "", N_("A thread could not be started: %s."), strerror(failed));
	}
	*out = keeper;
	return ZV_OK;
}

void zv_plan_keeper_stop(struct zv_plan_keeper *keeper)
{
	if (keeper == NULL)
		return;
	pthread_mutex_lock(&keeper->lock);
	keeper->stopping = true;
	(void)pthread_cond_signal(&keeper->wake);
	pthread_mutex_unlock(&keeper->lock);
	(void)pthread_join(keeper->thread, NULL);
	(void)pthread_cond_destroy(&keeper->wake);
	(void)pthread_mutex_destroy(&keeper->lock);
	free(keeper);
}
