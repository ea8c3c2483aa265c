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

/* One or several statements without parameters or results. For migrations and transactions; not for data. */
ZV_MUST_CHECK enum zv_code zv_db_exec(struct zv_db *db, const char *sql, struct zv_err *err);

/*
 * Transactions do not nest. On PostgreSQL a failed statement makes the transaction fail: roll back.
 * After a failed sync the handle refuses to write (security.md, finding 4).
 */
ZV_MUST_CHECK enum zv_code zv_db_begin(struct zv_db *db, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_db_commit(struct zv_db *db, struct zv_err *err);
void zv_db_rollback(struct zv_db *db);

/*
 * The prepared statement for a constant `sql`, kept by the handle and found again by the pointer: prepared once, borrowed,
 * reset and without bindings. Do not take the same SQL twice at the same time (a loop that steps it must end first).
 */
ZV_MUST_CHECK enum zv_code zv_db_stmt(struct zv_stmt **out, struct zv_db *db, const char *sql, struct zv_err *err);

/* Parameters count from 1. Text is borrowed until the statement is stepped to its end or reset. */
void zv_bind_int(struct zv_stmt *stmt, int at, int64_t value);
void zv_bind_text(struct zv_stmt *stmt, int at, struct zv_str value);
void zv_bind_text_or_null(struct zv_stmt *stmt, int at, struct zv_str value); /* NULL for the empty text */
void zv_bind_null(struct zv_stmt *stmt, int at);

/* Goes to the next row; *row false at the end. A statement that gives no rows is done after one step. */
ZV_MUST_CHECK enum zv_code zv_stmt_step(bool *row, struct zv_stmt *stmt, struct zv_err *err);

/* For statements that give no rows: steps to the end. */
ZV_MUST_CHECK enum zv_code zv_stmt_run(struct zv_stmt *stmt, struct zv_err *err);

/* Rows changed by the last step of an INSERT, UPDATE or DELETE. */
int64_t zv_stmt_changes(const struct zv_stmt *stmt);

/* Columns count from 0. Text is borrowed until the next step or reset. NULL reads as 0 and as the empty text. */
bool zv_col_is_null(struct zv_stmt *stmt, int at);
int64_t zv_col_int(struct zv_stmt *stmt, int at);
struct zv_str zv_col_text(struct zv_stmt *stmt, int at);

/* Ends the statement early. */
void zv_stmt_reset(struct zv_stmt *stmt);

/* A unique or foreign key was violated by the last failed step of this handle (the code was ZV_E_CONFLICT). */

#endif
