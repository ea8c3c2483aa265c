/*
 * Support of an organisation in roubles (features S2-S4): every measure of the packs in force in three values with the reason, its amount with all that
 * led to it, the best set of measures that may stand together, and what would be different if. Missing is never zero: an amount that depends on
 * something unknown is a range, and what is not active gives no amount. docs/design/support.md.
 */
#ifndef ZV_APP_SUPPORT_H
#define ZV_APP_SUPPORT_H

#include "app/facts.h"
#include "app/packs.h"
#include "auth/who.h"
#include "engine/rules/rules.h"

struct zv_json;

/* Kopecks. What is not known has no end above. */
struct zv_support_range {
	int64_t lo;
	bool has_hi;
	int64_t hi;
};

/* One intermediate of an amount, in the thread's language: "50 % of 150,000.00 ₽", "75,000.00 ₽". */
struct zv_support_step {
	struct zv_str label, text;
	bool own; /* says what the organisation has received: for its own people */
};

/* A cost line as a measure sees it. */
struct zv_support_cost {
	struct zv_str uid, title, category;
	int64_t lo, hi;     /* of the line; lo < hi: a range */
	bool known;         /* false: nobody has stated a sum */
};

struct zv_support_row {
	const struct zv_rules_pack *pack;
	int at;                           /* of the rule in the pack */
	const struct zv_rules_rule *rule;
	enum zv_truth verdict;            /* of the measure: its status and its condition */
	enum zv_truth condition;          /* of the condition alone */
	struct zv_str reason;             /* one sentence: why not, what is missing, or what makes it eligible */
	const struct zv_rules_verdict *why;
	bool has_amount;                  /* not for what is not active, not eligible, or has none */
	struct zv_support_range amount;   /* of an eligible one; of an unknown one if it turned out eligible */
	bool gift;                        /* subsidies, grants, taxes: counts in the best set. Loans and guarantees do not */
	const struct zv_support_step *steps;
	size_t n_steps;
	struct zv_str rate;               /* "8.1 % a year" and the words of the measure; may be empty */
	const struct zv_rules_used *missing; /* the fewest facts that would settle it */
	int n_missing;
};

struct zv_support_paid {
	const struct zv_support_row *row;
	struct zv_support_range paid;
};
struct zv_support_payer {
	const struct zv_support_cost *cost;
	const struct zv_support_row *row; /* NULL: nobody pays this line */
	int64_t paid_kop;
};

/* The set with the largest total (engine/rules/amount.h). */
struct zv_support_set {
	struct zv_support_range total; /* lo: the eligible ones at their least; hi: with the unknown ones, if all turned out well */
	bool proved;                   /* no set gives more; false: the search ended at its limit, `bound` is above */
	int64_t bound_kop;
	const struct zv_support_paid *measures; /* of the eligible ones */
	size_t n_measures;
	const struct zv_support_paid *possible; /* what the best case has besides */
	size_t n_possible;
	const struct zv_support_payer *lines;
	size_t n_lines;
};

struct zv_support_question {
	struct zv_str name; /* "org.atr_qualified" */
	enum zv_rules_type type;
	struct zv_str text;
	int n_measures; /* that wait for the answer */
	bool stated;    /* asked from people; false: it belongs into a register */
	struct zv_str register_name; /* then: which one; may be empty */
};

/* One subject as the packs see it. Rows: eligible, then unknown, then the others; each by money, then in the order of the packs. */
struct zv_support_view {
	const struct zv_support_row *rows;
	size_t n_rows;
	struct zv_support_set best;
	const struct zv_support_question *ask; /* most asked for first */
	size_t n_ask;
};

struct zv_support_change {
	const struct zv_support_row *was, *now; /* of one measure */
};

struct zv_support {
	zv_date on;
	struct zv_str org_uid, org, project_uid, project; /* project: empty when without */
	struct zv_support_view view;
	bool what_if;
	struct zv_support_view before; /* what_if: as it stands */
	const struct zv_support_change *changed;
	size_t n_changed;
};

/* What is asked. Words as people give them; what cannot be read is ZV_E_INVALID with the field. */
struct zv_support_ask {
	zv_date on;             /* ZV_DATE_NONE: today */
	struct zv_str project;  /* uid; empty: without, or the only one whose costs the organisation bears */
	struct zv_str join;     /* what if: uid or key of the cluster that it joins */
	const struct zv_str *add; /* what if: "COST:20 kg", "start_batch:20 kg", "equipment:1000000 rub" */
	size_t n_add;
	struct zv_str pack;     /* name or series of one pack; empty: all packs of support in force */
};

/*
 * ZV_E_NOTFOUND when there is no such organisation, or it is not for this person (action SUPPORT_READ); the same for a project whose costs she may not
 * see. `org`: uid. Everything lives in `arena`.
 */
