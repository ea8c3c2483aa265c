/* A solver's answer in whole quanta: rounded, mended, and looked at in integers. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/part.h"

struct mending {
	const struct plan_kernel_part *part;
	int32_t *tier;
	int64_t *flow;
	int64_t *order;   /* [slot] with what is signed */
	int64_t *covered; /* [need] */
	uint32_t *group;  /* [slot] the first slot of the same hours; ZV_PLAN_NONE: none */
	zv_i128 *spare;   /* [slot] of the first: hours left x quanta of a unit */
	uint8_t *stays;   /* [slot] has signed flows */
};

static const struct zv_plan_offer *offer_of(const struct plan_kernel_part *part, uint32_t slot)
{
	return &part->problem->offers[part->slots[slot].offer];
}

static const struct zv_plan_need *need_of(const struct plan_kernel_part *part, uint32_t need)
{
	return &part->problem->needs[part->needs[need]];
}

static uint32_t hours_group(const struct plan_kernel_part *part, uint32_t slot)
{
	if (part->left_uh == NULL || part->left_uh[slot] == INT64_MAX || offer_of(part, slot)->resource == ZV_PLAN_NONE)
		return ZV_PLAN_NONE;
	for (uint32_t other = 0; other < slot; other++)
		if (part->left_uh[other] != INT64_MAX && offer_of(part, other)->resource == offer_of(part, slot)->resource &&
		    part->slots[other].period == part->slots[slot].period)
			return other;
	return slot;
}

static void open_mending(struct mending *m, const struct plan_kernel_part *part, int32_t *tier, int64_t *flow)
{
	*m = (struct mending){.part = part, .tier = tier, .flow = flow};
	m->order = zv_calloc((size_t)part->n_slots + 1, sizeof(*m->order));
	m->covered = zv_calloc((size_t)part->n_needs + 1, sizeof(*m->covered));
	m->group = zv_calloc((size_t)part->n_slots + 1, sizeof(*m->group));
	m->spare = zv_calloc((size_t)part->n_slots + 1, sizeof(*m->spare));
	m->stays = zv_calloc((size_t)part->n_slots + 1, 1);
	for (uint32_t slot = 0; slot < part->n_slots; slot++) {
		m->group[slot] = hours_group(part, slot);
		if (m->group[slot] == slot)
			m->spare[slot] = (zv_i128)part->left_uh[slot] * ZV_PLAN_UNIT;
	}
	for (uint32_t i = 0; i < part->n_kept; i++)
		m->stays[part->kept[i].slot] = 1;
}

static void close_mending(struct mending *m)
{
	free(m->order);
	free(m->covered);
	free(m->group);
	free(m->spare);
	free(m->stays);
}

static void count_order(struct mending *m, uint32_t slot, int64_t qty)
{
	m->order[slot] += qty;
	if (m->group[slot] != ZV_PLAN_NONE)
		m->spare[m->group[slot]] -= (zv_i128)offer_of(m->part, slot)->hours_uh * qty;
}

/* Sums from the flows as they stand. */
static void count_all(struct mending *m)
{
	const struct plan_kernel_part *part = m->part;

	for (uint32_t i = 0; i < part->n_kept; i++)
		count_order(m, part->kept[i].slot, part->kept[i].qty);
	for (uint32_t slot = 0; slot < part->n_slots; slot++)
		if (m->tier[slot] >= 0 && m->group[slot] != ZV_PLAN_NONE)
			m->spare[m->group[slot]] -= (zv_i128)offer_of(part, slot)->setup_uh * ZV_PLAN_UNIT;
	for (uint32_t a = 0; a < part->n_arcs; a++) {
		count_order(m, part->arcs[a].slot, m->flow[a]);
		m->covered[part->arcs[a].need] += m->flow[a];
	}
}

static void change(struct mending *m, uint32_t arc, int64_t by)
{
	m->flow[arc] += by;
	m->covered[m->part->arcs[arc].need] += by;
	count_order(m, m->part->arcs[arc].slot, by);
}

static struct plan_part_tier tier_of(const struct mending *m, uint32_t slot)
{
	return plan_part_tier(m->part->problem, m->part->slots[slot].offer, (uint32_t)m->tier[slot]);
}

