// Every page of every role, in both languages, wide and narrow, light and dark: accessible (axe), without overflow, without errors,
// without outside requests. Screenshots go to the folder in ZVENO_SHOTS.
import { DEMO_PASSWORD, done, equal, get, ok, serve, signIn, test, zveno } from "../api/lib.mjs";
import { browse, checkPage, needPages, person, settled, words } from "./look.mjs";
import { planWorld } from "./plan_world.mjs";

const db = planWorld();
for (const title of ["First plan", "Second plan"]) equal(zveno("plan", "run", "--db", db, "--title", title, ...(title === "Second plan" ? ["--strict"] : [])).code, 0, title);
const { base } = await serve(db);
await needPages(base);
const browser = await browse();
// Two halves that run beside each other, of about as many looks: `pages.mjs 1`, `pages.mjs 2`; without a number all of them.
const HALVES = { 1: ["operator-rya", "maker-e3", "institute-i1", "investor"], 2: [undefined, "buyer-e1", "cluster", "analyst", "admin"] };
const PEOPLE = HALVES[process.argv[2]] ?? Object.values(HALVES).flat();
const VIEWS = [
	["ru", "wide", "light"],
	["ru", "narrow", "dark"],
	["en", "wide", "dark"],
	["en", "narrow", "light"],
];

const first = async (ask, path) => (await ask(`/api/v1${path}`)).json?.items?.[0];

// The pages of the menu of a person, and one object of each kind that he sees.
async function pagesOf(login) {
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
	};
	for (const [name, scope] of Object.entries(lists)) if (may(scope)) pages[name] = `/${name}`;
	const objects = { need: ["/needs", "/needs"], lot: ["/lots", "/lots"], org: ["/orgs", "/registers/org"], item: ["/items", "/registers/item"], offer: ["/offers", "/registers/offer"], capacity: ["/capacities", "/registers/capacity"], batch: ["/batches", "/batches"] };
	for (const [name, [path, page]] of Object.entries(objects)) {
		const found = await first(ask, path);
		if (found) pages[name] = `${page}/${found.uid}`;
	}
	pages.orgs = "/registers/org";
	if (may("plan.read")) await addPlanPages(pages, ask, may);
	// Those who work with them look at clusters and support; the pages are the same for all others, with fewer controls.
	if (["cluster", "analyst"].includes(login)) {
		await addClusterPages(pages, ask, may);
		await addSupportPages(pages, ask, may);
	}
	if (login === "buyer-e1") Object.assign(pages, { clusters: "/clusters", support: "/support" });
	if (may("need.write")) pages["need-new"] = "/needs/new";
	if (may("need.write") && pages.need) pages["need-edit"] = `${pages.need}/edit`;
	if (may("org.write")) pages["org-new"] = "/registers/org/new";
	if (may("account.write")) pages["account-new"] = "/accounts/new";
	return pages;
}

// A plan as the analyst sees it, whole; of others, who see less of it, what looks different.
async function addPlanPages(pages, ask, may) {
	const [newest, older] = (await ask("/api/v1/plans")).json.items;
	const base = `/plans/${newest.uid}`;
	Object.assign(pages, { plan: base, "plan-orders": `${base}/orders`, "plan-uncovered": `${base}/uncovered` });
	if (!may("plan.run")) return;
	Object.assign(pages, { "plan-order": `${base}/orders/1`, "plan-unlocks": `${base}/unlocks`, "plan-missing": `${base}/missing`, "plan-flows": `${base}/flows`, "plan-compare": `/plan-compare?a=${older.uid}&b=${newest.uid}` });
}

