/* Files handed in: kept and read in a dry run, applied, and the rows at fault given back. */
#include "api/api.h"
#include "api/download.h"
#include "api/operations.h"
#include "app/import_kind.h"
#include "app/imports.h"
#include "app/view_record.h"
#include "base/tr.h"

enum { LIMIT = 50 };

enum zv_code zv_api_import_kinds(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	const struct zv_import_kind *kind;
	enum zv_code code = zv_api_only(call, none, err);

	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; (kind = zv_import_kind_at(i)) != NULL; i++) {
		if (!zv_imports_may(call->who, kind))
			continue;
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "kind", kind->name);
		zv_json_key_c(&call->json, "label", zv_tr(kind->label));
		zv_json_key_c(&call->json, "register", kind->reg);
		zv_json_key_bool(&call->json, "template", kind->unmap != NULL);
		zv_json_end_object(&call->json);
	}
	zv_api_end_items(call, ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_import_add(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"kind", "name", "centre", NULL};
	const struct zv_target *target = &call->request->target;
	struct zv_imports_new new = {.lang = zv_tr_lang(), .fd = call->request->body_fd};
	struct zv_upload upload;
	struct zv_str job;
	enum zv_code code = zv_api_only(call, names, err);

	if (code != ZV_OK)
		return code;
	if (!zv_target_param(&new.kind, target, "kind"))
		return zv_fail(err, ZV_E_INVALID, "kind", N_("Say with kind= what the file holds: needs, offers, enterprises ..."));
	if (!zv_target_param(&new.name, target, "name"))
		new.name = ZV_STR("file");
	(void)zv_target_param(&new.centre, target, "centre");
	if (new.fd < 0)
		return zv_fail(err, ZV_E_INVALID, "", N_("Send the file as the body of the request."));
	code = zv_imports_add(&upload, &job, call->db, call->with->jobs, call->with->files, call->who, &new, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/imports/", upload.uid);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", upload.uid);
	zv_json_key_str(&call->json, "job", job);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static enum zv_code add_import(struct zv_api_call *call, const struct zv_upload *upload, bool whole, struct zv_err *err)
{
	struct zv_imports_state state;
	struct zv_str centre = ZV_STR("");
	enum zv_code code = zv_imports_state(&state, call->with->jobs, call->db, upload, call->arena, err);

	if (code == ZV_OK)
		code = zv_view_centre(&centre, call->db, upload->centre_id, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", upload->uid);
	zv_json_key_str(&call->json, "kind", upload->kind);
	zv_json_key_str(&call->json, "name", upload->name);
	zv_json_key_int(&call->json, "size", upload->size);
	zv_json_key_str(&call->json, "digest", upload->digest);
	zv_json_key_str(&call->json, "centre", centre);
	zv_api_key_instant(call, "made_at", upload->made_ms);
	zv_json_key(&call->json, "job");
	if (state.job.uid.n == 0) {
		zv_json_null(&call->json);
	} else {
		state.job.result = ZV_STR(""); /* it stands in `report` */
		zv_job_write_json(&call->json, &state.job);
	}
	zv_api_key_str_or_null(call, "batch", state.batch);
	zv_json_key_bool(&call->json, "has_errors_file", state.workbook.n > 0);
	if (whole) {
		zv_json_key(&call->json, "report");
		if (state.report.n > 0)
			zv_json_raw(&call->json, state.report);
		else
			zv_json_null(&call->json);
	}
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_imports(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"limit", "cursor", NULL};
	struct zv_upload *uploads;
	int64_t before = 0;
	size_t n = 0;
	int limit;
	enum zv_code code = zv_api_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&before, call, err);
	if (code == ZV_OK)
		code = zv_imports_page(&uploads, &n, call->db, call->who, before, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = add_import(call, &uploads[i], false, err);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(uploads[n - 1].id, call->arena) : ZV_STR(""), -1);
	return code;
}

static enum zv_code find(struct zv_upload *out, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? zv_imports_get(out, call->db, call->who, call->args[0], call->arena, err) : code;
}

enum zv_code zv_api_import(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_upload upload;
	enum zv_code code = find(&upload, call, err);

	return code == ZV_OK ? add_import(call, &upload, true, err) : code;
}

enum zv_code zv_api_import_apply(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_upload upload;
	struct zv_str job;
	enum zv_code code = find(&upload, call, err);

	if (code == ZV_OK)
		code = zv_imports_apply(&job, call->db, call->with->jobs, call->who, &upload, zv_tr_lang(), call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", job);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "job", job);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_import_errors(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_imports_state state;
	struct zv_upload upload;
	int fd = -1;
	enum zv_code code = find(&upload, call, err);

	if (code == ZV_OK)
		code = zv_imports_state(&state, call->with->jobs, call->db, &upload, call->arena, err);
	if (code == ZV_OK && state.workbook.n == 0)
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("No row of this file is at fault, so there is no file of faults."));
	if (code == ZV_OK)
		code = zv_files_get(&fd, call->with->files, state.workbook, err);
	return code == ZV_OK ? zv_api_download_fd(call, fd, ZV_API_XLSX, zv_arena_strf(call->arena, "errors-%.*s.xlsx", ZV_STR_FMT(upload.uid)), err)
			     : code;
}
