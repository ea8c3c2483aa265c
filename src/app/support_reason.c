/* Verdicts in plain words: the leaf that decides, said as a sentence. */
#include <stdio.h>
#include <string.h>

#include "app/measures.h"
#include "app/rules_json.h"
#include "app/support_inner.h"
#include "app/words.h"
#include "base/buf.h"
#include "base/tr.h"

enum { FACTS_SHOWN = 3, WORD_MAX = 60 };

/* Yes-or-no facts of registers that are best said in words of their own. */
static const struct {
	const char *name, *no, *yes; /* why it fails: it is not so; it is so though it must not be */
} phrases[] = {
	{"org.in_register", N_("It is not a participant of a registered cluster."), N_("It is a participant of a registered cluster already.")},
	{"org.in_cluster", N_("It is not a participant of any cluster."), N_("It is a participant of a cluster already.")},
	{"project.joint", N_("The project is not a joint project of a cluster."), N_("The project is a joint project of a cluster.")},
	{"project.import_substitution", N_("The project does not replace imports."), N_("The project replaces imports.")},
	{"project.passport", N_("The project has no passport yet."), N_("The project has a passport already.")},
	{"project.in_register", N_("The cluster of the project is not in the register."), N_("The cluster of the project is in the register.")},
};

const struct zv_rules_declared *support_declared(const struct zv_rules_pack *pack, struct zv_str name)
{
	int n;
	const struct zv_rules_declared *all = zv_rules_declared(&n, pack);

	for (int i = 0; i < n; i++)
		if (zv_str_eq(all[i].name, name))
			return &all[i];
	return NULL;
}

static const struct zv_rules_table *table_of(struct zv_str name, struct zv_str *rest)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	ptrdiff_t dot = zv_str_find_char(name, '.');
	struct zv_str first = dot < 0 ? name : zv_str_first(name, (size_t)dot);

	*rest = dot < 0 ? (struct zv_str){"", 0} : zv_str_from(name, (size_t)dot + 1);
	for (int t = 0; t < v->n_tables; t++)
		if (zv_str_eq_c(first, v->tables[t].name))
			return &v->tables[t];
	return NULL;
}

struct zv_str support_fact_text(const struct zv_rules_pack *pack, const struct zv_rules_used *fact, struct zv_arena *arena)
{
	const struct zv_rules_declared *declared = support_declared(pack, fact->name);
	const struct zv_rules_table *table;
	struct zv_str field;
	int n;
	const struct zv_rules_parameter *parameters = zv_rules_parameters(&n, pack);

	if (declared != NULL)
		return zv_rules_words(&declared->title);
	for (int i = 0; i < n; i++)
		if (fact->table == -2 && zv_str_eq(parameters[i].name, fact->name) && zv_rules_words(&parameters[i].title).n > 0)
			return zv_rules_words(&parameters[i].title);
	table = table_of(fact->name, &field);
	if (table == NULL)
		return zv_str_dup(arena, fact->name);
	for (int f = 0; f < table->n_fields; f++)
		if (zv_str_eq_c(field, table->fields[f].name))
			return fact->of.n > 0 && !table->single
				       ? zv_arena_strf(arena, "%s (%.*s): %s", zv_tr(table->label), ZV_STR_FMT(fact->of), zv_tr(table->fields[f].label))
				       : zv_arena_strf(arena, "%s: %s", zv_tr(table->label), zv_tr(table->fields[f].label));
	return zv_str_c(zv_tr(table->label));
}

/* Whether the leaf is nothing but one fact: `org.in_register`. */
static bool is_bare(const struct zv_rules_node *leaf)
{
	for (size_t i = 0; i < leaf->text.n; i++) {
		char c = leaf->text.p[i];

		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '.')
			return false;
	}
	return leaf->n_used > 0;
}

static struct zv_str bare_sentence(const struct zv_rules_pack *pack, const struct zv_rules_node *leaf, bool wanted, struct zv_arena *arena)
{
	const struct zv_rules_declared *declared;

