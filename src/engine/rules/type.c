/* Names become fields, facts and parameters, and every part gets its type. A part with a fault fits everywhere, so that one fault is told once. */
#include <string.h>

#include "base/tr.h"
#include "engine/rules/parse.h"

struct frame {
	struct zv_str alias;
	int table;
};

struct scope {
	struct rules_parser *p;
	struct frame frames[RULES_FRAMES_MAX];
	int n;
};

static void resolve(struct scope *s, struct rules_expr *e);

static struct rules_place place_of(const struct rules_expr *e)
{
	return (struct rules_place){e->line, e->column};
}

static const struct zv_rules_table *table_of(const struct scope *s, int table)
{
	return &s->p->vocabulary->tables[table];
}

static int find_table(const struct scope *s, struct zv_str name)
{
	for (int t = 0; t < s->p->vocabulary->n_tables; t++) {
		if (zv_str_eq_c(name, s->p->vocabulary->tables[t].name))
			return t;
	}
	return -1;
}

static int find_field(const struct zv_rules_table *table, struct zv_str name)
{
	for (int f = 0; f < table->n_fields; f++) {
		if (zv_str_eq_c(name, table->fields[f].name))
			return f;
	}
	return -1;
}

static void be_bad(struct rules_expr *e)
{
	e->op = RULES_OP_BAD;
	e->type = RULES_T_BAD;
	e->n = 0;
}

static void be_field(struct scope *s, struct rules_expr *e, int frame, int table, int field)
{
	e->op = RULES_OP_FIELD;
	e->frame = frame;
	e->table = table;
	e->field = field;
	e->type = (int)table_of(s, table)->fields[field].type;
}

static void tell_no_field(struct scope *s, const struct rules_expr *e, const struct zv_rules_table *table, struct zv_str name)
{
	struct rules_guess guess;

	rules_guess_init(&guess, name);
	for (int f = 0; f < table->n_fields; f++)
		rules_guess_offer(&guess, zv_str_c(table->fields[f].name));
	if (guess.best.n > 0)
		RULES_FAULT(s->p, place_of(e), N_("There is no field “%.*s” in %s. Did you mean “%.*s”?"), ZV_STR_FMT(zv_str_first(name, RULES_NAME_MAX)),
			    table->name, ZV_STR_FMT(guess.best));
	else
		RULES_FAULT(s->p, place_of(e), N_("There is no field “%.*s” in %s."), ZV_STR_FMT(zv_str_first(name, RULES_NAME_MAX)), table->name);
}

/* org.kind, m.org, or a declared fact. True when the name is settled, with or without a fault. */
static bool resolve_dotted(struct scope *s, struct rules_expr *e, ptrdiff_t point)
{
	struct zv_str of = zv_str_first(e->text, (size_t)point), name = zv_str_from(e->text, (size_t)point + 1);
	int64_t at;
	int table, field;

	for (int i = s->n - 1; i >= 0; i--) {
		if (!zv_str_eq(of, s->frames[i].alias))
			continue;
		field = find_field(table_of(s, s->frames[i].table), name);
		if (field < 0) {
			tell_no_field(s, e, table_of(s, s->frames[i].table), name);
			be_bad(e);
			return true;
		}
		be_field(s, e, i, s->frames[i].table, field);
		return true;
	}
	table = find_table(s, of);
	field = table >= 0 ? find_field(table_of(s, table), name) : -1;
	if (table >= 0 && table_of(s, table)->single && field >= 0) {
		be_field(s, e, -1, table, field);
		return true;
	}
	if (zv_map_get(&at, &s->p->names, e->text) && at < 0) {
		e->op = RULES_OP_STATED;
		e->at = (int)(-1 - at);
		e->type = (int)s->p->declared.p[e->at].type;
		e->percent = s->p->declared_percent.p[e->at];
		return true;
	}
	if (table < 0)
		return false;
	if (table_of(s, table)->single)
		tell_no_field(s, e, table_of(s, table), name);
	else
		RULES_FAULT(s->p, place_of(e), N_("“%s” are many rows: ask for them with any, all, count or sum."), table_of(s, table)->name);
	be_bad(e);
	return true;
}

