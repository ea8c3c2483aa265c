/* Runs the search group by group within a budget of work. */
#include "engine/plan/search.h"

#include <stdlib.h>

#include "engine/plan/anneal.h"
#include "engine/plan/around.h"
#include "engine/plan/chains.h"
#include "engine/plan/improve.h"
#include "engine/plan/shares.h"

enum { POLISHES = 6, PART_EVERY = 4, ATTEMPTS_SIGNED = 40 };

/* Small: one period, up to so many needs, above so many pairs (fewer are proved); its ruins, all together. */
enum { SMALL_NEEDS = 200, PROVED_PAIRS = 400, RUINS_OF_SMALL = 24000, RUINS_BEFORE_ANNEALING = 8 };

/* Chains: passes at a time, up to so many needs; of small problems, also between so many rounds of ruins. */
enum { CHAIN_ROUNDS = 8, CHAINED_NEEDS = 20000, CHAIN_EVERY = 16 };

/* Annealings one after the other: how hot, as a part of what a need costs; how long. */
enum { ANNEALS = 3, ANNEAL_MOVES = 8000000, MOVES_PER_PAIR = 20000 };
static const double COOLER[ANNEALS] = {1, 0.3, 0.1};

static const double HEAT = 0.001; /* of the first round of ruins; falls to 0 */

struct searching {
	struct plan_place *place;
	const struct plan_dual *dual;
	const struct zv_plan_options *options;
	struct zv_plan_result *out;
	struct plan_moves moves;
};

static bool asked_to_stop(struct searching *s)
{
	if (!s->out->stopped && s->options->stop != NULL && s->options->stop(s->options->context))
		s->out->stopped = true;
	return s->out->stopped;
}

static void tell(const struct searching *s, enum zv_plan_stage stage, int done_ppt)
{
	if (s->options->progress != NULL)
		s->options->progress(s->options->context, stage, done_ppt, (zv_i128)(s->place->cost * 1e6) * 1000000, s->out->bound);
}

static void polish_group(struct searching *s, uint32_t g)
{
	for (int i = 0; i < POLISHES && !asked_to_stop(s); i++)
		if (!plan_polish_group(&s->moves, g))
			break;
}

static void polish_all(struct searching *s)
{
	for (uint32_t g = 0; g < s->place->arcs->n_groups; g++)
		polish_group(s, g);
}

static bool is_small(const struct plan_arcs *arcs)
{
	return arcs->problem->n_periods == 1 && arcs->n_needs <= SMALL_NEEDS && arcs->n_pairs > PROVED_PAIRS;
}

/* Needs that are too large for the room that is left, while the orders stay. */
static void chain_all(struct searching *s)
{
	struct plan_chains chains;

	if (s->place->arcs->n_needs > CHAINED_NEEDS)
		return;
	plan_chains_open(&chains, &s->moves);
	for (uint32_t g = 0; g < s->place->arcs->n_groups; g++)
		for (int round = 0; round < CHAIN_ROUNDS && !asked_to_stop(s); round++)
			if (!plan_chain_group(&chains, g))
				break;
	plan_chains_close(&chains);
}

/* A ruin takes 25 microseconds in small problems, 60 in large ones. The smallest are proved by the kernel; those next to them are small enough for far more. */
static int64_t ruins_per_need(const struct plan_place *place)
{
	uint32_t n_needs = place->arcs->n_needs;

	if (is_small(place->arcs) && n_needs > 0)
		return RUINS_OF_SMALL / n_needs;
	if (plan_anneal_fits(place))
		return RUINS_BEFORE_ANNEALING;
	return n_needs <= 3000 ? 80 : n_needs <= 30000 ? 40 : n_needs <= 300000 ? 10 : 2;
}

