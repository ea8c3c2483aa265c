/*
 * What the audit trail needs with every change, for the files of the store: the running digest of all rows of the registers, their
 * history and the batches, and the end of the chain. Kept in memory while a transaction lasts, follows its savepoints, written when
 * it is committed. Whoever changes such a row tells it here first, in the same transaction. docs/design/audit.md.
 */
#ifndef ZV_STORE_TRAIL_H
#define ZV_STORE_TRAIL_H

#include "base/multiset.h"
#include "store/audit.h"
#include "store/batch.h"

/* A row of a register comes in, goes out, or becomes another one. */
ZV_MUST_CHECK enum zv_code zv_trail_came(struct zv_db *db, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_trail_changed(struct zv_db *db, const struct zv_register *reg, const struct zv_record *old,
					    const struct zv_record *new, struct zv_err *err);

/* Before rows of the batch with ids above `after` up to `last` are deleted. */
ZV_MUST_CHECK enum zv_code zv_trail_rows_go(struct zv_db *db, const struct zv_register *reg, int64_t batch_id, int64_t after, int64_t last,
					    struct zv_err *err);

/* A batch comes in (`old` NULL), or becomes another one. */
ZV_MUST_CHECK enum zv_code zv_trail_batch(struct zv_db *db, const struct zv_batch *old, const struct zv_batch *new, struct zv_err *err);

/* A row of the table fact. */
struct zv_trail_fact {
	int64_t id, centre_id, entity, row_id;
	struct zv_str field;
	struct zv_value value_int, value_text; /* one of the two, or none, is not null */
	int64_t state, status, said_on, batch_id, line, recorded_ms;
	int64_t replaced_by; /* 0: NULL */
};
#define ZV_FACT_COLUMNS                                                                                                        \
	"id, centre_id, entity, row_id, field, value_int, value_text, state, status, said_on, batch_id, line, recorded_ms, replaced_by"

ZV_MUST_CHECK enum zv_code zv_trail_fact(struct zv_db *db, const struct zv_trail_fact *fact, struct zv_err *err);

/* Before the facts that the bound `select` (of ZV_FACT_COLUMNS) finds get this state and this replaced_by (-1: keep theirs). */
ZV_MUST_CHECK enum zv_code zv_trail_facts_become(struct zv_db *db, struct zv_stmt *select, int64_t state, int64_t replaced_by,
						 struct zv_err *err);

/* The digest of all there is, computed from the rows. O(rows). */
ZV_MUST_CHECK enum zv_code zv_trail_compute(struct zv_multiset *out, struct zv_db *db, struct zv_err *err);

/* The end of the chain and the digest as they are now, inside a transaction that writes; borrowed until the transaction ends. */
struct zv_trail {
	bool loaded;
	bool untold; /* rows changed since the last row of the trail */
	bool dirty;  /* the digest is not the one that is stored */
	int64_t n;   /* of the last row */
	char hash[ZV_AUDIT_HASH_TEXT];
	struct zv_multiset data;
};
ZV_MUST_CHECK enum zv_code zv_trail_get(struct zv_trail **out, struct zv_db *db, struct zv_err *err);

/* The rows of the trail that tell of a batch that was closed, or undone. */
ZV_MUST_CHECK enum zv_code zv_audit_batch(struct zv_db *db, const struct zv_batch *batch, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_audit_undo(struct zv_db *db, const struct zv_batch *batch, int64_t removed, int64_t restored,
					 struct zv_err *err);

/* What zv_audit_context was told; borrowed. */
const struct zv_audit_context *zv_trail_context(struct zv_db *db);

#endif
