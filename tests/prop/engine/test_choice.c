/* The best compatible set against all sets and all payers there are, by total and by the rule for ties; large ones against the checker. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "choice.h"

enum { ROUNDS = 8000, LARGE = 60, TABLES = 60, UNIT = 50, LEVELS = 11, PAYERS = 5, STATES = LEVELS * LEVELS * LEVELS * LEVELS * LEVELS };

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20261123;
}

static int64_t part(int64_t sum, int64_t ppm)
{
	return sum * ppm / 1000000;
}

static bool exclude(const struct zv_support_measure *a, const struct zv_support_measure *b, int at_a, int at_b)
{
	return (a->groups & b->groups) != 0 || (a->excludes >> at_b & 1) != 0 || (b->excludes >> at_a & 1) != 0;
}

static bool stands(const struct zv_support_problem *p, uint32_t set)
{
	for (int a = 0; a < p->n_measures; a++)
		for (int b = 0; b < a; b++)
			if ((set >> a & 1) != 0 && (set >> b & 1) != 0 && exclude(&p->measures[a], &p->measures[b], a, b))
				return false;
	return true;
}

/* The most that just these measures pay: every payer for every line. */
static int64_t most_of(const struct zv_support_problem *p, uint32_t set, int line, int64_t *sums)
{
	int64_t best = 0;

	if (line == p->n_lines) {
		for (int m = 0; m < p->n_measures; m++)
			if ((set >> m & 1) != 0)
				best += sums[m] < p->measures[m].cap_kop ? sums[m] : p->measures[m].cap_kop;
		return best;
	}
	best = most_of(p, set, line + 1, sums);
	for (int m = 0; m < p->n_measures; m++) {
		const struct zv_support_measure *measure = &p->measures[m];
		int64_t share = measure->share_ppm < p->lines[line].intensity_ppm ? measure->share_ppm : p->lines[line].intensity_ppm, value;

		if ((set >> m & 1) == 0 || measure->fixed_kop >= 0 || (measure->lines >> line & 1) == 0)
			continue;
		sums[m] += part(p->lines[line].cost_kop, share);
		value = most_of(p, set, line + 1, sums);
		sums[m] -= part(p->lines[line].cost_kop, share);
		if (value > best)
			best = value;
	}
	return best;
}

static int64_t ceiling_of(const struct zv_support_problem *p)
{
	int64_t sum = 0;

	for (int l = 0; l < p->n_lines; l++)
		sum += p->lines[l].cost_kop;
	return p->total_max_ppm == 1000000 ? INT64_MAX : part(sum, p->total_max_ppm);
}

/* Fewer measures, then the earlier ones. */
static bool before(uint32_t a, uint32_t b)
{
	int n = __builtin_popcount(a), k = __builtin_popcount(b);

	for (int m = 0; n == k && m < ZV_SUPPORT_MEASURES_MAX; m++)
		if ((a >> m & 1) != (b >> m & 1))
			return (a >> m & 1) != 0;
	return n < k;
}

static int64_t all_sets(const struct zv_support_problem *p, uint32_t *chosen)
{
	int64_t best = -1, ceiling = ceiling_of(p);

	for (uint32_t set = 0; set < (uint32_t)1 << p->n_measures; set++) {
		int64_t sums[ZV_SUPPORT_MEASURES_MAX] = {0}, value;

		if (!stands(p, set))
			continue;
		for (int m = 0; m < p->n_measures; m++)
			sums[m] = p->measures[m].fixed_kop >= 0 ? p->measures[m].fixed_kop : 0;
		value = most_of(p, set, 0, sums);
		if (value > ceiling)
			value = ceiling;
		if (value < best || (value == best && !before(set, *chosen)))
			continue;
		best = value;
		*chosen = set;
	}
	return best;
}

