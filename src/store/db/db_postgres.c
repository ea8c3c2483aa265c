/* PostgreSQL through libpq: prepared statements in text format, rows one by one, writes sent without waiting for each answer. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/mem.h"
#include "base/vec.h"
#include "store/db/driver.h"

enum {
	WAITING_MAX = 400, /* writes on their way before their answers are read: fewer than fill the buffers of a socket both ways */
	WAITING_BYTES = 32 * 1024
};

struct pg_stmt;

struct pg_db {
	struct zv_db db;
	PGconn *conn;
	int n_names;
	int waiting; /* statements sent in pipeline mode whose answers were not read */
	size_t waiting_bytes;
	struct pg_stmt *streaming; /* rows of it are still coming */
};

struct pg_param {
	bool null;
	struct zv_str text; /* borrowed, or in `number` */
	char number[ZV_DECIMAL_TEXT];
};

struct pg_stmt {
	struct zv_stmt stmt;
	char name[24];
	int n;
	struct pg_param params[ZV_PARAMS_MAX + 1];
	struct zv_buf texts; /* parameters, each ended by NUL as libpq wants them */
	const char *values[ZV_PARAMS_MAX];
	ZV_VEC(PGresult *) kept; /* rows that came while another statement needed the connection */
	size_t next_kept;
	PGresult *row; /* the current one */
};

static struct pg_db *pg_of(struct zv_db *db)
{
	return (struct pg_db *)db;
}

static struct pg_stmt *stmt_of(struct zv_stmt *stmt)
{
	return (struct pg_stmt *)stmt;
}

/* The server's sentence on one line, without its full stop. */
static const char *one_line(const char *text)
{
	static _Thread_local char out[400];
	size_t n;

	(void)snprintf(out, sizeof(out), "%s", text != NULL ? text : "");
	for (n = strlen(out); n > 0 && (out[n - 1] == '\n' || out[n - 1] == '.'); n--)
		out[n - 1] = '\0';
	for (char *p = out; *p != '\0'; p++)
		*p = *p == '\n' ? ' ' : *p;
	return out;
}

static enum zv_code fail_connection(struct zv_db *db, struct zv_err *err)
{
	return zv_fail(err, ZV_E_IO, "db", N_("The database server does not answer: %s."), one_line(PQerrorMessage(pg_of(db)->conn)));
}

/* By SQLSTATE; its first two characters are the class. */
static enum zv_code fail_state(const char *state, const char *text, struct zv_err *err)
{
	struct zv_str s = zv_str_c(state);

	text = one_line(text);
	if (zv_str_starts(s, ZV_STR("23")))
		return zv_fail(err, ZV_E_CONFLICT, "db", N_("The database refuses a row that breaks its rules: %s."), text);
	if (zv_str_eq_c(s, "53100"))
		return zv_fail(err, ZV_E_LIMIT, "db", N_("The disk is full: nothing was stored. Free some space and repeat the command."));
	if (zv_str_starts(s, ZV_STR("40")) || zv_str_eq_c(s, "55P03") || zv_str_eq_c(s, "53300"))
		return zv_fail(err, ZV_E_BUSY, "db", N_("The database server is busy: %s. Try again in a moment."), text);
	if (zv_str_starts(s, ZV_STR("53")) || zv_str_starts(s, ZV_STR("54")))
		return zv_fail(err, ZV_E_LIMIT, "db", N_("The database server has reached a limit: %s."), text);
	if (zv_str_eq_c(s, "25006"))
		return zv_fail(err, ZV_E_DENIED, "db", N_("The database is open for reading, or its file may not be written: %s."), text);
	if (zv_str_eq_c(s, "42501"))
		return zv_fail(err, ZV_E_DENIED, "db", N_("The database refuses access: %s."), text);
	if (zv_str_eq_c(s, "22021") || zv_str_eq_c(s, "22P05"))
		return zv_fail(err, ZV_E_INVALID, "db", N_("A text is not valid UTF-8 and cannot be stored."));
	if (zv_str_starts(s, ZV_STR("08")) || zv_str_starts(s, ZV_STR("57")) || zv_str_starts(s, ZV_STR("58")) || zv_str_starts(s, ZV_STR("XX")))
		return zv_fail(err, ZV_E_IO, "db", N_("The database server failed: %s."), text);
	return zv_fail(err, ZV_E_BUG, "db", N_("The database does not understand its own program: %s."), text);
}

