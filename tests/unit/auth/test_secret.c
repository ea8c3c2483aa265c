/* Secrets, tokens, cookies, CSRF tokens and passwords as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "auth/password.h"
#include "auth/session.h"
#include "auth/token.h"

static void a_secret_has_256_bits_and_is_new(void **state)
{
	char a[ZV_SECRET_TEXT];
	char b[ZV_SECRET_TEXT];
	unsigned char bytes[ZV_SECRET_BYTES];
	size_t n;

	(void)state;
	zv_secret_new(a);
	zv_secret_new(b);
	assert_string_not_equal(a, b);
	assert_true(zv_secret_check(zv_str_c(a)));
	assert_true(zv_base64url_read(bytes, sizeof(bytes), &n, zv_str_c(a)));
	assert_int_equal(n, ZV_SECRET_BYTES);
	zv_base64url(b, sizeof(b), bytes, n);
	assert_string_equal(a, b);
}

static void only_43_characters_of_base64url_are_a_secret(void **state)
{
	static const char *const bad[] = {"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
					  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A"};

	(void)state;
	assert_true(zv_secret_check(ZV_STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-_")));
	for (size_t i = 0; i < ZV_LEN(bad); i++)
		assert_false(zv_secret_check(zv_str_c(bad[i])));
}

static void base64url_that_is_none_is_refused(void **state)
{
	static const char *const bad[] = {"A", "AA=", "AA==", "A+", "A/A", "AAA*", "AA A"};
	unsigned char bytes[8];
	size_t n;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(bad); i++)
		assert_false(zv_base64url_read(bytes, sizeof(bytes), &n, zv_str_c(bad[i])));
	assert_false(zv_base64url_read(bytes, 2, &n, ZV_STR("AAAA")));
	assert_true(zv_base64url_read(bytes, 3, &n, ZV_STR("AAAA")));
	assert_int_equal(n, 3);
}

static void a_token_is_found_in_its_field(void **state)
{
	char token[ZV_TOKEN_TEXT];
	char field[100] = "Bearer ";

	(void)state;
	zv_token_new(token);
	assert_true(zv_token_check(zv_str_c(token)));
	assert_false(zv_token_check(zv_str_c(token + 1)));
	strcat(field, token);
	assert_true(zv_str_eq_c(zv_token_of_field(zv_str_c(field)), token));
	memcpy(field, "bEARER ", 7);
	assert_true(zv_str_eq_c(zv_token_of_field(zv_str_c(field)), token));
	memcpy(field, "Basic  ", 7);
	assert_int_equal(zv_token_of_field(zv_str_c(field)).n, 0);
	assert_int_equal(zv_token_of_field(ZV_STR("")).n, 0);
	assert_int_equal(zv_token_of_field(ZV_STR("Bearer")).n, 0);
}

static void scopes_go_to_bits_and_back(void **state)
{
	uint64_t scopes[2] = {7, 7};
	struct zv_err err;
	struct zv_buf buf;

	(void)state;
	zv_buf_init(&buf, 0);
	assert_int_equal(zv_scopes_parse(scopes, ZV_STR("  lot.read need.read lot.read "), &err), ZV_OK);
	zv_scopes_format(&buf, scopes);
	assert_string_equal(zv_buf_c(&buf), "need.read lot.read");
	zv_buf_done(&buf);
	scopes[0] = 7;
	assert_int_equal(zv_scopes_parse(scopes, ZV_STR("need.read need.raed"), &err), ZV_E_INVALID);
	assert_string_equal(err.field, "scopes");
	assert_int_equal(zv_scopes_parse(scopes, ZV_STR("  "), &err), ZV_E_INVALID);
	assert_int_equal(scopes[0], 7);
}

#define SECRET "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

static void a_session_is_found_in_its_cookie(void **state)
{
	(void)state;
	assert_true(zv_str_eq_c(zv_session_of_field(ZV_STR("__Host-zv=" SECRET)), SECRET));
	assert_true(zv_str_eq_c(zv_session_of_field(ZV_STR("a=b; __Host-zv=" SECRET "; c=d")), SECRET));
	assert_true(zv_str_eq_c(zv_session_of_field(ZV_STR("__Host-zv=" SECRET "; __Host-zv=" SECRET)), SECRET));
	/* Two that differ: somebody has put one in. */
	assert_int_equal(zv_session_of_field(ZV_STR("__Host-zv=" SECRET "; __Host-zv=X123456789abcdefghijklmnopqrstuvwxyzABCDEFG")).n, 0);
	assert_int_equal(zv_session_of_field(ZV_STR("")).n, 0);
	assert_int_equal(zv_session_of_field(ZV_STR("__host-zv=" SECRET)).n, 0);
	assert_int_equal(zv_session_of_field(ZV_STR("x__Host-zv=" SECRET)).n, 0);
	assert_int_equal(zv_session_of_field(ZV_STR("__Host-zv=\"" SECRET "\"")).n, 0);
	assert_int_equal(zv_session_of_field(ZV_STR("__Host-zv=" SECRET "A")).n, 0);
}

static void the_cookie_is_shut_against_scripts_and_other_sites(void **state)
{
	char field[ZV_COOKIE_FIELD];

	(void)state;
	zv_session_cookie(field, SECRET);
	assert_string_equal(field, "__Host-zv=" SECRET "; Path=/; HttpOnly; Secure; SameSite=Lax");
	zv_session_cookie_end(field);
	assert_non_null(strstr(field, "__Host-zv=; "));
	assert_non_null(strstr(field, "Max-Age=0"));
}

