// Signing in at an identity provider: a real one with all its pages, and one that lies.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createTls } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demo, done, equal, freePort, ok, serve, skipAll, test, zveno } from "./lib.mjs";

const oidc = new URL("../oidc/", import.meta.url);
if (!existsSync(new URL("node_modules/oidc-provider/package.json", oidc))) skipAll("tests/oidc/node_modules is not there: ./test fetches it");
const { hostile } = await import(new URL("hostile.mjs", oidc));

const scratch = mkdtempSync(join(tmpdir(), "zveno-oidc-"));

const db = demo(process.argv[2]);
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const redirect = `${base}/api/v1/oidc/callback`;
const inn = JSON.parse(zveno("list", "orgs", "--db", db, "--json").out).find((org) => org.inn)?.inn;

// The real provider, in a process of its own.
const child = spawn(process.execPath, [new URL("provider.mjs", oidc).pathname], { env: { ...process.env, REDIRECT: redirect, INN: inn ?? "" }, stdio: ["ignore", "pipe", "ignore"] });
process.on("exit", () => {
	child.kill("SIGKILL");
	rmSync(scratch, { recursive: true, force: true });
});
const issuer = await new Promise((resolve, reject) => {
	child.stdout.on("data", (data) => { const found = /issuer (\S+)/.exec(data); if (found) resolve(found[1]); });
	child.on("exit", () => reject(new Error("the provider did not start")));
});
const liar = await hostile("zveno");

// One with TLS and a certificate that nobody vouches for.
const [tlsKey, tlsCert] = [join(scratch, "key.pem"), join(scratch, "cert.pem")];
execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tlsKey, "-out", tlsCert, "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], { stdio: "ignore" });
let unvouched = 0;
const tls = createTls({ key: readFileSync(tlsKey), cert: readFileSync(tlsCert) }, (request, response) => { unvouched++; response.end("{}"); });
await new Promise((resolve) => tls.listen(0, "127.0.0.1", resolve));

const secretFile = join(scratch, "secret");
writeFileSync(secretFile, "a secret: with/odd+characters %\n", { mode: 0o600 });
const roles = [
	{ value: "zveno-operators-rya", role: "operator", centre: "RU-RYA" },
	{ value: "zveno-buyers", role: "buyer", org_claim: "inn" },
	{ value: "zveno-admins", role: "admin" },
];
const entry = (name, issuerUrl, more) => ({ name, label: `Sign in by ${name}`, issuer: issuerUrl, client_id: "zveno", secret_file: secretFile, redirect, roles, ...more });
const providers = { providers: [
	entry("real", issuer), entry("real-es", issuer, { client_id: "zveno-es" }), entry("real-open", issuer, { client_id: "zveno-open", secret_file: undefined }),
	entry("liar", liar.issuer), entry("absent", "http://127.0.0.1:1"), entry("misnamed", `${liar.issuer}/`),
	entry("unvouched", `https://127.0.0.1:${tls.address().port}`),
] };
const file = join(scratch, "providers.json");
writeFileSync(file, JSON.stringify(providers));

// A browser as far as it matters here: cookies by host and port, redirects by hand.
function browser() {
	const jar = new Map();
	return {
		jar,
		async go(url, options = {}) {
			const host = new URL(url).host;
			const cookies = [...(jar.get(host) ?? new Map())].map(([name, value]) => `${name}=${value}`).join("; ");
			const answer = await fetch(url, { ...options, redirect: "manual", headers: { ...(cookies ? { cookie: cookies } : {}), ...options.headers } });
			for (const line of answer.headers.getSetCookie()) {
				const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
				if (!jar.has(host)) jar.set(host, new Map());
				if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line) || /max-age=0/i.test(line)) jar.get(host).delete(name);
				else jar.get(host).set(name, value);
			}
			return { status: answer.status, location: answer.headers.get("location"), cookies: answer.headers.getSetCookie(), text: await answer.text() };
		},
		cookie: (name) => jar.get(new URL(base).host)?.get(name),
	};
}

async function begin(b, provider, back = "/needs") {
	const start = await b.go(`${base}/api/v1/oidc/start?provider=${provider}&return=${encodeURIComponent(back)}`);
	equal(start.status, 303, `status of the start (${start.text.slice(0, 300)})`);
	return new URL(start.location);
}

