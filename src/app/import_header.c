/* Opens a file and finds which profile reads it: by the asked name, the file's suffix, its header, or the records found in it. */
#include <stdlib.h>
#include <string.h>

#include "app/import_run.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { KNOWN_ENOUGH = 3 };

/* Headers are compared without case, doubled blanks, marks of required columns and quotes. */
static struct zv_str header_key(struct zv_str text, struct zv_arena *arena)
{
	struct zv_buf folded, key;
	struct zv_str rest, out;
	bool blank = false;
	uint32_t c;

	zv_buf_init(&folded, 0);
	zv_buf_init(&key, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	rest = zv_buf_str(&folded);
	while (zv_utf8_next(&c, &rest)) {
		if (c == '*' || c == '"' || c == 0xab || c == 0xbb)
			continue;
		if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0xa0) {
			blank = key.n > 0;
			continue;
		}
		if (blank)
			zv_buf_add_char(&key, ' ');
		blank = false;
		zv_buf_add_utf8(&key, c == 0x451 ? 0x435 : c);
	}
	out = zv_str_dup(arena, zv_buf_str(&key));
	zv_buf_done(&key);
	zv_buf_done(&folded);
	return out;
}

static void name_column(struct zv_map *names, const char *name, size_t column, struct zv_arena *arena)
{
	int64_t before;
	struct zv_str key;

	if (name == NULL)
		return;
	key = header_key(zv_str_c(name), arena);
	if (!zv_map_get(&before, names, key))
		zv_map_put(names, key, (int64_t)column);
}

/* All headers under which a profile knows its columns. Keys win over titles, titles over aliases. */
static void profile_names(struct zv_map *names, const struct zv_import_profile *profile, struct zv_arena *arena)
{
	for (size_t i = 0; i < profile->n_columns; i++)
		name_column(names, profile->columns[i].key, i, arena);
	for (size_t i = 0; i < profile->n_columns; i++) {
		name_column(names, profile->columns[i].en, i, arena);
		name_column(names, profile->columns[i].ru, i, arena);
	}
	for (size_t i = 0; i < profile->n_columns; i++) {
		struct zv_str part, rest = zv_str_c(profile->columns[i].aliases);

		while (rest.n > 0 && zv_str_split(&part, &rest, '|'))
			name_column(names, zv_str_dup(arena, part).p, i, arena);
	}
}

/* Fills column_at by the header; the number of required columns that are missing. */
static size_t match_header(int *column_at, const struct zv_import_profile *profile, const struct zv_str *cells, size_t n,
			   struct zv_arena *arena)
{
	struct zv_map names;
	size_t missing = 0;

	zv_map_init(&names);
	profile_names(&names, profile, arena);
	for (size_t i = 0; i < profile->n_columns; i++)
		column_at[i] = -1;
	/* A file that has both "name" and "item" means the first by the column whose key is name: keys first, then other spellings. */
	for (int keys = 1; keys >= 0; keys--) {
		for (size_t i = 0; i < n; i++) {
			struct zv_str key = header_key(cells[i], arena);
			int64_t column;

			if (zv_map_get(&column, &names, key) && column_at[column] < 0 &&
			    (keys == 0 || zv_str_eq_c(key, profile->columns[column].key)))
				column_at[column] = (int)i;
		}
	}
	for (size_t i = 0; i < profile->n_columns; i++)
		missing += profile->columns[i].required && column_at[i] < 0;
	zv_map_done(&names);
	return missing;
}

/* A row that holds nothing but machine keys: the hidden second row of a template. */
static bool is_key_row(const struct zv_import_profile *profile, const struct zv_row *row)
{
	size_t keys = 0;

	for (size_t i = 0; i < row->n; i++) {
		bool known = zv_str_eq_c(row->cells[i], ZV_IMPORT_REASONS_KEY);

		if (row->cells[i].n == 0)
			continue;
		for (size_t k = 0; k < profile->n_columns && !known; k++)
			known = zv_str_eq_c(row->cells[i], profile->columns[k].key);
		if (!known)
			return false;
		keys++;
	}
	return keys > 1 || (keys == 1 && row->n == 1);
}

