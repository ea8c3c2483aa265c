/*
 * The best set for an organisation: the engine's choice at the least that is certain (eligible measures, low ends), and at the most that could be
 * (unknown ones eligible, high ends). Between the two lies the truth.
 */
#include <string.h>

#include "app/support_inner.h"
#include "engine/rules/amount.h"

/* A tenth of what the engine would take: half a second of one request at the worst. */
enum { M = ZV_SUPPORT_MEASURES_MAX, L = ZV_SUPPORT_LINES_MAX, NODES = 200000 };

/* One problem, and whose measures and lines its numbers are. */
struct choice {
	struct zv_support_measure measures[M];
	struct zv_support_line lines[L];
	struct zv_support_problem problem;
	size_t row[M], cost[L];
	struct zv_support_best best;
	bool cut;      /* there was more than the engine takes: nothing is proved */
	bool open;     /* something has no end above */
	int64_t rest;  /* the most that what was left out could give */
};

static int place_of(const struct choice *c, size_t row)
{
	for (int m = 0; m < c->problem.n_measures; m++)
		if (c->row[m] == row)
			return m;
	return -1;
}

static bool is_in(const struct choice *c, size_t row)
{
	int m = place_of(c, row);

	return m >= 0 && (c->best.chosen >> m & 1) != 0;
}

static int64_t paid_in(const struct choice *c, size_t row)
{
	int m = place_of(c, row);

	return m >= 0 ? c->best.paid_kop[m] : 0;
}

static bool takes_part(const struct zv_support_row *row, bool all)
{
	return row->gift && row->has_amount && (row->verdict == ZV_YES || (all && row->verdict == ZV_UNKNOWN));
}

static int64_t most_of(const struct zv_support_row *row, bool all)
{
	return all && row->amount.has_hi ? row->amount.hi : row->amount.lo;
}

/* The measures that give most, when there are more than the engine takes; in the order of the rows. `only`: those that this choice took. */
static void pick_rows(struct choice *c, const struct zv_support_row *rows, size_t n, bool all, const struct choice *only)
{
	int taken = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t least = INT64_MAX;
		int at = -1;

		if (!takes_part(&rows[i], all) || (only != NULL && !is_in(only, i)))
			continue;
		c->open |= all && !rows[i].amount.has_hi;
		if (taken < M) {
			c->row[taken++] = i;
			continue;
		}
		c->cut = true;
		for (int m = 0; m < M; m++)
			if (most_of(&rows[c->row[m]], all) < least) {
				least = most_of(&rows[c->row[m]], all);
				at = m;
			}
		if (most_of(&rows[i], all) <= least) {
			c->rest += most_of(&rows[i], all);
			continue;
		}
		c->rest += least;
		memmove(&c->row[at], &c->row[at + 1], (size_t)(M - 1 - at) * sizeof(c->row[0]));
		c->row[M - 1] = i;
	}
	c->problem.n_measures = taken;
}

/* The lines that some measure of the problem pays; the engine takes the first ones. */
static void pick_lines(struct choice *c, const struct support_pay *pays, const struct support_costs *costs, bool all)
{
	int taken = 0;

	for (size_t l = 0; l < costs->n; l++) {
		bool wanted = false;

		for (int m = 0; m < c->problem.n_measures; m++) {
			const struct support_pay *pay = &pays[c->row[m]];

			wanted |= !pay->fixed && (pay->eligible[l] == ZV_YES || (all && pay->eligible[l] == ZV_UNKNOWN));
		}
		if (!wanted)
			continue;
		if (taken == L) {
			c->cut = true;
			c->rest += all ? costs->lines[l].hi : costs->lines[l].lo;
			continue;
		}
		c->lines[taken] = (struct zv_support_line){all ? costs->lines[l].hi : costs->lines[l].lo, 1000000};
		c->cost[taken++] = l;
	}
	c->problem.n_lines = taken;
}

/* Groups are numbered as they come; a group beyond the last bit is told pairwise. */
static bool share_group(const struct zv_rules_rule *a, const struct zv_rules_rule *b)
{
	for (int i = 0; i < a->n_groups; i++)
		for (int k = 0; k < b->n_groups; k++)
			if (zv_str_eq(a->groups[i], b->groups[k]))
				return true;
	return false;
}

static bool names(const struct zv_rules_rule *a, const struct zv_rules_rule *b)
{
	for (int i = 0; i < a->n_excludes; i++)
		if (zv_str_eq(a->excludes[i], b->id))
			return true;
	return false;
}

/* At the most: whether a line that may count has no sum, or lines may exist that nobody told. Only the amount's own bound holds then. */
static bool is_loose(const struct support_pay *pay, const struct support_costs *costs)
{
	if (!costs->complete)
		return true;
	for (size_t l = 0; l < costs->n; l++)
		if (pay->eligible[l] != ZV_NO && !costs->lines[l].known)
			return true;
	return false;
}

