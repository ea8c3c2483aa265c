// National plans over HTTP: who sees what, filters, pages, comparison, files whose sums agree, the making as a job and its end.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { demo, demoPeople, done, equal, jobEnd, ok, serve, test, tokenOf } from "./lib.mjs";
import { called, contract } from "./judge.mjs";
import { writePlans } from "./plan_rows.mjs";

const db = demo(process.argv[2]);
writePlans(db);
const server = await serve(db);
const people = await demoPeople(server.base);
const { analyst, operator } = people;
const P = "/api/v1/plans";
const read = async (who, path, status = 200) => {
	const answer = await who.get(path);
	equal(answer.status, status, path);
	return answer.json;
};
const kg = (q) => q.base / 1e6;
const all = [`${P}/plan_a`, `${P}/plan_a/orders`, `${P}/plan_a/orders/1`, `${P}/plan_a/uncovered`, `${P}/plan_a/unlocks`, `${P}/plan_a/next-tiers`, `${P}/plan_a/hours`, `${P}/plan_a/missing`, `${P}/plan_a/sankey`, "/api/v1/plan-compare?a=plan_a&b=plan_b"];
const files = ["orders.csv", "flows.csv", "uncovered.csv", "unlocks.csv", "missing.csv", "orders.xlsx", "flows.xlsx", "uncovered.xlsx", "plan.xlsx"];

await test("plans are for analysts and operators, their making for analysts", async () => {
	for (const role of ["admin", "buyer", "maker", "institute", "cluster", "investor"].filter((r) => people[r]))
		for (const path of [P, ...all, ...files.map((f) => `${P}/plan_a/${f}`)]) equal((await people[role].get(path)).status, 403, `${role} ${path}`);
	for (const path of [P, ...all, ...files.map((f) => `${P}/plan_a/${f}`)]) equal((await operator.get(path)).status, 200, path);
	for (const who of [operator, people.buyer]) {
		equal((await who.ask("POST", P, { body: {} })).status, 403);
		equal((await who.ask("PATCH", `${P}/plan_a`, { body: { title: "x" } })).status, 403);
		equal((await who.ask("DELETE", `${P}/plan_a`)).status, 403);
	}
});

await test("a token that may not read offers sees no plan, one that may not read needs sees no name", async () => {
	const blind = await tokenOf(analyst, ["plan.read"]);
	equal((await blind.get(`${P}/plan_a`)).status, 403);
	const shapeless = await tokenOf(analyst, ["plan.read", "offer.read"]);
	equal((await shapeless.get(`${P}/plan_a/uncovered`)).json.items, []);
	equal((await shapeless.get(`${P}/plan_a`)).json.objective, null);
});

await test("the list has the newest first and goes page by page", async () => {
	const whole = await read(analyst, P);
	equal(whole.items.map((p) => p.uid), ["plan_b", "plan_a"]);
	const first = await read(analyst, `${P}?limit=1`);
	equal(first.items.map((p) => p.uid), ["plan_b"]);
	const second = await read(analyst, `${P}?limit=1&cursor=${first.next}`);
	equal([second.items.map((p) => p.uid), second.next], [["plan_a"], null]);
});

await test("a plan tells its cost, its bound and the gap between them", async () => {
	const plan = await read(analyst, `${P}/plan_a`);
	equal(plan.objective.kop, plan.launches.kop + plan.prices.kop + plan.penalties.kop);
	equal(plan.objective.kop - plan.bound.kop, 100000);
	equal(plan.gap_ppm, Math.ceil(100000 * 1e6 / plan.objective.kop));
	equal(plan.cost.kop, plan.launches.kop + plan.prices.kop);
	equal(plan.levels.map((l) => [l.priority, l.covered_ppm, l.qty_text]), [[1, 1000000, "50 kg"], [3, Math.floor(135e6 / 152), "152 kg"]]);
	equal(plan.reasons.map((r) => [r.code, r.needs, r.qty_text]).sort(), [["MOQ", 1, "15 kg"], ["PRICE", 1, "2 kg"]]);
	equal([plan.makers, plan.outside, plan.may, plan.older], [2, 1, { run: true, drop: true }, null]);
	equal((await read(analyst, `${P}/plan_b`)).older.uid, "plan_a");
});

