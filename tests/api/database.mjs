// A database that goes away and comes back: 503 with Retry-After, then answers again without a restart of the server.
import { demo, demoPeople, done, equal, ok, restartable, serve, test } from "./lib.mjs";

const proxy = await restartable(demo("postgres"));
const { base } = await serve(proxy.url);
const { analyst, buyer } = await demoPeople(base);

await test("while PostgreSQL is out of reach every answer is 503 with Retry-After within five seconds", async () => {
	equal((await analyst.get("/api/v1/needs")).status, 200);
	proxy.stop();
	const waits = [];
	for (let i = 0; i < 6; i++) {
		const before = Date.now();
		const answer = await analyst.get("/api/v1/needs");
		equal(answer.status, 503, answer.text);
		ok(Number(answer.headers.get("retry-after")) > 0, "Retry-After");
		waits.push(Date.now() - before);
	}
	ok(Math.min(...waits) < 5000 && Math.max(...waits) < 20000, `in time: ${waits} ms`); // the machine may be busy for a moment
	equal((await analyst.get("/")).status === 503, false, "the pages do not need it");
});
await test("it answers again soon after PostgreSQL is back", async () => {
	await proxy.start();
	const before = Date.now();
	while ((await analyst.get("/api/v1/needs")).status !== 200) ok(Date.now() - before < 20000, "still not back");
	equal((await analyst.get("/api/v1/needs")).json.items.length, 5);
});
await test("what is written after that is there", async () => {
	const before = Date.now();
	let answer;
	while ((answer = await buyer.patch("/api/v1/account", { name: "Анна" })).status !== 200) {
		equal(answer.status, 503, answer.text);
		ok(Date.now() - before < 30000, "nothing can be written");
	}
	equal((await buyer.get("/api/v1/account")).json.name, "Анна");
});
done();