// Through the provider's own pages until it sends the browser back to us.
async function through(b, url, login) {
	let at = url.href;
	for (let hop = 0; hop < 20; hop++) {
		if (at.startsWith(redirect)) return at;
		const page = await b.go(at);
		if (page.location) {
			at = new URL(page.location, at).href;
			continue;
		}
		const action = /action="([^"]+)"/.exec(page.text)?.[1];
		const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1];
		if (!action) throw new Error(`a page without a form: ${page.status} ${page.text.slice(0, 300)}`);
		const form = new URLSearchParams({ prompt, login, password: "any" });
		const sent = await b.go(new URL(action, at).href, { method: "POST", body: form });
		at = new URL(sent.location, at).href;
	}
	throw new Error("the provider sends us round and round");
}

const whoAmI = async (b) => JSON.parse((await b.go(`${base}/api/v1/session`)).text);
const server = await serve(db, "--port", String(port), "--providers", file, "--insecure-providers");

async function signIn(provider, login) {
	const b = browser();
	const back = await through(b, await begin(b, provider), login);
	const answer = await b.go(back);
	return { b, back, answer };
}

await test("the providers are named to whoever wants to sign in", async () => {
	const session = await whoAmI(browser());
	equal(session.signed_in, false);
	equal(session.providers.map((p) => p.href)[0], "/api/v1/oidc/start?provider=real");
});

await test("the way there carries state, nonce and PKCE, and is bound to the browser", async () => {
	const b = browser();
	const url = await begin(b, "real");
	equal(url.origin, issuer);
	equal(url.searchParams.get("response_type"), "code");
	equal(url.searchParams.get("code_challenge_method"), "S256");
	for (const name of ["state", "nonce", "code_challenge"]) ok(/^[\w-]{43}$/.test(url.searchParams.get(name)), `${name} is 256 bits`);
	equal(b.cookie("__Host-zv-oidc"), url.searchParams.get("state"));
	equal(new Set([url, await begin(b, "real")].map((u) => u.searchParams.get("state"))).size, 2);
});

for (const [provider, what] of [["real", "RS256 and a secret"], ["real-es", "ES256"], ["real-open", "no secret"]])
	await test(`somebody whom the provider vouches for comes in (${what})`, async () => {
		const { b, answer } = await signIn(provider, "olga");
		equal(answer.status, 303, answer.text);
		equal(answer.location, "/needs");
		ok(answer.cookies.some((c) => /^__Host-zv=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/.test(c)), `the session's cookie: ${answer.cookies}`);
		const session = await whoAmI(b);
		equal(session.account.login, "olga@real", "one person, one account");
		equal(session.account.name, "Ольга Орлова");
		equal(session.account.roles.map((r) => [r.role, r.centre?.code, r.org]), [["operator", "RU-RYA", null]]);
	});

await test("the second sign-in finds the same account", async () => {
	const first = await whoAmI((await signIn("real", "olga")).b);
	const second = await whoAmI((await signIn("real", "olga")).b);
	equal(first.account.uid, second.account.uid);
});

await test("a claim says which organisation a buyer is of", async () => {
	const { b, answer } = await signIn("real", "boris");
	equal(answer.status, 303, answer.text);
	const [role] = (await whoAmI(b)).account.roles;
	equal(role.role, "buyer");
	ok(/^org_/.test(role.org.uid), "with its organisation");
});

await test("other groups at the provider are other roles here, and the old sessions end", async () => {
	const { b } = await signIn("real", "olga");
	await fetch(`${issuer}/test/groups?who=olga&groups=zveno-operators-rya,zveno-admins`);
	const again = await signIn("real", "olga");
	equal((await whoAmI(again.b)).account.roles.map((r) => r.role), ["operator", "admin"]);
	equal((await whoAmI(b)).signed_in, false);
	await fetch(`${issuer}/test/groups?who=olga&groups=zveno-operators-rya`);
});

await test("somebody without a role here stays outside", async () => {
	const { b, answer } = await signIn("real", "nobody");
	ok(answer.status === 401 || answer.status === 403, `status ${answer.status}`);
	equal(b.cookie("__Host-zv"), undefined);
});