await test("orders are found, sorted and paged", async () => {
	const orders = await read(analyst, `${P}/plan_a/orders`);
	equal(orders.items.map((o) => [o.n, kg(o.qty), o.maker.region.code]), [[1, 165, "RU-IRK"], [2, 20, "RU-OMS"]]);
	equal(orders.items[0].next_tier.lack.text, "35 kg");
	equal([orders.items[0].hours.used_text, orders.items[0].hours.of_text], ["165 kg", "300 kg"]);
	equal((await read(analyst, `${P}/plan_a/orders?sort=-qty`)).items.map((o) => o.n), [1, 2]);
	equal((await read(analyst, `${P}/plan_a/orders?region=RU-OMS`)).items.map((o) => o.n), [2]);
	equal((await read(analyst, `${P}/plan_a/orders?q=${encodeURIComponent("омск")}`)).items.map((o) => o.n), [2]);
	equal((await read(analyst, `${P}/plan_a/orders?q=nothing-like-it`)).items, []);
	const first = await read(analyst, `${P}/plan_a/orders?limit=1`);
	equal((await read(analyst, `${P}/plan_a/orders?limit=1&cursor=${first.next}`)).items.map((o) => o.n), [2]);
	await read(analyst, `${P}/plan_a/orders?sort=price`, 422);
	await read(analyst, `${P}/plan_x/orders`, 404);
});

await test("an order names whom it serves and its parts are the whole", async () => {
	const order = await read(analyst, `${P}/plan_a/orders/1`);
	equal(order.flows.map((f) => [f.need.key, kg(f.qty), f.hidden]), [["N1", 50, false], ["N2", 30, false], ["N3", 15, false], ["N4", 70, false]]);
	equal(order.flows.reduce((sum, f) => sum + f.qty.base, 0), order.qty.base);
	equal([order.flows[0].price.text, order.flows[0].ceiling.text, order.others], ["5,100.00 ₽/kg", "5,500.00 ₽/kg", null]);
	for (const n of ["0", "3", "-1", "x"]) await read(analyst, `${P}/plan_a/orders/${n}`, 404);
});

await test("an operator sees others' needs by sight, their ceilings never, and a volume by the rule", async () => {
	const order = await read(operator, `${P}/plan_a/orders/1`);
	equal(order.volume_hidden, false);
	equal(order.flows.map((f) => [f.need.key, f.hidden, f.enterprise === null, f.ceiling === null]), [["N1", false, false, false], ["", true, true, true], ["", true, true, true]], "its own, one for everybody, one of a scouting round");
	equal([order.others.needs, kg(order.others.qty)], [1, 70]);
	const lone = await read(operator, `${P}/plan_a/orders/2`);
	equal([lone.volume_hidden, lone.qty, lone.total, lone.unit_price, lone.needs, lone.next_tier, lone.flows, lone.others], [true, null, null, null, null, null, [], null]);
	await read(operator, `${P}/plan_a/orders?sort=-qty`, 403);
	equal((await read(operator, `${P}/plan_a/orders?sort=period`)).items.length, 2);
});

await test("an operator sees no sum that tells of ceilings", async () => {
	const plan = await read(operator, `${P}/plan_a`);
	equal([plan.objective, plan.bound, plan.gap_ppm, plan.constant, plan.penalties, plan.alone, plan.may.run], [null, null, null, null, null, null, false]);
	equal([plan.cost, plan.launches, plan.prices, plan.levels.map((l) => [l.covered_ppm, l.qty_text, l.covered_text, l.bound_text])], [null, null, null, [[1000000, null, null, null], [Math.floor(135e6 / 152), null, null, null]]], "less what is shown of an order they would tell the rest");
	equal((await read(operator, P)).items.map((p) => p.cost), [null, null]);
	equal([plan.alone_needs, (await read(analyst, `${P}/plan_a`)).alone.kop], [1, 60 * 5000 * 100]);
	equal(plan.reasons.map((r) => [r.qty_text, r.value]), [[null, null], [null, null]]);
	ok(plan.regions.filter((r) => r.code !== "RU-IRK").every((r) => r.hidden && r.bought === null && r.needs === null), "a region with one buyer shows figures");
	equal(plan.regions.find((r) => r.code === "RU-IRK").made.kop, 165 * 5000 * 100, "four buyers stand behind it");
	const [unlock] = (await read(operator, `${P}/plan_a/unlocks`)).items;
	equal([unlock.lack_money, unlock.extra, unlock.today.price_text, unlock.joiners.length], [null, null, null, 1]);
	equal([unlock.joiners[0].hidden, unlock.joiners[0].raise_text, unlock.joiners[0].text], [true, null, ""]);
	const [missing] = (await read(operator, `${P}/plan_a/missing`)).items;
	equal([missing.hidden, missing.qty, missing.value, missing.price_text, missing.text], [true, null, null, null, ""]);
	equal((await read(operator, `${P}/plan_a/hours`)).items.map((h) => [h.price_text, h.used_text]), [[null, "165 kg"]]);
	equal((await read(operator, `${P}/plan_a/next-tiers`)).items.map((t) => t.order), [1]);
	const text = await Promise.all(all.map(async (path) => (await operator.get(path)).text));
	for (const word of ["Марий-Аэрозоль", "Агидель-Хим", "Сура-Краски", "\"N3", "\"N5", "5,400.00"]) ok(!text.some((t) => t.includes(word)), `${word} is seen`);
});

