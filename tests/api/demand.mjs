// Journey 4.7 (1)-(5) over HTTP: what the public sees of demand, and that nobody learns one buyer's part (feature I3).
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_PASSWORD, demo, done, equal, get, ok, serve, signIn, test, zveno } from "./lib.mjs";

const db = demo(process.argv[2]);
const add = (inn, item, cas, qty, state = "declared") => {
	const run = zveno("need", "add", "--db", db, `org_inn=${inn}`, `item=${item}`, `cas=${cas}`, `qty=${qty}`, `state=${state}`, "due=2026-09-30", "--centre", "RU-RYA");
	if (run.code !== 0) throw new Error(run.err + run.out);
};
const INN = ["6299000012", "5599000011", "0299000011", "2199000011", "1299000013"];
// Two buyers of one substance; one buyer with 80 % of another.
const two = ["2-Меркаптобензотиазол (каптакс)", "149-30-4"];
const most = ["Аммония полифосфат", "68333-79-9"];
add(INN[0], ...two, "300 kg");
add(INN[1], ...two, "200 kg");
add(INN[0], ...most, "800 kg");
add(INN[1], ...most, "100 kg");
add(INN[2], ...most, "100 kg");

const hostile = `<img src=x onerror=alert(1)>"'&`;
const folder = mkdtempSync(join(tmpdir(), "zveno-demand-"));
writeFileSync(join(folder, "items.csv"), `key,name\nHOSTILE,"${hostile.replaceAll('"', '""')}"\n`);
equal(zveno("import", "items", join(folder, "items.csv"), "--db", db).code, 0, "import of items");
rmSync(folder, { recursive: true });

const server = await serve(db);
const api = (path) => get(server.base, `/api/v1${path}`);

