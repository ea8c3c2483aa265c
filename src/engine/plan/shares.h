/*
 * Shares of makers (constraint 8): one maker may have so much of what is covered of a product. What is covered depends on the shares, so the search first aims at
 * quotas of a coverage that it hopes for; then the plan is repaired and made better while the shares hold of what is covered in fact. Inside engine/plan.
 */
#ifndef ZV_ENGINE_PLAN_SHARES_H
#define ZV_ENGINE_PLAN_SHARES_H

#include "base/rng.h"
#include "engine/plan/moves.h"

bool plan_has_shares(const struct zv_plan_problem *problem);

/* Counts what each maker has of each product that has a limit; what flows already (signed) included. Nothing when no product has one. Aims at everything. */
void plan_shares_open(struct plan_place *place);

/* Quotas: shares of `covered` [n_products] less what is had. */
void plan_shares_aim(struct plan_place *place, const zv_i128 *covered);

/* Quotas for a round of search while shares are held: of what is covered now, in odd rounds of half of what is not, too. Without held shares: nothing. */
void plan_shares_aim_round(struct plan_place *place, int64_t round);

/* No maker has more than its share of what is covered. */
bool plan_shares_hold(const struct plan_place *place);

/* Takes quantity from makers that have too much, gives it to others, until the shares hold. False: signed flows are above theirs. Leaves the shares held. */
bool plan_shares_repair(struct plan_moves *moves);

#endif