await test("what is left over is filtered and paged", async () => {
	const whole = await read(analyst, `${P}/plan_a/uncovered`);
	equal(whole.items.map((w) => [w.need.key, w.code, kg(w.qty), w.verified]), [["N2", "PRICE", 2, true], ["N5", "MOQ", 15, true]]);
	ok(whole.items[0].text.includes("5,550.00") && whole.items[0].flip.text.includes("50.00 ₽/kg"), whole.items[0].text + whole.items[0].flip?.text);
	equal(whole.items.map((w) => w.also), [{ code: "MOQ", figure_text: "4 kg" }, null]);
	ok(whole.items[0].flip.text.endsWith(", and if the pool grows by 4 kg"), whole.items[0].flip.text);
	equal(whole.groups.map((g) => [g.code, g.needs, g.cheapest === null]), [["MOQ", 1, false], ["PRICE", 1, true]], "what takes two changes is no cheapest one");
	equal(whole.groups.map((g) => [g.code, g.needs]), [["MOQ", 1], ["PRICE", 1]]);
	const keys = async (query) => (await read(analyst, `${P}/plan_a/uncovered?${query}`)).items.map((w) => w.need.key);
	equal([await keys("code=MOQ"), await keys("region=RU-OMS"), await keys("priority=1"), await keys("priority=3"), await keys("q=N5"), await keys(`q=${encodeURIComponent("ИРТЫШ")}`)], [["N5"], ["N2"], [], ["N2", "N5"], ["N5"], ["N2"]]);
	const first = await read(analyst, `${P}/plan_a/uncovered?limit=1`);
	equal((await read(analyst, `${P}/plan_a/uncovered?limit=1&cursor=${first.next}`)).items.map((w) => w.need.key), ["N5"]);
	const seen = (await read(operator, `${P}/plan_a/uncovered`)).items;
	equal(seen.map((w) => [w.hidden, w.need.key, w.figure_text, w.also, w.flip, w.maker, w.text]), [[true, "", null, null, null, null, "The price is above the ceiling"]]);
	await read(analyst, `${P}/plan_a/uncovered?priority=9`, 422);
});

await test("what is near says how near", async () => {
	const [unlock] = (await read(analyst, `${P}/plan_a/unlocks`)).items;
	equal([kg(unlock.pool), kg(unlock.lack_qty), unlock.lack_money, unlock.extra.qty.text, unlock.extra.region.code, unlock.today.launch_text], [30, 20, null, "20 kg", "RU-ME", null]);
	equal(unlock.joiners.map((j) => [j.need.key, j.raise_text]), [["N5", "30.00 ₽/kg"], ["N2", null]]);
	const [missing] = (await read(analyst, `${P}/plan_a/missing`)).items;
	equal([missing.needs, missing.qty.text, missing.price_text], [2, "17 kg", "5,300.00 ₽/kg"]);
	equal((await read(analyst, `${P}/plan_a/next-tiers`)).items.map((t) => [t.order, t.lack.text]), [[1, "35 kg"], [2, "80 kg"]]);
});

