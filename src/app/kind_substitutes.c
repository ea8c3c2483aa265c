/* Substitutes: which item may stand in for which, and how sure that is. */
#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kind_columns.h"
#include "app/kinds.h"

enum { KEY, ITEM, CAS, ITEM_KEY, WITH, WITH_CAS, WITH_KEY, STATE, SCOPE, DAYS, COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = ZV_COLUMN_KEY(NULL),
	[ITEM] = ZV_COLUMN_ITEM("ацетилацетон", "acetylacetone"),
	[CAS] = ZV_COLUMN_CAS("123-54-6"),
	[ITEM_KEY] = ZV_COLUMN_ITEM_KEY,
	[WITH] = { "with_item", "Substitute", "Замена", "заменитель|аналог", false, ZV_LIST_NONE, N_("Name, synonym or CAS number of the substitute."),
		   "бензоилацетон", "benzoylacetone" },
	[WITH_CAS] = { "with_cas", "CAS number of the substitute", "CAS замены", NULL, false, ZV_LIST_NONE, N_("CAS registry number; it beats the name."),
		       "93-91-4", NULL },
	[WITH_KEY] = { "with_key", "Key of the substitute", "Ключ замены", NULL, false, ZV_LIST_NONE, N_("Own code or public id of the item."), NULL,
		       NULL },
	[STATE] = { "state", "State", "Состояние", "статус", true, ZV_LIST_SUBSTITUTE_STATES, N_("How far it is known to do."), "предложена",
		    "proposed" },
	[SCOPE] = { "scope", "Where it may be used", "Где применима", "область применения", false, ZV_LIST_NONE, N_("For which product."), NULL, NULL },
	[DAYS] = { "days", "Days to qualify", "Дней до допуска", NULL, false, ZV_LIST_NONE, N_("Days until it may be used."), "45", NULL },
};

static enum zv_code one_item(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_item *said, struct zv_err *err)
{
	struct zv_control_result control;
	struct zv_err held;
	enum zv_code code = zv_cells_gate(&control, &held, im, said, ZV_STR(""), (struct zv_import_ref){ 0 }, err);

	if (code == ZV_OK)
		code = zv_import_item(out, im, said, true, err);
	if (code == ZV_OK && held.code != ZV_OK && control.action == ZV_CONTROL_REFUSE)
		zv_import_hold(im, &held, false);
	return code;
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_item item = zv_cells_item(cells[ITEM_KEY], cells[ITEM], cells[CAS], ZV_STR(""));
	struct zv_import_item with = zv_cells_item(cells[WITH_KEY], cells[WITH], cells[WITH_CAS], ZV_STR(""));
	struct zv_import_ref item_ref, with_ref;
	struct zv_record *record;
	struct zv_str key = cells[KEY];
	enum zv_code code = one_item(&item_ref, im, &item, err);

	if (code == ZV_OK)
		code = one_item(&with_ref, im, &with, err);
	if (code != ZV_OK)
		return code;
	if ((item_ref.id != 0 && item_ref.id == with_ref.id) || (item_ref.planned != NULL && item_ref.planned == with_ref.planned))
		return zv_fail(err, ZV_E_INVALID, "with_item", N_("An item cannot be its own substitute."));
	if (cells[STATE].n == 0)
		return zv_fail(err, ZV_E_INVALID, "state", N_("The state is empty. Say proposed, tested or qualified."));
	if (key.n == 0)
		key = zv_import_digest(im, (struct zv_str[]){ zv_import_item_key(im, &item), zv_import_item_key(im, &with), cells[SCOPE] }, 3);
	record = zv_import_plan(im, zv_register_find("substitute"), key);
	zv_import_set_ref(im, record, "item_id", item_ref);
	zv_import_set_ref(im, record, "with_item_id", with_ref);
	zv_cell_word(im, record, "state", cells[STATE], ZV_LIST_SUBSTITUTE_STATES, "state");
	zv_cell_text(im, record, "scope", cells[SCOPE], 1000, "scope");
	zv_cell_int(im, record, "days", cells[DAYS], 0, 36500, "days");
	return ZV_OK;
}

const struct zv_import_profile zv_kind_substitutes_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

ZV_UNMAP(zv_kind_substitutes_unmap)
{
	const struct zv_register *reg = zv_register_find("substitute");
	struct zv_out_item item, with;
	enum zv_code code = zv_out_item_of(&item, db, reg, record, "item_id", arena, err);

	if (code == ZV_OK)
		code = zv_out_item_of(&with, db, reg, record, "with_item_id", arena, err);
	if (code != ZV_OK)
		return code;
	cells[KEY] = record->source_key;
	cells[ITEM] = item.name;
	cells[CAS] = item.cas;
	cells[ITEM_KEY] = item.key;
	cells[WITH] = with.name;
	cells[WITH_CAS] = with.cas;
	cells[WITH_KEY] = with.key;
	cells[STATE] = zv_out_word_of(reg, record, "state", ZV_LIST_SUBSTITUTE_STATES);
	cells[SCOPE] = zv_out_text_of(reg, record, "scope");
	cells[DAYS] = zv_out_int_of(reg, record, "days", arena);
	return ZV_OK;
}
