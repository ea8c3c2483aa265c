/* The circle: circular sifting (each node is carried once round and set down where fewest edges cross), then angles to whole coordinates. */
#include "graph/layout.h"

#include <stdlib.h>
#include <string.h>

/* A round costs n^3 steps; together they take a fifth of a second at most. */
enum { ROUNDS_MAX = 8, STEPS_MAX = 12000000, RADIUS = ZV_LAYOUT_SPAN / 2, FULL = 360000, QUARTER = 90000 };

/* --- sine ----------------------------------------------------------------------------------------------------------------- */

/* sin of 0..90 degrees, in millionths. */
static const int32_t sines[91] = {
	0,	17452,	34899,	52336,	69756,	87156,	104528, 121869, 139173, 156434, 173648, 190809, 207912, 224951, 241922, 258819,
	275637, 292372, 309017, 325568, 342020, 358368, 374607, 390731, 406737, 422618, 438371, 453990, 469472, 484810, 500000, 515038,
	529919, 544639, 559193, 573576, 587785, 601815, 615661, 629320, 642788, 656059, 669131, 681998, 694658, 707107, 719340, 731354,
	743145, 754710, 766044, 777146, 788011, 798636, 809017, 819152, 829038, 838671, 848048, 857167, 866025, 874620, 882948, 891007,
	898794, 906308, 913545, 920505, 927184, 933580, 939693, 945519, 951057, 956305, 961262, 965926, 970296, 974370, 978148, 981627,
	984808, 987688, 990268, 992546, 994522, 996195, 997564, 998630, 999391, 999848, 1000000,
};

/* Millionths, between the rows of the table in a straight line. */
static int64_t sine(int64_t angle)
{
	int64_t a = (angle % FULL + FULL) % FULL;
	bool minus = a >= 2 * QUARTER;
	int64_t low;

	a %= 2 * (int64_t)QUARTER;
	if (a > QUARTER)
		a = 2 * (int64_t)QUARTER - a;
	low = a / 1000;
	low = low == 90 ? sines[90] : sines[low] + (int64_t)(sines[low + 1] - sines[low]) * (a % 1000) / 1000;
	return minus ? -low : low;
}

static int64_t scaled(int64_t radius, int64_t millionths)
{
	int64_t product = radius * millionths;

	return (product + (product >= 0 ? 500000 : -500000)) / 1000000;
}

void zv_layout_on_circle(int64_t *x, int64_t *y, int64_t radius, int64_t angle)
{
	*x = scaled(radius, sine(angle));
	*y = -scaled(radius, sine(angle + QUARTER));
}

/* --- order ------------------------------------------------------------------------------------------------------------------ */

struct ring {
	int n;          /* nodes with edges */
	int *order;     /* place -> node */
	int *place;     /* node -> place */
	bool *joined;   /* n_all * n_all: is there an edge */
	int n_all;
};

static bool joined(const struct ring *ring, int a, int b)
{
	return ring->joined[(size_t)a * (size_t)ring->n_all + (size_t)b];
}

/*
 * By how much the crossings change when u, just before v, steps behind it. Going on from v round to u, an edge of u to x and one of v to y cross
 * when x comes before y, and after the step when y comes before x.
 */
static int64_t step_change(struct ring *ring, int u, int v)
{
	int64_t change = 0;
	int of_u = 0;
	int of_v = 0;

	for (int k = 2; k < ring->n; k++) {
		int w = ring->order[(ring->place[u] + k) % ring->n];
		bool x = joined(ring, u, w);
		bool y = joined(ring, v, w);

		if (y)
			change -= of_u; /* these x come before this y */
		if (x)
			change += of_v;
		of_u += x;
		of_v += y;
	}
	return change;
}

static void swap_with_next(struct ring *ring, int place)
{
	int next = (place + 1) % ring->n;
	int u = ring->order[place];
	int v = ring->order[next];

	ring->order[place] = v;
	ring->order[next] = u;
	ring->place[v] = place;
	ring->place[u] = next;
}

