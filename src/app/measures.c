/* The register of measures: rules of the packs in force, in their order or by how well they hit. */
#include "app/measures.h"

#include <stdlib.h>

#include "app/lots_run.h"
#include "auth/rights.h"
#include "base/vec.h"

enum { ID_MAX = 64, WORD_MAX = 60 };

enum zv_code zv_measures_filter(struct zv_measures_query *out, struct zv_str status, struct zv_str form, struct zv_err *err)
{
	enum zv_rules_status found;

	if (form.n > 0 && zv_measure_form_label(form) == NULL)
		return zv_fail(err, ZV_E_INVALID, "form",
			       N_("“%.*s” is no form of support: subsidy, grant, loan, guarantee, tax, contract, service, land, procurement or transfer."),
			       ZV_STR_FMT(zv_str_first(form, WORD_MAX)));
	if (status.n > 0 && !zv_measure_status_parse(&found, status))
		return zv_fail(err, ZV_E_INVALID, "status",
			       N_("“%.*s” is no status of a measure: active, closed, announced, proposed, conditional, regional_only, to_check or suspended."),
			       ZV_STR_FMT(zv_str_first(status, WORD_MAX)));
	out->form = form;
	out->status = status.n > 0 ? (int)found : -1;
	return ZV_OK;
}

/* --- the list ------------------------------------------------------------------------------------------------------------------------ */

/* Packs of support that are in force and valid on the day. */
static enum zv_code load_packs(struct zv_pack **out, size_t *n, zv_date *day, struct zv_db *db, const struct zv_who *who, zv_date on,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_pack *packs = NULL;
	size_t all = 0, kept = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_RULES_READ, err);

	if (code == ZV_OK)
		code = zv_as_of(day, db, on, err);
	if (code == ZV_OK)
		code = zv_pack_list(&packs, &all, db, ZV_RULES_SUPPORT, *day, true, arena, err);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < all; i++)
		if (zv_pack_seen(who, &packs[i]))
			packs[kept++] = packs[i];
	*out = packs;
	*n = kept;
	return ZV_OK;
}

struct hit {
	struct zv_measure measure;
	int score;
	size_t place;
};

static int by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static bool fits(const struct zv_rules_rule *rule, const struct zv_measures_query *query)
{
	return (query->status < 0 || (int)rule->status == query->status) && (query->form.n == 0 || zv_str_eq(query->form, rule->form));
}

enum zv_code zv_measures_list(struct zv_measure **out, size_t *n, zv_date *on, struct zv_db *db, const struct zv_who *who,
			      const struct zv_measures_query *query, struct zv_arena *arena, struct zv_err *err)
{
	ZV_VEC(struct hit) hits = {0};
	struct zv_str text = zv_str_trim(query->text);
	struct zv_pack *packs = NULL;
	size_t n_packs = 0;
	enum zv_code code = load_packs(&packs, &n_packs, on, db, who, query->on, arena, err);

	for (size_t p = 0; p < n_packs && code == ZV_OK; p++) {
		int n_rules;
		const struct zv_rules_rule *rules = zv_rules_all(&n_rules, packs[p].rules);

		for (int i = 0; i < n_rules; i++) {
			struct hit hit = {.measure = {&rules[i], &packs[p], i}, .score = 1, .place = hits.n};

			if (text.n > 0)
				hit.score = zv_measure_score(&rules[i], text);
			if (hit.score > 0 && fits(&rules[i], query))
				zv_vec_push(&hits, hit);
		}
	}
	if (code == ZV_OK) {
		if (hits.n > 0)
			qsort(hits.p, hits.n, sizeof(*hits.p), by_score);
		*out = ZV_ARENA_ARRAY(arena, struct zv_measure, hits.n + 1);
		for (size_t i = 0; i < hits.n; i++)
			(*out)[i] = hits.p[i].measure;
		*n = hits.n;
	}
	zv_vec_done(&hits);
	return code;
}

enum zv_code zv_measures_get(struct zv_measure *out, zv_date *day, struct zv_db *db, const struct zv_who *who, struct zv_str id, zv_date on,
			     struct zv_arena *arena, struct zv_err *err)
{
	struct zv_pack *packs = NULL;
	size_t n = 0;
	enum zv_code code = load_packs(&packs, &n, day, db, who, on, arena, err);

	if (code != ZV_OK)
		return code;
	for (size_t p = 0; p < n; p++) {
		int n_rules;
		const struct zv_rules_rule *rules = zv_rules_all(&n_rules, packs[p].rules);

		for (int i = 0; i < n_rules; i++) {
			if (!zv_str_eq_nocase(rules[i].id, id))
				continue;
			*out = (struct zv_measure){&rules[i], &packs[p], i};
			return ZV_OK;
		}
	}
	return zv_fail(err, ZV_E_NOTFOUND, "id", N_("No pack in force has a measure “%.*s”; GET /api/v1/measures or “zveno measures” lists them."),
		       ZV_STR_FMT(zv_str_first(id, ID_MAX)));
}
