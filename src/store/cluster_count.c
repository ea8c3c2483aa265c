/* How many clusters there were, or are expected to be, on a day, by a source. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(counted_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Date")) \
	X(number, .type = ZV_COL_INT, .fact = true, .label = N_("Number")) \
	X(expected, .type = ZV_COL_BOOL, .fact = true, .label = N_("Expected")) \
	X(scope, .type = ZV_COL_TEXT, .fact = true, .label = N_("What is counted")) \
	X(source, .type = ZV_COL_TEXT, .fact = true, .label = N_("Source"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_cluster_count = {
	.name = "cluster_count",
	.plural = "cluster_counts",
	.uid_kind = "count",
	.label = N_("Numbers of clusters"),
	.entity = 26,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("cluster_count", "26", COLUMNS(ZV_COLUMN_SQL), 5),
};
