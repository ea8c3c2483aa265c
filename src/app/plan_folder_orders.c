/* The files of a plan folder that say what can be ordered: resources, offers, tiers. */
#include <stdlib.h>

#include "app/plan_folder_inner.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { FAR = 10000, SHOWN = 60 };

/* --- resources --------------------------------------------------------------------------------------------------------------------------------- */

/* A row is a resource in one period. They are sorted into resources after all are read. */
struct hours_row {
	struct zv_str id;
	uint32_t maker, line;
	int32_t period;
	int64_t capacity;
};

struct hours_rows {
	ZV_VEC(struct hours_row) rows;
	ZV_VEC(struct zv_plan_resource) resources;
	struct zv_str last; /* id in the arena: rows of one resource often follow one another */
};

enum { RESOURCE, RESOURCE_MAKER, PERIOD, CAPACITY };
static const char *const resource_columns[] = {"resource", "maker", "period", "capacity_h", NULL};

static enum zv_code hours_row(struct folder_table *t, void *context)
{
	struct hours_rows *list = context;
	struct hours_row row = {.maker = ZV_PLAN_NONE, .line = (uint32_t)t->csv.line};
	int64_t period;

	if (zv_str_eq(folder_cell(t, RESOURCE), list->last))
		row.id = list->last;
	else
		TRY(folder_id(&row.id, t, RESOURCE));
	list->last = row.id;
	if (folder_cell(t, RESOURCE_MAKER).n > 0)
		TRY(folder_ref(&row.maker, t, RESOURCE_MAKER, &t->folder->makers));
	TRY(folder_whole(&period, t, PERIOD, -FAR, FAR));
	row.period = (int32_t)period;
	TRY(folder_decimal(&row.capacity, t, CAPACITY, 0, ZV_PLAN_HOURS_MAX));
	zv_vec_push(&list->rows, row);
	return ZV_OK;
}

