/* Planned records: found in the store or new, then written in the order planned; all of a row or nothing of it. */
#include <string.h>

#include "app/import_find.h"
#include "app/import_run.h"
#include "app/name_keys.h"
#include "app/sight.h"

int zv_import_column_at(struct zv_import *im, const struct zv_register *reg, const char *column)
{
	size_t slot = (((uintptr_t)column >> 1) ^ ((uintptr_t)reg >> 4)) % COLUMN_SLOTS;

	for (size_t i = 0; i < COLUMN_SLOTS; i++, slot = (slot + 1) % COLUMN_SLOTS) {
		if (im->columns[slot].name == column && im->columns[slot].reg == reg)
			return im->columns[slot].at;
		if (im->columns[slot].name == NULL)
			break;
	}
	if (im->columns[slot].name != NULL)
		return zv_register_column(reg, column);
	im->columns[slot].name = column;
	im->columns[slot].reg = reg;
	im->columns[slot].at = zv_register_column(reg, column);
	return im->columns[slot].at;
}

void zv_import_rekey(struct zv_import *im, struct zv_record *record, struct zv_str source_key)
{
	struct zv_str space = zv_str_c(im->options->name_space);

	record->source_key = space.n == 0 ? source_key
					  : zv_arena_strf(&im->row_arena, "%.*s%.*s", ZV_STR_FMT(space), ZV_STR_FMT(source_key));
}

struct zv_record *zv_import_plan(struct zv_import *im, const struct zv_register *reg, struct zv_str source_key)
{
	struct zv_plan *plan;

	assert(im->n_plans < PLANS_MAX);
	plan = &im->plans[im->n_plans++];
	*plan = (struct zv_plan){ .reg = reg, .record = zv_arena_alloc(&im->row_arena, sizeof(*plan->record)) };
	*plan->record = (struct zv_record){
		.centre_id = im->centre_id,
		.batch_id = im->batch.id,
		.line = im->line,
		.said_on = im->said_on,
		.status = ZV_DECLARED,
	};
	zv_import_rekey(im, plan->record, source_key);
	for (int i = 0; i < reg->n_columns; i++)
		plan->record->values[i].null = true;
	return plan->record;
}

/* The latest plans are the ones asked for. */
struct zv_plan *zv_import_plan_of(struct zv_import *im, const struct zv_record *record)
{
	for (int i = im->n_plans - 1; i >= 0; i--)
		if (im->plans[i].record == record)
			return &im->plans[i];
	assert(!"a record of this row");
	return NULL;
}

static int column_of(struct zv_import *im, const struct zv_record *record, const char *column)
{
	const struct zv_register *reg = zv_import_plan_of(im, record)->reg;
	int at = zv_import_column_at(im, reg, column);

	assert(at >= 0 && "a column of the register");
	return at;
}

void zv_import_set_text(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str value)
{
	if (value.n > 0)
		record->values[column_of(im, record, column)] = (struct zv_value){ .s = value };
}

void zv_import_set_int(struct zv_import *im, struct zv_record *record, const char *column, int64_t value)
{
	record->values[column_of(im, record, column)] = (struct zv_value){ .i = value };
}

void zv_import_default_int(struct zv_import *im, struct zv_record *record, const char *column, int64_t value, int64_t instead_of)
{
	struct zv_plan *plan = zv_import_plan_of(im, record);

	assert(plan->n_defaults < DEFAULTS_MAX);
	plan->defaults[plan->n_defaults++] =
		(struct zv_plan_default){ .column = column_of(im, record, column), .value = value, .instead_of = instead_of };
}

void zv_import_default_text(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str value)
{
	struct zv_plan *plan = zv_import_plan_of(im, record);

	if (value.n == 0)
		return;
	assert(plan->n_defaults < DEFAULTS_MAX);
	plan->defaults[plan->n_defaults++] =
		(struct zv_plan_default){ .column = column_of(im, record, column), .instead_of = -1, .text = value };
}

void zv_import_set_ref(struct zv_import *im, struct zv_record *record, const char *column, struct zv_import_ref ref)
{
	struct zv_plan *plan = zv_import_plan_of(im, record);

	if (ref.planned == NULL) {
		if (ref.id != 0)
			zv_import_set_int(im, record, column, ref.id);
		return;
	}
	assert(plan->n_refs < REFS_MAX);
	plan->refs[plan->n_refs++] = (struct zv_plan_ref){ .column = column_of(im, record, column), .to = ref.planned };
}

