/* Columns: launches of tiers, flows in units at tiers, whole services of single needs. Rows (1) to (8) of the model. */
#include "plan_mip.h"

#include <coin/Cbc_C_Interface.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

struct mip_arc {
	uint32_t need, offer;
	int32_t period;
	int first, n; /* columns, one a tier that fits */
	double moved; /* signed */
};

struct entry {
	int row, col;
	double value;
};

struct mip {
	const struct zv_plan_problem *p;
	ZV_VEC(double) cost;
	ZV_VEC(double) lower;
	ZV_VEC(double) upper;
	ZV_VEC(char) whole;
	ZV_VEC(uint32_t) tier; /* of flows */
	ZV_VEC(struct entry) entries;
	ZV_VEC(double) row_lower;
	ZV_VEC(double) row_upper;
	ZV_VEC(struct mip_arc) arcs;
	int *open;      /* [offer * periods + period] first of its columns */
	double offset;
};

static int add_col(struct mip *m, double cost, double lower, double upper, bool whole, uint32_t tier)
{
	zv_vec_push(&m->cost, cost);
	zv_vec_push(&m->lower, lower);
	zv_vec_push(&m->upper, upper);
	zv_vec_push(&m->whole, whole);
	zv_vec_push(&m->tier, tier);
	return (int)m->cost.n - 1;
}

static int add_row(struct mip *m, double lower, double upper)
{
	zv_vec_push(&m->row_lower, lower);
	zv_vec_push(&m->row_upper, upper);
	return (int)m->row_lower.n - 1;
}

static void put(struct mip *m, int row, int col, double value)
{
	if (value != 0)
		zv_vec_push(&m->entries, ((struct entry){row, col, value}));
}

static double units(int64_t qty)
{
	return (double)qty / ZV_PLAN_UNIT;
}

static double top_of(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, uint32_t s)
{
	const struct zv_plan_tier *tiers = &p->tiers[offer->first_tier];

	return s + 1 < offer->n_tiers && tiers[s + 1].from - 1 < offer->max ? units(tiers[s + 1].from - 1) : units(offer->max);
}

/* What an order in tier s costs besides its price: the launch and what the ladder's lower steps cost more, roubles. */
static double fixed_of(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, uint32_t s)
{
	const struct zv_plan_tier *tiers = &p->tiers[offer->first_tier];
	double fixed = (double)offer->launch / 1e6;

	for (uint32_t i = 1; i <= s && offer->incremental; i++)
		fixed += (double)(tiers[i - 1].price - tiers[i].price) / 1e6 * units(tiers[i].from);
	return fixed;
}

static bool signed_pair(double *moved, const struct zv_plan_problem *p, uint32_t need, uint32_t offer, int32_t period)
{
	bool any = false;

	*moved = 0;
	for (uint32_t i = 0; i < p->n_commitments; i++) {
		const struct zv_plan_commitment *c = &p->commitments[i];

		if (c->need != need || c->offer != offer)
			continue;
		any = true;
		if (c->period == period)
			*moved += units(c->qty);
	}
	return any;
}

/* Unit price as the ceiling sees it, micro-roubles. */
static double seen_price(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, uint32_t s)
{
	double price = (double)p->tiers[offer->first_tier + s].price;
	double ladder = (fixed_of(p, offer, s) - (double)offer->launch / 1e6) * 1e6;
	double from = units(p->tiers[offer->first_tier + s].from), a = floor(price + ladder / from), b = floor(price + ladder / top_of(p, offer, s));

	return a < b ? a : b;
}

struct choice {
	double key;
	uint32_t offer;
};

static int by_key(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->offer < y->offer ? -1 : x->offer > y->offer;
}

static void arc_of(struct mip *m, uint32_t i, uint32_t k, int32_t period)
{
	const struct zv_plan_problem *p = m->p;
	const struct zv_plan_need *need = &p->needs[i];
	const struct zv_plan_offer *offer = &p->offers[k];
	struct mip_arc arc = {i, k, period, (int)m->cost.n, 0, 0};
	bool fixed;
	double add = (double)zv_plan_freight(&fixed, p, k, i);

	(void)signed_pair(&arc.moved, p, i, k, period);
	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		double price = add + (fixed ? 0 : (double)p->tiers[offer->first_tier + s].price);
		double top = top_of(p, offer, s), qty = units(need->qty);

		if (units(p->tiers[offer->first_tier + s].from) > units(offer->max) || add + (fixed ? 0 : seen_price(p, offer, s)) > (double)need->ceiling)
			continue;
		if (need->single && qty > top)
			continue;
		(void)add_col(m, (price - (double)need->penalty) / 1e6, 0, qty < top ? qty : top, false, s);
		arc.n++;
	}
	if (arc.n > 0)
		zv_vec_push(&m->arcs, arc);
}

static bool in_time(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, const struct zv_plan_need *need, int32_t t)
{
	return t >= 0 && t < p->n_periods && t >= offer->from && t <= offer->until && t + offer->lead >= need->earliest && t + offer->lead <= need->due;
}