await test("flows between regions add up, and those of few buyers are nobody's to see", async () => {
	const flows = await read(analyst, `${P}/plan_a/sankey`);
	equal(flows.links.reduce((sum, l) => sum + l.value.kop, 0), 185 * 5100 * 100);
	equal(flows.makers.reduce((sum, l) => sum + l.value.kop, 0), flows.buyers.reduce((sum, l) => sum + l.value.kop, 0));
	equal([flows.links[0].from, flows.links[0].to, flows.links[0].qty_text], ["RU-IRK", "RU-CU", "70 kg"]);
	const districts = await read(analyst, `${P}/plan_a/sankey?by=district`);
	ok(districts.buyers.length < flows.buyers.length && districts.buyers.every((b) => b.name.length > 4), JSON.stringify(districts.buyers));
	const masked = await read(operator, `${P}/plan_a/sankey`);
	equal(masked.links.map((l) => [l.from, l.to]), [["other", "other"]]);
	await read(analyst, `${P}/plan_a/sankey?by=maker`, 422);
});

await test("two plans are compared", async () => {
	const c = await read(analyst, "/api/v1/plan-compare?a=plan_a&b=plan_b");
	equal([c.difference.covered_needs, c.difference.orders, c.difference.cost.kop], [2, -1, c.b.cost.kop - c.a.cost.kop]);
	equal([c.orders.added.length, c.orders.gone.map((o) => kg(o.was)), c.orders.changed.map((o) => [kg(o.was), kg(o.now)])], [0, [20], [[165, 200]]]);
	equal([c.needs.gained, c.needs.lost, c.needs.items.map((n) => [n.need.key, kg(n.was), kg(n.now)])], [2, 0, [["N2", 2, 0], ["N5", 15, 0]]]);
	equal([c.needs.items[1].was_text, c.needs.items[1].now_text], ["15 kg not covered: The smallest order is not reached", "covered in full"]);
	const back = await read(analyst, "/api/v1/plan-compare?a=plan_b&b=plan_a");
	equal([back.needs.gained, back.needs.lost, back.difference.cost.kop], [0, 2, -c.difference.cost.kop]);
	const masked = await read(operator, "/api/v1/plan-compare?a=plan_a&b=plan_b");
	equal([masked.difference.objective ?? masked.difference.cost, masked.needs.items.map((n) => [n.hidden, n.need.key]), masked.orders.gone.map((o) => [o.volume_hidden, o.was])], [null, [[true, ""]], [[true, null]]]);
	await read(analyst, "/api/v1/plan-compare?a=plan_a", 422);
	await read(analyst, "/api/v1/plan-compare?a=plan_a&b=plan_x", 404);
});

// CSV of ours: CRLF, quotes doubled.
function parse(text) {
	const rows = [[]];
	let cell = "";
	let quoted = false;
	for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
		const c = text[i];
		if (quoted && c === '"' && text[i + 1] === '"') cell += text[++i];
		else if (c === '"') quoted = !quoted;
		else if (!quoted && c === ",") cell = (rows.at(-1).push(cell), "");
		else if (!quoted && c === "\n") cell = (rows.at(-1).push(cell), rows.push([]), "");
		else if (c !== "\r" || quoted) cell += c;
	}
	if (cell !== "" || rows.at(-1).length > 0) rows.at(-1).push(cell);
	else rows.pop();
	const [names, ...lines] = rows;
	return lines.map((line) => Object.fromEntries(names.map((n, i) => [n, line[i]])));
}

await test("tables parse back, and their sums are those of the plan", async () => {
	const csv = async (who, name) => parse((await who.get(`${P}/plan_a/${name}.csv`)).text);
	const [orders, flows, uncovered] = [await csv(analyst, "orders"), await csv(analyst, "flows"), await csv(analyst, "uncovered")];
	const sum = (rows, name) => rows.reduce((total, r) => total + Math.round(Number(r[name]) * 100), 0);
	equal([orders.length, flows.length, uncovered.length], [2, 5, 2]);
	for (const order of orders) equal(sum(flows.filter((f) => f.order === order.order), "qty"), Math.round(Number(order.qty) * 100), `order ${order.order}`);
	equal(sum(orders, "launch"), (await read(analyst, `${P}/plan_a`)).launches.kop);
	equal(sum(uncovered, "qty"), 1700);
	equal(uncovered.map((u) => u.priority), ["3", "3"]);
	equal((await csv(operator, "uncovered")).map((u) => [u.need_key, u.priority]), [["", ""]]);
	equal(flows.map((f) => f.need_key), ["N1", "N2", "N3", "N4", "N5"]);
	const seen = await csv(operator, "flows");
	equal(seen.map((f) => [f.need_key, f.enterprise === "", f.ceiling]), [["N1", false, "5500.00"], ["", true, ""], ["", true, ""]]);
	equal((await csv(operator, "orders")).map((o) => o.qty), ["165", ""]);
	equal((await csv(analyst, "unlocks")).length + (await csv(analyst, "missing")).length, 2);
});

