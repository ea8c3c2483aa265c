/* Gives the relaxation to Clp. */
#include "engine/plan/lp.h"

#include <coin/Clp_C_Interface.h>
#include <stdlib.h>

#include "base/mem.h"

/* std::set_new_handler: what is called when C++ has no memory. */
extern void (*set_new_handler(void (*handler)(void)))(void) __asm__("_ZSt15set_new_handlerPFvvE");

#define TOO_DEAR 1e7 /* a need's share, or all hours, beyond the limit; the objective's unit makes everything together 1e6 */

struct plan_lp {
	Clp_Simplex *clp;
	int n_cols, n_soft; /* those that pass limits stand behind the others */
};

struct columns {
	int *start, *index;
	double *value, *lower, *upper, *cost;
};

/* Rows whose limit may be passed: of needs, of hours, of shares; those that have two limits stand twice, the second time for the lower one. */
static int *soft_rows(int *n, const struct plan_rows *rows, uint32_t n_needs, uint32_t n_slots)
{
	int *soft = zv_reallocarray(NULL, 2 * (size_t)n_needs + n_slots + rows->n_shares + 1, sizeof(*soft));

	*n = 0;
	for (uint32_t i = 0; i < n_needs; i++)
		soft[(*n)++] = rows->need_row[i];
	for (uint32_t i = 0; i < n_needs; i++)
		if (rows->lower[rows->need_row[i]] > -1e29)
			soft[(*n)++] = rows->need_row[i];
	for (uint32_t s = 0; s < n_slots; s++) {
		bool seen = rows->hours_row[s] < 0;

		for (uint32_t t = 0; t < s && !seen; t++)
			seen = rows->hours_row[t] == rows->hours_row[s];
		if (!seen)
			soft[(*n)++] = rows->hours_row[s];
	}
	for (uint32_t k = 0; k < rows->n_shares; k++)
		soft[(*n)++] = rows->share_row[k];
	return soft;
}

static void fill_columns(struct columns *c, const struct plan_rows *rows, const int *soft, int n_soft)
{
	int n = rows->n_cols, nz = rows->start[rows->n_rows];

	c->start = zv_calloc((size_t)n + (size_t)n_soft + 2, sizeof(*c->start));
	c->index = zv_reallocarray(NULL, (size_t)nz + (size_t)n_soft + 1, sizeof(*c->index));
	c->value = zv_reallocarray(NULL, (size_t)nz + (size_t)n_soft + 1, sizeof(*c->value));
	c->lower = zv_calloc((size_t)n + (size_t)n_soft + 1, sizeof(*c->lower));
	c->upper = zv_calloc((size_t)n + (size_t)n_soft + 1, sizeof(*c->upper));
	c->cost = zv_calloc((size_t)n + (size_t)n_soft + 1, sizeof(*c->cost));
	for (int i = 0; i < nz; i++)
		c->start[rows->index[i] + 2]++;
	for (int k = 0; k < n; k++)
		c->start[k + 1] += c->start[k];
	for (int r = 0; r < rows->n_rows; r++)
		for (int i = rows->start[r]; i < rows->start[r + 1]; i++) {
			int at = c->start[rows->index[i] + 1]++;

			c->index[at] = r;
			c->value[at] = rows->value[i];
		}
	for (int k = 0; k < n; k++) {
		c->upper[k] = rows->cols[k].top;
		c->cost[k] = rows->cols[k].cost;
	}
	for (int k = 0; k < n_soft; k++) {
		c->index[nz + k] = soft[k];
		c->value[nz + k] = k >= (int)rows->n_needs && rows->lower[soft[k]] > -1e29 ? 1 : -1;
		c->upper[n + k] = 1e30;
		c->cost[n + k] = TOO_DEAR;
		c->start[n + k + 1] = nz + k + 1;
	}
}

/* Clp would throw what nobody here can catch. */
static void no_memory(void)
{
	zv_out_of_memory(0);
}

struct plan_lp *plan_lp_open(const struct plan_rows *rows)
{
	struct plan_lp *lp = zv_calloc(1, sizeof(*lp));
	struct columns c;
	int n_soft;
	int *soft = soft_rows(&n_soft, rows, rows->n_needs, rows->n_slots);

	fill_columns(&c, rows, soft, n_soft);
	lp->n_cols = rows->n_cols;
	lp->n_soft = n_soft;
	(void)set_new_handler(no_memory);
	lp->clp = Clp_newModel();
	Clp_setLogLevel(lp->clp, 0);
	Clp_loadProblem(lp->clp, rows->n_cols + n_soft, rows->n_rows, c.start, c.index, c.value, c.lower, c.upper, c.cost, rows->lower, rows->upper);
	free(c.start);
	free(c.index);
	free(c.value);
	free(c.lower);
	free(c.upper);
	free(c.cost);
	free(soft);
	return lp;
}

void plan_lp_close(struct plan_lp *lp)
{
	if (lp == NULL)
		return;
	Clp_deleteModel(lp->clp);
	free(lp);
}

void plan_lp_limit(struct plan_lp *lp, int col, double lower, double upper)
{
	Clp_columnLower(lp->clp)[col] = lower;
	Clp_columnUpper(lp->clp)[col] = upper;
}

void plan_lp_dearer(struct plan_lp *lp, double times)
{
	double *cost = Clp_objective(lp->clp);

	for (int k = 0; k < lp->n_soft; k++)
		cost[lp->n_cols + k] = TOO_DEAR * times;
}

double plan_lp_passed(const struct plan_lp *lp)
{
	const double *x = Clp_primalColumnSolution(lp->clp);
	double sum = 0;

	for (int k = 0; k < lp->n_soft; k++)
		sum += x[lp->n_cols + k];
	return sum;
}

bool plan_lp_solve(struct plan_lp *lp)
{
	(void)Clp_dual(lp->clp, 0);
	return Clp_status(lp->clp) == 0;
}

const double *plan_lp_values(const struct plan_lp *lp)
{
	return Clp_primalColumnSolution(lp->clp);
}

const double *plan_lp_duals(const struct plan_lp *lp)
{
	return Clp_dualRowSolution(lp->clp);
}

int64_t plan_lp_pivots(const struct plan_lp *lp)
{
	return Clp_numberIterations(lp->clp);
}