static bool accepted(const struct zv_plan_problem *p, uint32_t product, uint32_t with)
{
	for (uint32_t i = 0; i < p->n_substitutes; i++)
		if (p->substitutes[i].product == product && p->substitutes[i].with == with)
			return true;
	return product == with;
}

static void arcs_of(struct mip *m, uint32_t i, struct choice *kept)
{
	const struct zv_plan_problem *p = m->p;
	const struct zv_plan_need *need = &p->needs[i];
	size_t n = 0, most;

	for (uint32_t k = 0; k < p->n_offers; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];
		bool fixed, fits = false;
		double key, moved;

		if (!accepted(p, need->product, offer->product) || (p->products[offer->product].controlled && !(need->licensed && p->makers[offer->maker].licensed)))
			continue;
		for (int32_t t = 0; t < p->n_periods; t++)
			fits = fits || in_time(p, offer, need, t);
		key = (double)zv_plan_freight(&fixed, p, k, i);
		if (!fixed)
			key += seen_price(p, offer, offer->n_tiers - 1);
		if (signed_pair(&moved, p, i, k, 0))
			key = -HUGE_VAL;
		if (fits && key <= (double)need->ceiling)
			kept[n++] = (struct choice){key, k};
	}
	qsort(kept, n, sizeof(*kept), by_key);
	most = p->candidates;
	for (size_t j = 0; j < n && most > 0 && kept[j].key == -HUGE_VAL; j++)
		most++;
	for (size_t j = 0; j < n && (most == 0 || j < most); j++)
		for (int32_t t = 0; t < p->n_periods; t++)
			if (in_time(p, &p->offers[kept[j].offer], need, t))
				arc_of(m, i, kept[j].offer, t);
}

/* Launches; rows (2) to (4) get their launches, flows are put in by flow_rows. Rows of slot: per tier top and start, then hours of (resource, period). */
struct mip_rows {
	int *top;   /* [slot * tiers_max + tier]; the start's row is the next one */
	int *hours; /* [resource * periods + period] */
};

static void launches(struct mip *m, struct mip_rows *rows)
{
	const struct zv_plan_problem *p = m->p;

	for (uint32_t r = 0; r < p->n_resources * (uint32_t)p->n_periods; r++)
		rows->hours[r] = add_row(m, -HUGE_VAL, (double)p->capacity_uh[r] / 1e6);
	for (uint32_t k = 0; k < p->n_offers; k++)
		for (int32_t t = 0; t < p->n_periods; t++) {
			const struct zv_plan_offer *offer = &p->offers[k];
			size_t slot = (size_t)k * (size_t)p->n_periods + (size_t)t;
			int one = add_row(m, -HUGE_VAL, 1);

			m->open[slot] = (int)m->cost.n;
			for (uint32_t s = 0; s < offer->n_tiers; s++) {
				int col = add_col(m, fixed_of(p, offer, s), 0, p->tiers[offer->first_tier + s].from <= offer->max, true, s);
				int top = add_row(m, -HUGE_VAL, 0);

				rows->top[slot * ZV_PLAN_TIERS_MAX + s] = top;
				put(m, top, col, -top_of(p, offer, s));
				put(m, add_row(m, 0, HUGE_VAL), col, -units(p->tiers[offer->first_tier + s].from));
				put(m, one, col, 1);
				if (offer->resource != ZV_PLAN_NONE)
					put(m, rows->hours[(size_t)offer->resource * (size_t)p->n_periods + (size_t)t], col, (double)offer->setup_uh / 1e6);
			}
		}
}

/* Single service and smallest parcel of an arc: flow = qty y, or parcel y <= flow <= qty y. */
static void whole_rows(struct mip *m, const struct mip_arc *arc)
{
	const struct zv_plan_need *need = &m->p->needs[arc->need];
	int y, low, high;

	if (!need->single && need->parcel <= 1)
		return;
	y = add_col(m, 0, 0, 1, true, 0);
	high = add_row(m, -HUGE_VAL, 0);
	low = add_row(m, 0, HUGE_VAL);
	put(m, high, y, -units(need->qty));
	put(m, low, y, need->single ? -units(need->qty) : -units(need->parcel));
	for (int c = arc->first; c < arc->first + arc->n; c++) {
		put(m, high, c, 1);
		put(m, low, c, 1);
	}
}

static void flow_rows(struct mip *m, const struct mip_rows *rows, const struct mip_arc *arc, int need_row)
{
	const struct zv_plan_problem *p = m->p;
	const struct zv_plan_offer *offer = &p->offers[arc->offer];
	size_t slot = (size_t)arc->offer * (size_t)p->n_periods + (size_t)arc->period;

	for (int c = arc->first; c < arc->first + arc->n; c++) {
		uint32_t s = m->tier.p[c];
		int link = add_row(m, -HUGE_VAL, 0), top = rows->top[slot * ZV_PLAN_TIERS_MAX + s];

		put(m, need_row, c, 1);
		put(m, top, c, 1);
		put(m, top + 1, c, 1);
		put(m, link, c, 1);
		put(m, link, m->open[slot] + (int)s, -m->upper.p[c]);
		if (offer->resource != ZV_PLAN_NONE)
			put(m, rows->hours[(size_t)offer->resource * (size_t)p->n_periods + (size_t)arc->period], c, (double)offer->hours_uh / 1e6);
	}
	if (arc->moved > 0) {
		int row = add_row(m, arc->moved, HUGE_VAL);

		for (int c = arc->first; c < arc->first + arc->n; c++)
			put(m, row, c, 1);
	}
	whole_rows(m, arc);
}

