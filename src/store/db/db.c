/* The one interface over two drivers: what is the same for both (transactions that nest and fail, cache of statements) is here. */
#include "store/db/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db/driver.h"

enum zv_code zv_db_open(struct zv_db **out, const char *url, enum zv_db_mode mode, struct zv_err *err)
{
	struct zv_str text = zv_str_c(url);

	if (text.n == 0)
		return zv_fail(err, ZV_E_INVALID, "db", N_("Name the database: a file, or postgresql://user@host/name."));
	if (zv_str_starts(text, ZV_STR("postgresql://")) || zv_str_starts(text, ZV_STR("postgres://")))
		return zv_postgres_open(out, url, mode, err);
	return zv_sqlite_open(out, url, mode, err);
}

void zv_db_close(struct zv_db *db)
{
	if (db == NULL)
		return;
	zv_db_group_rollback(db);
	zv_db_rollback(db);
	if (db->release != NULL)
		db->release(db->attached);
	if (db->watch != NULL)
		db->watch->release(db->watched);
	for (int i = 0; i < ZV_STMT_SLOTS; i++) {
		if (db->stmts[i] != NULL)
			db->driver->finalize(db->stmts[i]);
	}
	db->driver->close(db);
}

enum zv_dialect zv_db_dialect(const struct zv_db *db)
{
	return db->dialect;
}

enum zv_db_mode zv_db_mode_of(const struct zv_db *db)
{
	return db->mode;
}

bool zv_db_in_transaction(const struct zv_db *db)
{
	return db->in_transaction;
}

const char *zv_db_version(const struct zv_db *db)
{
	return db->version;
}

void zv_db_attach(struct zv_db *db, void *thing, void (*release)(void *thing))
{
	if (db->release != NULL)
		db->release(db->attached);
	db->attached = thing;
	db->release = release;
}

void *zv_db_attached(const struct zv_db *db)
{
	return db->attached;
}

uint64_t zv_db_epoch(const struct zv_db *db)
{
	return db->epoch;
}

static enum zv_code refuse_broken(struct zv_err *err)
{
	return zv_fail(err, ZV_E_IO, "db",
		       N_("The disk has failed to keep data earlier: nothing more is written. Check the disk, then start Zveno again; "
			  "what was confirmed before is kept."));
}

static enum zv_code refuse_failed(struct zv_err *err)
{
	return zv_fail(err, ZV_E_CONFLICT, "db", N_("A statement of this transaction has failed: nothing of it was stored."));
}

/* Any failure inside a transaction spoils it, so that no caller can commit half of what he meant. */
static enum zv_code note(struct zv_db *db, enum zv_code code)
{
	if (code != ZV_OK && db->in_transaction)
		db->failed = true;
	return code;
}

enum zv_code zv_db_exec(struct zv_db *db, const char *sql, struct zv_err *err)
{
	if (db->broken)
		return refuse_broken(err);
	if (db->failed)
		return refuse_failed(err);
	db->touched = true;
	return note(db, db->driver->exec(db, sql, err));
}

static void tell_begun(struct zv_db *db)
{
	if (db->watch != NULL)
		db->watch->begun(db->watched, db->depth);
}

/* The innermost transaction has ended. */
static void end(struct zv_db *db, bool kept)
{
	int depth = db->depth--;

	db->in_transaction = db->depth > 0;
	db->failed = db->lost;
	db->epoch++;
	if (db->watch != NULL)
		db->watch->ended(db->watched, depth, kept);
}

/* The outermost one. */
static enum zv_code begin_outer(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code;

	assert(db->depth == 0);
	if (db->broken && db->mode != ZV_DB_READ)
		return refuse_broken(err);
	code = db->driver->begin(db, err);
	if (code != ZV_OK)
		return code;
	db->in_transaction = true;
	db->failed = false;
	db->touched = false;
	db->depth = 1;
	tell_begun(db);
	return ZV_OK;
}

