/* A1: equivalent needs. What can be told from one need and one offer is decided here; what depends on the set, by the engine. */
#include "app/lots_problem.h"

#include <stdlib.h>
#include <string.h>

#include "app/terms.h"
#include "base/vec.h"
#include "model/control.h"
#include "model/quantity.h"
#include "model/requirement.h"

enum { STATE_DECLARED = 2, STATE_CONFIRMED = 3, STATE_HELD = 6, QUALIFIED = 3, URGENCY_UNSTATED = 3 };

const char *zv_lots_outside_name(enum zv_lots_outside why)
{
	static const char *const names[] = {"INSIDE", "NOITEM", "NOQUANTITY", "HELD"};

	return names[why];
}

/* --- items that may be pooled: union-find over qualified substitutes ------------------------------------------------- */

static int32_t root_of(int32_t *parent, int32_t item)
{
	while (parent[item] != item) {
		parent[item] = parent[parent[item]];
		item = parent[item];
	}
	return item;
}

static int32_t *classes_of_items(const struct zv_snapshot *s, struct zv_arena *arena)
{
	int32_t *parent = ZV_ARENA_ARRAY(arena, int32_t, s->n_items + 1);

	for (size_t i = 0; i < s->n_items; i++)
		parent[i] = (int32_t)i;
	for (size_t i = 0; i < s->n_substitutes; i++) {
		const struct zv_snap_substitute *sub = &s->substitutes[i];
		int32_t a;
		int32_t b;

		if (sub->state != QUALIFIED || sub->item < 0 || sub->with < 0)
			continue;
		a = root_of(parent, sub->item);
		b = root_of(parent, sub->with);
		parent[a > b ? a : b] = a < b ? a : b;
	}
	for (size_t i = 0; i < s->n_items; i++)
		parent[i] = root_of(parent, (int32_t)i);
	return parent;
}

/* --- one group ------------------------------------------------------------------------------------------------------- */

struct building {
	const struct zv_snapshot *s;
	struct zv_arena *arena;
	zv_date as_of;
	const int32_t *class_of;
	enum zv_dim dim; /* of the group at hand */
	struct zv_map specs;  /* requirement text, item and permit -> spec */
	struct zv_map places; /* region -> place */
	ZV_VEC(int32_t) spec_need;     /* a need of each spec */
	ZV_VEC(struct zv_str) place_region;
	struct zv_err *err;
};

static uint32_t number_of(struct zv_map *map, struct zv_str key, size_t next, bool *added)
{
	int64_t number;

	*added = !zv_map_get(&number, map, key);
	if (*added) {
		number = (int64_t)next;
		zv_map_put(map, key, number);
	}
	return (uint32_t)number;
}

static uint32_t place_of(struct building *b, struct zv_str region)
{
	bool added;
	uint32_t place = number_of(&b->places, region, b->place_region.n, &added);

	if (added)
		zv_vec_push(&b->place_region, region);
	return place;
}

/* Needs with the same answer from every offer share a spec: item, requirements, basis and, for controlled items, the buyer. */
static uint32_t spec_of(struct building *b, int32_t need)
{
	const struct zv_snap_need *n = &b->s->needs[need];
	bool controlled = b->s->items[n->item].control >= ZV_CONTROL_PERMIT_CHECK;
	struct zv_buf key;
	bool added;
	uint32_t spec;

	zv_buf_init(&key, 0);
	zv_buf_addf(&key, "%d %d %d ", n->item, n->pure, controlled ? n->org : -1);
	zv_buf_add_str(&key, n->requirements);
	spec = number_of(&b->specs, zv_buf_str(&key), b->spec_need.n, &added);
	zv_buf_done(&key);
	if (added)
		zv_vec_push(&b->spec_need, need);
	return spec;
}