static void compare(const struct choice *c, uint64_t seed, int round)
{
	struct zv_support_best best;
	const char *why = NULL;
	uint32_t chosen = 0;
	int64_t total = all_sets(&c->problem, &chosen);

	assert_int_equal(zv_support_best(&best, &c->problem, 0, NULL), ZV_OK);
	if (!zv_support_check(&c->problem, &best, &why))
		fail_msg("seed %llu, round %d: %s", (unsigned long long)seed, round, why);
	if (!best.proved || best.total_kop != total || best.chosen != chosen)
		fail_msg("seed %llu, round %d: %lld by %x, all sets say %lld by %x", (unsigned long long)seed, round, (long long)best.total_kop, best.chosen,
			 (long long)total, chosen);
}

static void equals_all_sets_ties_included(void **state)
{
	uint64_t seed = seed_of();
	struct zv_rng rng;
	struct choice c;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < ROUNDS; round++) {
		struct choice_kind kind = {.n_measures = (int)zv_rng_range(&rng, 0, 5), .n_lines = (int)zv_rng_range(&rng, 0, 5), .cost_max = 100000,
					   .eligible = (int)zv_rng_range(&rng, 20, 100), .rivals = (int)zv_rng_range(&rng, 0, 50),
					   .groups = (int)zv_rng_range(&rng, 0, 60), .fixed = (int)zv_rng_range(&rng, 0, 30), .cap_least = 5,
					   .cap_most = zv_rng_below(&rng, 3) == 0 ? 0 : 60, .coarse = zv_rng_below(&rng, 2) == 0};

		choice_draw(&c, &kind, &rng);
		compare(&c, seed, round);
	}
}

/* --- a second method: every vector of capped sums that can be reached, line by line, marked in a table --------------------------------------- */

static int levels_of(int state, int m)
{
	while (m-- > 0)
		state /= LEVELS;
	return state % LEVELS;
}

static int raised(int state, int m, int64_t units, int64_t cap)
{
	int64_t now = levels_of(state, m), then = now + units < cap ? now + units : cap;
	int step = 1;

	while (m-- > 0)
		step *= LEVELS;
	return state + (int)(then - now) * step;
}

/* One more payment that measure m may make, or not make, in every state. */
static void spread(uint8_t *next, const uint8_t *states, const struct zv_support_problem *p, int m, int64_t units)
{
	int64_t cap = p->measures[m].cap_kop / UNIT < LEVELS - 1 ? p->measures[m].cap_kop / UNIT : LEVELS - 1;

	for (int i = 0; i < STATES; i++)
		if (states[i])
			next[raised(i, m, units, cap)] = 1;
}

static int64_t by_table(const struct zv_support_problem *p)
{
	static uint8_t states[STATES], next[STATES];
	int64_t best = 0, ceiling = ceiling_of(p);

	memset(states, 0, sizeof(states));
	states[0] = 1;
	for (int l = 0; l < p->n_lines; l++) {
		memcpy(next, states, sizeof(next));
		for (int m = 0; m < p->n_measures; m++)
			if (p->measures[m].fixed_kop < 0 && (p->measures[m].lines >> l & 1) != 0)
				spread(next, states, p, m, part(p->lines[l].cost_kop, p->measures[m].share_ppm) / UNIT);
		memcpy(states, next, sizeof(next));
	}
	for (int m = 0; m < p->n_measures; m++) {
		memcpy(next, states, sizeof(next));
		if (p->measures[m].fixed_kop >= 0)
			spread(next, states, p, m, p->measures[m].fixed_kop / UNIT);
		memcpy(states, next, sizeof(next));
	}
	for (int i = 0; i < STATES; i++) {
		uint32_t set = 0;
		int64_t sum = 0;

		for (int m = 0; m < p->n_measures && states[i]; m++) {
			sum += levels_of(i, m) * UNIT;
			set |= levels_of(i, m) > 0 ? (uint32_t)1 << m : 0;
		}
		if (sum > best && stands(p, set))
			best = sum;
	}
	return best < ceiling ? best : ceiling;
}

