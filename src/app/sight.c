/* Sight of one row: the table of rights, visibility classes, accepted contacts, matched makers, scouting rounds. */
#include "app/sight.h"

#include <string.h>

#include "app/sight_rows.h"
#include "store/setting.h"

/* By the numbers that are stored (store/need.c). */
enum { DRAFT = 0, CONTRACTED = 4, OTHERS_FROM = DRAFT + 1, OTHERS_TO = CONTRACTED };

static bool is(const struct zv_register *reg, const char *name)
{
	return strcmp(reg->name, name) == 0;
}

static bool is_reference(const struct zv_register *reg)
{
	static const char *const names[] = {"class_code", "crosswalk", "item", "item_alias", "substitute", "controlled"};

	for (size_t i = 0; i < ZV_LEN(names); i++)
		if (is(reg, names[i]))
			return true;
	return false;
}

/* Of these some rows came in with somebody's own needs and offers. */
static bool is_of_items(const struct zv_register *reg)
{
	return is(reg, "item") || is(reg, "item_alias") || is(reg, "substitute");
}

static bool is_org(const struct zv_register *reg)
{
	return is(reg, "org") || is(reg, "site");
}

enum zv_action zv_sight_action(const struct zv_register *reg, bool write)
{
	if (is_reference(reg))
		return write ? ZV_DO_REFERENCE_WRITE : ZV_DO_REFERENCE_READ;
	if (is_org(reg))
		return write ? ZV_DO_ORG_WRITE : ZV_DO_ORG_READ;
	if (is(reg, "need"))
		return write ? ZV_DO_NEED_WRITE : ZV_DO_NEED_READ;
	if (zv_sight_related(reg))
		return zv_sight_related_action(reg, write);
	return write ? ZV_DO_OFFER_WRITE : ZV_DO_OFFER_READ;
}

static int64_t value_of(const struct zv_register *reg, const struct zv_record *record, const char *column, int64_t otherwise)
{
	int at = zv_register_column(reg, column);

	return at < 0 || record->values[at].null ? otherwise : record->values[at].i;
}

struct zv_object zv_sight_object(const struct zv_register *reg, const struct zv_record *record)
{
	struct zv_object object = {record->id != 0 ? zv_id_centre(record->id) : record->centre_id, 0};

	if (is(reg, "org"))
		object.org_id = record->id;
	else if (is(reg, "supply"))
		object.org_id = value_of(reg, record, "supplier_id", 0);
	else if (is(reg, "contract"))
		object.org_id = value_of(reg, record, "seller_id", 0);
	else
		object.org_id = value_of(reg, record, "org_id", 0);
	return object;
}

/* --- needs of others ------------------------------------------------------------------------------------------------------- */

static enum zv_code any(bool *out, struct zv_db *db, const char *sql, int64_t a, int64_t b, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, a);
	zv_bind_int(stmt, 2, b);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK)
		*out = row;
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code accepted(bool *out, struct zv_db *db, int64_t need_id, int64_t org_id, struct zv_err *err)
{
	return any(out, db, "SELECT 1 FROM contact WHERE need_id = $1 AND org_id = $2 AND state = 2", need_id, org_id, err);
}

static enum zv_code makes(bool *out, struct zv_db *db, int64_t item_id, int64_t org_id, struct zv_err *err)
{
	return any(out, db, "SELECT 1 FROM offer WHERE item_id = $1 AND org_id = $2 LIMIT 1", item_id, org_id, err);
}

static enum zv_code asked_for(bool *out, struct zv_db *db, int64_t need_id, int64_t centre_id, struct zv_err *err)
{
	return any(out, db,
		   "SELECT 1 FROM scouting s JOIN scouting_centre c ON c.scouting_id = s.id WHERE s.need_id = $1 AND c.centre_id = $2 LIMIT 1",
		   need_id, centre_id, err);
}

/* A need of somebody else by one grant. */
static enum zv_code by_grant(enum zv_sight *out, struct zv_db *db, const struct zv_grant *grant, const struct zv_register *reg,
			     const struct zv_record *need, struct zv_err *err)
{
	enum zv_reach reach = zv_rights_reach(grant->role, ZV_DO_NEED_READ);
	int64_t visibility = value_of(reg, need, "visibility", ZV_VISIBLE_CENTRE);
	int64_t state = value_of(reg, need, "state", DRAFT);
	bool yes = false;
	enum zv_code code = ZV_OK;

	*out = ZV_SIGHT_NONE;
	if (reach == ZV_REACH_NONE || state == DRAFT)
		return ZV_OK;
	if (grant->org_id != 0 && reach >= ZV_REACH_ORG) {
		code = accepted(&yes, db, need->id, grant->org_id, err);
		if (code != ZV_OK || yes) {
			*out = ZV_SIGHT_NAMED;
			return code;
		}
	}
	if (reach == ZV_REACH_CENTRE && grant->role == ZV_ROLE_OPERATOR)
		code = asked_for(&yes, db, need->id, grant->centre_id, err);
	if (code != ZV_OK || (!yes && (state < OTHERS_FROM || state > OTHERS_TO)))
		return code;
	yes = yes || visibility == ZV_VISIBLE_PUBLIC || (visibility == ZV_VISIBLE_ASSOCIATION && reach > ZV_REACH_SHAPE);
	if (!yes && visibility == ZV_VISIBLE_MATCHED && grant->org_id != 0)
		code = makes(&yes, db, value_of(reg, need, "item_id", 0), grant->org_id, err);
	if (code == ZV_OK && yes)
		*out = ZV_SIGHT_SHAPE;
	return code;
}

