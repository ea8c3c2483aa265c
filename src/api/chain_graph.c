/* Production chains as a graph: for the page, and for other programs. */
#include "app/chain_graph.h"
#include "api/download.h"
#include "api/operations.h"
#include "app/chain_cause.h"
#include "app/chain_tree.h"
#include "base/tr.h"

static enum zv_code make(struct zv_chain_graph *graph, struct zv_chain_world *world, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"item", "steps", NULL};
	struct zv_str item = {0}, text = {0};
	int64_t steps;
	enum zv_code code = zv_api_only(call, known, err);

	(void)zv_target_param(&item, &call->request->target, "item");
	(void)zv_target_param(&text, &call->request->target, "steps");
	if (code == ZV_OK)
		code = zv_chain_steps_read(&steps, text, err);
	if (code == ZV_OK)
		code = zv_chain_world_load(world, call->db, call->who, NULL, 0, call->arena, err);
	return code == ZV_OK ? zv_chain_graph_make(graph, world, item, steps, call->arena, err) : code;
}

/* --- for the page ---------------------------------------------------------------------------------------------------------------------- */

static void add_node(struct zv_api_call *call, const struct zv_chain_graph_node *node, const struct zv_chain_world *world)
{
	const struct zv_chain_firm *firm = &world->firms[node->firm];

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "name", node->name);
	zv_json_key_c(&call->json, "kind", zv_chain_graph_kind(world, node));
	zv_json_key_str(&call->json, "cause", zv_chain_firm_cause(world, node->firm, call->arena));
	zv_json_key_str(&call->json, "region", firm->region.n > 0 ? zv_api_region_name(firm->region) : ZV_STR(""));
	zv_json_key_str(&call->json, "country", firm->country);
	if (firm->day_kop > 0) {
		zv_api_key_amount(call, "day_value", firm->day_kop);
	} else {
		zv_json_key(&call->json, "day_value");
		zv_json_null(&call->json);
	}
	zv_json_key_int(&call->json, "layer", node->place.layer);
	zv_json_key_int(&call->json, "x", node->place.x);
	zv_json_key_int(&call->json, "y", node->place.y);
	zv_json_key_int(&call->json, "alone_for", node->alone_for);
	zv_json_end_object(&call->json);
}

static void add_arrow(struct zv_api_call *call, const struct zv_chain_graph_arrow *arrow)
{
	char text[ZV_CHAIN_DAY_TEXT];

	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "from", arrow->from);
	zv_json_key_int(&call->json, "to", arrow->to);
	zv_json_key_str(&call->json, "input", arrow->line->item);
	zv_json_key_c(&call->json, "need", zv_chain_need_word(arrow->line->need));
	zv_json_key_int(&call->json, "stock_days", arrow->line->stock_days);
	zv_json_key_str(&call->json, "a_day", zv_chain_day_text(text, arrow->line) ? zv_str_c(text) : ZV_STR(""));
	zv_json_key_int(&call->json, "sources", arrow->line->sources);
	zv_json_key_bool(&call->json, "steps_in", arrow->steps_in);
	zv_json_end_object(&call->json);
}

static enum zv_code answer(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_chain_graph graph;
	struct zv_chain_world world;
	enum zv_code code = make(&graph, &world, call, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "item", graph.item);
	zv_json_key(&call->json, "nodes");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < graph.n_nodes; i++)
		add_node(call, &graph.nodes[i], &world);
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "arrows");
	zv_json_array(&call->json);
	for (uint32_t i = 0; i < graph.n_arrows; i++)
		add_arrow(call, &graph.arrows[i]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_chain_graph(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, answer, err);
}

/* --- for other programs ---------------------------------------------------------------------------------------------------------------- */

static enum zv_code file(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_chain_graph graph;
	struct zv_chain_world world;
	enum zv_code code = make(&graph, &world, call, err);

	if (code != ZV_OK)
		return code;
	zv_chain_graph_graphml(call->answer->body, &graph, &world);
	call->answer->vary = "Accept-Language";
	zv_api_download(call, "application/graphml+xml", ZV_STR("chain.graphml"));
	return ZV_OK;
}

enum zv_code zv_api_chain_graph_graphml(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, file, err);
}
