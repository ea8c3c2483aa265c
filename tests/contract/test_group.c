/* Many transactions inside one: each is kept or taken back alone, and nothing is there before the outermost is committed. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static enum zv_code put(const char *name, bool wait)
{
	struct zv_stmt *stmt;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, "INSERT INTO setting (name, value) VALUES ($1, 'x')", &fx.err));
	zv_bind_text(stmt, 1, zv_str_c(name));
	return wait ? zv_stmt_step(&row, stmt, &fx.err) : zv_stmt_run(stmt, &fx.err);
}

static int64_t count(void)
{
	return fixture_number("SELECT COUNT(*) FROM setting WHERE value = 'x'");
}

static int64_t count_outside(void)
{
	struct zv_db *reader = fixture_second(ZV_DB_READ);
	struct zv_stmt *stmt;
	int64_t n;
	bool row;

	OK(zv_db_stmt(&stmt, reader, "SELECT COUNT(*) FROM setting WHERE value = 'x'", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	zv_db_close(reader);
	return n;
}

static void what_is_committed_inside_a_group_is_seen_outside_after_the_group(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	for (int i = 0; i < 3; i++) {
		char name[8] = {'a', (char)('0' + i), 0};

		OK(zv_db_begin(fx.db, &fx.err));
		OK(put(name, i == 1));
		OK(zv_db_commit(fx.db, &fx.err));
	}
	assert_int_equal(count(), 3);
	assert_int_equal(count_outside(), 0);
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_false(zv_db_in_transaction(fx.db));
	assert_int_equal(count_outside(), 3);
}

static void a_piece_that_is_rolled_back_takes_nothing_else_along(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", false));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("b", false));
	zv_db_rollback(fx.db);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("c", true));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(count(), 2);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'b'"), 0);
}

/* A write that is only sent fails at the commit of its piece at the latest, never at a later one's. */
static void a_failure_comes_out_in_its_own_piece(void **state)
{
	static const bool waits[] = {true, false};

	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", true));
	OK(zv_db_commit(fx.db, &fx.err));
	for (size_t i = 0; i < ZV_LEN(waits); i++) {
		enum zv_code code;

		OK(zv_db_begin(fx.db, &fx.err));
		OK(put("b", false));
		code = put("a", waits[i]);
		if (code == ZV_OK)
			code = zv_db_commit(fx.db, &fx.err);
		else
			zv_db_rollback(fx.db);
		assert_int_equal(code, ZV_E_CONFLICT);
		assert_int_equal(zv_db_depth(fx.db), 1);
	}
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("c", false));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(count(), 2);
}

static void a_failed_piece_cannot_be_committed(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", true));
	assert_int_equal(put("a", true), ZV_E_CONFLICT);
	assert_int_equal(zv_db_commit(fx.db, &fx.err), ZV_E_CONFLICT);
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(count(), 0);
}

/* A use case that begins and commits on its own runs inside the writer's piece. */
static void transactions_nest_three_deep(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("outer", false));
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_db_depth(fx.db), 3);
	OK(put("inner", false));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("lost", false));
	zv_db_rollback(fx.db);
	OK(put("after", false));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(count(), 3);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("kept in vain", false));
	OK(zv_db_commit(fx.db, &fx.err));
	zv_db_rollback(fx.db);
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(count(), 3);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'lost'"), 0);
}

/* What begins before anything was written needs no savepoint; it must be taken back all the same, at each depth. */
static void the_first_piece_of_a_group_is_taken_back_like_any_other(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	for (int i = 0; i < 2; i++) {
		OK(zv_db_begin(fx.db, &fx.err));
		OK(zv_db_begin(fx.db, &fx.err));
		OK(put("inner", false));
		if (i == 0)
			zv_db_rollback(fx.db);
		else
			OK(zv_db_commit(fx.db, &fx.err));
		OK(put("outer", false));
		zv_db_rollback(fx.db);
		assert_int_equal(count(), 0);
	}
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", false));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("b", false));
	zv_db_rollback(fx.db);
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("c", false));
	zv_db_rollback(fx.db);
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(count_outside(), 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'a'"), 1);
}

