/* Plans over random registers: what the engine's model cannot say (tolerances of needs that may not be split, whole pieces) holds in every one of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/plan_settle.h"
#include "app/plan_solve.h"
#include "app/plan_text.h"
#include "base/rng.h"

enum { WORLDS = 60, NEEDS = 14, OFFERS = 5, QUARTERS = 3, AS_OF = 20514 /* 2026-03-02 */, Q1 = 2026 * 4, KG = 1000000, DAYS = 91 };

struct registers {
	struct zv_snap_org orgs[4];
	struct zv_snap_item items[2];
	struct zv_snap_need needs[NEEDS];
	struct zv_snap_offer offers[OFFERS];
	struct zv_snap_capacity capacities[4 * 2 * QUARTERS];
	char names[NEEDS + OFFERS + 8][8];
	char ladders[OFFERS][80];
	size_t n_names;
	struct zv_snapshot snapshot;
};

static struct zv_str name(struct registers *r, char kind, int number)
{
	char *text = r->names[r->n_names++];

	(void)snprintf(text, sizeof(r->names[0]), "%c%02d", kind, number % 100);
	return zv_str_c(text);
}

static bool of_100(struct zv_rng *rng, uint64_t percent)
{
	return zv_rng_below(rng, 100) < percent;
}

static void draw_need(struct registers *r, int at, struct zv_rng *rng)
{
	int32_t item = (int32_t)zv_rng_below(rng, 2);
	int64_t unit = item == 0 ? KG : 1;

	r->needs[at] = (struct zv_snap_need){
		.id = at + 1,
		.order = at,
		.uid = name(r, 'n', at),
		.region = ZV_STR("RU-RYA"),
		.org = (int32_t)zv_rng_below(rng, 2),
		.item = item,
		.state = 2,
		.dim = r->items[item].dim,
		.firm_base = zv_rng_range(rng, 1, 30) * unit,
		.extra_base = of_100(rng, 70) ? zv_rng_range(rng, 1, 12) * unit : 0,
		.ceiling = {of_100(rng, 90) ? zv_rng_range(rng, 900, 3000) : 0, unit},
		.earliest = ZV_DATE_NONE,
		.due = of_100(rng, 80) ? AS_OF + (zv_date)zv_rng_range(rng, 20, QUARTERS * DAYS) : ZV_DATE_NONE,
		.urgency = (int32_t)zv_rng_below(rng, 5),
		.whole = of_100(rng, 60),
	};
	if (r->needs[at].ceiling.kop == 0)
		r->needs[at].ceiling.per = 0;
}

static void draw_offer(struct registers *r, int at, struct zv_rng *rng)
{
	int32_t item = at % 2;
	int64_t unit = item == 0 ? KG : 1, least = zv_rng_range(rng, 5, 40);
	const char *word = item == 0 ? "kg" : "pcs";

	r->offers[at] = (struct zv_snap_offer){
		.id = at + 1,
		.uid = name(r, 'o', at),
		.region = ZV_STR("RU-OMS"),
		.basis = of_100(rng, 50) ? ZV_STR("DAP") : ZV_STR(""),
		.org = 2 + (int32_t)zv_rng_below(rng, 2),
		.item = item,
		.dim = r->items[item].dim,
		.fixed_kop = of_100(rng, 50) ? zv_rng_range(rng, 1000, 40000) : -1,
		.price = {zv_rng_range(rng, 500, 1500), unit},
		.min_base = least * unit,
		.step_base = of_100(rng, 40) ? 5 * unit : 0,
		.max_base = of_100(rng, 40) ? (least + 40) / 5 * 5 * unit : 0,
		.lead_days = zv_rng_range(rng, 0, DAYS),
		.valid_until = ZV_DATE_NONE,
	};
	if (!of_100(rng, 50))
		return;
	(void)snprintf(r->ladders[at], sizeof(r->ladders[at]), "%d %s: 14; %d %s: 11.5; %d %s: 9", (int)least, word, (int)least + 12, word, (int)least + 30, word);
	r->offers[at].ladder = zv_str_c(r->ladders[at]);
}

