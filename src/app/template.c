/* A template is written from the table of columns that also reads it. */
#include "app/template.h"

#include <errno.h>
#include <string.h>

#include "app/import_kind.h"
#include "app/words.h"
#include "base/tr.h"
#include "base/vec.h"
#include "format/csv_write.h"
#include "format/xlsx_write.h"

enum { EXAMPLES_MAX = 8, KEEP_LANG = 8 };

static enum zv_code profile_of(const struct zv_import_profile **out, const char *kind, struct zv_err *err)
{
	const struct zv_import_kind *found = zv_import_kind_find(kind);

	if (found == NULL || found->unmap == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "kind", N_("“%s” has no template of its own."), kind);
	*out = found->profiles[0];
	return ZV_OK;
}

/* Example `row` of a column; false when the column has none in this row. */
static bool example(struct zv_str *out, const struct zv_import_column *column, bool ru, int row)
{
	struct zv_str rest = zv_str_c(!ru && column->examples_en != NULL ? column->examples_en : column->examples);

	*out = ZV_STR("");
	if (rest.n == 0)
		return false;
	for (int i = 0; zv_str_split(out, &rest, '|'); i++)
		if (i == row)
			return true;
	*out = ZV_STR("");
	return false;
}

static int example_rows(const struct zv_import_profile *profile, bool ru)
{
	struct zv_str cell;
	int rows = 0;

	for (size_t i = 0; i < profile->n_columns; i++)
		while (rows < EXAMPLES_MAX && example(&cell, &profile->columns[i], ru, rows))
			rows++;
	return rows;
}

static const char *title_of(const struct zv_import_column *column, bool ru, struct zv_arena *arena)
{
	return zv_arena_strf(arena, "%s%s", ru ? column->ru : column->en, column->required ? " *" : "").p;
}

static enum zv_code data_sheet(struct zv_xlsx *xlsx, const struct zv_import_profile *profile, bool ru, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_xlsx_column *columns = ZV_ARENA_ARRAY(arena, struct zv_xlsx_column, profile->n_columns + 1);
	int rows = example_rows(profile, ru);
	enum zv_code code;

	for (size_t i = 0; i < profile->n_columns; i++) {
		const struct zv_import_column *column = &profile->columns[i];

		columns[i].title = title_of(column, ru, arena);
		columns[i].key = column->key;
		if (column->list != ZV_LIST_NONE)
			columns[i].list = zv_words_of(&columns[i].n_list, column->list, ru ? "ru" : "en", arena);
	}
	code = zv_xlsx_sheet(xlsx, ru ? "Данные" : "Data", ru ? "Списки" : "Lists", columns, profile->n_columns, err);
	for (int row = 0; row < rows && code == ZV_OK; row++) {
		for (size_t i = 0; i < profile->n_columns; i++) {
			struct zv_str cell;

			(void)example(&cell, &profile->columns[i], ru, row);
			zv_xlsx_text(xlsx, cell);
		}
		zv_xlsx_end_row(xlsx);
	}
	return code;
}

static void help_of_column(struct zv_buf *out, const struct zv_import_column *column, const char *lang)
{
	bool ru = strcmp(lang, "ru") == 0;
	struct zv_str shown;

	zv_tr_set_lang(lang);
	zv_buf_addf(out, "%s (%s): %s", ru ? column->ru : column->en, column->key, column->help != NULL ? zv_tr(column->help) : "");
	if (column->required)
		zv_buf_addf(out, " %s", zv_tr(N_("Required.")));
	if (column->list != ZV_LIST_NONE)
		zv_buf_addf(out, " %s", zv_tr(N_("Choose from the list.")));
	if (example(&shown, column, ru, 0) && shown.n > 0)
		zv_buf_addf(out, " %s %.*s", zv_tr(N_("Example:")), ZV_STR_FMT(shown));
}

