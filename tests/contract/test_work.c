/* Tasks, rounds, contacts and four eyes on the demo world: what rules make and take back, and what the database itself refuses. */
#include "fixture.h"

#include <string.h>

#include "app/approvals.h"
#include "app/confirm.h"
#include "app/contacts.h"
#include "app/demo.h"
#include "app/find.h"
#include "app/home.h"
#include "app/lots_run.h"
#include "app/scouting.h"
#include "app/tasks.h"
#include "auth/auth.h"
#include "store/account.h"
#include "store/setting.h"

enum { DAY = 20514 }; /* 2026-03-02 */

static void make_world(void)
{
	OK(zv_demo_fill(fx.db, &fx.err));
}

static struct zv_who as(const char *login)
{
	struct zv_account account;
	struct zv_who who;

	OK(zv_account_by_login(&account, fx.db, zv_str_c(login), &fx.arena, &fx.err));
	zv_who_of_account(&who, &account, &fx.arena);
	return who;
}

static struct zv_str uid_of(const char *reg, const char *key)
{
	struct zv_record record;

	OK(zv_find_record(&record, NULL, fx.db, zv_register_find(reg), zv_str_c(key), &fx.arena, &fx.err));
	return record.uid;
}

static void set_day(zv_date day)
{
	char text[ZV_DATE_TEXT];

	zv_date_format(text, day);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_setting_put(fx.db, "as_of", zv_str_c(text), &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
}

static void exec(const char *sql)
{
	OK(zv_db_exec(fx.db, sql, &fx.err));
}

/* Open tasks of a person, of one kind (NULL: of all). */
static struct zv_tasks_page tasks(const char *login, const char *kind)
{
	struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .kind = zv_str_c(kind)};
	struct zv_tasks_page page;
	struct zv_who who = as(login);

	OK(zv_tasks_list(&page, fx.db, &who, &query, &fx.arena, &fx.err));
	return page;
}

static void refresh(void)
{
	OK(zv_tasks_refresh(fx.db, &fx.err));
}

/* --- rules ------------------------------------------------------------------------------------------------------------------- */

static void the_first_day_gives_everybody_what_the_journeys_say(void **state)
{
	struct zv_tasks_page page;

	(void)state;
	make_world();
	page = tasks("operator-rya", NULL);
	assert_int_equal(page.n, 4);
	for (size_t i = 0; i < page.n; i++)
		assert_true(page.tasks[i].due != ZV_DATE_NONE && !page.tasks[i].overdue && page.tasks[i].title.n > 0);
	page = tasks("buyer-e1", NULL);
	assert_int_equal(page.n, 1);
	assert_true(zv_str_eq_c(page.tasks[0].kind, "need.confirm"));
	assert_int_equal(page.tasks[0].due, DAY + 14);
	assert_int_equal(tasks("maker-e3", "lot.answer").n, 1);
	assert_int_equal(tasks("institute-i1", "need.possible").n, 3);
	assert_int_equal(tasks("analyst", NULL).n, 0);
}

static void a_second_refresh_changes_nothing(void **state)
{
	int64_t before, ended;
	bool stale = true;

	(void)state;
	make_world();
	before = fixture_number("SELECT COUNT(*) FROM task");
	ended = fixture_number("SELECT COUNT(*) FROM task WHERE state <> 1");
	OK(zv_tasks_stale(&stale, fx.db, &fx.err));
	assert_false(stale);
	exec("UPDATE setting SET value = 'none' WHERE name = 'tasks.mark'");
	OK(zv_tasks_stale(&stale, fx.db, &fx.err));
	assert_true(stale);
	refresh();
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM task"), before);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM task WHERE state <> 1"), ended);
}

