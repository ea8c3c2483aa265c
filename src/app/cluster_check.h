/*
 * A cluster against packs of rules (feature C2): each criterion with its truth, both sides and evidence, several packs side by side, as of a day, and
 * what would be different with other members. Nothing is written. docs/design/cluster-check.md.
 */
#ifndef ZV_APP_CLUSTER_CHECK_H
#define ZV_APP_CLUSTER_CHECK_H

#include "app/cluster_profile.h"
#include "app/facts.h"
#include "app/packs.h"
#include "format/json_write.h"

struct zv_checked_rule {
	const struct zv_rules_rule *rule;
	struct zv_rules_verdict verdict;
	bool counts;   /* enabled, active, and it has a condition */
	bool blocking; /* stands in the way: it counts, is of severity block, not of low confidence, and does not pass */
	const struct zv_rules_node *leaf; /* the comparison that speaks for the whole; NULL when there is none */
};

struct zv_check_counts {
	int passed, failed, unknown; /* of those that count */
	int total;
};

struct zv_checked {
	struct zv_pack pack;
	struct zv_checked_rule *rules;
	int n;
	struct zv_check_counts counts;
	enum zv_truth truth;                       /* NO: something that may block fails; UNKNOWN: something that may block is unknown */
	const struct zv_checked_rule *first_failed; /* that blocks, else any; NULL: none */
};

/* Pure but for memory: the pack over the facts. explain: with tree and missing facts. */
ZV_MUST_CHECK enum zv_code zv_check_pack(struct zv_checked *out, const struct zv_pack *pack, const struct zv_rules_facts *facts, bool explain,
					 struct zv_arena *arena, struct zv_err *err);

enum { ZV_CHECK_PACKS_MAX = 8, ZV_CHECK_EDITS_MAX = 100 };

struct zv_check_ask {
	struct zv_str cluster;      /* uid or key */
	const struct zv_str *packs; /* names or series; none: all series in force on the day that the person sees */
	size_t n_packs;
	const struct zv_str *with;  /* "org_...:supplier", or without a role */
	size_t n_with;
	const struct zv_str *without;
	size_t n_without;
	zv_date on; /* ZV_DATE_NONE: today */
};

struct zv_check {
	struct zv_cluster cluster;
	zv_date on;
	struct zv_checked *packs;
	size_t n_packs;
	struct zv_checked *before; /* NULL: nothing was supposed */
	struct zv_rules_facts facts; /* without what was supposed */
};

/* Action CHECK. A planned cluster of others is ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_cluster_check(struct zv_check *out, struct zv_db *db, const struct zv_who *who, const struct zv_check_ask *ask,
					    struct zv_arena *arena, struct zv_err *err);

/* --- for answers ------------------------------------------------------------------------------------------------------------------ */

void zv_check_json(struct zv_json *json, const struct zv_check *check);
void zv_check_json_criteria(struct zv_json *json, const struct zv_checked *checked); /* an array */
void zv_check_json_counts(struct zv_json *json, const struct zv_check_counts *counts);

#endif
