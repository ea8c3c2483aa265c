// The regions coloured by a figure. Each can be reached by keyboard; a region without a shape is a tile beside the map.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { number, t } from "../state/i18n";
import { BOX, loadShapes, type Shape } from "./mapdata";

export interface RegionValue {
	code: string;
	name: string;
	value: number | null; // null: hidden or not known
	text: string;
}

const STEPS = 5;

// Which of five steps of colour a value has; 0 is none. The steps are equal on a scale of roots: a few large regions must not hide the small ones.
export function stepOf(value: number | null, most: number): number {
	if (!value || value <= 0 || most <= 0) return 0;
	return Math.max(1, Math.min(STEPS, Math.ceil(Math.sqrt(value / most) * STEPS)));
}

function Legend({ most, label }: { most: number; label: string }) {
	const upTo = (step: number) => Math.round(most * (step / STEPS) ** 2);
	return (
		<p class="map-legend small">
			<span>{label}:</span>
			<span>
				<i class="swatch step0" /> {t("map.none")}
			</span>
			{most > 0 && (
				<span class="map-scale">
					{[1, 2, 3, 4, 5].map((step) => (
						<i key={step} class={`swatch step${step}`} />
					))}{" "}
					{t("map.upto", { n: number(upTo(STEPS)) })}
				</span>
			)}
		</p>
	);
}

interface Props {
	label: string;
	regions: RegionValue[];
	picked?: string;
	onPick?: (code: string) => void;
}

export function RegionMap({ label, regions, picked, onPick }: Props) {
	const shapes = useSignal<Shape[] | undefined>(undefined);
	const byCode = new Map(regions.map((r) => [r.code, r]));
	const most = Math.max(0, ...regions.map((r) => r.value ?? 0));

	useEffect(() => {
		void loadShapes().then((loaded) => (shapes.value = loaded));
	}, []);
	const drawn = new Set((shapes.value ?? []).map((s) => s.code));
	const tiles = shapes.value ? regions.filter((r) => !drawn.has(r.code)) : [];
	const pick = (code: string) => onPick?.(code);
	const onKey = (event: KeyboardEvent, code: string) => {
		if (event.key !== "Enter" && event.key !== " ") return;
		event.preventDefault();
		pick(code);
	};
	const look = (code: string) => `step${stepOf(byCode.get(code)?.value ?? null, most)}${picked === code ? " picked" : ""}`;
	const said = (code: string) => `${byCode.get(code)?.name ?? code}: ${byCode.get(code)?.text ?? t("map.none")}`;
	return (
		<figure class="region-map" data-loading={shapes.value ? undefined : true}>
			<svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="group" aria-label={label}>
				{/* Attributes inside of SVG keep their case: it is tabindex there, or no key reaches a region. */}
				{(shapes.value ?? []).map((s) =>
					byCode.get(s.code)?.value && onPick ? (
						<path key={s.code} d={s.path} class={look(s.code)} role="button" tabindex={0} aria-label={said(s.code)} aria-pressed={picked === s.code} onClick={() => pick(s.code)} onKeyDown={(e) => onKey(e, s.code)}>
							<title>{said(s.code)}</title>
						</path>
					) : (
						<path key={s.code} d={s.path} class={look(s.code)} aria-hidden="true">
							<title>{said(s.code)}</title>
						</path>
					),
				)}
			</svg>
			{tiles.length > 0 && (
				<ul class="map-tiles">
					{tiles.map((r) => (
						<li key={r.code} class={look(r.code)}>
							{r.name} <b>{r.text}</b>
						</li>
					))}
				</ul>
			)}
			<figcaption>
				<Legend most={most} label={label} />
			</figcaption>
		</figure>
	);
}
