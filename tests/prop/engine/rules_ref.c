/* Random conditions and worlds, and what they mean when nothing is unknown. */
#include "rules_ref.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BOOL_AT, NUMBER_AT = 2, TEXT_AT = 4 };

static const char *const texts[REF_TEXTS + 1] = {"a", "b", "c", "d"}; /* the last is never drawn */
static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};

static const struct zv_rules_field single_fields[REF_SINGLE] = {
	{"b0", ZV_RULES_BOOL, "", false},   {"b1", ZV_RULES_BOOL, "", false}, {"n0", ZV_RULES_NUMBER, "", false},
	{"n1", ZV_RULES_NUMBER, "", false}, {"t0", ZV_RULES_TEXT, "", false}, {"t1", ZV_RULES_TEXT, "", false},
};
static const struct zv_rules_field row_fields[REF_FIELDS] = {{"b", ZV_RULES_BOOL, "", false}, {"n", ZV_RULES_NUMBER, "", false}, {"t", ZV_RULES_TEXT, "", false}};
static const struct zv_rules_table tables[] = {{"one", "", true, single_fields, REF_SINGLE}, {"rows", "", false, row_fields, REF_FIELDS}};
const struct zv_rules_vocabulary ref_vocabulary = {tables, 2};

/* --- drawing --- */

struct draw {
	struct zv_rng *rng;
	struct zv_arena *arena;
	bool rows, sums, in_row;
};

static struct ref_expr *draw_bool(struct draw *d, int depth);

static int below(struct draw *d, int n)
{
	return (int)zv_rng_below(d->rng, (uint64_t)n);
}

static struct ref_expr *node(struct draw *d, enum ref_kind kind)
{
	struct ref_expr *e = ZV_ARENA_NEW(d->arena, struct ref_expr);

	e->kind = kind;
	return e;
}

/* A field of one thing, or of the row in sight. */
static void draw_field(struct draw *d, struct ref_expr *e, int at)
{
	e->row = d->in_row && below(d, 4) > 0;
	e->a = e->row ? at / 2 : at + below(d, 2);
}

static struct ref_expr *where(struct draw *d, int depth)
{
	bool in_row = d->in_row;
	struct ref_expr *e;

	d->in_row = true;
	e = draw_bool(d, depth);
	d->in_row = in_row;
	return e;
}

static struct ref_expr *draw_number(struct draw *d, int depth)
{
	static const enum ref_kind sums[] = {REF_ADD, REF_SUB, REF_MUL, REF_DIV, REF_MIN, REF_MAX};
	static const enum ref_kind rows[] = {REF_COUNT, REF_SUM, REF_DISTINCT, REF_LARGEST};
	struct ref_expr *e;
	int pick = below(d, 10);

	if (d->rows && !d->in_row && depth > 0 && pick < 3) {
		e = node(d, rows[below(d, ZV_LEN(rows))]);
		e->a = e->kind == REF_DISTINCT ? below(d, 3) : 1;
		if (below(d, 3) > 0)
			e->kids[e->n++] = where(d, depth - 1);
		return e;
	}
	if (d->sums && depth > 0 && pick < 6) {
		e = node(d, sums[below(d, ZV_LEN(sums))]);
		e->kids[e->n++] = draw_number(d, depth - 1);
		e->kids[e->n++] = draw_number(d, depth - 1);
		return e;
	}
	if (d->sums && depth > 0 && pick == 6) {
		e = node(d, REF_IF);
		e->kids[e->n++] = draw_bool(d, depth - 1);
		e->kids[e->n++] = draw_number(d, depth - 1);
		e->kids[e->n++] = draw_number(d, depth - 1);
		return e;
	}
	e = node(d, pick % 2 == 0 ? REF_INT : REF_NUMBER);
	if (e->kind == REF_INT)
		e->a = below(d, REF_TOP + 1);
	else
		draw_field(d, e, NUMBER_AT);
	return e;
}

static struct ref_expr *draw_leaf(struct draw *d, int depth)
{
	struct ref_expr *e;

	switch (below(d, 8)) {
	case 0:
		return node(d, below(d, 2) == 0 ? REF_YES : REF_NO);
	case 1:
	case 2:
		e = node(d, REF_BOOL);
		draw_field(d, e, BOOL_AT);
		return e;
	case 3:
		e = node(d, below(d, 2) == 0 ? REF_SAME_TEXT : REF_ONE_OF);
		draw_field(d, e, TEXT_AT);
		e->b = below(d, REF_TEXTS * REF_TEXTS);
		return e;
	default:
		e = node(d, REF_COMPARE);
		e->a = below(d, ZV_LEN(signs));
		e->kids[e->n++] = draw_number(d, depth);
		e->kids[e->n++] = draw_number(d, d->sums ? depth : 0);
		return e;
	}
}

