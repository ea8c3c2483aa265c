/* Support as JSON: what the API answers and what scripts get from the command line. */
#include "app/measures.h"
#include "app/rules_json.h"
#include "app/support_inner.h"
#include "format/json_write.h"
#include "model/money.h"

static void key_money(struct zv_json *json, const char *key, int64_t kop)
{
	char text[ZV_MONEY_TEXT];

	zv_money_decimal(text, kop);
	zv_json_key_c(json, key, text);
}

static void add_range(struct zv_json *json, struct zv_support_range range)
{
	struct zv_arena arena;

	zv_arena_init(&arena);
	zv_json_object(json);
	key_money(json, "lo", range.lo);
	zv_json_key(json, "hi");
	if (range.has_hi) {
		char text[ZV_MONEY_TEXT];

		zv_money_decimal(text, range.hi);
		zv_json_c(json, text);
	} else {
		zv_json_null(json);
	}
	zv_json_key_str(json, "text", zv_support_range_text(range, &arena));
	zv_json_end_object(json);
	zv_arena_done(&arena);
}

static void key_range(struct zv_json *json, const char *key, bool has, struct zv_support_range range)
{
	zv_json_key(json, key);
	if (has)
		add_range(json, range);
	else
		zv_json_null(json);
}

static void key_named(struct zv_json *json, const char *key, const char *reg, struct zv_str uid, struct zv_str name)
{
	zv_json_key(json, key);
	zv_json_object(json);
	zv_json_key_c(json, "register", reg);
	zv_json_key_str(json, "uid", uid);
	zv_json_key_str(json, "name", name);
	zv_json_end_object(json);
}

/* --- rows ----------------------------------------------------------------------------------------------------------------------------- */

static void add_measure(struct zv_json *json, const struct zv_support_row *row)
{
	const struct zv_rules_rule *rule = row->rule;

	zv_json_key(json, "measure");
	zv_json_object(json);
	zv_json_key_str(json, "id", rule->id);
	zv_json_key_str(json, "title", zv_rules_words(&rule->title));
	zv_json_key_str(json, "form", rule->form);
	zv_json_key_c(json, "status", zv_measure_status_name(rule->status));
	zv_json_key_c(json, "confidence", zv_measure_confidence_name(rule->confidence));
	zv_rules_json_text(json, "act_old", rule->act_old);
	zv_rules_json_text(json, "act_new", rule->act_new);
	zv_rules_json_text(json, "link", rule->link);
	zv_rules_json_text(json, "note", zv_rules_words(&rule->note));
	zv_json_key_str(json, "pack", zv_rules_head(row->pack)->id);
	zv_json_end_object(json);
}

