/* Dates against the C library, day by day, and the texts that are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"

static void every_day_of_three_centuries_equals_the_c_library(void **state)
{
	zv_date first = zv_date_from_civil(1900, 1, 1);
	zv_date last = zv_date_from_civil(2199, 12, 31);

	(void)state;
	assert_int_equal(last - first + 1, 109573);
	for (zv_date day = first; day <= last; day++) {
		time_t seconds = (time_t)day * 86400;
		struct tm tm;
		char iso[ZV_DATE_TEXT];
		char text[24];
		zv_date back = 0;
		int y;
		int m;
		int d;

		assert_non_null(gmtime_r(&seconds, &tm));
		zv_date_to_civil(&y, &m, &d, day);
		assert_true(y == tm.tm_year + 1900 && m == tm.tm_mon + 1 && d == tm.tm_mday);
		assert_int_equal(zv_date_from_civil(y, m, d), timegm(&tm) / 86400);
		zv_date_format(iso, day);
		assert_int_equal(strftime(text, sizeof(text), "%Y-%m-%d", &tm), 10);
		assert_string_equal(iso, text);
		assert_true(zv_date_parse(&back, zv_str_c(iso)) && back == day);
		assert_int_equal(strftime(text, sizeof(text), "%d.%m.%Y", &tm), 10);
		assert_true(zv_date_parse(&back, zv_str_c(text)) && back == day);
		assert_int_equal(zv_quarter_of(day), (tm.tm_year + 1900) * 4 + tm.tm_mon / 3);
		assert_true(zv_quarter_first(zv_quarter_of(day)) <= day && day <= zv_quarter_last(zv_quarter_of(day)));
	}
}

static void the_date_at_the_start_of_an_instant_is_read(void **state)
{
	static const char *const good[] = { "2026-09-30", " 2026-09-30 ", "30.09.2026", "2026-09-30T17:45:00Z",
					    "2026-09-30T17:45:00.123+03:00", "2026-09-30 17:45", "30.09.2026 17:45:01",
					    "2026-09-30Z", "2026-09-30+03:00" };
	zv_date got;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(good); i++) {
		got = 0;
		if (!zv_date_parse(&got, zv_str_c(good[i])) || got != zv_date_from_civil(2026, 9, 30))
			fail_msg("%s", good[i]);
	}
}

static void days_that_are_none_are_refused(void **state)
{
	static const char *const bad[] = { "", "2026", "2026-9-30", "2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10",
					   "2026-01-00", "1899-12-31", "2200-01-01", "30/09/2026", "9.30.2026", "2026-09-30x",
					   "2026-09-301", "2026-09-30 - 2026-10-31", "2026-09-30 to", "30.09.26", "46295",
					   "2026-09-30T", "29.02.2025" };
	zv_date got = 77;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		if (zv_date_parse(&got, zv_str_c(bad[i])))
			fail_msg("%s", bad[i]);
	}
	assert_int_equal(got, 77);
	assert_true(zv_date_parse(&got, ZV_STR("2024-02-29")));
	assert_true(zv_date_parse(&got, ZV_STR("2000-02-29")));
	assert_false(zv_date_parse(&got, ZV_STR("2100-02-29")));
}

static void no_date_is_the_empty_text(void **state)
{
	char out[ZV_DATE_TEXT] = "x";

	(void)state;
	zv_date_format(out, ZV_DATE_NONE);
	assert_string_equal(out, "");
	zv_date_format(out, INT32_MAX); /* a damaged value must not be undefined behaviour */
	zv_date_format(out, INT32_MIN + 1);
}

static void quarters_read_and_write(void **state)
{
	int32_t q = 0;
	char out[ZV_DATE_TEXT];

	(void)state;
	assert_true(zv_quarter_parse(&q, ZV_STR("2026-Q3")));
	assert_int_equal(q, 2026 * 4 + 2);
	assert_true(zv_quarter_parse(&q, ZV_STR(" 2026q1 ")));
	assert_int_equal(q, 2026 * 4);
	zv_quarter_format(out, q);
	assert_string_equal(out, "2026-Q1");
	assert_false(zv_quarter_parse(&q, ZV_STR("2026-Q5")));
	assert_false(zv_quarter_parse(&q, ZV_STR("2026-Q0")));
	assert_false(zv_quarter_parse(&q, ZV_STR("2026-Q12")));
	assert_false(zv_quarter_parse(&q, ZV_STR("2026-3")));
	assert_int_equal(zv_quarter_last(2026 * 4 + 3), zv_date_from_civil(2026, 12, 31));
}

static void instants_are_written_in_utc_on_both_sides_of_1970(void **state)
{
	static const int64_t cases[] = { 0, 999, -1, -1000, 1772443800123, -86400000, -86400001, 4102444799999 };
	char got[ZV_INSTANT_TEXT];

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		time_t seconds = (time_t)(cases[i] / 1000 - (cases[i] % 1000 < 0));
		struct tm tm;
		char want[32];

		assert_non_null(gmtime_r(&seconds, &tm));
		assert_true(strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", &tm) > 0);
		zv_instant_format(got, cases[i]);
		assert_string_equal(got, want);
	}
	zv_instant_format(got, 1772443800000);
	assert_string_equal(got, "2026-03-02T09:30:00Z");
	zv_instant_format(got, INT64_MIN);
	zv_instant_format(got, INT64_MAX);
}

static void clocks_agree_with_the_system(void **state)
{
	int64_t before = (int64_t)time(NULL);
	int64_t now = zv_now_ms() / 1000;
	int64_t tick = zv_tick_us();

	(void)state;
	assert_in_range(now, before, before + 5);
	assert_true(zv_tick_us() >= tick);
	assert_in_range(zv_today(), before / 86400, before / 86400 + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_three_centuries_equals_the_c_library),
		cmocka_unit_test(the_date_at_the_start_of_an_instant_is_read),
		cmocka_unit_test(days_that_are_none_are_refused),
		cmocka_unit_test(no_date_is_the_empty_text),
		cmocka_unit_test(quarters_read_and_write),
		cmocka_unit_test(instants_are_written_in_utc_on_both_sides_of_1970),
		cmocka_unit_test(clocks_agree_with_the_system),
	};

	return cmocka_run_group_tests_name("base/date", tests, NULL, NULL);
}
