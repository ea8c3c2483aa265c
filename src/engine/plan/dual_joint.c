/* Resource by resource: the orders of a period share its hours exactly (joint.h). What each serves is then taken from the needs group by group. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/dual_inner.h"

/* --- the options of one order ----------------------------------------------------------------------------------------------------- */

/* The pieces of a tier up to the quantity that is best when hours are free; false: it cannot be filled. */
static bool add_pieces(struct joint *joint, struct joint_option *one, const struct plan_dual *dual, const struct dual_offer *of, int period, double cap)
{
	const struct plan_pair *pairs = dual->arcs->pairs + of->first;
	double price = (double)of->tiers[one->tier].price * DUAL_MICRO, qty = one->kept;

	one->piece = (uint32_t)joint->pieces.n;
	one->gain = -one->fixed;
	for (uint32_t j = 0; j < of->n && qty < cap; j++) {
		double margin = of->key[j] - price, take;

		if (margin <= 0 && qty >= one->b)
			break;
		if (pairs[j].lo > period || pairs[j].hi < period || !(pairs[j].tiers >> one->tier & 1))
			continue;
		take = fmin(dual->needs[pairs[j].need].qty, (margin <= 0 ? one->b : cap) - qty);
		zv_vec_push(&joint->pieces, ((struct joint_piece){margin, take}));
		one->gain += margin * take;
		qty += take;
	}
	one->n_pieces = (uint32_t)joint->pieces.n - one->piece;
	one->used = one->setup + one->hours * qty;
	return qty >= one->b * (1 - 1e-12) && one->kept <= cap;
}

/* The tiers of a slot that earn something when hours are free: no other is ever worth its hours. */
static void add_options(struct joint *joint, const struct plan_dual *dual, const struct dual_offer *of, uint32_t slot, int period)
{
	const struct plan_arcs *arcs = dual->arcs;
	bool timed = of->offer->resource != ZV_PLAN_NONE;
	double hours = timed ? (double)of->offer->hours_uh * DUAL_MICRO : 0, setup = timed ? (double)of->offer->setup_uh * DUAL_MICRO : 0;
	double room_for = timed ? joint->capacity - setup : HUGE_VAL;
	struct dual_kept kept = arcs->n_kept > 0 ? dual_kept_of(arcs, slot) : (struct dual_kept){.tiers = 0xffff};
	bool must = kept.qty > 0;

	for (uint32_t t = 0; t < of->offer->n_tiers && room_for > 0; t++) {
		const struct plan_tier *tier = &of->tiers[t];
		struct joint_option one = {.order = joint->n_orders, .tier = t, .kept = kept.qty, .b = (double)tier->b * DUAL_MICRO, .hours = hours, .setup = setup};
		double cap = (double)tier->top * DUAL_MICRO;

		cap = hours > 0 ? fmin(cap, room_for / hours) : cap;
		if (cap < one.b || !(kept.tiers >> t & 1))
			continue;
		one.fixed = (double)tier->fixed * 1e-12 + kept.cost + kept.qty * (double)tier->price * DUAL_MICRO;
		if (add_pieces(joint, &one, dual, of, period, cap) && (must || one.gain > 0))
			zv_vec_push(&joint->options, one);
		else
			joint->pieces.n = one.piece;
	}
}

/* --- one site ----------------------------------------------------------------------------------------------------------------- */

struct here {
	struct dual_room *room;
	uint32_t n;
	struct dual_offer *offers;
	bool *idle, *must;
	uint32_t *order; /* slot of each order */
};

static double share_period(struct here *h, uint32_t resource, int period)
{
	struct plan_dual *dual = h->room->dual;
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	struct joint *joint = &h->room->joint;
	double value;

	joint_reset(joint);
	joint->capacity = resource == ZV_PLAN_NONE ? HUGE_VAL : (double)p->capacity_uh[(size_t)resource * (size_t)p->n_periods + (size_t)period] * DUAL_MICRO;
	joint->must = h->must;
	for (uint32_t k = 0; k < h->n; k++) {
		const struct dual_offer *of = &h->offers[k];
		uint32_t slot = plan_slot_in(arcs, of->o, period);

		if (h->idle[k] || slot == ZV_PLAN_NONE)
			continue;
		add_options(joint, dual, of, slot, period);
		h->must[joint->n_orders] = joint->options.n > 0 && joint->options.p[joint->options.n - 1].order == joint->n_orders && joint->options.p[joint->options.n - 1].kept > 0;
		h->order[joint->n_orders++] = slot;
	}
	value = joint_solve(joint);
	for (uint32_t k = 0, i = 0; i < joint->n_orders; k++) {
		const struct dual_offer *of = &h->offers[k];
		const struct joint_option *one = NULL;
		uint32_t slot = h->order[i];

		if (h->idle[k] || slot < arcs->slot[of->o] || slot >= arcs->slot[of->o + 1])
			continue;
		if (joint->chosen[i] != UINT32_MAX)
			one = &joint->options.p[joint->chosen[i]];
		dual->slot_tier[slot] = (uint8_t)(one == NULL ? UINT8_MAX : one->tier);
		dual->slot_qty[slot] = one == NULL ? 0 : joint->qty[i] - one->kept;
		dual->hours[slot] = one == NULL ? 0 : one->setup + one->hours * joint->qty[i];
		dual_launched(dual, of->o, slot, one == NULL ? ZV_PLAN_NONE : one->tier);
		i++;
	}
	if (resource != ZV_PLAN_NONE)
		dual->mu[(size_t)resource * (size_t)p->n_periods + (size_t)period] = joint->price;
	return -value;
}

