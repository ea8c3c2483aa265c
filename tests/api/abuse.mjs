// Malformed and hostile requests over a socket: never a 5xx, never a hang, one answer a frame, never a file.
import { demo, done, equal, get, ok, raw, serve, test, zveno } from "./lib.mjs";

const db = demo();
const server = await serve(db);
const { base, port } = server;
const heads = (text) => text.split(/(?=HTTP\/1\.1 \d{3} [A-Z][A-Za-z ]+\r\n)/).filter(Boolean);

await test("paths that climb, hide or are escaped twice give no file", async () => {
	const paths = ["/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/assets/..%5c..%5cetc", "/%252e%252e/etc/passwd", "/.git/config", "/assets/%00", "/etc/passwd", "//etc/passwd", "/api/v1/../../etc/passwd", "/assets/main.js%00.html", "/web/dist/index.html", "/index.html/..", "/.env", "/var/zveno.db", "/C:/windows/win.ini"];
	for (const path of paths) {
		const text = await raw(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
		const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
		ok(status === 400 || status === 404, `${path}: ${status}`);
		ok(!/root:|\[core\]/.test(text), path);
	}
});
await test("smuggling frames get one refusal and the end", async () => {
	const frames = [
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nGET /b HTTP/1.1\r\n\r\n0\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551618\r\n\r\nab",
		"GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: a\rContent-Length: 30\r\n\r\n",
		"GET / HTTP/1.1\nHost: a\n\n",
	];
	for (const frame of frames) {
		const answers = heads(await raw(port, frame + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"));
		equal(answers.length, 1, JSON.stringify(frame));
		ok(/^HTTP\/1\.1 4\d\d /.test(answers[0]), answers[0].slice(0, 40));
	}
});
await test("random bytes never give a 5xx but for a foreign version, and never hang", async () => {
	let seed = 20261122;
	const random = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8) % n;
	console.log(`# seed ${seed}`);
	const good = "GET /api/v1/needs?limit=2&state=declared HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ru\r\nConnection: close\r\n\r\n";
	for (let round = 0; round < 400; round++) {
		const bytes = Buffer.from(good, "latin1");
		for (let k = 1 + random(5); k > 0; k--) bytes[random(bytes.length)] = random(256);
		const text = await raw(port, bytes);
		const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 400);
		ok(status < 500 || status === 505, `${JSON.stringify(bytes.toString("latin1"))}: ${status}`);
	}
});
await test("hostile questions to the API never give a 5xx", async () => {
	const words = ["'", "\"", "' OR 1=1 --", "%", "_", "*", "NEAR(", "AND", "a OR", "(", ")", "\"a", "a*", "-a", "{}", "^", "a:b", "\u0000", "\u200b", "ａ", "\ud83d\ude00", "َ".repeat(50), "а".repeat(100), "1".repeat(200), "/* */", "; DROP TABLE need", "$1", "?1", ":x", "name:", "\\", "\u202e", "ß", "İ"];
	for (const word of words)
		for (const path of ["/api/v1/search?q=", "/api/v1/suggest?q=", "/api/v1/needs?q=", "/api/v1/needs?state=", "/api/v1/needs/", "/api/v1/", "/api/v1/lots/", "/api/v1/lots?cursor="]) {
			const answer = await get(base, path + encodeURIComponent(word));
			ok(answer.status < 500, `${path}${word}: ${answer.status} ${answer.text}`);
			ok(answer.json || answer.status === 400, `${path}${word}: no JSON`);
		}
});
await test("method override headers change nothing", async () => {
	const text = await raw(port, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: DELETE\r\nConnection: close\r\n\r\n");
	ok(/^HTTP\/1\.1 200 /.test(text), text.slice(0, 80));
	for (const method of ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS"]) {
		const target = method === "CONNECT" ? "a:1" : "/api/v1/needs";
		const refused = await raw(port, `${method} ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
		ok(/^HTTP\/1\.1 405 /.test(refused) && /\r\nAllow: GET, HEAD\r\n/.test(refused), `${method}: ${refused.slice(0, 60)}`);
	}
});
await test("every answer forbids framing, sniffing and foreign scripts", async () => {
	for (const path of ["/", "/api/v1/needs", "/nowhere", "/api/v1/nothing"]) {
		const { headers } = await get(base, path);
		const csp = headers.get("content-security-policy");
		ok(/default-src 'none'/.test(csp) && /frame-ancestors 'none'/.test(csp) && !/unsafe/.test(csp), `${path}: ${csp}`);
		equal([headers.get("x-content-type-options"), headers.get("x-frame-options"), headers.get("referrer-policy")], ["nosniff", "DENY", "no-referrer"], path);
	}
});
await test("a name of another site gets nothing", async () => {
	const text = await raw(port, "GET /api/v1/needs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
	ok(/^HTTP\/1\.1 421 /.test(text) && !/need_/.test(text), text.slice(0, 60));
});
await test("normal requests are served while a hundred slow clients hold on", async () => {
	const slow = Array.from({ length: 100 }, () => raw(port, "GET / HTTP/1.1\r\nHost:", { end: false, ms: 30000 }));
	for (let i = 0; i < 50; i++) equal((await get(base, "/api/v1/needs?limit=1")).status, 200);
	const ends = await Promise.all(slow);
	ok(ends.every((text) => /^HTTP\/1\.1 408 /.test(text)), "all are ended with 408");
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
