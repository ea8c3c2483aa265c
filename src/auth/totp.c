/* RFC 6238 over RFC 4226. SHA-1 is what authenticator programs agree on; as HMAC it is sound here. */
#include "auth/totp.h"

#include <stdio.h>
#include <string.h>

#include "auth/secret.h"
#include "auth/sha1.h"
#include "base/rng.h"
#include "net/http_client.h"

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void zv_totp_new(char out[ZV_TOTP_SECRET])
{
	unsigned char bytes[ZV_TOTP_BYTES];
	unsigned bits = 0;
	unsigned have = 0;
	size_t at = 0;

	zv_random_bytes(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bits = (bits << 8 | bytes[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			out[at++] = base32[bits >> (have - 5) & 31];
	}
	assert(have == 0 && at == ZV_TOTP_SECRET - 1);
	out[at] = '\0';
	zv_secret_forget(bytes, sizeof(bytes));
}

/* The bytes of a secret; 0 when it is none. Small letters and blanks are what people type. */
static size_t read_secret(unsigned char out[64], struct zv_str secret)
{
	unsigned bits = 0;
	unsigned have = 0;
	size_t n = 0;

	for (size_t i = 0; i < secret.n; i++) {
		char c = secret.p[i];
		const char *found;

		if (c == ' ' || c == '=')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		found = c != '\0' ? strchr(base32, c) : NULL;
		if (found == NULL || n == 64)
			return 0;
		bits = (bits << 5 | (unsigned)(found - base32)) & 0xfff;
		have += 5;
		if (have >= 8) {
			have -= 8;
			out[n++] = (unsigned char)(bits >> have);
		}
	}
	return n;
}

bool zv_totp_code(char out[ZV_TOTP_CODE], struct zv_str secret, int64_t step)
{
	unsigned char key[64];
	unsigned char counter[8];
	unsigned char mac[ZV_SHA1_BYTES];
	size_t n = read_secret(key, secret);
	uint32_t number;
	unsigned at;

	if (n == 0)
		return false;
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	zv_hmac_sha1(mac, key, n, counter, sizeof(counter));
	at = mac[ZV_SHA1_BYTES - 1] & 15;
	number = ((uint32_t)mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	(void)snprintf(out, ZV_TOTP_CODE, "%06u", (unsigned)(number % 1000000));
	zv_secret_forget(key, sizeof(key));
	return true;
}

/* Six digits without the blanks that people put between them; false when they are not six. */
static bool read_code(char out[ZV_TOTP_CODE], struct zv_str code)
{
	size_t n = 0;

	for (size_t i = 0; i < code.n; i++) {
		if (code.p[i] == ' ')
			continue;
		if (!zv_is_digit(code.p[i]) || n == ZV_TOTP_CODE - 1)
			return false;
		out[n++] = code.p[i];
	}
	out[n] = '\0';
	return n == ZV_TOTP_CODE - 1;
}

bool zv_totp_check(int64_t *step, struct zv_str secret, struct zv_str code, int64_t last_step, int64_t now_ms)
{
	int64_t now = now_ms / 1000 / ZV_TOTP_STEP_S;
	char given[ZV_TOTP_CODE];
	char want[ZV_TOTP_CODE];
	bool right = false;

	if (!read_code(given, code))
		return false;
	for (int64_t at = now - 1; at <= now + 1; at++) {
		bool same;

		if (!zv_totp_code(want, secret, at))
			return false;
		same = zv_secret_equal((struct zv_str){given, ZV_TOTP_CODE - 1}, (struct zv_str){want, ZV_TOTP_CODE - 1});
		if (same && at > last_step && !right) {
			right = true;
			*step = at;
		}
	}
	return right;
}

void zv_totp_uri(struct zv_buf *out, struct zv_str issuer, struct zv_str login, struct zv_str secret)
{
	zv_buf_add_c(out, "otpauth://totp/");
	zv_form_escape(out, issuer);
	zv_buf_add_char(out, ':');
	zv_form_escape(out, login);
	zv_buf_add_c(out, "?secret=");
	zv_form_escape(out, secret);
	zv_buf_add_c(out, "&issuer=");
	zv_form_escape(out, issuer);
	zv_buf_addf(out, "&algorithm=SHA1&digits=%d&period=%d", ZV_TOTP_CODE - 1, ZV_TOTP_STEP_S);
}
