// Rows by hand over the API: journey 4.2 steps 3-5 with its figures, versions, clearing, rights, four eyes, joining. Every answer is judged by the contract.
import { readFileSync } from "node:fs";
import { demo, DEMO_PASSWORD, demoPeople, done, equal, jobEnd, ok, serve, signIn, test, tokenOf, zveno } from "./lib.mjs";
import { faults } from "./schema.mjs";

const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url), "utf8"));
const db = demo(process.argv[2]);
const { base } = await serve(db);
const people = await demoPeople(base);
const { operator, buyer, maker, institute, analyst, investor } = people;
const irkutsk = await signIn(base, "operator-irk", DEMO_PASSWORD);

function pathOf(address) {
	const parts = address.split("?")[0].split("/");
	const fits = Object.keys(contract.paths).filter((path) => {
		const want = path.split("/");
		return want.length === parts.length && want.every((w, i) => w.startsWith("{") || w === parts[i]);
	});
	return fits.sort((a, b) => a.split("{").length - b.split("{").length);
}

async function call(who, method, address, { status = method === "POST" ? 201 : 200, body, headers = {}, lang = "en" } = {}) {
	const answer = await who.ask(method, `/api/v1${address}`, { body, headers: { "accept-language": lang, ...headers } });
	const what = `${method} ${address}`;
	equal(answer.status, status, `${what} status (${answer.text.slice(0, 400)})`);
	const operation = pathOf(`/api/v1${address}`).map((path) => contract.paths[path][method.toLowerCase()]).find(Boolean);
	ok(operation, `${what} is in the contract`);
	let said = operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
	if (said.$ref) said = contract.components.responses[said.$ref.split("/").pop()];
	for (const name of Object.keys(said.headers ?? {})) if (["ETag", "Location"].includes(name)) ok(answer.headers.get(name), `${what}: ${name} is missing`);
	if (!said.content) return answer;
	const [type, { schema }] = Object.entries(said.content)[0];
	ok((answer.headers.get("content-type") ?? "").startsWith(type), `${what}: ${answer.headers.get("content-type")}`);
	const found = faults(contract, schema, answer.json);
	ok(found.length === 0, `${what}: ${found.slice(0, 10).join("; ")}`);
	return answer;
}
const value = (row, column) => row.values.find((v) => v.column === column)?.value;
const text = (row, column) => row.values.find((v) => v.column === column)?.text;
// A change of what is there now.
async function change(who, address, body, options = {}) {
	const before = await who.get(`/api/v1${address}`);
	return call(who, "PATCH", address, { body, ...options, headers: { "if-match": before.headers.get("etag") ?? '"x"', ...options.headers } });
}
const check = async (who, body, lang = "ru") => (await call(who, "POST", "/needs/check", { status: 200, body, lang })).json;

const needs = (await analyst.get("/api/v1/needs")).json.items;
const uid = (key) => needs.find((n) => n.key === key).uid;
const draft = { item: "ацетилацетон", qty: "10", unit: "кг", due: "2026-09-30", region: "RU-RYA" };
// Computes all lots anew; the lot of the substance, or what its size lacks.
async function lot() {
	const started = await operator.ask("POST", "/api/v1/lots/run");
	equal(started.status, 202, started.text);
	const end = await jobEnd(operator, started.json.job ?? started.json.uid);
	equal([end.state, end.error], ["done", null]);
	const { items } = (await operator.get("/api/v1/lots")).json;
	const near = (await operator.get("/api/v1/near-lots")).json;
	return items.length > 0 ? `${items[0].qty.text} (firm ${items[0].firm.text}) at ${items[0].price.text}` : JSON.stringify(near);
}

await test("4.2.3 the form echoes 0,04 т as 40 кг = 40 000 000 мг", async () => {
	const said = await check(buyer, { item: "123-54-6", qty: "0,04", unit: "т" });
	equal(said.echo.qty, { text: "40 кг", base_text: "40 000 000 мг" });
	equal([said.density_needed, said.faults], [false, []]);
	const english = await check(buyer, { item: "acetylacetone", qty: "0.04 t" }, "en");
	equal(english.echo.qty.text, "40 kg");
});

await test("4.2.3 litres of what is counted in kilograms need a density", async () => {
	const said = await check(buyer, { item: "ацетилацетон", qty: "40 л" }, "en");
	equal(said.density_needed, true);
	const fault = said.faults.find((f) => f.pointer === "/density");
	ok(/density needed to compare with kilograms/.test(fault.detail), fault.detail);
	const with_it = await check(buyer, { item: "ацетилацетон", qty: "40 л", density: "0,975 г/см3" });
	equal([with_it.density_needed, with_it.echo.qty.text], [false, "39 кг"]);
});

