/* When, how much, in what lots and at what price. */
#include "base/tr.h"
#include "engine/match/inner.h"
#include "model/quantity.h"

static struct zv_str plain(struct match_pair *pair, const char *text)
{
	return zv_arena_strf(pair->arena, "%s", text);
}

void match_validity(struct match_pair *pair)
{
	zv_date to = pair->offer->valid_to;
	bool valid = to == ZV_DATE_NONE || to >= pair->params.as_of;
	struct zv_match_cond *cond;
	char day[ZV_DATE_TEXT];

	if (to == ZV_DATE_NONE)
		return;
	cond = match_cond(pair, ZV_MATCH_VALIDITY, valid ? ZV_MATCH_PASS : ZV_MATCH_FAIL);
	zv_date_format(day, to);
	cond->have = to;
	cond->want = pair->params.as_of;
	if (valid) {
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("the offer is valid until %s")), day);
		return;
	}
	cond->gap = (int64_t)pair->params.as_of - to;
	cond->gap_days = -1;
	cond->text = zv_arena_strf(pair->arena, zv_tr(N_("the offer ended on %s (%d days ago)")), day, (int)cond->gap);
	cond->gap_text = plain(pair, zv_tr(N_("ask the maker to renew the offer")));
}

void match_lead(struct match_pair *pair)
{
	zv_date due = pair->need->due, ready;
	struct zv_match_cond *cond;
	char ready_text[ZV_DATE_TEXT], due_text[ZV_DATE_TEXT];

	pair->match->ready = ZV_DATE_NONE;
	if (pair->offer->lead_days < 0) {
		cond = match_cond(pair, ZV_MATCH_LEAD, ZV_MATCH_UNKNOWN);
		cond->gap_days = -1;
		cond->text = plain(pair, zv_tr(N_("the lead time is not stated")));
		cond->gap_text = plain(pair, zv_tr(N_("ask the maker for the lead time")));
		return;
	}
	ready = pair->match->ready = pair->params.as_of + pair->offer->lead_days;
	cond = match_cond(pair, ZV_MATCH_LEAD, due == ZV_DATE_NONE || ready <= due ? ZV_MATCH_PASS : ZV_MATCH_FAIL);
	cond->have = ready;
	cond->want = due == ZV_DATE_NONE ? ready : due;
	zv_date_format(ready_text, ready);
	zv_date_format(due_text, due);
	if (due == ZV_DATE_NONE) {
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("lead %d days, ready %s")), (int)pair->offer->lead_days,
					   ready_text);
	} else if (ready <= due) {
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("lead %d days, ready %s, needed %s")),
					   (int)pair->offer->lead_days, ready_text, due_text);
	} else {
		cond->gap = (int64_t)ready - due;
		cond->gap_days = ready - due;
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("lead %d days, ready %s, needed %s (%d days late)")),
					   (int)pair->offer->lead_days, ready_text, due_text, (int)cond->gap);
		cond->gap_text = zv_arena_strf(pair->arena, zv_tr(N_("%d days earlier, or the need can wait until %s")),
					       (int)cond->gap, ready_text);
	}
}

bool zv_match_free(int64_t *out_base, zv_date *out_said, const struct zv_match_capacity *capacity, size_t n, zv_date from,
		   zv_date to)
{
	int64_t sum = 0;
	zv_date oldest = ZV_DATE_NONE;
	bool any = false, undated = false;

	for (size_t i = 0; i < n; i++) {
		if ((from != ZV_DATE_NONE && zv_quarter_last(capacity[i].quarter) < from) ||
		    (to != ZV_DATE_NONE && zv_quarter_first(capacity[i].quarter) > to))
			continue;
		if (!zv_add(&sum, sum, capacity[i].free_base))
			sum = INT64_MAX;
		undated |= capacity[i].said_on == ZV_DATE_NONE;
		if (!any || capacity[i].said_on < oldest)
			oldest = capacity[i].said_on;
		any = true;
	}
	if (!any)
		return false;
	*out_base = sum;
	*out_said = undated ? ZV_DATE_NONE : oldest;
	return true;
}

