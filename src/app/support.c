/* Support as a use case: whose, by which packs, on which day; an organisation, all who bear costs of a project, and what would be different. */
#include "app/support.h"

#include "app/find.h"
#include "app/lots_run.h"
#include "app/sight.h"
#include "app/support_inner.h"
#include "base/tr.h"
#include "store/project_read.h"

/* Packs that speak to this organisation: for all, of its centre, its own; of a region: that it is in. */
static bool speaks_to(const struct zv_pack *pack, const struct support_subject *subject)
{
	struct zv_str region = zv_rules_head(pack->rules)->region;

	if (pack->org_id != 0 && pack->org_id != subject->org_id)
		return false;
	if (pack->centre_id >= 0 && pack->centre_id != subject->object.centre_id)
		return false;
	return region.n == 0 || subject->region.n == 0 || zv_str_eq(region, subject->region);
}

static enum zv_code one_pack(struct zv_pack **out, size_t *n, struct zv_db *db, struct zv_str name, zv_date on, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_pack *pack = ZV_ARENA_NEW(arena, struct zv_pack);
	enum zv_code code = zv_pack_get(pack, db, name, on, arena, err);

	if (code == ZV_OK && zv_rules_head(pack->rules)->kind != ZV_RULES_SUPPORT)
		return zv_fail(err, ZV_E_INVALID, "pack", N_("“%.*s” is a pack for clusters. Name one of support measures."), ZV_STR_FMT(pack->name));
	*out = pack;
	*n = code == ZV_OK ? 1 : 0;
	return code;
}

/* All in force on the day; which of them speak to whom is seen later. */
static enum zv_code load_packs(struct zv_pack **out, size_t *n, struct zv_db *db, const struct zv_support_ask *ask, zv_date on, struct zv_arena *arena,
			       struct zv_err *err)
{
	if (ask->pack.n > 0)
		return one_pack(out, n, db, ask->pack, on, arena, err);
	return zv_pack_list(out, n, db, ZV_RULES_SUPPORT, on, true, arena, err);
}

struct packs {
	struct zv_pack *list;
	size_t n;
};

static enum zv_code view_of(struct zv_support_view *out, struct zv_db *db, const struct support_subject *subject, const struct packs *packs,
			    const struct zv_facts_ask *facts_ask, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_pack *own = ZV_ARENA_ARRAY(arena, struct zv_pack, packs->n + 1);
	struct zv_rules_facts facts;
	size_t n = 0;
	enum zv_code code = zv_facts_org(&facts, db, subject->org_id, subject->project_id, facts_ask, arena, err);

	for (size_t i = 0; i < packs->n; i++)
		if (speaks_to(&packs->list[i], subject))
			own[n++] = packs->list[i];
	if (code == ZV_OK)
		code = support_eval(out, own, n, &facts, true, subject->narrow, arena, err);
	return code;
}

static const struct zv_support_row *same_measure(const struct zv_support_view *view, const struct zv_support_row *row)
{
	for (size_t i = 0; i < view->n_rows; i++)
		if (view->rows[i].rule == row->rule)
			return &view->rows[i];
	return NULL;
}

static bool same_range(struct zv_support_range a, struct zv_support_range b)
{
	return a.lo == b.lo && a.has_hi == b.has_hi && (!a.has_hi || a.hi == b.hi);
}

static void list_changes(struct zv_support *out, struct zv_arena *arena)
{
	struct zv_support_change *changed = ZV_ARENA_ARRAY(arena, struct zv_support_change, out->view.n_rows + 1);

	for (size_t i = 0; i < out->view.n_rows; i++) {
		const struct zv_support_row *now = &out->view.rows[i], *was = same_measure(&out->before, now);

		if (was == NULL)
			continue;
		if (was->verdict != now->verdict || was->has_amount != now->has_amount || (now->has_amount && !same_range(was->amount, now->amount)))
			changed[out->n_changed++] = (struct zv_support_change){was, now};
	}
	out->changed = changed;
}

