/* Failures, the log, texts in two languages, files inside the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/err.h"
#include "base/log.h"
#include "base/tr.h"
#include "base/utf8.h"

/* --- A catalogue as msgfmt writes it, made here from pairs sorted by their msgid. --- */

struct pair {
	struct zv_str from;
	struct zv_str to;
};

static void add_u32(struct zv_buf *out, size_t v)
{
	uint32_t word = (uint32_t)v;

	zv_buf_add(out, &word, sizeof(word));
}

static void make_mo(struct zv_buf *out, const struct pair *pairs, size_t n)
{
	size_t text = 28 + n * 16;

	add_u32(out, 0x950412de);
	add_u32(out, 0);
	add_u32(out, n);
	add_u32(out, 28);
	add_u32(out, 28 + n * 8);
	add_u32(out, 0);
	add_u32(out, 0);
	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < n; i++) {
			size_t len = side == 0 ? pairs[i].from.n : pairs[i].to.n;

			add_u32(out, len);
			add_u32(out, text);
			text += len + 1;
		}
	}
	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < n; i++) {
			zv_buf_add_str(out, side == 0 ? pairs[i].from : pairs[i].to);
			zv_buf_add_char(out, '\0');
		}
	}
}

static struct zv_buf catalogue;

static int load_catalogue(void **state)
{
	static const struct pair pairs[] = {
		{ ZV_STR_INIT(""), ZV_STR_INIT("Language: ru\n") },
		{ ZV_STR_INIT("%d row\0%d rows"), ZV_STR_INIT("%d строка\0%d строки\0%d строк") },
		{ ZV_STR_INIT("Line %d: %s"), ZV_STR_INIT("Строка %d: %s") },
		{ ZV_STR_INIT("Region"), ZV_STR_INIT("Регион") },
		{ ZV_STR_INIT("Untranslated"), ZV_STR_INIT("") },
	};

	(void)state;
	zv_buf_init(&catalogue, 0);
	make_mo(&catalogue, pairs, ZV_LEN(pairs));
	return zv_tr_load_ru(catalogue.p, catalogue.n) ? 0 : -1;
}

static int drop_catalogue(void **state)
{
	(void)state;
	zv_buf_done(&catalogue);
	return 0;
}

static void texts_follow_the_language_of_the_thread(void **state)
{
	(void)state;
	zv_tr_set_lang(NULL);
	assert_string_equal(zv_tr_lang(), "en");
	assert_string_equal(zv_tr("Region"), "Region");
	zv_tr_set_lang("ru_RU.UTF-8");
	assert_string_equal(zv_tr_lang(), "ru");
	assert_string_equal(zv_tr("Region"), "Регион");
	assert_string_equal(zv_tr("Untranslated"), "Untranslated");
	assert_string_equal(zv_tr("Absent"), "Absent");
	assert_string_equal(zv_tr(""), "");
	zv_tr_set_lang("de");
	assert_string_equal(zv_tr("Region"), "Region");
}

static void russian_has_three_forms_of_number(void **state)
{
	static const struct {
		int64_t n;
		const char *want;
	} cases[] = { { 0, "%d строк" },   { 1, "%d строка" },   { 2, "%d строки" },   { 4, "%d строки" },  { 5, "%d строк" },
		      { 11, "%d строк" },  { 12, "%d строк" },   { 14, "%d строк" },   { 21, "%d строка" }, { 22, "%d строки" },
		      { 111, "%d строк" }, { 101, "%d строка" }, { 1000, "%d строк" }, { -1, "%d строка" }, { -12, "%d строк" } };

	(void)state;
	zv_tr_set_lang("ru");
	for (size_t i = 0; i < ZV_LEN(cases); i++)
		assert_string_equal(zv_tr_n("%d row", "%d rows", cases[i].n), cases[i].want);
	assert_string_equal(zv_tr_n("%d lot", "%d lots", 3), "%d lots");
	zv_tr_set_lang("en");
	assert_string_equal(zv_tr_n("%d row", "%d rows", 1), "%d row");
	assert_string_equal(zv_tr_n("%d row", "%d rows", 21), "%d rows");
}

/* Every cut and every changed word of a catalogue is refused or harmless; the sanitizer watches. */
static void damaged_catalogues_are_refused_or_harmless(void **state)
{
	char *copy = malloc(catalogue.n);

	(void)state;
	assert_non_null(copy);
	for (size_t n = 0; n < catalogue.n; n++) {
		char *cut = malloc(n + 1);

		assert_non_null(cut);
		memcpy(cut, catalogue.p, n);
		assert_false(zv_tr_load_ru(cut, n));
		free(cut);
	}
	zv_tr_set_lang("ru");
	for (size_t at = 0; at + 4 <= catalogue.n; at += 4) {
		memcpy(copy, catalogue.p, catalogue.n);
		memset(copy + at, 0xf1, 4);
		(void)zv_tr_load_ru(copy, catalogue.n);
		(void)zv_tr("Region");
		(void)zv_tr_n("%d row", "%d rows", 5);
	}
	zv_tr_set_lang("en");
	assert_true(zv_tr_load_ru(catalogue.p, catalogue.n));
	free(copy);
}

