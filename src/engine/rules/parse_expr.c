/* Conditions and values as trees. Brackets nest to a limit, chains of + and * too, so that no later walk over a tree can run out of stack. */
#include <string.h>

#include "base/utf8.h"
#include "engine/rules/parse.h"

static struct rules_expr *read_or(struct rules_parser *p);

static const struct {
	const char *word;
	enum rules_op op;
} functions[] = {
	{"min", RULES_OP_MIN},     {"max", RULES_OP_MAX},           {"if", RULES_OP_IF},           {"count", RULES_OP_COUNT},
	{"sum", RULES_OP_SUM},     {"distinct", RULES_OP_DISTINCT}, {"largest", RULES_OP_LARGEST}, {"smallest", RULES_OP_SMALLEST},
	{"any", RULES_OP_ANY},     {"all", RULES_OP_ALL},           {"year", RULES_OP_YEAR},
};

/* A node without kids. NULL when the pack has too many. */
static struct rules_expr *new_expr(struct rules_parser *p, enum rules_op op, const struct rules_token *token)
{
	struct rules_expr *e;

	if (++p->n_exprs > RULES_EXPRS_MAX) {
		RULES_FAULT(p, ((struct rules_place){token->line, token->column}),
			    N_("The conditions of this pack have more than %d parts: split it into two packs."), RULES_EXPRS_MAX);
		p->stop = true;
		return NULL;
	}
	e = ZV_ARENA_NEW(p->arena, struct rules_expr);
	e->op = op;
	e->depth = 1;
	e->line = token->line;
	e->column = token->column;
	e->from = token->at;
	e->frame = -1;
	return e;
}

/* Takes the kids above `base` off the stack. */
static struct rules_expr *adopt(struct rules_parser *p, struct rules_expr *e, size_t base)
{
	if (e == NULL)
		return NULL;
	e->n = (int)(p->kids.n - base);
	e->kids = ZV_ARENA_ARRAY(p->arena, struct rules_expr *, (size_t)e->n + 1);
	if (e->n > 0)
		memcpy(e->kids, p->kids.p + base, (size_t)e->n * sizeof(*e->kids));
	p->kids.n = base;
	for (int i = 0; i < e->n; i++)
		e->depth = e->kids[i]->depth + 1 > e->depth ? e->kids[i]->depth + 1 : e->depth;
	e->to = p->last;
	if (e->depth > RULES_DEPTH_MAX) {
		RULES_FAULT(p, ((struct rules_place){e->line, e->column}), N_("This calculation is too deep: at most %d steps hang on one another."),
			    RULES_DEPTH_MAX);
		return NULL;
	}
	return e;
}

static struct rules_expr *binary(struct rules_parser *p, enum rules_op op, const struct rules_token *token, struct rules_expr *a, struct rules_expr *b)
{
	size_t base = p->kids.n;
	struct rules_expr *e;

	if (a == NULL || b == NULL)
		return NULL;
	e = new_expr(p, op, token);
	zv_vec_push(&p->kids, a);
	zv_vec_push(&p->kids, b);
	e = adopt(p, e, base);
	if (e == NULL)
		p->kids.n = base;
	else
		e->from = a->from;
	return e;
}

static struct rules_expr *literal(struct rules_parser *p)
{
	struct rules_token token = p->token;
	struct rules_literal value;
	struct rules_expr *e;

	if (!rules_read_literal(p, &value))
		return NULL;
	e = new_expr(p,
		     value.type == ZV_RULES_TEXT  ? RULES_OP_TEXT
		     : value.type == ZV_RULES_BOOL ? RULES_OP_BOOL
		     : value.type == RULES_T_SPAN  ? RULES_OP_SPAN
						   : RULES_OP_CONST,
		     &token);
	if (e == NULL)
		return NULL;
	e->type = value.type;
	e->percent = value.percent;
	e->q = value.q;
	e->yes = value.yes;
	e->text = value.text;
	e->to = p->last;
	return e;
}