/* What was sent before an inner transaction began belongs to the outer one, and so does its failure. */
static void a_failure_sent_before_an_inner_transaction_spoils_the_outer_one(void **state)
{
	enum zv_code code;

	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", true));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	code = put("a", false);
	if (code == ZV_OK)
		code = zv_db_begin(fx.db, &fx.err);
	assert_int_equal(code, ZV_E_CONFLICT);
	assert_int_equal(zv_db_depth(fx.db), 2);
	assert_int_equal(zv_db_commit(fx.db, &fx.err), ZV_E_CONFLICT);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("b", false));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_group_commit(fx.db, &fx.err));
	assert_int_equal(count(), 2);
}

static void a_group_that_is_rolled_back_was_never_there(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", false));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("b", false));
	zv_db_group_rollback(fx.db);
	assert_int_equal(zv_db_depth(fx.db), 0);
	assert_int_equal(count(), 0);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", false));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(count(), 1);
}

static void ids_are_given_once_and_rise_whatever_is_taken_back(void **state)
{
	uint64_t random = 7;
	int64_t last = -1;

	(void)state;
	for (int group = 0; group < 20; group++) {
		OK(zv_db_group_begin(fx.db, &fx.err));
		for (int piece = 0; piece < 20; piece++) {
			int64_t top = last;
			int n;
			bool keep;

			random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
			n = (int)(random >> 60);
			keep = random >> 33 & 1;
			OK(zv_db_begin(fx.db, &fx.err));
			for (int i = 0; i < n; i++) {
				int64_t id;

				OK(zv_id_next(&id, fx.db, 0, ZV_ID_TASK, &fx.err));
				assert_true(id > top);
				top = id;
			}
			if (keep)
				OK(zv_db_commit(fx.db, &fx.err));
			else
				zv_db_rollback(fx.db);
			last = keep ? top : last;
		}
		OK(zv_db_group_commit(fx.db, &fx.err));
	}
	assert_true(last > 100);
}

static void settling_waits_until_the_group_has_ended(void **state)
{
	(void)state;
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", false));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_settle(fx.db, &fx.err));
	OK(zv_db_group_commit(fx.db, &fx.err));
	OK(zv_db_settle_due(fx.db, &fx.err));
	OK(zv_db_settle_due(fx.db, &fx.err));
}

static void a_lost_server_loses_the_group_and_only_that(void **state)
{
	struct zv_db *killer;
	struct zv_stmt *stmt;
	enum zv_code code;
	int64_t pid;
	bool row;

	(void)state;
	if (fx.dialect != ZV_POSTGRES)
		return;
	killer = fixture_second(ZV_DB_WRITE);
	pid = fixture_number("SELECT pg_backend_pid()");
	OK(zv_db_group_begin(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", true));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_stmt(&stmt, killer, "SELECT CAST(pg_terminate_backend(CAST($1 AS INTEGER), 5000) AS INTEGER)", &fx.err));
	zv_bind_int(stmt, 1, pid);
	OK(zv_stmt_step(&row, stmt, &fx.err));
	zv_stmt_reset(stmt);
	code = zv_db_begin(fx.db, &fx.err);
	if (code == ZV_OK)
		code = zv_db_commit(fx.db, &fx.err);
	assert_int_equal(code, ZV_E_IO);
	assert_int_not_equal(zv_db_begin(fx.db, &fx.err), ZV_OK);
	assert_int_not_equal(zv_db_group_commit(fx.db, &fx.err), ZV_OK);
	assert_int_equal(zv_db_depth(fx.db), 0);
	OK(zv_db_stmt(&stmt, killer, "SELECT COUNT(*) FROM setting", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_int_equal(zv_col_int(stmt, 0), 0);
	zv_stmt_reset(stmt);
	zv_db_close(killer);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_is_committed_inside_a_group_is_seen_outside_after_the_group),
		FIXTURE_TEST(a_piece_that_is_rolled_back_takes_nothing_else_along),
		FIXTURE_TEST(a_failure_comes_out_in_its_own_piece),
		FIXTURE_TEST(a_failed_piece_cannot_be_committed),
		FIXTURE_TEST(transactions_nest_three_deep),
		FIXTURE_TEST(the_first_piece_of_a_group_is_taken_back_like_any_other),
		FIXTURE_TEST(a_failure_sent_before_an_inner_transaction_spoils_the_outer_one),
		FIXTURE_TEST(a_group_that_is_rolled_back_was_never_there),
		FIXTURE_TEST(ids_are_given_once_and_rise_whatever_is_taken_back),
		FIXTURE_TEST(settling_waits_until_the_group_has_ended),
		FIXTURE_TEST(a_lost_server_loses_the_group_and_only_that),
	};

	return fixture_run("group", tests, ZV_LEN(tests));
}
