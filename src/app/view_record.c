/* Pages of registers and the origin of values. */
#include "app/view_record.h"

#include <stdio.h>
#include <string.h>

#include "app/lots_run.h"
#include "base/hash.h"
#include "base/tr.h"
#include "base/vec.h"
#include "store/batch.h"
#include "store/search.h"
#include "store/setting.h"

enum { SCAN_MAX = 20000 };

enum zv_code zv_view_stamp(uint64_t *out, struct zv_db *db, struct zv_err *err)
{
	char text[128];
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db,
				       "SELECT COUNT(*), COALESCE(MAX(id), 0), CAST(COALESCE(SUM(state), 0) AS BIGINT), "
				       "CAST(COALESCE(SUM(n_new + n_changed), 0) AS BIGINT), (SELECT COALESCE(MAX(id), 0) FROM lot_run) "
				       "FROM batch",
				       err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	(void)snprintf(text, sizeof(text), "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, zv_col_int(stmt, 0), zv_col_int(stmt, 1),
		       zv_col_int(stmt, 2), zv_col_int(stmt, 3), zv_col_int(stmt, 4));
	zv_stmt_reset(stmt);
	*out = (uint64_t)zv_digest_key(zv_str_c(text));
	return ZV_OK;
}

enum zv_code zv_view_version(uint64_t *out, struct zv_db *db, struct zv_err *err)
{
	char text[64];
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT COALESCE(MAX(n), 0), (SELECT COALESCE(MAX(id), 0) FROM lot_run) FROM audit", err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	(void)snprintf(text, sizeof(text), "%" PRId64 " %" PRId64, zv_col_int(stmt, 0), zv_col_int(stmt, 1));
	zv_stmt_reset(stmt);
	*out = (uint64_t)zv_digest_key(zv_str_c(text));
	return ZV_OK;
}

