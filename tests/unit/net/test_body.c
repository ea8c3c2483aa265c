/* Bodies taken off the bytes of a connection: the judgement, and that it is the same however the bytes come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "net/body.h"

enum { MAX = 20 };

static const struct {
	const char *name;
	int state; /* how the last byte leaves the reader */
	const char *bytes;
	const char *body;
	const char *rest;
} CASES[] = {
	{ "one chunk", ZV_BODY_DONE, "3\r\nabc\r\n0\r\n\r\n", "abc", "" },
	{ "two chunks and what follows", ZV_BODY_DONE, "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET /", "abcde", "GET /" },
	{ "no chunk", ZV_BODY_DONE, "0\r\n\r\n", "", "" },
	{ "zeros before a size", ZV_BODY_DONE, "00000003\r\nabc\r\n00\r\n\r\n", "abc", "" },
	{ "letters of both cases", ZV_BODY_DONE, "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789", "" },
	{ "line ends inside a chunk", ZV_BODY_DONE, "7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n\r\n", "" },
	{ "exactly the limit", ZV_BODY_DONE, "14\r\n01234567890123456789\r\n0\r\n\r\n", "01234567890123456789", "" },
	{ "not yet whole", ZV_BODY_MORE, "3\r\nab", "ab", "" },
	{ "the end is missing", ZV_BODY_MORE, "3\r\nabc\r\n0\r\n\r", "abc", "" },
	{ "one above the limit", 413, "15\r\n012345678901234567890\r\n0\r\n\r\n", "", NULL },
	{ "one above the limit in two", 413, "14\r\n01234567890123456789\r\n1\r\n0\r\n0\r\n\r\n", "01234567890123456789", NULL },
	{ "2^32 - 1", 413, "ffffffff\r\nabc", "", NULL },
	{ "2^32 + 3: nine digits", 400, "100000003\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "2^64 + 3", 400, "10000000000000003\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "nine zeros", 400, "000000003\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "an extension", 400, "3;a=b\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "an empty extension", 400, "3;\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "a blank after the size", 400, "3 \r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "a blank before the size", 400, " 3\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "a tab after the size", 400, "3\t\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "0x", 400, "0x3\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "a plus", 400, "+3\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "a minus", 400, "-1\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "no digit", 400, "\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "a letter beyond f", 400, "g\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "an underscore between digits", 400, "1_0\r\n0123456789abcdef\r\n0\r\n\r\n", "", NULL },
	{ "LF alone after the size", 400, "3\nabc\r\n0\r\n\r\n", "", NULL },
	{ "CR alone after the size", 400, "3\rabc\r\n0\r\n\r\n", "", NULL },
	{ "CR CR LF after the size", 400, "3\r\r\nabc\r\n0\r\n\r\n", "", NULL },
	{ "LF alone after the data", 400, "3\r\nabc\n0\r\n\r\n", "abc", NULL },
	{ "data longer than said", 400, "3\r\nabcd\r\n0\r\n\r\n", "abc", NULL },
	{ "data shorter than said", 400, "4\r\nabc\r\n0\r\n\r\n", "abc\r", NULL },
	{ "no line end after the data", 400, "3\r\nabc0\r\n\r\n", "abc", NULL },
	{ "a trailer", 400, "3\r\nabc\r\n0\r\nX: y\r\n\r\n", "abc", NULL },
	{ "a trailer that frames", 400, "0\r\nContent-Length: 3\r\n\r\nabc", "", NULL },
	{ "LF alone at the end", 400, "0\r\n\n", "", NULL },
	{ "LF alone after the last size", 400, "0\n\r\n", "", NULL },
};

/* Feeds the bytes in pieces of `step`; the body and the rest are gathered. */
static int read_in_steps(struct zv_body *body, struct zv_buf *got, struct zv_str *rest, const char *bytes, size_t step)
{
	size_t n = strlen(bytes);
	int state = ZV_BODY_MORE;

	for (size_t at = 0; at < n && state == ZV_BODY_MORE; at += step) {
		struct zv_str part = zv_str_first(zv_str_from(zv_str_c(bytes), at), step), data;

		while ((state = zv_body_read(body, &data, &part)) == ZV_BODY_DATA)
			zv_buf_add_str(got, data);
		*rest = zv_str_from(zv_str_c(bytes), (size_t)(part.p - bytes));
	}
	return state;
}

static void each_chunked_body_is_judged_as_the_table_says_however_it_comes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ZV_LEN(CASES); i++) {
		for (size_t step = 1; step < 64; step += 9) {
			struct zv_body body;
			struct zv_buf got;
			struct zv_str rest = ZV_STR("");

			zv_buf_init(&got, 0);
			zv_body_init(&body, true, 0, MAX);
			int how = read_in_steps(&body, &got, &rest, CASES[i].bytes, step);
			if (how != CASES[i].state || !zv_str_eq_c(zv_buf_str(&got), CASES[i].body))
				fail_msg("%s in steps of %zu: %d, “%s”", CASES[i].name, step, how, zv_buf_c(&got));
			if (how == ZV_BODY_DONE)
				assert_string_equal(rest.p, CASES[i].rest);
			assert_int_equal(body.total, got.n);
			zv_buf_done(&got);
		}
	}
}

static void a_stated_length_ends_where_it_says(void **state)
{
	struct zv_body body;
	struct zv_str rest = ZV_STR("abcdefGET"), data;

	(void)state;
	zv_body_init(&body, false, 6, MAX);
	assert_int_equal(zv_body_read(&body, &data, &rest), ZV_BODY_DATA);
	assert_true(zv_str_eq_c(data, "abcdef"));
	assert_int_equal(zv_body_read(&body, &data, &rest), ZV_BODY_DONE);
	assert_true(zv_str_eq_c(rest, "GET"));
	zv_body_init(&body, false, 6, MAX);
	rest = ZV_STR("ab");
	assert_int_equal(zv_body_read(&body, &data, &rest), ZV_BODY_DATA);
	assert_int_equal(zv_body_read(&body, &data, &rest), ZV_BODY_MORE);
	assert_int_equal(body.left, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_chunked_body_is_judged_as_the_table_says_however_it_comes),
		cmocka_unit_test(a_stated_length_ends_where_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
