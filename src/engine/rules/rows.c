/* Over rows: a row whose condition is unknown may count or not, and of a table that is not complete more rows may come. */
#include <stdlib.h>
#include <string.h>

#include "engine/rules/eval.h"

/* The facts of a row rank by what the row does to the answer, the outermost rows first; the row itself before its facts. */
static const struct {
	int class, facts;
} ranks[RULES_FRAMES_MAX] = {{1000, 300}, {100, 30}, {10, 3}, {1, 0}};

static const struct zv_rules_field *field_of(const struct rules_eval *ev, const struct rules_expr *e)
{
	return &ev->pack->vocabulary->tables[e->table].fields[e->field];
}

/* The condition on the row that the frame stands at; the facts are noted behind `mark`. */
static enum zv_truth row_holds(struct rules_eval *ev, const struct rules_expr *e, size_t row)
{
	ev->frames[e->frame].row = row;
	return e->n > 0 ? rules_truth(ev, e->kids[0]) : ZV_YES;
}

/* Puts the row and what was seen of it since `mark` in their place: `first` decides, then the unknown ones, then the others. */
static void rank_row(struct rules_eval *ev, const struct rules_expr *e, size_t row, enum zv_truth holds, enum zv_truth first, size_t mark, int rank)
{
	int class = holds == first ? 0 : holds == ZV_UNKNOWN ? 1 : 2;

	for (size_t i = mark; i < ev->seen.n; i++)
		ev->seen.p[i].rank += class * ranks[e->frame].class + ranks[e->frame].facts;
	ev->rank = rank + class * ranks[e->frame].class;
	rules_note(ev, (struct rules_fact){e->table, -1, row}, false, holds);
	ev->rank = rank;
}

enum zv_truth rules_rows_truth(struct rules_eval *ev, const struct rules_expr *e)
{
	const struct zv_rules_rows *rows = &ev->facts->rows[e->table];
	enum zv_truth end = e->op == RULES_OP_ANY ? ZV_YES : ZV_NO, truth = rows->complete ? (enum zv_truth)(ZV_YES - end) : ZV_UNKNOWN;

	ev->frames[e->frame].rows = rows;
	for (size_t i = 0; i < rows->n && (truth != end || ev->watch); i++) {
		size_t mark = ev->seen.n;
		enum zv_truth one;

		if (!rules_step(ev))
			return ZV_UNKNOWN;
		one = row_holds(ev, e, i);
		if (one == end)
			truth = end;
		else if (one == ZV_UNKNOWN && truth != end)
			truth = ZV_UNKNOWN;
		if (ev->watch)
			rank_row(ev, e, i, one, end, mark, ev->rank);
	}
	return truth;
}

static struct rules_range count_rows(struct rules_range total, enum zv_truth holds)
{
	total.lo.n += holds == ZV_YES;
	total.hi.n += holds != ZV_NO;
	return total;
}

static struct rules_range add_row(struct rules_eval *ev, struct rules_range total, struct rules_range value, enum zv_truth holds)
{
	if (holds == ZV_UNKNOWN)
		value = rules_hull(value, rules_point(0));
	return rules_add(total, value, &ev->overflow);
}

/* The extreme of what surely counts; what may count can only push it further, and without anything sure there is none. */
struct extreme {
	bool sure;
	struct rules_range of;   /* of the sure ones */
	bool maybe;
	struct rules_q furthest; /* end of those that may count */
};

static void widen(struct extreme *x, struct rules_range value, enum zv_truth holds, bool largest)
{
	if (holds == ZV_YES) {
		x->of = !x->sure ? value : largest ? rules_max(x->of, value) : rules_min(x->of, value);
		x->sure = true;
		return;
	}
	struct rules_q end = largest ? value.hi : value.lo;

	if (!x->maybe || (largest ? rules_q_cmp(end, x->furthest) > 0 : rules_q_cmp(end, x->furthest) < 0))
		x->furthest = end;
	x->maybe = true;
}

static struct rules_range extreme_of(const struct extreme *x, bool largest, bool complete)
{
	struct rules_range out = x->of;

	if (!x->sure)
		return RULES_ANY;
	if (x->maybe && largest && rules_q_cmp(x->furthest, out.hi) > 0)
		out.hi = x->furthest;
	if (x->maybe && !largest && rules_q_cmp(x->furthest, out.lo) < 0)
		out.lo = x->furthest;
	if (!complete && largest)
		out.hi = RULES_ABOVE;
	if (!complete && !largest)
		out.lo = RULES_BELOW;
	return out;
}

static int text_order(const void *a, const void *b)
{
	return zv_str_cmp(*(const struct zv_str *)a, *(const struct zv_str *)b);
}

static int figure_order(const void *a, const void *b)
{
	return rules_q_cmp(*(const struct rules_q *)a, *(const struct rules_q *)b);
}

/* How many different ones stand in p[from..to). */
static int64_t count_texts(struct zv_str *p, size_t from, size_t to)
{
	int64_t different = from < to;

	if (to - from > 1)
		qsort(p + from, to - from, sizeof(*p), text_order);
	for (size_t i = from + 1; i < to; i++)
		different += !zv_str_eq(p[i - 1], p[i]);
	return different;
}

