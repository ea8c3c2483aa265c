// What people do together: home and tasks, scouting rounds, contacts, four eyes, merges; the journeys' figures, every answer judged by the contract.
import { readFileSync } from "node:fs";
import { demo, DEMO_PASSWORD, demoPeople, done, equal, get, jobEnd, ok, serve, signIn, test, tokenOf, zveno } from "./lib.mjs";
import { faults } from "./schema.mjs";

const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url), "utf8"));
const db = demo(process.argv[2]);
const { base } = await serve(db);
const people = await demoPeople(base);
const called = new Set();

// The operation of an address: the path with the fewest {}.
function pathOf(address) {
	const parts = address.split("?")[0].split("/");
	const fits = Object.keys(contract.paths).filter((path) => {
		const want = path.split("/");
		return want.length === parts.length && want.every((w, i) => w.startsWith("{") || w === parts[i]);
	});
	return fits.sort((a, b) => a.split("{").length - b.split("{").length)[0];
}

// A request of somebody, judged by the contract; the answer's object.
async function call(who, method, address, { status = method === "POST" ? 201 : 200, body, lang = "en" } = {}) {
	const answer = await who.ask(method, `/api/v1${address}`, { body, headers: { "accept-language": lang } });
	equal(answer.status, status, `${method} ${address} status (${answer.text.slice(0, 300)})`);
	const path = pathOf(`/api/v1${address}`);
	const operation = contract.paths[path]?.[method.toLowerCase()];
	ok(operation, `${method} ${path} is in the contract`);
	let said = operation.responses[status] ?? operation.responses["4XX"];
	if (said.$ref) said = contract.components.responses[said.$ref.split("/").pop()];
	if (said.content) {
		const [type, { schema }] = Object.entries(said.content)[0];
		ok((answer.headers.get("content-type") ?? "").startsWith(type), `${address}: ${answer.headers.get("content-type")}`);
		const found = faults(contract, schema, answer.json);
		ok(found.length === 0, `${address}: ${found.slice(0, 10).join("; ")}`);
	} else {
		equal(answer.text, "", "no body");
	}
	if (status < 300) called.add(operation.operationId);
	return answer.json;
}

const enter = (login) => signIn(base, login, DEMO_PASSWORD);
const { operator, buyer, maker, institute, cluster, analyst, investor, admin } = people;
const second = await enter("operator-rya2");
const irkutsk = await enter("operator-irk");
const needs = (await get(base, "/api/v1/needs", { cookie: analyst.cookie })).json.items;
const need = (key) => needs.find((n) => n.key === key).uid;
const orgs = (await get(base, "/api/v1/orgs", { cookie: analyst.cookie })).json.items;
const org = (inn) => orgs.find((o) => o.cells.inn.value === inn).uid;
const [E1, E3, M2] = ["6299000012", "3899000019", "5599000029"].map(org);
const figure = (home, code) => home.figures.find((f) => f.code === code);

