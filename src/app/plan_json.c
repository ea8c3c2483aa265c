/* An answer as JSON: sums first, then orders, flows, what is not covered and why, and what is near. */
#include "app/plan_json.h"

#include <stdlib.h>

#include "app/plan_number.h"
#include "base/mem.h"
#include "format/json_write.h"

enum { DECIMALS = 6, GAP_DECIMALS = 9 };

struct writer {
	struct zv_json json;
	const struct zv_plan_problem *p; /* the flat one */
	const struct zv_plan_levels_result *r;
	uint32_t own; /* needs of the problem itself */
	uint32_t *made; /* products that somebody offers, by id */
	size_t n_made;
	size_t *missing_of; /* product -> its row of missing_makers; SIZE_MAX: none */
};

int64_t zv_plan_gap_ppb(zv_i128 objective, zv_i128 bound, zv_i128 constant)
{
	zv_i128 over = objective - bound, whole = objective - constant;

	if (over <= 0 || whole <= 0)
		return 0;
	while (over > (zv_i128)1 << 90 || whole > (zv_i128)1 << 90) {
		over = over / 2 + 1;
		whole /= 2;
	}
	over = (over * 1000000000 + whole - 1) / whole;
	return over < INT64_MAX ? (int64_t)over : INT64_MAX;
}

static void money(struct writer *w, const char *key, zv_i128 value)
{
	char text[ZV_PLAN_MONEY_DIGITS];

	zv_plan_money_format(text, value);
	zv_json_key(&w->json, key);
	zv_json_raw(&w->json, zv_str_c(text));
}

/* Quanta of many needs may pass 63 bits. */
static void wide(struct writer *w, const char *key, zv_i128 quanta)
{
	money(w, key, quanta * ZV_PLAN_UNIT);
}

static void amount(struct writer *w, const char *key, int64_t millionths)
{
	zv_json_key_decimal(&w->json, key, millionths, DECIMALS);
}

static void period(struct writer *w, const char *key, int32_t value)
{
	zv_json_key_int(&w->json, key, value + w->p->first_period);
}

static void offer(struct writer *w, const char *key, uint32_t value)
{
	if (value != ZV_PLAN_NONE)
		zv_json_key_str(&w->json, key, w->p->offers[value].id);
}

static void item(struct writer *w)
{
	/* A line each: large files stay readable and can be compared. */
	zv_out_char(w->json.out, '\n');
	zv_json_object(&w->json);
}

static void list(struct writer *w, const char *key)
{
	zv_json_key(&w->json, key);
	zv_json_array(&w->json);
}

/* --- sums, orders, flows ------------------------------------------------------------------------------------------------------------- */

