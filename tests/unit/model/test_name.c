/* Names, duplicates and transliteration. */
#include "base/tr.h"
#include "help.h"
#include "model/dup.h"
#include "model/translit.h"

static struct zv_arena arena;

static int set_up(void **state)
{
	(void)state;
	zv_arena_init(&arena);
	zv_tr_set_lang("en");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	zv_arena_done(&arena);
	return 0;
}

static void assert_keys(const char *text, const char *core, const char *form)
{
	struct zv_name name;

	zv_name_keys(&name, S(text), &arena);
	assert_text(name.core, core);
	assert_text(name.form, form);
}

static void quotes_case_and_legal_form_leave_the_core(void **state)
{
	(void)state;
	assert_keys("АО «Ока-Полимер»", "ока полимер", "ао");
	assert_keys("ока–полимер, АО", "ока полимер", "ао");
	assert_keys("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"ЗВЁЗДОЧКА\"", "звездочка", "ооо");
	assert_keys("Публичное акционерное общество \"Завод\"", "завод", "пао");
	assert_keys("LLC Oka Polymer", "oka polymer", "ооо");
	assert_keys("ООО", "ооо", "");
	assert_keys("Институт тонкого синтеза", "институт тонкого синтеза", "");
}

static void look_alike_letters_share_a_skeleton(void **state)
{
	struct zv_name a;
	struct zv_name b;

	(void)state;
	zv_name_keys(&a, S("АО «РОСА»"), &arena);   /* Cyrillic */
	zv_name_keys(&b, S("АО «POCA»"), &arena);   /* Latin */
	assert_true(zv_str_eq(a.skeleton, b.skeleton));
	assert_false(zv_str_eq(a.core, b.core));
	zv_name_keys(&b, S("АО «РОЗА»"), &arena);
	assert_false(zv_str_eq(a.skeleton, b.skeleton));
}

static void bidi_controls_and_broken_text_are_refused(void **state)
{
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_name_check(S("Ока"), 200, "name", &err), ZV_OK);
	assert_int_equal(zv_name_check(S("Ока\xe2\x80\xae"), 200, "name", &err), ZV_E_INVALID);
	assert_message(err, "U+202E");
	assert_int_equal(zv_name_check(S("a\xe2\x81\xa6z"), 200, "name", &err), ZV_E_INVALID);
	assert_int_equal(zv_name_check(S("a\x01z"), 200, "name", &err), ZV_E_INVALID);
	assert_int_equal(zv_name_check(S("\xff"), 200, "name", &err), ZV_E_INVALID);
	assert_int_equal(zv_name_check(S("  "), 200, "name", &err), ZV_E_INVALID);
	assert_int_equal(zv_name_check(S("длинное"), 5, "name", &err), ZV_E_INVALID);
	assert_string_equal(err.field, "name");
}

static struct zv_dup_result score(struct zv_dup_record a, struct zv_dup_record b)
{
	struct zv_dup_key x;
	struct zv_dup_key y;
	struct zv_dup_result forth;
	struct zv_dup_result back;

	zv_dup_key(&x, &a, &arena);
	zv_dup_key(&y, &b, &arena);
	zv_dup_score(&forth, &x, &y, ZV_DUP_RULES, &arena);
	zv_dup_score(&back, &y, &x, ZV_DUP_RULES, &arena);
	assert_int_equal(forth.score, back.score);
	return forth;
}

#define RECORD(...) ((struct zv_dup_record){__VA_ARGS__})

