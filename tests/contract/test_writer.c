/* The writer's thread: what it acknowledges is there, what fails is taken back alone, and nobody is forgotten. */
#include "fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/audit.h"
#include "app/writer.h"

enum { THREADS = 16, PIECES = 100 };

struct piece {
	struct zv_write write;
	struct log *log;
	char name[32];
	bool fail;       /* at its end */
	bool fail_late;  /* by a write that is only sent */
	bool leave_open;
	bool nested;     /* begins and commits on its own, as use cases do */
	enum zv_code code;
	struct zv_err err;
};

/* What came back. */
struct log {
	pthread_mutex_t lock;
	pthread_cond_t told;
	int done, good;
};

static struct log new_log(void)
{
	return (struct log){.lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER};
}

static enum zv_code put(struct zv_db *db, const char *name, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "INSERT INTO setting (name, value) VALUES ($1, 'x')", err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, zv_str_c(name));
	return zv_stmt_run(stmt, err);
}

static enum zv_code work(const struct piece *piece, struct zv_db *db, struct zv_err *err)
{
	const struct zv_audit_row row = {.actor = ZV_STR_INIT("test"), .action = ZV_STR_INIT("test"), .subject = zv_str_c(piece->name)};
	enum zv_code code = put(db, piece->name, err);

	if (code == ZV_OK && piece->fail_late)
		code = put(db, piece->name, err);
	if (code == ZV_OK)
		code = zv_audit_add(db, &row, err);
	if (code == ZV_OK && piece->fail)
		code = zv_fail(err, ZV_E_INVALID, "x", N_("“%s” must be a number."), piece->name);
	return code;
}

static enum zv_code run(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	const struct piece *piece = (const struct piece *)write;
	enum zv_code code = piece->nested || piece->leave_open ? zv_db_begin(db, err) : ZV_OK;

	if (code == ZV_OK)
		code = work(piece, db, err);
	if (!piece->nested)
		return code;
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}

static void done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct piece *piece = (struct piece *)write;
	struct log *log = piece->log;

	piece->code = code;
	piece->err = *err;
	(void)pthread_mutex_lock(&log->lock);
	log->done++;
	log->good += code == ZV_OK;
	(void)pthread_cond_broadcast(&log->told);
	(void)pthread_mutex_unlock(&log->lock);
}

static void wait_for(struct log *log, int n)
{
	(void)pthread_mutex_lock(&log->lock);
	while (log->done < n)
		(void)pthread_cond_wait(&log->told, &log->lock);
	(void)pthread_mutex_unlock(&log->lock);
}

static struct piece new_piece(struct log *log, const char *name)
{
	struct piece piece = {.write = {.run = run, .done = done}, .log = log};

	(void)snprintf(piece.name, sizeof(piece.name), "%s", name);
	return piece;
}

/* The fixture's own handle holds the file; the writer takes it over. */
static struct zv_writer *start(void)
{
	struct zv_writer *writer;

	zv_db_close(fx.db);
	fx.db = NULL;
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	return writer;
}

static void stop(struct zv_writer *writer)
{
	zv_writer_stop(writer);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
}

static int64_t count(void)
{
	return fixture_number("SELECT COUNT(*) FROM setting WHERE value = 'x'");
}

static void assert_trail_is_whole(void)
{
	struct zv_audit_verdict verdict;

	OK(zv_audit_verify(&verdict, fx.db, NULL, &fx.arena, &fx.err));
	if (!verdict.ok)
		fail_msg("row %d: %.*s", (int)verdict.broken_n, ZV_STR_FMT(verdict.reason));
}

static struct zv_writer *shared;

/* Every seventh fails at once, every eleventh late. */
static void *submit_many(void *context)
{
	struct piece *pieces = context;

	for (int i = 0; i < PIECES; i++) {
		while (!zv_writer_submit(shared, &pieces[i].write))
			;
	}
	return NULL;
}

