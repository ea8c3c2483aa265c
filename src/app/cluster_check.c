/* A cluster against packs of rules, and the same with members supposed to join or leave. */
#include "app/cluster_check.h"

#include "app/find.h"
#include "app/lots_run.h"
#include "app/measures.h"
#include "app/rules_json.h"

enum { FACTS_SHOWN = 200, TEXT_SHOWN = 60 };

/* --- one pack ------------------------------------------------------------------------------------------------------------------------ */

/* Of a compound condition: its first comparison that is as true as the whole. */
static const struct zv_rules_node *speaking_leaf(const struct zv_rules_verdict *verdict)
{
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < verdict->n_nodes; i++)
			if (verdict->nodes[i].kind == ZV_RULES_LEAF && verdict->nodes[i].truth == verdict->truth && (pass == 1 || verdict->nodes[i].op.n > 0))
				return &verdict->nodes[i];
	return NULL;
}

static void count(struct zv_checked *out, const struct zv_checked_rule *rule)
{
	const bool may_block = rule->rule->severity == ZV_RULES_BLOCK && rule->rule->confidence != ZV_RULES_LOW;

	if (!rule->counts)
		return;
	out->counts.total++;
	if (rule->verdict.truth == ZV_YES)
		out->counts.passed++;
	else if (rule->verdict.truth == ZV_NO)
		out->counts.failed++;
	else
		out->counts.unknown++;
	if (may_block && rule->verdict.truth < out->truth)
		out->truth = rule->verdict.truth;
	if (rule->verdict.truth == ZV_NO && (out->first_failed == NULL || (rule->blocking && !out->first_failed->blocking)))
		out->first_failed = rule;
}

enum zv_code zv_check_pack(struct zv_checked *out, const struct zv_pack *pack, const struct zv_rules_facts *facts, bool explain, struct zv_arena *arena,
			   struct zv_err *err)
{
	const struct zv_rules_options options = {.explain = explain};
	const struct zv_rules_rule *rules;
	enum zv_code code = ZV_OK;

	*out = (struct zv_checked){.pack = *pack, .truth = ZV_YES};
	rules = zv_rules_all(&out->n, pack->rules);
	out->rules = ZV_ARENA_ARRAY(arena, struct zv_checked_rule, (size_t)out->n + 1);
	for (int i = 0; i < out->n && code == ZV_OK; i++) {
		struct zv_checked_rule *rule = &out->rules[i];

		rule->rule = &rules[i];
		code = zv_rules_eval(&rule->verdict, pack->rules, i, facts, &options, arena, err);
		rule->counts = rules[i].enabled && rules[i].status == ZV_RULES_ACTIVE && rules[i].condition.n > 0;
		rule->blocking =
			rule->counts && rules[i].severity == ZV_RULES_BLOCK && rules[i].confidence != ZV_RULES_LOW && rule->verdict.truth != ZV_YES;
		rule->leaf = speaking_leaf(&rule->verdict);
		count(out, rule);
	}
	return code;
}

/* --- what is asked -------------------------------------------------------------------------------------------------------------------- */

static enum zv_code find_org(int64_t *id, struct zv_db *db, const struct zv_who *who, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record record;
	enum zv_sight sight;
	enum zv_code code = zv_find_seen(&record, &sight, db, who, zv_register_find("org"), name, arena, err);

	*id = record.id;
	return code;
}

static enum zv_code read_joining(struct zv_facts_edit *edit, struct zv_db *db, const struct zv_who *who, struct zv_str text, struct zv_arena *arena,
				 struct zv_err *err)
{
	ptrdiff_t colon = zv_str_find_char(text, ':');
	struct zv_str name = colon >= 0 ? zv_str_first(text, (size_t)colon) : text;

	edit->kind = ZV_FACTS_JOIN;
	if (colon >= 0 && !zv_cluster_role_parse(&edit->role, zv_str_from(text, (size_t)colon + 1)))
		return zv_fail(err, ZV_E_INVALID, "with", N_("“%.*s”: write the organisation and its role as “org_...:supplier”. Roles: final_producer, supplier, service, "
							    "education, science, infrastructure, other."),
			       ZV_STR_FMT(zv_str_first(text, TEXT_SHOWN)));
	return find_org(&edit->org_id, db, who, name, arena, err);
}

static enum zv_code read_edits(struct zv_facts_edit **out, size_t *n, struct zv_db *db, const struct zv_who *who, const struct zv_check_ask *ask,
			       int64_t cluster_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_facts_edit *edits = ZV_ARENA_ARRAY(arena, struct zv_facts_edit, ask->n_with + ask->n_without + 1);
	enum zv_code code = ZV_OK;

	*n = 0;
	if (ask->n_with + ask->n_without > ZV_CHECK_EDITS_MAX)
		return zv_fail(err, ZV_E_INVALID, "with", N_("Suppose at most %d members to join or leave at once."), ZV_CHECK_EDITS_MAX);
	for (size_t i = 0; i < ask->n_with && code == ZV_OK; i++) {
		edits[*n].cluster_id = cluster_id;
		code = read_joining(&edits[(*n)++], db, who, ask->with[i], arena, err);
	}
	for (size_t i = 0; i < ask->n_without && code == ZV_OK; i++) {
		edits[*n] = (struct zv_facts_edit){.kind = ZV_FACTS_LEAVE, .cluster_id = cluster_id};
		code = find_org(&edits[(*n)++].org_id, db, who, ask->without[i], arena, err);
	}
	*out = edits;
	return code;
}

