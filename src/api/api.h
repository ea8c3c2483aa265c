/*
 * The HTTP side of the use cases: pages at ordinary addresses, JSON under /api/v1 (docs/api/openapi.json). Reads only. There are no
 * accounts yet: whoever reaches the server sees everything, so it listens on loopback alone.
 */
#ifndef ZV_API_API_H
#define ZV_API_API_H

#include "net/server.h"

struct zv_api;

/* `db_url` is opened once a thread, for reading. The text must outlive the API. */
struct zv_api *zv_api_new(const char *db_url, const char *version);
void zv_api_free(struct zv_api *api);

/* False when the program was built without its pages: only /api/v1 answers then. */
bool zv_api_has_pages(const struct zv_api *api);

/* For struct zv_server_options; the context is the struct zv_api. */
void *zv_api_thread_open(void *api, struct zv_err *err);
void zv_api_thread_close(void *thread);
void zv_api_handle(void *api, const struct zv_request *request, struct zv_answer *answer);

#endif
