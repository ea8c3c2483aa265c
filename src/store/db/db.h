/*
 * A database: SQLite or PostgreSQL behind one interface. SQL is written once, in the common subset of both: $1 parameters,
 * ON CONFLICT, RETURNING, CAST($1 AS BIGINT) where a type cannot be seen. SQL text is always a constant.
 * A handle and its statements belong to one thread.
 */
#ifndef ZV_STORE_DB_DB_H
#define ZV_STORE_DB_DB_H

#include "base/err.h"
#include "base/str.h"

struct zv_db;
struct zv_stmt;

enum zv_dialect { ZV_SQLITE, ZV_POSTGRES };

enum zv_db_mode {
	ZV_DB_READ,  /* no writing through this handle */
	ZV_DB_WRITE, /* SQLite: takes the advisory lock of the file, ZV_E_BUSY when another process has it */
	ZV_DB_CREATE /* as WRITE; an SQLite file is made when there is none */
};

/*
 * `url` is a file name, or postgresql://... On SQLite: WAL, synchronous=FULL, foreign keys on, no mmap, defensive.
 * ZV_E_NOTFOUND when the file is not there, ZV_E_BUSY when another process writes, ZV_E_IO otherwise.
 */
ZV_MUST_CHECK enum zv_code zv_db_open(struct zv_db **out, const char *url, enum zv_db_mode mode, struct zv_err *err);

/* Closes all statements; an open transaction is rolled back. NULL is allowed. */
void zv_db_close(struct zv_db *db);

enum zv_dialect zv_db_dialect(const struct zv_db *db);
enum zv_db_mode zv_db_mode_of(const struct zv_db *db);
bool zv_db_in_transaction(const struct zv_db *db);

/* "SQLite 3.53.2", "PostgreSQL 15.16". Borrowed; lives as long as the handle. */
const char *zv_db_version(const struct zv_db *db);

/* One or several statements without parameters or results. For migrations and transactions; not for data. */
ZV_MUST_CHECK enum zv_code zv_db_exec(struct zv_db *db, const char *sql, struct zv_err *err);

/*
 * Transactions do not nest. When a statement in one has failed, the transaction can only be rolled back (on both databases):
 * zv_db_commit then rolls back and fails. After a failed sync the handle refuses to write (security.md, finding 4).
 * On a handle for reading a transaction sees one state of the data from its first statement on.
 */
ZV_MUST_CHECK enum zv_code zv_db_begin(struct zv_db *db, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_db_commit(struct zv_db *db, struct zv_err *err);
void zv_db_rollback(struct zv_db *db);

/*
 * Many changes, one sync: between zv_db_group_begin and zv_db_group_commit the transactions above nest, each in a savepoint of its
 * own. A failure takes back the innermost one alone and the rest goes on; nothing is durable before the group is committed. When the
 * database has lost the whole group (full disk, lost connection), all that is left fails until zv_db_group_rollback; when
 * zv_db_group_commit fails, everything since zv_db_group_begin is taken back.
 */
ZV_MUST_CHECK enum zv_code zv_db_group_begin(struct zv_db *db, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_db_group_commit(struct zv_db *db, struct zv_err *err);
void zv_db_group_rollback(struct zv_db *db); /* harmless when there is none */

bool zv_db_lost(const struct zv_db *db);   /* the group can only be rolled back */
bool zv_db_broken(const struct zv_db *db); /* a sync failed: the handle refuses to write for good */
bool zv_db_alive(struct zv_db *db);        /* false: the server is gone, the handle is of no more use */

/* Transactions that are open, one inside the other; 0: none. A group counts as one. */
int zv_db_depth(const struct zv_db *db);

/*
 * One thing that a layer above keeps with the handle (the blocks of ids it has taken): freed by zv_db_close. The epoch changes
 * whenever a transaction ends, so that the owner knows that what he remembers may no longer hold.
 */
void zv_db_attach(struct zv_db *db, void *thing, void (*release)(void *thing));
void *zv_db_attached(const struct zv_db *db); /* NULL when there is none */
uint64_t zv_db_epoch(const struct zv_db *db);

/*
 * One thing more, which follows the transactions (the digest of the registers): freed by zv_db_close. Watching may start inside one.
 * `depth` is what zv_db_depth tells while that transaction is open.
 */
struct zv_db_watch {
	void (*begun)(void *thing, int depth);
	enum zv_code (*closing)(void *thing, struct zv_db *db, struct zv_err *err); /* the last moment to write; a failure rolls back */
	void (*ended)(void *thing, int depth, bool kept);
	void (*release)(void *thing);
};
void zv_db_watch(struct zv_db *db, void *thing, const struct zv_db_watch *watch);
void *zv_db_watched(const struct zv_db *db); /* NULL when there is none */

/* Inside a group nothing is done, but remembered: zv_db_settle_due does it afterwards. */
ZV_MUST_CHECK enum zv_code zv_db_settle_due(struct zv_db *db, struct zv_err *err);

/* SQLite: moves what the log holds into the file, outside a transaction. PostgreSQL: nothing. Refreshes the planner's statistics. */
ZV_MUST_CHECK enum zv_code zv_db_settle(struct zv_db *db, struct zv_err *err);

/* SQLite: integrity_check and foreign_key_check. PostgreSQL: all constraints are validated. The first fault is ZV_E_CONFLICT. */
ZV_MUST_CHECK enum zv_code zv_db_verify(struct zv_db *db, struct zv_err *err);

/*
 * The prepared statement for a constant `sql`, kept by the handle and found again by the pointer: prepared once, borrowed,
 * reset and without bindings. Do not take the same SQL twice at the same time (a loop that steps it must end first).
 */
ZV_MUST_CHECK enum zv_code zv_db_stmt(struct zv_stmt **out, struct zv_db *db, const char *sql, struct zv_err *err);

/*
 * Parameters count from 1; what is not bound is NULL. Text is borrowed until the statement is stepped to its end or reset;
 * text with a NUL byte inside fails the step with ZV_E_INVALID.
 */
void zv_bind_int(struct zv_stmt *stmt, int at, int64_t value);
void zv_bind_text(struct zv_stmt *stmt, int at, struct zv_str value);
void zv_bind_text_or_null(struct zv_stmt *stmt, int at, struct zv_str value); /* NULL for the empty text */
void zv_bind_null(struct zv_stmt *stmt, int at);

/*
 * Goes to the next row; *row false at the end, after which the statement is reset (bindings stay). A statement that gives no rows is
 * done after one step. ZV_E_CONFLICT: a key, a reference or a check of the schema is violated. ZV_E_LIMIT: the disk is full.
 */
ZV_MUST_CHECK enum zv_code zv_stmt_step(bool *row, struct zv_stmt *stmt, struct zv_err *err);

/*
 * For statements that give no rows: steps to the end. On PostgreSQL, inside a transaction, it is only sent: a failure may
 * come out at a later statement or at the commit.
 */
ZV_MUST_CHECK enum zv_code zv_stmt_run(struct zv_stmt *stmt, struct zv_err *err);

/* Rows changed by the last zv_stmt_step of an INSERT, UPDATE or DELETE (not by zv_stmt_run). */
int64_t zv_stmt_changes(const struct zv_stmt *stmt);

/* Columns count from 0. Text is borrowed until the next step or reset. NULL reads as 0 and as the empty text. */
bool zv_col_is_null(struct zv_stmt *stmt, int at);
int64_t zv_col_int(struct zv_stmt *stmt, int at);
struct zv_str zv_col_text(struct zv_stmt *stmt, int at);

/* Ends the statement early. */
void zv_stmt_reset(struct zv_stmt *stmt);

#endif
