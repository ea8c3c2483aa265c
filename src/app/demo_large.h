/* Beside the demo world: many clusters that have applied, to see the check of all of them in one run. Invented, the same on every machine. */
#ifndef ZV_APP_DEMO_LARGE_H
#define ZV_APP_DEMO_LARGE_H

#include "base/date.h"
#include "base/err.h"

struct zv_db;

enum { ZV_DEMO_LARGE_CLUSTERS = 48, ZV_DEMO_LARGE_PROJECTS = 138 };

/*
 * 48 filed clusters of the twelve centres with 138 joint projects, their members, contracts, deliveries, yearly figures and objects, through the
 * import. Each kind of fault occurs: too few members, a member without a contract, little cooperation, no education, one object, a figure that
 * nobody stated. After zv_demo_fill.
 */
ZV_MUST_CHECK enum zv_code zv_demo_large(struct zv_db *db, zv_date said_on, struct zv_err *err);

#endif
