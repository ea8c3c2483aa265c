/* What holds for every path: the checks before a handler sees a request, and what is added to its answer. */
#include <string.h>

#include "base/tr.h"
#include "net/conn.h"

static const struct {
	int status;
	const char *detail;
} REFUSALS[] = {
	{ 400, N_("This is not a well-formed HTTP/1.1 request.") },
	{ 408, N_("The request did not come whole in time.") },
	{ 413, N_("The body is larger than this address takes.") },
	{ 414, N_("The request line is longer than 8 KiB.") },
	{ 417, N_("Only Expect: 100-continue is understood.") },
	{ 429, N_("Too many connections from your address are open. Try again in a moment.") },
	{ 431, N_("The header fields are too many or too long: at most 64 of 8 KiB each, 64 KiB in all.") },
	{ 503, N_("The server is busy. Try again in a moment.") },
	{ 505, N_("Only HTTP/1.0 and HTTP/1.1 are spoken here.") },
	{ 507, N_("There is no room on the disk for this upload. Tell the administrator.") },
};

void zv_refuse(struct zv_loop *loop, struct zv_answer *answer, int status)
{
	const char *detail = "";

	for (size_t i = 0; i < ZV_LEN(REFUSALS); i++)
		if (REFUSALS[i].status == status)
			detail = REFUSALS[i].detail;
	zv_tr_set_lang("en");
	zv_answer_problem(answer, status, zv_tr(detail));
	answer->close = true;
	if (status == 503 || status == 429)
		answer->retry_after = 1;
	zv_buf_reset(&loop->head);
	zv_answer_head(&loop->head, answer, zv_loop_date(loop), loop->body.n);
}

/* The first language of ours in the list; weights are not weighed, as browsers send them in falling order. */
static const char *choose_lang(struct zv_str accepted)
{
	struct zv_str part;

	while (accepted.n > 0 && zv_str_split(&part, &accepted, ',')) {
		part = zv_str_first(zv_str_trim(part), 2);
		if (zv_str_eq_nocase(part, ZV_STR("ru")))
			return "ru";
		if (zv_str_eq_nocase(part, ZV_STR("en")))
			return "en";
	}
	return "en";
}

/*
 * A page of another site can point a name of its own at 127.0.0.1 and then read us as its own origin. It cannot do so with
 * an address or with a name without a dot. Other names must be said at the start (--host).
 */
static bool is_our_host(struct zv_str host, const char *const *hosts)
{
	if (host.n == 0 || host.p[0] == '[')
		return true;
	ptrdiff_t colon = zv_str_find_char(host, ':');
	if (colon >= 0)
		host = zv_str_first(host, (size_t)colon);
	char last = host.p[host.n - 1];
	if (zv_str_find_char(host, '.') < 0 || zv_is_digit(last))
		return true;
	struct zv_str local = ZV_STR(".localhost");
	if (host.n > local.n && zv_str_eq_nocase(zv_str_from(host, host.n - local.n), local))
		return true;
	for (; hosts != NULL && *hosts != NULL; hosts++)
		if (zv_str_eq_nocase(host, zv_str_c(*hosts)))
			return true;
	return false;
}

/* The last field with the name; empty when there is none. */
static struct zv_str last_field(const struct zv_request *request, const char *name)
{
	struct zv_str value = ZV_STR("");

	for (int i = 0; i < request->head->n_fields; i++)
		if (zv_str_eq_nocase(zv_head_text(request->head->names[i], request->bytes), zv_str_c(name)))
			value = zv_head_text(request->head->values[i], request->bytes);
	return value;
}

/*
 * Behind a proxy on this machine the peer is who the proxy says: the last address, which it wrote itself. Whom it does not name is counted, and trusted, like
 * anyone from outside.
 */
static void find_peer(struct zv_request *request)
{
	char text[ZV_PEER_TEXT];
	struct zv_peer said;
	struct zv_str value = last_field(request, "x-forwarded-for");

	request->secure = zv_str_eq_nocase(last_field(request, "x-forwarded-proto"), ZV_STR("https"));
	for (ptrdiff_t comma; (comma = zv_str_find_char(value, ',')) >= 0;)
		value = zv_str_from(value, (size_t)comma + 1);
	value = zv_str_trim(value);
	request->peer.loopback = false;
	if (value.n == 0 || value.n >= sizeof(text))
		return;
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	if (zv_peer_parse(&said, text))
		request->peer = said;
}

