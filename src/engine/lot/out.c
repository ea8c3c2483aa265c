/* Links of the lots: shares of the needs, their part of the value, buyers and regions. */
#include "engine/lot/out.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int64_t zv_lot_package(enum zv_dim dim)
{
	return dim == ZV_DIM_MASS || dim == ZV_DIM_VOLUME ? ZV_LOT_PACKAGE : 1;
}

static void push(struct lot_out *out, size_t need, int64_t firm, const struct zv_split_share *share)
{
	struct zv_lot_link link = {.need = need,
				   .share_base = share->share_base,
				   .firm_base = firm,
				   .quota_base = share->quota_base,
				   .rest = share->rest,
				   .rest_of = share->rest_of};

	zv_vec_push(&out->links, link);
}

enum zv_code lot_out_position(struct lot_out *out, const struct lot_world *world, size_t pos,
			      const struct zv_split_share *share, int64_t package, struct zv_err *err)
{
	const struct lot_pos *p = &world->pos[pos];
	const size_t *members = world->members + p->first;
	struct zv_split_claim *claims;
	struct zv_split_share *shares;
	enum zv_code code;

	if (p->n == 1) {
		push(out, members[0], p->firm, share);
		return ZV_OK;
	}
	claims = zv_calloc(p->n, sizeof(*claims));
	shares = zv_calloc(p->n, sizeof(*shares));
	for (size_t i = 0; i < p->n; i++) {
		const struct zv_lot_need *need = &world->problem->needs[members[i]];

		claims[i] = (struct zv_split_claim){need->id, need->firm_base, need->extra_base, need->priority};
	}
	code = zv_lot_split(shares, claims, p->n, share->share_base, package, err);
	for (size_t i = 0; i < p->n && code == ZV_OK; i++)
		push(out, members[i], claims[i].firm_base, &shares[i]);
	free(shares);
	free(claims);
	return code;
}

struct ranked {
	struct zv_lot_link link;
	int64_t id, org, rest;
	int32_t region;
};

static int by_need(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

static int by_rest(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	return a->rest != b->rest ? (a->rest < b->rest) - (a->rest > b->rest) : by_need(x, y);
}

static int by_org(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	return (a->org > b->org) - (a->org < b->org);
}

static int by_region(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	return (a->region > b->region) - (a->region < b->region);
}

/* Value in proportion to the shares, kopecks left over to the largest remainders. */
static void deal_value(struct ranked *ranked, size_t n, int64_t value, int64_t size)
{
	int64_t left = value;

	for (size_t i = 0; i < n; i++) {
		zv_i128 product = (zv_i128)value * ranked[i].link.share_base;

		ranked[i].link.pay_kop = (int64_t)(product / size);
		ranked[i].rest = (int64_t)(product % size);
		left -= ranked[i].link.pay_kop;
	}
	qsort(ranked, n, sizeof(*ranked), by_rest);
	for (size_t i = 0; i < n && left > 0; i++, left--)
		ranked[i].link.pay_kop++;
}

void lot_out_finish(struct lot_out *out, struct zv_lot *lot, const struct lot_world *world)
{
	struct zv_lot_link *links = out->links.p + lot->first_link;
	size_t n = lot->n_links;
	struct ranked *ranked = zv_calloc(n + 1, sizeof(*ranked));

	for (size_t i = 0; i < n; i++) {
		const struct zv_lot_need *need = &world->problem->needs[links[i].need];

		ranked[i] = (struct ranked){links[i], need->id, need->org, 0, need->region};
	}
	deal_value(ranked, n, lot->value_kop, lot->size_base);
	qsort(ranked, n, sizeof(*ranked), by_org);
	for (size_t i = 0; i < n; i++)
		lot->n_orgs += i == 0 || ranked[i].org != ranked[i - 1].org;
	qsort(ranked, n, sizeof(*ranked), by_region);
	for (size_t i = 0; i < n; i++)
		lot->n_regions += i == 0 || ranked[i].region != ranked[i - 1].region;
	qsort(ranked, n, sizeof(*ranked), by_need);
	for (size_t i = 0; i < n; i++)
		links[i] = ranked[i].link;
	free(ranked);
}

struct zv_lot_result *lot_out_take(struct lot_out *out, int64_t steps)
{
	struct zv_lot_result *result = zv_calloc(1, sizeof(*result));

	*result = (struct zv_lot_result){out->lots.p,  out->lots.n,  out->links.p, out->links.n, out->misses.p, out->misses.n,
					 out->nears.p, out->nears.n, out->who.p,   out->who.n,   out->headline, steps};
	*out = (struct lot_out){0};
	return result;
}

void lot_out_done(struct lot_out *out)
{
	zv_vec_done(&out->lots);
	zv_vec_done(&out->links);
	zv_vec_done(&out->misses);
	zv_vec_done(&out->nears);
	zv_vec_done(&out->who);
}

void zv_lot_result_free(struct zv_lot_result *result)
{
	if (result == NULL)
		return;
	free(result->lots);
	free(result->links);
	free(result->misses);
	free(result->nears);
	free(result->who);
	free(result);
}
