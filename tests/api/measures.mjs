// The register of measures, its calendar, and the private calendars of accounts.
import { demo, demoPeople, done, equal, get, jobEnd, ok, serve, signIn, test, tokenOf, DEMO_PASSWORD } from "./lib.mjs";
import { called, contract } from "./judge.mjs";
import { readCalendar } from "./ical.mjs";

const db = demo(process.argv[2]);
const server = await serve(db);
const { base } = server;
const people = await demoPeople(base);
const { analyst, buyer, operator, investor, admin, cluster } = people;

const V = "/api/v1";
const en = { "accept-language": "en" };
const ru = { "accept-language": "ru" };

async function call(who, path, { status = 200, headers = en } = {}) {
	const answer = await who.ask("GET", V + path, { headers });
	equal(answer.status, status, `${path} (${answer.text.slice(0, 300)})`);
	return answer.json;
}
const ids = (list) => list.items.map((m) => m.id);
const find = async (q, rest = "") => ids(await call(analyst, `/measures?q=${encodeURIComponent(q)}${rest}`));

// --- the register -------------------------------------------------------------------------------------------------------------------

await test("the register has the 36 measures of the pack in force, in both languages", async () => {
	const list = await call(analyst, "/measures");
	equal([list.items.length, list.total, list.next], [36, 36, null]);
	const [first] = list.items;
	equal([first.id, first.form, first.status, first.confidence, first.computes], ["CL_START_BATCH", "subsidy", "active", "high", true]);
	equal([first.act_old, first.act_new], ["Постановление № 41 от 28.01.2016", "22-68641-00035-R от 21.08.2024"]);
	equal(first.windows, [{ from: "2024-09-16", to: "2024-10-15", title: "Selection of 2024", state: "past" }]);
	equal(first.budgets, [{ year: 2024, amount: "430000000.00" }]);
	equal([first.pack.series, first.pack.level], ["support", "federal"]);
	ok(/^Reimbursement/.test(first.title) && /^Возмещение/.test((await call(analyst, "/measures", { headers: ru })).items[0].title), first.title);
});
await test("pages of the register come one after another, each measure once", async () => {
	const seen = [];
	let next = "";
	do {
		const page = await call(analyst, `/measures?limit=7${next ? `&cursor=${next}` : ""}`);
		ok(page.items.length <= 7, "limit");
		seen.push(...ids(page));
		next = page.next;
	} while (next);
	equal([seen.length, new Set(seen).size], [36, 36]);
});
await test("a measure is found by the old and the new number of its act, however it is written", async () => {
	for (const q of ["41", "№ 41 от 28.01.2016", "N41", "постановление 41", "41 от 28.01.2016", "resolution 41"]) equal((await find(q)).slice(0, 2), ["CL_START_BATCH", "CL_JOINT_OLD"], q);
	for (const q of ["22-68641-00035-R", "22 68641 00035 r", "226864100035R", "22–68641–00035–Р"]) equal(await find(q), ["CL_START_BATCH"], q);
	equal(await find("25-60581-02015-R"), ["ATR_CHEM"]);
	equal(await find("208"), ["ATR_KD", "ATR_KD_RADIO"]);
	equal(await find("295 от 22.02.2023"), ["KIP_STD", "KIP_LOW", "KIP_LTC"]);
	equal(await find("44-ФЗ"), ["SINGLE_SUPPLIER", "SPIC1"]);
	equal(await find("9999"), []);
});
await test("words of a measure are found in any form and in both languages", async () => {
	equal((await find("стартовых партий"))[0], "CL_START_BATCH");
	equal((await find("START BATCHES"))[0], "CL_START_BATCH");
	equal(await find("химической скидка"), ["CHEM_DISCOUNT"]);
	equal(await find("промышленная ипотека"), ["IND_MORTGAGE"]);
	equal(await find("engineering centre"), ["ENG_CENTRE"]);
	equal(await find("kip_low"), ["KIP_LOW"]);
	equal(await find("ипотеку купить"), []);
});
await test("status and form narrow the list; a word that is neither is said", async () => {
	equal(ids(await call(analyst, "/measures?status=proposed")), ["PROFIT_0", "CL_EXPECTED_2022"]);
	equal(ids(await call(analyst, "/measures?status=to_check")), ["PARK_PRIVATE", "PARK_REGION"]);
	equal(ids(await call(analyst, "/measures?form=grant")), ["ATR_KD", "ATR_KD_RADIO", "ATR_CHEM", "ENG_CENTRE"]);
	equal(await find("радиоэлектроника", "&form=grant"), ["ATR_KD_RADIO"]);
	for (const wrong of ["status=old", "form=gift", "on=yesterday", "limit=0", "colour=red", `q=${"a".repeat(300)}`]) {
		const answer = await analyst.get(`${V}/measures?${wrong}`, en);
		equal(answer.status, 422, wrong);
	}
});
await test("only what is active computes", async () => {
	const { items } = await call(analyst, "/measures");
	for (const m of items) ok(!m.computes || m.status === "active", m.id);
	equal(items.filter((m) => m.computes).length, 21);
});
await test("one measure shows its values by date, its questions and its text", async () => {
	const m = await call(analyst, "/measures/KIP_STD?on=2025-10-01");
	equal([m.id, m.on, m.groups], ["KIP_STD", "2025-10-01", ["kip"]]);
	equal(m.parameters.map((p) => p.name), ["key_rate"]);
	equal(m.parameters[0].values.filter((v) => v.in_force).map((v) => [v.from, v.to, v.text]), [["2025-09-15", "2025-10-26", "17 %"]]);
	ok(m.parameters[0].values.every((v) => /own knowledge/.test(v.source)), "where a key rate is from");
	equal(m.facts, [{ name: "project.in_priority_list", type: "yesno", question: "Is the product of the project in the list of priority products?" }]);
	ok(m.condition.includes("project.own_percent >= 20") && m.text.startsWith("measure KIP_STD {") && m.text.endsWith("}"), m.text);
	const later = await call(analyst, "/measures/kip_std?on=2026-03-02");
	equal(later.parameters[0].values.filter((v) => v.in_force), [], "after the last known day there is no value");
});
await test("a grant has its ceilings and floors", async () => {
	const { categories } = await call(analyst, "/measures/ATR_KD");
	equal(categories.map((c) => [c.name, c.at_most, c.of]), [["wages", "70 %", null], ["materials", "50 %", null], ["equipment", "40 %", null], ["overheads", "100 %", "wages"],
		["contractors", "50 %", null], ["research_plant", "20 %", null], ["samples", "30 %", null]]);
	equal((await call(analyst, "/measures/ENG_CENTRE")).categories[0].at_least, "40 %");
});
await test("there is no measure of another name", async () => {
	await call(analyst, "/measures/NO_SUCH", { status: 404 });
	await call(analyst, "/measures/%D0%B6", { status: 404 });
});
await test("everybody who has signed in sees the register, and nobody else", async () => {
	for (const who of [analyst, buyer, operator, investor, admin, cluster]) await call(who, "/measures?limit=1");
	for (const path of ["/measures", "/measures/KIP_STD", "/measure-calendar", "/measure-changes", "/account/calendar"]) equal((await get(base, V + path)).status, 401, path);
	const program = await tokenOf(analyst, ["rules.read"]);
	equal((await program.get(`${V}/measures`)).status, 200);
	equal((await program.get(`${V}/measure-changes`)).status, 403);
});
await test("the calendar has the windows of a stretch of time", async () => {
	equal((await call(analyst, "/measure-calendar")).items.map((e) => [e.measure.id, e.title, e.from, e.to, e.state]), [["CL_START_BATCH", "Selection of 2024", "2024-09-16", "2024-10-15", "past"]]);
	equal((await call(analyst, "/measure-calendar?from=2024-10-15&to=2024-12-31&on=2024-10-01")).items.map((e) => e.state), ["open"]);
	equal((await call(analyst, "/measure-calendar?to=2024-09-16&on=2024-09-01")).items.map((e) => e.state), ["coming"]);
	equal((await call(analyst, "/measure-calendar?from=2024-10-16")).items, []);
	equal((await call(analyst, "/measure-calendar?to=2024-09-15")).items, []);
	equal((await analyst.get(`${V}/measure-calendar?from=soon`)).status, 422);
});
await test("nobody has gained or lost while no pack has changed", async () => {
	equal((await call(analyst, "/measure-changes")).items, []);
	equal((await investor.get(`${V}/measure-changes`)).status, 403);
});

