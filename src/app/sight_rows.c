/* Which rows of a register a person may see, without looking at those that he may not. */
#include <stdlib.h>
#include <string.h>

#include "app/sight_rows.h"
#include "base/mem.h"

/* What others see of needs: interest to contracted (store/need.c). Drafts, closed and held ones are their owner's business. */
#define OPEN "state IN (1, 2, 3, 4)"
#define NEXT "id > $1 "
#define ENDS " ORDER BY id LIMIT $2"

typedef ZV_VEC(int64_t) ids_vec;

static enum zv_code gather(ids_vec *out, struct zv_db *db, struct zv_sight_way source, int64_t after_id, size_t max, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, source.sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, after_id);
	zv_bind_int(stmt, 2, (int64_t)max);
	if (source.number != -1)
		zv_bind_int(stmt, 3, source.number);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(out, zv_col_int(stmt, 0));
	zv_stmt_reset(stmt);
	return code;
}

/* The ways in which one grant shows needs: the same as in sight.c, turned into queries. */
static void ways_to_needs(zv_sight_ways *out, const struct zv_grant *grant)
{
	enum zv_reach reach = zv_rights_reach(grant->role, ZV_DO_NEED_READ);

	if (reach == ZV_REACH_NONE)
		return;
	zv_sight_way(out, "SELECT id FROM need WHERE visibility = 3 AND " OPEN " AND " NEXT ENDS, -1);
	if (reach == ZV_REACH_SHAPE)
		return;
	zv_sight_way(out, "SELECT id FROM need WHERE visibility = 2 AND " OPEN " AND " NEXT ENDS, -1);
	if (reach == ZV_REACH_CENTRE && grant->centre_id >= 0)
		zv_sight_way(out, "SELECT id FROM need WHERE " NEXT "AND id >= $3 * 1099511627776 AND id < ($3 + 1) * 1099511627776" ENDS, grant->centre_id);
	if (reach == ZV_REACH_CENTRE && grant->centre_id >= 0 && grant->role == ZV_ROLE_OPERATOR)
		zv_sight_way(out, "SELECT id FROM need WHERE " NEXT "AND state <> 0 AND id IN (SELECT s.need_id FROM scouting s "
		    "JOIN scouting_centre c ON c.scouting_id = s.id WHERE c.centre_id = $3)" ENDS, grant->centre_id);
	if (grant->org_id == 0)
		return;
	zv_sight_way(out, "SELECT id FROM need WHERE org_id = $3 AND " NEXT ENDS, grant->org_id);
	zv_sight_way(out, "SELECT id FROM need WHERE visibility = 1 AND " OPEN " AND " NEXT
	    "AND item_id IN (SELECT item_id FROM offer WHERE org_id = $3)" ENDS, grant->org_id);
	zv_sight_way(out, "SELECT id FROM need WHERE state <> 0 AND " NEXT
	    "AND id IN (SELECT need_id FROM contact WHERE org_id = $3 AND state = 2)" ENDS, grant->org_id);
}