enum zv_code zv_view_day(struct zv_view_day *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_str value;
	enum zv_code code = zv_as_of(&out->as_of, db, ZV_DATE_NONE, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_setting_get(&value, db, "demo", &arena, err);
	if (code == ZV_OK)
		out->demo = value.n > 0 && !zv_str_eq_c(value, "0");
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_view_centre(struct zv_str *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT code FROM centre WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK)
		*out = row ? zv_str_dup(arena, zv_col_text(stmt, 0)) : ZV_STR("");
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code no_such_word(const struct zv_column *column, struct zv_str value, struct zv_err *err)
{
	struct zv_buf words;

	zv_buf_init(&words, 400);
	for (int i = 0; column->words != NULL && column->words[i] != NULL; i++)
		zv_buf_addf(&words, "%s%s", words.n > 0 ? ", " : "", column->words[i]);
	if (column->type == ZV_COL_BOOL)
		zv_buf_add_c(&words, "true, false");
	(void)zv_fail(err, ZV_E_INVALID, column->name, N_("“%.*s” is no value of %s. There are: %s."), ZV_STR_FMT(zv_str_first(value, 60)), column->name,
		      zv_buf_c(&words));
	zv_buf_done(&words);
	return ZV_E_INVALID;
}

static enum zv_code no_such_filter(const struct zv_register *reg, struct zv_str name, struct zv_err *err)
{
	struct zv_buf names;

	zv_buf_init(&names, 400);
	for (int i = 0; i < reg->n_columns; i++)
		if (reg->columns[i].type == ZV_COL_ENUM || reg->columns[i].type == ZV_COL_BOOL)
			zv_buf_addf(&names, ", %s", reg->columns[i].name);
	(void)zv_fail(err, ZV_E_INVALID, "query", N_("“%.*s” cannot be asked for here. There are: q, cursor, limit%s."), ZV_STR_FMT(zv_str_first(name, 60)),
		      zv_buf_c(&names));
	zv_buf_done(&names);
	return ZV_E_INVALID;
}

enum zv_code zv_view_filter(struct zv_view_filter *out, const struct zv_register *reg, struct zv_str name, struct zv_str value, struct zv_err *err)
{
	for (int i = 0; i < reg->n_columns; i++) {
		const struct zv_column *column = &reg->columns[i];

		if (!zv_str_eq_c(name, column->name) || (column->type != ZV_COL_ENUM && column->type != ZV_COL_BOOL))
			continue;
		out->column = i;
		if (column->type == ZV_COL_BOOL && (zv_str_eq_c(value, "true") || zv_str_eq_c(value, "false"))) {
			out->value = zv_str_eq_c(value, "true");
			return ZV_OK;
		}
		for (int w = 0; column->words != NULL && column->words[w] != NULL; w++) {
			if (!zv_str_eq_c(value, column->words[w]))
				continue;
			out->value = w;
			return ZV_OK;
		}
		return no_such_word(column, value, err);
	}
	return no_such_filter(reg, name, err);
}

static int ref_column(const struct zv_register *reg, struct zv_str name)
{
	for (int i = 0; i < reg->n_columns; i++)
		if (reg->columns[i].type == ZV_COL_REF && zv_str_eq_c(name, reg->columns[i].name))
			return i;
	return -1;
}

bool zv_view_is_ref(const struct zv_register *reg, struct zv_str name)
{
	return ref_column(reg, name) >= 0;
}

enum zv_code zv_view_filter_ref(struct zv_view_filter *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
				struct zv_str name, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record target;
	enum zv_sight sight;
	enum zv_code code;

	out->column = ref_column(reg, name);
	out->ref = true;
	code = zv_sight_record(&target, &sight, db, who, zv_register_find(reg->columns[out->column].ref), uid, arena, err);
	out->value = code == ZV_OK ? target.id : -1;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

bool zv_view_is_searched(const struct zv_register *reg)
{
	static const char *const names[] = {"item", "need", "org"};

	for (size_t i = 0; i < ZV_LEN(names); i++)
		if (strcmp(reg->name, names[i]) == 0)
			return true;
	return false;
}

struct gather {
	struct zv_db *db;
	const struct zv_who *who;
	const struct zv_register *reg;
	const struct zv_view_query *query;
	struct zv_arena *arena;
	ZV_VEC(struct zv_record) rows;
	int64_t last_id;
	int64_t scanned;
	bool more;
	bool shared; /* the shared catalogue first, which all see; it is read as it lies */
	bool hidden; /* a column asked for is hidden in some rows: each is looked at as the person sees it */
};

static bool fits(const struct zv_view_query *query, const struct zv_record *record)
{
	for (int i = 0; i < query->n_filters; i++) {
		const struct zv_value *value = &record->values[query->filters[i].column];

		if (value->null || value->i != query->filters[i].value)
			return false;
	}
	return true;
}

static void keep(struct gather *gather, const struct zv_record *record)
{
	struct zv_record copy = *record;

	copy.uid = zv_str_dup(gather->arena, record->uid);
	copy.source_key = zv_str_dup(gather->arena, record->source_key);
	for (int i = 0; i < gather->reg->n_columns; i++)
		if (copy.values[i].s.p != NULL)
			copy.values[i].s = zv_str_dup(gather->arena, record->values[i].s);
	zv_vec_push(&gather->rows, copy);
}

static enum zv_code mask(struct zv_record *record, const struct gather *gather, struct zv_err *err)
{
	enum zv_sight sight;
	enum zv_code code = zv_sight_of(&sight, gather->db, gather->who, gather->reg, record, err);

	return code == ZV_OK ? zv_sight_mask(record, gather->db, gather->reg, sight, gather->arena, err) : code;
}

/* False when the page is full. */
static bool look(struct gather *gather, const struct zv_record *record, bool wanted)
{
	if (gather->rows.n == (size_t)gather->query->limit || gather->scanned == SCAN_MAX) {
		gather->more = true;
		return false;
	}
	gather->scanned++;
	gather->last_id = record->id;
	if (wanted)
		keep(gather, record);
	return true;
}

static bool take(void *context, const struct zv_record *record)
{
	struct gather *gather = context;

	if (gather->shared && record->id >= ZV_SIGHT_SHARED_END)
		return false;
	return look(gather, record, fits(gather->query, record));
}

/* As take, but what the person does not see of the row fits nothing. */
static enum zv_code take_as_seen(bool *go_on, struct gather *gather, const struct zv_record *record, struct zv_err *err)
{
	struct zv_record seen = *record;
	enum zv_code code = mask(&seen, gather, err);

	if (code == ZV_OK)
		*go_on = look(gather, record, fits(gather->query, &seen));
	return code;
}

/* How many rows to read at once: with conditions most rows read may be in vain, but a page is not worth thousands of them. */
static size_t block_of(const struct zv_view_query *query)
{
	size_t block = (size_t)query->limit + 1;

	return query->n_filters == 0 ? block : 2 * block;
}

static enum zv_code take_all(struct gather *gather, struct zv_err *err)
{
	int64_t block = (int64_t)block_of(gather->query);
	bool full = true;
	enum zv_code code = ZV_OK;

	gather->last_id = gather->query->after_id;
	while (code == ZV_OK && full && !gather->more) {
		int64_t before = gather->scanned;

		code = zv_record_each(gather->db, gather->reg, gather->last_id, block, take, gather, err);
		full = gather->scanned - before == block;
	}
	return code;
}

/* The same over those rows alone that the person may see. */
static enum zv_code take_seen(struct gather *gather, int64_t after, struct zv_err *err)
{
	int64_t ids[2 * (ZV_VIEW_PAGE_MAX + 1)];
	size_t max = block_of(gather->query);
	size_t n = max;
	bool go_on = true;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && go_on && n == max) {
		code = zv_sight_next(ids, &n, max, gather->db, gather->who, gather->reg, after, err);
		for (size_t i = 0; i < n && code == ZV_OK && go_on; i++) {
			struct zv_record record;

			code = zv_record_by_id(&record, gather->db, gather->reg, ids[i], gather->arena, err);
			if (code == ZV_OK && gather->hidden)
				code = take_as_seen(&go_on, gather, &record, err);
			else if (code == ZV_OK)
				go_on = take(gather, &record);
			after = ids[i];
		}
	}
	return code;
}

static enum zv_code take_shared_first(struct gather *gather, struct zv_err *err)
{
	enum zv_code code;

	gather->shared = true;
	code = take_all(gather, err);
	gather->shared = false;
	return code == ZV_OK && !gather->more ? take_seen(gather, ZV_SIGHT_SHARED_END - 1, err) : code;
}

static enum zv_code take_hits(struct gather *gather, struct zv_err *err)
{
	struct zv_hit *hits;
	struct zv_record *needs;
	size_t n;
	enum zv_code code;

	if (!zv_view_is_searched(gather->reg))
		return zv_fail(err, ZV_E_INVALID, "q", N_("There is no full text over %s; look through them by page."), gather->reg->plural);
	if (strcmp(gather->reg->name, "need") == 0 && !zv_sight_open(gather->who, gather->reg)) {
		code = zv_view_needs_by_words(&needs, &n, gather->db, gather->who, gather->query->words, ZV_VIEW_PAGE_MAX, SCAN_MAX, gather->arena, err);
		for (size_t i = 0; i < n && code == ZV_OK && gather->rows.n < (size_t)gather->query->limit; i++)
			if (fits(gather->query, &needs[i]))
				zv_vec_push(&gather->rows, needs[i]);
		return code;
	}
	if (strcmp(gather->reg->name, "item") == 0)
		code = zv_sight_search(&hits, &n, gather->db, gather->who, gather->query->words, true, ZV_VIEW_PAGE_MAX, gather->arena, err);
	else
		code = zv_search(&hits, &n, gather->db, gather->reg->entity, gather->query->words, true, ZV_VIEW_PAGE_MAX, gather->arena, err);
	for (size_t i = 0; i < n && code == ZV_OK && gather->rows.n < (size_t)gather->query->limit; i++) {
		struct zv_record record;

		code = zv_record_by_id(&record, gather->db, gather->reg, hits[i].id, gather->arena, err);
		if (code == ZV_OK && fits(gather->query, &record))
			zv_vec_push(&gather->rows, record);
	}
	return code;
}

/*
 * What is hidden in some row can be asked for in none: the answer would tell. A reference can, as rows are looked at as the person sees
 * them; together with words it cannot, since those are found before.
 */
static enum zv_code check_filters(bool *hidden, const struct zv_view_query *query, const struct zv_who *who, const struct zv_register *reg,
				  struct zv_err *err)
{
	enum zv_sight least = zv_sight_least(who, reg);

	*hidden = false;
	for (int i = 0; i < query->n_filters; i++) {
		if (zv_sight_column(reg, query->filters[i].column, least))
			continue;
		if (!query->filters[i].ref || query->words.n > 0)
			return no_such_filter(reg, zv_str_c(reg->columns[query->filters[i].column].name), err);
		*hidden = true;
	}
	return ZV_OK;
}

enum zv_code zv_view_after(int64_t *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, struct zv_str next,
			   struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record record;
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(&record, &sight, db, who, reg, next, arena, err);

	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_INVALID, "cursor", N_("This is no cursor: take “next” of the page before."));
	if (code == ZV_OK)
		*out = record.id;
	return code;
}

/* The public id of the last row looked at: the number inside would count rows that others have. */
static enum zv_code last_uid(struct zv_str *out, const struct gather *gather, struct zv_err *err)
{
	struct zv_record last;
	enum zv_code code = ZV_OK;

	*out = ZV_STR("");
	if (!gather->more || gather->last_id == 0)
		return ZV_OK;
	code = zv_record_by_id(&last, gather->db, gather->reg, gather->last_id, gather->arena, err);
	if (code == ZV_OK)
		*out = last.uid;
	return code;
}

enum zv_code zv_view_page(struct zv_view_page *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
			  const struct zv_view_query *query, struct zv_arena *arena, struct zv_err *err)
{
	struct gather gather = {.db = db, .who = who, .reg = reg, .query = query, .arena = arena};
	struct zv_str next;
	enum zv_code code = zv_rights_need_some(who, zv_sight_action(reg, false), err);

	if (code == ZV_OK)
		code = check_filters(&gather.hidden, query, who, reg, err);
	if (code != ZV_OK)
		return code;
	if (query->words.n > 0)
		code = take_hits(&gather, err);
	else if (zv_sight_open(who, reg))
		code = take_all(&gather, err);
	else if (strcmp(reg->name, "item") == 0 && query->after_id < ZV_SIGHT_SHARED_END)
		code = take_shared_first(&gather, err);
	else
		code = take_seen(&gather, query->after_id, err);
	for (size_t i = 0; i < gather.rows.n && code == ZV_OK; i++)
		code = mask(&gather.rows.p[i], &gather, err);
	if (code == ZV_OK)
		code = last_uid(&next, &gather, err);
	if (code == ZV_OK) {
		struct zv_record *rows = ZV_ARENA_ARRAY(arena, struct zv_record, gather.rows.n + 1);

		if (gather.rows.n > 0)
			memcpy(rows, gather.rows.p, gather.rows.n * sizeof(*rows));
		*out = (struct zv_view_page){rows, gather.rows.n, next};
	}
	zv_vec_done(&gather.rows);
	return code;
}

enum zv_code zv_view_row(struct zv_view_row *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, struct zv_str uid,
			 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_view_row row = {.n_facts = 0};
	struct zv_fact *facts = NULL;
	enum zv_code code = zv_rights_need_some(who, zv_sight_action(reg, false), err);

	if (code == ZV_OK)
		code = zv_sight_record(&row.record, &row.sight, db, who, reg, uid, arena, err);
	if (code == ZV_OK && row.sight == ZV_SIGHT_FULL)
		code = zv_record_facts(&facts, &row.n_facts, db, reg, &row.record, arena, err);
	row.facts = facts;
	if (code == ZV_OK)
		*out = row;
	return code;
}

enum zv_code zv_view_source(struct zv_view_source *out, struct zv_db *db, int64_t batch_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch;
	enum zv_code code = zv_batch_by_id(&batch, db, batch_id, arena, err);

	if (code == ZV_OK)
		*out = (struct zv_view_source){batch.uid, batch.source.n > 0 ? batch.source : batch.kind};
	return code;
}
