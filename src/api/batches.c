/* What was brought in and changed, and taking it back. */
#include "api/operations.h"
#include "app/batches.h"
#include "app/view_record.h"
#include "base/tr.h"

enum { LIMIT = 50 };

/* Whose batches the person has to do with: those of the centre, or the own ones. */
static struct zv_batch_query query_of(const struct zv_api_call *call)
{
	const struct zv_who *who = call->who;
	struct zv_batch_query query = {.centre_id = -1};

	for (int i = 0; i < who->n_grants; i++) {
		enum zv_reach reach = zv_rights_reach(who->grants[i].role, ZV_DO_IMPORT);

		if (reach == ZV_REACH_ALL)
			return (struct zv_batch_query){.centre_id = -1};
		if (reach == ZV_REACH_CENTRE) {
			query.centre_id = who->grants[i].centre_id;
			return query;
		}
	}
	query.actor = zv_arena_strf(call->arena, "user:%.*s", ZV_STR_FMT(who->login));
	query.prefix = zv_arena_strf(call->arena, "token:%.*s/", ZV_STR_FMT(who->login));
	return query;
}

static bool is_of(const struct zv_batch *batch, const struct zv_batch_query *query)
{
	if (query->centre_id != -1 && batch->centre_id != query->centre_id)
		return false;
	return query->actor.n == 0 || zv_str_eq(batch->actor, query->actor) || zv_str_starts(batch->actor, query->prefix);
}

static enum zv_code add_batch(struct zv_api_call *call, const struct zv_batch *batch, struct zv_err *err)
{
	const struct {
		const char *key;
		int64_t n;
	} counts[] = {{"rows", batch->n_new + batch->n_changed}, {"new", batch->n_new}, {"changed", batch->n_changed}, {"same", batch->n_same},
		      {"errors", batch->n_error}, {"held", batch->n_held}};
	struct zv_str centre = ZV_STR("");
	int64_t undone = 0;
	enum zv_code code = zv_batches_undone_ms(&undone, call->db, batch, call->arena, err);

	if (code == ZV_OK)
		code = zv_view_centre(&centre, call->db, batch->centre_id, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", batch->uid);
	zv_json_key_str(&call->json, "kind", batch->kind);
	zv_json_key_str(&call->json, "source", batch->source);
	zv_json_key_str(&call->json, "file", batch->digest.n > 0 ? batch->source : ZV_STR(""));
	zv_json_key_str(&call->json, "digest", batch->digest);
	zv_json_key_str(&call->json, "centre", centre);
	zv_json_key_str(&call->json, "actor", batch->actor);
	zv_api_key_instant(call, "made_at", batch->started_ms);
	zv_json_key_c(&call->json, "state", batch->state == 1 ? "applied" : "undone");
	for (size_t i = 0; i < ZV_LEN(counts); i++)
		zv_json_key_int(&call->json, counts[i].key, counts[i].n);
	zv_api_key_instant(call, "undone_at", undone);
	zv_json_key_bool(&call->json, "may_undo", batch->state == 1);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_batches(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"limit", "cursor", NULL};
	struct zv_batch_query query = query_of(call);
	struct zv_batch *batches;
	size_t n = 0;
	int limit;
	enum zv_code code = zv_api_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&query.skip, call, err);
	if (code != ZV_OK)
		return code;
	query.limit = limit;
	code = zv_batch_page(&batches, &n, call->db, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = add_batch(call, &batches[i], err);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(query.skip + limit, call->arena) : ZV_STR(""), -1);
	return code;
}

static enum zv_code find_batch(struct zv_batch *out, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_batch_query query = query_of(call);
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK && !zv_str_starts(call->args[0], ZV_STR("batch_")))
		code = ZV_E_NOTFOUND;
	if (code == ZV_OK)
		code = zv_batch_find(out, call->db, call->args[0], call->arena, err);
	if (code == ZV_OK && !is_of(out, &query))
		code = ZV_E_NOTFOUND;
	return code == ZV_E_NOTFOUND ? zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no batch “%.*s”."), ZV_STR_FMT(zv_str_first(call->args[0], 60)))
				     : code;
}

enum zv_code zv_api_batch(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_batch batch;
	enum zv_code code = find_batch(&batch, call, err);

	return code == ZV_OK ? add_batch(call, &batch, err) : code;
}

enum zv_code zv_api_batch_undo(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_batches_undone undone;
	struct zv_batch batch;
	enum zv_code code = find_batch(&batch, call, err);

	if (code == ZV_OK)
		code = zv_batches_undo(&undone, call->db, batch.uid, call->arena, err);
	if (code == ZV_OK)
		code = find_batch(&batch, call, err);
	return code == ZV_OK ? add_batch(call, &batch, err) : code;
}
