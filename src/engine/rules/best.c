/*
 * The best compatible set. First every set that no further measure can join is listed (at most 3^8 of 24), by its bound; the search for payers goes
 * down the list until the bounds say that nothing better comes. Then, among all ways to that total, the fewest measures, the earlier ones first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/rules/amount_inner.h"
#include "engine/rules/payers.h"

enum { M = ZV_SUPPORT_MEASURES_MAX, L = ZV_SUPPORT_LINES_MAX, SETS_MAX = 6561 };

static const int64_t NODES = 2000000, NODES_TIES = 20000;

struct set {
	uint32_t measures;
	int64_t bound;
};

struct best {
	const struct zv_support_problem *problem;
	struct payers payers;
	uint32_t rivals[M];  /* who cannot stand beside m */
	int64_t fixed[M];    /* what m pays without lines; 0: it pays lines */
	int64_t alone[M];    /* the most that m can pay */
	int64_t ceiling;
	struct set *sets;
	int n_sets;
	int64_t total;       /* the best so far, and who pays it */
	uint32_t chosen;
	int8_t payer[L];
	int64_t bound;       /* nothing is above */
};

static int64_t fixed_of(const struct best *b, uint32_t set)
{
	int64_t sum = 0;

	for (; set != 0; set &= set - 1)
		sum += b->fixed[__builtin_ctz(set)];
	return sum;
}

/* No prices: each line at its best, each measure at its most. */
static int64_t rough_bound(const struct best *b, uint32_t set)
{
	int64_t by_lines = fixed_of(b, set), by_measures = 0;

	for (int l = 0; l < b->payers.n_lines; l++) {
		int64_t top = 0;

		for (uint32_t rest = set; rest != 0; rest &= rest - 1)
			if (b->payers.pays[l][__builtin_ctz(rest)] > top)
				top = b->payers.pays[l][__builtin_ctz(rest)];
		by_lines += top;
	}
	for (uint32_t rest = set; rest != 0; rest &= rest - 1)
		by_measures += b->alone[__builtin_ctz(rest)];
	return by_lines < by_measures ? by_lines : by_measures;
}

static void find_rivals(struct best *b)
{
	const struct zv_support_problem *p = b->problem;

	for (int i = 0; i < p->n_measures; i++)
		for (int k = 0; k < p->n_measures; k++)
			if (i != k && amount_exclude(p, i, k))
				b->rivals[i] |= (uint32_t)1 << k;
}

static uint32_t prepare(struct best *b, const struct zv_support_problem *p, int64_t nodes_max)
{
	uint32_t useful = 0;

	memset(b, 0, sizeof(*b));
	b->problem = p;
	b->ceiling = amount_ceiling(p);
	b->payers.n_measures = p->n_measures;
	b->payers.n_lines = p->n_lines;
	b->payers.nodes_max = nodes_max > 0 ? nodes_max : NODES;
	for (int m = 0; m < p->n_measures; m++) {
		int64_t cap = p->measures[m].cap_kop, sum = 0;

		if (p->measures[m].fixed_kop >= 0)
			sum = b->fixed[m] = p->measures[m].fixed_kop < cap ? p->measures[m].fixed_kop : cap;
		for (int l = 0; l < p->n_lines; l++)
			sum += b->payers.pays[l][m] = amount_line(p, m, l);
		b->payers.cap[m] = cap;
		b->alone[m] = sum < cap ? sum : cap;
		if (b->alone[m] > 0)
			useful |= (uint32_t)1 << m;
	}
	find_rivals(b);
	payers_begin(&b->payers);
	return useful;
}

/* Bron and Kerbosch: `in` stands, `may` could join it, `was` could as well but belongs to sets that were listed before. */
static void list_sets(struct best *b, uint32_t in, uint32_t may, uint32_t was)
{
	uint32_t tried;
	int pivot = -1, most = -1;

	if (may == 0) {
		if (was == 0 && b->n_sets < SETS_MAX)
			b->sets[b->n_sets++] = (struct set){in, 0};
		return;
	}
	for (uint32_t rest = may | was; rest != 0; rest &= rest - 1) {
		int m = __builtin_ctz(rest), n = __builtin_popcount(may & ~b->rivals[m] & ~((uint32_t)1 << m));

		if (n > most) {
			most = n;
			pivot = m;
		}
	}
	tried = may & (b->rivals[pivot] | (uint32_t)1 << pivot);
	for (; tried != 0; tried &= tried - 1) {
		int m = __builtin_ctz(tried);
		uint32_t bit = (uint32_t)1 << m;

		list_sets(b, in | bit, may & ~bit & ~b->rivals[m], was & ~b->rivals[m]);
		may &= ~bit;
		was |= bit;
	}
}

