/* Rules over the registers that make tasks and take them back: each is a query for what is missing and one for what no longer holds. */
#include <string.h>

#include "app/lots_run.h"
#include "app/scouting.h"
#include "app/tasks.h"
#include "base/vec.h"
#include "store/setting.h"
#include "store/task.h"

static const char mark_name[] = "tasks.mark";
static const char by_rule[] = "rule";

/*
 * Days: a lot is to be confirmed and answered within 14 of its computation, and no later than its maker must begin; a statement is asked for
 * anew on day 75, as it counts half from day 90 on (feature R7); duplicates and checked files wait for a week.
 */
#define LATEST_RUN "(SELECT MAX(id) FROM lot_run)"
#define LOT_DUE                                                                                                           \
	"CASE WHEN n.due IS NOT NULL AND n.due - COALESCE(o.lead_days, 0) < r.as_of + 14 THEN n.due - COALESCE(o.lead_days, 0) " \
	"ELSE r.as_of + 14 END"
#define LOTS                                                                                                              \
	"lot_run r JOIN lot l ON l.run_id = r.id JOIN offer o ON o.id = l.offer_id JOIN lot_need k ON k.lot_id = l.id "    \
	"JOIN need n ON n.id = k.need_id"
#define UNCONFIRMED "r.id = " LATEST_RUN " AND n.state IN (1, 2)"
#define SAID(entity, alias)                                                                                               \
	"COALESCE((SELECT MAX(f.said_on) FROM fact f WHERE f.entity = " entity " AND f.row_id = " alias ".id AND f.state = 1), " alias ".said_on)"

/* What an institute calls a need in kilograms: what a pilot unit makes in one campaign, by default at most 30 kg. */
#define KILOGRAMS \
	"n.dim = 1 AND n.qty_base <= 1000000 * COALESCE((SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'tasks.kilogram_need'), 30)"
#define POSSIBLE                                                                                                          \
	"offer f JOIN org w ON w.id = f.org_id AND w.kind IN (1, 2) JOIN need n ON n.item_id = f.item_id "                \
	"WHERE n.state IN (1, 2, 3) AND n.visibility >= 1 AND n.org_id <> f.org_id AND " KILOGRAMS

/* So many of a rule at a time: the writer is for others too. */
enum { PAGE = 2000 };
#define PAGE_SQL " LIMIT 2000"

/*
 * missing: account, organisation, centre, subject, due. over: ids of open tasks. Of both $1 is the day; $2 of `missing` may be the quarter.
 * A rule whose tasks people close themselves does not ask again within 60 days. "+ 0" keeps SQLite, when it has no statistics, from walking all tasks of
 * an organisation instead of those about the subject.
 */
struct rule {
	const char *kind;
	const char *missing;
	const char *over;
	bool day, quarter, day_over, quarter_over;
};

