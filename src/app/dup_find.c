/* Is a new organisation one that is stored? Certain by its ids, else by what a person has answered, else a question. */
#include <string.h>

#include "app/dup.h"
#include "app/import_run.h"
#include "format/json_write.h"
#include "store/id.h"

/*
 * Two right INNs that differ mean two legal entities, unless more than a part of the name agrees: from NEARLY_SAME_NAME on, or with
 * a phone, domain or address in common, a person is asked all the same.
 */
enum { PAIRS_OF_ROW = 5, PAIRS_KEPT = 20000, NEARLY_SAME_NAME = 800 };

static const char sql_verdict[] = "SELECT verdict FROM dup_pair WHERE org_id = $1 AND fingerprint = $2";
static const char sql_exists[] = "SELECT 1 FROM org WHERE id = $1";
static const char sql_insert[] = "INSERT INTO dup_pair (id, uid, org_id, fingerprint, row_text, score, reasons) "
				 "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org_id, fingerprint) DO NOTHING";

/* One INN is one legal entity; another KPP is a branch of it, which may stand for itself. */
static bool same_entity(const struct zv_dup_key *a, const struct zv_dup_key *b)
{
	return a->inn.n > 0 && zv_str_eq(a->inn, b->inn) && (a->kpp.n == 0 || b->kpp.n == 0);
}

static bool agrees(struct zv_str a, struct zv_str b)
{
	return a.n > 0 && zv_str_eq(a, b);
}

static bool two_entities(const struct zv_dup_key *a, const struct zv_dup_key *b, int score)
{
	return a->inn.n > 0 && b->inn.n > 0 && !zv_str_eq(a->inn, b->inn) && score < NEARLY_SAME_NAME && !agrees(a->phone, b->phone) &&
	       !agrees(a->domain, b->domain) && !agrees(a->address, b->address);
}

