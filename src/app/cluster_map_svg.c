/* The map as a picture: letters large enough to print, a title and a description for those who do not see it, each sum in the title of its edge. */
#include "app/cluster_map_svg.h"

#include <string.h>

#include "app/tasks_inner.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "format/xml_write.h"
#include "graph/layout.h"
#include "model/money.h"

enum { FULL = 360000, NODE = 10, WIDTH_MIN = 12, WIDTH_MAX = 90, WIDTH_MAX_DENSE = 50, TAIL = 10, LINE = 16, LABEL_GAP = 8 };

#define FONT "Arial, &quot;Liberation Sans&quot;, &quot;DejaVu Sans&quot;, sans-serif"

struct drawing {
	struct zv_buf *out;
	const struct zv_cluster_map *map;
	struct zv_cluster_map_frame frame;
	struct zv_arena *arena;
};

static struct zv_str money(int64_t kop, struct zv_arena *arena)
{
	char text[ZV_MONEY_TEXT];

	zv_money_format(text, kop);
	return zv_str_dup(arena, zv_str_c(text));
}

static struct zv_str org_of(const struct drawing *d, int node)
{
	return d->map->nodes[node].member->org;
}

/* At most `max` characters; what is longer ends in an ellipsis. */
static struct zv_str shortened(struct zv_str text, size_t max, struct zv_arena *arena)
{
	struct zv_str rest = text;
	uint32_t c;

	if (zv_utf8_count(text) <= max)
		return text;
	for (size_t i = 0; i + 1 < max; i++)
		(void)zv_utf8_next(&c, &rest);
	return zv_arena_strf(arena, "%.*s…", (int)(text.n - rest.n), text.p);
}

/* The same with its end kept: in a long list names often differ there. */
static struct zv_str without_middle(struct zv_str text, size_t max, struct zv_arena *arena)
{
	struct zv_str rest = text;
	size_t n = zv_utf8_count(text);
	uint32_t c;

	if (n <= max)
		return text;
	for (size_t i = 0; i + TAIL < n; i++)
		(void)zv_utf8_next(&c, &rest);
	return zv_arena_strf(arena, "%.*s%.*s", ZV_STR_FMT(shortened(text, max - TAIL, arena)), ZV_STR_FMT(rest));
}

/* The first line breaks at the last blank before `max` characters, or inside a word that is longer. */
static void two_lines(struct zv_str lines[2], struct zv_str text, size_t max, struct zv_arena *arena)
{
	struct zv_str rest = text;
	size_t cut = 0;
	uint32_t c;

	lines[0] = text;
	lines[1] = ZV_STR("");
	if (zv_utf8_count(text) <= max)
		return;
	for (size_t i = 0; i < max; i++) {
		if (rest.p[0] == ' ')
			cut = text.n - rest.n;
		(void)zv_utf8_next(&c, &rest);
	}
	if (cut == 0)
		cut = text.n - rest.n;
	lines[0] = zv_str_trim(zv_str_first(text, cut));
	lines[1] = shortened(zv_str_trim(zv_str_from(text, cut)), max, arena);
}

