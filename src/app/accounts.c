/* Accounts as those who look after them add, see and change them. */
#include "app/accounts.h"

#include "app/account_inside.h"
#include "auth/auth.h"
#include "store/measure.h"

enum { PAGE = 200 };

/* --- seeing -------------------------------------------------------------------------------------------------------------------- */

static bool may_see(const struct zv_who *who, const struct zv_account *account)
{
	return zv_account_in_reach(who, ZV_DO_ACCOUNT_READ, account->roles, account->n_roles);
}

enum zv_code zv_accounts_list(struct zv_account **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str after, int limit,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account *list = ZV_ARENA_ARRAY(arena, struct zv_account, (size_t)limit + 1);
	struct zv_account *page;
	size_t have = 0;
	size_t got = PAGE;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_ACCOUNT_READ, err);

	while (code == ZV_OK && got == PAGE && have < (size_t)limit) {
		code = zv_accounts_page(&page, &got, db, after, PAGE, arena, err);
		for (size_t i = 0; i < got && code == ZV_OK && have < (size_t)limit; i++) {
			after = page[i].login;
			if (may_see(who, &page[i]))
				list[have++] = page[i];
		}
	}
	if (code == ZV_OK) {
		*out = list;
		*n = have;
	}
	return code;
}

enum zv_code zv_account_find(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid_or_login, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_account_by_uid(&account, db, uid_or_login, arena, err);

	if (code == ZV_E_NOTFOUND)
		code = zv_account_by_login(&account, db, uid_or_login, arena, err);
	if (code == ZV_OK && !may_see(who, &account))
		code = ZV_E_NOTFOUND;
	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no account “%.*s”."), ZV_STR_FMT(zv_str_first(uid_or_login, 60)));
	if (code == ZV_OK)
		*out = account;
	return code;
}

enum zv_code zv_account_to_change(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid_or_login, struct zv_arena *arena,
				  struct zv_err *err)
{
	enum zv_code code = zv_rights_need_some(who, ZV_DO_ACCOUNT_WRITE, err);

	if (code == ZV_OK)
		code = zv_account_find(out, db, who, uid_or_login, arena, err);
	if (code == ZV_OK && !zv_account_in_reach(who, ZV_DO_ACCOUNT_WRITE, out->roles, out->n_roles))
		return zv_fail(err, ZV_E_DENIED, "", N_("This account belongs to another centre or has a role that only an administrator may change."));
	return code;
}

/* --- adding ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code may_give(const struct zv_who *who, const struct zv_account *account, struct zv_err *err)
{
	if (zv_account_in_reach(who, ZV_DO_ACCOUNT_WRITE, account->roles, account->n_roles))
		return ZV_OK;
	return zv_fail(err, ZV_E_DENIED, "roles",
		       N_("You may give the roles buyer, maker, institute, cluster and investor in your own centre; an administrator may give all."));
}

static enum zv_code build(struct zv_account *out, struct zv_db *db, const struct zv_who *who, const struct zv_account_new *given,
			  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account = {
		.login = given->login,
		.name = zv_str_trim(given->name),
		.email = zv_str_trim(given->email),
		.lang = given->lang,
		.password_hash = given->password_hash,
		.state = ZV_ACCOUNT_ACTIVE,
	};
	enum zv_code code = zv_rights_need_some(who, ZV_DO_ACCOUNT_WRITE, err);

	if (code == ZV_OK)
		code = zv_account_check_login(&account.login, arena, err);
	if (code == ZV_OK)
		code = zv_account_check_fields(&account, err);
	if (code == ZV_OK)
		code = zv_account_read_roles(&account, db, given->places, given->n_places, arena, err);
	if (code == ZV_OK)
		code = may_give(who, &account, err);
	if (code == ZV_OK)
		*out = account;
	return code;
}

enum zv_code zv_account_add(struct zv_account *out, struct zv_db *db, const struct zv_who *who, const struct zv_account_new *given,
			    struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = build(&account, db, who, given, arena, err);
	if (code == ZV_OK)
		code = zv_account_insert(db, &account, arena, err);
	if (code == ZV_OK)
		code = zv_account_tell(db, who, &account, "account.add", zv_account_detail("roles", zv_account_roles_text(&account, arena), arena), err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	else
		zv_db_rollback(db);
	if (code == ZV_OK)
		*out = account;
	return code;
}

/* --- changing ---------------------------------------------------------------------------------------------------------------------- */

static bool is_admin(const struct zv_account *account)
{
	for (int i = 0; i < account->n_roles; i++) {
		if (zv_str_eq_c(account->roles[i].role, "admin"))
			return account->state == ZV_ACCOUNT_ACTIVE;
	}
	return false;
}

/* An installation without an administrator could only be helped at its own machine. */
static enum zv_code keep_admins(struct zv_db *db, const struct zv_who *who, const struct zv_account *before, const struct zv_account *after,
				struct zv_err *err)
{
	int64_t others = 0;
	enum zv_code code;

	if (!is_admin(before) || is_admin(after))
		return ZV_OK;
	if (who->account_id == before->id)
		return zv_fail(err, ZV_E_CONFLICT, "roles", N_("You cannot take the administrator's role from yourself. Another administrator can."));
	code = zv_accounts_admins(&others, db, before->id, err);
	if (code == ZV_OK && others == 0)
		return zv_fail(err, ZV_E_CONFLICT, "roles", N_("This is the last administrator. Make another one first."));
	return code;
}

