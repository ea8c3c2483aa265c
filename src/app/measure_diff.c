/* Organisations under two editions of a pack: what each may have, and what differs. */
#include "app/facts.h"
#include "app/lots_run.h"
#include "app/measure_rerun.h"
#include "app/measures.h"
#include "app/rules_json.h"
#include "app/support.h"
#include "base/vec.h"

/* An organisation's best answer about one measure. */
struct answer {
	enum zv_truth truth;
	int64_t kop; /* of an eligible one, at least; -1: none */
};

struct subject {
	int64_t id, centre_id;
	struct zv_str uid, name;
};

struct looking {
	struct zv_db *db;
	struct zv_pack packs[2]; /* the old, the new; without rules: there is none */
	zv_date on[2];
	const struct zv_rules_rule **measures; /* of both, the new ones first */
	size_t n_measures;
	struct zv_arena *arena;   /* of the result */
	struct zv_arena scratch;  /* of one organisation */
};

static const char sql_orgs[] =
	"SELECT o.id, o.centre_id, o.uid, o.name FROM org o WHERE (CAST($1 AS BIGINT) = 0 OR o.id = $1) AND "
	"(CAST($2 AS BIGINT) = 0 OR o.centre_id = $2) AND (EXISTS (SELECT 1 FROM project p WHERE p.org_id = o.id) OR "
	"EXISTS (SELECT 1 FROM project_member m WHERE m.org_id = o.id) OR EXISTS (SELECT 1 FROM project_cost c WHERE c.org_id = o.id) OR "
	"EXISTS (SELECT 1 FROM statement s WHERE s.org_id = o.id) OR EXISTS (SELECT 1 FROM received r WHERE r.org_id = o.id)) ORDER BY o.id";

static const char sql_projects[] =
	"SELECT p.id FROM project p WHERE p.org_id = $1 UNION SELECT m.project_id FROM project_member m WHERE m.org_id = $1 "
	"UNION SELECT c.project_id FROM project_cost c WHERE c.org_id = $1 ORDER BY 1";

static enum zv_code load_orgs(struct subject **out, size_t *n, struct looking *l, struct zv_err *err)
{
	ZV_VEC(struct subject) orgs = {0};
	const struct zv_pack *pack = &l->packs[1];
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, l->db, sql_orgs, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, pack->org_id);
	zv_bind_int(stmt, 2, pack->org_id == 0 && pack->centre_id > 0 ? pack->centre_id : 0);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(&orgs, ((struct subject){zv_col_int(stmt, 0), zv_col_int(stmt, 1), zv_str_dup(l->arena, zv_col_text(stmt, 2)),
						     zv_str_dup(l->arena, zv_col_text(stmt, 3))}));
	if (code == ZV_OK) {
		*out = ZV_ARENA_ARRAY(l->arena, struct subject, orgs.n + 1);
		for (size_t i = 0; i < orgs.n; i++)
			(*out)[i] = orgs.p[i];
		*n = orgs.n;
	}
	zv_vec_done(&orgs);
	return code;
}

/* The projects that it has to do with; without one it is asked alone. */
static enum zv_code load_projects(int64_t **out, size_t *n, struct looking *l, int64_t org_id, struct zv_err *err)
{
	ZV_VEC(int64_t) ids = {0};
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, l->db, sql_projects, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(&ids, zv_col_int(stmt, 0));
	if (code == ZV_OK) {
		*out = ZV_ARENA_ARRAY(&l->scratch, int64_t, ids.n + 1);
		(*out)[0] = 0;
		for (size_t i = 0; i < ids.n; i++)
			(*out)[i] = ids.p[i];
		*n = ids.n > 0 ? ids.n : 1;
	}
	zv_vec_done(&ids);
	return code;
}

static size_t place_of(const struct looking *l, struct zv_str id)
{
	size_t i = 0;

	while (i < l->n_measures && !zv_str_eq(l->measures[i]->id, id))
		i++;
	return i;
}

static void gather_measures(struct looking *l)
{
	int n[2] = {0, 0};
	const struct zv_rules_rule *rules[2] = {NULL, NULL};

	for (int which = 0; which < 2; which++)
		if (l->packs[which].rules != NULL)
			rules[which] = zv_rules_all(&n[which], l->packs[which].rules);
	l->measures = ZV_ARENA_ARRAY(l->arena, const struct zv_rules_rule *, (size_t)n[0] + (size_t)n[1] + 1);
	for (int which = 1; which >= 0; which--)
		for (int i = 0; i < n[which]; i++)
			if (place_of(l, rules[which][i].id) == l->n_measures)
				l->measures[l->n_measures++] = &rules[which][i];
}

static void take_better(struct answer *out, const struct zv_support_row *row)
{
	struct answer answer = {.truth = row->verdict, .kop = row->verdict == ZV_YES && row->has_amount ? row->amount.lo : -1};

	if (answer.truth > out->truth || (answer.truth == out->truth && answer.kop > out->kop))
		*out = answer;
}

