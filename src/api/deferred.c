/* Calls that are answered later: by the writer, in a savepoint of their own, or by whoever the operation hands them to. */
#include <stdlib.h>
#include <string.h>

#include "api/inside.h"
#include "app/database.h"
#include "app/audit_view.h"
#include "app/writer.h"
#include "base/hash.h"
#include "base/tr.h"
#include "store/idempotency.h"

enum { BUSY_US = 10000000, RETRY_S = 5, KEY_MAX = 255, DIGEST_TEXT = ZV_DIGEST_HEX };

/* Lives in the arena of the pending request. */
struct later {
	struct zv_write write; /* the writer knows only this */
	struct zv_pending *pending;
	const struct zv_api_operation *operation;
	struct zv_api_call call;
	struct zv_identity identity;
	const char *lang;
	char key[DIGEST_TEXT];    /* of Idempotency-Key; empty without one */
	char digest[DIGEST_TEXT]; /* of the body, then */
};

/* --- the end ------------------------------------------------------------------------------------------------------------------- */

static void complete(struct later *later, enum zv_code code, const struct zv_err *err)
{
	struct zv_pending *pending = later->pending;
	struct zv_api *api = later->call.api;

	if (code == ZV_OK)
		zv_api_finish(&later->call, later->operation);
	else
		zv_problem_answer(&later->call, code, err);
	zv_out_done(&later->call.out);
	zv_pending_complete(pending); /* `later` is gone with it */
	atomic_fetch_sub(&api->deferred, 1);
}

/* --- Idempotency-Key ------------------------------------------------------------------------------------------------------------ */

static enum zv_code digest_body(char out[DIGEST_TEXT], const struct zv_request *request, struct zv_err *err)
{
	char path[32];

	if (request->body_fd < 0) {
		zv_digest_hex(out, request->body);
		return ZV_OK;
	}
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", request->body_fd);
	if (!zv_digest_file(out, path))
		return zv_fail(err, ZV_E_IO, "", N_("The file that came in cannot be read again."));
	return ZV_OK;
}

/* The key is the account's own, and of one method and target: nobody meets another's answers. */
static enum zv_code read_key(struct later *later, struct zv_err *err)
{
	struct zv_api_call *call = &later->call;
	const struct zv_request *request = call->request;
	struct zv_str key = zv_api_field(call, "Idempotency-Key");

	if (key.n == 0)
		return ZV_OK;
	if (key.n > KEY_MAX)
		return zv_fail(err, ZV_E_INVALID, "Idempotency-Key", N_("The key is too long: give at most %d characters."), KEY_MAX);
	if ((later->operation->flags & ZV_API_SECRET) != 0)
		return zv_fail(err, ZV_E_INVALID, "Idempotency-Key", N_("The answer to this request is shown once and kept nowhere: leave the key out."));
	zv_digest_hex(later->key, zv_arena_strf(call->arena, "%" PRId64 " %d %.*s %.*s", call->who->account_id, (int)request->method,
						ZV_STR_FMT(zv_head_text(request->head->target, request->bytes)), ZV_STR_FMT(key)));
	return digest_body(later->digest, request, err);
}

/* True in *found: the answer is there, as it was given the first time. */
static enum zv_code replay(bool *found, struct later *later, struct zv_db *db, struct zv_err *err)
{
	struct zv_answer *answer = later->call.answer;
	struct zv_kept_answer kept;
	enum zv_code code;

	*found = false;
	if (later->key[0] == '\0')
		return ZV_OK;
	code = zv_kept_answer_find(&kept, db, zv_str_c(later->key), zv_now_ms(), later->call.arena, err);
	if (code == ZV_E_NOTFOUND)
		return ZV_OK;
	if (code != ZV_OK)
		return code;
	if (!zv_str_eq_c(kept.digest, later->digest))
		return zv_fail(err, ZV_E_INVALID, "Idempotency-Key", N_("This key was used for another request: take a new one."));
	answer->status = kept.status;
	(void)snprintf(answer->etag, sizeof(answer->etag), "%.*s", ZV_STR_FMT(kept.etag));
	(void)snprintf(answer->location, sizeof(answer->location), "%.*s", ZV_STR_FMT(kept.location));
	zv_out_str(&later->call.out, kept.body);
	*found = true;
	return ZV_OK;
}

