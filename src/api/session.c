/* Who one is: signing in and out. */
#include "api/api.h"
#include "api/operations.h"
#include "api/people.h"
#include "app/demo.h"
#include "base/tr.h"

enum { PASSWORD_MAX = 1000, LOGIN_MAX = 200, CODE_MAX = 20 };

static void key_named_or_null(struct zv_api_call *call, const char *key, const char *id_key, struct zv_str id, struct zv_str name)
{
	zv_json_key(&call->json, key);
	if (id.n == 0) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, id_key, id);
	zv_json_key_str(&call->json, "name", name);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_key_roles(struct zv_api_call *call, const struct zv_account *account, struct zv_err *err)
{
	struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX];
	int n = 0;
	enum zv_code code = zv_account_places(places, &n, call->db, account, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "roles");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++) {
		enum zv_role role = ZV_ROLE_PUBLIC;

		(void)zv_role_parse(&role, places[i].role);
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "role", places[i].role);
		zv_json_key_c(&call->json, "label", zv_tr(zv_role_label(role)));
		key_named_or_null(call, "centre", "code", places[i].centre, places[i].centre_name);
		key_named_or_null(call, "org", "uid", places[i].org, places[i].org_name);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	return ZV_OK;
}

static enum zv_code add_account(struct zv_api_call *call, const struct zv_account *account, struct zv_err *err)
{
	enum zv_code code;

	zv_json_key(&call->json, "account");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", account->uid);
	zv_json_key_str(&call->json, "login", account->login);
	zv_json_key_str(&call->json, "name", account->name);
	zv_api_key_str_or_null(call, "lang", account->lang);
	code = zv_api_key_roles(call, account, err);
	zv_json_key_bool(&call->json, "totp", account->totp_secret.n > 0 && account->totp_step >= 0);
	zv_json_end_object(&call->json);
	return code;
}

/* The people of the demo world, with their passwords: told to whoever sits at the same machine. */
static enum zv_code add_demo(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_demo_login *logins = NULL;
	size_t n = 0;
	enum zv_code code = ZV_OK;

	if (call->request->peer.loopback)
		code = zv_demo_logins(&logins, &n, call->db, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "demo_logins");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "login", logins[i].login);
		zv_json_key_str(&call->json, "name", logins[i].name);
		zv_json_key_str(&call->json, "password", logins[i].password);
		zv_json_key_c(&call->json, "role", zv_role_name(logins[i].role));
		zv_json_key_c(&call->json, "label", zv_tr(zv_role_label(logins[i].role)));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	return ZV_OK;
}

