/* What takes four eyes: what waits, deciding it, and the two things that are asked for so: merging organisations, showing a need to more people. */
#include "api/operations.h"
#include "app/approvals.h"
#include "app/confirm.h"
#include "app/merge.h"

enum { LIMIT = 50, NOTE_MAX = 2000, WORD_MAX = 60 };

static void add_approval(struct zv_api_call *call, const struct zv_approval *approval)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", approval->uid);
	zv_json_key_str(&call->json, "action", approval->action);
	zv_json_key_str(&call->json, "title", approval->title);
	zv_json_key_str(&call->json, "subject", approval->subject);
	zv_json_key_str(&call->json, "href", approval->href);
	zv_json_key_str(&call->json, "centre", approval->centre);
	zv_json_key_c(&call->json, "state", zv_approval_state_name(approval->state));
	zv_json_key_str(&call->json, "asked_by", approval->asked_by);
	zv_api_key_instant(call, "asked_at", approval->asked_ms);
	zv_api_key_str_or_null(call, "decided_by", approval->decided_by);
	zv_api_key_instant(call, "decided_at", approval->decided_ms);
	zv_json_key_str(&call->json, "note", approval->note);
	zv_json_key_bool(&call->json, "own", approval->own);
	zv_json_key_bool(&call->json, "decidable", approval->decidable);
	zv_json_end_object(&call->json);
}

static enum zv_code write_approval(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_approval approval;
	enum zv_code code = zv_approval_get(&approval, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		add_approval(call, &approval);
	return code;
}

enum zv_code zv_api_approvals(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"state", "limit", "cursor", NULL};
	struct zv_approval *list = NULL;
	struct zv_str state = ZV_STR("asked");
	int64_t from = 0;
	size_t n = 0;
	int limit = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&from, call, err);
	if (code == ZV_OK && zv_target_param(&state, &call->request->target, "state") && !zv_str_eq_c(state, "asked") && !zv_str_eq_c(state, "any"))
		code = zv_fail(err, ZV_E_INVALID, "state", N_("“%.*s” cannot be asked for: say “asked” for what waits, or “any”."),
			       ZV_STR_FMT(zv_str_first(state, WORD_MAX)));
	if (code == ZV_OK)
		code = zv_approval_list(&list, &n, call->db, call->who, zv_str_eq_c(state, "asked"), from, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_approval(call, &list[i]);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(from + limit, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_approval(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_approval(call, call->args[0], err) : code;
}

enum zv_code zv_api_approval_decide(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"decision", "note", NULL};
	struct zv_str decision = {0}, note = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&decision, call, "decision", true, WORD_MAX, err);
	if (code == ZV_OK && !zv_str_eq_c(decision, "approve") && !zv_str_eq_c(decision, "refuse"))
		code = zv_fail(err, ZV_E_INVALID, "decision", N_("The decision is “approve” or “refuse”."));
	if (code == ZV_OK)
		code = zv_api_text(&note, call, "note", false, NOTE_MAX, err);
	if (code == ZV_OK)
		code = zv_approval_decide(call->db, call->who, call->args[0], zv_str_eq_c(decision, "approve"), note, call->arena, err);
	return code == ZV_OK ? write_approval(call, call->args[0], err) : code;
}

/* 202 with the approval that waits, or 200: it was done at once. */
static void write_asked(struct zv_api_call *call, struct zv_str approval)
{
	if (approval.n > 0)
		zv_api_accepted(call, "/api/v1/approvals/", approval);
	zv_json_object(&call->json);
	zv_api_key_str_or_null(call, "approval", approval);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_merge(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"into", NULL};
	struct zv_str into = {0}, approval = {0};
	struct zv_merged merged;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&into, call, "into", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_merge_ask(&merged, &approval, call->db, call->who, call->args[0], into, call->arena, err);
	if (code == ZV_OK)
		write_asked(call, approval);
	return code;
}

enum zv_code zv_api_unmerge(struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_merge_undo(call->db, call->who, call->args[0], call->arena, err);

	if (code == ZV_OK)
		zv_api_nothing(call);
	return code;
}

enum zv_code zv_api_publish(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"visibility", NULL};
	struct zv_str visibility = {0}, approval = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&visibility, call, "visibility", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_need_publish(&approval, call->db, call->who, call->args[0], visibility, call->arena, err);
	if (code == ZV_OK)
		write_asked(call, approval);
	return code;
}
