/* Probable duplicates of organisations: the queue, two records side by side, and the answer. */
#include <string.h>

#include "api/operations.h"
#include "app/audit_view.h"
#include "app/dup.h"
#include "app/sight.h"
#include "base/tr.h"

enum { LIMIT = 50 };

static void add_brief(struct zv_api_call *call, const struct zv_dup_pair *pair, const struct zv_json_value *row)
{
	const struct zv_json_value *name = zv_json_get(row, "name"), *line = zv_json_get(row, "line");
	int64_t number = 0;

	zv_json_key_str(&call->json, "uid", pair->uid);
	zv_json_key_int(&call->json, "score", pair->score);
	zv_json_key_str(&call->json, "reasons", pair->reasons);
	zv_json_key_c(&call->json, "verdict", zv_dup_verdict_name(pair->verdict));
	zv_api_key_str_or_null(call, "decided_by", pair->decided_by);
	zv_json_key(&call->json, "stored");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", pair->org_uid);
	zv_json_key_str(&call->json, "name", pair->org_name);
	zv_json_end_object(&call->json);
	zv_json_key(&call->json, "row");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "name", name != NULL ? name->text : ZV_STR(""));
	if (line != NULL)
		(void)zv_str_int(&number, line->text);
	zv_json_key_int(&call->json, "line", number);
	zv_json_end_object(&call->json);
}

/* The centre whose pairs the person sees: -1 for all. */
static int64_t centre_of(const struct zv_who *who)
{
	for (int i = 0; i < who->n_grants; i++) {
		enum zv_reach reach = zv_rights_reach(who->grants[i].role, ZV_DO_DUPLICATE);

		if (reach == ZV_REACH_ALL)
			return -1;
		if (reach == ZV_REACH_CENTRE)
			return who->grants[i].centre_id;
	}
	return -2; /* of none */
}

enum zv_code zv_api_duplicates(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"verdict", "limit", "cursor", NULL};
	enum zv_dup_verdict verdict = ZV_DUP_OPEN;
	struct zv_dup_pair *pairs;
	struct zv_str asked;
	int64_t skip = 0;
	size_t n = 0;
	int limit;
	enum zv_code code = zv_api_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&skip, call, err);
	if (code == ZV_OK && zv_target_param(&asked, &call->request->target, "verdict") && !zv_dup_verdict_parse(&verdict, asked))
		return zv_fail(err, ZV_E_INVALID, "verdict", N_("Ask for the verdict open, different or same."));
	if (code == ZV_OK)
		code = zv_dup_page(&pairs, &n, call->db, centre_of(call->who), verdict, skip, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_json_value row = {0};

		code = zv_json_parse(&row, pairs[i].row_text, call->arena, err);
		zv_json_object(&call->json);
		add_brief(call, &pairs[i], &row);
		zv_json_end_object(&call->json);
	}
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(skip + limit, call->arena) : ZV_STR(""), -1);
	return code;
}

static enum zv_code find_pair(struct zv_dup_pair *out, struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_dup_by_uid(out, call->db, call->args[0], call->arena, err);

	if (code == ZV_OK && !zv_may(call->who, ZV_DO_DUPLICATE, (struct zv_object){out->centre_id, 0}))
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no pair “%.*s”. Ask for the list: zveno duplicates."),
			       ZV_STR_FMT(zv_str_first(call->args[0], 60)));
	return code;
}

/* What both sides say, column by column; of the stored one only what the person may see. */
static enum zv_code add_fields(struct zv_api_call *call, const struct zv_dup_pair *pair, const struct zv_json_value *row, struct zv_err *err)
{
	static const char *const shown[] = {"name", "short_name", "inn", "kpp", "ogrn", "region", "address", "phone", "site"};
	const struct zv_register *reg = zv_register_find("org");
	struct zv_record stored;
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(&stored, &sight, call->db, call->who, reg, pair->org_uid, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "fields");
	zv_json_array(&call->json);
	for (size_t i = 0; i < ZV_LEN(shown); i++) {
		int at = zv_register_column(reg, shown[i]);
		const struct zv_value *value = &stored.values[at];
		const struct zv_json_value *said = zv_json_get(row, shown[i]);
		struct zv_str a = value->null ? ZV_STR("") : value->s, b = said != NULL ? said->text : ZV_STR("");

		if (a.n + b.n == 0 || !zv_sight_column(reg, at, sight))
			continue;
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "name", shown[i]);
		zv_json_key_c(&call->json, "label", zv_tr(reg->columns[at].label));
		zv_json_key_str(&call->json, "stored", a);
		zv_json_key_str(&call->json, "row", b);
		zv_json_key_bool(&call->json, "differs", !zv_str_eq(a, b));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	return ZV_OK;
}

static enum zv_code answer_pair(struct zv_api_call *call, const struct zv_dup_pair *pair, struct zv_err *err)
{
	struct zv_json_value row;
	enum zv_code code = zv_json_parse(&row, pair->row_text, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_brief(call, pair, &row);
	code = add_fields(call, pair, &row, err);
	zv_json_end_object(&call->json);
	return code;
}

enum zv_code zv_api_duplicate(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_dup_pair pair;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = find_pair(&pair, call, err);
	return code == ZV_OK ? answer_pair(call, &pair, err) : code;
}

enum zv_code zv_api_duplicate_decide(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"verdict", NULL};
	enum zv_dup_verdict verdict;
	struct zv_dup_pair pair;
	struct zv_str said;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&said, call, "verdict", true, 20, err);
	if (code == ZV_OK && (!zv_dup_verdict_parse(&verdict, said) || verdict == ZV_DUP_OPEN))
		return zv_fail(err, ZV_E_INVALID, "verdict", N_("Say different or same."));
	if (code == ZV_OK)
		code = find_pair(&pair, call, err);
	if (code == ZV_OK)
		code = zv_dup_decide(call->db, pair.uid, verdict, call->who->actor, err);
	if (code == ZV_OK)
		code = zv_audit_tell(call->db, call->who, "duplicate.decide", pair.uid,
				     zv_arena_strf(call->arena, "{\"verdict\":\"%s\"}", zv_dup_verdict_name(verdict)), err);
	if (code == ZV_OK)
		code = find_pair(&pair, call, err);
	return code == ZV_OK ? answer_pair(call, &pair, err) : code;
}
