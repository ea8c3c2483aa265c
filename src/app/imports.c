/* Files that were handed in: whose they are, what is under way with them, and what they refer to. */
#include "app/imports.h"

#include <stdio.h>
#include <string.h>

#include "app/audit_view.h"
#include "app/database.h"
#include "app/row_rights.h"
#include "app/sight.h"
#include "app/who_json.h"
#include "store/application.h"
#include "store/batch.h"

static const struct zv_register *register_of(const struct zv_import_kind *kind)
{
	return zv_register_find(kind->reg);
}

/* Shared reference data belong to no centre: only who may write all of them hands in such files. */
static bool may_all(const struct zv_who *who, const struct zv_import_kind *kind)
{
	return zv_may(who, zv_sight_action(register_of(kind), true), (struct zv_object){-1, 0});
}

static bool is_shared(const struct zv_import_kind *kind)
{
	return kind->national || zv_sight_action(register_of(kind), true) == ZV_DO_REFERENCE_WRITE;
}

bool zv_imports_may(const struct zv_who *who, const struct zv_import_kind *kind)
{
	struct zv_err err;
	int64_t own;

	if (!zv_may_some(who, ZV_DO_IMPORT) || !zv_may_some(who, zv_sight_action(register_of(kind), true)))
		return false;
	return is_shared(kind) ? may_all(who, kind) : zv_row_own_org(&own, who, register_of(kind), 0, &err) == ZV_OK;
}

static enum zv_code find_kind(const struct zv_import_kind **out, const struct zv_who *who, struct zv_str name, struct zv_err *err)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "%.*s", ZV_STR_FMT(name));
	*out = zv_import_kind_find(text);
	if (*out == NULL || register_of(*out) == NULL)
		return zv_fail(err, ZV_E_INVALID, "kind", N_("There is no kind of import “%s”."), text);
	if (!zv_imports_may(who, *out))
		return zv_fail(err, ZV_E_DENIED, "kind", N_("You may not import files of the kind “%s”."), (*out)->name);
	return ZV_OK;
}

/* Where new rows go, and whose alone they may be. */
static enum zv_code find_place(struct zv_upload *upload, struct zv_db *db, const struct zv_who *who, const struct zv_import_kind *kind,
			       struct zv_str centre, struct zv_err *err)
{
	const struct zv_register *reg = register_of(kind);
	struct zv_object object;
	enum zv_code code;

	if (is_shared(kind)) {
		upload->centre_id = ZV_CENTRE_NATIONAL;
		return ZV_OK;
	}
	code = zv_row_own_org(&upload->org_id, who, reg, 0, err);
	if (code != ZV_OK)
		return code;
	upload->centre_id = zv_row_centre(who, reg, upload->org_id);
	if (centre.n == 0)
		return ZV_OK;
	code = zv_database_centre(&object.centre_id, db, centre, err);
	object.org_id = upload->org_id;
	if (code == ZV_OK)
		code = zv_rights_need(who, zv_sight_action(reg, true), object, err);
	if (code == ZV_OK)
		upload->centre_id = object.centre_id;
	return code;
}

static enum zv_code submit(struct zv_str *job, struct zv_db *db, struct zv_jobs *jobs, const char *kind, const struct zv_who *who,
			   const struct zv_upload *upload, int64_t rows, const char *lang, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_job_new new = {.kind = kind, .lang = lang, .account_id = who->account_id, .centre_id = upload->centre_id};
	struct zv_json json;
	struct zv_out out;
	enum zv_code code;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_str(&json, "upload", upload->uid);
	zv_json_key_str(&json, "check", upload->job_uid);
	zv_json_key_int(&json, "rows", rows);
	zv_json_key(&json, "who");
	zv_who_write_json(&json, who);
	zv_json_end_object(&json);
	new.params = zv_out_text(&out);
	code = zv_job_submit(job, jobs, db, &new, arena, err);
	zv_out_done(&out);
	return code == ZV_OK ? zv_upload_set_job(db, upload->id, *job, err) : code;
}

enum zv_code zv_imports_add(struct zv_upload *out, struct zv_str *job, struct zv_db *db, struct zv_jobs *jobs, struct zv_files *files,
			    const struct zv_who *who, const struct zv_imports_new *import, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_import_kind *kind;
	char digest[ZV_DIGEST_HEX];
	enum zv_code code = find_kind(&kind, who, import->kind, err);

	*out = (struct zv_upload){.account_id = who->account_id};
	if (code == ZV_OK)
		code = find_place(out, db, who, kind, import->centre, err);
	if (code == ZV_OK)
		code = zv_files_put(digest, &out->size, files, import->fd, 0, err);
	if (code != ZV_OK)
		return code;
	if (out->size == 0)
		return zv_fail(err, ZV_E_INVALID, "", N_("The file is empty."));
	out->kind = zv_str_c(kind->name);
	out->name = zv_files_name(import->name, arena);
	out->digest = zv_str_dup(arena, zv_str_c(digest));
	code = zv_upload_insert(out, db, arena, err);
	if (code == ZV_OK)
		code = submit(job, db, jobs, zv_job_import_check.name, who, out, 0, import->lang, arena, err);
	if (code == ZV_OK)
		code = zv_audit_tell(db, who, "import.upload", out->uid, zv_arena_strf(arena, "{\"digest\":\"%s\"}", digest), err);
	return code;
}

