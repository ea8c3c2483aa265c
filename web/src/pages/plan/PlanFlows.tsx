// Where the plan's goods go: from the regions of makers to the regions of buyers.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { PlanSankey as Flows } from "../../api/types";
import { number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { FlowChart } from "./FlowChart";
import { OTHER } from "./sankey";
import { Files, PlanHead, usePlan } from "./PlanHead";

const KINDS = ["region", "district"] as const;

/* texts: plan.by.region plan.by.district */
function Asked({ flows, base, by, picked }: { flows: Flows; base: string; by: string; picked: string }) {
	const move = (changed: Record<string, string>) => go(base + query({ by: by === "region" ? "" : by, region: picked, ...changed }), true);
	const all = new Map([...flows.makers, ...flows.buyers].filter((n) => n.code !== OTHER).map((n) => [n.code, n.name]));
	return (
		<form class="filters" onSubmit={(e) => e.preventDefault()}>
			<div class="segments" role="group" aria-label={t("plan.by")}>
				{KINDS.map((kind) => (
					<button key={kind} type="button" aria-pressed={kind === by} onClick={() => move({ by: kind === "region" ? "" : kind, region: "" })}>
						{t(`plan.by.${kind}`)}
					</button>
				))}
			</div>
			<label>
				{t("plan.flows.pick")}
				<select class="field" value={picked} onChange={(e) => move({ region: e.currentTarget.value })}>
					<option value="">{t("plan.flows.all")}</option>
					{[...all]
						.sort((a, b) => a[1].localeCompare(b[1]))
						.map(([code, name]) => (
							<option key={code} value={code}>
								{name}
							</option>
						))}
				</select>
			</label>
		</form>
	);
}

function FlowTable({ flows, picked }: { flows: Flows; picked: string }) {
	const from = new Map(flows.makers.map((n) => [n.code, n.name]));
	const to = new Map(flows.buyers.map((n) => [n.code, n.name]));
	const rows = flows.links.filter((l) => picked === "" || l.from === picked || l.to === picked).sort((a, b) => b.value.kop - a.value.kop);
	return (
		<div class="card words">
			<Table
				caption={t("plan.flows.table")}
				rows={rows}
				id={(l) => `${l.from} ${l.to}`}
				columns={[
					{ id: "from", label: t("plan.flows.from"), cell: (l) => from.get(l.from) ?? l.from },
					{ id: "to", label: t("plan.flows.to"), cell: (l) => to.get(l.to) ?? l.to },
					{ id: "value", label: t("col.amount"), num: true, cell: (l) => l.value.text },
					{ id: "qty", label: t("col.quantity"), num: true, cell: (l) => l.qty_text },
					{ id: "orders", label: t("plan.orders"), num: true, cell: (l) => number(l.orders) },
				]}
			/>
		</div>
	);
}

export default function PlanFlows({ params }: { params: string[] }) {
	const uid = params[0]!;
	const base = `/plans/${uid}/flows`;
	const by = KINDS.find((k) => k === place.value.query.get("by")) ?? "region";
	const picked = place.value.query.get("region") ?? "";
	const plan = usePlan(uid);
	const { value, error } = useData<Flows>(`/plans/${uid}/sankey${query({ by })}`);
	const fault = plan.error ?? error;
	return (
		<>
			<PlanHead uid={uid} plan={plan.value} part={t("plan.flows")} side={value && <Files base={base} />} />
			{fault && <Failed problem={fault} />}
			{!fault && !value && <Loading lines={12} />}
			{value && value.links.length === 0 && <Empty title={t("plan.flows.none")} text={t("plan.flows.none.text")} />}
			{value && value.links.length > 0 && (
				<div class="stack">
					<Asked flows={value} base={base} by={by} picked={picked} />
					<div class="card pad">
						<FlowChart flows={value} picked={picked} />
					</div>
					<FlowTable flows={value} picked={picked} />
				</div>
			)}
		</>
	);
}
