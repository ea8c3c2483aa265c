/* Snapshot, groups, engine, result: the run itself. What it prints is cli/lots.c, what it keeps is app/lots_keep.c. */
#include "app/lots_run.h"

#include <string.h>

#include "app/lots_keep.h"
#include "app/lots_problem.h"
#include "app/lots_proven.h"
#include "app/lots_text.h"
#include "app/lots_windows.h"
#include "app/snapshot.h"
#include "base/hash.h"
#include "base/vec.h"
#include "model/quantity.h"
#include "store/setting.h"

enum zv_code zv_as_of(zv_date *out, struct zv_db *db, zv_date asked, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_str text;
	enum zv_code code;

	if (asked != ZV_DATE_NONE) {
		*out = asked;
		return ZV_OK;
	}
	zv_arena_init(&arena);
	code = zv_setting_get(&text, db, "as_of", &arena, err);
	if (code == ZV_OK && (text.n == 0 || !zv_date_parse(out, text)))
		*out = zv_today();
	zv_arena_done(&arena);
	return code;
}

/* Everything that one run gathers. */
struct run {
	const struct zv_snapshot *s;
	struct zv_arena *arena;
	struct zv_lots_result *result;
	struct zv_buf canonical; /* what the digest is taken of */
	ZV_VEC(struct zv_lots_lot) lots;
	ZV_VEC(struct zv_lots_miss) misses;
	ZV_VEC(struct zv_lots_unfilled) unfilled;
	ZV_VEC(struct zv_lots_unfilled) asked;
	struct zv_quantity size; /* asked for; base 0: none */
	struct zv_lots_kept kept;
	struct zv_lot_headline headline;
	struct zv_err *err;
};

static struct zv_str copy(struct run *run, struct zv_str s)
{
	return zv_str_dup(run->arena, s);
}

static struct zv_str item_name(struct run *run, const struct zv_snap_item *item)
{
	return copy(run, zv_snap_item_name(item));
}

static struct zv_str org_name(struct run *run, int32_t org)
{
	return org >= 0 ? copy(run, run->s->orgs[org].name) : ZV_STR("");
}

static struct zv_str need_name(struct run *run, const struct zv_snap_need *need)
{
	return copy(run, need->key.n > 0 ? need->key : need->uid);
}

/* The price per base unit that a need would pay for freight from an offer; {0, 0}: nothing. */
static struct zv_price freight_of(const struct zv_lot_problem *p, size_t offer, size_t need)
{
	return p->freight != NULL ? p->freight[offer * p->n_places + p->needs[need].place] : (struct zv_price){0, 0};
}

static enum zv_code member_of(struct zv_lots_member *out, struct run *run, const struct zv_lots_group *group, const struct zv_lot *lot,
			      const struct zv_lot_link *link)
{
	const struct zv_snap_need *need = &run->s->needs[group->needs[link->need]];
	struct zv_price freight = freight_of(&group->problem, lot->offer, link->need);

	*out = (struct zv_lots_member){
		.need = need_name(run, need),
		.need_uid = copy(run, need->uid),
		.org = org_name(run, need->org),
		.org_uid = copy(run, run->s->orgs[need->org].uid),
		.region = copy(run, need->region),
		.firm_base = link->firm_base,
		.extra_base = link->share_base - link->firm_base,
		.cost_kop = link->pay_kop,
		.ceiling = group->problem.needs[link->need].ceiling,
	};
	if (freight.per > 0 && !zv_price_total(&out->freight_kop, freight, link->share_base))
		return zv_fail(run->err, ZV_E_LIMIT, "freight", N_("The freight of need %.*s does not fit."), ZV_STR_FMT(need->key));
	return ZV_OK;
}

static enum zv_code add_curve(struct zv_lots_lot *out, struct run *run, const struct zv_lots_group *group, size_t offer)
{
	struct zv_lot_curve *curve;
	struct zv_lots_curve *points;
	enum zv_code code = zv_lot_curve(&curve, &group->problem, offer, run->err);

