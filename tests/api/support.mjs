// Support in roubles: exact amounts, what if, facts that are stated, the budget form, cost lines out of lots; and that it stays with those whose it is.
import { readFileSync } from "node:fs";
import { ask, demo, demoPeople, done, equal, ok, serve, signIn, test, DEMO_PASSWORD } from "./lib.mjs";

const db = demo(process.argv[2]);
const { base } = await serve(db);
const { analyst, buyer: buyer1, cluster, admin, investor } = await demoPeople(base);
const buyer2 = await signIn(base, "buyer-e2", DEMO_PASSWORD);
const buyer5 = await signIn(base, "buyer-e5", DEMO_PASSWORD);
const operatorOms = await signIn(base, "operator-oms", DEMO_PASSWORD);
const operatorCu = await signIn(base, "operator-cu", DEMO_PASSWORD);

const V = "/api/v1";
const en = { "accept-language": "en" };

const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url), "utf8"));
const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, o]) => ({ id: o.operationId, tags: o.tags, pattern: new RegExp(`^${method.toUpperCase()} ${path.replace(/\{\w+\}/g, "[^/]+")}$`) })));
const called = new Set();

async function call(who, path, { status = 200, method = "GET", body } = {}) {
	called.add(operations.find((o) => o.pattern.test(`${method} ${V}${path.split("?")[0]}`))?.id);
	const answer = await who.ask(method, V + path, { headers: en, body });
	equal(answer.status, status, `${method} ${path} (${answer.text.slice(0, 300)})`);
	return answer.json;
}
async function uidOf(register, name) {
	const { items } = await call(analyst, `/${register}?limit=200`);
	const found = items.filter((row) => row.name.includes(name));
	equal(found.length, 1, `${register} with “${name}”`);
	return found[0].uid;
}
const e1 = await uidOf("orgs", "Ока-Полимер");
const e2 = await uidOf("orgs", "Иртыш-Синтез");
const e5 = await uidOf("orgs", "Сура-Краски");
const project = await uidOf("projects", "ацетилацетона");
const mhk = await uidOf("clusters", "(демо)");
const row = (support, id) => support.rows.find((r) => r.measure.id === id);

