/* Proves the audit trail: every hash, no gap, the digest of all that the registers hold, and a row that was written down outside. */
#include <string.h>

#include "base/decimal.h"
#include "base/tr.h"
#include "store/audit_row.h"
#include "store/trail.h"

static const char sql_all[] = "SELECT " ZV_AUDIT_COLUMNS " FROM audit ORDER BY n";
static const char sql_one[] = "SELECT hash FROM audit WHERE n = $1";
static const char sql_digest[] = "SELECT state FROM data_digest WHERE id = 1";

struct check {
	struct zv_audit_verdict verdict;
	const struct zv_audit_anchor *anchor;
	struct zv_arena *arena;
	struct zv_buf scratch;
	char prev[ZV_AUDIT_HASH_TEXT];
	char data[ZV_AUDIT_HASH_TEXT]; /* of the last row */
	bool anchored;
};

static void say(struct check *c, int64_t n, const char *msgid)
{
	if (!c->verdict.ok)
		return;
	c->verdict.ok = false;
	c->verdict.broken_n = n;
	c->verdict.reason = zv_str_dup(c->arena, zv_str_c(zv_tr(msgid)));
}

static void keep(char out[ZV_AUDIT_HASH_TEXT], struct zv_str hex)
{
	size_t n = hex.n < ZV_AUDIT_HASH_TEXT ? hex.n : 0;

	memcpy(out, hex.p, n);
	out[n] = '\0';
}

static void check_row(struct check *c, const struct zv_audit_row *row)
{
	char hash[ZV_AUDIT_HASH_TEXT];
	int64_t want = c->verdict.rows + 1;

	if (row->n > want)
		say(c, want, N_("The row is missing: it was removed."));
	else if (row->n < want)
		say(c, row->n, N_("The number of the row is none that follows: the row was put in."));
	zv_audit_row_hash(hash, &c->scratch, row);
	if (!zv_str_eq_c(row->hash, hash))
		say(c, row->n, N_("The hash of the row does not fit what it says: the row was changed."));
	if (!zv_str_eq_c(row->prev, c->prev))
		say(c, row->n, N_("The row does not follow the one before it: one of them was changed, moved or put in."));
	if (c->anchor != NULL && row->n == c->anchor->n) {
		c->anchored = true;
		if (!zv_str_eq(row->hash, c->anchor->hash))
			say(c, row->n, N_("The row is not the one that the anchor names: the trail was written anew, or belongs to another database."));
	}
	keep(c->prev, row->hash);
	keep(c->data, row->data);
	c->verdict.rows++;
}

/* After the first fault the rest is only counted: everything behind it follows from it. */
static enum zv_code check_chain(struct check *c, struct zv_db *db, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_all, err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_audit_row found = zv_audit_row_read(stmt);

		check_row(c, &found);
	}
	if (c->verdict.rows == 0)
		say(c, 0, N_("There is no audit trail: all of its rows were removed, or it has not begun (“zveno db upgrade” begins it)."));
	if (c->anchor != NULL && !c->anchored)
		say(c, 0, N_("The trail ends before the row of the anchor: its end was cut off, or an old backup was put in place."));
	return code;
}

static enum zv_code check_data(struct check *c, struct zv_db *db, struct zv_err *err)
{
	struct zv_multiset set;
	struct zv_multiset stored;
	char digest[ZV_DIGEST_HEX];
	struct zv_stmt *stmt;
	bool row;
	bool same;
	enum zv_code code = zv_trail_compute(&set, db, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_digest, err);
	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	same = row && zv_multiset_parse(&stored, zv_col_text(stmt, 0)) && memcmp(&stored, &set, sizeof(set)) == 0;
	zv_stmt_reset(stmt);
	zv_multiset_digest(digest, &set);
	if (strcmp(digest, c->data) != 0)
		say(c, 0, N_("The rows of the registers are not those that the last row of the trail was written over: rows, their history or "
			     "batches were changed behind the trail."));
	else if (!same)
		say(c, 0, N_("The digest that is stored is not that of the registers: it was changed behind the trail."));
	return ZV_OK;
}

enum zv_code zv_audit_verify(struct zv_audit_verdict *out, struct zv_db *db, const struct zv_audit_anchor *anchor, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct check c = {.verdict = {.ok = true}, .anchor = anchor, .arena = arena};
	bool alone = !zv_db_in_transaction(db);
	enum zv_code code = alone ? zv_db_begin(db, err) : ZV_OK;

	if (code != ZV_OK)
		return code;
	zv_buf_init(&c.scratch, 0);
	code = check_chain(&c, db, err);
	memcpy(c.verdict.head, c.prev, sizeof(c.prev));
	if (code == ZV_OK && c.verdict.ok)
		code = check_data(&c, db, err);
	zv_buf_done(&c.scratch);
	if (alone)
		zv_db_rollback(db);
	if (code == ZV_OK)
		*out = c.verdict;
	return code;
}

/* --- anchors ------------------------------------------------------------------------------------------------------- */

enum zv_code zv_audit_check_anchor(struct zv_db *db, const struct zv_audit_anchor *anchor, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_one, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, anchor->n);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_CONFLICT, "anchor",
			       N_("The audit trail ends before row %" PRId64 " of the anchor: an old backup was put in place, or its end was cut off."),
			       anchor->n);
	if (!zv_str_eq(zv_col_text(stmt, 0), anchor->hash))
		code = zv_fail(err, ZV_E_CONFLICT, "anchor",
			       N_("Row %" PRId64 " of the audit trail is not the one of the anchor: the trail was written anew, or this is another database."),
			       anchor->n);
	zv_stmt_reset(stmt);
	return code;
}

static bool is_hash(struct zv_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("0123456789abcdef", text.p[i]) == NULL || text.p[i] == '\0')
			return false;
	}
	return text.n == ZV_AUDIT_HASH_TEXT - 1;
}

enum zv_code zv_audit_anchor_parse(struct zv_audit_anchor *out, struct zv_str text, struct zv_err *err)
{
	struct zv_audit_anchor anchor = {0};
	ptrdiff_t colon = zv_str_find_char(text, ':');

	if (colon > 0) {
		struct zv_str number = zv_str_first(text, (size_t)colon);

		anchor.hash = zv_str_from(text, (size_t)colon + 1);
		if (zv_is_digits(number) && zv_str_int(&anchor.n, number) && anchor.n > 0 && is_hash(anchor.hash)) {
			*out = anchor;
			return ZV_OK;
		}
	}
	return zv_fail(err, ZV_E_INVALID, "anchor",
		       N_("“%.*s” is no anchor: give the number of a row, a colon and its hash of 64 digits, as “zveno audit head” prints them."),
		       ZV_STR_FMT(text));
}
