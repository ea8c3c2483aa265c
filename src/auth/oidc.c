/* The authorization code flow: what a provider says of itself, the way there, and the exchange of the code. */
#include "auth/oidc.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/oidc_config.h"
#include "auth/oidc_token.h"
#include "base/date.h"
#include "base/mem.h"
#include "net/http_client.h"

enum { COOKIE_FIELD = 256, ANSWER_MAX = 256 * 1024, TIMEOUT_MS = 8000, RETURN_MAX = 500, CODE_MAX = 4096 };

static const int64_t about_us = INT64_C(3600) * 1000000; /* what a provider says of itself is good for an hour */
static const int64_t again_us = INT64_C(60) * 1000000;   /* keys are asked for again after a minute at the earliest */

/* --- what the provider says of itself ------------------------------------------------------------------------------------------ */

static enum zv_code get_json(json_t **out, struct zv_oidc *oidc, const char *url, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_http_ask ask = {.url = url, .timeout_ms = TIMEOUT_MS, .max = ANSWER_MAX, .insecure = oidc->insecure};
	struct zv_http_reply reply;
	enum zv_code code = zv_http_fetch(&reply, &ask, arena, err);

	if (code != ZV_OK)
		return code;
	*out = reply.status == 200 ? json_loadb(reply.body.p, reply.body.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	if (!json_is_object(*out)) {
		json_decref(*out);
		return zv_fail(err, ZV_E_IO, "", N_("%s did not give the JSON that was asked for (status %d)."), url, reply.status);
	}
	return ZV_OK;
}

static bool has_word(const json_t *list, const char *word)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));

		if (text != NULL && strcmp(text, word) == 0)
			return true;
	}
	return false;
}

/* An address in the provider's description; malloc'd. NULL when it is none that may be asked. */
static char *address_at(const json_t *about, const char *key, bool insecure)
{
	const char *url = json_string_value(json_object_get(about, key));

	return url != NULL && zv_http_url_check(zv_str_c(url), insecure) ? zv_strdup(url) : NULL;
}

static void free_about(struct zv_oidc_about *about)
{
	free(about->authorization);
	free(about->token);
	free(about->jwks_uri);
	free(about->jwks);
}

static enum zv_code take_about(struct zv_oidc_about *out, const struct zv_oidc *oidc, const struct zv_oidc_provider *provider, const json_t *json,
			       struct zv_err *err)
{
	const json_t *methods = json_object_get(json, "token_endpoint_auth_methods_supported");
	const json_t *pkce = json_object_get(json, "code_challenge_methods_supported");
	const char *issuer = json_string_value(json_object_get(json, "issuer"));
	struct zv_oidc_about about = {
		.authorization = address_at(json, "authorization_endpoint", oidc->insecure),
		.token = address_at(json, "token_endpoint", oidc->insecure),
		.jwks_uri = address_at(json, "jwks_uri", oidc->insecure),
		.post = methods != NULL && !has_word(methods, "client_secret_basic") && has_word(methods, "client_secret_post"),
		.iss = json_is_true(json_object_get(json, "authorization_response_iss_parameter_supported")),
		.read_us = zv_tick_us(),
	};
	enum zv_code code = ZV_OK;

	if (issuer == NULL || !zv_str_eq_c(provider->issuer, issuer))
		code = zv_fail(err, ZV_E_DENIED, "", N_("The provider calls itself “%s”, not “%.*s”. The issuer in the providers' file must be the very same."),
			       issuer != NULL ? issuer : "", ZV_STR_FMT(provider->issuer));
	else if (about.authorization == NULL || about.token == NULL || about.jwks_uri == NULL)
		code = zv_fail(err, ZV_E_DENIED, "", N_("The provider names no https addresses for signing in."));
	else if (pkce != NULL && !has_word(pkce, "S256"))
		code = zv_fail(err, ZV_E_UNSUPPORTED, "", N_("The provider does not support PKCE with S256."));
	if (code == ZV_OK)
		*out = about;
	else
		free_about(&about);
	return code;
}

static enum zv_code discover(struct zv_oidc *oidc, struct zv_oidc_provider *provider, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_oidc_about fresh = {0};
	struct zv_oidc_about old;
	const char *slash = zv_str_ends(provider->issuer, ZV_STR("/")) ? "" : "/";
	struct zv_str url = zv_arena_strf(arena, "%.*s%s.well-known/openid-configuration", ZV_STR_FMT(provider->issuer), slash);
	json_t *json = NULL;
	enum zv_code code = get_json(&json, oidc, url.p, arena, err);

	if (code == ZV_OK)
		code = take_about(&fresh, oidc, provider, json, err);
	json_decref(json);
	if (code != ZV_OK)
		return code;
	(void)pthread_mutex_lock(&provider->lock);
	old = provider->about;
	fresh.jwks = old.jwks;
	fresh.jwks_us = old.jwks_us;
	provider->about = fresh;
	(void)pthread_mutex_unlock(&provider->lock);
	old.jwks = NULL;
	free_about(&old);
	return ZV_OK;
}

