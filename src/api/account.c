/* The own account: name, password, second factor, sessions, tokens of programs. */
#include "api/operations.h"
#include "api/people.h"
#include "base/tr.h"

enum { NAME_MAX_CHARS = 200, EMAIL_MAX = 254, PASSWORD_MAX = 1000, SCOPES_MAX = 64, WORD_MAX = 60 };

static const char *const NOTHING[] = {NULL};

static enum zv_code write_account(struct zv_api_call *call, const struct zv_account *account, struct zv_err *err)
{
	enum zv_code code;

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", account->uid);
	zv_json_key_str(&call->json, "login", account->login);
	zv_json_key_str(&call->json, "name", account->name);
	zv_api_key_str_or_null(call, "email", account->email);
	zv_api_key_str_or_null(call, "lang", account->lang);
	zv_json_key_bool(&call->json, "password", account->password_hash.n > 0);
	zv_json_key_bool(&call->json, "totp", account->totp_secret.n > 0 && account->totp_step >= 0);
	zv_api_key_instant(call, "created_at", account->created_ms);
	code = zv_api_key_roles(call, account, err);
	zv_json_end_object(&call->json);
	zv_api_etag(call, zv_account_version(account, call->arena));
	return code;
}

enum zv_code zv_api_account(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_api_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_own_account(&account, call->db, call->who, call->arena, err);
	return code == ZV_OK ? write_account(call, &account, err) : code;
}

enum zv_code zv_api_account_change(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"name", "email", "lang", NULL};
	struct zv_account account;
	struct zv_str name, email, lang;
	struct zv_account_change change = {.n_places = -1};
	enum zv_code code = zv_own_account(&account, call->db, call->who, call->arena, err);

	if (code == ZV_OK)
		code = zv_api_if_match(call, zv_account_version(&account, call->arena), err);
	if (code == ZV_OK)
		code = zv_api_body_only(call, names, err);
	if (code == ZV_OK)
		code = zv_api_text(&name, call, "name", zv_api_has(call, "name"), NAME_MAX_CHARS, err);
	if (code == ZV_OK)
		code = zv_api_text(&email, call, "email", false, EMAIL_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&lang, call, "lang", false, WORD_MAX, err);
	if (code != ZV_OK)
		return code;
	change.name = zv_api_has(call, "name") ? &name : NULL;
	change.email = zv_api_has(call, "email") ? &email : NULL;
	change.lang = zv_api_has(call, "lang") ? &lang : NULL;
	code = zv_own_change(&account, call->db, call->who, &change, call->arena, err);
	return code == ZV_OK ? write_account(call, &account, err) : code;
}

/* --- password and second factor ------------------------------------------------------------------------------------------------- */

/* The session is a new one from now on. */
static void password_done(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	struct zv_api_call *call = signin->context;
	struct zv_err own = {0};

	if (code != ZV_OK) {
		code = zv_api_signin_failed(call, signin, code);
	} else if (signin->session.token[0] != '\0') {
		code = zv_api_signed_in(call, signin, &own);
		err = &own;
	} else {
		zv_api_nothing(call);
	}
	zv_api_complete(call, code, err);
}

enum zv_code zv_api_account_password(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"old", "new", NULL};
	struct zv_str old, new;
	struct zv_signin *signin;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&old, call, "old", true, PASSWORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&new, call, "new", true, PASSWORD_MAX, err);
	if (code != ZV_OK)
		return code;
	signin = zv_api_signin(call, password_done);
	code = zv_signin_change_password(signin, call->db, call->who, old, new, err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}

enum zv_code zv_api_totp_begin(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str secret, uri;
	enum zv_code code = zv_own_totp_begin(&secret, &uri, call->db, call->who, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "secret", secret);
	zv_json_key_str(&call->json, "uri", uri);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_totp_confirm(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"code", NULL};
	struct zv_str text;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&text, call, "code", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_own_totp_confirm(call->db, call->who, text, zv_now_ms(), call->arena, err);
	zv_api_nothing(call);
	return code;
}

enum zv_code zv_api_totp_remove(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"password", NULL};
	struct zv_str password;
	struct zv_signin *signin;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&password, call, "password", true, PASSWORD_MAX, err);
	if (code != ZV_OK)
		return code;
	signin = zv_api_signin(call, password_done);
	code = zv_signin_remove_totp(signin, call->db, call->who, password, err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}

