// Journey 4.1 in the browser, steps 1 to 8: the operator of the Ryazan centre, with its exact figures. Each step goes on where the last ended.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { done, equal, ok, test } from "../api/lib.mjs";
import { rows, says, t, world } from "./browser.mjs";

const file = new URL("../../data/demo/enterprises-20.csv", import.meta.url).pathname;
const { base, as, visitor, end } = await world("operator");
let own;

const fact = async (page, label) => (await page.locator("dl.facts > div", { hasText: label }).first().locator("dd").innerText()).trim();
const counts = async (page) => Object.fromEntries(await Promise.all(["new", "changed", "same", "duplicates", "errors"].map(async (k) => [k, Number(await fact(page, t(`report.${k}`)))])));
const orgs = async () => {
	await own.open("/registers");
	return Number((await rows(own.page, t("registers.title"))).find((r) => r[0] === "Organisations")[1]);
};

await test("1: the sign-in page offers seven demo logins; the home page of the operator has four tasks, each with a date", async () => {
	const guest = await visitor();
	await guest.open("/signin");
	equal(await guest.page.locator(".demo-login").count(), 7, "demo logins");
	await guest.shoot();
	await guest.page.locator(".demo-login", { hasText: "operator-rya" }).click();
	await says(guest.page, t("home.title"), "2026");
	await guest.leave();
	own = await as("operator-rya");
	const tasks = own.page.locator("main .task");
	await tasks.first().waitFor();
	equal(await tasks.count(), 4, "tasks");
	for (const text of await tasks.locator(".task-due").allInnerTexts()) ok(/\d\d\/\d\d\/2026|\d\d\.\d\d\.2026|2026-\d\d-\d\d|\d+ \w+ 2026/.test(text), `a task without a date: ${text}`);
	await own.shoot();
});

await test("2: the template of enterprises comes as a workbook of three sheets", async () => {
	await own.open("/imports?kind=enterprises");
	const [download] = await Promise.all([own.page.waitForEvent("download"), own.page.getByRole("link", { name: t("import.template") }).click()]);
	const listing = spawnSync("unzip", ["-l", await download.path()], { encoding: "utf8" }).stdout;
	equal(listing.match(/xl\/worksheets\/sheet\d+\.xml/g)?.length, 3, "sheets");
});

let before;
const bring = async () => {
	await own.open("/imports?kind=enterprises");
	await own.page.locator("#file").setInputFiles(file);
	await own.page.getByRole("button", { name: t("import.check") }).click();
	await own.page.getByRole("heading", { name: t("report.title"), exact: true }).waitFor();
};

await test("3: the dry run of twenty rows says 16 new, 2 same, 1 probable duplicate, 1 error, and writes nothing", async () => {
	before = await orgs();
	await bring();
	equal(await counts(own.page), { new: 16, changed: 0, same: 2, duplicates: 1, errors: 1 }, "counts");
	const faults = await rows(own.page, t("report.faults"));
	const wrong = faults.find((r) => r[1] === t("level.error"));
	equal(wrong[0], "14", "the row at fault");
	ok(wrong[3].includes("INN 6299000013: check digit, expected 2"), wrong[3]);
	await own.shoot();
	equal(await orgs(), before, "organisations after a dry run");
});

await test("4: the pair stands side by side, what differs is marked, score and reasons are said; the answer is kept", async () => {
	await own.open("/duplicates");
	await own.page.getByRole("link", { name: /Ока-Полимер/ }).first().click();
	await own.page.getByRole("table", { name: t("dup.compare") }).waitFor();
	ok((await own.page.locator("tr.differs").count()) >= 2, "differing fields are marked");
	ok(/\d/.test(await own.page.locator("main .lead").innerText()), "score and reasons");
	await own.shoot();
	await own.page.getByRole("button", { name: t("dup.say.different") }).click();
	await says(own.page, t("dup.decided.different"));
});

