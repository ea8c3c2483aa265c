/* Criteria, documents and measures: one reader a statement. */
#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "engine/rules/parse.h"

enum { PPM = 1000000, WINDOWS_MAX = 200, YEAR_MIN = 1990, YEAR_MAX = 2199 };

/* A rule that is being read, with room for what a measure may repeat. */
struct draft {
	struct zv_rules_rule rule;
	struct rules_rule inner;
	bool has_confidence, has_status;
	ZV_VEC(struct zv_rules_window) windows;
	ZV_VEC(struct zv_rules_budget) budgets;
	ZV_VEC(struct zv_rules_category) categories;
};

bool rules_read_confidence(struct rules_parser *p, enum zv_rules_confidence *out)
{
	static const char *const words[] = {"high", "medium", "low"};
	int at;

	if (!rules_read_choice(p, &at, words, ZV_LEN(words)))
		return false;
	*out = (enum zv_rules_confidence)at;
	return true;
}

bool rules_read_status(struct rules_parser *p, enum zv_rules_status *out)
{
	static const char *const words[] = {"active", "closed", "announced", "proposed", "conditional", "regional_only", "to_check", "suspended"};
	int at;

	if (!rules_read_choice(p, &at, words, ZV_LEN(words)))
		return false;
	*out = (enum zv_rules_status)at;
	return true;
}

static bool read_title(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct draft *)object)->rule.title);
}

static bool read_note(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct draft *)object)->rule.note);
}

static bool read_evidence(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct draft *)object)->rule.evidence);
}

static bool read_beneficiary(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct draft *)object)->rule.beneficiary);
}

static bool read_amount_text(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct draft *)object)->rule.amount_text);
}

static bool read_rate_text(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct draft *)object)->rule.rate_text);
}

static bool read_source(struct rules_parser *p, void *object)
{
	return rules_read_text(p, &((struct draft *)object)->rule.source);
}

static bool read_administrator(struct rules_parser *p, void *object)
{
	return rules_read_text(p, &((struct draft *)object)->rule.administrator);
}

static bool read_link(struct rules_parser *p, void *object)
{
	return rules_read_text(p, &((struct draft *)object)->rule.link);
}

static bool read_enabled(struct rules_parser *p, void *object)
{
	return rules_read_yes(p, &((struct draft *)object)->rule.enabled);
}

static bool read_severity(struct rules_parser *p, void *object)
{
	static const char *const words[] = {"block", "warn", "info"};
	int at;

	if (!rules_read_choice(p, &at, words, ZV_LEN(words)))
		return false;
	((struct draft *)object)->rule.severity = (enum zv_rules_severity)at;
	return true;
}

static bool read_confidence(struct rules_parser *p, void *object)
{
	struct draft *draft = object;

	draft->has_confidence = true;
	return rules_read_confidence(p, &draft->rule.confidence);
}

static bool read_status(struct rules_parser *p, void *object)
{
	struct draft *draft = object;

	draft->has_status = true;
	return rules_read_status(p, &draft->rule.status);
}

static bool read_check(struct rules_parser *p, void *object)
{
	struct draft *draft = object;
	size_t from = p->token.at;

	draft->inner.check = rules_read_expr(p);
	if (draft->inner.check != NULL)
		draft->rule.condition = rules_source(p->lexer.text, from, p->last, p->arena);
	return draft->inner.check != NULL;
}

static bool read_form(struct rules_parser *p, void *object)
{
	static const char *const words[] = {"subsidy", "grant", "loan", "guarantee", "tax", "contract", "service", "land", "procurement", "transfer"};
	int at;

	if (!rules_read_choice(p, &at, words, ZV_LEN(words)))
		return false;
	((struct draft *)object)->rule.form = zv_str_c(words[at]);
	return true;
}

static bool read_act(struct rules_parser *p, void *object)
{
	struct draft *draft = object;
	bool old = rules_take(p, "old");

	if (old && !rules_read_text(p, &draft->rule.act_old))
		return false;
	if (rules_take(p, "new"))
		return rules_read_text(p, &draft->rule.act_new);
	return old || rules_expect(p, "old");
}

