/* Is it the same thing, may it be sold, and does it have the properties? */
#include "base/tr.h"
#include "engine/match/inner.h"
#include "model/ident.h"

static void same(struct match_pair *pair, enum zv_match_identity identity, struct zv_str text)
{
	struct zv_match_cond *cond = match_cond(pair, ZV_MATCH_IDENTITY, ZV_MATCH_PASS);

	pair->match->identity = identity;
	cond->text = text;
}

static void substitute(struct match_pair *pair)
{
	const struct zv_match_offer *offer = pair->offer;
	struct zv_match_cond *cond;

	if (offer->substitute == ZV_MATCH_SUBST_QUALIFIED) {
		same(pair, ZV_MATCH_SUBSTITUTE, zv_arena_strf(pair->arena, "%s", zv_tr(N_("qualified substitute"))));
		return;
	}
	cond = match_cond(pair, ZV_MATCH_IDENTITY, ZV_MATCH_UNKNOWN);
	pair->match->identity = ZV_MATCH_SUBSTITUTE;
	cond->gap_days = offer->days_to_qualify;
	cond->text =
		zv_arena_strf(pair->arena, "%s",
			      offer->substitute == ZV_MATCH_SUBST_TESTED ? zv_tr(N_("tested substitute, not yet qualified"))
									 : zv_tr(N_("proposed substitute, not yet tested")));
	cond->gap_text =
		offer->days_to_qualify >= 0
			? zv_arena_strf(pair->arena, zv_tr(N_("qualify the substitute: %d days")), (int)offer->days_to_qualify)
			: zv_arena_strf(pair->arena, "%s",
					zv_tr(N_("qualify the substitute: how long it takes is not stated")));
}

/* Only the classifier speaks for it: near is worth a question, far is not. */
static void by_class(struct match_pair *pair)
{
	struct zv_str a = pair->need->okpd2, b = pair->offer->okpd2;
	int steps = a.n > 0 && b.n > 0 ? zv_class_distance(ZV_CLASS_OKPD2, a, b) : -1;
	struct zv_match_cond *cond = match_cond(pair, ZV_MATCH_IDENTITY, ZV_MATCH_FAIL);

	pair->match->identity = ZV_MATCH_STRANGE;
	pair->match->distance = steps < 0 ? -1 : steps + pair->offer->crosswalk;
	cond->have = pair->match->distance;
	cond->want = pair->params.max_distance;
	if (steps < 0) {
		cond->gap_days = -1;
		cond->text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("another thing: no number and no class in common")));
		return;
	}
	if (pair->match->distance > pair->params.max_distance) {
		cond->gap = pair->match->distance - pair->params.max_distance;
		cond->gap_days = -1;
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("class %.*s is %d steps from %.*s")), ZV_STR_FMT(b),
					   (int)pair->match->distance, ZV_STR_FMT(a));
		return;
	}
	cond->state = ZV_MATCH_UNKNOWN;
	pair->match->identity = pair->match->distance == 0 ? ZV_MATCH_SAME_CLASS : ZV_MATCH_NEAR_CLASS;
	cond->text = pair->match->distance == 0
			     ? zv_arena_strf(pair->arena, zv_tr(N_("the same class %.*s, not known to be the same thing")),
					     ZV_STR_FMT(a))
			     : zv_arena_strf(pair->arena, zv_tr(N_("class %.*s is near %.*s: steps %d")), ZV_STR_FMT(b),
					     ZV_STR_FMT(a), (int)pair->match->distance);
	cond->gap_text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("ask the maker whether this is what he makes")));
}

void match_identity(struct match_pair *pair)
{
	const struct zv_match_need *need = pair->need;
	const struct zv_match_offer *offer = pair->offer;
	bool numbers = need->cas.n > 0 && offer->cas.n > 0;

	if (numbers && zv_str_eq(need->cas, offer->cas)) {
		same(pair, ZV_MATCH_SAME_CAS,
		     zv_arena_strf(pair->arena, zv_tr(N_("CAS %.*s on both sides")), ZV_STR_FMT(need->cas)));
	} else if (!numbers && need->item != 0 && need->item == offer->item) {
		same(pair, ZV_MATCH_SAME_ITEM, zv_arena_strf(pair->arena, "%s", zv_tr(N_("the same item of the register"))));
	} else if (offer->substitute != ZV_MATCH_SUBST_NONE) {
		substitute(pair);
	} else if (numbers) {
		struct zv_match_cond *cond = match_cond(pair, ZV_MATCH_IDENTITY, ZV_MATCH_FAIL);

		pair->match->identity = ZV_MATCH_STRANGE;
		pair->match->distance = -1;
		cond->gap_days = -1;
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("another substance: CAS %.*s, wanted %.*s")),
					   ZV_STR_FMT(offer->cas), ZV_STR_FMT(need->cas));
	} else {
		by_class(pair);
	}
}