static void the_legal_id_comes_first(void **state)
{
	struct zv_dup_result r;

	(void)state;
	r = score(RECORD(.name = S("Альфа"), .inn = S("6299000012"), .kpp = S("623401001")),
		  RECORD(.name = S("Совсем другое"), .inn = S("6299000012"), .kpp = S("623401001")));
	assert_int_equal(r.class, ZV_DUP_CERTAIN);
	assert_int_equal(r.score, 1000);
	assert_text(r.reasons, "same INN and KPP");
	r = score(RECORD(.name = S("Альфа"), .ogrn = S("1037739010891")), RECORD(.name = S("Бета"), .ogrn = S("1037739010891")));
	assert_int_equal(r.class, ZV_DUP_CERTAIN);
	r = score(RECORD(.name = S("Альфа"), .inn = S("6299000012"), .kpp = S("623401001")),
		  RECORD(.name = S("Альфа"), .inn = S("6299000012"), .kpp = S("623402001")));
	assert_true(r.class == ZV_DUP_PROPOSE || r.class == ZV_DUP_REVIEW);
}

static void one_name_in_one_region_is_proposed_and_other_ids_hold_it_back(void **state)
{
	struct zv_dup_result r;

	(void)state;
	r = score(RECORD(.name = S("АО «Ока-Полимер»"), .region = S("RU-RYA")),
		  RECORD(.name = S("Акционерное общество \"ОКА ПОЛИМЕР\""), .region = S("RU-RYA")));
	assert_int_equal(r.class, ZV_DUP_PROPOSE);
	assert_true(r.score >= 900 && r.score < 1000);
	r = score(RECORD(.name = S("АО «Ока-Полимер»"), .region = S("RU-RYA"), .inn = S("6299000012")),
		  RECORD(.name = S("АО «Ока-Полимер»"), .region = S("RU-RYA"), .inn = S("5599000011")));
	assert_int_equal(r.class, ZV_DUP_REVIEW);
	assert_non_null(strstr(text_of(r.reasons), "other INN"));
	r = score(RECORD(.name = S("АО «Ока-Полимер»"), .region = S("RU-RYA")), RECORD(.name = S("ООО «Иртыш-Синтез»"), .region = S("RU-OMS")));
	assert_int_equal(r.class, ZV_DUP_NONE);
	r = score(RECORD(.name = S("АО «РОСА»")), RECORD(.name = S("АО «POCA»")));
	assert_int_equal(r.class, ZV_DUP_PROPOSE);
}

static void phone_and_site_lift_a_weak_name(void **state)
{
	struct zv_dup_result without;
	struct zv_dup_result with;

	(void)state;
	without = score(RECORD(.name = S("Рязанский завод полимеров")), RECORD(.name = S("Завод полимеров Ока")));
	with = score(RECORD(.name = S("Рязанский завод полимеров"), .phone = S("+7 (4912) 55-55-55"), .site = S("https://www.oka.ru/x")),
		     RECORD(.name = S("Завод полимеров Ока"), .phone = S("8 4912 555555"), .site = S("info@oka.ru")));
	assert_int_equal(with.score, without.score + 220);
	with = score(RECORD(.name = S("Альфа"), .site = S("a@mail.ru")), RECORD(.name = S("Омега"), .site = S("b@mail.ru")));
	assert_null(strstr(text_of(with.reasons), "same site"));
}

static void an_answer_is_asked_again_only_when_name_address_or_id_changed(void **state)
{
	struct zv_dup_record a = RECORD(.name = S("АО «Ока»"), .address = S("Рязань, 1"), .inn = S("6299000012"), .phone = S("1"));
	struct zv_dup_record b = RECORD(.name = S("ООО «Ока»"), .address = S("Рязань, 2"));
	struct zv_dup_key x;
	struct zv_dup_key y;
	char first[ZV_DIGEST_HEX];
	char again[ZV_DIGEST_HEX];

	(void)state;
	zv_dup_key(&x, &a, &arena);
	zv_dup_key(&y, &b, &arena);
	zv_dup_fingerprint(first, &x, &y);
	zv_dup_fingerprint(again, &y, &x);
	assert_string_equal(first, again);
	a.phone = S("2");
	a.name = S("АО \"ОКА\"");
	zv_dup_key(&x, &a, &arena);
	zv_dup_fingerprint(again, &x, &y);
	assert_string_equal(first, again);
	a.address = S("Рязань, 3");
	zv_dup_key(&x, &a, &arena);
	zv_dup_fingerprint(again, &x, &y);
	assert_string_not_equal(first, again);
}

