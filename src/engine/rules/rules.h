/*
 * Rules as data: packs of dated criteria and measures in a small typed language, evaluated in three values over the facts that the caller gives.
 * A missing fact is unknown, never false and never zero. Pure: no store, no clock, nothing but the pack and the facts; bounded in steps and memory.
 * The language for operators: docs/guide/rules.md. The mechanism: docs/design/rules.md.
 */
#ifndef ZV_ENGINE_RULES_RULES_H
#define ZV_ENGINE_RULES_RULES_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

/* --- what there is to speak of: given by the caller, the same for all packs ------------------------------------------------------- */

enum zv_rules_type {
	ZV_RULES_BOOL,   /* 0, 1 */
	ZV_RULES_NUMBER, /* whole number in cells; fractions arise by division and are kept exactly */
	ZV_RULES_MONEY,  /* kopecks */
	ZV_RULES_DATE,   /* days since 1970-01-01 */
	ZV_RULES_TEXT
};

struct zv_rules_field {
	const char *name;
	enum zv_rules_type type;
	const char *label; /* English msgid */
	bool signed_value; /* may be below zero; otherwise an unknown number is at least 0 */
};

/* A table of rows ("members"), or one object ("cluster"): then it has at most one row and is written without a row name. */
struct zv_rules_table {
	const char *name;
	const char *label; /* English msgid */
	bool single;
	const struct zv_rules_field *fields;
	int n_fields;
};

struct zv_rules_vocabulary {
	const struct zv_rules_table *tables;
	int n_tables;
};

enum { ZV_RULES_TABLES_MAX = 32, ZV_RULES_FIELDS_MAX = 48, ZV_RULES_ROWS_MAX = 100000 };

/* --- facts ---------------------------------------------------------------------------------------------------------------------------- */

/* Where a fact comes from; shown beside every leaf. All may be empty. */
struct zv_rules_origin {
	struct zv_str source;   /* "import contracts.csv, line 7", "stated by the enterprise", a register */
	struct zv_str document; /* number or name of the document */
	struct zv_str href;     /* uid of the row that holds it, for a link: "contract_..." */
	zv_date on;             /* said on; ZV_DATE_NONE */
	int status;             /* enum zv_status of the store (1 declared ... 4 disputed); 0: not known */
};

struct zv_rules_cell {
	bool known;    /* false: unknown, lo and hi mean nothing */
	int64_t lo, hi; /* lo < hi: a range. TEXT: unused */
	struct zv_str text; /* TEXT */
	int32_t origin; /* index into zv_rules_facts.origins; -1: of the row */
};

struct zv_rules_rows {
	size_t n;
	bool complete;                 /* false: further rows may exist that nobody told: counts and sums are then only at least what is here */
	const struct zv_rules_cell *cells; /* n * n_fields, row by row */
	const struct zv_str *keys;     /* uid of each row's subject, for evidence */
	const struct zv_str *names;    /* how a person calls the row: «ООО «Марий-Аэрозоль»» */
	const int32_t *origins;        /* of the row; NULL: none */
};

/* A fact that a pack declares and a register does not have: asked from the person, kept as a statement. */
struct zv_rules_stated {
	struct zv_str name; /* "org.atr_qualified" */
	struct zv_str value; /* as typed: "yes", "12.5", "2026-03-01", text; read by the declared type */
	int32_t origin;
};

struct zv_rules_facts {
	zv_date today; /* `today` in the language: the day for which is asked */
	const struct zv_rules_rows *rows; /* by vocabulary: tables[i] */
	const struct zv_rules_stated *stated;
	size_t n_stated;
	const struct zv_rules_origin *origins;
	size_t n_origins;
};

/* --- packs ---------------------------------------------------------------------------------------------------------------------------- */

struct zv_rules_fault {
	int line, column; /* from 1; column in characters */
	struct zv_err err; /* the sentence */
};

enum { ZV_RULES_FAULTS_MAX = 100, ZV_RULES_PACK_BYTES_MAX = 1 << 20, ZV_RULES_RULES_MAX = 500 };