static const struct rule rules[] = {
	{.kind = "need.confirm",
	 .missing = "SELECT NULL, n.org_id, NULL, n.uid, MIN(" LOT_DUE ") FROM " LOTS " WHERE " UNCONFIRMED
		    " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'need.confirm' AND t.subject = n.uid AND t.org_id + 0 = n.org_id AND t.state = 1) "
		    "GROUP BY n.org_id, n.uid ORDER BY n.uid" PAGE_SQL,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'need.confirm' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM " LOTS " WHERE " UNCONFIRMED
		 " AND n.uid = t.subject AND n.org_id = t.org_id)" PAGE_SQL},
	{.kind = "need.remind",
	 .missing = "SELECT NULL, NULL, n.centre_id, i.uid, MIN(" LOT_DUE ") FROM " LOTS " JOIN item i ON i.id = l.item_id WHERE " UNCONFIRMED
		    " AND n.centre_id > 0 AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'need.remind' AND t.subject = i.uid AND "
		    "t.centre_id + 0 = n.centre_id AND t.state = 1) GROUP BY n.centre_id, i.uid ORDER BY n.centre_id, i.uid" PAGE_SQL,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'need.remind' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM " LOTS
		 " JOIN item i ON i.id = l.item_id WHERE " UNCONFIRMED " AND i.uid = t.subject AND n.centre_id = t.centre_id)" PAGE_SQL},
	{.kind = "lot.answer",
	 .missing = "SELECT NULL, o.org_id, NULL, o.uid, MIN(" LOT_DUE ") FROM " LOTS " WHERE r.id = " LATEST_RUN
		    " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'lot.answer' AND t.subject = o.uid AND t.org_id + 0 = o.org_id AND "
		    "(t.state = 1 OR (t.state IN (2, 3) AND t.ended_ms > r.as_of * 86400000 - 5184000000))) GROUP BY o.org_id, o.uid ORDER BY o.uid" PAGE_SQL,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'lot.answer' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM lot l JOIN offer o ON "
		 "o.id = l.offer_id WHERE l.run_id = " LATEST_RUN " AND o.uid = t.subject AND o.org_id = t.org_id)" PAGE_SQL},
	{.kind = "need.possible",
	 .missing = "SELECT NULL, f.org_id, NULL, n.uid, MIN(n.due - COALESCE(f.lead_days, 0)) FROM " POSSIBLE
		    " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'need.possible' AND t.subject = n.uid AND t.org_id + 0 = f.org_id AND "
		    "t.state IN (1, 2, 3)) GROUP BY f.org_id, n.uid ORDER BY f.org_id, n.uid" PAGE_SQL,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'need.possible' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM " POSSIBLE
		 " AND n.uid = t.subject AND f.org_id = t.org_id)" PAGE_SQL},
	{.kind = "capacity.confirm",
	 .day = true,
	 .quarter = true,
	 .missing = "SELECT NULL, s.org_id, NULL, MIN(s.uid), MIN(s.said) + 90 FROM (SELECT c.uid, c.org_id, c.item_id, " SAID("9", "c")
		    " AS said FROM capacity c WHERE c.quarter >= $2 AND c.said_on <= CAST($1 AS BIGINT) - 75) s WHERE s.said <= CAST($1 AS BIGINT) - 75 AND "
		    "NOT EXISTS (SELECT 1 FROM task t JOIN capacity d ON d.uid = t.subject WHERE t.kind = 'capacity.confirm' AND t.state = 1 AND "
		    "t.org_id = s.org_id AND d.item_id = s.item_id) GROUP BY s.org_id, s.item_id ORDER BY s.org_id, s.item_id" PAGE_SQL,
	 .day_over = true,
	 .quarter_over = true,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'capacity.confirm' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM capacity c WHERE "
		 "c.uid = t.subject AND c.org_id = t.org_id AND c.quarter >= $2 AND " SAID("9", "c") " <= CAST($1 AS BIGINT) - 75)" PAGE_SQL},
	{.kind = "offer.confirm",
	 .day = true,
	 .missing = "SELECT NULL, s.org_id, NULL, s.uid, s.said + 90 FROM (SELECT o.uid, o.org_id, " SAID("8", "o") " AS said FROM offer o WHERE "
		    "o.said_on <= CAST($1 AS BIGINT) - 75 AND (o.valid_until IS NULL OR o.valid_until >= $1)) s WHERE s.said <= CAST($1 AS BIGINT) - 75 "
		    "AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'offer.confirm' AND t.subject = s.uid AND t.org_id + 0 = s.org_id AND "
		    "t.state = 1) ORDER BY s.uid" PAGE_SQL,
	 .day_over = true,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'offer.confirm' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.uid = t.subject "
		 "AND o.org_id = t.org_id AND (o.valid_until IS NULL OR o.valid_until >= $1) AND " SAID("8", "o") " <= CAST($1 AS BIGINT) - 75)" PAGE_SQL},
	{.kind = "duplicates.decide",
	 .day = true,
	 .missing = "SELECT NULL, NULL, o.centre_id, '', CAST($1 AS BIGINT) + 7 FROM dup_pair d JOIN org o ON o.id = d.org_id WHERE d.verdict = 0 "
		    "AND o.centre_id > 0 AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'duplicates.decide' AND t.subject = '' AND "
		    "t.centre_id + 0 = o.centre_id AND t.state = 1) GROUP BY o.centre_id ORDER BY o.centre_id" PAGE_SQL,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'duplicates.decide' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM dup_pair d JOIN org o "
		 "ON o.id = d.org_id WHERE d.verdict = 0 AND o.centre_id = t.centre_id)" PAGE_SQL},
	{.kind = "import.apply",
	 .day = true,
	 .missing = "SELECT u.account_id, NULL, NULL, u.uid, CAST($1 AS BIGINT) + 7 FROM upload u JOIN job j ON j.uid = u.job_uid WHERE j.state = 3 "
		    "AND u.batch_uid IS NULL AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'import.apply' AND t.subject = u.uid) ORDER BY u.id" PAGE_SQL,
	 .over = "SELECT t.id FROM task t WHERE t.kind = 'import.apply' AND t.state = 1 AND NOT EXISTS (SELECT 1 FROM upload u WHERE "
		 "u.uid = t.subject AND u.batch_uid IS NULL)" PAGE_SQL},
};