	if (code != ZV_OK)
		return code;
	points = ZV_ARENA_ARRAY(run->arena, struct zv_lots_curve, curve->n + 1);
	for (size_t i = 0; i < curve->n; i++) {
		const struct zv_lot_view *view = &curve->points[i];

		points[i] = (struct zv_lots_curve){view->size_base, view->price, (int64_t)view->n_willing, view->firm_base};
	}
	out->curve = points;
	out->n_curve = curve->n;
	zv_lot_curve_free(curve);
	return ZV_OK;
}

static void add_canonical_lot(struct run *run, const struct zv_lots_lot *lot)
{
	zv_buf_addf(&run->canonical, "lot %.*s %.*s %" PRId64 " %" PRId64 " %" PRId64, ZV_STR_FMT(lot->offer), ZV_STR_FMT(lot->item),
		    lot->qty_base, lot->firm_base, lot->total_kop);
	for (size_t i = 0; i < lot->n_members; i++)
		zv_buf_addf(&run->canonical, " %.*s:%" PRId64 "+%" PRId64 "=%" PRId64, ZV_STR_FMT(lot->members[i].need),
			    lot->members[i].firm_base, lot->members[i].extra_base, lot->members[i].cost_kop);
	zv_buf_add_char(&run->canonical, '\n');
}

static void keep_lot(struct run *run, const struct zv_lots_group *group, const struct zv_lots_lot *lot, const struct zv_lot *from,
		     const struct zv_lot_link *links)
{
	const struct zv_snap_offer *offer = &run->s->offers[group->offers[from->offer]];
	struct zv_lot_row row = {
		.centre_id = offer->id >> ZV_CENTRE_SHIFT,
		.item_id = run->s->items[offer->item].id,
		.offer_id = offer->id,
		.dim = lot->dim,
		.qty_base = lot->qty_base,
		.firm_base = lot->firm_base,
		.total_kop = lot->total_kop,
		.ready_on = lot->ready_on,
		.proved = lot->proved,
	};

	for (size_t i = 0; i < from->n_links; i++) {
		const struct zv_lots_member *m = &lot->members[i];
		struct zv_lot_need_row link = {
			.lot_id = (int64_t)run->kept.lots.n, /* until the lot has its id */
			.need_id = run->s->needs[group->needs[links[i].need]].id,
			.firm_base = m->firm_base,
			.extra_base = m->extra_base,
			.cost_kop = m->cost_kop,
			.freight_kop = m->freight_kop,
		};

		zv_vec_push(&run->kept.links, link);
	}
	zv_vec_push(&run->kept.lots, row);
}

static enum zv_code add_lot(struct run *run, const struct zv_lots_group *group, const struct zv_lot_result *solved, const struct zv_lot *from)
{
	const struct zv_snap_offer *offer = &run->s->offers[group->offers[from->offer]];
	const struct zv_snap_item *item = &run->s->items[offer->item];
	const struct zv_lot_link *links = &solved->links[from->first_link];
	struct zv_lots_member *members = ZV_ARENA_ARRAY(run->arena, struct zv_lots_member, from->n_links);
	struct zv_lots_lot lot = {
		.item = item_name(run, item),
		.item_uid = copy(run, item->uid),
		.item_cas = copy(run, item->cas),
		.maker = org_name(run, offer->org),
		.maker_uid = copy(run, run->s->orgs[offer->org].uid),
		.maker_region = copy(run, offer->region),
		.offer = copy(run, offer->key),
		.offer_uid = copy(run, offer->uid),
		.dim = group->problem.offers[from->offer].dim,
		.qty_base = from->size_base,
		.firm_base = from->firm_base,
		.price = from->price,
		.total_kop = from->value_kop,
		.ready_on = group->problem.offers[from->offer].ready,
		.proved = from->proved,
		.n_regions = (int)from->n_regions,
		.n_orgs = (int)from->n_orgs,
		.members = members,
		.n_members = from->n_links,
	};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < from->n_links && code == ZV_OK; i++) {
		code = member_of(&members[i], run, group, from, &links[i]);
		if (code == ZV_OK && !zv_add(&lot.freight_kop, lot.freight_kop, members[i].freight_kop))
			code = zv_fail(run->err, ZV_E_LIMIT, "freight", N_("The freight of the lot does not fit."));
	}
	if (code == ZV_OK)
		code = add_curve(&lot, run, group, from->offer);
	if (code != ZV_OK)
		return code;
	add_canonical_lot(run, &lot);
	keep_lot(run, group, &lot, from, links);
	zv_vec_push(&run->lots, lot);
	return ZV_OK;
}

