/* Which words the index of words sees in a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/search_rank.h"
#include "store/words.h"

static void assert_words(const char *text, bool open, const char *stems)
{
	struct zv_words words;

	zv_words_init(&words);
	zv_words_add(&words, zv_str_c(text), open);
	assert_string_equal(zv_buf_c(&words.stems), stems);
	zv_words_done(&words);
}

static void word_forms_become_one_stem(void **state)
{
	(void)state;
	assert_words("Кислоты уксусной", false, "кислот уксусн");
	assert_words("уксусная КИСЛОТА", false, "уксусн кислот");
	assert_words("Solvents", false, "solvent");
}

static void names_of_substances_are_not_taken_for_verbs(void **state)
{
	(void)state;
	assert_words("ацетил ацетила ацетилен ацетилена ацетиленом", false, "ацетил ацетил ацетилен ацетилен ацетилен");
	assert_words("метан метана нитрит нитрита нитрат хлорит хлор", false, "метан метан нитрит нитрит нитрат хлорит хлор");
	assert_words("деталь детали эмаль эмали машина машины машин", false, "детал детал эмал эмал машин машин машин");
	assert_words("carbonate carbonates carbon phthalate", false, "carbonat carbonat carbon phthalat");
	assert_words("состав состава нить нити солью соль соли", false, "состав состав нит нит сол сол сол");
}

static void stop_words_are_dropped_and_yo_is_ye(void **state)
{
	(void)state;
	assert_words("краска для полов и the стен", false, "краск пол стен");
	assert_words("зелёный", false, "зелен");
	assert_words("для", false, "");
}

static void numbers_and_short_letters_join_and_words_do_not(void **state)
{
	(void)state;
	assert_words("2,4-Д", false, "2_4_д");
	assert_words("2,4–динитрофенол", false, "2_4 динитрофенол");
	assert_words("20.14.62.", false, "20_14_62");
	assert_words("CAS 123-54-6", false, "cas 123_54_6");
	assert_words("Аи-92, 99,8 %", false, "аи_92 99_8");
	assert_words("H2SO4 (98%)", false, "h2so4 98");
	assert_words("пентандион-2,4", false, "пентандион 2_4");
	assert_words("N,N-диметил", false, "n n диметил");
	assert_words("1. ГОСТ 10003-90", false, "1 гост 10003_90");
}

static void an_open_last_word_is_not_stemmed_but_only_the_last(void **state)
{
	(void)state;
	assert_words("уксусная кислота", true, "уксусн кислота");
	assert_words("уксусная кислота ", true, "уксусн кислот");
}

static void both_scripts_have_one_key(void **state)
{
	struct zv_words words;

	(void)state;
	zv_words_init(&words);
	zv_words_add(&words, ZV_STR("ацетил acetyl 2,4-Д 2,4-D фталат phthalate"), false);
	assert_int_equal(words.n, 6);
	assert_true(zv_str_eq(zv_word_key(&words, 0), zv_word_key(&words, 1)));
	assert_true(zv_str_eq(zv_word_key(&words, 2), zv_word_key(&words, 3)));
	assert_true(zv_str_eq(zv_word_key(&words, 4), zv_word_key(&words, 5)));
	zv_words_done(&words);
}

static void a_text_without_end_is_cut(void **state)
{
	struct zv_words words;
	struct zv_buf text;

	(void)state;
	zv_buf_init(&text, 0);
	for (int i = 0; i < 5000; i++)
		zv_buf_addf(&text, "слово%d ", i);
	for (int i = 0; i < 5000; i++)
		zv_buf_add_c(&text, "безпробелов");
	zv_words_init(&words);
	zv_words_add(&words, zv_buf_str(&text), false);
	assert_int_equal(words.n, ZV_WORDS_MAX);
	zv_words_reset(&words);
	zv_words_add(&words, zv_str_from(zv_buf_str(&text), text.n - 50000), false);
	assert_true(words.n == 1 && words.stems.n <= 200);
	zv_words_done(&words);
	zv_buf_done(&text);
}

static int32_t rank(const char *query, bool prefix, const char *row)
{
	struct zv_words q, r;
	int32_t score;

	zv_words_init(&q);
	zv_words_init(&r);
	zv_words_add(&q, zv_str_c(query), prefix);
	zv_words_add(&r, zv_str_c(row), false);
	score = zv_search_rank(&q, prefix, zv_buf_str(&r.keys), zv_buf_str(&r.stems));
	zv_words_done(&q);
	zv_words_done(&r);
	return score;
}

static void a_better_answer_scores_higher(void **state)
{
	(void)state;
	assert_true(rank("ацетон", false, "ацетон") > rank("ацетон", false, "ацетон технический"));
	assert_true(rank("ацетон", false, "ацетон технический") > rank("ацетон", false, "технический ацетон"));
	assert_true(rank("ацетон", false, "ацетон") > rank("aceton", false, "ацетон"));
	assert_true(rank("ацет", true, "ацет") > rank("ацет", true, "ацетон"));
	assert_true(rank("67-64-1", false, "ацетон 67-64-1") > rank("ацетон", false, "ацетон 67-64-1"));
	assert_true(rank("20.14.62", false, "ацетон 20.14.62") > rank("20.14", false, "ацетон 20.14.62"));
	assert_true(rank("20.14", false, "ацетон 20.14.62") > 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(word_forms_become_one_stem),
		cmocka_unit_test(names_of_substances_are_not_taken_for_verbs),
		cmocka_unit_test(stop_words_are_dropped_and_yo_is_ye),
		cmocka_unit_test(numbers_and_short_letters_join_and_words_do_not),
		cmocka_unit_test(an_open_last_word_is_not_stemmed_but_only_the_last),
		cmocka_unit_test(both_scripts_have_one_key),
		cmocka_unit_test(a_text_without_end_is_cut),
		cmocka_unit_test(a_better_answer_scores_higher),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