/* Every round gives each group as many tries as it has needs. */
static void ruin_all(struct searching *s)
{
	const struct plan_arcs *arcs = s->place->arcs;
	int64_t effort = s->options->effort > 0 ? s->options->effort : 100;
	int64_t rounds = ruins_per_need(s->place) * effort / 100;
	struct plan_ruin ruin;
	struct zv_rng rng;

	zv_rng_init(&rng, 1);
	plan_ruin_open(&ruin, &s->moves, s->dual, &rng);
	for (int64_t round = 0; round < rounds; round++) {
		plan_shares_aim_round(s->place, round);
		ruin.heat = HEAT * (1 - (double)round / (double)rounds) * (1 - (double)round / (double)rounds);
		for (uint32_t g = 0; g < arcs->n_groups && !asked_to_stop(s); g++) {
			uint32_t n = arcs->group_need[g + 1] - arcs->group_need[g];

			for (uint32_t i = 0; i < n; i++) {
				if (i % 64 == 63 && asked_to_stop(s))
					break;
				(void)plan_ruin_need(&ruin, arcs->group_need[g] + (uint32_t)zv_rng_below(&rng, n));
			}
		}
		if (is_small(arcs) && round % CHAIN_EVERY == CHAIN_EVERY - 1)
			chain_all(s);
		tell(s, ZV_PLAN_IMPROVE, (int)(400 + 500 * (round + 1) / rounds));
	}
	plan_ruin_close(&ruin);
}

static bool stop_annealing(void *searching)
{
	return asked_to_stop(searching);
}

/* From where a relaxation serves the needs, again and again; NULL: from the plan, cooler and cooler. */
static void anneal_all(struct searching *s, const uint32_t *at)
{
	int64_t effort = s->options->effort > 0 ? s->options->effort : 100, moves = ANNEAL_MOVES * effort / 100;
	const struct plan_arcs *arcs = s->place->arcs;
	struct plan_anneal *anneal;
	struct zv_rng rng;

	if (arcs->n_pairs <= PROVED_PAIRS || !plan_anneal_fits(s->place))
		return;
	moves = moves < MOVES_PER_PAIR * (int64_t)arcs->n_pairs ? moves : MOVES_PER_PAIR * (int64_t)arcs->n_pairs;
	zv_rng_init(&rng, 3);
	anneal = plan_anneal_open(s->place, &rng);
	for (size_t i = 0; i < ANNEALS && !asked_to_stop(s); i++)
		(void)plan_anneal_run(anneal, at, moves, at == NULL ? COOLER[i] : COOLER[ANNEALS - 1], stop_annealing, s);
	plan_anneal_close(anneal);
}

/* How often every fourth promising order gets a part around it: parts cost tens of milliseconds each, so that large problems get none. */
static int64_t part_rounds(const struct searching *s)
{
	int64_t effort = s->options->effort > 0 ? s->options->effort : 100;
	uint32_t n = s->place->arcs->n_needs;

	return (n <= 20000 ? 1 : 0) * effort / 100;
}

/* Parts around promising orders, solved exactly. */
static void solve_parts(struct searching *s)
{
	const struct plan_arcs *arcs = s->place->arcs;
	int64_t rounds = part_rounds(s);
	struct plan_around around;
	struct zv_rng rng;

	zv_rng_init(&rng, 2);
	plan_around_open(&around, s->place, s->dual, &rng);
	for (int64_t round = 0; round < rounds; round++) {
		for (uint32_t slot = 0; slot < arcs->n_slots && !asked_to_stop(s); slot++) {
			if (!plan_around_is_promising(&around, slot) || zv_rng_below(&rng, PART_EVERY) != 0)
				continue;
			(void)plan_around_slot(&around, slot);
			tell(s, ZV_PLAN_KERNEL, (int)(900 + 90 * (round * arcs->n_slots + slot) / (rounds * arcs->n_slots)));
		}
	}
	plan_around_close(&around);
}

/* --- signed orders ------------------------------------------------------------------------------------------------------------------ */

static bool lacks(const struct plan_place *place, uint32_t slot)
{
	const struct plan_slot *s = &place->slots[slot];

	return s->tier < 0 || s->qty < plan_tier_of(place, slot, s->tier)->b;
}

