/* Products, recipe lines and sources as one may see them, with the names of what they refer to. */
#include <string.h>

#include "app/chain_world_inner.h"
#include "app/sight.h"
#include "base/utf8.h"
#include "store/register.h"

static const char owner_statement[] = "org.owner";

/* Which columns of a register go where; a column that it has not is passed over. */
struct reading {
	struct zv_chain_rows_all *all;
	const struct zv_register *reg;
	zv_chain_rows *rows;
	struct zv_err *err;
	enum zv_code code;
	int org, process, item, maker, with, country, via, dim, base, day_base, day_kop, stock, days, transit, share, kind, state;
};

static int64_t number(const struct zv_record *record, int at, int64_t otherwise)
{
	return at < 0 || record->values[at].null ? otherwise : record->values[at].i;
}

static struct zv_str text(const struct zv_record *record, int at, struct zv_arena *arena)
{
	return at < 0 || record->values[at].null ? ZV_STR("") : zv_str_dup(arena, record->values[at].s);
}

/* Names of processes are compared as people read them. */
static struct zv_str place_of(int64_t org_id, struct zv_str process, struct zv_arena *arena)
{
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, process);
	out = zv_arena_strf(arena, "%" PRId64 " %.*s", org_id, ZV_STR_FMT(zv_buf_str(&buf)));
	zv_buf_done(&buf);
	return out;
}

static bool take(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	struct zv_sight_seeing seeing = {r->all->db, r->all->who};
	struct zv_arena *arena = r->all->arena;
	struct zv_chain_row row;
	bool seen = true;

	if (r->all->who != NULL)
		r->code = zv_sight_keeps_row(&seen, &seeing, r->reg, record, r->err);
	if (r->code != ZV_OK || !seen)
		return r->code == ZV_OK;
	if (r->rows->n >= ZV_CHAIN_WORLD_ROWS_MAX) {
		r->code = zv_fail(r->err, ZV_E_LIMIT, r->reg->name, N_("The register %s has more than %d rows; a network of so many is not made."), r->reg->plural,
				  ZV_CHAIN_WORLD_ROWS_MAX);
		return false;
	}
	row = (struct zv_chain_row){
		.org_id = number(record, r->org, 0),
		.item_id = number(record, r->item, 0),
		.maker_id = number(record, r->maker, 0),
		.with_item_id = number(record, r->with, 0),
		.process = text(record, r->process, arena),
		.uid = zv_str_dup(arena, record->uid),
		.key = zv_str_dup(arena, record->source_key),
		.country = text(record, r->country, arena),
		.via = text(record, r->via, arena),
		.dim = number(record, r->dim, 0),
		.base = number(record, r->base, 0),
		.day_base = number(record, r->day_base, 0),
		.day_kop = number(record, r->day_kop, 0),
		.stock_days = number(record, r->stock, 0),
		.days = number(record, r->days, 0),
		.transit_days = number(record, r->transit, 0),
		.share = number(record, r->share, -1),
		.kind = (int)number(record, r->kind, 0),
		.state = (int)number(record, r->state, 0),
	};
	row.place = place_of(row.org_id, row.process, arena);
	zv_vec_push(r->rows, row);
	return true;
}

static enum zv_code read_register(struct zv_chain_rows_all *all, zv_chain_rows *rows, const char *name, const char *base, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(name);
	struct reading r = {.all = all, .reg = reg, .rows = rows, .err = err, .code = ZV_OK};
	enum zv_code code;

	r.org = zv_register_column(reg, "org_id");
	r.process = zv_register_column(reg, "process");
	r.item = zv_register_column(reg, "item_id");
	r.maker = zv_register_column(reg, "maker_id");
	r.with = zv_register_column(reg, "with_item_id");
	r.country = zv_register_column(reg, "country");
	r.via = zv_register_column(reg, "via");
	r.dim = zv_register_column(reg, "dim");
	r.base = zv_register_column(reg, base);
	r.day_base = zv_register_column(reg, "day_base");
	r.day_kop = zv_register_column(reg, "day_kop");
	r.stock = zv_register_column(reg, "stock_days");
	r.days = zv_register_column(reg, "days");
	r.transit = zv_register_column(reg, "transit_days");
	r.share = zv_register_column(reg, "share");
	r.kind = zv_register_column(reg, "kind");
	r.state = zv_register_column(reg, "state");
	code = zv_record_each(all->db, reg, -1, INT64_MAX, take, &r, err);
	return code == ZV_OK ? r.code : code;
}

