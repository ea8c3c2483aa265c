/* Packs of rules: list, one with its rules, its text, loading with a second person, faults of a text. */
#include "api/operations.h"
#include "app/lots_run.h"
#include "app/measures.h"
#include "app/packs.h"
#include "app/rules_json.h"

enum { WORD_MAX = 60 };

static void key_words(struct zv_api_call *call, const char *key, const struct zv_rules_words *words)
{
	zv_json_key_str(&call->json, key, zv_rules_words(words));
}

static void add_head(struct zv_api_call *call, const struct zv_pack *pack)
{
	const struct zv_rules_pack_head *head = zv_rules_head(pack->rules);

	zv_json_key_str(&call->json, "uid", pack->uid);
	zv_json_key_str(&call->json, "name", pack->name);
	zv_json_key_str(&call->json, "series", pack->series);
	zv_json_key_c(&call->json, "kind", head->kind == ZV_RULES_CLUSTER ? "cluster" : "support");
	key_words(call, "title", &head->title);
	zv_json_key_c(&call->json, "level", zv_measure_level_name(head->level));
	zv_api_key_str_or_null(call, "region", head->region);
	zv_json_key_c(&call->json, "state", zv_pack_state_name(pack->state));
	zv_api_key_date(call, "valid_from", head->valid_from);
	zv_api_key_date(call, "valid_to", head->valid_to);
	zv_json_key_c(&call->json, "confidence", zv_measure_confidence_name(head->confidence));
	zv_json_key_c(&call->json, "status", zv_measure_status_name(head->status));
}

static void add_brief(struct zv_api_call *call, const struct zv_pack *pack)
{
	zv_json_object(&call->json);
	add_head(call, pack);
	zv_json_end_object(&call->json);
}

static enum zv_code param_kind(int *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text = {0};

	*out = -1;
	if (!zv_target_param(&text, &call->request->target, "kind") || text.n == 0)
		return ZV_OK;
	if (zv_str_eq_c(text, "cluster"))
		*out = (int)ZV_RULES_CLUSTER;
	else if (zv_str_eq_c(text, "support"))
		*out = (int)ZV_RULES_SUPPORT;
	else
		return zv_fail(err, ZV_E_INVALID, "kind", N_("“%.*s” is no kind of pack: cluster or support."), ZV_STR_FMT(zv_str_first(text, WORD_MAX)));
	return ZV_OK;
}

static enum zv_code add_kind(struct zv_api_call *call, enum zv_rules_kind kind, zv_date on, struct zv_err *err)
{
	struct zv_pack *packs;
	size_t n = 0;
	enum zv_code code = zv_pack_list(&packs, &n, call->db, kind, on, true, call->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (zv_pack_seen(call->who, &packs[i]))
			add_brief(call, &packs[i]);
	return code;
}

/* Whoever may load packs sees what waits. */
static enum zv_code add_asked(struct zv_api_call *call, int kind, struct zv_err *err)
{
	struct zv_pack *packs;
	size_t n = 0;
	enum zv_code code = zv_may_some(call->who, ZV_DO_RULES_WRITE) ? zv_pack_list_asked(&packs, &n, call->db, call->arena, err) : ZV_OK;

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (zv_pack_seen(call->who, &packs[i]) && (kind < 0 || (int)zv_rules_head(packs[i].rules)->kind == kind))
			add_brief(call, &packs[i]);
	return code;
}

enum zv_code zv_api_packs(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"kind", "on", NULL};
	struct zv_str text;
	zv_date on = ZV_DATE_NONE;
	int kind;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = param_kind(&kind, call, err);
	if (code == ZV_OK && zv_target_param(&text, &call->request->target, "on") && text.n > 0 && !zv_date_parse(&on, text))
		code = zv_fail(err, ZV_E_INVALID, "on", N_("“%.*s” is no date: write it as 2026-09-30."), ZV_STR_FMT(zv_str_first(text, WORD_MAX)));
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	if (kind != (int)ZV_RULES_SUPPORT)
		code = add_kind(call, ZV_RULES_CLUSTER, on, err);
	if (code == ZV_OK && kind != (int)ZV_RULES_CLUSTER)
		code = add_kind(call, ZV_RULES_SUPPORT, on, err);
	if (code == ZV_OK)
		code = add_asked(call, kind, err);
	zv_api_end_items(call, ZV_STR(""), -1);
	return code;
}

/* --- one ------------------------------------------------------------------------------------------------------------------------------ */

