/* From the zip to the sheet: relations, the list of sheets, shared texts and styles. Links to other files are never followed. */
#include "format/xlsx_read.h"

#include <stdio.h>
#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "format/budget.h"
#include "format/xlsx.h"
#include "format/xml.h"
#include "format/zip_read.h"

enum { SHEETS_MAX = 1000, RELATIONS_MAX = 4000 };

struct relation {
	struct zv_str id;
	struct zv_str type;   /* the last step of the type's address: "worksheet", "styles" */
	struct zv_str target; /* name of the member */
};

struct sheet {
	struct zv_str name;
	struct zv_str relation;
	bool hidden;
};

struct workbook {
	struct zv_parse *parse;
	struct zv_zip zip;
	struct zv_arena arena;
	struct zv_str folder; /* that relations of the current document start from */
	ZV_VEC(struct relation) relations;
	ZV_VEC(struct sheet) sheets;
	struct zv_shared shared;
	struct zv_styles styles;
	bool from_1904;
};

typedef enum zv_code read_part(struct workbook *w, struct zv_stream *in, const char *what, struct zv_err *err);

static enum zv_code with_part(struct workbook *w, struct zv_str name, read_part *read, struct zv_err *err)
{
	const struct zv_zip_member *member = zv_zip_find(&w->zip, name);
	struct zv_zip_stream *stream;
	enum zv_code code;

	if (member == NULL)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The workbook lacks its part %.*s; save it again."),
			       ZV_STR_FMT(zv_str_first(name, 100)));
	code = zv_zip_stream_open(&stream, &w->zip, member, err);
	if (code != ZV_OK)
		return code;
	code = read(w, zv_zip_stream_bytes(stream), member->name.p, err); /* zv_str_dup ends it with NUL */
	zv_zip_stream_close(stream);
	return code;
}

/* "worksheets/sheet1.xml" from xl/, "/xl/worksheets/sheet1.xml", "../xl/styles.xml". */
static struct zv_str resolve(struct workbook *w, const char *target)
{
	struct zv_str path = zv_str_c(target);
	struct zv_str folder = w->folder;

	if (path.n > 0 && path.p[0] == '/')
		return zv_str_dup(&w->arena, zv_str_from(path, 1));
	while (zv_str_starts(path, ZV_STR("../")) && folder.n > 0) {
		path = zv_str_from(path, 3);
		for (folder.n--; folder.n > 0 && folder.p[folder.n - 1] != '/'; folder.n--)
			;
	}
	if (zv_str_starts(path, ZV_STR("./")))
		path = zv_str_from(path, 2);
	return zv_arena_strf(&w->arena, "%.*s%.*s", ZV_STR_FMT(folder), ZV_STR_FMT(path));
}

static enum zv_code on_relation(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct workbook *w = arg;
	const char *id = zv_xml_attribute(attributes, "Id");
	const char *type = zv_xml_attribute(attributes, "Type");
	const char *target = zv_xml_attribute(attributes, "Target");
	const char *mode = zv_xml_attribute(attributes, "TargetMode");
	const char *slash;

	(void)xml;
	if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
	    (mode != NULL && strcmp(mode, "External") == 0))
		return ZV_OK;
	if (w->relations.n >= RELATIONS_MAX)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The workbook has more than %d relations."), RELATIONS_MAX);
	slash = strrchr(type, '/');
	zv_vec_push(&w->relations, ((struct relation){zv_str_dup(&w->arena, zv_str_c(id)),
						      zv_str_dup(&w->arena, zv_str_c(slash != NULL ? slash + 1 : type)),
						      resolve(w, target)}));
	return ZV_OK;
}

static enum zv_code read_relations(struct workbook *w, struct zv_stream *in, const char *what, struct zv_err *err)
{
	struct zv_xml_handlers handlers = {on_relation, NULL, NULL, w};

	return zv_xml_parse(in, what, &handlers, NULL, NULL, err);
}

static const struct relation *relation_of_type(const struct workbook *w, struct zv_str type)
{
	for (size_t i = 0; i < w->relations.n; i++) {
		if (zv_str_eq(w->relations.p[i].type, type))
			return &w->relations.p[i];
	}
	return NULL;
}

