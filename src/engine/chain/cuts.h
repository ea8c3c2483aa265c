/*
 * Which nodes, failing together, stop a target: minimal cut sets over AND lines and OR sources. A node has alternative recipes, a recipe is a list of groups, all of which it
 * needs, a group needs k of its members. A failed node never works; a node without recipes works unless it has failed.
 */
#ifndef ZV_ENGINE_CHAIN_CUTS_H
#define ZV_ENGINE_CHAIN_CUTS_H

#include "base/err.h"

enum { ZV_CUTS_SETS_MAX = 1000000 };
#define ZV_CUTS_WORK_MAX INT64_C(5000000000) /* members looked at: some tens of seconds */

/* The caller's arrays, which outlive the call. Members of a group are different. */
struct zv_cuts_input {
	uint32_t n_nodes, n_recipes, n_groups, n_members, target;
	const uint32_t *recipe_of; /* [n_recipes] its node */
	const uint32_t *group_of;  /* [n_groups] its recipe */
	const uint32_t *k;         /* [n_groups] */
	const uint32_t *first;     /* [n_groups + 1] into member */
	const uint32_t *member;    /* [n_members] node */
	bool cold; /* what works is built up from nodes without recipes; else everything works but what is not supported by what works */
};

/* Set i: node[first[i] .. first[i + 1]], ascending; sets in no order. */
struct zv_cuts {
	uint32_t *first, *node;
	uint32_t n;
	bool works; /* the target, when nothing fails; if not, the one minimal set is the empty one */
};

/*
 * All minimal sets of up to `order` nodes (0: of any size); the target is one of them. ZV_E_INVALID: a number of the input is out of range. ZV_E_LIMIT: more than ZV_CUTS_SETS_MAX sets
 * or ZV_CUTS_WORK_MAX of work: nothing is answered rather than a part. The caller ends with done. Cost: one pass over what a failure reaches for each node that the target leans on, and
 * again below each set that is looked into.
 */
ZV_MUST_CHECK enum zv_code zv_cuts_find(struct zv_cuts *out, const struct zv_cuts_input *input, uint32_t order, struct zv_err *err);
void zv_cuts_done(struct zv_cuts *cuts);

#endif
