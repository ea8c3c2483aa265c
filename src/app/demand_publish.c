/* Publications of demand: sums by item out of a snapshot, compared with what was published before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/demand.h"
#include "app/demand_guard.h"
#include "app/lots_run.h"
#include "app/terms.h"
#include "app/view_record.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/requirement.h"
#include "store/setting.h"

enum { DECLARED = 2, CONFIRMED = 3 };
static const char STAMP[] = "demand.stamp";

struct publishing {
	struct zv_db *db;
	const struct zv_snapshot *s;
	struct zv_disclosure_rule rule;
	zv_date as_of;
	int64_t now_ms;
	struct zv_arena *arena;
	struct zv_demand_published *done;
	struct zv_err *err;
};

typedef ZV_VEC(struct zv_demand_part) parts_vec;

/* --- one item ------------------------------------------------------------------------------------------------------------------ */

static bool counts(const struct zv_snap_need *need)
{
	return (need->state == DECLARED || need->state == CONFIRMED) && need->item >= 0 && need->org >= 0 && need->firm_base > 0;
}

static int by_item(const void *a, const void *b)
{
	const struct zv_snap_need *x = *(const struct zv_snap_need *const *)a, *y = *(const struct zv_snap_need *const *)b;

	return x->item != y->item ? (x->item < y->item ? -1 : 1) : x->org < y->org ? -1 : x->org > y->org;
}

/* Rows of the snapshot are by key; parts are by the id of the organisation, which stays. */
static int by_org(const void *a, const void *b)
{
	const struct zv_demand_part *x = a, *y = b;

	return x->org_id < y->org_id ? -1 : x->org_id > y->org_id;
}

static void gather_parts(parts_vec *out, const struct publishing *p, const struct zv_snap_need *const *needs, size_t n, enum zv_dim dim)
{
	for (size_t i = 0; i < n; i++) {
		int64_t org_id = p->s->orgs[needs[i]->org].id;
		struct zv_demand_part *part;
		bool confirmed = needs[i]->state == CONFIRMED;

		if (needs[i]->dim != dim)
			continue;
		if (out->n == 0 || out->p[out->n - 1].org_id != org_id)
			zv_vec_push(out, ((struct zv_demand_part){.org_id = org_id}));
		part = &out->p[out->n - 1];
		/* What does not fit makes a part that dominates, which hides the volume. */
		if (!zv_add(&part->firm_base, part->firm_base, needs[i]->firm_base))
			part->firm_base = INT64_MAX;
		if (!zv_add(&part->extra_base, part->extra_base, needs[i]->extra_base))
			part->extra_base = INT64_MAX;
		if (confirmed && !zv_add(&part->confirmed_base, part->confirmed_base, needs[i]->firm_base))
			part->confirmed_base = INT64_MAX;
		if (confirmed && !zv_add(&part->confirmed_extra_base, part->confirmed_extra_base, needs[i]->extra_base))
			part->confirmed_extra_base = INT64_MAX;
	}
	if (out->n > 0)
		qsort(out->p, out->n, sizeof(*out->p), by_org);
}

/* The unit that most needs of the item are in; others are not added up. */
static enum zv_dim dim_of(const struct zv_snap_need *const *needs, size_t n)
{
	size_t counts_of[ZV_DIM_OTHER + 1] = {0};
	enum zv_dim best = needs[0]->dim;

	for (size_t i = 0; i < n; i++)
		if (++counts_of[needs[i]->dim] > counts_of[best])
			best = needs[i]->dim;
	return best;
}

/* --- makers: the threshold and the prices ---------------------------------------------------------------------------------------- */

static bool fits(const struct zv_snap_need *need, const struct zv_requirements *properties, struct zv_arena *arena)
{
	struct zv_requirements wanted;

	if (zv_requirements_parse(&wanted, need->requirements, arena, "requirements", NULL) != ZV_OK)
		return false;
	for (size_t i = 0; i < wanted.n; i++) {
		struct zv_req_result result;

		zv_requirement_test(&result, &wanted.p[i], properties, arena);
		if (wanted.p[i].hard && result.verdict == ZV_REQ_FAIL)
			return false;
	}
	return true;
}

