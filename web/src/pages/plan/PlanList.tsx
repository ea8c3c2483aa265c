// The plans that were made, newest first; a new one is run from here.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Plans } from "../../api/types";
import { moment, number, t } from "../../state/i18n";
import { place } from "../../state/router";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { Marks } from "./PlanHead";
import { RunningPlan, RunPlan } from "./RunPlan";

function List({ page, cursor, stale }: { page: Plans; cursor: string; stale: boolean }) {
	return (
		<div>
			<div class="card words">
				<Table
					caption={t("plan.list")}
					rows={page.items}
					id={(p) => p.uid}
					stale={stale}
					columns={[
						{ id: "title", label: t("col.name"), cell: (p) => <a href={`/plans/${p.uid}`}>{p.title}</a> },
						{ id: "made", label: t("plan.made"), cell: (p) => <span class="nowrap">{moment(p.made_at)}</span> },
						{ id: "marks", label: t("plan.run.mode"), cell: (p) => <Marks plan={p} /> },
						{ id: "covered", label: t("plan.covered"), num: true, cell: (p) => t("plan.of", { n: number(p.covered_needs), of: number(p.needs) }) },
						{ id: "orders", label: t("plan.orders"), num: true, cell: (p) => number(p.orders) },
						{ id: "cost", label: t("plan.cost"), num: true, cell: (p) => p.cost?.text ?? t("hidden") },
						{ id: "gap", label: t("plan.gap"), num: true, cell: (p) => p.gap_text ?? t("hidden") },
					]}
				/>
			</div>
			<Pager base="/plans" asked={{ cursor }} page={page} />
		</div>
	);
}

export default function PlanList() {
	const cursor = place.value.query.get("cursor") ?? "";
	const { value, error, loading } = useData<Plans>(`/plans${query({ cursor })}`);
	const plans = value?.items ?? [];
	return (
		<>
			<PageHead
				title={t("plan.title")}
				lead={t("plan.title.lead")}
				side={
					value && (
						<div class="buttons">
							{plans.length > 1 && (
								<a class="button" href={`/plan-compare${query({ a: plans[1]!.uid, b: plans[0]!.uid })}`}>
									{t("plan.compare")}
								</a>
							)}
							{may("plan.run") && <RunPlan plans={plans} />}
						</div>
					)
				}
			/>
			<div class="stack">
				<RunningPlan />
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={6} />}
				{value && plans.length === 0 && !place.value.query.get("job") && <Empty title={t("plan.none")} text={t(may("plan.run") ? "plan.none.run" : "plan.none.wait")} />}
				{value && plans.length > 0 && <List page={value} cursor={cursor} stale={loading} />}
			</div>
		</>
	);
}
/* texts: plan.none.run plan.none.wait */
