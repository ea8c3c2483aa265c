/* Needs by hand go through the import as a file of one row, so that there is one set of rules and one history. */
#include "app/need_edit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/batches.h"
#include "app/find.h"
#include "app/import_kind.h"
#include "base/rng.h"
#include "base/tr.h"
#include "format/csv_write.h"

enum { CELLS_MAX = 64 };

static const char *const source = "by hand";

void zv_need_edit_done(struct zv_need_edit *edit)
{
	zv_import_report_done(&edit->report);
}

static const struct zv_import_profile *own_profile(void)
{
	return zv_import_kind_find("needs")->profiles[0];
}

static int column_of(const struct zv_import_profile *profile, const char *name)
{
	for (size_t i = 0; i < profile->n_columns && i < CELLS_MAX; i++) {
		if (strcmp(profile->columns[i].key, name) == 0)
			return (int)i;
	}
	return -1;
}

static enum zv_code put_fields(struct zv_str *cells, const struct zv_need_field *fields, size_t n, struct zv_err *err)
{
	const struct zv_import_profile *profile = own_profile();

	for (size_t i = 0; i < n; i++) {
		int at = column_of(profile, fields[i].name);

		if (at < 0)
			return zv_fail(err, ZV_E_INVALID, fields[i].name, N_("Needs have no field “%s”; “zveno template needs” shows them."),
				       fields[i].name);
		cells[at] = zv_str_c(fields[i].value);
	}
	return ZV_OK;
}

/* A file in memory with the header and one row; *path names it for this process. */
static enum zv_code write_row(int *fd, char *path, size_t n_path, const struct zv_str *cells, struct zv_err *err)
{
	const struct zv_import_profile *profile = own_profile();
	struct zv_csv_writer csv;
	struct zv_str text;
	struct zv_out out;

	zv_out_init(&out, NULL, 0);
	zv_csv_init(&csv, &out, ',', false);
	for (size_t i = 0; i < profile->n_columns; i++)
		zv_csv_text(&csv, zv_str_c(profile->columns[i].key));
	zv_csv_end_row(&csv);
	for (size_t i = 0; i < profile->n_columns; i++)
		zv_csv_text(&csv, cells[i]);
	zv_csv_end_row(&csv);
	text = zv_out_text(&out);
	*fd = memfd_create("need", MFD_CLOEXEC);
	if (*fd < 0 || write(*fd, text.p, text.n) != (ssize_t)text.n) {
		zv_out_done(&out);
		return zv_fail(err, ZV_E_LIMIT, "", N_("There is no memory for the row: %s."), strerror(errno));
	}
	(void)snprintf(path, n_path, "/proc/self/fd/%d", *fd);
	zv_out_done(&out);
	return ZV_OK;
}

/* The first fault of the only row, as a failure of the command. */
static enum zv_code first_fault(const struct zv_import_report *report, struct zv_err *err)
{
	char column[48];

	for (size_t i = 0; i < report->n_faults; i++) {
		const struct zv_import_fault *fault = &report->faults[i];

		if (fault->level != ZV_IMPORT_ERROR)
			continue;
		(void)snprintf(column, sizeof(column), "%.*s", ZV_STR_FMT(fault->column));
		return zv_fail(err, ZV_E_INVALID, column, "%.*s", ZV_STR_FMT(fault->text));
	}
	return ZV_OK;
}

static enum zv_code import_row(struct zv_need_edit *out, struct zv_db *db, const struct zv_str *cells, const char *centre, const char *actor,
			       zv_date said_on, struct zv_err *err)
{
	struct zv_import_options options = {
		.centre = centre,
		.actor = actor,
		.source = source,
		.profile = own_profile()->name,
		.said_on = said_on,
		.separator = ',',
		.encoding = "utf-8",
	};
	char path[64];
	int fd = -1;
	enum zv_code code = write_row(&fd, path, sizeof(path), cells, err);

	if (code == ZV_OK)
		code = zv_import(&out->report, db, "needs", path, &options, err);
	if (fd >= 0)
		(void)close(fd);
	if (code == ZV_OK)
		code = first_fault(&out->report, err);
	out->batch = out->report.batch;
	out->changed = out->report.n_new + out->report.n_changed > 0;
	return code;
}

/* What is not stated and would make a match likelier; each with its effect. */
static void add_hints(struct zv_need_edit *out, const struct zv_record *record, struct zv_arena *arena)
{
	static const struct {
		const char *column;
		const char *text;
	} hints[] = {
		{"requirements", N_("purity: makers are asked for nothing, so the need may be offered goods that do not serve; say “purity >= 99.0 %”")},
		{"ceiling_kop", N_("ceiling price: without one the need takes any price, and nobody sees how far a lot may go")},
		{"tolerance_base", N_("tolerance: what you would take beyond the quantity can fill a lot that is short")},
	};
	const struct zv_register *reg = zv_register_find("need");
	struct zv_str *texts = ZV_ARENA_ARRAY(arena, struct zv_str, ZV_LEN(hints));

	for (size_t i = 0; i < ZV_LEN(hints); i++) {
		int at = zv_register_column(reg, hints[i].column);

		if (at >= 0 && record->values[at].null)
			texts[out->n_hints++] = zv_str_c(zv_tr(hints[i].text));
	}
	out->hints = texts;
}