/* --- sessions -------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_api_own_sessions(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_session *sessions;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_own_sessions(&sessions, &n, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", sessions[i].uid);
		zv_api_key_instant(call, "created_at", sessions[i].created_ms);
		zv_api_key_instant(call, "seen_at", sessions[i].seen_ms);
		zv_api_key_instant(call, "ends_at", sessions[i].ends_ms);
		zv_json_key_str(&call->json, "address", sessions[i].address);
		zv_json_key_str(&call->json, "agent", sessions[i].agent);
		zv_json_key_bool(&call->json, "current", zv_str_eq(sessions[i].uid, call->who->session_uid));
		zv_json_end_object(&call->json);
	}
	zv_api_end_items(call, ZV_STR(""), (int64_t)n);
	return ZV_OK;
}

enum zv_code zv_api_own_session_end(struct zv_api_call *call, struct zv_err *err)
{
	zv_api_nothing(call);
	return zv_own_session_end(call->db, call->who, call->args[0], err);
}

/* --- tokens ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code add_token(struct zv_api_call *call, const struct zv_api_token *token, const char *secret, struct zv_err *err)
{
	struct zv_str rest = token->scopes, word, centre = ZV_STR("");
	enum zv_code code = ZV_OK;

	if (token->centre_id >= 0)
		code = zv_view_centre(&centre, call->db, token->centre_id, call->arena, err);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", token->uid);
	zv_json_key_str(&call->json, "name", token->name);
	zv_json_key(&call->json, "scopes");
	zv_json_array(&call->json);
	while (rest.p != NULL && zv_str_split(&word, &rest, ' '))
		zv_json_str(&call->json, word);
	zv_json_end_array(&call->json);
	zv_api_key_str_or_null(call, "centre", centre);
	zv_api_key_instant(call, "created_at", token->created_ms);
	zv_api_key_instant(call, "ends_at", token->ends_ms);
	zv_api_key_instant(call, "revoked_at", token->revoked_ms);
	if (secret != NULL)
		zv_json_key_c(&call->json, "token", secret);
	zv_json_end_object(&call->json);
	return code;
}

enum zv_code zv_api_tokens(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_api_token *tokens;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_account_tokens(&tokens, &n, call->db, call->who, ZV_STR(""), call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = add_token(call, &tokens[i], NULL, err);
	zv_api_end_items(call, ZV_STR(""), (int64_t)n);
	return code;
}

/* ["need.read", "lot.read"] as words divided by blanks. */
static enum zv_code read_scopes(struct zv_str *out, const struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_json_value *items;
	size_t n;
	enum zv_code code = zv_api_list(&items, &n, call, "scopes", SCOPES_MAX, err);

	*out = ZV_STR("");
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (items[i].kind != ZV_JSON_STRING)
			return zv_fail(err, ZV_E_INVALID, "scopes", N_("“%s” must be a list of texts."), "scopes");
		*out = zv_arena_strf(call->arena, "%.*s%s%.*s", ZV_STR_FMT(*out), i > 0 ? " " : "", ZV_STR_FMT(zv_str_first(items[i].text, WORD_MAX)));
	}
	return code;
}

enum zv_code zv_api_add_token(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"name", "scopes", "centre", "ends_on", NULL};
	struct zv_token_request request;
	struct zv_api_token token;
	char secret[ZV_TOKEN_TEXT];
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&request.name, call, "name", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = read_scopes(&request.scopes, call, err);
	if (code == ZV_OK)
		code = zv_api_text(&request.centre, call, "centre", false, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&request.ends_on, call, "ends_on", true, err);
	if (code == ZV_OK)
		code = zv_account_token_add(&token, secret, call->db, call->who, ZV_STR(""), &request, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/account/tokens/", token.uid);
	code = add_token(call, &token, secret, err);
	zv_secret_forget(secret, sizeof(secret));
	return code;
}

enum zv_code zv_api_end_token(struct zv_api_call *call, struct zv_err *err)
{
	zv_api_nothing(call);
	return zv_account_token_revoke(call->db, call->who, ZV_STR(""), call->args[0], call->arena, err);
}
