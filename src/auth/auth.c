/* Settings, pools, and from a cookie or token to the person. */
#include "auth/auth.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "auth/oidc.h"
#include "auth/seen.h"
#include "auth/token.h"
#include "base/date.h"
#include "base/mem.h"
#include "store/id.h"
#include "store/session.h"
#include "store/setting.h"

enum { HASH_THREADS = 2, HASH_WAITING = 256, OUTSIDE_THREADS = 4, OUTSIDE_WAITING = 32 };
enum { MINUTE_MS = 60000, IDLE_MAX_MIN = 24 * 60, LIFE_MAX_MIN = 7 * 24 * 60 };

static const int64_t sweep_us = INT64_C(600) * 1000000;

struct zv_auth {
	struct zv_password_cost cost;
	struct zv_session_rule rule;
	struct zv_throttle *throttle;
	struct zv_seen *seen;
	struct zv_pool *hash_pool;
	struct zv_pool *outside_pool;
	struct zv_oidc *oidc;
	atomic_int_fast64_t swept_us;
};

/* --- start ------------------------------------------------------------------------------------------------------------------ */

/* A setting that is a whole number in min..max; `*out` stays when it is not there. */
static enum zv_code read_number(int64_t *out, struct zv_db *db, const char *name, int64_t min, int64_t max, struct zv_arena *arena,
				struct zv_err *err)
{
	struct zv_str text;
	int64_t number;
	enum zv_code code = zv_setting_get(&text, db, name, arena, err);

	if (code != ZV_OK || text.n == 0)
		return code;
	if (!zv_str_int(&number, text) || number < min || number > max)
		return zv_fail(err, ZV_E_INVALID, name, N_("The setting %s must be a whole number from %" PRId64 " to %" PRId64 ", not “%.*s”."), name, min,
			       max, ZV_STR_FMT(text));
	*out = number;
	return ZV_OK;
}

enum zv_code zv_auth_cost_load(struct zv_password_cost *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_password_cost cost = zv_password_cost_min;
	enum zv_code code = read_number(&cost.memory_kib, db, "auth.memory_kib", 0, INT32_MAX, arena, err);

	if (code == ZV_OK)
		code = read_number(&cost.passes, db, "auth.passes", 0, INT32_MAX, arena, err);
	if (code == ZV_OK)
		code = zv_password_cost_check(&cost, err);
	if (code == ZV_OK)
		*out = cost;
	return code;
}

static enum zv_code read_rule(struct zv_session_rule *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	int64_t idle = 30;
	int64_t life = 480;
	enum zv_code code = read_number(&idle, db, "session.idle_min", 1, IDLE_MAX_MIN, arena, err);

	if (code == ZV_OK)
		code = read_number(&life, db, "session.life_min", 1, LIFE_MAX_MIN, arena, err);
	if (code == ZV_OK)
		*out = (struct zv_session_rule){.idle_ms = idle * MINUTE_MS, .life_ms = life * MINUTE_MS};
	return code;
}

static enum zv_code load_providers(struct zv_auth *auth, struct zv_db *db, const struct zv_auth_options *options, struct zv_arena *arena,
				   struct zv_err *err)
{
	struct zv_str path = zv_str_c(options->providers_file);
	enum zv_code code = ZV_OK;

	if (path.n == 0)
		code = zv_setting_get(&path, db, "oidc.file", arena, err);
	if (code != ZV_OK || path.n == 0)
		return code;
	return zv_oidc_load(&auth->oidc, zv_str_dup(arena, path).p, options->insecure_providers, err);
}

static enum zv_code start(struct zv_auth *auth, struct zv_db *db, const struct zv_auth_options *options, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_auth_cost_load(&auth->cost, db, arena, err);

	if (code == ZV_OK)
		code = read_rule(&auth->rule, db, arena, err);
	if (code == ZV_OK)
		code = load_providers(auth, db, options, arena, err);
	if (code == ZV_OK)
		code = zv_pool_start(&auth->hash_pool, "zv-hash", HASH_THREADS, HASH_WAITING, err);
	if (code == ZV_OK)
		code = zv_pool_start(&auth->outside_pool, "zv-outside", OUTSIDE_THREADS, OUTSIDE_WAITING, err);
	return code;
}

enum zv_code zv_auth_start(struct zv_auth **out, struct zv_db *db, const struct zv_auth_options *options, struct zv_err *err)
{
	struct zv_auth *auth = zv_calloc(1, sizeof(*auth));
	struct zv_arena arena;
	enum zv_code code;