static bool read_costs(struct rules_parser *p, void *object)
{
	struct draft *draft = object;

	if (!rules_read_ids(p, &draft->rule.costs, &draft->rule.n_costs, false))
		return false;
	if (!rules_take(p, "where"))
		return true;
	draft->inner.terms[RULES_WHERE] = rules_read_expr(p);
	return draft->inner.terms[RULES_WHERE] != NULL;
}

static bool read_term(struct rules_parser *p, void *object, int term)
{
	struct rules_expr **out = &((struct draft *)object)->inner.terms[term];

	*out = rules_read_expr(p);
	return *out != NULL;
}

static bool read_amount(struct rules_parser *p, void *object)
{
	return read_term(p, object, ZV_RULES_TERM_AMOUNT);
}

static bool read_share(struct rules_parser *p, void *object)
{
	return read_term(p, object, ZV_RULES_TERM_SHARE);
}

static bool read_cap(struct rules_parser *p, void *object)
{
	return read_term(p, object, ZV_RULES_TERM_CAP);
}

static bool read_already(struct rules_parser *p, void *object)
{
	return read_term(p, object, ZV_RULES_TERM_ALREADY);
}

static bool read_intensity(struct rules_parser *p, void *object)
{
	return read_term(p, object, ZV_RULES_TERM_INTENSITY);
}

static bool read_rate(struct rules_parser *p, void *object)
{
	return read_term(p, object, ZV_RULES_TERM_RATE);
}

static bool read_group(struct rules_parser *p, void *object)
{
	struct draft *draft = object;

	return rules_read_ids(p, &draft->rule.groups, &draft->rule.n_groups, false);
}

static bool read_excludes(struct rules_parser *p, void *object)
{
	struct draft *draft = object;

	return rules_read_ids(p, &draft->rule.excludes, &draft->rule.n_excludes, true);
}

static bool too_many(struct rules_parser *p, size_t n)
{
	if (n < WINDOWS_MAX)
		return false;
	RULES_FAULT(p, rules_here(p), N_("There are more than %d of these in one measure."), WINDOWS_MAX);
	return true;
}

static bool read_window(struct rules_parser *p, void *object)
{
	struct draft *draft = object;
	struct zv_rules_window window = {0};

	if (too_many(p, draft->windows.n) || !rules_read_dates(p, &window.from, &window.to) || !rules_read_words(p, &window.title))
		return false;
	zv_vec_push(&draft->windows, window);
	return true;
}

static bool read_budget(struct rules_parser *p, void *object)
{
	struct draft *draft = object;
	struct rules_place place = rules_here(p);
	struct rules_literal year, sum;

	if (too_many(p, draft->budgets.n))
		return false;
	if (!rules_at_literal(p) || !rules_read_literal(p, &year) || year.type != ZV_RULES_NUMBER || year.q.d != 1 || year.q.n < YEAR_MIN || year.q.n > YEAR_MAX) {
		RULES_FAULT(p, place, N_("Here should stand a year: budget 2024 430 mln rub."));
		return false;
	}
	place = rules_here(p);
	if (!rules_at_literal(p) || !rules_read_literal(p, &sum) || sum.type != ZV_RULES_MONEY) {
		RULES_FAULT(p, place, N_("Here should stand a sum: 430 mln rub."));
		return false;
	}
	zv_vec_push(&draft->budgets, ((struct zv_rules_budget){(int)year.q.n, sum.q.n}));
	return true;
}

/* at most 70 % [of wages], at least 10 % */
static bool read_bound(struct rules_parser *p, void *object)
{
	struct zv_rules_category *category = object;
	bool most = rules_at(p, "most");
	struct rules_place place;
	struct rules_literal part;
	zv_i128 ppm;

	if (!rules_take(p, "most") && !rules_take(p, "least"))
		return rules_expect(p, "most");
	place = rules_here(p);
	if (!rules_at_literal(p) || !rules_read_literal(p, &part) || !part.percent) {
		RULES_FAULT(p, place, N_("Here should stand a share: at most 70 %%."));
		return false;
	}
	ppm = (zv_i128)part.q.n * PPM;
	if (ppm % part.q.d != 0 || ppm / part.q.d > 1000 * (zv_i128)PPM) {
		RULES_FAULT(p, place, N_("A share has at most 4 decimals and is at most 100,000 %%."));
		return false;
	}
	if (most)
		category->ceiling_ppm = (int64_t)(ppm / part.q.d);
	else
		category->floor_ppm = (int64_t)(ppm / part.q.d);
	return !most || !rules_take(p, "of") || rules_read_id(p, &category->of);
}

