// Where a project of import substitution pays: products without a maker, by what their needs would pay; and what an hour more of a reactor is worth.
import { useData } from "../../api/data";
import type { PlanHours, PlanMissing as Row, PlanMissings } from "../../api/types";
import { t } from "../../state/i18n";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { percentOf } from "./Coverage";
import { countShown, qtyShown } from "../../views/shown";
import { MakerCell, Two } from "./Named";
import { Files, PlanHead, usePlan } from "./PlanHead";

function Products({ rows }: { rows: Row[] }) {
	if (rows.length === 0) return <Empty title={t("plan.missing.none")} text={t("plan.missing.none.text")} />;
	return (
		<div class="card words">
			<Table
				caption={t("plan.missing")}
				rows={rows}
				id={(r) => r.item.uid}
				columns={[
					{ id: "item", label: t("col.item"), cell: (r) => <a href={r.item.href}>{r.item.name}</a> },
					{ id: "value", label: t("plan.value"), num: true, cell: (r) => r.value?.text ?? t("hidden") },
					{ id: "qty", label: t("col.quantity"), num: true, cell: (r) => qtyShown(r.qty) },
					{ id: "needs", label: t("plan.needs"), num: true, cell: (r) => countShown(r.needs) },
					{ id: "enterprises", label: t("plan.enterprises"), num: true, cell: (r) => countShown(r.enterprises) },
					{ id: "regions", label: t("col.regions"), num: true, cell: (r) => countShown(r.regions) },
					{ id: "moq", label: t("plan.missing.moq"), num: true, cell: (r) => qtyShown(r.moq) },
					{ id: "price", label: t("plan.missing.price"), num: true, cell: (r) => <Two small={[r.half_price_text && t("plan.missing.half", { price: r.half_price_text })]}>{r.price_text ?? t("hidden")}</Two> },
				]}
			/>
		</div>
	);
}

function Hours({ uid }: { uid: string }) {
	const { value, error } = useData<PlanHours>(`/plans/${uid}/hours`);
	if (error) return <Failed problem={error} />;
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section plan-hours">
			<h2>{t("plan.hour")}</h2>
			<p class="quiet plan-lead">{t("plan.hour.lead")}</p>
			<div class="card words">
				<Table
					caption={t("plan.hour")}
					rows={value.items.map((h, at) => ({ ...h, at }))}
					id={(h) => String(h.at)}
					columns={[
						{ id: "resource", label: t("plan.resource"), cell: (h) => h.resource },
						{ id: "maker", label: t("col.maker"), cell: (h) => h.maker && <MakerCell maker={h.maker} /> },
						{ id: "period", label: t("plan.period"), cell: (h) => h.period.text },
						{ id: "price", label: t("plan.hour.price"), num: true, cell: (h) => <b>{h.price_text ?? t("hidden")}</b> },
						{ id: "used", label: t("plan.hour.used"), num: true, cell: (h) => t("plan.hour.of", { share: percentOf(h.used_ppm), used: h.used_text, of: h.of_text }) },
					]}
				/>
			</div>
		</section>
	);
}

export default function PlanMissing({ params }: { params: string[] }) {
	const uid = params[0]!;
	const plan = usePlan(uid);
	const { value, error } = useData<PlanMissings>(`/plans/${uid}/missing`);
	const fault = plan.error ?? error;
	return (
		<>
			<PlanHead uid={uid} plan={plan.value} part={t("plan.missing")} side={value && <Files base={`/plans/${uid}/missing`} xlsx={false} />} />
			{fault && <Failed problem={fault} />}
			{!fault && !value && <Loading lines={8} />}
			{value && (
				<div class="stack">
					<p class="quiet plan-lead">{t("plan.missing.lead")}</p>
					<Products rows={value.items} />
					<Hours uid={uid} />
				</div>
			)}
		</>
	);
}
