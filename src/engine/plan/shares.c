/* Quotas of makers, and the way from a plan that passes them to one that keeps them. */
#include "engine/plan/shares.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Rounds in which others may take over what is shed; then ones in which all only falls, by half at least of what is too much. */
enum { REPAIRS_FILLING = 24, REPAIRS = 200 };

bool plan_has_shares(const struct zv_plan_problem *problem)
{
	for (uint32_t i = 0; i < problem->n_products; i++)
		if (problem->products[i].max_share_ppm > 0)
			return true;
	return false;
}

static const struct zv_plan_need *need_of(const struct plan_place *place, uint32_t pair)
{
	return plan_need_of(place, plan_pair_of(place, pair)->need);
}

/* --- quotas ----------------------------------------------------------------------------------------------------------------------- */

static int by_product_maker(const void *a, const void *b)
{
	const struct plan_quota *x = a, *y = b;

	if (x->product != y->product)
		return x->product < y->product ? -1 : 1;
	return x->maker < y->maker ? -1 : x->maker > y->maker;
}

static void list_quotas(struct plan_place *place)
{
	const struct plan_arcs *arcs = place->arcs;
	const struct zv_plan_problem *p = place->problem;
	ZV_VEC(struct plan_quota) all = {0};

	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		uint32_t last = ZV_PLAN_NONE;

		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			uint32_t product = p->needs[arcs->outer[arcs->pairs[j].need]].product;

			if (p->products[product].max_share_ppm > 0 && product != last)
				zv_vec_push(&all, ((struct plan_quota){.product = product, .maker = p->offers[arcs->offers[o]].maker}));
			last = product;
		}
	}
	for (uint32_t k = 0; k < arcs->n_kept; k++) {
		uint32_t product = p->needs[arcs->outer[arcs->kept[k].need]].product;

		if (p->products[product].max_share_ppm > 0)
			zv_vec_push(&all, ((struct plan_quota){.product = product, .maker = p->offers[arcs->offers[arcs->kept[k].place]].maker}));
	}
	if (all.n > 0)
		qsort(all.p, all.n, sizeof(*all.p), by_product_maker);
	place->n_quotas = 0;
	for (size_t i = 0; i < all.n; i++)
		if (place->n_quotas == 0 || by_product_maker(&all.p[place->n_quotas - 1], &all.p[i]) != 0)
			all.p[place->n_quotas++] = all.p[i];
	place->quotas = all.p;
}

void plan_shares_open(struct plan_place *place)
{
	const struct plan_arcs *arcs = place->arcs;
	const struct zv_plan_problem *p = place->problem;
	zv_i128 *all;

	if (!plan_has_shares(p))
		return;
	list_quotas(place);
	place->covered = zv_calloc((size_t)p->n_products + 1, sizeof(*place->covered));
	all = zv_calloc((size_t)p->n_products + 1, sizeof(*all));
	for (uint32_t i = 0; i < p->n_needs; i++)
		all[p->needs[i].product] += p->needs[i].qty;
	for (uint32_t k = 0; k < arcs->n_kept; k++) {
		uint32_t product = p->needs[arcs->outer[arcs->kept[k].need]].product;
		struct plan_quota *quota = plan_quota_of(place, arcs->kept[k].place, product);

		place->covered[product] += arcs->kept[k].qty;
		if (quota != NULL)
			quota->kept += arcs->kept[k].qty;
	}
	for (uint32_t k = 0; k < place->n_quotas; k++)
		place->quotas[k].has = place->quotas[k].kept;
	place->sharing = PLAN_SHARES_AIMED;
	plan_shares_aim(place, all);
	free(all);
}

void plan_shares_aim(struct plan_place *place, const zv_i128 *covered)
{
	for (uint32_t k = 0; k < place->n_quotas; k++) {
		struct plan_quota *quota = &place->quotas[k];
		zv_i128 left = covered[quota->product] * place->problem->products[quota->product].max_share_ppm / ZV_PLAN_UNIT - quota->has;

		quota->left = left > INT64_MAX / 2 ? INT64_MAX / 2 : left < -INT64_MAX / 2 ? -INT64_MAX / 2 : (int64_t)left;
		quota->stamp = 0;
	}
}

void plan_shares_aim_round(struct plan_place *place, int64_t round)
{
	zv_i128 *aim;

	if (place->sharing != PLAN_SHARES_HELD)
		return;
	aim = zv_calloc((size_t)place->problem->n_products + 1, sizeof(*aim));
	memcpy(aim, place->covered, (size_t)place->problem->n_products * sizeof(*aim));
	for (uint32_t i = 0; i < place->arcs->n_needs && round % 2 == 1; i++)
		aim[place->problem->needs[place->arcs->outer[i]].product] += place->left[i] / 2;
	plan_shares_aim(place, aim);
	free(aim);
}

