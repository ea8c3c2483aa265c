/* Rows that belong to those whom they connect: clusters with their members, contracts, projects. Who they are, and queries for what they may see. */
#include <string.h>

#include "app/sight_rows.h"

/* By the number that is stored (store/cluster.c): such a cluster and its rows are for its own people. */
enum { STATE_PLANNED = 1 };

static bool is(const struct zv_register *reg, const char *name)
{
	return strcmp(reg->name, name) == 0;
}

/* Everybody who is signed in sees these, but those of planned clusters. */
static bool is_of_clusters(const struct zv_register *reg)
{
	return is(reg, "cluster") || is(reg, "cluster_event") || is(reg, "cluster_member") || is(reg, "infra") || is(reg, "resident") ||
	       is(reg, "cluster_count");
}

/* What a process makes and takes: of its organisation, or, as tables have it, of the centre alone. */
static bool is_of_chains(const struct zv_register *reg)
{
	return is(reg, "product") || is(reg, "recipe_line") || is(reg, "line_source");
}

static bool is_of_records(const struct zv_register *reg)
{
	return is(reg, "contract") || is(reg, "delivery") || is(reg, "org_year") || is(reg, "project") || is(reg, "project_member") ||
	       is(reg, "project_cost") || is(reg, "statement") || is(reg, "received") || is_of_chains(reg);
}

bool zv_sight_related(const struct zv_register *reg)
{
	return is_of_clusters(reg) || is_of_records(reg);
}

enum zv_action zv_sight_related_action(const struct zv_register *reg, bool write)
{
	if (is_of_clusters(reg))
		return write ? ZV_DO_CLUSTER_WRITE : ZV_DO_CLUSTER_READ;
	return write ? ZV_DO_RECORD_WRITE : ZV_DO_RECORD_READ;
}

/* --- whose a row is ------------------------------------------------------------------------------------------------------------- */

/* Looks at the row and at what it refers to. */
struct look {
	struct zv_db *db;
	const struct zv_who *who;
	enum zv_action action;
	bool write;
	bool yes;    /* one of those whose row it is, is the person */
	bool hidden; /* of a planned cluster: the others do not see it */
	struct zv_arena arena;
};

static int64_t value_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	int at = zv_register_column(reg, column);

	return at < 0 || record->values[at].null ? 0 : record->values[at].i;
}

static int64_t centre_of(const struct zv_record *record)
{
	return record->id != 0 ? zv_id_centre(record->id) : record->centre_id;
}

/* What is open to all is not why somebody sees a planned cluster, so of these the reach of checking them is asked for. */
static bool reaches(const struct zv_who *who, enum zv_action action, struct zv_object object)
{
	if (action != ZV_DO_CLUSTER_READ)
		return zv_may(who, action, object);
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];
		enum zv_reach reach = zv_rights_reach(grant->role, ZV_DO_CHECK);

		if (reach == ZV_REACH_ALL || (reach == ZV_REACH_CENTRE && (grant->centre_id == -1 || grant->centre_id == object.centre_id)) ||
		    (reach >= ZV_REACH_ORG && grant->org_id != 0 && grant->org_id == object.org_id))
			return true;
	}
	return false;
}

static void owner(struct look *look, int64_t centre_id, int64_t org_id)
{
	look->yes = look->yes || reaches(look->who, look->action, (struct zv_object){centre_id, org_id});
}

static enum zv_code load(const struct zv_record **out, struct look *look, const char *reg, int64_t id, struct zv_err *err)
{
	struct zv_record *record = zv_arena_alloc(&look->arena, sizeof(*record));
	enum zv_code code = zv_record_by_id(record, look->db, zv_register_find(reg), id, &look->arena, err);

	*out = record;
	return code;
}

static void of_cluster(struct look *look, const struct zv_record *cluster)
{
	const struct zv_register *reg = zv_register_find("cluster");

	look->hidden = look->hidden || value_of(reg, cluster, "state") <= STATE_PLANNED;
	owner(look, centre_of(cluster), value_of(reg, cluster, "org_id"));
}

/* `by_centre`: the operator of the cluster's centre, too. */
static enum zv_code of_cluster_id(struct look *look, int64_t id, bool by_centre, struct zv_err *err)
{
	const struct zv_record *cluster;
	enum zv_code code;

