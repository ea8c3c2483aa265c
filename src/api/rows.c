/* Rows of any register: a page of them, and one with the origin and history of every value. */
#include <stdio.h>
#include <string.h>

#include "api/rows_write.h"
#include "app/find.h"
#include "app/merge.h"
#include "base/map.h"

enum { LIMIT = 50, MAIN_COLUMNS = 8 };

static enum zv_code read_query(struct zv_view_query *query, const struct zv_api_call *call, const struct zv_register *reg, struct zv_err *err)
{
	const struct zv_target *target = &call->request->target;
	struct zv_str cursor;
	enum zv_code code;

	*query = (struct zv_view_query){0};
	code = zv_api_limit(&query->limit, call, LIMIT, err);
	if (code == ZV_OK && zv_target_param(&cursor, target, "cursor"))
		code = zv_view_after(&query->after_id, call->db, call->who, reg, cursor, call->arena, err);
	if (zv_target_param(&query->words, target, "q"))
		query->words = zv_str_trim(query->words);
	for (int i = 0; i < target->n_params && code == ZV_OK; i++) {
		struct zv_str name = target->params[i].name;

		if (zv_str_eq_c(name, "limit") || zv_str_eq_c(name, "cursor") || zv_str_eq_c(name, "q") || zv_str_eq_c(name, "key"))
			continue;
		if (query->n_filters == ZV_VIEW_FILTERS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "query", N_("At most %d conditions at once."), ZV_VIEW_FILTERS_MAX);
		if (zv_view_is_ref(reg, name))
			code = zv_view_filter_ref(&query->filters[query->n_filters++], call->db, call->who, reg, name, target->params[i].value, call->arena, err);
		else
			code = zv_view_filter(&query->filters[query->n_filters++], reg, name, target->params[i].value, err);
	}
	return code;
}

static enum zv_code add_row(struct zv_api_call *call, struct zv_listing *listing, const struct zv_record *record, const int *columns, int n,
			    struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", record->uid);
	zv_json_key_str(&call->json, "name", zv_listing_name(listing->reg, record));
	zv_json_key_str(&call->json, "key", record->source_key);
	zv_json_key(&call->json, "cells");
	zv_json_object(&call->json);
	for (int i = 0; i < n && code == ZV_OK; i++) {
		if (record->values[columns[i]].null)
			continue;
		zv_json_key(&call->json, listing->reg->columns[columns[i]].name);
		zv_json_object(&call->json);
		code = zv_api_cell(call, listing, record, columns[i], &record->values[columns[i]], err);
		zv_json_end_object(&call->json);
	}
	zv_json_end_object(&call->json);
	zv_json_end_object(&call->json);
	return code;
}

static enum zv_code add_page(struct zv_api_call *call, struct zv_listing *listing, const struct zv_view_page *page, struct zv_err *err)
{
	int columns[MAIN_COLUMNS];
	int n_columns = zv_listing_main_columns(columns, MAIN_COLUMNS, listing->reg);
	enum zv_code code = ZV_OK;

	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < page->n && code == ZV_OK; i++) {
		zv_listing_next_row(listing);
		code = add_row(call, listing, &page->rows[i], columns, n_columns, err);
	}
	call->rows += (int64_t)page->n;
	if (code != ZV_OK)
		return code;
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "next");
	if (page->next.n == 0) {
		zv_json_null(&call->json);
	} else {
		zv_json_str(&call->json, page->next);
		zv_api_link_next(call, page->next);
	}
	return ZV_OK;
}

/* The row that somebody's own system knows by this key: one, or none. Of what is not seen in full the key is nobody's business. */
static enum zv_code page_by_key(struct zv_view_page *out, struct zv_api_call *call, const struct zv_register *reg, struct zv_str key,
				struct zv_err *err)
{
	struct zv_record *record = ZV_ARENA_NEW(call->arena, struct zv_record);
	enum zv_sight sight = ZV_SIGHT_NONE;
	enum zv_code code = zv_find_seen(record, &sight, call->db, call->who, reg, key, call->arena, err);

