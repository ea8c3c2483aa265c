// Files handed in over the API: the journeys' figures (4.1 steps 2-5, 4.2 the export), jobs, whose rows, hostile files. Every answer is judged by the contract.
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demo, DEMO_PASSWORD, demoPeople, done, equal, jobEnd, ok, serve, signIn, test } from "./lib.mjs";
import { called, operationOf } from "./judge.mjs";
import { faults } from "./schema.mjs";

const root = new URL("../../", import.meta.url);
const contract = JSON.parse(readFileSync(new URL("docs/api/openapi.json", root), "utf8"));
const twenty = readFileSync(new URL("data/demo/enterprises-20.csv", root));
const db = demo(process.argv[2]);
let server = await serve(db);
let people = await demoPeople(server.base);

function pathOf(address) {
	const parts = address.split("?")[0].split("/");
	const fits = Object.keys(contract.paths).filter((path) => {
		const want = path.split("/");
		return want.length === parts.length && want.every((w, i) => new RegExp(`^${w.replaceAll(".", "\\.").replace(/\{\w+\}/g, ".+")}$`).test(parts[i]));
	});
	return fits.sort((a, b) => a.split("{").length - b.split("{").length)[0];
}

// A request of somebody, judged by the contract.
async function call(who, method, address, { status = 200, body, headers = {}, lang = "en" } = {}) {
	const answer = await who.ask(method, `/api/v1${address}`, { body, headers: { "accept-language": lang, ...headers } });
	const what = `${method} ${address}`;
	equal(answer.status, status, `${what} status (${answer.text.slice(0, 400)})`);
	const operation = contract.paths[pathOf(`/api/v1${address}`)]?.[method.toLowerCase()];
	ok(operation, `${what} is in the contract`);
	let said = operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
	if (said.$ref) said = contract.components.responses[said.$ref.split("/").pop()];
	for (const name of Object.keys(said.headers ?? {})) if (["ETag", "Location"].includes(name)) ok(answer.headers.get(name), `${what}: ${name} is missing`);
	if (!said.content) return answer;
	const [type, { schema }] = Object.entries(said.content)[0];
	ok((answer.headers.get("content-type") ?? "").startsWith(type), `${what}: ${answer.headers.get("content-type")}`);
	if (/json/.test(type)) {
		const found = faults(contract, schema, answer.json);
		ok(found.length === 0, `${what}: ${found.slice(0, 10).join("; ")}`);
	}
	return answer;
}

const octets = { "content-type": "application/octet-stream" };
async function handIn(who, kind, name, body, { status = 202, more = "", lang = "en" } = {}) {
	return (await call(who, "POST", `/imports?kind=${kind}&name=${encodeURIComponent(name)}${more}`, { status, body, headers: octets, lang })).json;
}
// Hands in, waits for the end of the dry run; the import as it then is.
async function check(who, kind, name, body, options) {
	const { uid, job } = await handIn(who, kind, name, body, options);
	const end = await jobEnd(who, job);
	return { end, ...(await call(who, "GET", `/imports/${uid}`, options?.lang ? { lang: options.lang } : {})).json };
}
async function apply(who, uid) {
	const { job } = (await call(who, "POST", `/imports/${uid}/apply`, { status: 202 })).json;
	const end = await jobEnd(who, job);
	return { end, ...(await call(who, "GET", `/imports/${uid}`)).json };
}
const counts = (r) => [r.new, r.same, r.duplicates, r.errors];
const total = async (who, plural) => (await who.get(`/api/v1/${plural}?limit=1`)).json.total;
const scratch = mkdtempSync(join(tmpdir(), "zveno-imports-"));
function unzip(bytes, member) {
	const file = join(scratch, "x.xlsx");
	writeFileSync(file, bytes);
	return spawnSync("unzip", member ? ["-p", file, member] : ["-l", file], { encoding: "utf8" }).stdout;
}
async function bytesOf(who, path) {
	const answer = await fetch(who.base + path, { headers: { cookie: who.cookie, "accept-language": "en" } });
	equal(answer.status, 200, path);
	called.add(operationOf("GET", path).operationId);
	return Buffer.from(await answer.arrayBuffer());
}

const { operator, buyer, maker, analyst, investor, admin } = people;
const omsk = await signIn(server.base, "operator-irk", DEMO_PASSWORD);
let pair = "";
let first = "";

