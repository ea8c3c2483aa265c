/* Applications, their files and steps as rows. Ids rise in the order of arrival over all centres. */
#include "store/application.h"

#include "store/id.h"
#include "store/read.h"

/* Whose it is follows the cluster: another organisation may run it today than the one that began. */
#define COLUMNS(frozen)                                                                                                         \
	"SELECT a.id, a.uid, a.cluster_id, a.pack_id, a.state, " frozen ", a.frozen_digest, a.submitted_on, a.decision, "       \
	"a.decided_on, a.order_no, a.order_on, a.number, a.note, a.version, a.made_by, a.made_ms, a.changed_ms, c.centre_id, "  \
	"COALESCE(c.org_id, 0), c.uid, c.name, o.uid, o.name, o.inn, p.uid, p.name, p.digest, "                                 \
	"(SELECT COUNT(*) FROM application_step s WHERE s.application_id = a.id AND s.open = 1) "                               \
	"FROM application a JOIN cluster c ON c.id = a.cluster_id JOIN rule_pack p ON p.id = a.pack_id "                        \
	"LEFT JOIN org o ON o.id = c.org_id "

static const char sql_insert[] =
	"INSERT INTO application (id, uid, cluster_id, org_id, centre_id, pack_id, state, made_by, made_ms, changed_ms) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";

static const char sql_save[] =
	"UPDATE application SET state = $3, frozen = $4, frozen_digest = $5, submitted_on = $6, decision = $7, decided_on = $8, order_no = $9, "
	"order_on = $10, number = $11, note = $12, changed_ms = $13, version = version + 1 WHERE id = $1 AND version = $2 AND state <> 7";

static const char sql_by_uid[] = COLUMNS("a.frozen") "WHERE a.uid = $1";

static const char sql_open_of[] = COLUMNS("a.frozen") "WHERE a.cluster_id = $1 AND a.state <> 7 ORDER BY a.id LIMIT 1";

static const char sql_page[] = COLUMNS("''") "WHERE (CAST($1 AS BIGINT) = 0 OR a.state = $1 OR (CAST($1 AS BIGINT) = -1 AND a.state <> 7)) "
				       "AND (CAST($2 AS TEXT) = '' OR c.uid = $2) AND (CAST($3 AS BIGINT) = 0 OR a.id < $3) "
				       "ORDER BY a.id DESC LIMIT $4";

static const char sql_replace[] = "UPDATE application_file SET replaced_ms = $3 WHERE application_id = $1 AND document = $2 AND replaced_ms IS NULL";

static const char sql_put_file[] =
	"INSERT INTO application_file (id, uid, application_id, document, name, digest, size, signature_name, signature_digest, signature_size, "
	"made_by, made_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/* A person is told by his name, a program by what it is. */
#define NAME_OF(actor) "COALESCE((SELECT u.name FROM account u WHERE " actor " = 'user:' || u.login), " actor ")"

static const char sql_files[] =
	"SELECT f.id, f.uid, f.application_id, f.document, f.name, f.digest, f.size, f.signature_name, f.signature_digest, f.signature_size, "
	NAME_OF("f.made_by") ", f.made_ms, f.replaced_ms FROM application_file f WHERE f.application_id = $1 ORDER BY f.id";

static const char sql_uses[] = "SELECT COUNT(*) FROM application_file WHERE digest = $1 OR signature_digest = $1";

static const char sql_add_step[] = "INSERT INTO application_step (id, uid, application_id, kind, criterion, body, open, actor, at_ms) "
				   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static const char sql_steps[] = "SELECT s.id, s.uid, s.application_id, s.kind, s.criterion, s.body, s.open, " NAME_OF("s.actor")
				", s.at_ms FROM application_step s WHERE s.application_id = $1 ORDER BY s.id";

static const char sql_close_steps[] = "UPDATE application_step SET open = 0 WHERE application_id = $1 AND kind = $2 AND open = 1 "
				      "AND (CAST($3 AS TEXT) = '' OR criterion = $3)";

static const char sql_people[] = "SELECT DISTINCT r.account_id FROM account_role r JOIN account a ON a.id = r.account_id "
				 "WHERE r.role = $1 AND a.state = 1 ORDER BY r.account_id";

static struct zv_str text(struct zv_stmt *stmt, int at, struct zv_arena *arena)
{
	return zv_str_dup(arena, zv_col_text(stmt, at));
}

static zv_date day(struct zv_stmt *stmt, int at)
{
	return zv_col_is_null(stmt, at) ? ZV_DATE_NONE : (zv_date)zv_col_int(stmt, at);
}

static void bind_day(struct zv_stmt *stmt, int at, zv_date date)
{
	if (date != ZV_DATE_NONE)
		zv_bind_int(stmt, at, date);
}

