/* The four writers of the map: equal sums, labels that do not lie on one another, hostile names that stay text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/cluster_map_svg.h"
#include "base/rng.h"
#include "base/tr.h"
#include "format/stream.h"
#include "format/xml.h"
#include "graph/layout.h"

enum { NODES_MAX = 160, EDGES_MAX = 800 };

struct world {
	struct zv_cluster_map map;
	struct zv_cluster_member members[NODES_MAX];
	struct zv_cluster_map_node nodes[NODES_MAX];
	struct zv_cluster_map_edge edges[EDGES_MAX];
	struct zv_arena arena;
	struct zv_buf buf;
};

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	zv_arena_init(&w->arena);
	zv_buf_init(&w->buf, 0);
	w->map = (struct zv_cluster_map){.cluster = {.uid = ZV_STR("cluster_1"), .name = ZV_STR("Кластер «А»"), .name_en = ZV_STR("Cluster “A”")},
					 .on = 20514,
					 .year = 2025,
					 .nodes = w->nodes,
					 .edges = w->edges,
					 .shipped_kop = 500000000000};
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	zv_tr_set_lang("en");
	zv_buf_done(&w->buf);
	zv_arena_done(&w->arena);
	free(w);
	return 0;
}

static void add_nodes(struct world *w, size_t n, const char *name)
{
	w->map.n_nodes = n;
	for (size_t i = 0; i < n; i++) {
		w->members[i] = (struct zv_cluster_member){.org_uid = zv_arena_strf(&w->arena, "org_%zu", i),
							   .org = zv_arena_strf(&w->arena, "%s %zu", name, i),
							   .region = ZV_STR("RU-OMS"),
							   .role = (int)(i % 8)};
		w->nodes[i] = (struct zv_cluster_map_node){.member = &w->members[i], .shipped_kop = -1, .isolated = true};
	}
}

static void supply(struct world *w, int seller, int buyer, int64_t kop)
{
	w->edges[w->map.n_edges++] = (struct zv_cluster_map_edge){seller, buyer, 1, kop};
	w->nodes[seller].inside_shipped_kop += kop;
	w->nodes[buyer].inside_bought_kop += kop;
	w->nodes[seller].isolated = w->nodes[buyer].isolated = false;
	w->map.total_kop += kop;
}

static void lay(struct world *w)
{
	static struct zv_layout_edge edges[EDGES_MAX];
	static struct zv_layout_point points[NODES_MAX];

	for (size_t i = 0; i < w->map.n_edges; i++)
		edges[i] = (struct zv_layout_edge){w->edges[i].seller, w->edges[i].buyer};
	zv_layout_circle(points, (int)w->map.n_nodes, edges, w->map.n_edges, &w->arena);
	for (size_t i = 0; i < w->map.n_nodes; i++) {
		w->nodes[i].x = points[i].x;
		w->nodes[i].y = points[i].y;
		w->nodes[i].place = points[i].place;
	}
}

/* Eleven members, one of them without contracts, 1,170 m between the others. */
static void demo_like(struct world *w)
{
	add_nodes(w, 11, "ООО «Очень длинное название предприятия химической промышленности»");
	supply(w, 0, 1, 40000000000);
	supply(w, 2, 3, 30000000000);
	supply(w, 4, 5, 20000000000);
	supply(w, 6, 0, 11500000000);
	supply(w, 7, 2, 10000000000);
	supply(w, 1, 7, 5000000000);
	supply(w, 8, 9, 300000000);
	supply(w, 9, 8, 200000000);
	supply(w, 3, 0, 0);
	lay(w);
	assert_int_equal(w->map.total_kop, 117000000000);
}

static bool has(const struct zv_buf *buf, const char *text)
{
	return zv_str_find(zv_buf_str(buf), zv_str_c(text)) >= 0;
}

static size_t count(const struct zv_buf *buf, const char *what)
{
	struct zv_str rest = zv_buf_str(buf);
	size_t n = 0;
	ptrdiff_t at;

	while ((at = zv_str_find(rest, zv_str_c(what))) >= 0) {
		rest = zv_str_from(rest, (size_t)at + strlen(what));
		n++;
	}
	return n;
}

