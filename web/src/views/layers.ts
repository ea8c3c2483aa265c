// Places of the nodes of a directed graph in layers, and of its arrows between them. Loaded when a graph is shown.
import dagre from "@dagrejs/dagre";

export interface LayerNode {
	id: string;
	width: number;
	height: number;
}

export interface LayerArc {
	from: string;
	to: string;
}

export interface Layers {
	width: number;
	height: number;
	at: Map<string, { x: number; y: number }>; // of the middle of each node
	points: { x: number; y: number }[][]; // of each arc
}

export function layers(nodes: LayerNode[], arcs: LayerArc[], down: boolean): Layers {
	const graph = new dagre.graphlib.Graph();
	graph.setGraph({ rankdir: down ? "TB" : "LR", nodesep: 24, ranksep: down ? 56 : 130, marginx: 4, marginy: 4 });
	graph.setDefaultEdgeLabel(() => ({}));
	for (const n of nodes) graph.setNode(n.id, { width: n.width, height: n.height });
	for (const a of arcs) graph.setEdge(a.from, a.to);
	dagre.layout(graph);
	const whole = graph.graph();
	return {
		width: whole.width ?? 0,
		height: whole.height ?? 0,
		at: new Map(nodes.map((n) => [n.id, { x: graph.node(n.id).x ?? 0, y: graph.node(n.id).y ?? 0 }])),
		points: arcs.map((a) => graph.edge(a.from, a.to).points ?? []),
	};
}
