/* The entrances: a rule, a cost line, the terms of a measure. */
#include "engine/rules/explain.h"

/* For the search of missing facts, each way: what proves all but wide sums, and costs a page milliseconds. */
enum { MISSING_STEPS = 200000 };

static const char *limit_text(const struct rules_eval *ev)
{
	if (ev->out)
		return N_("This rule needs more steps than one rule may take, so its verdict stays unknown: make the condition simpler.");
	return N_("A number of this rule is too large or too fine to be calculated exactly, so its verdict stays unknown.");
}

enum zv_code zv_rules_eval(struct zv_rules_verdict *out, const struct zv_rules_pack *pack, int at, const struct zv_rules_facts *facts,
			   const struct zv_rules_options *options, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rules_verdict verdict = {.truth = ZV_YES};
	struct rules_eval ev;
	const struct rules_expr *check;

	if (at < 0 || at >= pack->n_rules)
		return zv_fail(err, ZV_E_NOTFOUND, "rule", N_("This pack has no such rule."));
	check = pack->inner[at].check;
	if (check == NULL) {
		*out = verdict;
		return ZV_OK;
	}
	rules_eval_init(&ev, pack, facts, options != NULL ? options->steps_max : 0, arena);
	verdict.truth = rules_truth(&ev, check);
	verdict.limit = ev.out || (ev.overflow && verdict.truth == ZV_UNKNOWN);
	if (ev.out)
		verdict.truth = ZV_UNKNOWN;
	if (verdict.limit)
		verdict.limit_text = limit_text(&ev);
	verdict.steps = ev.steps;
	if (options != NULL && options->explain) {
		bool out_of_steps = ev.out;

		ev.steps = 0;
		ev.out = false;
		verdict.nodes = rules_explain(&verdict.n_nodes, &ev, check, verdict.truth);
		if (verdict.truth == ZV_UNKNOWN && !out_of_steps) {
			int64_t steps = ev.steps_max < MISSING_STEPS ? ev.steps_max : MISSING_STEPS;

			verdict.to_yes = rules_missing(&ev, check, ZV_YES, steps);
			verdict.to_no = rules_missing(&ev, check, ZV_NO, steps);
		}
	}
	rules_eval_done(&ev);
	*out = verdict;
	return ZV_OK;
}

static bool pays_category(const struct zv_rules_rule *rule, struct zv_str category, bool known, enum zv_truth *out)
{
	*out = ZV_NO;
	for (int i = 0; i < rule->n_costs; i++) {
		if (zv_str_eq_c(rule->costs[i], "any")) {
			*out = ZV_YES;
			return true;
		}
		if (known && zv_str_eq(rule->costs[i], category))
			*out = ZV_YES;
	}
	if (rule->n_costs > 0 && !known)
		*out = ZV_UNKNOWN;
	return *out != ZV_NO;
}

static int category_field(const struct zv_rules_table *table)
{
	for (int f = 0; f < table->n_fields; f++) {
		if (zv_str_eq_c(zv_str_c(table->fields[f].name), "category") && table->fields[f].type == ZV_RULES_TEXT)
			return f;
	}
	return -1;
}

enum zv_code zv_rules_cost(enum zv_truth *out, const struct zv_rules_pack *pack, int at, const struct zv_rules_facts *facts, size_t cost_row,
			   struct zv_arena *arena, struct zv_err *err)
{
	struct rules_eval ev;
	struct rules_value category = {.known = false};
	enum zv_truth truth, where = ZV_YES;
	int field;

	if (at < 0 || at >= pack->n_rules)
		return zv_fail(err, ZV_E_NOTFOUND, "rule", N_("This pack has no such rule."));
	if (pack->costs < 0 || cost_row >= facts->rows[pack->costs].n)
		return zv_fail(err, ZV_E_NOTFOUND, "costs", N_("There is no such cost line."));
	rules_eval_init(&ev, pack, facts, 0, arena);
	field = category_field(&pack->vocabulary->tables[pack->costs]);
	if (field >= 0)
		category = rules_field(&ev, pack->costs, field, &facts->rows[pack->costs], cost_row);
	if (pays_category(&pack->rules[at], category.text, category.known, &truth) && pack->inner[at].terms[RULES_WHERE] != NULL) {
		ev.frames[0] = (struct rules_frame){&facts->rows[pack->costs], cost_row};
		where = rules_truth(&ev, pack->inner[at].terms[RULES_WHERE]);
		if (ev.out)
			where = ZV_UNKNOWN;
	}
	rules_eval_done(&ev);
	*out = where < truth ? where : truth;
	return ZV_OK;
}

/* Scaled by `times`, as the caller sees numbers. */
static struct zv_rules_number number_of(struct rules_eval *ev, struct rules_range range, int64_t times)
{
	struct rules_range x = times == 1 ? range : rules_mul(range, rules_point(times), &ev->overflow);

	return (struct zv_rules_number){x.lo.d != 0, x.hi.d != 0, x.lo.n, x.lo.d != 0 ? x.lo.d : 1, x.hi.n, x.hi.d != 0 ? x.hi.d : 1};
}

static struct zv_rules_number term(struct rules_eval *ev, const struct zv_rules_node **part, const struct rules_expr *e, int64_t times,
				   struct zv_rules_number none)
{
	struct rules_range range;

	if (e == NULL)
		return none;
	ev->steps = 0;
	ev->out = false;
	range = rules_figure(ev, e);
	if (ev->out)
		range = RULES_ANY;
	*part = rules_explain_value(ev, e);
	return number_of(ev, range, times);
}

enum zv_code zv_rules_terms(struct zv_rules_terms *out, const struct zv_rules_pack *pack, int at, const struct zv_rules_facts *facts,
			    struct zv_arena *arena, struct zv_err *err)
{
	static const struct zv_rules_number none = {false, false, 0, 1, 0, 1}, zero = {true, true, 0, 1, 0, 1}, all = {true, true, 1000000, 1, 1000000, 1};
	struct zv_rules_terms terms = {0};
	struct rules_expr *const *e;
	struct rules_eval ev;

	if (at < 0 || at >= pack->n_rules)
		return zv_fail(err, ZV_E_NOTFOUND, "rule", N_("This pack has no such rule."));
	e = pack->inner[at].terms;
	rules_eval_init(&ev, pack, facts, 0, arena);
	terms.has_expression = e[ZV_RULES_TERM_AMOUNT] != NULL;
	terms.fixed = term(&ev, &terms.parts[ZV_RULES_TERM_AMOUNT], e[ZV_RULES_TERM_AMOUNT], 1, none);
	terms.share_ppm = term(&ev, &terms.parts[ZV_RULES_TERM_SHARE], e[ZV_RULES_TERM_SHARE], 1000000, none);
	terms.cap_kop = term(&ev, &terms.parts[ZV_RULES_TERM_CAP], e[ZV_RULES_TERM_CAP], 1, none);
	terms.already_kop = term(&ev, &terms.parts[ZV_RULES_TERM_ALREADY], e[ZV_RULES_TERM_ALREADY], 1, zero);
	terms.intensity_ppm = term(&ev, &terms.parts[ZV_RULES_TERM_INTENSITY], e[ZV_RULES_TERM_INTENSITY], 1000000, all);
	terms.rate_ppm = term(&ev, &terms.parts[ZV_RULES_TERM_RATE], e[ZV_RULES_TERM_RATE], 1000000, none);
	rules_eval_done(&ev);
	*out = terms;
	return ZV_OK;
}
