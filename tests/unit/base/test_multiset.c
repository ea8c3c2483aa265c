/* The digest of a set: the order does not matter, what is taken again leaves nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/multiset.h"
#include "base/rng.h"

enum { TEXTS = 200 };

static struct zv_str text_of(char out[32], int i)
{
	return (struct zv_str){out, (size_t)snprintf(out, 32, "text %d", i)};
}

static void the_order_of_adding_and_taking_does_not_matter(void **state)
{
	const char *seed = getenv("ZVENO_TEST_SEED");
	struct zv_multiset a = {0}, b = {0};
	int order[TEXTS];
	struct zv_rng rng;
	char text[32];

	(void)state;
	print_message("seed %s\n", seed != NULL ? seed : "1");
	zv_rng_init(&rng, seed != NULL ? strtoull(seed, NULL, 10) : 1);
	for (int i = 0; i < TEXTS; i++) {
		order[i] = i;
		zv_multiset_add(&a, text_of(text, i));
		zv_multiset_take(&b, text_of(text, TEXTS + i));
	}
	for (int i = TEXTS - 1; i > 0; i--) {
		int k = (int)zv_rng_below(&rng, (uint64_t)i + 1), keep = order[i];

		order[i] = order[k];
		order[k] = keep;
	}
	for (int i = 0; i < TEXTS; i++) {
		zv_multiset_add(&b, text_of(text, order[i]));
		zv_multiset_add(&b, text_of(text, TEXTS + order[i]));
	}
	assert_memory_equal(&a, &b, sizeof(a));
}

static void a_set_with_another_text_or_another_count_differs(void **state)
{
	struct zv_multiset a = {0}, b = {0};
	char digest_a[ZV_DIGEST_HEX], digest_b[ZV_DIGEST_HEX];

	(void)state;
	zv_multiset_add(&a, ZV_STR("x"));
	zv_multiset_add(&b, ZV_STR("y"));
	assert_memory_not_equal(&a, &b, sizeof(a));
	zv_multiset_add(&b, ZV_STR("x"));
	zv_multiset_take(&b, ZV_STR("y"));
	assert_memory_equal(&a, &b, sizeof(a));
	zv_multiset_add(&b, ZV_STR("x"));
	zv_multiset_digest(digest_a, &a);
	zv_multiset_digest(digest_b, &b);
	assert_string_not_equal(digest_a, digest_b);
}

static void what_is_written_is_read_back_and_nothing_else_is(void **state)
{
	static char hex[ZV_MULTISET_HEX];
	struct zv_multiset a = {0}, b;

	(void)state;
	zv_multiset_add(&a, ZV_STR("x"));
	zv_multiset_format(hex, &a);
	assert_int_equal(strlen(hex), ZV_MULTISET_HEX - 1);
	assert_true(zv_multiset_parse(&b, zv_str_c(hex)));
	assert_memory_equal(&a, &b, sizeof(a));
	assert_false(zv_multiset_parse(&b, zv_str_from(zv_str_c(hex), 2)));
	hex[7] = 'g';
	assert_false(zv_multiset_parse(&b, zv_str_c(hex)));
	hex[7] = '\0';
	assert_false(zv_multiset_parse(&b, (struct zv_str){hex, ZV_MULTISET_HEX - 1}));
	assert_false(zv_multiset_parse(&b, ZV_STR("")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_adding_and_taking_does_not_matter),
		cmocka_unit_test(a_set_with_another_text_or_another_count_differs),
		cmocka_unit_test(what_is_written_is_read_back_and_nothing_else_is),
	};

	return cmocka_run_group_tests_name("multiset", tests, NULL, NULL);
}
