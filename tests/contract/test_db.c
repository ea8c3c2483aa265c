/* What every database behind store/db/db.h must do alike. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"

static struct zv_stmt *stmt_of(const char *sql)
{
	struct zv_stmt *stmt;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	return stmt;
}

static enum zv_code put(const char *name, const char *value)
{
	struct zv_stmt *stmt = stmt_of("INSERT INTO setting (name, value) VALUES ($1, $2)");
	bool row;

	zv_bind_text(stmt, 1, zv_str_c(name));
	if (value != NULL)
		zv_bind_text(stmt, 2, zv_str_c(value));
	return zv_stmt_step(&row, stmt, &fx.err);
}

static void text_number_null_and_empty_text_come_back_as_they_went_in(void **state)
{
	struct zv_stmt *stmt =
		stmt_of("SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($3 AS TEXT)");
	bool row;

	(void)state;
	zv_bind_int(stmt, 1, INT64_MIN);
	zv_bind_int(stmt, 2, INT64_MAX);
	zv_bind_text(stmt, 3, ZV_STR("Ока ё ' \" \\ $1 ☃"));
	zv_bind_text(stmt, 4, ZV_STR(""));
	zv_bind_null(stmt, 5);
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	assert_true(zv_col_int(stmt, 0) == INT64_MIN);
	assert_true(zv_col_int(stmt, 1) == INT64_MAX);
	assert_true(zv_str_eq_c(zv_col_text(stmt, 2), "Ока ё ' \" \\ $1 ☃"));
	assert_true(zv_str_eq_c(zv_col_text(stmt, 5), "Ока ё ' \" \\ $1 ☃"));
	assert_false(zv_col_is_null(stmt, 3));
	assert_int_equal(zv_col_text(stmt, 3).n, 0);
	assert_true(zv_col_is_null(stmt, 4));
	assert_int_equal(zv_col_int(stmt, 4), 0);
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_false(row);
}

static void a_text_with_a_nul_byte_is_refused(void **state)
{
	struct zv_stmt *stmt = stmt_of("SELECT CAST($1 AS TEXT)");
	bool row;

	(void)state;
	zv_bind_text(stmt, 1, (struct zv_str){"a\0b", 3});
	assert_int_equal(zv_stmt_step(&row, stmt, &fx.err), ZV_E_INVALID);
	stmt = stmt_of("SELECT CAST($1 AS TEXT)");
	zv_bind_text(stmt, 1, ZV_STR("ab"));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	zv_stmt_reset(stmt);
}

static void what_is_rolled_back_was_never_there(void **state)
{
	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", "1"));
	zv_db_rollback(fx.db);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'a'"), 0);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", "2"));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(fixture_number("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'a'"), 2);
}

static void a_failed_statement_spoils_its_transaction(void **state)
{
	struct zv_stmt *stmt;

	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", "1"));
	assert_int_equal(put("a", "2"), ZV_E_CONFLICT);
	assert_int_equal(zv_db_stmt(&stmt, fx.db, "SELECT 1", &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_db_commit(fx.db, &fx.err), ZV_E_CONFLICT);
	assert_false(zv_db_in_transaction(fx.db));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'a'"), 0);
}

static void a_failed_write_without_waiting_comes_out_at_the_commit_at_the_latest(void **state)
{
	enum zv_code code = ZV_OK;

	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	for (int i = 0; i < 3 && code == ZV_OK; i++) {
		struct zv_stmt *stmt = stmt_of("INSERT INTO setting (name, value) VALUES ($1, 'x')");

		zv_bind_text(stmt, 1, ZV_STR("twice"));
		code = zv_stmt_run(stmt, &fx.err);
	}
	if (code == ZV_OK)
		code = zv_db_commit(fx.db, &fx.err);
	else
		zv_db_rollback(fx.db);
	assert_int_equal(code, ZV_E_CONFLICT);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'twice'"), 0);
}

static void many_writes_in_one_transaction_all_arrive(void **state)
{
	char name[32];

	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	for (int i = 0; i < 5000; i++) {
		struct zv_stmt *stmt = stmt_of("INSERT INTO setting (name, value) VALUES ($1, $2)");

		(void)snprintf(name, sizeof(name), "n%d", i);
		zv_bind_text(stmt, 1, zv_str_c(name));
		zv_bind_int(stmt, 2, i);
		OK(zv_stmt_run(stmt, &fx.err));
		if (i % 1000 == 999) /* reads see what was written before them */
			assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name LIKE 'n%'"), i + 1);
	}
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(fixture_number("SELECT SUM(CAST(value AS BIGINT)) FROM setting WHERE name LIKE 'n%'"), 5000 * 4999 / 2);
}

