/* Four eyes as use cases: asking, deciding, listing. How each action is done is approvals_do.c. */
#include "app/approvals.h"

#include "app/approvals_inner.h"
#include "app/lots_run.h"
#include "app/note.h"
#include "app/whole.h"
#include "base/utf8.h"
#include "store/approval.h"
#include "store/task.h"

enum { DAYS_TO_DECIDE = 3, NOTE_MAX = 2000, LIMIT_MAX = 200 };

static const char decide_kind[] = "approval.decide";
static const char *const states[] = {"", "asked", "approved", "refused", "withdrawn"};

const char *zv_approval_state_name(enum zv_approval_state state)
{
	return states[state];
}

static enum zv_code open_case(struct zv_approval_case *out, const struct zv_executor **executor, struct zv_db *db, struct zv_str action,
			      struct zv_str subject, struct zv_str params, struct zv_arena *arena, struct zv_err *err)
{
	*out = (struct zv_approval_case){.db = db, .subject = subject, .arena = arena};
	*executor = zv_executor_find(action);
	if (*executor == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, "action", N_("“%.*s” is nothing that a second person decides."), ZV_STR_FMT(action));
	return zv_json_parse(&out->params, params, arena, err);
}

enum zv_code zv_approval_title(struct zv_str *out, struct zv_db *db, struct zv_str action, struct zv_str subject, struct zv_str params,
			       struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_executor *executor;
	struct zv_approval_case c;
	enum zv_code code = open_case(&c, &executor, db, action, subject, params, arena, err);

	if (code == ZV_OK)
		code = executor->title(out, &c, err);
	if (code != ZV_E_NOTFOUND)
		return code;
	*out = subject; /* it has been taken away since */
	return ZV_OK;
}

/* --- asking --------------------------------------------------------------------------------------------------------------- */

static enum zv_code not_asked_yet(struct zv_db *db, const struct zv_approval_row *row, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_approval_row same;
	enum zv_code code = zv_approval_same(&same, db, row->action, row->subject, arena, err);

	if (code == ZV_OK)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("This is asked for already and waits for a second person: %.*s."), ZV_STR_FMT(same.uid));
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

static enum zv_code insert(struct zv_approval_row *row, struct zv_db *db, const struct zv_who *who, zv_date today, struct zv_arena *arena,
			   struct zv_err *err)
{
	struct zv_task_row task = {
		.kind = zv_str_c(decide_kind), .centre_id = row->centre_id, .due = today + DAYS_TO_DECIDE, .made_by = who->actor};
	enum zv_code code = not_asked_yet(db, row, arena, err);

	if (code == ZV_OK)
		code = zv_approval_insert(db, row, arena, err);
	if (code != ZV_OK)
		return code;
	task.subject = row->uid;
	code = zv_task_insert(db, &task, arena, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "approval.ask", row->subject, (struct zv_object){row->centre_id, 0},
			       zv_arena_strf(arena, "{\"approval\":\"%.*s\",\"action\":\"%.*s\",\"params\":%.*s}", ZV_STR_FMT(row->uid),
					     ZV_STR_FMT(row->action), ZV_STR_FMT(row->params)),
			       err);
	return code;
}

enum zv_code zv_approval_ask(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, enum zv_action action, struct zv_str subject,
			     struct zv_str params, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_approval_row row = {
		.action = zv_str_c(zv_action_name(action)), .subject = subject, .params = params, .asked_by = who->account_id};
	const struct zv_executor *executor;
	struct zv_approval_case c;
	struct zv_whole whole;
	zv_date today = ZV_DATE_NONE;
	enum zv_code code = open_case(&c, &executor, db, row.action, subject, params, arena, err);

	if (code == ZV_OK && who->account_id == 0)
		code = zv_fail(err, ZV_E_DENIED, "", N_("Who asks for a second person must have an account."));
	if (code == ZV_OK)
		code = executor->check(&row.centre_id, &c, who, err);
	if (code == ZV_OK)
		code = zv_as_of(&today, db, ZV_DATE_NONE, err);
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	code = zv_whole_end(&whole, db, insert(&row, db, who, today, arena, err), err);
	if (code == ZV_OK)
		*uid = row.uid;
	return code;
}

/* --- deciding --------------------------------------------------------------------------------------------------------------- */

static struct zv_object at(const struct zv_approval_row *row)
{
	return (struct zv_object){row->centre_id, 0};
}

static bool is_own(const struct zv_approval_row *row, const struct zv_who *who)
{
	return who->account_id != 0 && row->asked_by == who->account_id;
}

static bool sees(const struct zv_approval_row *row, const struct zv_who *who)
{
	return is_own(row, who) || zv_may(who, ZV_DO_APPROVE, at(row));
}

static enum zv_code load_seen(struct zv_approval_row *row, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			      struct zv_err *err)
{
	enum zv_code code = zv_approval_by_uid(row, db, uid, arena, err);

	if (code == ZV_OK && !sees(row, who))
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is nothing to approve under “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	return code;
}

static enum zv_code may_decide(const struct zv_approval_row *row, const struct zv_who *who, bool approve, struct zv_str note, struct zv_err *err)
{
	if (row->state != ZV_APPROVAL_ASKED)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("This has been decided already."));
	if (zv_utf8_count(note) > NOTE_MAX)
		return zv_fail(err, ZV_E_INVALID, "note", N_("Shorten the note to %d characters."), NOTE_MAX);
	if (is_own(row, who) && approve)
		return zv_fail(err, ZV_E_DENIED, "", N_("You asked for this yourself: another person must approve it."));
	if (is_own(row, who))
		return ZV_OK;
	/* A program that acts for a person is no second pair of eyes. */
	if (who->by_token)
		return zv_fail(err, ZV_E_DENIED, "", N_("A second person approves in person, not by a token."));
	return zv_rights_need(who, ZV_DO_APPROVE, at(row), err);
}

