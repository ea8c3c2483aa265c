/* Confirming and showing a need: one field changed by hand, with the task and the disclosure that belong to it. */
#include "app/confirm.h"

#include "app/approvals.h"
#include "app/note.h"
#include "app/row_edit.h"
#include "app/sight.h"
#include "app/whole.h"
#include "store/contact.h"
#include "store/task.h"

enum { DRAFT = 0, CONFIRMED = 3, HELD = 6 };

static const struct zv_register *needs(void)
{
	return zv_register_find("need");
}

static const struct zv_value *value_of(const struct zv_record *need, const char *column)
{
	return &need->values[zv_register_column(needs(), column)];
}

static enum zv_code set_field(struct zv_db *db, const struct zv_who *who, const struct zv_who *asked, const struct zv_record *need, const char *name,
			      struct zv_str value, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_row_field field = {.name = zv_str_c(name), .value = value};
	struct zv_row_edit_options options = {
		.who = asked, .actor = zv_arena_strf(arena, "%.*s", ZV_STR_FMT(who->actor)).p, .said_on = ZV_DATE_NONE};
	struct zv_row_edit edit;
	enum zv_code code = zv_row_set(&edit, db, needs(), need, &field, 1, &options, arena, err);

	zv_row_edit_done(&edit);
	return code;
}

static enum zv_code may_be_confirmed(const struct zv_record *need, struct zv_err *err)
{
	int64_t state = value_of(need, "state")->i;

	if (state == CONFIRMED)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This need is confirmed already."));
	if (state > CONFIRMED)
		return zv_fail(err, ZV_E_CONFLICT, "state",
			       state == HELD ? N_("This need is held until its permit is there; it cannot be confirmed before.")
					     : N_("This need is contracted or closed; there is nothing to confirm any more."));
	if (value_of(need, "item_id")->null)
		return zv_fail(err, ZV_E_CONFLICT, "item", N_("Say which item is needed before you confirm the need."));
	if (value_of(need, "qty_base")->null)
		return zv_fail(err, ZV_E_CONFLICT, "quantity", N_("Say how much is needed before you confirm the need."));
	if (value_of(need, "due")->null)
		return zv_fail(err, ZV_E_CONFLICT, "due", N_("Say by when it is needed before you confirm the need."));
	return ZV_OK;
}

enum zv_code zv_need_confirm(struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record need;
	struct zv_whole whole;
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(&need, &sight, db, who, needs(), need_uid, arena, err);

	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_NEED_CONFIRM, zv_sight_object(needs(), &need), err);
	if (code == ZV_OK)
		code = may_be_confirmed(&need, err);
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	code = set_field(db, who, who, &need, "state", ZV_STR("confirmed"), arena, err);
	if (code == ZV_OK)
		code = zv_task_end_about(db, "need.confirm", need.uid, -1, ZV_TASK_ROW_DONE, who->actor, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "need.confirm", need.uid, zv_sight_object(needs(), &need), ZV_STR(""), err);
	return zv_whole_end(&whole, db, code, err);
}

/* --- visibility ---------------------------------------------------------------------------------------------------------- */

static const char *const classes[] = {"centre", "matched", "association", "public"}; /* enum zv_visibility */

static int class_of(struct zv_str name)
{
	for (size_t i = 0; i < ZV_LEN(classes); i++)
		if (zv_str_eq_c(name, classes[i]))
			return (int)i;
	return -1;
}

bool zv_visibility_widens(struct zv_str from, struct zv_str to)
{
	return class_of(to) > class_of(from);
}

static int class_now(const struct zv_record *need)
{
	const struct zv_value *value = value_of(need, "visibility");

	return value->null ? ZV_VISIBLE_CENTRE : (int)value->i;
}

struct zv_str zv_need_visibility(const struct zv_record *need)
{
	return zv_str_c(classes[class_now(need)]);
}

enum zv_code zv_need_show(struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_str visibility, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct zv_record need;
	struct zv_whole whole;
	enum zv_code code = zv_record_by_uid(&need, db, needs(), need_uid, arena, err);
	struct zv_object whose = {-1, 0};
	bool wider = false;

	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	whose = zv_sight_object(needs(), &need);
	wider = class_of(visibility) > class_now(&need);
	code = set_field(db, who, NULL, &need, "visibility", visibility, arena, err);
	if (code == ZV_OK && wider && !zv_who_is_of_org(who, whose.org_id)) {
		struct zv_disclosure_row shown = {.owner_id = whose.org_id,
						  .to_centre_id = -1,
						  .subject = need.uid,
						  .what = ZV_STR("need.shape"),
						  .reason = ZV_STR("publish"),
						  .actor = who->actor};

		code = zv_disclosure_insert(db, &shown, err);
	}
	if (code == ZV_OK)
		code = zv_note(db, who, "need.publish", need.uid, whose,
			       zv_arena_strf(arena, "{\"from\":\"%s\",\"to\":\"%.*s\"}", classes[class_now(&need)], ZV_STR_FMT(visibility)), err);
	return zv_whole_end(&whole, db, code, err);
}

enum zv_code zv_need_publish(struct zv_str *approval, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_str visibility,
			     struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record need;
	enum zv_sight sight;
	struct zv_object whose;
	enum zv_code code = zv_sight_record(&need, &sight, db, who, needs(), need_uid, arena, err);

	*approval = ZV_STR("");
	if (code != ZV_OK)
		return code;
	whose = zv_sight_object(needs(), &need);
	code = zv_rights_need(who, ZV_DO_NEED_PUBLISH, whose, err);
	if (code != ZV_OK)
		return code;
	if (class_of(visibility) < 0)
		return zv_fail(err, ZV_E_INVALID, "visibility", N_("“%.*s” is no circle of readers. There are: centre, matched, association, public."),
			       ZV_STR_FMT(zv_str_first(visibility, 30)));
	if (class_of(visibility) == class_now(&need))
		return zv_fail(err, ZV_E_CONFLICT, "visibility", N_("The need is visible to just this circle already."));
	if (class_of(visibility) > class_now(&need) && zv_rights_second(who, ZV_DO_NEED_PUBLISH, whose))
		return zv_approval_ask(approval, db, who, ZV_DO_NEED_PUBLISH, need.uid,
				       zv_arena_strf(arena, "{\"visibility\":\"%.*s\",\"from\":\"%s\"}", ZV_STR_FMT(visibility), classes[class_now(&need)]),
				       arena, err);
	return zv_need_show(db, who, need_uid, visibility, arena, err);
}
