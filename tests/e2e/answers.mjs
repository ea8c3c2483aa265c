// Answers that come one by one, in an order of chance: on the way to whole, each page of each menu has names for its links and headings, shows no half sentence and loses
// no focus; and where one answer is a refusal, the page says so and waits for nothing. No clock: an answer is held until what came before it has been drawn.
// `answers.mjs all` refuses every answer of every page in turn, not one by chance.
import { readFileSync } from "node:fs";
import { DEMO_PASSWORD, done, equal, serve, signIn, test, zveno } from "../api/lib.mjs";
import { axe, browse, needPages, person } from "./look.mjs";
import { begin, pagesOf } from "./menu.mjs";
import { planWorld } from "./plan_world.mjs";

const seed = Number(process.env.ZVENO_SEED ?? Date.now() % 1000000);
console.log(`# seed ${seed}`);
let state = seed;
const below = (n) => ((state = (state * 1103515245 + 12345) % 2147483648) >> 8) % n;

// What can be wrong with half a page; colours and the like are the same when it is whole (pages.mjs).
const RULES = ["link-name", "button-name", "empty-heading", "empty-table-header", "select-name", "label", "aria-input-field-name", "aria-toggle-field-name", "aria-dialog-name", "aria-progressbar-name", "aria-required-children", "aria-required-parent", "aria-valid-attr-value", "aria-allowed-attr", "duplicate-id-aria", "image-alt", "role-img-alt", "svg-img-alt", "list", "listitem", "definition-list", "dlitem", "summary-name", "page-has-heading-one", "heading-order"];
const texts = ["ru", "en"].flatMap((lang) => Object.keys(JSON.parse(readFileSync(new URL(`../../web/locale/${lang}.json`, import.meta.url), "utf8"))));
// Keys of texts; names of columns come to them below.
const keys = new Set(texts.filter((key) => key.includes(".")));

const db = planWorld();
for (const title of ["First plan", "Second plan"]) equal(zveno("plan", "run", "--db", db, "--title", title).code, 0, title);
const { base } = await serve(db);
await needPages(base);
await begin(base);
const { registers } = (await (await signIn(base, "analyst", DEMO_PASSWORD)).get("/api/v1/registers")).json;
for (const { columns } of registers) for (const { name } of columns) if (name.includes("_")) keys.add(name);
const browser = await browse();

// A person whose answers are held back while `gate.closed`.
async function patient(login) {
	const who = await person(browser, base, { login, lang: "en", policy: false });
	const gate = { closed: false, held: [] };
	await who.page.addInitScript(axe);
	await who.page.route(/\/api\/v1\//, (route) => {
		const request = route.request();
		if (gate.closed && request.method() === "GET" && request.resourceType() === "fetch") gate.held.push(route);
		else void route.continue();
	});
	who.page.on("requestfailed", (request) => (gate.held = gate.held.filter((route) => route.request() !== request))); // the page that asked was left
	await who.go("/account");
	return { ...who, gate };
}

// Leads to an address inside the page, as a link does. The title of the page that is left is marked: what comes is another one.
async function follow(page, path) {
	await page.evaluate((href) => {
		document.querySelector("h1").dataset.left = "";
		window.focused = undefined;
		const link = document.body.appendChild(Object.assign(document.createElement("a"), { href }));
		link.click();
		link.remove();
	}, path);
}

// Until every answer that the page waits for is held here, and what came before is drawn. True when there is none and the page is whole.
async function stalled(page, gate) {
	let whole = false;
	for (const end = Date.now() + 30000; ; ) {
		const [due, there] = await page.evaluate(async () => {
			const now = () => (document.querySelector("h1[data-left]") ? [-1, false] : [window.answersDue, Boolean(document.querySelector("h1") && !document.querySelector(".bone, .stale, [data-loading]"))]);
			const before = now();
			await new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));
			return String(now()) === String(before) ? before : [-1, false];
		});
		whole = there && due === 0;
		if (due === gate.held.length && (due > 0 || whole)) return whole;
		if (Date.now() > end) throw new Error(`waited 30 s in vain: ${due} answers due, ${gate.held.length} held, ${(await page.locator("main").innerText()).slice(0, 300)}`);
	}
}

