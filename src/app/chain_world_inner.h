/* The rows that a network is made of, as numbers and names. Inside app/chain_world*.c. */
#ifndef ZV_APP_CHAIN_WORLD_INNER_H
#define ZV_APP_CHAIN_WORLD_INNER_H

#include "app/chain_world.h"
#include "base/map.h"
#include "base/vec.h"

/* A row of any of the three registers; what it has not is 0 or empty, stated values only where `has` says so. */
struct zv_chain_row {
	int64_t org_id, item_id, maker_id, with_item_id;
	struct zv_str process; /* as written */
	struct zv_str place;   /* organisation and process folded: the same for all rows of a process */
	struct zv_str uid, key, country, via;
	int64_t dim, base; /* product: out_base; recipe_line: qty_base; line_source: day_base; 0: not stated */
	int64_t day_base, day_kop, stock_days, days, transit_days, share; /* share -1: not stated */
	int kind, state;
};

typedef ZV_VEC(struct zv_chain_row) zv_chain_rows;

struct zv_chain_org {
	struct zv_str name, region, owner;
};

struct zv_chain_rows_all {
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_arena *arena;
	zv_chain_rows products, lines, sources;
	struct zv_map items; /* id to an index in names */
	ZV_VEC(struct zv_str) names;
	struct zv_map orgs;  /* id to an index in org */
	ZV_VEC(struct zv_chain_org) org;
};

/* Ended by done also when it fails. */
ZV_MUST_CHECK enum zv_code zv_chain_rows_load(struct zv_chain_rows_all *all, struct zv_err *err);
void zv_chain_rows_done(struct zv_chain_rows_all *all);

/* Borrowed; the empty text and zeros for 0. */
struct zv_str zv_chain_item_name(const struct zv_chain_rows_all *all, int64_t id);
const struct zv_chain_org *zv_chain_org(const struct zv_chain_rows_all *all, int64_t id);

#endif
