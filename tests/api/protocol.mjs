// Malformed and hostile HTTP (bar S6): each case alone, cut into single bytes and into random pieces, always has exactly the answers that the table says; then nothing is held any more.
import { connect } from "node:net";
import { done, equal, ok, test } from "./lib.mjs";
import cases, { everyByte } from "./protocol_cases.mjs";
import { answers, bare, exchange, holds, until } from "./wire.mjs";

const server = await bare("2000", "3000", "2000");
const seed0 = 20261122;
let seed = seed0;
const random = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8) % n;
console.log(`# ${cases.length} cases and ${everyByte.length} of single bytes, seed ${seed0}`);

function inPieces(bytes, size) {
	const parts = [];
	for (let at = 0; at < bytes.length; ) {
		const n = size();
		parts.push(bytes.subarray(at, at + n));
		at += n;
	}
	return parts;
}

async function judge({ name, bytes, statuses, methods }, parts) {
	const got = await exchange(server.port, parts);
	let found;
	try {
		found = answers(got, methods);
	} catch (error) {
		throw new Error(`${name}: ${error.message}\n${JSON.stringify(bytes.slice(0, 300))}`);
	}
	const finals = found.filter((answer) => answer.status >= 200);
	equal(finals.map((answer) => answer.status), statuses, `${name}: ${JSON.stringify(bytes.slice(0, 300))}`);
	for (const answer of finals.filter(({ status }) => status >= 400 && status !== 405)) ok(answer.close, `${name}: the connection goes on after ${answer.status}`);
}

// Several at a time: the server must not mix them up. All failures are told.
async function all(list, body, width = 16) {
	const queue = [...list];
	const failures = [];
	await Promise.all(Array.from({ length: width }, async () => {
		while (queue.length > 0) await body(queue.shift()).catch((error) => failures.push(error.message));
	}));
	ok(failures.length === 0, `${failures.length} of ${list.length}:\n${failures.slice(0, 20).join("\n")}`);
}

const quiet = holds(server.pid).sockets;
for (let i = 0; i < 50; i++) await exchange(server.port, ["GET / HTTP/1.1\r\nHost: a\r\n\r\n"]);
await until(() => holds(server.pid).sockets <= quiet);
const before = holds(server.pid);

await test("there are at least 390 cases", () => ok(cases.length >= 390, String(cases.length)));
await test("each case has exactly its answers", () => all(cases, (item) => judge(item, [Buffer.from(item.bytes, "latin1")])));
await test("each of the 256 bytes in each of 13 places is judged by the grammar", () => all(everyByte.filter(({ statuses }) => statuses[0] !== 0), (item) => judge(item, [Buffer.from(item.bytes, "latin1")]), 32));
await test("each case has the same answers byte by byte", () => all(cases.filter(({ bytes }) => bytes.length < 700), (item) => judge(item, inPieces(Buffer.from(item.bytes, "latin1"), () => 1)), 32));
await test("each case has the same answers in random pieces", () => all(cases, (item) => judge(item, inPieces(Buffer.from(item.bytes, "latin1"), () => 1 + random(item.bytes.length > 5000 ? 4000 : 60)))));
await test("the body that arrives is the body that was meant", async () => {
	const text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n5\r\npedia\r\n0\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /c HTTP/1.1\r\nHost: a\r\n\r\n";
	equal(answers(await exchange(server.port, [text])).map(({ body }) => body), ["<POST /a wikipedia>", "<POST /b 0\r\n\r\n>", "<GET /c >"]);
});
await test("random damage gives no 5xx but for a foreign version, and no frame that is not one", async () => {
	const good = cases.filter(({ statuses, bytes }) => statuses.length > 0 && bytes.length < 500 && !bytes.includes("HEAD"));
	await all(Array.from({ length: 1500 }, (_, i) => i), async () => {
		const bytes = Buffer.from(good[random(good.length)].bytes, "latin1");
		for (let k = 1 + random(4); k > 0; k--) bytes[random(bytes.length)] = random(256);
		const found = answers(await exchange(server.port, [bytes])).map(({ status }) => status);
		ok(found.every((status) => status < 500 || status === 505), `${found}: ${JSON.stringify(bytes.toString("latin1"))}`);
	}, 32);
});
await test("clients that vanish at any moment leave nothing behind", async () => {
	const heads = ["GET /a HTTP/1.1\r\nHost: a\r\n\r\n", "POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "POST /file HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "GET /events HTTP/1.1\r\nHost: a\r\n\r\n", "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", "POST /file HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300000)];
	await all(Array.from({ length: 3000 }, () => heads[random(heads.length)].repeat(1 + random(3))), (text) => new Promise((resolve) => {
		const socket = connect(server.port, "127.0.0.1", () => socket.write(text.slice(0, random(3) === 0 ? random(text.length) : text.length)));
		if (random(2) === 0) socket.on("data", () => {});
		socket.on("error", () => {});
		socket.on("close", resolve);
		const leave = [() => socket.resetAndDestroy(), () => socket.destroy(), () => socket.end(() => socket.destroy())][random(3)];
		const patience = random(4);
		if (patience === 0) socket.once("connect", () => setImmediate(leave));
		else setTimeout(leave, patience * 2);
	}), 64);
	equal(answers(await exchange(server.port, ["GET /a HTTP/1.1\r\nHost: a\r\n\r\n"]))[0].status, 200);
});
await test("files, threads and memory are back", async () => {
	await until(() => holds(server.pid).sockets <= before.sockets);
	const after = holds(server.pid);
	equal([after.threads, after.files], [before.threads, before.files]);
	ok(after.rss - before.rss < (process.env.ZVENO_SANITIZED ? 256 : 64) * 1024, `${before.rss} KiB before, ${after.rss} after`);
});
await test("it still answers, and ends with code 0", async () => {
	equal(answers(await exchange(server.port, ["GET /a HTTP/1.1\r\nHost: a\r\n\r\n"]))[0].status, 200);
	equal((await server.stop()).code, 0);
});
done();
