/* The pack itself: its head, parameters by date and declared facts; then everything that can be proved only when all is read. */
#include <stdlib.h>
#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "engine/rules/parse.h"

enum { VALUES_MAX = 500, DECLARED_MAX = 1000 };

/* In the order of zv_rules_type, then the one that is a number shown in %. */
static const char *const type_words[] = {"yesno", "number", "money", "date", "text", "percent"};

static bool read_type(struct rules_parser *p, enum zv_rules_type *type, bool *percent)
{
	int at;

	if (!rules_read_choice(p, &at, type_words, ZV_LEN(type_words)))
		return false;
	*percent = at == ZV_RULES_TEXT + 1;
	*type = *percent ? ZV_RULES_NUMBER : (enum zv_rules_type)at;
	return true;
}

/* --- parameters --- */

struct dated {
	struct zv_rules_parameter_value head;
	struct rules_value value;
	struct rules_place place;
};

static bool read_value(struct rules_parser *p, struct dated *out, enum zv_rules_type type, bool *percent)
{
	struct rules_place place = rules_here(p);
	size_t from = p->token.at;
	bool minus = rules_take(p, "-");
	struct rules_literal literal;

	if (!rules_at_literal(p)) {
		RULES_FAULT(p, place, N_("Here should stand a value: 10, 20 %%, 150 mln rub, 2026-01-01, yes or a text in quotes."));
		return false;
	}
	if (!rules_read_literal(p, &literal))
		return false;
	if (literal.type != (int)type || (minus && type != ZV_RULES_NUMBER && type != ZV_RULES_MONEY)) {
		RULES_FAULT(p, place, N_("This value is not of the type %s."), type_words[type]);
		return false;
	}
	*percent = *percent || literal.percent;
	out->head.text = rules_source(p->lexer.text, from, p->last, p->arena);
	literal.q.n = minus ? -literal.q.n : literal.q.n;
	out->value = (struct rules_value){.truth = literal.yes ? ZV_YES : ZV_NO, .range = {literal.q, literal.q}, .known = true, .text = literal.text};
	return true;
}

static int by_from(const void *a, const void *b)
{
	zv_date x = ((const struct dated *)a)->head.from, y = ((const struct dated *)b)->head.from;

	return (x > y) - (x < y); /* without a first day: ZV_DATE_NONE is the smallest */
}

static void keep_parameter(struct rules_parser *p, struct zv_rules_parameter *parameter, struct dated *dated, size_t n, bool percent)
{
	struct zv_rules_parameter_value *heads = ZV_ARENA_ARRAY(p->arena, struct zv_rules_parameter_value, n + 1);
	struct rules_value *values = ZV_ARENA_ARRAY(p->arena, struct rules_value, n + 1);

	if (n > 1)
		qsort(dated, n, sizeof(*dated), by_from);
	for (size_t i = 0; i < n; i++) {
		heads[i] = dated[i].head;
		values[i] = dated[i].value;
		if (i > 0 && dated[i].head.from == dated[i - 1].head.from)
			RULES_FAULT(p, dated[i].place, N_("Two values begin on the same day: which one holds?"));
	}
	parameter->values = heads;
	parameter->n_values = (int)n;
	zv_vec_push(&p->parameters, *parameter);
	zv_vec_push(&p->inner_parameters, ((struct rules_parameter){values, percent}));
}

static bool read_line(struct rules_parser *p, struct dated *out, enum zv_rules_type type, bool *percent)
{
	*out = (struct dated){.place = rules_here(p)};
	return rules_read_dates(p, &out->head.from, &out->head.to) && rules_expect(p, ":") && read_value(p, out, type, percent) &&
	       (!rules_take(p, "source") || rules_read_text(p, &out->head.source));
}

/* A fault in a line of values does not lose the lines after it. */
static void next_line(struct rules_parser *p)
{
	while (p->token.kind != RULES_END && !rules_at(p, "}") && !rules_at(p, "{") &&
	       !(p->token.first && (p->token.kind == RULES_DATE || rules_at(p, ".."))))
		rules_next(p);
}

static bool read_parameter(struct rules_parser *p, void *object)
{
	struct zv_rules_parameter parameter = {0};
	struct rules_place place = rules_here(p);
	ZV_VEC(struct dated) values = {0};
	struct dated one;
	bool percent;
	int64_t at;

	(void)object;
	if (!rules_read_id(p, &parameter.name))
		return false;
	if (zv_str_find_char(parameter.name, '.') >= 0 || zv_str_find_char(parameter.name, '-') >= 0 || zv_is_digit(parameter.name.p[0]))
		RULES_FAULT(p, place, N_("A parameter is named with letters, digits and _, a letter first: participants_min."));
	if (zv_map_get(&at, &p->names, parameter.name))
		RULES_FAULT(p, place, N_("The name “%.*s” is there already."), ZV_STR_FMT(parameter.name));
	if (!read_type(p, &parameter.type, &percent) || (rules_at(p, "ru") && !rules_read_words(p, &parameter.title)) || !rules_expect(p, "{"))
		return false;
	while (!rules_at(p, "}") && p->token.kind != RULES_END && values.n < VALUES_MAX) {
		if (p->token.kind != RULES_DATE && !rules_at(p, "..")) {
			RULES_FAULT(p, rules_here(p), N_("Here should stand the days and the value: 2026-01-01 .. : 10."));
			rules_next(p);
			next_line(p);
		} else if (read_line(p, &one, parameter.type, &percent)) {
			zv_vec_push(&values, one);
		} else {
			next_line(p);
		}
		if (rules_at(p, "{"))
			break;
	}
	zv_map_put(&p->names, parameter.name, (int64_t)p->parameters.n);
	keep_parameter(p, &parameter, values.p, values.n, percent);
	zv_vec_done(&values);
	if (values.n >= VALUES_MAX)
		RULES_FAULT(p, rules_here(p), N_("A parameter has at most %d values."), VALUES_MAX);
	return rules_expect(p, "}");
}