static void keep_row(struct zv_row *out, const struct zv_row *row, struct zv_arena *arena)
{
	struct zv_str *cells = ZV_ARENA_ARRAY(arena, struct zv_str, row->n + 1);

	for (size_t i = 0; i < row->n; i++)
		cells[i] = zv_str_dup(arena, row->cells[i]);
	*out = *row;
	out->cells = cells;
	out->fault = zv_str_dup(arena, row->fault);
}

static void keep_header(struct zv_import *im, const struct zv_row *row)
{
	im->header = ZV_ARENA_ARRAY(&im->life, struct zv_str, row->n + 1);
	im->n_header = row->n;
	for (size_t i = 0; i < row->n; i++)
		im->header[i] = zv_str_dup(&im->life, row->cells[i]);
}

static void warn_unknown(struct zv_import *im, int64_t line)
{
	for (size_t i = 0; i < im->n_header; i++) {
		struct zv_err fault;
		bool known = zv_str_trim(im->header[i]).n == 0;

		for (size_t k = 0; k < im->profile->n_columns && !known; k++)
			known = im->column_at[k] == (int)i;
		if (known || zv_str_eq_c(im->header[i], zv_tr("What is wrong")) || zv_str_eq_c(im->header[i], "What is wrong"))
			continue;
		(void)zv_fail(&fault, ZV_E_INVALID, "", N_("Column “%.*s” is not known (or named twice) and was passed over."),
			      ZV_STR_FMT(im->header[i]));
		zv_report_note(im, ZV_IMPORT_WARNING, line, &fault);
	}
}

static enum zv_code missing_columns(struct zv_import *im, const struct zv_import_profile *profile, const char *path, struct zv_err *err)
{
	struct zv_buf list;
	const char *first = "";
	enum zv_code code;

	zv_buf_init(&list, 400);
	for (size_t i = 0; i < profile->n_columns; i++) {
		const struct zv_import_column *column = &profile->columns[i];

		if (!column->required || im->column_at[i] >= 0)
			continue;
		if (list.n == 0)
			first = column->key;
		else
			zv_buf_add_c(&list, ", ");
		zv_buf_addf(&list, zv_tr(N_("“%s”")), column->key);
		if (column->ru != NULL)
			zv_buf_addf(&list, " (%s)", strcmp(zv_tr_lang(), "ru") == 0 ? column->ru : column->en);
	}
	if (list.n == 0) {
		zv_buf_done(&list);
		return zv_fail(err, ZV_E_INVALID, "",
			       N_("%s: hardly any of its columns are columns of %s. If it is such a file all the same, say --profile %s."), path,
			       im->kind->name, profile->name);
	}
	code = zv_fail(err, ZV_E_INVALID, first, N_("%s: column %s is missing. Add it, or begin with the template: zveno template %s."), path,
		       zv_buf_c(&list), im->kind->name);
	zv_buf_done(&list);
	return code;
}

static bool has_suffix(const char *path, const char *suffix)
{
	struct zv_str name = zv_str_c(path);

	if (zv_str_ends(name, ZV_STR(".gz")))
		name.n -= 3;
	return suffix != NULL && zv_str_ends(name, zv_str_c(suffix));
}

/* The profile that was asked for, or that the file's name points to; NULL: find out. */
static enum zv_code wished_profile(const struct zv_import_profile **out, bool *only, struct zv_import *im, const char *path,
				   struct zv_err *err)
{
	const char *name = im->options->profile;

	*out = NULL;
	*only = name != NULL;
	for (size_t i = 0; i < im->kind->n_profiles; i++) {
		const struct zv_import_profile *profile = im->kind->profiles[i];

		if (name != NULL ? strcmp(profile->name, name) == 0 : has_suffix(path, profile->file_suffix)) {
			*out = profile;
			return ZV_OK;
		}
	}
	if (name != NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "profile", N_("There is no reading “%s” of %s."), name, im->kind->name);
	return ZV_OK;
}

