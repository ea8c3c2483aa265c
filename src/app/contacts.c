/* Contacts as use cases, and whom data were shown to. */
#include "app/contacts.h"

#include <string.h>

#include "app/lots_run.h"
#include "app/note.h"
#include "app/sight.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "store/contact.h"
#include "store/task.h"

enum { NOTE_MAX = 2000, DAYS_TO_ANSWER = 7, LIMIT_MAX = 200 };

static const char decide_kind[] = "contact.decide";
static const char *const states[] = {"", "asked", "accepted", "declined"};

const char *zv_contact_state_name(enum zv_contact_state state)
{
	return states[state];
}

bool zv_contact_state_parse(enum zv_contact_state *out, struct zv_str name)
{
	for (size_t i = ZV_CONTACT_ASKED; i < ZV_LEN(states); i++) {
		if (!zv_str_eq_c(name, states[i]))
			continue;
		*out = (enum zv_contact_state)i;
		return true;
	}
	return false;
}

/* The need as it is stored: the sight of it was asked for before. */
static enum zv_code load_need(struct zv_record *need, int64_t *owner_id, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
			      struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	enum zv_code code = zv_record_by_uid(need, db, reg, uid, arena, err);

	if (code == ZV_OK)
		*owner_id = need->values[zv_register_column(reg, "org_id")].i;
	return code;
}

static enum zv_code may_ask(const struct zv_who *who, int64_t asker_id, struct zv_err *err)
{
	if (asker_id == 0)
		return zv_fail(err, ZV_E_DENIED, "", N_("A contact is asked for an organisation, and you act for none here."));
	return zv_rights_need(who, ZV_DO_CONTACT_ASK, (struct zv_object){-1, asker_id}, err);
}

static enum zv_code insert(struct zv_contact_row *row, struct zv_db *db, const struct zv_who *who, const struct zv_record *need, int64_t owner_id,
			   zv_date today, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_task_row task = {
		.kind = zv_str_c(decide_kind), .org_id = owner_id, .centre_id = -1, .due = today + DAYS_TO_ANSWER, .made_by = who->actor};
	enum zv_code code = zv_contact_insert(db, row, arena, err);

	if (code != ZV_OK)
		return code;
	task.subject = row->uid;
	code = zv_task_insert(db, &task, arena, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "contact.ask", need->uid, (struct zv_object){need->centre_id, owner_id},
			       zv_arena_strf(arena, "{\"contact\":\"%.*s\"}", ZV_STR_FMT(row->uid)), err);
	return code;
}

enum zv_code zv_contact_ask(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_str note,
			    struct zv_arena *arena, struct zv_err *err)
{
	struct zv_contact_row row = {.org_id = zv_who_org(who), .note = zv_str_trim(note), .asked_by = who->actor, .asked_ms = zv_now_ms()};
	struct zv_record need;
	enum zv_sight sight;
	zv_date today;
	int64_t owner_id = 0;
	enum zv_code code = may_ask(who, row.org_id, err);

