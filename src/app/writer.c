/* The writer's thread: gathers what waits into one transaction, commits once, tells everybody. docs/design/store.md. */
#include "app/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/database.h"
#include "base/base.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/rng.h"
#include "store/audit.h"

enum {
	WAITING_MAX = 4096,
	GROUP_MAX = 256,
	GROUP_US = 20 * 1000, /* nobody waits much longer for others than for the disk */
	QUIET_US = 30 * 1000,   /* what can wait begins when nobody has come for so long */
	HUNGRY_US = 1000 * 1000, /* or when it has waited for so long itself */
	RETRY_MIN_MS = 100,
	RETRY_MAX_MS = 10 * 1000
};

struct work {
	struct zv_write *write;
	enum zv_code code;
	struct zv_err err;
};

struct zv_writer {
	const char *url;
	pthread_t thread;
	pthread_mutex_t lock; /* of all down to `slice` */
	pthread_cond_t wake;
	struct zv_write *first;
	struct zv_write **last;
	size_t waiting;
	int64_t since_us; /* since when the piece of work in hand is being done; 0: none */
	uint64_t commits, works;
	bool stopping, broken;
	bool (*slice)(void *context, struct zv_db *db);
	void *slice_context;
	/* The thread's own. */
	struct zv_db *db; /* NULL: lost, to be opened again */
	bool slice_due;
	int64_t worked_us, sliced_us; /* when the last piece and the last slice were done */
	int64_t retry_us;
	int failures;
	struct zv_err down; /* why it is lost */
	size_t n;
	struct work group[GROUP_MAX];
};

static int64_t now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* --- the queue ----------------------------------------------------------------------------------------------------- */

bool zv_writer_submit(struct zv_writer *writer, struct zv_write *write)
{
	bool taken;

	write->next = NULL;
	(void)pthread_mutex_lock(&writer->lock);
	taken = !writer->stopping && writer->waiting < WAITING_MAX;
	if (taken) {
		*writer->last = write;
		writer->last = &write->next;
		writer->waiting++;
		(void)pthread_cond_signal(&writer->wake);
	}
	(void)pthread_mutex_unlock(&writer->lock);
	return taken;
}

/* The next piece for a group of `have`; NULL when none waits or the next one wants to be alone. */
static struct zv_write *take(struct zv_writer *writer, size_t have)
{
	struct zv_write *write;

	(void)pthread_mutex_lock(&writer->lock);
	write = writer->first;
	if (write != NULL && write->alone && have > 0)
		write = NULL;
	if (write != NULL) {
		writer->first = write->next;
		if (writer->first == NULL)
			writer->last = &writer->first;
		writer->waiting--;
		writer->since_us = now_us();
	}
	(void)pthread_mutex_unlock(&writer->lock);
	return write;
}

enum next { NEXT_WORK, NEXT_SLICE, NEXT_END };

static bool may_slice(const struct zv_writer *writer)
{
	return writer->slice != NULL && writer->slice_due && writer->db != NULL && !writer->broken;
}

/* Clients that write one after another come back within a moment: a slice that began at once would stand in their way each time. */
static bool slice_now(const struct zv_writer *writer)
{
	int64_t now = now_us();

	return may_slice(writer) && (now - writer->worked_us >= QUIET_US || now - writer->sliced_us >= HUNGRY_US);
}

static void wait_a_moment(struct zv_writer *writer)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += QUIET_US * 1000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	(void)pthread_cond_timedwait(&writer->wake, &writer->lock, &until);
}

static enum next wait_for_next(struct zv_writer *writer)
{
	enum next next;

	(void)pthread_mutex_lock(&writer->lock);
	if (writer->since_us != 0)
		writer->worked_us = now_us();
	writer->since_us = 0;
	while (writer->first == NULL && !writer->stopping && !slice_now(writer)) {
		if (may_slice(writer))
			wait_a_moment(writer);
		else
			(void)pthread_cond_wait(&writer->wake, &writer->lock);
	}
	next = writer->first != NULL ? NEXT_WORK : writer->stopping ? NEXT_END : NEXT_SLICE;
	(void)pthread_mutex_unlock(&writer->lock);
	return next;
}

/* --- the database -------------------------------------------------------------------------------------------------- */

/* Twice as long after each failure, and never at the same moment as other servers. */
static void put_off(struct zv_writer *writer)
{
	int64_t ms = RETRY_MIN_MS;
	uint32_t random;

	for (int i = 0; i < writer->failures && ms < RETRY_MAX_MS; i++)
		ms *= 2;
	ms = ms < RETRY_MAX_MS ? ms : RETRY_MAX_MS;
	zv_random_bytes(&random, sizeof(random));
	writer->retry_us = now_us() + ms * 500 + (int64_t)(random % (uint32_t)(ms * 500));
	writer->failures++;
}

