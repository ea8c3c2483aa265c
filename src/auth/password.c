/* Argon2id by libsodium, and what a new password must not be. */
#include "auth/password.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "auth/secret.h"
#include "base/rng.h"
#include "base/utf8.h"

const struct zv_password_cost zv_password_cost_min = {.memory_kib = 19 * 1024, .passes = 2};

enum { MEMORY_MAX_KIB = 1024 * 1024, PASSES_MAX = 100 };

static atomic_int running;
static atomic_int peak;

enum zv_code zv_password_cost_check(const struct zv_password_cost *cost, struct zv_err *err)
{
	const struct zv_password_cost *min = &zv_password_cost_min;

	if (cost->memory_kib < min->memory_kib || cost->memory_kib > MEMORY_MAX_KIB)
		return zv_fail(err, ZV_E_INVALID, "auth.memory_kib", N_("The memory of a password's hash must be %d to %d KiB, not %" PRId64 "."),
			       (int)min->memory_kib, MEMORY_MAX_KIB, cost->memory_kib);
	if (cost->passes < min->passes || cost->passes > PASSES_MAX)
		return zv_fail(err, ZV_E_INVALID, "auth.passes", N_("The passes of a password's hash must be %d to %d, not %" PRId64 "."), (int)min->passes,
			       PASSES_MAX, cost->passes);
	return ZV_OK;
}

static void enter(void)
{
	int now = atomic_fetch_add(&running, 1) + 1;
	int seen = atomic_load(&peak);

	while (now > seen && !atomic_compare_exchange_weak(&peak, &seen, now))
		;
}

static void leave(void)
{
	(void)atomic_fetch_sub(&running, 1);
}

int zv_password_peak(void)
{
	return atomic_load(&peak);
}

enum zv_code zv_password_hash(char out[ZV_PASSWORD_HASH], struct zv_str password, const struct zv_password_cost *cost, struct zv_err *err)
{
	char hash[crypto_pwhash_STRBYTES];
	int failed;

