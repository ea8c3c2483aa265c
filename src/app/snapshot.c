/* Loads the registers through their descriptions; one function a register, all alike. */
#include "app/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "app/find.h"
#include "base/tr.h"
#include "base/vec.h"
#include "store/register.h"

/* A register being read: where its columns are, and what its rows refer to. */
struct reading {
	const struct zv_register *reg;
	struct zv_snapshot *snapshot;
	struct zv_map *orgs; /* id -> index */
	struct zv_map *items;
	void *rows; /* the vector of the row type */
	const struct zv_map *said; /* of statements of capacity: by id, the day of a later word than the row's own; NULL elsewhere */
};

static const struct zv_value *value(const struct reading *r, const struct zv_record *record, const char *column)
{
	int at = zv_register_column(r->reg, column);

	assert(at >= 0);
	return &record->values[at];
}

static struct zv_str text(const struct reading *r, const struct zv_record *record, const char *column)
{
	return zv_str_dup(&r->snapshot->arena, value(r, record, column)->s);
}

static int64_t number(const struct reading *r, const struct zv_record *record, const char *column, int64_t otherwise)
{
	const struct zv_value *v = value(r, record, column);

	return v->null ? otherwise : v->i;
}

static zv_date date(const struct reading *r, const struct zv_record *record, const char *column)
{
	return (zv_date)number(r, record, column, ZV_DATE_NONE);
}

static struct zv_price price(const struct reading *r, const struct zv_record *record, const char *kop, const char *per)
{
	struct zv_price p = {number(r, record, kop, 0), number(r, record, per, 0)};

	return p.per > 0 ? p : (struct zv_price){0, 0};
}

static int32_t ref(const struct reading *r, const struct zv_record *record, const char *column, const struct zv_map *index)
{
	int64_t at = -1;
	const struct zv_value *v = value(r, record, column);

	if (!v->null)
		(void)zv_map_get_int(&at, index, v->i);
	return (int32_t)at;
}

typedef ZV_VEC(struct zv_snap_org) orgs_vec;
typedef ZV_VEC(struct zv_snap_item) items_vec;
typedef ZV_VEC(struct zv_snap_need) needs_vec;
typedef ZV_VEC(struct zv_snap_offer) offers_vec;
typedef ZV_VEC(struct zv_snap_capacity) capacities_vec;
typedef ZV_VEC(struct zv_snap_substitute) substitutes_vec;
typedef ZV_VEC(struct zv_snap_permit) permits_vec;
typedef ZV_VEC(struct zv_snap_supply) supplies_vec;

static bool add_org(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	orgs_vec *rows = r->rows;
	struct zv_snap_org row = {
		.id = record->id,
		.uid = zv_str_dup(&r->snapshot->arena, record->uid),
		.name = text(r, record, "name"),
		.region = text(r, record, "region"),
	};

	zv_map_put_int(r->orgs, record->id, (int64_t)rows->n);
	zv_vec_push(rows, row);
	return true;
}

static bool add_item(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	items_vec *rows = r->rows;
	struct zv_snap_item row = {
		.id = record->id,
		.uid = zv_str_dup(&r->snapshot->arena, record->uid),
		.key = zv_str_dup(&r->snapshot->arena, record->source_key),
		.name = text(r, record, "name"),
		.name_en = text(r, record, "name_en"),
		.cas = text(r, record, "cas"),
		.okpd2 = text(r, record, "okpd2"),
		.hazard = text(r, record, "hazard"),
		.regime = text(r, record, "regime"),
		.dim = (enum zv_dim)number(r, record, "dim", ZV_DIM_NONE),
		.density_mg_l = number(r, record, "density_mg_l", 0),
		.control = (int)number(r, record, "control", 0),
	};

	zv_vec_push(rows, row);
	return true;
}

