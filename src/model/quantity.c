/* Exact arithmetic between what people write and whole base units. Nothing here rounds but the share of pure substance. */
#include "model/quantity.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/tr.h"
#include "model/number.h"

enum { DECIMALS_MAX = 15, SHOWN_MAX = 40, UL_PER_L = 1000000, PPM = 1000000, NICE_DIGITS = 18 };

/* A number as value / 10^decimals. */
struct decimal {
	int64_t value;
	int decimals;
};

static enum zv_code parse_decimal(struct decimal *out, struct zv_str text, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);
	struct decimal d = {.decimals = zv_number_decimals(s)};
	enum zv_code code;

	if (d.decimals > DECIMALS_MAX)
		d.decimals = DECIMALS_MAX;
	code = zv_decimal_parse(&d.value, s, d.decimals, field, err);
	if (code == ZV_OK && d.value < 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is below zero; an amount cannot be."),
			       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
	if (code == ZV_OK)
		*out = d;
	return code;
}

static enum zv_code to_base(int64_t *out, struct decimal d, const struct zv_unit *unit, struct zv_str shown, const char *field,
			    struct zv_err *err)
{
	const struct zv_unit *base_unit = zv_dim_base_unit(unit->dim);
	struct zv_str symbol = zv_unit_symbol(unit);
	/* value <= 2^63, num <= 10^18, den <= 10^4, 10^decimals <= 10^15: no product leaves 128 bits. */
	zv_i128 num = (zv_i128)d.value * unit->num;
	zv_i128 den = (zv_i128)unit->den * zv_pow10(d.decimals);

	shown = zv_str_first(zv_str_trim(shown), SHOWN_MAX);
	if (num % den != 0) {
		if (base_unit == NULL)
			return zv_fail(err, ZV_E_INVALID, field,
				       N_("“%.*s” %.*s is too fine: at most 3 decimals are kept; round it yourself."),
				       ZV_STR_FMT(shown), ZV_STR_FMT(symbol));
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” %.*s is finer than 1 %.*s; round it yourself."),
			       ZV_STR_FMT(shown), ZV_STR_FMT(symbol), ZV_STR_FMT(zv_unit_symbol(base_unit)));
	}
	if (num / den > INT64_MAX)
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” %.*s is too large an amount."), ZV_STR_FMT(shown),
			       ZV_STR_FMT(symbol));
	*out = (int64_t)(num / den);
	return ZV_OK;
}

static enum zv_code parse_parts(struct zv_quantity *out, struct zv_str value, struct zv_str unit, const char *field,
				const char *unit_field, struct zv_err *err)
{
	struct zv_quantity quantity = {0};
	struct decimal d = {0};
	enum zv_code code;

	code = parse_decimal(&d, value, field, err);
	if (code == ZV_OK)
		code = zv_unit_find(&quantity.unit, unit, unit_field, err);
	if (code == ZV_OK)
		code = to_base(&quantity.base, d, quantity.unit, value, field, err);
	if (code != ZV_OK)
		return code;
	quantity.dim = quantity.unit->dim;
	*out = quantity;
	return ZV_OK;
}

enum zv_code zv_quantity_parse_parts(struct zv_quantity *out, struct zv_str value, struct zv_str unit, struct zv_arena *arena,
				     const char *field, const char *unit_field, struct zv_err *err)
{
	enum zv_code code;
	char *entered;

	value = zv_str_trim(value);
	unit = zv_str_trim(unit);
	code = parse_parts(out, value, unit, field, unit_field, err);
	if (code != ZV_OK)
		return code;
	entered = zv_arena_alloc(arena, value.n + 1 + unit.n);
	memcpy(entered, value.p, value.n);
	entered[value.n] = ' ';
	memcpy(entered + value.n + 1, unit.p, unit.n);
	out->entered = (struct zv_str){entered, value.n + 1 + unit.n};
	return ZV_OK;
}

enum zv_code zv_quantity_parse(struct zv_quantity *out, struct zv_str text, struct zv_arena *arena, const char *field,
			       struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);
	struct zv_str number = zv_number_prefix(s);
	enum zv_code code;

	if (number.n == 0)
		number = s; /* so that the message quotes what was written */
	code = parse_parts(out, number, zv_str_from(s, number.n), field, field, err);
	if (code == ZV_OK)
		out->entered = zv_str_dup(arena, s);
	return code;
}

