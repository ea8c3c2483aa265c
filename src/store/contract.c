/* Contracts between organisations: who sells what to whom, until when. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const kinds[] = {"", N_("supply"), N_("service"), N_("joint_project"), N_("spic"), N_("other"), NULL};

#define COLUMNS(X) \
	X(seller_id, ZV_REF("contract", "16", "seller_id", "org"), .fact = true, .label = N_("Seller")) \
	X(buyer_id, ZV_REF("contract", "16", "buyer_id", "org"), .fact = true, .label = N_("Buyer")) \
	X(cluster_id, ZV_REF("contract", "16", "cluster_id", "cluster"), .fact = true, .label = N_("Cluster")) \
	X(kind, .type = ZV_COL_ENUM, .fact = true, .words = kinds, .label = N_("Kind")) \
	X(number, .type = ZV_COL_TEXT, .fact = true, .label = N_("Number")) \
	X(title, .type = ZV_COL_TEXT, .fact = true, .label = N_("Title")) \
	X(item_id, ZV_REF("contract", "16", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(signed_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Signed on")) \
	X(valid_until, .type = ZV_COL_DATE, .fact = true, .label = N_("Valid until")) \
	X(sum_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Sum")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_contract = {
	.name = "contract",
	.plural = "contracts",
	.uid_kind = "contract",
	.label = N_("Contracts"),
	.entity = 16,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("contract", "16", COLUMNS(ZV_COLUMN_SQL), 11),
};