static const struct relation *relation_of_sheet(const struct workbook *w, const struct sheet *sheet)
{
	for (size_t i = 0; i < w->relations.n; i++) {
		const struct relation *relation = &w->relations.p[i];

		if (zv_str_eq(relation->id, sheet->relation))
			return zv_str_eq(relation->type, ZV_STR("worksheet")) ? relation : NULL;
	}
	return NULL;
}

static enum zv_code on_workbook(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct workbook *w = arg;
	const char *sheet = zv_xml_attribute(attributes, "name");
	const char *id = zv_xml_attribute(attributes, "id");
	const char *state = zv_xml_attribute(attributes, "state");

	(void)xml;
	if (strcmp(name, "workbookPr") == 0) {
		const char *from_1904 = zv_xml_attribute(attributes, "date1904");

		w->from_1904 = from_1904 != NULL && (strcmp(from_1904, "1") == 0 || strcmp(from_1904, "true") == 0);
	}
	if (strcmp(name, "sheet") != 0 || sheet == NULL || id == NULL)
		return ZV_OK;
	if (w->sheets.n >= SHEETS_MAX)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The workbook has more than %d sheets."), SHEETS_MAX);
	zv_vec_push(&w->sheets, ((struct sheet){zv_str_dup(&w->arena, zv_str_c(sheet)), zv_str_dup(&w->arena, zv_str_c(id)),
						state != NULL && strcmp(state, "visible") != 0}));
	return ZV_OK;
}

static enum zv_code read_workbook(struct workbook *w, struct zv_stream *in, const char *what, struct zv_err *err)
{
	struct zv_xml_handlers handlers = {on_workbook, NULL, NULL, w};

	return zv_xml_parse(in, what, &handlers, NULL, NULL, err);
}

static enum zv_code read_shared(struct workbook *w, struct zv_stream *in, const char *what, struct zv_err *err)
{
	return zv_shared_read(&w->shared, in, what, err);
}

static enum zv_code read_styles(struct workbook *w, struct zv_stream *in, const char *what, struct zv_err *err)
{
	return zv_styles_read(&w->styles, in, what, err);
}

static enum zv_code read_sheet(struct workbook *w, struct zv_stream *in, const char *what, struct zv_err *err)
{
	struct zv_sheet_context context = {&w->shared, &w->styles, w->from_1904};

	return zv_sheet_read(w->parse, in, what, &context, err);
}

static bool same_name(struct zv_str a, struct zv_str b)
{
	struct zv_buf x;
	struct zv_buf y;
	bool same;

	zv_buf_init(&x, 0);
	zv_buf_init(&y, 0);
	zv_utf8_fold(&x, zv_str_trim(a));
	zv_utf8_fold(&y, zv_str_trim(b));
	same = zv_str_eq(zv_buf_str(&x), zv_buf_str(&y));
	zv_buf_done(&y);
	zv_buf_done(&x);
	return same;
}

static const struct sheet *sheet_named(const struct workbook *w, struct zv_str name)
{
	for (size_t i = 0; i < w->sheets.n; i++) {
		if (relation_of_sheet(w, &w->sheets.p[i]) != NULL && same_name(w->sheets.p[i].name, name))
			return &w->sheets.p[i];
	}
	return NULL;
}

static enum zv_code fail_sheet(const struct workbook *w, struct zv_err *err)
{
	struct zv_buf names;
	enum zv_code code;

	zv_buf_init(&names, 300);
	for (size_t i = 0; i < w->sheets.n; i++) {
		zv_buf_add_c(&names, i > 0 ? ", " : "");
		zv_buf_addf(&names, zv_tr(N_("“%.*s”")), ZV_STR_FMT(w->sheets.p[i].name));
	}
	code = zv_fail(err, ZV_E_NOTFOUND, "sheet", N_("The workbook has no sheet “%s”; it has %s."), w->parse->options->sheet,
		       zv_buf_c(&names));
	zv_buf_done(&names);
	return code;
}

static enum zv_code choose_sheet(const struct sheet **out, const struct workbook *w, struct zv_err *err)
{
	const struct sheet *sheet = NULL;

