/* The table of operations, and how a call goes: find it, run it, make a problem out of a failure. */
#include "api/api.h"

#include <stdlib.h>
#include <string.h>

#include "api/call.h"
#include "app/database.h"
#include "app/view_record.h"
#include "base/date.h"
#include "base/embed.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/tr.h"
#include "net/site.h"

enum { CACHE_BYTES = 16 << 20, RETRY_US = 500000 };

struct zv_api {
	const char *db_url;
	const char *version;
	struct zv_site *site;
	struct zv_cache *cache;
};

struct operation {
	const char *path; /* "{}" stands for one segment */
	zv_api_operation run;
	bool computed;    /* worth keeping while nothing changes */
};

/* The first that fits. */
static const struct operation operations[] = {
	{"/healthz", zv_api_health, false},
	{"/api/v1/summary", zv_api_summary, true},
	{"/api/v1/registers", zv_api_registers, true},
	{"/api/v1/search", zv_api_search, false},
	{"/api/v1/suggest", zv_api_suggest, false},
	{"/api/v1/lots", zv_api_lots, true},
	{"/api/v1/near-lots", zv_api_near_lots, true},
	{"/api/v1/lots/{}", zv_api_lot, true},
	{"/api/v1/needs/{}/matches", zv_api_matches, true},
	{"/api/v1/needs/{}/why", zv_api_why, true},
	{"/api/v1/{}", zv_api_rows, false},
	{"/api/v1/{}/{}", zv_api_row, false},
};

/* First segments of the addresses of pages (web/src/main.tsx). */
static const char *const pages[] = {"", "needs", "lots", "registers", "search"};

struct zv_api *zv_api_new(const char *db_url, const char *version)
{
	struct zv_api *api = zv_calloc(1, sizeof(*api));

	api->db_url = db_url;
	api->version = version;
	api->site = zv_site_new();
	api->cache = zv_cache_new(CACHE_BYTES);
	return api;
}

void zv_api_free(struct zv_api *api)
{
	if (api == NULL)
		return;
	zv_cache_free(api->cache);
	zv_site_free(api->site);
	free(api);
}

bool zv_api_has_pages(const struct zv_api *api)
{
	return zv_site_has_pages(api->site);
}

/* A thread's own handle. After a failure of the database it is closed, and opened again when the next request comes. */
struct thread {
	struct zv_db *db;
	int64_t tried_us;
};

void *zv_api_thread_open(void *context, struct zv_err *err)
{
	const struct zv_api *api = context;
	struct thread *thread = zv_calloc(1, sizeof(*thread));

	if (zv_database_open(&thread->db, api->db_url, ZV_DATABASE_READ, err) == ZV_OK)
		return thread;
	free(thread);
	return NULL;
}

void zv_api_thread_close(void *context)
{
	struct thread *thread = context;

	zv_database_close(thread->db);
	free(thread);
}

/* True when there is a handle; one that failed is tried again at most every half second. */
static bool have_database(const struct zv_api *api, struct thread *thread)
{
	struct zv_db *db = NULL;
	struct zv_err err;
	int64_t now = zv_tick_us();

	if (thread->db != NULL)
		return true;
	if (now - thread->tried_us < RETRY_US)
		return false;
	thread->tried_us = now;
	if (zv_database_open(&db, api->db_url, ZV_DATABASE_READ, &err) == ZV_OK)
		thread->db = db;
	return thread->db != NULL;
}

static bool path_fits(struct zv_str *args, const char *pattern, struct zv_str path)
{
	struct zv_str rest = zv_str_c(pattern), want, have;
	int n = 0;

	for (;;) {
		bool more = zv_str_split(&want, &rest, '/');

		if (more != zv_str_split(&have, &path, '/'))
			return false;
		if (!more)
			return true;
		if (!zv_str_eq_c(want, "{}")) {
			if (!zv_str_eq(want, have))
				return false;
		} else if (have.n == 0 || n == ZV_API_ARGS_MAX) {
			return false;
		} else {
			args[n++] = have;
		}
	}
}