static void rows_go_on_coming_while_other_statements_run(void **state)
{
	struct zv_stmt *outer, *inner;
	bool row = true, inner_row;
	int64_t sum = 0;

	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	outer = stmt_of("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n");
	for (;;) {
		OK(zv_stmt_step(&row, outer, &fx.err));
		if (!row)
			break;
		inner = stmt_of("SELECT CAST($1 AS BIGINT) * 2");
		zv_bind_int(inner, 1, zv_col_int(outer, 0));
		OK(zv_stmt_step(&inner_row, inner, &fx.err));
		sum += zv_col_int(inner, 0);
		if (zv_col_int(outer, 0) == 500) {
			struct zv_stmt *write = stmt_of("INSERT INTO setting (name, value) VALUES ('mid', 'x')");

			OK(zv_stmt_run(write, &fx.err));
		}
	}
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(sum, 1001000);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'mid'"), 1);
}

static void changes_counts_the_rows_touched(void **state)
{
	struct zv_stmt *stmt;
	bool row;

	(void)state;
	OK(put("a", "1"));
	OK(put("b", "1"));
	stmt = stmt_of("UPDATE setting SET value = '2' WHERE name IN ('a', 'b')");
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_int_equal(zv_stmt_changes(stmt), 2);
	stmt = stmt_of("DELETE FROM setting WHERE name = 'nobody'");
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_int_equal(zv_stmt_changes(stmt), 0);
}

