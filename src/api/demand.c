/* What the public sees of demand: cards by item, figures by region. Published figures alone (app/demand.h). */
#include <stdio.h>
#include <stdlib.h>

#include "api/inside.h"
#include "api/operations.h"
#include "app/demand.h"
#include "app/writer.h"
#include "base/mem.h"
#include "model/quantity.h"

enum { LIMIT = 50, CSV_MAX = 10000, WORDS_MAX = 200 };

/* --- publishing in the background --------------------------------------------------------------------------------------------- */

enum { PAUSE_US = 1000000, PAUSE_TIMES = 20 };

struct publishing {
	struct zv_write write;
	struct zv_api *api;
	int64_t began_us;
};

static enum zv_code publish(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct zv_demand_published done;

	((struct publishing *)write)->began_us = zv_tick_us();
	return zv_demand_publish(&done, db, err);
}

/* The next one waits for twenty times as long as this one took, so that publishing is a twentieth of the writer's time at most. */
static void published(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct publishing *publishing = (struct publishing *)write;
	int64_t now = zv_tick_us();
	int64_t pause = (now - publishing->began_us) * PAUSE_TIMES;

	(void)code; /* the writer tells of its failures; the old publication stands */
	(void)err;
	atomic_store(&publishing->api->publish_after_us, now + (pause > PAUSE_US ? pause : PAUSE_US));
	atomic_store(&publishing->api->publishing, false);
	free(publishing);
}

void zv_api_publish_demand(struct zv_api *api)
{
	struct publishing *publishing;

	if (api->with.writer == NULL || zv_tick_us() < atomic_load(&api->publish_after_us) || atomic_exchange(&api->publishing, true))
		return;
	publishing = zv_calloc(1, sizeof(*publishing));
	*publishing = (struct publishing){.write = {.run = publish, .done = published}, .api = api};
	if (zv_writer_submit(api->with.writer, &publishing->write))
		return;
	atomic_store(&api->publishing, false);
	free(publishing);
}

/* The answer of now is what was published; when the registers have changed since, the writer brings it up to date. */
static enum zv_code refresh(struct zv_api_call *call, struct zv_err *err)
{
	bool stale = false;
	enum zv_code code = zv_demand_stale(&stale, call->db, err);

	if (code == ZV_OK && stale)
		zv_api_publish_demand(call->api);
	return code;
}

/* --- one card ------------------------------------------------------------------------------------------------------------------- */

static void key_text_or_null(struct zv_api_call *call, const char *key, int64_t base, enum zv_dim dim)
{
	char text[ZV_QUANTITY_TEXT];

	zv_json_key(&call->json, key);
	if (base < 0) {
		zv_json_null(&call->json);
		return;
	}
	if (base != 0 || !zv_quantity_format_in(text, base, zv_dim_price_unit(dim))) /* nothing is 0 kg, not 0 mg */
		zv_quantity_format(text, base, dim);
	zv_json_c(&call->json, text);
}

static void key_int_or_null(struct zv_api_call *call, const char *key, int64_t value)
{
	zv_json_key(&call->json, key);
	if (value < 0)
		zv_json_null(&call->json);
	else
		zv_json_int(&call->json, value);
}

static void add_band(struct zv_api_call *call, const struct zv_demand *demand)
{
	zv_json_key(&call->json, "band");
	if (demand->low_base == 0) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_api_key_qty(call, "low", demand->low_base, demand->dim);
	zv_api_key_qty(call, "high", demand->high_base, demand->dim);
	zv_json_end_object(&call->json);
}

