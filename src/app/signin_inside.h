/* The road that every signin takes: a pool, then the writer. */
#ifndef ZV_APP_SIGNIN_INSIDE_H
#define ZV_APP_SIGNIN_INSIDE_H

#include "app/signin.h"

/* `slow` on the pool, then `work` (NULL: nothing) on the writer, then `done`. */
ZV_MUST_CHECK enum zv_code zv_signin_submit(struct zv_signin *signin, struct zv_pool *pool, enum zv_code (*slow)(struct zv_signin *signin, struct zv_err *err),
					    enum zv_code (*work)(struct zv_signin *signin, struct zv_db *db, struct zv_err *err), struct zv_err *err);

/* signin->work on the writer, then signin->next (NULL: nothing) in its thread, which goes on or fails; else `done`. */
void zv_signin_write(struct zv_signin *signin);

/* A session of signin->account with a row of the trail; on the writer. */
ZV_MUST_CHECK enum zv_code zv_signin_open(struct zv_signin *signin, struct zv_db *db, const char *action, struct zv_err *err);

#endif
