/* One evaluation: the facts, the rows in sight, what was spent, and who watches. */
#ifndef ZV_ENGINE_RULES_EVAL_H
#define ZV_ENGINE_RULES_EVAL_H

#include "base/vec.h"
#include "engine/rules/inner.h"

enum { RULES_STEPS = 2000000, RULES_MEMORY = 8 << 20 };

/* Where a fact is: table and row and field; field -1: the row itself; table -1: stated, -2: a parameter, `row` being which. */
struct rules_fact {
	int table, field;
	size_t row;
};

/* A fact as a leaf met it. */
struct rules_seen {
	struct rules_fact fact;
	int rank;        /* lower decides more */
	size_t order;    /* first met first */
	bool unknown;
	enum zv_truth holds; /* of a row */
};

struct rules_frame {
	const struct zv_rules_rows *rows;
	size_t row;
};

/* A value put in the place of an unknown fact, to see what would be. */
struct rules_assumed {
	struct rules_fact fact;
	bool set;
	struct rules_value value;
};

struct rules_cached {
	bool read, told;
	int stated; /* index in the facts; -1: nobody stated it */
	struct rules_value value;
};

struct rules_eval {
	const struct zv_rules_pack *pack;
	const struct zv_rules_facts *facts;
	struct zv_arena *arena;
	struct rules_frame frames[RULES_FRAMES_MAX];
	struct rules_cached *declared; /* of the pack */
	int64_t steps, steps_max;
	bool out;      /* of steps or memory */
	bool overflow;

	bool watch;    /* `seen` is wanted: nothing is skipped because the answer is clear */
	int rank;      /* of facts met now */
	enum zv_truth first; /* rows of a count or sum that come first as evidence: those that count, or those that should */
	ZV_VEC(struct rules_seen) seen;

	struct rules_assumed *assumed; /* by fact; NULL: none */
	size_t n_assumed;

	ZV_VEC(struct zv_str) texts; /* stacks of `distinct` */
	ZV_VEC(struct rules_q) figures;
};

void rules_eval_init(struct rules_eval *ev, const struct zv_rules_pack *pack, const struct zv_rules_facts *facts, int64_t steps_max, struct zv_arena *arena);
void rules_eval_done(struct rules_eval *ev);

/* By the type of the part. Each is unknown when the steps are used up. */
enum zv_truth rules_truth(struct rules_eval *ev, const struct rules_expr *e);
struct rules_range rules_figure(struct rules_eval *ev, const struct rules_expr *e);
bool rules_text(struct rules_eval *ev, const struct rules_expr *e, struct zv_str *out); /* false: unknown */

/* rows.c */
enum zv_truth rules_rows_truth(struct rules_eval *ev, const struct rules_expr *e);
struct rules_range rules_rows_figure(struct rules_eval *ev, const struct rules_expr *e);

/* A fact, noted when somebody watches. fact.c */
struct rules_value rules_field(struct rules_eval *ev, int table, int field, const struct zv_rules_rows *rows, size_t row);
struct rules_value rules_stated(struct rules_eval *ev, int at);
struct rules_value rules_parameter(struct rules_eval *ev, int at);
void rules_note(struct rules_eval *ev, struct rules_fact fact, bool unknown, enum zv_truth holds);
int rules_fact_cmp(struct rules_fact a, struct rules_fact b);
const struct zv_rules_parameter_value *rules_parameter_value(const struct zv_rules_parameter *parameter, zv_date day);

/* One step more; false when there are none left. */
static inline bool rules_step(struct rules_eval *ev)
{
	if (ev->steps < ev->steps_max) {
		ev->steps++;
		return true;
	}
	ev->out = true;
	return false;
}

#endif
