/* From rows of the registers to the figures of the engines. */
#include "app/terms.h"

#include "base/decimal.h"
#include "model/freight.h"
#include "model/region.h"

enum { UL_A_LITRE = 1000000 /* µL in a litre */, SAME_ITEM = 4 };

enum zv_code zv_terms_ladder(struct zv_ladder *out, const struct zv_snap_offer *offer, struct zv_arena *arena, struct zv_err *err)
{
	*out = (struct zv_ladder){.form = ZV_LADDER_NONE, .dim = offer->dim};
	if (offer->ladder.n > 0)
		return zv_ladder_parse(out, offer->ladder, zv_dim_price_unit(offer->dim), arena, "ladder", err);
	if (offer->price.per > 0) {
		out->form = ZV_LADDER_FIXED;
		out->fixed_kop = offer->fixed_kop > 0 ? offer->fixed_kop : 0;
		out->variable = offer->price;
	}
	return ZV_OK;
}

struct zv_lot_sizes zv_terms_sizes(const struct zv_snap_offer *offer)
{
	return (struct zv_lot_sizes){.min = offer->min_base, .step = offer->step_base, .max = offer->max_base};
}

bool zv_terms_delivered(struct zv_str basis)
{
	static const char *const delivered[] = {"DAP", "DPU", "DDP", "CIP", "CPT", "CIF", "CFR"};
	struct zv_str code = zv_str_first(zv_str_trim(basis), 3);

	for (size_t i = 0; i < ZV_LEN(delivered); i++) {
		if (zv_str_eq_nocase(code, zv_str_c(delivered[i])))
			return true;
	}
	return false;
}

enum zv_code zv_terms_freight(struct zv_price *out, bool *known, struct zv_str from, struct zv_str to, const struct zv_snap_item *item,
			      enum zv_dim dim, struct zv_err *err)
{
	const struct zv_region *a = zv_region_by_iso(zv_regions_builtin(), from);
	const struct zv_region *b = zv_region_by_iso(zv_regions_builtin(), to);
	struct zv_price by_mass;
	int64_t shared;
	enum zv_code code;

	*known = false;
	*out = (struct zv_price){0, 0};
	if (a == NULL || b == NULL || !(dim == ZV_DIM_MASS || (dim == ZV_DIM_VOLUME && item->density_mg_l > 0)))
		return ZV_OK;
	code = zv_freight_price(&by_mass, zv_freight_builtin(), zv_region_km(a, b), item->hazard, err);
	if (code != ZV_OK)
		return code == ZV_E_NOTFOUND ? ZV_OK : code;
	if (dim == ZV_DIM_VOLUME) { /* kop/mg * mg/L / (µL/L) */
		shared = zv_gcd(item->density_mg_l, UL_A_LITRE);
		if (!zv_mul(&by_mass.kop, by_mass.kop, item->density_mg_l / shared) ||
		    !zv_mul(&by_mass.per, by_mass.per, UL_A_LITRE / shared))
			return zv_fail(err, ZV_E_LIMIT, "density", N_("The freight price does not fit: check the density of the item."));
	}
	*out = by_mass;
	*known = true;
	return ZV_OK;
}

int64_t zv_terms_free(zv_date *said, const struct zv_snapshot *snapshot, const struct zv_snap_offer *offer, zv_date from, zv_date to)
{
	int64_t sum = 0;
	bool stated = false;
	size_t n;
	const struct zv_snap_capacity *c = zv_snapshot_capacities(&n, snapshot, offer->org, offer->item);

	*said = ZV_DATE_NONE;
	for (size_t i = 0; i < n; i++) {
		if (c[i].dim != offer->dim || c[i].quarter < zv_quarter_of(from) || c[i].quarter > zv_quarter_of(to))
			continue;
		if (!stated || c[i].said_on < *said)
			*said = c[i].said_on;
		stated = true;
		if (!zv_add(&sum, sum, c[i].free_base))
			return INT64_MAX;
	}
	return stated ? sum : INT64_MAX;
}

int zv_terms_substitute(int64_t *days, const struct zv_snapshot *snapshot, int32_t item, int32_t with)
{
	int best = 0;

	*days = 0;
	if (item == with)
		return SAME_ITEM;
	for (size_t i = 0; i < snapshot->n_substitutes; i++) {
		const struct zv_snap_substitute *s = &snapshot->substitutes[i];

		if (s->item == item && s->with == with && s->state > best) {
			best = s->state;
			*days = s->days;
		}
	}
	return best;
}
