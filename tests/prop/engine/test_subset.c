/* The choice of a set against all sets there are, on every way the solver may take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "engine/lot/subset.h"

enum { ITEMS = 12, ROUNDS = 20000 };

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20260302;
}

static void draw(struct lot_task *task, struct lot_item *items, struct zv_rng *rng)
{
	int64_t unit = zv_rng_below(rng, 3) == 0 ? 5 : 1, top = zv_rng_range(rng, 3, 40), total = 0;

	task->n = (size_t)zv_rng_range(rng, 1, ITEMS);
	task->items = items;
	for (size_t i = 0; i < task->n; i++) {
		items[i].firm = unit * zv_rng_range(rng, 1, top);
		items[i].extra = zv_rng_below(rng, 2) == 0 ? 0 : zv_rng_range(rng, 0, top / 3 + 1);
		total += items[i].firm + items[i].extra;
	}
	task->lattice = (struct lot_lattice){zv_rng_range(rng, 1, total), zv_rng_range(rng, 1, 12)};
	task->lo = task->lattice.base + task->lattice.step * zv_rng_range(rng, 0, 3);
	task->hi = task->lo + task->lattice.step * zv_rng_range(rng, 0, 6);
	task->high = zv_rng_below(rng, 2) == 0;
	task->at_least = zv_rng_below(rng, 3) == 0 ? zv_rng_range(rng, 1, total) : 1;
}

/* The best size for these sums; 0: none. Every size is tried. */
static int64_t size_for(const struct lot_task *task, int64_t firm, int64_t extra)
{
	int64_t best = 0;

	for (int64_t q = task->lo; q <= task->hi; q += task->lattice.step) {
		if (firm <= q && q <= firm + extra && (best == 0 || task->high))
			best = q;
	}
	return best;
}

/* Bit 0 is the last item, so that of two numbers the larger is the earlier set. */
static bool best_of_all(int64_t *firm, int64_t *size, unsigned *set, const struct lot_task *task)
{
	bool found = false;

	for (unsigned bits = 1; bits < 1U << task->n; bits++) {
		int64_t f = 0, e = 0, q;

		for (size_t i = 0; i < task->n; i++) {
			if ((bits >> (task->n - 1 - i) & 1) != 0) {
				f += task->items[i].firm;
				e += task->items[i].extra;
			}
		}
		q = f >= task->at_least ? size_for(task, f, e) : 0;
		if (q == 0)
			continue;
		if (!found || f > *firm || (f == *firm && (task->high ? q > *size : q < *size)) || (f == *firm && q == *size && bits > *set)) {
			found = true;
			*firm = f;
			*size = q;
			*set = bits;
		}
	}
	return found;
}

static void run(size_t few, size_t many, int64_t aim, bool bits)
{
	struct lot_work work = {.few_sums = few, .many_sums = many, .short_aim = aim, .no_bits = !bits};
	struct lot_item items[ITEMS];
	size_t chosen[ITEMS];
	struct zv_rng rng;
	int n_found = 0;

	zv_rng_init(&rng, seed_of());
	for (int round = 0; round < ROUNDS; round++) {
		struct lot_task task;
		struct lot_pick pick = {.chosen = chosen};
		int64_t firm = 0, size = 0;
		unsigned set = 0, got = 0;

		draw(&task, items, &rng);
		work.stop = work.steps + 10000000;
		lot_subset_solve(&pick, &task, &work);
		for (size_t i = 0; i < pick.n_chosen && pick.found; i++)
			got |= 1U << (task.n - 1 - pick.chosen[i]);
		if (pick.found != best_of_all(&firm, &size, &set, &task) || !pick.proved ||
		    (pick.found && (pick.firm != firm || pick.size != size || got != set || !pick.first || pick.bound != firm)))
			fail_msg("seed %llu, round %d: firm %lld size %lld set %x, should be %lld %lld %x", (unsigned long long)seed_of(), round,
				 (long long)pick.firm, (long long)pick.size, got, (long long)firm, (long long)size, set);
		n_found += pick.found;
	}
	assert_true(n_found > ROUNDS / 10);
	lot_work_done(&work);
}

