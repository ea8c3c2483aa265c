// A directed graph to look at: a drawing in layers, or above 500 nodes points on the graphics card. Both load when one is shown. What it shows stands in words
// beside it, so whoever does not see it misses nothing.
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { number, t } from "../state/i18n";
import "./digraph.css";

export type Tone = "cause" | "stands" | "lower" | "process" | "source" | "alone";

export interface DigraphNode {
	id: string;
	name: string;
	tone: Tone;
	note: string; // under the name, in bold
	x: number; // its place when there are too many to be put into layers here, y downwards
	y: number;
	weight: number; // how large a point, from 0
}

export interface DigraphArc {
	from: string;
	to: string;
	label: string;
	quiet: boolean; // gives nothing in usual work
}

export interface DigraphData {
	nodes: DigraphNode[];
	arcs: DigraphArc[]; // one for each two nodes and direction
}

export interface DigraphProps {
	data: DigraphData; // the same object until something else is to be drawn
	label: string;
	alt: string;
	picked?: string;
	onPick?: (id: string) => void;
}

const DRAWN_MAX = 500;

export function Digraph(props: DigraphProps) {
	const many = props.data.nodes.length > DRAWN_MAX;
	const drawing = useSignal<{ Drawing: ComponentType<DigraphProps>; many: boolean } | undefined>(undefined);
	const failed = useSignal(false);
	useEffect(() => {
		let gone = false;
		(many ? import("./DigraphPoints") : import("./DigraphLayers")).then(
			(m) => !gone && (drawing.value = { Drawing: m.default, many }),
			() => !gone && (failed.value = true),
		);
		return () => {
			gone = true;
		};
	}, [many]);
	if (failed.value) return <p class="quiet">{t("digraph.failed")}</p>;
	if (!drawing.value || drawing.value.many !== many) return <p class="quiet">{t("digraph.loading", { n: number(props.data.nodes.length) })}</p>;
	const { Drawing } = drawing.value;
	return <Drawing {...props} />;
}