static void tell_no_name(struct scope *s, const struct rules_expr *e)
{
	struct rules_guess guess;

	rules_guess_init(&guess, e->text);
	for (int i = s->n - 1; i >= 0; i--) {
		const struct zv_rules_table *table = table_of(s, s->frames[i].table);

		for (int f = 0; f < table->n_fields; f++)
			rules_guess_offer(&guess, zv_str_c(table->fields[f].name));
	}
	for (size_t i = 0; i < s->p->parameters.n; i++)
		rules_guess_offer(&guess, s->p->parameters.p[i].name);
	for (size_t i = 0; i < s->p->declared.n; i++)
		rules_guess_offer(&guess, s->p->declared.p[i].name);
	if (guess.best.n > 0)
		RULES_FAULT(s->p, place_of(e), N_("There is no “%.*s” here. Did you mean “%.*s”?"), ZV_STR_FMT(e->text), ZV_STR_FMT(guess.best));
	else if (zv_str_find_char(e->text, '.') >= 0)
		RULES_FAULT(s->p, place_of(e), N_("There is no “%.*s” here. If it is to be asked from people, declare it: fact %.*s yesno ru \"…\"."), ZV_STR_FMT(e->text),
			    ZV_STR_FMT(e->text));
	else
		RULES_FAULT(s->p, place_of(e), N_("There is no “%.*s” here: it is neither a field of the rows in sight nor a parameter of this pack."),
			    ZV_STR_FMT(e->text));
}

static void resolve_name(struct scope *s, struct rules_expr *e)
{
	ptrdiff_t point = zv_str_find_char(e->text, '.');
	int64_t at;

	if (point >= 0) {
		if (resolve_dotted(s, e, point))
			return;
	} else {
		for (int i = s->n - 1; i >= 0; i--) {
			int field = find_field(table_of(s, s->frames[i].table), e->text);

			if (field >= 0) {
				be_field(s, e, i, s->frames[i].table, field);
				return;
			}
		}
		if (zv_map_get(&at, &s->p->names, e->text) && at >= 0) {
			e->op = RULES_OP_PARAMETER;
			e->at = (int)at;
			e->type = (int)s->p->parameters.p[at].type;
			e->percent = s->p->inner_parameters.p[at].percent;
			return;
		}
	}
	tell_no_name(s, e);
	be_bad(e);
}

/* --- types --- */

static const char *type_name(int type)
{
	static const char *const names[] = {N_("yes or no"), N_("a number"), N_("a sum of money"), N_("a date"), N_("a text"), N_("a span of time")};

	return zv_tr(names[type]);
}

static bool is_bad(const struct rules_expr *e)
{
	return e->type == RULES_T_BAD;
}

static bool want(struct scope *s, struct rules_expr *e, int type)
{
	if (e->type == type || is_bad(e))
		return !is_bad(e);
	RULES_FAULT(s->p, place_of(e), N_("Here should stand %s, not %s."), type_name(type), type_name(e->type));
	be_bad(e);
	return false;
}

static bool is_figure(int type)
{
	return type == ZV_RULES_NUMBER || type == ZV_RULES_MONEY || type == ZV_RULES_DATE;
}

static void tell_unlike(struct scope *s, const struct rules_expr *e, const struct rules_expr *a, const struct rules_expr *b)
{
	if ((a->type == ZV_RULES_MONEY && b->type == ZV_RULES_NUMBER) || (a->type == ZV_RULES_NUMBER && b->type == ZV_RULES_MONEY))
		RULES_FAULT(s->p, place_of(e), N_("A sum of money stands against a number here: write sums with their unit, as 5000 rub."));
	else
		RULES_FAULT(s->p, place_of(e), N_("%s stands against %s here: only like things can be compared."), type_name(a->type), type_name(b->type));
}

