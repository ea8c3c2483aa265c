/* Gauss-Seidel sweeps over what the causes reach, block by block, until what is open is proven to be small. */
#include "engine/chain/sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BITS = 64, ALIGN = 64, STIFF_SWEEPS = 32, STIFF_LAST = 20000, SWEEPS_MIN = 500, SWEEPS_MAX = 1000000, SWEEPS_FIRMS = 50000000 };
#define STIFF_PART 0.1 /* stiff rows are swept until they change so much less than the sweep of all did */
#define ROUNDING 1e-13 /* of sums, generously */
#define LEAST_RISE (1 + ZV_CHAIN_STILL) /* a closed loop turns rounding round and round: so small a rise is none */

/* --- lanes --------------------------------------------------------------------------------------------------------------------------------- */

#define LANES_NAME(name) one_##name
#define LANES_WIDTH 1
#define LANES_PARTS 1
#define LANES_TARGET
#include "engine/chain/sweep_lanes.h"

#define LANES_NAME(name) eight_##name
#define LANES_WIDTH 2
#define LANES_PARTS 4
#define LANES_TARGET
#include "engine/chain/sweep_lanes.h"

#ifdef __x86_64__
#define LANES_NAME(name) wide_##name
#define LANES_WIDTH 4
#define LANES_PARTS 2
#define LANES_TARGET __attribute__((target("avx2")))
#include "engine/chain/sweep_lanes.h"
#endif

typedef void sweep_rows_t(const struct chain_rows *rows, double *losses, const uint32_t *list, uint32_t from, uint32_t to, const int64_t *open, double *change);

static sweep_rows_t *widest(uint32_t lanes)
{
	if (lanes == 1)
		return one_sweep_rows;
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx2"))
		return wide_sweep_rows;
#endif
	return eight_sweep_rows;
}

struct half {
	const struct chain_rows *rows;
	void *memory;
	double *losses;  /* row by row, all lanes of one together */
	uint64_t *bits;  /* rows that causes reach, while they are looked for */
	uint32_t *list, n_list, *block_at; /* the same rows ascending, and where each block begins */
	double lacks[CHAIN_LANES];         /* the most that a row may miss of what its slots say */
	double bound[CHAIN_LANES];
	uint32_t sweeps[CHAIN_LANES];
};

struct chain_sweep {
	const struct chain_sweep_net *net;
	uint32_t lanes;
	sweep_rows_t *sweep_rows;
	struct half down, up;
	uint32_t *queue;
};

static void half_init(struct half *h, const struct chain_rows *rows, uint32_t lanes)
{
	uint32_t n = rows->flow.n;

	h->rows = rows;
	h->memory = zv_calloc((size_t)n * lanes * sizeof(double) + ALIGN, 1);
	h->losses = (double *)(((uintptr_t)h->memory + ALIGN - 1) / ALIGN * ALIGN);
	h->bits = zv_calloc((size_t)n / BITS + 1, sizeof(*h->bits));
	h->list = zv_calloc((size_t)n + 1, sizeof(*h->list));
	h->block_at = zv_calloc((size_t)rows->n_blocks + 1, sizeof(*h->block_at));
}

static void half_done(struct half *h)
{
	free(h->block_at);
	free(h->list);
	free(h->bits);
	free(h->memory);
}

struct chain_sweep *chain_sweep_new(const struct chain_sweep_net *net, uint32_t lanes)
{
	struct chain_sweep *s = zv_calloc(1, sizeof(*s));

	s->net = net;
	s->lanes = lanes <= 1 ? 1 : CHAIN_LANES;
	s->sweep_rows = widest(s->lanes);
	half_init(&s->down, &net->down, s->lanes);
	half_init(&s->up, &net->up, s->lanes);
	s->queue = zv_calloc((size_t)net->net->n + 1, sizeof(*s->queue));
	return s;
}

void chain_sweep_free(struct chain_sweep *sweep)
{
	if (sweep == NULL)
		return;
	half_done(&sweep->up);
	half_done(&sweep->down);
	free(sweep->queue);
	free(sweep);
}

/* --- what is reached ------------------------------------------------------------------------------------------------------------------------- */

static bool reach(uint64_t *bits, uint32_t row)
{
	bool was = bits[row / BITS] >> row % BITS & 1;

	bits[row / BITS] |= 1ull << row % BITS;
	return !was;
}

/* A core row stands for all that it reaches. */
static void reach_all(struct half *h, uint32_t *queue, uint32_t n_queue)
{
	const struct chain_rows *rows = h->rows;
	bool core = false;

	for (uint32_t i = 0; i < n_queue; i++) {
		uint32_t firm = rows->order[queue[i]];

		core = core || rows->is_core[queue[i]];
		for (uint32_t l = rows->flow.start[firm]; !rows->is_core[queue[i]] && l < rows->flow.start[firm + 1]; l++) {
			uint32_t r = rows->place[chain_flow_to(&rows->flow, l)];

			if (reach(h->bits, r))
				queue[n_queue++] = r;
		}
	}
	for (uint32_t w = 0; core && w <= rows->flow.n / BITS; w++)
		h->bits[w] |= rows->reached[w];
}

