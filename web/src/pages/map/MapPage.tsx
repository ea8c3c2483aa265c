// The map: regions by needs, makers or the volume that nobody covers, with the same figures as a table.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { RegionFigure, RegionFigures } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { may } from "../../state/session";
import { Empty, Failed, Loading } from "../../ui/States";
import { PageHead } from "../../ui/Page";
import { Table, type TableColumn } from "../../ui/Table";
import { figureText, MEASURES, type Measure, rowsOf, valuesOf } from "../../views/regions";
import { RegionMap } from "../../views/RegionMap";

/* texts: map.needs map.makers map.uncovered */
function columns(measure: Measure): TableColumn<RegionFigure>[] {
	return [
		{ id: "region", label: t("col.region"), cell: (r) => (r.district ? r.region.name : t("map.district", { name: r.region.name })) },
		...[measure, ...MEASURES.filter((m) => m !== measure)].map((m): TableColumn<RegionFigure> => ({ id: m, label: t(`map.${m}`), num: true, cell: (r) => figureText(r, m) })),
	];
}

function Choice({ measure, picked }: { measure: Measure; picked: string }) {
	return (
		<div class="segments" role="group" aria-label={t("map.measure")}>
			{MEASURES.map((m) => (
				<button key={m} type="button" aria-pressed={m === measure} onClick={() => go(`/map${query({ by: m === "needs" ? "" : m, region: picked })}`)}>
					{t(`map.${m}`)}
				</button>
			))}
		</div>
	);
}

export default function MapPage() {
	const asked = place.value.query.get("by");
	const measure = MEASURES.find((m) => m === asked) ?? "needs";
	const picked = place.value.query.get("region") ?? "";
	const { value, error } = useData<RegionFigures>(may("need.read") ? "/regions" : "/public/regions");
	const values = valuesOf(value, measure);
	const rows = rowsOf(value, measure, picked);
	return (
		<>
			<PageHead title={t("map.title")} lead={t("map.lead")} side={<Choice measure={measure} picked={picked} />} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={14} />}
			{value && (
				<div class="map-grid">
					<div class="card pad">
						<RegionMap label={t(`map.${measure}`)} regions={values} picked={picked} onPick={(code) => go(`/map${query({ by: measure === "needs" ? "" : measure, region: code === picked ? "" : code })}`)} />
					</div>
					{rows.length > 0 ? (
						<div class="card table-wrap" tabIndex={0} role="region" aria-label={t("map.table")}>
							<Table caption={t("map.table")} columns={columns(measure)} rows={rows} id={(r) => r.region.code} />
						</div>
					) : (
						<Empty title={t("map.empty")} text={t("map.empty.text")} />
					)}
				</div>
			)}
		</>
	);
}
