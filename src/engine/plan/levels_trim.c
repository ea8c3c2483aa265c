/* Makes what the sweeps decided possible: cuts orders to the inputs that they have, until nothing changes. Everything only falls, so it ends. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

struct trimming {
	const struct zv_plan_problem *problem;
	plan_supplies *supplies;
	plan_shorts *shorts;
	int32_t n_periods;
	int64_t *qty;       /* [offer x period] of orders */
	int64_t *allowed;   /* [offer x period] */
	uint32_t *why;      /* [offer x period] row that is short, or was */
	uint32_t *row_at;   /* [offers + 1] first of its rows, of all */
	uint32_t *bom_at;   /* [offers] first row in boms */
	int64_t *have;      /* [row x period] */
	uint32_t *cause;    /* [row x period] short that took the input away */
	uint32_t *by_order; /* supplies by order, dearest to lose last */
	bool changed, failed;
};

static size_t order_key(const struct trimming *t, uint32_t offer, int32_t period)
{
	return (size_t)offer * (size_t)t->n_periods + (size_t)period;
}

static size_t row_key(const struct trimming *t, uint32_t offer, int32_t period, uint32_t bom)
{
	return ((size_t)t->row_at[offer] + (bom - t->bom_at[offer])) * (size_t)t->n_periods + (size_t)period;
}

int64_t plan_supply_add(bool *fixed, const struct zv_plan_problem *problem, const struct plan_supply *supply)
{
	const struct zv_plan_maker *maker;
	struct zv_plan_problem one;
	struct zv_plan_need need;

	if (supply->need != ZV_PLAN_NONE)
		return zv_plan_freight(fixed, problem, supply->offer, supply->need);
	maker = &problem->makers[problem->offers[supply->to_offer].maker];
	need = (struct zv_plan_need){.product = problem->boms[supply->bom].input, .region = maker->region, .licensed = maker->licensed};
	one = *problem;
	one.needs = &need;
	one.n_needs = 1;
	return zv_plan_freight(fixed, &one, supply->offer, 0);
}

uint32_t plan_tier_at(const struct zv_plan_problem *problem, uint32_t offer, int64_t qty)
{
	const struct zv_plan_offer *of = &problem->offers[offer];
	uint32_t tier = 0;

	while (tier + 1 < of->n_tiers && problem->tiers[of->first_tier + tier + 1].from <= qty)
		tier++;
	return tier;
}

static int64_t kept_of(const struct trimming *t, const struct plan_supply *supply)
{
	int64_t kept = 0;

	for (uint32_t i = 0; i < t->problem->n_commitments && supply->need != ZV_PLAN_NONE; i++) {
		const struct zv_plan_commitment *c = &t->problem->commitments[i];

		if (c->need == supply->need && c->offer == supply->offer && c->period == supply->period)
			kept += c->qty;
	}
	return kept;
}

static void sum_up(struct trimming *t)
{
	size_t orders = (size_t)t->problem->n_offers * (size_t)t->n_periods, rows = (size_t)t->row_at[t->problem->n_offers] * (size_t)t->n_periods;

	for (size_t i = 0; i < orders; i++)
		t->qty[i] = 0;
	for (size_t i = 0; i < rows; i++)
		t->have[i] = 0;
	for (size_t i = 0; i < t->supplies->n; i++) {
		const struct plan_supply *s = &t->supplies->p[i];

		t->qty[order_key(t, s->offer, s->period)] += s->qty;
		if (s->need == ZV_PLAN_NONE)
			t->have[row_key(t, s->to_offer, s->to_period, s->bom)] += s->qty;
	}
}

/* --- cutting flows -------------------------------------------------------------------------------------------------------------- */

static void note(struct trimming *t, const struct plan_supply *s, int64_t cut, uint32_t bom)
{
	struct zv_plan_short one = {.need = s->need, .offer = s->offer, .period = s->period, .bom = bom, .lower = ZV_PLAN_NONE};

	if (bom == ZV_PLAN_NONE)
		return;
	one.qty = plan_input_qty(cut, t->problem->boms[bom].ppm);
	one.lower = t->cause[row_key(t, s->offer, s->period, bom)];
	if (s->need == ZV_PLAN_NONE)
		t->cause[row_key(t, s->to_offer, s->to_period, s->bom)] = (uint32_t)t->shorts->n;
	zv_vec_push(t->shorts, one);
}

