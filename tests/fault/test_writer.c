/*
 * The writer's thread under faults: whatever happens, what it acknowledged is there, once, and the audit trail fits. Calls to the disk
 * fail (finding 4), the power goes, the process is killed.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/audit.h"
#include "app/writer.h"
#include "base/rng.h"
#include "shim.h"
#include "work.h"

enum { ROUNDS = 3, BURST = 12, PIECES = ROUNDS * BURST, POINTS = 60, KILLS = 50, THREADS = 8 };

static char ground[300], path[300], cut[300];
static struct zv_rng rng;

struct piece {
	struct zv_write write;
	char key[40];
	enum zv_code code;
	size_t point; /* in the record of the disk, when it was acknowledged */
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t told;
	int done;
} log_of = {.lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER};

static uint64_t draw(void *context)
{
	return zv_rng_next(context);
}

static int write_all(int out, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t wrote = write(out, p, n);

		if (wrote <= 0)
			return -1;
		p += wrote;
		n -= (size_t)wrote;
	}
	return 0;
}

/* One organisation by one batch, as a small action of a user. */
static enum zv_code run(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	const struct piece *piece = (const struct piece *)write;
	struct zv_batch batch = {.kind = ZV_STR("org.add"), .actor = ZV_STR("test"), .source = ZV_STR(""), .digest = ZV_STR(""), .n_new = 1};
	const struct zv_register *org = zv_register_find("org");
	struct zv_record record;
	struct zv_arena arena;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_batch_open(&batch, db, &arena, err);
	record = fixture_record(org, &batch, piece->key);
	if (code == ZV_OK)
		code = zv_record_insert(db, org, &record, &arena, err);
	if (code == ZV_OK)
		code = zv_batch_close(db, &batch, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	else
		zv_db_rollback(db);
	zv_arena_done(&arena);
	return code;
}

static void done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct piece *piece = (struct piece *)write;

	(void)err;
	piece->code = code;
	piece->point = shim_now();
	(void)pthread_mutex_lock(&log_of.lock);
	log_of.done++;
	(void)pthread_cond_broadcast(&log_of.told);
	(void)pthread_mutex_unlock(&log_of.lock);
}

static void wait_for(int n)
{
	(void)pthread_mutex_lock(&log_of.lock);
	while (log_of.done < n)
		(void)pthread_cond_wait(&log_of.told, &log_of.lock);
	(void)pthread_mutex_unlock(&log_of.lock);
}

/* Rounds of pieces handed in together, so that there are groups; true when the writer could be started. */
static bool work(struct piece pieces[PIECES], struct zv_writer_state *state)
{
	struct zv_writer *writer;

	log_of.done = 0;
	memset(pieces, 0, sizeof(*pieces) * PIECES);
	if (zv_writer_start(&writer, fx.url, &fx.err) != ZV_OK)
		return false;
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = round * BURST; i < (round + 1) * BURST; i++) {
			pieces[i] = (struct piece){.write = {.run = run, .done = done}};
			(void)snprintf(pieces[i].key, sizeof(pieces[i].key), "w%d", i);
			assert_true(zv_writer_submit(writer, &pieces[i].write));
		}
		wait_for((round + 1) * BURST);
	}
	zv_writer_state(state, writer);
	zv_writer_stop(writer);
	return true;
}

static int64_t times_there(const char *key)
{
	struct zv_stmt *stmt;
	int64_t n;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, "SELECT COUNT(*) FROM org WHERE source_key = $1", &fx.err));
	zv_bind_text(stmt, 1, zv_str_c(key));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return n;
}

static void assert_trail_is_whole(const char *after, int n)
{
	struct zv_audit_verdict verdict;

	OK(zv_audit_verify(&verdict, fx.db, NULL, &fx.arena, &fx.err));
	if (!verdict.ok)
		fail_msg("%s %d: row %d: %.*s", after, n, (int)verdict.broken_n, ZV_STR_FMT(verdict.reason));
}

/* --- calls that fail ------------------------------------------------------------------------------------------------- */

