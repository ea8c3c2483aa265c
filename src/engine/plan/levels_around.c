/* A plan of several levels, part by part: a few launches that serve, supply or compete with one another are solved together, everything else held. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/plan/exact.h"
#include "engine/plan/levels_inner.h"

enum { ARCS_MOST = 400, SLOTS_MOST = 30, MISSES = 20, NODES = 60, WORK_OF_PART = 600000, ROUNDS = 4 };

/* What all tries together may look at, in arcs. */
static const int64_t WORK = 60000000;

struct around {
	const struct plan_deep *deep;
	struct plan_deep_found *found;
	struct zv_rng rng;
	/* the plan at hand */
	int32_t *tier;
	int64_t *flow, *qty; /* [arcs], [slots] */
	uint32_t *arc_start, *arcs_of; /* by need */
	plan_supplies now;
	int32_t *new_tier;
	double *wish;
	/* the part */
	uint32_t stamp;
	uint32_t *slot_stamp, *need_stamp, *slot_at, *need_at;
	ZV_VEC(uint32_t) slots;
	ZV_VEC(uint32_t) needs;
	ZV_VEC(uint32_t) arcs; /* of all */
	ZV_VEC(struct plan_kernel_slot) part_slots;
	ZV_VEC(uint32_t) outer;
	ZV_VEC(int64_t) left;
	ZV_VEC(uint8_t) node;
	ZV_VEC(int64_t) taken;
	ZV_VEC(struct plan_kernel_arc) part_arcs;
	ZV_VEC(int64_t) left_uh;
	ZV_VEC(uint32_t) input_start;
	ZV_VEC(struct plan_kernel_input) inputs;
	ZV_VEC(struct plan_kernel_signed) kept;
	ZV_VEC(struct plan_kernel_share) shares;
	zv_i128 held; /* money of everything else */
	bool better;
};

/* --- which launches --------------------------------------------------------------------------------------------------------------------- */

static bool is_member(const struct around *a, uint32_t slot)
{
	return a->slot_stamp[slot] == a->stamp;
}

static void add_need(struct around *a, uint32_t need)
{
	if (a->need_stamp[need] == a->stamp)
		return;
	a->need_stamp[need] = a->stamp;
	zv_vec_push(&a->needs, need);
}

static int64_t lacking(const struct around *a, uint32_t need)
{
	const struct plan_deep *d = a->deep;
	int64_t left = d->node[need] ? 0 : d->part.left[need];

	for (uint32_t i = d->taker_start[need]; i < d->taker_start[need + 1]; i++)
		left += plan_input_qty(a->qty[d->taker_slot[d->takers[i]]], d->inputs[d->takers[i]].ppm);
	for (uint32_t i = a->arc_start[need]; i < a->arc_start[need + 1]; i++)
		left -= a->flow[a->arcs_of[i]];
	return left;
}

/* A launch with what it serves, what it could serve that lacks something, and what it is made of. */
static void add_slot(struct around *a, uint32_t slot)
{
	const struct plan_deep *d = a->deep;

	a->slot_stamp[slot] = a->stamp;
	zv_vec_push(&a->slots, slot);
	for (uint32_t arc = d->first_arc[slot]; arc < d->first_arc[slot + 1]; arc++)
		if (a->flow[arc] > 0 || lacking(a, d->part.arcs[arc].need) > 0)
			add_need(a, d->part.arcs[arc].need);
	for (uint32_t i = d->input_start[slot]; i < d->input_start[slot + 1]; i++)
		add_need(a, d->inputs[i].need);
}

/* Somebody at random who could serve a need of the part, or takes it when it is an input. */
static uint32_t next_slot(struct around *a)
{
	const struct plan_deep *d = a->deep;
	uint32_t need = a->needs.p[zv_rng_below(&a->rng, a->needs.n)];
	uint32_t makers = a->arc_start[need + 1] - a->arc_start[need], takers = d->taker_start[need + 1] - d->taker_start[need], pick;

	if (makers + takers == 0)
		return ZV_PLAN_NONE;
	pick = (uint32_t)zv_rng_below(&a->rng, makers + takers);
	pick = pick < makers ? d->part.arcs[a->arcs_of[a->arc_start[need] + pick]].slot : d->taker_slot[d->takers[d->taker_start[need] + pick - makers]];
	return is_member(a, pick) ? ZV_PLAN_NONE : pick;
}

