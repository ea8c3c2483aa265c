/* Needs, makers and what nobody covers, by region: whole for those who see all of it, under the rule of disclosure for others. */
#include <string.h>

#include "app/demand.h"
#include "base/tr.h"
#include "base/vec.h"

/* One region, or the regions of a district that do not show anything alone. */
struct tally {
	const struct zv_region *region;
	int64_t needs, uncovered, largest; /* largest: of one buyer's uncovered volume */
	int64_t buyers, uncovering, makers;
	int64_t last_buyer, last_uncovering, last_maker, last_base;
	int64_t seen_needs, seen_uncovered; /* of the needs that the person sees in full */
	bool overflow;
};

struct counting {
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_disclosure_rule rule;
	struct tally *regions;
	struct tally *districts; /* by the place of the district's first region */
	size_t *district_of;
	size_t n;
	bool public, sees_all;
	struct zv_err *err;
};

static size_t find_region(const struct counting *c, struct zv_str iso)
{
	for (size_t i = 0; i < c->n; i++)
		if (zv_str_eq(c->regions[i].region->iso, iso))
			return i;
	return c->n;
}

static void count_need(struct tally *tally, int64_t org_id, int64_t uncovered, bool seen)
{
	tally->needs++;
	tally->seen_needs += seen;
	if (seen && !zv_add(&tally->seen_uncovered, tally->seen_uncovered, uncovered))
		tally->overflow = true;
	if (tally->last_buyer != org_id) {
		tally->buyers++;
		tally->last_buyer = org_id;
	}
	if (uncovered == 0)
		return;
	if (tally->last_uncovering != org_id) {
		tally->uncovering++;
		tally->last_uncovering = org_id;
		tally->last_base = 0;
	}
	if (!zv_add(&tally->uncovered, tally->uncovered, uncovered) || !zv_add(&tally->last_base, tally->last_base, uncovered))
		tally->overflow = true;
	if (tally->last_base > tally->largest)
		tally->largest = tally->last_base;
}

/* Open needs in the order of buyers, with the volume that is in no lot. */
static const char NEEDS[] =
	"SELECT n.id, n.org_id, COALESCE(n.region, o.region, ''), n.dim, COALESCE(n.qty_base, 0), "
	"CASE WHEN EXISTS (SELECT 1 FROM lot_need ln WHERE ln.need_id = n.id) THEN 1 ELSE 0 END "
	"FROM need n JOIN org o ON o.id = n.org_id WHERE n.state IN (2, 3) ORDER BY n.org_id, n.id";

static bool counts_alone(const struct counting *c, const struct tally *tally)
{
	return c->sees_all || tally->buyers >= c->rule.k;
}

/* `districts`: the second pass, over the regions that are not shown alone. */
static enum zv_code count_needs(struct counting *c, bool districts)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, c->db, NEEDS, c->err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, c->err)) == ZV_OK && row) {
		size_t at = find_region(c, zv_col_text(stmt, 2));
		int64_t org_id = zv_col_int(stmt, 1);
		bool mass = !zv_col_is_null(stmt, 3) && zv_col_int(stmt, 3) == ZV_DIM_MASS;
		struct zv_object object = {zv_id_centre(zv_col_int(stmt, 0)), org_id};

		if (at == c->n || (districts && counts_alone(c, &c->regions[at])))
			continue;
		count_need(districts ? &c->districts[c->district_of[at]] : &c->regions[at], org_id,
			   mass && zv_col_int(stmt, 5) == 0 ? zv_col_int(stmt, 4) : 0, zv_may(c->who, ZV_DO_NEED_READ, object));
	}
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code count_makers(struct counting *c)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, c->db,
				       "SELECT f.org_id, COALESCE(f.region, o.region, '') FROM offer f JOIN org o ON o.id = f.org_id "
				       "GROUP BY f.org_id, COALESCE(f.region, o.region, '') ORDER BY 1, 2",
				       c->err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, c->err)) == ZV_OK && row) {
		size_t at = find_region(c, zv_col_text(stmt, 1));
		int64_t org_id = zv_col_int(stmt, 0);

		if (at == c->n)
			continue;
		c->regions[at].makers++;
		if (c->districts[c->district_of[at]].last_maker != org_id) {
			c->districts[c->district_of[at]].last_maker = org_id;
			c->districts[c->district_of[at]].makers++;
		}
	}
	zv_stmt_reset(stmt);
	return code;
}