await test("the start batch of 30 kg gives 75,000.00 roubles, with every intermediate", async () => {
	const support = await call(buyer2, `/orgs/${e2}/support`);
	equal(support.subject.project.uid, project, "the only project");
	const start = row(support, "CL_START_BATCH");
	equal([start.verdict, start.reason, start.gift, start.in_best], ["eligible", "All conditions are met.", true, true]);
	equal(start.amount, { lo: "75000.00", hi: "75000.00", text: "75,000.00 ₽" });
	equal(start.working[0].text, "150,000.00 ₽ × 50 % = 75,000.00 ₽");
	equal(start.working.map((step) => step.label).slice(1), ["Limit", "Received before", "Left of the limit", "The smaller of both"]);
	equal([support.best.total.lo, support.best.proved], ["75000.00", true]);
	equal(support.best.lines.map((line) => [line.cost, line.payer, line.paid]), [["150000.00", "CL_START_BATCH", "75000.00"]]);
	equal(support.before, null);
	ok(start.tree.children.length > 1 && start.tree.truth === "pass", "the tree of the condition");
});
await test("all 36 measures are listed, and only active ones have an amount", async () => {
	const { rows } = await call(buyer2, `/orgs/${e2}/support?project=${project}`);
	equal(rows.length, 36);
	for (const r of rows) ok(r.measure.status === "active" || (r.amount === null && r.verdict !== "eligible"), r.measure.id);
	const order = rows.map((r) => ["eligible", "unknown", "not_eligible"].indexOf(r.verdict));
	equal(order, [...order].sort(), "eligible ones first");
	for (const r of rows) ok(r.verdict !== "unknown" || r.missing.length > 0 || r.measure.status !== "active", `${r.measure.id} says what is missing`);
});
await test("who is not a participant of a registered cluster is told so, and what joining would give", async () => {
	const now = await call(cluster, `/orgs/${e5}/support?project=${project}`);
	const start = row(now, "CL_START_BATCH");
	equal([start.verdict, start.reason, start.amount], ["not_eligible", "It is not a participant of a registered cluster.", null]);
	const then = await call(cluster, `/orgs/${e5}/support?project=${project}&join=${mhk}`);
	equal(row(then, "CL_START_BATCH").amount.lo, "175000.00");
	equal(then.before.difference, "175000.00");
	equal(then.before.changed.map((c) => [c.measure, c.was, c.now, c.difference]), [["CL_START_BATCH", "not_eligible", "eligible", "175000.00"]]);
	equal(row(await call(buyer5, `/orgs/${e5}/support`), "CL_START_BATCH").verdict, "not_eligible", "nothing was written");
});
await test("an order of 20 kg more is 50,000 roubles more; what cannot be read is said", async () => {
	const more = await call(buyer2, `/orgs/${e2}/support?add=start_batch:20%20kg`);
	equal([more.before.difference, row(more, "CL_START_BATCH").amount.lo], ["50000.00", "125000.00"]);
	const money = await call(buyer2, `/orgs/${e2}/support?add=${encodeURIComponent("start_batch:10000 rub; equipment:1 000 000 rub")}`);
	ok(money.best.lines.length === 3, "two more lines");
	for (const bad of ["start_batch", "start_batch:20 L", "start_batch:-1 kg", "nothing:20 kg", ":20 kg"])
		equal((await call(buyer2, `/orgs/${e2}/support?add=${encodeURIComponent(bad)}`, { status: 422 })).pointer ?? "add", "add", bad);
	await call(buyer2, `/orgs/${e2}/support?join=cluster_none`, { status: 404 });
	await call(buyer2, `/orgs/${e2}/support?on=tomorrow`, { status: 422 });
});
await test("the support of a project has all who bear its costs and whom one may see", async () => {
	const all = await call(cluster, `/projects/${project}/support`);
	equal(all.applicants.map((a) => a.subject.org.uid), [e2, e5]);
	equal([all.total.lo, all.hidden], ["75000.00", 0]);
	equal((await call(cluster, `/projects/${project}/support?join=${mhk}`)).total.lo, "250000.00");
	await call(buyer1, `/projects/${project}/support`, { status: 404 });
	const own = await call(buyer5, `/projects/${project}/support`);
	equal(own.applicants.some((a) => a.subject.org.uid === e5), true, "its own");
	equal(own.applicants.length + own.hidden, 2, "the others are counted or shown by the rules of cost lines");
});
await test("support of other organisations is not there, in the words of what never was", async () => {
	const never = e2.replace(/.{4}$/, "0000");
	for (const who of [buyer1, operatorCu, investor])
		for (const path of [`/orgs/${e2}/support`, `/orgs/${e2}/support?project=${project}`]) {
			const hidden = await who.ask("GET", V + path, { headers: en });
			const absent = await who.ask("GET", V + path.replace(e2, never), { headers: en });
			equal(hidden.status, absent.status, `${path} hidden and absent`);
			equal(hidden.text.replaceAll(e2, "X"), absent.text.replaceAll(never, "X"), path);
			ok([403, 404].includes(hidden.status), `${hidden.status}`);
		}
	await call(admin, `/orgs/${e2}/support`, { status: 403 });
	equal((await ask(base, "GET", `${V}/orgs/${e2}/support`)).status, 401);
	await call(operatorOms, `/orgs/${e2}/support`);
	await call(analyst, `/orgs/${e2}/support`);
	await call(buyer1, `/orgs/${e1}/support`);
});
await test("a supplier sees the lines that it is paid, not the support of those who pay it", async () => {
	const maker = await signIn(base, "maker-e3", DEMO_PASSWORD);
	equal((await call(maker, "/project_costs")).items.length, 2);
	await call(maker, `/orgs/${e2}/support?project=${project}`, { status: 404 });
	const all = await call(maker, `/projects/${project}/support`);
	equal([all.applicants.length, all.hidden, all.total], [0, 2, { lo: "0.00", hi: null, text: "not known" }]);
});
await test("a partner in the project sees what its lines get, and nothing that the organisation says of itself", async () => {
	await call(buyer2, `/orgs/${e2}/facts/org.atr_qualified`, { method: "PUT", body: { value: "yes", document: "secret-77" } });
	const seen = await cluster.ask("GET", `${V}/orgs/${e2}/support?project=${project}`, { headers: en });
	equal(seen.status, 200);
	ok(!seen.text.includes("secret-77") && !seen.text.includes("Received before"), "what is its own");
	for (const r of seen.json.rows) equal([r.tree, r.missing], [null, []], r.measure.id);
	equal(row(seen.json, "CL_START_BATCH").amount.lo, "75000.00");
	equal(seen.json.ask, []);
	await call(cluster, `/orgs/${e2}/support`, { status: 404 });
});
await test("a fact that is stated decides, and is replaced by another", async () => {
	const before = row(await call(buyer2, `/orgs/${e2}/support`), "REG_FRP");
	equal(before.verdict, "unknown");
	ok(before.missing.some((fact) => fact.name === "org.regional_fund" && fact.known === false && fact.question), "what is missing has a question");
	const first = await call(buyer2, `/orgs/${e2}/facts/org.regional_fund`, { method: "PUT", body: { value: "no" } });
	const refused = row(await call(buyer2, `/orgs/${e2}/support`), "REG_FRP");
	equal(refused.verdict, "not_eligible");
	ok(/The answer to .* is no/.test(refused.reason), refused.reason);
	const second = await call(buyer2, `/orgs/${e2}/facts/org.regional_fund`, { method: "PUT", body: { value: "да" } });
	equal(second.uid, first.uid);
	equal(row(await call(buyer2, `/orgs/${e2}/support`), "REG_FRP").verdict, "unknown");
	await call(buyer2, `/orgs/${e2}/facts/org.regional_fund`, { method: "PUT", body: { value: "maybe" }, status: 422 });
	await call(buyer2, `/orgs/${e2}/facts/org.nothing`, { method: "PUT", body: { value: "yes" }, status: 404 });
	await call(buyer1, `/orgs/${e2}/facts/org.regional_fund`, { method: "PUT", body: { value: "yes" }, status: 404 });
	await call(analyst, `/orgs/${e2}/facts/org.regional_fund`, { method: "PUT", body: { value: "yes" }, status: 403 });
});
await test("a grant form names the line that is too large, and the ceiling", async () => {
	const form = (lines, status = 200) => call(buyer2, "/budget-check", { method: "POST", body: { measure: "ATR_KD", lines }, status });
	const good = await form([{ category: "wages", sum: "600000" }, { category: "materials", sum: "400000.00" }]);
	equal([good.total, good.faults], ["1000000.00", 0]);
	const bad = await form([{ category: "wages", sum: "800000" }, { category: "materials", sum: "200000" }]);
	equal(bad.faults, 1);
	const wages = bad.lines.find((line) => line.category === "wages");
	equal([wages.sum, wages.share, wages.ceiling], ["800000.00", "80.0 %", "700000.00"]);
	ok(wages.fault.includes("take away 100,000.00 ₽"), wages.fault);
	await form([{ category: "holidays", sum: "1" }], 422);
	await form([{ category: "wages", sum: "-1" }], 422);
	await form([{ category: "wages" , summ: "1" }], 422);
	await call(buyer2, "/budget-check", { method: "POST", body: { measure: "NO_SUCH", lines: [] }, status: 404 });
});
await test("cost lines come out of today's lot, and a second time nothing changes", async () => {
	const made = await call(operatorOms, `/projects/${project}/costs-from-lots`, { method: "POST" });
	ok(made.lines.length >= 1 && made.lines[0].org.uid === e2, JSON.stringify(made));
	const again = await call(operatorOms, `/projects/${project}/costs-from-lots`, { method: "POST" });
	equal(again.lines.map((line) => line.state), again.lines.map(() => "same"));
	await call(buyer1, `/projects/${project}/costs-from-lots`, { method: "POST", status: 404 });
});
await test("every operation of support was called", () => {
	const wanted = operations.filter((o) => o.tags?.includes("support")).map((o) => o.id);
	ok(wanted.length === 5, `${wanted}`);
	equal(wanted.filter((id) => !called.has(id)), []);
});
done();
