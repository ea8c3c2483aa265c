/* needs.csv, which may have millions of rows, and the files that join two things: substitutes, bom, commitments, costs. */
#include <stdlib.h>

#include "app/plan_folder_inner.h"
#include "base/decimal.h"
#include "base/utf8.h"

enum { FAR = 10000, SHOWN = 60 };

/* --- needs ---------------------------------------------------------------------------------------------------------------------------------------- */

struct need_rows {
	ZV_VEC(struct zv_plan_need) rows;
	ZV_VEC(uint32_t) lines;
	ZV_VEC(struct zv_str) enterprises; /* in the order in which they came */
	struct zv_map by_name;
};

enum { NEED, ENTERPRISE, REGION, PRODUCT, QTY, EARLIEST, DUE, MAX_PRICE, PRIORITY, SINGLE, LICENSED, PARCEL };
static const char *const need_columns[] = {"need", "enterprise", "region", "product", "qty_t", "earliest", "due", "max_price", "priority", "single", "licensed",
					   "?parcel_t", NULL};

static enum zv_code enterprise_cell(uint32_t *out, struct folder_table *t, struct need_rows *list)
{
	struct zv_str name = folder_cell(t, ENTERPRISE);
	int64_t place;

	if (name.n > ZV_PLAN_FOLDER_ID_MAX)
		return folder_bad(t, ENTERPRISE, N_("is too long for a name"));
	if (!zv_map_get(&place, &list->by_name, name)) {
		place = (int64_t)list->enterprises.n;
		zv_map_put(&list->by_name, name, place);
		zv_vec_push(&list->enterprises, zv_str_dup(&t->folder->out->arena, name));
	}
	*out = (uint32_t)place;
	return ZV_OK;
}

static enum zv_code need_terms(struct zv_plan_need *row, struct folder_table *t)
{
	int64_t priority;

	TRY(folder_decimal(&row->qty, t, QTY, 1, ZV_PLAN_QTY_MAX));
	TRY(folder_period(&row->earliest, t, EARLIEST));
	TRY(folder_period(&row->due, t, DUE));
	if (row->due < row->earliest)
		return folder_bad(t, DUE, N_("is before earliest"));
	TRY(folder_decimal(&row->ceiling, t, MAX_PRICE, 0, ZV_PLAN_PRICE_MAX));
	TRY(folder_whole(&priority, t, PRIORITY, 1, ZV_PLAN_PRIORITIES));
	row->priority = (uint8_t)priority;
	if (!zv_muldiv(&row->penalty, row->ceiling, ZV_PLAN_UNIT + t->folder->bonus[priority - 1], ZV_PLAN_UNIT) || row->penalty > ZV_PLAN_PENALTY_MAX)
		return folder_bad(t, MAX_PRICE, N_("with the bonus of its priority is more than a plan may pay"));
	TRY(folder_flag(&row->single, t, SINGLE));
	TRY(folder_flag(&row->licensed, t, LICENSED));
	return folder_optional(&row->parcel, t, PARCEL, 0, row->qty, 0);
}

static enum zv_code need_row(struct folder_table *t, void *context)
{
	struct need_rows *list = context;
	struct zv_plan_need row = {0};

	TRY(folder_id(&row.id, t, NEED));
	TRY(enterprise_cell(&row.enterprise, t, list));
	TRY(folder_ref(&row.region, t, REGION, &t->folder->regions));
	TRY(folder_ref(&row.product, t, PRODUCT, &t->folder->products));
	TRY(need_terms(&row, t));
	FOLDER_PUSH(t, list, row);
	return ZV_OK;
}

static int by_name(const void *a, const void *b, void *context)
{
	const struct zv_str *names = context;

	return zv_plan_id_cmp(names[*(const uint32_t *)a], names[*(const uint32_t *)b]);
}

