/* Accounts, sessions, tokens and sign-ins on every database. */
#include "fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "app/accounts.h"
#include "app/database.h"
#include "app/signin.h"
#include "app/writer.h"
#include "auth/auth.h"
#include "store/audit.h"
#include "store/oidc_flow.h"
#include "store/setting.h"

static struct zv_who local;
static int64_t org_a, org_b; /* of centre 1 and of centre 2 */
static struct zv_str org_a_uid, org_b_uid;

static struct zv_str str(const char *s)
{
	return zv_str_c(s);
}

/* --- a small world -------------------------------------------------------------------------------------------------------------- */

static int64_t add_org(struct zv_str *uid, int64_t centre, const char *key)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_batch batch = {.kind = ZV_STR("orgs"), .actor = ZV_STR("test"), .source = ZV_STR("t"), .digest = ZV_STR(""), .centre_id = centre};
	struct zv_record record;
	int64_t id;

	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_open(&batch, fx.db, &fx.arena, &fx.err));
	record = fixture_record(reg, &batch, key);
	id = fixture_insert(reg, &record);
	*uid = record.uid;
	OK(zv_batch_close(fx.db, &batch, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	return id;
}

static int open_world(void **state)
{
	(void)fixture_open(state);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_audit_begin(fx.db, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_exec(fx.db, "INSERT INTO centre (id, code, name_ru, name_en, region) VALUES (1, 'RYA', 'Рязань', 'Ryazan', 'RU-RYA'), (2, 'TUL', 'Тула', 'Tula', 'RU-TUL')",
		      &fx.err));
	zv_who_local(&local, ZV_STR("cli:test"));
	org_a = add_org(&org_a_uid, 1, "a");
	org_b = add_org(&org_b_uid, 2, "b");
	return 0;
}

static struct zv_account_new new_account(const char *login, const char *role, const char *centre, struct zv_str org)
{
	struct zv_account_new fresh = {.login = str(login), .name = ZV_STR("Иван Петров"), .email = ZV_STR(""), .lang = ZV_STR("ru"), .password_hash = ZV_STR(""), .n_places = 1};

	fresh.places[0] = (struct zv_account_place){.role = str(role), .centre = str(centre), .org = org};
	return fresh;
}

static struct zv_account add(const char *login, const char *role, const char *centre, struct zv_str org)
{
	struct zv_account_new fresh = new_account(login, role, centre, org);
	struct zv_account account;

	OK(zv_account_add(&account, fx.db, &local, &fresh, &fx.arena, &fx.err));
	return account;
}

static struct zv_who who_of(const char *login)
{
	struct zv_who who;

	OK(zv_who_of_login(&who, fx.db, str(login), &fx.arena, &fx.err));
	return who;
}

static void give_password(const char *login, const char *password)
{
	char hash[ZV_PASSWORD_HASH];
	struct zv_account account;

	OK(zv_account_find(&account, fx.db, &local, str(login), &fx.arena, &fx.err));
	OK(zv_password_hash(hash, str(password), &zv_password_cost_min, &fx.err));
	OK(zv_account_reset_password(fx.db, &local, account.uid, str(hash), &fx.arena, &fx.err));
}

/* --- accounts -------------------------------------------------------------------------------------------------------------------- */

static void an_account_is_what_was_said_and_its_login_is_once(void **state)
{
	struct zv_account_new again = new_account("IVAN", "buyer", "", org_a_uid);
	struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX];
	struct zv_account account;
	struct zv_who who;
	int n;

	(void)state;
	again.places[1] = (struct zv_account_place){.role = ZV_STR("operator"), .centre = ZV_STR("rya"), .org = ZV_STR("")};
	again.n_places = 2;
	OK(zv_account_add(&account, fx.db, &local, &again, &fx.arena, &fx.err));
	OK(zv_account_find(&account, fx.db, &local, ZV_STR("ivan"), &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(account.login, "ivan"));
	OK(zv_account_places(places, &n, fx.db, &account, &fx.arena, &fx.err));
	assert_int_equal(n, 2);
	assert_true(zv_str_eq(places[0].org, org_a_uid));
	assert_true(zv_str_eq_c(places[1].centre, "RYA"));
	who = who_of("ivan");
	assert_int_equal(who.n_grants, 2);
	assert_int_equal(who.grants[0].role, ZV_ROLE_BUYER);
	assert_true(zv_who_is_operator_of(&who, 1));
	assert_false(zv_who_is_operator_of(&who, 2));
	assert_true(zv_str_eq_c(who.actor, "user:ivan"));
	assert_int_equal(zv_account_add(&account, fx.db, &local, &again, &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_string_equal(fx.err.field, "login");
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'account.add'"), 1);
}

static void fields_and_places_are_checked(void **state)
{
	const struct {
		const char *login, *name, *email, *lang, *role, *centre;
		struct zv_str org;
		const char *field;
	} cases[] = {
		{"i", "N", "", "", "admin", "", ZV_STR(""), "login"},           {"иван", "N", "", "", "admin", "", ZV_STR(""), "login"},
		{"-ivan", "N", "", "", "admin", "", ZV_STR(""), "login"},       {"iv an", "N", "", "", "admin", "", ZV_STR(""), "login"},
		{"ivan", " ", "", "", "admin", "", ZV_STR(""), "name"},         {"ivan", "a\nb", "", "", "admin", "", ZV_STR(""), "name"},
		{"ivan", "a\xe2\x80\xae" "b", "", "", "admin", "", ZV_STR(""), "name"}, {"ivan", "N", "no", "", "admin", "", ZV_STR(""), "email"},
		{"ivan", "N", "a@b@c", "", "admin", "", ZV_STR(""), "email"},   {"ivan", "N", "", "de", "admin", "", ZV_STR(""), "lang"},
		{"ivan", "N", "", "", "king", "", ZV_STR(""), "role"},          {"ivan", "N", "", "", "local", "", ZV_STR(""), "role"},
		{"ivan", "N", "", "", "public", "", ZV_STR(""), "role"},        {"ivan", "N", "", "", "operator", "XXX", ZV_STR(""), "centre"},
		{"ivan", "N", "", "", "buyer", "", ZV_STR(""), "org"},          {"ivan", "N", "", "", "buyer", "", ZV_STR("org_none"), "org"},
		{"ivan", "N", "", "", "buyer", "", ZV_STR("7700000000"), "org"}, {"ivan", "N", "", "", "admin", "", org_a_uid, "org"},
	};
	struct zv_account account;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		struct zv_account_new fresh = new_account(cases[i].login, cases[i].role, cases[i].centre, cases[i].org);

		fresh.name = str(cases[i].name);
		fresh.email = str(cases[i].email);
		fresh.lang = str(cases[i].lang);
		assert_int_equal(zv_account_add(&account, fx.db, &local, &fresh, &fx.arena, &fx.err), ZV_E_INVALID);
		assert_string_equal(fx.err.field, cases[i].field);
	}
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM account"), 0);
}

static void an_operator_looks_after_the_own_centre_below_operator(void **state)
{
	struct zv_account other = add("tula-buyer", "buyer", "", org_b_uid);
	struct zv_account own = add("rya-buyer", "buyer", "", org_a_uid);
	struct zv_account admin = add("admin", "admin", "", ZV_STR(""));
	struct zv_account colleague = add("rya-op2", "operator", "RYA", ZV_STR(""));
	const struct zv_account_change rename = {.name = &ZV_STR("Новое имя"), .n_places = -1};
	struct zv_account_new fresh;
	struct zv_account account;
	struct zv_account *list;
	struct zv_who who;
	size_t n;

	(void)state;
	(void)add("rya-op", "operator", "RYA", ZV_STR(""));
	who = who_of("rya-op");
	OK(zv_accounts_list(&list, &n, fx.db, &who, ZV_STR(""), 50, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_true(zv_str_eq_c(list[0].login, "rya-buyer"));
	OK(zv_account_change(&account, fx.db, &who, own.uid, &rename, &fx.arena, &fx.err));
	assert_int_equal(zv_account_change(&account, fx.db, &who, other.uid, &rename, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(zv_account_change(&account, fx.db, &who, admin.uid, &rename, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(zv_account_change(&account, fx.db, &who, colleague.uid, &rename, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	fresh = new_account("new-maker", "maker", "", org_a_uid);
	OK(zv_account_add(&account, fx.db, &who, &fresh, &fx.arena, &fx.err));
	fresh = new_account("new-tula", "maker", "", org_b_uid);
	assert_int_equal(zv_account_add(&account, fx.db, &who, &fresh, &fx.arena, &fx.err), ZV_E_DENIED);
	fresh = new_account("new-op", "operator", "RYA", ZV_STR(""));
	assert_int_equal(zv_account_add(&account, fx.db, &who, &fresh, &fx.arena, &fx.err), ZV_E_DENIED);
	fresh = new_account("new-admin", "admin", "", ZV_STR(""));
	assert_int_equal(zv_account_add(&account, fx.db, &who, &fresh, &fx.arena, &fx.err), ZV_E_DENIED);
	fresh = new_account("new-investor", "investor", "", ZV_STR(""));
	assert_int_equal(zv_account_add(&account, fx.db, &who, &fresh, &fx.arena, &fx.err), ZV_E_DENIED);
	/* Raising an own one is no way round. */
	{
		struct zv_account_place places[1] = {{.role = ZV_STR("operator"), .centre = ZV_STR("RYA"), .org = ZV_STR("")}};
		struct zv_account_change raise = {.n_places = 1, .places = places};

		assert_int_equal(zv_account_change(&account, fx.db, &who, own.uid, &raise, &fx.arena, &fx.err), ZV_E_DENIED);
	}
	who = who_of("rya-buyer");
	assert_int_equal(zv_accounts_list(&list, &n, fx.db, &who, ZV_STR(""), 50, &fx.arena, &fx.err), ZV_E_DENIED);
	assert_int_equal(zv_account_add(&account, fx.db, &who, &fresh, &fx.arena, &fx.err), ZV_E_DENIED);
}

static void the_last_administrator_stays(void **state)
{
	struct zv_account_place buyer[1] = {{.role = ZV_STR("buyer"), .centre = ZV_STR(""), .org = org_a_uid}};
	const struct zv_account_change off = {.n_places = -1, .state = ZV_ACCOUNT_DISABLED};
	const struct zv_account_change demote = {.n_places = 1, .places = buyer};
	struct zv_account one = add("one", "admin", "", ZV_STR(""));
	struct zv_account two;
	struct zv_account account;
	struct zv_who who;

	(void)state;
	assert_int_equal(zv_account_change(&account, fx.db, &local, one.uid, &off, &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_account_change(&account, fx.db, &local, one.uid, &demote, &fx.arena, &fx.err), ZV_E_CONFLICT);
	two = add("two", "admin", "", ZV_STR(""));
	who = who_of("two");
	assert_int_equal(zv_account_change(&account, fx.db, &who, two.uid, &demote, &fx.arena, &fx.err), ZV_E_CONFLICT);
	OK(zv_account_change(&account, fx.db, &who, one.uid, &off, &fx.arena, &fx.err));
	assert_int_equal(zv_account_change(&account, fx.db, &local, two.uid, &off, &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_who_of_login(&who, fx.db, ZV_STR("one"), &fx.arena, &fx.err), ZV_E_DENIED);
}

/* --- sessions and tokens ------------------------------------------------------------------------------------------------------------ */

static struct zv_auth *auth;

static void start_auth(void)
{
	OK(zv_auth_start(&auth, fx.db, &(struct zv_auth_options){0}, &fx.err));
}

static struct zv_session_new open_session(int64_t account_id)
{
	struct zv_session_new session;

	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_session_open(&session, fx.db, zv_auth_session_rule(auth), account_id, ZV_STR("192.0.2.1"), ZV_STR("test"), &fx.arena, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	return session;
}

static struct zv_identity ask(const char *cookie_token, const char *bearer)
{
	struct zv_identity identity;
	struct zv_str cookie = cookie_token != NULL ? zv_arena_strf(&fx.arena, "x=y; __Host-zv=%s", cookie_token) : ZV_STR("");
	struct zv_str field = bearer != NULL ? zv_arena_strf(&fx.arena, "Bearer %s", bearer) : ZV_STR("");

	OK(zv_auth_who(&identity, auth, fx.db, cookie, field, ZV_STR("192.0.2.1"), &fx.arena, &fx.err));
	return identity;
}

static void a_session_says_who_asks_until_it_is_ended(void **state)
{
	struct zv_account account = add("ivan", "buyer", "", org_a_uid);
	struct zv_session_new session;
	struct zv_session_new other;
	struct zv_identity identity;
	struct zv_who who;
	int64_t n;

	(void)state;
	start_auth();
	session = open_session(account.id);
	other = open_session(account.id);
	assert_string_not_equal(session.token, other.token);
	for (int i = 0; i < 3; i++) {
		identity = ask(session.token, NULL);
		assert_int_equal(identity.who.account_id, account.id);
		assert_true(zv_str_eq_c(identity.who.actor, "user:ivan"));
		assert_true(zv_str_eq_c(identity.who.address, "192.0.2.1"));
		assert_true(zv_str_eq(identity.who.session_uid, session.uid));
		assert_true(zv_str_eq_c(identity.session, session.token));
		assert_int_equal(identity.who.grants[0].org_id, org_a);
		assert_int_equal(identity.ends_ms, session.ends_ms);
		assert_string_equal(identity.lang, "ru");
		assert_false(identity.refused);
	}
	who = identity.who;
	OK(zv_own_session_end(fx.db, &who, session.uid, &fx.err));
	zv_auth_settle(auth);
	identity = ask(session.token, NULL);
	assert_int_equal(identity.who.account_id, 0);
	assert_true(identity.refused);
	assert_int_equal(ask(other.token, NULL).who.account_id, account.id);
	OK(zv_account_end_sessions(&n, fx.db, &local, account.uid, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	zv_auth_settle(auth);
	assert_true(ask(other.token, NULL).refused);
	/* Nothing of the secret is stored. */
	assert_int_equal(ask(NULL, NULL).refused, false);
	assert_int_equal(ask("0123456789abcdefghijklmnopqrstuvwxyzABCDEFG", NULL).refused, true);
	zv_auth_stop(auth);
}

static void disabling_and_other_roles_end_sessions_at_once(void **state)
{
	struct zv_account_place maker[1] = {{.role = ZV_STR("maker"), .centre = ZV_STR(""), .org = org_a_uid}};
	const struct zv_account_change roles = {.n_places = 1, .places = maker};
	const struct zv_account_change off = {.n_places = -1, .state = ZV_ACCOUNT_DISABLED};
	struct zv_account account = add("ivan", "buyer", "", org_a_uid);
	struct zv_session_new session;

	(void)state;
	start_auth();
	session = open_session(account.id);
	assert_int_equal(ask(session.token, NULL).who.account_id, account.id);
	OK(zv_account_change(&account, fx.db, &local, account.uid, &roles, &fx.arena, &fx.err));
	zv_auth_settle(auth);
	assert_true(ask(session.token, NULL).refused);
	session = open_session(account.id);
	assert_int_equal(ask(session.token, NULL).who.grants[0].role, ZV_ROLE_MAKER);
	OK(zv_account_change(&account, fx.db, &local, account.uid, &off, &fx.arena, &fx.err));
	zv_auth_settle(auth);
	assert_true(ask(session.token, NULL).refused);
	zv_auth_stop(auth);
}

static void a_change_that_is_taken_back_ends_nothing(void **state)
{
	struct zv_account account = add("ivan", "buyer", "", org_a_uid);
	struct zv_session_new session;
	int64_t n;

	(void)state;
	start_auth();
	session = open_session(account.id);
	assert_int_equal(ask(session.token, NULL).who.account_id, account.id);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_sessions_end(&n, fx.db, account.id, ZV_STR(""), &fx.err));
	zv_db_rollback(fx.db);
	zv_auth_settle(auth);
	assert_int_equal(ask(session.token, NULL).who.account_id, account.id);
	zv_auth_stop(auth);
}

static void an_idle_session_and_an_old_one_are_over(void **state)
{
	struct zv_account account = add("ivan", "buyer", "", org_a_uid);
	struct zv_session_new session;

	(void)state;
	start_auth();
	session = open_session(account.id);
	OK(zv_db_exec(fx.db, "UPDATE session SET seen_ms = seen_ms - 1799000", &fx.err));
	assert_int_equal(ask(session.token, NULL).who.account_id, account.id);
	zv_auth_stop(auth);

	start_auth();
	OK(zv_db_exec(fx.db, "UPDATE session SET seen_ms = seen_ms - 2000", &fx.err));
	assert_true(ask(session.token, NULL).refused);
	OK(zv_db_exec(fx.db, "UPDATE session SET seen_ms = seen_ms + 1801000", &fx.err));
	assert_false(ask(session.token, NULL).refused);
	zv_auth_stop(auth);

	start_auth();
	OK(zv_db_exec(fx.db, "UPDATE session SET ends_ms = created_ms", &fx.err));
	assert_true(ask(session.token, NULL).refused);
	OK(zv_sessions_sweep(fx.db, session.ends_ms, 1800000, &fx.err));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM session"), 0);
	zv_auth_stop(auth);
}

static void the_last_use_is_written_at_most_once_a_minute(void **state)
{
	struct zv_account account = add("ivan", "buyer", "", org_a_uid);
	struct zv_session_seen seen[10];
	struct zv_session_new session;

	(void)state;
	start_auth();
	session = open_session(account.id);
	assert_int_equal(ask(session.token, NULL).who.account_id, account.id);
	assert_int_equal(zv_auth_seen(seen, 10, auth), 0);
	zv_auth_stop(auth);

	OK(zv_db_exec(fx.db, "UPDATE session SET seen_ms = seen_ms - 61000", &fx.err));
	start_auth();
	for (int i = 0; i < 5; i++)
		(void)ask(session.token, NULL);
	assert_int_equal(zv_auth_seen(seen, 10, auth), 1);
	assert_int_equal(zv_auth_seen(seen + 1, 9, auth), 0);
	OK(zv_session_put_seen(fx.db, str(seen[0].hash), seen[0].seen_ms, &fx.err));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM session WHERE seen_ms >= created_ms"), 1);
	zv_auth_stop(auth);
}

static void an_account_has_at_most_fifty_sessions(void **state)
{
	struct zv_account account = add("ivan", "buyer", "", org_a_uid);

	(void)state;
	start_auth();
	for (int i = 0; i < 60; i++)
		(void)open_session(account.id);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM session"), 50);
	zv_auth_stop(auth);
}

static void a_token_may_what_its_scopes_and_its_account_may(void **state)
{
	struct zv_token_request request = {.name = ZV_STR("robot"), .scopes = ZV_STR("need.read org.read"), .centre = ZV_STR(""), .ends_on = zv_today() + 30};
	struct zv_account account = add("ivan", "operator", "", ZV_STR(""));
	struct zv_who who = who_of("ivan");
	struct zv_api_token token;
	char text[ZV_TOKEN_TEXT];
	struct zv_identity identity;

	(void)state;
	start_auth();
	OK(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &request, &fx.arena, &fx.err));
	identity = ask(NULL, text);
	assert_int_equal(identity.who.account_id, account.id);
	assert_true(identity.who.by_token);
	assert_true(zv_str_eq_c(identity.who.actor, "token:ivan/robot"));
	assert_true(zv_may_some(&identity.who, ZV_DO_NEED_READ));
	assert_false(zv_may_some(&identity.who, ZV_DO_NEED_WRITE));
	assert_false(zv_may_some(&identity.who, ZV_DO_OWN_ACCOUNT));
	assert_int_equal(identity.who.grants[0].centre_id, -1);
	/* A token is no session and a session no token. */
	assert_true(ask(text + 3, NULL).refused);
	assert_true(ask(NULL, text + 3).refused);
	/* It cannot make others. */
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &identity.who, ZV_STR(""), &request, &fx.arena, &fx.err), ZV_E_DENIED);

	request.name = ZV_STR("narrow");
	request.centre = ZV_STR("RYA");
	OK(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &request, &fx.arena, &fx.err));
	identity = ask(NULL, text);
	assert_int_equal(identity.who.n_grants, 1);
	assert_int_equal(identity.who.grants[0].centre_id, 1);
	OK(zv_account_token_revoke(fx.db, &who, ZV_STR(""), token.uid, &fx.arena, &fx.err));
	zv_auth_settle(auth);
	assert_true(ask(NULL, text).refused);
	assert_int_equal(zv_account_token_revoke(fx.db, &who, ZV_STR(""), token.uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	zv_auth_stop(auth);
}

static void a_token_narrowed_to_another_centre_has_no_roles(void **state)
{
	struct zv_token_request request = {.name = ZV_STR("robot"), .scopes = ZV_STR("need.read"), .centre = ZV_STR("TUL"), .ends_on = zv_today() + 30};
	struct zv_who who;
	struct zv_api_token token;
	char text[ZV_TOKEN_TEXT];

	(void)state;
	start_auth();
	(void)add("ivan", "buyer", "", org_a_uid);
	who = who_of("ivan");
	OK(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &request, &fx.arena, &fx.err));
	assert_int_equal(ask(NULL, text).who.n_grants, 0);
	zv_auth_stop(auth);
}

static void tokens_are_bounded_in_time_scope_and_name(void **state)
{
	struct zv_token_request good = {.name = ZV_STR("robot"), .scopes = ZV_STR("need.read"), .centre = ZV_STR(""), .ends_on = zv_today() + 30};
	struct zv_token_request bad;
	struct zv_api_token token;
	char text[ZV_TOKEN_TEXT];
	struct zv_who who;

	(void)state;
	(void)add("ivan", "buyer", "", org_a_uid);
	who = who_of("ivan");
	OK(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &good, &fx.arena, &fx.err));
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &good, &fx.arena, &fx.err), ZV_E_CONFLICT);
	bad = good;
	bad.name = ZV_STR("b");
	bad.ends_on = zv_today() + ZV_TOKEN_DAYS_MAX + 1;
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &bad, &fx.arena, &fx.err), ZV_E_INVALID);
	bad.ends_on = zv_today() - 1;
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &bad, &fx.arena, &fx.err), ZV_E_INVALID);
	bad.ends_on = ZV_DATE_NONE;
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &bad, &fx.arena, &fx.err), ZV_E_INVALID);
	bad.ends_on = good.ends_on;
	bad.scopes = ZV_STR("setting.write");
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &bad, &fx.arena, &fx.err), ZV_E_DENIED);
	bad.scopes = ZV_STR("need.everything");
	assert_int_equal(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &bad, &fx.arena, &fx.err), ZV_E_INVALID);
	/* One that has run out opens nothing. */
	start_auth();
	OK(zv_db_exec(fx.db, "UPDATE api_token SET ends_ms = created_ms", &fx.err));
	bad = good;
	bad.name = ZV_STR("after");
	OK(zv_account_token_add(&token, text, fx.db, &who, ZV_STR(""), &bad, &fx.arena, &fx.err));
	assert_false(ask(NULL, text).refused);
	zv_auth_stop(auth);
	start_auth();
	OK(zv_db_exec(fx.db, "UPDATE api_token SET ends_ms = created_ms", &fx.err));
	assert_true(ask(NULL, text).refused);
	zv_auth_stop(auth);
}

