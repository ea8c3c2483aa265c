// Applications for the register of clusters (journey 4.5 steps 5 and 10): from 4 of 6 criteria to the register, by three people of one organisation and an analyst.
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demo, DEMO_PASSWORD, demoPeople, done, equal, ok, serve, setting, signIn, test } from "./lib.mjs";
import { called, contract } from "./judge.mjs";

const store = process.argv[2];
const db = demo(store);
const LIMIT = 300000;

if (store === "sqlite") setting(db, "upload.max_bytes", String(LIMIT));
let server = await serve(db);
let people = await demoPeople(server.base);
let colleague = await signIn(server.base, "cluster2", DEMO_PASSWORD);
let third = await signIn(server.base, "cluster3", DEMO_PASSWORD);
const V = "/api/v1";
const OCTETS = { "content-type": "application/octet-stream" };

async function call(who, method, path, { status = 200, body, headers = {}, code } = {}) {
	const answer = await who.ask(method, V + path, { body, headers: { "accept-language": "en", ...headers } });
	equal(answer.status, status, `${method} ${path} (${answer.text.slice(0, 600)})`);
	if (code) equal(answer.json.errors[0].code, code, path);
	return answer;
}
const read = async (who, path) => (await call(who, "GET", path)).json;

let uid = "";
const at = (rest = "") => `/applications/${uid}${rest}`;
const tag = async (who) => (await call(who, "GET", at())).headers.get("etag");

// Something done with the application as it is now.
async function act(who, what, body, { status = 200, method = "POST", headers = {}, match } = {}) {
	const version = match ?? (await call(people.analyst, "GET", at())).headers.get("etag");
	return call(who, method, at(what), { status, body, headers: { "if-match": version, ...headers } });
}
const put = (who, document, bytes, more = {}) => act(who, `/documents/${document}?name=${encodeURIComponent(more.name ?? "файл.pdf")}`, bytes, { method: "PUT", headers: OCTETS, ...more });
const sign = (who, document, bytes, more = {}) => act(who, `/documents/${document}/signature?name=${encodeURIComponent("файл.pdf.sig")}`, bytes, { method: "PUT", headers: OCTETS, ...more });
const line = (application, document) => application.checklist.find((l) => l.document === document);

const cluster = (await read(people.cluster, "/clusters?limit=200")).items.find((c) => /демо|demo/.test(JSON.stringify(c.cells)) && c.key === "МХК");

await test("only the organisation that runs the cluster begins an application", async () => {
	ok(cluster, "the demo cluster");
	const path = `/clusters/${cluster.uid}/applications`;
	await call(people.analyst, "POST", path, { status: 403, body: { pack: "demo" } });
	await call(people.operator, "POST", path, { status: 403, body: { pack: "demo" } });
	await call(people.buyer, "POST", path, { status: 403, body: { pack: "demo" } });
	await call({ ask: (m, p, o) => people.cluster.ask(m, p, o) }, "POST", "/clusters/cluster_x/applications", { status: 404, body: { pack: "demo" } });
	await call(people.cluster, "POST", path, { status: 404, body: { pack: "nothing" } });
	await call(people.cluster, "POST", path, { status: 422, body: { pack: "demo", more: 1 } });
	await call(people.cluster, "POST", path, { status: 422, body: {} });
	const key = { "idempotency-key": "begin-1" };
	const first = await call(people.cluster, "POST", path, { status: 201, body: { pack: "demo" }, headers: key });
	const again = await call(people.cluster, "POST", path, { status: 201, body: { pack: "demo" }, headers: key });
	equal(again.json.uid, first.json.uid, "the same request has one effect");
	uid = first.json.uid;
	equal(first.headers.get("location"), `${V}/applications/${uid}`);
	await call(people.cluster, "POST", path, { status: 409, body: { pack: "demo" } });
});

await test("a draft shows 4 of 6 criteria, the checklist of the pack, and what is missing", async () => {
	const a = await read(people.cluster, at());
	equal([a.state, a.checked.passed, a.checked.failed, a.checked.total, a.checked.ready], ["draft", 4, 2, 6, false]);
	equal(a.checked.missing.filter((m) => m.kind === "criterion").map((m) => m.id), ["linked", "infrastructure"]);
	equal(a.checklist.length, 8);
	equal([line(a, "map").required, line(a, "map").signature, line(a, "map").criterion, line(a, "map").file], [true, true, "dependence", null]);
	equal([a.may.edit, a.may.precheck, a.may.submit, a.may.review], [true, true, false, false]);
	equal(a.frozen, null);
	await call(people.cluster, "GET", at("/frozen"), { status: 409 });
});

