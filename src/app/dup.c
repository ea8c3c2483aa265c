/* The queue of probable duplicates, and the answers. */
#include "app/dup.h"

#include "base/date.h"
#include "base/vec.h"
#include "store/db/db.h"
#include "store/id.h"

#define PAIR "d.uid, o.uid, o.name, o.inn, o.region, o.address, d.row_text, d.reasons, d.score, d.verdict, d.decided_by, d.id, d.org_id"

static const char sql_list[] =
	"SELECT " PAIR " FROM dup_pair d JOIN org o ON o.id = d.org_id WHERE d.verdict = 0 OR CAST($1 AS BIGINT) = 0 ORDER BY d.score DESC, d.id LIMIT $2";
static const char sql_page[] =
	"SELECT " PAIR " FROM dup_pair d JOIN org o ON o.id = d.org_id WHERE d.verdict = $1 AND "
	"(CAST($2 AS BIGINT) = -1 OR d.id / 1099511627776 = $2) ORDER BY d.score DESC, d.id LIMIT $3 OFFSET $4";
static const char sql_by_uid[] = "SELECT " PAIR " FROM dup_pair d JOIN org o ON o.id = d.org_id WHERE d.uid = $1";
static const char sql_decide[] = "UPDATE dup_pair SET verdict = $2, decided_by = $3, decided_ms = $4 WHERE uid = $1";

static struct zv_str column(struct zv_stmt *stmt, int at, struct zv_arena *arena)
{
	return zv_str_dup(arena, zv_col_text(stmt, at));
}

static void read_pair(struct zv_dup_pair *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*out = (struct zv_dup_pair){
		.uid = column(stmt, 0, arena),
		.org_uid = column(stmt, 1, arena),
		.org_name = column(stmt, 2, arena),
		.org_inn = column(stmt, 3, arena),
		.org_region = column(stmt, 4, arena),
		.org_address = column(stmt, 5, arena),
		.row_text = column(stmt, 6, arena),
		.reasons = column(stmt, 7, arena),
		.score = zv_col_int(stmt, 8),
		.verdict = (enum zv_dup_verdict)zv_col_int(stmt, 9),
		.decided_by = column(stmt, 10, arena),
		.centre_id = zv_id_centre(zv_col_int(stmt, 11)),
		.org_id = zv_col_int(stmt, 12),
	};
}

static const char *const verdicts[] = {"open", "different", "same"};

const char *zv_dup_verdict_name(enum zv_dup_verdict verdict)
{
	return verdicts[verdict];
}

bool zv_dup_verdict_parse(enum zv_dup_verdict *out, struct zv_str name)
{
	for (size_t i = 0; i < ZV_LEN(verdicts); i++) {
		if (!zv_str_eq_c(name, verdicts[i]))
			continue;
		*out = (enum zv_dup_verdict)i;
		return true;
	}
	return false;
}

enum zv_code zv_dup_page(struct zv_dup_pair **out, size_t *n, struct zv_db *db, int64_t centre_id, enum zv_dup_verdict verdict, int64_t skip,
			 int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, verdict);
	zv_bind_int(stmt, 2, centre_id);
	zv_bind_int(stmt, 3, limit);
	zv_bind_int(stmt, 4, skip);
	*out = ZV_ARENA_ARRAY(arena, struct zv_dup_pair, (size_t)limit);
	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		read_pair(&(*out)[(*n)++], stmt, arena);
	return code;
}

enum zv_code zv_dup_by_uid(struct zv_dup_pair *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_by_uid, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, uid);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no pair “%.*s”. Ask for the list: zveno duplicates."), ZV_STR_FMT(zv_str_first(uid, 60)));
	read_pair(out, stmt, arena);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_dup_list(struct zv_dup_pair **out, size_t *n, struct zv_db *db, bool open_only, int64_t limit, struct zv_arena *arena,
			 struct zv_err *err)
{
	ZV_VEC(struct zv_dup_pair) pairs = { 0 };
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_list, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, open_only);
	zv_bind_int(stmt, 2, limit);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_dup_pair pair;

		read_pair(&pair, stmt, arena);
		zv_vec_push(&pairs, pair);
	}
	if (code == ZV_OK) {
		*out = ZV_ARENA_ARRAY(arena, struct zv_dup_pair, pairs.n + 1);
		for (size_t i = 0; i < pairs.n; i++)
			(*out)[i] = pairs.p[i];
		*n = pairs.n;
	}
	zv_vec_done(&pairs);
	return code;
}

enum zv_code zv_dup_decide(struct zv_db *db, struct zv_str uid, enum zv_dup_verdict verdict, struct zv_str actor, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_db_stmt(&stmt, db, sql_decide, err);
	if (code != ZV_OK)
		goto done;
	zv_bind_text(stmt, 1, uid);
	zv_bind_int(stmt, 2, verdict);
	zv_bind_text(stmt, 3, actor);
	zv_bind_int(stmt, 4, zv_now_ms());
	code = zv_stmt_step(&row, stmt, err); /* a step, not a run: its count is wanted at once */
	if (code != ZV_OK)
		goto done;
	if (zv_stmt_changes(stmt) == 0)
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no pair “%.*s”. Ask for the list: zveno duplicates."), ZV_STR_FMT(uid));
	else
		code = zv_db_commit(db, err);
done:
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}
