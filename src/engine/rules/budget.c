/* The budget form of a grant: what each category takes against its ceiling and floor. */
#include "engine/rules/amount.h"
#include "engine/rules/amount_inner.h"

int zv_budget_check(struct zv_budget_fault *out, const struct zv_budget_category *categories, const int64_t *sums_kop, int n)
{
	int64_t total = 0;
	int faults = 0;

	for (int i = 0; i < n; i++) {
		if (sums_kop[i] < 0 || sums_kop[i] > INT64_MAX / 2 - total)
			return -1;
		total += sums_kop[i];
	}
	for (int i = 0; i < n; i++) {
		const struct zv_budget_category *c = &categories[i];
		int64_t of = c->of >= 0 ? sums_kop[c->of] : total;
		zv_i128 have = (zv_i128)sums_kop[i] * 1000000;

		/* A ceiling may be above the whole: overheads up to 200 % of wages. */
		if (c->ceiling_ppm >= 0 && have > (zv_i128)of * c->ceiling_ppm)
			out[faults++] = (struct zv_budget_fault){i, ZV_BUDGET_ABOVE, sums_kop[i], amount_part(of, c->ceiling_ppm)};
		else if (c->floor_ppm >= 0 && have < (zv_i128)of * c->floor_ppm)
			out[faults++] = (struct zv_budget_fault){i, ZV_BUDGET_BELOW, sums_kop[i], (int64_t)(((zv_i128)of * c->floor_ppm + 999999) / 1000000)};
	}
	return faults;
}