static bool add_need(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	needs_vec *rows = r->rows;
	struct zv_snap_need row = {
		.id = record->id,
		.uid = zv_str_dup(&r->snapshot->arena, record->uid),
		.key = zv_str_dup(&r->snapshot->arena, record->source_key),
		.title = text(r, record, "title"),
		.okpd2 = text(r, record, "okpd2"),
		.region = text(r, record, "region"),
		.requirements = text(r, record, "requirements"),
		.org = ref(r, record, "org_id", r->orgs),
		.item = ref(r, record, "item_id", r->items),
		.state = (int)number(r, record, "state", 0),
		.dim = (enum zv_dim)number(r, record, "dim", ZV_DIM_NONE),
		.firm_base = number(r, record, "qty_base", 0),
		.extra_base = number(r, record, "tolerance_base", 0),
		.pure = value(r, record, "basis")->s.n > 0,
		.ceiling = price(r, record, "ceiling_kop", "ceiling_per"),
		.earliest = date(r, record, "earliest"),
		.due = date(r, record, "due"),
		.said_on = record->said_on,
		.urgency = (int32_t)number(r, record, "urgency", 0),
		.whole = number(r, record, "partial", 1) == 0,
	};

	zv_vec_push(rows, row);
	return true;
}

static bool add_offer(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	offers_vec *rows = r->rows;
	struct zv_snap_offer row = {
		.id = record->id,
		.uid = zv_str_dup(&r->snapshot->arena, record->uid),
		.key = zv_str_dup(&r->snapshot->arena, record->source_key),
		.region = text(r, record, "region"),
		.ladder = text(r, record, "ladder"),
		.basis = text(r, record, "basis"),
		.properties = text(r, record, "properties"),
		.org = ref(r, record, "org_id", r->orgs),
		.item = ref(r, record, "item_id", r->items),
		.dim = (enum zv_dim)number(r, record, "dim", ZV_DIM_NONE),
		.fixed_kop = number(r, record, "fixed_kop", -1),
		.price = price(r, record, "price_kop", "price_per"),
		.min_base = number(r, record, "min_base", 0),
		.step_base = number(r, record, "step_base", 0),
		.max_base = number(r, record, "max_base", 0),
		.lead_days = number(r, record, "lead_days", -1),
		.valid_until = date(r, record, "valid_until"),
	};

	if (row.region.n == 0 && row.org >= 0)
		row.region = r->snapshot->orgs[row.org].region;
	zv_vec_push(rows, row);
	return true;
}

/* A statement that was said again has the day of that word (app/restate.h), and its value has not changed. */
static enum zv_code load_said(struct zv_map *said, struct zv_db *db, struct zv_err *err)
{
	static const char sql[] = "SELECT row_id, MAX(said_on) FROM fact WHERE entity = $1 AND field = 'free_base' AND state = 1 GROUP BY row_id";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, zv_register_find("capacity")->entity);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_map_put_int(said, zv_col_int(stmt, 0), zv_col_int(stmt, 1));
	return code;
}

static bool add_capacity(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	capacities_vec *rows = r->rows;
	struct zv_snap_capacity row = {
		.org = ref(r, record, "org_id", r->orgs),
		.item = ref(r, record, "item_id", r->items),
		.quarter = (int32_t)number(r, record, "quarter", 0),
		.dim = (enum zv_dim)number(r, record, "dim", ZV_DIM_NONE),
		.free_base = number(r, record, "free_base", 0),
		.said_on = record->said_on,
	};
	int64_t later;

	if (zv_map_get_int(&later, r->said, record->id))
		row.said_on = (zv_date)later;
	zv_vec_push(rows, row);
	return true;
}

static bool add_substitute(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	substitutes_vec *rows = r->rows;
	struct zv_snap_substitute row = {
		.item = ref(r, record, "item_id", r->items),
		.with = ref(r, record, "with_item_id", r->items),
		.state = (int)number(r, record, "state", 0),
		.days = number(r, record, "days", 0),
	};

	zv_vec_push(rows, row);
	return true;
}

static bool add_permit(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	permits_vec *rows = r->rows;
	struct zv_snap_permit row = {
		.org = ref(r, record, "org_id", r->orgs),
		.regime = text(r, record, "regime"),
		.until = date(r, record, "valid_until"),
	};

	zv_vec_push(rows, row);
	return true;
}

static bool add_supply(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	supplies_vec *rows = r->rows;
	struct zv_snap_supply row = {
		.id = record->id,
		.supplier = ref(r, record, "supplier_id", r->orgs),
		.item = ref(r, record, "item_id", r->items),
		.okpd2 = text(r, record, "okpd2"),
		.region = text(r, record, "region"),
		.title = text(r, record, "title"),
		.dim = (enum zv_dim)number(r, record, "dim", ZV_DIM_NONE),
		.qty_base = number(r, record, "qty_base", 0),
		.unit_price = price(r, record, "unit_kop", "unit_per"),
		.signed_on = date(r, record, "signed_on"),
	};

	zv_vec_push(rows, row);
	return true;
}

