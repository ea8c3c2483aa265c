// How a stop spreads, as a graph: from the cause through the inputs that fail to each process. The table below says the same in words.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { ChainRun } from "../../api/types";
import { number, t } from "../../state/i18n";
import type { Layers } from "../../views/layers";
import { dayText } from "./day";

const NODES_MAX = 500;
const WIDTH = 190;
const LINE = 17;
const PAD = 10;
const LETTERS = 24;
const LINES_MAX = 3;
const FITS = 1300; // so wide it may shrink to the page; beyond, it scrolls

interface Node {
	id: string;
	lines: string[];
	name: string;
	state: "cause" | "stands" | "lower";
	day: string;
	height: number;
}

interface Arc {
	from: string;
	to: string;
	input: string;
}

// Words in lines of so many letters; what does not fit ends with dots.
function wrap(text: string): string[] {
	const lines: string[] = [];
	for (const word of text.split(" ")) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= LETTERS) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	const kept = lines.slice(0, LINES_MAX).map((l) => (l.length > LETTERS ? `${l.slice(0, LETTERS - 1)}…` : l));
	if (lines.length > LINES_MAX) kept[LINES_MAX - 1] = `${kept[LINES_MAX - 1]!.slice(0, LETTERS - 1)}…`;
	return kept;
}

function graphOf(run: ChainRun): { nodes: Node[]; arcs: Arc[] } {
	const hits = new Map(run.processes.map((p) => [p.at, p]));
	const names = new Map(run.processes.flatMap((p) => [[p.at, p.name] as const, ...p.steps.flatMap((s) => [[s.from_at, s.from] as const, [s.at, s.name] as const])]));
	const arcs = new Map(run.processes.flatMap((p) => p.steps.map((s) => [`${s.from_at} ${s.at}`, { from: String(s.from_at), to: String(s.at), input: s.input }] as const)));
	const nodes = [...names].map(([at, name]): Node => {
		const hit = hits.get(at);
		const itself = !hit || hit.steps.length === 0;
		const lines = wrap(name);
		const day = !hit ? "" : hit.stop_day !== null ? t("stops.standsfrom", { day: dayText(hit.stop_day) }) : t("stops.lower", { day: dayText(hit.first_day) });
		return { id: String(at), name, lines, state: itself ? "cause" : hit.stop_day !== null ? "stands" : "lower", day, height: 2 * PAD + (lines.length + (day ? 1 : 0)) * LINE };
	});
	return { nodes, arcs: [...arcs.values()] };
}

// Along the points, rounded off.
function path(points: { x: number; y: number }[]): string {
	const [first, ...rest] = points;
	if (!first) return "";
	const curves = rest.slice(0, -1).map((p, i) => `Q${p.x},${p.y} ${(p.x + rest[i + 1]!.x) / 2},${(p.y + rest[i + 1]!.y) / 2}`);
	return `M${first.x},${first.y} ${curves.join(" ")} L${rest.at(-1)!.x},${rest.at(-1)!.y}`;
}

function Picture({ nodes, arcs, placed }: { nodes: Node[]; arcs: Arc[]; placed: Layers }) {
	return (
		<svg class={placed.width <= FITS ? "fits" : undefined} width={placed.width} height={placed.height} viewBox={`0 0 ${placed.width} ${placed.height}`} role="img" aria-label={t("stops.spread.alt", { n: number(nodes.length) })}>
			<defs>
				<marker id="spread-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
					<path d="M0,0 L8,4 L0,8 z" />
				</marker>
			</defs>
			{arcs.map((a, i) => {
				const points = placed.points[i]!;
				const middle = points[Math.floor(points.length / 2)];
				return (
					<g key={`${a.from} ${a.to}`} class="spread-arc">
						<path d={path(points)} marker-end="url(#spread-tip)" />
						{middle && (
							<text x={middle.x} y={middle.y - 6} text-anchor="middle">
								{a.input.length > 20 ? `${a.input.slice(0, 19)}…` : a.input}
								<title>{a.input}</title>
							</text>
						)}
					</g>
				);
			})}
			{nodes.map((n) => {
				const { x, y } = placed.at.get(n.id)!;
				return (
					<g key={n.id} class={`spread-node ${n.state}`}>
						<title>{n.name}</title>
						<rect x={x - WIDTH / 2} y={y - n.height / 2} width={WIDTH} height={n.height} rx={n.state === "cause" ? n.height / 2 : 4} />
						{[...n.lines, ...(n.day ? [n.day] : [])].map((line, i) => (
							<text key={i} x={x} y={y - n.height / 2 + PAD + 13 + i * LINE} text-anchor="middle" class={i === n.lines.length ? "day" : undefined}>
								{line}
							</text>
						))}
					</g>
				);
			})}
		</svg>
	);
}

export function Spread({ run }: { run: ChainRun }) {
	const { nodes, arcs } = graphOf(run);
	const placed = useSignal<Layers | undefined>(undefined);
	const failed = useSignal(false);
	const many = nodes.length > NODES_MAX;
	useEffect(() => {
		let gone = false;
		placed.value = undefined;
		if (arcs.length === 0 || many) return;
		const down = matchMedia("(max-width: 760px)").matches;
		import("../../views/layers").then(
			({ layers }) => !gone && (placed.value = layers(nodes.map((n) => ({ id: n.id, width: WIDTH, height: n.height })), arcs, down)),
			() => !gone && (failed.value = true),
		);
		return () => {
			gone = true;
		};
	}, [run]);
	if (arcs.length === 0) return null;
	const fits = placed.value && nodes.every((n) => placed.value!.at.has(n.id)) && placed.value.points.length === arcs.length;
	return (
		<section class="section">
			<h2>{t("stops.spread")}</h2>
			{many && <p class="quiet">{t("stops.spread.many", { n: number(nodes.length), max: number(NODES_MAX) })}</p>}
			{failed.value && <p class="quiet">{t("stops.spread.failed")}</p>}
			{fits && (
				<div class="card pad spread" role="region" tabindex={0} aria-label={t("stops.spread")}>
					<Picture nodes={nodes} arcs={arcs} placed={placed.value!} />
				</div>
			)}
		</section>
	);
}