static void rollback_outer(struct zv_db *db)
{
	db->driver->rollback(db);
	db->lost = false;
	end(db, false);
}

static enum zv_code commit_outer(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	assert(db->depth == 1);
	if (!db->failed && !db->broken && db->watch != NULL)
		code = note(db, db->watch->closing(db->watched, db, err));
	if (code == ZV_OK && db->broken)
		code = refuse_broken(err);
	if (code == ZV_OK && db->failed)
		code = refuse_failed(err);
	if (code == ZV_OK)
		code = db->driver->commit(db, err);
	if (code != ZV_OK)
		rollback_outer(db);
	else
		end(db, true);
	return code;
}

/*
 * Savepoints of SQLite cost more with every page that they keep (a long undo took ten times as long inside one). What begins before
 * anything was written needs none: taking it back is taking all back.
 */
static enum zv_code begin_inner(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = ZV_OK;
	bool bare;

	assert(db->depth + 1 < ZV_DEPTH_MAX);
	if (db->broken)
		return refuse_broken(err);
	if (db->failed)
		return refuse_failed(err);
	bare = !db->touched && db->driver->clean != NULL && db->driver->clean(db);
	if (!bare)
		code = note(db, db->driver->save(db, err));
	if (code != ZV_OK)
		return code;
	db->depth++;
	db->bare[db->depth] = bare;
	tell_begun(db);
	return ZV_OK;
}

static bool go_back(struct zv_db *db)
{
	if (!db->bare[db->depth])
		return db->driver->back(db);
	db->driver->rollback(db);
	db->touched = false;
	return !db->broken && db->driver->begin(db, NULL) == ZV_OK;
}

static void rollback_inner(struct zv_db *db)
{
	if (db->lost || !go_back(db))
		db->lost = true;
	end(db, false);
}

static enum zv_code commit_inner(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (db->broken)
		code = refuse_broken(err);
	else if (db->failed)
		code = refuse_failed(err);
	else if (!db->bare[db->depth])
		code = db->driver->release(db, err);
	if (code != ZV_OK)
		rollback_inner(db);
	else
		end(db, true);
	return code;
}

enum zv_code zv_db_begin(struct zv_db *db, struct zv_err *err)
{
	return db->group ? begin_inner(db, err) : begin_outer(db, err);
}

enum zv_code zv_db_commit(struct zv_db *db, struct zv_err *err)
{
	assert(db->depth > (db->group ? 1 : 0));
	return db->group ? commit_inner(db, err) : commit_outer(db, err);
}

void zv_db_rollback(struct zv_db *db)
{
	if (db->depth > (db->group ? 1 : 0))
		(db->group ? rollback_inner : rollback_outer)(db);
}

enum zv_code zv_db_group_begin(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code;

	assert(!db->group && db->mode != ZV_DB_READ);
	code = begin_outer(db, err);
	db->group = code == ZV_OK;
	return code;
}

enum zv_code zv_db_group_commit(struct zv_db *db, struct zv_err *err)
{
	assert(db->group);
	db->group = false;
	return commit_outer(db, err);
}

void zv_db_group_rollback(struct zv_db *db)
{
	if (!db->group)
		return;
	while (db->depth > 1)
		rollback_inner(db);
	db->group = false;
	rollback_outer(db);
}

bool zv_db_lost(const struct zv_db *db)
{
	return db->lost;
}

bool zv_db_broken(const struct zv_db *db)
{
	return db->broken;
}

bool zv_db_alive(struct zv_db *db)
{
	return db->driver->alive == NULL || db->driver->alive(db);
}

int zv_db_depth(const struct zv_db *db)
{
	return db->depth;
}

void zv_db_watch(struct zv_db *db, void *thing, const struct zv_db_watch *watch)
{
	assert(db->watch == NULL);
	db->watched = thing;
	db->watch = watch;
}

void *zv_db_watched(const struct zv_db *db)
{
	return db->watched;
}

enum zv_code zv_db_settle_due(struct zv_db *db, struct zv_err *err)
{
	bool due = db->settle_due;