static bool is_cleared(const struct zv_plan *plan, int column)
{
	return (plan->cleared >> column & 1) != 0;
}

/* Empty cells say nothing: what is stored stays, unless the row takes it away. */
static void keep_stored(const struct zv_plan *plan, struct zv_record *record)
{
	const struct zv_record *old = plan->old;

	for (int i = 0; i < plan->reg->n_columns; i++)
		if (record->values[i].null && !is_cleared(plan, i))
			record->values[i] = old->values[i];
	record->id = old->id;
	record->centre_id = old->centre_id;
	record->uid = old->uid;
	record->source_key = old->source_key;
}

static void apply_defaults(struct zv_plan *plan)
{
	for (int i = 0; i < plan->n_defaults; i++) {
		const struct zv_plan_default *def = &plan->defaults[i];
		struct zv_value *value = &plan->record->values[def->column];
		const struct zv_value *old = plan->old != NULL && !is_cleared(plan, def->column) ? &plan->old->values[def->column] : NULL;

		if (value->null && (old == NULL || old->null || (def->text.n == 0 && old->i == def->instead_of)))
			*value = (struct zv_value){ .i = def->value, .s = def->text };
	}
}

/* An item that the sender does not see: what he adds by the way neither changes it nor is refused for its sake. */
static enum zv_code is_hidden(bool *out, struct zv_import *im, const struct zv_register *reg, const struct zv_record *old, struct zv_err *err)
{
	bool seen = true;
	enum zv_code code = ZV_OK;

	if (old != NULL && im->options->sees_item != NULL && reg != im->reg && strcmp(reg->name, "item") == 0)
		code = im->options->sees_item(&seen, im->options->context, old->id, err);
	*out = !seen;
	return code;
}

/* One CAS number is one item; an item of the same name is the same unless both have numbers and they differ. */
static enum zv_code find_same_item(struct zv_record **out, struct zv_import *im, const struct zv_record *record, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("item");
	const int cas = zv_import_column_at(im, reg, "cas"), name = zv_import_column_at(im, reg, "name");
	struct zv_record *old;
	int64_t id = 0;
	bool hidden;
	enum zv_code code = ZV_OK;

	*out = NULL;
	if (!record->values[cas].null)
		code = zv_find_item_cas(&id, im->db, record->values[cas].s, err);
	if (code == ZV_OK && id == 0 && !record->values[name].null)
		code = zv_find_item_name(&id, im->db, record->values[name].s, err);
	if (code != ZV_OK || id == 0)
		return code;
	old = zv_arena_alloc(&im->row_arena, sizeof(*old));
	code = zv_record_by_id(old, im->db, reg, id, &im->row_arena, err);
	if (code != ZV_OK)
		return code;
	code = is_hidden(&hidden, im, reg, old, err);
	if (code != ZV_OK || hidden)
		return code;
	if (record->values[cas].null || old->values[cas].null || zv_str_eq(old->values[cas].s, record->values[cas].s))
		*out = old;
	return ZV_OK;
}

/* Most rows are new: no message is made for what is not there, and *out is NULL. */
static enum zv_code by_key(struct zv_record **out, struct zv_import *im, const struct zv_plan *plan, struct zv_err *err)
{
	struct zv_record *old = zv_arena_alloc(&im->row_arena, sizeof(*old));
	const struct zv_record *record = plan->record;
	enum zv_code code = zv_record_by_key(old, im->db, plan->reg, record->centre_id, record->source_key, &im->row_arena, NULL);

	if (code != ZV_OK && code != ZV_E_NOTFOUND)
		return zv_record_by_key(old, im->db, plan->reg, record->centre_id, record->source_key, &im->row_arena, err);
	*out = code == ZV_OK ? old : NULL;
	return ZV_OK;
}

/* Whether the stored row is of another organisation than the only one that this import may write. Contracts and the like have several owners: is_unseen. */
static bool is_foreign(struct zv_import *im, const struct zv_plan *plan, const struct zv_record *old)
{
	int at = zv_sight_related(plan->reg) ? -1 : zv_import_column_at(im, plan->reg, "org_id");

	return old != NULL && im->options->own_org != 0 && at >= 0 && !old->values[at].null && old->values[at].i != im->options->own_org;
}