static void what_sixteen_threads_hand_in_is_there_once_or_not_at_all(void **state)
{
	static struct piece pieces[THREADS][PIECES];
	struct log log = new_log();
	struct zv_writer_state now;
	pthread_t threads[THREADS];
	int bad = 0;

	(void)state;
	shared = start();
	for (int t = 0; t < THREADS; t++) {
		for (int i = 0; i < PIECES; i++) {
			char name[32];

			(void)snprintf(name, sizeof(name), "t%d-%d", t, i);
			pieces[t][i] = new_piece(&log, name);
			pieces[t][i].fail = i % 7 == 3 && i % 11 != 5;
			pieces[t][i].fail_late = i % 11 == 5;
			pieces[t][i].nested = i % 3 == 0;
			bad += pieces[t][i].fail || pieces[t][i].fail_late;
		}
	}
	for (int t = 0; t < THREADS; t++)
		assert_int_equal(pthread_create(&threads[t], NULL, submit_many, pieces[t]), 0);
	for (int t = 0; t < THREADS; t++)
		(void)pthread_join(threads[t], NULL);
	wait_for(&log, THREADS * PIECES);
	zv_writer_state(&now, shared);
	stop(shared);
	assert_int_equal(log.good, THREADS * PIECES - bad);
	assert_int_equal(count(), log.good);
	assert_true(now.commits < THREADS * PIECES / 2);
	assert_int_equal(now.works, THREADS * PIECES);
	for (int t = 0; t < THREADS; t++) {
		for (int i = 0; i < PIECES; i++) {
			const struct piece *piece = &pieces[t][i];

			assert_int_equal(piece->code, piece->fail_late ? ZV_E_CONFLICT : piece->fail ? ZV_E_INVALID : ZV_OK);
		}
	}
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'test'"), log.good);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting s JOIN audit a ON a.subject = s.name"), log.good);
	assert_trail_is_whole();
}

