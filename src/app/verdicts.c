/* Verdicts: kept, listed, shown and computed again. */
#include "app/verdicts.h"

#include "app/note.h"
#include "app/rules_json.h"
#include "app/whole.h"
#include "base/hash.h"
#include "base/tr.h"
#include "store/verdict.h"

enum { UID_SHOWN = 60, FACTS_MAX = 64 << 20 };

static const char kept_lang[] = "en"; /* a kept result is compared by its bytes, so it has one language */

/* The criteria as JSON in the one language of kept results. */
static enum zv_code result_of(struct zv_str *out, struct zv_check_counts *counts, const struct zv_pack *pack, const struct zv_rules_facts *facts,
			      struct zv_arena *arena, struct zv_err *err)
{
	const char *lang = zv_tr_lang();
	struct zv_checked checked;
	struct zv_json json;
	struct zv_out to;
	enum zv_code code;

	zv_tr_set_lang(kept_lang);
	code = zv_check_pack(&checked, pack, facts, true, arena, err);
	if (code == ZV_OK) {
		zv_out_init(&to, NULL, 0);
		zv_json_init(&json, &to);
		zv_check_json_criteria(&json, &checked);
		*out = zv_str_dup(arena, zv_out_text(&to));
		*counts = checked.counts;
		zv_out_done(&to);
	}
	zv_tr_set_lang(lang);
	return code;
}

static enum zv_code insert(struct zv_verdict_row *row, struct zv_db *db, const struct zv_who *who, const struct zv_cluster *cluster, struct zv_str pack,
			   struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_verdict_insert(db, row, arena, err);

	if (code == ZV_OK)
		code = zv_note(db, who, "verdict.keep", cluster->uid, cluster->object,
			       zv_arena_strf(arena, "{\"verdict\":\"%.*s\",\"pack\":\"%.*s\",\"facts\":\"%.*s\"}", ZV_STR_FMT(row->uid), ZV_STR_FMT(pack),
					     ZV_STR_FMT(row->facts_digest)),
			       err);
	return code;
}

enum zv_code zv_verdict_keep(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str cluster, struct zv_str pack, zv_date on,
			     struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_check_ask ask = {.cluster = cluster, .packs = &pack, .n_packs = 1, .on = on};
	struct zv_verdict_row row = {.made_by = who->actor};
	struct zv_check_counts counts = {0};
	char digest[ZV_DIGEST_HEX];
	struct zv_check check;
	struct zv_whole whole;
	struct zv_buf facts;
	enum zv_code code = zv_cluster_check(&check, db, who, &ask, arena, err);

	if (code != ZV_OK)
		return code;
	zv_buf_init(&facts, FACTS_MAX);
	zv_facts_write_json(&facts, &check.facts);
	if (facts.full)
		code = zv_fail(err, ZV_E_LIMIT, "facts", N_("This cluster has too many facts for a verdict to be kept."));
	row.facts = zv_str_dup(arena, zv_buf_str(&facts));
	zv_buf_done(&facts);
	zv_digest_hex(digest, row.facts);
	row.facts_digest = zv_str_c(digest);
	row.pack_id = check.packs[0].pack.id;
	row.subject = check.cluster.uid;
	row.as_of = check.on;
	if (code == ZV_OK)
		code = result_of(&row.result, &counts, &check.packs[0].pack, &check.facts, arena, err);
	row.passed = counts.passed;
	row.failed = counts.failed;
	row.unknown = counts.unknown;
	if (code != ZV_OK || (code = zv_whole_begin(&whole, db, err)) != ZV_OK)
		return code;
	code = zv_whole_end(&whole, db, insert(&row, db, who, &check.cluster, check.packs[0].pack.name, arena, err), err);
	*uid = row.uid;
	return code;
}

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

static void view(struct zv_kept_verdict *out, const struct zv_verdict_row *row, const struct zv_cluster *cluster, const struct zv_pack *pack)
{
	*out = (struct zv_kept_verdict){
		.id = row->id,
		.uid = row->uid,
		.subject_uid = cluster->uid,
		.subject = zv_cluster_title(cluster),
		.pack_uid = pack->uid,
		.pack = pack->name,
		.pack_title = zv_rules_words(&zv_rules_head(pack->rules)->title),
		.on = row->as_of,
		.counts = {row->passed, row->failed, row->unknown, row->passed + row->failed + row->unknown},
		.made_by = row->made_by,
		.made_ms = row->made_ms,
		.facts_digest = row->facts_digest,
		.result = row->result,
	};
}