static bool read_category(struct rules_parser *p, void *object)
{
	static const struct rules_statement statements[] = {{"at", read_bound, true}};
	struct draft *draft = object;
	struct zv_rules_category category = {.ceiling_ppm = -1, .floor_ppm = -1};
	struct rules_place place = rules_here(p);
	uint64_t seen = 0;

	if (too_many(p, draft->categories.n) || !rules_read_id(p, &category.name))
		return false;
	for (size_t i = 0; i < draft->categories.n; i++) {
		if (zv_str_eq(draft->categories.p[i].name, category.name))
			RULES_FAULT(p, place, N_("The category “%.*s” is there already."), ZV_STR_FMT(category.name));
	}
	if (rules_at(p, "ru") && !rules_read_words(p, &category.title))
		return false;
	if (!rules_expect(p, "{"))
		return false;
	rules_read_block(p, &category, statements, ZV_LEN(statements), &seen, zv_tr(N_("A category")));
	zv_vec_push(&draft->categories, category);
	return true;
}

static const struct rules_statement criterion_words[] = {
	{"title", read_title, false},           {"check", read_check, false},   {"severity", read_severity, false}, {"confidence", read_confidence, false},
	{"status", read_status, false},         {"enabled", read_enabled, false}, {"evidence", read_evidence, false}, {"source", read_source, false},
	{"note", read_note, false},
};

static const struct rules_statement measure_words[] = {
	{"title", read_title, false},           {"when", read_check, false},    {"severity", read_severity, false}, {"confidence", read_confidence, false},
	{"status", read_status, false},         {"enabled", read_enabled, false}, {"evidence", read_evidence, false}, {"source", read_source, false},
	{"note", read_note, false},             {"form", read_form, false},     {"act", read_act, false},           {"costs", read_costs, false},
	{"amount", read_amount, false},         {"share", read_share, false},   {"cap", read_cap, false},           {"already", read_already, false},
	{"intensity", read_intensity, false},   {"rate", read_rate, false},     {"group", read_group, true},        {"excludes", read_excludes, true},
	{"window", read_window, true},          {"budget", read_budget, true},  {"category", read_category, true},  {"beneficiary", read_beneficiary, false},
	{"amount_text", read_amount_text, false}, {"rate_text", read_rate_text, false}, {"administrator", read_administrator, false},
	{"link", read_link, false},
};

/* The category that a ceiling is a part of must be one of this measure. */
static void check_categories(struct rules_parser *p, const struct draft *draft, struct rules_place place)
{
	for (size_t i = 0; i < draft->categories.n; i++) {
		struct zv_str of = draft->categories.p[i].of;
		bool found = of.n == 0;

		for (size_t j = 0; j < draft->categories.n && !found; j++)
			found = zv_str_eq(draft->categories.p[j].name, of);
		if (!found)
			RULES_FAULT(p, place, N_("A ceiling is a part of the category “%.*s”, which this measure does not have."), ZV_STR_FMT(of));
	}
}

#define KEEP(out, n_out, vec)                                                                                  \
	do {                                                                                                   \
		(out) = (vec)->n > 0 ? memcpy(zv_arena_alloc(p->arena, (vec)->n * sizeof(*(vec)->p)), (vec)->p, \
					      (vec)->n * sizeof(*(vec)->p))                                    \
				     : NULL;                                                                   \
		(n_out) = (int)(vec)->n;                                                                       \
	} while (0)

