/* What the operations share: parameters in, values out. */
#include "api/call.h"

#include <stdio.h>
#include <string.h>

#include "base/tr.h"
#include "model/money.h"
#include "model/quantity.h"
#include "model/region.h"

enum zv_code zv_api_register(const struct zv_register **out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str path = zv_str_from(call->request->target.path, sizeof("/api/v1/") - 1), segment;
	char name[64];

	(void)zv_str_split(&segment, &path, '/');
	(void)snprintf(name, sizeof(name), "%.*s", ZV_STR_FMT(segment));
	*out = zv_register_find(name);
	return *out != NULL ? ZV_OK : zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such address in the API."));
}

enum zv_code zv_api_only(const struct zv_api_call *call, const char *const *names, struct zv_err *err)
{
	const struct zv_target *target = &call->request->target;

	for (int i = 0; i < target->n_params; i++) {
		bool known = false;

		for (size_t k = 0; names[k] != NULL && !known; k++)
			known = zv_str_eq_c(target->params[i].name, names[k]);
		if (!known)
			return zv_fail(err, ZV_E_INVALID, "query", N_("“%.*s” cannot be asked for here."),
				       ZV_STR_FMT(zv_str_first(target->params[i].name, 60)));
	}
	return ZV_OK;
}

enum zv_code zv_api_limit(int *out, const struct zv_api_call *call, int otherwise, struct zv_err *err)
{
	struct zv_str text;
	int64_t value;

	*out = otherwise;
	if (!zv_target_param(&text, &call->request->target, "limit"))
		return ZV_OK;
	if (!zv_is_digits(text) || !zv_str_int(&value, text) || value < 1 || value > ZV_VIEW_PAGE_MAX)
		return zv_fail(err, ZV_E_INVALID, "limit", N_("“%.*s” is no limit: give a number from 1 to %d."), ZV_STR_FMT(zv_str_first(text, 60)),
			       ZV_VIEW_PAGE_MAX);
	*out = (int)value;
	return ZV_OK;
}

struct zv_str zv_api_cursor_text(int64_t at, struct zv_arena *arena)
{
	return zv_arena_strf(arena, "c%" PRIx64, (uint64_t)at);
}

enum zv_code zv_api_cursor(int64_t *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text;
	uint64_t value = 0;
	bool ok;

	*out = 0;
	if (!zv_target_param(&text, &call->request->target, "cursor"))
		return ZV_OK;
	ok = text.n >= 2 && text.n <= 16 && text.p[0] == 'c';
	for (size_t i = 1; ok && i < text.n; i++) {
		const char *digits = "0123456789abcdef";
		const char *at = text.p[i] != '\0' ? strchr(digits, text.p[i]) : NULL;

		ok = at != NULL;
		if (ok)
			value = value * 16 + (uint64_t)(at - digits);
	}
	if (!ok)
		return zv_fail(err, ZV_E_INVALID, "cursor", N_("This is no cursor: take “next” of the page before."));
	*out = (int64_t)value;
	return ZV_OK;
}

enum zv_code zv_api_count(int64_t *out, struct zv_api_call *call, const struct zv_register *reg, struct zv_err *err)
{
	struct zv_str key;
	struct zv_buf kept;
	uint64_t stamp = 0;
	bool found;
	enum zv_code code = zv_view_version(&stamp, call->db, err);

	if (code != ZV_OK)
		return code;
	zv_buf_init(&kept, 0);
	zv_buf_addf(&kept, "count %s ", reg->name);
	if (!zv_sight_open(call->who, reg))
		zv_sight_key(&kept, call->who);
	key = zv_str_dup(call->arena, zv_buf_str(&kept));
	zv_buf_reset(&kept);
	found = zv_cache_get(&kept, NULL, call->cache, key, stamp) && zv_str_int(out, zv_buf_str(&kept));
	zv_buf_done(&kept);
	if (found)
		return ZV_OK;
	code = zv_sight_count(out, call->db, call->who, reg, err);
	if (code == ZV_OK)
		zv_cache_put(call->cache, key, stamp, zv_arena_strf(call->arena, "%" PRId64, *out));
	return code;
}

static void add_escaped(struct zv_buf *out, struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.')
			zv_buf_add_char(out, (char)c);
		else
			zv_buf_addf(out, "%%%02X", c);
	}
}

void zv_api_link_next(struct zv_api_call *call, struct zv_str cursor)
{
	const struct zv_target *target = &call->request->target;
	struct zv_buf link;

	zv_buf_init(&link, sizeof(call->answer->link) - 1);
	zv_buf_addf(&link, "<%.*s?", ZV_STR_FMT(target->path));
	for (int i = 0; i < target->n_params; i++) {
		if (zv_str_eq_c(target->params[i].name, "cursor"))
			continue;
		add_escaped(&link, target->params[i].name);
		zv_buf_add_char(&link, '=');
		add_escaped(&link, target->params[i].value);
		zv_buf_add_char(&link, '&');
	}
	zv_buf_addf(&link, "cursor=%.*s>; rel=\"next\"", ZV_STR_FMT(cursor));
	if (!link.full)
		memcpy(call->answer->link, zv_buf_c(&link), link.n + 1);
	zv_buf_done(&link);
}