static void ways_to_own(zv_sight_ways *out, const struct zv_grant *grant, const struct zv_register *reg)
{
	if (zv_rights_reach(grant->role, ZV_DO_OFFER_READ) < ZV_REACH_ORG || grant->org_id == 0)
		return;
	if (strcmp(reg->name, "offer") == 0)
		zv_sight_way(out, "SELECT id FROM offer WHERE org_id = $3 AND " NEXT ENDS, grant->org_id);
	else if (strcmp(reg->name, "capacity") == 0)
		zv_sight_way(out, "SELECT id FROM capacity WHERE org_id = $3 AND " NEXT ENDS, grant->org_id);
	else if (strcmp(reg->name, "permit") == 0)
		zv_sight_way(out, "SELECT id FROM permit WHERE org_id = $3 AND " NEXT ENDS, grant->org_id);
	if (strcmp(reg->name, "supply") != 0)
		return;
	zv_sight_way(out, "SELECT id FROM supply WHERE supplier_id = $3 AND " NEXT ENDS, grant->org_id);
	zv_sight_way(out, "SELECT id FROM supply WHERE customer_id = $3 AND " NEXT ENDS, grant->org_id);
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static bool is_of_items(const struct zv_register *reg)
{
	return strcmp(reg->name, "item") == 0 || strcmp(reg->name, "substitute") == 0;
}

/* Every register whose rows are all seen by whoever sees one of them. */
bool zv_sight_open(const struct zv_who *who, const struct zv_register *reg)
{
	enum zv_action action = zv_sight_action(reg, false);

	if (zv_sight_related(reg))
		return zv_sight_open_related(who, reg);
	if (action == ZV_DO_REFERENCE_READ && is_of_items(reg) && !zv_sight_items_all(who))
		return false;
	if (action == ZV_DO_REFERENCE_READ || action == ZV_DO_ORG_READ)
		return zv_may_some(who, action);
	return zv_may(who, action, (struct zv_object){-1, 0});
}

static void all_ways(zv_sight_ways *out, const struct zv_who *who, const struct zv_register *reg)
{
	enum zv_action action = zv_sight_action(reg, false);

	if (!zv_may_some(who, action))
		return;
	if (zv_sight_related(reg)) {
		zv_sight_ways_to_related(out, who, reg);
		return;
	}
	if (strcmp(reg->name, "item") == 0)
		zv_sight_ways_to_items(out, who);
	else if (strcmp(reg->name, "substitute") == 0)
		zv_sight_ways_to_substitutes(out);
	for (int i = 0; i < who->n_grants && action != ZV_DO_REFERENCE_READ; i++) {
		if (action == ZV_DO_NEED_READ)
			ways_to_needs(out, &who->grants[i]);
		else
			ways_to_own(out, &who->grants[i], reg);
	}
}

/* The next of the shared catalogue; a full page of them needs no look at the others, whose ids are higher. */
static enum zv_code shared(ids_vec *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, int64_t *after_id, size_t max,
			   struct zv_err *err)
{
	static const struct zv_sight_way way = {"SELECT id FROM item WHERE id > $1 AND id < " ZV_SIGHT_OWN " ORDER BY id LIMIT $2", -1};
	enum zv_code code = ZV_OK;

	if (strcmp(reg->name, "item") != 0 || *after_id >= ZV_SIGHT_SHARED_END - 1 || !zv_may_some(who, ZV_DO_REFERENCE_READ))
		return ZV_OK;
	code = gather(out, db, way, *after_id, max, err);
	*after_id = ZV_SIGHT_SHARED_END - 1;
	return code;
}

enum zv_code zv_sight_next(int64_t *ids, size_t *n, size_t max, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
			   int64_t after_id, struct zv_err *err)
{
	zv_sight_ways ways = {0};
	ids_vec found = {0};
	enum zv_code code = shared(&found, db, who, reg, &after_id, max, err);

	*n = 0;
	if (code == ZV_OK && found.n < max)
		all_ways(&ways, who, reg);
	for (size_t i = 0; i < ways.n && code == ZV_OK; i++)
		code = gather(&found, db, ways.p[i], after_id, max, err);
	if (code == ZV_OK && found.n > 0)
		qsort(found.p, found.n, sizeof(*found.p), by_id);
	for (size_t i = 0; i < found.n && code == ZV_OK && *n < max; i++)
		if (*n == 0 || ids[*n - 1] != found.p[i])
			ids[(*n)++] = found.p[i];
	zv_vec_done(&found);
	zv_vec_done(&ways);
	return code;
}

/* The shared catalogue is large and counted by the database. */
static enum zv_code count_shared(int64_t *out, int64_t *after, struct zv_db *db, const struct zv_register *reg, struct zv_err *err)
{
	static const struct zv_sight_way way = {"SELECT COUNT(*) FROM item WHERE id > $1 AND id < $2", -1};
	ids_vec number = {0};
	enum zv_code code;

	if (strcmp(reg->name, "item") != 0)
		return ZV_OK;
	code = gather(&number, db, way, *after, (size_t)ZV_SIGHT_SHARED_END, err);
	if (code == ZV_OK)
		*out = number.p[0];
	*after = ZV_SIGHT_SHARED_END - 1;
	zv_vec_done(&number);
	return code;
}

enum zv_code zv_sight_count(int64_t *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, struct zv_err *err)
{
	enum { BLOCK = 4096 };
	int64_t *ids;
	int64_t after = 0;
	size_t n = BLOCK;
	enum zv_code code = ZV_OK;

	if (zv_sight_open(who, reg))
		return zv_record_count(out, db, reg, err);
	ids = zv_reallocarray(NULL, BLOCK, sizeof(*ids));
	*out = 0;
	if (zv_may_some(who, zv_sight_action(reg, false)))
		code = count_shared(out, &after, db, reg, err);
	while (code == ZV_OK && n == BLOCK) {
		code = zv_sight_next(ids, &n, BLOCK, db, who, reg, after, err);
		if (code == ZV_OK && n > 0)
			after = ids[n - 1];
		if (code == ZV_OK)
			*out += (int64_t)n;
	}
	free(ids);
	return code;
}