static struct ref_expr *draw_bool(struct draw *d, int depth)
{
	struct ref_expr *e;
	int pick = below(d, 10);

	if (depth <= 0 || pick >= 7)
		return draw_leaf(d, depth);
	if (d->rows && !d->in_row && pick < 2) {
		e = node(d, pick == 0 ? REF_ANY : REF_ALL);
		e->kids[e->n++] = where(d, depth - 1);
		return e;
	}
	if (d->sums && pick == 2) {
		e = node(d, REF_IF_BOOL);
		for (int i = 0; i < 3; i++)
			e->kids[e->n++] = draw_bool(d, depth - 1);
		return e;
	}
	e = node(d, pick == 3 ? REF_NOT : pick % 2 == 0 ? REF_AND : REF_OR);
	e->kids[e->n++] = draw_bool(d, depth - 1);
	if (e->kind != REF_NOT)
		e->kids[e->n++] = draw_bool(d, depth - 1);
	return e;
}

struct ref_expr *ref_draw(struct zv_rng *rng, int depth, bool rows, bool sums, struct zv_arena *arena)
{
	struct draw d = {rng, arena, rows, sums, false};

	return draw_bool(&d, depth);
}

static void draw_cell(struct ref_cell *cell, struct zv_rng *rng, int top, int open, bool range)
{
	bool unknown = (int)zv_rng_below(rng, 10) < open;

	cell->lo = (int)zv_rng_below(rng, (uint64_t)top + 1);
	cell->hi = cell->lo;
	cell->told = true;
	if (unknown && range && top == REF_TOP && cell->lo < top && zv_rng_below(rng, 2) == 0) {
		cell->hi = cell->lo + 1;
	} else if (unknown) {
		*cell = (struct ref_cell){false, 0, top};
	}
}

void ref_world_draw(struct ref_world *w, struct zv_rng *rng, int open, bool ranges)
{
	static const int tops[REF_SINGLE] = {1, 1, REF_TOP, REF_TOP, REF_TEXTS - 1, REF_TEXTS - 1}, row_tops[REF_FIELDS] = {1, REF_TOP, REF_TEXTS - 1};

	memset(w, 0, sizeof(*w));
	w->n_rows = (int)zv_rng_below(rng, REF_ROWS + 1);
	w->complete = zv_rng_below(rng, 4) > 0;
	for (int f = 0; f < REF_SINGLE; f++)
		draw_cell(&w->single[f], rng, tops[f], open, ranges);
	for (int r = 0; r <= REF_ROWS; r++) {
		for (int f = 0; f < REF_FIELDS; f++)
			draw_cell(&w->rows[r][f], rng, row_tops[f], r < REF_ROWS ? open : 0, ranges);
	}
}

int ref_open(struct ref_cell **out, int n_max, struct ref_world *w)
{
	int n = 0;

	for (int f = 0; f < REF_SINGLE; f++) {
		if (w->single[f].lo < w->single[f].hi && n < n_max)
			out[n++] = &w->single[f];
	}
	for (int r = 0; r < w->n_rows; r++) {
		for (int f = 0; f < REF_FIELDS; f++) {
			if (w->rows[r][f].lo < w->rows[r][f].hi && n < n_max)
				out[n++] = &w->rows[r][f];
		}
	}
	return n;
}

/* --- printing --- */

static void print_list(struct zv_buf *out, const struct ref_expr *e, const char *between)
{
	zv_buf_add_char(out, '(');
	for (int i = 0; i < e->n; i++) {
		zv_buf_add_c(out, i > 0 ? between : "");
		ref_print(out, e->kids[i]);
	}
	zv_buf_add_char(out, ')');
}

static void print_rows(struct zv_buf *out, const struct ref_expr *e, const char *name, bool field)
{
	zv_buf_addf(out, "%s(rows", name);
	if (field)
		zv_buf_addf(out, ".%s", row_fields[e->a].name);
	if (e->n > 0) {
		zv_buf_add_c(out, " where ");
		ref_print(out, e->kids[0]);
	}
	zv_buf_add_char(out, ')');
}

static void print_field(struct zv_buf *out, const struct ref_expr *e)
{
	zv_buf_addf(out, e->row ? "%s" : "one.%s", e->row ? row_fields[e->a].name : single_fields[e->a].name);
}

