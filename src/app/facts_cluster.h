/* Inside app/facts_cluster*.c: the rows of a cluster and who is a member of it on the day. */
#ifndef ZV_APP_FACTS_CLUSTER_H
#define ZV_APP_FACTS_CLUSTER_H

#include "app/facts_inner.h"

struct facts_rows {
	struct zv_record *p;
	size_t n;
};

/* One member of the day. */
struct facts_member {
	int64_t org_id;
	const struct zv_record *row; /* of the membership; NULL: supposed */
	const struct zv_record *org;
	int role;
	int64_t contracts, shipped_inside, bought_inside; /* of it inside the cluster */
};

struct facts_loading {
	struct zv_facts_making *m;
	int64_t cluster_id;
	const struct zv_register *cluster, *member, *org, *contract, *delivery, *org_year, *site, *infra, *resident, *project, *statement;
	const struct zv_record *row; /* of the cluster */
	struct facts_rows events, members, orgs, contracts, deliveries, years, sites, residents, infra_rows, projects, project_members, reliefs;
	struct zv_map by_id;   /* organisation -> index in `orgs` */
	struct zv_map present; /* organisation -> index in `list` */
	struct zv_map contract_at; /* contract -> index in `contracts` */
	struct facts_member *list;
	size_t n_list;
	int year; /* of deliveries and figures; 0: nothing was told of any */
	bool any_delivery; /* in that year */
};

static inline int64_t facts_number(const struct zv_register *reg, const struct zv_record *record, const char *column, int64_t otherwise)
{
	const struct zv_value *value = zv_facts_value(reg, record, column);

	return value->null ? otherwise : value->i;
}

static inline struct zv_str facts_text(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_value *value = zv_facts_value(reg, record, column);

	return value->null ? ZV_STR("") : value->s;
}

static inline bool facts_covers(const struct zv_register *reg, const struct zv_record *record, const char *from, const char *to, zv_date on)
{
	const struct zv_value *first = zv_facts_value(reg, record, from), *last = zv_facts_value(reg, record, to);

	return (first->null || first->i <= on) && (last->null || last->i >= on); /* the last day is a day */
}

/* facts_cluster_parts.c: infrastructure, projects, papers, and the cluster itself once its members are there. */
ZV_MUST_CHECK enum zv_code facts_add_objects(struct facts_loading *l, struct zv_err *err);
ZV_MUST_CHECK enum zv_code facts_add_projects(struct facts_loading *l, struct zv_err *err);
ZV_MUST_CHECK enum zv_code facts_add_documents(struct facts_loading *l, struct zv_err *err);
ZV_MUST_CHECK enum zv_code facts_add_cluster(struct facts_loading *l, struct zv_err *err);

#endif