	*out = (struct zv_view_page){.rows = record, .n = code == ZV_OK && sight == ZV_SIGHT_FULL && zv_str_eq(record->source_key, key)};
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

static enum zv_code rows(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_register *reg;
	struct zv_view_query query;
	struct zv_view_page page;
	struct zv_listing listing;
	struct zv_str key;
	bool by_key, all;
	int64_t count;
	enum zv_code code = zv_api_register(&reg, call, err);

	if (code == ZV_OK)
		code = read_query(&query, call, reg, err);
	by_key = zv_target_param(&key, &call->request->target, "key");
	if (code == ZV_OK && by_key)
		code = page_by_key(&page, call, reg, key, err);
	else if (code == ZV_OK)
		code = zv_view_page(&page, call->db, call->who, reg, &query, call->arena, err);
	count = code == ZV_OK && by_key ? (int64_t)page.n : 0;
	all = code == ZV_OK && query.n_filters == 0 && query.words.n == 0;
	if (all && !by_key)
		code = zv_api_count(&count, call, reg, err);
	if (code == ZV_OK)
		code = zv_listing_init(&listing, call->db, reg->name, err);
	if (code != ZV_OK)
		return code;
	code = add_page(call, &listing, &page, err);
	zv_listing_done(&listing);
	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "total");
	if (all)
		zv_json_int(&call->json, count);
	else
		zv_json_null(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* A page takes some hundred statements; one transaction around them shows one state and takes the lock of the file once. */
enum zv_code zv_api_rows(struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_db_begin(call->db, err);

	if (code != ZV_OK)
		return code;
	code = rows(call, err);
	if (code == ZV_OK)
		return zv_db_commit(call->db, err);
	zv_db_rollback(call->db);
	return code;
}

/* --- one row --------------------------------------------------------------------------------------------------------------- */

static const char *const STATUS_NAMES[] = {
	[ZV_DECLARED] = "declared", [ZV_CONFIRMED_DOCUMENT] = "document", [ZV_CONFIRMED_CENTRE] = "centre", [ZV_DISPUTED] = "disputed"};
static const char *const STATE_NAMES[] = {
	[ZV_FACT_WINS] = "wins", [ZV_FACT_RIVAL] = "rival", [ZV_FACT_PAST] = "past", [ZV_FACT_UNDONE] = "undone"};

static enum zv_code add_origin(struct zv_api_call *call, enum zv_status status, zv_date said_on, int64_t batch_id, int64_t line, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (batch_id == 0) /* a row of which the person sees not all */
		call->source = (struct zv_view_source){0};
	else if (call->source_id != batch_id)
		code = zv_view_source(&call->source, call->db, batch_id, call->arena, err);
	if (code != ZV_OK)
		return code;
	call->source_id = batch_id;
	zv_json_key_c(&call->json, "status", STATUS_NAMES[status]);
	zv_api_key_date(call, "said_on", said_on);
	zv_json_key_str(&call->json, "source", call->source.text);
	zv_json_key_str(&call->json, "batch", call->source.batch);
	zv_json_key_int(&call->json, "line", line);
	return ZV_OK;
}

static enum zv_code add_fact(struct zv_api_call *call, struct zv_listing *listing, const struct zv_record *record, const struct zv_fact *fact,
			     struct zv_err *err)
{
	char instant[ZV_INSTANT_TEXT];
	int column = (int)(fact->column - listing->reg->columns);
	enum zv_code code;

	zv_instant_format(instant, fact->recorded_ms);
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "state", STATE_NAMES[fact->state]);
	zv_json_key_c(&call->json, "recorded", instant);
	code = zv_api_cell(call, listing, record, column, &fact->value, err);
	if (code == ZV_OK)
		code = add_origin(call, fact->status, fact->said_on, fact->batch_id, fact->line, err);
	zv_json_end_object(&call->json);
	return code;
}

static const char *const SIGHT_NAMES[] = {
	[ZV_SIGHT_NONE] = "none", [ZV_SIGHT_SHAPE] = "shape", [ZV_SIGHT_NAMED] = "named", [ZV_SIGHT_FULL] = "full"};

static enum zv_code add_value(struct zv_api_call *call, struct zv_listing *listing, const struct zv_view_row *detail, int column, struct zv_err *err)
{
	const struct zv_record *record = &detail->record;
	const struct zv_fact *wins = NULL;
	enum zv_code code;

