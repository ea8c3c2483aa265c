/* One audit row about one thing. */
#include "app/note.h"

#include "store/audit.h"

enum zv_code zv_note(struct zv_db *db, const struct zv_who *who, const char *action, struct zv_str subject, struct zv_object whose,
		     struct zv_str detail, struct zv_err *err)
{
	const struct zv_audit_row row = {
		.actor = who->actor,
		.account_id = who->account_id,
		.centre_id = whose.centre_id > 0 ? whose.centre_id : 0,
		.org_id = whose.org_id,
		.action = zv_str_c(action),
		.subject = subject,
		.detail = detail,
		.address = who->address,
	};

	return zv_audit_add(db, &row, err);
}
