// Journey 4.2 in the browser, steps 1 to 8: the buyer Ока-Полимер, with its exact figures. Each step goes on where the last ended.
import { done, equal, ok, test } from "../api/lib.mjs";
import { rows, says, t, world } from "./browser.mjs";
import { until } from "./look.mjs";

const { as, end } = await world("buyer");
const own = await as("buyer-e1");
const page = own.page;
const status = page.locator("p.echo");
const echoes = (text) => until(page, (w) => document.querySelector("p.echo")?.innerText.replace(/[\u00a0\u202f]/g, " ") === w, text).catch(async () => {
	throw new Error(`the echo is “${await status.innerText()}”, expected “${text}”`);
});
const button = (name) => page.getByRole("button", { name, exact: true });
let need, lot;

await test("1: the home page says: one need in a lot, confirm until", async () => {
	await says(page, "need in a lot, confirm until 2026-03-16", "confirm it by 2026-03-16: ацетилацетон, 40 kg");
	await own.shoot();
	await own.open("/needs");
	await page.getByRole("row", { name: /N1/ }).getByRole("link").first().click();
	await page.waitForURL(/\/needs\/need_/);
	need = new URL(page.url()).pathname;
	await page.locator(".inlot a").click();
	await page.waitForURL(/\/lots\/lot_/);
	lot = new URL(page.url()).pathname;
});

await test("2: «ацетил», «acetylac» and «123-54-6» suggest the same substance with CAS and OKPD2", async () => {
	for (const typed of ["ацетил", "acetylac", "123-54-6"]) {
		await own.open("/needs/new");
		await page.getByLabel(t("need.item")).fill(typed);
		const option = page.getByRole("option").filter({ hasText: "123-54-6" }).first();
		await option.waitFor();
		const text = await option.innerText();
		ok(/(ацетилацетон|acetylacetone)/.test(text) && text.includes("20.14.62"), text);
		for (let i = 0; i < 8 && (await option.getAttribute("aria-selected")) !== "true"; i++) await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		ok(/(ацетилацетон|acetylacetone)/.test(await page.getByLabel(t("need.item")).inputValue()), "the keyboard chooses");
	}
});

await test("3: 0,04 t is 40 kg = 40 000 000 mg; 40 l asks for the density", async () => {
	await page.getByLabel(t("need.qty"), { exact: false }).first().fill("0,04");
	await page.getByLabel(t("need.unit")).selectOption("т");
	await echoes("40 kg = 40 000 000 mg");
	await page.getByLabel(t("need.qty"), { exact: false }).first().fill("40");
	await page.getByLabel(t("need.unit")).selectOption("л");
	await page.getByText(t("need.density.hint")).waitFor();
	await page.getByLabel(t("need.density")).waitFor();
	await own.shoot();
	await page.getByLabel(t("need.unit")).selectOption("кг");
	await echoes("40 kg = 40 000 000 mg");
});

await test("4: four answers make a draft; three answers that would help are named; a draft does not count; it is deleted", async () => {
	await page.getByLabel(t("need.due")).fill("2026-09-30");
	await page.getByText("3 answers that would raise your chance").waitFor();
	const advice = (await page.getByRole("complementary", { name: t("need.advice") }).locator("li").allInnerTexts()).join("\n").toLowerCase();
	for (const word of ["purity", "ceiling", "tolerance"]) ok(advice.includes(word), `${word} is advised: ${advice}`);
	await page.getByRole("region", { name: t("need.same") }).waitFor();
	await button(t("need.savedraft")).click();
	await page.waitForURL(/\/needs\/need_/);
	const draft = new URL(page.url()).pathname;
	await own.shoot();
	await own.open(lot);
	await says(page, "200 kg", "30 kg", "5,000.00 ₽/kg");
	ok((await own.text()).includes("170 kg"), "the lot still says 170 + 30");
	await own.open(draft);
	await button(t("need.delete")).click();
	await page.getByRole("dialog").getByRole("button", { name: t("need.delete") }).click();
	await page.waitForURL(/\/needs$/);
	await own.open(draft);
	await says(page, t("error.notfound"));
});

const change = async (label, value) => {
	await own.open(`${need}/edit`);
	await page.getByLabel(label, { exact: false }).first().fill(value);
	await button(t("form.save")).click();
	await page.waitForURL(new RegExp(`${need}$`));
};

