/* Which problems are given to the exact kernel as a whole, with how much work, and what is done with its answer. */
#include "engine/plan/prove.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/anneal.h"
#include "engine/plan/exact.h"
#include "engine/plan/search.h"
#include "engine/plan/shares.h"
#include "engine/plan/whole.h"

/* Arcs of (need, order) up to which a problem is proved, up to which that is tried, where needs may be split; and the nodes for it. */
enum { ARCS_PROVED = 400, ARCS_TRIED = 2000, SPLIT_ARCS_TRIED = PLAN_KERNEL_ARCS_MAX, NODES_PROVED = 2000, NODES_TRIED = 60, WORK_OF_PROOF = 10000000 };

/* Orders that are few, and the work for them. */
enum { FEW_ORDERS = 64, WORK_OF_FEW = 40000000 };

struct proving {
	struct plan_place *place;
	const struct zv_plan_options *options;
	struct zv_plan_result *out;
};

static bool asked_to_stop(void *proving)
{
	const struct proving *p = proving;

	if (!p->out->stopped && p->options->stop != NULL && p->options->stop(p->options->context))
		p->out->stopped = true;
	return p->out->stopped;
}

static uint32_t count_arcs(const struct plan_arcs *arcs, uint32_t most)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < arcs->n_pairs && n <= most; j++)
		n += (uint32_t)(arcs->pairs[j].hi - arcs->pairs[j].lo) + 1;
	return n;
}

static bool all_may_be_split(const struct zv_plan_problem *problem)
{
	for (uint32_t i = 0; i < problem->n_needs; i++)
		if (problem->needs[i].single || problem->needs[i].parcel > 0)
			return false;
	return true;
}

/* The start of the kernel: what the search has found. */
static void set_start(struct plan_whole *w, const struct plan_place *place)
{
	for (uint32_t slot = 0; slot < w->part.n_slots; slot++)
		w->tier[slot] = place->slots[slot].tier;
	for (uint32_t a = 0; a < w->part.n_arcs; a++) {
		uint32_t f = plan_flow_of(place, w->arcs[a].slot, w->pair[a]);

		w->flow[a] = f == ZV_PLAN_NONE ? 0 : place->flows.p[f].qty;
	}
}

/* The bound of the kernel's answer stands; the answer itself is the caller's to read and to release. */
static enum zv_code ask_kernel(struct plan_exact *answer, struct proving *p, struct plan_whole *w, int nodes, struct zv_err *err)
{
	enum zv_code code;

	set_start(w, p->place);
	answer->stop = asked_to_stop;
	answer->context = p;
	answer->tier = zv_calloc((size_t)w->part.n_slots + 1, sizeof(*answer->tier));
	answer->flow = zv_calloc((size_t)w->part.n_arcs + 1, sizeof(*answer->flow));
	code = plan_exact_solve(answer, &w->part, nodes, err);
	if (code == ZV_OK && answer->bound > p->out->bound)
		p->out->bound = answer->bound;
	return code;
}

static void answer_done(struct plan_exact *answer)
{
	free(answer->tier);
	free(answer->flow);
}

/* --- needs that stay whole, split ---------------------------------------------------------------------------------------------------- */

/* Where each need is served most; ZV_PLAN_NONE: nowhere. */
static uint32_t *served_at(const struct plan_whole *w, const int64_t *flow)
{
	uint32_t *at = zv_reallocarray(NULL, (size_t)w->part.n_needs + 1, sizeof(*at));
	int64_t *most = zv_calloc((size_t)w->part.n_needs + 1, sizeof(*most));

	for (uint32_t i = 0; i < w->part.n_needs; i++)
		at[i] = ZV_PLAN_NONE;
	for (uint32_t a = 0; a < w->part.n_arcs; a++)
		if (flow[a] > most[w->arcs[a].need]) {
			most[w->arcs[a].need] = flow[a];
			at[w->arcs[a].need] = w->arcs[a].slot;
		}
	free(most);
	return at;
}

