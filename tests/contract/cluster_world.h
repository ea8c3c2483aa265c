/* A cluster of eleven with their contracts, for the tests of profile, map and campaign. Rows are of centre 0. */
#ifndef ZV_TESTS_CONTRACT_CLUSTER_WORLD_H
#define ZV_TESTS_CONTRACT_CLUSTER_WORLD_H

#include "fixture.h"

#include "app/cluster_map.h"

enum { WORLD_MEMBERS = 11, WORLD_DAY = 20514 /* 2026-03-02 */, MILLION = 100000000 /* kopecks */ };

struct world {
	int64_t cluster, specialised;
	int64_t members[WORLD_MEMBERS]; /* organisations; the last has no contract */
	int64_t former;                 /* left on 2025-06-30 */
	int64_t supplier, buyer, maker; /* outside: sells to a member, buys from one, offers what a member imports */
	int64_t item;
	int64_t planned, planner;       /* another cluster, planned, and its organisation */
};
extern struct world world;

/* In a fresh fixture, committed; the day of the database is WORLD_DAY. */
void world_make(void);

/* One row more, in a batch of its own. Columns end with NULL; a value is a text when `text` is set. */
struct cell {
	const char *column, *text;
	int64_t number;
};
int64_t world_row(const char *reg, const struct cell *cells);

struct zv_who world_person(enum zv_role role, int64_t org_id);
struct zv_who world_owner(void);
struct zv_str world_uid(const char *reg, int64_t id);

#endif
