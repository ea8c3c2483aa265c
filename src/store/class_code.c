/* Classifiers (OKPD2, OKVED2, OKEI, Rec. 20, HS ...), by dated edition. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(scheme, .type = ZV_COL_TEXT, .fact = true, .label = N_("Classifier")) \
	X(edition, .type = ZV_COL_TEXT, .fact = true, .label = N_("Edition")) \
	X(code, .type = ZV_COL_TEXT, .fact = true, .label = N_("Code")) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(name_en, .type = ZV_COL_TEXT, .fact = true, .label = N_("English name")) \
	X(parent, .type = ZV_COL_TEXT, .fact = true, .label = N_("Parent code")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note")) \
	X(unit_symbol, .type = ZV_COL_TEXT, .fact = true, .label = N_("Unit"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_class_code = {
	.name = "class_code",
	.plural = "class_codes",
	.uid_kind = "class",
	.label = N_("Classifier codes"),
	.entity = 11,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("class_code", "11", COLUMNS(ZV_COLUMN_SQL), 8),
};