/* All kids of one type; the type, or RULES_T_BAD after a fault. */
static int same_type(struct scope *s, struct rules_expr *e, int from)
{
	int type = RULES_T_BAD;
	const struct rules_expr *first = NULL;

	for (int i = from; i < e->n; i++) {
		if (is_bad(e->kids[i]))
			return RULES_T_BAD;
		if (first == NULL) {
			first = e->kids[i];
			type = first->type;
		} else if (e->kids[i]->type != type) {
			tell_unlike(s, e, first, e->kids[i]);
			return RULES_T_BAD;
		}
	}
	return type;
}

static void type_comparison(struct scope *s, struct rules_expr *e)
{
	int type = same_type(s, e, 0);
	bool order = e->op >= RULES_OP_LT && e->op <= RULES_OP_GE;

	e->type = ZV_RULES_BOOL;
	if (type == RULES_T_BAD) {
		be_bad(e);
	} else if (type == RULES_T_SPAN || (order && !is_figure(type))) {
		RULES_FAULT(s->p, place_of(e), N_("%s cannot be compared in this way."), type_name(type));
		be_bad(e);
	} else if (e->op == RULES_OP_BEGINS && type != ZV_RULES_TEXT) {
		RULES_FAULT(s->p, place_of(e), N_("“~” compares codes, which are texts: okpd2 ~ \"20\"."));
		be_bad(e);
	}
}

static bool add_dates(struct rules_expr *e, int a, int b)
{
	if (a == ZV_RULES_DATE && b == RULES_T_SPAN) {
		e->op = e->op == RULES_OP_ADD ? RULES_OP_LATER : RULES_OP_EARLIER;
		e->type = ZV_RULES_DATE;
		return true;
	}
	if (a == RULES_T_SPAN && b == ZV_RULES_DATE && e->op == RULES_OP_ADD) {
		struct rules_expr *span = e->kids[0];

		e->kids[0] = e->kids[1];
		e->kids[1] = span;
		e->op = RULES_OP_LATER;
		e->type = ZV_RULES_DATE;
		return true;
	}
	if (a == ZV_RULES_DATE && b == ZV_RULES_DATE && e->op == RULES_OP_SUB) {
		e->type = ZV_RULES_NUMBER;
		return true;
	}
	return false;
}

static void type_calculation(struct scope *s, struct rules_expr *e)
{
	int a = e->kids[0]->type, b = e->n > 1 ? e->kids[1]->type : a;
	bool number_a = a == ZV_RULES_NUMBER || a == ZV_RULES_MONEY, number_b = b == ZV_RULES_NUMBER || b == ZV_RULES_MONEY;

	if (is_bad(e->kids[0]) || (e->n > 1 && is_bad(e->kids[1]))) {
		be_bad(e);
		return;
	}
	e->percent = e->kids[0]->percent && (e->n == 1 || e->kids[1]->percent || e->op == RULES_OP_MUL);
	e->percent = e->percent || (e->op == RULES_OP_MUL && e->kids[1]->percent && a == ZV_RULES_NUMBER);
	e->percent = e->percent && e->op != RULES_OP_DIV;
	if ((e->op == RULES_OP_ADD || e->op == RULES_OP_SUB) && add_dates(e, a, b))
		return;
	if ((e->op == RULES_OP_ADD || e->op == RULES_OP_SUB || e->op == RULES_OP_NEG) && number_a && a == b) {
		e->type = a;
		return;
	}
	if (e->op == RULES_OP_MUL && number_a && number_b && !(a == ZV_RULES_MONEY && b == ZV_RULES_MONEY)) {
		e->type = a == ZV_RULES_MONEY || b == ZV_RULES_MONEY ? ZV_RULES_MONEY : ZV_RULES_NUMBER;
		return;
	}
	if (e->op == RULES_OP_DIV && number_a && number_b && (a == ZV_RULES_MONEY || b == ZV_RULES_NUMBER)) {
		e->type = a == b ? ZV_RULES_NUMBER : ZV_RULES_MONEY;
		return;
	}
	if (e->n == 1)
		RULES_FAULT(s->p, place_of(e), N_("“-” cannot stand before %s."), type_name(a));
	else
		RULES_FAULT(s->p, place_of(e), N_("%s and %s cannot be calculated with each other in this way."), type_name(a), type_name(b));
	be_bad(e);
}

