/* Rounds of losses over lists of changes. Both directions step together, as in the published index. */
#include "engine/chain/rounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { ROUNDS_MAX = 10000000, ASKED_MAX = 64 };
static const double BELOW = 1 - 1e-6; /* rounding to float may go up */

/* A sum of very many small steps, with what rounding takes off it: else a loop that gives back nearly all would live on its own rounding for ever. */
struct sum {
	double high, low;
};

/* A firm on one side, 64 bytes. `loss` is that after the last round, `was` that of the round before while it changes, `sent` what its partners have felt. */
struct node {
	double loss, own, sent, was;
	struct sum sum; /* up: of what its buyers lose */
	uint32_t round; /* in which it changed last */
	bool touched;
};

/* What one slot has lost, and whose it is. */
struct slot {
	struct sum sum;
	float below; /* no more than the loss of the firm: a sum below it changes nothing */
	uint32_t firm;
};

struct side {
	struct node *nodes;
	uint32_t *touched, n_touched;
	uint32_t *now, n_now;   /* changed in the last round, or with a changed market */
	uint32_t *next, n_next;
	double *delta; /* of `now` */
	double change; /* the largest of the last round */
	bool still;
};

/* Firms of a sector that have a loss, and how much of the sector's sales is lost: for replacement. */
struct market {
	double all, lost;
	uint32_t first; /* firm */
	uint32_t round;
};

struct chain_rounds {
	const struct zv_chain_network *net;
	struct side down, up;
	struct slot *slots;
	struct market *markets; /* NULL without substitution */
	uint32_t *beside;       /* the next firm with a loss in the same market */
	uint32_t round;
	double small;
};

static void side_init(struct side *s, uint32_t firms)
{
	*s = (struct side){0};
	s->nodes = zv_calloc((size_t)firms + 1, sizeof(*s->nodes));
	s->touched = zv_calloc((size_t)firms + 1, sizeof(*s->touched));
	s->now = zv_calloc((size_t)firms + 1, sizeof(*s->now));
	s->next = zv_calloc((size_t)firms + 1, sizeof(*s->next));
	s->delta = zv_calloc((size_t)firms + 1, sizeof(*s->delta));
}

static void side_done(struct side *s)
{
	free(s->delta);
	free(s->next);
	free(s->now);
	free(s->touched);
	free(s->nodes);
}

struct chain_rounds *chain_rounds_new(const struct zv_chain_network *network)
{
	struct chain_rounds *w = zv_calloc(1, sizeof(*w));

	w->net = network;
	side_init(&w->down, network->n);
	side_init(&w->up, network->n);
	w->slots = zv_calloc((size_t)network->n_slots + 1, sizeof(*w->slots));
	for (uint32_t i = 0; i < network->n_slots; i++)
		w->slots[i].firm = network->slot_firm[i];
	if (network->substitution) {
		w->markets = zv_calloc((size_t)network->n_sectors + 1, sizeof(*w->markets));
		w->beside = zv_calloc((size_t)network->n + 1, sizeof(*w->beside));
		for (uint32_t i = 0; i < network->n; i++)
			w->markets[network->sector[i]].all += network->size[i];
		for (uint32_t m = 0; m < network->n_sectors; m++)
			w->markets[m].first = ZV_CHAIN_NONE;
	}
	return w;
}

void chain_rounds_free(struct chain_rounds *work)
{
	if (work == NULL)
		return;
	free(work->slots);
	free(work->beside);
	free(work->markets);
	side_done(&work->up);
	side_done(&work->down);
	free(work);
}

/* Whatever a partner has felt is the loss of some firm, so the touched firms are all. */
static void clear(struct chain_rounds *w)
{
	const struct zv_chain_network *net = w->net;

	for (uint32_t i = 0; i < w->down.n_touched; i++) {
		uint32_t f = w->down.touched[i];

		if (w->markets != NULL) {
			w->markets[net->sector[f]].first = ZV_CHAIN_NONE;
			w->markets[net->sector[f]].lost = 0;
			w->markets[net->sector[f]].round = 0;
		}
		for (uint32_t slot = net->slot_start[f]; slot < net->slot_start[f + 1]; slot++)
			w->slots[slot] = (struct slot){.firm = f};
		w->down.nodes[f] = (struct node){0};
	}
	for (uint32_t i = 0; i < w->up.n_touched; i++)
		w->up.nodes[w->up.touched[i]] = (struct node){0};
	w->down.n_touched = w->down.n_next = w->down.n_now = 0;
	w->up.n_touched = w->up.n_next = w->up.n_now = 0;
	w->down.still = w->up.still = false;
	w->round = 0;
}