/* Takes up to `most` of a flow, all of it where less than that may not remain. Returns what was taken. */
static int64_t cut(struct trimming *t, struct plan_supply *s, int64_t most, uint32_t bom)
{
	int64_t left = s->qty - (most < s->qty ? most : s->qty), taken;

	if (s->need != ZV_PLAN_NONE) {
		const struct zv_plan_need *need = &t->problem->needs[s->need];
		int64_t kept = t->problem->n_commitments > 0 ? kept_of(t, s) : 0;

		if (need->single || left < need->parcel)
			left = 0;
		left = left > kept ? left : kept;
		if (left > s->qty)
			left = s->qty;
	}
	taken = s->qty - left;
	if (taken <= 0)
		return 0;
	note(t, s, taken, bom);
	s->qty = left;
	t->changed = true;
	return taken;
}

/* What losing it costs: inputs of other orders are worth most, then high priorities, then what pays most. */
static int64_t value_of(const struct zv_plan_problem *p, const struct plan_supply *s)
{
	return s->need == ZV_PLAN_NONE ? INT64_MAX : p->needs[s->need].penalty;
}

static int by_loss(const void *a, const void *b, void *context)
{
	const struct trimming *t = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct plan_supply *x = &t->supplies->p[i], *y = &t->supplies->p[j];
	int64_t vx, vy;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	vx = value_of(t->problem, x);
	vy = value_of(t->problem, y);
	if (vx != vy)
		return vx < vy ? -1 : 1;
	return i < j ? -1 : i > j;
}

static void cut_orders(struct trimming *t)
{
	for (size_t at = 0; at < t->supplies->n; at++) {
		struct plan_supply *s = &t->supplies->p[t->by_order[at]];
		size_t key = order_key(t, s->offer, s->period);

		if (t->allowed[key] >= 0 && t->qty[key] > t->allowed[key])
			t->qty[key] -= cut(t, s, t->qty[key] - t->allowed[key], t->why[key]);
	}
}

/* --- what is to be cut ------------------------------------------------------------------------------------------------------------ */

static void allow(struct trimming *t, uint32_t k, int32_t period)
{
	const struct zv_plan_problem *p = t->problem;
	size_t key = order_key(t, k, period);
	int64_t qty = t->qty[key], allowed = qty;

	t->allowed[key] = -1;
	if (qty == 0)
		return;
	for (uint32_t r = t->row_at[k]; r < t->row_at[k + 1]; r++) {
		uint32_t b = t->bom_at[k] + (r - t->row_at[k]);
		int64_t have = t->have[(size_t)r * (size_t)t->n_periods + (size_t)period];
		zv_i128 enough;

		if (p->boms[b].price > 0 || p->boms[b].ppm <= 0 || have >= plan_input_qty(qty, p->boms[b].ppm))
			continue;
		enough = (zv_i128)have * 1000000 / p->boms[b].ppm;
		if (enough < allowed) {
			allowed = (int64_t)enough;
			t->why[key] = b;
		}
	}
	if (allowed < p->offers[k].moq)
		allowed = 0;
	if (allowed < qty)
		t->allowed[key] = allowed;
}

/* What was cut may not be enough: a single need goes as a whole or not at all, a signed one not at all. */
static void settle(struct trimming *t)
{
	for (uint32_t k = 0; k < t->problem->n_offers; k++)
		for (int32_t period = 0; period < t->n_periods; period++) {
			size_t key = order_key(t, k, period);

			if (t->allowed[key] >= 0 && t->qty[key] > t->allowed[key])
				t->failed = true;
		}
}

/* More of an input than the order takes: what costs most goes back. */
static void give_back(struct trimming *t)
{
	for (size_t i = 0; i < t->supplies->n; i++) {
		struct plan_supply *s = &t->supplies->p[i];
		size_t row, order;
		int64_t more;

		if (s->need != ZV_PLAN_NONE || s->qty == 0)
			continue;
		row = row_key(t, s->to_offer, s->to_period, s->bom);
		order = order_key(t, s->to_offer, s->to_period);
		more = t->have[row] - plan_input_qty(t->qty[order], t->problem->boms[s->bom].ppm);
		if (more > 0)
			t->have[row] -= cut(t, s, more, ZV_PLAN_NONE);
	}
}

/* A smaller order costs more a unit: flows above their ceiling go. */
static void hold_ceilings(struct trimming *t)
{
	const struct zv_plan_problem *p = t->problem;

	for (size_t i = 0; i < t->supplies->n; i++) {
		struct plan_supply *s = &t->supplies->p[i];
		int64_t price, ceiling, order = t->qty[order_key(t, s->offer, s->period)];
		bool fixed;

		if (s->qty == 0)
			continue;
		price = plan_supply_add(&fixed, p, s);
		if (!fixed)
			price += plan_order_price(p, s->offer, order);
		ceiling = s->need != ZV_PLAN_NONE ? p->needs[s->need].ceiling : p->boms[s->bom].price > 0 ? p->boms[s->bom].price : ZV_PLAN_PRICE_MAX;
		if (price > ceiling)
			(void)cut(t, s, s->qty, ZV_PLAN_NONE);
	}
}

