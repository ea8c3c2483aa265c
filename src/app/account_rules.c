/* Accounts: fields, roles and their places, and who reaches whom. */
#include "app/account_inside.h"

#include <string.h>

#include "app/database.h"
#include "base/buf.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "format/json_write.h"
#include "store/audit.h"
#include "store/id.h"
#include "store/org.h"

enum { LOGIN_MIN = 2, LOGIN_MAX = 60, NAME_MAX_CHARS = 200, EMAIL_MAX = 254 };

/* --- reach -------------------------------------------------------------------------------------------------------------------- */

/* Where an account with this role belongs. */
static struct zv_object object_of(const struct zv_account_role *role)
{
	struct zv_object object = {.centre_id = role->centre_id, .org_id = role->org_id};

	if (object.centre_id < 0 && role->org_id != 0)
		object.centre_id = zv_id_centre(role->org_id);
	return object;
}

static bool is_below_operator(struct zv_str name)
{
	enum zv_role role;

	return zv_role_parse(&role, name) && (role == ZV_ROLE_BUYER || role == ZV_ROLE_MAKER || role == ZV_ROLE_INSTITUTE || role == ZV_ROLE_CLUSTER ||
					      role == ZV_ROLE_INVESTOR);
}

static bool reaches_all(const struct zv_who *who, enum zv_action action)
{
	for (int i = 0; i < who->n_grants; i++) {
		if (zv_rights_reach(who->grants[i].role, action) == ZV_REACH_ALL)
			return zv_may_some(who, action);
	}
	return false;
}

bool zv_account_in_reach(const struct zv_who *who, enum zv_action action, const struct zv_account_role *roles, int n)
{
	if (reaches_all(who, action))
		return true;
	for (int i = 0; i < n; i++) {
		struct zv_object object = object_of(&roles[i]);

		/* A role for every centre is nobody's but the administrator's. */
		if (!is_below_operator(roles[i].role) || object.centre_id < 0 || !zv_may(who, action, object))
			return false;
	}
	return n > 0;
}

/* --- fields --------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_account_check_login(struct zv_str *login, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str trimmed = zv_str_trim(*login);
	char *small = zv_arena_alloc(arena, trimmed.n + 1);
	bool ok = trimmed.n >= LOGIN_MIN && trimmed.n <= LOGIN_MAX;

	for (size_t i = 0; i < trimmed.n && ok; i++) {
		char c = trimmed.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		small[i] = c;
		ok = (c >= 'a' && c <= 'z') || zv_is_digit(c) || (i > 0 && c != '\0' && strchr("._-@", c) != NULL);
	}
	if (!ok)
		return zv_fail(err, ZV_E_INVALID, "login", N_("A login is made of %d to %d of a-z, 0-9 and . _ - @ and begins with a letter or digit, not “%.*s”."),
			       LOGIN_MIN, LOGIN_MAX, ZV_STR_FMT(zv_utf8_first(trimmed, LOGIN_MAX)));
	*login = (struct zv_str){small, trimmed.n};
	return ZV_OK;
}

static bool is_line(struct zv_str s)
{
	struct zv_str rest = s;
	uint32_t c;

	if (zv_utf8_check(s) >= 0)
		return false;
	while (zv_utf8_next(&c, &rest)) {
		/* Controls, and the marks that turn the direction of writing. */
		if (c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			return false;
	}
	return true;
}

static bool is_email(struct zv_str s)
{
	ptrdiff_t at = zv_str_find_char(s, '@');

	return s.n <= EMAIL_MAX && at > 0 && (size_t)at < s.n - 1 && zv_str_find_char(s, ' ') < 0 && zv_str_find_char(zv_str_from(s, (size_t)at + 1), '@') < 0;
}