static void add_rules(struct zv_api_call *call, const struct zv_rules_pack *rules)
{
	int n;
	const struct zv_rules_rule *all = zv_rules_all(&n, rules);

	zv_json_key(&call->json, "rules");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "id", all[i].id);
		key_words(call, "title", &all[i].title);
		key_words(call, "note", &all[i].note);
		zv_json_key_c(&call->json, "severity", zv_rules_severity_name(all[i].severity));
		zv_json_key_c(&call->json, "confidence", zv_measure_confidence_name(all[i].confidence));
		zv_json_key_c(&call->json, "status", zv_measure_status_name(all[i].status));
		zv_json_key_bool(&call->json, "enabled", all[i].enabled);
		zv_json_key_str(&call->json, "source", all[i].source);
		key_words(call, "evidence", &all[i].evidence);
		zv_json_key_str(&call->json, "condition", all[i].condition);
		zv_json_key_int(&call->json, "line", all[i].line);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_documents(struct zv_api_call *call, const struct zv_rules_pack *rules)
{
	int n;
	const struct zv_rules_document *all = zv_rules_documents(&n, rules);

	zv_json_key(&call->json, "documents");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "id", all[i].id);
		key_words(call, "title", &all[i].title);
		zv_json_key_bool(&call->json, "required", all[i].required);
		zv_json_key_bool(&call->json, "signature", all[i].signature);
		zv_api_key_str_or_null(call, "criterion", all[i].criterion);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_values(struct zv_api_call *call, const struct zv_rules_parameter *parameter)
{
	zv_json_key(&call->json, "values");
	zv_json_array(&call->json);
	for (int i = 0; i < parameter->n_values; i++) {
		zv_json_object(&call->json);
		zv_api_key_date(call, "from", parameter->values[i].from);
		zv_api_key_date(call, "to", parameter->values[i].to);
		zv_json_key_str(&call->json, "text", parameter->values[i].text);
		zv_api_key_str_or_null(call, "source", parameter->values[i].source);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_names(struct zv_api_call *call, const struct zv_rules_pack *rules)
{
	int n;
	const struct zv_rules_parameter *parameters = zv_rules_parameters(&n, rules);
	const struct zv_rules_declared *declared;

	zv_json_key(&call->json, "parameters");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "name", parameters[i].name);
		zv_json_key_c(&call->json, "type", zv_rules_type_name(parameters[i].type));
		key_words(call, "title", &parameters[i].title);
		add_values(call, &parameters[i]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	declared = zv_rules_declared(&n, rules);
	zv_json_key(&call->json, "declared");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "name", declared[i].name);
		zv_json_key_c(&call->json, "type", zv_rules_type_name(declared[i].type));
		key_words(call, "title", &declared[i].title);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* Of this person; what he may not see is not there. */
static enum zv_code load_seen(struct zv_pack *out, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	zv_date today;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_as_of(&today, call->db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = zv_pack_get(out, call->db, call->args[0], today, call->arena, err);
	if (code == ZV_OK && !zv_pack_seen(call->who, out))
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no pack of rules “%.*s”."), ZV_STR_FMT(zv_str_first(call->args[0], WORD_MAX)));
	return code;
}

enum zv_code zv_api_pack(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_pack pack;
	enum zv_code code = load_seen(&pack, call, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_head(call, &pack);
	zv_json_key_str(&call->json, "source", zv_rules_head(pack.rules)->source);
	zv_json_key_str(&call->json, "digest", pack.digest);
	zv_json_key_str(&call->json, "loaded_by", pack.loaded_by);
	zv_api_key_instant(call, "loaded_at", pack.loaded_ms);
	zv_api_key_instant(call, "ended_at", pack.ended_ms);
	add_rules(call, pack.rules);
	add_documents(call, pack.rules);
	add_names(call, pack.rules);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_pack_text(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_pack pack;
	enum zv_code code = load_seen(&pack, call, err);

	if (code != ZV_OK)
		return code;
	zv_buf_reset(call->answer->body);
	zv_buf_add_str(call->answer->body, pack.text);
	call->answer->type = "text/plain; charset=utf-8";
	call->answer->cache = "private, no-store";
	return ZV_OK;
}

/* --- loading -------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_text(struct zv_str *out, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"text", NULL};
	enum zv_code code = zv_api_body_only(call, names, err);

	return code == ZV_OK ? zv_api_text(out, call, "text", true, ZV_RULES_PACK_BYTES_MAX, err) : code;
}

enum zv_code zv_api_pack_check(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(call->arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_str text = {0};
	size_t n = 0;
	enum zv_code code = read_text(&text, call, err);

	if (code != ZV_OK)
		return code;
	zv_pack_faults(faults, &n, text, call->arena);
	zv_json_object(&call->json);
	zv_json_key(&call->json, "faults");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "line", faults[i].line);
		zv_json_key_int(&call->json, "column", faults[i].column);
		zv_json_key_c(&call->json, "text", faults[i].err.text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_pack_load(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(call->arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_pack_loaded loaded;
	struct zv_str text = {0};
	size_t n = 0;
	enum zv_code code = read_text(&text, call, err);

	if (code == ZV_OK)
		code = zv_pack_load(&loaded, faults, &n, call->db, call->who, text, call->arena, err);
	if (code != ZV_OK && n > 0)
		return zv_fail(err, code, "text", N_("Line %d, column %d: %s"), faults[0].line, faults[0].column, faults[0].err.text);
	if (code != ZV_OK)
		return code;
	if (loaded.approval.n > 0)
		zv_api_accepted(call, "/api/v1/approvals/", loaded.approval);
	else
		zv_api_created(call, "/api/v1/packs/", loaded.uid);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", loaded.uid);
	zv_api_key_str_or_null(call, "approval", loaded.approval);
	zv_json_key_bool(&call->json, "same", loaded.same);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