enum zv_rules_kind { ZV_RULES_CLUSTER, ZV_RULES_SUPPORT };           /* of a pack: criteria of clusters, or measures */
enum zv_rules_level { ZV_RULES_FEDERAL, ZV_RULES_REGIONAL, ZV_RULES_OWN };
enum zv_rules_severity { ZV_RULES_BLOCK, ZV_RULES_WARN, ZV_RULES_INFO };
enum zv_rules_confidence { ZV_RULES_HIGH, ZV_RULES_MEDIUM, ZV_RULES_LOW };
/* Only ACTIVE measures give a number. */
enum zv_rules_status {
	ZV_RULES_ACTIVE, ZV_RULES_CLOSED, ZV_RULES_ANNOUNCED, ZV_RULES_PROPOSED, ZV_RULES_CONDITIONAL, ZV_RULES_REGIONAL_ONLY,
	ZV_RULES_TO_CHECK, ZV_RULES_SUSPENDED
};

struct zv_rules_words { /* in two languages; en may be empty */
	struct zv_str ru, en;
};

struct zv_rules_pack_head {
	struct zv_str id;     /* "demo-2026": one edition */
	struct zv_str series; /* "demo": editions of one series follow one another by date; the id when not given */
	enum zv_rules_kind kind;
	enum zv_rules_level level;
	struct zv_str region; /* of a regional pack */
	struct zv_rules_words title, note;
	zv_date valid_from, valid_to; /* ZV_DATE_NONE: open */
	struct zv_str source;
	enum zv_rules_confidence confidence;
	enum zv_rules_status status;
};

/* A date or stretch of time that people must know of. */
struct zv_rules_window {
	zv_date from, to; /* ZV_DATE_NONE: open */
	struct zv_rules_words title;
};

struct zv_rules_budget {
	int year;
	int64_t kop;
};

/* A category of cost that a grant pays, with the largest part of the whole grant (or of another category) that it may take. */
struct zv_rules_category {
	struct zv_str name;      /* "wages" */
	struct zv_rules_words title;
	int64_t ceiling_ppm;     /* parts per million; -1: none */
	int64_t floor_ppm;       /* at least this part; -1: none */
	struct zv_str of;        /* name of the category that the ceiling is a part of; empty: of the whole */
};

/* One criterion of a cluster pack or one measure of a support pack. What does not apply is empty, -1 or NULL. */
struct zv_rules_rule {
	struct zv_str id;
	struct zv_rules_words title;
	struct zv_rules_words note;
	enum zv_rules_severity severity;
	enum zv_rules_confidence confidence;
	enum zv_rules_status status;
	bool enabled;
	struct zv_str source;
	struct zv_rules_words evidence; /* what proves it */
	struct zv_str condition;        /* the text of `check` or `when` */
	int line, column;
	/* measures */
	struct zv_str form;             /* subsidy, grant, loan, guarantee, tax, contract, service, land, procurement, transfer */
	struct zv_str act_old, act_new; /* both numbers of the act */
	struct zv_rules_words beneficiary, amount_text, rate_text;
	struct zv_str administrator, link;
	const struct zv_rules_window *windows;
	int n_windows;
	const struct zv_rules_budget *budgets;
	int n_budgets;
	const struct zv_str *costs;     /* names of cost categories that are eligible; none: not tied to cost lines */
	int n_costs;
	const struct zv_str *groups;    /* exclusion groups: at most one measure of a group */
	int n_groups;
	const struct zv_str *excludes;  /* ids of measures that it cannot stand beside */
	int n_excludes;
	const struct zv_rules_category *categories;
	int n_categories;
	bool computes;                  /* it has an amount, and may give a number (status) */
};

/* A document that an application must carry. */
struct zv_rules_document {
	struct zv_str id;
	struct zv_rules_words title;
	bool required, signature;
	struct zv_str criterion; /* the rule that it proves; empty: the whole */
};