	if (id == 0)
		return ZV_OK;
	code = load(&cluster, look, "cluster", id, err);
	if (code == ZV_OK && by_centre)
		of_cluster(look, cluster);
	else if (code == ZV_OK)
		owner(look, -1, value_of(zv_register_find("cluster"), cluster, "org_id"));
	return code;
}

static enum zv_code of_infra_id(struct look *look, int64_t id, struct zv_err *err)
{
	const struct zv_record *infra;
	enum zv_code code;

	if (id == 0)
		return ZV_OK;
	code = load(&infra, look, "infra", id, err);
	if (code == ZV_OK)
		owner(look, centre_of(infra), value_of(zv_register_find("infra"), infra, "org_id"));
	return code;
}

static enum zv_code of_contract(struct look *look, const struct zv_record *contract, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("contract");

	owner(look, centre_of(contract), value_of(reg, contract, "seller_id"));
	owner(look, centre_of(contract), value_of(reg, contract, "buyer_id"));
	return of_cluster_id(look, value_of(reg, contract, "cluster_id"), false, err);
}

/* Organisations that a query finds own the row as well: $1 a number. */
static enum zv_code of_found(struct look *look, const char *sql, int64_t number, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = true;
	enum zv_code code;

	if (look->yes)
		return ZV_OK;
	code = zv_db_stmt(&stmt, look->db, sql, err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, number);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		owner(look, -1, zv_col_int(stmt, 0));
	zv_stmt_reset(stmt);
	return code;
}

/* `takes_part`: whoever takes part in it sees it. */
static enum zv_code of_project(struct look *look, const struct zv_record *project, bool takes_part, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project");
	enum zv_code code;

	owner(look, centre_of(project), value_of(reg, project, "org_id"));
	code = of_cluster_id(look, value_of(reg, project, "cluster_id"), false, err);
	if (code == ZV_OK && takes_part && !look->write && project->id != 0)
		code = of_found(look, "SELECT org_id FROM project_member WHERE project_id = $1", project->id, err);
	return code;
}

static enum zv_code of_project_id(struct look *look, int64_t id, bool takes_part, struct zv_err *err)
{
	const struct zv_record *project;
	enum zv_code code;

	if (id == 0)
		return ZV_OK;
	code = load(&project, look, "project", id, err);
	return code == ZV_OK ? of_project(look, project, takes_part, err) : code;
}

static enum zv_code of_clusters(struct look *look, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (is(reg, "cluster"))
		of_cluster(look, record);
	else if (is(reg, "infra"))
		owner(look, centre_of(record), value_of(reg, record, "org_id"));
	else if (is(reg, "cluster_count"))
		owner(look, centre_of(record), 0);
	else
		code = of_cluster_id(look, value_of(reg, record, "cluster_id"), true, err);
	return code == ZV_OK && is(reg, "resident") ? of_infra_id(look, value_of(reg, record, "infra_id"), err) : code;
}

static enum zv_code of_records(struct look *look, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	const struct zv_record *contract;
	int64_t org_id = value_of(reg, record, "org_id");
	enum zv_code code;

	if (is(reg, "contract"))
		return of_contract(look, record, err);
	if (is(reg, "delivery")) {
		code = load(&contract, look, "contract", value_of(reg, record, "contract_id"), err);
		return code == ZV_OK ? of_contract(look, contract, err) : code;
	}
	if (is(reg, "project"))
		return of_project(look, record, true, err);
	if (is(reg, "project_member"))
		return of_project_id(look, value_of(reg, record, "project_id"), true, err);
	if (org_id != 0 || is_of_chains(reg))
		owner(look, centre_of(record), org_id);
	if (is_of_chains(reg))
		return ZV_OK;
	if (is(reg, "org_year"))
		return look->write ? ZV_OK
				   : of_found(look, "SELECT c.org_id FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id WHERE m.org_id = $1 "
						    "AND m.agreement = 1 AND m.left_on IS NULL AND c.org_id IS NOT NULL", org_id, err);
	if (is(reg, "project_cost") && !look->write)
		owner(look, -1, value_of(reg, record, "supplier_id"));
	if (is(reg, "received") && look->write)
		return ZV_OK;
	code = of_project_id(look, value_of(reg, record, "project_id"), false, err);
	return code == ZV_OK && is(reg, "statement") ? of_cluster_id(look, value_of(reg, record, "cluster_id"), true, err) : code;
}