/* Enterprises are numbered by name as everything is. */
static void sort_enterprises(struct zv_plan_problem *p, struct need_rows *list)
{
	size_t n = list->enterprises.n;
	uint32_t *order = zv_reallocarray(NULL, n + 1, sizeof(*order)), *place = zv_reallocarray(NULL, n + 1, sizeof(*place));
	struct zv_str *sorted = zv_calloc(n + 1, sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	if (n > 0)
		qsort_r(order, n, sizeof(*order), by_name, list->enterprises.p);
	for (size_t i = 0; i < n; i++) {
		sorted[i] = list->enterprises.p[order[i]];
		place[order[i]] = (uint32_t)i;
	}
	for (size_t i = 0; i < list->rows.n; i++)
		list->rows.p[i].enterprise = place[list->rows.p[i].enterprise];
	free(order);
	free(place);
	p->enterprises = sorted;
	p->n_enterprises = (uint32_t)n;
}

static enum zv_code need_finish(struct folder_table *t, void *context)
{
	struct need_rows *list = context;

	sort_enterprises(&t->folder->out->problem, list);
	return FOLDER_SORT(t, list);
}

enum zv_code folder_read_needs(struct folder *f)
{
	static const struct folder_reader reader = {"needs.csv", need_columns, false, need_row, need_finish};
	struct zv_plan_problem *p = &f->out->problem;
	struct need_rows list = {0};
	bool there;
	enum zv_code code;

	zv_map_init(&list.by_name);
	code = folder_each(f, &reader, &list, &there);
	zv_map_done(&list.by_name);
	zv_vec_done(&list.enterprises);
	FOLDER_KEEP(p->needs, p->n_needs, &list);
	return code;
}

/* --- substitutes ------------------------------------------------------------------------------------------------------------------------------------ */

/* Rows with two keys: sorted, a pair twice is a fault. Each row type starts with the two. */
struct keys {
	uint32_t a, b;
};

static int by_keys(const void *a, const void *b)
{
	const struct keys *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static enum zv_code sort_keys(struct folder_table *t, void *rows, size_t n, size_t size, struct zv_str (*name)(const struct zv_plan_problem *, uint32_t, int))
{
	const struct zv_plan_problem *p = &t->folder->out->problem;

	if (n == 0)
		return ZV_OK;
	qsort(rows, n, size, by_keys);
	for (size_t i = 1; i < n; i++) {
		const struct keys *one = (const struct keys *)(const void *)((char *)rows + i * size);

		if (by_keys((char *)rows + (i - 1) * size, one) == 0)
			return zv_fail(t->folder->err, ZV_E_INVALID, t->columns[1], N_("%s: “%.*s” with “%.*s” stands twice."), t->name,
				       ZV_STR_FMT(zv_utf8_first(name(p, one->a, 0), SHOWN)), ZV_STR_FMT(zv_utf8_first(name(p, one->b, 1), SHOWN)));
	}
	return ZV_OK;
}

static struct zv_str product_name(const struct zv_plan_problem *p, uint32_t i, int key)
{
	(void)key;
	return p->products[i].id;
}

static struct zv_str cost_name(const struct zv_plan_problem *p, uint32_t i, int key)
{
	return key == 0 ? p->offers[i].id : p->regions[i].id;
}

FOLDER_ROWS(substitute_rows, struct zv_plan_substitute);

enum { SUB_PRODUCT, SUB_WITH, SUB_EXTRA };
static const char *const substitute_columns[] = {"product", "substitute", "extra_cost", NULL};

static enum zv_code substitute_row(struct folder_table *t, void *context)
{
	struct substitute_rows *list = context;
	struct zv_plan_substitute row;

	TRY(folder_ref(&row.product, t, SUB_PRODUCT, &t->folder->products));
	TRY(folder_ref(&row.with, t, SUB_WITH, &t->folder->products));
	if (row.product == row.with)
		return folder_bad(t, SUB_WITH, N_("is the product itself"));
	TRY(folder_optional(&row.extra, t, SUB_EXTRA, 0, ZV_PLAN_PRICE_MAX, 0));
	zv_vec_push(&list->rows, row);
	return ZV_OK;
}

static enum zv_code substitute_finish(struct folder_table *t, void *context)
{
	struct substitute_rows *list = context;

	return sort_keys(t, list->rows.p, list->rows.n, sizeof(*list->rows.p), product_name);
}

enum zv_code folder_read_substitutes(struct folder *f)
{
	static const struct folder_reader reader = {"substitutes.csv", substitute_columns, true, substitute_row, substitute_finish};
	struct zv_plan_problem *p = &f->out->problem;
	struct substitute_rows list = {0};
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->substitutes, p->n_substitutes, &list);
	return code;
}

/* --- bom ---------------------------------------------------------------------------------------------------------------------------------------------- */

FOLDER_ROWS(bom_rows, struct zv_plan_bom);

enum { BOM_PRODUCT, BOM_INPUT, BOM_T_PER_T, BOM_LAG, BOM_PRICE };
static const char *const bom_columns[] = {"product", "input", "t_per_t", "?lag", "?outside_price", NULL};

static enum zv_code bom_row(struct folder_table *t, void *context)
{
	struct bom_rows *list = context;
	struct zv_plan_bom row = {0};
	int64_t lag = 0;

	TRY(folder_ref(&row.product, t, BOM_PRODUCT, &t->folder->products));
	TRY(folder_ref(&row.input, t, BOM_INPUT, &t->folder->products));
	if (row.product == row.input)
		return folder_bad(t, BOM_INPUT, N_("is the product itself"));
	TRY(folder_decimal(&row.ppm, t, BOM_T_PER_T, 1, (int64_t)ZV_PLAN_UNIT * ZV_PLAN_UNIT));
	if (folder_cell(t, BOM_LAG).n > 0)
		TRY(folder_whole(&lag, t, BOM_LAG, 0, FAR));
	row.lag = (int32_t)lag;
	TRY(folder_optional(&row.price, t, BOM_PRICE, 0, ZV_PLAN_PRICE_MAX, 0));
	zv_vec_push(&list->rows, row);
	return ZV_OK;
}

static enum zv_code bom_finish(struct folder_table *t, void *context)
{
	struct bom_rows *list = context;

	return sort_keys(t, list->rows.p, list->rows.n, sizeof(*list->rows.p), product_name);
}

enum zv_code folder_read_bom(struct folder *f)
{
	static const struct folder_reader reader = {"bom.csv", bom_columns, true, bom_row, bom_finish};
	struct zv_plan_problem *p = &f->out->problem;
	struct bom_rows list = {0};
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->boms, p->n_boms, &list);
	return code;
}

