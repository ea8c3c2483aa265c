/* A session's cookie, and the token against forged requests. */
#include "auth/session.h"

#include <sodium.h>
#include <stdio.h>

struct zv_str zv_session_of_field(struct zv_str cookie)
{
	static const struct zv_str name = ZV_STR_INIT(ZV_COOKIE "=");
	struct zv_str rest = cookie.p != NULL ? cookie : ZV_STR("");
	struct zv_str found = ZV_STR("");
	struct zv_str part;

	while (zv_str_split(&part, &rest, ';')) {
		part = zv_str_trim(part);
		if (!zv_str_starts(part, name))
			continue;
		part = zv_str_from(part, name.n);
		if (found.n > 0 && !zv_str_eq(found, part))
			return ZV_STR("");
		found = part;
	}
	return zv_secret_check(found) ? found : ZV_STR("");
}

void zv_session_cookie(char out[ZV_COOKIE_FIELD], const char *token)
{
	(void)snprintf(out, ZV_COOKIE_FIELD, ZV_COOKIE "=%s; Path=/; HttpOnly; Secure; SameSite=Lax", token);
}

void zv_session_cookie_end(char out[ZV_COOKIE_FIELD])
{
	(void)snprintf(out, ZV_COOKIE_FIELD, ZV_COOKIE "=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0");
}

void zv_csrf_of(char out[ZV_CSRF_TEXT], struct zv_str token)
{
	static const char what[] = "zveno csrf 1";
	unsigned char mac[ZV_SECRET_BYTES];

	/* BLAKE2b with the session's own token as the key. */
	assert(token.n >= crypto_generichash_KEYBYTES_MIN && token.n <= crypto_generichash_KEYBYTES_MAX);
	(void)crypto_generichash(mac, sizeof(mac), (const unsigned char *)what, sizeof(what) - 1, (const unsigned char *)token.p, token.n);
	zv_base64url(out, ZV_CSRF_TEXT, mac, sizeof(mac));
}

bool zv_csrf_check(struct zv_str token, struct zv_str csrf)
{
	char want[ZV_CSRF_TEXT];

	if (!zv_secret_check(token))
		return false;
	zv_csrf_of(want, token);
	return zv_secret_equal(zv_str_c(want), csrf);
}