static void choose_slots(struct around *a, uint32_t seed)
{
	const struct plan_deep *d = a->deep;
	uint32_t n_arcs = 0;

	a->stamp++;
	a->slots.n = a->needs.n = 0;
	add_slot(a, seed);
	for (int misses = 0; misses < MISSES && a->needs.n > 0 && a->slots.n < SLOTS_MOST && n_arcs < ARCS_MOST;) {
		uint32_t next = next_slot(a);

		if (next == ZV_PLAN_NONE) {
			misses++;
			continue;
		}
		add_slot(a, next);
		n_arcs = 0;
		for (size_t i = 0; i < a->slots.n; i++)
			for (uint32_t arc = d->first_arc[a->slots.p[i]]; arc < d->first_arc[a->slots.p[i] + 1]; arc++)
				n_arcs += a->need_stamp[d->part.arcs[arc].need] == a->stamp;
	}
}

/* --- the part ------------------------------------------------------------------------------------------------------------------------------ */

static void put_needs(struct around *a)
{
	const struct plan_deep *d = a->deep;

	for (size_t n = 0; n < a->needs.n; n++) {
		uint32_t need = a->needs.p[n];
		int64_t left = d->part.left[need], taken = 0;

		for (uint32_t i = a->arc_start[need]; i < a->arc_start[need + 1]; i++)
			if (!is_member(a, d->part.arcs[a->arcs_of[i]].slot))
				taken -= a->flow[a->arcs_of[i]];
		for (uint32_t i = d->taker_start[need]; i < d->taker_start[need + 1]; i++)
			if (!is_member(a, d->taker_slot[d->takers[i]]))
				taken += plan_input_qty(a->qty[d->taker_slot[d->takers[i]]], d->inputs[d->takers[i]].ppm);
		a->need_at[need] = (uint32_t)n;
		zv_vec_push(&a->outer, d->part.needs[need]);
		zv_vec_push(&a->node, d->node[need]);
		zv_vec_push(&a->taken, d->node[need] ? taken : 0);
		zv_vec_push(&a->left, d->node[need] ? left : left + taken);
	}
}

static int64_t hours_left(const struct around *a, uint32_t slot)
{
	const struct plan_deep *d = a->deep;
	zv_i128 left;

	if (d->group[slot] == ZV_PLAN_NONE)
		return INT64_MAX;
	left = (zv_i128)d->problem.capacity_uh[d->group[slot]] * ZV_PLAN_UNIT;
	for (uint32_t other = 0; other < d->part.n_slots; other++) {
		const struct zv_plan_offer *offer = &d->problem.offers[d->part.slots[other].offer];

		if (d->group[other] == d->group[slot] && a->tier[other] >= 0 && !is_member(a, other))
			left -= (zv_i128)offer->hours_uh * a->qty[other] + (zv_i128)offer->setup_uh * ZV_PLAN_UNIT;
	}
	return left > 0 ? (int64_t)(left / ZV_PLAN_UNIT) : 0;
}

static void put_slots(struct around *a)
{
	const struct plan_deep *d = a->deep;

	for (uint32_t n = 0; n < a->slots.n; n++) {
		uint32_t slot = a->slots.p[n];

		a->slot_at[slot] = n;
		zv_vec_push(&a->part_slots, d->part.slots[slot]);
		zv_vec_push(&a->left_uh, hours_left(a, slot));
		zv_vec_push(&a->input_start, (uint32_t)a->inputs.n);
		for (uint32_t i = d->input_start[slot]; i < d->input_start[slot + 1]; i++)
			zv_vec_push(&a->inputs, ((struct plan_kernel_input){a->need_at[d->inputs[i].need], d->inputs[i].ppm}));
		for (uint32_t arc = d->first_arc[slot]; arc < d->first_arc[slot + 1]; arc++) {
			struct plan_kernel_arc one = d->part.arcs[arc];

			if (a->need_stamp[one.need] != a->stamp)
				continue;
			one.slot = n;
			one.need = a->need_at[one.need];
			zv_vec_push(&a->part_arcs, one);
			zv_vec_push(&a->arcs, arc);
		}
		for (uint32_t k = 0; k < d->part.n_kept; k++) {
			struct plan_kernel_signed one = d->part.kept[k];

			if (one.slot != slot)
				continue;
			one.slot = n;
			one.need = a->need_stamp[one.need] == a->stamp ? a->need_at[one.need] : ZV_PLAN_NONE;
			zv_vec_push(&a->kept, one);
		}
	}
	zv_vec_push(&a->input_start, (uint32_t)a->inputs.n);
}

/* Shares with what all others have and cover. */
static void put_shares(struct around *a)
{
	const struct plan_deep *d = a->deep;

	for (uint32_t k = 0; k < d->part.n_shares; k++) {
		struct plan_kernel_share one = d->part.shares[k];

		for (uint32_t arc = 0; arc < d->part.n_arcs; arc++) {
			int in = a->flow[arc] > 0 && !is_member(a, d->part.arcs[arc].slot) ? plan_part_shared(&d->part, &one, arc) : 0;

			if (in > 0)
				one.room += (one.ppm - (in == 2 ? ZV_PLAN_UNIT : 0)) * (zv_i128)a->flow[arc];
		}
		zv_vec_push(&a->shares, one);
	}
}

