// Which page stands at which address. Each comes as its own file when it is first asked for.
import type { ComponentType } from "preact";

export type PageProps = { params: string[] };
type PageModule = { default: ComponentType<PageProps> };

export interface Route {
	pattern: RegExp;
	load: () => Promise<PageModule>;
	open?: boolean; // needs no sign-in
}

const route = (pattern: RegExp, load: () => Promise<PageModule>, open?: boolean): Route => ({ pattern, load, open });

// "/" is chosen by who asks (main.tsx).
export const HOME = route(/^\/$/, () => import("./pages/home/Home"));
export const PUBLIC_HOME = route(/^\/$/, () => import("./pages/public/PublicHome"), true);

export const ROUTES: Route[] = [
	route(/^\/signin$/, () => import("./pages/login/LoginPage"), true),
	route(/^\/demand$/, () => import("./pages/public/DemandList"), true),
	route(/^\/demand\/(\w+)$/, () => import("./pages/public/DemandPage"), true),
	route(/^\/map$/, () => import("./pages/map/MapPage"), true),
	route(/^\/account$/, () => import("./pages/account/AccountPage")),
	route(/^\/registers$/, () => import("./pages/register/Registers")),
	route(/^\/registers\/(orgs?)\/(org_\w+)$/, () => import("./pages/org/OrgPage")),
	route(/^\/registers\/(org|site|offer|capacity|cluster|cluster_event|infra|resident|contract|delivery|org_year|project)\/new$/, () => import("./pages/register/RowForm")),
	route(/^\/registers\/(org|site|offer|capacity|cluster|cluster_event|infra|resident|contract|delivery|org_year|project)\/(\w+)\/edit$/, () => import("./pages/register/RowForm")),
	route(/^\/registers\/([a-z_]+)$/, () => import("./pages/register/RegisterList")),
	route(/^\/registers\/([a-z_]+)\/(\w+)$/, () => import("./pages/register/RecordPage")),
	route(/^\/needs$/, () => import("./pages/need/NeedList")),
	route(/^\/needs\/new$/, () => import("./pages/need/NeedForm")),
	route(/^\/needs\/(\w+)\/edit$/, () => import("./pages/need/NeedForm")),
	route(/^\/needs\/(\w+)$/, () => import("./pages/need/NeedPage")),
	route(/^\/lots$/, () => import("./pages/lot/LotList")),
	route(/^\/lots\/(\w+)$/, () => import("./pages/lot/LotPage")),
	route(/^\/plans$/, () => import("./pages/plan/PlanList")),
	route(/^\/plans\/(\w+)$/, () => import("./pages/plan/PlanOverview")),
	route(/^\/plans\/(\w+)\/orders$/, () => import("./pages/plan/PlanOrders")),
	route(/^\/plans\/(\w+)\/orders\/(\d+)$/, () => import("./pages/plan/PlanOrder")),
	route(/^\/plans\/(\w+)\/uncovered$/, () => import("./pages/plan/PlanUncovered")),
	route(/^\/plans\/(\w+)\/unlocks$/, () => import("./pages/plan/PlanUnlocks")),
	route(/^\/plans\/(\w+)\/missing$/, () => import("./pages/plan/PlanMissing")),
	route(/^\/plans\/(\w+)\/flows$/, () => import("./pages/plan/PlanFlows")),
	route(/^\/plan-compare$/, () => import("./pages/plan/PlanCompare")),
	route(/^\/stops$/, () => import("./pages/stop/StopsPage")),
	route(/^\/chain-graph$/, () => import("./pages/chain/GraphPage")),
	route(/^\/chain-tree$/, () => import("./pages/chain/TreePage")),
	route(/^\/scenarios$/, () => import("./pages/scenario/ScenariosPage")),
	route(/^\/scenario-comparison$/, () => import("./pages/scenario/ComparisonPage")),
	route(/^\/clusters$/, () => import("./pages/cluster/ClusterList")),
	route(/^\/clusters\/(\w+)$/, () => import("./pages/cluster/ClusterPage")),
	route(/^\/clusters\/(\w+)\/members$/, () => import("./pages/cluster/Members")),
	route(/^\/clusters\/(\w+)\/check$/, () => import("./pages/check/CheckPage")),
	route(/^\/clusters\/(\w+)\/what-if$/, () => import("./pages/check/WhatIfPage")),
	route(/^\/clusters\/(\w+)\/map$/, () => import("./pages/cluster/MapPage")),
	route(/^\/clusters\/(\w+)\/contracts$/, () => import("./pages/cluster/Contracts")),
	route(/^\/clusters\/(\w+)\/projects$/, () => import("./pages/cluster/Projects")),
	route(/^\/verdicts\/(\w+)$/, () => import("./pages/check/VerdictPage")),
	route(/^\/packs$/, () => import("./pages/pack/PackList")),
	route(/^\/packs\/new$/, () => import("./pages/pack/PackLoad")),
	route(/^\/packs\/([\w.-]+)$/, () => import("./pages/pack/PackPage")),
	route(/^\/measures$/, () => import("./pages/measure/MeasureList")),
	route(/^\/measures\/calendar$/, () => import("./pages/measure/MeasureCalendar")),
	route(/^\/measures\/changes$/, () => import("./pages/measure/MeasureChanges")),
	route(/^\/measures\/([\w-]+)$/, () => import("./pages/measure/MeasurePage")),
	route(/^\/support(?:\/(org_\w+))?$/, () => import("./pages/support/SupportPage")),
	route(/^\/projects\/(\w+)\/support$/, () => import("./pages/support/ProjectSupport")),
	route(/^\/infra$/, () => import("./pages/infra/InfraSearch")),
	route(/^\/clusters\/(\w+)\/campaign$/, () => import("./pages/campaign/Campaign")),
	route(/^\/clusters\/(\w+)\/application$/, () => import("./pages/application/ClusterApplication")),
	route(/^\/applications$/, () => import("./pages/application/ApplicationList")),
	route(/^\/applications\/(\w+)$/, () => import("./pages/application/ApplicationPage")),
	route(/^\/cluster-checks$/, () => import("./pages/application/ClusterChecks")),
	route(/^\/invitations\/(\w+)$/, () => import("./pages/campaign/InvitationPage")),
	route(/^\/search$/, () => import("./pages/search/SearchPage")),
	route(/^\/scouting$/, () => import("./pages/scouting/ScoutingList")),
	route(/^\/scouting\/(\w+)$/, () => import("./pages/scouting/ScoutingBoard")),
	route(/^\/contacts$/, () => import("./pages/contact/ContactList")),
	route(/^\/disclosures$/, () => import("./pages/contact/DisclosureList")),
	route(/^\/imports$/, () => import("./pages/import/ImportStart")),
	route(/^\/imports\/(\w+)$/, () => import("./pages/import/ImportPage")),
	route(/^\/batches$/, () => import("./pages/import/BatchList")),
	route(/^\/batches\/(\w+)$/, () => import("./pages/import/BatchPage")),
	route(/^\/duplicates$/, () => import("./pages/duplicate/DuplicateList")),
	route(/^\/duplicates\/(\w+)$/, () => import("./pages/duplicate/DuplicatePage")),
	route(/^\/approvals(?:\/(\w+))?$/, () => import("./pages/admin/ApprovalList")),
	route(/^\/tasks$/, () => import("./pages/home/TaskPage")),
	route(/^\/accounts$/, () => import("./pages/admin/AccountList")),
	route(/^\/accounts\/new$/, () => import("./pages/admin/AccountForm")),
	route(/^\/accounts\/(\w+)$/, () => import("./pages/admin/AccountForm")),
	route(/^\/audit$/, () => import("./pages/admin/AuditPage")),
];
