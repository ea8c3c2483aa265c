/* Industrial clusters: state in the federal register, the organisation that runs it, its act. */
#include "store/register_list.h"
#include "store/register_sql.h"

const char *const zv_words_cluster_state[] = {"", N_("planned"), N_("filed"), N_("in_register"), N_("excluded"), N_("liquidation"), NULL};

#define COLUMNS(X) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(name_en, .type = ZV_COL_TEXT, .fact = true, .label = N_("English name")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(org_id, ZV_REF("cluster", "13", "org_id", "org"), .fact = true, .label = N_("Specialised organisation")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_cluster_state, .label = N_("State")) \
	X(state_on, .type = ZV_COL_DATE, .fact = true, .label = N_("State since")) \
	X(number, .type = ZV_COL_TEXT, .fact = true, .label = N_("Number in the register")) \
	X(order_no, .type = ZV_COL_TEXT, .fact = true, .label = N_("Order")) \
	X(order_on, .type = ZV_COL_DATE, .fact = true, .with = "order_no", .label = N_("Order of")) \
	X(edition, .type = ZV_COL_TEXT, .fact = true, .label = N_("Edition of the requirements")) \
	X(valid_until, .type = ZV_COL_DATE, .fact = true, .label = N_("Valid until")) \
	X(products, .type = ZV_COL_TEXT, .fact = true, .label = N_("Products")) \
	X(okpd2, .type = ZV_COL_TEXT, .fact = true, .label = N_("OKPD2")) \
	X(members_stated, .type = ZV_COL_INT, .fact = true, .label = N_("Members as stated")) \
	X(projects_stated, .type = ZV_COL_INT, .fact = true, .label = N_("Projects as stated")) \
	X(site, .type = ZV_COL_TEXT, .fact = true, .label = N_("Web site")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_cluster = {
	.name = "cluster",
	.plural = "clusters",
	.uid_kind = "cluster",
	.label = N_("Clusters"),
	.entity = 13,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("cluster", "13", COLUMNS(ZV_COLUMN_SQL), 17),
};