static void type_min_max(struct scope *s, struct rules_expr *e)
{
	int type = same_type(s, e, 0);

	if (type != RULES_T_BAD && !is_figure(type)) {
		RULES_FAULT(s->p, place_of(e), N_("Only numbers, sums and dates have a least and a greatest."));
		type = RULES_T_BAD;
	}
	if (type == RULES_T_BAD) {
		be_bad(e);
		return;
	}
	e->type = type;
	for (int i = 0; i < e->n; i++)
		e->percent = e->percent || e->kids[i]->percent;
}

static void type_if(struct scope *s, struct rules_expr *e)
{
	int type = same_type(s, e, 1);
	bool good = want(s, e->kids[0], ZV_RULES_BOOL);

	if (type == RULES_T_SPAN) {
		RULES_FAULT(s->p, place_of(e), N_("A span of time is written only where it is added to a date."));
		type = RULES_T_BAD;
	}
	if (!good || type == RULES_T_BAD) {
		be_bad(e);
		return;
	}
	e->type = type;
	e->percent = e->kids[1]->percent || e->kids[2]->percent;
}

/* --- rows --- */

static void tell_no_table(struct scope *s, const struct rules_expr *e)
{
	struct rules_guess guess;

	rules_guess_init(&guess, e->text);
	for (int t = 0; t < s->p->vocabulary->n_tables; t++) {
		if (!s->p->vocabulary->tables[t].single)
			rules_guess_offer(&guess, zv_str_c(s->p->vocabulary->tables[t].name));
	}
	if (guess.best.n > 0)
		RULES_FAULT(s->p, place_of(e), N_("There are no rows “%.*s”. Did you mean “%.*s”?"), ZV_STR_FMT(zv_str_first(e->text, RULES_NAME_MAX)),
			    ZV_STR_FMT(guess.best));
	else
		RULES_FAULT(s->p, place_of(e), N_("There are no rows “%.*s”."), ZV_STR_FMT(zv_str_first(e->text, RULES_NAME_MAX)));
}

/* The field that is summed or compared, for those that have one. */
static bool type_rows_field(struct scope *s, struct rules_expr *e)
{
	bool wants = e->op == RULES_OP_SUM || e->op == RULES_OP_DISTINCT || e->op == RULES_OP_LARGEST || e->op == RULES_OP_SMALLEST;
	const struct zv_rules_table *table = table_of(s, e->table);
	int type;

	e->field = -1;
	if (!wants && e->of.n == 0)
		return true;
	if (!wants) {
		RULES_FAULT(s->p, place_of(e), N_("Only the rows are named here, without a field: %s."), table->name);
		return false;
	}
	if (e->of.n == 0) {
		RULES_FAULT(s->p, place_of(e), N_("Say which field of %s: %s.%s."), table->name, table->name, table->n_fields > 0 ? table->fields[0].name : "…");
		return false;
	}
	e->field = find_field(table, e->of);
	if (e->field < 0) {
		tell_no_field(s, e, table, e->of);
		return false;
	}
	type = (int)table->fields[e->field].type;
	if (e->op == RULES_OP_SUM ? type != ZV_RULES_NUMBER && type != ZV_RULES_MONEY : e->op != RULES_OP_DISTINCT && !is_figure(type)) {
		RULES_FAULT(s->p, place_of(e), N_("“%.*s” is %s: that cannot be added up or compared by size."), ZV_STR_FMT(e->of), type_name(type));
		return false;
	}
	return true;
}