enum zv_code zv_account_check_fields(const struct zv_account *account, struct zv_err *err)
{
	if (account->name.n == 0 || !is_line(account->name) || zv_utf8_count(account->name) > NAME_MAX_CHARS)
		return zv_fail(err, ZV_E_INVALID, "name", N_("Give the name of the person in one line of 1 to %d characters."), NAME_MAX_CHARS);
	if (account->email.n > 0 && (!is_line(account->email) || !is_email(account->email)))
		return zv_fail(err, ZV_E_INVALID, "email", N_("“%.*s” is no e-mail address."), ZV_STR_FMT(zv_utf8_first(account->email, EMAIL_MAX)));
	if (account->lang.n > 0 && !zv_str_eq_c(account->lang, "ru") && !zv_str_eq_c(account->lang, "en"))
		return zv_fail(err, ZV_E_INVALID, "lang", N_("The language is ru or en, not “%.*s”."), ZV_STR_FMT(zv_utf8_first(account->lang, LOGIN_MAX)));
	return ZV_OK;
}

/* --- roles ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code find_org(int64_t *out, struct zv_db *db, struct zv_str org, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record record;
	int64_t ids[2];
	size_t n = 0;
	enum zv_code code;

	if (zv_is_digits(org)) {
		code = zv_orgs_by_inn(ids, &n, ZV_LEN(ids), db, org, ZV_STR(""), err);
		if (code != ZV_OK)
			return code;
		if (n > 1)
			return zv_fail(err, ZV_E_INVALID, "org", N_("There are several organisations with the INN %.*s. Give the uid of one."), ZV_STR_FMT(org));
		if (n == 0)
			return zv_fail(err, ZV_E_INVALID, "org", N_("There is no organisation with the INN %.*s."), ZV_STR_FMT(org));
		*out = ids[0];
		return ZV_OK;
	}
	code = zv_record_by_uid(&record, db, zv_register_find("org"), org, arena, err);
	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_INVALID, "org", N_("There is no organisation “%.*s”. Give its uid or INN."), ZV_STR_FMT(zv_utf8_first(org, 60)));
	if (code == ZV_OK)
		*out = record.id;
	return code;
}

/* What each role must be bound to. */
static enum zv_code check_place(enum zv_role role, const struct zv_account_role *place, struct zv_err *err)
{
	const char *label = zv_tr(zv_role_label(role));

	switch (role) {
	case ZV_ROLE_BUYER:
	case ZV_ROLE_MAKER:
	case ZV_ROLE_INSTITUTE:
	case ZV_ROLE_CLUSTER:
		if (place->org_id == 0)
			return zv_fail(err, ZV_E_INVALID, "org", N_("The role “%s” needs an organisation: give its uid or INN."), label);
		break;
	case ZV_ROLE_OPERATOR:
	case ZV_ROLE_ADMIN:
	case ZV_ROLE_ANALYST:
	case ZV_ROLE_INVESTOR:
		if (place->org_id != 0)
			return zv_fail(err, ZV_E_INVALID, "org", N_("The role “%s” is of no organisation: leave it out."), label);
		break;
	case ZV_ROLE_PUBLIC:
	case ZV_ROLE_LOCAL:
	case ZV_ROLES:
		return zv_fail(err, ZV_E_INVALID, "role", N_("The role “%s” cannot be given to an account."), label);
	}
	return ZV_OK;
}

static enum zv_code read_role(struct zv_account_role *out, struct zv_db *db, const struct zv_account_place *place, struct zv_arena *arena,
			      struct zv_err *err)
{
	struct zv_account_role found = {.centre_id = -1};
	enum zv_role role;
	enum zv_code code = ZV_OK;

	if (!zv_role_parse(&role, place->role))
		return zv_fail(err, ZV_E_INVALID, "role",
			       N_("“%.*s” is no role. There are: admin, operator, buyer, maker, institute, cluster, analyst, investor."),
			       ZV_STR_FMT(zv_utf8_first(place->role, LOGIN_MAX)));
	found.role = zv_str_c(zv_role_name(role));
	if (place->centre.n > 0)
		code = zv_database_centre(&found.centre_id, db, place->centre, err);
	if (code == ZV_OK && place->org.n > 0)
		code = find_org(&found.org_id, db, place->org, arena, err);
	if (code == ZV_OK)
		code = check_place(role, &found, err);
	if (code == ZV_OK)
		*out = found;
	return code;
}

