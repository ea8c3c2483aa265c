/* Queries around one cluster. */
#include "store/cluster_read.h"

#include "store/read.h"

static zv_date date_at(struct zv_stmt *stmt, int at)
{
	return zv_col_is_null(stmt, at) ? ZV_DATE_NONE : (zv_date)zv_col_int(stmt, at);
}

static int64_t number_at(struct zv_stmt *stmt, int at)
{
	return zv_col_is_null(stmt, at) ? -1 : zv_col_int(stmt, at);
}

static struct zv_str text_at(struct zv_stmt *stmt, int at, struct zv_arena *arena)
{
	return zv_str_dup(arena, zv_col_text(stmt, at));
}

/* A query with the cluster as $1, and perhaps a number as $2. */
static enum zv_code rows(void **out, size_t *n, size_t size, struct zv_db *db, const char *sql, int64_t cluster_id, const int64_t *second,
			 zv_read_row *read, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, cluster_id);
	if (second != NULL)
		zv_bind_int(stmt, 2, *second);
	return zv_read_all(out, n, stmt, size, read, arena, err);
}

/* --- members --------------------------------------------------------------------------------------------------------------- */

static const char sql_members[] =
	"SELECT m.id, m.uid, m.org_id, o.uid, o.name, o.region, o.kind, m.role, m.joined_on, m.left_on, m.producing, m.agreement "
	"FROM cluster_member m JOIN org o ON o.id = m.org_id WHERE m.cluster_id = $1 ORDER BY m.id";

static void read_member(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_cluster_member_row *)out = (struct zv_cluster_member_row){
		.id = zv_col_int(stmt, 0),
		.uid = text_at(stmt, 1, arena),
		.org_id = zv_col_int(stmt, 2),
		.org_uid = text_at(stmt, 3, arena),
		.org = text_at(stmt, 4, arena),
		.region = text_at(stmt, 5, arena),
		.org_kind = number_at(stmt, 6),
		.role = zv_col_int(stmt, 7),
		.joined_on = date_at(stmt, 8),
		.left_on = date_at(stmt, 9),
		.producing = number_at(stmt, 10),
		.agreement = number_at(stmt, 11),
	};
}

enum zv_code zv_cluster_member_rows(struct zv_cluster_member_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
				    struct zv_err *err)
{
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_members, cluster_id, NULL, read_member, arena, err);

	*out = found;
	return code;
}

static const char sql_sites[] = "SELECT s.org_id, s.region FROM site s WHERE s.region IS NOT NULL AND s.org_id IN "
				"(SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1) ORDER BY s.org_id, s.id";

static void read_site(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_cluster_site_row *)out = (struct zv_cluster_site_row){zv_col_int(stmt, 0), text_at(stmt, 1, arena)};
}

enum zv_code zv_cluster_site_rows(struct zv_cluster_site_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
				  struct zv_err *err)
{
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_sites, cluster_id, NULL, read_site, arena, err);

	*out = found;
	return code;
}

/* --- events, objects, projects ----------------------------------------------------------------------------------------------- */

static const char sql_events[] = "SELECT id, uid, happened_on, state, act, number, title, note FROM cluster_event "
				 "WHERE cluster_id = $1 AND happened_on <= $2 ORDER BY happened_on, id";

static void read_event(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_cluster_event_row *)out = (struct zv_cluster_event_row){
		.id = zv_col_int(stmt, 0),
		.uid = text_at(stmt, 1, arena),
		.on = date_at(stmt, 2),
		.state = zv_col_int(stmt, 3),
		.act = text_at(stmt, 4, arena),
		.number = text_at(stmt, 5, arena),
		.title = text_at(stmt, 6, arena),
		.note = text_at(stmt, 7, arena),
	};
}

enum zv_code zv_cluster_event_rows(struct zv_cluster_event_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on,
				   struct zv_arena *arena, struct zv_err *err)
{
	int64_t day = on;
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_events, cluster_id, &day, read_event, arena, err);

	*out = found;
	return code;
}

static const char sql_objects[] =
	"SELECT i.uid, i.name, i.name_en, i.kind, i.technological FROM infra i WHERE i.id IN (SELECT r.infra_id FROM resident r "
	"WHERE r.cluster_id = $1 AND (r.since_on IS NULL OR r.since_on <= $2) AND (r.until_on IS NULL OR r.until_on >= $2)) ORDER BY i.id";

static void read_object(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_cluster_object_row *)out = (struct zv_cluster_object_row){
		.uid = text_at(stmt, 0, arena),
		.name = text_at(stmt, 1, arena),
		.name_en = text_at(stmt, 2, arena),
		.kind = zv_col_int(stmt, 3),
		.technological = number_at(stmt, 4),
	};
}

enum zv_code zv_cluster_object_rows(struct zv_cluster_object_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on,
				    struct zv_arena *arena, struct zv_err *err)
{
	int64_t day = on;
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_objects, cluster_id, &day, read_object, arena, err);

	*out = found;
	return code;
}

