// Where the parts of the drawing of flows stand (web/src/pages/plan/sankey.ts): laws for random flows, without a browser.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { done, equal, ok, skipAll, test } from "../api/lib.mjs";

const web = new URL("../../web/", import.meta.url).pathname;
if (!existsSync(join(web, "node_modules/esbuild"))) skipAll("the packages of web/ are not installed");
const { transformSync } = await import(join(web, "node_modules/esbuild/lib/main.js"));
const { code } = transformSync(readFileSync(join(web, "src/pages/plan/sankey.ts"), "utf8"), { loader: "ts", format: "esm" });
const { layoutFlows, OTHER } = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);

const WIDE = { width: 1200, left: 270, right: 270, bar: 14, pitch: 21, gap: 6, head: 0, scale: 420 };
const NARROW = { width: 360, left: 0, right: 0, bar: 12, pitch: 26, gap: 8, head: 15, scale: 420 };
const near = (a, b) => Math.abs(a - b) < 1e-6;

const seed = Number(process.env.ZVENO_SEED ?? Date.now() % 1000000);
console.log(`# seed ${seed}`);
let state = seed;
const random = (n) => ((state = (state * 1103515245 + 12345) % 2147483648) >> 8) % n;

// Flows between `m` and `n` regions; the values of the nodes are the sums of their links.
function flows(m, n, count) {
	const node = (kind, i, last) => ({ code: i === last && random(2) ? OTHER : `${kind}${i}`, name: `${kind} ${i}`, value: 0 });
	const makers = Array.from({ length: m }, (_, i) => node("m", i, m - 1));
	const buyers = Array.from({ length: n }, (_, i) => node("b", i, n - 1));
	const links = new Map();
	for (let k = 0; k < count; k++) {
		const [from, to] = [makers[random(m)], buyers[random(n)]];
		const key = `${from.code} ${to.code}`;
		if (links.has(key)) continue;
		const value = 1 + random(random(4) ? 1000 : 1000000);
		links.set(key, { from: from.code, to: to.code, value });
		from.value += value;
		to.value += value;
	}
	return [makers, buyers, [...links.values()]];
}

// Corners of a band: where it leaves, where it arrives, how high it is.
function cornersOf(path) {
	const [, x0, y0, x1, y1, below] = /^M([-\d.]+),([-\d.]+)C\S+ \S+ ([-\d.]+),([-\d.]+)V([-\d.]+)C/.exec(path).map(Number);
	return { x0, y0, x1, y1, below };
}

await test("bands fill their nodes exactly, and nothing lies on anything else, for 400 random flows", () => {
	for (let round = 0; round < 400; round++) {
		const frame = round % 2 ? WIDE : NARROW;
		const [makers, buyers, links] = flows(1 + random(20), 1 + random(40), 1 + random(60));
		const drawn = layoutFlows(makers, buyers, links, frame);
		const total = makers.reduce((sum, n) => sum + n.value, 0);
		equal(drawn.links.length, links.length, "every link is drawn once");
		for (const side of [drawn.makers, drawn.buyers]) {
			side.forEach((n, i) => {
				ok(near(n.height, (n.value / total) * frame.scale), `round ${round}: ${n.code} is ${n.height} high for ${n.value} of ${total}`);
				const next = side[i + 1];
				if (!next) return;
				ok(next.y - frame.head >= n.y + n.height + frame.gap - 1e-6, `round ${round}: ${next.code} lies on ${n.code}`);
				ok(next.y - n.y >= frame.pitch - 1e-6, `round ${round}: the names of ${n.code} and ${next.code} lie on one another`);
			});
			const last = side[side.length - 1];
			ok(last.y + last.height <= drawn.height + 1e-6, `round ${round}: ${last.code} is cut off`);
		}
		for (const [side, end] of [[drawn.makers, "from"], [drawn.buyers, "to"]])
			for (const n of side) {
				const height = drawn.links.filter((l) => l[end] === n.code).reduce((sum, l) => sum + l.height, 0);
				ok(near(height, n.height), `round ${round}: the bands of ${n.code} are ${height} high, it is ${n.height}`);
			}
	}
});

await test("bands run from the edge of their maker to the edge of their buyer, one under the other", () => {
	const [makers, buyers, links] = flows(6, 9, 30);
	const drawn = layoutFlows(makers, buyers, links, WIDE);
	const below = new Map(drawn.makers.map((n) => [n.code, n.y]));
	for (const link of drawn.links) {
		const { x0, y0, x1, y1, below: end } = cornersOf(link.path);
		equal([x0, x1], [WIDE.left + WIDE.bar, WIDE.width - WIDE.right - WIDE.bar]);
		ok(Math.abs(y0 - below.get(link.from)) < 0.11, `${link.from} → ${link.to} leaves at ${y0}, the one before ended at ${below.get(link.from)}`);
		ok(Math.abs(end - y1 - link.height) < 0.11, "the height at its end");
		below.set(link.from, below.get(link.from) + link.height);
	}
});

await test("the largest stand first, what is summed as other last, whatever order they came in", () => {
	const nodes = [["a", 3], [OTHER, 100], ["b", 7], ["c", 5]].map(([code, value]) => ({ code, name: code, value }));
	const buyers = [{ code: "x", name: "x", value: 115 }];
	const links = nodes.map((n) => ({ from: n.code, to: "x", value: n.value }));
	const drawn = layoutFlows(nodes, buyers, links, WIDE);
	equal(drawn.makers.map((n) => n.code), ["b", "c", "a", OTHER]);
	const again = layoutFlows([...nodes].reverse(), buyers, [...links].reverse(), WIDE);
	equal(again.makers, drawn.makers, "the same places");
	equal(again.links.map((l) => [l.from, l.path]), drawn.links.map((l) => [l.from, l.path]), "the same bands");
});

await test("nothing, and links of what is not there, are drawn as nothing", () => {
	equal(layoutFlows([], [], [], WIDE), { height: 0, makers: [], buyers: [], links: [] });
	const one = [{ code: "a", name: "a", value: 4 }];
	equal(layoutFlows(one, one, [{ from: "a", to: "nowhere", value: 4 }, { from: "a", to: "a", value: 0 }], WIDE).links, []);
	const none = [{ code: "a", name: "a", value: 0 }];
	const drawn = layoutFlows(none, none, [{ from: "a", to: "a", value: 1 }], WIDE);
	ok(drawn.makers.every((n) => n.height === 0), "no height without value");
	ok(!drawn.links.some((l) => /NaN|Infinity/.test(l.path)), "no number that is none");
});
done();