/*
 * Where buyers enough stand behind a figure it is all of it; else it is what the person sees anyway, or nothing. So no figure tells whether there is
 * something that he may not see.
 */
static void show(struct zv_demand_region *out, const struct counting *c, const struct tally *tally)
{
	bool all_offers = zv_may(c->who, ZV_DO_OFFER_READ, (struct zv_object){-1, 0});
	bool volume = c->sees_all || zv_disclosure_allows(&c->rule, (size_t)tally->uncovering, tally->largest, tally->uncovered);

	out->needs = counts_alone(c, tally) ? tally->needs : tally->seen_needs > 0 ? tally->seen_needs : -1;
	out->makers = all_offers || tally->makers >= c->rule.k ? tally->makers : -1;
	/* A volume that moves from day to day is not for the public: the difference of two days may be one buyer. */
	out->uncovered_base = c->public || tally->overflow ? -1 : volume ? tally->uncovered : tally->seen_needs > 0 ? tally->seen_uncovered : -1;
}

static void make_tallies(struct counting *c, struct zv_arena *arena)
{
	const struct zv_regions *regions = zv_regions_builtin();

	c->n = zv_regions_count(regions);
	c->regions = ZV_ARENA_ARRAY(arena, struct tally, c->n + 1);
	c->districts = ZV_ARENA_ARRAY(arena, struct tally, c->n + 1);
	c->district_of = ZV_ARENA_ARRAY(arena, size_t, c->n + 1);
	for (size_t i = 0; i < c->n; i++) {
		c->regions[i] = (struct tally){.region = zv_regions_at(regions, i)};
		c->districts[i] = c->regions[i];
		c->district_of[i] = i;
		for (size_t k = 0; k < i && c->district_of[i] == i; k++)
			if (zv_str_eq(c->regions[k].region->district, c->regions[i].region->district))
				c->district_of[i] = c->district_of[k];
	}
}

enum zv_code zv_demand_regions(struct zv_demand_region **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct counting c = {
		.db = db,
		.who = who,
		.public = zv_who_role(who) == ZV_ROLE_PUBLIC,
		.sees_all = zv_may(who, ZV_DO_NEED_READ, (struct zv_object){-1, 0}),
		.err = err,
	};
	struct zv_demand_region *rows;
	size_t used = 0;
	bool ru = strcmp(zv_tr_lang(), "ru") == 0;
	enum zv_code code = zv_disclosure_rule_load(&c.rule, db, err);

	if (code != ZV_OK)
		return code;
	make_tallies(&c, arena);
	code = count_needs(&c, false);
	if (code == ZV_OK)
		code = count_needs(&c, true);
	if (code == ZV_OK)
		code = count_makers(&c);
	if (code != ZV_OK)
		return code;
	rows = ZV_ARENA_ARRAY(arena, struct zv_demand_region, 2 * c.n + 1);
	for (size_t i = 0; i < c.n; i++) {
		const struct zv_region *region = c.regions[i].region;

		rows[used] = (struct zv_demand_region){.code = region->iso, .name = zv_region_name(region), .district = region->district,
						       .district_name = ru ? region->district_ru : region->district_en};
		show(&rows[used++], &c, &c.regions[i]);
	}
	for (size_t i = 0; i < c.n; i++) {
		const struct zv_region *region = c.regions[i].region;

		if (c.district_of[i] != i)
			continue;
		rows[used] = (struct zv_demand_region){.code = region->district, .name = ru ? region->district_ru : region->district_en};
		show(&rows[used++], &c, &c.districts[i]);
	}
	*out = rows;
	*n = used;
	return ZV_OK;
}
