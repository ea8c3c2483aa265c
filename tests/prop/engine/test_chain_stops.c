/* Stops on random networks against a plain day by day reckoning, on networks by hand, and laws that hold for any network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "engine/chain/stops.h"

enum { FIRMS = 12, LINES = 24, FROM = 60, WORLDS = 20000, LAWS = 3000, HORIZON = 60 };

struct net {
	struct zv_stops_line lines[LINES];
	struct zv_stops_from from[FROM];
	struct zv_stops_input in;
};

static struct zv_rng rng;
static uint64_t seed;

static uint32_t below(uint32_t n)
{
	return (uint32_t)zv_rng_below(&rng, n);
}

static void add_line(struct net *n, uint32_t firm, enum zv_stops_need need, double stock)
{
	n->lines[n->in.n_lines++] = (struct zv_stops_line){.firm = firm, .first = n->in.n_from, .need = need, .stock = stock};
}

static void add_from(struct net *n, uint32_t firm, double share, double most, double day, double transit)
{
	n->from[n->in.n_from++] = (struct zv_stops_from){n->in.n_lines - 1, firm, share, most, day, transit};
	n->lines[n->in.n_lines - 1].n++;
}

static struct net empty(uint32_t firms)
{
	return (struct net){.in = {.n_firms = firms}};
}

static struct zv_stops *made(struct net *n)
{
	struct zv_stops *out;
	struct zv_err err;

	n->in.lines = n->lines;
	n->in.from = n->from;
	if (zv_stops_new(&out, &n->in, &err) != ZV_OK)
		fail_msg("%s: %s", err.field, err.text);
	return out;
}

static void run(struct zv_stops *s, const struct zv_stops_outage *o)
{
	struct zv_err err;

	if (zv_stops_run(s, o, &err) != ZV_OK)
		fail_msg("seed %" PRIu64 ": %s: %s", seed, err.field, err.text);
}

/* Of one firm; a firm that is not told of is as usual. */
static struct zv_stops_firm told(const struct zv_stops *s, uint32_t firm)
{
	uint32_t n;
	const struct zv_stops_firm *all = zv_stops_firms(s, &n);

	for (uint32_t i = 0; i < n; i++)
		if (all[i].firm == firm)
			return all[i];
	return (struct zv_stops_firm){.firm = firm, .first = NAN, .stop = NAN, .back = NAN, .line = UINT32_MAX};
}

static double lacking(const struct zv_stops *s, uint32_t line)
{
	uint32_t n;
	const struct zv_stops_lack *all = zv_stops_lacks(s, &n);

	for (uint32_t i = 0; i < n; i++)
		if (all[i].line == line)
			return all[i].days;
	return 0;
}

/* --- day by day ------------------------------------------------------------------------------------------------------------------------ */

/* All or nothing, whole days: within a day nothing changes. */
static struct net whole_days(void)
{
	struct net n = empty(2 + below(FIRMS - 2));
	uint32_t lines = below(LINES);

	for (uint32_t l = 0; l < lines; l++) {
		uint32_t more = below(3) == 0 ? 1 + below(2) : 0;

		add_line(&n, below(n.in.n_firms), below(4) > 0 ? ZV_STOPS_ESSENTIAL : ZV_STOPS_OTHER, below(2) == 0 ? 0 : below(9));
		add_from(&n, below(n.in.n_firms), 1, INFINITY, 0, below(3) == 0 ? below(5) : 0);
		for (uint32_t i = 0; i < more; i++)
			add_from(&n, below(n.in.n_firms), 0, below(2) == 0 ? 1 : INFINITY, below(20), below(3) == 0 ? below(5) : 0);
	}
	return n;
}

struct plain {
	double rate[HORIZON][FIRMS], stock[LINES], lost[FIRMS], lack[LINES];
};

static double plain_arrives(const struct plain *p, const struct net *n, uint32_t l, int day, double begin)
{
	double sum = 0;

	for (uint32_t i = n->lines[l].first; i < n->lines[l].first + n->lines[l].n; i++) {
		const struct zv_stops_from *from = &n->from[i];
		int sent = day - (int)from->transit;
		double rate = sent < 0 ? 1 : p->rate[sent][from->firm];

		if (from->share > 0)
			sum += rate;
		else if (day >= begin + from->day)
			sum += rate;
	}
	return sum > 1 ? 1 : sum;
}