await test("a person is offered the kinds of files that he may hand in", async () => {
	const kinds = async (who) => (await call(who, "GET", "/import-kinds")).json.items.map((k) => k.kind);
	ok((await kinds(operator)).includes("enterprises") && (await kinds(operator)).includes("needs"), "an operator");
	ok(!(await kinds(operator)).includes("okpd2"), "shared classifiers are the administrator's");
	ok(!(await kinds(buyer)).includes("items"), "a buyer");
	ok((await kinds(admin)).includes("okpd2"), "an administrator");
	await call(investor, "GET", "/import-kinds", { status: 403 });
});

await test("4.1.2 the template of enterprises is a workbook with three sheets", async () => {
	const bytes = await bytesOf(operator, "/api/v1/templates/enterprises.xlsx");
	equal((unzip(bytes).match(/xl\/worksheets\/sheet\d+\.xml/g) ?? []).length, 3);
	await call(operator, "GET", "/templates/nothing.xlsx", { status: 404 });
});

await test("4.1.3 the dry run says 16 new, 2 same, 1 probable duplicate, 1 error, and writes nothing", async () => {
	const before = await total(operator, "orgs");
	const it = await check(operator, "enterprises", "enterprises-20.csv", twenty);
	equal([it.end.state, it.end.error], ["done", null]);
	equal(counts(it.report), [16, 2, 1, 1]);
	equal([it.report.rows, it.report.dry_run, it.report.batch, it.batch], [20, true, null, null]);
	const row = it.report.faults.find((f) => f.level === "error");
	equal([row.line, row.column, row.text], [14, "inn", "INN 6299000013: check digit, expected 2"]);
	equal(await total(operator, "orgs"), before, "the register");
	equal([it.name, it.kind, it.size, it.centre], ["enterprises-20.csv", "enterprises", twenty.length, "RU-RYA"]);
	first = it.uid;
	const list = (await call(operator, "GET", "/imports")).json.items;
	equal(list[0].uid, first, "the list");
});

await test("4.1.3 the report is in the language of whoever sent the file", async () => {
	const it = await check(operator, "enterprises", "ru.csv", twenty, { lang: "ru" });
	ok(/контрольн/i.test(it.report.faults.find((f) => f.level === "error").text), JSON.stringify(it.report.faults));
});

await test("4.1.3 the rows at fault come back as a workbook with their reasons", async () => {
	const bytes = await bytesOf(operator, `/api/v1/imports/${first}/errors.xlsx`);
	const strings = unzip(bytes, "xl/sharedStrings.xml") + unzip(bytes, "xl/worksheets/sheet1.xml");
	ok(strings.includes("INN 6299000013: check digit, expected 2"), strings.slice(0, 300));
});

await test("4.1.4 the probable duplicate is shown side by side and decided", async () => {
	const { items } = (await call(operator, "GET", "/duplicates?verdict=open")).json;
	equal(items.length, 1, "open pairs");
	equal([items[0].row.name, items[0].row.line], ["АО «Ока-Полимеры»", 17]);
	pair = items[0].uid;
	const detail = (await call(operator, "GET", `/duplicates/${pair}`)).json;
	ok(detail.score >= 600 && detail.reasons.length > 10, "score and reasons");
	const field = (name) => detail.fields.find((f) => f.name === name);
	equal([field("inn").stored, field("inn").row, field("inn").differs], ["6299000012", "6299000118", true]);
	equal([field("phone").differs, field("name").differs], [false, true]);
	await call(omsk, "GET", `/duplicates/${pair}`, { status: 404 });
	await call(omsk, "PATCH", `/duplicates/${pair}`, { status: 404, body: { verdict: "same" } });
	await call(buyer, "GET", "/duplicates", { status: 403 });
	await call(operator, "PATCH", `/duplicates/${pair}`, { status: 422, body: { verdict: "perhaps" } });
	const decided = (await call(operator, "PATCH", `/duplicates/${pair}`, { body: { verdict: "different" } })).json;
	equal(decided.verdict, "different");
	ok(decided.decided_by.startsWith("user:"), decided.decided_by);
	equal((await call(operator, "GET", "/duplicates?verdict=different")).json.items[0].uid, pair);
});

