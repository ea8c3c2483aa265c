/* Regions: names in their many spellings, tax codes, coordinates and distances. The built-in rows are data/regions.csv. */
#ifndef ZV_MODEL_REGION_H
#define ZV_MODEL_REGION_H

#include "base/err.h"
#include "base/str.h"

struct zv_region {
	struct zv_str iso; /* RU-RYA */
	struct zv_str name_ru, name_en;
	struct zv_str district; /* CFD */
	struct zv_str district_ru, district_en;
	struct zv_str centre_ru, centre_en;
	int32_t lat_e2, lon_e2;   /* hundredths of a degree */
	struct zv_str inn_prefix; /* two digits */
	int32_t utc_hours;
};

/* The list an installation works with: the built-in regions and those that an operator added. Reading is safe from several threads. */
struct zv_regions;

/* The built-in ones; live for ever. */
const struct zv_regions *zv_regions_builtin(void);

/* The built-in ones as a start for more. The caller frees. */
struct zv_regions *zv_regions_new(void);
void zv_regions_free(struct zv_regions *regions);

/* Strings are copied. ZV_E_CONFLICT for an ISO code that is there; other spellings are parted by "|". */
ZV_MUST_CHECK enum zv_code zv_regions_add(struct zv_regions *regions, const struct zv_region *region, struct zv_str other_spellings,
					  struct zv_err *err);

size_t zv_regions_count(const struct zv_regions *regions);
const struct zv_region *zv_regions_at(const struct zv_regions *regions, size_t i); /* sorted by ISO code, added ones last */

/*
 * By ISO code or any spelling: RU-RYA, «Рязанская обл.», «Рязанская область », «Татарстан Респ», «Саха /Якутия/ Респ», Ryazan Region.
 * ZV_E_NOTFOUND names the text. Not by numbers: a number may be a tax, OKATO or car code.
 */
ZV_MUST_CHECK enum zv_code zv_regions_find(const struct zv_region **out, const struct zv_regions *regions, struct zv_str text,
					   const char *field, struct zv_err *err);

/* By ISO code alone, and by the first two digits of an INN or of a tax office; NULL when unknown. */
const struct zv_region *zv_region_by_iso(const struct zv_regions *regions, struct zv_str iso);
const struct zv_region *zv_region_by_inn(const struct zv_regions *regions, struct zv_str inn);

/* The name in the thread's language. */
struct zv_str zv_region_name(const struct zv_region *region);

/* True when the INN was given in another region: worth a warning, never an error. */
bool zv_region_inn_differs(const struct zv_regions *regions, const struct zv_region *region, struct zv_str inn);

/* Great circle in whole km, coordinates in hundredths of a degree. Only + - * / and sqrt, so alike on every machine. */
int32_t zv_geo_km(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b);

/* The same unrounded, in degrees: -90..90 and -180..180. */
double zv_geo_km_exact(double lat_a, double lon_a, double lat_b, double lon_b);

/* Road estimate: 1.25 x great circle, 30 km inside a region. */
int32_t zv_region_km(const struct zv_region *a, const struct zv_region *b);

#endif