/* RFC 9457, with the field at fault; the sentence is the one of the failure. */
static void answer_failure(struct zv_api_call *call, const struct zv_err *err)
{
	struct zv_answer *answer = call->answer;
	int status = zv_code_http(err->code);

	zv_answer_problem(answer, status, err->text);
	if (status >= 500)
		zv_log_error("api", "%.*s: %s", ZV_STR_FMT(call->request->target.path), err->text);
	if (status == 503)
		answer->retry_after = 1;
	if (err->field[0] == '\0')
		return;
	zv_buf_reset(answer->body);
	zv_out_done(&call->out);
	zv_out_init(&call->out, NULL, 0);
	zv_json_init(&call->json, &call->out);
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "type", "about:blank");
	zv_json_key_c(&call->json, "title", zv_status_phrase(status));
	zv_json_key_int(&call->json, "status", status);
	zv_json_key_c(&call->json, "detail", err->text);
	zv_json_key(&call->json, "errors");
	zv_json_array(&call->json);
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "pointer", zv_arena_strf(call->arena, "/%s", err->field).p);
	zv_json_key_c(&call->json, "code", zv_code_name(err->code));
	zv_json_key_c(&call->json, "detail", err->text);
	zv_json_end_object(&call->json);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	zv_buf_add_str(answer->body, zv_out_text(&call->out));
}

/* Path, parameters and language decide an answer. */
static struct zv_str cache_key(const struct zv_request *request)
{
	return zv_arena_strf(request->arena, "%s %.*s", request->lang, ZV_STR_FMT(zv_head_text(request->head->target, request->bytes)));
}

static enum zv_code run_operation(struct zv_api *api, struct zv_api_call *call, const struct operation *operation, struct zv_err *err)
{
	uint64_t stamp = 0;
	enum zv_code code = ZV_OK;

	if (operation->computed) {
		code = zv_view_stamp(&stamp, call->db, err);
		if (code == ZV_OK && zv_cache_get(call->answer->body, api->cache, cache_key(call->request), stamp))
			return ZV_OK;
	}
	if (code == ZV_OK)
		code = operation->run(call, err);
	if (code != ZV_OK)
		return code;
	zv_out_char(&call->out, '\n');
	zv_buf_add_str(call->answer->body, zv_out_text(&call->out));
	if (operation->computed)
		zv_cache_put(api->cache, cache_key(call->request), stamp, zv_out_text(&call->out));
	return ZV_OK;
}

static void call_operation(struct zv_api *api, const struct operation *operation, struct zv_api_call *call)
{
	struct thread *thread = call->request->thread;
	struct zv_err err = {0};

	if (!have_database(api, thread)) {
		zv_answer_problem(call->answer, 503, zv_tr(N_("The database does not answer. Try again in a moment.")));
		call->answer->retry_after = 1;
		return;
	}
	call->db = thread->db;
	zv_out_init(&call->out, NULL, 0);
	zv_json_init(&call->json, &call->out);
	call->answer->vary = "Accept-Language";
	if (run_operation(api, call, operation, &err) != ZV_OK)
		answer_failure(call, &err);
	if (err.code == ZV_E_IO) {
		zv_database_close(thread->db);
		thread->db = NULL;
	}
	zv_out_done(&call->out);
}

static bool is_page(struct zv_str path)
{
	struct zv_str first = zv_str_from(path, 1);
	ptrdiff_t slash = zv_str_find_char(first, '/');

	if (slash == 0)
		return false;
	if (slash > 0)
		first = zv_str_first(first, (size_t)slash);
	for (size_t i = 0; i < ZV_LEN(pages); i++)
		if (zv_str_eq_c(first, pages[i]))
			return true;
	return false;
}

static void answer_contract(struct zv_answer *answer)
{
	if (!zv_embed_find(&answer->ready, "docs/api/openapi.json")) {
		zv_answer_problem(answer, 404, zv_tr(N_("There is no such address in the API.")));
		return;
	}
	answer->type = "application/json";
}

void zv_api_handle(void *context, const struct zv_request *request, struct zv_answer *answer)
{
	struct zv_api *api = context;
	struct zv_str path = request->target.path;
	struct zv_api_call call = {
		.request = request, .answer = answer, .version = api->version, .cache = api->cache, .arena = request->arena};

	if (zv_str_eq_c(path, "/api/v1/openapi.json")) {
		answer_contract(answer);
		return;
	}
	for (size_t i = 0; i < ZV_LEN(operations); i++) {
		if (!path_fits(call.args, operations[i].path, path))
			continue;
		call_operation(api, &operations[i], &call);
		return;
	}
	if (zv_str_starts(path, ZV_STR("/api/")))
		zv_answer_problem(answer, 404, zv_tr(N_("There is no such address in the API.")));
	else
		zv_site_answer(api->site, request, is_page(path), answer);
}
