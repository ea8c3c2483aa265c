/* Why inputs are short: each missing input is asked about as a need of the order that lacks it, level by level. */
#include <stdlib.h>
#include <string.h>

#include "engine/plan/explain_inner.h"
#include "engine/plan/levels.h"

struct inputs {
	const struct zv_plan_problem *problem;
	const struct zv_plan_levels_result *levels;
	struct zv_arena *arena;
	struct zv_plan_need *needs;   /* of the flat problem, and behind them what is short */
	const struct zv_plan_because **answers; /* [n_shorts] */
};

static bool has_inputs(const struct zv_plan_problem *p, uint32_t product)
{
	uint32_t lo = 0, hi = p->n_boms;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->boms[mid].product < product)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->n_boms && p->boms[lo].product == product;
}

/* What a unit of the input may cost when a unit of the product may cost `bears` and the maker takes his own price for it. */
static int64_t borne(const struct inputs *in, const struct zv_plan_short *s, int64_t bears)
{
	const struct zv_plan_problem *p = in->problem;
	const struct zv_plan_bom *bom = &p->boms[s->bom];
	const struct zv_plan_offer *of = &p->offers[s->offer];
	zv_i128 left = (zv_i128)(bears - p->tiers[of->first_tier + of->n_tiers - 1].price) * ZV_PLAN_UNIT / (bom->ppm > 0 ? bom->ppm : 1);
	int64_t most = bom->price > 0 ? bom->price : ZV_PLAN_PRICE_MAX;

	return left < 0 ? 0 : left < most ? (int64_t)left : most;
}

/* The short as a need of its maker; the levels below it bear what is left. */
static void add_need(struct inputs *in, size_t at, int64_t bears, uint8_t priority)
{
	const struct zv_plan_problem *p = in->problem;
	const struct zv_plan_short *s = &in->levels->shorts[at];
	const struct zv_plan_bom *bom = &p->boms[s->bom];
	uint32_t maker = p->offers[s->offer].maker;
	struct zv_plan_need *need = &in->needs[in->levels->flat.n_needs + at];

	bears = borne(in, s, bears);
	/* Two orders may lack the same for the same reason: the one that pays more speaks for it. */
	if (need->qty > 0 && need->ceiling >= bears)
		return;
	*need = (struct zv_plan_need){.id = p->products[bom->input].id, .product = bom->input, .region = p->makers[maker].region, .enterprise = p->n_enterprises + maker,
				      .qty = s->qty > 0 ? s->qty : 1, .ceiling = bears, .penalty = bears, .due = s->period - bom->lag, .priority = priority,
				      .licensed = p->makers[maker].licensed};
	if (s->lower != ZV_PLAN_NONE && s->lower > at)
		add_need(in, s->lower, bears, priority);
}

static void fill_needs(struct inputs *in)
{
	const struct zv_plan_problem *flat = &in->levels->flat;
	size_t n = in->levels->n_shorts;

	in->needs = zv_arena_calloc(in->arena, flat->n_needs + n + 1, sizeof(*in->needs));
	if (flat->n_needs > 0)
		memcpy(in->needs, flat->needs, flat->n_needs * sizeof(*in->needs));
	for (size_t i = 0; i < n; i++) {
		uint32_t of = in->levels->shorts[i].need;

		if (of != ZV_PLAN_NONE)
			add_need(in, i, in->problem->needs[of].penalty, in->problem->needs[of].priority);
	}
	/* Those that nobody asked for stand for nothing; one quantum that nobody pays for keeps the arrays whole. */
	for (size_t i = 0; i < n; i++)
		if (in->needs[flat->n_needs + i].qty == 0)
			in->needs[flat->n_needs + i] = (struct zv_plan_need){.id = ZV_STR("-"), .qty = 1, .due = -1, .priority = ZV_PLAN_PRIORITIES};
}

static enum zv_code ask(struct inputs *in, struct zv_err *err)
{
	struct zv_plan_problem p = in->levels->flat;
	struct zv_plan_explained said;
	enum zv_code code;

