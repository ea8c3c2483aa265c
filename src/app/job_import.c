/* An import as slow work: the kept file through the import on the writer, as a piece of its own, once to look and once to stay. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/audit_view.h"
#include "app/import.h"
#include "app/import_json.h"
#include "app/imports.h"
#include "app/lots_run.h"
#include "app/row_rights.h"
#include "app/sight.h"
#include "app/view_record.h"
#include "app/who_json.h"

enum { PROGRESS_ROWS = 200, GUESS_FROM = 1 << 20 }; /* the reader tells its bytes by the MiB */

/* One run. */
struct import {
	struct zv_job_run *run;
	struct zv_db *db; /* while the import runs */
	struct zv_upload upload;
	struct zv_who who;
	int64_t rows;    /* of the dry run; 0: not known */
	int fd;          /* of the kept file */
	bool dry_run;
	struct zv_import_report report;
	char workbook[ZV_DIGEST_HEX]; /* digest of the rows at fault, or "" */
};

static enum zv_code read_params(struct import *im, struct zv_err *err)
{
	const struct zv_json_value *upload, *rows, *who;
	struct zv_json_value params;
	struct zv_arena *arena = zv_job_arena(im->run);
	enum zv_code code = zv_json_parse(&params, zv_job_of(im->run)->params, arena, err);

	if (code != ZV_OK)
		return code;
	upload = zv_json_get(&params, "upload");
	rows = zv_json_get(&params, "rows");
	who = zv_json_get(&params, "who");
	if (upload == NULL || who == NULL || (rows != NULL && !zv_str_int(&im->rows, rows->text)))
		return zv_fail(err, ZV_E_INVALID, "", N_("The work does not say which file is meant."));
	code = zv_who_read_json(&im->who, who, arena, err);
	return code == ZV_OK ? zv_upload_by_uid(&im->upload, zv_job_db(im->run), upload->text, arena, err) : code;
}

/* --- what the import asks ----------------------------------------------------------------------------------------------------- */

static bool stop(void *context)
{
	const struct import *im = context;

	return zv_job_stopping(im->run);
}

/* How many rows there will be is guessed by the bytes where the dry run has not counted them. */
static void tell(void *context, int64_t rows, int64_t bytes)
{
	struct import *im = context;
	int64_t of = im->rows;

	if (of == 0 && bytes >= GUESS_FROM && bytes <= im->upload.size)
		of = rows * (im->upload.size / 1024 + 1) / (bytes / 1024 + 1);
	zv_job_tell(im->run, rows, of > rows ? of : 0);
}

static enum zv_code allow(void *context, const struct zv_import_write *write, struct zv_err *err)
{
	struct import *im = context;

	if (write->own_file && zv_row_widens(&im->who, write))
		return zv_fail(err, ZV_E_DENIED, "visibility",
			       N_("Showing a need to more people takes a second person: leave the cell empty, and ask for its publication."));
	return zv_row_may(im->db, &im->who, write, err);
}

static enum zv_code sees_item(bool *out, void *context, int64_t item_id, struct zv_err *err)
{
	struct import *im = context;
	struct zv_sight_seeing seeing = {im->db, &im->who};

	return zv_sight_keeps_item(out, &seeing, item_id, err);
}

static enum zv_code sees_row(bool *out, void *context, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	struct import *im = context;
	struct zv_sight_seeing seeing = {im->db, &im->who};

	return zv_sight_keeps_row(out, &seeing, reg, record, err);
}

/* --- the rows at fault -------------------------------------------------------------------------------------------------------- */

/* A name for the workbook of faults, in the folder for temporary files; nothing is there yet. */
static enum zv_code make_name(char *path, size_t n, struct zv_err *err)
{
	const char *dir = getenv("TMPDIR");
	int fd;

	(void)snprintf(path, n, "%s/zveno-faults-XXXXXX.xlsx", dir != NULL ? dir : "/tmp");
	fd = mkostemps(path, 5, O_CLOEXEC);
	if (fd < 0)
		return zv_fail(err, ZV_E_IO, "", N_("The rows at fault cannot be written: %s."), strerror(errno));
	(void)close(fd);
	return ZV_OK;
}