static void read_application(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_application_row *)out = (struct zv_application_row){
		.id = zv_col_int(stmt, 0),
		.uid = text(stmt, 1, arena),
		.cluster_id = zv_col_int(stmt, 2),
		.pack_id = zv_col_int(stmt, 3),
		.state = (enum zv_application_state)zv_col_int(stmt, 4),
		.frozen = text(stmt, 5, arena),
		.frozen_digest = text(stmt, 6, arena),
		.submitted_on = day(stmt, 7),
		.decision = (enum zv_application_decision)zv_col_int(stmt, 8),
		.decided_on = day(stmt, 9),
		.order_no = text(stmt, 10, arena),
		.order_on = day(stmt, 11),
		.number = text(stmt, 12, arena),
		.note = text(stmt, 13, arena),
		.version = zv_col_int(stmt, 14),
		.made_by = text(stmt, 15, arena),
		.made_ms = zv_col_int(stmt, 16),
		.changed_ms = zv_col_int(stmt, 17),
		.centre_id = zv_col_int(stmt, 18),
		.org_id = zv_col_int(stmt, 19),
		.cluster_uid = text(stmt, 20, arena),
		.cluster_name = text(stmt, 21, arena),
		.org_uid = text(stmt, 22, arena),
		.org_name = text(stmt, 23, arena),
		.org_inn = text(stmt, 24, arena),
		.pack_uid = text(stmt, 25, arena),
		.pack_name = text(stmt, 26, arena),
		.pack_digest = text(stmt, 27, arena),
		.n_open = zv_col_int(stmt, 28),
	};
}

enum zv_code zv_application_insert(struct zv_db *db, struct zv_application_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, ZV_CENTRE_NATIONAL, ZV_ID_APPLICATION, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "application")});
	row->made_ms = row->changed_ms = zv_now_ms();
	row->version = 1;
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_int(stmt, 3, row->cluster_id);
	zv_bind_int(stmt, 4, row->org_id);
	zv_bind_int(stmt, 5, row->centre_id);
	zv_bind_int(stmt, 6, row->pack_id);
	zv_bind_int(stmt, 7, row->state);
	zv_bind_text(stmt, 8, row->made_by);
	zv_bind_int(stmt, 9, row->made_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_application_save(struct zv_db *db, struct zv_application_row *row, struct zv_err *err)
{
	struct zv_stmt *stmt;
	int64_t now = zv_now_ms();
	bool found;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_save, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, row->id);
	zv_bind_int(stmt, 2, row->version);
	zv_bind_int(stmt, 3, row->state);
	zv_bind_text_or_null(stmt, 4, row->frozen);
	zv_bind_text_or_null(stmt, 5, row->frozen_digest);
	bind_day(stmt, 6, row->submitted_on);
	if (row->decision != ZV_APPLICATION_UNDECIDED)
		zv_bind_int(stmt, 7, row->decision);
	bind_day(stmt, 8, row->decided_on);
	zv_bind_text_or_null(stmt, 9, row->order_no);
	bind_day(stmt, 10, row->order_on);
	zv_bind_text_or_null(stmt, 11, row->number);
	zv_bind_text(stmt, 12, row->note);
	zv_bind_int(stmt, 13, now);
	code = zv_stmt_step(&found, stmt, err);
	if (code != ZV_OK)
		return code;
	if (zv_stmt_changes(stmt) != 1)
		return zv_fail(err, ZV_E_CONFLICT, "If-Match", N_("Somebody has changed this in the meantime: look at it again."));
	row->version++;
	row->changed_ms = now;
	return ZV_OK;
}

enum zv_code zv_application_by_uid(struct zv_application_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_application, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no application “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

enum zv_code zv_application_open_of(bool *found, struct zv_application_row *out, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
				    struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_open_of, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, cluster_id);
	return zv_read_one(found, out, stmt, read_application, arena, err);
}

enum zv_code zv_application_page(struct zv_application_row **out, size_t *n, struct zv_db *db, const struct zv_application_query *query,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	void *rows;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, query->state);
	zv_bind_text(stmt, 2, query->cluster_uid);
	zv_bind_int(stmt, 3, query->before);
	zv_bind_int(stmt, 4, query->limit);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_application, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

/* --- files ------------------------------------------------------------------------------------------------------------------------ */