	if (code == ZV_OK)
		code = zv_sight_record(&need, &sight, db, who, zv_register_find("need"), need_uid, arena, err);
	if (code == ZV_OK)
		code = load_need(&need, &owner_id, db, need_uid, arena, err);
	if (code == ZV_OK && zv_who_is_of_org(who, owner_id))
		code = zv_fail(err, ZV_E_CONFLICT, "", N_("This need is your own organisation's; its name is no secret to you."));
	if (code == ZV_OK && zv_utf8_count(row.note) > NOTE_MAX)
		code = zv_fail(err, ZV_E_INVALID, "note", N_("Shorten the note to %d characters."), NOTE_MAX);
	if (code == ZV_OK)
		code = zv_as_of(&today, db, ZV_DATE_NONE, err);
	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	row.need_id = need.id;
	code = insert(&row, db, who, &need, owner_id, today, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	else
		*uid = row.uid;
	return code;
}

/* --- deciding ------------------------------------------------------------------------------------------------------------ */

static struct zv_object whose(const struct zv_contact_row *row)
{
	return (struct zv_object){row->need_centre_id, row->owner_id};
}

/* Whether this person takes part in it; those who do not are told that there is none. */
static bool sees(const struct zv_who *who, const struct zv_contact_row *row)
{
	return zv_who_is_of_org(who, row->org_id) || zv_may(who, ZV_DO_DISCLOSURE_READ, whose(row));
}

static enum zv_code no_such(struct zv_str uid, struct zv_err *err)
{
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no contact “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

static enum zv_code may_decide(const struct zv_contact_row *row, enum zv_contact_state state, struct zv_err *err)
{
	if (state != ZV_CONTACT_ACCEPTED && state != ZV_CONTACT_DECLINED)
		return zv_fail(err, ZV_E_INVALID, "state", N_("A contact is “accepted” or “declined”."));
	if (row->state == ZV_CONTACT_ACCEPTED)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This contact is accepted; the name has been shown and stays shown."));
	if (row->state == (int)state)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This contact is declined already."));
	return ZV_OK;
}

static enum zv_code store_decision(struct zv_db *db, const struct zv_who *who, const struct zv_contact_row *row, enum zv_contact_state state,
				   struct zv_arena *arena, struct zv_err *err)
{
	struct zv_disclosure_row shown = {.owner_id = row->owner_id,
					  .to_org_id = row->org_id,
					  .to_centre_id = -1,
					  .subject = row->need_uid,
					  .what = ZV_STR("need.owner"),
					  .reason = ZV_STR("contact"),
					  .actor = who->actor,
					  .at_ms = zv_now_ms()};
	enum zv_code code = zv_contact_set_state(db, row->id, (int)state, who->actor, shown.at_ms, err);

	if (code == ZV_OK && state == ZV_CONTACT_ACCEPTED)
		code = zv_disclosure_insert(db, &shown, err);
	if (code == ZV_OK)
		code = zv_task_end_about(db, decide_kind, row->uid, -1, ZV_TASK_ROW_DONE, who->actor, err);
	if (code == ZV_OK)
		code = zv_note(db, who, state == ZV_CONTACT_ACCEPTED ? "contact.accept" : "contact.decline", row->need_uid, whose(row),
			       zv_arena_strf(arena, "{\"contact\":\"%.*s\",\"to\":\"%.*s\"}", ZV_STR_FMT(row->uid), ZV_STR_FMT(row->asker_uid)),
			       err);
	return code;
}

enum zv_code zv_contact_decide(struct zv_db *db, const struct zv_who *who, struct zv_str uid, enum zv_contact_state state,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_contact_row row;
	enum zv_code code = zv_contact_by_uid(&row, db, uid, arena, err);

	if (code == ZV_OK && !sees(who, &row))
		code = no_such(uid, err);
	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_CONTACT_DECIDE, whose(&row), err);
	if (code == ZV_OK)
		code = may_decide(&row, state, err);
	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	code = store_decision(db, who, &row, state, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}

/* --- reading --------------------------------------------------------------------------------------------------------------- */

static struct zv_contact view(const struct zv_contact_row *row, const struct zv_who *who)
{
	struct zv_contact contact = {
		.id = row->id,
		.uid = row->uid,
		.need_uid = row->need_uid,
		.need = row->need,
		.asker_uid = row->asker_uid,
		.asker = row->asker,
		.owner_uid = row->owner_uid,
		.owner = row->owner,
		.note = row->note,
		.state = (enum zv_contact_state)row->state,
		.own = zv_may(who, ZV_DO_CONTACT_DECIDE, whose(row)),
		.asked_ms = row->asked_ms,
		.decided_ms = row->decided_ms,
		.asked_by = row->asked_by,
		.decided_by = row->decided_by,
	};

	/* The asker learns the name when it is accepted, not a moment before; who decided it is a person of the owner. */
	if (zv_may(who, ZV_DO_DISCLOSURE_READ, whose(row)))
		return contact;
	contact.decided_by = ZV_STR("");
	contact.need = ZV_STR("");
	if (contact.state != ZV_CONTACT_ACCEPTED)
		contact.owner = contact.owner_uid = ZV_STR("");
	return contact;
}

/* A need is named by its item where there is one: a title may name the buyer. */
static enum zv_code add_item(struct zv_contact *contact, struct zv_db *db, int64_t need_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT i.name FROM need n JOIN item i ON i.id = n.item_id WHERE n.id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, need_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		contact->need = zv_str_dup(arena, zv_col_text(stmt, 0));
		zv_stmt_reset(stmt);
	}
	return code;
}

enum zv_code zv_contact_get(struct zv_contact *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			    struct zv_err *err)
{
	struct zv_contact_row row;
	enum zv_code code = zv_contact_by_uid(&row, db, uid, arena, err);

