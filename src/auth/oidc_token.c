/* Signatures by libjose; which algorithms, which keys and which claims are let in is decided here. */
#include "auth/oidc_token.h"

#include <jansson.h>
#include <jose/jose.h>
#include <stdlib.h>

#include "auth/secret.h"
#include "base/mem.h"


enum { RSA_BYTES_MIN = 256, AGE_MAX_S = 600 };

static enum zv_code refuse(struct zv_err *err, const char *what)
{
	return zv_fail(err, ZV_E_DENIED, "", N_("The provider's answer was refused: %s. Begin again, and tell the administrator if it stays so."), what);
}

static struct zv_str text_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_string(value) ? (struct zv_str){json_string_value(value), json_string_length(value)} : ZV_STR("");
}

/* The three parts of a compact token. */
static bool split(struct zv_str parts[3], struct zv_str token)
{
	struct zv_str rest = token;
	int n = 0;
	struct zv_str part;

	if (token.n == 0 || token.n > ZV_ID_TOKEN_MAX)
		return false;
	while (zv_str_split(&part, &rest, '.')) {
		if (n == 3 || part.n == 0)
			return false;
		parts[n++] = part;
	}
	return n == 3;
}

/* A base64url part as a JSON object; NULL when it is none. */
static json_t *decode(struct zv_str part)
{
	unsigned char *bytes = zv_alloc(part.n + 1);
	json_t *json = NULL;
	size_t n;

	if (zv_base64url_read(bytes, part.n + 1, &n, part))
		json = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
	free(bytes);
	if (json != NULL && !json_is_object(json)) {
		json_decref(json);
		json = NULL;
	}
	return json;
}

/* Whether this key may have signed a token of that header: right kind and size, for signatures, not for another algorithm or by another name. */
static bool key_fits(const json_t *key, const json_t *header)
{
	struct zv_str alg = text_at(header, "alg");
	struct zv_str kid = text_at(header, "kid");
	struct zv_str use = text_at(key, "use");
	struct zv_str key_alg = text_at(key, "alg");
	unsigned char modulus[1024];
	size_t n = 0;

	if (kid.n > 0 && !zv_str_eq(kid, text_at(key, "kid")))
		return false;
	if ((use.n > 0 && !zv_str_eq_c(use, "sig")) || (key_alg.n > 0 && !zv_str_eq(key_alg, alg)))
		return false;
	if (zv_str_eq_c(alg, "ES256"))
		return zv_str_eq_c(text_at(key, "kty"), "EC") && zv_str_eq_c(text_at(key, "crv"), "P-256");
	return zv_str_eq_c(text_at(key, "kty"), "RSA") && zv_base64url_read(modulus, sizeof(modulus), &n, text_at(key, "n")) && n >= RSA_BYTES_MIN;
}

static bool verify(const struct zv_str parts[3], const json_t *key)
{
	json_t *jws = json_pack("{s:s%, s:s%, s:s%}", "protected", parts[0].p, parts[0].n, "payload", parts[1].p, parts[1].n, "signature", parts[2].p,
				parts[2].n);
	bool right = jws != NULL && jose_jws_ver(NULL, jws, NULL, key, false);

	json_decref(jws);
	return right;
}

static enum zv_code check_signature(bool *unknown_key, const struct zv_str parts[3], const json_t *header, struct zv_str jwks, struct zv_err *err)
{
	struct zv_str alg = text_at(header, "alg");
	json_t *set;
	const json_t *keys;
	bool right = false;
	bool tried = false;

	if (!zv_str_eq_c(alg, "RS256") && !zv_str_eq_c(alg, "ES256"))
		return refuse(err, "alg");
	if (json_object_get(header, "crit") != NULL || json_object_get(header, "b64") != NULL)
		return refuse(err, "crit");
	set = json_loadb(jwks.p != NULL ? jwks.p : "", jwks.n, JSON_REJECT_DUPLICATES, NULL);
	keys = json_object_get(set, "keys");
	for (size_t i = 0; i < json_array_size(keys) && !right; i++) {
		const json_t *key = json_array_get(keys, i);

		if (!key_fits(key, header))
			continue;
		tried = true;
		right = verify(parts, key);
	}
	json_decref(set);
	*unknown_key = !tried;
	return right ? ZV_OK : refuse(err, tried ? "signature" : "kid");
}

static bool audience_is(const json_t *claims, struct zv_str client_id)
{
	const json_t *aud = json_object_get(claims, "aud");
	struct zv_str azp = text_at(claims, "azp");
	bool ours = false;

	if (json_object_get(claims, "azp") != NULL && !zv_str_eq(azp, client_id))
		return false;
	if (json_is_string(aud))
		return zv_str_eq(text_at(claims, "aud"), client_id);
	for (size_t i = 0; i < json_array_size(aud); i++) {
		const json_t *one = json_array_get(aud, i);

		ours = ours || (json_is_string(one) && zv_str_eq((struct zv_str){json_string_value(one), json_string_length(one)}, client_id));
	}
	return ours && (json_array_size(aud) == 1 || azp.n > 0);
}

/* A whole number of seconds; -1 when the claim is there but none, or is not there. */
static int64_t seconds_at(const json_t *claims, const char *key)
{
	const json_t *value = json_object_get(claims, key);

	return json_is_integer(value) && json_integer_value(value) >= 0 ? json_integer_value(value) : -1;
}

static enum zv_code check_claims(const json_t *claims, const struct zv_id_token_rule *rule, struct zv_err *err)
{
	int64_t exp = seconds_at(claims, "exp");
	int64_t iat = seconds_at(claims, "iat");
	struct zv_str sub = text_at(claims, "sub");

	if (!zv_str_eq(text_at(claims, "iss"), rule->issuer))
		return refuse(err, "iss");
	if (!audience_is(claims, rule->client_id))
		return refuse(err, "aud");
	if (exp < 0 || exp + ZV_ID_TOKEN_SKEW_S <= rule->now_s)
		return refuse(err, "exp");
	if (iat < 0 || iat > rule->now_s + ZV_ID_TOKEN_SKEW_S || iat < rule->now_s - AGE_MAX_S)
		return refuse(err, "iat");
	if (json_object_get(claims, "nbf") != NULL &&
	    (seconds_at(claims, "nbf") < 0 || seconds_at(claims, "nbf") > rule->now_s + ZV_ID_TOKEN_SKEW_S))
		return refuse(err, "nbf");
	if (rule->nonce.n == 0 || !zv_secret_equal(text_at(claims, "nonce"), rule->nonce))
		return refuse(err, "nonce");
	if (sub.n == 0 || sub.n > 255)
		return refuse(err, "sub");
	return ZV_OK;
}

enum zv_code zv_id_token_check(json_t **out, bool *unknown_key, struct zv_str token, struct zv_str jwks, const struct zv_id_token_rule *rule,
			       struct zv_err *err)
{
	struct zv_str parts[3];
	json_t *header = NULL;
	json_t *claims = NULL;
	enum zv_code code;

	*unknown_key = false;
	if (!split(parts, token))
		return refuse(err, "id_token");
	header = decode(parts[0]);
	claims = decode(parts[1]);
	if (header == NULL || claims == NULL)
		code = refuse(err, "id_token");
	else
		code = check_signature(unknown_key, parts, header, jwks, err);
	if (code == ZV_OK)
		code = check_claims(claims, rule, err);
	if (code == ZV_OK) {
		*out = claims;
		claims = NULL;
	}
	json_decref(header);
	json_decref(claims);
	return code;
}