/* An offer tells of a threshold when it fits buyers enough: otherwise it would tell of one buyer's requirements. */
static bool fits_enough(const struct publishing *p, const struct zv_snap_offer *offer, const struct zv_snap_need *const *needs, size_t n)
{
	struct zv_requirements properties;
	int32_t last = -1;
	int buyers = 0;

	if (zv_requirements_parse(&properties, offer->properties, p->arena, "properties", NULL) != ZV_OK)
		return false;
	for (size_t i = 0; i < n && buyers < p->rule.k; i++) {
		if (needs[i]->org == last || needs[i]->dim != offer->dim || !fits(needs[i], &properties, p->arena))
			continue;
		last = needs[i]->org;
		buyers++;
	}
	return buyers >= p->rule.k;
}

struct makers {
	ZV_VEC(struct zv_ladder) ladders;
	ZV_VEC(struct zv_lot_sizes) sizes;
};

static enum zv_code gather_makers(struct makers *out, const struct publishing *p, const struct zv_snap_need *const *needs, size_t n, enum zv_dim dim)
{
	for (size_t i = 0; i < p->s->n_offers; i++) {
		const struct zv_snap_offer *offer = &p->s->offers[i];
		struct zv_ladder ladder;
		enum zv_code code;

		if (offer->item != needs[0]->item || offer->dim != dim || (offer->valid_until != ZV_DATE_NONE && offer->valid_until < p->as_of))
			continue;
		code = zv_terms_ladder(&ladder, offer, p->arena, p->err);
		if (code != ZV_OK)
			return code;
		if (ladder.form == ZV_LADDER_NONE || !fits_enough(p, offer, needs, n))
			continue;
		zv_vec_push(&out->ladders, ladder);
		zv_vec_push(&out->sizes, zv_terms_sizes(offer));
	}
	return ZV_OK;
}

/* The lowest price at which somebody makes just so much; false when nobody does. */
static bool best_price(struct zv_price *out, const struct makers *makers, int64_t qty_base)
{
	bool found = false;

	for (size_t i = 0; i < makers->ladders.n; i++) {
		const struct zv_lot_sizes *sizes = &makers->sizes.p[i];
		struct zv_price price;

		if (qty_base < sizes->min || (sizes->max > 0 && qty_base > sizes->max) || !zv_ladder_price(&price, &makers->ladders.p[i], qty_base))
			continue;
		if (!found || zv_price_cmp(price, *out) < 0)
			*out = price;
		found = true;
	}
	return found;
}

static int64_t threshold_of(const struct makers *makers)
{
	int64_t least = 0;

	for (size_t i = 0; i < makers->sizes.n; i++)
		if (makers->sizes.p[i].min > 0 && (least == 0 || makers->sizes.p[i].min < least))
			least = makers->sizes.p[i].min;
	return least;
}

/* "200000000:100000000000:200000000;": at 100, 150, 200 and 300 % of the threshold. */
static void add_curve(struct zv_buf *out, const struct makers *makers, int64_t threshold)
{
	static const int64_t percents[ZV_DEMAND_POINTS] = {100, 150, 200, 300};

	for (size_t i = 0; i < ZV_LEN(percents) && threshold > 0; i++) {
		struct zv_price price;
		int64_t qty;

		if (zv_muldiv(&qty, threshold, percents[i], 100) && best_price(&price, makers, qty))
			zv_buf_addf(out, "%" PRId64 ":%" PRId64 ":%" PRId64 ";", qty, price.kop, price.per);
	}
}

/* --- places ------------------------------------------------------------------------------------------------------------------------ */

/* Buyers by region and, for those whose region alone has too few, by district. Needs are in the order of organisations. */
struct place {
	const struct zv_region *region;
	size_t district; /* the first region of the district */
	int64_t buyers, rest;
	int32_t last, last_rest; /* organisation counted last */
};

