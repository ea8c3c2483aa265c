#!/usr/bin/env node
// Draws docs/img/petrochemicals.svg: the real petrochemical chain of C-THRU (cthru_processes.csv) with its bottlenecks, all by the product's own commands.
// usage: ZVENO=program tools/draw-chain.mjs TABLE.csv OUT.svg      (after npm ci in web/)
// Every process counts 100 roubles a day, as the table has no prices, so a loss says which part of all days of all processes is lost when nobody gives the item any more.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { default: dagre } = await import(join(root, "web/node_modules/@dagrejs/dagre/dist/dagre.esm.js"));
const [table, out] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "zveno-chain-"));
const db = join(scratch, "chain.db");
const zveno = (...args) => execFileSync(process.env.ZVENO, [...args, "--db", db], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });

const A_DAY = 100;
const DAYS = 90;
const SHOWN = 36; // items, those that matter most
const MARKED = 10;
const MARGIN = 10;
const CATEGORY = /products?$|fertiliser$|atEOL$|^Waste/; // what people use in the end, and what comes back from them

const rows = (kind) => JSON.parse(zveno("export", kind, "--format", "json"));

try {
	for (const kind of ["products", "recipes"]) zveno("import", kind, table, "--yes");
	const products = rows("products");
	const counted = new Set();
	const priced = products.map((p) => ({ ...p, day_value: counted.has(p.process) ? undefined : counted.add(p.process) && String(A_DAY) }));
	const csv = join(scratch, "products.csv");
	const cell = (v) => `"${String(v ?? "").replaceAll('"', '""')}"`;
	const columns = ["key", "item", "process", "out", "day_value"];
	writeFileSync(csv, [columns.join(), ...priced.map((p) => columns.map((c) => cell(p[c])).join())].join("\n"));
	zveno("import", "products", csv, "--yes");
	const ranking = JSON.parse(zveno("chain", "run", "--kind", "item", "--days", String(DAYS), "--limit", "1000", "--json")).causes;
	const all = counted.size * A_DAY * DAYS;
	const inputs = new Map();
	for (const r of rows("recipes")) inputs.set(r.process, [...(inputs.get(r.process) ?? []), r.item]);
	const kept = ranking.filter((c) => !CATEGORY.test(c.cause)).slice(0, SHOWN).map((c) => c.cause);
	const known = new Set(kept);
	const arcs = new Map();
	const first = new Map();
	for (const p of products) if (!first.has(p.process)) first.set(p.process, p.item);
	// Of co-products those that are among the dearest, without the heaps of all others.
	const dear = new Set(ranking.slice(0, MARKED).map((c) => c.cause).filter((c) => !/^(Other|Misc) /.test(c)));
	for (const p of products.filter((p) => first.get(p.process) === p.item || dear.has(p.item))) for (const item of inputs.get(p.process) ?? []) if (known.has(item) && known.has(p.item) && item !== p.item) arcs.set(`${item} > ${p.item}`, [item, p.item]);
	writeFileSync(out, draw(kept, [...arcs.values()], ranking, all));
	for (const c of ranking.slice(0, MARKED)) console.log(`| ${c.cause} | ${((100 * c.lost_rub) / all).toFixed(1)} % | ${c.processes} |`);
} finally {
	rmSync(scratch, { recursive: true });
}

function draw(items, arcs, ranking, all) {
	const share = new Map(ranking.map((c) => [c.cause, (100 * c.lost_rub) / all]));
	const rank = new Map(ranking.slice(0, MARKED).map((c, i) => [c.cause, i + 1]));
	const escape = (s) => s.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
	const graph = new dagre.graphlib.Graph();
	const linked = items.filter((i) => arcs.some((a) => a.includes(i)));
	graph.setGraph({ rankdir: "LR", nodesep: 10, ranksep: 60, marginx: 10, marginy: 10 });
	graph.setDefaultEdgeLabel(() => ({}));
	for (const item of linked) graph.setNode(item, { width: Math.max(112, 7 * item.length + 20), height: rank.has(item) ? 40 : 26 });
	for (const [a, b] of arcs) graph.setEdge(a, b);
	dagre.layout(graph);
	// The layout may lead a line past its own edge.
	const points = [...graph.nodes().flatMap((v) => [-1, 1].map((side) => ({ x: graph.node(v).x + (side * graph.node(v).width) / 2, y: graph.node(v).y + side * 20 }))), ...graph.edges().flatMap((e) => graph.edge(e).points)];
	const [left, top] = [Math.min(...points.map((p) => p.x)) - MARGIN, Math.min(...points.map((p) => p.y)) - MARGIN];
	const [width, height] = [Math.max(...points.map((p) => p.x)) - left + MARGIN, Math.max(...points.map((p) => p.y)) - top + MARGIN];
	const round = (n) => Math.round(n * 10) / 10;
	const lines = arcs.map(([a, b]) => {
		const points = graph.edge(a, b).points.map((p) => `${round(p.x)},${round(p.y)}`);
		return `<polyline points="${points.join(" ")}"/>`;
	});
	const boxes = linked.map((item) => {
		const n = graph.node(item);
		const x = round(n.x - n.width / 2);
		const y = round(n.y - n.height / 2);
		const text = [`<text x="${round(n.x)}" y="${round(rank.has(item) ? n.y - 3 : n.y + 4)}">${escape(item)}</text>`];
		if (rank.has(item)) text.push(`<text class="b" x="${round(n.x)}" y="${round(n.y + 13)}">№ ${rank.get(item)}: ${share.get(item).toFixed(1)} %</text>`);
		return `<g${rank.has(item) ? ' class="mark"' : ""}><rect x="${x}" y="${y}" width="${round(n.width)}" height="${n.height}" rx="4"/>${text.join("")}</g>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(left)} ${round(top)} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="The petrochemical chain with its ten dearest bottlenecks">
<!-- Data: c-thru/global-petrochemicals-calculator e302d9e8df, MIT. Drawn by tools/draw-chain.mjs. -->
<style>text{font:12px sans-serif;text-anchor:middle;fill:#15211f}.b{font-weight:700}rect{fill:#faf8f4;stroke:#8a8778}.mark rect{fill:#fbe6e3;stroke:#a8281f;stroke-width:2}polyline{fill:none;stroke:#8a8778;stroke-width:1;marker-end:url(#t)}</style>
<defs><marker id="t" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#8a8778"/></marker></defs>
<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" style="fill:#fff;stroke:none"/>
${lines.join("\n")}
${boxes.join("\n")}
</svg>
`;
}
