// Every operation of docs/api/openapi.json is called, right and wrong, and every answer is judged by it.
import { readFileSync } from "node:fs";
import { demo, done, equal, get, ok, serve, test } from "./lib.mjs";
import { faults } from "./schema.mjs";

const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url), "utf8"));
const called = new Set();
const db = demo(process.argv[2]);
const { base } = await serve(db);

// Calls an operation and judges the answer by what the contract says of its status.
async function call(path, address, { status = 200, lang = "en" } = {}) {
	const answer = await get(base, address, { "accept-language": lang });
	equal(answer.status, status, `${address} status (${answer.text.slice(0, 300)})`);
	let said = contract.paths[path].get.responses[status];
	if (said?.$ref) said = contract.components.responses[said.$ref.split("/").pop()];
	ok(said, `${path}: the contract knows no ${status}`);
	const [type, { schema }] = Object.entries(said.content)[0];
	equal(answer.headers.get("content-type"), type, "content type");
	const found = faults(contract, schema, answer.json);
	ok(found.length === 0, `${address}: ${found.slice(0, 10).join("; ")}`);
	if (status === 200) called.add(path);
	return answer.json;
}

const needs = await call("/api/v1/{register}", "/api/v1/needs");
const need = (key) => needs.items.find((n) => n.key === key).uid;
const lots = await call("/api/v1/lots", "/api/v1/lots");

