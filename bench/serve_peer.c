/*
 * The bare peer of the load goals (mhd1): libmicrohttpd with one thread and SQLite, no gate, no login, no rights, no audit, no escaping worth the name.
 * serve_peer make DB ROWS   makes a database of its own
 * serve_peer DB PORT        GET /row?UID one row, GET /page fifty of them, POST /row one more, on the disk before it is answered
 */
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 65536, BODY_MAX = 16384, COLUMNS = 8 };

static sqlite3_stmt *row, *page, *insert;

/* A body while it comes. */
struct body {
	size_t n;
	char bytes[BODY_MAX];
};

static size_t add_row(char *out, size_t room, sqlite3_stmt *stmt)
{
	static const char *const names[COLUMNS] = {"uid", "name", "key", "cas", "okpd2", "hs", "control", "said_on"};
	size_t n = (size_t)snprintf(out, room, "{");

	for (int i = 0; i < COLUMNS && n < room; i++) {
		const char *text = (const char *)sqlite3_column_text(stmt, i);
		n += (size_t)snprintf(out + n, room - n, "%s\"%s\":\"%s\"", i > 0 ? "," : "", names[i], text != NULL ? text : "");
	}
	return n < room ? n + (size_t)snprintf(out + n, room - n, "}") : room;
}

static size_t answer_rows(char *out, sqlite3_stmt *stmt)
{
	size_t n = (size_t)snprintf(out, ANSWER_MAX, "[");

	while (sqlite3_step(stmt) == SQLITE_ROW && n < ANSWER_MAX - 2) {
		if (n > 1)
			out[n++] = ',';
		n += add_row(out + n, ANSWER_MAX - n - 2, stmt);
	}
	sqlite3_reset(stmt);
	out[n++] = ']';
	return n;
}

static enum MHD_Result find_uid(void *to, enum MHD_ValueKind kind, const char *key, const char *value)
{
	(void)kind;
	(void)value;
	*(const char **)to = key;
	return MHD_YES;
}

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, size_t n, char *bytes)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(n, bytes, MHD_RESPMEM_MUST_COPY);

	MHD_add_response_header(response, "Content-Type", "application/json");
	enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

/* Called with each part of the body, then once more without one. */
static enum MHD_Result take_post(struct MHD_Connection *connection, const char *upload, size_t *upload_size, void **state)
{
	struct body *body = *state;
	char out[128];

	if (body == NULL) {
		*state = calloc(1, sizeof(*body));
		return *state != NULL ? MHD_YES : MHD_NO;
	}
	if (*upload_size > 0) {
		if (*upload_size > BODY_MAX - body->n)
			return MHD_NO;
		memcpy(body->bytes + body->n, upload, *upload_size);
		body->n += *upload_size;
		*upload_size = 0;
		return MHD_YES;
	}
	sqlite3_bind_text(insert, 1, body->bytes, (int)body->n, SQLITE_STATIC);
	bool ok = insert != NULL && sqlite3_step(insert) == SQLITE_DONE;
	sqlite3_reset(insert);
	int n = snprintf(out, sizeof(out), "{\"id\":%lld}", ok ? (long long)sqlite3_last_insert_rowid(sqlite3_db_handle(insert)) : 0LL);
	return answer(connection, ok ? 201 : 500, (size_t)n, out);
}

static void forget(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
	(void)context;
	(void)connection;
	(void)why;
	free(*state);
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **state)
{
	static char out[ANSWER_MAX];
	const char *uid = "";
	size_t n;

	(void)context;
	(void)version;
	if (strcmp(method, "POST") == 0)
		return take_post(connection, upload, upload_size, state);
	if (strcmp(url, "/row") == 0) {
		MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, find_uid, &uid);
		sqlite3_bind_text(row, 1, uid, -1, SQLITE_STATIC);
		n = answer_rows(out, row);
	} else {
		n = answer_rows(out, page);
	}
	return answer(connection, 200, n, out);
}

/* Rows like those of the item register; the uid of the n-th is itemN. */
static int make(const char *path, const char *rows)
{
	sqlite3 *db;
	char sql[1024];

	snprintf(sql, sizeof(sql),
		 "PRAGMA journal_mode=WAL; CREATE TABLE item(id INTEGER PRIMARY KEY, uid TEXT UNIQUE, name TEXT, source_key TEXT, cas TEXT, okpd2 TEXT, "
		 "hs TEXT, control TEXT, said_on TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
		 "INSERT INTO item SELECT i, 'item' || i, 'краситель кислотный марки ' || i, 'K' || i, '', '20.' || (11 + i %% 40), '', '', '2026-03-02' FROM n",
		 atoi(rows));
	bool ok = sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
	if (!ok)
		fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
	sqlite3_close(db);
	return ok ? 0 : 1;
}

/* For writing where the database is our own. */
static bool open_database(sqlite3 **db, const char *path)
{
	static const char COLUMNS_SQL[] = "SELECT uid, name, source_key, cas, okpd2, hs, control, said_on FROM item";
	char sql[256];

	if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return false;
	sqlite3_exec(*db, "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000", NULL, NULL, NULL);
	snprintf(sql, sizeof(sql), "%s WHERE uid = ?1", COLUMNS_SQL);
	if (sqlite3_prepare_v2(*db, sql, -1, &row, NULL) != SQLITE_OK)
		return false;
	snprintf(sql, sizeof(sql), "%s ORDER BY id LIMIT 50", COLUMNS_SQL);
	if (sqlite3_prepare_v2(*db, sql, -1, &page, NULL) != SQLITE_OK)
		return false;
	(void)sqlite3_prepare_v2(*db,
				 "INSERT INTO item(uid, name, source_key, cas, okpd2, said_on) SELECT lower(hex(randomblob(8))), ?1 ->> '$.name', ?1 ->> '$.key', "
				 "?1 ->> '$.cas', ?1 ->> '$.okpd2', '2026-03-02'",
				 -1, &insert, NULL);
	return true;
}

int main(int argc, char **argv)
{
	sqlite3 *db;
	sigset_t ends;
	int got;

	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(argv[2], argv[3]);
	if (argc != 3 || !open_database(&db, argv[1])) {
		fprintf(stderr, "usage: serve_peer make DB ROWS | serve_peer DB PORT\n");
		return 2;
	}
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)atoi(argv[2]), NULL, NULL, handle, NULL,
						     MHD_OPTION_CONNECTION_LIMIT, 1200u, MHD_OPTION_NOTIFY_COMPLETED, forget, NULL,
						     MHD_OPTION_END);
	if (daemon == NULL)
		return 1;
	sigwait(&ends, &got);
	MHD_stop_daemon(daemon);
	sqlite3_close(db);
	return 0;
}
