/* What people do with an application: begin, check, submit, ask, answer, return, correct, withdraw. Deciding is application_decide.c. */
#include "app/application_inner.h"
#include "app/lots_run.h"
#include "app/note.h"
#include "app/sight.h"
#include "app/whole.h"
#include "base/utf8.h"

enum { TEXT_MAX = 4000 };

/* --- the frame of every act --------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_application_begin(struct zv_application_doing *out, const struct zv_application_act *act, enum zv_application_op op, struct zv_err *err)
{
	enum zv_code code = zv_application_load(&out->c, act->db, act->who, act->uid, act->arena, err);

	if (code == ZV_OK)
		code = zv_rights_need(act->who, zv_application_action(op), zv_application_object(&out->c.row), err);
	if (code == ZV_OK)
		code = zv_application_need(&out->c, op, err);
	if (code != ZV_OK)
		return code;
	out->before = out->c.row.state;
	return zv_whole_begin(&out->whole, act->db, err);
}

enum zv_code zv_application_say(const struct zv_application_case *c, enum zv_application_step_kind kind, struct zv_str criterion, struct zv_str text,
				bool open, struct zv_err *err)
{
	struct zv_application_step step = {
		.application_id = c->row.id, .kind = kind, .criterion = criterion, .body = text, .open = open, .actor = c->who->actor};

	return zv_application_add_step(c->db, &step, c->arena, err);
}

/* The version counts up, a new state is told to both sides, and the trail has a row. */
static enum zv_code store(struct zv_application_doing *doing, const char *action, struct zv_str detail, struct zv_err *err)
{
	struct zv_application_case *c = &doing->c;
	bool moved = c->row.state != doing->before;
	enum zv_code code = zv_application_save(c->db, &c->row, err);

	if (code == ZV_OK && moved)
		code = zv_application_say(c, ZV_STEP_STATE, ZV_STR(""), zv_str_c(zv_application_state_name(c->row.state)), false, err);
	if (code == ZV_OK && moved)
		code = zv_application_tasks(c, err);
	if (code == ZV_OK)
		code = zv_note(c->db, c->who, action, c->row.uid, zv_application_object(&c->row), detail, err);
	return code;
}

enum zv_code zv_application_end(struct zv_application_doing *doing, enum zv_code code, const char *action, struct zv_str detail, struct zv_err *err)
{
	if (code == ZV_OK)
		code = store(doing, action, detail, err);
	return zv_whole_end(&doing->whole, doing->c.db, code, err);
}

static enum zv_code check_text(struct zv_str *text, bool required, struct zv_err *err)
{
	*text = zv_str_trim(*text);
	if (required && text->n == 0)
		return zv_fail(err, ZV_E_INVALID, "text", N_("Say it in “text”: the other side reads it."));
	if (zv_utf8_count(*text) > TEXT_MAX)
		return zv_fail(err, ZV_E_INVALID, "text", N_("Shorten the text to %d characters."), TEXT_MAX);
	return ZV_OK;
}

/* --- beginning ------------------------------------------------------------------------------------------------------------------------------- */

/* The cluster, as whoever may write applications for it. */
static enum zv_code find_cluster(struct zv_application_row *row, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
				 struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster");
	const struct zv_value *org;
	struct zv_record record;
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(&record, &sight, db, who, reg, uid, arena, err);

	if (code != ZV_OK)
		return code;
	org = &record.values[zv_register_column(reg, "org_id")];
	row->cluster_id = record.id;
	row->centre_id = record.centre_id;
	row->org_id = org->null ? 0 : org->i;
	code = zv_rights_need(who, ZV_DO_APPLICATION_WRITE, zv_application_object(row), err);
	if (code == ZV_OK && row->org_id == 0)
		return zv_fail(err, ZV_E_CONFLICT, "cluster", N_("No organisation runs this cluster. State its specialised organisation first."));
	return code;
}