static bool read_fact(struct rules_parser *p, void *object)
{
	struct zv_rules_declared fact = {0};
	struct rules_place place = rules_here(p);
	bool percent;
	int64_t at;

	(void)object;
	if (!rules_read_id(p, &fact.name))
		return false;
	ptrdiff_t point = zv_str_find_char(fact.name, '.');

	if (point <= 0 || zv_str_find_char(fact.name, '-') >= 0 || zv_is_digit(fact.name.p[0]))
		RULES_FAULT(p, place, N_("A fact is named with a point, whose it is first: org.atr_qualified."));
	if (zv_map_get(&at, &p->names, fact.name))
		RULES_FAULT(p, place, N_("The name “%.*s” is there already."), ZV_STR_FMT(fact.name));
	if (!read_type(p, &fact.type, &percent) || !rules_read_words(p, &fact.title))
		return false;
	if (p->declared.n >= DECLARED_MAX) {
		RULES_FAULT(p, place, N_("A pack declares at most %d facts."), DECLARED_MAX);
		p->stop = true;
	}
	for (int t = 0; t < p->vocabulary->n_tables; t++) {
		const struct zv_rules_table *table = &p->vocabulary->tables[t];

		if (point <= 0 || !zv_str_eq_c(zv_str_first(fact.name, (size_t)point), table->name))
			continue;
		if (!table->single)
			RULES_FAULT(p, place, N_("“%s” are rows: a fact can be declared only of one thing, as org.atr_qualified."), table->name);
		for (int f = 0; f < table->n_fields; f++) {
			if (zv_str_eq_c(zv_str_from(fact.name, (size_t)point + 1), table->fields[f].name))
				RULES_FAULT(p, place, N_("“%.*s” is known from the registers already: use it without declaring it."), ZV_STR_FMT(fact.name));
		}
	}
	zv_map_put(&p->names, fact.name, -1 - (int64_t)p->declared.n);
	zv_vec_push(&p->declared, fact);
	zv_vec_push(&p->declared_percent, percent);
	return true;
}

/* --- head --- */

static bool read_series(struct rules_parser *p, void *object)
{
	return rules_read_id(p, &((struct rules_parser *)object)->head.series);
}

static bool read_region(struct rules_parser *p, void *object)
{
	return rules_read_id(p, &((struct rules_parser *)object)->head.region);
}

static bool read_kind(struct rules_parser *p, void *object)
{
	static const char *const words[] = {"cluster", "support"};
	int at;

	(void)object;
	if (!rules_read_choice(p, &at, words, ZV_LEN(words)))
		return false;
	p->head.kind = (enum zv_rules_kind)at;
	return true;
}

static bool read_level(struct rules_parser *p, void *object)
{
	static const char *const words[] = {"federal", "regional", "own"};
	int at;

	(void)object;
	if (!rules_read_choice(p, &at, words, ZV_LEN(words)))
		return false;
	p->head.level = (enum zv_rules_level)at;
	return true;
}

static bool read_title(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct rules_parser *)object)->head.title);
}

static bool read_note(struct rules_parser *p, void *object)
{
	return rules_read_words(p, &((struct rules_parser *)object)->head.note);
}

static bool read_valid(struct rules_parser *p, void *object)
{
	(void)object;
	return rules_read_dates(p, &p->head.valid_from, &p->head.valid_to);
}

static bool read_source(struct rules_parser *p, void *object)
{
	return rules_read_text(p, &((struct rules_parser *)object)->head.source);
}

static bool read_confidence(struct rules_parser *p, void *object)
{
	(void)object;
	return rules_read_confidence(p, &p->head.confidence);
}

static bool read_status(struct rules_parser *p, void *object)
{
	(void)object;
	return rules_read_status(p, &p->head.status);
}

static const struct rules_statement pack_words[] = {
	{"kind", read_kind, false},         {"title", read_title, false},     {"series", read_series, false},   {"level", read_level, false},
	{"region", read_region, false},     {"valid", read_valid, false},     {"source", read_source, false},   {"note", read_note, false},
	{"confidence", read_confidence, false}, {"status", read_status, false}, {"parameter", read_parameter, true}, {"fact", read_fact, true},
	{"criterion", rules_read_criterion, true}, {"measure", rules_read_measure, true}, {"document", rules_read_document, true},
};
enum { SAID_KIND = 1, SAID_TITLE = 2 };