static enum zv_code open_rows(struct zv_import *im, const char *path, const struct zv_import_profile *wish,
			      const struct zv_record_spec *xml, const struct zv_record_spec *json, struct zv_err *err)
{
	struct zv_rows_options options = {
		.encoding = im->options->encoding,
		.separator = im->options->separator,
		.sheet = im->options->sheet,
		.xml = xml,
		.json = json,
		.name = path,
	};

	if (wish != NULL && wish->type == ZV_FILE_CSV) {
		options.no_quotes = wish->no_quotes;
		if (options.separator == 0)
			options.separator = wish->separator;
	}
	zv_rows_close(im->rows);
	im->rows = NULL;
	return zv_rows_open(&im->rows, im->path, &options, err);
}

static const struct zv_record_spec *spec_after(const struct zv_import *im, enum zv_file_type type, const struct zv_import_profile *wish,
					       bool only, size_t *at)
{
	for (; *at < im->kind->n_profiles; (*at)++) {
		const struct zv_import_profile *profile = im->kind->profiles[*at];

		if (profile->type == type && (!only || profile == wish))
			return profile->spec;
	}
	return NULL;
}

/* Tries the profiles of the document's type until one finds a record. */
static enum zv_code open_document(struct zv_import *im, const char *path, enum zv_file_type type, const struct zv_import_profile *wish,
				  bool only, struct zv_row *first, struct zv_err *err)
{
	size_t at = 0;
	bool again = false;

	for (const struct zv_record_spec *spec; (spec = spec_after(im, type, wish, only, &at)) != NULL; at++) {
		struct zv_row row;
		bool more;
		enum zv_code code = ZV_OK;

		if (again) {
			code = open_rows(im, path, NULL, type == ZV_FILE_XML ? spec : NULL, type == ZV_FILE_JSON ? spec : NULL, err);
			if (code == ZV_OK)
				code = zv_rows_next(&more, &row, im->rows, err); /* the header */
		}
		again = true;
		if (code == ZV_OK)
			code = zv_rows_next(&more, &row, im->rows, err);
		if (code != ZV_OK)
			return code;
		if (!more)
			continue;
		im->profile = im->kind->profiles[at];
		im->column_at = ZV_ARENA_ARRAY(&im->life, int, im->profile->n_columns + 1);
		for (size_t i = 0; i < im->profile->n_columns; i++)
			im->column_at[i] = (int)i;
		im->header = ZV_ARENA_ARRAY(&im->life, struct zv_str, im->profile->n_columns + 1);
		im->n_header = im->profile->n_columns;
		for (size_t i = 0; i < im->n_header; i++)
			im->header[i] = zv_str_c(im->profile->columns[i].key);
		keep_row(first, &row, &im->life);
		return ZV_OK;
	}
	return zv_fail(err, ZV_E_UNSUPPORTED, "", N_("%s: no record of %s was found in this document. Is it the right kind of file?"), path,
		       im->kind->name);
}

/* How many columns of the profile the header has, when all required ones are there; otherwise 0. */
static size_t fit_of(struct zv_import *im, const struct zv_import_profile *profile, const struct zv_row *head, int **column_at)
{
	size_t found = 0;

	*column_at = ZV_ARENA_ARRAY(&im->life, int, profile->n_columns + 1);
	if (profile->headless != NULL) {
		for (size_t i = 0; i < profile->n_columns; i++)
			(*column_at)[i] = (int)i;
		return profile->headless(head) ? profile->n_columns : 0;
	}
	if (match_header(*column_at, profile, head->cells, head->n, &im->life) > 0)
		return 0;
	for (size_t i = 0; i < profile->n_columns; i++)
		found += (*column_at)[i] >= 0;
	return found;
}

/*
 * A table of something else shares a column or two ("name") with a template by chance: a list of regions is no list of enterprises.
 * Who means it all the same asks for the profile by name.
 */
static bool by_chance(const struct zv_import_profile *profile, size_t fit, size_t columns)
{
	return profile->exact && fit < KNOWN_ENOUGH && fit * 2 <= columns && columns > 1;
}

