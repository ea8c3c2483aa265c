/* What a task says: a sentence out of the rows that it is about, as they are now and in the reader's language. */
#include <string.h>

#include "app/approvals.h"
#include "app/match_run.h"
#include "app/measures.h"
#include "app/tasks_inner.h"
#include "base/tr.h"
#include "format/json_value.h"
#include "model/quantity.h"
#include "model/region.h"
#include "store/approval.h"
#include "store/contact.h"
#include "store/scouting.h"

/* One task being described. */
struct telling {
	struct zv_task *out;
	struct zv_db *db;
	const struct zv_who *who; /* who reads it */
	const struct zv_task_row *row;
	zv_date as_of;
	struct zv_arena *arena;
};

/* What a sentence says about a need: never who needs it. */
struct brief {
	bool found;
	struct zv_str uid, what, qty, region;
};

struct zv_str zv_task_date(zv_date date, struct zv_arena *arena)
{
	char text[ZV_DATE_TEXT];
	int year, month, day;

	if (date == ZV_DATE_NONE)
		return ZV_STR("");
	if (strcmp(zv_tr_lang(), "ru") != 0) {
		zv_date_format(text, date);
		return zv_str_dup(arena, zv_str_c(text));
	}
	zv_date_to_civil(&year, &month, &day, date);
	return zv_arena_strf(arena, "%02d.%02d.%04d", day, month, year);
}

static struct zv_str region_name(struct zv_str iso, struct zv_arena *arena)
{
	const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), iso);

	return zv_str_dup(arena, region != NULL ? zv_region_name(region) : iso);
}

static struct zv_str quantity(struct zv_stmt *stmt, int at_base, int at_dim, struct zv_arena *arena)
{
	char text[ZV_QUANTITY_TEXT];

	if (zv_col_is_null(stmt, at_base))
		return ZV_STR("—");
	zv_quantity_format(text, zv_col_int(stmt, at_base), (enum zv_dim)zv_col_int(stmt, at_dim));
	return zv_str_dup(arena, zv_str_c(text));
}

/* The item by name; what has no item is told by its title, which its own people and those that were asked may read. */
static enum zv_code read_brief(struct brief *out, struct telling *t, const char *sql, struct zv_str key, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, t->db, sql, err);

	*out = (struct brief){0};
	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, key);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	*out = (struct brief){
		.found = true,
		.uid = zv_str_dup(t->arena, zv_col_text(stmt, 0)),
		.what = zv_str_dup(t->arena, zv_col_text(stmt, 1)),
		.qty = quantity(stmt, 2, 3, t->arena),
		.region = region_name(zv_str_dup(t->arena, zv_col_text(stmt, 4)), t->arena),
	};
	zv_stmt_reset(stmt);
	return ZV_OK;
}

#define BRIEF "SELECT n.uid, COALESCE(i.name, n.title), n.qty_base, n.dim, n.region FROM need n LEFT JOIN item i ON i.id = n.item_id "

static enum zv_code need_brief(struct brief *out, struct telling *t, struct zv_err *err)
{
	return read_brief(out, t, BRIEF "WHERE n.uid = $1", t->row->subject, err);
}

static void tell(struct telling *t, struct zv_str title, struct zv_str href, const char *action)
{
	t->out->title = title;
	t->out->href = href;
	t->out->action = zv_str_c(zv_tr(action));
}

/* A text and a number found by the subject, for the shorter sentences; *found false when there is no row. */
static enum zv_code ask(bool *found, struct zv_str *text, int64_t *number, struct telling *t, const char *sql, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, t->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, t->row->subject);
	code = zv_stmt_step(found, stmt, err);
	if (code != ZV_OK || !*found)
		return code;
	*text = zv_str_dup(t->arena, zv_col_text(stmt, 0));
	*number = zv_col_int(stmt, 1);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* --- one function a kind ------------------------------------------------------------------------------------------------- */

static enum zv_code tell_own(struct telling *t, struct zv_err *err)
{
	struct zv_json_value params;
	const struct zv_json_value *title = NULL;
	enum zv_code code = zv_json_parse(&params, t->row->params, t->arena, err);