static void a_csrf_token_is_of_one_session(void **state)
{
	char csrf[ZV_CSRF_TEXT];

	(void)state;
	zv_csrf_of(csrf, ZV_STR(SECRET));
	assert_true(zv_csrf_check(ZV_STR(SECRET), zv_str_c(csrf)));
	assert_null(strstr(csrf, "0123"));
	assert_false(zv_csrf_check(ZV_STR("X123456789abcdefghijklmnopqrstuvwxyzABCDEFG"), zv_str_c(csrf)));
	assert_false(zv_csrf_check(ZV_STR(SECRET), ZV_STR(SECRET)));
	assert_false(zv_csrf_check(ZV_STR(SECRET), ZV_STR("")));
	assert_false(zv_csrf_check(ZV_STR(""), ZV_STR("")));
	csrf[0] = csrf[0] == 'A' ? 'B' : 'A';
	assert_false(zv_csrf_check(ZV_STR(SECRET), zv_str_c(csrf)));
}

static void a_password_fits_its_hash_alone(void **state)
{
	const struct zv_password_cost *cost = &zv_password_cost_min;
	char hash[ZV_PASSWORD_HASH];
	char other[ZV_PASSWORD_HASH];
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_password_hash(hash, ZV_STR("сорок две вороны"), cost, &err), ZV_OK);
	assert_int_equal(zv_password_hash(other, ZV_STR("сорок две вороны"), cost, &err), ZV_OK);
	assert_string_not_equal(hash, other);
	assert_non_null(strstr(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(zv_password_verify(zv_str_c(hash), ZV_STR("сорок две вороны"), cost));
	assert_false(zv_password_verify(zv_str_c(hash), ZV_STR("сорок две ворона"), cost));
	assert_false(zv_password_verify(zv_str_c(hash), ZV_STR(""), cost));
	assert_false(zv_password_verify(ZV_STR(""), ZV_STR("сорок две вороны"), cost));
	assert_false(zv_password_verify(ZV_STR(""), ZV_STR(""), cost));
	assert_false(zv_password_verify(ZV_STR("plain text"), ZV_STR("plain text"), cost));
	assert_false(zv_password_is_stale(zv_str_c(hash), cost));
	assert_true(zv_password_is_stale(zv_str_c(hash), &(struct zv_password_cost){.memory_kib = 32768, .passes = 3}));
}

static void a_hash_that_is_too_cheap_is_refused(void **state)
{
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_password_cost_check(&zv_password_cost_min, &err), ZV_OK);
	assert_int_equal(zv_password_cost_check(&(struct zv_password_cost){.memory_kib = 19455, .passes = 2}, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "auth.memory_kib");
	assert_int_equal(zv_password_cost_check(&(struct zv_password_cost){.memory_kib = 19456, .passes = 1}, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "auth.passes");
	assert_int_equal(zv_password_cost_check(&(struct zv_password_cost){.memory_kib = INT64_MAX, .passes = 2}, &err), ZV_E_INVALID);
}

static void new_passwords_are_long_and_not_common(void **state)
{
	static const char *const bad[] = {"", "short", "девятьззн", "1234567890", "QWERTYUIOP", "Password123", "ЙЦУКЕНГШЩЗ", "aaaaaaaaaaaaaaa",
					  "ivanova-2026", "my IVANOVA password", "bad \xff bytes 123"};
	static const char *const good[] = {"сорок две вороны", "correct horse battery", "aaaaaaaaab", "десятьзнак"};
	struct zv_err err;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		assert_int_equal(zv_password_check(zv_str_c(bad[i]), ZV_STR("ivanova"), &err), ZV_E_INVALID);
		assert_string_equal(err.field, "password");
	}
	for (size_t i = 0; i < ZV_LEN(good); i++)
		assert_int_equal(zv_password_check(zv_str_c(good[i]), ZV_STR("ivanova"), &err), ZV_OK);
	/* A login of three letters is inside too many words. */
	assert_int_equal(zv_password_check(ZV_STR("banana republic"), ZV_STR("ana"), &err), ZV_OK);
}

static void a_made_password_keeps_the_rules_and_is_new(void **state)
{
	char a[ZV_PASSWORD_NEW];
	char b[ZV_PASSWORD_NEW];
	struct zv_err err;

	(void)state;
	for (int i = 0; i < 100; i++) {
		zv_password_new(a);
		zv_password_new(b);
		assert_string_not_equal(a, b);
		assert_int_equal(strlen(a), ZV_PASSWORD_NEW - 1);
		assert_null(strpbrk(a, "0O1lIi"));
		assert_int_equal(zv_password_check(zv_str_c(a), ZV_STR("ivanova"), &err), ZV_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_secret_has_256_bits_and_is_new),
		cmocka_unit_test(only_43_characters_of_base64url_are_a_secret),
		cmocka_unit_test(base64url_that_is_none_is_refused),
		cmocka_unit_test(a_token_is_found_in_its_field),
		cmocka_unit_test(scopes_go_to_bits_and_back),
		cmocka_unit_test(a_session_is_found_in_its_cookie),
		cmocka_unit_test(the_cookie_is_shut_against_scripts_and_other_sites),
		cmocka_unit_test(a_csrf_token_is_of_one_session),
		cmocka_unit_test(a_password_fits_its_hash_alone),
		cmocka_unit_test(a_hash_that_is_too_cheap_is_refused),
		cmocka_unit_test(new_passwords_are_long_and_not_common),
		cmocka_unit_test(a_made_password_keeps_the_rules_and_is_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
