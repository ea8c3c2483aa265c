/* The loop of an import: rows in, planned records out, one transaction, one batch. */
#include "app/import.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/database.h"
#include "app/import_run.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"
#include "format/formula.h"

enum { PROGRESS_ROWS = 5000, CELLS_ECHO_MAX = 4000 };

static bool ends_import(enum zv_code code)
{
	return code == ZV_E_IO || code == ZV_E_BUSY || code == ZV_E_BUG;
}

static int64_t cpu_ms(void)
{
	struct rusage use;

	(void)getrusage(RUSAGE_SELF, &use);
	return ((int64_t)use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000;
}

static int64_t bytes_read(const struct zv_import *im)
{
	return im->rows != NULL ? zv_rows_info(im->rows)->bytes : 0;
}

/* --- the row in work ----------------------------------------------------------------------------------------------- */

void zv_import_fault(struct zv_import *im, const struct zv_err *fault)
{
	struct zv_row_note note = { .level = ZV_IMPORT_ERROR, .err = *fault };

	zv_vec_push(&im->notes, note);
}

void zv_import_warn(struct zv_import *im, const struct zv_err *fault)
{
	struct zv_row_note note = { .level = ZV_IMPORT_WARNING, .err = *fault };

	zv_vec_push(&im->notes, note);
}

void zv_import_hold(struct zv_import *im, const struct zv_err *reason, bool write)
{
	struct zv_row_note note = { .level = ZV_IMPORT_HELD, .err = *reason };

	im->hold_write = write && (!im->hold || im->hold_write);
	im->hold = true;
	zv_vec_push(&im->notes, note);
}

void zv_import_skip(struct zv_import *im, const struct zv_err *reason)
{
	struct zv_row_note note = { .level = ZV_IMPORT_SKIPPED, .err = *reason };

	im->skip = true;
	zv_vec_push(&im->notes, note);
}

static void begin_plans(struct zv_import *im)
{
	im->n_plans = 0;
	im->notes.n = 0;
	im->hold = im->hold_write = im->skip = im->secret = false;
}

static void begin_row(struct zv_import *im, const struct zv_row *row)
{
	zv_arena_reset(&im->row_arena);
	im->line = row->line;
	im->made_key = (struct zv_str){0};
	begin_plans(im);
	for (size_t i = 0; i < im->profile->n_columns; i++) {
		int at = im->column_at[i];

		im->cells[i] = at >= 0 && (size_t)at < row->n ? zv_formula_plain(zv_str_trim(row->cells[at])) : ZV_STR("");
	}
}

/* A spreadsheet error in a column that is read. */
static bool broken_cell(struct zv_import *im, const struct zv_row *row, struct zv_err *err)
{
	if (row->fault_column < 0)
		return false;
	for (size_t i = 0; i < im->profile->n_columns; i++) {
		if (im->column_at[i] != row->fault_column)
			continue;
		(void)zv_fail(err, ZV_E_INVALID, im->profile->columns[i].key,
			      N_("The cell holds the spreadsheet error %.*s instead of a value. Mend the formula or write the value."),
			      ZV_STR_FMT(row->fault));
		return true;
	}
	return false;
}

static bool has_error(const struct zv_import *im)
{
	for (size_t i = 0; i < im->notes.n; i++)
		if (im->notes.p[i].level == ZV_IMPORT_ERROR)
			return true;
	return false;
}

static struct zv_plan *main_plan(struct zv_import *im)
{
	for (int i = 0; i < im->n_plans; i++)
		if (im->plans[i].reg == im->reg)
			return &im->plans[i];
	return NULL;
}

/* The columns that the row would state with the cells as they were: what of them is null without these cells is taken away. */
static enum zv_code stated_before(uint64_t *columns, struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_str *cells = ZV_ARENA_ARRAY(&im->row_arena, struct zv_str, im->profile->n_columns + 1);
	struct zv_import_row before = *row;
	const struct zv_plan *plan;
	struct zv_err fault;
	enum zv_code code;

	*columns = 0;
	before.cells = cells;
	for (size_t i = 0; i < im->profile->n_columns; i++)
		cells[i] = im->options->cleared[i].n > 0 ? im->options->cleared[i] : row->cells[i];
	code = im->profile->map(im, &before, &fault);
	plan = main_plan(im);
	for (int i = 0; code == ZV_OK && plan != NULL && i < im->reg->n_columns; i++)
		if (!plan->record->values[i].null)
			*columns |= UINT64_C(1) << i;
	begin_plans(im);
	if (code == ZV_OK || !ends_import(code))
		return ZV_OK; /* a stored cell that is at fault states nothing */
	*err = fault;
	return code;
}

/* One row to plans, with what it takes away. */
static enum zv_code map_row(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	uint64_t before = 0;
	struct zv_plan *plan;
	enum zv_code code = ZV_OK;

	if (im->options->cleared != NULL)
		code = stated_before(&before, im, row, err);
	if (code == ZV_OK)
		code = im->profile->map(im, row, err);
	plan = code == ZV_OK && before != 0 ? main_plan(im) : NULL;
	for (int i = 0; plan != NULL && i < im->reg->n_columns; i++)
		if ((before >> i & 1) != 0 && plan->record->values[i].null)
			plan->cleared |= UINT64_C(1) << i;
	return code;
}

/* Maps the row and writes its plans. A code other than ZV_OK ends the import. */
static enum zv_code take_row(enum zv_row_class *out, struct zv_import *im, const struct zv_row *raw, struct zv_err *err)
{
	struct zv_import_row row = { .line = raw->line, .cells = im->cells, .raw = raw, .arena = &im->row_arena };
	struct zv_err fault = { 0 };
	enum zv_code code = ZV_OK;

	*out = ROW_ERROR;
	if (broken_cell(im, raw, &fault))
		code = fault.code;
	else
		code = map_row(im, &row, &fault);
	if (code != ZV_OK && ends_import(code)) {
		*err = fault;
		return code;
	}
	if (code != ZV_OK)
		zv_import_fault(im, &fault);
	if (has_error(im))
		return ZV_OK;
	if (im->skip) {
		*out = ROW_SKIPPED;
		return ZV_OK;
	}
	if (im->hold && !im->hold_write) {
		*out = ROW_HELD;
		return ZV_OK;
	}
	code = zv_import_check_row(im, &fault);
	if (code == ZV_E_CONFLICT) {
		zv_import_fault(im, &fault);
		return ZV_OK;
	}
	code = zv_import_write_row(out, im, err);
	if (code == ZV_OK && im->hold && *out != ROW_DUPLICATE && *out != ROW_ERROR)
		*out = ROW_HELD;
	return code;
}

static int file_column_of(const struct zv_import *im, const char *field)
{
	for (size_t i = 0; i < im->profile->n_columns; i++)
		if (strcmp(im->profile->columns[i].key, field) == 0)
			return im->column_at[i];
	return -1;
}

/* Notes of the row into the report, and the row into the workbook of faults. */
static enum zv_code settle_notes(struct zv_import *im, const struct zv_row *row, bool at_fault, struct zv_err *err)
{
	struct zv_buf reasons;
	int at = -1;
	enum zv_code code = ZV_OK;

	zv_buf_init(&reasons, CELLS_ECHO_MAX);
	for (size_t i = 0; i < im->notes.n; i++) {
		const struct zv_row_note *note = &im->notes.p[i];

		zv_report_note(im, note->level, row->line, &note->err);
		if (reasons.n > 0)
			zv_buf_add_char(&reasons, ' ');
		zv_buf_add_c(&reasons, note->err.text);
		if (at < 0)
			at = file_column_of(im, note->err.field);
	}
	if (at_fault)
		code = zv_import_errors_row(&im->errors, im->secret ? NULL : row->cells, row->n, at, zv_buf_str(&reasons), err);
	zv_buf_done(&reasons);
	return code;
}

static enum zv_code keep_ack(struct zv_import *im, struct zv_err *err)
{
	struct zv_str key = ZV_STR("");
	uint32_t n;

	for (int i = 0; i < im->n_plans && key.n == 0; i++)
		if (im->plans[i].reg == im->reg)
			key = im->plans[i].record->source_key;
	n = (uint32_t)key.n;
	if (n > 0 && (fwrite(&n, sizeof(n), 1, im->acks) != 1 || fwrite(key.p, 1, n, im->acks) != n))
		return zv_fail(err, ZV_E_IO, "", N_("The disk for temporary files is full."));
	return ZV_OK;
}

static enum zv_code import_row(struct zv_import *im, const struct zv_row *row, struct zv_err *err)
{
	struct zv_import_report *report = im->report;
	enum zv_row_class class;
	enum zv_code code;

	begin_row(im, row);
	code = take_row(&class, im, row, err);
	if (code != ZV_OK)
		return code;
	report->rows++;
	switch (class) {
	case ROW_NEW: report->n_new++; break;
	case ROW_CHANGED: report->n_changed++; break;
	case ROW_SAME: report->n_same++; break;
	case ROW_ERROR: report->n_error++; break;
	case ROW_HELD: report->n_held++; break;
	case ROW_DUPLICATE: report->n_duplicate++; break;
	case ROW_SKIPPED: report->n_skipped++; break;
	}
	if (im->notes.n > 0)
		code = settle_notes(im, row, class == ROW_ERROR || class == ROW_HELD || class == ROW_DUPLICATE, err);
	if (code == ZV_OK && im->acks != NULL && (class == ROW_NEW || class == ROW_CHANGED || class == ROW_SAME ||
						    (class == ROW_HELD && im->hold_write)))
		code = keep_ack(im, err);
	if (im->options->progress != NULL && report->rows % (im->options->progress_rows > 0 ? im->options->progress_rows : PROGRESS_ROWS) == 0)
		im->options->progress(im->options->context, report->rows, bytes_read(im));
	return code;
}

static enum zv_code stopped(struct zv_err *err)
{
	return zv_fail(err, ZV_E_CONFLICT, "", N_("The import was stopped; nothing of it is written."));
}

static enum zv_code import_rows(struct zv_import *im, const struct zv_row *first, bool has_first, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (has_first)
		code = import_row(im, first, err);
	if (code == ZV_OK && im->options->stop != NULL && im->options->stop(im->options->context))
		return stopped(err);
	while (code == ZV_OK && im->rows != NULL) {
		struct zv_row row;
		bool more;

		code = zv_rows_next(&more, &row, im->rows, err);
		if (code != ZV_OK || !more)
			break;
		if (im->options->stop != NULL && im->options->stop(im->options->context))
			return stopped(err);
		code = import_row(im, &row, err);
	}
	return code;
}

/* --- the whole ----------------------------------------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static enum zv_code open_batch(struct zv_import *im, const char *path, struct zv_err *err)
{
	const struct zv_import_options *options = im->options;

	if (options->look)
		return ZV_OK;

	im->batch = (struct zv_batch){
		.centre_id = im->centre_id,
		.kind = zv_str_c(options->action != NULL ? options->action : im->kind->name),
		.actor = zv_str_c(options->actor != NULL ? options->actor : "unknown"),
		.source = zv_str_c(options->source != NULL ? options->source : base_name(options->file_name != NULL ? options->file_name : path)),
		.digest = im->report->digest,
		.started_ms = zv_now_ms(),
		.state = 1,
	};
	return zv_batch_open(&im->batch, im->db, &im->life, err);
}

static enum zv_code close_batch(struct zv_import *im, struct zv_err *err)
{
	const struct zv_import_report *report = im->report;

	im->batch.n_new = report->n_new;
	im->batch.n_changed = report->n_changed;
	im->batch.n_same = report->n_same;
	im->batch.n_error = report->n_error;
	im->batch.n_held = report->n_held + report->n_duplicate;
	return zv_batch_close(im->db, &im->batch, err);
}

static enum zv_code store_questions_alone(struct zv_import *im, struct zv_err *err)
{
	enum zv_code code;

	if (im->found.n == 0)
		return ZV_OK;
	code = zv_db_begin(im->db, err);
	if (code == ZV_OK)
		code = zv_import_dup_store(im, err);
	if (code == ZV_OK)
		code = zv_db_commit(im->db, err);
	if (code != ZV_OK)
		zv_db_rollback(im->db);
	return code;
}

/* Everything between begin and commit. A file that changes nothing leaves no batch. */
static enum zv_code run_transaction(struct zv_import *im, const char *path, const struct zv_row *first, bool has_first,
				    struct zv_err *err)
{
	bool keep;
	enum zv_code code = zv_db_begin(im->db, err);

	if (code != ZV_OK)
		return code;
	code = open_batch(im, path, err);
	if (code == ZV_OK)
		code = zv_import_controls_load(im, err);
	if (code == ZV_OK)
		code = import_rows(im, first, has_first, err);
	keep = code == ZV_OK && !im->options->dry_run && !im->options->look && im->writes > 0;
	if (keep)
		code = close_batch(im, err);
	if (keep && code == ZV_OK)
		code = zv_import_dup_store(im, err);
	if (keep && code == ZV_OK)
		code = zv_import_errors_close(&im->errors, err);
	if (keep && code == ZV_OK)
		code = zv_db_commit(im->db, err);
	if (!keep || code != ZV_OK)
		zv_db_rollback(im->db);
	if (code != ZV_OK || keep) {
		im->report->applied = code == ZV_OK;
		if (im->report->applied)
			im->report->batch = zv_str_dup(&im->report->arena, im->batch.uid);
		return code;
	}
	code = zv_import_errors_close(&im->errors, err);
	return code == ZV_OK && !im->options->look ? store_questions_alone(im, err) : code;
}

static void tell_acks(struct zv_import *im)
{
	struct zv_buf key;
	uint32_t n;

	if (im->acks == NULL || im->options->dry_run)
		return;
	zv_buf_init(&key, 0);
	rewind(im->acks);
	while (fread(&n, sizeof(n), 1, im->acks) == 1) {
		char *room;

		zv_buf_reset(&key);
		room = zv_buf_reserve(&key, n);
		if (fread(room, 1, n, im->acks) != n)
			break;
		key.n = n;
		im->options->ack(im->options->context, zv_buf_str(&key));
	}
	zv_buf_done(&key);
}

static void prepare_errors(struct zv_import *im)
{
	const char **keys;

	im->errors.path = im->options->errors_path;
	im->errors.titles = im->header;
	im->errors.n = im->n_header;
	if (im->header == NULL || im->profile->headless != NULL || im->profile->type != ZV_FILE_CSV)
		return;
	keys = ZV_ARENA_ARRAY(&im->life, const char *, im->n_header + 1);
	for (size_t i = 0; i < im->n_header; i++)
		keys[i] = "";
	for (size_t i = 0; i < im->profile->n_columns; i++)
		if (im->column_at[i] >= 0)
			keys[im->column_at[i]] = im->profile->columns[i].key;
	im->errors.keys = keys;
}

/* What is known before the first row: the kind, the centre, the file's digest. */
static enum zv_code prepare(struct zv_import *im, const char *kind, const char *path, struct zv_err *err)
{
	char digest[ZV_DIGEST_HEX];
	enum zv_code code;

	im->kind = zv_import_kind_find(kind);
	if (im->kind == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "kind", N_("There is no kind of import “%s”. See: zveno import --help."), kind);
	im->reg = zv_register_find(im->kind->reg);
	if (im->reg == NULL)
		return zv_fail(err, ZV_E_BUG, "kind", N_("The register %s is missing."), im->kind->reg);
	im->centre_id = ZV_CENTRE_NATIONAL;
	if (!im->kind->national && im->options->centre != NULL) {
		code = zv_database_centre(&im->centre_id, im->db, zv_str_c(im->options->centre), err);
		if (code != ZV_OK)
			return code;
	}
	im->said_on = im->options->said_on != ZV_DATE_NONE && im->options->said_on != 0 ? im->options->said_on : zv_today();
	if (im->options->cells == NULL && zv_digest_file(digest, path))
		im->report->digest = zv_str_dup(&im->report->arena, zv_str_c(digest));
	return ZV_OK;
}

/* The row that the caller has in cells of the own template. */
static void take_cells(struct zv_import *im, struct zv_row *first)
{
	im->profile = im->kind->profiles[0];
	im->column_at = ZV_ARENA_ARRAY(&im->life, int, im->profile->n_columns + 1);
	for (size_t i = 0; i < im->profile->n_columns; i++)
		im->column_at[i] = (int)i;
	*first = (struct zv_row){ .line = 1, .cells = im->options->cells, .n = im->profile->n_columns, .fault_column = -1 };
}

static enum zv_code run(struct zv_import *im, const char *kind, const char *path, struct zv_err *err)
{
	struct zv_row first = { 0 };
	bool has_first = im->options->cells != NULL;
	enum zv_code code = prepare(im, kind, path, err);

	if (code == ZV_OK && has_first)
		take_cells(im, &first);
	else if (code == ZV_OK)
		code = zv_import_open_file(im, path, &first, &has_first, err);
	if (code != ZV_OK)
		return code;
	im->report->profile = zv_str_c(im->profile->name);
	im->cells = ZV_ARENA_ARRAY(&im->life, struct zv_str, im->profile->n_columns + 1);
	im->state = im->profile->state_size > 0 ? zv_calloc(1, im->profile->state_size) : NULL;
	prepare_errors(im);
	if (im->options->ack != NULL) {
		im->acks = tmpfile();
		if (im->acks == NULL)
			return zv_fail(err, ZV_E_IO, "", N_("A temporary file cannot be made."));
	}
	code = run_transaction(im, path, &first, has_first, err);
	if (code == ZV_OK)
		tell_acks(im);
	if (code == ZV_OK && im->options->progress != NULL)
		im->options->progress(im->options->context, im->report->rows, bytes_read(im));
	return code;
}

static void import_done(struct zv_import *im)
{
	if (im->state != NULL && im->profile->state_done != NULL)
		im->profile->state_done(im->state);
	free(im->state);
	if (im->acks != NULL)
		(void)fclose(im->acks);
	zv_import_errors_cancel(&im->errors);
	zv_rows_close(im->rows);
	zv_import_lookup_done(im);
	zv_import_seen_done(&im->seen);
	zv_dup_index_free(im->dups);
	zv_controls_free(im->controls);
	zv_map_done(&im->groups);
	zv_vec_done(&im->notes);
	zv_vec_done(&im->found);
	zv_vec_done(&im->faults);
	zv_vec_done(&im->group);
	zv_arena_done(&im->row_arena);
	zv_arena_done(&im->life);
	free(im);
}

static struct zv_import *import_new(struct zv_import_report *report, struct zv_db *db, const struct zv_import_options *options)
{
	struct zv_import *im = zv_calloc(1, sizeof(*im));

	im->db = db;
	im->options = options;
	im->report = report;
	zv_arena_init(&im->life);
	zv_arena_init(&im->row_arena);
	zv_map_init(&im->groups);
	zv_import_lookup_init(im);
	return im;
}

enum zv_code zv_import(struct zv_import_report *out, struct zv_db *db, const char *kind, const char *path,
		       const struct zv_import_options *options, struct zv_err *err)
{
	static const struct zv_import_options nothing = { .said_on = ZV_DATE_NONE };
	int64_t started_us = zv_tick_us(), cpu = cpu_ms();
	struct zv_import *im;
	enum zv_code code;

	*out = (struct zv_import_report){ 0 };
	zv_arena_init(&out->arena);
	im = import_new(out, db, options != NULL ? options : &nothing);
	out->dry_run = im->options->dry_run;
	code = run(im, kind, path, err);
	if (im->rows != NULL)
		out->file = *zv_rows_info(im->rows);
	zv_report_finish(im);
	out->wall_ms = (zv_tick_us() - started_us) / 1000;
	out->cpu_ms = cpu_ms() - cpu;
	import_done(im);
	return code;
}

/* --- what a map function may ask ------------------------------------------------------------------------------------ */

struct zv_str zv_import_setting(const struct zv_import *im, const char *name)
{
	size_t n = strlen(name);

	for (const char *const *setting = im->options->settings; setting != NULL && *setting != NULL; setting++)
		if (strncmp(*setting, name, n) == 0 && (*setting)[n] == '=')
			return zv_str_c(*setting + n + 1);
	return ZV_STR("");
}

zv_date zv_import_said_on(const struct zv_import *im)
{
	return im->said_on;
}

int64_t zv_import_centre(const struct zv_import *im)
{
	return im->centre_id;
}

struct zv_db *zv_import_db(struct zv_import *im)
{
	return im->db;
}

void *zv_import_state(struct zv_import *im)
{
	return im->state;
}