/* --- signing in ------------------------------------------------------------------------------------------------------------------------ */

/* One sign-in with the answer waited for. */
struct attempt {
	pthread_mutex_t lock;
	pthread_cond_t came;
	bool done;
	enum zv_code code;
	struct zv_err err;
	struct zv_signin signin;
	struct zv_arena arena;
};

static struct zv_writer *writer;

static void came(struct zv_signin *signin, enum zv_code code, const struct zv_err *err)
{
	struct attempt *attempt = signin->context;

	(void)pthread_mutex_lock(&attempt->lock);
	attempt->code = code;
	if (code != ZV_OK && err != NULL)
		attempt->err = *err;
	attempt->done = true;
	(void)pthread_cond_signal(&attempt->came);
	(void)pthread_mutex_unlock(&attempt->lock);
}

static void prepare(struct attempt *attempt)
{
	*attempt = (struct attempt){.lock = PTHREAD_MUTEX_INITIALIZER, .came = PTHREAD_COND_INITIALIZER};
	zv_arena_init(&attempt->arena);
	attempt->signin = (struct zv_signin){.auth = auth,
					     .writer = writer,
					     .arena = &attempt->arena,
					     .address = ZV_STR("192.0.2.1"),
					     .agent = ZV_STR("test"),
					     .lang = "en",
					     .done = came,
					     .context = attempt};
}

