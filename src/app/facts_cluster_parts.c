/* What belongs to a cluster besides members and contracts: infrastructure, projects, papers; and what follows for the cluster itself. */
#include <string.h>

#include "app/facts_cluster.h"

/* --- objects and projects -------------------------------------------------------------------------------------------------------------- */

static const struct zv_record *find(const struct facts_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->p[i].id == id)
			return &rows->p[i];
	return NULL;
}

enum zv_code facts_add_objects(struct facts_loading *l, struct zv_err *err)
{
	const char *const *states = l->infra->columns[zv_register_column(l->infra, "state")].words;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < l->residents.n && code == ZV_OK; i++) {
		const struct zv_record *row = &l->residents.p[i];
		const struct zv_record *infra = find(&l->infra_rows, facts_number(l->resident, row, "infra_id", 0));
		struct zv_rules_cell *c;

		if (infra == NULL || !facts_covers(l->resident, row, "since_on", "until_on", l->m->ask->on))
			continue;
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_OBJECTS, l->infra, infra, infra->uid, facts_text(l->infra, infra, "name"), err);
		if (code != ZV_OK)
			break;
		zv_facts_from(l->m, &c[ZV_F_OBJECTS_name], l->infra, infra, "name");
		zv_facts_from(l->m, &c[ZV_F_OBJECTS_kind], l->infra, infra, "kind");
		zv_facts_from(l->m, &c[ZV_F_OBJECTS_region], l->infra, infra, "region");
		zv_facts_from(l->m, &c[ZV_F_OBJECTS_technological], l->infra, infra, "technological");
		zv_facts_number(&c[ZV_F_OBJECTS_acting], strcmp(states[facts_number(l->infra, infra, "state", 0)], "acting") == 0);
	}
	l->m->parts[ZV_FACTS_T_OBJECTS].incomplete = l->residents.n == 0;
	return code;
}

/* With the initiator, each once. */
static int64_t count_participants(const struct facts_loading *l, const struct zv_record *project)
{
	const struct zv_register *reg = zv_register_find("project_member");
	int64_t initiator = facts_number(l->project, project, "org_id", 0), n = initiator != 0;

	for (size_t i = 0; i < l->project_members.n; i++) {
		int64_t org = facts_number(reg, &l->project_members.p[i], "org_id", 0);
		bool again = org == initiator || facts_number(reg, &l->project_members.p[i], "project_id", 0) != project->id;

		for (size_t j = 0; j < i && !again; j++)
			again = facts_number(reg, &l->project_members.p[j], "org_id", 0) == org && facts_number(reg, &l->project_members.p[j], "project_id", 0) == project->id;
		n += !again;
	}
	return n;
}

enum zv_code facts_add_projects(struct facts_loading *l, struct zv_err *err)
{
	enum { JOINT = 1, ACTIVE = 2 };
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < l->projects.n && code == ZV_OK; i++) {
		const struct zv_record *row = &l->projects.p[i];
		struct zv_rules_cell *c;

		if (facts_number(l->project, row, "starts_on", INT32_MIN) > l->m->ask->on && facts_number(l->project, row, "state", 0) == ACTIVE)
			continue; /* it is under way only later */
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_PROJECTS, l->project, row, row->uid, facts_text(l->project, row, "name"), err);
		if (code != ZV_OK)
			break;
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_name], l->project, row, "name");
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_kind], l->project, row, "kind");
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_state], l->project, row, "state");
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_okpd2], l->project, row, "okpd2");
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_passport], l->project, row, "passport");
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_import_substitution], l->project, row, "import_substitution");
		zv_facts_from(l->m, &c[ZV_F_PROJECTS_budget], l->project, row, "budget_kop");
		zv_facts_number(&c[ZV_F_PROJECTS_members], count_participants(l, row));
		zv_facts_number(&c[ZV_F_PROJECTS_joint], facts_number(l->project, row, "kind", 0) == JOINT);
		zv_facts_number(&c[ZV_F_PROJECTS_active], facts_number(l->project, row, "state", 0) == ACTIVE);
	}
	l->m->parts[ZV_FACTS_T_PROJECTS].incomplete = l->projects.n == 0 || facts_number(l->cluster, l->row, "projects_stated", 0) > (int64_t)l->projects.n;
	return code;
}

/* Papers of the application that is under way. */
enum zv_code facts_add_documents(struct facts_loading *l, struct zv_err *err)
{
	static const char sql[] = "SELECT f.uid, f.document, f.name, CASE WHEN f.signature_digest IS NULL THEN 0 ELSE 1 END FROM application_file f "
				  "WHERE f.replaced_ms IS NULL AND f.application_id = (SELECT MAX(a.id) FROM application a WHERE a.cluster_id = $1) ORDER BY f.id";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, l->m->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, l->cluster_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_rules_cell *c;

		code = zv_facts_row(&c, l->m, ZV_FACTS_T_DOCUMENTS, NULL, NULL, zv_str_dup(l->m->arena, zv_col_text(stmt, 0)),
				    zv_str_dup(l->m->arena, zv_col_text(stmt, 2)), err);
		if (code != ZV_OK)
			break;
		zv_facts_text(&c[ZV_F_DOCUMENTS_kind], zv_str_dup(l->m->arena, zv_col_text(stmt, 1)));
		zv_facts_number(&c[ZV_F_DOCUMENTS_attached], 1);
		zv_facts_number(&c[ZV_F_DOCUMENTS_signed], zv_col_int(stmt, 3));
	}
	zv_stmt_reset(stmt);
	return code;
}

