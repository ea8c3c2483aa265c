/* Saved questions about production chains, and several of them side by side. */
#include <math.h>

#include "api/download.h"
#include "api/operations.h"
#include "app/chain_scenario.h"
#include "app/view_record.h"

enum { UIDS_MAX = ZV_SCENARIOS_COMPARED_MAX + 1, DAY_DECIMALS = 2 };

static void add_scenario(struct zv_api_call *call, const struct zv_scenario *s)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", s->uid);
	zv_json_key_str(&call->json, "title", s->title);
	zv_json_key_str(&call->json, "made_by", s->made_by);
	zv_api_key_instant(call, "made_at", s->made_ms);
	zv_json_key_bool(&call->json, "own", s->own);
	zv_json_key(&call->json, "question");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "cause", s->words.cause);
	zv_json_key_str(&call->json, "with", s->words.with);
	zv_json_key_str(&call->json, "days", s->words.days);
	zv_json_key_str(&call->json, "from", s->words.from);
	zv_json_key_str(&call->json, "to", s->words.to);
	zv_json_key_str(&call->json, "rate", s->words.rate);
	zv_json_end_object(&call->json);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_scenarios(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_scenario *list;
	size_t n;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_scenario_list(&list, &n, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_scenario(call, &list[i]);
	zv_api_end_items(call, ZV_STR(""), (int64_t)n);
	return ZV_OK;
}

static enum zv_code show(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_scenario scenario;
	enum zv_code code = zv_scenario_get(&scenario, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		add_scenario(call, &scenario);
	return code;
}

enum zv_code zv_api_scenario(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? show(call, call->args[0], err) : code;
}

enum zv_code zv_api_scenario_save(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"title", "cause", "with", "days", "from", "to", "rate", NULL};
	struct zv_chain_words words = {0};
	struct {
		const char *name;
		struct zv_str *text;
	} parts[] = {{"cause", &words.cause}, {"with", &words.with}, {"days", &words.days}, {"from", &words.from}, {"to", &words.to}, {"rate", &words.rate}};
	struct zv_scenario scenario;
	struct zv_str title = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&title, call, "title", false, ZV_SCENARIO_TITLE_MAX, err);
	for (size_t i = 0; i < ZV_LEN(parts) && code == ZV_OK; i++)
		code = zv_api_text(parts[i].text, call, parts[i].name, i == 0, ZV_SCENARIO_WORDS_MAX, err);
	if (code == ZV_OK)
		code = zv_scenario_save(&scenario, call->db, call->who, title, &words, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/scenarios/", scenario.uid);
	add_scenario(call, &scenario);
	return ZV_OK;
}

enum zv_code zv_api_scenario_rename(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"title", NULL};
	struct zv_str title;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&title, call, "title", true, ZV_SCENARIO_TITLE_MAX, err);
	if (code == ZV_OK)
		code = zv_scenario_rename(call->db, call->who, call->args[0], title, call->arena, err);
	return code == ZV_OK ? show(call, call->args[0], err) : code;
}

enum zv_code zv_api_scenario_drop(struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_scenario_drop(call->db, call->who, call->args[0], call->arena, err);

	if (code == ZV_OK)
		zv_api_nothing(call);
	return code;
}

/* --- side by side -------------------------------------------------------------------------------------------------------------- */

static void key_day(struct zv_api_call *call, const char *key, double day)
{
	if (isfinite(day)) {
		zv_json_key_decimal(&call->json, key, (int64_t)llround(day * 100), DAY_DECIMALS);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

static int64_t lost(const struct zv_chain_hit *hit)
{
	return hit != NULL ? hit->lost_kop : 0;
}

static void add_line(struct zv_api_call *call, const struct zv_scenario_line *line, size_t n)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "name", line->name);
	zv_api_key_str_or_null(call, "org", line->org);
	zv_json_key_str(&call->json, "process", line->process);
	zv_json_key(&call->json, "beside");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		const struct zv_chain_hit *hit = line->hits[i];

		zv_json_object(&call->json);
		key_day(call, "first_day", hit != NULL ? hit->first : NAN);
		key_day(call, "stop_day", hit != NULL ? hit->stop : NAN);
		key_day(call, "back_day", hit != NULL ? hit->back : NAN);
		zv_api_key_amount(call, "lost", lost(hit));
		zv_api_key_amount(call, "difference", lost(hit) - lost(line->hits[0]));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static void add_org(struct zv_api_call *call, const struct zv_scenario_org *org, size_t n)
{
	zv_json_object(&call->json);
	zv_api_key_str_or_null(call, "org", org->name);
	zv_json_key(&call->json, "beside");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_api_key_amount(call, "lost", org->lost_kop[i]);
		zv_api_key_amount(call, "difference", org->lost_kop[i] - org->lost_kop[0]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static void add_comparison(struct zv_api_call *call, const struct zv_scenario_comparison *c)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "scenarios");
	zv_json_array(&call->json);
	for (size_t i = 0; i < c->n; i++) {
		zv_json_object(&call->json);
		zv_json_key(&call->json, "scenario");
		add_scenario(call, &c->scenarios[i]);
		zv_json_key_int(&call->json, "days", (int64_t)c->asked[i].question.when.days);
		zv_api_key_amount(call, "lost", c->asked[i].answer.lost_kop);
		zv_api_key_amount(call, "difference", c->asked[i].answer.lost_kop - c->asked[0].answer.lost_kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "processes");
	zv_json_array(&call->json);
	for (size_t i = 0; i < c->n_lines; i++)
		add_line(call, &c->lines[i], c->n);
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "enterprises");
	zv_json_array(&call->json);
	for (size_t i = 0; i < c->n_orgs; i++)
		add_org(call, &c->orgs[i], c->n);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static enum zv_code compare(struct zv_scenario_comparison *out, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"uids", NULL};
	struct zv_str uids[UIDS_MAX], rest = {0}, part;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&rest, &call->request->target, "uids");
	while (n < UIDS_MAX && zv_str_split(&part, &rest, ','))
		if (part.n > 0)
			uids[n++] = part;
	return zv_scenario_compare(out, call->db, call->who, uids, n, call->arena, err);
}

static enum zv_code show_comparison(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_scenario_comparison comparison;
	enum zv_code code = compare(&comparison, call, err);

	if (code == ZV_OK)
		add_comparison(call, &comparison);
	return code;
}

static enum zv_code write_csv(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_scenario_comparison comparison;
	uint64_t version = 0;
	enum zv_code code = compare(&comparison, call, err);

	if (code == ZV_OK)
		code = zv_view_version(&version, call->db, err);
	if (code != ZV_OK)
		return code;
	zv_buf_reset(call->answer->body);
	code = zv_scenario_csv(call->answer->body, &comparison, version, call->arena, err);
	if (code == ZV_OK)
		zv_api_download(call, ZV_API_CSV, ZV_STR("scenarios.csv"));
	call->rows += (int64_t)((comparison.n_lines + 1) * comparison.n);
	return code;
}

enum zv_code zv_api_scenario_comparison(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, show_comparison, err);
}

enum zv_code zv_api_scenario_comparison_csv(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, write_csv, err);
}
