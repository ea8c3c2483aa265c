/* What a JSON body says, member by member; preconditions; and the heads of answers to writes. */
#include <stdio.h>
#include <string.h>

#include "api/call.h"
#include "base/utf8.h"

enum zv_code zv_api_body_only(const struct zv_api_call *call, const char *const *names, struct zv_err *err)
{
	if (call->body == NULL)
		return zv_fail(err, ZV_E_INVALID, "", N_("The body must be one JSON object."));
	for (size_t i = 0; i < call->body->n; i++) {
		bool known = false;

		for (size_t k = 0; names[k] != NULL && !known; k++)
			known = zv_str_eq_c(call->body->names[i], names[k]);
		if (!known) {
			struct zv_str name = zv_utf8_first(call->body->names[i], 40);

			return zv_fail(err, ZV_E_INVALID, zv_arena_strf(call->arena, "%.*s", ZV_STR_FMT(name)).p, N_("There is no field “%.*s” here."),
				       ZV_STR_FMT(name));
		}
	}
	return ZV_OK;
}

bool zv_api_has(const struct zv_api_call *call, const char *name)
{
	return zv_json_get(call->body, name) != NULL;
}

enum zv_code zv_api_text(struct zv_str *out, const struct zv_api_call *call, const char *name, bool required, size_t max, struct zv_err *err)
{
	const struct zv_json_value *value = zv_json_get(call->body, name);

	if (value == NULL || value->kind == ZV_JSON_NULL) {
		if (required)
			return zv_fail(err, ZV_E_INVALID, name, N_("“%s” is missing."), name);
		*out = ZV_STR("");
		return ZV_OK;
	}
	if (value->kind != ZV_JSON_STRING && value->kind != ZV_JSON_NUMBER)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” must be a text."), name);
	if (required && zv_str_trim(value->text).n == 0)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” is missing."), name);
	if (zv_utf8_count(value->text) > max)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” is too long: at most %d characters."), name, (int)max);
	*out = value->text;
	return ZV_OK;
}

enum zv_code zv_api_date(zv_date *out, const struct zv_api_call *call, const char *name, bool required, struct zv_err *err)
{
	struct zv_str text;
	enum zv_code code = zv_api_text(&text, call, name, required, 40, err);

	if (code != ZV_OK)
		return code;
	if (text.n == 0)
		*out = ZV_DATE_NONE;
	else if (!zv_date_parse(out, text))
		return zv_fail(err, ZV_E_INVALID, name, N_("“%.*s” is no date: write it as 2026-09-30."), ZV_STR_FMT(text));
	return ZV_OK;
}

enum zv_code zv_api_list(const struct zv_json_value **items, size_t *n, const struct zv_api_call *call, const char *name, size_t max, struct zv_err *err)
{
	const struct zv_json_value *value = zv_json_get(call->body, name);

	*items = NULL;
	*n = 0;
	if (value == NULL || value->kind == ZV_JSON_NULL)
		return ZV_OK;
	if (value->kind != ZV_JSON_ARRAY)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” must be a list."), name);
	if (value->n > max)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” has too many entries: at most %d."), name, (int)max);
	*items = value->items;
	*n = value->n;
	return ZV_OK;
}

void zv_api_etag(struct zv_api_call *call, struct zv_str version)
{
	(void)snprintf(call->answer->etag, sizeof(call->answer->etag), "\"%.*s\"", ZV_STR_FMT(zv_str_first(version, 64)));
}

enum zv_code zv_api_if_match(const struct zv_api_call *call, struct zv_str version, struct zv_err *err)
{
	const struct zv_request *request = call->request;
	struct zv_str field = zv_head_field(request->head, request->bytes, "If-Match"), part;

	if (field.n == 0)
		return zv_fail(err, ZV_E_INVALID, "If-Match", N_("Say in If-Match which version you have seen: the ETag of GET."));
	if (zv_str_eq_c(field, "*"))
		return ZV_OK;
	while (zv_str_split(&part, &field, ',')) {
		part = zv_str_trim(part);
		if (part.n == version.n + 2 && part.p[0] == '"' && part.p[part.n - 1] == '"' &&
		    zv_str_eq(zv_str_first(zv_str_from(part, 1), version.n), version))
			return ZV_OK;
	}
	return zv_fail(err, ZV_E_CONFLICT, "If-Match", N_("Somebody has changed this in the meantime: look at it again."));
}

static void locate(struct zv_api_call *call, int status, const char *path, struct zv_str uid)
{
	call->answer->status = status;
	(void)snprintf(call->answer->location, sizeof(call->answer->location), "%s%.*s", path, ZV_STR_FMT(uid));
}

void zv_api_created(struct zv_api_call *call, const char *path, struct zv_str uid)
{
	locate(call, 201, path, uid);
}

void zv_api_accepted(struct zv_api_call *call, const char *path, struct zv_str uid)
{
	locate(call, 202, path, uid);
}

void zv_api_nothing(struct zv_api_call *call)
{
	call->answer->status = 204;
}
