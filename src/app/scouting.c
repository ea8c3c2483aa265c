/* Scouting rounds as use cases: starting one, answering, closing. Reading the board is scouting_view.c. */
#include "app/scouting.h"

#include <stdlib.h>

#include "app/find.h"
#include "app/lots_run.h"
#include "app/note.h"
#include "app/sight.h"
#include "base/utf8.h"
#include "format/json_write.h"
#include "store/contact.h"
#include "store/scouting.h"
#include "store/task.h"

enum { NOTE_MAX = 2000, DAYS_MAX = 90, MAKERS_MAX = 50 };

static const char answer_kind[] = "scouting.answer";

static const char *const answers[] = {NULL, "exact", "near", "none"};

const char *zv_scouting_answer_name(enum zv_scouting_answer answer)
{
	return answers[answer];
}

bool zv_scouting_answer_parse(enum zv_scouting_answer *out, struct zv_str name)
{
	for (size_t i = ZV_SCOUTING_EXACT; i < ZV_LEN(answers); i++) {
		if (!zv_str_eq_c(name, answers[i]))
			continue;
		*out = (enum zv_scouting_answer)i;
		return true;
	}
	return false;
}

const char *zv_scouting_state_name(enum zv_scouting_state state)
{
	return state == ZV_SCOUTING_OPEN ? "open" : "closed";
}

static int64_t need_value(const struct zv_record *need, const char *column, int64_t otherwise)
{
	const struct zv_value *value = &need->values[zv_register_column(zv_register_find("need"), column)];

	return value->null ? otherwise : value->i;
}

/* Drafts are not yet meant, closed ones no longer; and a need for its own centre only would be shown to eleven others. */
static enum zv_code may_be_put(const struct zv_record *need, struct zv_err *err)
{
	enum { DRAFT = 0, CONTRACTED = 4, CLOSED = 5 };
	int64_t state = need_value(need, "state", DRAFT);

	if (need_value(need, "visibility", ZV_VISIBLE_CENTRE) == ZV_VISIBLE_CENTRE)
		return zv_fail(err, ZV_E_CONFLICT, "visibility",
			       N_("This need is for its own centre only. Widen its visibility first: a round shows it to all centres."));
	if (state == DRAFT)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This need is a draft. Declare it before other centres are asked about it."));
	if (state == CONTRACTED || state == CLOSED)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This need is contracted or closed; nobody is asked about it any more."));
	return ZV_OK;
}

static enum zv_code check_deadline(zv_date today, zv_date deadline, struct zv_err *err)
{
	if (deadline <= today)
		return zv_fail(err, ZV_E_INVALID, "deadline", N_("The deadline must be after today: the centres need time to ask around."));
	if (deadline > today + DAYS_MAX)
		return zv_fail(err, ZV_E_INVALID, "deadline", N_("The deadline is more than %d days away. Choose an earlier one."), DAYS_MAX);
	return ZV_OK;
}

static enum zv_code check_note(struct zv_str note, struct zv_err *err)
{
	if (zv_utf8_count(note) > NOTE_MAX)
		return zv_fail(err, ZV_E_INVALID, "note", N_("Shorten the note to %d characters."), NOTE_MAX);
	return ZV_OK;
}

static enum zv_code no_open_round(struct zv_db *db, int64_t need_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scouting_row *rounds;
	size_t n;
	enum zv_code code = zv_scouting_page(&rounds, &n, db, need_id, ZV_SCOUTING_OPEN, 0, 1, arena, err);

	if (code == ZV_OK && n > 0)
		return zv_fail(err, ZV_E_CONFLICT, "need", N_("A round for this need is open already: %.*s."), ZV_STR_FMT(rounds[0].uid));
	return code;
}

