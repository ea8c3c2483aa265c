/* Values of registers as texts. Quantities need the row's dimension, references the other row's name: both are found here. */
#include "app/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/import_kind.h"
#include "app/sight.h"
#include "app/words.h"
#include "base/decimal.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "model/money.h"
#include "model/price.h"
#include "model/quantity.h"

/* What a table of each register shows when nobody says what to show. */
static const struct {
	const char *name;
	const char *columns[8];
} main_columns[] = {
	{"class_code", {"scheme", "edition", "code", "name", "unit_symbol"}},
	{"crosswalk", {"scheme_a", "code_a", "relation", "scheme_b", "code_b"}},
	{"org", {"name", "kind", "inn", "ogrn", "region"}},
	{"site", {"org_id", "name", "region", "lat_micro", "lon_micro"}},
	{"item", {"name", "cas", "okpd2", "hs", "control"}},
	{"item_alias", {"item_id", "name"}},
	{"substitute", {"item_id", "with_item_id", "state", "days"}},
	{"controlled", {"match_kind", "match_value", "name_ru", "name_en", "regime", "action"}},
	{"permit", {"org_id", "regime", "number", "valid_until"}},
	{"need", {"title", "org_id", "region", "qty_base", "due", "ceiling_kop", "state"}},
	{"offer", {"item_id", "org_id", "region", "fixed_kop", "price_kop", "min_base", "lead_days", "valid_until"}},
	{"capacity", {"item_id", "org_id", "quarter", "free_base", "nominal_base"}},
	{"supply", {"title", "supplier_id", "customer_id", "signed_on", "qty_base", "unit_kop", "sum_kop"}},
	{"cluster", {"name", "state", "region", "number", "org_id", "members_stated", "projects_stated", "valid_until"}},
	{"cluster_event", {"cluster_id", "happened_on", "state", "act", "number", "title"}},
	{"cluster_member", {"cluster_id", "org_id", "role", "joined_on", "left_on"}},
	{"contract", {"seller_id", "buyer_id", "kind", "number", "title", "signed_on", "valid_until", "sum_kop"}},
	{"delivery", {"contract_id", "year", "sum_kop", "note"}},
	{"org_year", {"org_id", "year", "shipped_kop", "bought_kop", "staff", "productive_jobs"}},
	{"project", {"name", "org_id", "cluster_id", "kind", "state", "starts_on", "ends_on", "budget_kop"}},
	{"project_member", {"project_id", "org_id", "role"}},
	{"project_cost", {"project_id", "org_id", "supplier_id", "category", "title", "qty_base", "sum_kop", "paid_on"}},
	{"infra", {"name", "kind", "state", "region", "land_m2", "floor_m2", "power_kw", "hazard_class"}},
	{"resident", {"infra_id", "org_id", "cluster_id", "since_on", "until_on"}},
	{"statement", {"org_id", "project_id", "cluster_id", "name", "value", "document"}},
	{"received", {"org_id", "measure", "project_id", "sum_kop", "received_on"}},
	{"cluster_count", {"counted_on", "number", "expected", "scope"}},
	{"product", {"org_id", "process", "item_id", "out_base", "day_base", "day_kop"}},
	{"recipe_line", {"org_id", "process", "item_id", "kind", "qty_base", "stock_days"}},
	{"line_source", {"org_id", "process", "item_id", "state", "maker_id", "country", "with_item_id", "days"}},
};

/* Import kinds have names of their own ("enterprises"); a classifier's kind is its scheme among the codes. */
static const struct zv_register *register_of_kind(const char *name, struct zv_str *scheme)
{
	const struct zv_register *reg = zv_register_find(name);
	const struct zv_import_kind *kind = zv_import_kind_find(name);

	*scheme = (struct zv_str){0};
	if (reg != NULL || kind == NULL)
		return reg;
	if (strcmp(kind->reg, "class_code") == 0)
		*scheme = zv_str_c(kind->name);
	return zv_register_find(kind->reg);
}

static enum zv_code no_such_register(const char *kind, struct zv_err *err)
{
	struct zv_buf names;
	int n;
	const struct zv_register *const *all = zv_registers(&n);

