/* Heads of requests: whole or byte by byte the judgement is the same, and what is taken has no byte that could mean two things. */
#include "fuzz.h"

#include <string.h>

#include "net/head.h"

static int in_steps(struct zv_head *head, struct zv_str bytes)
{
	int state = ZV_HEAD_MORE;

	zv_head_init(head);
	for (size_t n = 1; n <= bytes.n && state == ZV_HEAD_MORE; n++)
		state = zv_head_read(head, zv_str_first(bytes, n));
	return state;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct zv_head whole, steps;
	struct zv_str bytes = {(const char *)p, n};
	int state;

	zv_head_init(&whole);
	state = zv_head_read(&whole, bytes);
	ZV_FUZZ_CHECK(in_steps(&steps, bytes) == state);
	if (state != ZV_HEAD_DONE)
		return 0;
	ZV_FUZZ_CHECK(whole.n <= n && whole.n == steps.n && whole.n_fields <= ZV_HEAD_FIELDS_MAX);
	for (size_t i = 0; i < whole.n; i++)
		ZV_FUZZ_CHECK((p[i] >= ' ' && p[i] < 0x7f) || p[i] == '\t' || (p[i] == '\r' && p[i + 1] == '\n') || (p[i] == '\n' && p[i - 1] == '\r'));
	ZV_FUZZ_CHECK(whole.minor == 0 || zv_head_field(&whole, bytes, "host").n > 0);
	ZV_FUZZ_CHECK(whole.length >= 0 && whole.body == (whole.length > 0 || whole.chunked) && !(whole.chunked && whole.length > 0));
	ZV_FUZZ_CHECK(zv_head_field(&whole, bytes, "content-length").n == 0 || zv_head_field(&whole, bytes, "transfer-encoding").n == 0);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
		ZV_STR_INIT("GET http://a:1/b?c=d HTTP/1.1\r\nHost: a:1\r\nAccept: x, y\r\nConnection: close\r\n\r\nGET"),
		ZV_STR_INIT("POST / HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 5\r\n\r\nabcde"),
		ZV_STR_INIT("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		ZV_STR_INIT("\r\nHEAD /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\r\n",    "\r\n ",  "\n",         "\r",       ": ",        " :",          "Host: b\r\n", "Content-Length: 1\r\n",
				     "Transfer-Encoding: chunked\r\n", "HTTP/1.0", "HTTP/2.0", "OPTIONS *", "CONNECT a:1", "http://", "Expect: x\r\n", NULL};
