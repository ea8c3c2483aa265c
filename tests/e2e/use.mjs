// The pages as people use them: signing in and out, by keyboard alone, with larger text, in another language, back and forth, with something unsaved.
import { DEMO_PASSWORD, done, equal, ok, serve, test, zveno } from "../api/lib.mjs";
import { browse, needPages, person, settled, words } from "./look.mjs";
import { pagesOf } from "./menu.mjs";
import { planWorld } from "./plan_world.mjs";

const db = planWorld();
equal(zveno("plan", "run", "--db", db, "--title", "First plan").code, 0);
const { base } = await serve(db);
await needPages(base);
const browser = await browse();

await test("a page that needs a sign-in leads to it and back", async () => {
	const who = await person(browser, base, { lang: "en" });
	await who.page.goto(`${base}/needs?state=declared`);
	await who.page.waitForURL(/\/signin\?return=/);
	await who.page.getByLabel("Login").fill("operator-rya");
	await who.page.getByLabel("Password").fill(DEMO_PASSWORD);
	await who.page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
	await who.page.waitForURL(/\/needs\?state=declared/);
	await settled(who.page);
	await who.page.getByRole("button", { name: "Sign out" }).click();
	await who.page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
	equal(who.faults, []);
	await who.close();
});

await test("a session that ends is said, and what was typed stays", async () => {
	const who = await person(browser, base, { login: "buyer-e1", lang: "en" });
	await who.go("/needs/new");
	await who.page.getByLabel("What is needed").fill("acetyl");
	await who.page.context().clearCookies();
	await who.page.getByLabel("Quantity").fill("40");
	await who.page.getByRole("alert").getByText("The session has ended.").waitFor();
	equal(await who.page.getByLabel("What is needed").inputValue(), "acetyl", "the field");
	await who.close();
});

await test("the search box works by keyboard alone", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya" });
	await go("/");
	await page.keyboard.press("Tab");
	equal(await page.evaluate(() => document.activeElement?.className), "skip", "the first stop skips to the content");
	await page.getByRole("search").getByRole("combobox").focus();
	await page.keyboard.type("ацетил");
	const wanted = page.locator("[role=option]", { hasText: "123-54-6" });
	await wanted.waitFor();
	for (let i = 0; i < 8 && (await wanted.getAttribute("aria-selected")) !== "true"; i++) await page.keyboard.press("ArrowDown");
	equal(await page.getByRole("search").getByRole("combobox").getAttribute("aria-activedescendant"), await wanted.getAttribute("id"), "the chosen suggestion is announced");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/registers\/item\//);
	await page.locator("h1", { hasText: "ацетилацетон" }).waitFor();
	await close();
});

await test("every link, button and field of the page of a new need can be reached by Tab", async () => {
	const { page, go, close } = await person(browser, base, { login: "buyer-e1", lang: "en" });
	await go("/needs/new");
	const all = await page.evaluate(() => {
		const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((e) => e.offsetParent !== null || e.className === "skip");
		const groups = new Set(stops.filter((e) => e.type === "radio").map((e) => e.name));
		return stops.filter((e) => e.type !== "radio").length + groups.size;
	});
	const seen = new Set();
	for (let i = 0; i < all + 12; i++) {
		await page.keyboard.press("Tab");
		seen.add(await page.evaluate(() => ((window.stops ??= []).includes(document.activeElement) ? window.stops.indexOf(document.activeElement) : window.stops.push(document.activeElement) - 1)));
	}
	ok(seen.size >= all, `${seen.size} of ${all}`);
	await close();
});

await test("the language is kept, and the page changes without loading again", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya" });
	await go("/lots");
	await page.evaluate(() => (window.same = true));
	await page.getByRole("button", { name: "English" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	equal(await page.evaluate(() => window.same), true, "no reload");
	await page.reload();
	await settled(page);
	equal(await page.evaluate(() => document.documentElement.lang), "en");
	await close();
});

await test("back and forward go through the pages, and an address can be opened by itself", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya", lang: "en" });
	await go("/registers/org?kind=enterprise");
	await go("/");
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await page.goBack();
	await page.locator("h1", { hasText: "What waits for me" }).waitFor();
	await page.goForward();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await close();
});

await test("a page with unsaved changes asks before it is left", async () => {
	const { page, go, close } = await person(browser, base, { login: "buyer-e1", lang: "en" });
	await go("/needs/new");
	await page.getByLabel("What is needed").fill("acetyl");
	let asked = "";
	page.once("dialog", (dialog) => {
		asked = dialog.message();
		void dialog.dismiss();
	});
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	ok(/unsaved/.test(asked), asked);
	equal(new URL(page.url()).pathname, "/needs/new", "the page stays");
	page.once("dialog", (dialog) => void dialog.accept());
	await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Lots" }).click();
	await page.locator("h1", { hasText: "Lots" }).waitFor();
	await close();
});

await test("nothing is blocked by the policy of the server, and text twice as large on a screen of 360 pixels needs no sideways scrolling", async () => {
	const { page, faults, go, close } = await person(browser, base, { login: "operator-rya", width: 720 });
	page.on("console", (message) => /Content Security|Refused/.test(message.text()) && faults.push(message.text()));
	await page.addInitScript(() => addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "32px")));
	for (const path of Object.values(await pagesOf(base, "operator-rya"))) {
		await go(path);
		equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, path);
	}
	await close();
	equal(faults, []);
});

await test("an empty register says what to do next", async () => {
	const { page, go, close } = await person(browser, base, { login: "operator-rya", lang: "en" });
	await go("/registers/site");
	ok(/Get the template/.test(await words(page)), "the template");
	await page.getByRole("main").getByRole("link", { name: "Import a table" }).click();
	await page.waitForURL(/\/imports\?kind=sites/);
	await close();
});
await browser.close();
done();
