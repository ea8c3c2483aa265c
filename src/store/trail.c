/* The running digest and the end of the chain, beside the handle: loaded with the first change of a transaction, written at its end. */
#include "store/trail.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/element.h"

enum { DEPTH_MAX = 16, PAGE = 500 };

static const char sql_state[] = "SELECT state FROM data_digest WHERE id = 1";
static const char sql_store[] = "INSERT INTO data_digest (id, state) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state";
static const char sql_last[] = "SELECT n, hash, data FROM audit ORDER BY n DESC LIMIT 1";
static const char sql_facts[] = "SELECT " ZV_FACT_COLUMNS " FROM fact WHERE id > $1 ORDER BY id LIMIT $2";

struct keeper {
	struct zv_trail now;
	struct zv_trail before[DEPTH_MAX]; /* by depth of the transaction: what was when it began */
	struct zv_buf element;
	struct zv_arena arena; /* of the context */
	struct zv_audit_context context;
};

/* --- follows the transactions -------------------------------------------------------------------------------------- */

static void forget(struct zv_trail *trail)
{
	trail->loaded = false;
	trail->untold = false;
	trail->dirty = false;
}

static void on_begun(void *thing, int depth)
{
	struct keeper *keeper = thing;

	assert(depth < DEPTH_MAX);
	if (depth == 1)
		forget(&keeper->now);
	if (keeper->now.loaded)
		keeper->before[depth] = keeper->now;
	else
		forget(&keeper->before[depth]);
}

/* What was loaded inside and is taken back is loaded again: nothing before it was changed and not stored. */
static void on_ended(void *thing, int depth, bool kept)
{
	struct keeper *keeper = thing;

	if (depth == 1 || (!kept && !keeper->before[depth].loaded))
		forget(&keeper->now);
	else if (!kept)
		keeper->now = keeper->before[depth];
}

static enum zv_code on_closing(void *thing, struct zv_db *db, struct zv_err *err)
{
	static const struct zv_audit_row row = {.action = ZV_STR_INIT("data.change")};
	struct keeper *keeper = thing;
	char hex[ZV_MULTISET_HEX];
	struct zv_stmt *stmt;
	enum zv_code code = ZV_OK;

	if (keeper->now.loaded && keeper->now.untold)
		code = zv_audit_add(db, &row, err);
	if (code != ZV_OK || !keeper->now.loaded || !keeper->now.dirty)
		return code;
	code = zv_db_stmt(&stmt, db, sql_store, err);
	if (code != ZV_OK)
		return code;
	zv_multiset_format(hex, &keeper->now.data);
	zv_bind_text(stmt, 1, zv_str_c(hex));
	return zv_stmt_run(stmt, err);
}

static void on_release(void *thing)
{
	struct keeper *keeper = thing;

	zv_buf_done(&keeper->element);
	zv_arena_done(&keeper->arena);
	free(keeper);
}

static struct keeper *keeper_of(struct zv_db *db)
{
	static const struct zv_db_watch watch = {.begun = on_begun, .closing = on_closing, .ended = on_ended, .release = on_release};
	struct keeper *keeper = zv_db_watched(db);

	if (keeper == NULL) {
		keeper = zv_calloc(1, sizeof(*keeper));
		zv_buf_init(&keeper->element, 0);
		zv_arena_init(&keeper->arena);
		zv_db_watch(db, keeper, &watch);
	}
	return keeper;
}

void zv_audit_context(struct zv_db *db, const struct zv_audit_context *context)
{
	struct keeper *keeper = keeper_of(db);

	zv_arena_reset(&keeper->arena);
	keeper->context = (struct zv_audit_context){0};
	if (context == NULL)
		return;
	keeper->context = *context;
	keeper->context.actor = zv_str_dup(&keeper->arena, context->actor);
	keeper->context.address = zv_str_dup(&keeper->arena, context->address);
}

const struct zv_audit_context *zv_trail_context(struct zv_db *db)
{
	return &keeper_of(db)->context;
}

/* --- loading ------------------------------------------------------------------------------------------------------- */

static enum zv_code refuse(struct zv_err *err)
{
	return zv_fail(err, ZV_E_CONFLICT, "audit",
		       N_("The digest of the registers is not the one that the audit trail ends with: the database was changed behind Zveno. Nothing "
			  "more is written. “zveno audit verify” shows more; restore a backup."));
}

static enum zv_code load_state(struct zv_multiset *out, bool *found, struct zv_db *db, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_state, err);

	if (code == ZV_OK)
		code = zv_stmt_step(found, stmt, err);
	if (code != ZV_OK || !*found)
		return code;
	if (!zv_multiset_parse(out, zv_col_text(stmt, 0)))
		code = refuse(err);
	zv_stmt_reset(stmt);
	return code;
}

