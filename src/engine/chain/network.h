/*
 * Who buys what from whom, compiled for cascades: links in rows by supplier and by buyer, the inputs of each buyer in slots. A slot is one essential input sector of
 * one buyer, or all its non-essential inputs together; a buyer loses what its worst slot loses. Firms are renumbered by (sector, size), so that those who trade stand
 * near one another; order[] and place[] lead back.
 */
#ifndef ZV_ENGINE_CHAIN_NETWORK_H
#define ZV_ENGINE_CHAIN_NETWORK_H

#include "base/err.h"

enum { ZV_CHAIN_FIRMS_MAX = 20000000, ZV_CHAIN_SECTORS_MAX = 1000000 };
#define ZV_CHAIN_LINKS_MAX 1000000000u
#define ZV_CHAIN_AMOUNT_MAX 1e18 /* and 1e-18 the least above zero */
#define ZV_CHAIN_AMOUNT_MIN 1e-18
#define ZV_CHAIN_NONE UINT32_MAX

enum zv_chain_kind { ZV_CHAIN_NEGLIGIBLE, ZV_CHAIN_NON_ESSENTIAL, ZV_CHAIN_ESSENTIAL };

/* What the input of sector `in` is to firms of sector `out`. A pair that is not listed is negligible. */
struct zv_chain_type {
	uint32_t in, out;
	uint8_t kind; /* enum zv_chain_kind */
};

/* Plain arrays of the caller. A pair of supplier and buyer may stand several times: the amounts add up. */
struct zv_chain_input {
	uint32_t n_firms, n_links, n_sectors, n_types;
	const uint32_t *sector;           /* of each firm */
	const uint32_t *supplier, *buyer; /* of each link */
	const double *amount;
	const struct zv_chain_type *types;
	const double *revenue; /* NULL, or of each firm; NAN: not known, then the sum of its links counts */
	const double *costs;   /* the same */
	const double *weights; /* NULL: by the sum of what each firm sells */
	bool substitution;     /* a lost supplier is replaced from its sector as far as its share of the market is small */
};

struct zv_chain_network {
	uint32_t n, n_links, n_slots, n_sectors;
	uint32_t *order, *place; /* new number -> the caller's, and back */
	uint32_t *sector;
	double *weight; /* sum 1 (0 where nobody has any) */
	double *size;   /* what each firm sells */
	bool substitution;

	/* By supplier: the slots its product goes into and its part of them. Negligible links are not there. */
	uint32_t *down_start, *down_slot;
	double *down_part;

	/* By buyer: its suppliers and its part of what they sell. */
	uint32_t *up_start, *up_supplier;
	double *up_part;

	/* Slots of firm f: slot_start[f] .. slot_start[f + 1]. */
	uint32_t *slot_start, *slot_firm;
	uint32_t *slot_input; /* sector; ZV_CHAIN_NONE: the non-essential ones */
};

/* ZV_E_INVALID, ZV_E_LIMIT: field names the array at fault. Time and memory are linear in links, firms and types. The caller ends with done. */
ZV_MUST_CHECK enum zv_code zv_chain_network_make(struct zv_chain_network *out, const struct zv_chain_input *input, struct zv_err *err);
void zv_chain_network_done(struct zv_chain_network *network);

#endif