/* --- names --------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code learn_item(struct zv_chain_rows_all *all, int64_t id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("item");
	struct zv_record *record;
	int64_t known;
	enum zv_code code;

	if (id == 0 || zv_map_get_int(&known, &all->items, id))
		return ZV_OK;
	record = zv_arena_alloc(all->arena, sizeof(*record));
	code = zv_record_by_id(record, all->db, reg, id, all->arena, err);
	if (code != ZV_OK)
		return code;
	zv_map_put_int(&all->items, id, (int64_t)all->names.n);
	zv_vec_push(&all->names, text(record, zv_register_column(reg, "name"), all->arena));
	return ZV_OK;
}

static enum zv_code learn_org(struct zv_chain_rows_all *all, int64_t id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_chain_org org;
	struct zv_record *record;
	int64_t known;
	enum zv_code code;

	if (id == 0 || zv_map_get_int(&known, &all->orgs, id))
		return ZV_OK;
	record = zv_arena_alloc(all->arena, sizeof(*record));
	code = zv_record_by_id(record, all->db, reg, id, all->arena, err);
	if (code != ZV_OK)
		return code;
	org = (struct zv_chain_org){.name = text(record, zv_register_column(reg, "name"), all->arena),
				    .region = text(record, zv_register_column(reg, "region"), all->arena)};
	zv_map_put_int(&all->orgs, id, (int64_t)all->org.n);
	zv_vec_push(&all->org, org);
	return ZV_OK;
}

static enum zv_code learn_names(struct zv_chain_rows_all *all, const zv_chain_rows *rows, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < rows->n && code == ZV_OK; i++) {
		code = learn_item(all, rows->p[i].item_id, err);
		if (code == ZV_OK)
			code = learn_item(all, rows->p[i].with_item_id, err);
		if (code == ZV_OK)
			code = learn_org(all, rows->p[i].org_id, err);
		if (code == ZV_OK)
			code = learn_org(all, rows->p[i].maker_id, err);
	}
	return code;
}

/* Who owns an organisation is stated as “org.owner”. */
static bool take_owner(void *context, const struct zv_record *record)
{
	struct reading *r = context;
	struct zv_sight_seeing seeing = {r->all->db, r->all->who};
	int64_t at;
	bool seen = true;
	const struct zv_value *name = &record->values[r->kind], *value = &record->values[r->state];

	if (name->null || value->null || !zv_str_eq_c(name->s, owner_statement) || !zv_map_get_int(&at, &r->all->orgs, number(record, r->org, 0)))
		return true;
	if (r->all->who != NULL)
		r->code = zv_sight_keeps_row(&seen, &seeing, r->reg, record, r->err);
	if (r->code == ZV_OK && seen)
		r->all->org.p[at].owner = zv_str_dup(r->all->arena, value->s);
	return r->code == ZV_OK;
}

static enum zv_code learn_owners(struct zv_chain_rows_all *all, struct zv_err *err)
{
	struct reading r = {.all = all, .reg = zv_register_find("statement"), .err = err, .code = ZV_OK};
	enum zv_code code;

	r.org = zv_register_column(r.reg, "org_id");
	r.kind = zv_register_column(r.reg, "name");
	r.state = zv_register_column(r.reg, "value");
	code = zv_record_each(all->db, r.reg, -1, INT64_MAX, take_owner, &r, err);
	return code == ZV_OK ? r.code : code;
}

enum zv_code zv_chain_rows_load(struct zv_chain_rows_all *all, struct zv_err *err)
{
	enum zv_code code;

	zv_map_init(&all->items);
	zv_map_init(&all->orgs);
	code = read_register(all, &all->products, "product", "out_base", err);
	if (code == ZV_OK)
		code = read_register(all, &all->lines, "recipe_line", "qty_base", err);
	if (code == ZV_OK)
		code = read_register(all, &all->sources, "line_source", "day_base", err);
	if (code == ZV_OK)
		code = learn_names(all, &all->products, err);
	if (code == ZV_OK)
		code = learn_names(all, &all->lines, err);
	if (code == ZV_OK)
		code = learn_names(all, &all->sources, err);
	return code == ZV_OK ? learn_owners(all, err) : code;
}

void zv_chain_rows_done(struct zv_chain_rows_all *all)
{
	zv_vec_done(&all->products);
	zv_vec_done(&all->lines);
	zv_vec_done(&all->sources);
	zv_vec_done(&all->names);
	zv_vec_done(&all->org);
	zv_map_done(&all->items);
	zv_map_done(&all->orgs);
}

struct zv_str zv_chain_item_name(const struct zv_chain_rows_all *all, int64_t id)
{
	int64_t at;

	return zv_map_get_int(&at, &all->items, id) ? all->names.p[at] : ZV_STR("");
}

const struct zv_chain_org *zv_chain_org(const struct zv_chain_rows_all *all, int64_t id)
{
	static const struct zv_chain_org nobody = {0};
	int64_t at;

	return zv_map_get_int(&at, &all->orgs, id) ? &all->org.p[at] : &nobody;
}