static enum zv_code support_of(struct zv_support *out, struct zv_db *db, const struct zv_who *who, const struct support_subject *subject,
			       const struct packs *packs, const struct zv_support_ask *ask, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_support support = {.on = on, .org_uid = subject->uid, .org = subject->name, .project_uid = subject->project_uid, .project = subject->project};
	struct zv_facts_ask plain = {.on = on}, what_if = {.on = on};
	struct zv_facts_edit *edits = NULL;
	enum zv_code code = support_edits(&edits, &what_if.n_edits, db, who, subject, ask, arena, err);

	what_if.edits = edits;
	support.what_if = what_if.n_edits > 0;
	if (code == ZV_OK)
		code = view_of(&support.view, db, subject, packs, &what_if, arena, err);
	if (code == ZV_OK && support.what_if)
		code = view_of(&support.before, db, subject, packs, &plain, arena, err);
	if (code != ZV_OK)
		return code;
	if (support.what_if)
		list_changes(&support, arena);
	*out = support;
	return ZV_OK;
}

enum zv_code zv_support_org(struct zv_support *out, struct zv_db *db, const struct zv_who *who, struct zv_str org, const struct zv_support_ask *ask,
			    struct zv_arena *arena, struct zv_err *err)
{
	struct support_subject subject;
	struct packs packs = {0};
	zv_date on = ZV_DATE_NONE;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SUPPORT_READ, err);

	if (code == ZV_OK)
		code = support_find(&subject, db, who, org, ask->project, arena, err);
	if (code == ZV_OK)
		code = zv_as_of(&on, db, ask->on, err);
	if (code == ZV_OK)
		code = load_packs(&packs.list, &packs.n, db, ask, on, arena, err);
	if (code == ZV_OK)
		code = support_of(out, db, who, &subject, &packs, ask, on, arena, err);
	return code;
}

/* --- a project ------------------------------------------------------------------------------------------------------------------------ */

/* The initiator first, then by their first cost line. */
static void initiator_first(struct zv_project_bearer *bearers, size_t n, int64_t org_id)
{
	for (size_t i = 1; i < n; i++) {
		struct zv_project_bearer first = bearers[i];

		if (first.org_id != org_id)
			continue;
		for (size_t k = i; k > 0; k--)
			bearers[k] = bearers[k - 1];
		bearers[0] = first;
	}
}

static void add_total(struct zv_support_range *total, const struct zv_support_range *one)
{
	total->lo += one->lo;
	total->hi += one->hi;
	total->has_hi &= one->has_hi;
}

static enum zv_code each_bearer(struct zv_support_project *out, struct zv_db *db, const struct zv_who *who, const struct zv_project_bearer *bearers,
				size_t n, const struct packs *packs, const struct zv_support_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_support *list = ZV_ARENA_ARRAY(arena, struct zv_support, n + 1);

	out->total = (struct zv_support_range){.has_hi = true};
	for (size_t i = 0; i < n; i++) {
		struct support_subject subject;
		enum zv_code code = support_find(&subject, db, who, bearers[i].uid, out->uid, arena, err);

		if (code == ZV_E_NOTFOUND) {
			out->n_hidden++;
			continue;
		}
		subject.among = true;
		if (code == ZV_OK)
			code = support_of(&list[out->n_applicants], db, who, &subject, packs, ask, out->on, arena, err);
		if (code != ZV_OK)
			return code;
		add_total(&out->total, &list[out->n_applicants++].view.best.total);
	}
	out->applicants = list;
	if (out->n_hidden > 0)
		out->total.has_hi = false; /* what they get is not zero */
	return ZV_OK;
}

enum zv_code zv_support_project(struct zv_support_project *out, struct zv_db *db, const struct zv_who *who, struct zv_str project,
				const struct zv_support_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project");
	struct zv_support_project found = {0};
	struct zv_project_bearer *bearers = NULL;
	struct packs packs = {0};
	struct zv_record record;
	enum zv_sight sight;
	size_t n = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SUPPORT_READ, err);

	if (code == ZV_OK)
		code = zv_find_seen(&record, &sight, db, who, reg, project, arena, err);
	if (code == ZV_OK)
		code = zv_as_of(&found.on, db, ask->on, err);
	if (code == ZV_OK)
		code = load_packs(&packs.list, &packs.n, db, ask, found.on, arena, err);
	if (code == ZV_OK)
		code = zv_project_bearers(&bearers, &n, db, record.id, arena, err);
	if (code != ZV_OK)
		return code;
	found.uid = record.uid;
	found.name = support_text(reg, &record, "name");
	initiator_first(bearers, n, support_number(reg, &record, "org_id", 0));
	code = each_bearer(&found, db, who, bearers, n, &packs, ask, arena, err);
	if (code == ZV_OK)
		*out = found;
	return code;
}
