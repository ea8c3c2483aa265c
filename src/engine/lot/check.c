/* An independent referee: every rule of a result recomputed from the problem by the plainest means. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/tr.h"
#include "engine/lot/lot.h"

/* Prices in 128 bits by cross multiplication. */
struct fraction {
	zv_i128 num, den;
};

static enum zv_code fault(struct zv_err *err, const char *what, int64_t id)
{
	return zv_fail(err, ZV_E_BUG, "lot", N_("The result breaks a rule at record %" PRId64 ": %s."), id, zv_tr(what));
}

static bool plus(struct fraction *a, zv_i128 num, zv_i128 den)
{
	zv_i128 left, right;

	if (__builtin_mul_overflow(a->num, den, &left) || __builtin_mul_overflow(num, a->den, &right) ||
	    __builtin_add_overflow(left, right, &a->num) || __builtin_mul_overflow(a->den, den, &a->den))
		return false;
	return true;
}

/* The maker's price at a size; den 0: none. */
static struct fraction price_at(const struct zv_lot_offer *offer, int64_t size)
{
	const struct zv_ladder *ladder = &offer->ladder;
	struct fraction price = {0, 0};

	if (ladder->form == ZV_LADDER_FIXED)
		price = (struct fraction){(zv_i128)ladder->fixed_kop * ladder->variable.per +
						  (zv_i128)ladder->variable.kop * size,
					  (zv_i128)ladder->variable.per * size};
	for (size_t i = 0; ladder->form == ZV_LADDER_BREAKS && i < ladder->n_breaks; i++) {
		if (size >= ladder->breaks[i].from_base)
			price = (struct fraction){ladder->breaks[i].price.kop, ladder->breaks[i].price.per};
	}
	return price;
}

/* price + freight <= ceiling; true also when 128 bits do not tell. */
static bool bears(const struct zv_lot_problem *problem, size_t offer, const struct zv_lot_need *need, int64_t size)
{
	struct fraction spare = {need->ceiling.kop, need->ceiling.per};
	struct fraction price = price_at(&problem->offers[offer], size);

	if (price.den == 0)
		return false;
	if (need->ceiling.per == 0)
		return true;
	if (problem->freight != NULL) {
		struct zv_price freight = problem->freight[offer * problem->n_places + need->place];

		if (freight.per > 0 && !plus(&spare, -(zv_i128)freight.kop, freight.per))
			return true;
	}
	return !plus(&spare, -price.num, price.den) || spare.num >= 0;
}

static bool may_serve(const struct zv_lot_problem *problem, size_t offer, const struct zv_lot_need *need)
{
	const struct zv_lot_offer *o = &problem->offers[offer];
	bool late = o->ready != ZV_DATE_NONE && ((need->due != ZV_DATE_NONE && o->ready > need->due) ||
						 (problem->to != ZV_DATE_NONE && o->ready > problem->to));
	bool outside = (problem->from != ZV_DATE_NONE && need->due != ZV_DATE_NONE && need->due < problem->from) ||
		       (problem->to != ZV_DATE_NONE && need->earliest != ZV_DATE_NONE && need->earliest > problem->to);

	if (problem->verdict != NULL && problem->verdict[offer * problem->n_specs + need->spec] != ZV_LOT_FITS)
		return false;
	return !late && !outside && need->dim == o->dim && need->dim != ZV_DIM_NONE && need->dim != ZV_DIM_OTHER;
}

static bool size_is_made(const struct zv_lot_offer *offer, int64_t size)
{
	int64_t step = offer->sizes.step > 0 ? offer->sizes.step : 1;
	int64_t min = offer->sizes.min > 0 ? offer->sizes.min : step;

	return size >= min && (offer->sizes.max == 0 || size <= offer->sizes.max) && (size - min) % step == 0;
}

static enum zv_code check_links(const struct zv_lot_problem *problem, const struct zv_lot_result *result,
				const struct zv_lot *lot, bool *seen, struct zv_err *err)
{
	int64_t firm = 0, extra = 0, share = 0, pay = 0;

	for (size_t i = lot->first_link; i < lot->first_link + lot->n_links; i++) {
		const struct zv_lot_link *link = &result->links[i];
		const struct zv_lot_need *need;

		if (link->need >= problem->n_needs)
			return fault(err, N_("a link points nowhere"), (int64_t)i);
		need = &problem->needs[link->need];
		if (seen[link->need])
			return fault(err, N_("the need is there twice"), need->id);
		seen[link->need] = true;
		if (!may_serve(problem, lot->offer, need))
			return fault(err, N_("the offer may not serve the need"), need->id);
		if (!bears(problem, lot->offer, need, lot->size_base))
			return fault(err, N_("the need pays above its ceiling"), need->id);
		if (link->firm_base != need->firm_base || link->share_base < need->firm_base ||
		    link->share_base - need->firm_base > need->extra_base)
			return fault(err, N_("the share is less than firm or more than firm and tolerance"), need->id);
		if (!zv_add(&firm, firm, need->firm_base) || !zv_add(&extra, extra, need->extra_base) ||
		    !zv_add(&share, share, link->share_base) || !zv_add(&pay, pay, link->pay_kop) || link->pay_kop < 0)
			return fault(err, N_("a sum does not fit"), need->id);
	}
	if (lot->n_links == 0 || firm != lot->firm_base || extra != lot->extra_base)
		return fault(err, N_("the sums of the lot are wrong"), problem->offers[lot->offer].id);
	if (firm > lot->size_base || extra < lot->size_base - firm)
		return fault(err, N_("the lot is not between firm and firm with tolerance"), problem->offers[lot->offer].id);
	if (share != lot->size_base || pay != lot->value_kop)
		return fault(err, N_("the shares or payments do not add up to the lot"), problem->offers[lot->offer].id);
	return ZV_OK;
}