static enum zv_code need_of_others(enum zv_sight *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
				   const struct zv_record *need, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	*out = ZV_SIGHT_NONE;
	for (int i = 0; i < who->n_grants && code == ZV_OK; i++) {
		enum zv_sight sight;

		code = by_grant(&sight, db, &who->grants[i], reg, need, err);
		if (code == ZV_OK && sight > *out)
			*out = sight;
	}
	return code;
}

/* It stands for nothing any more: its address leads to the one that it was merged into. */
static enum zv_code was_merged(bool *out, struct zv_db *db, int64_t org_id, struct zv_err *err)
{
	return any(out, db, "SELECT 1 FROM org_merge WHERE from_id = $1 AND CAST($2 AS BIGINT) = 0", org_id, 0, err);
}

/* --- any row ------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_sight_of(enum zv_sight *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
			 const struct zv_record *record, struct zv_err *err)
{
	enum zv_action action = zv_sight_action(reg, false);
	struct zv_object object = zv_sight_object(reg, record);

	*out = ZV_SIGHT_NONE;
	if (!zv_may_some(who, action))
		return ZV_OK;
	if (is(reg, "org")) {
		bool merged = false;
		enum zv_code code = was_merged(&merged, db, record->id, err);

		if (code != ZV_OK || merged)
			return code;
	}
	if (is(reg, "item"))
		return zv_sight_of_item(out, db, who, record->id, err);
	if (is_of_items(reg) && !zv_sight_items_all(who)) {
		if (value_of(reg, record, "item_id", 0) < ZV_SIGHT_SHARED_END && value_of(reg, record, "with_item_id", 0) < ZV_SIGHT_SHARED_END)
			*out = ZV_SIGHT_FULL;
		return ZV_OK;
	}
	if (zv_sight_related(reg)) {
		bool yes = false;
		enum zv_code code = zv_sight_may_related(&yes, db, who, reg, record, false, err);

		*out = code == ZV_OK && yes ? ZV_SIGHT_FULL : ZV_SIGHT_NONE;
		return code;
	}
	if (is_reference(reg) || zv_may(who, action, object)) {
		*out = ZV_SIGHT_FULL;
		return ZV_OK;
	}
	if (is(reg, "need"))
		return need_of_others(out, db, who, reg, record, err);
	if (is_org(reg)) {
		*out = ZV_SIGHT_SHAPE;
	} else if (is(reg, "supply")) { /* a contract has two sides */
		object.org_id = value_of(reg, record, "customer_id", 0);
		if (zv_may(who, action, object))
			*out = ZV_SIGHT_FULL;
	}
	return ZV_OK;
}

enum zv_code zv_sight_writes(bool *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, const struct zv_record *record,
			     struct zv_err *err)
{
	if (zv_sight_related(reg))
		return zv_sight_may_related(out, db, who, reg, record, true, err);
	*out = zv_may(who, zv_sight_action(reg, true), zv_sight_object(reg, record));
	return ZV_OK;
}

enum zv_code zv_sight_needs(struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	bool yes;
	enum zv_code code = zv_sight_writes(&yes, db, who, reg, record, err);

	if (code != ZV_OK || yes)
		return code;
	return zv_rights_need(who, zv_sight_action(reg, true), (struct zv_object){-1, 0}, err);
}

enum zv_code zv_sight_keeps_row(bool *out, void *seeing, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err)
{
	struct zv_sight_seeing *by = seeing;
	enum zv_sight sight;
	enum zv_code code = zv_sight_of(&sight, by->db, by->who, reg, record, err);

	*out = code == ZV_OK && sight != ZV_SIGHT_NONE;
	return code;
}

enum zv_sight zv_sight_least(const struct zv_who *who, const struct zv_register *reg)
{
	if (!zv_may_some(who, zv_sight_action(reg, false)))
		return ZV_SIGHT_NONE;
	if (is(reg, "item") && !zv_sight_items_all(who))
		return ZV_SIGHT_SHAPE;
	if (is_reference(reg) || zv_may(who, zv_sight_action(reg, false), (struct zv_object){-1, 0}))
		return ZV_SIGHT_FULL;
	return is(reg, "need") || is_org(reg) ? ZV_SIGHT_SHAPE : ZV_SIGHT_FULL; /* of the rest only what is one's own is seen at all */
}

