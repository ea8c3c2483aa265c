/* Which separator a table uses: the one found in nearly every row, and in each row as often. */
#include "format/csv_read.h"

#include <string.h>

enum { ROWS = 64, SEPARATORS = 4, COUNT_CAP = 1000, PRESENT_MIN = 50, TAB_PRESENT_MIN = 90 };

static const char separators[SEPARATORS] = {'\t', ';', '|', ','}; /* in case of a tie the earlier one */

struct tally {
	int counts[SEPARATORS][ROWS];
	int rows;
};

/* Counts each separator outside quotes in the first rows; the last row of the sample may be cut and is left out. */
static void count(struct tally *t, struct zv_str s, bool no_quotes)
{
	bool quoted = false;
	bool field_start = true;
	bool blank = true;

	for (size_t i = 0; i < s.n && t->rows < ROWS; i++) {
		char c = s.p[i];
		const char *found = memchr(separators, c, SEPARATORS);

		if (quoted) {
			quoted = c != '"'; /* "" closes and opens again */
			continue;
		}
		if (c == '\n' || c == '\r') {
			t->rows += !blank;
			field_start = blank = true;
			continue;
		}
		blank = false;
		if (c == '"' && !no_quotes && (field_start || (i > 0 && s.p[i - 1] == '"')))
			quoted = true;
		if (found != NULL && t->counts[found - separators][t->rows] < COUNT_CAP)
			t->counts[found - separators][t->rows]++;
		field_start = found != NULL;
	}
	if (t->rows == 0 && !blank)
		t->rows = 1;
}

/* Percent of rows that have it, percent that have it as often as most do, and how often that is: in this order of weight. */
static int score_of(const int counts[ROWS], int rows, int *present)
{
	int mode = 0;
	int mode_rows = 0;
	int with = 0;

	for (int i = 0; i < rows; i++) {
		int same = 0;

		with += counts[i] > 0;
		for (int j = 0; j < rows; j++)
			same += counts[j] == counts[i];
		if (counts[i] > 0 && (same > mode_rows || (same == mode_rows && counts[i] > mode))) {
			mode = counts[i];
			mode_rows = same;
		}
	}
	*present = with * 100 / rows;
	return (*present * 101 + mode_rows * 100 / rows) * (COUNT_CAP + 1) + mode;
}

char zv_csv_find_separator(struct zv_str sample, bool no_quotes)
{
	struct tally t = {.rows = 0};
	int best = 0;
	char found = 0;

	count(&t, sample, no_quotes);
	if (t.rows == 0)
		return 0;
	for (int i = 0; i < SEPARATORS; i++) {
		int present;
		int score = score_of(t.counts[i], t.rows, &present);

		if (separators[i] == '\t' && present >= TAB_PRESENT_MIN) /* nobody types TABs into text */
			return '\t';
		if (present >= PRESENT_MIN && score > best) {
			best = score;
			found = separators[i];
		}
	}
	return found;
}
