/* The board of a scouting round: who has answered what, who is silent, how long it took. */
#include <stdlib.h>
#include <string.h>

#include "app/scouting.h"
#include "app/sight.h"
#include "base/tr.h"
#include "store/scouting.h"

enum { MS_A_MINUTE = 60000, SCAN = 200, LIMIT_MAX = 200 };

static struct zv_str name_of(const struct zv_scouting_centre_row *centre)
{
	return strcmp(zv_tr_lang(), "ru") == 0 ? centre->name_ru : centre->name_en;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Of an even number the mean of the middle two. */
static int64_t median(int64_t *minutes, size_t n)
{
	if (n == 0)
		return -1;
	qsort(minutes, n, sizeof(*minutes), by_value);
	return n % 2 == 1 ? minutes[n / 2] : (minutes[n / 2 - 1] + minutes[n / 2]) / 2;
}

static bool named_before(const struct zv_scouting_maker_row *makers, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (makers[i].org_id == makers[at].org_id)
			return true;
	return false;
}

static void add_makers(struct zv_scouting_centre *out, const struct zv_scouting_maker_row *makers, size_t n, int64_t centre_id,
		       struct zv_arena *arena)
{
	struct zv_scouting_maker *list = ZV_ARENA_ARRAY(arena, struct zv_scouting_maker, n + 1);