static int by_bound(const void *a, const void *c)
{
	const struct set *x = a, *y = c;

	if (x->bound != y->bound)
		return x->bound > y->bound ? -1 : 1;
	return x->measures < y->measures ? -1 : x->measures > y->measures;
}

/* Who of the set pays anything, with these payers. */
static uint32_t paying(const struct best *b, uint32_t set, const int8_t *payer)
{
	uint32_t out = 0;

	for (; set != 0; set &= set - 1)
		if (b->fixed[__builtin_ctz(set)] > 0)
			out |= set & -set;
	for (int l = 0; l < b->payers.n_lines; l++)
		if (payer[l] >= 0)
			out |= (uint32_t)1 << payer[l];
	return out;
}

/* Whether the set can pay more than `floor`, and the best it can (up to the ceiling). */
static bool solve(struct best *b, uint32_t set, int64_t floor, int64_t goal, int64_t *value, int8_t *payer)
{
	int64_t fixed = fixed_of(b, set), found;

	memset(payer, -1, L);
	if (fixed > floor && fixed >= goal) {
		*value = fixed < b->ceiling ? fixed : b->ceiling;
		return true;
	}
	found = payers_solve(payer, &b->payers, set, floor - fixed > 0 ? floor - fixed : 0, goal - fixed) + fixed;
	if (found <= floor)
		return false;
	*value = found < b->ceiling ? found : b->ceiling;
	return true;
}

/* --- the total ------------------------------------------------------------------------------------------------------------------ */

/* Bounds of all sets, the largest first. A set whose rough bound is below what another one pays for certain gets no better one. */
static void bound_sets(struct best *b)
{
	int64_t certain = 0;

	for (int i = 0; i < b->n_sets; i++)
		b->sets[i].bound = rough_bound(b, b->sets[i].measures);
	qsort(b->sets, (size_t)b->n_sets, sizeof(*b->sets), by_bound);
	for (int i = 0; i < b->n_sets && b->sets[i].bound >= certain; i++) {
		int64_t found, fixed = fixed_of(b, b->sets[i].measures), bound = fixed + payers_bound(&found, &b->payers, b->sets[i].measures);

		if (bound < b->sets[i].bound)
			b->sets[i].bound = bound;
		if (found + fixed > certain)
			certain = found + fixed;
		if (certain > b->ceiling)
			certain = b->ceiling;
	}
	for (int i = 0; i < b->n_sets; i++)
		if (b->sets[i].bound > b->ceiling)
			b->sets[i].bound = b->ceiling;
	qsort(b->sets, (size_t)b->n_sets, sizeof(*b->sets), by_bound);
}

static void find_total(struct best *b)
{
	int i;

	for (i = 0; i < b->n_sets && b->sets[i].bound > b->total && !b->payers.ended; i++) {
		int64_t value;
		int8_t payer[L];

		if (!solve(b, b->sets[i].measures, b->total, b->ceiling, &value, payer) || value <= b->total)
			continue;
		b->total = value;
		b->chosen = paying(b, b->sets[i].measures, payer);
		memcpy(b->payer, payer, sizeof(payer));
	}
	/* The set at which the search ended may still have more, the later ones not above its bound. */
	b->bound = b->payers.ended && b->sets[i - 1].bound > b->total ? b->sets[i - 1].bound : b->total;
}

/* --- ties ----------------------------------------------------------------------------------------------------------------------- */

/* Whether `a` has the earliest measure in which they differ. If it has not, no part of `a` of the size of `c` has either. */
static bool comes_first(uint32_t a, uint32_t c)
{
	uint32_t differ = a ^ c;

	return (a & differ & -differ) != 0;
}

static bool preferred(uint32_t a, uint32_t c)
{
	int n = __builtin_popcount(a), k = __builtin_popcount(c);

	return n != k ? n < k : comes_first(a, c);
}

/* How many more of `may` it takes at least for `in` to reach the total. */
static int more_needed(const struct best *b, uint32_t in, uint32_t may)
{
	int64_t have = 0, alone[M];
	int n = 0, taken = 0;

	for (; in != 0; in &= in - 1)
		have += b->alone[__builtin_ctz(in)];
	for (; may != 0; may &= may - 1) {
		int64_t value = b->alone[__builtin_ctz(may)];
		int at = n++;

		for (; at > 0 && alone[at - 1] < value; at--)
			alone[at] = alone[at - 1];
		alone[at] = value;
	}
	while (have < b->total && taken < n)
		have += alone[taken++];
	return have < b->total ? M + 1 : taken;
}

/* Whether the set reaches the total; if so *witness is the part of it that does, and the best so far if it is preferred. */
static bool reaches(struct best *b, uint32_t set, uint32_t *witness)
{
	int64_t value;
	int8_t payer[L];

	if (rough_bound(b, set) < b->total || !solve(b, set, b->total - 1, b->total, &value, payer))
		return false;
	*witness = paying(b, set, payer);
	if (preferred(*witness, b->chosen)) {
		b->chosen = *witness;
		memcpy(b->payer, payer, sizeof(payer));
	}
	return true;
}

