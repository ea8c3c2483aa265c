/* Support in roubles: of an organisation and a project, what if, the budget form of a grant, facts that people state. */
#include "api/operations.h"
#include "app/lots_run.h"
#include "app/measures.h"
#include "app/rules_json.h"
#include "app/support.h"
#include "base/decimal.h"
#include "base/tr.h"

enum { ADDS_MAX = 20, LINES_MAX = 100, WORD_MAX = 60, VALUE_MAX = 500, NAME_MAX_CHARS = 100, SUM_MAX = 60 };

static const char *const what_if[] = {"on", "project", "join", "add", "pack", NULL};

static enum zv_code param_date(zv_date *out, const struct zv_api_call *call, const char *name, struct zv_err *err)
{
	struct zv_str text;

	*out = ZV_DATE_NONE;
	if (!zv_target_param(&text, &call->request->target, name) || text.n == 0)
		return ZV_OK;
	if (!zv_date_parse(out, text))
		return zv_fail(err, ZV_E_INVALID, name, N_("“%.*s” is no date: write it as 2026-09-30."), ZV_STR_FMT(zv_str_first(text, WORD_MAX)));
	return ZV_OK;
}

/* What is added stands in one parameter, parted by semicolons: a parameter is given once. */
static enum zv_code read_adds(struct zv_support_ask *out, struct zv_str *adds, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text = {"", 0}, part;

	if (!zv_target_param(&text, &call->request->target, "add") || text.n == 0)
		return ZV_OK;
	out->add = adds;
	while (zv_str_split(&part, &text, ';')) {
		part = zv_str_trim(part);
		if (part.n == 0)
			continue;
		if (out->n_add == ADDS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "add", N_("At most %d additions at once."), ADDS_MAX);
		adds[out->n_add++] = part;
	}
	return ZV_OK;
}

static enum zv_code read_ask(struct zv_support_ask *out, struct zv_str *adds, const struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_api_only(call, what_if, err);

	*out = (struct zv_support_ask){.on = ZV_DATE_NONE};
	if (code == ZV_OK)
		code = param_date(&out->on, call, "on", err);
	if (code == ZV_OK)
		code = read_adds(out, adds, call, err);
	(void)zv_target_param(&out->project, &call->request->target, "project");
	(void)zv_target_param(&out->join, &call->request->target, "join");
	(void)zv_target_param(&out->pack, &call->request->target, "pack");
	return code;
}

enum zv_code zv_api_org_support(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str adds[ADDS_MAX];
	struct zv_support_ask ask;
	struct zv_support support;
	enum zv_code code = read_ask(&ask, adds, call, err);

	if (code == ZV_OK)
		code = zv_support_org(&support, call->db, call->who, call->args[0], &ask, call->arena, err);
	if (code == ZV_OK)
		zv_support_json(&call->json, &support);
	return code;
}

enum zv_code zv_api_project_support(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str adds[ADDS_MAX];
	struct zv_support_ask ask;
	struct zv_support_project project;
	enum zv_code code = read_ask(&ask, adds, call, err);

	if (code == ZV_OK && ask.project.n > 0)
		return zv_fail(err, ZV_E_INVALID, "project", N_("The address says already which project it is."));
	if (code == ZV_OK)
		code = zv_support_project(&project, call->db, call->who, call->args[0], &ask, call->arena, err);
	if (code == ZV_OK)
		zv_support_project_json(&call->json, &project);
	return code;
}