static void write_sums(struct writer *w)
{
	const struct zv_plan_result *plan = &w->r->plan;

	money(w, "objective", plan->objective);
	money(w, "bound", plan->bound);
	zv_json_key_decimal(&w->json, "gap", zv_plan_gap_ppb(plan->objective, plan->bound, plan->constant), GAP_DECIMALS);
	money(w, "constant", plan->constant);
	money(w, "launches", plan->launches);
	money(w, "prices", plan->prices);
	money(w, "penalties", plan->penalties);
	zv_json_key_int(&w->json, "iterations", plan->iterations);
	zv_json_key_bool(&w->json, "proved", plan->proved);
	zv_json_key_bool(&w->json, "stopped", plan->stopped);
	list(w, "priorities");
	for (int i = 0; i < ZV_PLAN_PRIORITIES; i++) {
		const struct zv_plan_level *level = &plan->levels[i];

		item(w);
		zv_json_key_int(&w->json, "priority", i + 1);
		zv_json_key_int(&w->json, "needs", level->needs);
		zv_json_key_int(&w->json, "covered_needs", level->covered_needs);
		wide(w, "t", level->qty);
		wide(w, "covered_t", level->covered);
		if (level->bound > 0)
			wide(w, "bound_t", level->bound);
		wide(w, "constant_t", level->constant);
		zv_json_key_bool(&w->json, "strict_breaks", level->strict_breaks);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

/* What pooling is worth: the needs that could be served in full if each stood alone, beside those of the plan. */
static void write_alone(struct writer *w, const struct zv_plan_alone *alone)
{
	uint32_t pooled = 0;

	for (int i = 0; i < ZV_PLAN_PRIORITIES; i++)
		pooled += w->r->plan.levels[i].covered_needs;
	zv_json_key(&w->json, "alone");
	zv_json_object(&w->json);
	zv_json_key_int(&w->json, "needs", alone->needs);
	wide(w, "t", alone->qty);
	zv_json_key_int(&w->json, "pooled_needs", pooled);
	zv_json_end_object(&w->json);
}

int64_t zv_plan_order_price(const struct zv_plan_problem *p, const struct zv_plan_order *order)
{
	const struct zv_plan_offer *of = &p->offers[order->offer];
	const struct zv_plan_tier *tiers = &p->tiers[of->first_tier];
	zv_i128 step = 0;

	for (uint32_t s = 1; of->incremental && s <= order->tier; s++)
		step += (zv_i128)(tiers[s - 1].price - tiers[s].price) * tiers[s].from;
	return tiers[order->tier].price + (order->qty > 0 ? (int64_t)(step / order->qty) : 0);
}

static void write_orders(struct writer *w)
{
	list(w, "orders");
	for (size_t i = 0; i < w->r->plan.n_orders; i++) {
		const struct zv_plan_order *order = &w->r->plan.orders[i];

		item(w);
		offer(w, "offer", order->offer);
		period(w, "period", order->period);
		zv_json_key_int(&w->json, "tier", order->tier);
		amount(w, "quantity_t", order->qty);
		amount(w, "unit_price", zv_plan_order_price(w->p, order));
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

static void write_flows(struct writer *w)
{
	list(w, "flows");
	for (size_t i = 0; i < w->r->plan.n_flows; i++) {
		const struct zv_plan_flow *flow = &w->r->plan.flows[i];

		item(w);
		zv_json_key_str(&w->json, "need", w->p->needs[flow->need].id);
		offer(w, "offer", flow->offer);
		period(w, "period", flow->period);
		amount(w, "t", flow->qty);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

/* Inputs that orders take one level down, and for whom in the end. */
static void write_levels(struct writer *w)
{
	if (w->r->n_derived == 0)
		return;
	list(w, "inputs");
	for (size_t i = 0; i < w->r->n_derived; i++) {
		const struct zv_plan_derived *d = &w->r->derived[i];

		item(w);
		zv_json_key_str(&w->json, "need", w->p->needs[w->own + i].id);
		offer(w, "offer", d->offer);
		period(w, "period", d->period);
		zv_json_key_str(&w->json, "product", w->p->products[w->p->needs[w->own + i].product].id);
		period(w, "due", d->due);
		amount(w, "t", d->qty);
		amount(w, "outside_t", d->bought);
		amount(w, "price", d->price);
		zv_json_key_int(&w->json, "priority", d->priority);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
	list(w, "pegs");
	for (size_t i = 0; i < w->r->n_pegs; i++) {
		item(w);
		zv_json_key_str(&w->json, "input", w->p->needs[w->own + w->r->pegs[i].derived].id);
		zv_json_key_str(&w->json, "need", w->p->needs[w->r->pegs[i].need].id);
		amount(w, "t", w->r->pegs[i].qty);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

/* --- explanations -------------------------------------------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b, void *products)
{
	const struct zv_plan_product *of = products;

	return zv_str_cmp(of[*(const uint32_t *)a].id, of[*(const uint32_t *)b].id);
}

/* For NOMAKER: what is made, to be searched for the nearest name. */
static void find_made(struct writer *w)
{
	uint8_t *offered = zv_calloc((size_t)w->p->n_products + 1, 1);

	w->made = zv_reallocarray(NULL, (size_t)w->p->n_products + 1, sizeof(*w->made));
	for (uint32_t k = 0; k < w->p->n_offers; k++)
		offered[w->p->offers[k].product] = 1;
	for (uint32_t i = 0; i < w->p->n_products; i++)
		if (offered[i] != 0)
			w->made[w->n_made++] = i;
	qsort_r(w->made, w->n_made, sizeof(*w->made), by_id, (void *)(uintptr_t)w->p->products);
	free(offered);
}

static void find_missing(struct writer *w, const struct zv_plan_explained *e)
{
	w->missing_of = zv_reallocarray(NULL, (size_t)w->p->n_products + 1, sizeof(*w->missing_of));
	for (uint32_t i = 0; i < w->p->n_products; i++)
		w->missing_of[i] = SIZE_MAX;
	for (size_t i = 0; i < e->n_missing; i++)
		w->missing_of[e->missing[i].product] = i;
}

static size_t common(struct zv_str a, struct zv_str b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return n;
}

/* The product that somebody makes whose id begins like this one's for longest; ZV_PLAN_NONE: none does. */
static uint32_t nearest_made(const struct writer *w, uint32_t product)
{
	const struct zv_str id = w->p->products[product].id;
	size_t lo = 0, hi = w->n_made, below, above;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (zv_str_cmp(w->p->products[w->made[mid]].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	below = lo > 0 ? common(w->p->products[w->made[lo - 1]].id, id) : 0;
	above = lo < w->n_made ? common(w->p->products[w->made[lo]].id, id) : 0;
	if (below == 0 && above == 0)
		return ZV_PLAN_NONE;
	return above >= below ? w->made[lo] : w->made[lo - 1];
}

static void figure(struct writer *w, enum zv_plan_figure kind, int64_t value)
{
	static const char *const units[] = {"none", "t", "roubles_per_t", "roubles", "periods", "hours"};

	if (kind == ZV_PLAN_FIG_NONE) {
		zv_json_key(&w->json, "figure");
		zv_json_null(&w->json);
		return;
	}
	if (kind == ZV_PLAN_FIG_PERIODS)
		zv_json_key_int(&w->json, "figure", value);
	else
		amount(w, "figure", value);
	zv_json_key_c(&w->json, "figure_in", units[kind]);
}

static void product(struct writer *w, const char *key, uint32_t value)
{
	if (value != ZV_PLAN_NONE)
		zv_json_key_str(&w->json, key, w->p->products[value].id);
}

static void write_chain(struct writer *w, const struct zv_plan_because *because)
{
	zv_json_key(&w->json, "chain");
	zv_json_array(&w->json);
	for (uint32_t i = 0; i < because->n_chain; i++) {
		const struct zv_plan_link *link = &because->chain[i];

		zv_json_object(&w->json);
		offer(w, "offer", link->offer);
		period(w, "period", link->period);
		product(w, "product", link->input);
		amount(w, "t", link->qty);
		zv_json_key_c(&w->json, "code", zv_plan_why_name(link->why));
		figure(w, link->kind, link->figure);
		offer(w, "from", link->from);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

static void write_nomaker(struct writer *w, const struct zv_plan_explained *e, const struct zv_plan_because *because)
{
	const uint32_t wanted = w->p->needs[because->need].product;

	product(w, "nearest_product", because->input != ZV_PLAN_NONE ? because->input : nearest_made(w, wanted));
	if (w->missing_of[wanted] < e->n_missing) {
		zv_json_key_int(&w->json, "waiting_needs", e->missing[w->missing_of[wanted]].needs);
		amount(w, "waiting_t", e->missing[w->missing_of[wanted]].qty);
	}
}

/* What belongs to one code alone. */
static void write_code(struct writer *w, const struct zv_plan_explained *e, const struct zv_plan_because *because)
{
	const struct zv_plan_offer *of = because->offer != ZV_PLAN_NONE ? &w->p->offers[because->offer] : NULL;

	if (because->why == ZV_PLAN_NOMAKER)
		write_nomaker(w, e, because);
	else
		product(w, "product", because->input);
	if (because->why == ZV_PLAN_CONTROLLED && of != NULL) {
		const bool buyer = w->p->needs[because->need].licensed, maker = w->p->makers[of->maker].licensed;

		zv_json_key_c(&w->json, "licence_of", buyer ? "maker" : maker ? "buyer" : "both");
	}
	if (because->why == ZV_PLAN_CAPACITY && of != NULL && of->resource != ZV_PLAN_NONE && because->period >= 0 && w->r->plan.resource_price != NULL)
		amount(w, "hour_price", w->r->plan.resource_price[(size_t)of->resource * (size_t)w->p->n_periods + (size_t)because->period]);
	if (because->displaced > 0)
		zv_json_key_int(&w->json, "displaced_priority", because->displaced);
	if (because->n_chain > 0)
		write_chain(w, because);
}

static void write_because(struct writer *w, const struct zv_plan_explained *e, const struct zv_plan_because *because)
{
	item(w);
	zv_json_key_str(&w->json, "need", w->p->needs[because->need].id);
	amount(w, "t", because->qty);
	zv_json_key_c(&w->json, "code", zv_plan_why_name(because->why));
	figure(w, because->kind, because->figure);
	zv_json_key(&w->json, "offer");
	if (because->offer == ZV_PLAN_NONE)
		zv_json_null(&w->json);
	else
		zv_json_str(&w->json, w->p->offers[because->offer].id);
	if (because->period >= 0)
		period(w, "period", because->period);
	if (because->offer != ZV_PLAN_NONE)
		zv_json_key_int(&w->json, "tier", because->tier);
	if (because->also != ZV_PLAN_FITS) {
		zv_json_key(&w->json, "also");
		zv_json_object(&w->json);
		zv_json_key_c(&w->json, "code", zv_plan_why_name(because->also));
		figure(w, because->also_kind, because->also_figure);
		zv_json_end_object(&w->json);
	}
	write_code(w, e, because);
	zv_json_key_bool(&w->json, "verified", because->verified);
	zv_json_end_object(&w->json);
}

/* Needs of the problem, or inputs of orders: those come from outside the plan. */
static void write_uncovered(struct writer *w, const struct zv_plan_explained *e, const char *key, bool inputs)
{
	list(w, key);
	for (size_t i = 0; i < e->n_because; i++) {
		if ((e->because[i].need >= w->own) == inputs)
			write_because(w, e, &e->because[i]);
	}
	zv_json_end_array(&w->json);
}

static void optional(struct writer *w, const char *key, int64_t millionths)
{
	if (millionths >= 0)
		amount(w, key, millionths);
}

static void write_unlocks(struct writer *w, const struct zv_plan_explained *e)
{
	list(w, "unlock");
	for (size_t i = 0; i < e->n_unlocks; i++) {
		const struct zv_plan_unlock *u = &e->unlocks[i];

		item(w);
		offer(w, "offer", u->offer);
		period(w, "period", u->period);
		zv_json_key_int(&w->json, "tier", u->tier);
		amount(w, "pool_t", u->pool);
		amount(w, "lack_t", u->lack_qty);
		amount(w, "lack_roubles", u->lack_money);
		if (u->region != ZV_PLAN_NONE) {
			zv_json_key_str(&w->json, "region", w->p->regions[u->region].id);
			amount(w, "extra_t", u->extra_qty);
			amount(w, "extra_price", u->extra_price);
		}
		optional(w, "moq_today_t", u->moq_today);
		optional(w, "launch_cost_today", u->launch_today);
		optional(w, "unit_price_today", u->price_today);
		list(w, "joiners");
		for (size_t j = 0; j < u->n_joiners; j++) {
			zv_json_object(&w->json);
			zv_json_key_str(&w->json, "need", w->p->needs[u->joiners[j]].id);
			amount(w, "raise", u->joiner_raise[j]);
			zv_json_end_object(&w->json);
		}
		zv_json_end_array(&w->json);
		zv_json_key_bool(&w->json, "verified", u->verified);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

static void write_next_tiers(struct writer *w, const struct zv_plan_explained *e)
{
	list(w, "next_tiers");
	for (size_t i = 0; i < e->n_next_tiers; i++) {
		const struct zv_plan_next_tier *next = &e->next_tiers[i];

		item(w);
		offer(w, "offer", next->offer);
		period(w, "period", next->period);
		zv_json_key_int(&w->json, "tier", next->tier);
		amount(w, "lack_t", next->lack);
		amount(w, "saves_per_t", next->saves);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

static void write_hours(struct writer *w, const struct zv_plan_explained *e)
{
	list(w, "hours");
	for (size_t i = 0; i < e->n_hours; i++) {
		const struct zv_plan_hour *hour = &e->hours[i];

		item(w);
		zv_json_key_str(&w->json, "resource", w->p->resources[hour->resource].id);
		period(w, "period", hour->period);
		amount(w, "price", hour->price);
		amount(w, "used_h", hour->used_uh);
		amount(w, "capacity_h", hour->capacity_uh);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

static void write_missing(struct writer *w, const struct zv_plan_explained *e)
{
	list(w, "missing_makers");
	for (size_t i = 0; i < e->n_missing; i++) {
		const struct zv_plan_missing *missing = &e->missing[i];

		item(w);
		zv_json_key_str(&w->json, "product", w->p->products[missing->product].id);
		zv_json_key_int(&w->json, "needs", missing->needs);
		zv_json_key_int(&w->json, "regions", missing->regions);
		zv_json_key_int(&w->json, "enterprises", missing->enterprises);
		amount(w, "t", missing->qty);
		money(w, "value", missing->value);
		amount(w, "moq_t", missing->moq);
		amount(w, "price", missing->price);
		amount(w, "half_price", missing->half_price);
		zv_json_end_object(&w->json);
	}
	zv_json_end_array(&w->json);
}

void zv_plan_json_write(struct zv_out *out, const struct zv_plan_problem *problem, const struct zv_plan_levels_result *result,
			const struct zv_plan_explained *explained)
{
	struct writer w = {.p = &result->flat, .r = result, .own = problem->n_needs};

	zv_json_init(&w.json, out);
	zv_json_object(&w.json);
	write_sums(&w);
	if (explained != NULL)
		write_alone(&w, &explained->alone);
	write_orders(&w);
	write_flows(&w);
	write_levels(&w);
	if (explained != NULL) {
		find_made(&w);
		find_missing(&w, explained);
		write_uncovered(&w, explained, "uncovered", false);
		if (result->n_derived > 0)
			write_uncovered(&w, explained, "from_outside", true);
		write_unlocks(&w, explained);
		write_next_tiers(&w, explained);
		write_hours(&w, explained);
		write_missing(&w, explained);
		free(w.made);
		free(w.missing_of);
	}
	zv_json_end_object(&w.json);
	zv_out_char(out, '\n');
}
