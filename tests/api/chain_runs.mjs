// What stops when something stops: the journey's figures, every cause in order, who may ask, and what is wrong with a question. Every answer is judged by the contract.
import { called, contract } from "./judge.mjs";
import { demo, demoPeople, done, equal, jobEnd, ok, serve, test } from "./lib.mjs";

const db = demo(process.argv[2]);
const { base } = await serve(db);
const { admin, analyst, buyer, investor, maker, operator } = await demoPeople(base);
const X = encodeURIComponent("import:ускоритель X@Китай");

async function call(who, path, { status = 200, lang = "en" } = {}) {
	const answer = await who.ask("GET", `/api/v1${path}`, { headers: { "accept-language": lang } });
	equal(answer.status, status, `${path} status (${answer.text.slice(0, 300)})`);
	return answer;
}
const read = async (who, path, more) => (await call(who, path, more)).json;

await test("an accelerator that stops on day 0 stops three processes on days 20, 32 and 62 and costs 189.8 million in 90 days", async () => {
	for (const who of [buyer, operator, analyst]) {
		const found = await read(who, `/chain-run?cause=${X}`);
		equal(found.processes.map((p) => [p.process, p.stop_day, p.back_day]), [["Цех смесей", 20, null], ["Завод уплотнений", 32, null], ["Завод насосов", 62, null]]);
		equal([found.lost, found.days, found.to, found.causes.length], ["189800000.00", 90, null, 1]);
		/* norm x output x days lost: 15 g x 1,000 x 70; 25 g x 40,000 x 58; 8 x 50 x 28 */
		equal(found.processes.map((p) => [p.lacks.qty, p.lacks.unit, p.lead_days]), [["1050", "кг", 0], ["58000", "кг", 0], ["11200", "шт", 0]]);
		equal(found.processes.reduce((sum, p) => sum + Number(p.lost), 0), Number(found.lost));
	}
});

await test("with the second source from day 45 the loss is 24.3 million and the pump plant never stops", async () => {
	const found = await read(buyer, `/chain-run?cause=${X}&with=${encodeURIComponent("ИС2")}`);
	equal(found.processes.map((p) => [p.process, p.stop_day, p.back_day]), [["Цех смесей", 20, 45], ["Завод уплотнений", 32, 45]]);
	equal([found.lost, found.with], ["24300000.00", ["ИС2"]]);
});

await test("reasons lead from the cause to the process, step by step", async () => {
	const found = await read(buyer, `/chain-run?cause=${X}`);
	const pumps = found.processes.at(-1);
	equal(pumps.steps.map((s) => [s.input, s.stock_days]), [["ускоритель X", 20], ["резиновая смесь", 12], ["уплотнение насоса", 30]]);
	for (let i = 1; i < pumps.steps.length; i++) equal(pumps.steps[i].from_at, pumps.steps[i - 1].at);
	ok(pumps.why.includes("no other source"), pumps.why);
	ok((await read(buyer, `/chain-run?cause=${X}`, { lang: "ru" })).processes.at(-1).why.includes("уплотнение насоса"));
	equal(found.bridges.map((b) => [b.input, b.stock_days, b.needed_days]), [["ускоритель X", 20, 30]]);
});

await test("an outage that ends, and one that leaves a part, cost less", async () => {
	const ends = await read(buyer, `/chain-run?cause=${X}&to=40`);
	ok(Number(ends.lost) < 189800000 && ends.processes.every((p) => p.back_day !== null), JSON.stringify(ends.processes));
	const part = await read(buyer, `/chain-run?cause=${X}&rate=0.5&days=365`);
	equal(part.processes[0].stop_day, null);
	equal([part.survives_days, part.ask_recovery], [40, false]);
	const soon = await read(buyer, `/chain-run?cause=${X}&from=10`);
	equal([soon.survives_days, soon.ask_recovery, ends.ask_recovery], [20, true, false]);
	equal(part.processes[0].first_day, 40);
	equal((await read(buyer, `/chain-run?cause=${X}&days=20`)).lost, "0.00");
});

