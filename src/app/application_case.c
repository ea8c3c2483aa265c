/* An application with its pack, files and steps, and what is asked of them. */
#include "app/application_inner.h"
#include "base/tr.h"

#include <string.h>

struct zv_str zv_application_words(struct zv_rules_words words)
{
	return words.en.n > 0 && strcmp(zv_tr_lang(), "ru") != 0 ? words.en : words.ru.n > 0 ? words.ru : words.en;
}

bool zv_application_counts(const struct zv_rules_rule *rule)
{
	return rule->enabled && rule->status == ZV_RULES_ACTIVE && rule->condition.n > 0;
}

/* Low confidence never blocks: the text of the requirement is not sure. */
bool zv_application_blocks(const struct zv_rules_rule *rule)
{
	return zv_application_counts(rule) && rule->severity == ZV_RULES_BLOCK && rule->confidence != ZV_RULES_LOW;
}

static enum zv_code load_pack(struct zv_application_case *c, struct zv_err *err)
{
	enum zv_code code = zv_pack_get(&c->pack, c->db, c->row.pack_uid, ZV_DATE_NONE, c->arena, err);

	if (code != ZV_OK)
		return code;
	c->documents = zv_rules_documents(&c->n_documents, c->pack.rules);
	c->rules = zv_rules_all(&c->n_rules, c->pack.rules);
	return ZV_OK;
}

enum zv_code zv_application_load(struct zv_application_case *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_application_case c = {.db = db, .who = who, .arena = arena};
	enum zv_code code = zv_application_head(&c.row, db, who, uid, arena, err);

	if (code == ZV_OK)
		code = load_pack(&c, err);
	if (code == ZV_OK)
		code = zv_application_files(&c.files, &c.n_files, db, c.row.id, arena, err);
	if (code == ZV_OK)
		code = zv_application_steps(&c.steps, &c.n_steps, db, c.row.id, arena, err);
	if (code == ZV_OK && c.row.frozen.n > 0)
		code = zv_json_parse(&c.copy, c.row.frozen, arena, err);
	if (code == ZV_OK)
		*out = c;
	return code;
}

enum zv_code zv_application_document(const struct zv_rules_document **out, const struct zv_application_case *c, struct zv_str id,
				     struct zv_err *err)
{
	for (int i = 0; i < c->n_documents; i++) {
		if (!zv_str_eq(c->documents[i].id, id))
			continue;
		*out = &c->documents[i];
		return ZV_OK;
	}
	return zv_fail(err, ZV_E_NOTFOUND, "document", N_("The pack %.*s asks for no document “%.*s”."), ZV_STR_FMT(c->row.pack_name),
		       ZV_STR_FMT(zv_str_first(id, 60)));
}

enum zv_code zv_application_criterion(struct zv_str *out, const struct zv_application_case *c, struct zv_str name, struct zv_err *err)
{
	int64_t number = 0;

	name = zv_str_trim(name);
	for (int i = 0; i < c->n_rules; i++) {
		if (!zv_str_eq(c->rules[i].id, name))
			continue;
		*out = c->rules[i].id;
		return ZV_OK;
	}
	if (zv_str_int(&number, name) && number >= 1 && number <= c->n_rules) {
		*out = c->rules[number - 1].id;
		return ZV_OK;
	}
	if (zv_str_eq_c(name, ZV_APPLICATION_WHOLE)) {
		*out = ZV_STR(ZV_APPLICATION_WHOLE);
		return ZV_OK;
	}
	if (name.n == 0)
		return zv_fail(err, ZV_E_INVALID, "criterion", N_("Say which criterion: its number, 1 to %d."), c->n_rules);
	return zv_fail(err, ZV_E_INVALID, "criterion", N_("The pack %.*s has no criterion “%.*s”: give its number, 1 to %d."),
		       ZV_STR_FMT(c->row.pack_name), ZV_STR_FMT(zv_str_first(name, 60)), c->n_rules);
}

struct zv_str zv_application_part_of(const struct zv_rules_document *document)
{
	return document->criterion.n > 0 ? document->criterion : ZV_STR(ZV_APPLICATION_WHOLE);
}

struct zv_str zv_application_criterion_title(const struct zv_application_case *c, struct zv_str id)
{
	for (int i = 0; i < c->n_rules; i++)
		if (zv_str_eq(c->rules[i].id, id))
			return zv_arena_strf(c->arena, "%d. %.*s", i + 1, ZV_STR_FMT(zv_application_words(c->rules[i].title)));
	return zv_str_eq_c(id, ZV_APPLICATION_WHOLE) ? zv_str_c(zv_tr(N_("General documents"))) : id;
}

const struct zv_application_file *zv_application_file_of(const struct zv_application_case *c, struct zv_str document)
{
	for (size_t i = c->n_files; i-- > 0;)
		if (c->files[i].replaced_ms == 0 && zv_str_eq(c->files[i].document, document))
			return &c->files[i];
	return NULL;
}

bool zv_application_editable(const struct zv_application_case *c, struct zv_str part)
{
	if (!zv_application_can(c->row.state, ZV_APPLICATION_EDIT))
		return false;
	return c->row.state != ZV_APPLICATION_CORRECTIONS || zv_application_is_open(c, ZV_STEP_RETURN, part);
}
