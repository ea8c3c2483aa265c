/* Inside invitations: what changing and reading share. */
#ifndef ZV_APP_INVITATIONS_INNER_H
#define ZV_APP_INVITATIONS_INNER_H

#include "app/invitations.h"
#include "store/invitation.h"

/* Who the person is to an invitation. */
struct zv_invitation_side {
	struct zv_cluster cluster;
	bool inviter; /* may invite to this cluster */
	bool invited; /* acts for the invited organisation, which has got it */
};

/* The row, as far as the person may know of it: ZV_E_NOTFOUND in the same words otherwise. */
ZV_MUST_CHECK enum zv_code zv_invitation_load(struct zv_invitation_row *row, struct zv_invitation_side *side, struct zv_db *db, const struct zv_who *who,
					      struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* Whether the step from one state to another is one there is. */
bool zv_invitation_step(int from, int to);

/* The two letters as one text, and back. */
struct zv_str zv_letter_write(const struct zv_letter *letter, struct zv_arena *arena);
ZV_MUST_CHECK enum zv_code zv_letter_read(struct zv_letter *out, struct zv_str json, struct zv_arena *arena, struct zv_err *err);

#endif