static enum zv_code is_unseen(bool *out, struct zv_import *im, const struct zv_plan *plan, const struct zv_record *old, struct zv_err *err)
{
	bool seen = true;
	enum zv_code code = ZV_OK;

	if (old != NULL && im->options->sees_row != NULL && zv_sight_related(plan->reg))
		code = im->options->sees_row(&seen, im->options->context, plan->reg, old, err);
	*out = *out || !seen;
	return code;
}

/* The key that another organisation uses is nobody else's business: one's own row of that key has a suffix, without a word about it. */
static enum zv_code by_own_key(struct zv_record **out, struct zv_import *im, const struct zv_plan *plan, struct zv_err *err)
{
	bool hidden = false;
	enum zv_code code = by_key(out, im, plan, err);

	if (code == ZV_OK)
		code = is_hidden(&hidden, im, plan->reg, *out, err);
	if (code == ZV_OK)
		code = is_unseen(&hidden, im, plan, *out, err);
	if (code != ZV_OK || (!hidden && !is_foreign(im, plan, *out)))
		return code;
	plan->record->source_key = zv_arena_strf(&im->row_arena, "%.*s@%" PRId64, ZV_STR_FMT(plan->record->source_key), im->options->own_org);
	return by_key(out, im, plan, err);
}

/* Of an import that may write one organisation only, every row of the register of organisations is about that one, or about none (then it is refused). */
static enum zv_code find_own_org(struct zv_record **out, struct zv_import *im, const struct zv_record *record, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	const int inn = zv_import_column_at(im, reg, "inn"), name = zv_import_column_at(im, reg, "name");
	struct zv_record *own = zv_arena_alloc(&im->row_arena, sizeof(*own));
	enum zv_code code = zv_record_by_id(own, im->db, reg, im->options->own_org, &im->row_arena, err);
	bool same;

	if (code != ZV_OK)
		return code;
	same = zv_str_eq(own->source_key, record->source_key) || zv_str_eq(own->uid, record->source_key);
	if (!record->values[inn].null && !own->values[inn].null)
		same = zv_str_eq(own->values[inn].s, record->values[inn].s);
	else if (!record->values[name].null && !own->values[name].null)
		same = same || zv_str_eq(own->values[name].s, record->values[name].s);
	*out = same ? own : NULL;
	return ZV_OK;
}

static struct zv_plan *first_of(struct zv_import *im, const struct zv_register *reg)
{
	for (int i = 0; i < im->n_plans; i++)
		if (im->plans[i].reg == reg)
			return &im->plans[i];
	return NULL;
}

/* By hand an organisation may get the number of another one: that one is meant, and this row stays as it is. */
static enum zv_code check_other_org(struct zv_import *im, const struct zv_plan *plan, struct zv_err *err)
{
	const struct zv_value *said = &plan->record->values[zv_import_column_at(im, plan->reg, "inn")];
	const struct zv_value *stored = &plan->old->values[zv_import_column_at(im, plan->reg, "inn")];
	struct zv_record *same;
	struct zv_err fault;
	bool pair;
	enum zv_code code;

	if (said->null || (!stored->null && zv_str_eq(said->s, stored->s)))
		return ZV_OK;
	code = zv_import_dup_check(&same, &pair, im, plan->record, err);
	im->notes.n = 0; /* who is alike is asked when organisations are added */
	im->found.n = 0;
	if (code != ZV_OK || same == NULL || same->id == plan->old->id)
		return code;
	(void)zv_fail(&fault, ZV_E_CONFLICT, "inn", N_("Another organisation in the register has the INN %.*s. If both are one, merge them."),
		      ZV_STR_FMT(said->s));
	zv_import_fault(im, &fault);
	return ZV_OK;
}

/* Finds the stored row. *pair: an organisation that a person must decide on. */
static enum zv_code find_stored(bool *pair, struct zv_import *im, struct zv_plan *plan, struct zv_err *err)
{
	bool is_org = strcmp(plan->reg->name, "org") == 0;
	enum zv_code code;

