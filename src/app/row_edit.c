/* A row by hand goes through the import as a row of cells, so that there is one set of rules and one history. */
#include "app/row_edit.h"

#include <stdio.h>
#include <string.h>

#include "app/batches.h"
#include "app/import_kind.h"
#include "app/row_rights.h"
#include "app/sight.h"
#include "app/view_record.h"
#include "base/hash.h"
#include "base/rng.h"
#include "base/tr.h"

static const char source[] = "by hand";

/* One edit under way. */
struct edit {
	struct zv_row_edit *out;
	struct zv_db *db;
	const struct zv_register *reg;
	const struct zv_import_kind *kind;
	const struct zv_record *row; /* NULL: a new one */
	const struct zv_row_edit_options *options;
	struct zv_str cells[ZV_ROW_FIELDS_MAX], stored[ZV_ROW_FIELDS_MAX], cleared[ZV_ROW_FIELDS_MAX];
	bool clears;
	struct zv_str key; /* of the row that was written, in the arena */
	int64_t centre_id;
	struct zv_arena *arena;
};

void zv_row_edit_done(struct zv_row_edit *edit)
{
	zv_import_report_done(&edit->report);
}

static const struct zv_import_kind *kind_of(const struct zv_register *reg)
{
	const struct zv_import_kind *kind;

	for (size_t i = 0; (kind = zv_import_kind_at(i)) != NULL; i++)
		if (strcmp(kind->reg, reg->name) == 0 && kind->unmap != NULL)
			return kind;
	return NULL;
}

bool zv_row_edit_has(const struct zv_register *reg)
{
	return kind_of(reg) != NULL;
}

static int column_of(const struct zv_import_kind *kind, struct zv_str name)
{
	const struct zv_import_profile *profile = kind->profiles[0];

	assert(profile->n_columns <= ZV_ROW_FIELDS_MAX);
	for (size_t i = 0; i < profile->n_columns; i++)
		if (zv_str_eq_c(name, profile->columns[i].key))
			return (int)i;
	return -1;
}

bool zv_row_edit_field(const struct zv_register *reg, struct zv_str name)
{
	const struct zv_import_kind *kind = kind_of(reg);

	return kind != NULL && column_of(kind, name) >= 0;
}

static void put_cell(struct edit *e, const char *name, struct zv_str value)
{
	int at = column_of(e->kind, zv_str_c(name));

	if (at >= 0)
		e->cells[at] = value;
}

static struct zv_str cell(const struct edit *e, const char *name)
{
	int at = column_of(e->kind, zv_str_c(name));

	return at >= 0 ? e->cells[at] : ZV_STR("");
}

/* Cells that say one thing together: who changes one of them does not mean the stored others. */
static void forget_group(struct edit *e, struct zv_str name)
{
	static const char *const groups[][5] = {
		{"org_inn", "org", "org_key"}, {"item", "cas", "okpd2", "item_key"}, {"price", "price_unit", "fixed"}, {"qty", "unit"},
		{"seller_inn", "seller", "seller_key"}, {"buyer_inn", "buyer", "buyer_key"}, {"supplier_inn", "supplier", "supplier_key"},
		{"maker_inn", "maker", "maker_key"}, {"with_item", "with_cas"}};

	for (size_t g = 0; g < ZV_LEN(groups); g++) {
		bool in = false;

		for (size_t i = 0; groups[g][i] != NULL; i++)
			in = in || zv_str_eq_c(name, groups[g][i]);
		for (size_t i = 0; in && groups[g][i] != NULL; i++)
			put_cell(e, groups[g][i], ZV_STR(""));
	}
}

static enum zv_code put_fields(struct edit *e, const struct zv_row_field *fields, size_t n, struct zv_err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct zv_str name = fields[i].name;
		char field[48];

		if (column_of(e->kind, name) < 0) {
			(void)snprintf(field, sizeof(field), "%.*s", ZV_STR_FMT(name));
			return zv_fail(err, ZV_E_INVALID, field, N_("The register “%s” has no field “%.*s”; “zveno template %s” shows them."),
				       e->reg->plural, ZV_STR_FMT(zv_str_first(name, 60)), e->kind->name);
		}
		if (e->row != NULL && zv_str_eq_c(name, "key") && !zv_str_eq(fields[i].value, e->row->source_key))
			return zv_fail(err, ZV_E_INVALID, "key", N_("The key of a row stays: files find it by its key."));
		if (e->row != NULL && (fields[i].value.n > 0 || fields[i].clear))
			forget_group(e, name);
	}
	for (size_t i = 0; i < n; i++) {
		int at = column_of(e->kind, fields[i].name);

		if (!fields[i].clear) {
			e->cells[at] = fields[i].value.n > 0 ? fields[i].value : e->cells[at];
			continue;
		}
		e->clears = e->row != NULL;
		e->cleared[at] = e->stored[at];
		e->cells[at] = ZV_STR("");
	}
	return ZV_OK;
}

