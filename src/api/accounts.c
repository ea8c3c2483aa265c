/* Accounts as those see them who look after them. */
#include <string.h>

#include "api/operations.h"
#include "api/people.h"
#include "base/tr.h"

enum { LIMIT = 50, NAME_MAX_CHARS = 200, EMAIL_MAX = 254, PASSWORD_MAX = 1000, WORD_MAX = 60 };

static const char *const STATES[] = {[ZV_ACCOUNT_ACTIVE] = "active", [ZV_ACCOUNT_DISABLED] = "disabled"};

static enum zv_code add_account(struct zv_api_call *call, const struct zv_account *account, struct zv_err *err)
{
	enum zv_code code;

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", account->uid);
	zv_json_key_str(&call->json, "login", account->login);
	zv_json_key_str(&call->json, "name", account->name);
	zv_api_key_str_or_null(call, "email", account->email);
	zv_api_key_str_or_null(call, "lang", account->lang);
	zv_json_key_c(&call->json, "state", STATES[account->state]);
	zv_json_key_bool(&call->json, "password", account->password_hash.n > 0);
	zv_json_key_bool(&call->json, "totp", account->totp_secret.n > 0 && account->totp_step >= 0);
	zv_api_key_instant(call, "created_at", account->created_ms);
	code = zv_api_key_roles(call, account, err);
	zv_json_end_object(&call->json);
	return code;
}

static enum zv_code write_account(struct zv_api_call *call, const struct zv_account *account, struct zv_err *err)
{
	zv_api_etag(call, zv_account_version(account, call->arena));
	return add_account(call, account, err);
}

enum zv_code zv_api_accounts(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", NULL};
	struct zv_str after = ZV_STR("");
	struct zv_account *accounts;
	size_t n = 0;
	int limit;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK && zv_target_param(&after, &call->request->target, "cursor") && (after.n == 0 || after.n > WORD_MAX))
		code = zv_fail(err, ZV_E_INVALID, "cursor", N_("This is no cursor: take “next” of the page before."));
	if (code == ZV_OK)
		code = zv_accounts_list(&accounts, &n, call->db, call->who, after, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = add_account(call, &accounts[i], err);
	zv_api_end_items(call, n == (size_t)limit ? accounts[n - 1].login : ZV_STR(""), -1);
	return code;
}

enum zv_code zv_api_account_of(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_account account;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_account_find(&account, call->db, call->who, call->args[0], call->arena, err);
	return code == ZV_OK ? write_account(call, &account, err) : code;
}

/* --- what the body says ------------------------------------------------------------------------------------------------------------ */

/* One role: {"role": "buyer", "centre": "RYA", "org": "org_..."}; the parts of what GET shows are taken as well. */
static enum zv_code read_place(struct zv_account_place *out, const struct zv_api_call *call, const struct zv_json_value *item, size_t at, struct zv_err *err)
{
	static const struct {
		const char *name, *inner;
		size_t offset;
	} members[] = {{"role", NULL, offsetof(struct zv_account_place, role)},
		       {"centre", "code", offsetof(struct zv_account_place, centre)},
		       {"org", "uid", offsetof(struct zv_account_place, org)}};

	*out = (struct zv_account_place){0};
	for (size_t i = 0; i < ZV_LEN(members); i++) {
		const struct zv_json_value *value = zv_json_get(item, members[i].name);
		struct zv_str text = ZV_STR("");

		if (value != NULL && value->kind == ZV_JSON_OBJECT && members[i].inner != NULL)
			value = zv_json_get(value, members[i].inner);
		if (value != NULL && value->kind == ZV_JSON_STRING)
			text = value->text;
		else if ((value != NULL && value->kind != ZV_JSON_NULL) || (i == 0))
			return zv_fail(err, ZV_E_INVALID, zv_arena_strf(call->arena, "roles/%zu/%s", at, members[i].name).p, N_("“%s” must be a text."),
				       members[i].name);
		memcpy((char *)out + members[i].offset, &text, sizeof(text));
	}
	return ZV_OK;
}

static enum zv_code read_places(struct zv_account_place *places, int *n, const struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_json_value *items;
	size_t count;
	enum zv_code code = zv_api_list(&items, &count, call, "roles", ZV_ACCOUNT_ROLES_MAX, err);

	*n = (int)count;
	for (size_t i = 0; i < count && code == ZV_OK; i++)
		code = read_place(&places[i], call, &items[i], i, err);
	return code;
}

/* --- adding and changing ------------------------------------------------------------------------------------------------------------ */

struct adding {
	struct zv_account_new account;
	struct zv_str password;
};

