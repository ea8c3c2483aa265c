/*
 * Who in a cluster supplies whom (feature C3): deliveries of a year under contracts shown to the cluster, both sides members. Computed once; JSON,
 * SVG, CSV and GraphML print the same sums. docs/design/cluster-map.md.
 */
#ifndef ZV_APP_CLUSTER_MAP_H
#define ZV_APP_CLUSTER_MAP_H

#include "app/cluster_profile.h"
#include "base/buf.h"

struct zv_cluster_map_node {
	const struct zv_cluster_member *member;
	int x, y, place;             /* graph/layout.h */
	int64_t inside_shipped_kop, inside_bought_kop;
	int64_t shipped_kop;         /* all that it shipped in the year; -1: not stated, or not for this person */
	bool isolated;               /* no contract with another member */
};

struct zv_cluster_map_edge {
	int seller, buyer; /* nodes */
	int64_t contracts; /* valid on the day */
	int64_t delivered_kop;
};

struct zv_cluster_map {
	struct zv_cluster cluster;
	zv_date on; /* members and contracts of this day */
	int year;   /* of the deliveries */
	const int *years;
	size_t n_years;
	struct zv_cluster_map_node *nodes; /* by name */
	size_t n_nodes;
	struct zv_cluster_map_edge *edges; /* by sum, largest first */
	size_t n_edges;
	int64_t total_kop;
	int64_t shipped_kop; /* of all members; -1: one of them is not stated */
	size_t n_missing, n_isolated;
};

struct zv_cluster_map_ask {
	zv_date on; /* ZV_DATE_NONE: today */
	int year;   /* 0: the latest with deliveries */
};

/*
 * ZV_E_NOTFOUND for a cluster that one may not see, ZV_E_DENIED for one whose contracts one may not read: the map is for its specialised organisation,
 * the operators of its centre and those who read all. ZV_E_LIMIT: more than ZV_CLUSTER_MAP_NODES_MAX members.
 */
enum { ZV_CLUSTER_MAP_NODES_MAX = 1000 };
ZV_MUST_CHECK enum zv_code zv_cluster_map(struct zv_cluster_map *out, struct zv_db *db, const struct zv_who *who, struct zv_str name,
					  const struct zv_cluster_map_ask *ask, struct zv_arena *arena, struct zv_err *err);

/* "23.4 %", rounded half up to a tenth; false when the share cannot be said. */
bool zv_cluster_map_share(struct zv_str *out, const struct zv_cluster_map *map, struct zv_arena *arena);

/* The writers, in the language of the thread. */
void zv_cluster_map_svg(struct zv_buf *out, const struct zv_cluster_map *map, struct zv_arena *arena);
void zv_cluster_map_csv(struct zv_buf *out, const struct zv_cluster_map *map);
void zv_cluster_map_graphml(struct zv_buf *out, const struct zv_cluster_map *map);

#endif
