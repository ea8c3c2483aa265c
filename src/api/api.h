/*
 * The HTTP side of the use cases: pages at ordinary addresses, JSON under /api/v1 (docs/api/openapi.json is the contract,
 * docs/design/api.md says how a request goes).
 */
#ifndef ZV_API_API_H
#define ZV_API_API_H

#include "net/server.h"

struct zv_api;
struct zv_auth;
struct zv_files;
struct zv_jobs;
struct zv_writer;

/* All texts and objects must outlive the API. */
struct zv_api_options {
	const char *db_url; /* opened once a thread, for reading */
	const char *version;

	/* Not there before zv_api_open. */
	struct zv_auth *auth;
	struct zv_writer *writer;
	struct zv_jobs *jobs;
	struct zv_files *files;
	int64_t upload_max; /* bytes of a file that comes in */
	int64_t rows_a_day, exports_a_day; /* of one account; 0: no limit */
};

struct zv_api *zv_api_new(const char *db_url, const char *version);
void zv_api_free(struct zv_api *api); /* after the server and whatever works for it have stopped */

/*
 * From now on operations are answered (503 before): what they need came later than the server, which knows its port only when it listens. Takes over the
 * options but the texts.
 */
void zv_api_open(struct zv_api *api, const struct zv_api_options *options);

/* False when the program was built without its pages: only /api/v1 answers then. */
bool zv_api_has_pages(const struct zv_api *api);

/* For struct zv_server_options; the context is the struct zv_api. */
void *zv_api_thread_open(void *api, struct zv_err *err);
void zv_api_thread_close(void *thread);
void zv_api_body_rule(void *api, const struct zv_request *request, struct zv_body_rule *rule, struct zv_answer *answer);
void zv_api_handle(void *api, const struct zv_request *request, struct zv_answer *answer);

#endif