	if (code == ZV_OK)
		title = zv_json_get(&params, "title");
	if (code == ZV_OK && title != NULL)
		t->out->title = title->text;
	return code;
}

static enum zv_code tell_scouting(struct telling *t, struct zv_err *err)
{
	struct brief need;
	enum zv_code code =
		read_brief(&need, t, BRIEF "JOIN scouting s ON s.need_id = n.id WHERE s.uid = $1", t->row->subject, err);

	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr(N_("Say whether somebody in your region makes this: %.*s, %.*s for %.*s")), ZV_STR_FMT(need.what),
				   ZV_STR_FMT(need.qty), ZV_STR_FMT(need.region)),
		     zv_arena_strf(t->arena, "/scouting/%.*s", ZV_STR_FMT(t->row->subject)), N_("Answer"));
	return code;
}

static enum zv_code tell_contact(struct telling *t, struct zv_err *err)
{
	struct zv_contact_row contact = {0};
	struct brief need = {0};
	enum zv_code code = zv_contact_by_uid(&contact, t->db, t->row->subject, t->arena, err);

	if (code == ZV_E_NOTFOUND)
		return ZV_OK;
	if (code == ZV_OK)
		code = read_brief(&need, t, BRIEF "WHERE n.uid = $1", contact.need_uid, err);
	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr(N_("%.*s asks who needs this: %.*s, %.*s")), ZV_STR_FMT(contact.asker), ZV_STR_FMT(need.what),
				   ZV_STR_FMT(need.qty)),
		     ZV_STR("/contacts"), N_("Accept or decline"));
	return code;
}

static enum zv_code tell_approval(struct telling *t, struct zv_err *err)
{
	struct zv_approval_row approval;
	struct zv_str title = ZV_STR("");
	enum zv_code code = zv_approval_by_uid(&approval, t->db, t->row->subject, t->arena, err);

	if (code == ZV_E_NOTFOUND)
		return ZV_OK;
	if (code == ZV_OK)
		code = zv_approval_title(&title, t->db, approval.action, approval.subject, approval.params, t->arena, err);
	if (code == ZV_OK)
		tell(t, zv_arena_strf(t->arena, zv_tr(N_("A second person is asked for: %.*s")), ZV_STR_FMT(title)),
		     zv_arena_strf(t->arena, "/approvals/%.*s", ZV_STR_FMT(approval.uid)), N_("Approve or refuse"));
	return code;
}

static enum zv_code tell_confirm(struct telling *t, struct zv_err *err)
{
	struct brief need;
	struct zv_str until = zv_task_date(t->row->due, t->arena);
	enum zv_code code = need_brief(&need, t, err);

	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr(N_("Your need is in a lot, confirm it by %.*s: %.*s, %.*s")), ZV_STR_FMT(until),
				   ZV_STR_FMT(need.what), ZV_STR_FMT(need.qty)),
		     zv_arena_strf(t->arena, "/needs/%.*s", ZV_STR_FMT(t->row->subject)), N_("Confirm"));
	return code;
}

static enum zv_code tell_remind(struct telling *t, struct zv_err *err)
{
	static const char sql[] = "SELECT i.name, COUNT(*) FROM lot_run r JOIN lot l ON l.run_id = r.id JOIN item i ON i.id = l.item_id "
				  "JOIN lot_need k ON k.lot_id = l.id JOIN need n ON n.id = k.need_id "
				  "WHERE i.uid = $1 AND n.centre_id = $2 AND n.state IN (1, 2) GROUP BY i.name";
	struct zv_str item = ZV_STR("");
	struct zv_stmt *stmt;
	int64_t n = 0;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, t->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, t->row->subject);
	zv_bind_int(stmt, 2, t->row->centre_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		item = zv_str_dup(t->arena, zv_col_text(stmt, 0));
		n = zv_col_int(stmt, 1);
		zv_stmt_reset(stmt);
	}
	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena,
				   zv_tr_n("%.*s: %" PRId64 " need of your region is in a lot and not confirmed; remind its buyer",
					   "%.*s: %" PRId64 " needs of your region are in a lot and not confirmed; remind their buyers", n),
				   ZV_STR_FMT(item), n),
		     ZV_STR("/lots"), N_("Open the lots"));
	return code;
}

