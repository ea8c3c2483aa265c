/* Organisations that were merged into another one, and what refers to an organisation. */
#ifndef ZV_STORE_ORG_MERGE_H
#define ZV_STORE_ORG_MERGE_H

#include "store/register.h"

struct zv_org_merge {
	struct zv_str from_uid, to_uid;
	int64_t from_id, to_id;
	int64_t batch_id;
	int64_t merged_ms;
	struct zv_str moved; /* what zv_org_merge_move moved, a line each; for zv_org_merge_back */
};

ZV_MUST_CHECK enum zv_code zv_org_merge_insert(struct zv_db *db, const struct zv_org_merge *merge, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_org_merge_delete(struct zv_db *db, struct zv_str from_uid, struct zv_err *err);

/* *found false when the public id is of none that was merged. */
ZV_MUST_CHECK enum zv_code zv_org_merge_find(bool *found, struct zv_org_merge *out, struct zv_db *db, struct zv_str from_uid,
					     struct zv_arena *arena, struct zv_err *err);

/* The one that was merged into this, last; *found false when there is none. */
ZV_MUST_CHECK enum zv_code zv_org_merge_into(bool *found, struct zv_org_merge *out, struct zv_db *db, struct zv_str to_uid,
					     struct zv_arena *arena, struct zv_err *err);

/* A column of a register that refers to organisations, and how the rows are found. */
struct zv_org_reference {
	const char *reg, *column;
	const char *sql_rows; /* $1 organisation, $2 id after which, $3 limit */
};

/* All there are; NULL-ended by .reg. */
extern const struct zv_org_reference zv_org_references[];

/*
 * Re-points what is in no register (roles of people, tasks, makers of rounds, contacts, disclosures, probable duplicates, files, packs of rules,
 * applications, invitations, changes of measures); what would be
 * there twice stays. *moved is one line a row.
 */
ZV_MUST_CHECK enum zv_code zv_org_merge_move(struct zv_str *moved, int64_t *n, struct zv_db *db, int64_t from_id, int64_t to_id,
					     struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_org_merge_back(struct zv_db *db, int64_t from_id, struct zv_str moved, struct zv_err *err);

#endif
