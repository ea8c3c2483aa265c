/* From the caller to a pool, from there to the writer, and back: passwords. Providers are in signin_provider.c. */
#include "app/signin.h"

#include <stdlib.h>

#include "app/account_inside.h"
#include "app/signin_inside.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/oidc_flow.h"

enum { RETRY_BUSY_S = 2, SEEN_MAX = 256 };

static const int64_t patience_us = 8000000; /* who has waited so long is told to come again instead of being served late */

/* --- the road ---------------------------------------------------------------------------------------------------------------- */

static void finish(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	zv_secret_forget(signin->hash, sizeof(signin->hash));
	signin->done(signin, code, err);
}

static struct zv_signin *of_write(struct zv_write *write)
{
	return (struct zv_signin *)(void *)((char *)write - offsetof(struct zv_signin, write));
}

static enum zv_code run_write(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct zv_signin *signin = of_write(write);

	zv_tr_set_lang(signin->lang);
	return signin->work(signin, db, err);
}

static void write_done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct zv_signin *signin = of_write(write);

	zv_auth_settle(signin->auth);
	if (code == ZV_OK && signin->outside) {
		finish(signin, signin->err.code, &signin->err);
		return;
	}
	if (code == ZV_OK && signin->next != NULL) {
		enum zv_code (*next)(struct zv_signin *signin, struct zv_err *err) = signin->next;

		signin->next = NULL;
		code = next(signin, &signin->err);
		if (code == ZV_OK)
			return;
		err = &signin->err;
	}
	finish(signin, code, err);
}

static enum zv_code busy(struct zv_signin *signin, struct zv_err *err)
{
	signin->retry_after = RETRY_BUSY_S;
	return zv_fail(err, ZV_E_BUSY, "", N_("Too many are being served at the moment. Try again in a few seconds."));
}

void zv_signin_write(struct zv_signin *signin)
{
	signin->write = (struct zv_write){.run = run_write, .done = write_done};
	if (zv_writer_submit(signin->writer, &signin->write))
		return;
	finish(signin, busy(signin, &signin->err), &signin->err);
}

static void run_piece(struct zv_piece *piece)
{
	struct zv_signin *signin = (struct zv_signin *)(void *)piece;
	bool late = zv_tick_us() - signin->handed_in_us > patience_us;
	enum zv_code code;

	zv_tr_set_lang(signin->lang);
	code = late ? busy(signin, &signin->err) : signin->slow(signin, &signin->err);
	if (late && signin->login.n > 0)
		zv_throttle_refund(zv_auth_throttle(signin->auth), signin->login, signin->address, zv_tick_us() / 1000);
	if (code == ZV_OK && signin->work != NULL)
		zv_signin_write(signin);
	else
		finish(signin, code, &signin->err);
}

enum zv_code zv_signin_submit(struct zv_signin *signin, struct zv_pool *pool, enum zv_code (*slow)(struct zv_signin *signin, struct zv_err *err),
			      enum zv_code (*work)(struct zv_signin *signin, struct zv_db *db, struct zv_err *err), struct zv_err *err)
{
	enum zv_code code;

	signin->slow = slow;
	signin->work = work;
	signin->piece.run = run_piece;
	signin->handed_in_us = zv_tick_us();
	code = zv_pool_submit(pool, &signin->piece, err);
	if (code == ZV_E_BUSY)
		signin->retry_after = RETRY_BUSY_S;
	return code;
}

/* --- passwords ------------------------------------------------------------------------------------------------------------------ */

static int64_t tick_ms(void)
{
	return zv_tick_us() / 1000;
}

static enum zv_code charge(struct zv_signin *signin, struct zv_err *err)
{
	int wait = zv_throttle_charge(zv_auth_throttle(signin->auth), signin->login, signin->address, tick_ms());

	if (wait == 0)
		return ZV_OK;
	signin->retry_after = wait;
	return zv_fail(err, ZV_E_LIMIT, "", N_("Too many attempts. Try again in %d s."), wait);
}

static enum zv_code wrong(struct zv_signin *signin, struct zv_err *err)
{
	signin->reason = "login.wrong";
	zv_log_info("signin.refused", "from %.*s", ZV_STR_FMT(signin->address));
	return zv_fail(err, ZV_E_DENIED, "", N_("The login, the password or the code is not right."));
}

/* The same work whatever the account is like; only then is it looked at. */
static enum zv_code prove(struct zv_signin *signin, struct zv_err *err)
{
	const struct zv_account *account = &signin->account;
	const struct zv_password_cost *cost = zv_auth_cost(signin->auth);
	bool right = zv_password_verify(account->password_hash, signin->password, cost);
	bool second = account->totp_secret.n > 0 && account->totp_step >= 0;