	atomic_store(&auth->swept_us, zv_tick_us());
	auth->throttle = zv_throttle_new();
	auth->seen = zv_seen_new();
	zv_arena_init(&arena);
	code = start(auth, db, options, &arena, err);
	zv_arena_done(&arena);
	if (code != ZV_OK) {
		zv_auth_stop(auth);
		return code;
	}
	*out = auth;
	return ZV_OK;
}

void zv_auth_stop(struct zv_auth *auth)
{
	if (auth == NULL)
		return;
	zv_pool_stop(auth->hash_pool);
	zv_pool_stop(auth->outside_pool);
	zv_oidc_free(auth->oidc);
	zv_seen_free(auth->seen);
	zv_throttle_free(auth->throttle);
	free(auth);
}

/* --- who asks ---------------------------------------------------------------------------------------------------------------- */

void zv_who_of_account(struct zv_who *out, const struct zv_account *account, struct zv_arena *arena)
{
	struct zv_who who = {
		.account_id = account->id,
		.account_uid = account->uid,
		.login = account->login,
		.name = account->name,
		.actor = zv_arena_strf(arena, "user:%.*s", ZV_STR_FMT(account->login)),
	};

	memset(who.scopes, 0xff, sizeof(who.scopes));
	for (int i = 0; i < account->n_roles && who.n_grants < ZV_GRANTS_MAX; i++) {
		const struct zv_account_role *role = &account->roles[i];
		struct zv_grant grant = {.centre_id = role->centre_id, .org_id = role->org_id};

		if (zv_role_parse(&grant.role, role->role) && grant.role != ZV_ROLE_LOCAL && grant.role != ZV_ROLE_PUBLIC)
			who.grants[who.n_grants++] = grant;
	}
	*out = who;
}

/* A token for one centre keeps the grants there, and makes those for every centre its own; an organisation belongs to the centre of its id. */
static void narrow(struct zv_who *who, int64_t centre_id)
{
	int n = 0;

	for (int i = 0; i < who->n_grants && centre_id >= 0; i++) {
		struct zv_grant grant = who->grants[i];

		if (grant.centre_id == -1 && grant.org_id == 0)
			grant.centre_id = centre_id;
		if (grant.centre_id == centre_id || (grant.centre_id == -1 && zv_id_centre(grant.org_id) == centre_id))
			who->grants[n++] = grant;
	}
	if (centre_id >= 0)
		who->n_grants = n;
}

static const char *language(struct zv_str lang)
{
	return zv_str_eq_c(lang, "ru") ? "ru" : zv_str_eq_c(lang, "en") ? "en" : NULL;
}

/* The account behind a session or token; *known stays false when it may not come in. */
static enum zv_code load_account(struct zv_identity *out, bool *known, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_account_by_id(&account, db, id, arena, err);

	if (code != ZV_OK)
		return code == ZV_E_NOTFOUND ? ZV_OK : code;
	if (account.state != ZV_ACCOUNT_ACTIVE)
		return ZV_OK;
	zv_who_of_account(&out->who, &account, arena);
	out->lang = language(account.lang);
	out->totp = account.totp_secret.n > 0 && account.totp_step >= 0;
	*known = true;
	return ZV_OK;
}

struct look_up {
	struct zv_auth *auth;
	struct zv_db *db;
	struct zv_arena *arena;
	unsigned char digest[ZV_DIGEST_BYTES];
	char hash[ZV_DIGEST_HEX];
	int64_t now_ms, tick_us;
};

static bool alive(const struct look_up *at, const struct zv_seen_entry *entry)
{
	if (entry->identity.ends_ms <= at->now_ms)
		return false;
	return entry->identity.who.by_token || entry->seen_ms + at->auth->rule.idle_ms > at->now_ms;
}

static enum zv_code load_session(struct zv_seen_entry *out, bool *known, int64_t *stored_ms, const struct look_up *at, struct zv_err *err)
{
	struct zv_session session;
	int64_t last = zv_seen_last(at->auth->seen, at->digest);
	enum zv_code code = zv_session_by_hash(&session, at->db, zv_str_c(at->hash), at->arena, err);

	if (code != ZV_OK)
		return code == ZV_E_NOTFOUND ? ZV_OK : code;
	code = load_account(&out->identity, known, at->db, session.account_id, at->arena, err);
	out->identity.who.session_uid = session.uid;
	out->identity.ends_ms = session.ends_ms;
	out->seen_ms = last > session.seen_ms ? last : session.seen_ms;
	*stored_ms = session.seen_ms;
	return code;
}

static enum zv_code load_token(struct zv_seen_entry *out, bool *known, const struct look_up *at, struct zv_err *err)
{
	struct zv_api_token token;
	uint64_t scopes[2] = {0, 0};
	enum zv_code code = zv_api_token_by_hash(&token, at->db, zv_str_c(at->hash), at->arena, err);

