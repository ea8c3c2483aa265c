/* The answer of one cause as JSON of the command line. */
#ifndef ZV_APP_CHAIN_ANSWER_H
#define ZV_APP_CHAIN_ANSWER_H

#include "app/chain_run.h"
#include "format/json_write.h"

/* {"cause", "days", "lost_rub", "survives_days", "ask_recovery", "if_it_lasts": [...], "processes": [...], "bridge_30_days": [...]} */
void zv_chain_answer_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_cause *cause, const struct zv_chain_when *when,
			  const struct zv_chain_answer *answer, struct zv_arena *arena);

/* A day to two decimals without zeros at its end; empty when it is NAN. In the arena. */
struct zv_str zv_chain_day(double day, struct zv_arena *arena);

#endif
