/* Thousands of tiny worlds: the lots against every lot there is, and the laws that must hold whatever the input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "engine/lot/lot.h"

#include "world.h"

enum { ROUNDS = 4000, LAW_ROUNDS = 1500 };

static struct zv_lot_result *solve(const struct zv_lot_problem *problem, int round)
{
	struct zv_lot_result *result = NULL;
	struct zv_err err = {0};

	if (zv_lot_solve(&result, problem, &err) != ZV_OK || zv_lot_check(problem, result, &err) != ZV_OK)
		fail_msg("seed %llu, round %d: %s", (unsigned long long)world_seed(), round, err.text);
	return result;
}

/* A lot as the exhaustive search sees it. */
struct lot {
	bool found;
	size_t offer;
	int64_t size, firm;
	zv_i128 num, den; /* price */
	uint32_t set;     /* of needs, the earliest in the highest bit */
};

static void price_at(struct lot *lot, const struct zv_lot_offer *offer, int64_t size)
{
	const struct zv_ladder *ladder = &offer->ladder;

	lot->den = 0;
	if (ladder->form == ZV_LADDER_FIXED) {
		lot->num = (zv_i128)ladder->fixed_kop * ladder->variable.per + (zv_i128)ladder->variable.kop * size;
		lot->den = (zv_i128)ladder->variable.per * size;
	}
	for (size_t i = 0; ladder->form == ZV_LADDER_BREAKS && i < ladder->n_breaks; i++) {
		if (size >= ladder->breaks[i].from_base) {
			lot->num = ladder->breaks[i].price.kop;
			lot->den = ladder->breaks[i].price.per;
		}
	}
}

static bool willing(const struct zv_lot_problem *problem, size_t offer, const struct zv_lot_need *need, const struct lot *at)
{
	const struct zv_price *freight = &problem->freight[offer * problem->n_places + need->place];
	zv_i128 f_num = freight->per == 0 ? 0 : freight->kop, f_den = freight->per == 0 ? 1 : freight->per;

	if (need->ceiling.per == 0)
		return true;
	return (at->num * f_den + f_num * at->den) * need->ceiling.per <= need->ceiling.kop * at->den * f_den;
}

static bool may(const struct zv_lot_problem *problem, size_t offer, const struct zv_lot_need *need)
{
	return problem->verdict[offer * problem->n_specs + need->spec] == ZV_LOT_FITS &&
	       (problem->offers[offer].ready == ZV_DATE_NONE || need->due == ZV_DATE_NONE || problem->offers[offer].ready <= need->due);
}

static bool is_better(const struct lot *a, const struct lot *b, const struct zv_lot_problem *problem)
{
	zv_i128 left = a->num * b->den, right = b->num * a->den;

	if (!b->found || a->firm != b->firm)
		return !b->found || a->firm > b->firm;
	if (left != right)
		return left < right;
	if (a->set != b->set)
		return a->set > b->set;
	if (a->size != b->size)
		return a->size < b->size;
	return problem->offers[a->offer].id < problem->offers[b->offer].id;
}

/* Needs that the definition calls alike go in or stay out together. */
static bool keeps_alike_together(const struct world *world, uint32_t set)
{
	for (size_t i = 0; i < world->problem.n_needs; i++) {
		size_t twin = world->twin_of[i];

		if (twin != i && (set >> (31 - i) & 1) != (set >> (31 - twin) & 1))
			return false;
	}
	return true;
}

/* Needs are in the order of registration here. */
static void try_set(struct lot *best, const struct world *world, uint32_t set, size_t offer, int64_t left)
{
	const struct zv_lot_problem *problem = &world->problem;
	const struct zv_lot_offer *o = &problem->offers[offer];
	int64_t step = o->sizes.step > 0 ? o->sizes.step : 1, most = o->sizes.max > 0 && o->sizes.max < left ? o->sizes.max : left;
	int64_t firm = 0, both = 0;

	for (size_t i = 0; i < problem->n_needs; i++) {
		if ((set >> (31 - i) & 1) == 0)
			continue;
		if (!may(problem, offer, &problem->needs[i]))
			return;
		firm += problem->needs[i].firm_base;
		both += problem->needs[i].firm_base + problem->needs[i].extra_base;
	}
	for (int64_t q = o->sizes.min > 0 ? o->sizes.min : step; q <= most && q <= both; q += step) {
		struct lot lot = {true, offer, q, firm, 0, 0, set};
		bool all = q >= firm;

		price_at(&lot, o, q);
		for (size_t i = 0; i < problem->n_needs && all && lot.den > 0; i++)
			all = (set >> (31 - i) & 1) == 0 || willing(problem, offer, &problem->needs[i], &lot);
		if (all && lot.den > 0 && is_better(&lot, best, problem))
			*best = lot;
	}
}