static void add_miss_row(struct run *run, const struct zv_snap_need *need, const struct zv_lots_why *why, const struct zv_snap_offer *offer)
{
	struct zv_lots_miss miss = {
		.need = need_name(run, need),
		.need_uid = copy(run, need->uid),
		.org = org_name(run, need->org),
		.region = copy(run, need->region),
		.item = need->item >= 0 ? item_name(run, &run->s->items[need->item]) : copy(run, need->title),
		.firm_base = need->firm_base,
		.dim = need->dim,
		.code = copy(run, why->code),
		.text = zv_lots_why_text(why, run->arena),
	};
	struct zv_lot_miss_row row = {
		.need_id = need->id,
		.code = miss.code,
		.offer_id = offer != NULL ? offer->id : 0,
		.have = why->have,
		.want = why->want,
		.lack = why->lack,
		.size_base = why->size_base,
		.price_kop = why->price.kop,
		.price_per = why->price.per,
	};

	zv_buf_addf(&run->canonical, "miss %.*s %.*s %" PRId64 "\n", ZV_STR_FMT(miss.need), ZV_STR_FMT(miss.code), why->lack);
	zv_vec_push(&run->misses, miss);
	zv_vec_push(&run->kept.misses, row);
}

static void add_miss(struct run *run, const struct zv_lots_group *group, const struct zv_lot_miss *from)
{
	const struct zv_snap_need *need = &run->s->needs[group->needs[from->need]];
	const struct zv_snap_offer *offer = from->offer != ZV_LOT_NONE ? &run->s->offers[group->offers[from->offer]] : NULL;
	struct zv_lots_why why = {
		.code = zv_str_c(zv_lot_why_name(from->why)),
		.maker = offer != NULL && offer->org >= 0 ? run->s->orgs[offer->org].name : ZV_STR(""),
		.dim = group->problem.needs[from->need].dim,
		.firm_base = need->firm_base,
		.have = from->have,
		.want = from->want,
		.lack = from->lack,
		.size_base = from->size_base,
		.price = from->price,
		.ceiling = group->problem.needs[from->need].ceiling,
		.required = need->requirements,
		.offered = offer != NULL ? offer->properties : ZV_STR(""),
	};

	add_miss_row(run, need, &why, offer);
}

static struct zv_lots_near near_of(struct run *run, const struct zv_lots_group *group, const struct zv_lot_who *who_leaves,
				   const struct zv_lot_view *view)
{
	struct zv_buf who;
	struct zv_lots_near near = {
		.qty_base = view->size_base,
		.price = view->price,
		.reachable_base = view->reach_base,
		.lacks_base = view->lack_base,
		.lacks_kop = view->lack_kop,
	};

	zv_buf_init(&who, 2000);
	for (size_t i = 0; i < view->n_who; i++) {
		const struct zv_snap_need *need = &run->s->needs[group->needs[who_leaves[view->first_who + i].need]];

		if (i > 0)
			zv_buf_add_c(&who, ", ");
		zv_buf_add_str(&who, need->key);
	}
	near.who = copy(run, zv_buf_str(&who));
	zv_buf_done(&who);
	return near;
}