	*pair = false;
	if (plan->old != NULL)
		return ZV_OK;
	if (im->options->old != NULL && plan == first_of(im, im->reg)) {
		plan->old = zv_arena_alloc(&im->row_arena, sizeof(*plan->old));
		*plan->old = *im->options->old;
		return is_org ? check_other_org(im, plan, err) : ZV_OK;
	}
	if (is_org && im->options->own_org != 0)
		return find_own_org(&plan->old, im, plan->record, err);
	code = by_own_key(&plan->old, im, plan, err);
	if (code != ZV_OK || plan->old != NULL)
		return code;
	if (is_org)
		return zv_import_dup_check(&plan->old, pair, im, plan->record, err);
	if (strcmp(plan->reg->name, "item") == 0)
		return find_same_item(&plan->old, im, plan->record, err);
	return ZV_OK;
}

static enum zv_code check_twice(struct zv_import *im, const struct zv_plan *plan, struct zv_err *err)
{
	int64_t line = zv_import_seen_put(&im->seen, plan->record->source_key, im->line);

	if (line == 0 || line == im->line)
		return ZV_OK;
	if (im->made_key.n > 0 && zv_str_ends(plan->record->source_key, im->made_key))
		return zv_fail(err, ZV_E_CONFLICT, "key",
			       N_("Line %" PRId64 " is about the same already. If both are to stay, give each row a key of its own (column key); else delete one."), line);
	return zv_fail(err, ZV_E_CONFLICT, "key",
		       N_("The same key stands in line %" PRId64 " already: “%.*s”. Give each row its own key, or delete one."), line,
		       ZV_STR_FMT(plan->record->source_key));
}

static enum zv_code write_plan(int *changed, struct zv_import *im, struct zv_plan *plan, struct zv_err *err)
{
	enum zv_code code;

	for (int i = 0; i < plan->n_refs; i++)
		plan->record->values[plan->refs[i].column] = (struct zv_value){ .i = plan->refs[i].to->id };
	apply_defaults(plan);
	zv_name_keys_fill(plan->reg, plan->record, &im->row_arena);
	*changed = 0;
	if (plan->old == NULL) {
		code = zv_record_insert(im->db, plan->reg, plan->record, &im->row_arena, err);
		if (code == ZV_OK) {
			im->writes++;
			if (im->dups != NULL && strcmp(plan->reg->name, "org") == 0)
				zv_dup_index_add(im->dups, plan->record, &im->row_arena);
		}
		return code;
	}
	keep_stored(plan, plan->record);
	code = zv_record_change(changed, im->db, plan->reg, plan->old, plan->record, err);
	if (code == ZV_OK && *changed > 0) {
		im->writes++;
		if (im->dups != NULL && strcmp(plan->reg->name, "org") == 0)
			zv_dup_index_forget(im->dups, plan->record->id);
	}
	return code;
}

/* The row counts by its first record of the main register; a change of another of its records makes a "same" row "changed". */
static enum zv_code write_all(enum zv_row_class *out, struct zv_import *im, struct zv_err *err)
{
	bool main_seen = false, any = false;

	*out = ROW_SAME;
	for (int i = 0; i < im->n_plans; i++) {
		struct zv_plan *plan = &im->plans[i];
		int changed;
		enum zv_code code = write_plan(&changed, im, plan, err);

		if (code != ZV_OK)
			return code;
		if (plan->reg == im->reg && !main_seen) {
			main_seen = true;
			*out = plan->old == NULL ? ROW_NEW : changed > 0 ? ROW_CHANGED : ROW_SAME;
		}
		any = any || plan->old == NULL || changed > 0;
	}
	if (*out == ROW_SAME && any)
		*out = ROW_CHANGED;
	return ZV_OK;
}

/* Before anything is written: a fault here is the row's own. */
enum zv_code zv_import_check_row(struct zv_import *im, struct zv_err *err)
{
	for (int i = 0; i < im->n_plans; i++)
		if (im->plans[i].reg == im->reg)
			return check_twice(im, &im->plans[i], err);
	return ZV_OK;
}

/* The line whose row is this very organisation or item, under whatever key; 0: none so far. */
static int64_t line_of_id(struct zv_import *im, const struct zv_register *reg, int64_t id)
{
	char text[40];
	int n = snprintf(text, sizeof(text), "\x1f%d %" PRId64, reg->entity, id);
	int64_t line = zv_import_seen_put(&im->seen, (struct zv_str){ text, (size_t)n }, im->line);

	return line == im->line ? 0 : line;
}

