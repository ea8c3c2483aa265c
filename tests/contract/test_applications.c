/* Applications for the register of clusters: every state and what can be done in it, what is missing, the decision. */
#include "application_world.h"

#include <stdio.h>
#include <string.h>

#include "app/tasks.h"

/* --- states ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code try_op(enum zv_application_op op)
{
	bool review = zv_application_action(op) == ZV_DO_APPLICATION_REVIEW;
	struct zv_application_act a = apply_act(review ? &apply.analyst : &apply.org);

	switch (op) {
	case ZV_APPLICATION_EDIT:
		return apply_put("list", false, "другой список");
	case ZV_APPLICATION_CHECK:
		return zv_application_precheck(&a, &fx.err);
	case ZV_APPLICATION_SUBMIT:
		return zv_application_submit(&a, &fx.err);
	case ZV_APPLICATION_ASK:
		return zv_application_ask(&a, ZV_STR("1"), ZV_STR("почему?"), &fx.err);
	case ZV_APPLICATION_RETURN:
		return zv_application_return(&a, ZV_STR("1"), ZV_STR("исправьте"), &fx.err);
	case ZV_APPLICATION_ANSWER:
		return zv_application_answer(&a, ZV_STR("1"), ZV_STR("потому"), &fx.err);
	case ZV_APPLICATION_CORRECT:
		return zv_application_correct(&a, ZV_STR(""), &fx.err);
	case ZV_APPLICATION_ACCEPT:
		return apply_decide(true);
	case ZV_APPLICATION_REFUSE:
		return apply_decide(false);
	case ZV_APPLICATION_WITHDRAW:
		return zv_application_withdraw(&a, ZV_STR(""), &fx.err);
	case ZV_APPLICATION_OPS:
		break;
	}
	return ZV_E_BUG;
}

/* By hand, apart from the table of the program: the letter is the state that follows, "-" is refused. */
static const struct {
	const char *state;
	const char *follows; /* edit check submit ask return answer correct accept refuse withdraw */
} wanted[] = {
	{"draft",	"dp-------x"},
	{"precheck",	"pps------x"},
	{"submitted",	"---qc--xxx"},
	{"questions",	"---qcs--xx"},
	{"corrections", "c---cce-xx"},
	{"corrected",	"---qc--xxx"},
	{"decided",	"----------"},
};

static const char *state_of(char letter)
{
	switch (letter) {
	case 'd':
		return "draft";
	case 'p':
		return "precheck";
	case 's':
		return "submitted";
	case 'q':
		return "questions";
	case 'c':
		return "corrections";
	case 'e':
		return "corrected";
	default:
		return "decided";
	}
}

/* Everything that can be asked of an application in its state, each taken back. */
static void try_all(const char *state)
{
	size_t row = 0;

	while (strcmp(wanted[row].state, state) != 0)
		row++;
	apply_assert_state(state);
	for (int op = 0; op < ZV_APPLICATION_OPS; op++) {
		char letter = wanted[row].follows[op];
		int64_t version = apply_get().row.version;
		enum zv_code code;

		OK(zv_db_group_begin(fx.db, &fx.err));
		code = try_op((enum zv_application_op)op);
		if ((code == ZV_OK) != (letter != '-'))
			fail_msg("state %s, act %d: %s", state, op, code == ZV_OK ? "was done" : fx.err.text);
		if (letter == '-') {
			assert_int_equal(code, ZV_E_CONFLICT);
			assert_true(fx.err.text[0] != '\0');
			assert_int_equal(apply_get().row.version, version);
			apply_assert_state(state);
		} else {
			apply_assert_state(state_of(letter));
			assert_int_equal(apply_get().row.version, version + 1);
		}
		zv_db_group_rollback(fx.db);
		apply_assert_state(state);
	}
}

static void every_act_is_possible_in_its_states_and_in_no_other(void **state)
{
	struct zv_application_act reviewer;

	(void)state;
	apply_make_world();
	apply_start();
	try_all("draft");
	apply_fill_in();
	apply_precheck();
	try_all("precheck");
	apply_submit();
	try_all("submitted");
	reviewer = apply_act(&apply.analyst);
	OK(zv_application_ask(&reviewer, ZV_STR("participants"), ZV_STR("кто?"), &fx.err));
	try_all("questions");
	apply_send_back("1");
	OK(try_op(ZV_APPLICATION_ANSWER));
	try_all("corrections");
	apply_correct();
	try_all("corrected");
	OK(apply_decide(true));
	try_all("decided");
	apply_end_world();
}

