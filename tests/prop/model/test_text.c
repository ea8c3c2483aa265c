/* Laws of requirements, names and keys on random text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/rng.h"
#include "model/control.h"
#include "model/dup.h"
#include "model/ident.h"
#include "model/ladder.h"
#include "model/money.h"
#include "model/quantity.h"
#include "model/region.h"
#include "model/requirement.h"
#include "model/translit.h"

static struct zv_arena arena;
static struct zv_rng rng;

/* Pieces that statements, names and numbers are made of, sound and broken ones. */
static const char *const pieces[] = {
	"purity", "чистота", "вода", " ", ">=", "<=", "=", ">", "<", "in", "из", "(", ")", ",", ";", "..", "99.0", "0,1", "-5", "1 000",
	"%", "ppm", "мПа·с", "kg/m3", "soft", "мягко", "3", "white", "белый", "ч.д.а.", "grade", "\n", "не менее", "12Х18Н10Т", "ООО", "«",
	"»", "Ока", "РОСА", "POCA", "ё", "ц", "ts", "ch", "х", "\xff", "\xe2\x80\xae", "\xc2\xa0", "₽", "руб.", "тыс.", "млн", "/", "кг", "t",
	":", "+", "200", "E+11", "0", "6299000012", "123-54-6", "ГОСТ", "Р", "-", "область", "Респ", "Саха", "Мл", "µ", "³", "\0x",
};

static struct zv_str random_text(int max)
{
	struct zv_buf out;
	struct zv_str text;
	int n = (int)zv_rng_below(&rng, (uint64_t)max);

	zv_buf_init(&out, 0);
	for (int i = 0; i < n; i++) {
		zv_buf_add_c(&out, pieces[zv_rng_below(&rng, ZV_LEN(pieces))]);
		if (zv_rng_below(&rng, 3) == 0)
			zv_buf_add_char(&out, ' ');
	}
	text = zv_str_dup(&arena, zv_buf_str(&out));
	zv_buf_done(&out);
	return text;
}

static struct zv_str canonical(const struct zv_requirements *list)
{
	struct zv_buf out;
	struct zv_str text;

	zv_buf_init(&out, 0);
	zv_requirements_format(&out, list);
	text = zv_str_dup(&arena, zv_buf_str(&out));
	zv_buf_done(&out);
	return text;
}

static bool same_requirement(const struct zv_requirement *a, const struct zv_requirement *b)
{
	bool same = zv_str_eq(a->property, b->property) && a->op == b->op && a->numeric == b->numeric && a->grade == b->grade &&
		    a->lo == b->lo && a->hi == b->hi && zv_str_eq(a->lo_text, b->lo_text) && zv_str_eq(a->hi_text, b->hi_text) &&
		    zv_str_eq(a->unit, b->unit) && a->n_words == b->n_words && a->hard == b->hard && a->weight == b->weight;

	for (size_t i = 0; same && i < a->n_words; i++)
		same = zv_str_eq(a->words[i], b->words[i]);
	return same;
}

static void what_was_read_is_written_and_read_again_alike(void **state)
{
	long taken = 0;

	(void)state;
	for (long i = 0; i < 300000; i++) {
		struct zv_str text = random_text(9);
		struct zv_requirements list = {0};
		struct zv_requirements again = {0};
		struct zv_err err = {0};

		if (zv_requirements_parse(&list, text, &arena, "req", NULL) == ZV_OK && list.n > 0) {
			struct zv_str shown = canonical(&list);

			taken++;
			if (zv_requirements_parse(&again, shown, &arena, "req", &err) != ZV_OK)
				fail_msg("“%.*s” became “%.*s”: %s", ZV_STR_FMT(text), ZV_STR_FMT(shown), err.text);
			assert_int_equal(list.n, again.n);
			for (size_t k = 0; k < list.n; k++) {
				if (!same_requirement(&list.p[k], &again.p[k]))
					fail_msg("“%.*s” became “%.*s”", ZV_STR_FMT(text), ZV_STR_FMT(shown));
			}
		}
		if (i % 256 == 0)
			zv_arena_reset(&arena);
	}
	print_message("%ld lists read back\n", taken);
	assert_true(taken > 1000);
}