	_Static_assert(crypto_pwhash_STRBYTES <= ZV_PASSWORD_HASH, "room for libsodium's text");
	enter();
	failed = crypto_pwhash_str_alg(hash, password.p != NULL ? password.p : "", password.n, (unsigned long long)cost->passes,
				       (size_t)cost->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
	leave();
	if (failed != 0)
		return zv_fail(err, ZV_E_LIMIT, "password", N_("There is not enough memory to hash a password (%" PRId64 " KiB)."), cost->memory_kib);
	memcpy(out, hash, sizeof(hash));
	return ZV_OK;
}

/*
 * A hash that no password has: well-formed text of the same cost, so that comparing costs the same. Its 32 bytes are random, so that a match
 * would be an inversion of Argon2id.
 */
static void hash_of_nobody(char out[ZV_PASSWORD_HASH], const struct zv_password_cost *cost)
{
	unsigned char bytes[48];
	char salt[32];
	char hash[64];

	zv_random_bytes(bytes, sizeof(bytes));
	(void)sodium_bin2base64(salt, sizeof(salt), bytes, 16, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	(void)sodium_bin2base64(hash, sizeof(hash), bytes + 16, 32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	(void)snprintf(out, ZV_PASSWORD_HASH, "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", (int)cost->memory_kib, (int)cost->passes, salt, hash);
}

bool zv_password_verify(struct zv_str hash, struct zv_str password, const struct zv_password_cost *cost)
{
	static const struct zv_str prefix = ZV_STR_INIT("$argon2id$");
	char stored[ZV_PASSWORD_HASH] = "";
	bool nobody = hash.n >= sizeof(stored) || !zv_str_starts(hash, prefix);
	bool right;

	if (nobody)
		hash_of_nobody(stored, cost);
	else
		memcpy(stored, hash.p, hash.n);
	enter();
	right = crypto_pwhash_str_verify(stored, password.p != NULL ? password.p : "", password.n) == 0;
	leave();
	return right && !nobody;
}

bool zv_password_is_stale(struct zv_str hash, const struct zv_password_cost *cost)
{
	char stored[ZV_PASSWORD_HASH] = "";

	if (hash.n >= sizeof(stored))
		return true;
	if (hash.n > 0)
		memcpy(stored, hash.p, hash.n);
	return crypto_pwhash_str_needs_rehash(stored, (unsigned long long)cost->passes, (size_t)cost->memory_kib * 1024) != 0;
}

/* The commonest of ten characters and more, in small letters: of published lists, and their like on a Russian keyboard. */
static const char *const common[] = {
	"1234567890", "0123456789", "0987654321", "1234567891", "12345678910", "123456789a", "a123456789", "q123456789", "123456789q", "1q2w3e4r5t",
	"1q2w3e4r5t6y", "q1w2e3r4t5", "q1w2e3r4t5y6", "1qaz2wsx3edc", "qazwsxedcrfv", "zaq12wsxcde3", "qwertyuiop", "qwerty12345", "qwerty123456",
	"12345qwert", "123456qwerty", "qwertyuiop123", "asdfghjkl;", "asdfghjkl1", "zxcvbnm123", "zxcvbnm,./", "password12", "password123",
	"password1234", "passw0rd123", "p@ssw0rd123", "p@ssword123", "administrator", "admin12345", "admin123456", "letmein123", "welcome123",
	"welcome2024", "welcome2025", "welcome2026", "changeme123", "iloveyou123", "iloveyou12", "sunshine123", "princess123", "football123",
	"baseball123", "superman123", "michael123", "abcdefghij", "abcdefghijk", "abcd123456", "abc1234567", "aa12345678", "a1b2c3d4e5",
	"987654321a", "9876543210", "1111111111", "0000000000", "1212121212", "1231231231", "1122334455", "11223344556677", "147258369a",
	"1472583690", "7894561230", "159753qwerty", "пароль12345", "пароль123456", "парольпароль", "йцукенгшщз", "йцукен12345", "йцукен123456",
	"фывапролдж", "ячсмитьбю.", "привет12345", "любовь12345", "здравствуйте", "администратор", "gfhjkm12345", "gfhjkm123456", "ghbdtn12345",
	"zveno12345", "zveno123456", "звено12345", "testtest12", "test123456", "testpassword", "trustno1234", "dragon12345", "monkey12345",
	"shadow12345", "master12345", "secret12345", "default123", "temporary1", "correcthorsebatterystaple",
};

static bool is_common(struct zv_str small)
{
	for (size_t i = 0; i < ZV_LEN(common); i++) {
		if (zv_str_eq_c(small, common[i]))
			return true;
	}
	/* One character all along, whatever it is. */
	for (size_t i = 1; i < small.n; i++) {
		if (small.p[i] != small.p[0])
			return false;
	}
	return true;
}

/* Looked at as a reader would: without case and with look-alike forms made one. */
static enum zv_code check_folded(struct zv_str small, struct zv_str name, struct zv_err *err)
{
	if (zv_str_eq(small, name) || (name.n >= 4 && zv_str_find(small, name) >= 0))
		return zv_fail(err, ZV_E_INVALID, "password", N_("The password must not contain the login. Choose another one."));
	if (is_common(small))
		return zv_fail(err, ZV_E_INVALID, "password", N_("This password is one of the commonest. Choose another one."));
	return ZV_OK;
}

enum zv_code zv_password_check(struct zv_str password, struct zv_str login, struct zv_err *err)
{
	struct zv_buf small;
	struct zv_buf name;
	enum zv_code code;
	size_t n;

	if (zv_utf8_check(password) >= 0 || (password.n > 0 && memchr(password.p, '\0', password.n) != NULL))
		return zv_fail(err, ZV_E_INVALID, "password", N_("The password must be text in UTF-8."));
	n = zv_utf8_count(password);
	if (n < ZV_PASSWORD_MIN)
		return zv_fail(err, ZV_E_INVALID, "password", N_("The password must have at least %d characters. A few words in a row are good."),
			       ZV_PASSWORD_MIN);
	if (n > ZV_PASSWORD_MAX)
		return zv_fail(err, ZV_E_INVALID, "password", N_("The password must have at most %d characters."), ZV_PASSWORD_MAX);
	zv_buf_init(&small, 0);
	zv_buf_init(&name, 0);
	zv_utf8_fold(&small, password);
	zv_utf8_fold(&name, login);
	code = check_folded(zv_buf_str(&small), zv_buf_str(&name), err);
	if (small.p != NULL)
		zv_secret_forget(small.p, small.cap);
	zv_buf_done(&small);
	zv_buf_done(&name);
	return code;
}

void zv_password_new(char out[ZV_PASSWORD_NEW])
{
	static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ"; /* without 0 O 1 l I L i o */
	unsigned char bytes[ZV_PASSWORD_NEW * 4];
	size_t at = 0;

	while (at < ZV_PASSWORD_NEW - 1) {
		zv_random_bytes(bytes, sizeof(bytes));
		for (size_t i = 0; i < sizeof(bytes) && at < ZV_PASSWORD_NEW - 1; i++) {
			/* Groups of five; what is beyond the last whole multiple is thrown away, so that all letters are alike likely. */
			if (at % 6 == 5)
				out[at++] = '-';
			else if (bytes[i] < 256 / (sizeof(alphabet) - 1) * (sizeof(alphabet) - 1))
				out[at++] = alphabet[bytes[i] % (sizeof(alphabet) - 1)];
		}
	}
	out[at] = '\0';
	zv_secret_forget(bytes, sizeof(bytes));
}
