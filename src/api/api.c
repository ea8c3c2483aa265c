/* The table of operations, and what all threads of the server share. */
#include "api/api.h"

#include <stdlib.h>

#include "api/inside.h"
#include "api/operations.h"
#include "app/database.h"
#include "base/mem.h"
#include "net/site.h"

enum { CACHE_BYTES = 16 << 20 };

#define READ 0
#define CACHED ZV_API_CACHED
#define ROWS ZV_API_ROWS
#define EXPORT (ZV_API_ROWS | ZV_API_EXPORT)
#define WRITE ZV_API_WRITE
#define MATCH (ZV_API_WRITE | ZV_API_MATCH)
#define LATER ZV_API_LATER
#define REGISTER (ZV_API_WRITE | ZV_API_REGISTER)
#define SECRET (ZV_API_WRITE | ZV_API_SECRET)

/*
 * The first that fits the path and has the method. Rows of one path follow one another, paths without {} before those with. The contract
 * has the same operations with the same actions; tests/api/contract.mjs compares.
 */
const struct zv_api_operation zv_api_operations[] = {
	{ZV_GET, "/healthz", "health", ZV_DO_PUBLIC_READ, ZV_API_SHARED, zv_api_health},
	{ZV_GET, "/api/v1/session", "session", ZV_DO_SESSION, READ, zv_api_session},
	{ZV_POST, "/api/v1/session", "signIn", ZV_DO_SESSION, LATER, zv_api_login},
	{ZV_DELETE, "/api/v1/session", "signOut", ZV_DO_SESSION, SECRET, zv_api_logout},
	{ZV_GET, "/api/v1/oidc/start", "oidcStart", ZV_DO_SESSION, LATER, zv_api_oidc_start},
	{ZV_GET, "/api/v1/oidc/callback", "oidcCallback", ZV_DO_SESSION, LATER, zv_api_oidc_callback},
	{ZV_GET, "/api/v1/account", "account", ZV_DO_OWN_ACCOUNT, READ, zv_api_account},
	{ZV_PATCH, "/api/v1/account", "changeAccount", ZV_DO_OWN_ACCOUNT, MATCH, zv_api_account_change},
	{ZV_POST, "/api/v1/account/password", "changePassword", ZV_DO_OWN_ACCOUNT, LATER, zv_api_account_password},
	{ZV_POST, "/api/v1/account/totp", "beginTotp", ZV_DO_OWN_ACCOUNT, SECRET, zv_api_totp_begin},
	{ZV_PUT, "/api/v1/account/totp", "confirmTotp", ZV_DO_OWN_ACCOUNT, SECRET, zv_api_totp_confirm},
	{ZV_DELETE, "/api/v1/account/totp", "removeTotp", ZV_DO_OWN_ACCOUNT, LATER, zv_api_totp_remove},
	{ZV_GET, "/api/v1/account/sessions", "ownSessions", ZV_DO_OWN_ACCOUNT, READ, zv_api_own_sessions},
	{ZV_DELETE, "/api/v1/account/sessions/{}", "endOwnSession", ZV_DO_OWN_ACCOUNT, WRITE, zv_api_own_session_end},
	{ZV_GET, "/api/v1/account/tokens", "tokens", ZV_DO_OWN_ACCOUNT, READ, zv_api_tokens},
	{ZV_POST, "/api/v1/account/tokens", "addToken", ZV_DO_OWN_ACCOUNT, SECRET, zv_api_add_token},
	{ZV_DELETE, "/api/v1/account/tokens/{}", "revokeToken", ZV_DO_OWN_ACCOUNT, WRITE, zv_api_end_token},
	{ZV_GET, "/api/v1/account/calendar", "ownCalendar", ZV_DO_OWN_ACCOUNT, READ, zv_api_own_calendar},
	{ZV_POST, "/api/v1/account/calendar", "makeCalendar", ZV_DO_OWN_ACCOUNT, SECRET, zv_api_calendar_make},
	{ZV_DELETE, "/api/v1/account/calendar", "endCalendar", ZV_DO_OWN_ACCOUNT, WRITE, zv_api_calendar_end},
	{ZV_GET, "/api/v1/calendar/{}.ics", "calendarFeed", ZV_DO_PUBLIC_READ, READ, zv_api_calendar_feed},
	{ZV_GET, "/api/v1/accounts", "accounts", ZV_DO_ACCOUNT_READ, READ, zv_api_accounts},
	{ZV_POST, "/api/v1/accounts", "addAccount", ZV_DO_ACCOUNT_WRITE, LATER, zv_api_account_add},
	{ZV_GET, "/api/v1/accounts/{}", "accountOf", ZV_DO_ACCOUNT_READ, READ, zv_api_account_of},
	{ZV_PATCH, "/api/v1/accounts/{}", "changeAccountOf", ZV_DO_ACCOUNT_WRITE, MATCH, zv_api_account_edit},
	{ZV_DELETE, "/api/v1/accounts/{}/sessions", "endSessionsOf", ZV_DO_ACCOUNT_WRITE, WRITE, zv_api_account_sessions_end},
	{ZV_DELETE, "/api/v1/accounts/{}/totp", "resetTotpOf", ZV_DO_ACCOUNT_WRITE, WRITE, zv_api_account_totp_reset},
	{ZV_POST, "/api/v1/accounts/{}/password", "resetPasswordOf", ZV_DO_ACCOUNT_WRITE, LATER, zv_api_account_password_reset},
	{ZV_GET, "/api/v1/audit", "audit", ZV_DO_AUDIT_READ, READ, zv_api_audit},
	{ZV_GET, "/api/v1/audit/head", "auditHead", ZV_DO_AUDIT_READ, READ, zv_api_audit_head},
	{ZV_POST, "/api/v1/audit/verify", "verifyAudit", ZV_DO_AUDIT_READ, WRITE, zv_api_audit_verify},
	{ZV_GET, "/api/v1/jobs", "jobs", ZV_DO_TASK, READ, zv_api_jobs},
	{ZV_GET, "/api/v1/jobs/{}", "job", ZV_DO_TASK, READ, zv_api_job},
	{ZV_DELETE, "/api/v1/jobs/{}", "cancelJob", ZV_DO_TASK, READ, zv_api_job_cancel},
	{ZV_GET, "/api/v1/jobs/{}/events", "jobEvents", ZV_DO_TASK, READ, zv_api_job_events},
	{ZV_GET, "/api/v1/home", "home", ZV_DO_OWN_ACCOUNT, READ, zv_api_home},
	{ZV_GET, "/api/v1/tasks", "tasks", ZV_DO_OWN_ACCOUNT, READ, zv_api_tasks},
	{ZV_POST, "/api/v1/tasks", "addTask", ZV_DO_TASK, WRITE, zv_api_task_add},
	{ZV_GET, "/api/v1/tasks/{}", "task", ZV_DO_OWN_ACCOUNT, READ, zv_api_task},
	{ZV_PATCH, "/api/v1/tasks/{}", "endTask", ZV_DO_TASK, WRITE, zv_api_task_end},
	{ZV_GET, "/api/v1/scouting", "scoutings", ZV_DO_SCOUTING_READ, READ, zv_api_scoutings},
	{ZV_GET, "/api/v1/scouting/{}", "scouting", ZV_DO_SCOUTING_READ, READ, zv_api_scouting},
	{ZV_PUT, "/api/v1/scouting/{}/centres/{}", "answerScouting", ZV_DO_SCOUTING_ANSWER, WRITE, zv_api_scouting_reply},
	{ZV_POST, "/api/v1/needs/{}/scouting", "startScouting", ZV_DO_SCOUTING_START, WRITE, zv_api_scouting_start},
	{ZV_GET, "/api/v1/contacts", "contacts", ZV_DO_DISCLOSURE_READ, READ, zv_api_contacts},
	{ZV_GET, "/api/v1/contacts/{}", "contact", ZV_DO_DISCLOSURE_READ, READ, zv_api_contact},
	{ZV_PATCH, "/api/v1/contacts/{}", "decideContact", ZV_DO_CONTACT_DECIDE, WRITE, zv_api_contact_decide},
	{ZV_POST, "/api/v1/needs/{}/contact", "askContact", ZV_DO_CONTACT_ASK, WRITE, zv_api_contact_ask},
	{ZV_GET, "/api/v1/disclosures", "disclosures", ZV_DO_DISCLOSURE_READ, READ, zv_api_disclosures},
	{ZV_GET, "/api/v1/approvals", "approvals", ZV_DO_APPROVE, READ, zv_api_approvals},
	{ZV_GET, "/api/v1/approvals/{}", "approval", ZV_DO_APPROVE, READ, zv_api_approval},
	{ZV_POST, "/api/v1/approvals/{}/decision", "decideApproval", ZV_DO_APPROVE, WRITE, zv_api_approval_decide},
	{ZV_POST, "/api/v1/orgs/{}/merge", "mergeOrg", ZV_DO_ORG_MERGE, WRITE, zv_api_merge},
	{ZV_POST, "/api/v1/orgs/{}/unmerge", "unmergeOrg", ZV_DO_ORG_MERGE, WRITE, zv_api_unmerge},
	{ZV_POST, "/api/v1/needs/{}/publication", "publishNeed", ZV_DO_NEED_PUBLISH, WRITE, zv_api_publish},
	{ZV_POST, "/api/v1/needs/{}/confirm", "confirmNeed", ZV_DO_NEED_CONFIRM, WRITE, zv_api_confirm},
	{ZV_POST, "/api/v1/lots/run", "runLots", ZV_DO_LOT_RUN, WRITE, zv_api_lots_run},
	{ZV_GET, "/api/v1/public/demand", "publicDemand", ZV_DO_PUBLIC_READ, READ, zv_api_public_demand},
	{ZV_GET, "/api/v1/public/demand.csv", "publicDemandCsv", ZV_DO_PUBLIC_READ, READ, zv_api_public_demand_csv},
	{ZV_GET, "/api/v1/public/demand/{}", "publicDemandItem", ZV_DO_PUBLIC_READ, READ, zv_api_public_demand_item},
	{ZV_GET, "/api/v1/public/regions", "publicRegions", ZV_DO_PUBLIC_READ, CACHED, zv_api_public_regions},
	{ZV_GET, "/api/v1/regions", "regions", ZV_DO_NEED_READ, CACHED, zv_api_regions},
	{ZV_POST, "/api/v1/orgs", "addOrg", ZV_DO_ORG_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/orgs/{}", "changeOrg", ZV_DO_ORG_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/sites", "addSite", ZV_DO_ORG_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/sites/{}", "changeSite", ZV_DO_ORG_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/needs", "addNeed", ZV_DO_NEED_WRITE, REGISTER, zv_api_row_add},
	{ZV_POST, "/api/v1/needs/check", "checkNeed", ZV_DO_NEED_WRITE, READ, zv_api_need_check},
	{ZV_PATCH, "/api/v1/needs/{}", "changeNeed", ZV_DO_NEED_WRITE, MATCH, zv_api_row_set},
	{ZV_DELETE, "/api/v1/needs/{}", "deleteNeed", ZV_DO_NEED_WRITE, WRITE, zv_api_need_delete},
	{ZV_POST, "/api/v1/needs/{}/join", "joinNeed", ZV_DO_NEED_WRITE, WRITE, zv_api_need_join},
	{ZV_POST, "/api/v1/offers", "addOffer", ZV_DO_OFFER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/offers/{}", "changeOffer", ZV_DO_OFFER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/capacities", "addCapacity", ZV_DO_OFFER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/capacities/{}", "changeCapacity", ZV_DO_OFFER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/clusters", "addCluster", ZV_DO_CLUSTER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/clusters/{}", "changeCluster", ZV_DO_CLUSTER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/cluster_events", "addClusterEvent", ZV_DO_CLUSTER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/cluster_events/{}", "changeClusterEvent", ZV_DO_CLUSTER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/cluster_members", "addClusterMember", ZV_DO_CLUSTER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/cluster_members/{}", "changeClusterMember", ZV_DO_CLUSTER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/contracts", "addContract", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/contracts/{}", "changeContract", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/deliveries", "addDelivery", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/deliveries/{}", "changeDelivery", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/org_years", "addOrgYear", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/org_years/{}", "changeOrgYear", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/projects", "addProject", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/projects/{}", "changeProject", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/project_members", "addProjectMember", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/project_members/{}", "changeProjectMember", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/project_costs", "addProjectCost", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/project_costs/{}", "changeProjectCost", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/infra", "addInfra", ZV_DO_CLUSTER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/infra/{}", "changeInfra", ZV_DO_CLUSTER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/residents", "addResident", ZV_DO_CLUSTER_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/residents/{}", "changeResident", ZV_DO_CLUSTER_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/statements", "addStatement", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/statements/{}", "changeStatement", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/received", "addReceived", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/received/{}", "changeReceived", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/products", "addProduct", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/products/{}", "changeProduct", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/recipe_lines", "addRecipeLine", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/recipe_lines/{}", "changeRecipeLine", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/line_sources", "addLineSource", ZV_DO_RECORD_WRITE, REGISTER, zv_api_row_add},
	{ZV_PATCH, "/api/v1/line_sources/{}", "changeLineSource", ZV_DO_RECORD_WRITE, MATCH, zv_api_row_set},
	{ZV_POST, "/api/v1/capacity/{}/confirm", "confirmCapacity", ZV_DO_OFFER_WRITE, WRITE, zv_api_capacity_confirm},
	{ZV_GET, "/api/v1/imports", "imports", ZV_DO_IMPORT, READ, zv_api_imports},
	{ZV_POST, "/api/v1/imports", "addImport", ZV_DO_IMPORT, ZV_API_WRITE | ZV_API_UPLOAD, zv_api_import_add},
	{ZV_GET, "/api/v1/imports/{}", "import", ZV_DO_IMPORT, READ, zv_api_import},
	{ZV_POST, "/api/v1/imports/{}/apply", "applyImport", ZV_DO_IMPORT, WRITE, zv_api_import_apply},
	{ZV_GET, "/api/v1/imports/{}/errors.xlsx", "importErrors", ZV_DO_IMPORT, READ, zv_api_import_errors},
	{ZV_GET, "/api/v1/import-kinds", "importKinds", ZV_DO_IMPORT, READ, zv_api_import_kinds},
	{ZV_GET, "/api/v1/templates/{}.xlsx", "template", ZV_DO_IMPORT, LATER, zv_api_template},
	{ZV_GET, "/api/v1/exports/{}.csv", "exportCsv", ZV_DO_EXPORT, LATER | ZV_API_ROWS | ZV_API_EXPORT, zv_api_export_csv},
	{ZV_GET, "/api/v1/exports/{}.xlsx", "exportXlsx", ZV_DO_EXPORT, LATER | ZV_API_ROWS | ZV_API_EXPORT, zv_api_export_xlsx},
	{ZV_GET, "/api/v1/batches", "batches", ZV_DO_IMPORT, READ, zv_api_batches},
	{ZV_GET, "/api/v1/batches/{}", "batch", ZV_DO_IMPORT, READ, zv_api_batch},
	{ZV_POST, "/api/v1/batches/{}/undo", "undoBatch", ZV_DO_IMPORT, WRITE, zv_api_batch_undo},
	{ZV_GET, "/api/v1/duplicates", "duplicates", ZV_DO_DUPLICATE, READ, zv_api_duplicates},
	{ZV_GET, "/api/v1/duplicates/{}", "duplicate", ZV_DO_DUPLICATE, READ, zv_api_duplicate},
	{ZV_PATCH, "/api/v1/duplicates/{}", "decideDuplicate", ZV_DO_DUPLICATE, WRITE, zv_api_duplicate_decide},
	{ZV_GET, "/api/v1/clusters/growth", "clusterGrowth", ZV_DO_CLUSTER_READ, CACHED, zv_api_cluster_growth},
	{ZV_GET, "/api/v1/clusters/{}/profile", "clusterProfile", ZV_DO_CLUSTER_READ, READ, zv_api_cluster_profile},
	{ZV_GET, "/api/v1/clusters/{}/map", "clusterMap", ZV_DO_RECORD_READ, READ, zv_api_cluster_map},
	{ZV_GET, "/api/v1/clusters/{}/map.svg", "clusterMapSvg", ZV_DO_RECORD_READ, READ, zv_api_cluster_map_svg},
	{ZV_GET, "/api/v1/clusters/{}/map.csv", "clusterMapCsv", ZV_DO_RECORD_READ, READ, zv_api_cluster_map_csv},
	{ZV_GET, "/api/v1/clusters/{}/map.graphml", "clusterMapGraphml", ZV_DO_RECORD_READ, READ, zv_api_cluster_map_graphml},
	{ZV_GET, "/api/v1/clusters/{}/check", "checkCluster", ZV_DO_CHECK, READ, zv_api_cluster_check},
	{ZV_POST, "/api/v1/clusters/{}/verdicts", "keepVerdict", ZV_DO_CHECK, WRITE, zv_api_verdict_keep},
	{ZV_GET, "/api/v1/verdicts", "verdicts", ZV_DO_CHECK, READ, zv_api_verdicts},
	{ZV_GET, "/api/v1/verdicts/{}", "verdict", ZV_DO_CHECK, READ, zv_api_verdict},
	{ZV_GET, "/api/v1/packs", "packs", ZV_DO_RULES_READ, READ, zv_api_packs},
	{ZV_POST, "/api/v1/packs", "loadPack", ZV_DO_RULES_WRITE, WRITE, zv_api_pack_load},
	{ZV_POST, "/api/v1/packs/check", "checkPack", ZV_DO_RULES_READ, READ, zv_api_pack_check},
	{ZV_GET, "/api/v1/packs/{}", "pack", ZV_DO_RULES_READ, READ, zv_api_pack},
	{ZV_GET, "/api/v1/packs/{}/text", "packText", ZV_DO_RULES_READ, READ, zv_api_pack_text},
	{ZV_GET, "/api/v1/cluster-checks", "clusterChecks", ZV_DO_CHECK, LATER, zv_api_cluster_checks},
	{ZV_GET, "/api/v1/cluster-checks.csv", "clusterChecksCsv", ZV_DO_CHECK, EXPORT | LATER, zv_api_cluster_checks_csv},
	{ZV_GET, "/api/v1/cluster-checks.xlsx", "clusterChecksXlsx", ZV_DO_CHECK, EXPORT | LATER, zv_api_cluster_checks_xlsx},
	{ZV_POST, "/api/v1/applications/check-all", "checkAllClusters", ZV_DO_CHECK, WRITE, zv_api_check_all_clusters},
	{ZV_GET, "/api/v1/measures", "measures", ZV_DO_RULES_READ, READ, zv_api_measures},
	{ZV_GET, "/api/v1/measures/{}", "measure", ZV_DO_RULES_READ, READ, zv_api_measure},
	{ZV_GET, "/api/v1/orgs/{}/support", "orgSupport", ZV_DO_SUPPORT_READ, READ, zv_api_org_support},
	{ZV_GET, "/api/v1/projects/{}/support", "projectSupport", ZV_DO_SUPPORT_READ, READ, zv_api_project_support},
	{ZV_PUT, "/api/v1/orgs/{}/facts/{}", "stateFact", ZV_DO_RECORD_WRITE, WRITE, zv_api_state_fact},
	{ZV_POST, "/api/v1/projects/{}/costs-from-lots", "costsFromLots", ZV_DO_RECORD_WRITE, WRITE, zv_api_costs_from_lots},
	{ZV_POST, "/api/v1/budget-check", "checkBudget", ZV_DO_RULES_READ, READ, zv_api_budget_check},
	{ZV_GET, "/api/v1/measure-calendar", "measureCalendar", ZV_DO_RULES_READ, READ, zv_api_measure_calendar},
	{ZV_GET, "/api/v1/measure-changes", "measureChanges", ZV_DO_SUPPORT_READ, READ, zv_api_measure_changes},
	{ZV_GET, "/api/v1/chain-causes", "chainCauses", ZV_DO_RECORD_READ, LATER, zv_api_chain_causes},
	{ZV_GET, "/api/v1/chain-graph", "chainGraph", ZV_DO_RECORD_READ, LATER, zv_api_chain_graph},
	{ZV_GET, "/api/v1/chain-graph.graphml", "chainGraphFile", ZV_DO_RECORD_READ, LATER, zv_api_chain_graph_graphml},
	{ZV_GET, "/api/v1/chain-ranking", "chainRanking", ZV_DO_RECORD_READ, LATER, zv_api_chain_ranking},
	{ZV_POST, "/api/v1/chain-ranking", "rankChains", ZV_DO_RECORD_READ, WRITE, zv_api_chain_rank_all},
	{ZV_GET, "/api/v1/chain-run", "chainRun", ZV_DO_RECORD_READ, LATER, zv_api_chain_run},
	{ZV_GET, "/api/v1/chain-tree", "chainTree", ZV_DO_RECORD_READ, LATER, zv_api_chain_tree},
	{ZV_GET, "/api/v1/scenarios", "scenarios", ZV_DO_SCENARIO, READ, zv_api_scenarios},
	{ZV_POST, "/api/v1/scenarios", "saveScenario", ZV_DO_SCENARIO, WRITE, zv_api_scenario_save},
	{ZV_GET, "/api/v1/scenarios/{}", "scenario", ZV_DO_SCENARIO, READ, zv_api_scenario},
	{ZV_PATCH, "/api/v1/scenarios/{}", "renameScenario", ZV_DO_SCENARIO, WRITE, zv_api_scenario_rename},
	{ZV_DELETE, "/api/v1/scenarios/{}", "dropScenario", ZV_DO_SCENARIO, WRITE, zv_api_scenario_drop},
	{ZV_GET, "/api/v1/scenario-comparison", "scenarioComparison", ZV_DO_SCENARIO, LATER, zv_api_scenario_comparison},
	{ZV_GET, "/api/v1/scenario-comparison.csv", "scenarioComparisonCsv", ZV_DO_SCENARIO, EXPORT | LATER, zv_api_scenario_comparison_csv},
	{ZV_GET, "/api/v1/infra-search", "infraSearch", ZV_DO_CLUSTER_READ, ROWS, zv_api_infra_search},
	{ZV_GET, "/api/v1/clusters/{}/candidates", "clusterCandidates", ZV_DO_INVITE, READ, zv_api_candidates},
	{ZV_GET, "/api/v1/clusters/{}/invitations", "clusterInvitations", ZV_DO_INVITE, READ, zv_api_invitations},
	{ZV_POST, "/api/v1/clusters/{}/invitations", "inviteToCluster", ZV_DO_INVITE, WRITE, zv_api_invite},
	{ZV_GET, "/api/v1/invitations/{}", "invitation", ZV_DO_CLUSTER_READ, READ, zv_api_invitation},
	{ZV_PATCH, "/api/v1/invitations/{}", "changeInvitation", ZV_DO_TASK, WRITE, zv_api_invitation_change},
	{ZV_GET, "/api/v1/summary", "summary", ZV_DO_REFERENCE_READ, CACHED, zv_api_summary},
	{ZV_GET, "/api/v1/registers", "registers", ZV_DO_REFERENCE_READ, CACHED, zv_api_registers},
	{ZV_GET, "/api/v1/search", "search", ZV_DO_REFERENCE_READ, ROWS, zv_api_search},
	{ZV_GET, "/api/v1/suggest", "suggest", ZV_DO_REFERENCE_READ, ROWS, zv_api_suggest},
	{ZV_GET, "/api/v1/lots", "lots", ZV_DO_LOT_READ, CACHED, zv_api_lots},
	{ZV_GET, "/api/v1/near-lots", "nearLots", ZV_DO_LOT_READ, CACHED, zv_api_near_lots},
	{ZV_GET, "/api/v1/lots/{}", "lot", ZV_DO_LOT_READ, CACHED, zv_api_lot},
	{ZV_GET, "/api/v1/needs/{}/matches", "matches", ZV_DO_MATCH_READ, CACHED, zv_api_matches},
	{ZV_GET, "/api/v1/needs/{}/why", "why", ZV_DO_NEED_READ, CACHED, zv_api_why},
	{ZV_GET, "/api/v1/applications", "applications", ZV_DO_APPLICATION_READ, READ, zv_api_applications},
	{ZV_POST, "/api/v1/clusters/{}/applications", "startApplication", ZV_DO_APPLICATION_WRITE, WRITE, zv_api_application_start},
	{ZV_GET, "/api/v1/applications/{}", "application", ZV_DO_APPLICATION_READ, READ, zv_api_application},
	{ZV_POST, "/api/v1/applications/{}/precheck", "precheckApplication", ZV_DO_APPLICATION_WRITE, MATCH, zv_api_application_precheck},
	{ZV_POST, "/api/v1/applications/{}/submit", "submitApplication", ZV_DO_APPLICATION_WRITE, MATCH, zv_api_application_submit},
	{ZV_POST, "/api/v1/applications/{}/questions", "askApplication", ZV_DO_APPLICATION_REVIEW, MATCH, zv_api_application_ask},
	{ZV_POST, "/api/v1/applications/{}/answers", "answerApplication", ZV_DO_APPLICATION_WRITE, MATCH, zv_api_application_answer},
	{ZV_POST, "/api/v1/applications/{}/returns", "returnApplication", ZV_DO_APPLICATION_REVIEW, MATCH, zv_api_application_return},
	{ZV_POST, "/api/v1/applications/{}/corrections", "correctApplication", ZV_DO_APPLICATION_WRITE, MATCH, zv_api_application_correct},
	{ZV_POST, "/api/v1/applications/{}/decision", "decideApplication", ZV_DO_APPLICATION_REVIEW, MATCH, zv_api_application_decide},
	{ZV_POST, "/api/v1/applications/{}/withdrawal", "withdrawApplication", ZV_DO_APPLICATION_WRITE, MATCH, zv_api_application_withdraw},
	{ZV_PUT, "/api/v1/applications/{}/documents/{}", "putApplicationDocument", ZV_DO_APPLICATION_WRITE, MATCH | ZV_API_UPLOAD, zv_api_application_put},
	{ZV_DELETE, "/api/v1/applications/{}/documents/{}", "removeApplicationDocument", ZV_DO_APPLICATION_WRITE, MATCH, zv_api_application_remove},
	{ZV_GET, "/api/v1/applications/{}/documents/{}/signature", "applicationSignature", ZV_DO_APPLICATION_READ, LATER, zv_api_application_signature},
	{ZV_PUT, "/api/v1/applications/{}/documents/{}/signature", "putApplicationSignature", ZV_DO_APPLICATION_WRITE, MATCH | ZV_API_UPLOAD, zv_api_application_sign},
	{ZV_GET, "/api/v1/applications/{}/documents/{}/file", "applicationFile", ZV_DO_APPLICATION_READ, LATER, zv_api_application_file},
	{ZV_GET, "/api/v1/applications/{}/frozen", "applicationCopy", ZV_DO_APPLICATION_READ, READ, zv_api_application_copy},
	{ZV_GET, "/api/v1/applications/{}/checklist.csv", "applicationChecklist", ZV_DO_APPLICATION_READ, READ, zv_api_application_checklist},
	{ZV_GET, "/api/v1/plans", "plans", ZV_DO_PLAN_READ, READ, zv_api_plans},
	{ZV_POST, "/api/v1/plans", "runPlan", ZV_DO_PLAN_RUN, WRITE, zv_api_plan_start},
	{ZV_GET, "/api/v1/plans/{}", "plan", ZV_DO_PLAN_READ, CACHED, zv_api_plan},
	{ZV_PATCH, "/api/v1/plans/{}", "renamePlan", ZV_DO_PLAN_RUN, WRITE, zv_api_plan_rename},
	{ZV_DELETE, "/api/v1/plans/{}", "dropPlan", ZV_DO_PLAN_RUN, WRITE, zv_api_plan_drop},
	{ZV_GET, "/api/v1/plans/{}/orders", "planOrders", ZV_DO_PLAN_READ, ROWS, zv_api_plan_orders},
	{ZV_GET, "/api/v1/plans/{}/orders.csv", "planOrdersCsv", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_orders_csv},
	{ZV_GET, "/api/v1/plans/{}/orders.xlsx", "planOrdersXlsx", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_orders_xlsx},
	{ZV_GET, "/api/v1/plans/{}/uncovered", "planUncovered", ZV_DO_PLAN_READ, ROWS, zv_api_plan_uncovered},
	{ZV_GET, "/api/v1/plans/{}/uncovered.csv", "planUncoveredCsv", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_uncovered_csv},
	{ZV_GET, "/api/v1/plans/{}/uncovered.xlsx", "planUncoveredXlsx", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_uncovered_xlsx},
	{ZV_GET, "/api/v1/plans/{}/flows.csv", "planFlowsCsv", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_flows_csv},
	{ZV_GET, "/api/v1/plans/{}/flows.xlsx", "planFlowsXlsx", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_flows_xlsx},
	{ZV_GET, "/api/v1/plans/{}/unlocks", "planUnlocks", ZV_DO_PLAN_READ, READ, zv_api_plan_unlocks},
	{ZV_GET, "/api/v1/plans/{}/unlocks.csv", "planUnlocksCsv", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_unlocks_csv},
	{ZV_GET, "/api/v1/plans/{}/next-tiers", "planNextTiers", ZV_DO_PLAN_READ, READ, zv_api_plan_next_tiers},
	{ZV_GET, "/api/v1/plans/{}/hours", "planHours", ZV_DO_PLAN_READ, READ, zv_api_plan_hours},
	{ZV_GET, "/api/v1/plans/{}/missing", "planMissing", ZV_DO_PLAN_READ, READ, zv_api_plan_missing},
	{ZV_GET, "/api/v1/plans/{}/missing.csv", "planMissingCsv", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_missing_csv},
	{ZV_GET, "/api/v1/plans/{}/sankey", "planSankey", ZV_DO_PLAN_READ, CACHED, zv_api_plan_sankey},
	{ZV_GET, "/api/v1/plans/{}/plan.xlsx", "planXlsx", ZV_DO_PLAN_READ, EXPORT | LATER, zv_api_plan_xlsx},
	{ZV_GET, "/api/v1/plans/{}/orders/{}", "planOrder", ZV_DO_PLAN_READ, ROWS, zv_api_plan_order},
	{ZV_GET, "/api/v1/plan-compare", "comparePlans", ZV_DO_PLAN_READ, READ, zv_api_plan_compare},
	/* Any register: what nothing above has taken. */
	{ZV_GET, "/api/v1/{}", "rows", ZV_DO_REFERENCE_READ, ROWS | ZV_API_ANY, zv_api_rows},
	{ZV_GET, "/api/v1/{}/{}", "row", ZV_DO_REFERENCE_READ, ZV_API_ANY, zv_api_row},
};