	if (code != ZV_OK)
		return code == ZV_E_NOTFOUND ? ZV_OK : code;
	if (token.revoked_ms != 0)
		return ZV_OK;
	code = load_account(&out->identity, known, at->db, token.account_id, at->arena, err);
	if (code != ZV_OK || !*known)
		return code;
	/* A scope that this program does not know opens nothing. */
	if (zv_scopes_parse(scopes, token.scopes, NULL) != ZV_OK)
		memset(scopes, 0, sizeof(scopes));
	memcpy(out->identity.who.scopes, scopes, sizeof(scopes));
	narrow(&out->identity.who, token.centre_id);
	out->identity.who.by_token = true;
	out->identity.who.actor = zv_arena_strf(at->arena, "token:%.*s/%.*s", ZV_STR_FMT(out->identity.who.login), ZV_STR_FMT(token.name));
	out->identity.ends_ms = token.ends_ms;
	return ZV_OK;
}

/* Who stands behind a secret; *known false: nobody (any more). */
static enum zv_code look_up(struct zv_identity *out, bool *known, struct look_up *at, struct zv_str secret, bool token, struct zv_err *err)
{
	struct zv_seen *seen = at->auth->seen;
	struct zv_seen_entry entry = {0};
	int64_t stored_ms = 0;
	uint64_t generation;
	enum zv_code code = ZV_OK;

	zv_digest(at->digest, secret);
	at->now_ms = zv_now_ms();
	at->tick_us = zv_tick_us();
	*known = zv_seen_get(&entry, seen, at->digest, at->tick_us, at->arena);
	if (!*known) {
		generation = zv_seen_generation(seen);
		zv_secret_hash(at->hash, secret);
		code = token ? load_token(&entry, known, at, err) : load_session(&entry, known, &stored_ms, at, err);
		if (code == ZV_OK && *known && alive(at, &entry))
			zv_seen_put(seen, at->digest, &entry, stored_ms, generation, at->tick_us);
	}
	*known = code == ZV_OK && *known && entry.identity.who.by_token == token && alive(at, &entry);
	if (!*known)
		return code;
	if (!token)
		zv_seen_use(seen, at->digest, at->now_ms);
	*out = entry.identity;
	return ZV_OK;
}

enum zv_code zv_auth_who(struct zv_identity *out, struct zv_auth *auth, struct zv_db *db, struct zv_str cookie, struct zv_str authorization,
			 struct zv_str address, struct zv_arena *arena, struct zv_err *err)
{
	struct look_up at = {.auth = auth, .db = db, .arena = arena};
	struct zv_identity identity = {.session = ZV_STR("")};
	bool by_token = authorization.n > 0;
	struct zv_str secret = by_token ? zv_token_of_field(authorization) : zv_session_of_field(cookie);
	bool well_formed = by_token ? zv_token_check(secret) : secret.n > 0;
	bool known = false;
	enum zv_code code = ZV_OK;

	if (well_formed)
		code = look_up(&identity, &known, &at, secret, by_token, err);
	if (code != ZV_OK)
		return code;
	if (known) {
		identity.who.address = address;
		identity.session = by_token ? ZV_STR("") : secret;
	} else {
		zv_who_public(&identity.who, address);
		identity.refused = by_token || secret.n > 0;
	}
	*out = identity;
	return ZV_OK;
}

/* --- what others ask for ------------------------------------------------------------------------------------------------------ */

void zv_auth_settle(struct zv_auth *auth)
{
	zv_seen_settle(auth->seen);
}

size_t zv_auth_seen(struct zv_session_seen *out, size_t max, struct zv_auth *auth)
{
	return zv_seen_due(out, max, auth->seen);
}

bool zv_auth_sweep_due(struct zv_auth *auth)
{
	int64_t now = zv_tick_us();
	int_fast64_t last = atomic_load(&auth->swept_us);

	return now - last >= sweep_us && atomic_compare_exchange_strong(&auth->swept_us, &last, now);
}

const struct zv_session_rule *zv_auth_session_rule(const struct zv_auth *auth)
{
	return &auth->rule;
}

const struct zv_password_cost *zv_auth_cost(const struct zv_auth *auth)
{
	return &auth->cost;
}

struct zv_throttle *zv_auth_throttle(struct zv_auth *auth)
{
	return auth->throttle;
}

struct zv_pool *zv_auth_hash_pool(struct zv_auth *auth)
{
	return auth->hash_pool;
}

struct zv_pool *zv_auth_outside_pool(struct zv_auth *auth)
{
	return auth->outside_pool;
}

struct zv_oidc *zv_auth_oidc(struct zv_auth *auth)
{
	return auth->oidc;
}
