/* Changes of one figure or of two, tried on the live plan: how far a figure must go, and how small it may be. */
#include <math.h>

#include "engine/plan/explain_inner.h"

/* A ceiling is not asked to rise by more than 4 times itself; a figure that nobody has time to make small is at most 1/16 too high. */
enum { RISE_MAX = 4, COARSE = 16, SECONDS = 4 };

enum zv_plan_figure explain_kind(enum zv_plan_why why)
{
	static const enum zv_plan_figure kinds[ZV_PLAN_WHY_COUNT] = {
		[ZV_PLAN_VALIDITY] = ZV_PLAN_FIG_PERIODS, [ZV_PLAN_LEAD] = ZV_PLAN_FIG_PERIODS, [ZV_PLAN_PRICE] = ZV_PLAN_FIG_PRICE,
		[ZV_PLAN_MOQ] = ZV_PLAN_FIG_QTY,          [ZV_PLAN_LAUNCH] = ZV_PLAN_FIG_MONEY, [ZV_PLAN_CAPACITY] = ZV_PLAN_FIG_HOURS,
		[ZV_PLAN_PARCEL] = ZV_PLAN_FIG_QTY,       [ZV_PLAN_PRIORITY] = ZV_PLAN_FIG_PRICE,
	};

	return kinds[why];
}

/* --- the change that a figure stands for ---------------------------------------------------------------------------------------- */

static void add_change(struct zv_plan_flip *flip, const struct explain *e, const struct explain_flip *of, enum zv_plan_why why, int64_t figure)
{
	const struct zv_plan_because *b = &of->because;

	switch (why) {
	case ZV_PLAN_CONTROLLED:
		flip->licensed = true;
		break;
	case ZV_PLAN_LEAD:
	case ZV_PLAN_VALIDITY:
		if (b->period + e->problem->offers[b->offer].lead > e->problem->needs[b->need].due)
			flip->due_plus = (int32_t)figure;
		else
			flip->earliest_minus = (int32_t)figure;
		break;
	case ZV_PLAN_PRICE:
	case ZV_PLAN_PRIORITY:
		flip->ceiling_plus += figure;
		break;
	case ZV_PLAN_MOQ:
		flip->beside_qty += figure;
		break;
	case ZV_PLAN_LAUNCH:
		flip->launch_minus += figure;
		break;
	case ZV_PLAN_CAPACITY:
		flip->hours_plus_uh += figure;
		break;
	case ZV_PLAN_PARCEL:
		flip->splittable = true;
		break;
	default:
		break;
	}
}

static bool try_flip(struct zv_plan_trial *trial, const struct explain_flip *of, const struct explain *e)
{
	const struct zv_plan_because *b = &of->because;
	struct zv_plan_flip flip = {.need = b->need, .offer = b->offer, .period = b->period, .region = ZV_PLAN_NONE};

	if (explain_share_full(e, b->need, b->offer))
		return false;
	add_change(&flip, e, of, b->why, b->figure);
	if (b->also != ZV_PLAN_FITS)
		add_change(&flip, e, of, b->also, b->also_figure);
	zv_plan_live_try(trial, e->live, b->offer, b->period, &flip);
	return trial->need_qty >= e->problem->needs[b->need].qty - e->left[b->need] + of->target;
}

bool explain_flip_idle(const struct explain_flip *flip, const struct explain *e)
{
	const struct zv_plan_because *b = &flip->because;
	const struct zv_plan_flip none = {.need = b->need, .offer = b->offer, .period = b->period, .region = ZV_PLAN_NONE};
	struct zv_plan_trial trial;

	if (explain_share_full(e, b->need, b->offer))
		return false;
	zv_plan_live_try(&trial, e->live, b->offer, b->period, &none);
	return trial.need_qty >= e->problem->needs[b->need].qty - e->left[b->need] + flip->target;
}

/* --- one of the two figures ------------------------------------------------------------------------------------------------------- */

struct tuning {
	struct explain_flip *flip;
	struct explain *e;
	enum zv_plan_why why;
	int64_t *figure;
	int64_t step;
};

static struct tuning tuning_of(struct explain_flip *flip, struct explain *e, bool second)
{
	enum zv_plan_why why = second ? flip->because.also : flip->because.why;
	enum zv_plan_figure kind = explain_kind(why);

	return (struct tuning){flip, e, why, second ? &flip->because.also_figure : &flip->because.figure,
			       kind == ZV_PLAN_FIG_MONEY || kind == ZV_PLAN_FIG_PRICE ? EXPLAIN_KOPECK : 1};
}

