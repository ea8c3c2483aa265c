/* Lays out both sides of a network for sweeps. */
#include "engine/chain/sweep_net.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/chain/sweep_lift.h"

enum { BITS = 64 };
#define AS_LARGE (1 - 1e-9) /* slots of a firm whose sums of parts are equal but for rounding */

/* Of each slot: whether no other slot of its firm can lose more. Such inputs bind when all of a sector lose alike. */
static uint8_t *heavy_slots(const struct zv_chain_network *net)
{
	double *sums = zv_calloc((size_t)net->n_slots + 1, sizeof(*sums));
	uint8_t *heavy = zv_calloc((size_t)net->n_slots + 1, 1);

	for (uint32_t l = 0; l < net->down_start[net->n]; l++)
		sums[net->down_slot[l]] += net->down_part[l];
	for (uint32_t f = 0; f < net->n; f++) {
		double most = 0;

		for (uint32_t s = net->slot_start[f]; s < net->slot_start[f + 1]; s++)
			most = sums[s] > most ? sums[s] : most;
		for (uint32_t s = net->slot_start[f]; s < net->slot_start[f + 1]; s++)
			heavy[s] = sums[s] >= most * AS_LARGE;
	}
	free(sums);
	return heavy;
}

/* --- rows ---------------------------------------------------------------------------------------------------------------------------------- */

/* Rows of slots: those of the network downstream, one a firm upstream. at: of each target of the flow, its slot here. */
static uint32_t *place_slots(struct chain_rows *rows, const struct zv_chain_network *net)
{
	uint32_t n_slots = rows->flow.firm != NULL ? net->n_slots : net->n, n = 0;
	uint32_t *at = zv_calloc((size_t)n_slots + 1, sizeof(*at));

	rows->slot_start = zv_calloc((size_t)net->n + 1, sizeof(*rows->slot_start));
	for (uint32_t r = 0; r < net->n; r++) {
		uint32_t firm = rows->order[r];

		rows->slot_start[r] = n;
		if (rows->flow.firm == NULL)
			at[firm] = n++;
		for (uint32_t s = net->slot_start[firm]; rows->flow.firm != NULL && s < net->slot_start[firm + 1]; s++)
			at[s] = n++;
	}
	rows->slot_start[net->n] = n;
	rows->link_start = zv_calloc((size_t)n + 3, sizeof(*rows->link_start));
	return at;
}

/* Links into each slot by row of the source, so that a sum is always made in the same order. */
static void fill(struct chain_rows *rows, const struct zv_chain_network *net, const double *part)
{
	const struct chain_flow *flow = &rows->flow;
	uint32_t *at = place_slots(rows, net), n_links = flow->start[net->n], n_slots = rows->slot_start[net->n];

	rows->source = zv_calloc((size_t)n_links + 1, sizeof(*rows->source));
	rows->part = zv_calloc((size_t)n_links + 1, sizeof(*rows->part));
	for (uint32_t l = 0; l < n_links; l++)
		rows->link_start[at[flow->target[l]] + 2]++;
	for (uint32_t s = 0; s < n_slots; s++)
		rows->link_start[s + 2] += rows->link_start[s + 1];
	for (uint32_t r = 0; r < net->n; r++) {
		uint32_t firm = rows->order[r];

		for (uint32_t l = flow->start[firm]; l < flow->start[firm + 1]; l++) {
			uint32_t to = rows->link_start[at[flow->target[l]] + 1]++;

			rows->source[to] = r;
			rows->part[to] = part[l];
		}
	}
	free(at);
}

static void find_most(struct chain_rows *rows, uint32_t n)
{
	for (uint32_t s = 0; s < rows->slot_start[n]; s++) {
		double sum = 0;

		for (uint32_t l = rows->link_start[s]; l < rows->link_start[s + 1]; l++)
			sum += rows->part[l];
		rows->most = sum > rows->most ? sum : rows->most;
	}
}

static bool feeds_itself(const struct chain_rows *rows, uint32_t row)
{
	for (uint32_t l = rows->link_start[rows->slot_start[row]]; l < rows->link_start[rows->slot_start[row + 1]]; l++)
		if (rows->source[l] == row)
			return true;
	return false;
}