await test("others do not learn that it is there; the centre and the analyst read it", async () => {
	const missing = await call(people.buyer, "GET", "/applications/application_x", { status: 403 });
	ok(missing, "buyers have no business here");
	const oms = await signIn(server.base, "operator-oms", DEMO_PASSWORD);
	await call(oms, "GET", at());
	const rya = await call(people.operator, "GET", at(), { status: 404 });
	const none = await call(people.operator, "GET", "/applications/application_01m82z80ntprv46hjnagegvv3w", { status: 404 });
	equal(rya.json.detail.replace(uid, "X"), none.json.detail.replace("application_01m82z80ntprv46hjnagegvv3w", "X"));
	equal((await read(people.operator, "/applications")).items.length, 0);
	equal((await read(oms, "/applications?state=open")).items.map((i) => i.uid), [uid]);
	equal((await read(people.analyst, `/applications?cluster=${cluster.uid}`)).items[0].state, "draft");
	equal((await read(people.analyst, "/applications?state=decided")).items.length, 0);
	await call(people.analyst, "GET", "/applications?state=nonsense", { status: 422 });
	for (const who of [people.buyer, people.maker, people.institute, people.investor, people.admin]) await call(who, "GET", "/applications", { status: 403 });
	await act(people.analyst, "/precheck", undefined, { status: 403 });
	await act(people.cluster, "/questions", { criterion: "1", text: "?" }, { status: 403 });
});

await test("every change needs the version that was seen", async () => {
	await call(people.cluster, "POST", at("/precheck"), { status: 428 });
	await act(people.cluster, "/precheck", undefined, { status: 412, match: '"1"' });
	const seen = await tag(people.cluster);
	await act(people.cluster, "/precheck", undefined, { match: seen });
	await act(colleague, "/precheck", undefined, { match: seen, status: 412 });
	equal((await read(people.cluster, at())).state, "precheck");
	equal((await call(people.cluster, "GET", at(), { headers: { "if-none-match": await tag(people.cluster) }, status: 304 })).text, "");
});

await test("a submission that lacks something names each thing", async () => {
	const answer = await act(people.cluster, "/submit", undefined, { status: 409 });
	const named = answer.json.errors.slice(1);
	equal(named.map((e) => `${e.code} ${e.pointer}`), [
		"criterion /criteria/linked", "criterion /criteria/infrastructure", "document /checklist/application", "document /checklist/programme",
		"document /checklist/agreements", "document /checklist/contracts", "document /checklist/map", "document /checklist/education_licence",
		"document /checklist/infrastructure_contracts",
	]);
	ok(/it is 10, asked is >= 11/.test(named[0].detail), named[0].detail);
	equal((await read(people.cluster, at())).state, "precheck");
});

const BYTES = Buffer.from("устав кластера, лист 1");
await test("files come in, are kept under their digest and go out byte for byte", async () => {
	const a = (await put(people.cluster, "application", BYTES, { name: "../../etc/Заявление.pdf" })).json;
	const { file } = line(a, "application");
	equal([file.name, file.size, file.digest.length, file.signature, file.made_by], ["Заявление.pdf", BYTES.length, 64, null, people.cluster.session.account.name]);
	const back = await fetch(`${server.base}${V}${at("/documents/application/file")}`, { headers: { cookie: people.analyst.cookie } });
	equal(Buffer.compare(Buffer.from(await back.arrayBuffer()), BYTES), 0);
	ok(/filename="application\.pdf"/.test(back.headers.get("content-disposition")), back.headers.get("content-disposition"));
	await call(people.cluster, "GET", at("/documents/application/file"));
	await call(people.cluster, "GET", at("/documents/application/signature"), { status: 404 });
	await call(people.cluster, "GET", at("/documents/map/file"), { status: 404 });
	await call(people.cluster, "GET", at("/documents/nothing/file"), { status: 404 });
	await put(people.cluster, "nothing", BYTES, { status: 404 });
	await put(people.cluster, "application", Buffer.alloc(0), { status: 422 });
	await put(people.analyst, "application", BYTES, { status: 403 });
	await sign(people.cluster, "map", Buffer.from("x"), { status: 409 });
	await sign(people.cluster, "application", BYTES, { status: 422 });
	const signed = (await sign(colleague, "application", Buffer.from("подпись"))).json;
	equal([line(signed, "application").file.signature.name, line(signed, "application").earlier, line(signed, "application").missing], ["файл.pdf.sig", 1, false]);
	await call(people.analyst, "GET", at("/documents/application/signature"));
});

