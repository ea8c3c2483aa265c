/* Who gained or lost a measure, as people read it: of the own organisations, of the own centre, or all. */
#include "app/measures.h"
#include "app/rules_json.h"
#include "auth/rights.h"
#include "base/tr.h"
#include "model/money.h"
#include "store/measure.h"

const char *zv_measure_change_word(const struct zv_measure_change *change)
{
	if (change->was == change->now) {
		if (change->was_kop < 0 || change->now_kop < 0)
			return "other";
		return change->now_kop > change->was_kop ? "more" : "less";
	}
	if (change->now == ZV_YES)
		return "gained";
	return change->was == ZV_YES ? "lost" : "other";
}

static void add_place(int64_t *list, int *n, int64_t id)
{
	for (int i = 0; i < *n; i++)
		if (list[i] == id)
			return;
	if (id != 0 && *n < ZV_MEASURE_OWNERS_MAX)
		list[(*n)++] = id;
}

/* How far each grant reaches. */
static void take_reach(struct zv_measure_change_query *out, const struct zv_who *who)
{
	_Static_assert((int)ZV_GRANTS_MAX <= (int)ZV_MEASURE_OWNERS_MAX, "every grant has a place");

	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];
		enum zv_reach reach = zv_rights_reach(grant->role, ZV_DO_SUPPORT_READ);

		if (reach == ZV_REACH_ALL || (reach == ZV_REACH_CENTRE && grant->centre_id == -1))
			out->everything = true;
		else if (reach == ZV_REACH_CENTRE)
			add_place(out->centres, &out->n_centres, grant->centre_id);
		else if (reach == ZV_REACH_ORG)
			add_place(out->orgs, &out->n_orgs, grant->org_id);
	}
}

/* Titles come from the pack that made the change, each read once. */
struct titles {
	struct zv_db *db;
	struct zv_str uid;
	struct zv_pack pack;
	struct zv_arena *arena;
};

static struct zv_str title_of(struct titles *titles, const struct zv_measure_change_row *row)
{
	struct zv_err err;
	int n, at;

	if (!zv_str_eq(titles->uid, row->pack_uid)) {
		titles->uid = row->pack_uid;
		if (zv_pack_get(&titles->pack, titles->db, row->pack_uid, ZV_DATE_NONE, titles->arena, &err) != ZV_OK)
			titles->pack = (struct zv_pack){0};
	}
	at = titles->pack.rules != NULL ? zv_rules_find(titles->pack.rules, row->measure) : -1;
	return at >= 0 ? zv_rules_words(&zv_rules_all(&n, titles->pack.rules)[at].title) : row->measure;
}

enum zv_code zv_measure_changes(struct zv_measure_change **out, size_t *n, int64_t *next, struct zv_db *db, const struct zv_who *who,
				const struct zv_measure_changes_query *query, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_measure_change_query rows_query = {
		.pack_uid = query->pack, .measure = query->measure, .before = query->before, .limit = query->limit + 1};
	struct titles titles = {.db = db, .arena = arena};
	struct zv_measure_change_row *rows = NULL;
	size_t n_rows = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SUPPORT_READ, err);

	take_reach(&rows_query, who);
	if (code == ZV_OK)
		code = zv_measure_change_page(&rows, &n_rows, db, &rows_query, arena, err);
	if (code != ZV_OK)
		return code;
	*next = 0;
	if (n_rows > (size_t)query->limit) {
		n_rows = (size_t)query->limit;
		*next = rows[n_rows - 1].id;
	}
	*out = ZV_ARENA_ARRAY(arena, struct zv_measure_change, n_rows + 1);
	*n = n_rows;
	for (size_t i = 0; i < n_rows; i++)
		(*out)[i] = (struct zv_measure_change){
			.id = rows[i].id,
			.measure = rows[i].measure,
			.title = title_of(&titles, &rows[i]),
			.org_uid = rows[i].org_uid,
			.org = rows[i].org,
			.pack_uid = rows[i].pack_uid,
			.pack = rows[i].pack,
			.was = (enum zv_truth)rows[i].was,
			.now = (enum zv_truth)rows[i].now,
			.was_kop = rows[i].was_kop,
			.now_kop = rows[i].now_kop,
			.at_ms = rows[i].at_ms,
		};
	return ZV_OK;
}

/* --- the sentence of a task --------------------------------------------------------------------------------------------------------------- */

static struct zv_str sum_text(int64_t kop, struct zv_arena *arena)
{
	char text[ZV_MONEY_TEXT];

	zv_money_format(text, kop);
	return zv_str_dup(arena, zv_str_c(text));
}

static struct zv_str sentence(const struct zv_measure_change_row *row, struct zv_str title, struct zv_arena *arena)
{
	struct zv_str was = sum_text(row->was_kop < 0 ? 0 : row->was_kop, arena), now = sum_text(row->now_kop < 0 ? 0 : row->now_kop, arena);

	if (row->was == row->now)
		return zv_arena_strf(arena, zv_tr(N_("The sum of a measure has changed from %.*s to %.*s: %.*s")), ZV_STR_FMT(was), ZV_STR_FMT(now),
				     ZV_STR_FMT(title));
	if (row->now == ZV_YES && row->now_kop >= 0)
		return zv_arena_strf(arena, zv_tr(N_("You are eligible for a measure now, for %.*s: %.*s")), ZV_STR_FMT(now), ZV_STR_FMT(title));
	if (row->now == ZV_YES)
		return zv_arena_strf(arena, zv_tr(N_("You are eligible for a measure now: %.*s")), ZV_STR_FMT(title));
	if (row->was_kop >= 0)
		return zv_arena_strf(arena, zv_tr(N_("You are not eligible for a measure any more, it was %.*s: %.*s")), ZV_STR_FMT(was), ZV_STR_FMT(title));
	return zv_arena_strf(arena, zv_tr(N_("You are not eligible for a measure any more: %.*s")), ZV_STR_FMT(title));
}

enum zv_code zv_measure_change_sentence(struct zv_str *out, struct zv_str *measure, struct zv_db *db, int64_t org_id, struct zv_str subject,
					struct zv_arena *arena, struct zv_err *err)
{
	struct titles titles = {.db = db, .arena = arena};
	struct zv_measure_change_row *rows = NULL;
	ptrdiff_t slash = zv_str_find_char(subject, '/');
	size_t n = 0;
	enum zv_code code = ZV_OK;

	*out = ZV_STR("");
	*measure = slash < 0 ? ZV_STR("") : zv_str_from(subject, (size_t)slash + 1);
	if (slash >= 0)
		code = zv_measure_change_of(&rows, &n, db, org_id, zv_str_first(subject, (size_t)slash), arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (zv_str_eq(rows[i].measure, *measure))
			*out = sentence(&rows[i], title_of(&titles, &rows[i]), arena);
	return code;
}
