/* The pool: bounded at both ends, and nothing is lost. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "auth/pool.h"

enum { PIECES = 2000 };

/* A gate that holds the pieces until it is opened. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool open_gate;
static int inside, most, ran;

static void run(struct zv_piece *piece)
{
	(void)piece;
	(void)pthread_mutex_lock(&lock);
	inside++;
	if (inside > most)
		most = inside;
	(void)pthread_cond_broadcast(&changed);
	while (!open_gate)
		(void)pthread_cond_wait(&changed, &lock);
	inside--;
	ran++;
	(void)pthread_mutex_unlock(&lock);
}

static int begin(void **state)
{
	(void)state;
	open_gate = false;
	inside = most = ran = 0;
	return 0;
}

static void let_go(void)
{
	(void)pthread_mutex_lock(&lock);
	open_gate = true;
	(void)pthread_cond_broadcast(&changed);
	(void)pthread_mutex_unlock(&lock);
}

static void wait_for_inside(int n)
{
	(void)pthread_mutex_lock(&lock);
	while (inside < n)
		(void)pthread_cond_wait(&changed, &lock);
	(void)pthread_mutex_unlock(&lock);
}

static void what_does_not_fit_is_refused_at_once(void **state)
{
	struct zv_piece pieces[20];
	struct zv_pool *pool;
	struct zv_err err;
	int taken = 0;

	(void)state;
	assert_int_equal(zv_pool_start(&pool, "test", 2, 5, &err), ZV_OK);
	for (int i = 0; i < 2; i++) {
		pieces[i].run = run;
		assert_int_equal(zv_pool_submit(pool, &pieces[i], &err), ZV_OK);
	}
	wait_for_inside(2);
	for (int i = 2; i < 20; i++) {
		enum zv_code code;

		pieces[i].run = run;
		code = zv_pool_submit(pool, &pieces[i], &err);
		assert_true(code == ZV_OK || code == ZV_E_BUSY);
		taken += code == ZV_OK;
	}
	assert_int_equal(taken, 5);
	let_go();
	zv_pool_stop(pool);
	assert_int_equal(ran, 7);
	assert_int_equal(most, 2);
}

static void what_was_taken_is_run_even_when_it_stops(void **state)
{
	static struct zv_piece pieces[PIECES];
	struct zv_pool *pool;
	struct zv_err err;

	(void)state;
	let_go();
	assert_int_equal(zv_pool_start(&pool, "test", 4, PIECES, &err), ZV_OK);
	for (int i = 0; i < PIECES; i++) {
		pieces[i].run = run;
		assert_int_equal(zv_pool_submit(pool, &pieces[i], &err), ZV_OK);
	}
	zv_pool_stop(pool);
	assert_int_equal(ran, PIECES);
	assert_true(most <= 4);
	zv_pool_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_does_not_fit_is_refused_at_once, begin),
		cmocka_unit_test_setup(what_was_taken_is_run_even_when_it_stops, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
