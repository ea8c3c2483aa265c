/* The own account: name, second factor, sessions; and tokens of programs, one's own and others'. */
#include "app/account_inside.h"
#include "app/database.h"
#include "auth/auth.h"
#include "base/utf8.h"

enum { TOKENS_MAX = 100, TOKEN_NAME_MAX = 60 };

static const int64_t day_ms = INT64_C(86400000);

enum zv_code zv_own_account(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	if (who->account_id == 0)
		return zv_fail(err, ZV_E_DENIED, "", N_("Sign in first: this is about the own account."));
	return zv_account_by_id(out, db, who->account_id, arena, err);
}

/* What is about the own account, in a transaction: loaded first, told at the end. */
static enum zv_code begin_own(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_rights_need_some(who, ZV_DO_OWN_ACCOUNT, err);
	if (code == ZV_OK)
		code = zv_own_account(out, db, who, arena, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}

static enum zv_code end_own(enum zv_code code, struct zv_db *db, const struct zv_who *who, const struct zv_account *account, const char *action,
			    struct zv_err *err)
{
	if (code == ZV_OK)
		code = zv_account_tell(db, who, account, action, ZV_STR(""), err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

enum zv_code zv_own_change(struct zv_account *out, struct zv_db *db, const struct zv_who *who, const struct zv_account_change *change,
			   struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = begin_own(&account, db, who, arena, err);

	if (code != ZV_OK)
		return code;
	assert(change->n_places < 0 && change->state == 0);
	if (change->name != NULL)
		account.name = zv_str_trim(*change->name);
	if (change->email != NULL)
		account.email = zv_str_trim(*change->email);
	if (change->lang != NULL)
		account.lang = *change->lang;
	code = zv_account_check_fields(&account, err);
	if (code == ZV_OK)
		code = zv_account_update(db, &account, err);
	code = end_own(code, db, who, &account, "account.set", err);
	if (code == ZV_OK)
		*out = account;
	return code;
}

/* --- second factor --------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_own_totp_begin(struct zv_str *secret, struct zv_str *uri, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_account account;
	char text[ZV_TOTP_SECRET];
	struct zv_buf buf;
	enum zv_code code = begin_own(&account, db, who, arena, err);

	if (code != ZV_OK)
		return code;
	zv_totp_new(text);
	if (account.totp_secret.n > 0 && account.totp_step >= 0)
		code = zv_fail(err, ZV_E_CONFLICT, "totp", N_("The account has a second factor already. Take it away first."));
	if (code == ZV_OK)
		code = zv_account_put_totp(db, account.id, zv_str_c(text), -1, err);
	code = end_own(code, db, who, &account, "account.totp.begin", err);
	if (code != ZV_OK)
		return code;
	zv_buf_init(&buf, 0);
	zv_totp_uri(&buf, ZV_STR("Zveno"), account.login, zv_str_c(text));
	*secret = zv_str_dup(arena, zv_str_c(text));
	*uri = zv_str_dup(arena, zv_buf_str(&buf));
	zv_secret_forget(buf.p, buf.cap);
	zv_buf_done(&buf);
	zv_secret_forget(text, sizeof(text));
	return ZV_OK;
}

enum zv_code zv_own_totp_confirm(struct zv_db *db, const struct zv_who *who, struct zv_str code_text, int64_t now_ms, struct zv_arena *arena,
				 struct zv_err *err)
{
	struct zv_account account;
	int64_t step;
	enum zv_code code = begin_own(&account, db, who, arena, err);

	if (code != ZV_OK)
		return code;
	if (account.totp_secret.n == 0 || account.totp_step >= 0)
		code = zv_fail(err, ZV_E_CONFLICT, "totp", N_("There is no second factor that waits to be confirmed. Ask for a new secret."));
	else if (!zv_totp_check(&step, account.totp_secret, code_text, 0, now_ms))
		code = zv_fail(err, ZV_E_INVALID, "code", N_("This is not the code of now. Check the clock of the phone and give the six digits that it shows."));
	if (code == ZV_OK)
		code = zv_account_put_totp(db, account.id, account.totp_secret, step, err);
	return end_own(code, db, who, &account, "account.totp.on", err);
}

enum zv_code zv_own_totp_remove(struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = begin_own(&account, db, who, arena, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_put_totp(db, account.id, ZV_STR(""), 0, err);
	return end_own(code, db, who, &account, "account.totp.off", err);
}

/* --- sessions ---------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_own_sessions(struct zv_session **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_own_account(&account, db, who, arena, err);

	return code == ZV_OK ? zv_sessions_of(out, n, db, account.id, arena, err) : code;
}

enum zv_code zv_own_session_end(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_err *err)
{
	struct zv_account account;
	struct zv_arena arena;
	int64_t n = 0;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_db_begin(db, err);
	if (code == ZV_OK) {
		code = zv_own_account(&account, db, who, &arena, err);
		if (code == ZV_OK)
			code = zv_session_end(&n, db, who->account_id, uid, err);
		if (code == ZV_OK && n == 0)
			code = zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such session."));
		code = end_own(code, db, who, &account, "session.end", err);
	}
	zv_arena_done(&arena);
	return code;
}

/* --- tokens of programs ---------------------------------------------------------------------------------------------------------------- */

/* The account whose tokens they are: the own one, or another's that this person may change. */
static enum zv_code token_account(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str account_uid, struct zv_arena *arena,
				  struct zv_err *err)
{
	enum zv_code code;

	if (account_uid.n > 0)
		return zv_account_to_change(out, db, who, account_uid, arena, err);
	code = zv_rights_need_some(who, ZV_DO_OWN_ACCOUNT, err);
	return code == ZV_OK ? zv_own_account(out, db, who, arena, err) : code;
}

/* No scope beyond what the account's roles reach. */
static enum zv_code check_scopes(struct zv_buf *out, const struct zv_account *account, struct zv_str text, struct zv_arena *arena,
				 struct zv_err *err)
{
	uint64_t scopes[2];
	struct zv_who owner;
	enum zv_code code = zv_scopes_parse(scopes, text, err);

	if (code != ZV_OK)
		return code;
	zv_who_of_account(&owner, account, arena);
	for (int i = 0; i < ZV_ACTION_COUNT; i++) {
		if ((scopes[i / 64] >> (i % 64) & 1) == 0)
			continue;
		if (!zv_may_some(&owner, (enum zv_action)i))
			return zv_fail(err, ZV_E_DENIED, "scopes", N_("The roles of the account do not reach the scope “%s”."),
				       zv_action_name((enum zv_action)i));
	}
	zv_scopes_format(out, scopes);
	return ZV_OK;
}

static enum zv_code check_name(struct zv_db *db, const struct zv_account *account, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_api_token *tokens;
	size_t n;
	size_t in_use = 0;
	enum zv_code code;

	if (name.n == 0 || zv_utf8_check(name) >= 0 || zv_utf8_count(name) > TOKEN_NAME_MAX || zv_str_find_char(name, '\n') >= 0)
		return zv_fail(err, ZV_E_INVALID, "name", N_("Give the token a name of 1 to %d characters, such as the program that will use it."), TOKEN_NAME_MAX);
	code = zv_api_tokens_of(&tokens, &n, db, account->id, arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (tokens[i].revoked_ms != 0 || tokens[i].ends_ms <= zv_now_ms())
			continue;
		in_use++;
		if (zv_str_eq(tokens[i].name, name))
			code = zv_fail(err, ZV_E_CONFLICT, "name", N_("The account has a token “%.*s” already. Choose another name, or revoke that one."),
				       ZV_STR_FMT(name));
	}
	if (code == ZV_OK && in_use >= TOKENS_MAX)
		code = zv_fail(err, ZV_E_LIMIT, "name", N_("An account has at most %d tokens in use. Revoke one first."), TOKENS_MAX);
	return code;
}

static enum zv_code check_end(int64_t *ends_ms, zv_date ends_on, struct zv_err *err)
{
	zv_date today = zv_today();

	if (ends_on == ZV_DATE_NONE || ends_on < today || ends_on > today + ZV_TOKEN_DAYS_MAX)
		return zv_fail(err, ZV_E_INVALID, "ends_on", N_("Give the last day of the token: from today to a year from now."));
	*ends_ms = ((int64_t)ends_on + 1) * day_ms;
	return ZV_OK;
}

static enum zv_code add_token(struct zv_api_token *out, char token[ZV_TOKEN_TEXT], const struct zv_account *account, struct zv_db *db,
			      const struct zv_who *who, const struct zv_token_request *request, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_api_token row = {.account_id = account->id, .name = zv_str_trim(request->name), .centre_id = -1};
	char hash[ZV_DIGEST_HEX];
	struct zv_buf scopes;
	enum zv_code code = check_name(db, account, row.name, arena, err);

	zv_buf_init(&scopes, 0);
	if (code == ZV_OK)
		code = check_scopes(&scopes, account, request->scopes, arena, err);
	if (code == ZV_OK && request->centre.n > 0)
		code = zv_database_centre(&row.centre_id, db, request->centre, err);
	if (code == ZV_OK)
		code = check_end(&row.ends_ms, request->ends_on, err);
	if (code == ZV_OK) {
		row.scopes = zv_str_dup(arena, zv_buf_str(&scopes));
		zv_token_new(token);
		zv_secret_hash(hash, zv_str_c(token));
		row.hash = zv_str_dup(arena, zv_str_c(hash));
		code = zv_api_token_insert(db, &row, arena, err);
	}
	zv_buf_done(&scopes);
	if (code == ZV_OK)
		code = zv_account_tell(db, who, account, "account.token.add", zv_account_detail("token", row.uid, arena), err);
	if (code == ZV_OK)
		*out = row;
	return code;
}

enum zv_code zv_account_token_add(struct zv_api_token *out, char token[ZV_TOKEN_TEXT], struct zv_db *db, const struct zv_who *who,
				  struct zv_str account_uid, const struct zv_token_request *request, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code;

	/* Or a stolen one could live on in others. */
	if (who->by_token)
		return zv_fail(err, ZV_E_DENIED, "", N_("A token cannot make tokens. Sign in with a password."));
	code = zv_db_begin(db, err);
	if (code != ZV_OK)
		return code;
	code = token_account(&account, db, who, account_uid, arena, err);
	if (code == ZV_OK)
		code = add_token(out, token, &account, db, who, request, arena, err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

enum zv_code zv_account_tokens(struct zv_api_token **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str account_uid,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = token_account(&account, db, who, account_uid, arena, err);

	return code == ZV_OK ? zv_api_tokens_of(out, n, db, account.id, arena, err) : code;
}

enum zv_code zv_account_token_revoke(struct zv_db *db, const struct zv_who *who, struct zv_str account_uid, struct zv_str uid, struct zv_arena *arena,
				     struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = token_account(&account, db, who, account_uid, arena, err);
	if (code == ZV_OK)
		code = zv_api_token_revoke(db, account.id, uid, err);
	if (code == ZV_OK)
		code = zv_account_tell(db, who, &account, "account.token.revoke", zv_account_detail("token", uid, arena), err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}