bool zv_quantity_decimal(char out[ZV_QUANTITY_TEXT], int64_t base, const struct zv_unit *unit)
{
	char plain[ZV_NUMBER_TEXT];

	if (!zv_number_exact(plain, (zv_i128)base * unit->den, unit->num))
		return false;
	memcpy(out, plain, sizeof(plain));
	return true;
}

bool zv_quantity_format_in(char out[ZV_QUANTITY_TEXT], int64_t base, const struct zv_unit *unit)
{
	struct zv_str symbol = zv_unit_symbol(unit);
	char plain[ZV_NUMBER_TEXT];
	char local[ZV_NUMBER_TEXT];

	if (!zv_number_exact(plain, (zv_i128)base * unit->den, unit->num))
		return false;
	zv_number_localize(local, plain, ZV_GROUPS_BLANK);
	(void)snprintf(out, ZV_QUANTITY_TEXT, "%s %.*s", local, ZV_STR_FMT(symbol));
	return true;
}

/* Units for people, the largest first, and the amount from which each is used. Tonnes only where kilograms become unwieldy. */
static const struct {
	enum zv_dim dim;
	const char *key;
	int64_t from;
} nice[] = {
	{ZV_DIM_MASS, "t", 10000000000},   {ZV_DIM_MASS, "kg", 1000000},   {ZV_DIM_MASS, "g", 1000},     {ZV_DIM_MASS, "mg", 0},
	{ZV_DIM_VOLUME, "m3", 10000000000}, {ZV_DIM_VOLUME, "l", 1000000},  {ZV_DIM_VOLUME, "ml", 1000},  {ZV_DIM_VOLUME, "ul", 0},
	{ZV_DIM_PIECE, "pc", 0},           {ZV_DIM_LENGTH, "km", 10000000000}, {ZV_DIM_LENGTH, "m", 1000000}, {ZV_DIM_LENGTH, "mm", 1000},
	{ZV_DIM_LENGTH, "um", 0},          {ZV_DIM_AREA, "ha", 1000000000000}, {ZV_DIM_AREA, "m2", 1000000}, {ZV_DIM_AREA, "mm2", 0},
	{ZV_DIM_TIME, "d", 864000},        {ZV_DIM_TIME, "h", 3600},       {ZV_DIM_TIME, "min", 60},     {ZV_DIM_TIME, "s", 0},
	{ZV_DIM_ENERGY, "mwh", 36000000000}, {ZV_DIM_ENERGY, "kwh", 3600000}, {ZV_DIM_ENERGY, "j", 0},
};

/* The unit that reads best and gives an exact number with so few digits that it can be read again. */
static const struct zv_unit *nice_unit(int64_t base, enum zv_dim dim)
{
	char text[ZV_QUANTITY_TEXT];

	for (size_t i = 0; i < ZV_LEN(nice); i++) {
		const struct zv_unit *unit;

		if (nice[i].dim != dim || base < nice[i].from)
			continue;
		unit = zv_unit_by_key(zv_str_c(nice[i].key));
		if (zv_quantity_decimal(text, base, unit) && strlen(text) <= NICE_DIGITS)
			return unit;
	}
	return zv_dim_base_unit(dim);
}

void zv_quantity_format(char out[ZV_QUANTITY_TEXT], int64_t base, enum zv_dim dim)
{
	const struct zv_unit *unit = nice_unit(base, dim);
	char plain[ZV_NUMBER_TEXT];
	char local[ZV_NUMBER_TEXT];

	if (unit != NULL && zv_quantity_format_in(out, base, unit))
		return;
	/* A known unit without conversion, kept in thousandths of itself: whoever holds the unit writes it behind. */
	(void)zv_number_exact(plain, base, dim == ZV_DIM_OTHER ? 1000 : 1);
	zv_number_localize(local, plain, ZV_GROUPS_BLANK);
	(void)snprintf(out, ZV_QUANTITY_TEXT, "%s", local);
}

void zv_quantity_echo(char out[ZV_QUANTITY_ECHO], int64_t base, enum zv_dim dim)
{
	const struct zv_unit *base_unit = zv_dim_base_unit(dim);
	char shown[ZV_QUANTITY_TEXT];
	char whole[ZV_QUANTITY_TEXT];

	zv_quantity_format(shown, base, dim);
	if (base_unit == NULL || nice_unit(base, dim) == base_unit || !zv_quantity_format_in(whole, base, base_unit))
		(void)snprintf(out, ZV_QUANTITY_ECHO, "%s", shown);
	else
		(void)snprintf(out, ZV_QUANTITY_ECHO, "%s = %s", shown, whole);
}