static struct place *make_places(size_t *n, struct zv_arena *arena)
{
	const struct zv_regions *regions = zv_regions_builtin();
	struct place *places;

	*n = zv_regions_count(regions);
	places = ZV_ARENA_ARRAY(arena, struct place, *n + 1);
	for (size_t r = 0; r < *n; r++) {
		places[r] = (struct place){.region = zv_regions_at(regions, r), .district = r, .last = -1, .last_rest = -1};
		for (size_t k = 0; k < r && places[r].district == r; k++)
			if (zv_str_eq(places[k].region->district, places[r].region->district))
				places[r].district = places[k].district;
	}
	return places;
}

static struct place *place_of(struct place *places, size_t n, const struct publishing *p, const struct zv_snap_need *need)
{
	struct zv_str iso = need->region.n > 0 ? need->region : p->s->orgs[need->org].region;

	for (size_t r = 0; r < n; r++)
		if (zv_str_eq(places[r].region->iso, iso))
			return &places[r];
	return NULL;
}

/* Regions with buyers enough, then districts with buyers enough in their other regions: "RU-BA:3;VFD:3;". How many regions there are in all. */
static size_t add_places(struct zv_buf *out, const struct publishing *p, const struct zv_snap_need *const *needs, size_t n)
{
	size_t n_places, used = 0;
	struct place *places = make_places(&n_places, p->arena);

	for (size_t i = 0; i < n; i++) {
		struct place *place = place_of(places, n_places, p, needs[i]);

		if (place == NULL || place->last == needs[i]->org)
			continue;
		place->last = needs[i]->org;
		used += place->buyers++ == 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct place *place = place_of(places, n_places, p, needs[i]);
		struct place *district = place != NULL && place->buyers < p->rule.k ? &places[place->district] : NULL;

		if (district == NULL || district->last_rest == needs[i]->org)
			continue;
		district->last_rest = needs[i]->org;
		district->rest++;
	}
	for (size_t r = 0; r < n_places; r++)
		if (places[r].buyers >= p->rule.k)
			zv_buf_addf(out, "%.*s:%" PRId64 ";", ZV_STR_FMT(places[r].region->iso), places[r].buyers);
	for (size_t r = 0; r < n_places; r++)
		if (places[r].rest >= p->rule.k)
			zv_buf_addf(out, "%.*s:%" PRId64 ";", ZV_STR_FMT(places[r].region->district), places[r].rest);
	return used;
}

/* --- what is stored ------------------------------------------------------------------------------------------------------------------ */

static void parts_text(struct zv_buf *out, const struct zv_demand_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		zv_buf_addf(out, "%" PRId64 ":%" PRId64 ":%" PRId64 ":%" PRId64 ":%" PRId64 ";", parts[i].org_id, parts[i].firm_base, parts[i].extra_base,
			    parts[i].confirmed_base, parts[i].confirmed_extra_base);
}

static void parse_parts(parts_vec *out, struct zv_str text)
{
	struct zv_str row;

	while (text.n > 0 && zv_str_split(&row, &text, ';')) {
		int64_t values[5] = {0};
		struct zv_str cell;

		for (size_t i = 0; i < ZV_LEN(values) && row.n > 0 && zv_str_split(&cell, &row, ':'); i++)
			if (!zv_str_int(&values[i], cell))
				return;
		if (values[0] != 0)
			zv_vec_push(out, ((struct zv_demand_part){values[0], values[1], values[2], values[3], values[4]}));
	}
}

struct before {
	bool is;
	int64_t state;
	struct zv_str figures; /* of the row as stored, but its time */
	parts_vec parts;
};

#define FIGURES "state, dim, buyers, regions, declared_base, confirmed_base, possible_base, low_base, high_base, threshold_base, reached, curve, places"

