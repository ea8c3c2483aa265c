/* A thread that looks once a second whether lots are to be computed anew. */
#include "app/lots_keeper.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/database.h"
#include "app/lots_keep.h"
#include "app/tasks.h"
#include "app/view_record.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"

enum { REST = 20 };

static const char actor[] = "server";

struct zv_lots_keeper {
	const char *db_url;
	struct zv_db *db; /* the thread's; NULL after a failure of the database, until it is there again */
	struct zv_writer *writer;
	int64_t every_us;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	uint64_t seen;   /* the stamp of the registers at the last computation */
	int64_t next_us; /* not before */
};

/* What the writer is handed. */
struct storing {
	struct zv_write write; /* the first member */
	struct zv_lots_result *result;
	struct zv_lots_kept *kept;
	struct zv_arena arena;
};

static enum zv_code store(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct storing *storing = (struct storing *)write;
	enum zv_code code = zv_lots_keep(storing->result, db, storing->kept, actor, &storing->arena, err);

	return code == ZV_OK ? zv_tasks_refresh(db, err) : code;
}

/* The digest is of the snapshot and the result: the same one says the same. */
static enum zv_code hand_in(void *context, struct zv_lots_result *result, struct zv_lots_kept *kept, struct zv_err *err)
{
	struct zv_lots_keeper *keeper = context;
	struct storing storing = {.write = {.run = store, .alone = true}, .result = result, .kept = kept};
	enum zv_code code;

	zv_arena_init(&storing.arena);
	code = zv_writer_wait(keeper->writer, &storing.write, err);
	zv_arena_done(&storing.arena);
	return code;
}

static enum zv_code latest(struct zv_lot_run_row *out, bool *any, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_lot_run_latest(out, db, arena, err);

	*any = code == ZV_OK;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

static enum zv_code compute(struct zv_lots_keeper *keeper, struct zv_db *db, const struct zv_lot_run_row *before, struct zv_arena *arena,
			    struct zv_err *err)
{
	struct zv_lots_options look = {.as_of = ZV_DATE_NONE};
	struct zv_lots_options keep = {.as_of = ZV_DATE_NONE, .keep = true, .store = hand_in, .context = keeper};
	struct zv_lots_result result;
	enum zv_code code;

	if (before == NULL)
		return zv_lots_run(&result, db, &keep, arena, err);
	code = zv_lots_run(&result, db, &look, arena, err);
	return code != ZV_OK || zv_str_eq(result.digest, before->digest) ? code : zv_lots_run(&result, db, &keep, arena, err);
}

/* One look: nothing to do costs two reads. */
static enum zv_code look(struct zv_lots_keeper *keeper, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *needs = zv_register_find("need");
	struct zv_lot_run_row before;
	int64_t now = zv_tick_us(), n = 0;
	uint64_t stamp = 0;
	bool any = false;
	enum zv_code code = zv_view_stamp(&stamp, db, err);

	if (code == ZV_OK)
		code = latest(&before, &any, db, arena, err);
	if (code != ZV_OK || stamp == keeper->seen || (any && now < keeper->next_us))
		return code;
	code = zv_record_count(&n, db, needs, err);
	if (code == ZV_OK && n > 0)
		code = compute(keeper, db, any ? &before : NULL, arena, err);
	if (code == ZV_OK)
		keeper->seen = stamp; /* what came meanwhile is looked at next time, and so is our own batch, which changes nothing */
	keeper->next_us = zv_tick_us() + (zv_tick_us() - now) * REST;
	if (keeper->next_us < now + keeper->every_us)
		keeper->next_us = now + keeper->every_us;
	return code;
}

/* False: the keeper stops. */
static bool pause_second(struct zv_lots_keeper *keeper)
{
	struct timespec until;
	bool stopping;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&keeper->lock);
	if (!keeper->stopping)
		(void)pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until);
	stopping = keeper->stopping;
	pthread_mutex_unlock(&keeper->lock);
	return !stopping;
}

static void *run(void *of)
{
	struct zv_lots_keeper *keeper = of;
	struct zv_arena arena;

	zv_arena_init(&arena);
	while (pause_second(keeper)) {
		struct zv_err err = {0};
		int64_t next_us = keeper->next_us;
		enum zv_code code = keeper->db != NULL ? ZV_OK : zv_database_open(&keeper->db, keeper->db_url, ZV_DATABASE_READ, &err);

		if (code == ZV_OK)
			code = look(keeper, keeper->db, &arena, &err);
		if (code != ZV_OK && code != ZV_E_BUSY)
			zv_log_error("lots", "the lots are behind: %s", err.text);
		if (code == ZV_E_IO) {
			zv_database_close(keeper->db);
			keeper->db = NULL;
		}
		zv_arena_done(&arena);
		zv_arena_init(&arena);
		if (keeper->next_us != next_us) /* a hundred megabytes are wanted again in an hour */
			(void)malloc_trim(0);
	}
	zv_arena_done(&arena);
	return NULL;
}

enum zv_code zv_lots_keeper_start(struct zv_lots_keeper **out, const char *db_url, struct zv_writer *writer, int64_t every_s, struct zv_err *err)
{
	struct zv_lots_keeper *keeper = zv_calloc(1, sizeof(*keeper));
	enum zv_code code = zv_database_open(&keeper->db, db_url, ZV_DATABASE_READ, err);
	int failed;

	if (code != ZV_OK) {
		free(keeper);
		return code;
	}
	keeper->db_url = db_url;
	keeper->writer = writer;
	keeper->every_us = every_s * 1000000;
	keeper->next_us = zv_tick_us() + keeper->every_us; /* lots that are kept serve for a while; without any it is at once */
	(void)pthread_mutex_init(&keeper->lock, NULL);
	(void)pthread_cond_init(&keeper->wake, NULL);
	failed = pthread_create(&keeper->thread, NULL, run, keeper);
	if (failed != 0) {
		zv_database_close(keeper->db);
		free(keeper);
		return zv_fail(err, ZV_E_LIMIT, "", N_("A thread could not be started: %s."), strerror(failed));
	}
	*out = keeper;
	return ZV_OK;
}

void zv_lots_keeper_stop(struct zv_lots_keeper *keeper)
{
	if (keeper == NULL)
		return;
	pthread_mutex_lock(&keeper->lock);
	keeper->stopping = true;
	(void)pthread_cond_signal(&keeper->wake);
	pthread_mutex_unlock(&keeper->lock);
	(void)pthread_join(keeper->thread, NULL);
	zv_database_close(keeper->db);
	(void)pthread_cond_destroy(&keeper->wake);
	(void)pthread_mutex_destroy(&keeper->lock);
	free(keeper);
}