/* --- when all is read --- */

static void check_mentions(struct rules_parser *p)
{
	int64_t at;

	for (size_t i = 0; i < p->mentions.n; i++) {
		const struct rules_mention *m = &p->mentions.p[i];
		struct rules_guess guess;

		if (zv_map_get(&at, &p->ids, m->id) || p->stop)
			continue;
		rules_guess_init(&guess, m->id);
		for (size_t r = 0; r < p->rules.n; r++)
			rules_guess_offer(&guess, p->rules.p[r].id);
		if (guess.best.n > 0)
			RULES_FAULT(p, m->place, N_("This pack has no “%.*s”. Did you mean “%.*s”?"), ZV_STR_FMT(m->id), ZV_STR_FMT(guess.best));
		else if (m->document)
			RULES_FAULT(p, m->place, N_("This pack has no criterion “%.*s”."), ZV_STR_FMT(m->id));
		else
			RULES_FAULT(p, m->place, N_("This pack has no measure “%.*s”. If another pack has it, put it in quotes."), ZV_STR_FMT(m->id));
	}
}

static const struct {
	const char *word;
	int type;
} terms[] = {
	[ZV_RULES_TERM_AMOUNT] = {"amount", ZV_RULES_MONEY},   [ZV_RULES_TERM_SHARE] = {"share", ZV_RULES_NUMBER},
	[ZV_RULES_TERM_CAP] = {"cap", ZV_RULES_MONEY},         [ZV_RULES_TERM_ALREADY] = {"already", ZV_RULES_MONEY},
	[ZV_RULES_TERM_INTENSITY] = {"intensity", ZV_RULES_NUMBER}, [ZV_RULES_TERM_RATE] = {"rate", ZV_RULES_NUMBER},
};

static void finish_rule(struct rules_parser *p, size_t at, int costs)
{
	struct zv_rules_rule *rule = &p->rules.p[at];
	struct rules_rule *inner = &p->inner.p[at];
	bool measure = p->measures.p[at];

	if (measure != (p->head.kind == ZV_RULES_SUPPORT))
		RULES_FAULT(p, ((struct rules_place){rule->line, rule->column}),
			    measure ? N_("A measure stands in a pack of kind support: write kind support, or criterion.")
				    : N_("A criterion stands in a pack of kind cluster: write kind cluster, or measure."));
	if ((int)rule->confidence < 0)
		rule->confidence = p->head.confidence;
	if ((int)rule->status < 0)
		rule->status = p->head.status;
	if (inner->check != NULL)
		rules_type_check(p, inner->check, -1, ZV_RULES_BOOL, measure ? "when" : "check");
	for (int t = 0; t < ZV_RULES_TERM_COUNT; t++) {
		if (inner->terms[t] != NULL)
			rules_type_check(p, inner->terms[t], -1, terms[t].type, terms[t].word);
	}
	if (inner->terms[RULES_WHERE] != NULL)
		rules_type_check(p, inner->terms[RULES_WHERE], costs, ZV_RULES_BOOL, "where");
	rule->computes = rule->status == ZV_RULES_ACTIVE && (inner->terms[ZV_RULES_TERM_AMOUNT] != NULL || inner->terms[ZV_RULES_TERM_SHARE] != NULL);
}

static int find_costs(const struct zv_rules_vocabulary *vocabulary)
{
	for (int t = 0; t < vocabulary->n_tables; t++) {
		if (!vocabulary->tables[t].single && strcmp(vocabulary->tables[t].name, "costs") == 0)
			return t;
	}
	return -1;
}

void rules_read_pack(struct rules_parser *p)
{
	uint64_t seen = 0;
	struct rules_place place;

	p->head.valid_from = p->head.valid_to = ZV_DATE_NONE;
	if (!rules_expect(p, "pack"))
		return;
	place = rules_here(p);
	if (!rules_read_id(p, &p->head.id) || !rules_expect(p, "{"))
		return;
	p->head.series = p->head.id;
	rules_read_block(p, p, pack_words, ZV_LEN(pack_words), &seen, zv_tr(N_("A pack")));
	if (p->token.kind != RULES_END)
		RULES_FAULT(p, rules_here(p), N_("The pack has ended: one file holds one pack."));
	if ((seen & SAID_KIND) == 0)
		RULES_FAULT(p, place, N_("The pack does not say its kind: write kind cluster or kind support."));
	else if ((seen & SAID_TITLE) == 0)
		RULES_FAULT(p, place, N_("The pack has no title: write title ru \"…\"."));
	else if (p->head.level == ZV_RULES_REGIONAL && p->head.region.n == 0)
		RULES_FAULT(p, place, N_("A regional pack names its region: write region RU-OMS."));
	for (size_t i = 0; i < p->rules.n && !p->stop; i++)
		finish_rule(p, i, find_costs(p->vocabulary));
	check_mentions(p);
}