static enum zv_code wait_for(struct attempt *attempt, enum zv_code code)
{
	if (code != ZV_OK) {
		attempt->err = fx.err;
		return code;
	}
	(void)pthread_mutex_lock(&attempt->lock);
	while (!attempt->done)
		(void)pthread_cond_wait(&attempt->came, &attempt->lock);
	(void)pthread_mutex_unlock(&attempt->lock);
	return attempt->code;
}

static enum zv_code sign_in(struct attempt *attempt, const char *login, const char *password, const char *code)
{
	prepare(attempt);
	return wait_for(attempt, zv_signin_password(&attempt->signin, fx.db, str(login), str(password), str(code), &fx.err));
}

/* The writer has the database; what the test does itself goes through a handle for reading. */
static void start_server(void)
{
	zv_db_close(fx.db);
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_READ, &fx.err));
	start_auth();
}

static void stop_server(void)
{
	zv_auth_stop(auth);
	zv_writer_stop(writer);
	zv_db_close(fx.db);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
}

static void the_right_password_opens_a_session_and_all_else_looks_alike(void **state)
{
	static const struct {
		const char *login, *password;
	} wrong[] = {{"ivan", "not the password"}, {"nobody", "correct horse battery"}, {"not a login at all!", "correct horse battery"},
		     {"off", "correct horse battery"}, {"none", "correct horse battery"}, {"none", ""}};
	const struct zv_account_change off = {.n_places = -1, .state = ZV_ACCOUNT_DISABLED};
	struct zv_account account;
	struct attempt attempt;
	char sentence[600] = "";

	(void)state;
	(void)add("ivan", "buyer", "", org_a_uid);
	account = add("off", "buyer", "", org_a_uid);
	(void)add("none", "buyer", "", org_a_uid);
	give_password("ivan", "correct horse battery");
	give_password("off", "correct horse battery");
	OK(zv_account_change(&account, fx.db, &local, account.uid, &off, &fx.arena, &fx.err));
	start_server();
	for (size_t i = 0; i < ZV_LEN(wrong); i++) {
		assert_int_equal(sign_in(&attempt, wrong[i].login, wrong[i].password, ""), ZV_E_DENIED);
		assert_string_equal(attempt.signin.reason, "login.wrong");
		assert_true(i == 0 || strcmp(sentence, attempt.err.text) == 0);
		(void)snprintf(sentence, sizeof(sentence), "%s", attempt.err.text);
		assert_int_equal(attempt.signin.session.token[0], '\0');
		zv_arena_done(&attempt.arena);
	}
	assert_int_equal(sign_in(&attempt, " Ivan ", "correct horse battery", ""), ZV_OK);
	assert_true(zv_str_eq_c(ask(attempt.signin.session.token, NULL).who.login, "ivan"));
	assert_true(zv_csrf_check(str(attempt.signin.session.token), str(attempt.signin.session.csrf)));
	zv_arena_done(&attempt.arena);
	stop_server();
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'session.open'"), 1);
}

