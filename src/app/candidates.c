/* Candidates gathered from contracts, needs and offers, and put in order. Their words are candidates_text.c, the effect candidates_effect.c. */
#include "app/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "app/lots_run.h"
#include "app/sight.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/campaign.h"
#include "store/cluster_read.h"
#include "store/invitation.h"

enum { LIMIT = 50, ROLE_FINAL = 1, ROLE_SUPPLIER = 2, ROLE_EDUCATION = 4, ROLE_SCIENCE = 5, ORG_INSTITUTE = 1, ORG_UNIVERSITY = 2 };

typedef ZV_VEC(struct zv_reason) reasons_vec;

struct one {
	int64_t org_id;
	reasons_vec reasons;
};

struct gathering {
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_cluster cluster;
	zv_date on;
	const struct zv_cluster_member *members;
	size_t n_members;
	struct zv_map member_of; /* organisation: its place in members */
	struct zv_map place_of;  /* organisation: its place in ones */
	ZV_VEC(struct one) ones;
	int64_t only; /* organisation; 0: all */
	struct zv_arena *arena;
};

static struct one *candidate(struct gathering *g, int64_t org_id)
{
	int64_t at;

	if (!zv_map_get_int(&at, &g->place_of, org_id)) {
		at = (int64_t)g->ones.n;
		zv_map_put_int(&g->place_of, org_id, at);
		zv_vec_push(&g->ones, ((struct one){.org_id = org_id}));
	}
	return &g->ones.p[at];
}

static void add_reason(struct gathering *g, int64_t org_id, const struct zv_reason *reason)
{
	struct one *one;

	if (g->only != 0 && g->only != org_id)
		return;
	one = candidate(g, org_id);
	zv_vec_push(&one->reasons, *reason);
}

static const struct zv_cluster_member *member(const struct gathering *g, int64_t org_id)
{
	int64_t at;

	return zv_map_get_int(&at, &g->member_of, org_id) ? &g->members[at] : NULL;
}

/* The sight of a row by its id, with the row itself. */
static enum zv_code look(enum zv_sight *sight, struct zv_record *record, struct gathering *g, const char *name, int64_t id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(name);
	enum zv_code code = zv_record_by_id(record, g->db, reg, id, g->arena, err);

	return code == ZV_OK ? zv_sight_of(sight, g->db, g->who, reg, record, err) : code;
}

/* --- contracts with outsiders ------------------------------------------------------------------------------------------------ */

static void reason_of_contract(struct zv_reason *reason, const struct zv_cluster_contract_row *rows, size_t n)
{
	*reason = (struct zv_reason){.subject = rows[0].uid,
				     .number = rows[0].number,
				     .item = rows[0].item.n > 0 ? rows[0].item : rows[0].title,
				     .item_en = rows[0].item_en,
				     .kop = rows[0].sum_kop};
	/* The sum of the latest year with deliveries says more than that of the contract. */
	for (size_t i = 0; i < n; i++) {
		if (rows[i].delivered_kop < 0)
			continue;
		if (rows[i].year > reason->year) {
			reason->year = rows[i].year;
			reason->kop = 0;
		}
		if (rows[i].year == reason->year && __builtin_add_overflow(reason->kop, rows[i].delivered_kop, &reason->kop))
			reason->kop = INT64_MAX;
	}
}

static enum zv_code look_at_contract(struct gathering *g, const struct zv_cluster_contract_row *rows, size_t n, struct zv_err *err)
{
	const struct zv_cluster_member *seller = member(g, rows[0].seller_id);
	const struct zv_cluster_member *buyer = member(g, rows[0].buyer_id);
	enum zv_sight sight = ZV_SIGHT_NONE;
	struct zv_record record;
	struct zv_reason reason;
	enum zv_code code;

