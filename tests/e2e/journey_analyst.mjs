// Journey 4.6 in the browser, step 11: the large demo world, 48 clusters that have applied checked in one run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { done, equal, ok, test, zveno } from "../api/lib.mjs";
import { rows, says, t, world } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "zveno-large-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const db = join(folder, "large.db");
equal(zveno("demo", "--large", "--out", db).code, 0, "the large demo world");
const { as, end } = await world("analyst", db);
const analyst = await as("analyst");
const page = analyst.page;

await test("11: applications lead to the check of all clusters; nothing is chosen yet", async () => {
	await analyst.open("/applications");
	await page.getByRole("main").getByRole("link", { name: t("checks.title") }).click();
	await says(page, t("checks.choose.text"));
});

await test("11: 48 clusters are checked in one run under five seconds, each with the criterion that fails", async () => {
	const began = Date.now();
	await page.getByLabel(t("checks.pack")).selectOption({ value: "demo-2026" });
	await page.getByLabel(t("col.state")).selectOption({ value: "filed" });
	const table = await rows(page, t("checks.title"));
	await says(page, "48 clusters");
	ok(Date.now() - began < (process.env.ZVENO_SANITIZED ? 20000 : 5000), `${Date.now() - began} ms`);
	equal(table.length, 48);
	const verdicts = (word) => table.filter((row) => row[2] === word);
	const [pass, fail, unknown] = [t("truth.pass"), t("truth.fail"), t("truth.unknown")].map(verdicts);
	ok(pass.length > 0 && fail.length > 24 && unknown.length > 0 && pass.length + fail.length + unknown.length === 48, `${pass.length} pass, ${fail.length} fail, ${unknown.length} unknown`);
	for (const row of fail) ok(/\d/.test(row[4]) && row[4] !== "—", `${row[0]} fails without a criterion: ${row}`);
	const words = fail.map((row) => row[4]).join("\n");
	for (const criterion of ["At least ten participants", "linked to another one", "Functional dependence", "educational organisation", "technological infrastructure"]) ok(words.includes(criterion), `nobody fails: ${criterion}`);
	equal(table.reduce((sum, row) => sum + Number(row[5]), 0), 138, "joint projects");
	await analyst.shoot();
});

await test("11: the table comes as a file with the same rows", async () => {
	const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
	const chunks = [];
	for await (const chunk of await download.createReadStream()) chunks.push(chunk);
	const lines = Buffer.concat(chunks).toString("utf8").trim().split("\n");
	equal(lines.filter((line) => line.includes("(демо)")).length, 48);
});

equal(analyst.faults, []);
await end();
done();