zv_i128 plan_part_money(const struct plan_kernel_part *part, const int32_t *tier, const int64_t *flow)
{
	zv_i128 sum = 0;

	for (uint32_t slot = 0; slot < part->n_slots; slot++)
		if (tier[slot] >= 0)
			sum += plan_part_tier(part->problem, part->slots[slot].offer, (uint32_t)tier[slot]).fixed;
	for (uint32_t i = 0; i < part->n_kept; i++)
		if (tier[part->kept[i].slot] >= 0)
			sum += (zv_i128)part->kept[i].cost[tier[part->kept[i].slot]] * part->kept[i].qty;
	for (uint32_t i = 0; i < part->n_needs; i++)
		sum += (zv_i128)need_of(part, i)->penalty * part->left[i];
	for (uint32_t a = 0; a < part->n_arcs; a++)
		if (flow[a] > 0)
			sum += ((zv_i128)part->arcs[a].cost[tier[part->arcs[a].slot]] - need_of(part, part->arcs[a].need)->penalty) * flow[a];
	return sum;
}

static bool flows_hold(const struct plan_kernel_part *part, const int32_t *tier, const int64_t *flow)
{
	for (uint32_t a = 0; a < part->n_arcs; a++) {
		const struct zv_plan_need *need = need_of(part, part->arcs[a].need);
		int32_t s = tier[part->arcs[a].slot];

		if (flow[a] == 0)
			continue;
		if (flow[a] < 0 || s < 0 || part->arcs[a].cost[s] == INT64_MAX || flow[a] < plan_part_parcel(part, a))
			return false;
		if (need->single && flow[a] != part->left[part->arcs[a].need])
			return false;
	}
	return true;
}

/* By how many quanta a maker is above its share, rounded up; at most 0: it is not. */
static zv_i128 above_share(const struct plan_kernel_part *part, const struct plan_kernel_share *share, const int64_t *flow)
{
	zv_i128 over = -share->room;

	for (uint32_t a = 0; a < part->n_arcs; a++) {
		int in = flow[a] > 0 ? plan_part_shared(part, share, a) : 0;

		if (in > 0)
			over += ((in == 2 ? ZV_PLAN_UNIT : 0) - share->ppm) * (zv_i128)flow[a];
	}
	return over > 0 ? (over + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT : 0;
}

bool plan_part_holds(const struct plan_kernel_part *part, const int32_t *tier, const int64_t *flow)
{
	struct mending m;
	bool holds = flows_hold(part, tier, flow);

	open_mending(&m, part, (int32_t *)(uintptr_t)tier, (int64_t *)(uintptr_t)flow);
	count_all(&m);
	for (uint32_t slot = 0; slot < part->n_slots && holds; slot++) {
		if (tier[slot] < 0)
			holds = m.order[slot] == 0 && !m.stays[slot];
		else
			holds = m.order[slot] >= tier_of(&m, slot).b && m.order[slot] <= tier_of(&m, slot).top;
		if (m.group[slot] == slot)
			holds = holds && m.spare[slot] >= 0;
	}
	for (uint32_t i = 0; i < part->n_needs && holds; i++)
		holds = m.covered[i] <= part->left[i];
	for (uint32_t k = 0; k < part->n_shares && holds; k++)
		holds = above_share(part, &part->shares[k], flow) == 0;
	for (uint32_t i = 0; i < part->n_kept && holds; i++)
		holds = part->kept[i].cost[tier[part->kept[i].slot]] != INT64_MAX;
	close_mending(&m);
	return holds;
}

/* --- reading the columns ------------------------------------------------------------------------------------------------------ */

static void read_tiers(struct mending *m, const struct plan_rows *rows, const double *x)
{
	for (uint32_t slot = 0; slot < m->part->n_slots; slot++) {
		double best = m->stays[slot] ? -1 : 0.5;

		m->tier[slot] = -1;
		for (int32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
			int col = rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + (size_t)s];

			if (col >= 0 && x[col] > best) {
				best = x[col];
				m->tier[slot] = s;
			}
		}
	}
}

