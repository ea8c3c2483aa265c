/*
 * A part of the problem as rows and columns, and back: what kernel.c gives to CBC, what exact.c branches over. Inside engine/plan.
 *
 * A column of an arc is the share of what its need has left, so that all values lie in 0 .. 1; rows of orders are divided by the tier's top, rows of hours by
 * what is left, money by `unit`. Quanta come back by plan_part_round, which trusts nothing but the choice of tiers.
 */
#ifndef ZV_ENGINE_PLAN_PART_H
#define ZV_ENGINE_PLAN_PART_H

#include "engine/plan/kernel.h"

enum plan_col_kind { PLAN_COL_OPEN, PLAN_COL_SHARE, PLAN_COL_USED };

struct plan_col {
	enum plan_col_kind kind; /* a tier of a slot is open; share of an arc at a tier; that arc is used (smallest parcel) */
	uint32_t of;             /* slot or arc */
	uint32_t tier;
	double cost, top;
	bool whole;
};

struct plan_rows {
	struct plan_col *cols;
	int n_cols;
	int *start; /* [n_rows + 1] */
	int *index;
	double *value;
	double *lower, *upper; /* +-1e30: none */
	int n_rows;
	uint32_t n_needs, n_slots; /* of the part */
	int *need_row;  /* [n_needs] */
	int *hours_row; /* [n_slots]; -1: none */
	int *share_row; /* [n_shares] */
	double *share_unit; /* [n_shares] quanta that the row is divided by */
	uint32_t n_shares;
	int *open_col;  /* [n_slots * ZV_PLAN_TIERS_MAX]; -1: no such tier */
	double unit;    /* roubles of one unit of the objective */
	double offset;  /* roubles of the plan that covers nothing */
};

/* b .. top of a tier and what it costs besides its prices (launch; the ladder's difference), money. */
struct plan_part_tier {
	int64_t b, top;
	zv_i128 fixed;
};
struct plan_part_tier plan_part_tier(const struct zv_plan_problem *problem, uint32_t offer, uint32_t tier);

void plan_part_rows(struct plan_rows *out, const struct plan_kernel_part *part);
void plan_rows_done(struct plan_rows *rows);

/* Is the need an input of orders (several levels)? */
static inline bool plan_part_node(const struct plan_kernel_part *part, uint32_t need)
{
	return part->node != NULL && part->node[need] != 0;
}

/* What a share has of an arc: 0 nothing, 1 it is covered quantity of its product, 2 the maker's. */
int plan_part_shared(const struct plan_kernel_part *part, const struct plan_kernel_share *share, uint32_t arc);

/* The smallest flow of an arc: its need's parcel, unless a signed flow has begun it. */
int64_t plan_part_parcel(const struct plan_kernel_part *part, uint32_t arc);

/* The exact money of a choice: launches, prices, penalties of the part. */
zv_i128 plan_part_money(const struct plan_kernel_part *part, const int32_t *tier, const int64_t *flow);

/* All constraints of the part in integers. */
bool plan_part_holds(const struct plan_kernel_part *part, const int32_t *tier, const int64_t *flow);

/*
 * Whole quanta from a solver's columns: tiers by their rounded columns, shares rounded and mended by pushing remainders between orders. False when it could not
 * be mended; then the outputs mean nothing.
 */
bool plan_part_round(int32_t *tier, int64_t *flow, const struct plan_kernel_part *part, const struct plan_rows *rows, const double *x);

#endif