static int64_t count_figures(struct rules_q *p, size_t from, size_t to)
{
	int64_t different = from < to;

	if (to - from > 1)
		qsort(p + from, to - from, sizeof(*p), figure_order);
	for (size_t i = from + 1; i < to; i++)
		different += rules_q_cmp(p[i - 1], p[i]) != 0;
	return different;
}

/* Known values of the rows, sure ones and others apart: two walks, so that one stack does. */
static int64_t known_values(struct rules_eval *ev, const struct rules_expr *e, bool maybe, int64_t *unknown, const unsigned char *holds)
{
	const struct zv_rules_rows *rows = &ev->facts->rows[e->table];
	size_t texts = ev->texts.n, figures = ev->figures.n;
	int type = (int)field_of(ev, e)->type;
	int64_t different;

	*unknown = 0;
	for (size_t i = 0; i < rows->n; i++) {
		struct rules_value value;

		if (holds[i] == ZV_NO || (holds[i] == ZV_UNKNOWN && !maybe))
			continue;
		value = rules_field(ev, e->table, e->field, rows, i);
		if (type == ZV_RULES_TEXT) {
			if (value.known)
				zv_vec_push(&ev->texts, value.text);
			*unknown += !value.known;
		} else {
			struct rules_range range = type == ZV_RULES_BOOL && value.truth != ZV_UNKNOWN ? rules_point(value.truth) : value.range;
			bool known = type == ZV_RULES_BOOL ? value.truth != ZV_UNKNOWN : rules_is_point(range);

			if (known)
				zv_vec_push(&ev->figures, range.lo);
			*unknown += !known;
		}
	}
	different = count_texts(ev->texts.p, texts, ev->texts.n) + count_figures(ev->figures.p, figures, ev->figures.n); /* one of them is empty */
	ev->texts.n = texts;
	ev->figures.n = figures;
	return different;
}

static struct rules_range distinct(struct rules_eval *ev, const struct rules_expr *e, const unsigned char *holds, bool complete)
{
	int64_t unknown, sure, all;
	struct rules_range out;

	sure = known_values(ev, e, false, &unknown, holds);
	out.lo = rules_q_int(sure == 0 && unknown > 0 ? 1 : sure);
	all = known_values(ev, e, true, &unknown, holds);
	out.hi = complete ? rules_q_int(all + unknown) : RULES_ABOVE;
	return out;
}

static struct rules_range rows_distinct(struct rules_eval *ev, const struct rules_expr *e)
{
	const struct zv_rules_rows *rows = &ev->facts->rows[e->table];
	struct rules_range out = {rules_q_int(0), RULES_ABOVE};
	unsigned char *holds = zv_alloc(rows->n + 1);

	if (rows->n * sizeof(struct zv_str) * 2 > RULES_MEMORY)
		ev->out = true;
	for (size_t i = 0; i < rows->n && !ev->out; i++) {
		size_t mark = ev->seen.n;

		if (!rules_step(ev))
			break;
		holds[i] = (unsigned char)row_holds(ev, e, i);
		if (ev->watch)
			rank_row(ev, e, i, (enum zv_truth)holds[i], ev->first, mark, ev->rank);
	}
	if (!ev->out)
		out = distinct(ev, e, holds, rows->complete);
	free(holds);
	return out;
}

struct rules_range rules_rows_figure(struct rules_eval *ev, const struct rules_expr *e)
{
	const struct zv_rules_rows *rows = &ev->facts->rows[e->table];
	struct rules_range total = rules_point(0);
	struct extreme extreme = {.sure = false};
	bool largest = e->op == RULES_OP_LARGEST;

	ev->frames[e->frame].rows = rows;
	if (e->op == RULES_OP_DISTINCT)
		return rows_distinct(ev, e);
	for (size_t i = 0; i < rows->n; i++) {
		size_t mark = ev->seen.n;
		enum zv_truth holds;

		if (!rules_step(ev))
			return RULES_ANY;
		holds = row_holds(ev, e, i);
		if (e->op == RULES_OP_COUNT) {
			total = count_rows(total, holds);
		} else if (holds != ZV_NO) {
			struct rules_range value = rules_field(ev, e->table, e->field, rows, i).range;

			if (e->op == RULES_OP_SUM)
				total = add_row(ev, total, value, holds);
			else
				widen(&extreme, value, holds, largest);
		}
		if (ev->watch)
			rank_row(ev, e, i, holds, ev->first, mark, ev->rank);
	}
	if (e->op == RULES_OP_LARGEST || e->op == RULES_OP_SMALLEST)
		return extreme_of(&extreme, largest, rows->complete);
	if (!rows->complete) {
		total.hi = RULES_ABOVE;
		if (e->op == RULES_OP_SUM && field_of(ev, e)->signed_value)
			total.lo = RULES_BELOW;
	}
	return total;
}