/* A number at the top of a report; 0 when there is none. */
static int64_t number_in(struct zv_str report, const char *name, struct zv_arena *arena)
{
	const struct zv_json_value *member;
	struct zv_json_value value;
	struct zv_err err;
	int64_t number = 0;

	if (report.n == 0 || zv_json_parse(&value, report, arena, &err) != ZV_OK)
		return 0;
	member = zv_json_get(&value, name);
	return member != NULL && zv_str_int(&number, member->text) ? number : 0;
}

enum zv_code zv_imports_apply(struct zv_str *job, struct zv_db *db, struct zv_jobs *jobs, const struct zv_who *who,
			      const struct zv_upload *upload, const char *lang, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_imports_state state;
	const struct zv_import_kind *kind;
	enum zv_code code = find_kind(&kind, who, upload->kind, err);

	if (code == ZV_OK)
		code = zv_imports_state(&state, jobs, db, upload, arena, err);
	if (code != ZV_OK)
		return code;
	if (state.batch.n > 0)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("This file is applied already, as %.*s. Undo that first."), ZV_STR_FMT(state.batch));
	if (state.job.state == ZV_JOB_WAITING || state.job.state == ZV_JOB_RUNNING)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("The file is still being read. Wait for the end."));
	if (state.report.n == 0)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("The dry run of this file did not end well, so there is nothing to apply. Mend the file and send it again."));
	return submit(job, db, jobs, zv_job_import_apply.name, who, upload, number_in(state.report, "rows", arena), lang, arena, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

static bool may_see(const struct zv_who *who, const struct zv_upload *upload)
{
	if (who->account_id != 0 && upload->account_id == who->account_id)
		return true;
	return zv_may(who, ZV_DO_IMPORT, (struct zv_object){upload->centre_id, upload->org_id});
}

enum zv_code zv_imports_get(struct zv_upload *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			    struct zv_err *err)
{
	enum zv_code code = zv_upload_by_uid(out, db, uid, arena, err);

	if (code == ZV_OK && !may_see(who, out))
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no import “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	return code;
}

enum zv_code zv_imports_page(struct zv_upload **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t before, int limit,
			     struct zv_arena *arena, struct zv_err *err)
{
	/* Others' files of the centre are found by their batches; here everybody has the own ones. */
	return zv_upload_page(out, n, db, who->account_id != 0 ? who->account_id : -1, -1, before, limit, arena, err);
}

static struct zv_str text_in(struct zv_str object, const char *name, struct zv_arena *arena)
{
	const struct zv_json_value *member = NULL;
	struct zv_json_value value;
	struct zv_err err;

	if (object.n > 0 && zv_json_parse(&value, object, arena, &err) == ZV_OK)
		member = zv_json_get(&value, name);
	return member != NULL && member->kind == ZV_JSON_STRING ? zv_str_dup(arena, member->text) : ZV_STR("");
}

/* The batch, when it stands. */
static enum zv_code standing_batch(struct zv_str *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch;
	enum zv_code code;

	*out = ZV_STR("");
	if (uid.n == 0)
		return ZV_OK;
	code = zv_batch_find(&batch, db, uid, arena, err);
	if (code == ZV_OK && batch.state == 1)
		*out = batch.uid;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

enum zv_code zv_imports_state(struct zv_imports_state *out, struct zv_jobs *jobs, struct zv_db *db, const struct zv_upload *upload,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str check;
	struct zv_job before;
	enum zv_code code = standing_batch(&out->batch, db, upload->batch_uid, arena, err);

	out->job = (struct zv_job){0};
	out->report = out->workbook = ZV_STR("");
	if (code != ZV_OK || upload->job_uid.n == 0)
		return code;
	code = zv_job_read(&out->job, jobs, db, upload->job_uid, arena, err);
	if (code != ZV_OK)
		return code;
	out->report = out->job.state == ZV_JOB_DONE ? out->job.result : ZV_STR("");
	check = text_in(out->job.params, "check", arena);
	if (out->report.n == 0 && check.n > 0 && zv_job_by_uid(&before, db, check, arena, err) == ZV_OK && before.state == ZV_JOB_DONE)
		out->report = before.result;
	out->workbook = text_in(out->report, "workbook", arena);
	return ZV_OK;
}

/* --- sweeping ------------------------------------------------------------------------------------------------------------------ */

enum { SWEEP_AGE_S = 24 * 3600 };

struct sweep {
	struct zv_db *db;
	struct zv_err *err;
	enum zv_code code;
};

/* A failure keeps everything. */
static bool is_referred_to(void *context, struct zv_str digest)
{
	struct sweep *sweep = context;
	bool used = false;

	if (sweep->code == ZV_OK)
		sweep->code = zv_upload_uses(&used, sweep->db, digest, sweep->err);
	if (sweep->code == ZV_OK && !used)
		sweep->code = zv_job_refers(&used, sweep->db, digest, sweep->err);
	if (sweep->code == ZV_OK && !used)
		sweep->code = zv_application_uses(&used, sweep->db, digest, sweep->err);
	return used || sweep->code != ZV_OK;
}

enum zv_code zv_imports_sweep(size_t *removed, struct zv_files *files, struct zv_db *db, struct zv_err *err)
{
	struct sweep sweep = {.db = db, .err = err};
	enum zv_code code = zv_files_sweep(removed, files, SWEEP_AGE_S, is_referred_to, &sweep, err);

	return code == ZV_OK ? sweep.code : code;
}
