/* What happened to clusters: acts and changes of state, dated. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(cluster_id, ZV_REF("cluster_event", "14", "cluster_id", "cluster"), .fact = true, .label = N_("Cluster")) \
	X(happened_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Date")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_cluster_state, .label = N_("State")) \
	X(act, .type = ZV_COL_TEXT, .fact = true, .label = N_("Act")) \
	X(number, .type = ZV_COL_TEXT, .fact = true, .with = "act", .label = N_("Number")) \
	X(title, .type = ZV_COL_TEXT, .fact = true, .label = N_("Title")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_cluster_event = {
	.name = "cluster_event",
	.plural = "cluster_events",
	.uid_kind = "event",
	.label = N_("Events of clusters"),
	.entity = 14,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("cluster_event", "14", COLUMNS(ZV_COLUMN_SQL), 7),
};