static enum zv_code keep(struct later *later, struct zv_db *db, struct zv_err *err)
{
	const struct zv_answer *answer = later->call.answer;
	struct zv_kept_answer kept = {.key = zv_str_c(later->key),
				      .digest = zv_str_c(later->digest),
				      .status = answer->status,
				      .etag = zv_str_c(answer->etag),
				      .location = zv_str_c(answer->location),
				      .body = zv_out_text(&later->call.out)};

	return later->key[0] != '\0' ? zv_kept_answer_add(db, &kept, zv_now_ms(), err) : ZV_OK;
}

/* --- on the writer ---------------------------------------------------------------------------------------------------------------- */

static void reset_answer(struct zv_api_call *call)
{
	struct zv_answer *answer = call->answer;

	answer->status = 200;
	answer->etag[0] = answer->location[0] = answer->cookie[0] = '\0';
	call->problem_status = call->problem_retry = 0;
	call->problem_code = NULL;
	call->n_problem_faults = 0;
	call->source_id = 0;
	zv_api_begin(call);
}

static enum zv_code run_write(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct later *later = (struct later *)write;
	struct zv_api_call *call = &later->call;
	bool found;
	enum zv_code code;

	zv_tr_set_lang(later->lang);
	reset_answer(call);
	call->db = db;
	zv_audit_by(db, call->who);
	code = replay(&found, later, db, err);
	if (code == ZV_OK && !found) {
		code = later->operation->run(call, err);
		if (code == ZV_OK)
			code = keep(later, db, err);
	}
	zv_audit_by(db, NULL);
	call->db = NULL;
	return code;
}

static void written(struct zv_api_call *call)
{
	if (call->with->auth != NULL)
		zv_auth_settle(call->with->auth);
	atomic_fetch_add(&call->api->written, 1);
}

static void write_done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct later *later = (struct later *)write;

	zv_tr_set_lang(later->lang);
	if (code == ZV_OK)
		written(&later->call);
	complete(later, code, err);
}

/* What waits behind work of more than ten seconds is told so at once. */
static enum zv_code check_writer(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_writer_state state;

	if (call->with->writer == NULL)
		return zv_fail(err, ZV_E_BUSY, "", N_("Nothing can be written just now."));
	zv_writer_state(&state, call->with->writer);
	if (state.broken)
		return zv_fail(err, ZV_E_IO, "", N_("The disk has failed; nothing is written until the server was started again."));
	call->problem_retry = RETRY_S;
	if (state.busy_us > BUSY_US)
		return zv_fail(err, ZV_E_BUSY, "", N_("A long piece of work is being written. Try again in a few seconds."));
	return ZV_OK;
}

static enum zv_code submit_write(struct later *later, struct zv_err *err)
{
	struct zv_api_call *call = &later->call;
	enum zv_code code = check_writer(call, err);

	later->write = (struct zv_write){.run = run_write, .done = write_done};
	if (code == ZV_OK && !zv_writer_submit(call->with->writer, &later->write))
		code = zv_fail(err, ZV_E_BUSY, "", N_("Too much waits to be written. Try again in a few seconds."));
	return code;
}

/* --- whatever goes its own way ------------------------------------------------------------------------------------------------------ */

void zv_api_complete(struct zv_api_call *call, enum zv_code code, const struct zv_err *err)
{
	struct later *later = (struct later *)(void *)((char *)call - offsetof(struct later, call));

	zv_tr_set_lang(later->lang);
	call->db = NULL;
	if (code == ZV_OK)
		written(call);
	complete(later, code, err);
}

