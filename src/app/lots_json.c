/* Quantities as base units with their dimension, money in kopecks, prices as a decimal of roubles and as the exact fraction. */
#include "app/lots_json.h"

static void key_date(struct zv_json *json, const char *key, zv_date date)
{
	char text[ZV_DATE_TEXT];

	zv_date_format(text, date);
	zv_json_key_c(json, key, date != ZV_DATE_NONE ? text : NULL);
}

static void key_price(struct zv_json *json, const char *key, struct zv_price price, enum zv_dim dim)
{
	char text[ZV_PRICE_TEXT];

	zv_json_key(json, key);
	if (price.per <= 0) {
		zv_json_null(json);
		return;
	}
	zv_price_decimal(text, price, dim);
	zv_json_object(json);
	zv_json_key(json, "rub");
	zv_json_raw(json, zv_str_c(text));
	zv_json_key_c(json, "per", zv_dim_price_unit(dim) != NULL ? zv_dim_price_unit(dim)->key.p : NULL);
	zv_json_key_int(json, "kop", price.kop);
	zv_json_key_int(json, "per_base", price.per);
	zv_json_end_object(json);
}

static void member_json(struct zv_json *json, const struct zv_lots_member *m, enum zv_dim dim)
{
	zv_json_object(json);
	zv_json_key_str(json, "need", m->need);
	zv_json_key_str(json, "need_uid", m->need_uid);
	zv_json_key_str(json, "org", m->org);
	zv_json_key_str(json, "org_uid", m->org_uid);
	zv_json_key_str(json, "region", m->region);
	zv_json_key_int(json, "firm_base", m->firm_base);
	zv_json_key_int(json, "extra_base", m->extra_base);
	zv_json_key_int(json, "cost_kop", m->cost_kop);
	zv_json_key_int(json, "freight_kop", m->freight_kop);
	key_price(json, "ceiling", m->ceiling, dim);
	zv_json_end_object(json);
}

