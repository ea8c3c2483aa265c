/*
 * Who pays which line. A price on every cap (a Lagrangian multiplier) gives the bound; branching goes over the payers of one line. Twins among lines and
 * measures are tried once, and a choice whose price leaves too little is struck out for the whole branch. Whole numbers throughout.
 */
#include "engine/rules/payers.h"

#include <string.h>

enum { M = ZV_SUPPORT_MEASURES_MAX, L = ZV_SUPPORT_LINES_MAX, SWEEPS_ROOT = 12, SWEEPS = 1 };

/* Prices are parts of ONE; the search for good ones works on sums scaled to SCALE_BITS. */
static const int64_t ONE = (int64_t)1 << 30;
enum { SCALE_BITS = 30 };

struct node {
	uint64_t rest;       /* lines without payer */
	uint32_t may[L];     /* who still may pay line l */
	int64_t room[M];     /* left of the cap */
	int64_t price[M];    /* 0..ONE */
	int64_t value;       /* paid so far */
	int8_t payer[L];
};

struct search {
	struct payers *p;
	int64_t best, goal;
	int8_t *payer;
};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A line brings a measure no more than what is left of its cap. */
static int64_t brings(const struct payers *p, const struct node *node, int l, int m)
{
	return least(p->pays[l][m], node->room[m]);
}

static zv_i128 worth(const struct payers *p, const struct node *node, int l, int m)
{
	return (zv_i128)brings(p, node, l, m) * (ONE - node->price[m]);
}

/* sum of the best worth of each line + sum of price x room: for any prices nobody can get more. */
static int64_t bound_of(const struct payers *p, const struct node *node, uint32_t set)
{
	zv_i128 sum = 0;

	for (uint64_t rest = node->rest; rest != 0; rest &= rest - 1) {
		int l = __builtin_ctzll(rest);
		zv_i128 top = 0;

		for (uint32_t may = node->may[l]; may != 0; may &= may - 1) {
			zv_i128 w = worth(p, node, l, __builtin_ctz(may));

			if (w > top)
				top = w;
		}
		sum += top;
	}
	for (; set != 0; set &= set - 1) {
		int m = __builtin_ctz(set);

		sum += (zv_i128)node->price[m] * node->room[m];
	}
	return node->value + (int64_t)(sum / ONE);
}

struct rival {
	int64_t ratio, brings; /* what the line is worth to the best other measure, as a part of ONE of what it brings here */
};

/* The price of one cap, the others as they are, that gives the least bound: lines that others value least go in first, until the room is full. */
static int64_t best_price(struct rival *rivals, int n, int64_t room)
{
	int64_t sum = 0;

	for (int i = 1; i < n; i++) {
		struct rival r = rivals[i];
		int at = i;

		for (; at > 0 && rivals[at - 1].ratio > r.ratio; at--)
			rivals[at] = rivals[at - 1];
		rivals[at] = r;
	}
	for (int i = 0; i < n; i++) {
		sum += rivals[i].brings;
		if (sum > room)
			return ONE - rivals[i].ratio;
	}
	return 0;
}

static void sweep(const struct payers *p, struct node *node, uint32_t set, int shift)
{
	for (; set != 0; set &= set - 1) {
		int m = __builtin_ctz(set), n = 0;
		struct rival rivals[L];

		for (uint64_t rest = node->rest; rest != 0; rest &= rest - 1) {
			int l = __builtin_ctzll(rest);
			int64_t here = brings(p, node, l, m) >> shift, other = 0;

			if ((node->may[l] >> m & 1) == 0 || here == 0)
				continue;
			for (uint32_t may = node->may[l] & ~((uint32_t)1 << m); may != 0; may &= may - 1) {
				int k = __builtin_ctz(may);
				int64_t w = (brings(p, node, l, k) >> shift) * (ONE - node->price[k]);

				if (w > other)
					other = w;
			}
			other /= here;
			if (other < ONE)
				rivals[n++] = (struct rival){other, here};
		}
		node->price[m] = best_price(rivals, n, node->room[m] >> shift);
	}
}

static int shift_of(const struct payers *p, const struct node *node)
{
	int64_t top = 0;
	int shift = 0;

	for (uint64_t rest = node->rest; rest != 0; rest &= rest - 1)
		for (int l = __builtin_ctzll(rest), m = 0; m < p->n_measures; m++)
			if ((node->may[l] >> m & 1) != 0 && p->pays[l][m] > top)
				top = p->pays[l][m];
	while (top >> shift >= (int64_t)1 << SCALE_BITS)
		shift++;
	return shift;
}