// Publishing goes on beside the answers: asks until it is as wanted.
async function until(what, path, fits) {
	const end = Date.now() + 60000;
	for (;;) {
		const answer = await api(path);
		if (fits(answer.json)) return answer.json;
		if (Date.now() > end) throw new Error(`${what} does not come: ${answer.text.slice(0, 600)}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
const item = async (words) => (await api(`/public/demand?q=${encodeURIComponent(words)}`)).json.items[0];

await test("five buyers of five regions are seen together, with threshold and prices, without a name", async () => {
	const list = await until("the publication", "/public/demand", (d) => d.items.length === 2);
	const card = list.items.find((i) => i.cas === "123-54-6");
	equal(card.text, "5 buyers, 5 regions, 170 kg declared (+30 kg possible), threshold 200 kg, price falls to 4,000.00 ₽/kg at 300 kg");
	equal([card.buyers, card.regions, card.reached, card.threshold_reached], [5, 5, 0, false]);
	equal(card.curve.map((p) => [p.qty.text, p.price.text]), [["200 kg", "5,000.00 ₽/kg"], ["300 kg", "4,000.00 ₽/kg"], ["400 kg", "3,500.00 ₽/kg"], ["600 kg", "3,000.00 ₽/kg"]]);
	equal(card.places.map((p) => [p.name, p.district, p.buyers]), [["Volga", true, 3]]);
	for (const name of ["Ока", "Иртыш", "Агидель", "Сура", "Марий", "Байкал"]) ok(!JSON.stringify(list).includes(name), name);
});

await test("an item with two buyers reads like an item with none: in JSON, CSV, search and page", async () => {
	const card = await item(two[1]);
	const none = (await api("/public/demand?q=50-00-0")).json.items[0] ?? (await api("/public/demand?q=%D0%BA%D0%B8%D1%81%D0%BB%D0%BE%D1%82%D0%B0")).json.items[0];
	const facts = ({ uid, name, cas, okpd2, ...rest }) => rest;
	equal(card.hidden, "fewer than 3 buyers, volume hidden");
	equal(facts(card), facts(none));
	equal(facts((await api(`/public/demand/${card.uid}`)).json), facts(card));
	const csv = (await api(`/public/demand.csv?q=${two[1]}`)).text.split("\r\n")[1];
	ok(csv.endsWith(`,few${",".repeat(12)}"fewer than 3 buyers, volume hidden"`), `CSV: ${csv}`);
	ok(!(await api("/public/demand")).text.includes(card.uid), "it is in the list");
	const page = (await get(server.base, `/demand/${card.uid}`, { "accept-language": "ru" })).text;
	ok(/менее|меньше/.test(page) && !/500|300 кг|200 кг/.test(page.slice(page.indexOf("<main"))), page.slice(page.indexOf("<main"), 600));
});

await test("a buyer with 80 % leaves a band", async () => {
	const card = await item(most[1]);
	equal([card.state, card.buyers, card.declared, card.confirmed, card.band.low.base, card.band.high.base], ["band", 3, null, null, 1e9, 1e10]);
	ok(!/800/.test(JSON.stringify({ ...card, uid: "" })), JSON.stringify(card));
});

await test("the page holds its facts without scripts, in both languages, in at most 150 KB", async () => {
	for (const [lang, words] of [["en", ["5 buyers", "acetylacetone", "Volga"]], ["ru", ["5 покупателей", "ацетилацетон", "Приволжский"]]]) {
		const { text, headers } = await get(server.base, "/", { "accept-language": lang });
		ok(text.length <= 150 * 1024, `${text.length} bytes`);
		ok(/text\/html/.test(headers.get("content-type")) && text.includes(`<html lang="${lang}"`), lang);
		for (const word of words) ok(text.includes(word), `${word} is not in the page`);
		ok((text.match(/<path /g) ?? []).length > 80, "the map has too few regions");
		ok(!/<script(?! type="module" src=)|style="|onclick/i.test(text), "inline code");
	}
	equal((await get(server.base, "/demand/item_00000000000000000000000000")).status, 404);
	equal((await get(server.base, "/demand?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27")).text.includes("<script>alert"), false);
});

await test("names of goods come into the page as text; one that came with a single need is not known", async () => {
	const card = (await api("/public/demand?q=onerror")).json.items[0];
	const buyer = await signIn(server.base, "buyer-e1", DEMO_PASSWORD);
	const made = await buyer.ask("POST", "/api/v1/needs", { body: { item: "Новинка", okpd2: "20.59.59", qty: "1 kg", due: "2026-09-30", state: "declared" } });
	equal(made.status, 201, made.text);
	equal((await api("/public/demand?q=Новинка")).json.items, []);
	equal(card.name, hostile);
	for (const path of ["/demand?q=onerror", `/demand/${card.uid}`]) {
		const { text } = await get(server.base, path);
		ok(text.includes("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"), `${path} does not have the name`);
		ok(!text.includes("<img src=x"), path);
	}
});

await test("what is confirmed shows when nobody can be told from it: five of five, not one to four", async () => {
	const own = { N1: "buyer-e1", N2: "buyer-e2", N3: "buyer-e4", N4: "buyer-e5", N5: "buyer-e6" };
	const uids = Object.fromEntries(JSON.parse(zveno("list", "needs", "--db", db, "--json").out).map((n) => [n.source_key, n.uid]));
	let confirmed = 0;
	for (const [key, login] of Object.entries(own)) {
		const buyer = await signIn(server.base, login, DEMO_PASSWORD);
		const answer = await buyer.ask("POST", `/api/v1/needs/${uids[key]}/confirm`, { body: {} });
		ok(answer.status < 300, answer.text);
		confirmed++;
		const card = await item("123-54-6");
		ok(card.declared === "170 kg" && (confirmed === 5 || card.confirmed === "0 kg" || card.confirmed === null), `${confirmed}: ${card.text}`);
	}
	const { items } = await until("the confirmed volume", "/public/demand?q=123-54-6", (d) => d.items[0].confirmed === "170 kg");
	equal(items[0].text, "5 buyers, 5 regions, 170 kg confirmed (+30 kg possible), threshold 200 kg reached, price falls to 4,000.00 ₽/kg at 300 kg");
	equal([items[0].reached, items[0].threshold_reached], [85, true]);
	equal((await api("/public/demand?reached_min=60")).json.items.map((i) => i.cas), ["123-54-6"]);
	equal((await api("/public/demand?reached_min=86")).json.items, []);
	equal((await api("/public/demand?region=RU-BA")).json.items.map((i) => i.cas), ["123-54-6"]);
	equal((await api("/public/demand?reached_min=x")).status, 422);
});

await test("one buyer's change is not published until it is lost among others", async () => {
	const before = (await item("123-54-6")).text;
	const buyer = await signIn(server.base, "buyer-e1", DEMO_PASSWORD);
	const made = await buyer.ask("POST", "/api/v1/needs", { body: { item: "ацетилацетон", cas: "123-54-6", qty: "11 kg", due: "2026-09-30", state: "declared" } });
	equal(made.status, 201, made.text);
	// Another item that is free to change shows that the publication has gone on.
	const others = ["buyer-e5", "buyer-e6"];
	for (const login of others) {
		const person = await signIn(server.base, login, DEMO_PASSWORD);
		const answer = await person.ask("POST", "/api/v1/needs", { body: { item: two[0], cas: two[1], qty: "250 kg", due: "2026-09-30", state: "declared" } });
		equal(answer.status, 201, answer.text);
	}
	await until("the third and fourth buyer", `/public/demand?q=${two[1]}`, (d) => d.items[0].buyers === 4);
	equal((await item("123-54-6")).text, before);
});

await test("a lot that is mostly one buyer's tells the others neither its volume nor its price", async () => {
	const other = demo(process.argv[2]);
	// The price is 600,000/Q + 2,000: whoever knows it knows Q.
	equal(zveno("need", "set", "--db", other, "N1", "qty=480 kg", "tolerance=0 kg").code, 0, "a larger need");
	equal(zveno("lots", "--db", other).code, 0, "lots");
	const alone = await serve(other);
	const lotsOf = async (login) => (await (await signIn(alone.base, login, DEMO_PASSWORD)).ask("GET", "/api/v1/lots")).json.items;
	const [whole] = await lotsOf("analyst");
	ok(whole.qty.base > 500e6 && whole.price.text, JSON.stringify(whole));
	let readers = 0;
	for (const login of ["buyer-e2", "buyer-e4", "buyer-e5", "buyer-e6"]) {
		const [seen] = await lotsOf(login);
		if (!seen) continue; // not in the lot
		readers++;
		equal([seen.volume_hidden, seen.qty, seen.price, seen.amount], [true, null, null, null], login);
		ok(!JSON.stringify(seen).includes(whole.price.text), JSON.stringify(seen));
	}
	ok(readers > 0, "nobody else is in the lot");
	alone.child.kill("SIGTERM");
	equal((await alone.ended).code, 0);
});

server.child.kill("SIGTERM");
equal((await server.ended).code, 0);
done();