/* The profile that was wished for if it fits, else the one that finds most of its columns; the earlier of two alike. */
static bool find_table(struct zv_import *im, const struct zv_import_profile *wish, bool only, const struct zv_row *head)
{
	size_t best = 0;

	for (size_t i = 0; i < im->kind->n_profiles; i++) {
		const struct zv_import_profile *profile = im->kind->profiles[i];
		int *column_at;
		size_t fit;

		if (profile->type != ZV_FILE_CSV || (only && profile != wish))
			continue;
		fit = fit_of(im, profile, head, &column_at);
		if (fit == 0 || (fit <= best && profile != wish) || (!only && by_chance(profile, fit, head->n)))
			continue;
		best = profile == wish ? SIZE_MAX : fit;
		im->profile = profile;
		im->column_at = column_at;
	}
	return best > 0;
}

/* The profile whose missing columns are worth naming: the one asked for, or the one with most of its columns there. */
static const struct zv_import_profile *nearest_table(struct zv_import *im, const struct zv_import_profile *wish, const struct zv_row *head)
{
	const struct zv_import_profile *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < im->kind->n_profiles; i++) {
		const struct zv_import_profile *profile = im->kind->profiles[i];
		int *column_at;
		size_t found = 1;

		if (profile->type != ZV_FILE_CSV || profile->headless != NULL || (wish != NULL && wish != profile))
			continue;
		column_at = ZV_ARENA_ARRAY(&im->life, int, profile->n_columns + 1);
		(void)match_header(column_at, profile, head->cells, head->n, &im->life);
		for (size_t k = 0; k < profile->n_columns; k++)
			found += column_at[k] >= 0;
		if (found > most) {
			most = found;
			best = profile;
			im->column_at = column_at;
		}
	}
	return best;
}

static enum zv_code open_table(struct zv_import *im, const char *path, const struct zv_row *head_row, const struct zv_import_profile *wish,
			       bool only, struct zv_row *first, bool *has_first, struct zv_err *err)
{
	struct zv_row head, row;
	bool more;
	enum zv_code code;

	keep_row(&head, head_row, &im->life);
	if (!find_table(im, wish, only, &head)) {
		const struct zv_import_profile *near = nearest_table(im, only ? wish : NULL, &head);

		if (near == NULL)
			return zv_fail(err, ZV_E_UNSUPPORTED, "", N_("%s: this table is not one that %s can be read from."), path,
				       im->kind->name);
		return missing_columns(im, near, path, err);
	}
	if (im->profile->headless != NULL) {
		*first = head;
		*has_first = true;
		return ZV_OK;
	}
	keep_header(im, &head);
	code = zv_rows_next(&more, &row, im->rows, err);
	if (code != ZV_OK)
		return code;
	if (more && is_key_row(im->profile, &row)) {
		if (match_header(im->column_at, im->profile, row.cells, row.n, &im->life) > 0)
			return missing_columns(im, im->profile, path, err);
	} else if (more) {
		keep_row(first, &row, &im->life);
		*has_first = true;
	}
	if (im->profile->exact)
		warn_unknown(im, head.line);
	return ZV_OK;
}

enum zv_code zv_import_open_file(struct zv_import *im, const char *path, struct zv_row *first, bool *has_first, struct zv_err *err)
{
	const struct zv_import_profile *wish;
	const struct zv_record_spec *xml, *json;
	const struct zv_rows_info *info;
	struct zv_row row;
	size_t at_xml = 0, at_json = 0;
	bool only, more;
	enum zv_code code;

	*has_first = false;
	im->path = path;
	if (im->options->file_name != NULL)
		path = im->options->file_name;
	code = wished_profile(&wish, &only, im, path, err);
	if (code != ZV_OK)
		return code;
	xml = spec_after(im, ZV_FILE_XML, wish, only, &at_xml);
	json = spec_after(im, ZV_FILE_JSON, wish, only, &at_json);
	code = open_rows(im, path, wish, xml, json, err);
	if (code == ZV_OK)
		code = zv_rows_next(&more, &row, im->rows, err);
	if (code != ZV_OK)
		return code;
	if (!more)
		return zv_fail(err, ZV_E_INVALID, "", N_("%s is empty: not even a header."), path);
	info = zv_rows_info(im->rows);
	if (info->type == ZV_FILE_XML || info->type == ZV_FILE_JSON) {
		*has_first = true;
		return open_document(im, path, info->type, wish, only, first, err);
	}
	return open_table(im, path, &row, wish, only, first, has_first, err);
}
