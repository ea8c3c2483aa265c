/* Tasks as people see and close them. What makes them is tasks_rules.c and the use cases; what they say is tasks_text.c. */
#include "app/tasks.h"

#include "app/lots_run.h"
#include "app/note.h"
#include "app/tasks_inner.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "format/json_write.h"

enum { TITLE_MAX = 300, LIMIT_MAX = 200 };

static const char own_kind[] = "own";
static const char *const states[] = {"any", "open", "done", "declined", "withdrawn"};

const char *zv_task_state_name(enum zv_task_state state)
{
	return states[state];
}

bool zv_task_state_parse(enum zv_task_state *out, struct zv_str name)
{
	for (size_t i = ZV_TASK_OPEN; i < ZV_LEN(states); i++) {
		if (!zv_str_eq_c(name, states[i]))
			continue;
		*out = (enum zv_task_state)i;
		return true;
	}
	return false;
}

static void add_once(int64_t *list, int *n, int64_t value)
{
	for (int i = 0; i < *n; i++)
		if (list[i] == value)
			return;
	list[(*n)++] = value;
}

void zv_tasks_owner(struct zv_task_owner *out, const struct zv_who *who)
{
	_Static_assert((int)ZV_GRANTS_MAX <= (int)ZV_TASK_OWNERS_MAX, "every grant has a place");

	*out = (struct zv_task_owner){.account_id = who->account_id};
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];

		out->everything = out->everything || grant->role == ZV_ROLE_LOCAL;
		if (grant->org_id != 0)
			add_once(out->orgs, &out->n_orgs, grant->org_id);
		if (grant->role != ZV_ROLE_OPERATOR)
			continue;
		if (grant->centre_id == -1)
			out->all_centres = true;
		else
			add_once(out->centres, &out->n_centres, grant->centre_id);
	}
}

static enum zv_code fill(struct zv_task *out, struct zv_db *db, const struct zv_who *who, const struct zv_task_row *row, zv_date as_of,
			 struct zv_arena *arena, struct zv_err *err)
{
	*out = (struct zv_task){
		.id = row->id,
		.uid = row->uid,
		.kind = row->kind,
		.due = row->due,
		.overdue = row->state == ZV_TASK_ROW_OPEN && row->due != ZV_DATE_NONE && row->due < as_of,
		.subject = zv_str_eq_c(row->kind, own_kind) ? ZV_STR("") : row->subject,
		.state = (enum zv_task_state)row->state,
		.made_ms = row->made_ms,
		.ended_ms = row->ended_ms,
	};
	return zv_task_describe(out, db, who, row, as_of, arena, err);
}

enum zv_code zv_tasks_list(struct zv_tasks_page *out, struct zv_db *db, const struct zv_who *who, const struct zv_tasks_query *query,
			   struct zv_arena *arena, struct zv_err *err)
{
	int limit = query->limit > 0 && query->limit < LIMIT_MAX ? query->limit : LIMIT_MAX;
	struct zv_task_query rows_query = {
		.state = (int)query->state, .kind = query->kind, .offset = query->after, .limit = limit + 1};
	struct zv_task_owner owner;
	struct zv_task_row *rows = NULL;
	struct zv_tasks_page page = {0};
	zv_date as_of = ZV_DATE_NONE;
	size_t n = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_OWN_ACCOUNT, err);

	zv_tasks_owner(&owner, who);
	if (code == ZV_OK)
		code = zv_as_of(&as_of, db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = zv_task_page(&rows, &n, db, &owner, &rows_query, arena, err);
	if (code != ZV_OK)
		return code;
	page.n = n > (size_t)limit ? (size_t)limit : n;
	page.next = n > (size_t)limit ? query->after + limit : 0;
	page.tasks = ZV_ARENA_ARRAY(arena, struct zv_task, page.n + 1);
	for (size_t i = 0; i < page.n && code == ZV_OK; i++)
		code = fill(&page.tasks[i], db, who, &rows[i], as_of, arena, err);
	if (code == ZV_OK)
		*out = page;
	return code;
}