	fill_needs(in);
	p.needs = in->needs;
	p.n_needs += (uint32_t)in->levels->n_shorts;
	code = zv_plan_explain(&said, &p, &in->levels->plan, 1, in->arena, err);
	if (code != ZV_OK)
		return code;
	in->answers = zv_arena_calloc(in->arena, in->levels->n_shorts + 1, sizeof(*in->answers));
	for (size_t i = 0; i < said.n_because; i++)
		if (said.because[i].need >= in->levels->flat.n_needs)
			in->answers[said.because[i].need - in->levels->flat.n_needs] = &said.because[i];
	return ZV_OK;
}

static void put_chain(struct zv_plan_because *out, const struct inputs *in, size_t first)
{
	const struct zv_plan_levels_result *levels = in->levels;
	struct zv_plan_link *chain;
	uint32_t n = 0;

	for (size_t i = first; n < levels->n_shorts; i = levels->shorts[i].lower) {
		n++;
		if (levels->shorts[i].lower == ZV_PLAN_NONE || levels->shorts[i].lower <= i)
			break;
	}
	chain = zv_arena_calloc(in->arena, n, sizeof(*chain));
	for (uint32_t k = 0; k < n; k++) {
		const struct zv_plan_short *s = &levels->shorts[first];
		const struct zv_plan_because *answer = in->answers[first];

		chain[k] = (struct zv_plan_link){.offer = s->offer, .period = s->period, .input = in->problem->boms[s->bom].input, .qty = s->qty, .from = ZV_PLAN_NONE};
		if (answer != NULL) {
			chain[k].why = k + 1 < n ? ZV_PLAN_INPUT : answer->why;
			chain[k].kind = k + 1 < n ? ZV_PLAN_FIG_NONE : answer->kind;
			chain[k].figure = k + 1 < n ? 0 : answer->figure;
			chain[k].from = k + 1 < n ? levels->shorts[s->lower].offer : answer->offer;
		}
		first = s->lower;
	}
	out->chain = chain;
	out->n_chain = n;
}

static void put_input(struct zv_plan_because *out, const struct inputs *in, size_t at)
{
	const struct zv_plan_short *s = &in->levels->shorts[at];

	*out = (struct zv_plan_because){.need = out->need, .qty = out->qty, .why = ZV_PLAN_INPUT, .kind = ZV_PLAN_FIG_QTY, .figure = s->qty, .offer = s->offer,
					.period = s->period, .input = in->problem->boms[s->bom].input};
	put_chain(out, in, at);
}

static void lay_over(struct zv_plan_explained *out, const struct inputs *in)
{
	size_t at = 0;

	for (size_t i = 0; i < out->n_because; i++) {
		struct zv_plan_because *b = &out->because[i];

		while (at < in->levels->n_shorts && in->levels->shorts[at].need < b->need)
			at++;
		if (at < in->levels->n_shorts && in->levels->shorts[at].need == b->need)
			put_input(b, in, at);
		else if (b->offer != ZV_PLAN_NONE && has_inputs(in->problem, in->problem->offers[b->offer].product))
			b->verified = false;
	}
	for (size_t i = 0; i < out->n_unlocks; i++)
		if (has_inputs(in->problem, in->problem->offers[out->unlocks[i].offer].product))
			out->unlocks[i].verified = false;
}

enum zv_code zv_plan_explain_levels(struct zv_plan_explained *out, const struct zv_plan_problem *problem, const struct zv_plan_levels_result *result,
				    size_t unlocks_max, struct zv_arena *arena, struct zv_err *err)
{
	struct inputs in = {.problem = problem, .levels = result, .arena = arena};
	enum zv_code code = zv_plan_explain(out, &result->flat, &result->plan, unlocks_max, arena, err);

	if (code != ZV_OK || problem->n_boms == 0)
		return code;
	zv_plan_alone(&out->alone, NULL, problem);
	if (result->n_shorts > 0)
		code = ask(&in, err);
	if (code == ZV_OK)
		lay_over(out, &in);
	return code;
}
