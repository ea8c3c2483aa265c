// Malformed and hostile requests to the whole program: never a 5xx, never a hang, one answer a frame, never a file, nothing changed and nothing held afterwards.
import { ask, demo, demoPeople, done, equal, get, ok, raw, serve, test, zveno } from "./lib.mjs";
import cases from "./protocol_cases.mjs";
import { answers, exchange, holds, until } from "./wire.mjs";

const db = demo();
const server = await serve(db);
const { base, port } = server;
const people = await demoPeople(base);
const who = people.analyst ?? people.operator;
const pid = server.child.pid;
const quiet = holds(pid).sockets;
let seed = 20261122;
const random = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8) % n;
console.log(`# seed ${seed}`);
const head = async () => zveno("audit", "head", "--db", db).out;
const before = { ...holds(pid), head: await head() };

// Sixteen at a time; all failures are told.
async function all(list, body) {
	const queue = [...list];
	const failures = [];
	await Promise.all(Array.from({ length: 16 }, async () => {
		while (queue.length > 0) await body(queue.shift()).catch((error) => failures.push(error.message));
	}));
	ok(failures.length === 0, `${failures.length} of ${list.length}:\n${failures.slice(0, 20).join("\n")}`);
}

await test("malformed requests are refused here as by the server alone, and never more is answered than was asked", () =>
	all(cases, async ({ name, bytes, statuses, methods }) => {
		// The paths that take a body and those that are read are others here.
		const text = bytes.replaceAll("POST /echo ", "POST /api/v1/session ").replaceAll("POST /later ", "POST /api/v1/session ").replaceAll("GET /next ", "GET /healthz ");
		const found = answers(await exchange(port, [Buffer.from(text, "latin1")]), methods).map(({ status }) => status).filter((status) => status >= 200);
		const refused = statuses.length === 1 && statuses[0] >= 400;
		if (refused) equal(found, statuses, name);
		ok(found.length <= statuses.length && (found.length > 0 || statuses.length === 0), `${name}: ${found}`);
		ok(found.every((status) => status < 500 || status === 505), `${name}: ${found}`);
	}));
