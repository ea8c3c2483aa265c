// S11: every operation of the contract for every role, and things of one's own and of others, against docs/permissions.md.
import { readFileSync } from "node:fs";
import { ask, demo, demoPeople, done, equal, ok, serve, test, zveno } from "./lib.mjs";

const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url)));
const written = readFileSync(new URL("../../docs/permissions.md", import.meta.url), "utf8");

// action: {role: "·" | "shape" | "org" | "centre" | "all"}
function matrixOf(text) {
	const rows = text.split("\n").filter((l) => l.startsWith("| "));
	const cells = (line) => line.split("|").slice(1, -1).map((c) => c.trim());
	const roles = cells(rows[0]).slice(2);
	return Object.fromEntries(rows.slice(1).filter((l) => !l.startsWith("| ---")).map((l) => {
		const [action, , ...reach] = cells(l);
		return [action.split(" ")[0], Object.fromEntries(reach.map((r, i) => [roles[i], r]))];
	}));
}

const matrix = matrixOf(written);
const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
	Object.entries(methods).filter(([m]) => ["get", "post", "put", "patch", "delete"].includes(m)).map(([method, o]) => ({ method: method.toUpperCase(), path, id: o.operationId, action: o["x-action"] })));

await test("docs/permissions.md is what the program prints", () => {
	equal(zveno("permissions").out, written, "docs/permissions.md (write it anew with zveno permissions)");
});

await test("every operation names an action of the matrix", () => {
	ok(operations.length > 60, `only ${operations.length} operations`);
	for (const o of operations) ok(matrix[o.action], `${o.id}: x-action ${o.action} is in no row of docs/permissions.md`);
});

const db = demo(process.argv[2]);
const server = await serve(db);
const { base } = server;
const people = await demoPeople(base);
const nobody = { ask: (method, path, more) => ask(base, method, path, more) };
const everybody = { public: nobody, ...people };

// Who and what the demo world has, as its owner sees it.
function rowsOf(register) {
	const run = zveno("list", register, "--db", db, "--json");
	if (run.code !== 0) throw new Error(run.err);
	return Object.fromEntries(JSON.parse(run.out).map((r) => [r.source_key, r]));
}
const needs = rowsOf("needs");
const offers = rowsOf("offers");
const capacities = Object.values(rowsOf("capacities"));
const orgs = rowsOf("orgs");

await test("the demo world has people of every role", () => {
	for (const role of ["admin", "operator", "buyer", "maker", "institute", "cluster", "analyst", "investor"]) ok(everybody[role], `nobody is ${role}`);
});

// A path with ids that name nothing; a body that says nothing. What is refused by the table is refused before either is looked at.
function request(operation, who) {
	const nowhere = { uid: "need_00000000000000000000000000", register: "items", kind: "needs", code: "RU-RYA" };
	const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => nowhere[name] ?? "x");
	const body = ["POST", "PUT", "PATCH"].includes(operation.method) ? {} : undefined;
	const type = operation.method === "PATCH" ? { "content-type": "application/merge-patch+json" } : {};
	return who.ask(operation.method, path, { body, headers: { "if-match": '"x"', ...type } });
}

const faults = [];
let asked = 0;
for (const [role, who] of Object.entries(everybody)) {
	await test(`${role}: every operation is refused or let in as its action says`, async () => {
		const before = faults.length;
		for (const operation of operations) {
			if (["signIn", "signOut", "jobEvents"].includes(operation.id)) continue; // they end what the next ones need
			const { status, text } = await request(operation, who);
			const reach = matrix[operation.action][role];
			asked++;
			const wrong =
				status >= 500 ? "a failure of the server"
				: reach === "·" && role === "public" ? status !== 401 && "401 is expected"
				: reach === "·" ? status !== 403 && "403 is expected"
				: status === 401 ? "this person may ask"
				: status === 403 && reach === "all" && !/Origin|quota/.test(text) ? "nothing is out of reach of this role"
				: false;
			if (wrong) faults.push(`${role} ${operation.method} ${operation.path} (${operation.action}: ${reach}): ${status}, ${wrong} ${text.slice(0, 160)}`);
		}
		ok(faults.length === before, faults.slice(before).join("\n"));
	});
}

await test("the walk has asked every operation for every role", () => ok(asked >= 9 * (operations.length - 3), `${asked} requests`));