static enum zv_code tell_lot(struct telling *t, struct zv_err *err)
{
	static const char sql[] = "SELECT l.uid, i.name, l.qty_base, l.dim, (SELECT COUNT(*) FROM lot_need k WHERE k.lot_id = l.id) "
				  "FROM offer o JOIN lot l ON l.offer_id = o.id JOIN item i ON i.id = l.item_id WHERE o.uid = $1 "
				  "ORDER BY l.id DESC LIMIT 1";
	struct zv_str uid = ZV_STR(""), item = ZV_STR(""), qty = ZV_STR("");
	struct zv_stmt *stmt;
	int64_t n = 0;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, t->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, t->row->subject);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		uid = zv_str_dup(t->arena, zv_col_text(stmt, 0));
		item = zv_str_dup(t->arena, zv_col_text(stmt, 1));
		qty = quantity(stmt, 2, 3, t->arena);
		n = zv_col_int(stmt, 4);
		zv_stmt_reset(stmt);
	}
	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr_n("Say whether you make this lot: %.*s, %.*s for %" PRId64 " need",
						     "Say whether you make this lot: %.*s, %.*s for %" PRId64 " needs", n),
				   ZV_STR_FMT(item), ZV_STR_FMT(qty), n),
		     uid.n > 0 ? zv_arena_strf(t->arena, "/lots/%.*s", ZV_STR_FMT(uid)) : ZV_STR("/lots"), N_("Open the lot"));
	return code;
}

/* What a statement is about and how old it is. */
static enum zv_code stale(struct zv_str *item, int64_t *days, struct telling *t, const char *sql, struct zv_err *err)
{
	int64_t said = t->as_of;
	bool found;
	enum zv_code code = ask(&found, item, &said, t, sql, err);

	*days = t->as_of - said;
	return code;
}

static enum zv_code tell_capacity(struct telling *t, struct zv_err *err)
{
	static const char sql[] = "SELECT i.name, COALESCE((SELECT MAX(f.said_on) FROM fact f WHERE f.entity = 9 AND f.row_id = c.id AND "
				  "f.state = 1), c.said_on) FROM capacity c JOIN item i ON i.id = c.item_id WHERE c.uid = $1";
	struct zv_str item = ZV_STR("");
	int64_t days = 0;
	enum zv_code code = stale(&item, &days, t, sql, err);

	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr_n("Say whether your capacity for %.*s still holds: it was stated %" PRId64 " day ago",
						     "Say whether your capacity for %.*s still holds: it was stated %" PRId64 " days ago", days),
				   ZV_STR_FMT(item), days),
		     zv_arena_strf(t->arena, "/registers/capacities/%.*s", ZV_STR_FMT(t->row->subject)), N_("Still valid?"));
	return code;
}

static enum zv_code tell_offer(struct telling *t, struct zv_err *err)
{
	static const char sql[] = "SELECT i.name, COALESCE((SELECT MAX(f.said_on) FROM fact f WHERE f.entity = 8 AND f.row_id = o.id AND "
				  "f.state = 1), o.said_on) FROM offer o JOIN item i ON i.id = o.item_id WHERE o.uid = $1";
	struct zv_str item = ZV_STR("");
	int64_t days = 0;
	enum zv_code code = stale(&item, &days, t, sql, err);

	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr_n("Say whether your offer of %.*s still holds: it was made %" PRId64 " day ago",
						     "Say whether your offer of %.*s still holds: it was made %" PRId64 " days ago", days),
				   ZV_STR_FMT(item), days),
		     zv_arena_strf(t->arena, "/registers/offers/%.*s", ZV_STR_FMT(t->row->subject)), N_("Still valid?"));
	return code;
}

static enum zv_code tell_duplicates(struct telling *t, struct zv_err *err)
{
	static const char sql[] = "SELECT COUNT(*) FROM dup_pair d JOIN org o ON o.id = d.org_id WHERE d.verdict = 0 AND o.centre_id = $1";
	struct zv_stmt *stmt;
	int64_t n = 0;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, t->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, t->row->centre_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	tell(t,
	     zv_arena_strf(t->arena, zv_tr_n("%" PRId64 " probable duplicate waits: one organisation or two?",
					     "%" PRId64 " probable duplicates wait: one organisation or two?", n),
			   n),
	     ZV_STR("/duplicates"), N_("Decide"));
	return ZV_OK;
}