/* A server that was lost is looked for again; a disk that failed is not trusted again (security.md, finding 4). */
static void note_failure(struct zv_writer *writer, const struct zv_err *err)
{
	bool broken = zv_db_broken(writer->db);

	if (broken) {
		(void)pthread_mutex_lock(&writer->lock);
		if (!writer->broken)
			zv_log_error("writer", "nothing more is written: %s", err->text);
		writer->broken = true;
		(void)pthread_mutex_unlock(&writer->lock);
	} else if (!zv_db_alive(writer->db)) {
		zv_log_error("writer", "the database is lost: %s", err->text);
		writer->down = *err;
		zv_database_close(writer->db);
		writer->db = NULL;
		writer->failures = 0;
		put_off(writer);
	}
}

static enum zv_code open_again(struct zv_writer *writer, struct zv_err *err)
{
	if (writer->db != NULL)
		return ZV_OK;
	if (now_us() >= writer->retry_us) {
		if (zv_database_open(&writer->db, writer->url, ZV_DATABASE_WRITE, &writer->down) == ZV_OK) {
			zv_log_info("writer", "the database is back");
			return ZV_OK;
		}
		put_off(writer);
	}
	*err = writer->down;
	return ZV_E_IO;
}

/* --- a group ------------------------------------------------------------------------------------------------------- */

/* What the piece left open is its own mistake; the others must not be caught in it. */
static enum zv_code close_what_is_open(struct zv_db *db, int depth, enum zv_code code, struct zv_err *err)
{
	if (zv_db_depth(db) > depth && code == ZV_OK)
		code = zv_fail(err, ZV_E_BUG, "", N_("A piece of work has left its transaction open; it was taken back."));
	while (zv_db_depth(db) > depth)
		zv_db_rollback(db);
	return code;
}

static enum zv_code run_one(struct zv_writer *writer, struct zv_write *write, struct zv_err *err)
{
	struct zv_db *db = writer->db;
	int depth = zv_db_depth(db);
	enum zv_code code = write->alone ? ZV_OK : zv_db_begin(db, err);