static enum zv_code read_new(struct adding *out, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"login", "name", "email", "lang", "password", "roles", NULL};
	struct zv_account_new *account = &out->account;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&account->login, call, "login", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&account->name, call, "name", true, NAME_MAX_CHARS, err);
	if (code == ZV_OK)
		code = zv_api_text(&account->email, call, "email", false, EMAIL_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&account->lang, call, "lang", false, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&out->password, call, "password", false, PASSWORD_MAX, err);
	if (code == ZV_OK)
		code = read_places(account->places, &account->n_places, call, err);
	return code;
}

/* On the writer, with the hash. */
static enum zv_code add_hashed(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	struct zv_api_call *call = signin->context;
	struct adding *adding = call->own;
	struct zv_account account;
	enum zv_code code;

	adding->account.password_hash = zv_str_c(signin->hash);
	code = zv_account_add(&account, db, call->who, &adding->account, call->arena, err);
	if (code != ZV_OK)
		return code;
	call->db = db;
	zv_api_created(call, "/api/v1/accounts/", account.uid);
	code = write_account(call, &account, err);
	call->db = NULL;
	return code;
}

static void hashed_done(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	struct zv_api_call *call = signin->context;

	if (code != ZV_OK)
		code = zv_api_signin_failed(call, signin, code);
	zv_api_complete(call, code, err);
}

enum zv_code zv_api_account_add(struct zv_api_call *call, struct zv_err *err)
{
	struct adding *adding = ZV_ARENA_NEW(call->arena, struct adding);
	struct zv_signin *signin;
	enum zv_code code = read_new(adding, call, err);

	if (code != ZV_OK)
		return code;
	call->own = adding;
	signin = zv_api_signin(call, hashed_done);
	code = zv_signin_hash(signin, adding->account.login, adding->password, add_hashed, err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}

static enum zv_code read_state(enum zv_account_state *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str state;
	enum zv_code code = zv_api_text(&state, call, "state", false, WORD_MAX, err);

	*out = 0;
	if (code != ZV_OK || !zv_api_has(call, "state"))
		return code;
	for (int i = ZV_ACCOUNT_ACTIVE; i <= ZV_ACCOUNT_DISABLED; i++)
		if (zv_str_eq_c(state, STATES[i]))
			*out = (enum zv_account_state)i;
	return *out != 0 ? ZV_OK : zv_fail(err, ZV_E_INVALID, "state", N_("“%.*s” is no state: active or disabled."), ZV_STR_FMT(state));
}

enum zv_code zv_api_account_edit(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"name", "email", "lang", "state", "roles", NULL};
	struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX];
	struct zv_account_change change = {.n_places = -1};
	struct zv_account account;
	struct zv_str name, email, lang;
	int n_places = 0;
	enum zv_code code = zv_account_find(&account, call->db, call->who, call->args[0], call->arena, err);

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
	if (code == ZV_OK)
		code = read_state(&change.state, call, err);
	if (code == ZV_OK)
		code = read_places(places, &n_places, call, err);
	if (code != ZV_OK)
		return code;
	change.name = zv_api_has(call, "name") ? &name : NULL;
	change.email = zv_api_has(call, "email") ? &email : NULL;
	change.lang = zv_api_has(call, "lang") ? &lang : NULL;
	if (zv_api_has(call, "roles")) {
		change.places = places;
		change.n_places = n_places;
	}
	code = zv_account_change(&account, call->db, call->who, account.uid, &change, call->arena, err);
	return code == ZV_OK ? write_account(call, &account, err) : code;
}

enum zv_code zv_api_account_sessions_end(struct zv_api_call *call, struct zv_err *err)
{
	int64_t n;

	zv_api_nothing(call);
	return zv_account_end_sessions(&n, call->db, call->who, call->args[0], call->arena, err);
}

enum zv_code zv_api_account_totp_reset(struct zv_api_call *call, struct zv_err *err)
{
	zv_api_nothing(call);
	return zv_account_reset_totp(call->db, call->who, call->args[0], call->arena, err);
}

/* On the writer, with the hash. */
static enum zv_code reset_hashed(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	struct zv_api_call *call = signin->context;

	zv_api_nothing(call);
	return zv_account_reset_password(db, call->who, call->args[0], zv_str_c(signin->hash), call->arena, err);
}

enum zv_code zv_api_account_password_reset(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"password", NULL};
	struct zv_account account;
	struct zv_str password;
	struct zv_signin *signin;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&password, call, "password", true, PASSWORD_MAX, err);
	if (code == ZV_OK)
		code = zv_account_find(&account, call->db, call->who, call->args[0], call->arena, err);
	if (code != ZV_OK)
		return code;
	signin = zv_api_signin(call, hashed_done);
	code = zv_signin_hash(signin, account.login, password, reset_hashed, err);
	return code == ZV_OK ? ZV_OK : zv_api_signin_failed(call, signin, code);
}
