/* All infrastructure objects that are not closed for good, as the search for a place takes them. */
#ifndef ZV_STORE_INFRA_READ_H
#define ZV_STORE_INFRA_READ_H

#include "base/arena.h"
#include "store/db/db.h"

enum { ZV_INFRA_FIGURES = 5 }; /* land m2, floor m2, power kW, gas m3/h, water m3/day: in this order */

struct zv_infra_row {
	int64_t id;
	struct zv_str uid, name, name_en, region, services;
	int64_t kind, state;
	int64_t figures[ZV_INFRA_FIGURES];            /* -1: not stated, as all below */
	int64_t technological, rail, hazard_class;
	bool placed; /* it has coordinates */
	int64_t lat_micro, lon_micro;
};

/* By id. Texts in `arena`. */
ZV_MUST_CHECK enum zv_code zv_infra_rows(struct zv_infra_row **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

#endif
