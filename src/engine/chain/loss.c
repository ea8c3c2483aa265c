/* One cause by rounds or by sweeps, and one way to read what came of it. */
#include "engine/chain/loss.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/chain/rounds.h"
#include "engine/chain/sweep.h"

#define AS_LARGE (1 - 1e-12) /* two slots that are equal but for rounding: the first */

struct zv_chain_work {
	const struct zv_chain_network *net;
	struct chain_rounds *rounds; /* NULL until needed */
	struct chain_sweep_net sweep_net;
	struct chain_sweep *sweep; /* NULL until needed */
	bool swept;                /* the last run was by sweeps */
	double *own;               /* shock of each firm downstream */
	uint32_t *shocked, n_shocked, *touched, n_touched;
};

struct zv_chain_work *zv_chain_work_new(const struct zv_chain_network *network)
{
	struct zv_chain_work *w = zv_calloc(1, sizeof(*w));

	w->net = network;
	w->own = zv_calloc((size_t)network->n + 1, sizeof(*w->own));
	w->shocked = zv_calloc((size_t)network->n + 1, sizeof(*w->shocked));
	w->touched = zv_calloc((size_t)network->n + 1, sizeof(*w->touched));
	return w;
}

void zv_chain_work_free(struct zv_chain_work *work)
{
	if (work == NULL)
		return;
	if (work->sweep != NULL)
		chain_sweep_net_done(&work->sweep_net);
	chain_sweep_free(work->sweep);
	chain_rounds_free(work->rounds);
	free(work->touched);
	free(work->shocked);
	free(work->own);
	free(work);
}

static void keep_shocks(struct zv_chain_work *w, const struct zv_chain_shock *shocks, uint32_t n)
{
	for (uint32_t i = 0; i < w->n_shocked; i++)
		w->own[w->shocked[i]] = 0;
	for (uint32_t i = 0; i < n; i++) {
		w->own[shocks[i].firm] = shocks[i].down;
		w->shocked[i] = shocks[i].firm;
	}
	w->n_shocked = n;
}

/* Downstream they are kept in a list; those that lost upstream alone are counted. */
static void find_touched(struct zv_chain_result *out, struct zv_chain_work *w)
{
	uint32_t n;
	const uint32_t *rows = chain_sweep_reached(&n, w->sweep, false);

	w->n_touched = 0;
	for (uint32_t i = 0; i < n; i++)
		if (chain_sweep_loss(w->sweep, false, rows[i], 0) > 0)
			w->touched[w->n_touched++] = w->sweep_net.down.order[rows[i]];
	out->n_touched = w->n_touched;
	rows = chain_sweep_reached(&n, w->sweep, true);
	for (uint32_t i = 0; i < n; i++)
		out->n_touched += chain_sweep_loss(w->sweep, true, rows[i], 0) > 0 && !(zv_chain_loss_down(w, w->sweep_net.up.order[rows[i]]) > 0);
}

static void by_sweeps(struct zv_chain_result *out, struct zv_chain_work *w, const struct zv_chain_shock *shocks, uint32_t n, const struct zv_chain_options *options)
{
	const struct chain_lane lane = {shocks, n};
	const struct chain_sweep_options o = {.enough = chain_sweep_enough(w->net, options->cut), .each = true, .down_only = options->down_only};
	struct chain_swept swept;

	if (w->sweep == NULL) {
		chain_sweep_net_make(&w->sweep_net, w->net);
		w->sweep = chain_sweep_new(&w->sweep_net, 1);
	}
	chain_sweep_run(&swept, w->sweep, &lane, 1, &o);
	*out = (struct zv_chain_result){.index = swept.index, .down = swept.down, .up = swept.up, .bound = swept.bound, .rounds = swept.sweeps};
	find_touched(out, w);
}

static enum zv_code by_rounds(struct zv_chain_result *out, struct zv_chain_work *w, const struct zv_chain_shock *shocks, uint32_t n, const struct zv_chain_options *options,
			      struct zv_err *err)
{
	double still = w->net->n_links > ZV_CHAIN_LARGE ? ZV_CHAIN_NEAR : ZV_CHAIN_STILL;
	const struct chain_rounds_options o = {.eps = options->eps > 0 ? options->eps : still, .small = options->eps > 0 ? 0 : still, .down_only = options->down_only};

	if (w->rounds == NULL)
		w->rounds = chain_rounds_new(w->net);
	return chain_rounds_run(out, w->rounds, shocks, n, &o, err);
}

enum zv_code zv_chain_loss(struct zv_chain_result *out, struct zv_chain_work *work, const struct zv_chain_shock *shocks, uint32_t n_shocks,
			   const struct zv_chain_options *options, struct zv_err *err)
{
	keep_shocks(work, shocks, n_shocks);
	work->swept = options->eps <= 0 && !work->net->substitution;
	if (!work->swept)
		return by_rounds(out, work, shocks, n_shocks, options, err);
	by_sweeps(out, work, shocks, n_shocks, options);
	return ZV_OK;
}

double zv_chain_loss_down(const struct zv_chain_work *work, uint32_t firm)
{
	return work->swept ? chain_sweep_loss(work->sweep, false, work->sweep_net.down.place[firm], 0) : chain_rounds_down(work->rounds, firm);
}

double zv_chain_loss_up(const struct zv_chain_work *work, uint32_t firm)
{
	return work->swept ? chain_sweep_loss(work->sweep, true, work->sweep_net.up.place[firm], 0) : chain_rounds_up(work->rounds, firm);
}

static double slot_sum(const struct zv_chain_work *w, uint32_t firm, uint32_t slot)
{
	const struct chain_rows *rows = &w->sweep_net.down;

	if (!w->swept)
		return chain_rounds_slot(w->rounds, slot);
	return chain_sweep_slot(w->sweep, rows->slot_start[rows->place[firm]] + slot - w->net->slot_start[firm], 0);
}

uint32_t zv_chain_loss_binds(const struct zv_chain_work *work, uint32_t firm)
{
	double loss = zv_chain_loss_down(work, firm);

	if (!(loss > work->own[firm]))
		return ZV_CHAIN_NONE;
	/* A loss by sweeps is never above its worst slot, so the last one needs no sum. */
	for (uint32_t s = work->net->slot_start[firm]; s < work->net->slot_start[firm + 1]; s++)
		if ((work->swept && s + 1 == work->net->slot_start[firm + 1]) || slot_sum(work, firm, s) >= loss * AS_LARGE)
			return s;
	return ZV_CHAIN_NONE;
}

const uint32_t *zv_chain_loss_touched(uint32_t *n, const struct zv_chain_work *work)
{
	if (!work->swept)
		return chain_rounds_touched(n, work->rounds);
	*n = work->n_touched;
	return work->touched;
}

double zv_chain_loss_felt(const struct zv_chain_work *work, uint32_t firm)
{
	return work->swept ? zv_chain_loss_down(work, firm) : chain_rounds_felt(work->rounds, firm);
}
