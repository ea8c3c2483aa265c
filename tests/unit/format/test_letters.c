/* Guessing Windows-1251: right for Russian, silent for everything else. The oracle for the tables is the C library's iconv. */
#include "help.h"

#include <iconv.h>
#include <string.h>

#include "format/charset.h"
#include "format/letters.h"

static const char prose[] =
	"Кислота серная техническая ГОСТ 2184-2013, олеум; моногидрат и башенная. Натр едкий технический, марка «РД». "
	"Поставка питьевой воды для нужд учреждения. Ёмкость 5 м³, № 17. Услуги по перевозке грузов железнодорожным транспортом.";

static void encode(struct zv_buf *out, const char *to, const char *utf8)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	char *in = (char *)(uintptr_t)utf8;
	size_t n = strlen(utf8);

	assert_true(cd != (iconv_t)-1);
	while (n > 0) {
		char room[1024];
		char *p = room;
		size_t left = sizeof(room);

		if (iconv(cd, &in, &n, &p, &left) == (size_t)-1) { /* a character that the encoding lacks is left out */
			do {
				in++;
				n--;
			} while (n > 0 && ((unsigned char)*in & 0xc0) == 0x80);
		}
		zv_buf_add(out, room, sizeof(room) - left);
	}
	(void)iconv_close(cd);
}

static bool looks_like_1251(const char *encoding, const char *utf8)
{
	struct zv_buf bytes;
	bool found;

	zv_buf_init(&bytes, 0);
	encode(&bytes, encoding, utf8);
	found = zv_letters_windows_1251(zv_buf_str(&bytes));
	zv_buf_done(&bytes);
	return found;
}

static void russian_in_windows_1251_is_found(void **state)
{
	(void)state;
	assert_true(looks_like_1251("CP1251", prose));
	assert_true(looks_like_1251("CP1251", "Код;Наименование;Единица\r\n"));
	assert_true(looks_like_1251("CP1251", "НАИМЕНОВАНИЕ ОРГАНИЗАЦИИ;АДРЕС МЕСТА НАХОЖДЕНИЯ"));
	assert_true(looks_like_1251("CP1251", "Тверская обл.;17\nТатарстан Респ;16\nСаха /Якутия/ Респ;14\n"));
}

static void other_encodings_of_russian_are_not_taken_for_it(void **state)
{
	static const char *const others[] = {"KOI8-R", "CP866", "ISO-8859-5", "MAC-CYRILLIC", "UTF-8", "UTF-16LE"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(others); i++) {
		if (looks_like_1251(others[i], prose))
			fail_msg("%s was taken for Windows-1251", others[i]);
	}
	assert_false(looks_like_1251("KOI8-R", "НАИМЕНОВАНИЕ ОРГАНИЗАЦИИ;АДРЕС МЕСТА НАХОЖДЕНИЯ"));
	assert_false(looks_like_1251("KOI8-R", "наименование организации;адрес места нахождения"));
}

static void other_languages_are_not_taken_for_it(void **state)
{
	(void)state;
	assert_false(looks_like_1251("CP1252", "Café Müller, Straße 5, crème brûlée, señor Núñez, façade, naïve, Ångström, œuvre, déjà vu"));
	assert_false(looks_like_1251("CP1253", "Η ποιότητα των προϊόντων και των υπηρεσιών είναι το πιο σημαντικό πράγμα για εμάς"));
	assert_false(looks_like_1251("CP1250", "Příliš žluťoučký kůň úpěl ďábelské ódy; zażółć gęślą jaźń"));
	assert_false(looks_like_1251("SHIFT_JIS", "日本語のテキストはキリル文字ではありません。品名、数量、単価、金額"));
	assert_false(looks_like_1251("GBK", "这不是俄语文本。名称、数量、单价、金额、供应商、地址"));
}

static void a_few_letters_are_not_enough(void **state)
{
	(void)state;
	assert_false(looks_like_1251("CP1251", "Ацетон"));
	assert_false(zv_letters_windows_1251(ZV_STR("")));
	assert_false(zv_letters_windows_1251(ZV_STR("only ASCII in here, and a lot of it")));
}

static void utf8_inside_windows_1251_is_noticed(void **state)
{
	struct zv_buf bytes;
	size_t at;

	(void)state;
	zv_buf_init(&bytes, 0);
	encode(&bytes, "CP1251", prose);
	assert_int_equal(zv_letters_utf8_inside(zv_buf_str(&bytes)), -1);
	at = bytes.n;
	zv_buf_add_c(&bytes, "мир");
	assert_int_equal(zv_letters_utf8_inside(zv_buf_str(&bytes)), at);
	assert_false(zv_letters_windows_1251(zv_buf_str(&bytes)));
	zv_buf_done(&bytes);
}

static void tables_agree_with_the_c_library(void **state)
{
	static const struct {
		enum zv_charset charset;
		const char *name;
	} tables[] = {{ZV_CHARSET_WINDOWS_1251, "CP1251"}, {ZV_CHARSET_KOI8_R, "KOI8-R"}, {ZV_CHARSET_IBM866, "CP866"}};

	(void)state;
	for (size_t t = 0; t < ZV_LEN(tables); t++) {
		iconv_t cd = iconv_open("UTF-8", tables[t].name);

		assert_true(cd != (iconv_t)-1);
		for (int c = 1; c < 256; c++) {
			char byte = (char)c;
			char utf8[8];
			char *in = &byte;
			char *out = utf8;
			size_t in_n = 1;
			size_t out_n = sizeof(utf8);
			bool known = iconv(cd, &in, &in_n, &out, &out_n) != (size_t)-1;
			struct zv_buf own;

			zv_buf_init(&own, 0);
			assert_int_equal(zv_charset_decode(&own, tables[t].charset, (struct zv_str){&byte, 1}), known ? -1 : 0);
			if (known)
				assert_memory_equal(own.p, utf8, own.n);
			zv_buf_done(&own);
		}
		(void)iconv_close(cd);
	}
}

static void charsets_have_the_names_people_use(void **state)
{
	(void)state;
	assert_int_equal(zv_charset_find("CP1251"), ZV_CHARSET_WINDOWS_1251);
	assert_int_equal(zv_charset_find("Windows-1251"), ZV_CHARSET_WINDOWS_1251);
	assert_int_equal(zv_charset_find("UTF8"), ZV_CHARSET_UTF8);
	assert_int_equal(zv_charset_find("latin1"), ZV_CHARSET_UNKNOWN);
	assert_string_equal(zv_charset_name(ZV_CHARSET_KOI8_R), "koi8-r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(russian_in_windows_1251_is_found),
		cmocka_unit_test(other_encodings_of_russian_are_not_taken_for_it),
		cmocka_unit_test(other_languages_are_not_taken_for_it),
		cmocka_unit_test(a_few_letters_are_not_enough),
		cmocka_unit_test(utf8_inside_windows_1251_is_noticed),
		cmocka_unit_test(tables_agree_with_the_c_library),
		cmocka_unit_test(charsets_have_the_names_people_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
