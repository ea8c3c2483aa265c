/* The private calendar of an account: its address, and what a calendar program finds there. */
#include "app/calendar.h"

#include <stdio.h>
#include <string.h>

#include "app/account_inside.h"
#include "app/measures.h"
#include "app/rules_json.h"
#include "app/tasks.h"
#include "auth/auth.h"
#include "base/tr.h"
#include "format/ical.h"
#include "store/measure.h"

enum { TASKS_MAX = 200, LANG_TEXT = 4 };

/* --- the address -------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_calendar_state(int64_t *made_ms, struct zv_db *db, const struct zv_who *who, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_calendar_link link = {0};
	bool found = false;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_OWN_ACCOUNT, err);

	zv_arena_init(&arena);
	if (code == ZV_OK)
		code = zv_calendar_link_of(&found, &link, db, who->account_id, &arena, err);
	if (code == ZV_OK)
		*made_ms = found ? link.made_ms : 0;
	zv_arena_done(&arena);
	return code;
}

/* In a transaction: `secret` empty: the address ends. */
static enum zv_code change(int64_t *made_ms, struct zv_db *db, const struct zv_who *who, struct zv_str secret, struct zv_arena *arena, struct zv_err *err)
{
	char hash[ZV_DIGEST_HEX] = "";
	struct zv_account account;
	struct zv_calendar_link link = {.account_id = who->account_id};
	enum zv_code code = zv_rights_need_some(who, ZV_DO_OWN_ACCOUNT, err);

	if (code == ZV_OK)
		code = zv_own_account(&account, db, who, arena, err);
	if (code != ZV_OK)
		return code;
	if (secret.n > 0) {
		zv_secret_hash(hash, secret);
		link.hash = zv_str_c(hash);
		code = zv_calendar_link_put(db, &link, err);
		*made_ms = link.made_ms;
	} else {
		code = zv_calendar_link_end(db, who->account_id, err);
	}
	if (code == ZV_OK)
		code = zv_account_tell(db, who, &account, secret.n > 0 ? "account.calendar.open" : "account.calendar.end", ZV_STR(""), err);
	return code;
}