static enum zv_code fail_result(struct zv_db *db, const PGresult *result, struct zv_err *err)
{
	const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	if (state == NULL || PQstatus(pg_of(db)->conn) != CONNECTION_OK)
		return fail_connection(db, err);
	return fail_state(state, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), err);
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE || status == PGRES_EMPTY_QUERY;
}

/* Reads the rows that a statement still has coming and keeps them with it, so that the connection is free. */
static void keep_rest(struct pg_db *pg)
{
	struct pg_stmt *s = pg->streaming;
	PGresult *result;

	pg->streaming = NULL;
	while (s != NULL && (result = PQgetResult(pg->conn)) != NULL)
		zv_vec_push(&s->kept, result);
}

/* Reads the answers of all that was sent in pipeline mode. The first failure counts. */
static enum zv_code drain(struct pg_db *pg, struct zv_err *err)
{
	enum zv_code code = ZV_OK;
	PGresult *result;
	bool synced = false;

	if (PQpipelineStatus(pg->conn) == PQ_PIPELINE_OFF)
		return ZV_OK;
	if (PQpipelineSync(pg->conn) != 1)
		code = fail_connection(&pg->db, err);
	/* Each statement gives results up to a NULL; the synchronisation point ends them all. */
	while (!synced && PQstatus(pg->conn) == CONNECTION_OK) {
		result = PQgetResult(pg->conn);
		if (result == NULL)
			continue;
		synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		if (!synced && !is_good(result) && PQresultStatus(result) != PGRES_PIPELINE_ABORTED && code == ZV_OK)
			code = fail_result(&pg->db, result, err);
		PQclear(result);
	}
	if (!synced && code == ZV_OK)
		code = fail_connection(&pg->db, err);
	pg->waiting = 0;
	pg->waiting_bytes = 0;
	(void)PQexitPipelineMode(pg->conn);
	return code;
}

/* Makes the connection ready for a statement whose answer is waited for. */
static enum zv_code make_free(struct pg_db *pg, struct zv_err *err)
{
	keep_rest(pg);
	return drain(pg, err);
}

static enum zv_code pg_exec(struct zv_db *db, const char *sql, struct zv_err *err)
{
	PGresult *result;
	enum zv_code code = make_free(pg_of(db), err);

	if (code != ZV_OK)
		return code;
	result = PQexec(pg_of(db)->conn, sql);
	if (!is_good(result))
		code = fail_result(db, result, err);
	PQclear(result);
	return code;
}

/* One transaction that writes at a time, as on SQLite: the audit trail is one chain. 1515605555 is "ZVN3". */
static const char begin_writing[] = "BEGIN; SELECT pg_advisory_xact_lock(1515605555, hashtext(current_schema()))";

static enum zv_code pg_begin(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = pg_exec(db, db->mode == ZV_DB_READ ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : begin_writing, err);

	/* The lock did not come in time. */
	if (code != ZV_OK && PQtransactionStatus(pg_of(db)->conn) != PQTRANS_IDLE)
		PQclear(PQexec(pg_of(db)->conn, "ROLLBACK"));
	return code;
}

/* The server answers ROLLBACK to the COMMIT of a transaction in which something failed. */
static enum zv_code pg_commit(struct zv_db *db, struct zv_err *err)
{
	PGresult *result;
	enum zv_code code = make_free(pg_of(db), err);

	if (code != ZV_OK)
		return code;
	result = PQexec(pg_of(db)->conn, "COMMIT");
	if (!is_good(result))
		code = fail_result(db, result, err);
	else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
		code = zv_fail(err, ZV_E_CONFLICT, "db", N_("A statement of this transaction has failed: nothing of it was stored."));
	PQclear(result);
	return code;
}

static void pg_rollback(struct zv_db *db)
{
	(void)make_free(pg_of(db), NULL);
	if (PQtransactionStatus(pg_of(db)->conn) != PQTRANS_IDLE)
		PQclear(PQexec(pg_of(db)->conn, "ROLLBACK"));
}

