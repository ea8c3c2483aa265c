// What changes something: versions, repeats, forged requests, many at once. No update is lost, nothing is done twice.
import { ask, cookieOf, demo, demoPeople, done, equal, get, ok, serve, setting, signIn, test, zveno } from "./lib.mjs";

const THREADS = 16;
const ROUNDS = 10;
const db = demo(process.argv[2]);
const { base } = await serve(db);
const people = await demoPeople(base);
const { buyer, operator, admin } = people;

const times = (n, f) => Promise.all(Array.from({ length: n }, (_, i) => f(i)));
const task = (title) => ({ title, due: "2026-12-31" });
const titled = async (who, title) => (await who.get("/api/v1/tasks?state=open")).json.items.filter((t) => t.title.includes(title));

await test("a change without If-Match is 428, with an old version 412, with the right one it is made", async () => {
	const first = await buyer.get("/api/v1/account");
	const old = first.headers.get("etag");
	equal((await buyer.ask("PATCH", "/api/v1/account", { body: { name: "A" } })).status, 428);
	const changed = await buyer.ask("PATCH", "/api/v1/account", { headers: { "if-match": old }, body: { name: "Анна" } });
	equal([changed.status, changed.json.name], [200, "Анна"], changed.text);
	ok(changed.headers.get("etag") !== old, "another version");
	const late = await buyer.ask("PATCH", "/api/v1/account", { headers: { "if-match": old }, body: { name: "B" } });
	equal([late.status, late.json.errors[0].pointer], [412, "/If-Match"], late.text);
	equal((await buyer.ask("PATCH", "/api/v1/account", { headers: { "if-match": '"nonsense", "*"' }, body: { name: "B" } })).status, 412);
	equal((await buyer.get("/api/v1/account")).json.name, "Анна");
	equal((await buyer.ask("PATCH", "/api/v1/account", { headers: { "if-match": first.headers.get("etag").replace(/^"/, 'W/"') }, body: { name: "B" } })).status, 412, "a weak tag is not compared");
});
await test("a merge patch leaves what it does not name and takes away what is null", async () => {
	equal((await buyer.patch("/api/v1/account", { email: "anna@example.org", lang: "ru" })).status, 200);
	equal((await buyer.patch("/api/v1/account", { name: "Анна Б." }, { "content-type": "application/merge-patch+json", "accept-language": "en" })).json.email, "anna@example.org");
	const gone = (await buyer.patch("/api/v1/account", { email: null, lang: "en" })).json;
	equal([gone.email, gone.name], [null, "Анна Б."]);
	equal((await buyer.patch("/api/v1/account", { name: null })).status, 422, "a name is needed");
	equal((await buyer.patch("/api/v1/account", { nam: "x" })).status, 422, "a misspelt field");
});
await test("only JSON is read as JSON, and only one object", async () => {
	const headers = { "if-match": "*" };
	const send = (body, type) => buyer.ask("PATCH", "/api/v1/account", { headers: { ...headers, ...(type ? { "content-type": type } : {}) }, body });
	equal((await send('{"name":"x"}', "text/plain")).status, 415);
	equal((await send('{"name":"x"}', "application/x-www-form-urlencoded")).status, 415);
	equal((await send(new TextEncoder().encode('{"name":"x"}'))).status, 415, "no type at all");
	for (const bad of ["{", '{"name":"a","name":"b"}', '{"name":NaN}', '{"name":"\\ud800"}', "[".repeat(5000)]) equal((await send(bad, "application/json")).status, bad.startsWith("[[") ? 413 : 400, bad.slice(0, 20));
	for (const bad of ["[]", '"x"', "1", "null"]) equal((await send(bad, "application/json")).status, 422, bad);
	const large = await send(JSON.stringify({ name: "x".repeat(1 << 21) }), "application/json").catch((error) => ({ status: error.cause?.code ?? "closed" }));
	ok([413, "closed", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(large.status), `too large: ${large.status}`);
	const problem = (await buyer.patch("/api/v1/account", { lang: "tlh" })).json;
	equal([problem.status, problem.errors[0].pointer], [422, "/lang"]);
});
await test("the answer can be left out", async () => {
	const answer = await buyer.patch("/api/v1/account", { name: "Анна" }, { prefer: "return=minimal" });
	equal([answer.status, answer.text], [204, ""]);
	ok(answer.headers.get("etag"), "the version is told all the same");
});

// --- repeats ---------------------------------------------------------------------------------------------------------------------------

await test("the same key and body again give the same answer and no second effect", async () => {
	const headers = { "idempotency-key": `k-${Math.random()}` };
	const first = await buyer.ask("POST", "/api/v1/tasks", { headers, body: task("once only") });
	const second = await buyer.ask("POST", "/api/v1/tasks", { headers, body: task("once only") });
	equal([first.status, second.status], [201, 201], first.text + second.text);
	equal([second.text, second.headers.get("location"), second.headers.get("etag")], [first.text, first.headers.get("location"), first.headers.get("etag")]);
	equal((await titled(buyer, "once only")).length, 1);
	const other = await buyer.ask("POST", "/api/v1/tasks", { headers, body: task("something else") });
	equal([other.status, other.json.errors[0].pointer], [422, "/Idempotency-Key"], other.text);
	equal((await titled(buyer, "something else")).length, 0);
});
await test("a key is the account's own", async () => {
	const headers = { "idempotency-key": "shared" };
	const a = await buyer.ask("POST", "/api/v1/tasks", { headers, body: task("of the buyer") });
	const b = await operator.ask("POST", "/api/v1/tasks", { headers, body: task("of the operator") });
	equal([a.status, b.status], [201, 201], b.text);
	ok(a.json.uid !== b.json.uid, "two tasks");
});
await test("an attempt that failed leaves no trace under its key", async () => {
	const headers = { "idempotency-key": "failed-first" };
	equal((await buyer.ask("POST", "/api/v1/tasks", { headers, body: { title: "" } })).status, 422);
	equal((await buyer.ask("POST", "/api/v1/tasks", { headers, body: task("after a failure") })).status, 201);
});
await test(`the same POST ${THREADS} times at once under one key has one effect`, async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const headers = { "idempotency-key": `doubled-${round}` };
		const answers = await times(THREADS, () => buyer.ask("POST", "/api/v1/tasks", { headers, body: task(`doubled ${round}.`) }));
		equal([...new Set(answers.map((a) => a.status))], [201]);
		equal(new Set(answers.map((a) => a.text)).size, 1, "one answer");
		equal((await titled(buyer, `doubled ${round}.`)).length, 1);
	}
});
await test("what is shown once cannot be asked for under a key", async () => {
	equal((await buyer.ask("POST", "/api/v1/account/tokens", { headers: { "idempotency-key": "t" }, body: { name: "t", scopes: ["need.read"], ends_on: "2026-12-31" } })).status, 422);
});

// --- many at once -------------------------------------------------------------------------------------------------------------------------

await test(`of ${THREADS} changes of one version exactly one wins`, async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const etag = (await operator.get("/api/v1/account")).headers.get("etag");
		const answers = await times(THREADS, (i) => operator.ask("PATCH", "/api/v1/account", { headers: { "if-match": etag }, body: { name: `winner ${round} ${i}` } }));
		equal(answers.map((a) => a.status).sort(), [200, ...Array(THREADS - 1).fill(412)]);
		equal((await operator.get("/api/v1/account")).json.name, answers.find((a) => a.status === 200).json.name);
	}
});
await test(`${THREADS} clients that count up ${ROUNDS} times each lose nothing`, async () => {
	await operator.patch("/api/v1/account", { name: "0" });
	await times(THREADS, async () => {
		for (let i = 0; i < ROUNDS; ) {
			const now = await operator.get("/api/v1/account");
			const answer = await operator.ask("PATCH", "/api/v1/account", { headers: { "if-match": now.headers.get("etag") }, body: { name: String(Number(now.json.name) + 1) } });
			if (answer.status === 200) i++;
			else equal(answer.status, 412, answer.text);
		}
	});
	equal((await operator.get("/api/v1/account")).json.name, String(THREADS * ROUNDS));
});

// --- forged requests (S18) ------------------------------------------------------------------------------------------------------------------

await test("a request that changes something must carry the token and come from our own pages", async () => {
	const send = (headers) => ask(base, "POST", "/api/v1/tasks", { headers: { cookie: buyer.cookie, ...headers }, body: task("forged") });
	const csrf = { "x-csrf-token": buyer.csrf };
	const host = base.replace("http://", "");
	for (const [headers, status] of [
		[{}, 403],
		[{ "x-csrf-token": "" }, 403],
		[{ "x-csrf-token": operator.csrf }, 403],
		[{ "x-csrf-token": `${buyer.csrf}x` }, 403],
		[{ ...csrf, origin: "https://evil.example" }, 403],
		[{ ...csrf, origin: "null" }, 403],
		[{ ...csrf, origin: `http://${host}.evil.example` }, 403],
		[{ ...csrf, origin: "http://127.0.0.1:1" }, 403],
		[{ ...csrf, "sec-fetch-site": "cross-site" }, 403],
		[{ ...csrf, "sec-fetch-site": "same-site" }, 403],
		[{ ...csrf, "sec-fetch-site": "none" }, 403],
		[{ ...csrf, origin: `http://${host}`, "sec-fetch-site": "same-origin" }, 201],
	]) {
		const answer = await send(headers);
		equal(answer.status, status, `${JSON.stringify(headers)}: ${answer.text}`);
		if (status === 403) equal(answer.json.errors[0].code, "csrf");
	}
	equal((await titled(buyer, "forged")).length, 1);
});
await test("nobody is signed in by a page of another site", async () => {
	const { login, password } = (await get(base, "/api/v1/session")).json.demo_logins[0];
	const answer = await ask(base, "POST", "/api/v1/session", { headers: { origin: "https://evil.example" }, body: { login, password } });
	equal([answer.status, answer.headers.get("set-cookie")], [403, null]);
});
await test("the cookie is for this host alone, out of reach of scripts, and ends with the session", async () => {
	const { login, password } = (await get(base, "/api/v1/session")).json.demo_logins[0];
	const answer = await ask(base, "POST", "/api/v1/session", { body: { login, password } });
	const cookie = answer.headers.get("set-cookie");
	for (const word of [/^__Host-zv=[\w-]{43};/, /; ?Secure/i, /; ?HttpOnly/i, /; ?SameSite=(Lax|Strict)/i, /; ?Path=\/(;|$)/i]) ok(word.test(cookie), `${word} in ${cookie}`);
	ok(!/domain/i.test(cookie), "no domain");
	equal(answer.headers.get("cache-control"), "no-store");
	const headers = { cookie: cookieOf(answer), "x-csrf-token": answer.json.csrf };
	equal((await get(base, "/api/v1/account", headers)).status, 200);
	const out = await ask(base, "DELETE", "/api/v1/session", { headers });
	equal(out.status, 204, out.text);
	ok(/__Host-zv=;.*Max-Age=0/i.test(out.headers.get("set-cookie")), "taken away");
	equal((await get(base, "/api/v1/account", headers)).status, 401);
	equal((await get(base, "/api/v1/session", headers)).json.signed_in, false);
});
await test("every answer protects itself, and a person's answers are kept by nobody else", async () => {
	for (const path of ["/", "/api/v1/session", "/api/v1/account", "/api/v1/needs", "/api/v1/nothing"]) {
		const { headers } = await buyer.get(path);
		equal(headers.get("x-content-type-options"), "nosniff", path);
		ok(/frame-ancestors 'none'/.test(headers.get("content-security-policy") ?? ""), `${path}: frames`);
		ok(headers.get("referrer-policy"), `${path}: referrer`);
		if (path.startsWith("/api/")) ok(/no-store|private/.test(headers.get("cache-control")), `${path}: ${headers.get("cache-control")}`);
	}
});

// --- limits ---------------------------------------------------------------------------------------------------------------------------------

await test("an unknown method of a known path is 405 with those it has", async () => {
	const answer = await buyer.ask("PUT", "/api/v1/session", { body: {} });
	equal([answer.status, answer.headers.get("allow")], [405, "GET, HEAD, POST, DELETE"]);
	equal((await buyer.ask("DELETE", "/healthz")).headers.get("allow"), "GET, HEAD");
	equal((await ask(base, "POST", "/", { body: {} })).status, 405);
});
await test("after the rows of a day it is 429 until tomorrow, and the trail says so once", async () => {
	if (process.argv[2] === "postgres") return;
	const other = demo();
	setting(other, "limit.rows_a_day", "5");
	const server = await serve(other);
	const { analyst } = await demoPeople(server.base);
	let answer;
	for (let i = 0; i < 10 && answer?.status !== 429; i++) answer = await analyst.get("/api/v1/items?limit=5");
	equal([answer.status, answer.json.errors[0].code], [429, "limit.rows"]);
	const wait = Number(answer.headers.get("retry-after"));
	ok(wait > 0 && wait <= 86401, `Retry-After ${wait}`);
	equal((await analyst.get("/api/v1/account")).status, 200, "what are no rows goes on");
	server.child.kill("SIGTERM");
	await server.ended;
	const again = await serve(other);
	const chief = (await demoPeople(again.base)).admin;
	equal((await chief.get("/api/v1/audit?limit=200")).json.items.filter((r) => r.action === "limit.rows").length, 1);
});
await test("the trail is whole after all this", async () => {
	const head = (await admin.get("/api/v1/audit/head")).json;
	const job = await admin.ask("POST", "/api/v1/audit/verify");
	equal(job.status, 202, job.text);
	const { jobEnd } = await import("./lib.mjs");
	const end = await jobEnd(admin, job.json.job);
	equal([end.state, end.result.ok], ["done", true], JSON.stringify(end));
	ok(end.result.rows >= head.n, "all rows");
	equal(zveno("audit", "verify", "--db", db, "--anchor", head.anchor).code, 0);
	await signIn(base, ...Object.values((({ login, password }) => ({ login, password }))((await get(base, "/api/v1/session")).json.demo_logins[0])));
});
done();
