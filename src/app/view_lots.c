/* Lots out of the store, joined with what they refer to; what is not kept (the curve, the nearest lots) is computed anew. */
#include "app/view_lots.h"

#include <string.h>

#include "app/lots_sight.h"
#include "app/lots_text.h"
#include "base/map.h"
#include "base/tr.h"
#include "store/lots.h"
#include "store/register.h"

enum { NEAR_MAX = 4 };

/* --- columns by name ---------------------------------------------------------------------------------------------------- */

static const struct zv_value *value_of(const struct zv_record *record, const char *reg, const char *column)
{
	static const struct zv_value none = {.null = true};
	int at = zv_register_column(zv_register_find(reg), column);

	return at < 0 ? &none : &record->values[at];
}

static struct zv_str text_of(const struct zv_record *record, const char *reg, const char *column)
{
	const struct zv_value *value = value_of(record, reg, column);

	return value->null ? ZV_STR("") : value->s;
}

static int64_t int_of(const struct zv_record *record, const char *reg, const char *column)
{
	const struct zv_value *value = value_of(record, reg, column);

	return value->null ? 0 : value->i;
}

static enum zv_code row(struct zv_record *out, struct zv_db *db, const char *reg, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	return zv_record_by_id(out, db, zv_register_find(reg), id, arena, err);
}

/* --- the run ------------------------------------------------------------------------------------------------------------ */

/* Sums over all lots are for those who see all lots, whole or not. */
static bool sees_sums(const struct zv_who *who)
{
	for (int i = 0; i < who->n_grants; i++)
		if (zv_rights_reach(who->grants[i].role, ZV_DO_LOT_READ) >= ZV_REACH_CENTRE)
			return true;
	return false;
}

