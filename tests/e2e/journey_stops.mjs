// Journeys 4.2 (9, 10) and 4.6 (3, 4) in the browser: what stops if an accelerator stops, what a second source changes, and the bottlenecks.
import { done, equal, ok, test } from "../api/lib.mjs";
import { rows, says, t, world } from "./browser.mjs";

const { as, end } = await world("stops");
const buyer = await as("buyer-e1");
const { page } = buyer;
const NAME = "ускоритель X (Китай)";

await test("9: an accelerator that stops on day 0 stops the compounder on day 20, the seal plant on day 32, the pump plant on day 62", async () => {
	await buyer.open("/");
	await page.getByRole("link", { name: t("menu.stops"), exact: true }).click();
	await page.getByRole("heading", { level: 1, name: t("stops.title") }).waitFor();
	await page.getByLabel(t("stops.cause")).selectOption({ label: NAME });
	await page.getByRole("button", { name: t("stops.ask"), exact: true }).click();
	await page.waitForURL(/cause=/);
	await says(page, `${NAME}: 189,800,000 ₽ are lost in 90 days.`);
	const found = await rows(page, t("stops.why"));
	equal(found.map(([name, stop, back, lost]) => [name.split(": ")[1], stop, back, lost]), [
		["Цех смесей", "20", "—", "28,000,000 ₽"],
		["Завод уплотнений", "32", "—", "63,800,000 ₽"],
		["Завод насосов", "62", "—", "98,000,000 ₽"],
	]);
	ok(found[2][4].includes("no other source · 20 days of stock") && found[2][4].includes("30 days of stock"), found[2][4]);
	await buyer.shoot();
});

await test("9: what the stop costs if it lasts less", async () => {
	equal(await rows(page, t("stops.lengths")), [["3 days", "0 ₽"], ["7 days", "0 ₽"], ["14 days", "0 ₽"], ["30 days", "4,000,000 ₽"], ["60 days", "46,800,000 ₽"]]);
});

await test("9: the way from the cause is drawn as a graph", async () => {
	const graph = page.getByRole("region", { name: t("stops.spread") });
	await graph.waitFor();
	equal(await graph.locator(".digraph-node").evaluateAll((all) => all.map((n) => `${n.classList[1]} ${n.querySelector("title").textContent.split(": ").at(-1)}`).sort()), [
		`cause ${NAME}`,
		"stands Завод насосов",
		"stands Завод уплотнений",
		"stands Цех смесей",
	]);
	equal(await graph.locator(".digraph-arc").count(), 3);
});

await test("9: the day can be moved, and the front says who stands on it", async () => {
	const day = page.getByRole("slider");
	await day.fill("31");
	await says(page, "1 of 3 stands");
	await day.fill("32");
	await says(page, "2 of 3 stand");
	await day.fill("19");
	await says(page, "0 of 3 stand");
});

await test("10: with the substitute from day 45 the loss is 24.3 million, and the pump plant never stops", async () => {
	await page.getByLabel(/X′/).check();
	await page.getByRole("button", { name: t("stops.ask"), exact: true }).click();
	await page.waitForURL(/with=/);
	await says(page, "24,300,000 ₽ are lost in 90 days.", "189,800,000 ₽", "165,500,000 ₽");
	equal((await rows(page, t("stops.compare"))).map(([name, before, after]) => [name.split(": ")[1], before, after]), [
		["Цех смесей", "stands from day 20", "stands from day 20 to day 45"],
		["Завод уплотнений", "stands from day 32", "stands from day 32 to day 45"],
		["Завод насосов", "stands from day 62", "never stops"],
	]);
	await buyer.shoot();
});

await test("10: a need is made from the line that stops, with its item and the day of the stop", async () => {
	await page.getByRole("link", { name: t("stops.need") }).first().click();
	await page.waitForURL(/\/needs\/new/);
	await page.locator("#item").waitFor();
	equal(await page.locator("#item").inputValue(), "ускоритель X");
	equal(await page.locator("#due").inputValue(), "2026-03-22");
	equal([await page.locator("#qty").inputValue(), await page.locator("#unit").inputValue()], ["375", "кг"]); // 15 g for a kilogram, 1,000 kg a day, 25 days lost
});

