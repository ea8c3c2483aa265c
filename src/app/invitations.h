/*
 * The campaign of a cluster: invitations from the proposal to the answer, and to the membership (feature C1's way in). The letter is written from the
 * reasons; what the invited organisation must not know is not in it.
 */
#ifndef ZV_APP_INVITATIONS_H
#define ZV_APP_INVITATIONS_H

#include "app/candidates.h"

enum zv_invitation_state {
	ZV_INVITATION_PROPOSED = 1, ZV_INVITATION_SENT, ZV_INVITATION_YES, ZV_INVITATION_NO, ZV_INVITATION_JOINED, ZV_INVITATION_WITHDRAWN
};
enum { ZV_INVITATION_STATES = 6 };
const char *zv_invitation_state_name(enum zv_invitation_state state); /* "proposed", "sent", "yes", "no", "joined", "withdrawn" */
bool zv_invitation_state_parse(enum zv_invitation_state *out, struct zv_str name);

struct zv_letter {
	struct zv_str ru, en;
};

struct zv_invitation {
	int64_t id;
	struct zv_str uid; /* "invitation_..." */
	struct zv_str cluster_uid, cluster;
	int64_t org_id;
	struct zv_str org_uid, org;
	enum zv_invitation_state state;
	const struct zv_reason *reasons; /* to the invited organisation only those of its own contracts */
	size_t n_reasons;
	struct zv_letter letter;
	struct zv_str answer, made_by;
	zv_date due; /* ZV_DATE_NONE: none */
	int64_t made_ms, sent_ms, answered_ms; /* 0: not yet */
	struct {
		bool send, answer, join, withdraw, edit;
	} may;
};

struct zv_invitation_new {
	struct zv_str org; /* uid */
	zv_date due;       /* ZV_DATE_NONE: none */
	struct zv_letter letter; /* an empty text is written from the reasons */
};

/*
 * Proposes. ZV_E_CONFLICT: a member, or invited already; an invitation that was withdrawn is proposed anew. ZV_E_INVALID: the day is past. Its own
 * transaction, as the next one.
 */
ZV_MUST_CHECK enum zv_code zv_invitation_propose(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str cluster,
						 const struct zv_invitation_new *wish, struct zv_arena *arena, struct zv_err *err);

struct zv_invitation_change {
	enum zv_invitation_state state; /* 0: stays */
	bool has_answer, has_due;
	struct zv_str answer;
	zv_date due;
	struct zv_letter letter; /* empty: stays; only before it is sent */
	int role;                /* of the new member; 0: not stated */
	zv_date joined_on;       /* ZV_DATE_NONE: today */
};

/*
 * proposed - sent - yes or no - joined; or withdrawn before. The invited organisation's people answer; whoever invites may note an answer that came on
 * paper. "joined" adds the row of the membership by the rules of rows. ZV_E_CONFLICT for another step, ZV_E_DENIED for another person.
 */
ZV_MUST_CHECK enum zv_code zv_invitation_change(struct zv_db *db, const struct zv_who *who, struct zv_str uid, const struct zv_invitation_change *change,
						struct zv_arena *arena, struct zv_err *err);

/* For who may invite, and for the people of the invited organisation once it was sent; ZV_E_NOTFOUND for others. */
ZV_MUST_CHECK enum zv_code zv_invitation_get(struct zv_invitation *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					     struct zv_arena *arena, struct zv_err *err);

struct zv_campaign {
	struct zv_invitation *items; /* oldest first */
	size_t n;
	int64_t funnel[ZV_INVITATION_STATES + 1]; /* by state */
};
ZV_MUST_CHECK enum zv_code zv_invitation_list(struct zv_campaign *out, struct zv_db *db, const struct zv_who *who, struct zv_str cluster,
					      struct zv_arena *arena, struct zv_err *err);

/* The letter in the language of the thread (invitation_letter.c). */
struct zv_str zv_invitation_letter(const struct zv_cluster *cluster, struct zv_str specialised, struct zv_str org, const struct zv_reason *reasons, size_t n,
				   const struct zv_effect *effect, zv_date today, zv_date due, struct zv_arena *arena);

#endif
