/* Invitations made and moved on: the letter, the tasks of both sides, the membership at the end. Reading is invitations_view.c. */
#include "app/invitations_inner.h"

#include <string.h>

#include "app/lots_run.h"
#include "app/note.h"
#include "app/row_edit.h"
#include "app/whole.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "store/cluster_read.h"
#include "store/task.h"

enum { LETTER_MAX = 10000, ANSWER_MAX = 2000 };

static const char answer_kind[] = "invitation.answer";
static const char answered_kind[] = "invitation.answered";

/* --- proposing ----------------------------------------------------------------------------------------------------------------- */

static enum zv_code check_texts(const struct zv_letter *letter, struct zv_str answer, struct zv_err *err)
{
	if (zv_utf8_count(letter->ru) > LETTER_MAX || zv_utf8_count(letter->en) > LETTER_MAX)
		return zv_fail(err, ZV_E_INVALID, "letter", N_("Shorten the letter to %d characters."), LETTER_MAX);
	if (zv_utf8_count(answer) > ANSWER_MAX)
		return zv_fail(err, ZV_E_INVALID, "answer", N_("Shorten the answer to %d characters."), ANSWER_MAX);
	return ZV_OK;
}

static enum zv_code check_due(zv_date due, zv_date today, struct zv_err *err)
{
	if (due != ZV_DATE_NONE && due <= today)
		return zv_fail(err, ZV_E_INVALID, "due", N_("The day for the answer must be after today."));
	return ZV_OK;
}