ZV_MUST_CHECK enum zv_code zv_support_org(struct zv_support *out, struct zv_db *db, const struct zv_who *who, struct zv_str org,
					  const struct zv_support_ask *ask, struct zv_arena *arena, struct zv_err *err);

/* All who bear costs of a project and whom the person may see, the initiator first. */
struct zv_support_project {
	zv_date on;
	struct zv_str uid, name;
	const struct zv_support *applicants;
	size_t n_applicants;
	size_t n_hidden; /* bear costs, but are not for this person */
	struct zv_support_range total;
};
ZV_MUST_CHECK enum zv_code zv_support_project(struct zv_support_project *out, struct zv_db *db, const struct zv_who *who, struct zv_str project,
					      const struct zv_support_ask *ask, struct zv_arena *arena, struct zv_err *err);

/* The packs alone over facts at hand, no rights asked: for reruns. O(measures x steps). */
ZV_MUST_CHECK enum zv_code zv_support_eval(struct zv_support_view *out, const struct zv_pack *packs, size_t n_packs, const struct zv_rules_facts *facts,
					   bool explain, struct zv_arena *arena, struct zv_err *err);

/* As the API gives it (docs/api/openapi.json: Support, ProjectSupport); for scripts too. */
void zv_support_json(struct zv_json *json, const struct zv_support *support);
void zv_support_project_json(struct zv_json *json, const struct zv_support_project *project);

/* "eligible", "not_eligible", "unknown"; the label is an English msgid. */
const char *zv_support_verdict_name(enum zv_truth verdict);
const char *zv_support_verdict_label(enum zv_truth verdict);

/* "75,000.00 ₽", "up to 75,000.00 ₽", "75,000.00 ₽ or more", "not known" in the thread's language. */
struct zv_str zv_support_range_text(struct zv_support_range range, struct zv_arena *arena);

/*
 * What the organisation, or one of its projects, states of itself: a fact that a pack declares. Replaces what was stated under this name. ZV_E_NOTFOUND: no
 * pack in force asks for it; ZV_E_INVALID: not of its type. Inside a write; a row of the register of statements with its history.
 */
struct zv_support_stated {
	struct zv_str uid, value; /* of the row; the value that stands now */
	bool rival;               /* a stronger statement stands: what was said is kept beside it */
};
ZV_MUST_CHECK enum zv_code zv_support_state(struct zv_support_stated *out, struct zv_db *db, const struct zv_who *who, struct zv_str org, struct zv_str project,
					    struct zv_str name, struct zv_str value, struct zv_str document, struct zv_arena *arena, struct zv_err *err);

/* --- the budget form of a grant ------------------------------------------------------------------------------------------------- */

struct zv_support_form_line {
	struct zv_str category; /* name in the pack, or its title */
	struct zv_str sum;      /* "150000", "150 000,00": roubles */
};
struct zv_support_form_row {
	const struct zv_rules_category *category;
	int64_t sum_kop;
	int64_t share_ppm;        /* of the whole, rounded down */
	bool has_ceiling, has_floor;
	int64_t ceiling_kop, floor_kop;
	bool above, below;
	struct zv_str fault;      /* a sentence; empty: in order */
};
struct zv_support_form {
	const struct zv_rules_rule *rule;
	int64_t total_kop;
	const struct zv_support_form_row *rows; /* every category of the measure, in its order */
	size_t n_rows;
	int n_faults;
};

/* The sums by category against the ceilings that the measure had on the day. ZV_E_NOTFOUND: no such measure; ZV_E_INVALID: a category that it does not pay. */
ZV_MUST_CHECK enum zv_code zv_support_form_check(struct zv_support_form *out, struct zv_db *db, const struct zv_who *who, struct zv_str measure, zv_date on,
						 const struct zv_support_form_line *lines, size_t n_lines, struct zv_arena *arena, struct zv_err *err);

/* --- cost lines out of today's lots --------------------------------------------------------------------------------------------- */

struct zv_support_lot_line {
	struct zv_str uid;  /* of the cost line */
	struct zv_str org_uid, org;
	struct zv_str qty;  /* "30 kg" */
	int64_t sum_kop;
	bool fresh;         /* it was not there before */
	bool changed;
};
struct zv_support_lots {
	struct zv_str lot, supplier_uid, supplier;
	const struct zv_support_lot_line *lines;
	size_t n_lines;
};

/*
 * The lines of the project's start batch as the lot of its item shares it today: each participant's quantity at the price of the lot, the maker its
 * supplier. Done again, the same lines are brought up to date. ZV_E_CONFLICT: the project has no item, or no lot has it. Inside a write.
 */
ZV_MUST_CHECK enum zv_code zv_support_costs_from_lots(struct zv_support_lots *out, struct zv_db *db, const struct zv_who *who, struct zv_str project,
						      zv_date on, struct zv_arena *arena, struct zv_err *err);

#endif
