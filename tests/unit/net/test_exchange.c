/* Bodies, deferred answers and events over real sockets on loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"
#include "client.h"

enum { SMALL = 1000, MIB = 1 << 20, LARGE = 4 << 20, LATER_MAX = 512 };

/* What handlers and tests share. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct zv_pending *later[LATER_MAX];
static int n_later;
static int streams_open, streams_freed, events_wanted, handled;

static void wait_until(const int *value, int least)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += 10;
	pthread_mutex_lock(&mutex);
	while (*value < least)
		assert_int_equal(pthread_cond_timedwait(&changed, &mutex, &end), 0);
	pthread_mutex_unlock(&mutex);
}

static void set(int *value, int to)
{
	pthread_mutex_lock(&mutex);
	*value = to;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&mutex);
}

static int get(const int *value)
{
	pthread_mutex_lock(&mutex);
	int got = *value;
	pthread_mutex_unlock(&mutex);
	return got;
}

struct events {
	struct zv_stream stream;
	int said;
};

static bool next_event(struct zv_stream *stream, struct zv_buf *out)
{
	struct events *events = (struct events *)stream;

	while (events->said < get(&events_wanted))
		zv_buf_addf(out, "event: progress\ndata: %d\n\n", ++events->said);
	if (events->said < 3)
		return true;
	zv_buf_add_c(out, "event: end\ndata: 0\n\n");
	return false;
}

static void free_events(struct zv_stream *stream)
{
	free(stream);
	set(&streams_freed, get(&streams_freed) + 1);
}

static void answer_file(const struct zv_request *request, struct zv_answer *answer)
{
	char *all = zv_alloc((size_t)request->body_n + 1), digest[ZV_DIGEST_HEX];
	size_t n = 0;
	ssize_t got;

	while ((got = read(request->body_fd, all + n, (size_t)request->body_n + 1 - n)) > 0)
		n += (size_t)got;
	zv_digest_hex(digest, (struct zv_str){ all, n });
	zv_buf_addf(answer->body, "[%zu %s]", n, digest);
	free(all);
}

static void answer_it(void *context, const struct zv_request *request, struct zv_answer *answer)
{
	struct zv_str path = request->target.path;

	(void)context;
	set(&handled, get(&handled) + 1);
	answer->type = "text/plain";
	if (zv_str_eq_c(path, "/later")) {
		struct zv_pending *pending = zv_request_defer(request);

		pthread_mutex_lock(&mutex);
		later[n_later++] = pending;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&mutex);
	} else if (zv_str_eq_c(path, "/events")) {
		struct events *events = zv_calloc(1, sizeof(*events));

		events->stream = (struct zv_stream){ .next = next_event, .free = free_events };
		answer->stream = &events->stream;
		set(&streams_open, get(&streams_open) + 1);
	} else if (zv_str_eq_c(path, "/file")) {
		answer_file(request, answer);
	} else if (zv_str_eq_c(path, "/who")) {
		zv_buf_addf(answer->body, "[%s %d %d %.*s]", request->peer_text, request->peer.loopback, request->secure, ZV_STR_FMT(request->host));
	} else if (zv_str_eq_c(path, "/fields")) {
		answer->status = 201;
		snprintf(answer->location, sizeof(answer->location), "/api/v1/needs/1");
		snprintf(answer->cookie, sizeof(answer->cookie), "__Host-zv=1; Path=/; Secure; HttpOnly");
		snprintf(answer->disposition, sizeof(answer->disposition), "attachment; filename=\"a\r\nX-Evil: 1\"");
	} else {
		zv_buf_addf(answer->body, "[%d %lld %.*s]", (int)request->method, (long long)request->body_n, ZV_STR_FMT(request->body));
	}
}

static void rule_it(void *context, const struct zv_request *request, struct zv_body_rule *rule, struct zv_answer *answer)
{
	struct zv_str path = request->target.path;

	(void)context;
	assert_int_equal(request->body_n, -1);
	rule->to_file = zv_str_eq_c(path, "/file");
	rule->max = zv_str_eq_c(path, "/none") ? 0 : rule->to_file ? LARGE : zv_str_eq_c(path, "/memory") ? MIB : SMALL;
	if (zv_str_eq_c(path, "/deny"))
		zv_answer_problem(answer, 401, "Sign in.");
}

static void start_with(struct zv_server_options options)
{
	struct zv_err err;

	options.address = "127.0.0.1";
	options.threads = options.threads == 0 ? 2 : options.threads;
	options.handle = answer_it;
	options.body_rule = rule_it;
	n_later = streams_open = streams_freed = events_wanted = handled = 0;
	assert_int_equal(zv_server_start(&client_server, &options, &err), ZV_OK);
}

static int start(void **state)
{
	(void)state;
	start_with((struct zv_server_options){ .body_ms = 400 });
	return 0;
}

static int stop(void **state)
{
	(void)state;
	zv_server_stop(client_server);
	client_server = NULL;
	return 0;
}

#define POST(path) "POST " path " HTTP/1.1\r\nHost: a\r\n"
#define CHUNKED "Transfer-Encoding: chunked\r\n\r\n"

static void bodies_of_both_framings_reach_the_handler_and_the_next_request_follows(void **state)
{
	char *all = ask(ZV_STR(POST("/echo") "Content-Length: 5\r\n\r\nhello" POST("/echo") CHUNKED "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
			       "PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" POST("/echo") CHUNKED "0\r\n\r\n"
			       "DELETE /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxyGET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));

	(void)state;
	assert_int_equal(count(all, "HTTP/1.1 200 OK"), 6);
	char *at = all;
	static const char *const BODIES[] = { "[2 5 hello]", "[2 5 abcde]", "[3 0 ]", "[2 0 ]", "[5 2 xy]", "[0 0 ]" };
	for (size_t i = 0; i < ZV_LEN(BODIES); i++) {
		at = strstr(at, BODIES[i]);
		assert_non_null(at);
	}
	assert_int_equal(count(all, "Cache-Control: no-store"), 5);
	assert_int_equal(count(all, "ETag"), 1);
	free(all);
}

static void a_body_may_come_byte_by_byte(void **state)
{
	struct zv_str text = ZV_STR(POST("/echo") CHUNKED "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" POST("/echo") "Connection: close\r\nContent-Length: 4\r\n\r\n1234");
	int fd = dial();

	(void)state;
	for (size_t i = 0; i < text.n; i++)
		say(fd, (struct zv_str){ text.p + i, 1 });
	char *all = hear_all(fd);
	assert_int_equal(count(all, "HTTP/1.1 200 OK"), 2);
	assert_non_null(strstr(all, "[2 5 abcde]"));
	assert_non_null(strstr(all, "[2 4 1234]"));
	free(all);
	close(fd);
}

static void a_body_that_is_not_wanted_is_refused_unread_and_nothing_behind_it_is_a_request(void **state)
{
	static const struct {
		const char *begin;
		const char *status;
	} CASES[] = {
		{ POST("/echo") "Content-Length: 1001\r\n\r\n", "HTTP/1.1 413 " },
		{ POST("/echo") "Content-Length: 9223372036854775807\r\n\r\n", "HTTP/1.1 413 " },
		{ POST("/echo") CHUNKED "3e9\r\n", "HTTP/1.1 413 " },
		{ POST("/echo") CHUNKED "3\r\nabc\r\n3e6\r\n", "HTTP/1.1 413 " },
		{ POST("/none") "Content-Length: 3\r\n\r\n", "HTTP/1.1 400 " },
		{ POST("/deny") "Content-Length: 3\r\n\r\n", "HTTP/1.1 401 " },
		{ POST("/deny") "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", "HTTP/1.1 401 " },
		{ "GET /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n", "HTTP/1.1 400 " },
		{ "HEAD /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 400 " },
		{ "TRACE /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n", "HTTP/1.1 405 " },
		{ POST("/echo") CHUNKED "3;x\r\n", "HTTP/1.1 400 " },
		{ POST("/echo") CHUNKED "3\r\nabc\r\n0\r\nX: 1\r\n", "HTTP/1.1 400 " },
		{ POST("/..%2f") "Content-Length: 3\r\n\r\n", "HTTP/1.1 400 " },
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(CASES); i++) {
		int fd = dial(), before = get(&handled);

		say(fd, zv_str_c(CASES[i].begin));
		say(fd, ZV_STR("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"));
		char *all = hear_all(fd);
		if (!starts(all, CASES[i].status) || count(all, "\r\nDate: ") != 1 || strstr(all, "Connection: close\r\n") == NULL)
			fail_msg("%s: %s", CASES[i].begin, all);
		assert_int_equal(get(&handled), before);
		free(all);
		close(fd);
	}
}

static void the_client_is_told_to_go_on_only_when_the_body_is_wanted(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, ZV_STR(POST("/echo") "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
	char *first = hear_until(fd, "\r\n\r\n");
	assert_string_equal(first, "HTTP/1.1 100 Continue\r\n\r\n");
	say(fd, ZV_STR("abc"));
	char *then = hear_until(fd, "[2 3 abc]");
	assert_true(starts(then, "HTTP/1.1 200 "));
	free(first);
	free(then);
	close(fd);
	char *all = ask(ZV_STR(POST("/echo") "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"));
	assert_true(starts(all, "HTTP/1.1 200 "));
	free(all);
	all = ask(ZV_STR("POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"));
	assert_true(starts(all, "HTTP/1.1 200 "));
	free(all);
}

/* Files that are open and have no name. */
static int nameless_files(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(folder);
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char to[512] = "";

		if (readlinkat(dirfd(folder), entry->d_name, to, sizeof(to) - 1) > 0 && strstr(to, "(deleted)") != NULL)
			n++;
	}
	closedir(folder);
	return n;
}