/* Measures without which the total is out of reach: they are in every set that is looked for below. */
static void find_needed(struct best *b, uint32_t *in, uint32_t *may, uint32_t *witness)
{
	for (uint32_t rest = *may & *witness; rest != 0 && !b->payers.ended; rest &= rest - 1) {
		uint32_t bit = rest & -rest, other;

		if (!reaches(b, (*in | *may) & ~bit, &other)) {
			*in |= bit;
			*may &= ~bit;
		} else {
			*witness = other; /* it does without, so what it takes instead is not needed either unless this one has it too */
			rest &= other | bit;
		}
	}
}

static bool can_be_preferred(const struct best *b, uint32_t in, uint32_t may)
{
	int n = __builtin_popcount(in) + more_needed(b, in, may), best = __builtin_popcount(b->chosen);

	return may != 0 && !b->payers.ended && (n < best || (n == best && comes_first(in | may, b->chosen)));
}

/* in + may reaches the total, and `witness` is a part of it that does. */
static void fewest(struct best *b, uint32_t in, uint32_t may, uint32_t witness)
{
	uint32_t bit;

	if (!can_be_preferred(b, in, may))
		return;
	find_needed(b, &in, &may, &witness);
	if ((witness & ~in) == 0 || !can_be_preferred(b, in, may))
		return;
	if (++b->payers.nodes > b->payers.nodes_max) {
		b->payers.ended = true;
		return;
	}
	bit = may & -may;
	fewest(b, in | bit, may & ~bit, witness);
	may &= ~bit;
	if ((witness & bit) == 0 || reaches(b, in | may, &witness))
		fewest(b, in, may, witness);
}

static void settle_ties(struct best *b)
{
	b->payers.nodes_max = b->payers.nodes + NODES_TIES;
	b->payers.ended = false;
	for (int i = 0; i < b->n_sets && b->sets[i].bound >= b->total && !b->payers.ended; i++) {
		uint32_t set = b->sets[i].measures, witness = b->chosen;

		if ((b->chosen & ~set) != 0 && !reaches(b, set, &witness))
			continue;
		fewest(b, 0, set, witness);
	}
}

/* --- what came out -------------------------------------------------------------------------------------------------------------- */

/* A line that a full measure need not pay is paid by nobody; what is above the ceiling the later measures leave. */
static void pay_out(struct zv_support_best *out, const struct best *b)
{
	int64_t sums[M], left;

	memset(out, 0, sizeof(*out));
	memset(out->payer, -1, sizeof(out->payer));
	memcpy(out->payer, b->payer, (size_t)b->payers.n_lines);
	memcpy(sums, b->fixed, sizeof(sums));
	for (int l = 0; l < b->payers.n_lines; l++)
		if (b->payer[l] >= 0)
			sums[b->payer[l]] += b->payers.pays[l][b->payer[l]];
	for (int l = b->payers.n_lines - 1; l >= 0; l--) {
		int m = out->payer[l];

		if (m < 0 || sums[m] - b->payers.pays[l][m] < b->payers.cap[m])
			continue;
		sums[m] -= b->payers.pays[l][m];
		out->payer[l] = -1;
	}
	left = b->total;
	for (int m = 0; m < b->payers.n_measures; m++) {
		if ((b->chosen >> m & 1) == 0)
			continue;
		if (sums[m] > b->payers.cap[m])
			sums[m] = b->payers.cap[m];
		out->paid_kop[m] = sums[m] < left ? sums[m] : left;
		left -= out->paid_kop[m];
		if (out->paid_kop[m] > 0)
			out->chosen |= (uint32_t)1 << m;
	}
	out->total_kop = b->total - left;
}

enum zv_code zv_support_best(struct zv_support_best *out, const struct zv_support_problem *problem, int64_t nodes_max, struct zv_err *err)
{
	enum zv_code code = amount_valid(problem, err);
	struct best *b;
	uint32_t useful;

	if (code != ZV_OK)
		return code;
	b = zv_calloc(1, sizeof(*b));
	useful = prepare(b, problem, nodes_max);
	memset(b->payer, -1, sizeof(b->payer));
	b->sets = zv_calloc(SETS_MAX, sizeof(*b->sets));
	list_sets(b, 0, useful, 0);
	bound_sets(b);
	find_total(b);
	if (b->total > 0)
		settle_ties(b);
	pay_out(out, b);
	out->nodes = b->payers.nodes;
	out->bound_kop = b->bound;
	out->proved = b->bound == b->total;
	free(b->sets);
	free(b);
	return ZV_OK;
}