void match_permit(struct match_pair *pair)
{
	struct zv_match_cond *cond;

	switch (pair->offer->permit) {
	case ZV_MATCH_PERMIT_FREE:
		return;
	case ZV_MATCH_PERMIT_HELD:
		cond = match_cond(pair, ZV_MATCH_PERMIT, ZV_MATCH_PASS);
		cond->text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("controlled substance; the permit is on record")));
		return;
	case ZV_MATCH_PERMIT_UNKNOWN:
		cond = match_cond(pair, ZV_MATCH_PERMIT, ZV_MATCH_UNKNOWN);
		cond->text = zv_arena_strf(pair->arena, "%s",
					   zv_tr(N_("controlled substance; whether there is a permit is not known")));
		break;
	case ZV_MATCH_PERMIT_MISSING:
	default:
		cond = match_cond(pair, ZV_MATCH_PERMIT, ZV_MATCH_FAIL);
		cond->text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("controlled substance; the permit is missing")));
		break;
	}
	cond->gap = 1;
	cond->gap_days = -1;
	cond->gap_text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("put the permit on record")));
}

void match_unit(struct match_pair *pair)
{
	bool alike = pair->need->dim == pair->offer->dim && zv_dim_poolable(pair->need->dim);
	struct zv_match_cond *cond = match_cond(pair, ZV_MATCH_UNIT, alike ? ZV_MATCH_PASS : ZV_MATCH_FAIL);

	cond->have = pair->offer->dim;
	cond->want = pair->need->dim;
	if (alike) {
		cond->text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("the units convert into each other")));
		return;
	}
	cond->gap_days = -1;
	cond->text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("no conversion between the units of need and offer")));
	cond->gap_text = zv_arena_strf(pair->arena, "%s", zv_tr(N_("state a density, or the amount in the other unit")));
}

/* The number that a list states for a property: its lower end when there is one. */
static bool stated(int64_t *out, const struct zv_requirements *list, struct zv_str property)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct zv_requirement *r = &list->p[i];

		if (!r->numeric || !zv_str_eq(r->property, property))
			continue;
		*out = r->lo != INT64_MIN ? r->lo : r->hi;
		return true;
	}
	return false;
}

static void requirement(struct match_pair *pair, size_t i)
{
	static const enum zv_match_state soft[] = {ZV_MATCH_SOFT, ZV_MATCH_UNKNOWN, ZV_MATCH_PASS};
	static const enum zv_match_state hard[] = {ZV_MATCH_FAIL, ZV_MATCH_UNKNOWN, ZV_MATCH_PASS};
	const struct zv_requirement *want = &pair->need->requirements.p[i];
	struct zv_req_result result;
	struct zv_match_cond *cond;

	zv_requirement_test(&result, want, &pair->offer->properties, pair->arena);
	cond = match_cond(pair, ZV_MATCH_REQUIREMENT, (want->hard ? hard : soft)[result.verdict - ZV_REQ_FAIL]);
	cond->requirement = i;
	cond->text = result.text;
	if (want->numeric) {
		cond->want = want->lo != INT64_MIN ? want->lo : want->hi;
		if (stated(&cond->have, &pair->offer->properties, want->property) && result.verdict == ZV_REQ_FAIL &&
		    __builtin_sub_overflow(cond->have < cond->want ? cond->want : cond->have,
					   cond->have < cond->want ? cond->have : cond->want, &cond->gap))
			cond->gap = INT64_MAX;
	}
	if (result.verdict == ZV_REQ_FAIL) {
		if (!want->hard)
			pair->match->soft_loss += want->weight;
		cond->gap_days = -1;
		cond->gap_text = zv_arena_strf(pair->arena, zv_tr(N_("ask the maker what would bring it there: %.*s")),
					       ZV_STR_FMT(result.text));
	} else if (result.verdict == ZV_REQ_UNKNOWN) {
		struct zv_str label = zv_property_label(want->property);

		cond->gap_days = -1;
		cond->gap_text = zv_arena_strf(pair->arena, zv_tr(N_("ask the maker: %.*s")), ZV_STR_FMT(label));
	}
}

void match_requirements(struct match_pair *pair)
{
	for (size_t i = 0; i < pair->need->requirements.n && i < ZV_REQ_MAX; i++)
		requirement(pair, i);
}
