/* The generator of the chain engine's benchmarks. */
#include "chain_instance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"

enum {
	SECTORS_MIN = 20,
	SECTORS_MAX = 600, /* one for every 100 firms between the two */
	FIRMS_A_SECTOR = 100,
	RECIPE = 5,        /* input sectors of a sector */
	ESSENTIAL = 1,     /* of them; two more are non-essential, the others negligible */
	NON_ESSENTIAL = 2,
	DEGREE_MAX = 1000,
};

static double share(struct zv_rng *rng)
{
	return (double)(zv_rng_next(rng) >> 11) * 0x1p-53;
}

struct world {
	struct zv_rng rng;
	uint32_t n, sectors;
	uint32_t recipe[SECTORS_MAX][RECIPE];
	uint32_t *start, *members; /* of sectors */
	double *sums;              /* of sizes within a sector, one after another */
	double *size;
	uint32_t *sector;
};

/* Zipf: the firm of rank r has the size n / r; ranks fall on firms by chance. */
static void sizes(struct world *w)
{
	for (uint32_t i = 0; i < w->n; i++)
		w->size[i] = (double)w->n / (i + 1);
	for (uint32_t i = w->n; i > 1; i--) {
		uint32_t k = (uint32_t)zv_rng_below(&w->rng, i);
		double size = w->size[k];

		w->size[k] = w->size[i - 1];
		w->size[i - 1] = size;
	}
}

/* Every sector has a firm at least; the inputs of its recipe are other sectors, each once. */
static void sectors(struct world *w)
{
	for (uint32_t i = 0; i < w->n; i++)
		w->sector[i] = i < w->sectors ? i : (uint32_t)zv_rng_below(&w->rng, w->sectors);
	for (uint32_t s = 0; s < w->sectors; s++) {
		for (uint32_t k = 0; k < RECIPE; k++) {
			uint32_t input, same;

			do {
				input = (uint32_t)zv_rng_below(&w->rng, w->sectors);
				for (same = 0; same < k && w->recipe[s][same] != input; same++)
					;
			} while (same < k);
			w->recipe[s][k] = input;
		}
	}
	for (uint32_t i = 0; i < w->n; i++)
		w->start[w->sector[i] + 2]++;
	for (uint32_t s = 0; s < w->sectors; s++)
		w->start[s + 2] += w->start[s + 1];
	for (uint32_t i = 0; i < w->n; i++)
		w->members[w->start[w->sector[i] + 1]++] = i;
	for (uint32_t s = 0; s < w->sectors; s++) {
		double sum = 0;

		for (uint32_t i = w->start[s]; i < w->start[s + 1]; i++)
			w->sums[i] = sum += w->size[w->members[i]];
	}
}

/* One of the sector, the larger the likelier. */
static uint32_t supplier(struct world *w, uint32_t sector)
{
	uint32_t low = w->start[sector], high = w->start[sector + 1] - 1;
	double at = share(&w->rng) * w->sums[high];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (w->sums[middle] > at)
			high = middle;
		else
			low = middle + 1;
	}
	return w->members[low];
}

/* Pareto with exponent 2 from 5 on: mean 10. */
static uint32_t degree(struct world *w)
{
	double d = 5 / sqrt(1 - share(&w->rng));

	return d < DEGREE_MAX ? (uint32_t)(d + 0.5) : DEGREE_MAX;
}

static void links(struct chain_instance *out, struct world *w)
{
	size_t cap = (size_t)w->n * 12 + 1024, n = 0;
	uint32_t *from = zv_reallocarray(NULL, cap, sizeof(*from)), *to = zv_reallocarray(NULL, cap, sizeof(*to));
	double *amount = zv_reallocarray(NULL, cap, sizeof(*amount));

	for (uint32_t i = 0; i < w->n; i++) {
		uint32_t d = degree(w);

		for (uint32_t k = 0; k < d && n < cap; k++) {
			from[n] = supplier(w, w->recipe[w->sector[i]][zv_rng_below(&w->rng, RECIPE)]);
			to[n] = i;
			amount[n] = w->size[i] / d * (0.5 + share(&w->rng));
			n += from[n] != i;
		}
	}
	out->input.n_links = (uint32_t)n;
	out->input.supplier = from;
	out->input.buyer = to;
	out->input.amount = amount;
}

static void types(struct chain_instance *out, const struct world *w)
{
	struct zv_chain_type *list = zv_calloc((size_t)w->sectors * RECIPE, sizeof(*list));
	uint32_t n = 0;

	for (uint32_t s = 0; s < w->sectors; s++)
		for (uint32_t k = 0; k < ESSENTIAL + NON_ESSENTIAL; k++)
			list[n++] = (struct zv_chain_type){w->recipe[s][k], s, k < ESSENTIAL ? ZV_CHAIN_ESSENTIAL : ZV_CHAIN_NON_ESSENTIAL};
	out->input.types = list;
	out->input.n_types = n;
}

/* A firm sells to households and abroad as well: as much as its size. */
static void revenues(struct chain_instance *out, const struct world *w)
{
	double *revenue = zv_calloc(w->n, sizeof(*revenue));

	memcpy(revenue, w->size, w->n * sizeof(*revenue));
	for (uint32_t l = 0; l < out->input.n_links; l++)
		revenue[out->input.supplier[l]] += out->input.amount[l];
	out->input.revenue = revenue;
}

void chain_instance_make(struct chain_instance *out, uint64_t seed, uint32_t n_firms)
{
	struct world *w = zv_calloc(1, sizeof(*w));

	*out = (struct chain_instance){0};
	zv_rng_init(&w->rng, seed);
	w->n = n_firms;
	w->sectors = n_firms / FIRMS_A_SECTOR < SECTORS_MIN ? SECTORS_MIN : n_firms / FIRMS_A_SECTOR > SECTORS_MAX ? SECTORS_MAX : n_firms / FIRMS_A_SECTOR;
	w->start = zv_calloc((size_t)w->sectors + 2, sizeof(*w->start));
	w->members = zv_calloc(n_firms, sizeof(*w->members));
	w->sums = zv_calloc(n_firms, sizeof(*w->sums));
	w->size = zv_calloc(n_firms, sizeof(*w->size));
	w->sector = zv_calloc(n_firms, sizeof(*w->sector));
	sizes(w);
	sectors(w);
	links(out, w);
	types(out, w);
	revenues(out, w);
	out->size = w->size;
	out->input.sector = w->sector;
	out->input.n_firms = n_firms;
	out->input.n_sectors = w->sectors;
	free(w->sums);
	free(w->members);
	free(w->start);
	free(w);
}

void chain_instance_done(struct chain_instance *instance)
{
	const struct zv_chain_input *in = &instance->input;
	const void *const arrays[] = {in->sector, in->supplier, in->buyer, in->amount, in->types, in->revenue, instance->size};

	for (size_t i = 0; i < ZV_LEN(arrays); i++)
		free((void *)(uintptr_t)arrays[i]);
	*instance = (struct chain_instance){0};
}
