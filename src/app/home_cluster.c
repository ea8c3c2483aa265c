/* How far the application of the own cluster is: the criteria that pass today, counted as its page counts them. */
#include "app/home_cluster.h"

#include "app/cluster_check.h"
#include "app/lots_run.h"
#include "base/tr.h"
#include "store/register.h"

static enum zv_code own_cluster(int64_t *id, struct zv_str *uid, struct zv_db *db, int64_t org_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT id, uid FROM cluster WHERE org_id = $1 ORDER BY id LIMIT 1", err);

	*id = 0;
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		*id = zv_col_int(stmt, 0);
		*uid = zv_str_dup(arena, zv_col_text(stmt, 1));
	}
	zv_stmt_reset(stmt);
	return code;
}

/* The rules of an own programme are what the page opens with (web/src/pages/check/asked.ts). */
static const struct zv_pack *choose(const struct zv_pack *packs, size_t n, const struct zv_who *who)
{
	const struct zv_pack *first = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!zv_pack_seen(who, &packs[i]))
			continue;
		if (zv_rules_head(packs[i].rules)->level == ZV_RULES_OWN)
			return &packs[i];
		if (first == NULL)
			first = &packs[i];
	}
	return first;
}

enum zv_code zv_home_cluster(struct zv_home_figure *out, bool *have, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_facts_ask ask = {.plain = true};
	const struct zv_pack *pack = NULL;
	struct zv_checked checked = {0};
	struct zv_rules_facts facts;
	struct zv_pack *packs = NULL;
	struct zv_str uid = {0};
	int64_t id = 0;
	size_t n = 0;
	enum zv_code code = own_cluster(&id, &uid, db, zv_who_org(who), arena, err);

	*have = false;
	if (code == ZV_OK && id != 0)
		code = zv_as_of(&ask.on, db, ZV_DATE_NONE, err);
	if (code == ZV_OK && id != 0)
		code = zv_pack_list(&packs, &n, db, ZV_RULES_CLUSTER, ask.on, true, arena, err);
	if (code == ZV_OK)
		pack = choose(packs, n, who);
	if (code != ZV_OK || pack == NULL)
		return code;
	code = zv_facts_cluster(&facts, db, id, &ask, arena, err);
	if (code == ZV_OK)
		code = zv_check_pack(&checked, pack, &facts, false, arena, err);
	if (code != ZV_OK)
		return code;
	*have = true;
	*out = (struct zv_home_figure){
		.code = "application_criteria",
		.label = zv_arena_strf(arena, zv_tr_n("of %d criterion of the application passes", "of %d criteria of the application pass", checked.counts.total),
				       checked.counts.total),
		.value = checked.counts.passed,
		.href = zv_arena_strf(arena, "/clusters/%.*s/check?pack=%.*s", ZV_STR_FMT(uid), ZV_STR_FMT(pack->series)),
	};
	return ZV_OK;
}
