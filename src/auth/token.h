/* Tokens of programs: "zv_" and 256 random bits. Only the hash is stored (store/token.h). */
#ifndef ZV_AUTH_TOKEN_H
#define ZV_AUTH_TOKEN_H

#include "auth/rights.h"
#include "auth/secret.h"

enum { ZV_TOKEN_TEXT = ZV_SECRET_TEXT + 3, ZV_TOKEN_DAYS_MAX = 366 };

void zv_token_new(char out[ZV_TOKEN_TEXT]);

/* True for "zv_" and 43 characters of base64url. */
bool zv_token_check(struct zv_str text);

/* The token of an Authorization field ("Bearer zv_..."); empty when the field is none. Whether it is one that exists is not asked. */
struct zv_str zv_token_of_field(struct zv_str authorization);

/* Names of actions divided by spaces, to bits and back. ZV_E_INVALID, field "scopes", names the word that is none. At least one. */
ZV_MUST_CHECK enum zv_code zv_scopes_parse(uint64_t out[2], struct zv_str text, struct zv_err *err);
void zv_scopes_format(struct zv_buf *out, const uint64_t scopes[2]);

#endif