static int64_t whole_flow(const struct plan_kernel_part *part, uint32_t arc, double share)
{
	int64_t left = part->left[part->arcs[arc].need];
	int64_t parcel = plan_part_parcel(part, arc), flow;

	if (!(share > 0))
		return 0;
	if (need_of(part, part->arcs[arc].need)->single)
		return share > 0.5 ? left : 0;
	flow = share >= 1 ? left : (int64_t)llround(share * (double)left);
	if (flow > left)
		flow = left;
	if (flow < parcel)
		flow = 2 * flow >= parcel ? parcel : 0;
	return flow > left ? 0 : flow;
}

static void read_flows(struct mending *m, const struct plan_rows *rows, const double *x)
{
	for (uint32_t a = 0; a < m->part->n_arcs; a++)
		m->flow[a] = 0;
	for (int c = 0; c < rows->n_cols; c++) {
		const struct plan_col *col = &rows->cols[c];

		if (col->kind == PLAN_COL_SHARE && m->tier[m->part->arcs[col->of].slot] == (int32_t)col->tier)
			m->flow[col->of] = whole_flow(m->part, col->of, x[c]);
	}
}

/* --- mending ------------------------------------------------------------------------------------------------------------------ */

/* By how much an arc may fall at once: all of it, or down to its smallest parcel. */
static int64_t may_fall(const struct mending *m, uint32_t arc, int64_t wanted)
{
	int64_t parcel = plan_part_parcel(m->part, arc);

	if (m->flow[arc] == 0 || need_of(m->part, m->part->arcs[arc].need)->single)
		return 0;
	if (wanted >= m->flow[arc])
		return m->flow[arc];
	return m->flow[arc] - wanted >= parcel ? wanted : m->flow[arc] - parcel;
}

static int64_t may_rise(const struct mending *m, uint32_t arc, int64_t wanted)
{
	const struct plan_kernel_part *part = m->part;
	uint32_t slot = part->arcs[arc].slot;
	const struct zv_plan_need *need = need_of(part, part->arcs[arc].need);
	int64_t room;

	if (m->tier[slot] < 0 || need->single || part->arcs[arc].cost[m->tier[slot]] == INT64_MAX)
		return 0;
	room = tier_of(m, slot).top - m->order[slot];
	if (room < wanted)
		wanted = room;
	if (m->group[slot] != ZV_PLAN_NONE && offer_of(part, slot)->hours_uh > 0) {
		zv_i128 spare = m->spare[m->group[slot]] / offer_of(part, slot)->hours_uh;

		if (spare < wanted)
			wanted = spare > 0 ? (int64_t)spare : 0;
	}
	return wanted > 0 && m->flow[arc] + wanted >= plan_part_parcel(part, arc) ? wanted : 0;
}

static void lower_needs(struct mending *m)
{
	for (uint32_t a = m->part->n_arcs; a-- > 0;) {
		int64_t over = m->covered[m->part->arcs[a].need] - m->part->left[m->part->arcs[a].need];

		if (over > 0)
			change(m, a, -may_fall(m, a, over));
	}
}

static void lower_orders(struct mending *m)
{
	for (uint32_t a = m->part->n_arcs; a-- > 0;) {
		uint32_t slot = m->part->arcs[a].slot;
		int64_t over;

		if (m->tier[slot] < 0)
			continue;
		over = m->order[slot] - tier_of(m, slot).top;
		if (m->group[slot] != ZV_PLAN_NONE && m->spare[m->group[slot]] < 0 && offer_of(m->part, slot)->hours_uh > 0) {
			zv_i128 hours = (-m->spare[m->group[slot]] + offer_of(m->part, slot)->hours_uh - 1) / offer_of(m->part, slot)->hours_uh;
			int64_t above = m->order[slot] - tier_of(m, slot).b;

			if (hours > above)
				hours = above;
			if (hours > over)
				over = (int64_t)hours;
		}
		if (over > 0)
			change(m, a, -may_fall(m, a, over));
	}
}