await test("operator Ryazan finds four tasks, each with a date", async () => {
	const home = await call(operator, "GET", "/home");
	equal(home.role, "operator");
	equal(home.tasks.length, 4);
	for (const task of home.tasks) {
		ok(/^2026-03-\d\d$/.test(task.due), `${task.kind}: ${task.due}`);
		ok(task.title.length > 20 && !/[а-я]/i.test(task.kind), task.title);
	}
	equal(home.tasks.map((t) => t.kind).sort(), ["approval.decide", "need.remind", "own", "scouting.answer"]);
});
await test("the sentences follow the language", async () => {
	const en = await call(operator, "GET", "/home");
	const ru = await call(operator, "GET", "/home", { lang: "ru" });
	for (const [i, task] of ru.tasks.entries()) {
		ok(/[а-я]/i.test(task.title), task.title);
		if (task.kind !== "own") ok(task.title !== en.tasks[i].title, task.title);
	}
});
await test("buyer E1 has one need in a lot, to be confirmed until a date", async () => {
	const home = await call(buyer, "GET", "/home");
	const f = figure(home, "needs_in_lot");
	equal([f.value, f.label], [1, "need in a lot, confirm until 2026-03-16"]);
	equal(home.tasks.map((t) => [t.kind, t.due, t.href]), [["need.confirm", "2026-03-16", `/needs/${need("N1")}`]]);
});
await test("maker E3 could make one lot, has one request, and a statement of 102 days ago", async () => {
	const home = await call(maker, "GET", "/home");
	equal([figure(home, "lots_own").value, figure(home, "requests").value, figure(home, "capacity_stale").value], [1, 1, 1]);
	const stale = home.tasks.find((t) => t.kind === "capacity.confirm");
	ok(/102 days ago/.test(stale.title) && stale.overdue, JSON.stringify(stale));
});
await test("the institute could make three needs in kilograms, each with the reason", async () => {
	const home = await call(institute, "GET", "/home");
	equal(figure(home, "kilogram_needs").value, 3);
	const rows = home.tasks.filter((t) => t.kind === "need.possible");
	equal(rows.length, 3);
	for (const row of rows) ok(/98(\.0)? < 99/.test(row.title), row.title);
});
await test("the analyst sees five needs, none covered", async () => {
	const home = await call(analyst, "GET", "/home");
	equal([figure(home, "needs").value, figure(home, "needs_covered").value], [5, 0]);
});
await test("every figure of every home is as long as the list behind it", async () => {
	const lists = { "/needs": "/needs", "/lots": "/lots", "/tasks": "/tasks", "/registers/orgs": "/orgs", "/registers/items": "/items", "/clusters": "/clusters", "/accounts": "/accounts" };
	for (const who of Object.values(people)) {
		const home = await call(who, "GET", "/home");
		ok(home.figures.length > 0, home.role);
		for (const f of home.figures) {
			const [page, query] = f.href.split("?");
			if (/^\/clusters\/\w+\/check$/.test(page)) {
				const [pack] = (await call(who, "GET", f.href)).packs;
				equal([f.value, f.label.includes(` ${pack.counts.total} `)], [pack.criteria.filter((c) => c.enabled && c.truth === "pass").length, true], f.label);
				continue;
			}
			ok(lists[page], `${home.role}: ${f.href}`);
			let n = 0;
			let next = "";
			do {
				const some = (await who.get(`/api/v1${lists[page]}?limit=200${query ? `&${query}` : ""}${next ? `&cursor=${next}` : ""}`)).json;
				n += some.items.length;
				next = some.next;
			} while (next);
			equal(f.value, n, `${home.role} ${f.code} ${f.href}`);
		}
	}
});
await test("nobody without an account has a home", async () => {
	equal((await get(base, "/api/v1/home")).status, 401);
});

await test("a task of one's own is added, seen by nobody else, and closed once", async () => {
	const task = await call(buyer, "POST", "/tasks", { body: { title: "Call the plant", due: "2026-03-09" } });
	equal([task.title, task.due, task.state], ["Call the plant", "2026-03-09", "open"]);
	equal((await call(buyer, "GET", `/tasks/${task.uid}`)).uid, task.uid);
	await call(maker, "GET", `/tasks/${task.uid}`, { status: 404 });
	await call(maker, "PATCH", `/tasks/${task.uid}`, { status: 404, body: { state: "done" } });
	equal((await call(buyer, "PATCH", `/tasks/${task.uid}`, { body: { state: "done" } })).state, "done");
	await call(buyer, "PATCH", `/tasks/${task.uid}`, { status: 409, body: { state: "done" } });
	ok((await call(buyer, "GET", "/tasks?state=done")).items.some((t) => t.uid === task.uid), "listed as done");
	await call(buyer, "POST", "/tasks", { status: 422, body: { title: " " } });
	await call(buyer, "POST", "/tasks", { status: 422, body: { titel: "x" } });
});
await test("a task that closes by itself cannot be closed by hand", async () => {
	const [task] = (await call(buyer, "GET", "/tasks?kind=need.confirm")).items;
	await call(buyer, "PATCH", `/tasks/${task.uid}`, { status: 409, body: { state: "done" } });
});
await test("tasks come page by page, each once", async () => {
	const seen = [];
	let next = "";
	do {
		const page = await call(operator, "GET", `/tasks?limit=2&state=any${next ? `&cursor=${next}` : ""}`);
		seen.push(...page.items.map((t) => t.uid));
		next = page.next;
	} while (next);
	equal(new Set(seen).size, seen.length);
	ok(seen.length >= 4, `${seen.length}`);
	await call(operator, "GET", "/tasks?state=nonsense", { status: 422 });
});