static enum zv_code change_whole(int64_t *made_ms, struct zv_db *db, const struct zv_who *who, struct zv_str secret, struct zv_err *err)
{
	struct zv_arena arena;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = change(made_ms, db, who, secret, &arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_calendar_open(char secret[ZV_SECRET_TEXT], int64_t *made_ms, struct zv_db *db, const struct zv_who *who, struct zv_err *err)
{
	char fresh[ZV_SECRET_TEXT];
	enum zv_code code;

	/* Or a stolen one could live on in the address. */
	if (who->by_token)
		return zv_fail(err, ZV_E_DENIED, "", N_("A token cannot make the address of a calendar. Sign in with a password."));
	zv_secret_new(fresh);
	code = change_whole(made_ms, db, who, zv_str_c(fresh), err);
	if (code == ZV_OK)
		memcpy(secret, fresh, sizeof(fresh));
	zv_secret_forget(fresh, sizeof(fresh));
	return code;
}

enum zv_code zv_calendar_end(struct zv_db *db, const struct zv_who *who, struct zv_err *err)
{
	int64_t unused;

	return change_whole(&unused, db, who, ZV_STR(""), err);
}

/* --- the feed ------------------------------------------------------------------------------------------------------------------------ */

/* A day of the window is written as long as the window: an end that is open, or not known, leaves the day that is. */
static void add_window(struct zv_buf *out, const struct zv_measure_event *event, struct zv_arena *arena)
{
	const struct zv_rules_rule *rule = event->measure.rule;
	const struct zv_rules_window *window = event->window;
	struct zv_str title = zv_rules_words(&rule->title), what = zv_rules_words(&window->title), amount = zv_rules_words(&rule->amount_text);
	zv_date first = window->from != ZV_DATE_NONE ? window->from : window->to, last = window->to != ZV_DATE_NONE ? window->to : window->from;
	char day[ZV_DATE_TEXT];

	if (first == ZV_DATE_NONE)
		return;
	zv_date_format(day, first);
	zv_ical_begin(out, "VEVENT");
	/* A window whose end is moved stays the same event; editions of the pack do not matter. */
	zv_ical_text(out, "UID", zv_arena_strf(arena, "window-%.*s-%s@zveno", ZV_STR_FMT(rule->id), day));
	zv_ical_instant(out, "DTSTAMP", event->measure.pack->loaded_ms);
	zv_ical_date(out, "DTSTART", first);
	zv_ical_date(out, "DTEND", last + 1);
	zv_ical_text(out, "SUMMARY", what.n > 0 ? zv_arena_strf(arena, "%.*s: %.*s", ZV_STR_FMT(what), ZV_STR_FMT(title)) : title);
	zv_ical_text(out, "DESCRIPTION",
		     zv_arena_strf(arena, "%.*s%s%.*s%s%.*s", ZV_STR_FMT(amount), amount.n > 0 ? "\n" : "", ZV_STR_FMT(rule->act_old),
				   rule->act_old.n > 0 && rule->act_new.n > 0 ? "; " : "", ZV_STR_FMT(rule->act_new)));
	zv_ical_plain(out, "TRANSP", ZV_STR("TRANSPARENT"));
	zv_ical_end(out, "VEVENT");
}

static void add_task(struct zv_buf *out, const struct zv_task *task, struct zv_arena *arena)
{
	if (task->title.n == 0) /* what it was about is gone; the next refresh takes it back */
		return;
	zv_ical_begin(out, "VTODO");
	zv_ical_text(out, "UID", zv_arena_strf(arena, "%.*s@zveno", ZV_STR_FMT(task->uid)));
	zv_ical_instant(out, "DTSTAMP", task->made_ms);
	zv_ical_instant(out, "CREATED", task->made_ms);
	if (task->due != ZV_DATE_NONE)
		zv_ical_date(out, "DUE", task->due);
	zv_ical_text(out, "SUMMARY", task->title);
	zv_ical_text(out, "DESCRIPTION", task->href);
	zv_ical_plain(out, "STATUS", ZV_STR("NEEDS-ACTION"));
	zv_ical_end(out, "VTODO");
}

static enum zv_code add_windows(struct zv_buf *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_measure_event *events;
	size_t n = 0;
	zv_date day;
	enum zv_code code;

	if (!zv_may_some(who, ZV_DO_RULES_READ))
		return ZV_OK;
	code = zv_measure_calendar(&events, &n, &day, db, who, ZV_DATE_NONE, ZV_DATE_NONE, ZV_DATE_NONE, arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		add_window(out, &events[i], arena);
	return code;
}

static enum zv_code add_tasks(struct zv_buf *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .limit = TASKS_MAX};
	struct zv_tasks_page page = {0};
	enum zv_code code;

	if (!zv_may_some(who, ZV_DO_OWN_ACCOUNT))
		return ZV_OK;
	code = zv_tasks_list(&page, db, who, &query, arena, err);
	for (size_t i = 0; i < page.n && code == ZV_OK; i++)
		add_task(out, &page.tasks[i], arena);
	return code;
}

static enum zv_code write_feed(struct zv_buf *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code;

	zv_ical_begin(out, "VCALENDAR");
	zv_ical_plain(out, "VERSION", ZV_STR("2.0"));
	zv_ical_plain(out, "PRODID", ZV_STR("-//Zveno//Zveno//EN"));
	zv_ical_plain(out, "CALSCALE", ZV_STR("GREGORIAN"));
	zv_ical_plain(out, "METHOD", ZV_STR("PUBLISH"));
	zv_ical_text(out, "X-WR-CALNAME", zv_str_c(zv_tr(N_("Zveno: tasks and deadlines"))));
	zv_ical_plain(out, "REFRESH-INTERVAL;VALUE=DURATION", ZV_STR("PT1H"));
	code = add_windows(out, db, who, arena, err);
	if (code == ZV_OK)
		code = add_tasks(out, db, who, arena, err);
	zv_ical_end(out, "VCALENDAR");
	return code;
}

/* The account behind an address that holds and is in use. */
static enum zv_code owner_of(struct zv_account *out, struct zv_db *db, struct zv_str secret, struct zv_arena *arena, struct zv_err *err)
{
	char hash[ZV_DIGEST_HEX];
	struct zv_calendar_link link;
	bool found = false;
	enum zv_code code = ZV_OK;

	if (zv_secret_check(secret)) {
		zv_secret_hash(hash, secret);
		code = zv_calendar_link_by_hash(&found, &link, db, zv_str_c(hash), arena, err);
	}
	if (code == ZV_OK && found) {
		code = zv_account_by_id(out, db, link.account_id, arena, err);
		found = code == ZV_OK && out->state == ZV_ACCOUNT_ACTIVE;
	}
	if ((code == ZV_OK && !found) || code == ZV_E_NOTFOUND)
		code = zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such calendar. Make a new address in the settings of the account."));
	return code;
}

enum zv_code zv_calendar_feed(struct zv_buf *out, struct zv_db *db, struct zv_str secret, struct zv_arena *arena, struct zv_err *err)
{
	char before[LANG_TEXT];
	struct zv_account account;
	struct zv_who who;
	size_t start = out->n;
	enum zv_code code = owner_of(&account, db, secret, arena, err);

	if (code != ZV_OK)
		return code;
	zv_who_of_account(&who, &account, arena);
	(void)snprintf(before, sizeof(before), "%s", zv_tr_lang());
	/* Calendar programs send no language worth speaking of. */
	zv_tr_set_lang(zv_str_eq_c(account.lang, "en") ? "en" : "ru");
	code = write_feed(out, db, &who, arena, err);
	zv_tr_set_lang(before);
	if (code != ZV_OK)
		out->n = start;
	return code;
}