static enum zv_code check_lot(const struct zv_lot_problem *problem, const struct zv_lot_result *result,
			      const struct zv_lot *lot, int64_t *used, bool *seen, struct zv_err *err)
{
	const struct zv_lot_offer *offer;
	struct fraction price;

	if (lot->offer >= problem->n_offers || lot->first_link + lot->n_links > result->n_links)
		return fault(err, N_("a lot points nowhere"), (int64_t)lot->offer);
	offer = &problem->offers[lot->offer];
	if (!size_is_made(offer, lot->size_base))
		return fault(err, N_("the offer makes no lot of this size"), offer->id);
	if (!zv_add(&used[lot->offer], used[lot->offer], lot->size_base) || used[lot->offer] > offer->free_base)
		return fault(err, N_("the lots take more than the free capacity"), offer->id);
	if (lot->firm_base > lot->bound_base)
		return fault(err, N_("the bound lies below the lot"), offer->id);
	price = price_at(offer, lot->size_base);
	/* value = price * size, to half a kopeck */
	if (price.den > 0 && price.den <= INT64_MAX && price.num <= INT64_MAX) {
		zv_i128 twice = 2 * (price.num * lot->size_base - (zv_i128)lot->value_kop * price.den);

		if (twice > price.den || -twice > price.den)
			return fault(err, N_("the value is not price times size"), offer->id);
	}
	return check_links(problem, result, lot, seen, err);
}

static enum zv_code
check_misses(const struct zv_lot_problem *problem, const struct zv_lot_result *result, bool *seen, struct zv_err *err)
{
	for (size_t i = 0; i < result->n_misses; i++) {
		const struct zv_lot_miss *miss = &result->misses[i];

		if (miss->need >= problem->n_needs || seen[miss->need])
			return fault(err, N_("a reason is given twice, or for a need in a lot"), (int64_t)i);
		seen[miss->need] = true;
		if (miss->why <= ZV_LOT_FITS || miss->why >= ZV_LOT_WHY_COUNT || miss->lack < 0 ||
		    (miss->offer == ZV_LOT_NONE) != (miss->why == ZV_LOT_NOOFFER))
			return fault(err, N_("the reason makes no sense"), problem->needs[miss->need].id);
	}
	for (size_t i = 0; i < problem->n_needs; i++) {
		if (!seen[i])
			return fault(err, N_("the need is in no lot and has no reason"), problem->needs[i].id);
	}
	return ZV_OK;
}

static enum zv_code check_headline(const struct zv_lot_problem *problem, const struct zv_lot_result *result, struct zv_err *err)
{
	const struct zv_lot_headline *head = &result->headline;
	struct zv_lot_sum pooled = {0}, total = {0};
	bool fits = true, same = true;

	for (size_t i = 0; i < problem->n_needs; i++)
		fits = fits && zv_add(&total.base[problem->needs[i].dim], total.base[problem->needs[i].dim],
				      problem->needs[i].firm_base);
	for (size_t i = 0; i < result->n_links; i++) {
		enum zv_dim dim = problem->needs[result->links[i].need].dim;

		fits = fits && zv_add(&pooled.base[dim], pooled.base[dim], result->links[i].firm_base);
	}
	for (size_t i = 0; i < result->n_lots; i++)
		fits = fits && zv_add(&pooled.kop, pooled.kop, result->lots[i].value_kop);
	for (size_t d = 0; d < ZV_LOT_DIMS; d++)
		same = same && pooled.base[d] == head->pooled.base[d] && total.base[d] == head->total.base[d];
	same = same && head->pooled.kop == pooled.kop && head->pooled.n == (int64_t)result->n_links &&
	       head->total.n == (int64_t)problem->n_needs;
	return fits && same && head->n_lots == (int64_t)result->n_lots ? ZV_OK
								       : fault(err, N_("the headline does not add up"), 0);
}

enum zv_code zv_lot_check(const struct zv_lot_problem *problem, const struct zv_lot_result *result, struct zv_err *err)
{
	int64_t *used = zv_calloc(problem->n_offers + 1, sizeof(*used));
	bool *seen = zv_calloc(problem->n_needs + 1, sizeof(*seen));
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < result->n_lots && code == ZV_OK; i++)
		code = check_lot(problem, result, &result->lots[i], used, seen, err);
	if (code == ZV_OK)
		code = check_misses(problem, result, seen, err);
	if (code == ZV_OK)
		code = check_headline(problem, result, err);
	free(seen);
	free(used);
	return code;
}
