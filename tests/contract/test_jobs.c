/* Slow work on both stores: taken in order, done once, cancelled, and taken up again after a stop or a death. */
#include "fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "app/jobs.h"
#include "store/account.h"

static struct zv_writer *writer;
static struct zv_jobs *jobs;
static struct zv_db *reader;
static int64_t account;
static atomic_int runs, written; /* how often the work below was begun, and was durable */
static atomic_bool hold;         /* the work waits until it may end, or must */

static enum zv_code write_once(struct zv_job_run *run, struct zv_db *db, void *context, struct zv_err *err)
{
	(void)context;
	atomic_fetch_add(&written, 1);
	return zv_job_done(run, db, ZV_STR("{\"kept\":true}"), err);
}

static enum zv_code run_held(struct zv_job_run *run, struct zv_json *result, struct zv_err *err)
{
	(void)result;
	atomic_fetch_add(&runs, 1);
	zv_job_tell(run, 7, 10);
	while (atomic_load(&hold)) {
		if (zv_job_stopping(run))
			return zv_fail(err, ZV_E_CONFLICT, "", N_("The import was stopped; nothing of it is written."));
	}
	return zv_job_write(run, write_once, NULL, err);
}

static enum zv_code run_plain(struct zv_job_run *run, struct zv_json *result, struct zv_err *err)
{
	(void)run;
	(void)err;
	zv_json_object(result);
	zv_json_key_int(result, "answer", 42);
	zv_json_end_object(result);
	return ZV_OK;
}

static enum zv_code run_failing(struct zv_job_run *run, struct zv_json *result, struct zv_err *err)
{
	(void)run;
	(void)result;
	return zv_fail(err, ZV_E_INVALID, "", N_("The file is empty."));
}

static const struct zv_job_kind held = {"test.held", run_held}, plain = {"test.plain", run_plain}, failing = {"test.fail", run_failing};
static const struct zv_job_kind *const kinds[] = {&held, &plain, &failing, NULL};

static void start(void)
{
	struct zv_job_setup setup = {.db_url = fx.url, .kinds = kinds};

	OK(zv_writer_start(&writer, fx.url, &fx.err));
	setup.writer = writer;
	OK(zv_jobs_start(&jobs, &setup, &fx.err));
}

static void stop(void)
{
	zv_jobs_stop(jobs);
	zv_writer_stop(writer);
}