await test("workbooks are workbooks, with one sheet or all", async () => {
	for (const [name, sheets] of [["orders", 1], ["flows", 1], ["uncovered", 1], ["plan", 6]]) {
		const got = await fetch(`${server.base}${P}/plan_a/${name}.xlsx`, { headers: { cookie: analyst.cookie } });
		equal([got.status, got.headers.get("content-disposition").includes(".xlsx")], [200, true]);
		const file = `${process.env.TMPDIR ?? "/tmp"}/plans-${process.pid}-${name}.xlsx`;
		writeFileSync(file, Buffer.from(await got.arrayBuffer()));
		const run = spawnSync("python3", ["-c", "import os, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); os.unlink(sys.argv[1]); print(z.testzip(), len([n for n in z.namelist() if n.startswith('xl/worksheets/sheet')]))", file], { encoding: "utf8" });
		equal(run.stdout.trim(), `None ${sheets}`, name);
	}
});

await test("a plan gets another title, and goes", async () => {
	const named = await analyst.ask("PATCH", `${P}/plan_b`, { body: { title: "  С новым изготовителем " } });
	equal([named.status, named.json.title], [200, "С новым изготовителем"]);
	equal((await analyst.ask("PATCH", `${P}/plan_b`, { body: { title: "" } })).status, 422);
	equal((await analyst.ask("PATCH", `${P}/plan_b`, { body: { name: "x" } })).status, 422);
	equal((await analyst.ask("DELETE", `${P}/plan_b`)).status, 204);
	equal((await analyst.get(`${P}/plan_b`)).status, 404);
	equal((await read(analyst, P)).items.map((p) => p.uid), ["plan_a"]);
});

await test("a plan is made as a job, from the prices of another, and can be looked at", async () => {
	for (const body of [{ mode: "fast" }, { effort: 0 }, { effort: 100000 }, { from: "plan_x" }, { what: 1 }, { keep: "true" }]) ok([404, 422].includes((await analyst.ask("POST", P, { body })).status), JSON.stringify(body));
	const started = await analyst.ask("POST", P, { body: { title: "Пробный" } });
	equal(started.status, 202);
	const job = await jobEnd(analyst, started.json.job);
	equal([job.state, job.error], ["done", null]);
	ok(job.of === 1000 && job.done > 0, JSON.stringify(job));
	const plan = await read(analyst, `${P}/${job.result.plan.uid}`);
	equal([plan.title, plan.needs], ["Пробный", 5]);
	const orders = (await read(analyst, `${P}/${plan.uid}/orders`)).items;
	equal(orders.length, plan.orders);
	for (const o of orders) {
		const order = await read(analyst, `${P}/${plan.uid}/orders/${o.n}`);
		equal(order.flows.reduce((sum, f) => sum + f.qty.base, 0), order.qty.base, `order ${o.n}`);
	}
	const left = (await read(analyst, `${P}/${plan.uid}/uncovered`)).items;
	ok(left.every((w) => w.text.length > 5), JSON.stringify(left));
	const again = await jobEnd(analyst, (await analyst.ask("POST", P, { body: { mode: "strict", from: plan.uid, effort: 50 } })).json.job);
	equal([again.state, again.error], ["done", null]);
	equal((await read(analyst, `${P}/${again.result.plan.uid}`)).mode, "strict");
});

await test("a job that is cancelled leaves no plan", async () => {
	const before = (await read(analyst, P)).items.length;
	const held = [];
	for (let i = 0; i < 3; i++) held.push((await analyst.ask("POST", P, { body: {} })).json.job);
	equal((await analyst.ask("DELETE", `/api/v1/jobs/${held[2]}`)).status, 202);
	const ends = [];
	for (const uid of held) ends.push((await jobEnd(analyst, uid)).state);
	equal((await read(analyst, P)).items.length, before + ends.filter((s) => s === "done").length);
	ok(ends[2] === "cancelled" || ends[2] === "done", ends.join());
});

await test("every operation of plans was called", () => {
	const wanted = Object.values(contract.paths).flatMap((methods) => Object.values(methods)).filter((o) => o.tags?.includes("plans")).map((o) => o.operationId);
	ok(wanted.length > 20, `${wanted.length} operations`);
	equal(wanted.filter((id) => !called.has(id)), []);
});

done();