static void read_file(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_application_file *)out = (struct zv_application_file){
		.id = zv_col_int(stmt, 0),
		.uid = text(stmt, 1, arena),
		.application_id = zv_col_int(stmt, 2),
		.document = text(stmt, 3, arena),
		.name = text(stmt, 4, arena),
		.digest = text(stmt, 5, arena),
		.size = zv_col_int(stmt, 6),
		.signature_name = text(stmt, 7, arena),
		.signature_digest = text(stmt, 8, arena),
		.signature_size = zv_col_int(stmt, 9),
		.made_by = text(stmt, 10, arena),
		.made_ms = zv_col_int(stmt, 11),
		.replaced_ms = zv_col_int(stmt, 12),
	};
}

static enum zv_code insert_file(struct zv_db *db, struct zv_application_file *file, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&file->id, db, ZV_CENTRE_NATIONAL, ZV_ID_APPLICATION_FILE, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_put_file, err);
	if (code != ZV_OK)
		return code;
	file->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "appfile")});
	zv_bind_int(stmt, 1, file->id);
	zv_bind_text(stmt, 2, file->uid);
	zv_bind_int(stmt, 3, file->application_id);
	zv_bind_text(stmt, 4, file->document);
	zv_bind_text(stmt, 5, file->name);
	zv_bind_text(stmt, 6, file->digest);
	zv_bind_int(stmt, 7, file->size);
	if (file->signature_digest.n > 0) {
		zv_bind_text(stmt, 8, file->signature_name);
		zv_bind_text(stmt, 9, file->signature_digest);
		zv_bind_int(stmt, 10, file->signature_size);
	}
	zv_bind_text(stmt, 11, file->made_by);
	zv_bind_int(stmt, 12, file->made_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_application_put_file(struct zv_db *db, struct zv_application_file *file, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_replace, err);

	if (code != ZV_OK)
		return code;
	file->made_ms = zv_now_ms();
	zv_bind_int(stmt, 1, file->application_id);
	zv_bind_text(stmt, 2, file->document);
	zv_bind_int(stmt, 3, file->made_ms);
	code = zv_stmt_run(stmt, err);
	return code == ZV_OK && file->digest.n > 0 ? insert_file(db, file, arena, err) : code;
}

enum zv_code zv_application_files(struct zv_application_file **out, size_t *n, struct zv_db *db, int64_t application_id, struct zv_arena *arena,
				  struct zv_err *err)
{
	struct zv_stmt *stmt;
	void *rows;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_files, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, application_id);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_file, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

static void read_int(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(int64_t *)out = zv_col_int(stmt, 0);
}

enum zv_code zv_application_uses(bool *out, struct zv_db *db, struct zv_str digest, struct zv_err *err)
{
	int64_t n = 0;
	bool found;
	enum zv_code code = zv_read_by_text(&found, &n, db, sql_uses, digest, read_int, NULL, err);

	*out = n > 0;
	return code;
}

/* --- steps ------------------------------------------------------------------------------------------------------------------------ */

static void read_step(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_application_step *)out = (struct zv_application_step){
		.id = zv_col_int(stmt, 0),
		.uid = text(stmt, 1, arena),
		.application_id = zv_col_int(stmt, 2),
		.kind = (enum zv_application_step_kind)zv_col_int(stmt, 3),
		.criterion = text(stmt, 4, arena),
		.body = text(stmt, 5, arena),
		.open = zv_col_int(stmt, 6) != 0,
		.actor = text(stmt, 7, arena),
		.at_ms = zv_col_int(stmt, 8),
	};
}

enum zv_code zv_application_add_step(struct zv_db *db, struct zv_application_step *step, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&step->id, db, ZV_CENTRE_NATIONAL, ZV_ID_APPLICATION_STEP, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_add_step, err);
	if (code != ZV_OK)
		return code;
	step->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "step")});
	step->at_ms = zv_now_ms();
	zv_bind_int(stmt, 1, step->id);
	zv_bind_text(stmt, 2, step->uid);
	zv_bind_int(stmt, 3, step->application_id);
	zv_bind_int(stmt, 4, step->kind);
	zv_bind_text(stmt, 5, step->criterion);
	zv_bind_text(stmt, 6, step->body);
	zv_bind_int(stmt, 7, step->open);
	zv_bind_text(stmt, 8, step->actor);
	zv_bind_int(stmt, 9, step->at_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_application_steps(struct zv_application_step **out, size_t *n, struct zv_db *db, int64_t application_id, struct zv_arena *arena,
				  struct zv_err *err)
{
	struct zv_stmt *stmt;
	void *rows;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_steps, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, application_id);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_step, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_application_close_steps(struct zv_db *db, int64_t application_id, enum zv_application_step_kind kind, struct zv_str criterion,
					struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_close_steps, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, application_id);
	zv_bind_int(stmt, 2, kind);
	zv_bind_text(stmt, 3, criterion);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_application_people(int64_t **out, size_t *n, struct zv_db *db, struct zv_str role, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	void *rows;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_people, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, role);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_int, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}
