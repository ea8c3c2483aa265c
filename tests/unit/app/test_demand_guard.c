/* Figures over several buyers: what is shown, what may follow what, and that nobody can take the publications apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/demand_guard.h"
#include "base/rng.h"

static const struct zv_disclosure_rule RULE = {3, 75};

/* The demo world: 170 kg firm, 30 kg of tolerance. */
static const struct zv_demand_part DEMO[] = {{1, 40, 10, 0, 0}, {2, 25, 5, 0, 0}, {3, 15, 0, 0, 0}, {4, 60, 10, 0, 0}, {5, 30, 5, 0, 0}};

static void five_buyers_show_their_sum_and_their_tolerance(void **state)
{
	struct zv_demand_sums sums;

	(void)state;
	zv_demand_sum(&sums, DEMO, ZV_LEN(DEMO), &RULE);
	assert_int_equal(sums.buyers, 5);
	assert_int_equal(sums.firm_base, 170);
	assert_int_equal(sums.extra_base, 30);
	assert_int_equal(sums.confirmed_base, 0);
	assert_false(sums.dominated);
}

static void two_buyers_show_nothing(void **state)
{
	struct zv_demand_sums sums;

	(void)state;
	zv_demand_sum(&sums, DEMO, 2, &RULE);
	assert_int_equal(sums.firm_base, -1);
	assert_int_equal(sums.extra_base, -1);
	assert_int_equal(sums.confirmed_base, -1);
}

static void a_buyer_with_eighty_per_cent_hides_the_volume(void **state)
{
	static const struct zv_demand_part parts[] = {{1, 80, 0, 0, 0}, {2, 10, 0, 0, 0}, {3, 10, 0, 0, 0}};
	static const struct zv_demand_part even[] = {{1, 75, 0, 0, 0}, {2, 15, 0, 0, 0}, {3, 10, 0, 0, 0}};
	struct zv_demand_sums sums;

	(void)state;
	zv_demand_sum(&sums, parts, ZV_LEN(parts), &RULE);
	assert_true(sums.dominated);
	assert_int_equal(sums.buyers, 3);
	assert_int_equal(sums.firm_base, -1);
	zv_demand_sum(&sums, even, ZV_LEN(even), &RULE);
	assert_false(sums.dominated);
	assert_int_equal(sums.firm_base, 100);
}

static void confirmed_parts_that_were_hidden_do_not_keep_the_whole_from_being_shown(void **state)
{
	struct zv_demand_part seen[ZV_LEN(DEMO)], now[ZV_LEN(DEMO)];
	struct zv_demand_sums sums;

	(void)state;
	memcpy(seen, DEMO, sizeof(seen));
	memcpy(now, DEMO, sizeof(now));
	for (size_t i = 0; i < ZV_LEN(DEMO); i++) {
		struct zv_demand_part left[ZV_LEN(DEMO)];

		now[i].confirmed_base = now[i].firm_base;
		now[i].confirmed_extra_base = now[i].extra_base;
		zv_demand_sum(&sums, now, ZV_LEN(now), &RULE);
		assert_int_equal(sums.confirmed_base, i + 1 < ZV_LEN(DEMO) ? -1 : 170);
		if (!zv_demand_may_follow(seen, ZV_LEN(seen), now, ZV_LEN(now), &RULE)) {
			assert_true(i + 1 < ZV_LEN(DEMO));
			continue;
		}
		memcpy(left, now, sizeof(left));
		zv_demand_seen(left, ZV_LEN(left), seen, ZV_LEN(seen), &sums);
		memcpy(seen, left, sizeof(seen));
		assert_int_equal(seen[0].confirmed_base, i + 1 < ZV_LEN(DEMO) ? 0 : 40);
	}
	assert_int_equal(seen[4].confirmed_base, 30);
}

static void one_confirmed_buyer_is_not_shown_and_neither_is_the_one_who_is_left(void **state)
{
	struct zv_demand_part parts[ZV_LEN(DEMO)];
	struct zv_demand_sums sums;

	(void)state;
	memcpy(parts, DEMO, sizeof(parts));
	for (size_t confirmed = 1; confirmed <= ZV_LEN(parts); confirmed++) {
		parts[confirmed - 1].confirmed_base = parts[confirmed - 1].firm_base;
		parts[confirmed - 1].confirmed_extra_base = parts[confirmed - 1].extra_base;
		zv_demand_sum(&sums, parts, ZV_LEN(parts), &RULE);
		assert_int_equal(sums.confirmed_base, confirmed == ZV_LEN(parts) ? 170 : -1);
	}
	assert_int_equal(sums.confirmed_extra_base, 30);
	assert_true(zv_demand_may_follow(DEMO, ZV_LEN(DEMO), parts, ZV_LEN(parts), &RULE));
}

