/* The figure of an organisation that runs a cluster: how many criteria its application passes today. Inside app/home*.c. */
#ifndef ZV_APP_HOME_CLUSTER_H
#define ZV_APP_HOME_CLUSTER_H

#include "app/home.h"

/* Of the first cluster that the person's organisation runs, by its own rules, else by the first in force. *have: there is such a cluster and such rules. */
ZV_MUST_CHECK enum zv_code zv_home_cluster(struct zv_home_figure *out, bool *have, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					   struct zv_err *err);

#endif
