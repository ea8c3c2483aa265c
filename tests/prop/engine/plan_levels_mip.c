/* Columns: launches, flows to needs, flows to inputs, inputs from outside; rows as in the model's text, (1) to (6) and (10). */
#include "plan_levels_mip.h"

#include <coin/Cbc_C_Interface.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"

struct entry {
	int row, col;
	double value;
};

struct building {
	const struct zv_plan_problem *p;
	int priority; /* 0: money; else coverage of it */
	ZV_VEC(struct entry) entries;
	ZV_VEC(double) cost;
	ZV_VEC(double) upper;
	ZV_VEC(char) whole;
	ZV_VEC(double) right;
	ZV_VEC(char) sense;
	int *need_row, *single_row, *hour_row;
	int *order_row; /* [offer x period x tier x 2] least, most; -1: none */
	int *one_row;   /* [offer x period] */
	int *input_row; /* [offer x period x bom] */
	double constant;
	const double *covered; /* [priorities] at least, or NULL */
	int cover_row[ZV_PLAN_PRIORITIES];
};

static int new_row(struct building *b, char sense, double right)
{
	zv_vec_push(&b->sense, sense);
	zv_vec_push(&b->right, right);
	return (int)b->sense.n - 1;
}

static int new_col(struct building *b, double cost, double upper, bool whole)
{
	zv_vec_push(&b->cost, cost);
	zv_vec_push(&b->upper, upper);
	zv_vec_push(&b->whole, whole);
	return (int)b->cost.n - 1;
}

static void put(struct building *b, int row, int col, double value)
{
	if (row >= 0)
		zv_vec_push(&b->entries, ((struct entry){row, col, value}));
}

static double units(int64_t quanta)
{
	return (double)quanta / ZV_PLAN_UNIT;
}

static size_t slot_of(const struct building *b, uint32_t k, int32_t t)
{
	return (size_t)k * (size_t)b->p->n_periods + (size_t)t;
}

static void tier_range(double *from, double *top, const struct zv_plan_problem *p, uint32_t k, uint32_t s)
{
	const struct zv_plan_offer *offer = &p->offers[k];
	int64_t end = s + 1 < offer->n_tiers ? p->tiers[offer->first_tier + s + 1].from - 1 : offer->max;

	*from = units(s == 0 ? offer->moq : p->tiers[offer->first_tier + s].from);
	*top = units(end < offer->max ? end : offer->max);
}

static double money_of(const struct building *b, double money)
{
	return b->priority == 0 ? money : 0;
}

static void add_orders(struct building *b)
{
	const struct zv_plan_problem *p = b->p;

	for (uint32_t k = 0; k < p->n_offers; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];

		for (int32_t t = 0; t < p->n_periods; t++) {
			size_t slot = slot_of(b, k, t);

			for (uint32_t r = 0; r < p->n_boms; r++)
				b->input_row[slot * p->n_boms + r] = p->boms[r].product == offer->product ? new_row(b, 'E', 0) : -1;
			b->one_row[slot] = t >= offer->from && t <= offer->until ? new_row(b, 'L', 1) : -1;
			for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
				int *rows = &b->order_row[(slot * ZV_PLAN_TIERS_MAX + s) * 2], z;
				double from, top;

				rows[0] = rows[1] = -1;
				if (s >= offer->n_tiers || b->one_row[slot] < 0)
					continue;
				tier_range(&from, &top, p, k, s);
				if (top < from)
					continue;
				z = new_col(b, money_of(b, units(offer->launch)), 1, true);
				rows[0] = new_row(b, 'G', 0);
				rows[1] = new_row(b, 'L', 0);
				put(b, rows[0], z, -from);
				put(b, rows[1], z, -top);
				put(b, b->one_row[slot], z, 1);
				if (offer->resource != ZV_PLAN_NONE)
					put(b, b->hour_row[(size_t)offer->resource * (size_t)p->n_periods + (size_t)t], z, units(offer->setup_uh));
			}
		}
	}
}

/* What leaves an order at a tier: `size` units for each unit of the column. */
static void leave(struct building *b, int col, uint32_t k, int32_t t, uint32_t s, double size)
{
	const struct zv_plan_problem *p = b->p;
	const struct zv_plan_offer *offer = &p->offers[k];
	size_t slot = slot_of(b, k, t);
	const int *rows = &b->order_row[(slot * ZV_PLAN_TIERS_MAX + s) * 2];

	put(b, rows[0], col, size);
	put(b, rows[1], col, size);
	if (offer->resource != ZV_PLAN_NONE)
		put(b, b->hour_row[(size_t)offer->resource * (size_t)p->n_periods + (size_t)t], col, size * units(offer->hours_uh));
	for (uint32_t r = 0; r < p->n_boms; r++)
		put(b, b->input_row[slot * p->n_boms + r], col, -size * (double)p->boms[r].ppm / 1e6);
}