static enum zv_code find_pack(struct zv_application_row *row, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	zv_date today = ZV_DATE_NONE;
	struct zv_pack pack;
	enum zv_code code = zv_as_of(&today, db, ZV_DATE_NONE, err);

	if (code == ZV_OK)
		code = zv_pack_get(&pack, db, zv_str_trim(name), today, arena, err);
	if (code != ZV_OK)
		return code;
	if ((pack.org_id != 0 && pack.org_id != row->org_id) || (pack.centre_id != -1 && pack.centre_id != row->centre_id))
		return zv_fail(err, ZV_E_NOTFOUND, "pack", N_("There is no pack of rules “%.*s” for this cluster."), ZV_STR_FMT(zv_str_first(name, 60)));
	if (pack.state != 2 || zv_rules_head(pack.rules)->kind != ZV_RULES_CLUSTER)
		return zv_fail(err, ZV_E_INVALID, "pack", N_("“%.*s” is no pack of rules for clusters that is in force."), ZV_STR_FMT(zv_str_first(name, 60)));
	row->pack_id = pack.id;
	return ZV_OK;
}

static enum zv_code none_open(struct zv_db *db, int64_t cluster_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_application_row other;
	bool found = false;
	enum zv_code code = zv_application_open_of(&found, &other, db, cluster_id, arena, err);

	if (code == ZV_OK && found)
		return zv_fail(err, ZV_E_CONFLICT, "cluster", N_("An application of this cluster is open already: %.*s."), ZV_STR_FMT(other.uid));
	return code;
}

/* Looks at the cluster today: the copy says what it would be. */
static enum zv_code look(struct zv_application_case *c, struct zv_files *files, zv_application_part_test *renew, struct zv_err *err)
{
	struct zv_application_evaluation evaluation;
	enum zv_code code = zv_application_evaluate(&evaluation, c, err);

	return code == ZV_OK ? zv_application_freeze(c, files, &evaluation, renew, err) : code;
}

static enum zv_code begin_new(struct zv_application_row *row, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_application_doing doing = {.before = ZV_APPLICATION_DRAFT};
	enum zv_code code = none_open(db, row->cluster_id, arena, err);

	if (code == ZV_OK)
		code = zv_application_insert(db, row, arena, err);
	if (code == ZV_OK)
		code = zv_application_load(&doing.c, db, who, row->uid, arena, err);
	if (code == ZV_OK)
		code = look(&doing.c, NULL, NULL, err);
	if (code == ZV_OK)
		code = zv_application_say(&doing.c, ZV_STEP_STATE, ZV_STR(""), ZV_STR("draft"), false, err);
	return code == ZV_OK ? store(&doing, "application.start", ZV_STR(""), err) : code;
}

enum zv_code zv_application_start(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str cluster, struct zv_str pack,
				  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_application_row row = {.state = ZV_APPLICATION_DRAFT, .made_by = who->actor};
	struct zv_whole whole;
	enum zv_code code = find_cluster(&row, db, who, cluster, arena, err);

	if (code == ZV_OK)
		code = find_pack(&row, db, pack, arena, err);
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	code = zv_whole_end(&whole, db, begin_new(&row, db, who, arena, err), err);
	if (code == ZV_OK)
		*uid = row.uid;
	return code;
}

/* --- checking and submitting ------------------------------------------------------------------------------------------------------------------ */

static struct zv_str digest_json(const struct zv_application_case *c)
{
	return zv_arena_strf(c->arena, "{\"digest\":\"%.*s\"}", ZV_STR_FMT(c->row.frozen_digest));
}

enum zv_code zv_application_precheck(const struct zv_application_act *act, struct zv_err *err)
{
	struct zv_application_doing doing;
	enum zv_code code = zv_application_begin(&doing, act, ZV_APPLICATION_CHECK, err);

	if (code != ZV_OK)
		return code;
	code = look(&doing.c, act->files, NULL, err);
	doing.c.row.state = ZV_APPLICATION_PRECHECK;
	return zv_application_end(&doing, code, "application.precheck", digest_json(&doing.c), err);
}

enum zv_code zv_application_submit(const struct zv_application_act *act, struct zv_err *err)
{
	struct zv_application_doing doing;
	struct zv_application_row *row = &doing.c.row;
	enum zv_code code = zv_application_begin(&doing, act, ZV_APPLICATION_SUBMIT, err);

