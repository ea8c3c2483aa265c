/* A pack while it is read: the next word, the faults, and what has been read. */
#ifndef ZV_ENGINE_RULES_PARSE_H
#define ZV_ENGINE_RULES_PARSE_H

#include "base/map.h"
#include "base/vec.h"
#include "engine/rules/inner.h"
#include "engine/rules/lex.h"

struct rules_place {
	int line, column;
};

/* A word whose meaning is known only when all is read: the criterion of a document, a measure that another one excludes. */
struct rules_mention {
	struct zv_str id;
	struct rules_place place;
	bool document;
};

struct rules_parser {
	struct rules_lexer lexer;
	struct rules_token token; /* the next one */
	size_t last;              /* where the one before it ended */
	struct zv_arena *arena;
	const struct zv_rules_vocabulary *vocabulary;
	struct zv_rules_fault *faults; /* NULL: only the first is kept */
	struct zv_rules_fault first;
	size_t n_faults;
	struct rules_place told;  /* the last fault: one place, one fault */
	bool stop;                /* enough faults */
	int nest, n_exprs;
	ZV_VEC(struct rules_expr *) kids; /* a stack for the parts of the trees being read */

	struct zv_rules_pack_head head;
	struct rules_place kind_at;
	ZV_VEC(struct zv_rules_rule) rules;
	ZV_VEC(struct rules_rule) inner;
	ZV_VEC(bool) measures; /* beside rules: measure or criterion */
	ZV_VEC(struct zv_rules_document) documents;
	ZV_VEC(struct zv_rules_declared) declared;
	ZV_VEC(bool) declared_percent;
	ZV_VEC(struct zv_rules_parameter) parameters;
	ZV_VEC(struct rules_parameter) inner_parameters;
	ZV_VEC(struct rules_mention) mentions;
	struct zv_map ids, names, document_ids; /* of rules; of parameters (at >= 0) and facts (-1 - at) */
};

/* --- words and faults: parse.c --- */

/* Where to write the sentence of a fault; NULL when it is not to be told. `return (void)zv_fail(rules_fault(p, place), ...)`. */
struct zv_err *rules_fault(struct rules_parser *p, struct rules_place place);
struct rules_place rules_here(const struct rules_parser *p);
#define RULES_FAULT(p, place, ...) ((void)zv_fail(rules_fault((p), (place)), ZV_E_INVALID, "rules", __VA_ARGS__))

void rules_next(struct rules_parser *p);
bool rules_at(const struct rules_parser *p, const char *word);
bool rules_take(struct rules_parser *p, const char *word);   /* true and past it when it is there */
bool rules_expect(struct rules_parser *p, const char *word); /* tells a fault when it is not */

/* "Did you mean": the nearest of the words within two slips, or "". Offered one after the other. */
struct rules_guess {
	struct zv_str wanted, best;
	int slips;
};
void rules_guess_init(struct rules_guess *guess, struct zv_str wanted);
void rules_guess_offer(struct rules_guess *guess, struct zv_str word);

/* Pieces of statements. False after telling a fault. */
bool rules_read_id(struct rules_parser *p, struct zv_str *out);
bool rules_read_text(struct rules_parser *p, struct zv_str *out);
bool rules_read_words(struct rules_parser *p, struct zv_rules_words *out); /* ru ".." en ".." */
bool rules_read_yes(struct rules_parser *p, bool *out);
bool rules_read_choice(struct rules_parser *p, int *out, const char *const *words, int n);
bool rules_read_dates(struct rules_parser *p, zv_date *from, zv_date *to); /* DATE .. DATE, either may be missing */
bool rules_read_ids(struct rules_parser *p, const struct zv_str **out, int *n, bool mention); /* a, b; mention: ids of measures */

/* A literal with its unit: 10, 23.4 %, 150 mln rub, 2026-01-01, "text", yes. */
struct rules_literal {
	int type; /* zv_rules_type or RULES_T_SPAN */
	bool percent;
	struct rules_q q;
	bool yes;
	struct zv_str text;
};
bool rules_at_literal(const struct rules_parser *p);
bool rules_read_literal(struct rules_parser *p, struct rules_literal *out);

/* A block of statements in braces. Each word at most once unless `many`. */
struct rules_statement {
	const char *word;
	bool (*read)(struct rules_parser *p, void *object);
	bool many;
};
void rules_read_block(struct rules_parser *p, void *object, const struct rules_statement *statements, int n, uint64_t *seen, const char *what);

/* Back to order after a fault: past what is left of the statement. */
void rules_recover(struct rules_parser *p, const struct rules_statement *statements, int n);

/* --- the rest --- */

/* parse_expr.c. NULL after a fault. */
struct rules_expr *rules_read_expr(struct rules_parser *p);

/* parse_rule.c */
bool rules_read_criterion(struct rules_parser *p, void *object);
bool rules_read_measure(struct rules_parser *p, void *object);
bool rules_read_document(struct rules_parser *p, void *object);
bool rules_read_confidence(struct rules_parser *p, enum zv_rules_confidence *out);
bool rules_read_status(struct rules_parser *p, enum zv_rules_status *out);

/* parse_pack.c */
void rules_read_pack(struct rules_parser *p);

/* type.c: names become what they name, types are proved. `frame` is a table whose row is in sight, -1 for none; `want` the type that it must have, or
 * RULES_T_BAD for any; `what` names the statement. */
void rules_type_check(struct rules_parser *p, struct rules_expr *expr, int frame, int want, const char *what);

#endif