/* What the part costs as it is, on the scale of its bound. */
static zv_i128 money_of(const struct around *a, const struct plan_kernel_part *part)
{
	zv_i128 sum = 0;

	for (uint32_t n = 0; n < part->n_slots; n++) {
		int32_t tier = a->tier[a->slots.p[n]];

		sum += tier >= 0 ? plan_part_tier(part->problem, part->slots[n].offer, (uint32_t)tier).fixed : 0;
		for (uint32_t i = part->input_start[n]; i < part->input_start[n + 1] && tier >= 0; i++)
			sum += (zv_i128)part->problem->needs[part->needs[part->inputs[i].need]].penalty * plan_input_qty(a->qty[a->slots.p[n]], part->inputs[i].ppm);
	}
	for (uint32_t k = 0; k < part->n_kept; k++)
		sum += (zv_i128)part->kept[k].cost[a->tier[a->slots.p[part->kept[k].slot]]] * part->kept[k].qty;
	for (uint32_t i = 0; i < part->n_needs; i++)
		sum += (zv_i128)part->problem->needs[part->needs[i]].penalty * (part->node[i] ? part->taken[i] : part->left[i]);
	for (uint32_t n = 0; n < part->n_arcs; n++)
		if (a->flow[a->arcs.p[n]] > 0)
			sum += ((zv_i128)part->arcs[n].cost[a->tier[a->slots.p[part->arcs[n].slot]]] - part->problem->needs[part->needs[part->arcs[n].need]].penalty) *
			       a->flow[a->arcs.p[n]];
	return sum;
}

static struct plan_kernel_part make_part(struct around *a)
{
	a->arcs.n = a->part_slots.n = a->outer.n = a->left.n = a->node.n = a->taken.n = a->part_arcs.n = a->left_uh.n = 0;
	a->input_start.n = a->inputs.n = a->kept.n = a->shares.n = 0;
	put_needs(a);
	put_slots(a);
	put_shares(a);
	return (struct plan_kernel_part){.problem = &a->deep->problem, .slots = a->part_slots.p, .n_slots = (uint32_t)a->part_slots.n, .needs = a->outer.p, .left = a->left.p,
					 .n_needs = (uint32_t)a->needs.n, .arcs = a->part_arcs.p, .n_arcs = (uint32_t)a->part_arcs.n, .left_uh = a->left_uh.p, .kept = a->kept.p,
					 .n_kept = (uint32_t)a->kept.n, .shares = a->shares.p, .n_shares = (uint32_t)a->shares.n, .node = a->node.p, .taken = a->taken.p,
					 .input_start = a->input_start.p, .inputs = a->inputs.p};
}

/* --- trying -------------------------------------------------------------------------------------------------------------------------------- */

/* The whole plan with the part as the columns say. */
static zv_i128 make(void *maker, const struct plan_rows *rows, const double *x)
{
	struct around *a = maker;
	const struct plan_deep *d = a->deep;
	zv_i128 money;

	memcpy(a->new_tier, a->tier, (size_t)d->part.n_slots * sizeof(*a->tier));
	for (uint32_t arc = 0; arc < d->part.n_arcs; arc++)
		a->wish[arc] = (double)a->flow[arc];
	for (size_t n = 0; n < a->slots.n; n++)
		a->new_tier[a->slots.p[n]] = plan_deep_tier(rows, x, (uint32_t)n, d->signed_qty[a->slots.p[n]] > 0);
	for (size_t n = 0; n < a->arcs.n; n++)
		a->wish[a->arcs.p[n]] = 0;
	for (int c = 0; c < rows->n_cols; c++) {
		const struct plan_col *col = &rows->cols[c];

		if (col->kind == PLAN_COL_SHARE && a->new_tier[a->slots.p[a->part_arcs.p[col->of].slot]] == (int32_t)col->tier)
			a->wish[a->arcs.p[col->of]] = x[c] * (double)a->left.p[a->part_arcs.p[col->of].need];
	}
	if (!plan_deep_make(&a->now, d, a->new_tier, a->wish))
		return PLAN_NO_PLAN;
	money = plan_deep_keep(a->found, d, &a->now);
	return money - a->held;
}