static void likely_pairs_share_a_block(void **state)
{
	struct zv_dup_record a = RECORD(.name = S("АО «Ока-Полимер»"), .inn = S("6299000012"));
	struct zv_dup_record b = RECORD(.name = S("ОКА ПОЛИМЕР"));
	struct zv_str one[ZV_DUP_BLOCKS];
	struct zv_str other[ZV_DUP_BLOCKS];
	struct zv_dup_key x;
	struct zv_dup_key y;
	size_t n;
	size_t m;
	bool shared = false;

	(void)state;
	zv_dup_key(&x, &a, &arena);
	zv_dup_key(&y, &b, &arena);
	n = zv_dup_blocks(one, &x, &arena);
	m = zv_dup_blocks(other, &y, &arena);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < m; j++)
			shared = shared || zv_str_eq(one[i], other[j]);
	}
	assert_true(shared && n <= ZV_DUP_BLOCKS && m <= ZV_DUP_BLOCKS);
}

static struct zv_dup_key key_of_row(const struct table *table, size_t row)
{
	struct zv_dup_record record = {.name = cell(table, row, "name"), .region = cell(table, row, "region"), .inn = cell(table, row, "inn"),
				       .phone = cell(table, row, "phone"), .site = cell(table, row, "site"),
				       .address = cell(table, row, "address")};
	struct zv_dup_key key;

	zv_dup_key(&key, &record, &arena);
	return key;
}

static bool has_inn(const struct table *table, struct zv_str inn)
{
	for (size_t i = 1; i < table->rows; i++) {
		if (zv_str_eq(cell(table, i, "inn"), inn))
			return true;
	}
	return false;
}

/* The worked journey: one pair to ask a person about, and no more. */
static void the_file_of_twenty_rows_holds_one_probable_duplicate(void **state)
{
	struct table world;
	struct table file;
	size_t asked = 0;
	size_t pairs = 0;

	(void)state;
	table_of_data(&world, "demo/enterprises.csv");
	table_of_data(&file, "demo/enterprises-20.csv");
	for (size_t i = 1; i < file.rows; i++) {
		struct zv_dup_key a = key_of_row(&file, i);

		for (size_t j = 1; j < world.rows + i - 1; j++) {
			struct zv_dup_key b = j < world.rows ? key_of_row(&world, j) : key_of_row(&file, j - world.rows + 1);
			struct zv_dup_result result;

			if (zv_str_eq(a.inn, b.inn) || (j >= world.rows && has_inn(&world, b.inn)))
				continue; /* the same firm again */
			zv_dup_score(&result, &a, &b, ZV_DUP_RULES, &arena);
			pairs++;
			if (result.class == ZV_DUP_NONE)
				continue;
			print_message("%d: %s / %s: %s\n", result.score, text_of(a.name.core), text_of(b.name.core), text_of(result.reasons));
			asked++;
		}
	}
	print_message("%zu of %zu pairs are asked about\n", asked, pairs);
	assert_int_equal(asked, 1);
	table_done(&world);
	table_done(&file);
}

static const char *key_of(const char *text)
{
	struct zv_buf out;
	const char *key;

	zv_buf_init(&out, 0);
	zv_translit_key(&out, S(text));
	key = text_of(zv_buf_str(&out));
	zv_buf_done(&out);
	return key;
}

