/* Opening a session: the only place where its secret is known. */
#include "auth/session.h"
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
