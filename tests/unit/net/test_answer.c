/* Heads of answers, tags, limits by address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "net/answer.h"
#include "net/limit.h"

static void the_date_is_written_as_http_wants_it(void **state)
{
	char out[ZV_HTTP_DATE];

	(void)state;
	zv_http_date(out, 784111777000);
	assert_string_equal(out, "Sun, 06 Nov 1994 08:49:37 GMT");
}

static void every_head_carries_the_protective_fields(void **state)
{
	static const char *const WANTED[] = {
		"HTTP/1.1 404 Not Found\r\n",       "Content-Length: 3\r\n",     "Content-Security-Policy: default-src 'none';",
		"frame-ancestors 'none'",           "X-Content-Type-Options: nosniff\r\n", "X-Frame-Options: DENY\r\n",
		"Referrer-Policy: no-referrer\r\n", "Cross-Origin-Resource-Policy: same-origin\r\n",
	};
	struct zv_buf body, head;
	struct zv_answer answer = { .status = 404, .type = "text/plain", .body = &body };

	(void)state;
	zv_buf_init(&body, 0);
	zv_buf_init(&head, 0);
	zv_answer_head(&head, &answer, "now", 3);
	for (size_t i = 0; i < ZV_LEN(WANTED); i++)
		assert_non_null(strstr(zv_buf_c(&head), WANTED[i]));
	assert_null(strstr(zv_buf_c(&head), "unsafe"));
	assert_null(strstr(zv_buf_c(&head), "Server:"));
	assert_true(zv_str_ends(zv_buf_str(&head), ZV_STR("\r\n\r\n")));
	zv_buf_done(&body);
	zv_buf_done(&head);
}

static void the_same_body_has_the_same_tag_and_is_not_sent_again(void **state)
{
	struct zv_buf body;
	struct zv_answer answer = { .status = 200, .body = &body }, again = answer;

	(void)state;
	zv_buf_init(&body, 0);
	zv_buf_add_c(&body, "{}");
	zv_answer_validate(&answer, ZV_STR("\"other\", W/\"another\""));
	assert_int_equal(answer.status, 200);
	assert_int_equal(strlen(answer.etag), 34);
	zv_answer_validate(&again, zv_str_c(answer.etag));
	assert_int_equal(again.status, 304);
	zv_buf_add_c(&body, " ");
	again = (struct zv_answer){ .status = 200, .body = &body };
	zv_answer_validate(&again, zv_str_c(answer.etag));
	assert_int_equal(again.status, 200);
	zv_buf_done(&body);
}

static void a_problem_escapes_its_sentence(void **state)
{
	struct zv_buf body;
	struct zv_answer answer = { .status = 200, .body = &body };

	(void)state;
	zv_buf_init(&body, 0);
	zv_answer_problem(&answer, 404, "no \"a\\b\"\n");
	assert_string_equal(zv_buf_c(&body), "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"no \\\"a\\\\b\\\"\\u000a\"}\n");
	assert_string_equal(answer.type, "application/problem+json");
	zv_buf_done(&body);
}

static void an_address_gets_so_many_connections_and_no_more(void **state)
{
	struct zv_limit *limit = zv_limit_new(2, 0);
	struct zv_peer a, b;

	(void)state;
	assert_true(zv_peer_parse(&a, "192.0.2.1"));
	assert_true(zv_peer_parse(&b, "192.0.2.2"));
	assert_true(zv_limit_connect(limit, a));
	assert_true(zv_limit_connect(limit, a));
	assert_false(zv_limit_connect(limit, a));
	assert_true(zv_limit_connect(limit, b));
	zv_limit_disconnect(limit, a);
	assert_true(zv_limit_connect(limit, a));
	zv_limit_free(limit);
}

static void an_address_gets_a_burst_and_then_its_rate(void **state)
{
	struct zv_limit *limit = zv_limit_new(0, 10);
	struct zv_peer a, b;
	int64_t now = zv_tick_us();
	int taken = 0;

	(void)state;
	assert_true(zv_peer_parse(&a, "2001:db8::1"));
	assert_true(zv_peer_parse(&b, "2001:db8::ffff")); /* the same /64 */
	while (taken < 100 && zv_limit_request(limit, taken % 2 == 0 ? a : b, now))
		taken++;
	assert_int_equal(taken, 20);
	assert_false(zv_limit_request(limit, a, now + 99000));
	assert_true(zv_limit_request(limit, a, now + 100000));
	assert_false(zv_limit_request(limit, a, now + 100001));
	zv_limit_free(limit);
}

static void loopback_is_known_in_all_its_forms(void **state)
{
	static const char *const LOCAL[] = { "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1" };
	static const char *const FAR[] = { "0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "128.0.0.1" };
	struct zv_peer peer;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(LOCAL); i++)
		assert_true(zv_peer_parse(&peer, LOCAL[i]) && peer.loopback);
	for (size_t i = 0; i < ZV_LEN(FAR); i++)
		assert_true(zv_peer_parse(&peer, FAR[i]) && !peer.loopback);
	assert_false(zv_peer_parse(&peer, "localhost"));
}

static void a_large_download_gets_no_tag_of_its_bytes(void **state)
{
	struct zv_buf body;
	struct zv_answer answer = { .status = 200, .body = &body };

	(void)state;
	zv_buf_init(&body, 0);
	for (int i = 0; i <= 1 << 16; i++)
		zv_buf_add_c(&body, "0123456789abcdef");
	zv_answer_validate(&answer, ZV_STR("*"));
	assert_string_equal(answer.etag, "");
	assert_int_equal(answer.status, 200);
	zv_buf_done(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_download_gets_no_tag_of_its_bytes),
		cmocka_unit_test(the_date_is_written_as_http_wants_it),
		cmocka_unit_test(every_head_carries_the_protective_fields),
		cmocka_unit_test(the_same_body_has_the_same_tag_and_is_not_sent_again),
		cmocka_unit_test(a_problem_escapes_its_sentence),
		cmocka_unit_test(an_address_gets_so_many_connections_and_no_more),
		cmocka_unit_test(an_address_gets_a_burst_and_then_its_rate),
		cmocka_unit_test(loopback_is_known_in_all_its_forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
