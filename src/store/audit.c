/* Adds rows to the audit trail and reads them. */
#include "store/audit.h"

#include <string.h>

#include "base/date.h"
#include "store/audit_row.h"
#include "store/element.h"
#include "store/trail.h"

enum { LIMIT_MAX = 1000 };

static const char sql_add[] =
	"INSERT INTO audit (" ZV_AUDIT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

/* Newest first. The most selective column leads, so that each has its index; the others only sieve. */
#define PAGE(lead) "SELECT " ZV_AUDIT_COLUMNS " FROM audit WHERE n < $1 AND " lead " ORDER BY n DESC LIMIT $2"
static const char sql_all[] = PAGE("1 = 1");
static const char sql_centre[] = PAGE("centre_id = $3");
static const char sql_org[] = PAGE("org_id = $4 AND ($3 = CAST(-1 AS BIGINT) OR centre_id = $3)");
static const char sql_subject[] =
	PAGE("subject = $5 AND ($3 = CAST(-1 AS BIGINT) OR centre_id = $3) AND ($4 = CAST(0 AS BIGINT) OR org_id = $4)");

/* --- rows ---------------------------------------------------------------------------------------------------------- */

void zv_audit_row_hash(char out[ZV_AUDIT_HASH_TEXT], struct zv_buf *scratch, const struct zv_audit_row *row)
{
	zv_element_start(scratch, "audit");
	zv_element_int(scratch, "n", row->n);
	zv_element_int(scratch, "at_ms", row->at_ms);
	zv_element_text(scratch, "actor", row->actor);
	if (row->account_id != 0)
		zv_element_int(scratch, "account_id", row->account_id);
	zv_element_int(scratch, "centre_id", row->centre_id);
	if (row->org_id != 0)
		zv_element_int(scratch, "org_id", row->org_id);
	zv_element_text(scratch, "action", row->action);
	zv_element_text(scratch, "subject", row->subject);
	zv_element_text(scratch, "detail", row->detail);
	zv_element_text(scratch, "address", row->address);
	zv_element_text(scratch, "data", row->data);
	zv_element_text(scratch, "prev", row->prev);
	zv_digest_hex(out, zv_buf_str(scratch));
}

struct zv_audit_row zv_audit_row_read(struct zv_stmt *stmt)
{
	return (struct zv_audit_row){
		.n = zv_col_int(stmt, 0),
		.at_ms = zv_col_int(stmt, 1),
		.actor = zv_col_text(stmt, 2),
		.account_id = zv_col_int(stmt, 3),
		.centre_id = zv_col_int(stmt, 4),
		.org_id = zv_col_int(stmt, 5),
		.action = zv_col_text(stmt, 6),
		.subject = zv_col_text(stmt, 7),
		.detail = zv_col_text(stmt, 8),
		.address = zv_col_text(stmt, 9),
		.data = zv_col_text(stmt, 10),
		.prev = zv_col_text(stmt, 11),
		.hash = zv_col_text(stmt, 12),
	};
}

static struct zv_audit_row keep(const struct zv_audit_row *row, struct zv_arena *arena)
{
	struct zv_audit_row kept = *row;

	kept.actor = zv_str_dup(arena, row->actor);
	kept.action = zv_str_dup(arena, row->action);
	kept.subject = zv_str_dup(arena, row->subject);
	kept.detail = zv_str_dup(arena, row->detail);
	kept.address = zv_str_dup(arena, row->address);
	kept.data = zv_str_dup(arena, row->data);
	kept.prev = zv_str_dup(arena, row->prev);
	kept.hash = zv_str_dup(arena, row->hash);
	return kept;
}

/* --- adding -------------------------------------------------------------------------------------------------------- */

static enum zv_code insert(struct zv_db *db, const struct zv_audit_row *row, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_add, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, row->n);
	zv_bind_int(stmt, 2, row->at_ms);
	zv_bind_text(stmt, 3, row->actor);
	if (row->account_id != 0)
		zv_bind_int(stmt, 4, row->account_id);
	zv_bind_int(stmt, 5, row->centre_id);
	if (row->org_id != 0)
		zv_bind_int(stmt, 6, row->org_id);
	zv_bind_text(stmt, 7, row->action);
	zv_bind_text(stmt, 8, row->subject);
	zv_bind_text(stmt, 9, row->detail);
	zv_bind_text(stmt, 10, row->address);
	zv_bind_text(stmt, 11, row->data);
	zv_bind_text(stmt, 12, row->prev);
	zv_bind_text(stmt, 13, row->hash);
	return zv_stmt_run(stmt, err);
}

static void fill(struct zv_audit_row *row, const struct zv_audit_context *context)
{
	if (row->at_ms == 0)
		row->at_ms = zv_now_ms();
	if (row->actor.n == 0)
		row->actor = context->actor;
	if (row->account_id == 0)
		row->account_id = context->account_id;
	if (row->org_id == 0)
		row->org_id = context->org_id;
	if (row->address.n == 0)
		row->address = context->address;
}

enum zv_code zv_audit_add(struct zv_db *db, const struct zv_audit_row *given, struct zv_err *err)
{
	struct zv_audit_row row = *given;
	char data[ZV_DIGEST_HEX];
	char hash[ZV_AUDIT_HASH_TEXT];
	struct zv_trail *trail;
	struct zv_buf scratch;
	enum zv_code code = zv_trail_get(&trail, db, err);

	if (code != ZV_OK)
		return code;
	fill(&row, zv_trail_context(db));
	zv_multiset_digest(data, &trail->data);
	row.n = trail->n + 1;
	row.data = zv_str_c(data);
	row.prev = zv_str_c(trail->hash);
	zv_buf_init(&scratch, 0);
	zv_audit_row_hash(hash, &scratch, &row);
	zv_buf_done(&scratch);
	row.hash = zv_str_c(hash);
	code = insert(db, &row, err);
	if (code != ZV_OK)
		return code;
	trail->n = row.n;
	memcpy(trail->hash, hash, sizeof(hash));
	trail->untold = false;
	return ZV_OK;
}

