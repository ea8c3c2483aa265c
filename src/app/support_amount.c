/* One measure in roubles: its terms over the cost lines, as ranges, with every intermediate in words. */
#include "app/measures.h"
#include "app/rules_json.h"
#include "app/support_inner.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/tr.h"
#include "base/vec.h"
#include "model/money.h"
#include "model/number.h"

enum { STEP_LINES = 20 };
static const int64_t WHOLE = 1000000;

/* Sums beyond this are not money any more; sums of them still fit. */
static const int64_t KOP_MAX = INT64_MAX / 256;

struct zv_str support_money(int64_t kop, struct zv_arena *arena)
{
	char text[ZV_MONEY_TEXT];

	zv_money_format(text, kop);
	return zv_arena_strf(arena, "%s", text);
}

struct zv_str zv_support_range_text(struct zv_support_range range, struct zv_arena *arena)
{
	struct zv_str lo = support_money(range.lo, arena);

	if (!range.has_hi)
		return range.lo == 0 ? zv_str_c(zv_tr(N_("not known"))) : zv_arena_strf(arena, zv_tr(N_("%.*s or more")), ZV_STR_FMT(lo));
	if (range.lo == range.hi)
		return lo;
	if (range.lo == 0)
		return zv_arena_strf(arena, zv_tr(N_("up to %.*s")), ZV_STR_FMT(support_money(range.hi, arena)));
	return zv_arena_strf(arena, zv_tr(N_("from %.*s to %.*s")), ZV_STR_FMT(lo), ZV_STR_FMT(support_money(range.hi, arena)));
}

/* --- cost lines --------------------------------------------------------------------------------------------------------------------- */

static int field_of(const struct zv_rules_table *table, const char *name)
{
	for (int f = 0; f < table->n_fields; f++)
		if (zv_str_eq_c(zv_str_c(table->fields[f].name), name))
			return f;
	return -1;
}

static int64_t within(int64_t kop)
{
	return kop < 0 ? 0 : kop > KOP_MAX ? KOP_MAX : kop;
}

void support_costs_read(struct support_costs *out, const struct zv_rules_facts *facts, struct zv_arena *arena)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	const struct zv_rules_rows *rows;
	struct zv_support_cost *lines;
	int sum, title, category;

	*out = (struct support_costs){.table = 0};
	while (!zv_str_eq_c(zv_str_c(v->tables[out->table].name), "costs"))
		out->table++;
	rows = &facts->rows[out->table];
	sum = field_of(&v->tables[out->table], "sum");
	title = field_of(&v->tables[out->table], "title");
	category = field_of(&v->tables[out->table], "category");
	out->complete = rows->complete && rows->n <= SUPPORT_COSTS_MAX;
	out->n = rows->n < SUPPORT_COSTS_MAX ? rows->n : SUPPORT_COSTS_MAX;
	out->lines = lines = ZV_ARENA_ARRAY(arena, struct zv_support_cost, out->n + 1);
	for (size_t i = 0; i < out->n; i++) {
		const struct zv_rules_cell *cells = rows->cells + i * (size_t)v->tables[out->table].n_fields;

		lines[i].uid = rows->keys != NULL ? rows->keys[i] : ZV_STR("");
		lines[i].category = cells[category].known ? cells[category].text : ZV_STR("");
		lines[i].title = cells[title].known && cells[title].text.n > 0 ? cells[title].text : lines[i].category;
		lines[i].known = cells[sum].known;
		lines[i].lo = cells[sum].known ? within(cells[sum].lo) : 0;
		lines[i].hi = cells[sum].known ? within(cells[sum].hi) : 0;
	}
}

/* --- terms -------------------------------------------------------------------------------------------------------------------------- */

static int64_t floor_of(int64_t n, int64_t d)
{
	int64_t q;

	return zv_muldiv_floor(&q, n, 1, d) ? q : 0;
}

static struct zv_support_range money_of(const struct zv_rules_number *x)
{
	struct zv_support_range out = {0};

	out.lo = x->has_lo ? within(floor_of(x->lo, x->lo_den)) : 0;
	out.has_hi = x->has_hi;
	out.hi = x->has_hi ? within(floor_of(x->hi, x->hi_den)) : 0;
	return out;
}

static int64_t part_of(bool has, int64_t n, int64_t d, int64_t otherwise)
{
	int64_t ppm = has ? floor_of(n, d) : otherwise;

	return ppm < 0 ? 0 : ppm > WHOLE ? WHOLE : ppm;
}

