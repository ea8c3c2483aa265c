/* The sums of the map, once: who is a node, which contracts and deliveries make an edge, the share. Its writers are cluster_map_svg.c and cluster_map_files.c. */
#include "app/cluster_map.h"

#include <stdlib.h>
#include <string.h>

#include "app/lots_run.h"
#include "app/sight.h"
#include "base/map.h"
#include "base/tr.h"
#include "graph/layout.h"
#include "store/cluster_read.h"

struct making {
	struct zv_cluster_map *map;
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_map node_of; /* organisation: its node */
	struct zv_map edge_of; /* seller * ZV_CLUSTER_MAP_NODES_MAX + buyer: the edge */
	size_t cap_edges;
	struct zv_arena *arena;
};

static enum zv_code too_large(struct zv_err *err)
{
	return zv_fail(err, ZV_E_LIMIT, "sum", N_("The deliveries of this year add up to more than can be counted; look for one that is wrong."));
}

/* --- which year -------------------------------------------------------------------------------------------------------------- */

static int year_of(zv_date date)
{
	int year, month, day;

	zv_date_to_civil(&year, &month, &day, date);
	return year;
}

/* The last whole year with deliveries; else the running one; else the year before. */
static enum zv_code choose_year(struct making *m, int asked, struct zv_err *err)
{
	struct zv_cluster_map *map = m->map;
	int this_year = year_of(map->on);
	int *years;
	enum zv_code code = zv_cluster_years(&years, &map->n_years, m->db, map->cluster.id, m->arena, err);

	if (code != ZV_OK)
		return code;
	map->years = years;
	map->year = asked;
	for (size_t i = 0; i < map->n_years && map->year == 0; i++)
		if (years[i] < this_year)
			map->year = years[i];
	for (size_t i = 0; i < map->n_years && map->year == 0; i++)
		if (years[i] == this_year)
			map->year = years[i];
	if (map->year == 0)
		map->year = this_year - 1;
	return ZV_OK;
}

/* --- nodes and edges ---------------------------------------------------------------------------------------------------------- */

static enum zv_code add_nodes(struct making *m, struct zv_err *err)
{
	struct zv_cluster_member *members;
	struct zv_cluster_map *map = m->map;
	enum zv_code code = zv_cluster_members(&members, &map->n_nodes, m->db, map->cluster.id, map->on, false, m->arena, err);

	if (code != ZV_OK)
		return code;
	if (map->n_nodes > ZV_CLUSTER_MAP_NODES_MAX)
		return zv_fail(err, ZV_E_LIMIT, "members", N_("A map shows at most %d members; this cluster has more."), ZV_CLUSTER_MAP_NODES_MAX);
	map->nodes = ZV_ARENA_ARRAY(m->arena, struct zv_cluster_map_node, map->n_nodes + 1);
	for (size_t i = 0; i < map->n_nodes; i++) {
		map->nodes[i] = (struct zv_cluster_map_node){.member = &members[i], .shipped_kop = -1, .isolated = true};
		zv_map_put_int(&m->node_of, members[i].org_id, (int64_t)i);
	}
	return ZV_OK;
}

static struct zv_cluster_map_edge *edge_between(struct making *m, int64_t seller, int64_t buyer)
{
	struct zv_cluster_map *map = m->map;
	int64_t key = seller * ZV_CLUSTER_MAP_NODES_MAX + buyer;
	int64_t at;

	if (zv_map_get_int(&at, &m->edge_of, key))
		return &map->edges[at];
	assert(map->n_edges < m->cap_edges);
	zv_map_put_int(&m->edge_of, key, (int64_t)map->n_edges);
	map->edges[map->n_edges] = (struct zv_cluster_map_edge){.seller = (int)seller, .buyer = (int)buyer};
	return &map->edges[map->n_edges++];
}

static bool is_valid(const struct zv_cluster_contract_row *row, zv_date on)
{
	return (row->signed_on == ZV_DATE_NONE || row->signed_on <= on) && (row->valid_until == ZV_DATE_NONE || row->valid_until >= on);
}

static bool add_to(int64_t *sum, int64_t more)
{
	return !__builtin_add_overflow(*sum, more, sum);
}

static enum zv_code add_delivery(struct making *m, int64_t seller, int64_t buyer, int64_t kop, struct zv_err *err)
{
	struct zv_cluster_map_edge *edge = edge_between(m, seller, buyer);

	if (!add_to(&edge->delivered_kop, kop) || !add_to(&m->map->total_kop, kop) || !add_to(&m->map->nodes[seller].inside_shipped_kop, kop) ||
	    !add_to(&m->map->nodes[buyer].inside_bought_kop, kop))
		return too_large(err);
	return ZV_OK;
}

/* A contract stands once for each of its deliveries of the year: it counts with the first. */
static enum zv_code add_edges(struct making *m, struct zv_err *err)
{
	struct zv_cluster_contract_row *rows;
	size_t n = 0;
	enum zv_code code = zv_cluster_contract_rows(&rows, &n, m->db, m->map->cluster.id, m->map->year, m->arena, err);

	if (code != ZV_OK)
		return code;
	m->cap_edges = n;
	m->map->edges = ZV_ARENA_ARRAY(m->arena, struct zv_cluster_map_edge, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		int64_t seller, buyer;

		if (!zv_map_get_int(&seller, &m->node_of, rows[i].seller_id) || !zv_map_get_int(&buyer, &m->node_of, rows[i].buyer_id) || seller == buyer)
			continue;
		if (is_valid(&rows[i], m->map->on) && (i == 0 || rows[i - 1].id != rows[i].id))
			edge_between(m, seller, buyer)->contracts++;
		if (rows[i].delivered_kop >= 0)
			code = add_delivery(m, seller, buyer, rows[i].delivered_kop, err);
	}
	return code;
}

