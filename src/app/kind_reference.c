/* Reference tables that an operator may replace: controlled substances and crosswalks of classifiers. National rows. */
#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kinds.h"
#include "app/words.h"
#include "base/decimal.h"
#include "base/utf8.h"

enum { MATCH_KIND, MATCH_VALUE, NAME_RU, NAME_EN, SYNONYMS, REGIME, ENTRY, THRESHOLD, ACTION, SOURCE, AS_OF, CONTROLLED_COLUMNS };
enum { KEY, SCHEME_A, CODE_A, SCHEME_B, CODE_B, RELATION, CROSS_COLUMNS };

static const struct zv_import_column controlled_columns[CONTROLLED_COLUMNS] = {
	[MATCH_KIND] = { "match_kind", "Found by", "Находится по", NULL, true, ZV_LIST_MATCH_KINDS,
			 N_("By CAS number, by the beginning of an OKPD2 code, or a family that only words point to."), "cas", NULL },
	[MATCH_VALUE] = { "match_value", "Number or code", "Номер или код", NULL, true, ZV_LIST_NONE, N_("The CAS number or the code."), "108-24-7",
			  NULL },
	[NAME_RU] = { "name_ru", "Russian name", "Русское наименование", NULL, false, ZV_LIST_NONE, N_("Name in Russian."), "уксусный ангидрид",
		      NULL },
	[NAME_EN] = { "name_en", "English name", "Английское наименование", NULL, false, ZV_LIST_NONE, N_("Name in English."), "acetic anhydride",
		      NULL },
	[SYNONYMS] = { "synonyms", "Synonyms", "Синонимы", NULL, false, ZV_LIST_NONE, N_("Other names, parted by |."), NULL, NULL },
	[REGIME] = { "regime", "Regime", "Режим", NULL, true, ZV_LIST_NONE, N_("Short name of the regime of control."), "OWN-LIST", NULL },
	[ENTRY] = { "entry", "Entry in the list", "Позиция списка", NULL, false, ZV_LIST_NONE, N_("Number in the act."), NULL, NULL },
	[THRESHOLD] = { "threshold", "From this concentration", "С концентрации", "concentration_threshold", false, ZV_LIST_NONE,
			N_("The rule holds from this share on: 15 %."), "15 %", NULL },
	[ACTION] = { "action", "Action", "Действие", "default_action", true, ZV_LIST_ACTIONS, N_("What is done with needs and offers."),
		     "проверить разрешение", "permit check" },
	[SOURCE] = { "source", "Source", "Источник", NULL, false, ZV_LIST_NONE, N_("The act, and where it was read."), NULL, NULL },
	[AS_OF] = { "as_of", "As of", "На дату", NULL, false, ZV_LIST_NONE, N_("Date of the edition."), NULL, NULL },
};

/* The model's own reading of the row is the check. */
static enum zv_code check_rule(int64_t *threshold_ppm, const struct zv_str *cells, struct zv_str kind, struct zv_str action, struct zv_err *err)
{
	struct zv_controls *one = zv_controls_new();
	struct zv_str row[ZV_CONTROL_COLUMNS] = {
		[ZV_CONTROL_KIND] = kind,	      [ZV_CONTROL_VALUE] = cells[MATCH_VALUE], [ZV_CONTROL_NAME_RU] = cells[NAME_RU],
		[ZV_CONTROL_NAME_EN] = cells[NAME_EN], [ZV_CONTROL_SYNONYMS] = cells[SYNONYMS], [ZV_CONTROL_REGIME] = cells[REGIME],
		[ZV_CONTROL_ENTRY] = cells[ENTRY],     [ZV_CONTROL_THRESHOLD] = cells[THRESHOLD], [ZV_CONTROL_ACTION] = action,
		[ZV_CONTROL_SOURCE] = cells[SOURCE],   [ZV_CONTROL_AS_OF] = cells[AS_OF],
	};
	enum zv_code code = zv_controls_add_row(one, row, err);

	if (code == ZV_OK)
		*threshold_ppm = zv_controls_at(one, 0)->threshold_ppm;
	zv_controls_free(one);
	return code;
}

