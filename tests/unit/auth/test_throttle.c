/* Guessing is slow, and only for the one who guesses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "auth/throttle.h"

static struct zv_throttle *throttle;

static int open_one(void **state)
{
	(void)state;
	throttle = zv_throttle_new();
	return 0;
}

static int close_one(void **state)
{
	(void)state;
	zv_throttle_free(throttle);
	return 0;
}

static int guess(const char *login, const char *address, int64_t now_ms)
{
	return zv_throttle_charge(throttle, zv_str_c(login), zv_str_c(address), now_ms);
}

static void five_guesses_are_free_and_then_the_wait_doubles(void **state)
{
	int64_t now = 1000000;
	int64_t waited = 0;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(guess("ivan", "192.0.2.1", now), 0);
	for (int wait = 1; wait <= 512; wait *= 2) {
		assert_int_equal(guess("ivan", "192.0.2.1", now), wait);
		assert_int_equal(guess("ivan", "192.0.2.1", now + 1), wait);
		now += (int64_t)wait * 1000;
		waited += wait;
		assert_int_equal(guess("ivan", "192.0.2.1", now), 0);
	}
	/* From then on a quarter of an hour each. */
	assert_int_equal(guess("ivan", "192.0.2.1", now), 900);
	assert_true(waited > 1000);
}

static void twenty_guesses_in_a_row_meet_the_limit(void **state)
{
	int refused = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		refused += guess("ivan", "127.0.0.1", 5000 + i * 10) > 0;
	assert_int_equal(refused, 15);
}

static void the_right_user_elsewhere_and_others_here_do_not_wait(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++)
		(void)guess("ivan", "192.0.2.1", 1000 + i);
	assert_true(guess("ivan", "192.0.2.1", 1200) > 0);
	assert_int_equal(guess("ivan", "198.51.100.7", 1200), 0);
	assert_int_equal(guess("olga", "192.0.2.1", 1200), 0);
}

static void a_success_is_a_new_start(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(guess("ivan", "192.0.2.1", 1000), 0);
	zv_throttle_clear(throttle, ZV_STR("ivan"), ZV_STR("192.0.2.1"), 1000);
	for (int i = 0; i < 5; i++)
		assert_int_equal(guess("ivan", "192.0.2.1", 1000), 0);
	assert_true(guess("ivan", "192.0.2.1", 1000) > 0);
}

static void a_guess_that_was_none_is_given_back(void **state)
{
	(void)state;
	for (int i = 0; i < 50; i++) {
		assert_int_equal(guess("ivan", "192.0.2.1", 1000), 0);
		zv_throttle_refund(throttle, ZV_STR("ivan"), ZV_STR("192.0.2.1"), 1000);
	}
}

static void one_address_cannot_try_many_names_quickly(void **state)
{
	char login[20];
	int taken = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(login, sizeof(login), "user%d", i);
		taken += guess(login, "2001:db8::1", 1000) == 0;
	}
	assert_int_equal(taken, 30);
	/* Its /64 is one address; another one is not. */
	assert_true(guess("fresh", "2001:db8::ffff", 1000) > 0);
	assert_int_equal(guess("fresh", "2001:db8:0:1::1", 1000), 0);
	assert_int_equal(guess("fresh2", "2001:db8::1", 3000), 0);
	assert_int_equal(guess("fresh3", "2001:db8::1", 3000), 2);
}

static void loopback_says_nothing_about_who_asks(void **state)
{
	char login[20];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(login, sizeof(login), "user%d", i);
		assert_int_equal(guess(login, "127.0.0.1", 1000), 0);
	}
}

static void a_name_guessed_from_many_addresses_gives_each_one_chance(void **state)
{
	char address[20];

	(void)state;
	for (int i = 0; i < 20; i++) {
		(void)snprintf(address, sizeof(address), "203.0.113.%d", i);
		assert_int_equal(guess("ivan", address, 1000 + i), 0);
	}
	assert_int_equal(guess("ivan", "198.51.100.1", 2000), 0);
	assert_int_equal(guess("ivan", "198.51.100.1", 2000), 1);
	/* An hour later it is forgotten. */
	assert_int_equal(guess("ivan", "198.51.100.2", 3700000), 0);
	assert_int_equal(guess("ivan", "198.51.100.2", 3700000), 0);
}

static void a_flood_of_names_does_not_push_out_a_grown_counter(void **state)
{
	char login[20];

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)guess("ivan", "127.0.0.1", 1000);
	for (int i = 0; i < 100000; i++) {
		(void)snprintf(login, sizeof(login), "flood%d", i);
		(void)guess(login, "127.0.0.1", 1000);
	}
	assert_int_equal(guess("ivan", "127.0.0.1", 1000), 1);
}

static void an_address_that_is_none_counts_as_one(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(guess("", "", 1000), 0);
	assert_int_equal(guess("", "", 1000), 1);
	assert_int_equal(guess("", "no address at all, and longer than any address could ever be, so that it is cut off", 1000), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_one, close_one)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(five_guesses_are_free_and_then_the_wait_doubles),
		TEST(twenty_guesses_in_a_row_meet_the_limit),
		TEST(the_right_user_elsewhere_and_others_here_do_not_wait),
		TEST(a_success_is_a_new_start),
		TEST(a_guess_that_was_none_is_given_back),
		TEST(one_address_cannot_try_many_names_quickly),
		TEST(loopback_says_nothing_about_who_asks),
		TEST(a_name_guessed_from_many_addresses_gives_each_one_chance),
		TEST(a_flood_of_names_does_not_push_out_a_grown_counter),
		TEST(an_address_that_is_none_counts_as_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
