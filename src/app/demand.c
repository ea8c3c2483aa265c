/* Published demand read back, and the sentence of a card. */
#include "app/demand.h"

#include <stdlib.h>
#include <string.h>

#include "app/sight.h"
#include "base/tr.h"
#include "base/vec.h"
#include "model/quantity.h"
#include "store/search.h"

enum { HITS_MAX = 200 };

#define COLUMNS \
	"i.id, i.uid, i.name, COALESCE(i.name_en, ''), COALESCE(i.cas, ''), COALESCE(i.okpd2, ''), d.state, d.dim, d.as_of, d.buyers, d.regions, " \
	"d.declared_base, d.confirmed_base, d.possible_base, d.low_base, d.high_base, d.threshold_base, d.reached, d.curve, d.places"

const char *zv_demand_state_name(enum zv_demand_state state)
{
	return state == ZV_DEMAND_SHOWN ? "shown" : state == ZV_DEMAND_BAND ? "band" : "few";
}

/* --- one row --------------------------------------------------------------------------------------------------------------------- */

static int64_t number(struct zv_stmt *stmt, int at, int64_t otherwise)
{
	return zv_col_is_null(stmt, at) ? otherwise : zv_col_int(stmt, at);
}

static void read_curve(struct zv_demand *out, struct zv_str text)
{
	struct zv_str row;

	while (text.n > 0 && out->n_curve < ZV_DEMAND_POINTS && zv_str_split(&row, &text, ';')) {
		struct zv_demand_point *point = &out->curve[out->n_curve];
		struct zv_str qty, kop;

		if (row.n > 0 && zv_str_split(&qty, &row, ':') && zv_str_split(&kop, &row, ':') && zv_str_int(&point->qty_base, qty) &&
		    zv_str_int(&point->price.kop, kop) && zv_str_int(&point->price.per, row))
			out->n_curve++;
	}
}

/* The name of a region or of a federal district. */
static struct zv_demand_place place_of(struct zv_str code)
{
	const struct zv_regions *regions = zv_regions_builtin();
	const struct zv_region *region = zv_region_by_iso(regions, code);

	if (region != NULL)
		return (struct zv_demand_place){.code = region->iso, .name = zv_region_name(region)};
	for (size_t i = 0; i < zv_regions_count(regions); i++) {
		region = zv_regions_at(regions, i);
		if (zv_str_eq(region->district, code))
			return (struct zv_demand_place){.code = region->district,
							.name = strcmp(zv_tr_lang(), "ru") == 0 ? region->district_ru : region->district_en,
							.district = true};
	}
	return (struct zv_demand_place){.code = code, .name = code};
}

static void read_places(struct zv_demand *out, struct zv_str text, struct zv_arena *arena)
{
	struct zv_demand_place *places = ZV_ARENA_ARRAY(arena, struct zv_demand_place, text.n / 3 + 1);
	struct zv_str row;

	while (text.n > 0 && zv_str_split(&row, &text, ';')) {
		struct zv_str code;
		int64_t buyers;

		if (row.n == 0 || !zv_str_split(&code, &row, ':') || !zv_str_int(&buyers, row))
			continue;
		places[out->n_places] = place_of(zv_str_dup(arena, code));
		places[out->n_places++].buyers = buyers;
	}
	out->places = places;
}

static struct zv_demand read_row(struct zv_stmt *stmt, struct zv_arena *arena)
{
	struct zv_str name = zv_col_text(stmt, 2);
	struct zv_demand out = {
		.item_id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.state = (enum zv_demand_state)number(stmt, 6, ZV_DEMAND_FEW),
		.dim = (enum zv_dim)number(stmt, 7, ZV_DIM_NONE),
		.as_of = (zv_date)number(stmt, 8, ZV_DATE_NONE),
		.buyers = number(stmt, 9, -1),
		.regions = number(stmt, 10, -1),
		.declared_base = number(stmt, 11, -1),
		.confirmed_base = number(stmt, 12, -1),
		.possible_base = number(stmt, 13, -1),
		.low_base = number(stmt, 14, 0),
		.high_base = number(stmt, 15, 0),
		.threshold_base = number(stmt, 16, 0),
		.reached = number(stmt, 17, 0) != 0,
		.reached_percent = -1,
	};