static void a_failure_says_code_field_and_sentence_in_the_language_of_the_thread(void **state)
{
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_fail(&err, ZV_E_INVALID, "qty", "Line %d: %s", 5, "x"), ZV_E_INVALID);
	assert_string_equal(err.text, "Line 5: x");
	assert_string_equal(err.field, "qty");
	zv_tr_set_lang("ru");
	assert_int_equal(zv_fail(&err, ZV_E_IO, NULL, "Line %d: %s", 6, "y"), ZV_E_IO);
	zv_tr_set_lang("en");
	assert_string_equal(err.text, "Строка 6: y");
	assert_string_equal(err.msgid, "Line %d: %s");
	assert_string_equal(err.field, "");
	assert_int_equal(zv_fail(NULL, ZV_E_BUG, NULL, "nobody listens"), ZV_E_BUG);
}

static void a_failure_may_be_wrapped_in_itself(void **state)
{
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_fail(&err, ZV_E_INVALID, "qty", "no number"), ZV_E_INVALID);
	assert_int_equal(zv_fail(&err, err.code, err.field, "Line %d: %s", 7, err.text), ZV_E_INVALID);
	assert_string_equal(err.text, "Line 7: no number");
	assert_string_equal(err.field, "qty");
}

static void a_message_is_printable_whatever_it_quotes(void **state)
{
	struct zv_err err;
	char huge[2000];

	(void)state;
	(void)!zv_fail(&err, ZV_E_INVALID, "a\x1b[0m", "«%s»", "x\x1b[31m\xff\xd0 \xc2\x9b\x7fя");
	assert_string_equal(err.text, "«x?[31m?? ??я»");
	assert_string_equal(err.field, "a?[0m");
	memset(huge, 'x', sizeof(huge));
	for (size_t i = 1; i + 2 < sizeof(huge); i += 2)
		memcpy(huge + i, "я", 2);
	huge[sizeof(huge) - 1] = '\0';
	(void)!zv_fail(&err, ZV_E_INVALID, huge, "%s", huge);
	assert_int_equal(zv_utf8_check(zv_str_c(err.text)), -1);
	assert_int_equal(zv_utf8_check(zv_str_c(err.field)), -1);
	assert_in_range(strlen(err.text), 590, 599);
}

static void every_code_has_a_name_an_exit_code_and_a_status(void **state)
{
	(void)state;
	for (int code = ZV_OK; code <= ZV_E_BUG; code++) {
		assert_true(strlen(zv_code_name((enum zv_code)code)) > 1);
		assert_in_range(zv_code_http((enum zv_code)code), 200, 599);
		assert_in_range(zv_code_exit((enum zv_code)code), 0, 3);
		assert_int_equal(zv_code_exit((enum zv_code)code) == 0, code == ZV_OK);
	}
}

/* What zv_log_error writes to standard error. */
static void capture_log(char *out, size_t size, const char *text)
{
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);
	size_t n;

	assert_non_null(file);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	zv_log_error("test.event", "%s", text);
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	close(saved);
	rewind(file);
	n = fread(out, 1, size - 1, file);
	out[n] = '\0';
	fclose(file);
}

static void a_log_line_is_one_line_of_json_whatever_is_logged(void **state)
{
	char line[6000];
	char huge[3001];
	const char *text;

	(void)state;
	capture_log(line, sizeof(line), "say \"hi\"\\\n\t\x1b \xff я");
	text = strstr(line, "\"text\":");
	assert_non_null(text);
	assert_string_equal(text, "\"text\":\"say \\\"hi\\\"\\\\\\u000a\\u0009\\u001b \xef\xbf\xbd я\"}\n");
	assert_non_null(strstr(line, "\"level\":\"error\",\"event\":\"test.event\""));
	assert_true(strncmp(line, "{\"t\":\"20", 8) == 0);
	for (size_t i = 0; i + 1 < sizeof(huge); i += 2)
		memcpy(huge + i, "я", 2);
	huge[sizeof(huge) - 1] = '\0';
	capture_log(line, sizeof(line), huge);
	assert_int_equal(zv_utf8_check(zv_str_c(line)), -1);
	assert_true(zv_str_ends(zv_str_c(line), ZV_STR("\"}\n")));
}

static void embedded_files_are_sorted_and_found_by_name(void **state)
{
	const struct zv_embedded *file;
	const char *before = "";
	struct zv_str bytes;

	(void)state;
	for (size_t i = 0; (file = zv_embed_at(i)) != NULL; i++) {
		assert_true(strcmp(before, file->name) < 0);
		assert_true(zv_embed_find(&bytes, file->name));
		assert_ptr_equal(bytes.p, file->bytes);
		assert_int_equal(bytes.n, file->n);
		assert_int_equal(bytes.p[bytes.n], '\0');
		before = file->name;
	}
	assert_false(zv_embed_find(&bytes, "sql/absent.sql"));
	assert_true(zv_embed_find(&bytes, "sql/0001_init.sql"));
	assert_true(zv_str_find(bytes, ZV_STR("CREATE TABLE")) >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_follow_the_language_of_the_thread),
		cmocka_unit_test(russian_has_three_forms_of_number),
		cmocka_unit_test(damaged_catalogues_are_refused_or_harmless),
		cmocka_unit_test(a_failure_says_code_field_and_sentence_in_the_language_of_the_thread),
		cmocka_unit_test(a_failure_may_be_wrapped_in_itself),
		cmocka_unit_test(a_message_is_printable_whatever_it_quotes),
		cmocka_unit_test(every_code_has_a_name_an_exit_code_and_a_status),
		cmocka_unit_test(a_log_line_is_one_line_of_json_whatever_is_logged),
		cmocka_unit_test(embedded_files_are_sorted_and_found_by_name),
	};

	return cmocka_run_group_tests_name("base/err", tests, load_catalogue, drop_catalogue);
}
