/* Random numbers against published values; ids that never meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/rng.h"

/* The reference state 1, 2, 3, 4 of xoshiro256** and the reference seed 1234567 of splitmix64. */
static void numbers_equal_the_published_ones(void **state)
{
	struct zv_rng rng = { { 1, 2, 3, 4 } };

	(void)state;
	assert_true(zv_rng_next(&rng) == 11520);
	assert_true(zv_rng_next(&rng) == 0);
	assert_true(zv_rng_next(&rng) == 1509978240);
	assert_true(zv_rng_next(&rng) == 1215971899390074240u);
	zv_rng_init(&rng, 1234567);
	assert_true(rng.s[0] == 6457827717110365317u);
	assert_true(rng.s[1] == 3203168211198807973u);
	assert_true(rng.s[2] == 9817491932198370423u);
}

static void the_same_seed_gives_the_same_numbers(void **state)
{
	struct zv_rng a;
	struct zv_rng b;

	(void)state;
	zv_rng_init(&a, 42);
	zv_rng_init(&b, 42);
	for (int i = 0; i < 1000; i++)
		assert_true(zv_rng_next(&a) == zv_rng_next(&b));
}

static void below_is_even_over_its_range(void **state)
{
	enum { SIDES = 6, THROWS = 600000 };
	int seen[SIDES] = { 0 };
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, 6);
	for (int i = 0; i < THROWS; i++)
		seen[zv_rng_below(&rng, SIDES)]++;
	/* Six standard deviations of a fair die are 1732. */
	for (int i = 0; i < SIDES; i++)
		assert_in_range(seen[i], THROWS / SIDES - 1732, THROWS / SIDES + 1732);
	assert_int_equal(zv_rng_below(&rng, 1), 0);
}

static void ranges_reach_both_ends_and_no_further(void **state)
{
	struct zv_rng rng;
	bool low = false;
	bool high = false;

	(void)state;
	zv_rng_init(&rng, 7);
	for (int i = 0; i < 1000; i++) {
		int64_t v = zv_rng_range(&rng, -3, 3);

		assert_true(v >= -3 && v <= 3);
		low |= v == -3;
		high |= v == 3;
		(void)zv_rng_range(&rng, INT64_MIN, INT64_MAX);
		assert_true(zv_rng_range(&rng, INT64_MAX, INT64_MAX) == INT64_MAX);
	}
	assert_true(low && high);
}

static void ids_have_their_shape(void **state)
{
	char uid[ZV_UID_TEXT];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		zv_uid_new(uid, "need");
		assert_int_equal(strlen(uid), 5 + 26);
		assert_true(zv_uid_check(zv_str_c(uid), "need"));
		assert_false(zv_uid_check(zv_str_c(uid), "nee"));
		assert_false(zv_uid_check(zv_str_c(uid), "lot"));
	}
	uid[8] = 'u'; /* not in the alphabet */
	assert_false(zv_uid_check(zv_str_c(uid), "need"));
	uid[8] = '\0';
	assert_false(zv_uid_check((struct zv_str){ uid, 31 }, "need"));
	assert_false(zv_uid_check(ZV_STR(""), "need"));
	zv_uid_new(uid, "kindtoolong");
	assert_true(zv_uid_check(zv_str_c(uid), "kindtool"));
}

enum { IDS = 50000, THREADS = 4 };

static void *make_ids(void *arg)
{
	char(*ids)[ZV_UID_TEXT] = arg;

	for (int i = 0; i < IDS; i++)
		zv_uid_new(ids[i], "x");
	return NULL;
}

static void ids_of_all_threads_are_different(void **state)
{
	char(*ids)[ZV_UID_TEXT] = malloc(sizeof(*ids) * IDS * THREADS);
	pthread_t thread[THREADS];
	struct zv_map seen;

	(void)state;
	assert_non_null(ids);
	for (int t = 0; t < THREADS; t++)
		assert_int_equal(pthread_create(&thread[t], NULL, make_ids, ids + t * IDS), 0);
	for (int t = 0; t < THREADS; t++)
		assert_int_equal(pthread_join(thread[t], NULL), 0);
	zv_map_init(&seen);
	for (int i = 0; i < IDS * THREADS; i++)
		zv_map_put(&seen, zv_str_c(ids[i]), i);
	assert_int_equal(seen.n, IDS * THREADS);
	zv_map_done(&seen);
	free(ids);
}

static void a_child_does_not_give_out_its_parents_ids(void **state)
{
	char mine[ZV_UID_TEXT];
	char theirs[ZV_UID_TEXT] = "";
	int ends[2];
	int status;
	pid_t child;

	(void)state;
	zv_uid_new(mine, "x"); /* fills the pool that the child inherits */
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		zv_uid_new(theirs, "x");
		_exit(write(ends[1], theirs, sizeof(theirs)) == sizeof(theirs) ? 0 : 1);
	}
	zv_uid_new(mine, "x");
	assert_int_equal(read(ends[0], theirs, sizeof(theirs)), sizeof(theirs));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_string_not_equal(mine, theirs);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_equal_the_published_ones),
		cmocka_unit_test(the_same_seed_gives_the_same_numbers),
		cmocka_unit_test(below_is_even_over_its_range),
		cmocka_unit_test(ranges_reach_both_ends_and_no_further),
		cmocka_unit_test(ids_have_their_shape),
		cmocka_unit_test(ids_of_all_threads_are_different),
		cmocka_unit_test(a_child_does_not_give_out_its_parents_ids),
	};

	return cmocka_run_group_tests_name("base/rng", tests, NULL, NULL);
}
