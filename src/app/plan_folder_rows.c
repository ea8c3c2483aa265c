/* The small files of a plan folder: meta, regions with their distances, products, makers. */
#include <math.h>
#include <stdlib.h>

#include "app/plan_folder_inner.h"
#include "base/utf8.h"

enum { FAR = 10000, BONUS_MAX = 1000 };

/* --- meta ------------------------------------------------------------------------------------------------------------------------------------ */

enum { KEY, VALUE };
static const char *const meta_columns[] = {"key", "value", NULL};

static enum zv_code meta_row(struct folder_table *t, void *context)
{
	struct folder *f = t->folder;
	struct zv_str key = folder_cell(t, KEY);
	int64_t value;

	(void)context;
	if (zv_str_eq_c(key, "periods")) {
		TRY(folder_whole(&value, t, VALUE, 1, ZV_PLAN_PERIODS_MAX));
		f->periods = (int32_t)value;
	} else if (zv_str_eq_c(key, "candidates")) {
		TRY(folder_whole(&value, t, VALUE, 0, INT32_MAX));
		f->out->problem.candidates = (uint32_t)value;
	} else if (zv_str_eq_c(key, "first_period")) {
		TRY(folder_whole(&value, t, VALUE, -FAR, FAR));
		f->out->problem.first_period = (int32_t)value;
		f->first_given = true;
	} else if (key.n == 2 && key.p[0] == 'b' && key.p[1] >= '1' && key.p[1] <= '0' + ZV_PLAN_PRIORITIES) {
		TRY(folder_decimal(&f->bonus[key.p[1] - '1'], t, VALUE, 0, (int64_t)BONUS_MAX * ZV_PLAN_UNIT));
	} else {
		folder_warn(f, N_("meta.csv: the key “%.*s” is not known and was left out."), ZV_STR_FMT(zv_utf8_first(key, 60)));
	}
	return ZV_OK;
}

static enum zv_code meta_finish(struct folder_table *t, void *context)
{
	(void)context;
	if (t->folder->periods == 0)
		return zv_fail(t->folder->err, ZV_E_INVALID, "periods", N_("meta.csv: the key periods is missing."));
	t->folder->out->problem.n_periods = t->folder->periods;
	return ZV_OK;
}

enum zv_code folder_read_meta(struct folder *f)
{
	static const struct folder_reader reader = {"meta.csv", meta_columns, false, meta_row, meta_finish};
	bool there;

	return folder_each(f, &reader, NULL, &there);
}

/* --- regions and distances -------------------------------------------------------------------------------------------------------------------- */

FOLDER_ROWS(region_rows, struct zv_plan_region);

enum { REGION, LAT, LON, WEIGHT };
static const char *const region_columns[] = {"region", "lat", "lon", "weight", NULL};

static enum zv_code region_row(struct folder_table *t, void *context)
{
	struct region_rows *list = context;
	struct zv_plan_region row = {0};
	int64_t value;

	if (list->rows.n == ZV_PLAN_FOLDER_REGIONS_MAX)
		return zv_fail(t->folder->err, ZV_E_LIMIT, t->name, N_("%s: more than %d rows."), t->name, ZV_PLAN_FOLDER_REGIONS_MAX);
	TRY(folder_id(&row.id, t, REGION));
	TRY(folder_decimal(&value, t, LAT, INT64_C(-90) * ZV_PLAN_UNIT, INT64_C(90) * ZV_PLAN_UNIT));
	row.lat = (double)value / ZV_PLAN_UNIT;
	TRY(folder_decimal(&value, t, LON, INT64_C(-180) * ZV_PLAN_UNIT, INT64_C(180) * ZV_PLAN_UNIT));
	row.lon = (double)value / ZV_PLAN_UNIT;
	FOLDER_PUSH(t, list, row);
	return ZV_OK;
}

static enum zv_code region_finish(struct folder_table *t, void *context)
{
	struct region_rows *list = context;

	TRY(FOLDER_SORT(t, list));
	folder_index(&t->folder->regions, list->rows.p, list->rows.n, sizeof(*list->rows.p));
	return ZV_OK;
}

enum zv_code folder_read_regions(struct folder *f)
{
	static const struct folder_reader reader = {"regions.csv", region_columns, false, region_row, region_finish};
	struct region_rows list = {0};
	struct zv_plan_problem *p = &f->out->problem;
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->regions, p->n_regions, &list);
	return code;
}

enum { REGION_A, REGION_B, KM, KM_MAX = 100000 };
static const char *const distance_columns[] = {"region_a", "region_b", "km", NULL};

/* Of a pair that stands in the file in one direction only, the other one is alike. */
static enum zv_code distance_row(struct folder_table *t, void *context)
{
	const struct zv_plan_problem *p = &t->folder->out->problem;
	double *km = context;
	uint32_t a, b;
	int64_t value;
	size_t there, back;