/* Elements by name and all text of a document that another parser has taken. */
struct heard {
	size_t nodes, edges, paths, circles, texts, scripts, handlers;
	int64_t sum;
	bool in_delivered;
	char digits[32];
	size_t n_digits;
};

static enum zv_code start(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct heard *heard = arg;
	const char *key = zv_xml_attribute(attributes, "key");

	(void)xml;
	(void)err;
	heard->nodes += strcmp(name, "node") == 0;
	heard->edges += strcmp(name, "edge") == 0;
	heard->paths += strcmp(name, "path") == 0;
	heard->circles += strcmp(name, "circle") == 0;
	heard->texts += strcmp(name, "text") == 0;
	heard->scripts += strcmp(name, "script") == 0;
	heard->handlers += zv_xml_attribute(attributes, "onload") != NULL;
	heard->in_delivered = key != NULL && strcmp(key, "delivered_kop") == 0;
	heard->n_digits = 0;
	return ZV_OK;
}

static enum zv_code text(void *arg, struct zv_xml *xml, struct zv_str s, struct zv_err *err)
{
	struct heard *heard = arg;

	(void)xml;
	(void)err;
	if (heard->in_delivered && heard->n_digits + s.n < sizeof(heard->digits)) {
		memcpy(heard->digits + heard->n_digits, s.p, s.n);
		heard->n_digits += s.n;
	}
	return ZV_OK;
}

static enum zv_code end(void *arg, struct zv_xml *xml, const char *name, struct zv_err *err)
{
	struct heard *heard = arg;
	int64_t kop = 0;

	(void)xml;
	(void)name;
	(void)err;
	if (heard->in_delivered && zv_str_int(&kop, (struct zv_str){heard->digits, heard->n_digits}))
		heard->sum += kop;
	heard->in_delivered = false;
	return ZV_OK;
}

static struct heard parse(const struct zv_buf *buf)
{
	struct heard heard = {.nodes = 0};
	struct zv_xml_handlers handlers = {.start = start, .end = end, .text = text, .arg = &heard};
	struct zv_memory_stream stream;
	struct zv_err err = {.code = ZV_OK};

	zv_memory_stream_init(&stream, zv_buf_str(buf));
	if (zv_xml_parse(&stream.stream, NULL, &handlers, NULL, NULL, &err) != ZV_OK)
		fail_msg("%s", err.text);
	return heard;
}

/* Sum of the last cell of the rows of a kind, in kopecks. */
static int64_t csv_sum(const struct zv_buf *buf, const char *kind)
{
	struct zv_str rest = zv_buf_str(buf);
	struct zv_str line;
	int64_t sum = 0;

	while (zv_str_split(&line, &rest, '\n')) {
		char last[64] = "";
		int64_t rub, kop;

		if (!zv_str_starts(line, zv_str_c(kind)) || line.p[strlen(kind)] != ',')
			continue;
		line = zv_str_trim(line);
		for (size_t i = line.n; i > 0; i--)
			if (line.p[i - 1] == ',') {
				(void)snprintf(last, sizeof(last), "%.*s", (int)(line.n - i), line.p + i);
				break;
			}
		if (sscanf(last, "%" SCNd64 ".%" SCNd64, &rub, &kop) == 2)
			sum += rub * 100 + kop;
	}
	return sum;
}

static void all_writers_have_the_same_sums(void **state)
{
	struct world *w = *state;
	struct heard heard;

	demo_like(w);
	zv_cluster_map_csv(&w->buf, &w->map);
	assert_int_equal(csv_sum(&w->buf, "edge"), w->map.total_kop);
	assert_int_equal(csv_sum(&w->buf, "total"), w->map.total_kop);
	assert_int_equal(count(&w->buf, "\nisolated,"), 1);
	zv_buf_reset(&w->buf);
	zv_cluster_map_graphml(&w->buf, &w->map);
	heard = parse(&w->buf);
	assert_int_equal(heard.sum, w->map.total_kop);
	assert_int_equal(heard.nodes, 11);
	assert_int_equal(heard.edges, 9);
	zv_buf_reset(&w->buf);
	zv_cluster_map_svg(&w->buf, &w->map, &w->arena);
	heard = parse(&w->buf);
	assert_int_equal(heard.circles, 11);
	assert_int_equal(heard.paths, 9 + 1); /* and the arrow */
	assert_true(has(&w->buf, "1,170,000,000.00 ₽"));
	assert_true(has(&w->buf, "23.4 %"));
	assert_true(has(&w->buf, "400,000,000.00 ₽"));
	assert_int_equal(count(&w->buf, "stroke-dasharray=\"5 4\""), 1);
	assert_int_equal(count(&w->buf, "stroke-dasharray=\"3 2\""), 1);
}

