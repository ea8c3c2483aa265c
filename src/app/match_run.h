/* One need against all offers: who can, on which day, at what landed price; who cannot, and what would make it possible. */
#ifndef ZV_APP_MATCH_RUN_H
#define ZV_APP_MATCH_RUN_H

#include "auth/who.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "model/price.h"
#include "model/unit.h"

struct zv_db;

enum zv_verdict { ZV_VERDICT_FAIL = -1, ZV_VERDICT_ASK = 0, ZV_VERDICT_PASS = 1 };

/* "fail", "ask", "pass": stable words. */
const char *zv_verdict_name(enum zv_verdict verdict);

struct zv_match_line {
	const char *condition; /* stable word: "identity", "permit", "unit", "requirement", "validity", "lead", "quantity", "minimum", "price", "fresh" */
	const char *state;     /* stable word: "pass", "note", "soft", "unknown", "fail" */
	enum zv_verdict verdict;
	struct zv_str text; /* both values: "purity 98.0 < 99.0" */
	bool has_gap;       /* the next of the maker's gaps is of this line */
};

struct zv_match_maker {
	struct zv_str org, org_uid, region;
	struct zv_str offer, offer_uid, item;
	enum zv_verdict verdict; /* the worst of the lines: ASK when only unknowns stand in the way */
	int distance;                  /* 0: the same substance or item */
	bool landed_known;
	struct zv_price landed;        /* unit price and freight */
	int64_t feasible_base;         /* by the date; -1: not known */
	int64_t lot_base;              /* the smallest lot that can hold the need; 0: none */
	zv_date ready_on;              /* ZV_DATE_NONE: not known */
	bool proven;                   /* known by a contract, not by an offer */
	bool stale;                    /* the capacity statement is older than 90 days */
	const struct zv_match_line *lines;
	size_t n_lines;
	const struct zv_str *gaps; /* what would make it pass, and how long or how much */
	size_t n_gaps;
};

struct zv_match_result {
	struct zv_str need, need_uid, org, item;
	enum zv_dim dim;
	int64_t firm_base, extra_base;
	zv_date due, as_of;
	int64_t n_pass, n_ask, n_fail;
	const struct zv_match_maker *makers; /* passing first, ranked by landed price, date, trust; then ask, then fail */
	size_t n_makers;
};

/*
 * `need` is a uid or the centre's key. Whoever sees all of the need sees all makers. A maker that sees its shape sees how its own offers meet it,
 * without the buyer's name and without what follows from his ceiling and permits. To others the need is not there. Everything in *out lives in
 * `arena`.
 */
ZV_MUST_CHECK enum zv_code zv_match_run(struct zv_match_result *out, struct zv_db *db, const struct zv_who *who, struct zv_str need, zv_date as_of,
					struct zv_arena *arena, struct zv_err *err);

#endif