	if (code != ZV_OK)
		return code;
	code = look(&doing.c, act->files, NULL, err);
	if (code == ZV_OK)
		code = zv_application_complete(act->lack, &doing.c, NULL, err);
	if (code == ZV_OK)
		code = zv_as_of(&row->submitted_on, act->db, ZV_DATE_NONE, err);
	row->state = ZV_APPLICATION_SUBMITTED;
	return zv_application_end(&doing, code, "application.submit", digest_json(&doing.c), err);
}

/* --- questions and returns -------------------------------------------------------------------------------------------------------------------- */

static struct zv_str criterion_json(const struct zv_application_case *c, struct zv_str criterion)
{
	return zv_arena_strf(c->arena, "{\"criterion\":\"%.*s\"}", ZV_STR_FMT(criterion));
}

/* What the reviewer says about a criterion; it stays open until the other side has acted. */
static enum zv_code review(const struct zv_application_act *act, enum zv_application_op op, enum zv_application_step_kind kind,
			   enum zv_application_state state, const char *action, struct zv_str criterion, struct zv_str text, struct zv_err *err)
{
	struct zv_application_doing doing;
	enum zv_code code = check_text(&text, true, err);

	if (code == ZV_OK)
		code = zv_application_begin(&doing, act, op, err);
	if (code != ZV_OK)
		return code;
	code = zv_application_criterion(&criterion, &doing.c, criterion, err);
	if (code == ZV_OK)
		code = zv_application_say(&doing.c, kind, criterion, text, true, err);
	doing.c.row.state = state;
	return zv_application_end(&doing, code, action, criterion_json(&doing.c, criterion), err);
}

enum zv_code zv_application_ask(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text, struct zv_err *err)
{
	return review(act, ZV_APPLICATION_ASK, ZV_STEP_QUESTION, ZV_APPLICATION_QUESTIONS, "application.ask", criterion, text, err);
}

enum zv_code zv_application_return(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text, struct zv_err *err)
{
	return review(act, ZV_APPLICATION_RETURN, ZV_STEP_RETURN, ZV_APPLICATION_CORRECTIONS, "application.return", criterion, text, err);
}

static bool any_open(const struct zv_application_case *c, enum zv_application_step_kind kind)
{
	for (size_t i = 0; i < c->n_steps; i++)
		if (c->steps[i].open && c->steps[i].kind == kind)
			return true;
	return false;
}

/* What it is when nothing is open any more. */
static enum zv_application_state resting(const struct zv_application_case *c)
{
	for (size_t i = 0; i < c->n_steps; i++)
		if (c->steps[i].kind == ZV_STEP_CORRECTION)
			return ZV_APPLICATION_CORRECTED;
	return ZV_APPLICATION_SUBMITTED;
}

static enum zv_code may_answer(const struct zv_application_case *c, struct zv_str criterion, struct zv_err *err)
{
	bool corrections = c->row.state == ZV_APPLICATION_CORRECTIONS;
	enum zv_application_step_kind kind = corrections ? ZV_STEP_RETURN : ZV_STEP_QUESTION;

	if (zv_application_is_open(c, kind, criterion))
		return ZV_OK;
	if (corrections)
		return zv_fail(err, ZV_E_CONFLICT, "criterion", N_("Only what was returned can be changed now: %.*s."),
			       ZV_STR_FMT(zv_application_open_text(c, kind)));
	return zv_fail(err, ZV_E_CONFLICT, "criterion", N_("Questions wait for an answer only about: %.*s."),
		       ZV_STR_FMT(zv_application_open_text(c, kind)));
}

static enum zv_code answer(struct zv_application_case *c, struct zv_str criterion, struct zv_str text, struct zv_err *err)
{
	enum zv_code code = may_answer(c, criterion, err);

	if (code == ZV_OK)
		code = zv_application_say(c, ZV_STEP_ANSWER, criterion, text, false, err);
	if (code == ZV_OK)
		code = zv_application_close_steps(c->db, c->row.id, ZV_STEP_QUESTION, criterion, err);
	if (code == ZV_OK)
		code = zv_application_steps(&c->steps, &c->n_steps, c->db, c->row.id, c->arena, err);
	if (code == ZV_OK && c->row.state == ZV_APPLICATION_QUESTIONS && !any_open(c, ZV_STEP_QUESTION))
		c->row.state = resting(c);
	return code;
}

