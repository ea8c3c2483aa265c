/* What an account may take out in a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/quota.h"

static const int64_t DAY = 86400000;

static void each_account_and_kind_is_counted_apart(void **state)
{
	struct zv_quota *quota = zv_quota_new();

	(void)state;
	assert_int_equal(zv_quota_take(quota, 1, ZV_QUOTA_ROWS, 50, DAY), 50);
	assert_int_equal(zv_quota_take(quota, 1, ZV_QUOTA_ROWS, 50, DAY + 1), 100);
	assert_int_equal(zv_quota_take(quota, 2, ZV_QUOTA_ROWS, 7, DAY + 1), 7);
	assert_int_equal(zv_quota_take(quota, 1, ZV_QUOTA_EXPORTS, 1, DAY + 1), 1);
	assert_int_equal(zv_quota_take(quota, 1, ZV_QUOTA_ROWS, 0, DAY + 1), 100);
	zv_quota_free(quota);
}

static void midnight_forgets_and_the_alarm_comes_once_a_day(void **state)
{
	struct zv_quota *quota = zv_quota_new();

	(void)state;
	assert_int_equal(zv_quota_take(quota, 1, ZV_QUOTA_ROWS, 50, 2 * DAY - 1), 50);
	assert_true(zv_quota_first(quota, 1, ZV_QUOTA_ROWS, 2 * DAY - 1));
	assert_false(zv_quota_first(quota, 1, ZV_QUOTA_ROWS, 2 * DAY - 1));
	assert_true(zv_quota_first(quota, 1, ZV_QUOTA_EXPORTS, 2 * DAY - 1));
	assert_int_equal(zv_quota_take(quota, 1, ZV_QUOTA_ROWS, 1, 2 * DAY), 1);
	assert_true(zv_quota_first(quota, 1, ZV_QUOTA_ROWS, 2 * DAY));
	assert_int_equal(zv_quota_wait_s(2 * DAY), 86401);
	assert_int_equal(zv_quota_wait_s(2 * DAY - 1), 1);
	zv_quota_free(quota);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_account_and_kind_is_counted_apart),
		cmocka_unit_test(midnight_forgets_and_the_alarm_comes_once_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
