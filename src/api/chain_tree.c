/* The tree of an item in both directions. */
#include "app/chain_tree.h"
#include "api/download.h"
#include "api/operations.h"
#include "base/tr.h"
#include "model/quantity.h"

static void add_line(struct zv_api_call *call, const struct zv_chain_line *line)
{
	char text[ZV_QUANTITY_TEXT];

	zv_json_key_c(&call->json, "need", zv_chain_need_word(line->need));
	zv_json_key_c(&call->json, "need_title", zv_tr(zv_chain_need_label(line->need)));
	zv_json_key_int(&call->json, "stock_days", line->stock_days);
	zv_json_key_int(&call->json, "sources", line->sources);
	zv_json_key(&call->json, "a_day");
	if (zv_chain_day_text(text, line))
		zv_json_str(&call->json, zv_str_c(text));
	else
		zv_json_null(&call->json);
}

static void add_rows(struct zv_api_call *call, const char *key, const struct zv_chain_tree_row *rows, uint32_t n)
{
	zv_json_key(&call->json, key);
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "depth", rows[i].depth);
		zv_json_key_c(&call->json, "kind", zv_chain_tree_word(rows[i].kind));
		zv_json_key_str(&call->json, "name", rows[i].name);
		zv_json_key_bool(&call->json, "repeated", rows[i].repeated);
		zv_json_key(&call->json, "line");
		if (rows[i].line == NULL) {
			zv_json_null(&call->json);
		} else {
			zv_json_object(&call->json);
			add_line(call, rows[i].line);
			zv_json_end_object(&call->json);
		}
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static enum zv_code answer(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"item", NULL};
	struct zv_chain_world world;
	struct zv_chain_tree tree;
	struct zv_str item = {0};
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK && (!zv_target_param(&item, &call->request->target, "item") || zv_str_trim(item).n == 0))
		code = zv_fail(err, ZV_E_INVALID, "item", N_("Say whose tree: item=NAME."));
	if (code == ZV_OK)
		code = zv_chain_world_load(&world, call->db, call->who, NULL, 0, call->arena, err);
	if (code == ZV_OK)
		code = zv_chain_tree_make(&tree, &world, item, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "item", tree.item);
	add_rows(call, "needs", tree.needs, tree.n_needs);
	zv_json_key_bool(&call->json, "needs_cut", tree.needs_cut);
	add_rows(call, "feeds", tree.feeds, tree.n_feeds);
	zv_json_key_bool(&call->json, "feeds_cut", tree.feeds_cut);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_chain_tree(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, answer, err);
}
