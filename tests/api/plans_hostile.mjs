// National plans under ill use: texts that tables would run, numbers out of all bounds, plans that go while they are read, jobs that are stopped, doubled or cut.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { demoPeople, done, equal, jobEnd, ok, serve, test, zveno } from "./lib.mjs";
import { planWorld } from "../e2e/plan_world.mjs";

const P = "/api/v1/plans";
const db = planWorld(240);

// Whoever writes rows into the registers can write these.
const EVIL = ["=HYPERLINK(\"http://x\")", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1"];
const folder = mkdtempSync(join(tmpdir(), "zveno-evil-"));
const cell = (text) => `"${text.replaceAll('"', '""')}"`;
writeFileSync(join(folder, "items.csv"), "key,name,unit\n" + EVIL.map((text, i) => `${cell(`${text}K${i}`)},${cell(`${text} №${i}`)},кг\n`).join(""));
writeFileSync(join(folder, "needs.csv"), "key,org_inn,item,quantity,unit,region,due,ceiling,state,urgency\n" +
	EVIL.map((text, i) => `${cell(`${text}N${i}`)},6299000012,${cell(`${text} №${i}`)},20,кг,RU-RYA,2026-09-30,900 ₽/кг,declared,1\n`).join(""));
writeFileSync(join(folder, "offers.csv"), "key,org_inn,item,unit,region,price,minimum,step,lead_days,basis\n" +
	EVIL.slice(0, 3).map((text, i) => `${cell(`${text}O${i}`)},5599000029,${cell(`${text} №${i}`)},кг,RU-OMS,500 ₽/кг,10 кг,,30,DAP\n`).join(""));
for (const kind of ["items", "needs", "offers"]) {
	const run = zveno("import", kind, join(folder, `${kind}.csv`), "--db", db);
	equal(run.code, 0, run.err);
}
rmSync(folder, { recursive: true });
const titled = zveno("plan", "run", "--title", "=cmd|' /C calc'!A0", "--db", db, "--json");
equal(titled.code, 0, titled.err);
const told = JSON.parse(titled.out);

let server = await serve(db);
let people = await demoPeople(server.base);
let { analyst } = people;

const files = ["orders.csv", "flows.csv", "uncovered.csv", "unlocks.csv", "missing.csv"];
// CSV of ours: CRLF, quotes doubled.
function cells(text) {
	const out = [];
	let at = "", quoted = false;
	for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
		const c = text[i];
		if (quoted && c === '"' && text[i + 1] === '"') at += text[++i];
		else if (c === '"') quoted = !quoted;
		else if (!quoted && (c === "," || c === "\n")) at = (out.push(at), "");
		else if (c !== "\r" || quoted) at += c;
	}
	return out;
}

await test("no cell of a table begins as a formula", async () => {
	let seen = 0;
	for (const name of files) {
		const text = (await analyst.get(`${P}/${told.uid}/${name}`)).text;
		for (const c of cells(text)) {
			ok(!/^[=@\t\r]/.test(c) && !(/^[+-]/.test(c) && !/^[+-]?[0-9.]+$/.test(c)), `${name}: ${JSON.stringify(c)}`);
			seen += /№[0-5]/.test(c) ? 1 : 0;
		}
	}
	ok(seen > 6, `${seen} such names`);
});

await test("workbooks hold names as texts, never as formulas", async () => {
	for (const name of ["plan", "orders", "uncovered"]) {
		const got = await fetch(`${server.base}${P}/${told.uid}/${name}.xlsx`, { headers: { cookie: analyst.cookie } });
		const path = join(tmpdir(), `evil-${process.pid}.xlsx`);
		writeFileSync(path, Buffer.from(await got.arrayBuffer()));
		const run = spawnSync("python3", ["-c", "import os, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); os.unlink(sys.argv[1]); print(sum(z.read(n).count(b'<f>') + z.read(n).count(b'<f ') for n in z.namelist()))", path], { encoding: "utf8" });
		equal(run.stdout.trim(), "0", name);
	}
});

