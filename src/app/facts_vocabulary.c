/* The vocabulary of facts: one list a table (facts_fields.h), the same for all packs. */
#include "app/facts.h"

#include "app/facts_fields.h"

#define FIELD(table, field, kind, text) {#field, ZV_RULES_##kind, text, false},

static const struct zv_rules_field cluster[] = {ZV_FACTS_CLUSTER(FIELD)};
static const struct zv_rules_field org[] = {ZV_FACTS_ORG(FIELD)};
static const struct zv_rules_field project[] = {ZV_FACTS_PROJECT(FIELD)};
static const struct zv_rules_field members[] = {ZV_FACTS_MEMBERS(FIELD)};
static const struct zv_rules_field contracts[] = {ZV_FACTS_CONTRACTS(FIELD)};
static const struct zv_rules_field deliveries[] = {ZV_FACTS_DELIVERIES(FIELD)};
static const struct zv_rules_field years[] = {ZV_FACTS_YEARS(FIELD)};
static const struct zv_rules_field objects[] = {ZV_FACTS_OBJECTS(FIELD)};
static const struct zv_rules_field projects[] = {ZV_FACTS_PROJECTS(FIELD)};
static const struct zv_rules_field costs[] = {ZV_FACTS_COSTS(FIELD)};
static const struct zv_rules_field documents[] = {ZV_FACTS_DOCUMENTS(FIELD)};
static const struct zv_rules_field received[] = {ZV_FACTS_RECEIVED(FIELD)};

static const struct zv_rules_table tables[ZV_FACTS_TABLES] = {
	[ZV_FACTS_T_CLUSTER] = {"cluster", N_("Cluster"), true, cluster, ZV_F_CLUSTER_N},
	[ZV_FACTS_T_ORG] = {"org", N_("Organisation"), true, org, ZV_F_ORG_N},
	[ZV_FACTS_T_PROJECT] = {"project", N_("Project"), true, project, ZV_F_PROJECT_N},
	[ZV_FACTS_T_MEMBERS] = {"members", N_("Members"), false, members, ZV_F_MEMBERS_N},
	[ZV_FACTS_T_CONTRACTS] = {"contracts", N_("Contracts"), false, contracts, ZV_F_CONTRACTS_N},
	[ZV_FACTS_T_DELIVERIES] = {"deliveries", N_("Deliveries"), false, deliveries, ZV_F_DELIVERIES_N},
	[ZV_FACTS_T_YEARS] = {"years", N_("Yearly figures"), false, years, ZV_F_YEARS_N},
	[ZV_FACTS_T_OBJECTS] = {"objects", N_("Infrastructure"), false, objects, ZV_F_OBJECTS_N},
	[ZV_FACTS_T_PROJECTS] = {"projects", N_("Projects"), false, projects, ZV_F_PROJECTS_N},
	[ZV_FACTS_T_COSTS] = {"costs", N_("Costs"), false, costs, ZV_F_COSTS_N},
	[ZV_FACTS_T_DOCUMENTS] = {"documents", N_("Documents"), false, documents, ZV_F_DOCUMENTS_N},
	[ZV_FACTS_T_RECEIVED] = {"received", N_("Support received"), false, received, ZV_F_RECEIVED_N},
};

const struct zv_rules_vocabulary *zv_facts_vocabulary(void)
{
	static const struct zv_rules_vocabulary vocabulary = {tables, ZV_FACTS_TABLES};

	return &vocabulary;
}