void zv_lots_lot_json(struct zv_json *json, const struct zv_lots_lot *lot)
{
	zv_json_object(json);
	zv_json_key_c(json, "uid", lot->uid.n > 0 ? lot->uid.p : NULL);
	zv_json_key_str(json, "item", lot->item);
	zv_json_key_str(json, "item_uid", lot->item_uid);
	zv_json_key_str(json, "cas", lot->item_cas);
	zv_json_key_str(json, "maker", lot->maker);
	zv_json_key_str(json, "maker_uid", lot->maker_uid);
	zv_json_key_str(json, "maker_region", lot->maker_region);
	zv_json_key_str(json, "offer", lot->offer);
	zv_json_key_str(json, "offer_uid", lot->offer_uid);
	zv_json_key_c(json, "dim", zv_dim_name(lot->dim));
	zv_json_key_int(json, "qty_base", lot->qty_base);
	zv_json_key_int(json, "firm_base", lot->firm_base);
	zv_json_key_int(json, "tolerance_base", lot->qty_base - lot->firm_base);
	key_price(json, "price", lot->price, lot->dim);
	zv_json_key_int(json, "total_kop", lot->total_kop);
	zv_json_key_int(json, "freight_kop", lot->freight_kop);
	key_date(json, "ready", lot->ready_on);
	zv_json_key_int(json, "buyers", lot->n_orgs);
	zv_json_key_int(json, "regions", lot->n_regions);
	zv_json_key_bool(json, "proved", lot->proved);
	zv_json_key(json, "members");
	zv_json_array(json);
	for (size_t i = 0; i < lot->n_members; i++)
		member_json(json, &lot->members[i], lot->dim);
	zv_json_end_array(json);
	zv_json_key(json, "price_curve");
	zv_json_array(json);
	for (size_t i = 0; i < lot->n_curve; i++) {
		zv_json_object(json);
		zv_json_key_int(json, "qty_base", lot->curve[i].qty_base);
		key_price(json, "price", lot->curve[i].price, lot->dim);
		zv_json_key_int(json, "willing", lot->curve[i].willing);
		zv_json_key_int(json, "willing_base", lot->curve[i].willing_base);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_end_object(json);
}

static void near_json(struct zv_json *json, const char *key, const struct zv_lots_near *near, enum zv_dim dim)
{
	zv_json_key(json, key);
	zv_json_object(json);
	zv_json_key_int(json, "qty_base", near->qty_base);
	key_price(json, "price", near->price, dim);
	zv_json_key_int(json, "reachable_base", near->reachable_base);
	zv_json_key_int(json, "lacks_base", near->lacks_base);
	zv_json_key_int(json, "lacks_kop", near->lacks_kop);
	zv_json_key_str(json, "unwilling", near->who);
	zv_json_end_object(json);
}

static void unfilled_json(struct zv_json *json, const struct zv_lots_unfilled *u)
{
	zv_json_object(json);
	zv_json_key_str(json, "item", u->item);
	zv_json_key_str(json, "maker", u->maker);
	zv_json_key_str(json, "offer", u->offer);
	zv_json_key_c(json, "dim", zv_dim_name(u->dim));
	if (u->has_below)
		near_json(json, "below", &u->below, u->dim);
	if (u->has_above)
		near_json(json, "above", &u->above, u->dim);
	zv_json_end_object(json);
}

static void miss_json(struct zv_json *json, const struct zv_lots_miss *m)
{
	zv_json_object(json);
	zv_json_key_str(json, "need", m->need);
	zv_json_key_str(json, "need_uid", m->need_uid);
	zv_json_key_str(json, "org", m->org);
	zv_json_key_str(json, "region", m->region);
	zv_json_key_str(json, "item", m->item);
	zv_json_key_c(json, "dim", zv_dim_name(m->dim));
	zv_json_key_int(json, "firm_base", m->firm_base);
	zv_json_key_str(json, "code", m->code);
	zv_json_key_str(json, "text", m->text);
	zv_json_end_object(json);
}

static void sum_json(struct zv_json *json, const char *key, const struct zv_lots_sum *sum)
{
	zv_json_key(json, key);
	zv_json_object(json);
	zv_json_key_int(json, "needs", sum->needs);
	zv_json_key_int(json, "kop", sum->kop);
	zv_json_key(json, "quantity");
	zv_json_array(json);
	for (int dim = ZV_DIM_MASS; dim <= ZV_DIM_OTHER; dim++) {
		if (sum->base[dim] == 0)
			continue;
		zv_json_object(json);
		zv_json_key_c(json, "dim", zv_dim_name((enum zv_dim)dim));
		zv_json_key_int(json, "base", sum->base[dim]);
		zv_json_key_int(json, "firm_base", sum->firm[dim]);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_end_object(json);
}

void zv_lots_json(struct zv_json *json, const struct zv_lots_result *r)
{
	zv_json_object(json);
	zv_json_key_c(json, "run", r->run_uid.n > 0 ? r->run_uid.p : NULL);
	key_date(json, "as_of", r->as_of);
	zv_json_key_str(json, "digest", r->digest);
	zv_json_key(json, "lots");
	zv_json_array(json);
	for (size_t i = 0; i < r->n_lots; i++)
		zv_lots_lot_json(json, &r->lots[i]);
	zv_json_end_array(json);
	zv_json_key(json, "unfilled");
	zv_json_array(json);
	for (size_t i = 0; i < r->n_unfilled; i++)
		unfilled_json(json, &r->unfilled[i]);
	zv_json_end_array(json);
	zv_json_key(json, "asked");
	zv_json_array(json);
	for (size_t i = 0; i < r->n_asked; i++)
		unfilled_json(json, &r->asked[i]);
	zv_json_end_array(json);
	zv_json_key(json, "misses");
	zv_json_array(json);
	for (size_t i = 0; i < r->n_misses; i++)
		miss_json(json, &r->misses[i]);
	zv_json_end_array(json);
	zv_json_key(json, "headline");
	zv_json_object(json);
	sum_json(json, "all", &r->all);
	sum_json(json, "alone", &r->alone);
	sum_json(json, "pooled", &r->pooled);
	zv_json_end_object(json);
	zv_json_end_object(json);
}

static void maker_json(struct zv_json *json, const struct zv_match_maker *m, enum zv_dim dim)
{
	zv_json_object(json);
	zv_json_key_str(json, "maker", m->org);
	zv_json_key_str(json, "maker_uid", m->org_uid);
	zv_json_key_str(json, "region", m->region);
	zv_json_key_str(json, "offer", m->offer);
	zv_json_key_str(json, "offer_uid", m->offer_uid);
	zv_json_key_str(json, "item", m->item);
	zv_json_key_c(json, "verdict", zv_verdict_name(m->verdict));
	zv_json_key_int(json, "distance", m->distance);
	key_price(json, "landed", m->landed, dim);
	zv_json_key_int(json, "feasible_base", m->feasible_base);
	zv_json_key_int(json, "lot_base", m->lot_base);
	key_date(json, "ready", m->ready_on);
	zv_json_key_bool(json, "proven", m->proven);
	zv_json_key_bool(json, "stale", m->stale);
	zv_json_key(json, "conditions");
	zv_json_array(json);
	for (size_t i = 0; i < m->n_lines; i++) {
		zv_json_object(json);
		zv_json_key_c(json, "condition", m->lines[i].condition);
		zv_json_key_c(json, "state", m->lines[i].state);
		zv_json_key_str(json, "text", m->lines[i].text);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key(json, "gaps");
	zv_json_array(json);
	for (size_t i = 0; i < m->n_gaps; i++)
		zv_json_str(json, m->gaps[i]);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

void zv_match_json(struct zv_json *json, const struct zv_match_result *r)
{
	zv_json_object(json);
	zv_json_key_str(json, "need", r->need);
	zv_json_key_str(json, "need_uid", r->need_uid);
	zv_json_key_str(json, "org", r->org);
	zv_json_key_str(json, "item", r->item);
	zv_json_key_c(json, "dim", zv_dim_name(r->dim));
	zv_json_key_int(json, "firm_base", r->firm_base);
	zv_json_key_int(json, "extra_base", r->extra_base);
	key_date(json, "due", r->due);
	key_date(json, "as_of", r->as_of);
	zv_json_key_int(json, "pass", r->n_pass);
	zv_json_key_int(json, "ask", r->n_ask);
	zv_json_key_int(json, "fail", r->n_fail);
	zv_json_key(json, "makers");
	zv_json_array(json);
	for (size_t i = 0; i < r->n_makers; i++)
		maker_json(json, &r->makers[i], r->dim);
	zv_json_end_array(json);
	zv_json_end_object(json);
}