enum zv_code zv_sight_may_related(bool *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, const struct zv_record *record,
				  bool write, struct zv_err *err)
{
	struct look look = {.db = db, .who = who, .action = zv_sight_related_action(reg, write), .write = write};
	enum zv_code code;

	*out = false;
	if (!zv_may_some(who, look.action))
		return ZV_OK;
	owner(&look, -1, 0); /* whoever reaches all */
	zv_arena_init(&look.arena);
	code = is_of_clusters(reg) ? of_clusters(&look, reg, record, err) : of_records(&look, reg, record, err);
	zv_arena_done(&look.arena);
	*out = code == ZV_OK && (look.yes || (look.action == ZV_DO_CLUSTER_READ && !look.hidden));
	return code;
}

/* --- what somebody may see, as queries ------------------------------------------------------------------------------------------- */

#define NEXT "id > $1 "
#define ENDS " ORDER BY id LIMIT $2"
#define OF_CENTRE(column) column " >= $3 * 1099511627776 AND " column " < ($3 + 1) * 1099511627776"
#define OWN_CLUSTERS "(SELECT id FROM cluster WHERE org_id = $3)"
#define OWN_PROJECTS "(SELECT id FROM project WHERE org_id = $3 OR cluster_id IN " OWN_CLUSTERS ")"
#define OWN_CONTRACTS "(SELECT id FROM contract WHERE seller_id = $3 OR buyer_id = $3 OR cluster_id IN " OWN_CLUSTERS ")"
#define PLANNED "(SELECT id FROM cluster WHERE state = 1)"
#define WAY(table, condition) "SELECT id FROM " table " WHERE " condition " AND " NEXT ENDS

/* of: 0 everybody, 1 a centre, 2 an organisation. The same as above, turned round. */
enum of { OF_ALL, OF_A_CENTRE, OF_AN_ORG };

