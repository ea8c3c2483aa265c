/*
 * The registers as arrays in memory, loaded once for one computation: what the engines need of needs, offers and what they
 * refer to. Indices instead of ids; -1 where nothing is referred to.
 */
#ifndef ZV_APP_SNAPSHOT_H
#define ZV_APP_SNAPSHOT_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/map.h"
#include "model/price.h"
#include "model/unit.h"

struct zv_db;

struct zv_snap_org {
	int64_t id;
	struct zv_str uid, name, region;
};

struct zv_snap_item {
	int64_t id;
	struct zv_str uid, key, name, name_en, cas, okpd2, hazard, regime;
	enum zv_dim dim;
	int64_t density_mg_l; /* 0: not stated */
	int control;          /* enum zv_control_action */
};

struct zv_snap_need {
	int64_t id;
	int64_t order; /* 0, 1 ...: said earlier comes first, then by key */
	struct zv_str uid, key, title, okpd2, region, requirements;
	int32_t org, item;
	int state;
	enum zv_dim dim;
	int64_t firm_base, extra_base; /* firm 0: no quantity stated */
	bool pure;                     /* stated "as 100 %" */
	struct zv_price ceiling;
	zv_date earliest, due, said_on;
	int32_t urgency;
	bool whole; /* "no" to a delivery in parts; not stated: parts are welcome */
};

struct zv_snap_offer {
	int64_t id;
	struct zv_str uid, key, region, ladder, basis, properties;
	int32_t org, item;
	enum zv_dim dim;
	int64_t fixed_kop; /* -1: not stated */
	struct zv_price price;
	int64_t min_base, step_base, max_base; /* 0: not stated */
	int64_t lead_days;                     /* -1: not stated */
	zv_date valid_until;
};

struct zv_snap_capacity {
	int32_t org, item;
	int32_t quarter;
	enum zv_dim dim;
	int64_t free_base;
	zv_date said_on;
};

struct zv_snap_substitute {
	int32_t item, with;
	int state; /* 3: qualified */
	int64_t days;
};

struct zv_snap_permit {
	int32_t org;
	struct zv_str regime;
	zv_date until; /* ZV_DATE_NONE: no end */
};

struct zv_snap_supply {
	int64_t id;
	int32_t supplier, item;
	struct zv_str okpd2, region, title;
	enum zv_dim dim; /* ZV_DIM_NONE: the contract names no unit */
	int64_t qty_base;
	struct zv_price unit_price;
	zv_date signed_on;
};

struct zv_snapshot {
	struct zv_arena arena; /* all texts and arrays */
	struct zv_snap_org *orgs;
	size_t n_orgs;
	struct zv_snap_item *items; /* by key */
	size_t n_items;
	struct zv_snap_need *needs; /* by order */
	size_t n_needs;
	struct zv_snap_offer *offers; /* by key */
	size_t n_offers;
	struct zv_snap_capacity *capacities; /* by org, item, quarter */
	size_t n_capacities;
	struct zv_snap_substitute *substitutes;
	size_t n_substitutes;
	struct zv_snap_permit *permits;
	size_t n_permits;
	struct zv_snap_supply *supplies;
	size_t n_supplies;
};

/* What is many is loaded only when asked. */
struct zv_snapshot_wish {
	bool supplies;
	struct zv_str need; /* only this need, by uid or key; empty: all */
};

/* The caller frees with done, also after a failure. ZV_E_NOTFOUND and ZV_E_CONFLICT of the need wished for. */
ZV_MUST_CHECK enum zv_code zv_snapshot_load(struct zv_snapshot *out, struct zv_db *db, struct zv_snapshot_wish wish, struct zv_err *err);
void zv_snapshot_done(struct zv_snapshot *snapshot);

/* The name in the thread's language, where there is one. */
struct zv_str zv_snap_item_name(const struct zv_snap_item *item);

/* The statements of one maker on one item: *n of them from the one returned. */
const struct zv_snap_capacity *zv_snapshot_capacities(size_t *n, const struct zv_snapshot *snapshot, int32_t org, int32_t item);

/* True when the organisation holds a permit under the regime that is valid on the day; a regime list is parted by ";". */
bool zv_snapshot_permitted(const struct zv_snapshot *snapshot, int32_t org, struct zv_str regimes, zv_date on);

#endif
