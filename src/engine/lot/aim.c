/* Walking to an exact sum, earlier items first. */
#include "engine/lot/aim.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"

enum {
	BLOCK = 64,       /* items per entry of block_min */
	MEMORY = 1 << 14, /* failed states remembered; the newest of equal places wins */
	LOOK_UP = 16      /* steps that a search in the tails counts for: it misses the cache */
};

static void room(struct lot_row *row, size_t n)
{
	if (n < row->cap)
		return;
	row->cap = n + n / 2 + 64;
	row->rest_firm = zv_reallocarray(row->rest_firm, row->cap, sizeof(int64_t));
	row->rest_extra = zv_reallocarray(row->rest_extra, row->cap, sizeof(int64_t));
	row->rest_gcd = zv_reallocarray(row->rest_gcd, row->cap, sizeof(int64_t));
	row->block_min = zv_reallocarray(row->block_min, row->cap, sizeof(int64_t));
	row->path = zv_reallocarray(row->path, row->cap, sizeof(size_t));
}

void lot_row_set(struct lot_row *row, const struct lot_item *items, size_t n, int64_t *steps)
{
	room(row, n + 1);
	row->items = items;
	row->n = n;
	row->steps = steps;
	row->ringed = false;
	row->bits = NULL;
	row->rest_firm[n] = row->rest_extra[n] = row->rest_gcd[n] = 0;
	for (size_t i = n; i-- > 0;) {
		int64_t *least = &row->block_min[i / BLOCK];

		row->rest_firm[i] = row->rest_firm[i + 1] + items[i].firm;
		row->rest_extra[i] = row->rest_extra[i + 1] + items[i].extra;
		row->rest_gcd[i] = row->rest_gcd[i + 1] == 1 ? 1 : zv_gcd(row->rest_gcd[i + 1], items[i].firm);
		if (i == n - 1 || i % BLOCK == BLOCK - 1 || items[i].firm < *least)
			*least = items[i].firm;
	}
}

void lot_row_done(struct lot_row *row)
{
	free(row->rest_firm);
	free(row->rest_extra);
	free(row->rest_gcd);
	free(row->block_min);
	free(row->path);
	free(row->ring);
	free(row->failed);
	*row = (struct lot_row){0};
}

size_t lot_row_next(struct lot_row *row, size_t i, size_t end, int64_t most)
{
	while (i < end) {
		if (i % BLOCK == 0 && row->block_min[i / BLOCK] > most) {
			i += BLOCK;
			continue;
		}
		if (row->items[i].firm <= most)
			return i;
		i++;
		++*row->steps;
	}
	return end;
}

/* to = from and from shifted by one item of remainder r */
static void add_to_ring(uint8_t *to, const uint8_t *from, size_t r)
{
	for (size_t k = 0; k < r; k++)
		to[k] = from[k] | from[k + LOT_RING - r];
	for (size_t k = r; k < LOT_RING; k++)
		to[k] = from[k] | from[k - r];
}

static void make_rings(struct lot_row *row)
{
	uint8_t now[LOT_RING] = {1}, next[LOT_RING];
	int64_t unit = row->rest_gcd[0];

	if (row->ring == NULL)
		row->ring = zv_reallocarray(NULL, LOT_RINGS + 1, sizeof(*row->ring));
	for (size_t i = row->n; i-- > 0;) {
		size_t r = (size_t)(row->items[i].firm / unit % LOT_RING);

		if (r != 0) {
			add_to_ring(next, now, r);
			memcpy(now, next, sizeof(now));
		}
		if (row->n - 1 - i < LOT_RINGS)
			memcpy(row->ring[row->n - 1 - i], now, sizeof(now));
		else if (memchr(now, 0, sizeof(now)) == NULL)
			break; /* all of them, and so for every longer tail */
	}
	memcpy(row->ring[LOT_RINGS], now, sizeof(now));
	row->ringed = true;
}

int64_t lot_row_round_down(struct lot_row *row, int64_t firm)
{
	int64_t unit = row->rest_gcd[0];

	if (!row->ringed)
		make_rings(row);
	for (firm -= firm % unit; firm > 0 && !row->ring[LOT_RINGS][firm / unit % LOT_RING];)
		firm -= unit;
	return firm;
}

static bool rest_is_able(const struct lot_row *row, size_t i, int64_t firm, int64_t extra)
{
	int64_t unit = row->rest_gcd[0];

	if (row->rest_firm[i] < firm || row->rest_extra[i] < extra || (row->rest_gcd[i] > 1 && firm % row->rest_gcd[i] != 0))
		return false;
	if (row->bits != NULL && i >= row->bits->from && !lot_bits_allow(row->bits, i, firm))
		return false;
	return i == row->n || row->n - 1 - i >= LOT_RINGS || row->ring[row->n - 1 - i][firm / unit % LOT_RING] != 0;
}

static struct lot_failed *place(const struct lot_row *row, size_t i, int64_t firm)
{
	uint64_t key = ((uint64_t)firm ^ (uint64_t)i << 48) * 0x9e3779b97f4a7c15;

	return &row->failed[key >> (64 - 14)];
}

static bool has_failed(const struct lot_row *row, size_t i, int64_t firm, int64_t extra)
{
	const struct lot_failed *f = place(row, i, firm);

	return f->stamp == row->stamp && f->i == i && f->firm == firm && f->extra <= extra;
}

static void remember(struct lot_row *row, size_t i, int64_t firm, int64_t extra)
{
	*place(row, i, firm) = (struct lot_failed){row->stamp, i, firm, extra};
}

static void begin(struct lot_row *row)
{
	if (!row->ringed)
		make_rings(row);
	if (row->failed == NULL)
		row->failed = zv_calloc(MEMORY, sizeof(*row->failed));
	row->stamp++;
}

enum lot_aim lot_aim(size_t *chosen, size_t *n_chosen, struct lot_row *row, const struct lot_tails *tails, int64_t firm,
		     int64_t extra, int64_t budget)
{
	size_t from = tails->from, i = 0, n = 0;
	int64_t stop = *row->steps + budget, most;

	begin(row);
	for (;;) {
		bool lost = false;

		while (i < from && firm > 0) {
			++*row->steps;
			lost = !rest_is_able(row, i, firm, extra);
			if (lost)
				break;
			i = lot_row_next(row, i, from, firm);
			lost = i < from && has_failed(row, i, firm, extra);
			if (lost || i == from)
				break;
			row->path[n++] = i;
			firm -= row->items[i].firm;
			extra -= row->items[i].extra;
			i++;
		}
		*row->steps += lost ? 0 : LOOK_UP;
		if (!lost && (firm == 0 ? extra <= 0 : lot_tails_find(&most, tails, from, firm) && most >= extra)) {
			memcpy(chosen, row->path, n * sizeof(*chosen));
			*n_chosen = n;
			lot_tails_walk(chosen, n_chosen, tails, from, firm, extra);
			return LOT_HIT;
		}
		if (n == 0)
			return LOT_NOTHING;
		if (*row->steps > stop)
			return LOT_GAVE_UP;
		/* Nothing after item path[n - 1] helps: not with it, and what is left then is remembered. */
		i = row->path[--n];
		if (!row->bits)
			remember(row, lot_row_next(row, i + 1, from, firm), firm, extra);
		firm += row->items[i].firm;
		extra += row->items[i].extra;
		i++;
	}
}
