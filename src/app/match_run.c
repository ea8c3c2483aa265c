/* The register's rows as the match engine takes them, and its answer with names. */
#include "app/match_run.h"

#include <stdlib.h>
#include <string.h>

#include "app/find.h"
#include "app/lots_run.h"
#include "app/terms.h"
#include "base/vec.h"
#include "engine/match/match.h"
#include "model/control.h"

enum { NEAREST_CLASS = 5 /* "20.14": makers of the same class are looked at */, PROVEN_MAX = 200, NEWCOMER = 500 };

const char *zv_verdict_name(enum zv_verdict verdict)
{
	return verdict == ZV_VERDICT_PASS ? "pass" : verdict == ZV_VERDICT_ASK ? "ask" : "fail";
}

/* One side of a match and where its names are: an offer, or a line of a contract. */
struct candidate {
	int32_t offer;  /* -1: proven supply */
	int32_t supply; /* -1: offer */
};

struct looking {
	const struct zv_snapshot *s;
	const struct zv_snap_need *need;
	const struct zv_snap_item *item; /* NULL: the need names none */
	struct zv_str okpd2;
	zv_date as_of;
	struct zv_arena *arena;
	struct zv_err *err;
	ZV_VEC(struct zv_match_offer) offers;
	ZV_VEC(struct candidate) candidates;
};

static bool near_class(struct zv_str a, struct zv_str b)
{
	return a.n >= NEAREST_CLASS && b.n >= NEAREST_CLASS && zv_str_eq(zv_str_first(a, NEAREST_CLASS), zv_str_first(b, NEAREST_CLASS));
}

static enum zv_match_permit permit_of(const struct looking *l, const struct zv_snap_item *item, int32_t org)
{
	if (item->control < ZV_CONTROL_PERMIT_CHECK)
		return ZV_MATCH_PERMIT_FREE;
	return zv_snapshot_permitted(l->s, org, item->regime, l->as_of) && zv_snapshot_permitted(l->s, l->need->org, item->regime, l->as_of)
		       ? ZV_MATCH_PERMIT_HELD
		       : ZV_MATCH_PERMIT_MISSING;
}

static void add_capacity(struct zv_match_offer *out, const struct looking *l, const struct zv_snap_offer *offer)
{
	size_t n;
	const struct zv_snap_capacity *rows = zv_snapshot_capacities(&n, l->s, offer->org, offer->item);
	struct zv_match_capacity *capacity = ZV_ARENA_ARRAY(l->arena, struct zv_match_capacity, n + 1);

	for (size_t i = 0; i < n; i++) {
		if (rows[i].dim == offer->dim && rows[i].quarter >= zv_quarter_of(l->as_of))
			capacity[out->n_capacity++] = (struct zv_match_capacity){rows[i].quarter, rows[i].free_base, rows[i].said_on};
	}
	out->capacity = capacity;
}

static enum zv_code add_offer(struct looking *l, int32_t at)
{
	const struct zv_snap_offer *offer = &l->s->offers[at];
	const struct zv_snap_item *item = &l->s->items[offer->item];
	struct zv_match_offer row = {
		.id = offer->id,
		.org = offer->org,
		.item = offer->item,
		.kind = ZV_MATCH_OFFER,
		.cas = item->cas,
		.okpd2 = item->okpd2,
		.dim = offer->dim,
		.sizes = zv_terms_sizes(offer),
		.lead_days = (int32_t)offer->lead_days,
		.valid_to = offer->valid_until,
		.seen_on = ZV_DATE_NONE,
		.trust = NEWCOMER,
		.delivered = zv_terms_delivered(offer->basis),
		.permit = permit_of(l, item, offer->org),
		.days_to_qualify = -1,
	};
	int64_t days;
	bool known;
	int substitute = l->need->item >= 0 ? zv_terms_substitute(&days, l->s, l->need->item, offer->item) : 0;
	enum zv_code code;

	if (substitute >= 1 && substitute <= 3) {
		row.substitute = (enum zv_match_substitute)substitute;
		row.days_to_qualify = (int32_t)days;
	} else if (substitute == 0 && !(item->cas.n > 0 && l->item != NULL && zv_str_eq(item->cas, l->item->cas)) &&
		   !near_class(l->okpd2, item->okpd2)) {
		return ZV_OK;
	}
	add_capacity(&row, l, offer);
	code = zv_terms_ladder(&row.ladder, offer, l->arena, l->err);
	if (code == ZV_OK && !row.delivered)
		code = zv_terms_freight(&row.freight, &known, offer->region, l->need->region, item, offer->dim, l->err);
	if (code == ZV_OK)
		code = zv_requirements_parse(&row.properties, offer->properties, l->arena, "properties", l->err);
	if (code != ZV_OK)
		return code;
	zv_vec_push(&l->offers, row);
	zv_vec_push(&l->candidates, ((struct candidate){at, -1}));
	return ZV_OK;
}