static bool try_fault(enum shim_call call, int n, bool forever, bool full)
{
	static struct piece pieces[PIECES];
	struct zv_writer_state state = {0};
	bool started, failed, seen = false;

	work_copy(ground, path);
	shim_fail(call, n, forever, full);
	started = work(pieces, &state);
	failed = shim_failed();
	shim_fail(call, 0, false, false);
	zv_arena_reset(&fx.arena);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
	for (int i = 0; started && i < PIECES; i++) {
		int64_t there = times_there(pieces[i].key);

		if (pieces[i].code == ZV_OK && there != 1)
			fail_msg("%s %d: %s was acknowledged and is there %d times", shim_call_name(call), n, pieces[i].key, (int)there);
		/* A commit that fails behind its last frame may stand in the log: who is told of a failed disk must look (or use a key). */
		if (pieces[i].code != ZV_OK && call != SHIM_SYNC && !forever && there != 0)
			fail_msg("%s %d: %s was refused and is there", shim_call_name(call), n, pieces[i].key);
		if (state.broken && seen && pieces[i].code == ZV_OK)
			fail_msg("%s %d: %s was written after a sync had failed", shim_call_name(call), n, pieces[i].key);
		if (pieces[i].code != ZV_OK)
			assert_true(pieces[i].code == ZV_E_IO || pieces[i].code == ZV_E_LIMIT);
		seen = seen || pieces[i].code == ZV_E_IO;
	}
	if (call == SHIM_SYNC && seen)
		assert_true(state.broken);
	OK(zv_db_verify(fx.db, &fx.err));
	assert_trail_is_whole(shim_call_name(call), n);
	zv_db_close(fx.db);
	fx.db = NULL;
	return failed;
}

static void sweep(enum shim_call call, bool forever, bool full)
{
	int n = 1;

	while (try_fault(call, n, forever, full))
		n++;
	print_message("%s%s%s: %d points\n", shim_call_name(call), forever ? " forever" : " once", full ? ", disk full" : "", n - 1);
	assert_true(n > 1);
}

static void after_a_failed_sync_every_piece_fails_and_nothing_more_is_written(void **state)
{
	(void)state;
	sweep(SHIM_SYNC, false, false);
	sweep(SHIM_SYNC, true, false);
}

static void whatever_write_fails_the_pieces_know_what_is_stored(void **state)
{
	(void)state;
	sweep(SHIM_WRITE, false, false);
	sweep(SHIM_WRITE, true, true);
}

/* --- the power goes --------------------------------------------------------------------------------------------------- */

static void no_acknowledged_piece_is_lost_when_the_power_goes(void **state)
{
	static struct piece pieces[PIECES];
	struct zv_writer_state now;
	size_t end = 0;

	(void)state;
	shim_record(path);
	work_ground(path);
	assert_true(work(pieces, &now));
	shim_record(NULL);
	for (int i = 0; i < PIECES; i++) {
		assert_int_equal(pieces[i].code, ZV_OK);
		end = pieces[i].point > end ? pieces[i].point : end;
	}
	for (int i = 0; i < POINTS + PIECES; i++) {
		size_t first = pieces[0].point;
		size_t point = i < POINTS ? first + zv_rng_below(&rng, end - first + 1) : pieces[i - POINTS].point;

		shim_cut(cut, point, draw, &rng);
		zv_arena_reset(&fx.arena);
		OK(zv_db_open(&fx.db, cut, ZV_DB_WRITE, &fx.err));
		OK(zv_db_verify(fx.db, &fx.err));
		for (int k = 0; k < PIECES; k++) {
			if (pieces[k].point <= point && times_there(pieces[k].key) != 1)
				fail_msg("%s was acknowledged at point %d and is not there after a cut at %d", pieces[k].key, (int)pieces[k].point,
					 (int)point);
		}
		assert_trail_is_whole("cut", (int)point);
		zv_db_close(fx.db);
		fx.db = NULL;
	}
	shim_forget();
	work_remove(cut);
}

/* --- the process is killed ---------------------------------------------------------------------------------------------- */

struct submitter {
	struct zv_writer *writer;
	int round, number, out;
};

static void *submit_for_ever(void *context)
{
	const struct submitter *s = context;
	struct zv_err err;

	for (int i = 0;; i++) {
		struct piece piece = {.write = {.run = run, .done = done}};
		char line[64];
		int n;

		(void)snprintf(piece.key, sizeof(piece.key), "k%d-%d-%d", s->round, s->number, i);
		n = snprintf(line, sizeof(line), "%s\n", piece.key);
		if (zv_writer_wait(s->writer, &piece.write, &err) != ZV_OK || write_all(s->out, line, (size_t)n) != 0)
			_exit(3);
	}
	return NULL;
}

