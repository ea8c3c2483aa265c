/* SQLite: one file, WAL, every commit synced, one writing process (a lock file beside the database says which). */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/tr.h"
#include "store/db/driver.h"

enum {
	BUSY_MS = 5000,
	SAFE_VERSION = 3051003 /* older ones can corrupt the file when two connections write or checkpoint at once */
};

struct sqlite_db {
	struct zv_db db;
	sqlite3 *handle;
	int lock; /* descriptor of the lock file, -1 when not held */
	int64_t changes; /* rows changed through this handle before the transaction */
};

struct sqlite_stmt {
	struct zv_stmt stmt;
	sqlite3_stmt *handle;
	int index[ZV_PARAMS_MAX + 1]; /* of $1, $2 ... in the order in which SQLite met them */
	int n;
};

static sqlite3 *handle_of(struct zv_db *db)
{
	return ((struct sqlite_db *)db)->handle;
}

static struct sqlite_stmt *stmt_of(struct zv_stmt *stmt)
{
	return (struct sqlite_stmt *)stmt;
}

/* A quota or a limit of file size is a full disk too; SQLite itself knows only ENOSPC. */
static bool is_full(sqlite3 *handle, int rc)
{
	int cause = sqlite3_system_errno(handle);

	return (rc & 0xff) == SQLITE_FULL ||
	       ((rc & 0xff) == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT || cause == EFBIG));
}

static bool is_sync(int rc)
{
	return rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC;
}

static enum zv_code fail(struct zv_db *db, struct zv_err *err)
{
	sqlite3 *handle = handle_of(db);
	int rc = sqlite3_extended_errcode(handle);
	const char *text = sqlite3_errmsg(handle);

	if (is_sync(rc))
		db->broken = true;
	if (is_full(handle, rc))
		return zv_fail(err, ZV_E_LIMIT, "db", N_("The disk is full: nothing was stored. Free some space and repeat the command."));
	switch (rc & 0xff) {
	case SQLITE_CONSTRAINT:
		return zv_fail(err, ZV_E_CONFLICT, "db", N_("The database refuses a row that breaks its rules: %s."), text);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return zv_fail(err, ZV_E_BUSY, "db", N_("Another process is writing to the database. Try again in a moment."));
	case SQLITE_READONLY:
		return zv_fail(err, ZV_E_DENIED, "db", N_("The database is open for reading, or its file may not be written: %s."), text);
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return zv_fail(err, ZV_E_DENIED, "db", N_("The database refuses access: %s."), text);
	case SQLITE_CANTOPEN:
		return zv_fail(err, ZV_E_IO, "db", N_("The database file cannot be opened: %s."), text);
	case SQLITE_NOTADB:
		return zv_fail(err, ZV_E_UNSUPPORTED, "db", N_("The file is not an SQLite database."));
	case SQLITE_CORRUPT:
		return zv_fail(err, ZV_E_IO, "db", N_("The database file is damaged (%s). Restore it from a backup; “zveno check” shows more."), text);
	case SQLITE_TOOBIG:
		return zv_fail(err, ZV_E_LIMIT, "db", N_("A text is too long for the database."));
	case SQLITE_IOERR:
		return zv_fail(err, ZV_E_IO, "db", N_("The disk failed while the database was being read or written: %s."), text);
	default:
		return zv_fail(err, ZV_E_BUG, "db", N_("The database does not understand its own program: %s."), text);
	}
}

static enum zv_code sqlite_exec(struct zv_db *db, const char *sql, struct zv_err *err)
{
	return sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL) == SQLITE_OK ? ZV_OK : fail(db, err);
}

static enum zv_code sqlite_begin(struct zv_db *db, struct zv_err *err)
{
	((struct sqlite_db *)db)->changes = sqlite3_total_changes64(handle_of(db));
	return sqlite_exec(db, db->mode == ZV_DB_READ ? "BEGIN" : "BEGIN IMMEDIATE", err);
}

static bool sqlite_clean(struct zv_db *db)
{
	return sqlite3_total_changes64(handle_of(db)) == ((struct sqlite_db *)db)->changes;
}

static enum zv_code sqlite_commit(struct zv_db *db, struct zv_err *err)
{
	return sqlite_exec(db, "COMMIT", err);
}

static void reset_all(struct zv_db *db)
{
	for (sqlite3_stmt *s = sqlite3_next_stmt(handle_of(db), NULL); s != NULL; s = sqlite3_next_stmt(handle_of(db), s))
		(void)sqlite3_reset(s);
}

static void sqlite_rollback(struct zv_db *db)
{
	reset_all(db);
	/* Some failures have rolled back already. */
	if (sqlite3_get_autocommit(handle_of(db)) == 0)
		(void)sqlite3_exec(handle_of(db), "ROLLBACK", NULL, NULL, NULL);
}

