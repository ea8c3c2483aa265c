/* What only SQLite has: a file, a lock beside it, damage. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/db/db.h"

static char path[300];
static struct zv_err err;

static void remove_all(void)
{
	static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
	char name[400];

	for (size_t i = 0; i < ZV_LEN(endings); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, endings[i]);
		(void)unlink(name);
	}
}

static int set_up(void **state)
{
	const char *dir = getenv("TMPDIR");

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/zveno-sqlite-%d.db", dir != NULL ? dir : "/tmp", (int)getpid());
	remove_all();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	remove_all();
	return 0;
}

static struct zv_db *open_new(void)
{
	struct zv_db *db = NULL;

	assert_int_equal(zv_db_open(&db, path, ZV_DB_CREATE, &err), ZV_OK);
	assert_int_equal(zv_db_exec(db, "CREATE TABLE t (a BIGINT)", &err), ZV_OK);
	return db;
}

static void write_file(const char *text, size_t n, long at)
{
	FILE *f = fopen(path, at > 0 ? "r+b" : "wb");

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void a_file_that_is_not_there_is_not_made_by_reading_or_writing(void **state)
{
	struct zv_db *db = NULL;
	struct stat st;

	(void)state;
	assert_int_equal(zv_db_open(&db, path, ZV_DB_READ, &err), ZV_E_NOTFOUND);
	assert_int_equal(zv_db_open(&db, path, ZV_DB_WRITE, &err), ZV_E_NOTFOUND);
	assert_non_null(strstr(err.text, path));
	assert_int_not_equal(stat(path, &st), 0);
	assert_null(db);
}

static void a_second_writer_is_told_who_writes_and_a_reader_may_read(void **state)
{
	struct zv_db *db = open_new(), *other = NULL;
	char pid[32];

	(void)state;
	assert_int_equal(zv_db_open(&other, path, ZV_DB_WRITE, &err), ZV_E_BUSY);
	(void)snprintf(pid, sizeof(pid), "%d", (int)getpid());
	assert_non_null(strstr(err.text, pid));
	assert_int_equal(zv_db_open(&other, path, ZV_DB_READ, &err), ZV_OK);
	zv_db_close(other);
	zv_db_close(db);
	assert_int_equal(zv_db_open(&other, path, ZV_DB_WRITE, &err), ZV_OK);
	zv_db_close(other);
}

static void the_lock_of_a_killed_writer_is_free(void **state)
{
	struct zv_db *db;
	int ends[2];
	int status;
	char ready;
	pid_t child;

	(void)state;
	zv_db_close(open_new());
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		if (zv_db_open(&db, path, ZV_DB_WRITE, &err) != ZV_OK || zv_db_begin(db, &err) != ZV_OK ||
		    zv_db_exec(db, "INSERT INTO t VALUES (1)", &err) != ZV_OK || write(ends[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	assert_int_equal(read(ends[0], &ready, 1), 1);
	assert_int_equal(zv_db_open(&db, path, ZV_DB_WRITE, &err), ZV_E_BUSY);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(zv_db_open(&db, path, ZV_DB_WRITE, &err), ZV_OK);
	zv_db_close(db);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void a_name_by_a_link_is_the_same_database(void **state)
{
	struct zv_db *db = open_new(), *other = NULL;
	char link[400];

	(void)state;
	(void)snprintf(link, sizeof(link), "%s.link", path);
	(void)unlink(link);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(zv_db_open(&other, link, ZV_DB_WRITE, &err), ZV_E_BUSY);
	(void)unlink(link);
	zv_db_close(db);
}

static void a_file_of_something_else_is_refused_and_left_alone(void **state)
{
	static const char text[] = "key,org_inn,item\nN1,6299000012,ацетилацетон and so on, long enough to hold the header of a database file\n";
	char again[sizeof(text)];
	struct zv_db *db = NULL;
	FILE *f;

	(void)state;
	write_file(text, sizeof(text), 0);
	assert_int_equal(zv_db_open(&db, path, ZV_DB_CREATE, &err), ZV_E_UNSUPPORTED);
	assert_int_equal(zv_db_open(&db, path, ZV_DB_READ, &err), ZV_E_UNSUPPORTED);
	f = fopen(path, "rb");
	assert_non_null(f);
	assert_int_equal(fread(again, 1, sizeof(again), f), sizeof(text));
	(void)fclose(f);
	assert_memory_equal(text, again, sizeof(text));
}

static void a_damaged_page_is_found_by_the_check(void **state)
{
	struct zv_db *db = open_new();
	char rubbish[2000];
	enum zv_code code;

	(void)state;
	assert_int_equal(zv_db_exec(db,
				    "CREATE TABLE u (a TEXT UNIQUE); INSERT INTO u SELECT 'row ' || value FROM "
				    "(WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 3000) SELECT value FROM n)",
				    &err),
			 ZV_OK);
	assert_int_equal(zv_db_verify(db, &err), ZV_OK);
	zv_db_close(db);
	memset(rubbish, 0xa5, sizeof(rubbish));
	write_file(rubbish, sizeof(rubbish), 10 * 4096 + 4);
	code = zv_db_open(&db, path, ZV_DB_READ, &err);
	if (code == ZV_OK) {
		code = zv_db_verify(db, &err);
		zv_db_close(db);
	}
	assert_true(code == ZV_E_CONFLICT || code == ZV_E_IO);
	assert_non_null(strstr(err.text, "damaged"));
}

static void settings_that_keep_data_safe_are_on(void **state)
{
	static const struct {
		const char *sql;
		const char *value;
	} wanted[] = {
		{"PRAGMA journal_mode", "wal"}, {"PRAGMA synchronous", "2"},   {"PRAGMA foreign_keys", "1"},
		{"PRAGMA trusted_schema", "0"}, {"PRAGMA cell_size_check", "1"},
	};
	struct zv_db *db = open_new();

	(void)state;
	for (size_t i = 0; i < ZV_LEN(wanted); i++) {
		struct zv_stmt *stmt;
		bool row;

		assert_int_equal(zv_db_stmt(&stmt, db, wanted[i].sql, &err), ZV_OK);
		assert_int_equal(zv_stmt_step(&row, stmt, &err), ZV_OK);
		assert_true(row && zv_str_eq_c(zv_col_text(stmt, 0), wanted[i].value));
		zv_stmt_reset(stmt);
	}
	/* Defensive: the schema's own table cannot be written. */
	assert_int_not_equal(zv_db_exec(db, "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = 'x'", &err), ZV_OK);
	zv_db_close(db);
}

