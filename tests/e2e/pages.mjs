// Every page of every role, in both languages, wide and narrow, light and dark: accessible (axe), without overflow, without errors,
// without outside requests. Screenshots go to the folder in ZVENO_SHOTS.
import { done, equal, get, serve, test, zveno } from "../api/lib.mjs";
import { browse, checkPage, needPages, person } from "./look.mjs";
import { begin, pagesOf } from "./menu.mjs";
import { planWorld } from "./plan_world.mjs";

const db = planWorld();
for (const title of ["First plan", "Second plan"]) equal(zveno("plan", "run", "--db", db, "--title", title, ...(title === "Second plan" ? ["--strict"] : [])).code, 0, title);
const { base } = await serve(db);
await needPages(base);
const browser = await browse();
// Two halves that run beside each other, of about as many looks: `pages.mjs 1`, `pages.mjs 2`; without a number all of them.
const HALVES = { 1: ["operator-rya", "maker-e3", "institute-i1", "investor"], 2: [undefined, "buyer-e1", "cluster", "analyst", "admin"] };
const PEOPLE = HALVES[process.argv[2]] ?? Object.values(HALVES).flat();
const VIEWS = [
	["ru", "wide", "light"],
	["ru", "narrow", "dark"],
	["en", "wide", "dark"],
	["en", "narrow", "light"],
];

async function walk(login, pages, views) {
	for (const [lang, width, scheme] of views) {
		const who = await person(browser, base, { login, lang, width, scheme, policy: false });
		for (const [name, path] of Object.entries(pages)) {
			await test(`${login ?? "nobody"}: page ${name} in ${lang}, ${width}, ${scheme}: no fault of accessibility, no overflow, no error`, async () => {
				who.faults.length = 0;
				await who.go(path);
				await checkPage(who, `${login ?? "public"}-${name}-${lang}-${width}`, lang);
			});
		}
		await who.close();
	}
}

await begin(base);
for (const login of PEOPLE.filter((p) => p !== undefined)) await walk(login, await pagesOf(base, login), login === "operator-rya" ? VIEWS : [VIEWS[0], VIEWS[3]]);
if (PEOPLE.includes(undefined)) {
	await walk(undefined, { home: "/", demand: "/demand", map: "/map", signin: "/signin", missing: "/nowhere" }, VIEWS);
	const demand = (await get(base, "/api/v1/public/demand")).json?.items?.[0];
	if (demand) await walk(undefined, { "demand-item": `/demand/${demand.uid}` }, VIEWS);
}
await browser.close();
done();