static struct lot best_of_all(const struct world *world, uint32_t gone, const int64_t *left)
{
	struct lot best = {0};

	for (uint32_t bits = 1; bits < 1U << world->problem.n_needs; bits++) {
		uint32_t set = bits << (32 - world->problem.n_needs);

		if ((set & gone) != 0 || !keeps_alike_together(world, set))
			continue;
		for (size_t offer = 0; offer < world->problem.n_offers; offer++)
			try_set(&best, world, set, offer, left[offer]);
	}
	return best;
}

static uint32_t set_of(const struct zv_lot_result *result, const struct zv_lot *lot)
{
	uint32_t set = 0;

	for (size_t i = 0; i < lot->n_links; i++)
		set |= 1U << (31 - result->links[lot->first_link + i].need);
	return set;
}

static void every_lot_is_the_best_of_all_there_are(void **state)
{
	struct world world;
	struct zv_rng rng;
	int n_lots = 0, n_second = 0, n_partial = 0;

	(void)state;
	zv_rng_init(&rng, world_seed());
	for (int round = 0; round < ROUNDS; round++) {
		struct zv_lot_result *result;
		int64_t left[WORLD_OFFERS];
		uint32_t gone = 0;

		world_draw(&world, &rng);
		result = solve(&world.problem, round);
		for (size_t i = 0; i < world.problem.n_offers; i++)
			left[i] = world.offers[i].free_base;
		for (size_t i = 0;; i++) {
			struct lot best = best_of_all(&world, gone, left);
			const struct zv_lot *lot = &result->lots[i];

			if (best.found != (i < result->n_lots))
				fail_msg("seed %llu, round %d, lot %zu: found %d", (unsigned long long)world_seed(), round, i, (int)best.found);
			if (!best.found)
				break;
			if (lot->offer != best.offer || lot->size_base != best.size || lot->firm_base != best.firm || set_of(result, lot) != best.set || !lot->proved)
				fail_msg("seed %llu, round %d, lot %zu: offer %zu size %lld firm %lld set %x, should be %zu %lld %lld %x", (unsigned long long)world_seed(),
					 round, i, lot->offer, (long long)lot->size_base, (long long)lot->firm_base, set_of(result, lot), best.offer,
					 (long long)best.size, (long long)best.firm, best.set);
			gone |= best.set;
			left[best.offer] -= best.size;
			n_lots++;
			n_second += i > 0;
			n_partial += lot->n_links < world.problem.n_needs;
		}
		zv_lot_result_free(result);
	}
	assert_true(n_lots > ROUNDS / 4 && n_second > ROUNDS / 50 && n_partial > ROUNDS / 20);
}

/* Everything in the result that has a name, independent of indices. */
static void same_result(const struct zv_lot_problem *a, const struct zv_lot_result *x, const struct zv_lot_problem *b, const struct zv_lot_result *y)
{
	assert_int_equal(x->n_lots, y->n_lots);
	assert_int_equal(x->n_links, y->n_links);
	assert_int_equal(x->n_misses, y->n_misses);
	assert_int_equal(x->n_nears, y->n_nears);
	assert_int_equal(x->work, y->work);
	assert_memory_equal(&x->headline, &y->headline, sizeof(x->headline));
	for (size_t i = 0; i < x->n_lots; i++) {
		assert_int_equal(a->offers[x->lots[i].offer].id, b->offers[y->lots[i].offer].id);
		assert_int_equal(x->lots[i].size_base, y->lots[i].size_base);
		assert_int_equal(x->lots[i].value_kop, y->lots[i].value_kop);
	}
	for (size_t i = 0; i < x->n_links; i++) {
		assert_int_equal(a->needs[x->links[i].need].id, b->needs[y->links[i].need].id);
		assert_int_equal(x->links[i].share_base, y->links[i].share_base);
		assert_int_equal(x->links[i].pay_kop, y->links[i].pay_kop);
	}
	for (size_t i = 0; i < x->n_misses; i++) {
		assert_int_equal(a->needs[x->misses[i].need].id, b->needs[y->misses[i].need].id);
		assert_int_equal(x->misses[i].why, y->misses[i].why);
		assert_int_equal(x->misses[i].lack, y->misses[i].lack);
	}
	for (size_t i = 0; i < x->n_nears; i++) {
		assert_int_equal(a->offers[x->nears[i].offer].id, b->offers[y->nears[i].offer].id);
		assert_int_equal(x->nears[i].above.lack_base, y->nears[i].above.lack_base);
		assert_int_equal(x->nears[i].above.lack_kop, y->nears[i].above.lack_kop);
		assert_int_equal(x->nears[i].below.lack_base, y->nears[i].below.lack_base);
	}
}

