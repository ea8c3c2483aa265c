/* Facts and trees of verdicts as JSON. */
#include "app/rules_json.h"

#include "app/facts.h"
#include "base/tr.h"

enum { DEPTH_LEFT = 8 };

const char *zv_rules_truth_name(enum zv_truth truth)
{
	return truth == ZV_YES ? "pass" : truth == ZV_NO ? "fail" : "unknown";
}

const char *zv_rules_severity_name(enum zv_rules_severity severity)
{
	static const char *const names[] = {[ZV_RULES_BLOCK] = "block", [ZV_RULES_WARN] = "warn", [ZV_RULES_INFO] = "info"};

	return names[severity];
}

const char *zv_rules_type_name(enum zv_rules_type type)
{
	static const char *const names[] = {
		[ZV_RULES_BOOL] = "yesno", [ZV_RULES_NUMBER] = "number", [ZV_RULES_MONEY] = "money", [ZV_RULES_DATE] = "date", [ZV_RULES_TEXT] = "text"};

	return names[type];
}

struct zv_str zv_rules_words(const struct zv_rules_words *words)
{
	return zv_tr_pick(words->ru, words->en);
}

void zv_rules_json_text(struct zv_json *json, const char *key, struct zv_str text)
{
	zv_json_key(json, key);
	if (text.n > 0)
		zv_json_str(json, text);
	else
		zv_json_null(json);
}

void zv_rules_json_date(struct zv_json *json, const char *key, zv_date date)
{
	char text[ZV_DATE_TEXT];

	zv_date_format(text, date);
	zv_rules_json_text(json, key, date == ZV_DATE_NONE ? ZV_STR("") : zv_str_c(text));
}

/* What a person is asked for a fact that the pack declares; nothing for what a register holds. */
static struct zv_str question_of(const struct zv_rules_pack *pack, const struct zv_rules_used *fact)
{
	int n;
	const struct zv_rules_declared *declared = zv_rules_declared(&n, pack);

	for (int i = 0; i < n; i++)
		if (zv_str_eq(declared[i].name, fact->name))
			return zv_rules_words(&declared[i].title);
	return ZV_STR("");
}

struct zv_str zv_rules_fact_label(const struct zv_rules_pack *pack, const struct zv_rules_used *fact)
{
	const struct zv_rules_vocabulary *vocabulary = zv_facts_vocabulary();
	int n;
	const struct zv_rules_parameter *parameters = zv_rules_parameters(&n, pack);

	if (fact->table >= 0) {
		const struct zv_rules_table *table = &vocabulary->tables[fact->table];

		return zv_str_c(zv_tr(fact->field >= 0 ? table->fields[fact->field].label : table->label));
	}
	for (int i = 0; i < n; i++)
		if (zv_str_eq(parameters[i].name, fact->name) && zv_rules_words(&parameters[i].title).n > 0)
			return zv_rules_words(&parameters[i].title);
	return question_of(pack, fact).n > 0 ? question_of(pack, fact) : fact->name;
}

static void add_fact(struct zv_json *json, const struct zv_rules_pack *pack, const struct zv_rules_used *fact)
{
	zv_json_object(json);
	zv_json_key_str(json, "name", fact->name);
	zv_json_key_str(json, "label", zv_rules_fact_label(pack, fact));
	zv_json_key_str(json, "of", fact->of);
	zv_rules_json_text(json, "href", fact->origin.href.n > 0 ? fact->origin.href : fact->key);
	zv_rules_json_text(json, "value", fact->known ? fact->value : ZV_STR(""));
	zv_json_key_bool(json, "known", fact->known);
	zv_json_key_c(json, "type", zv_rules_type_name(fact->type));
	zv_rules_json_text(json, "source", fact->origin.source);
	zv_rules_json_text(json, "document", fact->origin.document);
	zv_rules_json_date(json, "on", fact->origin.source.n > 0 ? fact->origin.on : ZV_DATE_NONE);
	zv_json_key_int(json, "status", fact->origin.status);
	zv_rules_json_text(json, "question", question_of(pack, fact));
	zv_json_end_object(json);
}

void zv_rules_json_facts(struct zv_json *json, const char *key, const struct zv_rules_pack *pack, const struct zv_rules_used *facts, int n)
{
	zv_json_key(json, key);
	zv_json_array(json);
	for (int i = 0; i < n; i++)
		add_fact(json, pack, &facts[i]);
	zv_json_end_array(json);
}

static void add_node(struct zv_json *json, const struct zv_rules_pack *pack, const struct zv_rules_node *nodes, int at)
{
	static const char *const kinds[] = {[ZV_RULES_AND] = "and", [ZV_RULES_OR] = "or", [ZV_RULES_NOT] = "not", [ZV_RULES_LEAF] = "leaf"};
	const struct zv_rules_node *node = &nodes[at];

	zv_json_object(json);
	zv_json_key_c(json, "kind", kinds[node->kind]);
	zv_json_key_c(json, "truth", zv_rules_truth_name(node->truth));
	zv_json_key_str(json, "text", node->text);
	zv_rules_json_text(json, "left", node->left);
	zv_rules_json_text(json, "op", node->op);
	zv_rules_json_text(json, "right", node->right);
	zv_rules_json_text(json, "working", node->working);
	zv_rules_json_facts(json, "facts", pack, node->used, node->n_used);
	zv_json_key(json, "children");
	zv_json_array(json);
	/* Two brackets a level and the answer around it: what is deeper is cut off, the truth above it stays. */
	for (int i = 0; i < node->n_children && json->depth < ZV_JSON_DEPTH_MAX - DEPTH_LEFT; i++)
		add_node(json, pack, nodes, node->children[i]);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

void zv_rules_json_tree(struct zv_json *json, const char *key, const struct zv_rules_pack *pack, const struct zv_rules_verdict *verdict)
{
	zv_json_key(json, key);
	if (verdict->n_nodes > 0)
		add_node(json, pack, verdict->nodes, 0);
	else
		zv_json_null(json);
}
