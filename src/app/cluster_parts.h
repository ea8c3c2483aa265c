/* Inside the profile of a cluster: its state of the day, events, objects, projects, contracts; and words of its registers. */
#ifndef ZV_APP_CLUSTER_PARTS_H
#define ZV_APP_CLUSTER_PARTS_H

#include "app/cluster_profile.h"

/* Fills events, state, objects, projects and contracts of *profile, whose cluster and day are set. */
ZV_MUST_CHECK enum zv_code zv_cluster_parts(struct zv_cluster_profile *profile, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					    struct zv_err *err);

/* The stable word of a value of a column with words; NULL when it has none. */
const char *zv_cluster_word(const char *reg, const char *column, int64_t value);

#endif