static void a_second_factor_is_asked_for_and_each_code_counts_once(void **state)
{
	struct zv_str secret;
	struct zv_str uri;
	struct attempt attempt;
	struct zv_who who;
	char code[ZV_TOTP_CODE];
	int64_t now = zv_now_ms();

	(void)state;
	(void)add("ivan", "buyer", "", org_a_uid);
	give_password("ivan", "correct horse battery");
	who = who_of("ivan");
	OK(zv_own_totp_begin(&secret, &uri, fx.db, &who, &fx.arena, &fx.err));
	/* Not confirmed, not asked for. */
	start_server();
	assert_int_equal(sign_in(&attempt, "ivan", "correct horse battery", ""), ZV_OK);
	zv_arena_done(&attempt.arena);
	stop_server();
	assert_int_equal(zv_own_totp_confirm(fx.db, &who, ZV_STR("000000"), 0, &fx.arena, &fx.err), ZV_E_INVALID);
	assert_true(zv_totp_code(code, secret, now / 30000 - 1));
	OK(zv_own_totp_confirm(fx.db, &who, str(code), now, &fx.arena, &fx.err));
	assert_int_equal(zv_own_totp_begin(&secret, &uri, fx.db, &who, &fx.arena, &fx.err), ZV_E_CONFLICT);
	start_server();
	assert_int_equal(sign_in(&attempt, "ivan", "correct horse battery", ""), ZV_E_DENIED);
	assert_string_equal(attempt.signin.reason, "totp.needed");
	zv_arena_done(&attempt.arena);
	/* Who has not the password is not told that there is a second factor. */
	assert_int_equal(sign_in(&attempt, "ivan", "not the password", ""), ZV_E_DENIED);
	assert_string_equal(attempt.signin.reason, "login.wrong");
	zv_arena_done(&attempt.arena);
	/* The code that confirmed it is used up. */
	assert_int_equal(sign_in(&attempt, "ivan", "correct horse battery", code), ZV_E_DENIED);
	zv_arena_done(&attempt.arena);
	assert_true(zv_totp_code(code, secret, zv_now_ms() / 30000));
	assert_int_equal(sign_in(&attempt, "ivan", "correct horse battery", code), ZV_OK);
	zv_arena_done(&attempt.arena);
	assert_int_equal(sign_in(&attempt, "ivan", "correct horse battery", code), ZV_E_DENIED);
	assert_string_equal(attempt.signin.reason, "login.wrong");
	zv_arena_done(&attempt.arena);
	stop_server();
}

