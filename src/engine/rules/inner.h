/* What the files of the rule language share: conditions as trees, and a pack when it is read. */
#ifndef ZV_ENGINE_RULES_INNER_H
#define ZV_ENGINE_RULES_INNER_H

#include "engine/rules/number.h"
#include "engine/rules/rules.h"

enum {
	RULES_FRAMES_MAX = 4,    /* rows in rows */
	RULES_NEST_MAX = 64,     /* brackets */
	RULES_DEPTH_MAX = 200,   /* of a tree: nesting, and chains of + and * */
	RULES_EXPRS_MAX = 60000, /* parts of all trees of a pack */
	RULES_NAME_MAX = 64,
	RULES_TEXT_MAX = 4000
};

enum rules_op {
	RULES_OP_BAD, /* a fault was told; fits everywhere */
	/* leaves of a tree */
	RULES_OP_CONST, RULES_OP_TEXT, RULES_OP_BOOL, RULES_OP_TODAY, RULES_OP_SPAN,
	RULES_OP_NAME, /* until names are known: then one of the next three */
	RULES_OP_FIELD, RULES_OP_STATED, RULES_OP_PARAMETER,
	/* in three values */
	RULES_OP_AND, RULES_OP_OR, RULES_OP_NOT,
	RULES_OP_EQ, RULES_OP_NE, RULES_OP_LT, RULES_OP_LE, RULES_OP_GT, RULES_OP_GE, RULES_OP_IN, RULES_OP_BEGINS,
	/* calculations */
	RULES_OP_ADD, RULES_OP_SUB, RULES_OP_MUL, RULES_OP_DIV, RULES_OP_NEG, RULES_OP_LATER, RULES_OP_EARLIER,
	RULES_OP_MIN, RULES_OP_MAX, RULES_OP_IF, RULES_OP_YEAR,
	/* over rows; kids[0], if any, is the condition */
	RULES_OP_COUNT, RULES_OP_SUM, RULES_OP_DISTINCT, RULES_OP_LARGEST, RULES_OP_SMALLEST, RULES_OP_ANY, RULES_OP_ALL
};

/* Types of the language: those of facts, and two that no fact has. */
enum { RULES_T_SPAN = ZV_RULES_TEXT + 1, RULES_T_BAD };

struct rules_expr {
	enum rules_op op;
	int type;
	bool percent; /* shown in % */
	int depth;
	int line, column;
	size_t from, to; /* of the source text */
	struct rules_expr **kids;
	int n;
	struct rules_q q;    /* CONST; SPAN: n months when d is 1, days when d is 2 */
	bool yes;            /* BOOL */
	struct zv_str text;  /* TEXT; NAME as written; the table of an aggregate */
	struct zv_str alias, of; /* of an aggregate: name of its rows; field, as written */
	int table, field;    /* FIELD, aggregates */
	int frame;           /* FIELD: whose row, -1: a single table; aggregate: its own */
	int at;              /* STATED, PARAMETER: which */
};

struct rules_value {
	enum zv_truth truth;       /* BOOL */
	struct rules_range range;  /* NUMBER, MONEY, DATE */
	bool known;                /* TEXT */
	struct zv_str text;
};

/* Beside a parameter: its values as numbers. */
struct rules_parameter {
	const struct rules_value *values;
	bool percent;
};

enum { RULES_WHERE = ZV_RULES_TERM_COUNT }; /* the condition on cost lines, after the terms */

struct rules_rule {
	struct rules_expr *check;
	struct rules_expr *terms[ZV_RULES_TERM_COUNT + 1]; /* NULL: not stated */
};

struct zv_rules_pack {
	struct zv_rules_pack_head head;
	struct zv_str text;
	const struct zv_rules_vocabulary *vocabulary;
	struct zv_rules_rule *rules;
	struct rules_rule *inner; /* beside rules */
	int n_rules;
	struct zv_rules_document *documents;
	int n_documents;
	struct zv_rules_declared *declared;
	bool *declared_percent; /* beside declared */
	int n_declared;
	struct zv_rules_parameter *parameters;
	struct rules_parameter *inner_parameters;
	int n_parameters;
	int costs; /* the table `costs`; -1: the vocabulary has none */
};

/* The source text of a part on one line, without comments. */
struct zv_str rules_source(struct zv_str text, size_t from, size_t to, struct zv_arena *arena);

/* A value of a declared fact or parameter as it is typed by a person. value.c */
ZV_MUST_CHECK enum zv_code rules_value_read(struct rules_value *out, enum zv_rules_type type, struct zv_str text, struct zv_err *err);

/* What is known of a value of that type before anything is told. */
struct rules_value rules_value_unknown(enum zv_rules_type type, bool below_zero);

#endif