static enum zv_code sqlite_save(struct zv_db *db, struct zv_err *err)
{
	return sqlite_exec(db, "SAVEPOINT zv", err);
}

static enum zv_code sqlite_release(struct zv_db *db, struct zv_err *err)
{
	return sqlite_exec(db, "RELEASE zv", err);
}

/* A full disk and some failures of the disk have rolled back the whole transaction: then there is no savepoint. */
static bool sqlite_back(struct zv_db *db)
{
	reset_all(db);
	return sqlite3_get_autocommit(handle_of(db)) == 0 &&
	       sqlite3_exec(handle_of(db), "ROLLBACK TO zv; RELEASE zv", NULL, NULL, NULL) == SQLITE_OK;
}

static enum zv_code sqlite_settle(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = sqlite_exec(db, "PRAGMA analysis_limit=2000; PRAGMA optimize=0x10002", err);

	if (code != ZV_OK)
		return code;
	/* A reader may hold the log: then the rest moves another time. */
	if (sqlite3_wal_checkpoint_v2(handle_of(db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) != SQLITE_OK)
		return fail(db, err);
	return ZV_OK;
}

/* The first row of a pragma that gives rows only (or other than "ok") when something is wrong. */
static enum zv_code verify_one(struct zv_db *db, const char *sql, const char *msgid, struct zv_err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum zv_code code = ZV_OK;
	int rc = sqlite3_prepare_v2(handle_of(db), sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		if (text == NULL || strcmp(text, "ok") != 0)
			code = zv_fail(err, ZV_E_CONFLICT, "db", "%s %s", zv_tr(msgid), text != NULL ? text : "?");
	} else if (rc != SQLITE_DONE) {
		code = fail(db, err);
	}
	(void)sqlite3_finalize(stmt);
	return code;
}

static enum zv_code sqlite_verify(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = verify_one(db, "PRAGMA integrity_check(1)",
				       N_("The database file is damaged; restore it from a backup. First fault:"), err);

	if (code != ZV_OK)
		return code;
	return verify_one(db, "PRAGMA foreign_key_check", N_("A row refers to one that does not exist, in table:"), err);
}

static enum zv_code sqlite_prepare(struct zv_stmt **out, struct zv_db *db, const char *sql, struct zv_err *err)
{
	struct sqlite_stmt *s = zv_calloc(1, sizeof(*s));

	if (sqlite3_prepare_v3(handle_of(db), sql, -1, SQLITE_PREPARE_PERSISTENT, &s->handle, NULL) != SQLITE_OK) {
		free(s);
		return fail(db, err);
	}
	s->n = sqlite3_bind_parameter_count(s->handle);
	assert(s->n <= ZV_PARAMS_MAX);
	for (int i = 1; i <= s->n; i++) {
		int at = atoi(sqlite3_bind_parameter_name(s->handle, i) + 1);

		assert(at >= 1 && at <= ZV_PARAMS_MAX);
		s->index[at] = i;
	}
	*out = &s->stmt;
	return ZV_OK;
}

static void sqlite_finalize(struct zv_stmt *stmt)
{
	(void)sqlite3_finalize(stmt_of(stmt)->handle);
	free(stmt);
}

static void sqlite_reset(struct zv_stmt *stmt)
{
	if (stmt->active)
		(void)sqlite3_reset(stmt_of(stmt)->handle);
	stmt->active = false;
}

static void sqlite_clear(struct zv_stmt *stmt)
{
	sqlite_reset(stmt);
	(void)sqlite3_clear_bindings(stmt_of(stmt)->handle);
}

/* Binding what the statement does not have is our own mistake. */
static int index_of(const struct sqlite_stmt *s, int at)
{
	assert(at >= 1 && at <= ZV_PARAMS_MAX && s->index[at] > 0);
	return s->index[at];
}

static void sqlite_bind_int(struct zv_stmt *stmt, int at, int64_t value)
{
	(void)sqlite3_bind_int64(stmt_of(stmt)->handle, index_of(stmt_of(stmt), at), value);
}

static void sqlite_bind_text(struct zv_stmt *stmt, int at, struct zv_str value)
{
	(void)sqlite3_bind_text64(stmt_of(stmt)->handle, index_of(stmt_of(stmt), at), value.p != NULL ? value.p : "", value.n,
				  SQLITE_STATIC, SQLITE_UTF8);
}

static void sqlite_bind_null(struct zv_stmt *stmt, int at)
{
	(void)sqlite3_bind_null(stmt_of(stmt)->handle, index_of(stmt_of(stmt), at));
}

static enum zv_code refuse(struct zv_db *db, struct zv_err *err)
{
	db->broken = true;
	return zv_fail(err, ZV_E_IO, "db", N_("The disk failed to keep data; nothing more is written through this connection."));
}

static enum zv_code sqlite_step(bool *row, struct zv_stmt *stmt, struct zv_err *err)
{
	struct sqlite_stmt *s = stmt_of(stmt);
	enum zv_code code;
	int rc;

	if (stmt->db->broken && !stmt->active && sqlite3_stmt_readonly(s->handle) == 0)
		return refuse(stmt->db, err);
	rc = sqlite3_step(s->handle);
	stmt->active = true;
	if (rc == SQLITE_ROW) {
		*row = true;
		return ZV_OK;
	}
	if (rc == SQLITE_DONE) {
		stmt->changes = sqlite3_changes64(handle_of(stmt->db));
		sqlite_reset(stmt);
		return ZV_OK;
	}
	code = fail(stmt->db, err);
	sqlite_reset(stmt);
	return code;
}

static enum zv_code sqlite_run(struct zv_stmt *stmt, struct zv_err *err)
{
	bool row = false;
	enum zv_code code = sqlite_step(&row, stmt, err);

	assert(!row);
	return code;
}

static bool sqlite_is_null(struct zv_stmt *stmt, int at)
{
	return sqlite3_column_type(stmt_of(stmt)->handle, at) == SQLITE_NULL;
}

static int64_t sqlite_col_int(struct zv_stmt *stmt, int at)
{
	return sqlite3_column_int64(stmt_of(stmt)->handle, at);
}

static struct zv_str sqlite_col_text(struct zv_stmt *stmt, int at)
{
	const char *p = (const char *)sqlite3_column_text(stmt_of(stmt)->handle, at);

	return (struct zv_str){p, (size_t)sqlite3_column_bytes(stmt_of(stmt)->handle, at)};
}

static void sqlite_close(struct zv_db *db)
{
	struct sqlite_db *s = (struct sqlite_db *)db;

	(void)sqlite3_close_v2(s->handle);
	if (s->lock >= 0)
		(void)close(s->lock);
	free(s);
}

static const struct zv_driver driver = {
	.close = sqlite_close,
	.exec = sqlite_exec,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.save = sqlite_save,
	.release = sqlite_release,
	.back = sqlite_back,
	.clean = sqlite_clean,
	.settle = sqlite_settle,
	.verify = sqlite_verify,
	.prepare = sqlite_prepare,
	.finalize = sqlite_finalize,
	.clear = sqlite_clear,
	.reset = sqlite_reset,
	.bind_int = sqlite_bind_int,
	.bind_text = sqlite_bind_text,
	.bind_null = sqlite_bind_null,
	.step = sqlite_step,
	.run = sqlite_run,
	.is_null = sqlite_is_null,
	.col_int = sqlite_col_int,
	.col_text = sqlite_col_text,
};

static enum zv_code say_busy(const char *path, int lock, struct zv_err *err)
{
	char text[32] = "";
	ssize_t n = pread(lock, text, sizeof(text) - 1, 0);
	int pid = n > 0 ? atoi(text) : 0;

	return zv_fail(err, ZV_E_BUSY, "db",
		       N_("Another Zveno (process %d) is writing to %s. Wait until it ends or stop it, then repeat the command."), pid,
		       path);
}

/* The lock goes with the process, so that a killed one leaves nothing to clean up; the file itself stays. */
static enum zv_code take_lock(struct sqlite_db *s, const char *path, struct zv_err *err)
{
	const char *file = sqlite3_db_filename(s->handle, "main");
	char *name;
	char pid[32];
	int n;

	if (file == NULL || file[0] == '\0')
		return ZV_OK; /* in memory: nobody else can see it */
	name = zv_alloc(strlen(file) + sizeof(".lock"));
	(void)snprintf(name, strlen(file) + sizeof(".lock"), "%s.lock", file);
	s->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	free(name);
	if (s->lock < 0)
		return zv_fail(err, ZV_E_IO, "db", N_("The lock file %s.lock cannot be made: %s."), path, strerror(errno));
	if (flock(s->lock, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? say_busy(path, s->lock, err)
					    : zv_fail(err, ZV_E_IO, "db", N_("The lock file %s.lock cannot be locked: %s."), path, strerror(errno));
	n = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
	/* Only for the message that another process shows: without space on the disk it stays empty. */
	if (ftruncate(s->lock, 0) != 0 || pwrite(s->lock, pid, (size_t)n, 0) != n)
		zv_log_info("db.lock", "%s.lock: %s", path, strerror(errno));
	return ZV_OK;
}

/* Where a WAL cannot be (a file system without shared memory), two readers and a writer would not be safe. */
static enum zv_code need_wal(struct zv_db *db, struct zv_err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum zv_code code = ZV_OK;
	const char *mode = "";

	if (sqlite3_prepare_v2(handle_of(db), "PRAGMA journal_mode=WAL", -1, &stmt, NULL) != SQLITE_OK || sqlite3_step(stmt) != SQLITE_ROW)
		code = fail(db, err);
	else
		mode = (const char *)sqlite3_column_text(stmt, 0);
	if (code == ZV_OK && strcmp(mode, "wal") != 0 && strcmp(mode, "memory") != 0)
		code = zv_fail(err, ZV_E_UNSUPPORTED, "db", N_("The database is in a place where it cannot keep a write-ahead log; move it to a local disk."));
	(void)sqlite3_finalize(stmt);
	return code;
}

/* A handle for reading may select and nothing else, whatever SQL should ever reach it. FTS5 asks for data_version. */
static int authorize(void *context, int action, const char *first, const char *second, const char *database, const char *trigger)
{
	static const char *const pragmas[] = {"data_version", "integrity_check", "foreign_key_check", NULL};

	(void)context;
	(void)second;
	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
		return SQLITE_OK;
	case SQLITE_PRAGMA:
		for (size_t i = 0; pragmas[i] != NULL; i++) {
			if (strcmp(first, pragmas[i]) == 0)
				return SQLITE_OK;
		}
		return SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static const char set_up_all[] = "PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cell_size_check=ON; PRAGMA cache_size=-32768;";

/* A reader never moves the log into the file: only the one writer does. A server has several: what they keep of the file the system keeps as well. */
static const char set_up_reader[] = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-6144;";

/*
 * A checkpoint at every 32 MB of log; after a large transaction the log shrinks to 64 MB. What a savepoint keeps goes to a file (removed
 * before it is written to): in memory it is a list that each statement walks.
 */
static const char set_up_writer[] = "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=FILE;";

static enum zv_code set_up(struct sqlite_db *s, struct zv_err *err)
{
	bool reader = s->db.mode == ZV_DB_READ;
	enum zv_code code = ZV_OK;

	(void)sqlite3_busy_timeout(s->handle, BUSY_MS);
	(void)sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(s->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_db_config(s->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	/* Plans do not look at bound values: with statistics a statement would be prepared anew each time that it is bound. */
	(void)sqlite3_db_config(s->handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
	(void)sqlite3_db_config(s->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, reader ? 1 : 0, NULL);
	/* For a new file: the trees of a million rows are lower, and rows go in an eighth faster than with pages of 4 KB. */
	if (s->db.mode == ZV_DB_CREATE)
		code = sqlite_exec(&s->db, "PRAGMA page_size=8192", err);
	if (code == ZV_OK && !reader)
		code = need_wal(&s->db, err);
	if (code == ZV_OK)
		code = sqlite_exec(&s->db, set_up_all, err);
	if (code == ZV_OK)
		code = sqlite_exec(&s->db, reader ? set_up_reader : set_up_writer, err);
	if (code == ZV_OK) /* reads the header: not a database, damaged, no rights */
		code = sqlite_exec(&s->db, "SELECT COUNT(*) FROM sqlite_master", err);
	if (code == ZV_OK && reader)
		(void)sqlite3_set_authorizer(s->handle, authorize, NULL);
	return code;
}

enum zv_code zv_sqlite_open(struct zv_db **out, const char *path, enum zv_db_mode mode, struct zv_err *err)
{
	static bool warned;
	struct sqlite_db *s;
	enum zv_code code;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (mode == ZV_DB_CREATE ? SQLITE_OPEN_CREATE : 0);

	if (mode != ZV_DB_CREATE && access(path, F_OK) != 0 && errno == ENOENT)
		return zv_fail(err, ZV_E_NOTFOUND, "db", N_("There is no database %s. “zveno db upgrade --db %s” makes a new one."), path, path);
	s = zv_calloc(1, sizeof(*s));
	s->db = (struct zv_db){.driver = &driver, .dialect = ZV_SQLITE, .mode = mode};
	s->lock = -1;
	(void)snprintf(s->db.version, sizeof(s->db.version), "SQLite %s", sqlite3_libversion());
	if (sqlite3_libversion_number() < SAFE_VERSION && !warned) {
		zv_log_error("db.version", "%s is older than 3.51.3 and can damage a database; build with a newer one", s->db.version);
		warned = true;
	}
	code = sqlite3_open_v2(path, &s->handle, flags, NULL) == SQLITE_OK ? ZV_OK : fail(&s->db, err);
	if (code == ZV_OK && mode != ZV_DB_READ)
		code = take_lock(s, path, err);
	if (code == ZV_OK)
		code = set_up(s, err);
	if (code != ZV_OK) {
		sqlite_close(&s->db);
		return code;
	}
	*out = &s->db;
	return ZV_OK;
}
