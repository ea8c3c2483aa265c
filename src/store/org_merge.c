/* Merged organisations as rows, and the re-pointing of what is in no register. */
#include "store/org_merge.h"

#include "base/buf.h"

#define SELECT "SELECT from_uid, to_uid, from_id, to_id, batch_id, merged_ms, moved FROM org_merge WHERE "

static const char sql_insert[] =
	"INSERT INTO org_merge (from_uid, to_uid, from_id, to_id, batch_id, merged_ms, moved) VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char sql_delete[] = "DELETE FROM org_merge WHERE from_uid = $1";
static const char sql_find[] = SELECT "from_uid = $1";
static const char sql_into[] = SELECT "to_uid = $1 ORDER BY merged_ms DESC, from_id DESC LIMIT 1";

#define ROWS(table, column) "SELECT id FROM " table " WHERE " column " = $1 AND id > $2 ORDER BY id LIMIT $3"

const struct zv_org_reference zv_org_references[] = {
	{"site", "org_id", ROWS("site", "org_id")},
	{"permit", "org_id", ROWS("permit", "org_id")},
	{"need", "org_id", ROWS("need", "org_id")},
	{"offer", "org_id", ROWS("offer", "org_id")},
	{"capacity", "org_id", ROWS("capacity", "org_id")},
	{"supply", "supplier_id", ROWS("supply", "supplier_id")},
	{"supply", "customer_id", ROWS("supply", "customer_id")},
	{"cluster", "org_id", ROWS("cluster", "org_id")},
	{"cluster_member", "org_id", ROWS("cluster_member", "org_id")},
	{"contract", "seller_id", ROWS("contract", "seller_id")},
	{"contract", "buyer_id", ROWS("contract", "buyer_id")},
	{"org_year", "org_id", ROWS("org_year", "org_id")},
	{"project", "org_id", ROWS("project", "org_id")},
	{"project_member", "org_id", ROWS("project_member", "org_id")},
	{"project_cost", "org_id", ROWS("project_cost", "org_id")},
	{"project_cost", "supplier_id", ROWS("project_cost", "supplier_id")},
	{"infra", "org_id", ROWS("infra", "org_id")},
	{"resident", "org_id", ROWS("resident", "org_id")},
	{"statement", "org_id", ROWS("statement", "org_id")},
	{"received", "org_id", ROWS("received", "org_id")},
	{"product", "org_id", ROWS("product", "org_id")},
	{"recipe_line", "org_id", ROWS("recipe_line", "org_id")},
	{"line_source", "org_id", ROWS("line_source", "org_id")},
	{"line_source", "maker_id", ROWS("line_source", "maker_id")},
	{0},
};

/* By row: `move` has $1 from, $2 to and tells the key; `back` has $1 from and then the key. */
static const struct link {
	const char *name; /* in `moved`: never changes */
	int n_keys;
	const char *move, *back;
} links[] = {
	{"account_role", 2, "UPDATE account_role SET org_id = $2 WHERE org_id = $1 RETURNING account_id, place",
	 "UPDATE account_role SET org_id = $1 WHERE account_id = $2 AND place = $3"},
	{"task", 1,
	 "UPDATE task SET org_id = $2 WHERE org_id = $1 AND (state <> 1 OR NOT EXISTS (SELECT 1 FROM task o WHERE o.kind = task.kind "
	 "AND o.subject = task.subject AND o.org_id = $2 AND o.state = 1)) RETURNING id",
	 "UPDATE task SET org_id = $1 WHERE id = $2"},
	{"scouting_maker", 3,
	 "UPDATE scouting_maker SET org_id = $2 WHERE org_id = $1 AND NOT EXISTS (SELECT 1 FROM scouting_maker o WHERE "
	 "o.scouting_id = scouting_maker.scouting_id AND o.centre_id = scouting_maker.centre_id AND o.org_id = $2) "
	 "RETURNING scouting_id, centre_id, org_id",
	 "UPDATE scouting_maker SET org_id = $1 WHERE scouting_id = $2 AND centre_id = $3 AND org_id = $4"},
	{"contact", 1,
	 "UPDATE contact SET org_id = $2 WHERE org_id = $1 AND NOT EXISTS (SELECT 1 FROM contact o WHERE o.need_id = contact.need_id "
	 "AND o.org_id = $2) RETURNING id",
	 "UPDATE contact SET org_id = $1 WHERE id = $2"},
	{"disclosure.owner", 1, "UPDATE disclosure SET owner_id = $2 WHERE owner_id = $1 RETURNING id",
	 "UPDATE disclosure SET owner_id = $1 WHERE id = $2"},
	{"disclosure.to", 1, "UPDATE disclosure SET to_org_id = $2 WHERE to_org_id = $1 RETURNING id",
	 "UPDATE disclosure SET to_org_id = $1 WHERE id = $2"},
	{"dup_pair", 1,
	 "UPDATE dup_pair SET org_id = $2 WHERE org_id = $1 AND NOT EXISTS (SELECT 1 FROM dup_pair o WHERE o.fingerprint = dup_pair.fingerprint "
	 "AND o.org_id = $2) RETURNING id",
	 "UPDATE dup_pair SET org_id = $1 WHERE id = $2"},
	{"upload", 1, "UPDATE upload SET org_id = $2 WHERE org_id = $1 RETURNING id", "UPDATE upload SET org_id = $1 WHERE id = $2"},
	{"rule_pack", 1, "UPDATE rule_pack SET org_id = $2 WHERE org_id = $1 RETURNING id", "UPDATE rule_pack SET org_id = $1 WHERE id = $2"},
	{"application", 1, "UPDATE application SET org_id = $2 WHERE org_id = $1 RETURNING id", "UPDATE application SET org_id = $1 WHERE id = $2"},
	{"invitation", 1,
	 "UPDATE invitation SET org_id = $2 WHERE org_id = $1 AND NOT EXISTS (SELECT 1 FROM invitation o WHERE o.cluster_id = invitation.cluster_id "
	 "AND o.org_id = $2) RETURNING id",
	 "UPDATE invitation SET org_id = $1 WHERE id = $2"},
	{"measure_change", 1, "UPDATE measure_change SET org_id = $2 WHERE org_id = $1 RETURNING id",
	 "UPDATE measure_change SET org_id = $1 WHERE id = $2"},
};