	if (!right || account->state != ZV_ACCOUNT_ACTIVE)
		return wrong(signin, err);
	if (second && signin->code.n == 0) {
		zv_throttle_refund(zv_auth_throttle(signin->auth), signin->login, signin->address, tick_ms());
		signin->reason = "totp.needed";
		return zv_fail(err, ZV_E_DENIED, "code", N_("Give the code of the second factor too."));
	}
	if (second && !zv_totp_check(&signin->step, account->totp_secret, signin->code, account->totp_step, zv_now_ms()))
		return wrong(signin, err);
	return ZV_OK;
}

static enum zv_code prove_login(struct zv_signin *signin, struct zv_err *err)
{
	const struct zv_password_cost *cost = zv_auth_cost(signin->auth);
	enum zv_code code = prove(signin, err);

	/* The password is at hand: now the hash can be made at the cost of now. */
	if (code == ZV_OK && zv_password_is_stale(signin->account.password_hash, cost) &&
	    zv_password_hash(signin->hash, signin->password, cost, NULL) != ZV_OK)
		signin->hash[0] = '\0';
	return code;
}

/* What may have changed while the hash was made: the account is looked at again. A code counts once. */
static enum zv_code still_right(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	struct zv_account now;
	bool fresh = true;
	enum zv_code code = zv_account_by_id(&now, db, signin->account.id, signin->arena, err);

	if (code == ZV_E_NOTFOUND)
		return wrong(signin, err);
	if (code == ZV_OK && (now.state != ZV_ACCOUNT_ACTIVE || !zv_str_eq(now.password_hash, signin->account.password_hash)))
		return wrong(signin, err);
	if (code == ZV_OK && signin->step > 0)
		code = zv_account_use_step(&fresh, db, now.id, signin->step, err);
	if (code == ZV_OK && !fresh)
		return wrong(signin, err);
	if (code == ZV_OK)
		signin->account = now;
	return code;
}

enum zv_code zv_signin_open(struct zv_signin *signin, struct zv_db *db, const char *action, struct zv_err *err)
{
	struct zv_who who;
	enum zv_code code = zv_session_open(&signin->session, db, zv_auth_session_rule(signin->auth), signin->account.id, signin->address, signin->agent,
					    signin->arena, err);

	if (code != ZV_OK)
		return code;
	zv_who_of_account(&who, &signin->account, signin->arena);
	who.address = signin->address;
	return zv_account_tell(db, &who, &signin->account, action, zv_account_detail("session", signin->session.uid, signin->arena), err);
}

static enum zv_code open_session(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = still_right(signin, db, err);

	if (code == ZV_OK && signin->hash[0] != '\0')
		code = zv_account_put_password(db, signin->account.id, zv_str_c(signin->hash), err);
	if (code == ZV_OK)
		code = zv_signin_open(signin, db, "session.open", err);
	if (code == ZV_OK)
		zv_throttle_clear(zv_auth_throttle(signin->auth), signin->login, signin->address, tick_ms());
	return code;
}

/* The account of a login; an empty one when there is none, which has no password. */
static enum zv_code look(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = zv_account_check_login(&signin->login, signin->arena, NULL);

	if (code == ZV_OK)
		code = zv_account_by_login(&signin->account, db, signin->login, signin->arena, err);
	if (code != ZV_E_NOTFOUND && code != ZV_E_INVALID)
		return code;
	signin->account = (struct zv_account){0};
	return ZV_OK;
}

enum zv_code zv_signin_password(struct zv_signin *signin, struct zv_db *db, struct zv_str login, struct zv_str password, struct zv_str code_text,
				struct zv_err *err)
{
	enum zv_code code;

	signin->login = login;
	signin->password = password;
	signin->code = code_text;
	code = look(signin, db, err);
	if (code == ZV_OK)
		code = charge(signin, err);
	if (code != ZV_OK)
		return code;
	code = zv_signin_submit(signin, zv_auth_hash_pool(signin->auth), prove_login, open_session, err);
	if (code != ZV_OK)
		zv_throttle_refund(zv_auth_throttle(signin->auth), signin->login, signin->address, tick_ms());
	return code;
}

/* --- the own password again -------------------------------------------------------------------------------------------------------- */

/* The own account, with a guess charged: whoever sits down at another's open page may not try passwords for ever. */
static enum zv_code prove_own(struct zv_signin *signin, struct zv_db *db, const struct zv_who *who, struct zv_str password, struct zv_err *err)
{
	enum zv_code code = zv_own_account(&signin->account, db, who, signin->arena, err);

	if (code != ZV_OK)
		return code;
	if (who->by_token)
		return zv_fail(err, ZV_E_DENIED, "", N_("This takes a session: sign in with the password."));
	signin->who = *who;
	signin->login = signin->account.login;
	signin->password = password;
	return charge(signin, err);
}

static enum zv_code is_own(struct zv_signin *signin, const char *field, struct zv_err *err)
{
	if (!zv_password_verify(signin->account.password_hash, signin->password, zv_auth_cost(signin->auth)))
		return zv_fail(err, ZV_E_INVALID, field, N_("The password is not right."));
	zv_throttle_clear(zv_auth_throttle(signin->auth), signin->login, signin->address, tick_ms());
	return ZV_OK;
}