static struct zv_plan_need *split_needs(const struct zv_plan_problem *problem)
{
	struct zv_plan_need *needs = zv_reallocarray(NULL, (size_t)problem->n_needs + 1, sizeof(*needs));

	memcpy(needs, problem->needs, problem->n_needs * sizeof(*needs));
	for (uint32_t i = 0; i < problem->n_needs; i++)
		needs[i].single = false;
	return needs;
}

/* The problem with several sources bounds that with one and is far easier to prove; its orders are where the search goes on. */
static enum zv_code relax(struct proving *p, struct zv_err *err)
{
	struct zv_plan_problem relaxed = *p->place->problem;
	struct plan_exact answer = {.work_max = WORK_OF_FEW};
	struct zv_plan_need *needs = split_needs(&relaxed);
	struct plan_whole w;
	enum zv_code code;

	relaxed.needs = needs;
	plan_whole_open(&w, p->place->arcs);
	w.part.problem = &relaxed;
	code = ask_kernel(&answer, p, &w, NODES_PROVED, err);
	if (code == ZV_OK && answer.better) {
		uint32_t *at = served_at(&w, answer.flow);

		plan_search_whole(p->place, at, p->options, p->out);
		free(at);
	}
	answer_done(&answer);
	free(needs);
	plan_whole_done(&w);
	return code;
}

static bool is_worth_relaxing(const struct plan_place *place)
{
	uint32_t n = count_arcs(place->arcs, SPLIT_ARCS_TRIED);

	return ARCS_PROVED < n && n <= SPLIT_ARCS_TRIED && place->problem->n_periods == 1 && !all_may_be_split(place->problem) && plan_anneal_fits(place);
}

/* --- as it is ------------------------------------------------------------------------------------------------------------------------- */

static void take_answer(struct plan_place *place, const struct plan_whole *w, const struct plan_exact *answer)
{
	plan_mark(place);
	for (uint32_t a = 0; a < w->part.n_arcs; a++)
		plan_put(place, w->arcs[a].slot, w->pair[a], -w->flow[a]);
	for (uint32_t slot = 0; slot < w->part.n_slots; slot++)
		plan_set_tier(place, slot, answer->tier[slot]);
	for (uint32_t a = 0; a < w->part.n_arcs; a++)
		plan_put(place, w->arcs[a].slot, w->pair[a], answer->flow[a]);
	if (!plan_sound(place))
		plan_undo(place);
}

static enum zv_code prove(struct proving *p, bool few, uint32_t n_arcs, struct zv_err *err)
{
	struct plan_whole w;
	struct plan_exact answer = {0};
	enum zv_code code;

	plan_whole_open(&w, p->place->arcs);
	answer.work_max = few && n_arcs > ARCS_PROVED ? WORK_OF_FEW : WORK_OF_PROOF;
	code = ask_kernel(&answer, p, &w, n_arcs <= ARCS_PROVED || few ? NODES_PROVED : NODES_TRIED, err);
	if (code == ZV_OK && answer.better)
		take_answer(p->place, &w, &answer);
	answer_done(&answer);
	plan_whole_done(&w);
	return code;
}

enum zv_code plan_prove(struct plan_place *place, const struct zv_plan_options *options, struct zv_plan_result *out, struct zv_err *err)
{
	struct proving p = {place, options, out};
	const struct plan_arcs *arcs = place->arcs;
	bool one = place->problem->n_periods == 1, few = one && all_may_be_split(place->problem);
	uint32_t most = few ? SPLIT_ARCS_TRIED : ARCS_TRIED, n = count_arcs(arcs, most);
	enum zv_code code = ZV_OK;

	if (out->stopped && plan_search_signed(place) == ZV_PLAN_NONE && plan_shares_hold(place))
		return ZV_OK;
	if (is_worth_relaxing(place))
		code = relax(&p, err);
	if (code != ZV_OK || n == 0 || n > most)
		return code;
	/* In one period, with few orders, or where only orders are branched on, the branches are few: facilities and their customers. */
	return prove(&p, few || (one && arcs->n_slots <= FEW_ORDERS), n, err);
}