static void who_waits_gets_the_answer_after_the_commit(void **state)
{
	struct log log = new_log();
	struct piece good = new_piece(&log, "good"), bad = new_piece(&log, "good");
	struct zv_writer *writer = start();
	struct zv_db *reader = fixture_second(ZV_DB_READ);
	struct zv_stmt *stmt;
	bool row;

	(void)state;
	OK(zv_writer_wait(writer, &good.write, &fx.err));
	OK(zv_db_stmt(&stmt, reader, "SELECT COUNT(*) FROM setting WHERE name = 'good'", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_int_equal(zv_col_int(stmt, 0), 1);
	zv_stmt_reset(stmt);
	zv_db_close(reader);
	assert_int_equal(zv_writer_wait(writer, &bad.write, &fx.err), ZV_E_CONFLICT);
	assert_true(strlen(fx.err.text) > 10);
	stop(writer);
	assert_int_equal(count(), 1);
}

static void a_piece_that_leaves_its_transaction_open_harms_nobody(void **state)
{
	struct log log = new_log();
	struct piece open = new_piece(&log, "open"), next = new_piece(&log, "next"), alone = new_piece(&log, "alone");
	struct zv_writer *writer = start();

	(void)state;
	open.leave_open = true;
	alone.leave_open = true;
	alone.write.alone = true;
	assert_true(zv_writer_submit(writer, &open.write));
	assert_true(zv_writer_submit(writer, &next.write));
	assert_true(zv_writer_submit(writer, &alone.write));
	wait_for(&log, 3);
	stop(writer);
	assert_int_equal(open.code, ZV_E_BUG);
	assert_int_equal(next.code, ZV_OK);
	assert_int_equal(alone.code, ZV_E_BUG);
	assert_int_equal(count(), 1);
}

static void long_work_is_alone_and_fails_alone(void **state)
{
	struct log log = new_log();
	struct piece pieces[5];
	struct zv_writer *writer = start();

	(void)state;
	for (int i = 0; i < 5; i++) {
		char name[] = {'p', (char)('0' + i), '\0'};

		pieces[i] = new_piece(&log, name);
		pieces[i].nested = true;
		pieces[i].write.alone = i == 1 || i == 3;
		pieces[i].fail = i == 3;
	}
	for (int i = 0; i < 5; i++)
		assert_true(zv_writer_submit(writer, &pieces[i].write));
	wait_for(&log, 5);
	stop(writer);
	assert_int_equal(log.good, 4);
	assert_int_equal(pieces[3].code, ZV_E_INVALID);
	assert_int_equal(count(), 4);
	assert_trail_is_whole();
}

/* Holds the writer until it is let go. */
struct gate {
	struct piece piece;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool entered, open;
};

static enum zv_code run_gate(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct gate *gate = (struct gate *)write;

	(void)db;
	(void)err;
	(void)pthread_mutex_lock(&gate->lock);
	gate->entered = true;
	(void)pthread_cond_broadcast(&gate->moved);
	while (!gate->open)
		(void)pthread_cond_wait(&gate->moved, &gate->lock);
	(void)pthread_mutex_unlock(&gate->lock);
	return ZV_OK;
}

static void hold(struct gate *gate, struct log *log, struct zv_writer *writer)
{
	*gate = (struct gate){.piece = new_piece(log, "gate"), .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};
	gate->piece.write.run = run_gate;
	assert_true(zv_writer_submit(writer, &gate->piece.write));
	(void)pthread_mutex_lock(&gate->lock);
	while (!gate->entered)
		(void)pthread_cond_wait(&gate->moved, &gate->lock);
	(void)pthread_mutex_unlock(&gate->lock);
}

static void let_go(struct gate *gate)
{
	(void)pthread_mutex_lock(&gate->lock);
	gate->open = true;
	(void)pthread_cond_broadcast(&gate->moved);
	(void)pthread_mutex_unlock(&gate->lock);
}

static void a_full_queue_refuses_and_forgets_nothing(void **state)
{
	enum { MANY = 4096 };
	struct piece *pieces = calloc(MANY + 1, sizeof(*pieces));
	struct log log = new_log();
	struct zv_writer_state now;
	struct zv_writer *writer = start();
	struct gate gate;

	(void)state;
	hold(&gate, &log, writer);
	for (int i = 0; i <= MANY; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "n%d", i);
		pieces[i] = new_piece(&log, name);
		assert_int_equal(zv_writer_submit(writer, &pieces[i].write), i < MANY);
	}
	zv_writer_state(&now, writer);
	assert_int_equal(now.waiting, MANY);
	assert_true(now.busy_us > 0);
	assert_int_equal(zv_writer_wait(writer, &pieces[MANY].write, &fx.err), ZV_E_BUSY);
	let_go(&gate);
	wait_for(&log, MANY + 1);
	stop(writer);
	assert_int_equal(log.good, MANY + 1);
	assert_int_equal(count(), MANY);
	free(pieces);
}

static void stopping_finishes_what_was_handed_in(void **state)
{
	struct log log = new_log();
	struct piece pieces[50];
	struct zv_writer *writer = start();
	struct gate gate;

	(void)state;
	hold(&gate, &log, writer);
	for (int i = 0; i < 50; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "n%d", i);
		pieces[i] = new_piece(&log, name);
		assert_true(zv_writer_submit(writer, &pieces[i].write));
	}
	let_go(&gate);
	stop(writer);
	assert_int_equal(log.good, 51);
	assert_int_equal(count(), 50);
}

static void only_one_process_writes_to_a_file(void **state)
{
	struct zv_writer *writer, *second;

	(void)state;
	if (fx.dialect != ZV_SQLITE)
		return;
	writer = start();
	assert_int_equal(zv_writer_start(&second, fx.url, &fx.err), ZV_E_BUSY);
	stop(writer);
}

struct slices {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct zv_writer *writer;
	int n, left;
	bool worked;
};

static bool slice(void *context, struct zv_db *db)
{
	struct slices *slices = context;
	struct zv_err err;
	bool more;

	(void)pthread_mutex_lock(&slices->lock);
	if (zv_db_in_transaction(db) || zv_db_begin(db, &err) != ZV_OK || zv_db_commit(db, &err) != ZV_OK)
		slices->worked = false;
	slices->n++;
	more = --slices->left > 0;
	(void)pthread_cond_broadcast(&slices->moved);
	(void)pthread_mutex_unlock(&slices->lock);
	return more;
}