static int by_resource(const void *a, const void *b)
{
	const struct hours_row *x = a, *y = b;
	int cmp = zv_plan_id_cmp(x->id, y->id);

	if (cmp != 0)
		return cmp;
	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static enum zv_code row_fault(struct folder_table *t, const struct hours_row *row, const char *column, const char *what)
{
	return zv_fail(t->folder->err, ZV_E_INVALID, column, N_("%s, line %u: resource “%.*s”, period %d: %s."), t->name, row->line,
		       ZV_STR_FMT(zv_utf8_first(row->id, SHOWN)), row->period, zv_tr(what));
}

static enum zv_code hours_finish(struct folder_table *t, void *context)
{
	struct folder *f = t->folder;
	struct hours_rows *list = context;

	if (list->rows.n > 0)
		qsort(list->rows.p, list->rows.n, sizeof(*list->rows.p), by_resource);
	for (size_t i = 0; i < list->rows.n; i++) {
		const struct hours_row *row = &list->rows.p[i];

		if (i == 0 || !zv_str_eq(row[-1].id, row->id))
			zv_vec_push(&list->resources, ((struct zv_plan_resource){row->id, row->maker}));
		else if (row[-1].maker != row->maker)
			return row_fault(t, row, "maker", N_("the maker is another one than in its other rows"));
		else if (row[-1].period == row->period)
			return row_fault(t, row, "period", N_("this period stands twice"));
		zv_vec_push(&f->hours, ((struct folder_hours){(uint32_t)list->resources.n - 1, row->line, row->period, row->capacity}));
	}
	folder_index(&f->resources, list->resources.p, list->resources.n, sizeof(*list->resources.p));
	return ZV_OK;
}

enum zv_code folder_read_resources(struct folder *f)
{
	static const struct folder_reader reader = {"resources.csv", resource_columns, false, hours_row, hours_finish};
	struct zv_plan_problem *p = &f->out->problem;
	struct hours_rows list = {0};
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	p->resources = list.resources.p;
	p->n_resources = (uint32_t)list.resources.n;
	zv_vec_done(&list.rows);
	return code;
}

/* --- offers ------------------------------------------------------------------------------------------------------------------------------------- */

FOLDER_ROWS(offer_rows, struct zv_plan_offer);

enum { OFFER, MAKER, PRODUCT, OFFER_RESOURCE, HOURS, LAUNCH, MOQ, MAX, LEAD, SETUP, DISCOUNT, FROM, UNTIL };
static const char *const offer_columns[] = {"offer",  "maker", "product",  "resource",  "hours_per_t",  "launch_cost",   "moq_t",
					    "max_t", "lead",  "?setup_h", "?discount", "?from_period", "?until_period", NULL};

static enum zv_code period_cell(int32_t *out, struct folder_table *t, int column, int32_t otherwise)
{
	*out = otherwise;
	return folder_cell(t, column).n == 0 ? ZV_OK : folder_period(out, t, column);
}

static enum zv_code offer_terms(struct zv_plan_offer *row, struct folder_table *t)
{
	struct zv_str discount = folder_cell(t, DISCOUNT);
	int64_t lead;

	TRY(folder_decimal(&row->hours_uh, t, HOURS, 0, ZV_PLAN_HOURS_MAX));
	TRY(folder_decimal(&row->launch, t, LAUNCH, 0, ZV_PLAN_LAUNCH_MAX));
	TRY(folder_decimal(&row->moq, t, MOQ, 0, ZV_PLAN_QTY_MAX));
	row->moq = row->moq > 0 ? row->moq : 1;
	TRY(folder_decimal(&row->max, t, MAX, 1, ZV_PLAN_QTY_MAX));
	if (row->max < row->moq)
		return folder_bad(t, MAX, N_("is less than moq_t"));
	TRY(folder_whole(&lead, t, LEAD, 0, FAR));
	row->lead = (int32_t)lead;
	TRY(folder_optional(&row->setup_uh, t, SETUP, 0, ZV_PLAN_HOURS_MAX, 0));
	if (discount.n > 0 && !zv_str_eq_c(discount, "all-units") && !zv_str_eq_c(discount, "incremental"))
		return folder_bad(t, DISCOUNT, N_("is neither all-units nor incremental"));
	row->incremental = zv_str_eq_c(discount, "incremental");
	TRY(period_cell(&row->from, t, FROM, FOLDER_ALWAYS_FROM));
	TRY(period_cell(&row->until, t, UNTIL, FOLDER_ALWAYS_UNTIL));
	return row->until < row->from ? folder_bad(t, UNTIL, N_("is before from_period")) : ZV_OK;
}

static enum zv_code offer_row(struct folder_table *t, void *context)
{
	struct offer_rows *list = context;
	struct zv_plan_offer row = {.resource = ZV_PLAN_NONE};

	TRY(folder_id(&row.id, t, OFFER));
	TRY(folder_ref(&row.maker, t, MAKER, &t->folder->makers));
	TRY(folder_ref(&row.product, t, PRODUCT, &t->folder->products));
	if (folder_cell(t, OFFER_RESOURCE).n > 0)
		TRY(folder_ref(&row.resource, t, OFFER_RESOURCE, &t->folder->resources));
	TRY(offer_terms(&row, t));
	FOLDER_PUSH(t, list, row);
	return ZV_OK;
}

static enum zv_code offer_finish(struct folder_table *t, void *context)
{
	struct offer_rows *list = context;

	TRY(FOLDER_SORT(t, list));
	folder_index(&t->folder->offers, list->rows.p, list->rows.n, sizeof(*list->rows.p));
	return ZV_OK;
}

enum zv_code folder_read_offers(struct folder *f)
{
	static const struct folder_reader reader = {"offers.csv", offer_columns, false, offer_row, offer_finish};
	struct offer_rows list = {0};
	struct zv_plan_problem *p = &f->out->problem;
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	FOLDER_KEEP(p->offers, p->n_offers, &list);
	return code;
}

/* --- tiers ---------------------------------------------------------------------------------------------------------------------------------------- */

struct tier_row {
	uint32_t offer, line;
	int32_t tier;
	struct zv_plan_tier value;
};

struct tier_rows {
	ZV_VEC(struct tier_row) rows;
};

enum { TIER_OFFER, TIER, FROM_T, UNIT_PRICE };
static const char *const tier_columns[] = {"offer", "tier", "from_t", "unit_price", NULL};

static enum zv_code tier_row(struct folder_table *t, void *context)
{
	struct tier_rows *list = context;
	struct tier_row row = {.line = (uint32_t)t->csv.line};
	int64_t tier;

	TRY(folder_ref(&row.offer, t, TIER_OFFER, &t->folder->offers));
	TRY(folder_whole(&tier, t, TIER, 0, ZV_PLAN_TIERS_MAX - 1));
	row.tier = (int32_t)tier;
	TRY(folder_decimal(&row.value.from, t, FROM_T, 0, ZV_PLAN_QTY_MAX));
	TRY(folder_decimal(&row.value.price, t, UNIT_PRICE, 0, ZV_PLAN_PRICE_MAX));
	zv_vec_push(&list->rows, row);
	return ZV_OK;
}

static int by_tier(const void *a, const void *b)
{
	const struct tier_row *x = a, *y = b;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	if (x->tier != y->tier)
		return x->tier < y->tier ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static enum zv_code tier_fault(struct folder_table *t, const struct tier_row *row, const char *column, const char *what)
{
	return zv_fail(t->folder->err, ZV_E_INVALID, column, N_("%s, line %u: offer “%.*s”, tier %d: %s."), t->name, row->line,
		       ZV_STR_FMT(zv_utf8_first(t->folder->out->problem.offers[row->offer].id, SHOWN)), row->tier, zv_tr(what));
}

/* Tier 0 starts at moq_t, or above it: then that is the smallest order. */
static enum zv_code place_tier(struct folder_table *t, struct zv_plan_offer *offer, const struct tier_row *row)
{
	if (row->tier != (int32_t)offer->n_tiers)
		return tier_fault(t, row, "tier",
				  (uint32_t)row->tier < offer->n_tiers ? N_("this tier stands twice") : N_("a tier below it is missing: they count from 0"));
	offer->n_tiers++;
	if (row->tier == 0) {
		offer->moq = row->value.from > offer->moq ? row->value.from : offer->moq;
		return offer->moq <= offer->max ? ZV_OK : tier_fault(t, row, "from_t", N_("it starts above max_t"));
	}
	if (row->value.from <= (row->tier == 1 ? offer->moq : row[-1].value.from))
		return tier_fault(t, row, "from_t", N_("it does not start above the one before it"));
	return ZV_OK;
}

static enum zv_code tier_finish(struct folder_table *t, void *context)
{
	struct zv_plan_problem *p = &t->folder->out->problem;
	struct zv_plan_offer *offers = (struct zv_plan_offer *)(uintptr_t)p->offers;
	struct tier_rows *list = context;
	struct zv_plan_tier *tiers = zv_calloc(list->rows.n + 1, sizeof(*tiers));

	p->tiers = tiers;
	p->n_tiers = (uint32_t)list->rows.n;
	if (list->rows.n > 0)
		qsort(list->rows.p, list->rows.n, sizeof(*list->rows.p), by_tier);
	for (size_t i = 0; i < list->rows.n; i++) {
		const struct tier_row *row = &list->rows.p[i];
		struct zv_plan_offer *offer = &offers[row->offer];

		if (i == 0 || row[-1].offer != row->offer)
			offer->first_tier = (uint32_t)i;
		TRY(place_tier(t, offer, row));
		tiers[i] = row->value;
		if (row->tier == 0)
			tiers[i].from = offer->moq;
	}
	for (uint32_t k = 0; k < p->n_offers; k++) {
		if (offers[k].n_tiers == 0)
			return zv_fail(t->folder->err, ZV_E_INVALID, "offer", N_("tiers.csv: offer “%.*s” has no tier."), ZV_STR_FMT(zv_utf8_first(offers[k].id, SHOWN)));
	}
	return ZV_OK;
}

enum zv_code folder_read_tiers(struct folder *f)
{
	static const struct folder_reader reader = {"tiers.csv", tier_columns, false, tier_row, tier_finish};
	struct tier_rows list = {0};
	bool there;
	enum zv_code code = folder_each(f, &reader, &list, &there);

	zv_vec_done(&list.rows);
	return code;
}
