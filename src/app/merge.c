/* Merging two organisations and taking it back. What refers to organisations is listed in store/org_merge.c. */
#include "app/merge.h"

#include "app/approvals.h"
#include "app/note.h"
#include "app/sight.h"
#include "app/whole.h"
#include "base/date.h"
#include "store/batch.h"
#include "store/org_merge.h"

enum { PAGE = 200, CHAIN_MAX = 32 };

static const int64_t ms_a_day = 86400000;

static const struct zv_register *orgs(void)
{
	return zv_register_find("org");
}

enum zv_code zv_merge_target(struct zv_str *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str at = uid;
	bool found = true;
	int steps = 0;

	while (found && steps < CHAIN_MAX) {
		struct zv_org_merge merge;
		enum zv_code code = zv_org_merge_find(&found, &merge, db, at, arena, err);

		if (code != ZV_OK)
			return code;
		if (found) {
			at = merge.to_uid;
			steps++;
		}
	}
	if (steps == 0)
		return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("“%.*s” was not merged into another organisation."), ZV_STR_FMT(zv_str_first(uid, 60)));
	*out = at;
	return ZV_OK;
}

/* --- merging ------------------------------------------------------------------------------------------------------------- */

/* One merge under way. */
struct merging {
	struct zv_db *db;
	struct zv_record from, into;
	struct zv_batch batch;
	struct zv_merged *out;
	struct zv_arena *arena;
};

static enum zv_code not_merged(struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_org_merge merge;
	bool found;
	enum zv_code code = zv_org_merge_find(&found, &merge, db, uid, arena, err);

	if (code == ZV_OK && found)
		return zv_fail(err, ZV_E_CONFLICT, "into", N_("“%.*s” is merged into %.*s already."), ZV_STR_FMT(uid), ZV_STR_FMT(merge.to_uid));
	return code;
}

static enum zv_code load_both(struct zv_record *from_org, struct zv_record *into_org, struct zv_db *db, struct zv_str from, struct zv_str into,
			      struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (zv_str_eq(from, into))
		return zv_fail(err, ZV_E_INVALID, "into", N_("An organisation cannot be merged into itself. Name the other one."));
	code = zv_record_by_uid(from_org, db, orgs(), from, arena, err);
	if (code == ZV_OK)
		code = zv_record_by_uid(into_org, db, orgs(), into, arena, err);
	if (code == ZV_OK)
		code = not_merged(db, from, arena, err);
	return code == ZV_OK ? not_merged(db, into, arena, err) : code;
}

static enum zv_code next_ids(int64_t ids[PAGE], size_t *n, struct merging *m, const char *sql, int64_t after, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, m->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, m->from.id);
	zv_bind_int(stmt, 2, after);
	zv_bind_int(stmt, 3, PAGE);
	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		ids[(*n)++] = zv_col_int(stmt, 0);
	return code;
}

static enum zv_code repoint(struct merging *m, const struct zv_org_reference *reference, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(reference->reg);
	int column = zv_register_column(reg, reference->column);
	struct zv_value value = {.i = m->into.id};
	struct zv_arena row_arena;
	int64_t ids[PAGE];
	int64_t after = -1;
	size_t n = PAGE;
	enum zv_code code = ZV_OK;

	zv_arena_init(&row_arena);
	while (code == ZV_OK && n == PAGE) {
		code = next_ids(ids, &n, m, reference->sql_rows, after, err);
		for (size_t i = 0; code == ZV_OK && i < n; i++) {
			struct zv_record row;

			zv_arena_reset(&row_arena);
			code = zv_record_by_id(&row, m->db, reg, ids[i], &row_arena, err);
			if (code == ZV_OK)
				code = zv_record_repoint(m->db, reg, &row, column, value, m->batch.id, err);
			after = ids[i];
			m->out->moved++;
		}
	}
	zv_arena_done(&row_arena);
	return code;
}

/* What the survivor does not state and the other does, it states from now on; where both say something, the survivor's word stays. */
static enum zv_code fill_blanks(struct merging *m, struct zv_err *err)
{
	struct zv_record filled = m->into;
	int changed = 0;
	int blanks = 0;
	enum zv_code code;

	for (int i = 0; i < orgs()->n_columns; i++) {
		if (!orgs()->columns[i].fact || !m->into.values[i].null || m->from.values[i].null)
			continue;
		filled.values[i] = m->from.values[i];
		blanks++;
	}
	if (blanks == 0)
		return ZV_OK;
	filled.batch_id = m->batch.id;
	filled.line = 0;
	if (m->from.said_on > filled.said_on)
		filled.said_on = m->from.said_on;
	code = zv_record_change(&changed, m->db, orgs(), &m->into, &filled, err);
	m->out->filled = changed;
	return code;
}

static enum zv_code move_all(struct merging *m, struct zv_err *err)
{
	struct zv_org_merge merge = {.from_uid = m->from.uid,
				     .to_uid = m->into.uid,
				     .from_id = m->from.id,
				     .to_id = m->into.id,
				     .batch_id = m->batch.id,
				     .merged_ms = zv_now_ms()};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; code == ZV_OK && zv_org_references[i].reg != NULL; i++)
		code = repoint(m, &zv_org_references[i], err);
	if (code == ZV_OK)
		code = fill_blanks(m, err);
	m->batch.n_changed = m->out->moved + (m->out->filled > 0 ? 1 : 0);
	if (code == ZV_OK)
		code = zv_org_merge_move(&merge.moved, &m->out->moved, m->db, m->from.id, m->into.id, m->arena, err);
	return code == ZV_OK ? zv_org_merge_insert(m->db, &merge, err) : code;
}

