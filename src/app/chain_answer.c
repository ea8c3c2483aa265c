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
		zv_json_key_int(json, "sources", line->sources);
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
