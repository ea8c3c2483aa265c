/* The clock with weighted lines, several outages and orders that follow use, against small steps of time written down from the model, and against plain downstream losses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "engine/chain/stops.h"

enum { WORLDS = 400, FIRMS = 7, LINES = 12, FROM = 40, OUTAGES = 3, STEPS_A_DAY = 50, HORIZON = 60 };

struct net {
	struct zv_stops_input in;
	struct zv_stops_line lines[LINES];
	struct zv_stops_from from[FROM];
	struct zv_stops_outage outages[OUTAGES];
	uint32_t failed[OUTAGES];
	uint32_t n_outages;
};

static struct zv_rng rng;

static uint32_t below(uint32_t n)
{
	return (uint32_t)zv_rng_below(&rng, n);
}

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20261122;
}

/*
 * Suppliers have lower numbers than buyers unless there are circles; firm 0 has no inputs. `one`: no firm has two lines that are not essential: where both lack, each may get more than the firm uses, and small
 * steps then switch between a stock that is nothing and one that is nearly nothing.
 */
static void draw(struct net *n, bool circles, bool transit, bool one)
{
	bool has[FIRMS] = {false};

	memset(n, 0, sizeof(*n));
	n->in.n_firms = 3 + below(FIRMS - 2);
	n->in.n_lines = 1 + below(LINES);
	for (uint32_t l = 0; l < n->in.n_lines; l++) {
		uint32_t buyer = 1 + below(n->in.n_firms - 1), sources = 1 + below(3);
		double rest = 1;

		n->lines[l] = (struct zv_stops_line){.firm = buyer, .first = n->in.n_from, .n = sources, .need = below(3) > 0 ? ZV_STOPS_ESSENTIAL : ZV_STOPS_OTHER, .stock = below(2) * below(15)};
		if (one && has[buyer])
			n->lines[l].need = ZV_STOPS_ESSENTIAL;
		has[buyer] = has[buyer] || n->lines[l].need == ZV_STOPS_OTHER;
		n->lines[l].weight = n->lines[l].need == ZV_STOPS_OTHER ? below(100) / 100.0 : 0;
		for (uint32_t i = 0; i < sources; i++) {
			double share = i + 1 == sources ? rest : rest * (1 + below(9)) / 10;

			n->from[n->in.n_from++] = (struct zv_stops_from){.line = l, .firm = below(circles ? n->in.n_firms : buyer), .share = share, .most = INFINITY, .transit = transit ? below(2) * below(6) : 0};
			rest -= share;
		}
	}
	n->in.lines = n->lines;
	n->in.from = n->from;
	n->n_outages = 1 + below(OUTAGES);
	for (uint32_t i = 0; i < n->n_outages; i++) {
		n->failed[i] = below(n->in.n_firms);
		n->outages[i] = (struct zv_stops_outage){.firms = &n->failed[i], .n = 1, .rate = below(2) * below(10) / 10.0, .from = below(20), .to = 21 + below(25)};
		if (below(4) == 0)
			n->outages[i].to = INFINITY;
	}
}

static struct zv_stops *run(struct net *n, double horizon)
{
	const struct zv_stops_outages outages = {n->outages, n->n_outages, horizon};
	struct zv_stops *s;
	struct zv_err err;

	if (zv_stops_new(&s, &n->in, &err) != ZV_OK || zv_stops_run_all(s, &outages, &err) != ZV_OK)
		fail_msg("%s: %s", err.field, err.text);
	return s;
}

static double lost_by(const struct zv_stops *s, uint32_t firm)
{
	uint32_t n;
	const struct zv_stops_firm *all = zv_stops_firms(s, &n);

	for (uint32_t i = 0; i < n; i++)
		if (all[i].firm == firm)
			return all[i].lost;
	return 0;
}

/* --- small steps ------------------------------------------------------------------------------------------------------------------------ */

