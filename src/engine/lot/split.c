/* The fair split: exact quotas, whole packages, largest remainders, and sums that always come out. */
#include "engine/lot/split.h"

#include <stdlib.h>

#include "base/mem.h"

/* One claimant while a sum is dealt out in proportion to `weight`, of which he can take no more than that. */
struct part {
	size_t at; /* index of the claim */
	int64_t id, weight;
	int64_t got;
	int64_t over; /* quota_base beyond the whole packages got */
	int64_t rest;
};

static int by_remainder(const void *x, const void *y)
{
	const struct part *a = x, *b = y;

	if (a->over != b->over)
		return a->over > b->over ? -1 : 1;
	if (a->rest != b->rest)
		return a->rest > b->rest ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* Hands `left` out in turns of at most `unit`, the largest remainder first, never above the weight; whole turns only if
 * `whole`. */
static int64_t deal(struct part *parts, size_t n, size_t *turn, int64_t left, int64_t unit, bool whole)
{
	size_t passed = 0; /* in a row */

	while (left > 0 && passed < n && (!whole || left >= unit)) {
		struct part *part = &parts[*turn];
		int64_t room = part->weight - part->got;
		int64_t take = room < unit ? room : unit;

		*turn = (*turn + 1) % n;
		if (take == 0 || (whole && take < unit)) {
			passed++;
			continue;
		}
		if (take > left)
			take = left;
		part->got += take;
		left -= take;
		passed = 0;
	}
	return left;
}

/* A package that nobody can take whole is opened. */
static int64_t usable_package(const struct part *parts, size_t n, int64_t package)
{
	int64_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = parts[i].weight > most ? parts[i].weight : most;
	while (package > 1 && package > most)
		package /= 10;
	return package > 0 ? package : 1;
}

/* Deals `sum` <= `total` = sum of the weights. */
static void apportion(struct zv_split_share *out, struct part *parts, size_t n, int64_t sum, int64_t total, int64_t package)
{
	int64_t left = sum;
	size_t turn = 0;

	package = usable_package(parts, n, package);
	for (size_t i = 0; i < n; i++) {
		zv_i128 product = (zv_i128)sum * parts[i].weight;
		int64_t quota = total > 0 ? (int64_t)(product / total) : 0;

		parts[i].rest = total > 0 ? (int64_t)(product % total) : 0;
		parts[i].over = quota % package;
		parts[i].got = quota - parts[i].over;
		left -= parts[i].got;
		out[parts[i].at].quota_base = quota;
		out[parts[i].at].rest = parts[i].rest;
		out[parts[i].at].rest_of = total > 0 ? total : 1;
	}
	qsort(parts, n, sizeof(*parts), by_remainder);
	left = deal(parts, n, &turn, left, package, true);
	left = deal(parts, n, &turn, left, package, false);
	assert(left == 0);
	for (size_t i = 0; i < n; i++)
		out[parts[i].at].share_base += parts[i].got;
}

static enum zv_code check(int64_t *firm, int64_t *extra, const struct zv_split_claim *claims, size_t n, int64_t lot,
			  int64_t package, struct zv_err *err)
{
	int64_t both;

	*firm = *extra = 0;
	if (package <= 0)
		return zv_fail(err, ZV_E_INVALID, "package",
			       N_("A package of %" PRId64 " cannot be split into; it must be above zero."), package);
	for (size_t i = 0; i < n; i++) {
		if (claims[i].firm_base < 0 || claims[i].extra_base < 0)
			return zv_fail(err, ZV_E_INVALID, "qty", N_("Claim %" PRId64 " has a negative quantity."),
				       claims[i].id);
		if (!zv_add(firm, *firm, claims[i].firm_base) || !zv_add(extra, *extra, claims[i].extra_base))
			return zv_fail(err, ZV_E_LIMIT, "qty", N_("The quantities of the lot are too large to be added up."));
	}
	if (!zv_add(&both, *firm, *extra))
		return zv_fail(err, ZV_E_LIMIT, "qty", N_("The quantities of the lot are too large to be added up."));
	if (lot < 0 || lot > both)
		return zv_fail(err, ZV_E_INVALID, "lot",
			       N_("A lot of %" PRId64 " cannot be split among claims of %" PRId64 " at most."), lot, both);
	return ZV_OK;
}

static int by_priority(const void *x, const void *y)
{
	const struct zv_split_claim *a = *(const struct zv_split_claim *const *)x,
				    *b = *(const struct zv_split_claim *const *)y;

	if (a->priority != b->priority)
		return a->priority < b->priority ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* Class after class: in full while it lasts, the last one in proportion to firm. */
static void split_short(struct zv_split_share *out, const struct zv_split_claim *claims, size_t n, int64_t lot, int64_t package)
{
	const struct zv_split_claim **order = zv_reallocarray(NULL, n + 1, sizeof(*order));
	struct part *parts = zv_calloc(n + 1, sizeof(*parts));

	for (size_t i = 0; i < n; i++)
		order[i] = &claims[i];
	qsort(order, n, sizeof(*order), by_priority);
	for (size_t i = 0, end; i < n; i = end) {
		int64_t total = 0, sum;

		for (end = i; end < n && order[end]->priority == order[i]->priority; end++) {
			parts[end - i] = (struct part){
				.at = (size_t)(order[end] - claims), .id = order[end]->id, .weight = order[end]->firm_base};
			total += order[end]->firm_base;
		}
		sum = total < lot ? total : lot;
		apportion(out, parts, end - i, sum, total, package);
		lot -= sum;
	}
	free(parts);
	free(order);
}

static void split_surplus(struct zv_split_share *out, const struct zv_split_claim *claims, size_t n, int64_t surplus,
			  int64_t extra, int64_t package)
{
	struct part *parts = zv_calloc(n + 1, sizeof(*parts));

	for (size_t i = 0; i < n; i++) {
		out[i].share_base = claims[i].firm_base;
		parts[i] = (struct part){.at = i, .id = claims[i].id, .weight = claims[i].extra_base};
	}
	apportion(out, parts, n, surplus, extra, package);
	free(parts);
}

enum zv_code zv_lot_split(struct zv_split_share *out, const struct zv_split_claim *claims, size_t n, int64_t lot_base,
			  int64_t package_base, struct zv_err *err)
{
	int64_t firm, extra;
	enum zv_code code = check(&firm, &extra, claims, n, lot_base, package_base, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		out[i] = (struct zv_split_share){.rest_of = 1};
	if (lot_base < firm)
		split_short(out, claims, n, lot_base, package_base);
	else
		split_surplus(out, claims, n, lot_base - firm, extra, package_base);
	return ZV_OK;
}
