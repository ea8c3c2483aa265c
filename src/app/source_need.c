/* Needs of procurement documents: what they have in common, whatever the format. */
#include "app/source_need.h"

#include "model/ident.h"
#include "model/quantity.h"

enum { STATE_DECLARED = 2, STATE_HELD = 6, VISIBLE_PUBLIC = 3 };

struct zv_str zv_source_okei(struct zv_str code, struct zv_str name)
{
	return code.n > 0 && zv_unit_by_okei(code) != NULL ? code : name;
}

bool zv_source_first(struct zv_import *im, struct zv_str key)
{
	struct zv_source_seen *seen = zv_import_state(im);
	int64_t before;

	if (!seen->ready) {
		zv_map_init(&seen->keys);
		seen->ready = true;
	}
	if (zv_map_get(&before, &seen->keys, key))
		return false;
	zv_map_put(&seen->keys, key, 1);
	return true;
}

void zv_source_seen_done(void *state)
{
	struct zv_source_seen *seen = state;

	if (seen->ready)
		zv_map_done(&seen->keys);
}

/* Registers that count the money instead of the goods. */
static bool is_currency(struct zv_str unit)
{
	static const char *const names[] = {"dram", "драм", "AMD", "UAH", "hryvnia", "гривня", "RUB", "рубль", "Рубль", "USD", "EUR"};

	for (size_t i = 0; i < ZV_LEN(names); i++) {
		if (zv_str_eq_nocase(unit, zv_str_c(names[i])))
			return true;
	}
	return false;
}

struct amount {
	struct zv_quantity q;
	struct zv_str text;
	bool stated;
};

static enum zv_code read_amount(struct amount *out, struct zv_import *im, const struct zv_import_row *row, const struct zv_source_need *need,
				struct zv_err *err)
{
	struct zv_str unit = need->unit_name.n > 0 ? need->unit_name : need->unit;
	enum zv_code code;

	*out = (struct amount){.text = zv_str_trim(zv_arena_strf(row->arena, "%.*s %.*s", ZV_STR_FMT(need->qty), ZV_STR_FMT(unit)))};
	if (need->qty.n == 0) {
		ZV_SOURCE_WARN(im, "qty", N_("The document states no quantity: the need is kept, but it pools with nothing."));
		return ZV_OK;
	}
	if (need->unit.n == 0)
		return zv_fail(err, ZV_E_INVALID, "unit", N_("%.*s of what? The unit is missing."), ZV_STR_FMT(need->qty));
	if (is_currency(unit))
		return zv_fail(err, ZV_E_INVALID, "unit", N_("“%.*s” is a currency, not a unit of quantity."), ZV_STR_FMT(unit));
	code = zv_quantity_parse_parts(&out->q, need->qty, need->unit, row->arena, "qty", "unit", err);
	if (code != ZV_OK)
		return code;
	if (out->q.base <= 0)
		return zv_fail(err, ZV_E_INVALID, "qty", N_("%.*s is not an amount above zero."), ZV_STR_FMT(need->qty));
	out->stated = true;
	if (!zv_dim_poolable(out->q.dim))
		ZV_SOURCE_WARN(im, "unit", N_("“%.*s” converts into nothing: the need is kept, but it pools with nothing."), ZV_STR_FMT(unit));
	return ZV_OK;
}

static void set_amount(struct zv_import *im, struct zv_record *record, const struct amount *amount)
{
	zv_import_set_text(im, record, "qty_text", amount->text.n > 0 ? amount->text : ZV_STR("—"));
	if (!amount->stated)
		return;
	zv_import_set_int(im, record, "dim", amount->q.dim);
	zv_import_set_int(im, record, "qty_base", amount->q.base);
}

static enum zv_code set_place_and_day(struct zv_import *im, struct zv_record *record, const struct zv_source_need *need, struct zv_err *err)
{
	const struct zv_region *region;
	zv_date due;
	enum zv_code code = zv_import_region(&region, im, need->region, "region", err);

	if (code != ZV_OK)
		return code;
	if (region != NULL)
		zv_import_set_text(im, record, "region", region->iso);
	if (need->due.n == 0)
		return ZV_OK;
	if (!zv_date_parse(&due, need->due))
		return zv_fail(err, ZV_E_INVALID, "due", N_("“%.*s” is not a date; write it like 2026-09-30."), ZV_STR_FMT(need->due));
	zv_import_set_int(im, record, "due", due);
	return ZV_OK;
}

static enum zv_code gate(bool *held, bool *store, struct zv_import *im, const struct zv_source_need *need, struct zv_str okpd2,
			 struct zv_import_ref org, struct zv_err *err)
{
	struct zv_control_query query = {.okpd2 = okpd2, .names = &need->title, .n_names = 1};
	struct zv_control_result result;
	struct zv_err why = {0};
	enum zv_code code = zv_import_gate(&result, &why, im, &query, org, err);

	if (code != ZV_OK)
		return code;
	*held = why.code != ZV_OK;
	*store = !*held || result.action <= ZV_CONTROL_PERMIT_CHECK;
	if (*held)
		zv_import_hold(im, &why, *store);
	return ZV_OK;
}

enum zv_code zv_source_plan_need(struct zv_import *im, const struct zv_import_row *row, const struct zv_source_need *need, struct zv_err *err)
{
	char okpd2[ZV_CLASS_TEXT] = "";
	struct zv_str okpd2_text;
	struct zv_import_ref org;
	struct zv_record *record;
	struct amount amount;
	bool held = false;
	bool store = true;
	enum zv_code code = ZV_OK;

	if (need->title.n == 0)
		return zv_fail(err, ZV_E_INVALID, "title", N_("The document does not say what is needed."));
	if (need->okpd2.n > 0)
		code = zv_class_parse(okpd2, ZV_CLASS_OKPD2, need->okpd2, "okpd2", err);
	okpd2_text = zv_str_dup(row->arena, zv_str_c(okpd2));
	if (code == ZV_OK)
		code = zv_import_org(&org, im, &need->org, true, need->org_prefix, err);
	if (code == ZV_OK)
		code = gate(&held, &store, im, need, okpd2_text, org, err);
	if (code != ZV_OK || !store)
		return code;
	code = read_amount(&amount, im, row, need, err);
	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find("need"), need->key);
	zv_import_set_ref(im, record, "org_id", org);
	zv_import_set_text(im, record, "title", need->title);
	zv_import_set_text(im, record, "okpd2", okpd2_text);
	zv_import_set_text(im, record, "note", need->requirements_note);
	if (held)
		zv_import_set_int(im, record, "state", STATE_HELD);
	else
		zv_import_default_int(im, record, "state", STATE_DECLARED, STATE_HELD);
	zv_import_default_int(im, record, "visibility", VISIBLE_PUBLIC, -1);
	set_amount(im, record, &amount);
	return set_place_and_day(im, record, need, err);
}
