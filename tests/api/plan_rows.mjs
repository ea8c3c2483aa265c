// Two plans over the demo world, written into a database that no server has open: with every kind of row, so that each page has something to say.
import { spawnSync } from "node:child_process";

const PRICE = 5_000_000_000; // 5,000 roubles a kg in micro-roubles
const Q3 = 2026 * 4 + 2;
const KG = 1_000_000;

// SQL into either store.
export function sql(db, text) {
	const run = db.startsWith("postgres")
		? spawnSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", db], { encoding: "utf8", input: text })
		: spawnSync("python3", ["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.stdin.read()); c.commit()", db], { encoding: "utf8", input: text });
	if (run.status !== 0) throw new Error(run.stderr);
}

const need = (key) => `(SELECT id FROM need WHERE source_key = '${key}' AND centre_id > 0)`;
const offer = (key) => `(SELECT id FROM offer WHERE source_key = '${key}')`;
const ITEM = `(SELECT item_id FROM offer WHERE source_key = 'O-E3')`;

// Prices of the flows are delivered: 5,100 roubles a kg.
export const A = { uid: "plan_a", orders: [["O-E3", Q3, 165, { N1: 50, N2: 30, N3: 15, N4: 70 }], ["O-M2", Q3 + 1, 20, { N5: 20 }]] };
export const B = { uid: "plan_b", orders: [["O-E3", Q3, 200, { N1: 50, N2: 30, N3: 15, N4: 70, N5: 35 }]] };
const LAUNCH = 100_000_00;
const kop = (kg, rub) => kg * rub * 100;

function head(id, plan, made, needs, covered) {
	const kg = plan.orders.reduce((sum, o) => sum + o[2], 0);
	const [launches, prices, penalties] = [plan.orders.length * LAUNCH, kop(kg, 5100), plan === A ? kop(17, 6000) : 0];
	return `INSERT INTO plan (id, uid, title, made_by, made_ms, as_of, mode, nightly, from_uid, first_period, n_periods, objective_kop, bound_kop, constant_kop, launches_kop, prices_kop, penalties_kop,
		iterations, proved, stopped, n_needs, n_covered, n_orders, n_outside, n_alone, alone_kop, cpu_ms, program, problem, digest, options)
		VALUES (${id}, '${plan.uid}', 'Plan ${plan.uid}', 'cli:test', ${made}, 20514, 1, 0, '', ${Q3}, 4, ${launches + prices + penalties}, ${launches + prices + penalties - 100000}, 0, ${launches}, ${prices}, ${penalties},
		40, 0, 0, ${needs}, ${covered}, ${plan.orders.length}, 1, 1, ${kop(60, 5000)}, 7, 'test', 'p', 'd${id}', '{}');`;
}

function orders(id, plan) {
	const out = [];
	plan.orders.forEach(([key, period, kg, flows], i) => {
		out.push(`INSERT INTO plan_order (plan_id, n, offer_id, item_id, region, period, tier, n_tiers, dim, qty_base, extra_base, price_urub, launch_kop, total_kop, needs, regions)
			VALUES (${id}, ${i + 1}, ${offer(key)}, ${ITEM}, '${key === "O-E3" ? "RU-IRK" : "RU-OMS"}', ${period}, 1, 3, 1, ${kg * KG}, 0, ${PRICE}, ${LAUNCH}, ${LAUNCH + kop(kg, 5000)}, ${Object.keys(flows).length}, ${Object.keys(flows).length});`);
		for (const [n, q] of Object.entries(flows))
			out.push(`INSERT INTO plan_flow (plan_id, order_n, need_id, qty_base, extra_base, price_urub, ceiling_urub, priority) VALUES (${id}, ${i + 1}, ${need(n)}, ${q * KG}, 0, 5100000000, 5500000000, ${n === "N1" ? 1 : 3});`);
	});
	return out;
}