static void a_statement_is_asked_for_anew_on_day_75_and_not_before(void **state)
{
	static const zv_date said = 20412; /* 2025-11-20 */

	(void)state;
	make_world();
	assert_int_equal(tasks("maker-e3", "capacity.confirm").n, 1);
	set_day(said + 74);
	refresh();
	assert_int_equal(tasks("maker-e3", "capacity.confirm").n, 0);
	set_day(said + 75);
	refresh();
	assert_int_equal(tasks("maker-e3", "capacity.confirm").n, 1);
	assert_int_equal(tasks("maker-e3", "capacity.confirm").tasks[0].due, said + 90);
	assert_false(tasks("maker-e3", "capacity.confirm").tasks[0].overdue);
	set_day(said + 91);
	assert_true(tasks("maker-e3", "capacity.confirm").tasks[0].overdue);
	set_day(zv_date_from_civil(2026, 10, 1)); /* both quarters are past: nobody needs to know any more */
	refresh();
	assert_int_equal(tasks("maker-e3", "capacity.confirm").n, 0);
}

static void a_new_word_about_a_statement_takes_the_task_back(void **state)
{
	(void)state;
	make_world();
	exec("UPDATE capacity SET said_on = 20514");
	exec("UPDATE setting SET value = 'none' WHERE name = 'tasks.mark'");
	refresh();
	assert_int_equal(tasks("maker-e3", "capacity.confirm").n, 0);
	assert_int_equal(fixture_number("SELECT state FROM task WHERE kind = 'capacity.confirm'"), 4);
}

static void a_lot_that_is_gone_takes_its_tasks_along(void **state)
{
	(void)state;
	make_world();
	exec("DELETE FROM lot_need");
	exec("DELETE FROM lot");
	exec("UPDATE setting SET value = 'none' WHERE name = 'tasks.mark'");
	refresh();
	assert_int_equal(tasks("buyer-e1", NULL).n, 0);
	assert_int_equal(tasks("maker-e3", "lot.answer").n, 0);
	assert_int_equal(tasks("operator-rya", "need.remind").n, 0);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM task WHERE kind = 'need.confirm' AND state = 4"), 5);
}

static void a_request_that_was_declined_is_not_asked_again(void **state)
{
	struct zv_who maker;
	struct zv_tasks_page page;

	(void)state;
	make_world();
	maker = as("maker-e3");
	page = tasks("maker-e3", "lot.answer");
	OK(zv_tasks_end(fx.db, &maker, page.tasks[0].uid, ZV_TASK_DECLINED, &fx.arena, &fx.err));
	refresh();
	assert_int_equal(tasks("maker-e3", "lot.answer").n, 0);
}

static void confirming_ends_the_task_and_the_reminder(void **state)
{
	struct zv_who buyer;

	(void)state;
	make_world();
	buyer = as("buyer-e1");
	OK(zv_need_confirm(fx.db, &buyer, uid_of("need", "N1"), &fx.arena, &fx.err));
	assert_int_equal(fixture_number("SELECT state FROM need WHERE source_key = 'N1'"), 3);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM task WHERE kind = 'need.confirm' AND state = 2"), 1);
	refresh();
	assert_int_equal(tasks("buyer-e1", NULL).n, 0);
	assert_int_equal(tasks("operator-rya", "need.remind").n, 0);
	assert_int_equal(tasks("operator-oms", "need.remind").n, 1);
}

/* --- rounds -------------------------------------------------------------------------------------------------------------------- */

static struct zv_str start_round(zv_date deadline)
{
	struct zv_who operator = as("operator-rya");
	struct zv_str uid;

	OK(zv_scouting_start(&uid, fx.db, &operator, uid_of("need", "N1"), deadline, ZV_STR(""), &fx.arena, &fx.err));
	return uid;
}

static void answer(const char *login, const char *centre, struct zv_str round, enum zv_scouting_answer word)
{
	struct zv_who who = as(login);
	struct zv_str maker = uid_of("org", "E3");
	struct zv_scouting_reply reply = {
		.centre = zv_str_c(centre), .answer = word, .makers = &maker, .n_makers = word == ZV_SCOUTING_NONE ? 0 : 1};

	OK(zv_scouting_reply(fx.db, &who, round, &reply, &fx.arena, &fx.err));
}

static struct zv_scouting board(struct zv_str round)
{
	struct zv_who operator = as("operator-rya");
	struct zv_scouting out;