/* Both languages, the asked one first: the file goes from hand to hand. */
static enum zv_code help_sheet(struct zv_xlsx *xlsx, const struct zv_import_kind *kind, bool ru, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_import_profile *profile = kind->profiles[0];
	const char *langs[2] = { ru ? "ru" : "en", ru ? "en" : "ru" };
	ZV_VEC(struct zv_str) lines = { 0 };
	struct zv_buf text;
	enum zv_code code;

	zv_buf_init(&text, 0);
	for (int l = 0; l < 2; l++) {
		zv_tr_set_lang(langs[l]);
		zv_vec_push(&lines, zv_str_dup(arena, zv_str_c(zv_tr(kind->label))));
		zv_vec_push(&lines, zv_str_dup(arena, zv_str_c(zv_tr(N_("One row is one record. Columns may stand in any order; columns that are not "
								     "needed may go. Replace the example rows by your own. An empty cell says "
								     "nothing: what is stored stays.")))));
		for (size_t i = 0; i < profile->n_columns; i++) {
			zv_buf_reset(&text);
			help_of_column(&text, &profile->columns[i], langs[l]);
			zv_vec_push(&lines, zv_str_dup(arena, zv_buf_str(&text)));
		}
		if (l == 0)
			zv_vec_push(&lines, ZV_STR(""));
	}
	code = zv_xlsx_help(xlsx, ru ? "Справка" : "Help", lines.p, lines.n, err);
	zv_buf_done(&text);
	zv_vec_done(&lines);
	return code;
}

static enum zv_code write_xlsx(const struct zv_import_kind *kind, const char *path, bool ru, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_xlsx *xlsx;
	enum zv_code code = zv_xlsx_new(&xlsx, path, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = data_sheet(xlsx, kind->profiles[0], ru, &arena, err);
	if (code == ZV_OK)
		code = help_sheet(xlsx, kind, ru, &arena, err);
	if (code == ZV_OK)
		code = zv_xlsx_close(xlsx, err);
	else
		zv_xlsx_cancel(xlsx);
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_template_csv(const char *kind, FILE *file, const char *lang, struct zv_err *err)
{
	const struct zv_import_profile *profile = NULL;
	bool ru = strcmp(lang, "ru") == 0;
	struct zv_csv_writer csv;
	struct zv_out out;
	int rows;
	enum zv_code code = profile_of(&profile, kind, err);

	if (code != ZV_OK)
		return code;
	zv_out_init(&out, file, 0);
	zv_csv_init(&csv, &out, ru ? ';' : ',', true);
	for (size_t i = 0; i < profile->n_columns; i++)
		zv_csv_text(&csv, zv_str_c(ru ? profile->columns[i].ru : profile->columns[i].en));
	zv_csv_end_row(&csv);
	rows = example_rows(profile, ru);
	for (int row = 0; row < rows; row++) {
		for (size_t i = 0; i < profile->n_columns; i++) {
			struct zv_str cell;

			(void)example(&cell, &profile->columns[i], ru, row);
			zv_csv_text(&csv, cell);
		}
		zv_csv_end_row(&csv);
	}
	code = zv_out_flush(&out, err);
	zv_out_done(&out);
	return code;
}

static enum zv_code write_csv(const char *kind, const char *path, const char *lang, struct zv_err *err)
{
	FILE *file = fopen(path, "wbe");
	enum zv_code code;

	if (file == NULL)
		return zv_fail(err, ZV_E_IO, "path", N_("%s cannot be written: %s."), path, strerror(errno));
	code = zv_template_csv(kind, file, lang, err);
	if (fclose(file) != 0 && code == ZV_OK)
		code = zv_fail(err, ZV_E_IO, "path", N_("%s cannot be written: %s."), path, strerror(errno));
	return code;
}

enum zv_code zv_template_write(const char *kind, const char *path, const char *lang, struct zv_err *err)
{
	const struct zv_import_profile *profile;
	char before[KEEP_LANG];
	enum zv_code code = profile_of(&profile, kind, err);

	if (code != ZV_OK)
		return code;
	(void)snprintf(before, sizeof(before), "%s", zv_tr_lang());
	if (zv_str_ends(zv_str_c(path), ZV_STR(".csv")))
		code = write_csv(kind, path, lang, err);
	else
		code = write_xlsx(zv_import_kind_find(kind), path, strcmp(lang, "ru") == 0, err);
	zv_tr_set_lang(before);
	return code;
}
