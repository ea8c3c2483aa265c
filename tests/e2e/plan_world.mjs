// More needs and makers for the demo world, so that a plan has something to leave over: each reason that people meet most, by known causes.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demo, equal, zveno } from "../api/lib.mjs";

// Enterprises of the demo world (data/demo/enterprises.csv): centre and INN.
const BUYERS = [["RU-RYA", "6299000012"], ["RU-OMS", "5599000011"], ["RU-BA", "0299000011"], ["RU-CU", "2199000011"], ["RU-ME", "1299000013"]];
const IRKUTSK = ["RU-IRK", "3899000019"];
const OMSK = ["RU-OMS", "5599000029"];
const REGIONS = ["RU-RYA", "RU-OMS", "RU-BA", "RU-CU", "RU-ME", "RU-PER", "RU-TVE", "RU-ALT", "RU-STA", "RU-TUL", "RU-NIZ", "RU-MOW", "RU-SPE", "RU-SVE"];

// [item, who makes it at which price by volume, capacity of a quarter, days to the first delivery, needs as kg and ceiling].
const ITEMS = [
	["фурфуриловый спирт", IRKUTSK, "100 кг: 900; 300 кг: 820; 500 кг: 760", "", 45, [[120, 1000], [90, 960], [70, 940], [60, 850], [40, 830], [35, 700], [30, 910]]], // near the next tier; a ceiling too low
	["бензотриазол", OMSK, "500 кг: 1500; 900 кг: 1380", "", 60, [[150, 1800], [120, 1750], [90, 1700], [70, 1690]]], // 430 of 500 kg
	["трис(2-этилгексил)фосфат", IRKUTSK, "80 кг: 2400; 200 кг: 2250", "160 кг", 45, [[110, 3000], [95, 2900], [80, 2800], [60, 2700], [40, 2600]]], // capacity for most of it
	["дибутилдитиокарбамат цинка", undefined, "", "", 0, [[200, 1200], [150, 1100], [90, 1300], [60, 900]]], // nobody makes it
	["винилтриметоксисилан", OMSK, "60 кг: 3100; 150 кг: 2900", "", 400, [[80, 3600], [60, 3500]]], // too late
];

export const NEEDS = 5 + ITEMS.reduce((n, [, , , , , wanted]) => n + wanted.length, 0); // with those of the demo world

const csv = (rows) => rows.map((row) => row.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",")).join("\n") + "\n";

// `more` needs for thirtieths of them as many items, each with seven makers whose capacity is short: a plan that is not made in a moment.
function tables(more) {
	const items = [["key", "name", "unit"]];
	const offers = [["key", "centre", "org_inn", "item", "unit", "region", "price", "minimum", "step", "lead_days", "basis"]];
	const capacity = [["key", "centre", "org_inn", "item", "quarter", "nominal", "booked", "free", "said_on"]];
	const needs = [["key", "centre", "org_inn", "item", "quantity", "unit", "region", "due", "ceiling", "state", "urgency"]];
	ITEMS.forEach(([item, maker, price, free, lead, wanted], i) => {
		items.push([`P${i}`, item, "кг"]);
		if (maker) offers.push([`PO${i}`, ...maker, item, "кг", maker[0], price, price.split(":")[0], "10 кг", lead, "DAP"]);
		if (free) for (const quarter of ["2026-Q2", "2026-Q3"]) capacity.push([`PC${i}-${quarter}`, ...maker, item, quarter, free, "0 кг", free, "2025-11-20"]);
		wanted.forEach(([kg, ceiling], k) => needs.push([`PN${i}-${k}`, ...BUYERS[(i + k) % BUYERS.length], item, kg, "кг", REGIONS[(i * 5 + k * 3) % REGIONS.length], "2026-09-30", `${ceiling} ₽/кг`, k % 3 ? "declared" : "confirmed", 1 + ((i + k) % 4)]));
	});
	for (let k = 0; k < more / 30; k++) {
		const item = `добавка Х-${k}`;
		items.push([`PX${k}`, item, "кг"]);
		[IRKUTSK, OMSK, ...BUYERS].forEach(([region, inn], m) => {
			const first = 300 + ((k * 7 + m * 11) % 9) * 100;
			const price = 700 + ((k * 31 + m * 17) % 40) * 10;
			offers.push([`PXO${k}-${m}`, region, inn, item, "кг", region, `${first} кг: ${price}; ${first * 2} кг: ${price - 60}; ${first * 4} кг: ${price - 110}`, `${first} кг`, "10 кг", 30 + ((k + m) % 4) * 45, m % 2 ? "EXW" : "DAP"]);
			for (const quarter of ["2026-Q2", "2026-Q3", "2026-Q4"]) capacity.push([`PXC${k}-${m}-${quarter}`, region, inn, item, quarter, `${first * 3} кг`, "0 кг", `${first * 2} кг`, "2025-11-20"]);
		});
	}
	for (let i = 0; i < more; i++)
		needs.push([`PXN${i}`, ...BUYERS[i % BUYERS.length], `добавка Х-${i % Math.ceil(more / 30)}`, 10 + ((i * 37) % 211), "кг", REGIONS[(i * 5) % REGIONS.length], ["2026-06-30", "2026-09-30", "2026-12-31"][i % 3], `${640 + ((i * 53) % 500)} ₽/кг`, "declared", 1 + (i % 4)]);
	return { items, offers, capacity, needs };
}

// A fresh database of the demo world with these.
export function planWorld(more = 0) {
	const db = demo();
	const folder = mkdtempSync(join(tmpdir(), "zveno-plan-"));
	try {
		for (const [kind, rows] of Object.entries(tables(more))) {
			const path = join(folder, `${kind}.csv`);
			writeFileSync(path, csv(rows));
			const run = zveno("import", kind, path, "--db", db, "--yes");
			equal(run.code, 0, `${kind}: ${run.out}${run.err}`);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return db;
}