	for (size_t i = 0; i < ZV_LEN(phrases); i++)
		if (zv_str_eq_c(leaf->text, phrases[i].name))
			return zv_str_c(zv_tr(wanted ? phrases[i].no : phrases[i].yes));
	declared = support_declared(pack, leaf->text);
	if (declared != NULL)
		return zv_arena_strf(arena, wanted ? zv_tr(N_("The answer to “%.*s” is no.")) : zv_tr(N_("The answer to “%.*s” is yes.")),
				     ZV_STR_FMT(zv_rules_words(&declared->title)));
	return zv_arena_strf(arena, wanted ? zv_tr(N_("%.*s: no, and it must be yes.")) : zv_tr(N_("%.*s: yes, and it must be no.")),
			     ZV_STR_FMT(support_fact_text(pack, &leaf->used[0], arena)));
}

/* any(costs where ...), all(members where ...): its table, and whether it counts rows. */
static const struct zv_rules_table *rows_table(const struct zv_rules_node *leaf)
{
	static const char *const heads[] = {"any(", "all("};
	struct zv_str rest, text = leaf->text;

	for (size_t i = 0; i < ZV_LEN(heads); i++) {
		if (!zv_str_starts(text, zv_str_c(heads[i])))
			continue;
		text = zv_str_trim(zv_str_from(text, strlen(heads[i])));
		for (size_t k = 0; k < text.n; k++)
			if (text.p[k] == ' ' || text.p[k] == ')' || text.p[k] == '.')
				return table_of(zv_str_first(text, k), &rest);
	}
	return NULL;
}

/* Words of the registers ("joint", "university") as people read them; a list of them part by part. */
static struct zv_str in_words(struct zv_str side, struct zv_arena *arena)
{
	struct zv_buf out;
	struct zv_str rest = side, part, text;
	bool first = true;

	zv_buf_init(&out, 0);
	while (rest.p != NULL && zv_str_split(&part, &rest, ',')) {
		char word[WORD_MAX];

		part = zv_str_trim(part);
		(void)snprintf(word, sizeof(word), "%.*s", ZV_STR_FMT(part));
		zv_buf_add_c(&out, first ? "" : ", ");
		zv_buf_add_str(&out, part.n > 0 && part.n < WORD_MAX ? zv_word_said(word, arena) : zv_str_c(word));
		first = false;
	}
	text = zv_str_dup(arena, zv_buf_str(&out));
	zv_buf_done(&out);
	return text;
}

static struct zv_str compare_sentence(const struct zv_rules_pack *pack, const struct zv_rules_node *node, struct zv_arena *arena)
{
	struct zv_rules_node copy = *node, *leaf = &copy;
	struct zv_str what = leaf->n_used > 0 && zv_str_starts(leaf->text, leaf->used[0].name) ? support_fact_text(pack, &leaf->used[0], arena) : leaf->text;

	if (leaf->n_used > 0 && leaf->used[0].type == ZV_RULES_TEXT) {
		leaf->left = in_words(leaf->left, arena);
		leaf->right = in_words(leaf->right, arena);
	}

	if (zv_str_eq_c(leaf->op, ">="))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, at least %.*s is needed.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left), ZV_STR_FMT(leaf->right));
	if (zv_str_eq_c(leaf->op, "<="))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, at most %.*s is allowed.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left), ZV_STR_FMT(leaf->right));
	if (zv_str_eq_c(leaf->op, ">"))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, more than %.*s is needed.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left), ZV_STR_FMT(leaf->right));
	if (zv_str_eq_c(leaf->op, "<"))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, less than %.*s is needed.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left), ZV_STR_FMT(leaf->right));
	if (zv_str_eq_c(leaf->op, "!="))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: it must not be %.*s.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->right));
	if (zv_str_eq_c(leaf->op, "~"))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, it must begin with one of %.*s.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left),
				     ZV_STR_FMT(leaf->right));
	if (zv_str_eq_c(leaf->op, "in"))
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, it must be one of %.*s.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left), ZV_STR_FMT(leaf->right));
	return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s, it must be %.*s.")), ZV_STR_FMT(what), ZV_STR_FMT(leaf->left), ZV_STR_FMT(leaf->right));
}

/* What stands behind "where" in any(costs where ...). */
static struct zv_str row_condition(struct zv_str text)
{
	ptrdiff_t at = zv_str_find(text, ZV_STR(" where "));