static bool holds_at(const struct tuning *t, int64_t figure, struct zv_plan_trial *trial)
{
	*t->figure = figure;
	return try_flip(trial, t->flip, t->e);
}

static bool has_figure(enum zv_plan_why why)
{
	return why == ZV_PLAN_MOQ || why == ZV_PLAN_LAUNCH || why == ZV_PLAN_CAPACITY || why == ZV_PLAN_PRICE || why == ZV_PLAN_PRIORITY;
}

/* The highest figure that is worth saying. */
static int64_t limit_of(const struct tuning *t)
{
	const struct zv_plan_because *b = &t->flip->because;
	const struct zv_plan_offer *of = &t->e->problem->offers[b->offer];
	int64_t ceiling = t->e->problem->needs[b->need].ceiling, left = t->e->left[b->need];
	zv_i128 hours;

	switch (t->why) {
	case ZV_PLAN_PRICE:
	case ZV_PLAN_PRIORITY:
		return ceiling / EXPLAIN_KOPECK * EXPLAIN_KOPECK < ZV_PLAN_PRICE_MAX / RISE_MAX ? ceiling / EXPLAIN_KOPECK * EXPLAIN_KOPECK * RISE_MAX : 0;
	case ZV_PLAN_LAUNCH:
		return of->launch;
	case ZV_PLAN_MOQ:
		return of->incremental || of->max <= left ? 0 : of->max - left;
	case ZV_PLAN_CAPACITY:
		hours = (zv_i128)of->hours_uh * of->max / ZV_PLAN_UNIT + 1 + of->setup_uh;
		return of->resource == ZV_PLAN_NONE ? 0 : hours < ZV_PLAN_HOURS_MAX ? (int64_t)hours : ZV_PLAN_HOURS_MAX;
	default:
		return 0;
	}
}

/* By how much less the figure would do when what the plan saves falls with it in a straight line. */
static int64_t over_of(const struct tuning *t, zv_i128 saves)
{
	zv_i128 by = t->why == ZV_PLAN_LAUNCH                                     ? ZV_PLAN_UNIT
		     : t->why == ZV_PLAN_PRICE || t->why == ZV_PLAN_PRIORITY ? t->e->left[t->flip->because.need]
		     : t->why == ZV_PLAN_MOQ                                      ? t->flip->margin
										  : 0;

	if (by <= 0)
		return 0;
	return saves / by < INT64_MAX ? (int64_t)(saves / by) / t->step * t->step : INT64_MAX;
}

static int64_t between(int64_t lo, int64_t hi, int64_t step)
{
	int64_t at = lo > 0 && hi / lo >= 4 ? (int64_t)sqrt((double)lo * (double)hi) : lo + (hi - lo) / 2;

	at = at / step * step;
	return at <= lo ? lo + step : at;
}

/* The smallest figure above `lo` that holds, when `hi` does. Orders may also win needs from others, so that less than what seems to lack may do. */
static void shrink(const struct tuning *t, int64_t lo, int64_t hi, zv_i128 saves)
{
	struct zv_plan_trial trial;
	int64_t hint = hi - over_of(t, saves);
	int64_t probes[] = {hint, hint - t->step, hi - t->step};
	size_t n = 0;

	while (hi - lo > t->step && (t->e->bisects > 0 || hi - lo > hi / COARSE)) {
		bool hinted = n < ZV_LEN(probes);
		int64_t at = hinted ? probes[n++] : between(lo, hi, t->step);

		if (hinted && (at <= lo || at >= hi))
			continue;
		if (at >= hi)
			break;
		t->e->bisects--;
		if (holds_at(t, at, &trial)) {
			hi = at;
			probes[2] = hi - t->step;
		} else {
			lo = at;
		}
	}
	*t->figure = hi;
}

/* What a figure comes to in money: the convention of explain_near.c, in proportion. */
static double price_of(const struct tuning *t)
{
	const struct zv_plan_because *b = &t->flip->because;
	const struct zv_plan_offer *of = &t->e->problem->offers[b->offer];
	double unit = (double)t->e->tiers[of->first_tier + b->tier].price, figure = (double)*t->figure, left = (double)t->e->left[b->need];

	switch (t->why) {
	case ZV_PLAN_PRICE:
	case ZV_PLAN_PRIORITY:
		return figure * left;
	case ZV_PLAN_LAUNCH:
		return figure * ZV_PLAN_UNIT;
	case ZV_PLAN_MOQ:
		return figure * unit;
	case ZV_PLAN_CAPACITY:
		return of->hours_uh > 0 ? figure * ZV_PLAN_UNIT / (double)of->hours_uh * unit : figure;
	default: /* may be split */
		return (double)t->e->problem->needs[b->need].ceiling * left / 50;
	}
}

