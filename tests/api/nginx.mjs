// docs/admin/nginx.conf as it is shipped, run by Debian's nginx on free ports: in front of `zveno serve --behind-proxy`, and of the bare server for what crosses between the two.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect as connect2 } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { demo, done, equal, freePort, get, ok, raw, serve, skipAll, test, zveno } from "./lib.mjs";
import cases from "./protocol_cases.mjs";
import { answers, bare, until } from "./wire.mjs";

const found = (name, ...args) => spawnSync(name, args, { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } }).status === 0;
if (!found("nginx", "-v")) skipAll("nginx is not there: apt-get install nginx-light");
if (!found("openssl", "version")) skipAll("openssl is not there");

const scratch = mkdtempSync(join(tmpdir(), "zveno-nginx-"));
const proxies = [];
process.on("exit", () => {
	for (const proxy of proxies) proxy.kill("SIGKILL");
	rmSync(scratch, { recursive: true, force: true });
});
const run = (name, ...args) => {
	const { status, stderr } = spawnSync(name, args, { encoding: "utf8" });
	if (status !== 0) throw new Error(`${name}: ${stderr}`);
};
run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=zveno.example", "-addext", "subjectAltName=DNS:zveno.example", "-keyout", join(scratch, "key.pem"), "-out", join(scratch, "fullchain.pem"));
const ca = readFileSync(join(scratch, "fullchain.pem"));