static enum zv_code tell_import(struct telling *t, struct zv_err *err)
{
	struct zv_str name = ZV_STR("");
	int64_t size;
	bool found;
	enum zv_code code = ask(&found, &name, &size, t, "SELECT name, size FROM upload WHERE uid = $1", err);

	if (code == ZV_OK)
		tell(t, zv_arena_strf(t->arena, zv_tr(N_("The file %.*s has been checked: apply it, or leave it")), ZV_STR_FMT(name)),
		     zv_arena_strf(t->arena, "/imports/%.*s", ZV_STR_FMT(t->row->subject)), N_("Open the import"));
	return code;
}

/* The reader's own line among the makers of the need: why it fits, or what would close the gap. */
static enum zv_code own_reason(struct zv_str *out, struct telling *t, struct zv_err *err)
{
	struct zv_match_result match;
	struct zv_str org = ZV_STR("");
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, t->db, "SELECT uid FROM org WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, t->row->org_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		org = zv_str_dup(t->arena, zv_col_text(stmt, 0));
		zv_stmt_reset(stmt);
	}
	if (code == ZV_OK)
		code = zv_match_run(&match, t->db, t->who, t->row->subject, ZV_DATE_NONE, t->arena, err);
	for (size_t i = 0; code == ZV_OK && i < match.n_makers; i++) {
		const struct zv_match_maker *maker = &match.makers[i];

		if (!zv_str_eq(maker->org_uid, org))
			continue;
		for (size_t k = 0; k < maker->n_lines && out->n == 0; k++)
			if (maker->lines[k].verdict == maker->verdict && maker->verdict != ZV_VERDICT_PASS)
				*out = maker->lines[k].text;
		if (maker->verdict == ZV_VERDICT_PASS)
			*out = zv_arena_strf(t->arena, zv_tr(N_("everything fits, ready on %.*s")),
					     ZV_STR_FMT(zv_task_date(maker->ready_on, t->arena)));
		break;
	}
	return code == ZV_E_NOTFOUND ? ZV_OK : code; /* it has been hidden since; the next refresh takes the task back */
}

static enum zv_code tell_possible(struct telling *t, struct zv_err *err)
{
	struct zv_str reason = ZV_STR("");
	struct brief need;
	enum zv_code code = need_brief(&need, t, err);

	if (code == ZV_OK && need.found)
		code = own_reason(&reason, t, err);
	if (code == ZV_OK)
		tell(t,
		     zv_arena_strf(t->arena, zv_tr(N_("A need in kilograms that you could make: %.*s, %.*s for %.*s (%.*s)")),
				   ZV_STR_FMT(need.what), ZV_STR_FMT(need.qty), ZV_STR_FMT(need.region), ZV_STR_FMT(reason)),
		     zv_arena_strf(t->arena, "/needs/%.*s", ZV_STR_FMT(t->row->subject)), N_("Open the need"));
	return code;
}

static enum zv_code tell_measure(struct telling *t, struct zv_err *err)
{
	struct zv_str title, measure;
	enum zv_code code = zv_measure_change_sentence(&title, &measure, t->db, t->row->org_id, t->row->subject, t->arena, err);

	if (code == ZV_OK)
		tell(t, title, zv_arena_strf(t->arena, "/measures/%.*s", ZV_STR_FMT(measure)), N_("Open the measure"));
	return code;
}

/* The cluster and the organisation of an invitation; `title` says them in this order. */
static enum zv_code tell_invitation(struct telling *t, const char *title, const char *action, struct zv_err *err)
{
	static const char sql[] = "SELECT c.name, o.name FROM invitation v JOIN cluster c ON c.id = v.cluster_id JOIN org o ON o.id = v.org_id WHERE v.uid = $1";
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, t->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, t->row->subject);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	tell(t, zv_arena_strf(t->arena, "%s: %.*s — %.*s", zv_tr(title), ZV_STR_FMT(zv_col_text(stmt, 0)), ZV_STR_FMT(zv_col_text(stmt, 1))),
	     zv_arena_strf(t->arena, "/invitations/%.*s", ZV_STR_FMT(t->row->subject)), action);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code tell_invited(struct telling *t, struct zv_err *err)
{
	return tell_invitation(t, N_("Answer the invitation to a cluster"), N_("Answer"), err);
}

