/* Signing in at an identity provider: there, back, and the account of whoever comes. */
#include "app/signin.h"

#include <stdio.h>
#include <string.h>

#include "app/account_inside.h"
#include "app/signin_inside.h"
#include "base/date.h"
#include "base/log.h"
#include "base/utf8.h"
#include "store/oidc_flow.h"

enum { FLOW_MS = 600000, LOGIN_PART = 28, NAME_BYTES = 300, ERROR_BYTES = 60 };

/* --- there ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code make_flow(struct zv_signin *signin, struct zv_err *err)
{
	enum zv_code code = zv_oidc_start(&signin->flow, zv_auth_oidc(signin->auth), signin->uid, signin->flow.return_to, signin->arena, err);

	if (code != ZV_OK)
		return code;
	signin->location = signin->flow.url;
	(void)snprintf(signin->cookie, sizeof(signin->cookie), "%s", signin->flow.cookie);
	return ZV_OK;
}

static enum zv_code save_flow(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	char hash[ZV_DIGEST_HEX];
	struct zv_flow flow = {
		.provider = signin->flow.provider,
		.nonce = signin->flow.nonce,
		.verifier = signin->flow.verifier,
		.return_to = signin->flow.return_to,
		.ends_ms = zv_now_ms() + FLOW_MS,
	};

	zv_secret_hash(hash, signin->flow.state);
	flow.state_hash = zv_str_c(hash);
	return zv_flow_insert(db, &flow, err);
}

enum zv_code zv_signin_provider(struct zv_signin *signin, struct zv_str provider, struct zv_str return_to, struct zv_err *err)
{
	struct zv_oidc *oidc = zv_auth_oidc(signin->auth);

	signin->uid = provider.n > 0 ? provider : zv_str_c(zv_oidc_name(oidc, 0));
	signin->flow.return_to = return_to;
	return zv_signin_submit(signin, zv_auth_outside_pool(signin->auth), make_flow, save_flow, err);
}

/* --- back ------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code refuse(struct zv_signin *signin, struct zv_err *err)
{
	signin->reason = "login.refused";
	return zv_fail(err, ZV_E_DENIED, "state", N_("This way to sign in was not begun in this browser, has been used or is too old. Begin again."));
}

static enum zv_code take_flow(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	char hash[ZV_DIGEST_HEX];
	struct zv_flow flow;
	enum zv_code code;

	zv_secret_hash(hash, signin->flow.state);
	code = zv_flow_take(&flow, db, zv_str_c(hash), zv_now_ms(), signin->arena, err);
	if (code == ZV_E_NOTFOUND)
		return refuse(signin, err);
	if (code != ZV_OK)
		return code;
	signin->flow.provider = flow.provider;
	signin->flow.nonce = flow.nonce;
	signin->flow.verifier = flow.verifier;
	signin->flow.return_to = flow.return_to;
	return ZV_OK;
}

static enum zv_code exchange(struct zv_signin *signin, struct zv_err *err)
{
	enum zv_code code = zv_oidc_exchange(&signin->person, zv_auth_oidc(signin->auth), &signin->flow, signin->code_parameter, signin->iss,
					     signin->arena, err);

	if (code != ZV_OK) {
		signin->reason = "login.refused";
		zv_log_info("signin.provider", "%.*s: %s", ZV_STR_FMT(signin->flow.provider), err->text);
	}
	return code;
}

/* "ivan@keycloak": what the provider calls the person, made fit, and the provider, so that no local account is ever meant. */
static struct zv_str login_of(const struct zv_oidc_person *person, struct zv_arena *arena)
{
	char part[LOGIN_PART + 1];
	char digest[ZV_DIGEST_HEX];
	size_t n = 0;

	for (size_t i = 0; i < person->login.n && n < LOGIN_PART && person->login.p[i] != '@'; i++) {
		char c = person->login.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || zv_is_digit(c) || (n > 0 && (c == '.' || c == '_' || c == '-')))
			part[n++] = c;
	}
	part[n] = '\0';
	if (n < 2) {
		zv_digest_hex(digest, person->subject);
		(void)snprintf(part, sizeof(part), "u%.15s", digest);
	}
	return zv_arena_strf(arena, "%s@%.*s", part, ZV_STR_FMT(person->provider));
}

static enum zv_code read_roles(struct zv_account *out, const struct zv_oidc_person *person, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account_place places[ZV_GRANTS_MAX];
	enum zv_code code;

	for (int i = 0; i < person->n_grants; i++)
		places[i] = (struct zv_account_place){
			.role = zv_str_c(zv_role_name(person->grants[i].role)), .centre = person->grants[i].centre, .org = person->grants[i].org};
	code = zv_account_read_roles(out, db, places, person->n_grants, arena, err);
	if (code == ZV_E_INVALID)
		return zv_fail(err, ZV_E_DENIED, "roles", N_("The provider's file gives a role that does not fit: tell the administrator."));
	return code;
}

/* The trail names the provider as the one who did it. */
static struct zv_who provider_who(const struct zv_signin *signin)
{
	struct zv_who who;

	zv_who_public(&who, signin->address);
	who.actor = zv_arena_strf(signin->arena, "provider:%.*s", ZV_STR_FMT(signin->person.provider));
	return who;
}