/* A contract shows that the supplier sold such a thing, at which price, and when. */
static void add_supply(struct looking *l, int32_t at)
{
	const struct zv_snap_supply *supply = &l->s->supplies[at];
	bool same_item = supply->item >= 0 && supply->item == l->need->item;
	struct zv_match_offer row = {
		.id = supply->id,
		.org = supply->supplier,
		.item = supply->item >= 0 ? supply->item : -2, /* no item: meets nothing by item */
		.kind = ZV_MATCH_PROVEN,
		.okpd2 = supply->okpd2,
		.dim = supply->dim,
		.lead_days = -1,
		.valid_to = ZV_DATE_NONE,
		.seen_on = supply->signed_on,
		.trust = NEWCOMER,
		.permit = ZV_MATCH_PERMIT_UNKNOWN,
		.days_to_qualify = -1,
	};

	if (supply->supplier < 0 || !(same_item || (l->okpd2.n > 0 && near_class(l->okpd2, supply->okpd2))) ||
	    l->offers.n >= PROVEN_MAX)
		return;
	if (l->item == NULL || l->item->control < ZV_CONTROL_PERMIT_CHECK)
		row.permit = ZV_MATCH_PERMIT_FREE;
	if (supply->unit_price.per > 0 && supply->dim == l->need->dim)
		row.ladder = (struct zv_ladder){.form = ZV_LADDER_FIXED, .dim = supply->dim, .variable = supply->unit_price};
	zv_vec_push(&l->offers, row);
	zv_vec_push(&l->candidates, ((struct candidate){-1, at}));
}

static enum zv_verdict verdict_of(enum zv_match_state state)
{
	if (state == ZV_MATCH_FAIL)
		return ZV_VERDICT_FAIL;
	return state == ZV_MATCH_UNKNOWN ? ZV_VERDICT_ASK : ZV_VERDICT_PASS;
}

static void add_lines(struct zv_match_maker *out, const struct zv_match *match, struct zv_arena *arena)
{
	struct zv_match_line *lines = ZV_ARENA_ARRAY(arena, struct zv_match_line, match->n_conds + 1);
	struct zv_str *gaps = ZV_ARENA_ARRAY(arena, struct zv_str, match->n_conds + 1);

	for (size_t i = 0; i < match->n_conds; i++) {
		const struct zv_match_cond *cond = &match->conds[i];

		lines[i] = (struct zv_match_line){zv_match_test_name(cond->test), zv_match_state_name(cond->state), verdict_of(cond->state),
						  cond->text, cond->gap_text.n > 0};
		if (cond->gap_text.n > 0)
			gaps[out->n_gaps++] = cond->gap_text;
	}
	out->lines = lines;
	out->n_lines = match->n_conds;
	out->gaps = gaps;
}

static struct zv_match_maker maker_of(const struct looking *l, const struct zv_match *match, struct zv_arena *arena)
{
	const struct candidate *c = &l->candidates.p[match->offer];
	const struct zv_snap_offer *offer = c->offer >= 0 ? &l->s->offers[c->offer] : NULL;
	const struct zv_snap_supply *supply = c->supply >= 0 ? &l->s->supplies[c->supply] : NULL;
	const struct zv_snap_org *org = &l->s->orgs[offer != NULL ? offer->org : supply->supplier];
	struct zv_match_maker out = {
		.org = zv_str_dup(arena, org->name),
		.org_uid = zv_str_dup(arena, org->uid),
		.region = zv_str_dup(arena, offer != NULL ? offer->region : org->region),
		.offer = zv_str_dup(arena, offer != NULL ? offer->key : supply->title),
		.offer_uid = zv_str_dup(arena, offer != NULL ? offer->uid : ZV_STR("")),
		.item = zv_str_dup(arena, offer != NULL ? zv_snap_item_name(&l->s->items[offer->item]) : supply->okpd2),
		.verdict = verdict_of(match->state),
		.distance = match->distance,
		.landed_known = match->landed.per > 0,
		.landed = match->landed,
		.feasible_base = match->feasible_base,
		.lot_base = match->lot_base,
		.ready_on = match->ready,
		.proven = supply != NULL,
		.stale = match->stale,
	};

	add_lines(&out, match, arena);
	return out;
}