await test("4.2.4 the three answers that would help most are named, each with its effect", async () => {
	const said = await check(buyer, draft, "en");
	equal(said.hints.map((h) => h.text), ["purity", "ceiling price", "tolerance"]);
	for (const hint of said.hints) ok(hint.effect.length > 30 && hint.field, JSON.stringify(hint));
	equal((await check(buyer, { ...draft, tolerance: "1", requirements: "чистота >= 99 %" }, "en")).hints.map((h) => h.field), ["price"]);
});

await test("4.2.4 what is there already is told: the own needs by name, others together", async () => {
	const { same } = await check(buyer, draft, "en");
	equal(same.filter((s) => s.own).map((s) => s.uid), [uid("N1")]);
	const [others] = same.filter((s) => !s.own);
	equal([others.uid, others.org, others.qty.text], [null, null, "130 kg"]);
	ok(/^4 other organisations need 130 kg/.test(others.text), others.text);
});

await test("a check stores nothing, and says all that is wrong at once", async () => {
	const before = (await buyer.get("/api/v1/needs?limit=1")).json.total;
	const said = await check(buyer, { ...draft, qty: "много", due: "завтра", region: "Атлантида" }, "en");
	equal(said.faults.map((f) => f.pointer).sort(), ["/due", "/qty", "/region"]);
	equal((await buyer.get("/api/v1/needs?limit=1")).json.total, before);
	await call(buyer, "POST", "/needs/check", { status: 422, body: { nonsense: "1" } });
	await call(investor, "POST", "/needs/check", { status: 403, body: draft });
});

let own = "";
await test("4.2.4 a draft is stored with four answers, does not count, and goes away again", async () => {
	const before = await lot();
	equal(before, "200 kg (firm 170 kg) at 5,000.00 ₽/kg");
	const made = await call(buyer, "POST", "/needs", { body: draft });
	own = made.json.uid;
	equal(made.headers.get("location"), `/api/v1/needs/${own}`);
	equal([value(made.json, "state"), text(made.json, "qty_base"), made.json.hints.length, made.json.warnings], ["draft", "10 kg", 3, []]);
	equal(await lot(), before, "the lot says the same");
	equal((await call(buyer, "DELETE", `/needs/${own}`, { status: 204 })).text, "");
	equal((await buyer.get(`/api/v1/needs/${own}`)).status, 404);
	await call(buyer, "DELETE", `/needs/${uid("N1")}`, { status: 409 }); // it came with a file
});

await test("4.2.5 tolerance 0 leaves the lot 10 kg short, +10 makes it viable again", async () => {
	const zero = await change(buyer, `/needs/${uid("N1")}`, { tolerance: "0 кг" });
	equal(value(zero.json, "tolerance_base"), 0);
	const short = await lot();
	ok(/"190 kg"/.test(short) && /"10 kg"/.test(short), short);
	await change(buyer, `/needs/${uid("N1")}`, { tolerance: "+10 кг".slice(1) });
	equal(await lot(), "200 kg (firm 170 kg) at 5,000.00 ₽/kg");
});

await test("a value is really taken away by null, and stands in the history", async () => {
	const address = `/needs/${uid("N1")}`;
	const cleared = await change(buyer, address, { tolerance: null, price: null });
	equal([value(cleared.json, "tolerance_base"), value(cleared.json, "ceiling_kop"), value(cleared.json, "ceiling_per"), text(cleared.json, "qty_base")], [null, null, null, "40 kg"]);
	ok(cleared.json.values.find((v) => v.column === "ceiling_kop").facts.some((f) => f.state === "past" && f.value === 11), JSON.stringify(cleared.json.values.find((v) => v.column === "ceiling_kop")));
	equal(cleared.json.hints.map((h) => h.field), ["price", "tolerance"]);
	const back = await change(buyer, address, { tolerance: "10 кг", price: "5500 ₽/кг" });
	equal([text(back.json, "tolerance_base"), value(back.json, "ceiling_kop")], ["10 kg", 11]);
	await change(buyer, address, { qty: null }, { status: 422 });
	await change(buyer, address, { state: null, key: "N1" });
});