/* --- through the import ----------------------------------------------------------------------------------------------------- */

/* What is asked about is gone when the import ends. */
static void keep_main(struct edit *e, const struct zv_import_write *write)
{
	struct zv_record *record = &e->out->record;

	e->key = zv_str_dup(e->arena, write->record->source_key);
	e->centre_id = write->record->centre_id;
	*record = *write->record;
	record->source_key = e->key;
	record->uid = zv_str_dup(e->arena, record->uid);
	for (int i = 0; i < e->reg->n_columns; i++)
		if (e->reg->columns[i].type == ZV_COL_TEXT && !record->values[i].null)
			record->values[i].s = zv_str_dup(e->arena, record->values[i].s);
}

static enum zv_code allow(void *context, const struct zv_import_write *write, struct zv_err *err)
{
	struct edit *e = context;
	bool may = true;
	enum zv_code code = ZV_OK;

	if (write->main && e->row == NULL && write->old != NULL && e->options->who != NULL)
		code = zv_sight_writes(&may, e->db, e->options->who, e->reg, write->old, err);
	if (code != ZV_OK)
		return code;
	if (!may)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("It is in the register already, and belongs to another centre or organisation."));
	if (write->main && e->row == NULL && write->old != NULL)
		return zv_fail(err, ZV_E_CONFLICT, "key", N_("There is a row with the key “%.*s” already. Change that one, or give another key."),
			       ZV_STR_FMT(write->old->source_key));
	if (zv_row_widens(e->options->who, write))
		return zv_fail(err, ZV_E_DENIED, "visibility",
			       N_("Showing a need to more people takes a second person: leave the field “visibility” out, and ask for its publication."));
	if (write->main)
		keep_main(e, write);
	return zv_row_may(e->db, e->options->who, write, err);
}

static enum zv_code sees_item(bool *out, void *context, int64_t item_id, struct zv_err *err)
{
	struct edit *e = context;
	struct zv_sight_seeing seeing = {e->db, e->options->who};

	return zv_sight_keeps_item(out, &seeing, item_id, err);
}

static enum zv_code sees_row(bool *out, void *context, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	struct edit *e = context;
	struct zv_sight_seeing seeing = {e->db, e->options->who};

	return zv_sight_keeps_row(out, &seeing, reg, record, err);
}

/* The first fault of the only row, as a failure of the edit. */
static enum zv_code first_fault(const struct zv_import_report *report, struct zv_err *err)
{
	char column[48];

	for (size_t i = 0; i < report->n_faults; i++) {
		const struct zv_import_fault *fault = &report->faults[i];
		bool duplicate = fault->level == ZV_IMPORT_DUPLICATE, held = fault->level == ZV_IMPORT_HELD && !report->applied;

		if (fault->level != ZV_IMPORT_ERROR && !duplicate && !held)
			continue;
		(void)snprintf(column, sizeof(column), "%.*s", ZV_STR_FMT(fault->column));
		return zv_fail(err, duplicate ? ZV_E_CONFLICT : fault->code == ZV_OK || fault->code == ZV_E_NOTFOUND ? ZV_E_INVALID : fault->code, column,
			       "%.*s", ZV_STR_FMT(fault->text));
	}
	return ZV_OK;
}

static enum zv_code import_cells(struct edit *e, struct zv_err *err)
{
	const struct zv_row_edit_options *options = e->options;
	struct zv_row_edit *out = e->out;
	struct zv_import_options import = {
		.actor = options->actor != NULL ? options->actor : options->who != NULL ? zv_str_dup(e->arena, options->who->actor).p : NULL,
		.source = source,
		.action = zv_arena_strf(e->arena, "%s.%s", e->reg->name, e->row != NULL ? "set" : "add").p,
		.said_on = options->said_on,
		.cells = e->cells,
		.cleared = e->clears ? e->cleared : NULL,
		.old = e->row,
		.look = options->dry_run,
		.allow = allow,
		.sees_item = options->who != NULL ? sees_item : NULL,
		.sees_row = options->who != NULL ? sees_row : NULL,
		.context = e,
	};
	struct zv_str centre = ZV_STR("");
	int64_t centre_id = e->row != NULL ? e->row->centre_id : -1;
	enum zv_code code = zv_row_own_org(&import.own_org, options->who, e->reg, options->org_id, err);

	if (code == ZV_OK && centre_id < 0 && (options->centre == NULL || import.own_org != 0))
		centre_id = zv_row_centre(options->who, e->reg, import.own_org);
	if (code == ZV_OK && centre_id >= 0)
		code = zv_view_centre(&centre, e->db, centre_id, e->arena, err);
	import.centre = centre_id >= 0 ? centre.p : options->centre;
	if (code != ZV_OK)
		return code;
	zv_import_report_done(&out->report);
	code = zv_import(&out->report, e->db, e->kind->name, source, &import, err);
	if (code == ZV_OK)
		code = first_fault(&out->report, err);
	out->batch = out->report.batch;
	out->changed = out->report.n_new + out->report.n_changed + (out->report.applied ? out->report.n_held : 0) > 0;
	return code;
}

