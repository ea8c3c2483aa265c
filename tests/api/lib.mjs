// Shared by the tests over HTTP: a demo database, a server on a free port, TAP.
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "./judge.mjs";

const program = process.env.ZVENO ?? (() => { throw new Error("ZVENO: the path of the program"); })();
const scratch = mkdtempSync(join(tmpdir(), "zveno-test-"));
const children = [];
let count = 0;
let failed = 0;
let databases = 0;

process.on("exit", () => {
	for (const child of children) child.kill("SIGKILL");
	rmSync(scratch, { recursive: true, force: true });
});

// One test case; its name is a sentence. An error is a failure, the others go on.
export async function test(name, body) {
	count++;
	try {
		await body();
		console.log(`ok ${count} - ${name}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${count} - ${name}`);
		for (const line of String(error?.stack ?? error).split("\n").slice(0, 30)) console.log(`# ${line}`);
	}
}

export function done() {
	console.log(`1..${count}`);
	process.exit(failed > 0 ? 1 : 0);
}

export function skipAll(reason) {
	console.log(`1..0 # SKIP ${reason}`);
	process.exit(0);
}

export function equal(got, want, what = "value") {
	const [a, b] = [JSON.stringify(got), JSON.stringify(want)];
	if (a !== b) throw new Error(`${what}: ${a}, expected ${b}`);
}

export function ok(condition, what) {
	if (!condition) throw new Error(what);
}

export function zveno(...args) {
	const run = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ZVENO_LANG: "en" } });
	return { code: run.status, out: run.stdout, err: run.stderr };
}

// An empty database: a file, or a new database of the server of the tests.
function newDatabase(name, store) {
	if (store !== "postgres") return join(scratch, `${name}.db`);
	const server = process.env.ZVENO_TEST_PG;
	if (!server) skipAll("ZVENO_TEST_PG is not set: no PostgreSQL to test on");
	const database = `zv_${name}_${process.pid}`;
	const made = spawnSync("psql", ["-q", server, "-c", `CREATE DATABASE ${database}`], { encoding: "utf8" });
	if (made.status !== 0) throw new Error(made.stderr);
	return server.replace("/postgres?", `/${database}?`);
}

// A fresh database of the demo world with its lots.
export function demo(store = "sqlite") {
	const db = newDatabase(`api${++databases}`, store);
	for (const args of [["demo", "--out", db], ["lots", "--db", db]]) {
		const run = zveno(...args);
		if (run.code !== 0) throw new Error(`zveno ${args.join(" ")}: ${run.code} ${run.err}${run.out}`);
	}
	return db;
}

// Puts a setting into a database file that no server has open.
export function setting(db, name, value) {
	const program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('INSERT INTO setting (name, value) VALUES (?, ?)', sys.argv[2:]); c.commit()";
	const run = spawnSync("python3", ["-c", program, db, name, value], { encoding: "utf8" });
	if (run.status !== 0) throw new Error(run.stderr);
}

// Starts a server; resolves with its address once it has printed it.
export function serve(db, ...options) {
	// Files that come in lie beside the database; a server has no folder of its own for them.
	const files = db.startsWith("postgres") && !options.includes("--files") ? ["--files", join(scratch, "files")] : [];
	const child = spawn(program, ["serve", "--db", db, "--port", "0", ...files, ...options], { env: { ...process.env, ZVENO_LANG: "en" }, stdio: ["ignore", "pipe", "pipe"] });
	children.push(child);
	let said = "";
	let errors = "";
	const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal, said, errors })));
	child.stderr.on("data", (data) => (errors += data));
	return new Promise((resolve, reject) => {
		child.stdout.on("data", (data) => {
			said += data;
			const address = /Zveno: (http:\/\/\S+)\//.exec(said);
			if (address) resolve({ base: address[1], port: Number(new URL(address[1]).port), child, ended, said: () => said, errors: () => errors });
		});
		child.on("exit", () => reject(new Error(`the server ended: ${errors}`)));
	});
}

// A port that somebody can listen on a moment later: below those that the system gives away by itself (32768 and above on Linux).
let nextPort = 20000 + (process.pid % 6000) * 2;
export function freePort() {
	return new Promise((resolve) => {
		const port = nextPort++;
		const server = createServer()
			.once("error", () => resolve(freePort()))
			.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
	});
}

// A way to the PostgreSQL of a database url that can be cut and opened again: a Unix socket before its socket.
export async function restartable(url) {
	const folder = new URL(url.replace("postgresql:///", "postgresql://x/")).searchParams.get("host");
	const open = new Set();
	let server;
	const start = () =>
		new Promise((resolve) => {
			server = createServer((from) => {
				const to = connect(join(folder, ".s.PGSQL.5432"));
				for (const socket of [from, to]) {
					open.add(socket);
					socket.on("error", () => {});
					socket.on("close", () => {
						from.destroy();
						to.destroy();
						open.delete(socket);
					});
				}
				from.pipe(to).pipe(from);
			});
			server.listen(join(scratch, ".s.PGSQL.5432"), resolve);
		});
	const stop = () => {
		server.close();
		for (const socket of open) socket.destroy();
	};
	await start();
	return { url: url.replace(folder, scratch), start, stop };
}

