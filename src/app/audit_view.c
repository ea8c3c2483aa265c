/* The audit trail as people read it. */
#include "app/audit_view.h"

/* What of the trail the person may read: all, one centre, or one organisation. */
static enum zv_code reach_of(struct zv_audit_query *query, const struct zv_who *who, struct zv_err *err)
{
	query->centre_id = -1;
	if (zv_may(who, ZV_DO_AUDIT_READ, (struct zv_object){.centre_id = -1}))
		return ZV_OK;
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];
		enum zv_reach reach = zv_rights_reach(grant->role, ZV_DO_AUDIT_READ);

		if (reach == ZV_REACH_CENTRE && grant->centre_id >= 0) {
			query->centre_id = grant->centre_id;
			return ZV_OK;
		}
		if (reach >= ZV_REACH_ORG && grant->org_id != 0) {
			query->org_id = grant->org_id;
			return ZV_OK;
		}
	}
	return zv_rights_need(who, ZV_DO_AUDIT_READ, (struct zv_object){.centre_id = -1}, err);
}

enum zv_code zv_audit_view_page(struct zv_audit_row **out, size_t *n, int64_t *next, struct zv_db *db, const struct zv_who *who,
			   const struct zv_audit_view *query, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_audit_query all = {.before = query->before, .subject = query->subject, .limit = query->limit + 1};
	enum zv_code code = zv_rights_need_some(who, ZV_DO_AUDIT_READ, err);

	if (code == ZV_OK)
		code = reach_of(&all, who, err);
	if (code == ZV_OK)
		code = zv_audit_page(out, n, db, &all, arena, err);
	if (code != ZV_OK)
		return code;
	*next = 0;
	if (*n > (size_t)query->limit) {
		*n = (size_t)query->limit;
		*next = (*out)[*n - 1].n;
	}
	return ZV_OK;
}

void zv_audit_by(struct zv_db *db, const struct zv_who *who)
{
	if (who == NULL) {
		zv_audit_context(db, NULL);
		return;
	}
	struct zv_audit_context context = {
		.actor = who->actor, .account_id = who->account_id, .org_id = zv_who_org(who), .address = who->address};
	zv_audit_context(db, &context);
}

enum zv_code zv_audit_tell(struct zv_db *db, const struct zv_who *who, const char *action, struct zv_str subject, struct zv_str detail, struct zv_err *err)
{
	struct zv_audit_row row = {.actor = who->actor,
				   .account_id = who->account_id,
				   .org_id = zv_who_org(who),
				   .action = zv_str_c(action),
				   .subject = subject,
				   .detail = detail,
				   .address = who->address};

	for (int i = 0; i < who->n_grants && row.centre_id == 0; i++)
		row.centre_id = who->grants[i].centre_id > 0 ? who->grants[i].centre_id : 0;
	return zv_audit_add(db, &row, err);
}
