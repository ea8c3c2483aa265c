// A directed graph of thousands of nodes as points on the graphics card (WebGL), at the places that came with them.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import Graph from "graphology";
import Sigma from "sigma";
import { t } from "../state/i18n";
import { theme } from "../state/settings";
import type { DigraphData, DigraphProps, Tone } from "./Digraph";

const SMALL = 2.5;
const LARGE = 8;
const NEAR = 0.35; // how close a picked node is looked at
const MOVE_MS = 300;

const INKS: Record<Tone, string> = { cause: "--brand", stands: "--bad", lower: "--warm", process: "--brand", source: "--line-strong", alone: "--bad" };

const ink = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const moving = (): number => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : MOVE_MS); // the renderer divides by it

// The renderer itself goes on without a word where there is no WebGL.
function needWebGl(): void {
	const canvas = document.createElement("canvas");
	if (!canvas.getContext("webgl2") && !canvas.getContext("webgl")) throw new Error("no WebGL");
}

function graphOf({ nodes, arcs }: DigraphData): Graph {
	const graph = new Graph({ type: "directed", multi: false, allowSelfLoops: true });
	const most = Math.sqrt(Math.max(1, ...nodes.map((n) => n.weight)));
	for (const n of nodes) graph.addNode(n.id, { label: n.name, note: n.note, x: n.x, y: -n.y, size: SMALL + ((LARGE - SMALL) * Math.sqrt(n.weight)) / most, color: ink(INKS[n.tone]) });
	for (const a of arcs) graph.addDirectedEdge(a.from, a.to, { size: 1, color: ink("--line") });
	return graph;
}

interface Labelled {
	label?: string | null;
	note?: string;
	x: number;
	y: number;
	size: number;
}

// The name of a node that is pointed at, on the card's own ground.
function drawName(context: CanvasRenderingContext2D, node: Labelled): void {
	const text = [node.label, node.note].filter(Boolean).join(" · ");
	context.font = "14px Golos Text, sans-serif";
	const width = context.measureText(text).width;
	context.fillStyle = ink("--card");
	context.strokeStyle = ink("--line-strong");
	context.beginPath();
	context.rect(node.x + node.size + 3, node.y - 13, width + 12, 26);
	context.fill();
	context.stroke();
	context.fillStyle = ink("--ink");
	context.fillText(text, node.x + node.size + 9, node.y + 5);
}

// What is picked and its neighbours stand out; the rest is pale.
function show(sigma: Sigma, graph: Graph, picked: string | undefined): void {
	const known = picked !== undefined && graph.hasNode(picked);
	const at = known ? sigma.getNodeDisplayData(picked) : undefined; // before the settings: they forget where nodes are until the next frame
	const near = new Set(known ? [picked, ...graph.neighbors(picked)] : []);
	const pale = ink("--line");
	const strong = ink("--ink-2");
	sigma.setSetting("nodeReducer", known ? (id, data) => (near.has(id) ? { ...data, zIndex: 1, forceLabel: near.size < 40 || id === picked, highlighted: id === picked } : { ...data, color: pale, label: null }) : null);
	sigma.setSetting("edgeReducer", known ? (id, data) => (graph.hasExtremity(id, picked) ? { ...data, color: strong, size: 2, zIndex: 1 } : { ...data, hidden: true }) : null);
	if (!at) return;
	const camera = sigma.getCamera();
	void camera.animate({ x: at.x, y: at.y, ratio: Math.min(camera.ratio, NEAR) }, { duration: moving() });
}

export default function DigraphPoints({ data, label, alt, picked, onPick }: DigraphProps) {
	const place = useRef<HTMLDivElement>(null);
	const drawn = useRef<{ sigma: Sigma; graph: Graph } | undefined>(undefined);
	const failed = useSignal(false);
	useEffect(() => {
		const graph = graphOf(data);
		let sigma: Sigma | undefined;
		try {
			needWebGl();
			sigma = new Sigma(graph, place.current!, {
				defaultEdgeType: "arrow",
				labelColor: { color: ink("--ink") },
				labelFont: "Golos Text, sans-serif",
				labelRenderedSizeThreshold: 5,
				labelDensity: 0.5,
				hideEdgesOnMove: data.arcs.length > 20000,
				zIndex: true,
				minCameraRatio: 0.005,
				maxCameraRatio: 2,
				defaultDrawNodeHover: drawName,
			});
			sigma.on("clickNode", ({ node }) => onPick?.(node));
			sigma.on("clickStage", () => onPick?.(""));
			drawn.current = { sigma, graph };
			failed.value = false;
		} catch {
			failed.value = true;
		}
		return () => {
			sigma?.kill();
			drawn.current = undefined;
		};
	}, [data, theme.value]);
	useEffect(() => {
		if (drawn.current) show(drawn.current.sigma, drawn.current.graph, picked);
	}, [picked, data, theme.value]);
	const camera = (act: "animatedZoom" | "animatedUnzoom" | "animatedReset") => () => void drawn.current?.sigma.getCamera()[act]({ duration: moving() });
	return (
		<div class="card pad digraph-points" role="region" aria-label={label}>
			{failed.value && <p class="quiet">{t("digraph.failed")}</p>}
			<div class="buttons" hidden={failed.value}>
				<button class="button small" type="button" onClick={camera("animatedZoom")}>
					{t("digraph.nearer")}
				</button>
				<button class="button small" type="button" onClick={camera("animatedUnzoom")}>
					{t("digraph.farther")}
				</button>
				<button class="button small" type="button" onClick={camera("animatedReset")}>
					{t("digraph.whole")}
				</button>
			</div>
			<div class="digraph-canvas" ref={place} role="img" aria-label={alt} hidden={failed.value} />
		</div>
	);
}