static enum zv_code read_register(struct reading *r, struct zv_db *db, const char *name, void *rows,
				  bool (*add)(void *context, const struct zv_record *record), struct zv_err *err)
{
	r->reg = zv_register_find(name);
	assert(r->reg != NULL);
	r->rows = rows;
	return zv_record_each(db, r->reg, 0, INT64_MAX, add, r, err);
}

/* Rows are put in an order that does not hang on the order in which files were read: by day and key, then by id. */
static int by_key(struct zv_str a, int64_t id_a, struct zv_str b, int64_t id_b)
{
	int order = zv_str_cmp(a, b);

	if (order != 0)
		return order;
	return id_a < id_b ? -1 : id_a > id_b;
}

static int items_by_key(const void *a, const void *b)
{
	const struct zv_snap_item *x = a;
	const struct zv_snap_item *y = b;

	return by_key(x->key, x->id, y->key, y->id);
}

static int offers_by_key(const void *a, const void *b)
{
	const struct zv_snap_offer *x = a;
	const struct zv_snap_offer *y = b;

	return by_key(x->key, x->id, y->key, y->id);
}

static int needs_by_age(const void *a, const void *b)
{
	const struct zv_snap_need *x = a;
	const struct zv_snap_need *y = b;

	if (x->said_on != y->said_on)
		return x->said_on < y->said_on ? -1 : 1;
	return by_key(x->key, x->id, y->key, y->id);
}

static int by_maker(const void *a, const void *b)
{
	const struct zv_snap_capacity *x = a;
	const struct zv_snap_capacity *y = b;

	if (x->org != y->org)
		return x->org < y->org ? -1 : 1;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->quarter < y->quarter ? -1 : x->quarter > y->quarter;
}

/* Moves a vector's rows into the arena, so that everything has one lifetime. */
#define KEEP(snapshot, field, vec)                                                                   \
	do {                                                                                         \
		(snapshot)->field = zv_arena_calloc(&(snapshot)->arena, (vec).n, sizeof(*(vec).p));  \
		if ((vec).n > 0)                                                                     \
			memcpy((snapshot)->field, (vec).p, (vec).n * sizeof(*(vec).p));              \
		(snapshot)->n_##field = (vec).n;                                                     \
		zv_vec_done(&(vec));                                                                 \
	} while (0)

static enum zv_code load_orgs_and_items(struct reading *r, struct zv_db *db, struct zv_err *err)
{
	orgs_vec orgs = {0};
	items_vec items = {0};
	enum zv_code code = read_register(r, db, "org", &orgs, add_org, err);

	if (code == ZV_OK)
		code = read_register(r, db, "item", &items, add_item, err);
	if (items.n > 0)
		qsort(items.p, items.n, sizeof(*items.p), items_by_key);
	for (size_t i = 0; i < items.n; i++)
		zv_map_put_int(r->items, items.p[i].id, (int64_t)i);
	KEEP(r->snapshot, orgs, orgs);
	KEEP(r->snapshot, items, items);
	return code;
}

static enum zv_code read_one_need(struct reading *r, struct zv_db *db, struct zv_str name, needs_vec *needs, struct zv_err *err)
{
	struct zv_record record;
	enum zv_code code;

	r->reg = zv_register_find("need");
	r->rows = needs;
	code = zv_find_record(&record, NULL, db, r->reg, name, &r->snapshot->arena, err);
	if (code == ZV_OK)
		(void)add_need(r, &record);
	return code;
}

static enum zv_code load_needs_and_offers(struct reading *r, struct zv_db *db, struct zv_str one, struct zv_err *err)
{
	needs_vec needs = {0};
	offers_vec offers = {0};
	enum zv_code code = one.n > 0 ? read_one_need(r, db, one, &needs, err) : read_register(r, db, "need", &needs, add_need, err);

