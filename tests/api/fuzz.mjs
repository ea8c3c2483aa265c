// Two thousand requests made out of the contract and then bent (bar S10): each gets one answer in time, none is a failure of ours, all speak JSON where they
// must, and nobody but its owner ever reads the mark that a hidden need carries.
import { readFileSync } from "node:fs";
import { ask, demo, demoPeople, done, equal, ok, serve, test } from "./lib.mjs";

const REQUESTS = Number(process.env.ZVENO_FUZZ_REQUESTS ?? 2000);
const MARK = "ZXQ7-MARK";
const seed = Number(process.env.ZVENO_TEST_SEED ?? 20261122);
const contract = JSON.parse(readFileSync(new URL("../../docs/api/openapi.json", import.meta.url), "utf8"));
const db = demo(process.argv[2]);
const server = await serve(db);
const { base } = server;
const people = await demoPeople(base);
console.log(`# seed ${seed}`);

// mulberry32
let state = seed >>> 0;
function random() {
	state = (state + 0x6d2b79f5) >>> 0;
	let t = state;
	t = Math.imul(t ^ (t >>> 15), t | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (p) => random() < p;

const NASTY = ["", " ", "0", "-1", "1e999", "null", "true", "99999999999999999999", "..", "%00", "%2e%2e%2f", "'; DROP TABLE need; --", '" OR 1=1', "<script>alert(1)</script>", "\u202e\u0000x", "ё".repeat(300), "a".repeat(5000), "🜁", "need_00000000000000000000000000", "2026-02-30", "=cmd|' /C calc'!A0", "{}", "[]", "%", "_", "\\", "\ud800"];
const uids = [];

// A value for a schema, right more often than not.
function sample(schema, depth = 0) {
	if (schema.$ref) return sample(schema.$ref.slice(2).split("/").reduce((o, k) => o[k], contract), depth);
	if (chance(0.08)) return pick([null, 0, -1, 1.5, true, [], {}, pick(NASTY), [[[[]]]], { a: { b: null } }]);
	if (schema.anyOf) return sample(pick(schema.anyOf), depth);
	if ("const" in schema) return schema.const;
	if (schema.enum) return pick(schema.enum);
	const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type;
	if (type === "object" || schema.properties) {
		const out = {};
		for (const [name, inner] of Object.entries(schema.properties ?? {})) if (schema.required?.includes(name) ? !chance(0.05) : chance(0.5)) out[name] = depth < 6 ? sample(inner, depth + 1) : null;
		if (chance(0.08)) out[pick(["__proto__", "id", "x", "account_id", "constructor", "role"])] = pick(NASTY);
		return out;
	}
	if (type === "array") return Array.from({ length: below(4) }, () => sample(schema.items ?? {}, depth + 1));
	if (type === "integer" || type === "number") return pick([0, 1, 2, 5, 100, -1, 2 ** 53, 1e308]);
	if (type === "boolean") return chance(0.5);
	if (type === "null") return null;
	return pick([pick(uids), "RU-RYA", "2026-12-31", "10 кг", "buyer", "analyst", "x", pick(NASTY), "ацетилацетон", DEMO()]);
}
const DEMO = () => pick(["buyer-e1", "maker-e3", "N1", "E1", "6299000012"]);

function wireBody(operation) {
	const content = operation.requestBody?.content;
	if (!content) return chance(0.1) ? { type: "application/json", body: "{}" } : {};
	const [type, { schema }] = pick(Object.entries(content));
	let body = /json/.test(type) ? JSON.stringify(sample(schema ?? {})) : pick(["", "a;b\n1;2\n", "\u0000\u0001PK", "key;org_inn;item\nX;1;y\n"]);
	if (chance(0.1)) body = body.slice(0, below(body.length + 1));
	if (chance(0.05)) body = body.replace(/"/g, pick(['""', "'", "\\u0000", "\\ud800"]));
	if (chance(0.02)) body = "[".repeat(below(20000));
	return { type: chance(0.05) ? pick(["text/plain", "application/xml", "", "application/json; charset=utf-16"]) : type, body };
}

const segment = () => encodeURIComponent((chance(0.7) ? pick(uids) : pick(NASTY)).replace(/[\ud800-\udfff]/g, "")) || "x";

function address(path, operation) {
	let out = path.replace(/\{register\}/g, () => pick(["needs", "orgs", "items", "offers", "sites", "need", "org", "capacity", "account", "audit", "setting"])).replace(/\{\w+\}/g, segment);
	const query = [];
	for (const p of operation.parameters ?? []) {
		const q = p.$ref ? contract.components.parameters[p.$ref.split("/").pop()] : p;
		if (q.in === "query" && (q.required || chance(0.4))) query.push(`${q.name}=${encodeURIComponent(String(sample(q.schema)).replace(/[\ud800-\udfff]/g, ""))}`);
	}
	if (chance(0.05)) query.push(`${pick(["limit", "x", "sort", "%00", "q"])}=${encodeURIComponent(pick(NASTY).replace(/[\ud800-\udfff]/g, ""))}`);
	if (query.length > 0) out += `?${query.join("&")}`;
	return out;
}

await test("a need that is the buyer's alone is stored with its mark", async () => {
	for (const path of ["needs", "orgs", "items", "offers", "lots"]) for (const row of (await people.analyst.get(`/api/v1/${path}?limit=20`)).json.items) uids.push(row.uid);
	const made = await people.buyer.ask("POST", "/api/v1/needs", { body: { item: `растворитель ${MARK}`, qty: "5 кг", due: "2026-12-31", note: MARK } });
	equal(made.status, 201, made.text);
	uids.push(made.json.uid);
	ok(JSON.stringify((await people.buyer.get(`/api/v1/needs/${made.json.uid}`)).json).includes(MARK), "its owner reads it");
});
await test(`${REQUESTS} bent requests: no failure of ours, one answer each, nothing leaks`, async () => {
	const operations = Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
	const strangers = ["maker", "institute", "investor", "nobody", "cluster"];
	const statuses = new Map();
	let slowest = 0;
	for (let i = 0; i < REQUESTS; i++) {
		const { path, method, operation } = pick(operations);
		if (["signOut", "changePassword", "endOwnSession", "endSessionsOf", "jobEvents"].includes(operation.operationId)) continue;
		const name = chance(0.6) ? pick(strangers) : pick(Object.keys(people));
		// Administrators would lock the others out.
		if (name === "admin" && method !== "GET") continue;
		const headers = {};
		if (chance(0.3)) headers["idempotency-key"] = pick(["k", "", "ключ".length > 3 ? "k2" : "", "x".repeat(300)]);
		if (chance(0.5)) headers["if-match"] = pick(["*", '"1"', '"', "x", "W/*"]);
		if (chance(0.1)) headers["accept-language"] = pick(["ru", "en;q=0", "*", "x".repeat(200)]);
		if (chance(0.05)) headers.prefer = "return=minimal";
		if (chance(0.05)) headers["x-http-method-override"] = "DELETE";
		const { type, body } = method === "GET" ? {} : wireBody(operation);
		if (body !== undefined) headers["content-type"] = type;
		const to = address(path, operation);
		const what = `${i}: ${name} ${chance(0.03) ? "PUT" : method} ${to.slice(0, 300)} ${(body ?? "").slice(0, 300)}`;
		const before = Date.now();
		const who = name === "nobody" ? { ask: (m, p, more) => ask(base, m, p, more) } : people[name];
		const answer = await who.ask(method, to, { headers, body }).catch((error) => ({ lost: error }));
		if (answer.lost) {
			// A body that is refused by its head ends the connection while it is still being sent.
			ok(/ECONNRESET|EPIPE|other side closed|UND_ERR_SOCKET/.test(String(answer.lost.cause?.code ?? answer.lost.cause ?? answer.lost)), `${what}: ${answer.lost.cause ?? answer.lost} ${server.errors().slice(-3000)}`);
			continue;
		}
		slowest = Math.max(slowest, Date.now() - before);
		statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
		ok(answer.status < 500, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
		if (answer.status >= 400) {
			equal(answer.headers.get("content-type"), "application/problem+json", what);
			ok(answer.json.detail.length > 0, `${what}: no sentence`);
		}
		if (strangers.includes(name) && !(body ?? "").includes(MARK)) ok(!answer.text.includes(MARK), `${what}: LEAK ${answer.text.slice(0, 500)}`);
		if (/^application\/json/.test(answer.headers.get("content-type") ?? "") && answer.status !== 204 && !headers.prefer) ok(answer.json !== undefined, `${what}: no JSON`);
	}
	console.log(`# statuses ${JSON.stringify([...statuses].sort())}, slowest ${slowest} ms`);
	ok((statuses.get(200) ?? 0) > REQUESTS / 50, "some requests are right");
	ok(slowest < 20000, `${slowest} ms`);
});
await test("the server is well, said nothing about failures, and ends as it should", async () => {
	equal((await people.analyst.get("/healthz")).status, 200);
	server.child.kill("SIGTERM");
	const end = await server.ended;
	equal(end.code, 0, end.errors.slice(-2000));
	ok(!/"level":"error"|runtime error|Sanitizer/.test(end.errors), end.errors.slice(-2000));
});
done();
