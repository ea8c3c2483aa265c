/* The table of operations, and what all threads of the server share. */
#include "api/api.h"

#include <stdlib.h>

#include "api/inside.h"
#include "api/operations.h"
#include "app/database.h"
#include "base/mem.h"
#include "net/site.h"

enum { CACHE_BYTES = 16 << 20 };

#define READ 0
#define CACHED ZV_API_CACHED
#define WRITE ZV_API_WRITE
#define MATCH (ZV_API_WRITE | ZV_API_MATCH)
#define SECRET (ZV_API_WRITE | ZV_API_SECRET)

/*
 * The first that fits the path and has the method. Rows of one path follow one another, paths without {} before those with. The contract
 * has the same operations with the same actions; tests/api/contract.mjs compares.
 */
const struct zv_api_operation zv_api_operations[] = {
	{ZV_GET, "/healthz", "health", ZV_DO_PUBLIC_READ, ZV_API_SHARED, zv_api_health},
	{ZV_GET, "/api/v1/summary", "summary", ZV_DO_REFERENCE_READ, CACHED, zv_api_summary},
	{ZV_GET, "/api/v1/registers", "registers", ZV_DO_REFERENCE_READ, CACHED, zv_api_registers},
	{ZV_GET, "/api/v1/search", "search", ZV_DO_REFERENCE_READ, READ, zv_api_search},
	{ZV_GET, "/api/v1/suggest", "suggest", ZV_DO_REFERENCE_READ, READ, zv_api_suggest},
	{ZV_GET, "/api/v1/lots", "lots", ZV_DO_LOT_READ, CACHED, zv_api_lots},
	{ZV_GET, "/api/v1/near-lots", "nearLots", ZV_DO_LOT_READ, CACHED, zv_api_near_lots},
	{ZV_GET, "/api/v1/lots/{}", "lot", ZV_DO_LOT_READ, CACHED, zv_api_lot},
	{ZV_GET, "/api/v1/needs/{}/matches", "matches", ZV_DO_MATCH_READ, CACHED, zv_api_matches},
	{ZV_GET, "/api/v1/needs/{}/why", "why", ZV_DO_NEED_READ, CACHED, zv_api_why},
	/* Any register: what nothing above has taken. */
	{ZV_GET, "/api/v1/{}", "rows", ZV_DO_REFERENCE_READ, READ, zv_api_rows},
	{ZV_GET, "/api/v1/{}/{}", "row", ZV_DO_REFERENCE_READ, READ, zv_api_row},
};

const size_t zv_api_n_operations = ZV_LEN(zv_api_operations);

struct zv_api *zv_api_new(const struct zv_api_options *options)
{
	struct zv_api *api = zv_calloc(1, sizeof(*api));

	api->with = *options;
	api->site = zv_site_new();
	api->cache = zv_cache_new(CACHE_BYTES);
	api->routes = zv_routes_new();
	pthread_mutex_init(&api->mutex, NULL);
	return api;
}

void zv_api_free(struct zv_api *api)
{
	if (api == NULL)
		return;
	assert(zv_api_is_idle(api));
	for (int i = 0; i < api->n_spare; i++)
		zv_database_close(api->spare[i]);
	pthread_mutex_destroy(&api->mutex);
	free(api->routes);
	zv_cache_free(api->cache);
	zv_site_free(api->site);
	free(api);
}

bool zv_api_has_pages(const struct zv_api *api)
{
	return zv_site_has_pages(api->site);
}

bool zv_api_is_idle(const struct zv_api *api)
{
	return atomic_load(&api->deferred) == 0;
}

void *zv_api_thread_open(void *context, struct zv_err *err)
{
	const struct zv_api *api = context;
	struct zv_api_thread *thread = zv_calloc(1, sizeof(*thread));

	if (zv_database_open(&thread->db, api->with.db_url, ZV_DATABASE_READ, err) == ZV_OK)
		return thread;
	free(thread);
	return NULL;
}

void zv_api_thread_close(void *context)
{
	struct zv_api_thread *thread = context;

	zv_database_close(thread->db);
	free(thread);
}