// One request, judged by the contract. `body`: an object becomes JSON, text and bytes go as they are.
export async function ask(base, method, path, { headers = {}, body } = {}) {
	const plain = body === undefined || typeof body === "string" || body instanceof Uint8Array;
	const type = plain || "content-type" in headers ? {} : { "content-type": "application/json" };
	const got = await fetch(base + path, { method, headers: { ...type, ...headers }, body: plain ? body : JSON.stringify(body), redirect: "manual" });
	const text = await got.text();
	const answer = { status: got.status, headers: got.headers, text, json: /json/.test(got.headers.get("content-type") ?? "") && text ? JSON.parse(text) : undefined };
	const found = judge(method, path, answer, "prefer" in headers);
	if (found.length > 0) throw new Error(`${method} ${path}: ${found.slice(0, 10).join("; ")}`);
	return answer;
}

export function get(base, path, headers = {}) {
	return ask(base, "GET", path, { headers });
}

// --- people -----------------------------------------------------------------------------------------------------------------------------

// Somebody who has signed in: requests with the session's cookie and the token against forged requests.
function person(base, cookie, session) {
	const own = { base, cookie, session, csrf: session.csrf };
	own.ask = (method, path, { headers = {}, body } = {}) =>
		ask(base, method, path, { headers: { cookie: own.cookie, ...(method === "GET" || method === "HEAD" ? {} : { "x-csrf-token": own.csrf }), ...headers }, body });
	own.get = (path, headers = {}) => own.ask("GET", path, { headers });
	// The object at a path, its version, and a change of it.
	own.patch = async (path, body, headers = {}) => {
		const before = await own.get(path);
		return own.ask("PATCH", path, { headers: { "if-match": before.headers.get("etag") ?? "*", ...headers }, body });
	};
	return own;
}

export function cookieOf(answer) {
	return (answer.headers.get("set-cookie") ?? "").split(";")[0];
}

export async function signIn(base, login, password, code) {
	const answer = await ask(base, "POST", "/api/v1/session", { body: code === undefined ? { login, password } : { login, password, code } });
	if (answer.status !== 201) throw new Error(`${login} cannot sign in: ${answer.status} ${answer.text}`);
	return person(base, cookieOf(answer), answer.json);
}

// All demo accounts (data/demo/accounts.csv) have this one.
export const DEMO_PASSWORD = "zveno-demo";

// The seven of the demo world and its administrator, each under the role: {admin, operator, buyer, maker, ...}.
export async function demoPeople(base) {
	const { demo_logins: logins } = (await get(base, "/api/v1/session")).json;
	const out = {};
	for (const { login, role } of [...logins, { login: "admin", role: "admin" }]) out[role] = await signIn(base, login, DEMO_PASSWORD);
	return out;
}

// The code of an authenticator program (RFC 6238) for a secret in base 32.
export function totp(secret, seconds = Date.now() / 1000) {
	const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
	const mac = createHmac("sha1", key).update(step).digest();
	const at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}

// A program with a token of this person.
export async function tokenOf(who, scopes, name = `t${Math.random()}`) {
	const ends_on = new Date(Date.now() + 86400000).toISOString().slice(0, 10);
	const made = await who.ask("POST", "/api/v1/account/tokens", { body: { name, scopes, ends_on } });
	if (made.status !== 201) throw new Error(`no token: ${made.status} ${made.text}`);
	const headers = { authorization: `Bearer ${made.json.token}` };
	return {
		uid: made.json.uid,
		headers,
		ask: (method, path, more = {}) => ask(who.base, method, path, { ...more, headers: { ...headers, ...more.headers } }),
		get: (path, more = {}) => ask(who.base, "GET", path, { headers: { ...headers, ...more } }),
	};
}

// Waits until a job is over; the last state of it.
export async function jobEnd(who, uid, ms = 60000) {
	const until = Date.now() + ms;
	for (;;) {
		const job = (await who.get(`/api/v1/jobs/${uid}`)).json;
		if (!["waiting", "running"].includes(job.state)) return job;
		if (Date.now() > until) throw new Error(`the job ${uid} does not end: ${JSON.stringify(job)}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

// Raw bytes out, everything back until the server closes or `ms` have passed.
export function raw(port, bytes, { end = true, ms = 30000 } = {}) {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1", () => (end ? socket.end(bytes) : socket.write(bytes)));
		const parts = [];
		const timer = setTimeout(() => {
			socket.destroy();
			reject(new Error(`no end within ${ms} ms: ${JSON.stringify(String(bytes).slice(0, 80))}`));
		}, ms);
		socket.on("data", (data) => parts.push(data));
		socket.on("error", () => {});
		socket.on("close", () => {
			clearTimeout(timer);
			resolve(Buffer.concat(parts).toString("latin1"));
		});
	});
}
