/* What stops, when, what it costs and why, in a network of the registers: for one cause, for all causes, for pairs of sources. No store, no clock. */
#ifndef ZV_APP_CHAIN_RUN_H
#define ZV_APP_CHAIN_RUN_H

#include "app/chain_cause.h"
#include "app/chain_world.h"

enum { ZV_CHAIN_DAYS = 90, ZV_CHAIN_BRIDGE_DAYS = 30, ZV_CHAIN_DAYS_MAX = 3650, ZV_CHAIN_PAIRS_MAX = 2000 };

struct zv_chain_when {
	double from, to; /* days; to: INFINITY, for ever */
	double rate;     /* what is left, 0 .. below 1 */
	double days;     /* the horizon */
};

/* A step of a reason: the firm ran lower because this input of it did not come. */
struct zv_chain_step {
	uint32_t firm, line, supplier; /* supplier: where a way begins */
	double day;
};

/* A process that ever runs lower. Days are NAN where there is none. */
struct zv_chain_hit {
	uint32_t firm;
	double first, stop, back, lost; /* engine/chain/stops.h */
	int64_t lost_kop;
	const struct zv_chain_step *why; /* from the cause on; 0 steps: it is the cause itself */
	uint32_t n_why;
};

/* An input whose stock would have to be `need` days so that the cause, lasting ZV_CHAIN_BRIDGE_DAYS, costs nothing on it; there are fewer. */
struct zv_chain_bridge {
	uint32_t line;
	double need;
};

/* What the cause costs if it lasts so many days. */
struct zv_chain_length {
	double days;
	int64_t lost_kop;
};

enum { ZV_CHAIN_LENGTHS = 7 };

struct zv_chain_answer {
	const struct zv_chain_hit *hits; /* by first day, then by what is lost */
	const struct zv_chain_bridge *bridges;
	uint32_t n_hits, n_bridges;
	int64_t lost_kop;
	struct zv_chain_length lengths[ZV_CHAIN_LENGTHS]; /* zv_chain_lengths; before it none */
	uint32_t n_lengths;
};

ZV_MUST_CHECK enum zv_code zv_chain_run(struct zv_chain_answer *out, const struct zv_chain_world *world, const struct zv_chain_cause *cause,
					const struct zv_chain_when *when, struct zv_arena *arena, struct zv_err *err);

/* Adds what outages of 3, 7, 14, 30, 60, 90 and 180 days cost, of those that end before the horizon, whatever end `when` has. As many runs. */
ZV_MUST_CHECK enum zv_code zv_chain_lengths(struct zv_chain_answer *answer, const struct zv_chain_world *world, const struct zv_chain_cause *cause,
					    const struct zv_chain_when *when, struct zv_err *err);

struct zv_chain_rank {
	const struct zv_chain_cause *cause;
	int64_t lost_kop;
	double first;       /* day on which the first process other than the cause's own ran lower; NAN */
	uint32_t processes; /* that ever ran lower */
	uint32_t sources;   /* the fewest that an input has which one of the cause's is a source of; 0: of none */
};

/* Told from time to time, by one thread at a time, how many of all outages are reckoned; false: end with ZV_E_CONFLICT. */
struct zv_chain_watch {
	bool (*go_on)(void *context, uint32_t done, uint32_t all);
	void *context;
};

/* Every cause alone, by what it costs; equal ones by kind and name. `causes` outlives *out. The same for any number of threads. `watch` may be NULL. */
ZV_MUST_CHECK enum zv_code zv_chain_ranking(struct zv_chain_rank **out, const struct zv_chain_world *world, const struct zv_chain_cause *causes, uint32_t n,
					    const struct zv_chain_when *when, uint32_t threads, const struct zv_chain_watch *watch, struct zv_arena *arena,
					    struct zv_err *err);

struct zv_chain_pair {
	uint32_t a, b; /* firms that give the same input */
	int64_t together_kop, a_kop, b_kop;
};

/*
 * Pairs of sources of one line that cost more together than both alone, the worst first. *missed: pairs that were not looked at, beyond
 * ZV_CHAIN_PAIRS_MAX.
 */
ZV_MUST_CHECK enum zv_code zv_chain_pairs(struct zv_chain_pair **out, uint32_t *n, uint32_t *missed, const struct zv_chain_world *world,
					  const struct zv_chain_when *when, const struct zv_chain_watch *watch, struct zv_arena *arena, struct zv_err *err);

/*
 * Time to survive: days from the beginning of the outage to the first process other than the cause itself that runs lower; NAN: none does. How long it takes to recover is worth
 * asking where this is below ZV_CHAIN_BRIDGE_DAYS and no end of the outage was given.
 */
double zv_chain_survives(const struct zv_chain_answer *answer, const struct zv_chain_when *when);
bool zv_chain_asks_recovery(const struct zv_chain_answer *answer, const struct zv_chain_when *when);

/* Of the last step that led to it: how much of the input the output lost would have taken, in base units of the line's dim, rounded up; 0: the rows do not say. */
int64_t zv_chain_lacks(const struct zv_chain_world *world, const struct zv_chain_hit *hit);

/* How many days before it is needed an input must leave today's sources: the longest way of them. */
int64_t zv_chain_lead_days(const struct zv_chain_world *world, uint32_t line);

/* "ускоритель X (Китай) → ускоритель X, АО …: цех (no other source, 20 days of stock) → …": in the thread's language, in the arena. */
struct zv_str zv_chain_why(const struct zv_chain_world *world, const struct zv_chain_hit *hit, struct zv_arena *arena);

#endif
