/* What is needed or made, and the other names under which it is found. */
#include "store/item.h"

#include "store/lookup.h"
#include "store/register_list.h"
#include "store/register_sql.h"

/* By enum zv_control_action (model/control.h), whose numbers are stored. */
static const char *const controls[] = {N_("none"), N_("info"), N_("permit_check"), N_("refuse_without_permit"), N_("refuse"), NULL};

#define COLUMNS(X) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(name_key, .type = ZV_COL_TEXT, .with = "name", .label = N_("Name as compared")) \
	X(name_en, .type = ZV_COL_TEXT, .fact = true, .label = N_("English name")) \
	X(synonyms, .type = ZV_COL_TEXT, .fact = true, .label = N_("Synonyms")) \
	X(cas, .type = ZV_COL_TEXT, .fact = true, .label = N_("CAS number")) \
	X(okpd2, .type = ZV_COL_TEXT, .fact = true, .label = N_("OKPD2")) \
	X(hs, .type = ZV_COL_TEXT, .fact = true, .label = N_("HS code")) \
	X(gost, .type = ZV_COL_TEXT, .fact = true, .label = N_("Standard")) \
	X(inchikey, .type = ZV_COL_TEXT, .fact = true, .label = N_("InChIKey")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_dim, .label = N_("Dimension")) \
	X(density_mg_l, .type = ZV_COL_INT, .fact = true, .label = N_("Density, mg/L")) \
	X(hazard, .type = ZV_COL_TEXT, .fact = true, .label = N_("Hazard")) \
	X(control, .type = ZV_COL_ENUM, .words = controls, .label = N_("Control")) \
	X(regime, .type = ZV_COL_TEXT, .with = "control", .label = N_("Regime of control"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_item = {
	.name = "item",
	.plural = "items",
	.uid_kind = "item",
	.label = N_("Items"),
	.entity = 3,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	.stored = zv_item_alias_keep,
	ZV_REGISTER_SQL("item", "3", COLUMNS(ZV_COLUMN_SQL), 14),
};

enum zv_code zv_items_by_cas(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str cas, struct zv_err *err)
{
	return zv_lookup(ids, n, max, db, "SELECT id FROM item WHERE cas = $1 ORDER BY id LIMIT $2", &cas, 1, err);
}

enum zv_code zv_items_by_name(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str name, struct zv_err *err)
{
	struct zv_buf key;
	struct zv_str text;
	enum zv_code code;

	zv_buf_init(&key, 0);
	zv_item_key(&key, name);
	text = zv_buf_str(&key);
	code = zv_lookup(ids, n, max, db,
			 "SELECT id FROM item WHERE name_key = $1 UNION SELECT item_id FROM item_alias WHERE name_key = $1 ORDER BY 1 LIMIT $2",
			 &text, 1, err);
	zv_buf_done(&key);
	return code;
}

enum zv_code zv_items_by_okpd2(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str code, struct zv_err *err)
{
	return zv_lookup(ids, n, max, db, "SELECT id FROM item WHERE okpd2 = $1 ORDER BY id LIMIT $2", &code, 1, err);
}

enum zv_code zv_items_under_okpd2(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str code, struct zv_err *err)
{
	/* "/" is the character after ".": everything that begins with the code and a point. */
	return zv_lookup(ids, n, max, db,
			 "SELECT id FROM item WHERE okpd2 = $1 OR (okpd2 > $1 || '.' AND okpd2 < $1 || '/') ORDER BY id LIMIT $2", &code, 1,
			 err);
}