/* Sent with what comes next; the first failure comes out at the release, or earlier. */
static enum zv_code pg_send(struct pg_db *pg, const char *sql, struct zv_err *err)
{
	keep_rest(pg);
	if (PQpipelineStatus(pg->conn) == PQ_PIPELINE_OFF && PQenterPipelineMode(pg->conn) != 1)
		return fail_connection(&pg->db, err);
	if (PQsendQueryParams(pg->conn, sql, 0, NULL, NULL, NULL, NULL, 0) != 1)
		return fail_connection(&pg->db, err);
	pg->waiting++;
	return ZV_OK;
}

/* First in its pipeline: behind a statement that fails it would never be made, and a way back to it would lead to the one outside. */
static enum zv_code pg_save(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = make_free(pg_of(db), err);

	return code == ZV_OK ? pg_send(pg_of(db), "SAVEPOINT zv", err) : code;
}

static enum zv_code pg_release(struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = pg_send(pg_of(db), "RELEASE SAVEPOINT zv", err);

	return code == ZV_OK ? drain(pg_of(db), err) : code;
}

static bool pg_back(struct zv_db *db)
{
	(void)make_free(pg_of(db), NULL);
	return pg_exec(db, "ROLLBACK TO SAVEPOINT zv; RELEASE SAVEPOINT zv", NULL) == ZV_OK;
}

static bool pg_alive(struct zv_db *db)
{
	return PQstatus(pg_of(db)->conn) == CONNECTION_OK;
}

static enum zv_code pg_settle(struct zv_db *db, struct zv_err *err)
{
	return pg_exec(db, "ANALYZE", err);
}

/* A constraint that was added NOT VALID, or left behind by a broken index, has not been proved for the rows that were there. */
static enum zv_code pg_verify(struct zv_db *db, struct zv_err *err)
{
	static const char sql[] =
		"SELECT c.conrelid::regclass::text || '.' || c.conname FROM pg_catalog.pg_constraint c "
		"JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = current_schema() AND NOT c.convalidated "
		"UNION ALL SELECT i.indexrelid::regclass::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
		"JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisvalid LIMIT 1";
	PGresult *result;
	enum zv_code code = make_free(pg_of(db), err);

	if (code != ZV_OK)
		return code;
	result = PQexec(pg_of(db)->conn, sql);
	if (!is_good(result))
		code = fail_result(db, result, err);
	else if (PQntuples(result) > 0)
		code = zv_fail(err, ZV_E_CONFLICT, "db", N_("A rule of the schema is not valid for all rows: %s."), PQgetvalue(result, 0, 0));
	PQclear(result);
	return code;
}

/* $1, $2 ... in a constant SQL text; none of ours has a dollar sign in a literal. */
static int count_params(const char *sql)
{
	int most = 0;

	for (const char *p = sql; (p = strchr(p, '$')) != NULL; p++) {
		int at = atoi(p + 1);

		most = at > most ? at : most;
	}
	return most;
}

static enum zv_code pg_prepare(struct zv_stmt **out, struct zv_db *db, const char *sql, struct zv_err *err)
{
	struct pg_db *pg = pg_of(db);
	struct pg_stmt *s;
	PGresult *result;
	enum zv_code code = make_free(pg, err);

	if (code != ZV_OK)
		return code;
	s = zv_calloc(1, sizeof(*s));
	(void)snprintf(s->name, sizeof(s->name), "zv%d", ++pg->n_names);
	s->n = count_params(sql);
	assert(s->n <= ZV_PARAMS_MAX);
	zv_buf_init(&s->texts, 0);
	result = PQprepare(pg->conn, s->name, sql, 0, NULL);
	if (!is_good(result)) {
		code = fail_result(db, result, err);
		free(s);
	} else {
		*out = &s->stmt;
	}
	PQclear(result);
	return code;
}

static void forget_rows(struct pg_stmt *s)
{
	for (size_t i = s->next_kept; i < s->kept.n; i++)
		PQclear(s->kept.p[i]);
	s->kept.n = 0;
	s->next_kept = 0;
	PQclear(s->row);
	s->row = NULL;
}