let round;
await test("a scouting round for N1 asks twelve centres; Irkutsk answers exact: 1 of 12 answered, 11 silent, none says none", async () => {
	round = await call(operator, "POST", `/needs/${need("N1")}/scouting`, { body: { deadline: "2026-03-07", note: "a sample would do" } });
	equal([round.n_centres, round.n_answered, round.n_silent, round.median_hours, round.state], [12, 0, 12, null, "open"]);
	const tasks = (await call(irkutsk, "GET", "/tasks?kind=scouting.answer")).items;
	equal(tasks.filter((t) => t.subject === round.uid).map((t) => t.due), ["2026-03-07"]);
	const board = await call(irkutsk, "PUT", `/scouting/${round.uid}/centres/RU-IRK`, { body: { answer: "exact", makers: [E3] } });
	equal([board.n_centres, board.n_answered, board.n_silent, board.n_exact, board.n_none, board.n_makers], [12, 1, 11, 1, 0, 1]);
	equal(board.median_hours, 0);
	equal(board.centres.filter((c) => c.answer === null).length, 11, "silence is null");
	equal(board.centres.find((c) => c.centre.code === "RU-IRK").makers.map((m) => m.uid), [E3]);
	equal((await call(irkutsk, "GET", "/tasks?kind=scouting.answer")).items.filter((t) => t.subject === round.uid), [], "the task is done");
});
await test("the board is for the operators and the owner; others find nothing", async () => {
	for (const who of [operator, irkutsk, buyer, analyst]) equal((await call(who, "GET", `/scouting/${round.uid}`)).n_answered, 1);
	for (const who of [maker, institute, cluster]) await call(who, "GET", `/scouting/${round.uid}`, { status: 404 });
	equal((await call(maker, "GET", "/scouting")).items, []);
	equal((await call(buyer, "GET", "/scouting")).items.map((r) => r.uid), [round.uid], "only that of the own need");
	equal((await call(operator, "GET", `/scouting?need=${need("N1")}`)).items.map((r) => r.uid), [round.uid]);
	equal((await investor.get(`/api/v1/scouting/${round.uid}`)).status, 403);
});
await test("an answer may be changed while the round is open, only by its own centre, and must make sense", async () => {
	const at = `/scouting/${round.uid}/centres/RU-IRK`;
	await call(operator, "PUT", at, { status: 403, body: { answer: "none" } });
	await call(irkutsk, "PUT", at, { status: 422, body: { answer: "exact" } });
	await call(irkutsk, "PUT", at, { status: 422, body: { answer: "none", makers: [E3] } });
	await call(irkutsk, "PUT", at, { status: 422, body: { answer: "perhaps" } });
	await call(irkutsk, "PUT", `/scouting/${round.uid}/centres/RU-XXX`, { status: 404, body: { answer: "none" } });
	const board = await call(irkutsk, "PUT", at, { body: { answer: "near", makers: [E3], note: "98 % only" } });
	equal([board.n_answered, board.n_exact, board.n_near], [1, 0, 1]);
	equal((await call(irkutsk, "PUT", at, { body: { answer: "exact", makers: [E3] } })).n_exact, 1);
});
await test("a second round, a past deadline, a strange need and a buyer are refused", async () => {
	const at = `/needs/${need("N1")}/scouting`;
	await call(operator, "POST", at, { status: 409, body: { deadline: "2026-03-07" } });
	await call(operator, "POST", at, { status: 422, body: { deadline: "2026-03-02" } });
	await call(operator, "POST", at, { status: 422, body: { deadline: "2027-03-02" } });
	await call(operator, "POST", at, { status: 422, body: {} });
	await call(buyer, "POST", at, { status: 403, body: { deadline: "2026-03-07" } });
	await call(operator, "POST", `/needs/${need("N5")}/scouting`, { status: 404, body: { deadline: "2026-03-07" } });
});
await test("the owner sees that eleven centres were shown the need", async () => {
	const shown = (await call(buyer, "GET", "/disclosures")).items;
	equal(shown.length, 11);
	ok(shown.every((d) => d.subject === need("N1") && d.to_centre && d.to_centre.code !== "RU-RYA"), JSON.stringify(shown[0]));
	equal((await call(maker, "GET", "/disclosures")).items, []);
});

