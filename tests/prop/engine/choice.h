/* Random problems of the best compatible set, for properties and for bench/support.c. */
#ifndef ZV_TEST_CHOICE_H
#define ZV_TEST_CHOICE_H

#include "base/rng.h"
#include "engine/rules/amount.h"

struct choice {
	struct zv_support_measure measures[ZV_SUPPORT_MEASURES_MAX];
	struct zv_support_line lines[ZV_SUPPORT_LINES_MAX];
	struct zv_support_problem problem;
};

struct choice_kind {
	int n_measures, n_lines;
	int64_t cost_max;    /* of a line */
	int eligible;        /* of 100: a line for a measure */
	int rivals;          /* of 100: a pair excludes each other */
	int groups;          /* of 100: a measure is in an exclusion group */
	int fixed;           /* of 100: a measure pays a fixed sum */
	int cap_least, cap_most; /* percent of all that its lines could bring; 0: no cap for most of them */
	bool coarse;         /* few different figures: many ties */
};

void choice_draw(struct choice *out, const struct choice_kind *kind, struct zv_rng *rng);

#endif
