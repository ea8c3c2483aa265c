/* The tables of contacts and of disclosures. */
#ifndef ZV_STORE_CONTACT_H
#define ZV_STORE_CONTACT_H

#include "base/arena.h"
#include "store/db/db.h"

struct zv_contact_row {
	int64_t id;
	struct zv_str uid;
	int64_t need_id, org_id; /* org: who asks */
	struct zv_str note;
	int state; /* 1 asked, 2 accepted, 3 declined */
	struct zv_str asked_by, decided_by;
	int64_t asked_ms, decided_ms;
	/* Read only. */
	struct zv_str need_uid, need, asker_uid, asker, owner_uid, owner;
	int64_t owner_id, need_centre_id;
};

/* Inserts; fills id and uid. ZV_E_CONFLICT: this organisation has asked about this need. Inside the caller's transaction, as all that write. */
ZV_MUST_CHECK enum zv_code zv_contact_insert(struct zv_db *db, struct zv_contact_row *row, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_contact_set_state(struct zv_db *db, int64_t id, int state, struct zv_str by, int64_t at_ms, struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_contact_by_uid(struct zv_contact_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					     struct zv_err *err);
/* *state 0: it has not asked. */
ZV_MUST_CHECK enum zv_code zv_contact_state_of(int *state, struct zv_db *db, int64_t need_id, int64_t org_id, struct zv_err *err);

/* Who may see: an organisation (asker or owner) or a centre (of the need); everything. */
struct zv_contact_scope {
	int64_t org_id;    /* 0: none */
	int64_t centre_id; /* -1: none */
	bool everything;
};
/* Newest first. */
ZV_MUST_CHECK enum zv_code zv_contact_page(struct zv_contact_row **out, size_t *n, struct zv_db *db, const struct zv_contact_scope *scope,
					   int64_t offset, int64_t limit, struct zv_arena *arena, struct zv_err *err);

struct zv_disclosure_row {
	int64_t id;
	int64_t owner_id;
	int64_t to_org_id;    /* 0: none */
	int64_t to_centre_id; /* -1: none */
	struct zv_str subject; /* uid */
	struct zv_str what, reason; /* stable words */
	struct zv_str actor;
	int64_t at_ms; /* 0: now */
	/* Read only. */
	struct zv_str owner_uid, owner, to_uid, to, to_centre, to_name_ru, to_name_en;
};

ZV_MUST_CHECK enum zv_code zv_disclosure_insert(struct zv_db *db, struct zv_disclosure_row *row, struct zv_err *err);

/* Of an owner (0: of all those whose rows are of the centre), newest first. */
ZV_MUST_CHECK enum zv_code zv_disclosure_page(struct zv_disclosure_row **out, size_t *n, struct zv_db *db, const struct zv_contact_scope *scope,
					      int64_t offset, int64_t limit, struct zv_arena *arena, struct zv_err *err);

#endif
