/* Texts of XML that we write: what a hostile name holds stays text, and another parser reads the same characters back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "format/stream.h"
#include "format/xml.h"
#include "format/xml_write.h"

static void expect(struct zv_str text, const char *written)
{
	struct zv_buf buf;

	zv_buf_init(&buf, 0);
	zv_xml_text(&buf, text);
	assert_string_equal(zv_buf_c(&buf), written);
	zv_buf_done(&buf);
}

static void marks_of_xml_become_references(void **state)
{
	(void)state;
	expect(ZV_STR("<script>alert('1') && \"2\"</script>"),
	       "&lt;script&gt;alert(&#39;1&#39;) &amp;&amp; &quot;2&quot;&lt;/script&gt;");
	expect(ZV_STR("ООО «Бета» & Ко"), "ООО «Бета» &amp; Ко");
	expect(ZV_STR("]]>"), "]]&gt;");
	expect(ZV_STR(""), "");
}

static void what_xml_forbids_is_replaced(void **state)
{
	(void)state;
	expect(ZV_STR("a\0b"), "a\xEF\xBF\xBD" "b");
	expect(ZV_STR("a\x01\x1f\x7f"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	expect(ZV_STR("a\xff" "b"), "a\xEF\xBF\xBD" "b");
	expect(ZV_STR("\xEF\xBF\xBE\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	expect(ZV_STR("line\nbreak\ttab"), "line break tab");
}

struct heard {
	char text[512];
	size_t n;
};

static enum zv_code hear(void *arg, struct zv_xml *xml, struct zv_str text, struct zv_err *err)
{
	struct heard *heard = arg;

	(void)xml;
	(void)err;
	memcpy(heard->text + heard->n, text.p, text.n);
	heard->n += text.n;
	return ZV_OK;
}

static enum zv_code begin(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct heard *heard = arg;
	struct zv_str value = zv_str_c(zv_xml_attribute(attributes, "v"));

	(void)xml;
	(void)name;
	(void)err;
	memcpy(heard->text + heard->n, value.p, value.n);
	heard->n += value.n;
	return ZV_OK;
}

static void a_parser_reads_back_what_was_meant(void **state)
{
	struct zv_str text = ZV_STR("' onload=\"x\" <b>&amp;</b> \xF0\x9F\x98\x80 «Ё» -->");
	struct zv_xml_handlers handlers = {.start = begin, .text = hear};
	struct zv_memory_stream stream;
	struct heard heard = {.n = 0};
	struct zv_buf buf;
	struct zv_err err;

	(void)state;
	handlers.arg = &heard;
	zv_buf_init(&buf, 0);
	zv_buf_add_c(&buf, "<a");
	zv_xml_key(&buf, "v", text);
	zv_xml_key_int(&buf, "n", -5);
	zv_buf_add_c(&buf, ">");
	zv_xml_text(&buf, text);
	zv_buf_add_c(&buf, "</a>");
	zv_memory_stream_init(&stream, zv_buf_str(&buf));
	assert_int_equal(zv_xml_parse(&stream.stream, NULL, &handlers, NULL, NULL, &err), ZV_OK);
	assert_int_equal(heard.n, 2 * text.n);
	assert_memory_equal(heard.text, text.p, text.n);
	assert_memory_equal(heard.text + text.n, text.p, text.n);
	zv_buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_of_xml_become_references),
		cmocka_unit_test(what_xml_forbids_is_replaced),
		cmocka_unit_test(a_parser_reads_back_what_was_meant),
	};

	return cmocka_run_group_tests_name("xml_write", tests, NULL, NULL);
}