	OK(zv_scouting_get(&out, fx.db, &operator, round, &fx.arena, &fx.err));
	return out;
}

static void silence_is_not_none(void **state)
{
	struct zv_scouting b;
	struct zv_str round;

	(void)state;
	make_world();
	round = start_round(DAY + 5);
	assert_int_equal(board(round).median_minutes, -1);
	answer("operator-irk", "RU-IRK", round, ZV_SCOUTING_EXACT);
	answer("operator-oms", "RU-OMS", round, ZV_SCOUTING_NONE);
	b = board(round);
	assert_int_equal(b.n_centres, 12);
	assert_int_equal(b.n_answered, 2);
	assert_int_equal(b.n_silent, 10);
	assert_int_equal(b.n_none, 1);
	assert_int_equal(b.n_exact, 1);
	assert_int_equal(b.n_makers, 1);
}

static void the_median_of_four_answers_is_between_the_middle_two(void **state)
{
	struct zv_str round;

	(void)state;
	make_world();
	round = start_round(DAY + 5);
	answer("operator-irk", "RU-IRK", round, ZV_SCOUTING_NEAR);
	answer("operator-oms", "RU-OMS", round, ZV_SCOUTING_NONE);
	answer("operator-me", "RU-ME", round, ZV_SCOUTING_NONE);
	answer("operator-cu", "RU-CU", round, ZV_SCOUTING_NEAR);
	/* 10, 60, 240 and 600 minutes */
	exec("UPDATE scouting_centre SET answered_ms = (SELECT s.started_ms FROM scouting s WHERE s.id = scouting_id) + CASE centre_id "
	     "WHEN 2 THEN 600000 WHEN 3 THEN 3600000 WHEN 5 THEN 14400000 ELSE 36000000 END WHERE answer IS NOT NULL");
	assert_int_equal(board(round).median_minutes, 150);
	assert_int_equal(board(round).n_makers, 1); /* named twice, one organisation */
}

static void a_round_closes_after_its_deadline_and_the_silent_stay_silent(void **state)
{
	struct zv_scouting b;
	struct zv_str round;
	struct zv_who who;
	struct zv_scouting_reply late = {.centre = ZV_STR("RU-OMS"), .answer = ZV_SCOUTING_NONE};

	(void)state;
	make_world();
	round = start_round(DAY + 5);
	answer("operator-irk", "RU-IRK", round, ZV_SCOUTING_EXACT);
	set_day(DAY + 5); /* the last day still counts */
	refresh();
	assert_int_equal(board(round).state, ZV_SCOUTING_OPEN);
	set_day(DAY + 6);
	refresh();
	b = board(round);
	assert_int_equal(b.state, ZV_SCOUTING_CLOSED);
	assert_int_equal(b.n_silent, 11);
	assert_int_equal(b.n_none, 0);
	assert_int_equal(tasks("operator-oms", "scouting.answer").n, 0);
	who = as("operator-oms");
	assert_int_equal(zv_scouting_reply(fx.db, &who, round, &late, &fx.arena, &fx.err), ZV_E_CONFLICT);
	start_round(DAY + 10); /* and there may be another one */
}

/* --- four eyes --------------------------------------------------------------------------------------------------------------- */

static void the_database_itself_refuses_ones_own_approval(void **state)
{
	enum zv_code code;

	(void)state;
	make_world();
	code = zv_db_exec(fx.db, "UPDATE approval SET state = 2, decided_by = asked_by", &fx.err);
	assert_int_equal(code, ZV_E_CONFLICT);
	assert_int_equal(fixture_number("SELECT state FROM approval"), 1);
}