enum zv_code zv_verdict_list(struct zv_kept_verdict **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str cluster_name, int64_t before,
			     int limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_verdict_row *rows = NULL;
	struct zv_cluster cluster;
	struct zv_pack pack = {0};
	enum zv_code code = zv_cluster_find(&cluster, db, who, cluster_name, arena, err);

	*n = 0;
	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_CHECK, cluster.object, err);
	if (code == ZV_OK)
		code = zv_verdict_page(&rows, n, db, cluster.uid, before, limit, arena, err);
	*out = ZV_ARENA_ARRAY(arena, struct zv_kept_verdict, *n + 1);
	for (size_t i = 0; i < *n && code == ZV_OK; i++) {
		if (rows[i].pack_id != pack.id)
			code = zv_pack_get(&pack, db, rows[i].pack_uid, ZV_DATE_NONE, arena, err);
		if (code == ZV_OK)
			view(&(*out)[i], &rows[i], &cluster, &pack);
	}
	return code;
}

static enum zv_code not_there(struct zv_str uid, struct zv_err *err)
{
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no verdict “%.*s”."), ZV_STR_FMT(zv_str_first(uid, UID_SHOWN)));
}

enum zv_code zv_verdict_get(struct zv_kept_verdict *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_check_counts counts;
	struct zv_rules_facts facts;
	struct zv_verdict_row row;
	struct zv_cluster cluster;
	struct zv_pack pack;
	struct zv_str again;
	bool found = false;
	enum zv_code code = zv_verdict_by_uid(&found, &row, db, uid, arena, err);

	if (code == ZV_OK && !found)
		code = not_there(uid, err);
	if (code == ZV_OK && (code = zv_cluster_find(&cluster, db, who, row.subject, arena, err)) == ZV_E_NOTFOUND)
		code = not_there(uid, err);
	if (code == ZV_OK && !zv_may(who, ZV_DO_CHECK, cluster.object))
		code = not_there(uid, err);
	if (code == ZV_OK)
		code = zv_pack_get(&pack, db, row.pack_uid, ZV_DATE_NONE, arena, err);
	if (code == ZV_OK)
		code = zv_facts_read_json(&facts, row.facts, arena, err);
	if (code == ZV_OK)
		code = result_of(&again, &counts, &pack, &facts, arena, err);
	if (code != ZV_OK)
		return code;
	view(out, &row, &cluster, &pack);
	out->same = zv_str_eq(again, row.result);
	return zv_check_pack(&out->checked, &pack, &facts, true, arena, err);
}

void zv_verdict_json(struct zv_json *json, const struct zv_kept_verdict *verdict, bool whole)
{
	char at[ZV_INSTANT_TEXT];

	zv_json_object(json);
	zv_json_key_str(json, "uid", verdict->uid);
	zv_json_key(json, "subject");
	zv_json_object(json);
	zv_json_key_str(json, "uid", verdict->subject_uid);
	zv_json_key_str(json, "name", verdict->subject);
	zv_json_end_object(json);
	zv_json_key(json, "pack");
	zv_json_object(json);
	zv_json_key_str(json, "uid", verdict->pack_uid);
	zv_json_key_str(json, "name", verdict->pack);
	zv_json_key_str(json, "title", verdict->pack_title);
	zv_json_end_object(json);
	zv_rules_json_date(json, "on", verdict->on);
	zv_check_json_counts(json, &verdict->counts);
	zv_instant_format(at, verdict->made_ms);
	zv_json_key_c(json, "made_at", at);
	zv_json_key_str(json, "made_by", verdict->made_by);
	if (whole) {
		zv_json_key_bool(json, "same", verdict->same);
		zv_json_key_str(json, "facts_digest", verdict->facts_digest);
		zv_json_key(json, "criteria");
		if (verdict->same)
			zv_check_json_criteria(json, &verdict->checked);
		else
			zv_json_raw(json, verdict->result);
	}
	zv_json_end_object(json);
}