static void bind(struct zv_stmt *stmt, zv_date day, bool with_day, bool with_quarter)
{
	if (with_day)
		zv_bind_int(stmt, 1, day);
	if (with_quarter)
		zv_bind_int(stmt, 2, zv_quarter_of(day));
}

static enum zv_code withdraw(bool *more, struct zv_db *db, const struct rule *rule, zv_date day, struct zv_err *err)
{
	ZV_VEC(int64_t) ids = {0};
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, rule->over, err);

	if (code != ZV_OK)
		return code;
	bind(stmt, day, rule->day_over, rule->quarter_over);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(&ids, zv_col_int(stmt, 0));
	for (size_t i = 0; i < ids.n && code == ZV_OK; i++)
		code = zv_task_end(db, ids.p[i], ZV_TASK_ROW_WITHDRAWN, zv_str_c(by_rule), err);
	*more = *more || ids.n == PAGE;
	zv_vec_done(&ids);
	return code;
}

static enum zv_code add_missing(bool *more, struct zv_db *db, const struct rule *rule, zv_date day, struct zv_arena *arena, struct zv_err *err)
{
	ZV_VEC(struct zv_task_row) tasks = {0};
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, rule->missing, err);

	if (code != ZV_OK)
		return code;
	bind(stmt, day, rule->day, rule->quarter);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_task_row task = {
			.kind = zv_str_c(rule->kind),
			.account_id = zv_col_int(stmt, 0),
			.org_id = zv_col_int(stmt, 1),
			.centre_id = zv_col_is_null(stmt, 2) ? -1 : zv_col_int(stmt, 2),
			.subject = zv_str_dup(arena, zv_col_text(stmt, 3)),
			.due = zv_col_is_null(stmt, 4) ? ZV_DATE_NONE : (zv_date)zv_col_int(stmt, 4),
			.made_by = zv_str_c(by_rule),
		};

		zv_vec_push(&tasks, task);
	}
	for (size_t i = 0; i < tasks.n && code == ZV_OK; i++)
		code = zv_task_insert(db, &tasks.p[i], arena, err);
	*more = *more || tasks.n == PAGE;
	zv_vec_done(&tasks);
	return code;
}

/* Every change leaves a row in the trail, but for the ends of jobs: as long as this is the same, there is nothing to do. */
static enum zv_code mark_now(struct zv_str *out, zv_date *day, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT (SELECT COALESCE(MAX(n), 0) FROM audit), (SELECT COALESCE(MAX(ended_ms), 0) FROM job)";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_as_of(day, db, ZV_DATE_NONE, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql, err);
	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_arena_strf(arena, "%d %" PRId64 " %" PRId64, *day, zv_col_int(stmt, 0), zv_col_int(stmt, 1));
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code is_marked(bool *out, struct zv_str mark, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str kept;
	enum zv_code code = zv_setting_get(&kept, db, mark_name, arena, err);

	if (code == ZV_OK)
		*out = zv_str_eq(kept, mark);
	return code;
}

enum zv_code zv_tasks_stale(bool *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_str mark;
	zv_date day;
	bool fresh = false;
	enum zv_code code;

	zv_arena_init(&arena);
	code = mark_now(&mark, &day, db, &arena, err);
	if (code == ZV_OK)
		code = is_marked(&fresh, mark, db, &arena, err);
	if (code == ZV_OK)
		*out = !fresh;
	zv_arena_done(&arena);
	return code;
}

static enum zv_code run_rules(struct zv_db *db, struct zv_str mark, zv_date day, struct zv_arena *arena, struct zv_err *err)
{
	bool more = false;
	enum zv_code code = zv_scouting_expire(db, day, err);

	for (size_t i = 0; i < ZV_LEN(rules) && code == ZV_OK; i++) {
		code = withdraw(&more, db, &rules[i], day, err);
		if (code == ZV_OK)
			code = add_missing(&more, db, &rules[i], day, arena, err);
	}
	return code == ZV_OK && !more ? zv_setting_put(db, mark_name, mark, err) : code;
}

enum zv_code zv_tasks_refresh(struct zv_db *db, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_str mark = {0};
	zv_date day = ZV_DATE_NONE;
	bool fresh = false;
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = mark_now(&mark, &day, db, &arena, err);
	if (code == ZV_OK)
		code = is_marked(&fresh, mark, db, &arena, err);
	if (code == ZV_OK && !fresh)
		code = run_rules(db, mark, day, &arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	zv_arena_done(&arena);
	return code;
}