let batch = "";
await test("4.1.5 applying adds seventeen", async () => {
	const before = await total(operator, "orgs");
	const it = await apply(operator, first);
	equal([it.end.state, it.end.error], ["done", null]);
	equal(counts(it.report), [17, 2, 0, 1]);
	equal(await total(operator, "orgs"), before + 17);
	batch = it.batch;
	ok(batch.startsWith("batch_"), batch);
	await call(operator, "POST", `/imports/${first}/apply`, { status: 409 });
});

await test("4.1.5 the batch can be seen and undone by those whom it concerns alone", async () => {
	const it = (await call(operator, "GET", `/batches/${batch}`)).json;
	equal([it.kind, it.file, it.rows, it.state, it.may_undo, it.undone_at], ["enterprises", "enterprises-20.csv", 17, "applied", true, null]);
	equal((await call(operator, "GET", "/batches")).json.items[0].uid, batch);
	for (const who of [omsk, buyer, maker]) {
		await call(who, "GET", `/batches/${batch}`, { status: 404 });
		await call(who, "POST", `/batches/${batch}/undo`, { status: 404 });
	}
	await call(investor, "POST", `/batches/${batch}/undo`, { status: 403 });
	const before = await total(operator, "orgs");
	const undone = (await call(operator, "POST", `/batches/${batch}/undo`)).json;
	equal([undone.state, undone.may_undo], ["undone", false]);
	ok(undone.undone_at >= undone.made_at, "when");
	equal(await total(operator, "orgs"), before - 17);
	await call(operator, "POST", `/batches/${batch}/undo`, { status: 409 });
	equal((await call(operator, "GET", `/imports/${first}`)).json.batch, null, "the import stands as not applied");
});

await test("4.1.5 applied again, and the same file once more: 0 new, 19 same, 1 error, the pair is not asked again", async () => {
	await apply(operator, first);
	const it = await check(operator, "enterprises", "enterprises-20.csv", twenty);
	equal(counts(it.report), [0, 19, 0, 1]);
	equal((await call(operator, "GET", "/duplicates?verdict=open")).json.items.length, 0, "open pairs");
	const again = await apply(operator, it.uid);
	equal(counts(again.report), [0, 19, 0, 1]);
	equal(again.batch, null, "nothing is written");
});

await test("4.2 the export of the own needs imports again with nothing changed", async () => {
	for (const [who, plural, rows] of [[buyer, "needs", 1], [operator, "needs", 1], [maker, "offers", 1], [operator, "orgs", 18]]) {
		const csv = await bytesOf(who, `/api/v1/exports/${plural}.csv`);
		const it = await check(who, plural === "orgs" ? "enterprises" : plural, "mine.csv", csv);
		equal([it.report.rows, it.report.same, it.report.changed, it.report.new, it.report.errors], [rows, rows, 0, 0, 0], `${plural} ${JSON.stringify(it.report.faults)}`);
		const book = await bytesOf(who, `/api/v1/exports/${plural}.xlsx`);
		const same = await check(who, plural === "orgs" ? "enterprises" : plural, "mine.xlsx", book);
		equal([same.report.rows, same.report.same], [rows, rows], `${plural}.xlsx ${JSON.stringify(same.report.faults)}`);
	}
	const csv = (await bytesOf(buyer, "/api/v1/exports/needs.csv")).toString();
	ok(csv.includes("N1") && !/N[2-5],/.test(csv), "needs of others are not among them");
	await call(investor, "GET", "/exports/needs.csv", { status: 403 });
	await call(operator, "GET", "/exports/nothing.csv", { status: 404 });
});

const needsOf = (rows) => Buffer.from(`key,org_inn,item,cas,quantity,unit,due\n${rows.join("\n")}\n`);

await test("an organisation's people import the own rows; others are errors, known or not, in the same words", async () => {
	const it = await check(buyer, "needs", "mixed.csv", needsOf(["B1,6299000012,ацетилацетон,123-54-6,5,кг,2026-10-01", "B2,5599000011,ацетилацетон,123-54-6,5,кг,2026-10-01", "B3,7707083893,ацетилацетон,123-54-6,5,кг,2026-10-01", "B4,,ацетилацетон,123-54-6,7,кг,2026-10-01"]));
	equal([it.report.new, it.report.errors], [2, 2], JSON.stringify(it.report.faults));
	const texts = new Set(it.report.faults.map((f) => f.text));
	equal([...texts], ["This is a row of another organisation than yours. Leave it out."]);
});

