/* Before an operation: who asks, from where, whether this person has any business here, and what the body says. */
#include <string.h>

#include "api/inside.h"
#include "app/sight.h"
#include "base/tr.h"

enum { JSON_TYPE_MAX = 80 };

static struct zv_str field(const struct zv_request *request, const char *name)
{
	return zv_head_field(request->head, request->bytes, name);
}

/* "https://zveno.example" is ours when it is the host that the client asked for. */
static bool is_own_origin(const struct zv_request *request, struct zv_str origin)
{
	static const struct zv_str schemes[] = {ZV_STR_INIT("https://"), ZV_STR_INIT("http://")};

	for (size_t i = 0; i < ZV_LEN(schemes); i++) {
		/* Behind a proxy with TLS a page that came in the clear is not ours. */
		if (i == 1 && request->secure)
			return false;
		if (zv_str_starts(origin, schemes[i]))
			return zv_str_eq_nocase(zv_str_from(origin, schemes[i].n), request->host);
	}
	return false;
}

/*
 * Whatever changes something must come from our own pages, or from a program that is no browser. Browsers tell where a request comes
 * from (T7); a token is sent by no browser of its own accord, so requests with one need no more.
 */
static enum zv_code check_source(struct zv_api_call *call, const struct zv_identity *identity, struct zv_err *err)
{
	const struct zv_request *request = call->request;
	struct zv_str site = field(request, "Sec-Fetch-Site"), origin = field(request, "Origin");

	if (identity->who.by_token)
		return ZV_OK;
	call->problem_status = 403;
	call->problem_code = "csrf";
	if ((site.n > 0 && !zv_str_eq_c(site, "same-origin")) || (origin.n > 0 && !is_own_origin(request, origin)))
		return zv_fail(err, ZV_E_DENIED, "Origin", N_("This request comes from a page of another site."));
	if (identity->session.n > 0 && !zv_csrf_check(identity->session, field(request, "X-CSRF-Token")))
		return zv_fail(err, ZV_E_DENIED, "X-CSRF-Token",
			       N_("The token against forged requests is missing or old: reload the page, or take “csrf” of GET /api/v1/session."));
	call->problem_status = 0;
	call->problem_code = NULL;
	return ZV_OK;
}

/* Whether the register in the path may be read by this person, who may lack the action of the operation: a token for one register. */
static bool reads_register(const struct zv_api_call *call)
{
	const struct zv_register *reg;
	struct zv_err err;

	return zv_api_register(&reg, call, &err) == ZV_OK && zv_may_some(call->who, zv_sight_action(reg, false));
}

enum zv_code zv_gate_pass(struct zv_api_call *call, struct zv_identity *identity, const struct zv_api_operation *operation, struct zv_err *err)
{
	const struct zv_request *request = call->request;
	struct zv_str authorization = field(request, "Authorization");
	enum zv_code code;

	if (call->with->auth == NULL) {
		*identity = (struct zv_identity){0};
		zv_who_public(&identity->who, zv_str_c(request->peer_text));
	} else {
		code = zv_auth_who(identity, call->with->auth, call->db, field(request, "Cookie"), authorization, zv_str_c(request->peer_text),
				   call->arena, err);
		if (code != ZV_OK)
			return code;
	}
	call->identity = identity;
	call->who = &identity->who;
	if (identity->lang != NULL)
		zv_tr_set_lang(identity->lang);
	if (identity->refused && authorization.n > 0) {
		call->problem_status = 401;
		call->problem_code = "token.wrong";
		return zv_fail(err, ZV_E_DENIED, "Authorization", N_("This token is not known, has ended or was revoked."));
	}
	if (zv_api_is_unsafe(request->method)) {
		code = check_source(call, identity, err);
		if (code != ZV_OK)
			return code;
	}
	if ((operation->flags & ZV_API_ANY) != 0 && reads_register(call))
		return ZV_OK;
	return zv_rights_need_some(call->who, operation->action, err);
}

static bool is_type(struct zv_str type, const char *want)
{
	ptrdiff_t end = zv_str_find_char(type, ';');

	return zv_str_eq_nocase(zv_str_trim(end >= 0 ? zv_str_first(type, (size_t)end) : type), zv_str_c(want));
}

enum zv_code zv_gate_body(struct zv_api_call *call, const struct zv_api_operation *operation, struct zv_err *err)
{
	const struct zv_request *request = call->request;
	struct zv_str type = field(request, "Content-Type");
	struct zv_json_value *body;
	bool fits;
	enum zv_code code;

	if ((operation->flags & (ZV_API_UPLOAD | ZV_API_ANY_BODY)) != 0 || request->body_n == 0)
		return ZV_OK;
	fits = is_type(type, "application/json") || (request->method == ZV_PATCH && is_type(type, "application/merge-patch+json"));
	if (!fits)
		return zv_fail(err, ZV_E_UNSUPPORTED, "Content-Type", N_("“%.*s” is not read here: send application/json."),
			       ZV_STR_FMT(zv_str_first(type, JSON_TYPE_MAX)));
	body = ZV_ARENA_NEW(call->arena, struct zv_json_value);
	code = zv_json_parse(body, request->body, call->arena, err);
	if (code != ZV_OK) {
		call->problem_status = code == ZV_E_INVALID ? 400 : 0;
		return code;
	}
	if (body->kind != ZV_JSON_OBJECT)
		return zv_fail(err, ZV_E_INVALID, "", N_("The body must be one JSON object."));
	call->body = body;
	return ZV_OK;
}