const size_t zv_api_n_operations = ZV_LEN(zv_api_operations);

struct zv_api *zv_api_new(const char *db_url, const char *version)
{
	struct zv_api *api = zv_calloc(1, sizeof(*api));

	api->with = (struct zv_api_options){.db_url = db_url, .version = version};
	api->site = zv_site_new();
	api->cache = zv_cache_new(CACHE_BYTES);
	api->quota = zv_quota_new();
	api->routes = zv_routes_new();
	pthread_mutex_init(&api->mutex, NULL);
	return api;
}

void zv_api_free(struct zv_api *api)
{
	if (api == NULL)
		return;
	assert(atomic_load(&api->deferred) == 0);
	for (int i = 0; i < api->n_spare; i++)
		zv_database_close(api->spare[i]);
	pthread_mutex_destroy(&api->mutex);
	free(api->routes);
	zv_quota_free(api->quota);
	zv_cache_free(api->cache);
	zv_site_free(api->site);
	free(api);
}

bool zv_api_has_pages(const struct zv_api *api)
{
	return zv_site_has_pages(api->site);
}

void zv_api_open(struct zv_api *api, const struct zv_api_options *options)
{
	struct zv_api_options with = *options;

	with.db_url = api->with.db_url;
	with.version = api->with.version;
	api->with = with;
	atomic_store_explicit(&api->open, true, memory_order_release);
	zv_api_publish_demand(api);
}

void *zv_api_thread_open(void *context, struct zv_err *err)
{
	const struct zv_api *api = context;
	struct zv_api_thread *thread = zv_calloc(1, sizeof(*thread));

	if (zv_database_open(&thread->db, api->with.db_url, ZV_DATABASE_READ, err) == ZV_OK)
		return thread;
	free(thread);
	return NULL;
}

void zv_api_thread_close(void *context)
{
	struct zv_api_thread *thread = context;

	zv_database_close(thread->db);
	free(thread);
}