// The parts of a cluster that this person has, a pack, a verdict of the past.
async function addClusterPages(pages, ask, may) {
	const clusters = (await ask("/api/v1/clusters")).json.items;
	const profiles = await Promise.all(clusters.slice(0, 20).map(async (c) => (await ask(`/api/v1/clusters/${c.uid}/profile`)).json));
	const rank = (p) => Object.values(p.may).filter(Boolean).length * 100 + p.members.length;
	const profile = profiles.sort((a, b) => rank(b) - rank(a))[0];
	if (profile) {
		const base = `/clusters/${profile.cluster.uid}`;
		Object.assign(pages, { cluster: base, "cluster-members": `${base}/members`, "cluster-projects": `${base}/projects` });
		if (profile.may.map) Object.assign(pages, { "cluster-map": `${base}/map`, "cluster-contracts": `${base}/contracts` });
		if (profile.may.check) Object.assign(pages, { "cluster-check": `${base}/check`, "cluster-what-if": `${base}/what-if?without=${profile.members[0]?.org.uid ?? ""}` });
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
async function begin() {
	const cluster = await signIn(base, "cluster", DEMO_PASSWORD);
	const { uid } = (await cluster.get("/api/v1/clusters")).json.items.find((c) => c.name.includes("(демо)") || c.name.includes("(demo)"));
	equal((await cluster.ask("POST", `/api/v1/clusters/${uid}/applications`, { body: { pack: "demo-2026" } })).status, 201);
	equal((await cluster.ask("POST", `/api/v1/clusters/${uid}/verdicts`, { body: { pack: "demo" } })).status, 201);
	const [candidate] = (await cluster.get(`/api/v1/clusters/${uid}/candidates`)).json.items;
	equal((await cluster.ask("POST", `/api/v1/clusters/${uid}/invitations`, { body: { org: candidate.org.uid } })).status, 201);
}

async function walk(login, pages, views) {
	for (const [lang, width, scheme] of views) {
		const who = await person(browser, base, { login, lang, width, scheme, policy: false });
		for (const [name, path] of Object.entries(pages)) {
			await test(`${login ?? "nobody"}: page ${name} in ${lang}, ${width}, ${scheme}: no fault of accessibility, no overflow, no error`, async () => {
				who.faults.length = 0;
				await who.go(path);
				await checkPage(who, `${login ?? "public"}-${name}-${lang}-${width}`, lang);
			});
		}
		await who.close();
	}
}

await begin();
for (const login of PEOPLE.filter((p) => p !== undefined)) await walk(login, await pagesOf(login), login === "operator-rya" ? VIEWS : [VIEWS[0], VIEWS[3]]);
if (PEOPLE.includes(undefined)) {
	await walk(undefined, { home: "/", demand: "/demand", map: "/map", signin: "/signin", missing: "/nowhere" }, VIEWS);
	const demand = (await get(base, "/api/v1/public/demand")).json?.items?.[0];
	if (demand) await walk(undefined, { "demand-item": `/demand/${demand.uid}` }, VIEWS);
}

await test("nothing is blocked by the policy of the server on any page", async () => {
	const who = await person(browser, base, { login: "operator-rya" });
	const blocked = [];
	who.page.on("console", (message) => /Content Security|Refused/.test(message.text()) && blocked.push(message.text()));
	for (const path of Object.values(await pagesOf("operator-rya"))) await who.go(path);
	await who.close();
	equal([...blocked, ...who.faults], []);
});

await test("a page that needs a sign-in leads to it and back", async () => {
	const who = await person(browser, base, { lang: "en" });
	await who.page.goto(`${base}/needs?state=declared`);
	await who.page.waitForURL(/\/signin\?return=/);
	await who.page.getByLabel("Login").fill("operator-rya");
	await who.page.getByLabel("Password").fill(DEMO_PASSWORD);
	await who.page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
	await who.page.waitForURL(/\/needs\?state=declared/);
	await settled(who.page);
	await who.page.getByRole("button", { name: "Sign out" }).click();
	await who.page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
	equal(who.faults, []);
	await who.close();
});

await test("a session that ends is said, and what was typed stays", async () => {
	const who = await person(browser, base, { login: "buyer-e1", lang: "en" });
	await who.go("/needs/new");
	await who.page.getByLabel("What is needed").fill("acetyl");
	await who.page.context().clearCookies();
	await who.page.getByLabel("Quantity").fill("40");
	await who.page.getByRole("alert").getByText("The session has ended.").waitFor();
	equal(await who.page.getByLabel("What is needed").inputValue(), "acetyl", "the field");
	await who.close();
});

await test("the search box works by keyboard alone", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya" });
	await go("/");
	await page.keyboard.press("Tab");
	equal(await page.evaluate(() => document.activeElement?.className), "skip", "the first stop skips to the content");
	await page.getByRole("search").getByRole("combobox").focus();
	await page.keyboard.type("ацетил");
	const wanted = page.locator("[role=option]", { hasText: "123-54-6" });
	await wanted.waitFor();
	for (let i = 0; i < 8 && (await wanted.getAttribute("aria-selected")) !== "true"; i++) await page.keyboard.press("ArrowDown");
	equal(await page.getByRole("search").getByRole("combobox").getAttribute("aria-activedescendant"), await wanted.getAttribute("id"), "the chosen suggestion is announced");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/registers\/item\//);
	await page.locator("h1", { hasText: "ацетилацетон" }).waitFor();
	await close();
});

await test("every link, button and field of the page of a new need can be reached by Tab", async () => {
	const { page, go, close } = await person(browser, base, { login: "buyer-e1", lang: "en" });
	await go("/needs/new");
	const all = await page.evaluate(() => {
		const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((e) => e.offsetParent !== null || e.className === "skip");
		const groups = new Set(stops.filter((e) => e.type === "radio").map((e) => e.name));
		return stops.filter((e) => e.type !== "radio").length + groups.size;
	});
	const seen = new Set();
	for (let i = 0; i < all + 12; i++) {
		await page.keyboard.press("Tab");
		seen.add(await page.evaluate(() => ((window.stops ??= []).includes(document.activeElement) ? window.stops.indexOf(document.activeElement) : window.stops.push(document.activeElement) - 1)));
	}
	ok(seen.size >= all, `${seen.size} of ${all}`);
	await close();
});

await test("the language is kept, and the page changes without loading again", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya" });
	await go("/lots");
	await page.evaluate(() => (window.same = true));
	await page.getByRole("button", { name: "English" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	equal(await page.evaluate(() => window.same), true, "no reload");
	await page.reload();
	await settled(page);
	equal(await page.evaluate(() => document.documentElement.lang), "en");
	await close();
});

await test("back and forward go through the pages, and an address can be opened by itself", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya", lang: "en" });
	await go("/registers/org?kind=enterprise");
	await go("/");
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await page.goBack();
	await page.locator("h1", { hasText: "What waits for me" }).waitFor();
	await page.goForward();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await close();
});

await test("a page with unsaved changes asks before it is left", async () => {
	const { page, go, close } = await person(browser, base, { login: "buyer-e1", lang: "en" });
	await go("/needs/new");
	await page.getByLabel("What is needed").fill("acetyl");
	let asked = "";
	page.once("dialog", (dialog) => {
		asked = dialog.message();
		void dialog.dismiss();
	});
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	ok(/unsaved/.test(asked), asked);
	equal(new URL(page.url()).pathname, "/needs/new", "the page stays");
	page.once("dialog", (dialog) => void dialog.accept());
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await close();
});

await test("text twice as large and a screen of 360 pixels still need no sideways scrolling", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya", width: 720 });
	await page.addInitScript(() => addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "32px")));
	for (const path of Object.values(await pagesOf("operator-rya"))) {
		await go(path);
		equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, path);
	}
	await close();
});

await test("an empty register says what to do next", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya", lang: "en" });
	await go("/registers/site");
	ok(/Get the template/.test(await words(page)), "the template");
	await page.getByRole("main").getByRole("link", { name: "Import a table" }).click();
	await page.waitForURL(/\/imports\?kind=sites/);
	await close();
});
await browser.close();
done();
