/* The audit trail as people read it: administrators all of it, operators that of their centre, everybody else that of the own organisation. */
#ifndef ZV_APP_AUDIT_VIEW_H
#define ZV_APP_AUDIT_VIEW_H

#include "auth/rights.h"
#include "store/audit.h"

struct zv_audit_view {
	int64_t before;        /* rows with smaller numbers; 0: from the end */
	struct zv_str subject; /* uid; empty: all */
	int limit;
};

/* Newest first. *next: `before` of the page after it, 0 at the end. */
ZV_MUST_CHECK enum zv_code zv_audit_view_page(struct zv_audit_row **out, size_t *n, int64_t *next, struct zv_db *db, const struct zv_who *who,
					 const struct zv_audit_view *query, struct zv_arena *arena, struct zv_err *err);

/* Rows that are written through this handle from now on say that this person did it (store/audit.h). NULL forgets. */
void zv_audit_by(struct zv_db *db, const struct zv_who *who);

/* Adds a row of what this person did; those of the own organisation and centre may read it. */
ZV_MUST_CHECK enum zv_code zv_audit_tell(struct zv_db *db, const struct zv_who *who, const char *action, struct zv_str subject, struct zv_str detail,
					struct zv_err *err);

#endif