static void the_order_of_the_input_changes_nothing(void **state)
{
	struct world world;
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, world_seed() + 1);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct zv_lot_need needs[WORLD_NEEDS];
		struct zv_lot_problem other;
		struct zv_lot_result *x, *y;

		world_draw(&world, &rng);
		other = world.problem;
		memcpy(needs, world.needs, sizeof(needs));
		for (size_t i = other.n_needs; i > 1; i--) {
			size_t k = zv_rng_below(&rng, i);
			struct zv_lot_need swap = needs[i - 1];

			needs[i - 1] = needs[k];
			needs[k] = swap;
		}
		other.needs = needs;
		x = solve(&world.problem, round);
		y = solve(&other, round);
		same_result(&world.problem, x, &other, y);
		zv_lot_result_free(x);
		zv_lot_result_free(y);
	}
}

static void five_repeats_give_the_same_bytes(void **state)
{
	struct world world;
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, world_seed() + 2);
	for (int round = 0; round < LAW_ROUNDS / 5; round++) {
		struct zv_lot_result *first;

		world_draw(&world, &rng);
		first = solve(&world.problem, round);
		for (int again = 0; again < 4; again++) {
			struct zv_lot_result *next = solve(&world.problem, round);

			assert_int_equal(next->n_lots, first->n_lots);
			assert_int_equal(next->n_links, first->n_links);
			assert_int_equal(next->n_misses, first->n_misses);
			assert_int_equal(next->n_nears, first->n_nears);
			assert_int_equal(next->n_who, first->n_who);
			for (size_t i = 0; i < next->n_lots; i++)
				assert_memory_equal(&next->lots[i], &first->lots[i], sizeof(struct zv_lot));
			for (size_t i = 0; i < next->n_links; i++)
				assert_memory_equal(&next->links[i], &first->links[i], sizeof(struct zv_lot_link));
			for (size_t i = 0; i < next->n_who; i++)
				assert_int_equal(next->who[i].gap_kop, first->who[i].gap_kop);
			same_result(&world.problem, first, &world.problem, next);
			zv_lot_result_free(next);
		}
		zv_lot_result_free(first);
	}
}

/* Need k becomes two alike ones; the second gets a later id. */
static void splitting_a_need_into_two_alike_changes_nothing(void **state)
{
	struct world world;
	struct zv_rng rng;
	int n_split = 0;

	(void)state;
	zv_rng_init(&rng, world_seed() + 3);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct zv_lot_need needs[WORLD_NEEDS + 1];
		struct zv_lot_problem other;
		struct zv_lot_result *x, *y;
		size_t k;

		world_draw(&world, &rng);
		other = world.problem;
		memcpy(needs, world.needs, sizeof(world.needs));
		other.needs = needs;
		k = zv_rng_below(&rng, other.n_needs);
		if (needs[k].firm_base < 2)
			continue;
		needs[other.n_needs] = needs[k];
		needs[other.n_needs].id = 1000;
		needs[other.n_needs].firm_base = zv_rng_range(&rng, 1, needs[k].firm_base - 1);
		needs[other.n_needs].extra_base = zv_rng_range(&rng, 0, needs[k].extra_base);
		needs[k].firm_base -= needs[other.n_needs].firm_base;
		needs[k].extra_base -= needs[other.n_needs].extra_base;
		other.n_needs++;
		x = solve(&world.problem, round);
		y = solve(&other, round);
		assert_int_equal(x->n_lots, y->n_lots);
		for (size_t i = 0; i < x->n_lots; i++) {
			int64_t share_x[WORLD_NEEDS + 1] = {0}, share_y[WORLD_NEEDS + 1] = {0};

			assert_int_equal(x->lots[i].offer, y->lots[i].offer);
			assert_int_equal(x->lots[i].size_base, y->lots[i].size_base);
			assert_int_equal(x->lots[i].firm_base, y->lots[i].firm_base);
			for (size_t l = 0; l < x->lots[i].n_links; l++)
				share_x[world.twin_of[x->links[x->lots[i].first_link + l].need]] += x->links[x->lots[i].first_link + l].share_base;
			for (size_t l = 0; l < y->lots[i].n_links; l++) {
				size_t need = y->links[y->lots[i].first_link + l].need;

				share_y[world.twin_of[need == other.n_needs - 1 ? k : need]] += y->links[y->lots[i].first_link + l].share_base;
			}
			assert_memory_equal(share_x, share_y, sizeof(share_x));
		}
		for (size_t d = 0; d < ZV_LOT_DIMS; d++)
			assert_int_equal(x->headline.alone.base[d], y->headline.alone.base[d]);
		n_split++;
		zv_lot_result_free(x);
		zv_lot_result_free(y);
	}
	assert_true(n_split > LAW_ROUNDS / 2);
}

