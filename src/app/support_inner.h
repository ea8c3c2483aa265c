/* Inside app/support*.c: what the parts share. */
#ifndef ZV_APP_SUPPORT_INNER_H
#define ZV_APP_SUPPORT_INNER_H

#include "app/support.h"
#include "auth/rights.h"
#include "store/register.h"

/* --- support_reason.c: sentences ---------------------------------------------------------------------------------------------------- */

/* Why the condition is not met, what is not known, or that all is well; by the first leaf that decides. */
struct zv_str support_reason(const struct zv_rules_pack *pack, const struct zv_rules_rule *rule, const struct zv_rules_verdict *verdict,
			     struct zv_arena *arena);

/* How a person calls a fact: the question of the pack, or the labels of its table and field. */
struct zv_str support_fact_text(const struct zv_rules_pack *pack, const struct zv_rules_used *fact, struct zv_arena *arena);

/* The question that a pack asks for a declared fact; NULL: it declares none of this name. */
const struct zv_rules_declared *support_declared(const struct zv_rules_pack *pack, struct zv_str name);

/* Whether what decides against it was stated by the organisation, not by a register. */
bool support_rests_on_statement(const struct zv_rules_verdict *verdict);

/* --- support_amount.c: one measure in roubles ---------------------------------------------------------------------------------------- */

enum { SUPPORT_COSTS_MAX = 1000 };

/* The cost lines of the facts; `rows` of the table "costs". */
struct support_costs {
	const struct zv_support_cost *lines;
	size_t n;
	int table;     /* of the vocabulary */
	bool complete; /* false: there may be lines that nobody told */
};
void support_costs_read(struct support_costs *out, const struct zv_rules_facts *facts, struct zv_arena *arena);

/* What a measure is for the choice: the terms rounded to whole kopecks and parts per million, all down, its lines by truth. */
struct support_pay {
	bool fixed;                       /* the sum hangs on no cost line */
	struct zv_support_range sum;      /* of a fixed one, its cap aside */
	int64_t share_lo, share_hi;       /* parts per million, the intensity counted in */
	struct zv_support_range left;     /* of the cap; without end: no cap */
	enum zv_truth *eligible;          /* by cost line */
};

/* Fills amount, steps and rate of a row that is active and not refused. `pay` is what the choice needs. */
ZV_MUST_CHECK enum zv_code support_amount(struct zv_support_row *row, struct support_pay *pay, const struct support_costs *costs,
					  const struct zv_rules_facts *facts, struct zv_arena *arena, struct zv_err *err);

struct zv_str support_money(int64_t kop, struct zv_arena *arena);

/* --- support_set.c: the best set ------------------------------------------------------------------------------------------------------ */

/* rows[i] and pays[i] belong together; only gifts with an amount take part. */
ZV_MUST_CHECK enum zv_code support_set(struct zv_support_set *out, const struct zv_support_row *rows, const struct support_pay *pays, size_t n,
				       const struct support_costs *costs, struct zv_arena *arena, struct zv_err *err);

/* --- support_view.c -------------------------------------------------------------------------------------------------------------------- */

/* zv_support_eval; `narrow`: for a partner in the project, only measures that pay cost lines, and nothing that the organisation says of itself. */
ZV_MUST_CHECK enum zv_code support_eval(struct zv_support_view *out, const struct zv_pack *packs, size_t n_packs, const struct zv_rules_facts *facts,
					bool explain, bool narrow, struct zv_arena *arena, struct zv_err *err);

/* --- support_find.c: who may see whose support, and what is supposed ------------------------------------------------------------------- */

struct support_subject {
	int64_t org_id, project_id; /* project: 0 without */
	struct zv_object object;
	struct zv_str uid, name, region;
	struct zv_str project_uid, project;
	bool narrow;
	bool among; /* asked for together with all who bear costs of the project: a line of another one is his affair */
};

/* The organisation with the project of the ask. ZV_E_NOTFOUND, in the same words, for what is not there and what is not for this person. */
ZV_MUST_CHECK enum zv_code support_find(struct support_subject *out, struct zv_db *db, const struct zv_who *who, struct zv_str org, struct zv_str project,
					struct zv_arena *arena, struct zv_err *err);

/* What the ask supposes, as edits of the facts of this subject. */
ZV_MUST_CHECK enum zv_code support_edits(struct zv_facts_edit **out, size_t *n, struct zv_db *db, const struct zv_who *who,
					 const struct support_subject *subject, const struct zv_support_ask *ask, struct zv_arena *arena,
					 struct zv_err *err);

/* A record's column as text and number; empty and `otherwise` when it is not stated. */
struct zv_str support_text(const struct zv_register *reg, const struct zv_record *record, const char *column);
int64_t support_number(const struct zv_register *reg, const struct zv_record *record, const char *column, int64_t otherwise);

#endif
