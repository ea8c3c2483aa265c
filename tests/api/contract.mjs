// Every operation of docs/api/openapi.json is called, right, wrong, by whom it is not for, and too large, and every answer is judged by it.
import { ask, cookieOf, demo, demoPeople, done, equal, get, jobEnd, ok, serve, signIn, test, tokenOf, totp, DEMO_PASSWORD } from "./lib.mjs";
import { called, contract, operationOf } from "./judge.mjs";

const db = demo(process.argv[2]);
const { base } = await serve(db);
const people = await demoPeople(base);
const { admin, analyst, operator, buyer } = people;
const nobody = { ask: (method, path, more) => ask(base, method, path, more) };

// Calls an operation as somebody; lib.mjs judges the answer by what the contract says of its status.
async function act(method, path, address, { who = analyst, status = 200, lang = "en", headers = {}, body, code } = {}) {
	const answer = await who.ask(method, address, { headers: { "accept-language": lang, ...headers }, body });
	const what = `${method} ${address}`;
	equal(answer.status, status, `${what} status (${answer.text.slice(0, 400)})`);
	ok(operationOf(method, address) === contract.paths[path]?.[method.toLowerCase()], `${what} is not ${path}`);
	if (code) equal(answer.json.errors[0].code, code, what);
	return method === "GET" || status >= 400 ? answer.json : answer;
}

const call = (path, address, options) => act("GET", path, address, options);

const V = "/api/v1";

const needs = await call("/api/v1/{register}", "/api/v1/needs");
const need = (key) => needs.items.find((n) => n.key === key).uid;
const lots = await call("/api/v1/lots", "/api/v1/lots");