/* Carries u once round and sets it down where it was best; at the first such place. */
static bool sift(struct ring *ring, int u)
{
	int64_t sum = 0;
	int64_t best = 0;
	int best_step = 0;

	for (int step = 1; step < ring->n; step++) {
		int v = ring->order[(ring->place[u] + 1) % ring->n];

		sum += step_change(ring, u, v);
		swap_with_next(ring, ring->place[u]);
		if (sum < best) {
			best = sum;
			best_step = step;
		}
	}
	/* It has passed all others: one place further is where it began. */
	for (int step = 0; step < best_step; step++)
		swap_with_next(ring, ring->place[u]);
	return best < 0;
}

static void order_ring(struct ring *ring, int n, int64_t rounds, const struct zv_layout_edge *edges, size_t n_edges, struct zv_arena *arena)
{
	bool better = true;

	ring->joined = ZV_ARENA_ARRAY(arena, bool, (size_t)n * (size_t)n + 1);
	for (size_t i = 0; i < n_edges; i++) {
		if (edges[i].from == edges[i].to)
			continue;
		ring->joined[(size_t)edges[i].from * (size_t)n + (size_t)edges[i].to] = true;
		ring->joined[(size_t)edges[i].to * (size_t)n + (size_t)edges[i].from] = true;
	}
	for (int round = 0; round < rounds && better; round++) {
		better = false;
		for (int u = 0; u < n; u++)
			if (ring->place[u] < ring->n && sift(ring, u))
				better = true;
	}
}

static int64_t rounds_of(int n)
{
	int64_t rounds = STEPS_MAX / ((int64_t)n * n * n);

	return rounds < ROUNDS_MAX ? rounds : ROUNDS_MAX;
}

/* The node that was given first stands at the top: the picture does not turn when an edge is added elsewhere. */
static void turn(struct ring *ring, struct zv_arena *arena)
{
	int *order = ZV_ARENA_ARRAY(arena, int, (size_t)ring->n + 1);
	int first = 0;

	for (int i = 1; i < ring->n; i++)
		if (ring->order[i] < ring->order[first])
			first = i;
	for (int i = 0; i < ring->n; i++)
		order[i] = ring->order[(first + i) % ring->n];
	memcpy(ring->order, order, (size_t)ring->n * sizeof(*order));
}

void zv_layout_circle(struct zv_layout_point *points, int n, const struct zv_layout_edge *edges, size_t n_edges, struct zv_arena *arena)
{
	struct ring ring = {.n_all = n, .order = ZV_ARENA_ARRAY(arena, int, (size_t)n + 1), .place = ZV_ARENA_ARRAY(arena, int, (size_t)n + 1)};
	bool *linked = ZV_ARENA_ARRAY(arena, bool, (size_t)n + 1);
	int at = 0;

	for (size_t i = 0; i < n_edges; i++)
		if (edges[i].from != edges[i].to)
			linked[edges[i].from] = linked[edges[i].to] = true;
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < n; i++)
			if (linked[i] == (pass == 0))
				ring.order[at++] = i;
		if (pass == 0)
			ring.n = at;
	}
	for (int i = 0; i < n; i++)
		ring.place[ring.order[i]] = i;
	if (ring.n > 3 && rounds_of(ring.n) > 0)
		order_ring(&ring, n, rounds_of(ring.n), edges, n_edges, arena);
	turn(&ring, arena);
	for (int i = 0; i < n; i++) {
		int64_t x, y;

		zv_layout_on_circle(&x, &y, RADIUS, n == 0 ? 0 : (int64_t)FULL * i / n);
		points[ring.order[i]] = (struct zv_layout_point){(int)x + RADIUS, (int)y + RADIUS, i};
	}
}

int64_t zv_layout_crossings(const struct zv_layout_point *points, const struct zv_layout_edge *edges, size_t n_edges)
{
	int64_t crossings = 0;

	for (size_t i = 0; i < n_edges; i++) {
		int a = points[edges[i].from].place;
		int b = points[edges[i].to].place;
		int low = a < b ? a : b;
		int high = a < b ? b : a;

		for (size_t k = i + 1; k < n_edges; k++) {
			int c = points[edges[k].from].place;
			int d = points[edges[k].to].place;
			bool c_inside = c > low && c < high;
			bool d_inside = d > low && d < high;
			bool apart = c != low && c != high && d != low && d != high;

			crossings += low != high && c != d && apart && c_inside != d_inside;
		}
	}
	return crossings;
}