/* What the change makes of the account, checked. */
static enum zv_code apply(struct zv_account *account, struct zv_db *db, const struct zv_who *who, const struct zv_account_change *change,
			  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account before = *account;
	enum zv_code code = ZV_OK;

	if (change->name != NULL)
		account->name = zv_str_trim(*change->name);
	if (change->email != NULL)
		account->email = zv_str_trim(*change->email);
	if (change->lang != NULL)
		account->lang = *change->lang;
	if (change->state != 0)
		account->state = change->state;
	code = zv_account_check_fields(account, err);
	if (code == ZV_OK && change->n_places >= 0) {
		code = zv_account_read_roles(account, db, change->places, change->n_places, arena, err);
		if (code == ZV_OK)
			code = may_give(who, account, err);
	}
	return code == ZV_OK ? keep_admins(db, who, &before, account, err) : code;
}

/*
 * Other rights or none: whoever is signed in does it again. Tokens have the rights of the account as it is; of a disabled one none are left, nor the
 * address of its calendar.
 */
static enum zv_code end_access(struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	int64_t n;
	enum zv_code code = zv_sessions_end(&n, db, account->id, ZV_STR(""), err);

	if (code == ZV_OK && account->state == ZV_ACCOUNT_DISABLED)
		code = zv_api_tokens_revoke(&n, db, account->id, err);
	if (code == ZV_OK && account->state == ZV_ACCOUNT_DISABLED)
		code = zv_calendar_link_end(db, account->id, err);
	return code;
}

static enum zv_code save(struct zv_db *db, const struct zv_who *who, const struct zv_account *before, const struct zv_account *after,
			 const struct zv_account_change *change, struct zv_arena *arena, struct zv_err *err)
{
	bool disabled = before->state == ZV_ACCOUNT_ACTIVE && after->state == ZV_ACCOUNT_DISABLED;
	bool enabled = before->state == ZV_ACCOUNT_DISABLED && after->state == ZV_ACCOUNT_ACTIVE;
	bool roles = change->n_places >= 0;
	enum zv_code code = zv_account_update(db, after, err);

	if (code == ZV_OK && roles)
		code = zv_account_put_roles(db, after->id, after->roles, after->n_roles, err);
	if (code == ZV_OK && (roles || disabled))
		code = end_access(db, after, err);
	if (code == ZV_OK && roles)
		code = zv_account_tell(db, who, after, "account.roles", zv_account_detail("roles", zv_account_roles_text(after, arena), arena), err);
	if (code == ZV_OK && (disabled || enabled))
		code = zv_account_tell(db, who, after, disabled ? "account.disable" : "account.enable", ZV_STR(""), err);
	if (code == ZV_OK && !roles && !disabled && !enabled)
		code = zv_account_tell(db, who, after, "account.set", ZV_STR(""), err);
	return code;
}

enum zv_code zv_account_change(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
			       const struct zv_account_change *change, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account before;
	struct zv_account after;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_to_change(&before, db, who, uid, arena, err);
	if (code == ZV_OK) {
		after = before;
		code = apply(&after, db, who, change, arena, err);
	}
	if (code == ZV_OK)
		code = save(db, who, &before, &after, change, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	else
		zv_db_rollback(db);
	if (code == ZV_OK)
		*out = after;
	return code;
}

/* --- passwords, second factors, sessions of others ------------------------------------------------------------------------------------ */

enum zv_code zv_account_reset_password(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_str password_hash,
				       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	int64_t n;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_to_change(&account, db, who, uid, arena, err);
	if (code == ZV_OK)
		code = zv_account_put_password(db, account.id, password_hash, err);
	if (code == ZV_OK)
		code = zv_sessions_end(&n, db, account.id, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_account_tell(db, who, &account, "account.password.reset", ZV_STR(""), err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

enum zv_code zv_account_reset_totp(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	int64_t n;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_to_change(&account, db, who, uid, arena, err);
	if (code == ZV_OK)
		code = zv_account_put_totp(db, account.id, ZV_STR(""), 0, err);
	if (code == ZV_OK)
		code = zv_sessions_end(&n, db, account.id, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_account_tell(db, who, &account, "account.totp.reset", ZV_STR(""), err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

enum zv_code zv_account_end_sessions(int64_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
				     struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_to_change(&account, db, who, uid, arena, err);
	if (code == ZV_OK)
		code = zv_sessions_end(n, db, account.id, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_account_tell(db, who, &account, "account.sessions.end", ZV_STR(""), err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

/* --- for programs and tests ------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_who_of_login(struct zv_who *out, struct zv_db *db, struct zv_str login, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_account_by_login(&account, db, login, arena, err);

	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_NOTFOUND, "login", N_("There is no account “%.*s”."), ZV_STR_FMT(zv_str_first(login, 60)));
	if (code != ZV_OK)
		return code;
	if (account.state != ZV_ACCOUNT_ACTIVE)
		return zv_fail(err, ZV_E_DENIED, "login", N_("The account “%.*s” is disabled."), ZV_STR_FMT(login));
	zv_who_of_account(out, &account, arena);
	return ZV_OK;
}

enum zv_code zv_account_hash(char out[ZV_PASSWORD_HASH], struct zv_db *db, struct zv_str password, struct zv_str login, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_password_cost cost;
	enum zv_code code = zv_auth_cost_load(&cost, db, arena, err);

	if (code == ZV_OK)
		code = zv_password_check(password, login, err);
	if (code == ZV_OK)
		code = zv_password_hash(out, password, &cost, err);
	return code;
}
