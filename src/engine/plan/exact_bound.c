/*
 * Lagrangian bound of a part in integers: needs pay their price, hours cost theirs, and each order takes the best it may. All roundings lower it.
 *
 * sum price x left (nodes: x taken) - sum hours_price x left_uh - sum share_price x room + sum over slots of min over its options of (fixed + set-up + what its quantity and its inputs cost beyond the needs' prices).
 */
#include "engine/plan/exact_bound.h"

#include <stdlib.h>

#include "base/mem.h"

/* An arc at a tier: what a unit costs beyond the need's price, and how much it may and must take. */
struct offered {
	zv_i128 cost;
	int64_t least, most;
};

struct bounding {
	const struct plan_kernel_part *part;
	const struct plan_rows *rows;
	const struct plan_exact_prices *prices;
	const uint8_t *lower, *upper;
	struct offered *offered; /* of the slot at hand */
	zv_i128 *shared;         /* [n_arcs] what the shares' prices add to the cost of a unit, rounded down; NULL: there are no shares */
};

static int by_cost(const void *a, const void *b)
{
	const struct offered *x = a, *y = b;

	return x->cost < y->cost ? -1 : x->cost > y->cost;
}

static zv_i128 floor_div(zv_i128 a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Share column `c` as an offer of quantity; false: it may take nothing. */
static bool offer_of(struct offered *out, const struct bounding *b, int c, zv_i128 hours_cost)
{
	const struct plan_col *col = &b->rows->cols[c];
	const struct plan_kernel_arc *arc = &b->part->arcs[col->of];
	int64_t left = b->part->left[arc->need];
	int64_t top = plan_part_tier(b->part->problem, b->part->slots[arc->slot].offer, col->tier).top;
	bool parcel = c + 1 < b->rows->n_cols && b->rows->cols[c + 1].kind == PLAN_COL_USED && b->rows->cols[c + 1].of == col->of;

	out->cost = (zv_i128)arc->cost[col->tier] + hours_cost - b->prices->need[arc->need] + (b->shared != NULL ? b->shared[col->of] : 0);
	out->least = 0;
	out->most = left < top ? left : top;
	if (col->whole && b->lower[c] > 0)
		out->least = left;
	if (parcel && b->lower[c + 1] > 0)
		out->least = plan_part_parcel(b->part, col->of);
	return !(col->whole && b->upper[c] == 0) && !(parcel && b->upper[c + 1] == 0);
}

/* The cheapest quantity from..to out of what is offered. */
static zv_i128 fill(struct offered *offered, size_t n, int64_t from, int64_t to)
{
	zv_i128 cost = 0;
	int64_t taken = 0;

	for (size_t i = 0; i < n; i++) {
		taken += offered[i].least;
		cost += offered[i].cost * offered[i].least;
		offered[i].most -= offered[i].least;
	}
	if (taken > to)
		return PLAN_NO_PLAN;
	qsort(offered, n, sizeof(*offered), by_cost);
	for (size_t i = 0; i < n; i++) {
		int64_t room = (offered[i].cost < 0 ? to : from) - taken;
		int64_t more = offered[i].most < room ? offered[i].most : room;

		if (room <= 0)
			break;
		taken += more;
		cost += offered[i].cost * more;
	}
	return taken < from ? PLAN_NO_PLAN : cost;
}

/* What the inputs of a unit cost at the prices of their nodes, rounded down. */
static zv_i128 inputs_cost(const struct bounding *b, uint32_t slot)
{
	zv_i128 sum = 0;

	for (uint32_t i = b->part->node != NULL ? b->part->input_start[slot] : 0; b->part->node != NULL && i < b->part->input_start[slot + 1]; i++)
		sum += (zv_i128)b->prices->need[b->part->inputs[i].need] * b->part->inputs[i].ppm;
	sum = floor_div(sum, ZV_PLAN_UNIT);
	return sum < PLAN_EXACT_PRICE_MAX ? sum : PLAN_EXACT_PRICE_MAX;
}

/* `first` .. `end`: share columns of the slot. */
static zv_i128 tier_bound(struct bounding *b, uint32_t slot, uint32_t s, int first, int end)
{
	const struct plan_kernel_part *part = b->part;
	const struct zv_plan_offer *offer = &part->problem->offers[part->slots[slot].offer];
	struct plan_part_tier tier = plan_part_tier(part->problem, part->slots[slot].offer, s);
	zv_i128 hours = floor_div((zv_i128)b->prices->hours[slot] * offer->hours_uh, ZV_PLAN_UNIT);
	zv_i128 fixed = tier.fixed + (zv_i128)b->prices->hours[slot] * offer->setup_uh, filled;
	int64_t kept = 0;
	size_t n = 0;

	if (hours > PLAN_EXACT_PRICE_MAX)
		hours = PLAN_EXACT_PRICE_MAX;
	hours += inputs_cost(b, slot);
	for (uint32_t i = 0; i < part->n_kept; i++)
		if (part->kept[i].slot == slot) {
			kept += part->kept[i].qty;
			fixed += ((zv_i128)part->kept[i].cost[s] + hours) * part->kept[i].qty;
		}
	for (int c = first; c < end; c++)
		if (b->rows->cols[c].kind == PLAN_COL_SHARE && b->rows->cols[c].tier == s && offer_of(&b->offered[n], b, c, hours))
			n++;
	filled = fill(b->offered, n, tier.b > kept ? tier.b - kept : 0, tier.top - kept);
	return filled == PLAN_NO_PLAN ? PLAN_NO_PLAN : fixed + filled;
}

static zv_i128 slot_bound(struct bounding *b, uint32_t slot, int first, int end)
{
	zv_i128 best = PLAN_NO_PLAN;
	const int *open = &b->rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX];
	int must = -1;
	bool stays = false;

	for (uint32_t i = 0; i < b->part->n_kept; i++)
		stays = stays || b->part->kept[i].slot == slot;
	for (int s = 0; s < ZV_PLAN_TIERS_MAX; s++)
		if (open[s] >= 0 && b->lower[open[s]] > 0)
			must = s;
	/* An arc that must be served keeps its tier open. */
	for (int c = first; c < end; c++)
		if (b->rows->cols[c].kind != PLAN_COL_OPEN && b->rows->cols[c].whole && b->lower[c] > 0)
			must = (int)b->rows->cols[c].tier;
	if (must < 0 && !stays)
		best = 0;
	for (int s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
		zv_i128 one;

		if (open[s] < 0 || b->upper[open[s]] == 0 || (must >= 0 && must != s))
			continue;
		one = tier_bound(b, slot, (uint32_t)s, first, end);
		if (one < best)
			best = one;
	}
	return best;
}