/* A copy of what is known, asked for when it is not or too old. Strings of *out are in the arena. */
static enum zv_code about_of(struct zv_oidc_about *out, struct zv_oidc *oidc, struct zv_oidc_provider *provider, struct zv_arena *arena,
			     struct zv_err *err)
{
	bool fresh;
	enum zv_code code = ZV_OK;

	(void)pthread_mutex_lock(&provider->lock);
	fresh = provider->about.token != NULL && zv_tick_us() - provider->about.read_us < about_us;
	(void)pthread_mutex_unlock(&provider->lock);
	if (!fresh)
		code = discover(oidc, provider, arena, err);
	if (code != ZV_OK)
		return code;
	(void)pthread_mutex_lock(&provider->lock);
	*out = provider->about;
	out->authorization = (char *)(uintptr_t)zv_str_dup(arena, zv_str_c(out->authorization)).p;
	out->token = (char *)(uintptr_t)zv_str_dup(arena, zv_str_c(out->token)).p;
	out->jwks_uri = (char *)(uintptr_t)zv_str_dup(arena, zv_str_c(out->jwks_uri)).p;
	out->jwks = out->jwks != NULL ? (char *)(uintptr_t)zv_str_dup(arena, zv_str_c(out->jwks)).p : NULL;
	(void)pthread_mutex_unlock(&provider->lock);
	return ZV_OK;
}

/* The provider's keys. `again`: those that are known were not enough. */
static enum zv_code keys_of(struct zv_str *out, struct zv_oidc *oidc, struct zv_oidc_provider *provider, const struct zv_oidc_about *about,
			    bool again, struct zv_arena *arena, struct zv_err *err)
{
	int64_t age = zv_tick_us() - about->jwks_us;
	json_t *json = NULL;
	char *text;
	enum zv_code code;

	if (about->jwks != NULL && age < (again ? again_us : about_us)) {
		*out = zv_str_c(about->jwks);
		return ZV_OK;
	}
	code = get_json(&json, oidc, about->jwks_uri, arena, err);
	if (code != ZV_OK)
		return code;
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	*out = zv_str_dup(arena, zv_str_c(text));
	(void)pthread_mutex_lock(&provider->lock);
	free(provider->about.jwks);
	provider->about.jwks = text;
	provider->about.jwks_us = zv_tick_us();
	(void)pthread_mutex_unlock(&provider->lock);
	return ZV_OK;
}

/* --- the way there -------------------------------------------------------------------------------------------------------------- */

/* A path of this server: one slash, no control characters, no backslash, so that no browser takes it for another host. */
static struct zv_str safe_return(struct zv_str path)
{
	if (path.n == 0 || path.n > RETURN_MAX || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/'))
		return ZV_STR("/");
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] <= ' ' || path.p[i] > '~' || path.p[i] == '\\')
			return ZV_STR("/");
	}
	return path;
}

static struct zv_str fresh_secret(struct zv_arena *arena)
{
	char text[ZV_SECRET_TEXT];
	struct zv_str copy;

	zv_secret_new(text);
	copy = zv_str_dup(arena, zv_str_c(text));
	zv_secret_forget(text, sizeof(text));
	return copy;
}

/* PKCE (RFC 7636): the challenge is SHA-256 of the verifier. */
static struct zv_str challenge_of(struct zv_str verifier, struct zv_arena *arena)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	char text[ZV_SECRET_TEXT];

	(void)crypto_hash_sha256(digest, (const unsigned char *)verifier.p, verifier.n);
	zv_base64url(text, sizeof(text), digest, sizeof(digest));
	return zv_str_dup(arena, zv_str_c(text));
}

static struct zv_str url_of(const struct zv_oidc_provider *provider, const struct zv_oidc_about *about, const struct zv_oidc_flow *flow,
			    struct zv_arena *arena)
{
	struct zv_buf query;
	struct zv_str url;

	zv_buf_init(&query, 0);
	zv_form_add(&query, "response_type", ZV_STR("code"));
	zv_form_add(&query, "client_id", provider->client_id);
	zv_form_add(&query, "redirect_uri", provider->redirect);
	zv_form_add(&query, "scope", provider->scope);
	zv_form_add(&query, "state", flow->state);
	zv_form_add(&query, "nonce", flow->nonce);
	zv_form_add(&query, "code_challenge", challenge_of(flow->verifier, arena));
	zv_form_add(&query, "code_challenge_method", ZV_STR("S256"));
	url = zv_arena_strf(arena, "%s%c%.*s", about->authorization, strchr(about->authorization, '?') != NULL ? '&' : '?',
			    ZV_STR_FMT(zv_buf_str(&query)));
	zv_buf_done(&query);
	return url;
}