static void a_handle_for_reading_reads_and_does_not_write(void **state)
{
	struct zv_db *reader;
	struct zv_stmt *stmt;
	bool row;

	(void)state;
	OK(put("a", "1"));
	reader = fixture_second(ZV_DB_READ);
	OK(zv_db_stmt(&stmt, reader, "SELECT value FROM setting WHERE name = 'a'", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	zv_stmt_reset(stmt);
	assert_int_equal(zv_db_exec(reader, "DELETE FROM setting", &fx.err), ZV_E_DENIED);
	zv_db_close(reader);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM setting WHERE name = 'a'"), 1);
}

static void a_reader_in_a_transaction_sees_one_state(void **state)
{
	struct zv_db *reader = fixture_second(ZV_DB_READ);
	struct zv_stmt *stmt;
	bool row;

	(void)state;
	OK(put("a", "1"));
	OK(zv_db_begin(reader, &fx.err));
	for (int i = 0; i < 2; i++) {
		OK(zv_db_stmt(&stmt, reader, "SELECT COUNT(*) FROM setting WHERE name IN ('a', 'b')", &fx.err));
		OK(zv_stmt_step(&row, stmt, &fx.err));
		assert_int_equal(zv_col_int(stmt, 0), 1);
		zv_stmt_reset(stmt);
		if (i == 0)
			OK(put("b", "1"));
	}
	zv_db_rollback(reader);
	zv_db_close(reader);
}

static void text_is_ordered_by_its_bytes(void **state)
{
	struct zv_stmt *stmt;
	struct zv_buf all;
	bool row;

	(void)state;
	OK(put("ъ", "1"));
	OK(put("Б", "1"));
	OK(put("a", "1"));
	OK(put("B", "1"));
	OK(put("-c", "1"));
	zv_buf_init(&all, 0);
	stmt = stmt_of("SELECT name FROM setting ORDER BY name");
	for (;;) {
		OK(zv_stmt_step(&row, stmt, &fx.err));
		if (!row)
			break;
		zv_buf_add_str(&all, zv_col_text(stmt, 0));
	}
	assert_string_equal(zv_buf_c(&all), "-cBaБъ");
	zv_buf_done(&all);
}

/* A server that goes away in the middle: nothing of the transaction is there, and the failure has a name. */
static void a_lost_server_is_an_io_failure_and_nothing_half_done_stays(void **state)
{
	struct zv_db *killer;
	struct zv_stmt *stmt;
	enum zv_code code = ZV_OK;
	int64_t pid;
	bool row;

	(void)state;
	if (fx.dialect != ZV_POSTGRES)
		return;
	killer = fixture_second(ZV_DB_WRITE);
	pid = fixture_number("SELECT pg_backend_pid()");
	OK(zv_db_begin(fx.db, &fx.err));
	OK(put("a", "1"));
	OK(zv_db_stmt(&stmt, killer, "SELECT CAST(pg_terminate_backend(CAST($1 AS INTEGER), 5000) AS INTEGER)", &fx.err));
	zv_bind_int(stmt, 1, pid);
	OK(zv_stmt_step(&row, stmt, &fx.err));
	zv_stmt_reset(stmt);
	for (int i = 0; i < 3 && code == ZV_OK; i++) {
		code = zv_db_stmt(&stmt, fx.db, "INSERT INTO setting (name, value) VALUES ('b', 'x')", &fx.err);
		if (code == ZV_OK)
			code = zv_stmt_run(stmt, &fx.err);
	}
	assert_int_not_equal(zv_db_commit(fx.db, &fx.err), ZV_OK);
	assert_int_equal(zv_db_begin(fx.db, &fx.err), ZV_E_IO);
	OK(zv_db_stmt(&stmt, killer, "SELECT COUNT(*) FROM setting", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_int_equal(zv_col_int(stmt, 0), 0);
	zv_stmt_reset(stmt);
	zv_db_close(killer);
}

static long peak_kb(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

enum { LONG_ROWS = 150000, LONG_TEXT = 6000 };

/* 900 MB in all; the sanitizer keeps a quarter of a gigabyte of freed memory back. */
static void a_long_result_does_not_fill_the_memory(void **state)
{
	static char text[LONG_TEXT];
	struct zv_stmt *stmt = stmt_of("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT i, CAST($2 AS TEXT) FROM n");
	long before = peak_kb();
	int64_t rows = 0;
	bool row;

	(void)state;
	memset(text, 'x', sizeof(text));
	zv_bind_int(stmt, 1, LONG_ROWS);
	zv_bind_text(stmt, 2, (struct zv_str){text, sizeof(text)});
	for (;;) {
		OK(zv_stmt_step(&row, stmt, &fx.err));
		if (!row)
			break;
		rows += zv_col_text(stmt, 1).n == LONG_TEXT ? 1 : 0;
	}
	assert_int_equal(rows, LONG_ROWS);
	assert_true(peak_kb() - before < 450 * 1024);
}

static void a_whole_database_verifies(void **state)
{
	(void)state;
	OK(zv_db_verify(fx.db, &fx.err));
	OK(zv_db_settle(fx.db, &fx.err));
	assert_non_null(strstr(zv_db_version(fx.db), fx.dialect == ZV_SQLITE ? "SQLite 3." : "PostgreSQL "));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(text_number_null_and_empty_text_come_back_as_they_went_in),
		FIXTURE_TEST(a_text_with_a_nul_byte_is_refused),
		FIXTURE_TEST(what_is_rolled_back_was_never_there),
		FIXTURE_TEST(a_failed_statement_spoils_its_transaction),
		FIXTURE_TEST(a_failed_write_without_waiting_comes_out_at_the_commit_at_the_latest),
		FIXTURE_TEST(many_writes_in_one_transaction_all_arrive),
		FIXTURE_TEST(rows_go_on_coming_while_other_statements_run),
		FIXTURE_TEST(changes_counts_the_rows_touched),
		FIXTURE_TEST(a_handle_for_reading_reads_and_does_not_write),
		FIXTURE_TEST(a_reader_in_a_transaction_sees_one_state),
		FIXTURE_TEST(text_is_ordered_by_its_bytes),
		FIXTURE_TEST(a_lost_server_is_an_io_failure_and_nothing_half_done_stays),
		FIXTURE_TEST(a_long_result_does_not_fill_the_memory),
		FIXTURE_TEST(a_whole_database_verifies),
	};

	return fixture_run("db", tests, ZV_LEN(tests));
}
