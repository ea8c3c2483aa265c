/* Deferred requests: made in a loop's thread, completed in any, sent or thrown away in the loop's again. */
#include "net/pending.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

struct zv_inbox {
	pthread_mutex_t mutex;
	struct zv_waiting *first, **end;
	int fd;
	int users; /* the loop, and each deferred request that is not freed */
	bool closed;
};

struct zv_inbox *zv_inbox_new(void)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	if (fd < 0)
		return NULL;
	struct zv_inbox *inbox = zv_calloc(1, sizeof(*inbox));
	pthread_mutex_init(&inbox->mutex, NULL);
	inbox->end = &inbox->first;
	inbox->fd = fd;
	inbox->users = 1;
	return inbox;
}

int zv_inbox_fd(const struct zv_inbox *inbox)
{
	return inbox->fd;
}

void zv_inbox_wake(struct zv_inbox *inbox)
{
	(void)eventfd_write(inbox->fd, 1);
}

/* The last user frees it. */
static void leave(struct zv_inbox *inbox)
{
	pthread_mutex_lock(&inbox->mutex);
	bool last = --inbox->users == 0;
	pthread_mutex_unlock(&inbox->mutex);
	if (!last)
		return;
	pthread_mutex_destroy(&inbox->mutex);
	close(inbox->fd);
	free(inbox);
}

struct zv_waiting *zv_inbox_take(struct zv_inbox *inbox)
{
	eventfd_t ignored;

	(void)!eventfd_read(inbox->fd, &ignored);
	pthread_mutex_lock(&inbox->mutex);
	struct zv_waiting *all = inbox->first;
	inbox->first = NULL;
	inbox->end = &inbox->first;
	pthread_mutex_unlock(&inbox->mutex);
	return all;
}

void zv_inbox_close(struct zv_inbox *inbox)
{
	if (inbox == NULL)
		return;
	pthread_mutex_lock(&inbox->mutex);
	inbox->closed = true;
	struct zv_waiting *late = inbox->first;
	inbox->first = NULL;
	inbox->end = &inbox->first;
	pthread_mutex_unlock(&inbox->mutex);
	while (late != NULL) {
		struct zv_waiting *next = late->next;
		zv_waiting_free(late);
		late = next;
	}
	leave(inbox);
}

/* The copy has the head's bytes alone: what follows them in the connection is another request. */
static void copy_request(struct zv_waiting *waiting, const struct zv_request *request)
{
	struct zv_request *copy = &waiting->pending.request;
	struct zv_head *head = zv_arena_alloc(&waiting->arena, sizeof(*head));

	*copy = *request;
	*head = *request->head;
	copy->head = head;
	copy->arena = &waiting->arena;
	copy->thread = NULL;
	copy->bytes = zv_str_dup(&waiting->arena, zv_str_first(request->bytes, request->head->n));
	copy->host = zv_str_dup(&waiting->arena, request->host);
	copy->target.path = zv_str_dup(&waiting->arena, request->target.path);
	for (int i = 0; i < request->target.n_params; i++) {
		copy->target.params[i].name = zv_str_dup(&waiting->arena, request->target.params[i].name);
		copy->target.params[i].value = zv_str_dup(&waiting->arena, request->target.params[i].value);
	}
}

struct zv_waiting *zv_waiting_new(const struct zv_request *request, struct zv_conn *conn, struct zv_inbox *inbox, struct zv_incoming *incoming)
{
	struct zv_waiting *waiting = zv_calloc(1, sizeof(*waiting));

	zv_arena_init(&waiting->arena);
	zv_buf_init(&waiting->body, 0);
	waiting->conn = conn;
	waiting->inbox = inbox;
	waiting->incoming = incoming;
	copy_request(waiting, request);
	waiting->pending.answer = (struct zv_answer){ .status = 200, .type = "application/json", .body = &waiting->body, .secure = request->secure };
	pthread_mutex_lock(&inbox->mutex);
	inbox->users++;
	pthread_mutex_unlock(&inbox->mutex);
	return waiting;
}

void zv_waiting_free(struct zv_waiting *waiting)
{
	if (waiting->pending.answer.stream != NULL)
		waiting->pending.answer.stream->free(waiting->pending.answer.stream);
	zv_incoming_free(waiting->incoming);
	zv_buf_done(&waiting->body);
	zv_arena_done(&waiting->arena);
	leave(waiting->inbox);
	free(waiting);
}

void zv_pending_complete(struct zv_pending *pending)
{
	struct zv_waiting *waiting = (struct zv_waiting *)pending;
	struct zv_inbox *inbox = waiting->inbox;

	pthread_mutex_lock(&inbox->mutex);
	bool closed = inbox->closed, first = inbox->first == NULL;
	if (!closed) {
		waiting->next = NULL;
		*inbox->end = waiting;
		inbox->end = &waiting->next;
		/* Under the lock: the loop may free the box as soon as it has this one. */
		if (first)
			zv_inbox_wake(inbox);
	}
	pthread_mutex_unlock(&inbox->mutex);
	if (closed)
		zv_waiting_free(waiting);
}
