// Slow clients of five kinds (bar S7): while they hold on, no normal request fails or waits long, and each of them is ended in its time.
// slow.mjs [connections of each kind] [seconds]; with more than 100 in all the server has its usual deadlines (bench/slow.sh).
import { connect } from "node:net";
import { done, equal, ok, test } from "./lib.mjs";
import { answers, bare, exchange, holds, until } from "./wire.mjs";

const each = Number(process.argv[2] ?? 20);
const seconds = Number(process.argv[3] ?? 5);
const usual = each > 20;
const allowed = usual ? 45000 : 20000; // ms until a slow client must be ended
const server = usual ? await bare() : await bare("4000", "4000", "4000", "4000");
const GET = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

const kinds = {
	"a head of a byte a second": { begin: "G", drip: "ET / HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", end: [408] },
	"a body of a byte a second": { begin: "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", drip: "x".repeat(1000), end: [408] },
	"chunks of a byte a second": { begin: "POST /file HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", drip: "1\r\nx\r\n".repeat(200), end: [408] },
	"a reader that reads nothing": { begin: "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", deaf: true },
	"silence": { begin: "", end: [] },
};

// One slow client; resolves when the server has ended it, with how long that took and what it said. Who does not read does not see the end: it holds on until it is let go.
const deaf = new Set();
function hold({ begin, drip = "", deaf: isDeaf }) {
	const start = Date.now();
	return new Promise((resolve) => {
		const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
		const got = [];
		let at = 0;
		const timer = drip ? setInterval(() => at < drip.length && !socket.destroyed && socket.write(drip[at++]), 1000) : 0;
		socket.on("connect", () => begin && socket.write(begin));
		if (isDeaf) deaf.add(socket.pause());
		else socket.on("data", (data) => got.push(data));
		socket.on("error", () => {});
		socket.on("end", () => socket.destroy());
		socket.on("close", () => {
			clearInterval(timer);
			resolve({ ms: Date.now() - start, got: Buffer.concat(got) });
		});
	});
}

async function normal() {
	const start = performance.now();
	const status = answers(await exchange(server.port, [GET]))[0]?.status;
	return { status, ms: performance.now() - start };
}

const p99 = (list) => list.sort((a, b) => a - b)[Math.floor(list.length * 0.99)];
await test("normal requests are answered in time beside slow clients of five kinds", async () => {
	const quiet = [];
	for (let i = 0; i < 100; i++) quiet.push((await normal()).ms);
	const sockets = holds(server.pid).sockets;
	const before = holds(server.pid).rss;
	const slow = Object.entries(kinds).map(([name, kind]) => ({ name, kind, ends: Promise.all(Array.from({ length: each }, () => hold(kind))) }));
	await until(() => holds(server.pid).sockets >= sockets + each * 4);
	const loaded = [];
	let failed = 0;
	for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
		const { status, ms } = await normal();
		if (status !== 200) failed++;
		loaded.push(ms);
		await new Promise(setImmediate);
	}
	const [bar, worst] = [Math.max(usual ? 500 : 2000, 5 * p99(quiet)), p99(loaded)];
	const kib = (holds(server.pid).rss - before) / (each * 5);
	console.log(`# ${loaded.length} normal requests, ${failed} failed; p99 ${p99(quiet).toFixed(1)} ms alone, ${worst.toFixed(1)} ms beside ${each * 5} slow ones; ${kib.toFixed(1)} KiB each`);
	equal(failed, 0, "failed requests");
	ok(worst <= bar, `p99 ${worst} ms, the bar is ${bar}`);
	await until(() => holds(server.pid).sockets <= sockets, allowed);
	for (const socket of deaf) socket.destroy();
	for (const { name, kind, ends } of slow)
		for (const { ms, got } of await ends) {
			ok(ms <= allowed + 1000, `${name}: held for ${ms} ms`);
			if (kind.end) equal(answers(got).map(({ status }) => status), kind.end, name);
		}
	if (!process.env.ZVENO_SANITIZED && each > 20) ok(kib <= 32, `${kib} KiB each`);
});
await test("five hundred connections at once are all answered, at sizes where other loops stall", async () => {
	for (const n of [64, 127, 128, 129, 200, 256, 512]) {
		const start = performance.now();
		const found = await Promise.all(Array.from({ length: n }, () => exchange(server.port, ["GET /a HTTP/1.1\r\nHost: a\r\n\r\n".repeat(4)])));
		ok(found.every((bytes) => answers(bytes).filter(({ status }) => status === 200).length === 4), `${n} connections`);
		console.log(`# ${n} connections: ${(performance.now() - start).toFixed(0)} ms`);
	}
});
await test("a thousand idle connections cost little", async () => {
	const before = holds(server.pid);
	const sockets = await Promise.all(Array.from({ length: 1000 }, () => new Promise((resolve) => {
		const socket = connect(server.port, "127.0.0.1", () => socket.write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"));
		socket.once("data", () => resolve(socket));
	})));
	const after = holds(server.pid);
	for (const socket of sockets) socket.destroy();
	console.log(`# 1,000 connections: ${after.rss} KiB in all, ${after.rss - before.rss} more`);
	if (!process.env.ZVENO_SANITIZED) ok(after.rss <= 64 * 1024, `${after.rss} KiB`);
	await until(() => holds(server.pid).sockets <= before.sockets);
});
await test("it ends with code 0", async () => equal((await server.stop()).code, 0));
done();
