/* zveno check finds what is wrong: each rule is shown a database that breaks it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/check.h"
#include "app/database.h"
#include "app/demo.h"
#include "app/lots_run.h"
#include "store/db/db.h"

static char path[64];
static struct zv_db *db;

static int set_up(void **state)
{
	struct zv_err err;
	int fd;

	(void)state;
	(void)snprintf(path, sizeof(path), "/tmp/zveno-check-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(zv_database_open(&db, path, ZV_DATABASE_CREATE, &err), ZV_OK);
	assert_int_equal(zv_demo_fill(db, &err), ZV_OK);
	return 0;
}

static int tear_down(void **state)
{
	char name[80];
	static const char *const ends[] = {"", "-wal", "-shm", "-lock", ".lock"};

	(void)state;
	zv_database_close(db);
	for (size_t i = 0; i < ZV_LEN(ends); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
	return 0;
}

static void keep_lots(void)
{
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE, .keep = true, .actor = "test"};
	struct zv_lots_result result;
	struct zv_arena arena;
	struct zv_err err;

	zv_arena_init(&arena);
	assert_int_equal(zv_lots_run(&result, db, &options, &arena, &err), ZV_OK);
	assert_int_equal(result.n_lots, 1);
	zv_arena_done(&arena);
}

static void break_it(const char *sql)
{
	struct zv_err err;

	assert_int_equal(zv_db_exec(db, sql, &err), ZV_OK);
}

static void finds(const char *what)
{
	struct zv_check_result result;
	struct zv_err err;

	assert_int_equal(zv_check(&result, db, NULL, &err), ZV_OK);
	assert_false(result.ok);
	assert_string_equal(result.what, what);
	assert_true(strlen(result.fault) > 10);
}

static void the_demo_world_with_its_lots_holds_together(void **state)
{
	struct zv_check_result result;
	struct zv_err err;

	(void)state;
	keep_lots();
	assert_int_equal(zv_check(&result, db, NULL, &err), ZV_OK);
	assert_true(result.ok);
	assert_true(result.checks > 15);
}

static void parts_that_do_not_add_up_to_the_lot_are_found(void **state)
{
	(void)state;
	keep_lots();
	break_it("UPDATE lot_need SET extra_base = extra_base + 1");
	finds("lot-quantity");
}

static void money_that_does_not_add_up_to_the_lot_is_found(void **state)
{
	(void)state;
	keep_lots();
	break_it("UPDATE lot SET total_kop = total_kop + 1");
	finds("lot-money");
}

static void a_lot_without_its_parts_is_found(void **state)
{
	(void)state;
	keep_lots();
	break_it("DELETE FROM lot_need");
	finds("lot-quantity");
}

static void rows_left_over_of_an_undone_batch_are_found(void **state)
{
	(void)state;
	break_it("UPDATE batch SET state = 2 WHERE id = (SELECT MAX(batch_id) FROM offer)");
	finds("undone-offer");
}

static void two_values_that_both_hold_are_found(void **state)
{
	(void)state;
	break_it("INSERT INTO fact (id, centre_id, entity, row_id, field, value_int, state, status, said_on, batch_id, line, recorded_ms) "
		 "SELECT 900001, 0, 7, 1, 'due', 1, 1, 1, 1, MIN(id), 1, 1 FROM batch");
	break_it("INSERT INTO fact (id, centre_id, entity, row_id, field, value_int, state, status, said_on, batch_id, line, recorded_ms) "
		 "SELECT 900002, 0, 7, 1, 'due', 2, 1, 1, 1, MIN(id), 1, 1 FROM batch");
	finds("fact-winner");
}

static void acknowledged_keys_must_be_there(void **state)
{
	static char there[] = "ACK N1\nN2\n\nACK O-E3\n";
	static char lost[] = "ACK N1\nACK N-LOST\n";
	struct zv_check_result result;
	struct zv_err err;
	FILE *acks = fmemopen(there, strlen(there), "r");

	(void)state;
	assert_int_equal(zv_check(&result, db, acks, &err), ZV_OK);
	assert_true(result.ok);
	assert_int_equal(result.acks, 3);
	(void)fclose(acks);
	acks = fmemopen(lost, strlen(lost), "r");
	assert_int_equal(zv_check(&result, db, acks, &err), ZV_OK);
	assert_false(result.ok);
	assert_string_equal(result.what, "ack");
	assert_non_null(strstr(result.fault, "N-LOST"));
	(void)fclose(acks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_demo_world_with_its_lots_holds_together, set_up, tear_down),
		cmocka_unit_test_setup_teardown(parts_that_do_not_add_up_to_the_lot_are_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(money_that_does_not_add_up_to_the_lot_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_lot_without_its_parts_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_left_over_of_an_undone_batch_are_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_values_that_both_hold_are_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(acknowledged_keys_must_be_there, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("unit/app/check", tests, NULL, NULL);
}