static void make_list(struct half *h)
{
	const struct chain_rows *rows = h->rows;
	uint32_t block = 0;

	for (uint32_t w = 0; w <= rows->flow.n / BITS; w++) {
		for (uint64_t bits = h->bits[w]; bits != 0; bits &= bits - 1) {
			uint32_t row = w * BITS + (uint32_t)__builtin_ctzll(bits);

			while (rows->block_start[block] <= row && block < rows->n_blocks)
				h->block_at[block++] = h->n_list;
			h->list[h->n_list++] = row;
		}
		h->bits[w] = 0;
	}
	while (block <= rows->n_blocks)
		h->block_at[block++] = h->n_list;
}

static void begin(struct chain_sweep *s, struct half *h, const struct chain_lane *lanes, uint32_t n)
{
	uint32_t n_queue = 0;

	for (uint32_t i = 0; i < h->n_list; i++)
		memset(h->losses + (size_t)h->list[i] * s->lanes, 0, s->lanes * sizeof(double));
	h->n_list = 0;
	for (uint32_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < lanes[k].n; i++) {
			uint32_t r = h->rows->place[lanes[k].shocks[i].firm];

			h->losses[(size_t)r * s->lanes + k] = h == &s->up ? lanes[k].shocks[i].up : lanes[k].shocks[i].down;
			if (reach(h->bits, r))
				s->queue[n_queue++] = r;
		}
	}
	reach_all(h, s->queue, n_queue);
	make_list(h);
}

/* --- sweeps ---------------------------------------------------------------------------------------------------------------------------------- */

/* Lanes of one block on their way. Each goes by its own figures, so that what it gets does not depend on the others. */
struct going {
	int64_t open[CHAIN_LANES];   /* -1, or 0: left alone */
	double change[CHAIN_LANES];  /* the largest of the last sweep */
	double moved[CHAIN_LANES];   /* the sum of these */
};

static bool any_open(const struct going *going)
{
	bool any = false;

	for (uint32_t k = 0; k < CHAIN_LANES; k++)
		any = any || going->open[k] != 0;
	return any;
}

/* The stiff rows of a block in the open lanes, until they change by no more than enough[lane]. */
static void sweep_stiff(const struct chain_sweep *s, const struct half *h, uint32_t block, struct going *going, const double *enough, uint32_t limit)
{
	const struct chain_rows *rows = h->rows;
	uint32_t from = rows->stiff_start[block], to = rows->stiff_start[block + 1];

	memset(going->moved, 0, sizeof(going->moved));
	for (uint32_t i = 0; i < limit && any_open(going); i++) {
		memset(going->change, 0, sizeof(going->change));
		s->sweep_rows(rows, h->losses, rows->stiff, from, to, going->open, going->change);
		for (uint32_t k = 0; k < CHAIN_LANES; k++) {
			going->moved[k] += going->change[k];
			going->open[k] = going->change[k] > enough[k] ? going->open[k] : 0;
		}
	}
}

/*
 * One sweep of a loop in the open lanes, and of its stiff rows after it: until they are quite still once the sweep changed little, else nearly. lacks[lane]: what a row
 * that is not stiff may miss of what changed after its turn; INFINITY while stiff rows miss anything.
 */
static void sweep_loop(const struct chain_sweep *s, const struct half *h, uint32_t block, const struct going *going, double still, double *lacks)
{
	static const double nothing[CHAIN_LANES];
	double change[CHAIN_LANES] = {0}, enough[CHAIN_LANES];
	struct going first = *going, last = *going;

	s->sweep_rows(h->rows, h->losses, h->list, h->block_at[block], h->block_at[block + 1], going->open, change);
	for (uint32_t k = 0; k < CHAIN_LANES; k++) {
		bool near = change[k] * h->rows->most <= still;

		enough[k] = STIFF_PART * change[k];
		first.open[k] = near ? 0 : going->open[k];
		last.open[k] = near ? going->open[k] : 0;
		lacks[k] = near ? 0 : INFINITY;
	}
	sweep_stiff(s, h, block, &first, enough, STIFF_SWEEPS);
	sweep_stiff(s, h, block, &last, nothing, STIFF_LAST);
	for (uint32_t k = 0; k < CHAIN_LANES; k++)
		lacks[k] += last.open[k] != 0 ? INFINITY : (change[k] + last.moved[k]) * h->rows->most;
}

static uint32_t sweeps_max(uint32_t n)
{
	uint32_t sweeps = SWEEPS_FIRMS / (n + 1);

	return sweeps < SWEEPS_MIN ? SWEEPS_MIN : sweeps > SWEEPS_MAX ? SWEEPS_MAX : sweeps;
}

