// A server that is told to end, or killed, while sixteen clients write: what it acknowledged is there afterwards, once.
import { demo, demoPeople, done, equal, jobEnd, ok, serve, test, zveno } from "./lib.mjs";

const CLIENTS = 16;
const db = demo(process.argv[2]);

// Writes until the server does not answer; what was acknowledged, and what may or may not have come through.
async function writeUntilEnd(who, name, acknowledged, lost) {
	for (let i = 0; ; i++) {
		const title = `${name}.${i}.`;
		const answer = await who.ask("POST", "/api/v1/tasks", { body: { title, due: "2026-12-31" } }).catch(() => undefined);
		if (answer === undefined) {
			lost.push(title);
			return;
		}
		if (answer.status === 201) acknowledged.push(title);
		else equal(answer.status, 503, answer.text);
	}
}

async function allTitles(who) {
	const out = [];
	let next = "";
	do {
		const page = (await who.get(`/api/v1/tasks?state=open&limit=200${next ? `&cursor=${encodeURIComponent(next)}` : ""}`)).json;
		out.push(...page.items.map((t) => t.title));
		next = page.next;
	} while (next);
	return out;
}

for (const signal of ["SIGTERM", "SIGKILL"]) {
	await test(`after ${signal} every acknowledged write is there once, none twice`, async () => {
		const server = await serve(db);
		const { buyer } = await demoPeople(server.base);
		const acknowledged = [];
		const lost = [];
		const writers = Array.from({ length: CLIENTS }, (_, i) => writeUntilEnd(buyer, `${signal}-${i}`, acknowledged, lost));
		await Promise.race([...writers, (async () => {
			while (acknowledged.length < 300) await new Promise((resolve) => setImmediate(resolve));
		})()]);
		server.child.kill(signal);
		const end = await server.ended;
		await Promise.all(writers);
		if (signal === "SIGTERM") equal([end.code, end.signal], [0, null], end.errors);
		const again = await serve(db);
		const have = await allTitles((await demoPeople(again.base)).buyer);
		const count = (title) => have.filter((t) => t.includes(title)).length;
		const wrong = acknowledged.filter((t) => count(t) !== 1);
		equal(wrong, [], "acknowledged and not there once");
		equal(lost.filter((t) => count(t) > 1), [], "twice");
		ok(acknowledged.length >= 300, "enough was written");
		equal(zveno("audit", "verify", "--db", db).code, 0, "the trail");
		again.child.kill("SIGTERM");
		equal((await again.ended).code, 0);
	});
}
await test("a job that was running when the server ended is done after the restart", async () => {
	const server = await serve(db);
	const { admin } = await demoPeople(server.base);
	const jobs = [];
	for (let i = 0; i < 5; i++) jobs.push((await admin.ask("POST", "/api/v1/audit/verify")).json.job);
	server.child.kill("SIGTERM");
	equal((await server.ended).code, 0);
	const again = await serve(db);
	const chief = (await demoPeople(again.base)).admin;
	for (const job of jobs) equal((await jobEnd(chief, job)).state, "done");
	again.child.kill("SIGTERM");
	await again.ended;
});
await test("no second server writes to the same database, and a second signal ends the first at once", async () => {
	const server = await serve(db);
	const other = zveno("serve", "--db", db, "--port", "0");
	equal(other.code, 3, other.err);
	server.child.kill("SIGTERM");
	server.child.kill("SIGINT");
	const end = await server.ended;
	ok(end.code === 0 || end.code === 3, `ended by ${end.signal} with ${end.code}`);
});
done();