static void draw(struct registers *r, uint64_t seed)
{
	struct zv_rng rng;
	size_t n_capacities = 0;

	memset(r, 0, sizeof(*r));
	zv_rng_init(&rng, seed);
	for (int i = 0; i < 4; i++)
		r->orgs[i] = (struct zv_snap_org){.id = i + 1, .uid = name(r, 'f', i), .region = ZV_STR("RU-RYA")};
	r->items[0] = (struct zv_snap_item){.id = 1, .uid = name(r, 'i', 0), .dim = ZV_DIM_MASS};
	r->items[1] = (struct zv_snap_item){.id = 2, .uid = name(r, 'i', 1), .dim = ZV_DIM_PIECE};
	for (int i = 0; i < NEEDS; i++)
		draw_need(r, i, &rng);
	for (int i = 0; i < OFFERS; i++)
		draw_offer(r, i, &rng);
	for (int32_t org = 2; org < 4; org++)
		for (int32_t item = 0; item < 2; item++)
			for (int32_t q = 0; q < QUARTERS && of_100(&rng, 60); q++)
				r->capacities[n_capacities++] = (struct zv_snap_capacity){
					.org = org, .item = item, .quarter = Q1 + q, .dim = r->items[item].dim, .free_base = zv_rng_range(&rng, 0, 70) * (item == 0 ? KG : 1)};
	r->snapshot = (struct zv_snapshot){.orgs = r->orgs, .n_orgs = 4, .items = r->items, .n_items = 2, .needs = r->needs, .n_needs = NEEDS, .offers = r->offers,
					   .n_offers = OFFERS, .capacities = r->capacities, .n_capacities = n_capacities};
}

/* What a row of the register gets, and whether all of it is of one order. */
struct gets {
	int64_t firm, extra;
	const struct zv_plan_flow *first;
	bool several;
};

/* What a need lacks does not fit into any order that serves it. */
static void assert_filled(const struct zv_plan_result *plan, const struct zv_plan_source *source, uint64_t seed)
{
	const struct zv_plan_problem *p = &source->problem;
	int64_t lack[NEEDS * 2] = {0};

	for (uint32_t i = 0; i < p->n_needs; i++)
		lack[i] = source->needs[i].extra || source->needs[i].dim == ZV_DIM_PIECE || p->products[p->needs[i].product].max_share_ppm > 0 ? 0 : p->needs[i].qty;
	for (size_t i = 0; i < plan->n_flows; i++)
		lack[plan->flows[i].need] -= plan->flows[i].qty;
	for (size_t i = 0; i < plan->n_flows; i++) {
		const struct zv_plan_flow *flow = &plan->flows[i];
		const struct zv_plan_offer *offer = &p->offers[flow->offer];
		int64_t room = offer->max, used = 0;

		if (lack[flow->need] <= 0)
			continue;
		for (size_t k = 0; k < plan->n_orders; k++) {
			const struct zv_plan_order *order = &plan->orders[k];

			if (order->offer == flow->offer && order->period == flow->period)
				room = (order->tier + 1 < offer->n_tiers ? p->tiers[offer->first_tier + order->tier + 1].from - 1 : offer->max) - order->qty;
			if (order->period == flow->period && offer->resource != ZV_PLAN_NONE && p->offers[order->offer].resource == offer->resource)
				used += order->qty;
		}
		if (room > 0 && (offer->resource == ZV_PLAN_NONE || used < p->capacity_uh[(size_t)offer->resource * (size_t)p->n_periods + (size_t)flow->period]))
			fail_msg("seed %llu: need %u lacks what its order has room for", (unsigned long long)seed, flow->need);
	}
}