static void pg_reset(struct zv_stmt *stmt)
{
	struct pg_stmt *s = stmt_of(stmt);
	struct pg_db *pg = pg_of(stmt->db);
	PGresult *result;

	if (!stmt->active)
		return;
	if (pg->streaming == s) {
		pg->streaming = NULL;
		while ((result = PQgetResult(pg->conn)) != NULL)
			PQclear(result);
	}
	forget_rows(s);
	stmt->active = false;
}

static void pg_finalize(struct zv_stmt *stmt)
{
	struct pg_stmt *s = stmt_of(stmt);

	pg_reset(stmt);
	zv_vec_done(&s->kept);
	zv_buf_done(&s->texts);
	free(s);
}

static void pg_clear(struct zv_stmt *stmt)
{
	struct pg_stmt *s = stmt_of(stmt);

	pg_reset(stmt);
	for (int i = 1; i <= s->n; i++)
		s->params[i].null = true;
}

static void pg_bind_int(struct zv_stmt *stmt, int at, int64_t value)
{
	struct pg_param *param = &stmt_of(stmt)->params[at];

	assert(at >= 1 && at <= stmt_of(stmt)->n);
	zv_decimal_format(param->number, value, 0, 0, false);
	param->text = zv_str_c(param->number);
	param->null = false;
}

static void pg_bind_text(struct zv_stmt *stmt, int at, struct zv_str value)
{
	struct pg_param *param = &stmt_of(stmt)->params[at];

	assert(at >= 1 && at <= stmt_of(stmt)->n);
	param->text = value;
	param->null = false;
}

static void pg_bind_null(struct zv_stmt *stmt, int at)
{
	assert(at >= 1 && at <= stmt_of(stmt)->n);
	stmt_of(stmt)->params[at].null = true;
}

static void gather_values(struct pg_stmt *s)
{
	size_t need = 0;
	char *p;

	for (int i = 1; i <= s->n; i++)
		need += s->params[i].null ? 0 : s->params[i].text.n + 1;
	zv_buf_reset(&s->texts);
	p = zv_buf_reserve(&s->texts, need);
	for (int i = 1; i <= s->n; i++) {
		const struct pg_param *param = &s->params[i];

		s->values[i - 1] = param->null ? NULL : p;
		if (param->null)
			continue;
		if (param->text.n > 0)
			memcpy(p, param->text.p, param->text.n);
		p[param->text.n] = '\0';
		p += param->text.n + 1;
	}
	s->texts.n = need;
}

static enum zv_code send(struct pg_stmt *s, struct zv_err *err)
{
	gather_values(s);
	if (PQsendQueryPrepared(pg_of(s->stmt.db)->conn, s->name, s->n, s->values, NULL, NULL, 0) != 1)
		return fail_connection(s->stmt.db, err);
	return ZV_OK;
}

static enum zv_code start(struct pg_stmt *s, struct zv_err *err)
{
	struct pg_db *pg = pg_of(s->stmt.db);
	enum zv_code code = make_free(pg, err);

	if (code == ZV_OK)
		code = send(s, err);
	if (code != ZV_OK)
		return code;
	(void)PQsetSingleRowMode(pg->conn);
	pg->streaming = s;
	s->stmt.active = true;
	return ZV_OK;
}

static PGresult *next_result(struct pg_stmt *s)
{
	if (s->next_kept < s->kept.n)
		return s->kept.p[s->next_kept++];
	return pg_of(s->stmt.db)->streaming == s ? PQgetResult(pg_of(s->stmt.db)->conn) : NULL;
}

static enum zv_code pg_step(bool *row, struct zv_stmt *stmt, struct zv_err *err)
{
	struct pg_stmt *s = stmt_of(stmt);
	enum zv_code code = stmt->active ? ZV_OK : start(s, err);

	if (code != ZV_OK)
		return code;
	PQclear(s->row);
	s->row = next_result(s);
	if (s->row != NULL && PQresultStatus(s->row) == PGRES_SINGLE_TUPLE) {
		*row = true;
		return ZV_OK;
	}
	if (s->row == NULL || !is_good(s->row))
		code = fail_result(stmt->db, s->row, err);
	else
		stmt->changes = atoll(PQcmdTuples(s->row));
	pg_reset(stmt);
	return code;
}

