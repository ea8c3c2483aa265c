/* A dry run of the row for what is wrong; the rest is looked up here. */
#include "app/need_check.h"

#include <string.h>

#include "app/find.h"
#include "app/kind_cells.h"
#include "app/row_rights.h"
#include "app/sight.h"
#include "base/map.h"
#include "base/tr.h"
#include "model/quantity.h"

enum { NEEDS_MAX = 2000, STATE_CONTRACTED = 4, STATE_CLOSED = 5, STATE_DRAFT = 0 };

static struct zv_str given(const struct zv_row_field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (zv_str_eq_c(fields[i].name, name))
			return fields[i].clear ? ZV_STR("") : zv_str_trim(fields[i].value);
	return ZV_STR("");
}

/* --- quantity and density ------------------------------------------------------------------------------------------------------ */

static enum zv_code read_qty(struct zv_quantity *out, const struct zv_row_field *fields, size_t n, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str qty = given(fields, n, "qty"), unit = given(fields, n, "unit");

	if (qty.n == 0)
		return zv_fail(err, ZV_E_INVALID, "qty", N_("The quantity is empty. Say how much is needed."));
	return unit.n > 0 && zv_cell_bare(qty) ? zv_quantity_parse_parts(out, qty, unit, arena, "qty", "unit", err)
					       : zv_quantity_parse(out, qty, arena, "qty", err);
}

/* The item that the fields name; *found false when there is none yet. */
static enum zv_code find_item(bool *found, struct zv_record *item, const struct zv_row_field *fields, size_t n, struct zv_db *db,
			      const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	static const char *const names[] = {"cas", "item_key", "item"};
	enum zv_code code = ZV_E_NOTFOUND;

	for (size_t i = 0; i < ZV_LEN(names) && (code == ZV_E_NOTFOUND || code == ZV_E_CONFLICT); i++) {
		struct zv_str name = given(fields, n, names[i]);

		if (name.n > 0)
			code = zv_find_item(item, db, who, name, arena, err);
	}
	*found = code == ZV_OK;
	return code == ZV_E_NOTFOUND || code == ZV_E_CONFLICT || code == ZV_E_INVALID ? ZV_OK : code;
}

static int64_t item_value(const struct zv_record *item, const char *column)
{
	const struct zv_value *value = &item->values[zv_register_column(zv_register_find("item"), column)];

	return value->null ? 0 : value->i;
}

enum zv_code zv_need_density(struct zv_row_field *fields, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str density = given(fields, *n, "density"), text;
	struct zv_record item;
	struct zv_quantity qty;
	int64_t base, mg_l = 0;
	bool found = false;
	size_t kept = 0;
	enum zv_code code = ZV_OK;

	if (density.n > 0)
		code = zv_density_parse(&mg_l, density, "density", err);
	if (code == ZV_OK && mg_l > 0)
		code = find_item(&found, &item, fields, *n, db, who, arena, err);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < *n; i++)
		if (!zv_str_eq_c(fields[i].name, "density"))
			fields[kept++] = fields[i];
	*n = kept;
	if (!found || read_qty(&qty, fields, *n, arena, err) != ZV_OK || item_value(&item, "dim") == 0 || item_value(&item, "dim") == (int64_t)qty.dim)
		return ZV_OK; /* what is wrong with the quantity is told with the row */
	code = zv_quantity_convert(&base, qty.base, qty.dim, (enum zv_dim)item_value(&item, "dim"), mg_l, "density", err);
	if (code != ZV_OK)
		return code;
	text = zv_out_qty(base, (enum zv_dim)item_value(&item, "dim"), NULL, arena);
	for (size_t i = 0; i < *n; i++) {
		if (zv_str_eq_c(fields[i].name, "qty"))
			fields[i].value = text;
		else if (zv_str_eq_c(fields[i].name, "unit"))
			fields[i].value = ZV_STR("");
	}
	return ZV_OK;
}

