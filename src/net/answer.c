/* Heads of answers. Every answer carries the same protective fields, so that none can be forgotten. */
#include "net/answer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "base/log.h"

enum { TAG_BYTES_MAX = 1 << 20 };

/* No outside resource, no inline script or style, nothing may frame a page; what a page does not use is off. */
static const char PROTECTION[] =
	"Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
	"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"X-Frame-Options: DENY\r\n"
	"Referrer-Policy: no-referrer\r\n"
	"Cross-Origin-Opener-Policy: same-origin\r\n"
	"Cross-Origin-Resource-Policy: same-origin\r\n"
	"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";

static const struct {
	int status;
	const char *phrase;
} PHRASES[] = {
	{ 200, "OK" },
	{ 201, "Created" },
	{ 202, "Accepted" },
	{ 204, "No Content" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 308, "Permanent Redirect" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 408, "Request Timeout" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 412, "Precondition Failed" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 417, "Expectation Failed" },
	{ 421, "Misdirected Request" },
	{ 422, "Unprocessable Content" },
	{ 428, "Precondition Required" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 502, "Bad Gateway" },
	{ 503, "Service Unavailable" },
	{ 504, "Gateway Timeout" },
	{ 505, "HTTP Version Not Supported" },
	{ 507, "Insufficient Storage" },
};

const char *zv_status_phrase(int status)
{
	for (size_t i = 0; i < ZV_LEN(PHRASES); i++)
		if (PHRASES[i].status == status)
			return PHRASES[i].phrase;
	return "Unknown";
}

static void add_escaped(struct zv_buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			zv_buf_addf(out, "\\%c", *text);
		else if ((unsigned char)*text < ' ')
			zv_buf_addf(out, "\\u%04x", (unsigned)*text);
		else
			zv_buf_add_char(out, *text);
	}
}

void zv_answer_problem(struct zv_answer *answer, int status, const char *detail)
{
	answer->status = status;
	answer->type = "application/problem+json";
	answer->ready = (struct zv_str){ 0 };
	answer->etag[0] = '\0';
	answer->link[0] = '\0';
	answer->disposition[0] = '\0';
	answer->cache = "no-store";
	answer->encoding = NULL;
	zv_buf_reset(answer->body);
	zv_buf_addf(answer->body, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"", zv_status_phrase(status), status);
	add_escaped(answer->body, detail);
	zv_buf_add_c(answer->body, "\"}\n");
}

/* A value with a line end in it would begin a field of somebody else's making. */
static void add_field(struct zv_buf *out, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	for (const char *c = value; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f) {
			zv_log_error("answer", "the field %s has a control character and was left out", name);
			return;
		}
	}
	zv_buf_addf(out, "%s: %s\r\n", name, value);
}

static void add_framing(struct zv_buf *out, const struct zv_answer *answer, size_t n)
{
	if (answer->status == 304 || answer->status == 204)
		return;
	if (answer->stream == NULL) {
		add_field(out, "Content-Type", answer->type);
		zv_buf_addf(out, "Content-Length: %zu\r\n", n);
		return;
	}
	/* nginx gathers what it passes on unless it is told not to. */
	zv_buf_add_c(out, "Content-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n");
	if (answer->chunked)
		zv_buf_add_c(out, "Transfer-Encoding: chunked\r\n");
}

void zv_answer_head(struct zv_buf *out, const struct zv_answer *answer, const char *date, size_t n)
{
	zv_buf_addf(out, "HTTP/1.1 %d %s\r\nDate: %s\r\n", answer->status, zv_status_phrase(answer->status), date);
	add_framing(out, answer, n);
	add_field(out, "Cache-Control", answer->cache != NULL ? answer->cache : "no-store");
	add_field(out, "ETag", answer->etag);
	add_field(out, "Content-Encoding", answer->encoding);
	add_field(out, "Vary", answer->vary);
	add_field(out, "Allow", answer->allow);
	add_field(out, "Link", answer->link);
	add_field(out, "Location", answer->location);
	add_field(out, "Set-Cookie", answer->cookie);
	add_field(out, "Content-Disposition", answer->disposition);
	if (answer->retry_after > 0)
		zv_buf_addf(out, "Retry-After: %d\r\n", answer->retry_after);
	if (answer->status == 401)
		zv_buf_add_c(out, "WWW-Authenticate: Bearer\r\n");
	zv_buf_add(out, PROTECTION, sizeof(PROTECTION) - 1);
	/* Half a year, and only over TLS: over plain HTTP browsers must ignore it. */
	if (answer->secure)
		zv_buf_add_c(out, "Strict-Transport-Security: max-age=15552000\r\n");
	zv_buf_add_c(out, answer->close ? "Connection: close\r\n\r\n" : "\r\n");
}

/* One of the comma-separated tags, weak or not, is ours. */
static bool names_tag(struct zv_str list, const char *etag)
{
	struct zv_str part;

	while (list.n > 0 && zv_str_split(&part, &list, ',')) {
		part = zv_str_trim(part);
		if (zv_str_starts(part, ZV_STR("W/")))
			part = zv_str_from(part, 2);
		if (zv_str_eq_c(part, "*") || zv_str_eq_c(part, etag))
			return true;
	}
	return false;
}

void zv_answer_validate(struct zv_answer *answer, struct zv_str if_none_match)
{
	if (answer->status != 200)
		return;
	if (answer->etag[0] == '\0') {
		struct zv_str bytes = answer->ready.p != NULL ? answer->ready : zv_buf_str(answer->body);
		char tag[ZV_TAG_HEX];
		/* A download is asked for once; a hash of it would hold up everybody else of this thread. */
		if (bytes.n > TAG_BYTES_MAX)
			return;
		zv_tag_hex(tag, bytes);
		snprintf(answer->etag, sizeof(answer->etag), "\"%s\"", tag);
	}
	if (names_tag(if_none_match, answer->etag)) {
		answer->status = 304;
		answer->ready = ZV_STR("");
	}
}

void zv_http_date(char out[ZV_HTTP_DATE], int64_t ms)
{
	/* By hand: strftime would follow the locale. */
	static const char DAYS[] = "SunMonTueWedThuFriSat";
	static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	snprintf(out, ZV_HTTP_DATE, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", DAYS + 3 * tm.tm_wday, tm.tm_mday,
		 MONTHS + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
