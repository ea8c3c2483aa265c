// The graph of production chains: a few processes as a drawing, hundreds as points on the graphics card, both with the same words beside them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demo, done, equal, ok, test, zveno } from "../api/lib.mjs";
import { rows, says, t, world } from "./browser.mjs";

const CHAINS = 220;
const LONG = 12;

// Chains side by side: a plant takes what the one before it makes, the first a raw material of its own.
function manyPlants(db) {
	const scratch = mkdtempSync(join(tmpdir(), "zveno-graph-"));
	const products = ["Key,Item,Process,A run gives,Output of a day,\"A day is worth, ₽\""];
	const recipes = ["Key,Process,Input,For a run,How needed,Days of stock"];
	for (let c = 0; c < CHAINS; c++)
		for (let l = 0; l < LONG; l++) {
			products.push(`P${c}.${l},item ${c}.${l},plant ${c}.${l},1 kg,100 kg,1000`);
			recipes.push(`R${c}.${l},plant ${c}.${l},${l === 0 ? `raw ${c}` : `item ${c}.${l - 1}`},1 kg,essential,1`);
			if (l === 0) recipes.push(`B${c},plant ${c}.0,base,0.1 kg,essential,3`);
		}
	for (const [kind, table] of Object.entries({ products, recipes })) {
		writeFileSync(join(scratch, "rows.csv"), table.join("\n"));
		const run = zveno("import", kind, join(scratch, "rows.csv"), "--db", db, "--yes");
		equal(run.code, 0, run.err);
	}
	rmSync(scratch, { recursive: true });
	return db;
}

const small = await world("graph");
const buyer = await small.as("buyer-e1");

await test("a few processes are drawn, and the only sources stand below", async () => {
	const { page } = buyer;
	await buyer.open("/stops");
	await page.getByRole("link", { name: t("graph.title"), exact: true }).click();
	await page.getByRole("heading", { level: 1, name: t("graph.title") }).waitFor();
	await says(page, "3 processes · 3 sources from outside · 5 arrows");
	const graph = page.getByRole("region", { name: t("graph.title") });
	await graph.locator(".digraph-node").first().waitFor();
	equal((await graph.locator(".digraph-node.alone").allTextContents()).length, 3);
	equal(await graph.locator(".digraph-arc").count(), 5);
	equal((await rows(page, t("graph.alone.title"))).map(([name, , inputs]) => [name.split(": ").at(-1), inputs]).sort(), [
		["Завод уплотнений", "1"],
		["Цех смесей", "1"],
		["ускоритель X (Китай)", "1"],
	]);
	await buyer.shoot();
});

await test("a node that is looked for says what it takes and gives, and what stops without it", async () => {
	const { page } = buyer;
	const find = page.getByLabel(t("graph.find"));
	await find.fill("АО «Ока-Полимер»: Цех смесей");
	await find.press("Enter");
	await says(page, "Ryazan Region · a day of stop 400,000 ₽", "ускоритель X ← ускоритель X (Китай)", "essential · 15 kg a day · 20 days of stock · no other source", "резиновая смесь → АО «Ока-Полимер»: Завод уплотнений");
	await page.locator(".digraph-node", { hasText: "Завод" }).first().click();
	await page.getByRole("heading", { level: 2, name: "АО «Ока-Полимер»: Завод" }).waitFor();
	await find.fill("ускоритель X (Китай)");
	await find.press("Enter");
	await page.getByRole("link", { name: t("graph.ifstops") }).click();
	await says(page, "189,800,000 ₽ are lost in 90 days.");
});

await test("the part about an item, so many steps around it", async () => {
	const { page } = buyer;
	await buyer.open("/chain-graph");
	await page.getByLabel(t("col.item"), { exact: true }).fill("резиновая смесь");
	await page.getByLabel(t("graph.steps")).fill("1");
	await page.getByRole("button", { name: t("tree.show"), exact: true }).click();
	await page.getByRole("heading", { level: 1, name: t("graph.title.of", { item: "резиновая смесь" }) }).waitFor();
	await says(page, "2 processes · 3 sources from outside · 4 arrows");
	const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "GraphML" }).click()]);
	equal(file.suggestedFilename(), "chain.graphml");
	await page.getByLabel(t("col.item"), { exact: true }).fill("unobtainium");
	await page.getByRole("button", { name: t("tree.show"), exact: true }).click();
	await says(page, "names “unobtainium”");
});

const ALL = t("first.all", { n: (CHAINS * LONG).toLocaleString("en-GB") });
const large = await world("graph-large", manyPlants(demo()));
const analyst = await large.as("analyst");

// Points of the picture in one colour, as [x, y] of the page.
async function points(page, colour) {
	const canvas = page.locator(".digraph-canvas");
	const shot = (await canvas.screenshot()).toString("base64");
	const from = await canvas.boundingBox();
	const blank = await page.context().newPage();
	const found = await blank.evaluate(
		async ([png, want]) => {
			const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
			const board = new OffscreenCanvas(image.width, image.height).getContext("2d");
			board.drawImage(image, 0, 0);
			const { data } = board.getImageData(0, 0, image.width, image.height);
			const near = (at) => want.every((v, k) => Math.abs(data[at + k] - v) < 12);
			return Array.from({ length: data.length / 4 }, (_, i) => i).filter((i) => near(4 * i)).map((i) => [i % image.width, Math.floor(i / image.width)]);
		},
		[shot, colour],
	);
	await blank.close();
	return found.map(([x, y]) => [from.x + x, from.y + y]);
}

