/* iCalendar by RFC 5545: lines, folds, escapes, dates. */
#include "help.h"

#include <string.h>

#include "base/utf8.h"
#include "format/ical.h"

static void begin_and_end_frame_a_component(void **state)
{
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	zv_ical_begin(&out, "VEVENT");
	zv_ical_plain(&out, "STATUS", ZV_STR("NEEDS-ACTION"));
	zv_ical_date(&out, "DTSTART", zv_date_from_civil(2024, 9, 6));
	zv_ical_instant(&out, "DTSTAMP", INT64_C(1726497005123));
	zv_ical_end(&out, "VEVENT");
	assert_string_equal(zv_buf_c(&out), "BEGIN:VEVENT\r\nSTATUS:NEEDS-ACTION\r\nDTSTART;VALUE=DATE:20240906\r\nDTSTAMP:20240916T143005Z\r\nEND:VEVENT\r\n");
	zv_buf_done(&out);
}

static void texts_are_escaped_and_control_characters_left_out(void **state)
{
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	zv_ical_text(&out, "SUMMARY", ZV_STR("a\\b;c,d\r\ne:f\x01\x7fg\"h"));
	assert_string_equal(zv_buf_c(&out), "SUMMARY:a\\\\b\\;c\\,d\\ne:fg\"h\r\n");
	zv_buf_reset(&out);
	zv_ical_text(&out, "SUMMARY", ZV_STR(""));
	assert_int_equal(out.n, 0);
	zv_buf_done(&out);
}

static void a_text_cannot_begin_a_line_of_its_own(void **state)
{
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	zv_ical_text(&out, "SUMMARY", ZV_STR("x\r\nEND:VEVENT\nBEGIN:VALARM"));
	assert_string_equal(zv_buf_c(&out), "SUMMARY:x\\nEND:VEVENT\\nBEGIN:VALARM\r\n");
	zv_buf_done(&out);
}

/* Whatever the length: at most 75 octets a line, whole characters, and the text comes back when the folds are taken out. */
static void long_lines_are_folded_between_characters(void **state)
{
	struct zv_buf text, out, back;

	(void)state;
	zv_buf_init(&text, 0);
	zv_buf_init(&out, 0);
	zv_buf_init(&back, 0);
	for (int n = 0; n < 400; n++) {
		struct zv_str rest, line;

		zv_buf_add_c(&text, n % 3 == 0 ? "ж" : n % 3 == 1 ? "€" : n % 7 == 0 ? "\xf0\x9f\x93\x85" : "a");
		zv_buf_reset(&out);
		zv_buf_reset(&back);
		zv_ical_text(&out, "SUMMARY", zv_buf_str(&text));
		assert_true(zv_str_ends(zv_buf_str(&out), ZV_STR("\r\n")));
		rest = zv_str_first(zv_buf_str(&out), out.n - 2);
		while (zv_str_split(&line, &rest, '\n')) {
			bool last = rest.p == NULL;
			bool fold = back.n > 0;

			line = last ? line : zv_str_first(line, line.n - 1);
			assert_true(line.n <= 75);
			assert_int_equal(zv_utf8_check(line), -1);
			if (fold)
				assert_int_equal(line.p[0], ' ');
			zv_buf_add_str(&back, fold ? zv_str_from(line, 1) : line);
			if (last)
				break;
		}
		assert_int_equal(back.n, text.n + strlen("SUMMARY:"));
		assert_memory_equal(back.p + strlen("SUMMARY:"), text.p, text.n);
	}
	zv_buf_done(&text);
	zv_buf_done(&out);
	zv_buf_done(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(begin_and_end_frame_a_component),
		cmocka_unit_test(texts_are_escaped_and_control_characters_left_out),
		cmocka_unit_test(a_text_cannot_begin_a_line_of_its_own),
		cmocka_unit_test(long_lines_are_folded_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
