/* Numbers and names of tables of processes, by hand and against exact fractions in 128 bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/source_process.h"
#include "base/rng.h"
#include "base/base.h"

static void check(const char *text, int64_t num, int64_t den, int64_t want)
{
	int64_t got = -1;
	struct zv_err err;
	enum zv_code code = zv_source_rounded(&got, zv_str_c(text), num, den, "value", &err);

	if (code != ZV_OK || got != want)
		fail_msg("%s * %" PRId64 "/%" PRId64 ": %" PRId64 ", not %" PRId64 " (%s)", text, num, den, got, want, code == ZV_OK ? "" : err.text);
}

static void amounts_are_rounded_to_the_base_unit(void **state)
{
	(void)state;
	check("2.68", 1000000, 1, 2680000);
	check("0.14285714285714285", 1000000, 1, 142857);
	check("28.89745333", 1000000, 1, 28897453);
	check("8.21332749274489e-05", 1000000, 1, 82);
	check("1,5", 1, 1, 2);
	check("2.5", 1, 1, 2);
	check("12E3", 1000, 1, 12000000);
	check("0", 1000000, 1, 0);
	check("626.177610944515", 1000000, 1, 626177611);
}

static void what_is_no_amount_is_refused(void **state)
{
	static const struct {
		const char *text;
		enum zv_code code;
	} bad[] = {{"", ZV_E_INVALID},	   {".", ZV_E_INVALID},	    {"-1", ZV_E_INVALID},   {"1e", ZV_E_INVALID},  {"1e+", ZV_E_INVALID},
		   {"1e100", ZV_E_INVALID}, {"1.2.3", ZV_E_INVALID}, {"x", ZV_E_INVALID},    {"NaN", ZV_E_INVALID}, {"e5", ZV_E_INVALID},
		   {"1e-9", ZV_E_INVALID}, {"1e50", ZV_E_LIMIT},    {"9999999999999999", ZV_E_LIMIT}, {"1234567890123456789012", ZV_E_INVALID}};
	struct zv_err err;
	int64_t got;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		enum zv_code code = zv_source_rounded(&got, zv_str_c(bad[i].text), 1000000, 1, "value", &err);

		if (code != bad[i].code)
			fail_msg("“%s” gives %d", bad[i].text, (int)code);
		assert_string_equal(err.field, "value");
	}
}

/* Up to nine digits on each side of the point, times a factor, in plain fractions. */
static void rounding_is_that_of_fractions(void **state)
{
	static const int64_t factors[][2] = {{1000000, 1}, {1, 1}, {1000000000, 1}, {1000, 7}, {3, 1000}};
	const char *given = getenv("ZVENO_SEED");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : 20261122;
	struct zv_rng rng;

	(void)state;
	print_message("seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed);
	for (int run = 0; run < 100000; run++) {
		int decimals = (int)zv_rng_below(&rng, 9), shift = (int)zv_rng_below(&rng, 9) - 4;
		int64_t whole = (int64_t)zv_rng_below(&rng, 100000), part = 0, power = 1;
		const int64_t *f = factors[zv_rng_below(&rng, ZV_LEN(factors))];
		zv_i128 top, bottom, q, r;
		struct zv_err err;
		char text[80];
		int64_t got;

		for (int i = 0; i < decimals; i++, power *= 10)
			part = part * 10 + (int64_t)zv_rng_below(&rng, 10);
		if (decimals > 0)
			(void)snprintf(text, sizeof(text), "%" PRId64 ".%0*" PRId64 "e%d", whole, decimals, part, shift);
		else
			(void)snprintf(text, sizeof(text), "%" PRId64 "e%d", whole, shift);
		top = ((zv_i128)whole * power + part) * f[0];
		bottom = (zv_i128)power * f[1];
		for (int i = 0; i < abs(shift); i++)
			*(shift > 0 ? &top : &bottom) *= 10;
		q = top / bottom;
		r = top % bottom;
		if (2 * r > bottom || (2 * r == bottom && q % 2 == 1))
			q++;
		if (q == 0 && top != 0) {
			assert_int_equal(zv_source_rounded(&got, zv_str_c(text), f[0], f[1], "value", &err), ZV_E_INVALID);
			continue;
		}
		check(text, f[0], f[1], (int64_t)q);
	}
}

static void names_lose_prefixes_and_get_blanks(void **state)
{
	static const char *const pairs[][2] = {{"ukf:AceticAcid", "Acetic acid"}, {"HDPEPolyethylene", "HDPE polyethylene"}, {"ukf:Ethylene", "Ethylene"},
					       {"agriculture_group", "agriculture group"}, {"NPKCompound", "NPK compound"}, {"этилен", "этилен"},
					       {"Services; \x1aNon-market", "Services; Non-market"}, {"PVC", "PVC"}, {"a long text: with a colon", "a long text: with a colon"}};
	struct zv_arena arena;

	(void)state;
	zv_arena_init(&arena);
	for (size_t i = 0; i < ZV_LEN(pairs); i++) {
		struct zv_str got = zv_source_words(zv_str_c(pairs[i][0]), &arena);

		if (!zv_str_eq_c(got, pairs[i][1]))
			fail_msg("%s: “%.*s”", pairs[i][0], ZV_STR_FMT(got));
	}
	zv_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_rounded_to_the_base_unit),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(rounding_is_that_of_fractions),
		cmocka_unit_test(names_lose_prefixes_and_get_blanks),
	};

	return cmocka_run_group_tests_name("source_process", tests, NULL, NULL);
}
