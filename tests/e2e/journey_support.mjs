// Journey 4.5 in the browser, steps 9 and 10: support of the joint project in roubles, and the application until it is returned and corrected.
import { done, equal, ok, test } from "../api/lib.mjs";
import { says, t, world } from "./browser.mjs";
import { until } from "./look.mjs";

const { as, end } = await world("support");
const own = await as("cluster");
const page = own.page;
const button = (name) => page.getByRole("button", { name, exact: true });
let project, cluster;

// The card of an applicant on the page of a project.
const applicant = (name) => page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name }) }).first();
const text = async (locator) => (await locator.innerText()).replace(/[\u00a0\u202f]/g, " ");

await test("9: the start batch pays Irtysh-Sintez 75,000 ₽ of 150,000", async () => {
	await own.open("/registers/projects");
	await page.getByRole("link", { name: "Стартовая партия ацетилацетона" }).first().click();
	await page.waitForURL(/\/registers\/projects?\/project_/);
	project = new URL(page.url()).pathname.split("/").pop();
	await own.open(`/projects/${project}/support`);
	await says(page, "150,000 ₽", "75,000 ₽");
	const first = await text(applicant("ООО «Иртыш-Синтез»"));
	ok(first.includes("75,000 ₽") && first.includes("Reimbursement of start batch"), first);
	await own.shoot();
	await page.locator('[data-measure="CL_START_BATCH"] summary').first().click();
	await says(page, "150,000.00 ₽ × 50 % = 75,000.00 ₽", "150,000,000");
});

await test("9: Sura-Kraski is not eligible, with the reason", async () => {
	const second = await text(applicant("ООО «Сура-Краски»"));
	ok(second.includes("Not eligible") && second.includes("not a participant of a registered cluster"), second);
});

await test("9: if it joins, 70 × 5,000 × 50 % = 175,000 ₽; nothing is saved", async () => {
	await page.getByLabel(t("support.join")).selectOption({ label: "Межрегиональный химический кластер (демо)" });
	await button(t("support.suppose")).click();
	await page.waitForURL(/join=cluster_/);
	await says(page, "175,000 ₽", "+175,000 ₽", t("support.supposed"));
	await own.shoot();
	await page.getByRole("link", { name: t("support.asitis") }).click();
	await until(page, () => !document.querySelector("main").innerText.includes("175"));
});

await test("9: ordering 20 kg more pays 50,000 ₽ more", async () => {
	await page.getByLabel(t("support.more"), { exact: false }).first().fill("20 кг");
	await button(t("support.suppose")).click();
	await says(page, "125,000 ₽", "+50,000 ₽");
	await page.getByRole("link", { name: t("support.asitis") }).click();
});

await test("10: an application begins with the pack; what is missing is named and it cannot be submitted", async () => {
	await own.open("/clusters");
	await page.getByRole("link", { name: /химический кластер \(демо\)|chemical cluster \(demo\)/ }).first().click();
	await page.waitForURL(/\/clusters\/cluster_/);
	cluster = new URL(page.url()).pathname;
	await own.open(`${cluster}/application`);
	await page.getByLabel(t("checks.pack")).selectOption({ value: "demo-2026" });
	await button(t("application.begin")).click();
	await page.waitForURL(/\/applications\/\w+/);
	await button(t("application.precheck.do")).click();
	await says(page, t("application.missing"));
	equal(await button(t("application.submit")).getAttribute("aria-disabled"), "true");
	await own.shoot();
});

// What step 5 does by the pages of the cluster is done here by the API: this journey is about what follows.
async function complete() {
	const application = page.url();
	await page.evaluate(async ([path]) => {
		const ask = async (method, to, body) => {
			const { csrf } = await (await fetch("/api/v1/session")).json();
			const answer = await fetch(`/api/v1${to}`, { method, headers: { "content-type": "application/json", "x-csrf-token": csrf }, body: body && JSON.stringify(body) });
			if (!answer.ok) throw new Error(`${to}: ${answer.status} ${await answer.text()}`);
			return answer.json();
		};
		const uid = path.split("/").pop();
		await ask("POST", "/contracts", { seller_inn: "1299000013", buyer_inn: "5599000011", cluster: uid, kind: "supply", number: "1/26", title: "растворители", signed_on: "2026-03-01" });
		const technological = await ask("POST", "/infra", { name: "Второй технологический объект", kind: "technopark", state: "acting", region: "RU-OMS", technological: "yes" });
		await ask("POST", "/residents", { infra: technological.uid, cluster: uid, since_on: "2026-03-01" });
	}, [cluster]);
	await own.open(new URL(application).pathname);
}

await test("10: with six criteria of six and the documents signed it is submitted, and a copy is frozen", async () => {
	await complete();
	for (const item of await page.locator("[data-document]").all()) {
		const name = await item.getAttribute("data-document");
		await page.locator(`#file-${name}`).setInputFiles({ name: `${name}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(`%PDF ${name}`) });
		await until(page, (n) => document.querySelector(`[data-document="${n}"]`)?.innerText.includes(`${n}.pdf`), name);
		if ((await page.locator(`#file-${name}-signature`).count()) > 0) {
			await page.locator(`#file-${name}-signature`).setInputFiles({ name: `${name}.sig`, mimeType: "application/pkcs7-signature", buffer: Buffer.from(`sig ${name}`) });
			await until(page, (n) => document.querySelector(`[data-document="${n}"]`)?.innerText.includes(`${n}.sig`), name);
		}
	}
	await button(t("application.precheck.do")).click();
	await says(page, "6 of 6");
	await until(page, (label) => [...document.querySelectorAll("button")].some((b) => b.innerText === label && !b.hasAttribute("aria-disabled")), t("application.submit"));
	await button(t("application.submit")).click();
	await says(page, t("application.next.submitted"), t("application.frozen"));
	equal(await page.locator('[data-document] input[type="file"]').count(), 0, "nothing can be changed");
	await own.shoot();
});

await test("10: the reviewer returns it with a criterion; only that part is editable; corrected, it is decided", async () => {
	const address = new URL(page.url()).pathname;
	const analyst = await as("analyst");
	await analyst.open(address);
	const options = await analyst.page.getByLabel(t("application.criterion"), { exact: true }).locator("option").evaluateAll((all) => all.map((o) => [o.value, o.innerText]));
	const documents = await page.locator("[data-document]").evaluateAll((all) => all.map((d) => d.dataset.document));
	ok(options.length >= 6 && documents.length >= 2, JSON.stringify([options, documents]));
	await analyst.page.getByLabel(t("application.criterion"), { exact: true }).selectOption("linked");
	await analyst.page.getByLabel(t("review.text")).fill("Приложите договор с Марий-Аэрозолем.");
	await analyst.page.getByRole("button", { name: t("review.return"), exact: true }).click();
	await says(analyst.page, t("application.corrections"));
	await analyst.shoot();
	await own.open(address);
	await says(page, t("application.next.corrections"), "Приложите договор с Марий-Аэрозолем.");
	const editable = await page.locator('[data-document]:has(input[type="file"])').evaluateAll((all) => all.map((d) => d.dataset.document));
	ok(editable.length >= 1 && editable.length < documents.length, `editable: ${editable} of ${documents}`);
	await own.shoot();
	await page.getByLabel(t("application.answer")).fill("Договор 1/26 приложен.");
	await button(t("application.answer.send")).click();
	await says(page, "Договор 1/26 приложен.");
	await button(t("application.correct")).click();
	await says(page, t("application.next.corrected"));
	equal(analyst.faults, []);
	await analyst.leave();
});

equal(own.faults, []);
await end();
done();