static enum zv_code get_pack(struct zv_pack *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, zv_date on, struct zv_arena *arena,
			     struct zv_err *err)
{
	enum zv_code code = zv_pack_get(out, db, name, on, arena, err);

	if (code == ZV_OK && !zv_pack_seen(who, out))
		return zv_fail(err, ZV_E_NOTFOUND, "pack", N_("There is no pack of rules “%.*s”."), ZV_STR_FMT(zv_str_first(name, TEXT_SHOWN)));
	if (code == ZV_OK && zv_rules_head(out->rules)->kind != ZV_RULES_CLUSTER)
		return zv_fail(err, ZV_E_INVALID, "pack", N_("“%.*s” is a pack of support measures: it has no criteria of clusters."),
			       ZV_STR_FMT(zv_str_first(name, TEXT_SHOWN)));
	return code;
}

/* Those that are named, each once, or all that hold on the day. */
static enum zv_code find_packs(struct zv_pack **out, size_t *n, struct zv_db *db, const struct zv_who *who, const struct zv_check_ask *ask, zv_date on,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_pack *packs;
	size_t all = 0;
	enum zv_code code = ZV_OK;

	*n = 0;
	if (ask->n_packs > ZV_CHECK_PACKS_MAX)
		return zv_fail(err, ZV_E_INVALID, "pack", N_("Name at most %d packs at once."), ZV_CHECK_PACKS_MAX);
	if (ask->n_packs == 0) {
		code = zv_pack_list(&packs, &all, db, ZV_RULES_CLUSTER, on, true, arena, err);
		for (size_t i = 0; i < all && code == ZV_OK && *n < ZV_CHECK_PACKS_MAX; i++)
			if (zv_pack_seen(who, &packs[i]))
				packs[(*n)++] = packs[i];
		*out = packs;
		return code;
	}
	packs = ZV_ARENA_ARRAY(arena, struct zv_pack, ask->n_packs + 1);
	for (size_t i = 0; i < ask->n_packs && code == ZV_OK; i++) {
		bool again = false;

		code = get_pack(&packs[*n], db, who, ask->packs[i], on, arena, err);
		for (size_t j = 0; j < *n && code == ZV_OK; j++)
			again |= packs[j].id == packs[*n].id;
		*n += code == ZV_OK && !again;
	}
	*out = packs;
	return code;
}

static enum zv_code check_all(struct zv_checked **out, const struct zv_pack *packs, size_t n, const struct zv_rules_facts *facts, struct zv_arena *arena,
			      struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	*out = ZV_ARENA_ARRAY(arena, struct zv_checked, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = zv_check_pack(&(*out)[i], &packs[i], facts, true, arena, err);
	return code;
}

enum zv_code zv_cluster_check(struct zv_check *out, struct zv_db *db, const struct zv_who *who, const struct zv_check_ask *ask, struct zv_arena *arena,
			      struct zv_err *err)
{
	struct zv_facts_ask facts_ask = {0};
	struct zv_facts_edit *edits = NULL;
	struct zv_rules_facts supposed;
	struct zv_pack *packs = NULL;
	size_t n_edits = 0;
	enum zv_code code = zv_cluster_find(&out->cluster, db, who, ask->cluster, arena, err);

	out->before = NULL;
	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_CHECK, out->cluster.object, err);
	if (code == ZV_OK)
		code = zv_as_of(&out->on, db, ask->on, err);
	if (code == ZV_OK)
		code = read_edits(&edits, &n_edits, db, who, ask, out->cluster.id, arena, err);
	if (code == ZV_OK)
		code = find_packs(&packs, &out->n_packs, db, who, ask, out->on, arena, err);
	facts_ask.on = out->on;
	if (code == ZV_OK)
		code = zv_facts_cluster(&out->facts, db, out->cluster.id, &facts_ask, arena, err);
	if (code == ZV_OK)
		code = check_all(&out->packs, packs, out->n_packs, &out->facts, arena, err);
	if (code != ZV_OK || n_edits == 0)
		return code;
	facts_ask.who = who;
	facts_ask.edits = edits;
	facts_ask.n_edits = n_edits;
	out->before = out->packs;
	code = zv_facts_cluster(&supposed, db, out->cluster.id, &facts_ask, arena, err);
	return code == ZV_OK ? check_all(&out->packs, packs, out->n_packs, &supposed, arena, err) : code;
}

