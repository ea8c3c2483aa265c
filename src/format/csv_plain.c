/* Rows of a plain CSV: a line is found by memchr, cells are cut in place; only a row with a quote is walked byte by byte. */
#include "format/csv_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { BUFFER = 256 * 1024 };

void zv_csv_plain_init(struct zv_csv_plain *csv, FILE *file, const char *name)
{
	*csv = (struct zv_csv_plain){.file = file, .name = name};
	csv->buf = zv_alloc(BUFFER);
}

void zv_csv_plain_done(struct zv_csv_plain *csv)
{
	free(csv->buf);
	csv->buf = NULL;
}

static enum zv_code bad(const struct zv_csv_plain *csv, const char *what, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, csv->name, N_("%s, line %lld: %s."), csv->name, (long long)csv->line, zv_tr(what));
}

static enum zv_code fill(struct zv_csv_plain *csv, struct zv_err *err)
{
	memmove(csv->buf, csv->buf + csv->at, csv->n - csv->at);
	csv->n -= csv->at;
	csv->at = 0;
	csv->n += fread(csv->buf + csv->n, 1, BUFFER - csv->n, csv->file);
	csv->end = csv->n < BUFFER;
	if (ferror(csv->file))
		return zv_fail(err, ZV_E_IO, csv->name, N_("%s could not be read to its end."), csv->name);
	return ZV_OK;
}

/* The bytes of one row with its line break; quotes may hold line breaks. 0: not all of it is in the buffer. */
static size_t row_bytes(const struct zv_csv_plain *csv, bool *quoted)
{
	const char *p = csv->buf + csv->at, *end = csv->buf + csv->n;
	bool open = false;

	*quoted = false;
	for (;;) {
		const char *lf = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
		const char *stop = lf != NULL ? lf : end;

		for (const char *q = p; (q = memchr(q, '"', (size_t)(stop - q))) != NULL; q++) {
			*quoted = true;
			open = !open;
		}
		if (lf != NULL && !open)
			return (size_t)(lf + 1 - csv->buf) - csv->at;
		if (lf == NULL)
			return csv->end ? csv->n - csv->at : 0;
		p = lf + 1;
	}
}

static enum zv_code add_cell(struct zv_csv_plain *csv, const char *p, const char *end, struct zv_err *err)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (csv->n_cells == ZV_CSV_PLAIN_COLUMNS)
		return zv_fail(err, ZV_E_LIMIT, csv->name, N_("%s, line %lld: more than %d columns."), csv->name, (long long)csv->line, ZV_CSV_PLAIN_COLUMNS);
	csv->cells[csv->n_cells++] = (struct zv_str){p, (size_t)(end - p)};
	return ZV_OK;
}

static enum zv_code cut(struct zv_csv_plain *csv, const char *p, const char *end, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (const char *comma; code == ZV_OK && (comma = memchr(p, ',', (size_t)(end - p))) != NULL; p = comma + 1)
		code = add_cell(csv, p, comma, err);
	return code == ZV_OK ? add_cell(csv, p, end, err) : code;
}

/* One cell in quotes from *at, behind the opening one; the doubled quotes are joined in place. *at is then on the comma or the end. */
static enum zv_code quoted_cell(struct zv_csv_plain *csv, char **at, char *end, struct zv_err *err)
{
	char *from = *at, *to = *at, *p = *at;

	for (;; p++) {
		if (p == end)
			return bad(csv, N_("a quote is never closed"), err);
		if (*p == '"' && (p + 1 == end || p[1] != '"'))
			break;
		if (*p == '"')
			p++;
		*to++ = *p;
	}
	for (p++; p < end && (*p == ' ' || *p == '\t'); p++)
		;
	if (p < end && *p != ',')
		return bad(csv, N_("text follows a closing quote"), err);
	*at = p;
	return add_cell(csv, from, to, err);
}

static enum zv_code cut_quoted(struct zv_csv_plain *csv, char *p, char *end, struct zv_err *err)
{
	for (;;) {
		enum zv_code code;
		char *start = p;

		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		if (p < end && *p == '"') {
			p++;
			code = quoted_cell(csv, &p, end, err);
		} else {
			char *comma = p < end ? memchr(p, ',', (size_t)(end - p)) : NULL;

			p = comma != NULL ? comma : end;
			code = memchr(start, '"', (size_t)(p - start)) != NULL ? bad(csv, N_("a quote stands inside a cell without quotes"), err)
									       : add_cell(csv, start, p, err);
		}
		if (code != ZV_OK || p == end)
			return code;
		p++;
	}
}

static enum zv_code one_row(struct zv_csv_plain *csv, size_t n, bool quoted, struct zv_err *err)
{
	char *p = csv->buf + csv->at, *end = p + n;

	csv->line = csv->lines + 1;
	for (const char *q = p; q < end && (q = memchr(q, '\n', (size_t)(end - q))) != NULL; q++)
		csv->lines++;
	csv->at += n;
	csv->n_cells = 0;
	if (n > ZV_CSV_PLAIN_ROW)
		return zv_fail(err, ZV_E_LIMIT, csv->name, N_("%s, line %lld: a row of more than %d bytes."), csv->name, (long long)csv->line, ZV_CSV_PLAIN_ROW);
	if (end > p && end[-1] == '\n')
		end--;
	if (end > p && end[-1] == '\r')
		end--;
	if (csv->line == 1 && end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	if (zv_utf8_check((struct zv_str){p, (size_t)(end - p)}) >= 0 || memchr(p, '\0', (size_t)(end - p)) != NULL)
		return bad(csv, N_("this is not UTF-8 text"), err);
	if (p == end)
		return ZV_OK;
	return quoted ? cut_quoted(csv, p, end, err) : cut(csv, p, end, err);
}

enum zv_code zv_csv_plain_next(bool *more, struct zv_csv_plain *csv, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (csv->n_cells = 0; code == ZV_OK;) {
		bool quoted;
		size_t n = row_bytes(csv, &quoted);

		if (n == 0 && !csv->end && csv->n - csv->at > ZV_CSV_PLAIN_ROW) {
			csv->line = csv->lines + 1;
			return zv_fail(err, ZV_E_LIMIT, csv->name, N_("%s, line %lld: a row of more than %d bytes."), csv->name, (long long)csv->line,
				       ZV_CSV_PLAIN_ROW);
		}
		if (n == 0 && csv->end) {
			*more = false;
			return ZV_OK;
		}
		if (n == 0) {
			code = fill(csv, err);
			continue;
		}
		code = one_row(csv, n, quoted, err);
		if (code == ZV_OK && csv->n_cells > 0) {
			*more = true;
			return ZV_OK;
		}
	}
	return code;
}