	zv_buf_init(&names, 400);
	for (int i = 0; i < n; i++)
		zv_buf_addf(&names, "%s%s", i > 0 ? ", " : "", all[i]->plural);
	(void)zv_fail(err, ZV_E_INVALID, "kind", N_("There is no register “%s”. There are: %s."), kind, zv_buf_c(&names));
	zv_buf_done(&names);
	return ZV_E_INVALID;
}

enum zv_code zv_listing_init(struct zv_listing *listing, struct zv_db *db, const char *kind, struct zv_err *err)
{
	struct zv_str scheme;
	const struct zv_register *reg = register_of_kind(kind, &scheme);

	if (reg == NULL)
		return no_such_register(kind, err);
	*listing = (struct zv_listing){.db = db, .reg = reg, .scheme = scheme};
	zv_map_init(&listing->seen);
	zv_arena_init(&listing->arena);
	zv_arena_init(&listing->row);
	return ZV_OK;
}

void zv_listing_done(struct zv_listing *listing)
{
	zv_map_done(&listing->seen);
	zv_arena_done(&listing->arena);
	zv_arena_done(&listing->row);
	free(listing->names);
	listing->names = NULL;
}

void zv_listing_next_row(struct zv_listing *listing)
{
	zv_arena_reset(&listing->row);
}

int zv_listing_main_columns(int *out, int max, const struct zv_register *reg)
{
	int n = 0;

	for (size_t i = 0; i < ZV_LEN(main_columns); i++) {
		if (main_columns[i].name[0] != reg->name[0] || strcmp(main_columns[i].name, reg->name) != 0)
			continue;
		for (size_t k = 0; k < ZV_LEN(main_columns[i].columns) && main_columns[i].columns[k] != NULL && n < max; k++) {
			int column = zv_register_column(reg, main_columns[i].columns[k]);

			if (column >= 0)
				out[n++] = column;
		}
	}
	for (int i = 0; i < reg->n_columns && n == 0 && i < max; i++)
		out[n++] = i;
	return n;
}

enum { THOUSANDTHS = 1000, ENTITY_SHIFT = 57 }; /* ids are below 2^57 (store/id.h) */

struct zv_str zv_listing_name(const struct zv_register *reg, const struct zv_record *record)
{
	static const char *const names[] = {"short_name", "name", "title", "code"};

	for (size_t i = 0; i < ZV_LEN(names); i++) {
		int column = zv_register_column(reg, names[i]);

		if (column >= 0 && !record->values[column].null && record->values[column].s.n > 0)
			return record->values[column].s;
	}
	return record->source_key;
}

const struct zv_register *zv_listing_register_of(struct zv_str uid)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);

	for (int i = 0; i < n; i++) {
		if (zv_uid_check(uid, all[i]->uid_kind))
			return all[i];
	}
	return NULL;
}

/* uid and name of a row referred to, looked up once. */
static enum zv_code look_up(struct zv_str out[2], struct zv_listing *listing, const struct zv_register *reg, int64_t id, struct zv_err *err)
{
	struct zv_record record;
	const int64_t key = (int64_t)reg->entity << ENTITY_SHIFT | id; /* ids of two registers may be the same number */
	int64_t at;
	enum zv_code code;

	if (zv_map_get_int(&at, &listing->seen, key)) {
		memcpy(out, listing->names[at], sizeof(listing->names[at]));
		return ZV_OK;
	}
	code = zv_record_by_id(&record, listing->db, reg, id, &listing->row, err);
	if (code != ZV_OK)
		return code;
	if (listing->n_names == listing->cap_names) {
		listing->cap_names = listing->cap_names * 2 + 64;
		listing->names = zv_reallocarray(listing->names, listing->cap_names, sizeof(*listing->names));
	}
	out[0] = zv_str_dup(&listing->arena, record.uid);
	out[1] = zv_str_dup(&listing->arena, zv_listing_name(reg, &record));
	memcpy(listing->names[listing->n_names], out, sizeof(listing->names[0]));
	zv_map_put_int(&listing->seen, key, (int64_t)listing->n_names++);
	return ZV_OK;
}

static enum zv_dim dim_of(const struct zv_register *reg, const struct zv_record *record)
{
	int column = zv_register_column(reg, "dim");

	return column >= 0 && !record->values[column].null ? (enum zv_dim)record->values[column].i : ZV_DIM_NONE;
}

