/* One sentence a code. */
#include "app/lots_text.h"

#include "base/tr.h"
#include "model/money.h"
#include "model/quantity.h"
#include "model/requirement.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* every format is a constant msgid; msgfmt -c checks the translations */

struct zv_str zv_lots_qty(int64_t base, enum zv_dim dim, struct zv_arena *arena)
{
	char text[ZV_QUANTITY_TEXT];
	const struct zv_unit *unit = zv_dim_price_unit(dim);

	if (base == 0 && unit != NULL) /* "0 kg", not "0 mg" */
		return zv_arena_strf(arena, "0 %.*s", ZV_STR_FMT(zv_unit_symbol(unit)));
	zv_quantity_format(text, base, dim);
	return zv_str_dup(arena, zv_str_c(text));
}

static const char *qty(int64_t base, const struct zv_lots_why *why, struct zv_arena *arena)
{
	return zv_lots_qty(base, why->dim, arena).p;
}

static struct zv_str price_text(const struct zv_lots_why *why, struct zv_arena *arena)
{
	char money[ZV_MONEY_TEXT];
	char price[ZV_PRICE_TEXT];
	char ceiling[ZV_PRICE_TEXT];

	zv_money_format(money, why->lack);
	zv_price_format(price, why->price, why->dim);
	zv_price_format(ceiling, why->ceiling, why->dim);
	return zv_arena_strf(arena, zv_tr(N_("price %s at a lot of %s is above the ceiling %s; %s would close the gap")), price,
			     qty(why->size_base, why, arena), ceiling, money);
}

static struct zv_str lead_text(const struct zv_lots_why *why, struct zv_arena *arena)
{
	char ready[ZV_DATE_TEXT];
	char due[ZV_DATE_TEXT];

	zv_date_format(ready, (zv_date)why->have);
	zv_date_format(due, (zv_date)why->want);
	return zv_arena_strf(arena, zv_tr_n("ready %s, needed %s (%" PRId64 " day late)", "ready %s, needed %s (%" PRId64 " days late)", why->lack),
			     ready, due, why->lack);
}

/* "purity 98.0 < 99.0": the first hard requirement that the nearest offer fails. */
static struct zv_str property_text(const struct zv_lots_why *why, struct zv_arena *arena)
{
	struct zv_requirements required;
	struct zv_requirements offered;
	struct zv_req_result result;

	if (zv_requirements_parse(&required, why->required, arena, "requirements", NULL) == ZV_OK &&
	    zv_requirements_parse(&offered, why->offered, arena, "properties", NULL) == ZV_OK) {
		for (size_t i = 0; i < required.n; i++) {
			zv_requirement_test(&result, &required.p[i], &offered, arena);
			if (required.p[i].hard && result.verdict == ZV_REQ_FAIL)
				return result.text;
		}
	}
	return zv_str_c(zv_tr(N_("a hard requirement is not met")));
}

static struct zv_str sentence(const struct zv_lots_why *why, struct zv_arena *arena)
{
	static const struct {
		const char *code;
		const char *msgid;
	} plain[] = {
		{"NOOFFER", N_("nobody offers this")},
		{"UNIT", N_("the units of need and offer have no conversion")},
		{"CONTROLLED", N_("a permit record of buyer or maker is needed")},
		{"VALIDITY", N_("the offer is no longer valid")},
		{"WINDOW", N_("the delivery window does not meet that of the others")},
		{"NOPRICE", N_("the maker states no price: ask him")},
		{"NOITEM", N_("no item is named: give a CAS number, an own code or a name of the register")},
		{"NOQUANTITY", N_("the quantity is not stated in a unit that can be added up")},
		{"HELD", N_("held until a permit record is there")},
	};

	for (size_t i = 0; i < ZV_LEN(plain); i++) {
		if (zv_str_eq_c(why->code, plain[i].code))
			return zv_str_c(zv_tr(plain[i].msgid));
	}
	if (zv_str_eq_c(why->code, "PROPERTY"))
		return property_text(why, arena);
	if (zv_str_eq_c(why->code, "LEAD"))
		return lead_text(why, arena);
	if (zv_str_eq_c(why->code, "PRICE"))
		return price_text(why, arena);
	if (zv_str_eq_c(why->code, "CAPACITY"))
		return zv_arena_strf(arena, zv_tr(N_("%s needed, %s free: short by %s")), qty(why->want, why, arena), qty(why->have, why, arena),
				     qty(why->lack, why, arena));
	if (zv_str_eq_c(why->code, "MINIMUM"))
		return zv_arena_strf(arena, zv_tr(N_("%s of %s reachable, short by %s")), qty(why->have, why, arena),
				     qty(why->want, why, arena), qty(why->lack, why, arena));
	if (zv_str_eq_c(why->code, "STEP"))
		return zv_arena_strf(arena, zv_tr(N_("no set of needs makes up a lot of %s: short by %s")), qty(why->size_base, why, arena),
				     qty(why->lack, why, arena));
	return zv_arena_strf(arena, zv_tr(N_("the search limit was reached: a lot may exist (%.*s)")), ZV_STR_FMT(why->code));
}

struct zv_str zv_lots_why_text(const struct zv_lots_why *why, struct zv_arena *arena)
{
	struct zv_str text = sentence(why, arena);

	return why->maker.n > 0 ? zv_arena_strf(arena, "%.*s: %.*s", ZV_STR_FMT(why->maker), ZV_STR_FMT(text)) : text;
}