await test("the command line says what the page says", async () => {
	const page = (await analyst.get(`${P}/${told.uid}`)).json;
	equal([told.needs, told.covered_needs, told.orders, told.outside, told.alone_needs], [page.needs, page.covered_needs, page.orders, page.outside, page.alone_needs]);
	equal([told.objective_kop, told.bound_kop, told.constant_kop, told.launches_kop, told.prices_kop, told.penalties_kop, told.alone_kop],
		[page.objective.kop, page.bound.kop, page.constant.kop, page.launches.kop, page.prices.kop, page.penalties.kop, page.alone.kop]);
});

await test("numbers out of all bounds are refused in words", async () => {
	const huge = ["99999999999999999999", "-1", "0", "1e9", "x", "%00", "2147483648"];
	for (const part of ["orders", "uncovered", "unlocks", "next-tiers", "hours", "missing"])
		for (const n of huge) {
			const answer = await analyst.get(`${P}/${told.uid}/${part}?limit=${n}`);
			ok([200, 400, 422].includes(answer.status), `${part} limit=${n}: ${answer.status}`);
		}
	for (const n of huge) {
		for (const path of [`${P}?cursor=${n}`, `${P}/${told.uid}/orders?cursor=${n}`, `${P}/${told.uid}/uncovered?cursor=${n}`, `${P}/${told.uid}/unlocks?cursor=${n}`, `${P}/${told.uid}/orders/${n}`]) {
			const answer = await analyst.get(path);
			ok([200, 400, 404, 422].includes(answer.status), `${path}: ${answer.status} ${answer.text}`);
		}
		const started = await analyst.ask("POST", P, { body: { effort: n } });
		ok(started.status === 422, `effort ${n}: ${started.status}`);
	}
	for (const body of [{ title: "x".repeat(100000) }, { from: "x".repeat(1000) }, { effort: 9e15 }, { effort: 1.5 }, { keep: 1 }, []])
		ok([400, 413, 422].includes((await analyst.ask("POST", P, { body })).status), JSON.stringify(body).slice(0, 60));
	for (const uid of ["%00", "..%2f..", "x".repeat(3000), "'; DROP TABLE plan; --", "%ff"]) {
		const answer = await analyst.get(`${P}/${uid}`);
		ok([400, 404, 414].includes(answer.status), `${uid.slice(0, 20)}: ${answer.status}`);
	}
});

await test("a job that is cancelled at once stores nothing, or what was asked to be kept", async () => {
	const before = (await analyst.get(P)).json.items.length;
	const a = (await analyst.ask("POST", P, { body: { effort: 1000 } })).json.job;
	equal((await analyst.ask("DELETE", `/api/v1/jobs/${a}`)).status < 300, true);
	equal((await jobEnd(analyst, a)).state, "cancelled");
	equal((await analyst.get(P)).json.items.length, before);
	const b = (await analyst.ask("POST", P, { body: { effort: 1000, keep: true, title: "kept" } })).json.job;
	await analyst.ask("DELETE", `/api/v1/jobs/${b}`);
	const end = await jobEnd(analyst, b);
	const plans = (await analyst.get(P)).json.items;
	if (end.state === "done") equal([plans.length, plans[0].title, plans[0].stopped], [before + 1, "kept", true]);
	else equal([end.state, plans.length], ["cancelled", before]); // it had not begun
});

await test("two plans at once are two plans, and the same one", async () => {
	const jobs = await Promise.all(["one", "two"].map(async (title) => (await analyst.ask("POST", P, { body: { title } })).json.job));
	const ends = await Promise.all(jobs.map((job) => jobEnd(analyst, job)));
	equal(ends.map((e) => e.state), ["done", "done"]);
	const [a, b] = await Promise.all(ends.map(async (e) => (await analyst.get(`${P}/${e.result.plan.uid}`)).json));
	equal([a.objective.kop, a.bound.kop, a.covered_needs], [b.objective.kop, b.bound.kop, b.covered_needs]);
	const c = (await analyst.get(`/api/v1/plan-compare?a=${a.uid}&b=${b.uid}`)).json;
	equal([c.orders.added.length, c.orders.gone.length, c.orders.changed.length, c.needs.items.length], [0, 0, 0, 0]);
	const from = await jobEnd(analyst, (await analyst.ask("POST", P, { body: { from: a.uid } })).json.job);
	equal(from.state, "done");
	const d = (await analyst.get(`${P}/${from.result.plan.uid}`)).json;
	ok(d.bound.kop <= a.objective.kop && a.bound.kop <= d.objective.kop, "bounds and plans contradict one another");
});

