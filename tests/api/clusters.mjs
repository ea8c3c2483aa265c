// Clusters: profile on any day, the map in four forms with equal sums, candidates and invitations, places for a project. Every answer is judged by
// the contract; planned clusters and contracts are hidden from whom they are not for.
import { called, contract } from "./judge.mjs";
import { demo, DEMO_PASSWORD, demoPeople, done, equal, ok, serve, signIn, test, zveno } from "./lib.mjs";

const db = demo(process.argv[2]);
const listed = JSON.parse(zveno("list", "clusters", "--json", "--db", db).out);
const own = listed.find((c) => /\(демо\)/.test(c.name)).uid;
const planned = listed.find((c) => c.state === "planned");
const orgs = JSON.parse(zveno("list", "orgs", "--json", "--limit", "200", "--db", db).out);
const org = (inn) => orgs.find((o) => o.inn === inn).uid;
const { base } = await serve(db);
const people = await demoPeople(base);
const { admin, analyst, buyer, cluster, institute, investor, maker, operator } = people;
const omsk = await signIn(base, "operator-oms", DEMO_PASSWORD);
const guest = await signIn(base, "buyer-e4", DEMO_PASSWORD);
const [E2, E4, E6] = ["5599000011", "0299000011", "1299000013"].map(org);

async function call(who, method, path, { status = method === "POST" ? 201 : 200, body, lang = "en" } = {}) {
	const answer = await who.ask(method, `/api/v1${path}`, { body, headers: { "accept-language": lang } });
	equal(answer.status, status, `${method} ${path} status (${answer.text.slice(0, 300)})`);
	return answer;
}
const read = async (who, path, more) => (await call(who, "GET", path, more)).json;
const kopecks = (text) => { const [rub, kop] = text.split("."); return BigInt(rub) * 100n + BigInt(kop); };

// --- profile ---------------------------------------------------------------------------------------------------------------------

await test("everybody who is signed in sees a cluster of the register with its eleven members in five regions", async () => {
	for (const who of [admin, analyst, buyer, cluster, institute, investor, maker, operator]) {
		const p = await read(who, `/clusters/${own}/profile`);
		equal([p.counts.members, p.regions.length, p.interregional, p.cluster.state], [11, 5, true, "in_register"]);
		equal(p.on, "2026-03-02");
		equal(p.cluster.specialised.state, "acting");
	}
});

await test("what one may do with it is what one's role may", async () => {
	equal((await read(cluster, `/clusters/${own}/profile`)).may, { write: true, check: true, invite: true, apply: true, map: true });
	equal((await read(investor, `/clusters/${own}/profile`)).may, { write: false, check: false, invite: false, apply: false, map: false });
	const seen = await read(analyst, `/clusters/${own}/profile`);
	equal([seen.may.check, seen.may.map, seen.may.invite], [true, true, false]);
	ok(seen.counts.contracts > 0, "the analyst counts contracts");
	equal((await read(investor, `/clusters/${own}/profile`)).counts.contracts, null);
});

await test("a past day has the members and the state of that day", async () => {
	const before = await read(analyst, `/clusters/${own}/profile?on=2024-04-14`);
	equal([before.counts.members, before.interregional, before.cluster.number], [0, null, null]);
	ok(before.cluster.state !== "in_register", `state ${before.cluster.state}`);
	const early = await read(analyst, `/clusters/${own}/profile?on=2025-01-01`);
	equal([early.counts.members, early.cluster.state], [10, "in_register"]);
	await call(analyst, "GET", `/clusters/${own}/profile?on=yesterday`, { status: 422 });
	await call(analyst, "GET", `/clusters/${own}/profile?when=2025-01-01`, { status: 422 });
});

await test("a planned cluster is not there for others, in the words for one that is not", async () => {
	ok(planned, "the registers hold a planned cluster");
	const nowhere = planned.uid.slice(0, -4) + (planned.uid.endsWith("0000") ? "1111" : "0000");
	for (const who of [buyer, maker, institute, cluster, investor, admin]) {
		for (const part of ["profile", "map", "candidates", "invitations"]) {
			const there = await who.get(`/api/v1/clusters/${planned.uid}/${part}`);
			const not = await who.get(`/api/v1/clusters/${nowhere}/${part}`);
			equal(there.status, not.status, `${part} ${who.session.account?.login}`);
			equal(there.text.replaceAll(planned.uid, "X"), not.text.replaceAll(nowhere, "X"), part);
			ok(there.status === 404 || there.status === 403, `${there.status}`);
		}
	}
	equal((await read(analyst, `/clusters/${planned.uid}/profile`)).cluster.state, "planned");
});

await test("growth has counts and expectations, each with its source", async () => {
	const { points } = await read(investor, "/clusters/growth");
	ok(points.length >= 5, `${points.length} points`);
	ok(points.every((p) => p.source && p.on), "source and date");
	ok(points.some((p) => p.number === 61 && !p.expected) && points.some((p) => p.number === 109 && p.expected), "61 counted, 109 expected");
});

