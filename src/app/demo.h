/* The demo world: invented organisations on impossible INN prefixes, as of 2026-03-02, made through the same import as real files. */
#ifndef ZV_APP_DEMO_H
#define ZV_APP_DEMO_H

#include "base/err.h"
#include "base/str.h"

struct zv_db;

/* Fills an empty database. ZV_E_CONFLICT when it holds organisations already. */
ZV_MUST_CHECK enum zv_code zv_demo_fill(struct zv_db *db, struct zv_err *err);

#endif