/* Each centre gets a task; each but the need's own one a line in the list of who saw it. */
static enum zv_code tell_centres(struct zv_db *db, const struct zv_who *who, const struct zv_scouting_row *round, const struct zv_record *need,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scouting_centre_row *centres;
	size_t n = 0;
	enum zv_code code = zv_scouting_centres(&centres, &n, db, round->id, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_task_row task = {.kind = zv_str_c(answer_kind),
					   .centre_id = centres[i].centre_id,
					   .subject = round->uid,
					   .due = round->deadline,
					   .made_by = who->actor};
		struct zv_disclosure_row shown = {.owner_id = need_value(need, "org_id", 0),
						  .to_centre_id = centres[i].centre_id,
						  .subject = need->uid,
						  .what = ZV_STR("need.shape"),
						  .reason = ZV_STR("scouting"),
						  .actor = who->actor,
						  .at_ms = round->started_ms};

		code = zv_task_insert(db, &task, arena, err);
		if (code == ZV_OK && centres[i].centre_id != need->centre_id)
			code = zv_disclosure_insert(db, &shown, err);
	}
	return code;
}

static struct zv_object owner_of(const struct zv_record *need)
{
	return (struct zv_object){need->centre_id, need_value(need, "org_id", 0)};
}

static enum zv_code insert_round(struct zv_scouting_row *round, struct zv_db *db, const struct zv_who *who, const struct zv_record *need,
				 struct zv_arena *arena, struct zv_err *err)
{
	char deadline[ZV_DATE_TEXT];
	enum zv_code code = no_open_round(db, need->id, arena, err);

	if (code == ZV_OK)
		code = zv_scouting_insert(db, round, arena, err);
	if (code == ZV_OK)
		code = tell_centres(db, who, round, need, arena, err);
	if (code != ZV_OK)
		return code;
	zv_date_format(deadline, round->deadline);
	return zv_note(db, who, "scouting.start", need->uid, owner_of(need),
		       zv_arena_strf(arena, "{\"round\":\"%.*s\",\"deadline\":\"%s\"}", ZV_STR_FMT(round->uid), deadline), err);
}

