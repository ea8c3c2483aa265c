// One lot: who is in it, at what price, how the surplus is split, how the price would move.
import { useData } from "../../api/data";
import type { CurvePoint, LotDetail, Member } from "../../api/types";
import { LotState } from "../../views/LotCards";
import { PriceCurve } from "../../views/PriceCurve";
import { NearLots } from "../../views/NearLots";
import { Split } from "../../views/Split";
import { WhatIPay } from "./WhatIPay";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Table, type TableColumn } from "../../ui/Table";
import { date, t, tn } from "../../state/i18n";
import { countShown, moneyShown, priceShown, qtyShown } from "../../views/shown";

// Others' names and ceilings are not for everybody: what is not shown is said to be so.
function Buyer({ member }: { member: Member }) {
	const name = member.org?.name || t("lot.buyer.hidden");
	return member.need?.uid ? <a href={`/needs/${member.need.uid}`}>{name}</a> : <span class="quiet">{name}</span>;
}

function memberColumns(lot: LotDetail): TableColumn<Member>[] {
	const some = (what: (m: Member) => unknown) => lot.members.some((m) => what(m));
	const columns: (TableColumn<Member> | false)[] = [
		{ id: "org", label: t("col.buyer"), cell: (m) => <Buyer member={m} />, foot: t("lot.total") },
		some((m) => m.need?.name) && { id: "need", label: t("col.need"), cell: (m) => m.need?.name ?? "", foot: "" },
		{ id: "region", label: t("col.region"), cell: (m) => m.region.name, foot: "" },
		{ id: "firm", label: t("col.firm"), num: true, cell: (m) => m.firm.text, foot: qtyShown(lot.firm) },
		{ id: "extra", label: t("col.extra"), num: true, cell: (m) => (m.extra.base > 0 ? `+${m.extra.text}` : "—"), foot: lot.extra && lot.extra.base > 0 ? `+${lot.extra.text}` : "—" },
		{ id: "total", label: t("col.total"), num: true, cell: (m) => m.total.text, foot: qtyShown(lot.qty) },
		some((m) => m.amount !== null) && { id: "amount", label: t("col.amount"), num: true, cell: (m) => moneyShown(m.amount), foot: moneyShown(lot.amount) },
		some((m) => m.freight !== null) && { id: "freight", label: t("col.freight"), num: true, cell: (m) => moneyShown(m.freight), foot: moneyShown(lot.freight) },
		some((m) => m.ceiling) && { id: "ceiling", label: t("col.ceiling"), num: true, cell: (m) => m.ceiling?.text ?? "—", foot: "" },
	];
	return columns.filter((c) => c !== false);
}

function curveColumns(lot: LotDetail): TableColumn<CurvePoint>[] {
	return [
		{ id: "qty", label: t("col.lotsize"), cell: (p) => p.qty.text },
		{ id: "price", label: t("col.price"), num: true, cell: (p) => p.price.text },
		...(lot.curve.some((p) => p.willing !== null) ? willingColumns() : []),
	];
}

function willingColumns(): TableColumn<CurvePoint>[] {
	return [
		{ id: "willing", label: t("col.willing"), num: true, cell: (p) => countShown(p.willing) },
		{ id: "volume", label: t("col.willingqty"), num: true, cell: (p) => qtyShown(p.willing_qty) },
	];
}

function Figures({ lot }: { lot: LotDetail }) {
	const facts: [string, string][] = [
		[t("col.qty"), qtyShown(lot.qty)],
		[t("col.price"), priceShown(lot.price)],
		[t("col.amount"), moneyShown(lot.amount)],
		[t("col.buyers"), countShown(lot.buyers)],
		[t("col.regions"), countShown(lot.regions)],
		[t("col.ready"), date(lot.ready_on)],
	];
	return (
		<dl class="card facts">
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

// What a maker needs to know of buyers whose names he does not see: days and requirements, each once.
function Asked({ lot }: { lot: LotDetail }) {
	if (lot.dues.length === 0 && lot.required.length === 0) return null;
	return (
		<dl class="card pad asked">
			{lot.dues.length > 0 && (
				<div>
					<dt>{t("lot.dues")}</dt>
					<dd>{lot.dues.map(date).join(", ")}</dd>
				</div>
			)}
			{lot.required.length > 0 && (
				<div>
					<dt>{t("lot.required")}</dt>
					<dd>{lot.required.join("; ")}</dd>
				</div>
			)}
		</dl>
	);
}

function Body({ lot }: { lot: LotDetail }) {
	const ceilings = lot.members.flatMap((m) => (m.ceiling ? [m.ceiling] : []));
	return (
		<div class="stack">
			{lot.changed && (
				<section class="section">
					<p class="card pad changed">{t("lot.changed")}</p>
					{lot.near.map((u) => (
						<NearLots key={u.offer} unfilled={u} alone />
					))}
				</section>
			)}
			{lot.volume_hidden && <p class="card pad quiet">{t("lot.volumehidden")}</p>}
			<Figures lot={lot} />
			<Asked lot={lot} />
			<section class="section">
				<h2>{t("lot.members")}</h2>
				<div class="card">
					{lot.qty && lot.price && (
						<div class="pad">
							<Split members={lot.members} total={lot.qty.base} />
						</div>
					)}
					{lot.buyers !== null && lot.buyers > lot.members.length && <p class="pad quiet others-note">{tn("lot.others", lot.buyers - lot.members.length)}</p>}
					<Table caption={t("lot.members")} columns={memberColumns(lot)} rows={lot.members.map((m, at) => ({ ...m, at }))} id={(m) => m.need?.uid ?? String(m.at)} />
				</div>
			</section>
			<WhatIPay lot={lot} />
			{lot.curve.length > 1 && (
				<section class="section">
					<h2>{t("lot.curve")}</h2>
					<div class="card">
						{lot.qty && lot.price && (
							<div class="pad">
								<PriceCurve curve={lot.curve} chosen={lot.qty} price={lot.price} ceilings={ceilings} />
							</div>
						)}
						<Table caption={t("lot.curve")} columns={curveColumns(lot)} rows={lot.curve} id={(p) => String(p.qty.base)} />
					</div>
				</section>
			)}
			{!lot.proved && <p class="quiet">{t("lot.unproved")}</p>}
		</div>
	);
}

export default function LotPage({ params }: { params: string[] }) {
	const { value, error } = useData<LotDetail>(`/lots/${params[0]}`);
	return (
		<>
			<PageHead
				title={value?.item.name ?? ""}
				crumbs={[["/lots", t("menu.lots")]]}
				lead={value ? `${value.maker.name}, ${value.region.name}${value.cas ? ` · CAS ${value.cas}` : ""}` : "\u00a0"}
				side={value && <LotState lot={value} />}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && <Body lot={value} />}
		</>
	);
}
