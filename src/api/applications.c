/* Applications for the register of clusters: reading them, and what both sides do with them. */
#include "app/application.h"

#include <unistd.h>

#include "api/api.h"
#include "api/download.h"
#include "api/operations.h"

enum { LIMIT = 50, TEXT_MAX = 4000, WORD_MAX = 100 };

static const char *const none[] = {NULL};

/* --- what is shown --------------------------------------------------------------------------------------------------------------- */

static void key_org(struct zv_api_call *call, const struct zv_application_row *row)
{
	if (row->org_uid.n > 0) {
		zv_api_key_named(call, "org", "org", row->org_uid, row->org_name);
		return;
	}
	zv_json_key(&call->json, "org");
	zv_json_null(&call->json);
}

static void key_pack(struct zv_api_call *call, const struct zv_application_row *row, struct zv_str title)
{
	zv_json_key(&call->json, "pack");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", row->pack_uid);
	zv_json_key_str(&call->json, "name", row->pack_name);
	zv_json_key_str(&call->json, "title", title);
	zv_json_end_object(&call->json);
}

static void add_brief(struct zv_api_call *call, const struct zv_application_row *row)
{
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key_str(json, "uid", row->uid);
	zv_api_key_named(call, "cluster", "cluster", row->cluster_uid, row->cluster_name);
	key_org(call, row);
	key_pack(call, row, row->pack_name);
	zv_json_key_c(json, "state", zv_application_state_name(row->state));
	zv_json_key_c(json, "decision", zv_application_decision_name(row));
	zv_json_key_int(json, "open", row->n_open);
	zv_api_key_date(call, "submitted_on", row->submitted_on);
	zv_api_key_instant(call, "made_at", row->made_ms);
	zv_api_key_instant(call, "changed_at", row->changed_ms);
	zv_json_end_object(json);
}

static void add_kept(struct zv_json *json, struct zv_str name, int64_t size, struct zv_str digest)
{
	zv_json_object(json);
	zv_json_key_str(json, "name", name);
	zv_json_key_int(json, "size", size);
	zv_json_key_str(json, "digest", digest);
	zv_json_end_object(json);
}

static void add_file(struct zv_api_call *call, const struct zv_application_file *file)
{
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key_str(json, "uid", file->uid);
	zv_json_key_str(json, "name", file->name);
	zv_json_key_int(json, "size", file->size);
	zv_json_key_str(json, "digest", file->digest);
	zv_json_key_str(json, "made_by", file->made_by);
	zv_api_key_instant(call, "made_at", file->made_ms);
	zv_json_key(json, "signature");
	if (file->signature_digest.n > 0)
		add_kept(json, file->signature_name, file->signature_size, file->signature_digest);
	else
		zv_json_null(json);
	zv_json_end_object(json);
}

static void add_line(struct zv_api_call *call, const struct zv_application_line *line)
{
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key_str(json, "document", line->document->id);
	zv_json_key_str(json, "title", line->title);
	zv_json_key_bool(json, "required", line->document->required);
	zv_json_key_bool(json, "signature", line->document->signature);
	zv_api_key_str_or_null(call, "criterion", line->document->criterion);
	zv_json_key(json, "file");
	if (line->file != NULL)
		add_file(call, line->file);
	else
		zv_json_null(json);
	zv_json_key_int(json, "earlier", line->earlier);
	zv_json_key_bool(json, "missing", line->missing);
	zv_json_key_bool(json, "editable", line->editable);
	zv_json_end_object(json);
}

static void add_criterion(struct zv_api_call *call, const struct zv_application_criterion *criterion)
{
	static const char *const truths[] = {"fail", "unknown", "pass"}, *const severities[] = {"block", "warn", "info"};
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key_str(json, "id", criterion->id);
	zv_json_key_int(json, "number", criterion->number);
	zv_json_key_str(json, "title", criterion->title);
	zv_json_key_c(json, "truth", criterion->checked ? truths[criterion->truth] : NULL);
	zv_json_key_c(json, "severity", severities[criterion->severity]);
	zv_json_key_bool(json, "blocking", criterion->blocking);
	zv_api_key_str_or_null(call, "left", criterion->left);
	zv_api_key_str_or_null(call, "op", criterion->op);
	zv_api_key_str_or_null(call, "right", criterion->right);
	zv_api_key_str_or_null(call, "working", criterion->working);
	zv_api_key_date(call, "on", criterion->on);
	zv_json_key_int(json, "corrections", criterion->corrections);
	zv_json_key_bool(json, "asked", criterion->asked);
	zv_json_key_bool(json, "open", criterion->open);
	zv_json_key_bool(json, "editable", criterion->editable);
	zv_json_end_object(json);
}

