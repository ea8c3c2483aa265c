/* Inside the map of a cluster: where labels stand in the picture, so that tests can measure what overlaps. */
#ifndef ZV_APP_CLUSTER_MAP_SVG_H
#define ZV_APP_CLUSTER_MAP_SVG_H

#include "app/cluster_map.h"

/* Up to this many members have labels of three lines beside them and sums on the edges; more have one line each, along the radius. */
enum { ZV_CLUSTER_MAP_BOXED_MAX = 16, ZV_CLUSTER_MAP_LABEL_CHARS = 26, ZV_CLUSTER_MAP_RADIAL_CHARS = 34 };

struct zv_cluster_map_box {
	int64_t x, y, w, h;
};

/* The size of the picture, its circle. */
struct zv_cluster_map_frame {
	int64_t width, height, centre_x, centre_y, radius;
	bool boxed;
};
struct zv_cluster_map_frame zv_cluster_map_frame(const struct zv_cluster_map *map);

/* What a node's label takes; of boxed maps only. */
struct zv_cluster_map_box zv_cluster_map_label_box(const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame, size_t node);

/*
 * Where the sum of each edge stands: in the order of map->edges, w 0 for those for which there is no free place (their sum is in the edge's title and
 * in the table). `out` has map->n_edges places.
 */
void zv_cluster_map_edge_boxes(struct zv_cluster_map_box *out, const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame,
			       struct zv_arena *arena);

/* The curve of an edge: start, control point, end, cut off at the circles of both nodes. */
struct zv_cluster_map_curve {
	int64_t x0, y0, cx, cy, x1, y1;
};
struct zv_cluster_map_curve zv_cluster_map_curve(const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame, size_t edge);

/* "1,170 m ₽": rounded half up to a tenth of a million, or of a thousand, for labels. */
struct zv_str zv_cluster_map_short(int64_t kop, struct zv_arena *arena);

#endif