function whys(id) {
	const row = (key, code, kg, kind, figure, of, period, verified) =>
		`INSERT INTO plan_why (plan_id, need_id, code, priority, dim, qty_base, value_kop, ceiling_urub, kind, figure, also, also_kind, also_figure, offer_id, period, tier, input_id, displaced, verified, detail)
		VALUES (${id}, ${need(key)}, '${code}', 3, 1, ${kg * KG}, ${kop(kg, 5500)}, 5500000000, ${kind}, ${figure}, ${key === "N2" ? `'MOQ', 1, ${4 * KG}` : "'', 0, 0"}, ${offer(of)}, ${period}, 1, NULL, 0, ${verified}, '');`;
	return [row("N5", "MOQ", 15, 1, 10 * KG, "O-I1", Q3, 1), row("N2", "PRICE", 2, 2, 50_000_000, "O-M2", Q3, 1)];
}

function near(id) {
	return [
		`INSERT INTO plan_unlock (plan_id, n, offer_id, period, tier, dim, pool_base, lack_base, lack_kop, region, extra_base, extra_urub, moq_base, launch_kop, price_urub, verified)
		VALUES (${id}, 1, ${offer("O-I1")}, ${Q3 + 1}, 1, 1, ${30 * KG}, ${20 * KG}, 0, 'RU-ME', ${20 * KG}, 5400000000, ${30 * KG}, NULL, 4900000000, 1);`,
		`INSERT INTO plan_joiner (plan_id, unlock_n, place, need_id, qty_base, raise_urub) VALUES (${id}, 1, 1, ${need("N5")}, ${15 * KG}, 30000000), (${id}, 1, 2, ${need("N2")}, ${2 * KG}, 0);`,
		`INSERT INTO plan_next_tier (plan_id, order_n, tier, lack_base, saves_urub) VALUES (${id}, 1, 2, ${35 * KG}, 1000000000), (${id}, 2, 2, ${80 * KG}, 500000000);`,
		`INSERT INTO plan_hour (plan_id, n, offer_id, period, dim, price_urub, used_base, of_base) VALUES (${id}, 1, ${offer("O-E3")}, ${Q3}, 1, 120000000, ${165 * KG}, ${300 * KG});`,
		`INSERT INTO plan_missing (plan_id, n, item_id, need_id, dim, needs, regions, orgs, qty_base, value_kop, moq_base, price_urub, half_urub)
		VALUES (${id}, 1, ${ITEM}, ${need("N5")}, 1, 2, 2, 2, ${17 * KG}, ${kop(17, 5500)}, ${17 * KG}, 5300000000, 5500000000);`,
		`INSERT INTO plan_level (plan_id, priority, needs, covered_needs, dim, qty_milli, covered_milli, bound_milli, constant_milli, breaks)
		VALUES (${id}, 1, 1, 1, 1, 50000, 50000, 50000, 0, 0), (${id}, 3, 4, 2, 1, 152000, 135000, 140000, 0, 0);`,
	];
}

function regions(id, plan) {
	const of = { N1: "RU-RYA", N2: "RU-OMS", N3: "RU-BA", N4: "RU-CU", N5: "RU-ME" };
	const out = [`INSERT INTO plan_region (plan_id, region, needs, covered_needs, wanted_kop, covered_kop, bought_kop, made_kop) VALUES (${id}, 'RU-IRK', 0, 0, 0, 0, 0, ${kop(plan.orders[0][2], 5000)});`];
	for (const [, , , flows] of plan.orders)
		for (const [n, kg] of Object.entries(flows)) out.push(`INSERT INTO plan_region (plan_id, region, needs, covered_needs, wanted_kop, covered_kop, bought_kop, made_kop) VALUES (${id}, '${of[n]}', 1, 1, ${kop(kg, 5500)}, ${kop(kg, 5500)}, ${kop(kg, 5100)}, 0);`);
	return out;
}

// N2 is for everybody to see: its shape. `first`: ids begin here (far above those that the program will give).
export function writePlans(db, first = 500000) {
	const lines = ["BEGIN;", `UPDATE need SET visibility = 3 WHERE source_key = 'N2';`];
	lines.push(head(first, A, 1772000000000, 5, 3), ...orders(first, A), ...whys(first), ...near(first), ...regions(first, A));
	lines.push(head(first + 1, B, 1772100000000, 5, 5), ...orders(first + 1, B), ...regions(first + 1, B), "COMMIT;");
	sql(db, lines.join("\n"));
}