static bool meet(struct zv_cluster_map_box a, struct zv_cluster_map_box b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void no_label_lies_on_another_with_up_to_sixteen_members(void **state)
{
	struct world *w = *state;

	for (size_t n = 1; n <= ZV_CLUSTER_MAP_BOXED_MAX; n++) {
		struct zv_cluster_map_box boxes[EDGES_MAX];
		struct zv_cluster_map_frame frame;

		w->map.n_edges = 0;
		add_nodes(w, n, "Член");
		for (size_t i = 0; n > 1 && i < 2 * n; i++)
			supply(w, (int)(i % n), (int)((i * 3 + 1) % n), (int64_t)(1 + i) * 123456789);
		lay(w);
		frame = zv_cluster_map_frame(&w->map);
		assert_true(frame.boxed);
		zv_cluster_map_edge_boxes(boxes, &w->map, &frame, &w->arena);
		for (size_t i = 0; i < n; i++) {
			struct zv_cluster_map_box box = zv_cluster_map_label_box(&w->map, &frame, i);

			assert_true(box.x >= 0 && box.y >= 90 && box.x + box.w <= frame.width && box.y + box.h <= frame.height - 50);
			for (size_t k = 0; k < i; k++)
				if (meet(box, zv_cluster_map_label_box(&w->map, &frame, k)))
					fail_msg("%zu members: labels %zu and %zu overlap", n, i, k);
			for (size_t k = 0; k < w->map.n_edges; k++)
				assert_false(boxes[k].w > 0 && meet(box, boxes[k]));
		}
		for (size_t i = 0; i < w->map.n_edges; i++)
			for (size_t k = 0; k < i; k++)
				assert_false(boxes[i].w > 0 && boxes[k].w > 0 && meet(boxes[i], boxes[k]));
	}
}

static void eleven_members_have_all_their_sums_in_the_picture(void **state)
{
	struct world *w = *state;
	struct zv_cluster_map_box boxes[EDGES_MAX];
	struct zv_cluster_map_frame frame;

	demo_like(w);
	frame = zv_cluster_map_frame(&w->map);
	zv_cluster_map_edge_boxes(boxes, &w->map, &frame, &w->arena);
	for (size_t i = 0; i < w->map.n_edges; i++)
		assert_true(boxes[i].w > 0);
}

static void lines_along_the_radius_are_a_line_apart_with_60_and_150_members(void **state)
{
	struct world *w = *state;

	for (size_t n = 60; n <= 150; n += 90) {
		struct zv_cluster_map_frame frame;
		struct heard heard;

		w->map.n_edges = 0;
		add_nodes(w, n, "Участник кластера с долгим именем");
		for (size_t i = 0; i < 300; i++)
			supply(w, (int)(i * 7 % n), (int)(i * 11 % n), 100000000);
		lay(w);
		frame = zv_cluster_map_frame(&w->map);
		assert_false(frame.boxed);
		assert_true((frame.radius + 18) * 6283 / 1000 / (int64_t)n >= 14);
		zv_buf_reset(&w->buf);
		zv_cluster_map_svg(&w->buf, &w->map, &w->arena);
		heard = parse(&w->buf);
		assert_int_equal(heard.circles, n);
		assert_true(heard.texts >= n);
	}
}

static void hostile_names_stay_text(void **state)
{
	static const char *const names[] = {
		"<script>alert(1)</script>", "\" onload=\"alert(1)", "' & <b>", "]]><svg onload='x'>", "\x01\x02\x7f", "\xff\xfe", "=HYPERLINK(1)",
	};
	struct world *w = *state;
	char *very_long = calloc(1, 4001);

	add_nodes(w, 9, "x");
	memset(very_long, 'W', 4000);
	for (size_t i = 0; i < ZV_LEN(names); i++)
		w->members[i].org = zv_str_c(names[i]);
	w->members[7].org = zv_str_c(very_long);
	w->members[8].org = ZV_STR("a b \xD0\xAF");
	w->map.cluster.name = w->map.cluster.name_en = zv_str_c(names[0]);
	for (int i = 0; i < 8; i++)
		supply(w, i, i + 1, 100);
	lay(w);
	zv_cluster_map_svg(&w->buf, &w->map, &w->arena);
	assert_int_equal(parse(&w->buf).scripts, 0);
	assert_int_equal(parse(&w->buf).handlers, 0);
	assert_true(has(&w->buf, "&lt;script&gt;"));
	zv_buf_reset(&w->buf);
	zv_cluster_map_graphml(&w->buf, &w->map);
	assert_int_equal(parse(&w->buf).nodes, 9);
	assert_int_equal(parse(&w->buf).scripts, 0);
	zv_buf_reset(&w->buf);
	zv_cluster_map_csv(&w->buf, &w->map);
	assert_true(has(&w->buf, "'=HYPERLINK(1)"));
	free(very_long);
}

static void an_empty_map_and_one_without_figures_are_written_too(void **state)
{
	struct world *w = *state;
	struct zv_str percent;

	w->map.shipped_kop = -1;
	assert_false(zv_cluster_map_share(&percent, &w->map, &w->arena));
	zv_cluster_map_svg(&w->buf, &w->map, &w->arena);
	(void)parse(&w->buf);
	assert_true(has(&w->buf, "not all of them"));
	w->map.shipped_kop = 0;
	assert_false(zv_cluster_map_share(&percent, &w->map, &w->arena));
}

static void shares_are_rounded_half_up_to_a_tenth(void **state)
{
	static const struct {
		int64_t part, whole;
		const char *text;
	} known[] = {{117000000000, 500000000000, "23.4 %"}, {65500, 420000, "15.6 %"}, {1, 2000, "0.1 %"}, {49, 100000, "0.0 %"},
		     {1, 1, "100.0 %"}, {INT64_MAX, INT64_MAX, "100.0 %"}, {3, 2, "150.0 %"}, {0, 5, "0.0 %"}};
	struct world *w = *state;

	for (size_t i = 0; i < ZV_LEN(known); i++) {
		struct zv_str text;

		w->map.total_kop = known[i].part;
		w->map.shipped_kop = known[i].whole;
		assert_true(zv_cluster_map_share(&text, &w->map, &w->arena));
		assert_true(zv_str_eq_c(text, known[i].text));
	}
}

static void short_sums_say_thousands_and_millions(void **state)
{
	static const struct {
		int64_t kop;
		const char *text;
	} known[] = {{117000000000, "1,170 m ₽"}, {40000000000, "400 m ₽"}, {15000000, "150 k ₽"}, {0, "0 ₽"}, {12345, "123.5 ₽"},
		     {123456700, "1.2 m ₽"},
		     {99999999, "1,000 k ₽"}, {12345678900000000, "123,456,789 m ₽"}};
	struct world *w = *state;

	for (size_t i = 0; i < ZV_LEN(known); i++)
		assert_string_equal(zv_cluster_map_short(known[i].kop, &w->arena).p, known[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_writers_have_the_same_sums, setup, teardown),
		cmocka_unit_test_setup_teardown(no_label_lies_on_another_with_up_to_sixteen_members, setup, teardown),
		cmocka_unit_test_setup_teardown(eleven_members_have_all_their_sums_in_the_picture, setup, teardown),
		cmocka_unit_test_setup_teardown(lines_along_the_radius_are_a_line_apart_with_60_and_150_members, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_names_stay_text, setup, teardown),
		cmocka_unit_test_setup_teardown(an_empty_map_and_one_without_figures_are_written_too, setup, teardown),
		cmocka_unit_test_setup_teardown(shares_are_rounded_half_up_to_a_tenth, setup, teardown),
		cmocka_unit_test_setup_teardown(short_sums_say_thousands_and_millions, setup, teardown),
	};

	return cmocka_run_group_tests_name("cluster_map", tests, NULL, NULL);
}
