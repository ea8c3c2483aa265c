/* A small world of facts for the tests of the rules: three tables of rows, two single things, values written as texts. */
#ifndef RULES_WORLD_H
#define RULES_WORLD_H

#include "engine/rules/rules.h"

enum { W_ORG, W_CLUSTER, W_MEMBERS, W_CONTRACTS, W_COSTS, W_TABLES };

extern const struct zv_rules_vocabulary world_vocabulary;

struct world {
	struct zv_arena arena;
	struct zv_rules_facts facts;
	struct zv_rules_rows rows[W_TABLES];
	struct zv_rules_stated stated[16];
};

/* An empty world: single things without a value known, no rows, all tables complete. Day 2026-03-01. */
void world_init(struct world *w);
void world_done(struct world *w);

/*
 * Adds a row: values parted by "|", in the order of the fields; "?" unknown, "10..20" a range; money in whole roubles; yes, no; dates. The first
 * value of a row is also its key, «key» its name.
 */
void world_row(struct world *w, int table, const char *values);

/* A value of a single thing, by the name of its field. */
void world_set(struct world *w, int table, const char *field, const char *value);
void world_state(struct world *w, const char *name, const char *value);

/* Parses "pack t { kind cluster title ru "т" <body> }"; fails the test with the first fault. */
struct zv_rules_pack *world_pack(struct world *w, const char *body);

/* The same for one criterion `c` with this condition, evaluated. */
enum zv_truth world_check(struct world *w, const char *condition);
struct zv_rules_verdict world_explain(struct world *w, const char *condition);

#endif