static enum zv_code exact_ratio(int64_t *out, int64_t a, int64_t b, int64_t c, const char *field, struct zv_err *err)
{
	zv_i128 product = (zv_i128)a * b;

	if (product % c != 0)
		return zv_fail(err, ZV_E_INVALID, field,
			       N_("With this density the amount is no whole number of base units; state the amount in the other unit."));
	if (product / c > INT64_MAX)
		return zv_fail(err, ZV_E_INVALID, field, N_("With this density the amount is too large."));
	*out = (int64_t)(product / c);
	return ZV_OK;
}

enum zv_code zv_quantity_convert(int64_t *out, int64_t base, enum zv_dim from, enum zv_dim to, int64_t density_mg_l,
				 const char *field, struct zv_err *err)
{
	bool dense = (from == ZV_DIM_MASS && to == ZV_DIM_VOLUME) || (from == ZV_DIM_VOLUME && to == ZV_DIM_MASS);

	if (from == to && zv_dim_poolable(from)) {
		*out = base;
		return ZV_OK;
	}
	if (!dense) {
		const struct zv_unit *a = zv_dim_price_unit(from);
		const struct zv_unit *b = zv_dim_price_unit(to);

		if (a == NULL || b == NULL)
			return zv_fail(err, ZV_E_INVALID, field,
				       N_("no conversion: the unit stands for itself and is not added up with others"));
		return zv_fail(err, ZV_E_INVALID, field, N_("no conversion from %.*s to %.*s"), ZV_STR_FMT(zv_unit_symbol(a)),
			       ZV_STR_FMT(zv_unit_symbol(b)));
	}
	if (density_mg_l <= 0)
		return zv_fail(err, ZV_E_INVALID, field,
			       to == ZV_DIM_MASS ? N_("density needed to compare with kilograms")
						 : N_("density needed to compare with litres"));
	return to == ZV_DIM_MASS ? exact_ratio(out, base, density_mg_l, UL_PER_L, field, err)
				 : exact_ratio(out, base, UL_PER_L, density_mg_l, field, err);
}

static enum zv_code density_units(const struct zv_unit **mass, const struct zv_unit **volume, struct zv_str text, const char *field,
				  struct zv_err *err)
{
	ptrdiff_t slash = zv_str_find_char(text, '/');
	enum zv_code code;

	if (slash < 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("Write a density as 0.975 kg/L or 975 kg/m3."));
	code = zv_unit_find(mass, zv_str_first(text, (size_t)slash), field, err);
	if (code == ZV_OK)
		code = zv_unit_find(volume, zv_str_from(text, (size_t)slash + 1), field, err);
	if (code == ZV_OK && ((*mass)->dim != ZV_DIM_MASS || (*volume)->dim != ZV_DIM_VOLUME))
		return zv_fail(err, ZV_E_INVALID, field, N_("Write a density as 0.975 kg/L or 975 kg/m3."));
	return code;
}

enum zv_code zv_density_parse(int64_t *out_mg_l, struct zv_str text, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);
	struct zv_str number = zv_number_prefix(s);
	const struct zv_unit *mass = NULL;
	const struct zv_unit *volume = NULL;
	struct decimal d = {0};
	zv_i128 num;
	zv_i128 den;
	enum zv_code code = parse_decimal(&d, number, field, err);

	if (code != ZV_OK)
		return code;
	code = density_units(&mass, &volume, zv_str_from(s, number.n), field, err);
	if (code != ZV_OK)
		return code;
	den = (zv_i128)mass->den * volume->num * zv_pow10(d.decimals);
	if (__builtin_mul_overflow((zv_i128)d.value * mass->num, (zv_i128)volume->den * UL_PER_L, &num) || num / den > INT64_MAX)
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is too large a density."), ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
	if (num == 0 || num % den != 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is no density in whole milligrams per litre above zero."),
			       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
	*out_mg_l = (int64_t)(num / den);
	return ZV_OK;
}

bool zv_quantity_to_pure(int64_t *out, int64_t base, int64_t purity_ppm)
{
	return purity_ppm > 0 && purity_ppm <= PPM && zv_muldiv(out, base, purity_ppm, PPM);
}

bool zv_quantity_from_pure(int64_t *out, int64_t base, int64_t purity_ppm)
{
	return purity_ppm > 0 && purity_ppm <= PPM && zv_muldiv(out, base, PPM, purity_ppm);
}