await test("the key that another organisation uses tells nothing of it", async () => {
	const rows = needsOf(["N2,,ацетилацетон,123-54-6,25,кг,2026-09-30"]); // N2 is another centre's; RYA-1 is of this centre, of another organisation
	const it = await check(operator, "needs", "o.csv", needsOf(["RYA-1,6299000020,ацетилацетон,123-54-6,5,кг,2026-10-01"]));
	equal(it.report.new, 1, JSON.stringify(it.report.faults));
	await apply(operator, it.uid);
	for (const body of [rows, needsOf(["RYA-1,,ацетилацетон,123-54-6,5,кг,2026-10-01"]), needsOf(["RYA-2,,ацетилацетон,123-54-6,5,кг,2026-10-01"])]) {
		const mine = await check(buyer, "needs", "mine.csv", body);
		equal([mine.report.new, mine.report.changed, mine.report.errors], [1, 0, 0], JSON.stringify(mine.report.faults));
	}
	const mine = await check(buyer, "needs", "mine.csv", needsOf(["RYA-1,,ацетилацетон,123-54-6,5,кг,2026-10-01"]));
	await apply(buyer, mine.uid);
	const again = await check(buyer, "needs", "mine.csv", needsOf(["RYA-1,,ацетилацетон,123-54-6,5,кг,2026-10-01"]));
	equal([again.report.new, again.report.same], [0, 1], "found again under its own key");
});

await test("an operator writes the rows of the own centre, not those of another", async () => {
	const it = await check(operator, "enterprises", "theirs.csv", Buffer.from("key,name,inn,region,address\nE2,ООО «Иртыш-Синтез»,5599000011,RU-OMS,другой адрес\n"));
	equal([it.report.errors, it.report.changed], [1, 0], JSON.stringify(it.report));
	await handIn(operator, "needs", "x.csv", Buffer.from("a"), { status: 403, more: "&centre=RU-OMS" });
	await handIn(operator, "okpd2", "x.xml", Buffer.from("a"), { status: 403 });
	await handIn(operator, "nothing", "x.csv", Buffer.from("a"), { status: 422 });
});

await test("nobody sees the files of others", async () => {
	await call(omsk, "GET", `/imports/${first}`, { status: 404 });
	await call(buyer, "POST", `/imports/${first}/apply`, { status: 404 });
	await call(maker, "GET", `/imports/${first}/errors.xlsx`, { status: 404 });
	await call(analyst, "GET", "/imports", { status: 403 });
});

await test("the same file with the same key is one import", async () => {
	const headers = { ...octets, "idempotency-key": "one-import" };
	const [a, b] = [await call(operator, "POST", "/imports?kind=needs&name=a.csv", { status: 202, body: needsOf([]), headers }), await call(operator, "POST", "/imports?kind=needs&name=a.csv", { status: 202, body: needsOf([]), headers })];
	equal(a.text, b.text);
	await call(operator, "POST", "/imports?kind=needs&name=a.csv", { status: 422, body: needsOf(["x,,y,,1,кг,"]), headers });
	await handIn(operator, "needs", "empty.csv", undefined, { status: 422 });
});

// 30,000 rows: enough that somebody can ask for its end.
const many = needsOf(Array.from({ length: 30000 }, (_, i) => `M${i},6299000012,ацетилацетон,123-54-6,${i + 1},кг,2026-10-01`));

await test("a running import tells how far it is, and stops when it is cancelled, between two rows", async () => {
	const { uid, job } = await handIn(operator, "needs", "many.csv", many);
	let seen;
	for (const until = Date.now() + 60000; Date.now() < until; ) {
		seen = (await call(operator, "GET", `/jobs/${job}`)).json;
		if (seen.state !== "waiting" && (seen.done > 0 || seen.state !== "running")) break;
	}
	equal([seen.state, seen.error ?? null], ["running", null]);
	ok(seen.done > 0 && (seen.of === 0 || (seen.of >= seen.done && seen.of < 40000)), `${seen.done} of ${seen.of}`);
	await operator.ask("DELETE", `/api/v1/jobs/${job}`);
	const end = await jobEnd(operator, job);
	equal([end.state, end.result], ["cancelled", null]);
	equal((await call(operator, "GET", `/imports/${uid}`)).json.report, null);
	await call(operator, "POST", `/imports/${uid}/apply`, { status: 409 });
});

