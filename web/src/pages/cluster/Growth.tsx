// The number of clusters over the years as sources say it: a drawing, and every figure with its source under it.
import { useData } from "../../api/data";
import type { ClusterGrowth } from "../../api/types";
import { date, number, t } from "../../state/i18n";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { GrowthChart } from "../../views/GrowthChart";

export function Growth() {
	const { value, error } = useData<ClusterGrowth>("/clusters/growth");
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={6} />;
	if (value.points.length === 0) return null;
	return (
		<section class="card pad stack-s">
			<h2>{t("growth.title")}</h2>
			<GrowthChart points={value.points} />
			<details>
				<summary>{t("growth.table")}</summary>
				<Table
					caption={t("growth.title")}
					rows={value.points}
					id={(p) => p.uid}
					columns={[
						{ id: "on", label: t("growth.on"), cell: (p) => date(p.on) },
						{ id: "number", label: t("growth.number"), num: true, cell: (p) => number(p.number) },
						{ id: "kind", label: t("growth.kind"), cell: (p) => <span class={p.expected ? "badge ask" : "badge"}>{t(p.expected ? "growth.expected" : "growth.fact")}</span> },
						{ id: "scope", label: t("growth.scope"), cell: (p) => p.scope ?? "" },
						{ id: "source", label: t("col.source"), cell: (p) => p.source ?? "" },
					]}
				/>
			</details>
		</section>
	);
}
