/* Inside net/: answers that another thread makes, and the box through which they come back to the connection's thread. */
#ifndef ZV_NET_PENDING_H
#define ZV_NET_PENDING_H

#include "net/incoming.h"
#include "net/server.h"

struct zv_inbox;

/* A deferred request as the server sees it. */
struct zv_waiting {
	struct zv_pending pending;    /* first: what the handler sees */
	struct zv_waiting *next;      /* in the box */
	struct zv_conn *conn;         /* NULL: it went away. Only its thread looks at this. */
	struct zv_inbox *inbox;
	struct zv_incoming *incoming; /* the body */
	struct zv_arena arena;
	struct zv_buf body;           /* of the answer */
};

/* One a loop; lives until the loop and all deferred requests are done with it. NULL when there is no eventfd. */
struct zv_inbox *zv_inbox_new(void);

/* The loop takes nothing any more: what comes later is thrown away. NULL is allowed. */
void zv_inbox_close(struct zv_inbox *inbox);

int zv_inbox_fd(const struct zv_inbox *inbox); /* readable when there is something */
void zv_inbox_wake(struct zv_inbox *inbox);

/* All that are complete, the oldest first; the caller frees each. */
struct zv_waiting *zv_inbox_take(struct zv_inbox *inbox);

/* A whole copy of the request; takes over `incoming` (may be NULL). */
struct zv_waiting *zv_waiting_new(const struct zv_request *request, struct zv_conn *conn, struct zv_inbox *inbox, struct zv_incoming *incoming);
void zv_waiting_free(struct zv_waiting *waiting);

#endif
