/* Rows around one cluster, read together: what profile, map and campaign are made of. Texts in `arena`; dates ZV_DATE_NONE and numbers -1 when not stated. */
#ifndef ZV_STORE_CLUSTER_READ_H
#define ZV_STORE_CLUSTER_READ_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

struct zv_cluster_member_row {
	int64_t id, org_id;
	struct zv_str uid, org_uid, org, region;
	int64_t org_kind, role, producing, agreement;
	zv_date joined_on, left_on;
};
/* All memberships there ever were, by their ids. */
ZV_MUST_CHECK enum zv_code zv_cluster_member_rows(struct zv_cluster_member_row **out, size_t *n, struct zv_db *db, int64_t cluster_id,
						  struct zv_arena *arena, struct zv_err *err);

struct zv_cluster_site_row {
	int64_t org_id;
	struct zv_str region;
};
/* Regions of the sites of everybody who ever was a member, by organisation. */
ZV_MUST_CHECK enum zv_code zv_cluster_site_rows(struct zv_cluster_site_row **out, size_t *n, struct zv_db *db, int64_t cluster_id,
						struct zv_arena *arena, struct zv_err *err);

struct zv_cluster_event_row {
	int64_t id, state; /* 0: it changes none */
	struct zv_str uid, act, number, title, note;
	zv_date on;
};
/* Until the day, oldest first. */
ZV_MUST_CHECK enum zv_code zv_cluster_event_rows(struct zv_cluster_event_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on,
						 struct zv_arena *arena, struct zv_err *err);

struct zv_cluster_object_row {
	struct zv_str uid, name, name_en;
	int64_t kind, technological;
};
/* Infrastructure that the cluster counts as its own on the day. */
ZV_MUST_CHECK enum zv_code zv_cluster_object_rows(struct zv_cluster_object_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on,
						  struct zv_arena *arena, struct zv_err *err);

struct zv_cluster_project_row {
	int64_t id;
	int64_t members; /* the initiator among them */
};
/* All its projects, begun or not. */
ZV_MUST_CHECK enum zv_code zv_cluster_project_rows(struct zv_cluster_project_row **out, size_t *n, struct zv_db *db, int64_t cluster_id,
						   struct zv_arena *arena, struct zv_err *err);

/* Contracts shown to the cluster, once for each of their deliveries of the year (0: of every year), and once when they have none. By contract. */
struct zv_cluster_contract_row {
	int64_t id, seller_id, buyer_id;
	struct zv_str uid, number, title;
	struct zv_str item, item_en; /* of the item */
	zv_date signed_on, valid_until;
	int64_t sum_kop;       /* of the contract; -1: not stated */
	int64_t year;          /* of the delivery; 0: none */
	int64_t delivered_kop; /* -1: none */
};
ZV_MUST_CHECK enum zv_code zv_cluster_contract_rows(struct zv_cluster_contract_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, int year,
						    struct zv_arena *arena, struct zv_err *err);

/* Years with deliveries under such contracts, latest first. */
ZV_MUST_CHECK enum zv_code zv_cluster_years(int **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena, struct zv_err *err);

struct zv_cluster_org_year_row {
	int64_t id, org_id, shipped_kop;
};
/* Yearly figures of everybody who ever was a member; of one organisation the latest word last. */
ZV_MUST_CHECK enum zv_code zv_cluster_org_year_rows(struct zv_cluster_org_year_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, int year,
						    struct zv_arena *arena, struct zv_err *err);

/* Public id and name of an organisation. Empty when there is none. */
ZV_MUST_CHECK enum zv_code zv_cluster_org_name(struct zv_str *uid, struct zv_str *name, struct zv_db *db, int64_t org_id, struct zv_arena *arena,
					       struct zv_err *err);

struct zv_cluster_count_row {
	int64_t number;
	bool expected;
	struct zv_str uid, scope, source;
	zv_date on;
};
/* By date, counted before expected. */
ZV_MUST_CHECK enum zv_code zv_cluster_count_rows(struct zv_cluster_count_row **out, size_t *n, struct zv_db *db, struct zv_arena *arena,
						 struct zv_err *err);

#endif