static void complete_tails_find_the_best_and_earliest_set(void **state)
{
	(void)state;
	run(0, 0, 0, true);
}

static void aiming_with_short_tails_finds_it_too(void **state)
{
	(void)state;
	run(4, 16, 0, false);
}

static void bounding_with_hardly_any_tails_finds_it_too(void **state)
{
	(void)state;
	run(1, 1, 1, false);
}

static void bits_find_it_too(void **state)
{
	(void)state;
	run(1, 1, 1, true);
	run(4, 16, 0, true);
}

/* Hardly any steps: what comes out must be a set all the same, with an honest bound. */
static void a_search_cut_short_says_so_and_never_lies(void **state)
{
	struct lot_work work = {.few_sums = 1, .many_sums = 1, .short_aim = 1, .no_bits = true};
	struct lot_item items[ITEMS];
	size_t chosen[ITEMS];
	struct zv_rng rng;
	int n_cut = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 2);
	for (int round = 0; round < ROUNDS; round++) {
		struct lot_task task;
		struct lot_pick pick = {.chosen = chosen};
		int64_t firm = 0, size = 0, f = 0, e = 0;
		unsigned set = 0;
		bool best;

		draw(&task, items, &rng);
		work.stop = work.steps + zv_rng_range(&rng, 0, 60);
		lot_subset_solve(&pick, &task, &work);
		best = best_of_all(&firm, &size, &set, &task);
		for (size_t i = 0; i < pick.n_chosen && pick.found; i++) {
			assert_true(i == 0 || chosen[i - 1] < chosen[i]);
			f += items[chosen[i]].firm;
			e += items[chosen[i]].extra;
		}
		if (best)
			assert_true(pick.bound >= firm);
		if (pick.proved)
			assert_int_equal(pick.found, best);
		if (pick.found) {
			assert_int_equal(f, pick.firm);
			assert_int_equal(e, pick.extra);
			assert_true(f <= pick.size && pick.size <= f + e && pick.size >= task.lo && pick.size <= task.hi && f <= firm);
			if (pick.proved)
				assert_true(pick.firm == firm && pick.size == size);
		}
		n_cut += !pick.proved || (pick.found && !pick.first);
	}
	assert_true(n_cut > ROUNDS / 100);
	lot_work_done(&work);
}

static void the_reach_is_the_largest_volume_of_all_sets(void **state)
{
	struct lot_work work = {0};
	struct lot_item items[ITEMS];
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, seed_of() + 1);
	for (int round = 0; round < ROUNDS; round++) {
		struct lot_task task;
		int64_t reach, best = 0;

		draw(&task, items, &rng);
		for (unsigned bits = 0; bits < 1U << task.n; bits++) {
			int64_t f = 0, e = 0;

			for (size_t i = 0; i < task.n; i++) {
				f += (bits >> i & 1) != 0 ? items[i].firm : 0;
				e += (bits >> i & 1) != 0 ? items[i].extra : 0;
			}
			best = f <= task.hi && f + e > best ? f + e : best;
		}
		assert_true(lot_subset_reach(&reach, items, task.n, task.hi, &work));
		assert_int_equal(reach, best);
	}
	lot_work_done(&work);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complete_tails_find_the_best_and_earliest_set),
		cmocka_unit_test(aiming_with_short_tails_finds_it_too),
		cmocka_unit_test(bounding_with_hardly_any_tails_finds_it_too),
		cmocka_unit_test(bits_find_it_too),
		cmocka_unit_test(a_search_cut_short_says_so_and_never_lies),
		cmocka_unit_test(the_reach_is_the_largest_volume_of_all_sets),
	};

	print_message("seed %llu\n", (unsigned long long)seed_of());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
