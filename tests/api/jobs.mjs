// Slow work: its progress as it happens, an end to it, a restart in the middle of it.
import { demo, demoPeople, done, equal, get, jobEnd, ok, serve, test } from "./lib.mjs";

const ROWS = 30000;
const db = demo(process.argv[2]);
let server = await serve(db);
let { operator, buyer } = await demoPeople(server.base);
const many = (prefix, rows) => Buffer.from(`key,org_inn,item,cas,quantity,unit,due\n${Array.from({ length: rows }, (_, i) => `${prefix}${i},6299000012,ацетилацетон,123-54-6,${(i % 900) + 1},кг,2026-10-01`).join("\n")}\n`);

async function handIn(who, name, rows = ROWS) {
	const answer = await who.ask("POST", `/api/v1/imports?kind=needs&name=${name}.csv`, { headers: { "content-type": "application/octet-stream" }, body: many(name, rows) });
	equal(answer.status, 202, answer.text);
	return answer.json;
}

// The events of a job as they come: {event, data}.
async function* events(who, job, signal) {
	const answer = await fetch(`${who.base}/api/v1/jobs/${job}/events`, { headers: { cookie: who.cookie }, signal });
	equal([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")], [200, "text/event-stream", "no-store"]);
	let text = "";
	for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
		text += part;
		for (let at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n")) {
			const lines = text.slice(0, at).split("\n").filter((l) => !l.startsWith(":"));
			text = text.slice(at + 2);
			const of = (name) => lines.find((l) => l.startsWith(`${name}: `))?.slice(name.length + 2);
			if (of("event")) yield { event: of("event"), data: JSON.parse(of("data")) };
		}
	}
}

async function untilRunning(who, job) {
	for await (const { data } of events(who, job)) if (data.state !== "waiting") return data;
	return undefined;
}

await test("the progress of a job comes as it happens and ends with its result", async () => {
	const { job } = await handIn(operator, "A");
	const seen = [];
	for await (const e of events(operator, job)) seen.push(e);
	const last = seen.at(-1);
	equal([last.event, last.data.state], ["end", "done"], JSON.stringify(last));
	ok(seen.slice(0, -1).every((e) => e.event === "progress"), "progress before the end");
	const running = seen.filter((e) => e.data.state === "running");
	ok(running.length >= 2, `${running.length} events while it ran`);
	ok(running.every((e, i) => i === 0 || e.data.done >= running[i - 1].data.done), "it never goes back");
	equal(last.data, (await operator.get(`/api/v1/jobs/${job}`)).json);
	const again = [];
	for await (const e of events(operator, job)) again.push(e);
	equal(again, [last], "of a job that is over there is only its end");
});
await test("nobody else follows or ends it", async () => {
	const { job } = await handIn(operator, "B");
	equal([(await buyer.get(`/api/v1/jobs/${job}`)).status, (await buyer.get(`/api/v1/jobs/${job}/events`)).status, (await buyer.ask("DELETE", `/api/v1/jobs/${job}`)).status], [404, 404, 404]);
	equal((await get(server.base, `/api/v1/jobs/${job}/events`)).status, 401);
	equal((await jobEnd(operator, job)).state, "done");
});
await test("a job that runs is cancelled, one that waits too, and nothing of them stays", async () => {
	const before = (await operator.get("/api/v1/needs?limit=1")).json.total;
	const [first, second] = [await handIn(operator, "C", 8 * ROWS), await handIn(operator, "D", 10)];
	equal((await untilRunning(operator, first.job)).state, "running");
	for (const { job } of [second, first]) equal((await operator.ask("DELETE", `/api/v1/jobs/${job}`)).status, 202);
	const ends = [];
	for await (const e of events(operator, first.job)) ends.push(e);
	equal([ends.at(-1).event, ends.at(-1).data.state], ["end", "cancelled"], JSON.stringify(ends.at(-1)));
	equal((await jobEnd(operator, second.job)).state, "cancelled");
	equal((await operator.ask("DELETE", `/api/v1/jobs/${first.job}`)).json.state, "cancelled", "a second time it stays as it is");
	equal((await operator.get("/api/v1/needs?limit=1")).json.total, before);
});
await test("a client that goes away while it follows harms nobody", async () => {
	const { job } = await handIn(operator, "E");
	for (let i = 0; i < 20; i++) {
		const leaving = new AbortController();
		for await (const e of events(operator, job, leaving.signal)) {
			ok(e.data.uid === job, "its own job");
			break;
		}
		leaving.abort();
	}
	equal((await jobEnd(operator, job)).state, "done");
	equal((await get(server.base, "/healthz")).status, 200);
});
await test("a job that runs when the server is told to end goes on after the restart, and the stream ends with the server", async () => {
	const { uid, job } = await handIn(operator, "F");
	equal((await untilRunning(operator, job)).state, "running");
	const following = (async () => {
		const seen = [];
		try {
			for await (const e of events(operator, job)) seen.push(e.event);
		} catch {
			seen.push("cut");
		}
		return seen;
	})();
	server.child.kill("SIGTERM");
	const end = await server.ended;
	equal([end.code, end.signal], [0, null], end.errors);
	await following; // it ends with the server
	server = await serve(db);
	({ operator, buyer } = await demoPeople(server.base));
	const job_end = await jobEnd(operator, job);
	equal([job_end.state, job_end.error], ["done", null]);
	equal((await operator.get(`/api/v1/imports/${uid}`)).json.report.new, ROWS);
});
await test("and one that runs when it is killed", async () => {
	const { uid, job } = await handIn(operator, "G");
	equal((await untilRunning(operator, job)).state, "running");
	server.child.kill("SIGKILL");
	await server.ended;
	server = await serve(db);
	({ operator } = await demoPeople(server.base));
	equal((await jobEnd(operator, job)).state, "done");
	equal((await operator.get(`/api/v1/imports/${uid}`)).json.report.new, ROWS);
});
if (server.errors().includes("Sanitizer") || server.errors().includes("runtime error")) console.log(server.errors().slice(-4000).replace(/^/gm, "# "));
done();