void ref_print(struct zv_buf *out, const struct ref_expr *e)
{
	static const char *const between[] = {[REF_AND] = " and ", [REF_OR] = " or ", [REF_ADD] = " + ", [REF_SUB] = " - ", [REF_MUL] = " * ", [REF_DIV] = " / "};
	static const char *const names[] = {[REF_ANY] = "any", [REF_ALL] = "all", [REF_COUNT] = "count", [REF_SUM] = "sum", [REF_DISTINCT] = "distinct",
					    [REF_LARGEST] = "largest", [REF_MIN] = "min", [REF_MAX] = "max", [REF_IF] = "if", [REF_IF_BOOL] = "if"};

	switch (e->kind) {
	case REF_YES:
	case REF_NO:
		zv_buf_add_c(out, e->kind == REF_YES ? "yes" : "no");
		return;
	case REF_INT:
		zv_buf_addf(out, "%d", e->a);
		return;
	case REF_BOOL:
	case REF_NUMBER:
		print_field(out, e);
		return;
	case REF_NOT:
		zv_buf_add_c(out, "(not ");
		ref_print(out, e->kids[0]);
		zv_buf_add_char(out, ')');
		return;
	case REF_COMPARE:
		print_list(out, e, signs[e->a]);
		return;
	case REF_SAME_TEXT:
		print_field(out, e);
		zv_buf_addf(out, " = \"%s\"", texts[e->b % REF_TEXTS]);
		return;
	case REF_ONE_OF:
		print_field(out, e);
		zv_buf_addf(out, " in (\"%s\", \"%s\")", texts[e->b % REF_TEXTS], texts[e->b / REF_TEXTS]);
		return;
	case REF_ANY:
	case REF_ALL:
	case REF_COUNT:
	case REF_SUM:
	case REF_DISTINCT:
	case REF_LARGEST:
		print_rows(out, e, names[e->kind], e->kind == REF_SUM || e->kind == REF_DISTINCT || e->kind == REF_LARGEST);
		return;
	case REF_MIN:
	case REF_MAX:
	case REF_IF:
	case REF_IF_BOOL:
		zv_buf_add_c(out, names[e->kind]);
		print_list(out, e, ", ");
		return;
	default:
		print_list(out, e, between[e->kind]);
		return;
	}
}

/* --- meaning --- */

struct fraction {
	bool defined;
	long long n, d; /* d > 0 */
};

static enum zv_truth truth_of(const struct ref_expr *e, const struct ref_world *w, int row);

static int value_of(const struct ref_expr *e, const struct ref_world *w, int row)
{
	return e->row ? w->rows[row][e->a].lo : w->single[e->a].lo;
}

static bool less(struct fraction a, struct fraction b)
{
	return a.n * b.d < b.n * a.d;
}

static struct fraction number_of(const struct ref_expr *e, const struct ref_world *w, int row);

/* 1 counts, 0 does not, -1 cannot be said. */
static int counts(const struct ref_expr *e, const struct ref_world *w, int row)
{
	enum zv_truth truth = e->n > 0 ? truth_of(e->kids[0], w, row) : ZV_YES;

	return truth == ZV_UNKNOWN ? -1 : truth == ZV_YES;
}

static struct fraction over_rows(const struct ref_expr *e, const struct ref_world *w)
{
	struct fraction out = {e->kind != REF_LARGEST, 0, 1};
	unsigned seen = 0;

	for (int r = 0; r < w->n_rows; r++) {
		int value = w->rows[r][e->a].lo, count = counts(e, w, r);

		if (count < 0)
			return (struct fraction){false, 0, 1};
		if (count == 0)
			continue;
		if (e->kind == REF_COUNT)
			out.n++;
		else if (e->kind == REF_SUM)
			out.n += value;
		else if (e->kind == REF_LARGEST)
			out = (struct fraction){true, out.defined && out.n > value ? out.n : value, 1};
		else
			seen |= 1U << value;
	}
	if (e->kind == REF_DISTINCT)
		out.n = __builtin_popcount(seen);
	return out;
}

static struct fraction number_of(const struct ref_expr *e, const struct ref_world *w, int row)
{
	struct fraction a, b;
	enum zv_truth truth;

	switch (e->kind) {
	case REF_INT:
		return (struct fraction){true, e->a, 1};
	case REF_NUMBER:
		return (struct fraction){true, value_of(e, w, row), 1};
	case REF_COUNT:
	case REF_SUM:
	case REF_DISTINCT:
	case REF_LARGEST:
		return over_rows(e, w);
	case REF_IF:
		truth = truth_of(e->kids[0], w, row);
		if (truth == ZV_UNKNOWN)
			return (struct fraction){false, 0, 1};
		return number_of(e->kids[truth == ZV_YES ? 1 : 2], w, row);
	default:
		break;
	}
	a = number_of(e->kids[0], w, row);
	b = number_of(e->kids[1], w, row);
	if (!a.defined || !b.defined || (e->kind == REF_DIV && b.n == 0))
		return (struct fraction){false, 0, 1};
	switch (e->kind) {
	case REF_ADD:
		return (struct fraction){true, a.n * b.d + b.n * a.d, a.d * b.d};
	case REF_SUB:
		return (struct fraction){true, a.n * b.d - b.n * a.d, a.d * b.d};
	case REF_MUL:
		return (struct fraction){true, a.n * b.n, a.d * b.d};
	case REF_DIV:
		return b.n > 0 ? (struct fraction){true, a.n * b.d, a.d * b.n} : (struct fraction){true, -a.n * b.d, a.d * -b.n};
	case REF_MIN:
		return less(a, b) ? a : b;
	default:
		return less(a, b) ? b : a;
	}
}