enum zv_code zv_view_run(struct zv_view_run *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lot_run_row run;
	struct zv_lot_row *lots;
	int64_t *seen;
	size_t n, n_seen;
	enum zv_code code = zv_lot_run_latest(&run, db, arena, err);

	if (code == ZV_OK)
		code = zv_lots_seen(&seen, &n_seen, db, who, run.id, arena, err);
	if (code != ZV_OK)
		return code;
	*out = (struct zv_view_run){.id = run.id, .uid = ZV_STR(""), .as_of = run.as_of, .lots = (int64_t)n_seen, .sums = sees_sums(who)};
	if (zv_may(who, ZV_DO_LOT_READ, (struct zv_object){-1, 0})) /* a new name tells that somebody's needs or offers have changed */
		out->uid = run.uid;
	if (!out->sums)
		return ZV_OK;
	out->needs = run.n_needs;
	out->alone_needs = run.alone_needs;
	out->alone_kop = run.alone_kop;
	out->pooled_needs = run.pooled_needs;
	out->pooled_kop = run.pooled_kop;
	code = zv_lots_of_run(&lots, &n, db, run.id, arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (!zv_add(&out->pooled_base[lots[i].dim], out->pooled_base[lots[i].dim], lots[i].qty_base))
			return zv_fail(err, ZV_E_LIMIT, "quantity", N_("The quantities of all lots together do not fit."));
	return code;
}

/* --- one lot ------------------------------------------------------------------------------------------------------------ */

static enum zv_code join_offer(struct zv_lots_lot *lot, struct zv_db *db, int64_t offer_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record offer, org;
	enum zv_code code = row(&offer, db, "offer", offer_id, arena, err);

	if (code == ZV_OK)
		code = row(&org, db, "org", int_of(&offer, "offer", "org_id"), arena, err);
	if (code != ZV_OK)
		return code;
	lot->offer = offer.source_key;
	lot->offer_uid = offer.uid;
	lot->maker = text_of(&org, "org", "name");
	lot->maker_uid = org.uid;
	lot->maker_region = text_of(&offer, "offer", "region");
	if (lot->maker_region.n == 0)
		lot->maker_region = text_of(&org, "org", "region");
	return ZV_OK;
}

static enum zv_code join_member(struct zv_lots_member *member, struct zv_str *required, struct zv_db *db, const struct zv_lot_need_row *link, struct zv_arena *arena,
				struct zv_err *err)
{
	struct zv_record need, org;
	enum zv_code code = row(&need, db, "need", link->need_id, arena, err);

	if (code == ZV_OK)
		code = row(&org, db, "org", int_of(&need, "need", "org_id"), arena, err);
	if (code != ZV_OK)
		return code;
	*member = (struct zv_lots_member){
		.need = need.source_key,
		.need_uid = need.uid,
		.org = text_of(&org, "org", "name"),
		.org_uid = org.uid,
		.region = text_of(&need, "need", "region"),
		.firm_base = link->firm_base,
		.extra_base = link->extra_base,
		.cost_kop = link->cost_kop,
		.freight_kop = link->freight_kop,
		.ceiling = {int_of(&need, "need", "ceiling_kop"), int_of(&need, "need", "ceiling_per")},
		.due = value_of(&need, "need", "due")->null ? ZV_DATE_NONE : (zv_date)int_of(&need, "need", "due"),
	};
	*required = text_of(&need, "need", "requirements");
	if (member->region.n == 0)
		member->region = text_of(&org, "org", "region");
	if (member->ceiling.per == 0)
		member->ceiling.kop = 0;
	return ZV_OK;
}

/* What the members ask for, each once. */
static void add_wishes(struct zv_lots_lot *lot, const struct zv_lots_member *members, const struct zv_str *required, size_t n, struct zv_arena *arena)
{
	zv_date *dues = ZV_ARENA_ARRAY(arena, zv_date, n + 1);
	struct zv_str *texts = ZV_ARENA_ARRAY(arena, struct zv_str, n + 1);

	for (size_t i = 0; i < n; i++) {
		bool has_due = members[i].due == ZV_DATE_NONE, has_text = required[i].n == 0;

		for (size_t k = 0; k < lot->n_dues && !has_due; k++)
			has_due = dues[k] == members[i].due;
		for (size_t k = 0; k < lot->n_required && !has_text; k++)
			has_text = zv_str_eq(texts[k], required[i]);
		if (!has_due)
			dues[lot->n_dues++] = members[i].due;
		if (!has_text)
			texts[lot->n_required++] = required[i];
	}
	lot->dues = dues;
	lot->required = texts;
}

static enum zv_code join_members(struct zv_lots_lot *lot, struct zv_db *db, int64_t lot_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lot_need_row *links;
	struct zv_lots_member *members;
	struct zv_map orgs, regions;
	struct zv_str *required;
	size_t n;
	enum zv_code code = zv_lot_needs(&links, &n, db, lot_id, arena, err);

	if (code != ZV_OK)
		return code;
	zv_map_init(&orgs);
	zv_map_init(&regions);
	members = ZV_ARENA_ARRAY(arena, struct zv_lots_member, n + 1);
	required = ZV_ARENA_ARRAY(arena, struct zv_str, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		code = join_member(&members[i], &required[i], db, &links[i], arena, err);
		if (code != ZV_OK)
			break;
		zv_map_put(&orgs, members[i].org_uid, 0);
		zv_map_put(&regions, members[i].region, 0);
		if (!zv_add(&lot->freight_kop, lot->freight_kop, members[i].freight_kop))
			code = zv_fail(err, ZV_E_LIMIT, "freight_kop", N_("The freight of all buyers together does not fit."));
	}
	if (code == ZV_OK)
		add_wishes(lot, members, required, n, arena);
	lot->members = members;
	lot->n_members = n;
	lot->n_orgs = (int)orgs.n;
	lot->n_regions = (int)regions.n;
	zv_map_done(&orgs);
	zv_map_done(&regions);
	return code;
}

/* In English by its English name where there is one, as the command line has it. */
static struct zv_str item_name(const struct zv_record *item)
{
	struct zv_str name = text_of(item, "item", "name_en");

	return strcmp(zv_tr_lang(), "en") == 0 && name.n > 0 ? name : text_of(item, "item", "name");
}

static enum zv_code join_lot(struct zv_view_lot *out, struct zv_db *db, const struct zv_lot_row *stored, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record item;
	struct zv_lots_lot *lot = &out->lot;
	enum zv_code code = row(&item, db, "item", stored->item_id, arena, err);

	if (code != ZV_OK)
		return code;
	*out = (struct zv_view_lot){0};
	*lot = (struct zv_lots_lot){
		.uid = stored->uid,
		.item = item_name(&item),
		.item_uid = item.uid,
		.item_cas = text_of(&item, "item", "cas"),
		.dim = (enum zv_dim)stored->dim,
		.qty_base = stored->qty_base,
		.firm_base = stored->firm_base,
		.price = zv_price_of(stored->total_kop, stored->qty_base),
		.total_kop = stored->total_kop,
		.ready_on = stored->ready_on,
		.proved = stored->proved,
	};
	code = join_offer(lot, db, stored->offer_id, arena, err);
	return code == ZV_OK ? join_members(lot, db, stored->id, arena, err) : code;
}

static enum zv_code stored_lot(struct zv_lot_row *out, const struct zv_lot_row *lots, size_t n, int64_t id, struct zv_err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (lots[i].id != id)
			continue;
		*out = lots[i];
		return ZV_OK;
	}
	return zv_fail(err, ZV_E_NOTFOUND, "lot", N_("The lot is not there any more: reload the page."));
}

