/* The CSV parser: finds cells in place in one buffer, then makes their bytes UTF-8. */
#include "format/csv_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "format/budget.h"
#include "format/charset.h"
#include "format/letters.h"

enum { BUFFER = 256 * 1024, BUFFER_MIN = 4096, SAMPLE = 64 * 1024, BUFFER_MAX = 2 * ZV_LIMIT_ROW };

enum class { PLAIN, SEPARATOR, LF, CR };

struct cell {
	uint32_t from; /* relative to the start of the row */
	uint32_t to;
	bool doubled; /* holds "" */
};

struct csv {
	struct zv_parse *parse;
	struct zv_stream *in;
	char *buf;
	size_t cap;
	size_t at; /* start of the row */
	size_t end;
	bool eof;
	bool no_quotes;
	char separator;
	unsigned char class_of[256];
	enum zv_charset charset; /* UNKNOWN: nothing but ASCII so far */
	int64_t line;            /* of the row */
	size_t breaks;           /* line breaks in the row, its end included */
	struct cell *cells;
	size_t n;
	struct zv_str *out;
	enum zv_code failed; /* why a scan failed */
	struct zv_buf text;  /* a row converted from an eight-bit encoding */
};

enum scan { SCAN_ROW, SCAN_MORE, SCAN_FAILED };

/* Moves the unread bytes to the front and fills the buffer up, after doubling it if it is one row. */
static enum zv_code fill(struct csv *csv, struct zv_err *err)
{
	size_t got = 0;
	enum zv_code code;

	if (csv->eof)
		return ZV_OK;
	memmove(csv->buf, csv->buf + csv->at, csv->end - csv->at);
	csv->end -= csv->at;
	csv->at = 0;
	if (csv->end > csv->cap / 2 && csv->cap < BUFFER_MAX) {
		csv->cap *= 2;
		csv->buf = zv_realloc(csv->buf, csv->cap);
	}
	code = zv_stream_read(&got, csv->in, csv->buf + csv->end, csv->cap - csv->end, err);
	if (code != ZV_OK)
		return code;
	csv->eof = got < csv->cap - csv->end;
	csv->end += got;
	return ZV_OK;
}