const spread = (all) => Math.max(...all) - Math.min(...all);
const size = (dots) => ({ wide: spread(dots.map(([x]) => x)), high: spread(dots.map(([, y]) => y)) });
const RED = [0xa8, 0x28, 0x1f];

await test("hundreds of processes are points on the graphics card, red where there is no other source", async () => {
	const { page } = analyst;
	await analyst.open("/chain-graph");
	await says(page, `${(CHAINS * LONG + 3).toLocaleString("en-GB")} processes`);
	await page.locator(".digraph-canvas canvas").first().waitFor();
	await analyst.shoot();
	const red = await points(page, RED);
	ok(red.length > 2000, `${red.length} red dots`);
	const { wide, high } = size(red);
	ok(wide > 500 && high > 250, `${wide} x ${high}`);
	equal((await rows(page, t("graph.alone.title")))[0], ["base", "—", String(CHAINS), "—"]);
});

await test("a point that is clicked says who it is; nearer, farther and the whole by buttons", async () => {
	const { page } = analyst;
	await page.getByRole("button", { name: t("digraph.nearer") }).press("Enter");
	await page.waitForTimeout(200);
	const nearer = await points(page, RED);
	await page.getByRole("button", { name: t("digraph.whole") }).press("Enter");
	await page.waitForTimeout(200);
	const red = await points(page, RED);
	ok(size(nearer).high > size(red).high && size(red).high > 250, "nearer is larger");
	// The middle of a point: its four neighbours are red as well.
	const all = new Set(red.map(String));
	const middle = red.find(([x, y]) => [[1, 0], [-1, 0], [0, 1], [0, -1]].every(([dx, dy]) => all.has(String([x + dx, y + dy]))));
	await page.mouse.click(...middle);
	await page.getByRole("link", { name: t("graph.ifstops") }).waitFor();
	const find = page.getByLabel(t("graph.find"));
	await find.fill("plant 17.3");
	await find.press("Enter");
	await says(page, "item 17.2 ← plant 17.2", "item 17.3 → plant 17.4");
	await analyst.shoot();
	const left = (await points(page, RED)).length;
	ok(left > 20 && left < red.length / 10, `${left} dots are red: what is picked and who stands beside it`);
});

await test("a stop that reaches hundreds is drawn the same way", async () => {
	const { page } = analyst;
	await analyst.open("/stops?cause=item:base");
	await page.locator(".digraph-canvas canvas").first().waitFor();
	await says(page, ALL);
	ok((await points(page, RED)).length > 2000, "who stands is red");
	equal((await rows(page, t("stops.why"))).length, 100);
	await analyst.shoot();
	await page.locator("section", { has: page.getByRole("heading", { name: t("stops.why"), exact: true }) }).getByRole("button", { name: ALL }).click();
	equal((await rows(page, t("stops.why"))).length, CHAINS * LONG);
});

await test("more causes than one waits for are reckoned by a job, and the page may be come back to", async () => {
	const { page } = analyst;
	await analyst.open("/stops");
	await says(page, "more than can be reckoned while one waits");
	await analyst.shoot();
	await page.getByRole("button", { name: t("stops.job.run"), exact: true }).click();
	await page.waitForURL(/job=/);
	await page.getByRole("table", { name: t("stops.bottlenecks") }).waitFor();
	const ranked = await rows(page, t("stops.bottlenecks"));
	const base = ranked.find((row) => row[0] === "base");
	equal([base[1], base[4], base[5]], ["item", "1", (CHAINS * LONG).toLocaleString("en-GB")]);
	await page.reload();
	equal(await rows(page, t("stops.bottlenecks")), ranked);
	await page.getByRole("link", { name: t("stops.kind.import"), exact: true }).click();
	await says(page, "ускоритель X (Китай)");
});

await test("in the dark it has the colours of the dark", async () => {
	const { page } = analyst;
	await page.emulateMedia({ colorScheme: "dark" });
	await analyst.open("/chain-graph");
	await page.locator(".digraph-canvas canvas").first().waitFor();
	const [r, g, b] = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--bad").trim().match(/\w\w/g).map((x) => parseInt(x, 16)));
	ok((await points(page, [r, g, b])).length > 2000, "points");
	await analyst.shoot();
});

await test("where the graphics card cannot be used, words remain", async () => {
	const { page } = analyst;
	await page.addInitScript(() => {
		const made = HTMLCanvasElement.prototype.getContext;
		HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
			return kind.startsWith("webgl") ? null : made.call(this, kind, ...more);
		};
	});
	await analyst.open("/chain-graph");
	await says(page, t("digraph.failed"));
	equal((await rows(page, t("graph.alone.title"))).length, 30);
});

await test("nothing went wrong in the browser", async () => {
	equal([...buyer.faults, ...analyst.faults], []);
	await small.end();
	await large.end();
});
done();