static const struct {
	const char *reg;
	enum of of;
	const char *sql;
} ways[] = {
	{"cluster", OF_ALL, WAY("cluster", "state <> 1")},
	{"cluster", OF_A_CENTRE, WAY("cluster", OF_CENTRE("id"))},
	{"cluster", OF_AN_ORG, WAY("cluster", "org_id = $3")},
	{"cluster_event", OF_ALL, WAY("cluster_event", "cluster_id NOT IN " PLANNED)},
	{"cluster_event", OF_A_CENTRE, WAY("cluster_event", OF_CENTRE("cluster_id"))},
	{"cluster_event", OF_AN_ORG, WAY("cluster_event", "cluster_id IN " OWN_CLUSTERS)},
	{"cluster_member", OF_ALL, WAY("cluster_member", "cluster_id NOT IN " PLANNED)},
	{"cluster_member", OF_A_CENTRE, WAY("cluster_member", OF_CENTRE("cluster_id"))},
	{"cluster_member", OF_AN_ORG, WAY("cluster_member", "cluster_id IN " OWN_CLUSTERS)},
	{"infra", OF_ALL, WAY("infra", "id > 0")},
	{"cluster_count", OF_ALL, WAY("cluster_count", "id > 0")},
	{"resident", OF_ALL, WAY("resident", "(cluster_id IS NULL OR cluster_id NOT IN " PLANNED ")")},
	{"resident", OF_A_CENTRE, WAY("resident", OF_CENTRE("cluster_id"))},
	{"resident", OF_A_CENTRE, WAY("resident", OF_CENTRE("infra_id"))},
	{"resident", OF_AN_ORG, WAY("resident", "cluster_id IN " OWN_CLUSTERS)},
	{"resident", OF_AN_ORG, WAY("resident", "infra_id IN (SELECT id FROM infra WHERE org_id = $3)")},
	{"contract", OF_A_CENTRE, WAY("contract", OF_CENTRE("id"))},
	{"contract", OF_AN_ORG, WAY("contract", "seller_id = $3")},
	{"contract", OF_AN_ORG, WAY("contract", "buyer_id = $3")},
	{"contract", OF_AN_ORG, WAY("contract", "cluster_id IN " OWN_CLUSTERS)},
	{"delivery", OF_A_CENTRE, WAY("delivery", OF_CENTRE("contract_id"))},
	{"delivery", OF_AN_ORG, WAY("delivery", "contract_id IN " OWN_CONTRACTS)},
	{"org_year", OF_A_CENTRE, WAY("org_year", OF_CENTRE("id"))},
	{"org_year", OF_AN_ORG, WAY("org_year", "org_id = $3")},
	{"org_year", OF_AN_ORG, WAY("org_year", "org_id IN (SELECT org_id FROM cluster_member WHERE agreement = 1 AND left_on IS NULL AND cluster_id IN " OWN_CLUSTERS ")")},
	{"project", OF_A_CENTRE, WAY("project", OF_CENTRE("id"))},
	{"project", OF_AN_ORG, WAY("project", "org_id = $3")},
	{"project", OF_AN_ORG, WAY("project", "cluster_id IN " OWN_CLUSTERS)},
	{"project", OF_AN_ORG, WAY("project", "id IN (SELECT project_id FROM project_member WHERE org_id = $3)")},
	{"project_member", OF_A_CENTRE, WAY("project_member", OF_CENTRE("project_id"))},
	{"project_member", OF_AN_ORG, WAY("project_member", "project_id IN " OWN_PROJECTS)},
	{"project_member", OF_AN_ORG, WAY("project_member", "project_id IN (SELECT project_id FROM project_member WHERE org_id = $3)")},
	{"project_cost", OF_A_CENTRE, WAY("project_cost", OF_CENTRE("id"))},
	{"project_cost", OF_A_CENTRE, WAY("project_cost", OF_CENTRE("project_id"))},
	{"project_cost", OF_AN_ORG, WAY("project_cost", "org_id = $3")},
	{"project_cost", OF_AN_ORG, WAY("project_cost", "supplier_id = $3")},
	{"project_cost", OF_AN_ORG, WAY("project_cost", "project_id IN " OWN_PROJECTS)},
	{"statement", OF_A_CENTRE, WAY("statement", "org_id IS NOT NULL AND " OF_CENTRE("id"))},
	{"statement", OF_A_CENTRE, WAY("statement", OF_CENTRE("project_id"))},
	{"statement", OF_A_CENTRE, WAY("statement", OF_CENTRE("cluster_id"))},
	{"statement", OF_AN_ORG, WAY("statement", "org_id = $3")},
	{"statement", OF_AN_ORG, WAY("statement", "project_id IN " OWN_PROJECTS)},
	{"statement", OF_AN_ORG, WAY("statement", "cluster_id IN " OWN_CLUSTERS)},
	{"received", OF_A_CENTRE, WAY("received", OF_CENTRE("id"))},
	{"received", OF_A_CENTRE, WAY("received", OF_CENTRE("project_id"))},
	{"received", OF_AN_ORG, WAY("received", "org_id = $3")},
	{"received", OF_AN_ORG, WAY("received", "project_id IN " OWN_PROJECTS)},
	{"product", OF_A_CENTRE, WAY("product", OF_CENTRE("id"))},
	{"product", OF_AN_ORG, WAY("product", "org_id = $3")},
	{"recipe_line", OF_A_CENTRE, WAY("recipe_line", OF_CENTRE("id"))},
	{"recipe_line", OF_AN_ORG, WAY("recipe_line", "org_id = $3")},
	{"line_source", OF_A_CENTRE, WAY("line_source", OF_CENTRE("id"))},
	{"line_source", OF_AN_ORG, WAY("line_source", "org_id = $3")},
};

static void ways_of(zv_sight_ways *out, const struct zv_register *reg, enum of of, int64_t number)
{
	for (size_t i = 0; i < ZV_LEN(ways); i++)
		if (ways[i].of == of && is(reg, ways[i].reg))
			zv_sight_way(out, ways[i].sql, number);
}

void zv_sight_ways_to_related(zv_sight_ways *out, const struct zv_who *who, const struct zv_register *reg)
{
	enum zv_action asked = is_of_clusters(reg) ? ZV_DO_CHECK : ZV_DO_RECORD_READ;

	if (is_of_clusters(reg))
		ways_of(out, reg, OF_ALL, -1);
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];
		enum zv_reach reach = zv_rights_reach(grant->role, asked);

		if (reach == ZV_REACH_CENTRE && grant->centre_id >= 0)
			ways_of(out, reg, OF_A_CENTRE, grant->centre_id);
		if (reach >= ZV_REACH_ORG && grant->org_id != 0)
			ways_of(out, reg, OF_AN_ORG, grant->org_id);
	}
}

bool zv_sight_open_related(const struct zv_who *who, const struct zv_register *reg)
{
	enum zv_action action = zv_sight_related_action(reg, false);

	if (!zv_may_some(who, action))
		return false;
	if (is(reg, "infra") || is(reg, "cluster_count"))
		return true;
	return reaches(who, action, (struct zv_object){-1, 0});
}
