/* Reasons in words, and as they are kept with an invitation. */
#include "app/candidates.h"
#include "base/tr.h"
#include "format/json_value.h"
#include "format/json_write.h"
#include "model/money.h"

static const char *const kinds[] = {NULL, "sells_to_member", "makes_what_members_import", "makes_what_members_need", "buys_from_member"};

const char *zv_reason_kind_name(enum zv_reason_kind kind)
{
	return kinds[kind];
}

static struct zv_str money(int64_t kop, struct zv_arena *arena)
{
	char text[ZV_MONEY_TEXT];

	zv_money_format(text, kop);
	return zv_str_dup(arena, zv_str_c(text));
}

/* "2025: 150,000.00 ₽ (contract № 7, acetylacetone)", as far as it is stated. */
struct zv_str zv_reason_about(const struct zv_reason *reason, struct zv_arena *arena)
{
	struct zv_str item = zv_tr_pick(reason->item, reason->item_en);
	struct zv_str text = ZV_STR("");

	if (reason->kop >= 0 && reason->year > 0)
		text = zv_arena_strf(arena, zv_tr(N_(": %.*s in %" PRId64)), ZV_STR_FMT(money(reason->kop, arena)), reason->year);
	else if (reason->kop >= 0)
		text = zv_arena_strf(arena, zv_tr(N_(": a contract for %.*s")), ZV_STR_FMT(money(reason->kop, arena)));
	if (item.n > 0)
		text = zv_arena_strf(arena, "%.*s, %.*s", ZV_STR_FMT(text), ZV_STR_FMT(item));
	if (reason->number.n > 0)
		text = zv_arena_strf(arena, zv_tr(N_("%.*s (contract %.*s)")), ZV_STR_FMT(text), ZV_STR_FMT(reason->number));
	return text;
}

/* What is offered, and in place of what. */
static struct zv_str about_item(const struct zv_reason *reason, struct zv_arena *arena)
{
	struct zv_str item = zv_tr_pick(reason->item, reason->item_en);

	if (reason->for_item.n == 0)
		return item;
	return zv_arena_strf(arena, zv_tr(N_("%.*s (qualified in place of %.*s)")), ZV_STR_FMT(item),
			     ZV_STR_FMT(zv_tr_pick(reason->for_item, reason->for_item_en)));
}

static struct zv_str about_worth(const struct zv_reason *reason, struct zv_arena *arena)
{
	return reason->kop < 0 ? ZV_STR("") : zv_arena_strf(arena, zv_tr(N_(", for up to %.*s")), ZV_STR_FMT(money(reason->kop, arena)));
}

struct zv_str zv_reason_text(const struct zv_reason *reason, struct zv_arena *arena)
{
	switch (reason->kind) {
	case ZV_REASON_SELLS:
		return zv_arena_strf(arena, zv_tr(N_("Sells to the member %.*s%.*s")), ZV_STR_FMT(reason->member), ZV_STR_FMT(zv_reason_about(reason, arena)));
	case ZV_REASON_BUYS:
		return zv_arena_strf(arena, zv_tr(N_("Buys from the member %.*s%.*s")), ZV_STR_FMT(reason->member), ZV_STR_FMT(zv_reason_about(reason, arena)));
	case ZV_REASON_IMPORTED:
		return zv_arena_strf(arena, zv_tr(N_("Offers %.*s, which the member %.*s imports (%.*s)%.*s")), ZV_STR_FMT(about_item(reason, arena)),
				     ZV_STR_FMT(reason->member), ZV_STR_FMT(reason->country), ZV_STR_FMT(about_worth(reason, arena)));
	default:
		return zv_arena_strf(arena, zv_tr(N_("Offers %.*s, which the member %.*s needs%.*s")), ZV_STR_FMT(about_item(reason, arena)),
				     ZV_STR_FMT(reason->member), ZV_STR_FMT(about_worth(reason, arena)));
	}
}

struct zv_str zv_reason_href(const struct zv_reason *reason, struct zv_arena *arena)
{
	bool contract = reason->kind == ZV_REASON_SELLS || reason->kind == ZV_REASON_BUYS;

	return zv_arena_strf(arena, "%s%.*s", contract ? "/registers/contracts/" : "/needs/", ZV_STR_FMT(reason->subject));
}

/* --- kept -------------------------------------------------------------------------------------------------------------------- */

void zv_reasons_write(struct zv_buf *out, const struct zv_reason *reasons, size_t n)
{
	struct zv_json json;
	struct zv_out file;

	zv_out_init(&file, NULL, 0);
	zv_json_init(&json, &file);
	zv_json_array(&json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&json);
		zv_json_key_c(&json, "kind", kinds[reasons[i].kind]);
		zv_json_key_str(&json, "member_uid", reasons[i].member_uid);
		zv_json_key_str(&json, "member", reasons[i].member);
		zv_json_key_str(&json, "subject", reasons[i].subject);
		zv_json_key_str(&json, "number", reasons[i].number);
		zv_json_key_str(&json, "item", reasons[i].item);
		zv_json_key_str(&json, "item_en", reasons[i].item_en);
		zv_json_key_str(&json, "for_item", reasons[i].for_item);
		zv_json_key_str(&json, "for_item_en", reasons[i].for_item_en);
		zv_json_key_str(&json, "country", reasons[i].country);
		zv_json_key_int(&json, "year", reasons[i].year);
		zv_json_key_int(&json, "kop", reasons[i].kop);
		zv_json_end_object(&json);
	}
	zv_json_end_array(&json);
	zv_buf_add_str(out, zv_out_text(&file));
	zv_out_done(&file);
}

static struct zv_str text_of(const struct zv_json_value *object, const char *name)
{
	const struct zv_json_value *value = zv_json_get(object, name);

	return value != NULL && value->kind == ZV_JSON_STRING ? value->text : ZV_STR("");
}

static int64_t number_of(const struct zv_json_value *object, const char *name)
{
	const struct zv_json_value *value = zv_json_get(object, name);
	int64_t number = -1;

	return value != NULL && value->kind == ZV_JSON_NUMBER && zv_str_int(&number, value->text) ? number : -1;
}

enum zv_code zv_reasons_read(struct zv_reason **out, size_t *n, struct zv_str json, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_json_value list;
	enum zv_code code = zv_json_parse(&list, json, arena, err);

	if (code != ZV_OK || list.kind != ZV_JSON_ARRAY)
		return code == ZV_OK ? zv_fail(err, ZV_E_BUG, "", N_("The reasons of an invitation are not a list.")) : code;
	*out = ZV_ARENA_ARRAY(arena, struct zv_reason, list.n + 1);
	*n = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct zv_json_value *one = &list.items[i];
		struct zv_str kind = text_of(one, "kind");
		int at = ZV_REASON_SELLS;

		while (at <= ZV_REASON_BUYS && !zv_str_eq_c(kind, kinds[at]))
			at++;
		if (at > ZV_REASON_BUYS)
			continue;
		(*out)[(*n)++] = (struct zv_reason){
			.kind = (enum zv_reason_kind)at,
			.member_uid = text_of(one, "member_uid"),
			.member = text_of(one, "member"),
			.subject = text_of(one, "subject"),
			.number = text_of(one, "number"),
			.item = text_of(one, "item"),
			.item_en = text_of(one, "item_en"),
			.for_item = text_of(one, "for_item"),
			.for_item_en = text_of(one, "for_item_en"),
			.country = text_of(one, "country"),
			.year = number_of(one, "year"),
			.kop = number_of(one, "kop"),
		};
	}
	return ZV_OK;
}