await test("causes stand by what they cost, and pairs that are worse together are named", async () => {
	const all = await read(analyst, "/chain-ranking");
	const lost = all.items.map((c) => Number(c.lost));
	equal(lost, [...lost].sort((a, b) => b - a));
	equal(all.items.length, all.total);
	const imports = await read(analyst, "/chain-ranking?kind=import&limit=10");
	equal([imports.items[0].name, imports.items[0].lost, imports.items[0].first_day], ["ускоритель X@Китай", "189800000.00", 20]);
	ok(all.pairs.length > 0 && all.pairs.every((p) => Number(p.together) > Number(p.a_lost) + Number(p.b_lost)));
	for (const cause of all.items) equal((await read(analyst, `/chain-run?cause=${encodeURIComponent(cause.cause)}`)).lost, cause.lost, cause.cause);
	const both = await read(analyst, `/chain-run?cause=${encodeURIComponent(all.items.slice(0, 2).map((c) => c.cause).join("|"))}`);
	ok(Number(both.lost) >= lost[0]);
});

await test("a recipe is nobody else's: another enterprise finds no cause, and who may not read records is refused", async () => {
	equal((await read(maker, "/chain-ranking")).items.filter((c) => c.name.includes("ускоритель")), []);
	await call(maker, `/chain-run?cause=${X}`, { status: 404 });
	await call(investor, "/chain-ranking", { status: 403 });
	ok([200, 403].includes((await admin.ask("GET", "/api/v1/chain-ranking")).status));
});

await test("a wrong question is told what is wrong with it", async () => {
	await call(buyer, "/chain-run", { status: 422 });
	await call(buyer, `/chain-run?cause=${X}&days=0`, { status: 422 });
	await call(buyer, `/chain-run?cause=${X}&days=99999`, { status: 422 });
	await call(buyer, `/chain-run?cause=${X}&from=5&to=5`, { status: 422 });
	await call(buyer, `/chain-run?cause=${X}&rate=1`, { status: 422 });
	await call(buyer, `/chain-run?cause=${X}&with=nothing`, { status: 404 });
	await call(buyer, "/chain-run?cause=import:Atlantis", { status: 404 });
	await call(buyer, "/chain-ranking?kind=planet", { status: 422 });
	await call(buyer, "/chain-ranking?weather=fine", { status: 422 });
});

await test("shorter outages cost what they cost when they are asked for one by one", async () => {
	const found = await read(buyer, `/chain-run?cause=${X}`);
	equal(found.if_it_lasts.map((l) => [l.days, l.lost]), [[3, "0.00"], [7, "0.00"], [14, "0.00"], [30, "4000000.00"], [60, "46800000.00"]]);
	for (const { days, lost } of found.if_it_lasts) equal((await read(buyer, `/chain-run?cause=${X}&to=${days}`)).lost, lost);
	equal((await read(buyer, `/chain-run?cause=${X}&from=80`)).if_it_lasts.map((l) => l.days), [3, 7]);
});

await test("causes are named without being reckoned, by kind and by what is in their title", async () => {
	const all = await read(analyst, "/chain-causes");
	const ranked = await read(analyst, "/chain-ranking?limit=200");
	equal([all.total, all.items.map((c) => c.cause).sort()], [ranked.total, ranked.items.map((c) => c.cause).sort()]);
	equal((await read(analyst, "/chain-causes?kind=import&q=%D0%A3%D0%A1%D0%9A%D0%9E%D0%A0")).items.map((c) => c.title), ["ускоритель X (Китай)"]);
	const few = await read(analyst, "/chain-causes?limit=1");
	equal([few.total, new Set(few.items.map((c) => c.kind)).size], [all.total, few.items.length]);
	equal((await read(maker, "/chain-causes")).items.filter((c) => c.name.includes("ускоритель")), []);
	await call(buyer, "/chain-causes?kind=planet", { status: 422 });
	await call(investor, "/chain-causes", { status: 403 });
});