// What a person meets now.
async function look(page, own = keys) {
	const [violations, words, focus] = await page.evaluate(async (rules) => {
		const { violations: found } = await window.axe.run(document, { runOnly: { type: "rule", values: rules }, resultTypes: ["violations"] });
		return [found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3)}`), document.body.innerText, document.activeElement === document.body ? (window.focused?.outerHTML ?? "the title").slice(0, 160) : ""];
	}, RULES);
	const bad = words.match(/\bundefined\b|\bNaN\b|\[object|\bnull\b|Infinity|Invalid Date|\{\w+\}/g) ?? [];
	const raw = (words.match(/\b[a-z]\w*(?:\.\w+)+|\b[a-z]+(?:_[a-z]+)+\b/g) ?? []).filter((word) => own.has(word));
	return [...violations, ...bad.map((b) => `shows “${b}”`), ...raw.map((r) => `shows the name ${r}`), ...(focus ? [`the focus is lost: ${focus}`] : [])];
}

// The focus goes to a control of the page, or stays where it is when there is none yet.
async function focusOne(page, n) {
	await page.evaluate((at) => {
		const stops = [...document.querySelectorAll("main :is(a[href], button, input, select, summary)")].filter((e) => e.checkVisibility() && !e.disabled);
		stops[at % stops.length]?.focus();
		window.focused = document.activeElement;
	}, n);
}

// The answer that is let through next: by chance, whatever order they were asked in.
function next(gate) {
	gate.held.sort((a, b) => (a.request().url() < b.request().url() ? -1 : 1));
	return gate.held.splice(below(gate.held.length), 1)[0]; // none when it is not wanted any more
}

// From the page before to the one at `path`, an answer at a time; what was asked for.
async function arrive({ page, gate, faults }, path) {
	const own = /^.(audit|packs.|measures.)/.test(path) ? new Set() : keys; // names of rules and actions look like keys

	const found = [];
	const asked = [];
	gate.closed = true;
	try {
		await follow(page, path);
		while (!(await stalled(page, gate))) {
			found.push(...(await look(page, own)));
			await focusOne(page, below(1000));
			const route = next(gate);
			if (route) asked.push(route.request().url());
			await route?.continue();
		}
		found.push(...(await look(page, own)));
	} finally {
		gate.closed = false;
		for (const route of gate.held.splice(0)) void route.continue();
	}
	equal([...new Set(found), ...faults.splice(0)], [], path);
	states += asked.length + 1;
	return asked;
}

// The same way with one answer that is a refusal. The page says so, and waits for nothing.
async function refused({ page, gate, faults }, path, url) {
	const found = [];
	const what = new URL(url).pathname;
	gate.closed = true;
	try {
		await follow(page, path);
		while (!(await stalled(page, gate))) {
			const route = next(gate);
			if (route?.request().url() === url) {
				await route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Forbidden", status: 403, detail: "Refused by the test." }) });
			} else await route?.continue();
		}
		found.push(...(await look(page, new Set())));
		// Who sees a part of the trail alone gets no seal of the whole.
		if (!what.endsWith("/audit/head") && !(await page.locator("main").innerText()).includes("Refused by the test.")) found.push("says nothing of it");
	} finally {
		gate.closed = false;
		for (const route of gate.held.splice(0)) void route.continue();
	}
	equal([...new Set(found), ...faults.splice(0)], [], `${path} when ${what} is refused`);
}

let states = 0;
for (const login of ["operator-rya", "buyer-e1", "cluster", "analyst", "admin"]) {
	const who = await patient(login);
	const pages = Object.entries(await pagesOf(base, login));
	const asked = {};
	for (const [name, path] of pages.filter(([name]) => name !== "nohit"))
		await test(`${login}: page ${name} is never half said while its answers come`, async () => {
			asked[path] = await arrive(who, path);
		});
	if (["cluster", "analyst"].includes(login))
		for (const [name, path] of pages.filter(([, path]) => asked[path]?.length > 0)) {
			const urls = process.argv[2] === "all" ? asked[path] : [asked[path][below(asked[path].length)]];
			for (const url of urls) {
				await test(`${login}: page ${name} says that an answer was refused, and is whole`, () => refused(who, path, url));
				if (urls.length > 1) await who.go("/account");
			}
		}
	await who.close();
}
console.log(`# ${states} states`);
await browser.close();
done();
