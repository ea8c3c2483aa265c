// The pages that a person of the demo world has: those of his menu, and one object of each kind that he sees.
import { DEMO_PASSWORD, equal, signIn } from "../api/lib.mjs";

const first = async (ask, path) => (await ask(`/api/v1${path}`)).json?.items?.[0];

// The pages of the menu of a person, and one object of each kind that he sees.
export async function pagesOf(base, login) {
	const { get: ask, session } = await signIn(base, login, DEMO_PASSWORD);
	const may = (scope) => session.may.includes(scope);
	const pages = { home: "/", map: "/map" };
	// These are the same for everybody: looked at once.
	if (login === "operator-rya") Object.assign(pages, { registers: "/registers", account: "/account", demand: "/demand", search: `/search?q=${encodeURIComponent("ацетил")}`, nohit: "/search?q=zzzz", missing: "/nowhere" });
	const lists = {
		needs: "need.read",
		lots: "lot.read",
		scouting: "scouting.read",
		contacts: "contact.decide",
		imports: "import",
		batches: "import",
		duplicates: "duplicate",
		approvals: "approve",
		disclosures: "disclosure.read",
		accounts: "account.read",
		audit: "audit.read",
		clusters: "cluster.read",
		packs: "rules.read",
		plans: "plan.read",
		stops: "contract.read",
		scenarios: "scenario",
	};
	for (const [name, scope] of Object.entries(lists)) if (may(scope)) pages[name] = `/${name}`;
	const objects = { need: ["/needs", "/needs"], lot: ["/lots", "/lots"], org: ["/orgs", "/registers/org"], item: ["/items", "/registers/item"], offer: ["/offers", "/registers/offer"], capacity: ["/capacities", "/registers/capacity"], batch: ["/batches", "/batches"] };
	for (const [name, [path, page]] of Object.entries(objects)) {
		const found = await first(ask, path);
		if (found) pages[name] = `${page}/${found.uid}`;
	}
	if (login === "analyst") pages.tree = `/chain-tree?item=${encodeURIComponent("резиновая смесь")}`;
	if (login === "buyer-e1") pages.graph = "/chain-graph";
	pages.orgs = "/registers/org";
	if (may("plan.read")) await addPlanPages(pages, ask, may);
	// Those who work with them look at clusters and support; the pages are the same for all others, with fewer controls.
	if (["cluster", "analyst"].includes(login)) {
		await addClusterPages(pages, ask, may);
		await addSupportPages(pages, ask, may);
	}
	// Pages of one route do not follow one another: then nothing tells that the second has come.
	const stops = ["buyer-e1", "analyst"].includes(login);
	if (stops) pages["stops-one"] = `/stops?cause=${encodeURIComponent("import:ускоритель X@Китай")}`;
	if (login === "buyer-e1") Object.assign(pages, { clusters: "/clusters", support: "/support" });
	if (may("need.write")) pages["need-new"] = "/needs/new";
	if (may("need.write") && pages.need) pages["need-edit"] = `${pages.need}/edit`;
	if (login === "buyer-e1") pages["stops-with"] = `/stops?cause=${encodeURIComponent("country:Китай")}&with=${encodeURIComponent("ИС2")}`;
	if (may("org.write")) pages["org-new"] = "/registers/org/new";
	if (may("account.write")) pages["account-new"] = "/accounts/new";
	return pages;
}

// A plan as the analyst sees it, whole; of others, who see less of it, what looks different.
async function addPlanPages(pages, ask, may) {
	const [newest, older] = (await ask("/api/v1/plans")).json.items;
	const plan = `/plans/${newest.uid}`;
	Object.assign(pages, { plan, "plan-orders": `${plan}/orders`, "plan-uncovered": `${plan}/uncovered` });
	if (!may("plan.run")) return;
	Object.assign(pages, { "plan-order": `${plan}/orders/1`, "plan-unlocks": `${plan}/unlocks`, "plan-missing": `${plan}/missing`, "plan-flows": `${plan}/flows` });
	if (older) pages["plan-compare"] = `/plan-compare?a=${older.uid}&b=${newest.uid}`;
}