static int64_t min_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* What is left of the cap: the least of it when most was received. */
static struct zv_support_range left_of(const struct zv_rules_terms *terms)
{
	struct zv_support_range cap = money_of(&terms->cap_kop), already = money_of(&terms->already_kop), left = {0};

	if (terms->parts[ZV_RULES_TERM_CAP] == NULL)
		return (struct zv_support_range){.lo = INT64_MAX, .has_hi = false};
	left.lo = already.has_hi && cap.lo > already.hi ? cap.lo - already.hi : 0;
	left.has_hi = cap.has_hi;
	left.hi = cap.has_hi && cap.hi > already.lo ? cap.hi - already.lo : 0;
	return left;
}

static void read_terms(struct support_pay *pay, const struct zv_rules_terms *terms)
{
	const struct zv_rules_number *share = &terms->share_ppm, *most = &terms->intensity_ppm;

	pay->fixed = terms->has_expression;
	pay->sum = money_of(&terms->fixed);
	pay->share_lo = min_of(part_of(share->has_lo, share->lo, share->lo_den, 0), part_of(most->has_lo, most->lo, most->lo_den, 0));
	pay->share_hi = min_of(part_of(share->has_hi, share->hi, share->hi_den, WHOLE), part_of(most->has_hi, most->hi, most->hi_den, WHOLE));
	pay->left = left_of(terms);
}

/* --- steps -------------------------------------------------------------------------------------------------------------------------- */

struct steps {
	ZV_VEC(struct zv_support_step) list;
	struct zv_arena *arena;
};

static void step(struct steps *steps, const char *label, struct zv_str text, bool own)
{
	struct zv_support_step one = {zv_str_c(label), text, own};

	zv_vec_push(&steps->list, one);
}

static struct zv_str percent_text(int64_t lo, int64_t hi, struct zv_arena *arena)
{
	char a[ZV_DECIMAL_TEXT], b[ZV_DECIMAL_TEXT], x[ZV_NUMBER_TEXT], y[ZV_NUMBER_TEXT];

	zv_decimal_format(a, lo, 4, 0, true);
	zv_decimal_format(b, hi, 4, 0, true);
	zv_number_localize(x, a, ZV_GROUPS_COMMA);
	zv_number_localize(y, b, ZV_GROUPS_COMMA);
	return lo == hi ? zv_arena_strf(arena, "%s %%", x) : zv_arena_strf(arena, "%s - %s %%", x, y);
}

static struct zv_support_range line_range(const struct zv_support_cost *cost)
{
	return (struct zv_support_range){cost->lo, cost->known, cost->hi};
}

static int64_t part(int64_t kop, int64_t ppm)
{
	int64_t out;

	return zv_muldiv_floor(&out, kop, ppm, WHOLE) ? out : 0;
}

static struct zv_support_range paid_of_line(const struct support_pay *pay, const struct zv_support_cost *cost, enum zv_truth eligible)
{
	struct zv_support_range out = {0};

	out.lo = eligible == ZV_YES ? part(cost->lo, pay->share_lo) : 0;
	out.has_hi = cost->known;
	out.hi = part(cost->hi, pay->share_hi);
	return out;
}

static struct zv_support_range over_lines(struct steps *steps, const struct support_pay *pay, const struct support_costs *costs)
{
	struct zv_support_range sum = {.has_hi = costs->complete};
	size_t shown = 0;

	for (size_t l = 0; l < costs->n; l++) {
		struct zv_support_range paid;

		if (pay->eligible[l] == ZV_NO)
			continue;
		paid = paid_of_line(pay, &costs->lines[l], pay->eligible[l]);
		sum.lo += paid.lo;
		sum.hi += paid.hi;
		sum.has_hi &= paid.has_hi;
		if (++shown > STEP_LINES)
			continue;
		zv_vec_push(&steps->list,
			    ((struct zv_support_step){costs->lines[l].title,
						      zv_arena_strf(steps->arena, pay->eligible[l] == ZV_YES ? "%.*s × %.*s = %.*s" : zv_tr(N_("%.*s × %.*s = %.*s, if the line counts")),
								    ZV_STR_FMT(zv_support_range_text(line_range(&costs->lines[l]), steps->arena)),
								    ZV_STR_FMT(percent_text(pay->share_lo, pay->share_hi, steps->arena)),
								    ZV_STR_FMT(zv_support_range_text(paid, steps->arena))),
						      false}));
	}
	if (shown == 0)
		step(steps, zv_tr(N_("Cost lines")), zv_str_c(zv_tr(N_("no line that the measure pays"))), false);
	if (shown > 1)
		step(steps, zv_tr(N_("Together")), zv_support_range_text(sum, steps->arena), false);
	return sum;
}