	if (strcmp(zv_tr_lang(), "en") == 0 && zv_col_text(stmt, 3).n > 0)
		name = zv_col_text(stmt, 3);
	out.name = zv_str_dup(arena, name);
	out.cas = zv_str_dup(arena, zv_col_text(stmt, 4));
	out.okpd2 = zv_str_dup(arena, zv_col_text(stmt, 5));
	if (out.confirmed_base >= 0 && out.threshold_base > 0)
		out.reached_percent = (int64_t)((zv_i128)out.confirmed_base * 100 / out.threshold_base);
	if (out.state == ZV_DEMAND_FEW) /* one with and one without needs are the same */
		out.as_of = ZV_DATE_NONE;
	read_curve(&out, zv_col_text(stmt, 18));
	read_places(&out, zv_col_text(stmt, 19), arena);
	return out;
}

/* Of what is not of the shared catalogue the public knows what was published: the name alone may tell of a need. */
#define KNOWN "(d.state <> 1 OR i.id < 1099511627776)"

static enum zv_code one(struct zv_demand *out, bool *found, struct zv_db *db, int64_t item_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT " COLUMNS " FROM item i LEFT JOIN demand_public d ON d.item_id = i.id WHERE i.id = $1 AND " KNOWN, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row)
		*out = read_row(stmt, arena);
	*found = row;
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_demand_item(struct zv_demand *out, struct zv_db *db, struct zv_str item_uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record item;
	bool found = false;
	enum zv_code code = zv_record_by_uid(&item, db, zv_register_find("item"), item_uid, arena, err);

	if (code == ZV_OK)
		code = one(out, &found, db, item.id, arena, err);
	return code == ZV_OK && !found ? zv_fail(err, ZV_E_NOTFOUND, "item", N_("There is no “%.*s” in the register “%s”."), ZV_STR_FMT(item_uid), "items") : code;
}

/* --- a list ------------------------------------------------------------------------------------------------------------------------ */

typedef ZV_VEC(struct zv_demand) demand_vec;

static bool is_in(const struct zv_demand *demand, struct zv_str region)
{
	const struct zv_region *asked = zv_region_by_iso(zv_regions_builtin(), region);

	for (size_t i = 0; i < demand->n_places; i++)
		if (zv_str_eq(demand->places[i].code, region) || (asked != NULL && zv_str_eq(demand->places[i].code, asked->district)))
			return true;
	return false;
}

static bool fits(const struct zv_demand *demand, const struct zv_demand_query *query)
{
	return (query->region.n == 0 || is_in(demand, query->region)) &&
	       (query->reached_percent <= 0 || demand->reached_percent >= query->reached_percent);
}

static enum zv_code gather_all(demand_vec *out, struct zv_db *db, const struct zv_demand_query *query, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT " COLUMNS " FROM demand_public d JOIN item i ON i.id = d.item_id WHERE d.state <> 1 ORDER BY i.id",
				       err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_demand demand = read_row(stmt, arena);

		if (fits(&demand, query))
			zv_vec_push(out, demand);
	}
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code is_known(bool *out, void *db, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = id < ZV_SIGHT_SHARED_END;
	if (*out)
		return ZV_OK;
	code = zv_db_stmt(&stmt, db, "SELECT 1 FROM demand_public WHERE item_id = $1 AND state <> 1", err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_step(out, stmt, err);
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code gather_found(demand_vec *out, struct zv_db *db, const struct zv_demand_query *query, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_hit *hits;
	size_t n;
	struct zv_search_keep keep = {is_known, db};
	enum zv_code code = zv_search_kept(&hits, &n, db, zv_register_find("item")->entity, query->words, true, HITS_MAX, &keep, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_demand demand;
		bool found = false;

		code = one(&demand, &found, db, hits[i].id, arena, err);
		if (code == ZV_OK && found && fits(&demand, query))
			zv_vec_push(out, demand);
	}
	return code;
}

static int by_buyers(const void *a, const void *b)
{
	const struct zv_demand *x = a, *y = b;

	if (x->buyers != y->buyers)
		return x->buyers > y->buyers ? -1 : 1;
	return zv_str_cmp(x->uid, y->uid);
}

enum zv_code zv_demand_list(struct zv_demand **out, size_t *n, size_t *total, struct zv_db *db, const struct zv_demand_query *query,
			    struct zv_arena *arena, struct zv_err *err)
{
	demand_vec all = {0};
	enum zv_code code = query->words.n > 0 ? gather_found(&all, db, query, arena, err) : gather_all(&all, db, query, arena, err);

	if (code == ZV_OK) {
		if (all.n > 0 && query->words.n == 0)
			qsort(all.p, all.n, sizeof(*all.p), by_buyers);
		*total = all.n;
		*n = query->from >= all.n ? 0 : all.n - query->from < query->limit ? all.n - query->from : query->limit;
		*out = ZV_ARENA_ARRAY(arena, struct zv_demand, *n + 1);
		if (*n > 0)
			memcpy(*out, all.p + query->from, *n * sizeof(**out));
	}
	zv_vec_done(&all);
	return code;
}

/* --- the sentence -------------------------------------------------------------------------------------------------------------------- */

static void add_volume(struct zv_buf *out, const struct zv_demand *demand)
{
	char text[ZV_QUANTITY_TEXT], more[ZV_QUANTITY_TEXT];

	if (demand->state == ZV_DEMAND_BAND) {
		zv_quantity_format(text, demand->low_base, demand->dim);
		zv_quantity_format(more, demand->high_base, demand->dim);
		zv_buf_addf(out, zv_tr(N_(", between %s and %s: one buyer has the larger part")), text, more);
		return;
	}
	if (demand->confirmed_base > 0) {
		zv_quantity_format(text, demand->confirmed_base, demand->dim);
		zv_buf_addf(out, zv_tr(N_(", %s confirmed")), text);
	} else {
		zv_quantity_format(text, demand->declared_base, demand->dim);
		zv_buf_addf(out, zv_tr(N_(", %s declared")), text);
	}
	if (demand->possible_base > 0) {
		zv_quantity_format(more, demand->possible_base, demand->dim);
		zv_buf_addf(out, zv_tr(N_(" (+%s possible)")), more);
	}
}

static void add_production(struct zv_buf *out, const struct zv_demand *demand)
{
	const struct zv_demand_point *last = NULL;
	char text[ZV_QUANTITY_TEXT], price[ZV_PRICE_TEXT];

	if (demand->threshold_base == 0)
		return;
	zv_quantity_format(text, demand->threshold_base, demand->dim);
	if (demand->reached)
		zv_buf_addf(out, zv_tr(N_(", threshold %s reached")), text);
	else
		zv_buf_addf(out, zv_tr(N_(", threshold %s")), text);
	/* The step after the threshold: at half as much again. */
	for (size_t i = 1; i < demand->n_curve && last == NULL; i++)
		if (zv_price_cmp(demand->curve[i].price, demand->curve[0].price) < 0)
			last = &demand->curve[i];
	if (last == NULL)
		return;
	zv_quantity_format(text, last->qty_base, demand->dim);
	zv_price_format(price, last->price, demand->dim);
	zv_buf_addf(out, zv_tr(N_(", price falls to %s at %s")), price, text);
}

struct zv_str zv_demand_text(const struct zv_demand *demand, const struct zv_disclosure_rule *rule, struct zv_arena *arena)
{
	struct zv_buf text;
	struct zv_str out;

	zv_buf_init(&text, 0);
	if (demand->state == ZV_DEMAND_FEW) {
		zv_buf_addf(&text, zv_tr(N_("fewer than %d buyers, volume hidden")), rule->k);
	} else {
		zv_buf_addf(&text, zv_tr_n("%lld buyer", "%lld buyers", demand->buyers), (long long)demand->buyers);
		zv_buf_add_c(&text, ", ");
		zv_buf_addf(&text, zv_tr_n("%lld region", "%lld regions", demand->regions), (long long)demand->regions);
		add_volume(&text, demand);
		add_production(&text, demand);
	}
	out = zv_str_dup(arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return out;
}