/* CRLF, LF and CR each count once. */
static size_t count_breaks(const char *p, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += p[i] == '\n' || (p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n'));
	return count;
}

static enum scan fail_scan(struct csv *csv, enum zv_code code)
{
	csv->failed = code;
	return SCAN_FAILED;
}

static enum scan fail_field(struct csv *csv, struct zv_err *err)
{
	return fail_scan(csv, zv_fail(err, ZV_E_LIMIT, NULL,
				 N_("Line %lld, column %zu: a field is longer than %d KiB; is the separator right, and is a quote left open?"),
				 (long long)csv->line, csv->n + 1, ZV_LIMIT_FIELD >> 10));
}

static enum scan fail_open_quote(struct csv *csv, const char *row, size_t from, struct zv_err *err)
{
	return fail_scan(csv, zv_fail(err, ZV_E_INVALID, NULL,
				 N_("The quote that opens in line %lld, column %zu is never closed; close it, or double it if it belongs to the text."),
				 (long long)csv->line + (long long)count_breaks(row, from), csv->n + 1));
}

/* From the byte after the opening quote to the byte after the closing one. */
static enum scan scan_quoted(size_t *at, struct csv *csv, struct cell *cell, const char *row, size_t n, struct zv_err *err)
{
	size_t from = *at;
	size_t i = from;

	cell->doubled = false;
	for (;;) {
		const char *quote = memchr(row + i, '"', n - i);

		if (quote == NULL && csv->eof)
			return fail_open_quote(csv, row, from - 1, err);
		if (quote == NULL)
			return n - from > ZV_LIMIT_FIELD ? fail_field(csv, err) : SCAN_MORE;
		i = (size_t)(quote - row) + 1;
		if (i == n && !csv->eof)
			return SCAN_MORE;
		if (i == n || row[i] != '"')
			break;
		cell->doubled = true;
		i++;
	}
	cell->from = (uint32_t)from;
	cell->to = (uint32_t)(i - 1);
	csv->breaks += count_breaks(row + from, i - 1 - from);
	*at = i;
	return SCAN_ROW;
}

/* Finds the cells of the row at `at`; *length is that of the row with its line end. */
static enum scan scan_row(size_t *length, struct csv *csv, struct zv_err *err)
{
	const char *row = csv->buf + csv->at;
	size_t n = csv->end - csv->at;
	size_t i = 0;

	csv->breaks = 0;
	for (csv->n = 0;; csv->n++) {
		struct cell *cell = &csv->cells[csv->n];
		size_t from = i;

		if (csv->n == ZV_LIMIT_COLUMNS)
			return fail_scan(csv, zv_fail(err, ZV_E_LIMIT, NULL, N_("Line %lld has more than %d columns."),
						 (long long)csv->line, ZV_LIMIT_COLUMNS));
		if (i < n && row[i] == '"' && !csv->no_quotes) {
			enum scan quoted;

			i++;
			quoted = scan_quoted(&i, csv, cell, row, n, err);
			if (quoted != SCAN_ROW)
				return quoted;
		} else {
			while (i < n && csv->class_of[(unsigned char)row[i]] == PLAIN)
				i++;
			*cell = (struct cell){(uint32_t)from, (uint32_t)i, false};
		}
		if (i - from > ZV_LIMIT_FIELD)
			return fail_field(csv, err);
		if (i == n && !csv->eof)
			return SCAN_MORE;
		if (i == n)
			break;
		if (csv->class_of[(unsigned char)row[i]] == SEPARATOR) {
			i++;
			continue;
		}
		if (csv->class_of[(unsigned char)row[i]] == PLAIN)
			return fail_scan(csv, zv_fail(err, ZV_E_INVALID, NULL,
						 N_("Line %lld, column %zu: text goes on after the closing quote; double the quotes that belong to the text."),
						 (long long)csv->line, csv->n + 1));
		if (row[i] == '\r' && i + 1 == n && !csv->eof)
			return SCAN_MORE;
		i += row[i] == '\r' && i + 1 < n && row[i + 1] == '\n' ? 2 : 1;
		csv->breaks++;
		break;
	}
	csv->n++;
	*length = i;
	return SCAN_ROW;
}

/* Which cell a byte of the row belongs to, from 1. */
static size_t column_of(const struct csv *csv, size_t at)
{
	size_t column = 1;

	while (column < csv->n && csv->cells[column].from <= at)
		column++;
	return column;
}

static enum zv_code fail_encoding(const struct csv *csv, size_t at, struct zv_err *err)
{
	long long line = (long long)csv->line + (long long)count_breaks(csv->buf + csv->at, at);
	size_t column = column_of(csv, at);

	if (csv->charset == ZV_CHARSET_UNKNOWN)
		return zv_fail(err, ZV_E_INVALID, NULL,
			       N_("Line %lld, column %zu: the text is not UTF-8, and it is not plain which encoding it is. Name it with --encoding (windows-1251, koi8-r, ibm866) or save the file as UTF-8."),
			       line, column);
	return zv_fail(err, ZV_E_INVALID, NULL,
		       N_("Line %lld, column %zu: these bytes are not %s like the text before; the file mixes encodings or is damaged. Save it as UTF-8."),
		       line, column, zv_charset_name(csv->charset));
}

/* The first bytes beyond ASCII stand in the current row: strict UTF-8, or plainly Russian Windows-1251, or the user must say. */
static enum zv_code find_charset(struct csv *csv, size_t length, struct zv_err *err)
{
	struct zv_str row;
	struct zv_str sample;
	ptrdiff_t bad;
	enum zv_code code = ZV_OK;

	if (csv->end - csv->at < SAMPLE)
		code = fill(csv, err);
	if (code != ZV_OK)
		return code;
	row = (struct zv_str){csv->buf + csv->at, length};
	sample = zv_str_first((struct zv_str){csv->buf + csv->at, csv->end - csv->at}, SAMPLE > length ? SAMPLE : length);
	bad = zv_utf8_check(sample);
	if (bad >= 0 && zv_letters_windows_1251(sample)) {
		csv->charset = ZV_CHARSET_WINDOWS_1251;
		zv_parse_encoding(csv->parse, ZV_ENCODING_LETTERS, zv_charset_name(csv->charset));
		return ZV_OK;
	}
	bad = zv_utf8_check(row);
	if (bad >= 0)
		return fail_encoding(csv, (size_t)bad, err);
	csv->charset = ZV_CHARSET_UTF8; /* a bad byte in a later row is told there */
	zv_parse_encoding(csv->parse, ZV_ENCODING_STRICT, zv_charset_name(csv->charset));
	return ZV_OK;
}

/* "" becomes " in place; the new length. */
static size_t undouble(char *p, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		p[to++] = p[i];
		i += p[i] == '"';
	}
	return to;
}

