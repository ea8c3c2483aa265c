/*
 * Contacts (feature N4): a maker asks who stands behind a need; the owner accepts, and his name opens to that maker, or declines. Whom
 * data were shown to is listed for their owner.
 */
#ifndef ZV_APP_CONTACTS_H
#define ZV_APP_CONTACTS_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_db;

enum zv_contact_state { ZV_CONTACT_ASKED = 1, ZV_CONTACT_ACCEPTED = 2, ZV_CONTACT_DECLINED = 3 };

const char *zv_contact_state_name(enum zv_contact_state state); /* "asked", "accepted", "declined" */
bool zv_contact_state_parse(enum zv_contact_state *out, struct zv_str name);

struct zv_contact {
	int64_t id;
	struct zv_str uid; /* "contact_..." */
	struct zv_str need_uid, need;
	struct zv_str asker_uid, asker;
	struct zv_str owner_uid, owner; /* empty to the asker until it is accepted */
	struct zv_str note;
	enum zv_contact_state state;
	bool own;        /* this person may decide it */
	int64_t asked_ms, decided_ms;
	struct zv_str asked_by, decided_by;
};

/*
 * The asker's organisation is the first of `who`. ZV_E_NOTFOUND for a need that it may not know of; ZV_E_CONFLICT when it has asked
 * already, or the need is its own.
 */
ZV_MUST_CHECK enum zv_code zv_contact_ask(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid,
					  struct zv_str note, struct zv_arena *arena, struct zv_err *err);

/* The owner's answer; a declined one may be accepted later, an accepted one stays. */
ZV_MUST_CHECK enum zv_code zv_contact_decide(struct zv_db *db, const struct zv_who *who, struct zv_str uid, enum zv_contact_state state,
					     struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_contact_get(struct zv_contact *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					  struct zv_arena *arena, struct zv_err *err);

/* Asked by or of this person's organisations (operators: of their centre's needs), newest first. */
ZV_MUST_CHECK enum zv_code zv_contact_list(struct zv_contact **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t offset,
					   int limit, struct zv_arena *arena, struct zv_err *err);

struct zv_disclosed {
	int64_t id;
	struct zv_str owner_uid, owner;
	struct zv_str to_uid, to;         /* an organisation; empty: */
	struct zv_str to_centre, to_name; /* code and name of a centre */
	struct zv_str subject;            /* uid of the need */
	struct zv_str what, reason;       /* sentences in the language of the thread */
	struct zv_str actor;
	int64_t at_ms;
};

/* "Who saw my data": newest first. */
ZV_MUST_CHECK enum zv_code zv_disclosed_list(struct zv_disclosed **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t offset,
					     int limit, struct zv_arena *arena, struct zv_err *err);

#endif