/* --- what is said ---------------------------------------------------------------------------------------------------------------- */

static void add_fault(struct zv_need_check *out, struct zv_str field, struct zv_str text, struct zv_arena *arena)
{
	if (out->n_faults == ZV_CHECK_FAULTS_MAX)
		return;
	out->faults[out->n_faults++] = (struct zv_check_fault){zv_str_dup(arena, field), zv_str_dup(arena, text)};
}

static void add_err(struct zv_need_check *out, const struct zv_err *err, struct zv_arena *arena)
{
	add_fault(out, zv_str_c(err->field), zv_str_c(err->text), arena);
}

/* "40 kg = 40 000 000 mg", and whether the item is counted in a unit of another kind. */
static void echo(struct zv_need_check *out, const struct zv_row_field *fields, size_t n, const struct zv_record *item, struct zv_arena *arena)
{
	char text[ZV_QUANTITY_ECHO];
	struct zv_quantity qty;
	struct zv_err err;
	struct zv_str whole;
	ptrdiff_t equals;
	int64_t base;

	if (read_qty(&qty, fields, n, arena, &err) != ZV_OK)
		return;
	zv_quantity_echo(text, qty.base, qty.dim);
	whole = zv_str_dup(arena, zv_str_c(text));
	equals = zv_str_find(whole, ZV_STR(" = "));
	out->qty = equals >= 0 ? zv_str_first(whole, (size_t)equals) : whole;
	out->base = equals >= 0 ? zv_str_from(whole, (size_t)equals + 3) : whole;
	if (item == NULL || item_value(item, "dim") == 0 || item_value(item, "dim") == (int64_t)qty.dim)
		return;
	if (zv_quantity_convert(&base, qty.base, qty.dim, (enum zv_dim)item_value(item, "dim"), item_value(item, "density_mg_l"), "density",
				&err) == ZV_OK)
		return;
	out->density_needed = (qty.dim == ZV_DIM_MASS && item_value(item, "dim") == ZV_DIM_VOLUME) ||
			      (qty.dim == ZV_DIM_VOLUME && item_value(item, "dim") == ZV_DIM_MASS);
	add_err(out, &err, arena);
}

/* What is wrong with the row; the answers that are missing. */
static enum zv_code look(struct zv_need_check *out, struct zv_db *db, const struct zv_who *who, const struct zv_row_field *fields, size_t n,
			 zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	static const struct {
		const char *field, *column;
	} asked[] = {{"requirements", "requirements"}, {"price", "ceiling_kop"}, {"tolerance", "tolerance_base"}};
	const struct zv_register *reg = zv_register_find("need");
	struct zv_row_edit_options options = {.who = who, .said_on = said_on, .dry_run = true};
	struct zv_row_edit edit;
	struct zv_record record = {0};
	enum zv_code code = zv_row_add(&edit, db, reg, fields, n, &options, arena, err);

	for (size_t i = 0; i < edit.report.n_faults; i++)
		if (edit.report.faults[i].level != ZV_IMPORT_WARNING)
			add_fault(out, edit.report.faults[i].column, edit.report.faults[i].text, arena);
	if (code != ZV_OK && edit.report.n_faults == 0 && code != ZV_E_IO && code != ZV_E_BUSY && code != ZV_E_BUG)
		add_err(out, err, arena);
	for (size_t i = 0; i < ZV_LEN(asked); i++)
		record.values[zv_register_column(reg, asked[i].column)].null = given(fields, n, asked[i].field).n == 0;
	zv_row_hints(&edit, &record, arena);
	memcpy(out->hints, edit.hints, sizeof(out->hints));
	out->n_hints = edit.n_hints;
	zv_row_edit_done(&edit);
	return code == ZV_E_IO || code == ZV_E_BUSY || code == ZV_E_BUG ? code : ZV_OK;
}

/* --- the same, asked for before ---------------------------------------------------------------------------------------------------- */

