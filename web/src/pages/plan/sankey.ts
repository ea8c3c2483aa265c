// Where the parts of a drawing of flows stand: two columns of nodes, bands between them, all to one scale. Knows nothing of the page.
export interface FlowNode {
	code: string;
	name: string;
	value: number;
}

export interface FlowLink {
	from: string;
	to: string;
	value: number;
}

export interface Frame {
	width: number;
	left: number; // room for names beside the columns
	right: number;
	bar: number; // width of a node
	pitch: number; // from one node to the next at least: names must not lie on one another
	gap: number; // between two nodes
	head: number; // room above a node, for a name there
	scale: number; // height of the whole value
}

export interface PlacedNode extends FlowNode {
	x: number;
	y: number;
	height: number;
}

export interface PlacedLink extends FlowLink {
	index: number; // in the list that was given
	height: number;
	path: string;
}

export interface Drawing {
	height: number;
	makers: PlacedNode[];
	buyers: PlacedNode[];
	links: PlacedLink[];
}

// The code of what is summed because it is small or must not be told apart.
export const OTHER = "other";

const fixed = (n: number): string => n.toFixed(1);

// The largest first; what is summed last.
function inOrder(nodes: FlowNode[]): FlowNode[] {
	return [...nodes].sort((a, b) => Number(a.code === OTHER) - Number(b.code === OTHER) || b.value - a.value || a.name.localeCompare(b.name));
}

function column(nodes: FlowNode[], x: number, total: number, f: Frame): PlacedNode[] {
	let y = 0;
	return inOrder(nodes).map((n) => {
		const height = total > 0 ? (n.value / total) * f.scale : 0;
		const placed = { ...n, x, y: y + f.head, height };
		y += Math.max(f.head + height + f.gap, f.pitch);
		return placed;
	});
}

const bottom = (nodes: PlacedNode[], f: Frame): number => Math.max(0, ...nodes.map((n) => Math.max(n.y + n.height, n.y - f.head + f.pitch)));

// A band of equal height all along, from the right edge of a maker to the left edge of a buyer.
function band(x0: number, y0: number, x1: number, y1: number, height: number): string {
	const middle = fixed((x0 + x1) / 2);
	const [a, b, c, d] = [fixed(y0), fixed(y1), fixed(y1 + height), fixed(y0 + height)];
	return `M${fixed(x0)},${a}C${middle},${a} ${middle},${b} ${fixed(x1)},${b}V${c}C${middle},${c} ${middle},${d} ${fixed(x0)},${d}Z`;
}

// Bands leave a node in the order of where they go to, so that few cross. A link of an unknown node or of nothing is left out.
export function layoutFlows(makers: FlowNode[], buyers: FlowNode[], links: FlowLink[], f: Frame): Drawing {
	const total = Math.max(sum(makers), sum(buyers));
	const from = column(makers, f.left, total, f);
	const to = column(buyers, f.width - f.right - f.bar, total, f);
	const fromAt = new Map(from.map((n, i) => [n.code, i]));
	const toAt = new Map(to.map((n, i) => [n.code, i]));
	const known = links.map((link, index) => ({ ...link, index })).filter((l) => total > 0 && l.value > 0 && fromAt.has(l.from) && toAt.has(l.to));
	const rank = (l: FlowLink): [number, number] => [fromAt.get(l.from)!, toAt.get(l.to)!];
	const ordered = known.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1] || a.index - b.index);
	const outOf = from.map((n) => n.y);
	const into = to.map((n) => n.y);
	const placed = ordered.map((l): PlacedLink => {
		const [i, k] = rank(l);
		const height = (l.value / total) * f.scale;
		const path = band(f.left + f.bar, outOf[i]!, f.width - f.right - f.bar, into[k]!, height);
		outOf[i]! += height;
		into[k]! += height;
		return { ...l, height, path };
	});
	return { height: Math.max(bottom(from, f), bottom(to, f)), makers: from, buyers: to, links: placed };
}

function sum(nodes: FlowNode[]): number {
	return nodes.reduce((all, n) => all + n.value, 0);
}
