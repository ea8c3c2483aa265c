/* Days, roubles and reasons as JSON. */
#include "app/chain_answer.h"

#include <math.h>

struct zv_str zv_chain_day(double day, struct zv_arena *arena)
{
	struct zv_str text;

	if (isnan(day))
		return ZV_STR("");
	text = zv_arena_strf(arena, "%.2f", day);
	while (text.p[text.n - 1] == '0')
		text.n--;
	if (text.p[text.n - 1] == '.')
		text.n--;
	return text;
}

static void key_day(struct zv_json *json, const char *key, double day, struct zv_arena *arena)
{
	zv_json_key(json, key);
	if (isnan(day))
		zv_json_null(json);
	else
		zv_json_raw(json, zv_chain_day(day, arena));
}

static void key_rub(struct zv_json *json, const char *key, int64_t kop)
{
	zv_json_key_decimal(json, key, kop, 2);
}

static void add_why(struct zv_json *json, const struct zv_chain_world *w, const struct zv_chain_hit *hit, struct zv_arena *arena)
{
	zv_json_key(json, "why");
	zv_json_array(json);
	for (uint32_t k = 0; k < hit->n_why; k++) {
		const struct zv_chain_line *line = &w->lines[hit->why[k].line];

		zv_json_object(json);
		zv_json_key_str(json, "firm", zv_chain_firm_name(w, hit->why[k].firm, arena));
		zv_json_key_str(json, "input", line->item);
		zv_json_key_str(json, "from", zv_chain_firm_name(w, hit->why[k].supplier, arena));
		zv_json_key_int(json, "sources", line->n);
		zv_json_key_int(json, "stock_days", line->stock_days);
		key_day(json, "day", hit->why[k].day, arena);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static void add_hit(struct zv_json *json, const struct zv_chain_world *w, const struct zv_chain_hit *hit, struct zv_arena *arena)
{
	zv_json_object(json);
	zv_json_key_str(json, "firm", zv_chain_firm_name(w, hit->firm, arena));
	zv_json_key_str(json, "org", w->firms[hit->firm].org);
	zv_json_key_str(json, "process", w->firms[hit->firm].process);
	key_day(json, "first_day", hit->first, arena);
	key_day(json, "stop_day", hit->stop, arena);
	key_day(json, "back_day", hit->back, arena);
	key_day(json, "lost_days", hit->lost, arena);
	key_rub(json, "lost_rub", hit->lost_kop);
	add_why(json, w, hit, arena);
	zv_json_end_object(json);
}

void zv_chain_answer_json(struct zv_json *json, const struct zv_chain_world *world, const struct zv_chain_cause *cause, const struct zv_chain_when *when,
			  const struct zv_chain_answer *answer, struct zv_arena *arena)
{
	zv_json_object(json);
	zv_json_key_str(json, "cause", cause->name);
	zv_json_key_int(json, "days", (int64_t)when->days);
	key_rub(json, "lost_rub", answer->lost_kop);
	key_day(json, "survives_days", zv_chain_survives(answer, when), arena);
	zv_json_key_bool(json, "ask_recovery", zv_chain_asks_recovery(answer, when));
	zv_json_key(json, "if_it_lasts");
	zv_json_array(json);
	for (uint32_t i = 0; i < answer->n_lengths; i++) {
		zv_json_object(json);
		zv_json_key_int(json, "days", (int64_t)answer->lengths[i].days);
		key_rub(json, "lost_rub", answer->lengths[i].lost_kop);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key(json, "processes");
	zv_json_array(json);
	for (uint32_t i = 0; i < answer->n_hits; i++)
		add_hit(json, world, &answer->hits[i], arena);
	zv_json_end_array(json);
	zv_json_key(json, "bridge_30_days");
	zv_json_array(json);
	for (uint32_t i = 0; i < answer->n_bridges; i++) {
		const struct zv_chain_line *line = &world->lines[answer->bridges[i].line];

		zv_json_object(json);
		zv_json_key_str(json, "firm", zv_chain_firm_name(world, line->firm, arena));
		zv_json_key_str(json, "input", line->item);
		zv_json_key_int(json, "stock_days", line->stock_days);
		key_day(json, "needed_days", answer->bridges[i].need, arena);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_end_object(json);
}

enum zv_code zv_chain_list(struct zv_chain_list *out, const struct zv_chain_world *world, const struct zv_chain_cause *causes, uint32_t n, int kind,
			   uint64_t limit, const struct zv_chain_when *when, uint32_t threads, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_chain_cause *of_kind = ZV_ARENA_ARRAY(arena, struct zv_chain_cause, (size_t)n + 1);
	struct zv_chain_list list = {0};
	enum zv_code code;

	for (uint32_t i = 0; i < n; i++)
		if (kind < 0 || (int)causes[i].kind == kind)
			of_kind[list.total++] = causes[i];
	code = zv_chain_ranking(&list.ranks, world, of_kind, list.total, when, threads, arena, err);
	if (code == ZV_OK)
		code = zv_chain_pairs(&list.pairs, &list.n_pairs, &list.missed, world, when, arena, err);
	if (code != ZV_OK)
		return code;
	list.n_ranks = list.total < limit ? list.total : (uint32_t)limit;
	*out = list;
	return ZV_OK;
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
		key_day(json, "first_day", rank->first, arena);
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