/* `[m in] members[.field] [where condition]` between the brackets. */
static struct rules_expr *aggregate(struct rules_parser *p, enum rules_op op, const struct rules_token *token)
{
	struct rules_expr *e = new_expr(p, op, token), *where;
	size_t base = p->kids.n;
	struct rules_token name;

	if (e == NULL)
		return NULL;
	if (p->token.kind != RULES_NAME) {
		(void)rules_expect(p, "members");
		return NULL;
	}
	name = p->token;
	rules_next(p);
	if (rules_take(p, "in")) {
		e->alias = name.text;
		name = p->token;
		if (name.kind != RULES_NAME) {
			(void)rules_expect(p, "members");
			return NULL;
		}
		rules_next(p);
	}
	ptrdiff_t point = zv_str_find_char(name.text, '.');

	e->text = point >= 0 ? zv_str_first(name.text, (size_t)point) : name.text;
	e->of = point >= 0 ? zv_str_from(name.text, (size_t)point + 1) : (struct zv_str){"", 0};
	e->line = name.line;
	e->column = name.column;
	if (rules_take(p, "where")) {
		where = read_or(p);
		if (where == NULL)
			return NULL;
		zv_vec_push(&p->kids, where);
	}
	if (!rules_expect(p, ")")) {
		p->kids.n = base;
		return NULL;
	}
	return adopt(p, e, base);
}

/* `a, b, c)` */
static struct rules_expr *arguments(struct rules_parser *p, struct rules_expr *e, int least, int most)
{
	size_t base = p->kids.n;

	if (e == NULL)
		return NULL;
	do {
		struct rules_expr *kid = read_or(p);

		if (kid == NULL) {
			p->kids.n = base;
			return NULL;
		}
		zv_vec_push(&p->kids, kid);
	} while (rules_take(p, ","));
	int n = (int)(p->kids.n - base);

	if (n < least || n > most) {
		RULES_FAULT(p, rules_here(p), N_("There are %d values in these brackets, but there should be %d to %d."), n, least, most);
		p->kids.n = base;
		return NULL;
	}
	if (!rules_expect(p, ")")) {
		p->kids.n = base;
		return NULL;
	}
	return adopt(p, e, base);
}

static bool too_deep(struct rules_parser *p)
{
	if (p->nest < RULES_NEST_MAX)
		return false;
	RULES_FAULT(p, rules_here(p), N_("Brackets nest too deep here: at most %d levels."), RULES_NEST_MAX);
	return true;
}

static struct rules_expr *name_or_call(struct rules_parser *p)
{
	struct rules_token token = p->token;
	struct rules_expr *e;

	rules_next(p);
	if (rules_at(p, "(")) {
		for (size_t i = 0; i < ZV_LEN(functions); i++) {
			enum rules_op op = functions[i].op;

			if (!rules_token_is(&token, functions[i].word))
				continue;
			rules_next(p);
			if (op == RULES_OP_MIN || op == RULES_OP_MAX)
				return arguments(p, new_expr(p, op, &token), 1, 20);
			if (op == RULES_OP_YEAR)
				return arguments(p, new_expr(p, op, &token), 1, 1);
			if (op == RULES_OP_IF)
				return arguments(p, new_expr(p, op, &token), 3, 3);
			return aggregate(p, op, &token);
		}
		struct rules_guess guess;

		rules_guess_init(&guess, token.text);
		for (size_t i = 0; i < ZV_LEN(functions); i++)
			rules_guess_offer(&guess, zv_str_c(functions[i].word));
		if (guess.best.n > 0)
			RULES_FAULT(p, ((struct rules_place){token.line, token.column}), N_("There is no function “%.*s”. Did you mean “%.*s”?"),
				    ZV_STR_FMT(zv_str_first(token.text, RULES_NAME_MAX)), ZV_STR_FMT(guess.best));
		else
			RULES_FAULT(p, ((struct rules_place){token.line, token.column}), N_("There is no function “%.*s”."),
				    ZV_STR_FMT(zv_str_first(token.text, RULES_NAME_MAX)));
		return NULL;
	}
	if (token.text.n > RULES_NAME_MAX * 2) {
		RULES_FAULT(p, ((struct rules_place){token.line, token.column}), N_("Shorten this name to %d characters."), RULES_NAME_MAX);
		return NULL;
	}
	e = new_expr(p, RULES_OP_NAME, &token);
	if (e != NULL) {
		e->text = token.text;
		e->to = p->last;
	}
	return e;
}