static void add_calendar(struct zv_json *json, const struct zv_rules_rule *rule, zv_date on)
{
	zv_json_key(json, "windows");
	zv_json_array(json);
	for (int i = 0; i < rule->n_windows; i++) {
		const struct zv_rules_window *window = &rule->windows[i];

		zv_json_object(json);
		zv_rules_json_date(json, "from", window->from);
		zv_rules_json_date(json, "to", window->to);
		zv_json_key_str(json, "title", zv_rules_words(&window->title));
		zv_json_key_c(json, "state", zv_measure_phase_name(zv_measure_phase(window->from, window->to, on)));
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key(json, "budget");
	zv_json_array(json);
	for (int i = 0; i < rule->n_budgets; i++) {
		zv_json_object(json);
		zv_json_key_int(json, "year", rule->budgets[i].year);
		key_money(json, "amount", rule->budgets[i].kop);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static bool in_set(const struct zv_support_set *set, const struct zv_support_row *row)
{
	for (size_t i = 0; i < set->n_measures; i++)
		if (set->measures[i].row == row)
			return true;
	return false;
}

static void add_row(struct zv_json *json, const struct zv_support_view *view, const struct zv_support_row *row, zv_date on)
{
	static const struct zv_rules_verdict none;

	zv_json_object(json);
	add_measure(json, row);
	zv_json_key_c(json, "verdict", zv_support_verdict_name(row->verdict));
	zv_json_key_c(json, "condition", zv_rules_truth_name(row->condition));
	zv_json_key_str(json, "reason", row->reason);
	key_range(json, "amount", row->has_amount, row->amount);
	zv_json_key_bool(json, "gift", row->gift);
	zv_json_key_bool(json, "in_best", in_set(&view->best, row));
	zv_json_key(json, "working");
	zv_json_array(json);
	for (size_t i = 0; i < row->n_steps; i++) {
		zv_json_object(json);
		zv_json_key_str(json, "label", row->steps[i].label);
		zv_json_key_str(json, "text", row->steps[i].text);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_rules_json_text(json, "rate_text", row->rate);
	zv_rules_json_text(json, "amount_text", zv_rules_words(&row->rule->amount_text));
	zv_rules_json_facts(json, "missing", row->pack, row->missing, row->n_missing);
	zv_rules_json_tree(json, "tree", row->pack, row->why != NULL ? row->why : &none);
	add_calendar(json, row->rule, on);
	zv_json_end_object(json);
}

static void key_paid(struct zv_json *json, const char *key, const struct zv_support_paid *paid, size_t n)
{
	zv_json_key(json, key);
	zv_json_array(json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(json);
		zv_json_key_str(json, "id", paid[i].row->rule->id);
		zv_json_key_str(json, "title", zv_rules_words(&paid[i].row->rule->title));
		key_range(json, "paid", true, paid[i].paid);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static void add_line(struct zv_json *json, const struct zv_support_payer *line)
{
	zv_json_object(json);
	zv_rules_json_text(json, "uid", line->cost->uid);
	zv_json_key_str(json, "title", line->cost->title);
	zv_json_key_str(json, "category", line->cost->category);
	zv_json_key(json, "cost");
	if (!line->cost->known) {
		zv_json_null(json);
		zv_json_key(json, "cost_max");
		zv_json_null(json);
	} else {
		char text[ZV_MONEY_TEXT];

		zv_money_decimal(text, line->cost->lo);
		zv_json_c(json, text);
		zv_money_decimal(text, line->cost->hi);
		zv_json_key_c(json, "cost_max", line->cost->hi > line->cost->lo ? text : NULL);
	}
	zv_rules_json_text(json, "payer", line->row != NULL ? line->row->rule->id : ZV_STR(""));
	key_money(json, "paid", line->paid_kop);
	zv_json_end_object(json);
}

static void add_set(struct zv_json *json, const struct zv_support_set *set)
{
	zv_json_key(json, "best");
	zv_json_object(json);
	key_range(json, "total", true, set->total);
	zv_json_key_bool(json, "proved", set->proved);
	key_money(json, "bound", set->bound_kop);
	key_paid(json, "measures", set->measures, set->n_measures);
	key_paid(json, "possible", set->possible, set->n_possible);
	zv_json_key(json, "lines");
	zv_json_array(json);
	for (size_t i = 0; i < set->n_lines; i++)
		add_line(json, &set->lines[i]);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

static void add_questions(struct zv_json *json, const struct zv_support_view *view)
{
	zv_json_key(json, "ask");
	zv_json_array(json);
	for (size_t i = 0; i < view->n_ask; i++) {
		zv_json_object(json);
		zv_json_key_str(json, "name", view->ask[i].name);
		zv_json_key_c(json, "type", zv_rules_type_name(view->ask[i].type));
		zv_json_key_str(json, "question", view->ask[i].text);
		zv_json_key_int(json, "measures", view->ask[i].n_measures);
		zv_json_key_bool(json, "stated", view->ask[i].stated);
		zv_rules_json_text(json, "register", view->ask[i].register_name);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

/* A difference is told when both amounts are known to the kopeck. */
static void key_difference(struct zv_json *json, bool has, struct zv_support_range was, struct zv_support_range now)
{
	zv_json_key(json, "difference");
	if (has && was.has_hi && now.has_hi && was.lo == was.hi && now.lo == now.hi) {
		char text[ZV_MONEY_TEXT];

		zv_money_decimal(text, now.lo - was.lo);
		zv_json_c(json, text);
	} else {
		zv_json_null(json);
	}
}

static void add_change(struct zv_json *json, const struct zv_support_change *change)
{
	const struct zv_support_row *was = change->was, *now = change->now;
	struct zv_support_range none = {.has_hi = true};

	zv_json_object(json);
	zv_json_key_str(json, "measure", now->rule->id);
	zv_json_key_str(json, "title", zv_rules_words(&now->rule->title));
	zv_json_key_c(json, "was", zv_support_verdict_name(was->verdict));
	zv_json_key_c(json, "now", zv_support_verdict_name(now->verdict));
	key_range(json, "was_amount", was->has_amount, was->amount);
	key_range(json, "now_amount", now->has_amount, now->amount);
	/* Nothing is paid by a measure that is refused: that is known, and is zero. */
	key_difference(json, (was->has_amount || was->verdict == ZV_NO) && (now->has_amount || now->verdict == ZV_NO) && was->verdict != ZV_UNKNOWN &&
				     now->verdict != ZV_UNKNOWN,
		       was->has_amount ? was->amount : none, now->has_amount ? now->amount : none);
	zv_json_end_object(json);
}

static void add_before(struct zv_json *json, const struct zv_support *support)
{
	zv_json_key(json, "before");
	if (!support->what_if) {
		zv_json_null(json);
		return;
	}
	zv_json_object(json);
	key_range(json, "total", true, support->before.best.total);
	key_money(json, "difference", support->view.best.total.lo - support->before.best.total.lo);
	zv_json_key(json, "changed");
	zv_json_array(json);
	for (size_t i = 0; i < support->n_changed; i++)
		add_change(json, &support->changed[i]);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

void zv_support_json(struct zv_json *json, const struct zv_support *support)
{
	zv_json_object(json);
	zv_json_key(json, "subject");
	zv_json_object(json);
	key_named(json, "org", "org", support->org_uid, support->org);
	if (support->project_uid.n > 0) {
		key_named(json, "project", "project", support->project_uid, support->project);
	} else {
		zv_json_key(json, "project");
		zv_json_null(json);
	}
	zv_json_end_object(json);
	zv_rules_json_date(json, "on", support->on);
	zv_json_key(json, "rows");
	zv_json_array(json);
	for (size_t i = 0; i < support->view.n_rows; i++)
		add_row(json, &support->view, &support->view.rows[i], support->on);
	zv_json_end_array(json);
	add_set(json, &support->view.best);
	add_questions(json, &support->view);
	add_before(json, support);
	zv_json_end_object(json);
}

void zv_support_project_json(struct zv_json *json, const struct zv_support_project *project)
{
	zv_json_object(json);
	key_named(json, "project", "project", project->uid, project->name);
	zv_rules_json_date(json, "on", project->on);
	key_range(json, "total", true, project->total);
	zv_json_key_int(json, "hidden", (int64_t)project->n_hidden);
	zv_json_key(json, "applicants");
	zv_json_array(json);
	for (size_t i = 0; i < project->n_applicants; i++)
		zv_support_json(json, &project->applicants[i]);
	zv_json_end_array(json);
	zv_json_end_object(json);
}