static void a_handle_for_reading_can_do_nothing_but_read(void **state)
{
	static const char *const forbidden[] = {
		"DELETE FROM t", "CREATE TABLE u (a)", "ATTACH '/tmp/zveno-other.db' AS o", "PRAGMA query_only=OFF", "PRAGMA journal_mode=DELETE",
		"CREATE TEMP TABLE u (a)", "VACUUM INTO '/tmp/zveno-copy.db'", "DROP TABLE t",
	};
	struct zv_db *db;

	(void)state;
	zv_db_close(open_new());
	assert_int_equal(zv_db_open(&db, path, ZV_DB_READ, &err), ZV_OK);
	for (size_t i = 0; i < ZV_LEN(forbidden); i++)
		if (zv_db_exec(db, forbidden[i], &err) != ZV_E_DENIED)
			fail_msg("%s: not denied", forbidden[i]);
	assert_int_equal(zv_db_exec(db, "SELECT COUNT(*) FROM t", &err), ZV_OK);
	assert_int_equal(zv_db_verify(db, &err), ZV_OK);
	zv_db_close(db);
}

static void a_database_in_memory_needs_no_lock(void **state)
{
	struct zv_db *a, *b;

	(void)state;
	assert_int_equal(zv_db_open(&a, ":memory:", ZV_DB_CREATE, &err), ZV_OK);
	assert_int_equal(zv_db_open(&b, ":memory:", ZV_DB_CREATE, &err), ZV_OK);
	zv_db_close(a);
	zv_db_close(b);
	assert_int_equal(zv_db_open(&a, "", ZV_DB_CREATE, &err), ZV_E_INVALID);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_that_is_not_there_is_not_made_by_reading_or_writing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_second_writer_is_told_who_writes_and_a_reader_may_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_lock_of_a_killed_writer_is_free, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_name_by_a_link_is_the_same_database, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_of_something_else_is_refused_and_left_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_damaged_page_is_found_by_the_check, set_up, tear_down),
		cmocka_unit_test_setup_teardown(settings_that_keep_data_safe_are_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_handle_for_reading_can_do_nothing_but_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_database_in_memory_needs_no_lock, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("sqlite", tests, NULL, NULL);
}
