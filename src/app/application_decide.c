/* The decision. An accepted application changes the register as one batch: the cluster, and what happened to it. */
#include "app/application_inner.h"
#include "app/lots_run.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "store/batch.h"

enum { IN_REGISTER = 3, WORD_MAX = 100, NOTE_MAX = 4000 };

static enum zv_code check_word(struct zv_str *word, const char *field, const char *missing, struct zv_err *err)
{
	*word = zv_str_trim(*word);
	if (word->n == 0)
		return zv_fail(err, ZV_E_INVALID, field, "%s", zv_tr(missing));
	if (zv_utf8_count(*word) > WORD_MAX)
		return zv_fail(err, ZV_E_INVALID, field, N_("“%s” is too long: at most %d characters."), field, WORD_MAX);
	return ZV_OK;
}

static enum zv_code check_verdict(struct zv_application_verdict *verdict, struct zv_db *db, struct zv_err *err)
{
	zv_date today = ZV_DATE_NONE;
	enum zv_code code;

	verdict->note = zv_str_trim(verdict->note);
	if (zv_utf8_count(verdict->note) > NOTE_MAX)
		return zv_fail(err, ZV_E_INVALID, "note", N_("Shorten the note to %d characters."), NOTE_MAX);
	if (!verdict->accepted)
		return verdict->note.n > 0 ? ZV_OK : zv_fail(err, ZV_E_INVALID, "note", N_("Say why the application is refused."));
	code = check_word(&verdict->order_no, "order_no", N_("Give the number of the order by which the cluster is entered."), err);
	if (code == ZV_OK)
		code = check_word(&verdict->number, "number", N_("Give the number of the cluster in the register."), err);
	if (code == ZV_OK && verdict->order_on == ZV_DATE_NONE)
		return zv_fail(err, ZV_E_INVALID, "order_on", N_("Give the date of the order."));
	if (code == ZV_OK)
		code = zv_as_of(&today, db, ZV_DATE_NONE, err);
	if (code == ZV_OK && verdict->order_on > today)
		return zv_fail(err, ZV_E_INVALID, "order_on", N_("The order is dated in the future."));
	return code;
}

/* --- the register ---------------------------------------------------------------------------------------------------------------------------- */

static void set_int(const struct zv_register *reg, struct zv_record *record, const char *column, int64_t value)
{
	record->values[zv_register_column(reg, column)] = (struct zv_value){.i = value};
}

static void set_text(const struct zv_register *reg, struct zv_record *record, const char *column, struct zv_str value)
{
	record->values[zv_register_column(reg, column)] = (struct zv_value){.s = value};
}

