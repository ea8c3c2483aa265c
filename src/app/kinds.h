/* The own kinds: one template each. The list of all kinds, with the files of others, is in app/import_kinds.c. */
#ifndef ZV_APP_KINDS_H
#define ZV_APP_KINDS_H

#include "app/import_kind.h"

extern const struct zv_import_profile zv_kind_enterprises_native; /* kind_orgs.c */
extern const struct zv_import_profile zv_kind_sites_native;       /* kind_sites.c */
extern const struct zv_import_profile zv_kind_items_native;       /* kind_items.c */
extern const struct zv_import_profile zv_kind_needs_native;       /* kind_needs.c */
extern const struct zv_import_profile zv_kind_offers_native;      /* kind_offers.c */
extern const struct zv_import_profile zv_kind_capacity_native;    /* kind_capacity.c */
extern const struct zv_import_profile zv_kind_substitutes_native; /* kind_substitutes.c */
extern const struct zv_import_profile zv_kind_permits_native;     /* kind_permits.c */
extern const struct zv_import_profile zv_kind_controlled_native;  /* kind_reference.c */
extern const struct zv_import_profile zv_kind_crosswalks_native;
extern const struct zv_import_profile zv_kind_clusters_native; /* kind_clusters.c */
extern const struct zv_import_profile zv_kind_cluster_events_native;
extern const struct zv_import_profile zv_kind_cluster_members_native;
extern const struct zv_import_profile zv_kind_cluster_counts_native;
extern const struct zv_import_profile zv_kind_contracts_native; /* kind_contracts.c */
extern const struct zv_import_profile zv_kind_deliveries_native;
extern const struct zv_import_profile zv_kind_org_years_native;
extern const struct zv_import_profile zv_kind_projects_native; /* kind_projects.c */
extern const struct zv_import_profile zv_kind_project_members_native;
extern const struct zv_import_profile zv_kind_project_costs_native;
extern const struct zv_import_profile zv_kind_infra_native; /* kind_infra.c */
extern const struct zv_import_profile zv_kind_residents_native;
extern const struct zv_import_profile zv_kind_statements_native; /* kind_statements.c */
extern const struct zv_import_profile zv_kind_received_native;

extern const struct zv_import_profile zv_kind_products_native; /* kind_recipes.c */
extern const struct zv_import_profile zv_kind_recipes_native;
extern const struct zv_import_profile zv_kind_recipe_sources_native;

#define ZV_UNMAP(name)                                                                                                       \
	enum zv_code name(struct zv_str *cells, struct zv_db *db, const struct zv_record *record, struct zv_arena *arena, \
			  struct zv_err *err)

ZV_UNMAP(zv_kind_enterprises_unmap);
ZV_UNMAP(zv_kind_sites_unmap);
ZV_UNMAP(zv_kind_items_unmap);
ZV_UNMAP(zv_kind_needs_unmap);
ZV_UNMAP(zv_kind_offers_unmap);
ZV_UNMAP(zv_kind_capacity_unmap);
ZV_UNMAP(zv_kind_substitutes_unmap);
ZV_UNMAP(zv_kind_permits_unmap);
ZV_UNMAP(zv_kind_controlled_unmap);
ZV_UNMAP(zv_kind_crosswalks_unmap);
ZV_UNMAP(zv_kind_clusters_unmap);
ZV_UNMAP(zv_kind_cluster_events_unmap);
ZV_UNMAP(zv_kind_cluster_members_unmap);
ZV_UNMAP(zv_kind_cluster_counts_unmap);
ZV_UNMAP(zv_kind_contracts_unmap);
ZV_UNMAP(zv_kind_deliveries_unmap);
ZV_UNMAP(zv_kind_org_years_unmap);
ZV_UNMAP(zv_kind_projects_unmap);
ZV_UNMAP(zv_kind_project_members_unmap);
ZV_UNMAP(zv_kind_project_costs_unmap);
ZV_UNMAP(zv_kind_infra_unmap);
ZV_UNMAP(zv_kind_residents_unmap);
ZV_UNMAP(zv_kind_statements_unmap);
ZV_UNMAP(zv_kind_received_unmap);
ZV_UNMAP(zv_kind_products_unmap);
ZV_UNMAP(zv_kind_recipes_unmap);
ZV_UNMAP(zv_kind_recipe_sources_unmap);

#endif