	zv_audit_context(db, NULL);
	if (code != ZV_OK)
		return code;
	code = write->run(write, db, err);
	if (write->alone)
		return close_what_is_open(db, depth, code, err);
	code = close_what_is_open(db, depth + 1, code, err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

static struct work *add(struct zv_writer *writer, struct zv_write *write)
{
	struct work *work = &writer->group[writer->n++];

	work->write = write;
	work->code = ZV_OK;
	work->err.code = ZV_OK;
	work->err.text[0] = '\0';
	return work;
}

/* True: another one may come into the group. */
static bool do_one(struct zv_writer *writer, struct zv_write *write)
{
	struct work *work = add(writer, write);

	work->code = run_one(writer, write, &work->err);
	return !write->alone && writer->n < GROUP_MAX && !zv_db_lost(writer->db) && !zv_db_broken(writer->db);
}

/* What one piece of work lost is lost for all of its group: they are told its reason. */
static void fail_all(struct zv_writer *writer, enum zv_code code, const struct zv_err *err)
{
	for (size_t i = 0; i < writer->n; i++) {
		if (writer->group[i].code != ZV_OK)
			continue;
		writer->group[i].code = code;
		writer->group[i].err = *err;
	}
}

static void end_group(struct zv_writer *writer)
{
	const struct work *last = &writer->group[writer->n - 1];
	bool lost = zv_db_lost(writer->db) || zv_db_broken(writer->db) || (last->write->alone && last->code != ZV_OK);
	struct zv_err err = last->err;
	enum zv_code code = last->code;

	if (lost)
		zv_db_group_rollback(writer->db);
	else
		code = zv_db_group_commit(writer->db, &err);
	if (code != ZV_OK) {
		fail_all(writer, code, &err);
		note_failure(writer, &err);
	} else {
		(void)pthread_mutex_lock(&writer->lock);
		writer->commits++;
		writer->works += writer->n;
		(void)pthread_mutex_unlock(&writer->lock);
		writer->slice_due = true;
	}
}

static void tell_all(struct zv_writer *writer)
{
	for (size_t i = 0; i < writer->n; i++)
		writer->group[i].write->done(writer->group[i].write, writer->group[i].code, &writer->group[i].err);
}

/* Large imports ask for it; nobody waits for it. */
static void settle(struct zv_writer *writer)
{
	struct zv_err err;

	if (writer->db != NULL && zv_db_settle_due(writer->db, &err) != ZV_OK)
		zv_log_error("writer", "%s", err.text);
}

static void run_group(struct zv_writer *writer)
{
	int64_t start = now_us();
	struct zv_write *write = take(writer, 0);
	struct zv_err err = {0};
	enum zv_code code = open_again(writer, &err);

	writer->n = 0;
	if (code == ZV_OK) {
		code = zv_db_group_begin(writer->db, &err);
		if (code != ZV_OK)
			note_failure(writer, &err);
	}
	if (code != ZV_OK) {
		(void)add(writer, write);
		fail_all(writer, code, &err);
	} else {
		while (do_one(writer, write) && now_us() - start < GROUP_US && (write = take(writer, writer->n)) != NULL)
			;
		end_group(writer);
	}
	tell_all(writer);
	settle(writer);
}

static void *run(void *context)
{
	struct zv_writer *writer = context;
	enum next next;

	while ((next = wait_for_next(writer)) != NEXT_END) {
		if (next == NEXT_WORK) {
			run_group(writer);
			continue;
		}
		writer->slice_due = writer->slice(writer->slice_context, writer->db);
		writer->sliced_us = now_us();
	}
	return NULL;
}

/* --- from outside -------------------------------------------------------------------------------------------------- */

enum zv_code zv_writer_start(struct zv_writer **out, const char *db_url, struct zv_err *err)
{
	struct zv_writer *writer = zv_calloc(1, sizeof(*writer));
	enum zv_code code = zv_database_open(&writer->db, db_url, ZV_DATABASE_WRITE, err);

	writer->url = db_url;
	writer->last = &writer->first;
	writer->slice_due = true;
	(void)pthread_mutex_init(&writer->lock, NULL);
	(void)pthread_cond_init(&writer->wake, NULL);
	if (code == ZV_OK && pthread_create(&writer->thread, NULL, run, writer) != 0)
		code = zv_fail(err, ZV_E_LIMIT, "", N_("The system gives no more threads."));
	if (code != ZV_OK) {
		zv_database_close(writer->db);
		free(writer);
		return code;
	}
	*out = writer;
	return ZV_OK;
}

struct waiter {
	struct zv_write write;
	struct zv_write *inner;
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool done;
	enum zv_code code;
	struct zv_err err;
};

static enum zv_code run_inner(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct waiter *waiter = (struct waiter *)write;

	return waiter->inner->run(waiter->inner, db, err);
}

static void tell_waiter(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct waiter *waiter = (struct waiter *)write;

	(void)pthread_mutex_lock(&waiter->lock);
	waiter->done = true;
	waiter->code = code;
	waiter->err = *err;
	(void)pthread_cond_signal(&waiter->told);
	(void)pthread_mutex_unlock(&waiter->lock);
}

enum zv_code zv_writer_wait(struct zv_writer *writer, struct zv_write *write, struct zv_err *err)
{
	struct waiter waiter = {.write = {.run = run_inner, .done = tell_waiter, .alone = write->alone}, .inner = write};

	(void)pthread_mutex_init(&waiter.lock, NULL);
	(void)pthread_cond_init(&waiter.told, NULL);
	if (!zv_writer_submit(writer, &waiter.write)) {
		waiter.code = zv_fail(err, ZV_E_BUSY, "", N_("Too much waits to be written. Try again in a moment."));
	} else {
		(void)pthread_mutex_lock(&waiter.lock);
		while (!waiter.done)
			(void)pthread_cond_wait(&waiter.told, &waiter.lock);
		(void)pthread_mutex_unlock(&waiter.lock);
		if (err != NULL && waiter.code != ZV_OK)
			*err = waiter.err;
	}
	(void)pthread_cond_destroy(&waiter.told);
	(void)pthread_mutex_destroy(&waiter.lock);
	return waiter.code;
}

void zv_writer_idle(struct zv_writer *writer, bool (*slice)(void *context, struct zv_db *db), void *context)
{
	(void)pthread_mutex_lock(&writer->lock);
	writer->slice = slice;
	writer->slice_context = context;
	(void)pthread_cond_signal(&writer->wake);
	(void)pthread_mutex_unlock(&writer->lock);
}

bool zv_writer_pressed(struct zv_writer *writer)
{
	bool pressed;

	(void)pthread_mutex_lock(&writer->lock);
	pressed = writer->first != NULL || writer->stopping;
	(void)pthread_mutex_unlock(&writer->lock);
	return pressed;
}

void zv_writer_state(struct zv_writer_state *out, struct zv_writer *writer)
{
	(void)pthread_mutex_lock(&writer->lock);
	*out = (struct zv_writer_state){
		.waiting = writer->waiting,
		.busy_us = writer->since_us == 0 ? 0 : now_us() - writer->since_us,
		.commits = writer->commits,
		.works = writer->works,
		.broken = writer->broken,
	};
	(void)pthread_mutex_unlock(&writer->lock);
}

void zv_writer_stop(struct zv_writer *writer)
{
	if (writer == NULL)
		return;
	(void)pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	(void)pthread_cond_signal(&writer->wake);
	(void)pthread_mutex_unlock(&writer->lock);
	(void)pthread_join(writer->thread, NULL);
	zv_database_close(writer->db);
	(void)pthread_cond_destroy(&writer->wake);
	(void)pthread_mutex_destroy(&writer->lock);
	free(writer);
}

