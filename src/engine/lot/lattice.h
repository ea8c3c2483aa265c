/* Lot sizes as an arithmetic row: base, base + step, base + 2 step ... */
#ifndef ZV_ENGINE_LOT_LATTICE_H
#define ZV_ENGINE_LOT_LATTICE_H

#include "base/base.h"

struct lot_lattice {
	int64_t base, step; /* both above 0 */
};

/* The smallest size >= x that is <= hi. */
static inline bool lot_lattice_up(int64_t *out, struct lot_lattice lattice, int64_t x, int64_t hi)
{
	int64_t past;

	if (x <= lattice.base)
		x = lattice.base;
	else if ((past = (x - lattice.base) % lattice.step) != 0) {
		if (x > hi || lattice.step - past > hi - x)
			return false;
		x += lattice.step - past;
	}
	if (x > hi)
		return false;
	*out = x;
	return true;
}

/* The largest size <= x that is >= lo. */
static inline bool lot_lattice_down(int64_t *out, struct lot_lattice lattice, int64_t x, int64_t lo)
{
	if (x < lattice.base)
		return false;
	x -= (x - lattice.base) % lattice.step;
	if (x < lo)
		return false;
	*out = x;
	return true;
}

#endif