await test("what is too large is refused", async () => {
	await sign(people.cluster, "application", Buffer.alloc((1 << 20) + 1, 1), { status: 413 }).catch((error) => ok(/fetch failed|413|EPIPE|ECONNRESET/.test(`${error} ${error.cause ?? ""}`), `${error}`));
	if (store === "sqlite") await put(people.cluster, "application", Buffer.alloc(LIMIT + 1, 2), { status: 413 }).catch((error) => ok(/fetch failed|413|EPIPE|ECONNRESET/.test(`${error} ${error.cause ?? ""}`), `${error}`));
	equal(line(await read(people.cluster, at()), "application").file.size, BYTES.length);
});

await test("a document can be taken off again, and its bytes are history", async () => {
	await put(third, "start_plans", Buffer.from("план"));
	const a = (await act(third, "/documents/start_plans", undefined, { method: "DELETE" })).json;
	equal([line(a, "start_plans").file, line(a, "start_plans").earlier], [null, 1]);
	await act(third, "/documents/start_plans", undefined, { method: "DELETE", status: 409 });
});

await test("three colleagues fill it in without sharing one login, and each is named", async () => {
	const left = ["programme", "agreements", "contracts", "map", "education_licence", "infrastructure_contracts"];
	for (const [i, document] of left.entries()) await put([people.cluster, colleague, third][i % 3], document, Buffer.from(`документ ${document}`));
	for (const document of ["programme", "map"]) await sign(people.cluster, document, Buffer.from(`подпись ${document}`));
	const a = await read(third, at());
	equal(new Set(a.checklist.map((l) => l.file?.made_by).filter(Boolean)).size, 3);
	equal(a.checked.missing.map((m) => m.id), ["linked", "infrastructure"]);
	const csv = await call(third, "GET", at("/checklist.csv"));
	const rows = csv.text.trim().split("\r\n");
	equal([rows.length, rows.every((r) => r.endsWith("no") || r.endsWith("missing"))], [9, true]);
});

await test("of crossed changes one is done, the others are told", async () => {
	const seen = await tag(people.cluster);
	const answers = await Promise.all([people.cluster, colleague, third].map((who, i) =>
		who.ask("PUT", `${V}${at("/documents/start_plans")}`, { body: Buffer.from(`план ${i}`), headers: { ...OCTETS, "if-match": seen } })));
	equal(answers.map((a) => a.status).sort(), [200, 412, 412]);
	equal((await read(third, at())).version, Number(seen.replaceAll('"', "")) + 1);
});

await test("a contract and a second object make it 6 of 6, and it can be submitted", async () => {
	const orgs = (await read(people.analyst, "/orgs?limit=200")).items;
	const inn = (name) => {
		const row = orgs.find((o) => o.cells.name.text.includes(name));
		return row.cells.inn.text;
	};
	await call(people.cluster, "POST", "/contracts", { status: 201, body: { cluster: "МХК", seller_inn: inn("Марий-Аэрозоль"), buyer_inn: inn("Иртыш-Синтез"), number: "К-9", signed_on: "2026-03-01" } });
	await call(people.cluster, "POST", "/infra", { status: 201, body: { key: "I-2", name: "Технопарк «Второй»", kind: "technopark", state: "acting", technological: "yes", region: "RU-OMS" } });
	await call(people.cluster, "POST", "/residents", { status: 201, body: { infra: "I-2", cluster: "МХК" } });
	const checked = (await act(colleague, "/precheck")).json;
	equal([checked.state, checked.checked.passed, checked.checked.total, checked.checked.ready, checked.may.submit], ["precheck", 6, 6, true, true]);
	const a = (await act(people.cluster, "/submit")).json;
	equal([a.state, a.submitted_on, a.may.edit, a.may.precheck, a.may.submit], ["submitted", "2026-03-02", false, false, false]);
	await put(people.cluster, "map", Buffer.from("другая карта"), { status: 409 });
});