static void guesses_meet_the_limit_and_the_right_user_elsewhere_does_not(void **state)
{
	struct attempt attempt;
	int refused = 0;

	(void)state;
	(void)add("ivan", "buyer", "", org_a_uid);
	give_password("ivan", "correct horse battery");
	start_server();
	for (int i = 0; i < 20; i++) {
		enum zv_code code = sign_in(&attempt, "ivan", "guess number one", "");

		assert_true(code == ZV_E_DENIED || code == ZV_E_LIMIT);
		refused += code == ZV_E_LIMIT;
		if (code == ZV_E_LIMIT)
			assert_true(attempt.signin.retry_after > 0);
		zv_arena_done(&attempt.arena);
	}
	assert_true(refused >= 10);
	prepare(&attempt);
	attempt.signin.address = ZV_STR("198.51.100.9");
	assert_int_equal(wait_for(&attempt, zv_signin_password(&attempt.signin, fx.db, ZV_STR("ivan"), ZV_STR("correct horse battery"), ZV_STR(""), &fx.err)),
			 ZV_OK);
	zv_arena_done(&attempt.arena);
	stop_server();
}

static void a_new_password_ends_all_other_sessions(void **state)
{
	struct attempt first;
	struct attempt second;
	struct attempt change;
	struct zv_identity identity;

	(void)state;
	(void)add("ivan", "buyer", "", org_a_uid);
	give_password("ivan", "correct horse battery");
	start_server();
	assert_int_equal(sign_in(&first, "ivan", "correct horse battery", ""), ZV_OK);
	assert_int_equal(sign_in(&second, "ivan", "correct horse battery", ""), ZV_OK);
	identity = ask(second.signin.session.token, NULL);
	prepare(&change);
	assert_int_equal(wait_for(&change, zv_signin_change_password(&change.signin, fx.db, &identity.who, ZV_STR("wrong old one"),
								     ZV_STR("сорок две вороны"), &fx.err)),
			 ZV_E_INVALID);
	assert_string_equal(change.err.field, "old");
	zv_arena_done(&change.arena);
	prepare(&change);
	assert_int_equal(wait_for(&change, zv_signin_change_password(&change.signin, fx.db, &identity.who, ZV_STR("correct horse battery"), ZV_STR("short"), &fx.err)),
			 ZV_E_INVALID);
	zv_arena_done(&change.arena);
	prepare(&change);
	assert_int_equal(wait_for(&change, zv_signin_change_password(&change.signin, fx.db, &identity.who, ZV_STR("correct horse battery"),
								     ZV_STR("сорок две вороны"), &fx.err)),
			 ZV_OK);
	assert_true(ask(first.signin.session.token, NULL).refused);
	assert_true(ask(second.signin.session.token, NULL).refused);
	assert_false(ask(change.signin.session.token, NULL).refused);
	zv_arena_done(&change.arena);
	zv_arena_done(&second.arena);
	zv_arena_done(&first.arena);
	assert_int_equal(sign_in(&first, "ivan", "correct horse battery", ""), ZV_E_DENIED);
	zv_arena_done(&first.arena);
	assert_int_equal(sign_in(&first, "ivan", "сорок две вороны", ""), ZV_OK);
	zv_arena_done(&first.arena);
	stop_server();
}

