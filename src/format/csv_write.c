/* CSV out. */
#include "format/csv_write.h"

#include <string.h>

#include "format/formula.h"

void zv_csv_init(struct zv_csv_writer *csv, struct zv_out *out, char separator, bool mark)
{
	*csv = (struct zv_csv_writer){.out = out, .separator = separator, .empty = true};
	if (mark)
		zv_out_c(out, "\xef\xbb\xbf");
}

static void next_cell(struct zv_csv_writer *csv)
{
	if (csv->cells++ > 0)
		zv_out_char(csv->out, csv->separator);
}

static bool needs_quotes(const struct zv_csv_writer *csv, struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == csv->separator || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	}
	return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void add(struct zv_csv_writer *csv, struct zv_str s, bool mark)
{
	struct zv_out *out = csv->out;
	const char *quote;

	next_cell(csv);
	if (s.n > 0)
		csv->empty = false;
	if (!needs_quotes(csv, s)) {
		if (mark)
			zv_out_char(out, '\'');
		zv_out_str(out, s);
		return;
	}
	zv_out_char(out, '"');
	if (mark)
		zv_out_char(out, '\'');
	while ((quote = memchr(s.p, '"', s.n)) != NULL) {
		size_t n = (size_t)(quote - s.p) + 1;

		zv_out_add(out, s.p, n);
		zv_out_char(out, '"');
		s = zv_str_from(s, n);
	}
	zv_out_str(out, s);
	zv_out_char(out, '"');
}

void zv_csv_text(struct zv_csv_writer *csv, struct zv_str s)
{
	add(csv, s, zv_formula_risky(s));
}

void zv_csv_number(struct zv_csv_writer *csv, struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!zv_is_digit(s.p[i]) && memchr("+-.,:TZ", s.p[i], 7) == NULL) {
			zv_csv_text(csv, s);
			return;
		}
	}
	add(csv, s, false);
}

void zv_csv_end_row(struct zv_csv_writer *csv)
{
	if (csv->cells == 1 && csv->empty) /* otherwise a blank line, which is no row */
		zv_out_c(csv->out, "\"\"");
	zv_out_c(csv->out, "\r\n");
	csv->cells = 0;
	csv->empty = true;
}
