/* The tables of kinds, columns and words, held to what templates and readers expect of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/import_kind.h"
#include "app/words.h"

static void every_kind_is_found_by_its_name_and_has_a_register(void **state)
{
	const struct zv_import_kind *kind;

	(void)state;
	for (size_t i = 0; (kind = zv_import_kind_at(i)) != NULL; i++) {
		assert_ptr_equal(zv_import_kind_find(kind->name), kind);
		assert_non_null(zv_register_find(kind->reg));
		assert_true(kind->n_profiles > 0);
	}
	assert_null(zv_import_kind_find("nothing"));
}

static void every_column_of_a_template_has_both_languages_and_help(void **state)
{
	const struct zv_import_kind *kind;

	(void)state;
	for (size_t i = 0; (kind = zv_import_kind_at(i)) != NULL; i++) {
		const struct zv_import_profile *profile = kind->profiles[0];

		if (kind->unmap == NULL)
			continue;
		assert_string_equal(profile->name, "native");
		for (size_t c = 0; c < profile->n_columns; c++) {
			assert_non_null(profile->columns[c].key);
			assert_non_null(profile->columns[c].en);
			assert_non_null(profile->columns[c].ru);
			assert_non_null(profile->columns[c].help);
			for (size_t other = 0; other < c; other++)
				assert_string_not_equal(profile->columns[c].key, profile->columns[other].key);
		}
	}
}

static void words_are_read_in_both_languages_and_any_case(void **state)
{
	(void)state;
	assert_string_equal(zv_word_find(ZV_LIST_STATES, ZV_STR("Подтверждена "))->key, "confirmed");
	assert_string_equal(zv_word_find(ZV_LIST_STATES, ZV_STR("CONFIRMED"))->key, "confirmed");
	assert_string_equal(zv_word_find(ZV_LIST_YES_NO, ZV_STR("Да"))->key, "1");
	assert_null(zv_word_find(ZV_LIST_YES_NO, ZV_STR("confirmed")));
	assert_null(zv_word_find(ZV_LIST_STATES, ZV_STR("")));
}

/* Every word that the store knows can be written in a file and read back. */
static void the_words_of_the_registers_are_in_the_lists(void **state)
{
	static const struct {
		const char *reg, *column;
		enum zv_import_list list;
	} pairs[] = {
		{ "need", "state", ZV_LIST_STATES },
		{ "need", "visibility", ZV_LIST_VISIBILITY },
		{ "org", "kind", ZV_LIST_ORG_KINDS },
		{ "crosswalk", "relation", ZV_LIST_RELATIONS },
		{ "substitute", "state", ZV_LIST_SUBSTITUTE_STATES },
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(pairs); i++) {
		const struct zv_register *reg = zv_register_find(pairs[i].reg);
		const char *const *words = reg->columns[zv_register_column(reg, pairs[i].column)].words;

		for (; *words != NULL; words++) {
			const struct zv_word *word = zv_word_find(pairs[i].list, zv_str_c(*words));

			if (**words == '\0')
				continue;
			if (word == NULL)
				fail_msg("%s.%s: the word “%s” is in no list", pairs[i].reg, pairs[i].column, *words);
			assert_string_equal(word->key, *words);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_found_by_its_name_and_has_a_register),
		cmocka_unit_test(every_column_of_a_template_has_both_languages_and_help),
		cmocka_unit_test(words_are_read_in_both_languages_and_any_case),
		cmocka_unit_test(the_words_of_the_registers_are_in_the_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