enum zv_code zv_org_merge_insert(struct zv_db *db, const struct zv_org_merge *merge, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_insert, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, merge->from_uid);
	zv_bind_text(stmt, 2, merge->to_uid);
	zv_bind_int(stmt, 3, merge->from_id);
	zv_bind_int(stmt, 4, merge->to_id);
	zv_bind_int(stmt, 5, merge->batch_id);
	zv_bind_int(stmt, 6, merge->merged_ms);
	zv_bind_text(stmt, 7, merge->moved);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_org_merge_delete(struct zv_db *db, struct zv_str from_uid, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_delete, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, from_uid);
	return zv_stmt_run(stmt, err);
}

static enum zv_code find_by(bool *found, struct zv_org_merge *out, struct zv_db *db, const char *sql, struct zv_str uid,
			    struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, uid);
	code = zv_stmt_step(found, stmt, err);
	if (code != ZV_OK || !*found)
		return code;
	*out = (struct zv_org_merge){
		.from_uid = zv_str_dup(arena, zv_col_text(stmt, 0)),
		.to_uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.from_id = zv_col_int(stmt, 2),
		.to_id = zv_col_int(stmt, 3),
		.batch_id = zv_col_int(stmt, 4),
		.merged_ms = zv_col_int(stmt, 5),
		.moved = zv_str_dup(arena, zv_col_text(stmt, 6)),
	};
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_org_merge_find(bool *found, struct zv_org_merge *out, struct zv_db *db, struct zv_str from_uid, struct zv_arena *arena,
			       struct zv_err *err)
{
	return find_by(found, out, db, sql_find, from_uid, arena, err);
}

enum zv_code zv_org_merge_into(bool *found, struct zv_org_merge *out, struct zv_db *db, struct zv_str to_uid, struct zv_arena *arena,
			       struct zv_err *err)
{
	return find_by(found, out, db, sql_into, to_uid, arena, err);
}

/* Moves the rows of one kind and notes their keys. */
static enum zv_code move(struct zv_buf *moved, int64_t *n, struct zv_db *db, const struct link *link, int64_t from_id, int64_t to_id,
			 struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, link->move, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, from_id);
	zv_bind_int(stmt, 2, to_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		zv_buf_add_c(moved, link->name);
		for (int i = 0; i < link->n_keys; i++)
			zv_buf_addf(moved, " %" PRId64, zv_col_int(stmt, i));
		zv_buf_add_char(moved, '\n');
		*n += 1;
	}
	return code;
}

enum zv_code zv_org_merge_move(struct zv_str *moved, int64_t *n, struct zv_db *db, int64_t from_id, int64_t to_id, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_buf text;
	enum zv_code code = ZV_OK;

	zv_buf_init(&text, 0);
	for (size_t i = 0; i < ZV_LEN(links) && code == ZV_OK; i++)
		code = move(&text, n, db, &links[i], from_id, to_id, err);
	if (code == ZV_OK)
		*moved = zv_str_dup(arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return code;
}

/* "contact 17" */
static enum zv_code back(struct zv_db *db, int64_t from_id, struct zv_str line, struct zv_err *err)
{
	struct zv_str part;
	const struct link *link = NULL;
	struct zv_stmt *stmt;
	enum zv_code code;

	(void)zv_str_split(&part, &line, ' ');
	for (size_t i = 0; i < ZV_LEN(links) && link == NULL; i++)
		if (zv_str_eq_c(part, links[i].name))
			link = &links[i];
	if (link == NULL)
		return zv_fail(err, ZV_E_BUG, "moved", N_("The merge moved something that this program does not know: %.*s."), ZV_STR_FMT(part));
	code = zv_db_stmt(&stmt, db, link->back, err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, from_id);
	for (int i = 0; i < link->n_keys; i++) {
		int64_t key = 0;

		if (!zv_str_split(&part, &line, ' ') || !zv_str_int(&key, part))
			return zv_fail(err, ZV_E_BUG, "moved", N_("The merge moved something that this program does not know: %.*s."), ZV_STR_FMT(part));
		zv_bind_int(stmt, 2 + i, key);
	}
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_org_merge_back(struct zv_db *db, int64_t from_id, struct zv_str moved, struct zv_err *err)
{
	struct zv_str line;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && moved.n > 0 && zv_str_split(&line, &moved, '\n'))
		if (line.n > 0)
			code = back(db, from_id, line, err);
	return code;
}