/* A few sweeps; the best prices of them stay. */
static int64_t improve(const struct payers *p, struct node *node, uint32_t set, int sweeps, int64_t enough)
{
	int64_t best = bound_of(p, node, set), kept[M];
	int shift = shift_of(p, node);

	memcpy(kept, node->price, sizeof(kept));
	for (int i = 0; i < sweeps && best > enough; i++) {
		int64_t now;

		sweep(p, node, set, shift);
		now = bound_of(p, node, set);
		if (now >= best && i > 0)
			break;
		if (now < best) {
			best = now;
			memcpy(kept, node->price, sizeof(kept));
		}
	}
	memcpy(node->price, kept, sizeof(kept));
	return best;
}

static void give(const struct payers *p, struct node *node, int l, int m)
{
	int64_t paid = brings(p, node, l, m);

	node->payer[l] = (int8_t)m;
	node->rest &= ~((uint64_t)1 << l);
	node->value += paid;
	node->room[m] -= paid;
}

/*
 * What needs no branching: measures that are full or bring nothing leave; a line goes to the one that pays most when that one has room for all that it
 * could ever get. Returns the measures still in play.
 */
static uint32_t reduce(const struct payers *p, struct node *node)
{
	for (;;) {
		int64_t could[M] = {0};
		uint32_t open = 0;
		bool again = false;

		for (uint64_t rest = node->rest; rest != 0; rest &= rest - 1) {
			int l = __builtin_ctzll(rest);

			for (uint32_t may = node->may[l]; may != 0; may &= may - 1) {
				int m = __builtin_ctz(may);
				int64_t w = brings(p, node, l, m);

				if (w == 0)
					node->may[l] &= ~((uint32_t)1 << m);
				could[m] += w;
			}
			if (node->may[l] == 0)
				node->rest &= ~((uint64_t)1 << l);
			open |= node->may[l];
		}
		for (uint64_t rest = node->rest; rest != 0; rest &= rest - 1) {
			int l = __builtin_ctzll(rest), most = -1;

			for (uint32_t may = node->may[l]; may != 0; may &= may - 1) {
				int m = __builtin_ctz(may);
				int64_t w = brings(p, node, l, m), top = most < 0 ? -1 : brings(p, node, l, most);

				/* Among equals the one that has room enough. */
				if (w > top || (w == top && could[most] > node->room[most] && could[m] <= node->room[m]))
					most = m;
			}
			if ((node->may[l] & (node->may[l] - 1)) == 0 || could[most] <= node->room[most]) {
				give(p, node, l, most);
				again = true;
				break; /* the sums are old now */
			}
		}
		if (!again)
			return open;
	}
}

/* Every line to the one to whom it is worth most: a solution, and with good prices a good one. */
static void try_prices(struct search *s, const struct node *from)
{
	struct node node = *from;

	for (uint64_t rest = node.rest; rest != 0; rest &= rest - 1) {
		int l = __builtin_ctzll(rest), most = -1;
		zv_i128 top = -1;

		for (uint32_t may = node.may[l]; may != 0; may &= may - 1) {
			int m = __builtin_ctz(may);
			zv_i128 w = (zv_i128)least(s->p->pays[l][m], node.room[m]) * (ONE - node.price[m]);

			if (w > top) {
				top = w;
				most = m;
			}
		}
		give(s->p, &node, l, most);
	}
	if (node.value > s->best) {
		s->best = node.value;
		memcpy(s->payer, node.payer, (size_t)s->p->n_lines);
	}
}

/* Strikes out payers whose price leaves less than what is needed to be better than the best; returns the line to branch on. */
static int strike(struct search *s, struct node *node, int64_t bound)
{
	zv_i128 spare = (zv_i128)(bound - s->best) * ONE; /* bound - loss must stay above best: loss < spare, bound itself was rounded down */
	int64_t largest = -1;
	int line = -1, fewest = M + 1;

	for (uint64_t rest = node->rest; rest != 0; rest &= rest - 1) {
		int l = __builtin_ctzll(rest), left;
		zv_i128 top = 0;
		int64_t most = 0;

		for (uint32_t may = node->may[l]; may != 0; may &= may - 1) {
			zv_i128 w = worth(s->p, node, l, __builtin_ctz(may));

			if (w > top)
				top = w;
		}
		for (uint32_t may = node->may[l]; may != 0; may &= may - 1) {
			int m = __builtin_ctz(may);

			if (top - worth(s->p, node, l, m) >= spare + ONE)
				node->may[l] &= ~((uint32_t)1 << m);
			else if (brings(s->p, node, l, m) > most)
				most = brings(s->p, node, l, m);
		}
		left = __builtin_popcount(node->may[l]);
		if (left < 2 ? fewest > 1 : (fewest > 1 && (most > largest))) {
			line = l;
			fewest = left < 2 ? 1 : left;
			largest = most;
		}
	}
	return line;
}

