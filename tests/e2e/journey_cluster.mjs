// The specialised organisation of a cluster: members, criteria with their figures, what if, contract and object, another edition, functional map.
import { done, equal, ok, signIn, DEMO_PASSWORD, test } from "../api/lib.mjs";
import { readFileSync } from "node:fs";
import { rows, says, t, world } from "./browser.mjs";
import { settled, until } from "./look.mjs";

const { base, as, end } = await world("journey-cluster");
const own = await as("cluster");
const PART = { members: t("cluster.members"), check: t("cluster.check"), whatif: t("cluster.whatif"), map: t("cluster.map"), contracts: t("cluster.contracts") };

// The part of the cluster's page by its tab.
async function part(name) {
	await own.page.getByRole("navigation", { name: t("cluster.parts") }).getByRole("link", { name: PART[name], exact: true }).click();
	await own.page.getByRole("heading", { level: 1, name: PART[name], exact: true }).waitFor();
}

// The criteria of the pack that is shown: their titles, what came out and both sides.
const criteria = () =>
	own.page.locator(".checked .criterion").evaluateAll((all) =>
		all.map((c) => {
			const plain = (node) => (node?.innerText ?? "").replace(/[\u00a0\u202f]/g, " ").trim();
			return { title: plain(c.querySelector("h3")), truth: plain(c.querySelector(".badge")), sides: plain(c.querySelector(".comparison")) };
		}),
	);

const beginButton = () => own.page.getByRole("button", { name: new RegExp(`^${t("application.begin")}`) });
const settle = async () => {
	await own.page.locator(".criteria, .before-after").first().waitFor();
	await settled(own.page);
};

await test("1: the home page says how many of six criteria the application passes, and leads to them", async () => {
	await says(own.page, t("home.title"));
	const figure = own.page.locator(".figure", { hasText: "of 6 criteria" });
	await figure.waitFor();
	equal((await figure.locator("b").innerText()).trim(), "4", "criteria that pass");
	await own.shoot();
	await figure.click();
	await own.page.waitForURL(/\/clusters\/cluster_\w+\/check/);
});

await test("2: eleven members in five regions, and the flag of an interregional cluster set by the system", async () => {
	await part("members");
	await says(own.page, "11 members, 5 regions", t("cluster.interregional"));
	equal((await rows(own.page, PART.members)).length, 11, "members");
	await own.shoot();
});

await test("3: six criteria with both sides; every line opens what it rests on", async () => {
	await part("check");
	await settle();
	const found = await criteria();
	equal(found.length, 6, "criteria");
	equal(found.map((c) => c.truth), ["pass", "fail", "pass", "pass", "fail", "pass"], "what came out");
	ok(/^11 (≥|>=) 10/.test(found[0].sides), `participants: ${found[0].sides}`);
	ok(/^23\.4 ?% (≥|>=) 20 ?%/.test(found[2].sides) && /1,?170/.test(found[2].sides) && /5,?000/.test(found[2].sides), `dependence: ${found[2].sides}`);
	ok(/^1 (≥|>=) 1/.test(found[3].sides), `education: ${found[3].sides}`);
	ok(/^1 (≥|>=) 2/.test(found[4].sides), `objects: ${found[4].sides}`);
	ok(/^1 (≤|<=) 3/.test(found[5].sides), `not yet producing: ${found[5].sides}`);
	for (let i = 0; i < 6; i++) await own.page.locator(".checked .criterion").nth(i).getByText(t("check.evidence"), { exact: true }).click();
	await says(own.page, "4 of 6 criteria pass", "Марий-Аэрозоль");
	equal(await beginButton().getAttribute("aria-disabled"), "true", "an application that cannot be begun yet");
	for (const line of await own.page.locator(".checked .criterion .evidence").all()) ok((await line.getByRole("row").count()) > 1, "the evidence has facts");
	await own.shoot();
});

await test("4: without the largest supplier ten members pass and dependence is 655 of 4,200, 15.6 %, fail; nothing is saved", async () => {
	await part("whatif");
	await settle();
	await says(own.page, t("whatif.nothing"));
	const supplier = await largest();
	await own.page.getByLabel(supplier).uncheck();
	await says(own.page, "15.6 %");
	await settle();
	const table = await own.page.locator(".what-if table").first().locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim())));
	const [participants] = table;
	ok(/pass 11/.test(participants[1]) && /pass 10/.test(participants[2]), `participants: ${participants}`);
	const dependence = table[2];
	ok(/pass 23\.4 ?%/.test(dependence[1]), `before: ${dependence[1]}`);
	ok(/fail 15\.6 ?%/.test(dependence[2]) && /655/.test(dependence[2]) && /4,?200/.test(dependence[2]), `after: ${dependence[2]}`);
	await own.shoot();
	await part("members");
	equal((await rows(own.page, PART.members)).length, 11, "members afterwards");
});

