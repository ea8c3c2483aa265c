/* Gives a part to CBC: quietly, one thread, a budget in nodes, and takes only what holds in integers and is cheaper. */
#include "engine/plan/kernel.h"

#include <coin/Cbc_C_Interface.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/part.h"

/* CBC keeps static state and sets a handler of SIGINT while it solves: one call at a time, the signal waits, and its old handler comes back. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void solve_quietly(Cbc_Model *model)
{
	struct sigaction old;
	sigset_t interrupt, mask;

	(void)pthread_mutex_lock(&one_at_a_time);
	(void)sigemptyset(&interrupt);
	(void)sigaddset(&interrupt, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &interrupt, &mask);
	(void)sigaction(SIGINT, NULL, &old);
	(void)Cbc_solve(model);
	(void)sigaction(SIGINT, &old, NULL);
	(void)pthread_sigmask(SIG_SETMASK, &mask, NULL);
	(void)pthread_mutex_unlock(&one_at_a_time);
}

/* CBC wants columns: rows turned. */
static void load(Cbc_Model *model, const struct plan_rows *rows)
{
	int nz = rows->start[rows->n_rows];
	int *start = zv_calloc((size_t)rows->n_cols + 2, sizeof(*start));
	int *index = zv_reallocarray(NULL, (size_t)nz + 1, sizeof(*index));
	double *value = zv_reallocarray(NULL, (size_t)nz + 1, sizeof(*value));
	double *lower = zv_calloc((size_t)rows->n_cols + 1, sizeof(*lower));
	double *upper = zv_reallocarray(NULL, (size_t)rows->n_cols + 1, sizeof(*upper));
	double *cost = zv_reallocarray(NULL, (size_t)rows->n_cols + 1, sizeof(*cost));

	for (int i = 0; i < nz; i++)
		start[rows->index[i] + 2]++;
	for (int c = 0; c < rows->n_cols; c++)
		start[c + 1] += start[c];
	for (int r = 0; r < rows->n_rows; r++)
		for (int i = rows->start[r]; i < rows->start[r + 1]; i++) {
			int at = start[rows->index[i] + 1]++;

			index[at] = r;
			value[at] = rows->value[i];
		}
	for (int c = 0; c < rows->n_cols; c++) {
		upper[c] = rows->cols[c].top;
		cost[c] = rows->cols[c].cost;
	}
	Cbc_loadProblem(model, rows->n_cols, rows->n_rows, start, index, value, lower, upper, cost, rows->lower, rows->upper);
	for (int c = 0; c < rows->n_cols; c++)
		if (rows->cols[c].whole)
			Cbc_setInteger(model, c);
	free(start);
	free(index);
	free(value);
	free(lower);
	free(upper);
	free(cost);
}

static void set_up(Cbc_Model *model, int max_nodes, double cutoff)
{
	char nodes[16];

	(void)snprintf(nodes, sizeof(nodes), "%d", max_nodes);
	Cbc_setLogLevel(model, 0);
	Cbc_setParameter(model, "log", "0");
	Cbc_setParameter(model, "slogLevel", "0");
	Cbc_setParameter(model, "maxNodes", nodes);
	Cbc_setCutoff(model, cutoff);
}

static double roubles(zv_i128 money)
{
	return (double)money / 1e12;
}

/* Takes the answer if it holds and is cheaper. */
static void take(struct plan_kernel_answer *answer, const struct plan_kernel_part *part, const struct plan_rows *rows, const double *x, zv_i128 start)
{
	int32_t *tier = zv_calloc((size_t)part->n_slots + 1, sizeof(*tier));
	int64_t *flow = zv_calloc((size_t)part->n_arcs + 1, sizeof(*flow));

	if (plan_part_round(tier, flow, part, rows, x)) {
		zv_i128 money = plan_part_money(part, tier, flow);

		answer->better = money < start;
		if (answer->better)
			answer->saves = start - money;
		for (uint32_t slot = 0; slot < part->n_slots && answer->better; slot++)
			answer->tier[slot] = tier[slot];
		for (uint32_t a = 0; a < part->n_arcs && answer->better; a++)
			answer->flow[a] = flow[a];
	}
	free(tier);
	free(flow);
}

enum zv_code plan_kernel_solve(struct plan_kernel_answer *answer, const struct plan_kernel_part *part, int max_nodes, struct zv_err *err)
{
	struct plan_rows rows;
	zv_i128 start = plan_part_money(part, part->tier, part->flow);
	double start_value;
	Cbc_Model *model;

	if (part->n_arcs > PLAN_KERNEL_ARCS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "arcs", N_("The exact kernel takes parts of up to %d arcs, this one has %u."), (int)PLAN_KERNEL_ARCS_MAX, part->n_arcs);
	answer->better = answer->proved = false;
	answer->saves = 0;
	answer->bound = -HUGE_VAL;
	plan_part_rows(&rows, part);
	start_value = (roubles(start) - rows.offset) / rows.unit;
	model = Cbc_newModel();
	load(model, &rows);
	set_up(model, max_nodes, start_value - 1e-6);
	solve_quietly(model);
	if (Cbc_isProvenInfeasible(model) || (Cbc_isProvenOptimal(model) && Cbc_bestSolution(model) == NULL)) {
		answer->proved = true; /* nothing below the start */
		answer->bound = roubles(start);
	} else {
		answer->proved = Cbc_isProvenOptimal(model) != 0;
		answer->bound = Cbc_getBestPossibleObjValue(model) * rows.unit + rows.offset;
		if (Cbc_bestSolution(model) != NULL)
			take(answer, part, &rows, Cbc_bestSolution(model), start);
	}
	Cbc_deleteModel(model);
	plan_rows_done(&rows);
	return ZV_OK;
}