// The parts of a cluster that this person has, a pack, a verdict of the past.
async function addClusterPages(pages, ask, may) {
	const clusters = (await ask("/api/v1/clusters")).json.items;
	const profiles = await Promise.all(clusters.slice(0, 20).map(async (c) => (await ask(`/api/v1/clusters/${c.uid}/profile`)).json));
	const rank = (p) => Object.values(p.may).filter(Boolean).length * 100 + p.members.length;
	const profile = profiles.sort((a, b) => rank(b) - rank(a))[0];
	if (profile) {
		const cluster = `/clusters/${profile.cluster.uid}`;
		Object.assign(pages, { cluster, "cluster-members": `${cluster}/members`, "cluster-projects": `${cluster}/projects` });
		if (profile.may.map) Object.assign(pages, { "cluster-map": `${cluster}/map`, "cluster-contracts": `${cluster}/contracts` });
		if (profile.may.check) Object.assign(pages, { "cluster-check": `${cluster}/check`, "cluster-what-if": `${cluster}/what-if?without=${profile.members[0]?.org.uid ?? ""}` });
		const verdict = profile.may.check ? (await ask(`/api/v1/verdicts?subject=${profile.cluster.uid}`)).json.items[0] : undefined;
		if (verdict) pages.verdict = `/verdicts/${verdict.uid}`;
		if (may("cluster.write")) pages["cluster-new"] = "/registers/cluster/new";
	}
	if (may("rules.read")) {
		const packs = (await ask("/api/v1/packs")).json.items;
		for (const kind of ["cluster", "support"]) {
			const pack = packs.find((p) => p.kind === kind);
			if (pack) pages[`pack-${kind}`] = `/packs/${pack.uid}`;
		}
	}
	if (may("rules.write")) pages["pack-new"] = "/packs/new";
}

// Support, places, invitations, applications; the objects of an application and an invitation are begun below.
async function addSupportPages(pages, ask, may) {
	Object.assign(pages, { clusters: "/clusters", measures: "/measures", measure: "/measures/ATR_KD", "measure-calendar": "/measures/calendar", "measure-changes": "/measures/changes", applications: "/applications", "cluster-checks": "/cluster-checks?pack=demo-2026", packs: "/packs" });
	const project = (await ask("/api/v1/projects")).json.items[0];
	if (project) Object.assign(pages, { "project-support": `/projects/${project.uid}/support`, infra: `/infra?project=${project.uid}` });
	const application = await first(ask, "/applications");
	if (application) Object.assign(pages, { application: `/applications/${application.uid}`, "cluster-application": `/clusters/${application.cluster.uid}/application` });
	if (application && may("invite")) {
		pages.campaign = `/clusters/${application.cluster.uid}/campaign`;
		const invitation = (await ask(`/api/v1/clusters/${application.cluster.uid}/invitations`)).json.items[0];
		if (invitation) pages.invitation = `/invitations/${invitation.uid}`;
	}
}

// What the specialised organisation has begun: an application, a verdict that is kept, and an invitation to the first candidate.
export async function begin(base) {
	const cluster = await signIn(base, "cluster", DEMO_PASSWORD);
	const { uid } = (await cluster.get("/api/v1/clusters")).json.items.find((c) => c.name.includes("(демо)") || c.name.includes("(demo)"));
	equal((await cluster.ask("POST", `/api/v1/clusters/${uid}/applications`, { body: { pack: "demo-2026" } })).status, 201);
	equal((await cluster.ask("POST", `/api/v1/clusters/${uid}/verdicts`, { body: { pack: "demo" } })).status, 201);
	const [candidate] = (await cluster.get(`/api/v1/clusters/${uid}/candidates`)).json.items;
	equal((await cluster.ask("POST", `/api/v1/clusters/${uid}/invitations`, { body: { org: candidate.org.uid } })).status, 201);
}