static enum zv_code verdict_of(int64_t *out, struct zv_db *db, int64_t org_id, const char *fingerprint, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_verdict, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	zv_bind_text(stmt, 2, zv_str_c(fingerprint));
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = row ? zv_col_int(stmt, 0) : ZV_DUP_OPEN;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* What the person who decides sees of the row. */
static struct zv_str row_as_json(const struct zv_record *org, int64_t line, struct zv_arena *arena)
{
	static const char *const shown[] = { "name", "short_name", "inn", "kpp", "ogrn", "region", "address", "phone", "site" };
	const struct zv_register *reg = zv_register_find("org");
	struct zv_out out;
	struct zv_json json;
	struct zv_str text;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	for (size_t i = 0; i < ZV_LEN(shown); i++) {
		const struct zv_value *value = &org->values[zv_register_column(reg, shown[i])];

		if (!value->null)
			zv_json_key_str(&json, shown[i], value->s);
	}
	zv_json_key_int(&json, "line", line);
	zv_json_end_object(&json);
	text = zv_str_dup(arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

static void keep_pair(struct zv_import *im, const struct zv_record *record, int64_t org_id, const char *fingerprint,
		      const struct zv_dup_result *result)
{
	struct zv_dup_found found = { .org_id = org_id, .score = result->score };

	if (im->found.n >= PAIRS_KEPT)
		return;
	found.fingerprint = zv_str_dup(&im->life, zv_str_c(fingerprint));
	found.reasons = zv_str_dup(&im->life, result->reasons);
	found.row_text = row_as_json(record, im->line, &im->life);
	zv_vec_push(&im->found, found);
}

static void note_pair(struct zv_import *im, const struct zv_record *stored, const struct zv_dup_result *result)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_row_note note = { .level = ZV_IMPORT_DUPLICATE };

	(void)zv_fail(&note.err, ZV_E_CONFLICT, "name",
		      N_("Probably the same organisation as “%.*s” (%d of 1000: %.*s). Say whether they are the same, then import again."),
		      ZV_STR_FMT(stored->values[zv_register_column(reg, "name")].s), result->score, ZV_STR_FMT(result->reasons));
	zv_vec_push(&im->notes, note);
}

static enum zv_code load(struct zv_record **out, struct zv_import *im, int64_t id, struct zv_err *err)
{
	*out = zv_arena_alloc(&im->row_arena, sizeof(**out));
	return zv_record_by_id(*out, im->db, zv_register_find("org"), id, &im->row_arena, err);
}

/* One candidate: the same, another, or a question. */
static enum zv_code look_at(bool *same, int *pairs, struct zv_import *im, const struct zv_record *record, const struct zv_dup_key *key,
			    int64_t id, struct zv_err *err)
{
	char fingerprint[ZV_DIGEST_HEX];
	const struct zv_dup_key *other;
	struct zv_dup_result result;
	struct zv_record *stored;
	int64_t verdict;
	enum zv_code code = zv_dup_index_key(&other, im->dups, im->db, id, err);

	if (code != ZV_OK)
		return code;
	zv_dup_score(&result, key, other, ZV_DUP_RULES, &im->row_arena);
	*same = result.class == ZV_DUP_CERTAIN || same_entity(key, other);
	if (*same || result.class == ZV_DUP_NONE || im->profile->registered || two_entities(key, other, result.score))
		return ZV_OK;
	zv_dup_fingerprint(fingerprint, key, other);
	code = verdict_of(&verdict, im->db, id, fingerprint, err);
	if (code != ZV_OK)
		return code;
	*same = verdict == ZV_DUP_SAME;
	if (verdict != ZV_DUP_OPEN || *pairs >= PAIRS_OF_ROW)
		return ZV_OK;
	keep_pair(im, record, id, fingerprint, &result);
	if ((*pairs)++ > 0)
		return ZV_OK;
	code = load(&stored, im, id, err);
	if (code == ZV_OK)
		note_pair(im, stored, &result);
	return code;
}

enum zv_code zv_import_dup_check(struct zv_record **same, bool *pair, struct zv_import *im, const struct zv_record *record,
				 struct zv_err *err)
{
	int64_t ids[ZV_DUP_CANDIDATES];
	size_t n, notes = im->notes.n, found = im->found.n;
	struct zv_dup_key key;
	int pairs = 0;

	*same = NULL;
	*pair = false;
	if (im->dups == NULL) {
		enum zv_code code = zv_dup_index_new(&im->dups, im->db, err);

		if (code != ZV_OK)
			return code;
	}
	zv_dup_key_of(&key, record, &im->row_arena);
	if (im->profile->registered && key.inn.n + key.ogrn.n == 0) /* nothing could be certain, and nothing is asked */
		return ZV_OK;
	n = zv_dup_index_find(ids, im->dups, &key, &im->row_arena);
	for (size_t i = 0; i < n; i++) {
		bool is_same = false;
		enum zv_code code = look_at(&is_same, &pairs, im, record, &key, ids[i], err);

		if (code != ZV_OK)
			return code;
		if (!is_same)
			continue;
		im->notes.n = notes; /* questions about others are idle then */
		im->found.n = found;
		return load(same, im, ids[i], err);
	}
	*pair = pairs > 0;
	return ZV_OK;
}

static enum zv_code org_exists(bool *out, struct zv_db *db, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_exists, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	code = zv_stmt_step(out, stmt, err);
	zv_stmt_reset(stmt);
	return code;
}

/* Stores the open questions. A pair within the file that was not kept (dry run) has no stored side and waits for the real run. */
enum zv_code zv_import_dup_store(struct zv_import *im, struct zv_err *err)
{
	for (size_t i = 0; i < im->found.n; i++) {
		const struct zv_dup_found *found = &im->found.p[i];
		char uid[ZV_ROW_UID_TEXT];
		struct zv_stmt *stmt;
		int64_t id;
		bool there;
		enum zv_code code = org_exists(&there, im->db, found->org_id, err);

		if (code == ZV_OK && !there)
			continue;
		if (code == ZV_OK)
			code = zv_id_next(&id, im->db, im->centre_id, ZV_ID_DUP, err);
		if (code == ZV_OK)
			code = zv_db_stmt(&stmt, im->db, sql_insert, err);
		if (code != ZV_OK)
			return code;
		(void)zv_id_uid(uid, "dup");
		zv_bind_int(stmt, 1, id);
		zv_bind_text(stmt, 2, zv_str_c(uid));
		zv_bind_int(stmt, 3, found->org_id);
		zv_bind_text(stmt, 4, found->fingerprint);
		zv_bind_text(stmt, 5, found->row_text);
		zv_bind_int(stmt, 6, found->score);
		zv_bind_text(stmt, 7, found->reasons);
		code = zv_stmt_run(stmt, err);
		if (code != ZV_OK)
			return code;
	}
	return ZV_OK;
}