let copy = "";
await test("the frozen copy has its digest, and later changes of registers leave it alone", async () => {
	const got = await call(people.analyst, "GET", at("/frozen"));
	copy = got.text;
	equal(got.headers.get("etag"), `"${(await read(people.analyst, at())).frozen.digest}"`);
	equal([got.json.format, got.json.members.length, got.json.parts.length, got.json.on, got.json.pack.name], [1, 11, 7, "2026-03-02", "demo-2026"]);
	const part = got.json.parts.find((p) => p.criterion === "dependence");
	equal([part.result.truth, part.result.left.en, part.documents.map((d) => d.document), part.documents[0].kept], ["pass", "23.4 %", ["map"], true]);
	await call(people.cluster, "POST", "/infra", { status: 201, body: { key: "I-3", name: "Третий", kind: "technopark", state: "acting", technological: "yes", region: "RU-OMS" } });
	await call(people.cluster, "POST", "/residents", { status: 201, body: { infra: "I-3", cluster: "МХК" } });
	equal((await call(people.cluster, "GET", at("/frozen"))).text, copy);
});

const tasksOf = async (who) => (await read(who, "/tasks?state=open&limit=200")).items.filter((t) => t.kind.startsWith("application."));
await test("both sides have a task for what is to be done next", async () => {
	equal((await tasksOf(people.analyst)).map((t) => [t.kind, t.href]), [["application.review", `/applications/${uid}`]]);
	equal(await tasksOf(colleague), []);
	await act(people.analyst, "/questions", { criterion: "3", text: "За какой год объёмы?" });
	equal(await tasksOf(people.analyst), []);
	equal((await tasksOf(colleague)).map((t) => t.kind), ["application.answer"]);
	await act(people.cluster, "/answers", { criterion: "1", text: "не о том" }, { status: 409 });
	const a = (await act(third, "/answers", { criterion: "dependence", text: "За 2025 год." })).json;
	equal([a.state, a.criteria.some((c) => c.asked)], ["submitted", false]);
	equal((await tasksOf(people.analyst)).length, 1);
});

await test("a return names its criterion, and only that part can be changed", async () => {
	await act(people.analyst, "/returns", { criterion: "9", text: "x" }, { status: 422 });
	await act(people.analyst, "/returns", { text: "x" }, { status: 422 });
	await act(people.analyst, "/returns", { criterion: "3" }, { status: 422 });
	const a = (await act(people.analyst, "/returns", { criterion: "3", text: "Карта без объёмов" })).json;
	equal([a.state, a.criteria.filter((c) => c.open).map((c) => c.number), a.steps.at(-2).criterion], ["corrections", [3], "dependence"]);
	const seen = await read(colleague, at());
	equal(seen.checklist.filter((l) => l.editable).map((l) => l.document), ["map"]);
	equal(seen.criteria.filter((c) => c.editable).map((c) => c.id), ["dependence"]);
	for (const [document, answer] of [["contracts", await put(colleague, "contracts", Buffer.from("x"), { status: 409 })], ["application", await put(colleague, "application", Buffer.from("x"), { status: 409 })]])
		ok(/3\. Functional dependence/.test(answer.json.detail), `${document}: ${answer.json.detail}`);
	await act(colleague, "/precheck", undefined, { status: 409 });
	await act(colleague, "/submit", undefined, { status: 409 });
	await act(people.analyst, "/decision", { decision: "accepted", order_no: "1", order_on: "2026-03-01", number: "7" }, { status: 409 });
	await put(colleague, "map", Buffer.from("карта с объёмами"));
	const lacks = await act(colleague, "/corrections", {}, { status: 409 });
	equal(lacks.json.errors.slice(1).map((e) => `${e.code} ${e.pointer}`), ["signature /checklist/map"]);
	await sign(colleague, "map", Buffer.from("новая подпись"));
	const corrected = (await act(colleague, "/corrections", { text: "Добавлены объёмы" })).json;
	equal([corrected.state, corrected.criteria.find((c) => c.id === "dependence").corrections], ["corrected", 1]);
	const before = JSON.parse(copy);
	const after = (await call(people.analyst, "GET", at("/frozen"))).json;
	for (const part of after.parts) {
		const was = before.parts.find((p) => p.criterion === part.criterion);
		if (part.criterion !== "dependence") equal(part, was, part.criterion);
		else equal([part.earlier.length, part.earlier[0].documents, part.documents[0].name], [1, was.documents, "файл.pdf"]);
	}
	copy = JSON.stringify(after);
});

