/* All kinds of import, in the order in which they may refer to one another, with every reading of their files. */
#include <string.h>

#include "app/import_kind.h"
#include "app/kinds.h"
#include "app/sources.h"

static const struct zv_import_profile *const crosswalks[] = { &zv_kind_crosswalks_native, &zv_source_cpa_cn, &zv_source_cpa_cpc,
							      &zv_source_nace_cpa, &zv_source_cn_cn };
static const struct zv_import_profile *const controlled[] = { &zv_kind_controlled_native };
static const struct zv_import_profile *const enterprises[] = { &zv_kind_enterprises_native, &zv_source_egrul, &zv_source_eis_bidders,
							       &zv_source_eis_customers };
static const struct zv_import_profile *const sites[] = { &zv_kind_sites_native, &zv_source_hotmaps };
static const struct zv_import_profile *const items[] = { &zv_kind_items_native, &zv_source_reference_substances, &zv_source_substances, &zv_source_cas_registry,
							 &zv_source_cas_list };
static const struct zv_import_profile *const substitutes[] = { &zv_kind_substitutes_native };
static const struct zv_import_profile *const permits[] = { &zv_kind_permits_native };
static const struct zv_import_profile *const needs[] = { &zv_kind_needs_native, &zv_source_plan223, &zv_source_notice223, &zv_source_ocds,
							 &zv_source_ocds_planning, &zv_source_eis_notices };
static const struct zv_import_profile *const offers[] = { &zv_kind_offers_native };
static const struct zv_import_profile *const capacity[] = { &zv_kind_capacity_native };

#define KIND(kind_name, kind_label, kind_reg, is_national, list)                                                        \
	{                                                                                                                \
		.name = #kind_name, .label = kind_label, .reg = kind_reg, .national = is_national,                       \
		.unmap = zv_kind_##kind_name##_unmap, .profiles = list, .n_profiles = ZV_LEN(list)                       \
	}

static const struct zv_import_kind own_reference[] = {
	KIND(crosswalks, N_("Crosswalks of classifiers"), "crosswalk", true, crosswalks),
	KIND(controlled, N_("Controlled substances"), "controlled", true, controlled),
};

static const struct zv_import_kind own[] = {
	KIND(enterprises, N_("Enterprises and other organisations"), "org", false, enterprises),
	KIND(sites, N_("Sites"), "site", false, sites),
	KIND(items, N_("Items"), "item", false, items),
	KIND(substitutes, N_("Substitutes"), "substitute", false, substitutes),
	KIND(permits, N_("Permits"), "permit", false, permits),
	KIND(needs, N_("Needs"), "need", false, needs),
	KIND(offers, N_("Offers"), "offer", false, offers),
	KIND(capacity, N_("Capacity"), "capacity", false, capacity),
};

static const struct zv_import_profile *const products[] = { &zv_kind_products_native, &zv_source_processes_out, &zv_source_io_out };
static const struct zv_import_profile *const recipes[] = { &zv_kind_recipes_native, &zv_source_processes_in, &zv_source_io_in };

static const struct zv_import_kind own_chains[] = {
	KIND(products, N_("Products"), "product", false, products),
	KIND(recipes, N_("Recipes"), "recipe_line", false, recipes),
};

/* Each with the own template alone. */
#define RECORDS(kind_id, kind_name, kind_label, kind_reg, is_national)                                                   \
	{                                                                                                                \
		.name = kind_name, .label = kind_label, .reg = kind_reg, .national = is_national,                        \
		.unmap = zv_kind_##kind_id##_unmap,                                                                      \
		.profiles = (const struct zv_import_profile *const[]){ &zv_kind_##kind_id##_native }, .n_profiles = 1    \
	}

static const struct zv_import_kind records[] = {
	RECORDS(clusters, "clusters", N_("Clusters"), "cluster", false),
	RECORDS(cluster_events, "cluster-events", N_("Events of clusters"), "cluster_event", false),
	RECORDS(cluster_members, "cluster-members", N_("Members of clusters"), "cluster_member", false),
	RECORDS(contracts, "contracts", N_("Contracts"), "contract", false),
	RECORDS(deliveries, "deliveries", N_("Deliveries"), "delivery", false),
	RECORDS(org_years, "org-years", N_("Yearly figures"), "org_year", false),
	RECORDS(projects, "projects", N_("Projects"), "project", false),
	RECORDS(project_members, "project-members", N_("Members of projects"), "project_member", false),
	RECORDS(project_costs, "project-costs", N_("Costs of projects"), "project_cost", false),
	RECORDS(infra, "infra", N_("Infrastructure"), "infra", false),
	RECORDS(residents, "residents", N_("Residents of infrastructure"), "resident", false),
	RECORDS(statements, "statements", N_("Statements"), "statement", false),
	RECORDS(received, "received", N_("Support received"), "received", false),
	RECORDS(recipe_sources, "recipe-sources", N_("Sources of inputs"), "line_source", false),
	RECORDS(cluster_counts, "cluster-counts", N_("Numbers of clusters"), "cluster_count", true),
};

static const struct zv_import_kind *const kinds[] = {
	&zv_source_kind_okpd2, &zv_source_kind_okved2, &zv_source_kind_okei, &zv_source_kind_rec20, &zv_source_kind_hs, &zv_source_kind_cn,
	&zv_source_kind_tnved, &zv_source_kind_cpa, &zv_source_kind_cpv, &own_reference[0], &own_reference[1],
	&own[0], &own[1], &own[2], &own[3], &own[4], &own[5], &own[6], &own[7], &zv_source_kind_supplies,
	&records[0], &records[1], &records[2], &records[3], &records[4], &records[5], &records[6],
	&records[7], &records[8], &records[9], &records[10], &records[11], &records[12], &records[14],
	&own_chains[0], &own_chains[1], &records[13],
};

const struct zv_import_kind *zv_import_kind_at(size_t i)
{
	return i < ZV_LEN(kinds) ? kinds[i] : NULL;
}

/* Other words for a kind that people try first. */
static const struct {
	const char *word;
	const char *name;
} words[] = {{"orgs", "enterprises"}, {"organisations", "enterprises"}, {"infrastructure", "infra"}};

const struct zv_import_kind *zv_import_kind_find(const char *name)
{
	for (size_t i = 0; i < ZV_LEN(words); i++)
		if (strcmp(words[i].word, name) == 0)
			name = words[i].name;
	for (size_t i = 0; i < ZV_LEN(kinds); i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}