/* One that is this person's; those of others are as if they were not there. */
static enum zv_code own_row(struct zv_task_row *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			    struct zv_err *err)
{
	struct zv_task_owner owner;
	enum zv_code code = zv_task_by_uid(out, db, uid, arena, err);

	zv_tasks_owner(&owner, who);
	if (code == ZV_OK && !zv_task_is_of(out, &owner))
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no task “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	return code;
}

enum zv_code zv_tasks_get(struct zv_task *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct zv_task_row row;
	zv_date as_of;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_OWN_ACCOUNT, err);

	if (code == ZV_OK)
		code = own_row(&row, db, who, uid, arena, err);
	if (code == ZV_OK)
		code = zv_as_of(&as_of, db, ZV_DATE_NONE, err);
	return code == ZV_OK ? fill(out, db, who, &row, as_of, arena, err) : code;
}

static struct zv_str title_json(struct zv_str title, struct zv_arena *arena)
{
	struct zv_json json;
	struct zv_str text;
	struct zv_out out;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_str(&json, "title", title);
	zv_json_end_object(&json);
	text = zv_str_dup(arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

enum zv_code zv_tasks_add(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str title, zv_date due,
			  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_object mine = {.centre_id = who->n_grants > 0 ? who->grants[0].centre_id : -1, .org_id = zv_who_org(who)};
	struct zv_task_row row = {
		.kind = zv_str_c(own_kind), .account_id = who->account_id, .centre_id = -1, .due = due, .made_by = who->actor};
	char subject[ZV_UID_TEXT];
	enum zv_code code = zv_rights_need_some(who, ZV_DO_TASK, err);

	title = zv_str_trim(title);
	if (code == ZV_OK && who->account_id == 0)
		code = zv_fail(err, ZV_E_DENIED, "", N_("A task is for somebody: sign in, or say with --as whose it is."));
	if (code == ZV_OK && title.n == 0)
		code = zv_fail(err, ZV_E_INVALID, "title", N_("Say in “title” what is to be done."));
	if (code == ZV_OK && zv_utf8_count(title) > TITLE_MAX)
		code = zv_fail(err, ZV_E_INVALID, "title", N_("Shorten the title to %d characters."), TITLE_MAX);
	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	row.params = title_json(title, arena);
	zv_uid_new(subject, "own"); /* it is about nothing else, but two of them are two */
	row.subject = zv_str_c(subject);
	code = zv_task_insert(db, &row, arena, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "task.add", row.uid, mine, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	else
		*uid = row.uid;
	return code;
}

static enum zv_code may_end(const struct zv_task_row *row, enum zv_task_state state, struct zv_err *err)
{
	if (state != ZV_TASK_DONE && state != ZV_TASK_DECLINED)
		return zv_fail(err, ZV_E_INVALID, "state", N_("A task is closed as “done” or “declined”."));
	if (row->state != ZV_TASK_ROW_OPEN)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This task is closed already."));
	if (!zv_task_by_hand(row->kind))
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This task closes by itself when what it asks for is done; its page is in “href”."));
	return ZV_OK;
}

enum zv_code zv_tasks_end(struct zv_db *db, const struct zv_who *who, struct zv_str uid, enum zv_task_state state, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct zv_task_row row;
	struct zv_str detail;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_TASK, err);

	if (code == ZV_OK)
		code = own_row(&row, db, who, uid, arena, err);
	if (code == ZV_OK)
		code = may_end(&row, state, err);
	if (code != ZV_OK || (code = zv_db_begin(db, err)) != ZV_OK)
		return code;
	detail = zv_arena_strf(arena, "{\"kind\":\"%.*s\",\"state\":\"%s\"}", ZV_STR_FMT(row.kind), zv_task_state_name(state));
	code = zv_task_end(db, row.id, (int)state, who->actor, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "task.end", row.uid, (struct zv_object){row.centre_id, row.org_id}, detail, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}