await test("a job that runs when the server is told to stop, or dies, is done after the next start", async () => {
	for (const signal of ["SIGTERM", "SIGKILL"]) {
		const { uid, job } = await handIn(operator, "needs", "many.csv", many);
		for (const until = Date.now() + 60000; Date.now() < until; )
			if ((await operator.get(`/api/v1/jobs/${job}`)).json.done > 0) break;
		server.child.kill(signal);
		await server.ended;
		server = await serve(db);
		operator.base = server.base;
		operator.ask = (await signIn(server.base, operator.session.account.login, DEMO_PASSWORD)).ask;
		operator.get = (path, headers = {}) => operator.ask("GET", path, { headers });
		const end = await jobEnd(operator, job, 120000);
		equal([end.state, end.error], ["done", null], signal);
		equal((await call(operator, "GET", `/imports/${uid}`)).json.report.new, 30000, signal);
	}
});

await test("hostile files fail their own import, never the server, and change nothing", async () => {
	const before = [await total(operator, "orgs"), await total(operator, "needs")];
	const files = [];
	// Good files with bytes turned over, cut and doubled.
	const seed = Number(process.env.ZVENO_SEED ?? Date.now() % 1e9);
	console.log(`# seed ${seed}`);
	let state = seed;
	const draw = (n) => (state = (state * 1103515245 + 12345) % 2147483648) % n;
	const good = [["x.csv", twenty], ["x.xlsx", await bytesOf(operator, "/api/v1/templates/needs.xlsx")], ["x.json", Buffer.from('[{"key":"a","item":"b"}]')], ["x.xml", Buffer.from("<a><b>c</b></a>")]];
	for (let i = 0; i < 24; i++) {
		const [name, bytes] = good[i % good.length];
		const bad = Buffer.from(bytes);
		for (let k = 0; k <= draw(8); k++) bad[draw(bad.length)] ^= 1 << draw(8);
		files.push([name, draw(3) === 0 ? bad.subarray(0, draw(bad.length) + 1) : bad]);
	}
	const bomb = Buffer.alloc(3 << 20, "a,b,c\n");
	files.push(["bomb.csv.gz", spawnSync("gzip", ["-9", "-c"], { input: Buffer.concat([bomb, bomb, bomb, bomb]), maxBuffer: 1 << 28 }).stdout]);
	files.push(["not.xlsx", Buffer.from("PK\x03\x04 and then nothing")], ["deep.json", Buffer.from("[".repeat(100000))], ["laughs.xml", Buffer.from('<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>')]);
	files.push(["zeros.csv", Buffer.alloc(100000)], ["high.csv", Buffer.alloc(100000, 0xff)], ["../../etc/passwd", Buffer.from("key,name\n")], ["\u202e.csv", Buffer.from("\ufeff;;;\n")]);
	ok(files.length > 30, "there are some");
	for (const [name, bytes] of files) {
		if (bytes.length === 0) continue;
		for (const kind of ["needs", "enterprises"]) {
			const it = await check(operator, kind, name, bytes);
			ok(["done", "failed"].includes(it.end.state), `${name}: ${it.end.state}`);
			if (it.end.state === "failed") ok(it.end.error.length > 20 && !it.end.error.includes("/proc/"), `${name}: ${it.end.error}`);
		}
	}
	equal([await total(operator, "orgs"), await total(operator, "needs")], before, "the registers");
	equal((await operator.get("/healthz")).status, 200);
});

await test("many at once, while others read: each gets its own report", async () => {
	const sizes = [3, 50, 7, 400, 11, 90, 1, 23];
	const reading = Array.from({ length: 200 }, () => operator.get("/api/v1/needs?limit=5"));
	const jobs = await Promise.all(sizes.map((n) => handIn(operator, "needs", `${n}.csv`, needsOf(Array.from({ length: n }, (_, i) => `P${n}-${i},6299000012,ацетилацетон,123-54-6,${i + 1},кг,2026-10-01`)))));
	for (const [at, { uid, job }] of jobs.entries()) {
		await jobEnd(operator, job);
		equal((await call(operator, "GET", `/imports/${uid}`)).json.report.new, sizes[at]);
	}
	for (const answer of await Promise.all(reading)) equal(answer.status, 200);
});

await test("every operation of files, batches and duplicates was called", () => {
	const all = Object.values(contract.paths).flatMap((p) => Object.values(p)).filter((o) => ["imports", "exports", "batches", "duplicates"].includes(o.tags[0]));
	equal(all.map((o) => o.operationId).filter((id) => !called.has(id)), []);
});
done();
