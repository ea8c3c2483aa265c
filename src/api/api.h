/*
 * The HTTP side of the use cases: pages at ordinary addresses, JSON under /api/v1 (docs/api/openapi.json is the contract,
 * docs/design/api.md says how a request goes).
 */
#ifndef ZV_API_API_H
#define ZV_API_API_H

#include "net/server.h"

struct zv_api;
struct zv_auth;
struct zv_jobs;
struct zv_writer;

/* All texts and objects must outlive the API. */
struct zv_api_options {
	const char *db_url;       /* opened once a thread, for reading */
	const char *version;
	const char *files;        /* folder of files that came in */
	struct zv_auth *auth;
	struct zv_writer *writer;
	struct zv_jobs *jobs;
};

struct zv_api *zv_api_new(const struct zv_api_options *options);
void zv_api_free(struct zv_api *api);

/* False when the program was built without its pages: only /api/v1 answers then. */
bool zv_api_has_pages(const struct zv_api *api);

/* For struct zv_server_options; the context is the struct zv_api. */
void *zv_api_thread_open(void *api, struct zv_err *err);
void zv_api_thread_close(void *thread);
void zv_api_body_rule(void *api, const struct zv_request *request, struct zv_body_rule *rule, struct zv_answer *answer);
void zv_api_handle(void *api, const struct zv_request *request, struct zv_answer *answer);

/* Waits for what still runs on the pools: before zv_server_stop, after zv_auth_stop nothing runs any more. */
bool zv_api_is_idle(const struct zv_api *api);

#endif
