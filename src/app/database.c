/* Opening and upgrading: the migrations come out of the program itself (sql/), the centres out of the database. */
#include "app/database.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/vec.h"
#include "store/audit.h"
#include "store/db/db.h"
#include "store/migrate.h"

struct steps {
	ZV_VEC(struct zv_migration) list;
};

/* sql/0001_init.sql, sql/0002_x.postgres.sql: number, name and dialect from the file name. */
static bool read_name(struct zv_migration *out, const struct zv_embedded *file)
{
	struct zv_str name = zv_str_c(file->name);
	int64_t number;

	if (!zv_str_starts(name, ZV_STR("sql/")) || !zv_str_ends(name, ZV_STR(".sql")))
		return false;
	name = zv_str_first(zv_str_from(name, 4), name.n - 8);
	out->dialect = -1;
	if (zv_str_ends(name, ZV_STR(".sqlite")))
		out->dialect = ZV_SQLITE;
	if (zv_str_ends(name, ZV_STR(".postgres")))
		out->dialect = ZV_POSTGRES;
	if (!zv_str_int(&number, zv_str_first(name, 4)))
		return false;
	out->number = (int)number;
	out->name = name;
	out->sql = (struct zv_str){(const char *)file->bytes, file->n};
	return true;
}

/* The files come sorted by name, so the steps are sorted by number. */
static void gather(struct steps *steps)
{
	const struct zv_embedded *file;

	for (size_t i = 0; (file = zv_embed_at(i)) != NULL; i++) {
		struct zv_migration step;

		if (read_name(&step, file))
			zv_vec_push(&steps->list, step);
	}
}

static enum zv_code is_empty(bool *empty, struct zv_db *db, struct zv_err *err)
{
	static const char *const sql[] = {
		[ZV_SQLITE] = "SELECT COUNT(*) FROM sqlite_master",
		[ZV_POSTGRES] = "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()",
	};
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql[zv_db_dialect(db)], err);

	if (code != ZV_OK)
		return code;
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK)
		*empty = row && zv_col_int(stmt, 0) == 0;
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code prepare(struct zv_db *db, enum zv_database_mode mode, struct zv_err *err)
{
	struct steps steps = {0};
	bool empty = false;
	enum zv_code code = ZV_OK;

	gather(&steps);
	if (mode == ZV_DATABASE_CREATE)
		code = is_empty(&empty, db, err);
	if (code == ZV_OK && empty)
		code = zv_migrate(db, steps.list.p, steps.list.n, false, NULL, NULL, err);
	if (code == ZV_OK)
		code = zv_migrate_check(db, steps.list.p, steps.list.n, err);
	if (code == ZV_OK && empty)
		code = zv_audit_begin(db, err);
	zv_vec_done(&steps.list);
	return code;
}

enum zv_code zv_database_open(struct zv_db **out, const char *url, enum zv_database_mode mode, struct zv_err *err)
{
	static const enum zv_db_mode modes[] = {
		[ZV_DATABASE_READ] = ZV_DB_READ,
		[ZV_DATABASE_WRITE] = ZV_DB_WRITE,
		[ZV_DATABASE_CREATE] = ZV_DB_CREATE,
	};
	struct zv_db *db = NULL;
	enum zv_code code = zv_db_open(&db, url, modes[mode], err);

	if (code != ZV_OK)
		return code;
	code = prepare(db, mode, err);
	if (code != ZV_OK) {
		zv_db_close(db);
		return code;
	}
	*out = db;
	return ZV_OK;
}

void zv_database_close(struct zv_db *db)
{
	zv_db_close(db);
}

struct report {
	void (*report)(void *context, struct zv_str name);
	void *context;
};

static void tell(void *context, const struct zv_migration *step)
{
	const struct report *r = context;

	if (r->report != NULL)
		r->report(r->context, step->name);
}

enum zv_code zv_database_upgrade(const char *url, bool dry_run, void (*report)(void *context, struct zv_str name), void *context,
				 struct zv_err *err)
{
	struct report r = {report, context};
	struct steps steps = {0};
	struct zv_db *db = NULL;
	enum zv_code code = zv_db_open(&db, url, dry_run ? ZV_DB_READ : ZV_DB_CREATE, err);

	if (code != ZV_OK)
		return code;
	gather(&steps);
	code = zv_migrate(db, steps.list.p, steps.list.n, dry_run, tell, &r, err);
	if (code == ZV_OK && !dry_run)
		code = zv_audit_begin(db, err);
	zv_vec_done(&steps.list);
	zv_db_close(db);
	return code;
}

void zv_database_actor(struct zv_db *db, const char *actor)
{
	zv_audit_context(db, &(struct zv_audit_context){.actor = zv_str_c(actor)});
}

/* The first row of a query without parameters: two numbers. */
static enum zv_code two_numbers(int64_t *a, int64_t *b, struct zv_db *db, const char *sql, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		*a = zv_col_int(stmt, 0);
		*b = zv_col_int(stmt, 1);
	}
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_database_info(struct zv_database_info *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_database_info info = {.dialect = zv_db_dialect(db) == ZV_SQLITE ? "SQLite" : "PostgreSQL"};
	struct steps steps = {0};
	int64_t unused = 0;
	enum zv_code code;

	gather(&steps);
	for (size_t i = 0; i < steps.list.n; i++)
		info.schema = steps.list.p[i].number;
	zv_vec_done(&steps.list);
	code = two_numbers(&info.batches, &info.last_batch_ms, db, "SELECT COUNT(*), MAX(started_ms) FROM batch", err);
	if (code == ZV_OK)
		code = two_numbers(&info.centres, &unused, db, "SELECT COUNT(*), 0 FROM centre", err);
	if (code == ZV_OK)
		*out = info;
	return code;
}

/* Looks through the centres: the one with this code, the only office, and all codes for the message. */
static enum zv_code look_through(int64_t *id, bool *found, int64_t *offices, int64_t *office, struct zv_buf *codes, struct zv_db *db,
				 struct zv_str code_text, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT id, code FROM centre ORDER BY id", err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		int64_t at = zv_col_int(stmt, 0);
		struct zv_str name = zv_col_text(stmt, 1);

		if (zv_str_eq_nocase(name, code_text)) {
			*id = at;
			*found = true;
		}
		if (at != 0) {
			*offices += 1;
			*office = at;
		}
		zv_buf_addf(codes, "%s%.*s", codes->n > 0 ? ", " : "", ZV_STR_FMT(name));
	}
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_database_centre(int64_t *out, struct zv_db *db, struct zv_str code_text, struct zv_err *err)
{
	struct zv_buf codes;
	bool found = false;
	int64_t id = 0;
	int64_t office = 0;
	int64_t offices = 0;
	enum zv_code code;

	zv_buf_init(&codes, 400);
	code = look_through(&id, &found, &offices, &office, &codes, db, code_text, err);
	if (code == ZV_OK && code_text.n > 0 && !found)
		code = zv_fail(err, ZV_E_INVALID, "centre", N_("There is no centre “%.*s”. There are: %s."), ZV_STR_FMT(code_text), zv_buf_c(&codes));
	if (code == ZV_OK)
		*out = code_text.n > 0 ? id : (offices == 1 ? office : 0);
	zv_buf_done(&codes);
	return code;
}