static enum zv_method method_of(struct zv_str name)
{
	static const char *const NAMES[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" };

	for (size_t i = 0; i < ZV_LEN(NAMES); i++)
		if (zv_str_eq_c(name, NAMES[i]))
			return (enum zv_method)i;
	return ZV_METHOD_OTHER;
}

void zv_request_open(struct zv_request *request, struct zv_answer *answer, struct zv_conn *conn)
{
	struct zv_loop *loop = conn->loop;
	const struct zv_head *head = &conn->head;
	struct zv_str bytes = { conn->in, head->n };

	zv_arena_reset(&loop->arena);
	zv_buf_reset(&loop->body);
	zv_buf_reset(&loop->head);
	*request = (struct zv_request){ .head = head, .bytes = bytes, .arena = &loop->arena, .thread = loop->own, .conn = conn,
					.peer = conn->peer, .body_fd = -1, .body = ZV_STR(""), .body_n = head->body ? -1 : 0 };
	request->method = method_of(zv_head_text(head->method, bytes));
	request->host = head->authority.n > 0 ? zv_head_text(head->authority, bytes) : zv_head_field(head, bytes, "host");
	if (loop->shared->options.behind_proxy && conn->peer.loopback)
		find_peer(request);
	zv_peer_text(request->peer_text, &request->peer);
	request->lang = choose_lang(zv_head_field(head, bytes, "accept-language"));
	zv_tr_set_lang(request->lang);
	*answer = (struct zv_answer){ .status = 200, .type = "application/json", .body = &loop->body, .secure = request->secure };
}

bool zv_request_admit(struct zv_request *request, struct zv_answer *answer)
{
	struct zv_loop *loop = request->conn->loop;

	if (!request->peer.loopback && !zv_limit_request(loop->shared->limit, request->peer, loop->now_us)) {
		zv_answer_problem(answer, 429, zv_tr(N_("Too many requests from your address. Try again in a moment.")));
		answer->retry_after = 1;
		return false;
	}
	if (!is_our_host(request->host, loop->shared->options.hosts)) {
		zv_answer_problem(answer, 421, zv_tr(N_("This server does not answer under that name: start it with --host NAME.")));
		answer->close = true;
		return false;
	}
	if (request->method == ZV_OPTIONS || request->method == ZV_METHOD_OTHER) {
		zv_answer_problem(answer, 405, zv_tr(N_("This method is not answered here.")));
		answer->allow = "GET, HEAD, POST, PUT, PATCH, DELETE";
		return false;
	}
	if (request->head->body && (request->method == ZV_GET || request->method == ZV_HEAD)) {
		zv_answer_problem(answer, 400, zv_tr(N_("A request that only reads has no body.")));
		return false;
	}
	if (!zv_target_parse(&request->target, zv_head_text(request->head->target, request->bytes), request->arena)) {
		zv_answer_problem(answer, 400, zv_tr(N_("The address is malformed: a bad escape, a dot segment, or a parameter given twice.")));
		answer->close = true;
		return false;
	}
	return true;
}

bool zv_request_rule(struct zv_body_rule *out, const struct zv_request *request, struct zv_answer *answer)
{
	const struct zv_server_options *options = &request->conn->loop->shared->options;

	*out = (struct zv_body_rule){ 0 };
	if (zv_head_field(request->head, request->bytes, "content-encoding").n > 0) {
		zv_answer_problem(answer, 415, zv_tr(N_("Send the body as it is: Content-Encoding is not taken.")));
		return false;
	}
	if (options->body_rule != NULL)
		options->body_rule(options->context, request, out, answer);
	if (answer->status >= 400)
		return false;
	if (out->max <= 0) {
		zv_answer_problem(answer, 400, zv_tr(N_("This address takes no body.")));
		return false;
	}
	if (request->head->length > out->max) {
		zv_answer_problem(answer, 413, zv_tr(N_("The body is larger than this address takes.")));
		return false;
	}
	return true;
}

/* What is a person's own, or comes of a change, is kept nowhere unless the handler says so. */
static bool may_be_kept(const struct zv_request *request, const struct zv_answer *answer)
{
	return (request->method == ZV_GET || request->method == ZV_HEAD) && answer->cookie[0] == '\0' && answer->stream == NULL &&
	       zv_head_field(request->head, request->bytes, "cookie").n == 0 &&
	       zv_head_field(request->head, request->bytes, "authorization").n == 0;
}

void zv_request_close(const struct zv_request *request, struct zv_answer *answer)
{
	const struct zv_head *head = request->head;
	struct zv_loop *loop = request->conn->loop;
	bool reads = request->method == ZV_GET || request->method == ZV_HEAD;

	/* A body that was not taken cannot be told from a request, so nothing may follow it. */
	if (head->close || request->body_n < 0 || loop->stop_us != 0)
		answer->close = true;
	if (answer->stream != NULL) {
		answer->chunked = head->minor == 1;
		answer->close = answer->close || !answer->chunked;
	}
	if (answer->cache == NULL && may_be_kept(request, answer))
		answer->cache = "no-cache";
	if (reads && answer->stream == NULL)
		zv_answer_validate(answer, zv_head_field(head, request->bytes, "if-none-match"));
	zv_buf_reset(&loop->head);
	zv_answer_head(&loop->head, answer, zv_loop_date(loop), answer->ready.p != NULL ? answer->ready.n : answer->body->n);
}