static enum zv_code load_before(struct before *out, const struct publishing *p, int64_t item_id)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, p->db, "SELECT " FIGURES ", parts FROM demand_public WHERE item_id = $1", p->err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	code = zv_stmt_step(&row, stmt, p->err);
	if (code == ZV_OK && row) {
		struct zv_buf figures;

		zv_buf_init(&figures, 0);
		for (int i = 0; i < 11; i++) {
			if (zv_col_is_null(stmt, i))
				zv_buf_add_c(&figures, "- ");
			else
				zv_buf_addf(&figures, "%" PRId64 " ", zv_col_int(stmt, i));
		}
		zv_buf_add_str(&figures, zv_col_text(stmt, 11));
		zv_buf_add_char(&figures, ' ');
		zv_buf_add_str(&figures, zv_col_text(stmt, 12));
		out->is = true;
		out->state = zv_col_int(stmt, 0);
		out->figures = zv_str_dup(p->arena, zv_buf_str(&figures));
		zv_buf_done(&figures);
		parse_parts(&out->parts, zv_col_text(stmt, 13));
	}
	zv_stmt_reset(stmt);
	return code;
}

/* As demand_public has it; -1: NULL. */
struct publication {
	int64_t numbers[11]; /* state ... reached, in the order of FIGURES */
	struct zv_buf curve, places, parts;
};

enum { P_STATE, P_DIM, P_BUYERS, P_REGIONS, P_DECLARED, P_CONFIRMED, P_POSSIBLE, P_LOW, P_HIGH, P_THRESHOLD, P_REACHED };

static enum zv_code store(const struct publishing *p, int64_t item_id, const struct publication *pub)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, p->db,
				       "INSERT INTO demand_public (item_id, as_of, published_ms, " FIGURES ", parts) "
				       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
				       "ON CONFLICT (item_id) DO UPDATE SET as_of = EXCLUDED.as_of, published_ms = EXCLUDED.published_ms, state = EXCLUDED.state, "
				       "dim = EXCLUDED.dim, buyers = EXCLUDED.buyers, regions = EXCLUDED.regions, declared_base = EXCLUDED.declared_base, "
				       "confirmed_base = EXCLUDED.confirmed_base, possible_base = EXCLUDED.possible_base, low_base = EXCLUDED.low_base, "
				       "high_base = EXCLUDED.high_base, threshold_base = EXCLUDED.threshold_base, reached = EXCLUDED.reached, "
				       "curve = EXCLUDED.curve, places = EXCLUDED.places, parts = EXCLUDED.parts",
				       p->err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	zv_bind_int(stmt, 2, p->as_of);
	zv_bind_int(stmt, 3, p->now_ms);
	for (int i = 0; i < (int)ZV_LEN(pub->numbers); i++) {
		if (pub->numbers[i] == -1)
			zv_bind_null(stmt, 4 + i);
		else
			zv_bind_int(stmt, 4 + i, pub->numbers[i]);
	}
	zv_bind_text(stmt, 15, zv_buf_str(&pub->curve));
	zv_bind_text(stmt, 16, zv_buf_str(&pub->places));
	zv_bind_text(stmt, 17, zv_buf_str(&pub->parts));
	return zv_stmt_run(stmt, p->err);
}

static bool same_figures(const struct publication *pub, const struct before *before)
{
	struct zv_buf figures;
	bool same;

	zv_buf_init(&figures, 0);
	for (size_t i = 0; i < ZV_LEN(pub->numbers); i++) {
		if (pub->numbers[i] == -1)
			zv_buf_add_c(&figures, "- ");
		else
			zv_buf_addf(&figures, "%" PRId64 " ", pub->numbers[i]);
	}
	zv_buf_add_str(&figures, zv_buf_str(&pub->curve));
	zv_buf_add_char(&figures, ' ');
	zv_buf_add_str(&figures, zv_buf_str(&pub->places));
	same = before->is && zv_str_eq(zv_buf_str(&figures), before->figures);
	zv_buf_done(&figures);
	return same;
}

/* 170 kg lies between 100 kg and 1 t: powers of ten of the base unit. */
static void set_band(struct publication *pub, const struct zv_demand_part *parts, size_t n)
{
	int64_t total = 0, low = 1;

	for (size_t i = 0; i < n; i++)
		if (!zv_add(&total, total, parts[i].firm_base))
			return;
	while (low <= total / 10)
		low *= 10;
	pub->numbers[P_LOW] = low;
	pub->numbers[P_HIGH] = low <= INT64_MAX / 10 ? low * 10 : INT64_MAX;
}

