/* The form of a token, and its scopes. */
#include "auth/token.h"

#include <string.h>

static const struct zv_str prefix = ZV_STR_INIT("zv_");

void zv_token_new(char out[ZV_TOKEN_TEXT])
{
	memcpy(out, prefix.p, prefix.n);
	zv_secret_new(out + prefix.n);
}

bool zv_token_check(struct zv_str text)
{
	return zv_str_starts(text, prefix) && zv_secret_check(zv_str_from(text, prefix.n));
}

struct zv_str zv_token_of_field(struct zv_str authorization)
{
	struct zv_str scheme = zv_str_first(authorization, 7);

	if (!zv_str_eq_nocase(scheme, ZV_STR("Bearer ")))
		return ZV_STR("");
	return zv_str_trim(zv_str_from(authorization, scheme.n));
}

enum zv_code zv_scopes_parse(uint64_t out[2], struct zv_str text, struct zv_err *err)
{
	uint64_t bits[2] = {0, 0};
	struct zv_str rest = text.p != NULL ? text : ZV_STR("");
	struct zv_str word;
	enum zv_action action;

	while (zv_str_split(&word, &rest, ' ')) {
		if (word.n == 0)
			continue;
		if (!zv_action_parse(&action, word))
			return zv_fail(err, ZV_E_INVALID, "scopes", N_("“%.*s” is no scope. They are listed in docs/permissions.md, such as need.read."),
				       ZV_STR_FMT(word));
		bits[action / 64] |= (uint64_t)1 << (action % 64);
	}
	if (bits[0] == 0 && bits[1] == 0)
		return zv_fail(err, ZV_E_INVALID, "scopes", N_("Name at least one scope, such as need.read."));
	memcpy(out, bits, sizeof(bits));
	return ZV_OK;
}

void zv_scopes_format(struct zv_buf *out, const uint64_t scopes[2])
{
	for (int i = 0; i < ZV_ACTION_COUNT; i++) {
		if ((scopes[i / 64] >> (i % 64) & 1) == 0)
			continue;
		if (out->n > 0)
			zv_buf_add_char(out, ' ');
		zv_buf_add_c(out, zv_action_name((enum zv_action)i));
	}
}