static void one_buyer_more_waits_for_others(void **state)
{
	struct zv_demand_part parts[8];

	(void)state;
	memcpy(parts, DEMO, sizeof(DEMO));
	for (size_t more = 1; more <= 3; more++) {
		parts[4 + more] = (struct zv_demand_part){.org_id = 5 + (int64_t)more, .firm_base = 20};
		assert_int_equal(zv_demand_may_follow(DEMO, 5, parts, 5 + more, &RULE), more == 3);
	}
	assert_true(zv_demand_may_follow(DEMO, 5, DEMO, 5, &RULE));
	assert_false(zv_demand_may_follow(DEMO, 5, DEMO, 4, &RULE));
}

static void a_sum_that_does_not_fit_is_not_shown(void **state)
{
	static const struct zv_demand_part parts[] = {{1, INT64_MAX, 0, 0, 0}, {2, INT64_MAX, 0, 0, 0}, {3, INT64_MAX, 0, 0, 0}};
	struct zv_demand_sums sums;

	(void)state;
	zv_demand_sum(&sums, parts, ZV_LEN(parts), &RULE);
	assert_int_equal(sums.firm_base, -1);
}

/* --- whoever keeps all publications ------------------------------------------------------------------------------------------ */

enum { ORGS = 6, STEPS = 400 };

static void change(struct zv_demand_part *parts, size_t *n, struct zv_rng *rng)
{
	size_t at = (size_t)zv_rng_below(rng, *n + 1);

	if (at == *n && *n < ORGS) {
		parts[*n] = (struct zv_demand_part){.org_id = (int64_t)*n + 1, .firm_base = 1 + (int64_t)zv_rng_below(rng, 60)};
		(*n)++;
	} else if (at < *n) {
		parts[at].firm_base = (int64_t)zv_rng_below(rng, 80);
		parts[at].extra_base = (int64_t)zv_rng_below(rng, 20);
		parts[at].confirmed_base = zv_rng_below(rng, 2) == 0 ? 0 : parts[at].firm_base;
		parts[at].confirmed_extra_base = parts[at].confirmed_base == 0 ? 0 : parts[at].extra_base;
	}
}

/* How many parts differ between two publications in the firm quantity. */
static size_t differing(const struct zv_demand_part *a, size_t n_a, const struct zv_demand_part *b, size_t n_b)
{
	size_t n = 0;

	for (size_t i = 0; i < ORGS; i++)
		n += (i < n_a ? a[i].firm_base : 0) != (i < n_b ? b[i].firm_base : 0);
	return n;
}

static void yesterday_and_today_never_tell_one_buyers_part(void **state)
{
	struct zv_demand_part parts[ORGS] = {0}, published[ORGS] = {0};
	size_t n = 0, n_published = 0, publications = 0;
	const char *text = getenv("ZVENO_SEED");
	uint64_t seed = text != NULL ? strtoull(text, NULL, 10) : (uint64_t)time(NULL);
	struct zv_rng rng;

	(void)state;
	print_message("seed %llu (ZVENO_SEED repeats it)\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int step = 0; step < STEPS; step++) {
		struct zv_demand_sums was, is;

		change(parts, &n, &rng);
		zv_demand_sum(&is, parts, n, &RULE);
		if (is.buyers < (size_t)RULE.k)
			continue;
		if (n_published > 0 && !zv_demand_may_follow(published, n_published, parts, n, &RULE))
			continue;
		zv_demand_sum(&was, published, n_published, &RULE);
		if (n_published > 0 && was.firm_base >= 0 && is.firm_base >= 0) {
			size_t moved = differing(published, n_published, parts, n);

			assert_true(moved == 0 || moved >= (size_t)RULE.k);
			publications++;
		}
		memcpy(published, parts, sizeof(parts));
		n_published = n;
	}
	assert_true(publications > 3); /* the test has seen something */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_buyers_show_their_sum_and_their_tolerance),
		cmocka_unit_test(two_buyers_show_nothing),
		cmocka_unit_test(a_buyer_with_eighty_per_cent_hides_the_volume),
		cmocka_unit_test(confirmed_parts_that_were_hidden_do_not_keep_the_whole_from_being_shown),
		cmocka_unit_test(one_confirmed_buyer_is_not_shown_and_neither_is_the_one_who_is_left),
		cmocka_unit_test(one_buyer_more_waits_for_others),
		cmocka_unit_test(a_sum_that_does_not_fit_is_not_shown),
		cmocka_unit_test(yesterday_and_today_never_tell_one_buyers_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