static void set_measure(struct choice *c, int m, const struct zv_support_row *rows, const struct support_pay *pay, const struct support_costs *costs,
			bool all)
{
	const struct zv_rules_rule *rule = rows[c->row[m]].rule;
	struct zv_support_measure *out = &c->measures[m];
	bool loose = all && !pay->fixed && is_loose(pay, costs);

	*out = (struct zv_support_measure){.fixed_kop = -1, .cap_kop = all ? (pay->left.has_hi ? pay->left.hi : INT64_MAX) : pay->left.lo};
	if (loose || (all && pay->fixed))
		out->fixed_kop = rows[c->row[m]].amount.has_hi ? rows[c->row[m]].amount.hi : rows[c->row[m]].amount.lo;
	else if (pay->fixed)
		out->fixed_kop = pay->sum.lo;
	else
		out->share_ppm = all ? pay->share_hi : pay->share_lo;
	for (int l = 0; l < c->problem.n_lines && !pay->fixed && !loose; l++)
		if (pay->eligible[c->cost[l]] == ZV_YES || (all && pay->eligible[c->cost[l]] == ZV_UNKNOWN))
			out->lines |= (uint64_t)1 << l;
	for (int k = 0; k < c->problem.n_measures; k++)
		if (k != m && (share_group(rule, rows[c->row[k]].rule) || names(rule, rows[c->row[k]].rule)))
			out->excludes |= (uint32_t)1 << k;
}

static enum zv_code solve(struct choice *c, const struct zv_support_row *rows, const struct support_pay *pays, size_t n, const struct support_costs *costs,
			  bool all, const struct choice *only, struct zv_err *err)
{
	memset(c, 0, sizeof(*c));
	c->problem.measures = c->measures;
	c->problem.lines = c->lines;
	c->problem.total_max_ppm = 1000000;
	pick_rows(c, rows, n, all, only);
	pick_lines(c, pays, costs, all);
	for (int m = 0; m < c->problem.n_measures; m++)
		set_measure(c, m, rows, &pays[c->row[m]], costs, all);
	return zv_support_best(&c->best, &c->problem, NODES, err);
}

static void list_lines(struct zv_support_set *out, const struct choice *c, const struct zv_support_row *rows, const struct support_costs *costs,
		       struct zv_arena *arena)
{
	struct zv_support_payer *lines = ZV_ARENA_ARRAY(arena, struct zv_support_payer, costs->n + 1);
	int64_t left[M];

	memcpy(left, c->best.paid_kop, sizeof(left));
	for (size_t l = 0; l < costs->n; l++)
		lines[l].cost = &costs->lines[l];
	for (int l = 0; l < c->problem.n_lines; l++) {
		int m = c->best.payer[l];
		int64_t paid;

		if (m < 0)
			continue;
		paid = (int64_t)((zv_i128)c->lines[l].cost_kop * c->measures[m].share_ppm / 1000000);
		paid = paid < left[m] ? paid : left[m];
		left[m] -= paid;
		lines[c->cost[l]].row = &rows[c->row[m]];
		lines[c->cost[l]].paid_kop = paid;
	}
	out->lines = lines;
	out->n_lines = costs->n;
}

/* A measure of the certain set is told with what it pays at least, and at most if what is known of the costs turns out high. */
static void list_measures(struct zv_support_set *out, const struct choice *sure, const struct choice *high, const struct choice *most,
			  const struct zv_support_row *rows, size_t n, struct zv_arena *arena)
{
	struct zv_support_paid *measures = ZV_ARENA_ARRAY(arena, struct zv_support_paid, n + 1), *possible = ZV_ARENA_ARRAY(arena, struct zv_support_paid, n + 1);

	for (size_t i = 0; i < n; i++) {
		int64_t lo = paid_in(sure, i), hi = paid_in(high, i);

		if (is_in(sure, i))
			measures[out->n_measures++] = (struct zv_support_paid){&rows[i], {lo, rows[i].amount.has_hi, hi > lo ? hi : lo}};
		else if (is_in(most, i))
			possible[out->n_possible++] = (struct zv_support_paid){&rows[i], {0, rows[i].amount.has_hi, paid_in(most, i)}};
	}
	out->measures = measures;
	out->possible = possible;
}

enum zv_code support_set(struct zv_support_set *out, const struct zv_support_row *rows, const struct support_pay *pays, size_t n,
			 const struct support_costs *costs, struct zv_arena *arena, struct zv_err *err)
{
	struct choice *sure = ZV_ARENA_NEW(arena, struct choice), *high = ZV_ARENA_NEW(arena, struct choice), *most = ZV_ARENA_NEW(arena, struct choice);
	enum zv_code code = solve(sure, rows, pays, n, costs, false, NULL, err);

	if (code == ZV_OK)
		code = solve(high, rows, pays, n, costs, true, sure, err);
	if (code == ZV_OK)
		code = solve(most, rows, pays, n, costs, true, NULL, err);
	if (code != ZV_OK)
		return code;
	*out = (struct zv_support_set){0};
	out->total = (struct zv_support_range){sure->best.total_kop, !most->open, most->best.bound_kop + most->rest};
	out->proved = sure->best.proved && !sure->cut;
	out->bound_kop = sure->best.bound_kop + sure->rest;
	list_lines(out, sure, rows, costs, arena);
	list_measures(out, sure, high, most, rows, n, arena);
	return ZV_OK;
}