if (store === "sqlite")
	await test("a file that was changed on the disk is seen and said", async () => {
		const { digest } = line(await read(people.cluster, at()), "map").file;
		const folder = join(`${db}.files`, digest.slice(0, 2));
		const path = join(folder, readdirSync(folder).find((name) => digest.endsWith(name)));
		ok(statSync(path).size > 0, path);
		writeFileSync(path, "подделка");
		const answer = await call(people.analyst, "GET", at("/documents/map/file"), { status: 409, code: "file.changed" });
		ok(/not what was sent/.test(answer.json.detail), answer.json.detail);
		writeFileSync(path, Buffer.from("карта с объёмами"));
		await call(people.analyst, "GET", at("/documents/map/file"));
	});

await test("after the server was killed everything acknowledged is there", async () => {
	const before = await read(people.analyst, at());
	server.child.kill("SIGKILL");
	await server.ended;
	server = await serve(db);
	people = await demoPeople(server.base);
	colleague = await signIn(server.base, "cluster2", DEMO_PASSWORD);
	third = await signIn(server.base, "cluster3", DEMO_PASSWORD);
	equal(await read(people.analyst, at()), before);
	await call(people.analyst, "GET", at("/documents/map/file"));
	equal((await call(people.analyst, "GET", at("/frozen"))).json, JSON.parse(copy));
});

await test("the decision puts the cluster into the register and closes the application for ever", async () => {
	await act(people.cluster, "/decision", { decision: "refused", note: "x" }, { status: 403 });
	await act(people.analyst, "/decision", { decision: "perhaps" }, { status: 422 });
	await act(people.analyst, "/decision", { decision: "refused" }, { status: 422 });
	await act(people.analyst, "/decision", { decision: "accepted", order_no: "15-П", number: "62-Д" }, { status: 422 });
	const a = (await act(people.analyst, "/decision", { decision: "accepted", order_no: "15-П", order_on: "2026-03-01", number: "62-Д" })).json;
	equal([a.state, a.decision.decision, a.decision.number, a.decision.order_no, a.decision.order_on], ["decided", "accepted", "62-Д", "15-П", "2026-03-01"]);
	const row = await read(people.cluster, `/clusters/${cluster.uid}`);
	const value = (name) => row.values.find((v) => v.name === name || v.column === name);
	ok(JSON.stringify(row).includes("62-Д") && JSON.stringify(row).includes("15-П"), JSON.stringify(value("number")));
	const events = (await read(people.cluster, "/cluster_events?limit=200")).items;
	ok(events.some((e) => JSON.stringify(e.cells).includes("15-П")), "an event of the register");
	equal((await tasksOf(colleague)).map((t) => t.kind), ["application.decided"]);
	for (const [who, what, body] of [[people.cluster, "/precheck"], [people.cluster, "/submit"], [people.cluster, "/corrections", {}], [people.cluster, "/withdrawal", {}],
		[people.analyst, "/questions", { criterion: "1", text: "?" }], [people.analyst, "/returns", { criterion: "1", text: "?" }], [people.analyst, "/decision", { decision: "refused", note: "нет" }]])
		ok(/decided/.test((await act(who, what, body, { status: 409 })).json.detail), what);
	equal(a.steps.filter((s) => s.kind !== "state").map((s) => s.kind), ["question", "answer", "return", "correction", "decision"]);
	equal(new Set(a.steps.map((s) => s.actor)).size >= 3, true, "each step names its actor");
});

await test("a new application may be taken back", async () => {
	uid = (await call(third, "POST", `/clusters/${cluster.uid}/applications`, { status: 201, body: { pack: "demo" } })).json.uid;
	const a = (await act(third, "/withdrawal", { text: "Рано" })).json;
	equal([a.state, a.decision.decision, a.decision.note], ["decided", "withdrawn", "Рано"]);
	equal((await read(third, "/applications?limit=1")).items.length, 1);
	const page = await read(third, "/applications?limit=1");
	equal((await read(third, `/applications?limit=1&cursor=${page.next}`)).items[0].decision, "accepted");
});

await test("every operation on applications was called", () => {
	const wanted = Object.values(contract.paths).flatMap((methods) => Object.values(methods)).filter((o) => o.tags.includes("applications")).map((o) => o.operationId);
	equal(wanted.filter((id) => !called.has(id)), []);
});
done();