/* --- the cluster itself ---------------------------------------------------------------------------------------------------------------- */

/* Regions of seats and sites of the members of the day; *open: members of whom no region is told. */
static int64_t count_regions(const struct facts_loading *l, int64_t *open)
{
	struct zv_map seen;
	int64_t n = 0, at;

	*open = 0;
	zv_map_init(&seen);
	for (size_t i = 0; i < l->n_list; i++) {
		bool told = false;

		for (size_t s = 0; s <= l->sites.n; s++) {
			const struct zv_record *site = s < l->sites.n ? &l->sites.p[s] : NULL;
			struct zv_str code = ZV_STR("");

			if (site == NULL && l->list[i].org != NULL)
				code = facts_text(l->org, l->list[i].org, "region");
			else if (site != NULL && facts_number(l->site, site, "org_id", 0) == l->list[i].org_id)
				code = facts_text(l->site, site, "region");
			if (code.n == 0)
				continue;
			told = true;
			if (!zv_map_get(&at, &seen, code)) {
				zv_map_put(&seen, code, 1);
				n++;
			}
		}
		*open += !told;
	}
	zv_map_done(&seen);
	return n;
}

static void add_regions(struct facts_loading *l, struct zv_rules_cell *c)
{
	bool more = l->m->parts[ZV_FACTS_T_MEMBERS].incomplete;
	int64_t open, n = count_regions(l, &open);

	if (n >= 2 || (open == 0 && !more))
		zv_facts_number(&c[ZV_F_CLUSTER_interregional], n >= 2);
	if (more)
		return;
	zv_facts_number(&c[ZV_F_CLUSTER_regions], n);
	c[ZV_F_CLUSTER_regions].hi = n + open;
}

/* The state by the acts until the day; without any, the register's own word where that holds for the day. */
static int64_t state_of(const struct facts_loading *l)
{
	const struct zv_register *reg = zv_register_find("cluster_event");
	int64_t state = 0, since = INT32_MIN, own_since = facts_number(l->cluster, l->row, "state_on", INT64_MIN);
	bool later = false;

	for (size_t i = 0; i < l->events.n; i++) {
		int64_t day = facts_number(reg, &l->events.p[i], "happened_on", 0), to = facts_number(reg, &l->events.p[i], "state", 0);

		if (to == 0)
			continue;
		later |= day > l->m->ask->on;
		if (day > l->m->ask->on)
			continue;
		state = to;
		since = day;
	}
	if (own_since != INT64_MIN ? own_since <= l->m->ask->on && own_since >= since : state == 0 && !later)
		state = facts_number(l->cluster, l->row, "state", 0);
	return state;
}

static int64_t months_between(zv_date from, zv_date to)
{
	int y1, m1, d1, y2, m2, d2;

	zv_date_to_civil(&y1, &m1, &d1, from);
	zv_date_to_civil(&y2, &m2, &d2, to);
	return (int64_t)(y2 - y1) * 12 + (m2 - m1) - (d2 < d1);
}

static void add_order(struct facts_loading *l, struct zv_rules_cell *c)
{
	int64_t order_on = facts_number(l->cluster, l->row, "order_on", INT64_MIN);

	/* An order of a later day is not there yet. */
	if (order_on != INT64_MIN && order_on > l->m->ask->on)
		return;
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_number], l->cluster, l->row, "number");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_order_no], l->cluster, l->row, "order_no");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_order_on], l->cluster, l->row, "order_on");
	if (order_on != INT64_MIN)
		zv_facts_number(&c[ZV_F_CLUSTER_age_months], months_between((zv_date)order_on, l->m->ask->on));
}

enum zv_code facts_add_cluster(struct facts_loading *l, struct zv_err *err)
{
	enum { IN_REGISTER = 3, LIQUIDATION = 5 };
	int64_t state = state_of(l);
	struct zv_rules_cell *c;
	enum zv_code code = zv_facts_row(&c, l->m, ZV_FACTS_T_CLUSTER, l->cluster, l->row, l->row->uid, facts_text(l->cluster, l->row, "name"), err);

	if (code != ZV_OK)
		return code;
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_name], l->cluster, l->row, "name");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_edition], l->cluster, l->row, "edition");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_valid_until], l->cluster, l->row, "valid_until");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_members_stated], l->cluster, l->row, "members_stated");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_projects_stated], l->cluster, l->row, "projects_stated");
	add_order(l, c);
	if (state != 0) {
		zv_facts_text(&c[ZV_F_CLUSTER_state], zv_str_c(l->cluster->columns[zv_register_column(l->cluster, "state")].words[state]));
		zv_facts_number(&c[ZV_F_CLUSTER_in_register], state == IN_REGISTER);
	}
	if (state == LIQUIDATION)
		zv_facts_number(&c[ZV_F_CLUSTER_specialised], 0);
	else if (facts_number(l->cluster, l->row, "org_id", 0) != 0)
		zv_facts_number(&c[ZV_F_CLUSTER_specialised], 1);
	add_regions(l, c);
	return ZV_OK;
}