static double share_site(struct dual_room *room, const struct plan_site *site, uint32_t n)
{
	struct plan_dual *dual = room->dual;
	const struct plan_arcs *arcs = dual->arcs;
	const uint32_t *places = dual->sites.place + site->first;
	struct here h = {room, n, zv_calloc((size_t)n + 1, sizeof(*h.offers)), zv_calloc((size_t)n + 1, sizeof(*h.idle)), zv_calloc((size_t)n + 1, sizeof(*h.must)),
			 zv_calloc((size_t)n + 1, sizeof(*h.order))};
	double *key = room->key, value = 0;

	for (uint32_t k = 0; k < n; k++) {
		struct dual_offer *of = &h.offers[k];

		*of = dual_offer_of(dual, places[k], key);
		h.idle[k] = of->n == 0 || !dual_keys(of, dual);
		if (h.idle[k]) {
			dual_idle(dual, of->o);
			for (uint32_t slot = arcs->slot[of->o]; slot < arcs->slot[of->o + 1]; slot++)
				dual->slot_tier[slot] = UINT8_MAX;
			continue;
		}
		dual_sort(room, of);
		key += of->n;
	}
	for (int period = 0; period < arcs->problem->n_periods; period++)
		value += share_period(&h, site->resource, period);
	free(h.offers);
	free(h.idle);
	free(h.must);
	free(h.order);
	return value;
}

static void *share_sites(void *argument)
{
	struct dual_room *room = argument;
	const struct plan_sites *sites = &room->dual->sites;

	for (uint32_t i = room->first; i < room->last; i++)
		room->dual->site_value[i] = share_site(room, &sites->list[i], sites->list[i + 1].first - sites->list[i].first);
	return NULL;
}

/* --- what was served ---------------------------------------------------------------------------------------------------------------- */

/* An order takes its pairs in order until its quantity is full. */
static void take_from_needs(struct plan_dual *dual, uint32_t o, uint32_t slot)
{
	const struct plan_arcs *arcs = dual->arcs;
	int period = arcs->from[o] + (int)(slot - arcs->slot[o]);
	double left = dual->slot_qty[slot];

	for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1] && left > 0; j++) {
		const struct plan_pair *pair = &arcs->pairs[j];
		double take;

		if (pair->lo > period || pair->hi < period || !(pair->tiers >> dual->slot_tier[slot] & 1))
			continue;
		take = fmin(dual->needs[pair->need].qty, left);
		dual->now[pair->need] -= take;
		left -= take;
	}
}

static void *serve_groups(void *argument)
{
	struct dual_room *room = argument;
	struct plan_dual *dual = room->dual;
	const struct plan_arcs *arcs = dual->arcs;

	for (uint32_t g = room->first; g < room->last; g++) {
		double value = 0;

		for (uint32_t i = arcs->group_need[g]; i < arcs->group_need[g + 1]; i++) {
			dual->now[i] = dual->needs[i].qty;
			value += dual->needs[i].price * dual->needs[i].qty;
		}
		for (uint32_t o = arcs->group_offer[g]; o < arcs->group_offer[g + 1]; o++)
			for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
				if (dual->slot_tier[slot] != UINT8_MAX)
					take_from_needs(dual, o, slot);
		dual->groups[g].value = value;
	}
	return NULL;
}

double dual_evaluate_joint(struct plan_dual *dual)
{
	double value = 0;

	dual_run(dual, share_sites, true);
	dual_run(dual, serve_groups, false);
	for (uint32_t i = 0; i < dual->sites.n; i++)
		value += dual->site_value[i];
	for (uint32_t g = 0; g < dual->arcs->n_groups; g++)
		value += dual->groups[g].value;
	return value;
}
