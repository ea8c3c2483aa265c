/* Whose support a person may see, and the words of a what-if as edits of facts. */
#include "app/find.h"
#include "app/sight.h"
#include "app/support_inner.h"
#include "base/tr.h"
#include "model/money.h"
#include "model/quantity.h"
#include "store/project_read.h"

enum { WORD_MAX = 60, EDITS_MAX = 50 };

struct zv_str support_text(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, column)];

	return value->null ? ZV_STR("") : value->s;
}

int64_t support_number(const struct zv_register *reg, const struct zv_record *record, const char *column, int64_t otherwise)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, column)];

	return value->null ? otherwise : value->i;
}

static enum zv_code not_there(const struct zv_register *reg, struct zv_str name, struct zv_err *err)
{
	return zv_fail(err, ZV_E_NOTFOUND, reg->name, N_("There is no “%.*s” in %s."), ZV_STR_FMT(name), reg->plural);
}

/* --- the project --------------------------------------------------------------------------------------------------------------------- */

/* The first cost line that the organisation bears in the project; 0: none. */
static enum zv_code first_line(int64_t *out, struct zv_db *db, int64_t project_id, int64_t org_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_project_cost_row *rows = NULL;
	size_t n = 0;
	enum zv_code code = zv_project_cost_rows(&rows, &n, db, project_id, org_id, arena, err);

	*out = code == ZV_OK && n > 0 ? rows[0].id : 0;
	return code;
}

/*
 * The initiator of a project and the specialised organisation of its cluster answer for its cost lines, so they see what those get; a supplier sees
 * the lines that it is paid, but whoever pays it keeps his support for himself.
 */
static enum zv_code leads(bool *out, struct zv_db *db, const struct zv_who *who, const struct zv_record *project, struct zv_arena *arena,
			  struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project"), *clusters = zv_register_find("cluster");
	int64_t cluster_id = support_number(reg, project, "cluster_id", 0);
	struct zv_record cluster;
	enum zv_code code;

	*out = zv_may(who, ZV_DO_SUPPORT_READ, zv_sight_object(reg, project));
	if (*out || cluster_id == 0)
		return ZV_OK;
	code = zv_record_by_id(&cluster, db, clusters, cluster_id, arena, err);
	if (code == ZV_OK)
		*out = zv_may(who, ZV_DO_SUPPORT_READ, zv_sight_object(clusters, &cluster));
	return code;
}

static void set_project(struct support_subject *out, const struct zv_record *project)
{
	const struct zv_register *reg = zv_register_find("project");

	out->project_id = project->id;
	out->project_uid = project->uid;
	out->project = zv_tr_pick(support_text(reg, project, "name"), support_text(reg, project, "name_en"));
}

static enum zv_code named_project(struct support_subject *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, bool own,
				  struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project");
	struct zv_record record;
	enum zv_sight sight = ZV_SIGHT_NONE;
	int64_t line = 0;
	bool sees = false;
	enum zv_code code = zv_find_record(&record, NULL, db, reg, name, arena, err);

	if (code == ZV_E_NOTFOUND || code == ZV_E_CONFLICT)
		return not_there(reg, name, err);
	if (code == ZV_OK)
		code = zv_sight_of(&sight, db, who, reg, &record, err);
	if (code == ZV_OK)
		code = first_line(&line, db, record.id, out->org_id, arena, err);
	if (code == ZV_OK)
		code = leads(&sees, db, who, &record, arena, err);
	if (code != ZV_OK)
		return code;
	if (sight != ZV_SIGHT_FULL && !sees && !(own && line != 0))
		return not_there(reg, name, err);
	set_project(out, &record);
	out->narrow = !own && sees && line != 0;
	return ZV_OK;
}

static enum zv_code only_project(struct support_subject *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record record;
	int64_t *ids = NULL;
	size_t n = 0;
	enum zv_code code = zv_project_ids_of_org(&ids, &n, db, out->org_id, arena, err);

	if (code != ZV_OK || n != 1)
		return code;
	code = zv_record_by_id(&record, db, zv_register_find("project"), ids[0], arena, err);
	if (code == ZV_OK)
		set_project(out, &record);
	return code;
}

enum zv_code support_find(struct support_subject *out, struct zv_db *db, const struct zv_who *who, struct zv_str org, struct zv_str project,
			  struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	struct support_subject found = {0};
	struct zv_record record;
	bool own;
	enum zv_code code = zv_find_record(&record, NULL, db, reg, org, arena, err);

	if (code == ZV_E_NOTFOUND)
		return not_there(reg, org, err);
	if (code != ZV_OK)
		return code;
	found.org_id = record.id;
	found.object = zv_sight_object(reg, &record);
	found.uid = record.uid;
	found.name = support_text(reg, &record, "name");
	found.region = support_text(reg, &record, "region");
	own = zv_may(who, ZV_DO_SUPPORT_READ, found.object);
	if (project.n > 0)
		code = named_project(&found, db, who, project, own, arena, err);
	else if (own)
		code = only_project(&found, db, arena, err);
	if (code == ZV_E_NOTFOUND && !own)
		return not_there(reg, org, err);
	if (code == ZV_OK && !own && !found.narrow)
		return not_there(reg, org, err);
	if (code == ZV_OK)
		*out = found;
	return code;
}

