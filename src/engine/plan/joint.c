/* Branches over the tiers of the orders, bounded by an hour's price; the hours left above the least quantities go where an hour earns most. */
#include "engine/plan/joint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { LEAVES_MAX = 64, HALVINGS = 14, ORDERS_MAX = 64 };

static const double HAIR = 1e-12;

void joint_reset(struct joint *joint)
{
	joint->options.n = 0;
	joint->pieces.n = 0;
	joint->n_orders = 0;
}

void joint_done(struct joint *joint)
{
	zv_vec_done(&joint->options);
	zv_vec_done(&joint->pieces);
	free(joint->chosen);
	free(joint->qty);
	free(joint->first);
	free(joint->at);
	free(joint->worth);
	free(joint->rest);
	free(joint->try_qty);
	free(joint->try_option);
	*joint = (struct joint){0};
}

static void make_room(struct joint *j)
{
	size_t n = (size_t)j->n_orders + 1, m = j->options.n + 1;

	if (n > j->room) {
		j->room = (uint32_t)(2 * n);
		n = j->room;
		j->chosen = zv_reallocarray(j->chosen, n, sizeof(*j->chosen));
		j->qty = zv_reallocarray(j->qty, n, sizeof(*j->qty));
		j->first = zv_reallocarray(j->first, n + 1, sizeof(*j->first));
		j->at = zv_reallocarray(j->at, n, sizeof(*j->at));
		j->rest = zv_reallocarray(j->rest, n + 1, sizeof(*j->rest));
		j->try_qty = zv_reallocarray(j->try_qty, n, sizeof(*j->try_qty));
		j->try_option = zv_reallocarray(j->try_option, n, sizeof(*j->try_option));
	}
	j->worth = zv_reallocarray(j->worth, m, sizeof(*j->worth));
}

/* What a tier earns at an hour's price, and the hours it then takes. */
static double worth_at(double *hours, const struct joint *j, const struct joint_option *one, double price)
{
	double rate = price * one->hours, qty = one->kept, earned = -one->fixed - price * one->setup - rate * one->kept;

	for (uint32_t i = one->piece; i < one->piece + one->n_pieces; i++) {
		const struct joint_piece *piece = &j->pieces.p[i];
		double margin = piece->margin - rate, take = piece->qty;

		if (margin <= 0) {
			if (qty >= one->b)
				break;
			take = fmin(take, one->b - qty);
		}
		earned += margin * take;
		qty += take;
	}
	*hours = one->setup + one->hours * qty;
	return earned;
}

/* The value of the hours at a price with every order at its best tier; the hours that are then used. */
static double value_at(double *used, const struct joint *j, double price)
{
	double value = price * j->capacity;

	*used = 0;
	for (uint32_t k = 0; k < j->n_orders; k++) {
		double best = j->must[k] ? -HUGE_VAL : 0, hours = 0;

		for (uint32_t o = j->first[k]; o < j->first[k + 1]; o++) {
			double took, worth = worth_at(&took, j, &j->options.p[o], price);

			if (worth > best) {
				best = worth;
				hours = took;
			}
		}
		value += best;
		*used += hours;
	}
	return value;
}

/* The price of an hour at which the bound is lowest. */
static double best_price(const struct joint *j)
{
	double lo = 0, hi = 0, best = 0, least = HUGE_VAL, used;

	for (size_t o = 0; o < j->options.n; o++) {
		const struct joint_option *one = &j->options.p[o];

		if (one->used > 0)
			hi = fmax(hi, one->gain / one->used);
		if (one->hours > 0 && one->n_pieces > 0)
			hi = fmax(hi, j->pieces.p[one->piece].margin / one->hours);
	}
	for (int i = 0; i < HALVINGS; i++) {
		double price = (lo + hi) / 2, value = value_at(&used, j, price);

		if (value < least) {
			least = value;
			best = price;
		}
		*(used > j->capacity ? &lo : &hi) = price;
	}
	return best;
}

/* All tiers are chosen: the least quantities first, then piece by piece where an hour earns most. HUGE_VAL < 0: they do not fit. */
static double fill(struct joint *j)
{
	double left = j->capacity, earned = 0;

	for (uint32_t k = 0; k < j->n_orders; k++) {
		const struct joint_option *one;
		double qty, least;

		j->try_qty[k] = 0;
		if (j->try_option[k] == UINT32_MAX)
			continue;
		one = &j->options.p[j->try_option[k]];
		qty = one->kept;
		least = fmax(one->b, qty);
		left -= one->setup + one->hours * least;
		if (left < -HAIR * j->capacity)
			return -HUGE_VAL;
		earned -= one->fixed;
		for (j->at[k] = 0; j->at[k] < one->n_pieces; j->at[k]++) {
			const struct joint_piece *piece = &j->pieces.p[one->piece + j->at[k]];
			double take = fmin(piece->qty, least - qty);

			earned += piece->margin * take;
			qty += take;
			if (take < piece->qty) {
				j->try_qty[k] = take; /* gone of the piece at hand */
				break;
			}
		}
	}
	for (;;) {
		const struct joint_option *most = NULL;
		double rate = 0, take;
		uint32_t to = 0;

		for (uint32_t k = 0; k < j->n_orders; k++) {
			const struct joint_option *one;
			double margin;

			if (j->try_option[k] == UINT32_MAX)
				continue;
			one = &j->options.p[j->try_option[k]];
			if (j->at[k] >= one->n_pieces)
				continue;
			margin = j->pieces.p[one->piece + j->at[k]].margin;
			if (margin > 0 && margin > rate * one->hours) {
				most = one;
				rate = one->hours > 0 ? margin / one->hours : HUGE_VAL;
				to = k;
			}
		}
		if (most == NULL)
			break;
		take = j->pieces.p[most->piece + j->at[to]].qty - j->try_qty[to];
		if (take * most->hours > left) {
			earned += j->pieces.p[most->piece + j->at[to]].margin * (left / most->hours);
			j->try_qty[to] += left / most->hours;
			break;
		}
		earned += j->pieces.p[most->piece + j->at[to]].margin * take;
		left -= take * most->hours;
		j->try_qty[to] = 0;
		j->at[to]++;
	}
	return earned;
}

