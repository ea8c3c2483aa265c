/*
 * A second, naive reading of conditions: random trees that are printed for the engine and evaluated here by plain recursion over whole numbers, in
 * worlds so small that every completion of what is unknown can be tried.
 */
#ifndef RULES_REF_H
#define RULES_REF_H

#include "base/buf.h"
#include "base/rng.h"
#include "engine/rules/rules.h"

enum { REF_SINGLE = 6, REF_FIELDS = 3, REF_ROWS = 3, REF_TOP = 4, REF_TEXTS = 3 };

/* A value 0..REF_TOP (number), 0..1 (yes or no), 0..REF_TEXTS - 1 (text): known when lo == hi and `told`, a range when `told` and lo < hi. */
struct ref_cell {
	bool told;
	int lo, hi;
};

/* one: b0 b1 (yes or no) n0 n1 (number) t0 t1 (text); rows: b n t. */
struct ref_world {
	struct ref_cell single[REF_SINGLE];
	struct ref_cell rows[REF_ROWS + 1][REF_FIELDS];
	int n_rows;
	bool complete;
};

enum ref_kind {
	REF_YES, REF_NO, REF_BOOL, REF_AND, REF_OR, REF_NOT, REF_COMPARE, REF_SAME_TEXT, REF_ONE_OF, REF_ANY, REF_ALL, REF_IF_BOOL,
	REF_INT, REF_NUMBER, REF_ADD, REF_SUB, REF_MUL, REF_DIV, REF_MIN, REF_MAX, REF_COUNT, REF_SUM, REF_DISTINCT, REF_LARGEST, REF_IF
};

struct ref_expr {
	enum ref_kind kind;
	int a, b;      /* field, number, sign, texts */
	bool row;      /* the field is of the row in sight */
	struct ref_expr *kids[3];
	int n;
};

/* A random condition. `rows`: may speak of rows; `sums`: may calculate. */
struct ref_expr *ref_draw(struct zv_rng *rng, int depth, bool rows, bool sums, struct zv_arena *arena);
void ref_print(struct zv_buf *out, const struct ref_expr *e);

/* A world with about `open` of 10 values not told or told as a range. */
void ref_world_draw(struct ref_world *w, struct zv_rng *rng, int open, bool ranges);

/* In a world where everything is known. UNKNOWN only by a division by 0 or the largest of nothing. */
enum zv_truth ref_truth(const struct ref_expr *e, const struct ref_world *w);

/* Cells that are not known, in a fixed order; at most n_max. */
int ref_open(struct ref_cell **out, int n_max, struct ref_world *w);

extern const struct zv_rules_vocabulary ref_vocabulary;

/* The same world for the engine, on the heap and exactly as large as needed; freed by ref_facts_done. */
struct ref_facts {
	struct zv_rules_facts facts;
	struct zv_rules_rows rows[2];
	struct zv_rules_cell *cells[2];
};
void ref_facts_init(struct ref_facts *out, const struct ref_world *w);
void ref_facts_done(struct ref_facts *facts);

#endif