static void cells_in_place(struct csv *csv)
{
	char *row = csv->buf + csv->at;

	for (size_t i = 0; i < csv->n; i++) {
		const struct cell *cell = &csv->cells[i];
		size_t n = cell->to - cell->from;

		csv->out[i] = (struct zv_str){row + cell->from, cell->doubled ? undouble(row + cell->from, n) : n};
	}
}

/* From an eight-bit encoding. */
static enum zv_code convert_cells(struct csv *csv, size_t length, struct zv_err *err)
{
	struct zv_str row = {csv->buf + csv->at, length};
	ptrdiff_t bad = csv->charset == ZV_CHARSET_WINDOWS_1251 ? zv_letters_utf8_inside(row) : -1;

	if (bad >= 0)
		return fail_encoding(csv, (size_t)bad, err);
	cells_in_place(csv);
	zv_buf_reset(&csv->text);
	(void)zv_buf_reserve(&csv->text, 3 * length); /* nothing moves from here on */
	for (size_t i = 0; i < csv->n; i++) {
		size_t from = csv->text.n;

		bad = zv_charset_decode(&csv->text, csv->charset, csv->out[i]);
		if (bad >= 0)
			return fail_encoding(csv, csv->cells[i].from + (size_t)bad, err);
		csv->out[i] = (struct zv_str){csv->text.p + from, csv->text.n - from};
	}
	return ZV_OK;
}

static bool is_ascii(struct zv_str s)
{
	size_t i = 0;
	uint64_t word;

	for (; i + sizeof(word) <= s.n; i += sizeof(word)) {
		memcpy(&word, s.p + i, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			return false;
	}
	for (; i < s.n; i++) {
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	}
	return true;
}

/* Makes the cells of the scanned row valid UTF-8 in csv->out. */
static enum zv_code decode_row(struct csv *csv, size_t length, struct zv_err *err)
{
	struct zv_str row = {csv->buf + csv->at, length};
	const char *nul = memchr(row.p, '\0', row.n);
	ptrdiff_t bad;
	enum zv_code code;

	if (nul != NULL)
		return zv_fail(err, ZV_E_INVALID, NULL,
			       N_("Line %lld, column %zu: a zero byte. This is not a text file, or it is UTF-16 without its mark; save it as UTF-8."),
			       (long long)csv->line + (long long)count_breaks(row.p, (size_t)(nul - row.p)),
			       column_of(csv, (size_t)(nul - row.p)));
	if (csv->charset != ZV_CHARSET_UTF8 && is_ascii(row)) {
		cells_in_place(csv);
		return ZV_OK;
	}
	if (csv->charset == ZV_CHARSET_UNKNOWN) {
		code = find_charset(csv, length, err);
		if (code != ZV_OK)
			return code;
		row.p = csv->buf + csv->at;
	}
	if (csv->charset != ZV_CHARSET_UTF8)
		return convert_cells(csv, length, err);
	bad = zv_utf8_check(row);
	if (bad >= 0)
		return fail_encoding(csv, (size_t)bad, err);
	cells_in_place(csv);
	return ZV_OK;
}

static enum zv_code give_row(struct csv *csv, size_t length, struct zv_err *err)
{
	const struct cell *first = &csv->cells[0];
	struct zv_row row = {.line = csv->line, .fault_column = -1};
	enum zv_code code;

	if (csv->n == 1 && first->from == first->to && first->from == 0) /* a blank line */
		return ZV_OK;
	code = decode_row(csv, length, err);
	if (code != ZV_OK)
		return code;
	row.cells = csv->out;
	row.n = csv->n;
	return zv_parse_row(csv->parse, &row, err);
}

static enum zv_code read_rows(struct csv *csv, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && (csv->at < csv->end || !csv->eof)) {
		size_t length;
		enum scan scan = csv->at < csv->end ? scan_row(&length, csv, err) : SCAN_MORE;

		if (scan == SCAN_FAILED)
			return csv->failed;
		if (scan == SCAN_MORE && csv->end - csv->at > ZV_LIMIT_ROW)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("Line %lld: a row is longer than %d MiB."),
				       (long long)csv->line, ZV_LIMIT_ROW >> 20);
		if (scan == SCAN_MORE) {
			code = fill(csv, err);
			continue;
		}
		code = give_row(csv, length, err);
		csv->at += length;
		csv->line += (int64_t)csv->breaks;
		csv->parse->info.bytes += (int64_t)length;
	}
	return code;
}