static void add_curve(struct zv_api_call *call, const struct zv_demand *demand)
{
	zv_json_key(&call->json, "curve");
	zv_json_array(&call->json);
	for (size_t i = 0; i < demand->n_curve; i++) {
		zv_json_object(&call->json);
		zv_api_key_qty(call, "qty", demand->curve[i].qty_base, demand->dim);
		zv_api_key_price(call, "price", demand->curve[i].price, demand->dim);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_places(struct zv_api_call *call, const struct zv_demand *demand)
{
	zv_json_key(&call->json, "places");
	zv_json_array(&call->json);
	for (size_t i = 0; i < demand->n_places; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", demand->places[i].code);
		zv_json_key_str(&call->json, "name", demand->places[i].name);
		zv_json_key_bool(&call->json, "district", demand->places[i].district);
		zv_json_key_int(&call->json, "buyers", demand->places[i].buyers);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_card(struct zv_api_call *call, const struct zv_demand *demand, const struct zv_disclosure_rule *rule)
{
	struct zv_str text = zv_demand_text(demand, rule, call->arena);
	bool few = demand->state == ZV_DEMAND_FEW;

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", demand->uid);
	zv_json_key_str(&call->json, "name", demand->name);
	zv_api_key_str_or_null(call, "cas", demand->cas);
	zv_api_key_str_or_null(call, "okpd2", demand->okpd2);
	zv_json_key_c(&call->json, "state", zv_demand_state_name(demand->state));
	zv_json_key_str(&call->json, "text", text);
	zv_api_key_str_or_null(call, "hidden", few ? text : ZV_STR(""));
	zv_api_key_date(call, "as_of", demand->as_of);
	key_int_or_null(call, "buyers", demand->buyers);
	key_int_or_null(call, "regions", demand->regions);
	key_text_or_null(call, "declared", demand->declared_base, demand->dim);
	key_text_or_null(call, "confirmed", demand->confirmed_base, demand->dim);
	key_text_or_null(call, "possible", demand->possible_base, demand->dim);
	add_band(call, demand);
	key_text_or_null(call, "threshold", demand->threshold_base > 0 ? demand->threshold_base : -1, demand->dim);
	zv_json_key_bool(&call->json, "threshold_reached", demand->reached);
	key_int_or_null(call, "reached", demand->reached_percent);
	add_curve(call, demand);
	add_places(call, demand);
	zv_json_end_object(&call->json);
}

/* --- the list ------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_query(struct zv_demand_query *query, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"q", "region", "reached_min", "limit", "cursor", NULL};
	const struct zv_target *target = &call->request->target;
	struct zv_str text;
	int64_t from = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	*query = (struct zv_demand_query){0};
	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&from, call, err);
	if (code != ZV_OK)
		return code;
	query->limit = (size_t)limit;
	query->from = (size_t)(from < 0 ? 0 : from);
	if (zv_target_param(&query->words, target, "q"))
		query->words = zv_str_trim(query->words);
	if (query->words.n > WORDS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "q", N_("Shorten the question to %d bytes."), WORDS_MAX);
	(void)zv_target_param(&query->region, target, "region");
	if (!zv_target_param(&text, target, "reached_min") || text.n == 0)
		return ZV_OK;
	if (!zv_str_int(&query->reached_percent, text) || query->reached_percent < 0 || query->reached_percent > 100000)
		return zv_fail(err, ZV_E_INVALID, "reached_min", N_("“%.*s” is no share in percent: write a whole number, such as 60."),
			       ZV_STR_FMT(zv_str_first(text, 40)));
	return ZV_OK;
}

enum zv_code zv_api_public_demand(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_disclosure_rule rule;
	struct zv_demand_query query;
	struct zv_demand *rows;
	struct zv_str next = ZV_STR("");
	size_t n, total;
	enum zv_code code = read_query(&query, call, err);

	if (code == ZV_OK)
		code = refresh(call, err);
	if (code == ZV_OK)
		code = zv_disclosure_rule_load(&rule, call->db, err);
	if (code == ZV_OK)
		code = zv_demand_list(&rows, &n, &total, call->db, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_card(call, &rows[i], &rule);
	if (query.from + n < total)
		next = zv_api_cursor_text((int64_t)(query.from + n), call->arena);
	zv_api_end_items(call, next, (int64_t)total);
	return ZV_OK;
}

enum zv_code zv_api_public_demand_item(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_disclosure_rule rule;
	struct zv_demand demand;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = refresh(call, err);
	if (code == ZV_OK)
		code = zv_disclosure_rule_load(&rule, call->db, err);
	if (code == ZV_OK)
		code = zv_demand_item(&demand, call->db, call->args[0], call->arena, err);
	if (code == ZV_OK)
		add_card(call, &demand, &rule);
	return code;
}

/* --- the same as a table ---------------------------------------------------------------------------------------------------------- */

enum zv_code zv_api_public_demand_csv(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_disclosure_rule rule;
	struct zv_demand_query query;
	struct zv_demand *rows;
	size_t n, total;
	enum zv_code code = read_query(&query, call, err);

	query.from = 0;
	query.limit = CSV_MAX;
	if (code == ZV_OK)
		code = refresh(call, err);
	if (code == ZV_OK)
		code = zv_disclosure_rule_load(&rule, call->db, err);
	if (code == ZV_OK)
		code = zv_demand_list(&rows, &n, &total, call->db, &query, call->arena, err);
	if (code != ZV_OK)
		return code;
	call->answer->type = "text/csv; charset=utf-8";
	call->answer->vary = "Accept-Language";
	zv_demand_csv(call->answer->body, rows, n, &rule, call->arena);
	return ZV_OK;
}

/* --- regions ------------------------------------------------------------------------------------------------------------------------ */

static void add_region(struct zv_api_call *call, const struct zv_demand_region *row)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "region");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "code", row->code);
	zv_json_key_str(&call->json, "name", row->name);
	zv_json_end_object(&call->json);
	if (row->district.n > 0)
		zv_json_key_str(&call->json, "district", row->district);
	key_int_or_null(call, "needs", row->needs);
	key_int_or_null(call, "makers", row->makers);
	key_int_or_null(call, "uncovered", row->uncovered_base);
	key_text_or_null(call, "uncovered_text", row->uncovered_base, ZV_DIM_MASS);
	zv_json_end_object(&call->json);
}

static enum zv_code regions(struct zv_api_call *call, const struct zv_who *who, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_demand_region *rows;
	size_t n, at = 0;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_demand_regions(&rows, &n, call->db, who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (; at < n && rows[at].district.n > 0; at++)
		add_region(call, &rows[at]);
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "districts");
	zv_json_array(&call->json);
	for (; at < n; at++)
		add_region(call, &rows[at]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_regions(struct zv_api_call *call, struct zv_err *err)
{
	return regions(call, call->who, err);
}

/* The same for everybody, whoever asks. */
enum zv_code zv_api_public_regions(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_who nobody;

	zv_who_public(&nobody, ZV_STR(""));
	return regions(call, &nobody, err);
}
