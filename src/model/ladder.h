/* How the price falls with the size of the lot, and which lot sizes a maker accepts. */
#ifndef ZV_MODEL_LADDER_H
#define ZV_MODEL_LADDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/price.h"

enum zv_ladder_form {
	ZV_LADDER_NONE = 0,
	ZV_LADDER_FIXED = 1, /* cost(Q) = fixed_kop + variable * Q */
	ZV_LADDER_BREAKS = 2 /* all units at the price of the break that Q has reached; below the first there is no price */
};

struct zv_ladder_break {
	int64_t from_base;
	struct zv_price price;
};

struct zv_ladder {
	enum zv_ladder_form form;
	enum zv_dim dim;
	int64_t fixed_kop;
	struct zv_price variable;
	const struct zv_ladder_break *breaks; /* ascending in from_base */
	size_t n_breaks;
};

/* "600 000 ₽ + 2 000 ₽/kg", or "200 kg: 5000; 300 kg: 4000" (roubles per the unit of the amount), or one price "5000 ₽/kg". `unit` as in zv_price_parse. Breaks live in the arena. */
ZV_MUST_CHECK enum zv_code zv_ladder_parse(struct zv_ladder *out, struct zv_str text, const struct zv_unit *unit, struct zv_arena *arena,
					   const char *field, struct zv_err *err);

/* In the thread's language; zv_ladder_parse reads it back to the same ladder. */
void zv_ladder_format(struct zv_buf *out, const struct zv_ladder *ladder);

/* Kopecks for a lot of qty_base > 0, rounded half to even. False: no price at this quantity, or it does not fit. */
bool zv_ladder_cost(int64_t *out_kop, const struct zv_ladder *ladder, int64_t qty_base);

/* The same as an exact price per base unit, in lowest terms. */
bool zv_ladder_price(struct zv_price *out, const struct zv_ladder *ladder, int64_t qty_base);

/* Lot sizes: m <= Q <= K and (Q - m) mod s = 0. */
struct zv_lot_sizes {
	int64_t min;  /* m; 0: from one step */
	int64_t step; /* s; 0: any whole number of base units */
	int64_t max;  /* K; 0: no limit */
};

bool zv_lot_size_ok(const struct zv_lot_sizes *sizes, int64_t qty_base);

/* The smallest size that is at least x, and the largest that is at most x, above zero. False when there is none. */
bool zv_lot_size_up(int64_t *out, const struct zv_lot_sizes *sizes, int64_t x);
bool zv_lot_size_down(int64_t *out, const struct zv_lot_sizes *sizes, int64_t x);

#endif