await test("a maker asks who stands behind N1, the owner accepts, the name opens, the disclosure is listed", async () => {
	const seen = async () => (await get(base, `/api/v1/needs/${need("N1")}`, { cookie: maker.cookie, "accept-language": "en" })).text;
	ok(!(await seen()).includes(E1), "no name before");
	const contact = await call(maker, "POST", `/needs/${need("N1")}/contact`, { body: { note: "we have 600 kg a quarter" } });
	equal([contact.state, contact.owner, contact.own], ["asked", null, false]);
	const [asked] = (await call(buyer, "GET", "/contacts")).items;
	equal([asked.uid, asked.asker.uid, asked.own], [contact.uid, E3, true]);
	equal((await call(buyer, "GET", "/tasks?kind=contact.decide")).items.length, 1);
	await call(maker, "PATCH", `/contacts/${contact.uid}`, { status: 403, body: { state: "accepted" } });
	await call(institute, "PATCH", `/contacts/${contact.uid}`, { status: 404, body: { state: "accepted" } });
	ok(!(await seen()).includes(E1), "still no name");
	equal((await call(buyer, "PATCH", `/contacts/${contact.uid}`, { body: { state: "accepted" } })).state, "accepted");
	ok((await seen()).includes(E1), "the name is open");
	equal((await call(maker, "GET", `/contacts/${contact.uid}`)).owner.uid, E1);
	const [shown] = (await call(buyer, "GET", "/disclosures")).items;
	equal([shown.to_org.uid, shown.subject], [E3, need("N1")]);
	equal((await call(buyer, "GET", "/tasks?kind=contact.decide")).items, []);
	await call(buyer, "PATCH", `/contacts/${contact.uid}`, { status: 409, body: { state: "declined" } });
	await call(maker, "POST", `/needs/${need("N1")}/contact`, { status: 409, body: {} });
});
await test("a contact is declined and the name stays hidden; a stranger asks about nothing that it cannot see", async () => {
	const contact = await call(institute, "POST", `/needs/${need("N1")}/contact`, { body: {} });
	equal((await call(buyer, "PATCH", `/contacts/${contact.uid}`, { body: { state: "declined" } })).state, "declined");
	equal((await call(institute, "GET", `/contacts/${contact.uid}`)).owner, null);
	ok(!(await get(base, `/api/v1/needs/${need("N1")}`, { cookie: institute.cookie })).text.includes(E1), "hidden");
	await call(buyer, "POST", `/needs/${need("N2")}/contact`, { status: 403, body: {} });
	await call(operator, "POST", `/needs/${need("N2")}/contact`, { status: 403, body: {} });
});

