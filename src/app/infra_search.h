/*
 * Where a project can stand: what it needs against what zones, parks and centres have free. What nobody has stated is a question to be asked, not a
 * refusal.
 */
#ifndef ZV_APP_INFRA_SEARCH_H
#define ZV_APP_INFRA_SEARCH_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_db;

enum zv_infra_truth { ZV_INFRA_FAIL, ZV_INFRA_UNKNOWN, ZV_INFRA_PASS };
const char *zv_infra_truth_name(enum zv_infra_truth truth); /* "fail", "unknown", "pass" */

enum zv_infra_check_kind {
	ZV_INFRA_STATE, ZV_INFRA_REGION, ZV_INFRA_TECHNOLOGICAL, ZV_INFRA_LAND, ZV_INFRA_FLOOR, ZV_INFRA_POWER, ZV_INFRA_GAS, ZV_INFRA_WATER,
	ZV_INFRA_RAIL, ZV_INFRA_HAZARD, ZV_INFRA_SERVICES, ZV_INFRA_CHECKS
};
const char *zv_infra_check_name(enum zv_infra_check_kind kind);  /* "land_m2": as the column and the parameter */
const char *zv_infra_check_label(enum zv_infra_check_kind kind); /* English msgid */
const char *zv_infra_kind_name(int kind);                        /* "industrial_park" */
const char *zv_infra_state_name(int state);                      /* "acting" */

struct zv_infra_ask {
	struct zv_str project; /* uid or key; empty: none. What is stated below goes before what the project needs */
	struct zv_str region;  /* only there; empty: anywhere */
	struct zv_str near;    /* distances from its centre; empty: from the project's region */
	int64_t land_m2, floor_m2, power_kw, gas_m3h, water_m3d; /* -1: not asked for */
	int rail, hazard_class, technological; /* -1: not asked for */
	struct zv_str services; /* words, parted by commas */
	size_t limit;           /* of the items; 0: 50 */
};
#define ZV_INFRA_ASK_NONE {.land_m2 = -1, .floor_m2 = -1, .power_kw = -1, .gas_m3h = -1, .water_m3d = -1, .rail = -1, .hazard_class = -1, .technological = -1}

struct zv_infra_check {
	enum zv_infra_check_kind kind;
	struct zv_str need, have; /* in the thread's language; an empty `have`: not stated */
	enum zv_infra_truth truth;
};

struct zv_infra_place {
	int64_t id;
	struct zv_str uid, name, region;
	int kind, state, technological; /* -1: not stated */
	enum zv_infra_truth fits;
	int32_t km; /* -1: not known */
	const struct zv_infra_check *checks;
	size_t n_checks;
};

struct zv_infra_found {
	struct zv_str project_uid, project; /* empty: none */
	int64_t n_fits, n_unknown, n_unfit;
	const struct zv_infra_place *places; /* what fits, what must be asked, what does not; near ones first */
	size_t n;
};

/* ZV_E_NOTFOUND for a project that one may not see, ZV_E_INVALID for a region that there is not. O(objects * log). */
ZV_MUST_CHECK enum zv_code zv_infra_search(struct zv_infra_found *out, struct zv_db *db, const struct zv_who *who, const struct zv_infra_ask *ask,
					   struct zv_arena *arena, struct zv_err *err);

#endif
