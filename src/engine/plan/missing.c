/* Products whose needs no offer can serve: what a new maker would find. */
#include "engine/plan/explain_inner.h"

struct waiting {
	int64_t ceiling, qty;
};

struct counting {
	const struct explain *e;
	uint32_t *region_seen, *enterprise_seen; /* by the number of the product + 1 */
	ZV_VEC(struct waiting) waiting;
	ZV_VEC(struct zv_plan_missing) rows;
};

static int by_ceiling_desc(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	return x->ceiling > y->ceiling ? -1 : x->ceiling < y->ceiling;
}

static int by_value_desc(const void *a, const void *b)
{
	const struct zv_plan_missing *x = a, *y = b;

	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return x->product < y->product ? -1 : x->product > y->product;
}

/* A permit that the buyer lacks is not for a maker to bring. */
static bool waits(const struct explain *e, uint32_t need)
{
	const struct zv_plan_need *to = &e->problem->needs[need];

	return e->lost[need] != 0 && (to->licensed || !e->problem->products[to->product].controlled);
}

static void count_need(struct counting *c, struct zv_plan_missing *row, uint32_t need)
{
	const struct zv_plan_need *to = &c->e->problem->needs[need];
	int64_t left = c->e->left[need];

	row->needs++;
	row->qty += left;
	row->value += (zv_i128)to->ceiling * left;
	row->regions += c->region_seen[to->region] != to->product + 1;
	row->enterprises += c->enterprise_seen[to->enterprise] != to->product + 1;
	c->region_seen[to->region] = c->enterprise_seen[to->enterprise] = to->product + 1;
	zv_vec_push(&c->waiting, ((struct waiting){to->ceiling, left}));
}

static void close_row(struct counting *c, struct zv_plan_missing *row)
{
	int64_t served = 0;

	if (row->needs == 0)
		return;
	qsort(c->waiting.p, c->waiting.n, sizeof(*c->waiting.p), by_ceiling_desc);
	row->moq = row->qty;
	row->price = c->waiting.p[c->waiting.n - 1].ceiling;
	for (size_t i = 0; i < c->waiting.n && served < row->qty - row->qty / 2; i++) {
		served += c->waiting.p[i].qty;
		row->half_price = c->waiting.p[i].ceiling;
	}
	zv_vec_push(&c->rows, *row);
	c->waiting.n = 0;
}

void explain_missing(const struct explain *e, struct zv_plan_explained *out)
{
	const struct zv_plan_problem *p = e->problem;
	struct counting c = {.e = e};
	struct zv_plan_missing row = {.product = ZV_PLAN_NONE};

	c.region_seen = zv_calloc((size_t)p->n_regions + 1, sizeof(*c.region_seen));
	c.enterprise_seen = zv_calloc((size_t)p->n_enterprises + 1, sizeof(*c.enterprise_seen));
	for (uint32_t i = 0; i < e->need_at[e->n_groups]; i++) {
		uint32_t product = p->needs[e->needs[i]].product;

		if (product != row.product) {
			close_row(&c, &row);
			row = (struct zv_plan_missing){.product = product};
		}
		if (waits(e, e->needs[i]))
			count_need(&c, &row, e->needs[i]);
	}
	close_row(&c, &row);
	if (c.rows.n > 0)
		qsort(c.rows.p, c.rows.n, sizeof(*c.rows.p), by_value_desc);
	out->missing = ZV_ARENA_ARRAY(e->arena, struct zv_plan_missing, c.rows.n + 1);
	out->n_missing = c.rows.n;
	for (size_t i = 0; i < c.rows.n; i++)
		out->missing[i] = c.rows.p[i];
	zv_vec_done(&c.rows);
	zv_vec_done(&c.waiting);
	free(c.region_seen);
	free(c.enterprise_seen);
}