static void a_large_body_goes_to_a_file_without_a_name_and_is_gone_afterwards(void **state)
{
	struct zv_str head = ZV_STR(POST("/file") "Connection: close\r\nContent-Length: 4194304\r\n\r\n");
	char *bytes = malloc(LARGE), digest[ZV_DIGEST_HEX], want[128];
	int fd = dial();

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < LARGE; i++)
		bytes[i] = (char)(i * 7 + i / 253);
	zv_digest_hex(digest, (struct zv_str){ bytes, LARGE });
	snprintf(want, sizeof(want), "[%d %s]", LARGE, digest);
	say(fd, head);
	say(fd, (struct zv_str){ bytes, 1 });
	for (size_t at = 1; at < LARGE;) {
		ssize_t n = send(fd, bytes + at, LARGE - at, MSG_NOSIGNAL);
		assert_true(n > 0);
		at += (size_t)n;
	}
	char *all = hear_all(fd);
	assert_non_null(strstr(all, want));
	close(fd);
	assert_int_equal(nameless_files(), 0);
	free(all);
	free(bytes);
}

static void a_slow_body_is_ended_with_408_and_half_a_body_with_400(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, ZV_STR(POST("/echo") "Content-Length: 3\r\n\r\nab"));
	char *all = hear_all(fd);
	assert_true(starts(all, "HTTP/1.1 408 "));
	assert_int_equal(count(all, "\r\nDate: "), 1);
	free(all);
	close(fd);
	all = ask(ZV_STR(POST("/echo") "Content-Length: 3\r\n\r\nab"));
	assert_true(starts(all, "HTTP/1.1 400 "));
	free(all);
}

