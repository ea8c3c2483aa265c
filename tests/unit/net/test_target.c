/* Paths and parameters of requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "net/target.h"

static bool parse(struct zv_target *out, struct zv_arena *arena, const char *raw)
{
	zv_arena_reset(arena);
	return zv_target_parse(out, zv_str_c(raw), arena);
}

static void escapes_are_decoded_once(void **state)
{
	struct zv_arena arena;
	struct zv_target target;
	struct zv_str value;

	(void)state;
	zv_arena_init(&arena);
	assert_true(parse(&target, &arena, "/a%20b/%252e?q=%D0%B0+b&x=&y&z=a%26b%3Dc"));
	assert_true(zv_str_eq_c(target.path, "/a b/%2e"));
	assert_int_equal(target.n_params, 4);
	assert_true(zv_target_param(&value, &target, "q"));
	assert_true(zv_str_eq_c(value, "а b"));
	assert_true(zv_target_param(&value, &target, "y"));
	assert_int_equal(value.n, 0);
	assert_true(zv_target_param(&value, &target, "z"));
	assert_true(zv_str_eq_c(value, "a&b=c"));
	assert_false(zv_target_param(&value, &target, "none"));
	zv_arena_done(&arena);
}

static void what_no_honest_program_sends_is_refused(void **state)
{
	static const char *const BAD[] = {
		"/../etc/passwd", "/a/../b", "/a/..", "/.", "/./a", "/%2e%2e/a", "/%2E%2e/a", "/.%2e/a", "/a%2fb", "/a%2Fb", "/a%5cb",
		"/%00", "/a%00b", "/a%0d%0aSet-Cookie:x", "/%7f", "/%", "/%4", "/%zz", "/%c0%ae", "/%ff", "/%ed%a0%80", "/%u0041",
		"/?a=%00", "/?a=%", "/?a=1&a=2", "/?=1", "/?a=%ff", "/?a=%0a", "a", "", "/a?b=%1b",
	};
	struct zv_arena arena;
	struct zv_target target;

	(void)state;
	zv_arena_init(&arena);
	for (size_t i = 0; i < ZV_LEN(BAD); i++)
		if (parse(&target, &arena, BAD[i]))
			fail_msg("%s was taken", BAD[i]);
	zv_arena_done(&arena);
}

static void more_parameters_than_the_limit_are_refused(void **state)
{
	struct zv_arena arena;
	struct zv_buf buf;
	struct zv_target target;

	(void)state;
	zv_arena_init(&arena);
	zv_buf_init(&buf, 0);
	zv_buf_add_c(&buf, "/?");
	for (int i = 0; i < ZV_PARAMS_MAX; i++)
		zv_buf_addf(&buf, "p%d=%d&", i, i);
	assert_true(zv_target_parse(&target, zv_buf_str(&buf), &arena));
	zv_buf_add_c(&buf, "more=1");
	assert_false(zv_target_parse(&target, zv_buf_str(&buf), &arena));
	zv_buf_done(&buf);
	zv_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_are_decoded_once),
		cmocka_unit_test(what_no_honest_program_sends_is_refused),
		cmocka_unit_test(more_parameters_than_the_limit_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