/* One pack over one project. */
static enum zv_code ask(struct answer *answers, struct looking *l, int which, int64_t org_id, int64_t project_id, struct zv_err *err)
{
	struct zv_facts_ask facts_ask = {.on = l->on[which], .plain = true};
	struct zv_rules_facts facts;
	struct zv_support_view view;
	enum zv_code code = zv_facts_org(&facts, l->db, org_id, project_id, &facts_ask, &l->scratch, err);

	if (code == ZV_OK)
		code = zv_support_eval(&view, &l->packs[which], 1, &facts, false, &l->scratch, err);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < view.n_rows; i++)
		take_better(&answers[place_of(l, view.rows[i].rule->id)], &view.rows[i]);
	return ZV_OK;
}

/* What is in no pack may not be had. */
static enum zv_code answers_of(struct answer *answers, struct looking *l, int which, const struct subject *org, const int64_t *projects,
			       size_t n_projects, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < l->n_measures; i++)
		answers[i] = (struct answer){.truth = ZV_NO, .kop = -1};
	for (size_t i = 0; i < n_projects && code == ZV_OK && l->packs[which].rules != NULL; i++)
		code = ask(answers, l, which, org->id, projects[i], err);
	return code;
}

typedef ZV_VEC(struct zv_measure_diff) diffs_vec;

static enum zv_code compare(diffs_vec *out, struct looking *l, const struct subject *org, struct zv_err *err)
{
	struct answer *answers[2];
	int64_t *projects;
	size_t n_projects = 0;
	enum zv_code code;

	zv_arena_reset(&l->scratch);
	code = load_projects(&projects, &n_projects, l, org->id, err);
	for (int which = 0; which < 2 && code == ZV_OK; which++) {
		answers[which] = ZV_ARENA_ARRAY(&l->scratch, struct answer, l->n_measures + 1);
		code = answers_of(answers[which], l, which, org, projects, n_projects, err);
	}
	for (size_t i = 0; i < l->n_measures && code == ZV_OK; i++) {
		struct answer was = answers[0][i], now = answers[1][i];

		if (was.truth == now.truth && was.kop == now.kop)
			continue;
		zv_vec_push(out, ((struct zv_measure_diff){
					 .org_id = org->id,
					 .centre_id = org->centre_id,
					 .org_uid = org->uid,
					 .org = org->name,
					 .measure = l->measures[i]->id,
					 .title = zv_rules_words(&l->measures[i]->title),
					 .was = was.truth,
					 .now = now.truth,
					 .was_kop = was.kop,
					 .now_kop = now.kop,
				 }));
	}
	return code;
}

static enum zv_code load_pack(struct zv_pack *out, struct looking *l, int64_t id, struct zv_err *err)
{
	struct zv_str uid = ZV_STR("");
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, l->db, "SELECT uid FROM rule_pack WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		uid = zv_str_dup(l->arena, zv_col_text(stmt, 0));
		zv_stmt_reset(stmt);
	}
	return code == ZV_OK ? zv_pack_get(out, l->db, uid, ZV_DATE_NONE, l->arena, err) : code;
}

static enum zv_code begin(struct looking *l, int64_t old_id, int64_t new_id, struct zv_err *err)
{
	enum zv_code code = zv_as_of(&l->on[0], l->db, ZV_DATE_NONE, err);

	if (code == ZV_OK && old_id != 0)
		code = load_pack(&l->packs[0], l, old_id, err);
	if (code == ZV_OK)
		code = load_pack(&l->packs[1], l, new_id, err);
	if (code != ZV_OK)
		return code;
	l->on[1] = zv_rules_head(l->packs[1].rules)->valid_from;
	if (l->on[1] < l->on[0]) /* ZV_DATE_NONE is the least there is */
		l->on[1] = l->on[0];
	gather_measures(l);
	return ZV_OK;
}

enum zv_code zv_measure_diffs_find(struct zv_measure_diffs *out, struct zv_db *db, int64_t old_id, int64_t new_id, zv_measure_stop *stop, void *context,
				   struct zv_arena *arena, struct zv_err *err)
{
	struct looking l = {.db = db, .arena = arena};
	struct subject *orgs = NULL;
	diffs_vec diffs = {0};
	size_t n = 0;
	enum zv_code code;

	zv_arena_init(&l.scratch);
	code = begin(&l, old_id, new_id, err);
	if (code == ZV_OK)
		code = load_orgs(&orgs, &n, &l, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		code = compare(&diffs, &l, &orgs[i], err);
		if (code == ZV_OK && stop != NULL && stop(context, i + 1, n))
			code = zv_fail(err, ZV_E_CONFLICT, "", N_("The work was ended before it was done."));
	}
	if (code == ZV_OK) {
		*out = (struct zv_measure_diffs){.old_id = old_id, .new_id = new_id, .old_name = l.packs[0].name, .new_name = l.packs[1].name,
						 .new_uid = l.packs[1].uid, .n = diffs.n, .orgs = n, .on = l.on[1]};
		out->list = ZV_ARENA_ARRAY(arena, struct zv_measure_diff, diffs.n + 1);
		for (size_t i = 0; i < diffs.n; i++)
			out->list[i] = diffs.p[i];
	}
	zv_vec_done(&diffs);
	zv_arena_done(&l.scratch);
	return code;
}
