/*
 * The one thread that writes while a server runs. Whoever wants to write hands in a piece of work; many are done in one
 * transaction, each inside a savepoint of its own, and all are told after the commit is on the disk (security.md, finding 2).
 */
#ifndef ZV_APP_WRITER_H
#define ZV_APP_WRITER_H

#include "base/err.h"

struct zv_db;
struct zv_writer;

/* Embedded at the front of what the caller allocates; lives until `done` was called. */
struct zv_write {
	struct zv_write *next; /* the writer's */
	/*
	 * Does the work on the writer's handle; runs in the writer's thread. Use cases that begin and commit a transaction of their own
	 * get a savepoint. A failure takes back this work alone.
	 */
	enum zv_code (*run)(struct zv_write *write, struct zv_db *db, struct zv_err *err);
	/*
	 * Called once, in the writer's thread, when the work is durable (ZV_OK) or taken back (`err` says why; also when the commit of the whole
	 * group failed after `run` had succeeded).
	 */
	void (*done)(struct zv_write *write, enum zv_code code, const struct zv_err *err);
	bool alone; /* long work: its own transaction, nothing with it */
};

/* Opens the database for writing (ZV_E_BUSY when another process does) and starts the thread. `db_url` must outlive it. */
ZV_MUST_CHECK enum zv_code zv_writer_start(struct zv_writer **out, const char *db_url, struct zv_err *err);

/* Any thread. False when the queue is full (4,096 wait) or the writer is stopping: nothing is called then. */
bool zv_writer_submit(struct zv_writer *writer, struct zv_write *write);

/* Hands in and waits; for threads that may wait (jobs), never the server's own. ZV_E_BUSY when the queue is full. */
ZV_MUST_CHECK enum zv_code zv_writer_wait(struct zv_writer *writer, struct zv_write *write, struct zv_err *err);

/*
 * Work that can wait (the full text): `slice` is called in the writer's thread, on its handle and outside a transaction, while
 * nothing waits. It does some 20 ms of work, or ends as soon as zv_writer_pressed; true: there is more. After false it is asked
 * again when something was written. Set once, before the first piece of work is handed in.
 */
void zv_writer_idle(struct zv_writer *writer, bool (*slice)(void *context, struct zv_db *db), void *context);
bool zv_writer_pressed(struct zv_writer *writer); /* any thread: a piece of work waits, or the writer is to stop */

struct zv_writer_state {
	size_t waiting;
	int64_t busy_us; /* how long the piece of work in hand has been running; 0: idle */
	uint64_t commits, works; /* since the start */
	bool broken;     /* a sync failed: nothing is written any more (security.md, finding 4) */
};
void zv_writer_state(struct zv_writer_state *out, struct zv_writer *writer);

/* Takes nothing new, finishes what was handed in, closes the database. NULL is allowed. */
void zv_writer_stop(struct zv_writer *writer);

#endif
