/* What flows from region to region, in one pass over the flows, with the weights that the rule of disclosure asks for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/plan_text.h"
#include "app/plan_view.h"
#include "app/plan_view_inner.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/region.h"

/* What one organisation has in one sum. */
struct part {
	int64_t sum, org_id, kop;
};

struct order_link {
	int64_t order_n;
	size_t link;
};

/* Parts of organisations in sums, which are known by number. */
struct tally {
	struct zv_map orgs; /* "sum organisation": place in parts */
	ZV_VEC(struct part) parts;
};

struct pass {
	const struct zv_plan_seeing *seeing;
	bool by_district;
	struct zv_map links; /* "from to" */
	ZV_VEC(struct zv_plan_band) p;
	struct tally tally;
	ZV_VEC(struct order_link) in_order; /* which orders are in which links, each once */
	struct zv_map newest;               /* the order that was last counted in a link */
};

static void tally_init(struct tally *tally)
{
	*tally = (struct tally){0};
	zv_map_init(&tally->orgs);
}

static void tally_done(struct tally *tally)
{
	zv_map_done(&tally->orgs);
	zv_vec_done(&tally->parts);
}

static void tally_add(struct tally *tally, int64_t sum, int64_t org_id, int64_t kop)
{
	char key[48];
	int64_t at;
	int n = snprintf(key, sizeof(key), "%" PRId64 " %" PRId64, sum, org_id);

	if (!zv_map_get(&at, &tally->orgs, (struct zv_str){key, (size_t)n})) {
		at = (int64_t)tally->parts.n;
		zv_map_put(&tally->orgs, (struct zv_str){key, (size_t)n}, at);
		zv_vec_push(&tally->parts, ((struct part){sum, org_id, 0}));
	}
	if (!zv_add(&tally->parts.p[at].kop, tally->parts.p[at].kop, kop))
		tally->parts.p[at].kop = INT64_MAX;
}

/* out[sum]: whether the rule lets it be seen. */
static void tally_judge(bool *out, size_t n, const struct tally *tally, const struct zv_disclosure_rule *rule)
{
	int64_t *largest = zv_calloc(n + 1, sizeof(*largest)), *total = zv_calloc(n + 1, sizeof(*total));
	size_t *orgs = zv_calloc(n + 1, sizeof(*orgs));

	for (size_t i = 0; i < tally->parts.n; i++) {
		int64_t sum = tally->parts.p[i].sum, kop = tally->parts.p[i].kop;

		orgs[sum] += kop > 0;
		largest[sum] = kop > largest[sum] ? kop : largest[sum];
		if (!zv_add(&total[sum], total[sum], kop))
			largest[sum] = total[sum] = INT64_MAX;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = zv_disclosure_allows(rule, orgs[i], largest[i], total[i]);
	free(largest);
	free(total);
	free(orgs);
}

/* --- the pass ---------------------------------------------------------------------------------------------------------------------- */

static struct zv_str area_of(const struct pass *pass, struct zv_str iso)
{
	const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), iso);

	return pass->by_district && region != NULL ? region->district : iso;
}

static int64_t link_of(struct pass *pass, struct zv_str from, struct zv_str to)
{
	char text[80];
	struct zv_str key = {text, (size_t)snprintf(text, sizeof(text), "%.*s %.*s", ZV_STR_FMT(zv_str_first(from, 30)), ZV_STR_FMT(zv_str_first(to, 30)))};
	int64_t at;

	if (zv_map_get(&at, &pass->links, key))
		return at;
	at = (int64_t)pass->p.n;
	zv_map_put(&pass->links, key, at);
	zv_vec_push(&pass->p, ((struct zv_plan_band){.from = zv_str_dup(pass->seeing->arena, from), .to = zv_str_dup(pass->seeing->arena, to)}));
	return at;
}

static void count_order(struct pass *pass, int64_t order_n, int64_t at)
{
	int64_t seen;

	if (zv_map_get_int(&seen, &pass->newest, at) && seen == order_n)
		return;
	zv_map_put_int(&pass->newest, at, order_n);
	zv_vec_push(&pass->in_order, ((struct order_link){order_n, (size_t)at}));
}