const rankAll = async (who, body, status = 202) => who.ask("POST", "/api/v1/chain-ranking", { body }).then((a) => (equal(a.status, status, a.text.slice(0, 300)), a.json?.job));

await test("all causes as a job: the same list, for who asked alone", async () => {
	const job = await rankAll(analyst, { kind: "", days: "60" });
	const { state, result } = await jobEnd(analyst, job);
	equal([state, result], ["done", await read(analyst, "/chain-ranking?days=60&limit=200")]);
	equal((await buyer.get(`/api/v1/jobs/${job}`)).status, 404);
	const seen = await admin.get(`/api/v1/jobs/${job}`);
	ok(seen.status === 404 || seen.json.result === null, seen.text.slice(0, 300));
	ok(!(await admin.get("/api/v1/jobs")).text.includes("ускоритель"), "nor in a list");
	ok(!(await admin.get(`/api/v1/jobs/${job}/events`)).text.includes("ускоритель"), "nor as it goes");
	const own = await jobEnd(maker, await rankAll(maker, { kind: "import" }));
	equal([own.state, own.result.items], ["done", []]);
	await rankAll(analyst, { kind: "planet" }, 422);
	await rankAll(analyst, { days: "0" }, 422);
	await rankAll(analyst, { weather: "fine" }, 422);
	await rankAll(investor, {}, 403);
});

const tree = (who, item, more) => read(who, `/chain-tree?item=${encodeURIComponent(item)}`, more);

await test("the tree of an item goes down to what comes from outside and up to what is made in the end", async () => {
	const mix = await tree(buyer, "РЕЗИНОВАЯ СМЕСЬ");
	equal(mix.item, "резиновая смесь");
	equal(mix.needs.map((r) => [r.depth, r.kind, r.name]), [
		[0, "process", "АО «Ока-Полимер»: Цех смесей"],
		[1, "input", "ускоритель X"],
		[2, "source", "ускоритель X (Китай)"],
		[1, "input", "каучук"],
		[2, "source", "каучук (АО «Агидель-Хим»)"],
		[2, "source", "каучук (ООО «Иртыш-Синтез»)"],
	]);
	equal(mix.needs[1].line, { need: "essential", need_title: "essential", stock_days: 20, sources: 1, a_day: "15 kg" });
	equal(mix.feeds.map((r) => [r.depth, r.name.split(": ").at(-1)]), [[0, "Завод уплотнений"], [1, "уплотнение насоса"], [2, "Завод насосов"], [3, "насос химический"]]);
	equal([mix.needs_cut, mix.feeds_cut], [false, false]);
});

await test("both directions agree: whoever needs an item depends on it", async () => {
	const seen = new Set();
	const look = async (item) => {
		if (seen.has(item)) return;
		seen.add(item);
		const { needs, feeds } = await tree(analyst, item);
		for (const [i, row] of needs.entries()) {
			if (row.kind !== "input") continue;
			const process = needs.slice(0, i).findLast((r) => r.depth === row.depth - 1).name;
			ok((await tree(analyst, row.name)).feeds.some((r) => r.depth === 0 && r.name === process), `${process} takes ${row.name}`);
			await look(row.name);
		}
		for (const row of feeds) if (row.kind === "product") await look(row.name);
	};
	await look("резиновая смесь");
	ok(seen.size >= 5, [...seen].join());
});

await test("a tree shows no recipe of others, and says what it does not find", async () => {
	await call(maker, `/chain-tree?item=${encodeURIComponent("резиновая смесь")}`, { status: 404 });
	await call(buyer, "/chain-tree?item=unobtainium", { status: 404 });
	await call(buyer, "/chain-tree", { status: 422 });
	await call(investor, "/chain-tree?item=x", { status: 403 });
});

const graph = (who, query = "", more) => read(who, `/chain-graph${query}`, more);
const edges = ({ nodes, arrows }) => arrows.map((a) => `${nodes[a.from].name} > ${a.input} > ${nodes[a.to].name}`).sort();

