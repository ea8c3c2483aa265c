/*
 * Demand as the public sees it (features I1-I3): figures of several buyers together, never of one, by item. What is shown is what was published:
 * a publication follows the registers only by steps that nobody can take apart (docs/design/disclosure.md).
 */
#ifndef ZV_APP_DEMAND_H
#define ZV_APP_DEMAND_H

#include "app/sight.h"
#include "model/price.h"
#include "model/region.h"
#include "model/unit.h"

/* --- publishing --------------------------------------------------------------------------------------------------------------- */

struct zv_demand_published {
	int64_t items;   /* items with demand */
	int64_t shown;   /* of them with figures */
	int64_t changed; /* whose publication is another one now */
	int64_t held;    /* whose figures stay as they were, since the change would show one buyer's part */
};

/* Brings all publications up to the registers as far as the rule allows. In a transaction of its own or a savepoint of the caller's. */
ZV_MUST_CHECK enum zv_code zv_demand_publish(struct zv_demand_published *out, struct zv_db *db, struct zv_err *err);

/* Another text after every publication that looked at the registers anew; in the arena. */
ZV_MUST_CHECK enum zv_code zv_demand_version(struct zv_str *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* Whether the registers have changed since the last publication. Cheap. */
ZV_MUST_CHECK enum zv_code zv_demand_stale(bool *out, struct zv_db *db, struct zv_err *err);

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

enum zv_demand_state {
	ZV_DEMAND_FEW = 1,  /* fewer buyers than the rule asks for, or none at all: one cannot tell which */
	ZV_DEMAND_BAND = 2, /* one buyer has too large a part: the volume is a band */
	ZV_DEMAND_SHOWN = 3
};

struct zv_demand_point {
	int64_t qty_base;
	struct zv_price price; /* the maker's, without freight */
};

/* A region, or a federal district where no region alone has buyers enough. */
struct zv_demand_place {
	struct zv_str code, name;
	bool district;
	int64_t buyers;
};

enum { ZV_DEMAND_POINTS = 4 };

struct zv_demand {
	int64_t item_id;
	struct zv_str uid, name, cas, okpd2;
	enum zv_demand_state state;
	enum zv_dim dim;
	zv_date as_of;
	int64_t buyers, regions;
	int64_t declared_base, confirmed_base, possible_base; /* firm of all, firm of the confirmed, tolerance of all; -1: not shown */
	int64_t low_base, high_base;                          /* the band; 0: none */
	int64_t threshold_base;                               /* smallest lot of a maker that fits; 0: none is known */
	bool reached;                                         /* what is confirmed fills it, tolerance included */
	int64_t reached_percent;                              /* confirmed of the threshold; -1: not shown */
	struct zv_demand_point curve[ZV_DEMAND_POINTS];
	size_t n_curve;
	const struct zv_demand_place *places;
	size_t n_places;
};

struct zv_demand_query {
	struct zv_str words;     /* over the catalogue of items; then items without figures are found too */
	struct zv_str region;    /* code: only demand that is shown there */
	int64_t reached_percent; /* at least so much confirmed; 0: any */
	size_t from, limit;
};

/* Most buyers first. *total is how many fit. Everything lives in the arena. */
ZV_MUST_CHECK enum zv_code zv_demand_list(struct zv_demand **out, size_t *n, size_t *total, struct zv_db *db, const struct zv_demand_query *query,
					  struct zv_arena *arena, struct zv_err *err);

/* Any item of the catalogue; one without demand reads as one with too few buyers. ZV_E_NOTFOUND when there is no such item. */
ZV_MUST_CHECK enum zv_code zv_demand_item(struct zv_demand *out, struct zv_db *db, struct zv_str item_uid, struct zv_arena *arena, struct zv_err *err);

/* The sentence of the card, in the thread's language: "5 buyers, 5 regions, 170 kg confirmed (+30 kg possible), ...". In the arena. */
struct zv_str zv_demand_text(const struct zv_demand *demand, const struct zv_disclosure_rule *rule, struct zv_arena *arena);

const char *zv_demand_state_name(enum zv_demand_state state); /* "few", "band", "shown" */

/* Appends the rows as CSV (RFC 4180, with a byte order mark): quantities in base units, what is not shown empty. */
void zv_demand_csv(struct zv_buf *buf, const struct zv_demand *rows, size_t n, const struct zv_disclosure_rule *rule, struct zv_arena *arena);

/* --- by region ------------------------------------------------------------------------------------------------------------------ */

struct zv_demand_region {
	struct zv_str code, name;
	struct zv_str district, district_name;
	int64_t needs, makers;  /* -1: not shown */
	int64_t uncovered_base; /* mg of open needs in no lot; -1: not shown */
};

/* All regions of the table, then the federal districts (`code` of the district, `district` empty) with what their regions do not show alone. */
ZV_MUST_CHECK enum zv_code zv_demand_regions(struct zv_demand_region **out, size_t *n, struct zv_db *db, const struct zv_who *who,
					     struct zv_arena *arena, struct zv_err *err);

#endif
