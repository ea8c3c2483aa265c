/* Arena, growing bytes, growing arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/vec.h"

static void pieces_are_aligned_apart_and_keep_what_is_written(void **state)
{
	enum { PIECES = 2000 };
	struct zv_arena arena;
	struct zv_rng rng;
	unsigned char *piece[PIECES];
	size_t size[PIECES];

	(void)state;
	zv_rng_init(&rng, 3);
	zv_arena_init(&arena);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < PIECES; i++) {
			size[i] = zv_rng_below(&rng, i % 100 == 0 ? 100000 : 200);
			piece[i] = zv_arena_alloc(&arena, size[i]);
			assert_int_equal((uintptr_t)piece[i] % 16, 0);
			memset(piece[i], (int)(i & 0xff), size[i]);
		}
		for (size_t i = 0; i < PIECES; i++) {
			for (size_t at = 0; at < size[i]; at++)
				assert_int_equal(piece[i][at], i & 0xff);
		}
		zv_arena_reset(&arena);
	}
	zv_arena_done(&arena);
}

static void a_loop_that_resets_allocates_nothing_more(void **state)
{
	struct zv_arena arena;
	const void *block = NULL;

	(void)state;
	zv_arena_init(&arena);
	zv_arena_reset(&arena);
	for (int row = 0; row < 1000; row++) {
		zv_arena_reset(&arena);
		for (int i = 0; i < 50; i++)
			assert_non_null(zv_arena_alloc(&arena, 100));
		if (row == 10)
			block = arena.head;
		if (row > 10)
			assert_ptr_equal(arena.head, block);
	}
	zv_arena_done(&arena);
	assert_null(arena.head);
}

static void cleared_memory_is_cleared_after_a_reset_too(void **state)
{
	struct zv_arena arena;

	(void)state;
	zv_arena_init(&arena);
	memset(zv_arena_alloc(&arena, 1000), 0xff, 1000);
	zv_arena_reset(&arena);
	for (int i = 0; i < 10; i++) {
		int64_t *p = ZV_ARENA_ARRAY(&arena, int64_t, 10);

		for (int at = 0; at < 10; at++)
			assert_int_equal(p[at], 0);
	}
	zv_arena_done(&arena);
}

static void copies_are_ended_by_a_nul(void **state)
{
	struct zv_arena arena;
	struct zv_str copy;

	(void)state;
	zv_arena_init(&arena);
	copy = zv_str_dup(&arena, zv_str_first(ZV_STR("Рязань"), 4));
	assert_string_equal(copy.p, "Ря");
	assert_int_equal(zv_str_dup(&arena, (struct zv_str){ 0 }).p[0], '\0');
	assert_string_equal(zv_arena_strf(&arena, "%d %s", 5, "kg").p, "5 kg");
	assert_int_equal(zv_arena_strf(&arena, "%*d", 5000, 1).n, 5000);
	zv_arena_done(&arena);
}

static void bytes_grow_and_hold_everything(void **state)
{
	struct zv_buf buf;

	(void)state;
	zv_buf_init(&buf, 0);
	assert_string_equal(zv_buf_c(&buf), "");
	for (int i = 0; i < 10000; i++)
		zv_buf_addf(&buf, "%d,", i % 10);
	zv_buf_add_utf8(&buf, 0x42f);
	zv_buf_add_c(&buf, "!");
	zv_buf_add_str(&buf, (struct zv_str){ 0 });
	assert_int_equal(buf.n, 20003);
	assert_true(zv_str_ends(zv_buf_str(&buf), ZV_STR("9,Я!")));
	assert_int_equal(strlen(zv_buf_c(&buf)), buf.n);
	zv_buf_reset(&buf);
	assert_int_equal(buf.n, 0);
	assert_string_equal(zv_buf_c(&buf), "");
	zv_buf_done(&buf);
	assert_null(buf.p);
}

static void what_passes_the_limit_is_left_out_whole(void **state)
{
	struct zv_buf buf;

	(void)state;
	zv_buf_init(&buf, 10);
	zv_buf_add_c(&buf, "12345678");
	assert_false(buf.full);
	zv_buf_add_c(&buf, "abc");
	assert_true(buf.full);
	assert_string_equal(zv_buf_c(&buf), "12345678");
	zv_buf_addf(&buf, "%s", "abc");
	assert_null(zv_buf_reserve(&buf, 3));
	assert_null(zv_buf_reserve(&buf, SIZE_MAX));
	zv_buf_add_c(&buf, "90");
	assert_string_equal(zv_buf_c(&buf), "1234567890");
	assert_true(buf.full);
	zv_buf_reset(&buf);
	assert_false(buf.full);
	zv_buf_done(&buf);
	assert_int_equal(buf.max, 10);
}

static void reserved_room_becomes_content_when_counted(void **state)
{
	struct zv_buf buf;
	char *to;

	(void)state;
	zv_buf_init(&buf, 0);
	for (size_t n = 0; n < 300; n++) {
		to = zv_buf_reserve(&buf, n);
		assert_non_null(to);
		memset(to, 'x', n);
		buf.n += n;
	}
	assert_int_equal(buf.n, 300 * 299 / 2);
	assert_int_equal(strlen(zv_buf_c(&buf)), buf.n);
	zv_buf_done(&buf);
}

static void arrays_grow_and_keep_their_order(void **state)
{
	ZV_VEC(int) v = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++)
		zv_vec_push(&v, i * 3);
	assert_int_equal(v.n, 10000);
	zv_vec_grow(&v, 5000);
	assert_true(v.cap >= 15000);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(v.p[i], i * 3);
	zv_vec_push(&v, v.p[7]);
	assert_int_equal(v.p[10000], 21);
	zv_vec_done(&v);
	assert_null(v.p);
	assert_int_equal(v.cap, 0);
}

static void nothing_asked_for_is_still_memory(void **state)
{
	char *p = zv_alloc(0);
	char *text = zv_strdup("текст");

	(void)state;
	p = zv_realloc(p, 0);
	assert_non_null(p);
	free(p);
	p = zv_calloc(0, 8);
	assert_non_null(p);
	free(p);
	assert_string_equal(text, "текст");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_aligned_apart_and_keep_what_is_written),
		cmocka_unit_test(a_loop_that_resets_allocates_nothing_more),
		cmocka_unit_test(cleared_memory_is_cleared_after_a_reset_too),
		cmocka_unit_test(copies_are_ended_by_a_nul),
		cmocka_unit_test(bytes_grow_and_hold_everything),
		cmocka_unit_test(what_passes_the_limit_is_left_out_whole),
		cmocka_unit_test(reserved_room_becomes_content_when_counted),
		cmocka_unit_test(arrays_grow_and_keep_their_order),
		cmocka_unit_test(nothing_asked_for_is_still_memory),
	};

	return cmocka_run_group_tests_name("base/memory", tests, NULL, NULL);
}
