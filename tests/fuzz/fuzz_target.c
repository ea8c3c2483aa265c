/* Targets of requests: what is taken is UTF-8 without control characters, dot segments or doubled parameters. */
#include "fuzz.h"

#include "base/utf8.h"
#include "net/target.h"

static void check_text(struct zv_str s)
{
	ZV_FUZZ_CHECK(zv_utf8_check(s) < 0);
	for (size_t i = 0; i < s.n; i++)
		ZV_FUZZ_CHECK((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str raw = {(const char *)p, n}, part, path, value;
	struct zv_target target;
	struct zv_arena arena;

	zv_arena_init(&arena);
	if (zv_target_parse(&target, raw, &arena)) {
		check_text(target.path);
		path = target.path;
		while (zv_str_split(&part, &path, '/'))
			ZV_FUZZ_CHECK(!zv_str_eq_c(part, ".") && !zv_str_eq_c(part, ".."));
		ZV_FUZZ_CHECK(zv_str_find_char(target.path, '\\') < 0 && target.path.p[0] == '/');
		for (int i = 0; i < target.n_params; i++) {
			check_text(target.params[i].name);
			check_text(target.params[i].value);
			for (int k = 0; k < i; k++)
				ZV_FUZZ_CHECK(!zv_str_eq(target.params[i].name, target.params[k].name));
		}
		(void)zv_target_param(&value, &target, "q");
	}
	zv_arena_done(&arena);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("/"), ZV_STR_INIT("/api/v1/needs?limit=2&cursor=c1&q=%D0%B0+b"), ZV_STR_INIT("/a%20b/%252e?x=&y"), ZV_STR_INIT("/a/.hidden/b..c"), {NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"/../", "/./", "%2e%2e", "%2f", "%5c", "%00", "%ff", "%D0%B0", "&a=1&a=2", "?", "=", "+", "%", NULL};