await test("the contract is served as it stands in the project", async () => {
	equal(await (await fetch(`${base}/api/v1/openapi.json`)).json(), contract);
});
await test("the server says that it is well", async () => {
	await call("/healthz", "/healthz");
});
await test("the summary tells that nothing is served alone and all five needs together", async () => {
	const s = await call("/api/v1/summary", "/api/v1/summary");
	equal([s.as_of, s.demo, s.run.needs, s.run.alone.needs, s.run.pooled.needs, s.run.pooled.amount, s.run.pooled.text], ["2026-03-02", true, 5, 0, 5, "1000000.00", "200 kg"]);
	equal(s.registers.find((r) => r.name === "need").count, 5);
});
await test("the registers are described in both languages", async () => {
	const { registers } = await call("/api/v1/registers", "/api/v1/registers");
	for (const r of registers) {
		ok(r.label.en && r.label.ru, r.name);
		for (const name of r.main) ok(r.columns.some((c) => c.name === name), `${r.name}: ${name} is described`);
	}
});
await test("every register can be read page by page, each row once", async () => {
	const { registers } = (await analyst.get("/api/v1/registers")).json;
	for (const r of registers) {
		const seen = [];
		let next = "";
		do {
			const page = await call("/api/v1/{register}", `/api/v1/${r.plural}?limit=2${next ? `&cursor=${next}` : ""}`);
			ok(page.items.length <= 2, "limit");
			seen.push(...page.items.map((i) => i.uid));
			next = page.next;
		} while (next);
		equal([seen.length, new Set(seen).size], [r.count, r.count], r.name);
	}
});
await test("every row of every register can be opened", async () => {
	const { registers } = (await analyst.get("/api/v1/registers")).json;
	for (const r of registers) {
		const page = (await analyst.get(`/api/v1/${r.name}?limit=5`)).json;
		for (const row of page.items) {
			const record = await call("/api/v1/{register}/{uid}", `/api/v1/${r.name}/${row.uid}`);
			equal([record.uid, record.key], [row.uid, row.key]);
			ok(record.values.every((v) => v.source !== ""), "every value has a source");
		}
	}
});
await test("the next page is also a Link", async () => {
	const answer = await analyst.get("/api/v1/needs?limit=2&state=declared");
	const link = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "");
	if (answer.json.next) {
		const page = await call("/api/v1/{register}", link[1]);
		ok(page.items[0].uid !== answer.json.items[0].uid, "another page");
	}
});
await test("conditions on enumerated columns hold, others are refused by name", async () => {
	const all = await call("/api/v1/{register}", "/api/v1/needs");
	const states = [...new Set(all.items.map((n) => n.cells.state.value))];
	for (const state of states) {
		const some = await call("/api/v1/{register}", `/api/v1/needs?state=${state}`);
		equal(some.items.map((n) => n.uid), all.items.filter((n) => n.cells.state.value === state).map((n) => n.uid));
		equal(some.total, null);
	}
	await call("/api/v1/{register}", "/api/v1/needs?state=nonsense", { status: 422 });
	await call("/api/v1/{register}", "/api/v1/needs?ceiling_kop=5", { status: 422 });
	await call("/api/v1/{register}", "/api/v1/needs?sort=ceiling_kop", { status: 422 });
});
await test("limits and cursors out of range are refused", async () => {
	for (const bad of ["limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "cursor=", "cursor=c", "cursor=5", "cursor=cxyz", "cursor=c11111111111111111"])
		await call("/api/v1/{register}", `/api/v1/needs?${bad}`, { status: 422 });
	equal((await analyst.get("/api/v1/needs?limit=1&limit=2")).status, 400, "a parameter twice");
});
await test("the demo lot is 200 kg for 5 buyers of 5 regions at 5,000.00 a kg with 30 kg of tolerance", async () => {
	equal(lots.items.length, 1);
	const lot = await call("/api/v1/lots/{uid}", `/api/v1/lots/${lots.items[0].uid}`);
	equal([lot.qty.text, lot.buyers, lot.regions, lot.price.text, lot.extra.text, lot.amount, lot.changed], ["200 kg", 5, 5, "5,000.00 ₽/kg", "30 kg", "1000000.00", false]);
	equal(lot.members.map((m) => m.total.base / 1e6), [50, 30, 15, 70, 35]);
	equal(lot.members.reduce((sum, m) => sum + m.total.base, 0), lot.qty.base, "the sum over the links is the lot");
	equal(lot.curve.filter((p) => [200, 300, 600].includes(p.qty.base / 1e6)).map((p) => p.price.text), ["5,000.00 ₽/kg", "4,000.00 ₽/kg", "3,000.00 ₽/kg"]);
});
await test("a need tells its lot", async () => {
	const why = await call("/api/v1/needs/{uid}/why", `/api/v1/needs/${need("N1")}/why`);
	equal([why.computed, why.lot.uid, why.lot.firm.text, why.lot.extra.text, why.lot.amount], [true, lots.items[0].uid, "40 kg", "10 kg", "250000.00"]);
});
await test("the matches of N1 say who passes and, with both values, who does not", async () => {
	const m = await call("/api/v1/needs/{uid}/matches", `/api/v1/needs/${need("N1")}/matches`);
	const of = (name) => m.makers.find((k) => k.org.name.includes(name));
	equal([of("Байкал").verdict, of("Омск").verdict, of("Институт").verdict], ["pass", "fail", "fail"]);
	ok(of("Омск").lines.some((l) => l.verdict === "fail" && /240/.test(l.text) && /2026-10-28|28\.10\.2026/.test(l.text) && /28 days/.test(l.text)), JSON.stringify(of("Омск").lines));
	ok(of("Институт").lines.some((l) => l.verdict === "fail" && /98/.test(l.text) && /99/.test(l.text)), JSON.stringify(of("Институт").lines));
	ok(of("Институт").gaps.length > 0, "a gap list");
});
await test("what did not come about can be asked for", async () => {
	await call("/api/v1/near-lots", "/api/v1/near-lots");
});
await test("an item is found by the start of its name, in Latin letters and by its CAS number", async () => {
	for (const q of ["ацетил", "acetylac", "123-54-6"]) {
		const hits = await call("/api/v1/suggest", `/api/v1/suggest?q=${encodeURIComponent(q)}`);
		ok(hits.items.some((h) => h.register === "item" && h.name === "ацетилацетон" && /123-54-6/.test(h.detail) && /20\.14\.62/.test(h.detail)), `${q}: ${JSON.stringify(hits.items)}`);
	}
	const found = await call("/api/v1/search", `/api/v1/search?q=${encodeURIComponent("Ока-Полимер")}`);
	ok(found.items.some((h) => h.register === "org"), JSON.stringify(found.items));
	await call("/api/v1/search", "/api/v1/search", { status: 422 });
	await call("/api/v1/search", `/api/v1/search?q=${"a".repeat(201)}`, { status: 422 }).catch(async () => equal((await analyst.get(`/api/v1/search?q=${"a".repeat(201)}`)).status, 413));
});
await test("what is not there is 404 with a problem", async () => {
	await call("/api/v1/{register}", "/api/v1/nothing", { status: 404 });
	await call("/api/v1/{register}/{uid}", "/api/v1/needs/need_00000000000000000000000000", { status: 404 });
	await call("/api/v1/lots/{uid}", "/api/v1/lots/lot_x", { status: 404 });
	await call("/api/v1/needs/{uid}/why", "/api/v1/needs/x/why", { status: 404 });
	await call("/api/v1/needs/{uid}/matches", "/api/v1/needs/x/matches", { status: 404 });
	for (const path of ["/api", "/api/", "/api/v1", "/api/v2/needs", "/api/v1/needs/a/b/c"]) equal((await analyst.get(path)).status, 404, path);
});
await test("texts follow the language asked for", async () => {
	const ru = await call("/api/v1/lots", "/api/v1/lots", { lang: "ru" });
	equal([ru.items[0].qty.text, lots.items[0].qty.text], ["200 кг", "200 kg"]);
	equal((await analyst.get("/api/v1/lots")).headers.get("vary"), "Accept-Language");
});
await test("an answer that has not changed is not sent again", async () => {
	for (const path of ["/api/v1/needs", "/api/v1/summary", "/"]) {
		const first = await analyst.get(path);
		const again = await analyst.get(path, { "if-none-match": first.headers.get("etag") });
		equal([again.status, again.text], [304, ""], path);
	}
});
await test("reading changes nothing: the whole API read twice gives the same bytes", async () => {
	const crawl = async () => {
		const out = [];
		for (const path of ["/api/v1/summary", "/api/v1/registers", "/api/v1/lots", "/api/v1/near-lots", "/api/v1/needs", "/api/v1/orgs", "/api/v1/items", "/api/v1/offers", `/api/v1/needs/${need("N2")}/why`, `/api/v1/lots/${lots.items[0].uid}`]) out.push((await analyst.get(path)).text);
		return out;
	};
	equal(await crawl(), await crawl());
});

// --- who one is ---------------------------------------------------------------------------------------------------------------------------

await test("the session says who one is and what one may do", async () => {
	const open = await call(`${V}/session`, `${V}/session`, { who: nobody });
	equal([open.signed_in, open.account, open.csrf, open.demo_logins.length], [false, null, null, 7]);
	const mine = await call(`${V}/session`, `${V}/session`, { who: buyer });
	equal([mine.signed_in, mine.account.roles[0].role, mine.csrf], [true, "buyer", buyer.csrf]);
	ok(mine.may.includes("need.write") && !mine.may.includes("account.write"), mine.may.join());
	await call(`${V}/session`, `${V}/session?x=1`, { status: 422 });
});
await test("a wrong password, an unknown name and a disabled account get the same answer", async () => {
	const bodies = [{ login: "buyer-e1", password: "wrong" }, { login: "nobody-at-all", password: "wrong" }];
	const answers = [];
	for (const body of bodies) answers.push(await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body, status: 401, code: "login.wrong" }));
	equal(answers[0], answers[1]);
	for (const body of [{}, { login: "a" }, { login: "a", password: 5, more: 1 }, { login: ["a"], password: "b" }]) await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body, status: 422 });
	await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: { login: "x".repeat(201), password: "b" }, status: 422 });
});
await test("one signs in and out", async () => {
	const answer = await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: { login: "buyer-e2", password: DEMO_PASSWORD }, status: 201 });
	const headers = { cookie: cookieOf(answer), "x-csrf-token": answer.json.csrf };
	await act("DELETE", `${V}/session`, `${V}/session`, { who: nobody, headers, status: 204 });
	await call(`${V}/account`, `${V}/account`, { who: nobody, headers, status: 401 });
});
await test("the ways to a provider that is not set up say so", async () => {
	await call(`${V}/oidc/start`, `${V}/oidc/start?provider=x`, { who: nobody, status: 404 });
	await call(`${V}/oidc/callback`, `${V}/oidc/callback?state=x&code=y`, { who: nobody, status: 404 });
});