static bool accepted(int64_t *extra, const struct zv_plan_problem *p, uint32_t wanted, uint32_t made)
{
	*extra = 0;
	if (wanted == made)
		return true;
	for (uint32_t i = 0; i < p->n_substitutes; i++) {
		if (p->substitutes[i].product != wanted || p->substitutes[i].with != made)
			continue;
		*extra = p->substitutes[i].extra;
		return true;
	}
	return false;
}

/* The delivered price of a tier for who stands in `need`; false: never. zv_plan_freight is the price's definition, tested by itself. */
static bool price_of(int64_t *price, const struct zv_plan_problem *p, uint32_t k, uint32_t s, const struct zv_plan_need *need)
{
	struct zv_plan_problem one = *p;
	bool fixed;
	int64_t extra;

	one.needs = need;
	one.n_needs = 1;
	if (!accepted(&extra, p, need->product, p->offers[k].product))
		return false;
	if (p->products[p->offers[k].product].controlled && !(p->makers[p->offers[k].maker].licensed && need->licensed))
		return false;
	*price = zv_plan_freight(&fixed, &one, k, 0);
	if (!fixed)
		*price += p->tiers[p->offers[k].first_tier + s].price;
	return *price <= need->ceiling;
}

static void flow_to_need(struct building *b, uint32_t k, int32_t t, uint32_t s, uint32_t i)
{
	const struct zv_plan_problem *p = b->p;
	const struct zv_plan_need *need = &p->needs[i];
	double size = units(need->qty), worth, from, top;
	int64_t price;
	int col;

	if (t + p->offers[k].lead < need->earliest || t + p->offers[k].lead > need->due || !price_of(&price, p, k, s, need))
		return;
	tier_range(&from, &top, p, k, s);
	if (need->single && size > top)
		return;
	/* The column is the part of the need: so a single one is 0 or 1. */
	worth = b->priority == 0 ? units(price - need->penalty) : need->priority == b->priority ? -1 : 0;
	col = new_col(b, worth * size, 1, need->single);
	put(b, b->need_row[i], col, 1);
	if (b->covered != NULL)
		put(b, b->cover_row[need->priority - 1], col, size);
	leave(b, col, k, t, s, size);
}

static void flow_to_input(struct building *b, uint32_t k, int32_t t, uint32_t s, uint32_t to, int32_t to_t, uint32_t r)
{
	const struct zv_plan_problem *p = b->p;
	const struct zv_plan_maker *maker = &p->makers[p->offers[to].maker];
	const struct zv_plan_bom *bom = &p->boms[r];
	struct zv_plan_need need = {.product = bom->input, .region = maker->region, .licensed = maker->licensed, .ceiling = bom->price > 0 ? bom->price : ZV_PLAN_PRICE_MAX};
	int64_t price;
	int col;

	if (t + p->offers[k].lead > to_t - bom->lag || !price_of(&price, p, k, s, &need))
		return;
	col = new_col(b, money_of(b, units(price)), 1e9, false);
	put(b, b->input_row[slot_of(b, to, to_t) * p->n_boms + r], col, 1);
	leave(b, col, k, t, s, 1);
}

static void add_flows(struct building *b)
{
	const struct zv_plan_problem *p = b->p;

	for (uint32_t k = 0; k < p->n_offers; k++)
		for (int32_t t = 0; t < p->n_periods; t++)
			for (uint32_t s = 0; s < p->offers[k].n_tiers; s++) {
				if (b->order_row[(slot_of(b, k, t) * ZV_PLAN_TIERS_MAX + s) * 2] < 0)
					continue;
				for (uint32_t i = 0; i < p->n_needs; i++)
					flow_to_need(b, k, t, s, i);
				for (size_t row = 0; row < (size_t)p->n_offers * (size_t)p->n_periods * p->n_boms; row++)
					if (b->input_row[row] >= 0)
						flow_to_input(b, k, t, s, (uint32_t)(row / p->n_boms / (size_t)p->n_periods),
							      (int32_t)(row / p->n_boms % (size_t)p->n_periods), (uint32_t)(row % p->n_boms));
			}
	for (size_t row = 0; row < (size_t)p->n_offers * (size_t)p->n_periods * p->n_boms; row++) {
		const struct zv_plan_bom *bom = &p->boms[row % p->n_boms];

		if (b->input_row[row] >= 0 && bom->price > 0)
			put(b, b->input_row[row], new_col(b, money_of(b, units(bom->price)), 1e9, false), 1);
	}
}