await test("the contract is served as it stands in the project", async () => {
	equal((await get(base, "/api/v1/openapi.json")).json, contract);
});
await test("the server says that it is well", async () => {
	await call("/healthz", "/healthz");
});
await test("the summary tells that nothing is served alone and all five needs together", async () => {
	const s = await call("/api/v1/summary", "/api/v1/summary");
	equal([s.as_of, s.demo, s.run.needs, s.run.alone.needs, s.run.pooled.needs, s.run.pooled.amount, s.run.pooled.text], ["2026-03-02", true, 5, 0, 5, "1000000.00", "200 kg"]);
	equal(s.registers.find((r) => r.name === "need").count, 5);
});
await test("the registers are described in both languages", async () => {
	const { registers } = await call("/api/v1/registers", "/api/v1/registers");
	for (const r of registers) {
		ok(r.label.en && r.label.ru, r.name);
		for (const name of r.main) ok(r.columns.some((c) => c.name === name), `${r.name}: ${name} is described`);
	}
});
await test("every register can be read page by page, each row once", async () => {
	const { registers } = (await get(base, "/api/v1/registers")).json;
	for (const r of registers) {
		const seen = [];
		let next = "";
		do {
			const page = await call("/api/v1/{register}", `/api/v1/${r.plural}?limit=2${next ? `&cursor=${next}` : ""}`);
			ok(page.items.length <= 2, "limit");
			seen.push(...page.items.map((i) => i.uid));
			next = page.next;
		} while (next);
		equal([seen.length, new Set(seen).size], [r.count, r.count], r.name);
	}
});
await test("every row of every register can be opened", async () => {
	const { registers } = (await get(base, "/api/v1/registers")).json;
	for (const r of registers) {
		const page = (await get(base, `/api/v1/${r.name}?limit=5`)).json;
		for (const row of page.items) {
			const record = await call("/api/v1/{register}/{uid}", `/api/v1/${r.name}/${row.uid}`);
			equal([record.uid, record.key], [row.uid, row.key]);
			ok(record.values.every((v) => v.source !== ""), "every value has a source");
		}
	}
});
await test("the next page is also a Link", async () => {
	const answer = await get(base, "/api/v1/needs?limit=2&state=declared");
	const link = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "");
	if (answer.json.next) {
		const page = await call("/api/v1/{register}", link[1]);
		ok(page.items[0].uid !== answer.json.items[0].uid, "another page");
	}
});
await test("conditions on enumerated columns hold, others are refused by name", async () => {
	const all = await call("/api/v1/{register}", "/api/v1/needs");
	const states = [...new Set(all.items.map((n) => n.cells.state.value))];
	for (const state of states) {
		const some = await call("/api/v1/{register}", `/api/v1/needs?state=${state}`);
		equal(some.items.map((n) => n.uid), all.items.filter((n) => n.cells.state.value === state).map((n) => n.uid));
		equal(some.total, null);
	}
	await call("/api/v1/{register}", "/api/v1/needs?state=nonsense", { status: 422 });
	await call("/api/v1/{register}", "/api/v1/needs?ceiling_kop=5", { status: 422 });
	await call("/api/v1/{register}", "/api/v1/needs?sort=ceiling_kop", { status: 422 });
});
await test("limits and cursors out of range are refused", async () => {
	for (const bad of ["limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "cursor=", "cursor=c", "cursor=5", "cursor=cxyz", "cursor=c11111111111111111"])
		await call("/api/v1/{register}", `/api/v1/needs?${bad}`, { status: 422 });
	equal((await get(base, "/api/v1/needs?limit=1&limit=2")).status, 400, "a parameter twice");
});
await test("the demo lot is 200 kg for 5 buyers of 5 regions at 5,000.00 a kg with 30 kg of tolerance", async () => {
	equal(lots.items.length, 1);
	const lot = await call("/api/v1/lots/{uid}", `/api/v1/lots/${lots.items[0].uid}`);
	equal([lot.qty.text, lot.buyers, lot.regions, lot.price.text, lot.extra.text, lot.amount, lot.changed], ["200 kg", 5, 5, "5,000.00 ₽/kg", "30 kg", "1000000.00", false]);
	equal(lot.members.map((m) => m.total.base / 1e6), [50, 30, 15, 70, 35]);
	equal(lot.members.reduce((sum, m) => sum + m.total.base, 0), lot.qty.base, "the sum over the links is the lot");
	equal(lot.curve.filter((p) => [200, 300, 600].includes(p.qty.base / 1e6)).map((p) => p.price.text), ["5,000.00 ₽/kg", "4,000.00 ₽/kg", "3,000.00 ₽/kg"]);
});
await test("a need tells its lot", async () => {
	const why = await call("/api/v1/needs/{uid}/why", `/api/v1/needs/${need("N1")}/why`);
	equal([why.computed, why.lot.uid, why.lot.firm.text, why.lot.extra.text, why.lot.amount], [true, lots.items[0].uid, "40 kg", "10 kg", "250000.00"]);
});
await test("the matches of N1 say who passes and, with both values, who does not", async () => {
	const m = await call("/api/v1/needs/{uid}/matches", `/api/v1/needs/${need("N1")}/matches`);
	const of = (name) => m.makers.find((k) => k.org.name.includes(name));
	equal([of("Байкал").verdict, of("Омск").verdict, of("Институт").verdict], ["pass", "fail", "fail"]);
	ok(of("Омск").lines.some((l) => l.verdict === "fail" && /240/.test(l.text) && /2026-10-28|28\.10\.2026/.test(l.text) && /28 days/.test(l.text)), JSON.stringify(of("Омск").lines));
	ok(of("Институт").lines.some((l) => l.verdict === "fail" && /98/.test(l.text) && /99/.test(l.text)), JSON.stringify(of("Институт").lines));
	ok(of("Институт").gaps.length > 0, "a gap list");
});
await test("what did not come about can be asked for", async () => {
	await call("/api/v1/near-lots", "/api/v1/near-lots");
});
await test("an item is found by the start of its name, in Latin letters and by its CAS number", async () => {
	for (const q of ["ацетил", "acetylac", "123-54-6"]) {
		const hits = await call("/api/v1/suggest", `/api/v1/suggest?q=${encodeURIComponent(q)}`);
		ok(hits.items.some((h) => h.register === "item" && h.name === "ацетилацетон" && /123-54-6/.test(h.detail) && /20\.14\.62/.test(h.detail)), `${q}: ${JSON.stringify(hits.items)}`);
	}
	const found = await call("/api/v1/search", `/api/v1/search?q=${encodeURIComponent("Ока-Полимер")}`);
	ok(found.items.some((h) => h.register === "org"), JSON.stringify(found.items));
	await call("/api/v1/search", "/api/v1/search", { status: 422 });
	await call("/api/v1/search", `/api/v1/search?q=${"a".repeat(201)}`, { status: 422 }).catch(async () => equal((await get(base, `/api/v1/search?q=${"a".repeat(201)}`)).status, 413));
});
await test("what is not there is 404 with a problem", async () => {
	await call("/api/v1/{register}", "/api/v1/nothing", { status: 404 });
	await call("/api/v1/{register}/{uid}", "/api/v1/needs/need_00000000000000000000000000", { status: 404 });
	await call("/api/v1/lots/{uid}", "/api/v1/lots/lot_x", { status: 404 });
	await call("/api/v1/needs/{uid}/why", "/api/v1/needs/x/why", { status: 404 });
	await call("/api/v1/needs/{uid}/matches", "/api/v1/needs/x/matches", { status: 404 });
	for (const path of ["/api", "/api/", "/api/v1", "/api/v2/needs", "/api/v1/needs/a/b/c"]) equal((await get(base, path)).status, 404, path);
});
await test("texts follow the language asked for", async () => {
	const ru = await call("/api/v1/lots", "/api/v1/lots", { lang: "ru" });
	equal([ru.items[0].qty.text, lots.items[0].qty.text], ["200 кг", "200 kg"]);
	equal((await get(base, "/api/v1/lots")).headers.get("vary"), "Accept-Language");
});
await test("an answer that has not changed is not sent again", async () => {
	for (const path of ["/api/v1/needs", "/api/v1/summary", "/"]) {
		const first = await get(base, path);
		const again = await get(base, path, { "if-none-match": first.headers.get("etag") });
		equal([again.status, again.text], [304, ""], path);
	}
});
await test("reading changes nothing: the whole API read twice gives the same bytes", async () => {
	const crawl = async () => {
		const out = [];
		for (const path of ["/api/v1/summary", "/api/v1/registers", "/api/v1/lots", "/api/v1/near-lots", "/api/v1/needs", "/api/v1/orgs", "/api/v1/items", "/api/v1/offers", `/api/v1/needs/${need("N2")}/why`, `/api/v1/lots/${lots.items[0].uid}`]) out.push((await get(base, path)).text);
		return out;
	};
	equal(await crawl(), await crawl());
});
await test("every operation of the contract was called", () => {
	equal(Object.keys(contract.paths).filter((p) => !called.has(p)), []);
});
done();