bool explain_flip_reach(struct explain_flip *flip, struct explain *e)
{
	struct tuning t = tuning_of(flip, e, false);
	struct zv_plan_trial trial;
	int64_t figure = *t.figure, limit;

	if (holds_at(&t, figure, &trial)) {
		if (has_figure(t.why) && figure > 0)
			shrink(&t, 0, figure, trial.saves);
		return true;
	}
	limit = has_figure(t.why) ? limit_of(&t) : 0;
	if (limit <= figure || !holds_at(&t, limit, &trial)) {
		*t.figure = figure;
		return false;
	}
	flip->cost -= price_of(&(struct tuning){flip, e, t.why, &figure, t.step});
	shrink(&t, figure > 0 ? figure : 0, limit, trial.saves);
	flip->cost += price_of(&t);
	return true;
}

/* --- two changes ---------------------------------------------------------------------------------------------------------------------- */

static bool is_rise(enum zv_plan_why why)
{
	return why == ZV_PLAN_PRICE || why == ZV_PLAN_PRIORITY;
}

/* With the second change as large as it may be the first must perhaps be larger than what lacks; then the second as small as will do. */
static bool reach_second(struct explain_flip *flip, struct explain *e, enum zv_plan_why why)
{
	struct tuning first, second;
	struct zv_plan_trial trial;
	int64_t lacks, limit;

	flip->because.also = why;
	flip->because.also_kind = explain_kind(why);
	flip->because.also_figure = 0;
	first = tuning_of(flip, e, false);
	second = tuning_of(flip, e, true);
	lacks = *first.figure;
	limit = has_figure(why) ? limit_of(&second) : 1;
	if (limit <= 0)
		return false;
	if (!holds_at(&second, limit, &trial)) {
		int64_t most = is_rise(first.why) ? limit_of(&first) : 0;

		if (most <= lacks || !holds_at(&first, most, &trial))
			return false;
		flip->cost -= price_of(&(struct tuning){flip, e, first.why, &lacks, first.step});
		shrink(&first, lacks, most, trial.saves);
		flip->cost += price_of(&first);
		trial.saves = 0;
	}
	if (has_figure(why))
		shrink(&second, 0, limit, trial.saves);
	else
		*second.figure = 0;
	flip->cost += price_of(&second);
	return true;
}

/* At a launched order a ceiling rises up to its price, or above what others pay for the place. */
static enum zv_plan_why rise_at(const struct explain_flip *flip, const struct explain *e, const struct zv_plan_order *order)
{
	const struct explain_miss at = {order->offer, (int16_t)order->period, (uint8_t)order->tier};

	return explain_miss_figure(e, flip->because.need, &at, MISS_PRICE_OPEN) > 0 ? ZV_PLAN_PRICE : ZV_PLAN_PRIORITY;
}

bool explain_flip_reach_two(struct explain_flip *flip, struct explain *e)
{
	const struct zv_plan_because *b = &flip->because;
	const struct zv_plan_need *to = &e->problem->needs[b->need];
	const struct zv_plan_order *order = explain_order(e, b->offer, b->period);
	bool open = order != NULL, found = false;
	const enum zv_plan_why seconds[SECONDS] = {open ? rise_at(flip, e, order) : ZV_PLAN_LAUNCH, open ? ZV_PLAN_CAPACITY : ZV_PLAN_MOQ,
						   open ? ZV_PLAN_PARCEL : ZV_PLAN_PRICE, open ? ZV_PLAN_FITS : ZV_PLAN_CAPACITY};
	struct explain_flip was = *flip;

	for (int i = 0; i < SECONDS; i++) {
		struct explain_flip one = was;

		if (seconds[i] == ZV_PLAN_FITS || seconds[i] == b->why || (is_rise(seconds[i]) && is_rise(b->why)))
			continue;
		if (seconds[i] == ZV_PLAN_PARCEL && !to->single && to->parcel == 0)
			continue;
		if (!reach_second(&one, e, seconds[i]) || (found && one.cost >= flip->cost))
			continue;
		*flip = one;
		found = true;
	}
	return found;
}
