/* Follows the batches of the registers and brings the index of words up to them, a few thousand rows a transaction. */
#include "store/search.h"
#include "store/search_table.h"
#include "store/words.h"

enum { PAGE = 4000, PHASES = 2, STEPS = ZV_SEARCH_TABLES * PHASES };

static const char sql_pending[] =
	"SELECT b.id, b.state, COALESCE(m.state, 0), COALESCE(m.step, 0), COALESCE(m.row_id, -1) FROM batch b "
	"LEFT JOIN search_mark m ON m.batch_id = b.id WHERE m.batch_id IS NULL OR m.state <> b.state OR m.done = 0 ORDER BY b.id LIMIT 1";

static const char sql_mark[] =
	"INSERT INTO search_mark (batch_id, state, step, row_id, done) VALUES ($1, $2, $3, $4, $5) "
	"ON CONFLICT (batch_id) DO UPDATE SET state = EXCLUDED.state, step = EXCLUDED.step, row_id = EXCLUDED.row_id, done = EXCLUDED.done";

/* Rows that a batch made, and rows of which it said something: id, then the names, then the codes (COLUMNS_TEXT of them). */
#define MADE(table, columns) "SELECT r.id, " columns " FROM " table " r WHERE r.batch_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3"
#define SAID(table, entity, columns)                                                                                           \
	"SELECT r.id, " columns " FROM (SELECT DISTINCT f.row_id FROM fact f JOIN " table " t ON t.id = f.row_id "               \
	"WHERE f.batch_id = $1 AND f.entity = " entity " AND f.row_id > $2 ORDER BY f.row_id LIMIT $3) s "                       \
	"JOIN " table " r ON r.id = s.row_id ORDER BY r.id"

#define ITEM "r.name, r.name_en, r.synonyms, r.cas, r.okpd2, r.hs, r.gost"
#define NEED "r.title, r.note, r.requirements, r.okpd2, r.source_key, r.import_country, r.region"
#define ORG "r.name, r.short_name, r.address, r.inn, r.ogrn, r.okved, r.source_key"

enum { COLUMNS_TEXT = 7 };

static const char *const sql_rows[STEPS] = {
	MADE("item", ITEM), SAID("item", "3", ITEM), MADE("need", NEED), SAID("need", "7", NEED), MADE("org", ORG), SAID("org", "1", ORG),
};

struct refresh {
	struct zv_db *db;
	struct zv_words words;
	int64_t batch_id, state;
	int64_t step, row_id; /* where the batch goes on */
	int64_t rows;
};

static enum zv_code find_pending(bool *found, struct refresh *r, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, r->db, sql_pending, err);

	if (code == ZV_OK)
		code = zv_stmt_step(found, stmt, err);
	if (code != ZV_OK || !*found)
		return code;
	r->batch_id = zv_col_int(stmt, 0);
	r->state = zv_col_int(stmt, 1);
	/* What was done for another state of the batch does not count. */
	r->step = zv_col_int(stmt, 2) == r->state ? zv_col_int(stmt, 3) : 0;
	r->row_id = zv_col_int(stmt, 2) == r->state ? zv_col_int(stmt, 4) : -1;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code save_mark(struct refresh *r, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, r->db, sql_mark, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, r->batch_id);
	zv_bind_int(stmt, 2, r->state);
	zv_bind_int(stmt, 3, r->step);
	zv_bind_int(stmt, 4, r->row_id);
	zv_bind_int(stmt, 5, r->step == STEPS);
	return zv_stmt_run(stmt, err);
}

/* One page of the present step; goes to the next step after its last page. */
static enum zv_code index_page(struct refresh *r, struct zv_err *err)
{
	enum zv_search_table table = (enum zv_search_table)(r->step / PHASES);
	struct zv_stmt *stmt;
	int64_t n = 0;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, r->db, sql_rows[r->step], err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, r->batch_id);
	zv_bind_int(stmt, 2, r->row_id);
	zv_bind_int(stmt, 3, PAGE);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		zv_words_reset(&r->words);
		for (int i = 1; i <= COLUMNS_TEXT; i++)
			zv_words_add(&r->words, zv_col_text(stmt, i), false);
		r->row_id = zv_col_int(stmt, 0);
		code = zv_search_db_put(r->db, table, r->row_id, zv_buf_str(&r->words.keys), zv_buf_str(&r->words.stems), err);
		if (code != ZV_OK)
			return code;
		n++;
	}
	r->rows += n;
	if (n < PAGE) {
		r->step++;
		r->row_id = -1;
	}
	return code;
}

/* Rows that an undone batch took away are no longer found; here they leave the index too. */
static enum zv_code drop_orphans(bool *more, struct refresh *r, enum zv_search_table table, struct zv_err *err)
{
	int64_t ids[PAGE];
	struct zv_stmt *stmt;
	size_t n = 0;
	bool row;
	enum zv_code code = zv_search_db_orphans(&stmt, r->db, table, -1, PAGE, err);

	while (code == ZV_OK && (code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		ids[n++] = zv_col_int(stmt, 0);
	for (size_t i = 0; code == ZV_OK && i < n; i++)
		code = zv_search_db_remove(r->db, table, ids[i], err);
	*more = n == PAGE;
	return code;
}

static enum zv_code in_transaction(struct refresh *r, enum zv_code (*work)(struct refresh *r, struct zv_err *err), struct zv_err *err)
{
	enum zv_code code = zv_db_begin(r->db, err);

	if (code != ZV_OK)
		return code;
	code = work(r, err);
	if (code == ZV_OK)
		return zv_db_commit(r->db, err);
	zv_db_rollback(r->db);
	return code;
}

static enum zv_code work_page(struct refresh *r, struct zv_err *err)
{
	int64_t before = r->rows;
	enum zv_code code = ZV_OK;

	/* Small steps share a transaction: a batch that touched few rows costs one. */
	while (code == ZV_OK && r->step < STEPS && r->rows - before < PAGE)
		code = index_page(r, err);
	return code == ZV_OK ? save_mark(r, err) : code;
}

static enum zv_code work_orphans(struct refresh *r, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (int table = 0; table < ZV_SEARCH_TABLES; table++) {
		bool more = true;

		while (code == ZV_OK && more)
			code = drop_orphans(&more, r, (enum zv_search_table)table, err);
	}
	return code;
}

enum zv_code zv_search_stale(bool *out, struct zv_db *db, struct zv_err *err)
{
	struct refresh r = {.db = db};

	return find_pending(out, &r, err);
}

enum zv_code zv_search_refresh(struct zv_db *db, bool (*go_on)(void *context, int64_t rows), void *context, struct zv_err *err)
{
	struct refresh r = {.db = db};
	enum zv_code code = ZV_OK;
	bool undone = false;
	bool stopped = false;
	bool found;

	zv_words_init(&r.words);
	while (!stopped && (code = find_pending(&found, &r, err)) == ZV_OK && found) {
		/* Before the mark, so that a kill in between only makes it look again. */
		if (r.state == 2 && !undone) {
			code = in_transaction(&r, work_orphans, err);
			undone = true;
		}
		while (code == ZV_OK && r.step < STEPS && !stopped) {
			code = in_transaction(&r, work_page, err);
			stopped = code == ZV_OK && go_on != NULL && !go_on(context, r.rows);
		}
		if (code != ZV_OK)
			break;
	}
	zv_words_done(&r.words);
	return code;
}
