// The national plan in the browser: an analyst runs one on the demo world, reads how good it is and why needs are left over, and compares two.
import { done, equal, ok, test } from "../api/lib.mjs";
import { settled, until } from "./look.mjs";
import { rows, says, t, world } from "./browser.mjs";
import { NEEDS, planWorld } from "./plan_world.mjs";

const { as, end } = await world("plan", planWorld());
const analyst = await as("analyst");
const { page } = analyst;
const main = page.getByRole("main");
const link = (name) => main.getByRole("link", { name, exact: true });
const heading = (name, level = 1) => page.getByRole("heading", { level, name, exact: true }).waitFor();

// What the server says of a path, as the browser of the analyst asks it.
const ask = (path) => page.evaluate(async (p) => (await fetch(`/api/v1${p}`, { headers: { "Accept-Language": "en" } })).json(), path);

async function part(name) {
	await page.getByRole("navigation", { name: t("plan.parts") }).getByRole("link", { name, exact: true }).click();
	await heading(name);
	await settled(page);
}

async function run(title, { strict = false } = {}) {
	await main.getByRole("button", { name: t("plan.run"), exact: true }).click();
	const dialog = page.getByRole("dialog", { name: t("plan.run") });
	await dialog.getByLabel(t("plan.run.title")).fill(title);
	if (strict) await dialog.getByLabel(t("plan.mode.strict"), { exact: true }).check();
	await dialog.getByRole("button", { name: t("plan.run.go"), exact: true }).click();
	await until(page, () => /[?&]job=\w/.test(location.search));
	await says(page, t("plan.done"));
	const job = await ask(`/jobs/${new URL(page.url()).searchParams.get("job")}`);
	equal([job.kind, job.state, job.done <= job.of], ["plan.run", "done", true], "the job at its end");
	return job.result.plan.uid;
}

