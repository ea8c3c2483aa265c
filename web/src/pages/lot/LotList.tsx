// All lots of the last run, and what did not come about.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { LotBrief, Lots, Page, Unfilled } from "../../api/types";
import { LotState } from "../../views/LotCards";
import { NearLots } from "../../views/NearLots";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Pager } from "../../ui/Pager";
import { RunLots } from "../../views/RunLots";
import { Table, type TableColumn } from "../../ui/Table";
import { date, t } from "../../state/i18n";
import { countShown, moneyShown, priceShown, qtyShown } from "../../views/shown";
import { place } from "../../state/router";

function columns(): TableColumn<LotBrief>[] {
	return [
		{ id: "item", label: t("col.item"), cell: (l) => <a href={`/lots/${l.uid}`}>{l.item.name}</a> },
		{ id: "qty", label: t("col.qty"), num: true, cell: (l) => qtyShown(l.qty) },
		{ id: "price", label: t("col.price"), num: true, cell: (l) => priceShown(l.price) },
		{ id: "amount", label: t("col.amount"), num: true, cell: (l) => moneyShown(l.amount) },
		{ id: "buyers", label: t("col.buyers"), num: true, cell: (l) => countShown(l.buyers) },
		{ id: "regions", label: t("col.regions"), num: true, cell: (l) => countShown(l.regions) },
		{ id: "maker", label: t("col.maker"), cell: (l) => `${l.maker.name}, ${l.region.name}` },
		{ id: "ready", label: t("col.ready"), num: true, cell: (l) => date(l.ready_on) },
		{ id: "state", label: t("col.state"), cell: (l) => <LotState lot={l} /> },
	];
}

function NearList() {
	const { value, error } = useData<Page<Unfilled>>("/near-lots");
	if (error) return <Failed problem={error} />;
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("lots.unfilled")}</h2>
			<div class="stack">
				{value.items.map((u) => (
					<NearLots key={u.offer} unfilled={u} />
				))}
			</div>
		</section>
	);
}

export default function LotList() {
	const cursor = place.value.query.get("cursor") ?? "";
	const { value, error, loading } = useData<Lots>(`/lots${query({ cursor })}`);
	return (
		<>
			<PageHead title={t("lots.title")} lead={t("lots.lead")} side={<RunLots />} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={6} />}
			{value && (
				<div class="stack">
					{value.items.length > 0 ? (
						<div class="card">
							<Table caption={t("lots.title")} columns={columns()} rows={value.items} id={(l) => l.uid} stale={loading} />
						</div>
					) : (
						<Empty title={t("lots.none")} text={t("lots.none.text")} />
					)}
					<Pager base="/lots" asked={{ cursor }} page={value} />
					<NearList />
				</div>
			)}
		</>
	);
}