static void add_step(struct zv_api_call *call, const struct zv_application_step *step, struct zv_str title)
{
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key_str(json, "uid", step->uid);
	zv_json_key_c(json, "kind", zv_application_step_name(step->kind));
	zv_api_key_str_or_null(call, "criterion", step->criterion);
	zv_api_key_str_or_null(call, "criterion_title", title);
	zv_json_key_str(json, "body", step->body);
	zv_json_key_bool(json, "open", step->open);
	zv_json_key_str(json, "actor", step->actor);
	zv_api_key_instant(call, "at", step->at_ms);
	zv_json_end_object(json);
}

static void key_checked(struct zv_api_call *call, const struct zv_application *application)
{
	struct zv_json *json = &call->json;

	zv_json_key(json, "checked");
	zv_json_object(json);
	zv_api_key_date(call, "on", application->checked_on);
	zv_json_key_int(json, "passed", application->passed);
	zv_json_key_int(json, "failed", application->failed);
	zv_json_key_int(json, "unknown", application->unknown);
	zv_json_key_int(json, "total", application->total);
	zv_json_key_bool(json, "ready", application->n_missing == 0);
	zv_json_key(json, "missing");
	zv_json_array(json);
	for (size_t i = 0; i < application->n_missing; i++) {
		zv_json_object(json);
		zv_json_key_c(json, "kind", application->missing[i].kind);
		zv_json_key_str(json, "id", application->missing[i].id);
		zv_json_key_str(json, "title", application->missing[i].title);
		zv_json_key_str(json, "text", application->missing[i].text);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_end_object(json);
}

static void key_frozen(struct zv_api_call *call, const struct zv_application_row *row)
{
	struct zv_json *json = &call->json;

	zv_json_key(json, "frozen");
	if (row->submitted_on == ZV_DATE_NONE) {
		zv_json_null(json);
		return;
	}
	zv_json_object(json);
	zv_json_key_str(json, "digest", row->frozen_digest);
	zv_api_key_date(call, "on", row->submitted_on);
	zv_json_end_object(json);
}

static void key_decision(struct zv_api_call *call, const struct zv_application_row *row)
{
	struct zv_json *json = &call->json;

	zv_json_key(json, "decision");
	if (row->state != ZV_APPLICATION_DECIDED) {
		zv_json_null(json);
		return;
	}
	zv_json_object(json);
	zv_json_key_c(json, "decision", zv_application_decision_name(row));
	zv_api_key_date(call, "on", row->decided_on);
	zv_api_key_str_or_null(call, "order_no", row->order_no);
	zv_api_key_date(call, "order_on", row->order_on);
	zv_api_key_str_or_null(call, "number", row->number);
	zv_json_key_str(json, "note", row->note);
	zv_json_end_object(json);
}

static void key_may(struct zv_json *json, const struct zv_application_may *may)
{
	zv_json_key(json, "may");
	zv_json_object(json);
	zv_json_key_bool(json, "edit", may->edit);
	zv_json_key_bool(json, "precheck", may->precheck);
	zv_json_key_bool(json, "submit", may->submit);
	zv_json_key_bool(json, "answer", may->answer);
	zv_json_key_bool(json, "correct", may->correct);
	zv_json_key_bool(json, "withdraw", may->withdraw);
	zv_json_key_bool(json, "review", may->review);
	zv_json_key_bool(json, "decide", may->decide);
	zv_json_end_object(json);
}

static void add_application(struct zv_api_call *call, const struct zv_application *application)
{
	const struct zv_application_row *row = &application->row;
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key_str(json, "uid", row->uid);
	zv_api_key_named(call, "cluster", "cluster", row->cluster_uid, row->cluster_name);
	key_org(call, row);
	key_pack(call, row, application->pack_title);
	zv_json_key_c(json, "state", zv_application_state_name(row->state));
	zv_json_key_int(json, "version", row->version);
	zv_json_key_str(json, "made_by", row->made_by);
	zv_api_key_instant(call, "made_at", row->made_ms);
	zv_api_key_instant(call, "changed_at", row->changed_ms);
	zv_api_key_date(call, "submitted_on", row->submitted_on);
	key_checked(call, application);
	zv_json_key(json, "checklist");
	zv_json_array(json);
	for (size_t i = 0; i < application->n_lines; i++)
		add_line(call, &application->lines[i]);
	zv_json_end_array(json);
	zv_json_key(json, "criteria");
	zv_json_array(json);
	for (size_t i = 0; i < application->n_criteria; i++)
		add_criterion(call, &application->criteria[i]);
	zv_json_end_array(json);
	zv_json_key(json, "steps");
	zv_json_array(json);
	for (size_t i = 0; i < application->n_steps; i++)
		add_step(call, &application->steps[i], application->step_titles[i]);
	zv_json_end_array(json);
	key_frozen(call, row);
	key_decision(call, row);
	key_may(json, &application->may);
	zv_json_end_object(json);
}

static struct zv_str version_of(const struct zv_application_row *row, struct zv_arena *arena)
{
	return zv_arena_strf(arena, "%" PRId64, row->version);
}

static enum zv_code write_application(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_application application;
	enum zv_code code = zv_application_get(&application, call->db, call->who, uid, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_api_etag(call, version_of(&application.row, call->arena));
	add_application(call, &application);
	return ZV_OK;
}

/* --- reading ------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_query(struct zv_application_query *query, const struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_target *target = &call->request->target;
	enum zv_application_state state;
	struct zv_str text;

	(void)zv_target_param(&query->cluster_uid, target, "cluster");
	if (!zv_target_param(&text, target, "state"))
		return ZV_OK;
	if (zv_str_eq_c(text, "open"))
		query->state = -1;
	else if (zv_application_state_parse(&state, text))
		query->state = (int)state;
	else
		return zv_fail(err, ZV_E_INVALID, "state", N_("“%.*s” is no state of an application."), ZV_STR_FMT(zv_str_first(text, 40)));
	return ZV_OK;
}

enum zv_code zv_api_applications(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"state", "cluster", "limit", "cursor", NULL};
	struct zv_application_query query = {0};
	struct zv_application_row *rows = NULL;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&query.limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&query.before, call, err);
	if (code == ZV_OK)
		code = read_query(&query, call, err);
	if (code == ZV_OK)
		code = zv_application_list(&rows, &n, call->db, call->who, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_brief(call, &rows[i]);
	zv_api_end_items(call, n == (size_t)query.limit ? zv_api_cursor_text(rows[n - 1].id, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_application(struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_application(call, call->args[0], err) : code;
}

/* Bytes that are not what they were: trying again does not help, so it is no 503. */
static enum zv_code changed(struct zv_api_call *call, enum zv_code code, const char *word)
{
	if (code == ZV_E_IO) {
		call->problem_status = 409;
		call->problem_code = word;
	}
	return code;
}

enum zv_code zv_api_application_copy(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application_row row;
	struct zv_str copy;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = changed(call, zv_application_copy(&copy, &row, call->db, call->who, call->args[0], call->arena, err), "copy.changed");
	if (code != ZV_OK)
		return code;
	zv_buf_reset(call->answer->body);
	zv_buf_add_str(call->answer->body, copy); /* to the byte: its digest is row.frozen_digest */
	zv_api_download(call, "application/json", zv_arena_strf(call->arena, "%.*s.json", ZV_STR_FMT(row.uid)));
	zv_api_etag(call, row.frozen_digest);
	return ZV_OK;
}

enum zv_code zv_api_application_checklist(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application application;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_application_get(&application, call->db, call->who, call->args[0], call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_buf_reset(call->answer->body);
	zv_application_checklist_csv(call->answer->body, &application);
	zv_api_download(call, ZV_API_CSV, zv_arena_strf(call->arena, "checklist-%.*s.csv", ZV_STR_FMT(application.row.uid)));
	return ZV_OK;
}

/* ".pdf" of a name, when it is short and plain. */
static struct zv_str ending(struct zv_str name)
{
	size_t n = 0;

	while (n < 6 && n < name.n && ((name.p[name.n - n - 1] | 0x20) >= 'a' ? (name.p[name.n - n - 1] | 0x20) <= 'z'
									       : name.p[name.n - n - 1] >= '0' && name.p[name.n - n - 1] <= '9'))
		n++;
	if (n == 0 || n == name.n || name.p[name.n - n - 1] != '.')
		return ZV_STR("");
	return zv_str_from(name, name.n - n - 1);
}

static enum zv_code give_file(struct zv_api_call *call, bool signature, struct zv_err *err)
{
	struct zv_application_file file;
	struct zv_str name;
	int fd = -1;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = changed(call,
			       zv_application_open_file(&fd, &file, call->db, call->with->files, call->who, call->args[0], call->args[1], signature,
							call->arena, err),
			       "file.changed");
	if (code != ZV_OK)
		return code;
	name = zv_arena_strf(call->arena, "%.*s%.*s", ZV_STR_FMT(file.document), ZV_STR_FMT(ending(file.name)));
	if (signature)
		name = zv_arena_strf(call->arena, "%.*s%.*s", ZV_STR_FMT(name),
				     ZV_STR_FMT(ending(file.signature_name).n > 0 ? ending(file.signature_name) : ZV_STR(".sig")));
	return zv_api_download_fd(call, fd, "application/octet-stream", name, err);
}

static enum zv_code give_document(struct zv_api_call *call, struct zv_err *err)
{
	return give_file(call, false, err);
}

static enum zv_code give_signature(struct zv_api_call *call, struct zv_err *err)
{
	return give_file(call, true, err);
}

/* Comparing the bytes of a large file with its digest takes a while. */
enum zv_code zv_api_application_file(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, give_document, err);
}

enum zv_code zv_api_application_signature(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, give_signature, err);
}

/* --- changing ------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_api_application_start(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"pack", NULL};
	struct zv_str pack, uid;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&pack, call, "pack", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_application_start(&uid, call->db, call->who, call->args[0], pack, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/applications/", uid);
	return write_application(call, uid, err);
}

/* The application that the path names, at the version that the sender has seen. */
static enum zv_code open_act(struct zv_application_act *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application_row row;
	enum zv_code code = zv_application_head(&row, call->db, call->who, call->args[0], call->arena, err);

	*out = (struct zv_application_act){
		.db = call->db, .files = call->with->files, .who = call->who, .uid = call->args[0], .arena = call->arena};
	return code == ZV_OK ? zv_api_if_match(call, version_of(&row, call->arena), err) : code;
}

/* A failure names each thing that is missing. */
static void name_missing(struct zv_api_call *call, const struct zv_application_lack *lack)
{
	struct zv_api_fault *faults = ZV_ARENA_ARRAY(call->arena, struct zv_api_fault, lack->n + 1);

	for (size_t i = 0; i < lack->n; i++) {
		const struct zv_application_missing *missing = &lack->missing[i];

		faults[i] = (struct zv_api_fault){
			zv_arena_strf(call->arena, "%s/%.*s", zv_str_eq_c(ZV_STR("criterion"), missing->kind) ? "criteria" : "checklist", ZV_STR_FMT(missing->id)),
			missing->kind, missing->text};
	}
	call->problem_faults = faults;
	call->n_problem_faults = lack->n;
}

/* The answer of every change: the application as it is now. */
static enum zv_code answer(struct zv_api_call *call, enum zv_code code, struct zv_err *err)
{
	return code == ZV_OK ? write_application(call, call->args[0], err) : code;
}

static enum zv_code put_file(struct zv_api_call *call, bool signature, struct zv_err *err)
{
	static const char *const names[] = {"name", NULL};
	struct zv_application_act act;
	struct zv_str name = ZV_STR("file");
	enum zv_code code = zv_api_only(call, names, err);

	(void)zv_target_param(&name, &call->request->target, "name");
	if (code == ZV_OK)
		code = open_act(&act, call, err);
	if (code == ZV_OK)
		code = zv_application_put(&act, call->args[1], signature, name, call->request->body_fd, err);
	return answer(call, code, err);
}

enum zv_code zv_api_application_put(struct zv_api_call *call, struct zv_err *err)
{
	return put_file(call, false, err);
}

enum zv_code zv_api_application_sign(struct zv_api_call *call, struct zv_err *err)
{
	return put_file(call, true, err);
}

enum zv_code zv_api_application_remove(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application_act act;
	enum zv_code code = open_act(&act, call, err);

	if (code == ZV_OK)
		code = zv_application_remove(&act, call->args[1], err);
	return answer(call, code, err);
}

enum zv_code zv_api_application_precheck(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application_act act;
	enum zv_code code = open_act(&act, call, err);

	if (code == ZV_OK)
		code = zv_application_precheck(&act, err);
	return answer(call, code, err);
}

enum zv_code zv_api_application_submit(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application_lack lack = {0};
	struct zv_application_act act;
	enum zv_code code = open_act(&act, call, err);

	act.lack = &lack;
	if (code == ZV_OK)
		code = zv_application_submit(&act, err);
	name_missing(call, &lack);
	return answer(call, code, err);
}

/* What is said about a criterion, by either side. */
static enum zv_code remark(struct zv_api_call *call,
			   enum zv_code (*say)(const struct zv_application_act *act, struct zv_str criterion, struct zv_str text, struct zv_err *err),
			   struct zv_err *err)
{
	static const char *const names[] = {"criterion", "text", NULL};
	struct zv_str criterion, text;
	struct zv_application_act act;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&criterion, call, "criterion", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&text, call, "text", true, TEXT_MAX, err);
	if (code == ZV_OK)
		code = open_act(&act, call, err);
	if (code == ZV_OK)
		code = say(&act, criterion, text, err);
	return answer(call, code, err);
}

