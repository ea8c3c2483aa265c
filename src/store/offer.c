/* What organisations offer to make, and its price by volume. */
#include "store/offer.h"

#include "store/lookup.h"
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("offer", "8", "org_id", "org"), .fact = true, .label = N_("Maker")) \
	X(item_id, ZV_REF("offer", "8", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(site_id, ZV_REF("offer", "8", "site_id", "site"), .fact = true, .label = N_("Site")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_dim, .label = N_("Dimension")) \
	X(fixed_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Fixed cost")) \
	X(price_kop, .type = ZV_COL_KOP, .fact = true, .with = "fixed_kop", .label = N_("Price")) \
	X(price_per, .type = ZV_COL_INT, .fact = true, .with = "fixed_kop", .label = N_("Price is for")) \
	X(ladder, .type = ZV_COL_TEXT, .fact = true, .with = "fixed_kop", .label = N_("Prices by volume")) \
	X(min_base, .type = ZV_COL_QTY, .fact = true, .with = "dim", .label = N_("Minimum lot")) \
	X(step_base, .type = ZV_COL_QTY, .fact = true, .with = "dim", .label = N_("Step")) \
	X(max_base, .type = ZV_COL_QTY, .fact = true, .with = "dim", .label = N_("Maximum")) \
	X(lead_days, .type = ZV_COL_INT, .fact = true, .label = N_("Lead time, days")) \
	X(valid_until, .type = ZV_COL_DATE, .fact = true, .label = N_("Valid until")) \
	X(basis, .type = ZV_COL_TEXT, .fact = true, .label = N_("Delivery basis")) \
	X(properties, .type = ZV_COL_TEXT, .fact = true, .label = N_("Properties")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_offer = {
	.name = "offer",
	.plural = "offers",
	.uid_kind = "offer",
	.label = N_("Offers"),
	.entity = 8,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("offer", "8", COLUMNS(ZV_COLUMN_SQL), 17),
};

enum zv_code zv_offers_of_item(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t item_id, struct zv_err *err)
{
	return zv_lookup_int(ids, n, max, db, "SELECT id FROM offer WHERE item_id = $1 ORDER BY id LIMIT $2", item_id, err);
}

enum zv_code zv_offers_of_org(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t org_id, struct zv_err *err)
{
	return zv_lookup_int(ids, n, max, db, "SELECT id FROM offer WHERE org_id = $1 ORDER BY id LIMIT $2", org_id, err);
}
