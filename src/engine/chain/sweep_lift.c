/* Rows that give one another back most of what they lose; and how far a sweep may be from the fixed point, proven for all causes at once. */
#include "engine/chain/sweep_lift.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { PEELS = 50, MANY = 4, SWEEPS = 2000, STIFF_SWEEPS = 1000 };
#define MOST 0.5
#define SLACK 1e-2 /* figures stand so far above what the sweeps found */
#define STILL 2e-3
#define ROUNDING 1e-12
#define TOO_MUCH 1e9

/* --- stiff rows ------------------------------------------------------------------------------------------------------------------------------ */

/* The slot of a row, if any, that has most from rows marked, of one block. */
static uint32_t closed_slot(const struct chain_rows *rows, const uint8_t *marked, uint32_t row, uint32_t from, uint32_t to)
{
	for (uint32_t s = rows->slot_start[row]; s < rows->slot_start[row + 1]; s++) {
		double sum = 0;

		for (uint32_t l = rows->link_start[s]; l < rows->link_start[s + 1]; l++)
			sum += rows->source[l] >= from && rows->source[l] < to && marked[rows->source[l]] ? rows->part[l] : 0;
		if (sum >= MOST)
			return s;
	}
	return ZV_CHAIN_NONE;
}

/* Leaves marked those that have most from others that are, and those that are read so. Returns how many went. */
static uint32_t peel(const struct chain_rows *rows, uint8_t *marked, uint8_t *is_read, uint32_t from, uint32_t to)
{
	uint32_t gone = 0;

	for (uint32_t r = from; r < to; r++)
		is_read[r] = 0;
	for (uint32_t r = from; r < to; r++) {
		uint32_t s = marked[r] ? closed_slot(rows, marked, r, from, to) : ZV_CHAIN_NONE;

		for (uint32_t l = s != ZV_CHAIN_NONE ? rows->link_start[s] : 0; s != ZV_CHAIN_NONE && l < rows->link_start[s + 1]; l++)
			is_read[rows->source[l]] = 1;
		gone += marked[r] && s == ZV_CHAIN_NONE;
		marked[r] = s != ZV_CHAIN_NONE;
	}
	for (uint32_t r = from; r < to; r++) {
		gone += marked[r] && !is_read[r];
		marked[r] = marked[r] && is_read[r];
	}
	return gone;
}

void chain_sweep_find_stiff(struct chain_rows *rows)
{
	uint32_t n = rows->flow.n, n_stiff = 0;
	uint8_t *marked = zv_calloc((size_t)n + 1, 1), *is_read = zv_calloc((size_t)n + 1, 1);

	rows->stiff_start = zv_calloc((size_t)rows->n_blocks + 1, sizeof(*rows->stiff_start));
	rows->stiff = zv_calloc((size_t)n + 1, sizeof(*rows->stiff));
	for (uint32_t b = 0; b < rows->n_blocks; b++) {
		uint32_t from = rows->block_start[b], to = rows->block_start[b + 1], left = to - from;

		for (uint32_t r = from; r < to; r++)
			marked[r] = rows->is_loop[b];
		for (int i = 0, gone = 1; rows->is_loop[b] && i < PEELS && gone > 0; i++) {
			gone = (int)peel(rows, marked, is_read, from, to);
			left -= (uint32_t)gone;
		}
		/* Where most are, there is no small part that holds up the rest. */
		for (uint32_t r = from; rows->is_loop[b] && left <= (to - from) / MANY && r < to; r++)
			if (marked[r])
				rows->stiff[n_stiff++] = r;
		rows->stiff_start[b + 1] = n_stiff;
	}
	rows->stiff = zv_reallocarray(rows->stiff, (size_t)n_stiff + 1, sizeof(*rows->stiff));
	free(is_read);
	free(marked);
}

/* --- lift ---------------------------------------------------------------------------------------------------------------------------------- */

static double largest_sum(const struct chain_rows *rows, const double *x, uint32_t row)
{
	double worst = 0;

	for (uint32_t s = rows->slot_start[row]; s < rows->slot_start[row + 1]; s++) {
		double sum = 0;

		for (uint32_t l = rows->link_start[s]; l < rows->link_start[s + 1]; l++)
			sum += rows->part[l] * x[rows->source[l]];
		worst = fmax(worst, sum);
	}
	return worst;
}

static double raise(const struct chain_rows *rows, double *lift, double own, uint32_t row)
{
	double next = own + largest_sum(rows, lift, row), change = next - lift[row];

	lift[row] = fmax(next, lift[row]);
	return change;
}

/* Its stiff rows until they are still; false: they are not. */
static bool raise_stiff(const struct chain_rows *rows, double *lift, uint32_t block)
{
	double change = 1;

	for (int i = 0; i < STIFF_SWEEPS && change > 0; i++) {
		change = 0;
		for (uint32_t k = rows->stiff_start[block]; k < rows->stiff_start[block + 1]; k++)
			change = fmax(change, raise(rows, lift, 0, rows->stiff[k]));
	}
	return change <= ROUNDING;
}

static bool raise_block(const struct chain_rows *rows, double *lift, const uint8_t *is_stiff, uint32_t block)
{
	double change = INFINITY;
	bool still = true;

	for (int i = 0; i < SWEEPS && change * fmax(1, rows->most) > STILL && (i == 0 || change < TOO_MUCH); i++) {
		change = 0;
		for (uint32_t r = rows->block_start[block]; r < rows->block_start[block + 1]; r++)
			change = fmax(change, raise(rows, lift, !is_stiff[r], r));
		still = raise_stiff(rows, lift, block);
		change = rows->is_loop[block] ? change : 0;
	}
	return still && change * fmax(1, rows->most) <= STILL;
}

/* From below until nearly still, then a little higher, which a last look at all rows confirms. */
void chain_sweep_find_lift(struct chain_rows *rows, uint32_t n)
{
	double *lift = zv_calloc((size_t)n + 1, sizeof(*lift));
	uint8_t *is_stiff = zv_calloc((size_t)n + 1, 1);
	bool proven = true;

	for (uint32_t k = 0; k < rows->stiff_start[rows->n_blocks]; k++)
		is_stiff[rows->stiff[k]] = 1;
	for (uint32_t b = 0; b < rows->n_blocks && proven; b++)
		proven = raise_block(rows, lift, is_stiff, b);
	for (uint32_t r = 0; r < n; r++)
		lift[r] *= 1 + SLACK;
	rows->lift = rows->lifted = 0;
	for (uint32_t r = 0; r < n && proven; r++) {
		proven = lift[r] < TOO_MUCH && !is_stiff[r] + largest_sum(rows, lift, r) <= lift[r] * (1 + ROUNDING);
		rows->lifted += rows->weight[r] * lift[r];
		rows->lift = fmax(rows->lift, lift[r]);
	}
	if (!proven)
		rows->lift = rows->lifted = INFINITY;
	free(is_stiff);
	free(lift);
}