bool zv_sight_column(const struct zv_register *reg, int column, enum zv_sight sight)
{
	static const char *const shape_of_need[] = {"item_id", "title",	       "okpd2",	 "state",    "dim", "qty_base",	 "tolerance_base",
						    "basis",   "requirements", "region", "earliest", "due", "partial", "visibility"};
	const char *name = reg->columns[column].name;

	if (sight == ZV_SIGHT_FULL)
		return true;
	if (sight == ZV_SIGHT_NONE)
		return false;
	if (is(reg, "org"))
		return strcmp(name, "phone") != 0 && strcmp(name, "note") != 0;
	if (is(reg, "site") || is(reg, "item"))
		return true;
	if (!is(reg, "need"))
		return false;
	for (size_t i = 0; i < ZV_LEN(shape_of_need); i++)
		if (strcmp(name, shape_of_need[i]) == 0)
			return true;
	return sight == ZV_SIGHT_NAMED && strcmp(name, "org_id") == 0;
}

/* The buyer's own words for a need, or the name of its item in their place. */
static enum zv_code mask_title(struct zv_record *need, struct zv_db *db, const struct zv_register *reg, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *items = zv_register_find("item");
	int title = zv_register_column(reg, "title");
	int64_t item_id = value_of(reg, need, "item_id", 0);
	struct zv_record item;
	enum zv_code code;

	if (item_id == 0)
		return ZV_OK;
	code = zv_record_by_id(&item, db, items, item_id, arena, err);
	if (code == ZV_OK)
		need->values[title] = item.values[zv_register_column(items, "name")];
	return code;
}

enum zv_code zv_sight_mask(struct zv_record *record, struct zv_db *db, const struct zv_register *reg, enum zv_sight sight, struct zv_arena *arena,
			   struct zv_err *err)
{
	if (sight == ZV_SIGHT_FULL)
		return ZV_OK;
	for (int i = 0; i < reg->n_columns; i++)
		if (!zv_sight_column(reg, i, sight))
			record->values[i] = (struct zv_value){.null = true};
	if (!is_org(reg)) /* the key of an organisation is found by full text, so it is no secret */
		record->source_key = ZV_STR("");
	record->batch_id = 0;
	record->line = 0;
	record->said_on = ZV_DATE_NONE;
	return is(reg, "need") ? mask_title(record, db, reg, arena, err) : ZV_OK;
}

enum zv_code zv_sight_record(struct zv_record *out, enum zv_sight *sight, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
			     struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record record;
	enum zv_code code = zv_record_by_uid(&record, db, reg, uid, arena, err);

	if (code == ZV_OK)
		code = zv_sight_of(sight, db, who, reg, &record, err);
	if (code == ZV_E_NOTFOUND || (code == ZV_OK && *sight == ZV_SIGHT_NONE))
		return zv_fail(err, ZV_E_NOTFOUND, reg->name, N_("There is no “%.*s” in %s."), ZV_STR_FMT(uid), reg->plural);
	if (code == ZV_OK)
		code = zv_sight_mask(&record, db, reg, *sight, arena, err);
	if (code == ZV_OK)
		*out = record;
	return code;
}

void zv_sight_key(struct zv_buf *out, const struct zv_who *who)
{
	zv_buf_addf(out, "%" PRIx64 ",%" PRIx64, who->scopes[0], who->scopes[1]);
	for (int i = 0; i < who->n_grants; i++)
		zv_buf_addf(out, ";%d,%" PRId64 ",%" PRId64, (int)who->grants[i].role, who->grants[i].centre_id, who->grants[i].org_id);
}

/* --- disclosure control ----------------------------------------------------------------------------------------------------- */

static enum zv_code number_setting(int *out, struct zv_db *db, const char *name, int otherwise, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_str text;
	int64_t number;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_setting_get(&text, db, name, &arena, err);
	if (code == ZV_OK)
		*out = zv_str_int(&number, text) && number > 0 && number <= 1000 ? (int)number : otherwise;
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_disclosure_rule_load(struct zv_disclosure_rule *out, struct zv_db *db, struct zv_err *err)
{
	enum { K = 3, PERCENT = 75 };
	enum zv_code code = number_setting(&out->k, db, "disclosure.k", K, err);

	return code == ZV_OK ? number_setting(&out->percent, db, "disclosure.percent", PERCENT, err) : code;
}

bool zv_disclosure_allows(const struct zv_disclosure_rule *rule, size_t n_orgs, int64_t largest, int64_t total)
{
	return n_orgs >= (size_t)rule->k && (zv_i128)largest * 100 <= (zv_i128)total * rule->percent;
}