	for (size_t i = 0; i < n; i++)
		if (makers[i].centre_id == centre_id)
			list[out->n_makers++] = (struct zv_scouting_maker){makers[i].uid, makers[i].name};
	out->makers = list;
}

/* The centres, the makers and the median of a round whose own columns are filled in. */
static enum zv_code add_answers(struct zv_scouting *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scouting_centre_row *rows = NULL;
	struct zv_scouting_maker_row *makers = NULL;
	struct zv_scouting_centre *centres;
	size_t n = 0, n_makers = 0, n_minutes = 0;
	int64_t *minutes;
	enum zv_code code = zv_scouting_centres(&rows, &n, db, out->id, arena, err);

	if (code == ZV_OK)
		code = zv_scouting_makers(&makers, &n_makers, db, out->id, arena, err);
	if (code != ZV_OK)
		return code;
	centres = ZV_ARENA_ARRAY(arena, struct zv_scouting_centre, n + 1);
	minutes = ZV_ARENA_ARRAY(arena, int64_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		centres[i] = (struct zv_scouting_centre){
			.code = rows[i].code,
			.name = name_of(&rows[i]),
			.answer = (enum zv_scouting_answer)rows[i].answer,
			.note = rows[i].note,
			.answered_by = rows[i].answered_by,
			.answered_ms = rows[i].answered_ms,
		};
		add_makers(&centres[i], makers, n_makers, rows[i].centre_id, arena);
		if (rows[i].answer != ZV_SCOUTING_SILENT)
			minutes[n_minutes++] = (rows[i].answered_ms - out->started_ms) / MS_A_MINUTE;
	}
	out->n_makers = 0;
	for (size_t i = 0; i < n_makers; i++)
		out->n_makers += named_before(makers, i) ? 0 : 1;
	out->median_minutes = median(minutes, n_minutes);
	out->centres = centres;
	return ZV_OK;
}

static enum zv_code centre_name(struct zv_str *centre, struct zv_str *name, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT code, name_ru, name_en FROM centre WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	*centre = zv_str_dup(arena, zv_col_text(stmt, 0));
	*name = zv_str_dup(arena, zv_col_text(stmt, strcmp(zv_tr_lang(), "ru") == 0 ? 1 : 2));
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* By its item where there is one: a title may name the buyer. */
static enum zv_code need_title(struct zv_str *out, struct zv_db *db, int64_t need_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT COALESCE(i.name, n.title) FROM need n LEFT JOIN item i ON i.id = n.item_id WHERE n.id = $1";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, need_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	*out = zv_str_dup(arena, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code fill(struct zv_scouting *out, struct zv_db *db, const struct zv_scouting_row *row, const struct zv_record *need,
			 struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code;

	*out = (struct zv_scouting){
		.id = row->id,
		.uid = row->uid,
		.need_uid = need->uid,
		.note = row->note,
		.started_by = row->started_by,
		.started_on = row->started_on,
		.deadline = row->deadline,
		.started_ms = row->started_ms,
		.state = (enum zv_scouting_state)row->state,
		.n_centres = row->n_centres,
		.n_answered = row->n_centres - row->n_answers[ZV_SCOUTING_SILENT],
		.n_silent = row->n_answers[ZV_SCOUTING_SILENT],
		.n_exact = row->n_answers[ZV_SCOUTING_EXACT],
		.n_near = row->n_answers[ZV_SCOUTING_NEAR],
		.n_none = row->n_answers[ZV_SCOUTING_NONE],
	};
	code = need_title(&out->need, db, need->id, arena, err);
	if (code == ZV_OK)
		code = centre_name(&out->centre, &out->centre_name, db, row->centre_id, arena, err);
	return code == ZV_OK ? add_answers(out, db, arena, err) : code;
}

/* The operators of the asked centres, the need's owner and those who read everything. */
static enum zv_code may_see(bool *out, struct zv_db *db, const struct zv_who *who, const struct zv_scouting_row *round,
			    const struct zv_record *need, struct zv_err *err)
{
	const struct zv_value *org = &need->values[zv_register_column(zv_register_find("need"), "org_id")];
	struct zv_object whose = {need->centre_id, org->null ? 0 : org->i};
	struct zv_stmt *stmt;
	enum zv_code code = ZV_OK;

	*out = zv_may(who, ZV_DO_SCOUTING_READ, whose);
	for (int i = 0; i < who->n_grants && code == ZV_OK && !*out; i++) {
		int64_t centre_id = who->grants[i].centre_id;

		if (who->grants[i].role != ZV_ROLE_OPERATOR || !zv_may(who, ZV_DO_SCOUTING_READ, (struct zv_object){centre_id, 0}))
			continue;
		code = zv_db_stmt(&stmt, db, "SELECT 1 FROM scouting_centre WHERE scouting_id = $1 AND centre_id = $2", err);
		if (code != ZV_OK)
			return code;
		zv_bind_int(stmt, 1, round->id);
		zv_bind_int(stmt, 2, centre_id);
		code = zv_stmt_step(out, stmt, err);
		zv_stmt_reset(stmt);
	}
	return code;
}

/* *seen false: it is not for this person. */
static enum zv_code look(bool *seen, struct zv_scouting *out, struct zv_db *db, const struct zv_who *who, const struct zv_scouting_row *row,
			 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record need;
	enum zv_code code = zv_record_by_id(&need, db, zv_register_find("need"), row->need_id, arena, err);

	if (code == ZV_OK)
		code = may_see(seen, db, who, row, &need, err);
	if (code == ZV_OK && *seen)
		code = fill(out, db, row, &need, arena, err);
	return code;
}

enum zv_code zv_scouting_get(struct zv_scouting *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_scouting_row row;
	bool seen = false;
	enum zv_code code = zv_scouting_by_uid(&row, db, uid, arena, err);

	if (code == ZV_OK)
		code = look(&seen, out, db, who, &row, arena, err);
	if (code == ZV_OK && !seen)
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no scouting round “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	return code;
}

static enum zv_code need_id_of(int64_t *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_record need;
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(&need, &sight, db, who, zv_register_find("need"), uid, arena, err);

	if (code == ZV_OK)
		*out = need.id;
	return code;
}

/* Rounds that one may not see take no place; the offset counts what is seen. */
enum zv_code zv_scouting_list(struct zv_scouting **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid,
			      int64_t offset, int limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scouting *list = ZV_ARENA_ARRAY(arena, struct zv_scouting, LIMIT_MAX + 1);
	struct zv_scouting_row *rows;
	int64_t need_id = 0, from = 0;
	size_t have = 0, got = SCAN;
	enum zv_code code = need_uid.n > 0 ? need_id_of(&need_id, db, who, need_uid, arena, err) : ZV_OK;

	if (limit > LIMIT_MAX)
		limit = LIMIT_MAX;
	while (code == ZV_OK && got == SCAN && have < (size_t)limit) {
		code = zv_scouting_page(&rows, &got, db, need_id, 0, from, SCAN, arena, err);
		for (size_t i = 0; code == ZV_OK && i < got && have < (size_t)limit; i++) {
			bool seen = false;

			code = look(&seen, &list[have], db, who, &rows[i], arena, err);
			if (code != ZV_OK || !seen)
				continue;
			if (offset > 0)
				offset--;
			else
				have++;
		}
		from += SCAN;
	}
	if (code != ZV_OK)
		return code;
	*out = list;
	*n = have;
	return ZV_OK;
}
