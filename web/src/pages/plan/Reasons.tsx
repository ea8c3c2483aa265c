// Why needs are not covered: how many and how much by reason, each leading to its needs.
import type { Plan } from "../../api/types";
import { number, t } from "../../state/i18n";
import { Table } from "../../ui/Table";

export function Reasons({ plan }: { plan: Plan }) {
	if (plan.reasons.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("plan.reasons")}</h2>
			<div class="card">
				<Table
					caption={t("plan.reasons")}
					rows={plan.reasons}
					id={(r) => r.code}
					columns={[
						{ id: "reason", label: t("col.reason"), cell: (r) => <a href={`/plans/${plan.uid}/uncovered?code=${r.code}`}>{r.text}</a> },
						{ id: "needs", label: t("plan.needs"), num: true, cell: (r) => number(r.needs) },
						{ id: "qty", label: t("col.quantity"), num: true, cell: (r) => r.qty_text ?? t("hidden") },
						{ id: "value", label: t("plan.value"), num: true, cell: (r) => r.value?.text ?? t("hidden") },
					]}
				/>
			</div>
		</section>
	);
}