static void what_cannot_be_done_is_not_approved_either(void **state)
{
	struct zv_approval *list;
	struct zv_who first, buyer;
	struct zv_str none;
	size_t n;

	(void)state;
	make_world();
	first = as("operator-rya");
	buyer = as("buyer-e1");
	OK(zv_approval_list(&list, &n, fx.db, &first, true, 0, 10, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	OK(zv_need_publish(&none, fx.db, &buyer, uid_of("need", "N1"), ZV_STR("centre"), &fx.arena, &fx.err));
	assert_int_equal(none.n, 0);
	assert_int_equal(zv_approval_decide(fx.db, &first, list[0].uid, true, ZV_STR(""), &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(fixture_number("SELECT state FROM approval"), 1);
	assert_int_equal(fixture_number("SELECT visibility FROM need WHERE source_key = 'N1'"), 0);
	assert_int_equal(tasks("operator-rya", "approval.decide").n, 1);
}

static void whoever_asked_finds_no_task_of_it(void **state)
{
	(void)state;
	make_world();
	assert_int_equal(tasks("operator-rya2", "approval.decide").n, 0);
	assert_int_equal(tasks("operator-rya", "approval.decide").n, 1);
	assert_int_equal(tasks("operator-irk", "approval.decide").n, 0);
}

/* --- contacts ---------------------------------------------------------------------------------------------------------------- */

static void the_name_opens_with_the_answer_and_not_before(void **state)
{
	struct zv_who maker, buyer;
	struct zv_contact contact;
	struct zv_disclosed *shown;
	struct zv_str uid;
	size_t n;

	(void)state;
	make_world();
	maker = as("maker-e3");
	buyer = as("buyer-e1");
	OK(zv_contact_ask(&uid, fx.db, &maker, uid_of("need", "N1"), ZV_STR("600 kg"), &fx.arena, &fx.err));
	OK(zv_contact_get(&contact, fx.db, &maker, uid, &fx.arena, &fx.err));
	assert_int_equal(contact.owner.n + contact.owner_uid.n, 0);
	assert_int_equal(zv_contact_decide(fx.db, &maker, uid, ZV_CONTACT_ACCEPTED, &fx.arena, &fx.err), ZV_E_DENIED);
	OK(zv_contact_decide(fx.db, &buyer, uid, ZV_CONTACT_DECLINED, &fx.arena, &fx.err));
	OK(zv_disclosed_list(&shown, &n, fx.db, &buyer, 0, 50, &fx.arena, &fx.err));
	assert_int_equal(n, 0);
	OK(zv_contact_decide(fx.db, &buyer, uid, ZV_CONTACT_ACCEPTED, &fx.arena, &fx.err)); /* he may think better of it */
	OK(zv_contact_get(&contact, fx.db, &maker, uid, &fx.arena, &fx.err));
	assert_true(zv_str_eq(contact.owner_uid, uid_of("org", "E1")));
	OK(zv_disclosed_list(&shown, &n, fx.db, &buyer, 0, 50, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_true(zv_str_eq(shown[0].to_uid, uid_of("org", "E3")));
	assert_int_equal(zv_contact_ask(&uid, fx.db, &maker, uid_of("need", "N1"), ZV_STR(""), &fx.arena, &fx.err), ZV_E_CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_first_day_gives_everybody_what_the_journeys_say),
		FIXTURE_TEST(a_second_refresh_changes_nothing),
		FIXTURE_TEST(a_statement_is_asked_for_anew_on_day_75_and_not_before),
		FIXTURE_TEST(a_new_word_about_a_statement_takes_the_task_back),
		FIXTURE_TEST(a_lot_that_is_gone_takes_its_tasks_along),
		FIXTURE_TEST(a_request_that_was_declined_is_not_asked_again),
		FIXTURE_TEST(confirming_ends_the_task_and_the_reminder),
		FIXTURE_TEST(silence_is_not_none),
		FIXTURE_TEST(the_median_of_four_answers_is_between_the_middle_two),
		FIXTURE_TEST(a_round_closes_after_its_deadline_and_the_silent_stay_silent),
		FIXTURE_TEST(the_database_itself_refuses_ones_own_approval),
		FIXTURE_TEST(what_cannot_be_done_is_not_approved_either),
		FIXTURE_TEST(whoever_asked_finds_no_task_of_it),
		FIXTURE_TEST(the_name_opens_with_the_answer_and_not_before),
	};

	return fixture_run("work", tests, ZV_LEN(tests));
}
