/*
 * The power goes at any point of a run of batches (bar S2): what was acknowledged is there, and no batch is there in part. The same
 * without syncs must be caught, or the test proves nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "shim.h"
#include "work.h"

enum { BATCHES = 12, POINTS = 100, SETTLE_EVERY = 4 };

static char path[300], cut[300];
static struct zv_rng rng;
static size_t acknowledged[BATCHES + 1]; /* the point in the record from which batch i is promised */
static char digests[BATCHES + 1][65];    /* after batch i */

static uint64_t draw(void *context)
{
	return zv_rng_next(context);
}

static int set_up(void **state)
{
	const char *dir = getenv("TMPDIR");
	const char *seed = getenv("ZVENO_TEST_SEED");

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/zveno-power-%d.db", dir != NULL ? dir : "/tmp", (int)getpid());
	(void)snprintf(cut, sizeof(cut), "%s/zveno-power-%d-cut.db", dir != NULL ? dir : "/tmp", (int)getpid());
	zv_rng_init(&rng, seed != NULL ? strtoull(seed, NULL, 10) : 20261122);
	print_message("seed %s\n", seed != NULL ? seed : "20261122");
	return 0;
}

/* Batches 1..BATCHES on a new database, recorded from the first byte on; a checkpoint now and then. */
static void run(const char *pragma)
{
	shim_record(path);
	work_ground(path);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
	if (pragma != NULL)
		OK(zv_db_exec(fx.db, pragma, &fx.err));
	acknowledged[0] = shim_now();
	fixture_digest(digests[0]);
	for (int i = 1; i <= BATCHES; i++) {
		OK(work_batch(i));
		acknowledged[i] = shim_now();
		fixture_digest(digests[i]);
		if (i % SETTLE_EVERY == 0)
			OK(zv_db_settle(fx.db, &fx.err));
	}
	shim_record(NULL);
	zv_db_close(fx.db);
	fx.db = NULL;
}

static bool digest_of_cut(char out[65])
{
	enum zv_code code;

	zv_arena_reset(&fx.arena);
	code = zv_db_open(&fx.db, cut, ZV_DB_WRITE, &fx.err);
	if (code == ZV_OK)
		code = zv_db_verify(fx.db, &fx.err);
	if (code == ZV_OK && fixture_number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'need'") == 1)
		fixture_digest(out);
	else
		code = code == ZV_OK ? ZV_E_NOTFOUND : code;
	zv_db_close(fx.db);
	fx.db = NULL;
	return code == ZV_OK;
}

/* The power goes at `point`: true when all that was promised is there, and only whole batches. */
static bool survives(size_t point)
{
	char digest[65];
	int promised = 0;

	while (promised < BATCHES && acknowledged[promised + 1] <= point)
		promised++;
	shim_cut(cut, point, draw, &rng);
	if (!digest_of_cut(digest))
		return false;
	for (int i = promised; i <= BATCHES && i <= promised + 1; i++) {
		if (strcmp(digest, digests[i]) == 0)
			return true;
	}
	return false;
}

static int count_lost(bool tell)
{
	int lost = 0;

	for (int i = 0; i < POINTS; i++) {
		size_t point = acknowledged[0] + zv_rng_below(&rng, acknowledged[BATCHES] - acknowledged[0] + 1);

		if (!survives(point)) {
			lost++;
			if (tell)
				print_message("lost at point %d of %d\n", (int)point, (int)acknowledged[BATCHES]);
		}
	}
	/* The moment after each promise is the most telling one. */
	for (int i = 0; i <= BATCHES; i++)
		lost += survives(acknowledged[i]) ? 0 : 1;
	return lost;
}

static void clean(void)
{
	shim_forget();
	work_remove(path);
	work_remove(cut);
	zv_arena_done(&fx.arena);
}

static void no_acknowledged_batch_is_lost_when_the_power_goes(void **state)
{
	(void)state;
	run(NULL);
	print_message("%d writes and syncs recorded, %d points\n", (int)acknowledged[BATCHES], POINTS + BATCHES + 1);
	assert_int_equal(count_lost(true), 0);
	clean();
}

static void without_syncs_the_same_test_finds_losses(void **state)
{
	(void)state;
	run("PRAGMA synchronous=OFF");
	assert_true(count_lost(false) > 0);
	clean();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_acknowledged_batch_is_lost_when_the_power_goes),
		cmocka_unit_test(without_syncs_the_same_test_finds_losses),
	};

	shim_install();
	return cmocka_run_group_tests_name("power loss", tests, set_up, NULL);
}