async function file(name) {
	const [download] = await Promise.all([page.waitForEvent("download"), link(name).click()]);
	const chunks = [];
	for await (const chunk of await download.createReadStream()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

let first = "";
let plan;

await test("there is no plan at first, and the page says who makes one", async () => {
	await page.getByRole("navigation", { name: t("menu.label") }).getByRole("link", { name: t("menu.plans"), exact: true }).click();
	await heading(t("plan.title"));
	await says(page, t("plan.none"), t("plan.none.run"));
	await analyst.shoot();
});

await test("a plan is run from the page, its job can be followed, and its page opens", async () => {
	first = await run("First plan");
	await analyst.shoot();
	await link(t("plan.done.open")).click();
	await heading("First plan");
	plan = await ask(`/plans/${first}`);
	equal(plan.needs, NEEDS);
	ok(plan.covered_needs > 0 && plan.orders > 0, `${plan.covered_needs} of ${plan.needs} needs in ${plan.orders} orders`);
});

await test("the overview says what is covered, and bound, plan and constant part can be read from one bar", async () => {
	await says(page, t("plan.of", { n: plan.covered_needs, of: plan.needs }), plan.objective.text, plan.bound.text, plan.constant.text, plan.gap_text);
	ok(plan.bound.kop <= plan.objective.kop, "no plan costs less than the bound");
	await says(page, plan.proved ? t("plan.bar.proved") : plan.gap_ppm < 100 ? t("plan.bar.tiny") : t("plan.bar.say", { gap: plan.gap_text }));
	await page.getByRole("img", { name: t("plan.bar.alt", { objective: plan.objective.text, bound: plan.bound.text, gap: plan.gap_text, constant: plan.constant.text }) }).waitFor();
	const levels = await rows(page, t("plan.levels"));
	equal(levels.map((l) => l[2]), plan.levels.map((l) => t("plan.of", { n: l.covered_needs, of: l.needs })), "needs by priority");
	const reasons = await rows(page, t("plan.reasons"));
	equal(reasons.map((r) => r[0]), plan.reasons.map((r) => r.text), "reasons");
	ok(plan.reasons.reduce((sum, r) => sum + r.needs, 0) >= plan.needs - plan.covered_needs, "every need that is left over has a reason");
	await analyst.shoot();
});

await test("a region of the map is chosen by keyboard and stands first in the table", async () => {
	const map = main.locator(".region-map path[role=button]").first();
	await map.focus();
	const said = await map.getAttribute("aria-label");
	await page.keyboard.press("Enter");
	await until(page, () => /[?&]region=/.test(location.search));
	const [top] = await rows(page, t("map.table"));
	ok(said.startsWith(top[0]), `${said}, but ${top[0]} stands first`);
});

await test("why not: a reason leads to its needs, each with a sentence and what would change it", async () => {
	const [reason] = plan.reasons;
	await link(reason.text).click();
	await heading(t("plan.uncovered"));
	const table = await rows(page, t("plan.uncovered"));
	const { items, groups } = await ask(`/plans/${first}/uncovered?code=${reason.code}`);
	equal(table.length, items.length);
	ok(items.every((r) => r.code === reason.code), "only needs of this reason");
	table.forEach((row, i) => ok(row[3].toLowerCase().startsWith(items[i].text.toLowerCase()), `${row[3]} is not ${items[i].text}`));
	equal(await main.locator(".plan-group[aria-current]").count(), 1, "the group that is shown");
	equal(groups.map((g) => g.code).sort(), plan.reasons.map((r) => r.code).sort(), "a group for each reason");
	await analyst.shoot();
	await main.locator(".plan-group[aria-current]").click();
	await until(page, () => !/code=/.test(location.search));
	const all = await ask(`/plans/${first}/uncovered`);
	const tried = all.items.filter((r) => r.flip && r.verified).length;
	await until(page, (n) => document.querySelectorAll(".plan-why tbody .badge.pass").length === n, tried);
});

await test("the filters stand in the address and work without a mouse", async () => {
	const region = main.getByLabel(t("col.region"));
	const [row] = (await ask(`/plans/${first}/uncovered`)).items;
	await region.selectOption(row.region.code);
	await until(page, (code) => location.search.includes(`region=${code}`), row.region.code);
	const table = await rows(page, t("plan.uncovered"));
	ok(table.length > 0 && table.every((r) => r[1] === row.region.name), `${table.map((r) => r[1])}`);
	await page.goBack();
	await until(page, () => !/region=/.test(location.search));
});

await test("one step from launch: what lacks how much, or that nothing is near", async () => {
	await part(t("plan.unlocks"));
	const { items } = await ask(`/plans/${first}/unlocks`);
	if (items.length === 0) await says(page, t("plan.unlocks.none"));
	equal(await main.locator(".unlock").count(), new Set(items.map((u) => u.offer.uid)).size, "a card for each offer, whatever its quarters");
	for (const u of items) await says(page, ...[u.lack_qty && t("plan.lack.qty", { qty: u.lack_qty.text }), u.lack_money && t("plan.lack.money", { money: u.lack_money.text })].filter(Boolean).map((s) => s.replace(/[\u00a0\u202f]/g, " ")));
	await analyst.shoot();
});

await test("an order shows whose needs it serves, and their quantities are its quantity", async () => {
	await part(t("plan.orders"));
	const { items } = await ask(`/plans/${first}/orders?sort=-total`);
	const table = await rows(page, t("plan.orders"));
	equal(table.length, items.length);
	const at = items.findIndex((o) => o.qty !== null);
	await main.getByRole("table", { name: t("plan.orders") }).locator("tbody tr").nth(at).getByRole("link").first().click();
	await page.getByRole("table", { name: t("plan.order.flows") }).waitFor();
	const order = await ask(`/plans/${first}/orders/${items[at].n}`);
	equal(order.flows.reduce((sum, f) => sum + f.qty.base, 0) + (order.others?.qty?.base ?? 0), order.qty.base);
	equal((await rows(page, t("plan.order.flows"))).length, order.flows.length);
	await analyst.shoot();
	await page.goBack();
	await heading(t("plan.orders"));
});

await test("tables come as files: one line an order in CSV, a workbook of all", async () => {
	await part(t("plan.orders"));
	const lines = (await file("CSV")).toString("utf8").trim().split(/\r?\n/);
	equal(lines.length, plan.orders + 1);
	equal((await file("XLSX")).subarray(0, 2).toString(), "PK");
	await part(t("plan.missing"));
	await page.getByRole("navigation", { name: t("plan.parts") }).getByRole("link", { name: t("plan.overview"), exact: true }).click();
	await heading("First plan");
	equal((await file(t("plan.xlsx"))).subarray(0, 2).toString(), "PK");
});

await test("flows: the drawing has a band for each row of its table, and a region makes the others step back", async () => {
	await part(t("plan.flows"));
	const { links, makers } = await ask(`/plans/${first}/sankey?by=region`);
	equal((await rows(page, t("plan.flows.table"))).length, links.length);
	equal(await main.locator(".flow-chart path").count(), links.length);
	const maker = makers.find((m) => m.code !== "other");
	await main.getByLabel(t("plan.flows.pick")).selectOption(maker.code);
	await until(page, () => /region=/.test(location.search));
	const touched = links.filter((l) => l.from === maker.code || l.to === maker.code).length;
	await until(page, (n) => document.querySelectorAll(".flow-chart path:not(.dim)").length === n, touched);
	equal((await rows(page, t("plan.flows.table"))).length, touched);
	await analyst.shoot();
});

await test("a second plan, with strict priorities from the prices of the first, is compared with it", async () => {
	await analyst.open("/plans");
	const second = await run("Second plan", { strict: true });
	await link(t("plan.done.open")).click();
	await heading("Second plan");
	await says(page, t("plan.mode.strict"));
	await link(t("plan.compare.older")).click();
	await heading(t("plan.compare"));
	const figures = await rows(page, t("plan.compare"));
	const compare = await ask(`/plan-compare?a=${first}&b=${second}`);
	equal([compare.a.title, compare.b.title], ["First plan", "Second plan"]);
	equal(figures.find(([label]) => label === t("plan.orders")).slice(1, 3), [compare.a.orders, compare.b.orders].map(String));
	equal(figures.find(([label]) => label === t("plan.run.mode")).slice(1, 3), [t("plan.mode.priced"), t("plan.mode.strict")]);
	await analyst.shoot();
	await main.getByRole("button", { name: t("plan.compare.swap") }).click();
	await until(page, (uid) => new URLSearchParams(location.search).get("a") === uid, second);
});

await test("a plan is renamed and deleted by who may run one", async () => {
	await analyst.open("/plans");
	await link("Second plan").click();
	await heading("Second plan");
	await main.getByRole("button", { name: t("plan.rename"), exact: true }).click();
	await page.getByRole("dialog").getByLabel(t("col.name")).fill("Strict");
	await page.getByRole("dialog").getByRole("button", { name: t("form.save"), exact: true }).click();
	await heading("Strict");
	await main.getByRole("button", { name: t("plan.drop"), exact: true }).click();
	await page.getByRole("dialog").getByRole("button", { name: t("plan.drop"), exact: true }).click();
	await heading(t("plan.title"));
	equal((await rows(page, t("plan.list"))).map((r) => r[0]), ["First plan"]);
});

await test("an operator sees the plan but neither runs nor deletes one; a buyer has no such section", async () => {
	const operator = await as("operator-rya");
	await operator.open(`/plans/${first}`);
	await operator.page.getByRole("heading", { level: 1, name: "First plan" }).waitFor();
	equal(await operator.page.getByRole("button", { name: t("plan.drop"), exact: true }).count(), 0);
	await operator.open("/plans");
	equal(await operator.page.getByRole("button", { name: t("plan.run"), exact: true }).count(), 0);
	const buyer = await as("buyer-e1");
	equal(await buyer.page.getByRole("link", { name: t("menu.plans"), exact: true }).count(), 0);
	equal([...operator.faults, ...buyer.faults], []);
	await operator.leave();
	await buyer.leave();
});

equal(analyst.faults, []);
await end();

await test("a plan that is stopped is kept as the best so far, and the page says so", async () => {
	const { as: asMany, end: endMany } = await world("plan-stop", planWorld(600));
	const who = await asMany("analyst");
	await who.open("/plans");
	const job = await who.page.evaluate(async (body) => {
		const { csrf } = await (await fetch("/api/v1/session")).json();
		return (await (await fetch("/api/v1/plans", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf, "Idempotency-Key": crypto.randomUUID() }, body: JSON.stringify(body) })).json()).job;
	}, { title: "Stopped", mode: "priced", effort: 1000, keep: true });
	await who.page.goto(new URL(`/plans?job=${job}`, who.page.url()).href);
	await who.page.getByRole("progressbar").waitFor();
	await who.page.getByRole("button", { name: t("plan.cancel"), exact: true }).click();
	await says(who.page, t("plan.cancelled.kept"));
	await who.page.getByRole("main").getByRole("link", { name: t("plan.done.open"), exact: true }).click();
	await who.page.getByRole("heading", { level: 1, name: "Stopped", exact: true }).waitFor();
	await says(who.page, t("plan.stopped"));
	await who.shoot();
	equal(who.faults, []);
	await endMany();
});
done();
