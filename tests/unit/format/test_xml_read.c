/* Records of XML as rows. */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "format/budget.h"

static const char *const columns[] = {"code", "qty/@unit", "../no", "/customer/inn", "../@id", "."};
static const struct zv_record_spec spec = {"item", "lines/line", columns, 5};
static const struct zv_rows_options options = {.xml = &spec};

static void each_list_element_is_a_row_with_values_of_its_record_and_of_the_document(void **state)
{
	(void)state;
	help_rows(ZV_STR("<?xml version='1.0'?><p:plan xmlns:p='urn:p'><customer><p:inn>7710043065</p:inn></customer>\n"
			 "<p:item id='1'><no>1</no><lines><line><code>20.1</code><qty unit='кг'>5</qty></line><line><code> 20.2 \n</code></line>"
			 "</lines></p:item><item id='2'><no>2</no></item>"
			 "<customer><inn>77</inn></customer><item><lines><line/></lines></item></p:plan>"),
		  &options,
		  "0:code|qty/@unit|../no|/customer/inn|../@id\n1:20.1|кг|1|7710043065|1\n1:20.2||1|7710043065|1\n"
		  "2:||2|7710043065|2\n3:|||77|\n");
}

static void without_a_list_each_record_is_a_row(void **state)
{
	static const char *const names[] = {"Kod", "Name"};
	static const struct zv_record_spec catalogue = {"array", NULL, names, 2};
	struct zv_rows_options o = {.xml = &catalogue};

	(void)state;
	help_rows(ZV_STR("<c><array><Kod>1</Kod><Name>a &amp; b &#1103;</Name></array><array><Name><![CDATA[<x>]]></Name><Kod/></array></c>"), &o,
		  "0:Kod|Name\n1:1|a & b я\n2:|<x>\n");
}

static void without_a_name_each_child_of_the_root_is_a_record(void **state)
{
	static const char *const names[] = {"a", "."};
	static const struct zv_record_spec any = {NULL, NULL, names, 2};
	struct zv_rows_options o = {.xml = &any};

	(void)state;
	help_rows(ZV_STR("<r><x><a>1</a></x><y>text</y></r>"), &o, "0:a|.\n1:1|\n2:|text\n");
}

static void the_first_of_several_matches_counts(void **state)
{
	static const char *const names[] = {"a/b"};
	static const struct zv_record_spec first = {"r", NULL, names, 1};
	struct zv_rows_options o = {.xml = &first};

	(void)state;
	help_rows(ZV_STR("<x><r><a><c/></a><a><b>1</b><b>2</b></a></r></x>"), &o, "0:a/b\n1:1\n");
}

static void windows_1251_is_read_as_declared(void **state)
{
	static const char *const names[] = {"n"};
	static const struct zv_record_spec s = {"r", NULL, names, 1};
	struct zv_rows_options o = {.xml = &s};
	struct zv_rows_info info;
	struct zv_buf out;
	struct zv_err err;

	(void)state;
	zv_buf_init(&out, 0);
	assert_int_equal(help_read_caged(&out, &info, ZV_STR("<?xml version=\"1.0\" encoding=\"windows-1251\"?><x><r><n>\xcc\xe8\xf0</n></r></x>"), &o,
					 &err),
			 ZV_OK);
	assert_string_equal(zv_buf_c(&out), "0:n\n1:Мир\n");
	assert_int_equal(info.encoding_source, ZV_ENCODING_DECLARED);
	assert_string_equal(info.encoding, "windows-1251");
	assert_int_equal(info.type, ZV_FILE_XML);
	zv_buf_done(&out);
	help_fails(ZV_STR("<?xml version=\"1.0\" encoding=\"shift_jis\"?><x/>"), &o, ZV_E_UNSUPPORTED, "encoding");
	help_fails(ZV_STR("<x><r><n>\xcc\xe8\xf0</n></r></x>"), &o, ZV_E_INVALID, "line 1");
}

static void a_document_type_is_refused(void **state)
{
	(void)state;
	help_fails(ZV_STR("<?xml version='1.0'?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]><lolz>&lol2;</lolz>"), &options,
		   ZV_E_INVALID, "<!DOCTYPE>");
	help_fails(ZV_STR("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"), &options, ZV_E_INVALID, "<!DOCTYPE>");
	help_fails(ZV_STR("<!DOCTYPE html><html></html>"), &options, ZV_E_UNSUPPORTED, "web page");
}