enum zv_code zv_oidc_start(struct zv_oidc_flow *out, struct zv_oidc *oidc, struct zv_str provider_name, struct zv_str return_to,
			   struct zv_arena *arena, struct zv_err *err)
{
	struct zv_oidc_provider *provider = zv_oidc_find(oidc, provider_name);
	struct zv_oidc_flow flow = {.return_to = safe_return(return_to)};
	struct zv_oidc_about about;
	enum zv_code code;

	if (provider == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "provider", N_("There is no provider “%.*s”."), ZV_STR_FMT(provider_name));
	code = about_of(&about, oidc, provider, arena, err);
	if (code != ZV_OK)
		return code;
	flow.provider = provider->name;
	flow.state = fresh_secret(arena);
	flow.nonce = fresh_secret(arena);
	flow.verifier = fresh_secret(arena);
	flow.url = url_of(provider, &about, &flow, arena);
	(void)snprintf(flow.cookie, sizeof(flow.cookie), ZV_OIDC_COOKIE "=%.*s; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=600",
		       ZV_STR_FMT(flow.state));
	*out = flow;
	return ZV_OK;
}

struct zv_str zv_oidc_state(struct zv_str cookie_field, struct zv_str state_parameter)
{
	static const struct zv_str name = ZV_STR_INIT(ZV_OIDC_COOKIE "=");
	struct zv_str rest = cookie_field.p != NULL ? cookie_field : ZV_STR("");
	struct zv_str found = ZV_STR("");
	struct zv_str part;

	while (zv_str_split(&part, &rest, ';')) {
		part = zv_str_trim(part);
		if (zv_str_starts(part, name))
			found = zv_str_from(part, name.n);
	}
	if (!zv_secret_check(found) || !zv_secret_equal(found, state_parameter))
		return ZV_STR("");
	return state_parameter;
}

void zv_oidc_cookie_end(char out[COOKIE_FIELD])
{
	(void)snprintf(out, COOKIE_FIELD, ZV_OIDC_COOKIE "=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0");
}

/* --- the way back ---------------------------------------------------------------------------------------------------------------- */

/* The body of the token request; the secret goes into the Authorization field or into the body, as the provider wants it. */
static void fill_form(struct zv_buf *form, const struct zv_oidc_provider *provider, const struct zv_oidc_about *about,
		      const struct zv_oidc_flow *flow, struct zv_str code_parameter)
{
	zv_form_add(form, "grant_type", ZV_STR("authorization_code"));
	zv_form_add(form, "code", code_parameter);
	zv_form_add(form, "redirect_uri", provider->redirect);
	zv_form_add(form, "code_verifier", flow->verifier);
	if (provider->secret.n == 0 || about->post)
		zv_form_add(form, "client_id", provider->client_id);
	if (provider->secret.n > 0 && about->post)
		zv_form_add(form, "client_secret", provider->secret);
}

/* RFC 6749, 2.3.1: id and secret are form-encoded before they are joined. */
static const char *form_encoded(struct zv_str s, struct zv_arena *arena)
{
	struct zv_buf buf;
	struct zv_str copy;

	zv_buf_init(&buf, 0);
	zv_form_escape(&buf, s);
	copy = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return copy.p;
}

static enum zv_code ask_token(struct zv_str *id_token, struct zv_oidc *oidc, const struct zv_oidc_provider *provider,
			      const struct zv_oidc_about *about, const struct zv_oidc_flow *flow, struct zv_str code_parameter,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_http_ask ask = {.url = about->token, .timeout_ms = TIMEOUT_MS, .max = ANSWER_MAX, .insecure = oidc->insecure};
	struct zv_http_reply reply = {0};
	struct zv_buf form;
	json_t *json = NULL;
	enum zv_code code;

	zv_buf_init(&form, 0);
	fill_form(&form, provider, about, flow, code_parameter);
	ask.form = zv_buf_str(&form);
	if (provider->secret.n > 0 && !about->post) {
		ask.user = form_encoded(provider->client_id, arena);
		ask.password = form_encoded(provider->secret, arena);
	}
	code = zv_http_fetch(&reply, &ask, arena, err);
	zv_secret_forget(form.p, form.cap);
	zv_buf_done(&form);
	if (code != ZV_OK)
		return code;
	json = json_loadb(reply.body.p, reply.body.n, JSON_REJECT_DUPLICATES, NULL);
	*id_token = zv_oidc_claim_text(json, ZV_STR("id_token"), arena);
	if (reply.status != 200 || id_token->n == 0) {
		struct zv_str why = zv_oidc_claim_text(json, ZV_STR("error"), arena);

		code = zv_fail(err, ZV_E_DENIED, "", N_("The provider gave no identity token (status %d, %.*s). Begin again."), reply.status,
			       ZV_STR_FMT(why.n > 0 ? why : ZV_STR("-")));
	}
	json_decref(json);
	return code;
}

