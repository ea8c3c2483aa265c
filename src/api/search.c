/* Words and codes over the registers that can be searched: whole answers, and short ones while typing. */
#include "api/operations.h"
#include "app/find.h"

enum { LIMIT = 50, SUGGESTIONS = 8, WORDS_MAX = 200 };

/* What the line says besides the name with which it begins. Needs have the name of their item: their key tells them apart. */
static struct zv_str detail_of(const struct zv_found *found, struct zv_str name, struct zv_arena *arena)
{
	struct zv_str mark = ZV_STR(" · ");
	struct zv_str line = found->line;

	if (zv_str_starts(line, name))
		line = zv_str_from(line, name.n);
	if (zv_str_starts(line, mark))
		line = zv_str_from(line, mark.n);
	if (!zv_str_eq_c(zv_str_c(found->reg->name), "need"))
		return line;
	if (found->record.source_key.n == 0)
		return line;
	return zv_arena_strf(arena, "%.*s%s%.*s", ZV_STR_FMT(found->record.source_key), line.n > 0 ? " · " : "", ZV_STR_FMT(line));
}

static enum zv_code search(struct zv_api_call *call, int limit, struct zv_err *err)
{
	static const char *const known[] = {"q", "limit", NULL};
	struct zv_str words = ZV_STR("");
	struct zv_found *found;
	size_t n;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, limit, err);
	if (code != ZV_OK)
		return code;
	if (zv_target_param(&words, &call->request->target, "q"))
		words = zv_str_trim(words);
	if (words.n == 0)
		return zv_fail(err, ZV_E_INVALID, "q", N_("Say what to look for: q=words."));
	if (words.n > WORDS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "q", N_("Shorten the question to %d bytes."), WORDS_MAX);
	code = zv_find_text(&found, &n, call->db, call->who, NULL, words, true, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n && i < (size_t)limit; i++) {
		struct zv_str name = zv_listing_name(found[i].reg, &found[i].record);

		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "register", found[i].reg->name);
		zv_json_key_str(&call->json, "uid", found[i].record.uid);
		zv_json_key_str(&call->json, "name", name);
		zv_json_key_str(&call->json, "detail", detail_of(&found[i], name, call->arena));
		zv_json_end_object(&call->json);
		call->rows++;
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "next");
	zv_json_null(&call->json);
	zv_json_key(&call->json, "total");
	zv_json_null(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_search(struct zv_api_call *call, struct zv_err *err)
{
	return search(call, LIMIT, err);
}

enum zv_code zv_api_suggest(struct zv_api_call *call, struct zv_err *err)
{
	return search(call, SUGGESTIONS, err);
}