enum zv_code zv_account_read_roles(struct zv_account *out, struct zv_db *db, const struct zv_account_place *places, int n, struct zv_arena *arena,
				   struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (n < 1 || n > ZV_ACCOUNT_ROLES_MAX)
		return zv_fail(err, ZV_E_INVALID, "roles", N_("Give 1 to %d roles."), ZV_ACCOUNT_ROLES_MAX);
	for (int i = 0; i < n && code == ZV_OK; i++)
		code = read_role(&out->roles[i], db, &places[i], arena, err);
	if (code == ZV_OK)
		out->n_roles = n;
	return code;
}

static enum zv_code centre_of(struct zv_account_place *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT code, name_ru, name_en FROM centre WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		out->centre = zv_str_dup(arena, zv_col_text(stmt, 0));
		out->centre_name = zv_str_dup(arena, zv_col_text(stmt, strcmp(zv_tr_lang(), "ru") == 0 ? 1 : 2));
	}
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code org_of(struct zv_account_place *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_record record;
	enum zv_code code = zv_record_by_id(&record, db, reg, id, arena, err);

	if (code != ZV_OK)
		return code == ZV_E_NOTFOUND ? ZV_OK : code;
	out->org = record.uid;
	out->org_name = record.values[zv_register_column(reg, "name")].s;
	return ZV_OK;
}

enum zv_code zv_account_places(struct zv_account_place *places, int *n, struct zv_db *db, const struct zv_account *account, struct zv_arena *arena,
			       struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (int i = 0; i < account->n_roles && code == ZV_OK; i++) {
		const struct zv_account_role *role = &account->roles[i];

		places[i] = (struct zv_account_place){.role = role->role, .centre = ZV_STR(""), .org = ZV_STR("")};
		if (role->centre_id >= 0)
			code = centre_of(&places[i], db, role->centre_id, arena, err);
		if (code == ZV_OK && role->org_id != 0)
			code = org_of(&places[i], db, role->org_id, arena, err);
	}
	if (code == ZV_OK)
		*n = account->n_roles;
	return code;
}

struct zv_str zv_account_roles_text(const struct zv_account *account, struct zv_arena *arena)
{
	struct zv_str text = ZV_STR("");

	for (int i = 0; i < account->n_roles; i++) {
		const struct zv_account_role *role = &account->roles[i];

		text = zv_arena_strf(arena, "%.*s%s%.*s %" PRId64 " %" PRId64, ZV_STR_FMT(text), i > 0 ? ", " : "", ZV_STR_FMT(role->role), role->centre_id,
				     role->org_id);
	}
	return text;
}

struct zv_str zv_account_version(const struct zv_account *account, struct zv_arena *arena)
{
	struct zv_str all = zv_arena_strf(arena, "%.*s|%.*s|%.*s|%d|%.*s|%d|%d", ZV_STR_FMT(account->name), ZV_STR_FMT(account->email),
					  ZV_STR_FMT(account->lang), (int)account->state, ZV_STR_FMT(zv_account_roles_text(account, arena)),
					  account->password_hash.n > 0, account->totp_secret.n > 0 && account->totp_step >= 0);
	char hex[ZV_DIGEST_HEX];

	zv_digest_hex(hex, all);
	return zv_str_dup(arena, zv_str_first(zv_str_c(hex), 32));
}

/* --- the trail ---------------------------------------------------------------------------------------------------------------------- */

struct zv_str zv_account_detail(const char *key, struct zv_str value, struct zv_arena *arena)
{
	struct zv_out out;
	struct zv_json json;
	struct zv_str text;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_str(&json, key, value);
	zv_json_end_object(&json);
	text = zv_str_dup(arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

enum zv_code zv_account_tell(struct zv_db *db, const struct zv_who *who, const struct zv_account *account, const char *action, struct zv_str detail,
			     struct zv_err *err)
{
	struct zv_object object = {0};
	struct zv_audit_row row = {
		.actor = who->actor,
		.account_id = who->account_id,
		.action = zv_str_c(action),
		.subject = account->uid,
		.detail = detail,
		.address = who->address,
	};

	if (account->n_roles > 0)
		object = object_of(&account->roles[0]);
	row.centre_id = object.centre_id > 0 ? object.centre_id : 0;
	row.org_id = object.org_id;
	return zv_audit_add(db, &row, err);
}
