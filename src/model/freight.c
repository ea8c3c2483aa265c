/* Freight: a tariff in bands (the default is generated from data/freight.csv), each kilometre paid at the rate of its band. */
#include "model/freight.h"

#include <pthread.h>

#include "base/decimal.h"
#include "freight.inc.h"

enum { RATE_COUNT = ZV_LEN(freight_table) };

static struct zv_freight_rate rates[RATE_COUNT];
static struct zv_freight_tariff tariff_builtin = {rates, RATE_COUNT, {NULL, 0}, {NULL, 0}};
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const int64_t mg_per_tonne = 1000000000;

static void load(void)
{
	for (size_t i = 0; i < RATE_COUNT; i++) {
		const struct zv_str *row = freight_table[i];
		int64_t from = 0;
		int64_t to = 0;

		if (!zv_str_int(&from, row[FREIGHT_FROM_KM]) || !zv_str_int(&to, row[FREIGHT_TO_KM]) || from >= to || to > INT32_MAX ||
		    !zv_str_int(&rates[i].kop_per_tkm, row[FREIGHT_KOP_PER_TKM]))
			assert(!"row in data/freight.csv");
		rates[i].hazard = row[FREIGHT_HAZARD_CLASS];
		rates[i].from_km = (int32_t)from;
		rates[i].to_km = (int32_t)to;
	}
	tariff_builtin.source = freight_table[0][FREIGHT_SOURCE];
	tariff_builtin.as_of = freight_table[0][FREIGHT_AS_OF];
}

const struct zv_freight_tariff *zv_freight_builtin(void)
{
	(void)pthread_once(&once, load);
	return &tariff_builtin;
}

static bool has_class(const struct zv_freight_tariff *tariff, struct zv_str hazard)
{
	for (size_t i = 0; i < tariff->n; i++) {
		if (zv_str_eq(tariff->rates[i].hazard, hazard))
			return true;
	}
	return false;
}

/* The class whose rows hold for `hazard`: itself, its main class or any; unchanged when there is none. */
static struct zv_str class_for(const struct zv_freight_tariff *tariff, struct zv_str hazard)
{
	ptrdiff_t point = zv_str_find_char(hazard, '.');
	struct zv_str main_class = zv_str_first(hazard, point > 0 ? (size_t)point : hazard.n);

	if (hazard.n == 0 || has_class(tariff, hazard))
		return hazard;
	if (has_class(tariff, main_class))
		return main_class;
	return has_class(tariff, ZV_STR("*")) ? ZV_STR("*") : hazard;
}

enum zv_code zv_freight_per_tonne(int64_t *out_kop, const struct zv_freight_tariff *tariff, int32_t km, struct zv_str hazard,
				  struct zv_err *err)
{
	struct zv_str class = class_for(tariff, zv_str_trim(hazard));
	int32_t covered = 0;
	int64_t sum = 0;

	for (size_t i = 0; i < tariff->n; i++) {
		const struct zv_freight_rate *rate = &tariff->rates[i];
		int32_t to = rate->to_km < km ? rate->to_km : km;
		int64_t part;

		if (!zv_str_eq(rate->hazard, class) || to <= rate->from_km)
			continue;
		if (!zv_mul(&part, rate->kop_per_tkm, to - rate->from_km) || !zv_add(&sum, sum, part))
			return zv_fail(err, ZV_E_LIMIT, "km", N_("The freight for %d km is too large a sum."), km);
		covered += to - rate->from_km;
	}
	if (covered < km || !has_class(tariff, class))
		return zv_fail(err, ZV_E_NOTFOUND, "km", N_("The freight tariff has no rate for %d km and hazard class “%.*s”."), km,
			       ZV_STR_FMT(hazard));
	*out_kop = sum;
	return ZV_OK;
}

enum zv_code zv_freight_cost(int64_t *out_kop, const struct zv_freight_tariff *tariff, int64_t mass_mg, int32_t km, struct zv_str hazard,
			     struct zv_err *err)
{
	int64_t per_tonne = 0;
	enum zv_code code = zv_freight_per_tonne(&per_tonne, tariff, km, hazard, err);

	if (code != ZV_OK)
		return code;
	if (!zv_muldiv(out_kop, per_tonne, mass_mg, mg_per_tonne))
		return zv_fail(err, ZV_E_LIMIT, "km", N_("The freight for %d km is too large a sum."), km);
	return ZV_OK;
}

enum zv_code zv_freight_price(struct zv_price *out, const struct zv_freight_tariff *tariff, int32_t km, struct zv_str hazard,
			      struct zv_err *err)
{
	int64_t per_tonne = 0;
	enum zv_code code = zv_freight_per_tonne(&per_tonne, tariff, km, hazard, err);

	if (code == ZV_OK)
		*out = zv_price_of(per_tonne, mg_per_tonne);
	return code;
}
