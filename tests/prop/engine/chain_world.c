/* The formulas of the table in docs/design/chain-engine.md word for word, dense and slow. */
#include "chain_world.h"

#include <math.h>
#include <string.h>

double chain_world_share(struct zv_rng *rng)
{
	return (double)(zv_rng_next(rng) >> 11) * 0x1p-53;
}

static void make_types(struct chain_world *w, struct zv_rng *rng)
{
	uint32_t n = 0;

	for (uint32_t in = 0; in < w->in.n_sectors; in++)
		for (uint32_t out = 0; out < w->in.n_sectors; out++)
			if (zv_rng_below(rng, 5) > 0)
				w->types[n++] = (struct zv_chain_type){in, out, (uint8_t)zv_rng_below(rng, 3)};
	w->in.n_types = n;
}

void chain_world_make(struct chain_world *world, struct zv_rng *rng, bool substitution)
{
	struct chain_world *w = world;

	memset(w, 0, sizeof(*w));
	w->in = (struct zv_chain_input){.n_firms = 2 + (uint32_t)zv_rng_below(rng, WORLD_FIRMS - 1), .n_sectors = 1 + (uint32_t)zv_rng_below(rng, WORLD_SECTORS), .sector = w->sector,
					.supplier = w->supplier, .buyer = w->buyer, .amount = w->amount, .types = w->types, .substitution = substitution};
	w->in.n_links = (uint32_t)zv_rng_below(rng, WORLD_LINKS + 1);
	for (uint32_t i = 0; i < w->in.n_firms; i++) {
		w->sector[i] = (uint32_t)zv_rng_below(rng, w->in.n_sectors);
		w->weights[i] = (double)zv_rng_below(rng, 4);
		w->revenue[i] = zv_rng_below(rng, 3) == 0 ? NAN : 1 + (double)zv_rng_below(rng, 60);
		w->costs[i] = zv_rng_below(rng, 3) == 0 ? NAN : 1 + (double)zv_rng_below(rng, 60);
	}
	for (uint32_t l = 0; l < w->in.n_links; l++) {
		w->supplier[l] = (uint32_t)zv_rng_below(rng, w->in.n_firms);
		w->buyer[l] = (uint32_t)zv_rng_below(rng, w->in.n_firms);
		w->amount[l] = zv_rng_below(rng, 8) == 0 ? 0 : zv_rng_below(rng, 2) == 0 ? (double)zv_rng_range(rng, 1, 9) : chain_world_share(rng) + 0.01;
	}
	make_types(w, rng);
	w->in.revenue = zv_rng_below(rng, 3) == 0 ? w->revenue : NULL;
	w->in.costs = zv_rng_below(rng, 3) == 0 ? w->costs : NULL;
	w->in.weights = zv_rng_below(rng, 3) == 0 ? w->weights : NULL;
	for (uint64_t k = 1 + zv_rng_below(rng, 3); k > 0; k--) {
		uint32_t firm = (uint32_t)zv_rng_below(rng, w->in.n_firms);
		bool whole = zv_rng_below(rng, 2) == 0;

		w->psi_down[firm] = whole ? 1 : chain_world_share(rng);
		w->psi_up[firm] = whole ? 1 : chain_world_share(rng);
	}
}

/* --- plain rounds ------------------------------------------------------------------------------------------------------------------------- */

struct dense {
	uint32_t n;
	double w[WORLD_FIRMS][WORLD_FIRMS], l[WORLD_FIRMS][WORLD_FIRMS], u[WORLD_FIRMS][WORLD_FIRMS], s[WORLD_FIRMS];
	int type[WORLD_SECTORS][WORLD_SECTORS];
	const struct chain_world *world;
};

static void fill(struct dense *d, const struct chain_world *world)
{
	const struct zv_chain_input *in = &world->in;

	*d = (struct dense){.n = in->n_firms, .world = world};
	for (uint32_t l = 0; l < in->n_links; l++)
		d->w[in->supplier[l]][in->buyer[l]] += in->amount[l];
	for (uint32_t t = 0; t < in->n_types; t++)
		d->type[in->types[t].in][in->types[t].out] = in->types[t].kind;
	for (uint32_t i = 0; i < d->n; i++)
		for (uint32_t j = 0; j < d->n; j++)
			d->s[i] += d->w[i][j];
}

