/* All conditions of every pair, and the order of the answers. */
#include "engine/match/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/lot/frac.h"
#include "engine/match/inner.h"

static const char *const test_names[ZV_MATCH_TEST_COUNT] = {
	"identity", "permit", "unit", "requirement", "validity", "lead", "quantity", "minimum", "price", "fresh",
};

static const char *const state_names[] = {"pass", "note", "soft", "unknown", "fail"};

const char *zv_match_test_name(enum zv_match_test test)
{
	return (unsigned)test < ZV_MATCH_TEST_COUNT ? test_names[test] : "unknown";
}

const char *zv_match_state_name(enum zv_match_state state)
{
	return (unsigned)state < ZV_LEN(state_names) ? state_names[state] : "unknown";
}

struct zv_match_cond *match_cond(struct match_pair *pair, enum zv_match_test test, enum zv_match_state state)
{
	struct zv_match_cond *cond = &pair->conds[pair->n++];

	assert(pair->n <= MATCH_CONDS);
	*cond = (struct zv_match_cond){.test = test, .state = state};
	return cond;
}

static enum zv_code match_one(struct match_pair *pair, struct zv_err *err)
{
	enum zv_code code;

	match_identity(pair);
	match_permit(pair);
	match_unit(pair);
	match_requirements(pair);
	match_validity(pair);
	match_lead(pair);
	/* Amounts and prices of another dimension cannot be compared. */
	if (pair->need->dim == pair->offer->dim) {
		match_quantity(pair);
		match_minimum(pair);
		code = match_price(pair, err);
		if (code != ZV_OK)
			return code;
	}
	match_fresh(pair);
	return ZV_OK;
}

static void keep(struct match_pair *pair)
{
	struct zv_match_cond *copy = ZV_ARENA_ARRAY(pair->arena, struct zv_match_cond, pair->n);

	memcpy(copy, pair->conds, pair->n * sizeof(*copy));
	pair->match->conds = copy;
	pair->match->n_conds = pair->n;
	for (size_t i = 0; i < pair->n; i++) {
		if (copy[i].state > pair->match->state)
			pair->match->state = copy[i].state;
	}
}

enum { GOOD, ASK, BAD };

static int bucket(const struct zv_match *match)
{
	return match->state == ZV_MATCH_FAIL ? BAD : match->state == ZV_MATCH_UNKNOWN ? ASK : GOOD;
}

struct ranked {
	struct zv_match match;
	int64_t id;
};

/* What a match counts as: so many per cent dearer as soft weight is lost. */
static struct lot_frac felt_price(const struct zv_match *match)
{
	return (struct lot_frac){(zv_i128)match->landed.kop * (100 + match->soft_loss), (zv_i128)match->landed.per * 100};
}

static int by_merit(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	const struct zv_match *m = &a->match, *n = &b->match;
	int c = bucket(m) - bucket(n);

	if (c != 0)
		return c;
	if ((m->landed.per > 0) != (n->landed.per > 0))
		return m->landed.per > 0 ? -1 : 1;
	c = m->landed.per > 0 ? lot_frac_cmp(felt_price(m), felt_price(n)) : 0;
	if (c != 0)
		return c;
	if (m->ready != n->ready) { /* unknown last */
		if (m->ready == ZV_DATE_NONE || n->ready == ZV_DATE_NONE)
			return m->ready == ZV_DATE_NONE ? 1 : -1;
		return m->ready < n->ready ? -1 : 1;
	}
	if (m->trust != n->trust)
		return m->trust > n->trust ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static void count(struct zv_match_list *list, const struct zv_match *match)
{
	list->n_pass += bucket(match) == GOOD;
	list->n_ask += bucket(match) == ASK;
	list->n_fail += bucket(match) == BAD;
}

enum zv_code zv_match_rank(struct zv_match_list *out, const struct zv_match_need *need, const struct zv_match_offer *offers,
			   size_t n_offers, struct zv_match_params params, struct zv_arena *arena, struct zv_err *err)
{
	struct match_pair *pair;
	struct zv_match_list list = {.n = n_offers};
	struct ranked *ranked;
	enum zv_code code = ZV_OK;

	if (need->firm_base <= 0 || need->extra_base < 0)
		return zv_fail(err, ZV_E_INVALID, "qty", N_("Need %" PRId64 " has no quantity; it must be above zero."),
			       need->id);
	pair = zv_calloc(1, sizeof(*pair));
	ranked = zv_calloc(n_offers + 1, sizeof(*ranked));
	for (size_t i = 0; i < n_offers && code == ZV_OK; i++) {
		ranked[i].id = offers[i].id;
		ranked[i].match = (struct zv_match){.offer = i, .ready = ZV_DATE_NONE, .feasible_base = -1};
		pair->need = need;
		pair->offer = &offers[i];
		pair->params = params;
		pair->arena = arena;
		pair->match = &ranked[i].match;
		pair->n = 0;
		code = match_one(pair, err);
		keep(pair);
	}
	if (code == ZV_OK) {
		qsort(ranked, n_offers, sizeof(*ranked), by_merit);
		list.p = ZV_ARENA_ARRAY(arena, struct zv_match, n_offers);
		for (size_t i = 0; i < n_offers; i++) {
			list.p[i] = ranked[i].match;
			count(&list, &list.p[i]);
		}
		*out = list;
	}
	free(ranked);
	free(pair);
	return code;
}
