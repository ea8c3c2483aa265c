/* Measures of support: the register, one measure, windows by date, who gained and who lost. */
#include "api/operations.h"
#include "app/measures.h"
#include "app/rules_json.h"
#include "base/decimal.h"
#include "base/tr.h"

enum { LIMIT = 100, WORD_MAX = 60, TEXT_MAX = 200, PPM_DECIMALS = 4 };

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

static void key_words(struct zv_api_call *call, const char *key, const struct zv_rules_words *words)
{
	zv_api_key_str_or_null(call, key, zv_rules_words(words));
}

/* --- one measure ---------------------------------------------------------------------------------------------------------------------- */

static void add_pack(struct zv_api_call *call, const struct zv_pack *pack)
{
	const struct zv_rules_pack_head *head = zv_rules_head(pack->rules);

	zv_json_key(&call->json, "pack");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", pack->uid);
	zv_json_key_str(&call->json, "name", pack->name);
	zv_json_key_str(&call->json, "series", pack->series);
	zv_json_key_str(&call->json, "title", zv_rules_words(&head->title));
	zv_json_key_c(&call->json, "level", zv_measure_level_name(head->level));
	zv_api_key_str_or_null(call, "region", head->region);
	zv_api_key_date(call, "valid_from", head->valid_from);
	zv_api_key_date(call, "valid_to", head->valid_to);
	zv_json_key_c(&call->json, "confidence", zv_measure_confidence_name(head->confidence));
	zv_api_key_str_or_null(call, "source", head->source);
	zv_json_end_object(&call->json);
}

