/* What stops when something stops: all causes by what they cost, and one of them. */
#include <math.h>

#include "api/download.h"
#include "api/inside.h"
#include "api/operations.h"
#include "app/chain_list.h"
#include "app/chain_question.h"
#include "app/chain_scenario.h"
#include "app/job_chain.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "model/quantity.h"

enum { RANKS = 50, NAMES = 25, KIND_MAX = 40, THOUSANDTH = 1000 };

/* --- parameters -------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_question(struct zv_chain_question *out, struct zv_api_call *call, const char *const *known, struct zv_err *err)
{
	const struct zv_target *target = &call->request->target;
	struct zv_chain_words words = {0};
	enum zv_code code = zv_api_only(call, known, err);

	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&words.cause, target, "cause");
	(void)zv_target_param(&words.with, target, "with");
	(void)zv_target_param(&words.days, target, "days");
	(void)zv_target_param(&words.from, target, "from");
	(void)zv_target_param(&words.to, target, "to");
	(void)zv_target_param(&words.rate, target, "rate");
	return zv_chain_question_read(out, &words, err);
}

/* --- all causes -------------------------------------------------------------------------------------------------------------- */

/* kind=: one of zv_chain_cause_word; -1 without. */
static enum zv_code read_kind(int *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str word = {0};

	(void)zv_target_param(&word, &call->request->target, "kind");
	return zv_chain_kind_read(out, word, err);
}

static enum zv_code rank(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"days", "from", "to", "rate", "with", "kind", "limit", NULL};
	struct zv_chain_list_ask ask = {.threads = 1};
	struct zv_chain_list list;
	struct zv_chain_asked q;
	int limit = RANKS;
	enum zv_code code = zv_api_limit(&limit, call, RANKS, err);

	if (code == ZV_OK)
		code = read_kind(&ask.kind, call, err);
	if (code == ZV_OK)
		code = read_question(&q.question, call, known, err);
	if (code == ZV_OK)
		code = zv_chain_asked_load(&q, call->db, call->who, call->arena, err);
	if (code == ZV_OK)
		code = zv_chain_at_once(&q, ask.kind, err);
	if (code != ZV_OK)
		return code;
	ask.limit = (uint64_t)limit;
	ask.when = q.question.when;
	code = zv_chain_list(&list, &q.world, q.causes, q.n_causes, &ask, call->arena, err);
	if (code == ZV_OK)
		zv_chain_ranking_json(&call->json, &q.world, &ask.when, &list, call->arena);
	return code;
}

enum zv_code zv_api_chain_ranking(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, rank, err);
}

/* The same as a job: of any number of causes. */
enum zv_code zv_api_chain_rank_all(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"days", "from", "to", "rate", "with", "kind", NULL};
	struct zv_chain_words words = {0};
	struct {
		const char *name;
		struct zv_str *text;
	} parts[] = {{"days", &words.days}, {"from", &words.from}, {"to", &words.to}, {"rate", &words.rate}, {"with", &words.with}};
	struct zv_str kind = {0}, job;
	enum zv_code code = zv_api_body_only(call, names, err);

	for (size_t i = 0; i < ZV_LEN(parts) && code == ZV_OK; i++)
		code = zv_api_text(parts[i].text, call, parts[i].name, false, ZV_SCENARIO_WORDS_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&kind, call, "kind", false, KIND_MAX, err);
	if (code == ZV_OK)
		code = zv_job_chain_submit(&job, call->with->jobs, call->db, call->who, &words, kind, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", job);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "job", job);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* --- names of causes --------------------------------------------------------------------------------------------------------- */

static bool named(const struct zv_api_call *call, const struct zv_chain_cause *cause, struct zv_str folded)
{
	struct zv_buf buf;
	bool found;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, zv_chain_cause_title(cause, call->arena));
	found = zv_str_find(zv_buf_str(&buf), folded) >= 0;
	zv_buf_done(&buf);
	return found;
}

static enum zv_code name(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"q", "kind", "limit", NULL};
	int limit = NAMES, kind, shown[ZV_CHAIN_CAUSE_KINDS] = {0};
	struct zv_chain_asked asked = {0};
	struct zv_str q = {0};
	struct zv_buf folded;
	uint32_t total = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, NAMES, err);
	if (code == ZV_OK)
		code = read_kind(&kind, call, err);
	if (code == ZV_OK)
		code = zv_chain_asked_load(&asked, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_buf_init(&folded, 0);
	(void)zv_target_param(&q, &call->request->target, "q");
	zv_utf8_fold(&folded, zv_str_trim(q));
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < asked.n_causes; i++) {
		const struct zv_chain_cause *cause = &asked.causes[i];

		if ((kind >= 0 && (int)cause->kind != kind) || !named(call, cause, zv_buf_str(&folded)))
			continue;
		total++;
		if (shown[cause->kind]++ >= limit)
			continue;
		zv_json_object(&call->json);
		zv_chain_cause_json(&call->json, cause, call->arena);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key_int(&call->json, "total", total);
	zv_json_end_object(&call->json);
	zv_buf_done(&folded);
	return ZV_OK;
}

enum zv_code zv_api_chain_causes(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, name, err);
}

/* --- one cause --------------------------------------------------------------------------------------------------------------- */