struct steps {
	double could[HORIZON * STEPS_A_DAY][FIRMS], made[FIRMS], stock[LINES], lost[FIRMS];
};

static double arrives_in(const struct steps *p, const struct net *n, uint32_t l, int step)
{
	double sum = 0;

	for (uint32_t i = n->lines[l].first; i < n->lines[l].first + n->lines[l].n; i++) {
		int sent = step - (int)(n->from[i].transit * STEPS_A_DAY);

		sum += n->from[i].share * (sent < 0 ? 1 : p->could[sent][n->from[i].firm]);
	}
	return sum;
}

static double could_be(const struct steps *p, const struct net *n, uint32_t f, int step)
{
	double rate = 1, off = 0, day = (step + 0.5) / STEPS_A_DAY;

	for (uint32_t i = 0; i < n->n_outages; i++)
		if (n->failed[i] == f && day >= n->outages[i].from && day < n->outages[i].to)
			rate = fmin(rate, n->outages[i].rate);
	for (uint32_t l = 0; l < n->in.n_lines; l++) {
		if (n->lines[l].firm != f || p->stock[l] > 1e-9)
			continue;
		if (n->lines[l].need == ZV_STOPS_ESSENTIAL)
			rate = fmin(rate, arrives_in(p, n, l, step));
		else
			off += n->lines[l].weight * (1 - arrives_in(p, n, l, step));
	}
	return fmax(0, fmin(rate, 1 - off));
}

/* What is sold of what could be: the mean over the lines, by share, of what is used of what arrives. */
static double sold(const struct steps *p, const struct net *n, uint32_t f, int step)
{
	double all = 0, part = 0;

	for (uint32_t i = 0; i < n->in.n_from; i++) {
		const struct zv_stops_line *line = &n->lines[n->from[i].line];
		double share = n->from[i].share * (line->need == ZV_STOPS_ESSENTIAL ? 1 : line->weight), arrives = arrives_in(p, n, n->from[i].line, step);

		if (n->from[i].firm != f)
			continue;
		all += share;
		part += share * (p->made[line->firm] < arrives ? p->made[line->firm] / arrives : 1);
	}
	return all > 0 ? part / all : 1;
}

static void step_once(struct steps *p, const struct net *n, int step)
{
	const int rounds = FIRMS + 2; /* each settles a firm: there are no circles */

	for (uint32_t f = 0; f < n->in.n_firms; f++)
		p->could[step][f] = 1;
	for (int k = 0; k < rounds; k++)
		for (uint32_t f = 0; f < n->in.n_firms; f++)
			p->could[step][f] = could_be(p, n, f, step);
	for (uint32_t f = 0; f < n->in.n_firms; f++)
		p->made[f] = p->could[step][f];
	for (int k = 0; k < rounds && n->in.orders_follow_use; k++)
		for (uint32_t f = 0; f < n->in.n_firms; f++)
			p->made[f] = p->could[step][f] * sold(p, n, f, step);
	for (uint32_t l = 0; l < n->in.n_lines; l++) {
		double arrives = arrives_in(p, n, l, step), used = p->made[n->lines[l].firm];

		if (n->in.orders_follow_use)
			arrives = fmin(arrives, used);
		p->stock[l] = fmax(0, p->stock[l] + (arrives - used) / STEPS_A_DAY);
	}
	for (uint32_t f = 0; f < n->in.n_firms; f++)
		p->lost[f] += (1 - p->made[f]) / STEPS_A_DAY;
}

static void days_are_those_of_small_steps(void **state)
{
	static struct steps p;
	double worst = 0;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed_of());
	for (int world = 0; world < WORLDS; world++) {
		struct net n;
		struct zv_stops *s;

		draw(&n, false, true, true);
		n.in.orders_follow_use = below(2) == 1;
		memset(&p, 0, sizeof(p));
		for (uint32_t l = 0; l < n.in.n_lines; l++)
			p.stock[l] = n.lines[l].stock;
		for (int step = 0; step < HORIZON * STEPS_A_DAY; step++)
			step_once(&p, &n, step);
		s = run(&n, HORIZON);
		for (uint32_t f = 0; f < n.in.n_firms; f++) {
			double off = fabs(p.lost[f] - lost_by(s, f));

			worst = fmax(worst, off);
			if (off > 0.1)
				fail_msg("world %d, firm %u: %g days lost, by small steps %g", world, f, lost_by(s, f), p.lost[f]);
		}
		zv_stops_free(s);
	}
	print_message("at most %.3f days apart\n", worst);
}