/* The charset by mark or name, and the stream converted if it is UTF-16. */
static enum zv_code start(struct csv *csv, struct zv_utf16_stream *utf16, struct zv_err *err)
{
	const struct zv_rows_options *o = csv->parse->options;
	enum zv_encoding_source source = ZV_ENCODING_MARK;
	char skipped[4];
	size_t mark;
	enum zv_code code;

	csv->in = &csv->parse->source->stream;
	csv->charset = zv_charset_mark(&mark, zv_source_head(csv->parse->source));
	code = zv_stream_read(&mark, csv->in, skipped, mark, err);
	if (code == ZV_OK && csv->charset == ZV_CHARSET_UNKNOWN && o->encoding != NULL) {
		csv->charset = zv_charset_find(o->encoding);
		source = ZV_ENCODING_NAMED;
		if (csv->charset == ZV_CHARSET_UNKNOWN)
			code = zv_fail(err, ZV_E_UNSUPPORTED, "encoding",
				       N_("The encoding “%s” is not known; use utf-8, windows-1251, koi8-r, ibm866 or utf-16."),
				       o->encoding);
	}
	if (code != ZV_OK)
		return code;
	zv_parse_encoding(csv->parse, csv->charset == ZV_CHARSET_UNKNOWN ? ZV_ENCODING_ASSUMED : source,
			  zv_charset_name(csv->charset == ZV_CHARSET_UNKNOWN ? ZV_CHARSET_UTF8 : csv->charset));
	if (csv->charset == ZV_CHARSET_UTF16LE || csv->charset == ZV_CHARSET_UTF16BE) {
		zv_utf16_stream_init(utf16, csv->in, csv->charset == ZV_CHARSET_UTF16BE);
		csv->in = &utf16->stream;
		csv->charset = ZV_CHARSET_UTF8;
	}
	return fill(csv, err);
}

/* Excel's own first line "sep=;" names the separator and is no row. */
static char take_named_separator(struct csv *csv)
{
	struct zv_str line = zv_str_first((struct zv_str){csv->buf, csv->end}, 7);
	char named = line.n > 5 ? line.p[4] : '\0';

	if (!zv_str_starts(line, ZV_STR("sep=")) || (named != ',' && named != ';' && named != '\t' && named != '|') ||
	    (line.p[5] != '\n' && line.p[5] != '\r'))
		return '\0';
	csv->at = line.n == 7 && line.p[5] == '\r' && line.p[6] == '\n' ? 7 : 6;
	csv->line++;
	return named;
}

static void classify(struct csv *csv)
{
	const struct zv_rows_options *o = csv->parse->options;
	struct zv_str sample = zv_str_first((struct zv_str){csv->buf, csv->end}, SAMPLE);
	char named = take_named_separator(csv);

	csv->separator = o->separator != '\0' ? o->separator : named != '\0' ? named : zv_csv_find_separator(sample, o->no_quotes);
	csv->parse->info.separator = csv->separator;
	if (csv->separator != '\0')
		csv->class_of[(unsigned char)csv->separator] = SEPARATOR;
	csv->class_of['\n'] = LF;
	csv->class_of['\r'] = CR;
}

/* A small file needs no large buffer. */
static size_t buffer_size(const struct zv_source *source)
{
	if (source->gunzip != NULL || source->size < 0 || source->size >= BUFFER)
		return BUFFER;
	return source->size < BUFFER_MIN ? BUFFER_MIN : (size_t)source->size + 1; /* and one to see the end */
}

enum zv_code zv_csv_read(struct zv_parse *parse, struct zv_err *err)
{
	struct csv csv = {.parse = parse, .cap = buffer_size(parse->source), .line = 1, .no_quotes = parse->options->no_quotes};
	struct zv_utf16_stream *utf16 = zv_alloc(sizeof(*utf16));
	enum zv_code code;

	csv.buf = zv_alloc(csv.cap);
	csv.cells = zv_reallocarray(NULL, ZV_LIMIT_COLUMNS, sizeof(*csv.cells));
	csv.out = zv_reallocarray(NULL, ZV_LIMIT_COLUMNS, sizeof(*csv.out));
	zv_buf_init(&csv.text, 0);
	code = start(&csv, utf16, err);
	if (code != ZV_OK)
		goto done;
	classify(&csv);
	code = read_rows(&csv, err);
done:
	zv_buf_done(&csv.text);
	free(csv.out);
	free(csv.cells);
	free(csv.buf);
	free(utf16);
	return code;
}
