/* The cluster of an application under its pack on the day: facts, members, and what each criterion says in both languages. */
#include "app/application_inner.h"
#include "app/facts.h"
#include "app/lots_run.h"
#include "base/hash.h"
#include "base/tr.h"

/* The copy is made in one language whoever makes it, and its sentences in both. */
static const char *const langs[] = {"ru", "en"};

/* The comparison that shows what the whole condition says: the first leaf of the same truth, else the first leaf. */
static const struct zv_rules_node *telling_leaf(const struct zv_rules_verdict *verdict)
{
	const struct zv_rules_node *first = NULL;

	for (int i = 0; i < verdict->n_nodes; i++) {
		const struct zv_rules_node *node = &verdict->nodes[i];

		if (node->kind != ZV_RULES_LEAF)
			continue;
		if (node->truth == verdict->truth)
			return node;
		first = first == NULL ? node : first;
	}
	return first;
}

static enum zv_code evaluate_rules(struct zv_application_evaluation *out, const struct zv_application_case *c, const struct zv_rules_facts *facts,
				   bool ru, struct zv_err *err)
{
	static const struct zv_rules_options options = {.explain = true};
	enum zv_code code = ZV_OK;

	for (int i = 0; i < c->n_rules && code == ZV_OK; i++) {
		struct zv_application_result *result = &out->results[i];
		const struct zv_rules_node *leaf;
		struct zv_rules_verdict verdict;

		if (!zv_application_counts(&c->rules[i]))
			continue;
		code = zv_rules_eval(&verdict, c->pack.rules, i, facts, &options, c->arena, err);
		if (code != ZV_OK)
			return code;
		result->truth = verdict.truth;
		leaf = telling_leaf(&verdict);
		if (leaf == NULL)
			continue;
		result->op = leaf->op;
		*(ru ? &result->left.ru : &result->left.en) = leaf->left;
		*(ru ? &result->right.ru : &result->right.en) = leaf->right;
		*(ru ? &result->working.ru : &result->working.en) = leaf->working;
	}
	return code;
}

static int field_at(const struct zv_rules_table *table, const char *name)
{
	for (int i = 0; i < table->n_fields; i++)
		if (zv_str_eq_c(zv_str_c(name), table->fields[i].name))
			return i;
	return -1;
}

static const struct zv_rules_cell *cell_of(const struct zv_rules_rows *rows, const struct zv_rules_table *table, size_t row, const char *name)
{
	int at = field_at(table, name);
	const struct zv_rules_cell *cell = at >= 0 ? &rows->cells[row * (size_t)table->n_fields + (size_t)at] : NULL;

	return cell != NULL && cell->known ? cell : NULL;
}

static struct zv_str text_of(const struct zv_rules_cell *cell)
{
	return cell != NULL ? cell->text : ZV_STR("");
}

static enum zv_code read_members(struct zv_application_evaluation *out, const struct zv_rules_facts *facts, struct zv_arena *arena,
				 struct zv_err *err)
{
	const struct zv_rules_vocabulary *words = zv_facts_vocabulary();

	for (int t = 0; t < words->n_tables; t++) {
		const struct zv_rules_table *table = &words->tables[t];
		const struct zv_rules_rows *rows = &facts->rows[t];

		if (!zv_str_eq_c(ZV_STR("members"), table->name))
			continue;
		if (rows->n > ZV_APPLICATION_MEMBERS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "members", N_("An application is made for at most %d members."), ZV_APPLICATION_MEMBERS_MAX);
		out->members = ZV_ARENA_ARRAY(arena, struct zv_application_member, rows->n + 1);
		out->n_members = rows->n;
		for (size_t i = 0; i < rows->n; i++) {
			const struct zv_rules_cell *joined = cell_of(rows, table, i, "joined");

			out->members[i] = (struct zv_application_member){
				.key = text_of(cell_of(rows, table, i, "org")),
				.name = text_of(cell_of(rows, table, i, "name")),
				.inn = text_of(cell_of(rows, table, i, "inn")),
				.role = text_of(cell_of(rows, table, i, "role")),
				.joined = joined != NULL ? (zv_date)joined->lo : ZV_DATE_NONE,
			};
		}
	}
	return ZV_OK;
}

static enum zv_code evaluate(struct zv_application_evaluation *out, const struct zv_application_case *c, struct zv_err *err)
{
	const struct zv_facts_ask ask = {.on = out->on};
	struct zv_rules_facts facts;
	char digest[ZV_DIGEST_HEX];
	struct zv_buf json;
	enum zv_code code;

	zv_tr_set_lang(langs[0]);
	code = zv_facts_cluster(&facts, c->db, c->row.cluster_id, &ask, c->arena, err);
	if (code == ZV_OK)
		code = read_members(out, &facts, c->arena, err);
	if (code != ZV_OK)
		return code;
	zv_buf_init(&json, 0);
	zv_facts_write_json(&json, &facts);
	out->facts = zv_str_dup(c->arena, zv_buf_str(&json));
	zv_buf_done(&json);
	zv_digest_hex(digest, out->facts);
	out->facts_digest = zv_str_dup(c->arena, zv_str_c(digest));
	for (size_t i = 0; i < ZV_LEN(langs) && code == ZV_OK; i++) {
		zv_tr_set_lang(langs[i]);
		code = evaluate_rules(out, c, &facts, i == 0, err);
	}
	return code;
}

enum zv_code zv_application_evaluate(struct zv_application_evaluation *out, const struct zv_application_case *c, struct zv_err *err)
{
	struct zv_application_evaluation evaluation = {.results = ZV_ARENA_ARRAY(c->arena, struct zv_application_result, (size_t)c->n_rules + 1)};
	const char *lang = zv_tr_lang();
	enum zv_code code = zv_as_of(&evaluation.on, c->db, ZV_DATE_NONE, err);

	if (code != ZV_OK)
		return code;
	code = evaluate(&evaluation, c, err);
	zv_tr_set_lang(lang);
	if (code == ZV_OK)
		*out = evaluation;
	return code;
}