static uint32_t product_of(const struct zv_plan_problem *p, const struct plan_supply *s)
{
	return s->need != ZV_PLAN_NONE ? p->needs[s->need].product : p->boms[s->bom].input;
}

/* The largest part of what needs of a product get that one maker may have: of less in all it is less. */
static void hold_shares(struct trimming *t)
{
	const struct zv_plan_problem *p = t->problem;
	zv_i128 *covered, *made;

	for (uint32_t i = 0; i <= p->n_products; i++) {
		if (i == p->n_products)
			return;
		if (p->products[i].max_share_ppm > 0)
			break;
	}
	covered = zv_calloc((size_t)p->n_products + 1, sizeof(*covered));
	made = zv_calloc((size_t)p->n_makers + 1, sizeof(*made));
	for (size_t i = 0; i < t->supplies->n; i++)
		covered[product_of(p, &t->supplies->p[i])] += t->supplies->p[i].qty;
	for (uint32_t product = 0; product < p->n_products; product++) {
		zv_i128 most = covered[product] * p->products[product].max_share_ppm / 1000000;

		if (p->products[product].max_share_ppm <= 0)
			continue;
		for (uint32_t m = 0; m < p->n_makers; m++)
			made[m] = 0;
		for (size_t i = 0; i < t->supplies->n; i++) {
			struct plan_supply *s = &t->supplies->p[i];
			uint32_t m = p->offers[s->offer].maker;

			if (product_of(p, s) != product)
				continue;
			made[m] += s->qty;
			if (made[m] > most)
				made[m] -= cut(t, s, (int64_t)(made[m] - most), ZV_PLAN_NONE);
			if (made[m] > most)
				t->failed = true;
		}
	}
	free(covered);
	free(made);
}

static void pass(struct trimming *t)
{
	size_t n = t->supplies->n;

	sum_up(t);
	for (uint32_t k = 0; k < t->problem->n_offers; k++)
		for (int32_t period = 0; period < t->n_periods; period++)
			allow(t, k, period);
	for (uint32_t i = 0; i < n; i++)
		t->by_order[i] = i;
	qsort_r(t->by_order, n, sizeof(*t->by_order), by_loss, t);
	cut_orders(t);
	settle(t);
	if (t->changed)
		return;
	give_back(t);
	if (t->changed)
		return;
	hold_ceilings(t);
	if (!t->changed)
		hold_shares(t);
}

bool plan_trim(plan_supplies *supplies, plan_shorts *shorts, const struct zv_plan_problem *problem)
{
	struct trimming t = {.problem = problem, .supplies = supplies, .shorts = shorts, .n_periods = problem->n_periods, .changed = true};
	size_t n_offers = problem->n_offers, orders = n_offers * (size_t)problem->n_periods, rows, kept = 0;

	t.row_at = zv_calloc(n_offers + 1, sizeof(*t.row_at));
	t.bom_at = zv_calloc(n_offers + 1, sizeof(*t.bom_at));
	for (uint32_t k = 0; k < problem->n_offers; k++) {
		uint32_t end;

		plan_bom_rows(&t.bom_at[k], &end, problem, problem->offers[k].product);
		t.row_at[k + 1] = t.row_at[k] + (end - t.bom_at[k]);
	}
	rows = (size_t)t.row_at[n_offers] * (size_t)problem->n_periods;
	t.qty = zv_calloc(orders + 1, sizeof(*t.qty));
	t.allowed = zv_calloc(orders + 1, sizeof(*t.allowed));
	t.why = zv_calloc(orders + 1, sizeof(*t.why));
	t.have = zv_calloc(rows + 1, sizeof(*t.have));
	t.cause = zv_calloc(rows + 1, sizeof(*t.cause));
	t.by_order = zv_calloc(supplies->n + 1, sizeof(*t.by_order));
	for (size_t i = 0; i < rows; i++)
		t.cause[i] = ZV_PLAN_NONE;
	for (size_t i = 0; i < orders; i++)
		t.why[i] = ZV_PLAN_NONE;
	while (t.changed && !t.failed) {
		t.changed = false;
		pass(&t);
	}
	for (size_t i = 0; i < supplies->n; i++)
		if (supplies->p[i].qty > 0)
			supplies->p[kept++] = supplies->p[i];
	supplies->n = kept;
	free(t.row_at);
	free(t.bom_at);
	free(t.qty);
	free(t.allowed);
	free(t.why);
	free(t.have);
	free(t.cause);
	free(t.by_order);
	return !t.failed;
}