// --- the own account ----------------------------------------------------------------------------------------------------------------------

await test("the own account is seen and changed", async () => {
	const mine = await call(`${V}/account`, `${V}/account`, { who: buyer });
	equal(mine.login, "buyer-e1");
	const etag = (await buyer.get(`${V}/account`)).headers.get("etag");
	const answer = await act("PATCH", `${V}/account`, `${V}/account`, { who: buyer, headers: { "if-match": etag }, body: { email: "a@example.org" } });
	equal(answer.json.email, "a@example.org");
	await act("PATCH", `${V}/account`, `${V}/account`, { who: buyer, body: { email: "a@example.org" }, status: 428 });
	await act("PATCH", `${V}/account`, `${V}/account`, { who: buyer, headers: { "if-match": etag }, body: {}, status: 412 });
	await act("PATCH", `${V}/account`, `${V}/account`, { who: buyer, headers: { "if-match": "*" }, body: { login: "x" }, status: 422 });
	await call(`${V}/account`, `${V}/account`, { who: nobody, status: 401 });
});
await test("a password is changed with the old one, and other sessions end", async () => {
	const other = await signIn(base, "maker-m2", DEMO_PASSWORD);
	const here = await signIn(base, "maker-m2", DEMO_PASSWORD);
	await act("POST", `${V}/account/password`, `${V}/account/password`, { who: here, body: { old: "wrong", new: "a better one 7" }, status: 422 });
	await act("POST", `${V}/account/password`, `${V}/account/password`, { who: here, body: { old: DEMO_PASSWORD, new: "short" }, status: 422 });
	const answer = await act("POST", `${V}/account/password`, `${V}/account/password`, { who: here, body: { old: DEMO_PASSWORD, new: "a better one 7" } });
	equal((await get(base, `${V}/account`, { cookie: cookieOf(answer) })).status, 200, "the new session");
	equal([(await other.get(`${V}/account`)).status, (await here.get(`${V}/account`)).status], [401, 401], "the old ones");
});
await test("a second factor is set up, asked for, and taken away with the password", async () => {
	const who = await signIn(base, "buyer-e4", DEMO_PASSWORD);
	const { secret, uri } = (await act("POST", `${V}/account/totp`, `${V}/account/totp`, { who })).json;
	ok(uri.startsWith("otpauth://totp/") && uri.includes(secret), uri);
	await act("PUT", `${V}/account/totp`, `${V}/account/totp`, { who, body: { code: "000000" === totp(secret) ? "111111" : "000000" }, status: 422 });
	await act("PUT", `${V}/account/totp`, `${V}/account/totp`, { who, body: { code: totp(secret) }, status: 204 });
	const login = { login: "buyer-e4", password: DEMO_PASSWORD };
	await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: login, status: 401, code: "totp.needed" });
	await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: { ...login, password: "wrong" }, status: 401, code: "login.wrong" });
	await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: { ...login, code: totp(secret) }, status: 401 }); // used to confirm
	await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: { ...login, code: totp(secret, Date.now() / 1000 + 30) }, status: 201 });
	await act("DELETE", `${V}/account/totp`, `${V}/account/totp`, { who, body: { password: "wrong" }, status: 422 });
	await act("DELETE", `${V}/account/totp`, `${V}/account/totp`, { who, body: { password: DEMO_PASSWORD }, status: 204 });
	await signIn(base, "buyer-e4", DEMO_PASSWORD);
});
await test("sessions are listed and ended", async () => {
	const [a, b] = [await signIn(base, "buyer-e5", DEMO_PASSWORD), await signIn(base, "buyer-e5", DEMO_PASSWORD)];
	const { items } = await call(`${V}/account/sessions`, `${V}/account/sessions`, { who: a });
	equal([items.length, items.filter((s) => s.current).length], [2, 1]);
	const { uid } = items.find((s) => !s.current);
	await act("DELETE", `${V}/account/sessions/{uid}`, `${V}/account/sessions/${uid}`, { who: buyer, status: 404 });
	await act("DELETE", `${V}/account/sessions/{uid}`, `${V}/account/sessions/${uid}`, { who: a, status: 204 });
	equal((await b.get(`${V}/account`)).status, 401);
});
await test("a token does what its scopes say, until it is revoked", async () => {
	const body = { name: "accounting", scopes: ["need.read"], ends_on: new Date(Date.now() + 864e5).toISOString().slice(0, 10) };
	const made = await act("POST", `${V}/account/tokens`, `${V}/account/tokens`, { who: buyer, body, status: 201 });
	await act("POST", `${V}/account/tokens`, `${V}/account/tokens`, { who: buyer, body: { ...body, name: "b", scopes: ["account.write"] }, status: 403 });
	await act("POST", `${V}/account/tokens`, `${V}/account/tokens`, { who: buyer, body: { ...body, name: "c", scopes: [1] }, status: 422 });
	await act("POST", `${V}/account/tokens`, `${V}/account/tokens`, { who: buyer, body: { ...body, name: "d", ends_on: "2000-01-01" }, status: 422 });
	const { items } = await call(`${V}/account/tokens`, `${V}/account/tokens`, { who: buyer });
	equal([items.length, "token" in items[0]], [1, false]);
	const headers = { authorization: `Bearer ${made.json.token}` };
	await call(`${V}/account`, `${V}/account`, { who: nobody, headers, status: 403 });
	await call(`${V}/needs/{uid}/why`, `${V}/needs/${need("N1")}/why`, { who: nobody, headers });
	await act("DELETE", `${V}/account/tokens/{uid}`, `${V}/account/tokens/${made.json.uid}`, { who: operator, status: 404 });
	await act("DELETE", `${V}/account/tokens/{uid}`, `${V}/account/tokens/${made.json.uid}`, { who: buyer, status: 204 });
	await call(`${V}/needs/{uid}/why`, `${V}/needs/${need("N1")}/why`, { who: nobody, headers, status: 401, code: "token.wrong" });
});