enum zv_code zv_merge_orgs(struct zv_merged *out, struct zv_db *db, struct zv_str actor, struct zv_str from, struct zv_str into,
			   struct zv_arena *arena, struct zv_err *err)
{
	struct merging m = {.db = db, .out = out, .arena = arena};
	struct zv_who who;
	struct zv_whole whole;
	enum zv_code code = zv_whole_begin(&whole, db, err);

	*out = (struct zv_merged){0};
	if (code != ZV_OK)
		return code;
	zv_who_local(&who, actor);
	code = load_both(&m.from, &m.into, db, from, into, arena, err);
	m.batch = (struct zv_batch){.centre_id = m.into.centre_id, .kind = ZV_STR("org.merge"), .actor = actor, .source = from};
	if (code == ZV_OK)
		code = zv_batch_open(&m.batch, db, arena, err);
	if (code == ZV_OK)
		code = move_all(&m, err);
	if (code == ZV_OK)
		code = zv_batch_close(db, &m.batch, err);
	if (code == ZV_OK)
		code = zv_note(db, &who, "org.merge", from, (struct zv_object){m.into.centre_id, m.into.id},
			       zv_arena_strf(arena, "{\"into\":\"%.*s\",\"batch\":\"%.*s\"}", ZV_STR_FMT(into), ZV_STR_FMT(m.batch.uid)), err);
	out->batch = m.batch.uid;
	return zv_whole_end(&whole, db, code, err);
}

/* --- asking and taking back -------------------------------------------------------------------------------------------------- */

static struct zv_object object_of(const struct zv_record *org)
{
	return zv_sight_object(orgs(), org);
}

/* An operator of either centre may propose; the second person is then of the other one. */
static enum zv_code may_merge(const struct zv_who *who, const struct zv_record *from, const struct zv_record *into, struct zv_err *err)
{
	if (zv_may(who, ZV_DO_ORG_MERGE, object_of(into)))
		return ZV_OK;
	return zv_rights_need(who, ZV_DO_ORG_MERGE, object_of(from), err);
}

enum zv_code zv_merge_ask(struct zv_merged *out, struct zv_str *approval, struct zv_db *db, const struct zv_who *who, struct zv_str from,
			  struct zv_str into, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record from_org, into_org;
	enum zv_code code = load_both(&from_org, &into_org, db, from, into, arena, err);

	*out = (struct zv_merged){0};
	*approval = ZV_STR("");
	if (code == ZV_OK)
		code = may_merge(who, &from_org, &into_org, err);
	if (code != ZV_OK)
		return code;
	if (!zv_rights_second(who, ZV_DO_ORG_MERGE, object_of(&from_org)))
		return zv_merge_orgs(out, db, who->actor, from, into, arena, err);
	return zv_approval_ask(approval, db, who, ZV_DO_ORG_MERGE, from, zv_arena_strf(arena, "{\"into\":\"%.*s\"}", ZV_STR_FMT(into)), arena, err);
}

static enum zv_code check_undo(const struct zv_org_merge *merge, bool found, struct zv_str from, struct zv_err *err)
{
	if (!found)
		return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("“%.*s” was not merged into another organisation."), ZV_STR_FMT(zv_str_first(from, 60)));
	if (zv_now_ms() - merge->merged_ms > ZV_MERGE_UNDO_DAYS * ms_a_day)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("This merge is older than %d days and can no longer be taken back."), ZV_MERGE_UNDO_DAYS);
	return ZV_OK;
}

static enum zv_code undo(struct zv_db *db, const struct zv_org_merge *merge, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch;
	int64_t removed, restored;
	enum zv_code code = zv_batch_by_id(&batch, db, merge->batch_id, arena, err);

	if (code == ZV_OK)
		code = zv_batch_undo(&removed, &restored, db, &batch, err);
	if (code == ZV_OK)
		code = zv_org_merge_back(db, merge->from_id, merge->moved, err);
	return code == ZV_OK ? zv_org_merge_delete(db, merge->from_uid, err) : code;
}

enum zv_code zv_merge_undo(struct zv_db *db, const struct zv_who *who, struct zv_str from, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_org_merge merge = {0};
	struct zv_record from_org, into_org;
	struct zv_whole whole;
	bool found = false;
	enum zv_code code = zv_org_merge_find(&found, &merge, db, from, arena, err);

	if (code == ZV_OK)
		code = check_undo(&merge, found, from, err);
	if (code == ZV_OK)
		code = zv_record_by_id(&from_org, db, orgs(), merge.from_id, arena, err);
	if (code == ZV_OK)
		code = zv_record_by_id(&into_org, db, orgs(), merge.to_id, arena, err);
	if (code == ZV_OK)
		code = may_merge(who, &from_org, &into_org, err);
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	code = undo(db, &merge, arena, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "org.unmerge", from, (struct zv_object){from_org.centre_id, from_org.id},
			       zv_arena_strf(arena, "{\"from\":\"%.*s\"}", ZV_STR_FMT(merge.to_uid)), err);
	return zv_whole_end(&whole, db, code, err);
}
