// The figures of regions as the map and its table show them.
import type { RegionFigure, RegionFigures } from "../api/types";
import { number, t } from "../state/i18n";
import type { RegionValue } from "./RegionMap";

export type Measure = "needs" | "makers" | "uncovered";
export const MEASURES: Measure[] = ["needs", "makers", "uncovered"];

export function figureText(r: RegionFigure, measure: Measure): string {
	if (measure === "uncovered") return r.uncovered_text ?? t("map.hidden");
	const value = r[measure];
	return value === null ? t("map.hidden") : number(value);
}

// Where a region alone is hidden, it has the figure of its federal district, and says so.
export function valuesOf(data: RegionFigures | undefined, measure: Measure): RegionValue[] {
	return (data?.items ?? []).map((r) => {
		const shown = r[measure] === null ? (data?.districts.find((d) => d.region.code === r.district && d[measure] !== null) ?? r) : r;
		const text = shown === r ? figureText(r, measure) : `${t("map.district", { name: shown.region.name })}: ${figureText(shown, measure)}`;
		return { code: r.region.code, name: r.region.name, value: shown[measure], text };
	});
}

// Regions and districts with something to show, the picked one first, then by the measure.
export function rowsOf(data: RegionFigures | undefined, measure: Measure, picked: string): RegionFigure[] {
	const all = [...(data?.items ?? []), ...(data?.districts ?? [])];
	const known = all.filter((r) => MEASURES.some((m) => r[m] !== null && r[m] !== 0));
	return known.sort((a, b) => Number(b.region.code === picked) - Number(a.region.code === picked) || (b[measure] ?? 0) - (a[measure] ?? 0));
}