enum zv_code zv_api_state_fact(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"value", "document", "project", NULL};
	struct zv_str value = {0}, document = {0}, project = {0};
	struct zv_support_stated stated = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&value, call, "value", true, VALUE_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&document, call, "document", false, VALUE_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&project, call, "project", false, NAME_MAX_CHARS, err);
	if (code == ZV_OK)
		code = zv_support_state(&stated, call->db, call->who, call->args[0], project, call->args[1], value, document, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", stated.uid);
	zv_json_key_str(&call->json, "name", call->args[1]);
	zv_json_key_str(&call->json, "value", stated.value);
	zv_json_key_bool(&call->json, "rival", stated.rival);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* --- the budget form ------------------------------------------------------------------------------------------------------------------ */

static enum zv_code read_line(struct zv_support_form_line *out, const struct zv_json_value *item, struct zv_err *err)
{
	static const char *const names[] = {"category", "sum"};
	struct zv_str *const values[] = {&out->category, &out->sum};

	if (item->kind != ZV_JSON_OBJECT)
		return zv_fail(err, ZV_E_INVALID, "lines", N_("A line of the form is an object with a category and a sum."));
	for (size_t i = 0; i < item->n; i++) {
		bool known = false;

		for (size_t k = 0; k < ZV_LEN(names); k++) {
			if (!zv_str_eq_c(item->names[i], names[k]))
				continue;
			known = item->items[i].kind == ZV_JSON_STRING || item->items[i].kind == ZV_JSON_NUMBER;
			*values[k] = zv_str_first(item->items[i].text, VALUE_MAX);
		}
		if (!known)
			return zv_fail(err, ZV_E_INVALID, "lines", N_("A line of the form is an object with a category and a sum."));
	}
	return ZV_OK;
}

static void key_share(struct zv_api_call *call, int64_t ppm)
{
	char text[ZV_DECIMAL_TEXT];

	zv_decimal_format(text, ppm / 1000, 1, 1, true);
	zv_json_key_str(&call->json, "share", zv_arena_strf(call->arena, "%s %%", text));
}

static void key_limit(struct zv_api_call *call, const char *key, bool has, int64_t kop)
{
	if (has) {
		zv_api_key_amount(call, key, kop);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

static void add_form(struct zv_api_call *call, const struct zv_support_form *form)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "measure");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "id", form->rule->id);
	zv_json_key_str(&call->json, "title", zv_rules_words(&form->rule->title));
	zv_json_end_object(&call->json);
	zv_api_key_amount(call, "total", form->total_kop);
	zv_json_key(&call->json, "lines");
	zv_json_array(&call->json);
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct zv_support_form_row *row = &form->rows[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "category", row->category->name);
		zv_json_key_str(&call->json, "title", zv_rules_words(&row->category->title));
		zv_api_key_amount(call, "sum", row->sum_kop);
		key_share(call, row->share_ppm);
		key_limit(call, "ceiling", row->has_ceiling, row->ceiling_kop);
		key_limit(call, "floor", row->has_floor, row->floor_kop);
		zv_api_key_str_or_null(call, "fault", row->fault);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key_int(&call->json, "faults", form->n_faults);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_budget_check(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"measure", "on", "lines", NULL};
	struct zv_support_form_line lines[LINES_MAX] = {0};
	const struct zv_json_value *items = NULL;
	struct zv_support_form form;
	struct zv_str measure = {0};
	zv_date on = ZV_DATE_NONE;
	size_t n = 0;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&measure, call, "measure", true, NAME_MAX_CHARS, err);
	if (code == ZV_OK)
		code = zv_api_date(&on, call, "on", false, err);
	if (code == ZV_OK)
		code = zv_api_list(&items, &n, call, "lines", LINES_MAX, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = read_line(&lines[i], &items[i], err);
	if (code == ZV_OK)
		code = zv_support_form_check(&form, call->db, call->who, measure, on, lines, n, call->arena, err);
	if (code == ZV_OK)
		add_form(call, &form);
	return code;
}

/* --- cost lines from the lot ---------------------------------------------------------------------------------------------------------- */

enum zv_code zv_api_costs_from_lots(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_support_lots lots;
	enum zv_code code = zv_support_costs_from_lots(&lots, call->db, call->who, call->args[0], ZV_DATE_NONE, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "lot", lots.lot);
	zv_api_key_named(call, "supplier", "org", lots.supplier_uid, lots.supplier);
	zv_json_key(&call->json, "lines");
	zv_json_array(&call->json);
	for (size_t i = 0; i < lots.n_lines; i++) {
		const struct zv_support_lot_line *line = &lots.lines[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", line->uid);
		zv_api_key_named(call, "org", "org", line->org_uid, line->org);
		zv_json_key_str(&call->json, "qty", line->qty);
		zv_api_key_amount(call, "sum", line->sum_kop);
		zv_json_key_c(&call->json, "state", line->fresh ? "added" : line->changed ? "changed" : "same");
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