	if (at < 0)
		return text;
	text = zv_str_from(text, (size_t)at + sizeof(" where ") - 1);
	return text.n > 0 && text.p[text.n - 1] == ')' ? zv_str_trim(zv_str_first(text, text.n - 1)) : text;
}

static struct zv_str leaf_sentence(const struct zv_rules_pack *pack, const struct zv_rules_node *leaf, bool wanted, struct zv_arena *arena)
{
	const struct zv_rules_table *table = rows_table(leaf);

	if (is_bare(leaf))
		return bare_sentence(pack, leaf, wanted, arena);
	if (table != NULL && wanted)
		return zv_arena_strf(arena, zv_tr(N_("%s: not one row meets the condition %.*s.")), zv_tr(table->label), ZV_STR_FMT(row_condition(leaf->text)));
	if (wanted && leaf->op.n > 0)
		return compare_sentence(pack, leaf, arena);
	return zv_arena_strf(arena, wanted ? zv_tr(N_("Not so: %.*s.")) : zv_tr(N_("It must not be so: %.*s.")), ZV_STR_FMT(leaf->text));
}

/* Down to the first leaf that is not as it must be. */
static const struct zv_rules_node *deciding(const struct zv_rules_verdict *verdict, bool *wanted)
{
	const struct zv_rules_node *node = &verdict->nodes[0];

	*wanted = true;
	while (node->kind != ZV_RULES_LEAF && node->n_children > 0) {
		const struct zv_rules_node *next = &verdict->nodes[node->children[0]];

		if (node->kind == ZV_RULES_NOT) {
			*wanted = !*wanted;
		} else {
			for (int i = node->n_children - 1; i >= 0; i--)
				if (verdict->nodes[node->children[i]].truth == (*wanted ? ZV_NO : ZV_YES))
					next = &verdict->nodes[node->children[i]];
		}
		node = next;
	}
	return node;
}

bool support_rests_on_statement(const struct zv_rules_verdict *verdict)
{
	bool wanted;
	const struct zv_rules_node *leaf;

	if (verdict->nodes == NULL)
		return true;
	leaf = deciding(verdict, &wanted);
	for (int i = 0; i < leaf->n_used; i++)
		if (leaf->used[i].table == -1)
			return true;
	return leaf->n_used == 0;
}

static struct zv_str unknown_sentence(const struct zv_rules_pack *pack, const struct zv_rules_verdict *verdict, struct zv_arena *arena)
{
	const struct zv_rules_missing *missing = verdict->to_yes.n > 0 ? &verdict->to_yes : &verdict->to_no;
	struct zv_buf list;
	struct zv_str out;

	if (verdict->limit && verdict->limit_text != NULL)
		return zv_str_c(zv_tr(verdict->limit_text));
	if (missing->n == 0)
		return zv_str_c(zv_tr(N_("Not known: nobody has stated what it depends on.")));
	zv_buf_init(&list, 0);
	for (int i = 0; i < missing->n && i < FACTS_SHOWN; i++) {
		struct zv_str text = support_fact_text(pack, &missing->facts[i], arena);

		zv_buf_addf(&list, "%s%.*s", i > 0 ? "; " : "", ZV_STR_FMT(text));
	}
	if (missing->n > FACTS_SHOWN)
		zv_buf_addf(&list, "; ... (+%d)", missing->n - FACTS_SHOWN);
	out = zv_arena_strf(arena, zv_tr(N_("Not known yet: %s")), zv_buf_c(&list));
	zv_buf_done(&list);
	return out;
}

struct zv_str support_reason(const struct zv_rules_pack *pack, const struct zv_rules_rule *rule, const struct zv_rules_verdict *verdict,
			     struct zv_arena *arena)
{
	bool wanted;
	const struct zv_rules_node *leaf;

	(void)rule;
	if (verdict->truth == ZV_UNKNOWN)
		return unknown_sentence(pack, verdict, arena);
	if (verdict->truth == ZV_YES)
		return zv_str_c(zv_tr(verdict->nodes == NULL ? N_("The measure has no conditions in the pack.") : N_("All conditions are met.")));
	if (verdict->nodes == NULL)
		return zv_str_c(zv_tr(N_("The conditions are not met.")));
	leaf = deciding(verdict, &wanted);
	return leaf_sentence(pack, leaf, wanted, arena);
}
