/* The server over real sockets on loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/date.h"
#include "cases.h"
#include "client.h"

enum { BIG = 1 << 22 };

static void answer_text(void *context, const struct zv_request *request, struct zv_answer *answer)
{
	(void)context;
	answer->type = "text/plain";
	if (zv_str_eq_c(request->target.path, "/big"))
		for (int i = 0; i < BIG / 16; i++)
			zv_buf_add_c(answer->body, "0123456789abcdef");
	else
		zv_buf_addf(answer->body, "<%.*s %s>", ZV_STR_FMT(request->target.path), request->lang);
}

static int start(void **state)
{
	static const char *const HOSTS[] = { "zveno.example", NULL };
	struct zv_server_options options = { .address = "127.0.0.1", .threads = 2, .handle = answer_text, .head_ms = 300, .idle_ms = 600, .hosts = HOSTS };
	struct zv_err err;

	(void)state;
	return zv_server_start(&client_server, &options, &err) == ZV_OK ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	zv_server_stop(client_server);
	return 0;
}

static void each_malformed_request_gets_one_refusal_and_the_end(void **state)
{
	(void)state;
	for (int i = 0; i < http_cases_n; i++) {
		char begin[32];
		int fd = dial();

		if (http_cases[i].status == 1) {
			close(fd);
			continue;
		}
		/* A request behind the malformed one must never be answered: it may be a smuggled one. The peer does not close. */
		say(fd, http_cases[i].bytes);
		struct zv_str second = ZV_STR("\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
		(void)!send(fd, second.p, second.n, MSG_NOSIGNAL);
		char *all = hear_all(fd);
		snprintf(begin, sizeof(begin), "HTTP/1.1 %d ", http_cases[i].status);
		if (strncmp(all, begin, strlen(begin)) != 0 || count(all, "Content-Type: ") != 1 || strstr(all, "<") != NULL ||
		    strstr(all, "Connection: close\r\n") == NULL)
			fail_msg("%s: %s", http_cases[i].name, all);
		free(all);
		close(fd);
	}
}

static void requests_in_a_row_are_answered_in_their_order(void **state)
{
	char *all = ask(ZV_STR("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n"
			       "Accept-Language: ru-RU,en\r\n\r\n"));

	(void)state;
	assert_int_equal(count(all, "HTTP/1.1 200 OK"), 3);
	assert_int_equal(count(all, "Content-Length: 7\r\n"), 3);
	assert_non_null(strstr(all, "</1 en>"));
	assert_null(strstr(all, "</2"));
	assert_non_null(strstr(strstr(all, "</1 en>"), "</3 ru>"));
	free(all);
}

static void other_methods_are_refused_with_the_list_of_those_allowed(void **state)
{
	static const char *const METHODS[] = { "OPTIONS", "TRACE", "BREW", "get", "PROPFIND", "POSTGET", "Post" };

	(void)state;
	for (size_t i = 0; i < ZV_LEN(METHODS); i++) {
		char request[256];
		snprintf(request, sizeof(request), "%s /x HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: GET\r\nContent-Length: 4\r\n\r\nGET ", METHODS[i]);
		char *all = ask(zv_str_c(request));
		assert_int_equal(strncmp(all, "HTTP/1.1 405 ", 13), 0);
		assert_int_equal(count(all, "Content-Type: "), 1);
		assert_non_null(strstr(all, "Allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n"));
		assert_non_null(strstr(all, "Connection: close\r\n"));
		free(all);
	}
}

static void a_body_is_not_taken_for_the_next_request(void **state)
{
	char *all = ask(ZV_STR("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 33\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"));

	(void)state;
	assert_int_equal(strncmp(all, "HTTP/1.1 400 ", 13), 0);
	assert_int_equal(count(all, "Content-Type: "), 1);
	free(all);
}

static void a_name_of_another_site_is_not_ours(void **state)
{
	static const char *const OURS[] = { "localhost:1", "127.0.0.1:80", "[::1]", "zveno", "zveno.example", "ZVENO.example:8080", "a.localhost" };
	static const char *const OTHERS[] = { "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080" };
	char request[256];

	(void)state;
	for (size_t i = 0; i < ZV_LEN(OURS) + ZV_LEN(OTHERS); i++) {
		bool ours = i < ZV_LEN(OURS);
		snprintf(request, sizeof(request), "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", ours ? OURS[i] : OTHERS[i - ZV_LEN(OURS)]);
		char *all = ask(zv_str_c(request));
		assert_int_equal(strncmp(all, ours ? "HTTP/1.1 200 " : "HTTP/1.1 421 ", 13), 0);
		free(all);
	}
}

static void a_tag_that_is_known_gets_304_without_a_body(void **state)
{
	char *all = ask(ZV_STR("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"));
	char request[256], etag[64];

	(void)state;
	assert_int_equal(sscanf(strstr(all, "ETag: ") + 6, "%63s", etag), 1);
	free(all);
	snprintf(request, sizeof(request), "GET /a HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\n\r\n", etag);
	all = ask(zv_str_c(request));
	assert_int_equal(strncmp(all, "HTTP/1.1 304 ", 13), 0);
	assert_true(zv_str_ends(zv_str_c(all), ZV_STR("\r\n\r\n")));
	free(all);
}

