/* What belongs to a cluster on a day beside its members; and how the number of clusters grew. */
#include "app/cluster_parts.h"

#include "app/sight.h"
#include "base/tr.h"
#include "store/cluster_read.h"

/* --- state and events -------------------------------------------------------------------------------------------------------- */

/* Without events and without a date the register's word holds for any day: nobody has said that it was ever otherwise. */
static void state_of(enum zv_cluster_state *out, zv_date *since, const struct zv_cluster *cluster, const struct zv_cluster_event_row *rows, size_t n,
		     zv_date on, bool later_events)
{
	*out = ZV_CLUSTER_UNKNOWN;
	*since = ZV_DATE_NONE;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].state == 0)
			continue;
		*out = (enum zv_cluster_state)rows[i].state;
		*since = rows[i].on;
	}
	if (cluster->state_on != ZV_DATE_NONE) {
		if (cluster->state_on <= on && cluster->state_on >= *since) {
			*out = cluster->state;
			*since = cluster->state_on;
		}
	} else if (*out == ZV_CLUSTER_UNKNOWN && !later_events) {
		*out = cluster->state;
	}
}

/* The latest event there is tells whether one is still to come after the day. */
static enum zv_code has_later(bool *out, struct zv_db *db, int64_t cluster_id, zv_date on, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(
		&stmt, db, "SELECT 1 FROM cluster_event WHERE cluster_id = $1 AND happened_on > $2 AND state IS NOT NULL LIMIT 1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, cluster_id);
	zv_bind_int(stmt, 2, on);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK)
		*out = row;
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code load_state(enum zv_cluster_state *out, zv_date *since, struct zv_cluster_event_row **rows, size_t *n, struct zv_db *db,
			       const struct zv_cluster *cluster, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	bool later = false;
	enum zv_code code = zv_cluster_event_rows(rows, n, db, cluster->id, on, arena, err);

	if (code == ZV_OK)
		code = has_later(&later, db, cluster->id, on, err);
	if (code == ZV_OK)
		state_of(out, since, cluster, *rows, *n, on, later);
	return code;
}

enum zv_code zv_cluster_state_on(enum zv_cluster_state *out, zv_date *since, struct zv_db *db, const struct zv_cluster *cluster, zv_date on,
				 struct zv_err *err)
{
	struct zv_cluster_event_row *rows;
	struct zv_arena arena;
	size_t n = 0;
	enum zv_code code;

	zv_arena_init(&arena);
	code = load_state(out, since, &rows, &n, db, cluster, on, &arena, err);
	zv_arena_done(&arena);
	return code;
}

static enum zv_code load_events(struct zv_cluster_profile *profile, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cluster_event_row *rows;
	struct zv_cluster_event *events;
	enum zv_code code =
		load_state(&profile->state, &profile->state_on, &rows, &profile->n_events, db, &profile->cluster, profile->on, arena, err);

	if (code != ZV_OK)
		return code;
	events = ZV_ARENA_ARRAY(arena, struct zv_cluster_event, profile->n_events + 1);
	for (size_t i = 0; i < profile->n_events; i++)
		events[i] = (struct zv_cluster_event){.uid = rows[i].uid,
						      .act = rows[i].act,
						      .number = rows[i].number,
						      .title = rows[i].title,
						      .note = rows[i].note,
						      .on = rows[i].on,
						      .state = (enum zv_cluster_state)rows[i].state};
	profile->events = events;
	return ZV_OK;
}

/* --- objects, projects, contracts ------------------------------------------------------------------------------------------------ */

static enum zv_code load_objects(struct zv_cluster_profile *profile, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cluster_object_row *rows;
	struct zv_cluster_object *objects;
	enum zv_code code = zv_cluster_object_rows(&rows, &profile->n_objects, db, profile->cluster.id, profile->on, arena, err);

	if (code != ZV_OK)
		return code;
	objects = ZV_ARENA_ARRAY(arena, struct zv_cluster_object, profile->n_objects + 1);
	for (size_t i = 0; i < profile->n_objects; i++)
		objects[i] = (struct zv_cluster_object){.uid = rows[i].uid,
							.name = zv_tr_pick(rows[i].name, rows[i].name_en),
							.kind = zv_cluster_word("infra", "kind", rows[i].kind),
							.technological = (int)rows[i].technological};
	profile->objects = objects;
	return ZV_OK;
}

static const struct zv_value *value_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	return &record->values[zv_register_column(reg, column)];
}