/* --- for answers ------------------------------------------------------------------------------------------------------------------ */

void zv_check_json_counts(struct zv_json *json, const struct zv_check_counts *counts)
{
	zv_json_key(json, "counts");
	zv_json_object(json);
	zv_json_key_int(json, "passed", counts->passed);
	zv_json_key_int(json, "failed", counts->failed);
	zv_json_key_int(json, "unknown", counts->unknown);
	zv_json_key_int(json, "total", counts->total);
	zv_json_end_object(json);
}

/* All that the leaves looked at, to a limit. */
static void add_facts(struct zv_json *json, const struct zv_checked *checked, const struct zv_checked_rule *rule)
{
	struct zv_rules_used used[FACTS_SHOWN];
	int n = 0;

	for (int i = 0; i < rule->verdict.n_nodes; i++)
		for (int k = 0; k < rule->verdict.nodes[i].n_used && n < FACTS_SHOWN; k++)
			used[n++] = rule->verdict.nodes[i].used[k];
	zv_rules_json_facts(json, "facts", checked->pack.rules, used, n);
}

static void add_criterion(struct zv_json *json, const struct zv_checked *checked, const struct zv_checked_rule *checked_rule)
{
	const struct zv_rules_rule *rule = checked_rule->rule;
	const struct zv_rules_node none = {0}, *leaf = checked_rule->leaf != NULL ? checked_rule->leaf : &none;
	const struct zv_rules_missing *missing = checked_rule->verdict.to_yes.n > 0 ? &checked_rule->verdict.to_yes : &checked_rule->verdict.to_no;

	zv_json_object(json);
	zv_json_key_str(json, "id", rule->id);
	zv_json_key_str(json, "title", zv_rules_words(&rule->title));
	zv_json_key_c(json, "truth", zv_rules_truth_name(checked_rule->verdict.truth));
	zv_json_key_c(json, "severity", zv_rules_severity_name(rule->severity));
	zv_json_key_c(json, "confidence", zv_measure_confidence_name(rule->confidence));
	zv_json_key_bool(json, "blocking", checked_rule->blocking);
	zv_json_key_bool(json, "enabled", rule->enabled);
	zv_json_key_str(json, "left", leaf->left);
	zv_json_key_str(json, "op", leaf->op);
	zv_json_key_str(json, "right", leaf->right);
	zv_json_key_str(json, "working", leaf->working);
	zv_json_key_str(json, "text", rule->condition);
	zv_json_key_str(json, "evidence", zv_rules_words(&rule->evidence));
	zv_json_key_str(json, "source", rule->source);
	zv_rules_json_tree(json, "tree", checked->pack.rules, &checked_rule->verdict);
	zv_rules_json_facts(json, "missing", checked->pack.rules, missing->facts, checked_rule->verdict.truth == ZV_UNKNOWN ? missing->n : 0);
	add_facts(json, checked, checked_rule);
	zv_json_end_object(json);
}

void zv_check_json_criteria(struct zv_json *json, const struct zv_checked *checked)
{
	zv_json_array(json);
	for (int i = 0; i < checked->n; i++)
		add_criterion(json, checked, &checked->rules[i]);
	zv_json_end_array(json);
}

static void add_packs(struct zv_json *json, const char *key, const struct zv_checked *list, size_t n)
{
	zv_json_key(json, key);
	zv_json_array(json);
	for (size_t i = 0; i < n; i++) {
		const struct zv_rules_pack_head *head = zv_rules_head(list[i].pack.rules);

		zv_json_object(json);
		zv_json_key(json, "pack");
		zv_json_object(json);
		zv_json_key_str(json, "uid", list[i].pack.uid);
		zv_json_key_str(json, "name", list[i].pack.name);
		zv_json_key_str(json, "series", list[i].pack.series);
		zv_json_key_str(json, "title", zv_rules_words(&head->title));
		zv_json_key_c(json, "level", zv_measure_level_name(head->level));
		zv_rules_json_date(json, "valid_from", head->valid_from);
		zv_rules_json_date(json, "valid_to", head->valid_to);
		zv_json_key_c(json, "confidence", zv_measure_confidence_name(head->confidence));
		zv_json_key_str(json, "digest", list[i].pack.digest);
		zv_json_end_object(json);
		zv_check_json_counts(json, &list[i].counts);
		zv_json_key(json, "criteria");
		zv_check_json_criteria(json, &list[i]);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

void zv_check_json(struct zv_json *json, const struct zv_check *check)
{
	zv_json_object(json);
	zv_rules_json_date(json, "on", check->on);
	zv_json_key(json, "cluster");
	zv_json_object(json);
	zv_json_key_str(json, "uid", check->cluster.uid);
	zv_json_key_str(json, "name", zv_cluster_title(&check->cluster));
	zv_json_end_object(json);
	add_packs(json, "packs", check->packs, check->n_packs);
	if (check->before != NULL)
		add_packs(json, "before", check->before, check->n_packs);
	zv_json_end_object(json);
}
