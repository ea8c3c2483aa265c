/* xl/styles.xml: nothing but the number formats matters here, and of those only whether they show a date. */
#include "format/xlsx.h"

#include <string.h>

#include "base/map.h"
#include "format/budget.h"
#include "format/xml.h"

enum { STYLES_MAX = 100000 };

struct reader {
	struct zv_styles *styles;
	struct zv_map formats; /* id of a format of this workbook: is it a date */
	bool in_cell_formats;
};

void zv_styles_init(struct zv_styles *styles)
{
	*styles = (struct zv_styles){.is_date = {0}};
}

void zv_styles_done(struct zv_styles *styles)
{
	zv_vec_done(&styles->is_date);
}

/* ECMA-376 18.8.30: the formats that have a number but no text. 45 and 47 are times, 46 is a duration. */
static bool is_builtin_date(int64_t id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 || (id >= 50 && id <= 58);
}

bool zv_styles_is_date_format(struct zv_str f)
{
	bool date = false;

	for (size_t i = 0; i < f.n && f.p[i] != ';'; i++) { /* the first section is the one for dates */
		char c = (char)(f.p[i] | 0x20);

		if (f.p[i] == '"') {
			for (i++; i < f.n && f.p[i] != '"'; i++)
				;
		} else if (f.p[i] == '\\' || f.p[i] == '_' || f.p[i] == '*') {
			i++; /* the next character stands for itself */
		} else if (f.p[i] == '[') {
			char first = i + 1 < f.n ? (char)(f.p[i + 1] | 0x20) : ' ';
			char second = i + 2 < f.n ? (char)(f.p[i + 2] | 0x20) : ' ';

			if ((first == 'h' || first == 'm' || first == 's') && (second == first || second == (']' | 0x20)))
				return false;
			for (; i < f.n && f.p[i] != ']'; i++)
				;
		} else if (c == 'd' || c == 'm' || c == 'y' || c == 'h' || c == 's') {
			date = true;
		} else if (c == 'g' || f.p[i] == '0' || f.p[i] == '#' || f.p[i] == '?') {
			if (c != 'g' && date) /* "ss.000": fractions of a second */
				continue;
			return false; /* General, or digits */
		}
	}
	return date;
}

static int64_t id_of(const char **attributes)
{
	const char *text = zv_xml_attribute(attributes, "numFmtId");
	int64_t id = 0;

	if (text != NULL && !zv_str_int(&id, zv_str_c(text)))
		id = 0;
	return id;
}

static enum zv_code on_start(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct reader *r = arg;
	int64_t id;
	int64_t known;

	(void)xml;
	if (strcmp(name, "numFmt") == 0) {
		const char *format = zv_xml_attribute(attributes, "formatCode");

		if (format != NULL && r->formats.n < STYLES_MAX)
			zv_map_put_int(&r->formats, id_of(attributes), zv_styles_is_date_format(zv_str_c(format)));
	} else if (strcmp(name, "cellXfs") == 0) {
		r->in_cell_formats = true;
	} else if (strcmp(name, "xf") == 0 && r->in_cell_formats) {
		if (r->styles->is_date.n >= STYLES_MAX)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("The workbook has more than %d cell styles."), STYLES_MAX);
		id = id_of(attributes);
		zv_vec_push(&r->styles->is_date,
			    zv_map_get_int(&known, &r->formats, id) ? known != 0 : is_builtin_date(id));
	}
	return ZV_OK;
}

static enum zv_code on_end(void *arg, struct zv_xml *xml, const char *name, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	(void)err;
	if (strcmp(name, "cellXfs") == 0)
		r->in_cell_formats = false;
	return ZV_OK;
}

enum zv_code zv_styles_read(struct zv_styles *styles, struct zv_stream *in, const char *what, struct zv_err *err)
{
	struct reader r = {.styles = styles};
	struct zv_xml_handlers handlers = {on_start, on_end, NULL, &r};
	enum zv_code code;

	zv_map_init(&r.formats);
	code = zv_xml_parse(in, what, &handlers, NULL, NULL, err);
	zv_map_done(&r.formats);
	return code;
}
