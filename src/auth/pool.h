/*
 * A few threads for slow work that needs no database handle: hashing, a provider's answers. Bounded: what does not fit is refused at once,
 * so that a storm costs neither memory nor anybody else's time.
 */
#ifndef ZV_AUTH_POOL_H
#define ZV_AUTH_POOL_H

#include "base/err.h"

struct zv_pool;

/* Embedded at the front of what the caller allocates; lives until `run` has returned, which may free it. */
struct zv_piece {
	struct zv_piece *next; /* the pool's */
	void (*run)(struct zv_piece *piece);
};

/* `threads` work at once, `waiting` more may queue. `name` (up to 15 characters) is that of the threads. */
ZV_MUST_CHECK enum zv_code zv_pool_start(struct zv_pool **out, const char *name, int threads, int waiting, struct zv_err *err);

/* Any thread. ZV_E_BUSY (503 with Retry-After) when the queue is full or the pool is stopping: `run` is not called then. */
ZV_MUST_CHECK enum zv_code zv_pool_submit(struct zv_pool *pool, struct zv_piece *piece, struct zv_err *err);

/* Takes nothing new, runs what was handed in, ends the threads. NULL is allowed. */
void zv_pool_stop(struct zv_pool *pool);

#endif