enum zv_code zv_api_application_ask(struct zv_api_call *call, struct zv_err *err)
{
	return remark(call, zv_application_ask, err);
}

enum zv_code zv_api_application_answer(struct zv_api_call *call, struct zv_err *err)
{
	return remark(call, zv_application_answer, err);
}

enum zv_code zv_api_application_return(struct zv_api_call *call, struct zv_err *err)
{
	return remark(call, zv_application_return, err);
}

static enum zv_code with_text(struct zv_api_call *call, enum zv_code (*run)(const struct zv_application_act *act, struct zv_str text, struct zv_err *err),
			      struct zv_err *err)
{
	static const char *const names[] = {"text", NULL};
	struct zv_application_lack lack = {0};
	struct zv_application_act act = {0};
	struct zv_str text;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&text, call, "text", false, TEXT_MAX, err);
	if (code == ZV_OK)
		code = open_act(&act, call, err);
	act.lack = &lack;
	if (code == ZV_OK)
		code = run(&act, text, err);
	name_missing(call, &lack);
	return answer(call, code, err);
}

enum zv_code zv_api_application_correct(struct zv_api_call *call, struct zv_err *err)
{
	return with_text(call, zv_application_correct, err);
}

enum zv_code zv_api_application_withdraw(struct zv_api_call *call, struct zv_err *err)
{
	return with_text(call, zv_application_withdraw, err);
}

static enum zv_code read_verdict(struct zv_application_verdict *out, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"decision", "order_no", "order_on", "number", "note", NULL};
	struct zv_str decision;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&decision, call, "decision", true, WORD_MAX, err);
	if (code == ZV_OK && !zv_str_eq_c(decision, "accepted") && !zv_str_eq_c(decision, "refused"))
		return zv_fail(err, ZV_E_INVALID, "decision", N_("Decide “accepted” or “refused”."));
	if (code == ZV_OK)
		code = zv_api_text(&out->order_no, call, "order_no", false, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&out->order_on, call, "order_on", false, err);
	if (code == ZV_OK)
		code = zv_api_text(&out->number, call, "number", false, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&out->note, call, "note", false, TEXT_MAX, err);
	if (code == ZV_OK)
		out->accepted = zv_str_eq_c(decision, "accepted");
	return code;
}

enum zv_code zv_api_application_decide(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_application_verdict verdict = {0};
	struct zv_application_act act;
	enum zv_code code = read_verdict(&verdict, call, err);

	if (code == ZV_OK)
		code = open_act(&act, call, err);
	if (code == ZV_OK)
		code = zv_application_decide(&act, &verdict, err);
	return answer(call, code, err);
}