/* Of another length only when somebody wrote it there: then it fits nothing. */
static void keep_hex(char out[ZV_AUDIT_HASH_TEXT], struct zv_str hex)
{
	size_t n = hex.n == ZV_AUDIT_HASH_TEXT - 1 ? hex.n : 0;

	memcpy(out, hex.p, n);
	out[n] = '\0';
}

static enum zv_code load_last(struct zv_trail *out, char data[ZV_DIGEST_HEX], struct zv_db *db, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_last, err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	out->n = zv_col_int(stmt, 0);
	keep_hex(out->hash, zv_col_text(stmt, 1));
	keep_hex(data, zv_col_text(stmt, 2));
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/*
 * A database without a trail: its digest is computed from what is there, and the trail begins with it. Otherwise the stored digest must
 * be the one that the trail ends with, or somebody could change a row and the stored digest together.
 */
static enum zv_code load(struct keeper *keeper, struct zv_db *db, struct zv_err *err)
{
	static const struct zv_audit_row begin = {.actor = ZV_STR_INIT("zveno"), .action = ZV_STR_INIT("audit.begin")};
	struct zv_trail *now = &keeper->now;
	char data[ZV_DIGEST_HEX] = "";
	char stored[ZV_DIGEST_HEX];
	bool found;
	enum zv_code code;

	now->n = 0;
	now->hash[0] = '\0';
	code = load_state(&now->data, &found, db, err);
	if (code == ZV_OK)
		code = load_last(now, data, db, err);
	if (code != ZV_OK)
		return code;
	if (now->n == 0 && !found) {
		code = zv_trail_compute(&now->data, db, err);
		now->loaded = code == ZV_OK;
		now->dirty = true;
		return code == ZV_OK ? zv_audit_add(db, &begin, err) : code;
	}
	zv_multiset_digest(stored, &now->data);
	if (!found || strcmp(stored, data) != 0)
		return refuse(err);
	now->loaded = true;
	return ZV_OK;
}

enum zv_code zv_trail_get(struct zv_trail **out, struct zv_db *db, struct zv_err *err)
{
	struct keeper *keeper = keeper_of(db);
	enum zv_code code = ZV_OK;

	assert(zv_db_in_transaction(db));
	if (!keeper->now.loaded)
		code = load(keeper, db, err);
	*out = &keeper->now;
	return code;
}

/* --- changes ------------------------------------------------------------------------------------------------------- */

static enum zv_code prepare(struct keeper **out, struct zv_db *db, struct zv_err *err)
{
	struct zv_trail *trail;

	*out = keeper_of(db);
	return zv_trail_get(&trail, db, err);
}

static void put(struct keeper *keeper)
{
	zv_multiset_add(&keeper->now.data, zv_buf_str(&keeper->element));
	keeper->now.untold = true;
	keeper->now.dirty = true;
}

static void take(struct keeper *keeper)
{
	zv_multiset_take(&keeper->now.data, zv_buf_str(&keeper->element));
	keeper->now.untold = true;
	keeper->now.dirty = true;
}

enum zv_code zv_trail_came(struct zv_db *db, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	struct keeper *keeper;
	enum zv_code code = prepare(&keeper, db, err);

	if (code != ZV_OK)
		return code;
	zv_element_record(&keeper->element, reg, record);
	put(keeper);
	return ZV_OK;
}

enum zv_code zv_trail_changed(struct zv_db *db, const struct zv_register *reg, const struct zv_record *old, const struct zv_record *new,
			      struct zv_err *err)
{
	struct keeper *keeper;
	enum zv_code code = prepare(&keeper, db, err);

	if (code != ZV_OK)
		return code;
	zv_element_record(&keeper->element, reg, old);
	take(keeper);
	zv_element_record(&keeper->element, reg, new);
	put(keeper);
	return ZV_OK;
}

enum zv_code zv_trail_rows_go(struct zv_db *db, const struct zv_register *reg, int64_t batch_id, int64_t after, int64_t last,
			      struct zv_err *err)
{
	struct keeper *keeper;
	struct zv_arena arena;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = prepare(&keeper, db, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, reg->sql_batch_rows, err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	zv_bind_int(stmt, 2, after);
	zv_bind_int(stmt, 3, last);
	zv_arena_init(&arena);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_record record;

		zv_arena_reset(&arena);
		zv_record_read(&record, stmt, reg, &arena);
		zv_element_record(&keeper->element, reg, &record);
		take(keeper);
	}
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_trail_batch(struct zv_db *db, const struct zv_batch *old, const struct zv_batch *new, struct zv_err *err)
{
	struct keeper *keeper;
	enum zv_code code = prepare(&keeper, db, err);

	if (code != ZV_OK)
		return code;
	if (old != NULL) {
		zv_element_batch(&keeper->element, old);
		take(keeper);
	}
	zv_element_batch(&keeper->element, new);
	put(keeper);
	return ZV_OK;
}

enum zv_code zv_trail_fact(struct zv_db *db, const struct zv_trail_fact *fact, struct zv_err *err)
{
	struct keeper *keeper;
	enum zv_code code = prepare(&keeper, db, err);

	if (code != ZV_OK)
		return code;
	zv_element_fact(&keeper->element, fact);
	put(keeper);
	return ZV_OK;
}

/* Texts are borrowed until the next step. */
static struct zv_trail_fact read_fact(struct zv_stmt *stmt)
{
	return (struct zv_trail_fact){
		.id = zv_col_int(stmt, 0),
		.centre_id = zv_col_int(stmt, 1),
		.entity = zv_col_int(stmt, 2),
		.row_id = zv_col_int(stmt, 3),
		.field = zv_col_text(stmt, 4),
		.value_int = {.null = zv_col_is_null(stmt, 5), .i = zv_col_int(stmt, 5)},
		.value_text = {.null = zv_col_is_null(stmt, 6), .s = zv_col_text(stmt, 6)},
		.state = zv_col_int(stmt, 7),
		.status = zv_col_int(stmt, 8),
		.said_on = zv_col_int(stmt, 9),
		.batch_id = zv_col_int(stmt, 10),
		.line = zv_col_int(stmt, 11),
		.recorded_ms = zv_col_int(stmt, 12),
		.replaced_by = zv_col_int(stmt, 13),
	};
}

enum zv_code zv_trail_facts_become(struct zv_db *db, struct zv_stmt *select, int64_t state, int64_t replaced_by, struct zv_err *err)
{
	struct keeper *keeper;
	bool row;
	enum zv_code code = prepare(&keeper, db, err);

	while (code == ZV_OK && (code = zv_stmt_step(&row, select, err)) == ZV_OK && row) {
		struct zv_trail_fact fact = read_fact(select);

		zv_element_fact(&keeper->element, &fact);
		take(keeper);
		fact.state = state;
		fact.replaced_by = replaced_by >= 0 ? replaced_by : fact.replaced_by;
		zv_element_fact(&keeper->element, &fact);
		put(keeper);
	}
	return code;
}

/* --- all there is -------------------------------------------------------------------------------------------------- */

struct sum {
	struct zv_multiset *set;
	const struct zv_register *reg;
	struct zv_buf element;
};

static bool sum_record(void *context, const struct zv_record *record)
{
	struct sum *sum = context;

	zv_element_record(&sum->element, sum->reg, record);
	zv_multiset_add(sum->set, zv_buf_str(&sum->element));
	return true;
}

static bool sum_batch(void *context, const struct zv_batch *batch)
{
	struct sum *sum = context;

	zv_element_batch(&sum->element, batch);
	zv_multiset_add(sum->set, zv_buf_str(&sum->element));
	return true;
}

static enum zv_code sum_facts(struct sum *sum, struct zv_db *db, struct zv_err *err)
{
	int64_t after = -1;
	int n = PAGE;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && n == PAGE) {
		struct zv_stmt *stmt;
		bool row;

		code = zv_db_stmt(&stmt, db, sql_facts, err);
		if (code != ZV_OK)
			break;
		zv_bind_int(stmt, 1, after);
		zv_bind_int(stmt, 2, PAGE);
		for (n = 0; (code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row; n++) {
			struct zv_trail_fact fact = read_fact(stmt);

			after = fact.id;
			zv_element_fact(&sum->element, &fact);
			zv_multiset_add(sum->set, zv_buf_str(&sum->element));
		}
	}
	return code;
}

enum zv_code zv_trail_compute(struct zv_multiset *out, struct zv_db *db, struct zv_err *err)
{
	struct sum sum = {.set = out};
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	enum zv_code code;

	*out = (struct zv_multiset){0};
	zv_buf_init(&sum.element, 0);
	code = zv_batch_each(db, INT64_MAX, sum_batch, &sum, err);
	for (int i = 0; code == ZV_OK && i < n; i++) {
		sum.reg = all[i];
		code = zv_record_every(db, all[i], sum_record, &sum, err);
	}
	if (code == ZV_OK)
		code = sum_facts(&sum, db, err);
	zv_buf_done(&sum.element);
	return code;
}
