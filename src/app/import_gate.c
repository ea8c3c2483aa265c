/* The gate of controlled substances: the project's list, with the operator's rows in the place of those they name. */
#include <string.h>

#include "app/import_find.h"
#include "app/import_run.h"
#include "base/decimal.h"
#include "base/map.h"

struct load {
	struct zv_controls *controls;
	struct zv_map own; /* "kind|value|regime" of the operator's rows */
	struct zv_arena arena;
	enum zv_code code;
	struct zv_err *err;
};

static struct zv_str rule_key(struct zv_str kind, struct zv_str value, struct zv_str regime, struct zv_arena *arena)
{
	return zv_arena_strf(arena, "%.*s|%.*s|%.*s", ZV_STR_FMT(kind), ZV_STR_FMT(value), ZV_STR_FMT(regime));
}

static struct zv_str value_of(const struct zv_record *record, const char *column)
{
	const struct zv_value *value = &record->values[zv_register_column(zv_register_find("controlled"), column)];

	return value->null ? ZV_STR("") : value->s;
}

static bool add_own(void *context, const struct zv_record *record)
{
	struct load *load = context;
	const struct zv_register *reg = zv_register_find("controlled");
	const struct zv_value *threshold = &record->values[zv_register_column(reg, "threshold_micro")];
	struct zv_str cells[ZV_CONTROL_COLUMNS] = {
		[ZV_CONTROL_KIND] = value_of(record, "match_kind"),
		[ZV_CONTROL_VALUE] = value_of(record, "match_value"),
		[ZV_CONTROL_NAME_RU] = value_of(record, "name_ru"),
		[ZV_CONTROL_NAME_EN] = value_of(record, "name_en"),
		[ZV_CONTROL_SYNONYMS] = value_of(record, "synonyms"),
		[ZV_CONTROL_REGIME] = value_of(record, "regime"),
		[ZV_CONTROL_ENTRY] = value_of(record, "entry"),
		[ZV_CONTROL_ACTION] = value_of(record, "action"),
		[ZV_CONTROL_SOURCE] = value_of(record, "source"),
	};
	char percent[ZV_DECIMAL_TEXT];

	if (!threshold->null && threshold->i > 0) {
		zv_decimal_format(percent, threshold->i, 4, 0, true);
		cells[ZV_CONTROL_THRESHOLD] = zv_arena_strf(&load->arena, "%s %%", percent);
	}
	zv_map_put(&load->own, rule_key(cells[ZV_CONTROL_KIND], cells[ZV_CONTROL_VALUE], cells[ZV_CONTROL_REGIME], &load->arena), 1);
	load->code = zv_controls_add_row(load->controls, cells, load->err);
	zv_arena_reset(&load->arena);
	return load->code == ZV_OK;
}

static enum zv_code add_builtin(struct load *load, const struct zv_control_rule *rule)
{
	char percent[ZV_DECIMAL_TEXT];
	struct zv_str cells[ZV_CONTROL_COLUMNS] = {
		rule->kind, rule->value, rule->name_ru, rule->name_en, rule->synonyms, rule->regime,
		rule->entry, ZV_STR(""), zv_str_c(zv_control_action_name(rule->action)), rule->source, rule->as_of,
	};
	int64_t own;

	if (zv_map_get(&own, &load->own, rule_key(rule->kind, rule->value, rule->regime, &load->arena)))
		return ZV_OK;
	if (rule->threshold_ppm > 0) {
		zv_decimal_format(percent, rule->threshold_ppm, 4, 0, true);
		cells[ZV_CONTROL_THRESHOLD] = zv_arena_strf(&load->arena, "%s %%", percent);
	}
	return zv_controls_add_row(load->controls, cells, load->err);
}

enum zv_code zv_import_controls_load(struct zv_import *im, struct zv_err *err)
{
	const struct zv_controls *builtin = zv_controls_builtin();
	const struct zv_register *reg = zv_register_find("controlled");
	struct load load = { .err = err };
	int64_t n_own = 0;
	enum zv_code code = zv_record_count(&n_own, im->db, reg, err);