/* The amounts and the ceiling of a need in the dimension of the group; as they are when there is no exact conversion. */
static void in_dim_of_group(struct zv_lot_need *out, const struct zv_snap_item *item, enum zv_dim dim)
{
	int64_t firm;
	int64_t extra;
	int64_t per = out->ceiling.per;

	if (out->dim == dim || item->density_mg_l <= 0 ||
	    zv_quantity_convert(&firm, out->firm_base, out->dim, dim, item->density_mg_l, "quantity", NULL) != ZV_OK ||
	    zv_quantity_convert(&extra, out->extra_base, out->dim, dim, item->density_mg_l, "tolerance", NULL) != ZV_OK ||
	    (per > 0 && zv_quantity_convert(&per, out->ceiling.per, out->dim, dim, item->density_mg_l, "ceiling", NULL) != ZV_OK))
		return;
	out->dim = dim;
	out->firm_base = firm;
	out->extra_base = extra;
	out->ceiling.per = per;
}

static struct zv_lot_need engine_need(struct building *b, int32_t at)
{
	const struct zv_snap_need *n = &b->s->needs[at];
	struct zv_lot_need need = {
		.id = n->order,
		.org = n->org,
		.item = n->item,
		.region = (int32_t)place_of(b, n->region),
		.place = place_of(b, n->region),
		.spec = spec_of(b, at),
		.priority = n->urgency > 0 ? n->urgency : URGENCY_UNSTATED,
		.dim = n->dim,
		.firm_base = n->firm_base,
		.extra_base = n->extra_base,
		.ceiling = n->ceiling,
		.earliest = n->earliest,
		.due = n->due,
	};

	in_dim_of_group(&need, &b->s->items[n->item], b->dim);
	return need;
}

static enum zv_code engine_offer(struct zv_lot_offer *out, struct building *b, int32_t at)
{
	const struct zv_snap_offer *o = &b->s->offers[at];
	zv_date ready = o->lead_days >= 0 && o->lead_days < 100000 ? b->as_of + (zv_date)o->lead_days : ZV_DATE_NONE;
	zv_date said;

	*out = (struct zv_lot_offer){
		.id = at, /* ties go by key */
		.org = o->org,
		.region = (int32_t)place_of(b, o->region),
		.dim = o->dim,
		.sizes = zv_terms_sizes(o),
		.free_base = zv_terms_free(&said, b->s, o, b->as_of, ready != ZV_DATE_NONE ? ready : b->as_of),
		.ready = ready,
	};
	return zv_terms_ladder(&out->ladder, o, b->arena, b->err);
}

static enum zv_lot_why property_verdict(struct zv_str required, struct zv_str offered, struct zv_arena *arena)
{
	struct zv_requirements requirements;
	struct zv_requirements properties;
	struct zv_req_result result;

	if (zv_requirements_parse(&requirements, required, arena, "requirements", NULL) != ZV_OK ||
	    zv_requirements_parse(&properties, offered, arena, "properties", NULL) != ZV_OK)
		return ZV_LOT_PROPERTY; /* the import stores only what parses */
	for (size_t i = 0; i < requirements.n; i++) {
		if (!requirements.p[i].hard)
			continue;
		zv_requirement_test(&result, &requirements.p[i], &properties, arena);
		if (result.verdict == ZV_REQ_FAIL)
			return ZV_LOT_PROPERTY;
	}
	return ZV_LOT_FITS;
}

/* May this offer serve needs of this spec, whatever the volume, price and day? */
static enum zv_lot_why verdict_of(struct building *b, const struct zv_snap_offer *offer, const struct zv_snap_need *need)
{
	const struct zv_snap_item *made = &b->s->items[offer->item];
	struct zv_arena scratch;
	enum zv_lot_why why;
	int64_t days;

	if (zv_terms_substitute(&days, b->s, need->item, offer->item) < QUALIFIED)
		return ZV_LOT_NOOFFER;
	if (need->pure)
		return ZV_LOT_UNIT; /* "as 100 %" against goods as they are: no conversion without the exact purity of the lot */
	if (made->control >= ZV_CONTROL_PERMIT_CHECK && (!zv_snapshot_permitted(b->s, offer->org, made->regime, b->as_of) ||
				  !zv_snapshot_permitted(b->s, need->org, made->regime, b->as_of)))
		return ZV_LOT_CONTROLLED;
	if (offer->valid_until != ZV_DATE_NONE && offer->valid_until < b->as_of)
		return ZV_LOT_VALIDITY;
	zv_arena_init(&scratch);
	why = property_verdict(need->requirements, offer->properties, &scratch);
	zv_arena_done(&scratch);
	return why;
}