/* The price of which `column` holds the kopecks; false when the column beside it does not exist or is not stated. */
static bool price_of(struct zv_price *out, const struct zv_register *reg, const struct zv_record *record, int column, int64_t kop)
{
	const char *name = reg->columns[column].name;
	size_t n = strlen(name);
	char per[64];
	int at;

	if (n < 4 || n >= sizeof(per) || memcmp(name + n - 4, "_kop", 4) != 0)
		return false;
	memcpy(per, name, n - 4);
	memcpy(per + n - 4, "_per", sizeof("_per"));
	at = zv_register_column(reg, per);
	if (at < 0 || record->values[at].null)
		return false;
	*out = (struct zv_price){kop, record->values[at].i};
	return true;
}

static void money_texts(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_record *record, int column, int64_t kop)
{
	enum zv_dim dim = dim_of(listing->reg, record);
	struct zv_price price;
	char text[ZV_PRICE_TEXT];
	int64_t one;

	if (!price_of(&price, listing->reg, record, column, kop))
		zv_money_format(text, kop);
	else if (zv_dim_price_unit(dim) != NULL)
		zv_price_format(text, price, dim);
	else /* an unknown unit is counted in thousandths of itself */
		zv_money_format(text, zv_muldiv(&one, price.kop, THOUSANDTHS, price.per) ? one : kop);
	out->human = zv_str_dup(&listing->row, zv_str_c(text));
}

/* Texts of the types whose human form differs from the machine's. */
static enum zv_code texts(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_record *record, int column,
			  const struct zv_value *value, struct zv_err *err)
{
	const struct zv_column *c = &listing->reg->columns[column];
	char text[ZV_DECIMAL_TEXT + ZV_QUANTITY_TEXT];
	struct zv_str names[2];
	enum zv_code code;

	switch (c->type) {
	case ZV_COL_QTY:
		zv_quantity_format(text, value->i, dim_of(listing->reg, record));
		out->human = zv_str_dup(&listing->row, zv_str_c(text));
		break;
	case ZV_COL_KOP:
		money_texts(out, listing, record, column, value->i);
		break;
	case ZV_COL_BOOL:
		out->type = ZV_LISTING_BOOL;
		out->machine = value->i != 0 ? ZV_STR("true") : ZV_STR("false");
		out->human = zv_str_c(value->i != 0 ? zv_tr(N_("yes")) : zv_tr(N_("no")));
		break;
	case ZV_COL_REF:
		code = look_up(names, listing, zv_register_find(c->ref), value->i, err);
		if (code != ZV_OK)
			return code;
		out->type = ZV_LISTING_TEXT;
		out->machine = names[0];
		out->human = names[1];
		break;
	default:
		break;
	}
	return ZV_OK;
}

static struct zv_str word_of(const struct zv_column *column, int64_t value)
{
	for (int64_t i = 0; column->words != NULL && column->words[i] != NULL; i++) {
		if (i == value)
			return zv_str_c(column->words[i]);
	}
	return (struct zv_str){0};
}

/* The machine's text; people get the same unless `texts` says otherwise. */
static void plain(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_column *c, const struct zv_value *value)
{
	char text[ZV_DECIMAL_TEXT];

	out->type = ZV_LISTING_TEXT;
	switch (c->type) {
	case ZV_COL_TEXT:
		out->machine = out->human = value->s;
		return;
	case ZV_COL_DATE:
		zv_date_format(text, (zv_date)value->i);
		break;
	case ZV_COL_QUARTER:
		zv_quarter_format(text, (int32_t)value->i);
		break;
	case ZV_COL_MICRO:
		out->type = ZV_LISTING_NUMBER;
		zv_decimal_format(text, value->i, 6, 0, true);
		break;
	case ZV_COL_ENUM:
		out->machine = word_of(c, value->i);
		out->human = out->machine.n > 0 ? zv_word_said(out->machine.p, &listing->row) : ZV_STR("");
		if (out->machine.n > 0)
			return;
		/* fallthrough */
	default:
		out->type = ZV_LISTING_NUMBER;
		(void)snprintf(text, sizeof(text), "%" PRId64, value->i);
		break;
	}
	out->machine = out->human = zv_str_dup(&listing->row, zv_str_c(text));
}