// Who ships most of those who ship inside: the map's own table says it.
async function largest() {
	const uid = /clusters\/(\w+)/.exec(own.page.url())[1];
	const person = await signIn(base, "cluster", DEMO_PASSWORD);
	const map = (await person.get(`/api/v1/clusters/${uid}/map?year=2025`)).json;
	const kopecks = (text) => Number((text ?? "0").replace(".", ""));
	const suppliers = map.nodes.filter((n) => n.role === "supplier");
	const first = suppliers.sort((a, b) => kopecks(b.shipped) - kopecks(a.shipped))[0];
	equal([first.shipped, first.inside_shipped, first.inside_bought], ["800000000.00", "400000000.00", "115000000.00"], "the largest supplier");
	return first.org.name;
}

await test("5: with a contract E6 – E2 and a second object six of six pass, and the application can be begun", async () => {
	await part("contracts");
	await own.page.getByRole("button", { name: t("contract.add") }).click();
	const form = own.page.getByRole("dialog");
	await form.getByLabel(t("contract.seller")).selectOption({ label: await nameOf("Марий-Аэрозоль") });
	await form.getByLabel(t("contract.buyer")).selectOption({ label: await nameOf("Иртыш-Синтез") });
	await form.getByLabel(t("contract.number"), { exact: true }).fill("26/1");
	await form.getByLabel(t("col.amount")).fill("1 000 000");
	await form.getByRole("button", { name: t("form.save") }).click();
	await form.waitFor({ state: "hidden" });
	await says(own.page, "26/1");
	await own.shoot();
	await addObject();
	await part("check");
	await settle();
	await says(own.page, "6 of 6 criteria pass");
	equal((await criteria()).map((c) => c.truth), Array(6).fill("pass"), "what comes out now");
	equal(await beginButton().getAttribute("aria-disabled"), null, "the application can be begun");
	await own.shoot();
	await own.page.getByRole("button", { name: new RegExp(t("verdict.keep")) }).first().click();
	await says(own.page, t("verdict.kept"));
});

// A second technological object, new in the register.
async function addObject() {
	await own.page.getByRole("navigation", { name: t("cluster.parts") }).getByRole("link", { name: t("cluster.overview"), exact: true }).click();
	await own.page.getByRole("button", { name: t("cluster.object.add") }).click();
	const dialog = own.page.getByRole("dialog");
	await dialog.getByLabel(t("col.name")).fill("Опытный стенд тонкой химии");
	await dialog.getByRole("button", { name: t("form.save") }).click();
	await dialog.waitFor({ state: "hidden" });
	await says(own.page, "Опытный стенд тонкой химии");
	await own.shoot();
}

// A member as the form calls it.
async function nameOf(piece) {
	const option = own.page.getByRole("dialog").getByLabel(t("contract.seller")).locator("option", { hasText: piece });
	await option.waitFor({ state: "attached" });
	return option.innerText();
}

await test("6: with the edition of 2025 other thresholds hold; the verdict kept before stays with its date", async () => {
	await own.page.getByLabel(t("check.on")).fill("2025-12-31");
	await own.page.getByRole("button", { name: t("asof.show") }).click();
	await says(own.page, "demo-2025");
	await settle();
	const found = await criteria();
	ok(!/(≥|>=) 10\b/.test(found[0].sides), `another threshold: ${found[0].sides}`);
	const kept = await rows(own.page, t("verdict.past"));
	equal(kept[0].slice(1, 4), ["demo-2026", "2 Mar 2026", "6 of 6 criteria pass"], "the verdict of 2026");
	await own.shoot();
	await own.page.getByRole("table", { name: t("verdict.past") }).getByRole("link").first().click();
	await says(own.page, t("verdict.same"), "6 of 6 criteria pass");
	await own.shoot();
	await own.page.goBack();
});