/* Payers of a line by worth, dearest first; of measures that are alike and have the same room only the first. */
static int children(int8_t *out, const struct search *s, const struct node *node, int l)
{
	zv_i128 worths[M];
	int n = 0;

	for (uint32_t may = node->may[l]; may != 0; may &= may - 1) {
		int m = __builtin_ctz(may), at = n;
		zv_i128 w = worth(s->p, node, l, m);
		bool again = false;

		for (int i = 0; i < n; i++)
			again |= (s->p->alike[m] >> out[i] & 1) != 0 && node->room[m] == node->room[out[i]];
		if (again)
			continue;
		for (; at > 0 && worths[at - 1] < w; at--) {
			worths[at] = worths[at - 1];
			out[at] = out[at - 1];
		}
		worths[at] = w;
		out[at] = (int8_t)m;
		n++;
	}
	return n;
}

static void branch(struct search *s, struct node *node, int sweeps)
{
	uint32_t open = reduce(s->p, node);
	int8_t list[M];
	int64_t bound;
	int line, n;

	if (node->rest == 0 && node->value > s->best) {
		s->best = node->value;
		memcpy(s->payer, node->payer, (size_t)s->p->n_lines);
	}
	if (node->rest == 0 || s->best >= s->goal)
		return;
	if (++s->p->nodes > s->p->nodes_max) {
		s->p->ended = true;
		return;
	}
	bound = improve(s->p, node, open, sweeps, s->best);
	if (bound <= s->best)
		return;
	try_prices(s, node);
	if (bound <= s->best || s->best >= s->goal)
		return;
	line = strike(s, node, bound);
	n = children(list, s, node, line);
	for (int i = 0; i < n && !s->p->ended && s->best < s->goal; i++) {
		struct node child = *node;

		give(s->p, &child, line, list[i]);
		branch(s, &child, SWEEPS);
		for (uint64_t twins = s->p->twins[line] & node->rest; twins != 0; twins &= twins - 1)
			node->may[__builtin_ctzll(twins)] &= ~((uint32_t)1 << list[i]); /* the other way round is the same */
	}
}

static void begin(struct node *node, const struct payers *p, uint32_t set)
{
	memset(node, 0, sizeof(*node));
	memset(node->payer, -1, sizeof(node->payer));
	for (int m = 0; m < p->n_measures; m++)
		node->room[m] = p->cap[m];
	for (int l = 0; l < p->n_lines; l++) {
		for (int m = 0; m < p->n_measures; m++)
			if ((set >> m & 1) != 0 && p->pays[l][m] > 0 && p->cap[m] > 0)
				node->may[l] |= (uint32_t)1 << m;
		if (node->may[l] != 0)
			node->rest |= (uint64_t)1 << l;
	}
}

int64_t payers_bound(int64_t *found, struct payers *payers, uint32_t set)
{
	int8_t payer[L];
	struct search s = {.p = payers, .payer = payer};
	struct node node;
	int64_t bound;

	begin(&node, payers, set);
	set = reduce(payers, &node);
	bound = improve(payers, &node, set, SWEEPS_ROOT, -1);
	try_prices(&s, &node);
	*found = s.best;
	return bound;
}

void payers_begin(struct payers *p)
{
	for (int a = 0; a < p->n_lines; a++)
		for (int b = 0; b < p->n_lines; b++) {
			bool same = a != b;

			for (int m = 0; m < p->n_measures && same; m++)
				same = p->pays[a][m] == p->pays[b][m];
			if (same)
				p->twins[a] |= (uint64_t)1 << b;
		}
	for (int a = 0; a < p->n_measures; a++)
		for (int b = 0; b < p->n_measures; b++) {
			bool same = a != b;

			for (int l = 0; l < p->n_lines && same; l++)
				same = p->pays[l][a] == p->pays[l][b];
			if (same)
				p->alike[a] |= (uint32_t)1 << b;
		}
}

int64_t payers_solve(int8_t *payer, struct payers *payers, uint32_t set, int64_t floor, int64_t goal)
{
	struct search s = {.p = payers, .best = floor, .goal = goal, .payer = payer};
	struct node node;

	begin(&node, payers, set);
	try_prices(&s, &node); /* each line to whom it brings most: often enough */
	if (s.best < goal)
		branch(&s, &node, SWEEPS_ROOT);
	return s.best;
}
