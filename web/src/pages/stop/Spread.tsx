// How a stop spreads, as a graph: from the cause through the inputs that fail to each process. The table below says the same in words.
import { useMemo } from "preact/hooks";
import type { ChainRun } from "../../api/types";
import { number, t } from "../../state/i18n";
import { Digraph, type DigraphData, type DigraphNode } from "../../views/Digraph";
import { dayText } from "./day";

const DAY_WIDTH = 30;
const ROW = 10;
const ROWS_MAX = 80;

type Hit = ChainRun["processes"][number];

function node(at: number, name: string, hit: Hit | undefined): DigraphNode {
	const itself = !hit || hit.steps.length === 0;
	const note = !hit ? "" : hit.stop_day !== null ? t("stops.standsfrom", { day: dayText(hit.stop_day) }) : t("stops.lower", { day: dayText(hit.first_day) });
	return { id: String(at), name, tone: itself ? "cause" : hit.stop_day !== null ? "stands" : "lower", note, x: 0, y: 0, weight: hit ? Number(hit.lost) : 0 };
}

// Where there are many, each stands on the day on which the stop reaches it; a full column goes on in the next one.
function placeByDay(nodes: DigraphNode[], hits: Map<number, Hit>): void {
	const columns = new Map<number, DigraphNode[]>();
	for (const n of nodes) {
		const day = hits.get(Number(n.id))?.first_day ?? -1;
		columns.set(day, [...(columns.get(day) ?? []), n]);
	}
	let x = 0;
	for (const [, column] of [...columns].sort(([a], [b]) => a - b)) {
		const wide = Math.ceil(column.length / ROWS_MAX);
		const high = Math.ceil(column.length / wide);
		column.forEach((n, i) => {
			n.x = x + Math.floor(i / high) * ROW;
			n.y = ((i % high) - (high - 1) / 2) * ROW;
		});
		x += DAY_WIDTH + wide * ROW;
	}
}

function graphOf(run: ChainRun): DigraphData {
	const hits = new Map(run.processes.map((p) => [p.at, p]));
	const names = new Map(run.processes.flatMap((p) => [[p.at, p.name] as const, ...p.steps.flatMap((s) => [[s.from_at, s.from] as const, [s.at, s.name] as const])]));
	const arcs = new Map(run.processes.flatMap((p) => p.steps.map((s) => [`${s.from_at} ${s.at}`, { from: String(s.from_at), to: String(s.at), label: s.input, quiet: false }] as const)));
	const nodes = [...names].map(([at, name]) => node(at, name, hits.get(at)));
	placeByDay(nodes, hits);
	return { nodes, arcs: [...arcs.values()] };
}

export function Spread({ run }: { run: ChainRun }) {
	const data = useMemo(() => graphOf(run), [run]);
	if (data.arcs.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("stops.spread")}</h2>
			<Digraph data={data} label={t("stops.spread")} alt={t("stops.spread.alt", { n: number(data.nodes.length) })} />
		</section>
	);
}