/* --- laws ------------------------------------------------------------------------------------------------------------------------------- */

static void without_stock_and_end_the_loss_is_the_downstream_loss(void **state)
{
	(void)state;
	for (int world = 0; world < 5 * WORLDS; world++) {
		struct net n;
		struct zv_stops *s;
		double loss[FIRMS] = {0};

		draw(&n, true, true, false);
		for (uint32_t l = 0; l < n.in.n_lines; l++)
			n.lines[l].stock = 0;
		for (uint32_t i = 0; i < n.n_outages; i++)
			n.outages[i] = (struct zv_stops_outage){.firms = &n.failed[i], .n = 1, .rate = n.outages[i].rate, .to = INFINITY};
		for (uint32_t i = 0; i < n.in.n_from; i++)
			n.from[i].transit = 0;
		for (int round = 0; round < 20000; round++)
			for (uint32_t f = 0; f < n.in.n_firms; f++) {
				double worst = 0, off = 0;

				for (uint32_t i = 0; i < n.n_outages; i++)
					worst = n.failed[i] == f ? fmax(worst, 1 - n.outages[i].rate) : worst;
				for (uint32_t l = 0; l < n.in.n_lines; l++) {
					double sum = 0;

					for (uint32_t i = n.lines[l].first; i < n.lines[l].first + n.lines[l].n && n.lines[l].firm == f; i++)
						sum += n.from[i].share * loss[n.from[i].firm];
					if (n.lines[l].need == ZV_STOPS_ESSENTIAL)
						worst = fmax(worst, sum);
					else
						off += n.lines[l].weight * sum;
				}
				loss[f] = fmin(1, fmax(worst, off));
			}
		s = run(&n, 100);
		for (uint32_t f = 0; f < n.in.n_firms; f++)
			if (fabs(lost_by(s, f) - 100 * loss[f]) > 1e-6)
				fail_msg("world %d, firm %u: %.12g lost in 100 days, the downstream loss is %.12g", world, f, lost_by(s, f), loss[f]);
		zv_stops_free(s);
	}
}

static void more_stock_and_less_outage_never_lose_more(void **state)
{
	(void)state;
	for (int world = 0; world < 5 * WORLDS; world++) {
		struct net n;
		struct zv_stops *poor, *rich;

		draw(&n, true, true, false);
		for (uint32_t l = 0; l < n.in.n_lines; l++)
			n.lines[l].need = ZV_STOPS_ESSENTIAL;
		poor = run(&n, HORIZON);
		for (uint32_t l = 0; l < n.in.n_lines; l++)
			n.lines[l].stock += below(3);
		for (uint32_t i = 0; i < n.n_outages; i++)
			n.outages[i].rate = (1 + n.outages[i].rate) / 2;
		rich = run(&n, HORIZON);
		for (uint32_t f = 0; f < n.in.n_firms; f++)
			if (lost_by(rich, f) > lost_by(poor, f) + 1e-6)
				fail_msg("world %d, firm %u: %g lost with more stock and less outage, %g without", world, f, lost_by(rich, f), lost_by(poor, f));
		zv_stops_free(poor);
		zv_stops_free(rich);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_those_of_small_steps),
		cmocka_unit_test(without_stock_and_end_the_loss_is_the_downstream_loss),
		cmocka_unit_test(more_stock_and_less_outage_never_lose_more),
	};

	zv_rng_init(&rng, seed_of());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
