/*
 * What stops, when and for how long, when some firms stop: lines of inputs with stocks, sources that give a share today and sources that step in. Time is in days,
 * amounts are shares of usual use; between events rates are constant and stocks linear, so the days are exact but for rounding.
 *
 * A firm runs at the largest rate that its outages and its empty lines allow: an empty essential line what arrives, an empty important one half of it and a half; all others together
 * take off the sum of weight x what does not arrive. A stock above zero is no limit. What arrives on a line is the sum over its sources of share x rate of the source (as it was `transit` days ago), and of
 * `most` x rate of those that have stepped in, but no more than 1. Firms at one instant take the greatest rates that agree with one another. Suppliers deliver what they usually do
 * also to a buyer that stands: the stock of such a buyer grows. With orders that follow use they deliver no more than is used: a firm that could run at rate x runs at x times the mean, by share, over the lines
 * that it supplies, of what the buyer uses of what could arrive (1 where it uses all). Without important lines and sources that
 * step in more stock never loses more; with them it may: stock of one line is used up while another one is short, a spare source is not asked while there is stock.
 */
#ifndef ZV_ENGINE_CHAIN_STOPS_H
#define ZV_ENGINE_CHAIN_STOPS_H

#include "base/err.h"

enum zv_stops_need { ZV_STOPS_ESSENTIAL = 1, ZV_STOPS_IMPORTANT, ZV_STOPS_OTHER };

/* Sources of a line stand together: first .. first + n. */
struct zv_stops_line {
	uint32_t firm;
	uint32_t first, n;
	enum zv_stops_need need;
	double stock;  /* days */
	double weight; /* of ZV_STOPS_OTHER: what the rate loses when nothing is there and nothing arrives; 0: no limit */
};

/* share above 0: today's source, `most` and `day` do not count. share 0: steps in `day` days after the outage begins, with at most `most`. */
struct zv_stops_from {
	uint32_t line, firm;
	double share, most, day, transit;
};

/* The caller's arrays, which outlive it. */
struct zv_stops_input {
	uint32_t n_firms, n_lines, n_from;
	const struct zv_stops_line *lines;
	const struct zv_stops_from *from;
	bool orders_follow_use; /* buyers order what they use: a supplier sells no more, stocks do not grow */
};

struct zv_stops_outage {
	const uint32_t *firms;
	uint32_t n;
	double rate;     /* what is left of them, 0 .. below 1 */
	double from, to; /* to: INFINITY, for ever */
	double horizon;  /* nothing is looked at from this day on */
};

/* Several outages of one time; `horizon` of each is left alone. A firm in more than one runs at the lowest of their rates. */
struct zv_stops_outages {
	const struct zv_stops_outage *all;
	uint32_t n;
	double horizon; /* INFINITY: until nothing changes any more */
};

/* A firm that was ever below its usual rate. Days are NAN where there is none. */
struct zv_stops_firm {
	uint32_t firm;
	double first;  /* day on which it first ran lower */
	double stop;   /* day on which it first stood still */
	double back;   /* day from which it ran as usual until the horizon */
	double lost;   /* days of usual output lost before the horizon; INFINITY where it never ends */
	uint32_t line; /* that made it run lower first; UINT32_MAX: its own outage */
	uint32_t by;   /* of that line the source that then lacked most: its firm ran lower before, so reasons lead back to the outage */
};

/* A line on which less than usual ever arrived: what stock would have bridged it. */
struct zv_stops_lack {
	uint32_t line;
	double days; /* integral of what was missing */
};

struct zv_stops;

enum { ZV_STOPS_EVENTS_MAX = 2000000 };

/* O(firms + lines + sources). ZV_E_INVALID names the array at fault: numbers out of range, shares or stocks below 0 or not finite. NULL on failure. */
ZV_MUST_CHECK enum zv_code zv_stops_new(struct zv_stops **out, const struct zv_stops_input *input, struct zv_err *err);
void zv_stops_free(struct zv_stops *stops);

/*
 * The answer stands until the next run; firms and lacks in the order in which they were met. Costs the firms and lines touched times the events; ZV_E_LIMIT after
 * ZV_STOPS_EVENTS_MAX events (loops that empty faster and faster). One thread an object.
 */
ZV_MUST_CHECK enum zv_code zv_stops_run(struct zv_stops *stops, const struct zv_stops_outage *outage, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_stops_run_all(struct zv_stops *stops, const struct zv_stops_outages *outages, struct zv_err *err);
const struct zv_stops_firm *zv_stops_firms(const struct zv_stops *stops, uint32_t *n);
const struct zv_stops_lack *zv_stops_lacks(const struct zv_stops *stops, uint32_t *n);

#endif
