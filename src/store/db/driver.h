/* What a driver (db_sqlite.c, db_postgres.c) gives to db.c, and what both share. Nobody else includes this. */
#ifndef ZV_STORE_DB_DRIVER_H
#define ZV_STORE_DB_DRIVER_H

#include "base/map.h"
#include "store/db/db.h"

struct zv_driver {
	void (*close)(struct zv_db *db);
	enum zv_code (*exec)(struct zv_db *db, const char *sql, struct zv_err *err);
	enum zv_code (*begin)(struct zv_db *db, struct zv_err *err);
	enum zv_code (*commit)(struct zv_db *db, struct zv_err *err);
	void (*rollback)(struct zv_db *db);
	/* Inside a transaction: the innermost savepoint. PostgreSQL may tell of a failed save or of a failed run only at the release. */
	enum zv_code (*save)(struct zv_db *db, struct zv_err *err);
	enum zv_code (*release)(struct zv_db *db, struct zv_err *err);
	bool (*back)(struct zv_db *db); /* false: the whole transaction is lost */
	bool (*clean)(struct zv_db *db); /* nothing was written since `begin`; NULL: not known */
	bool (*alive)(struct zv_db *db); /* NULL: always */
	enum zv_code (*settle)(struct zv_db *db, struct zv_err *err);
	enum zv_code (*verify)(struct zv_db *db, struct zv_err *err);

	enum zv_code (*prepare)(struct zv_stmt **out, struct zv_db *db, const char *sql, struct zv_err *err);
	void (*finalize)(struct zv_stmt *stmt);
	void (*clear)(struct zv_stmt *stmt); /* reset, all parameters NULL */
	void (*reset)(struct zv_stmt *stmt);
	void (*bind_int)(struct zv_stmt *stmt, int at, int64_t value);
	void (*bind_text)(struct zv_stmt *stmt, int at, struct zv_str value);
	void (*bind_null)(struct zv_stmt *stmt, int at);
	enum zv_code (*step)(bool *row, struct zv_stmt *stmt, struct zv_err *err);
	enum zv_code (*run)(struct zv_stmt *stmt, struct zv_err *err);
	bool (*is_null)(struct zv_stmt *stmt, int at);
	int64_t (*col_int)(struct zv_stmt *stmt, int at);
	struct zv_str (*col_text)(struct zv_stmt *stmt, int at);
};

enum { ZV_PARAMS_MAX = 64, ZV_STMT_SLOTS = 1024, ZV_DEPTH_MAX = 16 };

struct zv_db {
	const struct zv_driver *driver;
	enum zv_dialect dialect;
	enum zv_db_mode mode;
	char version[64];
	bool in_transaction;
	bool failed; /* a statement of the transaction failed: only a rollback is left */
	bool group;  /* transactions nest inside one */
	bool lost;   /* the database gave the whole group up */
	bool settle_due;
	int depth;   /* transactions open, one inside the other */
	bool touched; /* by zv_db_exec, of which the database may count nothing */
	bool bare[ZV_DEPTH_MAX]; /* by depth: begun before anything was written, so without a savepoint */
	bool broken; /* a sync failed: what is on the disk is unknown, nothing more is written */
	uint64_t epoch;
	struct zv_stmt *stmts[ZV_STMT_SLOTS]; /* open addressing by the address of the SQL text */
	int n_stmts;
	void *attached;
	void (*release)(void *thing);
	void *watched;
	const struct zv_db_watch *watch;
};

struct zv_stmt {
	struct zv_db *db;
	const char *sql;
	int64_t changes;
	bool active; /* rows are being read */
	bool bad;    /* a parameter cannot be stored */
};

enum zv_code zv_sqlite_open(struct zv_db **out, const char *path, enum zv_db_mode mode, struct zv_err *err);
enum zv_code zv_postgres_open(struct zv_db **out, const char *url, enum zv_db_mode mode, struct zv_err *err);

#endif