static const char sql_same[] =
	"SELECT id, org_id, state, dim, qty_base FROM need WHERE item_id = $1 AND state NOT IN (4, 5) AND qty_base IS NOT NULL ORDER BY id LIMIT $2";

/* Needs of others in one dimension, each organisation with what it needs. */
struct others {
	struct zv_map at; /* organisation to its place */
	int64_t of_org[NEEDS_MAX];
	size_t n;
	int64_t total;
	enum zv_dim dim;
};

static void count_other(struct others *others, int64_t org, int64_t base, enum zv_dim dim)
{
	int64_t at;

	if (others->n == 0)
		others->dim = dim;
	if (dim != others->dim || __builtin_add_overflow(others->total, base, &others->total))
		return;
	if (!zv_map_get_int(&at, &others->at, org)) {
		at = (int64_t)others->n++;
		others->of_org[at] = 0;
		zv_map_put_int(&others->at, org, at);
	}
	others->of_org[at] += base;
}

static struct zv_value value_of(const struct zv_record *need, const char *column)
{
	return need->values[zv_register_column(zv_register_find("need"), column)];
}

static enum zv_code add_own(struct zv_need_check *out, struct zv_db *db, const struct zv_record *need, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_check_same *same = &out->same[out->n_same];
	char qty[ZV_QUANTITY_TEXT], due[ZV_DATE_TEXT];
	struct zv_record org;
	enum zv_code code = zv_record_by_id(&org, db, zv_register_find("org"), value_of(need, "org_id").i, arena, err);

	if (code != ZV_OK)
		return code;
	*same = (struct zv_check_same){.uid = need->uid, .qty_base = value_of(need, "qty_base").i, .dim = (enum zv_dim)value_of(need, "dim").i, .own = true};
	same->org = zv_out_text_of(zv_register_find("org"), &org, "name");
	zv_quantity_format(qty, same->qty_base, same->dim);
	if (value_of(need, "due").null) {
		same->text = zv_arena_strf(arena, zv_tr(N_("%.*s: %s is asked for already.")), ZV_STR_FMT(need->source_key), qty);
	} else {
		zv_date_format(due, (zv_date)value_of(need, "due").i);
		same->text = zv_arena_strf(arena, zv_tr(N_("%.*s: %s by %s is asked for already.")), ZV_STR_FMT(need->source_key), qty, due);
	}
	out->n_same++;
	return ZV_OK;
}

/* How many others, and how much: only where that tells nothing of any one of them. */
static enum zv_code add_others(struct zv_need_check *out, struct zv_db *db, const struct others *others, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_disclosure_rule rule;
	char qty[ZV_QUANTITY_TEXT];
	int64_t largest = 0;
	enum zv_code code = zv_disclosure_rule_load(&rule, db, err);

	for (size_t i = 0; i < others->n; i++)
		largest = others->of_org[i] > largest ? others->of_org[i] : largest;
	if (code != ZV_OK || !zv_disclosure_allows(&rule, others->n, largest, others->total))
		return code;
	zv_quantity_format(qty, others->total, others->dim);
	out->same[out->n_same++] = (struct zv_check_same){
		.qty_base = others->total,
		.dim = others->dim,
		.text = zv_arena_strf(arena, zv_tr_n("%d other organisation needs %s of it: a lot can serve both.",
						     "%d other organisations need %s of it: a lot can serve all.", (int64_t)others->n),
				      (int)others->n, qty),
	};
	return ZV_OK;
}

