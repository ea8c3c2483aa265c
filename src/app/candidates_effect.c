/* What a pack says of the cluster with each candidate in it: truth alone for all criteria, words only for those that change. Nothing is written. */
#include "app/candidates.h"
#include "app/facts.h"
#include "app/packs.h"
#include "app/rules_json.h"
#include "base/tr.h"
#include "engine/rules/rules.h"

struct checking {
	struct zv_db *db;
	const struct zv_who *who;
	const struct zv_cluster *cluster;
	struct zv_pack pack;
	const struct zv_rules_rule *rules;
	int n_rules;
	struct zv_rules_facts before; /* in `arena` */
	enum zv_truth *was;
	zv_date on;
	struct zv_arena *arena;
};

/* The cluster's own pack where there is one, else the first there is. None is no failure: there is nothing to compare then. */
static enum zv_code default_pack(bool *found, struct checking *c, struct zv_err *err)
{
	struct zv_pack *packs;
	size_t n = 0, chosen = 0;
	enum zv_code code = zv_pack_list(&packs, &n, c->db, ZV_RULES_CLUSTER, c->on, true, c->arena, err);

	*found = false;
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		bool own = zv_rules_head(packs[i].rules)->level == ZV_RULES_OWN;

		if (!zv_pack_seen(c->who, &packs[i]) || (*found && !own))
			continue;
		*found = true;
		chosen = i;
	}
	if (*found)
		c->pack = packs[chosen];
	return code;
}

static enum zv_code find_pack(bool *found, struct checking *c, struct zv_str name, struct zv_err *err)
{
	enum zv_code code;

	if (name.n == 0)
		return default_pack(found, c, err);
	code = zv_pack_get(&c->pack, c->db, name, c->on, c->arena, err);
	if (code == ZV_OK && !zv_pack_seen(c->who, &c->pack))
		code = zv_fail(err, ZV_E_NOTFOUND, "pack", N_("There is no pack of rules “%.*s”."), ZV_STR_FMT(zv_str_first(name, 60)));
	if (code == ZV_OK && zv_rules_head(c->pack.rules)->kind != ZV_RULES_CLUSTER)
		code = zv_fail(err, ZV_E_INVALID, "pack", N_("The pack “%.*s” holds measures of support; name one with criteria of clusters."),
			       ZV_STR_FMT(zv_str_first(name, 60)));
	*found = code == ZV_OK;
	return code;
}

/* As a check counts them: switched on, in force, with a condition. */
static bool counts(const struct zv_rules_rule *rule)
{
	return rule->enabled && rule->status == ZV_RULES_ACTIVE && rule->condition.n > 0;
}

static enum zv_code truth_of(enum zv_truth *out, const struct checking *c, int rule, const struct zv_rules_facts *facts, struct zv_arena *arena,
			     struct zv_err *err)
{
	const struct zv_rules_options plain = {0};
	struct zv_rules_verdict verdict;
	enum zv_code code = zv_rules_eval(&verdict, c->pack.rules, rule, facts, &plain, arena, err);

	if (code == ZV_OK)
		*out = verdict.truth;
	return code;
}

static void count(struct zv_effect_counts *to, enum zv_truth truth)
{
	if (truth == ZV_YES)
		to->passed++;
	else if (truth == ZV_NO)
		to->failed++;
	else
		to->unknown++;
}

/* Both sides of the comparison that decides: of the whole condition, or of its first part that is as true as the whole. */
static enum zv_code tell(struct zv_str *out, const struct checking *c, int rule, const struct zv_rules_facts *facts, struct zv_arena *scratch,
			 struct zv_err *err)
{
	const struct zv_rules_options options = {.explain = true};
	struct zv_rules_verdict verdict;
	enum zv_code code = zv_rules_eval(&verdict, c->pack.rules, rule, facts, &options, scratch, err);