// --- others' accounts -----------------------------------------------------------------------------------------------------------------------

await test("an administrator adds, changes and disables accounts; a buyer does not", async () => {
	const body = { login: "new.one", name: "Новый", password: "long enough 55", roles: [{ role: "analyst" }] };
	await act("POST", `${V}/accounts`, `${V}/accounts`, { who: buyer, body, status: 403 });
	await act("POST", `${V}/accounts`, `${V}/accounts`, { who: nobody, body, status: 401 });
	const made = (await act("POST", `${V}/accounts`, `${V}/accounts`, { who: admin, body, status: 201 })).json;
	await act("POST", `${V}/accounts`, `${V}/accounts`, { who: admin, body, status: 409 });
	for (const bad of [{ roles: [] }, { roles: [{}] }, { roles: [{ role: "king" }] }, { roles: "buyer" }, { login: "A B" }, { name: "" }, { password: "short" }])
		await act("POST", `${V}/accounts`, `${V}/accounts`, { who: admin, body: { ...body, login: "other", ...bad }, status: 422 });
	const at = `${V}/accounts/${made.uid}`;
	const seen = await signIn(base, "new.one", "long enough 55");
	await call(`${V}/accounts/{uid}`, at, { who: buyer, status: 403 });
	await call(`${V}/accounts/{uid}`, `${V}/accounts/acc_x`, { who: admin, status: 404 });
	const { items } = await call(`${V}/accounts`, `${V}/accounts?limit=200`, { who: admin });
	ok(items.some((a) => a.uid === made.uid), "in the list");
	const pages = [];
	for (let next = ""; next !== null; ) {
		const page = await call(`${V}/accounts`, `${V}/accounts?limit=3${next ? `&cursor=${encodeURIComponent(next)}` : ""}`, { who: admin });
		pages.push(...page.items.map((a) => a.login));
		next = page.next;
	}
	equal(pages, items.map((a) => a.login), "page by page");
	const etag = (await admin.get(at)).headers.get("etag");
	await call(`${V}/accounts/{uid}`, at, { who: admin });
	const changed = await act("PATCH", `${V}/accounts/{uid}`, at, { who: admin, headers: { "if-match": etag }, body: { name: "Новая", roles: [{ role: "investor", centre: null }] } });
	equal([changed.json.name, changed.json.roles[0].role], ["Новая", "investor"]);
	equal((await seen.get(`${V}/account`)).status, 401, "a change of roles ends the session");
	await act("PATCH", `${V}/accounts/{uid}`, at, { who: admin, headers: { "if-match": etag }, body: { name: "x" }, status: 412 });
	await act("POST", `${V}/accounts/{uid}/password`, `${at}/password`, { who: admin, body: { password: "another long 77" }, status: 204 });
	await act("POST", `${V}/accounts/{uid}/password`, `${at}/password`, { who: admin, body: { password: "1" }, status: 422 });
	const again = await signIn(base, "new.one", "another long 77");
	await act("DELETE", `${V}/accounts/{uid}/sessions`, `${at}/sessions`, { who: admin, status: 204 });
	equal((await again.get(`${V}/account`)).status, 401);
	await act("DELETE", `${V}/accounts/{uid}/totp`, `${at}/totp`, { who: admin, status: 204 });
	await act("DELETE", `${V}/accounts/{uid}/totp`, `${at}/totp`, { who: buyer, status: 403 });
	await act("PATCH", `${V}/accounts/{uid}`, at, { who: admin, headers: { "if-match": "*" }, body: { state: "disabled" } });
	await act("PATCH", `${V}/accounts/{uid}`, at, { who: admin, headers: { "if-match": "*" }, body: { state: "asleep" }, status: 422 });
	await act("POST", `${V}/session`, `${V}/session`, { who: nobody, body: { login: "new.one", password: "another long 77" }, status: 401, code: "login.wrong" });
});
await test("an operator sees the accounts of the own centre alone", async () => {
	const mine = (await call(`${V}/accounts`, `${V}/accounts?limit=200`, { who: operator })).items;
	const all = (await call(`${V}/accounts`, `${V}/accounts?limit=200`, { who: admin })).items;
	ok(mine.length > 0 && mine.length < all.length, `${mine.length} of ${all.length}`);
	const foreign = all.find((a) => a.login === "buyer-e2");
	await call(`${V}/accounts/{uid}`, `${V}/accounts/${foreign.uid}`, { who: operator, status: 404 });
});

