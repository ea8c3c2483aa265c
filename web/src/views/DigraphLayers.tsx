// A directed graph drawn in layers along its arrows.
import { useMemo } from "preact/hooks";
import type { DigraphArc, DigraphNode, DigraphProps } from "./Digraph";
import { layers } from "./layers";

const WIDTH = 190;
const LINE = 17;
const PAD = 10;
const LETTERS = 24;
const LABEL_LETTERS = 20;
const LINES_MAX = 3;
const FITS = 1300; // so wide it may shrink to the page,
const SHRINKS = 0.7; // to so much of itself; beyond, it scrolls

interface Box extends DigraphNode {
	lines: string[];
	width: number;
	height: number;
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

function box(node: DigraphNode): Box {
	const lines = wrap(node.name);
	return { ...node, lines, width: WIDTH, height: 2 * PAD + (lines.length + (node.note ? 1 : 0)) * LINE };
}

// Along the points, rounded off.
function path(points: { x: number; y: number }[]): string {
	const [first, ...rest] = points;
	if (!first) return "";
	const curves = rest.slice(0, -1).map((p, i) => `Q${p.x},${p.y} ${(p.x + rest[i + 1]!.x) / 2},${(p.y + rest[i + 1]!.y) / 2}`);
	return `M${first.x},${first.y} ${curves.join(" ")} L${rest.at(-1)!.x},${rest.at(-1)!.y}`;
}

function Arc({ arc, points }: { arc: DigraphArc; points: { x: number; y: number }[] }) {
	const middle = points[Math.floor(points.length / 2)];
	return (
		<g class={arc.quiet ? "digraph-arc quiet" : "digraph-arc"}>
			<path d={path(points)} marker-end="url(#digraph-tip)" />
			{middle && (
				<text x={middle.x} y={middle.y - 6} text-anchor="middle">
					{arc.label.length > LABEL_LETTERS ? `${arc.label.slice(0, LABEL_LETTERS - 1)}…` : arc.label}
					<title>{arc.label}</title>
				</text>
			)}
		</g>
	);
}

function Node({ of, x, y, picked, onPick }: { of: Box; x: number; y: number; picked: boolean; onPick: (() => void) | undefined }) {
	const top = y - of.height / 2;
	return (
		<g class={`digraph-node ${of.tone}${picked ? " picked" : ""}${onPick ? " pick" : ""}`} onClick={onPick}>
			<title>{of.name}</title>
			<rect x={x - WIDTH / 2} y={top} width={WIDTH} height={of.height} rx={of.tone === "cause" || of.tone === "source" ? of.height / 2 : 4} />
			{[...of.lines, ...(of.note ? [of.note] : [])].map((line, i) => (
				<text key={i} x={x} y={top + PAD + 13 + i * LINE} text-anchor="middle" class={i === of.lines.length ? "note" : undefined}>
					{line}
				</text>
			))}
		</g>
	);
}

export default function DigraphLayers({ data, label, alt, picked, onPick }: DigraphProps) {
	const drawn = useMemo(() => {
		const boxes = data.nodes.map(box);
		return { boxes, placed: layers(boxes, data.arcs, matchMedia("(max-width: 760px)").matches) };
	}, [data]);
	const { width, height, at, points } = drawn.placed;
	return (
		<div class="card pad digraph" role="region" tabindex={0} aria-label={label}>
			<svg class={width <= FITS ? "fits" : undefined} style={{ minWidth: `${width * SHRINKS}px` }} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={alt}>
				<defs>
					<marker id="digraph-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
						<path d="M0,0 L8,4 L0,8 z" />
					</marker>
				</defs>
				{data.arcs.map((arc, i) => (
					<Arc key={`${arc.from} ${arc.to}`} arc={arc} points={points[i]!} />
				))}
				{drawn.boxes.map((of) => (
					<Node key={of.id} of={of} {...at.get(of.id)!} picked={of.id === picked} onPick={onPick && (() => onPick(of.id))} />
				))}
			</svg>
		</div>
	);
}
