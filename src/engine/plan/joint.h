/*
 * The hours of one resource in one period shared out exactly among the orders that want them: a tier or none for each order, and how far each is filled. The hours
 * are not priced but kept. Doubles, for the prices; the certificate of the same question is joint_bound.h. Inside engine/plan.
 */
#ifndef ZV_ENGINE_PLAN_JOINT_H
#define ZV_ENGINE_PLAN_JOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

/* A piece of demand in the order in which an order takes it: by falling margin. */
struct joint_piece {
	double margin; /* roubles per unit at the order's tier, hours free */
	double qty;    /* units */
};

/* A tier that an order may have. */
struct joint_option {
	uint32_t order, tier;
	double fixed;     /* roubles: launch and what signed flows cost */
	double kept, b;   /* units: signed, and the least of all */
	double hours;     /* per unit */
	double setup;     /* hours */
	uint32_t piece, n_pieces; /* enough for the quantity that is best when hours are free */
	double gain;      /* then, roubles */
	double used;      /* hours then */
};

struct joint {
	ZV_VEC(struct joint_option) options; /* by order */
	ZV_VEC(struct joint_piece) pieces;
	uint32_t n_orders;
	const bool *must;   /* [n_orders] may not stay closed */
	double capacity;    /* hours */
	uint32_t *chosen;   /* [n_orders] out: number of the option, UINT32_MAX = closed */
	double *qty;        /* [n_orders] out: units, signed ones included */
	double price;       /* out: of an hour, roubles; 0 when there are enough */
	/* inside */
	uint32_t *first, *at;
	double *worth, *rest, *try_qty;
	uint32_t *try_option;
	double best;
	uint32_t leaves;
	uint32_t room;
};

/* Forgets the options, keeps the memory. */
void joint_reset(struct joint *joint);
void joint_done(struct joint *joint);

/* The most that the orders can earn, roubles; all options and pieces are in, orders numbered 0 .. n_orders - 1. Past a number of trials the bound of those that are left. */
double joint_solve(struct joint *joint);

#endif