static void add_unfilled(struct run *run, const struct zv_lots_group *group, const struct zv_lot_result *solved, const struct zv_lot_near *near)
{
	const struct zv_snap_offer *offer = &run->s->offers[group->offers[near->offer]];
	struct zv_lots_unfilled row = {
		.item = item_name(run, &run->s->items[offer->item]),
		.maker = org_name(run, offer->org),
		.offer = copy(run, offer->key),
		.item_uid = copy(run, run->s->items[offer->item].uid),
		.maker_uid = copy(run, run->s->orgs[offer->org].uid),
		.dim = offer->dim,
		.has_below = near->below.exists,
		.has_above = near->above.exists,
	};

	if (row.has_below)
		row.below = near_of(run, group, solved->who, &near->below);
	if (row.has_above)
		row.above = near_of(run, group, solved->who, &near->above);
	if (row.has_below || row.has_above)
		zv_vec_push(&run->unfilled, row);
}

/* A lot of just the size asked for, at every offer that has a price in this dimension. */
static enum zv_code add_asked(struct run *run, const struct zv_lots_group *group)
{
	for (size_t k = 0; k < group->problem.n_offers; k++) {
		const struct zv_snap_offer *offer = &run->s->offers[group->offers[k]];
		struct zv_lot_curve *curve;
		enum zv_code code;

		if (group->problem.offers[k].dim != run->size.dim || group->problem.offers[k].ladder.form == ZV_LADDER_NONE)
			continue;
		code = zv_lot_curve_at(&curve, &group->problem, k, &run->size.base, 1, run->err);
		if (code != ZV_OK)
			return code;
		if (curve->n > 0 && curve->points[0].exists) {
			struct zv_lots_unfilled row = {
				.item = item_name(run, &run->s->items[offer->item]),
				.maker = org_name(run, offer->org),
				.offer = copy(run, offer->key),
				.item_uid = copy(run, run->s->items[offer->item].uid),
				.maker_uid = copy(run, run->s->orgs[offer->org].uid),
				.dim = offer->dim,
				.has_above = true,
				.above = near_of(run, group, curve->who, &curve->points[0]),
			};

			zv_vec_push(&run->asked, row);
		}
		zv_lot_curve_free(curve);
	}
	return ZV_OK;
}

static enum zv_code run_open(struct run *run, const struct zv_lots_group *group)
{
	struct zv_lot_result *solved;
	enum zv_code code = zv_lot_solve(&solved, &group->problem, run->err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < solved->n_lots && code == ZV_OK; i++)
		code = add_lot(run, group, solved, &solved->lots[i]);
	for (size_t i = 0; i < solved->n_misses && code == ZV_OK; i++)
		add_miss(run, group, &solved->misses[i]);
	for (size_t i = 0; i < solved->n_nears && code == ZV_OK; i++)
		add_unfilled(run, group, solved, &solved->nears[i]);
	if (code == ZV_OK)
		code = zv_lot_headline_add(&run->headline, &solved->headline, run->err);
	zv_lot_result_free(solved);
	return code;
}

/* What the needs are in all and what they could buy alone, each in its own window: as if all windows were open. */
static enum zv_code add_totals(struct run *run, const struct zv_lots_group *group)
{
	struct zv_lot_result *solved;
	struct zv_lot_headline only = {0};
	enum zv_code code = zv_lot_solve(&solved, &group->problem, run->err);

	if (code != ZV_OK)
		return code;
	only.alone = solved->headline.alone;
	only.total = solved->headline.total;
	code = zv_lot_headline_add(&run->headline, &only, run->err);
	zv_lot_result_free(solved);
	return code;
}

/* One quarter of a group. A need that may wait for a later quarter is not yet missed. */
static enum zv_code run_quarter(struct run *run, const struct zv_lots_window *window, int32_t quarter, int32_t last, bool *gone, int64_t *used)
{
	const struct zv_lots_group *group = &window->group;
	struct zv_lot_headline only = {0};
	struct zv_lot_result *solved;
	bool missed = false;
	enum zv_code code = zv_lot_solve(&solved, &group->problem, run->err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < solved->n_lots && code == ZV_OK; i++) {
		const struct zv_lot *lot = &solved->lots[i];

