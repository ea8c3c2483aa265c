/* All measures of the packs for one subject: verdicts, reasons, amounts, the best set, and what to ask for. */
#include <stdlib.h>

#include "app/support_inner.h"
#include "base/tr.h"
#include "base/vec.h"

const char *zv_support_verdict_name(enum zv_truth verdict)
{
	static const char *const names[] = {[ZV_NO] = "not_eligible", [ZV_UNKNOWN] = "unknown", [ZV_YES] = "eligible"};

	return names[verdict];
}

const char *zv_support_verdict_label(enum zv_truth verdict)
{
	static const char *const labels[] = {[ZV_NO] = N_("not eligible"), [ZV_UNKNOWN] = N_("not known"), [ZV_YES] = N_("eligible")};

	return labels[verdict];
}

static bool is_gift(struct zv_str form)
{
	static const char *const forms[] = {"subsidy", "grant", "tax"};

	for (size_t i = 0; i < ZV_LEN(forms); i++)
		if (zv_str_eq_c(form, forms[i]))
			return true;
	return false;
}

/* What the status of a measure leaves of its verdict: what is over is not for anybody, what is not in force yet cannot be promised. */
static const struct {
	enum zv_truth most;
	const char *reason; /* when the condition alone would allow more */
} by_status[] = {
	[ZV_RULES_ACTIVE] = {ZV_YES, NULL},
	[ZV_RULES_CLOSED] = {ZV_NO, N_("The measure is closed: it is kept as history.")},
	[ZV_RULES_ANNOUNCED] = {ZV_UNKNOWN, N_("The measure is announced only: no act in force is known, so no sum is computed.")},
	[ZV_RULES_PROPOSED] = {ZV_UNKNOWN, N_("The measure is a proposal only, so no sum is computed.")},
	[ZV_RULES_CONDITIONAL] = {ZV_UNKNOWN, N_("It depends on conditions outside the rules; no sum is computed.")},
	[ZV_RULES_REGIONAL_ONLY] = {ZV_UNKNOWN, N_("The conditions differ by region: ask the region; no sum is computed.")},
	[ZV_RULES_TO_CHECK] = {ZV_UNKNOWN, N_("The conditions of this measure have not been verified, so no sum is computed.")},
	[ZV_RULES_SUSPENDED] = {ZV_NO, N_("The measure is suspended: applications are not taken.")},
};

static enum zv_code read_row(struct zv_support_row *row, struct support_pay *pay, const struct support_costs *costs, const struct zv_rules_facts *facts,
			     bool explain, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rules_options options = {.explain = explain};
	struct zv_rules_verdict *verdict = ZV_ARENA_NEW(arena, struct zv_rules_verdict);
	enum zv_code code = zv_rules_eval(verdict, row->pack, row->at, facts, &options, arena, err);

	if (code != ZV_OK)
		return code;
	row->why = verdict;
	row->condition = row->verdict = verdict->truth;
	if (explain)
		row->reason = support_reason(row->pack, row->rule, verdict, arena);
	if (row->verdict > by_status[row->rule->status].most) {
		row->verdict = by_status[row->rule->status].most;
		row->reason = zv_str_c(zv_tr(by_status[row->rule->status].reason));
	} else if (row->verdict == by_status[row->rule->status].most && row->rule->status != ZV_RULES_ACTIVE && row->verdict == ZV_UNKNOWN) {
		row->reason = zv_str_c(zv_tr(by_status[row->rule->status].reason));
	}
	row->gift = is_gift(row->rule->form);
	row->has_amount = row->rule->computes && row->rule->status == ZV_RULES_ACTIVE;
	if (row->verdict == ZV_UNKNOWN) {
		row->missing = verdict->to_yes.n > 0 ? verdict->to_yes.facts : verdict->to_no.facts;
		row->n_missing = verdict->to_yes.n > 0 ? verdict->to_yes.n : verdict->to_no.n;
	}
	return support_amount(row, pay, costs, facts, arena, err);
}

/* --- order ------------------------------------------------------------------------------------------------------------------------- */

struct pair {
	struct zv_support_row row;
	struct support_pay pay;
	size_t place;
};

static int64_t weight(const struct zv_support_row *row)
{
	if (!row->has_amount)
		return -1;
	return row->amount.has_hi ? row->amount.hi : row->amount.lo;
}