static void a_decided_application_is_closed_for_ever(void **state)
{
	struct zv_application_row row;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	OK(apply_decide(false));
	OK(zv_application_by_uid(&row, fx.db, apply.uid, &fx.arena, &fx.err));
	row.note = ZV_STR("другое");
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_application_save(fx.db, &row, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
	apply_start(); /* and another one may begin */
	apply_assert_state("draft");
	apply_end_world();
}

static void a_cluster_has_one_open_application(void **state)
{
	struct zv_str uid;

	(void)state;
	apply_make_world();
	apply_start();
	assert_int_equal(zv_application_start(&uid, fx.db, &apply.org, apply.cluster, ZV_STR("apply"), &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_true(apply_says(apply.uid.p));
	apply_end_world();
}

static void an_old_version_changes_nothing(void **state)
{
	struct zv_application_row row;

	(void)state;
	apply_make_world();
	apply_start();
	OK(zv_application_by_uid(&row, fx.db, apply.uid, &fx.arena, &fx.err));
	apply_precheck();
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_application_save(fx.db, &row, &fx.err), ZV_E_CONFLICT);
	assert_string_equal(fx.err.field, "If-Match");
	zv_db_rollback(fx.db);
	apply_end_world();
}

static void others_do_not_learn_that_it_is_there(void **state)
{
	struct zv_application_row row;
	struct zv_application_act a;
	char words[sizeof(fx.err.text)];

	(void)state;
	apply_make_world();
	apply_start();
	assert_int_equal(zv_application_head(&row, fx.db, &apply.other, ZV_STR("application_x"), &fx.arena, &fx.err), ZV_E_NOTFOUND);
	(void)snprintf(words, sizeof(words), "%.30s", fx.err.text);
	assert_int_equal(zv_application_head(&row, fx.db, &apply.other, apply.uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_memory_equal(words, fx.err.text, 25);
	a = apply_act(&apply.other);
	assert_int_equal(zv_application_precheck(&a, &fx.err), ZV_E_NOTFOUND);
	a = apply_act(&apply.analyst);
	assert_int_equal(zv_application_precheck(&a, &fx.err), ZV_E_DENIED);
	a = apply_act(&apply.org);
	assert_int_equal(zv_application_ask(&a, ZV_STR("1"), ZV_STR("?"), &fx.err), ZV_E_DENIED);
	apply_end_world();
}

static void an_application_goes_along_with_its_cluster(void **state)
{
	struct zv_application_row row;

	(void)state;
	apply_make_world();
	apply_start();
	assert_true(fixture_number("SELECT id FROM org WHERE name = 'Чужая'") > 0);
	OK(zv_db_exec(fx.db, "UPDATE cluster SET org_id = (SELECT id FROM org WHERE name = 'Чужая')", &fx.err));
	OK(zv_application_head(&row, fx.db, &apply.other, apply.uid, &fx.arena, &fx.err));
	assert_int_equal(zv_application_head(&row, fx.db, &apply.org, apply.uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	apply_end_world();
}

/* --- what is missing ------------------------------------------------------------------------------------------------------------- */

static void a_submission_names_everything_that_is_missing(void **state)
{
	struct zv_application_act a;
	struct zv_application application;

	(void)state;
	apply_make_world();
	apply_start();
	apply_precheck();
	a = apply_act(&apply.org);
	assert_int_equal(zv_application_submit(&a, &fx.err), ZV_E_CONFLICT);
	assert_true(apply_says("Objects") && apply_says("Charter") && apply_says("List") && !apply_says("Plan") && !apply_says("A hundred"));
	application = apply_get();
	assert_int_equal(application.n_missing, 3);
	assert_int_equal(application.passed, 1);
	assert_int_equal(application.total, 3);
	OK(apply_put("charter", false, "устав"));
	OK(apply_put("list", false, "список"));
	assert_int_equal(zv_application_submit(&a, &fx.err), ZV_E_CONFLICT);
	assert_true(apply_says("signature") && apply_says("Charter") && !apply_says("List"));
	OK(apply_put("charter", true, "подпись"));
	apply_add_infra_now();
	OK(zv_application_submit(&a, &fx.err));
	apply_assert_state("submitted");
	apply_end_world();
}

static void a_warning_does_not_keep_an_application_back(void **state)
{
	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	assert_int_equal(apply_get().failed, 1);
	assert_int_equal(apply_get().n_missing, 0);
	apply_end_world();
}

/* --- the decision ---------------------------------------------------------------------------------------------------------------- */

static struct zv_record cluster_row(void)
{
	return fixture_load(zv_register_find("cluster"), apply.cluster_id);
}

static void an_accepted_application_puts_the_cluster_into_the_register_and_can_be_traced(void **state)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_fact *facts;
	struct zv_record row;
	size_t n = 0, of_number = 0;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	OK(apply_decide(true));
	row = cluster_row();
	assert_int_equal(row.values[zv_register_column(reg, "state")].i, 3);
	assert_true(zv_str_eq_c(row.values[zv_register_column(reg, "number")].s, "99"));
	assert_true(zv_str_eq_c(row.values[zv_register_column(reg, "order_no")].s, "15-П"));
	assert_int_equal(row.values[zv_register_column(reg, "order_on")].i, DAY - 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster_event WHERE state = 3 AND number = '15-П'"), 1);
	OK(zv_record_facts(&facts, &n, fx.db, reg, &row, &fx.arena, &fx.err));
	for (size_t i = 0; i < n; i++)
		of_number += strcmp(facts[i].column->name, "number") == 0 && facts[i].state == ZV_FACT_WINS && facts[i].status == ZV_CONFIRMED_CENTRE;
	assert_int_equal(of_number, 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM batch WHERE kind = 'application.accept' AND state = 1"), 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'application.accept'"), 2); /* the batch, and the act */
	apply_end_world();
}

static void an_entry_into_the_register_can_be_undone_like_any_batch(void **state)
{
	int64_t removed = 0, restored = 0;
	struct zv_batch batch;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	OK(apply_decide(true));
	OK(zv_batch_find(&batch, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(batch.kind, "application.accept"));
	assert_true(zv_str_eq(batch.source, apply.uid));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &batch, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(removed, 1);
	assert_int_equal(cluster_row().values[zv_register_column(zv_register_find("cluster"), "state")].i, 1);
	apply_assert_state("decided"); /* the decision is what was said, not what the register holds */
	apply_end_world();
}

static void a_batch_whose_cluster_has_an_application_stays_and_the_refusal_names_it(void **state)
{
	int64_t removed = 0, restored = 0;
	struct zv_batch batch;

	(void)state;
	apply_make_world();
	OK(zv_batch_by_id(&batch, fx.db, cluster_row().batch_id, &fx.arena, &fx.err));
	apply_start();
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_batch_undo(&removed, &restored, fx.db, &batch, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
	assert_non_null(strstr(fx.err.text, "The application application_"));
	assert_non_null(strstr(fx.err.text, "this batch stays"));
	apply_end_world();
}

static void an_acceptance_needs_order_date_and_number_and_a_refusal_its_reason(void **state)
{
	static const struct {
		struct zv_application_verdict verdict;
		const char *field;
	} bad[] = {
		{{true, ZV_STR_INIT(""), DAY, ZV_STR_INIT("9"), ZV_STR_INIT("")}, "order_no"},
		{{true, ZV_STR_INIT("1"), ZV_DATE_NONE, ZV_STR_INIT("9"), ZV_STR_INIT("")}, "order_on"},
		{{true, ZV_STR_INIT("1"), DAY + 1, ZV_STR_INIT("9"), ZV_STR_INIT("")}, "order_on"},
		{{true, ZV_STR_INIT("1"), DAY, ZV_STR_INIT(" "), ZV_STR_INIT("")}, "number"},
		{{false, ZV_STR_INIT("1"), DAY, ZV_STR_INIT("9"), ZV_STR_INIT(" ")}, "note"},
	};
	struct zv_application_act a;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	a = apply_act(&apply.analyst);
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		assert_int_equal(zv_application_decide(&a, &bad[i].verdict, &fx.err), ZV_E_INVALID);
		assert_string_equal(fx.err.field, bad[i].field);
		apply_assert_state("submitted");
	}
	OK(apply_decide(false));
	assert_int_equal(cluster_row().values[zv_register_column(zv_register_find("cluster"), "state")].i, 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster_event"), 0);
	apply_end_world();
}

static void a_number_of_another_cluster_is_not_given_twice(void **state)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_batch batch;
	struct zv_record record;

	(void)state;
	apply_make_world();
	batch = fixture_batch("clusters", DAY);
	record = fixture_record(reg, &batch, "K2");
	fixture_set_text(reg, &record, "name", "Соседний");
	fixture_set_text(reg, &record, "number", "99");
	fixture_set_int(reg, &record, "state", 3);
	(void)fixture_insert(reg, &record);
	fixture_commit(&batch);
	apply_start();
	apply_fill_in();
	apply_submit();
	assert_int_equal(apply_decide(true), ZV_E_CONFLICT);
	assert_true(apply_says("Соседний"));
	apply_assert_state("submitted");
	apply_end_world();
}

/* --- both sides are told ----------------------------------------------------------------------------------------------------------- */

static size_t open_tasks(const char *kind)
{
	struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .kind = zv_str_c(kind)};
	struct zv_tasks_page page;

	OK(zv_tasks_list(&page, fx.db, &apply.org, &query, &fx.arena, &fx.err));
	for (size_t i = 0; i < page.n; i++)
		assert_true(zv_str_find(page.tasks[i].title, ZV_STR("Кластер")) >= 0);
	return page.n;
}

static void the_organisation_has_a_task_for_what_is_asked_of_it(void **state)
{
	struct zv_application_act a;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	assert_int_equal(open_tasks(NULL), 0);
	a = apply_act(&apply.analyst);
	OK(zv_application_ask(&a, ZV_STR("1"), ZV_STR("кто?"), &fx.err));
	assert_int_equal(open_tasks("application.answer"), 1);
	apply_send_back("1");
	assert_int_equal(open_tasks("application.answer"), 0);
	assert_int_equal(open_tasks("application.correct"), 1);
	a = apply_act(&apply.org);
	OK(zv_application_answer(&a, ZV_STR("1"), ZV_STR("вот"), &fx.err));
	apply_correct();
	assert_int_equal(open_tasks(NULL), 0);
	OK(apply_decide(true));
	assert_int_equal(open_tasks("application.decided"), 1);
	apply_end_world();
}

static void every_step_names_who_took_it(void **state)
{
	struct zv_application application;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	apply_send_back("1");
	application = apply_get();
	for (size_t i = 0; i < application.n_steps; i++) {
		bool returned = application.steps[i].kind == ZV_STEP_RETURN || zv_str_eq_c(application.steps[i].body, "corrections");

		assert_true(zv_str_eq_c(application.steps[i].actor, returned ? "user:vera" : "user:anna"));
	}
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action LIKE 'application.%' AND actor = 'user:anna'"), 6);
	apply_end_world();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(every_act_is_possible_in_its_states_and_in_no_other),
		FIXTURE_TEST(a_decided_application_is_closed_for_ever),
		FIXTURE_TEST(a_cluster_has_one_open_application),
		FIXTURE_TEST(an_old_version_changes_nothing),
		FIXTURE_TEST(others_do_not_learn_that_it_is_there),
		FIXTURE_TEST(an_application_goes_along_with_its_cluster),
		FIXTURE_TEST(a_submission_names_everything_that_is_missing),
		FIXTURE_TEST(a_warning_does_not_keep_an_application_back),
		FIXTURE_TEST(an_accepted_application_puts_the_cluster_into_the_register_and_can_be_traced),
		FIXTURE_TEST(an_entry_into_the_register_can_be_undone_like_any_batch),
		FIXTURE_TEST(a_batch_whose_cluster_has_an_application_stays_and_the_refusal_names_it),
		FIXTURE_TEST(an_acceptance_needs_order_date_and_number_and_a_refusal_its_reason),
		FIXTURE_TEST(a_number_of_another_cluster_is_not_given_twice),
		FIXTURE_TEST(the_organisation_has_a_task_for_what_is_asked_of_it),
		FIXTURE_TEST(every_step_names_who_took_it),
	};

	return fixture_run("applications", tests, ZV_LEN(tests));
}
