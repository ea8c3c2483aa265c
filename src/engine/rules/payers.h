/*
 * Inside the best set: measures that all may stand together, and for each cost line the question who pays it. A line is paid by one measure, a measure
 * pays at most its cap: a budgeted allocation, solved by branch and bound. docs/design/support.md.
 */
#ifndef ZV_ENGINE_RULES_PAYERS_H
#define ZV_ENGINE_RULES_PAYERS_H

#include "engine/rules/amount.h"

struct payers {
	int n_measures, n_lines;
	int64_t pays[ZV_SUPPORT_LINES_MAX][ZV_SUPPORT_MEASURES_MAX]; /* of line l by measure m, without its cap; 0: not eligible */
	int64_t cap[ZV_SUPPORT_MEASURES_MAX];
	uint64_t twins[ZV_SUPPORT_LINES_MAX];    /* lines that pay alike whoever pays: payers_begin */
	uint32_t alike[ZV_SUPPORT_MEASURES_MAX]; /* measures that pay alike */
	int64_t nodes, nodes_max; /* of all searches together */
	bool ended;               /* nodes_max was reached: what came out is the best found, and no proof */
};

/* Once `pays` and `cap` are filled in. */
void payers_begin(struct payers *payers);

/* What the measures of `set` can pay at most: the bound by prices on the caps. And what they pay at least, in *found. */
int64_t payers_bound(int64_t *found, struct payers *payers, uint32_t set);

/*
 * The most that the measures of `set` pay, if it is above `floor`; otherwise `floor`. Stops as soon as it has `goal`. payer[l]: -1 nobody; only
 * written when something above `floor` was found.
 */
int64_t payers_solve(int8_t *payer, struct payers *payers, uint32_t set, int64_t floor, int64_t goal);

#endif