static struct zv_cluster_project as_project(const struct zv_register *reg, const struct zv_record *record, int64_t members)
{
	const struct zv_value *name_en = value_of(reg, record, "name_en");
	const struct zv_value *budget = value_of(reg, record, "budget_kop");

	return (struct zv_cluster_project){
		.uid = record->uid,
		.name = zv_tr_pick(value_of(reg, record, "name")->s, name_en->null ? ZV_STR("") : name_en->s),
		.kind = zv_cluster_word("project", "kind", value_of(reg, record, "kind")->i),
		.state = zv_cluster_word("project", "state", value_of(reg, record, "state")->i),
		.members = members,
		.budget_kop = budget->null ? -1 : budget->i,
	};
}

/* Only those that this person sees: the others are not there. */
static enum zv_code load_projects(struct zv_cluster_profile *profile, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
				  struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project");
	struct zv_cluster_project_row *rows;
	struct zv_cluster_project *projects;
	size_t n = 0;
	enum zv_code code = zv_cluster_project_rows(&rows, &n, db, profile->cluster.id, arena, err);

	if (code != ZV_OK)
		return code;
	projects = ZV_ARENA_ARRAY(arena, struct zv_cluster_project, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		enum zv_sight sight = ZV_SIGHT_NONE;
		struct zv_record record;

		code = zv_record_by_id(&record, db, reg, rows[i].id, arena, err);
		if (code == ZV_OK)
			code = zv_sight_of(&sight, db, who, reg, &record, err);
		if (code == ZV_OK && sight == ZV_SIGHT_FULL)
			projects[profile->n_projects++] = as_project(reg, &record, rows[i].members);
	}
	profile->projects = projects;
	return code;
}

static enum zv_code count_contracts(struct zv_cluster_profile *profile, struct zv_db *db, struct zv_err *err)
{
	static const char sql[] = "SELECT COUNT(*) FROM contract WHERE cluster_id = $1 AND (signed_on IS NULL OR signed_on <= $2) AND "
				  "(valid_until IS NULL OR valid_until >= $2)";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, profile->cluster.id);
	zv_bind_int(stmt, 2, profile->on);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	profile->contracts = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_cluster_parts(struct zv_cluster_profile *profile, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
			      struct zv_err *err)
{
	enum zv_code code = load_events(profile, db, arena, err);

	if (code == ZV_OK)
		code = load_objects(profile, db, arena, err);
	if (code == ZV_OK)
		code = load_projects(profile, db, who, arena, err);
	profile->contracts = -1;
	if (code == ZV_OK && zv_may(who, ZV_DO_RECORD_READ, profile->cluster.object))
		code = count_contracts(profile, db, err);
	return code;
}

/* --- growth ------------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_cluster_growth(struct zv_cluster_count **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_cluster_count_row *rows;
	struct zv_cluster_count *counts;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_CLUSTER_READ, err);

	if (code == ZV_OK)
		code = zv_cluster_count_rows(&rows, n, db, arena, err);
	if (code != ZV_OK)
		return code;
	counts = ZV_ARENA_ARRAY(arena, struct zv_cluster_count, *n + 1);
	for (size_t i = 0; i < *n; i++)
		counts[i] = (struct zv_cluster_count){.uid = rows[i].uid,
						      .scope = rows[i].scope,
						      .source = rows[i].source,
						      .on = rows[i].on,
						      .number = rows[i].number,
						      .expected = rows[i].expected};
	*out = counts;
	return ZV_OK;
}