static enum zv_code rank(struct zv_match_result *out, struct looking *l, struct zv_arena *arena)
{
	struct zv_match_need need = {
		.id = l->need->id,
		.org = l->need->org,
		.item = l->need->item,
		.cas = l->item != NULL ? l->item->cas : ZV_STR(""),
		.okpd2 = l->okpd2,
		.dim = l->need->dim,
		.firm_base = l->need->firm_base,
		.extra_base = l->need->extra_base,
		.ceiling = l->need->ceiling,
		.earliest = l->need->earliest,
		.due = l->need->due,
	};
	struct zv_match_list list;
	struct zv_match_maker *makers;
	enum zv_code code = zv_requirements_parse(&need.requirements, l->need->requirements, l->arena, "requirements", l->err);

	if (code == ZV_OK)
		code = zv_match_rank(&list, &need, l->offers.p, l->offers.n, ZV_MATCH_PARAMS(l->as_of), l->arena, l->err);
	if (code != ZV_OK)
		return code;
	makers = ZV_ARENA_ARRAY(arena, struct zv_match_maker, list.n + 1);
	for (size_t i = 0; i < list.n; i++)
		makers[i] = maker_of(l, &list.p[i], arena);
	out->makers = makers;
	out->n_makers = list.n;
	out->n_pass = (int64_t)list.n_pass;
	out->n_ask = (int64_t)list.n_ask;
	out->n_fail = (int64_t)list.n_fail;
	return ZV_OK;
}

/* The snapshot holds the one need. */
static enum zv_code look(struct zv_match_result *out, const struct zv_snapshot *s, zv_date as_of, struct zv_arena *arena, struct zv_err *err)
{
	struct looking l = {.s = s, .need = &s->needs[0], .as_of = as_of, .arena = arena, .err = err};
	enum zv_code code = ZV_OK;

	l.item = l.need->item >= 0 ? &s->items[l.need->item] : NULL;
	l.okpd2 = l.need->okpd2.n > 0 || l.item == NULL ? l.need->okpd2 : l.item->okpd2;
	*out = (struct zv_match_result){
		.need = zv_str_dup(arena, l.need->key),
		.need_uid = zv_str_dup(arena, l.need->uid),
		.org = zv_str_dup(arena, s->orgs[l.need->org].name),
		.item = zv_str_dup(arena, l.item != NULL ? zv_snap_item_name(l.item) : l.need->title),
		.dim = l.need->dim,
		.firm_base = l.need->firm_base,
		.extra_base = l.need->extra_base,
		.due = l.need->due,
		.as_of = as_of,
	};
	for (size_t i = 0; i < s->n_offers && code == ZV_OK; i++) {
		if (s->offers[i].item >= 0 && s->offers[i].org >= 0)
			code = add_offer(&l, (int32_t)i);
	}
	for (size_t i = 0; i < s->n_supplies && code == ZV_OK; i++)
		add_supply(&l, (int32_t)i);
	if (code == ZV_OK)
		code = rank(out, &l, arena);
	zv_vec_done(&l.offers);
	zv_vec_done(&l.candidates);
	return code;
}

/* --- what a maker sees ------------------------------------------------------------------------------------------------------- */

/* Conditions that are judged by what the buyer keeps to himself. */
static bool tells_secret(const char *condition)
{
	return strcmp(condition, "price") == 0 || strcmp(condition, "permit") == 0;
}

static void without_secrets(struct zv_match_maker *maker, struct zv_arena *arena)
{
	struct zv_match_line *lines = ZV_ARENA_ARRAY(arena, struct zv_match_line, maker->n_lines + 1);
	struct zv_str *gaps = ZV_ARENA_ARRAY(arena, struct zv_str, maker->n_gaps + 1);
	size_t n = 0, n_gaps = 0, gap = 0;

	maker->verdict = ZV_VERDICT_PASS;
	for (size_t i = 0; i < maker->n_lines; i++) {
		bool secret = tells_secret(maker->lines[i].condition);

		if (maker->lines[i].has_gap && !secret)
			gaps[n_gaps++] = maker->gaps[gap];
		gap += maker->lines[i].has_gap;
		if (secret)
			continue;
		if (maker->lines[i].verdict < maker->verdict)
			maker->verdict = maker->lines[i].verdict;
		lines[n++] = maker->lines[i];
	}
	maker->lines = lines;
	maker->n_lines = n;
	maker->gaps = gaps;
	maker->n_gaps = n_gaps;
}