await test("5: without tolerance the lot is short by 10 kg at once; with it the lot is viable again", async () => {
	await change(t("need.tolerance"), "0 кг");
	await own.open(lot);
	await says(page, t("lot.changed"), "190 kg of 200 kg reachable", t("near.lacks"), "10 kg");
	await own.shoot();
	await change(t("need.tolerance"), "10 кг");
	await own.open(lot);
	await says(page, t("lot.tolerance", { extra: "30 kg" }), "200 kg", "5,000.00 ₽/kg");
	equal(await page.getByText(t("lot.changed")).count(), 0, "nothing is said to have changed");
});

await test("6: what do I pay: 5,000 at 200 kg, 4,000 at 300, 3,000 at 600, with the mark of the own ceiling", async () => {
	const pay = await rows(page, t("pay.title"));
	const at = (qty) => pay.find((r) => r[0] === qty);
	equal([at("200 kg")?.[1], at("300 kg")?.[1], at("600 kg")?.[1]], ["5,000.00 ₽/kg", "4,000.00 ₽/kg", "3,000.00 ₽/kg"], "prices");
	equal(at("200 kg")[3], t("pay.within"), "the own ceiling of 5,500");
	ok(!(await own.text()).match(/5,200|6,000\.00 ₽\/kg|5,400/), "no ceiling of another buyer is on the page");
	await own.shoot();
});

await test("7: association only: the maker sees need, region, 40 kg and no name, asks; the buyer accepts; the name opens; the disclosure is listed", async () => {
	await own.open(`${need}/edit`);
	await page.getByLabel(t("visibility.association"), { exact: true }).check();
	await button(t("form.save")).click();
	await page.waitForURL(new RegExp(`${need}$`));

	const maker = await as("maker-e3");
	await maker.open(need);
	await says(maker.page, "Ryazan", "40 kg", t("need.shape"));
	ok(!(await maker.text()).includes("Ока-Полимер"), "the maker sees no name");
	await maker.shoot();
	await maker.page.getByRole("button", { name: t("contact.ask"), exact: true }).click();
	await maker.page.getByRole("dialog").getByRole("button", { name: t("contact.send") }).click();
	await says(maker.page, t("contact.sent"));

	await own.open("/");
	await says(page, "Байкал-Реактив");
	await own.open("/contacts");
	await says(page, "Байкал-Реактив");
	await page.getByRole("button", { name: new RegExp(t("contact.accept")) }).click();
	await says(page, t("contact.accepted"));
	await maker.open(need);
	await says(maker.page, "Ока-Полимер");
	await own.open("/disclosures");
	const shown = await rows(page, t("disclosure.title"));
	ok(shown.some((r) => r.join(" ").includes("Байкал-Реактив")), `to whom: ${JSON.stringify(shown)}`);
	await own.shoot();
	equal(maker.faults, []);
	await maker.leave();
});

await test("8: confirm: the need is confirmed and counts in the lot", async () => {
	await own.open(need);
	await button(t("need.confirm")).click();
	await says(page, "confirmed");
	await button(t("need.confirm")).waitFor({ state: "detached" }); // nothing is left to confirm
	await own.open(lot);
	await says(page, "200 kg", "5,000.00 ₽/kg");
	await own.open("/");
	await says(page, t("home.notasks"));
});

await test("the export of the own needs comes in again with nothing changed", async () => {
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.evaluate(() => {
			const link = document.createElement("a");
			link.href = "/api/v1/exports/needs.csv";
			link.download = "needs.csv";
			document.body.append(link);
			link.click();
		}),
	]);
	await own.open("/imports?kind=needs");
	await page.locator("#file").setInputFiles(await download.path());
	await button(t("import.check")).click();
	await page.getByRole("heading", { name: t("report.title"), exact: true }).waitFor();
	const fact = async (label) => (await page.locator("dl.report > div", { hasText: label }).first().locator("dd").innerText()).trim();
	equal([await fact(t("report.new")), await fact(t("report.changed")), await fact(t("report.errors")), await fact(t("report.same"))], ["0", "0", "0", "1"], "new, changed, errors, same");
	equal(own.faults, []);
});

await end();
done();