await test("E1 confirms N1: it is confirmed, and the task is done", async () => {
	equal(await call(buyer, "POST", `/needs/${need("N1")}/confirm`, { status: 204 }), undefined);
	const row = (await get(base, `/api/v1/needs/${need("N1")}`, { cookie: buyer.cookie })).json;
	equal(row.values.find((v) => v.column === "state").value, "confirmed");
	equal((await call(buyer, "GET", "/tasks?kind=need.confirm")).items, []);
	await call(buyer, "POST", `/needs/${need("N1")}/confirm`, { status: 409 });
	await call(maker, "POST", `/needs/${need("N2")}/confirm`, { status: 403 });
	await call(buyer, "POST", `/needs/${need("N2")}/confirm`, { status: 404 });
});
await test("the lots are computed anew as a job, and the reminder of Ryazan goes", async () => {
	const { job } = await call(operator, "POST", "/lots/run", { status: 202 });
	const end = await jobEnd(operator, job);
	equal([end.state, end.result.lots, end.result.pooled_needs], ["done", 1, 5]);
	equal((await call(operator, "GET", "/tasks?kind=need.remind")).items, []);
	equal((await call(buyer, "GET", "/lots")).items.length, 1);
	await call(buyer, "POST", "/lots/run", { status: 403 });
});

await test("what the second operator asked for waits for the first, and the first alone decides it", async () => {
	const [mine] = (await call(second, "GET", "/approvals")).items;
	equal([mine.action, mine.own, mine.decidable], ["need.publish", true, false]);
	await call(second, "POST", `/approvals/${mine.uid}/decision`, { status: 403, body: { decision: "approve" } });
	equal((await call(second, "GET", "/tasks?kind=approval.decide")).items, [], "no task for who asked");
	const [waits] = (await call(operator, "GET", "/approvals")).items;
	equal([waits.uid, waits.decidable], [mine.uid, true]);
	await call(irkutsk, "GET", `/approvals/${mine.uid}`, { status: 404 });
	equal((await buyer.get("/api/v1/approvals")).status, 403);
	const token = await tokenOf(operator, ["approve"]);
	equal((await token.ask("POST", `/api/v1/approvals/${mine.uid}/decision`, { body: { decision: "approve" } })).status, 403, "not by a token");
	equal((await call(operator, "POST", `/approvals/${mine.uid}/decision`, { status: 200, body: { decision: "refuse", note: "the buyer decides that" } })).state, "refused");
	await call(operator, "POST", `/approvals/${mine.uid}/decision`, { status: 409, body: { decision: "approve" } });
	equal((await call(operator, "GET", "/approvals?state=any")).items.map((a) => a.state), ["refused"]);
});
await test("an operator widens a need only with another; its owner alone", async () => {
	const at = `/needs/${need("N1")}/publication`;
	const visibility = async () => (await get(base, `/api/v1/needs/${need("N1")}`, { cookie: buyer.cookie })).json.values.find((v) => v.column === "visibility").value;
	const { approval } = await call(operator, "POST", at, { status: 202, body: { visibility: "association" } });
	equal(await visibility(), "matched");
	await call(operator, "POST", at, { status: 409, body: { visibility: "association" } });
	equal((await call(second, "POST", `/approvals/${approval}/decision`, { status: 200, body: { decision: "approve" } })).state, "approved");
	equal(await visibility(), "association");
	ok((await call(buyer, "GET", "/disclosures")).items.some((d) => !d.to_org && !d.to_centre), "the owner is told");
	equal(await call(operator, "POST", at, { status: 200, body: { visibility: "matched" } }), { approval: null }, "narrower at once");
	equal(await call(buyer, "POST", at, { status: 200, body: { visibility: "public" } }), { approval: null }, "the owner");
	equal(await visibility(), "public");
	await call(buyer, "POST", at, { status: 422, body: { visibility: "everybody" } });
	await call(maker, "POST", at, { status: 403, body: { visibility: "centre" } });
	await call(buyer, "POST", at, { status: 200, body: { visibility: "matched" } });
});
await test("what was asked for before the owner changed his mind is not done over his head", async () => {
	const at = `/needs/${need("N1")}/publication`;
	const { approval } = await call(operator, "POST", at, { status: 202, body: { visibility: "public" } });
	await call(buyer, "POST", at, { status: 200, body: { visibility: "centre" } });
	await call(second, "POST", `/approvals/${approval}/decision`, { status: 409, body: { decision: "approve" } });
	equal((await call(operator, "GET", `/approvals/${approval}`)).state, "asked", "nothing is half done");
	await call(operator, "POST", `/approvals/${approval}/decision`, { status: 200, body: { decision: "refuse" } });
	equal((await call(operator, "GET", `/approvals/${approval}`)).state, "withdrawn");
});
await test("a need of its own centre only is put to nobody until it is widened", async () => {
	const me = await enter("operator-me");
	const owner = await enter("buyer-e6");
	await call(owner, "POST", `/needs/${need("N5")}/publication`, { status: 200, body: { visibility: "centre" } });
	await call(me, "POST", `/needs/${need("N5")}/scouting`, { status: 409, body: { deadline: "2026-03-07" } });
	await call(owner, "POST", `/needs/${need("N5")}/publication`, { status: 200, body: { visibility: "matched" } });
	equal((await call(me, "POST", `/needs/${need("N5")}/scouting`, { body: { deadline: "2026-03-07" } })).n_centres, 12);
});