static enum zv_code walk(struct pass *pass, int64_t plan_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, pass->seeing->db,
				       "SELECT o.region, COALESCE(n.region, g.region, ''), n.org_id, f.qty_base, f.price_urub, o.dim, f.order_n "
				       "FROM plan_flow f JOIN plan_order o ON o.plan_id = f.plan_id AND o.n = f.order_n JOIN need n ON n.id = f.need_id "
				       "JOIN org g ON g.id = n.org_id WHERE f.plan_id = $1 ORDER BY f.order_n, f.need_id",
				       err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		int dim = (int)zv_col_int(stmt, 5);
		int64_t qty = zv_col_int(stmt, 3), kop = plan_kop(qty, zv_col_int(stmt, 4), dim), at;
		struct zv_plan_band *link;

		at = link_of(pass, area_of(pass, zv_col_text(stmt, 0)), area_of(pass, zv_col_text(stmt, 1)));
		link = &pass->p.p[at];
		if (!zv_add(&link->kop, link->kop, kop) || dim <= 0 || dim > ZV_DIM_OTHER || !zv_add(&link->qty_base[dim], link->qty_base[dim], qty)) {
			code = zv_fail(err, ZV_E_LIMIT, "plan", N_("What flows between two regions does not fit."));
			break;
		}
		count_order(pass, zv_col_int(stmt, 6), at);
		if (!pass->seeing->all)
			tally_add(&pass->tally, at, zv_col_int(stmt, 2), kop);
	}
	zv_stmt_reset(stmt);
	return code;
}

static void pass_init(struct pass *pass, const struct zv_plan_seeing *seeing, bool by_district)
{
	*pass = (struct pass){.seeing = seeing, .by_district = by_district};
	zv_map_init(&pass->links);
	zv_map_init(&pass->newest);
	tally_init(&pass->tally);
}

static void pass_done(struct pass *pass)
{
	zv_map_done(&pass->links);
	zv_map_done(&pass->newest);
	zv_vec_done(&pass->in_order);
	zv_vec_done(&pass->p);
	tally_done(&pass->tally);
}

/* --- the drawing --------------------------------------------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	const struct zv_plan_band *x = *(const struct zv_plan_band *const *)a, *y = *(const struct zv_plan_band *const *)b;

	if (x->kop != y->kop)
		return x->kop < y->kop ? 1 : -1;
	return zv_str_cmp(x->from, y->from) != 0 ? zv_str_cmp(x->from, y->from) : zv_str_cmp(x->to, y->to);
}

static void add_to(struct zv_plan_band *rest, const struct zv_plan_band *link)
{
	rest->kop = zv_add(&rest->kop, rest->kop, link->kop) ? rest->kop : INT64_MAX;
	for (int d = 0; d <= ZV_DIM_OTHER; d++)
		rest->qty_base[d] = zv_add(&rest->qty_base[d], rest->qty_base[d], link->qty_base[d]) ? rest->qty_base[d] : INT64_MAX;
}

/* Whether all hidden links together may be seen: their organisations as one sum. */
static bool rest_shown(const struct pass *pass, const bool *shown)
{
	struct tally one;
	bool out = false;

	tally_init(&one);
	for (size_t i = 0; i < pass->tally.parts.n; i++)
		if (!shown[pass->tally.parts.p[i].sum])
			tally_add(&one, 0, pass->tally.parts.p[i].org_id, pass->tally.parts.p[i].kop);
	tally_judge(&out, 1, &one, &pass->seeing->rule);
	tally_done(&one);
	return out;
}

static bool stands(const struct zv_plan_sankey *out, struct zv_str code, bool makers)
{
	for (size_t i = 0; i < out->n; i++)
		if (zv_str_eq(makers ? out->links[i].from : out->links[i].to, code))
			return true;
	return false;
}

/* The link of the drawing from here to there; a new one is empty. */
static size_t drawn(struct zv_plan_sankey *out, struct zv_str from, struct zv_str to)
{
	size_t i = 0;

	while (i < out->n && !(zv_str_eq(out->links[i].from, from) && zv_str_eq(out->links[i].to, to)))
		i++;
	if (i == out->n)
		out->links[out->n++] = (struct zv_plan_band){.from = from, .to = to};
	return i;
}

static int by_order_link(const void *a, const void *b)
{
	const struct order_link *x = a, *y = b;

	if (x->order_n != y->order_n)
		return x->order_n < y->order_n ? -1 : 1;
	return x->link < y->link ? -1 : x->link > y->link;
}

/* where[link of the pass]: link of the drawing, SIZE_MAX: none. An order that is in several links of one sum counts once. */
static void count_orders(struct zv_plan_sankey *out, struct pass *pass, const size_t *where)
{
	struct order_link *p = pass->in_order.p;

	for (size_t i = 0; i < pass->in_order.n; i++)
		p[i].link = where[p[i].link];
	if (pass->in_order.n > 0)
		qsort(p, pass->in_order.n, sizeof(*p), by_order_link);
	for (size_t i = 0; i < pass->in_order.n; i++)
		if (p[i].link != SIZE_MAX && (i == 0 || by_order_link(&p[i - 1], &p[i]) != 0))
			out->links[p[i].link].orders++;
}