/* --- commitments ---------------------------------------------------------------------------------------------------------------------------------------- */

FOLDER_ROWS(commitment_rows, struct zv_plan_commitment);

enum { COM_NEED, COM_OFFER, COM_PERIOD, COM_T };
static const char *const commitment_columns[] = {"need", "offer", "period", "t", NULL};

/* Needs have no map of their own: commitments are few. */
static enum zv_code need_ref(uint32_t *out, struct folder_table *t)
{
	const struct zv_plan_problem *p = &t->folder->out->problem;
	struct zv_str id = folder_cell(t, COM_NEED);
	uint32_t lo = 0, hi = p->n_needs;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (zv_plan_id_cmp(p->needs[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*out = lo;
	if (lo < p->n_needs && zv_str_eq(p->needs[lo].id, id))
		return ZV_OK;
	return zv_fail(t->folder->err, ZV_E_INVALID, "need", N_("%s, line %lld, column %s: “%.*s” is not in %s."), t->name, (long long)t->csv.line, "need",
		       ZV_STR_FMT(zv_utf8_first(id, SHOWN)), "needs.csv");
}

static enum zv_code commitment_row(struct folder_table *t, void *context)
{
	struct commitment_rows *list = context;
	struct zv_plan_commitment row = {0};

	TRY(need_ref(&row.need, t));
	TRY(folder_ref(&row.offer, t, COM_OFFER, &t->folder->offers));
	TRY(folder_period(&row.period, t, COM_PERIOD));
	TRY(folder_decimal(&row.qty, t, COM_T, 1, ZV_PLAN_QTY_MAX));
	zv_vec_push(&list->rows, row);
	return ZV_OK;
}

static int by_commitment(const void *a, const void *b)
{
	const struct zv_plan_commitment *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	return x->qty < y->qty ? -1 : x->qty > y->qty;
}

enum zv_code folder_read_commitments(struct folder *f)
{
	static const struct folder_reader reader = {"commitments.csv", commitment_columns, true, commitment_row, NULL};
	struct zv_plan_problem *p = &f->out->problem;
	struct commitment_rows list = {0};
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	if (list.rows.n > 0)
		qsort(list.rows.p, list.rows.n, sizeof(*list.rows.p), by_commitment);
	FOLDER_KEEP(p->commitments, p->n_commitments, &list);
	return code;
}

/* --- costs ------------------------------------------------------------------------------------------------------------------------------------------------ */

FOLDER_ROWS(cost_rows, struct zv_plan_cost);

enum { COST_OFFER, COST_REGION, COST };
static const char *const cost_columns[] = {"offer", "region", "delivered_cost", NULL};

static enum zv_code cost_row(struct folder_table *t, void *context)
{
	struct cost_rows *list = context;
	struct zv_plan_cost row;

	TRY(folder_ref(&row.offer, t, COST_OFFER, &t->folder->offers));
	TRY(folder_ref(&row.region, t, COST_REGION, &t->folder->regions));
	TRY(folder_decimal(&row.cost, t, COST, 0, ZV_PLAN_PRICE_MAX));
	zv_vec_push(&list->rows, row);
	return ZV_OK;
}

static enum zv_code cost_finish(struct folder_table *t, void *context)
{
	struct cost_rows *list = context;

	return sort_keys(t, list->rows.p, list->rows.n, sizeof(*list->rows.p), cost_name);
}

enum zv_code folder_read_costs(struct folder *f)
{
	static const struct folder_reader reader = {"costs.csv", cost_columns, true, cost_row, cost_finish};
	struct zv_plan_problem *p = &f->out->problem;
	struct cost_rows list = {0};
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->costs, p->n_costs, &list);
	return code;
}