static enum zv_code read_back(struct zv_need_edit *out, struct zv_db *db, struct zv_str key, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record record;
	enum zv_code code = zv_find_record(&record, NULL, db, zv_register_find("need"), key, arena, err);

	if (code != ZV_OK)
		return code;
	out->uid = record.uid;
	out->key = record.source_key;
	add_hints(out, &record, arena);
	return ZV_OK;
}

enum zv_code zv_need_add(struct zv_need_edit *out, struct zv_db *db, const struct zv_need_field *fields, size_t n, const char *centre,
			 const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str cells[CELLS_MAX] = {0};
	const struct zv_import_profile *profile = own_profile();
	char key[ZV_UID_TEXT];
	enum zv_code code;

	*out = (struct zv_need_edit){0};
	cells[column_of(profile, "state")] = ZV_STR("draft");
	code = put_fields(cells, fields, n, err);
	if (code != ZV_OK)
		return code;
	if (cells[column_of(profile, "key")].n == 0) {
		zv_uid_new(key, "n");
		cells[column_of(profile, "key")] = zv_str_c(key);
	}
	code = import_row(out, db, cells, centre, actor, said_on, err);
	if (code == ZV_OK && out->changed)
		code = read_back(out, db, cells[column_of(profile, "key")], arena, err);
	return code;
}

enum zv_code zv_need_set(struct zv_need_edit *out, struct zv_db *db, struct zv_str name, const struct zv_need_field *fields, size_t n,
			 const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str cells[CELLS_MAX] = {0};
	const struct zv_import_kind *kind = zv_import_kind_find("needs");
	struct zv_record record;
	struct zv_str centre;
	char centre_code[64];
	enum zv_code code;

	*out = (struct zv_need_edit){0};
	code = zv_find_record(&record, &centre, db, zv_register_find("need"), name, arena, err);
	if (code == ZV_OK)
		code = kind->unmap(cells, db, &record, arena, err);
	if (code == ZV_OK)
		code = put_fields(cells, fields, n, err);
	if (code != ZV_OK)
		return code;
	cells[column_of(own_profile(), "key")] = record.source_key;
	(void)snprintf(centre_code, sizeof(centre_code), "%.*s", ZV_STR_FMT(centre));
	out->uid = record.uid;
	out->key = record.source_key;
	return import_row(out, db, cells, centre_code, actor, said_on, err);
}

/* The batch that touched the need last: the one that made it, or a later one that said something of it. */
static enum zv_code last_batch(struct zv_batch *batch, struct zv_db *db, const struct zv_record *record, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_fact *facts;
	int64_t id = record->batch_id;
	size_t n;
	enum zv_code code = zv_record_facts(&facts, &n, db, zv_register_find("need"), record, arena, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < n; i++) {
		if (facts[i].state != ZV_FACT_UNDONE && facts[i].batch_id > id)
			id = facts[i].batch_id;
	}
	return zv_batch_by_id(batch, db, id, arena, err);
}

/* The same, which must have been made by hand. */
static enum zv_code made_by_hand(struct zv_batch *batch, struct zv_db *db, const struct zv_record *record, struct zv_arena *arena,
				 struct zv_err *err)
{
	enum zv_code code = last_batch(batch, db, record, arena, err);

	if (code != ZV_OK)
		return code;
	if (!zv_str_eq_c(batch->source, source))
		return zv_fail(err, ZV_E_CONFLICT, "need",
			       N_("Need %.*s came with %.*s and not by hand. “zveno need set %.*s state=closed” closes it."),
			       ZV_STR_FMT(record->source_key), ZV_STR_FMT(batch->source), ZV_STR_FMT(record->source_key));
	return ZV_OK;
}

enum zv_code zv_need_delete(struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batches_undone undone;
	struct zv_record record;
	struct zv_batch batch = {0};
	enum zv_code code = zv_find_record(&record, NULL, db, zv_register_find("need"), name, arena, err);

	/* Each change by hand was a batch of its own: the latest goes first, until the need is gone. */
	while (code == ZV_OK) {
		code = made_by_hand(&batch, db, &record, arena, err);
		if (code == ZV_OK)
			code = zv_batches_undo(&undone, db, batch.uid, arena, err);
		if (code == ZV_OK)
			code = zv_record_by_uid(&record, db, zv_register_find("need"), record.uid, arena, err);
	}
	return code == ZV_E_NOTFOUND && batch.id != 0 ? ZV_OK : code;
}
