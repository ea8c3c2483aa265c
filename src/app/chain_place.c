/* Places are written anew for each value that is looked at; only faults read them. */
#include "app/chain_place.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/chain_number.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { SHOWN = 60 };

void chain_at(struct chain_place *place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(place->text, sizeof(place->text), format, args);
	va_end(args);
}

static struct zv_str shown(const struct zv_json_value *value)
{
	if (value == NULL || value->kind == ZV_JSON_NULL)
		return ZV_STR("null");
	if (value->kind == ZV_JSON_ARRAY)
		return ZV_STR("[…]");
	return value->kind == ZV_JSON_OBJECT ? ZV_STR("{…}") : zv_utf8_first(value->text, SHOWN);
}

enum zv_code chain_place_bad(struct chain_place *place, const struct zv_json_value *value, const char *what)
{
	return zv_fail(place->err, ZV_E_INVALID, "json", N_("%s: “%.*s” %s."), place->text, ZV_STR_FMT(shown(value)), zv_tr(what));
}

enum zv_code chain_array(const struct zv_json_value **out, struct chain_place *place, const struct zv_json_value *object, const char *name, bool optional)
{
	static const struct zv_json_value none = {.kind = ZV_JSON_ARRAY};
	const struct zv_json_value *value = zv_json_get(object, name);

	*out = &none;
	if (value == NULL && optional)
		return ZV_OK;
	chain_at(place, "%s", name);
	if (value == NULL || value->kind != ZV_JSON_ARRAY)
		return chain_place_bad(place, value, N_("is not an array"));
	*out = value;
	return ZV_OK;
}

enum zv_code chain_name(struct zv_str *out, struct chain_place *place, const struct zv_json_value *value)
{
	if (value == NULL || (value->kind != ZV_JSON_STRING && value->kind != ZV_JSON_NUMBER) || value->text.n == 0)
		return chain_place_bad(place, value, N_("is not a name"));
	if (value->text.n > ZV_CHAIN_ID_MAX)
		return chain_place_bad(place, value, N_("is too long for a name"));
	*out = value->text;
	return ZV_OK;
}

enum zv_code chain_number(double *out, struct chain_place *place, const struct zv_json_value *value, double min, double max)
{
	if (value == NULL || (value->kind != ZV_JSON_STRING && value->kind != ZV_JSON_NUMBER) || !zv_chain_number(out, value->text))
		return chain_place_bad(place, value, N_("is not a number, such as 12.5 or 1/3"));
	if (!(*out >= min && *out <= max) || (*out > 0 && *out < ZV_CHAIN_AMOUNT_MIN))
		return chain_place_bad(place, value, N_("is outside what may stand here"));
	return ZV_OK;
}
