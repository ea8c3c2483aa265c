/* The bulk check: facts without origins, truth alone, and words only for what fails first. */
#include "app/check_all.h"

#include <stdlib.h>
#include <string.h>

#include "app/facts_fields.h"
#include "app/lots_run.h"
#include "app/rules_json.h"
#include "app/sight.h"
#include "app/view_record.h"
#include "app/who_json.h"
#include "base/tr.h"
#include "base/vec.h"

enum { TEXT_SHOWN = 60, PARAMS_MAX = 16384 };

struct running {
	struct zv_db *db;
	const struct zv_who *who;
	const struct zv_check_all_ask *ask;
	struct zv_check_table *table;
	struct zv_arena *arena; /* of the answer */
	ZV_VEC(struct zv_cluster) clusters;
	bool stopped;
};

/* --- which ---------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code parse_state(int *out, struct zv_str name, struct zv_err *err)
{
	const char *word;

	*out = 0;
	if (name.n == 0)
		return ZV_OK;
	for (int i = 1; (word = zv_cluster_state_name((enum zv_cluster_state)i)) != NULL; i++)
		if (zv_str_eq_c(name, word)) {
			*out = i;
			return ZV_OK;
		}
	return zv_fail(err, ZV_E_INVALID, "state", N_("“%.*s” is no state of a cluster: planned, filed, in_register, excluded or liquidation."),
		       ZV_STR_FMT(zv_str_first(name, TEXT_SHOWN)));
}

static bool gather(void *context, const struct zv_record *record)
{
	struct running *r = context;
	const struct zv_register *reg = zv_register_find("cluster");
	const struct zv_value *state = &record->values[zv_register_column(reg, "state")], *name = &record->values[zv_register_column(reg, "name")];
	const struct zv_value *name_en = &record->values[zv_register_column(reg, "name_en")], *region = &record->values[zv_register_column(reg, "region")];

	if ((r->table->state != 0 && state->i != r->table->state) || !zv_may(r->who, ZV_DO_CHECK, zv_sight_object(reg, record)))
		return true;
	zv_vec_push(&r->clusters, ((struct zv_cluster){
					  .id = record->id,
					  .uid = zv_str_dup(r->arena, record->uid),
					  .name = zv_str_dup(r->arena, name->s),
					  .name_en = name_en->null ? ZV_STR("") : zv_str_dup(r->arena, name_en->s),
					  .region = region->null ? ZV_STR("") : zv_str_dup(r->arena, region->s),
					  .state = (enum zv_cluster_state)state->i,
				  }));
	return true;
}

/* --- each ------------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code tell_failed(struct zv_check_row *row, const struct zv_checked *checked, const struct zv_rules_facts *facts, struct zv_arena *scratch,
				struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_rules_options options = {.explain = true};
	const struct zv_checked_rule *failed = checked->first_failed;
	struct zv_rules_verdict verdict;
	enum zv_code code = zv_rules_eval(&verdict, checked->pack.rules, (int)(failed - checked->rules), facts, &options, scratch, err);

	row->failed_id = failed->rule->id;
	row->failed = zv_rules_words(&failed->rule->title);
	for (int i = 0; code == ZV_OK && i < verdict.n_nodes; i++) {
		const struct zv_rules_node *node = &verdict.nodes[i];

		if (node->kind != ZV_RULES_LEAF || node->truth != ZV_NO)
			continue;
		row->left = zv_str_dup(arena, node->left);
		row->op = zv_str_dup(arena, node->op);
		row->right = zv_str_dup(arena, node->right);
		break;
	}
	return code;
}

static enum zv_code check_one(struct zv_check_row *row, const struct running *r, const struct zv_cluster *cluster, struct zv_arena *scratch, struct zv_err *err)
{
	const struct zv_facts_ask ask = {.on = r->table->on, .plain = true};
	struct zv_rules_facts facts;
	struct zv_checked checked;
	enum zv_code code = zv_facts_cluster(&facts, r->db, cluster->id, &ask, scratch, err);

	if (code == ZV_OK)
		code = zv_check_pack(&checked, &r->table->pack, &facts, false, scratch, err);
	if (code != ZV_OK)
		return code;
	*row = (struct zv_check_row){
		.uid = cluster->uid,
		.name = zv_cluster_title(cluster),
		.region = cluster->region,
		.state = cluster->state,
		.counts = checked.counts,
		.verdict = checked.truth,
		.projects = (int64_t)facts.rows[ZV_FACTS_T_PROJECTS].n,
	};
	return checked.first_failed != NULL ? tell_failed(row, &checked, &facts, scratch, r->arena, err) : ZV_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct zv_check_row *x = a, *y = b;
	int order = zv_str_cmp(x->name, y->name);

	return order != 0 ? order : zv_str_cmp(x->uid, y->uid);
}

static enum zv_code check_each(struct running *r, struct zv_err *err)
{
	struct zv_arena scratch;
	enum zv_code code = ZV_OK;

	r->table->rows = ZV_ARENA_ARRAY(r->arena, struct zv_check_row, r->clusters.n + 1);
	zv_arena_init(&scratch);
	for (size_t i = 0; i < r->clusters.n && code == ZV_OK; i++) {
		zv_arena_reset(&scratch);
		code = check_one(&r->table->rows[r->table->n++], r, &r->clusters.p[i], &scratch, err);
		if (code == ZV_OK && r->ask->stop != NULL && r->ask->stop(r->ask->context, i + 1))
			code = zv_fail(err, ZV_E_CONFLICT, "", N_("The check was stopped."));
	}
	zv_arena_done(&scratch);
	if (code == ZV_OK && r->table->n > 0)
		qsort(r->table->rows, r->table->n, sizeof(*r->table->rows), by_name);
	return code;
}

static enum zv_code find_pack(struct zv_pack *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, zv_date on, struct zv_arena *arena,
			      struct zv_err *err)
{
	enum zv_code code;

	if (name.n == 0)
		return zv_fail(err, ZV_E_INVALID, "pack", N_("Name the pack of rules by which clusters are to be checked."));
	code = zv_pack_get(out, db, name, on, arena, err);
	if (code == ZV_OK && !zv_pack_seen(who, out))
		return zv_fail(err, ZV_E_NOTFOUND, "pack", N_("There is no pack of rules “%.*s”."), ZV_STR_FMT(zv_str_first(name, TEXT_SHOWN)));
	if (code == ZV_OK && zv_rules_head(out->rules)->kind != ZV_RULES_CLUSTER)
		return zv_fail(err, ZV_E_INVALID, "pack", N_("“%.*s” is a pack of support measures: it has no criteria of clusters."),
			       ZV_STR_FMT(zv_str_first(name, TEXT_SHOWN)));
	return code;
}

static enum zv_code begin(struct zv_check_table *out, struct zv_db *db, const struct zv_who *who, const struct zv_check_all_ask *ask, struct zv_arena *arena,
			  struct zv_err *err)
{
	enum zv_code code = zv_rights_need_some(who, ZV_DO_CHECK, err);

	*out = (struct zv_check_table){0};
	if (code == ZV_OK)
		code = zv_as_of(&out->on, db, ask->on, err);
	if (code == ZV_OK)
		code = parse_state(&out->state, ask->state, err);
	return code == ZV_OK ? find_pack(&out->pack, db, who, ask->pack, out->on, arena, err) : code;
}

enum zv_code zv_check_all(struct zv_check_table *out, struct zv_db *db, const struct zv_who *who, const struct zv_check_all_ask *ask, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct running r = {.db = db, .who = who, .ask = ask, .table = out, .arena = arena};
	int64_t from = zv_tick_us();
	enum zv_code code = begin(out, db, who, ask, arena, err);

	if (code == ZV_OK)
		code = zv_view_version(&out->version, db, err);
	if (code == ZV_OK)
		code = zv_record_each(db, zv_register_find("cluster"), 0, INT64_MAX, gather, &r, err);
	if (code == ZV_OK)
		code = check_each(&r, err);
	zv_vec_done(&r.clusters);
	out->us = zv_tick_us() - from;
	return code;
}

/* --- as a job ------------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_check_all_submit(struct zv_str *job, struct zv_jobs *jobs, struct zv_db *db, const struct zv_who *who, const struct zv_check_all_ask *ask,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_job_new new_job = {.kind = zv_job_clusters_check_all.name, .lang = zv_tr_lang(), .account_id = who->account_id};
	struct zv_check_table table;
	struct zv_json json;
	struct zv_out out;
	enum zv_code code = begin(&table, db, who, ask, arena, err);

	if (code != ZV_OK)
		return code;
	zv_out_init(&out, NULL, PARAMS_MAX);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key(&json, "who");
	zv_who_write_json(&json, who);
	zv_json_key_str(&json, "pack", table.pack.uid);
	zv_json_key_str(&json, "state", ask->state);
	zv_json_key_int(&json, "on", table.on);
	zv_json_end_object(&json);
	new_job.params = zv_str_dup(arena, zv_out_text(&out));
	if (who->n_grants > 0 && who->grants[0].centre_id > 0)
		new_job.centre_id = who->grants[0].centre_id;
	zv_out_done(&out);
	return zv_job_submit(job, jobs, db, &new_job, arena, err);
}

static bool stopping(void *context, size_t done)
{
	struct zv_job_run *job = context;

	zv_job_tell(job, (int64_t)done, 0);
	return zv_job_stopping(job);
}

static enum zv_code run(struct zv_job_run *job, struct zv_json *result, struct zv_err *err)
{
	struct zv_check_all_ask ask = {.stop = stopping, .context = job};
	struct zv_arena *arena = zv_job_arena(job);
	struct zv_check_table table;
	struct zv_json_value params;
	struct zv_who who;
	int64_t on = 0;
	enum zv_code code = zv_json_parse(&params, zv_job_of(job)->params, arena, err);

	if (code == ZV_OK)
		code = zv_who_read_json(&who, zv_json_get(&params, "who"), arena, err);
	if (code != ZV_OK)
		return code;
	if (zv_json_get(&params, "on") == NULL || !zv_str_int(&on, zv_json_get(&params, "on")->text))
		return zv_fail(err, ZV_E_BUG, "on", N_("The job does not say for which day."));
	ask.on = (zv_date)on;
	ask.pack = zv_json_get(&params, "pack") != NULL ? zv_json_get(&params, "pack")->text : ZV_STR("");
	ask.state = zv_json_get(&params, "state") != NULL ? zv_json_get(&params, "state")->text : ZV_STR("");
	code = zv_check_all(&table, zv_job_db(job), &who, &ask, arena, err);
	if (code == ZV_OK)
		zv_check_all_json(result, &table);
	return code;
}

const struct zv_job_kind zv_job_clusters_check_all = {"clusters.check_all", run};