	*out = ZV_STR("");
	if (code != ZV_OK)
		return code;
	for (int i = 0; i < verdict.n_nodes; i++) {
		const struct zv_rules_node *node = &verdict.nodes[i];

		if (node->kind != ZV_RULES_LEAF || node->truth != verdict.truth)
			continue;
		if (node->op.n > 0)
			*out = zv_arena_strf(c->arena, "%.*s %.*s %.*s", ZV_STR_FMT(node->left), ZV_STR_FMT(node->op), ZV_STR_FMT(node->right));
		else
			*out = zv_str_dup(c->arena, node->left.n > 0 ? node->left : node->text);
		break;
	}
	return ZV_OK;
}

static enum zv_code add_change(struct zv_effect *effect, struct zv_effect_change *changes, const struct checking *c, int rule, enum zv_truth now,
			       const struct zv_rules_facts *facts, struct zv_arena *scratch, struct zv_err *err)
{
	struct zv_effect_change *change = &changes[effect->n_changes];
	enum zv_code code;

	if (effect->n_changes == ZV_CHANGES_MAX)
		return ZV_OK;
	*change = (struct zv_effect_change){
		.criterion = c->rules[rule].id, .title = zv_rules_words(&c->rules[rule].title), .was = (int)c->was[rule], .now = (int)now};
	code = tell(&change->was_text, c, rule, &c->before, scratch, err);
	if (code == ZV_OK)
		code = tell(&change->now_text, c, rule, facts, scratch, err);
	if (code == ZV_OK)
		effect->n_changes++;
	return code;
}

static enum zv_code effect_of(struct zv_candidate *candidate, const struct checking *c, struct zv_arena *scratch, struct zv_err *err)
{
	const struct zv_facts_edit join = {
		.kind = ZV_FACTS_JOIN, .org_id = candidate->org_id, .cluster_id = c->cluster->id, .role = candidate->role};
	const struct zv_facts_ask ask = {.on = c->on, .edits = &join, .n_edits = 1, .plain = true, .who = c->who};
	struct zv_effect_change *changes = ZV_ARENA_ARRAY(c->arena, struct zv_effect_change, ZV_CHANGES_MAX);
	struct zv_effect *effect = &candidate->effect;
	struct zv_rules_facts facts;
	enum zv_code code = zv_facts_cluster(&facts, c->db, c->cluster->id, &ask, scratch, err);

	*effect = (struct zv_effect){
		.pack_uid = c->pack.uid, .pack = c->pack.name, .pack_title = zv_rules_words(&zv_rules_head(c->pack.rules)->title), .changes = changes};
	for (int i = 0; i < c->n_rules && code == ZV_OK; i++) {
		enum zv_truth now;

		if (!counts(&c->rules[i]))
			continue;
		code = truth_of(&now, c, i, &facts, scratch, err);
		if (code != ZV_OK)
			break;
		count(&effect->before, c->was[i]);
		count(&effect->after, now);
		if (now != c->was[i])
			code = add_change(effect, changes, c, i, now, &facts, scratch, err);
	}
	return code;
}

static enum zv_code before(struct checking *c, struct zv_err *err)
{
	const struct zv_facts_ask ask = {.on = c->on, .plain = true};
	enum zv_code code = zv_facts_cluster(&c->before, c->db, c->cluster->id, &ask, c->arena, err);

	c->rules = zv_rules_all(&c->n_rules, c->pack.rules);
	c->was = ZV_ARENA_ARRAY(c->arena, enum zv_truth, (size_t)c->n_rules + 1);
	for (int i = 0; i < c->n_rules && code == ZV_OK; i++)
		code = truth_of(&c->was[i], c, i, &c->before, c->arena, err);
	return code;
}

enum zv_code zv_candidates_effect(struct zv_candidate *candidates, size_t n, struct zv_db *db, const struct zv_who *who,
				  const struct zv_cluster *cluster, struct zv_str pack, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct checking c = {.db = db, .who = who, .cluster = cluster, .on = on, .arena = arena};
	struct zv_arena scratch;
	bool found = false;
	enum zv_code code = find_pack(&found, &c, pack, err);

	if (code != ZV_OK || !found || n == 0)
		return code;
	code = before(&c, err);
	zv_arena_init(&scratch);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		code = effect_of(&candidates[i], &c, &scratch, err);
		zv_arena_reset(&scratch);
	}
	zv_arena_done(&scratch);
	return code;
}