static enum zv_code first_time(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	const struct zv_oidc_person *person = &signin->person;
	struct zv_account account = {
		.login = login_of(person, signin->arena),
		.name = zv_utf8_first(zv_str_trim(person->name), NAME_BYTES),
		.email = zv_str_trim(person->email),
		.state = ZV_ACCOUNT_ACTIVE,
	};
	struct zv_who who = provider_who(signin);
	enum zv_code code = read_roles(&account, person, db, signin->arena, err);

	if (code != ZV_OK)
		return code;
	if (zv_account_check_fields(&account, NULL) != ZV_OK) {
		account.name = account.login;
		account.email = ZV_STR("");
	}
	code = zv_account_insert(db, &account, signin->arena, err);
	if (code == ZV_E_CONFLICT)
		return zv_fail(err, ZV_E_DENIED, "login", N_("Another person has the login “%.*s” already: tell the administrator."), ZV_STR_FMT(account.login));
	if (code == ZV_OK)
		code = zv_account_link_add(db, person->issuer, person->subject, account.id, err);
	if (code == ZV_OK)
		code = zv_account_tell(db, &who, &account, "account.add", zv_account_detail("roles", zv_account_roles_text(&account, signin->arena), signin->arena),
				       err);
	if (code == ZV_OK)
		signin->account = account;
	return code;
}

/* Roles as the provider says today; sessions with the roles of yesterday end. */
static enum zv_code update_roles(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	struct zv_account fresh = signin->account;
	struct zv_who who = provider_who(signin);
	int64_t n;
	enum zv_code code = read_roles(&fresh, &signin->person, db, signin->arena, err);

	if (code != ZV_OK || zv_str_eq(zv_account_roles_text(&fresh, signin->arena), zv_account_roles_text(&signin->account, signin->arena)))
		return code;
	code = zv_account_put_roles(db, fresh.id, fresh.roles, fresh.n_roles, err);
	if (code == ZV_OK)
		code = zv_sessions_end(&n, db, fresh.id, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_account_tell(db, &who, &fresh, "account.roles", zv_account_detail("roles", zv_account_roles_text(&fresh, signin->arena), signin->arena),
				       err);
	if (code == ZV_OK)
		signin->account = fresh;
	return code;
}

/* Whom nothing gives a role any more: what he has open ends, though he is not let in. */
static enum zv_code shut_out(struct zv_signin *signin, struct zv_db *db, bool known, struct zv_err *err)
{
	struct zv_who who = provider_who(signin);
	int64_t n = 0;
	enum zv_code code = ZV_OK;

	(void)zv_fail(&signin->err, ZV_E_DENIED, "roles", N_("The provider knows you, but nothing gives you a role here: ask the administrator."));
	signin->outside = true;
	if (known && signin->person.update_roles)
		code = zv_sessions_end(&n, db, signin->account.id, ZV_STR(""), err);
	if (code == ZV_OK && n > 0)
		code = zv_account_tell(db, &who, &signin->account, "account.sessions.end", ZV_STR(""), err);
	return code;
}

static enum zv_code come_in(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	const struct zv_oidc_person *person = &signin->person;
	bool known;
	enum zv_code code = zv_account_by_link(&signin->account, db, person->issuer, person->subject, signin->arena, err);

	signin->reason = "login.refused";
	if (code != ZV_OK && code != ZV_E_NOTFOUND)
		return code;
	known = code == ZV_OK;
	if (person->n_grants == 0)
		return shut_out(signin, db, known, err);
	if (known && signin->account.state != ZV_ACCOUNT_ACTIVE)
		return zv_fail(err, ZV_E_DENIED, "", N_("The account “%.*s” is disabled."), ZV_STR_FMT(signin->account.login));
	code = ZV_OK;
	if (!known)
		code = first_time(signin, db, err);
	else if (person->update_roles)
		code = update_roles(signin, db, err);
	if (code == ZV_OK)
		code = zv_signin_open(signin, db, "session.open", err);
	return code;
}

/* The flow is taken and gone; now the provider is asked. */
static enum zv_code ask_provider(struct zv_signin *signin, struct zv_err *err)
{
	signin->location = signin->flow.return_to;
	return zv_signin_submit(signin, zv_auth_outside_pool(signin->auth), exchange, come_in, err);
}

enum zv_code zv_signin_callback(struct zv_signin *signin, struct zv_str cookie_field, struct zv_str state, struct zv_str code_text, struct zv_str iss,
				struct zv_str error, struct zv_err *err)
{
	signin->flow.state = zv_oidc_state(cookie_field, state);
	if (signin->flow.state.n == 0)
		return refuse(signin, err);
	if (error.n > 0) {
		signin->reason = "login.refused";
		return zv_fail(err, ZV_E_DENIED, "error", N_("The provider did not let you in: %.*s. Begin again."),
			       ZV_STR_FMT(zv_utf8_first(error, ERROR_BYTES)));
	}
	signin->code_parameter = code_text;
	signin->iss = iss;
	signin->work = take_flow;
	signin->next = ask_provider;
	zv_signin_write(signin);
	return ZV_OK;
}
