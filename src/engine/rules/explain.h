/* The tree of a condition with the truth of every part, and the facts that are missing. */
#ifndef ZV_ENGINE_RULES_EXPLAIN_H
#define ZV_ENGINE_RULES_EXPLAIN_H

#include "engine/rules/eval.h"

/* nodes[0] is the whole, which is `truth`. */
const struct zv_rules_node *rules_explain(int *n, struct rules_eval *ev, const struct rules_expr *e, enum zv_truth truth);

/* A value with its working and facts, as one leaf. */
struct zv_rules_node *rules_explain_value(struct rules_eval *ev, const struct rules_expr *e);

/* The fewest unknown facts that can make an unknown condition `target`. missing.c */
struct zv_rules_missing rules_missing(struct rules_eval *ev, const struct rules_expr *e, enum zv_truth target, int64_t steps_max);

#endif