static void read_plan(struct around *a)
{
	const struct plan_deep *d = a->deep;

	plan_deep_read(a->tier, a->flow, d, &a->found->best);
	for (uint32_t slot = 0; slot < d->part.n_slots; slot++) {
		a->qty[slot] = d->signed_qty[slot];
		for (uint32_t arc = d->first_arc[slot]; arc < d->first_arc[slot + 1]; arc++)
			a->qty[slot] += a->flow[arc];
	}
}

static enum zv_code try_slot(struct around *a, uint32_t seed, const struct zv_plan_options *options, struct zv_err *err)
{
	struct plan_exact answer = {.work_max = WORK_OF_PART, .stop = options->stop, .context = options->context, .make = make, .maker = a};
	zv_i128 before = a->found->money;
	struct plan_kernel_part part;
	enum zv_code code;

	choose_slots(a, seed);
	if (a->needs.n == 0)
		return ZV_OK;
	part = make_part(a);
	answer.money = money_of(a, &part);
	a->held = a->found->money - answer.money;
	code = part.n_arcs > 0 ? plan_exact_solve(&answer, &part, NODES, err) : ZV_OK;
	if (a->found->money < before)
		read_plan(a);
	return code;
}

static void open_around(struct around *a, const struct plan_deep *deep, struct plan_deep_found *found)
{
	size_t slots = (size_t)deep->part.n_slots + 1, needs = (size_t)deep->part.n_needs + 1, arcs = (size_t)deep->part.n_arcs + 1;

	*a = (struct around){.deep = deep, .found = found};
	zv_rng_init(&a->rng, 5);
	a->tier = zv_calloc(slots, sizeof(*a->tier));
	a->new_tier = zv_calloc(slots, sizeof(*a->new_tier));
	a->qty = zv_calloc(slots, sizeof(*a->qty));
	a->slot_stamp = zv_calloc(slots, sizeof(*a->slot_stamp));
	a->slot_at = zv_calloc(slots, sizeof(*a->slot_at));
	a->need_stamp = zv_calloc(needs, sizeof(*a->need_stamp));
	a->need_at = zv_calloc(needs, sizeof(*a->need_at));
	a->flow = zv_calloc(arcs, sizeof(*a->flow));
	a->wish = zv_calloc(arcs, sizeof(*a->wish));
	a->arcs_of = zv_calloc(arcs, sizeof(*a->arcs_of));
	a->arc_start = zv_calloc(needs + 2, sizeof(*a->arc_start));
	for (uint32_t arc = 0; arc < deep->part.n_arcs; arc++)
		a->arc_start[deep->part.arcs[arc].need + 2]++;
	for (uint32_t i = 0; i < deep->part.n_needs; i++)
		a->arc_start[i + 2] += a->arc_start[i + 1];
	for (uint32_t arc = 0; arc < deep->part.n_arcs; arc++)
		a->arcs_of[a->arc_start[deep->part.arcs[arc].need + 1]++] = arc;
	read_plan(a);
}

static void close_around(struct around *a)
{
	void *all[] = {a->tier, a->new_tier, a->qty, a->slot_stamp, a->slot_at, a->need_stamp, a->need_at, a->flow, a->wish, a->arcs_of, a->arc_start};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		free(all[i]);
	zv_vec_done(&a->now);
	zv_vec_done(&a->slots);
	zv_vec_done(&a->needs);
	zv_vec_done(&a->arcs);
	zv_vec_done(&a->part_slots);
	zv_vec_done(&a->outer);
	zv_vec_done(&a->left);
	zv_vec_done(&a->node);
	zv_vec_done(&a->taken);
	zv_vec_done(&a->part_arcs);
	zv_vec_done(&a->left_uh);
	zv_vec_done(&a->input_start);
	zv_vec_done(&a->inputs);
	zv_vec_done(&a->kept);
	zv_vec_done(&a->shares);
}

enum zv_code plan_deep_improve(struct plan_deep_found *found, const struct plan_deep *deep, const struct zv_plan_options *options, struct zv_err *err)
{
	int64_t work = WORK, each = (int64_t)deep->part.n_arcs * 10 + 20000;
	enum zv_code code = ZV_OK;
	struct around a;

	open_around(&a, deep, found);
	for (int round = 0; round < ROUNDS && code == ZV_OK; round++) {
		zv_i128 before = found->money;

		for (uint32_t slot = 0; slot < deep->part.n_slots && code == ZV_OK && work > 0; slot++) {
			if (options->stop != NULL && options->stop(options->context))
				break;
			/* Launches that there are, and every other one that there could be. */
			if (a.tier[slot] < 0 && zv_rng_below(&a.rng, 2) == 0)
				continue;
			code = try_slot(&a, slot, options, err);
			work -= each;
		}
		if (found->money == before)
			break;
	}
	close_around(&a);
	return code;
}