await test("the graph has an arrow for each source of each input, and says who is the only one", async () => {
	const all = await graph(analyst);
	equal(edges(all), [
		"АО «Ока-Полимер»: Завод уплотнений > уплотнение насоса > АО «Ока-Полимер»: Завод насосов",
		"АО «Ока-Полимер»: Цех смесей > резиновая смесь > АО «Ока-Полимер»: Завод уплотнений",
		"каучук (АО «Агидель-Хим») > каучук > АО «Ока-Полимер»: Цех смесей",
		"каучук (ООО «Иртыш-Синтез») > каучук > АО «Ока-Полимер»: Цех смесей",
		"ускоритель X (Китай) > ускоритель X > АО «Ока-Полимер»: Цех смесей",
	]);
	const x = all.nodes.find((n) => n.name === "ускоритель X (Китай)");
	equal([x.kind, x.cause, x.region, x.country, x.day_value, x.layer, x.alone_for], ["source", "import:ускоритель X@Китай", "", "Китай", null, 0, 1]);
	equal(all.nodes.filter((n) => n.kind === "process").map((n) => [n.layer, n.day_value]), [[1, "400000.00"], [2, "1100000.00"], [3, "3500000.00"]]);
	ok(all.arrows.every((a) => all.nodes[a.from].x < all.nodes[a.to].x), "arrows lead on");
	for (const node of all.nodes) await read(analyst, `/chain-run?cause=${encodeURIComponent(node.cause)}`);
});

await test("the part about an item grows with the steps, up to what its tree names", async () => {
	const item = `?item=${encodeURIComponent("ускоритель X")}`;
	equal((await graph(buyer, `${item}&steps=1`)).nodes.map((n) => n.name.split(": ").at(-1)), ["Цех смесей", "ускоритель X (Китай)"]);
	const whole = await graph(buyer, item);
	equal(whole.item, "ускоритель X");
	const { feeds } = await tree(buyer, "ускоритель X");
	equal(whole.nodes.filter((n) => n.kind === "process").map((n) => n.name), feeds.filter((r) => r.kind === "process").map((r) => r.name));
	const file = await buyer.ask("GET", `/api/v1/chain-graph.graphml${item}`);
	equal(file.status, 200);
	equal([file.text.match(/<node /g).length, file.text.match(/<edge /g).length], [whole.nodes.length, whole.arrows.length]);
});

await test("a graph shows no recipe of others, and says what it does not find", async () => {
	equal((await graph(maker)).nodes, []);
	await call(buyer, "/chain-graph?item=unobtainium", { status: 404 });
	await call(buyer, "/chain-graph?steps=0", { status: 422 });
	await call(buyer, "/chain-graph?steps=many", { status: 422 });
	await call(buyer, "/chain-graph?colour=red", { status: 422 });
	await call(investor, "/chain-graph", { status: 403 });
	await call(investor, "/chain-graph.graphml", { status: 403 });
});

const cause = "import:ускоритель X@Китай";
const save = (who, body, status = 201) => who.ask("POST", "/api/v1/scenarios", { body }).then((a) => (equal(a.status, status, a.text.slice(0, 300)), a.json));