enum zv_code zv_listing_value(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_record *record, int column,
			      const struct zv_value *value, struct zv_err *err)
{
	struct zv_listing_cell cell = {.type = ZV_LISTING_NULL};
	enum zv_code code = ZV_OK;

	if (!value->null) {
		plain(&cell, listing, &listing->reg->columns[column], value);
		code = texts(&cell, listing, record, column, value, err);
	}
	if (code == ZV_OK)
		*out = cell;
	return code;
}

enum zv_code zv_listing_cell(struct zv_listing_cell *out, struct zv_listing *listing, const struct zv_record *record, int column,
			     struct zv_err *err)
{
	return zv_listing_value(out, listing, record, column, &record->values[column], err);
}

static struct zv_str folded(struct zv_arena *arena, struct zv_str s)
{
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, zv_str_trim(s));
	out = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

static enum zv_code no_such_column(const struct zv_register *reg, struct zv_str name, struct zv_err *err)
{
	struct zv_buf names;

	zv_buf_init(&names, 400);
	for (int i = 0; i < reg->n_columns; i++)
		zv_buf_addf(&names, ", %s", reg->columns[i].name);
	(void)zv_fail(err, ZV_E_INVALID, "filter", N_("%s have no field “%.*s”. There are: uid, source_key%s."), reg->plural, ZV_STR_FMT(name),
		      zv_buf_c(&names));
	zv_buf_done(&names);
	return ZV_E_INVALID;
}

enum zv_code zv_listing_filter(struct zv_listing_filter *out, struct zv_listing *listing, struct zv_str text, struct zv_err *err)
{
	struct zv_listing_filter filter = {0};
	ptrdiff_t eq = zv_str_find_char(text, '=');
	ptrdiff_t tilde = zv_str_find_char(text, '~');
	struct zv_str name;
	char c_name[64];

	filter.contains = tilde >= 0 && (eq < 0 || tilde < eq);
	if (filter.contains)
		eq = tilde;
	if (eq <= 0)
		return zv_fail(err, ZV_E_INVALID, "filter", N_("“%.*s” is no filter; write field=value, or field~part."), ZV_STR_FMT(text));
	name = zv_str_first(text, (size_t)eq);
	(void)snprintf(c_name, sizeof(c_name), "%.*s", ZV_STR_FMT(name));
	filter.value = folded(&listing->arena, zv_str_from(text, (size_t)eq + 1));
	filter.column = zv_register_column(listing->reg, c_name);
	if (filter.column < 0) { /* org=... for org_id */
		(void)snprintf(c_name, sizeof(c_name), "%.*s_id", ZV_STR_FMT(name));
		filter.column = zv_register_column(listing->reg, c_name);
	}
	if (zv_str_eq_c(name, "uid"))
		filter.column = -1;
	else if (zv_str_eq_c(name, "source_key"))
		filter.column = -2;
	else if (filter.column < 0)
		return no_such_column(listing->reg, name, err);
	*out = filter;
	return ZV_OK;
}

static bool text_fits(struct zv_listing *listing, const struct zv_listing_filter *filter, struct zv_str text)
{
	struct zv_str key = folded(&listing->row, text);

	return filter->contains ? zv_str_find(key, filter->value) >= 0 : zv_str_eq(key, filter->value);
}

enum zv_code zv_listing_match(bool *out, struct zv_listing *listing, const struct zv_record *record,
			      const struct zv_listing_filter *filters, size_t n, struct zv_err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct zv_listing_cell cell = {.machine = record->uid, .human = record->source_key};
		enum zv_code code = ZV_OK;

		if (filters[i].column >= 0)
			code = zv_listing_cell(&cell, listing, record, filters[i].column, err);
		else if (filters[i].column == -1)
			cell.human = cell.machine;
		else
			cell.machine = cell.human;
		if (code != ZV_OK)
			return code;
		if (!text_fits(listing, &filters[i], cell.machine) && !text_fits(listing, &filters[i], cell.human)) {
			*out = false;
			return ZV_OK;
		}
	}
	*out = true;
	return ZV_OK;
}

/* A kind that is one scheme of a classifier shows its own codes only. */
static bool of_scheme(const struct zv_listing *listing, const struct zv_record *record)
{
	int column = zv_register_column(listing->reg, "scheme");

	return listing->scheme.n == 0 || column < 0 || zv_str_eq_nocase(record->values[column].s, listing->scheme);
}

