// Regions of makers at the left, of buyers at the right, what moves between them as bands. The table beside it has the same figures.
import type { PlanSankey } from "../../api/types";
import { t } from "../../state/i18n";
import { type FlowNode, type Frame, layoutFlows, type PlacedNode } from "./sankey";

type Node = PlanSankey["makers"][number];

// Two drawings: on a narrow screen names stand above their nodes, else beside them.
const WIDE: Frame = { width: 1200, left: 270, right: 270, bar: 14, pitch: 21, gap: 6, head: 0, scale: 420 };
const NARROW: Frame = { width: 360, left: 0, right: 0, bar: 12, pitch: 26, gap: 8, head: 15, scale: 420 };
const WIDE_NAME = 33;
const NARROW_NAME = 24;

const valueOf = (n: Node): FlowNode => ({ code: n.code, name: n.name, value: n.value.kop });
const cut = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name);

interface NameProps {
	node: PlacedNode;
	side: "maker" | "buyer";
	narrow: boolean;
	text: string;
	dim: boolean;
}

function NodeShape({ node, side, narrow, text, dim }: NameProps) {
	const bar = (narrow ? NARROW : WIDE).bar;
	const left = side === "maker";
	const x = narrow ? (left ? node.x : node.x + bar) : left ? node.x - 8 : node.x + bar + 8;
	const y = narrow ? node.y - 4 : node.y + Math.max(node.height / 2, 0) + 4;
	return (
		<g class={dim ? "node dim" : "node"}>
			<rect class={`flow-${side}`} x={node.x} y={node.y} width={bar} height={Math.max(node.height, 1)} />
			<text x={x} y={y} text-anchor={left === narrow ? "start" : "end"}>
				{cut(node.name, narrow ? NARROW_NAME : WIDE_NAME)}
			</text>
			<title>{`${node.name}: ${text}`}</title>
		</g>
	);
}

// `picked`: a region whose bands stand out; the others step back.
export function FlowChart({ flows, picked }: { flows: PlanSankey; picked: string }) {
	const narrow = matchMedia("(max-width: 760px)").matches;
	const frame = narrow ? NARROW : WIDE;
	const { height, makers, buyers, links } = layoutFlows(
		flows.makers.map(valueOf),
		flows.buyers.map(valueOf),
		flows.links.map((l) => ({ from: l.from, to: l.to, value: l.value.kop })),
		frame,
	);
	const names = { from: new Map(flows.makers.map((n) => [n.code, n])), to: new Map(flows.buyers.map((n) => [n.code, n])) };
	const dim = (...codes: string[]) => picked !== "" && !codes.includes(picked);
	const kept = new Set(links.filter((l) => !dim(l.from, l.to)).flatMap((l) => [`m${l.from}`, `b${l.to}`]));
	return (
		<figure class="flow-chart">
			<svg viewBox={`0 -12 ${frame.width} ${Math.ceil(height) + 18}`} role="img" aria-label={t("plan.flows.alt")}>
				{links.map((l) => {
					const link = flows.links[l.index]!;
					return (
						<path key={l.index} class={dim(l.from, l.to) ? "link dim" : "link"} d={l.path}>
							<title>{`${names.from.get(l.from)!.name} → ${names.to.get(l.to)!.name}: ${link.value.text}, ${link.qty_text}`}</title>
						</path>
					);
				})}
				{makers.map((n) => (
					<NodeShape key={n.code} node={n} side="maker" narrow={narrow} text={names.from.get(n.code)!.value.text} dim={!kept.has(`m${n.code}`)} />
				))}
				{buyers.map((n) => (
					<NodeShape key={n.code} node={n} side="buyer" narrow={narrow} text={names.to.get(n.code)!.value.text} dim={!kept.has(`b${n.code}`)} />
				))}
			</svg>
			<figcaption class="small quiet">
				<i class="key flow-maker" /> {t("plan.flows.makers")} <i class="key flow-buyer" /> {t("plan.flows.buyers")}. {t("plan.flows.note")}
			</figcaption>
		</figure>
	);
}