enum zv_code zv_application_answer(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text, struct zv_err *err)
{
	struct zv_application_doing doing;
	enum zv_code code = check_text(&text, true, err);

	if (code == ZV_OK)
		code = zv_application_begin(&doing, act, ZV_APPLICATION_ANSWER, err);
	if (code != ZV_OK)
		return code;
	code = zv_application_criterion(&criterion, &doing.c, criterion, err);
	if (code == ZV_OK)
		code = answer(&doing.c, criterion, text, err);
	return zv_application_end(&doing, code, "application.answer", criterion_json(&doing.c, criterion), err);
}

/* --- corrections ------------------------------------------------------------------------------------------------------------------------------ */

bool zv_application_returned(const struct zv_application_case *c, struct zv_str part)
{
	return zv_application_is_open(c, ZV_STEP_RETURN, part);
}

/* One step for each criterion that was returned. */
static enum zv_code say_corrected(const struct zv_application_case *c, struct zv_str text, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (int i = -1; i < c->n_rules && code == ZV_OK; i++) {
		struct zv_str part = i >= 0 ? c->rules[i].id : ZV_STR(ZV_APPLICATION_WHOLE);

		if (zv_application_returned(c, part))
			code = zv_application_say(c, ZV_STEP_CORRECTION, part, text, false, err);
	}
	return code;
}

static enum zv_code correct(struct zv_application_case *c, const struct zv_application_act *act, struct zv_str text, struct zv_err *err)
{
	enum zv_code code = say_corrected(c, text, err);

	if (code == ZV_OK)
		code = zv_application_steps(&c->steps, &c->n_steps, c->db, c->row.id, c->arena, err);
	if (code == ZV_OK)
		code = look(c, act->files, zv_application_returned, err);
	if (code == ZV_OK)
		code = zv_application_complete(act->lack, c, zv_application_returned, err);
	if (code == ZV_OK)
		code = zv_application_close_steps(c->db, c->row.id, ZV_STEP_RETURN, ZV_STR(""), err);
	c->row.state = any_open(c, ZV_STEP_QUESTION) ? ZV_APPLICATION_QUESTIONS : ZV_APPLICATION_CORRECTED;
	return code;
}

enum zv_code zv_application_correct(const struct zv_application_act *act, struct zv_str text, struct zv_err *err)
{
	struct zv_application_doing doing;
	enum zv_code code = check_text(&text, false, err);

	if (code == ZV_OK)
		code = zv_application_begin(&doing, act, ZV_APPLICATION_CORRECT, err);
	if (code != ZV_OK)
		return code;
	code = correct(&doing.c, act, text, err);
	return zv_application_end(&doing, code, "application.correct", digest_json(&doing.c), err);
}

/* --- the end ---------------------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_application_close(struct zv_application_case *c, enum zv_application_decision decision, struct zv_str note, struct zv_err *err)
{
	const char *name;
	enum zv_code code = zv_as_of(&c->row.decided_on, c->db, ZV_DATE_NONE, err);

	c->row.state = ZV_APPLICATION_DECIDED;
	c->row.decision = decision;
	c->row.note = note;
	name = zv_application_decision_name(&c->row);
	if (code == ZV_OK)
		code = zv_application_close_steps(c->db, c->row.id, ZV_STEP_QUESTION, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_application_close_steps(c->db, c->row.id, ZV_STEP_RETURN, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_application_say(c, ZV_STEP_DECISION, ZV_STR(""), note.n > 0 ? note : zv_str_c(name), false, err);
	return code;
}

enum zv_code zv_application_withdraw(const struct zv_application_act *act, struct zv_str text, struct zv_err *err)
{
	struct zv_application_doing doing;
	enum zv_code code = check_text(&text, false, err);

	if (code == ZV_OK)
		code = zv_application_begin(&doing, act, ZV_APPLICATION_WITHDRAW, err);
	if (code != ZV_OK)
		return code;
	code = zv_application_close(&doing.c, ZV_APPLICATION_UNDECIDED, text, err);
	return zv_application_end(&doing, code, "application.withdraw", ZV_STR(""), err);
}