static void keep(struct rules_parser *p, struct draft *draft, bool measure)
{
	struct zv_rules_rule *rule = &draft->rule;

	KEEP(rule->windows, rule->n_windows, &draft->windows);
	KEEP(rule->budgets, rule->n_budgets, &draft->budgets);
	KEEP(rule->categories, rule->n_categories, &draft->categories);
	if (!draft->has_confidence)
		rule->confidence = (enum zv_rules_confidence)-1; /* that of the pack, when all of it is read */
	if (!draft->has_status)
		rule->status = (enum zv_rules_status)-1;
	zv_vec_push(&p->rules, *rule);
	zv_vec_push(&p->inner, draft->inner);
	zv_vec_push(&p->measures, measure);
}

static bool read_rule(struct rules_parser *p, bool measure)
{
	struct draft draft = {.rule = {.enabled = true}};
	struct rules_place place = rules_here(p);
	uint64_t seen = 0;
	int64_t at;

	draft.rule.line = place.line;
	draft.rule.column = place.column;
	if (!rules_read_id(p, &draft.rule.id))
		return false;
	if (zv_map_get(&at, &p->ids, draft.rule.id))
		RULES_FAULT(p, place, N_("“%.*s” is there already, in line %d: give this one another id."), ZV_STR_FMT(draft.rule.id), p->rules.p[at].line);
	if (p->rules.n >= ZV_RULES_RULES_MAX) {
		RULES_FAULT(p, place, N_("A pack has at most %d criteria and measures: split it."), ZV_RULES_RULES_MAX);
		p->stop = true;
	}
	if (!rules_expect(p, "{"))
		return false;
	if (measure)
		rules_read_block(p, &draft, measure_words, ZV_LEN(measure_words), &seen, zv_tr(N_("A measure")));
	else
		rules_read_block(p, &draft, criterion_words, ZV_LEN(criterion_words), &seen, zv_tr(N_("A criterion")));
	if ((seen & 1) == 0)
		RULES_FAULT(p, place, N_("“%.*s” has no title: write title ru \"…\"."), ZV_STR_FMT(draft.rule.id));
	if (measure)
		check_categories(p, &draft, place);
	zv_map_put(&p->ids, draft.rule.id, (int64_t)p->rules.n);
	keep(p, &draft, measure);
	zv_vec_done(&draft.windows);
	zv_vec_done(&draft.budgets);
	zv_vec_done(&draft.categories);
	return true;
}

bool rules_read_criterion(struct rules_parser *p, void *object)
{
	(void)object;
	return read_rule(p, false);
}

bool rules_read_measure(struct rules_parser *p, void *object)
{
	(void)object;
	return read_rule(p, true);
}

/* --- documents --- */

static bool read_document_title(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct zv_rules_document *)object)->title);
}

static bool read_required(struct rules_parser *p, void *object)
{
	return rules_read_yes(p, &((struct zv_rules_document *)object)->required);
}

static bool read_signature(struct rules_parser *p, void *object)
{
	return rules_read_yes(p, &((struct zv_rules_document *)object)->signature);
}

static bool read_proves(struct rules_parser *p, void *object)
{
	struct zv_rules_document *document = object;
	struct rules_place place = rules_here(p);

	if (!rules_read_id(p, &document->criterion))
		return false;
	zv_vec_push(&p->mentions, ((struct rules_mention){document->criterion, place, true}));
	return true;
}

bool rules_read_document(struct rules_parser *p, void *object)
{
	static const struct rules_statement statements[] = {
		{"title", read_document_title, false}, {"required", read_required, false}, {"signature", read_signature, false}, {"criterion", read_proves, false}};
	struct zv_rules_document document = {0};
	struct rules_place place = rules_here(p);
	uint64_t seen = 0;
	int64_t at;

	(void)object;
	if (!rules_read_id(p, &document.id))
		return false;
	if (zv_map_get(&at, &p->document_ids, document.id))
		RULES_FAULT(p, place, N_("The document “%.*s” is there already."), ZV_STR_FMT(document.id));
	if (!rules_expect(p, "{"))
		return false;
	rules_read_block(p, &document, statements, ZV_LEN(statements), &seen, zv_tr(N_("A document")));
	if ((seen & 1) == 0)
		RULES_FAULT(p, place, N_("“%.*s” has no title: write title ru \"…\"."), ZV_STR_FMT(document.id));
	zv_map_put(&p->document_ids, document.id, (int64_t)p->documents.n);
	zv_vec_push(&p->documents, document);
	return true;
}
