/* The strict reader of request heads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/rng.h"
#include "cases.h"
#include "net/head.h"

static int read_all(struct zv_head *head, struct zv_str bytes)
{
	zv_head_init(head);
	return zv_head_read(head, bytes);
}

static void each_odd_request_is_judged_as_the_table_says(void **state)
{
	struct zv_head head;

	(void)state;
	for (int i = 0; i < http_cases_n; i++) {
		int got = read_all(&head, http_cases[i].bytes);
		if (got != http_cases[i].status)
			fail_msg("%s: %d, expected %d", http_cases[i].name, got, http_cases[i].status);
	}
}

static void the_judgement_is_the_same_byte_by_byte_in_memory_that_moves(void **state)
{
	(void)state;
	for (int i = 0; i < http_cases_n; i++) {
		struct zv_str bytes = http_cases[i].bytes;
		struct zv_head head;
		int got = ZV_HEAD_MORE;
		char *copy = NULL;

		zv_head_init(&head);
		for (size_t n = 1; n <= bytes.n && got == ZV_HEAD_MORE; n++) {
			free(copy);
			copy = malloc(n);
			assert_non_null(copy);
			memcpy(copy, bytes.p, n);
			got = zv_head_read(&head, (struct zv_str){ copy, n });
		}
		if (got != http_cases[i].status)
			fail_msg("%s: %d, expected %d", http_cases[i].name, got, http_cases[i].status);
		free(copy);
	}
}

static void a_head_gives_its_parts(void **state)
{
	struct zv_str bytes = ZV_STR("HEAD http://h:1/a?b=c HTTP/1.1\r\nhOsT: h:1\r\nX-A:  b c\t\r\nConnection: x, Close\r\n\r\nGET");
	struct zv_head head;

	(void)state;
	assert_int_equal(read_all(&head, bytes), ZV_HEAD_DONE);
	assert_true(zv_str_eq_c(zv_head_text(head.method, bytes), "HEAD"));
	assert_true(zv_str_eq_c(zv_head_text(head.target, bytes), "/a?b=c"));
	assert_true(zv_str_eq_c(zv_head_text(head.authority, bytes), "h:1"));
	assert_true(zv_str_eq_c(zv_head_field(&head, bytes, "x-a"), "b c"));
	assert_int_equal(zv_head_field(&head, bytes, "x-b").n, 0);
	assert_int_equal(head.n, bytes.n - 3);
	assert_true(head.close);
	assert_false(head.body);
}

static void the_connection_stays_by_default_only_in_http_1_1(void **state)
{
	struct zv_head head;

	(void)state;
	assert_int_equal(read_all(&head, ZV_STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n")), ZV_HEAD_DONE);
	assert_false(head.close);
	assert_int_equal(read_all(&head, ZV_STR("GET / HTTP/1.0\r\n\r\n")), ZV_HEAD_DONE);
	assert_true(head.close);
	assert_int_equal(read_all(&head, ZV_STR("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")), ZV_HEAD_DONE);
	assert_false(head.close);
	assert_int_equal(read_all(&head, ZV_STR("GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n")), ZV_HEAD_DONE);
	assert_true(head.close);
}

/* A request with `line` bytes of target and fields of `field` bytes, `fields` of them. */
static int sized(size_t line, size_t field, int fields)
{
	struct zv_buf buf;
	struct zv_head head;

	zv_buf_init(&buf, 0);
	zv_buf_add_c(&buf, "GET /");
	for (size_t i = 14; i < line; i++)
		zv_buf_add_char(&buf, 'a');
	zv_buf_add_c(&buf, " HTTP/1.1\r\nHost: a\r\n");
	for (int k = 1; k < fields; k++) {
		zv_buf_add_c(&buf, "X:");
		for (size_t i = 2; i < field; i++)
			zv_buf_add_char(&buf, 'b');
		zv_buf_add_c(&buf, "\r\n");
	}
	zv_buf_add_c(&buf, "\r\n");
	int status = read_all(&head, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return status;
}

static void sizes_are_limited_exactly(void **state)
{
	(void)state;
	assert_int_equal(sized(8192, 10, 2), ZV_HEAD_DONE);
	assert_int_equal(sized(8193, 10, 2), 414);
	assert_int_equal(sized(20, 8192, 2), ZV_HEAD_DONE);
	assert_int_equal(sized(20, 8193, 2), 431);
	assert_int_equal(sized(20, 10, 64), ZV_HEAD_DONE);
	assert_int_equal(sized(20, 10, 65), 431);
	assert_int_equal(sized(20, 8000, 10), 431);
	assert_int_equal(sized(20, 8000, 9), ZV_HEAD_DONE);
}

static void a_line_without_an_end_is_refused_at_its_limit(void **state)
{
	struct zv_head head;
	char *bytes = malloc(ZV_HEAD_MAX);

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'a', ZV_HEAD_MAX);
	assert_int_equal(read_all(&head, (struct zv_str){ bytes, ZV_HEAD_LINE_MAX }), ZV_HEAD_MORE);
	assert_int_equal(read_all(&head, (struct zv_str){ bytes, ZV_HEAD_MAX }), 414);
	free(bytes);
}

/* Mutations of good and bad requests: never a crash, never a body seen by one rule and not by the other. */
static void random_damage_never_breaks_the_reader(void **state)
{
	struct zv_rng rng;
	uint64_t seed = 20261122;
	char bytes[512];

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < 200000; round++) {
		const struct http_case *from = &http_cases[zv_rng_below(&rng, (uint64_t)http_cases_n)];
		size_t n = from->bytes.n;
		struct zv_head head;

		assert_true(n < sizeof(bytes));
		memcpy(bytes, from->bytes.p, n);
		for (uint64_t k = zv_rng_below(&rng, 4); k > 0; k--)
			bytes[zv_rng_below(&rng, n)] = (char)zv_rng_below(&rng, 256);
		int status = read_all(&head, (struct zv_str){ bytes, n });
		assert_true(status == ZV_HEAD_MORE || status == ZV_HEAD_DONE || status == 400 || status == 414 || status == 417 ||
			    status == 431 || status == 505);
		if (status == ZV_HEAD_DONE) {
			assert_true(head.n <= n);
			assert_null(memchr(bytes, '\0', head.n));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_odd_request_is_judged_as_the_table_says),
		cmocka_unit_test(the_judgement_is_the_same_byte_by_byte_in_memory_that_moves),
		cmocka_unit_test(a_head_gives_its_parts),
		cmocka_unit_test(the_connection_stays_by_default_only_in_http_1_1),
		cmocka_unit_test(sizes_are_limited_exactly),
		cmocka_unit_test(a_line_without_an_end_is_refused_at_its_limit),
		cmocka_unit_test(random_damage_never_breaks_the_reader),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
