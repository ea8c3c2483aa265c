/* What strangers send to prove who they are: cookies, Authorization fields, scopes, codes, identity tokens. Nothing of it may ever be let in by chance. */
#include "fuzz.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "auth/oidc.h"
#include "auth/oidc_token.h"
#include "auth/password.h"
#include "auth/session.h"
#include "auth/token.h"
#include "auth/totp.h"
#include "net/http_client.h"

/* A key set whose private halves nobody has kept. */
static const struct zv_str jwks = ZV_STR_INIT(
	"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"e\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
	"\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"},{\"kty\":\"RSA\",\"alg\":\"RS256\",\"kid\":\"r\",\"e\":\"AQAB\",\"n\":"
	"\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt"
	"7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_"
	"xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\"}]}");
static const struct zv_str token = ZV_STR_INIT("eyJhbGciOiJFUzI1NiIsImtpZCI6ImUifQ.eyJpc3MiOiJodHRwczovL2EiLCJhdWQiOiJ6Iiwic3ViIjoicyIsIm5vbmNlIjoibiIsImlhdCI6MTAwMCwiZXhwIjoyMDAwfQ."
					       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

static void fields(struct zv_str text)
{
	struct zv_str session = zv_session_of_field(text);
	struct zv_str bearer = zv_token_of_field(text);
	struct zv_str state = zv_oidc_state(text, text);
	char csrf[ZV_CSRF_TEXT];

	ZV_FUZZ_CHECK(session.n == 0 || (zv_secret_check(session) && session.p >= text.p && session.p + session.n <= text.p + text.n));
	ZV_FUZZ_CHECK(bearer.n <= text.n);
	ZV_FUZZ_CHECK(!zv_token_check(text) || zv_secret_check(zv_str_from(text, 3)));
	ZV_FUZZ_CHECK(state.n == 0); /* a cookie field is never its own value */
	if (session.n > 0) {
		zv_csrf_of(csrf, session);
		ZV_FUZZ_CHECK(zv_csrf_check(session, zv_str_c(csrf)) && !zv_csrf_check(session, session));
	}
}

static void scopes(struct zv_str text)
{
	uint64_t bits[2];
	uint64_t again[2];
	struct zv_buf buf;

	if (zv_scopes_parse(bits, text, NULL) != ZV_OK)
		return;
	zv_buf_init(&buf, 0);
	zv_scopes_format(&buf, bits);
	ZV_FUZZ_CHECK(zv_scopes_parse(again, zv_buf_str(&buf), NULL) == ZV_OK && memcmp(bits, again, sizeof(bits)) == 0);
	zv_buf_done(&buf);
}

static void base64(struct zv_str text)
{
	unsigned char *bytes = malloc(text.n + 1);
	char *back = malloc(text.n + 8);
	size_t n;

	if (bytes != NULL && back != NULL && zv_base64url_read(bytes, text.n + 1, &n, text)) {
		ZV_FUZZ_CHECK(n == text.n * 3 / 4);
		zv_base64url(back, text.n + 8, bytes, n);
		ZV_FUZZ_CHECK(strlen(back) == text.n);
	}
	free(back);
	free(bytes);
}

static void codes(struct zv_str text)
{
	static const struct zv_str secret = ZV_STR_INIT("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	char code[ZV_TOTP_CODE];
	int64_t step = 0;

	ZV_FUZZ_CHECK(!zv_totp_check(&step, secret, text, INT64_MAX, 1234567890000));
	if (zv_totp_check(&step, secret, text, 0, 1234567890000))
		ZV_FUZZ_CHECK(step >= 41152262 && step <= 41152264);
	if (zv_totp_code(code, text, 1))
		ZV_FUZZ_CHECK(strlen(code) == ZV_TOTP_CODE - 1);
}

static void identity(struct zv_str text)
{
	const struct zv_id_token_rule rule = {.issuer = ZV_STR("https://a"), .client_id = ZV_STR("z"), .nonce = ZV_STR("n"), .now_s = 1500};
	struct json_t *claims = NULL;
	bool unknown;

	ZV_FUZZ_CHECK(zv_id_token_check(&claims, &unknown, text, jwks, &rule, NULL) == ZV_E_DENIED);
	ZV_FUZZ_CHECK(zv_id_token_check(&claims, &unknown, token, text, &rule, NULL) == ZV_E_DENIED);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str text = {(const char *)p, n};

	fields(text);
	scopes(text);
	base64(text);
	codes(text);
	identity(text);
	if (zv_password_check(text, ZV_STR("login"), NULL) == ZV_OK)
		ZV_FUZZ_CHECK(text.n >= ZV_PASSWORD_MIN);
	ZV_FUZZ_CHECK(!zv_http_url_check(text, false) || zv_str_starts(text, ZV_STR("https://")));
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static struct zv_str seeds[12];

	seeds[0] = ZV_STR("__Host-zv=0123456789abcdefghijklmnopqrstuvwxyzABCDEFG; a=b");
	seeds[1] = ZV_STR("Bearer zv_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
	seeds[2] = ZV_STR("need.read lot.read org.write");
	seeds[3] = ZV_STR("005 924");
	seeds[4] = token;
	seeds[5] = jwks;
	seeds[6] = ZV_STR("eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2EifQ.");
	seeds[7] = ZV_STR("https://id.example:8443/realms/a?b=c");
	seeds[8] = ZV_STR("__Host-zv-oidc=0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
	seeds[9] = ZV_STR("correct horse battery");
	seeds[10] = ZV_STR("zv_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
	seeds[11] = (struct zv_str){NULL, 0};
	return seeds;
}

const char *const zv_fuzz_words[] = {"__Host-zv=", "Bearer ", "zv_", "; ", ".", "eyJ", "\"alg\"", "\"keys\":[", "none", "RS256", "ES256", "need.read", "AAAA", "@", "http://", NULL};
