/* Inside the demo world: its people, and what they have begun. */
#ifndef ZV_APP_DEMO_PEOPLE_H
#define ZV_APP_DEMO_PEOPLE_H

#include "base/date.h"
#include "base/err.h"

struct zv_db;

/* Accounts of data/demo/accounts.csv; all have one password. */
ZV_MUST_CHECK enum zv_code zv_demo_people(struct zv_db *db, struct zv_err *err);

/* Lots, a scouting round of another centre, a decision that waits for a second person, a task: done by these people through the use cases. */
ZV_MUST_CHECK enum zv_code zv_demo_begin(struct zv_db *db, zv_date as_of, struct zv_err *err);

#endif
