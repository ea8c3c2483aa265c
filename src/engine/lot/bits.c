/* Reachable sums as bands of bits, shifted and joined item by item from the end. */
#include "engine/lot/bits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { WORD = 64 };

static size_t words_of(const struct lot_band *band)
{
	return band->hi < band->lo ? 0 : (size_t)(band->hi - band->lo) / WORD + 1;
}

/* The bands of the tails that `limit` allows. A word is kept free on both sides of each for the shifted reads. */
static void lay_out(struct lot_bits *bits, const struct lot_item *items, size_t n, struct lot_bits_bounds bounds, size_t *total)
{
	int64_t rest = 0, head = 0, least = bounds.least / bounds.unit;
	int64_t most = (bounds.most < bounds.cap ? bounds.most : bounds.cap) / bounds.unit;
	size_t limit = bounds.words;

	if (n + 1 > bits->cap_bands) {
		bits->cap_bands = n + n / 2 + 64;
		bits->bands = zv_reallocarray(bits->bands, bits->cap_bands, sizeof(*bits->bands));
	}
	for (size_t i = 0; i < n; i++)
		head += items[i].firm / bits->unit;
	*total = 0;
	bits->from = n + 1;
	for (size_t i = n + 1; i-- > 0;) {
		struct lot_band *band = &bits->bands[i];

		if (i < n) {
			rest += items[i].firm / bits->unit;
			head -= items[i].firm / bits->unit;
		}
		band->lo = least > head ? (least - head) / WORD * WORD : 0;
		band->hi = rest < most ? rest : most;
		band->start = *total + 1;
		if (band->hi >= band->lo &&
		    ((uint64_t)(band->hi - band->lo) / WORD > limit || *total + words_of(band) + 2 > limit))
			return;
		*total += words_of(band) + 2;
		bits->from = i;
	}
}

/* The innermost loop of all: two words of `from` make one of `to`. Vectors are worth it; -O2 alone leaves them out. */
__attribute__((optimize("O3"))) static void
or_shifted(uint64_t *restrict to, const uint64_t *restrict from, size_t n, unsigned shift)
{
	for (size_t w = 0; w < n; w++)
		to[w] |= from[w] >> shift | from[w + 1] << (WORD - shift);
}

__attribute__((optimize("O3"))) static void or_plain(uint64_t *restrict to, const uint64_t *restrict from, size_t n)
{
	for (size_t w = 0; w < n; w++)
		to[w] |= from[w];
}

/* to |= from shifted up by `by`, as far as the bands meet. The words beside a band are 0. */
static void join(uint64_t *to, const struct lot_band *t, const uint64_t *from, const struct lot_band *f, int64_t by)
{
	int64_t offset = t->lo - by - f->lo; /* bit 0 of `to` is this bit of `from` */
	int64_t down = offset >= 0 ? offset / WORD : -((WORD - 1 - offset) / WORD);
	int64_t n_from = (int64_t)words_of(f), n_to = (int64_t)words_of(t);
	unsigned shift = (unsigned)(offset - down * WORD);
	int64_t begin = shift == 0 ? -down : -down - 1, end = n_from - down < n_to ? n_from - down : n_to;

	if (begin < 0)
		begin = 0;
	if (end <= begin)
		return;
	if (shift == 0)
		or_plain(to + begin, from + down + begin, (size_t)(end - begin));
	else
		or_shifted(to + begin, from + down + begin, (size_t)(end - begin), shift);
}

bool lot_bits_build(struct lot_bits *bits, const struct lot_item *items, size_t n, struct lot_bits_bounds bounds, bool all,
		    int64_t *steps)
{
	size_t total;

	bits->unit = bounds.unit;
	lay_out(bits, items, n, bounds, &total);
	if (bits->from > n || (all && bits->from > 0))
		return false;
	if (total > bits->cap_words) {
		free(bits->words);
		bits->cap_words = total + total / 4;
		bits->words = zv_reallocarray(NULL, bits->cap_words, sizeof(*bits->words));
	}
	memset(bits->words, 0, total * sizeof(*bits->words));
	if (bits->bands[n].lo == 0)
		bits->words[bits->bands[n].start] = 1;
	for (size_t i = n; i-- > bits->from;) {
		const struct lot_band *t = &bits->bands[i], *f = &bits->bands[i + 1];

		if (t->hi < t->lo || f->hi < f->lo)
			continue;
		join(bits->words + t->start, t, bits->words + f->start, f, 0);
		join(bits->words + t->start, t, bits->words + f->start, f, items[i].firm / bits->unit);
	}
	*steps += (int64_t)total;
	return true;
}

void lot_bits_done(struct lot_bits *bits)
{
	free(bits->bands);
	free(bits->words);
	*bits = (struct lot_bits){0};
}

int64_t lot_bits_top(const struct lot_bits *bits, int64_t below)
{
	const struct lot_band *band = &bits->bands[0];
	int64_t at = below / bits->unit;

	if (at > band->hi)
		at = band->hi;
	for (at -= band->lo; at >= 0;) {
		uint64_t word = bits->words[band->start + (size_t)at / WORD] << (WORD - 1 - at % WORD);

		if (word != 0)
			return (band->lo + at - __builtin_clzll(word)) * bits->unit;
		at = at / WORD * WORD - 1;
	}
	return 0;
}
