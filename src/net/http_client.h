/* Asking another server over HTTP: https (or http to loopback), no redirects, bounded time and size. Blocks: never in the server's own threads. */
#ifndef ZV_NET_HTTP_CLIENT_H
#define ZV_NET_HTTP_CLIENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct zv_http_ask {
	const char *url;       /* https://...; http://127.0.0.1, [::1] and localhost only with `insecure` */
	struct zv_str form;    /* body of a POST, application/x-www-form-urlencoded; empty: GET */
	const char *user;      /* Basic authentication; NULL: none */
	const char *password;
	const char *accept;    /* NULL: application/json */
	int timeout_ms;        /* of everything; 0: 10 s */
	size_t max;            /* bytes of the answer; 0: 1 MiB */
	bool insecure;
};

struct zv_http_reply {
	int status;
	struct zv_str body; /* in the arena */
};

/* Any status is ZV_OK. ZV_E_IO: no connection, no answer in time, a bad certificate; ZV_E_LIMIT: too long; ZV_E_INVALID: not such a url. */
ZV_MUST_CHECK enum zv_code zv_http_fetch(struct zv_http_reply *out, const struct zv_http_ask *ask, struct zv_arena *arena, struct zv_err *err);

/* Appends name=value to a form or query ("&" before it when `out` is not empty), percent-encoded. */
void zv_form_add(struct zv_buf *out, const char *name, struct zv_str value);
void zv_form_escape(struct zv_buf *out, struct zv_str value);

/* True for an https address with a host, without a user, a fragment or odd bytes; with `insecure` also for http to loopback. */
bool zv_http_url_check(struct zv_str url, bool insecure);

#endif