static bool is_reserved(const struct rules_token *token)
{
	static const char *const words[] = {"and", "or", "not", "in", "where"};

	for (size_t i = 0; i < ZV_LEN(words); i++) {
		if (rules_token_is(token, words[i]))
			return true;
	}
	return false;
}

static struct rules_expr *read_primary(struct rules_parser *p)
{
	struct rules_token token = p->token;
	struct rules_expr *e;

	if (rules_at_literal(p))
		return literal(p);
	if (rules_take(p, "today")) {
		e = new_expr(p, RULES_OP_TODAY, &token);
		if (e != NULL)
			e->to = p->last;
		return e;
	}
	if (p->token.kind == RULES_NAME && !is_reserved(&p->token))
		return name_or_call(p);
	if (rules_take(p, "(")) {
		e = read_or(p);
		if (e == NULL || !rules_expect(p, ")"))
			return NULL;
		e->from = token.at; /* with its brackets, as the reader sees it */
		e->to = p->last;
		return e;
	}
	if (p->token.kind == RULES_OPEN_TEXT)
		RULES_FAULT(p, rules_here(p), N_("This text has no closing quote: put \" at its end, on the same line."));
	else if (p->token.kind == RULES_END)
		RULES_FAULT(p, rules_here(p), N_("The pack ends in the middle of a condition."));
	else if (p->token.kind == RULES_STRANGE)
		RULES_FAULT(p, rules_here(p), N_("“%.*s” has no meaning here: names are written in Latin letters, texts in quotes."),
			    ZV_STR_FMT(zv_utf8_first(p->token.text, 8)));
	else
		RULES_FAULT(p, rules_here(p), N_("Here should stand a value, a name or a bracket, not “%.*s”."), ZV_STR_FMT(zv_utf8_first(p->token.text, 40)));
	return NULL;
}

static struct rules_expr *read_unary(struct rules_parser *p)
{
	struct rules_token token = p->token;
	size_t base = p->kids.n;
	struct rules_expr *e, *kid;

	if (too_deep(p))
		return NULL;
	if (!rules_take(p, "-")) {
		p->nest++;
		e = read_primary(p);
		p->nest--;
		return e;
	}
	p->nest++;
	kid = read_unary(p);
	p->nest--;
	if (kid == NULL)
		return NULL;
	e = new_expr(p, RULES_OP_NEG, &token);
	zv_vec_push(&p->kids, kid);
	e = adopt(p, e, base);
	p->kids.n = base;
	return e;
}

static struct rules_expr *read_product(struct rules_parser *p)
{
	struct rules_expr *e = read_unary(p);

	while (e != NULL && (rules_at(p, "*") || rules_at(p, "/"))) {
		struct rules_token token = p->token;

		rules_next(p);
		e = binary(p, rules_token_is(&token, "*") ? RULES_OP_MUL : RULES_OP_DIV, &token, e, read_unary(p));
	}
	return e;
}

static struct rules_expr *read_total(struct rules_parser *p)
{
	struct rules_expr *e = read_product(p);

	while (e != NULL && (rules_at(p, "+") || rules_at(p, "-"))) {
		struct rules_token token = p->token;

		rules_next(p);
		e = binary(p, rules_token_is(&token, "+") ? RULES_OP_ADD : RULES_OP_SUB, &token, e, read_product(p));
	}
	return e;
}