/*
 * The largest links as they are. For who sees all, a smaller one joins what its maker's region sends to others, or else what its buyer's region gets from
 * others, so that the regions drawn keep their whole size; for whom links are hidden, all that is summed is one link, since less would tell them apart.
 */
static void draw(struct zv_plan_sankey *out, struct pass *pass)
{
	const struct zv_str other = ZV_STR(ZV_PLAN_OTHER);
	size_t n = pass->p.n, kept, *where = zv_calloc(n + 1, sizeof(*where));
	bool all = pass->seeing->all, rest, *shown = zv_calloc(n + 1, sizeof(*shown));
	struct zv_plan_band **order = zv_calloc(n + 1, sizeof(*order)); /* pointers into the pass: those that are shown first, the largest first */
	size_t n_shown = 0, at = 0;

	memset(shown, all, n);
	if (!all)
		tally_judge(shown, n, &pass->tally, &pass->seeing->rule);
	rest = all || rest_shown(pass, shown);
	for (size_t i = 0; i < n; i++)
		if (shown[i])
			order[n_shown++] = &pass->p.p[i];
	qsort(order, n_shown, sizeof(struct zv_plan_band *), by_value);
	at = n_shown;
	for (size_t i = 0; i < n; i++) {
		where[i] = SIZE_MAX;
		if (!shown[i] && rest)
			order[at++] = &pass->p.p[i];
	}
	kept = n_shown < ZV_PLAN_LINKS_MAX ? n_shown : ZV_PLAN_LINKS_MAX;
	out->links = ZV_ARENA_ARRAY(pass->seeing->arena, struct zv_plan_band, n + 1);
	out->n = 0;
	for (size_t i = 0; i < kept; i++) {
		where[order[i] - pass->p.p] = i;
		out->links[out->n++] = *order[i];
	}
	for (size_t i = kept; i < at; i++) {
		bool sent = all && stands(out, order[i]->from, true), got = all && !sent && stands(out, order[i]->to, false);
		size_t to = drawn(out, sent ? order[i]->from : other, got ? order[i]->to : other);

		add_to(&out->links[to], order[i]);
		where[order[i] - pass->p.p] = to;
	}
	count_orders(out, pass, where);
	free(order);
	free(where);
	free(shown);
}

enum zv_code zv_plan_view_sankey(struct zv_plan_sankey *out, const struct zv_plan_seeing *seeing, int64_t plan_id, bool by_district, struct zv_err *err)
{
	struct pass pass;
	enum zv_code code;

	pass_init(&pass, seeing, by_district);
	code = walk(&pass, plan_id, err);
	if (code == ZV_OK)
		draw(out, &pass);
	pass_done(&pass);
	return code;
}

/* --- regions that may be shown ------------------------------------------------------------------------------------------------------- */

/* Regions at one end of the links whose sums the rule allows. */
static void judge_end(struct zv_str **out, size_t *n, const struct pass *pass, bool makers)
{
	struct zv_arena *arena = pass->seeing->arena;
	struct zv_str *codes = ZV_ARENA_ARRAY(arena, struct zv_str, pass->p.n + 1);
	bool *shown = zv_calloc(pass->p.n + 1, sizeof(*shown));
	struct tally tally;
	struct zv_map at;
	int64_t sum;

	zv_map_init(&at);
	tally_init(&tally);
	for (size_t i = 0; i < pass->tally.parts.n; i++) {
		const struct part *part = &pass->tally.parts.p[i];
		const struct zv_plan_band *link = &pass->p.p[part->sum];
		struct zv_str code = makers ? link->from : link->to;

		if (!zv_map_get(&sum, &at, code)) {
			sum = (int64_t)at.n;
			codes[sum] = code;
			zv_map_put(&at, code, sum);
		}
		tally_add(&tally, sum, part->org_id, part->kop);
	}
	tally_judge(shown, at.n, &tally, &pass->seeing->rule);
	*out = ZV_ARENA_ARRAY(arena, struct zv_str, at.n + 1);
	*n = 0;
	for (size_t i = 0; i < at.n; i++)
		if (shown[i])
			(*out)[(*n)++] = codes[i];
	free(shown);
	tally_done(&tally);
	zv_map_done(&at);
}

enum zv_code zv_plan_shown_regions(struct zv_plan_shown *out, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err)
{
	struct pass pass;
	enum zv_code code;

	pass_init(&pass, seeing, false);
	code = walk(&pass, plan_id, err);
	if (code == ZV_OK) {
		judge_end(&out->buyers, &out->n_buyers, &pass, false);
		judge_end(&out->makers, &out->n_makers, &pass, true);
	}
	pass_done(&pass);
	return code;
}