/* By sum, largest first; then by the names of both sides, in whose order the nodes stand. */
static int by_sum(const void *a, const void *b)
{
	const struct zv_cluster_map_edge *left = a;
	const struct zv_cluster_map_edge *right = b;

	if (left->delivered_kop != right->delivered_kop)
		return left->delivered_kop > right->delivered_kop ? -1 : 1;
	if (left->seller != right->seller)
		return left->seller < right->seller ? -1 : 1;
	return (left->buyer > right->buyer) - (left->buyer < right->buyer);
}

/* --- what the members shipped -------------------------------------------------------------------------------------------------- */

static enum zv_code add_shipped(struct making *m, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org_year");
	struct zv_cluster_org_year_row *rows;
	size_t n = 0;
	enum zv_code code = zv_cluster_org_year_rows(&rows, &n, m->db, m->map->cluster.id, m->map->year, m->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		enum zv_sight sight = ZV_SIGHT_NONE;
		struct zv_record record;
		int64_t node;

		if (!zv_map_get_int(&node, &m->node_of, rows[i].org_id))
			continue;
		code = zv_record_by_id(&record, m->db, reg, rows[i].id, m->arena, err);
		if (code == ZV_OK)
			code = zv_sight_of(&sight, m->db, m->who, reg, &record, err);
		if (code == ZV_OK && sight == ZV_SIGHT_FULL)
			m->map->nodes[node].shipped_kop = rows[i].shipped_kop;
	}
	return code;
}

static enum zv_code sum_up(struct zv_cluster_map *map, struct zv_err *err)
{
	for (size_t i = 0; i < map->n_edges; i++)
		map->nodes[map->edges[i].seller].isolated = map->nodes[map->edges[i].buyer].isolated = false;
	for (size_t i = 0; i < map->n_nodes; i++) {
		map->n_isolated += map->nodes[i].isolated;
		map->n_missing += map->nodes[i].shipped_kop < 0;
		if (map->nodes[i].shipped_kop >= 0 && !add_to(&map->shipped_kop, map->nodes[i].shipped_kop))
			return too_large(err);
	}
	if (map->n_missing > 0 || map->n_nodes == 0)
		map->shipped_kop = -1;
	return ZV_OK;
}

static void lay_out(struct making *m)
{
	struct zv_cluster_map *map = m->map;
	struct zv_layout_edge *edges = ZV_ARENA_ARRAY(m->arena, struct zv_layout_edge, map->n_edges + 1);
	struct zv_layout_point *points = ZV_ARENA_ARRAY(m->arena, struct zv_layout_point, map->n_nodes + 1);

	for (size_t i = 0; i < map->n_edges; i++)
		edges[i] = (struct zv_layout_edge){map->edges[i].seller, map->edges[i].buyer};
	zv_layout_circle(points, (int)map->n_nodes, edges, map->n_edges, m->arena);
	for (size_t i = 0; i < map->n_nodes; i++) {
		map->nodes[i].x = points[i].x;
		map->nodes[i].y = points[i].y;
		map->nodes[i].place = points[i].place;
	}
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------- */

static enum zv_code make(struct making *m, const struct zv_cluster_map_ask *ask, struct zv_err *err)
{
	enum zv_code code = zv_rights_need(m->who, ZV_DO_RECORD_READ, m->map->cluster.object, err);

	if (code == ZV_OK)
		code = zv_as_of(&m->map->on, m->db, ask->on, err);
	if (code == ZV_OK)
		code = choose_year(m, ask->year, err);
	if (code == ZV_OK)
		code = add_nodes(m, err);
	if (code == ZV_OK)
		code = add_edges(m, err);
	if (code == ZV_OK)
		code = add_shipped(m, err);
	if (code == ZV_OK)
		code = sum_up(m->map, err);
	if (code != ZV_OK)
		return code;
	qsort(m->map->edges, m->map->n_edges, sizeof(*m->map->edges), by_sum);
	lay_out(m);
	return ZV_OK;
}

enum zv_code zv_cluster_map(struct zv_cluster_map *out, struct zv_db *db, const struct zv_who *who, struct zv_str name,
			    const struct zv_cluster_map_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	struct making m = {.map = out, .db = db, .who = who, .arena = arena};
	enum zv_code code;

	*out = (struct zv_cluster_map){0};
	code = zv_cluster_find(&out->cluster, db, who, name, arena, err);
	if (code != ZV_OK)
		return code;
	zv_map_init(&m.node_of);
	zv_map_init(&m.edge_of);
	code = make(&m, ask, err);
	zv_map_done(&m.node_of);
	zv_map_done(&m.edge_of);
	return code;
}

bool zv_cluster_map_share(struct zv_str *out, const struct zv_cluster_map *map, struct zv_arena *arena)
{
	zv_i128 thousandths;
	bool ru = strcmp(zv_tr_lang(), "ru") == 0;

	if (map->shipped_kop <= 0)
		return false;
	thousandths = ((zv_i128)map->total_kop * 2000 + map->shipped_kop) / (2 * (zv_i128)map->shipped_kop);
	*out = zv_arena_strf(arena, "%" PRId64 "%s%" PRId64 " %%", (int64_t)(thousandths / 10), ru ? "," : ".", (int64_t)(thousandths % 10));
	return true;
}