/* Says the first part of N bodies of which one byte is missing. */
static void say_bodies(int *fds, int n, const char *bytes)
{
	for (int i = 0; i < n; i++) {
		fds[i] = dial();
		say(fds[i], ZV_STR(POST("/memory") "Connection: close\r\nContent-Length: 1048576\r\n\r\n"));
		for (size_t at = 0; at < MIB - 1;) {
			ssize_t sent = send(fds[i], bytes + at, MIB - 1 - at, MSG_NOSIGNAL);
			if (sent <= 0)
				break; /* refused already */
			at += (size_t)sent;
		}
	}
}

static void all_bodies_in_memory_together_have_a_limit(void **state)
{
	enum { N = 70, FIT = 64 };
	char *bytes = zv_calloc(1, MIB);
	struct pollfd polls[N];
	int fds[N], refused = 0, taken = 0;

	(void)state;
	say_bodies(fds, N, bytes);
	/* None is whole, so those that do not fit must be told. */
	for (int told = 0; told < N - FIT;) {
		told = 0;
		for (int i = 0; i < N; i++)
			polls[i] = (struct pollfd){ .fd = fds[i], .events = POLLIN };
		assert_true(poll(polls, N, 10000) > 0);
		for (int i = 0; i < N; i++)
			told += polls[i].revents != 0;
	}
	/* The others are answered, and make room again. */
	for (int i = 0; i < N; i++) {
		(void)!send(fds[i], "x", 1, MSG_NOSIGNAL);
		char *all = hear_until(fds[i], "\r\n\r\n");
		taken += starts(all, "HTTP/1.1 200 ");
		refused += starts(all, "HTTP/1.1 503 ") && strstr(all, "Retry-After: 1\r\n") != NULL;
		free(all);
		close(fds[i]);
	}
	assert_int_equal(taken + refused, N);
	assert_true(refused >= N - FIT && taken > 0);
	say_bodies(fds, 1, bytes);
	say(fds[0], ZV_STR("x"));
	char *all = hear_until(fds[0], "[2 1048576 ");
	free(all);
	close(fds[0]);
	free(bytes);
}