await test("a change needs the version that was seen", async () => {
	const address = `/needs/${uid("N1")}`;
	await call(buyer, "PATCH", address, { status: 428, body: { note: "x" } });
	const seen = (await buyer.get(`/api/v1${address}`)).headers.get("etag");
	equal((await operator.get(`/api/v1${address}`)).headers.get("etag"), seen, "one version for everybody who may change it");
	await call(buyer, "PATCH", address, { body: { note: "первая" }, headers: { "if-match": seen } });
	await call(buyer, "PATCH", address, { status: 412, body: { note: "вторая" }, headers: { "if-match": seen } });
	const after = await buyer.get(`/api/v1${address}`);
	ok(after.headers.get("etag") !== seen, "the version");
	equal(text(after.json, "note"), "первая");
	equal((await buyer.get(`/api/v1${address}`, { "if-none-match": after.headers.get("etag") })).status, 304);
	const nothing = await change(buyer, address, { note: "первая" });
	equal(nothing.headers.get("etag"), after.headers.get("etag"), "nothing was different");
});

await test("wrong fields are told with the place, and nothing is written", async () => {
	for (const [body, pointer] of [[{ ...draft, qty: "-1" }, "/qty"], [{ ...draft, due: "вчера" }, "/due"], [{ ...draft, price: "5000 ₽/шт" }, "/price"], [{ ...draft, colour: "red" }, "/colour"], [{ ...draft, note: ["x"] }, "/note"], [{ ...draft, urgency: 9 }, "/urgency"]]) {
		const answer = await call(buyer, "POST", "/needs", { status: 422, body });
		equal(answer.json.errors[0].pointer, pointer);
	}
	await call(buyer, "POST", "/needs", { status: 409, body: { ...draft, key: "N1" } });
	equal((await buyer.get("/api/v1/needs?key=N1")).json.items.length, 1);
});

await test("a row is found by the key of one's own system, nobody else's", async () => {
	const made = await call(buyer, "POST", "/needs", { body: { ...draft, key: "SAP-77", note: "по ключу" } });
	const found = (await call(buyer, "GET", "/needs?key=SAP-77")).json;
	equal([found.items.map((i) => i.uid), found.total], [[made.json.uid], 1]);
	equal((await call(maker, "GET", "/needs?key=SAP-77")).json.items, []);
	equal((await call(buyer, "GET", "/needs?key=N2")).json.items, []);
	await call(buyer, "DELETE", `/needs/${made.json.uid}`, { status: 204 });
});

await test("nobody changes what is another's, and learns no more than GET tells", async () => {
	const n1 = `/needs/${uid("N1")}`;
	for (const [who, status] of [[maker, 403], [institute, 403], [irkutsk, 403], [analyst, 403], [investor, 403]]) {
		const seen = (await who.get(`/api/v1${n1}`)).status;
		await call(who, "PATCH", n1, { status: seen === 200 ? status : who === analyst || who === investor ? 403 : 404, body: { note: "x" }, headers: { "if-match": '"x"' } });
		await call(who, "POST", `${n1}/join`, { status: seen === 200 ? status : who === analyst || who === investor ? 403 : 404, body: { qty: "1 кг" } });
	}
	await call(buyer, "POST", "/needs", { status: 403, body: { ...draft, org_inn: "5599000011" } });
	await call(buyer, "POST", "/needs", { status: 403, body: { ...draft, org_inn: "7707083893" } });
	await change(buyer, n1, { org_inn: "5599000011" }, { status: 403 });
	await call(buyer, "POST", "/offers", { status: 403, body: { item: "ацетилацетон", price: "1 ₽/кг" } });
	const theirs = await call(irkutsk, "POST", "/orgs", { status: 409, body: { name: "ООО «Чужое»", inn: "6299000012" } });
	ok(!/E1/.test(theirs.text), "the key of another centre");
	equal((await buyer.get(`/api/v1${n1}`)).json.values.find((v) => v.column === "note").text, "первая");
});

await test("a token for one register reads it, and no other", async () => {
	const token = await tokenOf(buyer, ["need.read"], "reads needs");
	equal([(await token.get("/api/v1/needs")).status, (await token.get("/api/v1/offers")).status, (await token.get("/api/v1/items")).status], [200, 403, 403]);
});

await test("a token writes only what it was given the scope for", async () => {
	const reads = await tokenOf(buyer, ["need.read", "reference.read"]);
	await call(reads, "POST", "/needs", { status: 403, body: draft });
	const writes = await tokenOf(buyer, ["need.read", "need.write", "reference.read"]);
	const made = await call(writes, "POST", "/needs", { body: draft });
	await call(writes, "DELETE", `/needs/${made.json.uid}`, { status: 204 });
});

