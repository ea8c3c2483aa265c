/* One transaction around use cases that have transactions of their own: all of it happens, or nothing. */
#ifndef ZV_APP_WHOLE_H
#define ZV_APP_WHOLE_H

#include "store/db/db.h"

struct zv_whole {
	bool group; /* this is the outermost one */
};

ZV_MUST_CHECK enum zv_code zv_whole_begin(struct zv_whole *whole, struct zv_db *db, struct zv_err *err);

/* Commits when `code` is ZV_OK, takes everything back otherwise; the code of the whole. */
ZV_MUST_CHECK enum zv_code zv_whole_end(struct zv_whole *whole, struct zv_db *db, enum zv_code code, struct zv_err *err);

#endif