static enum zv_code fill(struct publication *pub, const struct publishing *p, const struct zv_snap_need *const *needs, size_t n, const parts_vec *parts,
			 const struct zv_demand_sums *sums, enum zv_dim dim)
{
	struct makers makers = {0};
	int64_t *numbers = pub->numbers;
	int64_t with_extra;
	enum zv_code code = gather_makers(&makers, p, needs, n, dim);

	if (code == ZV_OK) {
		numbers[P_STATE] = sums->dominated ? ZV_DEMAND_BAND : ZV_DEMAND_SHOWN;
		numbers[P_BUYERS] = (int64_t)sums->buyers;
		numbers[P_REGIONS] = (int64_t)add_places(&pub->places, p, needs, n);
		numbers[P_DECLARED] = sums->firm_base;
		numbers[P_CONFIRMED] = sums->confirmed_base;
		numbers[P_POSSIBLE] = sums->extra_base;
		numbers[P_THRESHOLD] = threshold_of(&makers) > 0 ? threshold_of(&makers) : -1;
		add_curve(&pub->curve, &makers, threshold_of(&makers));
		if (sums->dominated)
			set_band(pub, parts->p, parts->n);
		with_extra = sums->confirmed_base;
		if (sums->confirmed_extra_base > 0 && !zv_add(&with_extra, with_extra, sums->confirmed_extra_base))
			with_extra = INT64_MAX;
		numbers[P_REACHED] = sums->confirmed_base >= 0 && numbers[P_THRESHOLD] > 0 && with_extra >= numbers[P_THRESHOLD];
		parts_text(&pub->parts, parts->p, parts->n);
	}
	zv_vec_done(&makers.ladders);
	zv_vec_done(&makers.sizes);
	return code;
}

/* Too few buyers: the figures go, what they were made of stays for the day when they come back. */
static void fill_few(struct publication *pub, const struct before *before)
{
	for (size_t i = 0; i < ZV_LEN(pub->numbers); i++)
		pub->numbers[i] = -1;
	pub->numbers[P_STATE] = ZV_DEMAND_FEW;
	pub->numbers[P_DIM] = ZV_DIM_NONE;
	pub->numbers[P_REACHED] = 0;
	parts_text(&pub->parts, before->parts.p, before->parts.n);
}

static enum zv_code publish_item(const struct publishing *p, int64_t item_id, const struct zv_snap_need *const *needs, size_t n)
{
	enum zv_dim dim = n > 0 ? dim_of(needs, n) : ZV_DIM_NONE;
	struct publication pub = {.numbers = {-1, dim, -1, -1, -1, -1, -1, -1, -1, -1, 0}};
	struct before before = {0};
	struct zv_demand_sums sums;
	parts_vec parts = {0};
	enum zv_code code = load_before(&before, p, item_id);

	zv_buf_init(&pub.curve, 0);
	zv_buf_init(&pub.places, 0);
	zv_buf_init(&pub.parts, 0);
	gather_parts(&parts, p, needs, n, dim);
	zv_demand_sum(&sums, parts.p, parts.n, &p->rule);
	p->done->items++;
	if (code == ZV_OK && sums.buyers < (size_t)p->rule.k) {
		fill_few(&pub, &before);
	} else if (code == ZV_OK) {
		p->done->shown++;
		if (before.parts.n > 0 && !zv_demand_may_follow(before.parts.p, before.parts.n, parts.p, parts.n, &p->rule)) {
			p->done->held++;
			goto done;
		}
		zv_demand_seen(parts.p, parts.n, before.parts.p, before.parts.n, &sums);
		code = fill(&pub, p, needs, n, &parts, &sums, dim);
	}
	if (code == ZV_OK && !same_figures(&pub, &before)) {
		p->done->changed++;
		code = store(p, item_id, &pub);
	}
done:
	zv_buf_done(&pub.parts);
	zv_buf_done(&pub.places);
	zv_buf_done(&pub.curve);
	zv_vec_done(&before.parts);
	zv_vec_done(&parts);
	return code;
}

