/* Causes of one kind or of all, reckoned and cut; the same rows for people and for programs. */
#include "app/chain_list.h"

#include <math.h>

#include "app/chain_answer.h"
#include "base/tr.h"
#include "model/money.h"
#include "model/region.h"

enum { PAIRS = 20, DAY_DECIMALS = 2 };

enum zv_code zv_chain_list(struct zv_chain_list *out, const struct zv_chain_world *world, const struct zv_chain_cause *causes, uint32_t n,
			   const struct zv_chain_list_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_chain_cause *of_kind = ZV_ARENA_ARRAY(arena, struct zv_chain_cause, (size_t)n + 1);
	struct zv_chain_list list = {0};
	enum zv_code code;

	for (uint32_t i = 0; i < n; i++)
		if (ask->kind < 0 || (int)causes[i].kind == ask->kind)
			of_kind[list.total++] = causes[i];
	code = zv_chain_ranking(&list.ranks, world, of_kind, list.total, &ask->when, ask->threads, ask->watch, arena, err);
	if (code == ZV_OK)
		code = zv_chain_pairs(&list.pairs, &list.n_pairs, &list.missed, world, &ask->when, ask->watch, arena, err);
	if (code != ZV_OK)
		return code;
	list.n_ranks = list.total < ask->limit ? list.total : (uint32_t)ask->limit;
	*out = list;
	return ZV_OK;
}

/* --- at the command line ------------------------------------------------------------------------------------------------------------------ */

static void key_rub(struct zv_json *json, const char *key, int64_t kop)
{
	zv_json_key_decimal(json, key, kop, 2);
}

void zv_chain_list_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_when *when, const struct zv_chain_list *list,
			struct zv_arena *arena)
{
	zv_json_object(json);
	zv_json_key_int(json, "days", (int64_t)when->days);
	zv_json_key(json, "causes");
	zv_json_array(json);
	for (uint32_t i = 0; i < list->n_ranks; i++) {
		const struct zv_chain_rank *rank = &list->ranks[i];

		zv_json_object(json);
		zv_json_key_c(json, "kind", zv_chain_cause_word(rank->cause->kind));
		zv_json_key_str(json, "cause", rank->cause->name);
		key_rub(json, "lost_rub", rank->lost_kop);
		key_rub(json, "error_bound_rub", 0); /* events, not steps: exact for what the registers say */
		zv_json_key(json, "first_day");
		if (isnan(rank->first))
			zv_json_null(json);
		else
			zv_json_raw(json, zv_chain_day(rank->first, arena));
		zv_json_key_int(json, "processes", rank->processes);
		zv_json_key_int(json, "sources", rank->sources);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key(json, "pairs");
	zv_json_array(json);
	for (uint32_t i = 0; i < list->n_pairs; i++) {
		zv_json_object(json);
		zv_json_key_str(json, "a", zv_chain_firm_name(world, list->pairs[i].a, arena));
		zv_json_key_str(json, "b", zv_chain_firm_name(world, list->pairs[i].b, arena));
		key_rub(json, "together_rub", list->pairs[i].together_kop);
		key_rub(json, "a_rub", list->pairs[i].a_kop);
		key_rub(json, "b_rub", list->pairs[i].b_kop);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "pairs_not_looked_at", list->missed);
	zv_json_end_object(json);
}

/* --- in the API ------------------------------------------------------------------------------------------------------------------------------ */

void zv_chain_key_day(struct zv_json *json, const char *key, double day)
{
	if (isfinite(day)) {
		zv_json_key_decimal(json, key, (int64_t)llround(day * 100), DAY_DECIMALS);
		return;
	}
	zv_json_key(json, key);
	zv_json_null(json);
}

void zv_chain_when_json(struct zv_json *json, const struct zv_chain_when *when)
{
	zv_json_key_int(json, "days", (int64_t)when->days);
	zv_chain_key_day(json, "from", when->from);
	zv_chain_key_day(json, "to", when->to);
	zv_chain_key_day(json, "rate", when->rate);
}

struct zv_str zv_chain_cause_title(const struct zv_chain_cause *cause, struct zv_arena *arena)
{
	const struct zv_region *region = cause->kind == ZV_CHAIN_BY_REGION ? zv_region_by_iso(zv_regions_builtin(), cause->name) : NULL;
	size_t at = cause->name.n;

	if (region != NULL)
		return zv_region_name(region);
	while (cause->kind == ZV_CHAIN_BY_IMPORT && at > 0 && cause->name.p[at - 1] != '@')
		at--;
	if (cause->kind != ZV_CHAIN_BY_IMPORT || at == 0)
		return cause->name;
	return zv_arena_strf(arena, "%.*s (%.*s)", (int)at - 1, cause->name.p, (int)(cause->name.n - at), cause->name.p + at);
}

void zv_chain_cause_json(struct zv_json *json, const struct zv_chain_cause *cause, struct zv_arena *arena)
{
	zv_json_key_str(json, "cause", zv_arena_strf(arena, "%s:%.*s", zv_chain_cause_word(cause->kind), ZV_STR_FMT(cause->name)));
	zv_json_key_c(json, "kind", zv_chain_cause_word(cause->kind));
	zv_json_key_c(json, "kind_title", zv_tr(zv_chain_cause_label(cause->kind)));
	zv_json_key_str(json, "name", cause->name);
	zv_json_key_str(json, "title", zv_chain_cause_title(cause, arena));
}

static void key_amount(struct zv_json *json, const char *key, int64_t kop)
{
	char text[ZV_MONEY_TEXT];

	zv_money_decimal(text, kop);
	zv_json_key_c(json, key, text);
}

void zv_chain_ranking_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_when *when, const struct zv_chain_list *list,
			   struct zv_arena *arena)
{
	zv_json_object(json);
	zv_chain_when_json(json, when);
	zv_json_key(json, "items");
	zv_json_array(json);
	for (uint32_t i = 0; i < list->n_ranks; i++) {
		const struct zv_chain_rank *rank = &list->ranks[i];

		zv_json_object(json);
		zv_chain_cause_json(json, rank->cause, arena);
		key_amount(json, "lost", rank->lost_kop);
		zv_chain_key_day(json, "first_day", rank->first);
		zv_json_key_int(json, "processes", rank->processes);
		zv_json_key_int(json, "sources", rank->sources);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "total", list->total);
	zv_json_key(json, "pairs");
	zv_json_array(json);
	for (uint32_t i = 0; i < list->n_pairs && i < PAIRS; i++) {
		zv_json_object(json);
		zv_json_key_str(json, "a", zv_chain_firm_name(world, list->pairs[i].a, arena));
		zv_json_key_str(json, "b", zv_chain_firm_name(world, list->pairs[i].b, arena));
		key_amount(json, "together", list->pairs[i].together_kop);
		key_amount(json, "a_lost", list->pairs[i].a_kop);
		key_amount(json, "b_lost", list->pairs[i].b_kop);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "pairs_not_looked_at", list->missed);
	zv_json_end_object(json);
}
