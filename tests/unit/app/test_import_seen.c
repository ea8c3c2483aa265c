/* The table of keys of a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/import_seen.h"

static void a_key_that_came_before_gives_its_line(void **state)
{
	struct zv_import_seen seen = { 0 };

	(void)state;
	assert_int_equal(zv_import_seen_put(&seen, ZV_STR("N1"), 2), 0);
	assert_int_equal(zv_import_seen_put(&seen, ZV_STR("N2"), 3), 0);
	assert_int_equal(zv_import_seen_put(&seen, ZV_STR("N1"), 4), 2);
	assert_int_equal(zv_import_seen_put(&seen, ZV_STR(""), 5), 0);
	assert_int_equal(zv_import_seen_put(&seen, ZV_STR(""), 6), 5);
	zv_import_seen_done(&seen);
}

static void a_hundred_thousand_keys_are_told_apart_in_little_memory(void **state)
{
	struct zv_import_seen seen = { 0 };
	char key[32];

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 100000; i++) {
			int n = snprintf(key, sizeof(key), "key-%d", i);

			assert_int_equal(zv_import_seen_put(&seen, (struct zv_str){ key, (size_t)n }, i + 2), round == 0 ? 0 : i + 2);
		}
	}
	assert_true(seen.cap <= 1 << 17);
	zv_import_seen_done(&seen);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_that_came_before_gives_its_line),
		cmocka_unit_test(a_hundred_thousand_keys_are_told_apart_in_little_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