uint32_t plan_search_signed(const struct plan_place *place)
{
	const struct plan_arcs *arcs = place->arcs;

	for (uint32_t i = 0; i < arcs->n_kept; i++)
		if (lacks(place, arcs->kept[i].slot))
			return arcs->kept[i].slot;
	return ZV_PLAN_NONE;
}

/* Up to its smallest quantity at the tier that is best, or at any. */
static bool complete(struct searching *s, uint32_t slot)
{
	struct plan_place *place = s->place;
	int best;

	(void)plan_open_value(&s->moves, slot, &best);
	for (int t = -1; t < (int)plan_offer_of(place, slot)->n_tiers; t++) {
		int tier = t < 0 ? best : t;

		if (tier < 0 || !(place->slots[slot].may >> tier & 1))
			continue;
		plan_mark(place);
		plan_open_do(&s->moves, slot, tier);
		if (!lacks(place, slot) && plan_sound(place))
			return true;
		plan_undo(place);
	}
	return false;
}

/* Signed orders below their smallest quantity are filled before all else, whatever it costs. One that others have left too little for goes first the next time. */
static void complete_signed(struct searching *s)
{
	struct plan_place *place = s->place;
	const struct plan_arcs *arcs = place->arcs;
	ZV_VEC(uint32_t) slots = {0};

	for (uint32_t i = 0; i < arcs->n_kept; i++)
		if (lacks(place, arcs->kept[i].slot) && (slots.n == 0 || slots.p[slots.n - 1] != arcs->kept[i].slot))
			zv_vec_push(&slots, arcs->kept[i].slot);
	for (int attempt = 0; attempt < ATTEMPTS_SIGNED; attempt++) {
		size_t i = 0;

		while (i < slots.n && complete(s, slots.p[i]))
			i++;
		if (i == slots.n)
			break;
		for (size_t k = 0; k < i; k++)
			plan_close_slot(&s->moves, slots.p[k]);
		for (uint32_t failed = slots.p[i]; i > 0; i--) {
			slots.p[i] = slots.p[i - 1];
			slots.p[i - 1] = failed;
		}
	}
	zv_vec_done(&slots);
}

void plan_search_run(struct plan_place *place, const struct plan_dual *dual, const struct zv_plan_options *options, struct zv_plan_result *out)
{
	struct searching s = {place, dual, options, out, {0}};

	plan_moves_open(&s.moves, place);
	complete_signed(&s);
	for (uint32_t g = 0; g < place->arcs->n_groups; g++) {
		plan_greedy_group(&s.moves, dual, g);
		polish_group(&s, g);
		if (g % 64 == 63)
			tell(&s, ZV_PLAN_GREEDY, (int)(300 + 100 * (uint64_t)g / place->arcs->n_groups));
	}
	ruin_all(&s);
	anneal_all(&s, NULL);
	solve_parts(&s);
	polish_all(&s);
	chain_all(&s);
	plan_moves_close(&s.moves);
}

void plan_search_more(struct plan_place *place, const struct plan_dual *dual, const struct zv_plan_options *options, struct zv_plan_result *out)
{
	struct searching s = {place, dual, options, out, {0}};

	plan_moves_open(&s.moves, place);
	for (int64_t round = 0; round < 2; round++) {
		plan_shares_aim_round(place, round);
		polish_all(&s);
	}
	ruin_all(&s);
	plan_shares_aim_round(place, 0);
	solve_parts(&s);
	chain_all(&s);
	plan_moves_close(&s.moves);
}

void plan_search_whole(struct plan_place *place, const uint32_t *at, const struct zv_plan_options *options, struct zv_plan_result *out)
{
	struct searching s = {place, NULL, options, out, {0}};

	plan_moves_open(&s.moves, place);
	anneal_all(&s, at);
	polish_all(&s);
	chain_all(&s);
	plan_moves_close(&s.moves);
}