void match_quantity(struct match_pair *pair)
{
	const struct zv_match_offer *offer = pair->offer;
	int64_t want = pair->need->firm_base, max = offer->sizes.max, have;
	char have_text[ZV_QUANTITY_TEXT], want_text[ZV_QUANTITY_TEXT];
	struct zv_match_cond *cond;
	zv_date said;

	pair->match->feasible_base = -1;
	zv_quantity_format(want_text, want, pair->need->dim);
	if (!zv_match_free(&have, &said, offer->capacity, offer->n_capacity, pair->params.as_of, pair->need->due)) {
		bool too_large = max > 0 && max < want;

		cond = match_cond(pair, ZV_MATCH_QUANTITY, too_large ? ZV_MATCH_FAIL : ZV_MATCH_UNKNOWN);
		cond->want = want;
		cond->have = max;
		cond->gap = too_large ? want - max : 0;
		cond->gap_days = -1;
		cond->text = plain(pair, too_large ? zv_tr(N_("the largest lot is smaller than the need"))
						   : zv_tr(N_("the free capacity until that day is not stated")));
		cond->gap_text = plain(pair, zv_tr(N_("ask the maker for free capacity")));
		return;
	}
	have = max > 0 && max < have ? max : have;
	pair->match->feasible_base = have;
	zv_quantity_format(have_text, have, offer->dim);
	cond = match_cond(pair, ZV_MATCH_QUANTITY, have >= want ? ZV_MATCH_PASS : ZV_MATCH_FAIL);
	cond->have = have;
	cond->want = want;
	cond->text = zv_arena_strf(pair->arena, zv_tr(N_("%s can be made in time, %s needed")), have_text, want_text);
	if (have < want) {
		char gap_text[ZV_QUANTITY_TEXT];

		cond->gap = want - have;
		cond->gap_days = -1;
		zv_quantity_format(gap_text, cond->gap, offer->dim);
		cond->gap_text = zv_arena_strf(
			pair->arena, zv_tr(N_("%s more free capacity, or part of the need from another maker")), gap_text);
	}
}

void match_minimum(struct match_pair *pair)
{
	int64_t most = pair->need->firm_base;
	char lot_text[ZV_QUANTITY_TEXT], gap_text[ZV_QUANTITY_TEXT];
	struct zv_match_cond *cond;

	if (!zv_add(&most, most, pair->need->extra_base))
		most = INT64_MAX;
	pair->match->lot_base = 0;
	if (!zv_lot_size_up(&pair->match->lot_base, &pair->offer->sizes, pair->need->firm_base)) {
		pair->match->lot_base = 0;
		return; /* larger than the largest lot: the quantity says so */
	}
	cond = match_cond(pair, ZV_MATCH_MINIMUM, pair->match->lot_base <= most ? ZV_MATCH_PASS : ZV_MATCH_NOTE);
	cond->have = pair->match->lot_base;
	cond->want = most;
	zv_quantity_format(lot_text, pair->match->lot_base, pair->offer->dim);
	if (pair->match->lot_base <= most) {
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("a lot of %s fits the need")), lot_text);
		return;
	}
	cond->gap = pair->match->lot_base - most;
	cond->gap_days = -1;
	zv_quantity_format(gap_text, cond->gap, pair->offer->dim);
	cond->text = zv_arena_strf(pair->arena, zv_tr(N_("in a lot of at least %s")), lot_text);
	cond->gap_text = zv_arena_strf(pair->arena, zv_tr(N_("%s more from other buyers")), gap_text);
}

static void ask_price(struct match_pair *pair, const char *text, const char *gap_text)
{
	struct zv_match_cond *cond = match_cond(pair, ZV_MATCH_PRICE, ZV_MATCH_UNKNOWN);

	cond->want_price = pair->need->ceiling;
	cond->have_price = pair->match->price;
	cond->gap_days = -1;
	cond->text = plain(pair, text);
	cond->gap_text = plain(pair, gap_text);
}

static enum zv_code price_limit(struct zv_err *err)
{
	return zv_fail(err, ZV_E_LIMIT, "price", N_("Price, freight and ceiling have too many digits to be compared exactly."));
}

/* Both values are there. */
static enum zv_code compare_price(struct match_pair *pair, struct zv_price have, struct zv_err *err)
{
	struct zv_price want = pair->need->ceiling, more;
	bool fits = zv_price_cmp(have, want) <= 0;
	struct zv_match_cond *cond = match_cond(pair, ZV_MATCH_PRICE, fits ? ZV_MATCH_PASS : ZV_MATCH_FAIL);
	char have_text[ZV_PRICE_TEXT], want_text[ZV_PRICE_TEXT], more_text[ZV_PRICE_TEXT];