	if (w->parse->options->sheet != NULL) {
		*out = sheet_named(w, zv_str_c(w->parse->options->sheet));
		return *out != NULL ? ZV_OK : fail_sheet(w, err);
	}
	sheet = sheet_named(w, ZV_STR("Data"));
	if (sheet == NULL)
		sheet = sheet_named(w, ZV_STR("Данные"));
	for (size_t i = 0; i < w->sheets.n && sheet == NULL; i++) {
		if (!w->sheets.p[i].hidden && relation_of_sheet(w, &w->sheets.p[i]) != NULL)
			sheet = &w->sheets.p[i];
	}
	if (sheet == NULL)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The workbook has no visible sheet with a table."));
	*out = sheet;
	return ZV_OK;
}

/* The relations of xl/workbook.xml stand in xl/_rels/workbook.xml.rels. */
static struct zv_str relations_name(struct workbook *w, struct zv_str part)
{
	size_t folder = part.n;

	while (folder > 0 && part.p[folder - 1] != '/')
		folder--;
	w->folder = zv_str_first(part, folder);
	return zv_arena_strf(&w->arena, "%.*s_rels/%.*s.rels", ZV_STR_FMT(w->folder), ZV_STR_FMT(zv_str_from(part, folder)));
}

static enum zv_code find_workbook(struct zv_str *name, struct workbook *w, struct zv_err *err)
{
	const struct relation *relation;
	enum zv_code code;

	if (zv_zip_find(&w->zip, ZV_STR("_rels/.rels")) == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL,
			       N_("This zip file is not a workbook (XLSX); unpack it and give the table inside."));
	code = with_part(w, ZV_STR("_rels/.rels"), read_relations, err);
	if (code != ZV_OK)
		return code;
	relation = relation_of_type(w, ZV_STR("officeDocument"));
	if (relation == NULL || !zv_str_ends(relation->target, ZV_STR(".xml")) ||
	    zv_str_find(relation->target, ZV_STR("workbook")) < 0)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("This is an Office file, but not an XLSX workbook; save it as XLSX or CSV."));
	*name = relation->target;
	return ZV_OK;
}

static enum zv_code read_all(struct workbook *w, struct zv_err *err)
{
	static const struct {
		const char *type;
		read_part *read;
	} parts[] = {{"sharedStrings", read_shared}, {"styles", read_styles}};
	struct zv_str name;
	const struct sheet *sheet;
	const struct relation *relation;
	enum zv_code code = find_workbook(&name, w, err);

	if (code != ZV_OK)
		return code;
	w->relations.n = 0;
	code = with_part(w, relations_name(w, name), read_relations, err);
	if (code == ZV_OK)
		code = with_part(w, name, read_workbook, err);
	if (code == ZV_OK)
		code = choose_sheet(&sheet, w, err);
	for (size_t i = 0; code == ZV_OK && i < ZV_LEN(parts); i++) {
		relation = relation_of_type(w, zv_str_c(parts[i].type));
		if (relation != NULL)
			code = with_part(w, relation->target, parts[i].read, err);
	}
	if (code != ZV_OK)
		return code;
	(void)snprintf(w->parse->info.sheet, sizeof(w->parse->info.sheet), "%.*s",
		       ZV_STR_FMT(zv_str_first(sheet->name, sizeof(w->parse->info.sheet) - 1)));
	zv_parse_encoding(w->parse, ZV_ENCODING_ASSUMED, "utf-8");
	return with_part(w, relation_of_sheet(w, sheet)->target, read_sheet, err);
}

enum zv_code zv_xlsx_read(struct zv_parse *parse, struct zv_err *err)
{
	struct workbook w = {.parse = parse};
	enum zv_code code = zv_zip_open(&w.zip, parse->source, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&w.arena);
	zv_shared_init(&w.shared);
	zv_styles_init(&w.styles);
	code = read_all(&w, err);
	zv_styles_done(&w.styles);
	zv_shared_done(&w.shared);
	zv_vec_done(&w.sheets);
	zv_vec_done(&w.relations);
	zv_arena_done(&w.arena);
	zv_zip_close(&w.zip);
	return code;
}
