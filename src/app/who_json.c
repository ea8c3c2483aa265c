/* A person as JSON in the parameters of a job: no secret is among it. */
#include "app/who_json.h"

#include <stdio.h>
#include <stdlib.h>

void zv_who_write_json(struct zv_json *json, const struct zv_who *who)
{
	char scopes[40];

	(void)snprintf(scopes, sizeof(scopes), "%016" PRIx64 "%016" PRIx64, who->scopes[0], who->scopes[1]);
	zv_json_object(json);
	zv_json_key_int(json, "account", who->account_id);
	zv_json_key_str(json, "login", who->login);
	zv_json_key_str(json, "name", who->name);
	zv_json_key_str(json, "actor", who->actor);
	zv_json_key_str(json, "address", who->address);
	zv_json_key_c(json, "scopes", scopes);
	zv_json_key_bool(json, "by_token", who->by_token);
	zv_json_key(json, "grants");
	zv_json_array(json);
	for (int i = 0; i < who->n_grants; i++) {
		zv_json_object(json);
		zv_json_key_c(json, "role", zv_role_name(who->grants[i].role));
		zv_json_key_int(json, "centre", who->grants[i].centre_id);
		zv_json_key_int(json, "org", who->grants[i].org_id);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_end_object(json);
}

static struct zv_str text_of(const struct zv_json_value *value, const char *name)
{
	const struct zv_json_value *member = zv_json_get(value, name);

	return member != NULL ? member->text : ZV_STR("");
}

static bool number_of(int64_t *out, const struct zv_json_value *value, const char *name)
{
	return zv_str_int(out, text_of(value, name));
}

static bool read_grants(struct zv_who *out, const struct zv_json_value *grants)
{
	if (grants == NULL || grants->kind != ZV_JSON_ARRAY || grants->n > ZV_GRANTS_MAX)
		return false;
	for (size_t i = 0; i < grants->n; i++) {
		struct zv_grant *grant = &out->grants[out->n_grants++];

		if (!zv_role_parse(&grant->role, text_of(&grants->items[i], "role")) || !number_of(&grant->centre_id, &grants->items[i], "centre") ||
		    !number_of(&grant->org_id, &grants->items[i], "org"))
			return false;
	}
	return true;
}

static uint64_t hex_of(struct zv_str text)
{
	char room[17] = {0};

	for (size_t i = 0; i < text.n && i < 16; i++)
		room[i] = text.p[i];
	return strtoull(room, NULL, 16);
}

enum zv_code zv_who_read_json(struct zv_who *out, const struct zv_json_value *value, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str scopes = text_of(value, "scopes");

	*out = (struct zv_who){
		.login = zv_str_dup(arena, text_of(value, "login")),
		.name = zv_str_dup(arena, text_of(value, "name")),
		.actor = zv_str_dup(arena, text_of(value, "actor")),
		.address = zv_str_dup(arena, text_of(value, "address")),
		.by_token = zv_str_eq_c(text_of(value, "by_token"), "true"),
	};
	out->scopes[0] = hex_of(scopes);
	out->scopes[1] = hex_of(zv_str_from(scopes, 16));
	if (!number_of(&out->account_id, value, "account") || scopes.n != 32 || !read_grants(out, zv_json_get(value, "grants")))
		return zv_fail(err, ZV_E_INVALID, "who", N_("The work does not say who asked for it."));
	return ZV_OK;
}
