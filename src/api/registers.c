/* What there is: health, the summary of the home page, the descriptions of the registers. */
#include "api/operations.h"
#include "app/view_lots.h"
#include "app/words.h"
#include "base/tr.h"
#include "model/quantity.h"

enum { MAIN_COLUMNS = 8 };

static const char *const TYPE_NAMES[] = {
	[ZV_COL_TEXT] = "text", [ZV_COL_INT] = "int",     [ZV_COL_BOOL] = "bool",   [ZV_COL_DATE] = "date", [ZV_COL_QUARTER] = "quarter",
	[ZV_COL_QTY] = "qty",   [ZV_COL_KOP] = "kop",     [ZV_COL_MICRO] = "micro", [ZV_COL_ENUM] = "enum", [ZV_COL_REF] = "ref",
};

static const char *const NO_PARAMETERS[] = {NULL};

enum zv_code zv_api_health(struct zv_api_call *call, struct zv_err *err)
{
	uint64_t stamp;
	enum zv_code code = zv_view_version(&stamp, call->db, err);

	if (code != ZV_OK)
		return code;
	call->answer->cache = "no-store";
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "status", "ok");
	zv_json_key_c(&call->json, "version", call->version);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static void served(struct zv_api_call *call, const char *key, int64_t needs, int64_t kop, const int64_t *base)
{
	struct zv_buf text;

	zv_buf_init(&text, 0);
	for (int dim = ZV_DIM_MASS; base != NULL && dim <= ZV_DIM_OTHER; dim++) {
		char quantity[ZV_QUANTITY_TEXT];

		if (base[dim] == 0)
			continue;
		zv_quantity_format(quantity, base[dim], (enum zv_dim)dim);
		zv_buf_addf(&text, "%s%s", text.n > 0 ? " + " : "", quantity);
	}
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "needs", needs);
	zv_api_key_amount(call, "amount", kop);
	zv_json_key_str(&call->json, "text", zv_buf_str(&text));
	zv_json_end_object(&call->json);
	zv_buf_done(&text);
}

/* The last run of lots, or null. */
static enum zv_code add_run(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_view_run run;
	enum zv_code code;

	if (!zv_may_some(call->who, ZV_DO_LOT_READ)) {
		zv_json_key(&call->json, "run");
		zv_json_null(&call->json);
		return ZV_OK;
	}
	code = zv_view_run(&run, call->db, call->who, call->arena, err);

	zv_json_key(&call->json, "run");
	if (code == ZV_E_NOTFOUND) {
		zv_json_null(&call->json);
		return ZV_OK;
	}
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", run.uid);
	zv_api_key_date(call, "as_of", run.as_of);
	zv_json_key_int(&call->json, "lots", run.lots);
	zv_json_key(&call->json, "needs");
	if (run.sums) {
		zv_json_int(&call->json, run.needs);
		served(call, "alone", run.alone_needs, run.alone_kop, NULL);
		served(call, "pooled", run.pooled_needs, run.pooled_kop, run.pooled_base);
	} else { /* sums over needs of others */
		zv_json_null(&call->json);
		zv_json_key(&call->json, "alone");
		zv_json_null(&call->json);
		zv_json_key(&call->json, "pooled");
		zv_json_null(&call->json);
	}
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static enum zv_code begin_register(struct zv_api_call *call, const struct zv_register *reg, struct zv_err *err)
{
	int64_t count;
	enum zv_code code = zv_api_count(&count, call, reg, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "name", reg->name);
	zv_json_key_c(&call->json, "plural", reg->plural);
	zv_api_both(call, "label", reg->label);
	zv_json_key_int(&call->json, "count", count);
	zv_json_key_bool(&call->json, "searched", zv_view_is_searched(reg));
	return ZV_OK;
}

enum zv_code zv_api_summary(struct zv_api_call *call, struct zv_err *err)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	struct zv_view_day day;
	enum zv_code code = zv_api_only(call, NO_PARAMETERS, err);

	if (code == ZV_OK)
		code = zv_view_day(&day, call->db, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_api_key_date(call, "as_of", day.as_of);
	zv_json_key_bool(&call->json, "demo", day.demo);
	zv_json_key_c(&call->json, "version", call->version);
	zv_json_key(&call->json, "registers");
	zv_json_array(&call->json);
	for (int i = 0; i < n && code == ZV_OK; i++) {
		if (zv_sight_least(call->who, all[i]) == ZV_SIGHT_NONE)
			continue;
		code = begin_register(call, all[i], err);
		if (code == ZV_OK)
			zv_json_end_object(&call->json);
	}
	if (code != ZV_OK)
		return code;
	zv_json_end_array(&call->json);
	code = add_run(call, err);
	zv_json_end_object(&call->json);
	return code;
}

static void add_word(struct zv_api_call *call, const char *word)
{
	static const char *const langs[] = {"ru", "en"};
	const char *before = zv_tr_lang();

	zv_json_key(&call->json, "label");
	zv_json_object(&call->json);
	for (size_t i = 0; i < ZV_LEN(langs); i++) {
		zv_tr_set_lang(langs[i]);
		zv_json_key_str(&call->json, langs[i], zv_word_said(word, call->arena));
	}
	zv_json_end_object(&call->json);
	zv_tr_set_lang(before);
}

static void add_words(struct zv_api_call *call, const struct zv_column *column)
{
	if (column->type != ZV_COL_ENUM || column->words == NULL)
		return;
	zv_json_key(&call->json, "words");
	zv_json_array(&call->json);
	for (int i = 0; column->words[i] != NULL; i++) {
		if (column->words[i][0] == '\0')
			continue;
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "value", column->words[i]);
		add_word(call, column->words[i]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_columns(struct zv_api_call *call, const struct zv_register *reg)
{
	int main[MAIN_COLUMNS];
	int n = zv_listing_main_columns(main, MAIN_COLUMNS, reg);

	zv_json_key(&call->json, "main");
	zv_json_array(&call->json);
	for (int i = 0; i < n; i++)
		zv_json_c(&call->json, reg->columns[main[i]].name);
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "columns");
	zv_json_array(&call->json);
	for (int i = 0; i < reg->n_columns; i++) {
		const struct zv_column *column = &reg->columns[i];

		if (column->label == NULL)
			continue;
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "name", column->name);
		zv_json_key_c(&call->json, "type", TYPE_NAMES[column->type]);
		zv_api_both(call, "label", column->label);
		if (column->type == ZV_COL_REF)
			zv_json_key_c(&call->json, "ref", column->ref);
		add_words(call, column);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

enum zv_code zv_api_registers(struct zv_api_call *call, struct zv_err *err)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	enum zv_code code = zv_api_only(call, NO_PARAMETERS, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "registers");
	zv_json_array(&call->json);
	for (int i = 0; i < n && code == ZV_OK; i++) {
		if (zv_sight_least(call->who, all[i]) == ZV_SIGHT_NONE)
			continue;
		code = begin_register(call, all[i], err);
		if (code != ZV_OK)
			return code;
		add_columns(call, all[i]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return code;
}