// --- the trail, jobs ---------------------------------------------------------------------------------------------------------------------------

await test("the trail tells what was done, to each what concerns him", async () => {
	const all = await call(`${V}/audit`, `${V}/audit?limit=200`, { who: admin });
	ok(all.items.length > 5 && all.items.every((r, i) => i === 0 || r.n < all.items[i - 1].n), "newest first");
	const page = await call(`${V}/audit`, `${V}/audit?limit=2`, { who: admin });
	const next = await call(`${V}/audit`, `${V}/audit?limit=2&cursor=${page.next}`, { who: admin });
	equal([...page.items, ...next.items].map((r) => r.n), all.items.slice(0, 4).map((r) => r.n));
	equal((await call(`${V}/audit`, `${V}/audit?before=${all.items[1].n}&limit=1`, { who: admin })).items[0].n, all.items[2].n);
	const subject = all.items.find((r) => r.subject !== "").subject;
	ok((await call(`${V}/audit`, `${V}/audit?subject=${subject}`, { who: admin })).items.every((r) => r.subject === subject), "of one thing");
	for (const bad of ["limit=0", "before=x", "before=0", "cursor=q", "what=1"]) await call(`${V}/audit`, `${V}/audit?${bad}`, { who: admin, status: 422 });
	const mine = await call(`${V}/audit`, `${V}/audit?limit=200`, { who: buyer });
	ok(mine.items.length < all.items.length, "not all");
	await call(`${V}/audit`, `${V}/audit`, { who: analyst, status: 403 });
	await call(`${V}/audit`, `${V}/audit`, { who: nobody, status: 401 });
});
await test("the trail is verified as a job that can be followed", async () => {
	const head = await call(`${V}/audit/head`, `${V}/audit/head`, { who: admin });
	equal(head.anchor, `${head.n}:${head.hash}`);
	await call(`${V}/audit/head`, `${V}/audit/head`, { who: buyer, status: 403 });
	await act("POST", `${V}/audit/verify`, `${V}/audit/verify`, { who: buyer, status: 403 });
	const { job } = (await act("POST", `${V}/audit/verify`, `${V}/audit/verify`, { who: admin, status: 202 })).json;
	await call(`${V}/jobs/{uid}/events`, `${V}/jobs/${job}/events`, { who: admin });
	const end = await jobEnd(admin, job);
	equal([end.state, end.result.ok], ["done", true]);
	await call(`${V}/jobs/{uid}`, `${V}/jobs/${job}`, { who: admin });
	await call(`${V}/jobs/{uid}`, `${V}/jobs/${job}`, { who: buyer, status: 404 });
	await call(`${V}/jobs/{uid}/events`, `${V}/jobs/${job}/events`, { who: buyer, status: 404 });
	await act("DELETE", `${V}/jobs/{uid}`, `${V}/jobs/${job}`, { who: buyer, status: 404 });
	equal((await act("DELETE", `${V}/jobs/{uid}`, `${V}/jobs/${job}`, { who: admin, status: 202 })).json.state, "done");
	ok((await call(`${V}/jobs`, `${V}/jobs`, { who: admin })).items.some((j) => j.uid === job), "in the list");
	equal((await call(`${V}/jobs`, `${V}/jobs`, { who: buyer })).items.filter((j) => j.uid === job), []);
});

