/* Which organisations share a block key (model/dup.h) with a record: an index in memory, 16 bytes a key and 8 an organisation. */
#ifndef ZV_APP_DUP_INDEX_H
#define ZV_APP_DUP_INDEX_H

#include "model/dup.h"
#include "store/register.h"

struct zv_dup_index;

/* Over all stored organisations. O(n). The caller frees. */
ZV_MUST_CHECK enum zv_code zv_dup_index_new(struct zv_dup_index **out, struct zv_db *db, struct zv_err *err);
void zv_dup_index_free(struct zv_dup_index *index); /* NULL is allowed */

/*
 * The comparable form of a stored organisation, kept for the next time; borrowed until the next call. Forget it when the
 * organisation changes.
 */
ZV_MUST_CHECK enum zv_code zv_dup_index_key(const struct zv_dup_key **out, struct zv_dup_index *index, struct zv_db *db, int64_t org_id,
					    struct zv_err *err);
void zv_dup_index_forget(struct zv_dup_index *index, int64_t org_id);

/* The comparable form of a record of the register org, borrowed from it and from the arena. */
void zv_dup_key_of(struct zv_dup_key *out, const struct zv_record *org, struct zv_arena *arena);

void zv_dup_index_add(struct zv_dup_index *index, const struct zv_record *org, struct zv_arena *arena);

enum { ZV_DUP_CANDIDATES = 60 };

/* Ids of organisations that share a key with it, those that share most first; how many. */
size_t zv_dup_index_find(int64_t out[ZV_DUP_CANDIDATES], const struct zv_dup_index *index, const struct zv_dup_key *key,
			 struct zv_arena *arena);

#endif
