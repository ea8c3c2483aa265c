/* The parts of a workbook, shared by the files that read them. Not for other folders. */
#ifndef ZV_FORMAT_XLSX_H
#define ZV_FORMAT_XLSX_H

#include "base/buf.h"
#include "base/vec.h"
#include "format/parse.h"
#include "format/stream.h"

/* The texts that cells refer to by number. */
struct zv_shared {
	struct zv_buf bytes;
	ZV_VEC(uint32_t) ends; /* text i ends here; it begins where the one before ends */
};

void zv_shared_init(struct zv_shared *shared);
void zv_shared_done(struct zv_shared *shared);
ZV_MUST_CHECK enum zv_code zv_shared_read(struct zv_shared *shared, struct zv_stream *in, const char *what, struct zv_err *err);

/* False past the end. Borrowed. */
bool zv_shared_get(struct zv_str *out, const struct zv_shared *shared, uint32_t index);

/* Which cell styles show a number as a date or a time. */
struct zv_styles {
	ZV_VEC(bool) is_date;
};

void zv_styles_init(struct zv_styles *styles);
void zv_styles_done(struct zv_styles *styles);
ZV_MUST_CHECK enum zv_code zv_styles_read(struct zv_styles *styles, struct zv_stream *in, const char *what, struct zv_err *err);

/* True for "dd.mm.yyyy;@", not for "0.00" or "[h]:mm" (a duration, which stays a number). */
bool zv_styles_is_date_format(struct zv_str format);

/*
 * Appends a number of a cell as plain decimal: the shortest that is the same double, without exponent: "0.04" for
 * 0.040000000000000001, "7700000000" for 7.7E9. What is no number, or would need more than 40 digits, is left as it is.
 */
void zv_number_plain(struct zv_buf *out, struct zv_str text);

/* Appends day number `plain` (as above) as date, instant or time; false when it is none. */
bool zv_number_date(struct zv_buf *out, struct zv_str plain, bool from_1904);

/* Appends a text in which _x000D_ stands for a character that XML cannot hold. False when that is U+0000. */
bool zv_xlsx_unescape(struct zv_buf *out, struct zv_str text);

/* The rows of a sheet. */
struct zv_sheet_context {
	const struct zv_shared *shared;
	const struct zv_styles *styles;
	bool from_1904;
};

ZV_MUST_CHECK enum zv_code zv_sheet_read(struct zv_parse *parse, struct zv_stream *in, const char *what,
					 const struct zv_sheet_context *context, struct zv_err *err);

#endif
