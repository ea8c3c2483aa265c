// An organisation: what is known of it, its sites, needs and offers, who of it works here; a merge with another can be asked for.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, RecordDetail, Row } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { hrefOf } from "../../ui/links";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { RecordValues, CellText } from "../../views/RecordValues";
import { Colleagues } from "./Colleagues";
import { MergeAsk } from "./MergeAsk";

interface Part {
	plural: string;
	register: string;
	scope: string;
	title: string;
	columns: [string, string][];
}

const parts = (): Part[] => [
	{ plural: "sites", register: "site", scope: "org.read", title: t("org.sites"), columns: [["region", t("col.region")], ["address", t("col.address")]] },
	{ plural: "needs", register: "need", scope: "need.read", title: t("menu.needs"), columns: [["qty_base", t("col.quantity")], ["due", t("col.due")], ["state", t("col.state")]] },
	{ plural: "offers", register: "offer", scope: "offer.read", title: t("org.offers"), columns: [["price_kop", t("col.price")], ["min_base", t("col.minimum")], ["lead_days", t("col.lead")]] },
];

function Rows({ part, org }: { part: Part; org: string }) {
	const { value, error } = useData<Page<Row>>(`/${part.plural}${query({ org_id: org, limit: 50 })}`);
	if (error || !value || value.items.length === 0) return null;
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
						...part.columns.map(([name, label]) => ({ id: name, label, num: name.endsWith("_base") || name.endsWith("_kop") || name === "due" || name === "lead_days", cell: (r: Row) => (r.cells[name] ? <CellText cell={r.cells[name]!} /> : "") })),
					]}
				/>
			</div>
		</section>
	);
}

export default function OrgPage({ params }: { params: string[] }) {
	const uid = params[1]!;
	const { value, error } = useData<RecordDetail>(`/org/${uid}`);
	const cell = (name: string) => value?.values.find((v) => v.column === name)?.text ?? "";
	return (
		<>
			<PageHead
				title={value?.name ?? ""}
				crumbs={[
					["/registers", t("menu.registers")],
					["/registers/org", t("org.all")],
				]}
				lead={value ? [cell("kind"), cell("inn") && t("org.inn", { inn: cell("inn") }), cell("region")].filter(Boolean).join(" · ") : "\u00a0"}
				side={
					value &&
					may("org.write") && (
						<a class="button" href={`/registers/org/${uid}/edit`}>
							{t("form.edit")}
						</a>
					)
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					{parts()
						.filter((part) => may(part.scope))
						.map((part) => (
							<Rows key={part.plural} part={part} org={uid} />
						))}
					<Colleagues org={uid} />
					<section class="section">
						<h2>{t("record.values")}</h2>
						<RecordValues record={value} />
					</section>
					{may("org.merge") && <MergeAsk org={uid} name={value.name} />}
				</div>
			)}
		</>
	);
}
