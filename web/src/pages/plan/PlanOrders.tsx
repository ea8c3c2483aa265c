// The orders that a plan gives to makers.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Plan, PlanOrders as Orders } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { countShown, qtyShown } from "../../views/shown";
import { MakerCell, Said, Two } from "./Named";
import { Files, PlanHead, usePlan } from "./PlanHead";

/* texts: plan.sort.total plan.sort.qty plan.sort.period plan.sort.offer */
const SORTS: [value: string, text: string][] = [
	["-total", "total"],
	["-qty", "qty"],
	["period", "period"],
	["n", "offer"],
];

// An order by volume would tell volumes that are hidden: it is for who sees all needs.
function sortsOf(plan: Plan): [value: string, text: string][] {
	return plan.objective ? SORTS : SORTS.filter(([value]) => !value.startsWith("-"));
}

function Filters({ plan, base }: { plan: Plan; base: string }) {
	const asked = Object.fromEntries(place.value.query);
	const sorts = sortsOf(plan);
	const move = (changed: Record<string, string>) => go(base + query({ ...asked, cursor: "", ...changed }));
	return (
		<form
			class="filters plan-filters"
			onSubmit={(e) => {
				e.preventDefault();
				move({ q: new FormData(e.currentTarget).get("q")!.toString().trim() });
			}}
		>
			<label class="grow">
				{t("plan.words")}
				<input class="field" name="q" type="search" autocomplete="off" value={asked.q ?? ""} />
			</label>
			<label>
				{t("plan.maker.region")}
				<select class="field" value={asked.region ?? ""} onChange={(e) => move({ region: e.currentTarget.value })}>
					<option value="">{t("list.any")}</option>
					{plan.regions
						.filter((r) => r.made && r.made.kop > 0)
						.map((r) => (
							<option key={r.code} value={r.code}>
								{r.name}
							</option>
						))}
				</select>
			</label>
			<label>
				{t("plan.sort")}
				<select class="field" value={asked.sort ?? sorts[0]![0]} onChange={(e) => move({ sort: e.currentTarget.value === sorts[0]![0] ? "" : e.currentTarget.value })}>
					{sorts.map(([value, text]) => (
						<option key={value} value={value}>
							{t(`plan.sort.${text}`)}
						</option>
					))}
				</select>
			</label>
			<button class="button" type="submit">
				{t("list.find")}
			</button>
		</form>
	);
}

function Rows({ plan, page, stale }: { plan: Plan; page: Orders; stale: boolean }) {
	return (
		<div class="card words plan-orders">
			<Table
				caption={t("plan.orders")}
				rows={page.items}
				id={(o) => String(o.n)}
				stale={stale}
				columns={[
					{ id: "item", label: t("col.item"), cell: (o) => <a href={`/plans/${plan.uid}/orders/${o.n}`}>{o.offer.item}</a> },
					{ id: "maker", label: t("col.maker"), cell: (o) => <MakerCell maker={o.maker} period={o.period} /> },
					{ id: "qty", label: t("col.quantity"), num: true, cell: (o) => qtyShown(o.qty) },
					{ id: "price", label: t("col.price"), num: true, cell: (o) => <Two small={[o.tier === null ? undefined : t("plan.tier.of", { n: o.tier, of: o.tier_of })]}>{o.unit_price?.text ?? t("hidden")}</Two> },
					{ id: "total", label: t("col.amount"), num: true, cell: (o) => o.total?.text ?? t("hidden") },
					{ id: "needs", label: t("plan.needs"), num: true, cell: (o) => countShown(o.needs) },
					{ id: "regions", label: t("col.regions"), num: true, cell: (o) => countShown(o.regions) },
					{ id: "next", label: t("plan.next"), cell: (o) => (o.next_tier ? <Said text={t("plan.next.cell", { lack: o.next_tier.lack.text, saves: o.next_tier.saves_text })} /> : "") },
				]}
			/>
		</div>
	);
}

function Body({ plan }: { plan: Plan }) {
	const base = `/plans/${plan.uid}/orders`;
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Orders>(base + query({ sort: sortsOf(plan)[0]![0], ...asked }));
	return (
		<div class="stack">
			<Filters plan={plan} base={base} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && value.items.length === 0 && (Object.keys(asked).length > 0 ? <Empty title={t("list.nohit")} text={t("list.nohit.text")} /> : <Empty title={t("plan.orders.none")} text={t("plan.orders.none.text")} />)}
			{value && value.items.length > 0 && (
				<div>
					<Rows plan={plan} page={value} stale={loading} />
					<Pager base={base} asked={asked} page={value} />
				</div>
			)}
		</div>
	);
}

export default function PlanOrders({ params }: { params: string[] }) {
	const uid = params[0]!;
	const { value, error } = usePlan(uid);
	return (
		<>
			<PlanHead uid={uid} plan={value} part={t("plan.orders")} side={value && <Files base={`/plans/${uid}/orders`} />} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && <Body plan={value} />}
		</>
	);
}
