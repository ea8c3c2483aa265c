/* Applies the numbered SQL files that a database does not have yet, and refuses one that does not fit the program. */
#include "store/migrate.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"

static const char sql_table[] =
	"CREATE TABLE IF NOT EXISTS schema_step ("
	"number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_ms BIGINT NOT NULL)";

static const char sql_step[] = "SELECT name, checksum FROM schema_step WHERE number = $1";
static const char sql_newest[] = "SELECT COALESCE(MAX(number), 0) FROM schema_step";
static const char sql_add[] = "INSERT INTO schema_step (number, name, checksum, applied_ms) VALUES ($1, $2, $3, $4)";

/* The words of a migration that differ by dialect. */
static const struct word {
	struct zv_str word;
	struct zv_str as[2]; /* by enum zv_dialect */
} words[] = {
	{ZV_STR_INIT("{id}"), {ZV_STR_INIT("INTEGER PRIMARY KEY"), ZV_STR_INIT("BIGINT PRIMARY KEY")}},
	{ZV_STR_INIT("{blob}"), {ZV_STR_INIT("BLOB"), ZV_STR_INIT("BYTEA")}},
	{ZV_STR_INIT("{text}"), {ZV_STR_INIT("TEXT"), ZV_STR_INIT("TEXT COLLATE \"C\"")}},
	{ZV_STR_INIT("{by_key}"), {ZV_STR_INIT(" WITHOUT ROWID"), ZV_STR_INIT("")}},
};

static void translate(struct zv_buf *out, struct zv_str sql, enum zv_dialect dialect)
{
	while (sql.n > 0) {
		size_t take = 1;
		struct zv_str put = zv_str_first(sql, 1);

		for (size_t i = 0; sql.p[0] == '{' && i < ZV_LEN(words); i++) {
			if (zv_str_starts(sql, words[i].word)) {
				take = words[i].word.n;
				put = words[i].as[dialect];
			}
		}
		zv_buf_add_str(out, put);
		sql = zv_str_from(sql, take);
	}
}

/* Does the table of steps exist? A statement that fails would spoil the transaction, so the catalogue is asked. */
static enum zv_code has_table(bool *out, struct zv_db *db, struct zv_err *err)
{
	static const char *const sql[] = {
		[ZV_SQLITE] = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_step'",
		[ZV_POSTGRES] = "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_step'",
	};
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql[zv_db_dialect(db)], err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0) > 0;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code newest_applied(int64_t *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_newest, err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* *applied: the step is in the database, and is the one that the program carries. */
static enum zv_code look(bool *applied, struct zv_db *db, const struct zv_migration *step, struct zv_err *err)
{
	char checksum[ZV_DIGEST_HEX];
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_step, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, step->number);
	code = zv_stmt_step(applied, stmt, err);
	if (code != ZV_OK || !*applied)
		return code;
	zv_digest_hex(checksum, step->sql);
	if (!zv_str_eq(zv_col_text(stmt, 0), step->name) || !zv_str_eq_c(zv_col_text(stmt, 1), checksum))
		code = zv_fail(err, ZV_E_CONFLICT, "db",
			       N_("Step %.*s of the schema is not the one that this database was made with. Use the version of Zveno that wrote it, or "
				  "restore the step's file."),
			       ZV_STR_FMT(step->name));
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code apply(struct zv_db *db, const struct zv_migration *step, struct zv_err *err)
{
	char checksum[ZV_DIGEST_HEX];
	struct zv_buf sql;
	struct zv_stmt *stmt;
	enum zv_code code;

	zv_buf_init(&sql, 0);
	translate(&sql, step->sql, zv_db_dialect(db));
	code = zv_db_exec(db, zv_buf_c(&sql), err);
	zv_buf_done(&sql);
	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_add, err);
	if (code != ZV_OK)
		return code;
	zv_digest_hex(checksum, step->sql);
	zv_bind_int(stmt, 1, step->number);
	zv_bind_text(stmt, 2, step->name);
	zv_bind_text(stmt, 3, zv_str_c(checksum));
	zv_bind_int(stmt, 4, zv_now_ms());
	return zv_stmt_run(stmt, err);
}

/* One step in one transaction, so that a kill leaves either all of it or nothing. */
static enum zv_code apply_alone(struct zv_db *db, const struct zv_migration *step, struct zv_err *err)
{
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_db_exec(db, sql_table, err);
	if (code == ZV_OK)
		code = apply(db, step, err);
	if (code != ZV_OK) {
		zv_db_rollback(db);
		return code;
	}
	return zv_db_commit(db, err);
}

static bool is_mine(const struct zv_db *db, const struct zv_migration *step)
{
	return step->dialect < 0 || step->dialect == (int)zv_db_dialect(db);
}

static enum zv_code refuse_newer(struct zv_db *db, const struct zv_migration *all, size_t n, struct zv_err *err)
{
	int64_t newest;
	int64_t known = 0;
	enum zv_code code = newest_applied(&newest, db, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < n; i++) {
		if (is_mine(db, &all[i]) && all[i].number > known)
			known = all[i].number;
	}
	if (newest > known)
		return zv_fail(err, ZV_E_CONFLICT, "db",
			       N_("The database was made by a newer version of Zveno (schema %d, this program knows %d). Install the newer version."),
			       (int)newest, (int)known);
	return ZV_OK;
}

enum zv_code zv_migrate(struct zv_db *db, const struct zv_migration *all, size_t n, bool dry_run,
			void (*report)(void *context, const struct zv_migration *step), void *context, struct zv_err *err)
{
	bool table;
	enum zv_code code = has_table(&table, db, err);

	if (code == ZV_OK && table)
		code = refuse_newer(db, all, n, err);
	/* First everything is looked at, so that a changed old file stops all that come after it. */
	for (size_t i = 0; code == ZV_OK && i < n; i++) {
		bool applied = false;

		if (is_mine(db, &all[i]) && table)
			code = look(&applied, db, &all[i], err);
	}
	for (size_t i = 0; code == ZV_OK && i < n; i++) {
		bool applied = false;

		if (!is_mine(db, &all[i]))
			continue;
		if (table)
			code = look(&applied, db, &all[i], err);
		if (code != ZV_OK || applied)
			continue;
		if (report != NULL)
			report(context, &all[i]);
		if (!dry_run) {
			code = apply_alone(db, &all[i], err);
			table = true;
		}
	}
	return code;
}

enum zv_code zv_migrate_check(struct zv_db *db, const struct zv_migration *all, size_t n, struct zv_err *err)
{
	bool table;
	enum zv_code code = has_table(&table, db, err);

	if (code == ZV_OK && table)
		code = refuse_newer(db, all, n, err);
	for (size_t i = 0; code == ZV_OK && i < n; i++) {
		bool applied = false;

		if (!is_mine(db, &all[i]))
			continue;
		if (table)
			code = look(&applied, db, &all[i], err);
		if (code == ZV_OK && !applied)
			code = zv_fail(err, ZV_E_CONFLICT, "db", N_("The database lacks step %.*s of the schema. Run “zveno db upgrade”."),
				       ZV_STR_FMT(all[i].name));
	}
	return code;
}