// --- map --------------------------------------------------------------------------------------------------------------------------

const sumOfCsv = (text) => text.split("\r\n").map((line) => /^edge,.*,(\d+\.\d\d)$/.exec(line)?.[1]).filter(Boolean).reduce((sum, rub) => sum + kopecks(rub), 0n);
const sumOfGraph = (text) => [...text.matchAll(/<data key="delivered_kop">(\d+)</g)].reduce((sum, [, kop]) => sum + BigInt(kop), 0n);

await test("the map has eleven nodes and 1,170 million, the same in all four forms", async () => {
	const map = await read(cluster, `/clusters/${own}/map`);
	equal([map.nodes.length, map.total, map.year], [11, "1170000000.00", 2025]);
	equal(map.edges.reduce((sum, e) => sum + kopecks(e.delivered), 0n).toString(), kopecks(map.total).toString());
	equal(map.nodes.reduce((sum, n) => sum + kopecks(n.inside_bought), 0n).toString(), kopecks(map.total).toString());
	equal(map.share, { num: "1170000000.00", den: "5000000000.00", percent_text: "23.4 %" });
	equal(map.isolated.map((o) => o.uid), [E6]);
	const csv = await call(cluster, "GET", `/clusters/${own}/map.csv`);
	ok(csv.headers.get("content-type").startsWith("text/csv"), csv.headers.get("content-type"));
	equal(sumOfCsv(csv.text).toString(), kopecks(map.total).toString(), "CSV");
	const graph = await call(cluster, "GET", `/clusters/${own}/map.graphml`);
	equal(sumOfGraph(graph.text).toString(), kopecks(map.total).toString(), "GraphML");
	const svg = await call(cluster, "GET", `/clusters/${own}/map.svg`);
	equal(svg.headers.get("content-type").split(";")[0], "image/svg+xml");
	equal((svg.text.match(/<circle/g) ?? []).length, 11);
	ok(svg.text.includes("1,170,000,000.00 ₽") && svg.text.includes("23.4 %"), "sums in the picture");
	const russian = await call(cluster, "GET", `/clusters/${own}/map.svg`, { lang: "ru" });
	ok(russian.text.includes("поставки между участниками") && russian.text.includes("23,4 %"), "a Russian picture");
	equal((await call(cluster, "GET", `/clusters/${own}/map.svg`)).headers.get("etag"), svg.headers.get("etag"));
});

await test("the map is for the cluster's organisation, the operators of its centre and those who read all", async () => {
	for (const form of ["map", "map.svg", "map.csv", "map.graphml"]) {
		for (const who of [analyst, omsk]) await call(who, "GET", `/clusters/${own}/${form}`);
		for (const who of [buyer, maker, institute, investor, admin, operator, guest]) await call(who, "GET", `/clusters/${own}/${form}`, { status: 403 });
	}
	await call(cluster, "GET", `/clusters/${own}/map?year=1800`, { status: 422 });
});

await test("a contract of the isolated member joins it, with nothing delivered yet", async () => {
	const made = await call(cluster, "POST", "/contracts", { body: { seller_inn: "1299000013", buyer_inn: "5599000011", cluster: own, number: "E6-E2", signed_on: "2026-03-02" } });
	ok(made.json, "written");
	const map = await read(cluster, `/clusters/${own}/map`);
	equal([map.isolated, map.total], [[], "1170000000.00"]);
	equal(map.edges.filter((e) => e.seller === E6).map((e) => [e.buyer, e.contracts, e.delivered]), [[E2, 1, "0.00"]]);
});

// --- campaign -----------------------------------------------------------------------------------------------------------------------

let invitation;

await test("candidates stand by money, with reasons that lead to the rows and the effect on the pack", async () => {
	const { items } = await read(cluster, `/clusters/${own}/candidates`);
	ok(items.length >= 3, `${items.length} candidates`);
	equal(items[0].org.uid, E4);
	equal(items[0].sum, "36000000.00");
	equal(items[0].reasons[0].kind, "sells_to_member");
	const [, , register, uid] = items[0].reasons[0].href.split("/");
	equal(register, "contracts");
	await call(cluster, "GET", `/contracts/${uid}`);
	const total = (c) => c.passed + c.failed + c.unknown;
	equal(total(items[0].effect.before), total(items[0].effect.after));
	for (let i = 1; i < items.length; i++) ok(kopecks(items[i - 1].sum) >= kopecks(items[i].sum), "by money");
	for (const who of [buyer, analyst, investor, operator]) await call(who, "GET", `/clusters/${own}/candidates`, { status: 403 });
	await call(omsk, "GET", `/clusters/${own}/candidates`);
	await call(cluster, "GET", `/clusters/${own}/candidates?pack=nonsense`, { status: 404 });
});