/* A fact that the pack declares. */
struct zv_rules_declared {
	struct zv_str name; /* "org.atr_qualified" */
	enum zv_rules_type type;
	struct zv_rules_words title; /* the question */
};

/* A value by time: key rate, thresholds. */
struct zv_rules_parameter_value {
	zv_date from, to; /* ZV_DATE_NONE: open */
	struct zv_str text; /* as written: "21 %" */
	struct zv_str source;
};
struct zv_rules_parameter {
	struct zv_str name;
	enum zv_rules_type type;
	struct zv_rules_words title;
	const struct zv_rules_parameter_value *values;
	int n_values;
};

struct zv_rules_pack;

/*
 * Reads and types a pack. ZV_E_INVALID: faults[0..*n_faults) say what and where, at most ZV_RULES_FAULTS_MAX, *out is NULL and err the first of
 * them. faults and n_faults may be NULL: then only err says something. The text is copied, the vocabulary must outlive the pack; everything else lives in
 * `arena`. O(length).
 */
ZV_MUST_CHECK enum zv_code zv_rules_parse(struct zv_rules_pack **out, struct zv_rules_fault *faults, size_t *n_faults, struct zv_str text,
					  const struct zv_rules_vocabulary *vocabulary, struct zv_arena *arena, struct zv_err *err);

const struct zv_rules_pack_head *zv_rules_head(const struct zv_rules_pack *pack);
const struct zv_rules_rule *zv_rules_all(int *n, const struct zv_rules_pack *pack); /* in the order of the text */
int zv_rules_find(const struct zv_rules_pack *pack, struct zv_str id);              /* -1 when there is none */
const struct zv_rules_document *zv_rules_documents(int *n, const struct zv_rules_pack *pack);
const struct zv_rules_declared *zv_rules_declared(int *n, const struct zv_rules_pack *pack);
const struct zv_rules_parameter *zv_rules_parameters(int *n, const struct zv_rules_pack *pack);

/*
 * Reads what a person states as a fact of that type: "yes", «да», "12.5", "12.5 %", "1.5 mln rub", "5 500 ₽", "2026-03-01". ZV_E_INVALID says how
 * it is written; err->field is "value".
 */
ZV_MUST_CHECK enum zv_code zv_rules_value_check(enum zv_rules_type type, struct zv_str value, struct zv_err *err);

/* --- evaluation ------------------------------------------------------------------------------------------------------------------------ */

enum zv_truth { ZV_NO, ZV_UNKNOWN, ZV_YES }; /* Kleene: AND is min, OR is max, NOT mirrors */

/*
 * A number or date: somewhere in lo_num / den .. hi_num / den. Unknown is the widest such interval, so that what is decided stays decided
 * whatever the missing facts turn out to be. Sums and quotients are exact; one that does not fit becomes unknown with `overflow`.
 */
struct zv_rules_number {
	bool has_lo, has_hi;
	int64_t lo, lo_den, hi, hi_den; /* dens > 0, lowest terms */
};

/* One fact that a leaf looked at. */
struct zv_rules_used {
	int table;            /* of the vocabulary; -1: stated, -2: a parameter */
	size_t row;
	int field;            /* -1: the row itself; its value says whether the condition on rows holds for it */
	enum zv_rules_type type;
	struct zv_str name;   /* "members.role", "org.atr_qualified", "key_rate" */
	struct zv_str of;     /* name of the row: «ООО «Марий-Аэрозоль»» */
	struct zv_str key;    /* of the row: for a link */
	struct zv_str value;  /* as a person reads it, in the thread's language; empty: unknown */
	bool known;
	struct zv_rules_origin origin;
};

/*
 * The tree of a condition with the truth of every part. Parts of AND, OR, NOT are nodes; a comparison, an aggregate or a single yes-or-no fact is a
 * leaf with both sides. children are indices into nodes[].
 */