await test("whom the provider gives no role any more is out, with all that was open", async () => {
	const { b } = await signIn("real", "olga");
	await fetch(`${issuer}/test/groups?who=olga&groups=other`);
	const { answer } = await signIn("real", "olga");
	ok(answer.status === 401 || answer.status === 403, `status ${answer.status}`);
	equal((await whoAmI(b)).signed_in, false);
	await fetch(`${issuer}/test/groups?who=olga&groups=zveno-operators-rya`);
});

await test("an account of the same name at the provider is not the local one", async () => {
	const { b } = await signIn("real", "admin");
	const session = await whoAmI(b);
	equal(session.account.login, "admin@real");
});

await test("a disabled account stays outside, whatever the provider says", async () => {
	await signIn("real", "boris");
	const { b } = await signIn("real", "admin");
	const csrf = (await whoAmI(b)).csrf;
	const list = JSON.parse((await b.go(`${base}/api/v1/accounts?limit=200`)).text).items;
	const boris = list.find((a) => a.login === "boris@real");
	const one = await fetch(`${base}/api/v1/accounts/${boris.uid}`, { headers: { cookie: `__Host-zv=${b.cookie("__Host-zv")}` } });
	const off = await b.go(`${base}/api/v1/accounts/${boris.uid}`, { method: "PATCH", body: JSON.stringify({ state: "disabled" }),
		headers: { "content-type": "application/merge-patch+json", "if-match": one.headers.get("etag"), "x-csrf-token": csrf, origin: base } });
	equal(off.status, 200, off.text);
	const { answer } = await signIn("real", "boris");
	ok(answer.status === 401 || answer.status === 403, `status ${answer.status}`);
});

await test("a used answer opens nothing again", async () => {
	const { b, back } = await signIn("real", "olga");
	const again = await b.go(back);
	ok(again.status >= 400 && again.status < 500, `status ${again.status}`);
	equal(again.cookies.filter((c) => /^__Host-zv=[\w-]{43}/.test(c)), []);
});

await test("an answer in another browser, with another state or without one opens nothing", async () => {
	const b = browser();
	const back = new URL(await through(b, await begin(b, "real"), "olga"));
	const elsewhere = await browser().go(back.href);
	ok(elsewhere.status >= 400 && elsewhere.status < 500, `elsewhere: ${elsewhere.status}`);
	for (const state of ["", "x".repeat(43), `${back.searchParams.get("state")}x`]) {
		const url = new URL(back);
		url.searchParams.set("state", state);
		const answer = await b.go(url.href);
		ok(answer.status >= 400 && answer.status < 500, `state ${state}: ${answer.status}`);
	}
	// The right one still works: nobody else can use it up.
	equal((await b.go(back.href)).status, 303);
});

await test("an answer that says another issuer opens nothing", async () => {
	const b = browser();
	const back = new URL(await through(b, await begin(b, "real"), "olga"));
	back.searchParams.set("iss", "https://elsewhere.example");
	ok((await b.go(back.href)).status >= 400, "refused");
});

await test("the provider's refusal is told", async () => {
	const b = browser();
	const state = (await begin(b, "real")).searchParams.get("state");
	const answer = await b.go(`${redirect}?error=access_denied&state=${state}`);
	ok(answer.status === 401 || answer.status === 403, `status ${answer.status}`);
});

await test("the provider insists on PKCE, so it is really used", async () => {
	const b = browser();
	const url = await begin(b, "real");
	url.searchParams.delete("code_challenge");
	url.searchParams.delete("code_challenge_method");
	const answer = await b.go(url.href);
	ok(new URL(answer.location).searchParams.get("error") === "invalid_request", `${answer.status} ${answer.location}`);
});

await test("the browser goes back to a path of this server and nowhere else", async () => {
	equal((await browser().go(`${base}/api/v1/oidc/start?provider=liar&return=%2Fa%0D%0Ab`)).status, 400, "a line break");
	for (const back of ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a b", ""]) {
		const b = browser();
		liar.state.nonce = (await begin(b, "liar", back)).searchParams.get("nonce");
		const state = b.cookie("__Host-zv-oidc");
		equal((await b.go(`${redirect}?code=good&state=${state}`)).location, "/", JSON.stringify(back));
	}
});

// --- a provider that lies ---------------------------------------------------------------------------------------------------------

async function lie(code) {
	const b = browser();
	const url = await begin(b, "liar");
	liar.state.nonce = url.searchParams.get("nonce");
	const answer = await b.go(`${redirect}?code=${code}&state=${url.searchParams.get("state")}`);
	return { b, answer };
}