static void add_steps(struct zv_api_call *call, const struct zv_chain_world *world, const struct zv_chain_hit *hit)
{
	zv_json_key(&call->json, "steps");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < hit->n_why; i++) {
		const struct zv_chain_step *step = &hit->why[i];
		const struct zv_chain_line *line = &world->lines[step->line];

		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "at", step->firm);
		zv_json_key_str(&call->json, "name", zv_chain_firm_name(world, step->firm, call->arena));
		zv_json_key_int(&call->json, "from_at", step->supplier);
		zv_json_key_str(&call->json, "from", zv_chain_firm_name(world, step->supplier, call->arena));
		zv_json_key_str(&call->json, "input", line->item);
		zv_json_key_int(&call->json, "sources", line->sources);
		zv_json_key_int(&call->json, "stock_days", line->stock_days);
		zv_chain_key_day(&call->json, "day", step->day);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* The amount as the form of a need takes it, rounded up to a thousandth of its unit. */
static void add_lacks(struct zv_api_call *call, const struct zv_chain_world *world, const struct zv_chain_hit *hit)
{
	static const char *const units[] = {[ZV_DIM_MASS] = "кг", [ZV_DIM_VOLUME] = "л", [ZV_DIM_PIECE] = "шт"};
	int64_t base = zv_chain_lacks(world, hit), dim = hit->n_why > 0 ? world->lines[hit->why[hit->n_why - 1].line].dim : 0;
	const char *key = dim >= 0 && dim < (int64_t)ZV_LEN(units) ? units[dim] : NULL;
	const struct zv_unit *unit = NULL;
	char qty[ZV_QUANTITY_TEXT], text[ZV_QUANTITY_TEXT];

	zv_json_key(&call->json, "lacks");
	if (base <= 0 || key == NULL || zv_unit_find(&unit, zv_str_c(key), "unit", NULL) != ZV_OK) {
		zv_json_null(&call->json);
		return;
	}
	if (dim != ZV_DIM_PIECE)
		base = (base + THOUSANDTH - 1) / THOUSANDTH * THOUSANDTH;
	if (!zv_quantity_decimal(qty, base, unit)) {
		zv_json_null(&call->json);
		return;
	}
	zv_quantity_format(text, base, (enum zv_dim)dim);
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "qty", qty);
	zv_json_key_c(&call->json, "unit", key);
	zv_json_key_c(&call->json, "text", text);
	zv_json_end_object(&call->json);
}

static void add_hit(struct zv_api_call *call, const struct zv_chain_world *world, const struct zv_chain_hit *hit)
{
	const struct zv_chain_firm *firm = &world->firms[hit->firm];

	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "at", hit->firm);
	zv_json_key_str(&call->json, "name", zv_chain_firm_name(world, hit->firm, call->arena));
	zv_api_key_str_or_null(call, "org", firm->org);
	zv_api_key_str_or_null(call, "process", firm->process);
	zv_chain_key_day(&call->json, "first_day", hit->first);
	zv_chain_key_day(&call->json, "stop_day", hit->stop);
	zv_chain_key_day(&call->json, "back_day", hit->back);
	zv_chain_key_day(&call->json, "lost_days", hit->lost);
	zv_api_key_amount(call, "lost", hit->lost_kop);
	add_lacks(call, world, hit);
	zv_json_key_int(&call->json, "lead_days", hit->n_why > 0 ? zv_chain_lead_days(world, hit->why[hit->n_why - 1].line) : 0);
	zv_json_key_str(&call->json, "why", zv_chain_why(world, hit, call->arena));
	add_steps(call, world, hit);
	zv_json_end_object(&call->json);
}

static void add_answer(struct zv_api_call *call, const struct zv_chain_asked *q)
{
	const struct zv_chain_answer *answer = &q->answer;

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "name", q->cause.name);
	zv_chain_when_json(&call->json, &q->question.when);
	zv_json_key(&call->json, "causes");
	zv_json_array(&call->json);
	for (size_t i = 0; i < q->question.n_causes; i++) {
		zv_json_object(&call->json);
		zv_chain_cause_json(&call->json, q->parts[i], call->arena);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "with");
	zv_json_array(&call->json);
	for (size_t i = 0; i < q->question.n_with; i++)
		zv_json_str(&call->json, q->question.with[i]);
	zv_json_end_array(&call->json);
	zv_api_key_amount(call, "lost", answer->lost_kop);
	zv_chain_key_day(&call->json, "survives_days", zv_chain_survives(answer, &q->question.when));
	zv_json_key_bool(&call->json, "ask_recovery", zv_chain_asks_recovery(answer, &q->question.when));
	zv_json_key(&call->json, "if_it_lasts");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < answer->n_lengths; i++) {
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "days", (int64_t)answer->lengths[i].days);
		zv_api_key_amount(call, "lost", answer->lengths[i].lost_kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "processes");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < answer->n_hits; i++)
		add_hit(call, &q->world, &answer->hits[i]);
	zv_json_end_array(&call->json);
	zv_json_key_int(&call->json, "bridge_for_days", ZV_CHAIN_BRIDGE_DAYS);
	zv_json_key(&call->json, "bridges");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < answer->n_bridges; i++) {
		const struct zv_chain_line *line = &q->world.lines[answer->bridges[i].line];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "name", zv_chain_firm_name(&q->world, line->firm, call->arena));
		zv_json_key_str(&call->json, "input", line->item);
		zv_json_key_int(&call->json, "stock_days", line->stock_days);
		zv_chain_key_day(&call->json, "needed_days", answer->bridges[i].need);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static enum zv_code answer_one(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"cause", "days", "from", "to", "rate", "with", NULL};
	struct zv_chain_asked q;
	enum zv_code code = read_question(&q.question, call, known, err);

	if (code == ZV_OK)
		code = zv_chain_ask(&q, call->db, call->who, call->arena, err);
	if (code == ZV_OK)
		code = zv_chain_lengths(&q.answer, &q.world, &q.cause, &q.question.when, err);
	if (code == ZV_OK)
		add_answer(call, &q);
	return code;
}

enum zv_code zv_api_chain_run(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, answer_one, err);
}