// --- what holds for all ------------------------------------------------------------------------------------------------------------------------

await test("whoever has not signed in gets 401 from every operation that is not public, and nothing else", async () => {
	for (const [path, methods] of Object.entries(contract.paths))
		for (const [method, operation] of Object.entries(methods)) {
			if (["public.read", "session"].includes(operation["x-action"])) continue;
			const answer = await ask(base, method.toUpperCase(), path.replace(/\{\w+\}/g, "x"), method === "get" ? {} : { body: {} });
			equal(answer.status, 401, `${method} ${path}: ${answer.text}`);
		}
});
await test("a body that is too large is refused by every operation that takes one", async () => {
	const large = JSON.stringify({ x: "y".repeat(1 << 20) });
	for (const [path, methods] of Object.entries(contract.paths))
		for (const [method, operation] of Object.entries(methods)) {
			if (!operation.requestBody?.content?.["application/json"]) continue;
			const answer = await admin.ask(method.toUpperCase(), path.replace(/\{\w+\}/g, "x"), { headers: { "content-type": "application/json" }, body: large }).catch(() => undefined);
			ok(answer === undefined || answer.status === 413, `${method} ${path}: ${answer?.status}`);
		}
});
// --- registers by hand, and what is public ----------------------------------------------------------------------------------------------------