enum { STORM = 300, QUEUE = 256 };

static void a_storm_is_bounded_and_what_does_not_fit_is_told_so(void **state)
{
	static struct attempt attempts[STORM];
	static char logins[STORM][20];
	enum zv_code codes[STORM];
	int busy = 0;

	(void)state;
	start_server();
	for (int i = 0; i < STORM; i++) {
		(void)snprintf(logins[i], sizeof(logins[i]), "storm%d", i);
		prepare(&attempts[i]);
		attempts[i].signin.address = ZV_STR("127.0.0.1");
		codes[i] = zv_signin_password(&attempts[i].signin, fx.db, str(logins[i]), ZV_STR("some password"), ZV_STR(""), &fx.err);
		assert_true(codes[i] == ZV_OK || codes[i] == ZV_E_BUSY);
		busy += codes[i] == ZV_E_BUSY;
	}
	for (int i = 0; i < STORM; i++) {
		enum zv_code code = wait_for(&attempts[i], codes[i]);

		/* On a slow machine the last ones have waited too long. */
		assert_true(code == ZV_E_BUSY || (code == ZV_E_DENIED && codes[i] == ZV_OK));
		zv_arena_done(&attempts[i].arena);
	}
	assert_true(busy > 0 && busy <= STORM - QUEUE);
	assert_true(zv_password_peak() <= 4);
	stop_server();
}