await test("two saved scenarios side by side: 189.8 and 24.3 million, 165.5 less, per process and per enterprise", async () => {
	const base = await save(analyst, { title: "X stops", cause });
	const better = await save(analyst, { title: "X stops, X′ from day 45", cause, with: "ИС2", days: 90 });
	equal([base.title, base.own, base.question], ["X stops", true, { cause, with: "", days: "90", from: "", to: "", rate: "" }]);
	equal((await read(analyst, "/scenarios")).items.map((s) => s.uid), [better.uid, base.uid]);
	equal((await read(analyst, `/scenarios/${base.uid}`)).title, "X stops");
	const found = await read(analyst, `/scenario-comparison?uids=${base.uid},${better.uid}`);
	equal(found.scenarios.map((s) => [s.lost, s.difference]), [["189800000.00", "0.00"], ["24300000.00", "-165500000.00"]]);
	equal(found.processes.map((p) => [p.process, p.beside.map((b) => [b.stop_day, b.back_day, b.difference])]), [
		["Цех смесей", [[20, null, "0.00"], [20, 45, "-18000000.00"]]],
		["Завод уплотнений", [[32, null, "0.00"], [32, 45, "-49500000.00"]]],
		["Завод насосов", [[62, null, "0.00"], [null, null, "-98000000.00"]]],
	]);
	equal(found.enterprises.map((e) => e.beside.map((b) => b.lost)), [["189800000.00", "24300000.00"]]);
	equal((await read(analyst, `/scenario-comparison?uids=${better.uid},${base.uid}`)).scenarios[1].difference, "165500000.00");
	const csv = (await call(analyst, `/scenario-comparison.csv?uids=${base.uid},${better.uid}`)).text;
	const lines = csv.trim().split("\r\n");
	equal(lines.length, 1 + 2 * 3 + 2);
	ok(/^,,"?X stops, X′ from day 45"?,.*,24300000\.00,-165500000\.00,90,2026-\d\d-\d\d,[0-9a-f]{16}$/.test(lines.at(-1)) || lines.at(-1).includes("24300000.00,-165500000.00,90,"), lines.at(-1));
	await call(analyst, `/scenario-comparison?uids=${base.uid}`, { status: 422 });
	await call(analyst, "/scenario-comparison", { status: 422 });
	await call(analyst, `/scenario-comparison?uids=${base.uid},scenario_x`, { status: 404 });
});

await test("a scenario is its own people's: others find nothing, colleagues see it, only its owner changes it", async () => {
	const own = await save(buyer, { cause, rate: 0.5, from: 1, to: 30, days: 120 });
	equal([own.title, own.question.rate, own.question.to, own.question.days], ["ускоритель X@Китай", "0.5", "30", "120"]);
	for (const who of [analyst, maker, operator]) {
		equal((await read(who, "/scenarios")).items.filter((s) => s.uid === own.uid), []);
		await call(who, `/scenarios/${own.uid}`, { status: 404 });
		equal((await who.ask("PATCH", `/api/v1/scenarios/${own.uid}`, { body: { title: "mine" } })).status, 404);
		equal((await who.ask("DELETE", `/api/v1/scenarios/${own.uid}`)).status, 404);
	}
	equal((await buyer.ask("PATCH", `/api/v1/scenarios/${own.uid}`, { body: { title: "Half for a month" } })).json.title, "Half for a month");
	equal((await buyer.ask("PATCH", `/api/v1/scenarios/${own.uid}`, { body: { title: " " } })).status, 422);
	equal((await buyer.ask("DELETE", `/api/v1/scenarios/${own.uid}`)).status, 204);
	await call(buyer, `/scenarios/${own.uid}`, { status: 404 });
	await call(investor, "/scenarios", { status: 403 });
	equal((await investor.ask("POST", "/api/v1/scenarios", { body: { cause } })).status, 403);
});

await test("what cannot be answered is not saved", async () => {
	await save(buyer, { cause: "country:Атлантида" }, 404);
	await save(buyer, { cause, with: "nothing" }, 404);
	await save(buyer, { cause, days: 0 }, 422);
	await save(buyer, { cause, from: 9, to: 3 }, 422);
	await save(buyer, { title: "no cause" }, 422);
	await save(buyer, { cause, weather: "fine" }, 422);
	await save(buyer, { cause, title: "я".repeat(121) }, 422);
	await save(maker, { cause }, 404);
	equal((await read(buyer, "/scenarios")).items, []);
});

await test("all operations of production chains were called", () => {
	const own = Object.values(contract.paths).flatMap((path) => Object.values(path)).filter((o) => o.tags?.includes("chains")).map((o) => o.operationId);
	equal(own.filter((id) => !called.has(id)), []);
});

done();