await test("rows of each register are added, changed under their version, and needs taken away", async () => {
	const { maker } = people;
	const orgs = (await analyst.get(`${V}/orgs`)).json.items;
	const e3 = orgs.find((o) => o.cells.inn.value === "3899000019").uid;
	const put = async (who, plural, body, change) => {
		const made = await act("POST", `${V}/${plural}`, `${V}/${plural}`, { who, body, status: 201 });
		const at = made.headers.get("location");
		await act("PATCH", `${V}/${plural}/{uid}`, at, { who, body: change, status: 428 });
		await act("PATCH", `${V}/${plural}/{uid}`, at, { who, body: change, headers: { "if-match": '"old"' }, status: 412 });
		const etag = (await who.get(at)).headers.get("etag");
		const changed = await act("PATCH", `${V}/${plural}/{uid}`, at, { who, body: change, headers: { "if-match": etag } });
		ok(changed.headers.get("etag") !== etag, `${plural}: another version`);
		await act("POST", `${V}/${plural}`, `${V}/${plural}`, { who, body: { nonsense: 1 }, status: 422 });
		return at;
	};
	await put(operator, "orgs", { key: "C-1", name: "ООО «Проба договора»", inn: "6299000044", region: "RU-RYA" }, { name: "ООО «Проба»" });
	await put(maker, "sites", { name: "Вторая площадка", region: "RU-IRK" }, { name: "Третья площадка" });
	await put(maker, "offers", { item: "ацетилацетон", cas: "123-54-6", price: "5000 ₽/кг", min: "100 кг", max: "600 кг", lead_days: "30" }, { lead_days: "40" });
	await put(maker, "capacities", { item: "ацетилацетон", cas: "123-54-6", quarter: "2027-Q4", nominal: "100 кг", free: "100 кг" }, { nominal: "120 кг" });
	const { cluster } = people;
	const [inside, outside] = ["5599000011", "1299000013"];
	const uid = (at) => at.split("/").pop();
	const planned = uid(await put(cluster, "clusters", { name: "Кластер договора" }, { products: "краски" }));
	await put(cluster, "cluster_events", { cluster: planned, happened_on: "2026-02-01", title: "Задуман" }, { title: "Учреждён" });
	await put(cluster, "cluster_members", { cluster: planned, org_inn: inside, role: "supplier" }, { role: "final producer" });
	const contractRow = uid(await put(cluster, "contracts", { seller_inn: outside, buyer_inn: inside, cluster: planned, number: "К-1", sum: "1 000 000" }, { kind: "supply" }));
	await put(cluster, "deliveries", { contract: contractRow, year: "2025", sum: "400 000" }, { sum: "500 000" });
	await put(maker, "org_years", { year: "2023", shipped: "480 млн руб." }, { staff: "230" });
	const project = uid(await put(cluster, "projects", { name: "Проект договора", cluster: planned, kind: "joint", budget: "2 000 000" }, { state: "active" }));
	await put(cluster, "project_members", { project, org_inn: inside, role: "buyer" }, { role: "developer" });
	await put(cluster, "project_costs", { project, category: "start_batch", qty: "30 кг", price: "5000 ₽/кг" }, { qty: "40 кг" });
	const place = uid(await put(cluster, "infra", { name: "Стенд договора", kind: "technopark", region: "RU-OMS" }, { power_kw: "300" }));
	await put(cluster, "residents", { infra: place, cluster: planned, since_on: "2026-02-01" }, { until_on: "2027-02-01" });
	await put(cluster, "statements", { cluster: planned, name: "cluster.charter", value: "yes" }, { document: "№ 5" });
	await put(maker, "products", { item: "ацетилацетон", cas: "123-54-6", process: "синтез", out: "1 кг", day_value: "400 000" }, { day_out: "20 кг" });
	await put(maker, "recipe_lines", { process: "синтез", item: "ацетон", qty: "700 г", stock_days: "20" }, { kind: "important" });
	await put(maker, "line_sources", { process: "синтез", item: "ацетон", country: "Китай", via: "ст. Забайкальск" }, { days: "45" });
	await put(maker, "received", { measure: "CL_START_BATCH", sum: "75 000", received_on: "2025-12-01" }, { document: "№ 6" });
	const at = await put(buyer, "needs", { item: "ацетилацетон", cas: "123-54-6", qty: "12 кг", due: "2026-12-31" }, { qty: "13 кг" });
	await act("POST", `${V}/needs/check`, `${V}/needs/check`, { who: buyer, body: { item: "ацетилацетон", qty: "12 кг" } });
	await act("POST", `${V}/needs/{uid}/join`, `${at}/join`, { who: buyer, body: { qty: "1 кг" } });
	await act("DELETE", `${V}/needs/{uid}`, at, { who: maker, status: 404 });
	await act("DELETE", `${V}/needs/{uid}`, at, { who: buyer, status: 204 });
	await call(`${V}/{register}/{uid}`, at, { who: buyer, status: 404 });
	const stale = (await maker.get(`${V}/capacity`)).json.items.find((c) => c.key === "C-E3-2026Q2").uid;
	await act("POST", `${V}/capacity/{uid}/confirm`, `${V}/capacity/${stale}/confirm`, { who: maker });
	ok(e3, "the maker");
});
await test("the lots are computed anew as a job", async () => {
	const { job } = (await act("POST", `${V}/lots/run`, `${V}/lots/run`, { who: operator, status: 202 })).json;
	equal((await jobEnd(operator, job)).state, "done");
	await act("POST", `${V}/lots/run`, `${V}/lots/run`, { who: buyer, status: 403 });
});
await test("what everybody may see is there without signing in", async () => {
	const page = await call(`${V}/public/demand`, `${V}/public/demand`, { who: nobody });
	await call(`${V}/public/demand/{uid}`, `${V}/public/demand/${page.items[0].uid}`, { who: nobody });
	await nobody.ask("GET", `${V}/public/demand.csv`);
	await call(`${V}/public/regions`, `${V}/public/regions`, { who: nobody });
	await call(`${V}/regions`, `${V}/regions`, { who: operator });
	await call(`${V}/regions`, `${V}/regions`, { who: nobody, status: 401 });
	await call(`${V}/public/demand/{uid}`, `${V}/public/demand/item_x`, { who: nobody, status: 404 });
});
await test("every operation of the contract was called", () => {
	const elsewhere = ["work", "clusters", "imports", "exports", "batches", "duplicates", "support", "measures", "applications", "rules", "plans", "chains"]; // work.mjs and imports.mjs hold the same of theirs
	const provider = ["oidcStart", "oidcCallback"]; // oidc.mjs has a real one
	const all = Object.values(contract.paths).flatMap((methods) => Object.values(methods));
	const wanted = all.filter((o) => !o.tags.some((t) => elsewhere.includes(t)) && !provider.includes(o.operationId)).map((o) => o.operationId);
	equal(wanted.filter((id) => !called.has(id)), []);
});
done();