/* What a need lacks goes to the cheapest order that has room. */
static void fill_needs(struct mending *m)
{
	const struct plan_kernel_part *part = m->part;
	uint32_t *best = zv_reallocarray(NULL, (size_t)part->n_needs + 1, sizeof(*best));

	for (uint32_t i = 0; i < part->n_needs; i++)
		best[i] = ZV_PLAN_NONE;
	for (uint32_t a = 0; a < part->n_arcs; a++) {
		uint32_t i = part->arcs[a].need;
		int64_t cost;

		if (m->covered[i] >= part->left[i] || may_rise(m, a, part->left[i] - m->covered[i]) <= 0)
			continue;
		cost = part->arcs[a].cost[m->tier[part->arcs[a].slot]];
		if (cost < need_of(part, i)->penalty &&
		    (best[i] == ZV_PLAN_NONE || cost < part->arcs[best[i]].cost[m->tier[part->arcs[best[i]].slot]]))
			best[i] = a;
	}
	for (uint32_t i = 0; i < part->n_needs; i++)
		if (best[i] != ZV_PLAN_NONE)
			change(m, best[i], may_rise(m, best[i], part->left[i] - m->covered[i]));
	free(best);
}

/* An order below its start: from what is not covered, then from orders that have more than they must. */
static void raise_order(struct mending *m, uint32_t slot)
{
	const struct plan_kernel_part *part = m->part;
	int64_t b = tier_of(m, slot).b;

	for (uint32_t a = 0; a < part->n_arcs && m->order[slot] < b; a++) {
		uint32_t i = part->arcs[a].need;
		int64_t lack = b - m->order[slot];

		if (part->arcs[a].slot != slot)
			continue;
		if (part->left[i] > m->covered[i])
			change(m, a, may_rise(m, a, lack < part->left[i] - m->covered[i] ? lack : part->left[i] - m->covered[i]));
		for (uint32_t from = 0; from < part->n_arcs && m->order[slot] < b; from++) {
			uint32_t other = part->arcs[from].slot;
			int64_t move = b - m->order[slot], above;

			if (part->arcs[from].need != i || other == slot || m->tier[other] < 0)
				continue;
			above = m->order[other] - tier_of(m, other).b;
			move = may_fall(m, from, move < above ? move : above);
			if (move <= 0 || may_rise(m, a, move) < move)
				continue;
			change(m, from, -move);
			change(m, a, move);
		}
	}
}

static void close_empty(struct mending *m)
{
	for (uint32_t slot = 0; slot < m->part->n_slots; slot++)
		if (m->tier[slot] >= 0 && m->order[slot] == 0 && !m->stays[slot]) {
			m->tier[slot] = -1;
			if (m->group[slot] != ZV_PLAN_NONE)
				m->spare[m->group[slot]] += (zv_i128)offer_of(m->part, slot)->setup_uh * ZV_PLAN_UNIT;
		}
}

/* Makers above their shares give up the dearest that they may; what is covered falls with it, so a few times. */
static void lower_shares(struct mending *m)
{
	const struct plan_kernel_part *part = m->part;
	bool again = true;

	for (int round = 0; round < 20 && again; round++) {
		again = false;
		for (uint32_t k = 0; k < part->n_shares; k++) {
			zv_i128 over = above_share(part, &part->shares[k], m->flow);

			for (uint32_t a = part->n_arcs; a-- > 0 && over > 0;) {
				uint32_t slot = part->arcs[a].slot;
				int64_t spare, fall;

				if (plan_part_shared(part, &part->shares[k], a) != 2 || m->tier[slot] < 0)
					continue;
				spare = m->order[slot] - tier_of(m, slot).b;
				fall = may_fall(m, a, over < spare ? (int64_t)over : spare);
				if (fall > spare || fall <= 0)
					continue;
				change(m, a, -fall);
				over -= fall;
				again = true;
			}
		}
	}
}

bool plan_part_round(int32_t *tier, int64_t *flow, const struct plan_kernel_part *part, const struct plan_rows *rows, const double *x)
{
	struct mending m;

	open_mending(&m, part, tier, flow);
	read_tiers(&m, rows, x);
	read_flows(&m, rows, x);
	count_all(&m);
	close_empty(&m);
	lower_needs(&m);
	lower_orders(&m);
	fill_needs(&m);
	for (uint32_t slot = 0; slot < part->n_slots; slot++)
		if (m.tier[slot] >= 0 && m.order[slot] < tier_of(&m, slot).b)
			raise_order(&m, slot);
	lower_shares(&m);
	close_mending(&m);
	return plan_part_holds(part, tier, flow);
}