enum zv_code zv_api_spare_take(struct zv_db **out, struct zv_api *api, struct zv_err *err)
{
	*out = NULL;
	pthread_mutex_lock(&api->mutex);
	if (api->n_spare > 0)
		*out = api->spare[--api->n_spare];
	pthread_mutex_unlock(&api->mutex);
	return *out != NULL ? ZV_OK : zv_database_open(out, api->with.db_url, ZV_DATABASE_READ, err);
}

void zv_api_spare_give(struct zv_api *api, struct zv_db *db)
{
	bool kept;

	pthread_mutex_lock(&api->mutex);
	kept = api->n_spare < ZV_API_SPARE_MAX;
	if (kept)
		api->spare[api->n_spare++] = db;
	pthread_mutex_unlock(&api->mutex);
	if (!kept)
		zv_database_close(db);
}

enum zv_code zv_api_read(struct zv_api_call *call, zv_api_run part, struct zv_err *err)
{
	struct zv_db *db;
	enum zv_code code = zv_api_spare_take(&db, call->api, err);

	if (code != ZV_OK)
		return code;
	call->db = db;
	code = part(call, err);
	call->db = NULL;
	if (code == ZV_E_IO)
		zv_database_close(db);
	else
		zv_api_spare_give(call->api, db);
	return code;
}

/* --- the beginning ------------------------------------------------------------------------------------------------------------------ */

/* Everything that the call says is copied: the connection's thread goes on with other requests. */
static struct later *make_later(struct zv_api_call *call, const struct zv_api_operation *operation)
{
	struct zv_pending *pending = zv_request_defer(call->request);
	struct zv_arena *arena = pending->request.arena;
	struct later *later = ZV_ARENA_NEW(arena, struct later);
	struct zv_who *who = &later->identity.who;
	const char *allow;

	later->pending = pending;
	later->operation = operation;
	later->lang = zv_tr_lang();
	later->identity = *call->identity;
	later->identity.session = zv_str_dup(arena, call->identity->session);
	who->account_uid = zv_str_dup(arena, who->account_uid);
	who->login = zv_str_dup(arena, who->login);
	who->name = zv_str_dup(arena, who->name);
	who->actor = zv_str_dup(arena, who->actor);
	who->address = zv_str_dup(arena, who->address);
	who->session_uid = zv_str_dup(arena, who->session_uid);
	later->call = *call;
	later->call.out = (struct zv_out){0};
	later->call.request = &pending->request;
	later->call.answer = &pending->answer;
	later->call.arena = arena;
	later->call.identity = &later->identity;
	later->call.who = who;
	later->call.db = NULL;
	(void)zv_route_find(later->call.args, &allow, call->api->routes, pending->request.method, pending->request.target.path, arena);
	zv_api_begin(&later->call);
	return later;
}

void zv_api_defer(struct zv_api_call *call, const struct zv_api_operation *operation)
{
	struct later *later = make_later(call, operation);
	struct zv_err err = {0};
	enum zv_code code;

	atomic_fetch_add(&call->api->deferred, 1);
	code = zv_gate_body(&later->call, operation, &err);
	if (code == ZV_OK && (operation->flags & ZV_API_MATCH) != 0 && zv_api_field(&later->call, "If-Match").n == 0)
		code = zv_fail(&err, ZV_E_INVALID, "If-Match", N_("Say in If-Match which version you have seen: the ETag of GET."));
	if (code == ZV_OK && (operation->flags & ZV_API_LATER) != 0) {
		later->call.db = call->db;
		code = operation->run(&later->call, &err);
	} else if (code == ZV_OK) {
		code = read_key(later, &err);
		if (code == ZV_OK)
			code = submit_write(later, &err);
	}
	if (code != ZV_OK)
		complete(later, code, &err);
}
