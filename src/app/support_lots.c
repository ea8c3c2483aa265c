/* Cost lines of a project's start batch out of today's lot of its item: what each participant takes, at the price of the lot. */
#include "app/find.h"
#include "app/lots_run.h"
#include "app/row_edit.h"
#include "app/sight.h"
#include "app/support_inner.h"
#include "app/view_lots.h"
#include "base/tr.h"
#include "model/quantity.h"
#include "store/project_read.h"

enum { LOTS = 10000 };

static const char category[] = "start_batch";

/* The lot of the item as the person sees it, with its members. */
static enum zv_code find_lot(struct zv_view_lot *out, struct zv_db *db, const struct zv_who *who, struct zv_str item_uid, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_view_run run;
	struct zv_view_lot *lots = NULL;
	size_t n = 0;
	enum zv_code code = zv_view_run(&run, db, who, arena, err);

	if (code == ZV_OK)
		code = zv_view_lots(&lots, &n, db, who, &run, 0, LOTS, arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (zv_str_eq(lots[i].lot.item_uid, item_uid))
			return zv_view_lot(out, db, who, lots[i].lot.uid, arena, err);
	if (code != ZV_OK && code != ZV_E_NOTFOUND)
		return code;
	return zv_fail(err, ZV_E_CONFLICT, "item", N_("No lot that you see is about the item of this project. Compute the lots, or write the cost lines by hand."));
}

struct lines {
	const struct zv_record *project;
	const struct zv_lots_lot *lot;
	zv_date on;
	struct zv_support_lot_line *list;
	size_t n;
};

/* All that one organisation takes of the lot: it may have several needs in it. */
static int64_t quantity_of(const struct zv_lots_lot *lot, struct zv_str org_uid)
{
	int64_t sum = 0;

	for (size_t i = 0; i < lot->n_members; i++)
		if (!lot->members[i].masked && zv_str_eq(lot->members[i].org_uid, org_uid))
			sum += lot->members[i].firm_base + lot->members[i].extra_base;
	return sum;
}

/* The line that stands for the start batch already: the first of this category. */
static enum zv_code find_line(struct zv_str *uid, struct zv_db *db, int64_t project_id, int64_t org_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_project_cost_row *rows = NULL;
	size_t n = 0;
	enum zv_code code = zv_project_cost_rows(&rows, &n, db, project_id, org_id, arena, err);

	*uid = ZV_STR("");
	for (size_t i = 0; i < n && code == ZV_OK && uid->n == 0; i++)
		if (zv_str_eq_c(rows[i].category, category))
			*uid = rows[i].uid;
	return code;
}

static enum zv_code write_line(struct lines *lines, struct zv_db *db, const struct zv_who *who, int64_t org_id, struct zv_str org_uid, int64_t qty,
			       struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project_cost");
	char amount[ZV_QUANTITY_TEXT], price[ZV_PRICE_TEXT];
	struct zv_row_edit_options options = {.who = who, .org_id = org_id, .said_on = lines->on};
	struct zv_row_edit edit = {0};
	struct zv_support_lot_line *line = &lines->list[lines->n];
	struct zv_record row;
	struct zv_str old;
	enum zv_code code = find_line(&old, db, lines->project->id, org_id, arena, err);

	zv_quantity_format(amount, qty, lines->lot->dim);
	zv_price_format_exact(price, lines->lot->price, lines->lot->dim);
	struct zv_row_field said[] = {
		{.name = ZV_STR("project"), .value = lines->project->uid},
		{.name = ZV_STR("org_key"), .value = org_uid},
		{.name = ZV_STR("category"), .value = zv_str_c(category)},
		{.name = ZV_STR("title"), .value = lines->lot->item},
		{.name = ZV_STR("supplier_key"), .value = lines->lot->maker_uid},
		{.name = ZV_STR("qty"), .value = zv_str_c(amount)},
		{.name = ZV_STR("price"), .value = zv_str_c(price)},
	};

	if (code == ZV_OK && old.n > 0) {
		code = zv_record_by_uid(&row, db, reg, old, arena, err);
		if (code == ZV_OK)
			code = zv_row_set(&edit, db, reg, &row, said + 4, ZV_LEN(said) - 4, &options, arena, err);
	} else if (code == ZV_OK) {
		code = zv_row_add(&edit, db, reg, said, ZV_LEN(said), &options, arena, err);
	}
	if (code == ZV_OK) {
		line->uid = zv_str_dup(arena, edit.record.uid);
		line->qty = zv_arena_strf(arena, "%s", amount);
		line->sum_kop = support_number(reg, &edit.record, "sum_kop", 0);
		line->fresh = old.n == 0;
		line->changed = edit.changed;
	}
	zv_row_edit_done(&edit);
	return code;
}

/* One participant; lines that this person may not write are left to those who may. */
static enum zv_code one_org(struct lines *lines, struct zv_db *db, const struct zv_who *who, int64_t org_id, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_record org;
	int64_t qty;
	enum zv_code code = zv_record_by_id(&org, db, reg, org_id, arena, err);

	if (code != ZV_OK)
		return code;
	qty = quantity_of(lines->lot, org.uid);
	if (qty == 0 || !zv_may(who, ZV_DO_RECORD_WRITE, zv_sight_object(reg, &org)))
		return ZV_OK;
	code = write_line(lines, db, who, org_id, org.uid, qty, arena, err);
	if (code != ZV_OK)
		return code;
	lines->list[lines->n].org_uid = org.uid;
	lines->list[lines->n].org = support_text(reg, &org, "name");
	lines->n++;
	return ZV_OK;
}

enum zv_code zv_support_costs_from_lots(struct zv_support_lots *out, struct zv_db *db, const struct zv_who *who, struct zv_str project, zv_date on,
					struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project");
	struct lines lines = {.on = on};
	struct zv_view_lot lot;
	struct zv_record row, item;
	enum zv_sight sight;
	int64_t *orgs = NULL, item_id = 0;
	size_t n = 0;
	enum zv_code code = zv_find_seen(&row, &sight, db, who, reg, project, arena, err);

	if (code == ZV_OK)
		item_id = support_number(reg, &row, "item_id", 0);
	if (code == ZV_OK && item_id == 0)
		return zv_fail(err, ZV_E_CONFLICT, "item", N_("The project has no item, so no lot can be its start batch. Say which item the project is about."));
	if (code == ZV_OK)
		code = zv_record_by_id(&item, db, zv_register_find("item"), item_id, arena, err);
	if (code == ZV_OK)
		code = find_lot(&lot, db, who, item.uid, arena, err);
	if (code == ZV_OK)
		code = zv_as_of(&lines.on, db, on, err);
	if (code == ZV_OK)
		code = zv_project_org_ids(&orgs, &n, db, row.id, arena, err);
	lines.project = &row;
	lines.lot = &lot.lot;
	lines.list = ZV_ARENA_ARRAY(arena, struct zv_support_lot_line, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = one_org(&lines, db, who, orgs[i], arena, err);
	if (code == ZV_OK && lines.n == 0)
		return zv_fail(err, ZV_E_CONFLICT, "lot", N_("No participant of the project whose cost lines you may write takes part in the lot."));
	if (code == ZV_OK)
		*out = (struct zv_support_lots){lot.lot.uid, lot.lot.maker_uid, lot.lot.maker, lines.list, lines.n};
	return code;
}