/* What is not stated and would make a match likelier; each with its effect. */
void zv_row_hints(struct zv_row_edit *out, const struct zv_record *record, struct zv_arena *arena)
{
	static const struct {
		const char *column, *field;
		const char *text;
	} hints[] = {
		{"requirements", "requirements",
		 N_("purity: makers are asked for nothing, so the need may be offered goods that do not serve; say “purity >= 99.0 %”")},
		{"ceiling_kop", "price", N_("ceiling price: without one the need takes any price, and nobody sees how far a lot may go")},
		{"tolerance_base", "tolerance", N_("tolerance: what you would take beyond the quantity can fill a lot that is short")},
	};
	const struct zv_register *reg = zv_register_find("need");

	out->n_hints = 0;
	for (size_t i = 0; i < ZV_LEN(hints); i++) {
		struct zv_row_hint *hint = &out->hints[out->n_hints];
		struct zv_str text = zv_str_c(zv_tr(hints[i].text));

		if (!record->values[zv_register_column(reg, hints[i].column)].null)
			continue;
		*hint = (struct zv_row_hint){.field = hints[i].field, .text = zv_str_dup(arena, text)};
		(void)zv_str_split(&hint->name, &text, ':');
		hint->effect = zv_str_trim(text);
		out->n_hints++;
	}
}

static bool same_values(const struct zv_register *reg, const struct zv_record *a, const struct zv_record *b)
{
	for (int i = 0; i < reg->n_columns; i++) {
		const struct zv_value *x = &a->values[i], *y = &b->values[i];

		if (x->null != y->null ||
		    (!x->null && (reg->columns[i].type == ZV_COL_TEXT ? !zv_str_eq(x->s, y->s) : x->i != y->i)))
			return false;
	}
	return true;
}

static enum zv_code read_back(struct edit *e, struct zv_err *err)
{
	struct zv_row_edit *out = e->out;
	enum zv_code code;

	if (e->options->dry_run)
		return ZV_OK;
	if (e->row != NULL)
		code = zv_record_by_id(&out->record, e->db, e->reg, e->row->id, e->arena, err);
	else
		code = zv_record_by_key(&out->record, e->db, e->reg, e->centre_id, e->key, e->arena, err);
	if (code != ZV_OK)
		return code;
	out->rival = out->changed && e->row != NULL && same_values(e->reg, e->row, &out->record);
	if (strcmp(e->reg->name, "need") == 0)
		zv_row_hints(out, &out->record, e->arena);
	return ZV_OK;
}

static enum zv_code begin(struct edit *e, struct zv_err *err)
{
	*e->out = (struct zv_row_edit){0};
	zv_arena_init(&e->out->report.arena);
	e->kind = kind_of(e->reg);
	if (e->kind == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, "", N_("Rows of the register “%s” come from files and are not changed by hand."), e->reg->plural);
	return ZV_OK;
}

enum zv_code zv_row_add(struct zv_row_edit *out, struct zv_db *db, const struct zv_register *reg, const struct zv_row_field *fields, size_t n,
			const struct zv_row_edit_options *options, struct zv_arena *arena, struct zv_err *err)
{
	struct edit e = {.out = out, .db = db, .reg = reg, .options = options, .arena = arena};
	bool keyed = strcmp(reg->name, "need") == 0 || strcmp(reg->name, "offer") == 0 || strcmp(reg->name, "project_cost") == 0;
	char key[ZV_UID_TEXT];
	enum zv_code code = begin(&e, err);

	if (code != ZV_OK)
		return code;
	if (strcmp(reg->name, "need") == 0)
		put_cell(&e, "state", ZV_STR("draft"));
	code = put_fields(&e, fields, n, err);
	if (code == ZV_OK && keyed && cell(&e, "key").n == 0) {
		zv_uid_new(key, (char[]){reg->name[0], '\0'});
		put_cell(&e, "key", zv_str_dup(arena, zv_str_c(key)));
	}
	if (code == ZV_OK)
		code = import_cells(&e, err);
	return code == ZV_OK ? read_back(&e, err) : code;
}

enum zv_code zv_row_set(struct zv_row_edit *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *row,
			const struct zv_row_field *fields, size_t n, const struct zv_row_edit_options *options, struct zv_arena *arena,
			struct zv_err *err)
{
	struct edit e = {.out = out, .db = db, .reg = reg, .row = row, .options = options, .arena = arena};
	enum zv_code code = begin(&e, err);