static void larger_units_and_coins_change_nothing(void **state)
{
	struct world world;
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, world_seed() + 4);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		int64_t qty = zv_rng_range(&rng, 2, 100000), money = zv_rng_range(&rng, 2, 1000);
		struct zv_lot_result *x, *y;
		struct world other;

		world_draw(&world, &rng);
		world_copy(&other, &world);
		world_scale(&other, qty, money);
		x = solve(&world.problem, round);
		y = solve(&other.problem, round);
		/* "Any size" is finer in the larger unit, so that only worlds with a step must agree. */
		if (world.all_stepped) {
			assert_int_equal(x->n_lots, y->n_lots);
			for (size_t i = 0; i < x->n_lots; i++) {
				assert_int_equal(x->lots[i].size_base * qty, y->lots[i].size_base);
				assert_int_equal(x->lots[i].firm_base * qty, y->lots[i].firm_base);
				assert_int_equal(set_of(x, &x->lots[i]), set_of(y, &y->lots[i]));
			}
			assert_int_equal(x->headline.alone.n, y->headline.alone.n);
		}
		zv_lot_result_free(x);
		zv_lot_result_free(y);
	}
}

static void an_offer_that_serves_nobody_changes_no_lot(void **state)
{
	struct world world;
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, world_seed() + 5);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct zv_lot_result *x, *y;

		world_draw(&world, &rng);
		x = solve(&world.problem, round);
		world.offers[world.problem.n_offers] = world.offers[0];
		world.offers[world.problem.n_offers].id = -1;
		for (uint32_t s = 0; s < world.problem.n_specs; s++)
			world.verdict[world.problem.n_offers * world.problem.n_specs + s] = ZV_LOT_PROPERTY;
		world.problem.n_offers++;
		y = solve(&world.problem, round);
		assert_int_equal(x->n_lots, y->n_lots);
		for (size_t i = 0; i < x->n_lots; i++)
			assert_memory_equal(&x->lots[i], &y->lots[i], sizeof(x->lots[i]));
		assert_memory_equal(&x->headline, &y->headline, sizeof(x->headline));
		zv_lot_result_free(x);
		zv_lot_result_free(y);
	}
}

static void a_higher_ceiling_never_makes_the_first_lot_smaller(void **state)
{
	struct world world;
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, world_seed() + 6);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct zv_lot_result *x, *y;
		size_t k;

		world_draw(&world, &rng);
		x = solve(&world.problem, round);
		k = zv_rng_below(&rng, world.problem.n_needs);
		world.needs[k].ceiling.kop += zv_rng_range(&rng, 0, 50);
		y = solve(&world.problem, round);
		/* A twin that is no longer alike may leave its position, which only helps. */
		if (x->n_lots > 0 && !world.has_twins) {
			assert_true(y->n_lots > 0);
			assert_true(y->lots[0].firm_base >= x->lots[0].firm_base);
		}
		zv_lot_result_free(x);
		zv_lot_result_free(y);
	}
}

