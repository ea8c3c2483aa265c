/* The strict reader of request heads. Each line is judged as soon as its end is seen, so that a bad one is refused at once. */
#include "net/head.h"

#include <string.h>

enum { BAD = 400, LINE_TOO_LONG = 414, EXPECTATION = 417, TOO_MANY = 431, VERSION = 505, HOST_MAX = 255 };

void zv_head_init(struct zv_head *head)
{
	memset(head, 0, sizeof(*head));
}

struct zv_str zv_head_text(struct zv_head_span span, struct zv_str bytes)
{
	return (struct zv_str){ bytes.p + span.at, span.n };
}

static struct zv_head_span span_of(struct zv_str part, struct zv_str bytes)
{
	return (struct zv_head_span){ (uint32_t)(part.p - bytes.p), (uint32_t)part.n };
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_token(struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && (s.p[i] == '\0' || strchr("!#$%&'*+-.^_`|~", s.p[i]) == NULL))
			return false;
	return s.n > 0;
}

/* RFC 3986's characters; after the question mark also those that browsers leave as they are. No fragment, no quote. */
static bool is_target(struct zv_str s)
{
	const char *allowed = "/?%-._~!$&'()*+,;=:@";

	for (size_t i = 0; i < s.n; i++) {
		if (!is_alnum(s.p[i]) && (s.p[i] == '\0' || strchr(allowed, s.p[i]) == NULL))
			return false;
		if (s.p[i] == '?')
			allowed = "/?%-._~!$&'()*+,;=:@[]{}|^`";
	}
	return s.n > 0;
}

/* A name, an IPv4 address or a bracketed IPv6 address, and perhaps a port. */
static bool is_host(struct zv_str s)
{
	size_t i = 0;

	if (s.n == 0 || s.n > HOST_MAX)
		return false;
	if (s.p[0] == '[') {
		for (i = 1; i < s.n && s.p[i] != ']'; i++)
			if (strchr("0123456789abcdefABCDEF:.", s.p[i]) == NULL)
				return false;
		if (i < 3 || i == s.n)
			return false;
		i++;
	} else {
		while (i < s.n && (is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '.' || s.p[i] == '_'))
			i++;
		if (i == 0)
			return false;
	}
	if (i == s.n)
		return true;
	if (s.p[i] != ':')
		return false;
	struct zv_str port = zv_str_from(s, i + 1);
	int64_t number;
	return zv_is_digits(port) && port.n <= 5 && zv_str_int(&number, port) && number <= 65535;
}

static int read_version(struct zv_head *head, struct zv_str version)
{
	if (version.n != 8 || !zv_str_starts(version, ZV_STR("HTTP/")) || !zv_is_digit(version.p[5]) ||
	    version.p[6] != '.' || !zv_is_digit(version.p[7]))
		return BAD;
	if (version.p[5] != '1' || version.p[7] > '1')
		return VERSION;
	head->minor = version.p[7] - '0';
	head->close = head->minor == 0;
	return 0;
}

/* "http://host/path" stands for "/path" with Host: host (RFC 9112, 3.2.2). */
static int read_target(struct zv_head *head, struct zv_str target, struct zv_str bytes)
{
	struct zv_str http = ZV_STR("http://");

	if (target.n > http.n && zv_str_eq_nocase(zv_str_first(target, http.n), http)) {
		struct zv_str rest = zv_str_from(target, http.n);
		ptrdiff_t slash = zv_str_find_char(rest, '/');
		if (slash <= 0 || !is_host(zv_str_first(rest, (size_t)slash)))
			return BAD;
		head->authority = span_of(zv_str_first(rest, (size_t)slash), bytes);
		target = zv_str_from(rest, (size_t)slash);
	}
	if (!is_target(target))
		return BAD;
	/* CONNECT names a host here; it is refused as a method later, so the form alone is no fault. */
	bool other_form = zv_str_eq_c(target, "*")
				  ? zv_str_eq_c(zv_head_text(head->method, bytes), "OPTIONS")
				  : zv_str_eq_c(zv_head_text(head->method, bytes), "CONNECT") && is_host(target);
	if (target.p[0] != '/' && !other_form)
		return BAD;
	head->target = span_of(target, bytes);
	return 0;
}

static int read_request_line(struct zv_head *head, struct zv_str line, struct zv_str bytes)
{
	ptrdiff_t first = zv_str_find_char(line, ' ');
	if (first <= 0)
		return BAD;
	struct zv_str method = zv_str_first(line, (size_t)first);
	struct zv_str rest = zv_str_from(line, (size_t)first + 1);
	ptrdiff_t second = zv_str_find_char(rest, ' ');
	if (second <= 0 || !is_token(method))
		return BAD;
	head->method = span_of(method, bytes);
	int bad = read_version(head, zv_str_from(rest, (size_t)second + 1));
	return bad != 0 ? bad : read_target(head, zv_str_first(rest, (size_t)second), bytes);
}