/* A test passes or fails as the plain comparison of two numbers says. */
static void verdicts_agree_with_plain_comparison(void **state)
{
	static const char *const ops[] = {"=", ">=", "<=", ">", "<"};

	(void)state;
	for (long i = 0; i < 100000; i++) {
		int64_t wanted = zv_rng_range(&rng, 0, 30);
		int64_t have = zv_rng_range(&rng, 0, 30);
		int op = (int)zv_rng_below(&rng, ZV_LEN(ops));
		bool expected = op == 0 ? have == wanted : op == 1 ? have >= wanted : op == 2 ? have <= wanted : op == 3 ? have > wanted : have < wanted;
		struct zv_requirements need = {0};
		struct zv_requirements offer = {0};
		struct zv_req_result result = {0};

		assert_int_equal(zv_requirements_parse(&need, zv_arena_strf(&arena, "x %s %d.%d %%", ops[op], (int)wanted / 10, (int)wanted % 10), &arena, "r", NULL), ZV_OK);
		assert_int_equal(zv_requirements_parse(&offer, zv_arena_strf(&arena, "x = %d ppm", (int)have * 1000), &arena, "r", NULL), ZV_OK);
		zv_requirement_test(&result, need.p, &offer, &arena);
		assert_int_equal(result.verdict, expected ? ZV_REQ_PASS : ZV_REQ_FAIL);
		if (i % 256 == 0)
			zv_arena_reset(&arena);
	}
}

static void likeness_is_symmetric_and_full_for_the_same(void **state)
{
	(void)state;
	for (long i = 0; i < 50000; i++) {
		struct zv_name a;
		struct zv_name b;
		int forth;

		zv_name_keys(&a, random_text(6), &arena);
		zv_name_keys(&b, random_text(6), &arena);
		forth = zv_name_similarity(a.core, b.core);
		assert_int_equal(forth, zv_name_similarity(b.core, a.core));
		assert_in_range(forth, 0, 1000);
		assert_int_equal(zv_name_similarity(a.core, a.core), a.core.n > 0 ? 1000 : 0);
		if (i % 256 == 0)
			zv_arena_reset(&arena);
	}
}

/* Nothing a stranger writes may crash, loop or be half taken. The sanitizers are the judges. */
static void no_text_breaks_a_reader(void **state)
{
	(void)state;
	for (long i = 0; i < 100000; i++) {
		struct zv_str text = random_text(8);
		struct zv_control_query query = {.cas = text, .okpd2 = text, .names = &text, .n_names = 1};
		struct zv_control_result held;
		struct zv_dup_record record = {text, text, text, text, text, text, text, text};
		struct zv_dup_key key;
		struct zv_quantity quantity;
		struct zv_ladder ladder;
		struct zv_price price;
		const struct zv_region *region;
		enum zv_dim dim;
		struct zv_err err;
		struct zv_buf out;
		char code[ZV_CLASS_TEXT];
		char standard[ZV_STANDARD_TEXT];
		char cas[ZV_CAS_TEXT];
		int64_t n;

		(void)!zv_inn_check(text, "f", &err);
		(void)!zv_ogrn_any_check(text, "f", &err);
		(void)!zv_kpp_check(text, "f", &err);
		(void)!zv_gtin_check(text, "f", &err);
		(void)!zv_cas_check(text, "f", &err);
		(void)!zv_cas_from_digits(cas, text, "f", &err);
		(void)!zv_inchikey_check(text, "f", &err);
		(void)!zv_standard_parse(standard, text, "f", &err);
		(void)!zv_class_parse(code, (enum zv_class_scheme)zv_rng_below(&rng, 4), text, "f", &err);
		(void)zv_class_distance(ZV_CLASS_OKPD2, text, ZV_STR("20.14"));
		(void)!zv_quantity_parse(&quantity, text, &arena, "f", &err);
		(void)!zv_density_parse(&n, text, "f", &err);
		(void)!zv_money_parse(&n, text, "f", &err);
		(void)!zv_price_parse(&price, &dim, text, NULL, "f", &err);
		(void)!zv_ladder_parse(&ladder, text, zv_unit_by_key(ZV_STR("kg")), &arena, "f", &err);
		(void)!zv_regions_find(&region, zv_regions_builtin(), text, "f", &err);
		(void)!zv_name_check(text, 100, "f", &err);
		zv_dup_key(&key, &record, &arena);
		zv_control_check(&held, zv_controls_builtin(), &query, &arena);
		zv_buf_init(&out, 0);
		zv_translit_key(&out, text);
		zv_translit_latin(&out, text);
		zv_translit_russian(&out, text);
		zv_buf_done(&out);
		if (i % 64 == 0)
			zv_arena_reset(&arena);
	}
}

static int start(void **state)
{
	const char *text = getenv("ZVENO_SEED");
	uint64_t seed = text != NULL ? strtoull(text, NULL, 10) : (uint64_t)time(NULL);

	(void)state;
	print_message("seed %" PRIu64 " (ZVENO_SEED repeats it)\n", seed);
	zv_rng_init(&rng, seed);
	zv_arena_init(&arena);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	zv_arena_done(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_read_is_written_and_read_again_alike),
		cmocka_unit_test(verdicts_agree_with_plain_comparison),
		cmocka_unit_test(likeness_is_symmetric_and_full_for_the_same),
		cmocka_unit_test(no_text_breaks_a_reader),
	};

	return cmocka_run_group_tests_name("prop/model/text", tests, start, finish);
}