await test("an operator who shows a need to more people waits for a second person; its owner does not", async () => {
	const n1 = `/needs/${uid("N1")}`;
	const asked = await change(operator, n1, { visibility: "association", note: "вторая" });
	equal([value(asked.json, "visibility"), text(asked.json, "note")], ["matched", "вторая"]);
	ok(/second person.*approval_/.test(asked.json.warnings.join(" ")), JSON.stringify(asked.json.warnings)); // the demo world has asked already
	const other = await call(operator, "POST", "/needs", { body: { ...draft, org_inn: "6299000012" } });
	const first = await change(operator, `/needs/${other.json.uid}`, { visibility: "public" });
	ok(/second person.*approval_/.test(first.json.warnings.join(" ")), JSON.stringify(first.json.warnings));
	await call(operator, "POST", "/needs", { status: 403, body: { ...draft, org_inn: "6299000012", visibility: "public" } });
	const shown = await change(buyer, n1, { visibility: "association" });
	equal(value(shown.json, "visibility"), "association");
	await change(buyer, n1, { visibility: "matched" });
});

await test("joining adds to an own need instead of a second one", async () => {
	const n1 = `/needs/${uid("N1")}`;
	const joined = await call(buyer, "POST", `${n1}/join`, { status: 200, body: { qty: "500 г" } });
	equal(text(joined.json, "qty_base"), "40.5 kg");
	await call(buyer, "POST", `${n1}/join`, { status: 422, body: { qty: "3 шт" } });
	await call(buyer, "POST", `${n1}/join`, { status: 422, body: { qty: "0 кг" } });
	await change(buyer, n1, { qty: "40 кг" });
});

await test("a maker states its capacity once more, and it is fresh", async () => {
	const statements = (await maker.get("/api/v1/capacities")).json.items;
	ok(statements.length >= 1, "there are statements");
	const address = `/capacity/${statements[0].uid}/confirm`;
	await call(buyer, "POST", address, { status: 403 });
	await call(irkutsk, "POST", `/capacity/${uid("N1")}/confirm`, { status: 404 });
	const fresh = await call(maker, "POST", address, { status: 200 });
	const free = fresh.json.values.find((v) => v.column === "free_base");
	equal([free.said_on, free.text], ["2026-03-02", "600 kg"]);
	ok(free.facts.some((f) => f.state === "past" && f.said_on === "2025-11-20"), "what was said before stays");
	await call(maker, "POST", address, { status: 409 });
});

await test("offers, sites, organisations and capacity are written the same way", async () => {
	const offer = await call(maker, "POST", "/offers", { body: { item: "ацетилацетон", price: "200 кг: 5100; 500 кг: 4700", unit: "кг", min: "200", lead_days: 30 } });
	const other = await change(maker, `/offers/${offer.json.uid}`, { lead_days: 45, min: null });
	equal([value(other.json, "lead_days"), value(other.json, "min_base")], [45, null]);
	const org = (await maker.get("/api/v1/orgs")).json.items.find((o) => o.cells.inn?.value === "3899000019");
	const renamed = await change(maker, `/orgs/${org.uid}`, { phone: "+7 3954 11-11-11" });
	equal(text(renamed.json, "phone"), "+7 3954 11-11-11");
	await change(maker, `/orgs/${org.uid}`, { inn: "6299000012" }, { status: 409 });
	const site = await call(maker, "POST", "/sites", { body: { name: "Второй цех", region: "RU-IRK" } });
	equal(text(site.json, "name"), "Второй цех");
	const capacity = await call(maker, "POST", "/capacities", { body: { item: "ацетилацетон", quarter: "2026-Q4", free: "100 кг" } });
	equal(text(capacity.json, "free_base"), "100 kg");
	const made = await call(operator, "POST", "/orgs", { body: { name: "ООО «Новое»", inn: "6299000020", region: "RU-RYA" } });
	equal(made.json.centre, "RU-RYA");
	await call(operator, "POST", "/orgs", { status: 409, body: { name: "ООО «Новое»", inn: "6299000020", region: "RU-RYA" } });
	equal((await operator.ask("POST", "/api/v1/items", { body: { name: "x" } })).status, 405);
});

await test("the same request with the same key is done once", async () => {
	const headers = { "idempotency-key": "need-1" };
	const a = await call(buyer, "POST", "/needs", { body: draft, headers });
	const b = await call(buyer, "POST", "/needs", { body: draft, headers });
	equal([b.json.uid, b.headers.get("etag")], [a.json.uid, a.headers.get("etag")]);
	await call(buyer, "DELETE", `/needs/${a.json.uid}`, { status: 204 });
});

await test("everything stands in the audit trail, and the check of the store passes", async () => {
	const rows = (await operator.get("/api/v1/audit?limit=200")).json.items.map((r) => r.action);
	for (const action of ["need.set", "need.add", "need.delete"]) ok(rows.includes(action), `${action} in ${[...new Set(rows)]}`);
	const run = zveno("check", "--db", db);
	equal(run.code, 0, run.out);
});

done();