// --- one row, own and of others ------------------------------------------------------------------------------------------------------

// Need N1 is of E1 in Ryazan, N4 of E5 in Cheboksary; both are shown to makers of the item. What each role sees: a sight, or the status.
const sights = {
	N1: { public: 401, admin: 403, operator: "full", buyer: "full", maker: "shape", institute: "shape", cluster: 404, analyst: "full", investor: 404 },
	N4: { public: 401, admin: 403, operator: 404, buyer: 404, maker: "shape", institute: "shape", cluster: 404, analyst: "full", investor: 404 },
};
for (const [key, expected] of Object.entries(sights))
	await test(`need ${key} is seen as the class of its visibility says`, async () => {
		for (const [role, want] of Object.entries(expected)) {
			const answer = await everybody[role].ask("GET", `/api/v1/needs/${needs[key].uid}`);
			equal(answer.status === 200 ? answer.json.sight : answer.status, want, `${key} for ${role}`);
		}
	});

await test("the shape of a need has no name, price, note, key or source", async () => {
	const { json } = await people.maker.get(`/api/v1/needs/${needs.N4.uid}`);
	const shown = json.values.map((v) => v.column);
	for (const column of ["org_id", "ceiling_kop", "ceiling_per", "note", "qty_text", "stock_days", "stop_kop_day", "import_country", "urgency"]) ok(!shown.includes(column), `${column} is shown`);
	equal([json.key, json.provenance.source, json.provenance.batch, json.provenance.said_on], ["", "", "", null]);
	ok(json.values.every((v) => v.facts.length === 0 && v.source === ""), "the history is shown");
});

