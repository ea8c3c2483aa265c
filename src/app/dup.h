/* Probable duplicates of organisations (feature R3): the queue and a person's decisions, which are remembered. */
#ifndef ZV_APP_DUP_H
#define ZV_APP_DUP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct zv_db;

enum zv_dup_verdict { ZV_DUP_OPEN = 0, ZV_DUP_DIFFERENT = 1, ZV_DUP_SAME = 2 };

/* "open", "different", "same" */
const char *zv_dup_verdict_name(enum zv_dup_verdict verdict);
bool zv_dup_verdict_parse(enum zv_dup_verdict *out, struct zv_str name);

struct zv_dup_pair {
	struct zv_str uid; /* "dup_..." */
	struct zv_str org_uid, org_name, org_inn, org_region, org_address; /* what is stored */
	struct zv_str row_text; /* the row of the file as JSON: {"name":...,"inn":...} */
	struct zv_str reasons;
	int64_t score; /* 0..1000; from 900 a proposal, from 600 for review */
	enum zv_dup_verdict verdict;
	struct zv_str decided_by;
	int64_t centre_id; /* whose import met it: its operators decide */
	int64_t org_id;    /* the stored organisation */
};

/* The pairs by descending score; only open ones when `open_only`. At most `limit`. */
ZV_MUST_CHECK enum zv_code zv_dup_list(struct zv_dup_pair **out, size_t *n, struct zv_db *db, bool open_only, int64_t limit,
				       struct zv_arena *arena, struct zv_err *err);

/* One page of the pairs that `centre_id` (-1: every centre) has to do with, of one verdict, by descending score, from the `skip`th on. */
ZV_MUST_CHECK enum zv_code zv_dup_page(struct zv_dup_pair **out, size_t *n, struct zv_db *db, int64_t centre_id, enum zv_dup_verdict verdict,
				       int64_t skip, int64_t limit, struct zv_arena *arena, struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_dup_by_uid(struct zv_dup_pair *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					 struct zv_err *err);

/*
 * Stores the answer for a pair, in its own transaction. It holds until name, address or ids of either side change. "Same": the
 * next import takes the row as the stored organisation. ZV_E_NOTFOUND.
 */
ZV_MUST_CHECK enum zv_code zv_dup_decide(struct zv_db *db, struct zv_str uid, enum zv_dup_verdict verdict, struct zv_str actor,
					 struct zv_err *err);

#endif
