/* Draws problems of the best compatible set. */
#include "choice.h"

#include <string.h>

static bool of_100(struct zv_rng *rng, int chance)
{
	return (int)zv_rng_below(rng, 100) < chance;
}

static void draw_line(struct zv_support_line *line, const struct choice_kind *kind, struct zv_rng *rng)
{
	line->cost_kop = kind->coarse ? zv_rng_range(rng, 0, 3) * 100 : zv_rng_range(rng, kind->cost_max / 20, kind->cost_max);
	line->intensity_ppm = of_100(rng, 60) ? 1000000 : zv_rng_range(rng, 3, 9) * 100000;
}

static void draw_measure(struct choice *c, int m, const struct choice_kind *kind, struct zv_rng *rng)
{
	struct zv_support_measure *measure = &c->measures[m];
	int64_t could = 0;

	*measure = (struct zv_support_measure){.fixed_kop = -1, .cap_kop = INT64_MAX};
	measure->share_ppm = kind->coarse ? zv_rng_range(rng, 1, 2) * 500000 : zv_rng_range(rng, 20, 90) * 10000;
	for (int l = 0; l < kind->n_lines; l++) {
		if (!of_100(rng, kind->eligible))
			continue;
		measure->lines |= (uint64_t)1 << l;
		could += c->lines[l].cost_kop / 1000 * (measure->share_ppm / 1000);
	}
	if (of_100(rng, kind->fixed))
		measure->fixed_kop = kind->coarse ? zv_rng_range(rng, 0, 3) * 100 : zv_rng_range(rng, 0, kind->cost_max);
	if (kind->cap_most > 0 || of_100(rng, 40))
		measure->cap_kop = kind->coarse ? zv_rng_range(rng, 0, 5) * 100
						: could / 100 * zv_rng_range(rng, kind->cap_least, kind->cap_most > 0 ? kind->cap_most : 100);
	if (of_100(rng, kind->groups))
		measure->groups = (uint64_t)1 << zv_rng_below(rng, 6);
	for (int k = 0; k < m; k++)
		if (of_100(rng, kind->rivals))
			measure->excludes |= (uint32_t)1 << k;
}

void choice_draw(struct choice *out, const struct choice_kind *kind, struct zv_rng *rng)
{
	memset(out, 0, sizeof(*out));
	for (int l = 0; l < kind->n_lines; l++)
		draw_line(&out->lines[l], kind, rng);
	for (int m = 0; m < kind->n_measures; m++)
		draw_measure(out, m, kind, rng);
	out->problem = (struct zv_support_problem){.measures = out->measures, .n_measures = kind->n_measures, .lines = out->lines,
						   .n_lines = kind->n_lines, .total_max_ppm = of_100(rng, 70) ? 1000000 : zv_rng_range(rng, 1, 9) * 100000};
}
