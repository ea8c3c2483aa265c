/* Answers about production chains as JSON, alike at the command line and in the API; and the list of all causes as both show it. */
#ifndef ZV_APP_CHAIN_ANSWER_H
#define ZV_APP_CHAIN_ANSWER_H

#include "app/chain_run.h"
#include "format/json_write.h"

/* {"cause", "days", "lost_rub", "survives_days", "ask_recovery", "if_it_lasts": [...], "processes": [...], "bridge_30_days": [...]} */
void zv_chain_answer_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_cause *cause, const struct zv_chain_when *when,
			  const struct zv_chain_answer *answer, struct zv_arena *arena);

struct zv_chain_list {
	struct zv_chain_rank *ranks;
	struct zv_chain_pair *pairs;
	uint32_t n_ranks, n_pairs;
	uint32_t total;  /* causes of the kind */
	uint32_t missed; /* pairs that were not looked at */
};

/* Ranking of causes of `kind` (-1: all), cut down to the first `limit`, and pairs. Lives in the arena with a copy of the causes. */
ZV_MUST_CHECK enum zv_code zv_chain_list(struct zv_chain_list *out, const struct zv_chain_world *world, const struct zv_chain_cause *causes, uint32_t n,
					 int kind, uint64_t limit, const struct zv_chain_when *when, uint32_t threads, struct zv_arena *arena, struct zv_err *err);

/* {"days", "causes": [...], "pairs": [...], "pairs_not_looked_at"} */
void zv_chain_list_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_when *when, const struct zv_chain_list *list,
			struct zv_arena *arena);

/* A day to two decimals without zeros at its end; empty when it is NAN. In the arena. */
struct zv_str zv_chain_day(double day, struct zv_arena *arena);

#endif
