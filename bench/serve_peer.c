/*
 * The bare peer of the load goals: libmicrohttpd with one thread and SQLite, no gate, no rights, no escaping worth the name.
 * serve_peer DB PORT: /row?UID gives one item, /page fifty of them.
 */
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 65536, COLUMNS = 8 };

static sqlite3_stmt *row, *page;

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

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **state)
{
	static char out[ANSWER_MAX];
	const char *uid = "";
	size_t n;

	(void)context;
	(void)method;
	(void)version;
	(void)upload;
	(void)upload_size;
	(void)state;
	if (strcmp(url, "/row") == 0) {
		MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, find_uid, &uid);
		sqlite3_bind_text(row, 1, uid, -1, SQLITE_STATIC);
		n = answer_rows(out, row);
	} else {
		n = answer_rows(out, page);
	}
	struct MHD_Response *response = MHD_create_response_from_buffer(n, out, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", "application/json");
	enum MHD_Result result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

int main(int argc, char **argv)
{
	sqlite3 *db;
	sigset_t ends;
	int got;

	if (argc != 3 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT uid, name, source_key, cas, okpd2, hs, control, said_on FROM item WHERE uid = ?1", -1, &row, NULL) ||
	    sqlite3_prepare_v2(db, "SELECT uid, name, source_key, cas, okpd2, hs, control, said_on FROM item ORDER BY id LIMIT 50", -1, &page, NULL)) {
		fprintf(stderr, "usage: serve_peer DB PORT\n");
		return 2;
	}
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)atoi(argv[2]), NULL, NULL, handle, NULL,
						     MHD_OPTION_CONNECTION_LIMIT, 1200u, MHD_OPTION_END);
	if (daemon == NULL)
		return 1;
	sigwait(&ends, &got);
	MHD_stop_daemon(daemon);
	sqlite3_close(db);
	return 0;
}
