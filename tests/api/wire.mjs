// Shared by the tests of the protocol: bytes out, answers in as frames, what a process holds.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";

// Starts tests/api/bare_server.c; resolves with its port.
export function bare(...args) {
	const child = spawn(process.env.BARE_SERVER, args, { stdio: ["pipe", "pipe", "inherit"] });
	process.on("exit", () => child.kill("SIGKILL"));
	const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
	return new Promise((resolve, reject) => {
		let said = "";
		child.stdout.on("data", (data) => {
			said += data;
			const port = /port (\d+)/.exec(said);
			if (port) resolve({ port: Number(port[1]), pid: child.pid, child, ended, stop: () => (child.stdin.end(), ended) });
		});
		child.on("exit", () => reject(new Error("the bare server ended")));
	});
}

// Sends the parts one after the other (each in a packet of its own), ends its direction unless `half`, and resolves with everything that came until the server closed.
export function exchange(port, parts, { ms = 30000, end = true } = {}) {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: "127.0.0.1", noDelay: true });
		const got = [];
		const timer = setTimeout(() => {
			socket.destroy();
			reject(new Error(`no end within ${ms} ms after ${JSON.stringify(Buffer.concat(got).toString("latin1").slice(0, 60))}`));
		}, ms);
		socket.on("connect", async () => {
			for (const part of parts) {
				if (socket.destroyed || socket.writableEnded) break;
				await new Promise((sent) => socket.write(part, sent));
				if (parts.length > 1) await new Promise(setImmediate);
			}
			if (end && !socket.destroyed) socket.end();
		});
		socket.on("data", (data) => got.push(data));
		socket.on("error", () => {});
		socket.on("close", () => {
			clearTimeout(timer);
			resolve(Buffer.concat(got));
		});
	});
}

// Splits what a server sent into answers: each exactly one frame by its own words. Throws when bytes are left over.
export function answers(bytes, methods = []) {
	const found = [];
	let text = bytes.toString("latin1");
	while (text.length > 0) {
		const end = text.indexOf("\r\n\r\n");
		const line = /^HTTP\/1\.1 (\d{3}) [A-Z][A-Za-z -]+\r\n/.exec(text);
		if (!line || end < 0) throw new Error(`no answer begins here: ${JSON.stringify(text.slice(0, 80))}`);
		const answer = { status: Number(line[1]), head: text.slice(0, end + 2), body: "" };
		text = text.slice(end + 4);
		if (answer.status < 200) {
			found.push(answer);
			continue;
		}
		const finals = found.filter((other) => other.status >= 200).length;
		const length = Number(/\r\nContent-Length: (\d+)\r\n/.exec(answer.head)?.[1] ?? 0);
		if (methods[finals] !== "HEAD" && answer.status !== 304 && answer.status !== 204) {
			if (text.length < length) throw new Error(`the body of ${answer.status} is cut`);
			answer.body = text.slice(0, length);
			text = text.slice(length);
		}
		answer.close = /\r\nConnection: close\r\n/.test(answer.head);
		found.push(answer);
		if (answer.close && text.length > 0) throw new Error(`bytes after the end: ${JSON.stringify(text.slice(0, 80))}`);
	}
	return found;
}

// Threads, open files (sockets apart) and resident KiB of its own of a process.
export function holds(pid) {
	const status = readFileSync(`/proc/${pid}/status`, "latin1");
	const files = readdirSync(`/proc/${pid}/fd`).map((fd) => {
		try {
			return readlinkSync(`/proc/${pid}/fd/${fd}`);
		} catch {
			return "";
		}
	});
	return {
		threads: Number(/Threads:\s+(\d+)/.exec(status)[1]),
		sockets: files.filter((file) => file.startsWith("socket:")).length,
		files: files.filter((file) => file && !file.startsWith("socket:")).length,
		rss: Number(/RssAnon:\s+(\d+)/.exec(status)[1]),
	};
}

// Waits until the condition holds; no fixed sleep.
export async function until(condition, ms = 30000) {
	const end = Date.now() + ms;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error(`not within ${ms} ms: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