/* --- all items ----------------------------------------------------------------------------------------------------------------------- */

/* Items that were published and have no demand any more. */
static enum zv_code publish_gone(const struct publishing *p, const struct zv_map *seen)
{
	ZV_VEC(int64_t) gone = {0};
	struct zv_stmt *stmt;
	bool row;
	int64_t unused;
	enum zv_code code = zv_db_stmt(&stmt, p->db, "SELECT item_id FROM demand_public WHERE state <> 1 ORDER BY item_id", p->err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, p->err)) == ZV_OK && row)
		if (!zv_map_get_int(&unused, seen, zv_col_int(stmt, 0)))
			zv_vec_push(&gone, zv_col_int(stmt, 0));
	zv_stmt_reset(stmt);
	for (size_t i = 0; i < gone.n && code == ZV_OK; i++)
		code = publish_item(p, gone.p[i], NULL, 0);
	zv_vec_done(&gone);
	return code;
}

static enum zv_code publish_all(const struct publishing *p)
{
	const struct zv_snap_need **needs = ZV_ARENA_ARRAY(p->arena, const struct zv_snap_need *, p->s->n_needs + 1);
	struct zv_map seen;
	size_t n = 0;
	enum zv_code code = ZV_OK;

	zv_map_init(&seen);
	for (size_t i = 0; i < p->s->n_needs; i++)
		if (counts(&p->s->needs[i]))
			needs[n++] = &p->s->needs[i];
	if (n > 0)
		qsort(needs, n, sizeof(const struct zv_snap_need *), by_item);
	for (size_t from = 0, to; from < n && code == ZV_OK; from = to) {
		int64_t item_id = p->s->items[needs[from]->item].id;

		for (to = from + 1; to < n && needs[to]->item == needs[from]->item; to++)
			;
		zv_map_put_int(&seen, item_id, 1);
		code = publish_item(p, item_id, needs + from, to - from);
	}
	if (code == ZV_OK)
		code = publish_gone(p, &seen);
	zv_map_done(&seen);
	return code;
}

static enum zv_code stamp_text(char out[24], struct zv_db *db, struct zv_err *err)
{
	uint64_t stamp = 0;
	enum zv_code code = zv_view_stamp(&stamp, db, err);

	(void)snprintf(out, 24, "%" PRIx64, stamp);
	return code;
}

enum zv_code zv_demand_version(struct zv_str *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	return zv_setting_get(out, db, STAMP, arena, err);
}

enum zv_code zv_demand_stale(bool *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_str kept;
	char now[24];
	enum zv_code code = stamp_text(now, db, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_setting_get(&kept, db, STAMP, &arena, err);
	if (code == ZV_OK)
		*out = !zv_str_eq_c(kept, now);
	zv_arena_done(&arena);
	return code;
}

static enum zv_code publish(struct zv_demand_published *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_snapshot snapshot;
	struct publishing p = {.db = db, .s = &snapshot, .arena = arena, .done = out, .now_ms = zv_now_ms(), .err = err};
	char stamp[24];
	enum zv_code code = stamp_text(stamp, db, err);

	if (code == ZV_OK)
		code = zv_as_of(&p.as_of, db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = zv_disclosure_rule_load(&p.rule, db, err);
	if (code != ZV_OK)
		return code;
	code = zv_snapshot_load(&snapshot, db, (struct zv_snapshot_wish){0}, err);
	if (code == ZV_OK)
		code = publish_all(&p);
	zv_snapshot_done(&snapshot);
	return code == ZV_OK ? zv_setting_put(db, STAMP, zv_str_c(stamp), err) : code;
}

enum zv_code zv_demand_publish(struct zv_demand_published *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_demand_published done = {0};
	struct zv_arena arena;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = publish(&done, db, &arena, err);
	zv_arena_done(&arena);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	else
		*out = done;
	return code;
}