static void text_at(struct drawing *d, int64_t x, int64_t y, int size, const char *anchor, const char *colour, struct zv_str text)
{
	zv_buf_addf(d->out, "<text x=\"%" PRId64 "\" y=\"%" PRId64 "\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">", x, y, size, anchor, colour);
	zv_xml_text(d->out, text);
	zv_buf_add_c(d->out, "</text>\n");
}

/* --- head and foot ----------------------------------------------------------------------------------------------------------- */

static struct zv_str share_line(struct drawing *d)
{
	struct zv_str percent;

	if (zv_cluster_map_share(&percent, d->map, d->arena))
		return zv_arena_strf(d->arena, zv_tr(N_("%d: deliveries between members %.*s, %.*s of what they shipped (%.*s)")), d->map->year,
				     ZV_STR_FMT(money(d->map->total_kop, d->arena)), ZV_STR_FMT(percent),
				     ZV_STR_FMT(money(d->map->shipped_kop, d->arena)));
	return zv_arena_strf(d->arena, zv_tr(N_("%d: deliveries between members %.*s; not all of them have shown what they shipped")), d->map->year,
			     ZV_STR_FMT(money(d->map->total_kop, d->arena)));
}

static struct zv_str counts_line(struct drawing *d)
{
	return zv_arena_strf(d->arena, zv_tr(N_("On %.*s: members %zu, supply relations %zu, members without a contract %zu")),
			     ZV_STR_FMT(zv_task_date(d->map->on, d->arena)), d->map->n_nodes, d->map->n_edges, d->map->n_isolated);
}

static void add_head(struct drawing *d)
{
	struct zv_str name = zv_cluster_title(&d->map->cluster);

	zv_buf_addf(d->out,
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%" PRId64 "\" height=\"%" PRId64 "\" viewBox=\"0 0 %" PRId64 " %" PRId64
		    "\" role=\"img\" aria-labelledby=\"zv-map-title zv-map-desc\" font-family=\"" FONT "\" xml:lang=\"%s\">\n<title id=\"zv-map-title\">",
		    d->frame.width, d->frame.height, d->frame.width, d->frame.height, zv_tr_lang());
	zv_xml_text(d->out, name);
	zv_buf_add_c(d->out, "</title>\n<desc id=\"zv-map-desc\">");
	zv_xml_text(d->out, counts_line(d));
	zv_buf_add_c(d->out, ". ");
	zv_xml_text(d->out, share_line(d));
	zv_buf_add_c(d->out, "</desc>\n<defs><marker id=\"zv-map-arrow\" viewBox=\"0 0 10 10\" refX=\"2\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" "
			     "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#1f4e79\"/></marker></defs>\n");
	zv_buf_addf(d->out, "<rect width=\"%" PRId64 "\" height=\"%" PRId64 "\" fill=\"#ffffff\"/>\n", d->frame.width, d->frame.height);
	text_at(d, 24, 36, 20, "start", "#111111", shortened(name, 90, d->arena));
	text_at(d, 24, 60, 13, "start", "#333333", share_line(d));
	text_at(d, 24, 80, 13, "start", "#333333", counts_line(d));
}

static void add_foot(struct drawing *d)
{
	text_at(d, 24, d->frame.height - 34, 12, "start", "#444444",
		zv_str_c(zv_tr(N_("An arrow goes from the seller to the buyer and is the wider the larger the sum. Dashed: a contract without deliveries in the year."))));
	text_at(d, 24, d->frame.height - 16, 12, "start", "#444444",
		zv_str_c(zv_tr(N_("A hollow circle: no contract with another member. Sums are rounded; the table has them exactly."))));
	zv_buf_add_c(d->out, "</svg>\n");
}

/* --- edges ----------------------------------------------------------------------------------------------------------------------- */

/* Tenths of a pixel. */
static int64_t width_of(const struct drawing *d, int64_t kop)
{
	int64_t largest = d->map->n_edges > 0 ? d->map->edges[0].delivered_kop : 0;
	int64_t widest = d->frame.boxed ? WIDTH_MAX : WIDTH_MAX_DENSE;

	return largest == 0 || kop == 0 ? WIDTH_MIN : WIDTH_MIN + (int64_t)((zv_i128)(widest - WIDTH_MIN) * kop / largest);
}

static void add_edge(struct drawing *d, size_t at)
{
	const struct zv_cluster_map_edge *edge = &d->map->edges[at];
	struct zv_cluster_map_curve c = zv_cluster_map_curve(d->map, &d->frame, at);
	int64_t width = width_of(d, edge->delivered_kop);

	zv_buf_addf(d->out, "<path d=\"M%" PRId64 " %" PRId64 "Q%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%" PRId64 ".%" PRId64 "\"%s marker-end=\"url(#zv-map-arrow)\"><title>",
		    c.x0, c.y0, c.cx, c.cy, c.x1, c.y1, edge->delivered_kop > 0 ? "#7aa6d1" : "#8a8a8a", width / 10, width % 10,
		    edge->delivered_kop > 0 ? "" : " stroke-dasharray=\"5 4\"");
	zv_xml_text(d->out, zv_arena_strf(d->arena, zv_tr(N_("%.*s → %.*s: %.*s, contracts: %" PRId64)), ZV_STR_FMT(org_of(d, edge->seller)),
					  ZV_STR_FMT(org_of(d, edge->buyer)), ZV_STR_FMT(money(edge->delivered_kop, d->arena)), edge->contracts));
	zv_buf_add_c(d->out, "</title></path>\n");
}

static void add_edges(struct drawing *d)
{
	struct zv_cluster_map_box *boxes = ZV_ARENA_ARRAY(d->arena, struct zv_cluster_map_box, d->map->n_edges + 1);

	for (size_t i = d->map->n_edges; i-- > 0;) /* thick ones above */
		add_edge(d, i);
	if (!d->frame.boxed)
		return;
	zv_cluster_map_edge_boxes(boxes, d->map, &d->frame, d->arena);
	zv_buf_add_c(d->out, "<g paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"3\">\n");
	for (size_t i = 0; i < d->map->n_edges; i++)
		if (boxes[i].w > 0)
			text_at(d, boxes[i].x + boxes[i].w / 2, boxes[i].y + 11, 11, "middle", "#111111",
				zv_cluster_map_short(d->map->edges[i].delivered_kop, d->arena));
	zv_buf_add_c(d->out, "</g>\n");
}

/* --- nodes ----------------------------------------------------------------------------------------------------------------------- */

static struct zv_str sums_of(struct drawing *d, const struct zv_cluster_map_node *node)
{
	if (node->isolated)
		return zv_str_c(zv_tr(N_("no contract with a member")));
	return zv_arena_strf(d->arena, zv_tr(N_("sold %.*s, bought %.*s")), ZV_STR_FMT(zv_cluster_map_short(node->inside_shipped_kop, d->arena)),
			     ZV_STR_FMT(zv_cluster_map_short(node->inside_bought_kop, d->arena)));
}

static void add_boxed_label(struct drawing *d, size_t at, int64_t x)
{
	struct zv_cluster_map_box box = zv_cluster_map_label_box(d->map, &d->frame, at);
	const char *anchor = box.x > x ? "start" : box.x + box.w < x ? "end" : "middle";
	int64_t to = box.x > x ? box.x : box.x + box.w < x ? box.x + box.w : x;
	struct zv_str lines[2];
	int64_t y = box.y + 12;

	two_lines(lines, org_of(d, (int)at), ZV_CLUSTER_MAP_LABEL_CHARS, d->arena);
	if (lines[1].n == 0)
		y += LINE / 2;
	for (int i = 0; i < 2; i++) {
		if (lines[i].n == 0)
			continue;
		text_at(d, to, y, 13, anchor, "#111111", lines[i]);
		y += LINE;
	}
	text_at(d, to, y, 11, anchor, "#444444", sums_of(d, &d->map->nodes[at]));
}

/* One line along the radius; on the left side it reads towards the circle. */
static void add_radial_label(struct drawing *d, size_t at)
{
	int64_t angle = (int64_t)FULL * d->map->nodes[at].place / (int64_t)d->map->n_nodes;
	bool right = angle <= FULL / 2;
	int64_t turn = right ? angle - 90000 : angle - 270000;
	int64_t x, y;

	zv_layout_on_circle(&x, &y, d->frame.radius + NODE + LABEL_GAP, angle);
	x += d->frame.centre_x;
	y += d->frame.centre_y;
	zv_buf_addf(d->out,
		    "<text x=\"%" PRId64 "\" y=\"%" PRId64 "\" dy=\"4\" font-size=\"12\" text-anchor=\"%s\" fill=\"#111111\" transform=\"rotate(%s%" PRId64 ".%03" PRId64
		    " %" PRId64 " %" PRId64 ")\">",
		    x, y, right ? "start" : "end", turn < 0 ? "-" : "", (turn < 0 ? -turn : turn) / 1000, (turn < 0 ? -turn : turn) % 1000, x, y);
	zv_xml_text(d->out, without_middle(org_of(d, (int)at), ZV_CLUSTER_MAP_RADIAL_CHARS, d->arena));
	zv_buf_add_c(d->out, "</text>\n");
}

static void add_node(struct drawing *d, size_t at)
{
	const struct zv_cluster_map_node *node = &d->map->nodes[at];
	int64_t x, y;

	zv_layout_on_circle(&x, &y, d->frame.radius, (int64_t)FULL * node->place / (int64_t)d->map->n_nodes);
	x += d->frame.centre_x;
	y += d->frame.centre_y;
	zv_buf_addf(d->out, "<circle cx=\"%" PRId64 "\" cy=\"%" PRId64 "\" r=\"%d\" %s><title>", x, y, NODE,
		    node->isolated ? "fill=\"#ffffff\" stroke=\"#a33\" stroke-width=\"2\" stroke-dasharray=\"3 2\"" : "fill=\"#1f4e79\"");
	zv_xml_text(d->out, zv_arena_strf(d->arena, "%.*s (%s): %.*s", ZV_STR_FMT(node->member->org), zv_tr(zv_cluster_role_label(node->member->role)),
					  ZV_STR_FMT(sums_of(d, node))));
	zv_buf_add_c(d->out, "</title></circle>\n");
	if (d->frame.boxed)
		add_boxed_label(d, at, x);
	else
		add_radial_label(d, at);
}

void zv_cluster_map_svg(struct zv_buf *out, const struct zv_cluster_map *map, struct zv_arena *arena)
{
	struct drawing d = {.out = out, .map = map, .frame = zv_cluster_map_frame(map), .arena = arena};

	add_head(&d);
	add_edges(&d);
	for (size_t i = 0; i < map->n_nodes; i++)
		add_node(&d, i);
	add_foot(&d);
}