static struct zv_str trim_blanks(struct zv_str s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = zv_str_from(s, 1);
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static int read_field(struct zv_head *head, struct zv_str line, struct zv_str bytes)
{
	ptrdiff_t colon = zv_str_find_char(line, ':');

	/* A line that begins with a blank is folded: its "name" is no token. So is a name with a blank before the colon. */
	if (colon <= 0 || !is_token(zv_str_first(line, (size_t)colon)))
		return BAD;
	if (head->n_fields == ZV_HEAD_FIELDS_MAX)
		return TOO_MANY;
	head->names[head->n_fields] = span_of(zv_str_first(line, (size_t)colon), bytes);
	head->values[head->n_fields] = span_of(trim_blanks(zv_str_from(line, (size_t)colon + 1)), bytes);
	head->n_fields++;
	return 0;
}

/* How often a field occurs; *value is the last one. */
static int count_field(struct zv_str *value, const struct zv_head *head, struct zv_str bytes, const char *name)
{
	int n = 0;

	for (int i = 0; i < head->n_fields; i++) {
		if (!zv_str_eq_nocase(zv_head_text(head->names[i], bytes), zv_str_c(name)))
			continue;
		*value = zv_head_text(head->values[i], bytes);
		n++;
	}
	return n;
}

struct zv_str zv_head_field(const struct zv_head *head, struct zv_str bytes, const char *name)
{
	for (int i = 0; i < head->n_fields; i++)
		if (zv_str_eq_nocase(zv_head_text(head->names[i], bytes), zv_str_c(name)))
			return zv_head_text(head->values[i], bytes);
	return ZV_STR("");
}

static int check_host(const struct zv_head *head, struct zv_str bytes)
{
	struct zv_str host = ZV_STR("");
	int n = count_field(&host, head, bytes, "host");

	if (n > 1 || (n == 0 && head->minor == 1) || (n == 1 && !is_host(host)))
		return BAD;
	/* An absolute target rules by the standard, but two different hosts in one request are somebody's trick. */
	if (head->authority.n > 0 && n == 1 && !zv_str_eq_nocase(host, zv_head_text(head->authority, bytes)))
		return BAD;
	return 0;
}

static int check_framing(struct zv_head *head, struct zv_str bytes)
{
	struct zv_str length = ZV_STR("0"), coding = ZV_STR("");
	int lengths = count_field(&length, head, bytes, "content-length");
	int codings = count_field(&coding, head, bytes, "transfer-encoding");
	int64_t n = 0;

	if (lengths > 1 || codings > 1 || (lengths == 1 && codings == 1))
		return BAD;
	/* Only digits that fit: 2^64 and "+1" are read differently by others (security.md T11). */
	if (lengths == 1 && (!zv_is_digits(length) || !zv_str_int(&n, length)))
		return BAD;
	if (codings == 1 && (head->minor == 0 || !zv_str_eq_nocase(coding, ZV_STR("chunked"))))
		return BAD;
	head->length = n;
	head->chunked = codings == 1;
	head->body = n > 0 || codings == 1;
	return 0;
}

/* "close" and "keep-alive" in the comma-separated values of all Connection fields. */
static void read_connection(struct zv_head *head, struct zv_str bytes)
{
	for (int i = 0; i < head->n_fields; i++) {
		if (!zv_str_eq_nocase(zv_head_text(head->names[i], bytes), ZV_STR("connection")))
			continue;
		struct zv_str rest = zv_head_text(head->values[i], bytes), part;
		while (zv_str_split(&part, &rest, ',')) {
			part = trim_blanks(part);
			if (zv_str_eq_nocase(part, ZV_STR("close"))) {
				head->close = true;
				return;
			}
			if (head->minor == 0 && zv_str_eq_nocase(part, ZV_STR("keep-alive")))
				head->close = false;
		}
	}
}

static int check_whole(struct zv_head *head, struct zv_str bytes)
{
	struct zv_str expect = ZV_STR("");
	int bad = check_host(head, bytes);

	if (bad == 0)
		bad = check_framing(head, bytes);
	head->expects = count_field(&expect, head, bytes, "expect") > 0;
	if (bad == 0 && head->expects && !zv_str_eq_nocase(expect, ZV_STR("100-continue")))
		bad = EXPECTATION;
	read_connection(head, bytes);
	return bad != 0 ? bad : ZV_HEAD_DONE;
}

/* One whole line without its CR LF. */
static int read_line(struct zv_head *head, struct zv_str line, struct zv_str bytes)
{
	if (!head->have_line) {
		/* One empty line before a request is forgiven (RFC 9112, 2.2); a second is not. */
		if (line.n == 0)
			return head->line_at == 0 ? 0 : BAD;
		head->have_line = true;
		return read_request_line(head, line, bytes);
	}
	if (line.n > 0)
		return read_field(head, line, bytes);
	head->n = head->scanned;
	return check_whole(head, bytes);
}

int zv_head_read(struct zv_head *head, struct zv_str bytes)
{
	while (head->scanned < bytes.n) {
		unsigned char c = (unsigned char)bytes.p[head->scanned];
		bool after_cr = head->scanned > head->line_at && bytes.p[head->scanned - 1] == '\r';

		head->scanned++;
		if (after_cr != (c == '\n'))
			return BAD;
		if ((c < ' ' && c != '\r' && c != '\n' && (c != '\t' || !head->have_line)) || c >= 0x7f)
			return BAD;
		if (c == '\n') {
			struct zv_str line = { bytes.p + head->line_at, head->scanned - head->line_at - 2 };
			int state = read_line(head, line, bytes);
			if (state != 0)
				return state;
			head->line_at = head->scanned;
		} else if (head->scanned - head->line_at > ZV_HEAD_LINE_MAX + 1) {
			return head->have_line ? TOO_MANY : LINE_TOO_LONG;
		}
		if (head->scanned >= ZV_HEAD_MAX)
			return TOO_MANY;
	}
	return ZV_HEAD_MORE;
}
