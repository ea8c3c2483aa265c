/* Verdicts: keep one, list those of a cluster, show one as it was said. */
#include "api/operations.h"
#include "app/verdicts.h"

enum { LIMIT = 50, NAME_MAX = 80 };

static enum zv_code write_one(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_kept_verdict verdict;
	enum zv_code code = zv_verdict_get(&verdict, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		zv_verdict_json(&call->json, &verdict, true);
	return code;
}

enum zv_code zv_api_verdict_keep(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"pack", "on", NULL};
	struct zv_str pack = {0}, uid = {0};
	zv_date on = ZV_DATE_NONE;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&pack, call, "pack", true, NAME_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&on, call, "on", false, err);
	if (code == ZV_OK)
		code = zv_verdict_keep(&uid, call->db, call->who, call->args[0], pack, on, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/verdicts/", uid);
	return write_one(call, uid, err);
}

enum zv_code zv_api_verdicts(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"subject", "limit", "cursor", NULL};
	struct zv_kept_verdict *list = NULL;
	struct zv_str subject = {0};
	int64_t before = 0;
	size_t n = 0;
	int limit = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&before, call, err);
	if (code == ZV_OK && !zv_target_param(&subject, &call->request->target, "subject"))
		code = zv_fail(err, ZV_E_INVALID, "subject", N_("Say of which cluster: subject=cluster_..."));
	if (code == ZV_OK)
		code = zv_verdict_list(&list, &n, call->db, call->who, subject, before, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		zv_verdict_json(&call->json, &list[i], false);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(list[n - 1].id, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_verdict(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_one(call, call->args[0], err) : code;
}
