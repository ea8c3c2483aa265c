/*
 * A cluster as it was on a day (feature C1): who was a member in which role, where they work, its state by the acts, what belongs to it. And how
 * the number of clusters grew, as sources say.
 */
#ifndef ZV_APP_CLUSTER_PROFILE_H
#define ZV_APP_CLUSTER_PROFILE_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct zv_db;

/* By the numbers that the column `state` of a cluster holds; 0: not known on that day. */
enum zv_cluster_state {
	ZV_CLUSTER_UNKNOWN, ZV_CLUSTER_PLANNED, ZV_CLUSTER_FILED, ZV_CLUSTER_IN_REGISTER, ZV_CLUSTER_EXCLUDED, ZV_CLUSTER_LIQUIDATION
};
const char *zv_cluster_state_name(enum zv_cluster_state state);  /* "in_register"; NULL for unknown */
const char *zv_cluster_state_label(enum zv_cluster_state state); /* English msgid: "in the register" */
const char *zv_cluster_role_name(int role);                      /* "final_producer"; NULL for 0 */
const char *zv_cluster_role_label(int role);                     /* English msgid */
bool zv_cluster_role_parse(int *out, struct zv_str name);

/* The row of the register, as the person sees it. */
struct zv_cluster {
	int64_t id, org_id; /* org: the specialised organisation; 0: not stated */
	struct zv_object object; /* for questions of rights */
	struct zv_str uid, name, name_en, region, number, order_no, edition, products, note, site;
	enum zv_cluster_state state; /* as the register says it now */
	zv_date state_on, order_on, valid_until;
	int64_t members_stated, projects_stated; /* -1: not stated */
};

/* By public id or key. ZV_E_NOTFOUND, in the same words, when it is not to be seen: a planned cluster of others. */
ZV_MUST_CHECK enum zv_code zv_cluster_find(struct zv_cluster *out, struct zv_db *db, const struct zv_who *who, struct zv_str name,
					   struct zv_arena *arena, struct zv_err *err);
/* Whoever asks: for use cases that have asked for the right themselves. */
ZV_MUST_CHECK enum zv_code zv_cluster_by_id(struct zv_cluster *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err);
struct zv_str zv_cluster_title(const struct zv_cluster *cluster); /* the name in the thread's language, where there is one */

struct zv_cluster_member {
	int64_t org_id;
	struct zv_str uid; /* of the membership */
	struct zv_str org_uid, org, region;
	int org_kind;
	int role; /* 1..7; 0: not stated */
	zv_date joined_on, left_on;
	int producing, agreement; /* -1: not stated */
};

/* The members of the day by name, or those who had left by then. One organisation stands once, by its latest membership. */
ZV_MUST_CHECK enum zv_code zv_cluster_members(struct zv_cluster_member **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on, bool former,
					      struct zv_arena *arena, struct zv_err *err);

struct zv_cluster_region {
	struct zv_str code, name;
	int64_t members; /* that have their seat or a site there */
};

struct zv_cluster_event {
	struct zv_str uid, act, number, title, note;
	zv_date on;
	enum zv_cluster_state state;
};

struct zv_cluster_object {
	struct zv_str uid, name;
	const char *kind; /* stable word */
	int technological; /* -1: not stated */
};

struct zv_cluster_project {
	struct zv_str uid, name;
	const char *kind, *state;
	int64_t members;    /* with the initiator */
	int64_t budget_kop; /* -1: not stated */
};

struct zv_cluster_profile {
	struct zv_cluster cluster;
	zv_date on;
	enum zv_cluster_state state; /* of the day, by events */
	zv_date state_on;
	bool ordered;      /* its number and order were there on the day */
	struct zv_str specialised_uid, specialised; /* empty: none stated */
	int interregional; /* 1, 0, -1: nobody has said where enough of them work */
	const struct zv_cluster_region *regions;
	size_t n_regions;
	const struct zv_cluster_member *members, *former;
	size_t n_members, n_former;
	const struct zv_cluster_event *events; /* until the day */
	size_t n_events;
	const struct zv_cluster_object *objects;
	size_t n_objects;
	const struct zv_cluster_project *projects; /* that the person sees */
	size_t n_projects;
	int64_t contracts; /* shown to the cluster and valid on the day; -1: not for this person */
	struct {
		bool write, check, invite, apply, map;
	} may;
};

/* `on` ZV_DATE_NONE: today. Everything in `arena`. O(rows of the cluster). */
ZV_MUST_CHECK enum zv_code zv_cluster_profile(struct zv_cluster_profile *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, zv_date on,
					      struct zv_arena *arena, struct zv_err *err);

/*
 * Where the members of the day work: their own region and those of their sites. *interregional as above. The one place that says it, for profile,
 * rules and lists.
 */
ZV_MUST_CHECK enum zv_code zv_cluster_regions(int *interregional, struct zv_cluster_region **out, size_t *n, struct zv_db *db, int64_t cluster_id,
					      zv_date on, struct zv_arena *arena, struct zv_err *err);

/* The state of the day: the last event that says one, or what the register says when it says since when. */
ZV_MUST_CHECK enum zv_code zv_cluster_state_on(enum zv_cluster_state *out, zv_date *since, struct zv_db *db, const struct zv_cluster *cluster, zv_date on,
					       struct zv_err *err);

/* --- growth ------------------------------------------------------------------------------------------------------------------ */

struct zv_cluster_count {
	struct zv_str uid, scope, source;
	zv_date on;
	int64_t number;
	bool expected;
};

/* By date, counted before expected. */
ZV_MUST_CHECK enum zv_code zv_cluster_growth(struct zv_cluster_count **out, size_t *n, struct zv_db *db, const struct zv_who *who,
					     struct zv_arena *arena, struct zv_err *err);

#endif