await test("5: applying adds seventeen; undo is offered and takes them back; the file again: 0 new, 19 same, 1 error, no question", async () => {
	await bring();
	await own.page.getByRole("button", { name: t("import.apply"), exact: true }).click();
	await says(own.page, t("import.done"));
	await own.page.getByRole("button", { name: t("batch.undo") }).waitFor();
	await own.shoot();
	equal(await orgs(), before + 17, "organisations");
	await bring();
	equal(await counts(own.page), { new: 0, changed: 0, same: 19, duplicates: 0, errors: 1 }, "counts of the second time");
	await own.open("/duplicates");
	await says(own.page, t("dup.none"));
	await own.open("/imports");
	await own.page.getByRole("link", { name: "enterprises-20.csv" }).last().waitFor();
	await own.open("/batches");
	await own.page.getByRole("link", { name: "enterprises-20.csv" }).first().click();
	await own.page.getByRole("button", { name: t("batch.undo") }).click();
	await own.page.getByRole("dialog").getByRole("button", { name: t("batch.undo") }).click();
	await says(own.page, t("batch.undone"));
	equal(await orgs(), before, "organisations after the undo");
});

const openNeed = async (who) => {
	await who.open("/needs");
	const link = who.page.getByRole("link", { name: "N1", exact: true }).or(who.page.getByRole("row", { name: /N1/ }).getByRole("link"));
	await link.first().click();
	await who.page.waitForURL(/\/needs\/need_/);
};

await test("6: a scouting round gives every centre a task; Irkutsk answers exact: E3; one of twelve answered, eleven silent", async () => {
	await openNeed(own);
	await own.page.getByRole("button", { name: t("scouting.start") }).click();
	const dialog = own.page.getByRole("dialog");
	equal(await dialog.getByLabel(t("scouting.deadline")).inputValue(), "2026-03-07", "five days from the day of the demo");
	await dialog.getByRole("button", { name: t("scouting.ask") }).click();
	await own.page.waitForURL(/\/scouting\/scouting_/);
	await says(own.page, "0 of 12");
	const board = new URL(own.page.url()).pathname;

	const irkutsk = await as("operator-irk");
	await irkutsk.page.locator("main .task", { hasText: "40" }).getByRole("link").first().click();
	await irkutsk.page.waitForURL(new RegExp(board));
	await irkutsk.page.getByLabel(t("answer.exact"), { exact: true }).check();
	await irkutsk.page.getByLabel(t("scouting.makers")).fill("Байкал");
	await irkutsk.page.getByRole("button", { name: /Байкал-Реактив/ }).click();
	await irkutsk.page.getByRole("button", { name: t("scouting.send") }).click();
	await says(irkutsk.page, t("form.saved"));
	await irkutsk.leave();

	await own.open(board);
	await says(own.page, "1 of 12");
	equal(await fact(own.page, t("scouting.silent")), "11", "silent");
	const answers = (await rows(own.page, t("scouting.board"))).map((r) => r[1]);
	equal([answers.filter((a) => a === t("answer.exact")).length, answers.filter((a) => a === t("answer.silent")).length, answers.filter((a) => a === t("answer.none")).length], [1, 11, 0], "answers");
	await own.shoot();
});

await test("7: of the makers for N1 one passes with price and date, one is 28 days late, one not pure enough with a gap", async () => {
	await openNeed(own);
	await says(own.page, "Байкал-Реактив", "5,000.00", "lead 240 days, ready 2026-10-28, needed 2026-09-30 (28 days late)", "purity 98.0 < 99.0", t("maker.gaps"));
	const card = own.page.locator(".maker", { hasText: "Байкал-Реактив" });
	await card.getByText(t("verdict.pass"), { exact: true }).first().waitFor();
	await own.shoot();
});

await test("8: the lot of acetylacetone: 200 kg, 5 buyers, 5 regions, 5,000.00 ₽/kg, viable with tolerance 30 kg", async () => {
	await own.open("/lots");
	await own.page.getByRole("link", { name: /acetylacetone/ }).first().click();
	await own.page.waitForURL(/\/lots\/lot_/);
	await says(own.page, "200 kg", "5,000.00 ₽/kg", t("lot.tolerance", { extra: "30 kg" }));
	equal([await fact(own.page, t("col.buyers")), await fact(own.page, t("col.regions"))], ["5", "5"], "buyers and regions");
	await own.shoot();
});

await test("all of it is in the trail, nothing went wrong on any page, nothing was asked of another host", async () => {
	await own.open("/audit");
	await says(own.page, "import", "batch.undo", "scouting");
	equal(own.faults, []);
	ok(readFileSync(file, "utf8").length > 0 && base.startsWith("http://127.0.0.1"), "the server is on loopback");
});

await end();
done();