	assert(!db->group);
	db->settle_due = false;
	return due ? db->driver->settle(db, err) : ZV_OK;
}

enum zv_code zv_db_settle(struct zv_db *db, struct zv_err *err)
{
	if (db->group) {
		db->settle_due = true;
		return ZV_OK;
	}
	return db->driver->settle(db, err);
}

enum zv_code zv_db_verify(struct zv_db *db, struct zv_err *err)
{
	return db->driver->verify(db, err);
}

/* Where the statement of this text is, or the free place where it would go. */
static struct zv_stmt **slot_of(struct zv_db *db, const char *sql)
{
	size_t i = (uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15) >> 54;

	while (db->stmts[i] != NULL && db->stmts[i]->sql != sql)
		i = (i + 1) % ZV_STMT_SLOTS;
	return &db->stmts[i];
}

enum zv_code zv_db_stmt(struct zv_stmt **out, struct zv_db *db, const char *sql, struct zv_err *err)
{
	struct zv_stmt **slot = slot_of(db, sql);
	enum zv_code code;

	if (db->failed)
		return refuse_failed(err);
	if (*slot == NULL) {
		assert(db->n_stmts < ZV_STMT_SLOTS * 3 / 4);
		code = note(db, db->driver->prepare(slot, db, sql, err));
		if (code != ZV_OK)
			return code;
		(*slot)->db = db;
		(*slot)->sql = sql;
		db->n_stmts++;
	}
	db->driver->clear(*slot);
	(*slot)->bad = false;
	*out = *slot;
	return ZV_OK;
}

void zv_bind_int(struct zv_stmt *stmt, int at, int64_t value)
{
	stmt->db->driver->bind_int(stmt, at, value);
}

void zv_bind_text(struct zv_stmt *stmt, int at, struct zv_str value)
{
	if (value.n > 0 && memchr(value.p, '\0', value.n) != NULL)
		stmt->bad = true;
	else
		stmt->db->driver->bind_text(stmt, at, value);
}

void zv_bind_text_or_null(struct zv_stmt *stmt, int at, struct zv_str value)
{
	if (value.n == 0)
		stmt->db->driver->bind_null(stmt, at);
	else
		zv_bind_text(stmt, at, value);
}

void zv_bind_null(struct zv_stmt *stmt, int at)
{
	stmt->db->driver->bind_null(stmt, at);
}

static enum zv_code may_step(struct zv_stmt *stmt, struct zv_err *err)
{
	if (stmt->db->failed)
		return refuse_failed(err);
	if (stmt->bad)
		return note(stmt->db, zv_fail(err, ZV_E_INVALID, "db", N_("A text holds a NUL byte and cannot be stored.")));
	return ZV_OK;
}

enum zv_code zv_stmt_step(bool *row, struct zv_stmt *stmt, struct zv_err *err)
{
	enum zv_code code = may_step(stmt, err);

	*row = false;
	if (code != ZV_OK)
		return code;
	return note(stmt->db, stmt->db->driver->step(row, stmt, err));
}

enum zv_code zv_stmt_run(struct zv_stmt *stmt, struct zv_err *err)
{
	enum zv_code code = may_step(stmt, err);

	if (code != ZV_OK)
		return code;
	return note(stmt->db, stmt->db->driver->run(stmt, err));
}

int64_t zv_stmt_changes(const struct zv_stmt *stmt)
{
	return stmt->changes;
}

bool zv_col_is_null(struct zv_stmt *stmt, int at)
{
	return stmt->db->driver->is_null(stmt, at);
}

int64_t zv_col_int(struct zv_stmt *stmt, int at)
{
	return stmt->db->driver->col_int(stmt, at);
}

struct zv_str zv_col_text(struct zv_stmt *stmt, int at)
{
	return stmt->db->driver->col_text(stmt, at);
}

void zv_stmt_reset(struct zv_stmt *stmt)
{
	stmt->db->driver->reset(stmt);
}