enum zv_code zv_view_lots(struct zv_view_lot **out, size_t *n, struct zv_db *db, const struct zv_who *who, const struct zv_view_run *run, size_t from,
			  size_t limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lot_row *stored;
	int64_t *ids;
	size_t all, n_stored;
	enum zv_code code = zv_lots_of_run(&stored, &n_stored, db, run->id, arena, err);

	if (code == ZV_OK)
		code = zv_lots_seen(&ids, &all, db, who, run->id, arena, err);
	if (code != ZV_OK)
		return code;
	*n = from >= all ? 0 : all - from < limit ? all - from : limit;
	*out = ZV_ARENA_ARRAY(arena, struct zv_view_lot, *n + 1);
	for (size_t i = 0; i < *n && code == ZV_OK; i++) {
		struct zv_lot_row lot;

		code = stored_lot(&lot, stored, n_stored, ids[from + i], err);
		if (code == ZV_OK)
			code = join_lot(&(*out)[i], db, &lot, arena, err);
		if (code == ZV_OK)
			code = zv_lots_mask_lot(&(*out)[i], db, who, arena, err);
	}
	return code;
}

/* The computation of today for one item: the curve of the offer, or what the lot lacks now. */
static enum zv_code add_today(struct zv_view_lot *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE, .item = out->lot.item_uid};
	struct zv_lots_result now;
	enum zv_code code = zv_lots_run(&now, db, &options, arena, err);

	if (code != ZV_OK)
		return code;
	out->changed = true;
	for (size_t i = 0; i < now.n_lots; i++) {
		if (!zv_str_eq(now.lots[i].offer_uid, out->lot.offer_uid))
			continue;
		out->lot.curve = now.lots[i].curve;
		out->lot.n_curve = now.lots[i].n_curve;
		if (now.lots[i].qty_base == out->lot.qty_base && now.lots[i].total_kop == out->lot.total_kop &&
		    now.lots[i].n_members == out->lot.n_members) {
			out->lot.price = now.lots[i].price;
			out->changed = false;
			break;
		}
	}
	for (size_t i = 0; i < now.n_unfilled; i++)
		if (out->changed && zv_str_eq(now.unfilled[i].offer, out->lot.offer) && zv_str_eq(now.unfilled[i].maker, out->lot.maker))
			out->near = now.unfilled[i];
	return ZV_OK;
}

enum zv_code zv_view_lot(struct zv_view_lot *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			 struct zv_err *err)
{
	struct zv_lot_row stored;
	bool seen = false;
	enum zv_code code = zv_lot_by_uid(&stored, db, uid, arena, err);

	if (code == ZV_OK)
		code = zv_lot_is_seen(&seen, db, who, stored.run_id, stored.id, arena, err);
	if (code == ZV_E_NOTFOUND || (code == ZV_OK && !seen))
		return zv_fail(err, ZV_E_NOTFOUND, "lot", N_("There is no lot “%.*s”."), ZV_STR_FMT(uid));
	if (code == ZV_OK)
		code = join_lot(out, db, &stored, arena, err);
	if (code == ZV_OK)
		code = add_today(out, db, arena, err);
	return code == ZV_OK ? zv_lots_mask_lot(out, db, who, arena, err) : code;
}

/* --- one need ------------------------------------------------------------------------------------------------------------ */

static enum zv_code why_in(struct zv_view_why *out, struct zv_db *db, const struct zv_who *who, int64_t run_id, const struct zv_lot_need_row *link, struct zv_arena *arena,
			   struct zv_err *err)
{
	struct zv_lot_row *lots;
	struct zv_lot_row stored;
	size_t n;
	enum zv_code code = zv_lots_of_run(&lots, &n, db, run_id, arena, err);

	if (code == ZV_OK)
		code = stored_lot(&stored, lots, n, link->lot_id, err);
	if (code == ZV_OK)
		code = join_lot(&out->lot, db, &stored, arena, err);
	if (code == ZV_OK)
		code = zv_lots_mask_lot(&out->lot, db, who, arena, err);
	out->in_lot = code == ZV_OK;
	out->firm_base = link->firm_base;
	out->extra_base = link->extra_base;
	out->cost_kop = link->cost_kop;
	return code;
}

