/* Lots against what was proven to be sold: contracts instead of offers, OKPD2 codes instead of items. */
#ifndef ZV_APP_LOTS_PROVEN_H
#define ZV_APP_LOTS_PROVEN_H

#include "app/snapshot.h"

struct zv_lots_proven {
	size_t n_codes;     /* OKPD2 codes that needs ask for */
	size_t n_met;       /* of them, codes that a contract shows to be sold */
	size_t n_contracts; /* contract lines used */
	size_t n_no_unit;   /* of them, without a unit: counted as pieces, an assumption to be told */
	size_t n_left_out;  /* contract lines of a code that needs ask for, without a unit that could be assumed */
};

/*
 * Turns the snapshot round: every OKPD2 code of a need becomes the item, every supplier of the code an offer. His smallest lot
 * is the smallest quantity that he was seen to sell, his price at a quantity the lowest one proven at that quantity or less.
 * Offers so made have ids of contract lines, not of the register of offers: such a run cannot be stored.
 */
ZV_MUST_CHECK enum zv_code zv_lots_proven_turn(struct zv_lots_proven *out, struct zv_snapshot *snapshot, struct zv_err *err);

#endif