/* --- a round ------------------------------------------------------------------------------------------------------------------------------- */

/* Knuth's two-sum, then the low part is folded in. */
static inline double add(struct sum *sum, double x)
{
	double high = sum->high + x, part = high - sum->high;
	double low = sum->low + ((sum->high - (high - part)) + (x - part));

	sum->high = high + low;
	sum->low = low - (sum->high - high);
	return sum->high;
}

static inline void raise_loss(struct side *s, uint32_t firm, double loss, uint32_t round)
{
	struct node *node = &s->nodes[firm];

	if (loss > 1)
		loss = 1;
	if (!(loss > node->loss))
		return;
	if (node->round != round) {
		node->round = round;
		node->was = node->loss;
		s->next[s->n_next++] = firm;
	}
	if (!node->touched) {
		node->touched = true;
		s->touched[s->n_touched++] = firm;
	}
	node->loss = loss;
}

/* How far a lost supplier cannot be replaced: its share of what the market still sells. An empty market replaces nothing. */
static double irreplaceable(const struct chain_rounds *w, uint32_t firm)
{
	const struct market *m;
	double left;

	if (w->markets == NULL)
		return 1;
	m = &w->markets[w->net->sector[firm]];
	left = m->all - m->lost;
	/* What is left of a sum of shares after an empty market is only rounding. */
	return left <= m->all * 1e-15 || w->net->size[firm] >= left ? 1 : w->net->size[firm] / left;
}

/* The far ends of a row's links are asked for while the row before it is followed: nearly all of the time here is waiting for memory. */
static void ask_for_slots(const struct chain_rounds *w, uint32_t firm)
{
	uint32_t first = w->net->down_start[firm], end = w->net->down_start[firm + 1];

	for (uint32_t l = first; l < end && l < first + ASKED_MAX; l++)
		__builtin_prefetch(&w->slots[w->net->down_slot[l]], 1);
}

static void ask_for_suppliers(const struct chain_rounds *w, uint32_t firm)
{
	uint32_t first = w->net->up_start[firm], end = w->net->up_start[firm + 1];

	for (uint32_t l = first; l < end && l < first + ASKED_MAX; l++)
		__builtin_prefetch(&w->up.nodes[w->net->up_supplier[l]], 1);
}

static void push_down(struct chain_rounds *w)
{
	const struct zv_chain_network *net = w->net;
	struct side *s = &w->down;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < s->n_now; i++) {
		struct node *node = &s->nodes[s->now[i]];
		double felt = irreplaceable(w, s->now[i]) * node->loss;

		if (felt - node->sent <= w->small)
			continue;
		s->delta[kept] = felt - node->sent;
		s->now[kept++] = s->now[i];
		node->sent = felt;
	}
	for (uint32_t i = 0; i < kept; i++) {
		uint32_t end = net->down_start[s->now[i] + 1];

		if (i + 1 < kept)
			ask_for_slots(w, s->now[i + 1]);
		for (uint32_t l = net->down_start[s->now[i]]; l < end; l++) {
			struct slot *slot = &w->slots[net->down_slot[l]];
			double loss;

			loss = add(&slot->sum, net->down_part[l] * s->delta[i]);
			if (loss <= (double)slot->below)
				continue;
			raise_loss(s, slot->firm, loss, w->round);
			slot->below = (float)(s->nodes[slot->firm].loss * BELOW);
		}
	}
}

static void push_up(struct chain_rounds *w)
{
	const struct zv_chain_network *net = w->net;
	struct side *s = &w->up;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < s->n_now; i++) {
		struct node *node = &s->nodes[s->now[i]];

		if (node->loss - node->sent <= w->small)
			continue;
		s->delta[kept] = node->loss - node->sent;
		s->now[kept++] = s->now[i];
		node->sent = node->loss;
	}
	for (uint32_t i = 0; i < kept; i++) {
		uint32_t end = net->up_start[s->now[i] + 1];

		if (i + 1 < kept)
			ask_for_suppliers(w, s->now[i + 1]);
		for (uint32_t l = net->up_start[s->now[i]]; l < end; l++) {
			uint32_t supplier = net->up_supplier[l];

			raise_loss(s, supplier, add(&s->nodes[supplier].sum, net->up_part[l] * s->delta[i]), w->round);
		}
	}
}

/* The changed firms become those to be heard next, and with them all that have a loss in a market that changed. */
static void turn(struct side *s)
{
	uint32_t *swap = s->now;

	s->change = 0;
	for (uint32_t i = 0; i < s->n_next; i++) {
		const struct node *node = &s->nodes[s->next[i]];

		s->change = fmax(s->change, node->loss - node->was);
	}
	s->now = s->next;
	s->n_now = s->n_next;
	s->next = swap;
	s->n_next = 0;
}

