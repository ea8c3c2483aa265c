// How many clusters there were and are expected to be: facts as filled points on a line, expectations as hollow ones on a broken line.
import type { ClusterGrowth } from "../api/types";
import { date, number, t } from "../state/i18n";

type Point = ClusterGrowth["points"][number];

const LEFT = 44;
const RIGHT = 24;
const TOP = 34;
const BOTTOM = 34;
const STEPS = 4;

const dayOf = (p: Point): number => Date.parse(`${p.on}T00:00:00Z`);

function yearsOf(from: number, to: number, most: number): number[] {
	const first = new Date(from).getUTCFullYear() + 1;
	const last = new Date(to).getUTCFullYear();
	const step = Math.max(1, Math.ceil((last - first + 1) / most));
	return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) => first + i * step);
}

// A label is left out where it would lie on the one before.
function labelled(points: Point[], x: (p: Point) => number, gap: number): Set<Point> {
	const kept: Point[] = [];
	for (const p of points) if (kept.every((k) => Math.abs(x(k) - x(p)) >= gap)) kept.push(p);
	return new Set(kept);
}

/* texts: growth.fact growth.expected */
export function GrowthChart({ points }: { points: Point[] }) {
	const sorted = [...points].sort((a, b) => dayOf(a) - dayOf(b) || a.number - b.number);
	if (sorted.length < 2) return null;
	const narrow = matchMedia("(max-width: 760px)").matches;
	const W = narrow ? 380 : 1040;
	const H = narrow ? 260 : 300;
	const from = dayOf(sorted[0]!);
	const to = dayOf(sorted[sorted.length - 1]!);
	const most = Math.max(...sorted.map((p) => p.number));
	const top = Math.ceil(most / 20) * 20;
	const x = (p: Point) => LEFT + 12 + ((dayOf(p) - from) / (to - from || 1)) * (W - LEFT - RIGHT - 24);
	const y = (n: number) => TOP + ((top - n) / top) * (H - TOP - BOTTOM);
	const facts = sorted.filter((p) => !p.expected);
	const hopes = sorted.filter((p) => p.expected);
	const line = (list: Point[]) => list.map((p) => `${x(p).toFixed(1)},${y(p.number).toFixed(1)}`).join(" ");
	const last = facts[facts.length - 1];
	const after = last ? [last, ...hopes.filter((p) => dayOf(p) > dayOf(last))] : hopes;
	// The ends are told first, so that they keep their labels.
	const texts = labelled([sorted[sorted.length - 1]!, ...(last ? [last] : []), ...sorted], x, narrow ? 34 : 30);
	const first = facts[0] ?? sorted[0]!;
	const end = sorted[sorted.length - 1]!;
	return (
		<figure class="growth">
			<svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={t("growth.alt", { first: number(first.number), from: date(first.on), last: number(end.number), to: date(end.on) })}>
				{Array.from({ length: STEPS + 1 }, (_, i) => Math.round((top / STEPS) * i)).map((n) => (
					<g key={n}>
						<line class={n === 0 ? "axis" : "grid"} x1={LEFT} x2={W - RIGHT} y1={y(n)} y2={y(n)} />
						<text class="tick" x={LEFT - 8} y={y(n) + 4} text-anchor="end">
							{number(n)}
						</text>
					</g>
				))}
				{yearsOf(from, to, narrow ? 5 : 12).map((year) => {
					const at = LEFT + 12 + ((Date.UTC(year, 0, 1) - from) / (to - from || 1)) * (W - LEFT - RIGHT - 24);
					return (
						<g key={year}>
							<line class="axis" x1={at} x2={at} y1={H - BOTTOM} y2={H - BOTTOM + 5} />
							<text class="tick" x={at} y={H - BOTTOM + 21} text-anchor="middle">
								{year}
							</text>
						</g>
					);
				})}
				<polyline class="fact" points={line(facts)} />
				<polyline class="hope" points={line(after)} />
				{sorted.map((p) => (
					<circle key={p.uid} class={p.expected ? "hope-dot" : "fact-dot"} cx={x(p)} cy={y(p.number)} r="5">
						<title>{`${date(p.on)}: ${number(p.number)}, ${t(p.expected ? "growth.expected" : "growth.fact")}`}</title>
					</circle>
				))}
				{[...texts].map((p) => (
					<text key={p.uid} class="point" x={x(p)} y={y(p.number) - 11} text-anchor={p === end ? "end" : "middle"}>
						{number(p.number)}
					</text>
				))}
			</svg>
			<figcaption class="small quiet">
				<span class="key fact" /> {t("growth.fact")} <span class="key hope" /> {t("growth.expected")}
			</figcaption>
		</figure>
	);
}