/* Ids of the own ones, and the others summed up. Contracted and closed needs are none any more; drafts are their owner's business. */
static enum zv_code sort_needs(int64_t *own, size_t *n_own, struct others *others, struct zv_db *db, const struct zv_who *who, int64_t item_id,
			       struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_same, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	zv_bind_int(stmt, 2, NEEDS_MAX);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		int64_t id = zv_col_int(stmt, 0), org = zv_col_int(stmt, 1);

		if (!zv_may(who, ZV_DO_NEED_WRITE, (struct zv_object){zv_id_centre(id), org})) {
			if (zv_col_int(stmt, 2) != STATE_DRAFT)
				count_other(others, org, zv_col_int(stmt, 4), (enum zv_dim)zv_col_int(stmt, 3));
		} else if (*n_own < ZV_CHECK_SAME_MAX - 1) {
			own[(*n_own)++] = id;
		}
	}
	return code;
}

static enum zv_code find_same(struct zv_need_check *out, struct zv_db *db, const struct zv_who *who, int64_t item_id, struct zv_arena *arena,
			      struct zv_err *err)
{
	struct others *others = ZV_ARENA_NEW(arena, struct others);
	int64_t own[ZV_CHECK_SAME_MAX];
	size_t n = 0;
	enum zv_code code;

	zv_map_init(&others->at);
	code = sort_needs(own, &n, others, db, who, item_id, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_record *need = ZV_ARENA_NEW(arena, struct zv_record);

		code = zv_record_by_id(need, db, zv_register_find("need"), own[i], arena, err);
		if (code == ZV_OK)
			code = add_own(out, db, need, arena, err);
	}
	if (code == ZV_OK)
		code = add_others(out, db, others, arena, err);
	zv_map_done(&others->at);
	return code;
}

enum zv_code zv_need_check(struct zv_need_check *out, struct zv_db *db, const struct zv_who *who, const struct zv_row_field *fields, size_t n,
			   zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_row_field own[ZV_ROW_FIELDS_MAX + 1];
	struct zv_record item;
	struct zv_err fault;
	bool found = false;
	enum zv_code code;

	*out = (struct zv_need_check){0};
	if (n > ZV_ROW_FIELDS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "", N_("There are more than %d fields."), ZV_ROW_FIELDS_MAX);
	memcpy(own, fields, n * sizeof(*fields));
	code = zv_need_density(own, &n, db, who, arena, &fault);
	if (code != ZV_OK)
		add_err(out, &fault, arena);
	code = look(out, db, who, own, n, said_on, arena, err);
	if (code == ZV_OK)
		code = find_item(&found, &item, own, n, db, who, arena, err);
	if (code != ZV_OK)
		return code;
	echo(out, own, n, found ? &item : NULL, arena);
	return found ? find_same(out, db, who, item.id, arena, err) : ZV_OK;
}

/* --- joining ------------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_need_joined(struct zv_str *out, struct zv_db *db, const struct zv_record *need, struct zv_str more, struct zv_arena *arena,
			    struct zv_err *err)
{
	enum zv_dim dim = (enum zv_dim)value_of(need, "dim").i;
	int64_t state = value_of(need, "state").i, mg_l = 0, base;
	struct zv_quantity qty;
	struct zv_record item;
	enum zv_code code = zv_quantity_parse(&qty, more, arena, "qty", err);

	if (code == ZV_OK && (state == STATE_CONTRACTED || state == STATE_CLOSED))
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("This need is contracted or closed; enter a new one."));
	if (code == ZV_OK && qty.dim != dim && !value_of(need, "item_id").null) {
		code = zv_record_by_id(&item, db, zv_register_find("item"), value_of(need, "item_id").i, arena, err);
		mg_l = code == ZV_OK ? item_value(&item, "density_mg_l") : 0;
	}
	if (code == ZV_OK)
		code = zv_quantity_convert(&base, qty.base, qty.dim, dim, mg_l, "qty", err);
	if (code != ZV_OK)
		return code;
	if (base <= 0 || __builtin_add_overflow(base, value_of(need, "qty_base").i, &base))
		return zv_fail(err, ZV_E_INVALID, "qty", N_("“%.*s” cannot be added to this need."), ZV_STR_FMT(zv_str_first(more, 60)));
	*out = zv_out_qty(base, dim, NULL, arena);
	return ZV_OK;
}