static void resolve_rows(struct scope *s, struct rules_expr *e)
{
	bool good;

	e->table = find_table(s, e->text);
	e->frame = s->n;
	if (e->table < 0) {
		tell_no_table(s, e);
	} else if (table_of(s, e->table)->single) {
		RULES_FAULT(s->p, place_of(e), N_("“%s” is a single thing, not rows: write its fields as %s.%s."), table_of(s, e->table)->name,
			    table_of(s, e->table)->name, table_of(s, e->table)->fields[0].name);
		e->table = -1;
	} else if (s->n >= RULES_FRAMES_MAX) {
		RULES_FAULT(s->p, place_of(e), N_("Rows stand in rows here more than %d deep."), RULES_FRAMES_MAX);
		e->table = -1;
	} else if (e->op == RULES_OP_ALL && e->n == 0) {
		RULES_FAULT(s->p, place_of(e), N_("Say what all of them should be: all(%s where …)."), table_of(s, e->table)->name);
		e->table = -1;
	}
	if (e->table < 0) {
		be_bad(e);
		return;
	}
	good = type_rows_field(s, e);
	if (e->n > 0) {
		s->frames[s->n++] = (struct frame){e->alias.n > 0 ? e->alias : e->text, e->table};
		resolve(s, e->kids[0]);
		s->n--;
		good = want(s, e->kids[0], ZV_RULES_BOOL) && good;
	}
	if (!good) {
		be_bad(e);
		return;
	}
	if (e->op == RULES_OP_ANY || e->op == RULES_OP_ALL)
		e->type = ZV_RULES_BOOL;
	else if (e->op == RULES_OP_COUNT || e->op == RULES_OP_DISTINCT)
		e->type = ZV_RULES_NUMBER;
	else
		e->type = (int)table_of(s, e->table)->fields[e->field].type;
}

static void resolve(struct scope *s, struct rules_expr *e)
{
	bool good = true;

	if (e->op == RULES_OP_NAME) {
		resolve_name(s, e);
		return;
	}
	if (e->op >= RULES_OP_COUNT) {
		resolve_rows(s, e);
		return;
	}
	for (int i = 0; i < e->n; i++)
		resolve(s, e->kids[i]);
	switch (e->op) {
	case RULES_OP_TODAY:
		e->type = ZV_RULES_DATE;
		return;
	case RULES_OP_AND:
	case RULES_OP_OR:
	case RULES_OP_NOT:
		for (int i = 0; i < e->n; i++)
			good = want(s, e->kids[i], ZV_RULES_BOOL) && good;
		e->type = ZV_RULES_BOOL;
		if (!good)
			be_bad(e);
		return;
	case RULES_OP_EQ:
	case RULES_OP_NE:
	case RULES_OP_LT:
	case RULES_OP_LE:
	case RULES_OP_GT:
	case RULES_OP_GE:
	case RULES_OP_IN:
	case RULES_OP_BEGINS:
		type_comparison(s, e);
		return;
	case RULES_OP_ADD:
	case RULES_OP_SUB:
	case RULES_OP_MUL:
	case RULES_OP_DIV:
	case RULES_OP_NEG:
		type_calculation(s, e);
		return;
	case RULES_OP_MIN:
	case RULES_OP_MAX:
		type_min_max(s, e);
		return;
	case RULES_OP_IF:
		type_if(s, e);
		return;
	case RULES_OP_YEAR:
		e->type = ZV_RULES_NUMBER;
		if (!want(s, e->kids[0], ZV_RULES_DATE))
			be_bad(e);
		return;
	default:
		return;
	}
}

void rules_type_check(struct rules_parser *p, struct rules_expr *expr, int frame, int want_type, const char *what)
{
	struct scope s = {.p = p};

	if (frame >= 0)
		s.frames[s.n++] = (struct frame){ZV_STR("costs"), frame};
	resolve(&s, expr);
	if (is_bad(expr) || expr->type == want_type || want_type == RULES_T_BAD)
		return;
	RULES_FAULT(p, place_of(expr), N_("After “%s” should stand %s, not %s."), what, type_name(want_type), type_name(expr->type));
}