/* Organisations and items are themselves under any key: two rows about one would overrule each other at every import. */
static bool is_known_by_itself(const struct zv_register *reg)
{
	return strcmp(reg->name, "org") == 0 || strcmp(reg->name, "item") == 0;
}

/* The record as it would be stored. True when that is anything new. */
static bool as_stored(struct zv_record *out, struct zv_plan *plan)
{
	struct zv_record *planned = plan->record;
	bool changes = plan->old == NULL || plan->n_refs > 0;

	*out = *planned;
	plan->record = out;
	apply_defaults(plan);
	if (plan->old != NULL)
		keep_stored(plan, out);
	plan->record = planned;
	for (int i = 0; plan->old != NULL && i < plan->reg->n_columns && !changes; i++) {
		const struct zv_value *a = &out->values[i], *b = &plan->old->values[i];

		if (!plan->reg->columns[i].fact)
			continue;
		changes = a->null != b->null || (!a->null && (plan->reg->columns[i].type == ZV_COL_TEXT ? !zv_str_eq(a->s, b->s) : a->i != b->i));
	}
	return changes;
}

/* Asks whether everything that the row wants may be; otherwise it is an error and *allowed false. */
static enum zv_code ask_allowed(bool *allowed, struct zv_import *im, struct zv_err *err)
{
	struct zv_record record;
	bool main_seen = false;

	*allowed = true;
	for (int i = 0; im->options->allow != NULL && i < im->n_plans; i++) {
		struct zv_plan *plan = &im->plans[i];
		struct zv_import_write write = {.reg = plan->reg, .old = plan->old, .record = &record};
		struct zv_err fault;
		enum zv_code code;

		write.changes = as_stored(&record, plan);
		write.main = plan->reg == im->reg && !main_seen;
		write.own_file = im->profile == im->kind->profiles[0];
		main_seen = main_seen || plan->reg == im->reg;
		code = im->options->allow(im->options->context, &write, &fault);
		if (code == ZV_OK)
			continue;
		if (code != ZV_E_DENIED) { /* not this row's own matter */
			*err = fault;
			return code;
		}
		zv_import_fault(im, &fault);
		*allowed = false;
		return ZV_OK;
	}
	return ZV_OK;
}

static void note_twice(struct zv_import *im, int64_t line)
{
	struct zv_err fault;

	(void)zv_fail(&fault, ZV_E_CONFLICT, "key",
		      N_("Line %" PRId64 " is about the same one, under another key. Leave one of the rows, or bring them together."), line);
	zv_import_fault(im, &fault);
}

enum zv_code zv_import_write_row(enum zv_row_class *out, struct zv_import *im, struct zv_err *err)
{
	struct zv_plan *first = NULL;
	bool any_pair = false, any_fault = false, allowed;
	enum zv_code code;

	for (int i = 0; i < im->n_plans; i++) {
		bool pair;

		code = find_stored(&pair, im, &im->plans[i], err);
		if (code != ZV_OK)
			return code;
		any_pair = any_pair || pair;
		if (first == NULL && im->plans[i].reg == im->reg)
			first = &im->plans[i];
	}
	for (size_t i = 0; i < im->notes.n; i++)
		any_fault = any_fault || im->notes.p[i].level == ZV_IMPORT_ERROR;
	if (any_pair || any_fault) {
		*out = any_fault ? ROW_ERROR : ROW_DUPLICATE;
		return ZV_OK;
	}
	if (first != NULL && first->old != NULL && is_known_by_itself(im->reg)) {
		int64_t line = line_of_id(im, im->reg, first->old->id);

		if (line != 0) {
			note_twice(im, line);
			*out = ROW_ERROR;
			return ZV_OK;
		}
	}
	code = ask_allowed(&allowed, im, err);
	if (code != ZV_OK || !allowed) {
		*out = ROW_ERROR;
		return code;
	}
	if (im->options->look) {
		*out = first != NULL && first->old == NULL ? ROW_NEW : ROW_CHANGED;
		return ZV_OK;
	}
	code = write_all(out, im, err);
	if (code == ZV_OK && first != NULL && first->old == NULL && is_known_by_itself(im->reg))
		(void)line_of_id(im, im->reg, first->record->id);
	return code;
}