await test("two organisations become one with a second person, the old address leads to the new, and it is taken back", async () => {
	const omsk = await enter("operator-oms");
	const before = [zveno("export", "offers", "--db", db).out, zveno("export", "needs", "--db", db).out];
	const { approval } = await call(omsk, "POST", `/orgs/${M2}/merge`, { status: 202, body: { into: E3 } });
	await call(omsk, "POST", `/approvals/${approval}/decision`, { status: 403, body: { decision: "approve" } });
	equal((await call(irkutsk, "POST", `/approvals/${approval}/decision`, { status: 200, body: { decision: "approve" } })).state, "approved");
	const old = await analyst.get(`/api/v1/orgs/${M2}`);
	equal([old.status, old.headers.get("location")], [308, `/api/v1/orgs/${E3}`]);
	const offers = (await analyst.get("/api/v1/offers")).json.items;
	equal(offers.filter((o) => o.cells.org_id.ref.uid === E3).length, 2, "the offer moved");
	ok(!(await analyst.get("/api/v1/orgs")).text.includes(M2), "it is in no list");
	await call(omsk, "POST", `/orgs/${M2}/merge`, { status: 409, body: { into: E1 } });
	await call(buyer, "POST", `/orgs/${E1}/merge`, { status: 403, body: { into: E3 } });
	await call(operator, "POST", `/orgs/${M2}/unmerge`, { status: 403 });
	await call(irkutsk, "POST", `/orgs/${M2}/unmerge`, { status: 204 });
	equal((await analyst.get(`/api/v1/orgs/${M2}`)).status, 200);
	equal([zveno("export", "offers", "--db", db).out, zveno("export", "needs", "--db", db).out], before, "as before");
	await call(irkutsk, "POST", `/orgs/${M2}/unmerge`, { status: 404 });
	await call(omsk, "POST", `/orgs/${M2}/merge`, { status: 422, body: { into: M2 } });
});

await test("all of it is in the trail, and the trail holds", async () => {
	const rows = (await admin.get("/api/v1/audit?limit=200")).json.items;
	for (const action of ["scouting.start", "scouting.answer", "contact.ask", "contact.accept", "contact.decline", "need.confirm", "approval.ask", "approval.approve",
		"approval.refuse", "approval.withdraw", "need.publish", "org.merge", "org.unmerge", "task.add", "task.end"])
		ok(rows.some((r) => r.action === action), action);
	const { job } = (await admin.ask("POST", "/api/v1/audit/verify")).json;
	equal((await jobEnd(admin, job)).result.ok, true);
});
await test("every operation of this work was called", async () => {
	const all = Object.values(contract.paths).flatMap((p) => Object.values(p)).filter((o) => o.tags?.includes("work")).map((o) => o.operationId);
	equal(all.filter((id) => !called.has(id)), []);
});
done();