static bool claim_has(const json_t *claim, struct zv_str value)
{
	if (value.n == 0)
		return true;
	if (json_is_string(claim))
		return zv_str_eq((struct zv_str){json_string_value(claim), json_string_length(claim)}, value);
	for (size_t i = 0; i < json_array_size(claim); i++) {
		const json_t *one = json_array_get(claim, i);

		if (json_is_string(one) && zv_str_eq((struct zv_str){json_string_value(one), json_string_length(one)}, value))
			return true;
	}
	return false;
}

/* The claim -> role map: every rule that fits gives its role, in the order of the file. */
static void map_roles(struct zv_oidc_person *out, const struct zv_oidc_provider *provider, json_t *claims, struct zv_arena *arena)
{
	const json_t *claim = zv_oidc_claim(claims, provider->role_claim);

	for (size_t i = 0; i < provider->n_rules && out->n_grants < ZV_GRANTS_MAX; i++) {
		const struct zv_oidc_rule *rule = &provider->rules[i];
		struct zv_oidc_grant grant = {.role = rule->role, .centre = rule->centre, .org = rule->org};

		if (!claim_has(claim, rule->value))
			continue;
		if (rule->org_claim.n > 0)
			grant.org = zv_oidc_claim_text(claims, rule->org_claim, arena);
		/* A role that is bound to an organisation is none without it. */
		if (rule->org_claim.n == 0 || grant.org.n > 0)
			out->grants[out->n_grants++] = grant;
	}
}

static void take_person(struct zv_oidc_person *out, const struct zv_oidc_provider *provider, json_t *claims, struct zv_arena *arena)
{
	*out = (struct zv_oidc_person){
		.provider = provider->name,
		.issuer = provider->issuer,
		.subject = zv_oidc_claim_text(claims, ZV_STR("sub"), arena),
		.login = zv_oidc_claim_text(claims, provider->login_claim, arena),
		.name = zv_oidc_claim_text(claims, ZV_STR("name"), arena),
		.email = zv_oidc_claim_text(claims, ZV_STR("email"), arena),
		.update_roles = provider->update_roles,
	};
	map_roles(out, provider, claims, arena);
}

/* Checks the token; when its key is not known, once more with the keys of now. */
static enum zv_code check_token(json_t **claims, struct zv_oidc *oidc, struct zv_oidc_provider *provider, struct zv_oidc_about *about,
				struct zv_str id_token, struct zv_str nonce, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_id_token_rule rule = {.issuer = provider->issuer, .client_id = provider->client_id, .nonce = nonce, .now_s = zv_now_ms() / 1000};
	bool unknown_key = false;
	struct zv_str keys;
	enum zv_code code = keys_of(&keys, oidc, provider, about, false, arena, err);

	if (code == ZV_OK)
		code = zv_id_token_check(claims, &unknown_key, id_token, keys, &rule, err);
	if (code == ZV_OK || !unknown_key)
		return code;
	code = keys_of(&keys, oidc, provider, about, true, arena, err);
	if (code == ZV_OK)
		code = zv_id_token_check(claims, &unknown_key, id_token, keys, &rule, err);
	return code;
}

enum zv_code zv_oidc_exchange(struct zv_oidc_person *out, struct zv_oidc *oidc, const struct zv_oidc_flow *flow, struct zv_str code_parameter,
			      struct zv_str iss, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_oidc_provider *provider = zv_oidc_find(oidc, flow->provider);
	struct zv_oidc_about about;
	struct zv_str id_token;
	json_t *claims = NULL;
	enum zv_code code;

	if (provider == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "provider", N_("There is no provider “%.*s”."), ZV_STR_FMT(flow->provider));
	code = about_of(&about, oidc, provider, arena, err);
	if (code != ZV_OK)
		return code;
	if ((iss.n > 0 || about.iss) && !zv_str_eq(iss, provider->issuer))
		return zv_fail(err, ZV_E_DENIED, "iss", N_("The answer is not from the provider that was asked. Begin again."));
	if (code_parameter.n == 0 || code_parameter.n > CODE_MAX)
		return zv_fail(err, ZV_E_DENIED, "code", N_("The provider's answer lacks the code. Begin again."));
	code = ask_token(&id_token, oidc, provider, &about, flow, code_parameter, arena, err);
	if (code == ZV_OK)
		code = check_token(&claims, oidc, provider, &about, id_token, flow->nonce, arena, err);
	if (code == ZV_OK)
		take_person(out, provider, claims, arena);
	json_decref(claims);
	return code;
}