static void add_limits(struct building *b)
{
	const struct zv_plan_problem *p = b->p;

	for (int w = 0; w < ZV_PLAN_PRIORITIES && b->covered != NULL; w++)
		b->cover_row[w] = new_row(b, 'G', b->covered[w] / ZV_PLAN_UNIT * (1 - 1e-9));

	for (uint32_t i = 0; i < p->n_needs; i++) {
		b->need_row[i] = new_row(b, 'L', 1);
		if (b->priority == 0)
			b->constant += units(p->needs[i].penalty) * units(p->needs[i].qty);
	}
	for (size_t h = 0; h < (size_t)p->n_resources * (size_t)p->n_periods; h++)
		b->hour_row[h] = new_row(b, 'L', units(p->capacity_uh[h]));
}

static int by_row(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	return a->row != b->row ? (a->row < b->row ? -1 : 1) : a->col < b->col ? -1 : a->col > b->col;
}

static bool solve(double *value, struct building *b)
{
	Cbc_Model *model = Cbc_newModel();
	int n_cols = (int)b->cost.n;
	int *cols = zv_calloc(b->entries.n + 1, sizeof(*cols));
	double *values = zv_calloc(b->entries.n + 1, sizeof(*values));
	size_t at = 0;
	bool proved;

	for (int c = 0; c < n_cols; c++)
		Cbc_addCol(model, "", 0, b->upper.p[c], b->cost.p[c], b->whole.p[c], 0, NULL, NULL);
	if (b->entries.n > 0)
		qsort(b->entries.p, b->entries.n, sizeof(*b->entries.p), by_row);
	for (int r = 0; r < (int)b->sense.n; r++) {
		int n = 0;

		for (; at < b->entries.n && b->entries.p[at].row == r; at++) {
			if (n > 0 && cols[n - 1] == b->entries.p[at].col) { /* an order that feeds itself */
				values[n - 1] += b->entries.p[at].value;
				continue;
			}
			cols[n] = b->entries.p[at].col;
			values[n++] = b->entries.p[at].value;
		}
		if (n > 0)
			Cbc_addRow(model, "", n, cols, values, b->sense.p[r], b->right.p[r]);
	}
	Cbc_setParameter(model, "logLevel", "0");
	Cbc_setParameter(model, "ratioGap", "0");
	Cbc_setParameter(model, "allowableGap", "0");
	Cbc_setParameter(model, "maxNodes", "20000");
	if (n_cols > 0)
		Cbc_solve(model);
	proved = n_cols == 0 || Cbc_isProvenOptimal(model);
	*value = b->constant + (n_cols > 0 ? Cbc_getObjValue(model) : 0);
	Cbc_deleteModel(model);
	free(cols);
	free(values);
	return proved;
}

static bool run(double *value, const struct zv_plan_problem *p, int priority, const double *covered)
{
	size_t slots = (size_t)p->n_offers * (size_t)p->n_periods;
	struct building b = {.p = p, .priority = priority, .covered = covered};
	bool proved;

	b.need_row = zv_calloc((size_t)p->n_needs + 1, sizeof(int));
	b.hour_row = zv_calloc((size_t)p->n_resources * (size_t)p->n_periods + 1, sizeof(int));
	b.order_row = zv_calloc(slots * ZV_PLAN_TIERS_MAX * 2 + 1, sizeof(int));
	b.one_row = zv_calloc(slots + 1, sizeof(int));
	b.input_row = zv_calloc(slots * p->n_boms + 1, sizeof(int));
	add_limits(&b);
	add_orders(&b);
	add_flows(&b);
	proved = solve(value, &b);
	zv_vec_done(&b.entries);
	zv_vec_done(&b.cost);
	zv_vec_done(&b.upper);
	zv_vec_done(&b.whole);
	zv_vec_done(&b.right);
	zv_vec_done(&b.sense);
	free(b.need_row);
	free(b.hour_row);
	free(b.order_row);
	free(b.one_row);
	free(b.input_row);
	return proved;
}

bool plan_levels_mip(double *cost, const struct zv_plan_problem *problem)
{
	return run(cost, problem, 0, NULL);
}

bool plan_levels_mip_cover(double *covered, const struct zv_plan_problem *problem, int priority)
{
	if (!run(covered, problem, priority, NULL))
		return false;
	*covered *= -(double)ZV_PLAN_UNIT;
	return true;
}

bool plan_levels_mip_at(double *cost, const struct zv_plan_problem *problem, const double covered[ZV_PLAN_PRIORITIES])
{
	return run(cost, problem, 0, covered);
}