static void damaged_xml_is_refused_with_its_line(void **state)
{
	(void)state;
	help_fails(ZV_STR("<a>\n<b>\n</a>"), &options, ZV_E_INVALID, "line 3");
	help_fails(ZV_STR("<a/><b/>"), &options, ZV_E_INVALID, "not well-formed");
	help_fails(ZV_STR("<a>&unknown;</a>"), &options, ZV_E_INVALID, "line 1");
	help_fails(ZV_STR("<a>\x01</a>"), &options, ZV_E_INVALID, "line 1");
}

static void deep_nesting_is_refused(void **state)
{
	struct zv_buf in;

	(void)state;
	zv_buf_init(&in, 0);
	for (int i = 0; i < 100000; i++)
		zv_buf_add_c(&in, "<a>");
	help_fails(zv_buf_str(&in), &options, ZV_E_LIMIT, "nested deeper than 64");
	zv_buf_done(&in);
}

static void repeat(struct zv_buf *out, const char *before, const char *piece, size_t times, const char *after)
{
	zv_buf_reset(out);
	zv_buf_add_c(out, before);
	for (size_t i = 0; i < times; i++)
		zv_buf_add_c(out, piece);
	zv_buf_add_c(out, after);
}

static void a_record_text_or_tag_beyond_the_budget_is_refused(void **state)
{
	struct zv_buf in;

	(void)state;
	zv_buf_init(&in, 0);
	repeat(&in, "<x><item>", "<a>0123456789</a>", 500000, "</item></x>");
	help_fails(zv_buf_str(&in), &options, ZV_E_LIMIT, "Record 1 is longer than 4 MiB");
	repeat(&in, "<x><item><a>", "0123456789", 200000, "</a></item></x>");
	help_fails(zv_buf_str(&in), &options, ZV_E_LIMIT, "longer than 1024 KiB");
	repeat(&in, "<x><item a='", "0123456789", 1000000, "'/></x>");
	help_fails(zv_buf_str(&in), &options, ZV_E_LIMIT, "a tag is longer than 4 MiB");
	zv_buf_done(&in);
}

static void outside_text_of_any_length_is_no_burden(void **state)
{
	struct zv_buf in;

	(void)state;
	zv_buf_init(&in, 0);
	repeat(&in, "<x>", "<y>some text</y>", 300000, "<item><no>1</no></item></x>");
	help_rows(zv_buf_str(&in), &options, "0:code|qty/@unit|../no|/customer/inn|../@id\n1:||1||\n");
	zv_buf_done(&in);
}

static void xml_that_nobody_asked_for_is_refused(void **state)
{
	static const struct zv_rows_options none = {0};

	(void)state;
	help_fails(ZV_STR("<?xml version='1.0'?><x/>"), &none, ZV_E_UNSUPPORTED, "This is XML");
}

static void cut_anywhere_it_is_refused(void **state)
{
	static const char whole[] = "<?xml version='1.0'?><p><customer><inn>7</inn></customer><item id='1'><lines><line><code>2</code></line></lines></item></p>";
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	for (size_t n = 2; n < sizeof(whole) - 1; n++) {
		struct zv_err err;

		assert_int_equal(help_read(&out, NULL, (struct zv_str){whole, n}, &options, &err), ZV_E_INVALID);
	}
	zv_buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_list_element_is_a_row_with_values_of_its_record_and_of_the_document),
		cmocka_unit_test(without_a_list_each_record_is_a_row),
		cmocka_unit_test(without_a_name_each_child_of_the_root_is_a_record),
		cmocka_unit_test(the_first_of_several_matches_counts),
		cmocka_unit_test(windows_1251_is_read_as_declared),
		cmocka_unit_test(a_document_type_is_refused),
		cmocka_unit_test(damaged_xml_is_refused_with_its_line),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(a_record_text_or_tag_beyond_the_budget_is_refused),
		cmocka_unit_test(outside_text_of_any_length_is_no_burden),
		cmocka_unit_test(xml_that_nobody_asked_for_is_refused),
		cmocka_unit_test(cut_anywhere_it_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