static void plain_day(struct plain *p, const struct net *n, const struct zv_stops_outage *o, int day)
{
	bool again = true;

	for (uint32_t f = 0; f < n->in.n_firms; f++)
		p->rate[day][f] = 1;
	for (uint32_t i = 0; i < o->n; i++)
		if (day >= o->from && day < o->to)
			p->rate[day][o->firms[i]] = 0;
	while (again) {
		again = false;
		for (uint32_t l = 0; l < n->in.n_lines; l++) {
			double arrives = plain_arrives(p, n, l, day, o->from);
			double *rate = &p->rate[day][n->lines[l].firm];

			if (n->lines[l].need == ZV_STOPS_ESSENTIAL && p->stock[l] == 0 && arrives < *rate) {
				*rate = arrives;
				again = true;
			}
		}
	}
	for (uint32_t l = 0; l < n->in.n_lines; l++) {
		double arrives = plain_arrives(p, n, l, day, o->from), used = p->rate[day][n->lines[l].firm];

		p->lack[l] += 1 - arrives;
		p->stock[l] += arrives - (p->stock[l] == 0 && arrives < used ? arrives : used);
	}
	for (uint32_t f = 0; f < n->in.n_firms; f++)
		p->lost[f] += 1 - p->rate[day][f];
}

static void same_as_day_by_day(struct zv_stops *s, const struct net *n, const struct zv_stops_outage *o, int world)
{
	struct plain p = {0};

	for (uint32_t l = 0; l < n->in.n_lines; l++)
		p.stock[l] = n->lines[l].stock;
	for (int day = 0; day < HORIZON; day++)
		plain_day(&p, n, o, day);
	for (uint32_t f = 0; f < n->in.n_firms; f++) {
		struct zv_stops_firm t = told(s, f);
		int first = -1;

		for (int day = HORIZON - 1; day >= 0; day--)
			first = p.rate[day][f] < 1 ? day : first;
		if (fabs(t.lost - p.lost[f]) > 1e-6 || (first < 0) != isnan(t.first) || (first >= 0 && fabs(t.first - first) > 1e-6))
			fail_msg("seed %" PRIu64 ", world %d, firm %u: lost %g from day %g, and should be %g from day %d", seed, world, f, t.lost, t.first, p.lost[f], first);
	}
	for (uint32_t l = 0; l < n->in.n_lines; l++)
		if (fabs(lacking(s, l) - p.lack[l]) > 1e-6)
			fail_msg("seed %" PRIu64 ", world %d, line %u: lacks %g, and should %g", seed, world, l, lacking(s, l), p.lack[l]);
}

static void days_are_those_of_a_plain_reckoning(void **state)
{
	size_t lost = 0;

	(void)state;
	for (int world = 0; world < WORLDS; world++) {
		struct net n = whole_days();
		struct zv_stops *s = made(&n);

		for (int k = 0; k < 3; k++) { /* one object again and again: nothing of a run is felt in the next */
			uint32_t firms[2] = {below(n.in.n_firms), below(n.in.n_firms)};
			double from = below(5);
			struct zv_stops_outage o = {.firms = firms, .n = 1 + below(2), .from = from, .to = below(3) == 0 ? INFINITY : from + 1 + below(30),
						    .horizon = HORIZON};
			uint32_t touched;

			run(s, &o);
			same_as_day_by_day(s, &n, &o, world);
			(void)zv_stops_firms(s, &touched);
			lost += touched > 2;
		}
		zv_stops_free(s);
	}
	assert_true(lost > WORLDS / 4); /* outages spread */
}

/* --- laws ------------------------------------------------------------------------------------------------------------------------------- */

/* Shares of all sizes, days that are not whole; `all`: important lines and sources that step in, too. */
static struct net any_net(bool all)
{
	struct net n = empty(2 + below(FIRMS - 2));
	uint32_t lines = below(LINES);

	for (uint32_t l = 0; l < lines; l++) {
		uint32_t sources = 1 + below(2), more = all ? below(2) : 0;
		double rest = 1;

		add_line(&n, below(n.in.n_firms), all ? (enum zv_stops_need)(1 + below(3)) : below(4) > 0 ? ZV_STOPS_ESSENTIAL : ZV_STOPS_OTHER, below(2) == 0 ? 0 : below(900) / 100.0);
		for (uint32_t i = 0; i < sources; i++) {
			double share = i + 1 == sources ? rest : rest * (1 + below(9)) / 10;

			add_from(&n, below(n.in.n_firms), share, INFINITY, 0, below(3) == 0 ? below(500) / 100.0 : 0);
			rest -= share;
		}
		if (more > 0)
			add_from(&n, below(n.in.n_firms), 0, below(100) / 50.0, below(2000) / 100.0, 0);
	}
	return n;
}

