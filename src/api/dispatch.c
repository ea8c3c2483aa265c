/* How a request goes: find the operation, ask the gate, run it here or hand it on, make an answer. */
#include <string.h>

#include "api/inside.h"
#include "api/public_page.h"
#include "app/database.h"
#include "app/view_record.h"
#include "base/embed.h"
#include "base/tr.h"
#include "net/site.h"

enum { RETRY_US = 500000, JSON_MAX = 1 << 20 };

/* First segments of the addresses of pages (web/src/routes.ts). */
static const char *const pages[] = {
	"", "account", "accounts", "applications", "approvals", "audit", "batches", "cluster-checks", "clusters",
	"contacts", "demand", "disclosures", "duplicates", "imports", "infra", "invitations", "lots", "map",
	"measures", "needs", "packs", "plan-compare", "plans", "projects", "registers", "scouting", "search", "signin",
	"support", "verdicts",
};

struct zv_str zv_api_field(const struct zv_api_call *call, const char *name)
{
	return zv_head_field(call->request->head, call->request->bytes, name);
}

bool zv_api_is_unsafe(enum zv_method method)
{
	return method != ZV_GET && method != ZV_HEAD;
}

/* True when there is a handle; one that failed is tried again at most every half second. */
static bool have_database(const struct zv_api *api, struct zv_api_thread *thread)
{
	struct zv_db *db = NULL;
	struct zv_err err;
	int64_t now = zv_tick_us();

	if (thread->db != NULL)
		return true;
	if (now - thread->tried_us < RETRY_US)
		return false;
	thread->tried_us = now;
	if (zv_database_open(&db, api->with.db_url, ZV_DATABASE_READ, &err) == ZV_OK)
		thread->db = db;
	return thread->db != NULL;
}

void zv_api_begin(struct zv_api_call *call)
{
	zv_out_done(&call->out);
	zv_out_init(&call->out, NULL, 0);
	zv_json_init(&call->json, &call->out);
}

void zv_api_finish(struct zv_api_call *call, const struct zv_api_operation *operation)
{
	struct zv_answer *answer = call->answer;
	bool empty = answer->status == 204 || answer->status == 303 || answer->status == 308 || answer->stream != NULL;

	if (answer->vary == NULL && strcmp(answer->type, "application/json") == 0)
		answer->vary = "Accept-Language";
	if (answer->cache == NULL && (operation->flags & ZV_API_SHARED) == 0)
		answer->cache = zv_api_is_unsafe(operation->method) ? "no-store" : "private, no-cache";
	if ((operation->flags & (ZV_API_WRITE | ZV_API_SECRET)) == ZV_API_WRITE && (answer->status == 200 || answer->status == 201) &&
	    zv_str_find(zv_api_field(call, "Prefer"), ZV_STR("return=minimal")) >= 0) {
		answer->status = answer->status == 200 ? 204 : 201;
		empty = true;
	}
	if (empty) {
		zv_buf_reset(answer->body);
		return;
	}
	if (zv_out_text(&call->out).n == 0)
		return;
	zv_out_char(&call->out, '\n');
	if (answer->body->n == 0) { /* the bytes change hands */
		struct zv_buf body = *answer->body;

		*answer->body = call->out.buf;
		call->out.buf = body;
		return;
	}
	zv_buf_add_str(answer->body, zv_out_text(&call->out));
}

/* What an answer depends on besides the data: path, parameters, language, and what the person may see. */
static struct zv_str cache_key(const struct zv_api_call *call)
{
	const struct zv_request *request = call->request;
	const struct zv_who *who = call->who;
	struct zv_str key = zv_arena_strf(call->arena, "%s %" PRIx64 "%" PRIx64, zv_tr_lang(), who->scopes[0], who->scopes[1]);

	for (int i = 0; i < who->n_grants; i++)
		key = zv_arena_strf(call->arena, "%.*s %d/%" PRId64 "/%" PRId64, ZV_STR_FMT(key), (int)who->grants[i].role, who->grants[i].centre_id,
				    who->grants[i].org_id);
	return zv_arena_strf(call->arena, "%.*s %.*s", ZV_STR_FMT(key), ZV_STR_FMT(zv_head_text(request->head->target, request->bytes)));
}

static enum zv_code run_cached(struct zv_api_call *call, const struct zv_api_operation *operation, struct zv_err *err)
{
	struct zv_api *api = call->api;
	struct zv_str key = cache_key(call);
	uint64_t stamp = 0;
	enum zv_code code = zv_view_version(&stamp, call->db, err);

	if (code != ZV_OK)
		return code;
	stamp += atomic_load(&api->written) * 0x9e3779b97f4a7c15u;
	if (zv_cache_get(call->answer->body, call->answer->etag, api->cache, key, stamp)) {
		zv_api_finish(call, operation);
		return ZV_OK;
	}
	code = operation->run(call, err);
	if (code != ZV_OK)
		return code;
	zv_api_finish(call, operation);
	zv_cache_put(api->cache, key, stamp, zv_buf_str(call->answer->body));
	return ZV_OK;
}

static enum zv_code run_here(struct zv_api_call *call, const struct zv_api_operation *operation, struct zv_err *err)
{
	enum zv_code code;