static void settle_block(const struct chain_sweep *s, struct half *h, uint32_t block, uint32_t n, double still)
{
	uint32_t limit = h->rows->is_loop[block] ? sweeps_max(h->rows->flow.n) : 1;
	struct going going = {0};

	for (uint32_t k = 0; k < n; k++)
		going.open[k] = -1;
	for (uint32_t i = 1; i <= limit && any_open(&going); i++) {
		double lacks[CHAIN_LANES] = {0};

		if (h->rows->is_loop[block])
			sweep_loop(s, h, block, &going, still, lacks);
		else
			s->sweep_rows(h->rows, h->losses, h->list, h->block_at[block], h->block_at[block + 1], going.open, going.change);
		for (uint32_t k = 0; k < n; k++) {
			if (going.open[k] == 0)
				continue;
			h->sweeps[k] = i > h->sweeps[k] ? i : h->sweeps[k];
			if (lacks[k] > still && i < limit)
				continue;
			h->lacks[k] = fmax(h->lacks[k], lacks[k]);
			going.open[k] = 0;
		}
	}
}

/* Without a finite figure what is reached may be lost altogether; but a row that no sweep changes lacks nothing. */
static double bound_of(const struct half *h, uint32_t lanes, uint32_t lane)
{
	double sum = 0;

	if (h->rows->lifted < INFINITY && h->lacks[lane] < INFINITY)
		return (h->lacks[lane] + ZV_CHAIN_STILL) * h->rows->lifted;
	if (h->lacks[lane] <= 0)
		return 0;
	for (uint32_t i = 0; i < h->n_list; i++) {
		double loss = h->losses[(size_t)h->list[i] * lanes + lane];

		sum += loss > 0 ? h->rows->weight[h->list[i]] * (1 - loss) : 0; /* the others were reached in another lane */
	}
	return sum;
}

/* of_index: how far the weighted sum of this side may be off; of_each: any one loss. */
static void settle(const struct chain_sweep *s, struct half *h, uint32_t n, double of_index, double of_each)
{
	double still = fmin(of_index / h->rows->lifted, of_each / h->rows->lift);

	memset(h->lacks, 0, sizeof(h->lacks));
	memset(h->sweeps, 0, sizeof(h->sweeps));
	for (uint32_t b = 0; b < h->rows->n_blocks; b++)
		if (h->block_at[b] < h->block_at[b + 1])
			settle_block(s, h, b, n, still);
	for (uint32_t k = 0; k < n; k++)
		h->bound[k] = bound_of(h, s->lanes, k) + ROUNDING;
}

/* --- a run ---------------------------------------------------------------------------------------------------------------------------------- */

static void sum_up(struct chain_swept *out, const struct chain_sweep *s, uint32_t n)
{
	const struct half *down = &s->down, *up = &s->up;

	for (uint32_t i = 0; i < down->n_list; i++) {
		uint32_t r = down->list[i];
		const double *x = down->losses + (size_t)r * s->lanes, *y = up->losses + (size_t)up->rows->place[down->rows->order[r]] * s->lanes;

		for (uint32_t k = 0; k < n; k++) {
			out[k].down += down->rows->weight[r] * x[k];
			out[k].index += down->rows->weight[r] * fmax(0, x[k] - y[k]);
		}
	}
	for (uint32_t i = 0; i < up->n_list; i++)
		for (uint32_t k = 0; k < n; k++)
			out[k].up += up->rows->weight[up->list[i]] * up->losses[(size_t)up->list[i] * s->lanes + k];
	for (uint32_t k = 0; k < n; k++)
		out[k].index += out[k].up;
}

void chain_sweep_run(struct chain_swept *out, struct chain_sweep *sweep, const struct chain_lane *lanes, uint32_t n, const struct chain_sweep_options *options)
{
	struct half *down = &sweep->down, *up = &sweep->up;
	bool down_only = options->down_only;
	double of_index = down_only ? options->enough : options->enough / 2, of_each = options->each ? options->enough : INFINITY;

	begin(sweep, down, lanes, n);
	begin(sweep, up, lanes, down_only ? 0 : n);
	settle(sweep, down, n, of_index, of_each);
	settle(sweep, up, down_only ? 0 : n, of_index, of_each);
	memset(out, 0, n * sizeof(*out));
	sum_up(out, sweep, n);
	for (uint32_t k = 0; k < n; k++) {
		out[k].bound = down->bound[k] + (down_only ? 0 : up->bound[k]);
		out[k].sweeps = down_only || down->sweeps[k] > up->sweeps[k] ? down->sweeps[k] : up->sweeps[k];
	}
}

const uint32_t *chain_sweep_reached(uint32_t *n, const struct chain_sweep *sweep, bool up)
{
	const struct half *h = up ? &sweep->up : &sweep->down;

	*n = h->n_list;
	return h->list;
}

double chain_sweep_loss(const struct chain_sweep *sweep, bool up, uint32_t row, uint32_t lane)
{
	return (up ? &sweep->up : &sweep->down)->losses[(size_t)row * sweep->lanes + lane];
}

double chain_sweep_slot(const struct chain_sweep *sweep, uint32_t slot, uint32_t lane)
{
	const struct chain_rows *rows = sweep->down.rows;
	double sum = 0;

	for (uint32_t l = rows->link_start[slot]; l < rows->link_start[slot + 1]; l++)
		sum += rows->part[l] * chain_sweep_loss(sweep, false, rows->source[l], lane);
	return sum;
}