static enum zv_code fill_tables(struct zv_lots_group *group, struct building *b, struct zv_price *freight, uint8_t *verdict)
{
	struct zv_lot_problem *p = &group->problem;
	enum zv_code code;
	bool known;

	for (size_t k = 0; k < p->n_offers; k++) {
		const struct zv_snap_offer *offer = &b->s->offers[group->offers[k]];

		for (size_t spec = 0; spec < p->n_specs; spec++)
			verdict[k * p->n_specs + spec] = (uint8_t)verdict_of(b, offer, &b->s->needs[b->spec_need.p[spec]]);
		for (size_t place = 0; place < p->n_places && !zv_terms_delivered(offer->basis); place++) {
			code = zv_terms_freight(&freight[k * p->n_places + place], &known, offer->region, b->place_region.p[place],
						&b->s->items[offer->item], offer->dim, b->err);
			if (code != ZV_OK)
				return code;
		}
	}
	return ZV_OK;
}

static enum zv_code build_group(struct zv_lots_group *group, struct building *b, const int32_t *needs, size_t n_needs, const int32_t *offers,
				size_t n_offers)
{
	struct zv_lot_need *engine_needs = ZV_ARENA_ARRAY(b->arena, struct zv_lot_need, n_needs);
	struct zv_lot_offer *engine_offers = ZV_ARENA_ARRAY(b->arena, struct zv_lot_offer, n_offers);
	enum zv_code code = ZV_OK;

	zv_map_init(&b->specs);
	zv_map_init(&b->places);
	b->spec_need.n = 0;
	b->place_region.n = 0;
	b->dim = n_offers > 0 ? b->s->offers[offers[0]].dim : b->s->needs[needs[0]].dim;
	for (size_t i = 0; i < n_needs; i++)
		engine_needs[i] = engine_need(b, needs[i]);
	for (size_t i = 0; i < n_offers && code == ZV_OK; i++)
		code = engine_offer(&engine_offers[i], b, offers[i]);
	*group = (struct zv_lots_group){
		.problem = {.needs = engine_needs, .n_needs = n_needs, .offers = engine_offers, .n_offers = n_offers,
			    .n_places = (uint32_t)b->place_region.n, .n_specs = (uint32_t)b->spec_need.n,
			    .from = ZV_DATE_NONE, .to = ZV_DATE_NONE},
		.needs = needs,
		.offers = offers,
	};
	if (code == ZV_OK) {
		struct zv_price *freight = ZV_ARENA_ARRAY(b->arena, struct zv_price, n_offers * b->place_region.n + 1);
		uint8_t *verdict = ZV_ARENA_ARRAY(b->arena, uint8_t, n_offers * b->spec_need.n + 1);

		code = fill_tables(group, b, freight, verdict);
		group->problem.freight = freight;
		group->problem.verdict = verdict;
	}
	zv_map_done(&b->specs);
	zv_map_done(&b->places);
	return code;
}

/* --- all groups ------------------------------------------------------------------------------------------------------ */

static enum zv_lots_outside outside_of(const struct zv_snap_need *need)
{
	if (need->state == STATE_HELD)
		return ZV_LOTS_HELD;
	if (need->item < 0)
		return ZV_LOTS_NOITEM;
	return need->firm_base > 0 && zv_dim_poolable(need->dim) ? ZV_LOTS_INSIDE : ZV_LOTS_NOQUANTITY;
}

struct member {
	int32_t class;
	int32_t at;
};