static void add_windows(struct zv_api_call *call, const struct zv_rules_rule *rule, zv_date on)
{
	zv_json_key(&call->json, "windows");
	zv_json_array(&call->json);
	for (int i = 0; i < rule->n_windows; i++) {
		const struct zv_rules_window *window = &rule->windows[i];

		zv_json_object(&call->json);
		zv_api_key_date(call, "from", window->from);
		zv_api_key_date(call, "to", window->to);
		zv_json_key_str(&call->json, "title", zv_rules_words(&window->title));
		zv_json_key_c(&call->json, "state", zv_measure_phase_name(zv_measure_phase(window->from, window->to, on)));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "budgets");
	zv_json_array(&call->json);
	for (int i = 0; i < rule->n_budgets; i++) {
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "year", rule->budgets[i].year);
		zv_api_key_amount(call, "amount", rule->budgets[i].kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_brief(struct zv_api_call *call, const struct zv_measure *measure, zv_date on)
{
	const struct zv_rules_rule *rule = measure->rule;
	const char *form = zv_measure_form_label(rule->form);

	zv_json_key_str(&call->json, "id", rule->id);
	zv_json_key_str(&call->json, "title", zv_rules_words(&rule->title));
	zv_json_key_str(&call->json, "form", rule->form);
	zv_json_key_str(&call->json, "form_title", form != NULL ? zv_str_c(zv_tr(form)) : rule->form);
	zv_json_key_c(&call->json, "status", zv_measure_status_name(rule->status));
	zv_json_key_c(&call->json, "status_title", zv_tr(zv_measure_status_label(rule->status)));
	zv_json_key_c(&call->json, "confidence", zv_measure_confidence_name(rule->confidence));
	zv_json_key_bool(&call->json, "computes", rule->computes);
	zv_api_key_str_or_null(call, "act_old", rule->act_old);
	zv_api_key_str_or_null(call, "act_new", rule->act_new);
	key_words(call, "beneficiary", &rule->beneficiary);
	key_words(call, "amount_text", &rule->amount_text);
	key_words(call, "rate_text", &rule->rate_text);
	zv_api_key_str_or_null(call, "administrator", rule->administrator);
	add_windows(call, rule, on);
	add_pack(call, measure->pack);
}

static void add_texts(struct zv_api_call *call, const char *key, const struct zv_str *texts, int n)
{
	zv_json_key(&call->json, key);
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++)
		zv_json_str(&call->json, texts[i]);
	zv_json_end_array(&call->json);
}

/* The title of a measure that this one cannot stand beside; that of another pack is not looked for. */
static void add_excludes(struct zv_api_call *call, const struct zv_measure *measure)
{
	int n;
	const struct zv_rules_rule *rules = zv_rules_all(&n, measure->pack->rules);

	zv_json_key(&call->json, "excludes");
	zv_json_array(&call->json);
	for (int i = 0; i < measure->rule->n_excludes; i++) {
		int at = zv_rules_find(measure->pack->rules, measure->rule->excludes[i]);

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "id", measure->rule->excludes[i]);
		zv_json_key_str(&call->json, "title", at >= 0 ? zv_rules_words(&rules[at].title) : measure->rule->excludes[i]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void key_part(struct zv_api_call *call, const char *key, int64_t ppm)
{
	char text[ZV_DECIMAL_TEXT];

	zv_decimal_format(text, ppm < 0 ? 0 : ppm, PPM_DECIMALS, 0, true);
	zv_api_key_str_or_null(call, key, ppm < 0 ? ZV_STR("") : zv_arena_strf(call->arena, "%s %%", text));
}

static void add_categories(struct zv_api_call *call, const struct zv_rules_rule *rule)
{
	zv_json_key(&call->json, "categories");
	zv_json_array(&call->json);
	for (int i = 0; i < rule->n_categories; i++) {
		const struct zv_rules_category *category = &rule->categories[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "name", category->name);
		zv_json_key_str(&call->json, "title", zv_rules_words(&category->title));
		key_part(call, "at_most", category->ceiling_ppm);
		key_part(call, "at_least", category->floor_ppm);
		zv_api_key_str_or_null(call, "of", category->of);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* The line that counts on the day: an open end lasts until the next line begins, and of two the later one counts. */
static int value_on(const struct zv_rules_parameter *parameter, zv_date on)
{
	int at = -1;

	for (int i = 0; i < parameter->n_values; i++) {
		const struct zv_rules_parameter_value *value = &parameter->values[i];

		if ((value->from == ZV_DATE_NONE || value->from <= on) && (value->to == ZV_DATE_NONE || value->to >= on))
			at = i;
	}
	return at;
}

static void add_parameter(struct zv_api_call *call, const struct zv_rules_parameter *parameter, zv_date on)
{
	int in_force = value_on(parameter, on);

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "name", parameter->name);
	zv_json_key_str(&call->json, "title", zv_rules_words(&parameter->title));
	zv_json_key(&call->json, "values");
	zv_json_array(&call->json);
	for (int i = 0; i < parameter->n_values; i++) {
		zv_json_object(&call->json);
		zv_api_key_date(call, "from", parameter->values[i].from);
		zv_api_key_date(call, "to", parameter->values[i].to);
		zv_json_key_str(&call->json, "text", parameter->values[i].text);
		zv_api_key_str_or_null(call, "source", parameter->values[i].source);
		zv_json_key_bool(&call->json, "in_force", i == in_force);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static void add_parameters(struct zv_api_call *call, const struct zv_measure *measure, zv_date on)
{
	int n;
	const struct zv_rules_parameter *parameters = zv_rules_parameters(&n, measure->pack->rules);

	zv_json_key(&call->json, "parameters");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++)
		if (zv_measure_uses(measure, parameters[i].name))
			add_parameter(call, &parameters[i], on);
	zv_json_end_array(&call->json);
}

static void add_questions(struct zv_api_call *call, const struct zv_measure *measure)
{
	static const char *const types[] = {[ZV_RULES_BOOL] = "yesno", [ZV_RULES_NUMBER] = "number", [ZV_RULES_MONEY] = "money", [ZV_RULES_DATE] = "date",
					    [ZV_RULES_TEXT] = "text"};
	int n;
	const struct zv_rules_declared *facts = zv_rules_declared(&n, measure->pack->rules);

	zv_json_key(&call->json, "facts");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++) {
		if (!zv_measure_uses(measure, facts[i].name))
			continue;
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "name", facts[i].name);
		zv_json_key_c(&call->json, "type", types[facts[i].type]);
		zv_json_key_str(&call->json, "question", zv_rules_words(&facts[i].title));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* --- operations ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code read_query(struct zv_measures_query *out, struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str status = ZV_STR(""), form = ZV_STR(""), text = ZV_STR("");
	enum zv_code code = param_date(&out->on, call, "on", err);

	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&text, &call->request->target, "q");
	if (text.n > TEXT_MAX)
		return zv_fail(err, ZV_E_INVALID, "q", N_("Shorten “%s” to %zu characters."), "q", (size_t)TEXT_MAX);
	out->text = text;
	(void)zv_target_param(&form, &call->request->target, "form");
	(void)zv_target_param(&status, &call->request->target, "status");
	return zv_measures_filter(out, status, form, err);
}

enum zv_code zv_api_measures(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"q", "status", "form", "on", "limit", "cursor", NULL};
	struct zv_measures_query query = {.status = -1};
	struct zv_measure *measures = NULL;
	size_t n = 0;
	int64_t from = 0;
	zv_date on = ZV_DATE_NONE;
	int limit;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&from, call, err);
	if (code == ZV_OK)
		code = read_query(&query, call, err);
	if (code == ZV_OK)
		code = zv_measures_list(&measures, &n, &on, call->db, call->who, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = (size_t)from; i < n && i < (size_t)from + (size_t)limit; i++) {
		zv_json_object(&call->json);
		add_brief(call, &measures[i], on);
		zv_json_end_object(&call->json);
	}
	from = (size_t)from + (size_t)limit < n ? from + limit : 0;
	zv_api_end_items(call, from > 0 ? zv_api_cursor_text(from, call->arena) : ZV_STR(""), (int64_t)n);
	return ZV_OK;
}

enum zv_code zv_api_measure(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"on", NULL};
	struct zv_measure measure;
	zv_date on = ZV_DATE_NONE;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = param_date(&on, call, "on", err);
	if (code == ZV_OK)
		code = zv_measures_get(&measure, &on, call->db, call->who, call->args[0], on, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_brief(call, &measure, on);
	zv_api_key_date(call, "on", on);
	key_words(call, "note", &measure.rule->note);
	zv_api_key_str_or_null(call, "source", measure.rule->source);
	zv_api_key_str_or_null(call, "link", measure.rule->link);
	zv_api_key_str_or_null(call, "condition", measure.rule->condition);
	zv_json_key_str(&call->json, "text", zv_measure_text(&measure));
	add_texts(call, "costs", measure.rule->costs, measure.rule->n_costs);
	add_texts(call, "groups", measure.rule->groups, measure.rule->n_groups);
	add_excludes(call, &measure);
	add_categories(call, measure.rule);
	add_parameters(call, &measure, on);
	add_questions(call, &measure);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static void add_event(struct zv_api_call *call, const struct zv_measure_event *event, zv_date on)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "measure");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "id", event->measure.rule->id);
	zv_json_key_str(&call->json, "title", zv_rules_words(&event->measure.rule->title));
	zv_json_end_object(&call->json);
	zv_json_key_str(&call->json, "title", zv_rules_words(&event->window->title));
	zv_api_key_date(call, "from", event->window->from);
	zv_api_key_date(call, "to", event->window->to);
	zv_json_key_c(&call->json, "state", zv_measure_phase_name(zv_measure_phase(event->window->from, event->window->to, on)));
	zv_api_key_named(call, "pack", "pack", event->measure.pack->uid, event->measure.pack->name);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_measure_calendar(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"from", "to", "on", NULL};
	struct zv_measure_event *events = NULL;
	size_t n = 0;
	zv_date from, to, on;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = param_date(&from, call, "from", err);
	if (code == ZV_OK)
		code = param_date(&to, call, "to", err);
	if (code == ZV_OK)
		code = param_date(&on, call, "on", err);
	if (code == ZV_OK)
		code = zv_measure_calendar(&events, &n, &on, call->db, call->who, from, to, on, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++)
		add_event(call, &events[i], on);
	zv_json_end_array(&call->json);
	zv_api_key_date(call, "on", on);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static void key_kop(struct zv_api_call *call, const char *key, int64_t kop)
{
	if (kop >= 0)
		zv_api_key_amount(call, key, kop);
	else
		zv_json_key_c(&call->json, key, NULL);
}

static void add_change(struct zv_api_call *call, const struct zv_measure_change *change)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "measure");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "id", change->measure);
	zv_json_key_str(&call->json, "title", change->title);
	zv_json_end_object(&call->json);
	zv_api_key_named(call, "org", "org", change->org_uid, change->org);
	zv_json_key_c(&call->json, "was", zv_measure_truth_name(change->was));
	zv_json_key_c(&call->json, "now", zv_measure_truth_name(change->now));
	key_kop(call, "was_amount", change->was_kop);
	key_kop(call, "now_amount", change->now_kop);
	zv_json_key_c(&call->json, "change", zv_measure_change_word(change));
	zv_api_key_named(call, "pack", "pack", change->pack_uid, change->pack);
	zv_api_key_instant(call, "at", change->at_ms);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_measure_changes(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"pack", "measure", "limit", "cursor", NULL};
	struct zv_measure_changes_query query = {0};
	struct zv_measure_change *changes = NULL;
	size_t n = 0;
	int64_t next = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&query.limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&query.before, call, err);
	(void)zv_target_param(&query.pack, &call->request->target, "pack");
	(void)zv_target_param(&query.measure, &call->request->target, "measure");
	if (code == ZV_OK)
		code = zv_measure_changes(&changes, &n, &next, call->db, call->who, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_change(call, &changes[i]);
	zv_api_end_items(call, next > 0 ? zv_api_cursor_text(next, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}