static void a_word_has_one_key_in_both_scripts(void **state)
{
	static const char *const pairs[][2] = {
		{"ацетил", "acetyl"},     {"ксилен", "xylene"},       {"гидро", "hydro"},     {"хлор", "chlor"},
		{"этил", "ethyl"},        {"изо", "iso"},             {"кальц", "calc"},      {"фосфор", "phosphor"},
		{"Щёлково", "Shchelkovo"}, {"Рязань", "Ryazan'"},     {"Рязань", "Rjazan'"},  {"Чувашская", "Chuvashskaja"},
		{"Забайкальский", "Zabaikalskiy"}, {"бутил", "butyl"}, {"аммоний", "ammonij"}, {"цианид", "tsianid"},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(pairs); i++) {
		const char *ru = key_of(pairs[i][0]);
		const char *en = key_of(pairs[i][1]);

		/* The last vowel of English words is mute: the Russian key begins the English one. */
		if (strncmp(ru, en, strlen(ru)) != 0)
			fail_msg("%s %s: %s %s", pairs[i][0], pairs[i][1], ru, en);
	}
	assert_string_equal(key_of("ацетил"), "aketil");
	assert_string_equal(key_of("  N,N-диметил  "), "n n dimetil");
	assert_string_equal(key_of("1,4-бутандиол"), "1 4 butandiol");
	assert_string_equal(key_of("—"), "");
}

static void both_scripts_find_acetylacetone(void **state)
{
	(void)state;
	assert_true(zv_translit_match(S("acetylac"), S("ацетилацетон")));
	assert_true(zv_translit_match(S("ацетил"), S("ацетилацетон")));
	assert_true(zv_translit_match(S("ацетил"), S("Acetylacetone")));
	assert_true(zv_translit_match(S("acetylac"), S("Acetylacetone, 99 %")));
	assert_true(zv_translit_match(S("серная кис"), S("Кислота серная техническая")));
	assert_false(zv_translit_match(S("ацетилх"), S("ацетилацетон")));
	assert_false(zv_translit_match(S(""), S("ацетилацетон")));
}

/* Typing goes letter by letter: each beginning must find the word, but for the middle of a pair of letters such as ch. */
static void every_beginning_finds_its_word(void **state)
{
	static const char *const words[] = {"acetylacetone", "ацетилацетон", "диэтиловый", "изобутанол", "hydroxide", "полиэтиленгликоль"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(words); i++) {
		struct zv_str word = S(words[i]);

		for (size_t n = 1; n <= word.n; n++) {
			if (n < word.n && ((unsigned char)word.p[n] & 0xc0) == 0x80)
				continue;
			if (!zv_translit_match(zv_str_first(word, n), word))
				fail_msg("%.*s", (int)n, word.p);
		}
	}
}

static void letters_for_people_go_both_ways(void **state)
{
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	zv_translit_latin(&out, S("Щёлково, Объект 5"));
	assert_string_equal(zv_buf_c(&out), "Shchyolkovo, Obekt 5");
	zv_buf_reset(&out);
	zv_translit_russian(&out, S("Shchyolkovo 5"));
	assert_string_equal(zv_buf_c(&out), "Щёлково 5");
	zv_buf_reset(&out);
	zv_translit_russian(&out, S("acetylaceton"));
	assert_string_equal(zv_buf_c(&out), "ацетылацетон");
	zv_buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(quotes_case_and_legal_form_leave_the_core, set_up, tear_down),
		cmocka_unit_test_setup_teardown(look_alike_letters_share_a_skeleton, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bidi_controls_and_broken_text_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_legal_id_comes_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_name_in_one_region_is_proposed_and_other_ids_hold_it_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(phone_and_site_lift_a_weak_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_answer_is_asked_again_only_when_name_address_or_id_changed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(likely_pairs_share_a_block, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_file_of_twenty_rows_holds_one_probable_duplicate, set_up, tear_down),
		cmocka_unit_test(a_word_has_one_key_in_both_scripts),
		cmocka_unit_test(both_scripts_find_acetylacetone),
		cmocka_unit_test(every_beginning_finds_its_word),
		cmocka_unit_test(letters_for_people_go_both_ways),
	};

	return cmocka_run_group_tests_name("model/name", tests, NULL, NULL);
}