static void more_stock_and_shorter_outages_never_lose_more(void **state)
{
	(void)state;
	for (int world = 0; world < LAWS; world++) {
		struct net n = any_net(false), rich;
		struct zv_stops *a = made(&n), *b;
		uint32_t firm = below(n.in.n_firms);
		struct zv_stops_outage o = {.firms = &firm, .n = 1, .rate = below(2) == 0 ? 0 : below(9) / 10.0, .to = 1 + below(40), .horizon = HORIZON}, less = o;

		run(a, &o);
		rich = n;
		for (uint32_t l = 0; l < rich.in.n_lines; l++)
			rich.lines[l].stock += below(3);
		b = made(&rich);
		run(b, &o);
		for (uint32_t f = 0; f < n.in.n_firms; f++) {
			struct zv_stops_firm poor = told(a, f), better = told(b, f);

			if (better.lost > poor.lost + 1e-6 || (!isnan(better.first) && !(better.first >= poor.first - 1e-6)))
				fail_msg("seed %" PRIu64 ", world %d, firm %u: %g lost with more stock, %g without", seed, world, f, better.lost, poor.lost);
		}
		less.to = o.to / 2;
		less.rate = (1 + o.rate) / 2;
		run(b, &less);
		zv_stops_free(b);
		b = made(&n);
		run(b, &less);
		for (uint32_t f = 0; f < n.in.n_firms; f++)
			if (told(b, f).lost > told(a, f).lost + 1e-6)
				fail_msg("seed %" PRIu64 ", world %d, firm %u: a shorter outage loses %g, the longer %g", seed, world, f, told(b, f).lost, told(a, f).lost);
		zv_stops_free(a);
		zv_stops_free(b);
	}
}

/* A firm is never below what its own outage and its lines explain, and every loss has a line or an outage. */
static void every_loss_is_explained(void **state)
{
	(void)state;
	for (int world = 0; world < LAWS; world++) {
		struct net n = any_net(true);
		struct zv_stops *s = made(&n);
		uint32_t firm = below(n.in.n_firms), touched;
		struct zv_stops_outage o = {.firms = &firm, .n = 1, .to = INFINITY, .horizon = HORIZON};
		const struct zv_stops_firm *all;

		run(s, &o);
		all = zv_stops_firms(s, &touched);
		for (uint32_t i = 0; i < touched; i++) {
			uint32_t at = all[i].firm;
			double day = all[i].first;

			if (isnan(day))
				continue;
			for (int steps = 0; at != firm; steps++) { /* back to the cause, never later than what it explains */
				struct zv_stops_firm t = told(s, at);

				if (t.line == UINT32_MAX || n.lines[t.line].firm != at || n.from[t.by].line != t.line || t.first > day + 1e-9 || steps > FIRMS)
					fail_msg("seed %" PRIu64 ", world %d: firm %u is not explained", seed, world, all[i].firm);
				day = t.first;
				at = n.from[t.by].firm;
			}
		}
		zv_stops_free(s);
	}
}

/* --- by hand ------------------------------------------------------------------------------------------------------------------------------ */

static void expect(const struct zv_stops *s, uint32_t firm, double first, double stop, double back, double lost)
{
	struct zv_stops_firm t = told(s, firm);
	const double got[] = {t.first, t.stop, t.back, t.lost}, want[] = {first, stop, back, lost};

	for (int i = 0; i < 4; i++)
		if (isnan(got[i]) != isnan(want[i]) || fabs(got[i] - want[i]) > 1e-9)
			fail_msg("firm %u, figure %d: %.17g, not %.17g", firm, i, got[i], want[i]);
}

/* Accelerator 0 -> compounder 1 -> seal plant 2 -> pump plant 3, a substitute 4. */
static struct net pumps(double day)
{
	struct net n = empty(5);

	add_line(&n, 1, ZV_STOPS_ESSENTIAL, 20);
	add_from(&n, 0, 1, INFINITY, 0, 0);
	if (day > 0)
		add_from(&n, 4, 0, INFINITY, day, 0);
	add_line(&n, 2, ZV_STOPS_ESSENTIAL, 12);
	add_from(&n, 1, 1, INFINITY, 0, 0);
	add_line(&n, 3, ZV_STOPS_ESSENTIAL, 30);
	add_from(&n, 2, 1, INFINITY, 0, 0);
	return n;
}