	if ((seller == NULL) == (buyer == NULL))
		return ZV_OK;
	code = look(&sight, &record, g, "contract", rows[0].id, err);
	if (code != ZV_OK || sight != ZV_SIGHT_FULL)
		return code;
	reason_of_contract(&reason, rows, n);
	reason.kind = buyer != NULL ? ZV_REASON_SELLS : ZV_REASON_BUYS;
	reason.member_uid = buyer != NULL ? buyer->org_uid : seller->org_uid;
	reason.member = buyer != NULL ? buyer->org : seller->org;
	add_reason(g, buyer != NULL ? rows[0].seller_id : rows[0].buyer_id, &reason);
	return ZV_OK;
}

static enum zv_code gather_contracts(struct gathering *g, struct zv_err *err)
{
	struct zv_cluster_contract_row *rows;
	size_t n = 0;
	enum zv_code code = zv_cluster_contract_rows(&rows, &n, g->db, g->cluster.id, 0, g->arena, err);

	for (size_t i = 0, end; i < n && code == ZV_OK; i = end) {
		for (end = i + 1; end < n && rows[end].id == rows[i].id; end++) {
		}
		code = look_at_contract(g, &rows[i], end - i, err);
	}
	return code;
}

/* --- what members need, and who offers it -------------------------------------------------------------------------------------- */

static const struct zv_value *need_value(const struct zv_record *need, const char *column)
{
	return &need->values[zv_register_column(zv_register_find("need"), column)];
}

/* At most what the buyer would pay for all of it; -1 when one of the two is not stated. */
static int64_t worth(const struct zv_record *need)
{
	const struct zv_value *qty = need_value(need, "qty_base");
	const struct zv_value *kop = need_value(need, "ceiling_kop");
	const struct zv_value *per = need_value(need, "ceiling_per");
	zv_i128 sum;

	if (qty->null || kop->null || per->null || per->i <= 0)
		return -1;
	sum = (zv_i128)qty->i * kop->i / per->i;
	return sum > INT64_MAX ? INT64_MAX : (int64_t)sum;
}

static struct zv_str text_or_empty(const struct zv_value *value)
{
	return value->null ? ZV_STR("") : value->s;
}

static enum zv_code item_names(struct zv_str *name, struct zv_str *name_en, struct gathering *g, int64_t item_id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("item");
	struct zv_record item;
	enum zv_code code = zv_record_by_id(&item, g->db, reg, item_id, g->arena, err);

	if (code != ZV_OK)
		return code;
	*name = text_or_empty(&item.values[zv_register_column(reg, "name")]);
	*name_en = text_or_empty(&item.values[zv_register_column(reg, "name_en")]);
	return ZV_OK;
}

static enum zv_code add_offers(struct gathering *g, const struct zv_campaign_need_row *row, const struct zv_reason *about, struct zv_err *err)
{
	struct zv_campaign_offer_row *offers;
	size_t n = 0;
	enum zv_code code = zv_campaign_offers(&offers, &n, g->db, row->item_id, g->on, g->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		enum zv_sight sight = ZV_SIGHT_NONE;
		struct zv_reason reason = *about;
		struct zv_record record;

		if (member(g, offers[i].org_id) != NULL)
			continue;
		code = look(&sight, &record, g, "offer", offers[i].id, err);
		if (code != ZV_OK || sight == ZV_SIGHT_NONE)
			continue;
		if (offers[i].item_id != row->item_id) {
			reason.for_item = about->item;
			reason.for_item_en = about->item_en;
			reason.item = offers[i].item;
			reason.item_en = offers[i].item_en;
		}
		add_reason(g, offers[i].org_id, &reason);
	}
	return code;
}

