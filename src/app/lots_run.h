/*
 * The use case this system exists for: all open needs of all regions against all offers; which needs together fill a
 * production run, at whose plant, at what price, and why the others do not.
 * Loads a snapshot of the registers, calls engine/lot, and (unless it only looks) stores the run with its links.
 */
#ifndef ZV_APP_LOTS_RUN_H
#define ZV_APP_LOTS_RUN_H

#include "app/lots_proven.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "model/price.h"
#include "model/unit.h"

struct zv_db;
struct zv_lots_kept;
struct zv_lots_result;

struct zv_lots_options {
	zv_date as_of;        /* ZV_DATE_NONE: the date of the database (demo), else today */
	bool keep;            /* store the run; otherwise only look */
	bool proven;          /* makers are the suppliers of proven supply (contracts), needs and makers meet by OKPD2 code */
	struct zv_str size;   /* "190 kg": also how a lot of just this size would look at every offer; empty: no */
	struct zv_str item;   /* only this item: uid, key, CAS or name; empty: all */
	const char *actor;
	/* With `keep`: called instead of storing by `db` (which may then be one for reading), while what is to be stored (app/lots_keep.h) lives. NULL: stored here. */
	enum zv_code (*store)(void *context, struct zv_lots_result *result, struct zv_lots_kept *kept, struct zv_err *err);
	void *context;
};

/* One buyer's part of a lot. */
struct zv_lots_member {
	struct zv_str need, need_uid; /* the centre's key of the need, the public id */
	struct zv_str org, org_uid;
	struct zv_str region; /* ISO code */
	int64_t firm_base, extra_base;
	int64_t cost_kop, freight_kop;
	struct zv_price ceiling; /* {0, 0}: not stated */
	zv_date due;
	bool masked;             /* as somebody sees it who may not see all of the need (app/lots_sight.h): no name, money or key */
};

/* A lot size that is near but does not come about, and what it lacks. */
struct zv_lots_near {
	int64_t qty_base;
	struct zv_price price;
	int64_t reachable_base; /* what the willing could take together, tolerance included; -1: not for the person who asks */
	int64_t lacks_base;     /* 0: the quantity is there */
	int64_t lacks_kop;      /* 0: nobody's ceiling is in the way */
	struct zv_str who;      /* keys of the needs whose ceiling is below the price, parted by ", " */
};

struct zv_lots_curve {
	int64_t qty_base;
	struct zv_price price;
	int64_t willing; /* needs that would pay it; -1: not for the person who asks, and so is willing_base */
	int64_t willing_base;
};

struct zv_lots_lot {
	struct zv_str uid; /* empty when the run was not kept */
	struct zv_str item, item_uid, item_cas;
	struct zv_str maker, maker_uid, maker_region;
	struct zv_str offer, offer_uid;
	enum zv_dim dim;
	int64_t qty_base, firm_base; /* the difference is tolerance */
	struct zv_price price;
	int64_t total_kop;   /* what the maker gets */
	int64_t freight_kop;
	zv_date ready_on;
	bool proved; /* false: the search limit was reached; the lot is good, but a better one is not excluded */
	int n_regions, n_orgs;
	const struct zv_lots_member *members;
	size_t n_members;
	const struct zv_lots_curve *curve;
	size_t n_curve;
	const zv_date *dues; /* what the members ask for, each once: only in lots that were read back (app/view_lots.h) */
	size_t n_dues;
	const struct zv_str *required;
	size_t n_required;
};

/* A need in no lot: the main reason with both values. */
struct zv_lots_miss {
	struct zv_str need, need_uid, org, region, item;
	int64_t firm_base;
	enum zv_dim dim;
	struct zv_str code; /* stable word: "no-offer", "short" ... */
	struct zv_str text; /* a sentence in the thread's language */
};

/* What did not come about for one offer: shown when it got no lot. */
struct zv_lots_unfilled {
	struct zv_str item, maker, offer;
	struct zv_str item_uid, maker_uid;
	enum zv_dim dim;
	bool has_below, has_above;
	struct zv_lots_near below, above;
};

struct zv_lots_sum {
	int64_t needs;
	int64_t kop;         /* at the ceiling-free price of the lot: what the makers get */
	int64_t base[8 + 1]; /* by dimension: firm and tolerance */
	int64_t firm[8 + 1];
};

struct zv_lots_result {
	struct zv_str run_uid;
	zv_date as_of;
	struct zv_str digest; /* of the snapshot and the result: the same input gives the same */
	struct zv_lots_lot *lots;
	size_t n_lots;
	struct zv_lots_unfilled *unfilled;
	size_t n_unfilled;
	struct zv_lots_unfilled *asked; /* for options.size: `above` is the lot of that size */
	size_t n_asked;
	struct zv_lots_miss *misses;
	size_t n_misses;
	struct zv_lots_sum all, alone, pooled;
	struct zv_lots_proven proven; /* only with options.proven */
};

/* Everything in *out lives in `arena`. */
ZV_MUST_CHECK enum zv_code zv_lots_run(struct zv_lots_result *out, struct zv_db *db, const struct zv_lots_options *options,
				       struct zv_arena *arena, struct zv_err *err);

/* The date on which everything is seen: `asked` when stated, else the setting as_of of the database, else today. */
ZV_MUST_CHECK enum zv_code zv_as_of(zv_date *out, struct zv_db *db, zv_date asked, struct zv_err *err);

#endif
