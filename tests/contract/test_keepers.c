/* What the server keeps up to date by itself: lots, at once when there are none and again after a change. */
#include "fixture.h"

#include <time.h>

#include "app/demo.h"
#include "app/lots_keeper.h"
#include "app/row_edit.h"
#include "base/date.h"

enum { PATIENCE_S = 60 };

static int64_t number(struct zv_db *db, const char *sql)
{
	struct zv_stmt *stmt;
	bool row = false;
	int64_t n;

	OK(zv_db_stmt(&stmt, db, sql, &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return n;
}

/* Looks again and again until the number is as wanted. */
static void until(const char *sql, int64_t want)
{
	struct zv_db *db = fixture_second(ZV_DB_READ);
	int64_t end = zv_tick_us() + PATIENCE_S * INT64_C(1000000);
	int64_t n = -1;

	while ((n = number(db, sql)) != want && zv_tick_us() < end)
		(void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	zv_db_close(db);
	assert_int_equal(n, want);
}

static struct zv_writer *start(struct zv_lots_keeper **keeper, int64_t every_s)
{
	struct zv_writer *writer;

	zv_db_close(fx.db);
	fx.db = NULL;
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	OK(zv_lots_keeper_start(keeper, fx.url, writer, every_s, &fx.err));
	return writer;
}

static void stop(struct zv_writer *writer, struct zv_lots_keeper *keeper)
{
	zv_lots_keeper_stop(keeper);
	zv_writer_stop(writer);
	fx.db = fixture_second(ZV_DB_WRITE);
}

static void run(const char *sql)
{
	struct zv_stmt *stmt;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	OK(zv_stmt_run(stmt, &fx.err));
}

static void without_lots_they_are_computed_at_once(void **state)
{
	struct zv_lots_keeper *keeper;
	struct zv_writer *writer;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	run("DELETE FROM lot_run");
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM lot"), 0);
	writer = start(&keeper, 3600);
	until("SELECT COUNT(*) FROM lot", 1);
	stop(writer, keeper);
	assert_int_equal(fixture_number("SELECT qty_base FROM lot"), 200000000);
}

/* A piece of the writer's work: the need N3 goes. */
static enum zv_code close_n3(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	const struct zv_register *needs = zv_register_find("need");
	const struct zv_row_field field = {ZV_STR_INIT("state"), ZV_STR_INIT("closed"), false};
	const struct zv_row_edit_options options = {.actor = "test", .said_on = ZV_DATE_NONE};
	struct zv_row_edit edit = {0};
	struct zv_record need;
	struct zv_arena arena;
	enum zv_code code;

	(void)write;
	zv_arena_init(&arena);
	code = zv_record_by_key(&need, db, needs, 4, ZV_STR("N3"), &arena, err);
	if (code == ZV_OK) {
		code = zv_row_set(&edit, db, needs, &need, &field, 1, &options, &arena, err);
		zv_row_edit_done(&edit);
	}
	zv_arena_done(&arena);
	return code;
}

static void after_a_change_they_are_computed_anew(void **state)
{
	struct zv_lots_keeper *keeper;
	struct zv_writer *writer;
	struct zv_write change = {.run = close_n3};

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM lot l WHERE l.run_id = (SELECT MAX(id) FROM lot_run)"), 1);
	writer = start(&keeper, 1);
	OK(zv_writer_wait(writer, &change, &fx.err));
	/* Without its 15 kg no lot of 200 kg comes about. */
	until("SELECT COUNT(*) FROM lot l WHERE l.run_id = (SELECT MAX(id) FROM lot_run)", 0);
	until("SELECT COUNT(*) FROM lot_miss m WHERE m.run_id = (SELECT MAX(id) FROM lot_run)", 4);
	stop(writer, keeper);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(without_lots_they_are_computed_at_once),
		FIXTURE_TEST(after_a_change_they_are_computed_anew),
	};

	return fixture_run("contract/keepers", tests, sizeof(tests) / sizeof(*tests));
}