static enum zv_code tell_accepted(struct telling *t, struct zv_err *err)
{
	return tell_invitation(t, N_("The invitation was accepted; make it a member"), N_("Open the invitation"), err);
}

static struct zv_str application_title(const struct telling *t, struct zv_str cluster, bool accepted)
{
	struct zv_str kind = t->row->kind;

	if (zv_str_eq_c(kind, "application.review"))
		return zv_arena_strf(t->arena, zv_tr(N_("An application for the register waits for you: %.*s")), ZV_STR_FMT(cluster));
	if (zv_str_eq_c(kind, "application.answer"))
		return zv_arena_strf(t->arena, zv_tr(N_("Answer the questions about the application of %.*s")), ZV_STR_FMT(cluster));
	if (zv_str_eq_c(kind, "application.correct"))
		return zv_arena_strf(t->arena, zv_tr(N_("Correct what was returned in the application of %.*s")), ZV_STR_FMT(cluster));
	if (accepted)
		return zv_arena_strf(t->arena, zv_tr(N_("The application of %.*s is accepted")), ZV_STR_FMT(cluster));
	return zv_arena_strf(t->arena, zv_tr(N_("The application of %.*s is refused")), ZV_STR_FMT(cluster));
}

/* An application for the register: the cluster by name, and what its state asks of the reader. */
static enum zv_code tell_application(struct telling *t, struct zv_err *err)
{
	static const char sql[] = "SELECT c.name, COALESCE(a.decision, 0) FROM application a JOIN cluster c ON c.id = a.cluster_id WHERE a.uid = $1";
	struct zv_str cluster = ZV_STR("");
	int64_t decision = 0;
	bool found;
	enum zv_code code = ask(&found, &cluster, &decision, t, sql, err);

	if (code == ZV_OK && found)
		tell(t, application_title(t, cluster, decision == 1), zv_arena_strf(t->arena, "/applications/%.*s", ZV_STR_FMT(t->row->subject)),
		     N_("Open the application"));
	return code;
}

static const struct {
	const char *kind;
	bool by_hand; /* closed by the person, as nothing else tells that it is done */
	enum zv_code (*tell)(struct telling *t, struct zv_err *err);
} kinds[] = {
	{"own", true, tell_own},
	{"scouting.answer", false, tell_scouting},
	{"contact.decide", false, tell_contact},
	{"approval.decide", false, tell_approval},
	{"need.confirm", false, tell_confirm},
	{"need.remind", false, tell_remind},
	{"need.possible", true, tell_possible},
	{"lot.answer", true, tell_lot},
	{"capacity.confirm", false, tell_capacity},
	{"offer.confirm", false, tell_offer},
	{"duplicates.decide", false, tell_duplicates},
	{"import.apply", true, tell_import},
	{"application.review", false, tell_application},
	{"application.answer", false, tell_application},
	{"application.correct", false, tell_application},
	{"application.decided", true, tell_application},
	{"invitation.answer", false, tell_invited},
	{"invitation.answered", false, tell_accepted},
	{"measure.changed", true, tell_measure},
};

bool zv_task_by_hand(struct zv_str kind)
{
	for (size_t i = 0; i < ZV_LEN(kinds); i++)
		if (zv_str_eq_c(kind, kinds[i].kind))
			return kinds[i].by_hand;
	return false;
}

enum zv_code zv_task_describe(struct zv_task *out, struct zv_db *db, const struct zv_who *who, const struct zv_task_row *row, zv_date as_of,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct telling t = {.out = out, .db = db, .who = who, .row = row, .as_of = as_of, .arena = arena};

	for (size_t i = 0; i < ZV_LEN(kinds); i++)
		if (zv_str_eq_c(row->kind, kinds[i].kind))
			return kinds[i].tell(&t, err);
	return zv_fail(err, ZV_E_BUG, "kind", N_("There is a task of an unknown kind: %.*s."), ZV_STR_FMT(row->kind));
}
