/* The tables account, account_role and account_link. */
#include "store/account.h"


#include "base/date.h"
#include "store/id.h"
#include "store/session.h"

#define COLUMNS \
	"account.id, account.uid, account.login, account.name, account.email, account.password_hash, account.password_ms, " \
	"account.totp_secret, account.totp_step, account.state, account.lang, account.created_ms"

static void read_account(struct zv_account *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*out = (struct zv_account){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.login = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.name = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.email = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.password_hash = zv_str_dup(arena, zv_col_text(stmt, 5)),
		.password_ms = zv_col_int(stmt, 6),
		.totp_secret = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.totp_step = zv_col_int(stmt, 8),
		.state = zv_col_int(stmt, 9) == ZV_ACCOUNT_ACTIVE ? ZV_ACCOUNT_ACTIVE : ZV_ACCOUNT_DISABLED,
		.lang = zv_str_dup(arena, zv_col_text(stmt, 10)),
		.created_ms = zv_col_int(stmt, 11),
	};
}

static enum zv_code load_roles(struct zv_account *account, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT role, centre_id, org_id FROM account_role WHERE account_id = $1 ORDER BY place LIMIT 8";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account->id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		account->roles[account->n_roles++] = (struct zv_account_role){
			.role = zv_str_dup(arena, zv_col_text(stmt, 0)),
			.centre_id = zv_col_is_null(stmt, 1) ? -1 : zv_col_int(stmt, 1),
			.org_id = zv_col_int(stmt, 2),
		};
		if (account->n_roles == ZV_ACCOUNT_ROLES_MAX)
			break;
	}
	zv_stmt_reset(stmt);
	return code;
}

/* The row of a statement whose parameters are bound. */
static enum zv_code load(struct zv_account *out, struct zv_db *db, struct zv_stmt *stmt, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	bool row;
	enum zv_code code = zv_stmt_step(&row, stmt, err);

	if (code == ZV_OK && row)
		read_account(&account, stmt, arena);
	zv_stmt_reset(stmt);
	if (code == ZV_OK && !row)
		code = zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such account."));
	if (code == ZV_OK)
		code = load_roles(&account, db, arena, err);
	if (code == ZV_OK)
		*out = account;
	return code;
}

enum zv_code zv_account_by_id(struct zv_account *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT " COLUMNS " FROM account WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return load(out, db, stmt, arena, err);
}

enum zv_code zv_account_by_uid(struct zv_account *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT " COLUMNS " FROM account WHERE uid = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, uid);
	return load(out, db, stmt, arena, err);
}

enum zv_code zv_account_by_login(struct zv_account *out, struct zv_db *db, struct zv_str login, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT " COLUMNS " FROM account WHERE login = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, login);
	return load(out, db, stmt, arena, err);
}

enum zv_code zv_account_by_link(struct zv_account *out, struct zv_db *db, struct zv_str issuer, struct zv_str subject, struct zv_arena *arena,
				struct zv_err *err)
{
	static const char sql[] =
		"SELECT " COLUMNS " FROM account_link JOIN account ON account.id = account_link.account_id "
		"WHERE account_link.issuer = $1 AND account_link.subject = $2";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, issuer);
	zv_bind_text(stmt, 2, subject);
	return load(out, db, stmt, arena, err);
}

enum zv_code zv_accounts_page(struct zv_account **out, size_t *n, struct zv_db *db, struct zv_str after, int limit, struct zv_arena *arena,
			      struct zv_err *err)
{
	static const char sql[] = "SELECT " COLUMNS " FROM account WHERE login > $1 ORDER BY login LIMIT $2";
	struct zv_account *list = zv_arena_calloc(arena, (size_t)limit + 1, sizeof(*list));
	size_t have = 0;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, after);
	zv_bind_int(stmt, 2, limit);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		read_account(&list[have++], stmt, arena);
	for (size_t i = 0; i < have && code == ZV_OK; i++)
		code = load_roles(&list[i], db, arena, err);
	if (code == ZV_OK) {
		*out = list;
		*n = have;
	}
	return code;
}

static enum zv_code login_is_free(struct zv_db *db, struct zv_str login, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT 1 FROM account WHERE login = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, login);
	code = zv_stmt_step(&row, stmt, err);
	zv_stmt_reset(stmt);
	if (code == ZV_OK && row)
		code = zv_fail(err, ZV_E_CONFLICT, "login", N_("The login “%.*s” is taken. Choose another one."), ZV_STR_FMT(login));
	return code;
}