	if (code == ZV_OK)
		code = read_register(r, db, "offer", &offers, add_offer, err);
	if (needs.n > 0)
		qsort(needs.p, needs.n, sizeof(*needs.p), needs_by_age);
	if (offers.n > 0)
		qsort(offers.p, offers.n, sizeof(*offers.p), offers_by_key);
	for (size_t i = 0; i < needs.n; i++)
		needs.p[i].order = (int64_t)i;
	KEEP(r->snapshot, needs, needs);
	KEEP(r->snapshot, offers, offers);
	return code;
}

static enum zv_code load_the_rest(struct reading *r, struct zv_db *db, bool with_supplies, struct zv_err *err)
{
	capacities_vec capacities = {0};
	substitutes_vec substitutes = {0};
	permits_vec permits = {0};
	supplies_vec supplies = {0};
	struct zv_map said;
	enum zv_code code;

	zv_map_init(&said);
	r->said = &said;
	code = load_said(&said, db, err);
	if (code == ZV_OK)
		code = read_register(r, db, "capacity", &capacities, add_capacity, err);
	r->said = NULL;
	zv_map_done(&said);
	if (code == ZV_OK)
		code = read_register(r, db, "substitute", &substitutes, add_substitute, err);
	if (code == ZV_OK)
		code = read_register(r, db, "permit", &permits, add_permit, err);
	if (code == ZV_OK && with_supplies)
		code = read_register(r, db, "supply", &supplies, add_supply, err);
	if (capacities.n > 0)
		qsort(capacities.p, capacities.n, sizeof(*capacities.p), by_maker);
	KEEP(r->snapshot, capacities, capacities);
	KEEP(r->snapshot, substitutes, substitutes);
	KEEP(r->snapshot, permits, permits);
	KEEP(r->snapshot, supplies, supplies);
	return code;
}

enum zv_code zv_snapshot_load(struct zv_snapshot *out, struct zv_db *db, struct zv_snapshot_wish wish, struct zv_err *err)
{
	struct zv_map orgs;
	struct zv_map items;
	struct reading r = {.snapshot = out, .orgs = &orgs, .items = &items};
	enum zv_code code;

	*out = (struct zv_snapshot){0};
	zv_arena_init(&out->arena);
	zv_map_init(&orgs);
	zv_map_init(&items);
	code = load_orgs_and_items(&r, db, err);
	if (code == ZV_OK)
		code = load_needs_and_offers(&r, db, wish.need, err);
	if (code == ZV_OK)
		code = load_the_rest(&r, db, wish.supplies, err);
	zv_map_done(&orgs);
	zv_map_done(&items);
	return code;
}

void zv_snapshot_done(struct zv_snapshot *snapshot)
{
	zv_arena_done(&snapshot->arena);
	*snapshot = (struct zv_snapshot){0};
}

struct zv_str zv_snap_item_name(const struct zv_snap_item *item)
{
	return item->name_en.n > 0 && zv_str_eq_c(zv_str_c(zv_tr_lang()), "en") ? item->name_en : item->name;
}

const struct zv_snap_capacity *zv_snapshot_capacities(size_t *n, const struct zv_snapshot *snapshot, int32_t org, int32_t item)
{
	const struct zv_snap_capacity *all = snapshot->capacities;
	const struct zv_snap_capacity key = {.org = org, .item = item, .quarter = INT32_MIN};
	size_t lo = 0;
	size_t hi = snapshot->n_capacities;
	size_t end;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_maker(&all[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (end = lo; end < snapshot->n_capacities && all[end].org == org && all[end].item == item; end++)
		;
	*n = end - lo;
	return all + lo;
}

static bool holds(const struct zv_snapshot *s, int32_t org, struct zv_str regime, zv_date on)
{
	for (size_t i = 0; i < s->n_permits; i++) {
		const struct zv_snap_permit *p = &s->permits[i];

		if (p->org == org && (p->until == ZV_DATE_NONE || p->until >= on) && zv_str_eq(p->regime, regime))
			return true;
	}
	return false;
}

bool zv_snapshot_permitted(const struct zv_snapshot *snapshot, int32_t org, struct zv_str regimes, zv_date on)
{
	struct zv_str regime;

	while (zv_str_split(&regime, &regimes, ';')) {
		regime = zv_str_trim(regime);
		if (regime.n > 0 && !holds(snapshot, org, regime, on))
			return false;
	}
	return true;
}