static void a_slow_head_is_ended_with_408(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, ZV_STR("GET / HTTP/1.1\r\nHost:"));
	char *all = hear_all(fd);
	assert_int_equal(strncmp(all, "HTTP/1.1 408 ", 13), 0);
	free(all);
	close(fd);
}

static void an_idle_connection_is_ended_in_silence(void **state)
{
	int fd = dial();

	(void)state;
	char *all = hear_all(fd);
	assert_string_equal(all, "");
	free(all);
	close(fd);
}

static void a_large_answer_arrives_whole_at_a_slow_reader(void **state)
{
	int fd = dial_with(4096);

	(void)state;
	say(fd, ZV_STR("GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
	char *all = hear_all(fd);
	assert_int_equal(strlen(strstr(all, "\r\n\r\n") + 4), BIG);
	free(all);
	close(fd);
}

static void five_hundred_connections_are_all_answered(void **state)
{
	enum { N = 512 };
	static int fds[N];

	(void)state;
	for (int i = 0; i < N; i++)
		fds[i] = dial();
	for (int i = 0; i < N; i++)
		say(fds[i], ZV_STR("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
	for (int i = 0; i < N; i++) {
		char *all = hear_all(fds[i]);
		assert_int_equal(strncmp(all, "HTTP/1.1 200 ", 13), 0);
		free(all);
		close(fds[i]);
	}
}

static void a_public_address_needs_a_proxy(void **state)
{
	static const char *const PUBLIC[] = { "0.0.0.0", "::", "10.1.2.3" };
	struct zv_server *other = NULL;
	struct zv_err err;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(PUBLIC); i++) {
		struct zv_server_options options = { .address = PUBLIC[i], .handle = answer_text };
		assert_int_equal(zv_server_start(&other, &options, &err), ZV_E_DENIED);
	}
	struct zv_server_options options = { .address = "nowhere", .handle = answer_text };
	assert_int_equal(zv_server_start(&other, &options, &err), ZV_E_INVALID);
	options = (struct zv_server_options){ .address = "127.0.0.1", .port = zv_server_port(client_server), .handle = answer_text };
	assert_int_equal(zv_server_start(&other, &options, &err), ZV_E_BUSY);
}

static void behind_a_proxy_each_far_address_has_its_own_rate(void **state)
{
	struct zv_server_options options = { .address = "127.0.0.1", .threads = 1, .handle = answer_text, .behind_proxy = true, .rate_per_s = 5 };
	struct zv_server *usual = client_server;
	struct zv_err err;
	int refused = 0;

	(void)state;
	assert_int_equal(zv_server_start(&client_server, &options, &err), ZV_OK);
	for (int i = 0; i < 20; i++) {
		char *all = ask(ZV_STR("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.9, 192.0.2.7\r\n\r\n"));
		refused += strncmp(all, "HTTP/1.1 429 ", 13) == 0 && strstr(all, "Retry-After: 1\r\n") != NULL;
		free(all);
	}
	assert_true(refused >= 5 && refused <= 10);
	char *all = ask(ZV_STR("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7, 192.0.2.8\r\n\r\n"));
	assert_int_equal(strncmp(all, "HTTP/1.1 200 ", 13), 0);
	free(all);
	zv_server_stop(client_server);
	client_server = usual;
}

static void a_stop_answers_what_was_asked_and_ends_at_once(void **state)
{
	struct zv_server_options options = { .address = "::1", .threads = 2, .handle = answer_text };
	struct zv_server *other = NULL;
	struct zv_err err;
	int64_t before;

	(void)state;
	if (zv_server_start(&other, &options, &err) != ZV_OK) {
		options.address = "127.0.0.1";
		assert_int_equal(zv_server_start(&other, &options, &err), ZV_OK);
	}
	before = zv_tick_us();
	zv_server_stop(other);
	assert_true(zv_tick_us() - before < 1000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_malformed_request_gets_one_refusal_and_the_end),
		cmocka_unit_test(requests_in_a_row_are_answered_in_their_order),
		cmocka_unit_test(other_methods_are_refused_with_the_list_of_those_allowed),
		cmocka_unit_test(a_body_is_not_taken_for_the_next_request),
		cmocka_unit_test(a_name_of_another_site_is_not_ours),
		cmocka_unit_test(a_tag_that_is_known_gets_304_without_a_body),
		cmocka_unit_test(a_slow_head_is_ended_with_408),
		cmocka_unit_test(an_idle_connection_is_ended_in_silence),
		cmocka_unit_test(a_large_answer_arrives_whole_at_a_slow_reader),
		cmocka_unit_test(five_hundred_connections_are_all_answered),
		cmocka_unit_test(a_public_address_needs_a_proxy),
		cmocka_unit_test(behind_a_proxy_each_far_address_has_its_own_rate),
		cmocka_unit_test(a_stop_answers_what_was_asked_and_ends_at_once),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