/* Only a need that the person sees with its owner's name: who is behind a shape is nobody's reason. */
static enum zv_code look_at_need(struct gathering *g, const struct zv_campaign_need_row *row, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	const struct zv_cluster_member *buyer = member(g, row->org_id);
	enum zv_sight sight = ZV_SIGHT_NONE;
	struct zv_reason reason = {0};
	struct zv_record need;
	enum zv_code code;

	if (buyer == NULL)
		return ZV_OK;
	code = look(&sight, &need, g, "need", row->id, err);
	if (code != ZV_OK || sight < ZV_SIGHT_NAMED)
		return code;
	code = zv_sight_mask(&need, g->db, reg, sight, g->arena, err);
	if (code == ZV_OK)
		code = item_names(&reason.item, &reason.item_en, g, row->item_id, err);
	if (code != ZV_OK)
		return code;
	reason.country = text_or_empty(need_value(&need, "import_country"));
	reason.kind = reason.country.n > 0 ? ZV_REASON_IMPORTED : ZV_REASON_NEEDED;
	reason.member_uid = buyer->org_uid;
	reason.member = buyer->org;
	reason.subject = need.uid;
	reason.kop = worth(&need);
	return add_offers(g, row, &reason, err);
}

static enum zv_code gather_needs(struct gathering *g, struct zv_err *err)
{
	struct zv_campaign_need_row *rows;
	size_t n = 0;
	enum zv_code code = zv_campaign_needs(&rows, &n, g->db, g->cluster.id, g->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = look_at_need(g, &rows[i], err);
	return code;
}

/* --- order --------------------------------------------------------------------------------------------------------------------- */

static int64_t saturated(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static int by_weight(const void *a, const void *b)
{
	const struct zv_reason *left = a;
	const struct zv_reason *right = b;
	bool left_import = left->kind == ZV_REASON_IMPORTED;
	bool right_import = right->kind == ZV_REASON_IMPORTED;

	if (left_import != right_import)
		return left_import ? -1 : 1;
	if (left->kop != right->kop)
		return left->kop > right->kop ? -1 : 1;
	return zv_str_cmp(left->subject, right->subject);
}

/* What it does most for the members; schools and institutes are what they are. */
static int role_of(const struct one *one, int64_t kind)
{
	int64_t bought = 0, sold = 0;

	if (kind == ORG_INSTITUTE)
		return ROLE_SCIENCE;
	if (kind == ORG_UNIVERSITY)
		return ROLE_EDUCATION;
	for (size_t i = 0; i < one->reasons.n; i++) {
		const struct zv_reason *reason = &one->reasons.p[i];
		int64_t kop = reason->kop < 0 ? 0 : reason->kop;

		if (reason->kind == ZV_REASON_BUYS)
			bought = saturated(bought, kop);
		else
			sold = saturated(sold, kop);
	}
	return bought > sold ? ROLE_FINAL : ROLE_SUPPLIER;
}

static enum zv_code finish(struct zv_candidate *out, struct gathering *g, struct one *one, struct zv_err *err)
{
	struct zv_campaign_org_row org;
	struct zv_reason *reasons;
	size_t n = one->reasons.n < ZV_REASONS_MAX ? one->reasons.n : ZV_REASONS_MAX;
	enum zv_code code = zv_campaign_org(&org, g->db, one->org_id, g->arena, err);

	if (code != ZV_OK)
		return code;
	if (one->reasons.n > 0)
		qsort(one->reasons.p, one->reasons.n, sizeof(*one->reasons.p), by_weight);
	*out = (struct zv_candidate){
		.org_id = org.id, .org_uid = org.uid, .org = org.name, .region = org.region, .role = role_of(one, org.kind), .n_reasons_all = one->reasons.n};
	for (size_t i = 0; i < one->reasons.n; i++) {
		out->kop = saturated(out->kop, one->reasons.p[i].kop < 0 ? 0 : one->reasons.p[i].kop);
		out->imports = out->imports || one->reasons.p[i].kind == ZV_REASON_IMPORTED;
	}
	reasons = ZV_ARENA_ARRAY(g->arena, struct zv_reason, n + 1);
	if (n > 0)
		memcpy(reasons, one->reasons.p, n * sizeof(*reasons));
	out->reasons = reasons;
	out->n_reasons = n;
	return ZV_OK;
}

static int by_money(const void *a, const void *b)
{
	const struct zv_candidate *left = a;
	const struct zv_candidate *right = b;
	int order;

	if (left->kop != right->kop)
		return left->kop > right->kop ? -1 : 1;
	if (left->imports != right->imports)
		return left->imports ? -1 : 1;
	if (left->n_reasons_all != right->n_reasons_all)
		return left->n_reasons_all > right->n_reasons_all ? -1 : 1;
	order = zv_str_cmp(left->org, right->org);
	return order != 0 ? order : (left->org_id > right->org_id) - (left->org_id < right->org_id);
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------ */

static enum zv_code mark_invited(struct zv_candidate *candidates, size_t n, struct gathering *g, struct zv_err *err)
{
	struct zv_invitation_row *rows;
	size_t n_rows = 0;
	enum zv_code code = zv_invitation_rows(&rows, &n_rows, g->db, g->cluster.id, g->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		for (size_t k = 0; k < n_rows; k++)
			if (rows[k].org_id == candidates[i].org_id) {
				candidates[i].invitation = rows[k].uid;
				candidates[i].invitation_state = rows[k].state;
			}
	return code;
}

static enum zv_code gather(struct gathering *g, const struct zv_candidates_ask *ask, struct zv_err *err)
{
	struct zv_cluster_member *members;
	struct zv_record org;
	enum zv_code code = zv_rights_need(g->who, ZV_DO_INVITE, g->cluster.object, err);

	if (code == ZV_OK)
		code = zv_as_of(&g->on, g->db, ZV_DATE_NONE, err);
	if (code == ZV_OK && ask->org.n > 0) {
		enum zv_sight sight;

		code = zv_sight_record(&org, &sight, g->db, g->who, zv_register_find("org"), ask->org, g->arena, err);
		g->only = code == ZV_OK ? org.id : 0;
		if (code == ZV_OK)
			(void)candidate(g, org.id);
	}
	if (code == ZV_OK)
		code = zv_cluster_members(&members, &g->n_members, g->db, g->cluster.id, g->on, false, g->arena, err);
	if (code != ZV_OK)
		return code;
	g->members = members;
	for (size_t i = 0; i < g->n_members; i++)
		zv_map_put_int(&g->member_of, members[i].org_id, (int64_t)i);
	code = gather_contracts(g, err);
	return code == ZV_OK ? gather_needs(g, err) : code;
}

static enum zv_code put_in_order(struct zv_candidate **out, size_t *n, struct gathering *g, const struct zv_candidates_ask *ask, struct zv_err *err)
{
	size_t limit = ask->limit > 0 ? ask->limit : LIMIT;
	struct zv_candidate *candidates = ZV_ARENA_ARRAY(g->arena, struct zv_candidate, g->ones.n + 1);
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < g->ones.n && code == ZV_OK; i++)
		code = finish(&candidates[i], g, &g->ones.p[i], err);
	if (code != ZV_OK)
		return code;
	qsort(candidates, g->ones.n, sizeof(*candidates), by_money);
	*out = candidates;
	*n = g->ones.n < limit ? g->ones.n : limit;
	code = mark_invited(candidates, *n, g, err);
	if (code == ZV_OK && !ask->plain)
		code = zv_candidates_effect(candidates, *n, g->db, g->who, &g->cluster, ask->pack, g->on, g->arena, err);
	return code;
}

enum zv_code zv_candidates(struct zv_candidate **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str cluster,
			   const struct zv_candidates_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	struct gathering g = {.db = db, .who = who, .arena = arena};
	enum zv_code code = zv_cluster_find(&g.cluster, db, who, cluster, arena, err);

	*out = NULL;
	*n = 0;
	if (code != ZV_OK)
		return code;
	zv_map_init(&g.member_of);
	zv_map_init(&g.place_of);
	code = gather(&g, ask, err);
	if (code == ZV_OK)
		code = put_in_order(out, n, &g, ask, err);
	for (size_t i = 0; i < g.ones.n; i++)
		zv_vec_done(&g.ones.p[i].reasons);
	zv_vec_done(&g.ones);
	zv_map_done(&g.member_of);
	zv_map_done(&g.place_of);
	return code;
}