	if ((operation->flags & ZV_API_CACHED) != 0)
		return run_cached(call, operation, err);
	code = operation->run(call, err);
	if (code == ZV_OK) {
		zv_limits_count(call, operation);
		zv_api_finish(call, operation);
	}
	return code;
}

static bool is_open(const struct zv_api_call *call)
{
	return atomic_load_explicit(&call->api->open, memory_order_acquire) && have_database(call->api, call->request->thread);
}

static void answer_closed(struct zv_answer *answer)
{
	zv_answer_problem(answer, 503, zv_tr(N_("The database does not answer. Try again in a moment.")));
	answer->retry_after = 1;
}

/* The operation runs, here or later; what fails before is answered here. */
static void call_operation(struct zv_api_call *call, const struct zv_api_operation *operation)
{
	struct zv_api_thread *thread = call->request->thread;
	struct zv_identity identity;
	struct zv_err err = {0};
	enum zv_code code;

	if (!is_open(call)) {
		answer_closed(call->answer);
		return;
	}
	call->db = thread->db;
	zv_api_begin(call);
	code = zv_gate_pass(call, &identity, operation, &err);
	if (code == ZV_OK)
		code = zv_limits_check(call, operation, &err);
	if (code == ZV_OK && (operation->flags & (ZV_API_WRITE | ZV_API_LATER)) != 0) {
		zv_api_defer(call, operation);
		zv_out_done(&call->out);
		return;
	}
	if (code == ZV_OK)
		code = zv_gate_body(call, operation, &err);
	if (code == ZV_OK)
		code = run_here(call, operation, &err);
	if (code != ZV_OK)
		zv_problem_answer(call, code, &err);
	if (code == ZV_E_IO) {
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

/* For a path without an operation of this method. */
static void answer_unknown(struct zv_api *api, const struct zv_request *request, const char *allow, struct zv_answer *answer)
{
	bool read = !zv_api_is_unsafe(request->method);

	if (allow == NULL && !zv_str_starts(request->target.path, ZV_STR("/api/"))) {
		if (read) {
			zv_site_answer(api->site, request, is_page(request->target.path), answer);
			return;
		}
		allow = "GET, HEAD";
	}
	if (allow == NULL) {
		zv_answer_problem(answer, 404, zv_tr(N_("There is no such address in the API.")));
		return;
	}
	zv_answer_problem(answer, 405, zv_tr(N_("This address has no such method.")));
	answer->allow = allow;
}

static void begin_call(struct zv_api_call *call, struct zv_api *api, const struct zv_request *request, struct zv_answer *answer)
{
	*call = (struct zv_api_call){.request = request,
				     .answer = answer,
				     .api = api,
				     .with = &api->with,
				     .version = api->with.version,
				     .cache = api->cache,
				     .arena = request->arena};
}

void zv_api_body_rule(void *context, const struct zv_request *request, struct zv_body_rule *rule, struct zv_answer *answer)
{
	struct zv_api *api = context;
	struct zv_api_thread *thread = request->thread;
	const struct zv_api_operation *operation;
	const char *allow;
	struct zv_api_call call;
	struct zv_identity identity;
	struct zv_err err = {0};
	enum zv_code code;

	begin_call(&call, api, request, answer);
	operation = zv_route_find(call.args, &allow, api->routes, request->method, request->target.path, request->arena);
	if (operation == NULL) {
		answer_unknown(api, request, allow, answer);
		return;
	}
	if (!zv_api_is_unsafe(operation->method))
		return;
	*rule = (struct zv_body_rule){.max = JSON_MAX};
	if ((operation->flags & ZV_API_UPLOAD) == 0)
		return;
	/* What is large is taken only from somebody who may hand it in. */
	*rule = (struct zv_body_rule){.max = api->with.upload_max, .to_file = true};
	if (!is_open(&call)) {
		answer_closed(answer);
		return;
	}
	call.db = thread->db;
	code = zv_gate_pass(&call, &identity, operation, &err);
	if (code != ZV_OK)
		zv_problem_answer(&call, code, &err);
	zv_out_done(&call.out);
}

/* A page that the server writes itself. */
static bool is_public_page(struct zv_api_call *call)
{
	struct zv_api_thread *thread = call->request->thread;

	if (zv_api_is_unsafe(call->request->method) || !have_database(call->api, thread))
		return false;
	call->db = thread->db;
	return zv_public_page(call);
}

void zv_api_handle(void *context, const struct zv_request *request, struct zv_answer *answer)
{
	struct zv_api *api = context;
	const struct zv_api_operation *operation;
	const char *allow;
	struct zv_api_call call;

	begin_call(&call, api, request, answer);
	if (zv_str_eq_c(request->target.path, "/api/v1/openapi.json") && !zv_api_is_unsafe(request->method)) {
		answer_contract(answer);
		return;
	}
	operation = zv_route_find(call.args, &allow, api->routes, request->method, request->target.path, request->arena);
	if (operation != NULL)
		call_operation(&call, operation);
	else if (!is_public_page(&call))
		answer_unknown(api, request, allow, answer);
}