bool plan_shares_hold(const struct plan_place *place)
{
	for (uint32_t k = 0; k < place->n_quotas; k++) {
		const struct plan_quota *quota = &place->quotas[k];

		if (quota->has * ZV_PLAN_UNIT > place->covered[quota->product] * place->problem->products[quota->product].max_share_ppm)
			return false;
	}
	return true;
}

/* --- repair ----------------------------------------------------------------------------------------------------------------------- */

struct shedding {
	double saves; /* roubles per unit: what goes first has the least */
	uint32_t slot, pair;
};

static int by_saving(const void *a, const void *b)
{
	const struct shedding *x = a, *y = b;

	if (x->saves != y->saves)
		return x->saves < y->saves ? -1 : 1;
	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

/* The tier of what an order has now: the same, a lower one that all its flows allow, or none. False: there is no such tier. */
static bool settle_tier(struct plan_place *place, uint32_t slot)
{
	const struct plan_slot *s = &place->slots[slot];
	uint16_t may = s->may;

	if (s->qty == 0) {
		plan_set_tier(place, slot, -1);
		return true;
	}
	for (uint32_t f = s->first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		may &= plan_pair_of(place, place->flows.p[f].pair)->tiers;
	for (int t = s->tier; t >= 0; t--)
		if (may >> t & 1 && s->qty >= plan_tier_of(place, slot, t)->b && s->qty <= plan_tier_of(place, slot, t)->top) {
			plan_set_tier(place, slot, t);
			return true;
		}
	return false;
}

/* Less of one flow: so much, all of it where it may not be split, the whole order where it cannot stand without. */
static void shed_flow(struct plan_moves *moves, const struct shedding *one, int64_t over)
{
	struct plan_place *place = moves->place;
	const struct zv_plan_need *need = need_of(place, one->pair);
	uint32_t f = plan_flow_of(place, one->slot, one->pair);
	int64_t qty;

	if (f == ZV_PLAN_NONE)
		return;
	qty = place->flows.p[f].qty;
	if (!need->single && over < qty && qty - over >= need->parcel)
		qty = over;
	plan_mark(place);
	plan_put(place, one->slot, one->pair, -qty);
	if (settle_tier(place, one->slot) && plan_sound(place))
		return;
	plan_undo(place);
	plan_close_slot(moves, one->slot);
	if (place->slots[one->slot].kept > 0 && !(settle_tier(place, one->slot) && plan_sound(place)))
		plan_undo(place);
}

static void shed(struct plan_moves *moves, const struct plan_quota *quota)
{
	struct plan_place *place = moves->place;
	const struct plan_arcs *arcs = place->arcs;
	ZV_VEC(struct shedding) all = {0};

	for (uint32_t slot = 0; slot < arcs->n_slots; slot++) {
		if (place->slots[slot].tier < 0 || plan_offer_of(place, slot)->maker != quota->maker)
			continue;
		for (uint32_t f = place->slots[slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next) {
			uint32_t pair = place->flows.p[f].pair;

			if (need_of(place, pair)->product == quota->product)
				zv_vec_push(&all, ((struct shedding){place->penalty[plan_pair_of(place, pair)->need] - plan_price_in(place, slot, pair), slot, pair}));
		}
	}
	if (all.n > 0)
		qsort(all.p, all.n, sizeof(*all.p), by_saving);
	for (size_t i = 0; i < all.n && quota->left < 0; i++)
		shed_flow(moves, &all.p[i], -quota->left);
	zv_vec_done(&all);
}

static void fill_shared(struct plan_moves *moves)
{
	struct plan_place *place = moves->place;

	for (uint32_t i = 0; i < place->arcs->n_needs; i++) {
		if (place->left[i] == 0 || place->problem->products[plan_need_of(place, i)->product].max_share_ppm == 0)
			continue;
		plan_mark(place);
		plan_fill_need(moves, i);
		if (!plan_sound(place))
			plan_undo(place);
	}
}

bool plan_shares_repair(struct plan_moves *moves)
{
	struct plan_place *place = moves->place;

	for (int round = 0; round < REPAIRS && !plan_shares_hold(place); round++) {
		plan_shares_aim(place, place->covered);
		place->sharing = PLAN_SHARES_FREE;
		for (uint32_t k = 0; k < place->n_quotas; k++)
			if (place->quotas[k].left < 0)
				shed(moves, &place->quotas[k]);
		place->sharing = PLAN_SHARES_AIMED;
		if (round < REPAIRS_FILLING)
			fill_shared(moves);
	}
	place->sharing = PLAN_SHARES_HELD;
	plan_shares_aim(place, place->covered);
	return plan_shares_hold(place);
}