static void widen_to_markets(struct chain_rounds *w)
{
	struct side *s = &w->down;
	uint32_t changed = s->n_now;

	for (uint32_t i = 0; i < changed; i++) {
		uint32_t f = s->now[i];
		struct market *m = &w->markets[w->net->sector[f]];

		m->lost += w->net->size[f] * (s->nodes[f].loss - s->nodes[f].was);
		if (s->nodes[f].was == 0) {
			w->beside[f] = m->first;
			m->first = f;
		}
	}
	for (uint32_t i = 0; i < changed; i++) {
		struct market *m = &w->markets[w->net->sector[s->now[i]]];

		if (m->round == w->round + 1)
			continue;
		m->round = w->round + 1;
		for (uint32_t f = m->first; f != ZV_CHAIN_NONE; f = w->beside[f])
			if (s->nodes[f].round != w->round)
				s->now[s->n_now++] = f;
	}
}

static void turn_both(struct chain_rounds *w)
{
	turn(&w->down);
	if (w->markets != NULL)
		widen_to_markets(w);
	turn(&w->up);
}

/* --- a run --------------------------------------------------------------------------------------------------------------------------------- */

static void start(struct chain_rounds *w, const struct zv_chain_shock *shocks, uint32_t n, bool down_only)
{
	w->round = 1;
	for (uint32_t i = 0; i < n; i++) {
		w->down.nodes[shocks[i].firm].own = shocks[i].down;
		raise_loss(&w->down, shocks[i].firm, shocks[i].down, w->round);
		if (down_only)
			continue;
		w->up.nodes[shocks[i].firm].own = shocks[i].up;
		raise_loss(&w->up, shocks[i].firm, shocks[i].up, w->round);
	}
	turn_both(w);
}

static void add_up(struct zv_chain_result *out, const struct chain_rounds *w)
{
	const double *weight = w->net->weight;
	uint32_t both = 0;

	for (uint32_t i = 0; i < w->down.n_touched; i++) {
		uint32_t f = w->down.touched[i];

		out->down += weight[f] * w->down.nodes[f].loss;
		out->index += weight[f] * fmax(w->down.nodes[f].loss, w->up.nodes[f].loss);
		both += w->up.nodes[f].touched;
	}
	for (uint32_t i = 0; i < w->up.n_touched; i++) {
		uint32_t f = w->up.touched[i];

		out->up += weight[f] * w->up.nodes[f].loss;
		if (!w->down.nodes[f].touched)
			out->index += weight[f] * w->up.nodes[f].loss;
	}
	out->n_touched = w->down.n_touched + w->up.n_touched - both;
}

enum zv_code chain_rounds_run(struct zv_chain_result *out, struct chain_rounds *work, const struct zv_chain_shock *shocks, uint32_t n_shocks,
			      const struct chain_rounds_options *options, struct zv_err *err)
{
	bool fixed = options->small > 0;
	double eps = options->eps;
	double change = 1;

	clear(work);
	*out = (struct zv_chain_result){.bound = NAN};
	work->small = options->small;
	start(work, shocks, n_shocks, options->down_only);
	while (change > eps) {
		if (out->rounds++ == ROUNDS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "rounds", N_("The losses still grow after %d rounds: give --eps."), ROUNDS_MAX);
		work->round++;
		/* Towards the fixed point a side that is still stays so; in the published rounds it goes on until both are. */
		if (!fixed || !work->down.still)
			push_down(work);
		if (!fixed || !work->up.still)
			push_up(work);
		turn_both(work);
		work->down.still = work->down.change <= eps;
		work->up.still = work->up.change <= eps;
		change = fmax(work->down.change, work->up.change);
	}
	add_up(out, work);
	return ZV_OK;
}

/* --- what came of it ------------------------------------------------------------------------------------------------------------------------ */

double chain_rounds_down(const struct chain_rounds *work, uint32_t firm)
{
	return work->down.nodes[firm].loss;
}

double chain_rounds_up(const struct chain_rounds *work, uint32_t firm)
{
	return work->up.nodes[firm].loss;
}

double chain_rounds_slot(const struct chain_rounds *work, uint32_t slot)
{
	return work->slots[slot].sum.high;
}

const uint32_t *chain_rounds_touched(uint32_t *n, const struct chain_rounds *work)
{
	*n = work->down.n_touched;
	return work->down.touched;
}

double chain_rounds_felt(const struct chain_rounds *work, uint32_t firm)
{
	return work->down.nodes[firm].sent;
}