	if (code == ZV_OK && !sees(who, &row))
		code = no_such(uid, err);
	if (code != ZV_OK)
		return code;
	*out = view(&row, who);
	return add_item(out, db, row.need_id, arena, err);
}

/* By the first grant that reaches anything: what one's organisation takes part in, an operator's centre, or all. */
static struct zv_contact_scope scope_of(const struct zv_who *who)
{
	struct zv_contact_scope scope = {.org_id = zv_who_org(who), .centre_id = -1};

	if (!zv_may_some(who, ZV_DO_DISCLOSURE_READ))
		return (struct zv_contact_scope){.centre_id = -1};
	scope.everything = zv_may(who, ZV_DO_DISCLOSURE_READ, (struct zv_object){-1, 0});
	for (int i = 0; i < who->n_grants && scope.centre_id == -1; i++)
		if (who->grants[i].role == ZV_ROLE_OPERATOR)
			scope.centre_id = who->grants[i].centre_id;
	return scope;
}

enum zv_code zv_contact_list(struct zv_contact **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t offset, int limit,
			     struct zv_arena *arena, struct zv_err *err)
{
	struct zv_contact_scope scope = scope_of(who);
	struct zv_contact_row *rows = NULL;
	struct zv_contact *list;
	size_t have = 0;
	enum zv_code code = zv_contact_page(&rows, &have, db, &scope, offset, limit < LIMIT_MAX ? limit : LIMIT_MAX, arena, err);

	list = ZV_ARENA_ARRAY(arena, struct zv_contact, have + 1);
	for (size_t i = 0; i < have && code == ZV_OK; i++) {
		list[i] = view(&rows[i], who);
		code = add_item(&list[i], db, rows[i].need_id, arena, err);
	}
	if (code != ZV_OK)
		return code;
	*out = list;
	*n = have;
	return ZV_OK;
}

static const struct {
	const char *word, *text;
} words[] = {
	{"need.shape", N_("item, quantity, region and date of the need, without the name")},
	{"need.owner", N_("who stands behind the need")},
	{"scouting", N_("a scouting round put the need to all centres")},
	{"contact", N_("the contact was accepted")},
	{"publish", N_("the circle that may see the need was widened")},
};

static struct zv_str sentence(struct zv_str word)
{
	for (size_t i = 0; i < ZV_LEN(words); i++)
		if (zv_str_eq_c(word, words[i].word))
			return zv_str_c(zv_tr(words[i].text));
	return word;
}

enum zv_code zv_disclosed_list(struct zv_disclosed **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t offset, int limit,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_contact_scope scope = scope_of(who);
	struct zv_disclosure_row *rows = NULL;
	struct zv_disclosed *list;
	size_t have = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_DISCLOSURE_READ, err);

	if (code == ZV_OK)
		code = zv_disclosure_page(&rows, &have, db, &scope, offset, limit < LIMIT_MAX ? limit : LIMIT_MAX, arena, err);
	if (code != ZV_OK)
		return code;
	list = ZV_ARENA_ARRAY(arena, struct zv_disclosed, have + 1);
	for (size_t i = 0; i < have; i++)
		list[i] = (struct zv_disclosed){
			.id = rows[i].id,
			.owner_uid = rows[i].owner_uid,
			.owner = rows[i].owner,
			.to_uid = rows[i].to_uid,
			.to = rows[i].to,
			.to_centre = rows[i].to_centre,
			.to_name = strcmp(zv_tr_lang(), "ru") == 0 ? rows[i].to_name_ru : rows[i].to_name_en,
			.subject = rows[i].subject,
			.what = sentence(rows[i].what),
			.reason = sentence(rows[i].reason),
			.actor = rows[i].actor,
			.at_ms = rows[i].at_ms,
		};
	*out = list;
	*n = have;
	return ZV_OK;
}
