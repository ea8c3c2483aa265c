// The regions of a plan on the map and as a table: what is left uncovered, bought, made.
import { query } from "../../api/client";
import type { Plan } from "../../api/types";
import { number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Table } from "../../ui/Table";
import { RegionMap } from "../../views/RegionMap";
import { countShown } from "../../views/shown";
import { percentOf } from "./Coverage";

type Row = Plan["regions"][number];
const MEASURES = ["left", "bought", "made"] as const;
type Measure = (typeof MEASURES)[number];
const KOPECKS = 100;
const SHOWN = 12;

const leftOf = (r: Row): number | null => (r.needs === null || r.covered_needs === null ? null : r.needs - r.covered_needs);

function valueOf(r: Row, m: Measure): number | null {
	if (m === "left") return leftOf(r);
	return r[m] && r[m].kop / KOPECKS;
}

function textOf(r: Row, m: Measure): string {
	return m === "left" ? countShown(leftOf(r)) : (r[m]?.text ?? t("hidden"));
}

/* texts: plan.region.left plan.region.bought plan.region.made */
export function Regions({ plan }: { plan: Plan }) {
	const asked = place.value.query;
	const by = MEASURES.find((m) => m === asked.get("by")) ?? "left";
	const picked = asked.get("region") ?? "";
	const move = (changed: Record<string, string>) => go(`/plans/${plan.uid}${query({ by: by === "left" ? "" : by, region: picked, all: asked.get("all") ?? "", ...changed })}`, true);
	const sorted = [...plan.regions].sort((a, b) => Number(b.code === picked) - Number(a.code === picked) || (valueOf(b, by) ?? -1) - (valueOf(a, by) ?? -1));
	return (
		<section class="section">
			<div class="between">
				<h2>{t("plan.regions")}</h2>
				<div class="segments" role="group" aria-label={t("map.measure")}>
					{MEASURES.map((m) => (
						<button key={m} type="button" aria-pressed={m === by} onClick={() => move({ by: m === "left" ? "" : m })}>
							{t(`plan.region.${m}`)}
						</button>
					))}
				</div>
			</div>
			<div class="map-grid">
				<div class="card pad">
					<RegionMap label={t(`plan.region.${by}`)} regions={plan.regions.map((r) => ({ code: r.code, name: r.name, value: valueOf(r, by), text: textOf(r, by) }))} picked={picked} onPick={(code) => move({ region: code === picked ? "" : code })} />
				</div>
				<div class="stack-s plan-regions">
					<div class="card table-wrap" tabIndex={0} role="region" aria-label={t("map.table")}>
						<Table
							caption={t("map.table")}
							rows={asked.get("all") ? sorted : sorted.slice(0, SHOWN)}
							id={(r) => r.code}
							columns={[
								{ id: "region", label: t("col.region"), cell: (r) => <a href={`/plans/${plan.uid}/uncovered?region=${r.code}`}>{r.name}</a> },
								{ id: "covered", label: t("plan.region.covered"), num: true, cell: (r) => (r.covered_ppm === null ? t("hidden") : percentOf(r.covered_ppm)) },
								{ id: "value", label: t(`plan.region.${by}`), num: true, cell: (r) => textOf(r, by) },
							]}
						/>
					</div>
					{sorted.length > SHOWN && !asked.get("all") && (
						<button class="link-button" type="button" onClick={() => move({ all: "1" })}>
							{t("plan.region.all", { n: number(sorted.length) })}
						</button>
					)}
				</div>
			</div>
		</section>
	);
}