struct walk {
	struct zv_listing *listing;
	const struct zv_listing_filter *filters;
	size_t n;
	int64_t limit;
	int64_t given;
	int64_t last_id;
	bool more;
	enum zv_code (*each)(void *context, const struct zv_record *record, struct zv_err *err);
	void *context;
	enum zv_code code;
	struct zv_err *err;
	ZV_VEC(struct zv_record) kept;
	struct zv_arena *arena;
};

static struct zv_str keep_text(struct zv_arena *arena, struct zv_str s)
{
	return s.p != NULL ? zv_str_dup(arena, s) : s;
}

/*
 * Records are copied out of the page first: while a statement of the store is being stepped, looking up the rows that it
 * refers to (perhaps by the same statement) would disturb it.
 */
static bool keep_record(void *context, const struct zv_record *record)
{
	struct walk *walk = context;
	struct zv_record copy = *record;

	copy.uid = keep_text(walk->arena, record->uid);
	copy.source_key = keep_text(walk->arena, record->source_key);
	for (int i = 0; i < walk->listing->reg->n_columns; i++)
		copy.values[i].s = keep_text(walk->arena, record->values[i].s);
	zv_vec_push(&walk->kept, copy);
	return true;
}

enum { PAGE = 200 };

/* The next page of what the listing's person may see, as he sees it. */
static enum zv_code keep_page(struct walk *walk, struct zv_err *err)
{
	const struct zv_listing *listing = walk->listing;
	int64_t ids[PAGE];
	size_t n = 0;
	enum zv_code code;

	if (listing->who == NULL || zv_sight_open(listing->who, listing->reg)) {
		code = zv_record_each(listing->db, listing->reg, walk->last_id, PAGE, keep_record, walk, err);
	} else {
		code = zv_sight_next(ids, &n, PAGE, listing->db, listing->who, listing->reg, walk->last_id, err);
		for (size_t i = 0; i < n && code == ZV_OK; i++) {
			struct zv_record record;

			code = zv_record_by_id(&record, listing->db, listing->reg, ids[i], walk->arena, err);
			if (code == ZV_OK)
				zv_vec_push(&walk->kept, record);
		}
	}
	for (size_t i = 0; i < walk->kept.n && code == ZV_OK && listing->who != NULL; i++) {
		enum zv_sight sight;

		code = zv_sight_of(&sight, listing->db, listing->who, listing->reg, &walk->kept.p[i], err);
		if (code == ZV_OK)
			code = zv_sight_mask(&walk->kept.p[i], listing->db, listing->reg, sight, walk->arena, err);
	}
	return code;
}

static bool offer_record(struct walk *walk, const struct zv_record *record)
{
	bool fits = false;

	zv_listing_next_row(walk->listing);
	walk->last_id = record->id;
	walk->code = zv_listing_match(&fits, walk->listing, record, walk->filters, walk->n, walk->err);
	if (walk->code != ZV_OK || !fits || !of_scheme(walk->listing, record))
		return walk->code == ZV_OK;
	if (walk->limit > 0 && walk->given == walk->limit) {
		walk->more = true;
		return false;
	}
	walk->given++;
	walk->code = walk->each(walk->context, record, walk->err);
	return walk->code == ZV_OK;
}

enum zv_code zv_listing_each(bool *more, struct zv_listing *listing, const struct zv_listing_filter *filters, size_t n, int64_t limit,
			     enum zv_code (*each)(void *context, const struct zv_record *record, struct zv_err *err), void *context,
			     struct zv_err *err)
{
	struct zv_arena arena;
	struct walk walk = {.listing = listing, .filters = filters, .n = n, .limit = limit, .last_id = -1, .each = each, .context = context,
			    .err = err, .arena = &arena};
	bool go = true;

	zv_arena_init(&arena);
	while (go && walk.code == ZV_OK) {
		zv_arena_reset(&arena);
		walk.kept.n = 0;
		walk.code = keep_page(&walk, err);
		go = walk.kept.n == PAGE;
		for (size_t i = 0; i < walk.kept.n && walk.code == ZV_OK && !walk.more; i++)
			go = offer_record(&walk, &walk.kept.p[i]) && go;
	}
	zv_vec_done(&walk.kept);
	zv_arena_done(&arena);
	*more = walk.more;
	return walk.code;
}
