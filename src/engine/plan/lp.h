/* The linear relaxation of a part (Clp), warm between changes of its columns. Its duals are prices; its values are nobody's certificate. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_LP_H
#define ZV_ENGINE_PLAN_LP_H

#include "engine/plan/part.h"

struct plan_lp;

/* Needs may be served beyond what they lack and hours be passed, at a price that no plan pays: so the relaxation always has a solution when every order has. */
struct plan_lp *plan_lp_open(const struct plan_rows *rows);
void plan_lp_close(struct plan_lp *lp);

void plan_lp_limit(struct plan_lp *lp, int col, double lower, double upper);

/* What passing a limit costs, in times of the usual; and how far the last solution passes limits, in parts of them. */
void plan_lp_dearer(struct plan_lp *lp, double times);
double plan_lp_passed(const struct plan_lp *lp);

/* False: no solution was found. Then values and duals mean nothing. */
bool plan_lp_solve(struct plan_lp *lp);

/* Borrowed until the next call. Duals: [n_rows], in units of the objective. */
const double *plan_lp_values(const struct plan_lp *lp);
const double *plan_lp_duals(const struct plan_lp *lp);

/* Steps of the last call. */
int64_t plan_lp_pivots(const struct plan_lp *lp);

#endif
