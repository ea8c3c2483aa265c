/* Which reader a file needs, and the budgets that hold for the rows of all of them. */
#include "format/parse.h"

#include <stdio.h>

#include "base/utf8.h"
#include "format/budget.h"
#include "format/csv_read.h"
#include "format/json_read.h"
#include "format/xlsx_read.h"
#include "format/xml_read.h"

enum { PROGRESS = 1 << 20, OLE_LOOK = 64 * 1024 };

static bool has(struct zv_str s, const char *what, size_t n)
{
	return zv_str_find(s, (struct zv_str){what, n}) >= 0;
}

/* Kinds of file that people send and that are no tables. */
static enum zv_code refuse_known(struct zv_str head, struct zv_err *err)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	if (zv_str_starts(head, ZV_STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) {
		if (has(zv_str_first(head, OLE_LOOK), encrypted, sizeof(encrypted)))
			return zv_fail(err, ZV_E_UNSUPPORTED, NULL,
				       N_("The workbook has a password; save it without one (File, Info, Protect Workbook)."));
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL,
			       N_("This is an old .xls workbook; open it and save it as .xlsx or CSV."));
	}
	if (zv_str_starts(head, ZV_STR("%PDF-")))
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("This is a PDF; a table is needed: XLSX, CSV, XML or JSON."));
	if (zv_str_starts(head, ZV_STR("7z\xbc\xaf\x27\x1c")) || zv_str_starts(head, ZV_STR("Rar!")))
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("This is an archive; unpack it and give the table inside."));
	return ZV_OK;
}

static struct zv_str without_blanks(struct zv_str s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n'))
		s = zv_str_from(s, 1);
	return s;
}

static enum zv_file_type find_type(struct zv_str head)
{
	struct zv_str text;

	if (zv_str_starts(head, ZV_STR("PK\x03\x04")) || zv_str_starts(head, ZV_STR("PK\x05\x06")))
		return ZV_FILE_XLSX;
	if (zv_str_starts(head, ZV_STR("\xff\xfe<\0")) || zv_str_starts(head, ZV_STR("\xfe\xff\0<")))
		return ZV_FILE_XML;
	text = without_blanks(zv_str_starts(head, ZV_STR("\xef\xbb\xbf")) ? zv_str_from(head, 3) : head);
	if (text.n >= 2 && text.p[0] == '<' &&
	    (text.p[1] == '?' || text.p[1] == '!' || ((text.p[1] | 0x20) >= 'a' && (text.p[1] | 0x20) <= 'z')))
		return ZV_FILE_XML;
	if (text.n > 0 && (text.p[0] == '{' || text.p[0] == '['))
		return ZV_FILE_JSON;
	return ZV_FILE_CSV;
}

static enum zv_file_type type_by_name(const char *file)
{
	static const struct {
		const char *ending;
		enum zv_file_type type;
	} endings[] = {
		{".csv", ZV_FILE_CSV},   {".tsv", ZV_FILE_CSV},  {".txt", ZV_FILE_CSV},       {".xml", ZV_FILE_XML},
		{".json", ZV_FILE_JSON}, {".jsonl", ZV_FILE_JSON}, {".geojson", ZV_FILE_JSON},
	};
	struct zv_str name = zv_str_c(file);

	if (name.n > 3 && zv_str_eq_nocase(zv_str_from(name, name.n - 3), ZV_STR(".gz")))
		name.n -= 3;
	for (size_t i = 0; i < ZV_LEN(endings); i++) {
		struct zv_str ending = zv_str_c(endings[i].ending);

		if (name.n > ending.n && zv_str_eq_nocase(zv_str_from(name, name.n - ending.n), ending))
			return endings[i].type;
	}
	return ZV_FILE_AUTO;
}

/* The bytes of a workbook say it themselves; a text is what its name says, or else what its first letters say. */
static enum zv_file_type choose_type(const struct zv_rows_options *options, struct zv_str head)
{
	enum zv_file_type found = find_type(head);
	enum zv_file_type named = type_by_name(options->name);

	if (options->type != ZV_FILE_AUTO)
		return options->type;
	return found == ZV_FILE_XLSX || named == ZV_FILE_AUTO ? found : named;
}

