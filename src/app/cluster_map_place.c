/* Where things stand in the picture of a map: the circle, curves of edges, boxes of labels. Whole pixels. */
#include "app/cluster_map_svg.h"

#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "graph/layout.h"

enum {
	FULL = 360000,
	BOXED_RADIUS = 300, BOXED_SIDE = 270, BOXED_TOP = 170, BOXED_BOTTOM = 150,
	RADIAL_SIDE = 270, RADIAL_TOP = 110, RADIAL_BOTTOM = 90,
	NODE = 10, GAP = 8, ARROW = 6,
	CHAR = 8, LINE = 16, LABEL_LINES = 3,   /* of labels of nodes: 13 px letters */
	SUM_CHAR = 7, SUM_LINE = 15             /* of sums on edges: 11 px letters */
};

struct zv_cluster_map_frame zv_cluster_map_frame(const struct zv_cluster_map *map)
{
	struct zv_cluster_map_frame frame = {.boxed = map->n_nodes <= ZV_CLUSTER_MAP_BOXED_MAX, .radius = BOXED_RADIUS};
	int64_t least = (int64_t)map->n_nodes * 9 / 4; /* a line of 12 px has 14 px on the circle */

	if (!frame.boxed && least > frame.radius)
		frame.radius = least;
	frame.centre_x = frame.radius + (frame.boxed ? BOXED_SIDE : RADIAL_SIDE);
	frame.centre_y = frame.radius + (frame.boxed ? BOXED_TOP : RADIAL_SIDE + RADIAL_TOP);
	frame.width = 2 * frame.centre_x;
	frame.height = frame.centre_y + frame.radius + (frame.boxed ? BOXED_BOTTOM : RADIAL_SIDE + RADIAL_BOTTOM);
	return frame;
}

static int64_t angle_of(const struct zv_cluster_map *map, size_t node)
{
	return (int64_t)FULL * map->nodes[node].place / (int64_t)map->n_nodes;
}

static void place_of(int64_t *x, int64_t *y, const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame, size_t node)
{
	zv_layout_on_circle(x, y, frame->radius, angle_of(map, node));
	*x += frame->centre_x;
	*y += frame->centre_y;
}

struct zv_cluster_map_box zv_cluster_map_label_box(const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame, size_t node)
{
	struct zv_cluster_map_box box = {.w = (int64_t)ZV_CLUSTER_MAP_LABEL_CHARS * CHAR, .h = (int64_t)LABEL_LINES * LINE};
	int64_t x, y;
	int64_t side;

	place_of(&x, &y, map, frame, node);
	side = x - frame->centre_x;
	box.y = y - box.h / 2;
	if (side > frame->radius / 6) {
		box.x = x + NODE + GAP;
	} else if (side < -frame->radius / 6) {
		box.x = x - NODE - GAP - box.w;
	} else {
		box.x = x - box.w / 2;
		box.y = y < frame->centre_y ? y - NODE - GAP - box.h : y + NODE + GAP;
	}
	return box;
}

/* --- curves ------------------------------------------------------------------------------------------------------------------ */

