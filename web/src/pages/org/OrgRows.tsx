// The sites, needs and offers of an organisation, as far as the reader sees them.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Row } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { hrefOf } from "../../ui/links";
import { Failed } from "../../ui/States";
import { Table, type TableColumn } from "../../ui/Table";
import { CellText } from "../../views/RecordValues";

const LIMIT = 50;

interface Part {
	plural: string;
	register: string;
	scope: string;
	title: string;
	by?: string; // the column that names the organisation, when it is not org_id
	bare?: boolean; // its rows have no names of their own: the last cell leads to them
	columns: [name: string, label: string, num?: boolean][];
}

const CONTRACT = (other: string, label: string): Part["columns"] => [[other, label], ["title", t("contract.title")], ["signed_on", t("contract.signed"), true], ["sum_kop", t("col.amount"), true]];

const parts = (): Part[] => [
	{ plural: "sites", register: "site", scope: "org.read", title: t("org.sites"), columns: [["region", t("col.region")]] },
	{ plural: "needs", register: "need", scope: "need.read", title: t("menu.needs"), columns: [["qty_base", t("col.quantity"), true], ["due", t("col.due"), true], ["state", t("col.state")]] },
	{ plural: "cluster_members", register: "cluster_member", scope: "cluster.read", title: t("org.clusters"), bare: true, columns: [["cluster_id", t("contract.cluster")], ["role", t("cluster.role")], ["joined_on", t("cluster.joined"), true], ["left_on", t("cluster.left"), true]] },
	{ plural: "contracts", register: "contract", scope: "contract.read", title: t("org.sells"), by: "seller_id", columns: CONTRACT("buyer_id", t("contract.buyer")) },
	{ plural: "contracts", register: "contract", scope: "contract.read", title: t("org.buys"), by: "buyer_id", columns: CONTRACT("seller_id", t("contract.seller")) },
	{ plural: "org_years", register: "org_year", scope: "contract.read", title: t("org.years"), bare: true, columns: [["year", t("network.year")], ["shipped_kop", t("org.shipped"), true], ["bought_kop", t("org.bought"), true], ["staff", t("org.staff"), true]] },
	{ plural: "projects", register: "project", scope: "contract.read", title: t("cluster.projects"), columns: [["kind", t("contract.kind")], ["state", t("col.state")], ["budget_kop", t("cluster.budget"), true]] },
	{ plural: "offers", register: "offer", scope: "offer.read", title: t("org.offers"), columns: [["price_kop", t("col.price"), true], ["min_base", t("col.minimum"), true], ["lead_days", t("col.lead"), true]] },
];

function named(part: Part): TableColumn<Row>[] {
	return [
		{ id: "name", label: t("col.name"), cell: (r) => <a href={hrefOf(part.register, r.uid)}>{r.name || r.key}</a> },
		{ id: "key", label: t("col.key"), cell: (r) => r.key },
	];
}

function Rows({ part, org }: { part: Part; org: string }) {
	const { value, error } = useData<Page<Row>>(`/${part.plural}${query({ [part.by ?? "org_id"]: org, limit: LIMIT })}`);
	if (error) return <Failed problem={error} />;
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{part.title}</h2>
			<div class="card">
				<Table
					caption={part.title}
					rows={value.items}
					id={(r) => r.uid}
					columns={[
						...(part.bare ? [] : named(part)),
						...part.columns.map(([name, label, num]) => ({ id: name, label, num, cell: (r: Row) => (r.cells[name] ? <CellText cell={r.cells[name]!} /> : "") })),
						...(part.bare ? [{ id: "open", label: t("col.detail"), cell: (r: Row) => <a href={hrefOf(part.register, r.uid)}>{t("task.open")}</a> }] : []),
					]}
				/>
			</div>
			{value.next && (
				<p>
					<a href={`/registers/${part.register}${query({ [part.by ?? "org_id"]: org, cursor: value.next })}`}>{t("list.next")}</a>
				</p>
			)}
		</section>
	);
}

export function OrgRows({ org }: { org: string }) {
	return (
		<>
			{parts()
				.filter((part) => may(part.scope))
				.map((part) => (
					<Rows key={part.plural + (part.by ?? "")} part={part} org={org} />
				))}
		</>
	);
}
