/* The audit trail: a page of it, its head to be written down outside, and its verification as a job. */
#include "api/api.h"
#include "api/operations.h"
#include "app/jobs.h"
#include "app/audit_view.h"
#include "base/tr.h"

enum { LIMIT = 50, SUBJECT_MAX = 200 };

static const char *const NOTHING[] = {NULL};

static void add_row(struct zv_api_call *call, const struct zv_audit_row *row)
{
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "n", row->n);
	zv_api_key_instant(call, "at", row->at_ms);
	zv_json_key_str(&call->json, "actor", row->actor);
	zv_json_key_str(&call->json, "action", row->action);
	zv_json_key_str(&call->json, "subject", row->subject);
	zv_json_key(&call->json, "detail");
	if (row->detail.n > 0)
		zv_json_raw(&call->json, row->detail);
	else
		zv_json_null(&call->json);
	zv_json_key_str(&call->json, "address", row->address);
	zv_json_key_str(&call->json, "hash", row->hash);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_audit(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"subject", "before", "limit", "cursor", NULL};
	struct zv_audit_view query = {.subject = ZV_STR("")};
	struct zv_audit_row *rows;
	struct zv_str text;
	int64_t next = 0;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&query.limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&query.before, call, err);
	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&query.subject, &call->request->target, "subject");
	if (query.subject.n > SUBJECT_MAX)
		return zv_fail(err, ZV_E_LIMIT, "subject", N_("Shorten the question to %d bytes."), SUBJECT_MAX);
	if (zv_target_param(&text, &call->request->target, "before") &&
	    (!zv_is_digits(text) || !zv_str_int(&query.before, text) || query.before < 1))
		return zv_fail(err, ZV_E_INVALID, "before", N_("“before” is the number of a row of the trail."));
	code = zv_audit_view_page(&rows, &n, &next, call->db, call->who, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_row(call, &rows[i]);
	zv_api_end_items(call, next > 0 ? zv_api_cursor_text(next, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_audit_head(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_audit_row head;
	enum zv_code code = zv_api_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_rights_need(call->who, ZV_DO_AUDIT_READ, (struct zv_object){.centre_id = -1}, err);
	if (code == ZV_OK)
		code = zv_audit_head(&head, call->db, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "n", head.n);
	zv_api_key_instant(call, "at", head.at_ms);
	zv_json_key_str(&call->json, "hash", head.hash);
	zv_json_key_str(&call->json, "anchor", zv_arena_strf(call->arena, "%" PRId64 ":%.*s", head.n, ZV_STR_FMT(head.hash)));
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_audit_verify(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_job_new job = {.kind = "audit.verify", .params = ZV_STR("{}"), .lang = zv_tr_lang(), .account_id = call->who->account_id};
	struct zv_str uid;
	enum zv_code code = zv_rights_need(call->who, ZV_DO_AUDIT_READ, (struct zv_object){.centre_id = -1}, err);

	if (code == ZV_OK)
		code = zv_job_submit(&uid, call->with->jobs, call->db, &job, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", uid);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "job", uid);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