void zv_api_begin_items(struct zv_api_call *call)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
}

void zv_api_end_items(struct zv_api_call *call, struct zv_str next, int64_t total)
{
	zv_json_end_array(&call->json);
	zv_api_key_str_or_null(call, "next", next);
	zv_json_key(&call->json, "total");
	if (total >= 0)
		zv_json_int(&call->json, total);
	else
		zv_json_null(&call->json);
	zv_json_end_object(&call->json);
	if (next.n > 0)
		zv_api_link_next(call, next);
}

void zv_api_both(struct zv_api_call *call, const char *key, const char *msgid)
{
	static const char *const langs[] = {"ru", "en"};
	const char *before = zv_tr_lang();

	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	for (size_t i = 0; i < ZV_LEN(langs); i++) {
		zv_tr_set_lang(langs[i]);
		zv_json_key_c(&call->json, langs[i], zv_tr(msgid));
	}
	zv_json_end_object(&call->json);
	zv_tr_set_lang(before);
}

void zv_api_key_date(struct zv_api_call *call, const char *key, zv_date date)
{
	char text[ZV_DATE_TEXT];

	zv_date_format(text, date);
	zv_json_key_c(&call->json, key, date != ZV_DATE_NONE ? text : NULL);
}

void zv_api_key_instant(struct zv_api_call *call, const char *key, int64_t ms)
{
	char text[ZV_INSTANT_TEXT];

	zv_instant_format(text, ms);
	zv_json_key_c(&call->json, key, ms != 0 ? text : NULL);
}

void zv_api_key_str_or_null(struct zv_api_call *call, const char *key, struct zv_str s)
{
	zv_json_key(&call->json, key);
	if (s.n > 0)
		zv_json_str(&call->json, s);
	else
		zv_json_null(&call->json);
}

void zv_api_key_qty(struct zv_api_call *call, const char *key, int64_t base, enum zv_dim dim)
{
	char text[ZV_QUANTITY_TEXT];

	zv_quantity_format(text, base, dim);
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "base", base);
	zv_json_key_c(&call->json, "dim", zv_dim_name(dim));
	zv_json_key_c(&call->json, "text", text);
	zv_json_end_object(&call->json);
}

void zv_api_key_price(struct zv_api_call *call, const char *key, struct zv_price price, enum zv_dim dim)
{
	char text[ZV_PRICE_TEXT];

	zv_json_key(&call->json, key);
	if (price.per <= 0) {
		zv_json_null(&call->json);
		return;
	}
	zv_price_format(text, price, dim);
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "kop", price.kop);
	zv_json_key_int(&call->json, "per", price.per);
	zv_json_key_c(&call->json, "text", text);
	zv_json_end_object(&call->json);
}

void zv_api_key_amount(struct zv_api_call *call, const char *key, int64_t kop)
{
	char text[ZV_MONEY_TEXT];

	zv_money_decimal(text, kop);
	zv_json_key_c(&call->json, key, text);
}

struct zv_str zv_api_region_name(struct zv_str iso)
{
	const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), iso);

	return region != NULL ? zv_region_name(region) : iso;
}

void zv_api_key_region(struct zv_api_call *call, struct zv_str iso)
{
	zv_json_key(&call->json, "region");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "code", iso);
	zv_json_key_str(&call->json, "name", zv_api_region_name(iso));
	zv_json_end_object(&call->json);
}

void zv_api_key_named(struct zv_api_call *call, const char *key, const char *reg, struct zv_str uid, struct zv_str name)
{
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "register", reg);
	zv_json_key_str(&call->json, "uid", uid);
	zv_json_key_str(&call->json, "name", name);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_cell(struct zv_api_call *call, struct zv_listing *listing, const struct zv_record *record, int column,
			 const struct zv_value *value, struct zv_err *err)
{
	const struct zv_column *c = &listing->reg->columns[column];
	struct zv_listing_cell cell;
	enum zv_code code = zv_listing_value(&cell, listing, record, column, value, err);

	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "value");
	if (cell.type == ZV_LISTING_NULL)
		zv_json_null(&call->json);
	else if (cell.type == ZV_LISTING_TEXT)
		zv_json_str(&call->json, cell.machine);
	else
		zv_json_raw(&call->json, cell.machine);
	/* People know regions by name; the codes are for machines. */
	if (c->name[0] == 'r' && strcmp(c->name, "region") == 0)
		cell.human = zv_api_region_name(cell.human);
	zv_json_key_str(&call->json, "text", cell.human);
	if (c->type == ZV_COL_REF && !value->null)
		zv_api_key_named(call, "ref", c->ref, cell.machine, cell.human);
	return ZV_OK;
}