static enum zv_code not_a_member(struct zv_db *db, int64_t cluster_id, int64_t org_id, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cluster_member *members;
	size_t n = 0;
	enum zv_code code = zv_cluster_members(&members, &n, db, cluster_id, on, false, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (members[i].org_id == org_id)
			code = zv_fail(err, ZV_E_CONFLICT, "org", N_("This organisation is a member of the cluster already."));
	return code;
}

/* In both languages, where the person has written nothing himself. */
static enum zv_code write_letters(struct zv_letter *letter, struct zv_db *db, const struct zv_cluster *cluster, const struct zv_candidate *candidate,
				  zv_date today, zv_date due, struct zv_arena *arena, struct zv_err *err)
{
	char lang[3] = "";
	struct zv_str uid, specialised;
	enum zv_code code = zv_cluster_org_name(&uid, &specialised, db, cluster->org_id, arena, err);

	if (code != ZV_OK)
		return code;
	memcpy(lang, strcmp(zv_tr_lang(), "ru") == 0 ? "ru" : "en", 2);
	for (int i = 0; i < 2; i++) {
		struct zv_str *text = i == 0 ? &letter->ru : &letter->en;

		if (zv_str_trim(*text).n > 0)
			continue;
		zv_tr_set_lang(i == 0 ? "ru" : "en");
		*text = zv_invitation_letter(cluster, specialised, candidate->org, candidate->reasons, candidate->n_reasons, &candidate->effect, today, due,
					     arena);
	}
	zv_tr_set_lang(lang);
	return ZV_OK;
}

static struct zv_str reasons_text(const struct zv_candidate *candidate, struct zv_arena *arena)
{
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	zv_reasons_write(&buf, candidate->reasons, candidate->n_reasons);
	out = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

static enum zv_code note(struct zv_db *db, const struct zv_who *who, const char *action, const struct zv_cluster *cluster,
			 const struct zv_invitation_row *row, struct zv_arena *arena, struct zv_err *err)
{
	return zv_note(db, who, action, row->uid, cluster->object,
		       zv_arena_strf(arena, "{\"cluster\":\"%.*s\",\"org\":\"%.*s\",\"state\":\"%s\"}", ZV_STR_FMT(cluster->uid), ZV_STR_FMT(row->org_uid),
				     zv_invitation_state_name((enum zv_invitation_state)row->state)),
		       err);
}

/* One that was taken back begins anew with the reasons and the letter of today. */
static enum zv_code insert_or_renew(struct zv_invitation_row *row, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_invitation_row old;
	bool found = false;
	enum zv_code code = zv_invitation_of(&found, &old, db, row->cluster_id, row->org_id, arena, err);

	if (code != ZV_OK)
		return code;
	if (!found || old.state != ZV_INVITATION_WITHDRAWN)
		return zv_invitation_insert(db, row, arena, err);
	old.state = ZV_INVITATION_PROPOSED;
	old.reason = row->reason;
	old.letter = row->letter;
	old.due = row->due;
	old.answer = ZV_STR("");
	old.sent_ms = old.answered_ms = 0;
	row->uid = old.uid;
	row->state = old.state;
	return zv_invitation_update(db, &old, ZV_INVITATION_WITHDRAWN, err);
}

/* The candidate of this one organisation: with its reasons, which may be none. */
static enum zv_code find_candidate(struct zv_candidate *out, struct zv_db *db, const struct zv_who *who, struct zv_str cluster, struct zv_str org,
				   struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_candidates_ask ask = {.org = org, .limit = 1};
	struct zv_candidate *found;
	size_t n = 0;
	enum zv_code code = zv_candidates(&found, &n, db, who, cluster, &ask, arena, err);

	if (code == ZV_OK && n == 0)
		code = zv_fail(err, ZV_E_NOTFOUND, "org", N_("There is no organisation “%.*s”."), ZV_STR_FMT(zv_str_first(org, 60)));
	if (code == ZV_OK)
		*out = found[0];
	return code;
}

static enum zv_code prepare(struct zv_invitation_row *row, struct zv_cluster *cluster, struct zv_db *db, const struct zv_who *who, struct zv_str name,
			    const struct zv_invitation_new *wish, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_letter letter = wish->letter;
	struct zv_candidate candidate;
	zv_date today = ZV_DATE_NONE;
	enum zv_code code = zv_cluster_find(cluster, db, who, name, arena, err);

	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_INVITE, cluster->object, err);
	if (code == ZV_OK && wish->org.n == 0)
		code = zv_fail(err, ZV_E_INVALID, "org", N_("Say which organisation is invited: its public id."));
	if (code == ZV_OK)
		code = zv_as_of(&today, db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = check_due(wish->due, today, err);
	if (code == ZV_OK)
		code = check_texts(&letter, ZV_STR(""), err);
	if (code == ZV_OK)
		code = find_candidate(&candidate, db, who, name, wish->org, arena, err);
	if (code == ZV_OK)
		code = not_a_member(db, cluster->id, candidate.org_id, today, arena, err);
	if (code == ZV_OK)
		code = write_letters(&letter, db, cluster, &candidate, today, wish->due, arena, err);
	if (code != ZV_OK)
		return code;
	*row = (struct zv_invitation_row){
		.cluster_id = cluster->id,
		.org_id = candidate.org_id,
		.org_uid = candidate.org_uid,
		.reason = reasons_text(&candidate, arena),
		.letter = zv_letter_write(&letter, arena),
		.due = wish->due,
		.made_by = who->actor,
		.made_ms = zv_now_ms(),
	};
	return ZV_OK;
}

enum zv_code zv_invitation_propose(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str cluster_name,
				   const struct zv_invitation_new *wish, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_invitation_row row;
	struct zv_cluster cluster;
	struct zv_whole whole;
	enum zv_code code = prepare(&row, &cluster, db, who, cluster_name, wish, arena, err);

	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	code = insert_or_renew(&row, db, arena, err);
	if (code == ZV_OK)
		code = note(db, who, "invitation.propose", &cluster, &row, arena, err);
	code = zv_whole_end(&whole, db, code, err);
	if (code == ZV_OK)
		*uid = row.uid;
	return code;
}

/* --- moving on ------------------------------------------------------------------------------------------------------------------ */

static enum zv_code may_step(const struct zv_invitation_row *row, const struct zv_invitation_side *side, int to, struct zv_err *err)
{
	bool is_answer = to == ZV_INVITATION_YES || to == ZV_INVITATION_NO;

	if (!side->inviter && !is_answer)
		return zv_fail(err, ZV_E_DENIED, "state", N_("The invited organisation answers “yes” or “no”; the rest is for the cluster."));
	if (!zv_invitation_step(row->state, to))
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This invitation is “%s”; it cannot become “%s”."),
			       zv_invitation_state_name((enum zv_invitation_state)row->state), zv_invitation_state_name((enum zv_invitation_state)to));
	return ZV_OK;
}

static enum zv_code may_edit(const struct zv_invitation_row *row, const struct zv_invitation_side *side, const struct zv_invitation_change *change,
			     struct zv_err *err)
{
	bool letter = change->letter.ru.n > 0 || change->letter.en.n > 0;
	bool answering = change->state == ZV_INVITATION_YES || change->state == ZV_INVITATION_NO;

	if (!side->inviter && (letter || change->has_due || change->role != 0 || change->joined_on != ZV_DATE_NONE))
		return zv_fail(err, ZV_E_DENIED, "", N_("The invited organisation may answer, and change nothing else."));
	if (letter && row->state != ZV_INVITATION_PROPOSED)
		return zv_fail(err, ZV_E_CONFLICT, "letter", N_("The letter was sent; it cannot be changed any more."));
	if (change->has_answer && !answering)
		return zv_fail(err, ZV_E_INVALID, "answer", N_("An answer comes with the state “yes” or “no”."));
	return ZV_OK;
}

static enum zv_code add_task(struct zv_db *db, const struct zv_who *who, const char *kind, int64_t org_id, int64_t centre_id,
			     const struct zv_invitation_row *row, zv_date due, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_task_row task = {
		.kind = zv_str_c(kind), .org_id = org_id, .centre_id = org_id != 0 ? -1 : centre_id, .subject = row->uid, .due = due, .made_by = who->actor};

	return zv_task_insert(db, &task, arena, err);
}

/* Each step ends what waited for it and makes what it waits for. */
static enum zv_code move_tasks(struct zv_db *db, const struct zv_who *who, const struct zv_invitation_row *row, const struct zv_cluster *cluster,
			       struct zv_arena *arena, struct zv_err *err)
{
	bool taken_back = row->state == ZV_INVITATION_WITHDRAWN;
	int ended = taken_back ? ZV_TASK_ROW_WITHDRAWN : ZV_TASK_ROW_DONE;
	enum zv_code code = zv_task_end_about(db, answer_kind, row->uid, -1, ended, who->actor, err);

	if (code == ZV_OK)
		code = zv_task_end_about(db, answered_kind, row->uid, -1, ended, who->actor, err);
	if (code != ZV_OK)
		return code;
	if (row->state == ZV_INVITATION_SENT)
		return add_task(db, who, answer_kind, row->org_id, -1, row, row->due, arena, err);
	if (row->state == ZV_INVITATION_YES)
		return add_task(db, who, answered_kind, cluster->org_id, cluster->object.centre_id, row, ZV_DATE_NONE, arena, err);
	return ZV_OK;
}

/* The row of the membership, unless somebody has added it meanwhile. */
static enum zv_code join(struct zv_db *db, const struct zv_who *who, const struct zv_invitation_row *row, const struct zv_cluster *cluster,
			 const struct zv_invitation_change *change, zv_date today, struct zv_arena *arena, struct zv_err *err)
{
	char day[ZV_DATE_TEXT];
	struct zv_row_field fields[4] = {{.name = ZV_STR("cluster"), .value = cluster->uid}, {.name = ZV_STR("org_key"), .value = row->org_uid}};
	struct zv_row_edit_options options = {.who = who, .org_id = cluster->org_id, .said_on = ZV_DATE_NONE};
	struct zv_row_edit edit;
	size_t n = 2;
	enum zv_code code = not_a_member(db, cluster->id, row->org_id, today, arena, err);

	if (code != ZV_OK)
		return code == ZV_E_CONFLICT ? ZV_OK : code;
	zv_date_format(day, change->joined_on != ZV_DATE_NONE ? change->joined_on : today);
	fields[n++] = (struct zv_row_field){.name = ZV_STR("joined_on"), .value = zv_str_c(day)};
	if (change->role != 0)
		fields[n++] = (struct zv_row_field){.name = ZV_STR("role"), .value = zv_str_c(zv_cluster_role_name(change->role))};
	code = zv_row_add(&edit, db, zv_register_find("cluster_member"), fields, n, &options, arena, err);
	zv_row_edit_done(&edit);
	return code;
}

static enum zv_code merge_letter(struct zv_invitation_row *row, const struct zv_letter *change, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_letter letter;
	enum zv_code code = zv_letter_read(&letter, row->letter, arena, err);

	if (code != ZV_OK)
		return code;
	if (change->ru.n > 0)
		letter.ru = change->ru;
	if (change->en.n > 0)
		letter.en = change->en;
	row->letter = zv_letter_write(&letter, arena);
	return ZV_OK;
}

static enum zv_code apply(struct zv_invitation_row *row, const struct zv_invitation_change *change, struct zv_arena *arena, struct zv_err *err)
{
	if (change->has_due)
		row->due = change->due;
	if (change->has_answer)
		row->answer = zv_str_trim(change->answer);
	if (change->state == ZV_INVITATION_SENT)
		row->sent_ms = zv_now_ms();
	if (change->state == ZV_INVITATION_YES || change->state == ZV_INVITATION_NO)
		row->answered_ms = zv_now_ms();
	if (change->state != 0)
		row->state = (int)change->state;
	return change->letter.ru.n > 0 || change->letter.en.n > 0 ? merge_letter(row, &change->letter, arena, err) : ZV_OK;
}

static enum zv_code check_change(const struct zv_invitation_row *row, const struct zv_invitation_side *side, const struct zv_invitation_change *change,
				 zv_date today, struct zv_err *err)
{
	enum zv_code code = may_edit(row, side, change, err);

	if (code == ZV_OK && change->state != 0)
		code = may_step(row, side, (int)change->state, err);
	if (code == ZV_OK)
		code = check_texts(&change->letter, change->answer, err);
	if (code == ZV_OK && change->has_due)
		code = check_due(change->due, today, err);
	return code;
}

enum zv_code zv_invitation_change(struct zv_db *db, const struct zv_who *who, struct zv_str uid, const struct zv_invitation_change *change,
				  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_invitation_side side;
	struct zv_invitation_row row;
	struct zv_whole whole;
	zv_date today = ZV_DATE_NONE;
	int was = 0;
	enum zv_code code = zv_invitation_load(&row, &side, db, who, uid, arena, err);

	if (code == ZV_OK)
		code = zv_as_of(&today, db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = check_change(&row, &side, change, today, err);
	if (code == ZV_OK) {
		was = row.state;
		code = apply(&row, change, arena, err);
	}
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	if (change->state == ZV_INVITATION_JOINED)
		code = join(db, who, &row, &side.cluster, change, today, arena, err);
	if (code == ZV_OK)
		code = zv_invitation_update(db, &row, was, err);
	if (code == ZV_OK && change->state != 0)
		code = move_tasks(db, who, &row, &side.cluster, arena, err);
	if (code == ZV_OK)
		code = note(db, who, "invitation.change", &side.cluster, &row, arena, err);
	return zv_whole_end(&whole, db, code, err);
}