static enum zv_code execute(struct zv_db *db, const struct zv_who *who, const struct zv_approval_row *row, struct zv_arena *arena,
			    struct zv_err *err)
{
	const struct zv_executor *executor;
	struct zv_approval_case c;
	int64_t centre_id;
	enum zv_code code = open_case(&c, &executor, db, row->action, row->subject, row->params, arena, err);

	if (code == ZV_OK)
		code = executor->check(&centre_id, &c, NULL, err);
	return code == ZV_OK ? executor->run(&c, who, err) : code;
}

static enum zv_code decide(struct zv_db *db, const struct zv_who *who, const struct zv_approval_row *row, enum zv_approval_state state,
			   struct zv_str note, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_approval_set(db, row->id, (int)state, who->account_id, note, err);

	if (code == ZV_OK)
		code = zv_note(db, who, state == ZV_APPROVAL_APPROVED ? "approval.approve" : state == ZV_APPROVAL_REFUSED ? "approval.refuse" : "approval.withdraw",
			       row->subject, at(row),
			       zv_arena_strf(arena, "{\"approval\":\"%.*s\",\"action\":\"%.*s\"}", ZV_STR_FMT(row->uid), ZV_STR_FMT(row->action)), err);
	if (code == ZV_OK)
		code = zv_task_end_about(db, decide_kind, row->uid, -1,
					 state == ZV_APPROVAL_WITHDRAWN ? ZV_TASK_ROW_WITHDRAWN : ZV_TASK_ROW_DONE, who->actor, err);
	return code == ZV_OK && state == ZV_APPROVAL_APPROVED ? execute(db, who, row, arena, err) : code;
}

enum zv_code zv_approval_decide(struct zv_db *db, const struct zv_who *who, struct zv_str uid, bool approve, struct zv_str note,
				struct zv_arena *arena, struct zv_err *err)
{
	enum zv_approval_state state = approve ? ZV_APPROVAL_APPROVED : ZV_APPROVAL_REFUSED;
	struct zv_approval_row row;
	struct zv_whole whole;
	enum zv_code code = load_seen(&row, db, who, uid, arena, err);

	note = zv_str_trim(note);
	if (code == ZV_OK)
		code = may_decide(&row, who, approve, note, err);
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	if (is_own(&row, who))
		state = ZV_APPROVAL_WITHDRAWN;
	return zv_whole_end(&whole, db, decide(db, who, &row, state, note, arena, err), err);
}

/* --- reading --------------------------------------------------------------------------------------------------------------- */

static enum zv_code view(struct zv_approval *out, struct zv_db *db, const struct zv_approval_row *row, const struct zv_who *who,
			 struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_executor *executor = zv_executor_find(row->action);

	*out = (struct zv_approval){
		.id = row->id,
		.uid = row->uid,
		.action = row->action,
		.subject = row->subject,
		.params = row->params,
		.href = zv_arena_strf(arena, "%s%.*s", executor != NULL ? executor->page : "/", ZV_STR_FMT(row->subject)),
		.centre_id = row->centre_id,
		.centre = row->centre,
		.state = (enum zv_approval_state)row->state,
		.asked_id = row->asked_by,
		.decided_id = row->decided_by,
		.asked_by = row->asked_name,
		.decided_by = row->decided_name,
		.asked_ms = row->asked_ms,
		.decided_ms = row->decided_ms,
		.note = row->note,
		.own = is_own(row, who),
	};
	out->decidable = out->state == ZV_APPROVAL_ASKED && !out->own && !who->by_token && zv_may(who, ZV_DO_APPROVE, at(row));
	return zv_approval_title(&out->title, db, row->action, row->subject, row->params, arena, err);
}

enum zv_code zv_approval_get(struct zv_approval *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_approval_row row;
	enum zv_code code = load_seen(&row, db, who, uid, arena, err);

	return code == ZV_OK ? view(out, db, &row, who, arena, err) : code;
}

/* An operator's own centre; administrators and the owner see all. */
static int64_t centre_of(const struct zv_who *who)
{
	if (zv_may(who, ZV_DO_APPROVE, (struct zv_object){-1, 0}))
		return -1;
	for (int i = 0; i < who->n_grants; i++)
		if (who->grants[i].role == ZV_ROLE_OPERATOR)
			return who->grants[i].centre_id;
	return 0;
}

enum zv_code zv_approval_list(struct zv_approval **out, size_t *n, struct zv_db *db, const struct zv_who *who, bool open_only, int64_t offset,
			      int limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_approval_row *rows = NULL;
	struct zv_approval *list;
	size_t have = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_APPROVE, err);

	if (code == ZV_OK)
		code = zv_approval_page(&rows, &have, db, centre_of(who), who->account_id, open_only, offset, limit < LIMIT_MAX ? limit : LIMIT_MAX,
					arena, err);
	list = ZV_ARENA_ARRAY(arena, struct zv_approval, have + 1);
	for (size_t i = 0; i < have && code == ZV_OK; i++)
		code = view(&list[i], db, &rows[i], who, arena, err);
	if (code != ZV_OK)
		return code;
	*out = list;
	*n = have;
	return ZV_OK;
}
