/* Scouting rounds as rows: the round, what each centre says, the makers that it names. */
#include "store/scouting.h"

#include "store/id.h"
#include "store/read.h"

#define COLUMNS                                                                                                           \
	"s.id, s.uid, s.need_id, s.centre_id, s.started_ms, s.started_on, s.deadline, s.note, s.started_by, s.state, "    \
	"(SELECT COUNT(*) FROM scouting_centre c WHERE c.scouting_id = s.id AND c.answer IS NULL), "                      \
	"(SELECT COUNT(*) FROM scouting_centre c WHERE c.scouting_id = s.id AND c.answer = 1), "                          \
	"(SELECT COUNT(*) FROM scouting_centre c WHERE c.scouting_id = s.id AND c.answer = 2), "                          \
	"(SELECT COUNT(*) FROM scouting_centre c WHERE c.scouting_id = s.id AND c.answer = 3)"

static const char sql_insert[] =
	"INSERT INTO scouting (id, uid, need_id, centre_id, started_ms, started_on, deadline, note, started_by, state) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";

/* Centre 0 is no office. */
static const char sql_insert_centres[] =
	"INSERT INTO scouting_centre (scouting_id, centre_id) SELECT CAST($1 AS BIGINT), id FROM centre WHERE id > 0";

static const char sql_by_uid[] = "SELECT " COLUMNS " FROM scouting s WHERE s.uid = $1";

static const char sql_page[] = "SELECT " COLUMNS " FROM scouting s WHERE (CAST($1 AS BIGINT) = 0 OR s.need_id = $1) "
			       "AND (CAST($2 AS BIGINT) = 0 OR s.state = $2) ORDER BY s.started_ms DESC, s.id DESC LIMIT $4 OFFSET $3";

static const char sql_overdue[] = "SELECT " COLUMNS " FROM scouting s WHERE s.state = 1 AND s.deadline < $1 ORDER BY s.id";

static const char sql_centres[] =
	"SELECT c.centre_id, o.code, o.name_ru, o.name_en, c.answer, c.note, c.answered_by, c.answered_ms "
	"FROM scouting_centre c JOIN centre o ON o.id = c.centre_id WHERE c.scouting_id = $1 ORDER BY o.code";

static const char sql_answer[] = "UPDATE scouting_centre SET answer = $3, note = $4, answered_by = $5, answered_ms = $6 "
				 "WHERE scouting_id = $1 AND centre_id = $2";

static const char sql_drop_makers[] = "DELETE FROM scouting_maker WHERE scouting_id = $1 AND centre_id = $2";

static const char sql_add_maker[] =
	"INSERT INTO scouting_maker (scouting_id, centre_id, org_id) VALUES ($1, $2, $3) ON CONFLICT (scouting_id, centre_id, org_id) DO NOTHING";

static const char sql_makers[] = "SELECT m.centre_id, m.org_id, o.uid, o.name FROM scouting_maker m JOIN org o ON o.id = m.org_id "
				 "WHERE m.scouting_id = $1 ORDER BY m.centre_id, o.name, o.id";

static const char sql_close[] = "UPDATE scouting SET state = 2 WHERE id = $1";

static enum zv_code insert_centres(struct zv_db *db, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_insert_centres, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_scouting_insert(struct zv_db *db, struct zv_scouting_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, row->centre_id, ZV_ID_SCOUTING, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "scouting")});
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_int(stmt, 3, row->need_id);
	zv_bind_int(stmt, 4, row->centre_id);
	zv_bind_int(stmt, 5, row->started_ms);
	zv_bind_int(stmt, 6, row->started_on);
	zv_bind_int(stmt, 7, row->deadline);
	zv_bind_text(stmt, 8, row->note);
	zv_bind_text(stmt, 9, row->started_by);
	code = zv_stmt_run(stmt, err);
	return code == ZV_OK ? insert_centres(db, row->id, err) : code;
}