await test("paths that climb, hide or are escaped twice give no file", async () => {
	const paths = ["/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/assets/..%5c..%5cetc", "/%252e%252e/etc/passwd", "/%25252e/etc/passwd", "/.git/config", "/assets/%00", "/etc/passwd", "//etc/passwd", "/api/v1/../../etc/passwd", "/assets/main.js%00.html", "/web/dist/index.html", "/index.html/..", "/.env", "/var/zveno.db", "/C:/windows/win.ini", "/proc/self/environ", "/assets/", "/assets", "/assets//", "/\u2025/etc".replace("\u2025", "%e2%80%a5"), "/%ef%bc%8e%ef%bc%8e/etc/passwd", "/..;/etc/passwd", "/%u002e%u002e/etc", "/assets/..%c0%af..%c0%afetc/passwd", "/api/v1/imports/..%2f..%2fx", "/api/v1/templates/..%2fneeds.xlsx", "/api/v1/exports/%2e%2e%2fneeds.csv"];
	for (const path of paths) {
		const text = await raw(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${who.cookie}\r\n\r\n`);
		const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
		ok(status === 400 || status === 404, `${path}: ${status}`);
		ok(!/root:|\[core\]|PATH=/.test(text), path);
	}
});
await test("random bytes never give a 5xx but for a foreign version, and never hang", async () => {
	const goods = [
		`GET /api/v1/needs?limit=2&state=declared HTTP/1.1\r\nHost: localhost\r\nCookie: ${who.cookie}\r\nAccept-Language: ru\r\nConnection: close\r\n\r\n`,
		`POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 36\r\n\r\n{"login":"nobody","password":"pass"}`,
		`POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n24\r\n{"login":"nobody","password":"pass"}\r\n0\r\n\r\n`,
	];
	await all(Array.from({ length: 600 }, (_, i) => goods[i % 9 === 0 ? 1 + (i % 2) : 0]), async (good) => {
		const bytes = Buffer.from(good, "latin1");
		for (let k = 1 + random(5); k > 0; k--) bytes[random(bytes.length)] = random(256);
		const text = (await exchange(port, [bytes])).toString("latin1");
		const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 400);
		ok(status < 500 || status === 505, `${JSON.stringify(bytes.toString("latin1"))}: ${status}`);
	});
});
await test("hostile questions to the API never give a 5xx", async () => {
	const words = ["'", "\"", "' OR 1=1 --", "%", "_", "*", "NEAR(", "AND", "a OR", "(", ")", "\"a", "a*", "-a", "{}", "^", "a:b", "\u0000", "\u200b", "ａ", "\ud83d\ude00", "َ".repeat(50), "а".repeat(100), "1".repeat(200), "/* */", "; DROP TABLE need", "$1", "?1", ":x", "name:", "\\", "\u202e", "ß", "İ", "9223372036854775808", "-1", "1e309", "NaN", "\u0430\u0300".repeat(40)];
	const paths = ["/api/v1/search?q=", "/api/v1/suggest?q=", "/api/v1/needs?q=", "/api/v1/needs?state=", "/api/v1/needs?limit=", "/api/v1/needs?key=", "/api/v1/needs/", "/api/v1/", "/api/v1/lots/", "/api/v1/lots?cursor=", "/api/v1/audit?subject=", "/api/v1/jobs/", "/api/v1/accounts/"];
	await all(words.flatMap((word) => paths.map((path) => path + encodeURIComponent(word))), async (path) => {
		const answer = await who.get(path);
		ok(answer.status < 500, `${path}: ${answer.status} ${answer.text}`);
		ok(answer.json || answer.status === 400, `${path}: no JSON`);
	});
});
await test("hostile bodies never give a 5xx, and are never taken for what they are not", async () => {
	const deep = (open, close, n) => open.repeat(n) + close.repeat(n);
	const login = '{"login":"nobody","password":"x"}';
	const bodies = ["", " ", "{", "}", "[]", "null", "1", "\"a\"", "{}{}", `${login}x`, `\ufeff${login}`, "{'login':1}", "{\"login\":NaN}", "{\"login\":01}", "{\"login\":+1}", "{\"login\":1e999}", "{\"login\":.5}", "{\"login\":\"\\ud800\"}", "{\"login\":\"\\x41\"}", "{\"login\":\"\\u0000\",\"password\":\"\"}", "{\"login\":\"a\nb\"}", "{\"login\":1,\"login\":2}", "{\"login\":\"a\",\"password\":\"b\",\"admin\":true}", "{\"__proto__\":{}}", "{\"login\":[],\"password\":{}}", "{\"login\":true,\"password\":null}", "// x\n{}", "{\"a\":1,}", deep("[", "]", 65), deep("{\"a\":", "}", 100), deep("[", "]", 100000), `{"login":"${"a".repeat(900000)}","password":"x"}`, `{${Array.from({ length: 20000 }, (_, i) => `"k${i}":1`).join()}}`, `[${"1,".repeat(200000)}1]`, "<a/>", "login=a&password=b", "\x80\x81", "PK\x03\x04"];
	await all(bodies, async (body) => {
		const answer = await ask(base, "POST", "/api/v1/session", { headers: { "content-type": "application/json" }, body: Buffer.from(body, body.includes("\x80") ? "latin1" : "utf8") });
		ok(answer.status >= 400 && answer.status < 500 && answer.json, `${JSON.stringify(body.slice(0, 60))}: ${answer.status} ${answer.text.slice(0, 100)}`);
	});
	for (const type of [undefined, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "application/jsonx", "text/json", "application/xml"])
		equal((await ask(base, "POST", "/api/v1/session", { headers: type === undefined ? { "content-type": "text/plain" } : { "content-type": type }, body: login })).status, 415, `Content-Type ${type}`);
	ok([400, 415].includes((await ask(base, "POST", "/api/v1/session", { headers: { "content-type": "application/json", "content-encoding": "gzip" }, body: login })).status), "a coded body");
});
await test("method override headers change nothing, and each address has its methods", async () => {
	const text = await raw(port, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: DELETE\r\nConnection: close\r\n\r\n");
	ok(/^HTTP\/1\.1 200 /.test(text), text.slice(0, 80));
	for (const [method, target, allow] of [["PUT", "/api/v1/session", "GET, HEAD, POST, DELETE"], ["POST", "/healthz", "GET, HEAD"], ["DELETE", "/", "GET, HEAD"], ["PATCH", "/needs", "GET, HEAD"], ["TRACE", "/healthz", "GET, HEAD, POST, PUT, PATCH, DELETE"], ["CONNECT", "a:1", "GET, HEAD, POST, PUT, PATCH, DELETE"], ["OPTIONS", "*", "GET, HEAD, POST, PUT, PATCH, DELETE"]]) {
		const refused = await raw(port, `${method} ${target} HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: GET\r\n\r\n`);
		ok(/^HTTP\/1\.1 405 /.test(refused) && refused.includes(`\r\nAllow: ${allow}\r\n`), `${method} ${target}: ${refused.slice(0, 600)}`);
	}
});
await test("every answer forbids framing, sniffing and foreign scripts", async () => {
	for (const path of ["/", "/api/v1/session", "/api/v1/needs", "/nowhere", "/api/v1/nothing"]) {
		const { headers } = await get(base, path);
		const csp = headers.get("content-security-policy");
		ok(/default-src 'none'/.test(csp) && /frame-ancestors 'none'/.test(csp) && !/unsafe/.test(csp), `${path}: ${csp}`);
		equal([headers.get("x-content-type-options"), headers.get("x-frame-options"), headers.get("referrer-policy")], ["nosniff", "DENY", "no-referrer"], path);
		ok(!headers.has("strict-transport-security") && !headers.has("server"), `${path}: plain HTTP`);
	}
	equal((await who.get("/api/v1/needs?limit=1")).headers.get("cache-control").includes("no-store") || (await who.get("/api/v1/needs?limit=1")).headers.get("cache-control").includes("private"), true, "what a person sees is in no shared cache");
});
await test("a name of another site gets nothing", async () => {
	const text = await raw(port, `GET /api/v1/needs HTTP/1.1\r\nHost: evil.example\r\nCookie: ${who.cookie}\r\nConnection: close\r\n\r\n`);
	ok(/^HTTP\/1\.1 421 /.test(text) && !/need_/.test(text), text.slice(0, 60));
});
await test("normal requests are served while a hundred slow clients hold on", async () => {
	const begins = ["GET / HTTP/1.1\r\nHost:", "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{", "P", "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5"];
	const slow = Array.from({ length: 100 }, (_, i) => raw(port, begins[i % 4], { end: false, ms: i % 2 === 0 ? 60000 : 12000 }).catch(() => "held"));
	for (let i = 0; i < 50; i++) equal((await who.get("/api/v1/needs?limit=1")).status, 200);
	const ends = await Promise.all(slow.filter((_, i) => i % 2 === 0));
	ok(ends.every((text) => /^HTTP\/1\.1 408 /.test(text)), "heads are ended with 408");
	await Promise.all(slow); // bodies have half a minute (slow.mjs): they let go themselves
});
await test("nothing of all this has changed anything, and nothing is held", async () => {
	await until(() => holds(pid).sockets <= quiet);
	const after = { ...holds(pid), head: await head() };
	ok(before.head !== "", "no head of the trail");
	equal(after.head, before.head, "the trail of changes");
	ok(after.threads <= before.threads && after.files <= before.files, `${JSON.stringify(before)} ${JSON.stringify(after)}`);
	ok(after.rss - before.rss < (process.env.ZVENO_SANITIZED ? 512 : 64) * 1024, `${before.rss} KiB before, ${after.rss} after`);
});
await test("a public address is refused without a proxy", () => {
	const run = zveno("serve", "--db", db, "--address", "0.0.0.0", "--port", "0");
	ok(run.code !== 0 && /--behind-proxy/.test(run.err), `${run.code} ${run.err}`);
});
await test("a missing database is said at once", () => {
	const run = zveno("serve", "--db", `${db}.none`, "--port", "0");
	ok(run.code !== 0 && run.err !== "", `${run.code}`);
});
await test("the server ends on SIGTERM with code 0 and says what world it shows", async () => {
	ok(/demo data, as of 2026-03-02/.test(server.said()), server.said());
	server.child.kill("SIGTERM");
	const end = await server.ended;
	equal([end.code, end.signal], [0, null], end.errors);
});
done();