static void the_pump_plant_stops_on_day_62_and_not_with_a_substitute(void **state)
{
	struct net n = pumps(0);
	struct zv_stops *s = made(&n);
	uint32_t cause = 0;
	struct zv_stops_outage o = {.firms = &cause, .n = 1, .to = INFINITY, .horizon = 90};

	(void)state;
	run(s, &o);
	expect(s, 1, 20, 20, NAN, 70);
	expect(s, 2, 32, 32, NAN, 58);
	expect(s, 3, 62, 62, NAN, 28);
	zv_stops_free(s);
	n = pumps(45);
	s = made(&n);
	run(s, &o);
	expect(s, 1, 20, 20, 45, 25);
	expect(s, 2, 32, 32, 45, 13);
	expect(s, 3, NAN, NAN, NAN, 0);
	o.to = 30;
	run(s, &o);
	assert_true(fabs(lacking(s, 0) - 30) < 1e-9); /* to bridge 30 days takes 30 days of stock, ten more than there are */
	assert_true(fabs(lacking(s, 1) - 10) < 1e-9);
	zv_stops_free(s);
}

static void parts_halves_and_spares(void **state)
{
	struct net n = empty(6);
	uint32_t cause = 0;
	struct zv_stops_outage o = {.firms = &cause, .n = 1, .from = 3, .to = 13, .horizon = 50};
	struct zv_stops *s;

	(void)state;
	add_line(&n, 2, ZV_STOPS_ESSENTIAL, 2); /* 40 % of it from the one that stops: 2 days last 5 */
	add_from(&n, 0, 0.4, INFINITY, 0, 0);
	add_from(&n, 1, 0.6, INFINITY, 0, 0);
	add_line(&n, 3, ZV_STOPS_IMPORTANT, 0); /* runs at half */
	add_from(&n, 0, 1, INFINITY, 0, 0);
	add_line(&n, 4, ZV_STOPS_ESSENTIAL, 0); /* two days on the way */
	add_from(&n, 0, 1, INFINITY, 0, 2);
	add_line(&n, 5, ZV_STOPS_ESSENTIAL, 0); /* the other one has 25 % to spare */
	add_from(&n, 0, 0.5, INFINITY, 0, 0);
	add_from(&n, 1, 0.5, INFINITY, 0, 0);
	add_from(&n, 1, 0, 0.25, 0, 0);
	s = made(&n);
	run(s, &o);
	expect(s, 0, 3, 3, 13, 10);
	expect(s, 1, NAN, NAN, NAN, 0);
	expect(s, 2, 8, NAN, 13, 2);
	expect(s, 3, 3, NAN, 13, 5);
	expect(s, 4, 5, 5, 15, 10);
	expect(s, 5, 3, NAN, 13, 2.5);
	zv_stops_free(s);
}

/* Both wait for each other: a stop goes round and, when it is over, both run again. */
static void a_loop_without_stock_stops_and_starts_as_one(void **state)
{
	struct net n = empty(3);
	uint32_t cause = 0;
	struct zv_stops_outage o = {.firms = &cause, .n = 1, .from = 0, .to = 4, .horizon = 20};
	struct zv_stops *s;

	(void)state;
	add_line(&n, 0, ZV_STOPS_ESSENTIAL, 0);
	add_from(&n, 1, 1, INFINITY, 0, 0);
	add_line(&n, 1, ZV_STOPS_ESSENTIAL, 1);
	add_from(&n, 0, 1, INFINITY, 0, 0);
	s = made(&n);
	run(s, &o);
	expect(s, 0, 0, 0, 4, 4);
	expect(s, 1, 1, 1, 4, 3);
	zv_stops_free(s);
}

static void what_is_no_network_is_refused(void **state)
{
	struct zv_stops *s;
	struct zv_err err;
	struct net n = pumps(45);

	(void)state;
	n.in.lines = n.lines;
	n.in.from = n.from;
	n.from[1].firm = 9;
	assert_int_equal(zv_stops_new(&s, &n.in, &err), ZV_E_INVALID);
	assert_null(s);
	n.from[1].firm = 4;
	n.lines[1].stock = NAN;
	assert_int_equal(zv_stops_new(&s, &n.in, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "lines");
}

int main(void)
{
	const char *given = getenv("ZVENO_SEED");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pump_plant_stops_on_day_62_and_not_with_a_substitute),
		cmocka_unit_test(parts_halves_and_spares),
		cmocka_unit_test(a_loop_without_stock_stops_and_starts_as_one),
		cmocka_unit_test(what_is_no_network_is_refused),
		cmocka_unit_test(days_are_those_of_a_plain_reckoning),
		cmocka_unit_test(more_stock_and_shorter_outages_never_lose_more),
		cmocka_unit_test(every_loss_is_explained),
	};

	seed = given != NULL ? strtoull(given, NULL, 10) : 20261122;
	print_message("seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed);
	return cmocka_run_group_tests_name("chain_stops", tests, NULL, NULL);
}