static double quantity(const struct joint *j, uint32_t k)
{
	const struct joint_option *one = &j->options.p[j->try_option[k]];
	double qty = one->kept + j->try_qty[k];

	for (uint32_t i = 0; i < j->at[k]; i++)
		qty += j->pieces.p[one->piece + i].qty;
	return qty;
}

static void keep(struct joint *j, double earned)
{
	j->best = earned;
	for (uint32_t k = 0; k < j->n_orders; k++) {
		j->chosen[k] = j->try_option[k];
		j->qty[k] = j->try_option[k] == UINT32_MAX ? 0 : quantity(j, k);
	}
}

/* Orders k and later are open; `bound` is what can be earned at the hour's price. */
static double branch(struct joint *j, uint32_t k, double bound)
{
	double over = -HUGE_VAL;
	uint64_t seen = 0;

	if (bound <= j->best * (1 + 1e-9))
		return -HUGE_VAL;
	if (j->leaves >= LEAVES_MAX)
		return bound;
	if (k == j->n_orders) {
		double earned = fill(j);

		j->leaves++;
		if (earned > j->best)
			keep(j, earned);
		return -HUGE_VAL;
	}
	/* The best tier first. */
	for (;;) {
		double most = -HUGE_VAL, best_of = j->rest[k] - j->rest[k + 1];
		uint32_t at = UINT32_MAX, n = j->first[k + 1] - j->first[k];

		for (uint32_t o = 0; o <= n; o++) {
			double worth = o < n ? j->worth[j->first[k] + o] : 0;

			if (seen >> (o < 63 ? o : 63) & 1 || (o == n && j->must[k]) || (o >= 63 && o < n))
				continue;
			if (worth > most || at == UINT32_MAX) {
				most = worth;
				at = o;
			}
		}
		if (at == UINT32_MAX)
			return over;
		seen |= UINT64_C(1) << (at < 63 ? at : 63);
		j->try_option[k] = at < n ? j->first[k] + at : UINT32_MAX;
		over = fmax(over, branch(j, k + 1, bound - best_of + most));
	}
}

/* Every order at its best tier with hours free; false: the hours do not suffice for that. */
static bool enough_hours(double *value, struct joint *j)
{
	double used = 0;

	*value = 0;
	for (uint32_t k = 0; k < j->n_orders; k++) {
		double best = j->must[k] ? -HUGE_VAL : 0;

		j->chosen[k] = UINT32_MAX;
		j->qty[k] = 0;
		for (uint32_t o = j->first[k]; o < j->first[k + 1]; o++)
			if (j->options.p[o].gain > best) {
				best = j->options.p[o].gain;
				j->chosen[k] = o;
			}
		if (j->chosen[k] == UINT32_MAX)
			continue;
		*value += best;
		used += j->options.p[j->chosen[k]].used;
		j->qty[k] = j->options.p[j->chosen[k]].kept;
		for (uint32_t i = 0; i < j->options.p[j->chosen[k]].n_pieces; i++)
			j->qty[k] += j->pieces.p[j->options.p[j->chosen[k]].piece + i].qty;
	}
	return used <= j->capacity * (1 + HAIR);
}

/* Worth of all options at the hour's price, and of the best of each order and all after it. */
static void price_hours(struct joint *j)
{
	j->price = best_price(j);
	j->rest[j->n_orders] = 0;
	for (uint32_t k = j->n_orders; k-- > 0;) {
		double best = j->must[k] ? -HUGE_VAL : 0;

		for (uint32_t o = j->first[k]; o < j->first[k + 1]; o++) {
			double hours;

			j->worth[o] = worth_at(&hours, j, &j->options.p[o], j->price);
			best = fmax(best, j->worth[o]);
		}
		j->rest[k] = j->rest[k + 1] + best;
	}
}

double joint_solve(struct joint *j)
{
	double free_value, over;

	make_room(j);
	j->price = 0;
	memset(j->first, 0, ((size_t)j->n_orders + 1) * sizeof(*j->first));
	for (size_t o = 0; o < j->options.n; o++)
		j->first[j->options.p[o].order + 1]++;
	for (uint32_t k = 0; k < j->n_orders; k++)
		j->first[k + 1] += j->first[k];
	if (enough_hours(&free_value, j))
		return free_value;
	price_hours(j);
	if (j->n_orders > ORDERS_MAX)
		return j->rest[0] + j->price * j->capacity;
	for (uint32_t k = 0; k < j->n_orders; k++) {
		j->chosen[k] = UINT32_MAX;
		j->qty[k] = 0;
	}
	j->best = -HUGE_VAL;
	j->leaves = 0;
	over = branch(j, 0, j->rest[0] + j->price * j->capacity);
	return fmax(over, j->best);
}
