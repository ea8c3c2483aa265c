/* Every call to the disk of one write command fails once, or from then on (bar S3): never a half state, never a false success. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "shim.h"
#include "work.h"

static char ground[300], path[300], before[65];

static int set_up(void **state)
{
	const char *dir = getenv("TMPDIR");

	(void)state;
	(void)snprintf(ground, sizeof(ground), "%s/zveno-io-%d-ground.db", dir != NULL ? dir : "/tmp", (int)getpid());
	(void)snprintf(path, sizeof(path), "%s/zveno-io-%d.db", dir != NULL ? dir : "/tmp", (int)getpid());
	work_ground(ground);
	work_digest(before);
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

static int64_t needs_in_digest_order(void)
{
	int64_t n;

	OK(zv_db_open(&fx.db, fx.url, ZV_DB_READ, &fx.err));
	n = fixture_number("SELECT COUNT(*) FROM need");
	zv_db_close(fx.db);
	fx.db = NULL;
	return n;
}

/* One command with one fault: true when the fault came about. */
static bool try_fault(enum shim_call call, int n, bool forever, bool full)
{
	enum zv_code code, again;
	char after[65];
	int64_t needs;
	bool failed;

	work_copy(ground, path);
	shim_fail(call, n, forever, full);
	code = work_once(1, &again);
	failed = shim_failed();
	shim_fail(call, 0, false, false);
	work_digest(after);
	needs = needs_in_digest_order();
	if (code == ZV_OK && needs != 80)
		fail_msg("%s %d: the command reported success, and %d of 80 needs are there", shim_call_name(call), n, (int)needs);
	if (needs != 40 && needs != 80 && needs != 120)
		fail_msg("%s %d: half a state, %d needs", shim_call_name(call), n, (int)needs);
	if (needs == 40)
		assert_string_equal(after, before);
	if (code != ZV_OK && call == SHIM_SYNC && again == ZV_OK)
		fail_msg("sync %d: a handle whose sync has failed went on writing", n);
	if (code != ZV_OK)
		assert_true(code == ZV_E_IO || code == ZV_E_LIMIT || code == ZV_E_UNSUPPORTED || code == ZV_E_BUSY || code == ZV_E_DENIED);
	if (full && code != ZV_OK)
		assert_int_equal(code, ZV_E_LIMIT);
	return failed;
}

static void sweep(enum shim_call call, bool forever, bool full)
{
	int n = 1;

	while (try_fault(call, n, forever, full))
		n++;
	print_message("%s%s%s: %d points\n", shim_call_name(call), forever ? " forever" : " once", full ? ", disk full" : "", n - 1);
	if (call != SHIM_TRUNCATE)
		assert_true(n > 1);
}

static void every_write_may_fail(void **state)
{
	(void)state;
	sweep(SHIM_WRITE, false, false);
	sweep(SHIM_WRITE, true, false);
}

static void the_disk_may_be_full_at_every_write(void **state)
{
	(void)state;
	sweep(SHIM_WRITE, true, true);
}

static void every_sync_may_fail_and_then_nothing_more_is_written(void **state)
{
	(void)state;
	sweep(SHIM_SYNC, false, false);
	sweep(SHIM_SYNC, true, false);
}

static void every_read_may_fail(void **state)
{
	(void)state;
	sweep(SHIM_READ, false, false);
	sweep(SHIM_READ, true, false);
}

static void every_open_and_truncation_may_fail(void **state)
{
	(void)state;
	sweep(SHIM_OPEN, false, false);
	sweep(SHIM_OPEN, true, false);
	sweep(SHIM_TRUNCATE, false, false);
	sweep(SHIM_TRUNCATE, true, false);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_write_may_fail),
		cmocka_unit_test(the_disk_may_be_full_at_every_write),
		cmocka_unit_test(every_sync_may_fail_and_then_nothing_more_is_written),
		cmocka_unit_test(every_read_may_fail),
		cmocka_unit_test(every_open_and_truncation_may_fail),
	};

	shim_install();
	return cmocka_run_group_tests_name("faults of the disk", tests, set_up, tear_down);
}
