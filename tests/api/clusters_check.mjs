// Clusters against packs over HTTP: figures of the journey, what if, verdicts, packs with a second person, the bulk check, and who may see what.
import { called, contract } from "./judge.mjs";
import { demo, DEMO_PASSWORD, demoPeople, done, equal, jobEnd, ok, serve, signIn, test, zveno } from "./lib.mjs";

const db = demo(process.argv[2]);
const listed = JSON.parse(zveno("list", "clusters", "--json", "--db", db).out);
const own = listed.find((c) => /\(демо\)/.test(c.name)).uid;
const planned = listed.find((c) => c.state === "planned");
const orgs = JSON.parse(zveno("list", "orgs", "--json", "--limit", "200", "--db", db).out);
const member = (part) => orgs.find((o) => o.name.includes(part)).uid;
const { base } = await serve(db);
const people = await demoPeople(base);
const { operator, buyer, maker, institute, cluster, analyst, investor, admin } = people;
const second = await signIn(base, "operator-rya2", DEMO_PASSWORD);
const omsk = await signIn(base, "operator-oms", DEMO_PASSWORD);
const everybody = { operator, buyer, maker, institute, cluster, analyst, investor, admin, omsk };

async function call(who, method, path, { status = 200, body, lang = "en" } = {}) {
	const answer = await who.ask(method, "/api/v1" + path, { body, headers: { "accept-language": lang } });
	equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 300)}`);
	return answer.json ?? answer;
}

const line = (pack, id) => pack.criteria.find((c) => c.id === id);
const said = (pack, id) => ((c) => [c.truth, c.left, c.right])(line(pack, id));

// --- one cluster ----------------------------------------------------------------------------------------------------------------------

await test("the cluster passes four of six, each line with both sides and evidence", async () => {
	const check = await call(cluster, "GET", `/clusters/${own}/check?pack=demo`);
	const [pack] = check.packs;
	equal([check.on, pack.pack.name, pack.counts], ["2026-03-02", "demo-2026", { passed: 4, failed: 2, unknown: 0, total: 6 }]);
	equal(said(pack, "participants"), ["pass", "11", "10"]);
	equal(said(pack, "linked"), ["fail", "10", "11"]);
	equal(said(pack, "dependence"), ["pass", "23.4 %", "20 %"]);
	equal(said(pack, "education"), ["pass", "1", "1"]);
	equal(said(pack, "infrastructure"), ["fail", "1", "2"]);
	equal(said(pack, "newcomers"), ["pass", "1", "3"]);
	equal(line(pack, "dependence").working, "1,170,000,000 ₽ / 5,000,000,000 ₽");
	equal(pack.criteria.map((c) => c.blocking), [false, true, false, false, true, false]);
	const shipped = line(pack, "dependence").facts.filter((f) => f.name === "members.shipped");
	equal(shipped.length, 11);
	ok(shipped.every((f) => f.source.includes("org_years.csv") && f.href.startsWith("year_") && f.on && f.status > 0), JSON.stringify(shipped[0]));
	equal(check.before, undefined);
});

await test("without the largest supplier 655 of 4,200 million are 15.6 %, and nothing is written", async () => {
	const head = await call(analyst, "GET", "/clusters?limit=1");
	const check = await call(cluster, "GET", `/clusters/${own}/check?pack=demo&without=${member("Мономер")}`);
	equal(said(check.packs[0], "participants"), ["pass", "10", "10"]);
	equal(said(check.packs[0], "dependence"), ["fail", "15.6 %", "20 %"]);
	equal(line(check.packs[0], "dependence").working, "655,000,000 ₽ / 4,200,000,000 ₽");
	equal(said(check.before[0], "dependence"), ["pass", "23.4 %", "20 %"]);
	equal((await call(analyst, "GET", "/clusters?limit=1")).total, head.total);
	const again = await call(cluster, "GET", `/clusters/${own}/check?pack=demo`);
	equal(said(again.packs[0], "participants"), ["pass", "11", "10"]);
});

await test("packs stand side by side, an edition of a series follows the day", async () => {
	const check = await call(cluster, "GET", `/clusters/${own}/check?pack=demo,federal-779&on=2025-06-01`);
	equal(check.packs.map((p) => p.pack.name), ["demo-2025", "federal-779-2025"]);
	equal(said(check.packs[0], "participants"), ["pass", "10", "8"]);
	const every = await call(cluster, "GET", `/clusters/${own}/check`);
	equal(every.packs.map((p) => p.pack.series), ["federal-779", "demo"]);
	ok(every.packs[0].criteria.filter((c) => c.confidence === "low").every((c) => !c.blocking), "low confidence never blocks");
	await call(cluster, "GET", `/clusters/${own}/check?pack=none`, { status: 404 });
	await call(cluster, "GET", `/clusters/${own}/check?pack=support`, { status: 422 });
	await call(cluster, "GET", `/clusters/${own}/check?with=${member("Мономер")}:king`, { status: 422 });
	await call(cluster, "GET", `/clusters/${own}/check?on=yesterday`, { status: 422 });
});

await test("the check is for the cluster's organisation, the operators of its centre and those who read all", async () => {
	for (const [who, person] of Object.entries(everybody)) {
		const may = ["cluster", "analyst", "omsk"].includes(who);
		await call(person, "GET", `/clusters/${own}/check?pack=demo`, { status: may ? 200 : 403 });
		await call(person, "GET", `/verdicts?subject=${own}`, { status: may ? 200 : 403 });
		if (!may) await call(person, "POST", `/clusters/${own}/verdicts`, { body: { pack: "demo" }, status: 403 });
	}
	await call(cluster, "GET", `/clusters/${planned.uid}/check?pack=demo`, { status: 404 });
});

// --- verdicts -------------------------------------------------------------------------------------------------------------------------

await test("a verdict is kept and says the same after the registers have changed", async () => {
	const kept = await call(cluster, "POST", `/clusters/${own}/verdicts`, { body: { pack: "demo", on: "2026-03-02" }, status: 201 });
	equal([kept.same, kept.counts.passed, kept.pack.name], [true, 4, "demo-2026"]);
	await call(cluster, "POST", "/contracts", { status: 201, body: { seller_inn: "1299000013", buyer_inn: "5599000011", cluster: own, number: "E6-E2", signed_on: "2026-03-02" } });
	const now = await call(cluster, "GET", `/clusters/${own}/check?pack=demo`);
	equal([said(now.packs[0], "linked"), said(now.packs[0], "dependence"), now.packs[0].counts.passed], [["pass", "11", "11"], ["pass", "23.4 %", "20 %"], 5]);
	const shown = await call(cluster, "GET", `/verdicts/${kept.uid}`);
	equal([shown.same, shown.counts.passed, said(shown, "linked")], [true, 4, ["fail", "10", "11"]]);
	const russian = await call(cluster, "GET", `/verdicts/${kept.uid}`, { lang: "ru" });
	equal([russian.same, line(russian, "dependence").left.replace(/\s/, " ")], [true, "23,4 %"]);
	equal((await call(analyst, "GET", `/verdicts?subject=${own}`)).items.map((v) => v.uid), [kept.uid]);
	await call(operator, "GET", `/verdicts/${kept.uid}`, { status: 404 });
	await call(cluster, "GET", "/verdicts/verdict_none", { status: 404 });
	await call(cluster, "GET", "/verdicts", { status: 422 });
});

// --- packs ----------------------------------------------------------------------------------------------------------------------------

const text = (id, series, extra = "") => `pack ${id} { series ${series} kind cluster level own title ru "Своя" en "Own"\n  criterion a { title ru "Есть" en "There" check count(members) >= 1 }${extra} }\n`;

await test("packs are read by everybody who has signed in, with rules, documents and parameters", async () => {
	const packs = await call(investor, "GET", "/packs?kind=cluster");
	equal(packs.items.map((p) => p.name), ["federal-779-2015", "federal-779-2021", "federal-779-2023", "federal-779-2025", "demo-2025", "demo-2026"]);
	equal((await call(investor, "GET", "/packs?kind=cluster&on=2026-03-02")).items.map((p) => p.name), ["federal-779-2025", "demo-2026"]);
	const pack = await call(investor, "GET", `/packs/${packs.items.at(-1).uid}`);
	equal([pack.rules.length, pack.documents.length, pack.parameters.length], [6, 8, 5]);
	ok(pack.documents.some((d) => d.signature && d.required) && pack.rules.every((r) => r.condition && r.line > 0), "documents and conditions");
	const raw = await investor.get(`/api/v1/packs/${pack.uid}/text`);
	ok(raw.headers.get("content-type").startsWith("text/plain") && raw.text.includes("criterion participants"), raw.text.slice(0, 60));
	await call(investor, "GET", "/packs?kind=other", { status: 422 });
	await call(investor, "GET", "/packs/pack_none", { status: 404 });
});

await test("faults of a text come with line and column, and nothing is stored", async () => {
	const { faults } = await call(buyer, "POST", "/packs/check", { body: { text: text("f", "f").replace("members", "membrs") } });
	equal(faults.map((f) => f.line), [2]);
	ok(faults[0].column > 1 && faults[0].text.includes("membrs"), JSON.stringify(faults));
	equal((await call(buyer, "POST", "/packs/check", { body: { text: text("f", "f") } })).faults, []);
	await call(operator, "POST", "/packs", { body: { text: "pack {" }, status: 422 });
});

await test("an operator's pack comes in force by a second person", async () => {
	const asked = await call(operator, "POST", "/packs", { body: { text: text("rya-1", "rya") }, status: 202 });
	ok(asked.approval, "an approval");
	ok(!(await call(investor, "GET", "/packs")).items.some((p) => p.name === "rya-1"), "not in force yet");
	equal((await call(operator, "GET", "/packs")).items.find((p) => p.name === "rya-1").state, "asked");
	await call(operator, "POST", `/approvals/${asked.approval}/decision`, { body: { decision: "approve" }, status: 403 });
	await call(second, "POST", `/approvals/${asked.approval}/decision`, { body: { decision: "approve" } });
	equal((await call(investor, "GET", "/packs")).items.find((p) => p.name === "rya-1").state, "in_force");
	for (const who of [buyer, maker, institute, investor, analyst]) await call(who, "POST", "/packs", { body: { text: text("n", "n") }, status: 403 });
});

await test("a cluster's own pack is in force at once and for its own people", async () => {
	const loaded = await call(cluster, "POST", "/packs", { body: { text: text("mhk-1", "mhk") }, status: 201 });
	equal([loaded.approval, loaded.same], [null, false]);
	equal((await call(cluster, "GET", `/clusters/${own}/check?pack=mhk`)).packs[0].counts.passed, 1);
	await call(buyer, "GET", `/packs/${loaded.uid}`, { status: 404 });
	ok(!(await call(buyer, "GET", "/packs")).items.some((p) => p.name === "mhk-1"), "hidden in the list");
	await call(analyst, "GET", `/packs/${loaded.uid}`);
	await call(cluster, "POST", "/packs", { body: { text: text("mhk-2", "federal-779") }, status: 409 });
	equal((await call(cluster, "POST", "/packs", { body: { text: text("mhk-1", "mhk") }, status: 201 })).same, true);
});

// --- all of them ----------------------------------------------------------------------------------------------------------------------

await test("all clusters in one run: at once, as a job, as a table", async () => {
	const table = await call(analyst, "GET", "/cluster-checks?pack=demo&state=in_register");
	ok(table.n > 5 && table.rows.length === table.n && table.ms < 5000, `${table.n} in ${table.ms} ms`);
	const row = table.rows.find((r) => r.cluster.uid === own);
	equal([row.passed, row.failed, row.verdict, row.first_failed.id, row.region.code], [5, 1, "fail", "infrastructure", "RU-OMS"]);
	equal((await call(cluster, "GET", "/cluster-checks?pack=demo")).rows.map((r) => r.cluster.uid), [own]);
	const { job } = await call(analyst, "POST", "/applications/check-all", { body: { pack: "demo", state: "in_register" }, status: 202 });
	const ended = await jobEnd(analyst, job);
	equal([ended.state, ended.result.n, ended.result.rows], ["done", table.n, table.rows]);
	const csv = await analyst.get("/api/v1/cluster-checks.csv?pack=demo&state=in_register");
	equal(csv.text.trim().split("\r\n").length, table.n + 1);
	ok(csv.text.includes("2026-03-02") && csv.text.includes("demo-2026"), "day and pack in each row");
	const xlsx = await analyst.get("/api/v1/cluster-checks.xlsx?pack=demo");
	equal(xlsx.headers.get("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	for (const who of [buyer, maker, investor, admin]) await call(who, "GET", "/cluster-checks?pack=demo", { status: 403 });
	await call(analyst, "GET", "/cluster-checks?pack=demo&state=nowhere", { status: 422 });
	await call(analyst, "GET", "/cluster-checks", { status: 422 });
	await call(analyst, "POST", "/applications/check-all", { body: {}, status: 422 });
});

await test("every operation of rules was called", () => {
	const all = Object.values(contract.paths).flatMap((methods) => Object.values(methods)).filter((o) => o.tags.includes("rules"));
	equal(all.map((o) => o.operationId).filter((id) => !called.has(id)), []);
});

done();