static void add_providers(struct zv_api_call *call)
{
	const struct zv_oidc *oidc = call->with->auth != NULL ? zv_auth_oidc(call->with->auth) : NULL;

	zv_json_key(&call->json, "providers");
	zv_json_array(&call->json);
	for (size_t i = 0; oidc != NULL && zv_oidc_name(oidc, i) != NULL; i++) {
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "name", zv_oidc_label(oidc, i));
		zv_json_key_str(&call->json, "href", zv_arena_strf(call->arena, "/api/v1/oidc/start?provider=%s", zv_oidc_name(oidc, i)));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* `account` is NULL when nobody has signed in; `csrf` is empty for a token. */
static enum zv_code write_session(struct zv_api_call *call, const struct zv_who *who, const struct zv_account *account, struct zv_str csrf,
				  int64_t ends_ms, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	zv_json_object(&call->json);
	zv_json_key_bool(&call->json, "signed_in", account != NULL);
	if (account != NULL)
		code = add_account(call, account, err);
	else
		zv_json_key_c(&call->json, "account", NULL);
	if (code != ZV_OK)
		return code;
	zv_api_key_str_or_null(call, "csrf", csrf);
	zv_api_key_instant(call, "ends_at", ends_ms);
	zv_json_key(&call->json, "may");
	zv_json_array(&call->json);
	for (int i = 0; i < ZV_ACTION_COUNT; i++)
		if (zv_may_some(who, (enum zv_action)i))
			zv_json_c(&call->json, zv_action_name((enum zv_action)i));
	zv_json_end_array(&call->json);
	code = add_demo(call, err);
	add_providers(call);
	zv_json_end_object(&call->json);
	call->answer->cache = "no-store";
	return code;
}

enum zv_code zv_api_session(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_account account;
	char csrf[ZV_CSRF_TEXT] = "";
	bool known = call->who->account_id != 0;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK && known)
		code = zv_own_account(&account, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	if (call->identity->session.n > 0)
		zv_csrf_of(csrf, call->identity->session);
	/* A cookie that is worth nothing any more is taken away. */
	if (call->identity->refused && call->identity->session.n == 0)
		zv_session_cookie_end(call->answer->cookie);
	return write_session(call, call->who, known ? &account : NULL, zv_str_dup(call->arena, zv_str_c(csrf)), call->identity->ends_ms, err);
}

/* --- signing in --------------------------------------------------------------------------------------------------------------- */

struct zv_signin *zv_api_signin(struct zv_api_call *call, void (*done)(struct zv_signin *signin, enum zv_code code, const struct zv_err *err))
{
	const struct zv_request *request = call->request;
	struct zv_signin *signin = ZV_ARENA_NEW(call->arena, struct zv_signin);

	signin->auth = call->with->auth;
	signin->writer = call->with->writer;
	signin->arena = call->arena;
	signin->address = call->who->address;
	signin->agent = zv_head_field(request->head, request->bytes, "User-Agent");
	signin->lang = zv_tr_lang();
	signin->done = done;
	signin->context = call;
	return signin;
}

enum zv_code zv_api_signin_failed(struct zv_api_call *call, const struct zv_signin *signin, enum zv_code code)
{
	call->problem_retry = signin->retry_after;
	if (code == ZV_E_LIMIT && signin->retry_after > 0) {
		call->problem_status = 429;
		call->problem_code = "too-many";
	}
	if (code == ZV_E_DENIED && signin->reason != NULL) {
		call->problem_status = 401;
		call->problem_code = signin->reason;
	}
	return code;
}

static enum zv_code write_signed_in(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_signin *signin = call->own;
	struct zv_who who;
	enum zv_code code = zv_who_of_login(&who, call->db, signin->account.login, call->arena, err);

	if (code != ZV_OK)
		return code;
	return write_session(call, &who, &signin->account, zv_str_c(signin->session.csrf), signin->session.ends_ms, err);
}

enum zv_code zv_api_signed_in(struct zv_api_call *call, const struct zv_signin *signin, struct zv_err *err)
{
	call->own = (void *)(uintptr_t)signin;
	zv_session_cookie(call->answer->cookie, signin->session.token);
	return zv_api_read(call, write_signed_in, err);
}

static void login_done(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	struct zv_api_call *call = signin->context;
	struct zv_err own = {0};

	if (code == ZV_OK) {
		zv_api_created(call, "/api/v1/session", ZV_STR(""));
		code = zv_api_signed_in(call, signin, &own);
		err = &own;
	} else {
		code = zv_api_signin_failed(call, signin, code);
	}
	zv_api_complete(call, code, err);
}

enum zv_code zv_api_login(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"login", "password", "code", NULL};
	struct zv_str login, password, second;
	struct zv_signin *signin;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&login, call, "login", true, LOGIN_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&password, call, "password", true, PASSWORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&second, call, "code", false, CODE_MAX, err);
	if (code != ZV_OK)
		return code;
	signin = zv_api_signin(call, login_done);
	code = zv_signin_password(signin, call->db, login, password, second, err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}

enum zv_code zv_api_logout(struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (call->who->session_uid.n > 0)
		code = zv_own_session_end(call->db, call->who, call->who->session_uid, err);
	zv_session_cookie_end(call->answer->cookie);
	zv_api_nothing(call);
	return code;
}