enum zv_code zv_scouting_start(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, zv_date deadline,
			       struct zv_str note, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_scouting_row round = {.deadline = deadline, .note = zv_str_trim(note), .started_by = who->actor, .started_ms = zv_now_ms()};
	struct zv_record need;
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(&need, &sight, db, who, reg, need_uid, arena, err);

	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_SCOUTING_START, zv_sight_object(reg, &need), err);
	if (code == ZV_OK)
		code = may_be_put(&need, err);
	if (code == ZV_OK)
		code = zv_as_of(&round.started_on, db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = check_deadline(round.started_on, deadline, err);
	if (code == ZV_OK)
		code = check_note(round.note, err);
	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	round.need_id = need.id;
	round.centre_id = need.centre_id;
	code = insert_round(&round, db, who, &need, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	else
		*uid = round.uid;
	return code;
}

/* --- answers ----------------------------------------------------------------------------------------------------------- */

static enum zv_code find_makers(int64_t *ids, struct zv_db *db, const struct zv_scouting_reply *reply, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (reply->answer == ZV_SCOUTING_NONE && reply->n_makers > 0)
		return zv_fail(err, ZV_E_INVALID, "makers", N_("With the answer “none” no makers are named."));
	if (reply->answer == ZV_SCOUTING_EXACT && reply->n_makers == 0)
		return zv_fail(err, ZV_E_INVALID, "makers", N_("The answer “exact” names at least one maker."));
	if (reply->n_makers > MAKERS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "makers", N_("Name at most %d makers."), MAKERS_MAX);
	for (size_t i = 0; i < reply->n_makers && code == ZV_OK; i++) {
		struct zv_record org;

		code = zv_find_record(&org, NULL, db, zv_register_find("org"), reply->makers[i], arena, err);
		ids[i] = code == ZV_OK ? org.id : 0;
	}
	return code;
}

static enum zv_code centre_of(struct zv_scouting_centre_row *out, struct zv_db *db, const struct zv_scouting_row *round, struct zv_str centre,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scouting_centre_row *centres;
	size_t n = 0;
	enum zv_code code = zv_scouting_centres(&centres, &n, db, round->id, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (!zv_str_eq(centres[i].code, centre))
			continue;
		*out = centres[i];
		return ZV_OK;
	}
	return code == ZV_OK ? zv_fail(err, ZV_E_NOTFOUND, "centre", N_("The round does not ask a centre “%.*s”."), ZV_STR_FMT(zv_str_first(centre, 30)))
			     : code;
}

static enum zv_code store_reply(struct zv_db *db, const struct zv_who *who, const struct zv_scouting_row *round,
				const struct zv_scouting_centre_row *centre, const int64_t *makers, size_t n_makers, struct zv_arena *arena,
				struct zv_err *err)
{
	enum zv_code code = zv_scouting_set_answer(db, round->id, centre, err);

	for (size_t i = 0; i < n_makers && code == ZV_OK; i++)
		code = zv_scouting_add_maker(db, round->id, centre->centre_id, makers[i], err);
	if (code == ZV_OK)
		code = zv_task_end_about(db, answer_kind, round->uid, centre->centre_id, ZV_TASK_ROW_DONE, who->actor, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "scouting.answer", round->uid, (struct zv_object){centre->centre_id, 0},
			       zv_arena_strf(arena, "{\"centre\":\"%.*s\",\"answer\":\"%s\",\"makers\":%zu}", ZV_STR_FMT(centre->code),
					     answers[centre->answer], n_makers),
			       err);
	return code;
}

enum zv_code zv_scouting_reply(struct zv_db *db, const struct zv_who *who, struct zv_str uid, const struct zv_scouting_reply *reply,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scouting_centre_row centre;
	struct zv_scouting_row round;
	int64_t *makers;
	enum zv_code code = zv_scouting_by_uid(&round, db, uid, arena, err);

	if (code == ZV_OK)
		code = centre_of(&centre, db, &round, reply->centre, arena, err);
	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_SCOUTING_ANSWER, (struct zv_object){centre.centre_id, 0}, err);
	if (code == ZV_OK && round.state != ZV_SCOUTING_OPEN)
		code = zv_fail(err, ZV_E_CONFLICT, "state", N_("This round is closed; its deadline has passed."));
	if (code == ZV_OK && reply->answer == ZV_SCOUTING_SILENT)
		code = zv_fail(err, ZV_E_INVALID, "answer", N_("Answer “exact”, “near” or “none”."));
	if (code == ZV_OK)
		code = check_note(reply->note, err);
	makers = ZV_ARENA_ARRAY(arena, int64_t, MAKERS_MAX);
	if (code == ZV_OK)
		code = find_makers(makers, db, reply, arena, err);
	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	centre.answer = (int)reply->answer;
	centre.note = zv_str_trim(reply->note);
	centre.answered_by = who->actor;
	centre.answered_ms = zv_now_ms();
	code = store_reply(db, who, &round, &centre, makers, reply->n_makers, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}

enum zv_code zv_scouting_expire(struct zv_db *db, zv_date today, struct zv_err *err)
{
	struct zv_scouting_row *rounds;
	struct zv_arena arena;
	struct zv_who rule;
	size_t n = 0;
	enum zv_code code;

	zv_who_local(&rule, ZV_STR("rule"));
	zv_arena_init(&arena);
	code = zv_scouting_overdue(&rounds, &n, db, today, &arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		code = zv_scouting_close(db, rounds[i].id, err);
		if (code == ZV_OK)
			code = zv_task_end_about(db, answer_kind, rounds[i].uid, -1, ZV_TASK_ROW_WITHDRAWN, rule.actor, err);
		if (code == ZV_OK)
			code = zv_note(db, &rule, "scouting.close", rounds[i].uid, (struct zv_object){rounds[i].centre_id, 0}, ZV_STR(""), err);
	}
	zv_arena_done(&arena);
	return code;
}