static void share_rows(struct mip *m)
{
	const struct zv_plan_problem *p = m->p;

	for (uint32_t product = 0; product < p->n_products; product++)
		for (uint32_t maker = 0; maker < p->n_makers && p->products[product].max_share_ppm > 0; maker++) {
			int row = add_row(m, -HUGE_VAL, 0);

			for (size_t a = 0; a < m->arcs.n; a++)
				for (int c = m->arcs.p[a].first; c < m->arcs.p[a].first + m->arcs.p[a].n && p->needs[m->arcs.p[a].need].product == product; c++)
					put(m, row, c, (p->offers[m->arcs.p[a].offer].maker == maker) - (double)p->products[product].max_share_ppm / 1e6);
		}
}

static void build(struct mip *m)
{
	const struct zv_plan_problem *p = m->p;
	size_t slots = (size_t)p->n_offers * (size_t)p->n_periods, flows;
	struct mip_rows rows = {zv_calloc(slots * ZV_PLAN_TIERS_MAX + 1, sizeof(int)), zv_calloc((size_t)p->n_resources * (size_t)p->n_periods + 1, sizeof(int))};
	struct choice *kept = zv_calloc((size_t)p->n_offers + 1, sizeof(*kept));
	uint32_t need = ZV_PLAN_NONE;
	int need_row = 0;

	m->open = zv_calloc(slots + 1, sizeof(*m->open));
	for (uint32_t i = 0; i < p->n_needs; i++) {
		m->offset += (double)p->needs[i].penalty / 1e6 * units(p->needs[i].qty);
		arcs_of(m, i, kept);
	}
	launches(m, &rows);
	flows = m->arcs.n;
	for (size_t a = 0; a < flows; a++) {
		if (m->arcs.p[a].need != need)
			need_row = add_row(m, -HUGE_VAL, units(p->needs[m->arcs.p[a].need].qty));
		need = m->arcs.p[a].need;
		flow_rows(m, &rows, &m->arcs.p[a], need_row);
	}
	share_rows(m);
	free(kept);
	free(rows.top);
	free(rows.hours);
}

static void load(Cbc_Model *model, const struct mip *m)
{
	int *start = zv_calloc(m->cost.n + 2, sizeof(*start));
	int *index = zv_calloc(m->entries.n + 1, sizeof(*index));
	double *value = zv_calloc(m->entries.n + 1, sizeof(*value));

	for (size_t i = 0; i < m->entries.n; i++)
		start[m->entries.p[i].col + 2]++;
	for (size_t c = 0; c < m->cost.n; c++)
		start[c + 1] += start[c];
	for (size_t i = 0; i < m->entries.n; i++) {
		int at = start[m->entries.p[i].col + 1]++;

		index[at] = m->entries.p[i].row;
		value[at] = m->entries.p[i].value;
	}
	Cbc_loadProblem(model, (int)m->cost.n, (int)m->row_lower.n, start, index, value, m->lower.p, m->upper.p, m->cost.p, m->row_lower.p, m->row_upper.p);
	for (size_t c = 0; c < m->cost.n; c++)
		if (m->whole.p[c])
			Cbc_setInteger(model, (int)c);
	free(start);
	free(index);
	free(value);
}

void plan_mip_solve(struct plan_mip *out, const struct zv_plan_problem *problem, int max_nodes, double max_seconds)
{
	struct mip m = {.p = problem};
	Cbc_Model *model = Cbc_newModel();
	char text[32];

	build(&m);
	*out = (struct plan_mip){NAN, -HUGE_VAL, false, m.cost.n, m.row_lower.n, m.arcs.n};
	load(model, &m);
	Cbc_setLogLevel(model, 0);
	Cbc_setParameter(model, "log", "0");
	(void)snprintf(text, sizeof(text), "%d", max_nodes);
	Cbc_setParameter(model, "maxNodes", text);
	(void)snprintf(text, sizeof(text), "%g", max_seconds);
	Cbc_setParameter(model, "sec", text);
	(void)Cbc_solve(model);
	if (Cbc_bestSolution(model) != NULL)
		out->objective = Cbc_getObjValue(model) + m.offset;
	out->bound = Cbc_getBestPossibleObjValue(model) + m.offset;
	out->proved = Cbc_isProvenOptimal(model) != 0;
	Cbc_deleteModel(model);
	zv_vec_done(&m.cost);
	zv_vec_done(&m.lower);
	zv_vec_done(&m.upper);
	zv_vec_done(&m.whole);
	zv_vec_done(&m.tier);
	zv_vec_done(&m.entries);
	zv_vec_done(&m.row_lower);
	zv_vec_done(&m.row_upper);
	zv_vec_done(&m.arcs);
	free(m.open);
}
