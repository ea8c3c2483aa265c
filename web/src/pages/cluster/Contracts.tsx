// Contracts that both sides let the cluster see, and what was delivered under them.
import { useSignal } from "@preact/signals";
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ClusterProfile, Page, Row } from "../../api/types";
import { t } from "../../state/i18n";
import { place } from "../../state/router";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { Pager } from "../../ui/Pager";
import { FailedPage } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table, type TableColumn } from "../../ui/Table";
import { ClusterHead } from "../../views/ClusterHead";
import { CellText } from "../../views/RecordValues";
import { ContractForm } from "./ContractForm";
import { Deliveries } from "./Deliveries";

const LIMIT = 100;

function columns(onDeliveries: (row: Row) => void): TableColumn<Row>[] {
	const cell = (name: string) => (r: Row) => (r.cells[name] ? <CellText cell={r.cells[name]!} /> : "");
	return [
		{ id: "number", label: t("contract.number"), cell: (r) => <a class="nowrap" href={`/registers/contract/${r.uid}`}>{r.cells.number?.text || r.key}</a> },
		{ id: "seller_id", label: t("contract.seller"), cell: cell("seller_id") },
		{ id: "buyer_id", label: t("contract.buyer"), cell: cell("buyer_id") },
		{ id: "kind", label: t("contract.kind"), cell: cell("kind") },
		{ id: "title", label: t("contract.title"), cell: cell("title") },
		{ id: "signed_on", label: t("contract.signed"), num: true, cell: cell("signed_on") },
		{ id: "sum_kop", label: t("col.amount"), num: true, cell: cell("sum_kop") },
		{
			id: "deliveries",
			label: t("contract.deliveries"),
			cell: (r) => (
				<button class="link-button" type="button" aria-label={`${t("contract.deliveries")}: ${r.cells.number?.text || r.key}`} onClick={() => onDeliveries(r)}>
					{t("contract.deliveries")}
				</button>
			),
		},
	];
}

function Body({ profile }: { profile: ClusterProfile }) {
	const uid = profile.cluster.uid;
	const cursor = place.value.query.get("cursor") ?? "";
	const adding = useSignal(false);
	const opened = useSignal<Row | undefined>(undefined);
	const { value, error, loading } = useData<Page<Row>>(`/contracts${query({ cluster_id: uid, cursor, limit: LIMIT })}`);
	const write = may("contract.write");
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={10} />;
	return (
		<div class="stack">
			<div class="between">
				<p class="quiet">{t("contract.lead")}</p>
				<div class="buttons">
					{may("import") && (
						<a class="button" href="/imports?kind=contracts">
							{t("import.title")}
						</a>
					)}
					{write && (
						<Button kind="main" onPress={() => (adding.value = true)}>
							{t("contract.add")}
						</Button>
					)}
				</div>
			</div>
			{value.items.length === 0 ? (
				<Empty title={t("contract.none")} text={t("contract.none.text")} />
			) : (
				<div>
					<div class="card words">
						<Table caption={t("cluster.contracts")} rows={value.items} id={(r) => r.uid} stale={loading} columns={columns((r) => (opened.value = r))} />
					</div>
					<Pager base={`/clusters/${uid}/contracts`} asked={{ cursor }} page={value} />
				</div>
			)}
			{write && <ContractForm profile={profile} open={adding.value} onClose={() => (adding.value = false)} />}
			<Deliveries contract={opened.value} onClose={() => (opened.value = undefined)} />
		</div>
	);
}

export default function Contracts({ params }: { params: string[] }) {
	const { value, error } = useData<ClusterProfile>(`/clusters/${params[0]}/profile`);
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<ClusterHead profile={value} part={t("cluster.contracts")} />
			{value ? <Body profile={value} /> : <Loading lines={10} />}
		</>
	);
}
