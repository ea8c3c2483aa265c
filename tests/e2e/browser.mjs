// A person at a browser: Debian's Chromium, signed in through the sign-in page, watched for errors. Shared by the journeys.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEMO_PASSWORD, demo, serve } from "../api/lib.mjs";
import { browse, countAnswers, needPages, settled, shot, until } from "./look.mjs";

const web = new URL("../../web/", import.meta.url).pathname;

// The English text under a key of the pages, its places filled.
const texts = JSON.parse(readFileSync(join(web, "locale/en.json"), "utf8"));
export function t(key, values = {}) {
	if (!(key in texts)) throw new Error(`locale/en.json has no “${key}”`);
	return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A fresh demo world, or the one of a database, behind a server, and a browser before it. `name` begins the names of pictures.
export async function world(name, db = demo()) {
	const { base } = await serve(db);
	await needPages(base);
	const browser = await browse();
	let pictures = 0;

	async function visitor(options = {}) { // of the browser: javaScriptEnabled, viewport ...
		const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", acceptDownloads: true, ...options });
		const page = await context.newPage();
		const scripts = options.javaScriptEnabled !== false;
		if (scripts) await page.addInitScript(countAnswers);
		const ready = () => (scripts ? settled(page) : undefined);
		const faults = [];
		page.setDefaultTimeout(20000);
		page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
		page.on("request", (request) => !request.url().startsWith(base) && !/^(data|blob):/.test(request.url()) && faults.push(`outside request: ${request.url()}`));
		return {
			page,
			faults,
			open: async (path) => {
				await page.goto(base + path, { waitUntil: "load" });
				await ready();
			},
			text: async () => {
				await ready();
				return (await page.locator("main").innerText()).replace(/[\u00a0\u202f]/g, " ");
			},
			shoot: () => shot(page, `${name}-${String(++pictures).padStart(2, "0")}`),
			leave: () => context.close(),
		};
	}

	// Signs in by the form, as a person does.
	async function as(login) {
		const who = await visitor();
		await who.open("/signin");
		await who.page.getByLabel(t("login.login")).fill(login);
		await who.page.getByLabel(t("login.password")).fill(DEMO_PASSWORD);
		await who.page.getByRole("main").getByRole("button", { name: t("session.enter"), exact: true }).click();
		await who.page.getByRole("heading", { level: 1, name: t("home.title") }).waitFor();
		return who;
	}
	return { base, as, visitor, end: () => browser.close() };
}

// The rows of a table by its caption, as arrays of texts, once the page is whole.
export async function rows(page, caption) {
	const table = page.getByRole("table", { name: caption });
	await table.waitFor();
	if (await page.evaluate(() => "answersDue" in window)) await settled(page);
	return table.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("th,td")].map((cell) => cell.innerText.replace(/[\u00a0\u202f]/g, " ").trim())));
}

// Waits until the main part says all of these.
export async function says(page, ...wanted) {
	for (const text of wanted)
		await until(page, (w) => Boolean(document.querySelector("main")?.innerText.replace(/[\u00a0\u202f]/g, " ").includes(w)), text).catch(async () => {
			throw new Error(`the page does not say “${text}”: ${(await page.locator("main").innerText()).slice(0, 1500)}`);
		});
}