static struct zv_str part_text(const struct zv_rules_node *node, struct zv_arena *arena)
{
	if (node->working.n > 0 && !zv_str_eq(node->working, node->left))
		return zv_arena_strf(arena, "%.*s = %.*s", ZV_STR_FMT(node->working), ZV_STR_FMT(node->left));
	return node->left;
}

/* min(cap - already, sum), with what each of them is. */
static struct zv_support_range under_cap(struct steps *steps, const struct support_pay *pay, const struct zv_rules_terms *terms, struct zv_support_range sum)
{
	const struct zv_support_range *left = &pay->left;
	struct zv_support_range out = sum;

	if (terms->parts[ZV_RULES_TERM_CAP] == NULL)
		return sum;
	step(steps, zv_tr(N_("Limit")), part_text(terms->parts[ZV_RULES_TERM_CAP], steps->arena), false);
	if (terms->parts[ZV_RULES_TERM_ALREADY] != NULL) {
		step(steps, zv_tr(N_("Received before")), part_text(terms->parts[ZV_RULES_TERM_ALREADY], steps->arena), true);
		step(steps, zv_tr(N_("Left of the limit")), zv_support_range_text(*left, steps->arena), true);
	}
	out.lo = min_of(sum.lo, left->lo);
	if (left->has_hi)
		out.hi = sum.has_hi ? min_of(sum.hi, left->hi) : left->hi;
	out.has_hi = sum.has_hi || left->has_hi;
	step(steps, zv_tr(N_("The smaller of both")), zv_support_range_text(out, steps->arena), false);
	return out;
}

static struct zv_str rate_text(const struct zv_rules_rule *rule, const struct zv_rules_terms *terms, struct zv_arena *arena)
{
	struct zv_str words = zv_rules_words(&rule->rate_text);
	const struct zv_rules_node *rate = terms->parts[ZV_RULES_TERM_RATE];

	bool nothing = !terms->rate_ppm.has_hi && (!terms->rate_ppm.has_lo || terms->rate_ppm.lo <= 0);

	if (rate == NULL || nothing)
		return words;
	if (words.n == 0 || zv_str_eq(words, rate->left))
		return zv_arena_strf(arena, zv_tr(N_("%.*s a year")), ZV_STR_FMT(rate->left));
	return zv_arena_strf(arena, zv_tr(N_("%.*s a year (%.*s)")), ZV_STR_FMT(rate->left), ZV_STR_FMT(words));
}

enum zv_code support_amount(struct zv_support_row *row, struct support_pay *pay, const struct support_costs *costs,
			    const struct zv_rules_facts *facts, struct zv_arena *arena, struct zv_err *err)
{
	struct steps steps = {.arena = arena};
	struct zv_rules_terms terms;
	enum zv_code code = zv_rules_terms(&terms, row->pack, row->at, facts, arena, err);

	if (code != ZV_OK)
		return code;
	row->rate = rate_text(row->rule, &terms, arena);
	if (!row->has_amount || row->verdict == ZV_NO) {
		row->has_amount = false;
		return ZV_OK;
	}
	read_terms(pay, &terms);
	pay->eligible = ZV_ARENA_ARRAY(arena, enum zv_truth, costs->n + 1);
	for (size_t l = 0; l < costs->n && !pay->fixed && code == ZV_OK; l++)
		code = zv_rules_cost(&pay->eligible[l], row->pack, row->at, facts, l, arena, err);
	if (code != ZV_OK)
		return code;
	if (pay->fixed) {
		step(&steps, zv_tr(N_("Amount")), part_text(terms.parts[ZV_RULES_TERM_AMOUNT], arena), false);
		row->amount = under_cap(&steps, pay, &terms, pay->sum);
	} else {
		row->amount = under_cap(&steps, pay, &terms, over_lines(&steps, pay, costs));
	}
	row->n_steps = steps.list.n;
	row->steps = ZV_ARENA_ARRAY(arena, struct zv_support_step, steps.list.n + 1);
	for (size_t i = 0; i < steps.list.n; i++)
		((struct zv_support_step *)row->steps)[i] = steps.list.p[i];
	zv_vec_done(&steps.list);
	return ZV_OK;
}
