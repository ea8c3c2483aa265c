/* Prices as exact fractions: comparison and sums in 128 bits, rounding only where a price is shown. */
#include "model/price.h"

#include <stdio.h>

#include "base/decimal.h"
#include "model/money.h"
#include "model/number.h"
#include "model/quantity.h"

enum { SHOWN_MAX = 60 };

static zv_i128 gcd128(zv_i128 a, zv_i128 b)
{
	while (b != 0) {
		zv_i128 rest = a % b;

		a = b;
		b = rest;
	}
	return a < 0 ? -a : a;
}

static bool reduce(struct zv_price *out, zv_i128 kop, zv_i128 per)
{
	zv_i128 divisor = gcd128(kop, per);

	kop /= divisor;
	per /= divisor;
	if (kop > INT64_MAX || kop < INT64_MIN || per > INT64_MAX)
		return false;
	*out = (struct zv_price){(int64_t)kop, (int64_t)per};
	return true;
}

int zv_price_cmp(struct zv_price a, struct zv_price b)
{
	zv_i128 left = (zv_i128)a.kop * b.per;
	zv_i128 right = (zv_i128)b.kop * a.per;

	return (left > right) - (left < right);
}

bool zv_price_total(int64_t *out_kop, struct zv_price price, int64_t qty_base)
{
	return zv_muldiv(out_kop, price.kop, qty_base, price.per);
}

struct zv_price zv_price_of(int64_t total_kop, int64_t qty_base)
{
	struct zv_price price = {total_kop, qty_base};

	assert(qty_base > 0);
	(void)reduce(&price, total_kop, qty_base);
	return price;
}

bool zv_price_add(struct zv_price *out, struct zv_price a, struct zv_price b)
{
	zv_i128 divisor;
	zv_i128 left;
	zv_i128 right;
	zv_i128 kop;
	zv_i128 per;

	if (a.per <= 0 || b.per <= 0)
		return false;
	divisor = gcd128(a.per, b.per);
	left = (zv_i128)a.kop * (b.per / divisor);
	right = (zv_i128)b.kop * (a.per / divisor);
	per = (zv_i128)a.per * (b.per / divisor);
	return !__builtin_add_overflow(left, right, &kop) && reduce(out, kop, per);
}

/* Where the sum ends and the unit begins: "/", " за " or " per ". False when no unit is named. */
static bool split_price(struct zv_str *sum, struct zv_str *per, struct zv_str s)
{
	static const struct zv_str words[] = {ZV_STR_INIT("/"), ZV_STR_INIT(" за "), ZV_STR_INIT(" per "), ZV_STR_INIT(" ЗА ")};

	for (size_t i = 0; i < ZV_LEN(words); i++) {
		ptrdiff_t at = zv_str_find(s, words[i]);

		if (at < 0)
			continue;
		*sum = zv_str_trim(zv_str_first(s, (size_t)at));
		*per = zv_str_trim(zv_str_from(s, (size_t)at + words[i].n));
		return true;
	}
	*sum = s;
	return false;
}

/* "kg" or "3 kg" to whole base units. A unit whose factor is no whole number cannot price anything exactly. */
static enum zv_code parse_per(int64_t *out_base, enum zv_dim *dim, struct zv_str text, const char *field, struct zv_err *err)
{
	struct zv_quantity quantity = {0};
	struct zv_arena arena;
	enum zv_code code;

	zv_arena_init(&arena);
	if (zv_number_prefix(text).n > 0)
		code = zv_quantity_parse(&quantity, text, &arena, field, err);
	else
		code = zv_quantity_parse_parts(&quantity, ZV_STR("1"), text, &arena, field, field, err);
	zv_arena_done(&arena);
	if (code == ZV_OK && quantity.base == 0)
		code = zv_fail(err, ZV_E_INVALID, field, N_("A price is for an amount above zero, not for “%.*s”."),
			       ZV_STR_FMT(zv_str_first(text, SHOWN_MAX)));
	if (code != ZV_OK)
		return code;
	*out_base = quantity.base;
	*dim = quantity.dim;
	return ZV_OK;
}

enum zv_code zv_price_parse(struct zv_price *out, enum zv_dim *out_dim, struct zv_str text, const struct zv_unit *unit,
			    const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);
	struct zv_str sum;
	struct zv_str per_text;
	enum zv_dim dim = ZV_DIM_NONE;
	int64_t kop = 0;
	int64_t per = 1;
	enum zv_code code;

	if (split_price(&sum, &per_text, s)) {
		code = parse_per(&per, &dim, per_text, field, err);
	} else if (unit != NULL) {
		per_text = unit->key;
		dim = unit->dim;
		per = unit->num / unit->den;
		code = unit->num % unit->den == 0 ? ZV_OK : parse_per(&per, &dim, per_text, field, err);
	} else {
		code = zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” does not say for what amount; write it as 5500 ₽/kg."),
			       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
	}
	if (code == ZV_OK)
		code = zv_money_parse(&kop, sum, field, err);
	if (code != ZV_OK)
		return code;
	*out = zv_price_of(kop, per);
	*out_dim = dim;
	return ZV_OK;
}

/* Base units of the amount that a price is shown for: a kilogram, a litre, a piece, or one of the unit itself. */
static int64_t shown_amount(enum zv_dim dim)
{
	const struct zv_unit *unit = zv_dim_price_unit(dim);

	if (unit != NULL)
		return unit->num;
	return dim == ZV_DIM_OTHER ? 1000 : 1;
}

static bool shown_kopecks(int64_t *kop, struct zv_price price, enum zv_dim dim)
{
	return price.per > 0 && zv_muldiv(kop, price.kop, shown_amount(dim), price.per);
}

void zv_price_decimal(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim)
{
	char plain[ZV_MONEY_TEXT] = "";
	int64_t kop;

	if (shown_kopecks(&kop, price, dim))
		zv_money_decimal(plain, kop);
	(void)snprintf(out, ZV_PRICE_TEXT, "%s", plain);
}

void zv_price_format_number(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim)
{
	char plain[ZV_PRICE_TEXT];
	char local[ZV_NUMBER_TEXT];

	zv_price_decimal(plain, price, dim);
	zv_number_localize(local, plain, ZV_GROUPS_COMMA);
	(void)snprintf(out, ZV_PRICE_TEXT, "%s", local);
}

void zv_price_format(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim)
{
	const struct zv_unit *unit = zv_dim_price_unit(dim);
	char money[ZV_MONEY_TEXT];
	int64_t kop;

	out[0] = '\0';
	if (!shown_kopecks(&kop, price, dim))
		return;
	zv_money_format(money, kop);
	if (unit == NULL)
		(void)snprintf(out, ZV_PRICE_TEXT, "%s", money);
	else
		(void)snprintf(out, ZV_PRICE_TEXT, "%s/%.*s", money, ZV_STR_FMT(zv_unit_symbol(unit)));
}

void zv_price_format_exact(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim)
{
	char money[ZV_MONEY_TEXT];
	char amount[ZV_QUANTITY_TEXT];

	out[0] = '\0';
	if (price.per <= 0)
		return;
	if ((zv_i128)price.kop * shown_amount(dim) % price.per == 0) {
		zv_price_format(out, price, dim);
		return;
	}
	zv_money_format(money, price.kop);
	zv_quantity_format(amount, price.per, dim);
	(void)snprintf(out, ZV_PRICE_TEXT, "%.47s/%.47s", money, amount);
}