static void be_killed(int round, int out)
{
	static struct submitter submitters[THREADS];
	struct zv_writer *writer;
	pthread_t thread;

	if (zv_writer_start(&writer, fx.url, &fx.err) != ZV_OK)
		_exit(2);
	for (int i = 0; i < THREADS; i++) {
		submitters[i] = (struct submitter){writer, round, i, out};
		if (pthread_create(&thread, NULL, submit_for_ever, &submitters[i]) != 0)
			_exit(2);
	}
	for (;;)
		(void)pause();
}

static void check_acknowledged(FILE *acks, int round)
{
	char line[64];
	int n = 0;

	rewind(acks);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
	while (fgets(line, sizeof(line), acks) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (times_there(line) != 1)
			fail_msg("round %d: %s was acknowledged and is there %d times", round, line, (int)times_there(line));
		n++;
	}
	assert_true(n > 0);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM org WHERE source_key LIKE 'k%'"),
			 fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'org.add'"));
	assert_trail_is_whole("kill", round);
	zv_db_close(fx.db);
	fx.db = NULL;
}

/* Kills after a number of acknowledgements that chance gives; what came through the pipe was said before. */
static void kill_once(int round)
{
	size_t want = 1 + zv_rng_below(&rng, 400);
	FILE *acks = tmpfile();
	size_t got = 0;
	int ends[2], status;
	char c[256];
	ssize_t n;
	pid_t child;

	assert_non_null(acks);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)close(ends[0]);
		be_killed(round, ends[1]);
	}
	(void)close(ends[1]);
	while ((n = read(ends[0], c, sizeof(c))) > 0) {
		assert_int_equal(fwrite(c, 1, (size_t)n, acks), (size_t)n);
		for (ssize_t i = 0; i < n; i++)
			got += c[i] == '\n';
		if (got >= want && want > 0) {
			assert_int_equal(kill(child, SIGKILL), 0);
			want = 0;
		}
	}
	(void)close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	check_acknowledged(acks, round);
	(void)fclose(acks);
}

static void what_was_acknowledged_before_a_kill_is_there_once(void **state)
{
	const char *text = getenv("KILLS");
	int kills = text != NULL ? atoi(text) : KILLS;

	(void)state;
	work_ground(path);
	for (int i = 0; i < kills; i++)
		kill_once(i);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
	print_message("%d kills, %d pieces stored\n", kills, (int)fixture_number("SELECT COUNT(*) FROM org WHERE source_key LIKE 'k%'"));
	zv_db_close(fx.db);
	fx.db = NULL;
}

static int set_up(void **state)
{
	const char *dir = getenv("TMPDIR");
	const char *seed = getenv("ZVENO_TEST_SEED");

	(void)state;
	(void)snprintf(ground, sizeof(ground), "%s/zveno-writer-%d-ground.db", dir != NULL ? dir : "/tmp", (int)getpid());
	(void)snprintf(path, sizeof(path), "%s/zveno-writer-%d.db", dir != NULL ? dir : "/tmp", (int)getpid());
	(void)snprintf(cut, sizeof(cut), "%s/zveno-writer-%d-cut.db", dir != NULL ? dir : "/tmp", (int)getpid());
	zv_rng_init(&rng, seed != NULL ? strtoull(seed, NULL, 10) : 20261122);
	print_message("seed %s\n", seed != NULL ? seed : "20261122");
	work_ground(ground);
	(void)snprintf(fx.url, sizeof(fx.url), "%s", path);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	work_remove(ground);
	work_remove(path);
	zv_arena_done(&fx.arena);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_a_failed_sync_every_piece_fails_and_nothing_more_is_written),
		cmocka_unit_test(whatever_write_fails_the_pieces_know_what_is_stored),
		cmocka_unit_test(no_acknowledged_piece_is_lost_when_the_power_goes),
		cmocka_unit_test(what_was_acknowledged_before_a_kill_is_there_once),
	};

	shim_install();
	return cmocka_run_group_tests_name("the writer under faults", tests, set_up, tear_down);
}
