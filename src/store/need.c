/* What organisations need. */
#include "store/need.h"

#include "store/lookup.h"
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const states[] = {
	N_("draft"), N_("interest"), N_("declared"), N_("confirmed"), N_("contracted"), N_("closed"), N_("held"), NULL,
};

#define COLUMNS(X) \
	X(org_id, ZV_REF("need", "7", "org_id", "org"), .fact = true, .label = N_("Buyer")) \
	X(item_id, ZV_REF("need", "7", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(title, .type = ZV_COL_TEXT, .fact = true, .label = N_("Title")) \
	X(okpd2, .type = ZV_COL_TEXT, .fact = true, .label = N_("OKPD2")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = states, .label = N_("State")) \
	X(qty_text, .type = ZV_COL_TEXT, .fact = true, .label = N_("Quantity as written")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .with = "qty_text", .words = zv_words_dim, .label = N_("Dimension")) \
	X(qty_base, .type = ZV_COL_QTY, .fact = true, .with = "qty_text", .label = N_("Quantity")) \
	X(tolerance_base, .type = ZV_COL_QTY, .fact = true, .with = "qty_text", .label = N_("Tolerance")) \
	X(basis, .type = ZV_COL_TEXT, .fact = true, .label = N_("Delivery basis")) \
	X(requirements, .type = ZV_COL_TEXT, .fact = true, .label = N_("Requirements")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(earliest, .type = ZV_COL_DATE, .fact = true, .label = N_("Not before")) \
	X(due, .type = ZV_COL_DATE, .fact = true, .label = N_("Due")) \
	X(ceiling_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Ceiling price")) \
	X(ceiling_per, .type = ZV_COL_INT, .fact = true, .with = "ceiling_kop", .label = N_("Ceiling price is for")) \
	X(partial, .type = ZV_COL_BOOL, .fact = true, .label = N_("A part is welcome")) \
	X(urgency, .type = ZV_COL_INT, .fact = true, .label = N_("Urgency")) \
	X(import_country, .type = ZV_COL_TEXT, .fact = true, .label = N_("Country of import")) \
	X(stock_days, .type = ZV_COL_INT, .fact = true, .label = N_("Days of stock")) \
	X(stop_kop_day, .type = ZV_COL_KOP, .fact = true, .label = N_("Loss a day without it")) \
	X(visibility, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_visibility, .label = N_("Visible to")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_need = {
	.name = "need",
	.plural = "needs",
	.uid_kind = "need",
	.label = N_("Needs"),
	.entity = 7,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("need", "7", COLUMNS(ZV_COLUMN_SQL), 23),
};

enum zv_code zv_needs_of_item(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t item_id, struct zv_err *err)
{
	return zv_lookup_int(ids, n, max, db, "SELECT id FROM need WHERE item_id = $1 ORDER BY id LIMIT $2", item_id, err);
}

enum zv_code zv_needs_of_org(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t org_id, struct zv_err *err)
{
	return zv_lookup_int(ids, n, max, db, "SELECT id FROM need WHERE org_id = $1 ORDER BY id LIMIT $2", org_id, err);
}
