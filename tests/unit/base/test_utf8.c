/* UTF-8 against utf8proc, and the folding that makes names equal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

#include "base/rng.h"
#include "base/utf8.h"

enum { LAST = 0x10ffff };

static bool is_surrogate(uint32_t c)
{
	return c >= 0xd800 && c <= 0xdfff;
}

static void every_code_point_is_written_as_utf8proc_writes_it(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= LAST; c++) {
		utf8proc_uint8_t want[4];
		char got[4];
		size_t n = zv_utf8_encode(got, c);
		struct zv_str s = { got, n };
		uint32_t back = 0;

		if (is_surrogate(c)) {
			assert_true(zv_str_eq_c(s, "\xef\xbf\xbd"));
			continue;
		}
		assert_int_equal(n, utf8proc_encode_char((utf8proc_int32_t)c, want));
		assert_memory_equal(got, want, n);
		assert_int_equal(zv_utf8_check(s), -1);
		assert_true(zv_utf8_next(&back, &s) && back == c && s.n == 0);
	}
	assert_int_equal(zv_utf8_encode((char[4]){ 0 }, LAST + 1), 3);
}

/* Position of the first fault by utf8proc, which like us refuses overlong forms and surrogates. */
static ptrdiff_t fault_by_utf8proc(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t step = utf8proc_iterate(p + i, (utf8proc_ssize_t)(n - i), &c);

		if (step <= 0)
			return (ptrdiff_t)i;
		i += (size_t)step;
	}
	return -1;
}

static void all_short_runs_of_bytes_are_judged_as_utf8proc_judges_them(void **state)
{
	(void)state;
	for (unsigned v = 0; v < 1u << 24; v++) {
		unsigned char bytes[4] = { (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v, 0x80 };

		if (bytes[0] < 0x80 && bytes[0] != 'a') /* ASCII is alike: one stands for all */
			continue;
		for (size_t n = 1; n <= 4; n++) {
			struct zv_str s = { (const char *)bytes, n };

			if (zv_utf8_check(s) != fault_by_utf8proc(bytes, n))
				fail_msg("%06x, %zu bytes", v, n);
			if ((n == 1 && v % 65536 != 0) || (n == 2 && v % 256 != 0))
				n++;
		}
	}
}

static void random_bytes_are_walked_to_the_end_without_a_skip(void **state)
{
	struct zv_rng rng;

	(void)state;
	print_message("# seed 8\n");
	zv_rng_init(&rng, 8);
	for (int round = 0; round < 100000; round++) {
		unsigned char bytes[12];
		size_t n = zv_rng_below(&rng, sizeof(bytes) + 1);
		struct zv_str rest = { (const char *)bytes, n };
		ptrdiff_t fault;
		uint32_t c;
		size_t walked = 0;
		ptrdiff_t first_bad = -1;

		for (size_t i = 0; i < n; i++) {
			static const unsigned char likely[] = { 'a', 0xd0, 0x90, 0xe2, 0x80, 0xaf, 0xf0, 0x9f, 0xed, 0xa0, 0xff };

			bytes[i] = likely[zv_rng_below(&rng, sizeof(likely))];
		}
		fault = fault_by_utf8proc(bytes, n);
		while (zv_utf8_next(&c, &rest)) {
			size_t step = n - rest.n - walked;

			if (c == 0xfffd && step == 1 && first_bad < 0)
				first_bad = (ptrdiff_t)walked;
			walked += step;
		}
		assert_int_equal(walked, n);
		assert_int_equal(first_bad, fault);
		assert_int_equal(zv_utf8_check((struct zv_str){ (const char *)bytes, n }), fault);
	}
}

static void characters_are_counted_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(zv_utf8_count(ZV_STR("")), 0);
	assert_int_equal(zv_utf8_count(ZV_STR("Рязань")), 6);
	assert_int_equal(zv_utf8_count(ZV_STR("a😀b")), 3);
}

static void a_quote_never_ends_in_half_a_character(void **state)
{
	static const char text[] = "aЯ€😀я";

	(void)state;
	for (size_t n = 0; n <= sizeof(text); n++) {
		struct zv_str cut = zv_utf8_first(zv_str_c(text), n);

		assert_true(cut.n <= n && cut.n + 4 > (n < sizeof(text) ? n : sizeof(text) - 1));
		assert_int_equal(zv_utf8_check(cut), -1);
	}
	assert_int_equal(zv_utf8_first(ZV_STR("\x80\x80\x80\x80\x80\x80\x80"), 6).n, 6);
}

static struct zv_str folded(struct zv_buf *buf, struct zv_str s)
{
	zv_buf_reset(buf);
	zv_utf8_fold(buf, s);
	return zv_buf_str(buf);
}