static void wait_for_slices(struct slices *slices, int n)
{
	(void)pthread_mutex_lock(&slices->lock);
	while (slices->n < n)
		(void)pthread_cond_wait(&slices->moved, &slices->lock);
	(void)pthread_mutex_unlock(&slices->lock);
}

static void work_that_can_wait_is_done_between_groups(void **state)
{
	struct slices slices = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER, .left = 3, .worked = true};
	struct log log = new_log();
	struct piece piece = new_piece(&log, "a");
	struct zv_writer *writer = start();

	(void)state;
	zv_writer_idle(writer, slice, &slices);
	wait_for_slices(&slices, 3);
	assert_false(zv_writer_pressed(writer));
	OK(zv_writer_wait(writer, &piece.write, &fx.err));
	wait_for_slices(&slices, 4); /* asked again after something was written */
	stop(writer);
	assert_true(slices.worked);
	assert_int_equal(slices.n, 4);
}

/* Which process of the server the writer talks to. */
struct asking {
	struct zv_write write; /* the first member */
	int64_t pid;
};

static enum zv_code ask_pid(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct asking *asking = (struct asking *)write;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT CAST(pg_backend_pid() AS BIGINT)", err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	asking->pid = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* Only the one process: other tests talk to the same server. */
static void end_process(struct zv_db *killer, int64_t pid)
{
	struct zv_stmt *stmt;
	bool row;

	OK(zv_db_stmt(&stmt, killer, "SELECT CAST(pg_terminate_backend(CAST($1 AS INTEGER), 5000) AS INTEGER)", &fx.err));
	zv_bind_int(stmt, 1, pid);
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_int_equal(zv_col_int(stmt, 0), 1);
	zv_stmt_reset(stmt);
}

/* PostgreSQL goes away: what is in hand fails, and later pieces arrive when it is back. */
static void a_lost_server_fails_what_is_in_hand_and_is_found_again(void **state)
{
	struct log log = new_log();
	struct zv_writer *writer;
	struct zv_db *killer;
	enum zv_code code = ZV_E_IO;
	struct asking asking = {.write = {.run = ask_pid}};
	struct piece piece;
	bool failed = false;

	(void)state;
	if (fx.dialect != ZV_POSTGRES)
		return;
	killer = fixture_second(ZV_DB_WRITE);
	writer = start();
	piece = new_piece(&log, "before");
	OK(zv_writer_wait(writer, &piece.write, &fx.err));
	OK(zv_writer_wait(writer, &asking.write, &fx.err));
	end_process(killer, asking.pid);
	for (int i = 0; i < 1000000 && code != ZV_OK; i++) {
		piece = new_piece(&log, "after");
		code = zv_writer_wait(writer, &piece.write, &fx.err);
		failed = failed || code == ZV_E_IO;
	}
	assert_int_equal(code, ZV_OK);
	assert_true(failed);
	stop(writer);
	zv_db_close(killer);
	assert_int_equal(count(), 2);
	assert_trail_is_whole();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_sixteen_threads_hand_in_is_there_once_or_not_at_all),
		FIXTURE_TEST(who_waits_gets_the_answer_after_the_commit),
		FIXTURE_TEST(a_piece_that_leaves_its_transaction_open_harms_nobody),
		FIXTURE_TEST(long_work_is_alone_and_fails_alone),
		FIXTURE_TEST(a_full_queue_refuses_and_forgets_nothing),
		FIXTURE_TEST(stopping_finishes_what_was_handed_in),
		FIXTURE_TEST(only_one_process_writes_to_a_file),
		FIXTURE_TEST(work_that_can_wait_is_done_between_groups),
		FIXTURE_TEST(a_lost_server_fails_what_is_in_hand_and_is_found_again),
	};

	return fixture_run("writer", tests, ZV_LEN(tests));
}
