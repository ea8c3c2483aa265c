/* All causes by what they cost, with pairs of sources that are worse together, as people and programs are shown them. */
#ifndef ZV_APP_CHAIN_LIST_H
#define ZV_APP_CHAIN_LIST_H

#include "app/chain_run.h"
#include "format/json_write.h"

struct zv_chain_list {
	struct zv_chain_rank *ranks;
	struct zv_chain_pair *pairs;
	uint32_t n_ranks, n_pairs;
	uint32_t total;  /* causes of the kind */
	uint32_t missed; /* pairs that were not looked at */
};

struct zv_chain_list_ask {
	int kind;       /* enum zv_chain_cause_kind; -1: all */
	uint64_t limit; /* of causes in the list */
	struct zv_chain_when when;
	uint32_t threads;
	const struct zv_chain_watch *watch; /* may be NULL */
};

/* Lives in the arena with a copy of the causes. */
ZV_MUST_CHECK enum zv_code zv_chain_list(struct zv_chain_list *out, const struct zv_chain_world *world, const struct zv_chain_cause *causes, uint32_t n,
					 const struct zv_chain_list_ask *ask, struct zv_arena *arena, struct zv_err *err);

/* Of the command line: {"days", "causes": [...], "pairs": [...], "pairs_not_looked_at"} */
void zv_chain_list_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_when *when, const struct zv_chain_list *list,
			struct zv_arena *arena);

/* Of the API, in the thread's language: schema ChainRanking. */
void zv_chain_ranking_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_when *when, const struct zv_chain_list *list,
			   struct zv_arena *arena);

/* Parts of it: "days", "from", "to", "rate"; a day, null where there is none; "cause", "kind", "kind_title", "name", "title". */
void zv_chain_when_json(struct zv_json *json, const struct zv_chain_when *when);
void zv_chain_key_day(struct zv_json *json, const char *key, double day);
void zv_chain_cause_json(struct zv_json *json, const struct zv_chain_cause *cause, struct zv_arena *arena);

/* As people call it, in the thread's language: an import is an item (a country), a region has its name. */
struct zv_str zv_chain_cause_title(const struct zv_chain_cause *cause, struct zv_arena *arena);

#endif
