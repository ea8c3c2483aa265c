/* What the profiles of other people's files share: one code of a classifier, and what tables write for "not stated". */
#include "app/sources.h"

enum { CODE_MAX = 100 };

struct zv_str zv_source_plain(struct zv_str cell)
{
	static const char *const nothing[] = {"NULL", "NA", "N/A", "NaN", "None", "-", "--"};

	for (size_t i = 0; i < ZV_LEN(nothing); i++) {
		if (zv_str_eq_nocase(cell, zv_str_c(nothing[i])))
			return (struct zv_str){0};
	}
	return cell;
}

enum zv_code zv_source_plan_code(struct zv_import *im, const struct zv_import_row *row, const struct zv_source_code *c, struct zv_err *err)
{
	struct zv_str edition = zv_import_setting(im, "edition");
	struct zv_record *record;
	struct zv_str key;

	if (c->code.n == 0)
		return zv_fail(err, ZV_E_INVALID, "code", N_("The row has no code."));
	if (c->name.n == 0)
		return zv_fail(err, ZV_E_INVALID, "name", N_("Code %.*s has no name."), ZV_STR_FMT(c->code));
	if (edition.n == 0)
		edition = zv_str_c(c->edition != NULL ? c->edition : "current");
	if (c->code.n > CODE_MAX)
		return zv_fail(err, ZV_E_LIMIT, "code", N_("The code is longer than any classifier's."));
	key = zv_arena_strf(row->arena, "%s:%.*s:%.*s", c->scheme, ZV_STR_FMT(edition), ZV_STR_FMT(c->code));
	record = zv_import_plan(im, zv_register_find("class_code"), key);
	zv_import_set_text(im, record, "scheme", zv_str_c(c->scheme));
	zv_import_set_text(im, record, "edition", edition);
	zv_import_set_text(im, record, "code", c->code);
	zv_import_set_text(im, record, "name", c->name);
	zv_import_set_text(im, record, "name_en", c->name_en);
	zv_import_set_text(im, record, "parent", c->parent);
	zv_import_set_text(im, record, "note", c->note);
	zv_import_set_text(im, record, "unit_symbol", c->symbol);
	return ZV_OK;
}