/* Outside a transaction the answer is waited for: the caller may rely on what he has stored. */
static enum zv_code pg_run(struct zv_stmt *stmt, struct zv_err *err)
{
	struct pg_stmt *s = stmt_of(stmt);
	struct pg_db *pg = pg_of(stmt->db);
	enum zv_code code = ZV_OK;
	bool row = false;

	if (!stmt->db->in_transaction) {
		code = pg_step(&row, stmt, err);
		assert(!row);
		return code;
	}
	keep_rest(pg);
	if (PQpipelineStatus(pg->conn) == PQ_PIPELINE_OFF && PQenterPipelineMode(pg->conn) != 1)
		return fail_connection(stmt->db, err);
	code = send(s, err);
	pg->waiting++;
	pg->waiting_bytes += s->texts.n;
	if (code == ZV_OK && (pg->waiting >= WAITING_MAX || pg->waiting_bytes >= WAITING_BYTES))
		code = drain(pg, err);
	return code;
}

static bool pg_is_null(struct zv_stmt *stmt, int at)
{
	return PQgetisnull(stmt_of(stmt)->row, 0, at) != 0;
}

static int64_t pg_col_int(struct zv_stmt *stmt, int at)
{
	const char *text = PQgetvalue(stmt_of(stmt)->row, 0, at);

	return text != NULL ? strtoll(text, NULL, 10) : 0;
}

static struct zv_str pg_col_text(struct zv_stmt *stmt, int at)
{
	const PGresult *row = stmt_of(stmt)->row;

	return (struct zv_str){PQgetvalue(row, 0, at), (size_t)PQgetlength(row, 0, at)};
}

static void pg_close(struct zv_db *db)
{
	PQfinish(pg_of(db)->conn);
	free(db);
}

static const struct zv_driver driver = {
	.close = pg_close,
	.exec = pg_exec,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
	.save = pg_save,
	.release = pg_release,
	.back = pg_back,
	.alive = pg_alive,
	.settle = pg_settle,
	.verify = pg_verify,
	.prepare = pg_prepare,
	.finalize = pg_finalize,
	.clear = pg_clear,
	.reset = pg_reset,
	.bind_int = pg_bind_int,
	.bind_text = pg_bind_text,
	.bind_null = pg_bind_null,
	.step = pg_step,
	.run = pg_run,
	.is_null = pg_is_null,
	.col_int = pg_col_int,
	.col_text = pg_col_text,
};

static void be_silent(void *context, const char *message)
{
	(void)context;
	(void)message;
}

/* What is acknowledged must be on the disk, whatever the server's default is. */
static const char set_up[] = "SET client_encoding TO 'UTF8'; SET standard_conforming_strings TO on; SET client_min_messages TO warning; "
			     "SET DateStyle TO 'ISO'; SET lock_timeout TO '5s'; "
			     "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

enum zv_code zv_postgres_open(struct zv_db **out, const char *url, enum zv_db_mode mode, struct zv_err *err)
{
	/* What the address says comes after these and so prevails. */
	static const char *const names[] = {"connect_timeout", "application_name", "dbname", NULL};
	const char *const values[] = {"5", "zveno", url, NULL};
	struct pg_db *pg = zv_calloc(1, sizeof(*pg));
	enum zv_code code = ZV_OK;

	pg->db = (struct zv_db){.driver = &driver, .dialect = ZV_POSTGRES, .mode = mode};
	pg->conn = PQconnectdbParams(names, values, 1);
	if (PQstatus(pg->conn) != CONNECTION_OK) {
		code = fail_connection(&pg->db, err);
	} else {
		(void)PQsetNoticeProcessor(pg->conn, be_silent, NULL);
		(void)snprintf(pg->db.version, sizeof(pg->db.version), "PostgreSQL %s", PQparameterStatus(pg->conn, "server_version"));
		code = pg_exec(&pg->db, set_up, err);
	}
	if (code == ZV_OK && mode == ZV_DB_READ)
		code = pg_exec(&pg->db, "SET default_transaction_read_only TO on", err);
	if (code != ZV_OK) {
		pg_close(&pg->db);
		return code;
	}
	*out = &pg->db;
	return ZV_OK;
}