static const char sql_projects[] =
	"SELECT p.id, (SELECT COUNT(DISTINCT m.org_id) FROM project_member m WHERE m.project_id = p.id AND m.org_id <> COALESCE(p.org_id, 0)) + "
	"CASE WHEN p.org_id IS NULL THEN 0 ELSE 1 END FROM project p WHERE p.cluster_id = $1 ORDER BY p.id";

static void read_project(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_cluster_project_row *)out = (struct zv_cluster_project_row){zv_col_int(stmt, 0), zv_col_int(stmt, 1)};
}

enum zv_code zv_cluster_project_rows(struct zv_cluster_project_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
				     struct zv_err *err)
{
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_projects, cluster_id, NULL, read_project, arena, err);

	*out = found;
	return code;
}

/* --- contracts ----------------------------------------------------------------------------------------------------------------- */

static const char sql_contracts[] =
	"SELECT c.id, c.uid, c.seller_id, c.buyer_id, c.number, c.title, i.name, i.name_en, c.signed_on, c.valid_until, c.sum_kop, d.year, d.sum_kop "
	"FROM contract c LEFT JOIN item i ON i.id = c.item_id LEFT JOIN delivery d ON d.contract_id = c.id AND (CAST($2 AS BIGINT) = 0 OR d.year = $2) "
	"WHERE c.cluster_id = $1 ORDER BY c.id, d.year, d.id";

static void read_contract(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_cluster_contract_row *)out = (struct zv_cluster_contract_row){
		.id = zv_col_int(stmt, 0),
		.uid = text_at(stmt, 1, arena),
		.seller_id = zv_col_int(stmt, 2),
		.buyer_id = zv_col_int(stmt, 3),
		.number = text_at(stmt, 4, arena),
		.title = text_at(stmt, 5, arena),
		.item = text_at(stmt, 6, arena),
		.item_en = text_at(stmt, 7, arena),
		.signed_on = date_at(stmt, 8),
		.valid_until = date_at(stmt, 9),
		.sum_kop = number_at(stmt, 10),
		.year = zv_col_int(stmt, 11),
		.delivered_kop = number_at(stmt, 12),
	};
}

enum zv_code zv_cluster_contract_rows(struct zv_cluster_contract_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, int year,
				      struct zv_arena *arena, struct zv_err *err)
{
	int64_t of = year;
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_contracts, cluster_id, &of, read_contract, arena, err);

	*out = found;
	return code;
}

static const char sql_years[] = "SELECT DISTINCT d.year FROM delivery d JOIN contract c ON c.id = d.contract_id WHERE c.cluster_id = $1 ORDER BY 1 DESC";

static void read_year(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(int *)out = (int)zv_col_int(stmt, 0);
}

enum zv_code zv_cluster_years(int **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena, struct zv_err *err)
{
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_years, cluster_id, NULL, read_year, arena, err);

	*out = found;
	return code;
}

static const char sql_org_years[] = "SELECT y.id, y.org_id, y.shipped_kop FROM org_year y WHERE y.year = $2 AND y.shipped_kop IS NOT NULL AND y.org_id IN "
				    "(SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1) ORDER BY y.said_on, y.id";

static void read_org_year(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_cluster_org_year_row *)out =
		(struct zv_cluster_org_year_row){zv_col_int(stmt, 0), zv_col_int(stmt, 1), zv_col_int(stmt, 2)};
}

enum zv_code zv_cluster_org_year_rows(struct zv_cluster_org_year_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, int year,
				      struct zv_arena *arena, struct zv_err *err)
{
	int64_t of = year;
	void *found = NULL;
	enum zv_code code = rows(&found, n, sizeof(**out), db, sql_org_years, cluster_id, &of, read_org_year, arena, err);

	*out = found;
	return code;
}

enum zv_code zv_cluster_org_name(struct zv_str *uid, struct zv_str *name, struct zv_db *db, int64_t org_id, struct zv_arena *arena,
				 struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT uid, name FROM org WHERE id = $1", err);

	*uid = *name = ZV_STR("");
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	*uid = text_at(stmt, 0, arena);
	*name = text_at(stmt, 1, arena);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* --- growth ---------------------------------------------------------------------------------------------------------------------- */

static void read_count(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_cluster_count_row *)out = (struct zv_cluster_count_row){
		.uid = text_at(stmt, 0, arena),
		.on = date_at(stmt, 1),
		.number = zv_col_int(stmt, 2),
		.expected = zv_col_int(stmt, 3) != 0,
		.scope = text_at(stmt, 4, arena),
		.source = text_at(stmt, 5, arena),
	};
}

enum zv_code zv_cluster_count_rows(struct zv_cluster_count_row **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	void *found = NULL;
	struct zv_stmt *stmt;
	enum zv_code code =
		zv_db_stmt(&stmt, db, "SELECT uid, counted_on, number, expected, scope, source FROM cluster_count ORDER BY counted_on, expected, id", err);

	if (code == ZV_OK)
		code = zv_read_all(&found, n, stmt, sizeof(**out), read_count, arena, err);
	*out = found;
	return code;
}
