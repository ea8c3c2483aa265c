/* The hash table against a plain list of pairs; the hash and the digest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/rng.h"

enum { KEYS = 3000 };

static void an_empty_map_has_nothing(void **state)
{
	struct zv_map map;
	int64_t v = 77;

	(void)state;
	zv_map_init(&map);
	assert_false(zv_map_get(&v, &map, ZV_STR("")));
	assert_false(zv_map_get_int(&v, &map, 0));
	assert_int_equal(v, 77);
	zv_map_done(&map);
	zv_map_done(&map);
}

static void the_empty_text_and_bytes_of_zero_are_keys(void **state)
{
	struct zv_map map;
	int64_t v = 0;

	(void)state;
	zv_map_init(&map);
	zv_map_put(&map, (struct zv_str){ 0 }, 1);
	zv_map_put(&map, ZV_STR("a\0b"), 2);
	zv_map_put(&map, ZV_STR("a\0c"), 3);
	assert_true(zv_map_get(&v, &map, ZV_STR("")) && v == 1);
	assert_true(zv_map_get(&v, &map, ZV_STR("a\0b")) && v == 2);
	assert_false(zv_map_get(&v, &map, ZV_STR("a")));
	assert_int_equal(map.n, 3);
	zv_map_done(&map);
}

/* Law: after any run of puts a get gives what was put last under the key, and nothing else is there. */
static void the_last_put_under_a_key_is_what_a_get_gives(void **state)
{
	static int64_t model[KEYS];
	static bool put[KEYS];
	struct zv_map text_map;
	struct zv_map int_map;
	struct zv_rng rng;
	size_t different = 0;

	(void)state;
	print_message("# seed 5\n");
	zv_rng_init(&rng, 5);
	zv_map_init(&text_map);
	zv_map_init(&int_map);
	for (int i = 0; i < 4 * KEYS; i++) {
		size_t k = zv_rng_below(&rng, KEYS);
		char key[32];

		snprintf(key, sizeof(key), "ключ %zu", k);
		model[k] = (int64_t)zv_rng_next(&rng);
		different += !put[k];
		put[k] = true;
		zv_map_put(&text_map, zv_str_c(key), model[k]);
		zv_map_put_int(&int_map, (int64_t)k - KEYS / 2, model[k]);
		memset(key, 0, sizeof(key)); /* the map has its own copy */
	}
	assert_int_equal(text_map.n, different);
	assert_int_equal(int_map.n, different);
	for (size_t k = 0; k < KEYS; k++) {
		char key[32];
		int64_t v = 0;

		snprintf(key, sizeof(key), "ключ %zu", k);
		assert_int_equal(zv_map_get(&v, &text_map, zv_str_c(key)), put[k]);
		assert_true(!put[k] || v == model[k]);
		assert_int_equal(zv_map_get_int(&v, &int_map, (int64_t)k - KEYS / 2), put[k]);
		assert_true(!put[k] || v == model[k]);
	}
	zv_map_done(&text_map);
	zv_map_done(&int_map);
}

static void *look_up(void *arg)
{
	int64_t v = 0;

	return zv_map_get(&v, arg, ZV_STR("key")) && v == 9 ? arg : NULL;
}

static void a_map_filled_in_one_thread_is_read_in_another(void **state)
{
	struct zv_map map;
	pthread_t thread;
	void *found = NULL;

	(void)state;
	zv_map_init(&map);
	zv_map_put(&map, ZV_STR("key"), 9);
	assert_int_equal(pthread_create(&thread, NULL, look_up, &map), 0);
	assert_int_equal(pthread_join(thread, &found), 0);
	assert_ptr_equal(found, &map);
	zv_map_done(&map);
}

/* RFC 7693 defines BLAKE2b; these two values are widely published for 256 bits. */
static void digests_are_blake2b_256(void **state)
{
	char hex[ZV_DIGEST_HEX];

	(void)state;
	zv_digest_hex(hex, ZV_STR(""));
	assert_string_equal(hex, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	zv_digest_hex(hex, ZV_STR("abc"));
	assert_string_equal(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	assert_int_equal(zv_digest_key(ZV_STR("abc")), 0xbddd813c63423972u >> 1);
}

static void keys_from_digests_are_never_negative(void **state)
{
	(void)state;
	for (int i = 0; i < 10000; i++)
		assert_true(zv_digest_key((struct zv_str){ (const char *)&i, sizeof(i) }) >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(the_empty_text_and_bytes_of_zero_are_keys),
		cmocka_unit_test(the_last_put_under_a_key_is_what_a_get_gives),
		cmocka_unit_test(a_map_filled_in_one_thread_is_read_in_another),
		cmocka_unit_test(digests_are_blake2b_256),
		cmocka_unit_test(keys_from_digests_are_never_negative),
	};

	return cmocka_run_group_tests_name("base/map", tests, NULL, NULL);
}