static void a_disk_without_room_is_said_with_507(void **state)
{
	struct rlimit before, small;
	struct zv_server *usual = client_server;
	char *bytes = zv_calloc(1, MIB);

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 65536;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int fd = dial();
	say(fd, ZV_STR(POST("/file") "Content-Length: 1048576\r\n\r\n"));
	(void)!send(fd, bytes, MIB, MSG_NOSIGNAL);
	char *all = hear_all(fd);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_true(starts(all, "HTTP/1.1 507 "));
	free(all);
	close(fd);
	assert_int_equal(nameless_files(), 0);
	start_with((struct zv_server_options){ .scratch = "/nowhere/at/all" });
	all = ask(ZV_STR(POST("/file") "Content-Length: 4\r\n\r\nabcd"));
	assert_true(starts(all, "HTTP/1.1 507 "));
	free(all);
	zv_server_stop(client_server);
	client_server = usual;
	free(bytes);
}

static void complete(struct zv_pending *pending, const char *text)
{
	zv_buf_addf(pending->answer.body, "[later %.*s %s]", ZV_STR_FMT(pending->request.body), text);
	zv_pending_complete(pending);
}

static void a_deferred_answer_comes_from_another_thread_while_others_are_answered(void **state)
{
	int fd = dial(), before = get(&handled);

	(void)state;
	/* The second request on the connection waits for the answer to the first. */
	say(fd, ZV_STR(POST("/later?a=b") "Content-Length: 4\r\n\r\nwork" "GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
	wait_until(&n_later, 1);
	char *other = ask(ZV_STR("GET /who HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_non_null(strstr(other, "[127.0.0.1 1 0 a]"));
	free(other);
	assert_int_equal(get(&handled), before + 2);
	struct zv_str value;
	assert_true(zv_target_param(&value, &later[0]->request.target, "a") && zv_str_eq_c(value, "b"));
	assert_true(zv_str_eq_c(zv_head_field(later[0]->request.head, later[0]->request.bytes, "host"), "a"));
	assert_null(later[0]->request.thread);
	complete(later[0], "done");
	char *all = hear_all(fd);
	assert_int_equal(count(all, "HTTP/1.1 200 OK"), 2);
	assert_true(strstr(all, "[later work done]") < strstr(all, "[0 0 ]"));
	free(all);
	close(fd);
}

static void the_answer_to_a_client_that_went_away_is_thrown_away(void **state)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
	int fd = dial(), first = get(&n_later);

	(void)state;
	say(fd, ZV_STR(POST("/later") "Content-Length: 4\r\n\r\nwork"));
	wait_until(&n_later, first + 1);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)), 0);
	close(fd); /* a reset */
	char *other = ask(ZV_STR("GET /who HTTP/1.1\r\nHost: a\r\n\r\n"));
	free(other);
	complete(later[first], "too late");
	other = ask(ZV_STR("GET /who HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_true(starts(other, "HTTP/1.1 200 "));
	free(other);
}

static void *complete_all(void *unused)
{
	int done = 0;

	(void)unused;
	while (done < 256) {
		wait_until(&n_later, done + 1);
		complete(later[done++], "all");
	}
	return NULL;
}

static void many_deferred_answers_all_arrive(void **state)
{
	enum { N = 256 };
	static int fds[N];
	pthread_t thread;

	(void)state;
	set(&n_later, 0);
	assert_int_equal(pthread_create(&thread, NULL, complete_all, NULL), 0);
	for (int i = 0; i < N; i++)
		fds[i] = dial();
	for (int i = 0; i < N; i++)
		say(fds[i], ZV_STR(POST("/later") "Connection: close\r\nContent-Length: 1\r\n\r\nx"));
	for (int i = 0; i < N; i++) {
		char *all = hear_all(fds[i]);
		assert_non_null(strstr(all, "[later x all]"));
		free(all);
		close(fds[i]);
	}
	pthread_join(thread, NULL);
}

static void *stop_it(void *server)
{
	zv_server_stop(server);
	return NULL;
}

static void a_stop_waits_for_deferred_answers_but_not_for_ever(void **state)
{
	struct zv_server *usual = client_server;
	pthread_t thread;

	(void)state;
	for (int answered = 0; answered < 2; answered++) {
		start_with((struct zv_server_options){ .stop_ms = answered ? 60000 : 300 });
		int fd = dial();
		say(fd, ZV_STR(POST("/later") "Content-Length: 1\r\n\r\nx"));
		wait_until(&n_later, 1);
		assert_int_equal(pthread_create(&thread, NULL, stop_it, client_server), 0);
		if (answered)
			complete(later[0], "in time");
		char *all = hear_all(fd);
		assert_int_equal(strstr(all, "[later x in time]") != NULL, answered);
		pthread_join(thread, NULL);
		if (!answered)
			complete(later[0], "after the end of the server");
		free(all);
		close(fd);
	}
	client_server = usual;
}

static void a_stop_gives_half_a_request_a_moment(void **state)
{
	struct zv_server *usual = client_server;
	int64_t before = zv_tick_us();
	pthread_t thread;

	(void)state;
	start_with((struct zv_server_options){ .stop_ms = 60000 });
	int half = dial(), rest = dial();
	say(half, ZV_STR(POST("/echo") "Content-Length: 3\r\n\r\na"));
	say(rest, ZV_STR(POST("/echo") "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
	free(hear_until(rest, "100 Continue\r\n\r\n"));
	assert_int_equal(pthread_create(&thread, NULL, stop_it, client_server), 0);
	say(rest, ZV_STR("abc"));
	char *all = hear_all(rest);
	assert_non_null(strstr(all, "[2 3 abc]"));
	free(all);
	all = hear_all(half);
	assert_true(starts(all, "HTTP/1.1 408 "));
	free(all);
	close(half);
	close(rest);
	pthread_join(thread, NULL);
	assert_true(zv_tick_us() - before < 10000000);
	client_server = usual;
}

static void events_come_as_they_happen_and_end(void **state)
{
	int fd = dial();

	(void)state;
	set(&events_wanted, 1);
	say(fd, ZV_STR("GET /events HTTP/1.1\r\nHost: a\r\n\r\n"));
	char *all = hear_until(fd, "data: 1\n\n");
	assert_non_null(strstr(all, "Content-Type: text/event-stream\r\n"));
	assert_non_null(strstr(all, "Transfer-Encoding: chunked\r\n"));
	assert_non_null(strstr(all, "X-Accel-Buffering: no\r\n"));
	assert_non_null(strstr(all, "Cache-Control: no-store\r\n"));
	assert_null(strstr(all, "Content-Length"));
	assert_null(strstr(all, "data: 2"));
	free(all);
	set(&events_wanted, 2);
	free(hear_until(fd, "data: 2\n\n"));
	set(&events_wanted, 3);
	all = hear_until(fd, "\r\n0\r\n\r\n");
	assert_non_null(strstr(all, "event: end\n"));
	assert_int_equal(get(&streams_freed), get(&streams_open));
	free(all);
	/* The connection is good for another request. */
	say(fd, ZV_STR("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
	all = hear_all(fd);
	assert_true(starts(all, "HTTP/1.1 200 "));
	free(all);
	close(fd);
}

static void an_old_client_gets_events_until_the_end_and_HEAD_none(void **state)
{
	int fd = dial();

	(void)state;
	set(&events_wanted, 3);
	say(fd, ZV_STR("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
	char *all = hear_all(fd);
	assert_null(strstr(all, "chunked"));
	assert_non_null(strstr(all, "\r\n\r\nevent: progress\ndata: 1\n\n"));
	assert_true(zv_str_ends(zv_str_c(all), ZV_STR("event: end\ndata: 0\n\n")));
	free(all);
	close(fd);
	all = ask(ZV_STR("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\nGET /who HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_int_equal(count(all, "HTTP/1.1 200 OK"), 2);
	assert_null(strstr(all, "data: 1"));
	assert_int_equal(get(&streams_freed), get(&streams_open));
	free(all);
}

static void events_end_when_the_client_is_gone_and_when_the_server_stops(void **state)
{
	struct zv_server *usual = client_server;

	(void)state;
	start_with((struct zv_server_options){ .threads = 1 });
	set(&events_wanted, 1);
	int fd = dial(), other = dial();
	say(fd, ZV_STR("GET /events HTTP/1.1\r\nHost: a\r\n\r\n"));
	say(other, ZV_STR("GET /events HTTP/1.1\r\nHost: a\r\n\r\n"));
	free(hear_until(fd, "data: 1\n\n"));
	free(hear_until(other, "data: 1\n\n"));
	close(fd);
	wait_until(&streams_freed, 1);
	zv_server_stop(client_server);
	assert_int_equal(get(&streams_freed), 2);
	char *all = hear_all(other);
	assert_true(zv_str_ends(zv_str_c(all), ZV_STR("0\r\n\r\n")));
	free(all);
	close(other);
	client_server = usual;
}

static void fields_of_an_answer_cannot_be_broken_out_of(void **state)
{
	char *all = ask(ZV_STR(POST("/fields") "Content-Length: 1\r\n\r\nx"));

	(void)state;
	assert_true(starts(all, "HTTP/1.1 201 Created\r\n"));
	assert_non_null(strstr(all, "Location: /api/v1/needs/1\r\n"));
	assert_non_null(strstr(all, "Set-Cookie: __Host-zv=1; Path=/; Secure; HttpOnly\r\n"));
	assert_non_null(strstr(all, "Cache-Control: no-store\r\n"));
	assert_null(strstr(all, "X-Evil"));
	free(all);
}

static void what_comes_with_credentials_is_kept_nowhere(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		static const char *const FIELDS[] = { "", "Cookie: a=b\r\n", "Authorization: Bearer x\r\n" };
		char request[256];

		snprintf(request, sizeof(request), "GET /who HTTP/1.1\r\nHost: a\r\n%s\r\n", FIELDS[i]);
		char *all = ask(zv_str_c(request));
		assert_non_null(strstr(all, i == 0 ? "Cache-Control: no-cache\r\n" : "Cache-Control: no-store\r\n"));
		free(all);
	}
}

static void only_a_proxy_on_this_machine_may_say_who_asks(void **state)
{
	static const struct {
		const char *fields;
		const char *who;
	} CASES[] = {
		{ "", "[127.0.0.1 0 0 a]" },
		{ "X-Forwarded-For: 192.0.2.9, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n", "[192.0.2.7 0 1 a]" },
		{ "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-For: 2001:db8::1\r\nX-Forwarded-Proto: http\r\n", "[2001:db8::1 0 0 a]" },
		{ "X-Forwarded-For: ::ffff:192.0.2.1\r\n", "[192.0.2.1 0 0 a]" },
		{ "X-Forwarded-For: nonsense\r\n", "[127.0.0.1 0 0 a]" },
		{ "X-Forwarded-For: 127.0.0.1\r\n", "[127.0.0.1 1 0 a]" },
	};
	struct zv_server *usual = client_server;
	char request[512];

	(void)state;
	for (int proxy = 0; proxy < 2; proxy++) {
		start_with((struct zv_server_options){ .behind_proxy = proxy == 1 });
		for (size_t i = 0; i < ZV_LEN(CASES); i++) {
			snprintf(request, sizeof(request), "GET /who HTTP/1.1\r\nHost: a\r\n%s\r\n", CASES[i].fields);
			char *all = ask(zv_str_c(request));
			if (strstr(all, proxy ? CASES[i].who : "[127.0.0.1 1 0 a]") == NULL)
				fail_msg("%s: %s", CASES[i].fields, all);
			assert_int_equal(strstr(all, "Strict-Transport-Security: ") != NULL, proxy && strstr(CASES[i].fields, "https") != NULL);
			free(all);
		}
		zv_server_stop(client_server);
	}
	client_server = usual;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies_of_both_framings_reach_the_handler_and_the_next_request_follows),
		cmocka_unit_test(a_body_may_come_byte_by_byte),
		cmocka_unit_test(a_body_that_is_not_wanted_is_refused_unread_and_nothing_behind_it_is_a_request),
		cmocka_unit_test(the_client_is_told_to_go_on_only_when_the_body_is_wanted),
		cmocka_unit_test(a_large_body_goes_to_a_file_without_a_name_and_is_gone_afterwards),
		cmocka_unit_test(all_bodies_in_memory_together_have_a_limit),
		cmocka_unit_test(a_disk_without_room_is_said_with_507),
		cmocka_unit_test(a_slow_body_is_ended_with_408_and_half_a_body_with_400),
		cmocka_unit_test(a_deferred_answer_comes_from_another_thread_while_others_are_answered),
		cmocka_unit_test(the_answer_to_a_client_that_went_away_is_thrown_away),
		cmocka_unit_test(many_deferred_answers_all_arrive),
		cmocka_unit_test(events_come_as_they_happen_and_end),
		cmocka_unit_test(an_old_client_gets_events_until_the_end_and_HEAD_none),
		cmocka_unit_test(fields_of_an_answer_cannot_be_broken_out_of),
		cmocka_unit_test(what_comes_with_credentials_is_kept_nowhere),
		cmocka_unit_test(a_stop_waits_for_deferred_answers_but_not_for_ever),
		cmocka_unit_test(a_stop_gives_half_a_request_a_moment),
		cmocka_unit_test(events_end_when_the_client_is_gone_and_when_the_server_stops),
		cmocka_unit_test(only_a_proxy_on_this_machine_may_say_who_asks),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