static enum zv_code map_controlled(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	const struct zv_word *kind = zv_word_find(ZV_LIST_MATCH_KINDS, cells[MATCH_KIND]);
	const struct zv_word *action = zv_word_find(ZV_LIST_ACTIONS, cells[ACTION]);
	struct zv_record *record;
	int64_t threshold_ppm;
	zv_date as_of;
	enum zv_code code = check_rule(&threshold_ppm, cells, kind != NULL ? zv_str_c(kind->key) : cells[MATCH_KIND],
				       action != NULL ? zv_str_c(action->key) : cells[ACTION], err);

	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find("controlled"),
				zv_arena_strf(row->arena, "%s:%.*s:%.*s", kind != NULL ? kind->key : "",
					      ZV_STR_FMT(cells[MATCH_VALUE].n > 0 ? cells[MATCH_VALUE] : cells[NAME_RU]), ZV_STR_FMT(cells[REGIME])));
	if (zv_date_parse(&as_of, cells[AS_OF]))
		record->said_on = as_of;
	zv_cell_word(im, record, "match_kind", cells[MATCH_KIND], ZV_LIST_MATCH_KINDS, "match_kind");
	record->values[zv_register_column(zv_register_find("controlled"), "match_value")] = (struct zv_value){ .s = cells[MATCH_VALUE] };
	zv_import_set_text(im, record, "name_ru", cells[NAME_RU]);
	zv_import_set_text(im, record, "name_en", cells[NAME_EN]);
	zv_import_set_text(im, record, "synonyms", cells[SYNONYMS]);
	zv_import_set_text(im, record, "regime", cells[REGIME]);
	zv_import_set_text(im, record, "entry", cells[ENTRY]);
	if (threshold_ppm > 0)
		zv_import_set_int(im, record, "threshold_micro", threshold_ppm);
	zv_cell_word(im, record, "action", cells[ACTION], ZV_LIST_ACTIONS, "action");
	zv_import_set_text(im, record, "source", cells[SOURCE]);
	return ZV_OK;
}

const struct zv_import_profile zv_kind_controlled_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = controlled_columns,
	.n_columns = CONTROLLED_COLUMNS,
	.exact = true,
	.map = map_controlled,
};

static struct zv_str percent_of(const struct zv_register *reg, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, "threshold_micro")];
	char text[ZV_DECIMAL_TEXT];

	if (value->null)
		return ZV_STR("");
	zv_decimal_format(text, value->i, 4, 0, true);
	return zv_arena_strf(arena, "%s %%", text);
}

ZV_UNMAP(zv_kind_controlled_unmap)
{
	const struct zv_register *reg = zv_register_find("controlled");
	char text[ZV_DATE_TEXT];

	(void)db;
	(void)err;
	cells[MATCH_KIND] = zv_out_text_of(reg, record, "match_kind");
	cells[MATCH_VALUE] = zv_out_text_of(reg, record, "match_value");
	cells[NAME_RU] = zv_out_text_of(reg, record, "name_ru");
	cells[NAME_EN] = zv_out_text_of(reg, record, "name_en");
	cells[SYNONYMS] = zv_out_text_of(reg, record, "synonyms");
	cells[REGIME] = zv_out_text_of(reg, record, "regime");
	cells[ENTRY] = zv_out_text_of(reg, record, "entry");
	cells[THRESHOLD] = percent_of(reg, record, arena);
	cells[ACTION] = zv_out_text_of(reg, record, "action");
	cells[SOURCE] = zv_out_text_of(reg, record, "source");
	zv_date_format(text, record->said_on);
	cells[AS_OF] = zv_str_dup(arena, zv_str_c(text));
	return ZV_OK;
}

/* --- crosswalks ----------------------------------------------------------------------------------------------------- */

static const struct zv_import_column cross_columns[CROSS_COLUMNS] = {
	[KEY] = { "key", "Key", "Ключ", "код|id|source_key", false, ZV_LIST_NONE, N_("Your own key of the row."), NULL, NULL },
	[SCHEME_A] = { "scheme_a", "Classifier A", "Классификатор А", NULL, true, ZV_LIST_NONE, N_("OKPD2, HS, TNVED, CPA, CPV ..."), "OKPD2|OKPD2",
		       NULL },
	[CODE_A] = { "code_a", "Code A", "Код А", NULL, true, ZV_LIST_NONE, N_("Code of classifier A."), "20.14.62|20.59.56.130", NULL },
	[SCHEME_B] = { "scheme_b", "Classifier B", "Классификатор Б", NULL, true, ZV_LIST_NONE, N_("OKPD2, HS, TNVED, CPA, CPV ..."), "HS|HS", NULL },
	[CODE_B] = { "code_b", "Code B", "Код Б", NULL, true, ZV_LIST_NONE, N_("Code of classifier B."), "2914.19|2934.20", NULL },
	[RELATION] = { "relation", "Relation", "Соответствие", "тип", true, ZV_LIST_RELATIONS, N_("Is A the same as B, broader, narrower, or partly the same?"),
		       "шире|частичное", "broader|partial" },
};

