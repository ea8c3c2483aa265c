// What every page must hold, looked at in Debian's Chromium; a person signed in by his cookie. Shared by the tests of pages.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEMO_PASSWORD, equal, get, ok, signIn, skipAll } from "../api/lib.mjs";

const web = new URL("../../web/", import.meta.url).pathname;
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
if (!chromium) skipAll("chromium is not installed");
if (!existsSync(join(web, "node_modules/playwright-core"))) skipAll("the packages of web/ are not installed");
const { chromium: engine } = await import(join(web, "node_modules/playwright-core/index.mjs"));
export const axe = readFileSync(join(web, "node_modules/axe-core/axe.min.js"), "utf8");
const shots = process.env.ZVENO_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

const WIDTHS = { narrow: 360, wide: 1440, widest: 1920 };

export async function browse() {
	return engine.launch({
		executablePath: chromium,
		args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});
}

export async function needPages(base) {
	if ((await get(base, "/")).status !== 200) skipAll("the program was built without its pages");
}

// A browser of one person (nobody when there is no login), and what went wrong in it. The policy of the server holds but in pages that
// are looked at by axe: it has to be put into them.
export async function person(browser, base, { login, lang = "ru", width = "wide", scheme = "light", policy = true } = {}) {
	const context = await browser.newContext({
		locale: lang === "ru" ? "ru-RU" : "en-GB",
		viewport: { width: WIDTHS[width] ?? width, height: 900 },
		colorScheme: scheme,
		bypassCSP: !policy,
		reducedMotion: "reduce",
		acceptDownloads: true,
	});
	if (login) {
		const [name, value] = (await signIn(base, login, DEMO_PASSWORD)).cookie.split("=");
		await context.addCookies([{ name, value, domain: "127.0.0.1", path: "/", secure: true, httpOnly: true }]);
	}
	const page = await context.newPage();
	await page.addInitScript(countAnswers);
	const faults = [];
	page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
	page.on("console", (message) => message.type() === "error" && !/status of 4\d\d/.test(message.text()) && faults.push(`console: ${message.text()}`));
	page.on("request", (request) => !request.url().startsWith(base) && !/^(data|blob):/.test(request.url()) && faults.push(`outside request: ${request.url()}`));
	page.on("response", (answer) => answer.status() >= 500 && faults.push(`${answer.status()}: ${answer.url()}`));
	return { page, faults, go: (path) => visit(page, base + path), close: () => context.close() };
}

// Asks the page again and again until the function is true there. (What Playwright has for it evaluates text, which our policy forbids.)
export async function until(page, fits, arg, ms = 30000) {
	for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
		try {
			if (await page.evaluate(fits, arg)) return;
		} catch (error) {
			if (!/context was destroyed|navigat/i.test(error.message)) throw error;
		}
		if (Date.now() > end) throw new Error(`${page.url()}: waited ${ms} ms in vain`);
	}
}

// Put into a page before its own scripts: how many answers it still waits for.
export function countAnswers() {
	const ask = window.fetch;
	let due = 0;
	Object.defineProperty(window, "answersDue", { get: () => due });
	window.fetch = async (...args) => {
		due++;
		const over = () => setTimeout(() => due--);
		try {
			const answer = await ask(...args);
			void answer.clone().arrayBuffer().then(over, over);
			return answer;
		} catch (error) {
			over();
			throw error;
		}
	};
}

// In the page, for a second at most: whether everything is there: a title, nothing that is still loading, no answer on its way; and nothing more is asked for once that
// has been drawn.
async function complete() {
	const there = () => Boolean(document.body?.dataset.ready && document.querySelector("h1")?.textContent.trim() && !document.querySelector(".bone, .stale, [data-loading]") && !window.answersDue);
	for (let tries = 0; !there(); tries++) {
		if (tries === 50) return false;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	await new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));
	return there();
}

// Until what the page shows is there, whole.
export async function settled(page) {
	await until(page, complete);
	await page.evaluate(() => document.fonts.ready);
}

export async function visit(page, url) {
	await page.goto(url, { waitUntil: "load" });
	await settled(page);
}

// The words of the page, each space a plain one.
export async function words(page, selector = "main") {
	return (await page.locator(selector).first().innerText()).replace(/\s+/g, " ");
}

// Accessible, not wider than the screen, in the language asked for, one title, no fault; and its picture.
export async function checkPage({ page, faults }, name, lang) {
	await page.evaluate(axe);
	// Violations alone: what passes would be most of the work to tell.
	const found = await page.evaluate(async () => {
		const { violations } = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
		return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3)}`);
	});
	await shot(page, name);
	equal(found, [], "axe");
	equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, "pixels too wide");
	equal(await page.evaluate(() => document.documentElement.lang), lang, "language of the page");
	ok((await page.title()).length > 0 && (await page.locator("h1").count()) === 1, "one title");
	equal(faults, []);
}

// A picture of what is shown now, for people to look at.
export async function shot(page, name) {
	if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