/* `in (a, b)` and `~ "20"` or `~ ("21", "25.73")`: the first kid is the left side. */
static struct rules_expr *read_list(struct rules_parser *p, enum rules_op op, const struct rules_token *token, struct rules_expr *left)
{
	size_t base = p->kids.n;
	struct rules_expr *e = new_expr(p, op, token), *kid;

	if (e == NULL)
		return NULL;
	zv_vec_push(&p->kids, left);
	if (op == RULES_OP_IN && !rules_at(p, "(")) {
		(void)rules_expect(p, "(");
		p->kids.n = base;
		return NULL;
	}
	if (rules_take(p, "(")) {
		do {
			kid = read_total(p);
			if (kid != NULL)
				zv_vec_push(&p->kids, kid);
		} while (kid != NULL && rules_take(p, ","));
		if (kid == NULL || !rules_expect(p, ")")) {
			p->kids.n = base;
			return NULL;
		}
	} else {
		kid = read_total(p);
		if (kid == NULL) {
			p->kids.n = base;
			return NULL;
		}
		zv_vec_push(&p->kids, kid);
	}
	e = adopt(p, e, base);
	p->kids.n = base;
	if (e != NULL)
		e->from = left->from;
	return e;
}

static struct rules_expr *read_comparison(struct rules_parser *p)
{
	static const struct {
		const char *word;
		enum rules_op op;
	} signs[] = {{"=", RULES_OP_EQ}, {"!=", RULES_OP_NE}, {"<", RULES_OP_LT}, {"<=", RULES_OP_LE}, {">", RULES_OP_GT}, {">=", RULES_OP_GE}};
	struct rules_expr *e = read_total(p);
	struct rules_token token = p->token;

	if (e == NULL)
		return NULL;
	if (rules_take(p, "in"))
		return read_list(p, RULES_OP_IN, &token, e);
	if (rules_take(p, "~"))
		return read_list(p, RULES_OP_BEGINS, &token, e);
	for (size_t i = 0; i < ZV_LEN(signs); i++) {
		if (rules_take(p, signs[i].word))
			return binary(p, signs[i].op, &token, e, read_total(p));
	}
	return e;
}

static struct rules_expr *read_not(struct rules_parser *p)
{
	struct rules_token token = p->token;
	size_t base = p->kids.n;
	struct rules_expr *e, *kid;

	if (!rules_take(p, "not"))
		return read_comparison(p);
	if (too_deep(p))
		return NULL;
	p->nest++;
	kid = read_not(p);
	p->nest--;
	if (kid == NULL)
		return NULL;
	e = new_expr(p, RULES_OP_NOT, &token);
	zv_vec_push(&p->kids, kid);
	e = adopt(p, e, base);
	p->kids.n = base;
	return e;
}

/* a and b and c is one node: the tree stays as flat as it reads. */
static struct rules_expr *read_chain(struct rules_parser *p, const char *word, enum rules_op op, struct rules_expr *(*part)(struct rules_parser *p))
{
	size_t base = p->kids.n;
	struct rules_token token = p->token;
	struct rules_expr *e = part(p);

	if (e == NULL || !rules_at(p, word))
		return e;
	zv_vec_push(&p->kids, e);
	while (rules_take(p, word)) {
		e = part(p);
		if (e == NULL) {
			p->kids.n = base;
			return NULL;
		}
		zv_vec_push(&p->kids, e);
	}
	e = adopt(p, new_expr(p, op, &token), base);
	p->kids.n = base;
	return e;
}

static struct rules_expr *read_and(struct rules_parser *p)
{
	return read_chain(p, "and", RULES_OP_AND, read_not);
}

static struct rules_expr *read_or(struct rules_parser *p)
{
	return read_chain(p, "or", RULES_OP_OR, read_and);
}

struct rules_expr *rules_read_expr(struct rules_parser *p)
{
	p->nest = 0;
	return read_or(p);
}