static zv_i128 hours_worth(const struct plan_kernel_part *part, const struct plan_rows *rows, const struct plan_exact_prices *prices)
{
	zv_i128 sum = 0;

	for (uint32_t slot = 0; slot < part->n_slots; slot++) {
		bool first = rows->hours_row[slot] >= 0;

		for (uint32_t t = 0; t < slot && first; t++)
			first = rows->hours_row[t] != rows->hours_row[slot];
		if (first)
			sum += (zv_i128)prices->hours[slot] * part->left_uh[slot];
	}
	return sum;
}

/* The prices of the shares on the arcs; returns what the rooms are worth, rounded up. */
static zv_i128 shares_worth(zv_i128 *shared, const struct plan_kernel_part *part, const struct plan_exact_prices *prices)
{
	zv_i128 worth = 0;

	for (uint32_t k = 0; k < part->n_shares; k++)
		worth += prices->shares[k] * -floor_div(-part->shares[k].room, ZV_PLAN_UNIT);
	for (uint32_t a = 0; a < part->n_arcs; a++) {
		zv_i128 off = 0;

		shared[a] = 0;
		for (uint32_t k = 0; k < part->n_shares; k++) {
			int in = plan_part_shared(part, &part->shares[k], a);

			if (in == 2)
				shared[a] += prices->shares[k];
			if (in > 0)
				off -= (zv_i128)prices->shares[k] * part->shares[k].ppm;
		}
		shared[a] += floor_div(off, ZV_PLAN_UNIT);
	}
	return worth;
}

zv_i128 plan_exact_bound(const struct plan_kernel_part *part, const struct plan_rows *rows, const struct plan_exact_prices *prices, const uint8_t *lower,
			 const uint8_t *upper)
{
	struct bounding b = {part, rows, prices, lower, upper, zv_reallocarray(NULL, (size_t)rows->n_cols + 1, sizeof(*b.offered)), NULL};
	zv_i128 bound = -hours_worth(part, rows, prices);
	int c = 0;

	if (part->n_shares > 0) {
		b.shared = zv_reallocarray(NULL, (size_t)part->n_arcs + 1, sizeof(*b.shared));
		bound -= shares_worth(b.shared, part, prices);
	}
	for (uint32_t i = 0; i < part->n_needs; i++)
		bound += (zv_i128)prices->need[i] * (plan_part_node(part, i) ? part->taken[i] : part->left[i]);
	for (uint32_t slot = 0; slot < part->n_slots && bound < PLAN_NO_PLAN / 2; slot++) {
		int first, end;
		zv_i128 one;

		while (c < rows->n_cols && rows->cols[c].kind == PLAN_COL_OPEN && rows->cols[c].of == slot)
			c++;
		first = c;
		while (c < rows->n_cols && rows->cols[c].kind != PLAN_COL_OPEN && part->arcs[rows->cols[c].of].slot == slot)
			c++;
		end = c;
		one = slot_bound(&b, slot, first, end);
		bound = one == PLAN_NO_PLAN ? PLAN_NO_PLAN : bound + one;
	}
	free(b.offered);
	free(b.shared);
	return bound;
}