static enum zv_code keep_workbook(struct import *im, const char *path, struct zv_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int64_t size = 0;
	enum zv_code code = ZV_OK;

	if (fd < 0)
		return zv_fail(err, ZV_E_IO, "", N_("The rows at fault cannot be written: %s."), strerror(errno));
	if (lseek(fd, 0, SEEK_END) > 0) /* without a fault nothing was written */
		code = zv_files_put(im->workbook, &size, zv_job_files(im->run), fd, 0, err);
	(void)close(fd);
	return code;
}

/* --- the import ----------------------------------------------------------------------------------------------------------------- */

static enum zv_code import_file(struct import *im, struct zv_db *db, const char *faults, struct zv_err *err)
{
	struct zv_arena *arena = zv_job_arena(im->run);
	struct zv_import_options options = {
		.actor = zv_str_dup(arena, im->who.actor).p,
		.file_name = zv_str_dup(arena, im->upload.name).p,
		.dry_run = im->dry_run,
		.errors_path = faults,
		.progress = tell,
		.progress_rows = PROGRESS_ROWS,
		.stop = stop,
		.allow = allow,
		.sees_item = sees_item,
		.sees_row = sees_row,
		.own_org = im->upload.org_id,
		.context = im,
	};
	struct zv_str centre;
	char path[64];
	enum zv_code code = zv_view_centre(&centre, db, im->upload.centre_id, arena, err);

	im->db = db;

	if (code == ZV_OK)
		code = zv_as_of(&options.said_on, db, ZV_DATE_NONE, err);
	if (code != ZV_OK)
		return code;
	options.centre = centre.p;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", im->fd);
	return zv_import(&im->report, db, zv_str_dup(arena, im->upload.kind).p, path, &options, err);
}

static enum zv_code finish(struct import *im, struct zv_db *db, struct zv_err *err)
{
	struct zv_json json;
	struct zv_out out;
	enum zv_code code = ZV_OK;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_import_write_json(&json, &im->report, zv_str_c(im->workbook));
	if (im->report.batch.n > 0)
		code = zv_upload_set_batch(db, im->upload.id, im->report.batch, err);
	if (code == ZV_OK)
		code = zv_job_done(im->run, db, zv_out_text(&out), err);
	zv_out_done(&out);
	return code;
}

/* On the writer. The end of the job is in the same transaction as what it did: it is never done twice, nor once and untold. */
static enum zv_code work(struct zv_job_run *run, struct zv_db *db, void *context, struct zv_err *err)
{
	struct import *im = context;
	char faults[512];
	enum zv_code code = make_name(faults, sizeof(faults), err);

	(void)run;
	if (code != ZV_OK)
		return code;
	zv_audit_by(db, &im->who);
	code = import_file(im, db, faults, err);
	if (code == ZV_OK)
		code = keep_workbook(im, faults, err);
	(void)unlink(faults);
	if (code == ZV_OK)
		code = finish(im, db, err);
	zv_audit_by(db, NULL);
	return code;
}

static enum zv_code run_import(struct zv_job_run *run, bool dry_run, struct zv_err *err)
{
	struct import im = {.run = run, .dry_run = dry_run, .fd = -1};
	enum zv_code code = read_params(&im, err);

	if (code == ZV_OK && zv_job_files(run) == NULL)
		code = zv_fail(err, ZV_E_UNSUPPORTED, "", N_("This server keeps no files."));
	if (code == ZV_OK)
		code = zv_files_get(&im.fd, zv_job_files(run), im.upload.digest, err);
	if (code != ZV_OK)
		return code;
	zv_job_tell(run, 0, im.rows);
	code = zv_job_write(run, work, &im, err);
	zv_import_report_done(&im.report);
	(void)close(im.fd);
	return code;
}

static enum zv_code run_check(struct zv_job_run *run, struct zv_json *result, struct zv_err *err)
{
	(void)result; /* stored with what it tells of */
	return run_import(run, true, err);
}

static enum zv_code run_apply(struct zv_job_run *run, struct zv_json *result, struct zv_err *err)
{
	(void)result;
	return run_import(run, false, err);
}

const struct zv_job_kind zv_job_import_check = {"import.check", run_check};
const struct zv_job_kind zv_job_import_apply = {"import.apply", run_apply};