static void coefficients(struct dense *d)
{
	const struct zv_chain_input *in = &d->world->in;

	for (uint32_t j = 0; j < d->n; j++) {
		double all = 0;

		for (uint32_t i = 0; i < d->n; i++)
			all += d->w[i][j];
		for (uint32_t i = 0; i < d->n; i++) {
			int type = d->type[in->sector[i]][in->sector[j]];
			double same = 0;

			for (uint32_t l = 0; l < d->n; l++)
				same += in->sector[l] == in->sector[i] ? d->w[l][j] : 0;
			if (d->w[i][j] > 0 && type > 0)
				d->l[i][j] = d->w[i][j] / (type == 2 ? same : all);
			if (in->costs != NULL && !isnan(in->costs[j]))
				d->l[i][j] *= all / in->costs[j];
			if (d->w[i][j] > 0)
				d->u[i][j] = d->w[i][j] / (in->revenue != NULL && !isnan(in->revenue[i]) ? in->revenue[i] : d->s[i]);
		}
	}
}

static double sigma(const struct dense *d, const double *h, uint32_t i)
{
	const struct zv_chain_input *in = &d->world->in;
	double left = 0;
	bool empty = true;

	if (!in->substitution)
		return 1;
	for (uint32_t l = 0; l < d->n; l++) {
		left += in->sector[l] == in->sector[i] ? d->s[l] * h[l] : 0;
		empty = empty && (in->sector[l] != in->sector[i] || d->s[l] * h[l] < 1e-13);
	}
	return empty ? 1 : fmin(1, d->s[i] / left);
}

static double down_of(const struct dense *d, const double *h, const double *felt, uint32_t j)
{
	const struct zv_chain_input *in = &d->world->in;
	double least = 1 - d->world->psi_down[j], others = 0;

	(void)h;
	for (uint32_t k = 0; k < in->n_sectors; k++) {
		double lost = 0;

		for (uint32_t i = 0; i < d->n; i++)
			lost += in->sector[i] == k ? d->l[i][j] * felt[i] : 0;
		if (d->type[k][in->sector[j]] == 2)
			least = fmin(least, 1 - lost);
		if (d->type[k][in->sector[j]] == 1)
			others += lost;
	}
	return fmax(0, fmin(least, 1 - others));
}

static double up_of(const struct dense *d, const double *h, uint32_t i)
{
	double lost = 0;

	for (uint32_t j = 0; j < d->n; j++)
		lost += d->u[i][j] * (1 - h[j]);
	return fmax(0, fmin(1 - d->world->psi_up[i], 1 - lost));
}

static double step(struct dense *d, double *down, double *up)
{
	double felt[WORLD_FIRMS], next_down[WORLD_FIRMS], next_up[WORLD_FIRMS], change = 0;

	for (uint32_t i = 0; i < d->n; i++)
		felt[i] = sigma(d, down, i) * (1 - down[i]);
	for (uint32_t i = 0; i < d->n; i++) {
		next_down[i] = down_of(d, down, felt, i);
		next_up[i] = up_of(d, up, i);
		change = fmax(change, fmax(down[i] - next_down[i], up[i] - next_up[i]));
	}
	memcpy(down, next_down, d->n * sizeof(*down));
	memcpy(up, next_up, d->n * sizeof(*up));
	return change;
}

void chain_plain_run(struct chain_plain *out, const struct chain_world *world, double eps, uint32_t limit)
{
	static struct dense d;
	double down[WORLD_FIRMS], up[WORLD_FIRMS], sum = 0;

	fill(&d, world);
	coefficients(&d);
	*out = (struct chain_plain){0};
	for (uint32_t i = 0; i < d.n; i++) {
		down[i] = 1 - world->psi_down[i];
		up[i] = 1 - world->psi_up[i];
	}
	do
		out->rounds++;
	while (step(&d, down, up) > eps && out->rounds < limit);
	for (uint32_t i = 0; i < d.n; i++) {
		double weight = world->in.weights != NULL ? world->in.weights[i] : d.s[i];

		sum += weight;
		out->down[i] = 1 - down[i];
		out->up[i] = 1 - up[i];
		out->index += weight * (1 - fmin(down[i], up[i]));
		out->index_down += weight * out->down[i];
		out->index_up += weight * out->up[i];
	}
	out->index = sum > 0 ? out->index / sum : 0;
	out->index_down = sum > 0 ? out->index_down / sum : 0;
	out->index_up = sum > 0 ? out->index_up / sum : 0;
}
