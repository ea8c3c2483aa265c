/*
 * The audit trail (features Z2): rows that are only ever added, each with the hash of the one before and the digest of all
 * registers after it. docs/design/audit.md.
 */
#ifndef ZV_STORE_AUDIT_H
#define ZV_STORE_AUDIT_H

#include "base/arena.h"
#include "store/db/db.h"

enum { ZV_AUDIT_HASH_TEXT = 65 }; /* 32 bytes as hex */

struct zv_audit_row {
	int64_t n;     /* 1, 2, 3 ... without gaps; filled in by zv_audit_add */
	int64_t at_ms; /* 0: now */
	struct zv_str actor;
	int64_t account_id; /* 0: none */
	int64_t centre_id;  /* whose operators may read it; 0: national */
	int64_t org_id;     /* whose people may read it; 0: none */
	struct zv_str action;  /* "need.set", "session.open" */
	struct zv_str subject; /* uid of what it is about, or "" */
	struct zv_str detail;  /* JSON object, or "" ; never a password, token or secret */
	struct zv_str address;
	struct zv_str data, prev, hash; /* filled in */
};

/*
 * Who works through this handle from now on: fills what a row added later leaves empty (rows that zv_batch_close and zv_batch_undo
 * write themselves know only the batch's actor). Copied; NULL forgets it. Set before each piece of work.
 */
struct zv_audit_context {
	struct zv_str actor;
	int64_t account_id;
	int64_t org_id;
	struct zv_str address;
};
void zv_audit_context(struct zv_db *db, const struct zv_audit_context *context);

/*
 * Adds a row at the end of the chain, in the caller's transaction. Changes of registers that no row has told of when the transaction
 * is committed get one of their own ("data.change").
 */
ZV_MUST_CHECK enum zv_code zv_audit_add(struct zv_db *db, const struct zv_audit_row *row, struct zv_err *err);

/* Rows that fit, newest first, before number `before` (0: from the end). */
struct zv_audit_query {
	int64_t before;
	int64_t centre_id; /* -1: all */
	int64_t org_id;    /* 0: all */
	struct zv_str subject; /* empty: all */
	int limit;
};
ZV_MUST_CHECK enum zv_code zv_audit_page(struct zv_audit_row **out, size_t *n, struct zv_db *db, const struct zv_audit_query *query,
					 struct zv_arena *arena, struct zv_err *err);

/* The last row: what to write down outside as an anchor. n is 0 for an empty trail. */
ZV_MUST_CHECK enum zv_code zv_audit_head(struct zv_audit_row *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

struct zv_audit_verdict {
	int64_t rows;
	bool ok;
	int64_t broken_n;     /* first row at fault; 0: the data behind the trail are, or the anchor is */
	struct zv_str reason; /* a whole sentence; empty when ok */
	char head[ZV_AUDIT_HASH_TEXT];
};

struct zv_audit_anchor {
	int64_t n;
	struct zv_str hash;
};

/*
 * Recomputes every hash, the digest of all registers, and whether row anchor->n (NULL: no anchor) still has that hash. In one
 * reading transaction. A fault is no failure: ZV_OK with ok false.
 */
ZV_MUST_CHECK enum zv_code zv_audit_verify(struct zv_audit_verdict *out, struct zv_db *db, const struct zv_audit_anchor *anchor,
					   struct zv_arena *arena, struct zv_err *err);

/*
 * ZV_E_CONFLICT when row anchor->n is missing or has another hash: the database is older than the anchor, or another one. For the
 * start of a server; reads one row.
 */
ZV_MUST_CHECK enum zv_code zv_audit_check_anchor(struct zv_db *db, const struct zv_audit_anchor *anchor, struct zv_err *err);

/* "N:HASH"; ZV_E_INVALID says what is wrong. The hash is borrowed from `text`. */
ZV_MUST_CHECK enum zv_code zv_audit_anchor_parse(struct zv_audit_anchor *out, struct zv_str text, struct zv_err *err);

/*
 * Computes the digest of a database that has none and writes the first row "audit.begin"; nothing when there is a trail. Done by
 * zv_database_open of a new database and by zv_database_upgrade.
 */
ZV_MUST_CHECK enum zv_code zv_audit_begin(struct zv_db *db, struct zv_err *err);

#endif