static void assert_sound(const struct zv_plan_result *plan, const struct zv_plan_source *source, const struct registers *r, uint64_t seed)
{
	struct gets gets[NEEDS] = {0};

	for (size_t i = 0; i < plan->n_flows; i++) {
		const struct zv_plan_flow *flow = &plan->flows[i];
		const struct zv_plan_source_need *of = &source->needs[flow->need];
		struct gets *to = &gets[of->row];

		if (flow->qty % zv_plan_quanta(of->dim) != 0)
			fail_msg("seed %llu: a part of a piece flows", (unsigned long long)seed);
		*(of->extra ? &to->extra : &to->firm) += flow->qty / zv_plan_quanta(of->dim);
		to->several = to->several || (to->first != NULL && (to->first->offer != flow->offer || to->first->period != flow->period));
		to->first = flow;
	}
	for (int i = 0; i < NEEDS; i++) {
		if (gets[i].extra > 0 && gets[i].firm < r->needs[i].firm_base)
			fail_msg("seed %llu: need %d gets of its tolerance before itself", (unsigned long long)seed, i);
		if (r->needs[i].whole && (gets[i].several || (gets[i].firm > 0 && gets[i].firm < r->needs[i].firm_base)))
			fail_msg("seed %llu: need %d may not be split, and is", (unsigned long long)seed, i);
	}
}

/* What the plans of one seed say together, so that a test that never meets the case is seen. */
static struct {
	int whole, tolerances, strays;
} met;

static void solve(struct zv_plan_source *source, const struct registers *r, const struct zv_plan_options *options, uint64_t seed)
{
	struct zv_plan_checked checked;
	struct zv_plan_result plan;
	struct zv_err err = {0};

	if (zv_plan_source_build(source, &r->snapshot, AS_OF, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	zv_plan_source_share(source, seed % 3 == 0 ? 50 + (int64_t)(seed % 30) : 100);
	if (zv_plan_source_solve(&plan, &checked, source, options, true, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	assert_sound(&plan, source, r, seed);
	assert_filled(&plan, source, seed);
	if (plan.bound > plan.objective)
		fail_msg("seed %llu: the bound is above the plan", (unsigned long long)seed);
	for (size_t i = 0; i < plan.n_flows; i++) {
		met.whole += source->problem.needs[plan.flows[i].need].single;
		met.tolerances += source->needs[plan.flows[i].need].extra && source->problem.needs[source->needs[plan.flows[i].need].twin].single;
	}
	for (uint32_t i = 0; i < source->problem.n_needs; i++)
		met.strays += source->problem.needs[i].due == -1;
	zv_plan_result_done(&plan);
	zv_plan_source_done(source);
}

static bool at_once(void *context)
{
	(void)context;
	return true;
}

static uint64_t first_seed(void)
{
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;

	printf("# seeds from %llu\n", (unsigned long long)first);
	return first;
}

static void a_need_that_may_not_be_split_is_served_whole_from_one_order_with_its_tolerance(void **state)
{
	struct registers *r = malloc(sizeof(*r));
	uint64_t first = first_seed();
	struct zv_plan_source source;

	(void)state;
	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		draw(r, seed);
		solve(&source, r, &(struct zv_plan_options){.strict = seed % 4 == 0}, seed);
	}
	free(r);
	printf("# %d needs served whole, %d of their tolerances, %d of those closed\n", met.whole, met.tolerances, met.strays);
	assert_true(met.whole > WORLDS && met.tolerances > 0 && met.strays > 0);
}

static void that_holds_of_a_plan_that_was_stopped(void **state)
{
	struct registers *r = malloc(sizeof(*r));
	uint64_t first = first_seed();
	struct zv_plan_source source;

	(void)state;
	for (uint64_t seed = first; seed < first + WORLDS / 4; seed++) {
		draw(r, seed);
		solve(&source, r, &(struct zv_plan_options){.stop = at_once}, seed);
	}
	free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_need_that_may_not_be_split_is_served_whole_from_one_order_with_its_tolerance),
		cmocka_unit_test(that_holds_of_a_plan_that_was_stopped),
	};

	return cmocka_run_group_tests_name("prop/app/plan_registers", tests, NULL, NULL);
}