	cond->have_price = have;
	cond->want_price = want;
	if (!zv_price_total(&cond->have, have, pair->need->firm_base) ||
	    !zv_price_total(&cond->want, want, pair->need->firm_base))
		return price_limit(err);
	zv_price_format(have_text, have, pair->need->dim);
	zv_price_format(want_text, want, pair->need->dim);
	if (fits) {
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("%s landed, ceiling %s")), have_text, want_text);
		return ZV_OK;
	}
	cond->gap = cond->have > cond->want ? cond->have - cond->want : 1;
	cond->gap_days = -1;
	cond->text = zv_arena_strf(pair->arena, zv_tr(N_("%s landed is above the ceiling of %s")), have_text, want_text);
	if (!zv_price_add(&more, have, (struct zv_price){-want.kop, want.per}))
		return price_limit(err);
	zv_price_format(more_text, more, pair->need->dim);
	cond->gap_text = zv_arena_strf(pair->arena, zv_tr(N_("%s less, or so much more ceiling")), more_text);
	return ZV_OK;
}

enum zv_code match_price(struct match_pair *pair, struct zv_err *err)
{
	const struct zv_match_offer *offer = pair->offer;
	int64_t size = pair->match->lot_base > 0 ? pair->match->lot_base : pair->need->firm_base;
	struct zv_price price;
	char text[ZV_PRICE_TEXT];

	if (!zv_ladder_price(&price, &offer->ladder, size)) {
		ask_price(pair, zv_tr(N_("price on request")), zv_tr(N_("ask the maker for the price")));
		return ZV_OK;
	}
	pair->match->price = price;
	if (!offer->delivered && offer->freight.per == 0) {
		if (pair->need->ceiling.per > 0 && zv_price_cmp(price, pair->need->ceiling) > 0)
			return compare_price(pair, price, err);
		ask_price(pair, zv_tr(N_("the freight is not known")), zv_tr(N_("ask for the price at the place of delivery")));
		return ZV_OK;
	}
	pair->match->landed = price;
	if (!offer->delivered && !zv_price_add(&pair->match->landed, price, offer->freight))
		return price_limit(err);
	if (pair->need->ceiling.per > 0)
		return compare_price(pair, pair->match->landed, err);
	zv_price_format(text, pair->match->landed, pair->need->dim);
	match_cond(pair, ZV_MATCH_PRICE, ZV_MATCH_PASS)->text =
		zv_arena_strf(pair->arena, zv_tr(N_("%s landed, no ceiling stated")), text);
	return ZV_OK;
}

void match_fresh(struct match_pair *pair)
{
	const struct zv_match_offer *offer = pair->offer;
	zv_date said = offer->seen_on;
	struct zv_match_cond *cond;
	char day[ZV_DATE_TEXT];
	int64_t base;
	int age;

	pair->match->trust = offer->trust;
	if (offer->kind == ZV_MATCH_OFFER &&
	    !zv_match_free(&base, &said, offer->capacity, offer->n_capacity, pair->params.as_of, pair->need->due))
		return;
	age = said == ZV_DATE_NONE ? 0 : pair->params.as_of - said;
	pair->match->stale = said == ZV_DATE_NONE || age > pair->params.stale_days;
	if (pair->match->stale)
		pair->match->trust /= 2;
	cond = match_cond(pair, ZV_MATCH_FRESH,
			  pair->match->stale || offer->kind == ZV_MATCH_PROVEN ? ZV_MATCH_NOTE : ZV_MATCH_PASS);
	cond->have = age;
	cond->want = pair->params.stale_days;
	zv_date_format(day, said);
	if (offer->kind == ZV_MATCH_PROVEN)
		cond->text = said == ZV_DATE_NONE ? plain(pair, zv_tr(N_("has sold it; not an offer")))
						  : zv_arena_strf(pair->arena, zv_tr(N_("sold it on %s; not an offer")), day);
	else if (said == ZV_DATE_NONE)
		cond->text = plain(pair, zv_tr(N_("the day of the capacity statement is not known")));
	else
		cond->text = zv_arena_strf(pair->arena, zv_tr(N_("capacity stated on %s, %d days ago")), day, age);
	if (!pair->match->stale)
		return;
	cond->gap = age > pair->params.stale_days ? age - pair->params.stale_days : 0;
	cond->gap_text = plain(pair, zv_tr(N_("ask the maker to confirm: until then it counts half")));
}
