/* One pair of need and offer while its conditions are put together. */
#ifndef ZV_ENGINE_MATCH_INNER_H
#define ZV_ENGINE_MATCH_INNER_H

#include "engine/match/match.h"

enum { MATCH_CONDS = ZV_MATCH_TEST_COUNT + ZV_REQ_MAX };

struct match_pair {
	const struct zv_match_need *need;
	const struct zv_match_offer *offer;
	struct zv_match_params params;
	struct zv_arena *arena;
	struct zv_match *match;
	struct zv_match_cond conds[MATCH_CONDS];
	size_t n;
};

/* Adds a condition without texts. */
struct zv_match_cond *match_cond(struct match_pair *pair, enum zv_match_test test, enum zv_match_state state);

/* In the order of the tests. identity.c, terms.c */
void match_identity(struct match_pair *pair);
void match_permit(struct match_pair *pair);
void match_unit(struct match_pair *pair);
void match_requirements(struct match_pair *pair);
void match_validity(struct match_pair *pair);
void match_lead(struct match_pair *pair);
void match_quantity(struct match_pair *pair);
void match_minimum(struct match_pair *pair);
ZV_MUST_CHECK enum zv_code match_price(struct match_pair *pair, struct zv_err *err);
void match_fresh(struct match_pair *pair);

#endif
