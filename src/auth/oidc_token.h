/* Identity tokens: signed JSON (RFC 7515, 7519) checked against a provider's keys. Inside auth only. */
#ifndef ZV_AUTH_OIDC_TOKEN_H
#define ZV_AUTH_OIDC_TOKEN_H

#include "base/err.h"
#include "base/str.h"

struct json_t;

enum { ZV_ID_TOKEN_MAX = 64 * 1024, ZV_ID_TOKEN_SKEW_S = 60 };

struct zv_id_token_rule {
	struct zv_str issuer, client_id, nonce;
	int64_t now_s;
};

/*
 * The claims of a token in compact form whose signature is RS256 (keys of 2,048 bits and more) or ES256 by a key of `jwks` and whose iss, aud, azp,
 * exp, iat, nbf, nonce and sub are right; the caller frees them with json_decref. ZV_E_DENIED says what is not right; *unknown_key: no key of the
 * set may have signed it, newer keys might.
 */
ZV_MUST_CHECK enum zv_code zv_id_token_check(struct json_t **out, bool *unknown_key, struct zv_str token, struct zv_str jwks,
					     const struct zv_id_token_rule *rule, struct zv_err *err);

#endif
