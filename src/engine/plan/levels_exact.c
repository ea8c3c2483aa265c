/* Branch and bound over all levels at once: plans that no sweep finds, and a bound that counts launches whole. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/exact.h"
#include "engine/plan/levels_inner.h"

struct making {
	const struct plan_deep *deep;
	struct plan_deep_found *found;
	plan_supplies now;
	int32_t *tier;
	double *wish;
};

int32_t plan_deep_tier(const struct plan_rows *rows, const double *x, uint32_t slot, bool stays)
{
	double best = stays ? -1 : 0.5;
	int32_t tier = -1;

	for (int32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
		int col = rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + (size_t)s];

		if (col >= 0 && x[col] > best) {
			best = x[col];
			tier = s;
		}
	}
	return tier;
}

static void read_columns(struct making *m, const struct plan_rows *rows, const double *x)
{
	const struct plan_kernel_part *part = &m->deep->part;

	for (uint32_t slot = 0; slot < part->n_slots; slot++)
		m->tier[slot] = plan_deep_tier(rows, x, slot, m->deep->signed_qty[slot] > 0);
	memset(m->wish, 0, (size_t)part->n_arcs * sizeof(*m->wish));
	for (int c = 0; c < rows->n_cols; c++) {
		const struct plan_col *col = &rows->cols[c];

		if (col->kind == PLAN_COL_SHARE && m->tier[part->arcs[col->of].slot] == (int32_t)col->tier)
			m->wish[col->of] = x[c] * (double)part->left[part->arcs[col->of].need];
	}
}

zv_i128 plan_deep_keep(struct plan_deep_found *found, const struct plan_deep *deep, const plan_supplies *plan)
{
	struct plan_money money = plan_money_of(plan, deep->wide->from);
	zv_i128 sum = money.launches + money.prices + money.bought + money.penalties;

	if (!found->found || sum < found->money) {
		found->best.n = 0;
		for (size_t i = 0; i < plan->n; i++)
			zv_vec_push(&found->best, plan->p[i]);
		found->found = found->better = true;
		found->money = sum;
	}
	return sum;
}

static zv_i128 make(void *maker, const struct plan_rows *rows, const double *x)
{
	struct making *m = maker;

	read_columns(m, rows, x);
	return plan_deep_make(&m->now, m->deep, m->tier, m->wish) ? plan_deep_keep(m->found, m->deep, &m->now) : PLAN_NO_PLAN;
}

static void open_making(struct making *m, const struct plan_deep *deep, struct plan_deep_found *found)
{
	*m = (struct making){.deep = deep, .found = found};
	m->tier = zv_calloc((size_t)deep->part.n_slots + 1, sizeof(*m->tier));
	m->wish = zv_calloc((size_t)deep->part.n_arcs + 1, sizeof(*m->wish));
}

static void close_making(struct making *m)
{
	free(m->tier);
	free(m->wish);
	zv_vec_done(&m->now);
}

enum zv_code plan_deep_prove(struct plan_deep_found *found, const struct plan_deep *deep, int nodes_max, int64_t work_max, const struct zv_plan_options *options, struct zv_err *err)
{
	struct plan_exact answer = {.work_max = work_max, .stop = options->stop, .context = options->context, .make = make};
	struct making m;
	enum zv_code code;

	open_making(&m, deep, found);
	answer.maker = &m;
	answer.money = found->found ? found->money : PLAN_NO_PLAN;
	code = plan_exact_solve(&answer, &deep->part, nodes_max, err);
	if (code == ZV_OK) {
		found->proved = answer.proved;
		found->bound = answer.bound > found->bound ? answer.bound : found->bound;
	}
	close_making(&m);
	return code;
}
