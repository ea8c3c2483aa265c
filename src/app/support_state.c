/* What an organisation states of itself because a pack asks for it: a row of the register of statements. */
#include "app/lots_run.h"
#include "app/row_edit.h"
#include "app/support_inner.h"
#include "base/tr.h"
#include "store/project_read.h"

enum { WORD_MAX = 100 };

/* The type by which packs in force ask for the fact. */
static enum zv_code find_type(enum zv_rules_type *out, struct zv_db *db, struct zv_str name, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	static const enum zv_rules_kind kinds[] = {ZV_RULES_SUPPORT, ZV_RULES_CLUSTER};

	for (size_t k = 0; k < ZV_LEN(kinds); k++) {
		struct zv_pack *packs = NULL;
		size_t n = 0;
		enum zv_code code = zv_pack_list(&packs, &n, db, kinds[k], on, true, arena, err);

		if (code != ZV_OK)
			return code;
		for (size_t p = 0; p < n; p++) {
			const struct zv_rules_declared *declared = support_declared(packs[p].rules, name);

			if (declared == NULL)
				continue;
			*out = declared->type;
			return ZV_OK;
		}
	}
	return zv_fail(err, ZV_E_NOTFOUND, "name", N_("No pack of rules in force asks for “%.*s”."), ZV_STR_FMT(zv_str_first(name, WORD_MAX)));
}

static enum zv_code keep(struct zv_support_stated *out, struct zv_db *db, const struct zv_who *who, const struct support_subject *subject, bool of_project,
			 const struct zv_row_field *said, size_t n_said, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("statement");
	struct zv_row_edit_options options = {.who = who, .org_id = subject->org_id, .said_on = on};
	struct zv_row_edit edit = {0};
	struct zv_record row;
	struct zv_str old;
	enum zv_code code = zv_statement_of(&old, db, of_project ? 0 : subject->org_id, subject->project_id, said[0].value, arena, err);

	if (code == ZV_OK && old.n > 0) {
		code = zv_record_by_uid(&row, db, reg, old, arena, err);
		if (code == ZV_OK)
			code = zv_row_set(&edit, db, reg, &row, said + 2, n_said - 2, &options, arena, err);
	} else if (code == ZV_OK) {
		code = zv_row_add(&edit, db, reg, said, n_said, &options, arena, err);
	}
	if (code == ZV_OK)
		*out = (struct zv_support_stated){zv_str_dup(arena, edit.record.uid), zv_str_dup(arena, support_text(reg, &edit.record, "value")), edit.rival};
	zv_row_edit_done(&edit);
	return code;
}

enum zv_code zv_support_state(struct zv_support_stated *out, struct zv_db *db, const struct zv_who *who, struct zv_str org, struct zv_str project, struct zv_str name,
			      struct zv_str value, struct zv_str document, struct zv_arena *arena, struct zv_err *err)
{
	bool of_project = zv_str_starts(name, ZV_STR("project."));
	struct support_subject subject;
	enum zv_rules_type type = ZV_RULES_TEXT;
	zv_date on = ZV_DATE_NONE;
	enum zv_code code = support_find(&subject, db, who, org, project, arena, err);

	if (code == ZV_OK && subject.narrow)
		return zv_fail(err, ZV_E_DENIED, "", N_("Only its own people and its centre state facts of an organisation."));
	if (code == ZV_OK && of_project && subject.project_id == 0)
		return zv_fail(err, ZV_E_INVALID, "project", N_("“%.*s” is about a project. Say which: project."), ZV_STR_FMT(zv_str_first(name, WORD_MAX)));
	if (code == ZV_OK)
		code = zv_as_of(&on, db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = find_type(&type, db, name, on, arena, err);
	if (code == ZV_OK)
		code = zv_rules_value_check(type, value, err);
	if (code != ZV_OK)
		return code;
	struct zv_row_field said[] = {
		{.name = ZV_STR("name"), .value = name},
		{.name = of_project ? ZV_STR("project") : ZV_STR("org_key"), .value = of_project ? subject.project_uid : subject.uid},
		{.name = ZV_STR("value"), .value = value},
		{.name = ZV_STR("document"), .value = document},
	};

	return keep(out, db, who, &subject, of_project, said, ZV_LEN(said), on, arena, err);
}
