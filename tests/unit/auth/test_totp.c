/* One-time passwords against RFC 6238, RFC 4226 and FIPS 180-4. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "auth/sha1.h"
#include "auth/totp.h"

/* "12345678901234567890" as base 32: the key of the RFCs. */
static const struct zv_str rfc_key = ZV_STR_INIT("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

static void codes_are_those_of_rfc_6238(void **state)
{
	/* Appendix B, the last six of eight digits. */
	static const struct {
		int64_t s;
		const char *code;
	} cases[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
	char code[ZV_TOTP_CODE];

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		assert_true(zv_totp_code(code, rfc_key, cases[i].s / ZV_TOTP_STEP_S));
		assert_string_equal(code, cases[i].code);
	}
}

static void codes_are_those_of_rfc_4226(void **state)
{
	/* Appendix D. */
	static const char *const codes[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
	char code[ZV_TOTP_CODE];

	(void)state;
	for (size_t i = 0; i < ZV_LEN(codes); i++) {
		assert_true(zv_totp_code(code, rfc_key, (int64_t)i));
		assert_string_equal(code, codes[i]);
	}
}

static void hex(char out[2 * ZV_SHA1_BYTES + 1], const unsigned char bytes[ZV_SHA1_BYTES])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < ZV_SHA1_BYTES; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * ZV_SHA1_BYTES] = '\0';
}

static void sha1_is_that_of_fips_180(void **state)
{
	unsigned char bytes[ZV_SHA1_BYTES];
	char text[2 * ZV_SHA1_BYTES + 1];
	char many[1000];

	(void)state;
	zv_sha1(bytes, "abc", 3);
	hex(text, bytes);
	assert_string_equal(text, "a9993e364706816aba3e25717850c26c9cd0d89d");
	zv_sha1(bytes, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
	hex(text, bytes);
	assert_string_equal(text, "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
	zv_sha1(bytes, "", 0);
	hex(text, bytes);
	assert_string_equal(text, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	memset(many, 'a', sizeof(many));
	zv_sha1(bytes, many, sizeof(many));
	hex(text, bytes);
	assert_string_equal(text, "291e9a6c66994949b57ba5e650361e98fc36b1ba");
	/* RFC 2202, case 6: a key longer than a block. */
	memset(many, 0xaa, 80);
	zv_hmac_sha1(bytes, (const unsigned char *)many, 80, "Test Using Larger Than Block-Size Key - Hash Key First", 54);
	hex(text, bytes);
	assert_string_equal(text, "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

static void a_step_counts_once_and_one_either_side(void **state)
{
	const int64_t now_ms = INT64_C(1234567890) * 1000;
	const int64_t now = now_ms / 1000 / ZV_TOTP_STEP_S;
	int64_t step = 0;
	char code[ZV_TOTP_CODE];

	(void)state;
	for (int64_t d = -3; d <= 3; d++) {
		bool want = d >= -1 && d <= 1;

		assert_true(zv_totp_code(code, rfc_key, now + d));
		assert_int_equal(zv_totp_check(&step, rfc_key, zv_str_c(code), 0, now_ms), want);
		if (!want)
			continue;
		assert_int_equal(step, now + d);
		assert_false(zv_totp_check(&step, rfc_key, zv_str_c(code), now + d, now_ms));
		assert_true(zv_totp_check(&step, rfc_key, zv_str_c(code), now + d - 1, now_ms));
	}
}

static void blanks_are_let_in_and_nothing_else(void **state)
{
	const int64_t now_ms = INT64_C(1234567890) * 1000;
	static const char *const bad[] = {"", "00592", "0059241", "00592x", "005924 1", "-05924", "٠٠٥٩٢٤"};
	int64_t step;

	(void)state;
	assert_true(zv_totp_check(&step, rfc_key, ZV_STR("005 924"), 0, now_ms));
	for (size_t i = 0; i < ZV_LEN(bad); i++)
		assert_false(zv_totp_check(&step, rfc_key, zv_str_c(bad[i]), 0, now_ms));
	assert_false(zv_totp_check(&step, ZV_STR("not base 32!"), ZV_STR("005924"), 0, now_ms));
	assert_false(zv_totp_check(&step, ZV_STR(""), ZV_STR("005924"), 0, now_ms));
}

static void a_new_secret_is_base_32_and_new(void **state)
{
	char a[ZV_TOTP_SECRET];
	char b[ZV_TOTP_SECRET];
	char code[ZV_TOTP_CODE];

	(void)state;
	zv_totp_new(a);
	zv_totp_new(b);
	assert_int_equal(strlen(a), ZV_TOTP_SECRET - 1);
	assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), ZV_TOTP_SECRET - 1);
	assert_string_not_equal(a, b);
	assert_true(zv_totp_code(code, zv_str_c(a), 1));
}

static void the_uri_is_what_programs_read(void **state)
{
	struct zv_buf buf;

	(void)state;
	zv_buf_init(&buf, 0);
	zv_totp_uri(&buf, ZV_STR("Zveno"), ZV_STR("ivan@oka"), rfc_key);
	assert_string_equal(zv_buf_c(&buf), "otpauth://totp/Zveno:ivan%40oka?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Zveno&algorithm=SHA1&digits=6&period=30");
	zv_buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_rfc_6238),
		cmocka_unit_test(codes_are_those_of_rfc_4226),
		cmocka_unit_test(sha1_is_that_of_fips_180),
		cmocka_unit_test(a_step_counts_once_and_one_either_side),
		cmocka_unit_test(blanks_are_let_in_and_nothing_else),
		cmocka_unit_test(a_new_secret_is_base_32_and_new),
		cmocka_unit_test(the_uri_is_what_programs_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