// Starts nginx with the shipped file before the port; only addresses and paths are put in.
async function proxy(upstream, name, more = []) {
	const folder = join(scratch, name);
	const [http, https] = [await freePort(), await freePort()];
	mkdirSync(folder);
	const replacements = [
		["server 127.0.0.1:8080;", `server 127.0.0.1:${upstream};`],
		[/listen 80(\s)/g, `listen 127.0.0.1:${http}$1`],
		[/listen 80;/g, `listen 127.0.0.1:${http};`],
		[/listen 443 /g, `listen 127.0.0.1:${https} `],
		[/\/etc\/ssl\/zveno\//g, `${scratch}/`],
		["/var/log/nginx/zveno.log", join(folder, "access.log")],
		...more,
	];
	let shipped = readFileSync(process.env.NGINX_CONF, "utf8");
	for (const [what, by] of replacements) {
		const before = shipped;
		shipped = shipped.replace(what, by);
		ok(shipped !== before, `docs/admin/nginx.conf has no ${what}`);
	}
	writeFileSync(join(folder, "zveno.conf"), shipped);
	const temps = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n");
	const user = process.getuid() === 0 ? "user root;\n" : "";
	writeFileSync(join(folder, "nginx.conf"), `${user}daemon off;\nworker_processes 1;\npid ${folder}/pid;\nerror_log ${folder}/error.log;\nevents { worker_connections 1024; }\nhttp {\n${temps}\ninclude ${folder}/zveno.conf;\n}\n`);
	const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")], { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }, stdio: ["ignore", "ignore", "pipe"] });
	let errors = "";
	child.stderr.on("data", (data) => (errors += data));
	const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
	proxies.push(child);
	await until(async () => {
		if (child.exitCode !== null) throw new Error(`nginx ended: ${errors}`);
		return (await raw(http, "GET / HTTP/1.1\r\nHost: zveno.example\r\nConnection: close\r\n\r\n")) !== "";
	});
	return { http, https, folder, stop: () => (child.kill("SIGQUIT"), ended) };
}

// One request over TLS; `onData` sees the parts as they come.
function ask(port, method, path, { headers = {}, body, onData } = {}) {
	return new Promise((resolve, reject) => {
		const out = request({ host: "127.0.0.1", port, method, path, ca, servername: "zveno.example", headers: { host: "zveno.example", ...headers }, agent: false }, (answer) => {
			const parts = [];
			answer.on("data", (data) => (parts.push(data), onData?.(String(data))));
			answer.on("end", () => {
				const text = Buffer.concat(parts).toString();
				resolve({ status: answer.statusCode, headers: answer.headers, text, json: /json/.test(answer.headers["content-type"] ?? "") && text ? JSON.parse(text) : undefined });
			});
			answer.on("error", reject);
		});
		out.on("error", reject);
		out.setTimeout(20000, () => out.destroy(new Error(`${method} ${path}: no answer`)));
		out.end(body);
	});
}

// Raw bytes over TLS; everything until the end. nginx drops the requests of a client that ends its direction, so this one does so only after a moment of silence.
function rawTls(port, bytes, { ms = 20000, silence = 300, servername = "zveno.example" } = {}) {
	return new Promise((resolve, reject) => {
		const socket = connectTls({ host: "127.0.0.1", port, ca, servername }, () => (socket.write(bytes), quiet()));
		const parts = [];
		const timer = setTimeout(() => (socket.destroy(), reject(new Error(`no end within ${ms} ms: ${JSON.stringify(bytes.slice(0, 80))}`))), ms);
		let failure, pause;
		const quiet = () => (clearTimeout(pause), (pause = setTimeout(() => socket.end(), silence)));
		socket.on("data", (data) => (parts.push(data), quiet()));
		socket.on("error", (error) => (failure = error));
		socket.on("close", () => {
			clearTimeout(timer);
			clearTimeout(pause);
			if (parts.length === 0 && failure) reject(failure);
			else resolve(Buffer.concat(parts));
		});
	});
}

const json = { "content-type": "application/json" };
const echo = await bare("10000", "30000", "30000", "10000", "proxy");
// Hundreds of hostile requests come from one address here.
const before = await proxy(echo.port, "bare", [["rate=50r/s", "rate=5000r/s"]]);

await test("the bare server sees the client's address, https and our name, whatever the client says", async () => {
	const forged = { "x-forwarded-for": "192.0.2.1", "x-forwarded-proto": "http", forwarded: "for=192.0.2.1", "x-real-ip": "192.0.2.1", "x-forwarded-host": "evil.example" };
	equal((await ask(before.https, "GET", "/who", { headers: forged })).text, "<GET /who 127.0.0.1 1 zveno.example >");
	ok(/<GET \/who 192\.0\.2\.1 0 a >/.test(await raw(echo.port, "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n")), "without nginx the field counts: only the proxy may reach the port");
});
await test("hostile requests cross as nothing but themselves: the next request of somebody else gets its own answer", async () => {
	const hostile = cases.filter(({ bytes, statuses }) => statuses.length === 1 && statuses[0] >= 400 && bytes.length < 3000 && bytes.length > 40);
	ok(hostile.length > 150, String(hostile.length));
	const one = async (i, { name, bytes }) => {
		// A name that is not ours gets no answer at all. What nginx lets through it has read as its own.
		const mine = bytes.replaceAll("Host: localhost\r\n", "Host: zveno.example\r\n").replace("/next", `/inner${i}`);
		const got = (await rawTls(before.https, mine)).toString("latin1");
		const statuses = [...got.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
		ok(statuses.every((status) => status < 500 || status === 501 || status === 505), `${name}: ${statuses}`);
		equal((await ask(before.https, "GET", `/canary${i}`)).text, `<GET /canary${i} >`, name);
	};
	const queue = [...hostile.entries()];
	await Promise.all(Array.from({ length: 16 }, async () => {
		for (let item; (item = queue.shift()); ) await one(...item);
	}));
});
await test("a body behind a smuggled frame stays a body", async () => {
	const inner = "GET /inner HTTP/1.1\r\nHost: zveno.example\r\n\r\n";
	const got = answers(await rawTls(before.https, `POST /a HTTP/1.1\r\nHost: zveno.example\r\nContent-Length: ${inner.length}\r\n\r\n${inner}GET /b HTTP/1.1\r\nHost: zveno.example\r\nConnection: close\r\n\r\n`, { silence: 15000 }));
	equal(got.map(({ body }) => body), [`<POST /a ${inner}>`, "<GET /b >"]);
});
await test("events come through as they happen", async () => {
	const times = [];
	const { headers, text } = await ask(before.https, "GET", "/api/v1/jobs/x/events", { onData: () => times.push(performance.now()) });
	equal([headers["content-type"], (text.match(/^data: /gm) ?? []).length], ["text/event-stream", 5]);
	ok(times.length >= 4 && times.at(-1) - times[0] > 500, `${times.length} parts in ${times.at(-1) - times[0]} ms`);
});
await test("bodies have the limits of their addresses", async () => {
	const large = Buffer.alloc(3 << 20, "x");
	equal((await ask(before.https, "POST", "/a", { body: Buffer.alloc(1 << 19, "x") })).status, 200);
	equal((await ask(before.https, "POST", "/a", { headers: { "content-length": String(2 << 20), expect: "100-continue" } })).status, 413);
	equal((await ask(before.https, "POST", "/api/v1/imports", { headers: { "content-length": String(70 << 20), expect: "100-continue" } })).status, 413);
	// Above what the bare server takes here: it says so from the head, before the bytes have come.
	equal((await ask(before.https, "POST", "/api/v1/imports", { headers: { "content-length": String(large.length) } }).catch(({ code }) => ({ status: code }))).status, 413);
});
await test("other names get nothing, and plain http is sent to https", async () => {
	equal(await raw(before.http, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "");
	const moved = await raw(before.http, "GET /needs?q=a HTTP/1.1\r\nHost: zveno.example\r\nConnection: close\r\n\r\n");
	ok(/^HTTP\/1\.1 308 /.test(moved) && /\r\nLocation: https:\/\/zveno\.example\/needs\?q=a\r\n/.test(moved), moved.slice(0, 200));
	await rawTls(before.https, "", { servername: "evil.example" }).then(
		() => { throw new Error("a certificate was given"); },
		(error) => ok(/alert|unrecognized|handshake|ECONNRESET/i.test(String(error)), String(error)),
	);
	ok(/HTTP\/1\.1 421 |^$/.test((await rawTls(before.https, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", { silence: 15000 })).toString()), "Host against the name of the certificate");
});
await test("HTTP/2 works and no query is logged", async () => {
	const session = connect2(`https://127.0.0.1:${before.https}`, { ca, servername: "zveno.example" });
	const text = await new Promise((resolve, reject) => {
		const stream = session.request({ ":path": "/two?secret=1", ":authority": "zveno.example" });
		let all = "";
		stream.on("data", (data) => (all += data));
		stream.on("end", () => resolve(all));
		stream.on("error", reject);
		session.on("error", reject);
	});
	session.close();
	equal(text, "<GET /two >");
	await until(() => readFileSync(join(before.folder, "access.log"), "utf8").includes("GET /two"));
	ok(!readFileSync(join(before.folder, "access.log"), "utf8").includes("secret"), "the query is in the log");
});
await test("a server that is away is said with 503, in the form of the API", async () => {
	equal((await echo.stop()).code, 0);
	const answer = await ask(before.https, "GET", "/api/v1/session");
	equal([answer.status, answer.headers["retry-after"], answer.headers["content-type"], answer.json?.status], [503, "2", "application/problem+json", 503]);
	equal(await before.stop(), 0);
});

const db = demo();
const zv = await serve(db, "--behind-proxy", "--host", "zveno.example");
const front = await proxy(zv.port, "zveno");

await test("pages and API come by https with the protective fields, once each", async () => {
	for (const path of ["/", "/api/v1/session", "/api/v1/nothing/at/all/here"]) {
		const { status, headers } = await ask(front.https, "GET", path);
		equal(status, path.endsWith("here") ? 404 : 200, path);
		ok(/max-age=\d+/.test(headers["strict-transport-security"]) && !headers["strict-transport-security"].includes(","), headers["strict-transport-security"]);
		ok(/default-src 'none'/.test(headers["content-security-policy"]) && !/unsafe/.test(headers["content-security-policy"]), path);
		equal([headers.server, headers["x-frame-options"]], ["nginx", "DENY"], path);
	}
});
await test("who is not at this machine is not told the people of the demo, and a forged field helps nobody", async () => {
	const logins = (answer) => answer.json.demo_logins.length > 0;
	equal(logins(await get(zv.base, "/api/v1/session")), false, "without a proxy's word");
	equal(logins(await get(zv.base, "/api/v1/session", { "x-forwarded-for": "192.0.2.1" })), false, "from afar");
	equal(logins(await ask(front.https, "GET", "/api/v1/session", { headers: { "x-forwarded-for": "192.0.2.1" } })), true, "nginx saw this machine");
});
await test("signing in works through the proxy: cookie, origin, forged origins", async () => {
	const [{ login, password }] = (await ask(front.https, "GET", "/api/v1/session")).json.demo_logins;
	const signed = await ask(front.https, "POST", "/api/v1/session", { headers: { ...json, origin: "https://zveno.example" }, body: JSON.stringify({ login, password }) });
	equal(signed.status, 201, signed.text);
	const [cookie] = signed.headers["set-cookie"];
	ok(/^__Host-/.test(cookie) && /; ?Secure/i.test(cookie) && /; ?HttpOnly/i.test(cookie) && /; ?SameSite/i.test(cookie), cookie);
	const own = { cookie: cookie.split(";")[0] };
	const session = await ask(front.https, "GET", "/api/v1/session", { headers: own });
	equal([session.json.signed_in, session.headers["cache-control"]], [true, "no-store"]);
	const change = { ...own, "x-csrf-token": session.json.csrf };
	for (const origin of ["https://evil.example", "http://zveno.example", "null"])
		equal((await ask(front.https, "DELETE", "/api/v1/session", { headers: { ...change, origin } })).status, 403, origin);
	equal((await ask(front.https, "DELETE", "/api/v1/session", { headers: { ...change, origin: "https://zveno.example" } })).status, 204);
});
await test("a file goes through, and what becomes of it comes as events", async () => {
	const { login, password } = (await ask(front.https, "GET", "/api/v1/session")).json.demo_logins.find(({ role }) => role === "operator");
	const signed = await ask(front.https, "POST", "/api/v1/session", { headers: json, body: JSON.stringify({ login, password }) });
	const own = { cookie: signed.headers["set-cookie"][0].split(";")[0], "x-csrf-token": signed.json.csrf };
	const rows = Array.from({ length: 5000 }, (_, i) => `k${i};nobody ${i};reagent;1;kg`).join("\n");
	equal((await ask(front.https, "POST", "/api/v1/imports?kind=needs&name=needs.csv", { body: rows })).status, 401, "from nobody");
	const taken = await ask(front.https, "POST", "/api/v1/imports?kind=needs&name=needs.csv", { headers: { ...own, "content-type": "text/csv" }, body: `key;org;item;qty;unit\n${rows}` });
	equal(taken.status, 202, taken.text);
	const { text } = await ask(front.https, "GET", `/api/v1/jobs/${taken.json.job.uid ?? taken.json.job}/events`, { headers: own });
	ok(/^event: progress\n/m.test(text) && /^event: end\n/m.test(text), text.slice(0, 500));
});
await test("the address of a calendar is in no log", async () => {
	const address = `/api/v1/calendar/${"Qx7".repeat(14)}A.ics`;
	equal((await ask(front.https, "GET", address)).status, 404);
	await until(() => readFileSync(join(front.folder, "access.log"), "utf8").includes("GET /api/v1/calendar/"));
	ok(!readFileSync(join(front.folder, "access.log"), "utf8").includes("Qx7"), "access.log");
	ok(!readFileSync(join(front.folder, "error.log"), "utf8").includes("Qx7"), "error.log");
});
await test("guessing passwords is slowed down", async () => {
	const guesses = await Promise.all(Array.from({ length: 30 }, (_, i) => ask(front.https, "POST", "/api/v1/session", { headers: json, body: JSON.stringify({ login: `nobody${i}`, password: "wrong password" }) })));
	const refused = guesses.filter(({ status }) => status === 429);
	ok(refused.length >= 10 && guesses.every(({ status }) => status === 401 || status === 429), guesses.map(({ status }) => status).join());
	ok(refused.every(({ headers, json: body }) => headers["retry-after"] && body.status === 429), "each says when to come again");
});
await test("without a proxy an address of the world is refused", () => {
	const refused = zveno("serve", "--db", db, "--address", "0.0.0.0", "--port", "0");
	ok(refused.code !== 0 && /--behind-proxy/.test(refused.err), `${refused.code} ${refused.err}`);
});
await test("both end by themselves", async () => {
	equal(await front.stop(), 0);
	zv.child.kill("SIGTERM");
	const end = await zv.ended;
	equal([end.code, end.signal], [0, null], end.errors);
});
done();