static void read_round(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	struct zv_scouting_row row = {
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.need_id = zv_col_int(stmt, 2),
		.centre_id = zv_col_int(stmt, 3),
		.started_ms = zv_col_int(stmt, 4),
		.started_on = (zv_date)zv_col_int(stmt, 5),
		.deadline = (zv_date)zv_col_int(stmt, 6),
		.note = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.started_by = zv_str_dup(arena, zv_col_text(stmt, 8)),
		.state = (int)zv_col_int(stmt, 9),
	};

	for (int i = 0; i < 4; i++) {
		row.n_answers[i] = zv_col_int(stmt, 10 + i);
		row.n_centres += row.n_answers[i];
	}
	*(struct zv_scouting_row *)out = row;
}

static enum zv_code read_rounds(struct zv_scouting_row **out, size_t *n, struct zv_stmt *stmt, struct zv_arena *arena, struct zv_err *err)
{
	void *rows;
	enum zv_code code = zv_read_all(&rows, n, stmt, sizeof(**out), read_round, arena, err);

	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_scouting_by_uid(struct zv_scouting_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_round, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no scouting round “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

enum zv_code zv_scouting_page(struct zv_scouting_row **out, size_t *n, struct zv_db *db, int64_t need_id, int state, int64_t offset,
			      int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, need_id);
	zv_bind_int(stmt, 2, state);
	zv_bind_int(stmt, 3, offset);
	zv_bind_int(stmt, 4, limit);
	return read_rounds(out, n, stmt, arena, err);
}

enum zv_code zv_scouting_overdue(struct zv_scouting_row **out, size_t *n, struct zv_db *db, zv_date today, struct zv_arena *arena,
				 struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_overdue, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, today);
	return read_rounds(out, n, stmt, arena, err);
}

static void read_centre(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_scouting_centre_row *)out = (struct zv_scouting_centre_row){
	.centre_id = zv_col_int(stmt, 0),
	.code = zv_str_dup(arena, zv_col_text(stmt, 1)),
	.name_ru = zv_str_dup(arena, zv_col_text(stmt, 2)),
	.name_en = zv_str_dup(arena, zv_col_text(stmt, 3)),
	.answer = (int)zv_col_int(stmt, 4),
	.note = zv_str_dup(arena, zv_col_text(stmt, 5)),
	.answered_by = zv_str_dup(arena, zv_col_text(stmt, 6)),
	.answered_ms = zv_col_int(stmt, 7),
};
}

enum zv_code zv_scouting_centres(struct zv_scouting_centre_row **out, size_t *n, struct zv_db *db, int64_t scouting_id, struct zv_arena *arena,
				 struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_centres, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, scouting_id);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_centre, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_scouting_set_answer(struct zv_db *db, int64_t scouting_id, const struct zv_scouting_centre_row *answer, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_drop_makers, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, scouting_id);
	zv_bind_int(stmt, 2, answer->centre_id);
	code = zv_stmt_run(stmt, err);
	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_answer, err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, scouting_id);
	zv_bind_int(stmt, 2, answer->centre_id);
	zv_bind_int(stmt, 3, answer->answer);
	zv_bind_text(stmt, 4, answer->note);
	zv_bind_text(stmt, 5, answer->answered_by);
	zv_bind_int(stmt, 6, answer->answered_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_scouting_add_maker(struct zv_db *db, int64_t scouting_id, int64_t centre_id, int64_t org_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_add_maker, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, scouting_id);
	zv_bind_int(stmt, 2, centre_id);
	zv_bind_int(stmt, 3, org_id);
	return zv_stmt_run(stmt, err);
}

static void read_maker(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_scouting_maker_row *)out = (struct zv_scouting_maker_row){zv_col_int(stmt, 0), zv_col_int(stmt, 1), zv_str_dup(arena, zv_col_text(stmt, 2)),
				      zv_str_dup(arena, zv_col_text(stmt, 3))};
}

enum zv_code zv_scouting_makers(struct zv_scouting_maker_row **out, size_t *n, struct zv_db *db, int64_t scouting_id, struct zv_arena *arena,
				struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_makers, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, scouting_id);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_maker, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_scouting_close(struct zv_db *db, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_close, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return zv_stmt_run(stmt, err);
}
