/* What rules said, as JSON: facts and the tree of a condition (docs/api/openapi.json: SupportFact, SupportNode). */
#ifndef ZV_APP_RULES_JSON_H
#define ZV_APP_RULES_JSON_H

#include "engine/rules/rules.h"
#include "format/json_write.h"

const char *zv_rules_truth_name(enum zv_truth truth); /* "pass", "fail", "unknown" */
const char *zv_rules_severity_name(enum zv_rules_severity severity);
const char *zv_rules_type_name(enum zv_rules_type type); /* "yesno", "number" ... */

/* The text in the language of the thread, Russian when there is no English. */
struct zv_str zv_rules_words(const struct zv_rules_words *words);

/* How people call a fact: "Shipped inside"; the row itself by its table. In the language of the thread. */
struct zv_str zv_rules_fact_label(const struct zv_rules_pack *pack, const struct zv_rules_used *fact);

void zv_rules_json_facts(struct zv_json *json, const char *key, const struct zv_rules_pack *pack, const struct zv_rules_used *facts, int n);
void zv_rules_json_tree(struct zv_json *json, const char *key, const struct zv_rules_pack *pack, const struct zv_rules_verdict *verdict);

void zv_rules_json_date(struct zv_json *json, const char *key, zv_date date);              /* ZV_DATE_NONE: null */
void zv_rules_json_text(struct zv_json *json, const char *key, struct zv_str text);        /* empty: null */

#endif