static int64_t root(int64_t n)
{
	int64_t low = 0;
	int64_t high = 1 << 20;

	while (low < high) {
		int64_t middle = (low + high + 1) / 2;

		if (middle * middle <= n)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* From (x, y) by `far` towards (to_x, to_y). */
static void step(int64_t *x, int64_t *y, int64_t to_x, int64_t to_y, int64_t far)
{
	int64_t dx = to_x - *x;
	int64_t dy = to_y - *y;
	int64_t length = root(dx * dx + dy * dy);

	if (length == 0)
		return;
	*x += dx * far / length;
	*y += dy * far / length;
}

struct zv_cluster_map_curve zv_cluster_map_curve(const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame, size_t edge)
{
	struct zv_cluster_map_curve curve;
	int64_t dx, dy, length;

	place_of(&curve.x0, &curve.y0, map, frame, (size_t)map->edges[edge].seller);
	place_of(&curve.x1, &curve.y1, map, frame, (size_t)map->edges[edge].buyer);
	dx = curve.x1 - curve.x0;
	dy = curve.y1 - curve.y0;
	length = root(dx * dx + dy * dy);
	/* A fifth of the way to the centre, and to the right of the way: two that supply each other have two curves. */
	curve.cx = (curve.x0 + curve.x1) / 2;
	curve.cy = (curve.y0 + curve.y1) / 2;
	curve.cx += (frame->centre_x - curve.cx) / 5;
	curve.cy += (frame->centre_y - curve.cy) / 5;
	if (length > 0) {
		curve.cx -= dy * 28 / length;
		curve.cy += dx * 28 / length;
	}
	step(&curve.x0, &curve.y0, curve.cx, curve.cy, NODE);
	step(&curve.x1, &curve.y1, curve.cx, curve.cy, NODE + ARROW);
	return curve;
}

/* --- sums on edges -------------------------------------------------------------------------------------------------------------- */

static bool meet(const struct zv_cluster_map_box *a, const struct zv_cluster_map_box *b)
{
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* A point of the curve at `t` hundredths of the way. */
static void on_curve(int64_t *x, int64_t *y, const struct zv_cluster_map_curve *curve, int64_t t)
{
	int64_t s = 100 - t;

	*x = (s * s * curve->x0 + 2 * s * t * curve->cx + t * t * curve->x1) / 10000;
	*y = (s * s * curve->y0 + 2 * s * t * curve->cy + t * t * curve->y1) / 10000;
}

/* First the nodes and their labels, then each sum at the first free place along its edge, the largest first. */
void zv_cluster_map_edge_boxes(struct zv_cluster_map_box *out, const struct zv_cluster_map *map, const struct zv_cluster_map_frame *frame,
			       struct zv_arena *arena)
{
	static const int64_t tries[] = {50, 42, 58, 35, 65, 28, 72, 22, 78};
	struct zv_cluster_map_box *taken = ZV_ARENA_ARRAY(arena, struct zv_cluster_map_box, 2 * map->n_nodes + map->n_edges + 1);
	size_t n = 0;

	for (size_t i = 0; i < map->n_nodes; i++) {
		int64_t x, y;

		place_of(&x, &y, map, frame, i);
		taken[n++] = (struct zv_cluster_map_box){x - NODE, y - NODE, 2 * (int64_t)NODE, 2 * (int64_t)NODE};
		taken[n++] = zv_cluster_map_label_box(map, frame, i);
	}
	for (size_t i = 0; i < map->n_edges; i++) {
		struct zv_cluster_map_curve curve = zv_cluster_map_curve(map, frame, i);
		struct zv_str text = zv_cluster_map_short(map->edges[i].delivered_kop, arena);

		out[i] = (struct zv_cluster_map_box){0};
		for (size_t k = 0; k < ZV_LEN(tries); k++) {
			struct zv_cluster_map_box box = {.w = (int64_t)zv_utf8_count(text) * SUM_CHAR + 4, .h = SUM_LINE};
			bool free_place = true;

			on_curve(&box.x, &box.y, &curve, tries[k]);
			box.x -= box.w / 2;
			box.y -= box.h / 2;
			for (size_t t = 0; t < n && free_place; t++)
				free_place = !meet(&box, &taken[t]);
			if (!free_place)
				continue;
			out[i] = taken[n++] = box;
			break;
		}
	}
}

/* --- short sums -------------------------------------------------------------------------------------------------------------------- */

static struct zv_str grouped(int64_t tenths, struct zv_arena *arena)
{
	bool ru = strcmp(zv_tr_lang(), "ru") == 0;
	int64_t whole = tenths / 10;
	const char *gap = ru ? " " : ",";
	struct zv_str text;

	if (whole >= 1000000)
		text = zv_arena_strf(arena, "%" PRId64 "%s%03" PRId64 "%s%03" PRId64, whole / 1000000, gap, whole / 1000 % 1000, gap, whole % 1000);
	else if (whole >= 1000)
		text = zv_arena_strf(arena, "%" PRId64 "%s%03" PRId64, whole / 1000, gap, whole % 1000);
	else
		text = zv_arena_strf(arena, "%" PRId64, whole);
	return tenths % 10 == 0 ? text : zv_arena_strf(arena, "%.*s%s%" PRId64, ZV_STR_FMT(text), ru ? "," : ".", tenths % 10);
}

struct zv_str zv_cluster_map_short(int64_t kop, struct zv_arena *arena)
{
	enum { THOUSAND = 100000, MILLION = 100000000 };
	int64_t unit = kop >= MILLION ? MILLION : kop >= THOUSAND ? THOUSAND : 100;
	int64_t tenths = kop / (unit / 10) + (kop % (unit / 10) >= unit / 20);
	struct zv_str number = grouped(tenths, arena);

	if (unit == MILLION)
		return zv_arena_strf(arena, zv_tr(N_("%.*s m ₽")), ZV_STR_FMT(number));
	if (unit == THOUSAND)
		return zv_arena_strf(arena, zv_tr(N_("%.*s k ₽")), ZV_STR_FMT(number));
	return zv_arena_strf(arena, "%.*s ₽", ZV_STR_FMT(number));
}
