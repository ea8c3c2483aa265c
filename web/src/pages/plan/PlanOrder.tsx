// One order of a plan: who gets how much of it at what price, and what the next tier takes.
import { useData } from "../../api/data";
import type { PlanOrderDetail } from "../../api/types";
import { number, t } from "../../state/i18n";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { type Labelled, Values } from "../../ui/Values";
import { countShown, qtyShown } from "../../views/shown";
import { NeedCell } from "./Named";
import { usePlan } from "./PlanHead";

function valuesOf(o: PlanOrderDetail): Labelled[] {
	return [
		[t("col.maker"), <a href={`/registers/org/${o.maker.uid}`}>{`${o.maker.name}, ${o.maker.region.name}`}</a>],
		[t("plan.offer"), <a href={`/registers/offer/${o.offer.uid}`}>{o.offer.key || o.offer.item}</a>],
		[t("plan.period"), o.period.text],
		[t("col.quantity"), qtyShown(o.qty)],
		[t("col.price"), o.unit_price && o.tier !== null ? t("plan.price.tier", { price: o.unit_price.text, n: o.tier, of: o.tier_of }) : t("hidden")],
		[t("col.amount"), o.total?.text ?? t("hidden")],
		[t("plan.launch"), o.launch ? o.launch.kop > 0 && o.launch.text : t("hidden")],
		[t("plan.hours"), o.hours && t("plan.hours.order", { used: o.hours.used_text, of: o.hours.of_text, price: o.hours.price_text ?? t("hidden") })],
		[t("plan.next"), o.next_tier && <b>{t("plan.next.say", { lack: o.next_tier.lack.text, saves: o.next_tier.saves_text })}</b>],
	];
}

function Flows({ order }: { order: PlanOrderDetail }) {
	return (
		<section class="section">
			<h2>{t("plan.order.flows")}</h2>
			<div class="card words">
				<Table
					caption={t("plan.order.flows")}
					rows={order.flows.map((f, at) => ({ ...f, at }))}
					id={(f) => String(f.at)}
					columns={[
						{ id: "need", label: t("col.need"), cell: (f) => <NeedCell of={f} />, foot: t("lot.total") },
						{ id: "region", label: t("col.region"), cell: (f) => f.region.name, foot: "" },
						{ id: "priority", label: t("col.priority"), num: true, cell: (f) => countShown(f.priority), foot: "" },
						{ id: "qty", label: t("col.quantity"), num: true, cell: (f) => f.qty.text, foot: qtyShown(order.qty) },
						{ id: "price", label: t("plan.delivered"), num: true, cell: (f) => f.price?.text ?? t("hidden"), foot: "" },
						{ id: "ceiling", label: t("col.ceiling"), num: true, cell: (f) => f.ceiling?.text ?? t("hidden"), foot: "" },
					]}
				/>
				{order.others && <p class="pad quiet others-note">{t("plan.others", { n: number(order.others.needs), qty: qtyShown(order.others.qty) })}</p>}
			</div>
		</section>
	);
}

export default function PlanOrder({ params }: { params: string[] }) {
	const [uid, n] = params as [string, string];
	const plan = usePlan(uid);
	const { value, error } = useData<PlanOrderDetail>(`/plans/${uid}/orders/${n}`);
	const fault = error ?? plan.error;
	return (
		<>
			<PageHead
				title={value?.offer.item ?? ""}
				crumbs={[
					["/plans", t("menu.plans")],
					[`/plans/${uid}`, plan.value?.title ?? "…"],
					[`/plans/${uid}/orders`, t("plan.orders")],
				]}
				lead={value ? t("plan.order.lead", { maker: value.maker.name, period: value.period.text }) : "\u00a0"}
			/>
			{fault && <Failed problem={fault} />}
			{!error && !value && <Loading lines={8} />}
			{value && (
				<div class="stack">
					<Values rows={valuesOf(value)} />
					<Flows order={value} />
				</div>
			)}
		</>
	);
}
