/*
 * Bodies of requests: however the bytes are cut, the judgement, the body and what follows it are the same, and what was taken says in its chunks exactly
 * the length of the body. The first byte chooses the framing and the cuts.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "net/body.h"

enum { MAX = 1 << 12 };

struct reading {
	int state;
	size_t used;
	struct zv_buf body;
};

static void read_in_steps(struct reading *out, struct zv_str bytes, bool chunked, int64_t length, size_t step)
{
	struct zv_body body;

	zv_body_init(&body, chunked, length, MAX);
	zv_buf_init(&out->body, 0);
	out->state = ZV_BODY_MORE;
	out->used = 0;
	while (out->state == ZV_BODY_MORE && out->used < bytes.n) {
		struct zv_str part = zv_str_first(zv_str_from(bytes, out->used), step), data;

		while ((out->state = zv_body_read(&body, &data, &part)) == ZV_BODY_DATA) {
			ZV_FUZZ_CHECK(data.n > 0 && data.p >= bytes.p && data.p + data.n <= bytes.p + bytes.n);
			zv_buf_add_str(&out->body, data);
		}
		out->used = (size_t)(part.p - bytes.p);
	}
	ZV_FUZZ_CHECK(body.total == (int64_t)out->body.n && body.total <= MAX);
}

/* Another reader, without states: the sum of the sizes said. */
static size_t sum_of_sizes(struct zv_str taken)
{
	size_t sum = 0, at = 0;

	for (;;) {
		char digits[16] = {0};
		ptrdiff_t end = zv_str_find(zv_str_from(taken, at), ZV_STR("\r\n"));

		ZV_FUZZ_CHECK(end >= 1 && end <= 8);
		memcpy(digits, taken.p + at, (size_t)end);
		size_t size = strtoul(digits, NULL, 16);
		at += (size_t)end + 2;
		ZV_FUZZ_CHECK(zv_str_starts(zv_str_from(taken, at + size), ZV_STR("\r\n")));
		if (size == 0) {
			ZV_FUZZ_CHECK(at + 2 == taken.n);
			return sum;
		}
		sum += size;
		at += size + 2;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str bytes = {(const char *)p + 1, n - 1};
	struct reading whole, steps;

	if (n == 0)
		return 0;
	bool chunked = p[0] >= 64;
	read_in_steps(&whole, bytes, chunked, p[0], bytes.n + 1);
	read_in_steps(&steps, bytes, chunked, p[0], 1 + p[0] % 7);
	ZV_FUZZ_CHECK(whole.state == steps.state && zv_str_eq(zv_buf_str(&whole.body), zv_buf_str(&steps.body)));
	ZV_FUZZ_CHECK(whole.state == ZV_BODY_MORE || whole.state == ZV_BODY_DONE || whole.state == 400 || whole.state == 413);
	if (whole.state == ZV_BODY_DONE) {
		ZV_FUZZ_CHECK(whole.used == steps.used);
		ZV_FUZZ_CHECK(whole.body.n == (chunked ? sum_of_sizes(zv_str_first(bytes, whole.used)) : p[0]));
	}
	zv_buf_done(&whole.body);
	zv_buf_done(&steps.body);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("\x05helloGET /"),
		ZV_STR_INIT("a3\r\nabc\r\n0\r\n\r\nGET /"),
		ZV_STR_INIT("c1\r\na\r\n00000002\r\nbc\r\nA\r\n0123456789\r\n0\r\n\r\n"),
		ZV_STR_INIT("bfff\r\nabc"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\r\n", "\n", "\r", "0\r\n\r\n", "1\r\na\r\n", "ffffffff\r\n", "00000000", ";a=b", " ", "X: y\r\n", "3\r\nabc\r\n", NULL};
