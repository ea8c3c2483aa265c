/* The home page, and tasks. */
#include "api/operations.h"
#include "app/home.h"

enum { LIMIT = 50, TITLE_MAX = 300, WORD_MAX = 60 };

static void add_task(struct zv_api_call *call, const struct zv_task *task)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", task->uid);
	zv_json_key_str(&call->json, "kind", task->kind);
	zv_json_key_str(&call->json, "title", task->title);
	zv_api_key_date(call, "due", task->due);
	zv_json_key_bool(&call->json, "overdue", task->overdue);
	zv_api_key_str_or_null(call, "href", task->href);
	zv_api_key_str_or_null(call, "subject", task->subject);
	zv_json_key_c(&call->json, "state", zv_task_state_name(task->state));
	zv_api_key_instant(call, "made_at", task->made_ms);
	zv_api_key_instant(call, "ended_at", task->ended_ms);
	zv_json_key(&call->json, "action");
	if (task->action.n > 0 && task->state == ZV_TASK_OPEN) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "label", task->action);
		zv_json_end_object(&call->json);
	} else {
		zv_json_null(&call->json);
	}
	zv_json_end_object(&call->json);
}

static void add_figures(struct zv_api_call *call, const struct zv_home *home)
{
	zv_json_key(&call->json, "figures");
	zv_json_array(&call->json);
	for (int i = 0; i < home->n_figures; i++) {
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "code", home->figures[i].code);
		zv_json_key_str(&call->json, "label", home->figures[i].label);
		zv_json_key_int(&call->json, "value", home->figures[i].value);
		zv_json_key_str(&call->json, "href", home->figures[i].href);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

enum zv_code zv_api_home(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_home home;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_home_load(&home, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "role", zv_role_name(home.role));
	zv_json_key(&call->json, "tasks");
	zv_json_array(&call->json);
	for (size_t i = 0; i < home.tasks.n; i++)
		add_task(call, &home.tasks.tasks[i]);
	zv_json_end_array(&call->json);
	zv_json_key_bool(&call->json, "more", home.tasks.next != 0);
	add_figures(call, &home);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static enum zv_code read_query(struct zv_tasks_query *out, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"state", "kind", "limit", "cursor", NULL};
	struct zv_str state;
	enum zv_code code = zv_api_only(call, known, err);

	*out = (struct zv_tasks_query){.state = ZV_TASK_OPEN};
	if (code == ZV_OK)
		code = zv_api_limit(&out->limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&out->after, call, err);
	if (code == ZV_OK && zv_target_param(&state, &call->request->target, "state")) {
		if (zv_str_eq_c(state, "any"))
			out->state = ZV_TASK_ANY;
		else if (!zv_task_state_parse(&out->state, state))
			code = zv_fail(err, ZV_E_INVALID, "state", N_("“%.*s” is no state of a task: open, done, declined, withdrawn or any."),
				       ZV_STR_FMT(zv_str_first(state, WORD_MAX)));
	}
	if (code == ZV_OK)
		(void)zv_target_param(&out->kind, &call->request->target, "kind");
	return code;
}

enum zv_code zv_api_tasks(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_tasks_query query;
	struct zv_tasks_page page = {0};
	enum zv_code code = read_query(&query, call, err);

	if (code == ZV_OK)
		code = zv_tasks_list(&page, call->db, call->who, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < page.n; i++)
		add_task(call, &page.tasks[i]);
	zv_api_end_items(call, page.next != 0 ? zv_api_cursor_text(page.next, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

static enum zv_code write_task(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_task task;
	enum zv_code code = zv_tasks_get(&task, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		add_task(call, &task);
	return code;
}

enum zv_code zv_api_task(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_task(call, call->args[0], err) : code;
}

enum zv_code zv_api_task_add(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"title", "due", NULL};
	struct zv_str title = {0}, uid = {0};
	zv_date due = ZV_DATE_NONE;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&title, call, "title", true, TITLE_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&due, call, "due", false, err);
	if (code == ZV_OK)
		code = zv_tasks_add(&uid, call->db, call->who, title, due, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/tasks/", uid);
	return write_task(call, uid, err);
}

enum zv_code zv_api_task_end(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"state", NULL};
	struct zv_str text = {0};
	enum zv_task_state state = ZV_TASK_OPEN;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&text, call, "state", true, WORD_MAX, err);
	if (code == ZV_OK && !zv_task_state_parse(&state, text))
		code = zv_fail(err, ZV_E_INVALID, "state", N_("A task is closed as “done” or “declined”."));
	if (code == ZV_OK)
		code = zv_tasks_end(call->db, call->who, call->args[0], state, call->arena, err);
	return code == ZV_OK ? write_task(call, call->args[0], err) : code;
}
