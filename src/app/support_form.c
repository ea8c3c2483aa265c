/* The budget form of a grant: its lines against the ceilings and floors that the measure had on the day. */
#include "app/measures.h"
#include "app/rules_json.h"
#include "app/support_inner.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "engine/rules/amount.h"
#include "model/money.h"

enum { CATEGORIES_MAX = 100, WORD_MAX = 60 };

static bool is_called(const struct zv_rules_category *category, struct zv_str name)
{
	return zv_str_eq_nocase(category->name, name) || zv_str_eq(category->title.ru, name) || zv_str_eq(category->title.en, name);
}

static int category_of(const struct zv_rules_rule *rule, struct zv_str name)
{
	for (int i = 0; i < rule->n_categories; i++)
		if (is_called(&rule->categories[i], name))
			return i;
	return -1;
}

static enum zv_code add_line(int64_t *sums, const struct zv_rules_rule *rule, const struct zv_support_form_line *line, struct zv_err *err)
{
	struct zv_str name = zv_str_trim(line->category);
	int at = category_of(rule, name);
	int64_t kop;
	enum zv_code code;

	if (at < 0)
		return zv_fail(err, ZV_E_INVALID, "category", N_("The measure %.*s pays no category “%.*s”. Its categories are in the register of measures."),
			       ZV_STR_FMT(rule->id), ZV_STR_FMT(zv_str_first(name, WORD_MAX)));
	code = zv_money_parse(&kop, line->sum, "sum", err);
	if (code != ZV_OK)
		return code;
	if (kop > INT64_MAX / 2 / CATEGORIES_MAX - sums[at])
		return zv_fail(err, ZV_E_INVALID, "sum", N_("The sum of “%.*s” is too large."), ZV_STR_FMT(name));
	sums[at] += kop;
	return ZV_OK;
}

static int64_t part(int64_t of, int64_t ppm, bool up)
{
	return (int64_t)(((zv_i128)of * ppm + (up ? 999999 : 0)) / 1000000);
}

static void add_limits(struct zv_support_form_row *row, int64_t of)
{
	row->has_ceiling = row->category->ceiling_ppm >= 0;
	row->has_floor = row->category->floor_ppm >= 0;
	if (row->has_ceiling)
		row->ceiling_kop = part(of, row->category->ceiling_ppm, false);
	if (row->has_floor)
		row->floor_kop = part(of, row->category->floor_ppm, true);
}

static void add_fault(struct zv_support_form_row *row, const struct zv_budget_fault *fault, struct zv_arena *arena)
{
	struct zv_str title = zv_rules_words(&row->category->title), have = support_money(fault->have_kop, arena), limit = support_money(fault->limit_kop, arena);
	int64_t gap = fault->have_kop - fault->limit_kop;

	row->above = fault->kind == ZV_BUDGET_ABOVE;
	row->below = !row->above;
	row->fault = row->above ? zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, at most %.*s is allowed: take away %.*s.")), ZV_STR_FMT(title), ZV_STR_FMT(have),
						ZV_STR_FMT(limit), ZV_STR_FMT(support_money(gap, arena)))
				: zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, at least %.*s is needed.")), ZV_STR_FMT(title), ZV_STR_FMT(have), ZV_STR_FMT(limit));
}

static enum zv_code check(struct zv_support_form *out, const struct zv_rules_rule *rule, const int64_t *sums, struct zv_arena *arena, struct zv_err *err)
{
	size_t n = (size_t)rule->n_categories;
	struct zv_support_form_row *rows = ZV_ARENA_ARRAY(arena, struct zv_support_form_row, n + 1);
	struct zv_budget_category *categories = ZV_ARENA_ARRAY(arena, struct zv_budget_category, n + 1);
	struct zv_budget_fault *faults = ZV_ARENA_ARRAY(arena, struct zv_budget_fault, n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct zv_rules_category *c = &rule->categories[i];

		categories[i] = (struct zv_budget_category){c->ceiling_ppm, c->floor_ppm, c->of.n > 0 ? category_of(rule, c->of) : -1};
		rows[i] = (struct zv_support_form_row){.category = c, .sum_kop = sums[i]};
		out->total_kop += sums[i];
	}
	out->n_faults = zv_budget_check(faults, categories, sums, (int)n);
	if (out->n_faults < 0)
		return zv_fail(err, ZV_E_INVALID, "sum", N_("The sums of the form are too large."));
	for (size_t i = 0; i < n; i++) {
		rows[i].share_ppm = out->total_kop > 0 ? (int64_t)((zv_i128)sums[i] * 1000000 / out->total_kop) : 0;
		add_limits(&rows[i], categories[i].of >= 0 ? sums[categories[i].of] : out->total_kop);
	}
	for (int f = 0; f < out->n_faults; f++)
		add_fault(&rows[faults[f].category], &faults[f], arena);
	out->rows = rows;
	out->n_rows = n;
	return ZV_OK;
}

enum zv_code zv_support_form_check(struct zv_support_form *out, struct zv_db *db, const struct zv_who *who, struct zv_str measure, zv_date on,
				   const struct zv_support_form_line *lines, size_t n_lines, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_support_form form = {0};
	struct zv_measure found;
	int64_t *sums;
	zv_date day;
	enum zv_code code = zv_measures_get(&found, &day, db, who, measure, on, arena, err);

	if (code != ZV_OK)
		return code;
	if (found.rule->n_categories == 0 || found.rule->n_categories > CATEGORIES_MAX)
		return zv_fail(err, ZV_E_INVALID, "measure", N_("The measure %.*s has no categories of cost in its pack, so there is nothing to check a form against."),
			       ZV_STR_FMT(found.rule->id));
	sums = ZV_ARENA_ARRAY(arena, int64_t, (size_t)found.rule->n_categories);
	for (size_t i = 0; i < n_lines && code == ZV_OK; i++)
		code = add_line(sums, found.rule, &lines[i], err);
	form.rule = found.rule;
	if (code == ZV_OK)
		code = check(&form, found.rule, sums, arena, err);
	if (code == ZV_OK)
		*out = form;
	return code;
}