/* Eligible, unknown, the others; what is given before what is lent; by money; as in the packs. */
static int in_order(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int64_t p = weight(&x->row), q = weight(&y->row);
	bool gift_x = x->row.gift && p >= 0, gift_y = y->row.gift && q >= 0;

	if (x->row.verdict != y->row.verdict)
		return x->row.verdict > y->row.verdict ? -1 : 1;
	if (gift_x != gift_y)
		return gift_x ? -1 : 1;
	if (p != q)
		return p > q ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

/* --- questions --------------------------------------------------------------------------------------------------------------------- */

static const char *register_of(const struct zv_rules_used *fact)
{
	static const struct {
		const char *table, *reg;
	} homes[] = {{"org", "org"}, {"project", "project"}, {"costs", "project_cost"}, {"received", "received"}, {"cluster", "cluster"}, {"members", "cluster_member"}};
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();

	for (size_t i = 0; i < ZV_LEN(homes) && fact->table >= 0; i++)
		if (zv_str_eq_c(zv_str_c(v->tables[fact->table].name), homes[i].table))
			return homes[i].reg;
	return "";
}

static int by_use(const void *a, const void *b)
{
	const struct zv_support_question *x = a, *y = b;

	if (x->n_measures != y->n_measures)
		return x->n_measures > y->n_measures ? -1 : 1;
	return zv_str_cmp(x->name, y->name);
}

static void list_questions(struct zv_support_view *out, struct zv_arena *arena)
{
	ZV_VEC(struct zv_support_question) list = {0};
	struct zv_support_question *ask;

	for (size_t i = 0; i < out->n_rows; i++) {
		const struct zv_support_row *row = &out->rows[i];

		for (int f = 0; f < row->n_missing; f++) {
			const struct zv_rules_used *fact = &row->missing[f];
			struct zv_support_question one = {.name = fact->name, .type = fact->type, .n_measures = 1, .stated = fact->table == -1};
			size_t at = 0;

			while (at < list.n && !zv_str_eq(list.p[at].name, fact->name))
				at++;
			if (at < list.n) {
				list.p[at].n_measures++;
				continue;
			}
			if (fact->table == -2)
				continue; /* a value of the pack: nobody can state it */
			one.text = support_fact_text(row->pack, fact, arena);
			one.register_name = zv_str_c(register_of(fact));
			zv_vec_push(&list, one);
		}
	}
	ask = ZV_ARENA_ARRAY(arena, struct zv_support_question, list.n + 1);
	for (size_t i = 0; i < list.n; i++)
		ask[i] = list.p[i];
	qsort(ask, list.n, sizeof(*ask), by_use);
	out->ask = ask;
	out->n_ask = list.n;
	zv_vec_done(&list);
}

enum zv_code zv_support_eval(struct zv_support_view *out, const struct zv_pack *packs, size_t n_packs, const struct zv_rules_facts *facts, bool explain,
			     struct zv_arena *arena, struct zv_err *err)
{
	return support_eval(out, packs, n_packs, facts, explain, false, arena, err);
}

/* To a partner in the project: no tree, no facts, and no answer that the organisation gave of itself. */
static void make_narrow(struct zv_support_row *row, struct zv_arena *arena)
{
	struct zv_support_step *steps = ZV_ARENA_ARRAY(arena, struct zv_support_step, row->n_steps + 1);
	size_t n = 0;

	if (row->verdict == ZV_NO && support_rests_on_statement(row->why))
		row->reason = zv_str_c(zv_tr(N_("A condition on the organisation itself is not met. The organisation sees which.")));
	for (size_t i = 0; i < row->n_steps; i++)
		if (!row->steps[i].own)
			steps[n++] = row->steps[i];
	row->steps = steps;
	row->n_steps = n;
	row->why = NULL;
	row->missing = NULL;
	row->n_missing = 0;
}

enum zv_code support_eval(struct zv_support_view *out, const struct zv_pack *packs, size_t n_packs, const struct zv_rules_facts *facts, bool explain,
			  bool narrow, struct zv_arena *arena, struct zv_err *err)
{
	ZV_VEC(struct pair) pairs = {0};
	struct support_costs *costs = ZV_ARENA_NEW(arena, struct support_costs);
	struct zv_support_view view = {0};
	enum zv_code code = ZV_OK;

	support_costs_read(costs, facts, arena);
	for (size_t p = 0; p < n_packs && code == ZV_OK; p++) {
		int n;
		const struct zv_rules_rule *rules = zv_rules_all(&n, packs[p].rules);

		for (int i = 0; i < n && code == ZV_OK; i++) {
			struct pair pair = {.row = {.pack = packs[p].rules, .at = i, .rule = &rules[i]}, .place = pairs.n};

			if (!rules[i].enabled || (narrow && rules[i].n_costs == 0))
				continue;
			code = read_row(&pair.row, &pair.pay, costs, facts, explain, arena, err);
			if (code == ZV_OK && narrow)
				make_narrow(&pair.row, arena);
			zv_vec_push(&pairs, pair);
		}
	}
	if (code == ZV_OK) {
		struct zv_support_row *rows = ZV_ARENA_ARRAY(arena, struct zv_support_row, pairs.n + 1);
		struct support_pay *pays = ZV_ARENA_ARRAY(arena, struct support_pay, pairs.n + 1);

		if (pairs.n > 0)
			qsort(pairs.p, pairs.n, sizeof(*pairs.p), in_order);
		for (size_t i = 0; i < pairs.n; i++) {
			rows[i] = pairs.p[i].row;
			pays[i] = pairs.p[i].pay;
		}
		view.rows = rows;
		view.n_rows = pairs.n;
		code = support_set(&view.best, rows, pays, pairs.n, costs, arena, err);
	}
	if (code == ZV_OK) {
		list_questions(&view, arena);
		*out = view;
	}
	zv_vec_done(&pairs);
	return code;
}