static int open_world(void **state)
{
	struct zv_account person = {.login = ZV_STR("somebody"), .name = ZV_STR("Somebody"), .state = ZV_ACCOUNT_ACTIVE};

	(void)fixture_open(state);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_account_insert(fx.db, &person, &fx.arena, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	account = person.id;
	zv_db_close(fx.db);
	fx.db = NULL;
	reader = fixture_second(ZV_DB_READ);
	atomic_store(&runs, 0);
	atomic_store(&written, 0);
	atomic_store(&hold, false);
	start();
	return 0;
}

static int close_world(void **state)
{
	stop();
	zv_db_close(reader);
	return fixture_close(state);
}

struct submit {
	struct zv_write write; /* first */
	struct zv_job_new job;
	struct zv_str uid;
	bool fail;
};

static enum zv_code run_submit(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct submit *submit = (struct submit *)write;
	enum zv_code code = zv_job_submit(&submit->uid, jobs, db, &submit->job, &fx.arena, err);

	return code == ZV_OK && submit->fail ? zv_fail(err, ZV_E_CONFLICT, "", N_("The file is empty.")) : code;
}

static struct zv_str submit(const char *kind)
{
	struct submit submit = {.write = {.run = run_submit}, .job = {.kind = kind, .params = ZV_STR("{\"a\":1}"), .lang = "ru", .account_id = account}};

	OK(zv_writer_wait(writer, &submit.write, &fx.err));
	return submit.uid;
}

static struct zv_job look(struct zv_str uid)
{
	struct zv_job job;

	OK(zv_job_read(&job, jobs, reader, uid, &fx.arena, &fx.err));
	return job;
}

static struct zv_job wait_for(struct zv_str uid, enum zv_job_state state)
{
	struct zv_job job;

	do
		job = look(uid);
	while (job.state != state);
	return job;
}

static void work_is_done_in_its_order_and_its_result_is_kept(void **state)
{
	struct zv_str uids[5];

	(void)state;
	for (size_t i = 0; i < ZV_LEN(uids); i++)
		uids[i] = submit("test.plain");
	for (size_t i = 0; i < ZV_LEN(uids); i++) {
		struct zv_job job = wait_for(uids[i], ZV_JOB_DONE);

		assert_true(zv_str_eq_c(job.result, "{\"answer\":42}"));
		assert_true(zv_str_eq_c(job.params, "{\"lang\":\"ru\",\"a\":1}"));
		assert_true(job.started_ms >= job.made_ms && job.ended_ms >= job.started_ms);
	}
}

static void a_failure_is_kept_as_its_sentence(void **state)
{
	struct zv_job job;

	(void)state;
	job = wait_for(submit("test.fail"), ZV_JOB_FAILED);
	assert_true(job.error.n > 0 && job.result.n == 0);
	job = wait_for(submit("test.unknown"), ZV_JOB_FAILED);
	assert_true(job.error.n > 0);
	assert_int_equal(wait_for(submit("test.plain"), ZV_JOB_DONE).error.n, 0);
}

static void what_was_taken_back_is_never_run(void **state)
{
	struct submit lost = {.write = {.run = run_submit}, .job = {.kind = "test.held", .params = ZV_STR("{}"), .account_id = account}, .fail = true};
	struct zv_job job;

	(void)state;
	assert_int_equal(zv_writer_wait(writer, &lost.write, &fx.err), ZV_E_CONFLICT);
	(void)wait_for(submit("test.plain"), ZV_JOB_DONE);
	assert_int_equal(zv_job_read(&job, jobs, reader, lost.uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(atomic_load(&runs), 0);
}

static void progress_is_seen_and_cancelling_ends_the_work(void **state)
{
	struct zv_str first, second;
	struct zv_job_progress progress;

	(void)state;
	atomic_store(&hold, true);
	first = submit("test.held");
	second = submit("test.plain");
	(void)wait_for(first, ZV_JOB_RUNNING);
	do
		zv_job_progress(&progress, jobs, first);
	while (progress.of == 0);
	assert_true(progress.known);
	assert_int_equal(progress.done, 7);
	assert_int_equal(look(first).of, 10);
	assert_int_equal(look(second).state, ZV_JOB_WAITING);
	OK(zv_job_cancel(jobs, reader, second, &fx.err));
	OK(zv_job_cancel(jobs, reader, first, &fx.err));
	(void)wait_for(first, ZV_JOB_CANCELLED);
	(void)wait_for(second, ZV_JOB_CANCELLED);
	assert_int_equal(atomic_load(&written), 0);
	OK(zv_job_cancel(jobs, reader, first, &fx.err)); /* it has ended: nothing changes */
	assert_int_equal(zv_job_cancel(jobs, reader, ZV_STR("job_none"), &fx.err), ZV_E_NOTFOUND);
}

static void a_stop_puts_the_running_work_back_and_the_next_start_does_it(void **state)
{
	struct zv_str uid;
	struct zv_job job;

	(void)state;
	atomic_store(&hold, true);
	uid = submit("test.held");
	(void)wait_for(uid, ZV_JOB_RUNNING);
	stop();
	OK(zv_job_by_uid(&job, reader, uid, &fx.arena, &fx.err));
	assert_int_equal(job.state, ZV_JOB_WAITING);
	atomic_store(&hold, false);
	start();
	job = wait_for(uid, ZV_JOB_DONE);
	assert_true(zv_str_eq_c(job.result, "{\"kept\":true}"));
	assert_int_equal(atomic_load(&runs), 2);
	assert_int_equal(atomic_load(&written), 1);
}

static enum zv_code set_running(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct submit *submit = (struct submit *)write;
	struct zv_job job;
	bool moved;
	enum zv_code code = zv_job_by_uid(&job, db, submit->uid, &fx.arena, err);

	return code == ZV_OK ? zv_job_move(&moved, db, job.id, ZV_JOB_WAITING, ZV_JOB_RUNNING, ZV_STR(""), ZV_STR(""), err) : code;
}

/* As a program that died leaves it: running, and nobody does it. */
static void work_found_running_at_a_start_is_done_from_its_beginning(void **state)
{
	struct submit lost = {.write = {.run = run_submit}, .job = {.kind = "test.held", .params = ZV_STR("{}"), .account_id = account}};
	struct zv_jobs *mine = jobs;

	(void)state;
	zv_jobs_stop(jobs);
	jobs = NULL; /* nobody takes it */
	(void)mine;
	OK(zv_writer_wait(writer, &lost.write, &fx.err));
	lost.write.run = set_running;
	OK(zv_writer_wait(writer, &lost.write, &fx.err));
	zv_writer_stop(writer);
	start();
	(void)wait_for(lost.uid, ZV_JOB_DONE);
	assert_int_equal(atomic_load(&written), 1);
}

static void one_person_cannot_fill_the_queue(void **state)
{
	struct submit more = {.write = {.run = run_submit}, .job = {.kind = "test.plain", .params = ZV_STR("{}"), .account_id = account}};
	enum zv_code code = ZV_OK;
	int n = 0;

	(void)state;
	atomic_store(&hold, true);
	(void)wait_for(submit("test.held"), ZV_JOB_RUNNING);
	while (code == ZV_OK && n++ < 100)
		code = zv_writer_wait(writer, &more.write, &fx.err);
	assert_int_equal(code, ZV_E_LIMIT);
	assert_int_equal(n, 20);
	atomic_store(&hold, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(work_is_done_in_its_order_and_its_result_is_kept, open_world, close_world),
		cmocka_unit_test_setup_teardown(a_failure_is_kept_as_its_sentence, open_world, close_world),
		cmocka_unit_test_setup_teardown(what_was_taken_back_is_never_run, open_world, close_world),
		cmocka_unit_test_setup_teardown(progress_is_seen_and_cancelling_ends_the_work, open_world, close_world),
		cmocka_unit_test_setup_teardown(a_stop_puts_the_running_work_back_and_the_next_start_does_it, open_world, close_world),
		cmocka_unit_test_setup_teardown(work_found_running_at_a_start_is_done_from_its_beginning, open_world, close_world),
		cmocka_unit_test_setup_teardown(one_person_cannot_fill_the_queue, open_world, close_world),
	};

	return fixture_run("jobs", tests, ZV_LEN(tests));
}