/* Own offers in the order of their public ids: the order of ranks would tell of the ceiling. */
static int by_uid(const void *a, const void *b)
{
	const struct zv_match_maker *x = a, *y = b;

	return x->verdict != y->verdict ? (x->verdict > y->verdict ? -1 : 1) : zv_str_cmp(x->offer_uid, y->offer_uid);
}

static enum zv_code only_own(struct zv_match_result *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_match_maker *makers = ZV_ARENA_ARRAY(arena, struct zv_match_maker, out->n_makers + 1);
	const struct zv_register *orgs = zv_register_find("org");
	size_t n = 0;

	out->n_pass = out->n_ask = out->n_fail = 0;
	for (size_t i = 0; i < out->n_makers; i++) {
		struct zv_record org;
		enum zv_code code = zv_record_by_uid(&org, db, orgs, out->makers[i].org_uid, arena, err);

		if (code != ZV_OK)
			return code;
		if (!zv_who_is_of_org(who, org.id))
			continue;
		makers[n] = out->makers[i];
		without_secrets(&makers[n], arena);
		out->n_pass += makers[n].verdict == ZV_VERDICT_PASS;
		out->n_ask += makers[n].verdict == ZV_VERDICT_ASK;
		out->n_fail += makers[n].verdict == ZV_VERDICT_FAIL;
		n++;
	}
	if (n > 0)
		qsort(makers, n, sizeof(*makers), by_uid);
	out->makers = makers;
	out->n_makers = n;
	return ZV_OK;
}

/*
 * Whoever makes the thing himself is a rival of the other makers, also with a need of his own: he sees who passes, not at what price, in what
 * quantity and when.
 */
static enum zv_code hide_rivals(struct zv_match_result *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_match_maker *makers = ZV_ARENA_ARRAY(arena, struct zv_match_maker, out->n_makers + 1);
	const struct zv_register *orgs = zv_register_find("org");
	bool *own = ZV_ARENA_ARRAY(arena, bool, out->n_makers + 1);
	bool is_maker = false;

	for (size_t i = 0; i < out->n_makers; i++) {
		struct zv_record org;
		enum zv_code code = zv_record_by_uid(&org, db, orgs, out->makers[i].org_uid, arena, err);

		if (code != ZV_OK)
			return code;
		makers[i] = out->makers[i];
		own[i] = zv_who_is_of_org(who, org.id);
		is_maker = is_maker || (own[i] && !makers[i].proven);
	}
	if (!is_maker)
		return ZV_OK;
	for (size_t i = 0; i < out->n_makers; i++) {
		if (own[i])
			continue;
		without_secrets(&makers[i], arena);
		makers[i].n_lines = makers[i].n_gaps = 0;
		makers[i].landed_known = false;
		makers[i].feasible_base = -1;
		makers[i].lot_base = 0;
		makers[i].ready_on = ZV_DATE_NONE;
	}
	qsort(makers, out->n_makers, sizeof(*makers), by_uid);
	out->makers = makers;
	return ZV_OK;
}

static enum zv_code compute(struct zv_match_result *out, struct zv_db *db, struct zv_str uid, zv_date as_of, struct zv_arena *arena,
			    struct zv_err *err)
{
	struct zv_snapshot snapshot;
	enum zv_code code = zv_snapshot_load(&snapshot, db, (struct zv_snapshot_wish){.supplies = true, .need = uid}, err);

	if (code == ZV_OK)
		code = look(out, &snapshot, as_of, arena, err);
	zv_snapshot_done(&snapshot);
	return code;
}

enum zv_code zv_match_run(struct zv_match_result *out, struct zv_db *db, const struct zv_who *who, struct zv_str need, zv_date as_of,
			  struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_match_result result;
	struct zv_record row;
	enum zv_sight sight = ZV_SIGHT_NONE;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_MATCH_READ, err);

	if (code == ZV_OK)
		code = zv_as_of(&as_of, db, as_of, err);
	if (code == ZV_OK)
		code = zv_find_seen(&row, &sight, db, who, reg, need, arena, err);
	if (code == ZV_OK)
		code = compute(&result, db, row.uid, as_of, arena, err);
	if (code == ZV_OK && sight != ZV_SIGHT_FULL) {
		result.need = ZV_STR("");
		if (row.values[zv_register_column(reg, "org_id")].null)
			result.org = ZV_STR("");
		code = only_own(&result, db, who, arena, err);
	} else if (code == ZV_OK && !zv_may(who, ZV_DO_OFFER_READ, (struct zv_object){-1, 0})) {
		code = hide_rivals(&result, db, who, arena, err);
	}
	if (code == ZV_OK)
		*out = result;
	return code;
}
