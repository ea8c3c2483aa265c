/* The operations of the API, one line each; they are called by the dispatcher alone. docs/api/openapi.json says what each does. */
#ifndef ZV_API_OPERATIONS_H
#define ZV_API_OPERATIONS_H

#include "api/call.h"

/* registers.c, rows.c, lots.c, needs.c, search.c */
enum zv_code zv_api_health(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_summary(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_registers(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_rows(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_row(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_lots(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_lot(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_near_lots(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_matches(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_why(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_search(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_suggest(struct zv_api_call *call, struct zv_err *err);

/* demand.c */
enum zv_code zv_api_public_demand(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_public_demand_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_public_demand_item(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_public_regions(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_regions(struct zv_api_call *call, struct zv_err *err);

/* session.c, oidc.c */
enum zv_code zv_api_session(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_login(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_logout(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_oidc_start(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_oidc_callback(struct zv_api_call *call, struct zv_err *err);

/* account.c */
enum zv_code zv_api_account(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_change(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_password(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_totp_begin(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_totp_confirm(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_totp_remove(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_own_sessions(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_own_session_end(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_tokens(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_add_token(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_end_token(struct zv_api_call *call, struct zv_err *err);

/* accounts.c */
enum zv_code zv_api_accounts(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_add(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_of(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_edit(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_sessions_end(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_totp_reset(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_account_password_reset(struct zv_api_call *call, struct zv_err *err);

/* audit.c, jobs.c */
enum zv_code zv_api_audit(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_audit_head(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_audit_verify(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_jobs(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_job(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_job_cancel(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_job_events(struct zv_api_call *call, struct zv_err *err);

/* tasks.c */
enum zv_code zv_api_home(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_tasks(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_task(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_task_add(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_task_end(struct zv_api_call *call, struct zv_err *err);

/* scouting.c */
enum zv_code zv_api_scouting_start(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scoutings(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scouting(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scouting_reply(struct zv_api_call *call, struct zv_err *err);

/* contacts.c */
enum zv_code zv_api_contact_ask(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_contacts(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_contact(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_contact_decide(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_disclosures(struct zv_api_call *call, struct zv_err *err);

/* approvals.c */
enum zv_code zv_api_approvals(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_approval(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_approval_decide(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_merge(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_unmerge(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_publish(struct zv_api_call *call, struct zv_err *err);

/* measures.c, calendar.c */
enum zv_code zv_api_measures(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_measure(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_measure_calendar(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_measure_changes(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_own_calendar(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_calendar_make(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_calendar_end(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_calendar_feed(struct zv_api_call *call, struct zv_err *err);

/* confirm.c */
enum zv_code zv_api_confirm(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_lots_run(struct zv_api_call *call, struct zv_err *err);

/* rows_write.c */
enum zv_code zv_api_row_add(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_row_set(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_need_check(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_need_delete(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_need_join(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_capacity_confirm(struct zv_api_call *call, struct zv_err *err);

/* clusters.c */
enum zv_code zv_api_cluster_growth(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_profile(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_map(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_map_svg(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_map_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_map_graphml(struct zv_api_call *call, struct zv_err *err);

/* chains.c */
enum zv_code zv_api_chain_causes(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_chain_rank_all(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_chain_ranking(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_chain_run(struct zv_api_call *call, struct zv_err *err);

/* chain_graph.c */
enum zv_code zv_api_chain_graph(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_chain_graph_graphml(struct zv_api_call *call, struct zv_err *err);

/* chain_tree.c */
enum zv_code zv_api_chain_tree(struct zv_api_call *call, struct zv_err *err);

/* scenarios.c */
enum zv_code zv_api_scenarios(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scenario(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scenario_save(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scenario_rename(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scenario_drop(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scenario_comparison(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_scenario_comparison_csv(struct zv_api_call *call, struct zv_err *err);

/* infra.c */
enum zv_code zv_api_infra_search(struct zv_api_call *call, struct zv_err *err);

/* invitations.c */
enum zv_code zv_api_candidates(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_invitations(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_invite(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_invitation(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_invitation_change(struct zv_api_call *call, struct zv_err *err);

/* check.c, verdicts.c, packs.c */
enum zv_code zv_api_cluster_check(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_checks(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_checks_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_cluster_checks_xlsx(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_check_all_clusters(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_verdict_keep(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_verdicts(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_verdict(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_packs(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_pack(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_pack_text(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_pack_check(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_pack_load(struct zv_api_call *call, struct zv_err *err);

/* imports.c, exports.c */
enum zv_code zv_api_import_kinds(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_import_add(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_imports(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_import(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_import_apply(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_import_errors(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_template(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_export_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_export_xlsx(struct zv_api_call *call, struct zv_err *err);

/* batches.c, duplicates.c */
enum zv_code zv_api_batches(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_batch(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_batch_undo(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_duplicates(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_duplicate(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_duplicate_decide(struct zv_api_call *call, struct zv_err *err);

/* plans.c, plans_orders.c, plans_left.c, plans_run.c, plans_files.c, plans_compare.c */
enum zv_code zv_api_plans(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_start(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_rename(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_drop(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_orders(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_orders_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_orders_xlsx(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_uncovered(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_uncovered_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_uncovered_xlsx(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_flows_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_flows_xlsx(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_unlocks(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_unlocks_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_next_tiers(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_hours(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_missing(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_missing_csv(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_sankey(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_xlsx(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_order(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_plan_compare(struct zv_api_call *call, struct zv_err *err);

/* support.c */
enum zv_code zv_api_org_support(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_project_support(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_state_fact(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_budget_check(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_costs_from_lots(struct zv_api_call *call, struct zv_err *err);

/* applications.c */
enum zv_code zv_api_applications(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_copy(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_checklist(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_file(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_signature(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_start(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_put(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_sign(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_remove(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_precheck(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_submit(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_ask(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_answer(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_return(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_correct(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_withdraw(struct zv_api_call *call, struct zv_err *err);
enum zv_code zv_api_application_decide(struct zv_api_call *call, struct zv_err *err);

#endif