await test("7: the functional map has eleven members and 1,170 m ₽; E6 is no longer alone; SVG and CSV have the same sum", async () => {
	await own.page.getByRole("heading", { level: 1, name: PART.check, exact: true }).waitFor();
	await part("map");
	await own.page.locator("select").first().selectOption("2025");
	await until(own.page, () => document.querySelectorAll(".network .node").length === 11);
	await says(own.page, "1,170,000,000 ₽");
	await settled(own.page);
	equal(await own.page.locator(".network .node.alone").count(), 0, "members without contracts");
	const edges = await rows(own.page, t("network.edges"));
	const bare = edges.find((r) => r[0].includes("Марий-Аэрозоль") && r[1].includes("Иртыш-Синтез"));
	equal(bare?.slice(2), ["1", "0 ₽"], "the new contract without deliveries");
	const sum = edges.reduce((all, r) => all + Number(r[3].replace(/[^\d]/g, "")), 0);
	equal(sum, 1170000000, "the sum of the edges");
	await own.shoot();
	const csv = await download("CSV");
	const svg = await download("SVG");
	equal(sumOf(csv), 1170000000, "the sum of the CSV file");
	ok(/1[\s,\u00a0\u202f]?170[\s,\u00a0\u202f]?000[\s,\u00a0\u202f]?000|1170000000/.test(svg), "the sum in the SVG file");
});

async function download(kind) {
	const [file] = await Promise.all([own.page.waitForEvent("download"), own.page.getByRole("link", { name: t("network.download", { kind }) }).click()]);
	return readFileSync(await file.path(), "utf8");
}

// The last column of the rows of deliveries.
function sumOf(csv) {
	const lines = csv.replace(/^\ufeff/, "").trim().split(/\r?\n/).map((l) => l.split(","));
	return lines.filter((l) => l[0] === "edge").reduce((sum, l) => sum + Number(l.at(-1)), 0);
}

await test("a member is taken in, changed and let go; the history keeps it with its last day", async () => {
	await part("members");
	await own.page.getByRole("button", { name: t("cluster.member.add") }).click();
	let dialog = own.page.getByRole("dialog");
	await dialog.getByLabel(t("cluster.member"), { exact: true }).fill("Агидель");
	await dialog.locator(".choices button").first().click();
	const name = await dialog.getByLabel(t("cluster.member"), { exact: true }).inputValue();
	await dialog.getByLabel(t("cluster.role")).selectOption({ label: t("role.service") });
	await dialog.getByLabel(t("cluster.joined")).fill("2026-02-01");
	await dialog.getByRole("button", { name: t("form.save") }).click();
	await dialog.waitFor({ state: "hidden" });
	await says(own.page, "12 members");
	await own.page.getByRole("button", { name: `${t("form.edit")}: ${name}` }).click();
	dialog = own.page.getByRole("dialog");
	await dialog.getByText(t("cluster.agreement.theirs")).waitFor();
	await dialog.getByLabel(t("cluster.producing")).selectOption("yes");
	await dialog.getByRole("button", { name: t("form.save") }).click();
	await dialog.waitFor({ state: "hidden" });
	const row = async () => (await rows(own.page, PART.members)).find((r) => r[0].includes(name));
	await until(own.page, (n) => [...document.querySelectorAll("main tr")].some((r) => r.innerText.includes(n) && /yes/.test(r.innerText)), name);
	equal((await row())[4], t("word.yes"), "produces already");
	await own.page.getByRole("button", { name: `${t("cluster.leave")}: ${name}` }).click();
	dialog = own.page.getByRole("dialog");
	await dialog.getByLabel(t("cluster.left")).fill("2026-02-20");
	await dialog.getByRole("button", { name: t("cluster.leave"), exact: true }).click();
	await dialog.waitFor({ state: "hidden" });
	await says(own.page, "11 members", t("cluster.former"));
	equal((await rows(own.page, t("cluster.former")))[0].slice(-1), ["20 Feb 2026"], "the last day");
	await own.page.getByLabel(t("cluster.on")).fill("2026-02-10");
	await own.page.getByRole("button", { name: t("asof.show") }).click();
	await says(own.page, "12 members");
	await own.shoot();
});

await test("a pack with a fault says line and column, and cannot be loaded", async () => {
	await own.open("/packs/new");
	await own.page.getByLabel(t("pack.text"), { exact: true }).fill('pack x {\n kind cluster\n title ru "а"\n criterion a { title ru "б" check count(members where rols = 1) > 2 }\n}');
	await says(own.page, t("pack.place", { line: "4", column: "55" }), "role");
	equal(await own.page.getByRole("button", { name: t("pack.load.do"), exact: true }).getAttribute("aria-disabled"), "true", "the button");
	await own.shoot();
});

await test("nothing went wrong on any page, nothing was asked of another host", async () => equal(own.faults, []));

await end();
done();