static enum zv_code why_not(struct zv_view_why *out, struct zv_db *db, const struct zv_record *need, const struct zv_lot_miss_row *miss,
			    struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lots_lot offer = {0};
	struct zv_record record;
	struct zv_lots_why why = {
		.code = miss->code,
		.dim = (enum zv_dim)int_of(need, "need", "dim"),
		.firm_base = int_of(need, "need", "qty_base"),
		.have = miss->have,
		.want = miss->want,
		.lack = miss->lack,
		.size_base = miss->size_base,
		.price = {miss->price_kop, miss->price_per},
		.ceiling = {int_of(need, "need", "ceiling_kop"), int_of(need, "need", "ceiling_per")},
		.required = text_of(need, "need", "requirements"),
	};
	enum zv_code code = ZV_OK;

	if (miss->offer_id != 0) {
		code = join_offer(&offer, db, miss->offer_id, arena, err);
		if (code == ZV_OK)
			code = row(&record, db, "offer", miss->offer_id, arena, err);
		if (code != ZV_OK)
			return code;
		why.maker = offer.maker;
		why.offered = text_of(&record, "offer", "properties");
	}
	out->has_miss = true;
	out->code = miss->code;
	out->text = zv_lots_why_text(&why, arena);
	return code;
}

/* What did not come about for the item of the need, as it is now. */
static enum zv_code add_near(struct zv_view_why *out, struct zv_db *db, const struct zv_who *who, const struct zv_record *need, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE};
	struct zv_lots_result now;
	struct zv_record item;
	enum zv_code code;

	if (int_of(need, "need", "item_id") == 0)
		return ZV_OK;
	code = row(&item, db, "item", int_of(need, "need", "item_id"), arena, err);
	if (code != ZV_OK)
		return code;
	options.item = item.uid;
	code = zv_lots_run(&now, db, &options, arena, err);
	if (code == ZV_OK)
		code = zv_lots_mask_unfilled(now.unfilled, &now.n_unfilled, db, who, arena, err);
	if (code != ZV_OK)
		return code;
	out->near = now.unfilled;
	out->n_near = now.n_unfilled < NEAR_MAX ? now.n_unfilled : NEAR_MAX;
	return ZV_OK;
}

enum zv_code zv_view_why(struct zv_view_why *out, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lot_run_row run;
	struct zv_lot_need_row link;
	struct zv_lot_miss_row miss;
	struct zv_record need;
	struct zv_err ignored;
	enum zv_sight sight;
	const struct zv_register *reg = zv_register_find("need");
	enum zv_code code = zv_sight_record(&need, &sight, db, who, reg, need_uid, arena, err);

	if (code == ZV_OK && sight != ZV_SIGHT_FULL)
		code = zv_fail(err, ZV_E_NOTFOUND, reg->name, N_("Why a need is in a lot or in none is for its owner."));
	if (code != ZV_OK)
		return code;
	*out = (struct zv_view_why){0};
	code = zv_lot_run_latest(&run, db, arena, &ignored);
	out->has_run = code == ZV_OK;
	if (!out->has_run)
		return code == ZV_E_NOTFOUND ? add_near(out, db, who, &need, arena, err) : code;
	code = zv_lot_of_need(&link, db, run.id, need.id, &ignored);
	if (code == ZV_OK)
		return why_in(out, db, who, run.id, &link, arena, err);
	code = zv_lot_miss_of_need(&miss, db, run.id, need.id, arena, &ignored);
	if (code == ZV_OK)
		code = why_not(out, db, &need, &miss, arena, err);
	else if (code == ZV_E_NOTFOUND)
		code = ZV_OK;
	return code == ZV_OK ? add_near(out, db, who, &need, arena, err) : code;
}

enum zv_code zv_view_near(struct zv_lots_unfilled **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE};
	struct zv_lots_result result;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_LOT_READ, err);

	if (code == ZV_OK)
		code = zv_lots_run(&result, db, &options, arena, err);
	if (code == ZV_OK)
		code = zv_lots_mask_unfilled(result.unfilled, &result.n_unfilled, db, who, arena, err);
	if (code != ZV_OK)
		return code;
	*out = result.unfilled;
	*n = result.n_unfilled;
	return ZV_OK;
}