// --- the private calendar --------------------------------------------------------------------------------------------------------------

const addresses = [];
async function open(who) {
	const answer = await who.ask("POST", `${V}/account/calendar`);
	equal(answer.status, 201, answer.text);
	ok(/^\/api\/v1\/calendar\/[A-Za-z0-9_-]{43}\.ics$/.test(answer.json.href), answer.json.href);
	equal([answer.headers.get("location"), answer.headers.get("cache-control")], [null, "no-store"]);
	addresses.push(answer.json.href);
	return answer.json.href;
}
const feed = (href, headers = {}) => get(base, href, headers);

await test("an account has no address until it makes one", async () => {
	equal((await call(buyer, "/account/calendar")).made_at, null);
	const href = await open(buyer);
	ok((await call(buyer, "/account/calendar")).made_at !== null, "made");
	equal((await feed(href)).status, 200);
});
await test("the calendar is iCalendar to the letter: windows as whole days, open tasks with their dates", async () => {
	const answer = await feed(await open(buyer));
	equal([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")], [200, "text/calendar; charset=utf-8", "private, no-store"]);
	const calendar = readCalendar(answer.text);
	equal([calendar.has.VERSION, calendar.has.METHOD], ["2.0", "PUBLISH"]);
	const [window] = calendar.events;
	equal([calendar.events.length, window.DTSTART, window.DTEND, window.UID], [1, "2024-09-16", "2024-10-16", "window-CL_START_BATCH-2024-09-16@zveno"]);
	ok(window.SUMMARY.startsWith("Отбор 2024 года: Возмещение затрат"), window.SUMMARY);
	const tasks = (await call(buyer, "/tasks?limit=200", { headers: ru })).items;
	ok(tasks.length > 0, "the buyer has tasks");
	equal(calendar.todos.map((t) => [t.UID, t.SUMMARY, t.DUE ?? null, t.STATUS]), tasks.map((t) => [`${t.uid}@zveno`, t.title, t.due, "NEEDS-ACTION"]));
});
await test("the same state gives the same bytes, whoever asks and in whatever language", async () => {
	const href = await open(operator);
	const first = await feed(href);
	for (const headers of [{}, en, ru, { cookie: investor.cookie }]) equal((await feed(href, headers)).text, first.text, JSON.stringify(headers));
	await new Promise((resolve) => setTimeout(resolve, 1100)); // the clock goes on, the calendar does not
	equal((await feed(href)).text, first.text);
	equal((await feed(href, { "if-none-match": first.headers.get("etag") })).status, 304);
});
await test("each account finds its own tasks and nobody else's", async () => {
	const calendars = {};
	for (const [role, who] of Object.entries(people)) calendars[role] = readCalendar((await feed(await open(who))).text);
	for (const [role, who] of Object.entries(people)) {
		const own = (await call(who, "/tasks?limit=200")).items.map((t) => `${t.uid}@zveno`);
		equal(calendars[role].todos.map((t) => t.UID), own, role);
	}
	ok(calendars.buyer.todos.some((t) => !calendars.maker.todos.some((m) => m.UID === t.UID)), "they differ");
});
await test("the account's language is that of its calendar", async () => {
	equal((await buyer.patch(`${V}/account`, { lang: "en" })).status, 200);
	const calendar = readCalendar((await feed(await open(buyer), ru)).text);
	ok(calendar.events[0].SUMMARY.startsWith("Selection of 2024: Reimbursement"), calendar.events[0].SUMMARY);
	equal(calendar.has["X-WR-CALNAME"], "Zveno: tasks and deadlines");
	equal((await buyer.patch(`${V}/account`, { lang: null })).status, 200);
});
await test("a task that somebody writes cannot break out of its line", async () => {
	const title = 'a;b,c\\d "e" BEGIN:VEVENT ' + "ж".repeat(200);
	const made = await buyer.ask("POST", `${V}/tasks`, { body: { title, due: "2026-04-01" } });
	equal(made.status, 201, made.text);
	const calendar = readCalendar((await feed(await open(buyer))).text);
	const todo = calendar.todos.find((t) => t.UID === `${made.json.uid}@zveno`);
	equal([todo.SUMMARY, todo.DUE], [title, "2026-04-01"]);
	await buyer.ask("PATCH", `${V}/tasks/${made.json.uid}`, { body: { state: "done" } });
	ok(!readCalendar((await feed(addresses.at(-1))).text).todos.some((t) => t.UID === `${made.json.uid}@zveno`), "a closed task is no longer there");
});
await test("a new address ends the one before, and an ended one is as if it had never been", async () => {
	const old = await open(buyer);
	const next = await open(buyer);
	equal([(await feed(old)).status, (await feed(next)).status], [404, 200]);
	equal((await buyer.ask("DELETE", `${V}/account/calendar`)).status, 204);
	equal((await call(buyer, "/account/calendar")).made_at, null);
	const gone = await feed(next, en);
	const never = await feed(`${V}/calendar/${"A".repeat(43)}.ics`, en);
	equal([gone.status, gone.text, gone.headers.get("cache-control")], [404, never.text, "no-store"]);
	for (const wrong of ["x", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}!`]) equal((await feed(`${V}/calendar/${wrong}.ics`, en)).text, never.text, wrong);
	equal((await buyer.ask("DELETE", `${V}/account/calendar`)).status, 204, "twice is the same");
});
await test("the calendar of a disabled account is gone, and does not come back with the account", async () => {
	const href = await open(investor);
	equal((await feed(href)).status, 200);
	const { items } = (await admin.get(`${V}/accounts?limit=200`)).json;
	const uid = items.find((a) => a.login === "investor").uid;
	equal((await admin.patch(`${V}/accounts/${uid}`, { state: "disabled" })).status, 200);
	equal((await feed(href)).status, 404);
	equal((await admin.patch(`${V}/accounts/${uid}`, { state: "active" })).status, 200);
	equal((await feed(href)).status, 404);
});
await test("who has not signed in makes no address, and another site does not make one", async () => {
	equal((await get(base, `${V}/account/calendar`)).status, 401);
	const bare = await fetch(`${base}${V}/account/calendar`, { method: "POST" });
	equal(bare.status, 401);
	const forged = await fetch(`${base}${V}/account/calendar`, { method: "POST", headers: { cookie: buyer.cookie } });
	equal(forged.status, 403);
	equal((await buyer.ask("POST", `${V}/account/calendar`, { headers: { "idempotency-key": "abc" } })).status, 422);
	const program = await tokenOf(buyer, ["account.own"]);
	equal((await program.ask("POST", `${V}/account/calendar`)).status, 403, "a stolen token makes nothing that outlives it");
	equal((await program.get(`${V}/account/calendar`)).status, 200);
});
await test("making and ending an address is in the trail, and no address is anywhere", async () => {
	const again = await signIn(base, "admin", DEMO_PASSWORD);
	const rows = (await again.get(`${V}/audit?limit=200`)).json.items;
	const text = JSON.stringify(rows);
	ok(/account\.calendar\.open/.test(text) && /account\.calendar\.end/.test(text), "the trail");
	for (const href of addresses) {
		const secret = href.slice(-47, -4);
		ok(!text.includes(secret) && !server.errors().includes(secret) && !server.said().includes(secret), "an address is told");
	}
});

// --- who gains and who loses ---------------------------------------------------------------------------------------------------------------

// The rerun that the newest pack has asked for, done.
async function rerun(who) {
	const { items } = (await who.get(`${V}/jobs?limit=200`)).json;
	const job = items.find((j) => j.kind === "measures.rerun");
	ok(job, "a rerun was asked for");
	return jobEnd(who, job.uid);
}

await test("a change of a pack tells the organisation what it has less, and those who may see it", async () => {
	const e2 = await signIn(base, "buyer-e2", DEMO_PASSWORD);
	const packUid = (await call(admin, "/measures/CL_START_BATCH")).pack.uid;
	const { text } = await admin.ask("GET", `${V}/packs/${packUid}/text`);
	ok(text.includes("share 50 %   cap 150 mln rub"), "the share stands in the pack");
	const loaded = await admin.ask("POST", `${V}/packs`, { body: { text: text.replace("share 50 %   cap 150 mln rub", "share 40 %   cap 150 mln rub") } });
	equal(loaded.status, 201, loaded.text);
	const job = await rerun(admin);
	equal(job.state, "done", JSON.stringify(job));
	equal([job.result.changed, job.result.gained.total, job.result.lost.total], [{ items: [], total: 1 }, 0, 0]); // an administrator sees no trade secrets
	const seen = (await call(e2, "/measure-changes")).items;
	equal(seen.map((c) => [c.measure.id, c.was, c.now, c.was_amount, c.now_amount, c.change]), [["CL_START_BATCH", "eligible", "eligible", "75000.00", "60000.00", "less"]]);
	equal((await call(analyst, "/measure-changes")).items.length, 1);
	equal((await call(buyer, "/measure-changes")).items, []);
	const task = (await call(e2, "/tasks?kind=measure.changed")).items[0];
	equal([task.title, task.href], ["The sum of a measure has changed from 75,000.00 ₽ to 60,000.00 ₽: Reimbursement of start batch purchases to industrial cluster participants", "/measures/CL_START_BATCH"]);
	const calendar = readCalendar((await feed(await open(e2))).text);
	ok(calendar.todos.some((t) => t.UID === `${task.uid}@zveno` && t.SUMMARY.startsWith("Сумма по мере изменилась с 75")), "the task is in the calendar");
	equal((await e2.ask("PATCH", `${V}/tasks/${task.uid}`, { body: { state: "done" } })).status, 200);
});

await test("every operation of measures and calendars was called", () => {
	const wanted = Object.values(contract.paths).flatMap((methods) => Object.values(methods)).filter((o) => o.tags.includes("measures")).map((o) => o.operationId);
	ok(wanted.length >= 8, "they are in the contract");
	equal(wanted.filter((id) => !called.has(id)), []);
});

done();