/* Codes of the classifiers that are known are written in their usual way; others as they come. */
static enum zv_code usual_code(struct zv_str *out, struct zv_str scheme, struct zv_str cell, const char *field, struct zv_arena *arena,
			       struct zv_err *err)
{
	static const struct {
		const char *name;
		enum zv_class_scheme scheme;
	} known[] = { { "OKPD2", ZV_CLASS_OKPD2 }, { "OKVED2", ZV_CLASS_OKVED2 }, { "HS", ZV_CLASS_HS }, { "TNVED", ZV_CLASS_TNVED } };
	char text[ZV_CLASS_TEXT];

	*out = cell;
	if (cell.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The code is empty (column %s)."), field);
	for (size_t i = 0; i < ZV_LEN(known); i++) {
		enum zv_code code;

		if (!zv_str_eq_nocase(scheme, zv_str_c(known[i].name)))
			continue;
		code = zv_class_parse(text, known[i].scheme, cell, field, err);
		if (code == ZV_OK)
			*out = zv_str_dup(arena, zv_str_c(text));
		return code;
	}
	return ZV_OK;
}

static enum zv_code map_cross(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_str a, b, key = cells[KEY];
	struct zv_record *record;
	enum zv_code code = usual_code(&a, cells[SCHEME_A], cells[CODE_A], "code_a", row->arena, err);

	if (code == ZV_OK)
		code = usual_code(&b, cells[SCHEME_B], cells[CODE_B], "code_b", row->arena, err);
	if (code != ZV_OK)
		return code;
	if (cells[SCHEME_A].n == 0 || cells[SCHEME_B].n == 0)
		return zv_fail(err, ZV_E_INVALID, "scheme_a", N_("A classifier is not named. Say both: OKPD2, HS ..."));
	if (key.n == 0)
		key = zv_arena_strf(row->arena, "%.*s:%.*s>%.*s:%.*s", ZV_STR_FMT(cells[SCHEME_A]), ZV_STR_FMT(a), ZV_STR_FMT(cells[SCHEME_B]),
				    ZV_STR_FMT(b));
	if (cells[RELATION].n == 0)
		return zv_fail(err, ZV_E_INVALID, "relation", N_("The relation is empty. Say exact, broader, narrower or partial."));
	record = zv_import_plan(im, zv_register_find("crosswalk"), key);
	zv_import_set_text(im, record, "scheme_a", cells[SCHEME_A]);
	zv_import_set_text(im, record, "code_a", a);
	zv_import_set_text(im, record, "scheme_b", cells[SCHEME_B]);
	zv_import_set_text(im, record, "code_b", b);
	zv_cell_word(im, record, "relation", cells[RELATION], ZV_LIST_RELATIONS, "relation");
	return ZV_OK;
}

const struct zv_import_profile zv_kind_crosswalks_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = cross_columns,
	.n_columns = CROSS_COLUMNS,
	.exact = true,
	.map = map_cross,
};

ZV_UNMAP(zv_kind_crosswalks_unmap)
{
	const struct zv_register *reg = zv_register_find("crosswalk");

	(void)db;
	(void)arena;
	(void)err;
	cells[KEY] = record->source_key;
	cells[SCHEME_A] = zv_out_text_of(reg, record, "scheme_a");
	cells[CODE_A] = zv_out_text_of(reg, record, "code_a");
	cells[SCHEME_B] = zv_out_text_of(reg, record, "scheme_b");
	cells[CODE_B] = zv_out_text_of(reg, record, "code_b");
	cells[RELATION] = zv_out_word_of(reg, record, "relation", ZV_LIST_RELATIONS);
	return ZV_OK;
}
