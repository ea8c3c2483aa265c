// Signing in as others would try it: guessing, forging, stealing, storming (bars S18 and S19 of docs/design/auth.md).
import { readdirSync, readFileSync } from "node:fs";
import { ask, cookieOf, demo, DEMO_PASSWORD, done, equal, get, ok, serve, signIn, test, tokenOf, totp, zveno } from "./lib.mjs";

const store = process.argv[2] ?? "sqlite";
const sanitized = process.env.ZVENO_SANITIZED === "1";
const db = demo(store);
// People of this test alone, so that guessing at one says nothing about another.
const PASSWORD = "сорок две вороны";
const people = ["wronged", "guessed", "storm", "totp", "changer", "leaver", "csrf", "timed0", "timed1", "timed2", "timed3", "timed4", "timed5", "timed6", "timed7"];
for (const login of people) {
	const made = zveno("user", "add", login, "--role", "operator:RU-RYA", "--no-password", "--db", db);
	if (made.code !== 0) throw new Error(made.err);
}
const hashed = (login, password) => {
	const run = zveno("user", "password", login, "--db", db, "--password-file", password);
	if (run.code !== 0) throw new Error(run.err);
};
const { mkdtempSync, rmSync, writeFileSync } = await import("node:fs");
const { tmpdir } = await import("node:os");
const { join } = await import("node:path");
const scratch = mkdtempSync(join(tmpdir(), "zveno-login-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
writeFileSync(join(scratch, "password"), `${PASSWORD}\n`, { mode: 0o600 });
for (const login of people) hashed(login, join(scratch, "password"));

const server = await serve(db, "--behind-proxy", "--host", "zveno.example");
const { base } = server;
// A browser somewhere: the proxy says where it is, and that it speaks https.
const at = (address, headers = {}) => ({ "x-forwarded-for": address, ...headers });
const post = (body, address, headers = {}) => ask(base, "POST", "/api/v1/session", { body, headers: at(address, headers) });
const status = () => Object.fromEntries([...readFileSync(`/proc/${server.child.pid}/status`, "utf8").matchAll(/^(Vm\w+):\s+(\d+) kB/gm)].map((m) => [m[1], Number(m[2])]));

// --- S18: cookies, CSRF, headers ------------------------------------------------------------------------------------------------------

await test("the cookie is shut against scripts, other sites and plain http, and new at each sign-in", async () => {
	const first = await post({ login: "csrf", password: PASSWORD }, "192.0.2.10");
	const second = await post({ login: "csrf", password: PASSWORD }, "192.0.2.10");
	equal(first.status, 201, first.text);
	for (const answer of [first, second]) ok(/^__Host-zv=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/.test(answer.headers.get("set-cookie")), answer.headers.get("set-cookie"));
	ok(cookieOf(first) !== cookieOf(second), "a new secret each time");
	equal(first.headers.get("cache-control"), "no-store");
	ok(!first.text.includes(cookieOf(first).slice(10)), "the secret is in the cookie alone");
	ok(!cookieOf(first).includes(first.json.csrf), "the other token is another");
});

await test("a secret that a stranger put in before is not taken over", async () => {
	const planted = `__Host-zv=${"A".repeat(43)}`;
	const answer = await post({ login: "csrf", password: PASSWORD }, "192.0.2.10", { cookie: planted });
	equal(answer.status, 201);
	ok(cookieOf(answer) !== planted, "a new one");
	equal((await get(base, "/api/v1/session", { cookie: planted })).json.signed_in, false);
});

await test("an unsafe request needs the token of its own session and must come from here", async () => {
	const me = await signIn(base, "csrf", PASSWORD);
	const other = await signIn(base, "csrf", PASSWORD);
	const change = (headers) => ask(base, "PATCH", "/api/v1/account", { body: { name: "Новое имя" }, headers: { cookie: me.cookie, "content-type": "application/merge-patch+json", ...headers } });
	const etag = (await me.get("/api/v1/account")).headers.get("etag");
	const good = { "if-match": etag, "x-csrf-token": me.csrf };
	for (const [what, headers] of [
		["none", { "if-match": etag }],
		["empty", { ...good, "x-csrf-token": "" }],
		["of another session", { ...good, "x-csrf-token": other.csrf }],
		["one letter off", { ...good, "x-csrf-token": (me.csrf[0] === "A" ? "B" : "A") + me.csrf.slice(1) }],
		["the cookie's secret", { ...good, "x-csrf-token": me.cookie.slice(10) }],
		["from another origin", { ...good, origin: "https://evil.example" }],
		["from a null origin", { ...good, origin: "null" }],
		["from another site", { ...good, "sec-fetch-site": "cross-site" }],
	])
		equal((await change(headers)).status, 403, what);
	equal((await change({ ...good, "content-type": "text/plain" })).status, 415, "a form's type");
	equal((await me.get("/api/v1/account")).headers.get("etag"), etag, "nothing has changed");
	equal((await change({ ...good, origin: base, "sec-fetch-site": "same-origin" })).status, 200, "the page's own");
});

await test("signing in takes no form of another site", async () => {
	const body = { login: "csrf", password: PASSWORD };
	equal((await post(body, "192.0.2.10", { origin: "https://evil.example" })).status, 403);
	equal((await post(body, "192.0.2.10", { "sec-fetch-site": "cross-site" })).status, 403);
	const form = await ask(base, "POST", "/api/v1/session", { body: "login=csrf&password=x", headers: { "content-type": "application/x-www-form-urlencoded" } });
	equal(form.status, 415);
});

// --- sessions end -----------------------------------------------------------------------------------------------------------------------

await test("signing out ends the session at once and takes the cookie away", async () => {
	const me = await signIn(base, "leaver", PASSWORD);
	const out = await me.ask("DELETE", "/api/v1/session");
	equal(out.status, 204, out.text);
	ok(/Max-Age=0/.test(out.headers.get("set-cookie")), "the cookie goes");
	equal((await me.get("/api/v1/session")).json.signed_in, false);
	equal((await me.get("/api/v1/account")).status, 401);
});

await test("a new password ends all other sessions and gives this one a new secret", async () => {
	const [first, second] = [await signIn(base, "changer", PASSWORD), await signIn(base, "changer", PASSWORD)];
	const wrong = await second.ask("POST", "/api/v1/account/password", { body: { old: "not this one at all", new: "correct horse battery" } });
	ok(wrong.status >= 400 && wrong.status < 500, `wrong old one: ${wrong.status}`);
	for (const bad of ["short", "1234567890", "my changer 12345"]) {
		const refused = await second.ask("POST", "/api/v1/account/password", { body: { old: PASSWORD, new: bad } });
		ok([400, 422].includes(refused.status), `${bad}: ${refused.status}`);
	}
	const changed = await second.ask("POST", "/api/v1/account/password", { body: { old: PASSWORD, new: "correct horse battery" } });
	ok(changed.status >= 200 && changed.status < 300, changed.text);
	ok(cookieOf(changed) !== second.cookie && /^__Host-zv=/.test(cookieOf(changed)), "a new secret");
	for (const old of [first, second]) equal((await old.get("/api/v1/session")).json.signed_in, false);
	equal((await get(base, "/api/v1/session", { cookie: cookieOf(changed) })).json.signed_in, true);
	equal((await post({ login: "changer", password: PASSWORD }, "192.0.2.77")).status, 401, "the old password");
	await signIn(base, "changer", "correct horse battery");
});

await test("an administrator ends sessions and disables accounts at once", async () => {
	const admin = await signIn(base, "admin", DEMO_PASSWORD);
	const me = await signIn(base, "leaver", PASSWORD);
	const program = await tokenOf(me, ["reference.read", "need.read"]);
	const uid = me.session.account.uid;
	equal((await program.get("/api/v1/needs")).status, 200);
	equal((await admin.ask("DELETE", `/api/v1/accounts/${uid}/sessions`)).status, 204);
	equal((await me.get("/api/v1/account")).status, 401);
	equal((await program.get("/api/v1/needs")).status, 200, "a program has no session");
	const again = await signIn(base, "leaver", PASSWORD);
	const off = await admin.patch(`/api/v1/accounts/${uid}`, { state: "disabled" }, { "content-type": "application/merge-patch+json" });
	equal(off.status, 200, off.text);
	equal((await again.get("/api/v1/account")).status, 401);
	equal((await program.get("/api/v1/needs")).status, 401);
	equal((await post({ login: "leaver", password: PASSWORD }, "192.0.2.78")).status, 401);
});

await test("other roles end the sessions that had the old ones", async () => {
	const admin = await signIn(base, "admin", DEMO_PASSWORD);
	const me = await signIn(base, "csrf", PASSWORD);
	const changed = await admin.patch(`/api/v1/accounts/${me.session.account.uid}`, { roles: [{ role: "operator", centre: "RU-OMS", org: null }] }, { "content-type": "application/merge-patch+json" });
	equal(changed.status, 200, changed.text);
	equal((await me.get("/api/v1/account")).status, 401);
	equal((await signIn(base, "csrf", PASSWORD)).session.account.roles[0].centre.code, "RU-OMS");
});

// --- the second factor ---------------------------------------------------------------------------------------------------------------------

await test("the second factor is asked for after the password, and a code counts once", async () => {
	const me = await signIn(base, "totp", PASSWORD);
	const begun = await me.ask("POST", "/api/v1/account/totp");
	ok(begun.status >= 200 && begun.status < 300, begun.text);
	ok(/^otpauth:\/\/totp\/Zveno:totp\?secret=[A-Z2-7]{32}&issuer=Zveno/.test(begun.json.uri), begun.json.uri);
	const { secret } = begun.json;
	await signIn(base, "totp", PASSWORD); // not in force yet
	equal([400, 422].includes((await me.ask("PUT", "/api/v1/account/totp", { body: { code: "000000" } })).status), true);
	// A step that is over in a moment would be another one when it arrives: the code before is good as well.
	const code = totp(secret, Date.now() / 1000 - 30);
	const on = await me.ask("PUT", "/api/v1/account/totp", { body: { code } });
	ok(on.status >= 200 && on.status < 300, on.text);
	const without = await post({ login: "totp", password: PASSWORD }, "192.0.2.20");
	equal([without.status, without.json.errors[0].code], [401, "totp.needed"]);
	const wrongBoth = await post({ login: "totp", password: "not this one at all" }, "192.0.2.20");
	equal([wrongBoth.status, wrongBoth.json.errors[0].code], [401, "login.wrong"]);
	equal((await post({ login: "totp", password: PASSWORD, code }, "192.0.2.20")).status, 401, "the code that confirmed it");
	const now = totp(secret);
	equal((await post({ login: "totp", password: PASSWORD, code: now }, "192.0.2.20")).status, 201);
	equal((await post({ login: "totp", password: PASSWORD, code: now }, "192.0.2.20")).status, 401, "the same code again");
	const off = await me.ask("DELETE", "/api/v1/account/totp", { body: { password: PASSWORD } });
	ok(off.status >= 200 && off.status < 300, off.text);
	await signIn(base, "totp", PASSWORD);
});

// --- S19: guessing --------------------------------------------------------------------------------------------------------------------------

await test("an unknown name, a wrong password and a wrong form of a name get the same answer", async () => {
	const bodies = [
		{ login: "timed0", password: "not this one at all" },
		{ login: "nobody-here", password: "not this one at all" },
		{ login: "нет такого!", password: "not this one at all" },
		{ login: "leaver", password: PASSWORD }, // disabled
	];
	const answers = [];
	for (const [i, body] of bodies.entries()) answers.push(await post(body, `192.0.2.${30 + i}`));
	const shape = (a) => [a.status, a.json, [...a.headers].filter(([name]) => name !== "date")];
	for (const answer of answers) equal(shape(answer), shape(answers[0]));
});

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

await test("known and unknown names take the same time", async () => {
	const times = { known: [], unknown: [] };
	const one = async (login, address) => {
		const began = process.hrtime.bigint();
		equal((await post({ login, password: "not this one at all" }, address)).status, 401, login);
		return Number(process.hrtime.bigint() - began) / 1e6;
	};
	await one("timed7", "192.0.2.50");
	// Pairs, one right after the other and each first in turn: whatever else the machine does meets both.
	const apart = [];
	for (let round = 0; round < 6; round++)
		for (let i = 0; i < 8; i++) {
			const both = [["known", `timed${i}`], ["unknown", `nobody${i}`]];
			for (const [kind, login] of i % 2 ? both : both.reverse()) times[kind].push(await one(login, `198.18.${round}.${i + (kind === "known" ? 0 : 100)}`));
			apart.push(times.known.at(-1) - times.unknown.at(-1));
		}
	const [known, unknown, between] = [median(times.known), median(times.unknown), median(apart)];
	console.log(`# medians: known ${known.toFixed(2)} ms, unknown ${unknown.toFixed(2)} ms, of the differences ${between.toFixed(2)} ms`);
	ok(Math.abs(between) <= Math.max(2, 0.25 * known), `known ${known} ms, unknown ${unknown} ms, apart ${between} ms`);
});

await test("guessing meets the limit within 20 guesses, and only the guesser waits", async () => {
	let first = 0;
	for (let i = 1; i <= 20; i++) {
		const answer = await post({ login: "guessed", password: `guess number ${i}` }, "203.0.113.5");
		if (answer.status !== 429) {
			equal(answer.status, 401);
			continue;
		}
		first ||= i;
		ok(Number(answer.headers.get("retry-after")) >= 1, "when to come again");
	}
	console.log(`# the limit came at guess ${first}`);
	ok(first > 0 && first <= 20, "a limit");
	equal((await post({ login: "guessed", password: PASSWORD }, "203.0.113.5")).status, 429, "not even the right one");
	equal((await post({ login: "guessed", password: PASSWORD }, "198.51.100.200")).status, 201, "the right user elsewhere");
	equal((await post({ login: "timed1", password: PASSWORD }, "203.0.113.5")).status, 201, "another user at the same address");
});

await test("one address that tries many names meets a limit too", async () => {
	let refused = 0;
	for (let i = 0; i < 40; i++) refused += (await post({ login: `many${i}`, password: "not this one at all" }, "203.0.113.66")).status === 429;
	ok(refused > 0, "429 sooner or later");
});

await test("a storm of sign-ins is bounded in memory and threads, and others still get in", async () => {
	const before = status();
	let going = true;
	const seen = {};
	const storm = async (k) => {
		for (let i = 0; going; i++) {
			const answer = await post({ login: `storm${k}-${i}`, password: "not this one at all" }, `10.${k}.${i >> 8}.${i & 255}`);
			seen[answer.status] = (seen[answer.status] ?? 0) + 1;
		}
	};
	const stormers = Array.from({ length: 100 }, (_, k) => storm(k));
	const began = Date.now();
	const waits = [];
	let in_ = 0;
	while (in_ < 3 && Date.now() - began < 90000) {
		const from = Date.now();
		for (;;) {
			const answer = await post({ login: "storm", password: PASSWORD }, `198.51.100.${210 + in_}`);
			if (answer.status === 201) break;
			ok([429, 503].includes(answer.status), `status ${answer.status}`);
			ok(Number(answer.headers.get("retry-after")) >= 1, "when to come again");
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		waits.push(Date.now() - from);
		in_++;
	}
	const threads = readdirSync(`/proc/${server.child.pid}/task`).map((id) => readFileSync(`/proc/${server.child.pid}/task/${id}/comm`, "utf8").trim());
	const reads = [];
	for (let i = 0; i < 5; i++) {
		const from = Date.now();
		equal((await get(base, "/api/v1/session")).status, 200);
		reads.push(Date.now() - from);
	}
	ok(Math.min(...reads) < 1000, `reading goes on: ${reads} ms`); // the machine may be busy for a moment
	going = false;
	await Promise.all(stormers);
	const after = status();
	console.log(`# answers ${JSON.stringify(seen)}; the right user waited ${waits.join(", ")} ms; peak ${(after.VmHWM / 1024).toFixed(0)} MB, before ${(before.VmRSS / 1024).toFixed(0)} MB`);
	equal(in_, 3, "the right user got in");
	equal(threads.filter((name) => name === "zv-hash").length, 2, "threads that hash");
	equal(Object.keys(seen).filter((code) => !["401", "429", "503"].includes(code)), []);
	if (!sanitized) ok(after.VmHWM - before.VmRSS < 96 * 1024, `the peak is ${(after.VmHWM - before.VmRSS) >> 10} MB above`);
});

server.child.kill("SIGTERM");
const end = await server.ended;

await test("no password, secret or code is in the log, and the server ended well", async () => {
	equal([end.code, end.signal], [0, null]);
	for (const secret of [PASSWORD, "not this one at all", "correct horse battery", "guess number"]) ok(!end.errors.includes(secret), `the log has “${secret}”`);
});

await test("the trail tells of sign-ins and changes without secrets", async () => {
	const run = zveno("audit", "list", "--db", db, "--limit", "500", "--json");
	equal(run.code, 0, run.err);
	for (const action of ["session.open", "session.end", "account.password", "account.totp.on", "account.totp.off", "account.disable", "account.roles", "account.sessions.end", "account.token.add"])
		ok(run.out.includes(`"${action}"`), action);
	ok(!run.out.includes(PASSWORD) && !/zv_[\w-]{43}/.test(run.out), "no secrets");
});

done();