enum zv_code zv_account_insert(struct zv_db *db, struct zv_account *account, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] =
		"INSERT INTO account (id, uid, login, name, email, password_hash, password_ms, totp_step, state, lang, created_ms) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10)";
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = login_is_free(db, account->login, err);

	if (code == ZV_OK)
		code = zv_id_next(&account->id, db, ZV_CENTRE_NATIONAL, ZV_ID_ACCOUNT, err);
	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql, err);
	if (code != ZV_OK)
		return code;
	(void)zv_id_uid(uid, "acc");
	account->uid = zv_str_dup(arena, zv_str_c(uid));
	account->created_ms = zv_now_ms();
	account->password_ms = account->password_hash.n > 0 ? account->created_ms : 0;
	zv_bind_int(stmt, 1, account->id);
	zv_bind_text(stmt, 2, account->uid);
	zv_bind_text(stmt, 3, account->login);
	zv_bind_text(stmt, 4, account->name);
	zv_bind_text_or_null(stmt, 5, account->email);
	zv_bind_text(stmt, 6, account->password_hash);
	zv_bind_int(stmt, 7, account->password_ms);
	zv_bind_int(stmt, 8, account->state);
	zv_bind_text_or_null(stmt, 9, account->lang);
	zv_bind_int(stmt, 10, account->created_ms);
	code = zv_stmt_run(stmt, err);
	if (code == ZV_OK)
		code = zv_account_put_roles(db, account->id, account->roles, account->n_roles, err);
	return code;
}

enum zv_code zv_account_update(struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	static const char sql[] = "UPDATE account SET name = $2, email = $3, state = $4, lang = $5 WHERE id = $1";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_session_changed();
	zv_bind_int(stmt, 1, account->id);
	zv_bind_text(stmt, 2, account->name);
	zv_bind_text_or_null(stmt, 3, account->email);
	zv_bind_int(stmt, 4, account->state);
	zv_bind_text_or_null(stmt, 5, account->lang);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_account_put_roles(struct zv_db *db, int64_t id, const struct zv_account_role *roles, int n, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO account_role (account_id, place, role, centre_id, org_id) VALUES ($1, $2, $3, $4, $5)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM account_role WHERE account_id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_session_changed();
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_run(stmt, err);
	for (int i = 0; i < n && code == ZV_OK; i++) {
		code = zv_db_stmt(&stmt, db, sql, err);
		if (code != ZV_OK)
			break;
		zv_bind_int(stmt, 1, id);
		zv_bind_int(stmt, 2, i);
		zv_bind_text(stmt, 3, roles[i].role);
		if (roles[i].centre_id >= 0)
			zv_bind_int(stmt, 4, roles[i].centre_id);
		if (roles[i].org_id != 0)
			zv_bind_int(stmt, 5, roles[i].org_id);
		code = zv_stmt_run(stmt, err);
	}
	return code;
}

enum zv_code zv_account_put_password(struct zv_db *db, int64_t id, struct zv_str hash, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "UPDATE account SET password_hash = $2, password_ms = $3 WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_session_changed();
	zv_bind_int(stmt, 1, id);
	zv_bind_text(stmt, 2, hash);
	zv_bind_int(stmt, 3, zv_now_ms());
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_account_put_totp(struct zv_db *db, int64_t id, struct zv_str secret, int64_t step, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "UPDATE account SET totp_secret = $2, totp_step = $3 WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_session_changed();
	zv_bind_int(stmt, 1, id);
	zv_bind_text_or_null(stmt, 2, secret);
	zv_bind_int(stmt, 3, step);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_account_use_step(bool *fresh, struct zv_db *db, int64_t id, int64_t step, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2 RETURNING id", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, step);
	code = zv_stmt_step(&row, stmt, err);
	zv_stmt_reset(stmt);
	if (code == ZV_OK)
		*fresh = row;
	return code;
}

enum zv_code zv_accounts_admins(int64_t *out, struct zv_db *db, int64_t except, struct zv_err *err)
{
	static const char sql[] =
		"SELECT COUNT(DISTINCT account.id) FROM account JOIN account_role ON account_role.account_id = account.id "
		"WHERE account_role.role = 'admin' AND account.state = 1 AND account.id <> $1";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, except);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK)
		*out = row ? zv_col_int(stmt, 0) : 0;
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_account_link_add(struct zv_db *db, struct zv_str issuer, struct zv_str subject, int64_t account_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code =
		zv_db_stmt(&stmt, db, "INSERT INTO account_link (issuer, subject, account_id, created_ms) VALUES ($1, $2, $3, $4)", err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, issuer);
	zv_bind_text(stmt, 2, subject);
	zv_bind_int(stmt, 3, account_id);
	zv_bind_int(stmt, 4, zv_now_ms());
	return zv_stmt_run(stmt, err);
}