static int by_class(const void *a, const void *b)
{
	const struct member *x = a;
	const struct member *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

typedef ZV_VEC(struct member) members_vec;

static void sort_members(members_vec *members)
{
	if (members->n > 0)
		qsort(members->p, members->n, sizeof(*members->p), by_class);
}

/* The indices of the run of one class from *i on; *i goes behind it. */
static const int32_t *take_class(size_t *n, members_vec *members, size_t *i, int32_t class, struct zv_arena *arena)
{
	size_t first = *i;
	int32_t *at;

	while (*i < members->n && members->p[*i].class == class)
		++*i;
	*n = *i - first;
	at = ZV_ARENA_ARRAY(arena, int32_t, *n + 1);
	for (size_t k = 0; k < *n; k++)
		at[k] = members->p[first + k].at;
	return at;
}

static void sort_out_needs(struct zv_lots_groups *out, members_vec *members, const struct building *b, int32_t only_item)
{
	const struct zv_snapshot *s = b->s;

	out->outside = ZV_ARENA_ARRAY(b->arena, int32_t, s->n_needs + 1);
	out->outside_why = ZV_ARENA_ARRAY(b->arena, enum zv_lots_outside, s->n_needs + 1);
	for (size_t i = 0; i < s->n_needs; i++) {
		const struct zv_snap_need *need = &s->needs[i];
		enum zv_lots_outside why = outside_of(need);

		if (need->state != STATE_DECLARED && need->state != STATE_CONFIRMED && need->state != STATE_HELD)
			continue;
		if (only_item >= 0 && (need->item < 0 || b->class_of[need->item] != b->class_of[only_item]))
			continue;
		out->n_counted++;
		if (why == ZV_LOTS_INSIDE) {
			zv_vec_push(members, ((struct member){b->class_of[need->item], (int32_t)i}));
		} else {
			out->outside[out->n_outside] = (int32_t)i;
			out->outside_why[out->n_outside++] = why;
		}
	}
}

enum zv_code zv_lots_groups_build(struct zv_lots_groups *out, const struct zv_snapshot *snapshot, zv_date as_of, int32_t only_item,
				  struct zv_err *err)
{
	struct building b = {.s = snapshot, .arena = &out->arena, .as_of = as_of, .err = err};
	members_vec needs = {0};
	members_vec offers = {0};
	ZV_VEC(struct zv_lots_group) groups = {0};
	enum zv_code code = ZV_OK;
	size_t k = 0;

	*out = (struct zv_lots_groups){0};
	zv_arena_init(&out->arena);
	b.class_of = classes_of_items(snapshot, b.arena);
	sort_out_needs(out, &needs, &b, only_item);
	for (size_t i = 0; i < snapshot->n_offers; i++) {
		if (snapshot->offers[i].item >= 0)
			zv_vec_push(&offers, ((struct member){b.class_of[snapshot->offers[i].item], (int32_t)i}));
	}
	sort_members(&needs);
	sort_members(&offers);
	for (size_t i = 0; i < needs.n && code == ZV_OK;) {
		int32_t class = needs.p[i].class;
		struct zv_lots_group group;
		size_t n_needs;
		size_t n_offers;
		const int32_t *of_needs = take_class(&n_needs, &needs, &i, class, b.arena);
		const int32_t *of_offers;

		while (k < offers.n && offers.p[k].class < class)
			k++;
		of_offers = take_class(&n_offers, &offers, &k, class, b.arena);
		code = build_group(&group, &b, of_needs, n_needs, of_offers, n_offers);
		zv_vec_push(&groups, group);
	}
	out->p = ZV_ARENA_ARRAY(b.arena, struct zv_lots_group, groups.n + 1);
	if (groups.n > 0)
		memcpy(out->p, groups.p, groups.n * sizeof(*groups.p));
	out->n = groups.n;
	zv_vec_done(&groups);
	zv_vec_done(&needs);
	zv_vec_done(&offers);
	zv_vec_done(&b.spec_need);
	zv_vec_done(&b.place_region);
	return code;
}

void zv_lots_groups_done(struct zv_lots_groups *groups)
{
	zv_arena_done(&groups->arena);
	*groups = (struct zv_lots_groups){0};
}