static enum zv_truth compare(const struct ref_expr *e, const struct ref_world *w, int row)
{
	struct fraction a = number_of(e->kids[0], w, row), b = number_of(e->kids[1], w, row);
	const bool holds[] = {!less(a, b) && !less(b, a), less(a, b) || less(b, a), less(a, b), !less(b, a), less(b, a), !less(a, b)};

	return !a.defined || !b.defined ? ZV_UNKNOWN : holds[e->a] ? ZV_YES : ZV_NO;
}

static enum zv_truth truth_of(const struct ref_expr *e, const struct ref_world *w, int row)
{
	enum zv_truth a, b;
	int value;

	switch (e->kind) {
	case REF_YES:
		return ZV_YES;
	case REF_NO:
		return ZV_NO;
	case REF_BOOL:
		return value_of(e, w, row) != 0 ? ZV_YES : ZV_NO;
	case REF_NOT:
		return (enum zv_truth)(2 - (int)truth_of(e->kids[0], w, row));
	case REF_AND:
	case REF_OR:
		a = truth_of(e->kids[0], w, row);
		b = truth_of(e->kids[1], w, row);
		return (e->kind == REF_AND) == (a < b) ? a : b;
	case REF_COMPARE:
		return compare(e, w, row);
	case REF_SAME_TEXT:
		return value_of(e, w, row) == e->b % REF_TEXTS ? ZV_YES : ZV_NO;
	case REF_ONE_OF:
		value = value_of(e, w, row);
		return value == e->b % REF_TEXTS || value == e->b / REF_TEXTS ? ZV_YES : ZV_NO;
	case REF_IF_BOOL:
		a = truth_of(e->kids[0], w, row);
		if (a == ZV_UNKNOWN)
			return ZV_UNKNOWN;
		return truth_of(e->kids[a == ZV_YES ? 1 : 2], w, row);
	default:
		break;
	}
	b = e->kind == REF_ALL ? ZV_YES : ZV_NO;
	for (int r = 0; r < w->n_rows; r++) {
		a = truth_of(e->kids[0], w, r);
		b = e->kind == REF_ALL ? (a < b ? a : b) : (a > b ? a : b);
	}
	return b;
}

enum zv_truth ref_truth(const struct ref_expr *e, const struct ref_world *w)
{
	return truth_of(e, w, 0);
}

/* --- for the engine --- */

static struct zv_rules_cell cell_of(const struct ref_cell *cell, enum zv_rules_type type)
{
	struct zv_rules_cell out = {.known = cell->told, .origin = -1};

	if (type == ZV_RULES_TEXT && cell->told)
		out.text = zv_str_c(texts[cell->lo]);
	out.lo = cell->lo;
	out.hi = cell->hi;
	return out;
}

void ref_facts_init(struct ref_facts *out, const struct ref_world *w)
{
	*out = (struct ref_facts){.facts = {.today = 20000}};
	out->cells[0] = zv_alloc(REF_SINGLE * sizeof(struct zv_rules_cell));
	out->cells[1] = zv_alloc((size_t)w->n_rows * REF_FIELDS * sizeof(struct zv_rules_cell) + (w->n_rows == 0));
	for (int f = 0; f < REF_SINGLE; f++)
		out->cells[0][f] = cell_of(&w->single[f], single_fields[f].type);
	for (int r = 0; r < w->n_rows; r++) {
		for (int f = 0; f < REF_FIELDS; f++)
			out->cells[1][r * REF_FIELDS + f] = cell_of(&w->rows[r][f], row_fields[f].type);
	}
	out->rows[0] = (struct zv_rules_rows){.n = 1, .complete = true, .cells = out->cells[0]};
	out->rows[1] = (struct zv_rules_rows){.n = (size_t)w->n_rows, .complete = w->complete, .cells = out->cells[1]};
	out->facts.rows = out->rows;
}

void ref_facts_done(struct ref_facts *facts)
{
	free(facts->cells[0]);
	free(facts->cells[1]);
}