static enum zv_code number_is_free(const struct zv_application_case *c, struct zv_str number, struct zv_err *err)
{
	static const char sql[] = "SELECT name FROM cluster WHERE number = $1 AND state = 3 AND id <> $2 ORDER BY id LIMIT 1";
	struct zv_str name;
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, c->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, number);
	zv_bind_int(stmt, 2, c->row.cluster_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	name = zv_str_dup(c->arena, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	return zv_fail(err, ZV_E_CONFLICT, "number", N_("The number %.*s is that of another cluster in the register: %.*s."), ZV_STR_FMT(number),
		       ZV_STR_FMT(name));
}

/* Values with a stronger word behind them would stay: then nothing is decided. */
static enum zv_code change_cluster(bool *was_in, const struct zv_application_case *c, const struct zv_application_verdict *verdict,
				   const struct zv_record *frame, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster");
	int state = zv_register_column(reg, "state"), number = zv_register_column(reg, "number");
	struct zv_record old, new;
	int changed;
	enum zv_code code = zv_record_by_id(&old, c->db, reg, c->row.cluster_id, c->arena, err);

	if (code != ZV_OK)
		return code;
	*was_in = old.values[state].i == IN_REGISTER;
	new = old;
	new.batch_id = frame->batch_id;
	new.line = frame->line;
	new.said_on = frame->said_on;
	new.status = frame->status;
	set_int(reg, &new, "state", IN_REGISTER);
	if (!*was_in)
		set_int(reg, &new, "state_on", verdict->order_on);
	set_text(reg, &new, "number", verdict->number);
	set_text(reg, &new, "order_no", verdict->order_no);
	set_int(reg, &new, "order_on", verdict->order_on);
	code = zv_record_change(&changed, c->db, reg, &old, &new, err);
	if (code == ZV_OK)
		code = zv_record_by_id(&new, c->db, reg, c->row.cluster_id, c->arena, err);
	if (code == ZV_OK && (new.values[state].i != IN_REGISTER || !zv_str_eq(new.values[number].s, verdict->number)))
		return zv_fail(err, ZV_E_CONFLICT, "cluster",
			       N_("The register holds a stronger statement about the state or the number of this cluster. Mend it first."));
	return code;
}

static enum zv_code add_event(const struct zv_application_case *c, const struct zv_application_verdict *verdict, struct zv_record *event, bool was_in,
			      struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster_event");

	for (int i = 0; i < reg->n_columns; i++)
		event->values[i] = (struct zv_value){.null = true};
	event->centre_id = c->row.centre_id;
	event->source_key = c->row.uid;
	set_int(reg, event, "cluster_id", c->row.cluster_id);
	set_int(reg, event, "happened_on", verdict->order_on);
	set_int(reg, event, "state", IN_REGISTER);
	set_text(reg, event, "act", zv_str_c(zv_tr(N_("order"))));
	set_text(reg, event, "number", verdict->order_no);
	set_text(reg, event, "title", zv_str_c(was_in ? zv_tr(N_("Confirmed in the register")) : zv_tr(N_("Entered in the register"))));
	return zv_record_insert(c->db, reg, event, c->arena, err);
}

static enum zv_code enter(const struct zv_application_case *c, const struct zv_application_verdict *verdict, struct zv_err *err)
{
	struct zv_batch batch = {
		.centre_id = c->row.centre_id, .kind = ZV_STR("application.accept"), .actor = c->who->actor, .source = c->row.uid, .n_new = 1, .n_changed = 1};
	struct zv_record event = {.line = 1, .status = ZV_CONFIRMED_CENTRE};
	bool was_in = false;
	enum zv_code code = number_is_free(c, verdict->number, err);

	if (code == ZV_OK)
		code = zv_as_of(&event.said_on, c->db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = zv_batch_open(&batch, c->db, c->arena, err);
	/* Rows by hand are of the real day, also where the database is seen as of another. */
	if (event.said_on < zv_today())
		event.said_on = zv_today();
	event.batch_id = batch.id;
	if (code == ZV_OK)
		code = change_cluster(&was_in, c, verdict, &event, err);
	if (code == ZV_OK)
		code = add_event(c, verdict, &event, was_in, err);
	return code == ZV_OK ? zv_batch_close(c->db, &batch, err) : code;
}

/* --- deciding -------------------------------------------------------------------------------------------------------------------------------- */

static struct zv_str decision_json(const struct zv_application_case *c)
{
	return zv_arena_strf(c->arena, "{\"digest\":\"%.*s\"}", ZV_STR_FMT(c->row.frozen_digest));
}

enum zv_code zv_application_decide(const struct zv_application_act *act, const struct zv_application_verdict *given, struct zv_err *err)
{
	struct zv_application_verdict verdict = *given;
	enum zv_application_op op = verdict.accepted ? ZV_APPLICATION_ACCEPT : ZV_APPLICATION_REFUSE;
	struct zv_application_doing doing;
	struct zv_application_case *c = &doing.c;
	enum zv_code code = zv_application_begin(&doing, act, op, err);

	if (code != ZV_OK)
		return code;
	code = check_verdict(&verdict, act->db, err);
	if (code == ZV_OK)
		code = zv_application_close(c, verdict.accepted ? ZV_APPLICATION_ACCEPTED : ZV_APPLICATION_REFUSED, verdict.note, err);
	if (code == ZV_OK && verdict.accepted) {
		c->row.order_no = verdict.order_no;
		c->row.order_on = verdict.order_on;
		c->row.number = verdict.number;
		code = enter(c, &verdict, err);
	}
	return zv_application_end(&doing, code, verdict.accepted ? "application.accept" : "application.refuse", decision_json(c), err);
}