await test("4.6, 3: the analyst's dearest import is the accelerator, 189.8 million in 90 days", async () => {
	const analyst = await as("analyst");
	await analyst.open("/stops?kind=import");
	const [first] = await rows(analyst.page, t("stops.bottlenecks"));
	equal([first[0], first[2], first[3], first[4], first[5]], [NAME, "189,800,000 ₽", "20", "1", "3"]);
	await analyst.page.getByRole("link", { name: NAME }).click();
	await says(analyst.page, "189,800,000 ₽ are lost in 90 days.");
	await analyst.shoot();
	await analyst.leave();
});

await test("the tree of an input shows what it needs and what depends on it", async () => {
	await buyer.open("/stops?cause=import:ускоритель X@Китай");
	await page.getByRole("link", { name: "резиновая смесь", exact: true }).first().click();
	await page.getByRole("heading", { level: 1, name: t("tree.title.of", { item: "резиновая смесь" }) }).waitFor();
	await says(page, "ускоритель X (Китай)", "15 kg a day", "Завод насосов");
	await buyer.shoot();
	const feeds = page.locator("section", { has: page.getByRole("heading", { name: t("tree.feeds") }) });
	await feeds.getByRole("button").first().press("Enter");
	await feeds.getByText("насос химический").waitFor({ state: "hidden" });
	await feeds.getByRole("button").first().press("Enter");
	await feeds.getByRole("link", { name: "насос химический" }).click();
	await page.getByRole("heading", { level: 1, name: t("tree.title.of", { item: "насос химический" }) }).waitFor();
	await says(page, t("tree.feeds.none"));
});

await test("4.6, 4: two saved scenarios side by side: 189.8 and 24.3 million, 165.5 million less", async () => {
	const analyst = await as("analyst");
	const { page: on } = analyst;
	const save = async (query, title) => {
		await analyst.open(`/stops?${query}`);
		await on.getByRole("button", { name: t("scenario.save"), exact: true }).click();
		await on.getByRole("dialog").getByLabel(t("col.name")).fill(title);
		await on.getByRole("dialog").getByRole("button", { name: t("scenario.save.do"), exact: true }).click();
		await says(on, t("scenario.saved"));
	};
	await analyst.open("/scenarios");
	await says(on, t("scenario.none"));
	await save("cause=import:ускоритель X@Китай", "X stops");
	await save("cause=import:ускоритель X@Китай&with=ИС2", "X stops, X′ from day 45");
	await on.getByRole("link", { name: t("scenario.see") }).click();
	await on.getByLabel(t("scenario.choose", { title: "X stops" }), { exact: true }).check();
	await on.getByLabel(t("scenario.choose", { title: "X stops, X′ from day 45" })).check();
	await analyst.shoot();
	await on.getByRole("button", { name: t("scenario.compare.do", { n: 2 }) }).click();
	await says(on, "189,800,000 ₽", "24,300,000 ₽", "−165,500,000 ₽");
	const found = await rows(on, t("scenario.processes"));
	equal(found.map(([name]) => name.split(": ")[1]), ["Цех смесей", "Завод уплотнений", "Завод насосов"]);
	ok(found[2][2].includes(t("stops.neverstops")) && found[2][2].includes("−98,000,000 ₽"), found[2][2]);
	const [enterprise] = await rows(on, t("scenario.enterprises"));
	ok(enterprise[0].includes("Ока-Полимер") && enterprise[2].includes("−165,500,000 ₽"), enterprise.join(" | "));
	await analyst.shoot();
	await analyst.open("/scenarios");
	await on.getByRole("button", { name: t("scenario.drop.one", { title: "X stops" }), exact: true }).click();
	await on.getByRole("dialog").getByRole("button", { name: t("scenario.drop"), exact: true }).click();
	await on.getByRole("link", { name: "X stops", exact: true }).waitFor({ state: "detached" });
	equal(analyst.faults, []);
	await analyst.leave();
});

await test("whoever has no recipes is told what to do", async () => {
	const maker = await as("maker-e3");
	await maker.open("/stops");
	const text = await maker.text();
	ok(!text.includes("ускоритель X"), text);
	await maker.leave();
});

await test("nothing went wrong in the browser", () => equal(buyer.faults, []));
await end();
done();