		for (size_t k = 0; k < lot->n_links; k++)
			gone[window->need_of[solved->links[lot->first_link + k].need]] = true;
		if (!zv_add(&used[lot->offer], used[lot->offer], lot->size_base))
			used[lot->offer] = INT64_MAX;
		code = add_lot(run, group, solved, lot);
	}
	for (size_t i = 0; i < solved->n_misses && code == ZV_OK; i++) {
		const struct zv_lot_need *need = &group->problem.needs[solved->misses[i].need];

		if (quarter < last && zv_lots_window_open(need, quarter + 1, true))
			continue;
		gone[window->need_of[solved->misses[i].need]] = missed = true;
		add_miss(run, group, &solved->misses[i]);
	}
	for (size_t i = 0; missed && i < solved->n_nears && code == ZV_OK; i++)
		add_unfilled(run, group, solved, &solved->nears[i]);
	only.pooled = solved->headline.pooled;
	only.n_lots = solved->headline.n_lots;
	only.n_lots_proved = solved->headline.n_lots_proved;
	if (code == ZV_OK)
		code = zv_lot_headline_add(&run->headline, &only, run->err);
	zv_lot_result_free(solved);
	return code;
}

static enum zv_code run_windows(struct run *run, const struct zv_lots_group *group)
{
	zv_date as_of = run->result->as_of;
	struct zv_arena scratch;
	int32_t quarter;
	int32_t last;
	bool *gone;
	int64_t *used;
	enum zv_code code = add_totals(run, group);

	zv_arena_init(&scratch);
	gone = ZV_ARENA_ARRAY(&scratch, bool, group->problem.n_needs + 1);
	used = ZV_ARENA_ARRAY(&scratch, int64_t, group->problem.n_offers + 1);
	zv_lots_windows_range(&quarter, &last, group, as_of);
	for (; quarter <= last && code == ZV_OK; quarter++) {
		struct zv_lots_window window;

		zv_lots_window_build(&window, group, run->s, as_of, quarter, gone, used, &scratch);
		if (window.group.problem.n_needs > 0)
			code = run_quarter(run, &window, quarter, last, gone, used);
	}
	zv_arena_done(&scratch);
	return code;
}

static enum zv_code run_group(struct run *run, const struct zv_lots_group *group)
{
	enum zv_code code = zv_lots_windows_needed(group, run->result->as_of) ? run_windows(run, group) : run_open(run, group);

	return code == ZV_OK && run->size.base > 0 ? add_asked(run, group) : code;
}

static void add_outside(struct run *run, const struct zv_lots_groups *groups)
{
	for (size_t i = 0; i < groups->n_outside; i++) {
		const struct zv_snap_need *need = &run->s->needs[groups->outside[i]];
		struct zv_lots_why why = {
			.code = zv_str_c(zv_lots_outside_name(groups->outside_why[i])),
			.dim = need->dim,
			.firm_base = need->firm_base,
		};

		add_miss_row(run, need, &why, NULL);
	}
}

/* The item asked for by uid, key, CAS or name; -1 when none was. */
static enum zv_code item_asked(int32_t *out, const struct zv_snapshot *s, struct zv_str asked, struct zv_err *err)
{
	*out = -1;
	if (asked.n == 0)
		return ZV_OK;
	for (size_t i = 0; i < s->n_items; i++) {
		const struct zv_snap_item *item = &s->items[i];

		if (zv_str_eq(item->uid, asked) || zv_str_eq(item->key, asked) || zv_str_eq(item->cas, asked) || zv_str_eq(item->name, asked)) {
			*out = (int32_t)i;
			return ZV_OK;
		}
	}
	return zv_fail(err, ZV_E_NOTFOUND, "item", N_("There is no item “%.*s”; “zveno search” finds its name."), ZV_STR_FMT(zv_str_first(asked, 60)));
}

/* firm by dimension comes from the engine; with tolerance from the lots. */
static enum zv_code sum_up(struct run *run, const struct zv_lots_groups *groups)
{
	struct zv_lots_result *r = run->result;
	const struct zv_lot_headline *h = &run->headline;