// Contracts Д4 (E8 to E7) and Д6 (E8 to E2) are of members of the cluster, ПР1 is E2's with E5 and E3; E1 sells to E2 by Д21, outside of it.
const clusterRows = Object.fromEntries(["clusters", "cluster_members", "contracts", "deliveries", "org_years", "projects", "project_costs", "infra"].map((r) => [r, rowsOf(r)]));
const seen = {
	"contracts/Д4": { public: 401, admin: 403, operator: 404, buyer: 404, maker: 404, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"contracts/Д21": { public: 401, admin: 403, operator: 404, buyer: 200, maker: 404, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"contracts/Д5": { public: 401, admin: 403, operator: 404, buyer: 404, maker: 200, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"deliveries/П5-2025": { public: 401, admin: 403, operator: 404, buyer: 404, maker: 200, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"org_years/ГE3-2025": { public: 401, admin: 403, operator: 404, buyer: 404, maker: 200, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"projects/ПР1": { public: 401, admin: 403, operator: 404, buyer: 404, maker: 200, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"project_costs/ПР1-2": { public: 401, admin: 403, operator: 404, buyer: 404, maker: 200, institute: 404, cluster: 200, analyst: 200, investor: 403 },
	"clusters/МХК": { public: 401, admin: 200, operator: 200, buyer: 200, maker: 200, institute: 200, cluster: 200, analyst: 200, investor: 200 },
	"clusters/CL05": { public: 401, admin: 404, operator: 404, buyer: 404, maker: 404, institute: 404, cluster: 404, analyst: 200, investor: 404 },
	"cluster_members/МХК-E3": { public: 401, admin: 200, operator: 200, buyer: 200, maker: 200, institute: 200, cluster: 200, analyst: 200, investor: 200 },
	"infra/ОБ1": { public: 401, admin: 200, operator: 200, buyer: 200, maker: 200, institute: 200, cluster: 200, analyst: 200, investor: 200 },
};
for (const [row, expected] of Object.entries(seen))
	await test(`${row} is seen by those whom it connects, and in lists by the same`, async () => {
		const [register, key] = row.split("/");
		const { uid } = clusterRows[register][key];
		for (const [role, want] of Object.entries(expected)) {
			equal((await everybody[role].ask("GET", `/api/v1/${register}/${uid}`)).status, want, `${row} for ${role}`);
			const list = await everybody[role].ask("GET", `/api/v1/${register}?limit=200`);
			equal(list.status === 200 && list.json.items.some((r) => r.uid === uid), want === 200, `${row} in the list for ${role}`);
		}
	});

await test("a cluster's own people write for it, but not its entry, nor who has signed", async () => {
	const write = async (who, method, path, body, status) => {
		const etag = method === "PATCH" ? (await who.get(path)).headers.get("etag") : '"x"';
		const answer = await who.ask(method, path, { body, headers: { "if-match": etag ?? '"x"', ...(method === "PATCH" ? { "content-type": "application/merge-patch+json" } : {}) } });
		equal(answer.status, status, `${method} ${path} ${JSON.stringify(body)}: ${answer.text.slice(0, 300)}`);
		return answer;
	};
	const at = `/api/v1/clusters/${clusterRows.clusters["МХК"].uid}`;
	await write(people.cluster, "PATCH", at, { products: "химия" }, 200);
	await write(people.cluster, "PATCH", at, { state: "excluded" }, 403);
	await write(people.cluster, "PATCH", at, { number: "1" }, 403);
	await write(people.buyer, "PATCH", at, { products: "бумага" }, 403);
	await write(people.cluster, "POST", "/api/v1/clusters", { name: "Второй кластер" }, 201);
	await write(people.cluster, "POST", "/api/v1/clusters", { name: "Третий кластер", state: "in_register" }, 403);
	await write(people.cluster, "POST", "/api/v1/cluster_members", { cluster: "МХК", org_inn: "2199000011", agreement: "yes" }, 403);
	await write(people.cluster, "POST", "/api/v1/cluster_members", { cluster: "МХК", org_inn: "2199000011", role: "supplier" }, 201);
	await write(people.buyer, "POST", "/api/v1/cluster_members", { cluster: "МХК", org_inn: "6299000012" }, 403);
	await write(people.cluster, "POST", "/api/v1/contracts", { seller_inn: "1299000013", buyer_inn: "5599000011", cluster: "МХК", number: "26/1" }, 201);
	await write(people.buyer, "POST", "/api/v1/contracts", { buyer_inn: "5599000011", number: "7", title: "своя продажа" }, 201);
	await write(people.buyer, "POST", "/api/v1/contracts", { seller_inn: "1299000013", buyer_inn: "5599000011", number: "8" }, 403);
	await write(people.cluster, "POST", "/api/v1/org_years", { org_inn: "3899000019", year: "2023", shipped: "1" }, 403);
	await write(people.maker, "POST", "/api/v1/org_years", { year: "2023", shipped: "480 000 000" }, 201);
	await write(people.maker, "POST", "/api/v1/deliveries", { contract: clusterRows.contracts["Д4"].uid, year: "2023", sum: "1" }, 422);
	await write(people.maker, "POST", "/api/v1/deliveries", { contract: clusterRows.contracts["Д5"].uid, year: "2023", sum: "1" }, 201);
});

await test("an offer is seen by its maker, operators and the analyst, never by a rival or a buyer", async () => {
	const want = { public: 401, admin: 403, operator: 200, buyer: 404, maker: 200, institute: 404, cluster: 404, analyst: 200, investor: 403 };
	for (const [role, status] of Object.entries(want)) equal((await everybody[role].ask("GET", `/api/v1/offers/${offers["O-E3"].uid}`)).status, status, role);
	equal((await people.maker.get("/api/v1/offers")).json.items.map((o) => o.key), ["O-E3"]);
	equal((await people.buyer.get("/api/v1/offers")).json.items, []);
});

await test("lists, counts and search show the same rows as the rows themselves", async () => {
	const all = { operator: ["N1"], buyer: ["N1"], maker: [], analyst: ["N1", "N2", "N3", "N4", "N5"], investor: [] };
	for (const [role, keys] of Object.entries(all)) {
		const { json } = await everybody[role].get("/api/v1/needs");
		equal(json.items.map((r) => r.key).filter(Boolean).sort(), keys, `keys for ${role}`);
		equal(json.total, json.items.length, `total for ${role}`);
		for (const item of json.items) equal((await everybody[role].get(`/api/v1/needs/${item.uid}`)).status, 200, `${item.uid} for ${role}`);
	}
	const found = (await people.buyer.get("/api/v1/search?q=N4")).json.items;
	equal(found.filter((h) => h.register === "need"), [], "a foreign key finds");
});

await test("a buyer sees prices of makers for the own need alone, a maker how its own offer meets a need of others", async () => {
	equal((await people.buyer.get(`/api/v1/needs/${needs.N1.uid}/matches`)).json.makers.length, 3);
	equal((await people.buyer.get(`/api/v1/needs/${needs.N4.uid}/matches`)).status, 404);
	const { json } = await people.maker.get(`/api/v1/needs/${needs.N1.uid}/matches`);
	equal([json.org, json.makers.map((m) => m.offer.name), json.makers[0].lines.filter((l) => l.condition === "price")], ["", ["O-E3"], []]);
	equal((await people.maker.get(`/api/v1/needs/${needs.N1.uid}/why`)).status, 404);
});

await test("a lot shows a buyer his own share and the totals, a maker the totals, nobody a ceiling of others", async () => {
	for (const role of ["buyer", "maker"]) {
		const list = (await everybody[role].get("/api/v1/lots")).json;
		equal([list.total, list.items[0].qty.text, list.items[0].buyers], [1, "200 kg", 5], role);
		const { json } = await everybody[role].get(`/api/v1/lots/${list.items[0].uid}`);
		const own = json.members.filter((m) => m.org !== null);
		equal(own.map((m) => m.need.name), role === "buyer" ? ["N1"] : [], `names for ${role}`);
		ok(json.members.filter((m) => m.org === null).every((m) => m.ceiling === null && m.amount === null && m.need.name === ""), `money of others for ${role}`);
		ok(json.curve.every((p) => p.willing === null), `the curve tells of ceilings to ${role}`);
		equal(json.dues, ["2026-09-30"]);
	}
	equal((await people.institute.get("/api/v1/lots")).json.items, []);
	equal((await people.investor.get("/api/v1/lots")).status, 403);
});

// --- changes ---------------------------------------------------------------------------------------------------------------------------

const patch = (who, path, body) => who.ask("PATCH", path, { body, headers: { "content-type": "application/merge-patch+json", "if-match": "*" } });

await test("a row is changed by its organisation and its centre alone; of others it says no more than that it is not there", async () => {
	const e3 = Object.values(orgs).find((o) => o.inn === "3899000019");
	const e1 = Object.values(orgs).find((o) => o.inn === "6299000012");
	const capacity = capacities.find((c) => c.org_id === e3.uid);
	const rows = [
		[`/api/v1/needs/${needs.N1.uid}`, { note: "x" }, ["operator", "buyer"]],
		[`/api/v1/needs/${needs.N4.uid}`, { note: "x" }, []],
		[`/api/v1/offers/${offers["O-E3"].uid}`, { note: "x" }, ["maker"]],
		[`/api/v1/capacities/${capacity.uid}`, { free: "500" }, ["maker"]],
		[`/api/v1/orgs/${e1.uid}`, { note: "x" }, ["operator", "buyer"]],
		[`/api/v1/orgs/${e3.uid}`, { note: "x" }, ["maker"]],
	];
	for (const [path, body, may] of rows)
		for (const [role, who] of Object.entries(everybody)) {
			if (may.includes(role)) continue;
			const { status } = await patch(who, path, body);
			ok([401, 403, 404].includes(status), `${role} PATCH ${path}: ${status}`);
		}
	// Whoever may is not told that he may not. (412: "*" is no version.)
	for (const [path, body, may] of rows)
		for (const role of may) {
			const { status, text } = await patch(everybody[role], path, body);
			ok(![401, 403, 404].includes(status) && status < 500, `${role} PATCH ${path}: ${status} ${text.slice(0, 200)}`);
		}
});

await test("nobody confirms, joins, publishes or takes away a need of others", async () => {
	const acts = [["POST", "confirm", {}], ["POST", "join", { qty: "1 kg" }], ["POST", "publication", { visibility: "public" }], ["POST", "scouting", { deadline: "2026-03-20", note: "" }]];
	for (const [role, who] of Object.entries(everybody)) {
		if (role === "maker") continue; // may ask for a contact, below
		for (const [method, act, body] of acts) {
			const { status } = await who.ask(method, `/api/v1/needs/${needs.N4.uid}/${act}`, { body });
			ok([401, 403, 404].includes(status), `${role} ${act}: ${status}`);
		}
		const { status } = await who.ask("DELETE", `/api/v1/needs/${needs.N4.uid}`, { headers: { "if-match": "*" } });
		ok([401, 403, 404].includes(status), `${role} DELETE: ${status}`);
	}
});

await test("a name opens to the maker whose contact the owner accepts, and to no other", async () => {
	const made = await people.maker.ask("POST", `/api/v1/needs/${needs.N1.uid}/contact`, { body: { note: "мы делаем" } });
	equal(made.status, 201, made.text);
	equal((await people.maker.get(`/api/v1/needs/${needs.N1.uid}`)).json.sight, "shape");
	for (const other of ["maker", "institute", "operator", "analyst"]) {
		const { status } = await everybody[other].ask("PATCH", `/api/v1/contacts/${made.json.uid}`, { body: { state: "accepted" }, headers: { "content-type": "application/merge-patch+json", "if-match": "*" } });
		ok([403, 404].includes(status), `${other} accepts: ${status}`);
	}
	const own = await people.buyer.patch(`/api/v1/contacts/${made.json.uid}`, { state: "accepted" }, { "content-type": "application/merge-patch+json" });
	ok(own.status === 200 || own.status === 204, own.text);
	const seen = (await people.maker.get(`/api/v1/needs/${needs.N1.uid}`)).json;
	equal([seen.sight, seen.values.some((v) => v.column === "org_id"), seen.values.some((v) => v.column === "ceiling_kop")], ["named", true, false]);
	equal((await people.institute.get(`/api/v1/needs/${needs.N1.uid}`)).json.sight, "shape");
});

await test("a maker with a need of his own does not learn his rivals' prices by it", async () => {
	const made = await people.maker.ask("POST", "/api/v1/needs", { body: { item: "ацетилацетон", cas: "123-54-6", qty: "20 kg", due: "2026-09-30", state: "declared" } });
	equal(made.status, 201, made.text);
	const { makers } = (await people.maker.get(`/api/v1/needs/${made.json.uid}/matches`)).json;
	equal(makers.length, 3);
	for (const m of makers) equal([m.lines.length > 0, m.landed !== null], m.offer.name === "O-E3" ? [true, true] : [false, false], m.offer.name);
});

await test("what is hidden and what does not exist are answered in the same words", async () => {
	const nowhere = `need_${"0".repeat(26)}`;
	const merge = { "content-type": "application/merge-patch+json", "if-match": "*" };
	const acts = [["GET", ""], ["GET", "/matches"], ["GET", "/why"], ["POST", "/confirm", {}], ["POST", "/join", { qty: "1 kg" }], ["POST", "/scouting", { deadline: "2026-03-20", note: "" }], ["POST", "/publication", { visibility: "public" }], ["PATCH", "", { note: "x" }, merge], ["DELETE", "", undefined, merge]];
	for (const role of ["buyer", "operator", "investor", "admin", "public"])
		for (const [method, end, body, headers = {}] of acts) {
			const [hidden, absent] = await Promise.all([needs.N4.uid, nowhere].map((uid) => everybody[role].ask(method, `/api/v1/needs/${uid}${end}`, { body, headers })));
			const said = ({ status, text }, uid) => [status, text.replaceAll(uid, "UID")];
			equal(said(hidden, needs.N4.uid), said(absent, nowhere), `${role} ${method} ${end}`);
		}
});

await test("an id walk finds nothing", async () => {
	const random = () => Array.from({ length: 26 }, () => "0123456789abcdefghjkmnpqrstvwxyz"[Math.floor(Math.random() * 32)]).join("");
	for (const [register, kind] of [["needs", "need"], ["offers", "offer"], ["orgs", "org"], ["lots", "lot"], ["capacities", "cap"]])
		for (let i = 0; i < 40; i++) equal((await people.buyer.get(`/api/v1/${register}/${kind}_${random()}`)).status, 404);
});

await test("at the command line --as asks the same table", () => {
	const keys = (login) => JSON.parse(zveno("list", "needs", "--db", db, "--json", "--as", login).out).map((r) => r.source_key).filter(Boolean);
	equal(keys("buyer-e1"), ["N1"]);
	equal(keys("buyer-e5"), ["N4"]);
	equal(keys("analyst").filter((k) => /^N\d$/.test(k)), ["N1", "N2", "N3", "N4", "N5"]);
	for (const args of [["list", "needs", "--as", "admin"], ["show", "N4", "--as", "buyer-e1"], ["match", "N4", "--as", "buyer-e1"], ["undo", "x", "--as", "operator-rya"], ["lots", "--dry-run", "--as", "buyer-e1"]])
		ok(zveno(...args, "--db", db).code !== 0, args.join(" "));
});

server.child.kill("SIGTERM");
equal((await server.ended).code, 0);
done();