	if (code == ZV_OK)
		code = e.kind->unmap(e.cells, db, row, arena, err);
	if (code != ZV_OK)
		return code;
	put_cell(&e, "key", row->source_key);
	memcpy(e.stored, e.cells, sizeof(e.cells));
	code = put_fields(&e, fields, n, err);
	if (code == ZV_OK)
		code = import_cells(&e, err);
	return code == ZV_OK ? read_back(&e, err) : code;
}

/* --- taking away ------------------------------------------------------------------------------------------------------------- */

/* The batch that touched the row last: the one that made it, or a later one that said something of it. */
static enum zv_code last_batch(struct zv_batch *batch, struct zv_db *db, const struct zv_register *reg, const struct zv_record *record,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_fact *facts;
	int64_t id = record->batch_id;
	size_t n;
	enum zv_code code = zv_record_facts(&facts, &n, db, reg, record, arena, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		if (facts[i].state != ZV_FACT_UNDONE && facts[i].batch_id > id)
			id = facts[i].batch_id;
	return zv_batch_by_id(batch, db, id, arena, err);
}

/* The same, which must have been made by hand. */
static enum zv_code made_by_hand(struct zv_batch *batch, struct zv_db *db, const struct zv_register *reg, const struct zv_record *record,
				 struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = last_batch(batch, db, reg, record, arena, err);

	if (code != ZV_OK)
		return code;
	if (!zv_str_eq_c(batch->source, source))
		return zv_fail(err, ZV_E_CONFLICT, reg->name,
			       N_("Need %.*s came with %.*s and not by hand. “zveno need set %.*s state=closed” closes it."),
			       ZV_STR_FMT(record->source_key), ZV_STR_FMT(batch->source), ZV_STR_FMT(record->source_key));
	return ZV_OK;
}

static enum zv_code undo_all(struct zv_db *db, const struct zv_register *reg, const struct zv_record *row, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_batches_undone undone;
	struct zv_record record = *row;
	struct zv_batch batch = {0};
	enum zv_code code = ZV_OK;

	/* Each change by hand was a batch of its own: the latest goes first, until the row is gone. */
	while (code == ZV_OK) {
		code = made_by_hand(&batch, db, reg, &record, arena, err);
		if (code == ZV_OK)
			code = zv_batches_undo(&undone, db, batch.uid, arena, err);
		if (code == ZV_OK)
			code = zv_record_by_uid(&record, db, reg, row->uid, arena, err);
	}
	return code == ZV_E_NOTFOUND && batch.id != 0 ? ZV_OK : code;
}

enum zv_code zv_row_delete(struct zv_db *db, const struct zv_register *reg, const struct zv_record *row,
			   const struct zv_row_edit_options *options, struct zv_arena *arena, struct zv_err *err)
{
	if (options->who != NULL) {
		enum zv_code code = zv_sight_needs(db, options->who, reg, row, err);

		if (code != ZV_OK)
			return code;
	}
	return undo_all(db, reg, row, arena, err);
}

/* --- versions ---------------------------------------------------------------------------------------------------------------- */

struct zv_str zv_row_version_of(const struct zv_register *reg, const struct zv_record *row, const struct zv_fact *facts, size_t n,
				struct zv_arena *arena)
{
	char digest[ZV_DIGEST_HEX];
	struct zv_buf text;

	zv_buf_init(&text, 0);
	zv_buf_addf(&text, "%.*s %" PRId64 " %d %d", ZV_STR_FMT(row->uid), row->batch_id, (int)row->said_on, (int)row->status);
	for (int i = 0; i < reg->n_columns; i++) {
		const struct zv_value *value = &row->values[i];

		if (value->null)
			zv_buf_add_c(&text, "\x1f-");
		else if (reg->columns[i].type == ZV_COL_TEXT)
			zv_buf_addf(&text, "\x1f" "%zu:%.*s", value->s.n, ZV_STR_FMT(value->s));
		else
			zv_buf_addf(&text, "\x1f%" PRId64, value->i);
	}
	for (size_t i = 0; i < n; i++)
		zv_buf_addf(&text, "\x1f%d %" PRId64 " %d %d", (int)(facts[i].column - reg->columns), facts[i].batch_id, (int)facts[i].state,
			    (int)facts[i].status);
	zv_digest_hex(digest, zv_buf_str(&text));
	zv_buf_done(&text);
	return zv_str_dup(arena, zv_str_first(zv_str_c(digest), 32));
}

enum zv_code zv_row_version(struct zv_str *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *row,
			    struct zv_arena *arena, struct zv_err *err)
{
	struct zv_fact *facts;
	size_t n = 0;
	enum zv_code code = zv_record_facts(&facts, &n, db, reg, row, arena, err);

	if (code == ZV_OK)
		*out = zv_row_version_of(reg, row, facts, n, arena);
	return code;
}
