/* The graph for other programs. */
#include "app/chain_graph.h"
#include "app/chain_tree.h"
#include "format/graphml_write.h"

static const struct zv_graphml_key keys[] = {
	{"name", "node", "string"},    {"kind", "node", "string"},     {"region", "node", "string"},  {"country", "node", "string"},
	{"x", "node", "long"},	       {"y", "node", "long"},	       {"day_kop", "node", "long"},   {"alone_for", "node", "long"},
	{"input", "edge", "string"},   {"need", "edge", "string"},     {"stock_days", "edge", "long"}, {"sources", "edge", "long"},
	{"steps_in", "edge", "boolean"}, {"item", "graph", "string"},
};

static void add_node(struct zv_buf *out, const struct zv_chain_graph_node *node, uint32_t at, const struct zv_chain_world *world)
{
	const struct zv_chain_firm *firm = &world->firms[node->firm];

	zv_buf_addf(out, "<node id=\"n%u\">", at);
	zv_graphml_text(out, "name", node->name);
	zv_graphml_text(out, "kind", zv_str_c(zv_chain_graph_kind(world, node)));
	if (firm->region.n > 0)
		zv_graphml_text(out, "region", firm->region);
	if (firm->country.n > 0)
		zv_graphml_text(out, "country", firm->country);
	zv_graphml_int(out, "x", node->place.x);
	zv_graphml_int(out, "y", node->place.y);
	if (firm->day_kop > 0)
		zv_graphml_int(out, "day_kop", firm->day_kop);
	zv_graphml_int(out, "alone_for", node->alone_for);
	zv_buf_add_c(out, "</node>\n");
}

static void add_arrow(struct zv_buf *out, const struct zv_chain_graph_arrow *arrow)
{
	zv_buf_addf(out, "<edge source=\"n%u\" target=\"n%u\">", arrow->from, arrow->to);
	zv_graphml_text(out, "input", arrow->line->item);
	zv_graphml_text(out, "need", zv_str_c(zv_chain_need_word(arrow->line->need)));
	zv_graphml_int(out, "stock_days", arrow->line->stock_days);
	zv_graphml_int(out, "sources", arrow->line->sources);
	zv_graphml_bool(out, "steps_in", arrow->steps_in);
	zv_buf_add_c(out, "</edge>\n");
}

void zv_chain_graph_graphml(struct zv_buf *out, const struct zv_chain_graph *graph, const struct zv_chain_world *world)
{
	zv_graphml_begin(out, keys, ZV_LEN(keys), ZV_STR("chain"));
	if (graph->item.n > 0)
		zv_graphml_text(out, "item", graph->item);
	zv_buf_add_c(out, "\n");
	for (uint32_t i = 0; i < graph->n_nodes; i++)
		add_node(out, &graph->nodes[i], i, world);
	for (uint32_t i = 0; i < graph->n_arrows; i++)
		add_arrow(out, &graph->arrows[i]);
	zv_graphml_end(out);
}