await test("a plan that goes while it is read is a plan that is not there", async () => {
	const job = await jobEnd(analyst, (await analyst.ask("POST", P, { body: {} })).json.job);
	const uid = job.result.plan.uid;
	const reads = ["", "/orders", "/uncovered", "/unlocks", "/hours", "/missing", "/sankey", "/orders.csv", "/plan.xlsx", "/flows.csv"].flatMap((part) => [0, 1].map(() => analyst.get(`${P}/${uid}${part}`)));
	const gone = analyst.ask("DELETE", `${P}/${uid}`);
	for (const answer of await Promise.all(reads)) ok([200, 404].includes(answer.status), `${answer.status} ${answer.text.slice(0, 200)}`);
	equal((await gone).status, 204);
	equal((await analyst.ask("DELETE", `${P}/${uid}`)).status, 404);
	const runs = await analyst.ask("POST", P, { body: { from: uid } });
	equal(runs.status, 404);
});

await test("the prices of a plan that is dropped before its job begins are not missed", async () => {
	const first = await jobEnd(analyst, (await analyst.ask("POST", P, { body: { title: "base" } })).json.job);
	const uid = first.result.plan.uid;
	const job = (await analyst.ask("POST", P, { body: { from: uid, title: "after" } })).json.job;
	await analyst.ask("DELETE", `${P}/${uid}`);
	const end = await jobEnd(analyst, job);
	ok(end.state === "done" || (end.state === "failed" && /no plan/.test(JSON.stringify(end.error))), JSON.stringify(end));
});

await test("a server that is killed in the middle of a plan leaves none, and makes the next one", async () => {
	const before = (await analyst.get(P)).json.items.length;
	const job = (await analyst.ask("POST", P, { body: { effort: 1000, title: "cut" } })).json.job;
	server.child.kill("SIGKILL");
	await server.ended;
	server = await serve(db);
	people = await demoPeople(server.base);
	({ analyst } = people);
	equal((await analyst.get(P)).json.items.length, before);
	const end = await jobEnd(analyst, job);
	ok(["failed", "cancelled", "done"].includes(end.state), JSON.stringify(end));
	const next = await jobEnd(analyst, (await analyst.ask("POST", P, { body: {} })).json.job);
	equal(next.state, "done");
});

await server.child.kill("SIGTERM");
const ended = await server.ended;
await test("no answer was a fault of the server", async () => equal([ended.code, /ERROR|Sanitizer/.test(ended.errors)], [0, false], ended.errors.slice(-2000)));

const cli = (...args) => {
	const run = zveno(...args, "--db", db);
	equal(run.code, 0, run.err);
	return run.out;
};

await test("a need that changes or goes after the plan leaves it or takes it", async () => {
	const orders = () => cli("plan", "show", told.uid, "--part", "orders", "--limit", "1000");
	const was = orders();
	cli("need", "add", "--centre", "RU-RYA", "--org", "6299000012", "--item", "фурфуриловый спирт", "--quantity", "40 кг", "--due", "2026-09-30", "--region", "RU-RYA", "--key", "BYHAND");
	cli("need", "set", "BYHAND", "state=declared");
	const before = JSON.parse(cli("plan", "run", "--json"));
	cli("need", "set", "BYHAND", "due=2026-12-31");
	equal(orders(), was);
	const after = JSON.parse(cli("plan", "run", "--json", "--from", before.uid));
	ok(before.digest !== after.digest, "the same plan for another need");
	const gone = zveno("need", "delete", "BYHAND", "--db", db);
	const left = [before.uid, after.uid].map((uid) => zveno("plan", "show", uid, "--db", db).code);
	equal([gone.code, left, orders() === was], [0, [2, 2], true], gone.err);
});
done();
