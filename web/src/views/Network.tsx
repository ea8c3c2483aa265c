// Who supplies whom: members on the places that the server gives, arrows as thick as what was delivered. The table beside has the figures.
import type { ClusterMap } from "../api/types";
import { t } from "../state/i18n";

type Node = ClusterMap["nodes"][number];
type Edge = ClusterMap["edges"][number];

const SIZE = 1000;
const RADIUS = 22;
const WIDE_RADIUS = 52; // on a narrow screen, where all is drawn smaller
const THIN = 1.5;
const THICK = 12;
const MARGIN = 300; // for the names beside the outer points
const NAME = 26; // characters

const share = (edge: Edge, most: number): number => (most > 0 ? Number(edge.delivered) / most : 0);

function shorter(name: string): string {
	return name.length <= NAME ? name : `${name.slice(0, NAME - 1)}…`;
}

// From rim to rim, bent, so that both ways between two can be seen.
function path(from: Node, to: Node, radius: number): string {
	const dx = to.x - from.x;
	const dy = to.y - from.y;
	const d = Math.hypot(dx, dy) || 1;
	const [ux, uy] = [dx / d, dy / d];
	const bend = Math.min(60, d / 6);
	const [cx, cy] = [(from.x + to.x) / 2 - uy * bend, (from.y + to.y) / 2 + ux * bend];
	const a = Math.hypot(cx - from.x, cy - from.y) || 1;
	const b = Math.hypot(to.x - cx, to.y - cy) || 1;
	const gap = radius + 3;
	const tip = radius + 13;
	const start = [from.x + ((cx - from.x) / a) * gap, from.y + ((cy - from.y) / a) * gap];
	const end = [to.x - ((to.x - cx) / b) * tip, to.y - ((to.y - cy) / b) * tip];
	return `M${start[0]!.toFixed(0)} ${start[1]!.toFixed(0)}Q${cx.toFixed(0)} ${cy.toFixed(0)} ${end[0]!.toFixed(0)} ${end[1]!.toFixed(0)}`;
}

function Name({ node }: { node: Node }) {
	const left = node.x < SIZE / 2 - 20;
	const middle = Math.abs(node.x - SIZE / 2) <= 20;
	const x = middle ? node.x : node.x + (left ? -1 : 1) * (RADIUS + 10);
	const y = middle ? node.y + (node.y < SIZE / 2 ? -RADIUS - 12 : RADIUS + 26) : node.y + 6;
	return (
		<text class="node-name" x={x} y={y} text-anchor={middle ? "middle" : left ? "end" : "start"}>
			{shorter(node.org.name)}
			<title>{node.org.name}</title>
		</text>
	);
}

export function Network({ map }: { map: ClusterMap }) {
	const narrow = matchMedia("(max-width: 760px)").matches;
	const at = new Map(map.nodes.map((n) => [n.org.uid, n]));
	const most = Math.max(0, ...map.edges.map((e) => Number(e.delivered)));
	const margin = narrow ? WIDE_RADIUS + 10 : MARGIN;
	const radius = narrow ? WIDE_RADIUS : RADIUS;
	const thicker = narrow ? 2 : 1;
	return (
		<figure class="network">
			<svg viewBox={`${-margin} -60 ${SIZE + 2 * margin} ${SIZE + 120}`} role="img" aria-label={t("network.alt", { nodes: map.nodes.length, edges: map.edges.length, year: map.year })}>
				<defs>
					<marker id="tip" viewBox="0 0 10 10" refX="1" refY="5" markerWidth="13" markerHeight="13" markerUnits="userSpaceOnUse" orient="auto">
						<path d="M0 0L10 5L0 10z" class="tip" />
					</marker>
				</defs>
				{map.edges.flatMap((e) => {
					const [from, to] = [at.get(e.seller), at.get(e.buyer)];
					if (!from || !to) return [];
					const part = share(e, most);
					return [<path key={`${e.seller} ${e.buyer}`} class={part > 0 ? "edge" : "edge bare"} d={path(from, to, radius)} stroke-width={thicker * (THIN + part * (THICK - THIN))} marker-end="url(#tip)" />];
				})}
				{map.nodes.map((n, i) => (
					<g key={n.org.uid} class={n.isolated ? "node alone" : "node"}>
						<circle cx={n.x} cy={n.y} r={radius} />
						<text class="node-number" x={n.x} y={n.y + radius * 0.36} text-anchor="middle">
							{i + 1}
						</text>
						{!narrow && <Name node={n} />}
					</g>
				))}
			</svg>
			<figcaption class="small quiet">{t("network.caption")}</figcaption>
		</figure>
	);
}