/* What the engine calls a shortage must be one: with that much more tolerance the offer makes a lot. */
static void the_lack_it_names_is_just_enough(void **state)
{
	struct world world;
	struct zv_rng rng;
	int n_short = 0;

	(void)state;
	zv_rng_init(&rng, world_seed() + 7);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct zv_lot_result *x;

		world_draw(&world, &rng);
		world.problem.n_offers = 1;
		x = solve(&world.problem, round);
		for (size_t i = 0; i < x->n_misses && x->n_lots == 0; i++) {
			const struct zv_lot_miss *miss = &x->misses[i];
			int64_t extra = world.needs[miss->need].extra_base;
			struct zv_lot_result *y;

			if (miss->why != ZV_LOT_MINIMUM)
				continue;
			assert_int_equal(miss->want - miss->have, miss->lack);
			world.needs[miss->need].extra_base += miss->lack;
			y = solve(&world.problem, round);
			/* Volume is there now; a set may still not make up a size. */
			if (y->n_lots == 0)
				assert_true(y->misses[0].why == ZV_LOT_STEP || y->misses[i].why != ZV_LOT_MINIMUM || y->misses[i].lack == 0 || world.has_twins);
			n_short += y->n_lots > 0;
			world.needs[miss->need].extra_base = extra;
			zv_lot_result_free(y);
		}
		zv_lot_result_free(x);
	}
	assert_true(n_short > LAW_ROUNDS / 20);
}

static int64_t any_magnitude(struct zv_rng *rng)
{
	return (int64_t)(zv_rng_next(rng) >> zv_rng_range(rng, 1, 62)) + 1;
}

/* Numbers of every size up to the largest: an error, or a result that keeps the rules; nothing wraps (UBSan watches). */
static void extreme_numbers_give_an_error_or_a_true_result(void **state)
{
	struct world world;
	struct zv_rng rng;
	int n_good = 0, n_bad = 0;

	(void)state;
	zv_rng_init(&rng, world_seed() + 8);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct zv_lot_result *result = NULL;
		struct zv_lot_curve *curve = NULL;
		struct zv_err err = {0};
		enum zv_code code;

		world_draw(&world, &rng);
		world.problem.work_limit = 100000;
		for (size_t i = 0; i < world.problem.n_needs; i++) {
			world.needs[i].firm_base = any_magnitude(&rng);
			world.needs[i].extra_base = any_magnitude(&rng);
			world.needs[i].ceiling = (struct zv_price){any_magnitude(&rng), any_magnitude(&rng)};
		}
		for (size_t i = 0; i < world.problem.n_offers; i++) {
			world.offers[i].sizes = (struct zv_lot_sizes){any_magnitude(&rng), any_magnitude(&rng), any_magnitude(&rng)};
			world.offers[i].free_base = zv_rng_below(&rng, 3) == 0 ? INT64_MAX : any_magnitude(&rng);
			world.offers[i].ladder.fixed_kop = any_magnitude(&rng);
			world.offers[i].ladder.variable = (struct zv_price){any_magnitude(&rng), any_magnitude(&rng)};
		}
		code = zv_lot_solve(&result, &world.problem, &err);
		if (code == ZV_OK)
			code = zv_lot_check(&world.problem, result, &err) == ZV_OK ? ZV_OK : ZV_E_BUG;
		if (code != ZV_OK && code != ZV_E_LIMIT)
			fail_msg("seed %llu, round %d: %s", (unsigned long long)world_seed(), round, err.text);
		n_good += code == ZV_OK;
		n_bad += code != ZV_OK;
		zv_lot_result_free(result);
		if (zv_lot_curve(&curve, &world.problem, 0, &err) == ZV_OK)
			zv_lot_curve_free(curve);
	}
	assert_true(n_good > LAW_ROUNDS / 50 && n_bad > LAW_ROUNDS / 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_lot_is_the_best_of_all_there_are),
		cmocka_unit_test(the_order_of_the_input_changes_nothing),
		cmocka_unit_test(five_repeats_give_the_same_bytes),
		cmocka_unit_test(splitting_a_need_into_two_alike_changes_nothing),
		cmocka_unit_test(larger_units_and_coins_change_nothing),
		cmocka_unit_test(an_offer_that_serves_nobody_changes_no_lot),
		cmocka_unit_test(a_higher_ceiling_never_makes_the_first_lot_smaller),
		cmocka_unit_test(the_lack_it_names_is_just_enough),
		cmocka_unit_test(extreme_numbers_give_an_error_or_a_true_result),
	};

	print_message("seed %llu\n", (unsigned long long)world_seed());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
