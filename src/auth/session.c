/* Opening a session, its cookie, and the token against forged requests. */
#include "auth/session.h"

#include <sodium.h>
#include <stdio.h>

#include "base/date.h"
#include "base/utf8.h"
#include "store/session.h"

enum { SESSIONS_MAX = 50, AGENT_MAX = 200 };

enum zv_code zv_session_open(struct zv_session_new *out, struct zv_db *db, const struct zv_session_rule *rule, int64_t account_id,
			     struct zv_str address, struct zv_str agent, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_session_new fresh = {0};
	char hash[ZV_DIGEST_HEX];
	int64_t now = zv_now_ms();
	struct zv_session session = {
		.account_id = account_id,
		.created_ms = now,
		.seen_ms = now,
		.ends_ms = now + rule->life_ms,
		.address = address,
		.agent = zv_utf8_first(agent, AGENT_MAX),
	};
	enum zv_code code;

	zv_secret_new(fresh.token);
	zv_secret_hash(hash, zv_str_c(fresh.token));
	session.hash = zv_str_c(hash);
	code = zv_session_insert(db, &session, arena, err);
	if (code == ZV_OK)
		code = zv_sessions_trim(db, account_id, SESSIONS_MAX, err);
	if (code != ZV_OK)
		return code;
	zv_csrf_of(fresh.csrf, zv_str_c(fresh.token));
	fresh.uid = session.uid;
	fresh.ends_ms = session.ends_ms;
	*out = fresh;
	return ZV_OK;
}

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
