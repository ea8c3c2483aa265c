/* What it costs to bring goods over a distance: tariff by distance band and hazard class. The built-in rows are data/freight.csv. */
#ifndef ZV_MODEL_FREIGHT_H
#define ZV_MODEL_FREIGHT_H

#include "base/err.h"
#include "base/str.h"
#include "model/price.h"

/* A row: what a tonne pays for each kilometre of its way that lies in the band. A longer way never costs less. */
struct zv_freight_rate {
	struct zv_str hazard;   /* class of dangerous goods: "", "3", "6.1", "*" for any */
	int32_t from_km, to_km; /* from_km <= km < to_km */
	int64_t kop_per_tkm;    /* kopecks for a tonne and kilometre */
};

struct zv_freight_tariff {
	const struct zv_freight_rate *rates;
	size_t n;
	struct zv_str source, as_of; /* of the whole table, for the explanation */
};

/* The defaults of the project; live for ever. */
const struct zv_freight_tariff *zv_freight_builtin(void);

/*
 * Kopecks for one tonne over a distance. A class without rows of its own takes those of its main class (6.1: 6), then those of "*".
 * ZV_E_NOTFOUND when the table does not cover the class or the distance.
 */
ZV_MUST_CHECK enum zv_code zv_freight_per_tonne(int64_t *out_kop, const struct zv_freight_tariff *tariff, int32_t km, struct zv_str hazard,
						struct zv_err *err);

/* Kopecks for a mass over a distance, rounded half to even. Errors as above, and ZV_E_LIMIT when the sum is too large. */
ZV_MUST_CHECK enum zv_code zv_freight_cost(int64_t *out_kop, const struct zv_freight_tariff *tariff, int64_t mass_mg, int32_t km,
					   struct zv_str hazard, struct zv_err *err);

/* The same as an exact price per milligram, to be added to the maker's price. */
ZV_MUST_CHECK enum zv_code zv_freight_price(struct zv_price *out, const struct zv_freight_tariff *tariff, int32_t km, struct zv_str hazard,
					    struct zv_err *err);

#endif
