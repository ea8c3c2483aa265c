/* Contracts as price ladders: sorted by code, supplier, dimension and quantity; one offer for each run of the first three. */
#include "app/lots_proven.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/vec.h"
#include "model/ladder.h"

/* A contract line as a step of a ladder. */
struct step {
	int32_t code; /* index of the item made of the OKPD2 code */
	int32_t supplier;
	enum zv_dim dim;
	int64_t qty_base;
	struct zv_price price;
	int64_t id;
	struct zv_str region;
};

typedef ZV_VEC(struct step) steps_vec;
typedef ZV_VEC(struct zv_snap_item) items_vec;
typedef ZV_VEC(struct zv_snap_offer) offers_vec;

static int by_offer(const void *a, const void *b)
{
	const struct step *x = a;
	const struct step *y = b;
	const int64_t order[] = {x->code - y->code, x->supplier - y->supplier, (int64_t)x->dim - (int64_t)y->dim};

	for (size_t i = 0; i < ZV_LEN(order); i++) {
		if (order[i] != 0)
			return order[i] < 0 ? -1 : 1;
	}
	if (x->qty_base != y->qty_base)
		return x->qty_base < y->qty_base ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Every code of a counting need becomes an item; the need points to it. */
static void items_from_codes(struct zv_snapshot *s, items_vec *items, struct zv_map *codes, enum zv_dim **dim_of_code)
{
	for (size_t i = 0; i < s->n_needs; i++) {
		struct zv_snap_need *need = &s->needs[i];
		int64_t at;

		if (need->okpd2.n == 0 && need->item >= 0)
			need->okpd2 = s->items[need->item].okpd2;
		need->item = -1;
		if (need->okpd2.n == 0)
			continue;
		if (!zv_map_get(&at, codes, need->okpd2)) {
			at = (int64_t)items->n;
			zv_map_put(codes, need->okpd2, at);
			zv_vec_push(items, ((struct zv_snap_item){.id = at + 1, .name = need->okpd2, .okpd2 = need->okpd2}));
		}
		need->item = (int32_t)at;
		need->requirements = ZV_STR("");
	}
	*dim_of_code = ZV_ARENA_ARRAY(&s->arena, enum zv_dim, items->n + 1);
	for (size_t i = 0; i < s->n_needs; i++) {
		const struct zv_snap_need *need = &s->needs[i];

		if (need->item >= 0 && (*dim_of_code)[need->item] == ZV_DIM_NONE && zv_dim_poolable(need->dim))
			(*dim_of_code)[need->item] = need->dim;
	}
}

/* Goods are the OKPD2 classes 01 to 33; from 35 on they are services, whose contracts count "1" for the whole. */
static bool is_goods(struct zv_str okpd2)
{
	int64_t class;

	return zv_str_int(&class, zv_str_first(okpd2, 2)) && class >= 1 && class <= 33;
}

/* A contract without a unit has its quantity in thousandths: they count as pieces where the need is for pieces of goods. */
static bool without_unit(struct step *step, const struct zv_snap_supply *supply, enum zv_dim dim)
{
	if (dim != ZV_DIM_PIECE || !is_goods(supply->okpd2))
		return false;
	step->dim = dim;
	step->price.kop = supply->unit_price.kop;
	return zv_muldiv(&step->qty_base, supply->qty_base, 1, 1000) && zv_muldiv(&step->price.per, supply->unit_price.per, 1, 1000) &&
	       step->price.per > 0;
}

static void steps_from_supplies(struct zv_lots_proven *out, const struct zv_snapshot *s, steps_vec *steps, const struct zv_map *codes,
				const enum zv_dim *dim_of_code)
{
	for (size_t i = 0; i < s->n_supplies; i++) {
		const struct zv_snap_supply *supply = &s->supplies[i];
		struct step step = {.supplier = supply->supplier, .dim = supply->dim, .qty_base = supply->qty_base,
				    .price = supply->unit_price, .id = supply->id, .region = supply->region};
		bool no_unit = supply->dim == ZV_DIM_NONE || supply->dim == ZV_DIM_OTHER;
		int64_t code;

		if (!zv_map_get(&code, codes, supply->okpd2) || supply->qty_base <= 0 || supply->unit_price.per <= 0 || supply->supplier < 0)
			continue;
		if (no_unit && !without_unit(&step, supply, dim_of_code[code])) {
			out->n_left_out++;
			continue;
		}
		step.code = (int32_t)code;
		if (step.qty_base <= 0)
			continue;
		zv_vec_push(steps, step);
		out->n_contracts++;
		out->n_no_unit += no_unit;
	}
	if (steps->n > 0)
		qsort(steps->p, steps->n, sizeof(*steps->p), by_offer);
}

/* The ladder of steps first..last-1: a break wherever a larger quantity was sold for less. */
static struct zv_snap_offer offer_from_steps(const struct step *steps, size_t n, struct zv_arena *arena)
{
	struct zv_ladder_break *breaks = ZV_ARENA_ARRAY(arena, struct zv_ladder_break, n);
	struct zv_ladder ladder = {.form = ZV_LADDER_BREAKS, .dim = steps[0].dim, .breaks = breaks};
	struct zv_buf text;
	struct zv_snap_offer offer;

	for (size_t i = 0; i < n; i++) {
		size_t last = ladder.n_breaks;

		if (last > 0 && zv_price_cmp(steps[i].price, breaks[last - 1].price) >= 0)
			continue;
		if (last > 0 && breaks[last - 1].from_base == steps[i].qty_base)
			last--;
		breaks[last] = (struct zv_ladder_break){steps[i].qty_base, steps[i].price};
		ladder.n_breaks = last + 1;
	}
	zv_buf_init(&text, 0);
	zv_ladder_format(&text, &ladder);
	offer = (struct zv_snap_offer){
		.id = steps[0].id,
		.region = steps[0].region,
		.ladder = zv_str_dup(arena, zv_buf_str(&text)),
		.org = steps[0].supplier,
		.item = steps[0].code,
		.dim = steps[0].dim,
		.fixed_kop = -1,
		.min_base = steps[0].qty_base,
		.lead_days = -1,
		.valid_until = ZV_DATE_NONE,
	};
	zv_buf_done(&text);
	return offer;
}

static size_t offers_from_steps(offers_vec *offers, const steps_vec *steps, struct zv_arena *arena)
{
	size_t met = 0;

	for (size_t i = 0; i < steps->n;) {
		size_t end = i + 1;

		while (end < steps->n && steps->p[end].code == steps->p[i].code && steps->p[end].supplier == steps->p[i].supplier &&
		       steps->p[end].dim == steps->p[i].dim)
			end++;
		met += i == 0 || steps->p[i].code != steps->p[i - 1].code;
		zv_vec_push(offers, offer_from_steps(&steps->p[i], end - i, arena));
		i = end;
	}
	return met;
}

enum zv_code zv_lots_proven_turn(struct zv_lots_proven *out, struct zv_snapshot *snapshot, struct zv_err *err)
{
	items_vec items = {0};
	offers_vec offers = {0};
	steps_vec steps = {0};
	struct zv_map codes;
	enum zv_dim *dim_of_code;

	*out = (struct zv_lots_proven){0};
	if (snapshot->n_supplies == 0)
		return zv_fail(err, ZV_E_NOTFOUND, "proven", N_("No contracts are stored; import some with “zveno import supplies FILE”."));
	zv_map_init(&codes);
	items_from_codes(snapshot, &items, &codes, &dim_of_code);
	steps_from_supplies(out, snapshot, &steps, &codes, dim_of_code);
	out->n_codes = items.n;
	out->n_met = offers_from_steps(&offers, &steps, &snapshot->arena);

	snapshot->items = zv_arena_calloc(&snapshot->arena, items.n + 1, sizeof(*items.p));
	snapshot->offers = zv_arena_calloc(&snapshot->arena, offers.n + 1, sizeof(*offers.p));
	if (items.n > 0)
		memcpy(snapshot->items, items.p, items.n * sizeof(*items.p));
	if (offers.n > 0)
		memcpy(snapshot->offers, offers.p, offers.n * sizeof(*offers.p));
	snapshot->n_items = items.n;
	snapshot->n_offers = offers.n;
	snapshot->n_substitutes = snapshot->n_capacities = 0;
	zv_vec_done(&items);
	zv_vec_done(&offers);
	zv_vec_done(&steps);
	zv_map_done(&codes);
	return ZV_OK;
}