	TRY(folder_ref(&a, t, REGION_A, &t->folder->regions));
	TRY(folder_ref(&b, t, REGION_B, &t->folder->regions));
	TRY(folder_decimal(&value, t, KM, 0, (int64_t)KM_MAX * ZV_PLAN_UNIT));
	there = (size_t)a * p->n_regions + b;
	back = (size_t)b * p->n_regions + a;
	if (!signbit(km[there]))
		return folder_bad(t, REGION_B, N_("stands twice with this region_a"));
	km[there] = (double)value / ZV_PLAN_UNIT;
	if (signbit(km[back]))
		km[back] = -km[there] - FAR;
	return ZV_OK;
}

enum zv_code folder_read_distances(struct folder *f)
{
	static const struct folder_reader reader = {"distances.csv", distance_columns, true, distance_row, NULL};
	struct zv_plan_problem *p = &f->out->problem;
	size_t n = (size_t)p->n_regions * p->n_regions, missing = 0;
	double *km = zv_calloc(n + 1, sizeof(*km)), *estimate = zv_calloc(n + 1, sizeof(*km));
	bool there;
	enum zv_code code;

	/* Below 0: not given; at most -FAR: only the other direction was. */
	for (size_t i = 0; i < n; i++)
		km[i] = -1;
	code = folder_each(f, &reader, km, &there);
	zv_plan_distances(estimate, p->regions, p->n_regions);
	for (size_t i = 0; i < n; i++) {
		missing += km[i] == -1 && i % (p->n_regions + (size_t)1) != 0;
		km[i] = km[i] >= 0 ? km[i] : km[i] <= -FAR ? -km[i] - FAR : estimate[i];
	}
	if (there && missing > 0)
		folder_warn(f, N_("distances.csv: %zu pairs of regions are missing; they get 1.25 x the great circle."), missing);
	free(estimate);
	p->km = km;
	return code;
}

/* --- products and makers ------------------------------------------------------------------------------------------------------------------------ */

FOLDER_ROWS(product_rows, struct zv_plan_product);

enum { PRODUCT, FAMILY, BASE_PRICE, FREIGHT_RATE, CONTROLLED, MAX_SHARE };
static const char *const product_columns[] = {"product", "family", "base_price", "freight_rate", "controlled", "?max_share", NULL};

static enum zv_code product_row(struct folder_table *t, void *context)
{
	struct product_rows *list = context;
	struct zv_plan_product row = {0};
	int64_t share;

	TRY(folder_id(&row.id, t, PRODUCT));
	TRY(folder_decimal(&row.freight_rate, t, FREIGHT_RATE, 0, ZV_PLAN_PRICE_MAX));
	TRY(folder_flag(&row.controlled, t, CONTROLLED));
	TRY(folder_optional(&share, t, MAX_SHARE, 1, ZV_PLAN_UNIT, ZV_PLAN_UNIT));
	row.max_share_ppm = share == ZV_PLAN_UNIT ? 0 : (int32_t)share;
	FOLDER_PUSH(t, list, row);
	return ZV_OK;
}

static enum zv_code product_finish(struct folder_table *t, void *context)
{
	struct product_rows *list = context;

	TRY(FOLDER_SORT(t, list));
	folder_index(&t->folder->products, list->rows.p, list->rows.n, sizeof(*list->rows.p));
	return ZV_OK;
}

enum zv_code folder_read_products(struct folder *f)
{
	static const struct folder_reader reader = {"products.csv", product_columns, false, product_row, product_finish};
	struct product_rows list = {0};
	struct zv_plan_problem *p = &f->out->problem;
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->products, p->n_products, &list);
	return code;
}

FOLDER_ROWS(maker_rows, struct zv_plan_maker);

enum { MAKER, MAKER_REGION, MAKER_FAMILY, MAKER_LICENSED };
static const char *const maker_columns[] = {"maker", "region", "family", "licensed", NULL};

static enum zv_code maker_row(struct folder_table *t, void *context)
{
	struct maker_rows *list = context;
	struct zv_plan_maker row = {0};

	TRY(folder_id(&row.id, t, MAKER));
	TRY(folder_ref(&row.region, t, MAKER_REGION, &t->folder->regions));
	TRY(folder_flag(&row.licensed, t, MAKER_LICENSED));
	FOLDER_PUSH(t, list, row);
	return ZV_OK;
}

static enum zv_code maker_finish(struct folder_table *t, void *context)
{
	struct maker_rows *list = context;

	TRY(FOLDER_SORT(t, list));
	folder_index(&t->folder->makers, list->rows.p, list->rows.n, sizeof(*list->rows.p));
	return ZV_OK;
}

enum zv_code folder_read_makers(struct folder *f)
{
	static const struct folder_reader reader = {"makers.csv", maker_columns, false, maker_row, maker_finish};
	struct maker_rows list = {0};
	struct zv_plan_problem *p = &f->out->problem;
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->makers, p->n_makers, &list);
	return code;
}