	for (size_t i = 0; i < detail->n_facts && wins == NULL; i++)
		if (detail->facts[i].column == &listing->reg->columns[column] && detail->facts[i].state == ZV_FACT_WINS)
			wins = &detail->facts[i];
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "column", listing->reg->columns[column].name);
	code = zv_api_cell(call, listing, record, column, &record->values[column], err);
	if (code == ZV_OK && wins != NULL)
		code = add_origin(call, wins->status, wins->said_on, wins->batch_id, wins->line, err);
	else if (code == ZV_OK)
		code = add_origin(call, record->status, record->said_on, record->batch_id, record->line, err);
	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "facts");
	zv_json_array(&call->json);
	for (size_t i = 0; i < detail->n_facts && code == ZV_OK; i++)
		if (detail->facts[i].column == &listing->reg->columns[column])
			code = add_fact(call, listing, record, &detail->facts[i], err);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return code;
}

/* Of a row that was just written: what would help it, and what is to be known. */
static void add_notes(struct zv_api_call *call, const struct zv_api_row_notes *notes)
{
	zv_api_hints(call, notes->hints, notes->n_hints);
	zv_json_key(&call->json, "warnings");
	zv_json_array(&call->json);
	for (size_t i = 0; notes->report != NULL && i < notes->report->n_faults; i++)
		zv_json_str(&call->json, notes->report->faults[i].text);
	if (notes->more.n > 0)
		zv_json_str(&call->json, notes->more);
	zv_json_end_array(&call->json);
}

static enum zv_code add_detail(struct zv_api_call *call, struct zv_listing *listing, const struct zv_view_row *detail,
			       const struct zv_api_row_notes *notes, struct zv_err *err)
{
	const struct zv_record *record = &detail->record;
	struct zv_str centre;
	enum zv_code code = zv_view_centre(&centre, call->db, record->centre_id, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", record->uid);
	zv_json_key_c(&call->json, "register", listing->reg->name);
	zv_json_key_str(&call->json, "name", zv_listing_name(listing->reg, record));
	zv_json_key_str(&call->json, "key", record->source_key);
	zv_json_key_str(&call->json, "centre", centre);
	zv_json_key_c(&call->json, "sight", SIGHT_NAMES[detail->sight]);
	zv_json_key(&call->json, "provenance");
	zv_json_object(&call->json);
	code = add_origin(call, record->status, record->said_on, record->batch_id, record->line, err);
	zv_json_end_object(&call->json);
	zv_json_key(&call->json, "values");
	zv_json_array(&call->json);
	for (int i = 0; i < listing->reg->n_columns && code == ZV_OK; i++)
		if (listing->reg->columns[i].label != NULL && listing->reg->columns[i].fact && zv_sight_column(listing->reg, i, detail->sight))
			code = add_value(call, listing, detail, i, err);
	zv_json_end_array(&call->json);
	if (notes != NULL)
		add_notes(call, notes);
	zv_json_end_object(&call->json);
	return code;
}

enum zv_code zv_api_row_of(struct zv_api_call *call, const struct zv_register *reg, struct zv_str uid, const struct zv_api_row_notes *notes,
			   struct zv_err *err)
{
	struct zv_view_row row;
	struct zv_listing listing;
	enum zv_code code = zv_view_row(&row, call->db, call->who, reg, uid, call->arena, err);

	if (code == ZV_OK && row.sight == ZV_SIGHT_FULL)
		zv_api_etag(call, zv_row_version_of(reg, &row.record, row.facts, row.n_facts, call->arena));
	if (code == ZV_OK)
		code = zv_listing_init(&listing, call->db, reg->name, err);
	if (code != ZV_OK)
		return code;
	code = add_detail(call, &listing, &row, notes, err);
	zv_listing_done(&listing);
	return code;
}

/* The address of an organisation that was merged leads to the other one (feature R1); whoever may read organisations may know it. */
static enum zv_code lead_on(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_err none;
	struct zv_str target;

	if (!zv_may_some(call->who, ZV_DO_ORG_READ) || zv_merge_target(&target, call->db, call->args[1], call->arena, &none) != ZV_OK)
		return err->code;
	call->answer->status = 308;
	(void)snprintf(call->answer->location, sizeof(call->answer->location), "/api/v1/orgs/%.*s", ZV_STR_FMT(target));
	return ZV_OK;
}

enum zv_code zv_api_row(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	const struct zv_register *reg;
	enum zv_code code = zv_api_register(&reg, call, err);

	if (code == ZV_OK)
		code = zv_api_only(call, none, err);
	if (code == ZV_OK)
		code = zv_api_row_of(call, reg, call->args[1], NULL, err);
	return code == ZV_E_NOTFOUND && reg != NULL && strcmp(reg->name, "org") == 0 ? lead_on(call, err) : code;
}