await test("an invitation is proposed with a letter in both languages, and seen by the invited when it is sent", async () => {
	const made = await call(cluster, "POST", `/clusters/${own}/invitations`, { body: { org: E4, due: "2026-03-20" } });
	invitation = made.json.uid;
	equal(made.headers.get("location"), `/api/v1/invitations/${invitation}`);
	ok(/Приглашение вступить/.test(made.json.letter.ru) && /Invitation to join/.test(made.json.letter.en), "letters");
	ok(made.json.letter.ru.includes("Агидель-Хим"), "its name");
	await call(cluster, "POST", `/clusters/${own}/invitations`, { body: { org: E4 }, status: 409 });
	await call(cluster, "POST", `/clusters/${own}/invitations`, { body: { org: E2 }, status: 409 });
	await call(guest, "GET", `/invitations/${invitation}`, { status: 404 });
	equal((await call(cluster, "PATCH", `/invitations/${invitation}`, { body: { state: "sent" } })).json.state, "sent");
	const tasks = (await read(guest, "/tasks")).items.filter((t) => t.kind === "invitation.answer");
	equal(tasks.map((t) => [t.href, t.due]), [[`/invitations/${invitation}`, "2026-03-20"]]);
	for (const who of [buyer, maker, investor, analyst]) await call(who, "GET", `/invitations/${invitation}`, { status: 404 });
});

await test("the invited answers, and only that; the cluster makes it a member", async () => {
	const seen = await read(guest, `/invitations/${invitation}`);
	equal(seen.may, { send: false, answer: true, join: false, withdraw: false, edit: false });
	equal(seen.made_by, "");
	await call(guest, "PATCH", `/invitations/${invitation}`, { body: { state: "joined" }, status: 403 });
	await call(guest, "PATCH", `/invitations/${invitation}`, { body: { letter: { ru: "x" } }, status: 403 });
	await call(guest, "PATCH", `/invitations/${invitation}`, { body: { state: "perhaps" }, status: 422 });
	await call(maker, "PATCH", `/invitations/${invitation}`, { body: { state: "yes" }, status: 404 });
	equal((await call(guest, "PATCH", `/invitations/${invitation}`, { body: { state: "yes", answer: "С удовольствием" } })).json.answer, "С удовольствием");
	equal((await read(cluster, "/tasks")).items.filter((t) => t.kind === "invitation.answered").length, 1);
	await call(cluster, "PATCH", `/invitations/${invitation}`, { body: { state: "joined", role: "supplier" } });
	const profile = await read(analyst, `/clusters/${own}/profile`);
	equal(profile.counts.members, 12);
	const member = profile.members.find((m) => m.org.uid === E4);
	equal([member.role, member.joined_on], ["supplier", "2026-03-02"]);
	const row = await read(cluster, `/cluster_members/${member.uid}`);
	ok(row.values || row.cells || row.uid, "the row has its origin");
	equal((await read(cluster, `/clusters/${own}/invitations`)).funnel, { proposed: 0, sent: 0, yes: 0, no: 0, joined: 1, withdrawn: 0 });
	await call(cluster, "PATCH", `/invitations/${invitation}`, { body: { state: "withdrawn" }, status: 409 });
});

// --- a place for a project -------------------------------------------------------------------------------------------------------------

await test("places that fit come first, then questions, then refusals; every check has both values", async () => {
	const found = await read(buyer, "/infra-search?floor_m2=1000&power_kw=400&near=RU-OMS&limit=200");
	equal(found.items.length, found.counts.fits + found.counts.unknown + found.counts.unfit);
	const rank = (item) => (item.fits === true ? 0 : item.fits === null ? 1 : 2);
	for (let i = 1; i < found.items.length; i++) ok(rank(found.items[i - 1]) <= rank(found.items[i]), "in order");
	for (const item of found.items)
		for (const check of item.checks) {
			equal(check.have === null, check.truth === "unknown" && check.name !== "state", `${item.infra.name}: ${check.name} ${check.have} ${check.truth}`);
			ok(check.need.length > 0, check.name);
		}
	ok(found.counts.unknown > 0, "somebody has not stated it");
	await call(buyer, "GET", "/infra-search?near=Atlantis", { status: 404 });
	await call(buyer, "GET", "/infra-search?floor_m2=-5", { status: 422 });
	await call(buyer, "GET", "/infra-search?hazard_class=9", { status: 422 });
});

await test("a project asks for what its row says, and is not there for others", async () => {
	const { projects } = await read(cluster, `/clusters/${own}/profile`);
	ok(projects.length > 0, "the cluster has a project");
	const found = await read(cluster, `/infra-search?project=${projects[0].uid}`);
	equal(found.project.uid, projects[0].uid);
	await call(investor, "GET", `/infra-search?project=${projects[0].uid}`, { status: 404 });
});

await test("every operation of clusters was called", () => {
	const all = Object.values(contract.paths).flatMap((methods) => Object.values(methods)).filter((o) => o.tags.includes("clusters"));
	equal(all.map((o) => o.operationId).filter((id) => !called.has(id)), []);
});

done();