enum zv_code zv_audit_begin(struct zv_db *db, struct zv_err *err)
{
	struct zv_trail *trail;
	bool alone = !zv_db_in_transaction(db);
	enum zv_code code = alone ? zv_db_begin(db, err) : ZV_OK;

	if (code != ZV_OK)
		return code;
	code = zv_trail_get(&trail, db, err);
	if (code == ZV_OK && alone)
		code = zv_db_commit(db, err);
	if (code != ZV_OK && alone)
		zv_db_rollback(db);
	return code;
}

/* --- batches ------------------------------------------------------------------------------------------------------- */

/* `text` as a JSON string. */
static void add_json(struct zv_buf *out, struct zv_str text)
{
	zv_buf_add_char(out, '"');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '"' || c == '\\')
			zv_buf_addf(out, "\\%c", c);
		else if ((unsigned char)c < 0x20)
			zv_buf_addf(out, "\\u%04x", (unsigned)c);
		else
			zv_buf_add_char(out, c);
	}
	zv_buf_add_char(out, '"');
}

/* An import is named by what it brought; an action of a user has a name with a full stop ("need.set"). */
static void add_action(struct zv_buf *out, struct zv_str kind)
{
	bool action = zv_str_find_char(kind, '.') >= 0 || zv_str_eq_c(kind, "lots") || zv_str_eq_c(kind, "recode");

	zv_buf_addf(out, "%s%.*s", action ? "" : "import ", ZV_STR_FMT(kind));
}

enum zv_code zv_audit_batch(struct zv_db *db, const struct zv_batch *batch, struct zv_err *err)
{
	struct zv_buf detail, action;
	struct zv_audit_row row = {.actor = batch->actor, .centre_id = batch->centre_id, .subject = batch->uid};
	enum zv_code code;

	zv_buf_init(&detail, 0);
	zv_buf_init(&action, 0);
	add_action(&action, batch->kind);
	zv_buf_add_c(&detail, "{\"source\":");
	add_json(&detail, batch->source);
	zv_buf_addf(&detail,
		    ",\"new\":%" PRId64 ",\"changed\":%" PRId64 ",\"same\":%" PRId64 ",\"error\":%" PRId64 ",\"held\":%" PRId64 "}",
		    batch->n_new, batch->n_changed, batch->n_same, batch->n_error, batch->n_held);
	row.action = zv_buf_str(&action);
	row.detail = zv_buf_str(&detail);
	code = zv_audit_add(db, &row, err);
	zv_buf_done(&action);
	zv_buf_done(&detail);
	return code;
}

enum zv_code zv_audit_undo(struct zv_db *db, const struct zv_batch *batch, int64_t removed, int64_t restored, struct zv_err *err)
{
	struct zv_audit_row row = {.centre_id = batch->centre_id, .subject = batch->uid, .action = ZV_STR("batch.undo")};
	struct zv_buf detail;
	enum zv_code code;

	zv_buf_init(&detail, 0);
	zv_buf_add_c(&detail, "{\"kind\":");
	add_json(&detail, batch->kind);
	zv_buf_addf(&detail, ",\"removed\":%" PRId64 ",\"restored\":%" PRId64 "}", removed, restored);
	row.detail = zv_buf_str(&detail);
	code = zv_audit_add(db, &row, err);
	zv_buf_done(&detail);
	return code;
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

static enum zv_code find(struct zv_stmt **out, struct zv_db *db, const struct zv_audit_query *query, int limit, struct zv_err *err)
{
	const char *sql = query->subject.n > 0    ? sql_subject
			  : query->org_id != 0    ? sql_org
			  : query->centre_id >= 0 ? sql_centre
						  : sql_all;
	enum zv_code code = zv_db_stmt(out, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(*out, 1, query->before > 0 ? query->before : INT64_MAX);
	zv_bind_int(*out, 2, limit);
	if (sql != sql_all)
		zv_bind_int(*out, 3, query->centre_id);
	if (sql == sql_org || sql == sql_subject)
		zv_bind_int(*out, 4, query->org_id);
	if (sql == sql_subject)
		zv_bind_text(*out, 5, query->subject);
	return ZV_OK;
}

enum zv_code zv_audit_page(struct zv_audit_row **out, size_t *n, struct zv_db *db, const struct zv_audit_query *query,
			   struct zv_arena *arena, struct zv_err *err)
{
	int limit = query->limit < 1 ? 1 : query->limit > LIMIT_MAX ? LIMIT_MAX : query->limit;
	struct zv_audit_row *rows = ZV_ARENA_ARRAY(arena, struct zv_audit_row, (size_t)limit);
	struct zv_stmt *stmt;
	size_t have = 0;
	bool row;
	enum zv_code code = find(&stmt, db, query, limit, err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_audit_row found = zv_audit_row_read(stmt);

		rows[have++] = keep(&found, arena);
	}
	if (code != ZV_OK)
		return code;
	*out = rows;
	*n = have;
	return ZV_OK;
}

enum zv_code zv_audit_head(struct zv_audit_row *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	static const struct zv_audit_query query = {.centre_id = -1, .limit = 1};
	struct zv_audit_row *rows;
	size_t n;
	enum zv_code code = zv_audit_page(&rows, &n, db, &query, arena, err);

	if (code != ZV_OK)
		return code;
	*out = n > 0 ? rows[0] : (struct zv_audit_row){0};
	return ZV_OK;
}