/* --- settings, flows ------------------------------------------------------------------------------------------------------------------------ */

static void settings_out_of_bounds_stop_the_start(void **state)
{
	static const struct {
		const char *name, *value;
	} cases[] = {{"auth.memory_kib", "19455"}, {"auth.memory_kib", "much"}, {"auth.passes", "1"}, {"session.idle_min", "0"}, {"session.life_min", "999999"}};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		OK(zv_setting_put(fx.db, cases[i].name, str(cases[i].value), &fx.err));
		assert_int_equal(zv_auth_start(&auth, fx.db, &(struct zv_auth_options){0}, &fx.err), ZV_E_INVALID);
		assert_string_equal(fx.err.field, cases[i].name);
		OK(zv_setting_put(fx.db, cases[i].name, ZV_STR(""), &fx.err));
	}
	OK(zv_setting_put(fx.db, "session.life_min", ZV_STR("5"), &fx.err));
	start_auth();
	assert_int_equal(zv_auth_session_rule(auth)->life_ms, 300000);
	zv_auth_stop(auth);
}

static void a_flow_is_taken_once_and_in_time(void **state)
{
	struct zv_flow flow = {.state_hash = ZV_STR("h"), .provider = ZV_STR("keycloak"), .nonce = ZV_STR("n"), .verifier = ZV_STR("v"), .return_to = ZV_STR("/lots?a=b"), .ends_ms = 1000};
	struct zv_flow taken;

	(void)state;
	OK(zv_flow_insert(fx.db, &flow, &fx.err));
	OK(zv_flow_take(&taken, fx.db, ZV_STR("h"), 999, &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(taken.provider, "keycloak"));
	assert_true(zv_str_eq_c(taken.return_to, "/lots?a=b"));
	assert_true(zv_str_eq_c(taken.verifier, "v"));
	assert_int_equal(zv_flow_take(&taken, fx.db, ZV_STR("h"), 999, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	OK(zv_flow_insert(fx.db, &flow, &fx.err));
	assert_int_equal(zv_flow_take(&taken, fx.db, ZV_STR("h"), 1000, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	OK(zv_flow_insert(fx.db, &flow, &fx.err));
	OK(zv_flow_sweep(fx.db, 1000, &fx.err));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM oidc_flow"), 0);
}

#define WORLD_TEST(function) cmocka_unit_test_setup_teardown(function, open_world, fixture_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(an_account_is_what_was_said_and_its_login_is_once),
		WORLD_TEST(fields_and_places_are_checked),
		WORLD_TEST(an_operator_looks_after_the_own_centre_below_operator),
		WORLD_TEST(the_last_administrator_stays),
		WORLD_TEST(a_session_says_who_asks_until_it_is_ended),
		WORLD_TEST(disabling_and_other_roles_end_sessions_at_once),
		WORLD_TEST(a_change_that_is_taken_back_ends_nothing),
		WORLD_TEST(an_idle_session_and_an_old_one_are_over),
		WORLD_TEST(the_last_use_is_written_at_most_once_a_minute),
		WORLD_TEST(an_account_has_at_most_fifty_sessions),
		WORLD_TEST(a_token_may_what_its_scopes_and_its_account_may),
		WORLD_TEST(a_token_narrowed_to_another_centre_has_no_roles),
		WORLD_TEST(tokens_are_bounded_in_time_scope_and_name),
		WORLD_TEST(the_right_password_opens_a_session_and_all_else_looks_alike),
		WORLD_TEST(a_second_factor_is_asked_for_and_each_code_counts_once),
		WORLD_TEST(guesses_meet_the_limit_and_the_right_user_elsewhere_does_not),
		WORLD_TEST(a_new_password_ends_all_other_sessions),
		WORLD_TEST(a_storm_is_bounded_and_what_does_not_fit_is_told_so),
		WORLD_TEST(settings_out_of_bounds_stop_the_start),
		WORLD_TEST(a_flow_is_taken_once_and_in_time),
	};

	return fixture_run("accounts", tests, ZV_LEN(tests));
}
