/*
 * Four eyes (feature Z1): what one person may not do alone is asked for, and done when another person who has the right approves, in
 * the same transaction. Who needs it for what: zv_rights_second; how each is done: the table in approvals.c.
 */
#ifndef ZV_APP_APPROVALS_H
#define ZV_APP_APPROVALS_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_db;

enum zv_approval_state { ZV_APPROVAL_ASKED = 1, ZV_APPROVAL_APPROVED = 2, ZV_APPROVAL_REFUSED = 3, ZV_APPROVAL_WITHDRAWN = 4 };

const char *zv_approval_state_name(enum zv_approval_state state); /* "asked", "approved", "refused", "withdrawn" */

struct zv_approval {
	int64_t id;
	struct zv_str uid;    /* "approval_..." */
	struct zv_str action; /* "org.merge", "need.publish" */
	struct zv_str title;  /* what is asked for: a sentence in the language of the thread */
	struct zv_str subject; /* uid of what it is about */
	struct zv_str params; /* JSON */
	struct zv_str href;   /* page of the subject */
	int64_t centre_id;
	struct zv_str centre; /* code */
	enum zv_approval_state state;
	int64_t asked_id, decided_id; /* accounts */
	struct zv_str asked_by, decided_by; /* their names */
	int64_t asked_ms, decided_ms;
	struct zv_str note;
	bool own;       /* asked by this person */
	bool decidable; /* this person may decide it */
};

/*
 * Asks. The right to `action` is the caller's to check; what can never be done fails here already (the executor's check). ZV_E_CONFLICT:
 * the same is asked for already.
 */
ZV_MUST_CHECK enum zv_code zv_approval_ask(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, enum zv_action action,
					   struct zv_str subject, struct zv_str params, struct zv_arena *arena, struct zv_err *err);

/*
 * Approves (and does it) or refuses. ZV_E_DENIED: it is one's own, or the right is missing. Whoever asked may take it back: approve
 * false. ZV_E_CONFLICT: it is decided already, or can no longer be done.
 */
ZV_MUST_CHECK enum zv_code zv_approval_decide(struct zv_db *db, const struct zv_who *who, struct zv_str uid, bool approve, struct zv_str note,
					      struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_approval_get(struct zv_approval *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					   struct zv_arena *arena, struct zv_err *err);

/* What is asked for, as a sentence in the language of the thread. */
ZV_MUST_CHECK enum zv_code zv_approval_title(struct zv_str *out, struct zv_db *db, struct zv_str action, struct zv_str subject,
					     struct zv_str params, struct zv_arena *arena, struct zv_err *err);

/* Newest first; only those that wait when `open_only`. */
ZV_MUST_CHECK enum zv_code zv_approval_list(struct zv_approval **out, size_t *n, struct zv_db *db, const struct zv_who *who, bool open_only,
					    int64_t offset, int limit, struct zv_arena *arena, struct zv_err *err);

#endif
