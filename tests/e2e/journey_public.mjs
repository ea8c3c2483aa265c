// Journey 4.7 in the browser, steps 1 to 5: somebody who has not signed in, with scripts and without.
import { DEMO_PASSWORD, demo, done, equal, get, ok, signIn, test, zveno } from "../api/lib.mjs";
import { rows, says, t, world } from "./browser.mjs";

// One substance with two buyers, one with a buyer of 80 %.
const TWO = ["2-Меркаптобензотиазол (каптакс)", "149-30-4"];
const MOST = ["Аммония полифосфат", "68333-79-9"];
const db = demo();
for (const [inn, [item, cas], qty] of [["6299000012", TWO, "300 kg"], ["5599000011", TWO, "200 kg"], ["6299000012", MOST, "800 kg"], ["5599000011", MOST, "100 kg"], ["0299000011", MOST, "100 kg"]]) {
	const run = zveno("need", "add", "--db", db, "--centre", "RU-RYA", `org_inn=${inn}`, `item=${item}`, `cas=${cas}`, `qty=${qty}`, "state=declared", "due=2026-09-30");
	if (run.code !== 0) throw new Error(run.err + run.out);
}
const needs = Object.fromEntries(JSON.parse(zveno("list", "needs", "--db", db, "--json").out).map((n) => [n.source_key, n.uid]));
const { base, visitor, end } = await world("public", db);
const NAMES = ["Ока-Полимер", "Иртыш", "Агидель", "Сура", "Марий", "Байкал"];

// The five buyers confirm; what is published follows.
for (const [key, login] of Object.entries({ N1: "buyer-e1", N2: "buyer-e2", N3: "buyer-e4", N4: "buyer-e5", N5: "buyer-e6" })) {
	const buyer = await signIn(base, login, DEMO_PASSWORD);
	equal((await buyer.ask("POST", `/api/v1/needs/${needs[key]}/confirm`, { body: {} })).status < 300, true, key);
}
const card = async (cas) => (await get(base, `/api/v1/public/demand?q=${cas}`)).json.items[0];
for (const until = Date.now() + 60000; (await card("123-54-6")).confirmed !== "170 kg"; await new Promise((resolve) => setTimeout(resolve, 50)))
	if (Date.now() > until) throw new Error(`the confirmed volume does not come: ${(await card("123-54-6")).text}`);
const plain = await visitor({ javaScriptEnabled: false });
const guest = await visitor();

await test("1: the public page shows the map of regions and the demand that looks for production, without scripts too, in at most 150 KB", async () => {
	let bytes = 0;
	plain.page.on("response", async (answer) => {
		const length = Number((await answer.allHeaders())["content-length"] ?? 0);
		bytes += length;
	});
	for (const who of [plain, guest]) {
		await who.open("/");
		await says(who.page, t("demand.title"), "acetylacetone");
		ok((await who.page.locator("main svg path").count()) > 80, "the map has its regions");
		await who.shoot();
	}
	ok(bytes > 0 && bytes <= 150 * 1024, `${bytes} bytes without scripts`);
});

await test("2: the card: 5 buyers, 5 regions, 170 kg confirmed (+30 possible), threshold 200 kg reached, 4,000 ₽/kg at 300 kg; no names", async () => {
	for (const who of [plain, guest]) {
		await who.open("/demand");
		await who.page.getByRole("link", { name: /acetylacetone/ }).first().click();
		await who.page.waitForURL(/\/demand\/item_/);
		await says(who.page, "5 buyers, 5 regions, 170 kg confirmed (+30 kg possible), threshold 200 kg reached, price falls to 4,000.00 ₽/kg at 300 kg");
		const text = await who.text();
		for (const name of NAMES) ok(!text.includes(name), `the name ${name}`);
		await who.shoot();
	}
	const curve = await rows(guest.page, t("lot.curve"));
	equal(curve.map((r) => r.join(" ")), ["200 kg 5,000.00 ₽/kg", "300 kg 4,000.00 ₽/kg", "400 kg 3,500.00 ₽/kg", "600 kg 3,000.00 ₽/kg"]);
});

await test("3: of an item with two buyers: fewer than 3 buyers, volume hidden", async () => {
	const { uid } = await card(TWO[1]);
	for (const who of [plain, guest]) {
		await who.open(`/demand/${uid}`);
		await says(who.page, "fewer than 3 buyers, volume hidden");
		ok(!/\b(500|300|200)[ \u00a0]kg/.test(await who.text()), "a volume is shown");
	}
	await guest.shoot();
	await guest.open("/demand");
	await says(guest.page, "acetylacetone");
	ok(!(await guest.text()).includes(TWO[1]), "it stands in the list");
});

await test("4: of an item with a buyer of 80 % only a wider band is shown", async () => {
	const { uid } = await card(MOST[1]);
	for (const who of [plain, guest]) {
		await who.open(`/demand/${uid}`);
		await says(who.page, "3 buyers");
		const text = await who.text();
		ok(!/\b(800|1,?000)[ \u00a0]kg/.test(text.replace(/1,000[ \u00a0]kg|1[ \u00a0]t|10[ \u00a0]t/g, "")), `a volume is shown: ${text}`);
	}
	await guest.shoot();
});

await test("5: the filter stands in the address, which gives the same list again", async () => {
	await guest.open("/demand");
	await guest.page.getByLabel(t("demand.share")).selectOption("60");
	await guest.page.waitForURL(/reached_min=60/);
	await says(guest.page, "acetylacetone", "1 row"); // the list before the filter names it, too
	const first = await guest.text();
	const again = await visitor();
	await again.open(guest.page.url().slice(base.length));
	await says(again.page, "acetylacetone");
	equal(await again.text(), first, "the list under the same address");
	await again.open("/demand?reached_min=100");
	await says(again.page, t("list.nohit"));
	equal([guest.faults, plain.faults, again.faults], [[], [], []]);
});

await end();
done();
