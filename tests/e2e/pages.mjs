// The pages in Debian's Chromium: every page in both languages, wide and narrow, light and dark: accessible (axe), without overflow,
// without errors, without outside requests; and users' tasks. Screenshots go to the folder in ZVENO_SHOTS.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { demo, done, equal, get, ok, serve, skipAll, test } from "../api/lib.mjs";

const web = new URL("../../web/", import.meta.url).pathname;
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
if (!chromium) skipAll("chromium is not installed");
if (!existsSync(join(web, "node_modules/playwright-core"))) skipAll("the packages of web/ are not installed");
const { chromium: engine } = await import(join(web, "node_modules/playwright-core/index.mjs"));
const axe = readFileSync(join(web, "node_modules/axe-core/axe.min.js"), "utf8");
const shots = process.env.ZVENO_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

const db = demo();
const { base } = await serve(db);
const api = async (path) => (await get(base, `/api/v1${path}`)).json;
if ((await get(base, "/")).status !== 200) skipAll("the program was built without its pages");
const lot = (await api("/lots")).items[0];
const need = (await api("/needs")).items.find((n) => n.key === "N1");
const org = (await api("/orgs")).items[0];
const PAGES = {
	home: "/",
	needs: "/needs",
	need: `/needs/${need.uid}`,
	lots: "/lots",
	lot: `/lots/${lot.uid}`,
	registers: "/registers",
	orgs: "/registers/org",
	org: `/registers/org/${org.uid}`,
	empty: "/registers/site",
	search: `/search?q=${encodeURIComponent("ацетил")}`,
	nohit: "/search?q=zzzz",
	missing: "/nowhere",
};
const VIEWS = [
	["ru", "wide", "light"],
	["ru", "narrow", "light"],
	["en", "wide", "dark"],
	["en", "narrow", "light"],
];
const browser = await engine.launch({
	executablePath: chromium,
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(lang, width, scheme = "light") {
	const context = await browser.newContext({ locale: lang === "ru" ? "ru-RU" : "en-GB", viewport: { width: width === "narrow" ? 360 : width === "wide" ? 1440 : width, height: 900 }, colorScheme: scheme, bypassCSP: true, reducedMotion: "reduce" });
	const page = await context.newPage();
	const faults = [];
	page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
	page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && faults.push(`console: ${message.text()}`));
	page.on("request", (request) => !request.url().startsWith(base) && !request.url().startsWith("data:") && faults.push(`outside request: ${request.url()}`));
	return { page, faults, close: () => context.close() };
}

for (const [lang, width, scheme] of VIEWS) {
	const { page, faults, close } = await open(lang, width, scheme);
	for (const [name, path] of Object.entries(PAGES)) {
		await test(`page ${name} in ${lang}, ${width}, ${scheme}: no fault of accessibility, no overflow, no error`, async () => {
			faults.length = 0;
			await page.goto(base + path, { waitUntil: "networkidle" });
			await page.evaluate(axe);
			const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
			if (shots) await page.screenshot({ path: join(shots, `${name}-${lang}-${width}-${scheme}.png`), fullPage: true });
			equal(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3)}`), [], "axe");
			equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, "pixels too wide");
			equal(await page.evaluate(() => document.documentElement.lang), lang, "language of the page");
			ok((await page.title()).length > 0 && (await page.locator("h1").count()) === 1, "one title");
			equal(faults, []);
		});
	}
	await close();
}

await test("nothing is blocked by the policy of the server on any page", async () => {
	const context = await browser.newContext({ locale: "ru-RU" });
	const page = await context.newPage();
	const faults = [];
	page.on("console", (message) => /Content Security|Refused/.test(message.text()) && faults.push(message.text()));
	for (const path of Object.values(PAGES)) await page.goto(base + path, { waitUntil: "networkidle" });
	await context.close();
	equal(faults, []);
});

await test("the home page says what pooling gives, and leads to the lot", async () => {
	const { page, close } = await open("en", 1920);
	await page.goto(base, { waitUntil: "networkidle" });
	const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
	ok(/0 of 5/.test(text) && /5 of 5/.test(text) && /1,000,000 ₽/.test(text), text);
	await page.locator(".lot").first().click();
	await page.waitForURL(/\/lots\/lot_/);
	await page.locator(".curve svg").waitFor();
	const lotText = (await page.locator("main").innerText()).replace(/\s+/g, " ");
	ok(/200 kg/.test(lotText) && /5,000\.00 ₽\/kg/.test(lotText) && /Viable with tolerance 30 kg/.test(lotText), lotText);
	ok((await page.locator(".curve svg").count()) === 1, "the price curve is drawn");
	await close();
});

await test("a need shows who passes, who fails with both values, and its lot", async () => {
	const { page, close } = await open("en", 1440);
	await page.goto(base + PAGES.need, { waitUntil: "networkidle" });
	equal([await page.locator(".maker.pass").count(), await page.locator(".maker.fail").count()], [1, 2], "makers");
	const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
	ok(/98(\.0)? < 99/.test(text) && /28 days late/.test(text), text);
	await page.locator(".inlot a").click();
	await page.waitForURL(/\/lots\/lot_/);
	await close();
});

await test("the search box works by keyboard alone", async () => {
	const { page, close } = await open("ru", 1440);
	await page.goto(base, { waitUntil: "networkidle" });
	await page.keyboard.press("Tab");
	equal(await page.evaluate(() => document.activeElement?.className), "skip", "the first stop skips to the content");
	await page.locator("input[role=combobox]").focus();
	await page.keyboard.type("ацетил");
	const wanted = page.locator("[role=option]", { hasText: "123-54-6" });
	await wanted.waitFor();
	for (let i = 0; i < 8 && (await wanted.getAttribute("aria-selected")) !== "true"; i++) await page.keyboard.press("ArrowDown");
	equal(await page.locator("input[role=combobox]").getAttribute("aria-activedescendant"), await wanted.getAttribute("id"), "the chosen suggestion is announced");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/registers\/item\//);
	await page.locator("h1", { hasText: "ацетилацетон" }).waitFor();
	await close();
});

await test("every link and button of the lot page can be reached by Tab", async () => {
	const { page, close } = await open("en", 1440);
	await page.goto(base + PAGES.lot, { waitUntil: "networkidle" });
	const all = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary")].filter((e) => e.offsetParent !== null || e.className === "skip").length);
	const seen = new Set();
	for (let i = 0; i < all + 2; i++) {
		await page.keyboard.press("Tab");
		seen.add(await page.evaluate(() => (window.stops ??= []).includes(document.activeElement) ? window.stops.indexOf(document.activeElement) : window.stops.push(document.activeElement) - 1));
	}
	ok(seen.size >= all, `${seen.size} of ${all}`);
	await close();
});

await test("the language is kept, and the page changes without loading again", async () => {
	const { page, close } = await open("ru", 1440);
	await page.goto(base + PAGES.lot, { waitUntil: "networkidle" });
	await page.evaluate(() => (window.same = true));
	await page.getByRole("button", { name: "English" }).click();
	await page.getByText("Who is in it, and what each gets").first().waitFor();
	equal(await page.evaluate(() => window.same), true, "no reload");
	await page.reload({ waitUntil: "networkidle" });
	equal(await page.evaluate(() => document.documentElement.lang), "en");
	await close();
});

await test("back and forward go through the pages, and an address can be opened by itself", async () => {
	const { page, close } = await open("en", 1440);
	await page.goto(`${base}/registers/org?kind=enterprise`, { waitUntil: "networkidle" });
	await page.goto(`${base}/`, { waitUntil: "networkidle" });
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await page.goBack();
	await page.locator(".headline").waitFor();
	await page.goForward();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await close();
});

await test("text twice as large and a screen of 360 pixels still need no sideways scrolling", async () => {
	const { page, close } = await open("ru", 720);
	await page.addInitScript(() => addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "32px")));
	for (const path of [PAGES.home, PAGES.lot, PAGES.need]) {
		await page.goto(base + path, { waitUntil: "networkidle" });
		equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, path);
	}
	await close();
});

await test("an empty register and an empty database say the command that helps", async () => {
	const { page, close } = await open("en", 1440);
	await page.goto(base + PAGES.empty, { waitUntil: "networkidle" });
	ok(/zveno template sites/.test(await page.locator("main").innerText()), "the template");
	await close();
});
await browser.close();
done();
