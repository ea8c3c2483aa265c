// How many clusters there were and are expected to be: facts as filled points on a line, expectations as hollow ones on a broken line.
// What counts different things is never joined; an expectation without a day of its own stands in a column at the right.
import type { ClusterGrowth } from "../api/types";
import { date, number, t } from "../state/i18n";

type Point = ClusterGrowth["points"][number];
interface Placed {
	point: Point;
	x: number;
	y: number;
}

const LEFT = 44;
const RIGHT = 24;
const TOP = 34;
const BOTTOM = 34;
const STEPS = 4;
const COLUMN = 110;

const dayOf = (p: Point): number => Date.parse(`${p.on}T00:00:00Z`);

// What is counted, without the remarks that follow it.
const countedOf = (p: Point): string => (p.scope ?? "").split(/[,:;]/)[0]!.trim();

function yearsOf(from: number, to: number, most: number): number[] {
	const first = new Date(from).getUTCFullYear() + 1;
	const last = new Date(to).getUTCFullYear();
	const step = Math.max(1, Math.ceil((last - first + 1) / most));
	return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) => first + i * step);
}

// A label is left out where it would lie on the one before.
function labelled(placed: Placed[]): Set<Placed> {
	const kept: Placed[] = [];
	for (const p of placed) if (kept.every((k) => Math.abs(k.x - p.x) >= 26 || Math.abs(k.y - p.y) >= 16)) kept.push(p);
	return new Set(kept);
}

const line = (list: Placed[]): string => list.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(" ");

// The facts of each kind of count, and the way from the last of them to what is expected.
function linesOf(placed: Placed[]): { facts: Placed[][]; hopes: Placed[][] } {
	const groups = new Map<string, Placed[]>();
	for (const p of placed) groups.set(countedOf(p.point), [...(groups.get(countedOf(p.point)) ?? []), p]);
	const all = [...groups.values()].map((g) => ({ facts: g.filter((p) => !p.point.expected), hopes: g.filter((p) => p.point.expected) }));
	return { facts: all.map((g) => g.facts), hopes: all.map((g) => [...g.facts.slice(-1), ...g.hopes]).filter((g) => g.length > 1) };
}

function Scale({ top, y, right }: { top: number; y: (n: number) => number; right: number }) {
	return (
		<>
			{Array.from({ length: STEPS + 1 }, (_, i) => Math.round((top / STEPS) * i)).map((n) => (
				<g key={n}>
					<line class={n === 0 ? "axis" : "grid"} x1={LEFT} x2={right} y1={y(n)} y2={y(n)} />
					<text class="tick" x={LEFT - 8} y={y(n) + 4} text-anchor="end">
						{number(n)}
					</text>
				</g>
			))}
		</>
	);
}

/* texts: growth.fact growth.expected */
export function GrowthChart({ points }: { points: Point[] }) {
	const sorted = [...points].sort((a, b) => dayOf(a) - dayOf(b) || a.number - b.number);
	if (sorted.length < 2) return null;
	const narrow = matchMedia("(max-width: 760px)").matches;
	const W = narrow ? 380 : 1040;
	const H = narrow ? 260 : 300;
	const lastFact = Math.max(...sorted.filter((p) => !p.expected).map(dayOf));
	const undated = (p: Point) => p.expected && dayOf(p) <= lastFact;
	const column = sorted.some(undated) ? COLUMN : 0;
	const from = dayOf(sorted[0]!);
	const to = Math.max(...sorted.map(dayOf));
	const top = Math.ceil(Math.max(...sorted.map((p) => p.number)) / 20) * 20;
	const xOf = (day: number) => LEFT + 12 + ((day - from) / (to - from || 1)) * (W - LEFT - RIGHT - 24 - column);
	const y = (n: number) => TOP + ((top - n) / top) * (H - TOP - BOTTOM);
	const placed = sorted.map((point) => ({ point, x: undated(point) ? W - RIGHT - COLUMN / 2 : xOf(dayOf(point)), y: y(point.number) }));
	const { facts, hopes } = linesOf(placed);
	const first = sorted[0]!;
	const end = placed.reduce((a, b) => (b.x >= a.x ? b : a)).point;
	const says = ({ point }: Placed) => `${date(point.on)}: ${number(point.number)}, ${t(point.expected ? "growth.expected" : "growth.fact")}${point.scope ? `, ${point.scope}` : ""}`;
	return (
		<figure class="growth">
			<svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={t("growth.alt", { first: number(first.number), from: date(first.on), last: number(end.number), kind: t(end.expected ? "growth.expected" : "growth.fact") })}>
				<Scale top={top} y={y} right={W - RIGHT} />
				{yearsOf(from, to, narrow ? 4 : 12).map((year) => (
					<g key={year}>
						<line class="axis" x1={xOf(Date.UTC(year, 0, 1))} x2={xOf(Date.UTC(year, 0, 1))} y1={H - BOTTOM} y2={H - BOTTOM + 5} />
						<text class="tick" x={xOf(Date.UTC(year, 0, 1))} y={H - BOTTOM + 21} text-anchor="middle">
							{year}
						</text>
					</g>
				))}
				{column > 0 && (
					<text class="tick" x={W - RIGHT - COLUMN / 2} y={H - BOTTOM + 21} text-anchor="middle">
						{t("growth.noday")}
					</text>
				)}
				{facts.map((list, i) => (
					<polyline key={i} class="fact" points={line(list)} />
				))}
				{hopes.map((list, i) => (
					<polyline key={i} class="hope" points={line(list)} />
				))}
				{placed.map((p) => (
					<circle key={p.point.uid} class={p.point.expected ? "hope-dot" : "fact-dot"} cx={p.x} cy={p.y} r="5">
						<title>{says(p)}</title>
					</circle>
				))}
				{[...labelled(placed)].map((p) => (
					<text key={p.point.uid} class="point" x={p.x} y={p.y - 11} text-anchor="middle">
						{number(p.point.number)}
					</text>
				))}
			</svg>
			<figcaption class="small quiet">
				<span class="key fact" /> {t("growth.fact")} <span class="key hope" /> {t("growth.expected")}. {t("growth.note")}
			</figcaption>
		</figure>
	);
}
