/* The map as a table and as a graph for other programs. */
#include <stdio.h>

#include "app/cluster_map.h"
#include "format/csv_write.h"
#include "format/graphml_write.h"
#include "format/xml_write.h"
#include "model/money.h"

/* --- CSV ---------------------------------------------------------------------------------------------------------------------- */

static void csv_int(struct zv_csv_writer *csv, int64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	zv_csv_number(csv, zv_str_c(text));
}

/* Empty below 0: not stated. */
static void csv_money(struct zv_csv_writer *csv, int64_t kop)
{
	char text[ZV_MONEY_TEXT];

	zv_money_decimal(text, kop);
	zv_csv_number(csv, kop < 0 ? ZV_STR("") : zv_str_c(text));
}

static void csv_org(struct zv_csv_writer *csv, const struct zv_cluster_map_node *node)
{
	zv_csv_text(csv, node != NULL ? node->member->org_uid : ZV_STR(""));
	zv_csv_text(csv, node != NULL ? node->member->org : ZV_STR(""));
}

static void csv_row(struct zv_csv_writer *csv, const char *kind, const struct zv_cluster_map *map, const struct zv_cluster_map_node *seller,
		    const struct zv_cluster_map_node *buyer, int64_t contracts, int64_t kop)
{
	zv_csv_text(csv, zv_str_c(kind));
	csv_org(csv, seller);
	csv_org(csv, buyer);
	csv_int(csv, map->year);
	if (contracts < 0)
		zv_csv_text(csv, ZV_STR(""));
	else
		csv_int(csv, contracts);
	csv_money(csv, kop);
	zv_csv_end_row(csv);
}

void zv_cluster_map_csv(struct zv_buf *out, const struct zv_cluster_map *map)
{
	static const char *const heads[] = {"row", "seller", "seller_name", "buyer", "buyer_name", "year", "contracts", "rub"};
	struct zv_csv_writer csv;
	struct zv_out file;

	zv_out_init(&file, NULL, 0);
	zv_csv_init(&csv, &file, ',', true);
	for (size_t i = 0; i < ZV_LEN(heads); i++)
		zv_csv_text(&csv, zv_str_c(heads[i]));
	zv_csv_end_row(&csv);
	for (size_t i = 0; i < map->n_edges; i++)
		csv_row(&csv, "edge", map, &map->nodes[map->edges[i].seller], &map->nodes[map->edges[i].buyer], map->edges[i].contracts,
			map->edges[i].delivered_kop);
	for (size_t i = 0; i < map->n_nodes; i++)
		if (map->nodes[i].isolated)
			csv_row(&csv, "isolated", map, &map->nodes[i], NULL, 0, -1);
	csv_row(&csv, "total", map, NULL, NULL, -1, map->total_kop);
	for (size_t i = 0; i < map->n_nodes; i++)
		csv_row(&csv, "shipped", map, &map->nodes[i], NULL, -1, map->nodes[i].shipped_kop);
	csv_row(&csv, "shipped_all", map, NULL, NULL, -1, map->shipped_kop);
	zv_buf_add_str(out, zv_out_text(&file));
	zv_out_done(&file);
}

/* --- GraphML -------------------------------------------------------------------------------------------------------------------- */

static const struct zv_graphml_key keys[] = {
	{"name", "node", "string"},		 {"role", "node", "string"},	       {"region", "node", "string"},	   {"x", "node", "int"},
	{"y", "node", "int"},			 {"inside_shipped_kop", "node", "long"}, {"inside_bought_kop", "node", "long"}, {"shipped_kop", "node", "long"},
	{"isolated", "node", "boolean"},	 {"contracts", "edge", "long"},	       {"delivered_kop", "edge", "long"},  {"cluster", "graph", "string"},
	{"year", "graph", "int"},		 {"total_kop", "graph", "long"},
};

static void add_node(struct zv_buf *out, const struct zv_cluster_map_node *node)
{
	zv_buf_add_c(out, "<node");
	zv_xml_key(out, "id", node->member->org_uid);
	zv_buf_add_c(out, ">");
	zv_graphml_text(out, "name", node->member->org);
	if (node->member->role != 0)
		zv_graphml_text(out, "role", zv_str_c(zv_cluster_role_name(node->member->role)));
	if (node->member->region.n > 0)
		zv_graphml_text(out, "region", node->member->region);
	zv_graphml_int(out, "x", node->x);
	zv_graphml_int(out, "y", node->y);
	zv_graphml_int(out, "inside_shipped_kop", node->inside_shipped_kop);
	zv_graphml_int(out, "inside_bought_kop", node->inside_bought_kop);
	if (node->shipped_kop >= 0)
		zv_graphml_int(out, "shipped_kop", node->shipped_kop);
	zv_graphml_bool(out, "isolated", node->isolated);
	zv_buf_add_c(out, "</node>\n");
}

static void add_edge(struct zv_buf *out, const struct zv_cluster_map *map, const struct zv_cluster_map_edge *edge)
{
	zv_buf_add_c(out, "<edge");
	zv_xml_key(out, "source", map->nodes[edge->seller].member->org_uid);
	zv_xml_key(out, "target", map->nodes[edge->buyer].member->org_uid);
	zv_buf_add_c(out, ">");
	zv_graphml_int(out, "contracts", edge->contracts);
	zv_graphml_int(out, "delivered_kop", edge->delivered_kop);
	zv_buf_add_c(out, "</edge>\n");
}

void zv_cluster_map_graphml(struct zv_buf *out, const struct zv_cluster_map *map)
{
	zv_graphml_begin(out, keys, ZV_LEN(keys), map->cluster.uid);
	zv_graphml_text(out, "cluster", zv_cluster_title(&map->cluster));
	zv_graphml_int(out, "year", map->year);
	zv_graphml_int(out, "total_kop", map->total_kop);
	zv_buf_add_c(out, "\n");
	for (size_t i = 0; i < map->n_nodes; i++)
		add_node(out, &map->nodes[i]);
	for (size_t i = 0; i < map->n_edges; i++)
		add_edge(out, map, &map->edges[i]);
	zv_graphml_end(out);
}