for (const code of ["good", "good-es256", "good-audiences"])
	await test(`a right token is let in, or the rest would prove nothing: ${code}`, async () => {
		const { b, answer } = await lie(code);
		equal(answer.status, 303, answer.text);
		equal((await whoAmI(b)).account.login, "mallory@liar");
	});

await test("the code is changed with the verifier and the secret", async () => {
	const { form, authorization } = liar.state.forms.at(-1);
	ok(/^[\w-]{43}$/.test(form.get("code_verifier")), "code_verifier");
	equal(form.get("client_secret"), null);
	const [id, secret] = Buffer.from(authorization.slice(6), "base64").toString().split(":");
	equal([id, decodeURIComponent(secret)], ["zveno", "a secret: with/odd+characters %"]);
});

for (const code of liar.refused)
	await test(`a token is refused: ${code}`, async () => {
		const { b, answer } = await lie(code);
		ok(answer.status === 401 || answer.status === 403, `status ${answer.status} ${answer.text}`);
		equal(b.cookie("__Host-zv"), undefined);
		ok(!answer.text.includes("secret"), "nothing of the secret is told");
	});

for (const code of liar.broken)
	await test(`an answer is refused: ${code}`, async () => {
		const { b, answer } = await lie(code);
		ok(answer.status >= 400 && answer.status < 600, `status ${answer.status}`);
		equal(b.cookie("__Host-zv"), undefined);
	});

await test("a provider that hangs holds up nobody else", async () => {
	const hanging = Array.from({ length: 6 }, () => lie("hang"));
	const asked = liar.state.asked;
	while (liar.state.asked < asked + 4) await new Promise((resolve) => setImmediate(resolve));
	const began = process.hrtime.bigint();
	const answer = await fetch(`${base}/api/v1/session`, { method: "POST", headers: { "content-type": "application/json", origin: base }, body: JSON.stringify({ login: "nobody-here", password: "some password" }) });
	equal(answer.status, 401);
	ok(Number(process.hrtime.bigint() - began) / 1e6 < 4000, "a login goes on");
	for (const { answer: late } of await Promise.all(hanging)) ok(late.status >= 500 && late.status < 600 || late.status === 429, `status ${late.status}`);
});

await test("a provider that is not there, calls itself otherwise or has a bad certificate is told", async () => {
	for (const name of ["absent", "misnamed", "unvouched"]) {
		const answer = await browser().go(`${base}/api/v1/oidc/start?provider=${name}`);
		ok(answer.status >= 400, `${name}: ${answer.status}`);
		equal(answer.location, null);
	}
	equal(unvouched, 0, "nothing is asked of a server with such a certificate");
	equal((await browser().go(`${base}/api/v1/oidc/start?provider=other`)).status, 404);
});

server.child.kill("SIGTERM");
await server.ended;
await test("a file with faults stops the start, with the reason", async () => {
	const openSecret = join(scratch, "open");
	writeFileSync(openSecret, "x", { mode: 0o644 });
	const faults = [
		["{", /no JSON/], [{}, /providers/], [{ providers: [] }, /providers/], [{ providers: [{ ...entry("x", issuer), rolse: [] }] }, /rolse/],
		[{ providers: [entry("x", "http://example.com")] }, /https/], [{ providers: [entry("X y", issuer)] }, /name/],
		[{ providers: [entry("x", issuer, { roles: [{ role: "local" }] })] }, /role/], [{ providers: [entry("x", issuer, { redirect: `${base}/elsewhere` })] }, /redirect/],
		[{ providers: [entry("x", issuer), entry("x", issuer)] }, /two providers/], [{ providers: [entry("x", issuer, { secret_file: "/nowhere" })] }, /nowhere/],
		[{ providers: [entry("x", issuer, { secret_file: openSecret })] }, /chmod 600/],
	];
	const bad = join(scratch, "bad.json");
	for (const [content, reason] of faults) {
		writeFileSync(bad, typeof content === "string" ? content : JSON.stringify(content));
		const said = await serve(db, "--providers", bad, "--insecure-providers").then(() => "it started", (error) => error.message);
		ok(reason.test(said), `${JSON.stringify(content)}: ${said}`);
	}
});

liar.close();
tls.close();
done();