	r->all = (struct zv_lots_sum){.needs = (int64_t)groups->n_counted};
	r->alone = (struct zv_lots_sum){.needs = h->alone.n, .kop = h->alone.kop};
	r->pooled = (struct zv_lots_sum){.needs = h->pooled.n, .kop = h->pooled.kop};
	for (int dim = 0; dim < ZV_LOT_DIMS; dim++) {
		r->all.firm[dim] = r->all.base[dim] = h->total.base[dim];
		r->alone.firm[dim] = r->alone.base[dim] = h->alone.base[dim];
		r->pooled.firm[dim] = r->pooled.base[dim] = h->pooled.base[dim];
	}
	for (size_t i = 0; i < run->lots.n; i++) {
		const struct zv_lots_lot *lot = &run->lots.p[i];

		if (!zv_add(&r->pooled.base[lot->dim], r->pooled.base[lot->dim], lot->qty_base - lot->firm_base))
			return zv_fail(run->err, ZV_E_LIMIT, "quantity", N_("The quantities of all lots together do not fit."));
	}
	return ZV_OK;
}

#define TAKE(run, field)                                                                                              \
	do {                                                                                                          \
		void *to = zv_arena_calloc((run)->arena, (run)->field.n + 1, sizeof(*(run)->field.p));                \
		if ((run)->field.n > 0)                                                                               \
			memcpy(to, (run)->field.p, (run)->field.n * sizeof(*(run)->field.p));                         \
		(run)->result->field = to;                                                                            \
		(run)->result->n_##field = (run)->field.n;                                                            \
	} while (0)

static enum zv_code solve_all(struct run *run, zv_date as_of, int32_t item)
{
	struct zv_lots_groups groups;
	char digest[ZV_DIGEST_HEX];
	enum zv_code code = zv_lots_groups_build(&groups, run->s, as_of, item, run->err);

	for (size_t i = 0; i < groups.n && code == ZV_OK; i++)
		code = run_group(run, &groups.p[i]);
	if (code == ZV_OK) {
		add_outside(run, &groups);
		code = sum_up(run, &groups);
	}
	zv_digest_hex(digest, zv_buf_str(&run->canonical));
	run->result->digest = copy(run, zv_str_c(digest));
	TAKE(run, lots);
	TAKE(run, misses);
	TAKE(run, unfilled);
	TAKE(run, asked);
	zv_lots_groups_done(&groups);
	return code;
}

static enum zv_code run_on(struct run *run, struct zv_db *db, const struct zv_lots_options *options)
{
	int32_t item;
	enum zv_code code = item_asked(&item, run->s, options->item, run->err);

	if (code == ZV_OK && options->size.n > 0)
		code = zv_quantity_parse(&run->size, options->size, run->arena, "size", run->err);
	if (code == ZV_OK)
		code = solve_all(run, run->result->as_of, item);
	if (code == ZV_OK && options->keep && !options->proven)
		code = options->store != NULL ? options->store(options->context, run->result, &run->kept, run->err)
					      : zv_lots_keep(run->result, db, &run->kept, options->actor, run->arena, run->err);
	return code;
}

enum zv_code zv_lots_run(struct zv_lots_result *out, struct zv_db *db, const struct zv_lots_options *options, struct zv_arena *arena,
			 struct zv_err *err)
{
	struct zv_snapshot snapshot;
	struct run run = {.s = &snapshot, .arena = arena, .result = out, .err = err};
	enum zv_code code;

	*out = (struct zv_lots_result){0};
	zv_buf_init(&run.canonical, 0);
	code = zv_as_of(&out->as_of, db, options->as_of, err);
	if (code != ZV_OK)
		return code;
	code = zv_snapshot_load(&snapshot, db, (struct zv_snapshot_wish){.supplies = options->proven}, err);
	if (code == ZV_OK && options->proven)
		code = zv_lots_proven_turn(&out->proven, &snapshot, err);
	if (code == ZV_OK)
		code = run_on(&run, db, options);
	zv_snapshot_done(&snapshot);
	zv_buf_done(&run.canonical);
	zv_vec_done(&run.lots);
	zv_vec_done(&run.misses);
	zv_vec_done(&run.unfilled);
	zv_vec_done(&run.asked);
	zv_lots_kept_done(&run.kept);
	return code;
}
