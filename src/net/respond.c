/* From a whole request to the bytes of its answer: the checks that hold for every path, then the handler. */
#include <string.h>

#include "base/tr.h"
#include "net/loop.h"

static const struct {
	int status;
	const char *detail;
} REFUSALS[] = {
	{ 400, N_("This is not a well-formed HTTP/1.1 request.") },
	{ 408, N_("The request did not come whole in time.") },
	{ 414, N_("The request line is longer than 8 KiB.") },
	{ 417, N_("Only Expect: 100-continue is understood.") },
	{ 431, N_("The header fields are too many or too long: at most 64 of 8 KiB each, 64 KiB in all.") },
	{ 503, N_("Too many connections are open. Try again in a moment.") },
	{ 505, N_("Only HTTP/1.0 and HTTP/1.1 are spoken here.") },
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
	if (status == 503)
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

/* Behind a proxy the peer is who the proxy says: the last address, which it wrote itself. */
static struct zv_peer real_peer(const struct zv_loop *loop, const struct zv_head *head, struct zv_str bytes, struct zv_peer peer)
{
	char text[64];
	struct zv_peer said;

	if (!loop->shared->options.behind_proxy || !peer.loopback)
		return peer;
	struct zv_str value = ZV_STR("");
	for (int i = 0; i < head->n_fields; i++)
		if (zv_str_eq_nocase(zv_head_text(head->names[i], bytes), ZV_STR("x-forwarded-for")))
			value = zv_head_text(head->values[i], bytes);
	for (ptrdiff_t comma; (comma = zv_str_find_char(value, ',')) >= 0;)
		value = zv_str_from(value, (size_t)comma + 1);
	value = zv_str_trim(value);
	if (value.n == 0 || value.n >= sizeof(text))
		return peer;
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	return zv_peer_parse(&said, text) ? said : peer;
}

/* What holds for every path. True: the request may go on to the handler. */
static bool admit(struct zv_loop *loop, struct zv_answer *answer, struct zv_request *request, struct zv_peer peer)
{
	struct zv_str method = zv_head_text(request->head->method, request->bytes);
	struct zv_str host = request->head->authority.n > 0 ? zv_head_text(request->head->authority, request->bytes)
							    : zv_head_field(request->head, request->bytes, "host");

	peer = real_peer(loop, request->head, request->bytes, peer);
	if (!peer.loopback && !zv_limit_request(loop->shared->limit, peer, loop->now_us)) {
		zv_answer_problem(answer, 429, zv_tr(N_("Too many requests from your address. Try again in a moment.")));
		answer->retry_after = 1;
		return false;
	}
	if (!is_our_host(host, loop->shared->options.hosts)) {
		zv_answer_problem(answer, 421, zv_tr(N_("This server does not answer under that name: start it with --host NAME.")));
		answer->close = true;
		return false;
	}
	if (!zv_str_eq_c(method, "GET") && !zv_str_eq_c(method, "HEAD")) {
		zv_answer_problem(answer, 405, zv_tr(N_("Only GET and HEAD are answered here.")));
		answer->allow = "GET, HEAD";
		return false;
	}
	if (request->head->body) {
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

void zv_respond(struct zv_loop *loop, struct zv_answer *answer, const struct zv_head *head, struct zv_str bytes, struct zv_peer peer)
{
	struct zv_request request = { .head = head, .bytes = bytes, .arena = &loop->arena, .thread = loop->own };

	zv_arena_reset(&loop->arena);
	zv_buf_reset(&loop->body);
	zv_buf_reset(&loop->head);
	*answer = (struct zv_answer){ .status = 200, .type = "application/json", .body = &loop->body };
	request.lang = choose_lang(zv_head_field(head, bytes, "accept-language"));
	zv_tr_set_lang(request.lang);
	if (admit(loop, answer, &request, peer))
		loop->shared->options.handle(loop->shared->options.context, &request, answer);
	/* We do not read bodies: what follows such a head cannot be told from a request, so nothing may follow. */
	if (head->close || head->body || loop->stop_us != 0)
		answer->close = true;
	zv_answer_validate(answer, zv_head_field(head, bytes, "if-none-match"));
	zv_answer_head(&loop->head, answer, zv_loop_date(loop), answer->ready.p != NULL ? answer->ready.n : answer->body->n);
}