/* --- what if -------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code bad_add(struct zv_str text, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, "add",
		       N_("“%.*s” is not understood: write a cost line or category, a colon and how much more: start_batch:20 kg, equipment:1000000 rub."),
		       ZV_STR_FMT(zv_str_first(text, WORD_MAX)));
}

/* More of a quantity goes to the line that is meant, or to the first of its category that is counted in such units. */
static enum zv_code more_of_line(struct zv_facts_edit *edit, struct zv_db *db, const struct support_subject *subject, struct zv_str what,
				 const struct zv_quantity *qty, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_project_cost_row *rows = NULL;
	size_t n = 0;
	enum zv_code code = zv_project_cost_rows(&rows, &n, db, subject->project_id, subject->org_id, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (!zv_str_eq(rows[i].uid, what) && !zv_str_eq(rows[i].category, what) && !zv_str_eq(rows[i].source_key, what))
			continue;
		if (rows[i].dim != (int64_t)qty->dim)
			continue;
		*edit = (struct zv_facts_edit){.kind = ZV_FACTS_COST, .org_id = subject->org_id, .cost_id = rows[i].id, .name = rows[i].category, .qty_base = qty->base};
		return ZV_OK;
	}
	if (code != ZV_OK)
		return code;
	return zv_fail(err, ZV_E_INVALID, "add", N_("“%.*s” is no cost line of this organisation in the project with a quantity in such units. Its lines are shown in the project."),
		       ZV_STR_FMT(zv_str_first(what, WORD_MAX)));
}

/* More money is a new line of the category; a line that is named by its id says which category. */
static enum zv_code more_money(struct zv_facts_edit *edit, struct zv_db *db, const struct support_subject *subject, struct zv_str what, int64_t kop,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_project_cost_row *rows = NULL;
	size_t n = 0;
	enum zv_code code = zv_project_cost_rows(&rows, &n, db, subject->project_id, subject->org_id, arena, err);

	for (size_t i = 0; i < n; i++)
		if (zv_str_eq(rows[i].uid, what))
			what = rows[i].category;
	*edit = (struct zv_facts_edit){.kind = ZV_FACTS_COST, .org_id = subject->org_id, .name = what, .sum_kop = kop};
	return code;
}

static enum zv_code read_add(struct zv_facts_edit *edit, struct zv_db *db, const struct support_subject *subject, struct zv_str text,
			     struct zv_arena *arena, struct zv_err *err)
{
	ptrdiff_t colon = zv_str_find_char(text, ':');
	struct zv_str what, more;
	struct zv_quantity qty;
	int64_t kop;

	if (colon <= 0)
		return bad_add(text, err);
	what = zv_str_trim(zv_str_first(text, (size_t)colon));
	more = zv_str_trim(zv_str_from(text, (size_t)colon + 1));
	if (subject->project_id == 0)
		return zv_fail(err, ZV_E_INVALID, "add", N_("Cost lines belong to a project. Say which: project."));
	if (zv_money_parse(&kop, more, "add", NULL) == ZV_OK && kop > 0)
		return more_money(edit, db, subject, what, kop, arena, err);
	if (zv_quantity_parse(&qty, more, arena, "add", NULL) == ZV_OK && qty.base > 0)
		return more_of_line(edit, db, subject, what, &qty, arena, err);
	return bad_add(text, err);
}

/* "cost_...:20 kg" of another one who bears costs of the same project. */
static enum zv_code is_of_another(bool *out, struct zv_db *db, const struct support_subject *subject, struct zv_str text, struct zv_arena *arena,
				  struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project_cost");
	ptrdiff_t colon = zv_str_find_char(text, ':');
	struct zv_record line;
	enum zv_code code;

	*out = false;
	if (!subject->among || colon <= 0)
		return ZV_OK;
	code = zv_record_by_uid(&line, db, reg, zv_str_trim(zv_str_first(text, (size_t)colon)), arena, err);
	if (code == ZV_OK)
		*out = support_number(reg, &line, "project_id", 0) == subject->project_id && support_number(reg, &line, "org_id", 0) != subject->org_id;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

enum zv_code support_edits(struct zv_facts_edit **out, size_t *n, struct zv_db *db, const struct zv_who *who, const struct support_subject *subject,
			   const struct zv_support_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_facts_edit *edits = ZV_ARENA_ARRAY(arena, struct zv_facts_edit, ask->n_add + 1);
	struct zv_record cluster;
	enum zv_sight sight;
	enum zv_code code = ZV_OK;
	size_t k = 0;

	if (ask->n_add > EDITS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "add", N_("At most %d additions at once."), EDITS_MAX);
	if (ask->join.n > 0) {
		code = zv_find_seen(&cluster, &sight, db, who, zv_register_find("cluster"), ask->join, arena, err);
		if (code == ZV_OK)
			edits[k++] = (struct zv_facts_edit){.kind = ZV_FACTS_JOIN, .org_id = subject->org_id, .cluster_id = cluster.id};
	}
	for (size_t i = 0; i < ask->n_add && code == ZV_OK; i++) {
		bool skip;

		code = is_of_another(&skip, db, subject, ask->add[i], arena, err);
		if (code == ZV_OK && !skip)
			code = read_add(&edits[k++], db, subject, ask->add[i], arena, err);
	}
	if (code != ZV_OK)
		return code;
	*out = edits;
	*n = k;
	return ZV_OK;
}