enum zv_rules_node_kind { ZV_RULES_AND, ZV_RULES_OR, ZV_RULES_NOT, ZV_RULES_LEAF };
struct zv_rules_node {
	enum zv_rules_node_kind kind;
	enum zv_truth truth;
	const int *children;
	int n_children;
	struct zv_str text;       /* the source text of this part */
	struct zv_str left, right; /* of a comparison, as a person reads them: "23.4 %", "20 %"; a ratio says also "1,170 m / 5,000 m" in `working` */
	struct zv_str op;         /* ">=" ... */
	struct zv_str working;    /* how the left side came about: "1,170,000,000 / 5,000,000,000" */
	const struct zv_rules_used *used;
	int n_used;               /* at most ZV_RULES_USED_MAX of them, the deciding ones first */
	int n_used_all;
};
enum { ZV_RULES_USED_MAX = 50 };

struct zv_rules_missing {
	const struct zv_rules_used *facts; /* the fewest unknown facts that can decide, in the order of the text */
	int n;       /* 0: none can; with `proved` false: none was found */
	bool proved; /* false: the search ended at its limit, fewer may do */
};

struct zv_rules_verdict {
	enum zv_truth truth;
	const struct zv_rules_node *nodes; /* nodes[0] is the whole condition; NULL when the rule has none (then YES) */
	int n_nodes;
	struct zv_rules_missing to_yes; /* when UNKNOWN: the fewest facts that, stated rightly, make it YES */
	struct zv_rules_missing to_no;  /* the fewest that can make it NO */
	bool limit; /* steps or memory were used up: truth is UNKNOWN; never silently */
	const char *limit_text; /* English msgid */
	int64_t steps;
};

struct zv_rules_options {
	bool explain;    /* nodes and missing facts; false: truth only, many times faster */
	int64_t steps_max; /* 0: 2,000,000 a rule */
};

/* Evaluates rule `at` of the pack. ZV_E_LIMIT never: a limit makes the verdict unknown and says so. Cost: O(steps), memory in `arena`, at most 8 MiB a rule. */
ZV_MUST_CHECK enum zv_code zv_rules_eval(struct zv_rules_verdict *out, const struct zv_rules_pack *pack, int at, const struct zv_rules_facts *facts,
					 const struct zv_rules_options *options, struct zv_arena *arena, struct zv_err *err);

enum zv_rules_term {
	ZV_RULES_TERM_AMOUNT, ZV_RULES_TERM_SHARE, ZV_RULES_TERM_CAP, ZV_RULES_TERM_ALREADY, ZV_RULES_TERM_INTENSITY, ZV_RULES_TERM_RATE, ZV_RULES_TERM_COUNT
};

/* The parts of a measure's amount, all evaluated: what amount.h works on. Ranges where the facts are ranges; has_lo false: unknown. */
struct zv_rules_terms {
	bool has_expression;            /* `amount <expression>`: lo..hi in kopecks is `fixed` */
	struct zv_rules_number fixed;
	struct zv_rules_number share_ppm; /* `share 50 %`; parts per million, not rounded */
	struct zv_rules_number cap_kop;   /* `cap ...`, for one applicant or project; has_hi false: none */
	struct zv_rules_number already_kop; /* `already ...`: what the applicant has had of it; 0 when not stated */
	struct zv_rules_number intensity_ppm; /* `intensity ...`: the largest part of one cost line that all measures together may pay; all when not stated */
	struct zv_rules_number rate_ppm;  /* `rate ...`: percent a year of a loan */
	const struct zv_rules_node *parts[ZV_RULES_TERM_COUNT]; /* for printing: left is the value, working how it came about, used the facts; NULL: not stated */
};

/*
 * Whether row `cost_row` of the table `costs` may be paid by measure `at`: its category and the measure's `where` condition. And the terms.
 * `costs` is found by its name in the vocabulary.
 */
ZV_MUST_CHECK enum zv_code zv_rules_cost(enum zv_truth *out, const struct zv_rules_pack *pack, int at, const struct zv_rules_facts *facts, size_t cost_row,
					 struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_rules_terms(struct zv_rules_terms *out, const struct zv_rules_pack *pack, int at, const struct zv_rules_facts *facts,
					  struct zv_arena *arena, struct zv_err *err);

#endif