static enum zv_code check_type(enum zv_file_type asked, struct zv_str head, struct zv_err *err)
{
	bool zip = find_type(head) == ZV_FILE_XLSX;

	if (zip != (asked == ZV_FILE_XLSX))
		return zv_fail(err, ZV_E_INVALID, NULL,
			       zip ? N_("This is a workbook (XLSX) and not the kind of file that was named.")
				   : N_("This is not a workbook (XLSX): it does not begin like one."));
	return ZV_OK;
}

static enum zv_code read_as(struct zv_parse *parse, struct zv_err *err)
{
	switch (parse->info.type) {
	case ZV_FILE_XLSX:
		return zv_xlsx_read(parse, err);
	case ZV_FILE_XML:
		return zv_xml_read(parse, err);
	case ZV_FILE_JSON:
		return zv_json_read(parse, err);
	default:
		return zv_csv_read(parse, err);
	}
}

/* A name cut to its room must not end inside a character. */
static void cut(char *text)
{
	ptrdiff_t bad = zv_utf8_check(zv_str_c(text));

	if (bad >= 0)
		text[bad] = '\0';
}

static enum zv_code send_info(struct zv_parse *parse, struct zv_err *err)
{
	cut(parse->info.sheet);
	cut(parse->info.encoding);
	parse->info_sent = true;
	parse->bytes_sent = parse->info.bytes;
	return parse->sink->info(parse->sink->arg, &parse->info, err);
}

enum zv_code zv_parse(struct zv_source *source, const struct zv_rows_options *options, const struct zv_sink *sink,
		      struct zv_err *err)
{
	struct zv_parse parse = {.options = options, .sink = sink, .source = source};
	struct zv_str head;
	enum zv_code code = zv_source_start(source, err);

	if (code != ZV_OK)
		return code;
	head = zv_source_head(source);
	code = refuse_known(head, err);
	if (code == ZV_OK && options->type != ZV_FILE_AUTO)
		code = check_type(options->type, head, err);
	if (code != ZV_OK)
		return code;
	parse.info.gzip = source->gunzip != NULL;
	parse.info.type = choose_type(options, head);
	code = read_as(&parse, err);
	return code == ZV_OK ? send_info(&parse, err) : code;
}

static enum zv_code check_budget(struct zv_parse *parse, const struct zv_row *row, struct zv_err *err)
{
	size_t total = 0;

	if (row->n > ZV_LIMIT_COLUMNS)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Row %lld has more than %d columns."), (long long)row->line,
			       ZV_LIMIT_COLUMNS);
	for (size_t i = 0; i < row->n; i++) {
		if (row->cells[i].n > ZV_LIMIT_FIELD)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("Row %lld, column %zu: the text is longer than %d KiB."),
				       (long long)row->line, i + 1, ZV_LIMIT_FIELD >> 10);
		total += row->cells[i].n;
	}
	if (total > ZV_LIMIT_ROW)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Row %lld is longer than %d MiB."), (long long)row->line,
			       ZV_LIMIT_ROW >> 20);
	parse->out += (int64_t)total;
	if (parse->out > ZV_LIMIT_REPEAT_FROM && parse->out / ZV_LIMIT_REPEAT > parse->info.bytes)
		return zv_fail(err, ZV_E_LIMIT, NULL,
			       N_("Row %lld: the file repeats its texts until they are more than %d times as long as the file; split it."),
			       (long long)row->line, ZV_LIMIT_REPEAT);
	return ZV_OK;
}

enum zv_code zv_parse_row(struct zv_parse *parse, const struct zv_row *row, struct zv_err *err)
{
	enum zv_code code = check_budget(parse, row, err);

	if (code == ZV_OK && (!parse->info_sent || parse->info.bytes - parse->bytes_sent > PROGRESS))
		code = send_info(parse, err);
	return code == ZV_OK ? parse->sink->row(parse->sink->arg, row, err) : code;
}

void zv_parse_encoding(struct zv_parse *parse, enum zv_encoding_source source, const char *name)
{
	parse->info.encoding_source = source;
	(void)snprintf(parse->info.encoding, sizeof(parse->info.encoding), "%s", name);
	parse->info_sent = false;
}
