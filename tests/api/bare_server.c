/*
 * The HTTP server without the API, for the tests of the protocol: says back what it understood. Prints its port, ends when its input ends.
 *   bare_server [head_ms idle_ms body_ms write_ms [proxy]]
 *   any path      "<METHOD path body>"; a body of at most 1 MiB
 *   /who          also who asks, whether by https, and our name
 *   /file         "<METHOD /file bytes digest>"; a body of at most 16 MiB goes to a file
 *   /later        the same as any, answered by another thread
 *   .../events    five events, one each quarter of a second
 *   /big          32 MiB that are in memory anyway, as pages are
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "net/server.h"

enum { SMALL = 1 << 20, LARGE = 16 << 20, BIG = 32 << 20, EVENTS = 5 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct job {
	struct job *next;
	struct zv_pending *pending;
} *jobs;
static bool over;

static void say_back(const struct zv_request *request, struct zv_answer *answer)
{
	struct zv_str method = zv_head_text(request->head->method, request->bytes);

	answer->type = "text/plain";
	zv_buf_addf(answer->body, "<%.*s %.*s ", ZV_STR_FMT(method), ZV_STR_FMT(request->target.path));
	if (zv_str_eq_c(request->target.path, "/who"))
		zv_buf_addf(answer->body, "%s %d %.*s ", request->peer_text, request->secure, ZV_STR_FMT(request->host));
	if (request->body_fd < 0) {
		zv_buf_add_str(answer->body, request->body);
		zv_buf_add_c(answer->body, ">");
		return;
	}
	char *all = zv_alloc((size_t)request->body_n + 1), digest[ZV_DIGEST_HEX];
	size_t n = 0;
	for (ssize_t got; (got = read(request->body_fd, all + n, (size_t)request->body_n + 1 - n)) > 0;)
		n += (size_t)got;
	zv_digest_hex(digest, (struct zv_str){all, n});
	zv_buf_addf(answer->body, "%zu %s>", n, digest);
	free(all);
}

static void *work(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&mutex);
	while (!over || jobs != NULL) {
		struct job *job = jobs;

		if (job == NULL) {
			pthread_cond_wait(&changed, &mutex);
			continue;
		}
		jobs = job->next;
		pthread_mutex_unlock(&mutex);
		say_back(&job->pending->request, &job->pending->answer);
		zv_pending_complete(job->pending);
		free(job);
		pthread_mutex_lock(&mutex);
	}
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static void give_work(const struct zv_request *request)
{
	struct job *job = zv_calloc(1, sizeof(*job));

	job->pending = zv_request_defer(request);
	pthread_mutex_lock(&mutex);
	job->next = jobs;
	jobs = job;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&mutex);
}

struct events {
	struct zv_stream stream;
	int said;
};

static bool next_event(struct zv_stream *stream, struct zv_buf *out)
{
	struct events *events = (struct events *)stream;

	zv_buf_addf(out, "event: progress\ndata: %d\n\n", ++events->said);
	return events->said < EVENTS;
}

static void free_events(struct zv_stream *stream)
{
	free(stream);
}

static void answer_it(void *context, const struct zv_request *request, struct zv_answer *answer)
{
	(void)context;
	if (zv_str_eq_c(request->target.path, "/later")) {
		give_work(request);
	} else if (zv_str_ends(request->target.path, ZV_STR("/events"))) {
		struct events *events = zv_calloc(1, sizeof(*events));

		events->stream = (struct zv_stream){.next = next_event, .free = free_events};
		answer->stream = &events->stream;
	} else if (zv_str_eq_c(request->target.path, "/big")) {
		static char bytes[BIG]; /* never touched, so never there */

		answer->ready = (struct zv_str){bytes, BIG};
	} else {
		say_back(request, answer);
	}
}

static void rule_it(void *context, const struct zv_request *request, struct zv_body_rule *rule, struct zv_answer *answer)
{
	(void)context;
	(void)answer;
	rule->to_file = zv_str_eq_c(request->target.path, "/file");
	rule->max = rule->to_file ? LARGE : SMALL;
}

int main(int argc, char **argv)
{
	static const char *const hosts[] = {"zveno.example", NULL};
	struct zv_server_options options = {
		.address = "127.0.0.1",
		.head_ms = argc > 1 ? atoi(argv[1]) : 0,
		.idle_ms = argc > 2 ? atoi(argv[2]) : 0,
		.body_ms = argc > 3 ? atoi(argv[3]) : 0,
		.write_ms = argc > 4 ? atoi(argv[4]) : 0,
		.behind_proxy = argc > 5,
		.hosts = hosts,
		.handle = answer_it,
		.body_rule = rule_it,
	};
	struct zv_server *server = NULL;
	struct zv_err err;
	pthread_t thread;

	if (zv_server_start(&server, &options, &err) != ZV_OK || pthread_create(&thread, NULL, work, NULL) != 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	printf("port %d\n", zv_server_port(server));
	fflush(stdout);
	while (getchar() != EOF)
		;
	zv_server_stop(server);
	pthread_mutex_lock(&mutex);
	over = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	return 0;
}