/* Neighbouring components of one row each, which one sweep settles, are a block together. */
static void make_blocks(struct chain_rows *rows, const struct chain_sweep_order *order)
{
	uint32_t n = 0;

	rows->block_start = zv_calloc((size_t)order->n_blocks + 1, sizeof(*rows->block_start));
	rows->is_loop = zv_calloc((size_t)order->n_blocks + 1, 1);
	for (uint32_t b = 0; b < order->n_blocks; b++) {
		uint32_t first = order->block_start[b];
		bool loop = order->block_start[b + 1] - first > 1 || feeds_itself(rows, first);

		if (n > 0 && !loop && !rows->is_loop[n - 1])
			continue;
		rows->block_start[n] = first;
		rows->is_loop[n++] = loop;
	}
	rows->block_start[n] = order->block_start[order->n_blocks];
	rows->n_blocks = n;
}

/* --- core ---------------------------------------------------------------------------------------------------------------------------------- */

static bool has_bit(const uint64_t *bits, uint32_t row)
{
	return bits[row / BITS] >> row % BITS & 1;
}

/* The largest block and all that it reaches: most causes come to it, and then need not be followed link by link. */
static void find_core(struct chain_rows *rows, uint32_t n)
{
	uint32_t *list = zv_calloc((size_t)n + 1, sizeof(*list)), n_list = 0, best = 0;

	rows->is_core = zv_calloc((size_t)n + 1, 1);
	rows->reached = zv_calloc((size_t)n / BITS + 1, sizeof(*rows->reached));
	for (uint32_t b = 0; b < rows->n_blocks; b++)
		if (rows->is_loop[b] && (!rows->is_loop[best] || rows->block_start[b + 1] - rows->block_start[b] > rows->block_start[best + 1] - rows->block_start[best]))
			best = b;
	for (uint32_t r = rows->n_blocks > 0 ? rows->block_start[best] : 0; rows->n_blocks > 0 && rows->is_loop[best] && r < rows->block_start[best + 1]; r++) {
		rows->is_core[r] = 1;
		rows->reached[r / BITS] |= 1ull << r % BITS;
		list[n_list++] = r;
	}
	for (uint32_t i = 0; i < n_list; i++) {
		uint32_t firm = rows->order[list[i]];

		for (uint32_t l = rows->flow.start[firm]; l < rows->flow.start[firm + 1]; l++) {
			uint32_t r = rows->place[chain_flow_to(&rows->flow, l)];

			if (!has_bit(rows->reached, r))
				list[n_list++] = r;
			rows->reached[r / BITS] |= 1ull << r % BITS;
		}
	}
	free(list);
}

static void rows_make(struct chain_rows *rows, const struct zv_chain_network *net, const double *part)
{
	struct chain_sweep_order order;

	chain_sweep_order_make(&order, &rows->flow);
	rows->order = order.order;
	rows->place = order.place;
	fill(rows, net, part);
	rows->weight = zv_calloc((size_t)net->n + 1, sizeof(*rows->weight));
	for (uint32_t r = 0; r < net->n; r++)
		rows->weight[r] = net->weight[rows->order[r]];
	find_most(rows, net->n);
	make_blocks(rows, &order);
	find_core(rows, net->n);
	chain_sweep_find_stiff(rows);
	chain_sweep_find_lift(rows, net->n);
	free(order.block_start);
}

static void rows_done(struct chain_rows *rows)
{
	free(rows->reached);
	free(rows->is_core);
	free(rows->stiff_start);
	free(rows->stiff);
	free(rows->is_loop);
	free(rows->block_start);
	free(rows->weight);
	free(rows->part);
	free(rows->source);
	free(rows->link_start);
	free(rows->slot_start);
	free(rows->place);
	free(rows->order);
}

void chain_sweep_net_make(struct chain_sweep_net *out, const struct zv_chain_network *network)
{
	*out = (struct chain_sweep_net){.net = network, .heavy = heavy_slots(network)};
	out->down.flow = (struct chain_flow){network->n, network->down_start, network->down_slot, network->slot_firm, out->heavy};
	out->up.flow = (struct chain_flow){network->n, network->up_start, network->up_supplier, NULL, NULL};
	rows_make(&out->down, network, network->down_part);
	rows_make(&out->up, network, network->up_part);
}

void chain_sweep_net_done(struct chain_sweep_net *sweep_net)
{
	rows_done(&sweep_net->up);
	rows_done(&sweep_net->down);
	free(sweep_net->heavy);
}
