// The sites, needs and offers of an organisation, as far as the reader sees them.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Row } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { hrefOf } from "../../ui/links";
import { Table } from "../../ui/Table";
import { CellText } from "../../views/RecordValues";

const LIMIT = 50;

interface Part {
	plural: string;
	register: string;
	scope: string;
	title: string;
	columns: [name: string, label: string, num?: boolean][];
}

const parts = (): Part[] => [
	{ plural: "sites", register: "site", scope: "org.read", title: t("org.sites"), columns: [["region", t("col.region")]] },
	{ plural: "needs", register: "need", scope: "need.read", title: t("menu.needs"), columns: [["qty_base", t("col.quantity"), true], ["due", t("col.due"), true], ["state", t("col.state")]] },
	{ plural: "offers", register: "offer", scope: "offer.read", title: t("org.offers"), columns: [["price_kop", t("col.price"), true], ["min_base", t("col.minimum"), true], ["lead_days", t("col.lead"), true]] },
];

function Rows({ part, org }: { part: Part; org: string }) {
	const { value } = useData<Page<Row>>(`/${part.plural}${query({ org_id: org, limit: LIMIT })}`);
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
						{ id: "name", label: t("col.name"), cell: (r) => <a href={hrefOf(part.register, r.uid)}>{r.name || r.key}</a> },
						{ id: "key", label: t("col.key"), cell: (r) => r.key },
						...part.columns.map(([name, label, num]) => ({ id: name, label, num, cell: (r: Row) => (r.cells[name] ? <CellText cell={r.cells[name]!} /> : "") })),
					]}
				/>
			</div>
			{value.next && (
				<p>
					<a href={`/registers/${part.register}${query({ org_id: org, cursor: value.next })}`}>{t("list.next")}</a>
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
					<Rows key={part.plural} part={part} org={org} />
				))}
		</>
	);
}