static enum zv_code prove_change(struct zv_signin *signin, struct zv_err *err)
{
	enum zv_code code = is_own(signin, "old", err);

	return code == ZV_OK ? zv_password_hash(signin->hash, signin->new_password, zv_auth_cost(signin->auth), err) : code;
}

static enum zv_code write_change(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	int64_t n;
	enum zv_code code = zv_rights_need_some(&signin->who, ZV_DO_OWN_ACCOUNT, err);

	if (code == ZV_OK)
		code = still_right(signin, db, err);
	if (code == ZV_OK)
		code = zv_account_put_password(db, signin->account.id, zv_str_c(signin->hash), err);
	if (code == ZV_OK)
		code = zv_sessions_end(&n, db, signin->account.id, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_signin_open(signin, db, "account.password", err);
	return code;
}

enum zv_code zv_signin_change_password(struct zv_signin *signin, struct zv_db *db, const struct zv_who *who, struct zv_str old, struct zv_str new,
				       struct zv_err *err)
{
	enum zv_code code = zv_password_check(new, who->login, err);

	if (code == ZV_OK)
		code = prove_own(signin, db, who, old, err);
	if (code != ZV_OK)
		return code;
	signin->new_password = new;
	return zv_signin_submit(signin, zv_auth_hash_pool(signin->auth), prove_change, write_change, err);
}

static enum zv_code prove_removal(struct zv_signin *signin, struct zv_err *err)
{
	return is_own(signin, "password", err);
}

static enum zv_code write_removal(struct zv_signin *signin, struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = still_right(signin, db, err);

	return code == ZV_OK ? zv_own_totp_remove(db, &signin->who, signin->arena, err) : code;
}

enum zv_code zv_signin_remove_totp(struct zv_signin *signin, struct zv_db *db, const struct zv_who *who, struct zv_str password, struct zv_err *err)
{
	enum zv_code code = prove_own(signin, db, who, password, err);

	if (code != ZV_OK)
		return code;
	return zv_signin_submit(signin, zv_auth_hash_pool(signin->auth), prove_removal, write_removal, err);
}

/* --- hashes for others ------------------------------------------------------------------------------------------------------------- */

static enum zv_code make_hash(struct zv_signin *signin, struct zv_err *err)
{
	if (signin->new_password.n == 0)
		return ZV_OK;
	return zv_password_hash(signin->hash, signin->new_password, zv_auth_cost(signin->auth), err);
}

enum zv_code zv_signin_hash(struct zv_signin *signin, struct zv_str login, struct zv_str password,
			    enum zv_code (*work)(struct zv_signin *signin, struct zv_db *db, struct zv_err *err), struct zv_err *err)
{
	enum zv_code code = password.n > 0 ? zv_password_check(password, login, err) : ZV_OK;

	if (code != ZV_OK)
		return code;
	signin->new_password = password;
	return zv_signin_submit(signin, zv_auth_hash_pool(signin->auth), make_hash, work, err);
}

/* --- the last use of sessions --------------------------------------------------------------------------------------------------------- */

struct keeping {
	struct zv_write write;
	int64_t now_ms, idle_ms;
	size_t n;
	struct zv_session_seen seen[SEEN_MAX];
};

static enum zv_code run_keeping(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct keeping *keeping = (struct keeping *)(void *)write;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < keeping->n && code == ZV_OK; i++)
		code = zv_session_put_seen(db, zv_str_c(keeping->seen[i].hash), keeping->seen[i].seen_ms, err);
	if (code == ZV_OK)
		code = zv_sessions_sweep(db, keeping->now_ms, keeping->idle_ms, err);
	if (code == ZV_OK)
		code = zv_flow_sweep(db, keeping->now_ms, err);
	return code;
}

static void keeping_done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	if (code != ZV_OK)
		zv_log_error("sessions", "the last use of sessions was not written: %s", err->text);
	free(write);
}

void zv_signin_keep(struct zv_auth *auth, struct zv_writer *writer)
{
	struct keeping *keeping = zv_calloc(1, sizeof(*keeping));

	keeping->n = zv_auth_seen(keeping->seen, SEEN_MAX, auth);
	/* Sweeping alone is not worth a commit each second. */
	if (keeping->n == 0 && !zv_auth_sweep_due(auth)) {
		free(keeping);
		return;
	}
	keeping->now_ms = zv_now_ms();
	/* What others have in memory may be a minute newer than what is stored. */
	keeping->idle_ms = zv_auth_session_rule(auth)->idle_ms + 2 * 60000;
	keeping->write = (struct zv_write){.run = run_keeping, .done = keeping_done};
	if (!zv_writer_submit(writer, &keeping->write))
		free(keeping);
}
