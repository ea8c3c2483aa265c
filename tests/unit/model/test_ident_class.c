/* Codes of classifiers as trees, and designations of standards. */
#include "help.h"
#include "model/ident.h"

static void assert_parsed(enum zv_class_scheme scheme, const char *text, const char *expected)
{
	char out[ZV_CLASS_TEXT] = "";
	struct zv_err err = {0};

	if (zv_class_parse(out, scheme, S(text), "code", &err) != ZV_OK)
		fail_msg("%s: %s", text, err.text);
	assert_string_equal(out, expected);
}

static void assert_refused(enum zv_class_scheme scheme, const char *text, const char *message)
{
	char out[ZV_CLASS_TEXT] = "kept";
	struct zv_err err = {0};

	assert_int_equal(zv_class_parse(out, scheme, S(text), "code", &err), ZV_E_INVALID);
	assert_string_equal(err.field, "code");
	assert_message(err, message);
	assert_string_equal(out, "kept");
}

static void okpd2_codes_get_their_dots(void **state)
{
	(void)state;
	assert_parsed(ZV_CLASS_OKPD2, "20.14.62", "20.14.62");
	assert_parsed(ZV_CLASS_OKPD2, " 201462110 ", "20.14.62.110");
	assert_parsed(ZV_CLASS_OKPD2, "20", "20");
	assert_parsed(ZV_CLASS_OKPD2, "20.1", "20.1");
	assert_refused(ZV_CLASS_OKPD2, "20.14.62.11", "expected 2 to 6 or 9 digits");
	assert_refused(ZV_CLASS_OKPD2, "201.4", "expected");
	assert_refused(ZV_CLASS_OKPD2, "20..14", "expected");
	assert_refused(ZV_CLASS_OKPD2, "20.14.", "expected");
	assert_refused(ZV_CLASS_OKPD2, "C", "expected");
	assert_refused(ZV_CLASS_OKPD2, "", "expected");
}

static void hs_codes_are_digits_and_a_lost_zero_is_proposed(void **state)
{
	(void)state;
	assert_parsed(ZV_CLASS_HS, "2914.19", "291419");
	assert_parsed(ZV_CLASS_HS, "29", "29");
	assert_parsed(ZV_CLASS_TNVED, "2914 19 000 0", "2914190000");
	assert_refused(ZV_CLASS_TNVED, "202301000", "9 digits; a leading zero may be lost: 0202301000?");
	assert_refused(ZV_CLASS_HS, "20130", "5 digits; a leading zero may be lost: 020130?");
	assert_refused(ZV_CLASS_HS, "2914190000", "expected 2, 4 or 6 digits");
}

static void the_tree_of_okpd2_is_climbed_step_by_step(void **state)
{
	static const char *const path[] = {"20.14.62.111", "20.14.62.110", "20.14.62", "20.14.6", "20.14", "20.1", "20"};
	char parent[ZV_CLASS_TEXT];

	(void)state;
	for (size_t i = 0; i + 1 < ZV_LEN(path); i++) {
		assert_true(zv_class_parent(parent, ZV_CLASS_OKPD2, S(path[i])));
		assert_string_equal(parent, path[i + 1]);
		assert_int_equal(zv_class_level(ZV_CLASS_OKPD2, S(path[i])), 7 - (int)i);
	}
	assert_false(zv_class_parent(parent, ZV_CLASS_OKPD2, S("20")));
	assert_false(zv_class_parent(parent, ZV_CLASS_OKPD2, S("rubbish")));
	assert_int_equal(zv_class_level(ZV_CLASS_OKPD2, S("201462")), 0);
	assert_true(zv_class_parent(parent, ZV_CLASS_TNVED, S("2914190000")));
	assert_string_equal(parent, "291419");
}

static void distance_counts_steps_to_the_common_node(void **state)
{
	(void)state;
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("20.14.62"), S("20.14.62")), 0);
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("20.14.62"), S("20.14.62.110")), 1);
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("20.14.62"), S("20.14.63")), 1);
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("20.14.62.111"), S("20.14.62.112")), 1);
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("20.14.62"), S("20.15.10")), 3);
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("20.14.62"), S("21.10")), -1);
	assert_int_equal(zv_class_distance(ZV_CLASS_OKPD2, S("x"), S("21.10")), -1);
	assert_true(zv_class_within(ZV_CLASS_OKPD2, S("20.20.11.000"), S("20.20")));
	assert_true(zv_class_within(ZV_CLASS_OKPD2, S("20.20"), S("20.20")));
	assert_false(zv_class_within(ZV_CLASS_OKPD2, S("20.2"), S("20.20")));
	assert_false(zv_class_within(ZV_CLASS_OKVED2, S("20.14"), S("21")));
}

static void assert_standard(const char *text, const char *expected)
{
	char out[ZV_STANDARD_TEXT] = "";
	struct zv_err err = {0};

	if (zv_standard_parse(out, S(text), "standard", &err) != ZV_OK)
		fail_msg("%s: %s", text, err.text);
	assert_string_equal(out, expected);
}

static void one_standard_written_in_many_ways_is_one(void **state)
{
	struct zv_err err;
	char out[ZV_STANDARD_TEXT] = "kept";

	(void)state;
	assert_standard("ГОСТ 10003-90", "gost:10003-90");
	assert_standard("гост10003–90", "gost:10003-90");
	assert_standard(" GOST 10003 - 90", "gost:10003-90");
	assert_standard("ГОСТ Р 51000-96", "gost-r:51000-96");
	assert_standard("ТУ 2434-001-12345678-2020", "tu:2434-001-12345678-2020");
	assert_standard("ISO 9001:2015", "iso:9001:2015");
	assert_int_equal(zv_standard_parse(out, S("хороший"), "standard", &err), ZV_E_INVALID);
	assert_int_equal(zv_standard_parse(out, S("ГОСТ"), "standard", &err), ZV_E_INVALID);
	assert_string_equal(out, "kept");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(okpd2_codes_get_their_dots),
		cmocka_unit_test(hs_codes_are_digits_and_a_lost_zero_is_proposed),
		cmocka_unit_test(the_tree_of_okpd2_is_climbed_step_by_step),
		cmocka_unit_test(distance_counts_steps_to_the_common_node),
		cmocka_unit_test(one_standard_written_in_many_ways_is_one),
	};

	return cmocka_run_group_tests_name("model/ident_class", tests, NULL, NULL);
}