static void names_that_a_reader_takes_for_equal_fold_alike(void **state)
{
	static const char *const pairs[][2] = {
		{ "АО «Завод»", "ао «завод»" }, { "ЁЛКА", "ёлка" },	   { "Йод", "ЙОД" },
		{ "й", "и\xcc\x86" },		{ "ﬁne", "FINE" },	   { "№ 5", "no 5" },
		{ "Straße", "STRASSE" },	{ "a\xc2\xad" "b", "AB" }, { "H₂SO₄", "h2so4" },
		{ "a\xc2\xa0" "b", "a b" },	{ "ΑΣ", "ας" },
	};
	struct zv_buf a;
	struct zv_buf b;

	(void)state;
	zv_buf_init(&a, 0);
	zv_buf_init(&b, 0);
	for (size_t i = 0; i < ZV_LEN(pairs); i++) {
		if (!zv_str_eq(folded(&a, zv_str_c(pairs[i][0])), folded(&b, zv_str_c(pairs[i][1]))))
			fail_msg("%s and %s fold to %s and %s", pairs[i][0], pairs[i][1], zv_buf_c(&a), zv_buf_c(&b));
	}
	assert_false(zv_str_eq(folded(&a, ZV_STR("е")), folded(&b, ZV_STR("ё"))));
	zv_buf_done(&a);
	zv_buf_done(&b);
}

/* The quick way for Russian and ASCII must give what utf8proc gives. */
static void the_quick_way_gives_what_utf8proc_gives(void **state)
{
	struct zv_buf got;
	struct zv_rng rng;

	(void)state;
	print_message("# seed 9\n");
	zv_rng_init(&rng, 9);
	zv_buf_init(&got, 0);
	for (int round = 0; round < 100000; round++) {
		char bytes[64];
		utf8proc_uint8_t *want = NULL;
		utf8proc_ssize_t want_n;
		size_t n = 0;

		for (uint64_t i = zv_rng_below(&rng, 12); i > 0; i--) {
			uint32_t c = zv_rng_below(&rng, 3) == 0 ? (uint32_t)zv_rng_below(&rng, 0x80)
								: 0x400 + (uint32_t)zv_rng_below(&rng, 0x60);

			if (zv_rng_below(&rng, 40) == 0)
				c = 0x300 + (uint32_t)zv_rng_below(&rng, 0x30);
			n += zv_utf8_encode(bytes + n, c);
		}
		want_n = utf8proc_map((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)n, &want,
				      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
					      UTF8PROC_IGNORE);
		assert_true(want_n >= 0);
		assert_true(zv_str_eq(folded(&got, (struct zv_str){ bytes, n }),
				      (struct zv_str){ (const char *)want, (size_t)want_n }));
		free(want);
	}
	zv_buf_done(&got);
}

static void folding_twice_changes_nothing(void **state)
{
	struct zv_buf once;
	struct zv_buf twice;

	(void)state;
	zv_buf_init(&once, 0);
	zv_buf_init(&twice, 0);
	for (uint32_t c = 0; c <= 0x1ffff; c++) {
		char bytes[4];

		(void)folded(&once, (struct zv_str){ bytes, zv_utf8_encode(bytes, c) });
		if (!zv_str_eq(folded(&twice, zv_buf_str(&once)), zv_buf_str(&once)))
			fail_msg("U+%04X", c);
	}
	zv_buf_done(&once);
	zv_buf_done(&twice);
}

static void stored_text_is_composed_and_bad_bytes_stay_as_they_are(void **state)
{
	struct zv_buf buf;

	(void)state;
	zv_buf_init(&buf, 0);
	zv_utf8_nfc(&buf, ZV_STR("и\xcc\x86" " ABC"));
	assert_string_equal(zv_buf_c(&buf), "й ABC");
	zv_buf_reset(&buf);
	zv_utf8_nfc(&buf, ZV_STR("a\xff" "b"));
	assert_string_equal(zv_buf_c(&buf), "a\xff" "b");
	zv_buf_reset(&buf);
	zv_utf8_fold(&buf, ZV_STR("A\xd0"));
	assert_string_equal(zv_buf_c(&buf), "A\xd0");
	zv_buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_is_written_as_utf8proc_writes_it),
		cmocka_unit_test(all_short_runs_of_bytes_are_judged_as_utf8proc_judges_them),
		cmocka_unit_test(random_bytes_are_walked_to_the_end_without_a_skip),
		cmocka_unit_test(characters_are_counted_not_bytes),
		cmocka_unit_test(a_quote_never_ends_in_half_a_character),
		cmocka_unit_test(names_that_a_reader_takes_for_equal_fold_alike),
		cmocka_unit_test(the_quick_way_gives_what_utf8proc_gives),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(stored_text_is_composed_and_bad_bytes_stay_as_they_are),
	};

	return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