static void equals_a_table_of_all_capped_sums(void **state)
{
	uint64_t seed = seed_of();
	struct zv_rng rng;
	struct choice c;

	(void)state;
	zv_rng_init(&rng, seed + 3);
	for (int round = 0; round < TABLES; round++) {
		struct choice_kind kind = {.n_measures = PAYERS, .n_lines = (int)zv_rng_range(&rng, 6, 14), .eligible = (int)zv_rng_range(&rng, 30, 100),
					   .rivals = (int)zv_rng_range(&rng, 0, 40), .fixed = 15, .cap_most = 1, .coarse = true};
		struct zv_support_best best;
		int64_t total;

		choice_draw(&c, &kind, &rng);
		for (int l = 0; l < kind.n_lines; l++)
			c.lines[l].intensity_ppm = 1000000;
		assert_int_equal(zv_support_best(&best, &c.problem, 0, NULL), ZV_OK);
		total = by_table(&c.problem);
		if (!best.proved || best.total_kop != total)
			fail_msg("seed %llu, round %d: %lld, the table says %lld", (unsigned long long)seed, round, (long long)best.total_kop, (long long)total);
	}
}

static void large_ones_pass_the_checker_and_more_is_never_less(void **state)
{
	uint64_t seed = seed_of();
	struct zv_rng rng;
	struct choice c;

	(void)state;
	zv_rng_init(&rng, seed + 1);
	for (int round = 0; round < LARGE; round++) {
		struct choice_kind kind = {.n_measures = 24, .n_lines = 20, .cost_max = 1000000000, .eligible = 40, .rivals = (int)zv_rng_range(&rng, 0, 30),
					   .groups = 20, .fixed = 10, .cap_least = 5, .cap_most = 50};
		struct zv_support_best best, fewer;
		const char *why = NULL;

		choice_draw(&c, &kind, &rng);
		assert_int_equal(zv_support_best(&best, &c.problem, 20000, NULL), ZV_OK);
		if (!zv_support_check(&c.problem, &best, &why))
			fail_msg("seed %llu, round %d: %s", (unsigned long long)seed, round, why);
		c.problem.n_measures--;
		assert_int_equal(zv_support_best(&fewer, &c.problem, 20000, NULL), ZV_OK);
		if (fewer.total_kop > best.bound_kop)
			fail_msg("seed %llu, round %d: less choice gives more", (unsigned long long)seed, round);
	}
}

/* The same measures in another order: the same total. */
static void order_does_not_matter(void **state)
{
	uint64_t seed = seed_of();
	struct zv_rng rng;
	struct choice c;

	(void)state;
	zv_rng_init(&rng, seed + 2);
	for (int round = 0; round < 500; round++) {
		struct choice_kind kind = {.n_measures = 12, .n_lines = 10, .cost_max = 1000000, .eligible = 50, .groups = 50, .fixed = 10, .cap_least = 5,
					   .cap_most = 60};
		struct zv_support_best a, b;

		choice_draw(&c, &kind, &rng);
		assert_int_equal(zv_support_best(&a, &c.problem, 0, NULL), ZV_OK);
		for (int i = 0; i < 6; i++) {
			struct zv_support_measure m = c.measures[i];

			c.measures[i] = c.measures[11 - i];
			c.measures[11 - i] = m;
		}
		assert_int_equal(zv_support_best(&b, &c.problem, 0, NULL), ZV_OK);
		if (a.proved && b.proved && a.total_kop != b.total_kop)
			fail_msg("seed %llu, round %d: %lld and %lld", (unsigned long long)seed, round, (long long)a.total_kop, (long long)b.total_kop);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_all_sets_ties_included),
		cmocka_unit_test(equals_a_table_of_all_capped_sums),
		cmocka_unit_test(large_ones_pass_the_checker_and_more_is_never_less),
		cmocka_unit_test(order_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
