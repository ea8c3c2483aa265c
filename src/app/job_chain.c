/* All causes beside the server's answers, with the rights of who asked. */
#include "app/job_chain.h"

#include "app/chain_list.h"
#include "app/who_json.h"
#include "base/tr.h"
#include "format/json_value.h"

enum { PARAMS_MAX = 64 * 1024, LIMIT = 200 };

enum zv_code zv_job_chain_submit(struct zv_str *job, struct zv_jobs *jobs, struct zv_db *db, const struct zv_who *who, const struct zv_chain_words *words,
				 struct zv_str kind, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_job_new new_job = {.kind = zv_job_chain_rank.name, .lang = zv_tr_lang(), .account_id = who->account_id};
	struct zv_chain_question question;
	struct zv_json json;
	struct zv_out out;
	int known;
	enum zv_code code = zv_chain_question_read(&question, words, err);

	if (code == ZV_OK)
		code = zv_chain_kind_read(&known, kind, err);
	if (code != ZV_OK)
		return code;
	zv_out_init(&out, NULL, PARAMS_MAX);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key(&json, "who");
	zv_who_write_json(&json, who);
	zv_json_key_str(&json, "days", words->days);
	zv_json_key_str(&json, "from", words->from);
	zv_json_key_str(&json, "to", words->to);
	zv_json_key_str(&json, "rate", words->rate);
	zv_json_key_str(&json, "with", words->with);
	zv_json_key_str(&json, "kind", kind);
	zv_json_end_object(&json);
	new_job.params = zv_str_dup(arena, zv_out_text(&out));
	if (who->n_grants > 0 && who->grants[0].centre_id > 0)
		new_job.centre_id = who->grants[0].centre_id;
	zv_out_done(&out);
	return zv_job_submit(job, jobs, db, &new_job, arena, err);
}

static struct zv_str text_of(const struct zv_json_value *params, const char *key)
{
	const struct zv_json_value *value = zv_json_get(params, key);

	return value != NULL ? value->text : ZV_STR("");
}

static bool go_on(void *context, uint32_t done, uint32_t all)
{
	struct zv_job_run *job = context;

	zv_job_tell(job, done, all);
	return !zv_job_stopping(job);
}

static enum zv_code read_params(struct zv_chain_asked *asked, struct zv_chain_list_ask *ask, struct zv_who *who, struct zv_job_run *job, struct zv_err *err)
{
	struct zv_chain_words words;
	struct zv_json_value params;
	enum zv_code code = zv_json_parse(&params, zv_job_of(job)->params, zv_job_arena(job), err);

	if (code == ZV_OK)
		code = zv_who_read_json(who, zv_json_get(&params, "who"), zv_job_arena(job), err);
	if (code != ZV_OK)
		return code;
	words = (struct zv_chain_words){.with = text_of(&params, "with"), .days = text_of(&params, "days"), .from = text_of(&params, "from"),
					.to = text_of(&params, "to"), .rate = text_of(&params, "rate")};
	code = zv_chain_question_read(&asked->question, &words, err);
	return code == ZV_OK ? zv_chain_kind_read(&ask->kind, text_of(&params, "kind"), err) : code;
}

static enum zv_code run(struct zv_job_run *job, struct zv_json *result, struct zv_err *err)
{
	const struct zv_chain_watch watch = {go_on, job};
	struct zv_chain_list_ask ask = {.limit = LIMIT, .threads = 1, .watch = &watch};
	struct zv_arena *arena = zv_job_arena(job);
	struct zv_chain_asked asked = {0};
	struct zv_chain_list list;
	struct zv_who who;
	enum zv_code code = read_params(&asked, &ask, &who, job, err);

	if (code == ZV_OK)
		code = zv_chain_asked_load(&asked, zv_job_db(job), &who, arena, err);
	if (code != ZV_OK)
		return code;
	ask.when = asked.question.when;
	code = zv_chain_list(&list, &asked.world, asked.causes, asked.n_causes, &ask, arena, err);
	if (code == ZV_OK)
		zv_chain_ranking_json(result, &asked.world, &ask.when, &list, arena);
	return code;
}

const struct zv_job_kind zv_job_chain_rank = {"chain.rank", run};