	/* Without rows of the operator the project's list is the whole one: putting it together again cost a single row more than all the rest. */
	im->rules = builtin;
	if (code != ZV_OK || n_own == 0)
		return code;
	load.controls = zv_controls_new();
	im->controls = load.controls;
	im->rules = load.controls;
	zv_map_init(&load.own);
	zv_arena_init(&load.arena);
	code = zv_record_each(im->db, reg, 0, INT64_MAX, add_own, &load, err);
	if (code == ZV_OK)
		code = load.code;
	for (size_t i = 0; i < zv_controls_count(builtin) && code == ZV_OK; i++)
		code = add_builtin(&load, zv_controls_at(builtin, i));
	zv_arena_done(&load.arena);
	zv_map_done(&load.own);
	return code;
}

/* Most rows ask about the same few things: the answer is kept by what was asked. */
static void check_cached(struct zv_control_result *out, struct zv_import *im, const struct zv_control_query *query)
{
	struct zv_buf *key = &im->scratch;
	int64_t clean;

	zv_buf_reset(key);
	zv_buf_add_str(key, query->cas);
	zv_buf_add_char(key, '|');
	zv_buf_add_str(key, query->okpd2);
	for (size_t i = 0; i < query->n_names; i++) {
		zv_buf_add_char(key, '|');
		zv_buf_add_str(key, query->names[i]);
	}
	if (query->concentration_ppm != 0)
		zv_buf_addf(key, "|%" PRId64 " ppm", query->concentration_ppm);
	*out = (struct zv_control_result){ 0 };
	if (zv_map_get(&clean, &im->clean, zv_buf_str(key)))
		return;
	zv_control_check(out, im->rules, query, &im->row_arena);
	if (out->action == ZV_CONTROL_NONE)
		zv_import_cache_put(&im->clean, zv_buf_str(key), 1);
}

static bool hit_of(const struct zv_control_result *result, enum zv_control_action action, bool certain)
{
	for (size_t i = 0; i < result->n; i++)
		if (result->hits[i].action == action && result->hits[i].certain == certain)
			return true;
	return false;
}

static enum zv_code refuse(struct zv_import *im, struct zv_err *err)
{
	im->secret = true;
	im->notes.n = 0; /* earlier notes may quote the row */
	return zv_fail(err, ZV_E_DENIED, "",
		       N_("This row names a substance that may not be traded here. It is refused, and nothing of its text was kept."));
}

/* A permit of each regime that asks for one. */
static enum zv_code permits_missing(struct zv_str *regime, struct zv_import *im, const struct zv_control_result *result,
				    struct zv_import_ref org, struct zv_err *err)
{
	*regime = ZV_STR("");
	for (size_t i = 0; i < result->n && regime->n == 0; i++) {
		const struct zv_control_hit *hit = &result->hits[i];
		bool there = false;
		enum zv_code code = ZV_OK;

		if (hit->action < ZV_CONTROL_PERMIT_CHECK)
			continue;
		if (org.id != 0)
			code = zv_find_permit(&there, im->db, org.id, hit->rule->regime, im->said_on, err);
		if (code != ZV_OK)
			return code;
		if (!there)
			*regime = hit->rule->regime;
	}
	return ZV_OK;
}

enum zv_code zv_import_gate(struct zv_control_result *out, struct zv_err *held, struct zv_import *im, const struct zv_control_query *query,
			    struct zv_import_ref org, struct zv_err *err)
{
	struct zv_str regime;
	enum zv_code code;

	held->code = ZV_OK;
	check_cached(out, im, query);
	if (out->action < ZV_CONTROL_PERMIT_CHECK)
		return ZV_OK;
	if (hit_of(out, ZV_CONTROL_REFUSE, true))
		return refuse(im, err);
	if (hit_of(out, ZV_CONTROL_REFUSE, false)) {
		(void)zv_fail(held, ZV_E_DENIED, "",
			      N_("The words of this row point to a family of substances that may not be traded here. It is held: an expert must look."));
		return ZV_OK;
	}
	code = permits_missing(&regime, im, out, org, err);
	if (code == ZV_OK && regime.n > 0)
		(void)zv_fail(held, ZV_E_DENIED, "",
			      N_("A permit record is needed: the substance is under the regime %.*s. Import the permit of the organisation, then this file again."),
			      ZV_STR_FMT(regime));
	return code;
}
